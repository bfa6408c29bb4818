package page

import "math"

// Spot names a cell of a coarse grid of the page and a text in it, for finding
// glyphs that were drawn twice. Different cells or texts may share a Spot, though
// rarely: who finds one compares.
type Spot uint64

// TextHash is the part of a Spot that stands for the text (FNV-1a).
func TextHash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Cell is the number of the cell of the given size, in points, at a coordinate.
func Cell(v, size float64) int32 { return int32(math.Floor(v / size)) }

// SpotOf is the spot of a text in the cell x, y.
func SpotOf(text uint32, x, y int32) Spot {
	return Spot(text)<<32 | Spot(uint16(x))<<16 | Spot(uint16(y))
}
