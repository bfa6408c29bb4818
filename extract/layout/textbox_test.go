package layout

import (
	"testing"

	"nianbao/extract"
)

func (s *sketch) frame(x0, y0, x1, y1 float64) {
	s.h(x0, x1, y0)
	s.h(x0, x1, y1)
	s.v(x0, y0, y1)
	s.v(x1, y0, y1)
}

// A framed note that the text runs along, and a frame around a whole line.
func TestTextBox(t *testing.T) {
	s := newSketch(1)
	s.frame(350, 110, rightMargin, 180)
	s.block(356, 356, rightMargin-6, 128, "提示：本栏为补充说明，不计入正文字数。")
	s.block(leftMargin+24, leftMargin, 338, 105, long+long)
	s.frame(leftMargin, 300, rightMargin, 330)
	s.text(leftMargin+24, 320, 12, "特别说明")
	s.paragraph(360, 2, long)
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), long+long, "特别说明", long)
	wantTexts(t, roleTexts(doc, extract.RoleTextbox), "提示：本栏为补充说明，不计入正文字数。")
}
