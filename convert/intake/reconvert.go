package intake

import (
	"context"
	"fmt"

	"nianbao/convert/report"
	"nianbao/extract"
)

// Reconverted is what newer versions make of a report.
type Reconverted struct {
	Summary Summary
	// Before is the result of the versions before; nil where it failed, or is lost.
	Before *report.Result
	// After is the result of the versions in force; nil where they fail.
	After *report.Result
	// Problem says why they fail.
	Problem *report.Problem
}

// Reconvert converts a report by the versions in force, where it is settled by
// others. With keep the result is stored and takes effect; without, nothing is
// changed. ok is false where there was nothing to do: the report is not settled, or
// by the versions in force already, or was changed by somebody else meanwhile.
// Errors: ErrNotFound, ErrClosed; any other is ours, and leaves the report as it was.
func (s *Service) Reconvert(ctx context.Context, id string, keep bool) (r Reconverted, ok bool, err error) {
	if err := s.enter(); err != nil {
		return r, false, err
	}
	defer s.work.Done()
	was, err := s.cfg.Catalog.Get(ctx, id)
	if err != nil {
		return r, false, err
	}
	r.Summary = was.Summary
	if was.State != StateDone && was.State != StateFailed || was.Versions == s.cfg.Versions {
		return r, false, nil
	}
	if was.State == StateDone {
		if r.Before, err = s.loadResult(ctx, was.SHA256, was.Versions); err != nil && !isLost(err) {
			return r, false, err
		} else if err != nil {
			r.Before = nil
		}
	}
	if !keep {
		return s.preview(ctx, was, r)
	}
	row, err := s.process(ctx, was)
	if err != nil {
		return r, false, fmt.Errorf("intake: converting %s anew: %w", id, err)
	}
	for {
		if ok, err = s.cfg.Catalog.Refresh(ctx, was, row); err != nil || ok {
			break
		}
		now, err := s.cfg.Catalog.Get(ctx, id)
		if isNotFound(err) || err == nil && now.Review.Version == was.Review.Version {
			return r, false, nil
		}
		if err != nil {
			return r, false, err
		}
		was = now // somebody has said something meanwhile: the result is there, the row is made again
		if row, err = s.process(ctx, was); err != nil {
			return r, false, fmt.Errorf("intake: converting %s anew: %w", id, err)
		}
	}
	if err != nil {
		return r, false, err
	}
	r.Summary, r.Problem = row.Summary, row.Problem
	if row.State == StateDone {
		r.After, err = s.loadResult(ctx, row.SHA256, row.Versions)
	}
	return r, true, err
}

// preview converts without keeping anything.
func (s *Service) preview(ctx context.Context, was Row, r Reconverted) (Reconverted, bool, error) {
	_, res, err := s.fetchAndRead(ctx, was)
	if fault := extract.AsError(err); fault != nil && ctx.Err() == nil {
		p := problemOf(fault, s.cfg.Title)
		r.Problem = &p
		return r, true, nil
	}
	if err != nil {
		return r, false, fmt.Errorf("intake: converting %s anew: %w", was.ID, err)
	}
	r.Summary = summarize(was, res).Summary
	r.After = res
	return r, true, nil
}
