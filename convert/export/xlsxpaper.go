package export

import (
	"errors"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
)

// paper adds a sheet for each table the report has, laid out as the notice prints it.
func (x *workbook) paper(e *Entry, f *form.Form) error {
	for i := range f.Tables {
		t := &f.Tables[i]
		if e.Result.Report.Table(t.Key) == nil {
			continue
		}
		shown := printed(t, &e.Result.Report)
		s, err := x.book.sheet(chapterNumber(f, t)+"、表", rankPaper)
		if err != nil {
			return err
		}
		if err := x.book.paperSheet(s, &shown, shown.Title, func(path string) any { return x.book.paperFigure(e.Cell(path)) }); err != nil {
			return err
		}
	}
	return nil
}

// chapterNumber is the number of the chapter the table stands in: names of sheets are
// short.
func chapterNumber(f *form.Form, t *form.Table) string {
	if c := f.Chapter(t.Chapter); c != nil {
		return c.Number
	}
	return strconv.Itoa(slices.IndexFunc(f.Tables, func(o form.Table) bool { return o.Key == t.Key }) + 1)
}

// The widths of columns on paper, in figures: of figures, of groups of labels, and of
// the labels themselves.
const (
	figureWidth = 11
	groupWidth  = 13
	labelWidth  = 40
)

// columnWidths are the widths of the columns of a table.
func columnWidths(t *form.Table, rows [][]form.PaperCell) []float64 {
	widths := make([]float64, t.Width())
	for i := range widths {
		widths[i] = figureWidth
	}
	labels := 0 // columns of labels
	for _, row := range rows {
		for _, c := range row {
			if c.Kind == form.CellLabel {
				labels = max(labels, c.Column+c.ColSpan)
			}
		}
	}
	for i := range labels {
		widths[i] = groupWidth
	}
	if labels > 0 {
		widths[labels-1] = labelWidth
	}
	return widths
}

// paperSheet lays a table out under a title; figure gives what stands in a cell.
func (b *book) paperSheet(s *sheet, t *form.Table, heading string, figure func(path string) any) error {
	rows := t.Paper()
	widths := columnWidths(t, rows)
	for i, w := range widths {
		if err := s.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	title := slices.Repeat([]any{excelize.Cell{StyleID: b.head}}, len(widths))
	title[0] = excelize.Cell{StyleID: b.head, Value: heading}
	if err := errors.Join(s.put(title), s.merge(0, 1, 1, len(widths))); err != nil {
		return err
	}
	for _, row := range rows {
		// Borders of merged cells are drawn by each of them.
		values, high := slices.Repeat([]any{excelize.Cell{StyleID: b.label}}, len(widths)), 1
		for i := range row {
			c := &row[i]
			values[c.Column] = b.paperCell(c, figure)
			if c.RowSpan > 1 || c.ColSpan > 1 {
				if err := s.merge(c.Column, s.row+1, c.RowSpan, c.ColSpan); err != nil {
					return err
				}
			}
			if c.RowSpan == 1 { // programs do not fit the height to merged cells
				width := 0.0
				for _, w := range widths[c.Column : c.Column+c.ColSpan] {
					width += w
				}
				high = max(high, lines(c.Text, width))
			}
		}
		if err := s.put(values, excelize.RowOpts{Height: float64(high * lineHeight)}); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) paperCell(c *form.PaperCell, figure func(path string) any) any {
	if c.Kind != form.CellValue {
		return excelize.Cell{StyleID: b.label, Value: c.Text}
	}
	return figure(c.Path)
}

// paperFigure is a figure in a table as on paper.
func (b *book) paperFigure(figure any) any {
	v := b.value(figure)
	if text, ok := v.(excelize.Cell); ok {
		text.StyleID = b.label
		return text
	}
	return excelize.Cell{StyleID: b.cell, Value: v}
}

// merge joins cells from a column (from 0) and a row (from 1) on.
func (s *sheet) merge(column, row, rows, columns int) error {
	first, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(column+columns, row+rows-1)
	if err != nil {
		return err
	}
	return s.MergeCell(first, last)
}
