package intake

import (
	"context"
	"fmt"
	"iter"
	"time"

	"nianbao/convert/report"
)

// FinishBatch ends the reception of a batch, and records in the archive what came.
// Ending it again does nothing. Errors: ErrNotFound.
func (s *Service) FinishBatch(ctx context.Context, id string) (Batch, error) {
	if err := s.enter(); err != nil {
		return Batch{}, err
	}
	defer s.work.Done()
	ctx, cancel := s.unhurried(ctx)
	defer cancel()
	if err := s.cfg.Catalog.CloseBatch(ctx, id); err != nil {
		return Batch{}, err
	}
	s.forgetArrivals(id)
	if err := s.recordBatch(ctx, id); err != nil {
		return Batch{}, unavailable("archive", err)
	}
	return s.cfg.Catalog.Batch(ctx, id)
}

// Batch returns a batch with its counts. Errors: ErrNotFound.
func (s *Service) Batch(ctx context.Context, id string) (Batch, error) {
	if err := s.enter(); err != nil {
		return Batch{}, err
	}
	defer s.work.Done()
	return s.cfg.Catalog.Batch(ctx, id)
}

// Batches returns a page of batches, newest first. Errors: ErrBadFilter.
func (s *Service) Batches(ctx context.Context, f BatchFilter) (BatchPage, error) {
	if err := s.enter(); err != nil {
		return BatchPage{}, err
	}
	defer s.work.Done()
	return s.cfg.Catalog.BatchList(ctx, f)
}

// BatchFiles returns the files behind the one numbered after (-1: from the first),
// at most limit of them.
func (s *Service) BatchFiles(ctx context.Context, id string, after int64, limit int) ([]BatchFile, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	return s.cfg.Catalog.BatchFiles(ctx, id, after, limit)
}

// CancelBatch cancels the files that have not begun; with running those at work as
// well. A batch that has ended stays as it is. Errors: ErrNotFound.
func (s *Service) CancelBatch(ctx context.Context, id string, running bool) (Batch, error) {
	if err := s.enter(); err != nil {
		return Batch{}, err
	}
	defer s.work.Done()
	ctx, cancel := s.unhurried(ctx)
	defer cancel()
	b, err := s.cfg.Catalog.Batch(ctx, id)
	if err != nil || b.State == BatchDone {
		return b, err
	}
	b, did, err := s.command(ctx, id, opCancelled, func() (Touched, error) { return s.cfg.Catalog.CancelBatch(ctx, id, running) })
	for _, report := range did.Reports {
		s.bells.ring(report)
	}
	return b, err
}

// RetryBatch queues the failed and the cancelled files again. queued is how many.
// Errors: ErrNotFound.
func (s *Service) RetryBatch(ctx context.Context, id string) (b Batch, queued int, err error) {
	if err := s.enter(); err != nil {
		return b, 0, err
	}
	defer s.work.Done()
	ctx, cancel := s.unhurried(ctx)
	defer cancel()
	if b, err = s.cfg.Catalog.Batch(ctx, id); err != nil || b.Counts.Failed+b.Counts.Cancelled == 0 {
		return b, 0, err
	}
	b, did, err := s.command(ctx, id, opRetried, func() (Touched, error) { return s.cfg.Catalog.RetryBatch(ctx, id) })
	return b, len(did.Files), err
}

const (
	// watchEvery is how often a batch is looked at for whoever follows it.
	watchEvery = 300 * time.Millisecond
	// watchChunk is how many changes are read at a time.
	watchChunk = 200
)

// Change is what happened in a batch since the last one.
type Change struct {
	Files []BatchFile // in the order of their events; each in its latest state
	Batch Batch       // as it was then; Ended tells that nothing more comes
}

