package api_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"nianbao/api"
	"nianbao/api/auth"
	"nianbao/convert/intake"
)

// The attacks of this file go to the real handler behind the real http.Server
// on a real connection.

// raw sends bytes as they are and returns the answer; the connection is closed
// for writing where the server is not to wait for more.
func (g *guarded) raw(t testing.TB, text string) answer {
	t.Helper()
	conn := g.dial(t)
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	return readAnswer(t, conn)
}

func (g *guarded) dial(t testing.TB) net.Conn {
	t.Helper()
	return dial(t, g.Listener)
}

func dial(t testing.TB, l net.Listener) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func readAnswer(t testing.TB, conn net.Conn) answer {
	t.Helper()
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return answer{resp, readAll(t, resp.Body)}
}

func TestAttackNoOrWrongToken(t *testing.T) {
	g := newGuarded(t, nil)
	report := g.upload(t, g.admin, "a.pdf", "%PDF secret").Header.Get("Location")
	expired := g.token(t, auth.Draft{Name: "过期", Role: auth.RoleAdmin, Expires: g.now.Add(time.Minute)})
	revoked, tok, err := g.Create(t.Context(), auth.Draft{Name: "吊销", Role: auth.RoleAdmin})
	if err != nil {
		t.Fatal(err)
	}
	sessions := [][]string{cookieHeader(g.login(t, expired)), cookieHeader(g.login(t, revoked))}
	g.now = g.now.Add(time.Hour)
	if err := g.Revoke(t.Context(), tok.ID); err != nil {
		t.Fatal(err)
	}
	headers := append(sessions, []string{}, []string{"Authorization", "Bearer " + expired}, []string{"Authorization", "Bearer " + revoked},
		[]string{"Authorization", "Bearer " + tok.ID}, []string{"Authorization", "Basic YWRtaW46YWRtaW4="}, []string{"Authorization", g.admin},
		[]string{"Cookie", auth.CookieName + "=" + g.admin}, []string{"Cookie", auth.CookieName + "=" + strings.Repeat("A", 43)},
		[]string{"X-Forwarded-User", "admin"}, []string{"Authorization", "Bearer null"})
	for i, h := range headers {
		h = append(h, "X-Forwarded-For", fmt.Sprint("192.0.2.", i)) // not slowed for each other
		for _, path := range []string{report, report + "/original", "/v1/reports", "/v1/tokens", "/v1/reports?token=" + g.admin} {
			a := g.as(t, "", http.MethodGet, path, nil, h...)
			if a.StatusCode != 401 || bytes.Contains(a.body, []byte("secret")) {
				t.Errorf("%v %s: %d", h, path, a.StatusCode)
			}
		}
	}
}

// A session belongs to one identity: another's cookie or form token is of no
// use with it.
func TestAttackOthersSession(t *testing.T) {
	g := newGuarded(t, nil)
	mine, other := g.login(t, g.uploader), g.login(t, g.admin)
	foreign := csrfOf(t, g.as(t, "", http.MethodGet, "/", nil, cookieHeader(other)...))
	own := csrfOf(t, g.as(t, "", http.MethodGet, "/", nil, cookieHeader(mine)...))
	logout := func(csrf string) answer {
		return g.as(t, "", http.MethodPost, "/logout", []byte(url.Values{"csrf": {csrf}}.Encode()),
			append(cookieHeader(mine), "Content-Type", "application/x-www-form-urlencoded")...)
	}
	for _, csrf := range []string{"", foreign, own + "A", mine.Value} {
		wantProblem(t, logout(csrf), 403, "forbidden")
	}
	upload := func(csrf string) answer {
		body := "--X\r\n"
		if csrf != "none" {
			body += "Content-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf + "\r\n--X\r\n"
		}
		body += "Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF\r\n--X--\r\n"
		return g.as(t, "", http.MethodPost, "/upload", []byte(body), append(cookieHeader(mine), "Content-Type", "multipart/form-data; boundary=X")...)
	}
	for _, csrf := range []string{"none", "", foreign, strings.Repeat("A", 5000)} {
		wantProblem(t, upload(csrf), 403, "forbidden")
	}
	if len(g.fake.rows) != 0 {
		t.Error("a form without its token was taken in")
	}
	if a := upload(own); a.StatusCode != 200 || len(g.fake.rows) != 1 {
		t.Errorf("the right form: %d, %d reports", a.StatusCode, len(g.fake.rows))
	}
	// A program has no form: its token is what no other site can send.
	body, ct := multipartOf(t, "b.pdf", "%PDF b")
	if a := g.as(t, g.uploader, http.MethodPost, "/upload", readAll(t, body), "Content-Type", ct); a.StatusCode != 200 {
		t.Errorf("by token: %d", a.StatusCode)
	}
	if a := logout(own); a.StatusCode != 303 {
		t.Errorf("the right logout: %d", a.StatusCode)
	}
	if a := g.as(t, "", http.MethodGet, "/v1/tokens", nil, cookieHeader(other)...); a.StatusCode != 200 {
		t.Errorf("the other session ended, too: %d", a.StatusCode)
	}
}

