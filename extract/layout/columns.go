package layout

import (
	"math"
	"sort"
)

// Columns of prose are told by a white corridor with text that fills its width
// on both sides. Lists, forms and tables without lines have corridors too; their
// lines end raggedly or are short, and they are read row by row.
const (
	corridor     = 0.7  // ems of white that part two columns, at least
	corridorLow  = 5.0  // the same in points
	columnWidth  = 7.0  // ems, the narrowest column
	columnLines  = 4    // lines that either side has, at least
	columnFull   = 0.4  // share of them that fill the column
	columnDense  = 0.75 // share of a full line that is set with characters
	deepestSplit = 4    // gutters beside each other, as powers of two
	mostStarts   = 6    // places where lines start that are tried
	mostTrials   = 64   // runs of lines of a page that are tried
)

// region is a part of a page that is read before the next: a column, or a band
// over the whole width.
type region struct {
	box    box // of its lines; the type area of a column from left to right
	column bool
}

// findColumns puts the upright lines of the page into reading order.
func (s *sheet) findColumns() {
	n := 0
	for n < len(s.lines) && !s.lines[n].turned {
		n++
	}
	walls := append([]box(nil), s.images...)
	for _, p := range s.tables {
		walls = append(walls, p.box)
	}
	c := cutter{walls: walls, trials: mostTrials}
	parts := c.cut(stretch{lines: s.lines[:n]}, 0)
	if len(parts) < 2 {
		return
	}
	others := s.lines[n:]
	s.lines = make([]line, 0, len(s.lines)+8)
	for i, st := range parts {
		r := region{box: st.box, column: st.column}
		if !st.column {
			r.box = boxOf(st.lines)
		}
		for k := range st.lines {
			st.lines[k].region = i
		}
		s.regions, s.lines = append(s.regions, r), append(s.lines, st.lines...)
	}
	s.lines = append(s.lines, others...)
}

// regionOf is the place in the reading order of something that is no line.
func (s *sheet) regionOf(b box) int {
	x, out := (b.x0+b.x1)/2, 0
	for i, r := range s.regions {
		if r.box.y0 > b.y0 {
			continue
		}
		if out = i; r.column && r.box.contains(x, b.y0) {
			return i
		}
	}
	return out
}

func boxOf(ls []line) box {
	b := ls[0].box
	for i := range ls {
		b = b.union(ls[i].box)
	}
	return b
}

// stretch is a run of lines before they are a region.
type stretch struct {
	lines  []line
	box    box
	column bool
}

// cutter parts pages into columns.
type cutter struct {
	walls  []box // what parts lines above from those below where it crosses a corridor
	trials int   // runs that may still be tried: bounds the cost
}

// cut parts lines, which stand from top to bottom, into stretches in reading
// order.
func (c *cutter) cut(st stretch, depth int) []stretch {
	if len(st.lines) == 0 {
		return nil
	}
	if depth >= deepestSplit || len(st.lines) < columnLines {
		return []stretch{st}
	}
	best := columnRun{}
	for _, x := range lineStarts(st.lines) {
		for _, r := range columnRuns(st.lines, c.walls, x) {
			if r.to-r.from > best.to-best.from && c.judge(&r, st.lines, depth) {
				best = r
			}
		}
	}
	if best.to == 0 {
		return []stretch{st}
	}
	part := func(from, to int) stretch {
		return stretch{lines: st.lines[from:to], box: st.box, column: st.column}
	}
	out := c.cut(part(0, best.from), depth)
	out = append(out, c.cut(best.left, depth+1)...)
	out = append(out, c.cut(best.right, depth+1)...)
	return append(out, c.cut(part(best.to, len(st.lines)), depth)...)
}

