package layout

import (
	"math"
	"sort"

	"nianbao/extract"
)

// Tables without lines are told by the alignment of figures alone, so the bar is
// high: text that merely has gaps must never become a table.
const (
	segmentGap   = 0.9 // ems of white that part the columns of a line
	alignedRows  = 3   // lines with three or more columns that are wanted
	alignedValue = 2   // lines with two or more figures that are wanted
	alignedWide  = 8   // figures of one line that do as well
	regionGap    = 2.4 // ems of pitch that end a table
	paddedGap    = 4.5 // the same from a line of several segments on: rows with padding
)

// segment is a run of a line without a column gap.
type segment struct {
	line
	from, to int  // columns it covers
	near     bool // only a narrow space parts it from the piece before
	figure   bool // once these are counted
}

// alignedLine is a body line cut into segments.
type alignedLine struct {
	index int // into sheet.lines
	base  float64
	size  float64
	segs  []segment
	value int // number of figures, once these are counted
}

// figure tells a value that is no ordinal.
func figure(text string) bool {
	return value.MatchString(text) && !startsItem(text)
}

// cutLine parts a line at wide gaps.
func cutLine(l *line, index int) alignedLine {
	out := alignedLine{index: index, base: l.base, size: l.size}
	start, end := 0, -1 // end is the last glyph that shows
	emit := func(stop int) {
		s := *l // most lines are whole
		if start > 0 || stop < len(l.glyphs) {
			s = newLine(l.glyphs[start:stop])
		}
		if s.text != "" {
			out.segs = append(out.segs, segment{line: s})
		}
	}
	for i := range l.glyphs {
		g := &l.glyphs[i]
		if g.space {
			continue
		}
		if end >= 0 && g.box.x0-l.glyphs[end].box.x1 > segmentGap*l.size {
			emit(end + 1)
			start = i
		}
		end = i
	}
	emit(len(l.glyphs))
	return out
}

// countFigures sets the number of figures.
func (l *alignedLine) countFigures() {
	for i := range l.segs {
		if l.segs[i].figure = figure(l.segs[i].text); l.segs[i].figure {
			l.value++
		}
	}
}

// findAligned makes tables of regions of aligned figures and takes their lines
// out of the body.
func (s *sheet) findAligned(rules []stroke, lim extract.Limits) {
	all := make([]alignedLine, 0, len(s.lines))
	left := math.Inf(1)
	for i := range s.lines {
		if l := &s.lines[i]; !l.turned {
			all = append(all, cutLine(l, i))
			all[len(all)-1].countFigures()
			left = min(left, l.box.x0)
		}
	}
	used := make([]bool, len(s.lines))
	tops := newHeights(s.tables)
	for start := 0; start < len(all); {
		end := start
		for end < len(all) && s.inRegion(all[start:end+1], left, tops) {
			end++
		}
		for end-start > 1 && len(all[end-1].segs) == 1 && all[end-1].base-all[end-2].base > regionGap*all[end-1].size {
			end-- // what stands apart below a table
		}
		p := s.alignedTable(all[start:end], rules, lim)
		if p == nil && s.above != nil && len(s.tables) == 0 && all[start].base-all[start].size > topMargin*s.h {
			p = s.alignedRest(all[start:end], rules)
			s.above = nil // only the first lines of a page may go on with its table
		}
		if p != nil {
			for _, a := range all[start:end] {
				used[a.index] = true
			}
			s.tables = append(s.tables, p)
		}
		start = max(end, start+1)
	}
	rest := make([]line, 0, len(s.lines))
	for i := range s.lines {
		if !used[i] {
			rest = append(rest, s.lines[i])
		}
	}
	s.lines = rest
}

