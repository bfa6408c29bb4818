package html

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nianbao/extract/flow"
)

// model forms a table (HTML Standard, 4.9.12.1): each cell takes the first free
// columns of its row, and hangs down over as many rows as it spans in its group.
// Where a cell would lie over one that hangs from above, it ends before it.
type model struct {
	w     *walker
	t     *flow.Table
	inner *flow.Sink
	hangs []hang // into the current row, by column
	rows  int    // tr elements read, hidden ones not counted
	lost  bool   // cells lay over each other
}

// hang is a cell of a row above that reaches into this one.
type hang struct {
	column, span int
	rows         int // left
}

// Bounds of the HTML Standard, 4.9.11.
const (
	maxColumnSpan = 1000
	maxRowSpan    = 65534
)

// group reads the rows of one group: no cell hangs out of it.
func (m *model) group(rows []row) {
	m.hangs = m.hangs[:0]
	for i, r := range rows {
		m.row(r, len(rows)-i)
		if m.w.err != nil {
			return
		}
	}
}

// row reads a tr; left is the number of rows of its group from it on.
func (m *model) row(r row, left int) {
	out := flow.Row{Header: r.header}
	line := &builder{m: m, out: &out}
	index := 0
	var begun []hang
	for _, n := range cellsOf(r) {
		s := m.w.styleOf(n, r.style)
		if s.hidden {
			m.w.countHidden(n)
			continue
		}
		span := spanOf(n, "colspan", maxColumnSpan, 1)
		if s.placeholder { // Word's mark for columns that a row leaves out
			line.skip(span)
			continue
		}
		down := min(spanOf(n, "rowspan", maxRowSpan, left), left)
		span = line.fit(span)
		c := flow.Cell{Span: span, Row: m.rows, Index: index, Ordinal: m.t.Ordinal, Width: twipsOf(s)}
		if down > 1 {
			c.Down = flow.MergeStart
			begun = append(begun, hang{column: line.at, span: span, rows: down - 1})
		}
		m.content(n, s, &c, index)
		line.add(c)
		index++
	}
	line.end()
	m.rows++
	m.next(begun)
	m.t.Rows = append(m.t.Rows, out)
}

// next lets the cells above hang one row less and adds those that began here.
func (m *model) next(begun []hang) {
	kept := m.hangs[:0]
	for _, h := range m.hangs {
		if h.rows--; h.rows > 0 {
			kept = append(kept, h)
		}
	}
	m.hangs = append(kept, begun...)
	slices.SortFunc(m.hangs, func(a, b hang) int { return a.column - b.column })
}

// spanOf reads rowspan or colspan; zero means all that are left.
func spanOf(n *html.Node, key string, most, zero int) int {
	value := strings.TrimSpace(attr(n, key))
	end := strings.IndexFunc(value, func(r rune) bool { return r < '0' || r > '9' })
	if end >= 0 {
		value = value[:end]
	}
	if value == "" {
		return 1
	}
	v, err := strconv.Atoi(value)
	switch {
	case err != nil || v > most:
		return most
	case v == 0:
		return zero
	}
	return v
}

// content reads a cell's text; what it holds besides follows the table.
func (m *model) content(n *html.Node, s style, c *flow.Cell, index int) {
	w := m.w
	cell := &flow.Sink{Role: m.inner.Role, Cell: c, Whole: !m.t.SideBySide && index == 0}
	w.in(cell, func() { w.blockOf(n, s) })
	if index > 0 {
		m.t.SideBySide, m.t.Content = true, nil
	} else if !m.t.SideBySide {
		m.t.Content = append(m.t.Content, cell.Content...)
	}
	m.inner.Items = append(m.inner.Items, cell.Items...)
	c.Close()
}

// builder puts the cells of one row in their columns, between those that hang
// from above.
type builder struct {
	m    *model
	out  *flow.Row
	at   int // the first free column
	hung int // of m.hangs, passed
	gap  int // columns left out before at
}

// pass passes the cells from above that begin where the row has come to.
func (b *builder) pass() {
	for b.hung < len(b.m.hangs) && b.m.hangs[b.hung].column <= b.at {
		h := b.m.hangs[b.hung]
		b.put(flow.Cell{Span: h.span, Down: flow.MergeContinue, Row: b.m.rows, Ordinal: b.m.t.Ordinal})
		b.hung++
	}
}

