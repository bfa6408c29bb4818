package layout

import (
	"strings"
	"testing"

	"nianbao/extract"
)

// column sets a paragraph of the given size between two margins, its first line
// indented by two characters, and returns the baseline after it.
func (s *sketch) column(x0, x1, base, size float64, str string) float64 {
	x, line := x0+2*size, ""
	for _, r := range str {
		if x+textWidth(line, size)+advance(r, size) > x1 && !closing(r) {
			s.text(x, base, size, line)
			base, x, line = base+1.6*size, x0, ""
		}
		line += string(r)
	}
	s.text(x, base, size, line)
	return base + 1.6*size
}

// numbered is a text that begins and ends with its own number.
func numbered(n string) string { return n + "、" + long + "第" + n + "段完。" }

// A heading over two columns, a table between them and a closing note.
func TestTwoColumns(t *testing.T) {
	s := newSketch(1)
	s.centre(80, 18, "政务公开简报第三期")
	s.paragraph(110, 2, long)
	for i, x := range []float64{leftMargin, 310} {
		y := s.column(x, x+225, 190, 10.5, numbered([]string{"甲", "丙"}[i]))
		s.column(x, x+225, y, 10.5, numbered([]string{"乙", "丁"}[i]))
	}
	s.plain([]float64{leftMargin, 300, 500}, 400, 20, []string{"收文", "12"}, []string{"发文", "34"})
	for i, x := range []float64{leftMargin, 310} {
		s.column(x, x+225, 470, 10.5, numbered([]string{"戊", "己"}[i]))
	}
	s.paragraph(620, 2, long)
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "政务公开简报第三期", long, numbered("甲"), numbered("乙"), numbered("丙"), numbered("丁"),
		numbered("戊"), numbered("己"), long)
	for i, b := range doc.Blocks {
		if b.Type == extract.TableRef && !strings.HasPrefix(doc.Blocks[i-1].Text, "丁") {
			t.Errorf("the table stands after %q", doc.Blocks[i-1].Text)
		}
	}
}

// Three columns whose baselines do not agree, over two pages; a paragraph goes on
// in the next column and on the next page.
func TestColumnsGoOn(t *testing.T) {
	var pages []*sketch
	for n := 1; n <= 2; n++ {
		s := newSketch(n)
		for c := range 3 {
			x0 := 60 + 165*float64(c)
			y := 130 + 4*float64(c)
			for range 12 {
				s.text(x0, y, 10, strings.Repeat("栏", 15))
				y += 16
			}
			if n == 2 && c == 2 {
				s.text(x0, y, 10, "到此为止。")
			}
		}
		s.centre(800, 9, "第 "+string(rune('0'+n))+" 页")
		pages = append(pages, s)
	}
	doc, _ := build(t, pages...)
	wantTexts(t, texts(doc), strings.Repeat("栏", 15*12*6)+"到此为止。")
	wantTexts(t, roleTexts(doc, extract.RoleFooter), "第 1 页", "第 2 页")
}

// Punctuation that hangs over the margin does not close the corridor.
func TestColumnsWithHangingPunctuation(t *testing.T) {
	s := newSketch(1)
	for n := range 8 {
		y := 90 + 16*float64(n)
		s.text(60, y, 10, strings.Repeat("左", 20)+"，")
		s.text(276, y, 10, strings.Repeat("右", 20))
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), strings.Repeat(strings.Repeat("左", 20)+"，", 8)+strings.Repeat("右", 160))
}

// Names and values beside each other are read row by row.
func TestPairsAreNoColumns(t *testing.T) {
	s := newSketch(1)
	var want []string
	for n, row := range [][2]string{
		{"联系单位：青石街道办事处党政综合办公室", "联系电话：62681234"}, {"办公地址：和平路八号", "邮政编码：230000"},
		{"电子邮箱：zwgk@example.gov.cn", "办公时间：工作日"}, {"监督电话：62685678", "网站名称：青石街道"},
		{"负责科室：党政综合办公室信息公开科", "受理窗口：便民服务中心"}, {"传真号码：62680000", "编制日期：2025年1月20日"},
	} {
		y := 90 + 20*float64(n)
		s.text(60, y, 12, row[0])
		s.text(320, y, 12, row[1])
		want = append(want, row[0]+" "+row[1])
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), want...)
}

// A title that meets one column only, and a short line below both columns that
// belongs to neither.
func TestLinesAboveAndBelowColumns(t *testing.T) {
	s := newSketch(1)
	s.text(320, 70, 12, "（内部发行）")
	for n := range 9 {
		y := 100 + 16*float64(n)
		s.text(60, y, 10, strings.Repeat("左", 22))
		s.text(310, y, 10, strings.Repeat("右", 22))
	}
	s.text(80, 100+16*9, 10, "附注：本期共两版。")
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "（内部发行）", strings.Repeat("左", 22*9)+strings.Repeat("右", 22*9), "附注：本期共两版。")
}
