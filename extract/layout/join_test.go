package layout

import (
	"fmt"
	"testing"

	"nianbao/extract"
)

// body fills a page with numbered paragraphs from y down to limit.
func (s *sketch) body(y, limit float64) float64 {
	for i := 1; y < limit; i++ {
		y = s.paragraph(y, 2, fmt.Sprintf("第%d页的第%d段文字，说明本年度的工作。", s.Number, i))
	}
	return y
}

var fourColumns = []float64{60, 240, 330, 420, 535}

func TestJoinOverPages(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	a.body(80, 700)
	a.centre(60, 9, "澄江街道办事处")
	a.plain(fourColumns, 720, 20, []string{"项目", "制发", "废止", "现行"}, []string{"规章", "1", "2", "3"})
	a.centre(800, 9, "- 1 -")
	b.centre(60, 9, "澄江街道办事处")
	end := b.plain(fourColumns, 80, 20, []string{"文件", "4", "5", "6"}, []string{"合计", "5", "7", "9"})
	b.paragraph(end+30, 2, "表后的文字。")
	b.centre(800, 9, "- 2 -")
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "项目|制发|废止|现行", "规章|1|2|3", "文件|4|5|6", "合计|5|7|9")
	tb := doc.Tables[0]
	if len(tb.Pages) != 2 || len(tb.Joined) != 2 || tb.Joined[1].FirstRow != 2 || tb.Joined[1].Page != 2 ||
		tb.Joined[1].Evidence == "" || tb.Joined[1].RowCut {
		t.Errorf("account of the join: %+v", tb.Joined)
	}
	if c := tb.CellAt(2, 0); *c.Page != 2 || c.BBox[1] > 81 {
		t.Errorf("place of a cell on the second page: %+v", c)
	}
	wantTexts(t, roleTexts(doc, extract.RoleFooter), "- 1 -", "- 2 -")
	wantTexts(t, roleTexts(doc, extract.RoleHeader), "澄江街道办事处", "澄江街道办事处")
}

func TestRepeatedHeaderDropped(t *testing.T) {
	a, b, c := newSketch(1), newSketch(2), newSketch(3)
	head := []string{"项目", "一季度", "二季度", "全年"}
	a.plain(fourColumns, 700, 20, head, []string{"甲", "1", "2", "3"})
	b.plain(fourColumns, 60, 20, head, []string{"乙", "1", "2", "3"})
	for y := 100.0; y < 730; y += 20 {
		b.plain(fourColumns, y, 20, []string{"丙", "1", "2", "3"})
	}
	c.plain(fourColumns, 60, 20, head, []string{"丁", "", "", ""})
	doc, _ := build(t, a, b, c)
	tb := doc.Tables[0]
	if len(doc.Tables) != 1 || tb.Rows != 2+33+1 || len(tb.Joined) != 3 || tb.Joined[1].HeaderDropped != 1 || tb.Joined[2].HeaderDropped != 1 {
		t.Fatalf("%d tables, %d rows, %+v", len(doc.Tables), tb.Rows, tb.Joined)
	}
	if got := tb.CellAt(35, 0).Text; got != "丁" {
		t.Errorf("last row %q", got)
	}
}

var labelColumns = []float64{60, 90, 130, 250, 300, 350}

