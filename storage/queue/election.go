package queue

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// election keeps a client from being stopped in the moment in which it becomes
// River's leader: what is told then, and not read any more, would keep Stop waiting
// for ever (River 0.31: Elector.notifySubscribers sends while it has the lock that
// Subscription.Unlisten wants). River tells of elections only in its log, which
// therefore goes through here.
type election struct {
	mu       sync.Mutex
	changed  chan struct{} // closed at each change
	stopping bool
	read     bool // the client reads what is told
	bidding  bool // a bid for leadership is under way
	gained   int  // how often it was won,
	learnt   int  // and how often the client has read so
}

func newElection() *election { return &election{changed: make(chan struct{})} }

// What River logs, by the ends of its messages.
const (
	saidBid     = ": Attempting to gain leadership"
	saidGained  = ": Gained leadership"
	saidLost    = ": Leadership bid was unsuccessful (not an error)"
	saidFailed  = ": Error attempting to elect"
	saidChanged = ": Election change received"
)

// heard takes one of River's messages in. A bid that begins when the client is to
// stop is kept waiting for its end.
func (e *election) heard(ctx context.Context, r slog.Record) {
	var end string
	if _, said, ok := strings.Cut(r.Message, ": "); ok {
		end = ": " + said
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	switch end {
	case saidBid:
		if e.stopping {
			e.mu.Unlock()
			<-ctx.Done()
			e.mu.Lock()
			return
		}
		e.bidding = true
	case saidGained:
		e.bidding = false
		e.gained++
	case saidLost, saidFailed:
		e.bidding = false
	case saidChanged:
		e.read = true
		r.Attrs(func(a slog.Attr) bool {
			if a.Key == "is_leader" && a.Value.Kind() == slog.KindBool && a.Value.Bool() {
				e.learnt++
			}
			return true
		})
	default:
		return
	}
	close(e.changed)
	e.changed = make(chan struct{})
}

// calm returns when the client can be stopped, at the latest after limit.
func (e *election) calm(limit time.Duration) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		e.mu.Lock()
		e.stopping = true
		calm, changed := e.read && !e.bidding && e.learnt >= e.gained, e.changed
		e.mu.Unlock()
		if calm {
			return
		}
		select {
		case <-changed:
		case <-timer.C:
			return
		}
	}
}

// listener is River's log: warnings and errors go on, not its account of every day;
// the election hears all of it.
type listener struct {
	slog.Handler
	election *election
}

// Enabled implements slog.Handler.
func (l listener) Enabled(context.Context, slog.Level) bool { return true }

// Handle implements slog.Handler.
func (l listener) Handle(ctx context.Context, r slog.Record) error {
	l.election.heard(ctx, r)
	if r.Level < slog.LevelWarn || !l.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return l.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (l listener) WithAttrs(a []slog.Attr) slog.Handler {
	return listener{l.Handler.WithAttrs(a), l.election}
}

// WithGroup implements slog.Handler.
func (l listener) WithGroup(n string) slog.Handler {
	return listener{l.Handler.WithGroup(n), l.election}
}
