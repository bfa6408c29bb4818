package layout

import (
	"strings"
	"testing"

	"nianbao/extract"
	"nianbao/extract/page"
)

const long = "本机关按照要求全面推进各项工作，主动公开各类政府信息，办理群众申请，" +
	"加强平台建设和监督保障，现将本年度的有关情况如实报告如下，欢迎各界监督指正。"

func TestParagraphs(t *testing.T) {
	s := newSketch(1)
	s.text((a4Width-textWidth("澄江街道2024年度报告", 20))/2, 90, 20, "澄江街道2024年度报告")
	y := s.paragraph(130, 2, long)
	y = s.paragraph(y, 2, long+long)
	s.bold(leftMargin+24, y, 12, "一、总体情况")
	y = s.paragraph(y+20, 2, long)
	y = s.paragraph(y, 2, "（一）主动公开情况。"+long)
	y = s.paragraph(y, 2, "短句。")
	s.right(y+20, 12, "澄江街道办事处")
	s.right(y+40, 12, "2025年1月20日")
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "澄江街道2024年度报告", long, long+long, "一、总体情况", long,
		"（一）主动公开情况。"+long, "短句。", "澄江街道办事处", "2025年1月20日")
	if b := doc.Blocks[0]; b.Type != extract.Heading || b.Level != 1 || b.Align != "center" || b.Size != 20 || *b.Page != 1 {
		t.Errorf("title: %+v", b)
	}
	if b := doc.Blocks[3]; b.Type != extract.Heading || b.Level != 2 || *b.Number != "一、" || !b.Bold {
		t.Errorf("heading: %+v", b)
	}
	if b := doc.Blocks[5]; b.Type != extract.Paragraph || *b.Number != "（一）" {
		t.Errorf("numbered paragraph: %+v", b)
	}
	if b := doc.Blocks[8]; b.Type != extract.Paragraph || b.Align != "right" {
		t.Errorf("date: %+v", b)
	}
}

// Reports without indents and without space between paragraphs.
func TestParagraphsWithoutIndent(t *testing.T) {
	s := newSketch(1)
	y := s.paragraph(100, 0, long)
	y = s.paragraph(y, 0, "（一）主动公开情况。"+long)
	y = s.paragraph(y, 0, "（二）依申请公开情况。"+long)
	y = s.paragraph(y, 0, "1.5万件也是可能的写法，因此数字不一定是序号。"+long)
	s.paragraph(y, 0, "尾句。")
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), long, "（一）主动公开情况。"+long, "（二）依申请公开情况。"+long,
		"1.5万件也是可能的写法，因此数字不一定是序号。"+long, "尾句。")
}

// Browsers keep paragraphs apart by space; headings wrap.
func TestSpacedParagraphsAndWrappedHeading(t *testing.T) {
	s := newSketch(1)
	full := strings.Repeat("满", 39)
	y := 100.0
	for range 5 {
		s.text(leftMargin, y, 12, full)
		s.text(leftMargin, y+20, 12, full)
		y += 60
	}
	s.bold(leftMargin, y, 18, strings.Repeat("长", 22)+"标题四、")
	s.bold(leftMargin, y+26, 18, "题")
	doc, _ := build(t, s)
	want := []string{full + full, full + full, full + full, full + full, full + full, strings.Repeat("长", 22) + "标题四、题"}
	wantTexts(t, texts(doc), want...)
}

func TestParagraphOverPages(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	whole := strings.Repeat("页", 39)
	a.paragraph(700, 0, whole+whole)
	a.centre(810, 9, "1")
	b.paragraph(80, 0, "尾随的文字到此为止。")
	b.paragraph(100, 2, "下一段。")
	b.centre(810, 9, "2")
	doc, _ := build(t, a, b)
	wantTexts(t, texts(doc), whole+whole+"尾随的文字到此为止。", "下一段。")
	wantTexts(t, roleTexts(doc, extract.RoleFooter), "1", "2")
}

func TestSpaces(t *testing.T) {
	s := newSketch(1)
	x := s.text(60, 100, 12, "共")
	x = s.text(x+3, 100, 12, "12") // automatic spacing of a quarter em
	x = s.text(x+3, 100, 12, "件")
	x = s.text(x+30, 100, 12, "续")
	x = s.text(x, 100, 12, "a ")
	x = s.text(x, 100, 12, "b")
	x = s.text(x+4, 100, 12, "c")
	s.text(x, 100, 12, "商 业")
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "共12件 续a b c商 业")
}

// Scripts belong to their line; drawn twice is text once.
func TestScriptsAndDoubles(t *testing.T) {
	s := newSketch(1)
	x := s.text(60, 100, 12, "面积3m")
	end := s.text(x, 96, 7, "2")
	s.text(end, 100, 12, "左右")
	s.text(60, 120, 12, "水H")
	s.text(78, 123, 7, "2")
	s.text(81.5, 120, 12, "O")
	n := len(s.Glyphs)
	for i := range n { // false bold
		g := s.Glyphs[i]
		g.Box.X0, g.Box.X1, g.X = g.Box.X0+0.3, g.Box.X1+0.3, g.X+0.3
		s.Glyphs = append(s.Glyphs, g)
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "面积3m2左右", "水H2O")
}

