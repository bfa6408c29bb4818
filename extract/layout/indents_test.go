package layout

import (
	"strings"
	"testing"
)

// block sets text between two margins, its first line at x, and returns the
// baseline after it.
func (s *sketch) block(x, x0, x1, base float64, str string) float64 {
	line := ""
	for _, r := range str {
		if x+textWidth(line, 12)+advance(r, 12) > x1 && !closing(r) {
			s.text(x, base, 12, line)
			base, x, line = base+20, x0, ""
		}
		line += string(r)
	}
	s.text(x, base, 12, line)
	return base + 20
}

// Lines of list items that hang under their text, at any depth, and an item
// whose first line ends at the margin.
func TestHangingIndents(t *testing.T) {
	s := newSketch(1)
	items := []string{"1. " + long, "2. " + long + long, "3. " + strings.Repeat("满", 36)}
	y := 80.0
	for _, item := range items {
		y = s.block(leftMargin, leftMargin+18, rightMargin, y, item)
	}
	inner := []string{"（1）" + long, "（2）" + long}
	for _, item := range inner {
		y = s.block(leftMargin+24, leftMargin+54, rightMargin, y, item)
	}
	marked := []string{"• " + long, "• " + long}
	for _, item := range marked {
		y = s.block(leftMargin, leftMargin+12, rightMargin, y, item)
	}
	y = s.paragraph(y, 2, long)
	s.paragraph(y, 2, long)
	doc, _ := build(t, s)
	want := append(append(items, inner...), marked...)
	wantTexts(t, texts(doc), append(want, long, long)...)
}

// A quotation is narrower on both sides; its lines are not centred.
func TestIndentedBlock(t *testing.T) {
	s := newSketch(1)
	y := s.paragraph(80, 2, long)
	y = s.block(leftMargin+48, leftMargin+48, rightMargin-48, y, long+long)
	y = s.paragraph(y, 2, long)
	y = s.block(leftMargin+72, leftMargin+48, rightMargin, y, long+long) // with a first line of its own
	s.paragraph(y, 2, long)
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), long, long+long, long, long+long, long)
	for _, b := range doc.Blocks {
		if b.Align != "left" {
			t.Errorf("%s: %s", b.Align, b.Text)
		}
	}
}

// Paragraphs of one line, with the indent that all have, stay apart, though they
// stand flush; so do verses.
func TestShortLinesAreNoBlock(t *testing.T) {
	s := newSketch(1)
	y := s.paragraph(80, 2, long)
	y = s.paragraph(y, 2, long)
	lines := []string{strings.Repeat("满", 36) + "。", strings.Repeat("行", 36) + "。", strings.Repeat("足", 36) + "。"}
	for _, l := range lines {
		y = s.paragraph(y, 2, l)
	}
	verses := []string{"青山隐隐水迢迢", "政务公开路不遥", "阳光之下无私事", "万家灯火说今朝"}
	for _, v := range verses {
		s.text(leftMargin+72, y, 12, v)
		y += 20
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), append(append([]string{long, long}, lines...), verses...)...)
}

// Rows of a table without lines stand flush and fill their width: they are no
// block, and go on in no other row.
func TestRowsAreNoParagraph(t *testing.T) {
	s := newSketch(1)
	y := s.paragraph(80, 2, long)
	var want []string
	for _, name := range []string{"甲街道", "乙街道", "丙街道", "丁街道"} {
		s.text(leftMargin+48, y, 12, name)
		s.text(leftMargin+250, y, 12, "已公开")
		s.text(rightMargin-48, y, 12, "按时报送")
		want = append(want, name+" 已公开 按时报送")
		y += 20
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), append([]string{long}, want...)...)
}
