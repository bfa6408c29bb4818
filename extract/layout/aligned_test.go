package layout

import (
	"testing"
)

var figureColumns = []float64{60, 200, 250, 300, 350}

// row sets texts centred in their columns on one baseline; an empty text is none.
func (s *sketch) row(xs []float64, base float64, texts ...string) {
	for c, text := range texts {
		if text != "" {
			s.text((xs[c]+xs[c+1])/2-textWidth(text, 9)/2, base, 9, text)
		}
	}
}

func TestAlignedTable(t *testing.T) {
	s := newSketch(1)
	s.bold(60, 90, 12, "二、主动公开情况")
	s.centreAt(205, 110, "第（一）项")
	s.row(figureColumns, 123, "信息内容", "制发", "废止", "现行")
	s.row(figureColumns, 136, "规章", "1", "0", "3")
	s.row(figureColumns, 149, "规范性文件", "12", "4", "15")
	s.row([]float64{60, 200, 350}, 162, "行政许可", "1088")
	s.row([]float64{60, 200, 250, 350}, 175, "政府采购", "7", "92")
	s.paragraph(200, 2, "表后的文字。")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "第（一）项[14]", "信息内容|制发|废止|现行", "规章|1|0|3", "规范性文件|12|4|15",
		"行政许可|1088[13]", "政府采购|7|92[12]")
	wantTexts(t, texts(doc), "二、主动公开情况", "表后的文字。")
}

func (s *sketch) centreAt(x, base float64, text string) {
	s.text(x-textWidth(text, 9)/2, base, 9, text)
}

// Labels wrap and are centred on their figures, group labels stand beside them.
func TestAlignedTableWithWrappedLabels(t *testing.T) {
	s := newSketch(1)
	xs := []float64{60, 110, 230, 280, 330, 380}
	s.centreAt(305, 97, "法人或其他组织情况统计")
	s.row(xs, 110, "", "", "企业", "机构", "总计")
	s.row(xs, 123, "（三）不", "1.属于国家秘密", "1", "2", "3")
	s.row(xs, 136, "予公开", "2.其他法律行政法规")
	s.row(xs, 142.5, "", "", "4", "5", "9")
	s.row(xs, 149, "", "禁止公开")
	s.row(xs, 162, "（四）其他", "3.保护第三方", "6", "0", "6")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "||法人或其他组织情况统计[13]", "||企业|机构|总计",
		"（三）不予公开[21]|1.属于国家秘密|1|2|3", "2.其他法律行政法规禁止公开|4|5|9", "（四）其他|3.保护第三方|6|0|6")
}

// Text with gaps is no table: a table of contents, signatures side by side, a
// form filled in with spaces, numbered lists.
func TestGapsAreNoTable(t *testing.T) {
	tests := map[string]func(s *sketch){
		"table of contents": func(s *sketch) {
			for i, title := range []string{"一、总体情况", "二、主动公开", "三、申请情况", "四、复议诉讼"} {
				s.text(60, 100+20*float64(i), 12, title)
				s.text(500, 100+20*float64(i), 12, string(rune('1'+i)))
			}
		},
		"form line": func(s *sketch) {
			s.text(60, 100, 12, "单位：澄江街道")
			s.text(260, 100, 12, "填表人：张三")
			s.text(430, 100, 12, "2024年1月")
		},
		"list": func(s *sketch) {
			for i := range 5 {
				y := 100 + 20*float64(i)
				s.text(60, y, 12, string(rune('1'+i))+"．")
				s.text(100, y, 12, "本年度主动公开信息")
				s.text(300, y, 12, "12件")
			}
		},
		"words in columns": func(s *sketch) {
			for i := range 5 {
				s.row(figureColumns, 100+13*float64(i), "甲单位", "乙单位", "丙单位", "丁单位")
			}
		},
	}
	for name, draw := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSketch(1)
			draw(s)
			if doc, _ := build(t, s); len(doc.Tables) != 0 {
				t.Errorf("a table: %s", show(doc.Tables[0]))
			}
		})
	}
}

