package problems

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"nianbao/convert/spreadsheet"
)

// sheets are the lists of a workbook: a body a row, and a problem a row.
type sheets struct {
	book     *spreadsheet.Book
	office   *Office
	all      *spreadsheet.List
	problems *spreadsheet.List
	n        int // bodies
}

func newSheets(o *Office, place *time.Location) (*sheets, error) {
	b, err := spreadsheet.New("", place)
	if err != nil {
		return nil, err
	}
	return &sheets{book: b, office: o,
		all: b.List(spreadsheet.List{Name: "汇总", Printed: true, Frozen: 2, Widths: []float64{6, 26, 10, 10, 10, 10, 30, 18, 10, 40},
			Header: []string{"序号", "单位", "类别", "情况", "需要更正", "需要核实", "文件", "收到时间", "核对", "退回时的说明"}}),
		problems: b.List(spreadsheet.List{Name: "问题清单", Rank: 1, Printed: true, Frozen: 2, Widths: []float64{16, 6, 6, 18, 18, 14, 9, 9, 40, 32, 14, 24, 16, 22},
			Header: []string{"单位", "序号", "级别", "表格", "行", "列", "填写", "应为", "问题", "原文", "规则", "依据", "文件", "更正或说明"}})}, nil
}

// body writes the row of a body on the list for the office.
func (s *sheets) body(b *Body) error {
	s.n++
	errs, doubts := b.count()
	var file, came, review any
	if r := b.Report; r != nil {
		file, came, review = r.Filename, r.ReceivedAt, r.Review.State.Word()
	}
	return s.all.Put(s.n, b.Body.Name, b.Body.Kind.Word(), Word(b.State), errs, doubts, file, came, review, b.Note)
}

// problemsOf writes the problems of a body; the last column is the body's to fill.
func (s *sheets) problemsOf(b *Body) error {
	file := ""
	if b.Report != nil {
		file = b.Report.Filename
	}
	if len(b.Problems) == 0 {
		return s.problems.Put(b.Body.Name, nil, nil, nil, nil, nil, nil, nil, overlooked(b.State), nil, nil, nil, file, nil)
	}
	for i := range b.Problems {
		x := &b.Problems[i]
		title, basis := s.office.Rule(x.Rule)
		err := s.problems.Put(b.Body.Name, x.N, x.Severity.Word(), x.sheet(), x.Row, x.columns(), spreadsheet.Figure(x.Printed), spreadsheet.Figure(x.Expected),
			x.Message, x.Quote, title, basis, file, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

// sheets opens a workbook for fill, and writes it.
func (p *Page) sheets(out io.Writer, o *Office, place *time.Location, fill func(*sheets) error) error {
	s, err := newSheets(o, place)
	if err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	err = fill(s)
	if err == nil {
		if err = s.book.Write(out); err != nil {
			err = fmt.Errorf("problems: %w", err)
		}
	}
	return errors.Join(err, s.book.Close())
}

// BodyWorkbook writes the list of one body as a spreadsheet (.xlsx).
func (p *Page) BodyWorkbook(out io.Writer, b *Body, o *Office) error {
	return p.sheets(out, o, nil, func(s *sheets) error { return s.problemsOf(b) })
}

// Workbook writes the whole list as a spreadsheet (.xlsx): a sheet for the office with a
// body a row, and one with a problem a row. Times are shown in place.
func (p *Page) Workbook(ctx context.Context, out io.Writer, o *Office, place *time.Location) error {
	return p.sheets(out, o, place, func(s *sheets) error { return p.fill(ctx, s, func(*Body, int) error { return nil }) })
}

// fill writes all bodies, each of which is also given to also with its number.
func (p *Page) fill(ctx context.Context, s *sheets, also func(b *Body, n int) error) error {
	// A list without a body has its sheets, too.
	if err := errors.Join(s.all.Open(), s.problems.Open()); err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	for b, err := range p.Bodies(ctx, 0) {
		if err != nil {
			return err
		}
		if err := errors.Join(s.body(&b), s.problemsOf(&b), also(&b, s.n)); err != nil {
			return fmt.Errorf("problems: %w", err)
		}
	}
	return nil
}
