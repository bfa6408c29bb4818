package rules

import (
	"testing"

	"nianbao/convert/report"
	"nianbao/extract"
)

func TestTitle(t *testing.T) {
	const rule, wording = "identity.title_missing", "identity.title_wording"
	title := func(s string) func(*fixture) {
		return func(x *fixture) {
			x.reading.Report.Title = &s
			x.doc.Blocks[0].Text = s
		}
	}
	runCases(t, []ruleCase{
		{"none", "2021", rule, func(x *fixture) { x.reading.Report.Title = nil }, report.Failed, 1, "没有写明机关名称", "/report/title"},
		{"none on a scan", "2021", rule, func(x *fixture) {
			x.reading.Report.Title = nil
			x.doc.Pages = []extract.Page{{Number: 1, TextLayer: extract.TextGarbled}}
		}, report.Undetermined, 0, "第1页", ""},
		{"no agency", "2021", rule, title("2021年政府信息公开工作年度报告"), report.Failed, 1, "没有写明机关名称", ""},
		{"agency on the line before", "2021", rule, func(x *fixture) {
			x.reading.Report.Title = ptr("2021年政府信息公开工作年度报告")
			x.doc.Blocks[0].Text = testAgency
		}, report.Passed, 0, "", ""},
		{"no year", "2021", rule, title(testAgency + "政府信息公开工作年度报告"), report.Failed, 1, "没有写明年度", ""},
		{"another report", "2021", rule, title(testAgency + "2021年工作要点"), report.Failed, 1, "“政府信息公开工作年度报告”", ""},
		{"year in Chinese figures", "2021", rule, title(testAgency + "二〇二一年政府信息公开工作年度报告"), report.Passed, 0, "", ""},
		{"wording kept", "2021", wording, func(*fixture) {}, report.Passed, 0, "", ""},
		{"wording spaced", "2021", wording, title("青柳市云溪区教育局 ２０２１年政府信息公开工作年度报告"), report.Passed, 0, "", ""},
		{"wording differs", "2021", wording, title(testAgency + "2021年度政府信息公开工作报告"), report.Failed, 1, "“" + testAgency + "2021年政府信息公开工作年度报告”", ""},
		{"no title no wording", "2021", wording, func(x *fixture) { x.reading.Report.Title = nil }, report.NotApplicable, 0, "没有标题", ""},
	})
}

func TestSignedEarly(t *testing.T) {
	const rule = "identity.signed_early"
	on := func(y, m, d int) func(*fixture) {
		return func(x *fixture) { x.reading.Report.SignedOn = &report.Date{Year: y, Month: m, Day: d} }
	}
	runCases(t, []ruleCase{
		{"in December", "2021", rule, on(2021, 12, 17), report.Failed, 1, "落款日期2021年12月17日早于统计期限的最后一天（2021年12月31日）", "/report/signed_on"},
		{"on the last day", "2021", rule, on(2021, 12, 31), report.Passed, 0, "", ""},
		{"no date", "2021", rule, func(x *fixture) { x.reading.Report.SignedOn = nil }, report.NotApplicable, 0, "落款日期", ""},
		{"no year", "2021", rule, unknownYear, report.NotApplicable, 0, "", ""},
		{"a page of its own year", "2021", rule, unsigned(func(x *fixture) { published(testAgency, 2021, 12, 24)(x) }), report.Failed, 1, "公开日期2021年12月24日早于", "/report/metadata/published_on"},
		{"a page of the next year", "2021", rule, unsigned(func(x *fixture) { published(testAgency, 2022, 1, 24)(x) }), report.Passed, 0, "", ""},
		{"told of this report", "2021", rule, unsigned(func(x *fixture) { x.say("本报告已于2021年12月24日在网站公布。") }), report.Failed, 1, "公开日期2021年12月24日早于", ""},
		{"told of the last report", "2021", rule, unsigned(func(x *fixture) { x.say("上年度报告于2021年1月14日在网站公布。") }), report.NotApplicable, 0, "", ""},
	})
}

