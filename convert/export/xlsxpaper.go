package export

import (
	"errors"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/spreadsheet"
)

// paper adds a sheet for each table the report has, laid out as the notice prints it.
func (x *workbook) paper(e *Entry, f *form.Form) error {
	for i := range f.Tables {
		t := &f.Tables[i]
		if e.Result.Report.Table(t.Key) == nil {
			continue
		}
		shown := printed(t, &e.Result.Report)
		s, err := x.book.Sheet(chapterNumber(f, t)+"、表", rankPaper, spreadsheet.OnePage)
		if err != nil {
			return err
		}
		if err := paperSheet(x.book, s, &shown, shown.Title, func(path string) any { return paperFigure(x.book, e.Cell(path)) }); err != nil {
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
func paperSheet(b *spreadsheet.Book, s *spreadsheet.Sheet, t *form.Table, heading string, figure func(path string) any) error {
	rows := t.Paper()
	widths := columnWidths(t, rows)
	for i, w := range widths {
		if err := s.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	title := slices.Repeat([]any{excelize.Cell{StyleID: b.Head}}, len(widths))
	title[0] = excelize.Cell{StyleID: b.Head, Value: heading}
	if err := errors.Join(s.Put(title), s.Merge(0, 1, 1, len(widths))); err != nil {
		return err
	}
	for _, row := range rows {
		// Borders of merged cells are drawn by each of them.
		values, high := slices.Repeat([]any{excelize.Cell{StyleID: b.Label}}, len(widths)), 1
		for i := range row {
			c := &row[i]
			values[c.Column] = paperCell(b, c, figure)
			if c.RowSpan > 1 || c.ColSpan > 1 {
				if err := s.Merge(c.Column, s.Row+1, c.RowSpan, c.ColSpan); err != nil {
					return err
				}
			}
			if c.RowSpan == 1 { // programs do not fit the height to merged cells
				width := 0.0
				for _, w := range widths[c.Column : c.Column+c.ColSpan] {
					width += w
				}
				high = max(high, spreadsheet.Lines(c.Text, width))
			}
		}
		if err := s.Put(values, spreadsheet.Height(high)); err != nil {
			return err
		}
	}
	return nil
}

func paperCell(b *spreadsheet.Book, c *form.PaperCell, figure func(path string) any) any {
	if c.Kind != form.CellValue {
		return excelize.Cell{StyleID: b.Label, Value: c.Text}
	}
	return figure(c.Path)
}

// paperFigure is a figure in a table as on paper.
func paperFigure(b *spreadsheet.Book, figure any) any {
	v := b.Value(figure)
	if text, ok := v.(excelize.Cell); ok {
		text.StyleID = b.Label
		return text
	}
	return excelize.Cell{StyleID: b.Cell, Value: v}
}