// Rows with padding, as browsers print them: labels wrap closer than rows follow
// each other, and every row is centred on its figures.
func TestAlignedTableWithPadding(t *testing.T) {
	s := newSketch(1)
	xs := []float64{60, 110, 230, 280, 330, 380}
	s.row(xs, 100, "", "", "企业", "机构", "总计")
	s.row(xs, 130, "（三）不", "1.属于国家秘密", "1", "2", "3")
	s.row(xs, 142, "予公开")
	s.row(xs, 160, "", "2.其他法律行政法规")
	s.row(xs, 166, "", "", "4", "5", "9")
	s.row(xs, 172, "", "禁止公开")
	s.row(xs, 202, "（四）其他", "3.保护第三方", "6", "0", "6")
	s.row(xs, 232, "", "4.属于内部事务", "7", "0", "7")
	s.paragraph(300, 2, "表后的文字。")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "||企业|机构|总计", "（三）不予公开[21]|1.属于国家秘密|1|2|3", "2.其他法律行政法规禁止公开|4|5|9",
		"（四）其他|3.保护第三方|6|0|6", "|4.属于内部事务|7|0|7")
	wantTexts(t, texts(doc), "表后的文字。")
}

// Lines part the rows but not the columns: the labels may stand anywhere in
// their rows.
func TestAlignedTableWithLines(t *testing.T) {
	s := newSketch(1)
	xs := []float64{60, 200, 250, 300, 350}
	s.bold(60, 80, 12, "二、主动公开情况")
	s.row(xs, 110, "信息内容", "制发", "废止", "现行")
	s.row(xs, 136, "规章", "1", "0", "3")
	s.row(xs, 151, "行政规范性文件以及")
	s.row(xs, 160, "", "12", "4", "15")
	s.row(xs, 164, "其他文件")
	s.row(xs, 190, "行政许可", "7", "0", "0")
	for _, y := range []float64{120, 140.5, 172, 200} {
		for c := range len(xs) - 1 { // drawn cell by cell
			s.h(xs[c], xs[c+1], y)
		}
	}
	s.paragraph(250, 2, "表后的文字。")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "信息内容|制发|废止|现行", "规章|1|0|3", "行政规范性文件以及其他文件|12|4|15", "行政许可|7|0|0")
	wantTexts(t, texts(doc), "二、主动公开情况", "表后的文字。")
}

// A page break leaves two rows of a table without lines, too few to be told by
// themselves; a merged figure keeps to the middle.
func TestAlignedTableGoesOn(t *testing.T) {
	wide := []float64{60, 200, 350}
	for name, c := range map[string]struct {
		between string // stands between the parts
		tables  int
	}{"goes on": {"", 1}, "ends": {"表后的文字在此，与下页无关。", 1}} {
		a, b := newSketch(1), newSketch(2)
		a.body(60, 640)
		a.row(figureColumns, 660, "信息内容", "制发", "废止", "现行")
		a.row(figureColumns, 680, "规章", "1", "0", "3")
		a.row(figureColumns, 700, "规范性文件", "12", "4", "15")
		a.row(wide, 720, "行政许可", "2631")
		if c.between != "" {
			a.paragraph(740, 2, c.between)
		}
		b.row(wide, 100, "行政强制", "8")
		b.centreAt(205, 120, "第（八）项")
		b.row(wide, 140, "行政收费", "59.46")
		b.paragraph(200, 2, "表后的文字。")
		doc, _ := build(t, a, b)
		if len(doc.Tables) != c.tables {
			t.Errorf("%s: %d tables", name, len(doc.Tables))
		}
		rows := []string{"信息内容|制发|废止|现行", "规章|1|0|3", "规范性文件|12|4|15", "行政许可|2631[13]"}
		if c.between == "" {
			rows = append(rows, "行政强制|8[13]", "第（八）项[14]", "行政收费|59.46[13]")
		}
		wantTable(t, doc, 0, rows...)
	}
}
