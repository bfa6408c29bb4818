package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"nianbao/convert/report"
	"nianbao/extract"
)

// settleTimeout bounds the writes that put a broken-off report in order.
const settleTimeout = 10 * time.Second

// ourFault is a failure of the program itself: not of the file, and not of archive
// or catalog. A few attempts are made, then the report fails.
type ourFault struct{ error }

// Unwrap gives the cause.
func (f ourFault) Unwrap() error { return f.error }

// process converts an archived report and stores what comes of it: row as it is
// to be then. Errors: ourFault; any other error is of archive or catalog, or of
// ctx.
func (s *Service) process(ctx context.Context, row Row) (Row, error) {
	if done, ok, err := s.already(ctx, row); err != nil || ok {
		return done, err
	}
	ex, res, err := s.fetchAndRead(ctx, row)
	switch fault := extract.AsError(err); {
	case errors.As(err, new(storeFault)):
		return row, err // also where the time ended meanwhile: not by the file's fault
	case ctx.Err() != nil:
		return row, context.Cause(ctx)
	case fault != nil:
		return s.fail(ctx, row, problemOf(fault, s.cfg.Title))
	case err != nil && errors.As(err, new(*UnavailableError)):
		return row, err
	case err != nil:
		return row, ourFault{err}
	}
	return s.finish(ctx, row, res, ex)
}

// storeFault is a failure of the archive to give an original.
type storeFault struct{ error }

// Unwrap gives the cause.
func (f storeFault) Unwrap() error { return f.error }

// fetchAndRead extracts and converts an archived original. Errors: storeFault where
// it cannot be fetched, but not where it is lost; else as read.
func (s *Service) fetchAndRead(ctx context.Context, row Row) (*extract.Extraction, *report.Result, error) {
	f, done, err := s.fetch(ctx, row.SHA256)
	if err != nil {
		if isLost(err) {
			return nil, nil, err
		}
		return nil, nil, storeFault{err}
	}
	defer done()
	return s.read(ctx, row, f)
}

// fetch gives an archived original as a file that was verified: itself, where the
// archive is on this machine, else a temporary copy. done must be called in the end.
func (s *Service) fetch(ctx context.Context, sha256 string) (f *os.File, done func(), err error) {
	o, err := s.cfg.Archive.Open(ctx, sha256)
	if err != nil {
		return nil, nil, err
	}
	if local, ok := o.(Local); ok {
		f, err = local.File()
		done = func() { _ = o.Close() } // was only read
	} else {
		f, done, err = s.copied(ctx, o)
		err = errors.Join(err, o.Close())
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return f, done, nil
}

// copied is a temporary copy of an object, which copying verifies. done must be
// called also where there is an error.
func (s *Service) copied(ctx context.Context, o Object) (f *os.File, done func(), err error) {
	staged, err := s.cfg.Archive.Stage(ctx)
	if err != nil {
		return nil, func() {}, err
	}
	if _, err = io.Copy(staged, o); err == nil {
		f, err = staged.Open()
	}
	return f, func() {
		if f != nil {
			_ = f.Close() // was only read
		}
		s.discard(staged)
	}, err
}

// already finds the result of an attempt that died before it was settled.
func (s *Service) already(ctx context.Context, row Row) (Row, bool, error) {
	res, err := s.loadResult(ctx, row.SHA256, s.cfg.Versions)
	if err == nil {
		_, err = s.loadDocument(ctx, row.SHA256, s.cfg.Versions)
	}
	switch {
	case err == nil:
		// It may have died before it was on record.
		log, err := s.logOf(ctx, row.SHA256)
		if err != nil {
			return row, false, err
		}
		last, found, err := s.lastOf(ctx, log, EventConverted)
		if err == nil && (!found || last.Versions == nil || *last.Versions != s.cfg.Versions) {
			err = s.record(ctx, Event{Kind: EventConverted, SHA256: row.SHA256, Versions: &s.cfg.Versions, Worker: s.cfg.Worker})
		}
		if err != nil {
			return row, false, err
		}
		row, err = s.settled(ctx, row, res)
		return row, err == nil, err
	case isLost(err):
		return row, false, nil
	}
	return row, false, err
}

// read extracts and converts an original, as far as there is memory for it.
func (s *Service) read(ctx context.Context, row Row, f *os.File) (*extract.Extraction, *report.Result, error) {
	weight := min(max(row.SizeBytes, 1), s.cfg.BytesInFlight)
	if err := s.flight.Acquire(ctx, weight); err != nil {
		return nil, nil, err
	}
	defer s.flight.Release(weight)
	s.flying.Add(row.SizeBytes)
	defer s.flying.Add(-row.SizeBytes)
	if _, err := s.cfg.Sniff(f, row.SizeBytes); err != nil {
		return nil, nil, err
	}
	return s.run(ctx, row, f)
}

// caught makes a panic an error of ours: one report's conversion, which runs in
// this process, must not end it. It is deferred.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = ourFault{fmt.Errorf("intake: panic: %v\n%s", p, debug.Stack())}
	}
}