// FollowBatch yields the changes behind the event numbered after (0: from the
// first) until the batch has ended or ctx ends. Errors: ErrNotFound, ErrClosed.
func (s *Service) FollowBatch(ctx context.Context, id string, after int64) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for first := true; ; {
			c, err := s.change(ctx, id, after)
			if err != nil {
				yield(c, err)
				return
			}
			if first && after > c.Batch.LastEvent { // counted before the catalog was rebuilt
				after = 0
				continue
			}
			if n := len(c.Files); n > 0 {
				after = c.Files[n-1].Event
			}
			ended := c.Batch.Ended() && len(c.Files) < watchChunk
			if (first || ended || len(c.Files) > 0) && !yield(c, nil) || ended {
				return
			}
			first = false
			if len(c.Files) == watchChunk {
				continue
			}
			select {
			case <-tick.C:
			case <-s.closing:
				yield(c, ErrClosed)
				return
			case <-s.draining:
				yield(c, ErrClosed)
				return
			case <-ctx.Done():
				yield(c, fmt.Errorf("intake: following: %w", ctx.Err()))
				return
			}
		}
	}
}

// change reads the batch before its files: what it says has ended has all its
// changes in them.
func (s *Service) change(ctx context.Context, id string, after int64) (c Change, err error) {
	if err := s.enter(); err != nil {
		return c, err
	}
	defer s.work.Done()
	c.Batch, err = s.cfg.Catalog.Batch(ctx, id)
	// The counts may be newer than the number of the last event: at the end all
	// is asked for.
	if err != nil || c.Batch.LastEvent <= after && !c.Batch.Ended() {
		return c, err
	}
	c.Files, err = s.cfg.Catalog.BatchEvents(ctx, id, after, watchChunk)
	return c, err
}

// codeTooLarge is the problem code of a file over the size limit.
const codeTooLarge = "too_large"

// Results yields the results of a batch in the order in which they come, from the
// change behind after, until the batch has ended: for each file that is done its
// result, for each that failed or was cancelled its source and problem. Errors: as
// FollowBatch; those of one file are in its line.
func (s *Service) Results(ctx context.Context, id string, after int64) iter.Seq2[BatchResult, error] {
	return func(yield func(BatchResult, error) bool) {
		for change, err := range s.FollowBatch(ctx, id, after) {
			if err != nil {
				yield(BatchResult{}, err)
				return
			}
			for _, f := range change.Files {
				if f.State == StateQueued || f.State == StateRunning {
					continue
				}
				if !yield(s.batchResult(ctx, f), nil) {
					return
				}
			}
		}
	}
}

// BatchResult is what became of one file.
type BatchResult struct {
	File   BatchFile
	Result *report.Result // nil where there is none; File.Problem says why
}

func (s *Service) batchResult(ctx context.Context, f BatchFile) BatchResult {
	if f.State != StateDone {
		return BatchResult{File: f}
	}
	res, err := s.Result(ctx, f.ReportID, false)
	if isNotFound(err) {
		f.Problem = &report.Problem{Code: "not_found", Title: s.cfg.Title("not_found"), Detail: "这份报告转换后已被删除。需要时请重新上传。"}
		return BatchResult{File: f}
	}
	if err != nil {
		s.cfg.Log.WarnContext(ctx, "result of a batch's file", "id", f.ReportID, "error", err)
		p := s.internal()
		f.Problem = &p
		return BatchResult{File: f}
	}
	res.Source.Filename, res.Source.Path = cleanName(f.Path), f.Path
	return BatchResult{File: f, Result: res}
}

// Batching is what the service offers to the HTTP interface for batches; *Service
// implements it.
type Batching interface {
	CreateBatch(ctx context.Context, spec BatchSpec) (b Batch, created bool, err error)
	Receive(ctx context.Context, batch string) (*Reception, error)
	FinishBatch(ctx context.Context, id string) (Batch, error)
	Batch(ctx context.Context, id string) (Batch, error)
	Batches(ctx context.Context, f BatchFilter) (BatchPage, error)
	BatchFiles(ctx context.Context, id string, after int64, limit int) ([]BatchFile, error)
	CancelBatch(ctx context.Context, id string, running bool) (Batch, error)
	RetryBatch(ctx context.Context, id string) (b Batch, queued int, err error)
	FollowBatch(ctx context.Context, id string, after int64) iter.Seq2[Change, error]
	Results(ctx context.Context, id string, after int64) iter.Seq2[BatchResult, error]
}

var _ Batching = (*Service)(nil)
