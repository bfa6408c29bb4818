package api

import (
	"context"
	"fmt"

	"nianbao/api/auth"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// scoped is the use case as the context's identity may see it: what is outside
// of its scope is not found, and originals and deletions are in the audit before
// anything happens. Handlers and pages have no other way to the use case. It
// embeds nothing: a new method has to be decided on.
type scoped struct {
	reports intake.Reports
	who     *auth.Authority
}

var _ intake.Reports = (*scoped)(nil)

// see returns intake.ErrNotFound for a report outside of the scope. Whether it
// exists cannot be told from the answer.
func (s *scoped) see(ctx context.Context, action auth.Action, id string) error {
	ok, err := s.who.Sees(ctx, id)
	if err != nil {
		return err
	}
	if !ok {
		if action != auth.ReadReport { // lists and results are no secrets worth a line each
			s.who.Refuse(ctx, action, id)
		}
		return fmt.Errorf("api: report %.80q is not in the scope: %w", id, intake.ErrNotFound)
	}
	return nil
}

// Upload implements intake.Reports. Who sends bytes that are known already may
// see the report from then on.
func (s *scoped) Upload(ctx context.Context, in intake.Incoming) (intake.Receipt, error) {
	receipt, err := s.reports.Upload(ctx, in)
	if receipt.ID == "" || receipt.Created {
		return receipt, err
	}
	seen, seeErr := s.who.Sees(ctx, receipt.ID)
	if seeErr == nil && !seen {
		seeErr = s.who.Share(ctx, receipt.ID)
	}
	if seeErr != nil {
		return intake.Receipt{}, seeErr
	}
	return receipt, err
}

// Result implements intake.Reports.
func (s *scoped) Result(ctx context.Context, id string, withDocument bool) (*report.Result, error) {
	if err := s.see(ctx, auth.ReadReport, id); err != nil {
		return nil, err
	}
	return s.reports.Result(ctx, id, withDocument)
}

// Context implements intake.Reports: what is outside of the caller's scope is not
// compared with, so that no finding tells of it.
func (s *scoped) Context(ctx context.Context, id string, _ intake.Scope) (*report.Context, error) {
	if err := s.see(ctx, auth.ReadReport, id); err != nil {
		return nil, err
	}
	return s.reports.Context(ctx, id, auth.ScopeOf(ctx))
}

// Summary implements intake.Reports.
func (s *scoped) Summary(ctx context.Context, id string) (intake.Summary, error) {
	if err := s.see(ctx, auth.ReadReport, id); err != nil {
		return intake.Summary{}, err
	}
	return s.reports.Summary(ctx, id)
}

// List implements intake.Reports.
func (s *scoped) List(ctx context.Context, f intake.Filter) (intake.Page, error) {
	f.Scope = auth.ScopeOf(ctx)
	return s.reports.List(ctx, f)
}

// Original implements intake.Reports.
func (s *scoped) Original(ctx context.Context, id string) (*intake.Original, error) {
	if err := s.see(ctx, auth.ReadOriginal, id); err != nil {
		return nil, err
	}
	if _, err := s.reports.Summary(ctx, id); err != nil {
		return nil, err // nothing to record: there is no such report
	}
	if err := s.who.Record(ctx, auth.ReadOriginal, id, auth.Allowed); err != nil {
		return nil, err
	}
	return s.reports.Original(ctx, id)
}

// Delete implements intake.Reports.
func (s *scoped) Delete(ctx context.Context, id string) error {
	if err := s.see(ctx, auth.DeleteReport, id); err != nil {
		return err
	}
	if _, err := s.reports.Summary(ctx, id); err != nil {
		return err
	}
	if err := s.who.Record(ctx, auth.DeleteReport, id, auth.Allowed); err != nil {
		return err
	}
	return s.reports.Delete(ctx, id)
}

// Ready implements intake.Reports.
func (s *scoped) Ready(ctx context.Context) error { return s.reports.Ready(ctx) }