// fit passes what hangs from above and cuts a span where the next of that begins.
func (b *builder) fit(span int) int {
	b.pass()
	if b.hung < len(b.m.hangs) && b.m.hangs[b.hung].column < b.at+span {
		if !b.m.lost {
			b.m.lost = true
			b.m.w.warn.Add("table_overlap", "表格 "+*b.m.t.Part+" 中有单元格相互重叠，重叠处归上方的单元格")
		}
		return b.m.hangs[b.hung].column - b.at
	}
	return span
}

// skip leaves columns out.
func (b *builder) skip(span int) {
	b.pass()
	b.at += span
	b.gap += span
}

func (b *builder) add(c flow.Cell) { b.put(c) }

// put adds a cell at the first free column.
func (b *builder) put(c flow.Cell) {
	w := b.m.w
	if w.cells++; w.cells > w.lim.TableCells {
		w.over()
		return
	}
	b.fill()
	b.out.Cells = append(b.out.Cells, c)
	b.at += c.Span
}

// fill makes the columns left out: in front of the row as such, within it as an
// empty cell, which the grid needs there.
func (b *builder) fill() {
	if b.gap == 0 {
		return
	}
	if len(b.out.Cells) == 0 {
		b.out.Before = b.gap
	} else {
		b.out.Cells = append(b.out.Cells, flow.Cell{Span: b.gap, Row: b.m.rows, Index: len(b.out.Cells), Ordinal: b.m.t.Ordinal})
	}
	b.gap = 0
}

// end passes what hangs behind the last cell of the row.
func (b *builder) end() {
	for b.hung < len(b.m.hangs) {
		if free := b.m.hangs[b.hung].column - b.at; free > 0 {
			b.at += free
			b.gap += free
		}
		b.pass()
		if b.m.w.err != nil {
			return
		}
	}
	b.out.After = b.gap
}

// finish cuts spans that reach behind the last column any cell begins in, drops
// rows without cells, and takes the widths.
func (m *model) finish(n *html.Node) {
	last, columns := 0, 0
	for i := range m.t.Rows {
		r := &m.t.Rows[i]
		at := r.Before
		for k := range r.Cells {
			last = max(last, at)
			at += r.Cells[k].Span
		}
	}
	columns = last + 1
	kept := m.t.Rows[:0]
	for i := range m.t.Rows {
		r := m.t.Rows[i]
		at := r.Before
		for k := range r.Cells {
			r.Cells[k].Span = min(r.Cells[k].Span, columns-at)
			at += r.Cells[k].Span
		}
		if r.After = max(columns-at, 0); len(r.Cells) > 0 {
			kept = append(kept, r)
		}
	}
	m.t.Rows = kept
	m.t.Widths = m.widths(n, columns)
}

// widths are those of the columns: of col elements, else of a row that has a cell
// in each; nil where unknown.
func (m *model) widths(n *html.Node, columns int) []int {
	var widths []int
	for d := range n.Descendants() {
		if d.DataAtom == atom.Tr {
			break
		}
		if d.DataAtom == atom.Col {
			s := m.w.styleOf(d, style{})
			for range min(spanOf(d, "span", maxColumnSpan, 1), columns) {
				widths = append(widths, twipsOf(s))
			}
		}
	}
	if len(widths) == columns && positive(widths) {
		return widths
	}
	for i := range m.t.Rows {
		if r := &m.t.Rows[i]; len(r.Cells) == columns {
			widths = widths[:0]
			for k := range r.Cells {
				widths = append(widths, r.Cells[k].Width)
			}
			if positive(widths) {
				return widths
			}
		}
	}
	return nil
}

func positive(widths []int) bool {
	return !slices.ContainsFunc(widths, func(w int) bool { return w <= 0 })
}

// twipsOf is a width in twips; shares become so that a whole is a page's width.
func twipsOf(s style) int {
	const page = 8300
	if s.width < 0 {
		return int(math.Round(-s.width / 100 * page))
	}
	return int(math.Round(s.width * 20))
}
