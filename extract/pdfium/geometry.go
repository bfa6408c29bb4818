package pdfium

import (
	"math"

	"nianbao/extract/page"
)

// matrix is [a b c d e f] of ISO 32000-1, 8.3.3: x' = ax + cy + e, y' = bx + dy + f.
type matrix [6]float64

// mul applies m first, then n.
func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// scale is the mean factor by which m stretches lengths.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2])) }

// finite tells whether all elements are usable; hostile files reach infinity.
func (m matrix) finite() bool {
	for _, v := range m {
		if !page.Usable(v) {
			return false
		}
	}
	return true
}

func usableBox(b page.Box) bool {
	return page.Usable(b.X0) && page.Usable(b.Y0) && page.Usable(b.X1) && page.Usable(b.Y1)
}

// box is the bounding box of the rectangle (x0, y0)–(x1, y1) after m.
func (m matrix) box(x0, y0, x1, y1 float64) page.Box {
	ax, ay := m.apply(x0, y0)
	bx, by := m.apply(x1, y0)
	cx, cy := m.apply(x0, y1)
	dx, dy := m.apply(x1, y1)
	return page.Box{
		X0: min(ax, bx, cx, dx), Y0: min(ay, by, cy, dy),
		X1: max(ax, bx, cx, dx), Y1: max(ay, by, cy, dy),
	}
}

// frame gives the matrix from default user space to points from the top left of
// the page as shown, and the page's size; turns are quarters, clockwise.
func frame(box page.Box, turns int) (base matrix, w, h float64) {
	w, h = box.X1-box.X0, box.Y1-box.Y0
	base = matrix{1, 0, 0, -1, -box.X0, box.Y1}
	switch turns & 3 {
	case 1:
		return base.mul(matrix{0, 1, -1, 0, h, 0}), h, w
	case 2:
		return base.mul(matrix{-1, 0, 0, -1, w, h}), w, h
	case 3:
		return base.mul(matrix{0, -1, 1, 0, 0, w}), h, w
	}
	return base, w, h
}

// angleOf is the direction of (x, y), y upwards, in degrees in [0, 360), with the
// noise of nearly straight text removed.
func angleOf(x, y float64) float64 {
	a := math.Atan2(y, x) * 180 / math.Pi
	if r := math.Round(a/90) * 90; math.Abs(a-r) < 0.01 {
		a = r
	}
	if a < 0 {
		a += 360
	}
	if a >= 360 {
		a = 0
	}
	return a
}
