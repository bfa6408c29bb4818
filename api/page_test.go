package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// dom is a parsed page.
type dom struct{ *html.Node }

func page(t *testing.T, url string) dom {
	t.Helper()
	a := get(t, url, "Accept", "text/html")
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("%s: %d %s\n%s", url, a.StatusCode, a.Header.Get("Content-Type"), a.body)
	}
	return parse(t, a.body)
}

func parse(t *testing.T, b []byte) dom {
	t.Helper()
	n, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return dom{n}
}

func (d dom) attr(name string) string {
	for _, a := range d.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// all returns the elements with that tag (any, where empty) and class (any,
// where empty).
func (d dom) all(tag, class string) []dom {
	var out []dom
	for n := range d.Descendants() {
		e := dom{n}
		if n.Type == html.ElementNode && (tag == "" || n.Data == tag) && (class == "" || slices.Contains(strings.Fields(e.attr("class")), class)) {
			out = append(out, e)
		}
	}
	return out
}

func (d dom) id(t *testing.T, id string) dom {
	t.Helper()
	for _, e := range d.all("", "") {
		if e.attr("id") == id {
			return e
		}
	}
	t.Fatalf("no element with id %q", id)
	return dom{}
}

func (d dom) text() string {
	var b strings.Builder
	for n := range d.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// wholesome checks what every page must keep: unique ids, links inside that
// lead somewhere, nothing inline, nothing from another host.
func (d dom) wholesome(t *testing.T) {
	t.Helper()
	ids := map[string]bool{}
	for _, e := range d.all("", "") {
		id := e.attr("id")
		if id != "" && ids[id] {
			t.Errorf("id %q twice", id)
		}
		ids[id] = true
		if e.attr("style") != "" {
			t.Errorf("inline style on %s", e.Data)
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("inline handler %s on %s", a.Key, e.Data)
			}
		}
		if e.Data == "style" || e.Data == "script" && e.FirstChild != nil {
			t.Errorf("inline %s: %s", e.Data, e.text())
		}
	}
	for _, e := range d.all("", "") {
		for _, name := range []string{"href", "src", "action"} {
			u, err := url.Parse(e.attr(name))
			if err != nil || u.Host != "" || u.Scheme != "" {
				t.Errorf("%s=%q is not on this host: %v", name, e.attr(name), err)
			}
		}
		if to, ok := strings.CutPrefix(e.attr("href"), "#"); ok && !ids[to] {
			t.Errorf("link to #%s, which is nowhere", to)
		}
		for by := range strings.FieldsSeq(e.attr("aria-describedby") + " " + e.attr("aria-labelledby") + " " + e.attr("popovertarget")) {
			if !ids[by] {
				t.Errorf("described by #%s, which is nowhere", by)
			}
		}
	}
}

func TestReportPage(t *testing.T) {
	srv, _ := newServer(t, newFake())
	p := page(t, srv.URL+"/reports/"+strings.TrimPrefix(post(t, srv.URL, "年报.pdf", "%PDF").Header.Get("Location"), "/v1/reports/"))
	p.wholesome(t)
	f, _ := form.Lookup("2021")
	for _, c := range f.Cells() {
		p.id(t, "at"+strings.ReplaceAll(strings.TrimPrefix(c.Path, "/report"), "/", "-"))
	}
	for id, want := range map[string]struct{ class, text string }{
		"at-applications-new-natural_person":                          {"has-error", "9"},
		"at-applications-granted-natural_person":                      {"is-number", "5"},
		"at-applications-denied-state_secret-business":                {"is-blank", "空"},
		"at-applications-denied-state_secret-research":                {"is-placeholder", "/"},
		"at-applications-denied-prohibited_by_law-other":              {"is-text", "<b>若干</b>"},
		"at-applications-denied-internal_affairs-other":               {"is-ambiguous", "1 2"},
		"at-applications-not_processed-confirm_or_reissue-total":      {"is-absent", "无此行"},
		"at-proactive_disclosure-administrative_fees-amount_10k_yuan": {"is-number", "160.5964"},
	} {
		cell := p.id(t, id)
		if figure := cell.all("", "figure"); len(figure) != 1 || figure[0].text() != want.text {
			t.Errorf("%s shows %q, want %q", id, cell.text(), want.text)
		}
		if !slices.Contains(strings.Fields(cell.attr("class")), want.class) {
			t.Errorf("%s has class %q, want %s", id, cell.attr("class"), want.class)
		}
	}
	total := p.id(t, "at-applications-new-total").all("button", "figure")[0]
	if total.attr("aria-describedby") != "finding-1 finding-2" {
		t.Errorf("described by %q", total.attr("aria-describedby"))
	}
	if finding := p.id(t, "finding-1"); !strings.Contains(finding.text(), "总计填 11") || len(finding.all("a", "")) != 5 {
		t.Errorf("finding %q with %d links", finding.text(), len(finding.all("a", "")))
	}
	if m := p.all("mark", ""); len(m) != 1 || m[0].text() != "联系电话 138****5678" {
		t.Errorf("the quoted sentence is not marked: %v", m)
	}
	for _, want := range []string{"略过一张图片（印章）", "有 1 个数字读不清", "<script>alert('正文')</script>", "2024年1月18日", "<i>属于国家秘密</i>"} {
		if !strings.Contains(p.text(), want) {
			t.Errorf("page lacks %q", want)
		}
	}
	if len(p.all("i", ""))+len(p.all("b", "")) != 0 {
		t.Error("text became markup")
	}
}

// A report may be without findings and still not be judged whole.
func TestReportWithoutFindings(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	id := strings.TrimPrefix(post(t, srv.URL, "a.pdf", "%PDF").Header.Get("Location"), "/v1/reports/")
	v := &f.results[id].Validation
	v.Findings, v.Errors, v.Warnings, v.Infos = []report.Finding{}, 0, 0, 0
	for status, want := range map[string]string{"pass": "通过 没有发现问题", "warn": "待核实 没有发现问题，但有规则无法判断"} {
		v.Status = status
		p := page(t, srv.URL+"/reports/"+id)
		p.wholesome(t)
		if got := p.all("p", "verdict")[0].text(); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", status, got)
		}
	}
}

