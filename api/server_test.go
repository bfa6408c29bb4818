package api_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"nianbao/api"
	"nianbao/convert/intake"
)

func TestUnknownAddresses(t *testing.T) {
	srv, _ := newServer(t, newFake())
	wantProblem(t, get(t, srv.URL+"/v1/nothing"), 404, "not_found")
	wantProblem(t, get(t, srv.URL+"/nothing"), 404, "not_found")
	wantProblem(t, get(t, srv.URL+"/v1/reports/none"), 404, "not_found")
	wantProblem(t, do(t, request(t, http.MethodPut, srv.URL+"/v1/reports", nil)), 405, "method_not_allowed")
	for _, path := range []string{"/nothing", "/reports/none"} {
		a := get(t, srv.URL+path, "Accept", "text/html")
		if a.StatusCode != 404 || !strings.Contains(a.Header.Get("Content-Type"), "text/html") || !bytes.Contains(a.body, []byte("没有")) {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.Header.Get("Content-Type"))
		}
	}
	wantProblem(t, get(t, srv.URL+"/v1/nothing", "Accept", "text/html"), 404, "not_found")
}

func TestSecurityHeaders(t *testing.T) {
	srv, _ := newServer(t, newFake())
	for _, path := range []string{"/", "/rules", "/v1/reports", "/nothing", "/assets/app.css", "/openapi.json", "/livez"} {
		h := get(t, srv.URL+path).Header
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: CSP %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
	if csp := get(t, srv.URL+"/docs").Header.Get("Content-Security-Policy"); strings.Contains(csp, "script-src 'self' 'unsafe-inline'") || !strings.Contains(csp, "sha256-") {
		t.Errorf("/docs: CSP %q", csp)
	}
}

func TestRequestID(t *testing.T) {
	srv, logs := newServer(t, newFake())
	if got := get(t, srv.URL+"/livez", "X-Request-Id", "gate-7.a_B").Header.Get("X-Request-Id"); got != "gate-7.a_B" {
		t.Errorf("a good id came back as %q", got)
	}
	for _, bad := range []string{"a b", `x"y`, strings.Repeat("x", 65), "年"} {
		if got := get(t, srv.URL+"/livez", "X-Request-Id", bad).Header.Get("X-Request-Id"); got == bad || len(got) != 16 {
			t.Errorf("id %q became %q", bad, got)
		}
	}
	srv.Close()
	if !strings.Contains(logs.String(), "request_id=gate-7.a_B") {
		t.Error("the log lacks the id")
	}
}

// Another web site must not be able to write through a visitor's browser.
func TestForeignSitesMayNotWrite(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	for _, path := range []string{"/v1/reports", "/upload"} {
		body, ct := multipartOf(t, "a.pdf", "%PDF")
		a := do(t, request(t, http.MethodPost, srv.URL+path, body, "Content-Type", ct, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"))
		wantProblem(t, a, 403, "forbidden")
	}
	if len(f.rows) != 0 {
		t.Error("a foreign write went through")
	}
	body, ct := multipartOf(t, "a.pdf", "%PDF")
	if a := do(t, request(t, http.MethodPost, srv.URL+"/v1/reports", body, "Content-Type", ct, "Sec-Fetch-Site", "same-origin")); a.StatusCode != 201 {
		t.Errorf("own page: %d", a.StatusCode)
	}
}

func TestHealth(t *testing.T) {
	f := newFake()
	srv, logs := newServer(t, f)
	for _, path := range []string{"/livez", "/readyz"} {
		if a := get(t, srv.URL+path); a.StatusCode != 200 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	for part, want := range map[string]string{"catalog": "数据库", "archive": "归档存储", "queue": "任务队列", "workers": "转换进程", "": "稍后重试"} {
		f.unready = errors.New("database is locked: /secret")
		if part != "" {
			f.unready = &intake.UnavailableError{Part: part, Err: f.unready}
		}
		a := get(t, srv.URL+"/readyz")
		wantProblem(t, a, 503, "unavailable")
		if a.Header.Get("Retry-After") == "" || bytes.Contains(a.body, []byte("secret")) || !bytes.Contains(a.body, []byte(want)) {
			t.Errorf("%s: %v %s", part, a.Header, a.body)
		}
	}
	if a := get(t, srv.URL+"/livez"); a.StatusCode != 200 {
		t.Errorf("livez depends on storage: %d", a.StatusCode)
	}
	srv.Close()
	if !strings.Contains(logs.String(), "database is locked") {
		t.Error("the log lacks the cause")
	}
}

// A client that goes away in the middle leaves nothing behind, and the service
// goes on.
func TestBrokenUpload(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: 5000\r\n\r\n"+
		"--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%%PDF")
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	_ = conn.Close()
	if resp.StatusCode != 400 || len(f.rows) != 0 {
		t.Errorf("status %d, %d rows", resp.StatusCode, len(f.rows))
	}
	if a := post(t, srv.URL, "a.pdf", "%PDF"); a.StatusCode != 201 {
		t.Errorf("after it: %d", a.StatusCode)
	}
}

// A server-wide ReadTimeout does not cut a slow upload: it has a deadline of
// its own that moves on with the bytes.
func TestSlowUpload(t *testing.T) {
	s, err := api.New(api.Config{Reports: newFake(), Auth: openAuth(t), Batches: noBatches{}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: s.Handler(), ReadTimeout: 200 * time.Millisecond}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	body, ct := multipartOf(t, "a.pdf", "%PDF slow")
	a := do(t, request(t, http.MethodPost, "http://"+l.Addr().String()+"/v1/reports", &trickle{r: body}, "Content-Type", ct))
	if a.StatusCode != 201 {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
}

// trickle gives its bytes in ten portions over half a second.
type trickle struct {
	r interface{ Read([]byte) (int, error) }
}

func (s *trickle) Read(p []byte) (int, error) {
	time.Sleep(50 * time.Millisecond)
	return s.r.Read(p[:min(len(p), 25)])
}

func TestNewChecksItsConfig(t *testing.T) {
	if _, err := api.New(api.Config{}); err == nil {
		t.Error("no Reports: no error")
	}
	if _, err := api.New(api.Config{Reports: newFake()}); err == nil {
		t.Error("no Auth: no error")
	}
	if _, err := api.New(api.Config{Reports: newFake(), Auth: openAuth(t), Batches: noBatches{}, MaxUploadBytes: -1}); err == nil {
		t.Error("negative limit: no error")
	}
}
