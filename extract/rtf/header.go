package rtf

import (
	"strings"

	"nianbao/extract/symbolfont"
)

// font is an entry of the font table.
type font struct {
	number int
	page   int // code page, 0 for the document's
	name   []byte
	symbol symbolfont.Font
}

// noNumber marks an entry of a table whose number was not read.
const noNumber = -1 << 31

func newFont() font { return font{number: noNumber} }

func (f *font) charset(n int) { f.page = pageOfCharset(n) }

// maxTable bounds fonts, styles and lists: Word knows some thousands.
const maxTable = 1 << 16

// endFont adds the font that was read.
func (r *reading) endFont() {
	f := r.font
	r.font = newFont()
	if f.number == noNumber || len(r.fonts) >= maxTable {
		return
	}
	f.symbol = symbolfont.Of(strings.TrimSpace(strings.TrimSuffix(string(f.name), ";")))
	f.name = nil
	r.fonts[f.number] = f
}

// fontPage is the code page of the current font.
func (r *reading) fontPage() int {
	if r.g.to == toFont {
		if r.font.page > 0 {
			return r.font.page
		}
		return r.page
	}
	if r.g.to == toLevel { // in the code page of the document
		return r.page
	}
	f, ok := r.fonts[r.g.chars.font[r.g.chars.which()]]
	switch {
	case !ok || f.page == 0:
		return r.page
	case f.page == pageANSI && r.page != pageANSI && isMultibyte(r.page):
		return pageDoubtful
	}
	return f.page
}

// symbolFont is the current font where it is one of symbols.
func (r *reading) symbolFont() symbolfont.Font {
	return r.fonts[r.g.chars.font[r.g.chars.which()]].symbol
}

// style is an entry of the style sheet.
type style struct {
	number   int  // of \sN; 0 is the style of paragraphs that name none
	other    bool // no paragraph style
	based    bool
	base     int
	name     []byte
	props    paraProps
	chars    charProps
	contents bool // a line of a table of contents
}

// endStyle adds the paragraph style that was read. The group around all of them
// has none.
func (r *reading) endStyle() {
	s := r.style
	r.style = style{}
	if r.g.to != toStyle || s.other || len(s.name) == 0 || len(r.styles) >= maxTable {
		return
	}
	s.props, s.chars = r.g.para, r.g.chars
	name := strings.ToLower(strings.TrimSpace(strings.TrimSuffix(string(s.name), ";")))
	s.name, s.contents = nil, strings.HasPrefix(name, "toc ")
	if n, ok := strings.CutPrefix(name, "heading "); ok && s.props.outline == 0 && len(n) == 1 && n[0] >= '1' && n[0] <= '9' {
		s.props.outline = int(n[0] - '0') // Word's own headings, in files older than \outlinelevel
	}
	r.styles[s.number] = s
}

// applyStyle gives text the size and weight of a style, for writers that do not
// repeat them.
func (r *reading) applyStyle(number int) {
	s, ok := r.styles[number]
	size, weight := false, false
	for range maxBase {
		if !ok {
			return
		}
		if s.chars.sized && !size {
			r.g.chars.size, size = s.chars.size, true
		}
		if s.chars.weighted && !weight {
			r.g.chars.bold, weight = s.chars.bold, true
		}
		if !s.based || s.base == s.number {
			return
		}
		s, ok = r.styles[s.base]
	}
}

// styled lays the properties of a paragraph over those of its style. Word writes
// all of them beside \sN, others only what differs.
func (r *reading) styled(p paraProps) (paraProps, bool) {
	contents := false
	at := p.style
	for range maxBase {
		s, ok := r.styles[at]
		if !ok {
			break
		}
		contents = contents || s.contents
		if p.outline == 0 {
			p.outline = s.props.outline
		}
		if p.align == "" {
			p.align = s.props.align
		}
		if !s.based || s.base == at {
			break
		}
		at = s.base
	}
	return p, contents
}

// maxBase bounds the inheritance of styles, which a file may make a circle.
const maxBase = 16
