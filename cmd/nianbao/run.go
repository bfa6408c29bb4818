package main

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// closeTimeout is how long each of the two steps of a stop that wait for work may
// take: requests under way, then conversions at work.
const closeTimeout = 30 * time.Second

// Run serves until ctx ends and then stops. ready is called when requests are
// answered.
//
// A stop goes in this order:
//
//  1. /readyz answers 503, so that nobody sends more; all requests are answered
//     as before for as long as --drain says;
//  2. the listener closes, requests under way finish, for at most closeTimeout,
//     for which conversions go on; then their connections are cut;
//  3. conversions under way end, for at most closeTimeout; those that do not, and
//     the jobs that wait, stay in the queue for other processes;
//  4. reading processes, database, archive and, last, the watching end.
//
// A worker has steps 3 and 4 only. A second signal ends the process at any point
// (see run): whatever is cut off is taken up by another, as after a crash.
func (a *app) Run(ctx context.Context, ready func()) error {
	if err := a.engine.start(ctx); err != nil {
		return errors.Join(err, a.listener.Close(), a.engine.stop(ctx))
	}
	endVerifying := a.startVerifying(ctx)
	served := make(chan error, 1)
	go func() { served <- a.server.Serve(a.listener) }()
	ready()
	var err error
	select {
	case err = <-served:
	case <-ctx.Done():
		err = a.leave(served)
	}
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, endVerifying(), a.engine.stop(ctx))
}

// leave is the first two steps.
func (a *app) leave(served <-chan error) error {
	a.log.Info("stopping; a second signal ends at once", "drain", a.drain)
	a.handler.Drain()
	a.engine.up.Store(false)
	if a.drain > 0 {
		drained := time.NewTimer(a.drain)
		defer drained.Stop()
		select {
		case <-drained.C:
		case err := <-served: // nothing left to drain
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	err := a.server.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, a.server.Close()) // nothing may run on what is closed next
	}
	<-served
	return err
}

// stop is the other two, which need not be given the time that ctx has left.
func (e *engine) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	return e.close(ctx)
}
