package docx

import (
	"slices"
	"strings"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// maxSpan bounds one w:gridSpan; Word itself knows 63 columns.
const maxSpan = 1 << 20

// table reads w:tbl. What stands in its cells besides text (tables, pictures,
// text boxes) follows it in reading order.
func (s *story) table(to *flow.Sink) {
	t := &flow.Table{Ordinal: s.x.tables - 1, Role: to.Role}
	t.Part = s.position("tbl", t.Ordinal)
	inner := &flow.Sink{Role: to.Role}
	at := 0
	s.tableChildren(t, inner, &at)
	to.Place(t, inner, s.warn)
}

func (s *story) tableChildren(t *flow.Table, inner *flow.Sink, at *int) {
	for s.x.nextChild() {
		if s.x.ns != nsW {
			s.x.skip()
			continue
		}
		switch s.x.local {
		case "tr":
			s.row(t, inner, *at)
			*at++
		case "tblGrid":
			s.grid(t)
		case "sdt":
			s.control(func() { s.tableChildren(t, inner, at) })
		case "p", "tbl": // not allowed here: keep it after the table
			s.block(inner)
		case "ins", "del", "moveTo", "moveFrom":
			s.change(func() { s.tableChildren(t, inner, at) })
		case "tblPr", "tblPrEx", "sdtPr", "sdtEndPr", "customXmlPr":
			s.x.skip()
		default:
			s.tableChildren(t, inner, at)
		}
	}
}

func (s *story) grid(t *flow.Table) {
	var widths []int
	for s.x.nextChild() {
		switch {
		case s.x.ns != nsW:
		case s.x.local == "gridCol":
			widths = append(widths, twips(s.x.attr(nsW, "w")))
		case s.x.local == "tblGridChange" && s.x.former:
			for s.x.nextChild() {
				s.grid(t) // the former one, which then stays
			}
			continue
		}
		s.x.skip()
	}
	if t.Widths == nil {
		t.Widths = widths
	}
}

// row reads w:tr. Rows whose deletion is tracked and hidden rows are left out.
func (s *story) row(t *flow.Table, inner *flow.Sink, number int) {
	r := flow.Row{}
	index := 0
	keep, change := true, "" // "ins" or "del" of a tracked row
	// One for all cells of the row, which are copied out of it.
	var c flow.Cell
	cell := flow.Sink{Cell: &c}
	first := len(s.rowCells)
	s.rowChildren(func() {
		switch s.x.local {
		case "trPr":
			keep = s.rowProps(&r, &change) && keep
		case "tc":
			if !keep {
				s.x.skip()
				break
			}
			c = flow.Cell{Span: 1, Row: number, Index: index, Ordinal: t.Ordinal}
			cell.Items, cell.Content = cell.Items[:0], cell.Content[:0]
			cell.Role, cell.Whole = inner.Role, !t.SideBySide && index == 0
			contents := s.contents
			s.container(&cell)
			s.contents = contents
			if index > 0 {
				t.SideBySide, t.Content = true, nil
			}
			inner.Items = append(inner.Items, cell.Items...)
			c.Close()
			c.Text = s.changedCell(change, c.Text)
			if !c.Gone {
				s.rowCells = append(s.rowCells, c)
				t.Content = append(t.Content, cell.Content...)
			}
			index++
		}
	})
	if keep && len(s.rowCells) > first {
		r.Cells = slices.Clone(s.rowCells[first:])
		t.Rows = append(t.Rows, r)
	}
	s.rowCells = s.rowCells[:first]
}

// changedCell is the text of a cell of a row with a tracked change. Where all
// changes are read, it is marked, unless it is already.
func (s *story) changedCell(change, text string) string {
	if s.changes != extract.AllChanges || change == "" || text == "" {
		return text
	}
	before, after := changeMarks(change == "ins")
	if strings.HasPrefix(text, before) {
		return text
	}
	return before + text + after
}

// rowChildren calls do on w:trPr and w:tc, also within wrappers.
func (s *story) rowChildren(do func()) {
	for s.x.nextChild() {
		if s.x.ns != nsW {
			s.x.skip()
			continue
		}
		switch s.x.local {
		case "trPr", "tc":
			do()
		case "sdt":
			s.control(func() { s.rowChildren(do) })
		case "ins", "del", "moveTo", "moveFrom":
			s.change(func() { s.rowChildren(do) })
		case "tblPrEx", "sdtPr", "sdtEndPr", "customXmlPr":
			s.x.skip()
		default:
			s.rowChildren(do)
		}
	}
}

// rowProps reads w:trPr; false for a row that is not printed.
func (s *story) rowProps(r *flow.Row, change *string) bool {
	keep := true
	for s.x.nextChild() {
		if s.x.ns == nsW {
			switch s.x.local {
			case "gridBefore":
				r.Before = boundedInt(s.x.attr(nsW, "val"), 0, maxSpan, 0)
			case "gridAfter":
				r.After = boundedInt(s.x.attr(nsW, "val"), 0, maxSpan, 0)
			case "tblHeader":
				r.Header = toggleOf(s.x) == on
			case "wBefore":
				if kind := string(s.x.attr(nsW, "type")); kind == "dxa" || kind == "" {
					r.Gap = twips(s.x.attr(nsW, "w"))
				}
			case "ins", "del":
				inserted := isInsertion(s.x.local)
				s.count(inserted)
				keep = keep && s.reads(inserted)
				*change = s.x.local
			case "trPrChange":
				if s.x.former {
					r.Before, r.After, r.Gap = 0, 0, 0
					for s.x.nextChild() {
						keep = s.rowProps(r, change) && keep
					}
					continue
				}
			case "hidden":
				if toggleOf(s.x) == on {
					s.hidden++
					keep = false
				}
			}
		}
		s.x.skip()
	}
	return keep
}

// cellProperties reads w:tcPr.
func (s *story) cellProperties(c *flow.Cell) {
	if c.Span != 1 || c.Down != flow.NotMerged || c.Across != flow.NotMerged || c.Width != 0 || c.Gone || c.Written() {
		s.cellProps(c) // adds to what was said before, which no program writes
		return
	}
	changes := s.insertions + s.deletions
	said := s.cells.read(s.x, func() (flow.Cell, bool) {
		s.cellProps(c)
		return *c, s.insertions+s.deletions == changes
	})
	c.Span, c.Down, c.Across, c.Width, c.Gone = said.Span, said.Down, said.Across, said.Width, said.Gone
}

// cellProps reads w:tcPr.
func (s *story) cellProps(c *flow.Cell) {
	for s.x.nextChild() {
		if s.x.ns == nsW {
			val := s.x.attr(nsW, "val")
			switch s.x.local {
			case "gridSpan":
				c.Span = boundedInt(val, 1, maxSpan, 1)
			case "vMerge", "vmerge":
				c.Down = mergeOf(val)
			case "hMerge", "hmerge":
				c.Across = mergeOf(val)
			case "tcW":
				if kind := string(s.x.attr(nsW, "type")); kind == "dxa" || kind == "" {
					c.Width = twips(s.x.attr(nsW, "w"))
				}
			case "cellIns", "cellDel":
				inserted := s.x.local == "cellIns"
				s.count(inserted)
				c.Gone = c.Gone || !s.reads(inserted)
			case "cellMerge":
				c.Down = s.changedMerge()
			case "tcPrChange":
				if s.x.former {
					*c = flow.Cell{Span: 1, Row: c.Row, Index: c.Index, Ordinal: c.Ordinal, Gone: c.Gone}
					for s.x.nextChild() {
						s.cellProps(c)
					}
					continue
				}
			}
		}
		s.x.skip()
	}
}

// changedMerge reads w:cellMerge, a tracked merge or split over rows (ECMA-376
// §17.13.5.3).
func (s *story) changedMerge() flow.Merge {
	side := "vMerge"
	if s.x.former {
		side = "vMergeOrig"
	}
	switch string(s.x.attr(nsW, side)) {
	case "cont":
		return flow.MergeContinue
	case "rest":
		return flow.MergeStart
	}
	return flow.NotMerged
}

// twips reads ST_TwipsMeasure: twentieths of a point, or a length with its unit
// as strict files write it.
func twips(value []byte) int {
	if n := boundedInt(value, 0, 1<<20, -1); n >= 0 {
		return n
	}
	return min(int(cssPoints(string(value))*20+0.5), 1<<20)
}

// mergeOf reads ST_Merge: without a value a merge goes on.
func mergeOf(val []byte) flow.Merge {
	if string(val) == "restart" {
		return flow.MergeStart
	}
	return flow.MergeContinue
}
