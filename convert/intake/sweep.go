package intake

import (
	"context"
	"errors"
	"slices"
	"sync"
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
	// compareShare bounds the comparison of catalog and queue to one in so many parts
	// of the time.
	compareShare = 20
	// lostAfter is how long a job may be nowhere.
	lostAfter = 8 * time.Second
	// buryAfter is when a silent worker is forgotten.
	buryAfter = time.Hour
	// maxDoubled bounds how often Backoff is doubled.
	maxDoubled = 10
	// tidyTimeout bounds what a sweep waits for the archive.
	tidyTimeout = 30 * time.Second
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
	// Each for itself: one that hangs, as a sweep may on an archive that is away, is
	// not to make the process look dead.
	var all sync.WaitGroup
	for every, do := range map[time.Duration]func(context.Context) error{checkEvery: s.check, beatEvery: s.Beat, sweepEvery: s.Sweep} {
		all.Go(func() { s.repeat(ctx, every, do) })
	}
	select {
	case <-ctx.Done():
	case <-s.closing:
		cancel()
	}
	all.Wait()
	s.leave(ctx)
}

// repeat does something again and again until ctx ends; beats begin at once, before
// anybody wonders.
func (s *Service) repeat(ctx context.Context, every time.Duration, do func(context.Context) error) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for first := every == beatEvery; ; first = false {
		if !first {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
		if err := do(ctx); err != nil && ctx.Err() == nil {
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
//
// How long something stays as it is is measured by this process, from one sweep to
// another: the times that others write are only compared with each other, so clocks
// that disagree or are set do no harm.
func (s *Service) Sweep(ctx context.Context) error {
	s.sweeping.Lock()
	defer s.sweeping.Unlock()
	now := s.cfg.Elapsed()
	if now-s.swept >= deadAfter { // it did not look: nothing is known of the time between
		s.beats, s.dropped, s.waits = nil, nil, nil
	}
	s.swept = now
	deserted, err := s.deserted(ctx)
	if err != nil {
		return err
	}
	lost, err := s.unserved(ctx)
	if err != nil {
		return err
	}
	for _, job := range append(deserted, lost...) {
		s.cfg.Log.WarnContext(ctx, "job given out again", "id", job.Report)
		if err := s.reissue(ctx, job); err != nil {
			return err
		}
	}
	depth, _, err := s.cfg.Catalog.Backlog(ctx)
	if err != nil {
		return err
	}
	s.backlog.Store(int64(depth))
	tidy, cancel := context.WithTimeout(ctx, tidyTimeout)
	defer cancel()
	return s.tidyBatches(tidy)
}

func (s *Service) reissue(ctx context.Context, job Job) error {
	if err := s.cfg.Catalog.Reissue(ctx, job); err != nil && !errors.Is(err, ErrStale) {
		return err
	}
	return nil
}

// deserted returns the jobs whose worker is silent or takes too long, and those
// that this process is said to be at work on and is not: it could not put them
// back.
func (s *Service) deserted(ctx context.Context) ([]Job, error) {
	held, err := s.cfg.Catalog.AtWork(ctx)
	if err != nil {
		return nil, err
	}
	workers, err := s.cfg.Catalog.Workers(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	beats, runs, dropped := map[string]int64{}, map[string]int64{}, map[string]int64{}
	for _, h := range held {
		beats[h.Worker] = 0 // of a worker that is not there
		runs[h.Ticket] = h.Began.UnixMicro()
		if h.Worker == s.cfg.Worker && !s.atWork(h.Job) {
			dropped[h.Ticket] = h.Began.UnixMicro()
		}
	}
	for _, w := range workers {
		beats[w.ID] = w.Seen.UnixMicro()
	}
	now := s.cfg.Elapsed()
	silent, running, idle := s.beats.look(now, beats), s.runs.look(now, runs), s.dropped.look(now, dropped)
	var jobs []Job
	for _, h := range held {
		gone := silent[h.Worker] >= deadAfter && h.Worker != s.cfg.Worker // it lives: see who looks
		if gone || running[h.Ticket] >= s.cfg.MaxRun+deadAfter || idle[h.Ticket] >= lostAfter {
			jobs = append(jobs, h.Job)
		}
	}
	return jobs, s.bury(ctx, workers, silent)
}

// bury forgets workers that have been silent for long.
func (s *Service) bury(ctx context.Context, workers []Worker, silent map[string]time.Duration) error {
	for _, w := range workers {
		if silent[w.ID] < buryAfter {
			continue
		}
		if err := s.cfg.Catalog.Leave(ctx, w.ID); err != nil {
			return err
		}
	}
	return nil
}

// atWork tells whether this process works on the job.
func (s *Service) atWork(job Job) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for j := range s.working {
		if j.Ticket == job.Ticket {
			return true
		}
	}
	return false
}

// unserved returns the jobs that the queue has not held ready for a while: between
// its giving a job out and the worker's beginning there are moments. All that is
// queued is compared, so where that is much it is done seldom.
func (s *Service) unserved(ctx context.Context) ([]Job, error) {
	begun := s.cfg.Elapsed()
	if begun < s.compareAgain {
		return nil, nil
	}
	defer func() {
		now := s.cfg.Elapsed()
		s.compareAgain = now + compareShare*(now-begun)
	}()
	jobs, err := s.cfg.Catalog.Unserved(ctx, s.now().Add(s.longest()), sweepLimit)
	if err != nil {
		return nil, err
	}
	marks := map[string]int64{}
	for _, j := range jobs {
		marks[j.Ticket] = 0
	}
	since := s.waits.look(s.cfg.Elapsed(), marks)
	return slices.DeleteFunc(jobs, func(j Job) bool { return since[j.Ticket] < lostAfter }), nil
}

// longest is the longest time for which a job is held back with intent. One that
// the queue keeps for longer is there since a clock was set back.
func (s *Service) longest() time.Duration {
	return max(s.cfg.Patience*2, s.cfg.Backoff<<min(s.cfg.Attempts, maxDoubled)) + time.Minute
}

// tidyBatches ends batches whose sender has gone and records those whose reception,
// or work, has ended.
func (s *Service) tidyBatches(ctx context.Context) error {
	receiving, err := s.cfg.Catalog.ReceivingBatches(ctx)
	if err != nil {
		return err
	}
	marks := map[string]int64{}
	for _, b := range receiving {
		marks[b.ID] = b.TouchedAt.UnixMicro()
	}
	for id, idle := range s.idle.look(s.cfg.Elapsed(), marks) {
		if idle < idleAfter {
			continue
		}
		if err := s.cfg.Catalog.CloseBatch(ctx, id); err != nil {
			return err
		}
	}
	closed, err := s.cfg.Catalog.UnrecordedBatches(ctx)
	for _, id := range closed {
		err = errors.Join(err, s.recordBatch(ctx, id), s.recordEnd(ctx, id))
	}
	return err
}