// inRegion tells whether the last line can belong to the table that the others
// start: near, of one size, no chapter heading and no prose.
func (s *sheet) inRegion(ls []alignedLine, left float64, tables heights) bool {
	l := &ls[len(ls)-1]
	if len(ls) > 1 {
		a := &ls[len(ls)-2]
		if s.lines[l.index].region != s.lines[a.index].region || l.base-a.base > regionGap*l.size && !rowAbove(ls) ||
			abs(l.size-a.size) > 0.12*a.size || tables.between(a.base, l.base) {
			return false
		}
	}
	if len(l.segs) != 1 {
		return len(l.segs) > 1
	}
	_, level := readOrdinal(l.segs[0].text)
	b := l.segs[0].box
	return b.width() <= 0.45*s.w && !(b.x0 <= left+l.size && (level == 1 || level == 2 || endsSentence(l.segs[0].text)))
}

// rowAbove tells whether the last line stands as near below a row as the next
// row of a table with padding may, or is itself such a row.
func rowAbove(ls []alignedLine) bool {
	l := &ls[len(ls)-1]
	for i := len(ls) - 2; i >= 0 && l.base-ls[i].base <= paddedGap*l.size; i-- {
		if len(ls[i].segs) > 1 || len(l.segs) > 1 {
			return true
		}
	}
	return false
}

// heights tells where tables stand: their tops in order, and the lowest bottom
// up to each.
type heights struct{ tops, bottoms []float64 }

func newHeights(sorted []*piece) heights {
	var h heights
	low := math.Inf(-1)
	for _, p := range sorted {
		low = max(low, p.box.y1)
		h.tops, h.bottoms = append(h.tops, p.box.y0), append(h.bottoms, low)
	}
	return h
}

// between tells a table that stands between two heights.
func (h heights) between(y0, y1 float64) bool {
	i := sort.SearchFloat64s(h.tops, y1)
	return i > 0 && h.bottoms[i-1] > y0
}

// alignedTable makes a table of the lines, or nil.
func (s *sheet) alignedTable(ls []alignedLine, rules []stroke, lim extract.Limits) *piece {
	rows, values, most, widest := 0, 0, 0, 0
	for i := range ls {
		if len(ls[i].segs) >= 3 {
			rows++
		}
		if ls[i].value >= 2 {
			values++
		}
		most, widest = max(most, len(ls[i].segs)), max(widest, ls[i].value)
	}
	if rows < alignedRows || values < alignedValue && widest < alignedWide || 2*(len(ls)+8)*most > lim.TableCells {
		return nil
	}
	xs := alignedColumns(ls, most)
	if xs == nil || !placeSegments(ls, xs) || !centredFigures(ls, len(xs)-1) {
		return nil
	}
	return s.alignedPiece(ls, xs, rules)
}

// topMargin is the share of a page's height that running headers stand in.
const topMargin = 0.08

// lastAligned is the aligned table that a page ends with: only furniture stands
// below it. nil where there is none.
func (s *sheet) lastAligned() *piece {
	if s == nil || len(s.tables) == 0 {
		return nil
	}
	p := s.tables[len(s.tables)-1]
	if p.ruled || p.whites != nil {
		return nil
	}
	for i := range s.lines {
		if l := &s.lines[i]; !l.turned && l.box.y0 >= p.box.y1 && l.box.y1 < (1-topMargin)*s.h {
			return nil
		}
	}
	return p
}

// alignedRest makes rows of the table that the page before ends with: too few to
// tell by themselves, but their texts keep to its columns, and each figure has a
// label. nil where they do not.
func (s *sheet) alignedRest(ls []alignedLine, rules []stroke) *piece {
	xs := s.above.xs
	if len(ls) == 0 || !placeSegments(ls, xs) {
		return nil
	}
	values := 0
	for i := range ls {
		l := &ls[i]
		slack := 2 * l.size
		if l.segs[0].box.x0 < xs[0]-slack || l.segs[len(l.segs)-1].box.x1 > xs[len(xs)-1]+slack {
			return nil
		}
		if l.value > 0 && len(l.segs) > 1 && l.segs[0].to < l.segs[len(l.segs)-1].from {
			values++
		}
	}
	if values == 0 {
		return nil
	}
	return s.alignedPiece(ls, xs, rules)
}

