package pdf

import "slices"

// What makes the codes of a font without a map natural.
const (
	naturalCodes = 10  // at least,
	naturalGaps  = 4   // with so many runs of free codes between them,
	naturalShare = 0.8 // and this share of them printable ASCII
)

// natural tells codes that a producer took over from text, which leave gaps where
// a character does not occur, from those that it numbered in order of use, as is
// done for subsets: the former are ASCII, the latter mean nothing. Few codes, and
// few gaps, prove nothing: digits would be the first to be wrong.
func natural(codes []int) bool {
	codes = slices.Compact(slices.Sorted(slices.Values(codes)))
	n, gaps, ascii, last := 0, 0, 0, -1
	for _, c := range codes {
		if c <= ' ' {
			continue
		}
		if n++; c < 0x7F {
			if ascii++; last >= 0 && c > last+1 {
				gaps++
			}
			last = c
		}
	}
	return n >= naturalCodes && gaps >= naturalGaps && float64(ascii) >= naturalShare*float64(n)
}

// naturalNames tells names that are all made of their codes, and these natural.
// Names with a meaning do not count.
func (e *baseEncoding) naturalNames() bool {
	var codes []int
	for c, name := range e.names {
		switch {
		case name == "" || name == ".notdef" || e.nameText(name) != "":
		case madeOf(name, uint32(c)):
			codes = append(codes, c)
		default:
			return false
		}
	}
	return natural(codes)
}

// naturalCodes tells that the codes of a font's own encoding are natural.
func (p *fontProgram) naturalCodes() bool {
	codes := make([]int, 0, len(p.symbolGID))
	for c := range p.symbolGID {
		codes = append(codes, int(c))
	}
	return natural(codes)
}
