package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"nianbao/api/telemetry"
	"nianbao/convert/fixture"
)

func TestWatchConfigIsJudgedAsAWhole(t *testing.T) {
	c := watchConfig{Metrics: "9090", OTLP: "collector:4318:hunter2", LogFormat: "xml", LogLevel: "loud"}
	err := c.validate()
	for _, want := range []string{"--metrics-listen", "--otlp-endpoint", "--log-format", "--log-level"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not named in: %v", want, err)
		}
	}
	if err != nil && strings.Contains(err.Error(), "hunter2") {
		t.Errorf("an address is quoted: %v", err)
	}
}

func TestLogFormats(t *testing.T) {
	var out bytes.Buffer
	c := watchConfig{LogFormat: "json", LogLevel: "warn"}
	log := c.logger(&out)
	ctx := telemetry.WithRequest(t.Context(), "r-1")
	log.InfoContext(ctx, "not loud enough")
	log.WarnContext(ctx, "loud", "error", errors.New("x"))
	var line struct {
		Msg       string
		RequestID string `json:"request_id"`
	}
	if err := json.Unmarshal(out.Bytes(), &line); err != nil || line.Msg != "loud" || line.RequestID != "r-1" {
		t.Errorf("logged %s (%v)", &out, err)
	}
}

// The service itself reports what it does, on the address of its own as well.
func TestServiceIsWatched(t *testing.T) {
	cfg := testServeConfig(t.TempDir())
	cfg.Engine.Watch.Metrics = "127.0.0.1:0"
	a, err := newApp(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	up := make(chan struct{})
	go func() { done <- a.Run(ctx, func() { close(up) }) }()
	<-up
	base, own := "http://"+a.Addr().String(), "http://"+a.engine.watch.listener.Addr().String()
	if r := upload(t, base, "报告.pdf", bytes.NewReader(fixture.New(3, "2021").PDF(fixture.DefaultStyle()))); r.status != http.StatusCreated {
		t.Fatalf("upload: %d %s", r.status, r.body)
	}
	for _, url := range []string{base + "/metrics", own + "/metrics"} {
		r := get(t, url)
		for _, want := range []string{
			`nianbao_http_requests_total{method="POST",route="/v1/reports",status="201"} 1`, "nianbao_children 1", "nianbao_build_info{",
			"nianbao_queue_up 1", "nianbao_queue_jobs 0", `nianbao_conversions_total{outcome="done"} 1`,
			`nianbao_stage_seconds_count{stage="archive"} 1`, `nianbao_stage_seconds_count{stage="wait"} 1`, `nianbao_stage_seconds_count{stage="read"} 1`,
		} {
			if !strings.Contains(string(r.body), want) {
				t.Errorf("%s lacks %s", url, want)
			}
		}
	}
	if live, ready := get(t, own+"/livez").status, get(t, own+"/readyz").status; live != 200 || ready != 200 {
		t.Errorf("livez %d, readyz %d", live, ready)
	}
	http.DefaultClient.CloseIdleConnections()
	cancel()
	if err := <-done; err != nil {
		t.Errorf("the service ended with %v", err)
	}
}

// A stop first takes the service out of the balance and then ends it.
func TestStopDrainsFirst(t *testing.T) {
	cfg := testServeConfig(t.TempDir())
	cfg.Drain = time.Hour // ended by the test
	a, err := newApp(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	up := make(chan struct{})
	go func() { done <- a.Run(ctx, func() { close(up) }) }()
	<-up
	base := "http://" + a.Addr().String()
	if r := get(t, base+"/readyz"); r.status != http.StatusOK {
		t.Fatalf("ready: %d", r.status)
	}
	cancel()
	for get(t, base+"/readyz").status != http.StatusServiceUnavailable { // until the signal has arrived
		if t.Context().Err() != nil {
			t.Fatal("the service stays ready")
		}
	}
	if r := get(t, base+"/v1/reports"); r.status != http.StatusOK {
		t.Errorf("while draining: %d", r.status)
	}
	if err := a.listener.Close(); err != nil { // as if the hour were over
		t.Fatal(err)
	}
	http.DefaultClient.CloseIdleConnections()
	if err := <-done; !errors.Is(err, net.ErrClosed) { // nothing else went wrong
		t.Errorf("the service ended with %v", err)
	}
}