// alignedColumns finds the column edges: those of the labels from the lines with
// the most labels, those of the figures from the lines with the most segments
// there. nil where these lines do not agree.
func alignedColumns(ls []alignedLine, most int) []float64 {
	edge := figureEdge(ls)
	labels, figures := make([][]box, len(ls)), make([][]box, len(ls))
	for i := range ls {
		for _, sg := range ls[i].segs {
			if sg.box.x1 <= edge {
				labels[i] = append(labels[i], sg.box)
			} else {
				figures[i] = append(figures[i], sg.box)
			}
		}
	}
	cols := append(unite(labels), unite(figures)...)
	if len(cols) < 2 {
		return nil
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for i := range ls {
		for _, sg := range ls[i].segs {
			lo, hi = min(lo, sg.box.x0), max(hi, sg.box.x1)
			if 5*len(ls[i].segs) >= 3*most { // others may be titles over several columns
				widen(cols, sg.box)
			}
		}
	}
	xs := []float64{lo - 1}
	for c := 1; c < len(cols); c++ {
		if cols[c].a < cols[c-1].b {
			return nil
		}
		xs = append(xs, (cols[c-1].b+cols[c].a)/2)
	}
	return append(xs, hi+1)
}

// figureEdge is the left end of the figures.
func figureEdge(ls []alignedLine) float64 {
	edge := math.Inf(1)
	for i := range ls {
		for _, sg := range ls[i].segs {
			if ls[i].value > 1 && sg.figure {
				edge = min(edge, sg.box.x0)
			}
		}
	}
	return edge
}

// unite makes columns of the lines with the most boxes.
func unite(lines [][]box) []span {
	most := 0
	for _, l := range lines {
		most = max(most, len(l))
	}
	cols := make([]span, most)
	for i := range cols {
		cols[i] = span{a: math.Inf(1), b: math.Inf(-1)}
	}
	for _, l := range lines {
		for c := 0; len(l) == most && c < most; c++ {
			cols[c].a, cols[c].b = min(cols[c].a, l[c].x0), max(cols[c].b, l[c].x1)
		}
	}
	return cols
}

// widen lets a box that meets one column only widen it.
func widen(cols []span, b box) {
	c := sort.Search(len(cols), func(c int) bool { return cols[c].b > b.x0 })
	if c < len(cols) && cols[c].a < b.x1 && (c+1 == len(cols) || cols[c+1].a > b.x1) {
		cols[c].a, cols[c].b = min(cols[c].a, b.x0), max(cols[c].b, b.x1)
	}
}

// placeSegments gives each segment its columns; false where too many figures do
// not keep to one column.
func placeSegments(ls []alignedLine, xs []float64) bool {
	total, crossing := 0, 0
	for i := range ls {
		last := -1
		for k := range ls[i].segs {
			sg := &ls[i].segs[k]
			sg.from, sg.to = slot(xs, sg.box.x0), slot(xs, sg.box.x1)
			if sg.from <= last {
				return false
			}
			last = sg.to
			if sg.figure {
				total++
				if sg.from != sg.to {
					crossing++
				}
			}
		}
	}
	return crossing*5 <= total // a figure between two columns stands in a merged cell
}

// centredFigures tells that the figures stand in the middle of their columns, as
// in the cells of word processors: only then does the place of a figure or label
// tell what its cell spans. Set columns of figures keep to their right ends.
func centredFigures(ls []alignedLine, cols int) bool {
	ranges := func(of func(b box) float64) float64 {
		lo, hi := make([]float64, cols), make([]float64, cols)
		for c := range lo {
			lo[c], hi[c] = math.Inf(1), math.Inf(-1)
		}
		for i := range ls {
			for k := range ls[i].segs {
				if sg := &ls[i].segs[k]; sg.from == sg.to && sg.figure {
					v := of(sg.box)
					lo[sg.from], hi[sg.from] = min(lo[sg.from], v), max(hi[sg.from], v)
				}
			}
		}
		sum := 0.0
		for c := range lo {
			sum += max(0, hi[c]-lo[c])
		}
		return sum
	}
	middles := ranges(func(b box) float64 { return (b.x0 + b.x1) / 2 })
	return middles <= ranges(func(b box) float64 { return b.x1 })+0.1*float64(cols)
}
