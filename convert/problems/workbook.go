package problems

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook is a spreadsheet of lists. Every text in it is text by its type: nothing of
// a document is ever a formula.
type workbook struct {
	f          *excelize.File
	head, cell int // styles
	year       int
	office     *Office
}

// sheetRows is a sheet that is written row by row.
type sheetRows struct {
	*excelize.StreamWriter
	style, row int
}

func newWorkbook(year int, o *Office) (*workbook, error) {
	w := &workbook{f: excelize.NewFile(), year: year, office: o}
	var border []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Style: 1, Color: "808080"})
	}
	var err, err2 error
	w.head, err = w.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Border: border, NumFmt: 49,
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF2F6"}}})
	w.cell, err2 = w.f.NewStyle(&excelize.Style{Border: border, NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	return w, errors.Join(err, err2)
}

// column is a column of a sheet, its width in figures.
type column struct {
	name  string
	width float64
}

// sheet adds a sheet whose header stays in sight and is printed on each page.
func (w *workbook) sheet(name string, columns []column) (*sheetRows, error) {
	first := w.f.GetSheetName(0) == "Sheet1"
	var err error
	if first {
		err = w.f.SetSheetName("Sheet1", name)
	} else {
		_, err = w.f.NewSheet(name)
	}
	if err != nil {
		return nil, err
	}
	fit, landscape, a4, once, asMany := true, "landscape", 9, 1, 0
	err = errors.Join(
		w.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &once, FitToHeight: &asMany}),
		w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name}))
	if err != nil {
		return nil, err
	}
	s, err := w.f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	rows := &sheetRows{StreamWriter: s, style: w.cell}
	head := make([]any, len(columns))
	for i, c := range columns {
		if err := s.SetColWidth(i+1, i+1, c.width); err != nil {
			return nil, err
		}
		head[i] = excelize.Cell{StyleID: w.head, Value: c.name}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	rows.row = 1
	return rows, s.SetRow("A1", head)
}

// maxText is how many characters a cell of the format holds.
const maxText = 32767 / 2 // each may be two units of UTF-16

func (s *sheetRows) put(values ...any) error {
	s.row++
	for i, v := range values {
		if t, ok := v.(string); ok {
			if r := []rune(t); len(r) > maxText {
				t = string(r[:maxText-1]) + "…"
			}
			v = t
		}
		values[i] = excelize.Cell{StyleID: s.style, Value: v}
	}
	return s.SetRow("A"+strconv.Itoa(s.row), values)
}

// number is a printed figure as a number, where it is one that a cell keeps whole.
func number(s string) any {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) <= 15 && strconv.FormatInt(n, 10) == s {
		return n
	}
	return s
}

func problemColumns() []column {
	return []column{{"单位", 20}, {"序号", 6}, {"级别", 8}, {"表格", 26}, {"行", 24}, {"列", 16}, {"填写", 12}, {"应为", 12}, {"问题", 50}, {"原文", 40}, {"规则", 20},
		{"依据", 40}, {"文件", 24}, {"更正或说明", 24}}
}

// putProblems writes the problems of a body; the last column is the body's to fill.
func (w *workbook) putProblems(s *sheetRows, b *Body) error {
	file := ""
	if b.Report != nil {
		file = b.Report.Filename
	}
	if len(b.Problems) == 0 {
		return s.put(b.Body.Name, nil, nil, nil, nil, nil, nil, nil, overlooked(b.State), nil, nil, nil, file, nil)
	}
	for i := range b.Problems {
		x := &b.Problems[i]
		title, basis := w.office.Rule(x.Rule)
		err := s.put(b.Body.Name, x.N, x.Severity.Word(), x.Table, x.Row, x.columns(), number(x.Printed), number(x.Expected), x.Message, x.Quote,
			title, basis, file, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *workbook) write(out io.Writer, sheets ...*sheetRows) error {
	for _, s := range sheets {
		if err := s.Flush(); err != nil {
			return err
		}
	}
	_, err := w.f.WriteTo(out)
	return err
}

// BodyWorkbook writes the list of one body as a spreadsheet (.xlsx).
func (p *Page) BodyWorkbook(out io.Writer, b *Body, o *Office) (err error) {
	w, err := newWorkbook(p.Year.Year, o)
	if err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	defer func() { err = errors.Join(err, w.f.Close()) }()
	s, err := w.sheet("问题清单", problemColumns())
	if err == nil {
		err = w.putProblems(s, b)
	}
	if err == nil {
		err = w.write(out, s)
	}
	if err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	return nil
}

// overall is the sheet for the office: a body a row.
type overall struct {
	*sheetRows
	n     int
	place *time.Location
}

func (w *workbook) overall(place *time.Location) (*overall, error) {
	s, err := w.sheet("汇总", []column{{"序号", 6}, {"单位", 26}, {"类别", 10}, {"情况", 10}, {"需要更正", 10}, {"需要核实", 10}, {"文件", 30}, {"收到时间", 18}, {"核对", 10}, {"退回时的说明", 40}})
	if err != nil {
		return nil, err
	}
	return &overall{sheetRows: s, place: place}, nil
}

func (s *overall) add(b *Body) error {
	s.n++
	errs, doubts := b.count()
	var file, came, review any
	if r := b.Report; r != nil {
		file, came, review = r.Filename, r.ReceivedAt.In(s.place).Format("2006-01-02 15:04"), r.Review.State.Word()
	}
	return s.put(s.n, b.Body.Name, b.Body.Kind.Word(), Word(b.State), errs, doubts, file, came, review, b.Note)
}

// Workbook writes the whole list as a spreadsheet (.xlsx): a sheet for the office with a
// body a row, and one with a problem a row. Times are shown in place.
func (p *Page) Workbook(ctx context.Context, out io.Writer, o *Office, place *time.Location) (err error) {
	w, err := newWorkbook(p.Year.Year, o)
	if err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	defer func() { err = errors.Join(err, w.f.Close()) }()
	all, err := w.overall(place)
	if err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	s, err := w.sheet("问题清单", problemColumns())
	if err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	for b, err := range p.Bodies(ctx, 0) {
		if err != nil {
			return err
		}
		if err := errors.Join(all.add(&b), w.putProblems(s, &b)); err != nil {
			return fmt.Errorf("problems: %w", err)
		}
	}
	if err := w.write(out, all.sheetRows, s); err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	return nil
}
