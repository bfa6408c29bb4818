package rules

import (
	"strings"
	"testing"

	"nianbao/convert/report"
)

// published sets who published the report when.
func published(agency string, y, m, d int) func(*fixture) {
	return func(x *fixture) {
		x.reading.Report.Agency, x.reading.Report.SignedBy = &agency, &agency
		x.reading.Report.Metadata = &report.Metadata{PublishedOn: &report.Date{Year: y, Month: m, Day: d}}
		x.replace(testAgency, agency)
	}
}

func TestLate(t *testing.T) {
	const rule = "identity.late"
	changedOnly := func(x *fixture) {
		published("青石镇", 2022, 3, 1)(x)
		x.doc.Blocks[0].Text = "索引号：1 更新时间：2022年3月1日"
	}
	cases := []ruleCase{
		{"a department on the last day", "2021", rule, published(testAgency, 2022, 1, 31), report.Passed, 0, "", ""},
		{"a department a day late", "2021", rule, published(testAgency, 2022, 2, 1), report.Failed, 1, "公开日期是2022年2月1日，晚于规定的期限（部门、街道和乡镇应当在2022年1月31日前公布）", "/report/metadata/published_on"},
		{"a government in March", "2021", rule, published("云溪县人民政府", 2022, 3, 31), report.Passed, 0, "", ""},
		{"a government in April", "2021", rule, published("云溪县人民政府", 2022, 4, 1), report.Failed, 1, "各级人民政府应当在2022年3月31日前公布", ""},
		{"a place without its government's word", "2021", rule, published("青柳市云溪区", 2022, 3, 2), report.Passed, 0, "", ""},
		{"a government's office has the government's time", "2021", rule, published("云溪县人民政府办公室", 2022, 2, 20), report.Passed, 0, "", ""},
		{"a zone has the government's time", "2021", rule, published("青柳高新技术产业开发区管理委员会", 2022, 3, 2), report.Passed, 0, "", ""},
		{"before the year's end", "2021", rule, published(testAgency, 2021, 12, 20), report.Passed, 0, "", ""},
		{"a migrated page", "2021", rule, published(testAgency, 2024, 6, 1), report.Undetermined, 0, "网站迁移", ""},
		{"a date of change only", "2021", rule, changedOnly, report.Undetermined, 0, "更新日期", ""},
		{"an unknown body", "2021", rule, published("某某", 2022, 6, 1), report.NotApplicable, 0, "哪一类机关", ""},
		{"no date", "2021", rule, func(x *fixture) { x.reading.Report.Metadata = &report.Metadata{} }, report.NotApplicable, 0, "公开日期", ""},
		{"no metadata", "2021", rule, func(*fixture) {}, report.NotApplicable, 0, "公开日期", ""},
		{"no year", "2021", rule, func(x *fixture) { published(testAgency, 2022, 6, 1)(x); unknownYear(x) }, report.NotApplicable, 0, "报告年度", ""},
	}
	signed := func(agency string, month, day int) func(*fixture) {
		return func(x *fixture) {
			published(agency, 2022, 1, 1)(x)
			x.reading.Report.Metadata = nil
			x.reading.Report.SignedOn = &report.Date{Year: 2022, Month: month, Day: day}
		}
	}
	cases = append(cases,
		ruleCase{"signed a day late", "2021", rule, signed("青石镇", 2, 1), report.Failed, 1, "落款日期是2022年2月1日，已经晚于规定的期限", "/report/signed_on"},
		ruleCase{"signed in time", "2021", rule, signed("青石镇", 1, 31), report.NotApplicable, 0, "没有读到公开日期", ""},
		ruleCase{"a government signed in March", "2021", rule, signed("云溪县人民政府", 3, 28), report.NotApplicable, 0, "没有读到公开日期", ""},
		ruleCase{"a government signed in April", "2021", rule, signed("云溪县人民政府", 4, 2), report.Failed, 1, "2022年3月31日前", "/report/signed_on"})
	told := func(text string) func(*fixture) {
		return func(x *fixture) {
			published("青石镇", 2022, 1, 1)(x)
			x.reading.Report.Metadata = nil
			x.say(text)
		}
	}
	cases = append(cases,
		ruleCase{"told with a new site", "2021", rule, told("受网站迁移影响，本报告于2022年2月18日在县政府网站公布。"), report.Failed, 1, "公开日期是2022年2月18日", ""},
		ruleCase{"put up again on a new site", "2021", rule, told("因网站改版，本报告于2022年6月3日在新网站补发。"), report.NotApplicable, 0, "", ""})
	late := []string{"青石街道办事处", "云溪区人民政府青石街道办事处", "青石镇人民政府", "青石镇", "青石乡", "松岭满族乡", "云溪县财政局", "县卫生健康委员会", "云溪区青石街道", "青柳市交通运输局", "云溪县信访局",
		"青柳市发展和改革委员会", "云溪区住房和城乡建设局", "省水利厅", "云溪县医疗保障局"}
	for _, agency := range late {
		cases = append(cases,
			ruleCase{agency + " in February", "2021", rule, published(agency, 2022, 2, 9), report.Failed, 1, "2022年1月31日前", ""},
			ruleCase{agency + " in the next August", "2021", rule, published(agency, 2022, 8, 9), report.Failed, 1, "2022年1月31日前", ""},
			ruleCase{agency + " in January", "2021", rule, published(agency, 2022, 1, 20), report.Passed, 0, "", ""},
			ruleCase{agency + " on the last day", "2019", rule, published(agency, 2020, 1, 31), report.Passed, 0, "", ""})
	}
	for _, agency := range []string{"云溪县人民政府", "青柳市人民政府", "云溪区政府", "青柳市", "云溪县", "青柳省人民政府", "云溪县人民政府办公室", "青柳市人民政府办公厅", "云溪自治州人民政府", "云溪经济技术开发区"} {
		cases = append(cases,
			ruleCase{agency + " in February", "2021", rule, published(agency, 2022, 2, 9), report.Passed, 0, "", ""},
			ruleCase{agency + " in June", "2021", rule, published(agency, 2022, 6, 9), report.Failed, 1, "2022年3月31日前", ""})
	}
	runCases(t, cases)
	// Before the revision all had until March.
	x := newFixture(t, "2019", 1)
	published("青石镇", 2019, 3, 1)(x)
	for _, s := range []string{"2019年", "2020年"} {
		x.replace(s, strings.Replace(s, "20", "2018年", 1)[:len("2018年")])
	}
	y := 2018
	x.reading.Report.Year, x.reading.Report.Title, x.reading.Report.Period = &y, nil, nil
	if o, findings := outcome(t, x.judge(), rule); o.Outcome != report.Passed {
		t.Errorf("2018: %s %s", dump(o), dump(findings))
	}
}