func TestOrdinals(t *testing.T) {
	tests := []struct {
		text, number string
		level        int
	}{
		{"第一章 总则", "第一章", 1}, {"第二节 一般规定", "第二节", 2}, {"一、总体情况", "一、", 2}, {"十一、其他", "十一、", 2}, {"（二）依申请", "（二）", 3},
		{"(三)平台", "(三)", 3}, {"1.属于", "1.", 4}, {"12、其他", "12、", 4}, {"3．监督", "3．", 4}, {"（1）甲", "（1）", 5},
		{"2)乙", "2)", 5}, {"①丙", "①", 6}, {"1.5万件", "", 0}, {"2024年", "", 0}, {"第二十条第（一）项", "", 0},
		{"一是加强", "", 0}, {"", "", 0},
	}
	for _, tt := range tests {
		if n, l := readOrdinal(tt.text); n != tt.number || l != tt.level {
			t.Errorf("%q: %q, %d; want %q, %d", tt.text, n, l, tt.number, tt.level)
		}
	}
}

func TestFurniture(t *testing.T) {
	var pages []*sketch
	for n := 1; n <= 3; n++ {
		s := newSketch(n)
		s.text(leftMargin, 50, 9, "澄江街道年度报告")
		s.text(400, 50, 9, "第 "+string(rune('0'+n))+" 页 共 3 页")
		s.body(90, 740)
		s.centre(800, 9, "— "+string(rune('0'+n))+" —")
		pages = append(pages, s)
	}
	doc, _ := build(t, pages...)
	if got := roleTexts(doc, extract.RoleHeader); len(got) != 3 || !strings.HasPrefix(got[0], "澄江街道年度报告") {
		t.Errorf("headers %q", got)
	}
	wantTexts(t, roleTexts(doc, extract.RoleFooter), "— 1 —", "— 2 —", "— 3 —")
}

// What looks like furniture but is the body: a heading at the top, a short last
// line, a lone number that counts no pages, the last row of a table.
func TestBodyIsNoFurniture(t *testing.T) {
	s := newSketch(1)
	s.text(leftMargin, 60, 12, "一、总体情况")
	s.paragraph(90, 2, long)
	s.plain([]float64{60, 160, 260}, 760, 20, []string{"合计", "4"}, []string{"总计", "1"})
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "一、总体情况", long)
	wantTable(t, doc, 0, "合计|4", "总计|1")

	s = newSketch(1)
	s.paragraph(90, 2, long)
	s.text(leftMargin, 780, 12, "2023")
	s.text(leftMargin, 800, 12, "附件：统计表")
	doc, _ = build(t, s)
	wantTexts(t, texts(doc), long, "2023", "附件：统计表")

	a, b := newSketch(1), newSketch(2)
	a.text(leftMargin, 80, 12, "附件1")
	b.text(leftMargin, 80, 12, "附件2")
	doc, _ = build(t, a, b)
	wantTexts(t, texts(doc), "附件1", "附件2")
}

func TestArtifactFurniture(t *testing.T) {
	s := newSketch(1)
	s.text(leftMargin, 50, 9, "内部资料")
	for i := range s.Glyphs {
		s.Glyphs[i].Artifact = true
	}
	s.paragraph(90, 2, long)
	doc, _ := build(t, s)
	wantTexts(t, roleTexts(doc, extract.RoleHeader), "内部资料")
}

func TestVerdicts(t *testing.T) {
	garbled := newSketch(1)
	garbled.text(60, 100, 12, "可读的字")
	for i := range 3 {
		garbled.Glyphs[i].Unmapped = true
	}
	scan := newSketch(2)
	scan.Images = []page.Image{{Box: page.Box{X0: 0, Y0: 0, X1: 595, Y1: 842}}, {Box: page.Box{X0: 1, Y0: 1, X1: 9, Y1: 9}}}
	empty := newSketch(3)
	good := newSketch(4)
	good.text(60, 100, 12, "正文⽂⺠字")
	doc, warnings := build(t, garbled, scan, empty, good)
	var verdicts []string
	for _, p := range doc.Pages {
		verdicts = append(verdicts, string(p.TextLayer))
	}
	wantTexts(t, verdicts, "garbled", "none", "none", "good")
	var codes []string
	for _, w := range warnings {
		codes = append(codes, w.Code)
	}
	wantTexts(t, codes, "page_garbled", "page_without_text")
	wantTexts(t, texts(doc), "正文文民字")
	if b := doc.Blocks[0]; b.Type != extract.Image || b.Width != 595 || *b.Page != 2 {
		t.Errorf("image: %+v", b)
	}
	if len(doc.Blocks) != 2 {
		t.Errorf("%d blocks", len(doc.Blocks))
	}
}

