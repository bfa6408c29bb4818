package layout

import (
	"sort"
	"unicode"

	"nianbao/extract/lazyregexp"
)

// Tables that are ruled only in part: where no lines part the rows or the
// columns of a table, its text does.

// refine parts the rows and columns that are not ruled. It is called before
// setText.
func (p *piece) refine() {
	p.splitColumns()
	p.splitRows()
}

// datum tells a text that is no prose: a figure with its marks and unit, a
// percentage, an interval, or a mark for a missing figure.
func datum(text string) bool {
	const mostLetters = 4
	digits, letters, others := 0, 0, 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			if letters++; letters > mostLetters {
				return false
			}
		case !unicode.IsSpace(r):
			others++
		}
	}
	switch {
	case letters == 0:
		return digits > 0 || noFigure.MatchString(text)
	case digits == 0:
		return letters == 1 && others >= 2 && !startsItem(text)
	}
	return letters <= digits+1 && !startsItem(text)
}

// noFigure is what stands for a missing figure.
var noFigure = lazyregexp.New(`^[-–—―−/／*＊†‡#…\s]{1,8}$|^[.·]{2,7}$`)

// splitColumns parts cells that run over several columns without holding one
// text: the columns are ruled in other rows only, and the pieces of each line
// keep to them.
func (p *piece) splitColumns() {
	if p.cols() < 2 {
		return
	}
	type split struct {
		cell  int
		parts []cell
	}
	var found []split
	rows := 0
	for i := range p.cells {
		if parts, filled := p.columnParts(&p.cells[i]); parts != nil {
			found = append(found, split{i, parts})
			if filled == len(parts) {
				rows++
			}
		}
	}
	if len(found) < 2 || rows == 0 {
		return // a single row may be anything
	}
	var cells []cell
	for i := range p.cells {
		if len(found) > 0 && found[0].cell == i {
			cells = append(cells, found[0].parts...)
			found = found[1:]
			continue
		}
		cells = append(cells, p.cells[i])
	}
	p.cells = cells
	p.setBoxes()
}

// columnParts are the cells that the text of a merged cell fills, and how many of
// them have text; nil where it is one text.
func (p *piece) columnParts(c *cell) ([]cell, int) {
	if c.colSpan < 2 || len(c.glyphs) == 0 {
		return nil, 0
	}
	parts := make([]cell, c.colSpan)
	for k := range parts {
		parts[k] = cell{row: c.row, col: c.col + k, rowSpan: c.rowSpan, colSpan: 1}
	}
	used := map[int]bool{}
	for _, l := range c.glyphLines() {
		if l.turned {
			return nil, 0
		}
		a := cutLine(&l, 0)
		for _, s := range a.segs {
			from, to := slot(p.xs, s.box.x0+0.2*l.size), slot(p.xs, s.box.x1-0.2*l.size)
			if from != to || from < c.col || to >= c.col+c.colSpan {
				return nil, 0
			}
			parts[from-c.col].glyphs = append(parts[from-c.col].glyphs, s.glyphs...)
			used[from] = true
		}
	}
	if len(used) < 2 || 2*len(used) < c.colSpan {
		return nil, 0
	}
	return parts, len(used)
}

// rowSplit is where a row is to be parted, and the lines of its cells.
type rowSplit struct {
	edges []float64
	lines map[int][]line
}

// splitRows parts rows in which figures stand under each other.
func (p *piece) splitRows() {
	if p.cols() < 2 {
		return
	}
	single := make([][]int, p.rows()) // cells of one row
	for i := range p.cells {
		if c := &p.cells[i]; c.rowSpan == 1 {
			single[c.row] = append(single[c.row], i)
		}
	}
	splits, found := make([]rowSplit, p.rows()), false
	for r := range splits {
		edges, lines := p.rowEdges(single[r])
		splits[r] = rowSplit{edges, lines}
		found = found || len(edges) > 0
	}
	if found {
		p.insertRows(splits)
	}
}

// rowEdges are the heights at which the row of the given cells is to be parted,
// and the lines of the cells; none where it is one row.
func (p *piece) rowEdges(cells []int) (edges []float64, lines map[int][]line) {
	lines = map[int][]line{}
	var data []float64 // baselines of figures
	figures, broken, columns, size := 0, 0, 0, 0.0
	for _, i := range cells {
		c := &p.cells[i]
		ls := c.glyphLines()
		lines[i] = ls
		n := 0
		for k := range ls {
			if ls[k].turned || ls[k].slanted {
				return nil, nil
			}
			size = max(size, ls[k].size)
			if datum(ls[k].text) {
				n++
			}
		}
		if c.col == 0 || n == 0 {
			continue
		}
		if n < len(ls) {
			return nil, nil // figures within a text
		}
		columns++
		switch {
		case n > 1 && c.brokenNumber(ls):
			broken++
		case n > 1:
			figures++
		}
		for k := range ls {
			data = append(data, ls[k].base)
		}
	}
	bases := clusterBases(data, 0.4*size)
	if figures+broken == 0 || fullRows(bases, data, columns) < 2 || figures == 0 && p.labelled(bases, lines) < 2 {
		return nil, nil
	}
	return p.textRows(bases, lines), lines
}