// unsigned takes the date of the signature out and changes the report.
func unsigned(change func(*fixture)) func(*fixture) {
	return func(x *fixture) {
		x.reading.Report.SignedOn = nil
		change(x)
	}
}

// unknownYear takes every statement of the year out.
func unknownYear(x *fixture) {
	r := &x.reading.Report
	r.Title, r.Year, r.Period = nil, nil, nil
	x.replace("2021年", "")
}

// TestOpeningIsTheFirst: the first of two sentences that open with a year counts,
// and the heading's line is no paragraph.
func TestOpeningIsTheFirst(t *testing.T) {
	x := newFixture(t, "2021", 2)
	at := x.reading.Chapters[0]
	x.doc.Blocks[at.Heading].Text = "2019年，我局政务公开总体情况"
	x.doc.Blocks[at.First+1].Text += "\n"
	x.doc.Blocks[at.First+2].Text = "2018年，我局政务公开工作起步。"
	if o, findings := outcome(t, x.judge(), "identity.year_mismatch"); o.Outcome != report.Passed {
		t.Errorf("%s", dump(findings))
	}
}

func TestYearMismatch(t *testing.T) {
	const rule = "identity.year_mismatch"
	runCases(t, []ruleCase{
		{"period of the year before", "2021", rule, func(x *fixture) {
			x.replace("统计期限为2021年1月1日至2021年12月31日", "统计期限为2020年1月1日至2020年12月31日")
			x.reading.Report.Period = &report.Period{Start: &report.Date{Year: 2020, Month: 1, Day: 1}, End: &report.Date{Year: 2020, Month: 12, Day: 31}}
		}, report.Failed, 1, "统计期限写的是2020年，与标题所写的2021年不一致", "/report/period"},
		{"period over two years", "2021", rule, func(x *fixture) {
			x.replace("2021年1月1日至2021年12月31日", "2020年1月1日至2021年12月31日")
		}, report.Failed, 1, "统计期限写的是2020年", ""},
		{"period by months", "2021", rule, func(x *fixture) {
			x.replace("2021年1月1日至2021年12月31日", "2020年1月至12月")
		}, report.Failed, 1, "统计期限写的是2020年", ""},
		{"period without a document", "2021", rule, func(x *fixture) {
			x.doc.Blocks, x.reading.Chapters = nil, nil
			x.reading.Report.Period.Start.Year, x.reading.Report.Period.End.Year = 2020, 2020
		}, report.Failed, 1, "统计期限写的是2020年", ""},
		{"title of another year", "2021", rule, func(x *fixture) {
			s := testAgency + "2020年政府信息公开工作年度报告"
			x.reading.Report.Title, x.reading.Report.Year, x.doc.Blocks[0].Text = &s, ptr(2020), s
		}, report.Failed, 1, "标题写的是2020年，与正文开头所写的2021年不一致", "/report/title"},
		{"opening of another year", "2021", rule, func(x *fixture) {
			x.replace("2021年，我局", "2020年，我局")
		}, report.Failed, 1, "正文开头写的是2020年", "/report/sections/0/text"},
		{"opening that names the agency", "2021", rule, func(x *fixture) {
			x.replace("2021年，我局", "2020年，"+testAgency)
		}, report.Failed, 1, "正文开头写的是2020年", ""},
		{"opening about another agency", "2021", rule, func(x *fixture) {
			x.replace("2021年，我局", "2020年，省政府办公厅")
		}, report.Passed, 0, "", ""},
		{"announcement of another year", "2021", rule, func(x *fixture) {
			x.say("现将我局2020年度政府信息公开工作情况报告如下。")
		}, report.Failed, 1, "“现将……”一句写的是2020年", ""},
		{"another year's period of figures alone", "2021", rule, func(x *fixture) {
			x.replace("本报告所列数据的统计期限为2021年1月1日至2021年12月31日", "本报告数据为2020年1月1日至2020年12月31日")
		}, report.Failed, 1, "统计期限写的是2020年", ""},
		{"preface that lists the chapters", "2021", rule, func(x *fixture) {
			x.replace("本报告所列数据的统计期限为2021年1月1日至2021年12月31日", "本报告由总体情况、存在的主要问题及改进情况组成，所列数据的统计期限为2020年1月1日至2020年12月31日")
		}, report.Failed, 1, "统计期限写的是2020年", ""},
		{"announcement of another year's report", "2021", rule, func(x *fixture) {
			x.say("现将我局2020年度报告公布如下。")
		}, report.Failed, 1, "“现将……”一句写的是2020年", ""},
		{"page header of another year", "2021", rule, func(x *fixture) {
			x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: extract.Paragraph, Role: extract.RoleHeader, Text: testAgency + "2019年政府信息公开工作年度报告"})
		}, report.Failed, 1, "页眉写的是2019年", ""},
		{"page header with a date of printing", "2021", rule, func(x *fixture) {
			x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: extract.Paragraph, Role: extract.RoleHeader, Text: "2023年1月12日 " + testAgency + "2021年政府信息公开工作年度报告"})
		}, report.Passed, 0, "", ""},
		{"chapter heading of another year", "2021", rule, func(x *fixture) { x.reading.Report.Sections[1].Title = "2020年主动公开政府信息情况" }, report.Failed, 1, "“二、2020年主动公开政府信息情况”部分的标题写的是2020年", "/report/sections/1/title"},
		{"plans for next year in a heading", "2021", rule, func(x *fixture) { x.reading.Report.Sections[4].Title = "存在的主要问题及2022年改进措施" }, report.Passed, 0, "", ""},
		{"signed a year too early", "2021", rule, func(x *fixture) { x.reading.Report.SignedOn.Year = 2021 }, report.Failed, 1, "落款日期2021年1月18日与报告年度2021年不符", "/report/signed_on"},
		{"signed two years late", "2021", rule, func(x *fixture) { x.reading.Report.SignedOn.Year = 2023 }, report.Failed, 1, "落款日期", ""},
		{"two sources, the date decides", "2021", rule, func(x *fixture) {
			x.replace("2021年，我局", "我局")
			x.replace("统计期限为2021年1月1日至2021年12月31日", "统计期限为2020年1月1日至2020年12月31日")
			x.reading.Report.SignedOn.Year = 2021
		}, report.Failed, 1, "标题写的是2021年，与统计期限所写的2020年不一致", "/report/title"},
		{"two sources, a date in December does not", "2021", rule, func(x *fixture) {
			x.replace("2021年，我局", "我局")
			x.replace("统计期限为2021年1月1日至2021年12月31日", "统计期限为2020年1月1日至2020年12月31日")
			x.reading.Report.SignedOn = &report.Date{Year: 2021, Month: 12, Day: 20}
		}, report.Failed, 1, "统计期限写的是2020年，与标题所写的2021年不一致", "/report/period"},
		{"a date against a year only guessed", "2021", rule, func(x *fixture) {
			unknownYear(x)
			x.reading.Report.Year, x.reading.Report.SignedOn.Year = ptr(2021), 2020
		}, report.Undetermined, 0, "落款日期2020年1月18日", "/report/signed_on"},
		{"signed in December", "2021", rule, func(x *fixture) { x.reading.Report.SignedOn = &report.Date{Year: 2021, Month: 12, Day: 20} }, report.Passed, 0, "", ""},
		{"signed late in the next year", "2021", rule, func(x *fixture) { x.reading.Report.SignedOn = &report.Date{Year: 2022, Month: 12, Day: 31} }, report.Passed, 0, "", ""},
		{"year unknown", "2021", rule, unknownYear, report.Undetermined, 0, "没有读到报告的年度", ""},
	})
}

