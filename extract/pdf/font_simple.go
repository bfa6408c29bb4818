package pdf

import (
	lib "github.com/ledongthuc/pdf"
)

// simpleFont is a Type 1, TrueType or MMType1 font: one byte a code (9.6).
type simpleFont struct {
	advance [256]float64 // for an em of 1
	text    [256]string
	guessed [256]bool // text is only a guess
	blank   [256]bool // the encoding has no character there: nothing is drawn
}

func (s *simpleFont) next(b []byte) (uint32, int) { return uint32(b[0]), 1 }

func (s *simpleFont) glyph(code uint32, _ []byte) glyph {
	c := code & 0xFF
	return glyph{text: s.text[c], advance: s.advance[c], unmapped: s.guessed[c], blank: s.blank[c]}
}

func (d *Document) newSimple(v lib.Value) *simpleFont {
	s := &simpleFont{}
	desc := v.Key("FontDescriptor")
	base := v.Key("BaseFont").Name()
	enc := d.simpleEncoding(v, desc, base)
	s.setText(d, v, desc, enc)
	s.setWidths(v, desc, base, enc)
	if v.Kind() != lib.Dict {
		for c := range s.guessed {
			s.guessed[c] = true // the font is missing: what its codes mean is unknown
		}
	}
	return s
}

// baseEncoding is what a simple font's /Encoding says, before its glyphs are known.
type baseEncoding struct {
	runes    [256]rune   // of the base encoding; 0 is none
	names    [256]string // of Differences
	builtIn  bool        // the base is the font program's own
	explicit bool        // a base encoding was named
}

// simpleEncoding reads /Encoding (9.6.6).
func (d *Document) simpleEncoding(v, desc lib.Value, base string) *baseEncoding {
	e := &baseEncoding{}
	symbolic := desc.Key("Flags").Int64()&4 != 0
	enc := v.Key("Encoding")
	name := enc.Name()
	if enc.Kind() == lib.Dict {
		name = enc.Key("BaseEncoding").Name()
		readDifferences(enc.Key("Differences"), &e.names)
	}
	switch {
	case name == "WinAnsiEncoding":
		e.runes, e.explicit = winAnsi(), true
	case name == "MacRomanEncoding":
		e.runes, e.explicit = macRoman(), true
	case name == "StandardEncoding":
		e.runes, e.explicit = standard(), true
	case isSymbolFont(base):
		e.runes = symbolEncoding()
	case isDingbats(base):
		e.runes = dingbatsEncoding()
	case symbolic || embedded(desc):
		e.builtIn = true
		e.runes = standard()
	case v.Key("Subtype").Name() == "TrueType":
		e.runes = winAnsi()
	default:
		e.runes = standard()
	}
	return e
}

func embedded(desc lib.Value) bool {
	for _, k := range [3]string{"FontFile", "FontFile2", "FontFile3"} {
		if desc.Key(k).Kind() == lib.Stream {
			return true
		}
	}
	return false
}

// readDifferences reads an array of numbers and names (table 114).
func readDifferences(v lib.Value, names *[256]string) {
	code := 0
	for i := range min(v.Len(), 1<<12) {
		switch e := v.Index(i); e.Kind() {
		case lib.Integer:
			code = int(e.Int64() & 0xFFFF)
		case lib.Name:
			if code < 256 {
				names[code] = e.Name()
			}
			code++
		}
	}
}

// setText finds the text of every code: ToUnicode, then names, then the font
// program, then the base encoding (9.10.2).
func (s *simpleFont) setText(d *Document, v, desc lib.Value, e *baseEncoding) {
	tu := d.toUnicode(v)
	var program *fontProgram
	if tu == nil && (e.builtIn || e.hasUnknownNames()) {
		program = d.loadProgram(desc)
	}
	for c := range 256 {
		if tu != nil {
			if t := tu.text(uint32(c), 1); t != "" && normalize(t) != "" {
				s.text[c] = t
				continue
			}
		}
		if n := e.names[c]; n != "" {
			if t := glyphText(n); t != "" {
				s.text[c] = t
				continue
			}
		}
		if program != nil {
			if t := program.codeText(c, e.names[c]); t != "" {
				s.text[c] = t
				continue
			}
		}
		if e.names[c] == ".notdef" || e.runes[c] == 0 {
			s.blank[c] = e.names[c] == ".notdef" || e.names[c] == "" && !e.builtIn
			continue
		}
		s.text[c] = string(e.runes[c])
		// A made-up name or an unread built-in encoding leaves only a guess.
		s.guessed[c] = e.names[c] != "" || e.builtIn && c != ' '
	}
}

// texts are the characters of all codes by the encoding alone.
func (e *baseEncoding) texts() (out [256]string) {
	for c := range out {
		if out[c] = glyphText(e.names[c]); out[c] == "" && e.runes[c] != 0 {
			out[c] = string(e.runes[c])
		}
	}
	return out
}

// hasUnknownNames tells whether Differences holds names without a meaning.
func (e *baseEncoding) hasUnknownNames() bool {
	for _, n := range e.names {
		if n != "" && n != ".notdef" && glyphText(n) == "" {
			return true
		}
	}
	return false
}

// setWidths reads /Widths (9.2.4), or takes those of the standard 14 fonts.
func (s *simpleFont) setWidths(v, desc lib.Value, base string, e *baseEncoding) {
	widths := v.Key("Widths")
	if widths.Kind() != lib.Array {
		s.advance = standardWidths(base, e.texts())
		return
	}
	missing := desc.Key("MissingWidth").Float64() / 1000
	for c := range s.advance {
		s.advance[c] = missing
	}
	first := v.Key("FirstChar").Int64()
	for i := range min(widths.Len(), 256) {
		if c := first + int64(i); c >= 0 && c < 256 {
			s.advance[c] = clampWidth(widths.Index(i).Float64() / 1000)
		}
	}
}

// clampWidth keeps the widths of hostile fonts finite.
func clampWidth(w float64) float64 { return max(-100, min(100, w)) }
