package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"nianbao/convert/report"
	"nianbao/extract"
)

// settleTimeout bounds the writes that put a broken-off report in order.
const settleTimeout = 10 * time.Second

// convert reads the staged file of row and stores what comes of it. Errors:
// *extract.Error where the file cannot be converted; row is then failed.
func (s *Service) convert(ctx context.Context, row Row, staged Staged) (Row, error) {
	release, err := s.slot(ctx, &row)
	if err != nil {
		return s.shelve(ctx, row, err)
	}
	defer release()
	row.State, row.Problem = StateRunning, nil
	if err := s.cfg.Catalog.Update(ctx, row); err != nil {
		return s.shelve(ctx, row, err)
	}
	f, err := staged.Open()
	if err != nil {
		return s.shelve(ctx, row, err)
	}
	ex, res, err := s.run(ctx, row, f)
	if cerr := f.Close(); err == nil && cerr != nil {
		err = cerr
	}
	switch fault := extract.AsError(err); {
	case ctx.Err() != nil:
		return s.shelve(ctx, row, ctx.Err())
	case fault != nil:
		return s.fail(ctx, row, fault)
	case err != nil:
		return s.blame(ctx, row, err)
	}
	done, err := s.finish(ctx, row, res, ex)
	if err != nil {
		return s.shelve(ctx, row, err)
	}
	return done, nil
}

// slot waits until a conversion may run.
func (s *Service) slot(ctx context.Context, row *Row) (release func(), err error) {
	release = func() { <-s.slots }
	select {
	case s.slots <- struct{}{}:
		return release, nil
	default:
	}
	row.State, row.Problem = StateQueued, nil
	if err := s.cfg.Catalog.Update(ctx, *row); err != nil {
		return nil, err
	}
	select {
	case s.slots <- struct{}{}:
		return release, nil
	case <-s.closing:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// caught makes a panic an error of ours: one report's conversion, which runs in
// this process, must not end it. It is deferred.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("intake: panic: %v\n%s", p, debug.Stack())
	}
}

// run extracts and converts.
func (s *Service) run(ctx context.Context, row Row, f *os.File) (ex *extract.Extraction, res *report.Result, err error) {
	defer caught(&err)
	ex, err = s.cfg.Extractor.Extract(ctx, f)
	if err != nil {
		return nil, nil, err
	}
	src := report.Source{Filename: row.Filename, SHA256: row.SHA256, SizeBytes: row.SizeBytes}
	return ex, s.cfg.Convert(ex, src), nil
}

// finish stores the result and says so in the catalog.
func (s *Service) finish(ctx context.Context, row Row, res *report.Result, ex *extract.Extraction) (done Row, err error) {
	defer caught(&err)
	res.Versions = s.cfg.Versions
	stored, err := s.storeResult(ctx, row.SHA256, res, ex.Document)
	if err != nil {
		return Row{}, err
	}
	done = summarize(row, stored)
	return done, s.cfg.Catalog.Update(ctx, done)
}

// fail records that the file cannot be converted, and why.
func (s *Service) fail(ctx context.Context, row Row, fault *extract.Error) (Row, error) {
	row, err := s.settleFailure(ctx, row, report.Problem{
		Code:   string(fault.Code),
		Title:  s.cfg.Title(string(fault.Code)),
		Detail: fault.Detail,
		Limit:  fault.Limit,
	})
	if err != nil {
		return s.shelve(ctx, row, err)
	}
	return row, fault
}

// codeInternal is the problem code of failures that are ours.
const codeInternal = "internal"

// blame records that the file was not converted by our fault. It is tried again
// when it is uploaded again.
func (s *Service) blame(ctx context.Context, row Row, cause error) (Row, error) {
	s.cfg.Log.Error("conversion failed", "id", row.ID, "error", cause)
	row, err := s.settleFailure(ctx, row, report.Problem{
		Code:   codeInternal,
		Title:  s.cfg.Title(codeInternal),
		Detail: "原件已保存。请稍后重新上传同一文件，仍然出错时请联系管理员。",
	})
	return row, errors.Join(cause, err)
}

func (s *Service) settleFailure(ctx context.Context, row Row, p report.Problem) (Row, error) {
	row.State, row.Problem, row.Versions = StateFailed, &p, s.cfg.Versions
	if _, err := s.record(ctx, Event{
		Kind:     EventFailed,
		SHA256:   row.SHA256,
		Problem:  row.Problem,
		Versions: &row.Versions,
	}); err != nil {
		return row, err
	}
	return row, s.cfg.Catalog.Update(ctx, row)
}

// shelve puts a report that was broken off back to archived, so that Recover or
// the next upload takes it up. The error it returns says why it was broken off.
func (s *Service) shelve(ctx context.Context, row Row, cause error) (Row, error) {
	row.State, row.Problem, row.Versions = StateArchived, nil, report.Versions{}
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := s.cfg.Catalog.Update(settle, row); err != nil {
		// The row says queued or running then, which Recover takes up as well.
		s.cfg.Log.Warn("report was left unfinished", "id", row.ID, "error", err)
	}
	return row, s.reason(ctx, cause)
}

// lasting tells whether converting again with the same versions would fail in
// the same way: for faults of the bytes, not for limits, which are settings, nor
// for time and our own mistakes.
func (s *Service) lasting(row Row) bool {
	if row.Problem == nil || row.Versions != s.cfg.Versions {
		return false
	}
	switch extract.Code(row.Problem.Code) {
	case extract.CodeDamaged, extract.CodeEncrypted, extract.CodeUnsupported:
		return true
	}
	return false
}

// errorOf is the error that the problem was made of; a failure of ours is a plain
// error.
func errorOf(p *report.Problem) error {
	if p == nil || p.Code == codeInternal {
		return errors.New("intake: the conversion failed by a fault of the program")
	}
	return &extract.Error{Code: extract.Code(p.Code), Detail: p.Detail, Limit: p.Limit}
}
