package pdf

import (
	"math"
	"slices"

	"nianbao/extract/page"
)

// thinLine is the greatest thickness in points of a filled area that counts as
// a line and not as an area.
const thinLine = 3.0

// maxPoints caps the points of one path; beyond it the path is not looked at.
const maxPoints = 1 << 20

type point struct {
	x, y  float64
	curve bool // reached by a curve, or a control point of one
}

// path is the current path in device space (8.5.2).
type path struct {
	points   []point
	starts   []int // index of the first point of each subpath
	overflow bool
}

func (p *path) clear() {
	p.points, p.starts = p.points[:0], p.starts[:0]
	p.overflow = false
}

func (p *path) add(x, y float64, start bool) {
	if len(p.points) >= maxPoints || !usable(x) || !usable(y) {
		p.overflow = true
		return
	}
	if start || len(p.points) == 0 {
		// A lone moveto before this one draws nothing.
		if n := len(p.starts); n > 0 && p.starts[n-1] == len(p.points)-1 {
			p.points = p.points[:p.starts[n-1]]
			p.starts = p.starts[:n-1]
		}
		p.starts = append(p.starts, len(p.points))
	}
	p.points = append(p.points, point{x: x, y: y})
}

// close returns to the subpath's start; the next segment begins there.
func (p *path) close() {
	if n := len(p.starts); n > 0 {
		s := p.points[p.starts[n-1]]
		p.add(s.x, s.y, false)
	}
}

// each calls f with every subpath.
func (p *path) each(f func(sub []point)) {
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
		b = union(b, page.Box{X0: p.x, Y0: p.y, X1: p.x, Y1: p.y})
	}
	return b
}

// rectangle tells whether the points run only along the sides of their
// bounding box, and the box.
func rectangle(pts []point) (page.Box, bool) {
	b := boundsOf(pts)
	const eps = 0.05
	for _, p := range pts {
		onX := p.x-b.X0 < eps || b.X1-p.x < eps
		onY := p.y-b.Y0 < eps || b.Y1-p.y < eps
		if !onX || !onY || p.curve {
			return b, false
		}
	}
	for i := 1; i < len(pts); i++ {
		if math.Abs(pts[i].x-pts[i-1].x) > eps && math.Abs(pts[i].y-pts[i-1].y) > eps {
			return b, false
		}
	}
	return b, len(pts) >= 4
}

// pathOperator runs the operators of 8.5.2 and 8.5.3.
func (in *interpreter) pathOperator(op []byte) bool {
	switch string(op) {
	case "m", "l":
		if in.has(2) {
			x, y := in.gs.ctm.apply(in.num(0, 2), in.num(1, 2))
			in.path.add(x, y, op[0] == 'm')
		}
	case "c":
		in.curve(6)
	case "v", "y":
		in.curve(4)
	case "h":
		in.path.close()
	case "re":
		if in.has(4) {
			in.addRectangle(in.num(0, 4), in.num(1, 4), in.num(2, 4), in.num(3, 4))
		}
	case "S":
		in.paintPath(false, true)
	case "s":
		in.path.close()
		in.paintPath(false, true)
	case "f", "F", "f*":
		in.paintPath(true, false)
	case "B", "B*":
		in.paintPath(true, true)
	case "b", "b*":
		in.path.close()
		in.paintPath(true, true)
	case "n":
		in.paintPath(false, false)
	case "W", "W*":
		in.clipW = true
	default:
		return false
	}
	return true
}

func (in *interpreter) addRectangle(x, y, w, h float64) {
	for i, c := range [4][2]float64{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}} {
		dx, dy := in.gs.ctm.apply(c[0], c[1])
		in.path.add(dx, dy, i == 0)
	}
	in.path.close()
}

// curve adds the control points as corners, enough for bounds, and marks them so
// that they are not taken for the ends of lines.
func (in *interpreter) curve(n int) {
	if !in.has(n) {
		return
	}
	for i := 0; i < n; i += 2 {
		x, y := in.gs.ctm.apply(in.num(i, n), in.num(i+1, n))
		in.path.add(x, y, false)
		if k := len(in.path.points); k > 0 {
			in.path.points[k-1].curve = true
		}
	}
}

// paintPath turns the current path into rulings, applies a pending clip and
// clears the path.
func (in *interpreter) paintPath(fill, stroke bool) {
	p := &in.path
	if len(p.points) > 0 && !p.overflow && in.hidden == 0 {
		if fill && !in.gs.fill.invisible() {
			in.fillPath()
		}
		if stroke && !in.gs.stroke.invisible() {
			in.strokePath()
		}
	}
	if in.clipW && len(p.points) > 0 && !p.overflow {
		in.gs.clip = intersect(in.gs.clip, boundsOf(p.points))
	}
	in.clipW = false
	p.clear()
}

// strokePath makes a ruling of every straight horizontal or vertical segment;
// dashes count as whole lines.
func (in *interpreter) strokePath() {
	width := in.gs.lineWidth * in.gs.ctm.scale()
	in.path.each(func(sub []point) {
		for i := 1; i < len(sub); i++ {
			if sub[i].curve {
				continue
			}
			b := boundsOf(sub[i-1 : i+1])
			w, h := b.X1-b.X0, b.Y1-b.Y0
			if w == 0 && h == 0 || min(w, h) > 0.5 || min(w, h) > 0.02*max(w, h) {
				continue
			}
			in.segment(b, width)
		}
	})
}

