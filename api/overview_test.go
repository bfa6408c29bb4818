package api_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"nianbao/api"
	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
)

// fakeYears is the catalog behind the overview, over the other fakes.
type fakeYears struct {
	*fakeReports
	list *fakeBodies
}

var _ overview.Store = (*fakeYears)(nil)

func (f *fakeYears) YearReports(_ context.Context, year, _ int, scope intake.Scope) (out []overview.Report, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, r := range f.rows {
		stated := r.Year != nil && *r.Year == year
		if !stated && r.Year != nil || !scope.Sees(f.senders[r.ID], f.places[r.ID]) {
			continue
		}
		x := overview.Report{ID: r.ID, Body: f.places[r.ID], Place: int64(1000 - i), State: r.State, Errors: r.Review.OpenErrors, Warnings: r.Review.OpenWarnings,
			Review: r.Review.State, Stated: stated, Filename: r.Filename, ReceivedAt: r.ReceivedAt}
		if r.Agency != nil {
			x.Agency = *r.Agency
		}
		out = append(out, x)
	}
	return out, nil
}

func (f *fakeYears) WithRule(_ context.Context, rule string, reports []overview.Report) (map[string]bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := map[string]bool{}
	for _, r := range reports {
		if res := f.results[r.ID]; res != nil {
			out[r.ID] = slices.ContainsFunc(res.Validation.Findings, func(x report.Finding) bool { return x.Rule == rule })
		}
	}
	return out, nil
}

func (f *fakeYears) Years(_ context.Context, scope intake.Scope) (years []int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rows {
		if r.Year != nil && scope.Sees(f.senders[r.ID], f.places[r.ID]) && !slices.Contains(years, *r.Year) {
			years = append(years, *r.Year)
		}
	}
	slices.SortFunc(years, func(a, b int) int { return cmp.Compare(b, a) })
	return years, nil
}

func (f *fakeYears) Summaries(_ context.Context, ids []string) (map[string]intake.Summary, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := map[string]intake.Summary{}
	for _, id := range ids {
		if i := f.index(id); i >= 0 {
			out[id] = f.rows[i]
		}
	}
	return out, nil
}

func (f *fakeYears) Bodies(ctx context.Context) (*bodies.List, error) { return f.list.List(ctx) }

