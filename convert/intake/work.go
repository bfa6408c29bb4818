package intake

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// errLost is why the work on a report is broken off whose job is no longer valid:
// it was deleted, cancelled, or given to somebody else.
var errLost = errors.New("intake: the job was taken away")

// Work is the Handler of conversions: it does what Job asks and leaves the report
// done, failed or queued. It returns when the report's row says so.
//
//	Start ──stale──▶ nothing
//	  │ too many deaths ──▶ failed (quarantined)
//	  ▼
//	process ── file's fault ─▶ failed
//	  │ ├───── fault of ours ─▶ queued, with backoff; at the last attempt failed
//	  │ ├───── archive, catalog away ─▶ queued, not counted
//	  │ ├───── service stops ─▶ queued at once, not counted
//	  ▼ └───── ticket gone ──▶ nothing
//	 done
func (s *Service) Work(ctx context.Context, job Job) Verdict {
	if err := s.enter(); err != nil {
		return Verdict{Again: true}
	}
	defer s.work.Done()
	ctx = s.cfg.Carrier.Resume(ctx, job.Trace)
	begun, err := s.starts.do(ctx, job)
	switch {
	case err != nil:
		return s.later(ctx, "starting", job, err)
	case begun.Stale:
		return Verdict{}
	}
	s.cfg.Observer.Waited(ctx, begun.Queued)
	work, end := s.attend(ctx, job)
	defer end()
	row, err := s.attempt(work, begun)
	if err == nil {
		err = s.settle(work, job, row)
	} else if work.Err() == nil {
		err = s.judge(work, job, err)
	}
	if err == nil {
		return Verdict{}
	}
	return s.resolve(ctx, work, job, begun, err)
}

// attempt processes, or gives the report up.
func (s *Service) attempt(ctx context.Context, begun Begun) (Row, error) {
	if begun.Deaths >= s.cfg.Deaths {
		s.cfg.Log.ErrorContext(ctx, "report quarantined", "id", begun.Row.ID, "deaths", begun.Deaths)
		return s.fail(ctx, begun.Row, s.quarantined())
	}
	ctx, cancel := context.WithTimeoutCause(ctx, s.cfg.MaxRun, ourFault{errors.New("intake: the conversion did not end in time")})
	defer cancel()
	return s.process(ctx, begun.Row)
}

// giveUpAfter is for how long a store that answers otherwise may refuse one
// original, before that is taken for a fault of this one.
const giveUpAfter = 15 * time.Minute

// judge makes a refusal of the store a fault of ours where it is of this report
// alone and lasts: its batch would never end otherwise.
func (s *Service) judge(ctx context.Context, job Job, err error) error {
	var ours ourFault
	single := !errors.As(err, &ours) && s.cfg.Archive.Check(ctx) == nil
	now := s.cfg.Elapsed()
	s.mu.Lock()
	defer s.mu.Unlock()
	since, known := s.refusals[job.Ticket]
	switch {
	case !single:
		delete(s.refusals, job.Ticket)
	case !known:
		s.refusals[job.Ticket] = now
	case now-since >= giveUpAfter:
		return ourFault{err}
	}
	return err
}

// settle writes what came of the report.
func (s *Service) settle(ctx context.Context, job Job, row Row) error {
	stale, err := s.ends.do(ctx, Settlement{Job: job, Row: row})
	if err != nil {
		return err
	}
	if stale {
		return fmt.Errorf("intake: report %s, job %s: %w", job.Report, job.Ticket, ErrStale)
	}
	s.mu.Lock()
	delete(s.refusals, job.Ticket)
	s.mu.Unlock()
	code := ""
	if row.Problem != nil {
		code = row.Problem.Code
	}
	s.cfg.Observer.Outcome(ctx, code, row.Status)
	s.bells.ring(row.ID)
	return nil
}

