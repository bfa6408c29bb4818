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
}

// alignedLine is a body line cut into segments.
type alignedLine struct {
	index int // into sheet.lines
	base  float64
	size  float64
	segs  []segment
	value int // number of figures
}

// figure tells a value that is no ordinal.
func figure(text string) bool {
	return mayBeValue(text) && value.MatchString(text) && !startsItem(text)
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
			if figure(s.text) {
				out.value++
			}
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

// findAligned makes tables of regions of aligned figures and takes their lines
// out of the body.
func (s *sheet) findAligned(rules []stroke, lim extract.Limits) {
	var all []alignedLine
	left := math.Inf(1)
	for i := range s.lines {
		if l := &s.lines[i]; !l.turned {
			all = append(all, cutLine(l, i))
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
	var rest []line
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
	bands := ruledBands(ls, rules)
	if bands == nil {
		bands = rowBands(ls)
	}
	if bands == nil {
		return nil
	}
	return s.alignedPiece(ls, xs, bands)
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
	bands := ruledBands(ls, rules)
	if bands == nil {
		bands = rowBands(ls)
	}
	if bands == nil {
		return nil
	}
	return s.alignedPiece(ls, xs, bands)
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
			if ls[i].value > 1 && figure(sg.text) {
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
			if figure(sg.text) {
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
				if sg := &ls[i].segs[k]; sg.from == sg.to && figure(sg.text) {
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

// ruledBands are the edges of rows that lines part: between each two rows of
// figures there is exactly one line over most of the figures' width; nil
// otherwise.
func ruledBands(ls []alignedLine, rules []stroke) []float64 {
	lo, hi := figureEdge(ls), math.Inf(-1)
	var anchors []float64
	for i := range ls {
		for k := range ls[i].segs {
			hi = max(hi, ls[i].segs[k].box.x1)
		}
		if ls[i].value > 0 && len(ls[i].segs) > 1 {
			anchors = append(anchors, ls[i].base)
		}
	}
	if len(anchors) < 2 || lo >= hi {
		return nil
	}
	size := ls[0].size
	top, bottom := ls[0].base-1.2*size, ls[len(ls)-1].base+paddedGap*size
	covered := map[int]float64{} // by height in half points
	for _, r := range rules {
		if r.pos > top && r.pos < bottom {
			covered[int(math.Round(2*r.pos))] += max(0, min(hi, r.b)-max(lo, r.a))
		}
	}
	ys := []float64{top}
	for y, length := range covered {
		if length >= 0.8*(hi-lo) {
			ys = append(ys, float64(y)/2)
		}
	}
	sort.Float64s(ys)
	for i := 1; i < len(anchors); i++ {
		from := sort.SearchFloat64s(ys, anchors[i-1])
		if from == len(ys) || ys[from] > anchors[i]-0.3*size || from+1 < len(ys) && ys[from+1] < anchors[i]-0.3*size {
			return nil
		}
	}
	if ys[len(ys)-1] < ls[len(ls)-1].base {
		ys = append(ys, ls[len(ls)-1].base+0.6*size)
	}
	return ys
}

// rowBands are the edges of the rows. Where no lines stand closer than the line
// pitch every line is a row; otherwise the lines with figures are, and wrapped
// labels, which are centred on their figures, tell how high.
func rowBands(ls []alignedLine) []float64 {
	pitch := math.Inf(1)
	var anchors []int
	for i := range ls {
		if ls[i].value > 0 && len(ls[i].segs) > 1 {
			anchors = append(anchors, i)
		}
		if i > 0 && ls[i].base-ls[i-1].base >= 0.95*ls[i].size {
			pitch = min(pitch, ls[i].base-ls[i-1].base)
		}
	}
	nested := false
	for i := 1; i < len(ls); i++ {
		nested = nested || ls[i].base-ls[i-1].base < 0.95*ls[i].size
	}
	if nested {
		pitch = linePitch(ls, pitch)
	}
	up := 0.55 * pitch // from the baseline of a line to the middle above it
	var out []float64
	if !nested {
		for i := range ls {
			y := ls[i].base - up
			if i > 0 {
				y = (ls[i-1].base+ls[i].base)/2 - up + pitch/2
			}
			out = append(out, y)
		}
		return append(out, ls[len(ls)-1].base+pitch-up)
	}
	heights, padding := rowHeights(ls, anchors, pitch)
	if heights == nil {
		return nil
	}
	// The lines above the first figures are the header: a row of its own.
	middle := func(i int) float64 { return ls[anchors[i]].base - up + pitch/2 }
	half := func(n int) float64 { return (float64(n)*pitch + padding) / 2 }
	top := middle(0) - half(heights[0])
	if first := ls[0].base - up; first < top-pitch/2 {
		out = append(out, first)
	}
	out = append(out, top)
	for i, n := range heights {
		out = append(out, middle(i)+half(n))
	}
	return out
}

// linePitch is the distance of the lines within a cell, seen in labels of several
// lines; pitch where there are none.
func linePitch(ls []alignedLine, pitch float64) float64 {
	last := map[[2]int]*alignedLine{} // by columns
	out := math.Inf(1)
	for i := range ls {
		l := &ls[i]
		for k := range l.segs {
			sg := &l.segs[k]
			if figure(sg.text) {
				continue
			}
			at := [2]int{sg.from, sg.to}
			if a := last[at]; a != nil && l.base-a.base >= 0.95*l.size {
				out = min(out, l.base-a.base)
			}
			last[at] = l
		}
	}
	if math.IsInf(out, 1) {
		return pitch
	}
	return out
}

// rowHeights solves for the lines in each row: rows follow each other without a
// gap and are centred on their figures, so the distance of two figures is half
// the sum of the heights of their rows, and the padding. nil where no whole
// numbers fit.
func rowHeights(ls []alignedLine, anchors []int, pitch float64) ([]int, float64) {
	switch len(anchors) {
	case 0:
		return nil, 0
	case 1:
		return []int{1}, 0
	}
	near := math.Inf(1)
	for i := 1; i < len(anchors); i++ {
		near = min(near, ls[anchors[i]].base-ls[anchors[i-1]].base)
	}
	for _, padding := range [2]float64{0, near - pitch} {
		if heights := paddedHeights(ls, anchors, pitch, padding); heights != nil {
			return heights, padding
		}
	}
	return nil, 0
}

// paddedHeights is rowHeights for a known padding.
func paddedHeights(ls []alignedLine, anchors []int, pitch, padding float64) []int {
	const highest = 8
	for first := 1; first <= highest; first++ {
		heights := []int{first}
		for i := 1; i < len(anchors) && heights != nil; i++ {
			d := 2 * (ls[anchors[i]].base - ls[anchors[i-1]].base - padding) / pitch
			n := int(math.Round(d)) - heights[i-1]
			if n < 1 || n > highest || math.Abs(d-math.Round(d)) > 0.2 {
				heights = nil
				break
			}
			heights = append(heights, n)
		}
		if heights != nil {
			return heights
		}
	}
	return nil
}
