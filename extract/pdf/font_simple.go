package pdf

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"nianbao/extract/page"
	"nianbao/extract/pdf/glyphname"
	"nianbao/extract/symbolfont"
)

// simpleFont is a Type 1, TrueType or MMType1 font: one byte a code (9.6).
type simpleFont struct {
	advance  [256]float64 // for an em of 1
	encoding *baseEncoding
	unicode  *cmap // ToUnicode
	program  programSource
	// missing: the font's dictionary is none, so what its codes mean is unknown.
	missing bool
	// ascii tells, when it is first needed, whether the codes without a map are ASCII.
	ascii func() bool
}

func (s *simpleFont) next(b []byte) (uint32, int) { return uint32(b[0]), 1 }

func (s *simpleFont) glyph(code uint32, _ []byte) glyph {
	c := code & 0xFF
	g := s.meaning(c)
	g.advance = s.advance[c]
	g.unmapped = g.unmapped || s.missing
	return g
}

func (d *Document) newSimple(v value) *simpleFont {
	desc := d.descriptorOf(v)
	base := v.key("BaseFont").name()
	s := &simpleFont{
		encoding: d.simpleEncoding(v, desc, base), unicode: d.toUnicode(v), missing: v.kind() != kindDict,
		program: programSource{doc: d, desc: desc},
	}
	s.setWidths(v, desc, base, s.encoding)
	s.ascii = sync.OnceValue(s.natural)
	return s
}

func (s *simpleFont) natural() bool {
	if s.encoding.naturalNames() {
		return true
	}
	p := s.program.get()
	return s.encoding.builtIn && p != nil && p.naturalCodes()
}

// baseEncoding is what a simple font's /Encoding says, before its glyphs are known.
type baseEncoding struct {
	runes    [256]rune   // of the base encoding; 0 is none
	names    [256]string // of Differences
	builtIn  bool        // the base is the font program's own
	dingbats bool        // names are those of Zapf Dingbats
}

// simpleEncoding reads /Encoding (9.6.6).
func (d *Document) simpleEncoding(v, desc value, base string) *baseEncoding {
	e := &baseEncoding{}
	const nonsymbolic = 1 << 5
	flags := desc.key("Flags").integer()
	enc := v.key("Encoding")
	name := enc.name()
	if enc.kind() == kindDict {
		name = enc.key("BaseEncoding").name()
		readDifferences(enc.key("Differences"), &e.names)
	}
	switch {
	case symbolfont.Of(baseName(base)) > symbolfont.Symbol:
		e.runes = privateEncoding()
	case name == "WinAnsiEncoding":
		e.runes = winAnsi()
	case name == "MacRomanEncoding":
		e.runes = macRoman()
	case name == "StandardEncoding":
		e.runes = standard()
	case isSymbolFont(base):
		e.runes = symbolEncoding()
	case isDingbats(base):
		e.runes, e.dingbats = dingbatsEncoding(), true
	case embedded(desc):
		e.builtIn = true
		e.runes = standard()
	case v.key("Subtype").name() == "TrueType" && flags&nonsymbolic == 0:
		e.runes = winAnsi() // what viewers take where the standard says nothing
	default:
		e.runes = standard()
	}
	return e
}

func embedded(desc value) bool {
	for _, k := range [3]string{"FontFile", "FontFile2", "FontFile3"} {
		if desc.key(k).kind() == kindStream {
			return true
		}
	}
	return false
}

// readDifferences reads an array of numbers and names (table 114).
func readDifferences(v value, names *[256]string) {
	code := 0
	for i := range min(v.len(), 1<<12) {
		switch e := v.index(i); e.kind() {
		case kindInteger:
			code = int(e.integer() & 0xFFFF)
		case kindName:
			if code < 256 {
				names[code] = e.name()
			}
			code++
		}
	}
}

// meaning is what a code shows: by ToUnicode, then its name, then the font
// program, then the base encoding (9.10.2).
func (s *simpleFont) meaning(c uint32) glyph {
	e := s.encoding
	claim, name := "", e.names[c]
	if s.unicode != nil {
		if claim = s.unicode.text(c, 1); meaningful(claim) {
			return glyph{text: claim}
		}
	}
	if t := e.nameText(name); t != "" {
		return glyph{text: t}
	}
	if e.builtIn || name != "" && name != ".notdef" || claim != "" {
		if p := s.program.get(); p != nil {
			if t := p.codeText(int(c), name); t != "" {
				return glyph{text: t}
			}
		}
	}
	if claim != "" && page.Normalize(claim) != "" {
		return glyph{text: claim} // private
	}
	if numbered(name, c) || e.builtIn && name == "" && c > ' ' && c < 0x7F && s.ascii() {
		return glyph{text: string(winAnsi()[c]), unmapped: c >= 0x7F || !s.ascii()}
	}
	if name == ".notdef" || e.runes[c] == 0 {
		return glyph{blank: name == ".notdef" || name == "" && !e.builtIn}
	}
	// A made-up name or an unread built-in encoding leaves only a guess, and so
	// does a name that is made of the code.
	return glyph{text: string(e.runes[c]), unmapped: name != "" || e.builtIn && c != ' '}
}

// numbered tells names like "a65", "G41" and "C2c" that are made of a code, which
// is one of text.
func numbered(name string, c uint32) bool {
	return c >= 0x20 && winAnsi()[c] != 0 && madeOf(name, c)
}

// madeOf tells names that are a letter and a code, in decimal or hexadecimal.
func madeOf(name string, c uint32) bool {
	if len(name) < 2 || name[0] < 'A' {
		return false
	}
	return name[1:] == strconv.Itoa(int(c)) || strings.EqualFold(name[1:], fmt.Sprintf("%02x", c))
}

// nameText is the text of a name of Differences.
func (e *baseEncoding) nameText(name string) string {
	if e.dingbats {
		return glyphname.Dingbat(name)
	}
	return glyphname.Text(name)
}

// texts are the characters of all codes by the encoding alone.
func (e *baseEncoding) texts() (out [256]string) {
	for c := range out {
		if out[c] = e.nameText(e.names[c]); out[c] == "" && e.runes[c] != 0 {
			out[c] = string(e.runes[c])
		}
	}
	return out
}

// setWidths reads /Widths (9.2.4), or takes those of the standard 14 fonts.
func (s *simpleFont) setWidths(v, desc value, base string, e *baseEncoding) {
	widths := v.key("Widths")
	if widths.kind() != kindArray {
		s.advance = standardWidths(base, e.texts())
		return
	}
	missing := desc.key("MissingWidth").number() / 1000
	for c := range s.advance {
		s.advance[c] = missing
	}
	first := v.key("FirstChar").integer()
	for i := range min(widths.len(), 256) {
		if c := first + int64(i); c >= 0 && c < 256 {
			s.advance[c] = clampWidth(widths.index(i).number() / 1000)
		}
	}
}

// clampWidth keeps the widths of hostile fonts finite.
func clampWidth(w float64) float64 { return max(-100, min(100, w)) }
