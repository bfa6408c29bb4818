// Package page is a positioned page: what a PDF engine (or, later, OFD and OCR)
// hands to the layout analysis. It knows no PDF types.
//
// Units are points, the origin is the top left corner of the page as shown
// (crop box applied, /Rotate applied), y grows downwards. A Page belongs to the
// caller; nothing in it is shared with the engine that made it.
package page

import (
	"math"

	"nianbao/extract"
)

// Page is one page's marks.
type Page struct {
	Number        int // from 1
	Width, Height float64
	Glyphs        []Glyph  // in content order
	Rulings       []Ruling // in content order
	Images        []Image
	// Fonts are the fonts that Glyph.Font points into.
	Fonts []Font
	// Warnings is what the engine could not read on this page.
	Warnings []extract.Warning
}

// Box is an axis-parallel box, X0 ≤ X1 and Y0 ≤ Y1.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Intersect is what both boxes cover; without extent where they are apart.
func (b Box) Intersect(o Box) Box {
	r := Box{X0: max(b.X0, o.X0), Y0: max(b.Y0, o.Y0), X1: min(b.X1, o.X1), Y1: min(b.Y1, o.Y1)}
	r.X1, r.Y1 = max(r.X0, r.X1), max(r.Y0, r.Y1)
	return r
}

// Union is the smallest box that holds both.
func (b Box) Union(o Box) Box {
	return Box{X0: min(b.X0, o.X0), Y0: min(b.Y0, o.Y0), X1: max(b.X1, o.X1), Y1: max(b.Y1, o.Y1)}
}

// Include grows b to hold the point.
func (b Box) Include(x, y float64) Box {
	return Box{X0: min(b.X0, x), Y0: min(b.Y0, y), X1: max(b.X1, x), Y1: max(b.Y1, y)}
}

// Thickness is the shorter side.
func (b Box) Thickness() float64 { return min(b.X1-b.X0, b.Y1-b.Y0) }

// Length is the longer side.
func (b Box) Length() float64 { return max(b.X1-b.X0, b.Y1-b.Y0) }

// Usable excludes NaN, infinities and coordinates far outside any page, which
// hostile files reach.
func Usable(v float64) bool { return math.Abs(v) < 1e7 }

// Font is what layout wants to know of a font.
type Font struct {
	Name string // base font without subset prefix
	Bold bool
}

// Glyph is one shown character code.
type Glyph struct {
	// Text is the Unicode text of the code: mostly one rune, several for a
	// ligature, empty where the font gives no map (then Unmapped).
	Text string
	// Raw is the text as the file gives it, where Normalize or the table of a
	// symbol font made another Text of it; empty where they are the same.
	Raw string
	// Box spans the glyph's advance width, and ascent to descent of the font,
	// after all transformations. For rotated text it is the bounding box.
	Box Box
	// X, Y is the origin on the baseline.
	X, Y float64
	// Size is the font size as shown, in points (text matrix and CTM applied).
	Size float64
	Font int // index into Page.Fonts
	// Angle is the writing direction in degrees, counter-clockwise, 0 for
	// ordinary horizontal text, in [0, 360).
	Angle float64
	// Vertical is true for vertical writing mode.
	Vertical bool
	// Invisible is true for render mode 3 (OCR layers) and clipped text.
	Invisible bool
	// Unmapped is true where Text is a guess or empty: the code has no Unicode
	// value in the file.
	Unmapped bool
	// Artifact is true inside marked content /Artifact (running headers,
	// page numbers, where the producer says so).
	Artifact bool
}

// Ruling is a straight horizontal or vertical line that was drawn: a stroked
// segment, a thin filled rectangle, or a side of a stroked rectangle. Exactly
// one of the extents may be zero. X0 ≤ X1, Y0 ≤ Y1.
type Ruling struct {
	X0, Y0, X1, Y1 float64 // the centre line
	Width          float64 // thickness in points
	// Fill is true where it came from an edge of a larger filled area (cell
	// shading) and not from a line.
	Fill bool
}

// Horizontal tells a horizontal ruling from a vertical one.
func (r Ruling) Horizontal() bool { return r.X1-r.X0 >= r.Y1-r.Y0 }

// Image is a placed picture.
type Image struct {
	Box Box
}
