package intake

import (
	"context"
	"time"
)

// Stage is a part of the way of a report that is timed. There are no others, so
// a stage may be a label of a metric.
type Stage string

// The stages, in the order of the way.
const (
	StageReceive Stage = "receive" // bytes come in and are hashed
	StageArchive Stage = "archive" // the original is made durable
	StageWait    Stage = "wait"    // the job waits in the queue
	StageRead    Stage = "read"    // a child process reads the file
	StageConvert Stage = "convert" // the result is made of what was read
	StageStore   Stage = "store"   // the result and its event are made durable
)

// Stages has all of them, in the order of the way.
func Stages() []Stage {
	return []Stage{StageReceive, StageArchive, StageWait, StageRead, StageConvert, StageStore}
}

// Observer is told what becomes of the work. It is safe for concurrent use, and
// none of its methods blocks or fails: the work does not depend on who watches.
type Observer interface {
	// Stage tells that a stage begins. The stage works in the context that is
	// returned, and calls end once, with its error or nil.
	Stage(ctx context.Context, stage Stage) (in context.Context, end func(error))
	// Waited tells that work on a job begins that was queued at since, by whatever
	// process: the stage StageWait, told when it is over.
	Waited(ctx context.Context, since time.Time)
	// Outcome tells how a conversion ended: code is "" where there is a result,
	// whose validation status is then status, else the problem's code. Both are
	// of closed sets.
	Outcome(ctx context.Context, code, status string)
}

// Carrier keeps what links a job with the request that asked for it (request id,
// trace) over the queue, and so over processes. It is safe for concurrent use.
type Carrier interface {
	// Carry is a short text about ctx to keep with a job, "" where there is
	// nothing to keep.
	Carry(ctx context.Context) string
	// Resume is ctx with what Carry kept. Text that Carry did not make is ignored.
	Resume(ctx context.Context, carried string) context.Context
}

// Unobserved is the Observer and Carrier of a service that nobody watches.
type Unobserved struct{}

var (
	_ Observer = Unobserved{}
	_ Carrier  = Unobserved{}
)

// Stage implements Observer.
func (Unobserved) Stage(ctx context.Context, _ Stage) (context.Context, func(error)) {
	return ctx, func(error) {}
}

// Waited implements Observer.
func (Unobserved) Waited(context.Context, time.Time) {}

// Outcome implements Observer.
func (Unobserved) Outcome(context.Context, string, string) {}

// Carry implements Carrier.
func (Unobserved) Carry(context.Context) string { return "" }

// Resume implements Carrier.
func (Unobserved) Resume(ctx context.Context, _ string) context.Context { return ctx }
