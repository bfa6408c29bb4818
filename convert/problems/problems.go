// Package problems collects the list to send back (问题清单): of each body of a year
// what is wrong with its report, place by place, as the person who filled the form
// needs it, or that no report came. Pages and exports of the list are made from it.
//
// Personal numbers are masked in every text: the list goes out by mail and on paper.
package problems

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
	"nianbao/convert/rules"
)

// Years answers which bodies a query selects; *overview.Service implements it.
type Years interface {
	Overview(ctx context.Context, q overview.Query) (*overview.Year, error)
}

// Results gives the results of reports; intake.Reports implements it. Errors:
// intake.ErrNotFound, intake.ErrNotReady.
type Results interface {
	Result(ctx context.Context, id string, withDocument bool) (*report.Result, error)
}

// Reviews gives what people say of reports; intake.Reviewing implements it.
type Reviews interface {
	Review(ctx context.Context, id string, scope intake.Scope) (*report.Review, error)
}

// Collector makes lists. It is safe for concurrent use.
type Collector struct {
	Years   Years
	Results Results
	Reviews Reviews // nil: nobody says anything
	Forms   []form.Form
}

// Body is one body of the list.
type Body struct {
	overview.Row
	// Problems are numbered from 1, the errors first. There are none where no report
	// came; of a file that could not be converted the one is why.
	Problems []Problem
	// Note is what was written when the report was returned.
	Note string
}

// Problem is one finding that is still open.
type Problem struct {
	N        int // on the list
	Mark     int // the finding's number on the page of its report; 0 where it has none
	Severity report.Severity
	Rule     string
	Message  string
	// Table, Row and Column say in the form's words which cell it is about; empty
	// where it is about text. More is how many more cells it names.
	Table, Row, Column string
	More               int
	// Chapter is the title of the chapter whose text it is about; empty where it is
	// about a cell or the whole report.
	Chapter string
	// Printed is what the report has in the cell, Expected what it ought to be; empty
	// where it is about text: which of two figures of a sentence is wrong, only its
	// author knows, and the message tells both.
	Printed, Expected string
	// Quote is the sentence it is about.
	Quote string
}

// Page is the bodies of a list.
type Page struct {
	Year *overview.Year // without Items
	rows []overview.Row
	c    *Collector
}

// Open looks up which bodies the query selects that have something to be mended; its
// cursor and limit are not looked at. Errors: intake.ErrBadFilter.
func (c *Collector) Open(ctx context.Context, q overview.Query) (*Page, error) {
	q.All, q.Cursor, q.Limit = true, "", 0
	y, err := c.Years.Overview(ctx, q)
	if err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(slices.Clone(y.Items), func(r overview.Row) bool {
		return r.State == overview.Clean || r.State == overview.Busy || r.State == overview.Exempt
	})
	y.Items = nil
	return &Page{Year: y, rows: rows, c: c}, nil
}

// Len is how many bodies there are.
func (p *Page) Len() int { return len(p.rows) }

