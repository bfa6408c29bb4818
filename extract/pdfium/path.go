package pdfium

import "nianbao/extract/page"

// Types of path segments.
const (
	segmentBezier = 1
	segmentMove   = 2
)

// path makes rulings of a path object.
func (r *reader) path(o uint32, own page.Matrix, clip page.Box) error {
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
	r.segments(o, n, own)
	if fill {
		r.canvas.Fill(&r.drawn, clip)
	}
	if stroke && m.at(fnStrokeWidth, o, m.out(0)) != 0 {
		r.canvas.Stroke(&r.drawn, m.float(0)*own.Scale(), clip)
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

// segments reads the n segments of a path.
func (r *reader) segments(o uint32, n int, own page.Matrix) {
	m, p := r.m, &r.drawn
	p.Clear()
	for i := range n {
		s := m.at(fnSegment, o, uint64(i))
		x, y := r.point(s, own)
		switch m.at(fnSegmentType, s) {
		case segmentMove:
			p.Move(x, y)
		case segmentBezier:
			p.Curve(x, y)
		default:
			p.Line(x, y)
		}
		if m.at(fnSegmentClose, s) != 0 {
			p.Close()
		}
	}
}
