package export

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
)

const (
	// maxRows is how many rows a sheet of the format has; a longer list goes on in
	// another sheet.
	maxRows = 1 << 20
	// maxText is how many UTF-16 units a cell of the format holds; cutMark ends a text
	// that is longer.
	maxText = 32767
	cutMark = "……（以下略，见 JSON）"
	// exact is how many digits a number of the format keeps; a longer one is text.
	exact = 15
)

// book is a workbook that is written row by row, several sheets at a time.
type book struct {
	f      *excelize.File
	sheets []*sheet
	rows   int // a sheet has; maxRows but in tests
	place  *time.Location

	head, day, moment, text, label, cell, doubt, mended, note int // styles
}

// sheet is one sheet of the workbook.
type sheet struct {
	*excelize.StreamWriter
	name   string
	rank   int // of its list among the others
	row    int
	filter int // columns that the list's header has; 0 for tables as on paper
}

// list is rows under a header, in one sheet or, beyond maxRows, in several.
type list struct {
	book   *book
	name   string
	rank   int
	header []string
	widths []float64 // of the first columns; the last holds for all further ones
	frozen int       // columns that stay when the sheet is scrolled
	now    *sheet
	count  int // sheets
}

func newBook(tempDir string, place *time.Location) (*book, error) {
	b := &book{f: excelize.NewFile(excelize.Options{TmpDir: tempDir}), place: cmp.Or(place, time.UTC)}
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
	b.head = style(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: middle, Border: thin, NumFmt: 49,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF2F6"}}})
	b.day = style(excelize.Style{CustomNumFmt: &day})
	b.moment = style(excelize.Style{CustomNumFmt: &moment})
	b.text = style(excelize.Style{NumFmt: 49}) // who edits "=1" in a cell of text keeps text
	b.label = style(excelize.Style{Alignment: middle, Border: thin, NumFmt: 49})
	b.cell = style(excelize.Style{Alignment: middle, Border: thin})
	b.doubt = style(excelize.Style{Alignment: middle, Border: thin, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF2D1"}}})
	b.note = style(excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, NumFmt: 49})
	b.mended = style(excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E2F4EA"}}})
	return b, errors.Join(errs...)
}

// close removes what waits in temporary files.
func (b *book) close() error { return b.f.Close() }

// list declares a list; its sheet comes with its first row.
func (b *book) list(l list) *list {
	l.book = b
	return &l
}

// sheet adds a sheet.
func (b *book) sheet(name string, rank int) (*sheet, error) {
	var err error
	if len(b.sheets) == 0 {
		err = b.f.SetSheetName(b.f.GetSheetName(0), name) // the one a new file has
	} else {
		_, err = b.f.NewSheet(name)
	}
	if err == nil && rank == rankPaper {
		err = b.onPaper(name)
	}
	if err != nil {
		return nil, err
	}
	w, err := b.f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s := &sheet{StreamWriter: w, name: name, rank: rank}
	b.sheets = append(b.sheets, s)
	return s, nil
}

// onPaper makes the sheet print on one page across the paper.
func (b *book) onPaper(name string) error {
	yes, landscape, once, a4 := true, "landscape", 1, 9
	return errors.Join(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}),
		b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &once, FitToHeight: &once}))
}

// put writes the next row; nil is an empty cell.
func (s *sheet) put(values []any, opts ...excelize.RowOpts) error {
	s.row++
	return s.SetRow("A"+strconv.Itoa(s.row), values, opts...)
}

// lineHeight is the height of a line of text, in points.
const lineHeight = 15

// lines is how many lines a text takes in a cell so many figures wide; a Chinese
// character is as wide as two.
func lines(text string, width float64) int {
	n := 0.0
	for _, r := range text {
		if n++; r > 0xff {
			n++
		}
	}
	return max(1, int(math.Ceil(n/(width-1))))
}

