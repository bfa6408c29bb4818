package sandbox

import (
	"context"
	"errors"
	"strings"

	"nianbao/extract"
)

// Observer is told of the children of a pool. It is safe for concurrent use; its
// methods neither block nor call the pool.
type Observer interface {
	// ChildStarted tells that a child is ready for files.
	ChildStarted()
	// ChildEnded tells that a child has ended and why, in one of these words:
	// "replaced" after enough files or with more memory than an idle child may
	// keep; "memory", "stack", "cpu" over that limit; "wall" out of time; "panic"
	// by a fault of the reader; "answer" with an answer that was too large or
	// cannot be right; "cancelled" because nobody waits any more; "idle" without
	// a file; "closed" with the pool; "unknown".
	ChildEnded(reason string)
}

// unobserved is the Observer of a pool that nobody watches.
type unobserved struct{}

func (unobserved) ChildStarted()     {}
func (unobserved) ChildEnded(string) {}

// The reasons that are no cause.
const (
	endReplaced  = "replaced"
	endIdle      = "idle"
	endClosed    = "closed"
	endAnswer    = "answer"
	endWall      = "wall"
	endCancelled = "cancelled"
)

// endReason is why the pool killed a child at work, from the error of exchange.
func endReason(err error) string {
	e := extract.AsError(err)
	switch {
	case errors.Is(err, ErrClosed):
		return endClosed
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return endCancelled
	case e == nil:
		return causeUnknown.String()
	case e.Code == extract.CodeTimeout:
		return endWall
	case strings.HasPrefix(e.Limit, "answer_bytes="):
		return endAnswer
	}
	return causeMemory.String() // the one limit that is left to the parent
}

// endProcess ends a child and tells so.
func (p *Pool) endProcess(proc *process, reason string) death {
	d := proc.end()
	p.cfg.Observer.ChildEnded(reason)
	return d
}
