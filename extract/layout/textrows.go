package layout

import (
	"math"
	"sort"
	"strings"
)

// build makes the cells, nil where the pieces do not keep to the columns.
func (t *textTable) build(s *sheet, lim int) *piece {
	p := &piece{page: s, xs: t.edges()}
	for i := 1; i < len(t.cols); i++ {
		p.whites = append(p.whites, span{a: t.cols[i-1].b - p.xs[0], b: t.cols[i].a - p.xs[0]})
	}
	rows := t.bodyRows()
	if len(t.cols)*(len(rows)+len(t.lines)+1) > lim {
		return nil
	}
	header := t.headerCells()
	levels := 0
	for i := range header {
		levels = max(levels, header[i].row+header[i].rowSpan)
	}
	t.headerEdges(p, header, levels)
	p.cells = header
	for r, row := range rows {
		if r > 0 || levels == 0 {
			p.ys = append(p.ys, row.top)
		}
		p.cells = append(p.cells, rowCells(levels+r, row.segs, len(t.cols))...)
	}
	p.ys = append(p.ys, rows[len(rows)-1].bottom)
	for i := 1; i < len(p.ys); i++ {
		p.ys[i] = max(p.ys[i], p.ys[i-1]+0.1)
	}
	p.fillGaps()
	p.setBoxes()
	p.openBelow = make([]bool, len(p.xs))
	for i := range p.cells {
		c := &p.cells[i]
		sort.SliceStable(c.lines, func(a, b int) bool { return c.lines[a].base < c.lines[b].base-0.3*c.lines[a].size })
		measure := c.box.width() - 2*tightPad
		if c.row < levels {
			measure = 0 // the lines of a head are one text
		}
		c.text = cellOfText(c.lines, measure)
	}
	return p
}

// cellOfText joins the lines of a cell without sides: words and figures are not
// broken there.
func cellOfText(ls []line, measure float64) string {
	var b strings.Builder
	for i := range ls {
		if i > 0 {
			switch u, l := &ls[i-1], &ls[i]; {
			case samePlaceLine(u, l) || numeric(lastRune(u.text)) && numeric(firstRune(l.text)):
				b.WriteByte(' ')
			case !wrapped(u, l, measure):
				b.WriteByte('\n')
			default:
				b.WriteString(glue(u, l, math.Inf(1)))
			}
		}
		b.WriteString(ls[i].text)
	}
	return b.String()
}

// edges are the column edges: the middle of the white between two columns.
func (t *textTable) edges() []float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for i := range t.lines {
		b := t.lines[i].box()
		lo, hi = min(lo, b.x0), max(hi, b.x1)
	}
	xs := []float64{min(lo, t.cols[0].a) - 1}
	for i := 1; i < len(t.cols); i++ {
		xs = append(xs, (t.cols[i-1].b+t.cols[i].a)/2)
	}
	return append(xs, max(hi, t.cols[len(t.cols)-1].b)+1)
}

// textRow is a row of the body.
type textRow struct {
	segs        []*segment
	top, bottom float64
	base        float64 // of its last line
}

// bodyRows makes rows of the lines below the header: a line is a row, but for
// lines beside each other and wrapped text.
func (t *textTable) bodyRows() []textRow {
	var rows []textRow
	var last *textLine
	for i := t.body; i < len(t.lines); i++ {
		l := &t.lines[i]
		var segs []*segment
		for k := range l.segs {
			sg := &l.segs[k]
			sg.from, sg.to = overlapped(t.cols, sg.box)
			if len(l.segs) == 1 && sg.box.x0 < t.cols[0].b {
				sg.from, sg.to = 0, 0 // the title of a group
			}
			segs = append(segs, sg)
		}
		b := l.box()
		if n := len(rows); n > 0 && (l.base-rows[n-1].base < tightLines*min(l.size, last.size) || t.wrapsInto(&rows[n-1], last, l)) {
			r := &rows[n-1]
			r.segs, r.bottom, r.base = append(r.segs, segs...), max(r.bottom, b.y1), l.base
			last = l
			continue
		}
		rows = append(rows, textRow{segs: segs, top: b.y0, bottom: b.y1, base: l.base})
		last = l
	}
	for i := 1; i < len(rows); i++ {
		m := (rows[i-1].bottom + rows[i].top) / 2
		rows[i-1].bottom, rows[i].top = m, m
	}
	return rows
}

// wrapsInto tells that the line goes on with the row above: it has no figures,
// stands close, and each of its pieces goes on with a text that filled its
// column.
func (t *textTable) wrapsInto(r *textRow, above, l *textLine) bool {
	if l.data > 0 || len(l.segs) > 1 && l.segs[0].from == 0 || t.ruleBetween(above.base, l.base) || l.base-above.base > 1.5*l.size {
		return false
	}
	for k := range l.segs {
		sg := &l.segs[k]
		var up *segment
		for _, u := range r.segs {
			if u.from <= sg.to && u.to >= sg.from {
				up = u
			}
		}
		if up == nil || datum(sg.text) || datum(up.text) {
			return false
		}
		width := 0.0
		for c := sg.from; c <= sg.to; c++ {
			width += t.cols[c].b - t.cols[c].a
		}
		if !wrapped(&up.line, &sg.line, max(width, up.box.width())) {
			return false
		}
		if len(l.segs) == 1 && sg.from == 0 && len(r.segs) > 1 && sg.box.x0 <= up.box.x0+0.3*l.size && !lowerStart(sg.text) {
			return false
		}
	}
	return true
}

