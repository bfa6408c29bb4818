package api_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"nianbao/api"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/review"
	"nianbao/extract"
)

// saidReviews is one review of all reports.
type saidReviews struct {
	now  report.Review
	said []report.Statement
}

var _ intake.Reviewing = (*saidReviews)(nil)

func (s *saidReviews) Review(context.Context, string, intake.Scope) (*report.Review, error) {
	r := s.now
	return &r, nil
}

// Remark takes everything but a dismissal without a reason and a value that is none.
func (s *saidReviews) Remark(_ context.Context, _ string, st report.Statement, _ *int, _ intake.Scope) (*report.Review, error) {
	s.said = append(s.said, st)
	switch {
	case st.Act == report.ActDismiss && st.Note == "":
		return nil, review.Mistakes{{Field: "note", Message: "请写明为什么不成立。"}}
	case st.Act == report.ActCorrect && st.Value != nil && *st.Value == "很多":
		return nil, review.Mistakes{{Field: "value", Message: "“很多”不是数字。"}}
	case st.Act == report.ActReturn && st.Note == "":
		return nil, review.Mistakes{{Field: "note", Message: "请写明要改什么。"}}
	}
	return &s.now, nil
}

// Compare is of no use here.
func (s *saidReviews) Compare(context.Context, string, string) (*review.Comparison, error) {
	return nil, intake.ErrNotFound
}

// sheet is a service with one report, and its page.
type sheet struct {
	*guarded
	said *saidReviews
	path string
}

func newSheet(t *testing.T) *sheet {
	t.Helper()
	s := &sheet{said: &saidReviews{now: report.Review{Version: 4, State: report.Unreviewed}}}
	s.guarded = newGuarded(t, func(c *api.Config) { c.Pictures, c.Reviews = &fakePictures{}, s.said })
	s.path = "/reports/" + resultID(t, s.upload(t, s.admin, "年报.pdf", "%PDF one"))
	return s
}