// On every grid row of the three tables the spans add up, as on paper.
func TestTablesAreWholeGrids(t *testing.T) {
	srv, _ := newServer(t, newFake())
	p := page(t, srv.URL+"/reports/"+strings.TrimPrefix(post(t, srv.URL, "年报.pdf", "%PDF").Header.Get("Location"), "/v1/reports/"))
	tables := p.all("table", "paper")
	if len(tables) != 3 {
		t.Fatalf("%d tables", len(tables))
	}
	for i, width := range []int{4, 10, 15} {
		open := make([]int, width) // rows that a cell above still covers
		for r, tr := range tables[i].all("tr", "") {
			covered := 0
			for c := range open {
				if open[c] > 0 {
					open[c]--
					covered++
				}
			}
			for _, cell := range append(tr.all("td", ""), tr.all("th", "")...) {
				rows, cols := span(cell.attr("rowspan")), span(cell.attr("colspan"))
				covered += cols
				for c := 0; c < width && cols > 0 && rows > 1; c++ {
					if open[c] == 0 {
						open[c] = rows - 1
						cols--
					}
				}
			}
			if covered != width {
				t.Errorf("table %d row %d covers %d of %d columns", i, r, covered, width)
			}
		}
	}
}

func span(attr string) int {
	n := 1
	_, _ = fmt.Sscan(attr, &n)
	return n
}

func TestReportWithoutTables(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	id := strings.TrimPrefix(post(t, srv.URL, "总结.pdf", "%PDF").Header.Get("Location"), "/v1/reports/")
	r := &f.results[id].Report
	for _, c := range []struct {
		form, want string
		edit       func()
	}{
		{"2021", "报告里没有读到这张表格", func() { r.LegalChallenges = nil }},
		{"narrative", "没有读到法定的三张表格", func() { *r = report.Report{Form: "narrative", Sections: []report.Section{}} }},
		{"pre2019", "2019年以前的统计表式", func() { r.Form = "pre2019" }},
		{"2035", "没有“2035”表式", func() { r.Form = "2035" }},
	} {
		c.edit()
		p := page(t, srv.URL+"/reports/"+id)
		p.wholesome(t)
		if !strings.Contains(p.text(), c.want) {
			t.Errorf("%s: page lacks %q", c.form, c.want)
		}
	}
	if p := page(t, srv.URL+"/reports/"+id); !strings.Contains(p.all("h1", "")[0].text(), "总结.pdf") {
		t.Error("a report without a title is not called by its file name")
	}
}

// A 2021 table whose （六）其他处理 is one row is shown with one row.
func TestCollapsedGroup(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	id := strings.TrimPrefix(post(t, srv.URL, "a.pdf", "%PDF").Header.Get("Location"), "/v1/reports/")
	apps := f.results[id].Report.Applications
	group := apps.Child("other_outcome")
	group.Children = nil
	for _, name := range []string{"natural_person", "business", "research", "social_welfare", "legal_service", "other", "total"} {
		path := "other_outcome/" + name
		apps.Ensure(path).Value = ptr(report.Number("7"))
		f.results[id].Provenance["/report/applications/"+path] = report.Place{Text: "7", State: report.StateNumber, Page: ptr(4)}
	}
	p := page(t, srv.URL+"/reports/"+id)
	p.wholesome(t)
	if cell := p.id(t, "at-applications-other_outcome-total"); cell.all("", "figure")[0].text() != "7" {
		t.Errorf("cell %q", cell.text())
	}
	if strings.Contains(p.id(t, "tables").text(), "逾期未按收费通知") {
		t.Error("the three rows are shown beside the one")
	}
}

func TestFailedPage(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	post(t, srv.URL, "锁.pdf", "locked")
	p := page(t, srv.URL+"/reports/"+f.rows[0].ID)
	p.wholesome(t)
	for _, want := range []string{"没有能够转换", "请去掉密码后重新上传", "下载原件", "锁.pdf"} {
		if !strings.Contains(p.text(), want) {
			t.Errorf("page lacks %q", want)
		}
	}
	f.rows[0].State = "running"
	if p := page(t, srv.URL+"/reports/"+f.rows[0].ID); !strings.Contains(p.text(), "还在处理") {
		t.Error("a report under way does not say so")
	}
}