// A row cut in its text, its group label cut too, and the outer label going on.
func TestRowCut(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	a.table(labelColumns, []float64{700, 720, 740, 760},
		cellAt{0, 0, 3, 1, "三、\n结果"}, cellAt{0, 1, 1, 2, "（一）予以公开"}, cellAt{0, 3, 1, 1, "1"}, cellAt{0, 4, 1, 1, "2"},
		cellAt{1, 1, 1, 2, "（二）部分公开"}, cellAt{1, 3, 1, 1, ""}, cellAt{1, 4, 1, 1, ""},
		cellAt{2, 1, 1, 1, "（四）无"}, cellAt{2, 2, 1, 1, "1.本机关不掌握相关政府"}, cellAt{2, 3, 1, 1, "5"}, cellAt{2, 4, 1, 1, "6"})
	b.table(labelColumns, []float64{60, 80, 100, 120},
		cellAt{0, 0, 2, 1, ""}, cellAt{0, 1, 2, 1, "法提供"}, cellAt{0, 2, 1, 1, "信息公开的"}, cellAt{0, 3, 1, 1, ""}, cellAt{0, 4, 1, 1, ""},
		cellAt{1, 2, 1, 1, "2.没有现成信息"}, cellAt{1, 3, 1, 1, "7"}, cellAt{1, 4, 1, 1, "8"},
		cellAt{2, 0, 1, 3, "四、结转"}, cellAt{2, 3, 1, 1, "9"}, cellAt{2, 4, 1, 1, "0"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0,
		"三、结果[41]|（一）予以公开[12]|1|2",
		"（二）部分公开[12]||",
		"（四）无法提供[21]|1.本机关不掌握相关政府信息公开的|5|6",
		"2.没有现成信息|7|8",
		"四、结转[13]|9|0")
	if p := doc.Tables[0].Joined[1]; !p.RowCut || p.FirstRow != 2 {
		t.Errorf("%+v", p)
	}
}

// The label of the cut row ends on the first page, its values on the second.
func TestRowCutBetweenLabelAndValues(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	a.plain(fourColumns, 720, 20, []string{"项目", "制发", "废止", "现行"}, []string{"行政规范性文件", "", "", ""})
	b.plain(fourColumns, 60, 20, []string{"", "4", "5", "6"}, []string{"合计", "7", "8", "9"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "项目|制发|废止|现行", "行政规范性文件|4|5|6", "合计|7|8|9")
}

// A figure is parted from its unit, the rest of the row fits on the first page.
func TestRowCutBeforeUnit(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	xs := []float64{60, 240, 262, 284}
	a.plain(xs, 720, 20, []string{"（六）其他", "11", "2件"}, []string{"（七）总计", "21", "7"})
	b.plain(xs, 60, 20, []string{"", "件", "件"}, []string{"四、结转下年度", "3件", "0"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "（六）其他|11|2件", "（七）总计|21件|7件", "四、结转下年度|3件|0")
}

// A row without figures below the spanning cells of a header.
func TestEmptyRowBelowHeader(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	xs := []float64{60, 110, 160, 210}
	a.table(xs, []float64{700, 720, 740}, cellAt{0, 0, 2, 1, "维持"}, cellAt{0, 1, 1, 2, "诉讼"}, cellAt{1, 1, 1, 1, "纠正"}, cellAt{1, 2, 1, 1, "总计"})
	b.plain(xs, 60, 20, []string{"", "", "0"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "维持[21]|诉讼[12]", "纠正|总计", "||0")
}

// Rows without values are rows, also at a page break; a row of figures without
// a label is one as well.
func TestRowsNotCut(t *testing.T) {
	narrow := []float64{60, 86, 112, 138} // two characters fill a column
	c, d := newSketch(1), newSketch(2)
	c.plain(narrow, 740, 20, []string{"维持", "总计", "—"})
	d.plain(narrow, 60, 20, []string{"0件", "3", "—"})
	cut, _ := build(t, c, d)
	wantTable(t, cut, 0, "维持|总计|—", "0件|3|—")

	a, b := newSketch(1), newSketch(2)
	a.plain(fourColumns, 720, 20, []string{"项目", "制发", "废止", "现行"}, []string{"规章", "", "", ""})
	b.plain(fourColumns, 60, 20, []string{"文件", "", "", ""}, []string{"", "", "", ""})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "项目|制发|废止|现行", "规章|||", "文件|||", "|||")

	a, b = newSketch(1), newSketch(2)
	a.plain(fourColumns, 740, 20, []string{"结果维持", "结果纠正", "其他", "总计"})
	b.plain(fourColumns, 60, 20, []string{"1", "2", "3", "6"})
	doc, _ = build(t, a, b)
	wantTable(t, doc, 0, "结果维持|结果纠正|其他|总计", "1|2|3|6")
}

// A group whose label stood wholly on the first page goes on below an empty cell.
func TestGroupLabelSpansPages(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	xs := []float64{60, 130, 250, 300}
	a.table(xs, []float64{700, 720, 740},
		cellAt{0, 0, 2, 1, "（五）不予\n处理"}, cellAt{0, 1, 1, 1, "1.信访"}, cellAt{0, 2, 1, 1, "1"},
		cellAt{1, 1, 1, 1, "2.重复"}, cellAt{1, 2, 1, 1, "2"})
	b.table(xs, []float64{60, 80, 100},
		cellAt{0, 0, 1, 1, ""}, cellAt{0, 1, 1, 1, "3.出版物"}, cellAt{0, 2, 1, 1, "3"},
		cellAt{1, 0, 1, 1, "（六）其他"}, cellAt{1, 1, 1, 1, "1.逾期"}, cellAt{1, 2, 1, 1, "4"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "（五）不予处理[31]|1.信访|1", "2.重复|2", "3.出版物|3", "（六）其他|1.逾期|4")
}

// A header cut between a title and its parts.
func TestHeaderCut(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	xs := []float64{60, 160, 190, 260, 330}
	a.table(xs, []float64{700, 720, 740},
		cellAt{0, 0, 2, 1, "（关系为：第一项"}, cellAt{0, 1, 1, 3, "申请人情况"},
		cellAt{1, 1, 1, 1, "自然"}, cellAt{1, 2, 1, 2, "组织"})
	b.table(xs, []float64{60, 80, 100},
		cellAt{0, 0, 1, 1, "加第二项之和）"}, cellAt{0, 1, 1, 1, "人"}, cellAt{0, 2, 1, 1, "企业"}, cellAt{0, 3, 1, 1, "机构"},
		cellAt{1, 0, 1, 1, "一、新收"}, cellAt{1, 1, 1, 1, "1"}, cellAt{1, 2, 1, 1, "2"}, cellAt{1, 3, 1, 1, "3"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "（关系为：第一项加第二项之和）[31]|申请人情况[13]", "自然人[21]|组织[12]", "企业|机构", "一、新收|1|2|3")
}

// A piece whose cells are all merged shows fewer columns.
func TestJoinWithFewerColumns(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	a.table([]float64{60, 240, 535}, []float64{720, 740, 760},
		cellAt{0, 0, 1, 2, "第一类"}, cellAt{1, 0, 1, 1, "内容"}, cellAt{1, 1, 1, 1, "数量"})
	b.plain(fourColumns, 60, 20, []string{"许可", "1", "2", "3"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "第一类[14]", "内容|数量[13]", "许可|1|2|3")
}

// Pages printed double-sided have changing margins; a landscape table goes on
// on a landscape page.
func TestJoinShiftedAndLandscape(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	a.Width, a.Height, b.Width, b.Height = a4Height, a4Width, a4Height, a4Width
	a.plain([]float64{60, 200, 700}, 480, 20, []string{"甲", "1"}, []string{"乙", "2"})
	b.plain([]float64{75, 215, 715}, 60, 20, []string{"丙", "3"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "甲|1", "乙|2", "丙|3")
}

func TestNotJoined(t *testing.T) {
	tests := map[string]func(a, b *sketch){
		"heading between": func(a, b *sketch) {
			a.plain(fourColumns, 720, 20, []string{"甲", "1", "2", "3"})
			b.bold(leftMargin, 80, 14, "三、收到和处理申请情况")
			b.plain(fourColumns, 100, 20, []string{"乙", "1", "2", "3"})
		},
		"heading at the foot": func(a, b *sketch) {
			a.plain(fourColumns, 700, 20, []string{"甲", "1", "2", "3"})
			a.bold(leftMargin, 745, 14, "三、收到和处理申请情况")
			b.plain(fourColumns, 100, 20, []string{"乙", "1", "2", "3"})
		},
		"other columns": func(a, b *sketch) {
			a.plain(fourColumns, 720, 20, []string{"甲", "1", "2", "3"})
			b.plain([]float64{60, 200, 300, 400, 535}, 60, 20, []string{"乙", "1", "2", "3"})
		},
		"other width": func(a, b *sketch) {
			a.plain(fourColumns, 720, 20, []string{"甲", "1", "2", "3"})
			b.plain([]float64{60, 240, 330, 420, 500}, 60, 20, []string{"乙", "1", "2", "3"})
		},
		"room below the first": func(a, b *sketch) {
			a.plain(fourColumns, 200, 20, []string{"甲", "1", "2", "3"})
			end := b.plain(fourColumns, 60, 20, []string{"乙", "1", "2", "3"})
			b.body(end+30, 760)
		},
		"chapter in the first row": func(a, b *sketch) {
			a.plain(fourColumns, 720, 20, []string{"甲", "1", "2", "3"})
			b.table(fourColumns, []float64{60, 80, 100}, cellAt{0, 0, 1, 4, "四、行政复议情况"},
				cellAt{1, 0, 1, 1, "乙"}, cellAt{1, 1, 1, 1, "1"}, cellAt{1, 2, 1, 1, "2"}, cellAt{1, 3, 1, 1, "3"})
		},
	}
	for name, draw := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := newSketch(1), newSketch(2)
			draw(a, b)
			doc, _ := build(t, a, b)
			if len(doc.Tables) != 2 {
				t.Errorf("%d tables", len(doc.Tables))
			}
		})
	}
}

// A note of continuation stands between the pieces.
func TestContinuationNote(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	a.plain(fourColumns, 720, 20, []string{"甲", "1", "2", "3"})
	b.right(72, 10.5, "续表")
	b.plain(fourColumns, 80, 20, []string{"乙", "4", "5", "6"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "甲|1|2|3", "乙|4|5|6")
}

func TestJoinedCellsLimit(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.TableCells = 7
	b := NewBuilder(lim)
	for n, y := range []float64{740, 60} {
		s := newSketch(n + 1)
		s.plain(fourColumns, y, 20, []string{"甲", "1", "2", "3"})
		if err := b.Add(&s.Page); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := b.Finish(); extract.AsError(err) == nil || extract.AsError(err).Limit != "table_cells=7" {
		t.Errorf("joined table over the limit: %v", err)
	}
}

// The first or last row of a table alone on a page is one merged cell.
func TestSingleRowOnPage(t *testing.T) {
	a, b, c := newSketch(1), newSketch(2), newSketch(3)
	a.table([]float64{60, 535}, []float64{740, 760}, cellAt{0, 0, 1, 1, "第二十条第（一）项"})
	b.plain(fourColumns, 60, 20, []string{"内容", "制发", "废止", "现行"})
	for y := 80.0; y < 740; y += 20 {
		b.plain(fourColumns, y, 20, []string{"许可", "1", "2", "3"})
	}
	c.table([]float64{60, 535}, []float64{60, 80}, cellAt{0, 0, 1, 1, "注：单位为件"})
	c.paragraph(110, 2, "表后的文字。")
	doc, _ := build(t, a, b, c)
	tb := doc.Tables[0]
	if len(doc.Tables) != 1 || tb.Rows != 36 || tb.Columns != 4 || len(tb.Joined) != 3 {
		t.Fatalf("%d tables, %d×%d, %+v", len(doc.Tables), tb.Rows, tb.Columns, tb.Joined)
	}
	if tb.Cells[0].Text != "第二十条第（一）项" || tb.Cells[0].ColumnSpan != 4 || tb.CellAt(35, 0).Text != "注：单位为件" {
		t.Errorf("%+v … %+v", tb.Cells[0], tb.CellAt(35, 0))
	}
	wantTexts(t, texts(doc), "表后的文字。")
}

// The side of a cell over all rows of the page meets no other line there; text
// may run out of a cell that is cut without a line.
func TestCutCellWithoutLines(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	xs := []float64{60, 100, 200, 300}
	a.table(xs, []float64{700, 720}, cellAt{0, 0, 1, 2, "一、新收"}, cellAt{0, 2, 1, 1, "1"})
	a.v(60, 720, 760)
	a.plain(xs[1:], 720, 20, []string{"（一）公开", "2"}, []string{"（二）部分", "3"})
	a.fill(60, 722, 100, 752, "三、本年\n度办理结")
	a.text(62, 766, 9, "果")
	b.v(60, 60, 100)
	b.plain(xs[1:], 60, 20, []string{"（三）不予", "4"}, []string{"（四）无法", "5"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "一、新收[12]|1", "三、本年度办理结果[41]|（一）公开|2", "（二）部分|3", "（三）不予|4", "（四）无法|5")
}

// Browsers cut the cells of a row at different heights: the group titles end
// above the end of the page, the cells beside them do not, and below the page
// break it is the other way round.
func TestCellsCutAtDifferentHeights(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	xs := []float64{60, 120, 180, 240, 300, 360, 420}
	a.table(xs, []float64{690, 710, 730}, cellAt{0, 0, 1, 2, "复议"}, cellAt{0, 2, 1, 4, "诉讼"},
		cellAt{1, 2, 1, 2, "直接起诉"}, cellAt{1, 4, 1, 2, "复议后"})
	for c, text := range []string{"维持", "纠正"} {
		a.table([]float64{xs[c], xs[c+1]}, []float64{710, 750}, cellAt{0, 0, 1, 1, text})
	}
	a.v(420, 730, 750)
	b.table(xs, []float64{60, 72}, cellAt{0, 0, 1, 1, ""}, cellAt{0, 1, 1, 1, ""})
	b.table(xs, []float64{60, 90}, cellAt{0, 2, 1, 1, "甲"}, cellAt{0, 3, 1, 1, "乙"}, cellAt{0, 4, 1, 1, "甲"}, cellAt{0, 5, 1, 1, "乙"})
	b.v(60, 60, 90)
	b.plain(xs, 90, 20, []string{"1", "2", "3", "4", "5", "6"})
	doc, _ := build(t, a, b)
	want := []string{"复议[12]|诉讼[14]", "维持[21]|纠正[21]|直接起诉[12]|复议后[12]", "甲|乙|甲|乙", "1|2|3|4|5|6"}
	wantTable(t, doc, 0, want...)

	// the cells beside the group titles end above the break, nothing is below
	c := newSketch(2)
	c.table(xs, []float64{60, 90}, cellAt{0, 2, 1, 1, "甲"}, cellAt{0, 3, 1, 1, "乙"}, cellAt{0, 4, 1, 1, "甲"}, cellAt{0, 5, 1, 1, "乙"})
	c.v(60, 60, 90)
	c.plain(xs, 90, 20, []string{"1", "2", "3", "4", "5", "6"})
	doc, _ = build(t, a, c)
	wantTable(t, doc, 0, want...)
}

// A page cuts a row between the lines of its broken numbers; the label stands
// below.
func TestRowCutInNumbers(t *testing.T) {
	xs := []float64{60, 300, 322, 400, 422}
	a, b := newSketch(1), newSketch(2)
	end := a.plain(xs, 700, 24, []string{"项目", "甲", "乙", "计"}, []string{"新收", "５", "３", "８"})
	for _, x := range xs {
		a.v(x, end, end+18)
		b.v(x, 60, 84)
	}
	a.text(302, end+14, 9, "１４")
	a.text(402, end+14, 9, "２３")
	b.text(64, 70, 9, "予以公开")
	b.text(302, 70, 9, "８")
	b.text(350, 70, 9, "３８")
	b.text(402, 70, 9, "７")
	b.h(60, 422, 84)
	b.plain(xs, 84, 24, []string{"其他", "１", "２", "３"})
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "项目|甲|乙|计", "新收|５|３|８", "予以公开|１４８|３８|２３７", "其他|１|２|３")
}
