package pdf

import (
	"cmp"
	"unicode/utf16"
	"unicode/utf8"

	"nianbao/extract/page"
)

// mark is one level of marked content (14.6).
type mark struct {
	artifact bool
	hidden   bool
	actual   *string // ActualText of 14.9.4
	first    int     // glyphs of the page when it began
}

// beginMark runs BMC or, with properties, BDC.
func (in *interpreter) beginMark(properties bool) {
	if len(in.marks) >= maxMarks {
		in.warn("content_damaged", "第 %d 页的标记内容嵌套过深。", in.page.Number)
		return
	}
	m := mark{first: len(in.page.Glyphs)}
	if len(in.args) > 0 && in.args[0].kind == tokName {
		tag := string(in.args[0].str)
		m.artifact = tag == "Artifact"
		if properties {
			in.properties(tag, &m)
		}
	}
	if m.artifact {
		in.artifacts++
	}
	if m.hidden {
		in.hidden++
	}
	in.marks = append(in.marks, m)
}

func (in *interpreter) endMark() {
	n := len(in.marks)
	if n <= in.markBase {
		return
	}
	m := in.marks[n-1]
	in.marks = in.marks[:n-1]
	if m.artifact {
		in.artifacts--
	}
	if m.hidden {
		in.hidden--
	}
	if m.actual != nil {
		in.replaceText(m.first, *m.actual)
	}
}

// properties reads the property list of BDC: in place or by name.
func (in *interpreter) properties(tag string, m *mark) {
	if name := in.last(tokName); name != nil && len(in.args) == 2 {
		list := in.res.dict.key("Properties")
		v := list.key(string(name))
		if tag == "OC" {
			m.hidden = in.doc.isHidden(list, v)
		}
		if a := v.key("ActualText"); a.kind() == kindString {
			s := textString(in.doc.str(a))
			m.actual = &s
		}
		return
	}
	for i := 2; i+1 < len(in.args); i++ {
		if in.args[i].kind == tokName && string(in.args[i].str) == "ActualText" && in.args[i+1].kind == tokString {
			s := textString(in.args[i+1].str)
			m.actual = &s
		}
	}
}

// replaceText puts text in place of what the glyphs from first on say. Where
// the counts agree every glyph gets its rune; otherwise the runes share the
// space of the glyphs, provided those stand on one line.
func (in *interpreter) replaceText(first int, text string) {
	text = page.Normalize(text)
	gs := in.page.Glyphs
	if first >= len(gs) {
		return
	}
	gs = gs[first:]
	runes := []rune(text)
	switch {
	case len(runes) == 0:
		in.page.Glyphs = in.page.Glyphs[:first]
	case len(runes) == len(gs):
		for i := range gs {
			if t := string(runes[i]); t != gs[i].Text {
				gs[i].Text, gs[i].Raw = t, cmp.Or(gs[i].Raw, gs[i].Text)
			}
			gs[i].Unmapped = false
		}
	case len(gs) == 1 || gs[0].Angle != 0 || gs[0].Vertical || !oneLine(gs):
		all := gs[0]
		for _, g := range gs[1:] {
			all.Box = all.Box.Union(g.Box)
		}
		all.Text, all.Unmapped = text, false
		in.page.Glyphs = append(in.page.Glyphs[:first], all)
	default:
		in.spread(first, runes)
	}
}

func oneLine(gs []page.Glyph) bool {
	for _, g := range gs[1:] {
		if d := g.Y - gs[0].Y; d > g.Size/4 || d < -g.Size/4 || g.X < gs[0].X-1 {
			return false
		}
	}
	return true
}

// spread gives each rune an equal part of the glyphs' common box.
func (in *interpreter) spread(first int, runes []rune) {
	gs := in.page.Glyphs[first:]
	model, box := gs[0], gs[0].Box
	for _, g := range gs[1:] {
		box = box.Union(g.Box)
	}
	model.Unmapped = false
	step := (box.X1 - box.X0) / float64(len(runes))
	in.page.Glyphs = in.page.Glyphs[:first]
	for i, r := range runes {
		if len(in.page.Glyphs) >= in.doc.lim.Glyphs {
			panic(in.tooManyGlyphs())
		}
		g := model
		g.Text = string(r)
		g.Box.X0 = box.X0 + step*float64(i)
		g.Box.X1 = g.Box.X0 + step
		g.X = g.Box.X0
		in.page.Glyphs = append(in.page.Glyphs, g)
	}
}

// textString decodes a text string (7.9.2.2): UTF-16BE or UTF-8 with a mark,
// PDFDocEncoding, here taken as Latin-1, without.
func textString(s []byte) string {
	switch {
	case len(s) >= 2 && s[0] == 0xFE && s[1] == 0xFF:
		return utf16BE(s[2:])
	case len(s) >= 3 && s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF && utf8.Valid(s[3:]):
		return string(s[3:])
	}
	out := make([]rune, len(s))
	for i, c := range s {
		out[i] = rune(c)
	}
	return string(out)
}

func utf16BE(s []byte) string {
	u := make([]uint16, len(s)/2)
	for i := range u {
		u[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return string(utf16.Decode(u))
}
