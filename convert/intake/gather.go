package intake

import (
	"context"
	"sync"
	"time"
)

const (
	// gatherMost is how many jobs begin or end in one transaction at most.
	gatherMost = 64
	// startPatience and settlePatience are how long a job of a batch waits for others
	// to begin or to end with. Those that the queue gives out together begin together;
	// a job ends about every 10 ms on two processors.
	startPatience  = 2 * time.Millisecond
	settlePatience = 100 * time.Millisecond
)

// gathering does things together that would each cost a transaction: what a commit
// writes and syncs is nearly the same for one report and for ten, and was a quarter of
// the processor time of a report. The zero value needs ready, patience and run.
type gathering[T, R any] struct {
	// ready tells that what waits is to wait no longer.
	ready func(waiting []T) bool
	// patience is how long the first waits at most.
	patience time.Duration
	// run does all of it or, where there is an error, nothing.
	run func(ctx context.Context, all []T) ([]R, error)

	mu         sync.Mutex
	waiting    []T
	answers    []chan answer[R] // of waiting
	more       chan struct{}    // closed when something comes to what waits
	collecting bool
}

type answer[R any] struct {
	value R
	err   error
}

// do does v with what else there is, and returns what came of it.
func (g *gathering[T, R]) do(ctx context.Context, v T) (R, error) {
	mine := make(chan answer[R], 1)
	g.mu.Lock()
	g.waiting, g.answers = append(g.waiting, v), append(g.answers, mine)
	if g.collecting {
		g.stir()
	} else {
		g.collecting = true
		go g.collect(context.WithoutCancel(ctx))
	}
	g.mu.Unlock()
	a := <-mine // not less if ctx ends: what is done is done
	return a.value, a.err
}

// stir makes the collector look again. g.mu is held.
func (g *gathering[T, R]) stir() {
	if g.more != nil {
		close(g.more)
		g.more = nil
	}
}

// collect does what waits, until nothing does.
func (g *gathering[T, R]) collect(ctx context.Context) {
	for {
		all, answers := g.take()
		if len(all) == 0 {
			return
		}
		g.answer(ctx, all, answers)
	}
}

// take waits until what there is is to be done.
func (g *gathering[T, R]) take() (all []T, answers []chan answer[R]) {
	patience := time.NewTimer(g.patience)
	defer patience.Stop()
	for over := false; ; {
		g.mu.Lock()
		n := min(len(g.waiting), gatherMost)
		if n == 0 {
			g.collecting = false
		}
		if n == 0 || n == gatherMost || over || g.ready(g.waiting) {
			all, answers = g.waiting[:n:n], g.answers[:n:n]
			g.waiting, g.answers = g.waiting[n:], g.answers[n:]
			g.mu.Unlock()
			return all, answers
		}
		more := make(chan struct{})
		g.more = more
		g.mu.Unlock()
		select {
		case <-more:
		case <-patience.C:
			over = true
		}
	}
}

// answer does all of it and tells each what came of it. Where it cannot be done
// together each is tried by itself, if there is time: one may be the reason.
func (g *gathering[T, R]) answer(ctx context.Context, all []T, answers []chan answer[R]) {
	ctx, cancel := context.WithTimeout(ctx, settleTimeout)
	defer cancel()
	values, err := g.attempt(ctx, all)
	for i, c := range answers {
		a := answer[R]{err: err}
		switch {
		case err == nil:
			a.value = values[i]
		case len(all) > 1 && ctx.Err() == nil:
			var alone []R
			if alone, a.err = g.attempt(ctx, all[i:i+1]); a.err == nil {
				a.value = alone[0]
			}
		}
		c <- a
	}
}

// attempt is run, with a panic made an error.
func (g *gathering[T, R]) attempt(ctx context.Context, all []T) (values []R, err error) {
	defer caught(&err)
	return g.run(ctx, all)
}
