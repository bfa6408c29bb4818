package telemetry_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"go.uber.org/goleak"
	"google.golang.org/protobuf/proto"

	"nianbao/api/telemetry"
	"nianbao/convert/intake"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func newTelemetry(t *testing.T, cfg telemetry.Config) *telemetry.Telemetry {
	t.Helper()
	if cfg.Logger == nil {
		cfg.Logger = quiet()
	}
	w, err := telemetry.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// scrape is what Prometheus reads.
func scrape(t *testing.T, w *telemetry.Telemetry) string {
	t.Helper()
	rec := httptest.NewRecorder()
	w.Handler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if rec.Code != http.StatusOK {
		t.Fatalf("metrics: %d %s", rec.Code, rec.Body)
	}
	return rec.Body.String()
}

func wantLines(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		if !strings.Contains("\n"+text, "\n"+l+"\n") {
			t.Errorf("the metrics lack %s", l)
		}
	}
}

func TestMetricsTellWhatHappened(t *testing.T) {
	w := newTelemetry(t, telemetry.Config{Version: "v1.2.3"})
	w.WatchQueue(func(context.Context) (telemetry.Queue, error) {
		return telemetry.Queue{Depth: 7, Oldest: 90 * time.Second}, nil
	})
	w.WatchBytes(func() int64 { return 4096 })
	for _, stage := range intake.Stages() {
		if stage != intake.StageWait {
			_, end := w.Stage(t.Context(), stage)
			end(nil)
		}
	}
	_, end := w.Stage(t.Context(), intake.StageRead)
	end(errors.New("damaged"))
	w.Waited(t.Context(), time.Now().Add(-time.Hour))
	w.Waited(t.Context(), time.Now().Add(time.Hour)) // the clock was set back
	w.Outcome(t.Context(), "", "warn")
	w.Outcome(t.Context(), "damaged", "")
	w.ChildStarted()
	w.ChildStarted()
	w.ChildEnded("memory")
	_, done := w.Request(httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/reports", nil))
	done("/v1/reports", 201)

	wantLines(t, scrape(t, w),
		"nianbao_queue_up 1", "nianbao_queue_jobs 7", "nianbao_queue_oldest_seconds 90",
		"nianbao_bytes_in_flight 4096",
		`nianbao_stage_seconds_count{stage="archive"} 1`, `nianbao_stage_seconds_count{stage="read"} 2`, `nianbao_stage_errors_total{stage="read"} 1`,
		`nianbao_stage_seconds_count{stage="wait"} 2`, `nianbao_stage_seconds_bucket{stage="wait",le="0.001"} 1`, `nianbao_stage_seconds_bucket{stage="wait",le="1800"} 1`,
		`nianbao_conversions_total{outcome="done"} 1`, `nianbao_conversions_total{outcome="damaged"} 1`, `nianbao_conversions_total{outcome="encrypted"} 0`,
		`nianbao_verdicts_total{status="warn"} 1`, `nianbao_verdicts_total{status="pass"} 0`,
		"nianbao_children_started_total 2", "nianbao_children 1", `nianbao_children_ended_total{reason="memory"} 1`, `nianbao_children_ended_total{reason="wall"} 0`,
		`nianbao_http_requests_total{method="POST",route="/v1/reports",status="201"} 1`, `nianbao_http_request_seconds_count{method="POST",route="/v1/reports"} 1`,
		"nianbao_http_requests_open 0", `nianbao_archive_errors_total{operation="commit"} 0`,
	)
	if text := scrape(t, w); !strings.Contains(text, `nianbao_build_info{go_version="go`) || !strings.Contains(text, "go_goroutines ") {
		t.Error("the metrics lack the build or the runtime")
	}
}

// Names follow the rules of Prometheus.
func TestMetricNames(t *testing.T) {
	w := newTelemetry(t, telemetry.Config{})
	w.WatchQueue(func(context.Context) (telemetry.Queue, error) { return telemetry.Queue{}, nil })
	w.WatchBytes(func() int64 { return 0 })
	problems, err := testutil.GatherAndLint(w.Gatherer())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

// A queue that does not answer costs its own metrics only.
func TestQueueAway(t *testing.T) {
	w := newTelemetry(t, telemetry.Config{})
	w.WatchQueue(func(ctx context.Context) (telemetry.Queue, error) {
		if _, bounded := ctx.Deadline(); !bounded {
			t.Error("the question has no time limit")
		}
		return telemetry.Queue{}, errors.New("connection refused")
	})
	text := scrape(t, w)
	wantLines(t, text, "nianbao_queue_up 0", "nianbao_children 0")
	if strings.Contains(text, "nianbao_queue_jobs") {
		t.Error("a depth is told that nobody knows")
	}
}

// Whatever clients and files invent, the number of time series stays.
func TestLabelsAreBounded(t *testing.T) {
	w := newTelemetry(t, telemetry.Config{})
	invent := func(s string) {
		_, done := w.Request(httptest.NewRequestWithContext(t.Context(), "M"+s, "/"+s, nil))
		done("", 600+len(s))
		_, end := w.Stage(t.Context(), intake.Stage(s))
		end(errors.New(s))
		w.Outcome(t.Context(), s, "")
		w.Outcome(t.Context(), "", s)
		w.ChildEnded(s)
	}
	invent("x")
	before, err := testutil.GatherAndCount(w.Gatherer())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		invent(strings.Repeat("y", i+2))
	}
	if after, err := testutil.GatherAndCount(w.Gatherer()); err != nil || after != before {
		t.Errorf("%d time series became %d (%v)", before, after, err)
	}
}

// receiver takes traces as a collector does.
type receiver struct {
	mu     sync.Mutex
	status int
	spans  map[string]*tracepb.Span
	paths  []string
}

func (c *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var data tracepb.TracesData
	if err == nil {
		err = proto.Unmarshal(body, &data)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.paths = append(c.paths, r.URL.Path+" "+r.Header.Get("Content-Type"))
	if c.spans == nil {
		c.spans = map[string]*tracepb.Span{}
	}
	for _, rs := range data.ResourceSpans {
		for _, ss := range rs.ScopeSpans {
			for _, s := range ss.Spans {
				c.spans[s.Name] = s
			}
		}
	}
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
	} else if c.status != 0 {
		w.WriteHeader(c.status)
	}
}

func collect(t *testing.T, c *receiver) telemetry.Config {
	t.Helper()
	srv := httptest.NewServer(c)
	t.Cleanup(srv.Close)
	to, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	return telemetry.Config{Version: "test", Endpoint: to}
}

// One trace leads from the caller over the request and the queue to the worker,
// which is another process.
func TestTraceCrossesTheQueue(t *testing.T) {
	got := &receiver{}
	cfg := collect(t, got)
	server, worker := newTelemetry(t, cfg), newTelemetry(t, cfg)

	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/reports", nil)
	r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	ctx, done := server.Request(r)
	ctx = telemetry.WithRequest(ctx, "req-1")
	in, end := server.Stage(ctx, intake.StageArchive)
	ticket := server.Carry(in)
	end(nil)
	done("/v1/reports", 201)

	job := worker.Resume(t.Context(), ticket)
	if id := telemetry.RequestOf(job); id != "req-1" {
		t.Errorf("the job knows request %q", id)
	}
	worker.Waited(job, time.Now().Add(-time.Minute))
	_, end = worker.Stage(job, intake.StageRead)
	end(errors.New("报告.pdf is damaged"))
	for _, w := range []*telemetry.Telemetry{server, worker} {
		if err := w.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}

	got.mu.Lock()
	defer got.mu.Unlock()
	for _, name := range []string{"POST /v1/reports", "archive", "wait", "read"} {
		s := got.spans[name]
		if s == nil {
			t.Errorf("no span %s", name)
			continue
		}
		if trace := hex.EncodeToString(s.TraceId); trace != "0af7651916cd43dd8448eb211c80319c" {
			t.Errorf("%s belongs to trace %s", name, trace)
		}
		if strings.Contains(s.String(), "报告") {
			t.Errorf("%s quotes a file: %s", name, s)
		}
	}
	if s := got.spans["wait"]; s != nil && time.Duration(s.EndTimeUnixNano-s.StartTimeUnixNano) < time.Minute-time.Second {
		t.Errorf("the wait was told too short: %s", s)
	}
	if s := got.spans["read"]; s != nil && s.Status.GetCode() != tracepb.Status_STATUS_CODE_ERROR {
		t.Errorf("a failed stage has status %s", s.Status)
	}
	if len(got.paths) == 0 || got.paths[0] != "/v1/traces application/x-protobuf" {
		t.Errorf("sent to %v", got.paths)
	}
}

// A receiver that refuses costs the spans, not the work.
func TestRefusedTracesAreCounted(t *testing.T) {
	got := &receiver{status: http.StatusServiceUnavailable}
	cfg := collect(t, got)
	var logs bytes.Buffer
	cfg.Logger = slog.New(slog.NewTextHandler(&logs, nil))
	w := newTelemetry(t, cfg)
	_, end := w.Stage(t.Context(), intake.StageRead)
	end(nil)
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantLines(t, scrape(t, w), "nianbao_trace_spans_dropped_total 1")
	if !strings.Contains(logs.String(), "503") {
		t.Errorf("the log does not tell: %s", &logs)
	}
}

func TestEndpointMustBeHTTP(t *testing.T) {
	for _, bad := range []string{"ftp://127.0.0.1", "127.0.0.1:4318", "http://"} {
		u := &url.URL{Path: bad}
		if p, err := url.Parse(bad); err == nil {
			u = p
		}
		if _, err := telemetry.New(telemetry.Config{Endpoint: u}); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

// What comes out of a database may be anything.
func TestResumeIgnoresWhatCarryDidNotMake(t *testing.T) {
	w := newTelemetry(t, telemetry.Config{})
	if got := w.Carry(t.Context()); got != "" {
		t.Errorf("nothing is carried as %q", got)
	}
	for _, text := range []string{"", "{", "null", `{"request":"a\nb"}`, `{"trace":"00-xyz"}`, `{"request":"` + strings.Repeat("a", 600) + `"}`} {
		ctx := w.Resume(t.Context(), text)
		if id := telemetry.RequestOf(ctx); id != "" {
			t.Errorf("%s gave request %q", text, id)
		}
		if got := w.Carry(ctx); got != "" {
			t.Errorf("%s gave %s", text, got)
		}
	}
}

func TestLogHandlerAddsTheRequestOnce(t *testing.T) {
	var logs bytes.Buffer
	h := telemetry.LogHandler(telemetry.LogHandler(slog.NewTextHandler(&logs, nil)))
	log := slog.New(h).With("part", "worker")
	log.InfoContext(telemetry.WithRequest(t.Context(), "r1"), "one")
	log.Info("two")
	lines := strings.Split(strings.TrimSpace(logs.String()), "\n")
	if len(lines) != 2 || strings.Count(lines[0], "request_id=r1") != 1 || strings.Contains(lines[1], "request_id") {
		t.Errorf("logged %q", lines)
	}
}
