package pdf

import (
	"strings"

	"nianbao/extract/page"
	"nianbao/extract/symbolfont"
)

// font decodes and measures the strings shown in one font (9.5–9.10). It is
// made once a document and keeps what it found for each code.
type font struct {
	info     page.Font
	symbols  symbolfont.Font // by its name
	type3    bool
	vertical bool

	// ascent and descent above and below the baseline, for an em of 1.
	ascent, descent float64
	// emScale is the height of the em in units of the font size: 1 but for
	// Type 3 fonts with an unusual matrix.
	emScale float64

	decoder decoder
	bytes   [256]*glyph // what codes of one byte show, as far as known
	cache   map[uint32]*glyph
}

// glyph is what a code shows; lengths are for an em of 1.
type glyph struct {
	text     string
	raw      string  // what text was before it was normalised, if it changed
	advance  float64 // horizontal displacement; the width also in vertical mode
	vAdvance float64 // vertical displacement, negative is downwards
	vx       float64 // from the vertical origin to the left side
	unmapped bool
	blank    bool // draws nothing; only moves on
	space    bool // of no text but white space
}

// decoder is the part of a font that differs by type.
type decoder interface {
	// next cuts the first code from a non-empty string: n ≥ 1 bytes.
	next(s []byte) (code uint32, n int)
	// glyph looks a code up; raw are the bytes it was cut from.
	glyph(code uint32, raw []byte) glyph
}

// maxCached caps the codes kept per font.
const maxCached = 1 << 16

func (f *font) next(s []byte) (uint32, int) { return f.decoder.next(s) }

// glyph is what the code shows; the caller must not change it.
func (f *font) glyph(code uint32, raw []byte) *glyph {
	if len(raw) != 1 {
		return f.wide(code, raw)
	}
	g := &f.bytes[raw[0]]
	if *g == nil {
		*g = f.look(code, raw)
	}
	return *g
}

// wide is glyph for codes of several bytes.
func (f *font) wide(code uint32, raw []byte) *glyph {
	key := code | uint32(len(raw))<<29
	if g, ok := f.cache[key]; ok {
		return g
	}
	g := f.look(code, raw)
	if len(f.cache) < maxCached {
		f.cache[key] = g
	}
	return g
}

// look asks the font what a code shows.
func (f *font) look(code uint32, raw []byte) *glyph {
	made := f.decoder.glyph(code, raw)
	g := &made
	plain := g.text
	// The codes of Symbol mean letters where its encoding or ToUnicode says so.
	if f.symbols > symbolfont.Symbol || f.symbols == symbolfont.Symbol && strings.ContainsFunc(plain, page.Private) {
		plain = symbolfont.Text(plain, f.symbols)
	}
	if plain = page.Normalize(plain); plain != g.text {
		g.raw, g.text = g.text, plain
	}
	g.space = strings.TrimSpace(g.text) == ""
	g.unmapped = g.unmapped || g.text == "" && !g.blank || strings.ContainsFunc(g.text, page.Private)
	return g
}

// font returns the font that get reads, made once for every object; key is zero
// for a direct one.
func (d *Document) font(key ref, get func() value) *font {
	if f, ok := d.fonts[key]; ok && key != (ref{}) {
		return f
	}
	f := d.loadFont(get())
	if key != (ref{}) {
		d.fonts[key] = f
	}
	return f
}

// descriptor is a FontDescriptor and where it stands.
type descriptor struct {
	at    ref
	value value
}

// descriptorOf is the FontDescriptor of a font. The one asked for last is kept: a
// font asks more than once, and all the fonts of a browser share one.
func (d *Document) descriptorOf(font value) value {
	const key = "FontDescriptor"
	at := font.entryRef(key)
	if at == (ref{}) {
		return font.key(key)
	}
	if d.desc.at != at {
		d.desc = descriptor{at, font.key(key)}
	}
	return d.desc.value
}

func (d *Document) loadFont(v value) *font {
	f := &font{ascent: 0.88, descent: -0.12, emScale: 1, cache: map[uint32]*glyph{}}
	desc := d.descriptorOf(v)
	name := v.key("BaseFont").name()
	switch v.key("Subtype").name() {
	case "Type0":
		cid := v.key("DescendantFonts").index(0)
		if desc = d.descriptorOf(cid); name == "" {
			name = cid.key("BaseFont").name()
		}
		f.setNames(name, desc)
		f.setHeight(desc)
		c := d.newCIDFont(v, cid)
		f.vertical = c.vertical
		f.decoder = c
	case "Type3":
		if name = desc.key("FontName").name(); name == "" {
			name = v.key("Name").name()
		}
		f.setNames(name, desc)
		f.type3 = true
		f.decoder = d.newType3(v, f)
	default:
		f.setNames(name, desc)
		if desc.kind() != kindDict {
			f.ascent, f.descent = standardHeights(name)
		}
		f.setHeight(desc)
		if f.decoder = d.newGBK(v, desc); f.decoder == nil {
			f.decoder = d.newSimple(v)
		}
	}
	return f
}

// setNames takes name and weight. The prefix of a subset, six capitals and a
// plus (9.6.4), goes.
func (f *font) setNames(name string, desc value) {
	if len(name) > 7 && name[6] == '+' {
		name = name[7:]
	}
	f.info.Name = fontName(name)
	f.symbols = symbolfont.Of(f.info.Name)
	low := strings.ToLower(f.info.Name)
	const forceBold = 1 << 18
	f.info.Bold = strings.Contains(low, "bold") || strings.Contains(low, "heavy") || strings.Contains(low, "black") ||
		strings.Contains(low, "粗") || desc.key("FontWeight").number() >= 600 || desc.key("Flags").integer()&forceBold != 0
}

// fontName makes a name readable: Chinese producers write names in GBK bytes.
func fontName(name string) string {
	for i := range len(name) {
		if name[i] >= 0x80 {
			return decodeName(name)
		}
	}
	return name
}

// setHeight takes ascent and descent (9.8.1), with the limits that viewers
// apply: many descriptors hold 0 or nonsense.
func (f *font) setHeight(desc value) {
	a, d := desc.key("Ascent").number()/1000, desc.key("Descent").number()/1000
	if b, ok := numbers(desc.key("FontBBox"), 4); ok {
		if a == 0 {
			a = b[3] / 1000
		}
		if d == 0 {
			d = b[1] / 1000
		}
	}
	if d > 0 {
		d = -d
	}
	if a > 0.3 {
		f.ascent = min(a, 1.05)
	}
	if d < 0 {
		f.descent = max(d, -0.4)
	}
}

// toUnicode reads the font's ToUnicode CMap, or takes the one of the name that
// some producers write; nil where there is none.
func (d *Document) toUnicode(v value) *cmap {
	t := v.key("ToUnicode")
	switch t.kind() {
	case kindStream:
		return d.streamCMap(t, 0)
	case kindName:
		return namedCMap(t.name())
	}
	return nil
}
