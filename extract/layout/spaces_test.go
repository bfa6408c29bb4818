package layout

import (
	"strings"
	"testing"

	"nianbao/extract"
)

// spread sets s with extra space after each character, for Latin ones too or not.
func (s *sketch) spread(x, base, size, extra float64, str string, latin bool) {
	rs := []rune(str)
	for i, r := range rs {
		x = s.text(x, base, size, string(r))
		if latin || wide(r) && i+1 < len(rs) && wide(rs[i+1]) {
			x += extra
		}
	}
}

func TestLetterSpacing(t *testing.T) {
	s := newSketch(1)
	s.spread(60, 80, 12, 14, "公示公告栏", true)
	s.spread(60, 110, 12, 4, "全年共收到申请128件，", true)
	// A line that justification opened has no letter spacing in its words.
	s.spread(60, 140, 12, 11.5, "均依法答复。网址", false)
	s.text(250, 140, 12, "www.example.gov.cn")
	// Columns of names are no letter spacing.
	x := 60.0
	for range 4 {
		x = s.text(x, 170, 12, "张三") + 24
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "公示公告栏", "全年共收到申请128件，", "均依法答复。网址www.example.gov.cn", "张三 张三 张三 张三")
}

// An underlined space that is drawn in pieces is one space; Latin words that are
// set tight stay apart.
func TestSpacesInPiecesAndTightWords(t *testing.T) {
	s := newSketch(1)
	s.text(60, 80, 12, "收到")
	s.text(84, 80, 12, " ")
	s.text(84.1, 80, 12, " ")
	s.text(84.2, 80, 12, " ")
	s.text(91, 80, 12, "件")
	x := 60.0
	for _, w := range []string{"We", "explain", "how", "to"} {
		x = s.text(x, 110, 12, w) + 2.2
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "收到 件", "We explain how to")
}

func TestGlueOfBrokenTokens(t *testing.T) {
	tests := []struct{ a, b, want string }{
		{"联系电话0551-", "62681234", ""}, {"邮箱zwgk@", "example.gov.cn", ""}, {"网址https://www.example", ".gov.cn/a", ""},
		{"见www.example.", "gov.cn首页", ""}, {"an open-", "source tool", ""}, {"the end.", "Next one", " "}, {"write to a@b.cn,", "or c@d.cn", " "},
		{"one -", "two", " "}, {"one", "two", " "}, {"公开", "信息", ""}, {"条例", "PDF", ""},
	}
	for _, tt := range tests {
		a, b := &line{text: tt.a}, &line{text: tt.b}
		if got := glue(a, b, 400); got != tt.want {
			t.Errorf("%q, %q: %q, want %q", tt.a, tt.b, got, tt.want)
		}
	}
}

// Browsers set scripts in five sixths of the size; the text leaves a gap for them.
func TestLargeScripts(t *testing.T) {
	s := newSketch(1)
	x := s.text(60, 100, 12, "面积3000m")
	x = s.text(x, 95.5, 10, "2")
	x = s.text(x, 100, 12, "，见文献")
	x = s.text(x, 95.5, 10, "[12]")
	s.text(x, 100, 12, "。")
	s.text(60, 118, 12, "下一行")
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "面积3000m2，见文献[12]。", "下一行")
}

// Small text over a line is no script of it.
func TestSmallLineAbove(t *testing.T) {
	s := newSketch(1)
	s.text(60, 94, 7, "注音文字在上")
	s.text(60, 100, 12, "正文文字在下")
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "注音文字在上", "正文文字在下")
}

func TestWideTitleIsCentred(t *testing.T) {
	s := newSketch(1)
	title := "澄江街道办事处2024年政府信息公开工作年度报告"
	size := 460 / textWidth(title, 1)
	s.centre(80, size, title)
	s.paragraph(120, 2, long+long)
	s.paragraph(200, 2, long+long)
	doc, _ := build(t, s)
	if b := doc.Blocks[0]; b.Align != "center" || b.Type != extract.Heading || b.Level != 1 {
		t.Errorf("title %+v", b)
	}
	if b := doc.Blocks[1]; b.Align != "left" {
		t.Errorf("paragraph %+v", b)
	}
}

func TestContents(t *testing.T) {
	s := newSketch(1)
	entries := []string{"一、总体情况", "二、主动公开情况", "（一）平台建设"}
	for i, e := range entries {
		entries[i] = e + strings.Repeat(".", int((468-textWidth(e, 12))/6)) + "3"
		s.text(leftMargin, 90+20*float64(i), 12, entries[i])
	}
	s.paragraph(170, 2, long+long)
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), append(entries, long+long)...)
	for _, b := range doc.Blocks {
		if b.Type == extract.Heading {
			t.Errorf("an entry is no heading: %+v", b)
		}
	}
}

func TestRomanPageNumbers(t *testing.T) {
	var pages []*sketch
	for i, n := range []string{"iii", "iv", "v"} {
		s := newSketch(i + 1)
		s.paragraph(90, 2, long)
		s.centre(800, 9, n)
		pages = append(pages, s)
	}
	doc, _ := build(t, pages...)
	wantTexts(t, roleTexts(doc, extract.RoleFooter), "iii", "iv", "v")
	for n, want := range map[string]int{"i": 1, "iv": 4, "ix": 9, "xiv": 14, "xxxix": 39} {
		if roman(n) != want {
			t.Errorf("%s: %d", n, roman(n))
		}
	}
}

// Short items are headings where text follows them, and a list where items do.
func TestItemsAndLists(t *testing.T) {
	s := newSketch(1)
	y := s.paragraph(80, 2, "（一）主动公开情况")
	for _, item := range []string{"1.公开内容", "2、公开渠道"} {
		y = s.paragraph(y, 2, item)
		y = s.paragraph(y, 2, long)
	}
	for _, item := range []string{"1.身份证明", "2.申请表", "3.委托书"} {
		y = s.paragraph(y, 2, item)
	}
	s.paragraph(y, 2, long)
	doc, _ := build(t, s)
	var got []string
	for _, b := range doc.Blocks {
		if b.Type == extract.Heading {
			got = append(got, b.Text+string(rune('0'+b.Level)))
		}
	}
	wantTexts(t, got, "（一）主动公开情况3", "1.公开内容4", "2、公开渠道4")
}

// Figures far apart are the row of a table, not one number in wide spacing.
func TestFiguresApartAreNotOneNumber(t *testing.T) {
	s := newSketch(1)
	for i, figure := range []string{"2", "0", "0", "0", "0", "0", "2"} {
		s.text(60+20*float64(i), 100, 9, figure)
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "2 0 0 0 0 0 2")
}

// A raised mark of a note stays apart from the figure before it.
func TestRaisedDigit(t *testing.T) {
	s := newSketch(1)
	xs := []float64{60, 200, 300}
	s.plain(xs, 100, 20, []string{"项目", "数量"}, []string{"申请", "210"})
	x := 250 + textWidth("210", 9)/2
	s.text(x+0.2, 131, 5.5, "1")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "项目|数量", "申请|210¹")
}