func TestRulesAndErrorPages(t *testing.T) {
	srv, _ := newServer(t, newFake())
	p := page(t, srv.URL+"/rules")
	p.wholesome(t)
	if !strings.Contains(p.id(t, "applications.balance").text(), "错误") {
		t.Error("rule without its severity")
	}
	a := get(t, srv.URL+"/reports/none", "Accept", "text/html")
	e := parse(t, a.body)
	e.wholesome(t)
	if a.StatusCode != 404 || !strings.Contains(e.text(), "没有这份报告") || !strings.Contains(e.text(), a.Header.Get("X-Request-Id")) {
		t.Errorf("%d %s", a.StatusCode, e.text())
	}
}

// The form works without script: each file gets its outcome.
func TestUploadForm(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	send := func(files ...string) answer {
		body, ct := multipartOf(t, files...)
		return do(t, request(t, http.MethodPost, srv.URL+"/upload", body, "Content-Type", ct, "Accept", "text/html"))
	}
	big := "%PDF" + strings.Repeat("x", testLimit)
	a := send("一.pdf", "%PDF 1", "二<i>.doc", "text", "三.pdf", big, "四.pdf", "%PDF 4", "五.pdf", "locked", "六.pdf", "%PDF 1")
	p := parse(t, a.body)
	p.wholesome(t)
	lines := p.all("li", "")
	if a.StatusCode != 200 || len(lines) != 6 {
		t.Fatalf("%d, %d lines: %s", a.StatusCode, len(lines), p.text())
	}
	for i, want := range []string{"2 错误", "不是 Word", "超过上传上限 1 MB", "临河市青石区水务局", "请去掉密码", "以前上传过"} {
		if !strings.Contains(lines[i].text(), want) {
			t.Errorf("line %d: %q lacks %q", i, lines[i].text(), want)
		}
	}
	if len(f.rows) != 3 {
		t.Errorf("%d reports kept", len(f.rows))
	}
	if a := send("", ""); a.StatusCode != 400 || !bytes.Contains(a.body, []byte("没有选择文件")) {
		t.Errorf("nothing chosen: %d", a.StatusCode)
	}
}

func TestAssets(t *testing.T) {
	srv, _ := newServer(t, newFake())
	p := page(t, srv.URL+"/")
	href := ""
	for _, l := range p.all("link", "") {
		if l.attr("rel") == "stylesheet" {
			href = l.attr("href")
		}
	}
	a := get(t, srv.URL+href)
	if a.StatusCode != 200 || !strings.Contains(a.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/css") {
		t.Errorf("%s: %d %v", href, a.StatusCode, a.Header)
	}
	if c := get(t, srv.URL+"/assets/app.css?v=old").Header.Get("Cache-Control"); strings.Contains(c, "immutable") {
		t.Error("an old address is kept for good")
	}
	for _, path := range []string{"/assets/", "/assets/../doc.go", "/assets/none"} {
		if a := get(t, srv.URL+path); a.StatusCode != 404 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	if strings.Contains(string(a.body), "http") {
		t.Error("the style sheet names another host")
	}
}

func resultOf(t *testing.T, a answer) (res report.Result) {
	t.Helper()
	if err := json.Unmarshal(a.body, &res); err != nil {
		t.Fatalf("%v: %.200s", err, a.body)
	}
	return res
}

// TestBesideOthers: what a report has in common with others is a block of its own,
// both passages side by side, and in the answer of the interface.
func TestBesideOthers(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	id := resultOf(t, post(t, srv.URL, "年报.pdf", "%PDF one")).ID
	p := page(t, srv.URL+"/reports/"+id)
	p.wholesome(t)
	beside := p.id(t, "beside")
	for _, want := range []string{"与其他报告比对", "有文字与“临河市白石区水务局”2023年度报告相同。", "一是健全<i>制度</i>，明确分工；", "没有归档同一机关上一年度的报告"} {
		if !strings.Contains(beside.text(), want) {
			t.Errorf("the block does not say %q: %s", want, beside.text())
		}
	}
	pair := beside.all("div", "pair")
	if len(pair) != 1 || len(pair[0].all("figure", "")) != 2 {
		t.Fatalf("%d pairs", len(pair))
	}
	var links []string
	for _, a := range pair[0].all("a", "") {
		links = append(links, a.attr("href"))
	}
	if want := []string{"#at-sections-0", "/reports/other#at-sections-1"}; !slices.Equal(links, want) {
		t.Errorf("links %v, want %v", links, want)
	}
	res := resultOf(t, get(t, srv.URL+"/v1/reports/"+id))
	if c := res.Validation.Context; c == nil || c.Warnings != 1 || len(c.Findings) != 1 || len(c.Findings[0].Compared) != 1 {
		t.Errorf("context %+v", c)
	}
	if res.Validation.Warnings != sampleValidation().Warnings {
		t.Errorf("%d warnings of the report itself", res.Validation.Warnings)
	}
}
