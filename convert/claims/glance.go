package claims

import "strings"

// glance is a text with a mark for each pair of ideographs in it. Most sentences
// hold none of the words asked for, and a missing mark says so without a search.
type glance struct {
	text  string
	marks [16]uint64 // a hash of the pair is the number of its bit
}

func glanceAt(text string) glance {
	g := glance{text: text}
	for i := 0; i+pairBytes <= len(text); i++ {
		if mark, ok := pairMark(text[i:]); ok {
			g.marks[mark/64] |= 1 << (mark % 64)
		}
	}
	return g
}

// pairBytes is the length of two ideographs in UTF-8; lead is what the first byte
// of one is at least.
const (
	pairBytes = 6
	leadByte  = 0xE0
)

// pairMark is the bit of the pair that s begins with; ok is false where it begins
// with something else.
func pairMark(s string) (mark uint32, ok bool) {
	if len(s) < pairBytes || s[0] < leadByte || s[3] < leadByte {
		return 0, false
	}
	const spread = 2654435761 // Knuth, multiplicative hashing
	first := uint32(s[0])<<16 | uint32(s[1])<<8 | uint32(s[2])
	second := uint32(s[3])<<16 | uint32(s[4])<<8 | uint32(s[5])
	return (first*31 + second) * spread >> 22, true
}

// has reports whether the text holds one of the words.
func (g *glance) has(words ...string) bool { return g.count(words, 1) > 0 }

// count is how many of the words the text holds, counted up to most.
func (g *glance) count(words []string, most int) int {
	n := 0
	for _, w := range words {
		if mark, ok := pairMark(w); ok && g.marks[mark/64]&(1<<(mark%64)) == 0 || !strings.Contains(g.text, w) {
			continue
		}
		if n++; n == most {
			break
		}
	}
	return n
}
