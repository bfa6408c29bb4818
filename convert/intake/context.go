package intake

import (
	"context"

	"nianbao/convert/history"
	"nianbao/convert/report"
)

// Context implements Reports. It is worked out anew each time: it depends on which
// other reports there are, which of them is in force, and what the asker may see.
func (s *Service) Context(ctx context.Context, id string, scope Scope) (*report.Context, error) {
	res, err := s.Result(ctx, id, false)
	if err != nil {
		return nil, err
	}
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	row, err := s.cfg.Catalog.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	in := history.Input{Own: history.Archived{ID: id, Result: res}, Place: s.cfg.History}
	if err := s.before(ctx, row, scope, &in); err != nil {
		return nil, err
	}
	if err := s.alike(ctx, row, scope, &in); err != nil {
		return nil, err
	}
	out := history.Judge(in)
	return &out, nil
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
	res, err := s.loadResult(ctx, before.SHA256, before.Versions)
	switch {
	case err == nil:
		in.Previous = &history.Archived{ID: before.ID, Result: res}
	case isLost(err):
		s.cfg.Log.WarnContext(ctx, "a result to compare with cannot be read", "id", before.ID, "error", err)
		in.PreviousLost = true
	default:
		return err
	}
	return nil
}

// alike adds the reports of other agencies that have sentences in common.
func (s *Service) alike(ctx context.Context, row Row, scope Scope, in *history.Input) error {
	found, err := s.cfg.Catalog.Alike(ctx, row, history.Sketch(&in.Own.Result.Report), scope)
	if err != nil {
		return err
	}
	in.Spread, in.Alone = found.Spread, found.Alone
	for _, other := range found.Rows {
		res, err := s.loadResult(ctx, other.SHA256, other.Versions)
		switch {
		case err == nil:
			in.Others = append(in.Others, history.Archived{ID: other.ID, Result: res})
		case isLost(err):
			s.cfg.Log.WarnContext(ctx, "a result to compare with cannot be read", "id", other.ID, "error", err)
		default:
			return err
		}
	}
	return nil
}
