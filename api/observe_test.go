package api_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"nianbao/api"
)

// noted notes what the server tells.
type noted struct {
	mu   sync.Mutex
	seen []string
}

type watchedKey struct{}

func (w *noted) Request(r *http.Request) (context.Context, func(string, int)) {
	return context.WithValue(r.Context(), watchedKey{}, true), func(route string, status int) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.seen = append(w.seen, fmt.Sprintf("%s %s %d", r.Method, route, status))
	}
}

// Requests are told by pattern, so that nobody can invent one.
func TestObserverIsToldPatterns(t *testing.T) {
	w := &noted{}
	s, err := api.New(api.Config{Batches: noBatches{}, Reports: newFake(), Auth: openAuth(t), Observer: w, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path, want string
		header             []string
	}{
		{http.MethodGet, "/livez", "GET /livez 200", nil},
		{http.MethodHead, "/livez", "HEAD /livez 200", nil},
		{http.MethodGet, "/v1/reports/nosuchreport", "GET /v1/reports/:id 404", nil},
		{http.MethodGet, "/reports/秘密", "GET /reports/:id 404", nil},
		{http.MethodGet, "/nowhere/1", "GET  404", nil},
		{http.MethodPost, "/v1/reports", "POST  403", []string{"Sec-Fetch-Site", "cross-site"}},
	} {
		r := httptest.NewRequestWithContext(t.Context(), c.method, "http://127.0.0.1"+c.path, nil)
		for i := 0; i < len(c.header); i += 2 {
			r.Header.Set(c.header[i], c.header[i+1])
		}
		s.Handler().ServeHTTP(httptest.NewRecorder(), r)
		if got := w.seen[len(w.seen)-1]; got != c.want {
			t.Errorf("%s %s was told as %q, want %q", c.method, c.path, got, c.want)
		}
	}
}

func TestDrainingIsNotReady(t *testing.T) {
	s, err := api.New(api.Config{Batches: noBatches{}, Reports: newFake(), Auth: openAuth(t), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	status := func(path string) int {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1"+path, nil))
		return w.Code
	}
	if got := status("/readyz"); got != 200 {
		t.Fatalf("before: %d", got)
	}
	s.Drain()
	if ready, live, list := status("/readyz"), status("/livez"), status("/v1/reports"); ready != 503 || live != 200 || list != 200 {
		t.Errorf("draining: readyz %d, livez %d, reports %d", ready, live, list)
	}
}

// Every line that a request causes has its id, once.
func TestLogLinesHaveTheRequestID(t *testing.T) {
	var logs bytes.Buffer
	s, err := api.New(api.Config{Batches: noBatches{}, Reports: newFake(), Auth: openAuth(t), Logger: slog.New(slog.NewTextHandler(&logs, nil))})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/nowhere", nil)
	r.Header.Set("X-Request-Id", "abc-1")
	s.Handler().ServeHTTP(httptest.NewRecorder(), r)
	for line := range strings.Lines(logs.String()) {
		if strings.Count(line, "request_id=abc-1") != 1 {
			t.Errorf("line %s", line)
		}
	}
	if logs.Len() == 0 {
		t.Error("nothing was logged")
	}
}