// labelled counts the baselines of figures that have a label beside them; a
// wrapped label is one.
func (p *piece) labelled(bases []float64, lines map[int][]line) int {
	has := make([]bool, len(bases))
	for i, ls := range lines {
		if p.cells[i].col > 0 && len(ls) > 0 && datum(ls[0].text) {
			continue
		}
		width := p.cells[i].box.width() - 2*tightPad
		for k := range ls {
			if k > 0 && wrapped(&ls[k-1], &ls[k], width) {
				continue
			}
			at := sort.SearchFloat64s(bases, ls[k].base-0.4*ls[k].size)
			if at < len(bases) && bases[at] <= ls[k].base+0.4*ls[k].size {
				has[at] = true
			}
		}
	}
	n := 0
	for _, h := range has {
		if h {
			n++
		}
	}
	return n
}

// fullRows counts the baselines at which at least half of the columns have a
// figure: where only some do, their numbers are broken over lines.
func fullRows(bases, data []float64, columns int) int {
	full := 0
	for i, from := range bases {
		to := len(data)
		if i+1 < len(bases) {
			to = sort.SearchFloat64s(data, bases[i+1])
		}
		if 2*(to-sort.SearchFloat64s(data, from)) >= columns {
			full++
		}
	}
	return full
}

// cellPadding is what the sides of a cell keep free, in ems: word processors leave
// 11 points.
const cellPadding = 1.2

// brokenNumber tells what may be a single number that a narrow cell breaks over
// lines: on one line it would not fit.
func (c *cell) brokenNumber(ls []line) bool {
	width := 0.0
	for k := range ls {
		if k > 0 && (!numeric(lastRune(ls[k-1].text)) || !numeric(firstRune(ls[k].text))) {
			return false
		}
		width += ls[k].box.width()
	}
	return width > c.box.width()-cellPadding*ls[0].size
}

// clusterBases are the distinct baselines.
func clusterBases(bases []float64, tolerance float64) []float64 {
	sort.Float64s(bases)
	var out []float64
	for _, b := range bases {
		if len(out) == 0 || b-out[len(out)-1] > tolerance {
			out = append(out, b)
		}
	}
	return out
}

// textRows makes rows of the figures' baselines and the labels' paragraphs: a
// paragraph takes the figures beside it, one without figures is a row of its
// own.
func (p *piece) textRows(bases []float64, lines map[int][]line) []float64 {
	if len(bases) < 2 {
		return nil
	}
	type row struct{ top, bottom float64 }
	var rows []row
	for i, ls := range lines {
		c := &p.cells[i]
		if len(ls) == 0 || c.col > 0 && datum(ls[0].text) {
			continue
		}
		if c.col > 0 && len(ls) > 1 {
			return nil // texts in several columns: no telling what belongs together
		}
		for k := 0; k < len(ls); {
			end := k + 1
			for end < len(ls) && wrapped(&ls[end-1], &ls[end], c.box.width()-2*tightPad) && !beside(bases, &ls[end], &ls[k]) {
				end++
			}
			rows = append(rows, row{ls[k].box.y0, ls[end-1].box.y1})
			k = end
		}
	}
	sort.Slice(rows, func(i, k int) bool { // lines come in no order
		return rows[i].top < rows[k].top || rows[i].top == rows[k].top && rows[i].bottom < rows[k].bottom
	})
	for _, b := range bases {
		at := sort.Search(len(rows), func(i int) bool { return rows[i].bottom >= b-1 })
		if at < len(rows) && rows[at].top < b {
			continue
		}
		rows = append(rows, row{})
		copy(rows[at+1:], rows[at:])
		rows[at] = row{b - 1, b + 1}
	}
	var edges []float64
	for i := 1; i < len(rows); i++ {
		if rows[i].top < rows[i-1].bottom-0.5*(rows[i].bottom-rows[i].top) {
			return nil
		}
		edges = append(edges, (rows[i-1].bottom+rows[i].top)/2)
	}
	return edges
}

// tightPad is the least padding of a cell, in points.
const tightPad = 1.0

// beside tells that both lines have figures of their own beside them.
func beside(bases []float64, a, b *line) bool {
	has := func(l *line) bool {
		i := sort.SearchFloat64s(bases, l.base-0.4*l.size)
		return i < len(bases) && bases[i] <= l.base+0.4*l.size
	}
	return has(a) && has(b)
}

// insertRows parts the rows at their edges.
func (p *piece) insertRows(splits []rowSplit) {
	index := make([]int, p.rows()+1) // old grid line → new one
	var ys []float64
	for r, s := range splits {
		index[r] = len(ys)
		ys = append(append(ys, p.ys[r]), s.edges...)
	}
	index[p.rows()] = len(ys)
	ys = append(ys, p.ys[p.rows()])
	var cells []cell
	for i, c := range p.cells {
		split := &splits[c.row]
		row, end := index[c.row], index[c.row+c.rowSpan]
		if c.rowSpan > 1 || len(split.edges) == 0 {
			c.row, c.rowSpan = row, end-row
			cells = append(cells, c)
			continue
		}
		parts := make([]cell, len(split.edges)+1)
		for k := range parts {
			parts[k] = cell{row: row + k, col: c.col, rowSpan: 1, colSpan: c.colSpan}
		}
		for _, l := range split.lines[i] {
			at := sort.SearchFloat64s(split.edges, (l.box.y0+l.box.y1)/2)
			parts[at].glyphs = append(parts[at].glyphs, l.glyphs...)
		}
		cells = append(cells, parts...)
	}
	sort.SliceStable(cells, func(i, j int) bool {
		return cells[i].row < cells[j].row || cells[i].row == cells[j].row && cells[i].col < cells[j].col
	})
	p.ys, p.cells = ys, cells
	p.setBoxes()
}
