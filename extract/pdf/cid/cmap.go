package cid

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// CMap is a predefined CMap: from codes of one to four bytes to CIDs.
type CMap struct {
	name, ordering string
	form           form
	vertical       bool
	spaces         []space
	ranges         [5][]span // by bytes a code, sorted by low
	base           *CMap
	// transcoded: the codes of base, which are UTF-32, in this one's form.
	transcoded bool
}

// form tells what the codes of a CMap are.
type form uint8

const (
	charset form = iota // a character set of the country
	ucs2
	utf8Form
	utf16Form
	utf32Form
)

func formOf(name string) form {
	switch {
	case !strings.HasPrefix(name, "Uni"):
		return charset
	case strings.Contains(name, "-UTF8-"):
		return utf8Form
	case strings.Contains(name, "-UTF16-"):
		return utf16Form
	case strings.Contains(name, "-UTF32-"):
		return utf32Form
	}
	return ucs2
}

// space is a code space range: codes of n bytes, each byte in its range.
type space struct {
	n         int
	low, high uint32
}

type span struct{ low, high, cid uint32 }

// read takes code spaces and ranges as gen.go writes them.
func (m *CMap) read(r *reader) {
	m.spaces = make([]space, r.count())
	for i := range m.spaces {
		m.spaces[i] = space{r.count(), uint32(r.unsigned()), uint32(r.unsigned())}
	}
	for n := 1; n <= 4; n++ {
		list := make([]span, r.count())
		at := uint32(0)
		for i := range list {
			// The gap after the range before; its length comes in the next column.
			list[i].low = uint32(r.unsigned())
		}
		for i := range list {
			list[i].low += at
			list[i].high = list[i].low + uint32(r.unsigned())
			at = list[i].high + 1
		}
		next := int64(0)
		for i := range list {
			v := next + r.signed()
			list[i].cid = uint32(v)
			next = v + int64(list[i].high-list[i].low) + 1
		}
		m.ranges[n] = list
	}
}

// Name is the CMap's name, as "GBK-EUC-H".
func (m *CMap) Name() string { return m.name }

// Ordering names the collection of the CIDs, as "GB1".
func (m *CMap) Ordering() string { return m.ordering }

// Vertical tells whether the CMap is for vertical writing.
func (m *CMap) Vertical() bool { return m.vertical }

// Next cuts the first code from a non-empty string: n ≥ 1 bytes. Bytes that are
// no code are cut by the code space that fits best (Adobe Technical Note 5014,
// section 7.2).
func (m *CMap) Next(s []byte) (code uint32, n int) {
	n = min(m.length(s), len(s))
	return codeOf(s[:n]), n
}

func (m *CMap) length(s []byte) int {
	switch m.form {
	case ucs2:
		return 2
	case utf16Form:
		if len(s) >= 4 && s[0]&0xFC == 0xD8 && s[2]&0xFC == 0xDC {
			return 4
		}
		return 2
	case utf32Form:
		return 4
	case utf8Form:
		_, n := utf8.DecodeRune(s)
		return n
	}
	best, length, shortest := 0, 1, 4
	for c := m; c != nil; c = c.base {
		for _, sp := range c.spaces {
			fit := sp.fit(s)
			if fit == sp.n {
				return sp.n
			}
			if fit > best || fit == best && fit > 0 && sp.n < length {
				best, length = fit, sp.n
			}
			shortest = min(shortest, sp.n)
		}
	}
	if best == 0 {
		return shortest
	}
	return length
}

// fit is how many of the first bytes of s lie in the ranges of the space.
func (sp space) fit(s []byte) int {
	for i := range sp.n {
		shift := uint(8 * (sp.n - 1 - i))
		if i >= len(s) || uint32(s[i]) < sp.low>>shift&0xFF || uint32(s[i]) > sp.high>>shift&0xFF {
			return i
		}
	}
	return sp.n
}

// CID is the CID of a code of n bytes; false where the CMap has none.
func (m *CMap) CID(code uint32, n int) (uint32, bool) {
	if m.transcoded {
		r, ok := m.Rune(code, n)
		if !ok {
			return 0, false
		}
		return m.base.CID(uint32(r), 4)
	}
	if n < 1 || n > 4 {
		return 0, false
	}
	list := m.ranges[n]
	i := sort.Search(len(list), func(i int) bool { return list[i].low > code })
	if i > 0 && code <= list[i-1].high {
		return list[i-1].cid + code - list[i-1].low, true
	}
	if m.base != nil {
		return m.base.CID(code, n)
	}
	return 0, false
}

// Rune is the character that a code of n bytes is in a CMap whose codes are
// Unicode, whether or not the collection has it.
func (m *CMap) Rune(code uint32, n int) (rune, bool) {
	b := [4]byte{byte(code >> 24), byte(code >> 16), byte(code >> 8), byte(code)}
	switch {
	case m.form == utf8Form && n >= 1 && n <= 4:
		r, size := utf8.DecodeRune(b[4-n:])
		return r, size == n && (r != utf8.RuneError || n == 3)
	case m.form == utf16Form && n == 4:
		r := utf16.DecodeRune(rune(code>>16), rune(code&0xFFFF))
		return r, r != utf8.RuneError
	case (m.form == utf16Form || m.form == ucs2) && n == 2, m.form == utf32Form && n == 4:
		return rune(code), validRune(code)
	}
	return 0, false
}

// Text is the text of a code of n bytes: the character that it is, else that of
// its CID.
func (m *CMap) Text(code uint32, n int) string {
	if r, ok := m.Rune(code, n); ok {
		return string(r)
	}
	if c, ok := m.CID(code, n); ok {
		return Text(m.ordering, c)
	}
	return ""
}

// Names are the names of all predefined CMaps of a collection, sorted.
func Names(ordering string) []string {
	c := collections()[ordering]
	if c == nil {
		return nil
	}
	var out []string
	for n := range c.maps {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}
