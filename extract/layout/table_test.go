package layout

import (
	"testing"

	"nianbao/extract"
	"nianbao/extract/page"
)

func TestSpans(t *testing.T) {
	s := newSketch(1)
	xs, ys := []float64{60, 160, 260, 360}, []float64{100, 120, 140, 160}
	s.table(xs, ys,
		cellAt{0, 0, 2, 1, "项目"}, cellAt{0, 1, 1, 2, "数量"}, cellAt{1, 1, 1, 1, "件"}, cellAt{1, 2, 1, 1, "条"},
		cellAt{2, 0, 1, 1, "湖滨"}, cellAt{2, 1, 1, 2, "12"})
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "项目[21]|数量[12]", "件|条", "湖滨|12[12]")
	tb := doc.Tables[0]
	if tb.Rows != 3 || tb.Columns != 3 {
		t.Errorf("grid %d×%d", tb.Rows, tb.Columns)
	}
	if got, err := tb.Cells[1].BBox.MarshalJSON(); err != nil || string(got) != "[160,100,360,120]" {
		t.Errorf("box of a cell: %s, %v", got, err)
	}
	if *tb.Cells[0].Page != 1 || len(tb.Pages) != 1 || tb.Joined != nil {
		t.Errorf("provenance: %+v", tb)
	}
}

// Lines come in pieces, doubled, dashed, dotted and not quite in line.
func TestBrokenLines(t *testing.T) {
	s := newSketch(1)
	for _, y := range []float64{100, 130, 160} {
		for x := 60.0; x < 260; x += 20 { // pieces with a gap and a wobble
			s.h(x, x+18, y+0.4*float64(int(x)%3))
		}
	}
	s.h(60, 260, 102.2) // double line
	for y := 100.0; y < 160; y += 6 {
		s.v(60, y, y+3.5) // dashed
	}
	s.v(260, 99, 161.5)
	for y := 100.0; y < 160; y += 2 { // dotted by small squares
		s.Rulings = append(s.Rulings, page.Ruling{X0: 160, X1: 160.5, Y0: y, Y1: y + 0.5, Width: 0.5})
	}
	s.fill(60, 100, 160, 130, "甲")
	s.fill(160, 100, 260, 130, "乙")
	s.fill(60, 130, 160, 160, "丙")
	s.fill(160, 130, 260, 160, "丁")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "甲|乙", "丙|丁")
}

// Tables without lines at the left and right side, as Chinese tables often are.
func TestOpenSides(t *testing.T) {
	s := newSketch(1)
	for _, y := range []float64{100, 120, 140} {
		s.h(60, 360, y)
	}
	s.v(160, 100, 140)
	s.v(260, 100, 140)
	for c, x := range []float64{60, 160, 260} {
		s.fill(x, 100, x+100, 120, []string{"名称", "件数", "备注"}[c])
		s.fill(x, 120, x+100, 140, []string{"公开", "3", ""}[c])
	}
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "名称|件数|备注", "公开|3|")
}

// A merged row of such a table has no vertical line at all; a heading between
// two of them is none of their rows.
func TestOpenSidesWithMergedRow(t *testing.T) {
	s := newSketch(1)
	part := func(y float64, rows ...[]string) float64 {
		for _, row := range rows {
			s.h(60, 360, y)
			if len(row) == 1 {
				s.fill(60, y, 360, y+20, row[0])
			} else {
				for c, text := range row {
					s.fill(60+100*float64(c), y, 160+100*float64(c), y+20, text)
				}
				s.v(160, y, y+20)
				s.v(260, y, y+20)
			}
			y += 20
		}
		s.h(60, 360, y)
		return y
	}
	y := part(100, []string{"第（一）项"}, []string{"内容", "制发", "废止"}, []string{"规章", "1", "2"},
		[]string{"第（五）项"}, []string{"许可", "3", "4"})
	s.bold(60, y+18, 12, "三、申请情况")
	part(y+26, []string{"内容", "新收", "结转"}, []string{"总计", "5", "6"})
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "第（一）项[13]", "内容|制发|废止", "规章|1|2", "第（五）项[13]", "许可|3|4")
	wantTable(t, doc, 1, "内容|新收|结转", "总计|5|6")
	wantTexts(t, texts(doc), "三、申请情况")
}

