package intake

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"nianbao/convert/figures"
	"nianbao/convert/history"
	"nianbao/convert/report"
)

// Comparing is reports put beside one another; *Service implements it.
type Comparing interface {
	// Figures are those of the reports, by id, as people corrected them. Reports that
	// are not there, or have no result that can be read, are left out.
	Figures(ctx context.Context, ids []string) (map[string]figures.Set, error)
	// Over is what the rules of package history find between reports of one agency for
	// years in a row: of each report but the first beside the one before it. Of reports
	// that have no result that can be read there is nothing.
	Over(ctx context.Context, ids []string) (map[string][]report.Finding, error)
	// Shared is what a report has in common with others within the scope, that with
	// most in common first. Errors: those of Reports.Result.
	Shared(ctx context.Context, id string, scope Scope) ([]history.Shared, error)
}

var _ Comparing = (*Service)(nil)

const (
	// maxFigures bounds the sets of figures that are kept, of 5 KB each: those of a
	// province's year.
	maxFigures = 6000
	// figureReaders is how many results are read at a time for their figures.
	figureReaders = 4
)

// figureCache keeps the figures of results. A result never changes, and its figures
// only with the version of its review: what is kept is never out of date.
type figureCache struct {
	mu  sync.Mutex
	all map[figureKey]*figures.Set
}

type figureKey struct {
	result string // its key among the records
	review int    // report.Review.Version
}

func (c *figureCache) get(k figureKey) *figures.Set {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.all[k]
}

// put keeps a set. One that is in the way goes, whichever: to read it again is cheap.
func (c *figureCache) put(k figureKey, s *figures.Set) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil {
		c.all = map[figureKey]*figures.Set{}
	}
	if len(c.all) >= maxFigures {
		for old := range c.all {
			delete(c.all, old)
			break
		}
	}
	c.all[k] = s
}

// Figures implements Comparing.
func (s *Service) Figures(ctx context.Context, ids []string) (map[string]figures.Set, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	rows, err := s.cfg.Catalog.Several(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make([]*figures.Set, len(rows))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(figureReaders)
	for i := range rows {
		if rows[i].State == StateDone {
			g.Go(func() (err error) {
				found[i], err = s.figuresOf(gctx, &rows[i])
				return err
			})
		}
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	out := make(map[string]figures.Set, len(ids))
	for i, f := range found {
		if f != nil {
			out[rows[i].ID] = *f
		}
	}
	return out, nil
}

// figuresOf are the figures of one report that is done; nil where they cannot be read.
// Of a result that nobody corrected only the figures are decoded: that takes a third of
// the time.
func (s *Service) figuresOf(ctx context.Context, row *Row) (*figures.Set, error) {
	key := figureKey{resultKey(row.SHA256, row.Versions, resultSuffix), row.Review.Version}
	if set := s.figures.get(key); set != nil {
		return set, nil
	}
	var set figures.Set
	if row.Review.Corrected == 0 {
		plain, err := s.loadPlain(ctx, key.result)
		if err == nil {
			if set, err = figures.Read(plain); err != nil {
				err = fmt.Errorf("intake: reading %s: %w: %w", key.result, ErrCorrupt, err)
			}
		}
		if isLost(err) {
			s.cfg.Log.WarnContext(ctx, "a result to compare with cannot be read", "id", row.ID, "error", err)
			return nil, nil //nolint:nilnil // there is none
		}
		if err != nil {
			return nil, err
		}
	} else {
		a, lost, err := s.neighbour(ctx, row)
		if err != nil || lost {
			return nil, err
		}
		set = figures.Of(a.Result)
	}
	s.figures.put(key, &set)
	return &set, nil
}

// Over implements Comparing.
func (s *Service) Over(ctx context.Context, ids []string) (map[string][]report.Finding, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	out := map[string][]report.Finding{}
	var before *history.Archived
	for _, id := range ids {
		own, err := s.archived(ctx, id)
		if err != nil {
			return nil, err
		}
		if own != nil && before != nil && following(before, own) {
			found := history.Judge(history.Input{Own: *own, Previous: before, Place: s.cfg.History}).Findings
			if len(found) > 0 {
				out[id] = found
			}
		}
		before = own
	}
	return out, nil
}

// following tells whether the reports are for one year and the next.
func following(before, own *history.Archived) bool {
	a, b := before.Result.Report.Year, own.Result.Report.Year
	return a != nil && b != nil && *b == *a+1
}

// archived is a report to compare with; nil where it has no result that can be read.
func (s *Service) archived(ctx context.Context, id string) (*history.Archived, error) {
	row, err := s.cfg.Catalog.Get(ctx, id)
	if isNotFound(err) || err == nil && row.State != StateDone {
		return nil, nil //nolint:nilnil // there is none
	}
	if err != nil {
		return nil, err
	}
	a, lost, err := s.neighbour(ctx, &row)
	if err != nil || lost {
		return nil, err
	}
	return &a, nil
}

// Shared implements Comparing.
func (s *Service) Shared(ctx context.Context, id string, scope Scope) ([]history.Shared, error) {
	in, err := s.beside(ctx, id, scope)
	if err != nil {
		return nil, err
	}
	return history.Passages(in), nil
}
