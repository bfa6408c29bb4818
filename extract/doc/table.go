package doc

import (
	"nianbao/extract/flow"
)

// openTable is a table whose end has not been met.
type openTable struct {
	table *flow.Table
	// inner takes what cells hold besides text.
	inner  *flow.Sink
	shapes []*rowShape // of the rows that are kept
	row    []flow.Cell // the row in progress
	cell   *flow.Sink  // the cell in progress, nil between two
	now    flow.Cell
	index  int // of the cell in its row
	number int // of the row
}

// level closes and opens tables until depth of them are open.
func (s *story) level(depth int) {
	for len(s.tables) > depth {
		s.closeTable()
	}
	for len(s.tables) < depth {
		s.openTable()
	}
}

// sink is where a paragraph in depth tables goes.
func (s *story) sink(depth int) *flow.Sink {
	s.level(depth)
	if depth == 0 {
		return s.out
	}
	return s.tables[depth-1].openCell(s)
}

// openCell begins a cell where none is in progress.
func (t *openTable) openCell(s *story) *flow.Sink {
	if t.cell == nil {
		t.now = flow.Cell{Span: 1, Row: t.number, Index: t.index, Ordinal: t.table.Ordinal}
		t.cell = &flow.Sink{Role: s.out.Role, Cell: &t.now, Whole: !t.table.SideBySide && t.index == 0}
	}
	return t.cell
}

func (s *story) openTable() {
	if n := len(s.tables); n > 0 {
		s.tables[n-1].openCell(s)
	}
	t := &flow.Table{Ordinal: s.tableCount, Role: s.out.Role, Part: s.position("tbl", s.tableCount)}
	s.tableCount++
	s.tables = append(s.tables, &openTable{table: t, inner: &flow.Sink{Role: s.out.Role}})
}

// closeCell ends the cell in progress of the innermost table.
func (s *story) closeCell() {
	t := s.tables[len(s.tables)-1]
	t.openCell(s)
	t.now.Close()
	if t.index > 0 {
		t.table.SideBySide, t.table.Content = true, nil
	}
	t.inner.Items = append(t.inner.Items, t.cell.Items...)
	if t.index == 0 && !t.table.SideBySide {
		t.table.Content = append(t.table.Content, t.cell.Content...)
	}
	t.row = append(t.row, t.now)
	t.cell = nil
	t.index++
}

// closeRow ends the row of the innermost table; shape is nil where unknown.
func (s *story) closeRow(shape *rowShape, keep bool) {
	t := s.tables[len(s.tables)-1]
	if t.cell != nil { // text between the last cell's mark and the row's
		s.closeCell()
		s.warn.Add("table_row_damaged", "表格中有一行的结构不完整，行尾的文字按一格读取："+*t.table.Part)
	}
	if keep && len(t.row) > 0 {
		if shape != nil && len(shape.cells) != len(t.row) {
			s.warn.Add("table_row_damaged", "表格中有一行的格数与其定义不符，按文字中的格读取："+*t.table.Part)
		}
		t.table.Rows = append(t.table.Rows, flow.Row{Cells: t.row})
		t.shapes = append(t.shapes, shape)
	}
	t.row, t.index = nil, 0
	t.number++
}

// closeTable ends the innermost table and puts it where it stands.
func (s *story) closeTable() {
	n := len(s.tables) - 1
	t := s.tables[n]
	if t.cell != nil || len(t.row) > 0 {
		if t.cell != nil {
			s.closeCell()
		}
		s.warn.Add("table_row_damaged", "表格的最后一行没有行尾标记，按已有的格读取："+*t.table.Part)
		s.closeRow(nil, true)
	}
	s.tables = s.tables[:n]
	t.layGrid()
	to := s.out
	if n > 0 {
		to = s.tables[n-1].openCell(s)
	}
	to.Place(t.table, t.inner, s.warn)
}

// layGrid gives the rows what their shapes say.
func (t *openTable) layGrid() {
	edges := make([][]int, len(t.shapes))
	for i, shape := range t.shapes {
		if shape == nil {
			continue
		}
		edges[i] = shape.edges
		r := &t.table.Rows[i]
		r.Header = shape.header
		for k := range r.Cells[:min(len(r.Cells), len(shape.cells))] {
			c := &r.Cells[k]
			switch shape.cells[k].down {
			case downContinue:
				c.Down = flow.MergeContinue
			case downStart, downStart - 1:
				c.Down = flow.MergeStart
			}
			if shape.continuesAcross(k) {
				c.Across = flow.MergeContinue
			}
		}
	}
	t.table.LayEdges(edges)
}
