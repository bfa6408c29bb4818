package api_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"nianbao/api"
	"nianbao/api/auth"
	"nianbao/api/auth/authtest"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/review"
)

// fakeReviews are reviews in memory, of results that corrections do not change.
type fakeReviews struct {
	reports intake.Reports
	mu      sync.Mutex
	said    map[string][]report.Statement // by report
	scopes  []intake.Scope
}

var _ intake.Reviewing = (*fakeReviews)(nil)

func newFakeReviews(f intake.Reports) *fakeReviews {
	return &fakeReviews{reports: f, said: map[string][]report.Statement{}}
}

func (f *fakeReviews) now(ctx context.Context, id string) (*report.Result, *report.Review, error) {
	res, err := f.reports.Result(ctx, id, false)
	if err != nil {
		return nil, nil, err
	}
	r := review.Fold(f.said[id])
	if len(r.Corrections) > 0 {
		r.Validation, r.Judged = &res.Validation, &res.Versions
	}
	review.Count(&r, &res.Validation, nil)
	r.History = append([]report.Statement{}, f.said[id]...)
	r.Editions = []report.Edition{{ID: id, Filename: "年报.pdf", State: r.State}}
	return res, &r, nil
}

func (f *fakeReviews) Review(ctx context.Context, id string, scope intake.Scope) (*report.Review, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.scopes = append(f.scopes, scope)
	_, r, err := f.now(ctx, id)
	return r, err
}

func (f *fakeReviews) Remark(ctx context.Context, id string, st report.Statement, seen *int, _ intake.Scope) (*report.Review, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	res, r, err := f.now(ctx, id)
	if err != nil {
		return nil, err
	}
	full, err := (&review.Matter{Result: res, Findings: res.Validation.Findings, Now: r}).Complete(st)
	if err != nil {
		return nil, err
	}
	if seen != nil {
		if since := review.Since(f.said[id], &full, *seen); len(since) > 0 {
			return nil, &intake.ChangedError{Version: r.Version, Since: since}
		}
	}
	who, _ := auth.Of(ctx)
	full.N, full.By, full.At = r.Version+1, who.Name, time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	f.said[id] = append(f.said[id], full)
	_, r, err = f.now(ctx, id)
	return r, err
}

func (f *fakeReviews) Compare(ctx context.Context, before, after string) (*review.Comparison, error) {
	var sides [2]*report.Result
	for i, id := range []string{before, after} {
		res, err := f.reports.Result(ctx, id, false)
		if err != nil {
			return nil, err
		}
		sides[i] = res
	}
	sides[1].Report.Sections = append([]report.Section{{Key: "overview", Title: "总体情况", Text: "改写过的一章。"}}, sides[1].Report.Sections[1:]...)
	c := review.Compare(sides[0], sides[1])
	c.Before.ID, c.After.ID = before, after
	return &c, nil
}

