package intake

import (
	"context"
	"errors"
	"time"
)

const (
	// checkEvery is how soon a worker notices that a job was taken away.
	checkEvery = 500 * time.Millisecond
	// beatEvery is how often a worker says that it lives, deadAfter how long it
	// may be silent.
	beatEvery = 3 * time.Second
	deadAfter = 15 * time.Second
	// sweepEvery is how often work is looked for that nobody does.
	sweepEvery = 5 * time.Second
	// sweepLimit bounds what one sweep takes up; the next goes on.
	sweepLimit = 1000
	// idleAfter ends the reception of a batch whose sender has gone.
	idleAfter = time.Hour
)

// Tend does the upkeep until ctx ends: it says that this process works, notices
// jobs that were taken away, takes up what dead workers left and ends batches
// whose sender has gone. Every server and worker does so; they do not disturb each
// other.
func (s *Service) Tend(ctx context.Context) {
	if err := s.enter(); err != nil {
		return
	}
	defer s.work.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.base, cancel)()
	check, beat, sweep := time.NewTicker(checkEvery), time.NewTicker(beatEvery), time.NewTicker(sweepEvery)
	defer check.Stop()
	defer beat.Stop()
	defer sweep.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			s.leave(ctx)
			return
		case <-s.closing:
			s.leave(ctx)
			return
		case <-check.C:
			err = s.check(ctx)
		case <-beat.C:
			err = s.Beat(ctx)
		case <-sweep.C:
			err = s.Sweep(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.cfg.Log.WarnContext(ctx, "upkeep", "error", err)
		}
	}
}

// Beat says that this process works. A process that only serves does not.
func (s *Service) Beat(ctx context.Context) error {
	if s.cfg.Worker == "" {
		return nil
	}
	return s.cfg.Catalog.Beat(ctx, Worker{ID: s.cfg.Worker, Host: s.cfg.Host, Started: s.began, Seen: s.now(), Jobs: s.cfg.Jobs})
}

func (s *Service) leave(ctx context.Context) {
	if s.cfg.Worker == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := s.cfg.Catalog.Leave(ctx, s.cfg.Worker); err != nil {
		s.cfg.Log.WarnContext(ctx, "leaving", "error", err)
	}
}

// Sweep takes up the work that nobody does: of workers that died or hang, and what
// the queue has lost; each gets a new ticket, so that whoever had it and lives
// after all can change nothing. It also ends batches whose sender has gone, and
// records in the archive those whose reception ended.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.now()
	deserted, err := s.cfg.Catalog.Deserted(ctx, now.Add(-deadAfter), now.Add(-s.cfg.MaxRun-deadAfter), sweepLimit)
	if err != nil {
		return err
	}
	lost, err := s.unserved(ctx)
	if err != nil {
		return err
	}
	for _, job := range append(deserted, lost...) {
		s.cfg.Log.WarnContext(ctx, "job given out again", "id", job.Report)
		if err := s.cfg.Catalog.Reissue(ctx, job); err != nil && !errors.Is(err, ErrStale) {
			return err
		}
	}
	depth, _, err := s.cfg.Catalog.Backlog(ctx)
	if err != nil {
		return err
	}
	s.backlog.Store(int64(depth))
	return s.tidyBatches(ctx, now)
}

// unserved returns the jobs that the queue did not hold ready now nor at the last
// sweep: between the queue's giving a job out and the worker's beginning there are
// moments.
func (s *Service) unserved(ctx context.Context) ([]Job, error) {
	now, err := s.cfg.Catalog.Unserved(ctx, sweepLimit)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.suspects
	s.suspects = map[string]int{}
	var lost []Job
	for _, j := range now {
		n := before[j.Ticket] + 1
		if n > suspectSweeps {
			lost = append(lost, j)
			continue
		}
		s.suspects[j.Ticket] = n
	}
	return lost, nil
}

// suspectSweeps is at how many sweeps a job may be found neither ready nor begun.
const suspectSweeps = 2