// overviewsOf is the overview of the fakes as of March 2024: the year due is 2023.
func overviewsOf(t testing.TB, f intake.Reports, list *fakeBodies) api.Overviews {
	t.Helper()
	reports, ok := f.(*fakeReports)
	if !ok {
		return nil
	}
	s, err := overview.New(overview.Config{Store: &fakeYears{reports, list}, Clock: func() time.Time { return time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// county is a server with a list of four bodies: 水务局 has a report with errors, the
// file of 教育局 failed, 青石镇 is missing; and one report is of nobody.
func county(t *testing.T) (f *fakeReports, base string) {
	t.Helper()
	f = newFake()
	list := &fakeBodies{}
	base = newBodyServer(t, f, list)
	entries := []bodies.Entry{{Body: bodies.Body{ID: "gov", Name: "云溪县人民政府", Level: bodies.LevelCounty}},
		{Body: bodies.Body{ID: "water", Name: "临河市青石区水务局", Parent: "gov"}}, {Body: bodies.Body{ID: "edu", Name: "云溪县<b>教育局", Parent: "gov"}},
		{Body: bodies.Body{ID: "town", Name: "青石镇", Parent: "gov"}}, {Body: bodies.Body{ID: "rain", Name: "云溪县气象局", Parent: "gov", Excluded: true}}}
	if _, err := list.Replace(t.Context(), entries, 0, ""); err != nil {
		t.Fatal(err)
	}
	for _, file := range [][2]string{{"水务局.pdf", "%PDF 1"}, {"教育局.pdf", "locked"}, {"他人.pdf", "%PDF 2"}} {
		_, _ = f.Upload(t.Context(), intake.Incoming{Filename: file[0], Body: strings.NewReader(file[1])})
	}
	for i := range f.rows {
		f.rows[i].ReceivedAt = time.Date(2024, 1, 20, 6, 30, 0, 0, time.UTC)
		switch f.rows[i].Filename {
		case "水务局.pdf":
			f.places[f.rows[i].ID] = "water"
		case "教育局.pdf":
			f.places[f.rows[i].ID] = "edu"
		}
	}
	return f, base
}

func TestOverviewAPI(t *testing.T) {
	_, base := county(t)
	d := openAPI(t, base)
	var y overview.Year
	a := get(t, base+"/v1/overview?status=errors&sort=errors")
	d.check("GET", "/v1/overview", a)
	if err := json.Unmarshal(a.body, &y); err != nil {
		t.Fatal(err)
	}
	if y.Year != 2023 || y.Counts != (overview.Counts{Total: 5, Missing: 2, Failed: 1, Errors: 1, Exempt: 1}) || len(y.Items) != 1 || y.Items[0].Body.ID != "water" || y.StrayTotal != 1 {
		t.Errorf("%s", a.body)
	}
	for _, wrong := range []string{"status=x", "sort=x", "limit=0", "cursor=nobody", "year=0"} {
		a := get(t, base+"/v1/overview?"+wrong)
		d.check("GET", "/v1/overview", a)
		if a.StatusCode != 400 {
			t.Errorf("%s: %d", wrong, a.StatusCode)
		}
	}
}

// The page says who is where, in counts, squares and rows, each a link.
func TestOverviewPage(t *testing.T) {
	f, base := county(t)
	p := page(t, base+"/")
	p.wholesome(t)
	if lead := p.all("p", "lead")[0].text(); !strings.Contains(lead, "应报 4 个主体，已收到 2 个，还缺 2 个") {
		t.Errorf("lead %q", lead)
	}
	var water string
	for _, r := range f.rows {
		if r.Filename == "水务局.pdf" {
			water = r.ID
		}
	}
	squares := map[string]string{}
	for _, s := range p.all("a", "sq") {
		squares[s.attr("title")] = s.attr("href") + " " + s.text()
	}
	if len(squares) != 5 || squares["临河市青石区水务局：2 错误"] != "/reports/"+water+"?finding=1#finding-1 错" || !strings.HasSuffix(squares["青石镇：未报送"], " 缺") {
		t.Errorf("squares %v", squares)
	}
	rows := p.id(t, "list").all("tr", "")
	if len(rows) != 6 || !strings.Contains(rows[4].text(), "有错误") || !strings.Contains(rows[3].text(), "云溪县<b>教育局") || !strings.Contains(rows[3].text(), "未能转换") {
		t.Errorf("%d rows, %q", len(rows), p.id(t, "list").text())
	}
	if first := rows[4].all("a", "error"); len(first) != 1 || first[0].attr("href") != "/reports/"+water+"?finding=1#finding-1" {
		t.Error("no link to the first finding")
	}
	strays := p.id(t, "strays")
	if !strings.Contains(strays.text(), "他人.pdf") || len(strays.all("form", "")) != 1 {
		t.Errorf("strays %q", strays.text())
	}
	for query, want := range map[string]string{
		"status=missing": "2 个符合条件", "q=水务": "1 个符合条件", "kind=township": "1 个符合条件", "rule=table.cell_blank": "1 个符合条件",
		"status=clean": "没有符合条件的主体", "year=二零": "年度请填四位数字", "status=x": "已略过", "year=2019": "2019年度还没有收到报告",
	} {
		p := page(t, base+"/?"+query)
		p.wholesome(t)
		if !strings.Contains(p.text(), want) {
			t.Errorf("%s lacks %q", query, want)
		}
	}
}

// Without a list, and without anything, the page says what to do.
func TestOverviewWithoutList(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	p := page(t, srv.URL+"/")
	p.wholesome(t)
	if steps := p.all("ol", "steps"); len(steps) != 1 || len(steps[0].all("li", "")) != 3 {
		t.Error("the first page does not lead")
	}
	post(t, srv.URL, "年报.pdf", "%PDF")
	p = page(t, srv.URL+"/")
	p.wholesome(t)
	for _, want := range []string{"收到 1 个机关的报告", "还没有编制主体名单", "由已收到的报告生成一份名单", "临河市青石区水务局"} {
		if !strings.Contains(p.text(), want) {
			t.Errorf("lacks %q", want)
		}
	}
}

// Many bodies are shown as bars, with the numbers in words.
func TestOverviewOfMany(t *testing.T) {
	list := &fakeBodies{}
	base := newBodyServer(t, newFake(), list)
	entries := make([]bodies.Entry, 1600)
	for i := range entries {
		entries[i].Body = bodies.Body{Name: fmt.Sprintf("第%d局", i)}
	}
	if _, err := list.Replace(t.Context(), entries, 0, ""); err != nil {
		t.Fatal(err)
	}
	p := page(t, base+"/")
	p.wholesome(t)
	if bars := p.all("svg", "bar"); len(bars) != 1 || bars[0].attr("aria-label") != "部门：未报送 1600" || len(p.all("a", "sq")) != 0 {
		t.Error("no bar")
	}
	next := p.all("nav", "pager")[0].all("a", "")[0].attr("href")
	if rows := page(t, base+next).id(t, "list").all("tr", ""); len(rows) != 51 || !strings.Contains(rows[1].text(), "第50局") {
		t.Errorf("second page by %q: %d rows", next, len(rows))
	}
}

// Who is restricted sees his own bodies and nobody else's reports, on every page.
func TestOverviewScope(t *testing.T) {
	list := &fakeBodies{}
	g := newGuarded(t, func(cfg *api.Config) {
		cfg.Bodies, cfg.Attaching, cfg.Overviews = list, list, overviewsOf(t, cfg.Reports, list)
	})
	if _, err := list.Replace(t.Context(), []bodies.Entry{{Body: bodies.Body{ID: "b1", Name: "云溪县水务局"}}, {Body: bodies.Body{ID: "b2", Name: "云溪县档案局"}}}, 0, ""); err != nil {
		t.Fatal(err)
	}
	g.upload(t, g.admin, "档案局.pdf", "%PDF 1")
	g.fake.places[g.fake.rows[0].ID] = "b2"
	for _, path := range []string{"/", "/problems", "/problems.csv", "/v1/overview"} {
		a := g.as(t, g.uploader, http.MethodGet, path, nil)
		if a.StatusCode != 200 || strings.Contains(string(a.body), g.fake.rows[0].ID) || strings.Contains(string(a.body), "档案局") || !strings.Contains(string(a.body), "云溪县水务局") {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
	for _, path := range []string{"/bodies/edit", "/bodies/propose"} {
		if a := g.as(t, g.uploader, http.MethodGet, path, nil); a.StatusCode != 403 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	p := parse(t, g.as(t, g.reader, http.MethodGet, "/", nil).body)
	if strings.Contains(p.text(), "上传报告") || len(p.all("form", "inline")) != 1 {
		t.Error("a reader is offered what he may not do")
	}
}

// The list to send back names the places; the file is harmless in a spreadsheet.
func TestProblemPages(t *testing.T) {
	_, base := county(t)
	p := page(t, base+"/problems")
	p.wholesome(t)
	for _, want := range []string{"尚未收到报告的单位 2 个", "青石镇", "临河市青石区水务局", "总计填 11，各列相加为 9", "收到和处理政府信息公开申请情况表 · 一、本年新收政府信息公开申请数量", "138****5678", "去掉密码"} {
		if !strings.Contains(p.text(), want) {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(p.text(), "气象局") || strings.Contains(p.text(), "略有不同") {
		t.Error("what nobody has to mend is on the list")
	}
	a := get(t, base+"/problems.csv?year=2023")
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv") || !strings.Contains(a.Header.Get("Content-Disposition"), url.PathEscape("2023年度问题清单.csv")) {
		t.Errorf("%v", a.Header)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.body), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 8 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	for format, want := range map[string]string{"xlsx": "2023年度问题清单.xlsx", "zip": "2023年度问题清单.zip"} {
		a := get(t, base+"/v1/problems?year=2023&format="+format)
		if _, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body))); err != nil || !strings.Contains(a.Header.Get("Content-Disposition"), url.PathEscape(want)) {
			t.Errorf("%s: %d %v, %v", format, a.StatusCode, a.Header, err)
		}
	}
	wantProblem(t, get(t, base+"/v1/problems?format=docx"), 400, "bad_request")
	if p := page(t, base+"/problems?year=2019&status=errors"); !strings.Contains(p.text(), "没有需要发回的问题") {
		t.Error("an empty list says nothing")
	}
}

// The list of reports, its filters and pages.
func TestReportsPage(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	if p := page(t, srv.URL+"/reports"); !strings.Contains(p.text(), "还没有报告") {
		t.Error("an empty list does not say what to do")
	}
	for i := range 31 {
		post(t, srv.URL, fmt.Sprintf("%d.pdf", i), fmt.Sprintf("%%PDF %d", i))
	}
	post(t, srv.URL, "<b>锁.pdf", "locked")
	p := page(t, srv.URL+"/reports")
	p.wholesome(t)
	rows := p.id(t, "reports").all("tr", "")
	if len(rows) != 31 || !strings.Contains(rows[1].text(), "<b>锁.pdf") || !strings.Contains(rows[1].text(), "未能转换") {
		t.Fatalf("%d rows, first %q", len(rows), rows[1].text())
	}
	if text := rows[2].text(); !strings.Contains(text, "临河市青石区水务局") || !strings.Contains(text, "2 错误") || !strings.Contains(text, "2026年1月20日 14:30") {
		t.Errorf("row %q", text)
	}
	next := ""
	for _, a := range p.all("a", "") {
		if a.attr("rel") == "next" {
			next = a.attr("href")
		}
	}
	second := page(t, srv.URL+next)
	if n := len(second.id(t, "reports").all("tr", "")); n != 3 {
		t.Errorf("second page by %q has %d rows", next, n)
	}
	if p := page(t, srv.URL+"/reports?status=failed"); len(p.id(t, "reports").all("tr", "")) != 2 {
		t.Error("status filter")
	}
	if p := page(t, srv.URL+"/reports?agency=没有这个机关&year=二零&rule=x"); !strings.Contains(p.text(), "没有符合条件的报告") || !strings.Contains(p.text(), "四位数字") {
		t.Error("empty selection or a wrong year is not explained")
	}
}

// A report of nobody gets its body by name.
func TestAttachForm(t *testing.T) {
	list := &fakeBodies{}
	g := newGuarded(t, func(cfg *api.Config) { cfg.Bodies, cfg.Attaching = list, list })
	if _, err := list.Replace(t.Context(), []bodies.Entry{{Body: bodies.Body{ID: "b1", Name: "云溪县水务局"}}}, 0, ""); err != nil {
		t.Fatal(err)
	}
	g.upload(t, g.admin, "a.pdf", "%PDF 1")
	path := "/reports/" + g.fake.rows[0].ID + "/body"
	session := g.login(t, g.admin)
	id, err := g.Identify(request(t, http.MethodGet, g.URL+"/", nil, cookieHeader(session)...))
	if err != nil {
		t.Fatal(err)
	}
	send := func(fields url.Values) answer {
		return g.as(t, "", http.MethodPost, path, []byte(fields.Encode()), append(cookieHeader(session), "Content-Type", "application/x-www-form-urlencoded")...)
	}
	if a := send(url.Values{"body": {"云溪县水务局"}}); a.StatusCode != 403 || len(list.said) != 0 {
		t.Errorf("without the form's token: %d", a.StatusCode)
	}
	if a := send(url.Values{"csrf": {id.CSRF}, "body": {"无此局"}}); a.StatusCode != 400 {
		t.Errorf("no such body: %d", a.StatusCode)
	}
	a := send(url.Values{"csrf": {id.CSRF}, "body": {" 云溪县水务局"}, "year": {"2023"}})
	if a.StatusCode != 303 || a.Header.Get("Location") != "/?year=2023#strays" || len(list.said) != 1 || !strings.HasSuffix(list.said[0], " b1") {
		t.Errorf("%d %s, %v", a.StatusCode, a.Header.Get("Location"), list.said)
	}
	of := "/reports/" + g.fake.rows[0].ID
	for act, want := range map[string]string{"attach": " b1", "none": " ", "release": "release", "choose": " true"} {
		list.said = nil
		a := send(url.Values{"csrf": {id.CSRF}, "back": {"report"}, "act": {act}, "body": {"云溪县水务局"}})
		if a.StatusCode != 303 || a.Header.Get("Location") != of+"#body" || len(list.said) != 1 || !strings.Contains(list.said[0], want) {
			t.Errorf("%s: %d %s, %v", act, a.StatusCode, a.Header.Get("Location"), list.said)
		}
	}
	if p := parse(t, g.as(t, "", http.MethodGet, of, nil, cookieHeader(session)...).body); !strings.Contains(p.id(t, "body").text(), "没有归到名单上的主体") || len(p.id(t, "body").all("button", "")) < 2 {
		t.Errorf("the page says of the body %q", p.id(t, "body").text())
	}
	if a := g.as(t, g.uploader, http.MethodPost, path, []byte("body=x"), "Content-Type", "application/x-www-form-urlencoded"); a.StatusCode != 403 {
		t.Errorf("by an uploader: %d", a.StatusCode)
	}
}

// BenchmarkOverviewPage is the page of a year with 5,000 reports without the catalog,
// which storage/catalog's TestScale measures.
func BenchmarkOverviewPage(b *testing.B) {
	f, list := newFake(), &fakeBodies{}
	entries := make([]bodies.Entry, 5000)
	for i := range entries {
		id := fmt.Sprintf("b%d", i)
		entries[i].Body = bodies.Body{ID: id, Name: fmt.Sprintf("云溪县第%d局", i)}
		row := intake.Summary{ID: fmt.Sprintf("r%d", i), State: intake.StateDone, Filename: "年报.pdf", Year: ptr(2023), Agency: ptr(entries[i].Name),
			Review: intake.Tally{State: report.Unreviewed, OpenErrors: i % 3}}
		f.rows, f.places[row.ID] = append(f.rows, row), id
	}
	if _, err := list.Replace(b.Context(), entries, 0, ""); err != nil {
		b.Fatal(err)
	}
	s, err := api.New(api.Config{Reports: f, Auth: openAuth(b), Batches: noBatches{}, Bodies: list, Attaching: list, Overviews: overviewsOf(b, f, list),
		Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range []string{"/", "/?sort=name&status=errors", "/v1/overview"} {
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				s.Handler().ServeHTTP(w, httptest.NewRequestWithContext(b.Context(), http.MethodGet, "http://localhost"+path, nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}
