package intake

import (
	"context"

	"nianbao/convert/history"
	"nianbao/convert/report"
)

// Context implements Reports. It is worked out anew each time: it depends on which
// other reports there are, which of them is in force, and what the asker may see.
func (s *Service) Context(ctx context.Context, id string, scope Scope) (*report.Context, error) {
	in, err := s.beside(ctx, id, scope, s.below)
	if err != nil {
		return nil, err
	}
	out := history.Judge(in)
	return &out, nil
}

// beside gathers what a report is compared with: that of the year before, those with
// sentences in common, and what more adds.
func (s *Service) beside(ctx context.Context, id string, scope Scope, more ...func(context.Context, Row, Scope, *history.Input) error) (in history.Input, err error) {
	res, err := s.Result(ctx, id, false)
	if err != nil {
		return in, err
	}
	if err := s.enter(); err != nil {
		return in, err
	}
	defer s.work.Done()
	row, err := s.cfg.Catalog.Get(ctx, id)
	if err != nil {
		return in, err
	}
	if res, err = s.asCorrected(ctx, &row, res); err != nil {
		return in, err
	}
	in = history.Input{Own: history.Archived{ID: id, Result: res}, Place: s.cfg.History}
	for _, add := range append([]func(context.Context, Row, Scope, *history.Input) error{s.before, s.alike}, more...) {
		if err := add(ctx, row, scope, &in); err != nil {
			return in, err
		}
	}
	return in, nil
}

// neighbour reads the result of a report to compare with. lost tells that it cannot
// be read.
func (s *Service) neighbour(ctx context.Context, row *Row) (a history.Archived, lost bool, err error) {
	res, err := s.loadResult(ctx, row.SHA256, row.Versions)
	if err == nil {
		res, err = s.asCorrected(ctx, row, res)
	}
	if isLost(err) {
		s.cfg.Log.WarnContext(ctx, "a result to compare with cannot be read", "id", row.ID, "error", err)
		return a, true, nil
	}
	return history.Archived{ID: row.ID, Result: res}, false, err
}

// before adds the report of the year before.
func (s *Service) before(ctx context.Context, row Row, scope Scope, in *history.Input) error {
	before, err := s.cfg.Catalog.Before(ctx, row, scope)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	previous, lost, err := s.neighbour(ctx, &before)
	if in.PreviousLost = lost; !lost {
		in.Previous = &previous
	}
	return err
}

// alike adds the reports of other agencies that have sentences in common.
func (s *Service) alike(ctx context.Context, row Row, scope Scope, in *history.Input) error {
	found, err := s.cfg.Catalog.Alike(ctx, row, history.Sketch(&in.Own.Result.Report), scope)
	if err != nil {
		return err
	}
	in.Spread, in.Alone = found.Spread, found.Alone
	for i := range found.Rows {
		other, lost, err := s.neighbour(ctx, &found.Rows[i])
		if err != nil {
			return err
		}
		if !lost {
			in.Others = append(in.Others, other)
		}
	}
	return nil
}

// below adds the reports that a government's report adds up; their results are read
// only where none is missing.
func (s *Service) below(ctx context.Context, row Row, scope Scope, in *history.Input) error {
	found, err := s.cfg.Catalog.Below(ctx, row, scope)
	if err != nil || len(found.Rows)+len(found.Missing) == 0 {
		return err
	}
	in.Rollup = &history.Rollup{Missing: found.Missing, OwnIncluded: found.OwnIncluded}
	if len(found.Missing) > 0 {
		return nil
	}
	for i := range found.Rows {
		child, lost, err := s.neighbour(ctx, &found.Rows[i])
		switch {
		case err != nil:
			return err
		case lost:
			in.Rollup.Lost++
		default:
			in.Rollup.Children = append(in.Rollup.Children, child)
		}
	}
	return nil
}