// open begins the list's next sheet.
func (l *list) open() error {
	name := l.name
	if l.count++; l.count > 1 {
		name += "（" + strconv.Itoa(l.count) + "）"
	}
	s, err := l.book.sheet(name, l.rank)
	if err != nil {
		return err
	}
	for i := range l.header {
		width := l.widths[min(i, len(l.widths)-1)]
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	corner, err := excelize.CoordinatesToCellName(l.frozen+1, 2)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if l.frozen > 0 {
		pane = "bottomRight"
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, XSplit: l.frozen, YSplit: 1, TopLeftCell: corner, ActivePane: pane}); err != nil {
		return err
	}
	head, high := make([]any, len(l.header)), 1
	for i, name := range l.header {
		head[i] = excelize.Cell{StyleID: l.book.head, Value: name}
		high = max(high, lines(name, l.widths[min(i, len(l.widths)-1)]))
	}
	s.filter = len(head)
	l.now = s
	return s.put(head, excelize.RowOpts{Height: float64(high * lineHeight)})
}

// put writes a row of the list.
func (l *list) put(values ...any) error {
	if l.now == nil || l.now.row >= l.book.rows {
		if err := l.open(); err != nil {
			return err
		}
	}
	for i, v := range values {
		values[i] = l.book.value(v)
	}
	return l.now.put(values)
}

// value is a value as the library takes it: numbers, dates, and text that is text by
// its type and its style. Never a formula: that is another field of a cell.
func (b *book) value(v any) any {
	switch x := v.(type) {
	case nil, int, excelize.Cell:
		return v
	case report.Number:
		if n, ok := number(x); ok {
			return n
		}
		return excelize.Cell{StyleID: b.text, Value: string(x)}
	case report.Date:
		if !x.Valid() || x.Year < 1901 { // the format's calendar begins in 1900, with a day too many
			return excelize.Cell{StyleID: b.text, Value: x.String()}
		}
		return excelize.Cell{StyleID: b.day, Value: time.Date(x.Year, time.Month(x.Month), x.Day, 0, 0, 0, 0, time.UTC)}
	case time.Time:
		return excelize.Cell{StyleID: b.moment, Value: x.In(b.place)}
	case string:
		if x == "" {
			return nil
		}
		return excelize.Cell{StyleID: b.text, Value: fit(x)}
	}
	return excelize.Cell{StyleID: b.text, Value: fit(fmt.Sprint(v))}
}

// number is a figure as the format has numbers; ok is false where it would lose digits.
func number(n report.Number) (v any, ok bool) {
	if !isNumber(string(n)) || significant(string(n)) > exact {
		return nil, false
	}
	if i, ok := n.Int(); ok {
		return i, true
	}
	return n.Float(), true
}

// significant counts the digits of a decimal number between its outermost ones that
// are not 0.
func significant(n string) int {
	digits := strings.Trim(n, "-.0")
	if strings.Contains(digits, ".") {
		return len(digits) - 1
	}
	return len(digits)
}

// fit cuts a text to what a cell holds, and says so.
func fit(s string) string {
	if len(s) <= maxText {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= maxText {
		return s
	}
	kept := units[:maxText-len(utf16.Encode([]rune(cutMark)))]
	if utf16.IsSurrogate(rune(kept[len(kept)-1])) && kept[len(kept)-1] < 0xdc00 {
		kept = kept[:len(kept)-1]
	}
	return string(utf16.Decode(kept)) + cutMark
}

// write ends the workbook and writes it to w without holding it.
func (b *book) write(w io.Writer) error {
	if err := b.order(); err != nil {
		return err
	}
	for _, s := range b.sheets {
		if s.filter > 0 {
			last, err := excelize.CoordinatesToCellName(s.filter, s.row)
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
func (b *book) order() error {
	sorted := slices.Clone(b.sheets)
	slices.SortStableFunc(sorted, func(x, y *sheet) int { return cmp.Compare(x.rank, y.rank) })
	for i := len(sorted) - 2; i >= 0; i-- {
		if err := b.f.MoveSheet(sorted[i].name, sorted[i+1].name); err != nil {
			return err
		}
	}
	return nil
}
