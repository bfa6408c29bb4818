package layout

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
)

// line is a run of glyphs on one baseline, in writing order.
type line struct {
	glyphs   []glyph // without leading and trailing spaces
	text     string
	box      box     // in the reading frame of the page, spaces left out
	base     float64 // baseline y
	size     float64 // size of most glyphs
	bold     bool    // most glyphs are bold
	artifact bool    // all glyphs are artifacts
	turned   bool    // not upright: box is not along the text
	slanted  bool
	spaceEnd bool // a space was typed at the end
	count    int  // glyphs
	// unit, token and end are firstUnit, lastToken and textEnd of a line that was
	// released.
	unit, token, end float64
	lead             int // ideographic spaces typed at the start
	region           int // index into sheet.regions
	gaps             int // places without a character that are wider than any space
	boxed            int // number of the text box on its page, 0 for none
}

// linesOf makes lines of glyphs of any direction: the upright ones first, from
// top to bottom, then turned, vertical and slanted ones.
func linesOf(gs []glyph) []line {
	upright := true
	for i := range gs {
		if gs[i].turn != 0 || gs[i].vertical || gs[i].slanted {
			upright = false
			break
		}
	}
	if upright {
		return uprightLines(gs)
	}
	type direction struct {
		turn     turn
		vertical bool
		angle    int16
	}
	groups := map[direction][]glyph{}
	var order []direction
	for _, g := range gs {
		d := direction{turn: g.turn, vertical: g.vertical}
		if g.slanted {
			d = direction{angle: g.angle}
		}
		if _, ok := groups[d]; !ok {
			order = append(order, d)
		}
		groups[d] = append(groups[d], g)
	}
	sort.SliceStable(order, func(i, j int) bool { // upright before all others
		return order[i] == direction{} && order[j] != direction{}
	})
	var out []line
	for _, d := range order {
		switch {
		case d.angle != 0:
			out = append(out, slantedLine(groups[d]))
		case d.vertical:
			out = append(out, turnedLines(groups[d], 3, true)...)
		case d.turn != 0:
			out = append(out, turnedLines(groups[d], d.turn, false)...)
		default:
			out = append(out, uprightLines(groups[d])...)
		}
	}
	return out
}

// turnedLines makes lines of text of direction t. Vertical writing runs as text
// turned three quarters does, with the glyphs centred on the line.
func turnedLines(gs []glyph, t turn, vertical bool) []line {
	turned := make([]glyph, len(gs))
	for i, g := range gs {
		g.box = along(t, g.box)
		if vertical {
			g.base = (g.box.y0 + g.box.y1) / 2
		}
		turned[i] = g
	}
	ls := uprightLines(turned)
	for i := range ls {
		ls[i].box, ls[i].turned = back(t, ls[i].box), true
		for k := range ls[i].glyphs {
			ls[i].glyphs[k].box = back(t, ls[i].glyphs[k].box)
		}
	}
	return ls
}

// slantedLine keeps slanted text in content order as one line.
func slantedLine(gs []glyph) line {
	l := newLine(gs)
	l.turned, l.slanted = true, true
	return l
}

// uprightLines clusters glyphs by baseline and joins scripts to their lines.
func uprightLines(gs []glyph) []line {
	if len(gs) == 0 {
		return nil
	}
	ordered := inOrder(gs)
	if !ordered {
		gs = slices.Clone(gs)
		slices.SortStableFunc(gs, func(a, b glyph) int { return cmp.Compare(a.base, b.base) })
	}
	var rows [][]glyph
	start := 0
	for i := 1; i <= len(gs); i++ {
		if i < len(gs) && sameBaseline(&gs[start], &gs[i]) {
			continue
		}
		row := gs[start:i:i]
		if !ordered {
			slices.SortStableFunc(row, func(a, b glyph) int { return cmp.Compare(a.box.x0, b.box.x0) })
		}
		rows = append(rows, row)
		start = i
	}
	rows = attachScripts(rows)
	out := make([]line, 0, len(rows))
	for _, row := range rows {
		if l := newLine(row); l.text != "" {
			out = append(out, l)
		}
	}
	return out
}