// segment adds the ruling of a stroked line with the given bounds.
func (in *interpreter) segment(b page.Box, width float64) {
	if b.X1-b.X0 >= b.Y1-b.Y0 {
		y := (b.Y0 + b.Y1) / 2
		b.Y0, b.Y1 = y-width/2, y+width/2
	} else {
		x := (b.X0 + b.X1) / 2
		b.X0, b.X1 = x-width/2, x+width/2
	}
	if width > 4*thinLine && max(b.X1-b.X0, b.Y1-b.Y0) > 4*thinLine {
		in.edges(b) // a stroke this thick paints an area
		return
	}
	in.rule(b, false)
}

// fillPath makes rulings of thin areas, and of the sides of larger rectangles.
func (in *interpreter) fillPath() {
	var prev page.Box
	havePrev := false
	in.path.each(func(sub []point) {
		b, rect := rectangle(sub)
		w, h := b.X1-b.X0, b.Y1-b.Y0
		switch {
		case min(w, h) <= thinLine:
			if !outline(sub, w, h) {
				in.rule(b, false)
			}
			havePrev = false
		case rect && havePrev && in.frame(prev, b):
			havePrev = false
		case rect:
			if c := intersect(b, in.gs.clip); min(c.X1-c.X0, c.Y1-c.Y0) <= thinLine {
				in.rule(b, false)
				return
			}
			if havePrev {
				in.edges(prev)
			}
			prev, havePrev = b, true
		}
	})
	if havePrev {
		in.edges(prev)
	}
}

// outline tells whether a thin area with curves is rather a part of a letter
// drawn as a path than a line with rounded ends.
func outline(sub []point, w, h float64) bool {
	if max(w, h) >= 4*thinLine && max(w, h) >= 8*min(w, h) {
		return false
	}
	return slices.ContainsFunc(sub, func(p point) bool { return p.curve })
}

// frame recognises a border drawn as the area between two rectangles.
func (in *interpreter) frame(a, b page.Box) bool {
	if a.X0 > b.X0 {
		a, b = b, a
	}
	l, t, r, d := b.X0-a.X0, b.Y0-a.Y0, a.X1-b.X1, a.Y1-b.Y1
	if min(l, t, r, d) < 0 || max(l, t, r, d) > thinLine || l+t+r+d == 0 {
		return false
	}
	for _, side := range [4]page.Box{
		{X0: a.X0, Y0: a.Y0, X1: a.X1, Y1: b.Y0}, {X0: a.X0, Y0: b.Y1, X1: a.X1, Y1: a.Y1},
		{X0: a.X0, Y0: a.Y0, X1: b.X0, Y1: a.Y1}, {X0: b.X1, Y0: a.Y0, X1: a.X1, Y1: a.Y1},
	} {
		if min(side.X1-side.X0, side.Y1-side.Y0) > 0 {
			in.rule(side, false)
		}
	}
	return true
}

// edges adds the sides of a larger filled area, which may be cell shading.
// A fill as large as the page is background.
func (in *interpreter) edges(b page.Box) {
	b = intersect(b, in.gs.clip)
	w, h := b.X1-b.X0, b.Y1-b.Y0
	if w*h > wholePage*in.view.X1*in.view.Y1 || min(w, h) <= thinLine {
		return
	}
	for _, side := range [4]page.Box{
		{X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y0}, {X0: b.X0, Y0: b.Y1, X1: b.X1, Y1: b.Y1},
		{X0: b.X0, Y0: b.Y0, X1: b.X0, Y1: b.Y1}, {X0: b.X1, Y0: b.Y0, X1: b.X1, Y1: b.Y1},
	} {
		in.rule(side, true)
	}
}

// rule adds the ruling that covers the thin area b, cut to the clip.
func (in *interpreter) rule(b page.Box, fill bool) {
	c := in.gs.clip
	// A line on the clip's edge still shows with half its width.
	const slack = 0.5
	if b.X0 > c.X1+slack || b.X1 < c.X0-slack || b.Y0 > c.Y1+slack || b.Y1 < c.Y0-slack ||
		in.hidden > 0 || len(in.page.Rulings) >= maxRulings || c.X1 <= c.X0 || c.Y1 <= c.Y0 {
		return
	}
	b.X0, b.X1 = cut(b.X0, b.X1, c.X0, c.X1)
	b.Y0, b.Y1 = cut(b.Y0, b.Y1, c.Y0, c.Y1)
	if max(b.X1-b.X0, b.Y1-b.Y0) < 0.01 {
		return
	}
	r := page.Ruling{Fill: fill}
	if b.X1-b.X0 >= b.Y1-b.Y0 {
		y := (b.Y0 + b.Y1) / 2
		r.X0, r.X1, r.Y0, r.Y1, r.Width = b.X0, b.X1, y, y, b.Y1-b.Y0
	} else {
		x := (b.X0 + b.X1) / 2
		r.X0, r.X1, r.Y0, r.Y1, r.Width = x, x, b.Y0, b.Y1, b.X1-b.X0
	}
	in.page.Rulings = append(in.page.Rulings, r)
}

// cut limits an extent to the clip's; the thickness of a line stays whole.
func cut(a, b, low, high float64) (float64, float64) {
	if b-a <= thinLine {
		return a, b
	}
	return max(a, low), min(b, high)
}
