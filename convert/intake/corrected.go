package intake

import (
	"context"
	"maps"

	"nianbao/convert/report"
	"nianbao/convert/review"
)

// corrected is a result with the corrections put into it, as other reports and lists
// see it. Its validation stays the program's. The result itself is not changed.
func corrected(res *report.Result, corrections []report.Correction) *report.Result {
	out := *res
	for _, key := range []string{"proactive_disclosure", "applications", "legal_challenges"} {
		out.Report.SetTable(key, res.Report.Table(key).Clone())
	}
	out.Provenance = maps.Clone(res.Provenance)
	if out.Provenance == nil {
		out.Provenance = map[string]report.Place{}
	}
	review.Apply(corrections, &out.Report, out.Provenance)
	return &out
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
	return corrected(res, review.Fold(remarks).Corrections), nil
}