// Bodies yields the bodies from the one numbered from (0: the first) on with their
// problems, in the order of the query. A report that was deleted meanwhile is left out.
func (p *Page) Bodies(ctx context.Context, from int) iter.Seq2[Body, error] {
	return func(yield func(Body, error) bool) {
		for _, row := range p.rows[min(max(from, 0), len(p.rows)):] {
			b, err := p.c.body(ctx, row, intake.Scope{})
			if errors.Is(err, intake.ErrNotFound) || errors.Is(err, intake.ErrNotReady) {
				continue
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// Of is the list of one report alone. Errors: intake.ErrNotFound, and
// intake.ErrNotReady for a report that is not done.
func (c *Collector) Of(ctx context.Context, s *intake.Summary, scope intake.Scope) (*Page, *Body, error) {
	row := overview.Row{State: overview.Clean, ReportID: s.ID, Report: s}
	switch {
	case s.Problem != nil:
		row.State = overview.Failed
	case s.Errors > 0:
		row.State = overview.Errors
	case s.Status == "warn":
		row.State = overview.Warnings
	case s.State != intake.StateDone:
		return nil, nil, fmt.Errorf("%s: %w", s.ID, intake.ErrNotReady)
	}
	y := &overview.Year{}
	if s.Agency != nil {
		row.Body.Name = *s.Agency
	}
	if s.Year != nil {
		y.Year = *s.Year
	}
	b, err := c.body(ctx, row, scope)
	return &Page{Year: y, rows: []overview.Row{row}, c: c}, &b, err
}

func (c *Collector) body(ctx context.Context, row overview.Row, scope intake.Scope) (Body, error) {
	b := Body{Row: row}
	switch row.State {
	case overview.Missing:
		return b, nil
	case overview.Failed:
		b.Problems = []Problem{failure(row.Report)}
		return b, nil
	}
	res, err := c.Results.Result(ctx, row.ReportID, false)
	if err != nil {
		return b, err
	}
	validation := &res.Validation
	var said *report.Review
	if c.Reviews != nil && row.Report != nil && row.Report.Review.Version > 0 {
		if said, err = c.Reviews.Review(ctx, row.ReportID, scope); err != nil {
			return b, err
		}
		if said.Validation != nil {
			validation = said.Validation
		}
		if said.Mark != nil && said.Mark.State == report.Returned {
			b.Note = rules.Mask(said.Mark.Note)
		}
	}
	b.Problems = c.problems(res, validation, said)
	return b, nil
}

// failure is why there is nothing to be checked.
func failure(s *intake.Summary) Problem {
	p := Problem{N: 1, Severity: report.SeverityError, Message: "文件没有能够转换，请重新报送。"}
	if s != nil && s.Problem != nil {
		p.Message = s.Problem.Title + "：" + s.Problem.Detail
	}
	return p
}

// problems are the errors and warnings of a validation in the order of the report's
// page, but for those that were dismissed.
func (c *Collector) problems(res *report.Result, v *report.Validation, said *report.Review) (out []Problem) {
	cells := c.cells(&res.Report)
	mark := 0
	for _, severity := range []report.Severity{report.SeverityError, report.SeverityWarning} {
		for i := range v.Findings {
			f := &v.Findings[i]
			if f.Severity != severity {
				continue
			}
			mark++
			if d := said.Decision(f.ID); d != nil && d.Stale == "" && d.Verdict == report.Dismissed {
				continue
			}
			p := Problem{N: len(out) + 1, Mark: mark, Severity: severity, Rule: f.Rule, Message: rules.Mask(f.Message)}
			if f.Quote != nil {
				p.Quote = rules.Mask(*f.Quote)
			}
			p.place(f, res, cells)
			out = append(out, p)
		}
	}
	return out
}

// cell is a cell in the form's words.
type cell struct{ table, row, column string }

func (c *Collector) cells(r *report.Report) map[string]cell {
	at := slices.IndexFunc(c.Forms, func(f form.Form) bool { return f.ID == r.Form })
	if at < 0 {
		return nil
	}
	out := map[string]cell{}
	for i := range c.Forms[at].Tables {
		t := &c.Forms[at].Tables[i]
		node := r.Table(t.Key)
		shown := t.Printed(func(group string) bool {
			n := node.At(group)
			return n != nil && len(n.Children) > 0 && len(n.Children[0].Children) == 0
		})
		out["/report/"+t.Key] = cell{table: t.Title}
		for _, ref := range shown.Cells() {
			row := &shown.Parts[ref.Part].Rows[ref.Row]
			out[ref.Path] = cell{table: t.Title, row: row.Label, column: ref.ColumnLabel}
		}
	}
	return out
}

// place finds the cell that stands for the finding: the one that has the figure that
// is wrong, else the first.
func (p *Problem) place(f *report.Finding, res *report.Result, cells map[string]cell) {
	actual, chosen, count := rules.Printed(f.Actual), "", 0
	for _, path := range f.Paths {
		if _, ok := cells[path]; !ok {
			continue
		}
		if count++; chosen == "" || actual != "" && res.Provenance[path].Text == actual && res.Provenance[chosen].Text != actual {
			chosen = path
		}
	}
	if chosen == "" {
		p.Chapter = chapter(f, res)
		return
	}
	at := cells[chosen]
	p.Table, p.Row, p.Column, p.More = at.table, at.row, at.column, count-1
	// What is compared may be a sum of cells, or stand in the text.
	p.Expected = rules.Printed(f.Expected)
	if p.Printed = actual; actual == "" {
		p.Printed = rules.Mask(res.Provenance[chosen].Text)
	}
}

// chapter is the title of the chapter whose text a finding is about.
func chapter(f *report.Finding, res *report.Result) string {
	for _, path := range f.Paths {
		rest, ok := strings.CutPrefix(path, "/report/sections/")
		n, _, _ := strings.Cut(rest, "/")
		if i, err := strconv.Atoi(n); ok && err == nil && i >= 0 && i < len(res.Report.Sections) {
			s := &res.Report.Sections[i]
			if s.Number != nil {
				return *s.Number + "、" + s.Title
			}
			return s.Title
		}
	}
	return ""
}

// sheet is the table of the problem, or the chapter whose text it is about.
func (p *Problem) sheet() string {
	if p.Table == "" {
		return p.Chapter
	}
	return p.Table
}

// Where is the place in one line: 表 · 行 · 列; empty where it is about text.
func (p *Problem) Where() string {
	var parts []string
	for _, s := range []string{p.Table, p.Row, p.Column} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	where := strings.Join(parts, " · ")
	if p.More > 0 {
		where += fmt.Sprintf(" 等 %d 处", p.More+1)
	}
	return where
}
