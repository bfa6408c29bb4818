// Package collect sums up what is archived: it tells which bodies of the list belong to a
// roll-up, reads the report that counts of each, one after the other, and has package
// aggregate add them.
//
// # Which bodies
//
// Under a body above (a government): the bodies right below it on the list. A body that has
// others below it, too, stands for them: its report adds them up already, and each figure
// counts once. Those that the list marks as not counted (不编报, 垂直管理) are left out and
// named. Without a body above that is asked for it is the one government at the top of the
// list; where the list has none, or several, the bodies at the top are summed. A list
// without a tree, or no list at all, is summed as it is, but for that one government: its
// report is the sum that the others are compared with.
//
// # Which reports
//
// Of each body the one that counts for the year, as everywhere (package overview): chosen
// by hand, else the newest that is not deleted. The same bytes are one report, however
// often they came.
package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/aggregate"
	"nianbao/convert/bodies"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
	"nianbao/convert/review"
)

// Years answers which bodies there are for a year and which report of each counts;
// *overview.Service implements it.
type Years interface {
	Overview(ctx context.Context, q overview.Query) (*overview.Year, error)
}

// Results gives the results of reports; intake.Reports implements it. Errors:
// intake.ErrNotFound, intake.ErrNotReady, intake.ErrCorrupt, intake.ErrLost.
type Results interface {
	Result(ctx context.Context, id string, withDocument bool) (*report.Result, error)
}

// Reviews gives what people say of reports; intake.Reviewing implements it.
type Reviews interface {
	Review(ctx context.Context, id string, scope intake.Scope) (*report.Review, error)
}

// Collector makes sums. It is safe for concurrent use.
type Collector struct {
	Years   Years
	Results Results
	Reviews Reviews // nil: nobody says anything
	Forms   []form.Form
}

// Query selects the bodies of a sum; zero fields select all.
type Query struct {
	Year   int    // 0: the year that overview says
	Parent string // id of the body above
	Kind   bodies.Kind
	Level  bodies.Level
	Scope  intake.Scope
}

// Selection is the bodies of a sum before anything is read.
type Selection struct {
	aggregate.Selection
	Years []int // that can be asked for, the newest first
	// Parents are the bodies that can be asked for as the one above, Kinds and Levels
	// what the bodies below the one above are.
	Parents []bodies.Body
	Kinds   []bodies.Kind
	Levels  []bodies.Level

	c     *Collector
	scope intake.Scope
	rows  []overview.Row // of Bodies
	above *overview.Row
}

// Contribution is what one body gives. Result is nil where there is none to be counted.
type Contribution struct {
	Place  int // in Selection.Bodies
	Body   *aggregate.Body
	Result *report.Result // corrected, with Review where people said something
	Notes  []aggregate.Note
}

// What cannot be asked for.
var (
	ErrNoBody = errors.New("collect: the list has no such body")
	ErrNoCell = errors.New("collect: the form has no such cell")
)

// Select tells which bodies are summed. Errors: ErrNoBody, intake.ErrBadFilter.
func (c *Collector) Select(ctx context.Context, q Query) (*Selection, error) {
	y, err := c.Years.Overview(ctx, overview.Query{Year: q.Year, All: true, Scope: q.Scope})
	if err != nil {
		return nil, err
	}
	s := &Selection{c: c, scope: q.Scope, Years: y.Years}
	s.Year, s.Kind, s.Level, s.Listed, s.Partial = y.Year, string(q.Kind), string(q.Level), y.Listed, q.Scope.Restricted
	s.Strays, s.Excluded, s.Outside, s.Bodies = y.StrayTotal, []string{}, []string{}, []aggregate.Body{}
	below, err := s.below(y.Items, q.Parent)
	if err != nil {
		return nil, err
	}
	for i := range below {
		r := &below[i]
		if r.Body.Excluded {
			s.Excluded = append(s.Excluded, r.Body.Name)
			continue
		}
		if !slices.Contains(s.Kinds, r.Body.Kind) {
			s.Kinds = append(s.Kinds, r.Body.Kind)
		}
		if r.Body.Level != "" && !slices.Contains(s.Levels, r.Body.Level) {
			s.Levels = append(s.Levels, r.Body.Level)
		}
		if q.Kind != "" && r.Body.Kind != q.Kind || q.Level != "" && r.Body.Level != q.Level {
			continue
		}
		s.rows = append(s.rows, *r)
		s.Bodies = append(s.Bodies, body(r))
	}
	if s.above != nil {
		s.Above = s.parent(below, &q)
	}
	return s, nil
}

// body is a body before its report is read.
func body(r *overview.Row) aggregate.Body {
	b := aggregate.Body{ID: r.Body.ID, Name: r.Body.Name, Kind: string(r.Body.Kind), Level: string(r.Body.Level), ReportID: r.ReportID,
		Versions: r.Versions, Review: r.Review, NewerUnread: r.Unread}
	switch r.State {
	case overview.Missing, overview.Exempt:
		b.State = aggregate.Missing
	case overview.Failed:
		b.State = aggregate.Failed
	case overview.Busy:
		b.State = aggregate.Busy
	case overview.Errors, overview.Warnings, overview.Clean: // its report is read
	}
	return b
}

