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

// Fields of a form are framed too, and stay beside their names.
func TestFieldsAreNoTextBoxes(t *testing.T) {
	s := newSketch(1)
	var want []string
	for n, name := range []string{"单位名称", "联系电话", "填报日期"} {
		y := 100 + 30*float64(n)
		s.text(leftMargin, y, 12, name)
		s.frame(150, y-14, 320, y+5)
		s.text(154, y, 12, "已填写")
		want = append(want, name+" 已填写")
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), want...)
}
