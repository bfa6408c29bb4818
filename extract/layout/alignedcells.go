package layout

import (
	"slices"
	"sort"
)

// alignedPiece makes the cells of a table without column lines from its segments,
// nil where its rows cannot be told.
func (s *sheet) alignedPiece(ls []alignedLine, xs []float64, rules []stroke) *piece {
	bands := ruledBands(ls, rules)
	if bands == nil {
		bands = rowBands(ls)
	}
	if bands == nil {
		return nil
	}
	labels := labelCount(ls, len(xs)-1)
	bands = headerBands(ls, bands, labels)
	if s.above != nil && labels == len(xs)-1 {
		labels = s.above.labels
	}
	middle := figureMiddle(ls, len(xs)-1, labels)
	if s.above != nil && middle == 0 {
		middle = s.above.middle
	}
	p := &piece{page: s, xs: xs, ys: bands, labels: labels, middle: middle}
	rows := make([][]*segment, p.rows())
	for i := range ls {
		r := slot(bands, ls[i].base-0.3*ls[i].size)
		for k := range ls[i].segs {
			rows[r] = append(rows[r], &ls[i].segs[k])
		}
	}
	groups := make([]int, labels) // per group column, 1 + the cell whose label may go on
	for r, segs := range rows {
		centreSingle(segs, xs, middle, labels)
		for _, c := range rowCells(r, segs, p.cols()) {
			group := c.col < labels-1 && c.colSpan == 1
			if group && groups[c.col] > 0 && p.cells[groups[c.col]-1].takes(&c) {
				continue
			}
			p.cells = append(p.cells, c)
			if group {
				groups[c.col] = len(p.cells)
			}
		}
	}
	p.fillGaps()
	p.setBoxes()
	p.openBelow = make([]bool, len(xs))
	for i := range p.cells {
		c := &p.cells[i]
		for k := range c.lines {
			if k > 0 {
				c.text += glue(&c.lines[k-1], &c.lines[k], c.box.width())
			}
			c.text += c.lines[k].text
		}
	}
	return p
}

// labelCount is the number of columns left of the first one with figures; all
// where no line has several.
func labelCount(ls []alignedLine, cols int) int {
	n := cols
	for i := range ls {
		for k := range ls[i].segs {
			if sg := &ls[i].segs[k]; ls[i].value > 1 && sg.figure {
				n = min(n, sg.from)
			}
		}
	}
	return n
}

// figureMiddle is the middle between the axes of the first and the last column
// of figures; 0 where no row has a figure in each.
func figureMiddle(ls []alignedLine, cols, labels int) float64 {
	var first, last, count float64
	for i := range ls {
		segs := ls[i].segs
		if n := len(segs); n > cols-labels && labels < cols && segs[n-1].to == cols-1 && segs[n-cols+labels].from == labels {
			a, b := segs[n-cols+labels].box, segs[n-1].box
			first, last, count = first+(a.x0+a.x1)/2, last+(b.x0+b.x1)/2, count+1
		}
	}
	return (first + last) / (2 * max(count, 1))
}

// headerBands parts the header above the first figures below each line with a
// title over several columns.
func headerBands(ls []alignedLine, bands []float64, labels int) []float64 {
	out := append([]float64(nil), bands...)
	for i := 0; i+1 < len(ls) && ls[i].value == 0 && ls[i+1].value == 0; i++ {
		for _, sg := range ls[i].segs {
			if sg.from >= labels && sg.to > sg.from {
				y := (ls[i].base+ls[i+1].base)/2 - 0.3*ls[i].size
				if y > out[0] && !slices.ContainsFunc(out, func(o float64) bool { return abs(o-y) < 0.5*ls[i].size }) {
					out = append(out, y)
					sort.Float64s(out)
				}
			}
		}
	}
	return out
}

// centreSingle spreads the only figure of a row with a label over all columns
// where it stands in their middle: a merged cell. So is a lone title in the
// middle of the table.
func centreSingle(segs []*segment, xs []float64, middle float64, labels int) {
	const few = 6 // columns; in wide tables empty cells are likelier
	if len(segs) == 1 && segs[0].to >= labels {
		sg, whole := segs[0], xs[len(xs)-1]-xs[0]
		if abs(sg.box.x0+sg.box.x1-xs[0]-xs[len(xs)-1]) < 0.2*whole {
			sg.from, sg.to = 0, len(xs)-2
		}
		return
	}
	if len(segs) != 2 || labels != 1 || len(xs) > few || segs[0].to >= labels {
		return
	}
	if sg := segs[1]; abs((sg.box.x0+sg.box.x1)/2-middle) < 0.05*(xs[len(xs)-1]-xs[labels]) {
		sg.from, sg.to = labels, len(xs)-2
	}
}

// rowCells are the cells with text of one row: columns that a segment covers
// together are merged.
func rowCells(r int, segs []*segment, cols int) []cell {
	merged := make([]bool, cols) // with the column before
	for _, sg := range segs {
		for c := sg.from + 1; c <= sg.to; c++ {
			merged[c] = true
		}
	}
	at := make([]int, cols) // the cell that covers a column
	var all []cell
	for c := range cols {
		if c == 0 || !merged[c] {
			all = append(all, cell{row: r, col: c, rowSpan: 1})
		}
		at[c] = len(all) - 1
		all[at[c]].colSpan++
	}
	for _, sg := range segs {
		n := &all[at[sg.from]]
		n.lines = append(n.lines, sg.line)
	}
	return slices.DeleteFunc(all, func(c cell) bool { return len(c.lines) == 0 })
}

// takes joins the next part of a group's label to the cell.
func (c *cell) takes(o *cell) bool {
	if startsItem(o.lines[0].text) || c.row+c.rowSpan != o.row {
		return false
	}
	last := &c.lines[len(c.lines)-1]
	if o.lines[0].base-last.base > 1.7*last.size {
		return false
	}
	c.lines = append(c.lines, o.lines...)
	c.rowSpan++
	return true
}

// fillGaps adds empty cells where no text stands.
func (p *piece) fillGaps() {
	taken := make([]bool, p.rows()*p.cols())
	for i := range p.cells {
		c := &p.cells[i]
		for r := c.row; r < c.row+c.rowSpan; r++ {
			for k := c.col; k < c.col+c.colSpan; k++ {
				taken[r*p.cols()+k] = true
			}
		}
	}
	for i, t := range taken {
		if !t {
			p.cells = append(p.cells, cell{row: i / p.cols(), col: i % p.cols(), rowSpan: 1, colSpan: 1})
		}
	}
	sort.SliceStable(p.cells, func(i, j int) bool {
		a, b := &p.cells[i], &p.cells[j]
		return a.row < b.row || a.row == b.row && a.col < b.col
	})
}
