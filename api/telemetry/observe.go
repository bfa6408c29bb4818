package telemetry

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"nianbao/convert/intake"
)

var _ intake.Observer = (*Telemetry)(nil)

// Stage implements intake.Observer: a span and a time.
func (t *Telemetry) Stage(ctx context.Context, stage intake.Stage) (context.Context, func(error)) {
	start := time.Now()
	ctx, span := t.tracer.Start(ctx, string(stage))
	return ctx, func(err error) {
		name := stageLabel(stage)
		t.metrics.stages.WithLabelValues(name).Observe(time.Since(start).Seconds())
		if err != nil {
			t.metrics.stageErrors.WithLabelValues(name).Inc()
		}
		finish(span, err)
	}
}

func stageLabel(stage intake.Stage) string {
	for _, s := range intake.Stages() {
		if s == stage {
			return string(s)
		}
	}
	return other
}

// finish ends a span. The error's text stays in the log: it may quote a file, and
// traces go to another system.
func finish(span trace.Span, err error) {
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled):
		span.SetStatus(codes.Error, "cancelled")
	default:
		span.SetStatus(codes.Error, "failed")
	}
	span.End()
}

// Waited implements intake.Observer. A clock that went back makes no negative
// wait.
func (t *Telemetry) Waited(ctx context.Context, since time.Time) {
	wait := max(time.Since(since), 0)
	t.metrics.stages.WithLabelValues(string(intake.StageWait)).Observe(wait.Seconds())
	_, span := t.tracer.Start(ctx, string(intake.StageWait), trace.WithTimestamp(time.Now().Add(-wait)))
	span.End()
}

// Outcome implements intake.Observer.
func (t *Telemetry) Outcome(ctx context.Context, code, status string) {
	outcome := outcomeDone
	if code != "" {
		outcome = among(outcomes, code)
	}
	t.metrics.outcomes.WithLabelValues(outcome).Inc()
	span := trace.SpanFromContext(ctx)
	span.SetAttributes(attribute.String("nianbao.outcome", outcome))
	if code == "" {
		t.metrics.verdicts.WithLabelValues(among(statuses, status)).Inc()
		span.SetAttributes(attribute.String("nianbao.status", among(statuses, status)))
	}
}

// Request implements api.Observer: a span that continues the caller's trace, and
// afterwards count and time. route is the pattern of the address, "" where there
// is none; the path itself is never a label.
func (t *Telemetry) Request(r *http.Request) (context.Context, func(route string, status int)) {
	start, method := time.Now(), among(methods, r.Method)
	ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, span := t.tracer.Start(ctx, method, trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attribute.String("http.request.method", method)))
	t.metrics.open.Inc()
	return ctx, func(route string, status int) {
		t.metrics.open.Dec()
		if route == "" {
			route = other
		}
		t.metrics.requests.WithLabelValues(route, method, statusLabel(status)).Inc()
		t.metrics.latency.WithLabelValues(route, method).Observe(time.Since(start).Seconds())
		span.SetName(method + " " + route)
		span.SetAttributes(attribute.String("http.route", route), attribute.Int("http.response.status_code", status))
		if status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// statusLabel is a status that HTTP knows; 0 is an answer that was never begun.
func statusLabel(status int) string {
	if http.StatusText(status) == "" {
		return other
	}
	return strconv.Itoa(status)
}