// TestParseBody: names fall into place, core and rank.
func TestParseBody(t *testing.T) {
	for name, want := range map[string]bodyName{
		"青石镇":     {rankTownship, "青石", "镇", "", "", false},
		"青石镇人民政府": {rankTownship, "青石", "镇", "", "", true},
		"云溪区人民政府青石街道办事处": {rankTownship, "青石", "街道", "云溪区", "", false},
		"青柳市云溪区东城街街道办事处": {rankTownship, "东城", "街", "云溪区", "青柳市", false},
		"东城街街道办事处":       {rankTownship, "东城", "街", "", "", false},
		"石桥街":            {rankTownship, "石桥", "街", "", "", false},
		"松岭满族乡":          {rankTownship, "松岭满族", "乡", "", "", false},
		"青柳市云溪区教育局":      {rankDepartment, "教育", "局", "云溪区", "青柳市", false},
		"青柳市市场监督管理局":     {rankDepartment, "市场监督管理", "局", "青柳市", "", false},
		"城市管理局":          {rankDepartment, "城市管理", "局", "", "", false},
		"云溪县卫生健康委员会":     {rankDepartment, "卫生健康", "委员会", "云溪县", "", false},
		"云溪县人民政府":        {rankGovernment, "云溪县", "", "", "", true},
		"云溪县人民政府办公室":     {rankGovernment, "云溪县", "", "", "", false},
		"青柳市云溪区":         {rankGovernment, "云溪区", "", "青柳市", "", false},
		"青柳经济技术开发区管委会":   {rankGovernment, "青柳经济技术开发区管委会", "", "", "", false},
		"青石":             {},
		"":               {},
	} {
		if got := parseBody(name); got != want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
