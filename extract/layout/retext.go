package layout

import "sort"

// retext reads a ruled table by its text where its lines part groups of columns
// only: several figures stand beside each other in most of its cells. nil where
// the lines are all there is to tell.
func (p *piece) retext(s *sheet, lim int) *piece {
	if !p.mayPart() {
		return nil
	}
	ls := p.textLines()
	if !groupsOnly(ls) {
		return nil
	}
	all := make([]textLine, len(ls))
	for i := range ls {
		all[i] = ls[i].textLine
	}
	t := newTextTable(all, p.sides())
	if t == nil || len(t.lines) != len(all) || len(t.cols) <= p.cols() || t.crowded() || t.listed() {
		return nil
	}
	for _, x := range p.xs[1 : len(p.xs)-1] { // every line parts columns
		for _, c := range t.cols {
			if c.a < x-thinnest && x+thinnest < c.b {
				return nil
			}
		}
	}
	t.edgesX = p.xs
	q := t.build(s, lim)
	if q == nil {
		return nil
	}
	q.whites = nil // the lines tell where it goes on
	q.ruled, q.openTop, q.openBottom, q.pad = p.ruled, p.openTop, p.openBottom, tightPad
	q.xs[0], q.xs[len(q.xs)-1] = p.xs[0], p.xs[len(p.xs)-1]
	q.ys[0], q.ys[len(q.ys)-1] = min(p.ys[0], q.ys[1]-0.1), max(p.ys[len(p.ys)-1], q.ys[len(q.ys)-2]+0.1)
	q.setBoxes()
	return q
}

// leastGroups is the number of lines that have several figures in one cell.
const leastGroups = 3

// mayPart tells that enough lines have gaps or figures beside each other: in most
// tables none has.
func (p *piece) mayPart() bool {
	n := 0
	for i := range p.cells {
		for _, l := range p.cells[i].glyphLines() {
			if l.gapped() || figuresBeside(l.text) {
				if n++; n == leastGroups {
					return true
				}
			}
		}
	}
	return false
}

// gapped tells a gap that parts columns.
func (l *line) gapped() bool {
	end := -1
	for i := range l.glyphs {
		g := &l.glyphs[i]
		if g.space {
			continue
		}
		if end >= 0 && g.box.x0-l.glyphs[end].box.x1 > segmentGap*l.size {
			return true
		}
		end = i
	}
	return false
}

// cellLine is a line over all cells of a row.
type cellLine struct {
	textLine
	cells  int // with a piece on the line
	groups int // of these, cells with several figures or a label and figures
}

// textLines are the lines of the table, cut at the sides of its cells. nil where
// text is turned.
func (p *piece) textLines() []cellLine {
	var parts []cellLine
	for i := range p.cells {
		for _, l := range p.cells[i].glyphLines() {
			if l.turned || l.slanted {
				return nil
			}
			c := cellLine{textLine: cutText(&l, 0), cells: 1}
			if len(c.segs) > 1 && (c.data == len(c.segs)-1) && (p.cells[i].col == 0 || datum(c.segs[0].text)) {
				c.groups = 1
			}
			parts = append(parts, c)
		}
	}
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].base < parts[j].base })
	var out []cellLine
	for _, l := range parts {
		n := len(out) - 1
		if n < 0 || l.base-out[n].base > max(0.5, 0.3*min(l.size, out[n].size)) {
			out = append(out, l)
			continue
		}
		o := &out[n]
		o.segs = append(o.segs, l.segs...)
		o.cells, o.groups, o.size = o.cells+1, o.groups+l.groups, max(o.size, l.size)
	}
	for i := range out {
		l := &out[i]
		sort.SliceStable(l.segs, func(a, b int) bool { return l.segs[a].box.x0 < l.segs[b].box.x0 })
		l.data, l.prose = 0, 0
		for k := range l.segs {
			if k > 0 && datum(l.segs[k].text) {
				l.data++
			}
			if running(l.segs[k].text) {
				l.prose++
			}
		}
	}
	return out
}

// groupsOnly tells that most lines with figures have several in one cell.
func groupsOnly(ls []cellLine) bool {
	data, groups := 0, 0
	for i := range ls {
		if ls[i].data > 0 {
			data++
			if ls[i].groups > 0 {
				groups++
			}
		}
	}
	return groups >= leastGroups && 2*groups > data
}

// sides are the horizontal sides of the cells.
func (p *piece) sides() []stroke {
	var ss []stroke
	for i := range p.cells {
		b := p.cells[i].box
		ss = append(ss, stroke{b.y0, b.x0, b.x1}, stroke{b.y1, b.x0, b.x1})
	}
	_, all := flatten(tracks(ss))
	return all
}