// lowerStart tells a text that starts in the middle of a sentence.
func lowerStart(text string) bool {
	r := firstRune(text)
	return r >= 'a' && r <= 'z' || opening(r) || r == '&'
}

// ruleBetween tells a rule over most of the width between two baselines.
func (t *textTable) ruleBetween(y0, y1 float64) bool {
	for _, y := range t.full {
		if y > y0 && y < y1-0.3*t.size {
			return true
		}
	}
	return false
}

// headerCells makes the cells of the header: lines under each other in one
// column are one cell, a title over several columns is a level above them.
func (t *textTable) headerCells() []cell {
	var cells []cell
	open := make([]int, len(t.cols)) // 1 + the cell that ends the header in a column
	for i := 0; i < t.body; i++ {
		l := &t.lines[i]
		t.cutHeader(l)
		t.placeHeader(i)
		for k := range l.segs {
			sg := &l.segs[k]
			if n := open[sg.from]; n > 0 && cells[n-1].col == sg.from && cells[n-1].colSpan == sg.to-sg.from+1 &&
				!t.ruledBetween(&cells[n-1].lines[len(cells[n-1].lines)-1], &sg.line) {
				cells[n-1].lines = append(cells[n-1].lines, sg.line)
				continue
			}
			level := 0
			for c := sg.from; c <= sg.to; c++ {
				if n := open[c]; n > 0 {
					level = max(level, cells[n-1].row+1)
				}
			}
			cells = append(cells, cell{row: level, rowSpan: 1, col: sg.from, colSpan: sg.to - sg.from + 1, lines: []line{sg.line}})
			for c := sg.from; c <= sg.to; c++ {
				open[c] = len(cells)
			}
		}
	}
	return t.stretch(cells)
}

// stretch lets the cells of columns with fewer levels reach over the whole
// header, and parts what overlaps.
func (t *textTable) stretch(cells []cell) []cell {
	levels := 0
	for i := range cells {
		levels = max(levels, cells[i].row+1)
	}
	grid := make([]int, levels*len(t.cols))
	var out []cell
	for _, c := range cells {
		free := true
		for k := c.col; k < c.col+c.colSpan; k++ {
			free = free && grid[c.row*len(t.cols)+k] == 0
		}
		if !free { // two pieces of one column and level: one cell
			n := grid[c.row*len(t.cols)+c.col]
			if n == 0 {
				n = len(out)
			}
			out[n-1].lines = append(out[n-1].lines, c.lines...)
			continue
		}
		out = append(out, c)
		for k := c.col; k < c.col+c.colSpan; k++ {
			grid[c.row*len(t.cols)+k] = len(out)
		}
	}
	for i := range out {
		c := &out[i]
		for c.row+c.rowSpan < levels {
			free := true
			for k := c.col; k < c.col+c.colSpan; k++ {
				free = free && grid[(c.row+c.rowSpan)*len(t.cols)+k] == 0
			}
			if !free {
				break
			}
			for k := c.col; k < c.col+c.colSpan; k++ {
				grid[(c.row+c.rowSpan)*len(t.cols)+k] = i + 1
			}
			c.rowSpan++
		}
	}
	return out
}

// ruledBetween tells a rule of any length between two lines under each other.
func (t *textTable) ruledBetween(a, b *line) bool {
	for _, r := range t.rules {
		if r.pos > a.base-0.1*a.size && r.pos < b.base-0.4*b.size &&
			min(r.b, b.box.x1)-max(r.a, b.box.x0) > 0.3*b.box.width() {
			return true
		}
	}
	return false
}

// headerGap is the white in ems that parts the heads of two columns where it
// lies between them: more than the space of words.
const headerGap = 0.4

// cutHeader parts the pieces of a header line at the white between columns.
func (t *textTable) cutHeader(l *textLine) {
	var out []segment
	for k := range l.segs {
		sg := &l.segs[k]
		if _, _, ok := t.underline(sg); ok {
			out = append(out, *sg)
			continue
		}
		start, end := 0, -1 // end is the last glyph that shows
		for i := range sg.glyphs {
			g := &sg.glyphs[i]
			if g.space {
				continue
			}
			if end >= 0 && g.box.x0-sg.glyphs[end].box.x1 > headerGap*sg.size && t.parts(sg.glyphs[end].box.x1, g.box.x0) {
				out = append(out, segment{line: newLine(sg.glyphs[start : end+1])})
				start = i
			}
			end = i
		}
		out = append(out, segment{line: newLine(sg.glyphs[start:])})
	}
	l.segs = out
}