// below are the bodies that belong to the sum, and finds the one above.
func (s *Selection) below(rows []overview.Row, parent string) ([]overview.Row, error) {
	children := map[string][]overview.Row{}
	seen := map[string]bool{}
	for i := range rows {
		seen[rows[i].Body.ID] = true
	}
	var tops []overview.Row
	for i := range rows {
		if up := rows[i].Body.Parent; up != "" && seen[up] {
			children[up] = append(children[up], rows[i])
		} else {
			tops = append(tops, rows[i])
		}
	}
	for i := range rows {
		if b := &rows[i].Body; len(children[b.ID]) > 0 && b.ID != "" {
			s.Parents = append(s.Parents, *b)
		}
	}
	if parent != "" {
		at := slices.IndexFunc(rows, func(r overview.Row) bool { return r.Body.ID == parent })
		if at < 0 {
			return nil, fmt.Errorf("collect: %.80q: %w", parent, ErrNoBody)
		}
		s.above = &rows[at]
		return children[parent], nil
	}
	if !s.Listed { // in an order that does not depend on what came first
		slices.SortStableFunc(tops, func(a, b overview.Row) int {
			if n := strings.Compare(a.Body.Name, b.Body.Name); n != 0 {
				return n
			}
			return strings.Compare(a.ReportID, b.ReportID)
		})
	}
	return s.belowTop(tops, children), nil
}

// belowTop is below where no body above is asked for.
func (s *Selection) belowTop(tops []overview.Row, children map[string][]overview.Row) []overview.Row {
	government := -1
	for i := range tops {
		if tops[i].Body.Kind != bodies.KindGovernment {
			continue
		}
		if government >= 0 { // several: each is summed
			return tops
		}
		government = i
	}
	if government < 0 || len(tops) == 1 && len(children[tops[0].Body.ID]) == 0 {
		return tops
	}
	s.above = &tops[government]
	others := slices.Delete(slices.Clone(tops), government, government+1)
	own := children[s.above.Body.ID]
	if s.above.Body.ID == "" || len(own) == 0 { // a list without a tree
		return others
	}
	for i := range others {
		if !others[i].Body.Excluded {
			s.Outside = append(s.Outside, others[i].Body.Name)
		}
	}
	return own
}

// parent tells of the body above.
func (s *Selection) parent(below []overview.Row, q *Query) *aggregate.Above {
	r := s.above
	out := &aggregate.Above{ID: r.Body.ID, Name: r.Body.Name, ReportID: r.ReportID, OwnIncluded: slices.ContainsFunc(below, func(b overview.Row) bool {
		return !b.Body.Excluded && bodies.IsOffice(r.Body.Name, b.Body.Name)
	})}
	switch {
	case s.Partial:
		out.Reason = "只能查看部分单位"
	case q.Kind != "" || q.Level != "":
		out.Reason = "这里只汇总了一部分单位"
	case r.State == overview.Missing || r.State == overview.Exempt:
		out.Reason = "还没有它的报告"
	case r.State == overview.Failed:
		out.Reason = "它的文件未能转换"
	case r.State == overview.Busy:
		out.Reason = "它的文件还在处理"
	}
	return out
}

// Sum reads the reports one after the other and adds them. each, which may be nil, is told
// of every body in its order, with the report where there is one; reports are not kept
// behind it. Errors: those of the store, and of each.
func (s *Selection) Sum(ctx context.Context, each func(*Contribution) error) (*aggregate.Sum, error) {
	sel := s.Selection
	sel.Bodies = slices.Clone(s.Bodies)
	if s.Above != nil {
		above := *s.Above
		sel.Above = &above
	}
	a := aggregate.NewAdder(sel, s.c.Forms)
	for place, r := range s.readAhead(ctx) {
		if r.err != nil {
			return nil, r.err
		}
		var notes []aggregate.Note
		switch {
		case r.result != nil:
			notes = a.Add(place, r.result)
		case r.state != "":
			a.Mark(place, r.state)
		}
		if each != nil {
			if err := each(&Contribution{Place: place, Body: &a.Bodies()[place], Result: r.result, Notes: notes}); err != nil {
				return nil, err
			}
		}
	}
	if s.above != nil && s.Above.Reason == "" {
		r := s.read(ctx, s.above)
		switch {
		case r.err != nil:
			return nil, r.err
		case r.result != nil:
			a.AddAbove(r.result)
		default:
			sel.Above.Reason = "它的结果读不出"
		}
	}
	return a.Sum(), nil
}

// reading is what became of reading one report.
type reading struct {
	result *report.Result
	state  aggregate.State // why there is none
	err    error
}

// read reads the report that counts of a body.
func (s *Selection) read(ctx context.Context, row *overview.Row) reading {
	res, err := s.c.Results.Result(ctx, row.ReportID, false)
	if err == nil && s.c.Reviews != nil && (row.Report == nil || row.Report.Review.Version > 0) {
		var said *report.Review
		if said, err = s.c.Reviews.Review(ctx, row.ReportID, s.scope); err == nil {
			res = review.Corrected(res, said.Corrections)
			res.Review = said
		}
	}
	switch {
	case errors.Is(err, intake.ErrNotFound): // deleted since
		return reading{state: aggregate.Missing}
	case errors.Is(err, intake.ErrNotReady):
		return reading{state: aggregate.Busy}
	case errors.Is(err, intake.ErrCorrupt), errors.Is(err, intake.ErrLost):
		return reading{state: aggregate.Lost}
	case err != nil:
		return reading{err: err}
	}
	return reading{result: res}
}
