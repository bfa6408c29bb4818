package spreadsheet

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// List is rows under a header that stays in sight, in one sheet or, beyond what a sheet
// holds, in several.
type List struct {
	Name   string
	Rank   int // of its sheets among the others
	Header []string
	Widths []float64 // in figures, of the first columns; the last holds for all further ones
	Frozen int       // columns that stay when the sheet is scrolled
	// Printed lists are made for paper: borders, texts in as many lines as they need,
	// the header on each page.
	Printed bool

	book  *Book
	now   *Sheet
	count int
}

// List adds a list; its sheet comes with its first row.
func (b *Book) List(l List) *List {
	l.book = b
	return &l
}

// Sheets is how many sheets the list has.
func (l *List) Sheets() int { return l.count }

func (l *List) width(column int) float64 { return l.Widths[min(column, len(l.Widths)-1)] }

// Open begins the list's next sheet.
func (l *List) Open() error {
	name := l.Name
	if l.count++; l.count > 1 {
		name += "（" + strconv.Itoa(l.count) + "）"
	}
	paper := Screen
	if l.Printed {
		paper = PageWide
	}
	s, err := l.book.Sheet(name, l.Rank, paper)
	if err == nil && l.Printed {
		err = l.book.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name})
	}
	if err != nil {
		return err
	}
	for i := range l.Header {
		if err := s.SetColWidth(i+1, i+1, l.width(i)); err != nil {
			return err
		}
	}
	corner, err := excelize.CoordinatesToCellName(l.Frozen+1, 2)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if l.Frozen > 0 {
		pane = "bottomRight"
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, XSplit: l.Frozen, YSplit: 1, TopLeftCell: corner, ActivePane: pane}); err != nil {
		return err
	}
	head, high := make([]any, len(l.Header)), 1
	for i, name := range l.Header {
		head[i] = excelize.Cell{StyleID: l.book.Head, Value: name}
		high = max(high, Lines(name, l.width(i)))
	}
	s.filter = len(head)
	l.now = s
	return s.Put(head, Height(high))
}

// Put writes a row of the list; see [Book.Value] for its values.
func (l *List) Put(values ...any) error {
	if l.now == nil || l.now.Row >= l.book.Rows {
		if err := l.Open(); err != nil {
			return err
		}
	}
	if l.Printed {
		return l.putPrinted(values)
	}
	for i, v := range values {
		values[i] = l.book.Value(v)
	}
	return l.now.Put(values)
}

// putPrinted writes a row with borders, as high as its longest text needs: programs do
// not fit the height of rows that another wrote.
func (l *List) putPrinted(values []any) error {
	high := 1
	for i, v := range values {
		plain := l.book.Value(v)
		c, styled := plain.(excelize.Cell)
		switch {
		case !styled && plain != nil: // a number
			c = excelize.Cell{StyleID: l.book.Cell, Value: plain}
		case !styled, c.StyleID == l.book.text:
			c.StyleID = l.book.Wrapped
		case c.StyleID == l.book.moment:
			c.StyleID = l.book.printedMoment
		}
		if text, ok := c.Value.(string); ok {
			high = max(high, Lines(text, l.width(i)))
		}
		values[i] = c
	}
	return l.now.Put(values, Height(high))
}
