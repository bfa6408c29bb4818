package page

import (
	"hash/maphash"
	"math"
	"math/bits"
)

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

// Spots remembers, for the spots of a page, which glyph was put there last. The
// zero value is empty. Up to nine spots are looked at for each glyph of a page, and
// nearly all are empty, which a table like this tells in half of a map's time.
type Spots struct {
	slots []slot // a power of two, at most half of them taken; by hash, or behind it
	taken int
	seed  uint64 // of the hash, which files must not be able to foresee
}

type slot struct {
	spot  Spot
	glyph int32 // from 1; 0 where the slot is free
}

// Slots of a page with few glyphs, and the most that are worth clearing.
const (
	fewSlots    = 1 << 11
	reusedSlots = 1 << 15
)

// At is the glyph that was put at the spot last.
func (s *Spots) At(spot Spot) (glyph int32, ok bool) {
	if s.taken == 0 {
		return 0, false
	}
	glyph = s.slot(spot).glyph
	return glyph - 1, glyph > 0
}

// Put puts a glyph at the spot, in place of one before.
func (s *Spots) Put(spot Spot, glyph int32) {
	if 2*s.taken >= len(s.slots) {
		s.grow()
	}
	at := s.slot(spot)
	if at.glyph == 0 {
		s.taken++
	}
	*at = slot{spot, glyph + 1}
}

// Clear makes all spots empty, for the next page.
func (s *Spots) Clear() {
	if s.taken = 0; len(s.slots) > reusedSlots {
		s.slots = nil
	}
	clear(s.slots)
}

// slot is where the spot is, or where it would be.
func (s *Spots) slot(spot Spot) *slot {
	n := uint64(len(s.slots))
	for i, _ := bits.Mul64(uint64(spot)*s.seed, n); ; i = (i + 1) & (n - 1) {
		if at := &s.slots[i]; at.glyph == 0 || at.spot == spot {
			return at
		}
	}
}

func (s *Spots) grow() {
	if s.seed == 0 {
		s.seed = maphash.Bytes(maphash.MakeSeed(), nil) | 1
	}
	before := s.slots
	s.slots = make([]slot, max(fewSlots, 2*len(before)))
	for i := range before {
		if before[i].glyph > 0 {
			*s.slot(before[i].spot) = before[i]
		}
	}
}
