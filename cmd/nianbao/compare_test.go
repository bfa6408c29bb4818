package main

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"nianbao/api/web/webtest"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
)

// ownWords are what the agency of years says each year, word for word.
const ownWords = "\n县教育局把学位余量按片区制成台账，由值班员每周三更新并在服务窗口滚动播放。\n对家长咨询较多的校车线路，编制了逐站时刻说明，张贴到二十三个村的公告栏。\n" +
	"完善了招生问答栏目的检索方式，增设拼音首字母查找。\n组织各校联络员到档案室跟岗两天，熟悉卷宗移交的手续。"

// years uploads an agency's reports of 2019 to 2025, without one for 2022 and with two
// for 2025: {years}, the body, {last} and {last-but-one}. New applications of 2024 are
// blank.
func (s *site) years(agency string) {
	s.t.Helper()
	number := func(r *fixture.Report, path, v string) {
		n := report.Number(v)
		r.Applications.At(path).Value = &n
	}
	for _, year := range []int{2019, 2020, 2021, 2023, 2024, 2025} {
		form := "2021"
		if year < 2021 {
			form = "2019"
		}
		r := fixture.Of(uint64(year), form, agency, year)
		r.Sections[0].Text += ownWords
		if year == 2024 {
			r.Applications.At("new/total").Value = nil
		}
		s.add("last-but-one", r, ".docx")
		if year == 2025 {
			number(r, "granted/natural_person", "7")
			r.Sections[0].Text = strings.Replace(r.Sections[0].Text, "每周三更新", "每周五更新并复核", 1) + "\n面向新入学家庭发放办事提示卡。"
			s.add("last", r, ".docx")
		}
	}
	var summary struct {
		Items []struct {
			BodyID string `json:"body_id"`
		}
	}
	reply := s.send(http.MethodGet, "/v1/reports?agency="+escapePath(agency), "", nil, http.StatusOK)
	if err := json.Unmarshal(reply.body, &summary); err != nil || len(summary.Items) == 0 || summary.Items[0].BodyID == "" {
		s.t.Fatalf("the reports of %s are of no body: %v %.300s", agency, err, reply.body)
	}
	s.ids["years"] = summary.Items[0].BodyID
}

// comparePages are the pages of comparisons.
func comparePages() []pageEntry {
	return []pageEntry{
		{"compare", "/compare?year=2025&of={years}", false},
		{"agency", "/bodies/{years}", false},
		{"similar", "/reports/{last}/similar", false},
		{"versions", "/reports/{last}/compare/{last-but-one}", false},
	}
}

// From the list of bodies to an agency over the years, to others beside it, to the
// versions and to what it has in common with another report; and each page as every
// page is looked at.
func TestBrowserCompare(t *testing.T) {
	s := newSite(t)
	s.list("云溪县人民政府", "云溪县教育局", "云溪县民政局", "云溪县水务局")
	s.years("云溪县教育局")
	for i, name := range []string{"云溪县民政局", "云溪县水务局"} {
		r := fixture.Of(uint64(70+i), "2021", name, districtYear)
		if i == 0 {
			r.Sections[0].Text += strings.ReplaceAll(ownWords, "教育局", "民政局")
		}
		s.add(name, r, ".docx")
	}
	tab := s.open(t)
	tab.Go("/bodies")
	tab.Click(s.path("a[href='/bodies/{years}']"))
	tab.Wait("table.years")
	tab.Says("h1", "云溪县教育局")
	tab.Says("table.years", "没有收到这一年度的报告", "2 版", "2019年表式")
	tab.Says("#charts", "不同的表式", "空白", "无报告")
	tab.Says("#carry", "2024 → 2025")
	if n := tab.Count("svg.chart"); n != 6 {
		t.Errorf("%d charts", n)
	}
	if n := tab.Count("#flow-title ~ .break"); n != 1 {
		t.Errorf("%d breaks between forms", n)
	}
	values(t, tab)
	tab.Click(".version-list summary")
	tab.Click(".version-list a[href*='/compare/']")
	tab.Wait("#figures")
	tab.Says("#figures", "（一）予以公开 · 自然人", "7")
	tab.Says("#text", "面向新入学家庭", "没有变化")
	if tab.Count("#text .is mark") == 0 || tab.Count("#text .was mark") == 0 {
		t.Error("what differs is not marked")
	}
	tab.Go(s.path("/reports/{last}"))
	tab.Click("#beside a[href$='/similar']")
	tab.Wait(".similar")
	tab.Says("main", "本机关上一年度（2024年度）", "云溪县民政局（2025年度）", "完善了招生问答栏目")
	tab.Go(s.path("/compare?year=2025&of={years}"))
	tab.Says("#spread", "云溪县教育局", "中位数")
	tab.Says("#table", "没有报告", "云溪县民政局")
	tab.Click("#table thead a[title='（一）予以公开']")
	tab.Wait("#table th[aria-sort=descending]")
	tab.Click(".more-filter summary")
	tab.Click("input[value='legal_challenges/total']") // one of those that are there, goes
	tab.Click("form.filter button")
	tab.Wait("#table thead tr:not(:has(a[title='行政复议、行政诉讼合计']))")
	for _, p := range comparePages() {
		tab.Go(s.path(p.path))
		tab.Inspect(p.name)
		if *screenshots {
			save(tab, "../../api/web/screenshots", p.name)
		}
		tab.Scripts(false)
		tab.Reload()
		tab.NoOverflow(p.name + " without script")
		tab.Scripts(true)
	}
}

// values fails where a chart shows a value that the table beside it lacks.
func values(t *testing.T, tab *webtest.Tab) {
	t.Helper()
	lacking := webtest.Eval[[]string](tab, `[...document.querySelectorAll(".chart-figure")].flatMap(f => {
		const cells = [...f.querySelectorAll("table td")].map(c => c.textContent.replace(/[,*]/g, ""));
		return [...f.querySelectorAll(".column title, .dot title")].map(x => x.textContent.split("：").pop().replace(/[,*]/g, ""))
			.filter(v => !cells.includes(v)).map(v => f.querySelector("h3").textContent + " " + v);
	})`)
	for _, x := range lacking {
		t.Errorf("a chart shows what its table lacks: %s", x)
	}
	if n := tab.Count(".chart .column"); n < 10 {
		t.Errorf("%s bars", strconv.Itoa(n))
	}
}