// inOrder tells glyphs that come row by row, each from left to right, as most do.
func inOrder(gs []glyph) bool {
	row := 0
	for i := 1; i < len(gs); i++ {
		switch a, b := &gs[i-1], &gs[i]; {
		case b.base < a.base:
			return false
		case !sameBaseline(&gs[row], b):
			row = i
		case b.box.x0 < a.box.x0:
			return false
		}
	}
	return true
}

// sameBaseline compares with the first glyph of the row, so that rows cannot
// drift along a slope.
func sameBaseline(first, g *glyph) bool {
	return g.base-first.base <= max(0.5, 0.3*min(first.size, g.size))
}

// attachScripts moves superscripts and subscripts, which have a baseline of
// their own, into the neighbouring row of larger text they stand in.
func attachScripts(rows [][]glyph) [][]glyph {
	if len(rows) < 2 {
		return rows
	}
	sizes := make([]float64, len(rows))
	for i, row := range rows {
		sizes[i] = modeSize(row)
	}
	for i := range rows {
		for _, k := range []int{i + 1, i - 1} {
			if k < 0 || k >= len(rows) || len(rows[i]) == 0 || len(rows[k]) == 0 || sizes[i] > largestScript*sizes[k] ||
				math.Abs(rows[i][0].base-rows[k][0].base) > 0.6*sizes[k] {
				continue
			}
			rows[i], rows[k] = moveScripts(rows[i], rows[k], sizes[k])
		}
	}
	return rows
}

// largestScript is the size of a script by that of its text: browsers make it
// five sixths.
const largestScript = 0.86

// moveScripts moves those runs of small into large that touch the text of large
// sideways without standing under or over a glyph of it.
func moveScripts(small, large []glyph, size float64) (rest, joined []glyph) {
	var moved []glyph
	for len(small) > 0 {
		n := 1
		for n < len(small) && small[n].box.x0-small[n-1].box.x1 < 0.5*small[n].size {
			n++
		}
		if run := small[:n]; scriptOf(run, large, size) {
			moved = append(moved, run...)
		} else {
			rest = append(rest, run...)
		}
		small = small[n:]
	}
	if len(moved) == 0 {
		return rest, large
	}
	joined = append(append(make([]glyph, 0, len(large)+len(moved)), large...), moved...)
	sort.SliceStable(joined, func(a, b int) bool { return joined[a].box.x0 < joined[b].box.x0 })
	return rest, joined
}

// scriptOf tells a short run that stands in a gap of the larger text, or at its
// end, and touches it.
func scriptOf(run, large []glyph, size float64) bool {
	const longest = 12 // characters
	if text, _ := compose(run); len(run) > longest || blank(text) {
		return false
	}
	x0, x1 := run[0].box.x0, run[len(run)-1].box.x1
	i := sort.Search(len(large), func(i int) bool { return large[i].box.x0 > (x0+run[0].box.x1)/2 })
	left, right := math.Inf(1), math.Inf(1)
	if i > 0 {
		left = x0 - large[i-1].box.x1
	}
	if i < len(large) {
		right = large[i].box.x0 - x1
	}
	return min(left, right) > -0.35*size && min(left, right) < 0.8*size
}

// modeSize is the font size of most glyphs, to a quarter point; the larger of two
// that are as frequent.
func modeSize(gs []glyph) float64 {
	best, most := 0.0, 0
	count := map[float64]int{}
	for i := 0; i < len(gs); { // by runs: most lines have one size
		if gs[i].space {
			i++
			continue
		}
		size, n := quarters(gs[i].size), 0
		for ; i < len(gs) && (gs[i].space || quarters(gs[i].size) == size); i++ {
			if !gs[i].space {
				n++
			}
		}
		if i < len(gs) || len(count) > 0 {
			count[size] += n
			n = count[size]
		}
		if n > most || n == most && size > best {
			best, most = size, n
		}
	}
	if best == 0 && len(gs) > 0 {
		return gs[0].size
	}
	return best
}