// Columns of two tables on a page that lie a little beside each other stay apart.
func TestNearColumnsOfTwoTables(t *testing.T) {
	s := newSketch(1)
	s.plain([]float64{60, 157, 260}, 100, 20, []string{"甲", "乙"}, []string{"丙", "丁"})
	s.plain([]float64{60, 158.4, 260}, 200, 20, []string{"1", "2"})
	s.plain([]float64{60, 159.8, 260}, 300, 20, []string{"3", "4"})
	doc, _ := build(t, s)
	if got := doc.Tables[2].Cells[1].BBox[0]; got < 159.5 || got > 160 {
		t.Errorf("column edge at %v", got)
	}
}

// Shading stands in for lines.
func TestShadedTable(t *testing.T) {
	s := newSketch(1)
	edge := func(x0, y0, x1, y1 float64) {
		s.Rulings = append(s.Rulings, page.Ruling{X0: x0, Y0: y0, X1: x1, Y1: y1, Fill: true})
	}
	for r := range 3 {
		for c := range 2 {
			x, y := 60+120*float64(c), 100+20*float64(r)
			edge(x, y, x+119, y)
			edge(x, y+19, x+119, y+19)
			edge(x, y, x, y+19)
			edge(x+119, y, x+119, y+19)
			s.fill(x, y, x+119, y+19, string(rune('A'+2*r+c)))
		}
	}
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "A|B", "C|D", "E|F")
}

// A frame around text, an underline and a rule under a heading are no tables;
// shading behind a cell's text is no grid line.
func TestNoTable(t *testing.T) {
	s := newSketch(1)
	s.table([]float64{50, 545}, []float64{50, 792}, cellAt{})
	s.text(leftMargin, 100, 12, "单位名称：澄江街道")
	s.h(120, 200, 103)
	s.h(60, 535, 120)
	doc, _ := build(t, s)
	if len(doc.Tables) != 0 {
		t.Errorf("%d tables: %s", len(doc.Tables), show(doc.Tables[0]))
	}
	wantTexts(t, texts(doc), "单位名称：澄江街道")

	s = newSketch(1)
	s.plain([]float64{60, 160, 260}, 100, 20, []string{"甲", "乙"}, []string{"丙", "丁"})
	for _, x := range []float64{105, 115} {
		s.Rulings = append(s.Rulings, page.Ruling{X0: x, Y0: 104, X1: x, Y1: 116, Fill: true})
	}
	doc, _ = build(t, s)
	wantTable(t, doc, 0, "甲|乙", "丙|丁")
}

// A table directly under another with columns of its own is a table of its own.
func TestStackedTables(t *testing.T) {
	s := newSketch(1)
	s.plain([]float64{60, 150, 240, 330, 420, 510}, 100, 20, []string{"甲", "1", "2", "3", "4"})
	s.plain([]float64{60, 110, 200, 290, 380, 470, 510}, 121.5, 20, []string{"乙", "5", "6", "7", "8", "9"})
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "甲|1|2|3|4")
	wantTable(t, doc, 1, "乙|5|6|7|8|9")
}

// Rows of one table may be merged differently without being parted.
func TestMergedRowsStayTogether(t *testing.T) {
	s := newSketch(1)
	s.table([]float64{60, 180, 300, 420, 535}, []float64{100, 120, 140, 160, 180},
		cellAt{0, 0, 1, 4, "第一类"}, cellAt{1, 0, 1, 1, "内容"}, cellAt{1, 1, 1, 3, "数量"},
		cellAt{2, 0, 1, 1, "许可"}, cellAt{2, 1, 1, 1, "1"}, cellAt{2, 2, 1, 1, "2"}, cellAt{2, 3, 1, 1, "3"},
		cellAt{3, 0, 1, 1, "收费"}, cellAt{3, 1, 1, 2, "4"}, cellAt{3, 3, 1, 1, "5"})
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "第一类[14]", "内容|数量[13]", "许可|1|2|3", "收费|4[12]|5")
}

// A table inside a cell of another is a table of its own; no text stands twice.
func TestNestedTable(t *testing.T) {
	s := newSketch(1)
	s.table([]float64{60, 160, 500}, []float64{100, 300}, cellAt{0, 0, 1, 1, "外"}, cellAt{0, 1, 1, 1, ""})
	s.plain([]float64{200, 300, 400}, 150, 20, []string{"内一", "内二"}, []string{"内三", "内四"})
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "外|")
	wantTable(t, doc, 1, "内一|内二", "内三|内四")
}