// newReviewServer serves the fakes to tokens of an office and of a reader.
func newReviewServer(t *testing.T) (srv *httptest.Server, f *fakeReports, store *authtest.Memory, office, reader string) {
	t.Helper()
	f, store = newFake(), authtest.NewMemory()
	store.Reports = f.look
	who, err := auth.New(auth.Config{Store: store, Open: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx := auth.With(t.Context(), auth.Identity{Open: true})
	if office, _, err = who.Create(ctx, auth.Draft{Name: "公开办", Role: auth.RoleUploader, Expires: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if reader, _, err = who.Create(ctx, auth.Draft{Name: "读者", Role: auth.RoleReader, Expires: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	s, err := api.New(api.Config{Reports: f, Reviews: newFakeReviews(f), Auth: who, Batches: noBatches{}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	srv = httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return srv, f, store, office, reader
}

// TestReviewInterface: decisions, corrections and marks by the interface, each with
// the review as it is then, and mistakes as problems.
func TestReviewInterface(t *testing.T) {
	srv, f, store, office, reader := newReviewServer(t)
	d := openAPI(t, srv.URL)
	receipt, err := f.Upload(auth.With(t.Context(), auth.Identity{Name: "公开办", Role: auth.RoleUploader}), intake.Incoming{Filename: "年报.pdf", Body: strings.NewReader("%PDF 甲")})
	if err != nil {
		t.Fatal(err)
	}
	at := "/v1/reports/" + receipt.ID + "/review"
	say := func(token, method, path, content string, header ...string) answer {
		t.Helper()
		header = append(header, "Authorization", "Bearer "+token)
		if content != "" {
			header = append(header, "Content-Type", "application/json")
		}
		a := do(t, request(t, method, srv.URL+at+path, strings.NewReader(content), header...))
		template, _, _ := strings.Cut(path, "?")
		if strings.HasPrefix(template, "/findings/") {
			template = "/findings/{finding}"
		}
		d.check(method, "/v1/reports/{id}/review"+template, a)
		return a
	}
	want := func(what string, a answer, status int, tag string, parts ...string) {
		t.Helper()
		if a.StatusCode != status || a.Header.Get("ETag") != tag {
			t.Errorf("%s: %d, ETag %s: %s", what, a.StatusCode, a.Header.Get("ETag"), a.body)
		}
		for _, p := range parts {
			if !strings.Contains(string(a.body), p) {
				t.Errorf("%s: lacks %q: %s", what, p, a.body)
			}
		}
	}
	const total = "/report/applications/new/total"
	want("none", say(reader, "GET", "", ""), 200, `"0"`, `"state":"unreviewed"`, `"mark":null`, `"open_errors":2`)
	want("by a reader", say(reader, "PUT", "/mark", `{"mark":"checked"}`), 403, "")
	want("dismissed", say(office, "PUT", "/findings/a1", `{"decision":"dismissed","note":"原件无误"}`, "If-Match", `"0"`), 200, `"1"`, `"open_errors":1`, `"by":"公开办"`)
	want("seen before", say(office, "PUT", "/findings/a1", `{"decision":"confirmed"}`, "If-Match", `"0"`), 412, `"1"`, "precondition_failed", "finding a1", "公开办：认定不成立（原件无误）")
	want("no version", say(office, "PUT", "/findings/a1", `{"decision":"confirmed"}`, "If-Match", `"x"`), 400, "")
	want("without a reason", say(office, "PUT", "/findings/a2", `{"decision":"dismissed"}`), 400, "", "body.note")
	want("no such finding", say(office, "PUT", "/findings/zz", `{"decision":"confirmed"}`), 404, "", "现在没有这个问题")
	want("no such decision", say(office, "PUT", "/findings/a1", `{"decision":"praised"}`), 400, "", "body.decision")
	want("undecided", say(office, "DELETE", "/findings/a1", ""), 200, `"2"`, `"open_errors":2`)
	want("corrected", say(office, "PUT", "/values", `{"path":"`+total+`","value":"9"}`), 200, `"3"`, `"read":"11"`, `"value":"9"`, `"judged_by"`)
	want("blank", say(office, "PUT", "/values", `{"path":"`+total+`","value":null}`), 200, `"4"`, `"value":null`)
	want("no number", say(office, "PUT", "/values", `{"path":"`+total+`","value":"多"}`), 400, "", "body.value", "不是数字")
	want("no such value", say(office, "PUT", "/values", `{"path":"/report/nothing","value":"1"}`), 404, "", "不能更正")
	want("taken back", say(office, "DELETE", "/values?path="+url.QueryEscape(total), ""), 200, `"5"`, `"corrections":[]`)
	want("of nothing", say(office, "DELETE", "/values", ""), 400, "", "path")
	want("marked", say(office, "PUT", "/mark", `{"mark":"returned","note":"请改正"}`), 200, `"6"`, `"state":"returned"`)
	want("unmarked", say(office, "DELETE", "/mark", "", "If-Match", "*"), 200, `"7"`, `"state":"unreviewed"`)

	res := do(t, request(t, "GET", srv.URL+"/v1/reports/"+receipt.ID, nil, "Authorization", "Bearer "+reader))
	d.check("GET", "/v1/reports/{id}", res)
	if !strings.Contains(string(res.body), `"review":{"version":7,`) || strings.Contains(string(res.body), `"history"`) {
		t.Errorf("the result: %s", res.body)
	}
	entries, _, err := store.Entries(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	allowed, refused := 0, 0
	for _, e := range entries {
		if e.Action == auth.ReviewReport && e.Subject == receipt.ID {
			if e.Outcome == auth.Allowed {
				allowed++
			} else {
				refused++
			}
		}
	}
	if allowed < 8 || refused != 1 {
		t.Errorf("the audit has %d allowed, %d refused", allowed, refused)
	}
}

// TestReviewScope: what is outside of the scope is not there.
func TestReviewScope(t *testing.T) {
	srv, f, _, office, reader := newReviewServer(t)
	mine := upload(t, f, "公开办", "%PDF 甲")
	theirs := upload(t, f, "别处", "%PDF 乙")
	for _, c := range []struct {
		method, path, content string
		status                int
	}{
		{"GET", mine + "/review", "", 200}, {"GET", theirs + "/review", "", 404},
		{"PUT", theirs + "/review/mark", `{"mark":"checked"}`, 404}, {"PUT", theirs + "/review/findings/a1", `{"decision":"confirmed"}`, 404},
		{"GET", mine + "/compare/" + mine, "", 200}, {"GET", mine + "/compare/" + theirs, "", 404}, {"GET", theirs + "/compare/" + mine, "", 404},
	} {
		a := do(t, request(t, c.method, srv.URL+"/v1/reports/"+c.path, strings.NewReader(c.content), "Authorization", "Bearer "+office, "Content-Type", "application/json"))
		if a.StatusCode != c.status {
			t.Errorf("%s %s: %d %s", c.method, c.path, a.StatusCode, a.body)
		}
	}
	d := openAPI(t, srv.URL)
	a := do(t, request(t, "GET", srv.URL+"/v1/reports/"+theirs+"/compare/"+mine, nil, "Authorization", "Bearer "+reader))
	d.check("GET", "/v1/reports/{id}/compare/{other}", a)
	var c review.Comparison
	if err := json.Unmarshal(a.body, &c); err != nil || c.Before.ID != mine || c.After.ID != theirs || len(c.Chapters) != 1 {
		t.Errorf("%v: %s", err, a.body)
	}
}

func upload(t *testing.T, f *fakeReports, by, content string) string {
	t.Helper()
	r, err := f.Upload(auth.With(t.Context(), auth.Identity{Name: by, Role: auth.RoleUploader}), intake.Incoming{Filename: "年报.pdf", Body: strings.NewReader(content)})
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}

// TestReviewForm: the form of a page leads back to its place, or shows what is wrong
// with it.
func TestReviewForm(t *testing.T) {
	f := newFake()
	id := upload(t, f, "", "%PDF 甲")
	s, err := api.New(api.Config{Reports: f, Reviews: newFakeReviews(f), Auth: openAuth(t), Batches: noBatches{}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	send := func(fields ...string) answer {
		t.Helper()
		form := url.Values{}
		for i := 0; i < len(fields); i += 2 {
			form.Set(fields[i], fields[i+1])
		}
		return doWith(t, client, request(t, "POST", srv.URL+"/reports/"+id+"/review", strings.NewReader(form.Encode()),
			"Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html"))
	}
	for _, c := range []struct {
		fields []string
		status int
		want   string // address, or a part of the page
	}{
		{[]string{"act", "confirm", "finding", "a1", "version", "0", "back", "finding-1"}, 303, "/reports/" + id + "#finding-1"},
		{[]string{"act", "dismiss", "finding", "a2", "note", "原件无误", "back", "//evil.example"}, 303, "/reports/" + id},
		{[]string{"act", "correct", "path", "/report/applications/new/total", "value", "9", "back", "at-applications-new-total"}, 303, "/reports/" + id + "#at-applications-new-total"},
		{[]string{"act", "check", "version", "3"}, 303, "/reports/" + id},
		{[]string{"act", "dismiss", "finding", "a2"}, 400, "请写明为什么不成立"},
		{[]string{"act", "dismiss", "finding", "a1", "note", "误读", "version", "0"}, 412, "认定属实"},
		{[]string{"act", "correct", "path", "/report/applications/new/total", "value", "<b>多</b>"}, 400, "&lt;b&gt;多&lt;/b&gt;”不是数字"},
		{[]string{"act", "confirm", "finding", "a1", "version", "新"}, 400, "页面已经过期"},
		{[]string{"act", "confirm", "finding", "zz"}, 404, "现在没有这个问题"},
		{[]string{"act", "praise"}, 400, "没有这种操作"},
		{[]string{"act", "confirm", "finding", "a1", "note", strings.Repeat("字", 1001)}, 400, "超过上限1000个字"},
		{[]string{"act", "confirm", "finding", "a1", "note", strings.Repeat("字", 1000)}, 303, "/reports/" + id},
		{[]string{"act", "confirm", "note", strings.Repeat("x", 40<<10)}, 413, "过大"},
	} {
		a := send(c.fields...)
		got := a.Header.Get("Location")
		if c.status != 303 {
			if got = string(a.body); strings.Contains(got, c.want) {
				got = c.want
			}
		}
		if a.StatusCode != c.status || got != c.want {
			t.Errorf("%.80q: %d, %.300s", c.fields, a.StatusCode, got)
		}
	}
	// A session's form needs its token.
	if a := send("act", "unmark"); a.StatusCode != 303 {
		t.Errorf("unmark: %d", a.StatusCode)
	}
}