// lineStarts are the places right of the left margin where the most lines start,
// or go on after a gap.
func lineStarts(ls []line) []float64 {
	const pitch = 3.0 // points
	count := map[int]int{}
	left := math.Inf(1)
	for i := range ls {
		left = min(left, ls[i].box.x0)
		end := math.Inf(-1)
		for k := range ls[i].glyphs {
			g := &ls[i].glyphs[k]
			if g.space {
				continue
			}
			if g.box.x0-end >= corridorWidth(ls[i].size) {
				count[int(math.Floor(g.box.x0/pitch))]++
			}
			end = max(end, g.inkEnd())
		}
	}
	var keys []int
	for k, n := range count {
		if n+count[k+1] >= columnLines-1 && float64(k)*pitch > left+columnWidth*4 {
			keys = append(keys, k)
		}
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := keys[i], keys[j]
		return count[a] > count[b] || count[a] == count[b] && a < b
	})
	var out []float64
	for _, k := range keys[:min(len(keys), mostStarts)] {
		out = append(out, float64(k)*pitch)
	}
	return out
}

func corridorWidth(size float64) float64 { return max(corridorLow, corridor*size) }

// columnRun is a run of lines that leave a corridor free.
type columnRun struct {
	from, to    int
	x           float64 // right end of the corridor
	left, right stretch
}

// columnRuns are the longest runs of lines that no character of theirs and no
// wall crosses left of x.
func columnRuns(ls []line, walls []box, x float64) []columnRun {
	var out []columnRun
	from := 0
	emit := func(to int) {
		if to-from >= columnLines {
			out = append(out, columnRun{from: from, to: to, x: x})
		}
	}
	for i := range ls {
		if crosses(&ls[i], x) {
			emit(i)
			from = i + 1
		} else if i > from && wallBetween(walls, ls[i-1].base, ls[i].base, x) {
			emit(i)
			from = i
		}
	}
	emit(len(ls))
	return out
}

func crosses(l *line, x float64) bool {
	white := corridorWidth(l.size)
	k := sort.Search(len(l.glyphs), func(k int) bool { return l.glyphs[k].inkEnd() > x-0.7*white })
	for ; k < len(l.glyphs) && l.glyphs[k].box.x0 < x-0.3*white; k++ {
		if !l.glyphs[k].space {
			return true
		}
	}
	return false
}

// inkEnd is the right end of the glyph; that of full-width closing punctuation,
// which may hang over the margin, is where its mark ends.
func (g *glyph) inkEnd() float64 {
	if wide(g.first) && closing(g.first) && g.turn == 0 {
		return (g.box.x0 + g.box.x1) / 2
	}
	return g.box.x1
}

func wallBetween(walls []box, y0, y1, x float64) bool {
	for _, w := range walls {
		if w.x0 < x && x < w.x1 && w.y1 > y0 && w.y0 < y1 {
			return true
		}
	}
	return false
}

// judge parts the run into its two sides and tells whether both are columns.
func (c *cutter) judge(r *columnRun, ls []line, depth int) bool {
	if c.trials--; c.trials < 0 {
		return false
	}
	// Most runs fail on their left side: the right one is not made before, and no
	// text composed.
	r.left, r.right = stretch{column: true}, stretch{column: true}
	ls = ls[r.from:r.to]
	r.left.lines = make([]line, 0, len(ls))
	for i := range ls {
		if a := measuredLine(ls[i].glyphs[:r.part(&ls[i])]); a.count > 0 {
			a.lead = ls[i].lead
			r.left.lines = append(r.left.lines, a)
		}
	}
	if !c.columns(&r.left, depth) {
		return false
	}
	r.right.lines = make([]line, 0, len(ls))
	for i := range ls {
		if b := measuredLine(ls[i].glyphs[r.part(&ls[i]):]); b.count > 0 {
			r.right.lines = append(r.right.lines, b)
		}
	}
	if !c.columns(&r.right, depth) ||
		r.left.box.y0 >= r.right.box.y1 || r.right.box.y0 >= r.left.box.y1 {
		return false
	}
	for _, side := range [2][]line{r.left.lines, r.right.lines} {
		for i := range side {
			side[i].compose()
		}
	}
	r.from += r.left.behead(&r.right, 2) + r.right.behead(&r.left, 1)
	if r.left.overrun(&r.right) {
		r.left.lines = r.left.lines[:len(r.left.lines)-1]
		r.to--
	}
	return true
}

