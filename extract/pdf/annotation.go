package pdf

import (
	"strings"

	"nianbao/extract/page"
)

// annotations draws the normal appearance of visible annotations (12.5.5):
// filled-in form fields and stamps are text on the page.
func (in *interpreter) annotations(v value, base page.Matrix) error {
	for i := range min(v.len(), maxParts) {
		a := v.index(i)
		const hiddenOrNoView = 2 | 32
		if a.key("F").integer()&hiddenOrNoView != 0 || a.key("Subtype").name() == "Popup" {
			continue
		}
		ap := a.key("AP").key("N")
		if ap.kind() == kindDict {
			ap = ap.key(a.key("AS").name())
		}
		rect, ok := boxOf(a.key("Rect"))
		if ap.kind() != kindStream && ok && !in.doc.isHidden(a, a.key("OC")) {
			if err := in.fieldValue(a, rect, base); err != nil {
				return err
			}
			continue
		}
		bbox, ok2 := numbers(ap.key("BBox"), 4)
		if ap.kind() != kindStream || !ok || !ok2 || in.doc.isHidden(a, a.key("OC")) {
			continue
		}
		b := matrixOf(ap.key("Matrix")).Box(bbox[0], bbox[1], bbox[2], bbox[3])
		if b.X1-b.X0 < 1e-6 || b.Y1-b.Y0 < 1e-6 {
			continue
		}
		sx, sy := (rect.X1-rect.X0)/(b.X1-b.X0), (rect.Y1-rect.Y0)/(b.Y1-b.Y0)
		in.gs = gstate{ctm: page.Matrix{sx, 0, 0, sy, rect.X0 - b.X0*sx, rect.Y0 - b.Y0*sy}.Mul(base), clip: in.view, lineWidth: 1, hScale: 1}
		in.res = newResources(value{})
		if err := in.form(ap, 0); err != nil {
			return err
		}
	}
	return nil
}

// Bounds of what is drawn for fields without an appearance.
const (
	maxFieldRunes  = 10_000
	maxFieldDepth  = 16 // of the hierarchy of fields
	fieldSize      = 12.0
	fieldMargin    = 2.0
	fieldLeading   = 1.15
	passwordField  = 1 << 13 // 12.7.4.3
	halfWidth      = 0.5     // of Latin characters, in ems
	fieldDescender = 0.2
)

// inherited is an attribute of a field or of the fields around it (12.7.3.2).
func inherited(a value, key string) value {
	for range maxFieldDepth {
		if v := a.key(key); v.kind() != kindNull {
			return v
		}
		a = a.key("Parent")
	}
	return value{}
}

// fieldValue shows the text of a text or choice field that has a value but no
// appearance, and of a FreeText annotation without one: viewers make it up
// (12.7.3.3). The places of the characters are about right.
func (in *interpreter) fieldValue(a value, rect page.Box, base page.Matrix) error {
	var text value
	switch a.key("Subtype").name() {
	case "Widget":
		kind := inherited(a, "FT").name()
		if (kind != "Tx" && kind != "Ch") || inherited(a, "Ff").integer()&passwordField != 0 {
			return nil
		}
		text = inherited(a, "V")
	case "FreeText":
		text = a.key("Contents")
	}
	if text.kind() != kindString || text.text() == "" {
		return nil
	}
	lines := strings.FieldsFunc(textString(in.doc.str(text)), func(r rune) bool { return r == '\r' || r == '\n' })
	size := appearanceSize(in.doc.str(inherited(a, "DA")))
	if height := rect.Y1 - rect.Y0; size <= 0 || size > height {
		size = min(fieldSize, height/fieldLeading)
	}
	y := rect.Y1 - (size * (fieldLeading - fieldDescender))
	if len(lines) == 1 {
		y = (rect.Y0+rect.Y1)/2 - size*(0.5-fieldDescender)
	}
	for _, line := range lines {
		if err := in.fieldLine(line, rect.X0+fieldMargin, y, size, base); err != nil {
			return err
		}
		y -= size * fieldLeading
	}
	return nil
}

// appearanceSize is the font size in a default appearance string, 0 where there
// is none or it is to be chosen.
func appearanceSize(da []byte) float64 {
	l := lexer{data: da}
	last := 0.0
	for t := l.next(); t.kind != tokEOF; t = l.next() {
		if t.kind == tokOperator && string(t.str) == "Tf" {
			return last
		}
		last = t.num
	}
	return 0
}

// fieldLine adds the glyphs of one line from (x, y) in user space.
func (in *interpreter) fieldLine(line string, x, y, size float64, base page.Matrix) error {
	font := in.fontIndex(page.Font{Name: "Helvetica"})
	n := 0
	for _, r := range line {
		advance := size
		if r < 0x2E80 {
			advance *= halfWidth
		}
		if n++; n > maxFieldRunes {
			in.warn("content_damaged", "第 %d 页的表单域文字过长，其余已略过。", in.page.Number)
			return nil
		}
		if len(in.page.Glyphs) >= in.doc.lim.Glyphs {
			return in.tooManyGlyphs()
		}
		g := page.Glyph{Text: string(r), Font: font, Size: size * base.Scale(), Box: base.Box(x, y-size*fieldDescender, x+advance, y+size*(1-fieldDescender))}
		g.X, g.Y = base.Apply(x, y)
		g.Angle = angleOf(base[0], -base[1])
		in.page.Glyphs = append(in.page.Glyphs, g)
		x += advance
	}
	return nil
}
