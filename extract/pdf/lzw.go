package pdf

import "io"

// earlyLZW decodes LZW with the code length growing one code early, as PDF does
// by default (7.4.4.2) and compress/lzw cannot.
type earlyLZW struct {
	src    []byte
	pos    int
	bits   uint32
	nbits  uint
	width  uint
	prefix [4096]uint16
	suffix [4096]byte
	length [4096]uint16
	next   int
	prev   int
	out    []byte
	buf    [4096]byte
}

const (
	lzwClear = 256
	lzwEnd   = 257
)

func newEarlyLZW(src []byte) *earlyLZW {
	z := &earlyLZW{src: src}
	for i := range 256 {
		z.suffix[i], z.length[i] = byte(i), 1
	}
	z.clear()
	return z
}

func (z *earlyLZW) clear() { z.width, z.next, z.prev = 9, lzwEnd+1, -1 }

func (z *earlyLZW) code() (int, bool) {
	for z.nbits < z.width {
		if z.pos >= len(z.src) {
			return 0, false
		}
		z.bits = z.bits<<8 | uint32(z.src[z.pos])
		z.pos++
		z.nbits += 8
	}
	z.nbits -= z.width
	return int(z.bits >> z.nbits & (1<<z.width - 1)), true
}

func (z *earlyLZW) Read(p []byte) (int, error) {
	for len(z.out) == 0 {
		c, ok := z.code()
		if !ok || c == lzwEnd {
			return 0, io.EOF
		}
		if c == lzwClear {
			z.clear()
			continue
		}
		if !z.step(c) {
			return 0, io.ErrUnexpectedEOF
		}
	}
	n := copy(p, z.out)
	z.out = z.out[n:]
	return n, nil
}

// step expands code c into out and adds the new table entry.
func (z *earlyLZW) step(c int) bool {
	if c > z.next || c == z.next && z.prev < 0 {
		return false
	}
	if z.prev >= 0 && z.next < len(z.prefix) {
		first := c
		if c == z.next {
			first = z.prev
		}
		for first > lzwEnd {
			first = int(z.prefix[first])
		}
		z.prefix[z.next], z.suffix[z.next] = uint16(z.prev), byte(first)
		z.length[z.next] = z.length[z.prev] + 1
		z.next++
	}
	if c >= z.next {
		return false
	}
	n := int(z.length[c])
	z.out = z.buf[:n]
	for i, k := n-1, c; i >= 0; i-- {
		z.out[i] = z.suffix[k]
		k = int(z.prefix[k])
	}
	z.prev = c
	if z.next+1 >= 1<<z.width && z.width < 12 {
		z.width++
	}
	return true
}
