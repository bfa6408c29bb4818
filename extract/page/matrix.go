package page

import "math"

// Matrix is the affine map [a b c d e f]: x' = ax + cy + e, y' = bx + dy + f
// (ISO 32000-1, 8.3.3).
type Matrix [6]float64

// Identity maps every point to itself.
func Identity() Matrix { return Matrix{1, 0, 0, 1, 0, 0} }

// Mul applies m first, then n.
func (m Matrix) Mul(n Matrix) Matrix {
	return Matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// Translated is m preceded by a shift of (x, y) in the space m maps from.
func (m Matrix) Translated(x, y float64) Matrix {
	m[4] += x*m[0] + y*m[2]
	m[5] += x*m[1] + y*m[3]
	return m
}

// Apply maps a point.
func (m Matrix) Apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// Scale is the mean factor by which m stretches lengths.
func (m Matrix) Scale() float64 { return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2])) }

// Finite tells whether all elements are Usable; hostile files reach infinity by
// repeated scaling.
func (m Matrix) Finite() bool {
	for _, v := range m {
		if !Usable(v) {
			return false
		}
	}
	return true
}

// Box is the bounding box of the rectangle (x0, y0)–(x1, y1) after m.
func (m Matrix) Box(x0, y0, x1, y1 float64) Box {
	ax, ay := m.Apply(x0, y0)
	bx, by := m.Apply(x1, y0)
	cx, cy := m.Apply(x0, y1)
	dx, dy := m.Apply(x1, y1)
	return Box{
		X0: min(ax, bx, cx, dx), Y0: min(ay, by, cy, dy),
		X1: max(ax, bx, cx, dx), Y1: max(ay, by, cy, dy),
	}
}

// Shown is the matrix from a page's own space, whose y grows upwards, to the
// frame of a Page, and the page's size: box is the part that shows, unit the
// points of a unit of its space, turns the quarter turns clockwise of the page.
func Shown(box Box, unit float64, turns int) (base Matrix, w, h float64) {
	w, h = (box.X1-box.X0)*unit, (box.Y1-box.Y0)*unit
	base = Matrix{unit, 0, 0, -unit, -box.X0 * unit, box.Y1 * unit}
	switch turns & 3 {
	case 1:
		return base.Mul(Matrix{0, 1, -1, 0, h, 0}), h, w
	case 2:
		return base.Mul(Matrix{-1, 0, 0, -1, w, h}), w, h
	case 3:
		return base.Mul(Matrix{0, -1, 1, 0, 0, w}), h, w
	}
	return base, w, h
}
