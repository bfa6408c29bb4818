package telemetry

import (
	"context"
	"runtime"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"nianbao/convert/intake"
	"nianbao/extract"
)

// other is the label of what is of no set known here.
const other = "other"

// metrics are all that the process counts by itself.
type metrics struct {
	stages       *prometheus.HistogramVec // stage
	stageErrors  *prometheus.CounterVec   // stage
	outcomes     *prometheus.CounterVec   // outcome
	verdicts     *prometheus.CounterVec   // status
	requests     *prometheus.CounterVec   // route, method, status
	latency      *prometheus.HistogramVec // route, method
	open         prometheus.Gauge
	started      prometheus.Counter
	ended        *prometheus.CounterVec // reason
	children     prometheus.Gauge
	archive      *prometheus.CounterVec // operation
	spansDropped prometheus.Counter
}

// Buckets: a stage takes from a millisecond (archive on a local disk) to the
// limit of a minute; a wait may be hours.
var (
	stageBuckets   = []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200}
	requestBuckets = []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}
)

func newMetrics(r *prometheus.Registry, version string) metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "nianbao_" + name, Help: help}, labels)
		r.MustRegister(c) // names are constants: a clash is seen by the first test
		return c
	}
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "nianbao_" + name, Help: help, Buckets: buckets}, labels)
		r.MustRegister(h)
		return h
	}
	gauge := func(name, help string) prometheus.Gauge {
		g := prometheus.NewGauge(prometheus.GaugeOpts{Name: "nianbao_" + name, Help: help})
		r.MustRegister(g)
		return g
	}
	m := metrics{
		stages:      histogram("stage_seconds", "Time that stages of the work took, failed ones included.", stageBuckets, "stage"),
		stageErrors: counter("stage_errors_total", "Stages that ended with an error; one that is the file's own fault counts as well.", "stage"),
		outcomes:    counter("conversions_total", "Conversions by outcome: done, or the code of the problem.", "outcome"),
		verdicts:    counter("verdicts_total", "Converted reports by validation status.", "status"),
		requests:    counter("http_requests_total", "Requests answered, by pattern of the address.", "route", "method", "status"),
		latency:     histogram("http_request_seconds", "Time to answer a request, uploads and streams included.", requestBuckets, "route", "method"),
		open:        gauge("http_requests_open", "Requests being answered."),
		started:     counter("children_started_total", "Reading processes started.").WithLabelValues(),
		ended:       counter("children_ended_total", "Reading processes ended, by reason.", "reason"),
		children:    gauge("children", "Reading processes alive."),
		archive:     counter("archive_errors_total", "Failed operations on the archive. Objects that are not there are no failure.", "operation"),
		spansDropped: counter("trace_spans_dropped_total",
			"Spans that could not be sent to the receiver of traces.").WithLabelValues(),
	}
	m.zero()
	info := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "nianbao_build_info", Help: "1, with the program's version."},
		[]string{"version", "go_version"})
	info.WithLabelValues(version, runtime.Version()).Set(1)
	r.MustRegister(info, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// zero makes the time series of the closed sets, so that rates and alerts do not
// miss the first event.
func (m metrics) zero() {
	for _, s := range intake.Stages() {
		m.stages.WithLabelValues(string(s))
		m.stageErrors.WithLabelValues(string(s))
	}
	for _, o := range outcomes {
		m.outcomes.WithLabelValues(o)
	}
	for _, s := range statuses {
		m.verdicts.WithLabelValues(s)
	}
	for _, r := range childReasons {
		m.ended.WithLabelValues(r)
	}
	for _, op := range archiveOperations {
		m.archive.WithLabelValues(op)
	}
}

// The closed sets of label values.
var (
	outcomes = []string{
		outcomeDone, string(extract.CodeDamaged), string(extract.CodeEncrypted), string(extract.CodeUnsupported),
		string(extract.CodeLimit), string(extract.CodeTimeout), "internal", "cancelled",
	}
	statuses          = []string{"pass", "warn", "fail"}
	childReasons      = []string{"replaced", "memory", "stack", "cpu", "panic", "unknown", "wall", "answer", "cancelled", "idle", "closed"}
	archiveOperations = []string{"stage", "commit", "open", "read", "check", "put", "replace", "get", "list"}
	methods           = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
)

const outcomeDone = "done"

// among is value where it is of the set, else other.
func among(set []string, value string) string {
	if slices.Contains(set, value) {
		return value
	}
	return other
}

// ChildStarted implements sandbox.Observer.
func (t *Telemetry) ChildStarted() {
	t.metrics.started.Inc()
	t.metrics.children.Inc()
}

// ChildEnded implements sandbox.Observer.
func (t *Telemetry) ChildEnded(reason string) {
	t.metrics.children.Dec()
	t.metrics.ended.WithLabelValues(among(childReasons, reason)).Inc()
}

// Queue is the state of the queue of jobs.
type Queue struct {
	Depth  int           // jobs of all processes that wait
	Oldest time.Duration // how long the oldest of them has waited; 0 where none does
}

// queueTimeout bounds the question to the queue: the metrics of everything else
// are not to wait for a database that hangs.
const queueTimeout = 2 * time.Second

// WatchQueue has the state of the queue asked for whenever metrics are. It is
// called once. While ask fails the metrics of the queue are absent and
// nianbao_queue_up is 0.
func (t *Telemetry) WatchQueue(ask func(context.Context) (Queue, error)) {
	t.registry.MustRegister(&queueCollector{
		ask:     ask,
		up:      prometheus.NewDesc("nianbao_queue_up", "1 where the queue answered.", nil, nil),
		depth:   prometheus.NewDesc("nianbao_queue_jobs", "Jobs of all processes that wait in the queue.", nil, nil),
		seconds: prometheus.NewDesc("nianbao_queue_oldest_seconds", "How long the oldest waiting job has waited.", nil, nil),
	})
}

type queueCollector struct {
	ask                func(context.Context) (Queue, error)
	up, depth, seconds *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (c *queueCollector) Describe(out chan<- *prometheus.Desc) {
	out <- c.up
	out <- c.depth
	out <- c.seconds
}

// Collect implements prometheus.Collector.
func (c *queueCollector) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), queueTimeout)
	defer cancel()
	q, err := c.ask(ctx)
	gauge := func(d *prometheus.Desc, v float64) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v)
	}
	if err != nil {
		gauge(c.up, 0)
		return
	}
	gauge(c.up, 1)
	gauge(c.depth, float64(q.Depth))
	gauge(c.seconds, q.Oldest.Seconds())
}

// WatchBytes has the bytes of uploads and conversions in flight asked for
// whenever metrics are. It is called once; bytes must not block.
func (t *Telemetry) WatchBytes(bytes func() int64) {
	t.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "nianbao_bytes_in_flight", Help: "Bytes of files that are admitted and not yet done with, in this process.",
	}, func() float64 { return float64(bytes()) }))
}
