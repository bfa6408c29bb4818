package layout

import (
	"math"

	"nianbao/extract"
	"nianbao/extract/page"
)

// box is an axis-parallel box in a reading frame, in points.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) width() float64  { return b.x1 - b.x0 }
func (b box) height() float64 { return b.y1 - b.y0 }

func (b box) union(o box) box {
	return box{min(b.x0, o.x0), min(b.y0, o.y0), max(b.x1, o.x1), max(b.y1, o.y1)}
}

func (b box) contains(x, y float64) bool {
	return b.x0 <= x && x <= b.x1 && b.y0 <= y && y <= b.y1
}

// inside tells whether b lies in o, give or take tol points.
func (b box) inside(o box, tol float64) bool {
	return b.x0 >= o.x0-tol && b.y0 >= o.y0-tol && b.x1 <= o.x1+tol && b.y1 <= o.y1+tol
}

func fromPage(b page.Box) box {
	return box{min(b.X0, b.X1), min(b.Y0, b.Y1), max(b.X0, b.X1), max(b.Y0, b.Y1)}
}

func (b box) extent() *extract.BBox { return &extract.BBox{b.x0, b.y0, b.x1, b.y1} }

func finite(vs ...float64) bool {
	for _, v := range vs {
		if math.IsNaN(v) || math.Abs(v) > maxCoordinate {
			return false
		}
	}
	return true
}

// maxCoordinate bounds coordinates that are taken seriously; a page is at most
// 14,400 points wide (ISO 32000-1 annex C).
const maxCoordinate = 20_000

// turn is a writing direction as a number of quarter turns counter-clockwise.
type turn int8

// frame maps the page as shown to the frame in which most of its text is
// upright.
type frame struct {
	turns         turn
	width, height float64 // of the page as shown
}

// size is the extent of the reading frame.
func (f frame) size() (width, height float64) {
	if f.turns%2 == 1 {
		return f.height, f.width
	}
	return f.width, f.height
}

// in maps a box of the page as shown into the reading frame.
func (f frame) in(b box) box {
	switch f.turns {
	case 1:
		return box{f.height - b.y1, b.x0, f.height - b.y0, b.x1}
	case 2:
		return box{f.width - b.x1, f.height - b.y1, f.width - b.x0, f.height - b.y0}
	case 3:
		return box{b.y0, f.width - b.x1, b.y1, f.width - b.x0}
	}
	return b
}

// out is the inverse of in.
func (f frame) out(b box) box {
	switch f.turns {
	case 1:
		return box{b.y0, f.height - b.x1, b.y1, f.height - b.x0}
	case 2:
		return box{f.width - b.x1, f.height - b.y1, f.width - b.x0, f.height - b.y0}
	case 3:
		return box{f.width - b.y1, b.x0, f.width - b.y0, b.x1}
	}
	return b
}

// along maps a box so that text of direction t runs along +x and its lines
// follow each other along +y. It is used for turned text within a page, where
// only relations between boxes matter.
func along(t turn, b box) box {
	switch t {
	case 1:
		return box{-b.y1, b.x0, -b.y0, b.x1}
	case 2:
		return box{-b.x1, -b.y1, -b.x0, -b.y0}
	case 3:
		return box{b.y0, -b.x1, b.y1, -b.x0}
	}
	return b
}

// back is the inverse of along.
func back(t turn, b box) box {
	switch t {
	case 1:
		return box{b.y0, -b.x1, b.y1, -b.x0}
	case 2:
		return box{-b.x1, -b.y1, -b.x0, -b.y0}
	case 3:
		return box{-b.y1, b.x0, -b.y0, b.x1}
	}
	return b
}
