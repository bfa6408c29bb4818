package doc

import "encoding/binary"

// view is bytes of a file, little-endian. Reading beyond its end gives zero and
// an empty view, so that what a file claims can be followed without a check at
// each step; has asks where the difference matters.
type view []byte

func (v view) has(at, n int) bool { return at >= 0 && n >= 0 && at <= len(v)-n }

func (v view) u8(at int) int {
	if !v.has(at, 1) {
		return 0
	}
	return int(v[at])
}

func (v view) u16(at int) int {
	if !v.has(at, 2) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(v[at:]))
}

func (v view) i16(at int) int { return int(int16(v.u16(at))) }

// u32 is a number of four bytes. On a machine of 32 bits large ones are negative,
// which no caller takes for a place.
func (v view) u32(at int) int {
	if !v.has(at, 4) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(v[at:]))
}

func (v view) i32(at int) int { return int(int32(v.u32(at))) }

// from is what follows a place.
func (v view) from(at int) view {
	if !v.has(at, 0) {
		return nil
	}
	return v[at:]
}

// sub is n bytes at a place, or as many of them as there are.
func (v view) sub(at, n int) view {
	v = v.from(at)
	if n < 0 {
		return nil
	}
	return v[:min(n, len(v))]
}

// units are UTF-16 units.
func (v view) units() []uint16 {
	out := make([]uint16, len(v)/2)
	for i := range out {
		out[i] = binary.LittleEndian.Uint16(v[2*i:])
	}
	return out
}