// parts tells that the white from a to b lies between two columns.
func (t *textTable) parts(a, b float64) bool {
	for i := 1; i < len(t.cols); i++ {
		if min(b, t.cols[i].a)-max(a, t.cols[i-1].b) > 0 {
			return true
		}
	}
	return false
}

// placeHeader gives the pieces of header line n their columns: those under the
// rule below a title, else those it covers.
func (t *textTable) placeHeader(n int) {
	l := &t.lines[n]
	for k := range l.segs {
		sg := &l.segs[k]
		sg.from, sg.to = overlapped(t.cols, sg.box)
		if from, to, ok := t.ruledGroup(n, k); ok {
			sg.from, sg.to = from, to
			continue
		}
		if a, b, ok := t.underline(sg); ok {
			from, to := overlapped(t.cols, box{a, sg.box.y0, b, sg.box.y1})
			if to-from > sg.to-sg.from {
				sg.from, sg.to = from, to
			}
			continue
		}
		if len(l.segs) == 1 || sg.from < sg.to {
			t.centreOver(l, k)
		}
	}
	for k := 1; k < len(l.segs); k++ { // disjoint, in order
		a, b := &l.segs[k-1], &l.segs[k]
		if b.from <= a.to && a.from < a.to {
			a.to = max(a.from, b.from-1)
		}
		if b.from <= a.to {
			b.from, b.to = min(a.to+1, b.to), max(b.to, a.to)
			b.from = min(b.from, b.to)
		}
	}
}

// ruledGroup is the group of columns between two vertical lines that piece k of
// header line n is the title of: it stands alone there, and a line below has the
// heads of the columns.
func (t *textTable) ruledGroup(n, k int) (from, to int, ok bool) {
	if t.edgesX == nil {
		return 0, 0, false
	}
	middle := func(b box) int { return slot(t.edgesX, (b.x0+b.x1)/2) }
	group := middle(t.lines[n].segs[k].box)
	count := func(o *textLine) int {
		n := 0
		for i := range o.segs {
			if middle(o.segs[i].box) == group {
				n++
			}
		}
		return n
	}
	heads := 0
	for i := n + 1; i < t.body; i++ {
		heads = max(heads, count(&t.lines[i]))
	}
	if count(&t.lines[n]) != 1 || heads < 2 {
		return 0, 0, false
	}
	from, to = len(t.cols), -1
	for i, c := range t.cols {
		if slot(t.edgesX, (c.a+c.b)/2) == group {
			from, to = min(from, i), max(to, i)
		}
	}
	return from, to, to > from
}

// underline is the rule right below a piece that is longer than it and no rule
// of the whole table.
func (t *textTable) underline(sg *segment) (a, b float64, ok bool) {
	for _, r := range t.rules {
		d := r.pos - sg.base
		if d < -0.1*sg.size || d > 1.2*sg.size || r.a > sg.box.x0+1 || r.b < sg.box.x1-1 {
			continue
		}
		if r.b-r.a < 0.9*(t.cols[len(t.cols)-1].b-t.cols[0].a) {
			return r.a, r.b, true
		}
	}
	return 0, 0, false
}

// mostCentred is the number of columns up to which all pairs are tried.
const mostCentred = 64

// centreOver widens a title to the columns it is centred over, as far as its
// neighbours let it.
func (t *textTable) centreOver(l *textLine, k int) {
	sg := &l.segs[k]
	low, high := 1, len(t.cols)-1
	if k > 0 {
		_, n := overlapped(t.cols, l.segs[k-1].box)
		low = n + 1
	}
	if k+1 < len(l.segs) {
		n, _ := overlapped(t.cols, l.segs[k+1].box)
		high = n - 1
	}
	if sg.from < low || sg.to > high || high-low > mostCentred {
		return
	}
	middle := func(a, b int) float64 { return (t.cols[a].a + t.cols[b].b) / 2 }
	x := (sg.box.x0 + sg.box.x1) / 2
	if whole := t.cols[high].b - t.cols[low].a; len(l.segs) == 1 && abs(middle(low, high)-x) <= 0.05*whole {
		sg.from, sg.to = low, high
		return
	}
	best, from, to := abs(middle(sg.from, sg.to)-x), sg.from, sg.to
	for a := low; a <= sg.from; a++ {
		for b := sg.to; b <= high; b++ {
			if d := abs(middle(a, b) - x); d < best-0.1*sg.size || d < 0.6*sg.size && b-a > to-from {
				best, from, to = d, a, b
			}
		}
	}
	sg.from, sg.to = from, to
}

// headerEdges sets the row edges of the header.
func (t *textTable) headerEdges(p *piece, header []cell, levels int) {
	if levels == 0 {
		return
	}
	top := t.lines[0].box().y0
	p.ys = []float64{top}
	end := (t.lines[t.body-1].box().y1 + t.lines[t.body].box().y0) / 2
	for n := 1; n < levels; n++ {
		y := end
		for i := range header {
			if c := &header[i]; c.row == n {
				y = min(y, c.lines[0].box.y0)
			}
		}
		p.ys = append(p.ys, max(y, p.ys[n-1]+0.1))
	}
	p.ys = append(p.ys, max(end, p.ys[levels-1]+0.1))
}
