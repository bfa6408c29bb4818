package main

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"nianbao/api/auth"
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
