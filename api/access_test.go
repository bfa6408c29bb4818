package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"nianbao/api"
	"nianbao/api/auth"
	"nianbao/api/auth/authtest"
	"nianbao/convert/report"
)

// guarded is a server that asks for tokens.
type guarded struct {
	*httptest.Server
	*auth.Authority
	store                   *authtest.Memory
	fake                    *fakeReports
	logs                    *syncBuffer
	now                     time.Time
	reader, uploader, admin string // tokens; the uploader is 云溪县, of body b1
}

func newGuarded(t testing.TB, change func(*api.Config)) *guarded {
	t.Helper()
	g := &guarded{store: authtest.NewMemory(), fake: newFake(), logs: &syncBuffer{}, now: time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)}
	g.store.Reports = g.fake.look
	var err error
	proxies, err := auth.ParseProxies([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	g.Authority, err = auth.New(auth.Config{Store: g.store, Open: true, Proxies: proxies, Clock: func() time.Time { return g.now }})
	if err != nil {
		t.Fatal(err)
	}
	cfg := api.Config{Batches: noBatches{}, Reports: g.fake, Auth: g.Authority, Overviews: overviewsOf(t, g.fake, &fakeBodies{}), Versions: report.Versions{Program: "test"}, MaxUploadBytes: testLimit, Logger: slog.New(slog.NewTextHandler(g.logs, nil)),
		Metrics: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
	if change != nil {
		change(&cfg)
	}
	s, err := api.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	g.reader = g.token(t, auth.Draft{Name: "查看", Role: auth.RoleReader})
	g.uploader = g.token(t, auth.Draft{Name: "云溪县", Role: auth.RoleUploader, Bodies: []string{"b1"}})
	g.admin = g.token(t, auth.Draft{Name: "管理员", Role: auth.RoleAdmin})
	g.Server = httptest.NewUnstartedServer(nil)
	g.Config = api.HTTPServer(s.Handler(), cfg.Logger)
	g.Start()
	t.Cleanup(g.Close)
	return g
}

func (g *guarded) token(t testing.TB, d auth.Draft) string {
	t.Helper()
	secret, _, err := g.Create(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// as sends a request with a token, or without one where it is empty.
func (g *guarded) as(t testing.TB, token, method, path string, body []byte, header ...string) answer {
	t.Helper()
	req := request(t, method, g.URL+path, bytes.NewReader(body), header...)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return g.send(t, req)
}

// send follows no redirects.
func (g *guarded) send(t testing.TB, req *http.Request) answer {
	t.Helper()
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return doWith(t, &c, req)
}

func (g *guarded) upload(t testing.TB, token, name, content string) answer {
	t.Helper()
	body, ct := multipartOf(t, name, content)
	return g.as(t, token, http.MethodPost, "/v1/reports", readAll(t, body), "Content-Type", ct)
}

// login returns the session's cookie.
func (g *guarded) login(t testing.TB, token string, header ...string) *http.Cookie {
	t.Helper()
	form := url.Values{"token": {token}}.Encode()
	a := g.as(t, "", http.MethodPost, "/login", []byte(form), append(header, "Content-Type", "application/x-www-form-urlencoded")...)
	if a.StatusCode != http.StatusSeeOther || len(a.Cookies()) != 1 {
		t.Fatalf("login: %d, cookies %v: %s", a.StatusCode, a.Cookies(), a.body)
	}
	return a.Cookies()[0]
}

func cookieHeader(c *http.Cookie) []string { return []string{"Cookie", c.Name + "=" + c.Value} }

// Every address has an action: what the table does not know is nobody's. The
// description of the interface tells of refusals where there can be some.
func TestEveryRouteHasAnAction(t *testing.T) {
	list := &fakeBodies{}
	s, err := api.New(api.Config{Batches: noBatches{}, Reports: newFake(), Auth: openAuth(t), Bodies: list, Attaching: list, Pictures: &fakePictures{}})
	if err != nil {
		t.Fatal(err)
	}
	actions, routes := api.RouteActions(), s.Routes()
	if len(routes) < 20 {
		t.Fatalf("only %d routes are seen", len(routes))
	}
	for _, route := range routes {
		if _, known := actions[route]; !known {
			t.Errorf("%s has no action: decide who may, in routes.go", route)
		}
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Security  []any
			Responses map[string]any
		}
	}
	srv, _ := newServer(t, newFake())
	if err := json.Unmarshal(get(t, srv.URL+"/openapi.json").body, &doc); err != nil {
		t.Fatal(err)
	}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			action, known := actions[strings.ToUpper(method)+" "+strings.NewReplacer("{", ":", "}", "").Replace(path)]
			if !known {
				t.Errorf("%s %s of the description has no action", method, path)
			}
			if described := op.Responses["401"] != nil && op.Responses["403"] != nil && len(op.Security) > 0; described == auth.IsPublic(action) {
				t.Errorf("%s %s: refusals described: %v", method, path, described)
			}
		}
	}
}

// An address that somebody forgot to put into the table is nobody's, also where
// the service is open.
func TestUnlistedAddressIsNobodys(t *testing.T) {
	g := newGuarded(t, nil)
	for who, a := range map[string]*auth.Authority{"guarded": g.Authority, "open": openAuth(t)} {
		s, err := api.New(api.Config{Reports: newFake(), Batches: noBatches{}, Auth: a, Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		s.AddUnlisted("/unlisted")
		srv := httptest.NewServer(s.Handler())
		t.Cleanup(srv.Close)
		wantProblem(t, get(t, srv.URL+"/unlisted", "Authorization", "Bearer "+g.admin), 403, "forbidden")
		if who == "guarded" {
			wantProblem(t, get(t, srv.URL+"/unlisted"), 401, "unauthenticated")
		}
	}
}

func TestRolesAtTheDoor(t *testing.T) {
	g := newGuarded(t, nil)
	made := g.upload(t, g.admin, "a.pdf", "%PDF 1")
	report := made.Header.Get("Location")
	for _, c := range []struct {
		method, path              string
		nobody, reader, up, admin int
	}{
		{"GET", "/v1/reports", 401, 200, 200, 200},
		{"GET", report, 401, 200, 404, 200},
		{"GET", report + "/original", 401, 200, 404, 200},
		{"POST", "/v1/reports", 401, 403, 400, 400},
		{"DELETE", "/v1/reports/none", 401, 403, 403, 404},
		{"GET", "/v1/tokens", 401, 403, 403, 200},
		{"POST", "/v1/tokens", 401, 403, 403, 400},
		{"DELETE", "/v1/tokens/none", 401, 403, 403, 404},
		{"GET", "/v1/audit", 401, 403, 403, 200},
		{"GET", "/v1/rules", 401, 200, 200, 200},
		{"GET", "/metrics", 401, 200, 200, 200},
		{"GET", "/", 401, 200, 200, 200},
		{"POST", "/upload", 401, 403, 400, 400},
		{"GET", "/login", 200, 200, 200, 200},
		{"GET", "/livez", 200, 200, 200, 200},
		{"GET", "/readyz", 200, 200, 200, 200},
		{"GET", "/openapi.json", 200, 200, 200, 200},
		{"GET", "/docs", 200, 200, 200, 200},
		{"GET", "/assets/app.css", 200, 200, 200, 200},
		{"GET", "/nothing", 404, 404, 404, 404},
		{"PUT", "/v1/reports", 405, 405, 405, 405},
		{"HEAD", "/v1/reports", 401, 200, 200, 200},
	} {
		for who, x := range map[string]struct {
			token string
			want  int
		}{"nobody": {"", c.nobody}, "reader": {g.reader, c.reader}, "uploader": {g.uploader, c.up}, "admin": {g.admin, c.admin}} {
			a := g.as(t, x.token, c.method, c.path, nil)
			if c.path == "/login" && who != "nobody" {
				continue // see TestLogin
			}
			if a.StatusCode != x.want {
				t.Errorf("%s %s as %s: %d, want %d: %.200s", c.method, c.path, who, a.StatusCode, x.want, a.body)
			}
			if a.StatusCode == 401 && a.Header.Get("WWW-Authenticate") != `Bearer realm="nianbao"` {
				t.Errorf("%s %s: WWW-Authenticate %q", c.method, c.path, a.Header.Get("WWW-Authenticate"))
			}
		}
	}
}

// An uploader sees what it sent and what is of its bodies, in lists, look-ups,
// originals and pages; the rest is not there for it.
func TestUploadersSeeTheirOwn(t *testing.T) {
	g := newGuarded(t, nil)
	own := g.upload(t, g.uploader, "own.pdf", "%PDF own").Header.Get("Location")
	other := g.upload(t, g.admin, "other.pdf", "%PDF other").Header.Get("Location")
	body := g.upload(t, g.admin, "body.pdf", "%PDF body").Header.Get("Location")
	g.fake.places[strings.TrimPrefix(body, "/v1/reports/")] = "b1"
	id := strings.TrimPrefix(other, "/v1/reports/")
	for path, want := range map[string]int{own: 200, own + "/original": 200, body: 200, other: 404, other + "/original": 404, "/reports/" + id: 404} {
		if a := g.as(t, g.uploader, http.MethodGet, path, nil); a.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, a.StatusCode, want)
		}
	}
	// What is hidden and what is not there are answered alike.
	hidden, none := g.as(t, g.uploader, http.MethodGet, other, nil), g.as(t, g.uploader, http.MethodGet, "/v1/reports/none", nil)
	if strip(hidden) != strip(none) {
		t.Errorf("%s and %s", hidden.body, none.body)
	}
	var list struct {
		Total int
		Items []struct{ ID string }
	}
	if err := json.Unmarshal(g.as(t, g.uploader, http.MethodGet, "/v1/reports", nil).body, &list); err != nil {
		t.Fatal(err)
	}
	if list.Total != 2 || len(list.Items) != 2 {
		t.Errorf("the list has %+v", list)
	}
	if home := g.as(t, g.uploader, http.MethodGet, "/", nil); bytes.Contains(home.body, []byte(id)) || !bytes.Contains(home.body, []byte("云溪县")) {
		t.Error("the page shows another's report, or not who is logged in")
	}
	// Who sends the same bytes has them, and sees the report from then on.
	if a := g.upload(t, g.uploader, "mine.pdf", "%PDF other"); a.StatusCode != 200 || a.Header.Get("Location") != other {
		t.Errorf("the same bytes: %d %s", a.StatusCode, a.Header.Get("Location"))
	}
	if a := g.as(t, g.uploader, http.MethodGet, other, nil); a.StatusCode != 200 {
		t.Errorf("after sending its bytes: %d", a.StatusCode)
	}
}

// strip is an answer without what differs from request to request.
func strip(a answer) string {
	s := strings.ReplaceAll(string(a.body), a.Header.Get("X-Request-Id"), "")
	return a.Status + a.Header.Get("Content-Type") + s
}

func TestTokenInterface(t *testing.T) {
	g := newGuarded(t, nil)
	send := func(body string) answer {
		return g.as(t, g.admin, http.MethodPost, "/v1/tokens", []byte(body), "Content-Type", "application/json")
	}
	a := send(`{"name":"青石区","role":"uploader","bodies":["b7"],"expires_at":"2026-12-31T00:00:00Z"}`)
	var made struct {
		ID, Token, Role, Name string
		Bodies                []string
		ExpiresAt             *time.Time `json:"expires_at"`
		RevokedAt             *time.Time `json:"revoked_at"`
	}
	if err := json.Unmarshal(a.body, &made); err != nil {
		t.Fatal(err)
	}
	if a.StatusCode != 201 || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Location") != "/v1/tokens/"+made.ID || made.ExpiresAt == nil || made.RevokedAt != nil || made.Bodies[0] != "b7" {
		t.Fatalf("%d %v %s", a.StatusCode, a.Header, a.body)
	}
	if got := g.as(t, made.Token, http.MethodGet, "/v1/reports", nil).StatusCode; got != 200 {
		t.Errorf("with the new token: %d", got)
	}
	list := g.as(t, g.admin, http.MethodGet, "/v1/tokens", nil)
	if bytes.Contains(list.body, []byte(made.Token)) || !bytes.Contains(list.body, []byte(made.ID)) {
		t.Errorf("the list: %s", list.body)
	}
	wantProblem(t, send(`{"name":"青石区","role":"reader"}`), 409, "conflict")
	for _, bad := range []string{`{`, `{"name":"","role":"reader"}`, `{"name":"x","role":"root"}`, `{"name":"x\ny","role":"reader"}`, `{"name":"x"}`,
		`{"name":"x","role":"admin","bodies":["b"]}`, `{"name":"x","role":"reader","expires_at":"2020-01-01T00:00:00Z"}`, `{"name":"x","role":"reader","more":1}`} {
		wantProblem(t, send(bad), 400, "bad_request")
	}
	if got := g.as(t, g.admin, http.MethodDelete, "/v1/tokens/"+made.ID, nil).StatusCode; got != 204 {
		t.Errorf("revoking: %d", got)
	}
	wantProblem(t, g.as(t, made.Token, http.MethodGet, "/v1/reports", nil), 401, "unauthenticated")
	d := openAPI(t, g.URL)
	d.check("POST", "/v1/tokens", a)
	d.check("GET", "/v1/tokens", g.as(t, g.admin, http.MethodGet, "/v1/tokens", nil))
	d.check("GET", "/v1/audit", g.as(t, g.admin, http.MethodGet, "/v1/audit?limit=2", nil))
	wantProblem(t, g.as(t, g.admin, http.MethodGet, "/v1/audit?cursor=x", nil), 400, "bad_request")
}

