package draw

import (
	"math"
	"slices"

	"nianbao/extract/page"
)

// point is the end of a segment, or a control point of a curve.
type point struct {
	x, y  float64
	curve bool
}

// Path is a path by subpaths (ISO 32000-1, 8.5.2). A path that leaves all bounds
// is not looked at.
type Path struct {
	points   []point
	starts   []int // index of the first point of each subpath
	overflow bool
}

// Clear makes the path empty.
func (p *Path) Clear() {
	p.points, p.starts, p.overflow = p.points[:0], p.starts[:0], false
}

// Move begins a subpath. One before it that has only a beginning draws nothing.
func (p *Path) Move(x, y float64) {
	if n := len(p.starts); n > 0 && p.starts[n-1] == len(p.points)-1 {
		p.points, p.starts = p.points[:p.starts[n-1]], p.starts[:n-1]
	}
	if p.fits(x, y) {
		p.starts = append(p.starts, len(p.points))
		p.points = append(p.points, point{x: x, y: y})
	}
}

// Line adds a segment.
func (p *Path) Line(x, y float64) { p.add(point{x: x, y: y}) }

// Curve adds the end or a control point of a curve: enough for the bounds, and
// never taken for the end of a line.
func (p *Path) Curve(x, y float64) { p.add(point{x: x, y: y, curve: true}) }

func (p *Path) add(to point) {
	if len(p.points) == 0 {
		p.Move(to.x, to.y)
		if len(p.points) > 0 {
			p.points[0].curve = to.curve
		}
		return
	}
	if p.fits(to.x, to.y) {
		p.points = append(p.points, to)
	}
}

func (p *Path) fits(x, y float64) bool {
	if len(p.points) >= maxPoints || !page.Usable(x) || !page.Usable(y) {
		p.overflow = true
	}
	return !p.overflow
}

// Close returns to the subpath's beginning.
func (p *Path) Close() {
	if n := len(p.starts); n > 0 {
		s := p.points[p.starts[n-1]]
		p.Line(s.x, s.y)
	}
}

// Bounds is the bounding box; false where the path is empty or of no use.
func (p *Path) Bounds() (page.Box, bool) {
	if len(p.points) == 0 || p.overflow {
		return page.Box{}, false
	}
	return boundsOf(p.points), true
}

// each calls f with every subpath.
func (p *Path) each(f func(sub []point)) {
	if p.overflow {
		return
	}
	for i, s := range p.starts {
		e := len(p.points)
		if i+1 < len(p.starts) {
			e = p.starts[i+1]
		}
		f(p.points[s:e])
	}
}

func boundsOf(pts []point) page.Box {
	b := page.Box{X0: pts[0].x, Y0: pts[0].y, X1: pts[0].x, Y1: pts[0].y}
	for _, p := range pts[1:] {
		b = b.Include(p.x, p.y)
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

// outline tells whether a thin area with curves is rather a part of a letter
// drawn as a path than a line with rounded ends.
func outline(sub []point, b page.Box) bool {
	if b.Length() >= max(4*ThinLine, 8*b.Thickness()) {
		return false
	}
	return slices.ContainsFunc(sub, func(p point) bool { return p.curve })
}
