package api

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"nianbao/api/auth"
	"nianbao/api/web"
	"nianbao/convert/compare"
	numbers "nianbao/convert/figures"
	"nianbao/convert/history"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// scopedComparing compares what the context's identity may see: see scoped.
type scopedComparing struct {
	comparing intake.Comparing
	reports   *scoped
}

var _ intake.Comparing = (*scopedComparing)(nil)

// seen are those of the reports that are in the scope.
func (s *scopedComparing) seen(ctx context.Context, ids []string) ([]string, error) {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		ok, err := s.reports.who.Sees(ctx, id)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, id)
		}
	}
	return out, nil
}

// Figures implements intake.Comparing.
func (s *scopedComparing) Figures(ctx context.Context, ids []string) (map[string]numbers.Set, error) {
	ids, err := s.seen(ctx, ids)
	if err != nil {
		return nil, err
	}
	return s.comparing.Figures(ctx, ids)
}

// Over implements intake.Comparing.
func (s *scopedComparing) Over(ctx context.Context, ids []string) (map[string][]report.Finding, error) {
	ids, err := s.seen(ctx, ids)
	if err != nil {
		return nil, err
	}
	return s.comparing.Over(ctx, ids)
}

// Shared implements intake.Comparing.
func (s *scopedComparing) Shared(ctx context.Context, id string, _ intake.Scope) ([]history.Shared, error) {
	if err := s.reports.see(ctx, auth.ReadReport, id); err != nil {
		return nil, err
	}
	return s.comparing.Shared(ctx, id, auth.ScopeOf(ctx))
}

// comparisons are what the pages of comparisons are made of; nil where the service
// compares nothing.
func (s *Server) comparisons() (web.Comparisons, web.Sharing) {
	if s.cfg.Comparing == nil || s.cfg.Overviews == nil {
		return nil, nil
	}
	c := &compare.Service{Reports: s.cfg.Reports, Figures: s.cfg.Comparing, Overviews: s.cfg.Overviews}
	if s.cfg.Bodies != nil {
		c.Bodies = s.cfg.Bodies
	}
	return c, s.cfg.Comparing
}

// registerComparisons puts the pages of comparisons at their addresses.
func (s *Server) registerComparisons(e *gin.Engine, page func(func(http.ResponseWriter, *http.Request) error) gin.HandlerFunc) {
	two := func(h func(w http.ResponseWriter, r *http.Request, id, other string) error) gin.HandlerFunc {
		return func(c *gin.Context) {
			if err := h(c.Writer, c.Request, c.Param("id"), c.Param("other")); err != nil {
				s.fail(c.Writer, c.Request, err)
			}
		}
	}
	if s.cfg.Reviews != nil {
		e.GET("/reports/:id/compare/:other", two(s.pages.Versions))
	}
	if s.cfg.Comparing == nil || s.cfg.Overviews == nil {
		return
	}
	e.GET("/compare", page(s.pages.Compare))
	e.GET("/agencies", page(s.pages.Agency))
	e.GET("/reports/:id/similar", two(func(w http.ResponseWriter, r *http.Request, id, _ string) error { return s.pages.Similar(w, r, id) }))
	if s.cfg.Bodies != nil {
		e.GET("/bodies/:id", two(func(w http.ResponseWriter, r *http.Request, id, _ string) error { return s.pages.Body(w, r, id) }))
	}
}