type auditPage struct {
	Items []auth.Entry
	Next  string
}

func (g *guarded) audit(t testing.TB) []auth.Entry {
	t.Helper()
	var p auditPage
	if err := json.Unmarshal(g.as(t, g.admin, http.MethodGet, "/v1/audit?limit=200", nil).body, &p); err != nil {
		t.Fatal(err)
	}
	return p.Items
}

// Originals, deletions, tokens, logins and refusals are in the audit.
func TestAuditOfWhatWasDone(t *testing.T) {
	g := newGuarded(t, nil)
	report := g.upload(t, g.admin, "a.pdf", "%PDF 1").Header.Get("Location")
	id := strings.TrimPrefix(report, "/v1/reports/")
	before := len(g.audit(t))
	g.as(t, g.reader, http.MethodGet, report+"/original", nil, "X-Request-Id", "q1", "X-Forwarded-For", "192.0.2.9")
	g.as(t, g.reader, http.MethodHead, report+"/original", nil)
	g.as(t, g.uploader, http.MethodGet, report+"/original", nil)
	g.as(t, g.reader, http.MethodDelete, report, nil)
	g.as(t, g.admin, http.MethodDelete, report, nil)
	g.as(t, "nb_wrong", http.MethodGet, report, nil)
	g.login(t, g.reader)
	g.as(t, "", http.MethodGet, report, nil) // no attempt: nothing was shown
	got := g.audit(t)
	got = got[:len(got)-before]
	want := []struct {
		name    string
		action  auth.Action
		subject string
		outcome auth.Outcome
	}{ // the newest first
		{"查看", auth.Login, "", auth.Allowed},
		{"", auth.Authenticate, "", auth.Refused},
		{"管理员", auth.DeleteReport, id, auth.Allowed},
		{"查看", auth.DeleteReport, id, auth.Refused},
		{"云溪县", auth.ReadOriginal, id, auth.Refused},
		{"查看", auth.ReadOriginal, id, auth.Allowed},
		{"查看", auth.ReadOriginal, id, auth.Allowed},
	}
	if len(got) != len(want) {
		t.Fatalf("%d entries: %+v", len(got), got)
	}
	for i, w := range want {
		if e := got[i]; e.Name != w.name || e.Action != w.action || e.Outcome != w.outcome || w.subject != "" && e.Subject != w.subject || e.RequestID == "" || e.Remote == "" {
			t.Errorf("entry %d: %+v, want %+v", i, e, w)
		}
	}
	if e := got[len(got)-1]; e.RequestID != "q1" || e.Remote != "192.0.2.9" {
		t.Errorf("%+v", e)
	}
}