// run extracts and converts.
func (s *Service) run(ctx context.Context, row Row, f *os.File) (ex *extract.Extraction, res *report.Result, err error) {
	defer caught(&err)
	in, end := s.cfg.Observer.Stage(ctx, StageRead)
	ex, err = s.cfg.Extractor.Extract(in, f)
	end(err)
	if err != nil {
		return nil, nil, err
	}
	_, end = s.cfg.Observer.Stage(ctx, StageConvert)
	src := report.Source{Filename: row.Filename, SHA256: row.SHA256, SizeBytes: row.SizeBytes}
	res = s.cfg.Convert(ex, src)
	end(nil)
	return ex, res, nil
}

// finish stores the result.
func (s *Service) finish(ctx context.Context, row Row, res *report.Result, ex *extract.Extraction) (done Row, err error) {
	ctx, end := s.cfg.Observer.Stage(ctx, StageStore)
	defer func() { end(err) }()
	defer caught(&err)
	res.Versions = s.cfg.Versions
	doc := ex.Document
	if d, ok := res.Document.(*extract.Document); ok { // the one the places in the result speak of
		doc = d
	}
	stored, err := s.storeResult(ctx, row.SHA256, res, doc)
	if err != nil {
		return row, err
	}
	err = s.record(ctx, Event{Kind: EventConverted, SHA256: row.SHA256, Versions: &s.cfg.Versions, Worker: s.cfg.Worker})
	if err != nil {
		return row, err
	}
	return s.settled(ctx, row, stored)
}

// fail records that the file cannot be converted, and why.
func (s *Service) fail(ctx context.Context, row Row, p report.Problem) (Row, error) {
	row.State, row.Problem, row.Versions = StateFailed, &p, s.cfg.Versions
	row.Status, row.Errors, row.Warnings, row.Infos, row.Hits = "", 0, 0, 0, nil
	row.Review.OpenErrors, row.Review.OpenWarnings = 0, 0
	return row, s.record(ctx, Event{Kind: EventFailed, SHA256: row.SHA256, Problem: &p, Versions: &s.cfg.Versions, Worker: s.cfg.Worker})
}

// The problem codes of failures that are ours.
const (
	codeInternal    = "internal"
	codeQuarantined = "quarantined"
)

func problemOf(fault *extract.Error, title func(string) string) report.Problem {
	return report.Problem{Code: string(fault.Code), Title: title(string(fault.Code)), Detail: fault.Detail, Limit: fault.Limit}
}

// internal is the problem of a report that is not converted by our fault.
func (s *Service) internal() report.Problem {
	return report.Problem{Code: codeInternal, Title: s.cfg.Title(codeInternal),
		Detail: "原件已保存。请稍后重新上传同一文件，仍然出错时请联系管理员。"}
}

// quarantined is the problem of a report whose workers died of it.
func (s *Service) quarantined() report.Problem {
	return report.Problem{Code: codeQuarantined, Title: s.cfg.Title(codeQuarantined),
		Detail: fmt.Sprintf("原件已保存。处理它的程序中断了 %d 次，已隔离，不再自动重试。请联系管理员；也可以重新导出后上传。", s.cfg.Deaths),
		Limit:  fmt.Sprintf("deaths=%d", s.cfg.Deaths)}
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