func TestCellText(t *testing.T) {
	tests := []struct {
		name  string
		width float64
		text  string // set line by line, centred
		want  string
	}{
		{"wrapped label", 60, "1.本机关不\n掌握相关政\n府信息", "1.本机关不掌握相关政府信息"},
		{"one character a line", 16, "三\n、\n本\n年\n度", "三、本年度"},
		{"two characters a line", 26, "三、\n本年\n度办\n理结\n果", "三、本年度办理结果"},
		{"broken number", 42, "1203562\n8", "12035628"},
		{"broken decimal", 42, "2249470\n.45元", "2249470.45元"},
		{"broken before the unit", 42, "224947\n0.45元", "2249470.45元"},
		{"two paragraphs", 200, "第一段很短\n第二段也短", "第一段很短\n第二段也短"},
		{"items", 80, "1.重复申请\n2.信访举报", "1.重复申请\n2.信访举报"},
		{"short numbers", 100, "12\n34", "12\n34"},
		{"latin words", 60, "open data\nportal of", "open data portal of"},
		{"typed spaces", 60, "商 业\n企 业", "商 业\n企 业"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSketch(1)
			// the second column's full line sets the padding
			s.plain([]float64{60, 60 + tt.width, 200 + tt.width}, 100, 80, []string{tt.text, "十五个字的一行正好填满这一格了"})
			doc, _ := build(t, s)
			if got := doc.Tables[0].Cells[0].Text; got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// A glyph over a border stands where most of it is.
func TestGlyphOverBorder(t *testing.T) {
	s := newSketch(1)
	s.plain([]float64{60, 100, 140}, 100, 20, []string{"", ""}, []string{"a", "b"})
	s.text(92, 113, 12, "多") // 92–104: centre 98, left of the line
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "多|", "a|b")
}

// Vertical writing and turned text in a cell.
func TestTurnedCellText(t *testing.T) {
	s := newSketch(1)
	s.plain([]float64{60, 90, 200}, 100, 80, []string{"", "右"})
	for i, r := range []rune("本年度") {
		y := 105 + 12*float64(i)
		s.Glyphs = append(s.Glyphs, page.Glyph{Text: string(r), Box: page.Box{X0: 70, Y0: y, X1: 80, Y1: y + 10},
			X: 75, Y: y, Size: 10, Vertical: true})
	}
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "本年度|右")

	s = newSketch(1)
	s.plain([]float64{60, 90, 200}, 100, 80, []string{"", "右边的格子里文字更多一些"})
	for i, r := range []rune("abc") { // runs upwards
		y := 160 - 6*float64(i)
		s.Glyphs = append(s.Glyphs, page.Glyph{Text: string(r), Box: page.Box{X0: 70, Y0: y - 6, X1: 80, Y1: y},
			X: 79, Y: y, Size: 10, Angle: 90})
	}
	doc, _ = build(t, s)
	wantTable(t, doc, 0, "abc|右边的格子里文字更多一些")
}

func TestTableCellsLimit(t *testing.T) {
	s := newSketch(1)
	for i := range 11 {
		s.h(60, 260, 100+20*float64(i))
		s.v(60+20*float64(i), 100, 300)
	}
	for _, limit := range []int{100, 99} {
		lim := extract.DefaultLimits()
		lim.TableCells = limit
		err := NewBuilder(lim).Add(&s.Page)
		if limit == 100 && err != nil {
			t.Errorf("at the limit: %v", err)
		}
		if e := extract.AsError(err); limit == 99 && (e == nil || e.Limit != "table_cells=99") {
			t.Errorf("above the limit: %v", err)
		}
	}
}

// A watermark over a table is no part of its figures.
func TestWatermarkOverFigures(t *testing.T) {
	s := newSketch(1)
	s.plain(fourColumns, 100, 20, []string{"项目", "制发", "废止", "现行"}, []string{"规章", "1", "0", "3"}, []string{"文件", "12", "4", "15"})
	over := func(x, base, size, angle float64, text string) {
		from := len(s.Glyphs)
		s.text(x, base, size, text)
		for i := from; i < len(s.Glyphs); i++ {
			s.Glyphs[i].Angle = angle
		}
	}
	for c := range len(fourColumns) - 1 {
		over(fourColumns[c]+8, 134, 9, 30, "2024")
	}
	over(fourColumns[1], 160, 90, 0, "7")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "项目|制发|废止|现行", "规章|1|0|3", "文件|12|4|15")
}