// An OCR layer under a picture is text; invisible text elsewhere, or under the
// same visible text, is not.
func TestInvisibleText(t *testing.T) {
	s := newSketch(1)
	s.Images = []page.Image{{Box: page.Box{X0: 0, Y0: 0, X1: 595, Y1: 600}}}
	s.text(60, 100, 12, "识别")
	s.text(60, 130, 12, "可见")
	s.text(60, 700, 12, "隐藏")
	for i := range s.Glyphs {
		s.Glyphs[i].Invisible = true
	}
	s.text(60, 130, 12, "可见")
	doc, warnings := build(t, s)
	wantTexts(t, texts(doc), "识别", "可见")
	if len(warnings) != 1 || warnings[0].Code != "invisible_text" {
		t.Errorf("warnings %+v", warnings)
	}
}

// A page set sideways is read in its own direction; boxes stay the page's.
func TestTurnedPage(t *testing.T) {
	upright := newSketch(1)
	upright.plain([]float64{60, 160, 260}, 100, 20, []string{"甲", "乙"}, []string{"丙", "12"})
	upright.paragraph(200, 2, "表后的文字。")
	for turns := 1; turns <= 3; turns++ {
		s := newSketch(1)
		f := frame{turns: turn(turns), width: a4Height, height: a4Width}
		if turns == 2 {
			f.width, f.height = a4Width, a4Height
		}
		s.Width, s.Height = f.width, f.height
		for _, g := range upright.Glyphs {
			b, o := f.out(fromPage(g.Box)), f.out(box{g.X, g.Y, g.X, g.Y})
			g.Box, g.X, g.Y, g.Angle = page.Box{X0: b.x0, Y0: b.y0, X1: b.x1, Y1: b.y1}, o.x0, o.y0, 90*float64(turns)
			s.Glyphs = append(s.Glyphs, g)
		}
		for _, r := range upright.Rulings {
			b := f.out(fromPage(page.Box{X0: r.X0, Y0: r.Y0, X1: r.X1, Y1: r.Y1}))
			s.Rulings = append(s.Rulings, page.Ruling{X0: b.x0, Y0: b.y0, X1: b.x1, Y1: b.y1, Width: r.Width})
		}
		doc, _ := build(t, s)
		wantTable(t, doc, 0, "甲|乙", "丙|12")
		wantTexts(t, texts(doc), "表后的文字。")
		want := f.out(box{60, 100, 260, 140})
		got := doc.Tables[0].BBox
		if d := (box{got[0], got[1], got[2], got[3]}); !d.inside(want, 0.1) || !want.inside(d, 0.1) {
			t.Errorf("%d turns: box %v, want %v", turns, d, want)
		}
	}
}

// A slanted watermark is kept apart from the text it crosses.
func TestWatermark(t *testing.T) {
	s := newSketch(1)
	s.paragraph(90, 2, long)
	for i, r := range []rune("征求意见稿") {
		d := 30 * float64(i)
		s.Glyphs = append(s.Glyphs, page.Glyph{Text: string(r), Size: 40, Angle: 45, X: 80 + d, Y: 180 - d,
			Box: page.Box{X0: 80 + d, Y0: 140 - d, X1: 120 + d, Y1: 180 - d}})
	}
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), long)
	wantTexts(t, roleTexts(doc, extract.RoleTextbox), "征求意见稿")
}

func TestPageLimits(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.Pages, lim.Glyphs = 1, 3
	b := NewBuilder(lim)
	s := newSketch(1)
	s.text(60, 100, 12, "四个字符")
	if e := extract.AsError(b.Add(&s.Page)); e == nil || e.Limit != "glyphs=3" {
		t.Errorf("glyphs over the limit: %v", e)
	}
	s = newSketch(1)
	s.text(60, 100, 12, "三个字")
	if err := b.Add(&s.Page); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if e := extract.AsError(b.Add(&s.Page)); e == nil || e.Limit != "pages=1" {
		t.Errorf("pages over the limit: %v", e)
	}
}

// Pages for printing on both sides: the inner margin is wider.
func TestMirroredMargins(t *testing.T) {
	var pages []*sketch
	var want []string
	for n := 1; n <= 4; n++ {
		s := newSketch(n)
		left := leftMargin + 36*float64(n%2)
		for k := range 3 {
			p := strings.Repeat(string(rune('甲'+n*3+k)), 3) + long
			s.block(left+24, left, left+432, 130+100*float64(k), p)
			want = append(want, p)
		}
		pages = append(pages, s)
	}
	doc, _ := build(t, pages...)
	wantTexts(t, texts(doc), want...)
}

// Text beside a picture fills the space that is left.
func TestTextBesidePicture(t *testing.T) {
	s := newSketch(1)
	s.Images = []page.Image{{Box: page.Box{X0: 350, Y0: 90, X1: rightMargin, Y1: 190}}}
	s.block(leftMargin+24, leftMargin, 338, 100, long)
	s.paragraph(220, 2, long)
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), long, long)
}
