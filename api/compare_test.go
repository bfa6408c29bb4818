package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"nianbao/api"
	"nianbao/convert/figures"
	"nianbao/convert/history"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// fakeComparing compares the fake's reports; every one shares a sentence with another.
type fakeComparing struct{ *fakeReports }

func (f fakeComparing) Figures(_ context.Context, ids []string) (map[string]figures.Set, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := map[string]figures.Set{}
	for _, id := range ids {
		if res := f.results[id]; res != nil {
			out[id] = figures.Of(res)
		}
	}
	return out, nil
}

func (f fakeComparing) Over(_ context.Context, ids []string) (map[string][]report.Finding, error) {
	out := map[string][]report.Finding{}
	for _, id := range ids {
		out[id] = []report.Finding{{Rule: "history.carry_over", Severity: report.SeverityError, Message: "结转数<b>不符</b>。"}}
	}
	return out, nil
}

func (f fakeComparing) Shared(_ context.Context, id string, scope intake.Scope) ([]history.Shared, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.results[id] == nil {
		return nil, intake.ErrNotFound
	}
	f.scopes = append(f.scopes, scope)
	return []history.Shared{{Report: "other", Agency: "白石县<i>财政局</i>", Year: 2023, Characters: 30, Of: 60, More: 2,
		Passages: []history.Passage{{Text: "一是完善制度，明确分工。", OtherText: "一是健全<script>制度</script>，明确分工。", Characters: 30}}}}, nil
}

// newComparing serves the fake with its comparisons.
func newComparing(t *testing.T) (*fakeReports, string) {
	t.Helper()
	f, list := newFake(), &fakeBodies{}
	s, err := api.New(api.Config{Reports: f, Reviews: newFakeReviews(f), Auth: openAuth(t), Batches: noBatches{}, Bodies: list, Attaching: list,
		Overviews: overviewsOf(t, f, list), Comparing: fakeComparing{f}, Versions: report.Versions{Program: "test"}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return f, srv.URL
}

// pageSays fails where a page is not there or lacks one of the texts.
func pageSays(t *testing.T, url string, status int, says ...string) string {
	t.Helper()
	a := get(t, url, "Accept", "text/html")
	for _, s := range says {
		if !strings.Contains(string(a.body), s) {
			t.Errorf("%s does not say %q", url, s)
		}
	}
	if a.StatusCode != status {
		t.Errorf("%s: %d, want %d", url, a.StatusCode, status)
	}
	return string(a.body)
}

func TestComparisonPages(t *testing.T) {
	f, base := newComparing(t)
	first, err := f.Upload(t.Context(), intake.Incoming{Filename: "一.pdf", Body: strings.NewReader("%PDF one")})
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.Upload(t.Context(), intake.Incoming{Filename: "二.pdf", Body: strings.NewReader("%PDF two")})
	if err != nil {
		t.Fatal(err)
	}
	n := f.results[second.ID].Report.Applications.At("granted/natural_person")
	n.Value = ptr(report.Number("7"))

	page := pageSays(t, base+"/reports/"+first.ID+"/similar", 200, "约 30 字", "50%", "白石县&lt;i&gt;财政局", "&lt;script&gt;", "另有 2 处")
	if strings.Contains(page, "<script>制度") {
		t.Error("a text gets into the page as markup")
	}
	pageSays(t, base+"/reports/"+second.ID+"/compare/"+first.ID, 200, "数字变了 <strong>1</strong> 处", "（一）予以公开 · 自然人", "<del>5</del>", "<ins>7</ins>", "&#43;2")
	pageSays(t, base+"/reports/"+first.ID+"/compare/"+first.ID, 200, "数字变了 <strong>0</strong> 处", "改写过的一章")
	pageSays(t, base+"/reports/"+first.ID+"/compare/nothing", 404)
	pageSays(t, base+"/agencies?name=%E4%B8%B4%E6%B2%B3%E5%B8%82%E9%9D%92%E7%9F%B3%E5%8C%BA%E6%B0%B4%E5%8A%A1%E5%B1%80", 200,
		"临河市青石区水务局", "结转数&lt;b&gt;不符", "2 版", `role="img"`, "读不清", `href="/reports/`+second.ID+`/compare/`+first.ID)
	pageSays(t, base+"/agencies?name=nobody", 404, "还没有这个机关的报告")
	pageSays(t, base+"/bodies/nobody", 404)
	pageSays(t, base+"/compare?year=2023", 200, "2023年度各机关比较", "临河市青石区水务局", "新收申请", "11")
	pageSays(t, base+"/compare?year=2023&cell=applications/denied/total&sort=applications/denied/total", 200, "读不清", `aria-sort="descending"`)
	pageSays(t, base+"/compare?year=x&kind=y&cell=z&sort=w", 200, "看不懂")
	pageSays(t, base+"/compare?year=1999", 200, "没有可以比较的机关")
	pageSays(t, base+"/reports/"+first.ID, 200, "/similar", "本机关历年情况")
}

// Who may see some reports compares with those alone.
func TestComparisonsInScope(t *testing.T) {
	var f *fakeReports
	g := newGuarded(t, func(c *api.Config) {
		f = c.Reports.(*fakeReports)
		c.Comparing = fakeComparing{f}
	})
	other, err := f.Upload(t.Context(), intake.Incoming{Filename: "一.pdf", Body: strings.NewReader("%PDF one")})
	if err != nil {
		t.Fatal(err)
	}
	path := "/reports/" + other.ID + "/similar"
	if a := g.as(t, g.uploader, http.MethodGet, path, nil); a.StatusCode != http.StatusNotFound {
		t.Errorf("outside of the scope: %d", a.StatusCode)
	}
	if a := g.as(t, g.reader, http.MethodGet, path, nil); a.StatusCode != http.StatusOK {
		t.Errorf("who may see all: %d", a.StatusCode)
	}
	const agency = "临河市青石区水务局"
	if a := g.as(t, g.uploader, http.MethodGet, "/compare?year=2023", nil); a.StatusCode != 200 || strings.Contains(string(a.body), agency) {
		t.Errorf("the comparison of the year: %d, or it tells of others", a.StatusCode)
	}
	if a := g.as(t, "", http.MethodGet, "/compare", nil); a.StatusCode == http.StatusOK {
		t.Errorf("nobody may compare: %d", a.StatusCode)
	}
}
