package layout

import (
	"testing"

	"nianbao/extract"
)

// note sets a footnote in 9 points, its mark raised, and returns the next baseline.
func (s *sketch) note(base float64, mark, text string) float64 {
	x := s.text(leftMargin, base-3, 6, mark)
	line := ""
	for _, r := range text {
		if x+textWidth(line, 9)+advance(r, 9) > rightMargin && !closing(r) {
			s.text(x, base, 9, line)
			base, x, line = base+13, leftMargin, ""
		}
		line += string(r)
	}
	s.text(x, base, 9, line)
	return base + 13
}

// Footnotes with their page number below, the last one over two pages; a line of
// it starts with a number that is no mark.
func TestFootnotes(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	y := a.paragraph(90, 2, long)
	x := a.text(leftMargin+24, y, 12, "共收到申请12件")
	x = a.text(x, y-4, 7, "1")
	a.text(x, y, 12, "。")
	a.h(leftMargin, leftMargin+144, 700)
	y = a.note(714, "1", "含上年结转的申请。")
	whole := "依据《条例》第四十九条的规定统计，" + long + "本机关按照要求统计，"
	a.note(y, "2", whole)
	a.centre(800, 9, "1")
	b.paragraph(90, 2, "次页。"+long)
	b.h(leftMargin, leftMargin+144, 740)
	b.text(leftMargin, 752, 9, "2024年以前的数据不计在内。")
	b.note(765, "3", "见附件。")
	b.centre(800, 9, "2")
	doc, _ := build(t, a, b)
	wantTexts(t, texts(doc), long, "共收到申请12件1。", "次页。"+long)
	wantTexts(t, roleTexts(doc, extract.RoleFootnote), "1含上年结转的申请。", "2"+whole+"2024年以前的数据不计在内。", "3见附件。")
	wantTexts(t, roleTexts(doc, extract.RoleFooter), "1", "2")
}

// Below a line that is an underline, in a table, or over text of the size of the
// body, or without a mark, stand no footnotes.
func TestLinesOverTextAreNoFootnotes(t *testing.T) {
	s := newSketch(1)
	s.paragraph(90, 2, long)
	s.text(leftMargin, 600, 12, "填报人：")
	s.h(leftMargin, leftMargin+100, 602)
	s.text(leftMargin, 620, 9, "1.此处签名")
	s.h(leftMargin, leftMargin+144, 640)
	s.text(leftMargin, 660, 12, "2.以上数据截至年底。")
	s.text(leftMargin, 680, 9, "（本页完）")
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), long, "填报人：", "1.此处签名", "2.以上数据截至年底。", "（本页完）")
	if got := roleTexts(doc, extract.RoleFootnote); got != nil {
		t.Errorf("footnotes %q", got)
	}
}
