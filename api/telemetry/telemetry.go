package telemetry

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// Config configures a Telemetry. The zero value measures and sends nothing.
type Config struct {
	// Service is the service's name in traces; "" means "nianbao".
	Service string
	// Version is the program's version.
	Version string
	// Endpoint takes OTLP over HTTP, as in http://127.0.0.1:4318; without a path
	// /v1/traces is meant. nil: there are no traces.
	Endpoint *url.URL
	// Logger takes what goes wrong with traces and metrics; nil means slog.Default().
	Logger *slog.Logger
}

// Telemetry watches one process. It is safe for concurrent use.
type Telemetry struct {
	registry *prometheus.Registry
	metrics  metrics
	tracer   trace.Tracer
	provider *sdktrace.TracerProvider // nil without traces
	log      *slog.Logger
}

// New makes a Telemetry. Close sends what is left of the traces.
func New(cfg Config) (*Telemetry, error) {
	if cfg.Service == "" {
		cfg.Service = "nianbao"
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	t := &Telemetry{registry: prometheus.NewRegistry(), log: cfg.Logger}
	t.metrics = newMetrics(t.registry, cfg.Version)
	if cfg.Endpoint == nil {
		t.tracer = noop.NewTracerProvider().Tracer(scope)
		return t, nil
	}
	var err error
	if t.provider, err = newProvider(cfg, t.metrics.spansDropped); err != nil {
		return nil, err
	}
	t.tracer = t.provider.Tracer(scope)
	return t, nil
}

// scope names what made the spans.
const scope = "nianbao/api/telemetry"

// Close sends the spans that are left, until ctx ends. No other method may be
// called after it.
func (t *Telemetry) Close(ctx context.Context) error {
	if t.provider == nil {
		return nil
	}
	err := t.provider.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		t.log.WarnContext(ctx, "the last traces could not be sent in time")
		return nil // nothing of the work is lost
	}
	return err
}

// Gatherer gives the metrics themselves, as tests want them.
func (t *Telemetry) Gatherer() prometheus.Gatherer { return t.registry }

// Handler answers GET with the metrics in the text formats of Prometheus and
// OpenMetrics. They tell no content of reports; who may ask is for the caller to
// decide.
func (t *Telemetry) Handler() http.Handler {
	return promhttp.HandlerFor(t.registry, promhttp.HandlerOpts{
		ErrorLog:          slog.NewLogLogger(t.log.Handler(), slog.LevelWarn),
		ErrorHandling:     promhttp.ContinueOnError, // a database that is away costs its own metrics only
		EnableOpenMetrics: true,
	})
}