// gatherWork makes jobs begin and end together: those of single uploads at once, with
// whatever waits; those of batches when half of the jobs at work here wait, for the
// other half keeps the processors busy meanwhile.
func (s *Service) gatherWork() {
	s.starts.patience, s.ends.patience = startPatience, settlePatience
	single := func(j Job) bool { return j.Rank < 0 }
	s.starts.ready = func(jobs []Job) bool { return slices.ContainsFunc(jobs, single) }
	s.starts.run = func(ctx context.Context, jobs []Job) ([]Begun, error) {
		return s.cfg.Catalog.Start(ctx, jobs, s.cfg.Worker)
	}
	s.ends.ready = func(ends []Settlement) bool {
		s.mu.Lock()
		working := len(s.working)
		s.mu.Unlock()
		return 2*len(ends) >= working || slices.ContainsFunc(ends, func(e Settlement) bool { return single(e.Job) })
	}
	s.ends.run = s.cfg.Catalog.Settle
}

// resolve decides what becomes of a report whose attempt ended in err.
func (s *Service) resolve(ctx, work context.Context, job Job, begun Begun, err error) Verdict {
	var ours ourFault
	switch {
	case errors.Is(err, ErrStale), errors.Is(context.Cause(work), errLost):
		s.bells.ring(job.Report)
		return Verdict{}
	case ctx.Err() != nil || s.base.Err() != nil:
		s.putBack(ctx, job, true)
		return Verdict{Again: true}
	case !errors.As(err, &ours):
		s.putBack(ctx, job, true)
		return s.later(ctx, "working", job, err)
	}
	s.cfg.Log.ErrorContext(ctx, "conversion failed", "id", job.Report, "attempt", begun.Faults+1, "error", err)
	if begun.Faults+1 < s.cfg.Attempts {
		s.putBack(ctx, job, false)
		return Verdict{Again: true, After: s.cfg.Backoff << min(begun.Faults, maxDoubled)}
	}
	row, err := s.fail(ctx, begun.Row, s.internal())
	if err == nil {
		err = s.settle(ctx, job, row)
	}
	if err != nil && !errors.Is(err, ErrStale) {
		s.putBack(ctx, job, true)
		return s.later(ctx, "failing", job, err)
	}
	return Verdict{}
}

// later tries again when archive and catalog may answer.
func (s *Service) later(ctx context.Context, doing string, job Job, err error) Verdict {
	s.cfg.Log.WarnContext(ctx, "job put off", "while", doing, "id", job.Report, "error", err)
	return Verdict{Again: true, After: s.cfg.Patience/2 + rand.N(s.cfg.Patience)} //nolint:gosec // spreads retries, no secret
}

// putBack queues a report again. Where even that fails its row says running, until
// Sweep finds it.
func (s *Service) putBack(ctx context.Context, job Job, uncount bool) {
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := s.cfg.Catalog.PutBack(settle, job, uncount); err != nil && !errors.Is(err, ErrStale) {
		s.cfg.Log.WarnContext(ctx, "report was left unfinished", "id", job.Report, "error", err)
	}
}

// attend keeps an eye on the job's ticket while it is worked on: the context ends
// with errLost when it is gone.
func (s *Service) attend(ctx context.Context, job Job) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	s.mu.Lock()
	s.working[job] = cancel
	s.mu.Unlock()
	stop := context.AfterFunc(s.base, func() { cancel(ErrClosed) })
	return ctx, func() {
		s.mu.Lock()
		delete(s.working, job)
		s.mu.Unlock()
		stop()
		cancel(nil)
	}
}

// check takes the work off the jobs that are no longer valid.
func (s *Service) check(ctx context.Context) error {
	s.mu.Lock()
	jobs := make([]Job, 0, len(s.working))
	for j := range s.working {
		jobs = append(jobs, j)
	}
	s.mu.Unlock()
	if len(jobs) == 0 {
		return nil
	}
	valid, err := s.cfg.Catalog.Valid(ctx, jobs)
	if err != nil {
		return err
	}
	holds := map[Job]bool{}
	for _, j := range valid {
		holds[j] = true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, j := range jobs {
		if cancel := s.working[j]; cancel != nil && !holds[j] {
			cancel(errLost)
		}
	}
	return nil
}