// TestYearsThatAreNoMismatch: years that are not the report's own statement of
// its year.
func TestYearsThatAreNoMismatch(t *testing.T) {
	for _, text := range []string{
		"2020年公开信息86条，2019年公开信息70条。",
		"根据《2020年政务公开工作要点》和国办公开办函〔2019〕60号文件要求，推进2022年工作。",
		"《政府信息公开条例》2019年修订施行，我局2018年起公开2019年决算。",
		"截至2020年12月31日，累计公开1000条。",
		"按照关于做好2020年政府信息公开工作年度报告编制工作的通知要求，现将2021年政府信息公开工作情况报告如下。",
		"公开《青柳市云溪区教育局2020年政府信息公开工作年度报告》1篇。",
		"2020年1月1日至2020年12月31日的采购项目已全部公示。",
		"整改期限为2020年1月1日至2020年12月31日。",
		"据统计，2020年1月1日至2020年12月31日全区共受理9件。",
		"2020年，我局获评政务公开先进单位。2021年，我局继续推进信息公开。",
		"合同服务期限2020年1月1日至2022年12月31日。",
		"与上一年度统计期限（2020年1月1日至2020年12月31日）相比，公开数量有所增加。",
		"上年度报告的统计期限为2020年1月1日至2020年12月31日，本年度为2021年1月1日至2021年12月31日。",
		"上年度报告中，统计期限为2020年1月1日至2020年12月31日。",
		"下一年度统计期限为2022年1月1日至2022年12月31日。",
		"去年同期统计时间为2020年1月1日至2020年12月31日。",
		"专项数据统计时间为2020年1月1日至2020年12月31日。",
		"统计时间为2020年1月1日至2020年12月31日的采购项目已公示。",
		"统计数据显示，2020年1月至12月全区共接待来访9人次。",
		"本报告统计了2020年1月至12月开展的专项整治。",
		"本报告还回顾了2020年1月至12月的工作。",
		"现将2020年存在问题的整改情况报告如下。",
		"我局现将2022年工作计划公布如下。",
		"我局现将2022年政府信息公开工作计划公布如下。",
		"现将2020年政府信息公开第三方评估反馈问题的整改情况公布如下。",
		"现将2020年至2021年政府信息公开工作情况报告如下。",
		"现将2020年部门决算公开如下。",
		"2020年，我局信息公开工作与上一年相比数量增加。",
		"现将整改情况公布，2020年遗留问题已解决。",
	} {
		for _, where := range []string{"in the first paragraph", "as first paragraph", "in place of the period", "in the last chapter"} {
			x := newFixture(t, "2021", 2)
			first := x.reading.Chapters[0].First
			switch where {
			case "in the first paragraph":
				x.say(text)
			case "as first paragraph":
				x.doc.Blocks[first].Text = text
			case "in place of the period":
				x.replace("本报告所列数据的统计期限为2021年1月1日至2021年12月31日。", text)
			default:
				x.doc.Blocks[x.reading.Chapters[5].First].Text = text
			}
			o, findings := outcome(t, x.judge(), "identity.year_mismatch")
			if o.Outcome != report.Passed {
				t.Errorf("%s %s: %s", text, where, dump(findings))
			}
		}
	}
}

// TestLinksAreNoCaptions: a list of other years' reports on the page is no
// statement of the year, and neither is a link.
func TestLinksAreNoCaptions(t *testing.T) {
	for _, lines := range [][]string{
		{"2018年政府信息公开工作年度报告", "2019年政府信息公开工作年度报告", "2020年政府信息公开工作年度报告"},
		{"上一篇：2020年政府信息公开工作年度报告"},
		{"首页 > 政府信息公开年报 > 2020年政府信息公开年度报告"},
	} {
		x := newFixture(t, "2021", 2)
		var head []extract.Block
		for _, l := range lines {
			head = append(head, extract.Block{Type: extract.Paragraph, Text: l})
		}
		x.doc.Blocks = append(head, x.doc.Blocks...)
		for i := range x.reading.Chapters {
			ch := &x.reading.Chapters[i]
			ch.Heading, ch.First, ch.End = ch.Heading+len(head), ch.First+len(head), ch.End+len(head)
		}
		o, findings := outcome(t, x.judge(), "identity.year_mismatch")
		if o.Outcome != report.Passed {
			t.Errorf("%v: %s", lines, dump(findings))
		}
	}
}