// unwritable is a store whose audit cannot be written.
type unwritable struct{ *authtest.Memory }

func (u *unwritable) AddEntry(_ context.Context, _ auth.Entry) error {
	return errors.New("disk full")
}

// An original is not sent, and nothing deleted, when the audit cannot be
// written.
func TestNothingUnrecorded(t *testing.T) {
	f := newFake()
	a, err := auth.New(auth.Config{Store: &unwritable{authtest.NewMemory()}, Open: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := api.New(api.Config{Batches: noBatches{}, Reports: f, Auth: a, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	report := post(t, srv.URL, "a.pdf", "%PDF secret").Header.Get("Location")
	got := get(t, srv.URL+report+"/original")
	wantProblem(t, got, 503, "unavailable")
	if bytes.Contains(got.body, []byte("secret")) {
		t.Error("the original was sent")
	}
	wantProblem(t, do(t, request(t, http.MethodDelete, srv.URL+report, nil)), 503, "unavailable")
	if len(f.rows) != 1 {
		t.Error("the report was deleted")
	}
}

// Without its database the service lets nobody in.
func TestStoreDown(t *testing.T) {
	g := newGuarded(t, nil)
	g.store.Break(errors.New("connection refused at /secret"))
	a := g.as(t, g.admin, http.MethodGet, "/v1/reports", nil)
	wantProblem(t, a, 503, "unavailable")
	if bytes.Contains(a.body, []byte("secret")) || a.Header.Get("Retry-After") == "" {
		t.Errorf("%v %s", a.Header, a.body)
	}
}

func TestLogin(t *testing.T) {
	g := newGuarded(t, nil)
	page := g.as(t, "", http.MethodGet, "/reports/x?y=1", nil, "Accept", "text/html")
	if page.StatusCode != 303 || page.Header.Get("Location") != "/login?next=%2Freports%2Fx%3Fy%3D1" {
		t.Errorf("a page without login: %d %s", page.StatusCode, page.Header.Get("Location"))
	}
	form := parse(t, g.as(t, "", http.MethodGet, "/login?next=%2Freports%2Fx%3Fy%3D1", nil, "Accept", "text/html").body)
	form.wholesome(t)
	if next := form.all("input", "")[0]; next.attr("name") != "next" || next.attr("value") != "/reports/x?y=1" {
		t.Errorf("the form leads to %q", next.attr("value"))
	}
	wrong := g.as(t, "", http.MethodPost, "/login", []byte("token=nb_x&next=/rules"), "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")
	again := parse(t, wrong.body)
	if wrong.StatusCode != 401 || len(wrong.Cookies()) != 0 || !strings.Contains(again.text(), "口令不对") || bytes.Contains(wrong.body, []byte("nb_x")) {
		t.Errorf("a wrong token: %d %s", wrong.StatusCode, again.text())
	}
	right := g.as(t, "", http.MethodPost, "/login", []byte("token="+g.uploader+"&next=/rules"), "Content-Type", "application/x-www-form-urlencoded")
	if right.StatusCode != 303 || right.Header.Get("Location") != "/rules" {
		t.Fatalf("a right token: %d %s", right.StatusCode, right.Header.Get("Location"))
	}
	cookie := right.Cookies()[0]
	home := g.as(t, "", http.MethodGet, "/", nil, cookieHeader(cookie)...)
	if home.StatusCode != 200 || home.Header.Get("Cache-Control") != "no-store" || !bytes.Contains(home.body, []byte("云溪县")) || !bytes.Contains(home.body, []byte("报送")) {
		t.Errorf("home: %d %v", home.StatusCode, home.Header)
	}
	if a := g.as(t, "", http.MethodGet, "/v1/reports", nil, cookieHeader(cookie)...); a.StatusCode != 200 {
		t.Errorf("the interface by cookie: %d", a.StatusCode)
	}
	if a := g.as(t, "", http.MethodGet, "/login?next=/rules", nil, cookieHeader(cookie)...); a.StatusCode != 303 || a.Header.Get("Location") != "/rules" {
		t.Errorf("login when logged in: %d %s", a.StatusCode, a.Header.Get("Location"))
	}
	csrf := csrfOf(t, home)
	out := g.as(t, "", http.MethodPost, "/logout", []byte("csrf="+csrf), append(cookieHeader(cookie), "Content-Type", "application/x-www-form-urlencoded")...)
	if out.StatusCode != 303 || out.Header.Get("Location") != "/login" || len(out.Cookies()) != 1 || out.Cookies()[0].MaxAge >= 0 {
		t.Errorf("logout: %d %v", out.StatusCode, out.Header)
	}
	wantProblem(t, g.as(t, "", http.MethodGet, "/v1/reports", nil, cookieHeader(cookie)...), 401, "unauthenticated")
}

// csrfOf is the hidden field of a page's forms.
func csrfOf(t testing.TB, page answer) string {
	t.Helper()
	_, rest, ok := strings.Cut(string(page.body), `name="csrf" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	if !ok || value == "" {
		t.Fatal("no csrf field on the page")
	}
	return value
}

// A reader's page has no upload form; an open service says that it is open.
func TestPagesTellWhatOneMay(t *testing.T) {
	g := newGuarded(t, nil)
	home := g.as(t, g.reader, http.MethodGet, "/", nil)
	parse(t, home.body).wholesome(t)
	if bytes.Contains(home.body, []byte(`id="upload"`)) || bytes.Contains(home.body, []byte("没有设口令")) {
		t.Error("the reader's page has an upload form, or says that the service is open")
	}
	srv, _ := newServer(t, newFake())
	open := get(t, srv.URL+"/upload")
	if !bytes.Contains(open.body, []byte("没有设口令")) || !bytes.Contains(open.body, []byte(`id="upload"`)) {
		t.Error("the open service does not say so")
	}
	if a := get(t, srv.URL+"/login"); a.Request.URL.Path != "/" {
		t.Errorf("login where nobody has to: %s", a.Request.URL)
	}
}

// A report is compared with what its reader may see: a finding would tell of others.
func TestComparedWithinTheScope(t *testing.T) {
	g := newGuarded(t, nil)
	id := resultOf(t, g.upload(t, g.uploader, "a.pdf", "%PDF a")).ID
	for _, token := range []string{g.uploader, g.admin} {
		for _, path := range []string{"/v1/reports/" + id, "/reports/" + id} {
			g.fake.scopes = nil
			if a := g.as(t, token, http.MethodGet, path, nil, "Accept", "*/*"); a.StatusCode != http.StatusOK {
				t.Fatalf("%s: %d", path, a.StatusCode)
			}
			if len(g.fake.scopes) != 1 || g.fake.scopes[0].Restricted != (token == g.uploader) {
				t.Errorf("%s compares within %+v", path, g.fake.scopes)
			}
		}
	}
}
