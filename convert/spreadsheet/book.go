// Package spreadsheet writes tables for spreadsheets: workbooks (.xlsx), row by row and
// several sheets at a time, and texts for CSV.
//
// Nothing from a document is ever a formula: a text in a workbook is text by its type
// and its style, and [Guard] makes a text harmless where a file has no types.
package spreadsheet

import (
	"archive/zip"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// MaxRows is how many rows a sheet of the format has; a longer list goes on in another
// sheet.
const MaxRows = 1 << 20

// Book is a workbook. Rows beyond the library's buffer wait in temporary files.
type Book struct {
	// Rows is how many rows a sheet has; MaxRows but in tests.
	Rows int
	// Styles of cells, as the library numbers them: the head of a table; labels and
	// figures of a table as on paper; a figure in doubt; one that was corrected; text in
	// several lines without and with borders.
	Head, Label, Cell, Doubt, Mended, Note, Wrapped int

	f      *excelize.File
	sheets []*Sheet
	place  *time.Location

	day, moment, printedMoment, text int // styles
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	*excelize.StreamWriter
	Row int // the last that was written, from 1

	name   string
	rank   int
	filter int // columns that the list's header has; 0 where there is no list
}

// Paper is how a sheet prints.
type Paper int

// How sheets print.
const (
	Screen   Paper = iota // as the program likes
	OnePage               // all on one page, across
	PageWide              // as wide as the page, across, on as many as it takes
)

// New makes an empty workbook; its rows wait in tempDir (empty: the system's), times
// are shown in place (nil: UTC).
func New(tempDir string, place *time.Location) (*Book, error) {
	b := &Book{Rows: MaxRows, f: excelize.NewFile(excelize.Options{TmpDir: tempDir}), place: cmp.Or(place, time.UTC)}
	thin := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		thin = append(thin, excelize.Border{Type: side, Style: 1, Color: "808080"})
	}
	day, moment := "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	var errs []error
	style := func(s excelize.Style) int {
		id, err := b.f.NewStyle(&s)
		errs = append(errs, err)
		return id
	}
	b.Head = style(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: middle, Border: thin, NumFmt: 49,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF2F6"}}})
	b.day = style(excelize.Style{CustomNumFmt: &day})
	b.moment = style(excelize.Style{CustomNumFmt: &moment})
	b.printedMoment = style(excelize.Style{CustomNumFmt: &moment, Border: thin, Alignment: &excelize.Alignment{Vertical: "top"}})
	b.text = style(excelize.Style{NumFmt: 49}) // who edits "=1" in a cell of text keeps text
	b.Label = style(excelize.Style{Alignment: middle, Border: thin, NumFmt: 49})
	b.Cell = style(excelize.Style{Alignment: middle, Border: thin})
	b.Doubt = style(excelize.Style{Alignment: middle, Border: thin, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF2D1"}}})
	b.Note = style(excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, NumFmt: 49})
	b.Wrapped = style(excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Border: thin, NumFmt: 49})
	b.Mended = style(excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E2F4EA"}}})
	return b, errors.Join(errs...)
}

// Close removes what waits in temporary files.
func (b *Book) Close() error { return b.f.Close() }

// Sheet adds a sheet; sheets stand in the order of their ranks, those of one rank as
// they were added.
func (b *Book) Sheet(name string, rank int, paper Paper) (*Sheet, error) {
	var err error
	if len(b.sheets) == 0 {
		err = b.f.SetSheetName(b.f.GetSheetName(0), name) // the one a new file has
	} else {
		_, err = b.f.NewSheet(name)
	}
	if err == nil && paper != Screen {
		err = b.layPage(name, paper)
	}
	if err != nil {
		return nil, err
	}
	w, err := b.f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s := &Sheet{StreamWriter: w, name: name, rank: rank}
	b.sheets = append(b.sheets, s)
	return s, nil
}

func (b *Book) layPage(name string, paper Paper) error {
	yes, landscape, wide, high, a4 := true, "landscape", 1, 1, 9
	if paper == PageWide {
		high = 0 // as many as it takes
	}
	return errors.Join(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}),
		b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}))
}

// Put writes the next row as the library takes values; nil is an empty cell.
func (s *Sheet) Put(values []any, opts ...excelize.RowOpts) error {
	s.Row++
	return s.SetRow("A"+strconv.Itoa(s.Row), values, opts...)
}

// Merge joins cells from a column (from 0) and a row (from 1) on.
func (s *Sheet) Merge(column, row, rows, columns int) error {
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

// Write ends the workbook and writes it to w without holding it.
func (b *Book) Write(w io.Writer) error {
	if err := b.order(); err != nil {
		return err
	}
	for _, s := range b.sheets {
		if s.filter > 0 {
			last, err := excelize.CoordinatesToCellName(s.filter, s.Row)
			if err == nil {
				err = b.f.AutoFilter(s.name, "A1:"+last, nil)
			}
			if err != nil {
				return err
			}
		}
		// From here on the library would read the whole sheet for whatever is asked of it.
		if err := s.Flush(); err != nil {
			return err
		}
	}
	// The library would make the file in memory; its zip writer is ours, on w.
	b.f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	_, err := b.f.WriteTo(io.Discard)
	return err
}

// order puts the sheets in the order of their ranks; they were made as rows came. The
// first that was made stays the one that is shown: its head says so already.
func (b *Book) order() error {
	sorted := slices.Clone(b.sheets)
	slices.SortStableFunc(sorted, func(x, y *Sheet) int { return cmp.Compare(x.rank, y.rank) })
	for i := len(sorted) - 2; i >= 0; i-- {
		if err := b.f.MoveSheet(sorted[i].name, sorted[i+1].name); err != nil {
			return err
		}
	}
	return nil
}