func quarters(size float64) float64 { return math.Round(size*4) / 4 }

// newLine composes glyphs in writing order; without text where all are spaces.
func newLine(gs []glyph) line {
	l := measuredLine(gs)
	l.compose()
	return l
}

// compose sets the text of the line.
func (l *line) compose() { l.text, l.gaps = compose(l.glyphs) }

// measuredLine is newLine without what compose sets.
func measuredLine(gs []glyph) line {
	l := line{artifact: true}
	for len(gs) > 0 && gs[0].space {
		l.lead += strings.Count(gs[0].text, "\u3000")
		gs = gs[1:]
	}
	for len(gs) > 0 && gs[len(gs)-1].space {
		l.spaceEnd = true
		gs = gs[:len(gs)-1]
	}
	if len(gs) == 0 {
		return line{}
	}
	l.glyphs, l.box, l.count = gs, gs[0].box, len(gs)
	bold, shown := 0, 0
	for i := range gs {
		if gs[i].space {
			continue
		}
		l.box = l.box.union(gs[i].box)
		shown++
		if gs[i].bold {
			bold++
		}
		l.artifact = l.artifact && gs[i].artifact
	}
	l.size, l.bold = modeSize(gs), 2*bold > shown
	l.base = baseOf(gs, l.size)
	return l
}

// baseOf is the baseline of the first glyph of the line's own size.
func baseOf(gs []glyph, size float64) float64 {
	for i := range gs {
		if math.Abs(gs[i].size-size) <= 0.25 {
			return gs[i].base
		}
	}
	return gs[0].base
}

// firstUnit is the width of what cannot be broken at the start of the line: a
// wide character or a Latin word, with the punctuation that keeps to it.
func (l *line) firstUnit() float64 {
	gs := l.glyphs
	if len(gs) == 0 {
		return l.unit
	}
	i := 0
	for i+1 < len(gs) && keeps(gs, i) {
		i++
	}
	if l.turned {
		return max(gs[i].box.x1-gs[0].box.x0, gs[i].box.y1-gs[0].box.y0, gs[0].box.y1-gs[i].box.y0)
	}
	return gs[i].box.x1 - gs[0].box.x0
}

// keeps tells that a line cannot break between glyph i and the next: a short
// form of Unicode's line breaking (UAX #14).
func keeps(gs []glyph, i int) bool {
	a, b := gs[i].last, gs[i+1].first
	switch {
	case gs[i].space || gs[i+1].space:
		return false
	case closing(b), opening(a), quote(a), quote(b):
		return true
	case !wide(a) && !wide(b):
		return !gapIsSpace(&gs[i], &gs[i+1])
	}
	return i > 0 && listOfNumbers(gs[i-1:i+2])
}

func quote(r rune) bool { return strings.ContainsRune("“”‘’\"'", r) }

// listOfNumbers tells a separator between digits: 161、166 is kept on one line.
func listOfNumbers(gs []glyph) bool {
	return digit(gs[0].last) && strings.ContainsAny(gs[1].text, "、，,：:") && digit(gs[2].first)
}

// lastToken is the width of the run of characters without a break opportunity
// at the end of the line.
func (l *line) lastToken() float64 {
	gs := l.glyphs
	if len(gs) == 0 {
		return l.token
	}
	i := len(gs) - 1
	for i > 0 && !gs[i-1].space && !wide(gs[i-1].last) && !gapIsSpace(&gs[i-1], &gs[i]) {
		i--
	}
	return gs[len(gs)-1].box.x1 - gs[i].box.x0
}

// release lets go of the glyphs, which are most of the memory of a long document,
// and keeps what joining lines over pages asks for.
func (l *line) release() {
	if len(l.glyphs) > 0 {
		l.unit, l.token, l.end = l.firstUnit(), l.lastToken(), l.textEnd()
		l.glyphs = nil
	}
}
