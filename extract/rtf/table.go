package rtf

import (
	"slices"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// rowDef is the definition of a row by the right edges of its cells (RTF 1.9.1,
// "Table Definitions"). It holds until the next \trowd.
type rowDef struct {
	left   int // twips
	cells  []cellDef
	next   cellDef // flags that wait for their \cellx
	number int     // \irowN, from 0
	last   bool
	header bool // repeated on each page
}

// cellDef is one cell of a rowDef.
type cellDef struct {
	right        int
	across, down bool // begins a merge over columns, over rows
	acrossOn     bool // goes on with one
	downOn       bool
}

func (d *rowDef) edge(right int) {
	d.next.right = bound(right)
	d.cells = append(d.cells, d.next)
	d.next = cellDef{}
}

// openTable is a table being read.
type openTable struct {
	t     *flow.Table
	inner *flow.Sink  // what its cells hold besides text
	edges [][]int     // of the cells of each row, nil where they have none
	cells []flow.Cell // of the row being read
	row   *flow.Sink  // what these hold besides text
	cell  *flow.Cell  // being read, nil between cells
	sink  *flow.Sink  // of the cell
	last  bool        // the row before said to be the last
}

// rowDef is the definition that table control words of this place speak of.
func (r *reading) rowDef() *rowDef {
	if r.g.nested {
		return &r.story.defs[1]
	}
	return &r.story.defs[0]
}

// bounded checks a number of cells against the limit.
func (r *reading) bounded(cells int) {
	if cells > r.lim.TableCells {
		r.fail(extract.OverLimit("table_cells", int64(r.lim.TableCells), "表格的格数超过上限"))
	}
}

// nestedDepth is the depth of the nested table whose cell or row ends: as the
// paragraph says, else the deepest open one.
func (r *reading) nestedDepth() int {
	if d := r.g.para.depth(); d > 1 {
		return d
	}
	return max(len(r.story.levels), 2)
}

// rowOpen tells whether a row of the story's outermost table has begun.
func (r *reading) rowOpen() bool {
	l := r.story.levels
	return len(l) > 0 && (len(l[0].cells) > 0 || l[0].cell != nil && !l[0].empty())
}

// sinkAt is where a paragraph at a depth of tables goes. Tables deeper than that
// are ended by it, but a row that has begun is not: writers forget \intbl.
func (s *story) sinkAt(r *reading, depth int) *flow.Sink {
	if depth == 0 {
		if !r.rowOpen() {
			s.closeTables(r, 0)
			return s.sink
		}
		depth = 1
	}
	return s.table(r, depth).open(r)
}

// table is the open table at a depth.
func (s *story) table(r *reading, depth int) *openTable {
	s.closeTables(r, depth)
	for len(s.levels) < depth { // writers skip levels: those get a cell each
		if n := len(s.levels); n > 0 {
			s.levels[n-1].open(r)
		}
		s.levels = append(s.levels, s.newTable())
	}
	return s.levels[depth-1]
}

func (s *story) newTable() *openTable {
	t := &flow.Table{Ordinal: s.tables, Part: s.position("tbl", s.tables), Role: s.role}
	s.tables++
	return &openTable{t: t, inner: &flow.Sink{Role: s.role}, row: &flow.Sink{Role: s.role}}
}

// open opens a cell unless one is open.
func (o *openTable) open(r *reading) *flow.Sink {
	if o.cell == nil {
		r.cells++
		r.bounded(r.cells)
		o.cell = &flow.Cell{Span: 1}
		o.sink = &flow.Sink{Role: o.t.Role, Cell: o.cell, Whole: !o.t.SideBySide && len(o.cells) == 0}
	}
	return o.sink
}

func (o *openTable) empty() bool {
	return o.sink == nil || len(o.sink.Items) == 0 && len(o.sink.Content) == 0 && !o.cell.Written()
}

// endCell ends a cell of the table at a depth.
func (r *reading) endCell(depth int) {
	if r.g.to != toStory {
		return
	}
	r.cut()
	r.skip = 0
	s := r.story
	o := s.table(r, depth)
	to := o.open(r)
	if r.g.chars.hidden && s.p != nil && s.p.Empty() {
		s.p = nil
	}
	r.finish(s, to)
	o.closeCell()
}

func (o *openTable) closeCell() {
	o.cell.Close()
	if len(o.cells) > 0 {
		o.t.SideBySide, o.t.Content = true, nil
	}
	o.row.Items = append(o.row.Items, o.sink.Items...)
	if !o.t.SideBySide {
		o.t.Content = append(o.t.Content, o.sink.Content...)
	}
	o.cells = append(o.cells, *o.cell)
	o.cell, o.sink = nil, nil
}

// endRow ends a row of the table at a depth by its definition. Without a cell
// there is no row.
func (r *reading) endRow(depth int) {
	s := r.story
	if r.g.to != toStory || len(s.levels) < depth {
		return
	}
	r.cut()
	r.skip = 0
	s.closeTables(r, depth)
	o := s.levels[depth-1]
	if s.p != nil && !s.p.Empty() { // text behind the last cell mark is not to be lost
		r.finish(s, o.open(r))
	}
	def := &s.defs[min(depth, 2)-1]
	o.endRow(r, s, def)
}

func (o *openTable) endRow(r *reading, s *story, def *rowDef) {
	if o.cell != nil {
		if !o.empty() {
			o.closeCell()
		}
		o.cell, o.sink = nil, nil
	}
	// LibreOffice ends one cell too many behind a nested table.
	for n := len(o.cells); n > len(def.cells) && len(def.cells) > 0 && o.cells[n-1].Text == ""; n-- {
		o.cells = o.cells[:n-1]
	}
	if len(o.cells) == 0 {
		return
	}
	if def.number == 0 && o.last && len(o.t.Rows) > 0 {
		o.startAnew(r, s)
	}
	o.last = def.last
	for len(o.cells) < len(def.cells) { // Word makes the missing ones
		r.cells++
		if r.bounded(r.cells); r.err != nil {
			return
		}
		o.cells = append(o.cells, flow.Cell{Span: 1})
	}
	row := flow.Row{Header: def.header, Cells: make([]flow.Cell, len(o.cells))}
	copy(row.Cells, o.cells)
	for i := range row.Cells {
		c := &row.Cells[i]
		c.Row, c.Index, c.Ordinal = len(o.t.Rows), i, o.t.Ordinal
		if i < len(def.cells) {
			d := &def.cells[i]
			c.Across, c.Down = mergeOf(d.across, d.acrossOn), mergeOf(d.down, d.downOn)
		}
	}
	o.edges = append(o.edges, edgesOf(def, len(row.Cells)))
	o.t.Rows = append(o.t.Rows, row)
	o.inner.Items = append(o.inner.Items, o.row.Items...)
	o.cells, o.row.Items = o.cells[:0], nil
}

func mergeOf(starts, goesOn bool) flow.Merge {
	switch {
	case goesOn:
		return flow.MergeContinue
	case starts:
		return flow.MergeStart
	}
	return flow.NotMerged
}

// edgesOf are the edges of the cells of a row; nil where not all have an extent.
func edgesOf(def *rowDef, cells int) []int {
	if len(def.cells) < cells {
		return nil
	}
	edges := []int{def.left}
	for i := range def.cells[:cells] {
		right := def.cells[i].right
		if right <= edges[i] {
			return nil
		}
		edges = append(edges, right)
	}
	return edges
}

// startAnew begins another table with the row being read: the row before said to
// be the last of its table and this one counts from 0.
func (o *openTable) startAnew(r *reading, s *story) {
	next := s.newTable()
	next.cells, next.row = slices.Clone(o.cells), o.row
	o.cells, o.row = nil, &flow.Sink{}
	depth := slices.Index(s.levels, o)
	o.place(s.sinkAbove(depth), r)
	*o = *next
}

// sinkAbove is where the table at an index of the levels goes.
func (s *story) sinkAbove(index int) *flow.Sink {
	if index == 0 {
		return s.sink
	}
	return s.levels[index-1].sink
}

// closeTables ends the tables deeper than depth.
func (s *story) closeTables(r *reading, depth int) {
	for len(s.levels) > depth {
		last := len(s.levels) - 1
		o := s.levels[last]
		switch {
		case len(o.cells) > 0 || o.cell != nil && o.cell.Written():
			o.endRow(r, s, &s.defs[min(last, 1)])
		case o.cell != nil: // a level that was skipped only holds what is in it
			o.inner.Items = append(o.inner.Items, o.sink.Items...)
		}
		s.levels = s.levels[:last]
		o.place(s.sinkAbove(last), r)
	}
}

// place lays the rows on the grid of their edges and puts the table into a sink.
func (o *openTable) place(to *flow.Sink, r *reading) {
	if len(o.t.Rows) == 0 {
		to.Put(o.inner.Items...)
		return
	}
	o.t.LayEdges(o.edges)
	to.Place(o.t, o.inner, r.warn)
}