func TestAttackSessionFixation(t *testing.T) {
	g := newGuarded(t, nil)
	planted := auth.CookieName + "=" + strings.Repeat("B", 43)
	got := g.login(t, g.reader, "Cookie", planted)
	if auth.CookieName+"="+got.Value == planted {
		t.Fatal("the planted session was taken over")
	}
	wantProblem(t, g.as(t, "", http.MethodGet, "/v1/reports", nil, "Cookie", planted), 401, "unauthenticated")
	next := g.login(t, g.reader, cookieHeader(got)...)
	if next.Value == got.Value {
		t.Error("login does not change the session")
	}
	wantProblem(t, g.as(t, "", http.MethodGet, "/v1/reports", nil, cookieHeader(got)...), 401, "unauthenticated")
}

func TestAttackCookie(t *testing.T) {
	g := newGuarded(t, nil)
	for _, c := range []struct {
		header []string
		secure bool
	}{{nil, false}, {[]string{"X-Forwarded-Proto", "https"}, true}, {[]string{"X-Forwarded-Proto", "http"}, false}} {
		k := g.login(t, g.reader, c.header...)
		if !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Domain != "" || k.Secure != c.secure || k.MaxAge != 12*60*60 {
			t.Errorf("%v: %s", c.header, k.Raw)
		}
	}
}

func TestAttackCrossOrigin(t *testing.T) {
	g := newGuarded(t, nil)
	cookie := g.login(t, g.admin)
	report := g.upload(t, g.admin, "a.pdf", "%PDF").Header.Get("Location")
	for _, from := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
	} {
		for _, x := range [][2]string{{"POST", "/v1/reports"}, {"POST", "/upload"}, {"POST", "/login"}, {"POST", "/logout"}, {"POST", "/v1/tokens"}, {"DELETE", report}} {
			a := g.as(t, "", x[0], x[1], nil, append(append([]string{}, from...), cookieHeader(cookie)...)...)
			wantProblem(t, a, 403, "forbidden")
		}
	}
	if len(g.fake.rows) != 1 {
		t.Error("a foreign site deleted a report")
	}
}

