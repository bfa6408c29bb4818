package intake

import (
	"context"
	"time"
)

// Job is the order to convert one report. It lives in the queue; what it may do
// is said by the report's row: only the job whose ticket the row has.
type Job struct {
	Report string `json:"report"`
	Ticket string `json:"ticket"`
	// Rank is the job's place in its batch, from 0; -1 for a single upload, which
	// goes first.
	Rank int `json:"rank"`
	// After is how long the queue holds the job back before it gives it out.
	After time.Duration `json:"-"`
	// Trace continues the trace of the request (W3C traceparent); empty for none.
	Trace string `json:"trace,omitempty"`
}

// Verdict says what the queue does with a job that a worker gives back.
type Verdict struct {
	// Again is set where the job is to be done once more, After from now.
	Again bool
	After time.Duration
}

// Handler does a job. It never fails: what went wrong is in the report's row, or
// leads to another attempt.
type Handler func(ctx context.Context, job Job) Verdict
