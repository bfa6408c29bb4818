package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"nianbao/api/auth"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
	"nianbao/storage/db/dbtest"
)

// token-id VAR: sets VAR to the id in the table that `token list` printed last.
func tokenID(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(ts.ReadFile("stdout"), "\n")
	if len(lines) < 2 {
		ts.Fatalf("no token is listed")
	}
	ts.Setenv(args[0], strings.Fields(lines[1])[0])
}

func command(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	root := newRoot(&out, &errs)
	root.SetArgs(args)
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("nianbao %v: %v", args, err)
	}
	return strings.TrimSpace(out.String())
}

func asToken(t *testing.T, url, token string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return do(t, req).status
}

// The first token closes a running service, a revoked one is refused at once,
// and neither needs a restart.
func TestTokensWhileTheServiceRuns(t *testing.T) {
	base, data := startService(t, nil)
	list := base + "/v1/reports"
	if got := asToken(t, list, ""); got != http.StatusOK {
		t.Fatalf("open: %d", got)
	}
	admin := command(t, "token", "create", "--data", data, "--role", "admin", "--name", "管理员")
	if got := asToken(t, list, ""); got != http.StatusUnauthorized {
		t.Errorf("without a token: %d", got)
	}
	if got := asToken(t, list, admin); got != http.StatusOK {
		t.Errorf("with one: %d", got)
	}
	id, _, _ := strings.Cut(strings.Split(command(t, "token", "list", "--data", data), "\n")[1], " ")
	command(t, "token", "revoke", "--data", data, id)
	if got := asToken(t, list, admin); got != http.StatusUnauthorized {
		t.Errorf("with a revoked one: %d", got)
	}
	if got := asToken(t, base+"/readyz", ""); got != http.StatusOK {
		t.Errorf("the health check needs a token: %d", got)
	}
}

// sender talks to a service as one token.
type sender struct {
	base, token string
}

func (s sender) ask(t *testing.T, method, path string, body []byte, header ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.base+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return do(t, req)
}

func (s sender) batch(t *testing.T, content []byte) string {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", "报告.pdf")
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	r := s.ask(t, http.MethodPost, "/v1/batches", b.Bytes(), "Content-Type", form.FormDataContentType())
	if r.status != http.StatusAccepted {
		t.Fatalf("batch: %d %s", r.status, r.body)
	}
	return r.header.Get("Location")
}

// Uploaders see neither each other's batches nor the reports in them, unless
// they sent the same bytes themselves.
func TestUploadersSeeTheirOwnBatches(t *testing.T) {
	base, data := startService(t, nil)
	as := func(role, name string) sender {
		return sender{base, command(t, "token", "create", "--data", data, "--role", role, "--name", name)}
	}
	cloud, stone, admin := as("uploader", "云溪县"), as("uploader", "青石区"), as("admin", "管理员")
	content := fixture.New(3, "2021").PDF(fixture.DefaultStyle())
	batch := cloud.batch(t, content)
	results := cloud.ask(t, http.MethodGet, batch+"/results", nil) // ends with the batch
	var res report.Result
	if err := json.Unmarshal(results.body, &res); err != nil || res.ID == "" {
		t.Fatalf("%v: %.200s", err, results.body)
	}
	one := "/v1/reports/" + res.ID
	for _, x := range []struct {
		method, path  string
		owner, others int
	}{
		{"GET", batch, 200, 404}, {"GET", batch + "/results", 200, 404}, {"GET", batch + "/events", 200, 404},
		{"POST", batch + "/retry", 202, 404}, {"POST", batch + "/close", 200, 404}, {"DELETE", batch, 200, 404},
		{"GET", one, 200, 404}, {"GET", one + "/original", 200, 404},
	} {
		for who, c := range map[string]struct {
			sender
			want int
		}{"owner": {cloud, x.owner}, "admin": {admin, x.owner}, "another": {stone, x.others}} {
			if got := c.ask(t, x.method, x.path, nil).status; got != c.want {
				t.Errorf("%s %s as %s: %d, want %d", x.method, x.path, who, got, c.want)
			}
		}
	}
	for _, path := range []string{"/v1/batches", "/v1/reports"} {
		for who, want := range map[*sender]int{&cloud: 1, &stone: 0, &admin: 1} {
			var list struct{ Items []any }
			if err := json.Unmarshal(who.ask(t, http.MethodGet, path, nil).body, &list); err != nil || len(list.Items) != want {
				t.Errorf("%s: %d items, %v; want %d", path, len(list.Items), err, want)
			}
		}
	}
	own := stone.batch(t, content)
	if got := stone.ask(t, http.MethodGet, own+"/results", nil); got.status != http.StatusOK || !bytes.Contains(got.body, []byte(res.ID)) {
		t.Errorf("the same bytes in a batch of one's own: %d %.200s", got.status, got.body)
	}
	if got := stone.ask(t, http.MethodGet, one, nil).status; got != http.StatusOK {
		t.Errorf("the report of the same bytes: %d", got)
	}
	if got := stone.ask(t, http.MethodGet, batch, nil).status; got != http.StatusNotFound {
		t.Errorf("the other's batch, after that: %d", got)
	}
}

func TestWhenTheServiceIsOpen(t *testing.T) {
	d := dbtest.SQLite(t)
	start := func(listen string, open bool) (bool, string, error) {
		var logs bytes.Buffer
		c := accessConfig{Open: open}
		_, isOpen, err := c.authority(t.Context(), d, listen, slog.New(slog.NewTextHandler(&logs, nil)))
		return isOpen, logs.String(), err
	}
	for _, listen := range []string{"127.0.0.1:0", "localhost:80", "[::1]:80", "127.0.0.2:80"} {
		if open, logs, err := start(listen, false); !open || err != nil || !strings.Contains(logs, "no tokens") {
			t.Errorf("%s: open %v, %v, log %q", listen, open, err, logs)
		}
	}
	for _, listen := range []string{"0.0.0.0:80", ":80", "[::]:80", "10.0.0.1:80", "nianbao.example:80"} {
		if _, _, err := start(listen, false); !errors.Is(err, errNoTokens) {
			t.Errorf("%s without tokens: %v", listen, err)
		}
		if open, _, err := start(listen, true); !open || err != nil {
			t.Errorf("%s --open: open %v, %v", listen, open, err)
		}
	}
	c := accessConfig{Open: true}
	a, _, err := c.authority(t.Context(), d, "127.0.0.1:0", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Create(t.Context(), auth.Draft{Name: "a", Role: auth.RoleAdmin}); err != nil {
		t.Fatal(err)
	}
	if open, logs, err := start("0.0.0.0:80", true); open || err != nil || logs != "" {
		t.Errorf("with a token: open %v, %v, log %q", open, err, logs)
	}
}
