package pdfium

import (
	"math"
	"slices"

	"nianbao/extract/page"
)

// thinLine is the greatest thickness in points of a filled area that counts as
// a line and not as an area.
const thinLine = 3.0

// Types of path segments.
const (
	segmentBezier = 1
	segmentMove   = 2
)

// point is the end of a segment on the page.
type point struct {
	x, y  float64
	curve bool // end or control point of a curve
}

// drawing is the path at hand, by subpaths; its memory is used again.
type drawing struct {
	points []point
	starts []int
	prev   page.Box // a filled rectangle that may be the outer side of a frame
	has    bool     // prev is set
}

// each calls f with every subpath.
func (d *drawing) each(f func(sub []point)) {
	for i, s := range d.starts {
		e := len(d.points)
		if i+1 < len(d.starts) {
			e = d.starts[i+1]
		}
		f(d.points[s:e])
	}
}

// path makes rulings of a path object.
func (r *reader) path(o uint32, own matrix, clip page.Box) error {
	m := r.m
	if m.at(fnDrawMode, o, m.out(0), m.out(1)) == 0 {
		return nil
	}
	fill, stroke := m.int(0) != 0, m.int(1) != 0
	fill = fill && r.paints(fnFillColor, o)
	stroke = stroke && r.paints(fnStrokeColor, o)
	if !fill && !stroke {
		return nil
	}
	n := m.count(fnSegments, o)
	if err := r.spend(n); err != nil {
		return err
	}
	if !r.segments(o, n, own) {
		return nil
	}
	if fill {
		r.fill(clip)
	}
	if stroke && m.at(fnStrokeWidth, o, m.out(0)) != 0 {
		r.stroke(m.float(0)*own.scale(), clip)
	}
	return nil
}

// paints tells whether a colour shows on white paper. A pattern has no colour,
// and shows.
func (r *reader) paints(which export, o uint32) bool {
	m := r.m
	if m.call(which, uint64(o), m.out(0), m.out(1), m.out(2), m.out(3)) == 0 {
		return true
	}
	const white, clear = 252, 2
	return m.int(3) > clear && (m.int(0) <= white || m.int(1) <= white || m.int(2) <= white)
}

// segments reads the n segments of a path; false where it leaves all bounds.
func (r *reader) segments(o uint32, n int, own matrix) bool {
	m, d := r.m, &r.draw
	d.points, d.starts = d.points[:0], d.starts[:0]
	for i := range n {
		s := m.at(fnSegment, o, uint64(i))
		kind := m.at(fnSegmentType, s)
		x, y := r.point(s, own)
		if !usable(x) || !usable(y) {
			return false
		}
		if kind == segmentMove || len(d.points) == 0 {
			d.starts = append(d.starts, len(d.points))
		}
		d.points = append(d.points, point{x, y, kind == segmentBezier})
		if m.at(fnSegmentClose, s) != 0 {
			d.points = append(d.points, d.points[d.starts[len(d.starts)-1]])
		}
	}
	return m.err == nil
}

func boundsOf(pts []point) page.Box {
	b := page.Box{X0: pts[0].x, Y0: pts[0].y, X1: pts[0].x, Y1: pts[0].y}
	for _, p := range pts[1:] {
		b = include(b, p.x, p.y)
	}
	return b
}

// rectangle tells whether the points run only along the sides of their bounding
// box, and the box.
func rectangle(pts []point) (page.Box, bool) {
	b := boundsOf(pts)
	const eps = 0.05
	for i, p := range pts {
		onX := p.x-b.X0 < eps || b.X1-p.x < eps
		onY := p.y-b.Y0 < eps || b.Y1-p.y < eps
		if !onX || !onY || p.curve {
			return b, false
		}
		if i > 0 && math.Abs(p.x-pts[i-1].x) > eps && math.Abs(p.y-pts[i-1].y) > eps {
			return b, false
		}
	}
	return b, len(pts) >= 4
}

// stroke makes a ruling of every straight horizontal or vertical segment; dashes
// count as whole lines.
func (r *reader) stroke(width float64, clip page.Box) {
	r.draw.each(func(sub []point) {
		for i := 1; i < len(sub); i++ {
			b := boundsOf(sub[i-1 : i+1])
			if thin := thickness(b); sub[i].curve || length(b) == 0 || thin > 0.5 || thin > 0.02*length(b) {
				continue
			}
			r.line(b, width, clip)
		}
	})
}

// line adds a stroked line with the given bounds.
func (r *reader) line(b page.Box, width float64, clip page.Box) {
	if b.X1-b.X0 >= b.Y1-b.Y0 {
		y := (b.Y0 + b.Y1) / 2
		b.Y0, b.Y1 = y-width/2, y+width/2
	} else {
		x := (b.X0 + b.X1) / 2
		b.X0, b.X1 = x-width/2, x+width/2
	}
	if width > 4*thinLine && length(b) > 4*thinLine {
		r.edges(b, clip) // a stroke this thick paints an area
		return
	}
	r.rule(b, clip, false)
}