// part is the index of the line's first glyph right of the corridor.
func (r *columnRun) part(l *line) int {
	white := corridorWidth(l.size)
	return sort.Search(len(l.glyphs), func(k int) bool { return l.glyphs[k].box.x0 > r.x-0.5*white })
}

// columns tells lines that are a column, or several whose lines do not stand side
// by side.
func (c *cutter) columns(st *stretch, depth int) bool {
	if len(st.lines) < columnLines {
		return false
	}
	if st.prose() {
		return true
	}
	if len(st.lines) < 2*columnLines {
		return false
	}
	for _, part := range c.cut(stretch{lines: st.lines}, depth+1) {
		if !part.column {
			return false
		}
	}
	return true
}

// behead leaves out the lines, up to most, that stand above both columns, which
// start at the same height: the end of a paragraph over the whole width, or a
// title that meets one column only.
func (st *stretch) behead(beside *stretch, most int) int {
	first := &beside.lines[0]
	n := 0
	for n < len(st.lines)-columnLines && st.lines[n].base < first.base-1.1*first.size {
		n++
	}
	if n > most {
		return 0
	}
	st.lines = st.lines[n:]
	return n
}

// prose tells lines that fill a column, and sets the column's box.
func (st *stretch) prose() bool {
	em := bodySize(pointers(st.lines))
	st.box = boxOf(st.lines)
	st.box.x0, st.box.x1 = secondEnds(st.lines)
	if st.box.width() < columnWidth*em {
		return false
	}
	full := 0
	for i := range st.lines {
		l := &st.lines[i]
		if l.box.x0 < st.box.x0+2.6*em && l.box.x1 > st.box.x1-1.6*em && l.inked() > columnDense*l.box.width() {
			full++
		}
	}
	return full >= columnLines-1 && float64(full) >= columnFull*float64(len(st.lines))
}

// secondEnds are the second lowest left and the second highest right end of lines.
func secondEnds(ls []line) (left, right float64) {
	first, last := math.Inf(1), math.Inf(-1)
	left, right = first, last
	for i := range ls {
		x0, x1 := ls[i].box.x0, ls[i].box.x1
		left, first = min(left, max(first, x0)), min(first, x0)
		right, last = max(right, min(last, x1)), max(last, x1)
	}
	return left, right
}

func pointers(ls []line) []*line {
	out := make([]*line, len(ls))
	for i := range ls {
		out[i] = &ls[i]
	}
	return out
}

// inked is the width that the characters of the line take, a gap as wide as a
// space included.
func (l *line) inked() float64 {
	sum, end := 0.0, math.Inf(1)
	for i := range l.glyphs {
		g := &l.glyphs[i]
		if g.space {
			continue
		}
		sum += g.box.width()
		if gap := g.box.x0 - end; gap > 0 && gap < corridor*l.size {
			sum += gap
		}
		end = g.box.x1
	}
	return sum
}

// overrun tells that the last line stands below both columns: it starts a
// paragraph though the line above goes on at the top of the next column.
func (st *stretch) overrun(next *stretch) bool {
	n := len(st.lines)
	if n <= columnLines || st.lines[n-1].base < next.lines[len(next.lines)-1].base+0.7*st.lines[n-1].size {
		return false
	}
	last, up, top := &st.lines[n-1], &st.lines[n-2], &next.lines[0]
	return last.box.x0-st.box.x0 > 1.2*last.size && !endsSentence(up.text) && st.box.x1-up.box.x1 < up.size &&
		top.box.x0-next.box.x0 < 0.5*top.size
}
