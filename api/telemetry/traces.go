package telemetry

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

const (
	// sendTimeout bounds one attempt to send a batch of spans.
	sendTimeout = 10 * time.Second
	// tracesPath is where OTLP/HTTP receivers take traces.
	tracesPath = "/v1/traces"
)

// newProvider makes spans and sends them. The exporter of the OpenTelemetry
// project for HTTP links all of gRPC (5 MB); its own part that encodes does not,
// and sending is one POST.
func newProvider(cfg Config, dropped prometheus.Counter) (*sdktrace.TracerProvider, error) {
	to := *cfg.Endpoint
	if to.Scheme != "http" && to.Scheme != "https" || to.Host == "" {
		return nil, fmt.Errorf("telemetry: endpoint %s is no http or https address", to.Redacted())
	}
	if to.Path == "" || to.Path == "/" {
		to.Path = tracesPath
	}
	client := &http.Client{Timeout: sendTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // spans go where they were said to go
	}}
	exporter := otlptrace.NewUnstarted(&sender{to: to.String(), client: client})
	return sdktrace.NewTracerProvider(
		sdktrace.WithResource(resource.NewSchemaless(
			attribute.String("service.name", cfg.Service),
			attribute.String("service.version", cfg.Version),
		)),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.AlwaysSample())),
		sdktrace.WithRawSpanLimits(spanLimits()),
		// All is said here, so that no OTEL_… variable has a say.
		sdktrace.WithBatcher(counting{exporter, dropped, cfg.Logger.WarnContext},
			sdktrace.WithExportTimeout(sendTimeout),
			sdktrace.WithMaxQueueSize(sdktrace.DefaultMaxQueueSize),
			sdktrace.WithMaxExportBatchSize(sdktrace.DefaultMaxExportBatchSize),
			sdktrace.WithBatchTimeout(sdktrace.DefaultScheduleDelay*time.Millisecond)),
	), nil
}

// spanLimits are the defaults of the specification, whatever the environment says.
func spanLimits() sdktrace.SpanLimits {
	return sdktrace.SpanLimits{
		AttributeValueLengthLimit:   1024,
		AttributeCountLimit:         sdktrace.DefaultAttributeCountLimit,
		EventCountLimit:             sdktrace.DefaultEventCountLimit,
		LinkCountLimit:              sdktrace.DefaultLinkCountLimit,
		AttributePerEventCountLimit: sdktrace.DefaultAttributePerEventCountLimit,
		AttributePerLinkCountLimit:  sdktrace.DefaultAttributePerLinkCountLimit,
	}
}

// counting counts the spans that could not be sent and says so in the log: else
// the library would print it past the log.
type counting struct {
	sdktrace.SpanExporter
	dropped prometheus.Counter
	warn    func(ctx context.Context, msg string, args ...any)
}

// ExportSpans implements sdktrace.SpanExporter.
func (c counting) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	if err := c.SpanExporter.ExportSpans(ctx, spans); err != nil {
		c.dropped.Add(float64(len(spans)))
		c.warn(ctx, "traces could not be sent", "spans", len(spans), "error", err)
	}
	return nil
}

// sender is the otlptrace.Client for OTLP/HTTP in protobuf encoding.
type sender struct {
	to     string
	client *http.Client
}

// Start implements otlptrace.Client.
func (*sender) Start(context.Context) error { return nil }

// Stop implements otlptrace.Client.
func (s *sender) Stop(context.Context) error {
	s.client.CloseIdleConnections()
	return nil
}

// UploadTraces implements otlptrace.Client. A batch is sent once: spans are worth
// no queue that grows.
func (s *sender) UploadTraces(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	// TracesData is ExportTraceServiceRequest on the wire, which is declared
	// beside gRPC.
	body, err := proto.Marshal(&tracepb.TracesData{ResourceSpans: spans})
	if err != nil {
		return fmt.Errorf("telemetry: encode traces: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.to, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("telemetry: send traces: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-protobuf")
	resp, err := s.client.Do(req)
	if err != nil {
		return fmt.Errorf("telemetry: send traces: %w", err)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection is used again
	_ = resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("telemetry: send traces: the receiver answered %s", resp.Status)
	}
	return nil
}
