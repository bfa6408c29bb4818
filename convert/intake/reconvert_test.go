package intake_test

import (
	"context"
	"errors"
	"testing"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/extract"
)

// newer gives results by later rules, which find one thing more.
func newer(c *intake.Config) {
	c.Versions.Rules = "2"
	before := c.Convert
	c.Convert = func(ex *extract.Extraction, src report.Source) *report.Result {
		res := before(ex, src)
		res.Validation.Findings = append(res.Validation.Findings, report.Finding{ID: "new", Rule: "made.newer", Severity: report.SeverityWarning})
		res.Validation.Warnings++
		return res
	}
}

func TestReconvert(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	done := h.mustUpload("a.pdf", "pdf 甲").ID
	if _, err := h.upload("b.pdf", "locked 乙"); err == nil {
		t.Fatal("no failure")
	}
	locked := intake.IDOf(digest("locked 乙"))
	h.close()
	h.open(newer)
	before := h.summary(done)
	try := func(id string, keep, want bool) intake.Reconverted {
		t.Helper()
		r, ok, err := h.Reconvert(t.Context(), id, keep)
		if ok != want || err != nil {
			t.Errorf("Reconvert(%s, %v): %v, %v", id, keep, ok, err)
		}
		return r
	}
	tried := try(done, false, true)
	if tried.Before == nil || tried.After == nil || len(tried.After.Validation.Findings) != len(tried.Before.Validation.Findings)+1 {
		t.Errorf("tried: %+v", tried)
	}
	if s := h.summary(done); s.Warnings != before.Warnings {
		t.Errorf("a trial has changed the report: %+v", s)
	}
	h.wantEvents(digest("pdf 甲"), "received", "converted")
	r := try(done, true, true)
	if changes := report.Compare(r.Before, r.After); len(changes.New) != 1 || changes.New[0].ID != "new" || len(changes.Gone)+len(changes.Values) > 0 {
		t.Errorf("changes %+v", changes)
	}
	if s := h.summary(done); s.Warnings != before.Warnings+1 || s.State != intake.StateDone || r.Summary.Warnings != s.Warnings {
		t.Errorf("converted anew: %+v, %+v", s, r.Summary)
	}
	h.wantEvents(digest("pdf 甲"), "received", "converted", "converted")
	try(done, true, false) // once is enough
	if r := try(locked, true, true); r.Problem == nil || r.Problem.Code != "encrypted" || r.Before != nil || r.After != nil {
		t.Errorf("one that fails again: %+v", r)
	}
	if _, _, err := h.Reconvert(t.Context(), "nobody", true); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("unknown: %v", err)
	}
	want := h.list()
	h.loseCatalog(newer)
	if got := h.list(); len(got) != len(want) || h.summary(done).Warnings != before.Warnings+1 {
		t.Errorf("rebuilt: %+v, want %+v", got, want)
	}
}

// changedMeanwhile is a catalog in which a report changes while it is converted.
type changedMeanwhile struct {
	intake.Catalog
	before func()
}

func (c changedMeanwhile) Refresh(ctx context.Context, was, row intake.Row) (bool, error) {
	c.before()
	return c.Catalog.Refresh(ctx, was, row)
}

// TestReconvertMeanwhile: what others do with the report while it is converted holds.
func TestReconvertMeanwhile(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(h *house, id string){
		"deleted": func(h *house, id string) {
			if err := h.Delete(h.t.Context(), id); err != nil {
				h.t.Error(err)
			}
		},
		"sent again": func(h *house, id string) {
			if err := h.Delete(h.t.Context(), id); err != nil {
				h.t.Error(err)
			}
			h.clock.add(1000)
			h.noWait("pdf 甲")
		},
	} {
		h := newHouse(t)
		id := h.mustUpload("a.pdf", "pdf 甲").ID
		h.close()
		h.idle = true
		h.open(newer, func(c *intake.Config) {
			c.Catalog = changedMeanwhile{c.Catalog, func() { meanwhile(h, id) }}
		})
		if _, ok, err := h.Reconvert(t.Context(), id, true); ok || err != nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
		s, err := h.Summary(t.Context(), id)
		if name == "deleted" != errors.Is(err, intake.ErrNotFound) || name == "sent again" && s.State != intake.StateQueued {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}