// On a loopback address only its names are answered: another name is one that an
// attacker lets point there.
func TestAttackForgedHost(t *testing.T) {
	g := newGuarded(t, nil)
	for _, host := range []string{"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost@evil.example", "10.0.0.1", "", "a b", "evil.example:80:80", "[::1].evil.example"} {
		for _, path := range []string{"/", "/v1/reports", "/login", "/readyz"} {
			a := g.raw(t, "GET "+path+" HTTP/1.1\r\nHost: "+host+"\r\nAuthorization: Bearer "+g.admin+"\r\nConnection: close\r\n\r\n")
			if a.StatusCode != 400 {
				t.Errorf("Host %q, %s: %d", host, path, a.StatusCode)
			}
		}
	}
	for _, text := range []string{
		"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
		"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"GET / HTTP/1.0\r\n\r\n",
	} {
		if a := g.raw(t, text); a.StatusCode != 400 {
			t.Errorf("%q: %d", text, a.StatusCode)
		}
	}
	for _, host := range []string{"localhost", "127.0.0.1:80", "[::1]:8080", "127.0.0.2"} {
		if a := g.raw(t, "GET /livez HTTP/1.1\r\nHost: "+host+"\r\n\r\n"); a.StatusCode != 200 {
			t.Errorf("Host %q: %d", host, a.StatusCode)
		}
	}
	// A forged name appears nowhere in an answer: addresses are relative.
	any := newGuarded(t, func(c *api.Config) { c.Hosts = auth.NewHosts("0.0.0.0", nil) })
	for _, path := range []string{"/login?next=/x", "/", "/openapi.json", "/docs"} {
		a := any.raw(t, "GET "+path+" HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
		if a.StatusCode >= 400 || bytes.Contains(a.body, []byte("evil")) || strings.Contains(fmt.Sprint(a.Header), "evil") {
			t.Errorf("%s: %d repeats the Host", path, a.StatusCode)
		}
	}
}

func TestAttackOpenRedirect(t *testing.T) {
	g := newGuarded(t, nil)
	for _, next := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "\t//evil.example", "/\r\nSet-Cookie: a=b", "/..//evil.example", "javascript:alert(1)"} {
		form := url.Values{"token": {g.reader}, "next": {next}}.Encode()
		a := g.as(t, "", http.MethodPost, "/login?next="+url.QueryEscape(next), []byte(form), "Content-Type", "application/x-www-form-urlencoded")
		if got := a.Header.Get("Location"); a.StatusCode != 303 || got != "/" || len(a.Cookies()) != 1 {
			t.Errorf("next=%q leads to %q", next, got)
		}
		page := g.as(t, "", http.MethodGet, "/login?next="+url.QueryEscape(next), nil)
		if bytes.Contains(page.body, []byte("evil")) || bytes.Contains(page.body, []byte("javascript")) {
			t.Errorf("next=%q stands in the form", next)
		}
	}
	// Neither does the path that was asked for.
	for _, path := range []string{"//evil.example/", "/%5cevil.example", "/.//evil.example"} {
		a := g.raw(t, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
		if loc := a.Header.Get("Location"); strings.Contains(loc, "evil") {
			t.Errorf("%s leads to %q", path, loc)
		}
	}
}

// Names are data: no path, no second header line, no markup.
func TestAttackNames(t *testing.T) {
	g := newGuarded(t, nil)
	for i, name := range []string{
		"../../etc/passwd", `..\..\windows\system32\x.pdf`, "/etc/shadow", "a\r\nSet-Cookie: x=y.pdf", "a\nb.pdf", "a\x00b.pdf",
		`"; filename="evil.exe`, "<script>alert(1)</script>.pdf", "=cmd|' /C calc'!A0.pdf", "\u202egpj.exe", "%0d%0aX-Evil: 1.pdf", "….pdf",
	} {
		disposition := `form-data; name="file"; filename="` + strings.NewReplacer("\\", "\\\\", `"`, `\"`).Replace(name) + `"`
		if strings.ContainsAny(name, "\r\n\x00") { // cannot stand in a quoted string
			disposition = "form-data; name=\"file\"; filename*=UTF-8''" + url.QueryEscape(name)
		}
		body := fmt.Sprintf("--X\r\nContent-Disposition: %s\r\n\r\n%%PDF %d\r\n--X--\r\n", disposition, i)
		a := g.as(t, g.admin, http.MethodPost, "/v1/reports", []byte(body), "Content-Type", "multipart/form-data; boundary=X")
		if a.StatusCode != 201 {
			t.Errorf("%q: %d %s", name, a.StatusCode, a.body)
			continue
		}
		kept := g.fake.rows[0].Filename
		if strings.ContainsAny(kept, "/\\\r\n\x00\u202e") || strings.HasPrefix(kept, "..") && strings.Contains(kept, "etc") {
			t.Errorf("%q is kept as %q", name, kept)
		}
		o := g.as(t, g.admin, http.MethodGet, a.Header.Get("Location")+"/original", nil)
		if o.Header.Get("Set-Cookie") != "" || o.Header.Get("X-Evil") != "" || !strings.HasPrefix(o.Header.Get("Content-Disposition"), "attachment; ") ||
			o.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(o.Header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%q: %v", name, o.Header)
		}
	}
	parse(t, g.as(t, g.admin, http.MethodGet, "/", nil).body).wholesome(t)
	if a := g.as(t, g.admin, http.MethodGet, "/", nil); bytes.Contains(a.body, []byte("<script>alert")) {
		t.Error("a file name is markup on the page")
	}
	// Header values cannot be smuggled into ours.
	for _, id := range []string{"x%0d%0aSet-Cookie:a", "x\tSet-Cookie: a=b"} {
		if a := g.as(t, g.admin, http.MethodGet, "/livez", nil, "X-Request-Id", id); a.Header.Get("X-Request-Id") == id || len(a.Cookies()) != 0 {
			t.Errorf("X-Request-Id %q came back", id)
		}
	}
	for _, path := range []string{"/assets/../templates/layout.html", "/assets/..%2f..%2fserver.go", "/assets/%2e%2e/pages.go", "/docs/../../etc/passwd", "/v1/reports/..%2f..%2fetc%2fpasswd"} {
		a := g.raw(t, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "+g.admin+"\r\nConnection: close\r\n\r\n")
		if bytes.Contains(a.body, []byte("root:")) || bytes.Contains(a.body, []byte("{{")) || bytes.Contains(a.body, []byte("package ")) {
			t.Errorf("%s: %d %.80s", path, a.StatusCode, a.body)
		}
	}
}

// Extracted text is text: markup and formulas in cells come out as they went in,
// and do nothing.
func TestAttackTextOnPages(t *testing.T) {
	g := newGuarded(t, nil)
	id := strings.TrimPrefix(g.upload(t, g.admin, "a.pdf", "%PDF").Header.Get("Location"), "/v1/reports/")
	evil := []string{`<img src=x onerror=alert(1)>`, `"><script>alert(2)</script>`, `=HYPERLINK("http://evil.example","x")`, `@SUM(1+1)*cmd|' /C calc'!A0`, `javascript:alert(3)`, `{{.}}`, "\u202e反"}
	res := g.fake.results[id]
	res.Report.Title, res.Report.Agency = &evil[0], &evil[1]
	for i := range res.Report.Sections {
		res.Report.Sections[i].Title, res.Report.Sections[i].Text = evil[i%len(evil)], strings.Join(evil, "\n")
	}
	cells := 0
	for path, p := range res.Provenance {
		p.Text, p.State = evil[cells%len(evil)], "text"
		res.Provenance[path] = p
		cells++
	}
	for i := range res.Validation.Findings {
		res.Validation.Findings[i].Message, res.Validation.Findings[i].Quote = evil[1], &evil[2]
	}
	g.fake.rows[0].Title, g.fake.rows[0].Agency = &evil[1], &evil[0]
	for _, path := range []string{"/", "/reports/" + id} {
		a := g.as(t, g.admin, http.MethodGet, path, nil)
		page := parse(t, a.body)
		page.wholesome(t)
		for _, e := range page.all("", "") {
			if src := e.attr("src") + e.attr("href") + e.attr("action"); e.attr("onerror") != "" || strings.Contains(src, "evil") || strings.HasPrefix(src, "javascript:") {
				t.Errorf("%s: <%s> is made of extracted text", path, e.Data)
			}
		}
		if n := len(page.all("script", "")); n != 1 {
			t.Errorf("%s: %d scripts", path, n)
		}
		if !strings.Contains(page.text(), evil[0]) {
			t.Errorf("%s: %q is not shown as it is", path, evil[0])
		}
	}
	json := g.as(t, g.admin, http.MethodGet, "/v1/reports/"+id, nil)
	if json.Header.Get("Content-Type") != "application/json" || json.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("JSON that a browser could take for a page: %s", json.Header.Get("Content-Type"))
	}
}

// A body of unknown length is cut at the limit, not when it has come in.
func TestAttackOversizeChunked(t *testing.T) {
	g := newGuarded(t, nil)
	head := "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF"
	for path, accept := range map[string]string{"/v1/reports": "", "/upload": ""} {
		body := &countingReader{r: io.MultiReader(strings.NewReader(head), zeros{})} // without end
		req := request(t, http.MethodPost, g.URL+path, body, "Content-Type", "multipart/form-data; boundary=X", "Authorization", "Bearer "+g.admin, "Accept", accept)
		a, err := http.DefaultClient.Do(req)
		if err != nil {
			continue // the server broke off while we sent, as it may
		}
		_ = a.Body.Close()
		if a.StatusCode != 413 && path == "/v1/reports" {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	for _, c := range []struct{ path, ct string }{{"/login", "application/x-www-form-urlencoded"}, {"/v1/tokens", "application/json"}} {
		a := g.as(t, g.admin, http.MethodPost, c.path, bytes.Repeat([]byte("a"), 1<<20), "Content-Type", c.ct)
		if a.StatusCode != 413 && a.StatusCode != 400 {
			t.Errorf("%s: %d", c.path, a.StatusCode)
		}
	}
	if len(g.fake.rows) != 0 {
		t.Error("something was kept")
	}
}

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// A client that sends slowly is cut off, in its head and in its body, whether
// its request was let in or not. The test ends when the server does so.
func TestAttackSlowloris(t *testing.T) {
	g := newGuarded(t, func(c *api.Config) { c.StallTime = 50 * time.Millisecond })
	token := "Authorization: Bearer " + g.admin + "\r\n"
	part := "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF"
	form := "Host: localhost\r\nContent-Length: 100000\r\nContent-Type: "
	for name, text := range map[string]string{
		"upload":          "POST /v1/reports HTTP/1.1\r\n" + token + form + "multipart/form-data; boundary=X\r\n\r\n" + part,
		"upload chunked":  "POST /v1/reports HTTP/1.1\r\n" + token + "Host: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=X\r\n\r\n10\r\n--X\r\nConten",
		"page form":       "POST /upload HTTP/1.1\r\n" + token + form + "multipart/form-data; boundary=X\r\n\r\n" + part,
		"login":           "POST /login HTTP/1.1\r\n" + form + "application/x-www-form-urlencoded\r\n\r\ntoken=",
		"logout":          "POST /logout HTTP/1.1\r\n" + token + form + "application/x-www-form-urlencoded\r\n\r\ncsrf=",
		"without a token": "POST /v1/reports HTTP/1.1\r\n" + form + "multipart/form-data; boundary=X\r\n\r\n" + part,
		"unknown address": "POST /nothing HTTP/1.1\r\n" + form + "text/plain\r\n\r\nabc",
		"forged host":     "POST /v1/reports HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100000\r\n\r\nabc",
		"body of a GET":   "GET /v1/rules HTTP/1.1\r\n" + token + form + "text/plain\r\n\r\nabc",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := g.dial(t)
			if _, err := io.WriteString(conn, text); err != nil {
				t.Fatal(err)
			}
			b, _ := io.ReadAll(conn) // returns when the server closes
			if bytes.HasPrefix(b, []byte("HTTP/1.1 201")) {
				t.Errorf("half an upload was taken in: %s", b)
			}
		})
	}
}

func TestAttackSlowHead(t *testing.T) {
	g := newGuarded(t, nil)
	if c := g.Config; c.ReadHeaderTimeout <= 0 || c.ReadHeaderTimeout > 30*time.Second || c.IdleTimeout <= 0 || c.MaxHeaderBytes <= 0 {
		t.Errorf("limits of the server: %v, %v, %d", c.ReadHeaderTimeout, c.IdleTimeout, c.MaxHeaderBytes)
	}
	quick := httptest.NewUnstartedServer(nil)
	quick.Config = api.HTTPServer(g.Config.Handler, slog.New(slog.DiscardHandler))
	quick.Config.ReadHeaderTimeout = 50 * time.Millisecond
	quick.Start()
	t.Cleanup(quick.Close)
	for _, text := range []string{"", "GET /livez HT", "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-A: "} {
		conn := dial(t, quick.Listener)
		if _, err := io.WriteString(conn, text); err != nil {
			t.Fatal(err)
		}
		if b, _ := io.ReadAll(conn); bytes.HasPrefix(b, []byte("HTTP/1.1 200")) {
			t.Errorf("half a head was answered: %s", b)
		}
	}
}

func TestAttackManyFields(t *testing.T) {
	g := newGuarded(t, nil)
	var fields, files, names bytes.Buffer
	for i := range 10_000 {
		fmt.Fprintf(&fields, "--X\r\nContent-Disposition: form-data; name=\"f%d\"\r\n\r\nx\r\n", i)
		fmt.Fprintf(&files, "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%d.pdf\"\r\n\r\n\r\n", i)
		fmt.Fprintf(&names, "f%d=x&", i)
	}
	fields.WriteString("--X--\r\n")
	files.WriteString("--X--\r\n")
	parts := []string{"Content-Type", "multipart/form-data; boundary=X"}
	for _, path := range []string{"/v1/reports", "/upload"} {
		wantProblem(t, g.as(t, g.admin, http.MethodPost, path, fields.Bytes(), parts...), 400, "bad_request")
	}
	wantProblem(t, g.as(t, g.admin, http.MethodPost, "/v1/reports", files.Bytes(), parts...), 400, "bad_request")
	if a := g.as(t, g.admin, http.MethodPost, "/upload", files.Bytes(), parts...); bytes.Count(a.body, []byte("<li ")) > 201 {
		t.Errorf("a form of 10,000 files: %d outcomes", bytes.Count(a.body, []byte("<li ")))
	}
	wantProblem(t, g.as(t, "", http.MethodPost, "/login", names.Bytes(), "Content-Type", "application/x-www-form-urlencoded"), 413, "too_large")
	if len(g.fake.rows) != 0 {
		t.Error("something was kept")
	}
}

func TestAttackManyParameters(t *testing.T) {
	g := newGuarded(t, nil)
	small, large := strings.Repeat("a=1&", 10_000), strings.Repeat("parameter=1&", 10_000)
	for _, path := range []string{"/v1/reports?", "/?", "/login?"} {
		for _, query := range []string{small, large, strings.Repeat("a=1&", 100)} {
			a := g.as(t, g.admin, http.MethodGet, path+query, nil)
			if a.StatusCode != 400 && a.StatusCode != 431 {
				t.Errorf("%s with %d bytes: %d", path, len(query), a.StatusCode)
			}
		}
	}
	if a := g.as(t, g.admin, http.MethodGet, "/v1/reports?"+strings.Repeat("a=1&", 99), nil); a.StatusCode != 200 {
		t.Errorf("99 parameters: %d", a.StatusCode)
	}
}

func TestAttackHugeHead(t *testing.T) {
	g := newGuarded(t, nil)
	for name, head := range map[string]string{
		"one header":   "X-A: " + strings.Repeat("a", 1<<20) + "\r\n",
		"many headers": strings.Repeat("X-A: a\r\n", 20_000),
		"cookies":      "Cookie: " + strings.Repeat("a=b; ", 20_000) + "\r\n",
		"a token":      "Authorization: Bearer " + strings.Repeat("a", 100_000) + "\r\n",
	} {
		conn := g.dial(t)
		go func() { _, _ = io.WriteString(conn, "GET /v1/reports HTTP/1.1\r\nHost: localhost\r\n"+head+"\r\n") }()
		if a := readAnswer(t, conn); a.StatusCode != 431 {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
}

// Nothing is decompressed for a client: a small body cannot become a large one.
func TestAttackCompressedBody(t *testing.T) {
	g := newGuarded(t, nil)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.CopyN(z, zeros{}, 1<<20); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, encoding := range []string{"gzip", "GZIP", "br", "zstd", "deflate", "identity, gzip"} {
		for path, ct := range map[string]string{"/v1/reports": "multipart/form-data; boundary=X", "/v1/tokens": "application/json", "/login": "application/x-www-form-urlencoded"} {
			a := g.as(t, g.admin, http.MethodPost, path, packed.Bytes(), "Content-Type", ct, "Content-Encoding", encoding)
			wantProblem(t, a, 415, "unsupported_format")
		}
	}
	body, ct := multipartOf(t, "a.pdf", "%PDF")
	if a := g.as(t, g.admin, http.MethodPost, "/v1/reports", readAll(t, body), "Content-Type", ct, "Content-Encoding", "identity"); a.StatusCode != 201 {
		t.Errorf("identity: %d", a.StatusCode)
	}
}

// Nothing is fetched because a request names it. cmd/nianbao's
// TestNothingIsFetched shows that the code has no way to; this, that it takes
// none.
func TestAttackFetching(t *testing.T) {
	g := newGuarded(t, nil)
	trap, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	caught := make(chan string, 100)
	go func() {
		for {
			conn, err := trap.Accept()
			if err != nil {
				close(caught)
				return
			}
			caught <- conn.RemoteAddr().String()
			_ = conn.Close()
		}
	}()
	bait := "http://" + trap.Addr().String() + "/x"
	for _, path := range []string{"/v1/reports?url=" + bait, "/v1/reports?q=" + bait, "/login?next=" + bait, "/docs?url=" + bait, "/docs?configUrl=" + bait, "/v1/reports/" + url.PathEscape(bait)} {
		g.as(t, g.admin, http.MethodGet, path, nil, "Referer", bait, "Origin", bait, "X-Original-URL", bait, "X-Forwarded-Host", trap.Addr().String())
	}
	g.upload(t, g.admin, bait, "%PDF "+bait)
	for _, field := range []string{"url", "file", "source", "callback", "webhook"} {
		body := "--X\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + bait + "\r\n--X--\r\n"
		g.as(t, g.admin, http.MethodPost, "/v1/reports", []byte(body), "Content-Type", "multipart/form-data; boundary=X")
	}
	g.as(t, g.admin, http.MethodPost, "/v1/reports", []byte(`{"url":"`+bait+`"}`), "Content-Type", "application/json")
	g.as(t, g.admin, http.MethodPost, "/v1/tokens", []byte(`{"name":"`+bait+`","role":"reader"}`), "Content-Type", "application/json")
	g.raw(t, "CONNECT "+trap.Addr().String()+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	_ = trap.Close()
	for from := range caught {
		t.Errorf("a connection came from %s", from)
	}
}

// A wrong token is answered the same whatever is wrong with it: nobody learns
// which ids exist.
func TestAttackTokenOracle(t *testing.T) {
	g := newGuarded(t, nil)
	revoked, tok, err := g.Create(t.Context(), auth.Draft{Name: "x", Role: auth.RoleAdmin})
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Revoke(t.Context(), tok.ID); err != nil {
		t.Fatal(err)
	}
	sameID := g.admin[:45] + "A"
	if sameID == g.admin {
		sameID = g.admin[:45] + "E"
	}
	want := ""
	for _, secret := range []string{"nb_" + strings.Repeat("A", 43), sameID, revoked, "x"} {
		got := strip(g.as(t, secret, http.MethodGet, "/v1/reports", nil))
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s\nand\n%s", got, want)
		}
	}
}

func TestAttackGuessing(t *testing.T) {
	g := newGuarded(t, nil)
	codes := map[int]int{}
	var last answer
	for i := range 40 {
		last = g.as(t, fmt.Sprintf("nb_%043d", i), http.MethodGet, "/v1/reports", nil, "X-Forwarded-For", "192.0.2.1")
		codes[last.StatusCode]++
	}
	if codes[401] != 10 || codes[429] != 30 {
		t.Errorf("answers %v", codes)
	}
	wantProblem(t, last, 429, "busy")
	if last.Header.Get("Retry-After") != "6" {
		t.Errorf("Retry-After %q", last.Header.Get("Retry-After"))
	}
	a := g.as(t, "", http.MethodPost, "/login", []byte("token=x"), "Content-Type", "application/x-www-form-urlencoded", "X-Forwarded-For", "192.0.2.1")
	wantProblem(t, a, 429, "busy")
	if a := g.as(t, g.reader, http.MethodGet, "/v1/reports", nil, "X-Forwarded-For", "192.0.2.1"); a.StatusCode != 200 {
		t.Errorf("a neighbour with a good token: %d", a.StatusCode)
	}
	if a := g.as(t, "nb_x", http.MethodGet, "/v1/reports", nil, "X-Forwarded-For", "192.0.2.2"); a.StatusCode != 401 {
		t.Errorf("another address: %d", a.StatusCode)
	}
}

// The secret of a token is in no log and no answer but its first.
func TestAttackSecretsInLogs(t *testing.T) {
	g := newGuarded(t, nil)
	cookie := g.login(t, g.uploader)
	g.as(t, g.admin, http.MethodGet, "/v1/reports", nil)
	g.as(t, "", http.MethodPost, "/login", []byte("token=wrong-"+g.admin), "Content-Type", "application/x-www-form-urlencoded")
	g.as(t, g.admin+"x", http.MethodGet, "/v1/reports", nil)
	g.Close()
	for _, secret := range []string{g.uploader, g.admin, cookie.Value} {
		if strings.Contains(g.logs.String(), secret) {
			t.Error("a secret stands in the log")
		}
	}
	if !strings.Contains(g.logs.String(), "who=管理员") {
		t.Error("the log does not say who asked")
	}
}

// A request that the client ends does not leave its handler behind.
func TestAttackDisconnect(t *testing.T) {
	entered, left := make(chan struct{}), make(chan struct{})
	g := newGuarded(t, func(c *api.Config) {
		c.Reports = &waiting{fakeReports: c.Reports.(*fakeReports), entered: entered, left: left}
		c.Logger = slog.New(slog.DiscardHandler)
	})
	conn := g.dial(t)
	fmt.Fprintf(conn, "GET /v1/reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", g.admin)
	<-entered
	_ = conn.Close()
	<-left
}

// waiting answers a list when its context ends.
type waiting struct {
	*fakeReports
	entered, left chan struct{}
}

func (w *waiting) List(ctx context.Context, _ intake.Filter) (intake.Page, error) {
	close(w.entered)
	<-ctx.Done()
	close(w.left)
	return intake.Page{}, ctx.Err()
}
