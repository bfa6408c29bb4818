package intake

import (
	"context"

	"nianbao/convert/report"
	"nianbao/convert/review"
)

// Compare implements Reviewing.
func (s *Service) Compare(ctx context.Context, before, after string) (*review.Comparison, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	var sides [2]*file
	for i, id := range []string{before, after} {
		f, err := s.fileOf(ctx, id)
		if err != nil {
			return nil, err
		}
		sides[i] = f
	}
	c := review.Compare(sides[0].judged(), sides[1].judged())
	c.Before, c.After = sides[0].version(), sides[1].version()
	return &c, nil
}

// judged is the result with the corrections, as it is judged with them.
func (f *file) judged() *report.Result {
	out := review.Corrected(f.result, f.review.Corrections)
	out.Validation = *f.validation()
	return out
}

func (f *file) version() review.Version {
	return review.Version{ID: f.row.ID, Filename: f.row.Filename, ReceivedAt: f.row.ReceivedAt}
}

// asCorrected is a report's result as people corrected it.
func (s *Service) asCorrected(ctx context.Context, row *Row, res *report.Result) (*report.Result, error) {
	if row.Review.Corrected == 0 {
		return res, nil
	}
	log, err := s.logOf(ctx, row.SHA256)
	if err != nil {
		return nil, err
	}
	remarks, _, err := s.remarksOf(ctx, log)
	if err != nil {
		return nil, err
	}
	return review.Corrected(res, review.Fold(remarks).Corrections), nil
}
