package layout

import (
	"slices"
	"sort"

	"nianbao/extract"
)

// table is a table of the document, made of one or more pieces.
type table struct {
	first, last *piece
	xs          []float64 // column edges from the left edge
	rows        int
	cells       []tableCell
	tops        int   // the cells that start in the first mostHeader rows are before this one
	bottom      []int // the cells that end with the last row
	pages       []int
	joined      []extract.Piece
}

// tableCell is a cell of a table; col counts intervals of table.xs.
type tableCell struct {
	row, col, rowSpan, colSpan int
	text                       string
	page                       int
	box                        *extract.BBox
	parts                      []extract.CellPart // of a cell that was cut
	end                        *line              // last line of its text
	measure                    float64            // width that a line of its text may have
}

func newTable(p *piece) *table {
	t := &table{first: p, last: p, rows: p.rows(), pages: []int{p.page.number}}
	t.xs = p.relativeEdges()
	t.cells = make([]tableCell, 0, len(p.cells))
	for i := range p.cells {
		t.cells = append(t.cells, p.tableCell(&p.cells[i], nil))
	}
	t.noteEnds(0, 0)
	return t
}

// noteEnds keeps track of the first and the last rows when the cells from index
// on were added in rows from first on: a table may run over thousands of pages.
func (t *table) noteEnds(index, first int) {
	if first < mostHeader {
		t.tops = len(t.cells)
	}
	for ; index < len(t.cells); index++ {
		t.bottom = append(t.bottom, index)
	}
	t.bottom = slices.DeleteFunc(t.bottom, func(i int) bool { return t.cells[i].row+t.cells[i].rowSpan != t.rows })
}

// relativeEdges are the column edges from the left edge: pages for double-sided
// printing shift a table as a whole.
func (p *piece) relativeEdges() []float64 {
	out := make([]float64, len(p.xs))
	for i, x := range p.xs {
		out[i] = x - p.xs[0]
	}
	return out
}

// tableCell converts a cell; columns maps the piece's grid lines to the
// table's, nil for the same.
func (p *piece) tableCell(c *cell, columns []int) tableCell {
	out := tableCell{
		row: c.row, col: c.col, rowSpan: c.rowSpan, colSpan: c.colSpan, text: c.text,
		page: p.page.number, box: p.page.frame.out(c.box).extent(), measure: c.box.width() - 2*p.pad,
	}
	if columns != nil {
		out.col = columns[c.col]
		out.colSpan = columns[c.col+c.colSpan] - out.col
	}
	if n := len(c.lines); n > 0 {
		out.end = &c.lines[n-1]
	}
	return out
}

// extract makes the document's table.
func (t *table) extract(index int) extract.Table {
	out := extract.Table{
		Index: index, Rows: t.rows, Columns: len(t.xs) - 1, Pages: t.pages, Joined: t.joined,
		BBox: t.first.page.frame.out(t.first.box).extent(), Cells: make([]extract.Cell, 0, len(t.cells)),
	}
	sort.SliceStable(t.cells, func(i, j int) bool {
		a, b := &t.cells[i], &t.cells[j]
		return a.row < b.row || a.row == b.row && a.col < b.col
	})
	for i := range t.cells {
		c := &t.cells[i]
		n := c.page
		out.Cells = append(out.Cells, extract.Cell{
			Row: c.row, Column: c.col, RowSpan: c.rowSpan, ColumnSpan: c.colSpan, Text: c.text, Page: &n, BBox: c.box,
			Parts: c.parts,
		})
	}
	return out
}