// fill makes rulings of thin areas and of the sides of larger rectangles.
func (r *reader) fill(clip page.Box) {
	d := &r.draw
	d.has = false
	d.each(func(sub []point) {
		b, rect := rectangle(sub)
		switch {
		case thickness(b) <= thinLine:
			if !outline(sub, b) {
				r.rule(b, clip, false)
			}
			d.has = false
		case rect && d.has && r.border(d.prev, b, clip):
			d.has = false
		case rect && thickness(intersect(b, clip)) <= thinLine:
			r.rule(b, clip, false)
		case rect:
			if d.has {
				r.edges(d.prev, clip)
			}
			d.prev, d.has = b, true
		}
	})
	if d.has {
		r.edges(d.prev, clip)
	}
}

// outline tells whether a thin area with curves is rather a part of a letter
// drawn as a path than a line with rounded ends.
func outline(sub []point, b page.Box) bool {
	if length(b) >= max(4*thinLine, 8*thickness(b)) {
		return false
	}
	return slices.ContainsFunc(sub, func(p point) bool { return p.curve })
}

// border recognises lines drawn as the area between two rectangles.
func (r *reader) border(a, b, clip page.Box) bool {
	if a.X0 > b.X0 {
		a, b = b, a
	}
	left, top, right, bottom := b.X0-a.X0, b.Y0-a.Y0, a.X1-b.X1, a.Y1-b.Y1
	if min(left, top, right, bottom) < 0 || max(left, top, right, bottom) > thinLine || left+top+right+bottom == 0 {
		return false
	}
	for _, side := range [4]page.Box{
		{X0: a.X0, Y0: a.Y0, X1: a.X1, Y1: b.Y0}, {X0: a.X0, Y0: b.Y1, X1: a.X1, Y1: a.Y1},
		{X0: a.X0, Y0: a.Y0, X1: b.X0, Y1: a.Y1}, {X0: b.X1, Y0: a.Y0, X1: a.X1, Y1: a.Y1},
	} {
		if thickness(side) > 0 {
			r.rule(side, clip, false)
		}
	}
	return true
}

// edges adds the sides of a larger area, which may be the shading of a cell. One
// as large as the page is background.
func (r *reader) edges(b, clip page.Box) {
	b = intersect(b, clip)
	if (b.X1-b.X0)*(b.Y1-b.Y0) > wholePage*r.view.X1*r.view.Y1 || thickness(b) <= thinLine {
		return
	}
	for _, side := range [4]page.Box{
		{X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y0}, {X0: b.X0, Y0: b.Y1, X1: b.X1, Y1: b.Y1},
		{X0: b.X0, Y0: b.Y0, X1: b.X0, Y1: b.Y1}, {X0: b.X1, Y0: b.Y0, X1: b.X1, Y1: b.Y1},
	} {
		r.rule(side, clip, true)
	}
}

// rule adds the ruling that covers the thin area b, cut to the clip.
func (r *reader) rule(b, clip page.Box, fill bool) {
	// A line on the clip's edge still shows with half its width.
	const slack = 0.5
	if b.X0 > clip.X1+slack || b.X1 < clip.X0-slack || b.Y0 > clip.Y1+slack || b.Y1 < clip.Y0-slack ||
		clip.X1 <= clip.X0 || clip.Y1 <= clip.Y0 {
		return
	}
	b.X0, b.X1 = cut(b.X0, b.X1, clip.X0, clip.X1)
	b.Y0, b.Y1 = cut(b.Y0, b.Y1, clip.Y0, clip.Y1)
	if length(b) < 0.01 {
		return
	}
	out := page.Ruling{Fill: fill}
	if b.X1-b.X0 >= b.Y1-b.Y0 {
		y := (b.Y0 + b.Y1) / 2
		out.X0, out.X1, out.Y0, out.Y1, out.Width = b.X0, b.X1, y, y, b.Y1-b.Y0
	} else {
		x := (b.X0 + b.X1) / 2
		out.X0, out.X1, out.Y0, out.Y1, out.Width = x, x, b.Y0, b.Y1, b.X1-b.X0
	}
	if len(r.page.Rulings) >= maxRulings {
		r.crowded = true
		return
	}
	r.page.Rulings = append(r.page.Rulings, out)
}

// cut limits an extent to the clip's; the thickness of a line stays whole.
func cut(a, b, low, high float64) (float64, float64) {
	if b-a <= thinLine {
		return a, b
	}
	return max(a, low), min(b, high)
}
