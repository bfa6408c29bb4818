package compare

import (
	"context"
	"fmt"
	"slices"

	"nianbao/convert/bodies"
	"nianbao/convert/figures"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// Agency is one agency over the years.
type Agency struct {
	Name   string
	Body   *bodies.Body // nil where it is on no list
	Parent bodies.Body  // zero: none
	// Years are all from the first with a report to the last, also those without one.
	Years []Year
	// Undated are reports that state no year: most could not be converted.
	Undated []intake.Summary
	// Cut: older reports than those that are looked at are left out.
	Cut bool
}

// Year is an agency's year.
type Year struct {
	Year int
	// Report is the one in force; nil where there is none.
	Report *intake.Summary
	// Versions are all reports that came for the year, the newest first.
	Versions []intake.Summary
	// Figures are those of Report; nil where it has no result that can be read.
	Figures *figures.Set
	// Carry is the link to the year before; nil where one of the two has no figures.
	Carry *Carry
	// Findings are what the rules say of Report beside that of the year before.
	Findings []report.Finding
}

// Carry holds what a year carried forward against what the next carried over.
type Carry struct {
	Before, Own figures.Figure
}

// Known tells whether both are stated.
func (c *Carry) Known() bool { return c.Before.Known() && c.Own.Known() }

// Agrees tells whether both are the same number.
func (c *Carry) Agrees() bool { return c.Known() && c.Before.Float() == c.Own.Float() }

const (
	// maxYears bounds the years that are shown: those since the first statutory form
	// are few, a misread year may be any.
	maxYears = 20
	// listPage and maxListPages bound the reports of an agency that are looked at.
	listPage     = 200
	maxListPages = 5
)

// OfBody is the body's agency. Errors: bodies.ErrNotFound for one that is not on the
// list, ErrNone where it is and the asker sees no report of it.
func (s *Service) OfBody(ctx context.Context, id string) (*Agency, error) {
	var list *bodies.List
	var err error
	if s.Bodies != nil {
		if list, err = s.Bodies.List(ctx); err != nil {
			return nil, err
		}
	}
	b, ok := list.Get(id)
	if !ok {
		return nil, fmt.Errorf("compare: body %.80q: %w", id, bodies.ErrNotFound)
	}
	a := &Agency{Name: b.Name, Body: &b}
	a.Parent, _ = list.Get(b.Parent)
	all, cut, err := s.reports(ctx, intake.Filter{Body: id})
	if err != nil {
		return nil, err
	}
	a.Cut = cut
	if len(all) == 0 {
		return a, ErrNone
	}
	return a, s.fill(ctx, a, all)
}

// Named is the agency of that name that is of no body. Errors: ErrNone.
func (s *Service) Named(ctx context.Context, name string) (*Agency, error) {
	all, cut, err := s.reports(ctx, intake.Filter{Agency: name})
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(r intake.Summary) bool {
		return r.BodyID != "" || r.Agency == nil || !bodies.SameAgency(name, *r.Agency)
	})
	a := &Agency{Name: name, Cut: cut}
	if len(all) == 0 {
		return a, ErrNone
	}
	return a, s.fill(ctx, a, all)
}

// reports are those that the filter selects, the newest first.
func (s *Service) reports(ctx context.Context, f intake.Filter) (all []intake.Summary, cut bool, err error) {
	f.Limit = listPage
	for range maxListPages {
		page, err := s.Reports.List(ctx, f)
		if err != nil {
			return nil, false, err
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all, false, nil
		}
		f.Cursor = page.Next
	}
	return all, true, nil
}

// fill puts the reports into their years and reads those in force.
func (s *Service) fill(ctx context.Context, a *Agency, all []intake.Summary) error {
	a.arrange(all)
	var ids []string
	for i := range a.Years {
		if r := a.Years[i].Report; r != nil {
			ids = append(ids, r.ID)
		}
	}
	sets, err := s.Figures.Figures(ctx, ids)
	if err != nil {
		return err
	}
	found, err := s.Figures.Over(ctx, ids)
	if err != nil {
		return err
	}
	for i := range a.Years {
		y := &a.Years[i]
		if y.Report == nil {
			continue
		}
		if set, ok := sets[y.Report.ID]; ok {
			y.Figures = &set
		}
		y.Findings = found[y.Report.ID]
		if i > 0 && y.Figures != nil && a.Years[i-1].Figures != nil {
			y.Carry = &Carry{Before: a.Years[i-1].Figures.Get(figures.CarriedForward), Own: y.Figures.Get(figures.CarriedOver)}
		}
	}
	return nil
}

// arrange makes the years, of which the last maxYears stay.
func (a *Agency) arrange(all []intake.Summary) {
	first, last := 0, 0
	of := map[int][]intake.Summary{}
	for _, r := range all {
		if r.Year == nil {
			a.Undated = append(a.Undated, r)
			continue
		}
		y := *r.Year
		of[y] = append(of[y], r)
		if first == 0 || y < first {
			first = y
		}
		last = max(last, y)
	}
	if last == 0 {
		return
	}
	if last-first >= maxYears {
		first, a.Cut = last-maxYears+1, true
	}
	for y := first; y <= last; y++ {
		year := Year{Year: y, Versions: of[y]}
		for i := range year.Versions {
			r := &year.Versions[i]
			if r.State == intake.StateDone && (r.InForce || r.BodyID == "") {
				year.Report = r
				break
			}
		}
		a.Years = append(a.Years, year)
	}
}
