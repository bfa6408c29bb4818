package doc

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"nianbao/extract"
	"nianbao/extract/flow"
)

func itoa(n int) string { return strconv.Itoa(n) }

// picture reads the character of a picture in the text, or of data of a field
// ([MS-DOC] 2.6.1, sprmCPicLocation).
func (s *story) picture(p *flow.Paragraph, props *charProps) {
	if !props.special || props.picture < 0 {
		return
	}
	if props.data {
		if n := len(s.fields); n > 0 && s.fields[n-1].isForm() {
			s.fields[n-1].value = formValue(s.dataAt(props.picture, formDataLen))
		}
		return
	}
	if n := len(s.fields); props.hidden || !s.visible() || n > 0 && s.fields[n-1].shape {
		return
	}
	// PICF, [MS-DOC] 2.9.190.
	const headerLen, nameFollows, shapeLen = 68, 0x66, 4096
	v := s.dataAt(props.picture, headerLen+shapeLen)
	header := v.u16(4)
	if len(v) < headerLen || header < headerLen {
		s.warn.Add("picture_damaged", "有图片的数据读不出，未计入")
		return
	}
	b := extract.Block{Type: extract.Image, Part: p.Part, Role: s.imageRole()}
	scaled := func(goal, scale int) float64 { return twipsToPoints(goal * scale / 1000) }
	b.Width, b.Height = scaled(v.i16(28), v.u16(32)), scaled(v.i16(30), v.u16(34))
	rest := v.from(header)
	if v.u16(6) == nameFollows {
		rest = rest.from(1 + rest.u8(0))
	}
	if kind, _, body, _, ok := record(rest); ok && kind == recShape {
		sh := readShape(body)
		if b.Text = sh.alt; sh.art != "" && !sh.picture {
			b = artBlock(sh.art, p)
		}
	}
	p.Anchor(flow.Item{Block: b})
}

// embedded notes that the object behind a field is not read.
func (s *story) embedded(code string) {
	words := strings.Fields(code)
	if len(words) == 0 || !strings.EqualFold(words[0], "EMBED") {
		return
	}
	name := "未知类型"
	if len(words) > 1 {
		r := []rune(words[1])
		name = string(r[:min(len(r), 40)])
	}
	s.warn.Add("embedded_object", "嵌入对象（"+name+"）的内容未读取")
}

// formDataLen is as much of a form field's data as is looked at.
const formDataLen = 8192

// formValue is what a check box or list of a form shows ([MS-DOC] 2.9.78).
func formValue(v view) string {
	// NilPICFAndBinData: its length, that of its head, the head, the data.
	v = v.from(v.u16(4))
	const headLen, kindCheck, kindList, standard = 10, 1, 2, 25
	if len(v) < headLen {
		return ""
	}
	bits := v.u16(4)
	kind, result := bits&3, bits>>2&0x1f
	if kind != kindCheck && kind != kindList {
		return ""
	}
	rest := v.from(headLen)
	name := rest.u16(0)
	rest = rest.from(2 + 2*name + 2)
	if result == standard {
		result = rest.u16(0)
	}
	rest = rest.from(2)
	if kind == kindCheck {
		if result != 0 {
			return "☑"
		}
		return "☐"
	}
	for range 5 { // format, help, status, entry and exit macro
		rest = rest.from(2 + 2*rest.u16(0) + 2)
	}
	// The entries: a string table ([MS-DOC] 2.2.4).
	at := 6
	count := rest.u16(2)
	if rest.u16(0) != 0xffff {
		return ""
	}
	for i := 0; i < count && rest.has(at, 2); i++ {
		n := 2 * rest.u16(at)
		if i == result {
			return string(utf16.Decode(rest.sub(at+2, n).units()))
		}
		at += 2 + n
	}
	return ""
}
