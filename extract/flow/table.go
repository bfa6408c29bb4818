package flow

import (
	"strconv"
	"strings"

	"nianbao/extract"
)

// Table is a table as it stands in a file, not yet laid on a grid.
type Table struct {
	Ordinal int // among the tables of the part
	Part    *string
	Role    extract.Role
	Widths  []int // of the grid columns, twips
	Rows    []Row
	// pieces are the tables joined to this one.
	pieces []piece
	Nested bool // in a cell
	// Content is what the cells hold as items in order, as long as no row has
	// two cells; SideBySide is set with the first that has.
	Content    []Item
	SideBySide bool
	// Follows counts what was in the cells besides text: it stands after the
	// table.
	Follows int
}

// piece is a joined table: where its rows begin in the table it was joined to.
type piece struct {
	firstRow int
	evidence string
}

// Row is one row.
type Row struct {
	Before, After int // grid columns left out
	// Gap is the width of what is left out before the cells, in twips, where the
	// file gives no number of columns for it; 0 otherwise.
	Gap int
	// Header marks a row that is repeated on each page.
	Header bool
	Cells  []Cell
}

// Merge is the part of a cell in a merge over rows or (legacy) columns.
type Merge uint8

// The parts of a cell in a merge.
const (
	NotMerged Merge = iota
	MergeStart
	MergeContinue
)

// Cell is one cell as the file has it.
type Cell struct {
	Span         int   // grid columns
	Down, Across Merge // over rows, over columns
	Width        int   // twips, 0 where unknown
	Text         string
	lines        []byte // the text while it is read, once it has two lines

	Row, Index int  // of the row in its table and of the cell in its row, as the file counts
	Gone       bool // its deletion is tracked
	Ordinal    int  // of the table
}

// AddLine adds a paragraph to the cell; empty ones add nothing.
func (c *Cell) AddLine(text string) {
	if text == "" {
		return
	}
	if !c.Written() {
		c.Text = text
		return
	}
	if c.lines == nil {
		c.lines = append(c.lines, c.Text...)
	}
	c.lines = append(append(c.lines, '\n'), text...)
}

// Written tells whether lines were added.
func (c *Cell) Written() bool { return c.Text != "" }

// Close makes the lines that were added the cell's text.
func (c *Cell) Close() {
	if c.lines != nil {
		c.Text, c.lines = string(c.lines), nil
	}
}

// Place puts a finished table into the sink, and behind it inner: what its cells
// hold besides text. A table that only frames a page is dissolved.
func (to *Sink) Place(t *Table, inner *Sink, warn *Losses) {
	if t.isFrame() {
		warn.Add("layout_table", "有表格只用来框住整页内容，按正文读取")
		to.Put(t.Content...)
		return
	}
	t.Content = nil
	for _, it := range inner.Items {
		if it.Table != nil {
			it.Table.Nested = true
		}
		if !it.Aside {
			t.Follows++
		}
	}
	if len(t.Rows) > 0 {
		to.Put(Item{Table: t})
	}
	to.Put(inner.Items...)
}

// frameParagraphs is the number of paragraphs from which a single cell is taken
// for a frame around a page.
const frameParagraphs = 10

// isFrame tells a table that only frames a page, as pasted web pages have it:
// one cell a row, with whole tables among its text or with very much of it.
func (t *Table) isFrame() bool {
	if t.SideBySide || len(t.Rows) == 0 {
		return false
	}
	paragraphs := 0
	for _, it := range t.Content {
		if it.Table != nil && len(it.Table.Rows) > 1 && len(it.Table.Rows[0].Cells) > 1 {
			return true
		}
		if it.IsText() {
			paragraphs++
		}
	}
	return len(t.Rows) == 1 && paragraphs >= frameParagraphs
}

// cellParts are the positions of cells in their part, as pieces of one text: a
// string each were a third of all that is allocated for a table.
func cellParts(part string, cells []*placed) []string {
	var all []byte
	ends := make([]int, len(cells))
	for i, c := range cells {
		all = append(append(all, part...), "#tbl"...)
		all = append(strconv.AppendInt(all, int64(c.raw.Ordinal), 10), "/r"...)
		all = append(strconv.AppendInt(all, int64(c.raw.Row), 10), "/c"...)
		all = strconv.AppendInt(all, int64(c.raw.Index), 10)
		ends[i] = len(all)
	}
	text, start := string(all), 0
	out := make([]string, len(cells))
	for i, end := range ends {
		out[i], start = text[start:end], end
	}
	return out
}

// story is the part a table stands in: joins never reach into another.
func (t *Table) story() string {
	part, _, _ := strings.Cut(*t.Part, "#")
	return part
}
