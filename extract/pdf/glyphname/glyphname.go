// Package glyphname turns names of glyphs into text by the Adobe Glyph List
// Specification: the whole list (4,281 names), "uniXXXX", "uXXXXX", parts joined
// with "_" and suffixes after "."; and the names of ITC Zapf Dingbats.
//
// The lists are made into names.bin by gen.go (go generate); they are Adobe's,
// under the licence in NOTICE.txt. They are read when first used. All functions
// are safe for concurrent use.
package glyphname

import (
	"compress/flate"
	_ "embed" // the lists
	"encoding/binary"
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:generate go run gen.go

//go:embed names.bin
var packed string

// lists are the Adobe Glyph List and the one of Zapf Dingbats.
var lists = sync.OnceValue(func() [2]map[string]string {
	raw, err := io.ReadAll(flate.NewReader(strings.NewReader(packed)))
	if err != nil {
		panic("glyphname: damaged data: " + err.Error()) // embedded: a mistake of the build, which the tests find
	}
	number := func() int {
		v, n := binary.Uvarint(raw)
		raw = raw[n:]
		return int(v)
	}
	text := func() string {
		n := number()
		s := string(raw[:n])
		raw = raw[n:]
		return s
	}
	var out [2]map[string]string
	for i := range out {
		n := number()
		out[i] = make(map[string]string, n)
		name := ""
		for range n {
			name = name[:number()] + text()
			out[i][name] = text()
		}
	}
	return out
})

// Text is the text of a glyph name; empty for names that say nothing, as
// ".notdef" and "g12".
func Text(name string) string {
	if len(name) == 1 && isLetter(name[0]) {
		return name
	}
	if i := strings.IndexByte(name, '.'); i >= 0 {
		name = name[:i]
	}
	if name == "" {
		return ""
	}
	out := ""
	for part := range strings.SplitSeq(name, "_") {
		t := component(part)
		if t == "" {
			return ""
		}
		out += t
	}
	return out
}

// Dingbat is the text of a glyph name of ITC Zapf Dingbats, as "a20"; of another
// name that of Text.
func Dingbat(name string) string {
	if t, ok := lists()[1][name]; ok {
		return t
	}
	return Text(name)
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

func component(name string) string {
	if t, ok := lists()[0][name]; ok {
		return public(name, t)
	}
	if h, ok := strings.CutPrefix(name, "uni"); ok && len(h) >= 4 && len(h)%4 == 0 && len(h) <= 64 {
		out := ""
		for ; h != ""; h = h[4:] {
			r, ok := hexRune(h[:4])
			if !ok {
				return ""
			}
			out += string(r)
		}
		return out
	}
	if h, ok := strings.CutPrefix(name, "u"); ok && len(h) >= 4 && len(h) <= 6 {
		if r, ok := hexRune(h); ok {
			return string(r)
		}
	}
	// Parts of one sign in several sizes, as fonts of TeX name them.
	for _, size := range []string{"bigg", "Bigg", "big", "Big", "display", "text"} {
		if plain, ok := strings.CutSuffix(name, size); ok && lists()[0][plain] != "" {
			return public(plain, lists()[0][plain])
		}
	}
	return ""
}

// hexRune reads hexadecimal digits; fonts in the wild write small ones too. U+0000 is
// no character of a text.
func hexRune(h string) (rune, bool) {
	v, err := strconv.ParseUint(h, 16, 32)
	if err != nil || v == 0 || v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
		return 0, false
	}
	return rune(v), true
}

// pieces are the characters for U+F8E5–F8FE, parts of Symbol's large brackets
// and its signs without serifs, which got code points after the list was made.
const pieces = "‾⏐⎯®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭"

// public replaces the private characters of the list: by pieces, or by the
// character of which the name says that this is a form ("oneoldstyle", "Asmall").
func public(name, t string) string {
	r, size := utf8.DecodeRuneInString(t)
	if size != len(t) || r < 0xE000 || r > 0xF8FF {
		return t
	}
	if r >= 0xF8E5 && r <= 0xF8FE {
		return string([]rune(pieces)[r-0xF8E5])
	}
	for _, form := range []string{"oldstyle", "small", "superior", "inferior", "serif", "fitted", "medium"} {
		if plain, ok := strings.CutSuffix(name, form); ok {
			return Text(plain)
		}
	}
	return ""
}