func (s *sheet) page(t *testing.T, token, query string) dom {
	t.Helper()
	a := s.as(t, token, http.MethodGet, s.path+query, nil, "Accept", "text/html")
	if a.StatusCode != 200 {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	p := parse(t, a.body)
	p.wholesome(t)
	return p
}

// marked are the ids of the elements that are marked as what is shown.
func (d dom) marked() []string {
	var ids []string
	for _, e := range d.all("", "on") {
		ids = append(ids, e.attr("id"))
	}
	return ids
}

// From a figure to its place and back, and from a finding to both.
func TestOriginalBesideTables(t *testing.T) {
	s := newSheet(t)
	p := s.page(t, s.reader, "")
	cell := p.id(t, "at-applications-new-total")
	at := cell.attr("data-at")
	box := p.id(t, at)
	if box.Data != "a" || box.attr("href") != "#at-applications-new-total" || !strings.Contains(box.attr("class"), "has-error") || len(box.all("rect", "")) != 1 {
		t.Errorf("the figure stands at %q: %+v", at, box.Attr)
	}
	if l := cell.all("a", "to-original"); len(l) != 1 || l[0].attr("href") != "#"+at {
		t.Error("the figure's note does not lead to its place")
	}
	if page := p.id(t, "page-3"); !strings.Contains(page.all("svg", "boxes")[0].attr("viewbox")+page.all("svg", "boxes")[0].attr("viewBox"), "595 842") {
		t.Error("the boxes are not in points of the page")
	}
	for _, img := range p.id(t, "original").all("img", "") {
		if img.attr("loading") != "lazy" || img.attr("width") != "1024" || img.attr("height") != "1449" || img.attr("alt") == "" || !strings.Contains(img.attr("srcset"), "width=1600 1600w") {
			t.Errorf("picture %+v", img.Attr)
		}
	}
	f := p.id(t, "finding-1")
	if got := strings.Fields(f.attr("data-at")); len(got) != 2 || p.id(t, got[1]).attr("href") != "#at-applications-new-total" {
		t.Errorf("finding 1 is at %v", got)
	}
	if !strings.Contains(f.text(), "各项相加9 表上填11 相差2") && !strings.Contains(f.text(), "各项相加9表上填11相差2") {
		t.Errorf("finding 1 says %q", f.text())
	}
	if should := cell.all("span", "should"); len(should) != 1 || !strings.Contains(should[0].text(), "9") {
		t.Error("the total does not say what the sum is")
	}
	if quoted := strings.Fields(p.id(t, "finding-4").attr("data-at")); len(quoted) != 1 || !strings.HasPrefix(p.id(t, quoted[0]).attr("href"), "#at-sections-0-p") {
		t.Errorf("the quoted sentence is at %v", quoted)
	}
	if len(p.marked()) != 0 {
		t.Errorf("marked without being asked for: %v", p.marked())
	}
}

func TestFindingIsShown(t *testing.T) {
	s := newSheet(t)
	p := s.page(t, s.reader, "?finding=1")
	marked := p.marked()
	for _, want := range []string{"finding-1", "at-applications-new-total", "at-applications-new-natural_person", p.id(t, "at-applications-new-total").attr("data-at")} {
		if !slices.Contains(marked, want) {
			t.Errorf("%s is not marked: %v", want, marked)
		}
	}
	bar := p.id(t, "current")
	if !strings.Contains(bar.text(), "总计填 11") || !strings.Contains(bar.text(), "下一条") || strings.Contains(bar.text(), "上一条") {
		t.Errorf("the bar says %q", bar.text())
	}
	for _, n := range []string{"0", "99", "x", "-1"} {
		if p := s.page(t, s.reader, "?finding="+n); len(p.marked()) != 0 {
			t.Errorf("finding %s marks %v", n, p.marked())
		}
	}
}

// A Word original is shown as it was read: tables with their spans, lists, notes.
func TestWordOriginal(t *testing.T) {
	s := newSheet(t)
	id := strings.TrimPrefix(s.path, "/reports/")
	res := s.fake.results[id]
	res.Source.MediaType, res.Source.Pages = extract.FormatDOCX.MediaType(), nil
	s.fake.document = func(doc *extract.Document) {
		doc.Blocks = append(doc.Blocks,
			extract.Block{Type: extract.Paragraph, Number: ptr("（一）"), Text: "（一）<b>列举</b>", Bold: true, Align: "center"},
			extract.Block{Type: extract.Image, Width: 144, Height: 72},
			extract.Block{Type: extract.Paragraph, Text: "注释", Role: extract.RoleFootnote},
			extract.Block{Type: extract.TableRef, Table: ptr(6)})
		doc.Tables = append(doc.Tables, extract.Table{Index: 6, Rows: 2, Columns: 3, Cells: []extract.Cell{
			{Row: 0, Column: 0, RowSpan: 2, ColumnSpan: 2, Text: "合并\n两行"}, {Row: 0, Column: 2, RowSpan: 1, ColumnSpan: 1, Text: "右"}}})
	}
	p := s.page(t, s.reader, "?finding=1")
	original := p.id(t, "original")
	if len(original.all("img", "")) != 0 || len(original.all("svg", "")) != 0 {
		t.Error("Word has pages")
	}
	if c := p.id(t, "cell-6-0-0"); c.attr("rowspan") != "2" || c.attr("colspan") != "2" || c.text() != "合并 两行" {
		t.Errorf("merged cell %+v %q", c.Attr, c.text())
	}
	rows := 0
	for _, tr := range original.all("table", "")[6].all("tr", "") {
		rows++
		if n := len(tr.all("td", "")); rows == 1 && n != 2 || rows == 2 && n != 1 {
			t.Errorf("row %d has %d cells", rows, n)
		}
	}
	text := original.text()
	for _, want := range []string{"（一）<b>列举</b>", "图片，5.1 × 2.5 厘米", "注释"} {
		if !strings.Contains(text, want) {
			t.Errorf("the original lacks %q", want)
		}
	}
	if len(original.all("p", "in-footnote")) != 1 || len(original.all("p", "item")) != 1 {
		t.Error("notes or lists are not told apart")
	}
	at := p.id(t, "at-applications-new-total").attr("data-at")
	if c := p.id(t, at); c.Data != "td" || !slices.Contains(strings.Fields(c.attr("class")), "on") || c.all("a", "")[0].attr("href") != "#at-applications-new-total" {
		t.Errorf("the figure's cell %s: %+v", at, c.Attr)
	}
}

func TestOriginalNotes(t *testing.T) {
	g := newGuarded(t, func(c *api.Config) { c.Pictures, c.NoChineseFonts = &fakePictures{}, true })
	path := "/reports/" + resultID(t, g.upload(t, g.admin, "年报.pdf", "%PDF one"))
	if p := parse(t, g.as(t, g.reader, http.MethodGet, path, nil).body); !strings.Contains(p.id(t, "original").text(), "fonts-noto-cjk") {
		t.Error("the page does not say that there are no fonts")
	}
	if a := g.as(t, g.admin, http.MethodGet, "/readyz", nil); !strings.Contains(string(a.body), "fonts-noto-cjk") || a.StatusCode != 200 {
		t.Errorf("readyz: %d %s", a.StatusCode, a.body)
	}
	none := newGuarded(t, nil)
	path = "/reports/" + resultID(t, none.upload(t, none.admin, "年报.pdf", "%PDF one"))
	p := parse(t, none.as(t, none.reader, http.MethodGet, path, nil).body)
	p.wholesome(t)
	if o := p.id(t, "original"); len(o.all("img", "")) != 0 || !strings.Contains(o.text(), "不能绘制") {
		t.Error("a service that draws nothing shows pictures")
	}
}

// decided is a review with something of everything.
func decided() report.Review {
	at := time.Date(2026, 2, 3, 1, 2, 0, 0, time.UTC)
	corrected := sampleValidation()
	corrected.Findings = corrected.Findings[1:] // the first went with the correction
	return report.Review{
		Version: 7, State: report.Returned, Mark: &report.Mark{State: report.Returned, Note: "请改总计<i>", By: "张核", At: at}, Undecided: 2,
		Decisions: []report.Decision{
			{Finding: "a3", Verdict: report.Dismissed, Note: "确无此类", By: "李核", At: at, Message: "空白"},
			{Finding: "a4", Verdict: report.Confirmed, By: "李核", At: at, Stale: report.StaleChanged},
			{Finding: "zz", Verdict: report.Confirmed, By: "王核", At: at, Message: "从前的问题", Stale: report.StaleGone},
		},
		Corrections: []report.Correction{
			{Path: "/report/applications/new/total", Label: "新收·总计", Read: ptr("11"), Value: ptr("9"), Note: "看图", By: "李核", At: at},
			{Path: "/report/agency", Label: "机关", Read: ptr("x"), Value: ptr("临河市青石区水务局（正名）"), By: "李核", At: at},
		},
		Validation: &corrected,
		Previous:   &report.Edition{ID: "before", State: report.Returned, ReceivedAt: at},
		Editions:   []report.Edition{{ID: "before", Filename: "初稿.docx", State: report.Returned, ReceivedAt: at.AddDate(-1, 0, 0)}},
		History:    []report.Statement{{N: 7, Act: report.ActCorrect, Label: "新收·总计", Path: "/report/applications/new/total", Read: ptr("11"), Value: ptr("9"), By: "李核", At: at}},
	}
}

func TestReviewOnPage(t *testing.T) {
	s := newSheet(t)
	s.said.now = decided()
	p := s.page(t, s.admin, "")
	all := p.text()
	for _, want := range []string{"已退回", "张核", "请改总计<i>", "上一版", "初稿.docx", "核对记录", "新收·总计：11 → 9", "从前的问题", "有 2 处更正", "还有 2 条未认定",
		"临河市青石区水务局（正名）", "总计填 11，各列相加为 9"} {
		if !strings.Contains(all, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	cell := p.id(t, "at-applications-new-total")
	if figure := cell.all("button", "figure")[0]; figure.all("del", "")[0].text() != "11" || figure.all("ins", "")[0].text() != "9" {
		t.Errorf("the corrected figure shows %q", figure.text())
	}
	if f := p.id(t, "finding-2"); !strings.Contains(f.attr("class"), "dismissed") || !strings.Contains(f.text(), "不成立") || !strings.Contains(f.text(), "确无此类") || !strings.Contains(f.text(), "撤销认定") {
		t.Errorf("the dismissed finding: %q %q", f.attr("class"), f.text())
	}
	if f := p.id(t, "finding-3"); !strings.Contains(f.text(), "请重新认定") || len(f.all("form", "")) != 2 {
		t.Errorf("the stale decision: %q", f.text())
	}
	forms := 0
	for _, form := range p.all("form", "") {
		if form.attr("action") == s.path+"/review" {
			forms++
			if values(form)["version"] != "7" {
				t.Errorf("a form of another version: %v", values(form))
			}
		}
	}
	if forms < 8 {
		t.Errorf("%d forms", forms)
	}
	if link := s.path + "/compare/before"; len(slices.DeleteFunc(p.all("a", ""), func(e dom) bool { return e.attr("href") != link })) != 1 {
		t.Error("no comparison with the version before")
	}
}

// Who may only read sees what was said, and no form.
func TestReviewIsReadOnly(t *testing.T) {
	s := newSheet(t)
	s.said.now = decided()
	p := s.page(t, s.reader, "?correct="+url.QueryEscape("/report/applications/new/total"))
	for _, form := range p.all("form", "") {
		if strings.HasSuffix(form.attr("action"), "/review") {
			t.Errorf("a form for who may only read: %q", form.text())
		}
	}
	if len(p.all("a", "to-correct")) != 0 || len(p.all("template", "")) != 0 {
		t.Error("the reader is invited to correct")
	}
	if !strings.Contains(p.id(t, "finding-2").text(), "确无此类") || !strings.Contains(p.text(), "已退回") {
		t.Error("the reader does not see what was said")
	}
}

func TestCorrectForm(t *testing.T) {
	s := newSheet(t)
	for path, label := range map[string]string{
		"/report/applications/new/total": "总计", "/report/agency": "机关", "/report/year": "年度", "/report/title": "标题", "/report/signed_on": "落款日期",
	} {
		p := s.page(t, s.admin, "?correct="+url.QueryEscape(path))
		form := p.id(t, "correct")
		if !strings.Contains(form.all("h2", "")[0].text(), label) {
			t.Errorf("%s: %q", path, form.text())
		}
	}
	for _, path := range []string{"/report/form", "/report/period", "/report/x", "", "javascript:1"} {
		p := s.page(t, s.admin, "?correct="+url.QueryEscape(path))
		for _, e := range p.all("section", "correct") {
			t.Errorf("%q can be corrected: %q", path, e.text())
		}
	}
}

// What was wrong is told at the form, with what was filled in.
func TestReviewMistakes(t *testing.T) {
	s := newSheet(t)
	send := func(fields url.Values) dom {
		t.Helper()
		a := s.as(t, s.admin, http.MethodPost, s.path+"/review", []byte(fields.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")
		if a.StatusCode != 400 && a.StatusCode != 422 {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
		p := parse(t, a.body)
		p.wholesome(t)
		return p
	}
	p := send(url.Values{"act": {"dismiss"}, "finding": {"a3"}, "version": {"4"}})
	if f := p.id(t, "finding-3"); !strings.Contains(f.text(), "请写明为什么不成立。") || len(f.all("details", "")) == 0 {
		t.Errorf("%q", f.text())
	}
	if !slices.Contains(p.marked(), "finding-3") || !strings.Contains(p.id(t, "current").text(), "请写明为什么不成立") {
		t.Error("the finding is not shown")
	}
	p = send(url.Values{"act": {"correct"}, "path": {"/report/applications/new/total"}, "value": {"很多"}, "note": {"看<图>"}, "version": {"4"}})
	if f := p.id(t, "correct"); !strings.Contains(f.text(), "“很多”不是数字") || values(f)["value"] != "很多" || values(f)["note"] != "看<图>" {
		t.Errorf("%q %v", f.text(), values(f))
	}
	p = send(url.Values{"act": {"return"}, "version": {"4"}})
	if f := p.id(t, "mark"); !strings.Contains(f.text(), "请写明要改什么") {
		t.Errorf("%q", f.text())
	}
	for _, e := range p.all("div", "note") {
		if e.attr("role") == "alert" {
			t.Errorf("the mistake is told twice: %q", e.text())
		}
	}
}

// values are the fields of the inputs below an element.
func values(d dom) map[string]string {
	out := map[string]string{}
	for _, e := range d.all("input", "") {
		out[e.attr("name")] = e.attr("value")
	}
	return out
}

// BenchmarkReportPage answers with the page of a report with all tables.
func BenchmarkReportPage(b *testing.B) {
	f := newFake()
	srv, _ := newServer(b, f)
	if _, err := f.Upload(b.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader("%PDF one")}); err != nil {
		b.Fatal(err)
	}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n = len(get(b, srv.URL+"/reports/"+f.rows[0].ID).body)
	}
	b.ReportMetric(float64(n), "bytes")
}
