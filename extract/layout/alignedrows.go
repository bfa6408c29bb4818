package layout

import (
	"math"
	"sort"
)

// The rows of tables without column lines.

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
			if sg.figure {
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
