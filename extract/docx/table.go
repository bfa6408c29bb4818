package docx

import (
	"strconv"

	"nianbao/extract"
)

// rawTable is a table as it stands in the file, not yet laid on a grid.
type rawTable struct {
	ordinal int // among the w:tbl of the part
	part    *string
	story   *story // joins never reach into another part
	role    extract.Role
	widths  []int // of w:gridCol, twips
	rows    []rawRow
	// pieces are the tables joined to this one.
	pieces []piece
	nested bool // in a cell
	// content is what the cells hold as items in order, as long as no row has
	// two cells; sideBySide is set with the first that has.
	content    []item
	sideBySide bool
	// follows counts what was in the cells besides text: it stands after the
	// table.
	follows int
}

// piece is a joined table: where its rows begin in the table it was joined to.
type piece struct {
	firstRow int
	evidence string
}

// rawRow is one w:tr.
type rawRow struct {
	before, after int // grid columns left out
	cells         []rawCell
}

// merge is the part of a cell in a merge over rows or (legacy) columns.
type merge uint8

const (
	notMerged merge = iota
	mergeStart
	mergeContinue
)

// rawCell is one w:tc.
type rawCell struct {
	span       int // grid columns
	rows, cols merge
	width      int // twips, 0 where unknown
	text       string
	lines      []byte // the text while it is read

	row, index int // of the w:tr in its table and the w:tc in its row
	gone       bool
	ordinal    int // of the table
}

// addLine adds a paragraph to the cell; empty ones add nothing.
func (c *rawCell) addLine(text string) {
	if text == "" {
		return
	}
	if len(c.lines) > 0 {
		c.lines = append(c.lines, '\n')
	}
	c.lines = append(c.lines, text...)
}

// maxSpan bounds one w:gridSpan; Word itself knows 63 columns.
const maxSpan = 1 << 20

// table reads w:tbl. What stands in its cells besides text (tables, pictures,
// text boxes) follows it in reading order.
func (s *story) table(to *sink) {
	t := &rawTable{ordinal: s.x.tables - 1, story: s, role: to.role}
	t.part = s.position("tbl", t.ordinal)
	inner := &sink{role: to.role}
	at := 0
	s.tableChildren(t, inner, &at)
	if t.isFrame() {
		s.warn.add("layout_table", "有表格只用来框住整页内容，按正文读取")
		to.put(t.content...)
		return
	}
	t.content = nil
	t.follows = len(inner.items)
	for _, it := range inner.items {
		if it.table != nil {
			it.table.nested = true
		}
	}
	if len(t.rows) > 0 {
		to.put(item{table: t})
	}
	to.put(inner.items...)
}

// frameParagraphs is the number of paragraphs from which a single cell is taken
// for a frame around a page.
const frameParagraphs = 10

// isFrame tells a table that only frames a page, as pasted web pages have it:
// one cell a row, with whole tables among its text or with very much of it.
func (t *rawTable) isFrame() bool {
	if t.sideBySide || len(t.rows) == 0 {
		return false
	}
	paragraphs := 0
	for _, it := range t.content {
		if it.table != nil && len(it.table.rows) > 1 && len(it.table.rows[0].cells) > 1 {
			return true
		}
		if it.isText() {
			paragraphs++
		}
	}
	return len(t.rows) == 1 && paragraphs >= frameParagraphs
}

func (s *story) tableChildren(t *rawTable, inner *sink, at *int) {
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
		case "tblPr", "tblPrEx", "del", "moveFrom", "sdtPr", "sdtEndPr", "customXmlPr":
			s.x.skip()
		default:
			s.tableChildren(t, inner, at)
		}
	}
}

func (s *story) grid(t *rawTable) {
	var widths []int
	for s.x.nextChild() {
		if s.x.ns == nsW && s.x.local == "gridCol" {
			widths = append(widths, twips(s.x.attr(nsW, "w")))
		}
		s.x.skip()
	}
	if t.widths == nil {
		t.widths = widths
	}
}

// row reads w:tr. Rows whose deletion is tracked and hidden rows are left out.
func (s *story) row(t *rawTable, inner *sink, number int) {
	r := rawRow{}
	index := 0
	keep := true
	s.rowChildren(func() {
		switch s.x.local {
		case "trPr":
			keep = s.rowProps(&r) && keep
		case "tc":
			if !keep {
				s.x.skip()
				break
			}
			c := rawCell{span: 1, row: number, index: index, ordinal: t.ordinal}
			cell := &sink{role: inner.role, cell: &c, whole: !t.sideBySide && index == 0}
			contents := s.contents
			s.container(cell)
			s.contents = contents
			if index > 0 {
				t.sideBySide, t.content = true, nil
			}
			inner.items = append(inner.items, cell.items...)
			c.text, c.lines = string(c.lines), nil
			if !c.gone {
				r.cells = append(r.cells, c)
				t.content = append(t.content, cell.content...)
			}
			index++
		}
	})
	if keep && len(r.cells) > 0 {
		t.rows = append(t.rows, r)
	}
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
		case "tblPrEx", "del", "moveFrom", "sdtPr", "sdtEndPr", "customXmlPr":
			s.x.skip()
		default:
			s.rowChildren(do)
		}
	}
}

// rowProps reads w:trPr; false for a row that is not printed.
func (s *story) rowProps(r *rawRow) bool {
	keep := true
	for s.x.nextChild() {
		if s.x.ns == nsW {
			switch s.x.local {
			case "gridBefore":
				r.before = boundedInt(s.x.attr(nsW, "val"), 0, maxSpan, 0)
			case "gridAfter":
				r.after = boundedInt(s.x.attr(nsW, "val"), 0, maxSpan, 0)
			case "del":
				keep = false
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

// cellProps reads w:tcPr.
func (s *story) cellProps(c *rawCell) {
	for s.x.nextChild() {
		if s.x.ns == nsW {
			val := s.x.attr(nsW, "val")
			switch s.x.local {
			case "gridSpan":
				c.span = boundedInt(val, 1, maxSpan, 1)
			case "vMerge":
				c.rows = mergeOf(val)
			case "hMerge":
				c.cols = mergeOf(val)
			case "tcW":
				if kind := string(s.x.attr(nsW, "type")); kind == "dxa" || kind == "" {
					c.width = twips(s.x.attr(nsW, "w"))
				}
			case "cellDel":
				c.gone = true
			case "cellMerge": // a tracked merge counts as done
				switch string(s.x.attr(nsW, "vMerge")) {
				case "cont":
					c.rows = mergeContinue
				case "rest":
					c.rows = mergeStart
				}
			}
		}
		s.x.skip()
	}
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
func mergeOf(val []byte) merge {
	if string(val) == "restart" {
		return mergeStart
	}
	return mergeContinue
}

// cellPart is the position of a cell in its part.
func cellPart(part string, c *rawCell) *string {
	p := part + "#tbl" + strconv.Itoa(c.ordinal) + "/r" + strconv.Itoa(c.row) + "/c" + strconv.Itoa(c.index)
	return &p
}
