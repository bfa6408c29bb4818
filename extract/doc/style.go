package doc

import (
	"strings"
	"unicode/utf16"

	"nianbao/extract/symbolfont"
)

// The kinds of styles ([MS-DOC] 2.9.260).
const (
	styleParagraph = 1
	styleCharacter = 2
)

// style is one style with its inheritance resolved.
type style struct {
	kind, base int
	contents   bool // a line of a table of contents
	papx, chpx view // its own properties
	heading    int  // of built-in headings from 0, -1 for others

	resolved bool
	para     paraProps
	// char are all properties of a paragraph style's text, but only what a
	// character style itself says.
	char charProps
}

// styleSheet holds the styles by their numbers (istd).
type styleSheet struct {
	d     *reading
	byNum []*style
	font  int // of text that names none
}

// noStyle is the number of no style.
const noStyle = 0xfff

// read reads the style sheet ([MS-DOC] 2.9.271).
func (s *styleSheet) read(v view) {
	infoLen := v.u16(0)
	info := v.sub(2, infoLen)
	count, baseLen := info.u16(0), info.u16(2)
	s.font = info.u16(12)
	at := 2 + infoLen
	for istd := 0; istd < count && v.has(at, 2); istd++ {
		n := v.u16(at)
		std := v.sub(at+2, n)
		at += 2 + n + n&1
		if len(std) < baseLen || baseLen < 10 {
			s.byNum = append(s.byNum, nil)
			continue
		}
		s.byNum = append(s.byNum, newStyle(std, baseLen))
	}
}

// newStyle reads one style ([MS-DOC] 2.9.258).
func newStyle(std view, baseLen int) *style {
	sti, kinds := std.u16(0)&0xfff, std.u16(2)
	st := &style{kind: kinds & 0xf, base: kinds >> 4, heading: -1}
	nameLen := std.u16(baseLen)
	name := strings.ToLower(strings.ReplaceAll(string(utf16.Decode(std.sub(baseLen+2, 2*nameLen).units())), " ", ""))
	const firstTOC, lastTOC = 19, 27
	st.contents = sti >= firstTOC && sti <= lastTOC || name == "tocheading" || name == "toc标题"
	if sti >= 1 && sti <= 9 {
		st.heading = sti - 1
	}
	rest := std.from(baseLen + 2 + 2*nameLen + 2)
	upx := func() view {
		n := rest.u16(0)
		out := rest.sub(2, n)
		rest = rest.from(2 + n + n&1)
		return out
	}
	switch st.kind {
	case styleParagraph:
		st.papx, st.chpx = upx().from(2), upx()
	case styleCharacter:
		st.chpx = upx()
	}
	return st
}

// get returns a style; nil where there is none of the number. Chains are walked
// without recursion; a style that is based on itself ends its chain there.
func (s *styleSheet) get(istd int) *style {
	st := s.raw(istd)
	if st == nil || st.resolved {
		return st
	}
	var chain []int
	for at := istd; s.raw(at) != nil && !s.raw(at).resolved; at = s.raw(at).base {
		s.raw(at).resolved = true
		s.raw(at).para, s.raw(at).char = newParaProps(), s.plain()
		chain = append(chain, at)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		s.resolve(chain[i])
	}
	return st
}

func (s *styleSheet) raw(istd int) *style {
	if istd < 0 || istd >= len(s.byNum) || istd == noStyle {
		return nil
	}
	return s.byNum[istd]
}

// resolve lays a style's own properties over those of the style it is based on,
// which is resolved.
func (s *styleSheet) resolve(istd int) {
	st := s.byNum[istd]
	if st.kind == styleCharacter {
		st.char.size, st.char.font = 0, -1
	}
	if base := s.raw(st.base); base != nil && base.kind == st.kind && base != st {
		st.para, st.char = base.para, base.char
		st.contents = st.contents || base.contents
	}
	const untouched = -2
	inherited := st.para
	st.para.style = istd
	st.para.outline, st.para.listStyle = untouched, untouched
	s.d.applyPara(&st.para, st.papx)
	st.para.table, st.para.tableProps = nil, nil
	switch {
	case st.para.outline != untouched:
	case st.heading >= 0:
		st.para.outline = st.heading
	default:
		st.para.outline = inherited.outline
	}
	if st.para.listStyle == untouched {
		st.para.listStyle = inherited.listStyle
	} else {
		st.para.listStyle = istd
	}
	base := st.char
	s.d.applyChar(&st.char, st.chpx, &base)
}

// overlay lays a character style over properties: toggles of the two cancel each
// other out, as in ECMA-376 §17.7.3.
func (st *style) overlay(p *charProps) {
	p.bold = p.bold != st.char.bold
	p.hidden = p.hidden != st.char.hidden
	if st.char.size > 0 {
		p.size = st.char.size
	}
	if st.char.font >= 0 {
		p.font = st.char.font
	}
}

// para is the properties of a paragraph of a style.
func (s *styleSheet) para(istd int) paraProps {
	if st := s.get(istd); st != nil && st.kind == styleParagraph {
		return st.para
	}
	p := newParaProps()
	p.style = istd
	return p
}

// char is the properties of text in a paragraph of a style.
func (s *styleSheet) char(istd int) charProps {
	if st := s.get(istd); st != nil && st.kind == styleParagraph {
		return st.char
	}
	return s.plain()
}

// plain is the properties of text of which no style says anything.
func (s *styleSheet) plain() charProps {
	p := newCharProps()
	p.font = s.font
	return p
}

// readFonts tells which fonts of the font table are symbol fonts ([MS-DOC]
// 2.9.286, 2.9.79).
func readFonts(v view) []symbolfont.Font {
	var out []symbolfont.Font
	const nameAt = 40
	at := 4
	for i := 0; i < v.u16(0) && v.has(at, 1); i++ {
		n := v.u8(at) + 1
		name := v.sub(at, n).from(nameAt).units()
		for k, unit := range name {
			if unit == 0 {
				name = name[:k]
				break
			}
		}
		out = append(out, symbolfont.Of(string(utf16.Decode(name))))
		at += n
	}
	return out
}
