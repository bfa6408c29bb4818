package layout

import (
	"math"
	"strings"
)

// setText composes the text of all cells.
func (p *piece) setText() {
	p.pad = maxPad
	for i := range p.cells {
		c := &p.cells[i]
		c.lines = c.glyphLines()
		c.glyphs = nil
		for k := range c.lines {
			b := c.lines[k].box
			p.pad = min(p.pad, b.x0-c.box.x0, c.box.x1-b.x1)
		}
	}
	p.pad = max(0, p.pad)
	for i := range p.cells {
		c := &p.cells[i]
		c.text = joinCell(c.lines, c.box.width()-2*p.pad)
	}
}

// glyphLines are the lines of the cell's glyphs.
func (c *cell) glyphLines() []line {
	if c.lines == nil && len(c.glyphs) > 0 {
		c.lines = linesOf(c.glyphs)
	}
	return c.lines
}

// maxPad is the largest distance between cell side and text that is taken for
// padding, in points.
const maxPad = 6.0

// joinCell joins the lines of a cell. measure is the width a line may have.
// Wrapped lines become one string, paragraphs are kept apart by "\n".
func joinCell(ls []line, measure float64) string {
	if len(ls) == 1 {
		return ls[0].text
	}
	var b strings.Builder
	for i := range ls {
		if i > 0 {
			b.WriteString(cellGlue(ls, i, measure))
		}
		b.WriteString(ls[i].text)
	}
	return b.String()
}

// cellGlue is what stands between line i-1 and line i of a cell.
func cellGlue(ls []line, i int, measure float64) string {
	a, b := &ls[i-1], &ls[i]
	if a.turned || b.turned {
		if a.turned != b.turned || a.slanted || b.slanted {
			return "\n"
		}
		return glue(a, b, math.Inf(1))
	}
	if samePlaceLine(a, b) {
		return " "
	}
	if !wrapped(a, b, measure) {
		return "\n"
	}
	return glue(a, b, measure)
}

// samePlaceLine tells two lines of different size that stand beside each other.
func samePlaceLine(a, b *line) bool {
	return b.box.x0 >= a.box.x1 && math.Abs(a.base-b.base) < 0.3*max(a.size, b.size)
}

// wrapped tells whether b goes on with the paragraph of a in a cell: the start
// of b would not have fitted into a. The test leans towards yes, since the
// padding is an estimate: an em more is still taken for full.
func wrapped(a, b *line, measure float64) bool {
	em := max(a.size, b.size)
	if measure < 2.5*em { // a column of one or two characters
		return !startsItem(b.text) || a.box.width() < 1.5*em
	}
	ra, rb := lastRune(a.text), firstRune(b.text)
	rest := measure - a.box.width()
	if numeric(ra) && numeric(rb) { // a number broken by a narrow column
		return rest < max(2.5*0.5*em, 0.25*measure)
	}
	if startsItem(b.text) && !numeric(rb) {
		return rest < 0.5*em
	}
	if startsItem(b.text) && rest > 0.5*em {
		return false
	}
	return rest < b.firstUnit()+em
}
