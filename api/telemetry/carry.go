package telemetry

import (
	"context"
	"encoding/json"

	"go.opentelemetry.io/otel/propagation"

	"nianbao/convert/intake"
	"nianbao/extract/lazyregexp"
)

var _ intake.Carrier = (*Telemetry)(nil)

// carried is what goes with a job, as JSON: some 100 bytes.
type carried struct {
	Request string `json:"request,omitempty"`
	// Trace is a traceparent as W3C Trace Context has it.
	Trace string `json:"trace,omitempty"`
}

// maxCarried bounds what Resume looks at.
const maxCarried = 512

// requestID is the form of ids, whoever made them (see api.requestID): what goes
// with a job is read from a database and ends in logs.
var requestID = lazyregexp.New(`^[A-Za-z0-9._-]{1,64}$`)

const traceparent = "traceparent"

// Carry implements intake.Carrier.
func (t *Telemetry) Carry(ctx context.Context) string {
	headers := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, headers)
	c := carried{Request: RequestOf(ctx), Trace: headers[traceparent]}
	if c == (carried{}) {
		return ""
	}
	b, err := json.Marshal(c)
	if err != nil { // two strings
		return ""
	}
	return string(b)
}

// Resume implements intake.Carrier.
func (t *Telemetry) Resume(ctx context.Context, text string) context.Context {
	var c carried
	if len(text) > maxCarried || json.Unmarshal([]byte(text), &c) != nil {
		return ctx
	}
	if requestID.MatchString(c.Request) {
		ctx = WithRequest(ctx, c.Request)
	}
	return propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{traceparent: c.Trace})
}
