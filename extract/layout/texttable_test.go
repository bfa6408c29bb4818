package layout

import (
	"strings"
	"testing"

	"nianbao/extract/page"
)

// set writes a line: a label at the left margin, then texts that end at the
// given places, as columns of figures do.
func (s *sketch) set(base float64, ends []float64, label string, texts ...string) {
	s.text(leftMargin, base, 10, label)
	for i, text := range texts {
		if text != "" {
			s.text(ends[i]-textWidth(text, 10), base, 10, text)
		}
	}
}

var figureEnds = []float64{240, 300, 360, 420}

func TestFiguresWithoutLines(t *testing.T) {
	s := newSketch(1)
	s.set(100, figureEnds, "Region", "2021", "2022", "2023", "2024")
	s.set(114, figureEnds, "North", "", "", "", "")
	s.set(128, figureEnds, "  Alpha", "1,234", "87", "0.5", "-")
	s.set(142, figureEnds, "  Beta", "11,234", "7", "10.5", "(3)")
	s.set(156, figureEnds, "Total", "12,468", "94", "11.0", "3")
	s.paragraph(200, 2, "表后的文字。")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "Region|2021|2022|2023|2024", "North||||", "Alpha|1,234|87|0.5|-", "Beta|11,234|7|10.5|(3)", "Total|12,468|94|11.0|3")
	wantTexts(t, texts(doc), "表后的文字。")
}

// Rules above and below the header and under the table; a title is ruled over
// its columns, a head and a label are wrapped.
func TestBooktabs(t *testing.T) {
	s := newSketch(1)
	s.h(60, 420, 90)
	s.text(300, 100, 10, "Share of all")
	s.h(262, 420, 103)
	s.set(113, figureEnds, "", "Number", "", "", "")
	s.set(124, figureEnds, "Kind", "of cases", "large", "middle", "small")
	s.h(60, 420, 128)
	s.set(140, figureEnds, "Applications", "12", "1.5", "2.5", "3.5")
	s.set(154, figureEnds, "Reviews by the", "", "", "", "")
	s.set(165, figureEnds, " office above", "7", "4.5", "5.5", "6.5")
	s.h(60, 420, 169)
	s.text(60, 182, 8, "Source: made for this test.")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "Kind[21]|Number of cases[21]|Share of all[13]", "large|middle|small",
		"Applications|12|1.5|2.5|3.5", "Reviews by the||||", "office above|7|4.5|5.5|6.5")
	wantTexts(t, texts(doc), "Source: made for this test.")
}

// Rules make a table of texts too; without rules the same texts are none.
func TestTextsBetweenRules(t *testing.T) {
	for _, ruled := range []bool{true, false} {
		s := newSketch(1)
		if ruled {
			for _, y := range []float64{90, 104, 148} {
				s.h(60, 420, y)
			}
		}
		for i, row := range [][]string{{"Group", "Earlier", "Later"}, {"Lowest", "up to five", "up to six"}, {"Middle", "below ten", "below nine"}, {"Highest", "ten or more", "nine or more"}} {
			for k, text := range row {
				s.text(60+120*float64(k), 100+14*float64(i), 10, text)
			}
		}
		doc, _ := build(t, s)
		if !ruled {
			if len(doc.Tables) != 0 {
				t.Errorf("a table without figures and lines: %s", show(doc.Tables[0]))
			}
			continue
		}
		wantTable(t, doc, 0, "Group|Earlier|Later", "Lowest|up to five|up to six", "Middle|below ten|below nine", "Highest|ten or more|nine or more")
	}
}

// Columns are ruled in the header only, rows have a line each.
func TestColumnsRuledInHeader(t *testing.T) {
	s := newSketch(1)
	s.plain([]float64{60, 160, 240, 320}, 100, 20, []string{"地区", "新收", "办结"})
	for i, row := range [][]string{{"甲县", "12", "11"}, {"乙县", "3", ""}, {"丙县", "45", "40"}} {
		y := 120 + 20*float64(i)
		s.v(60, y, y+20)
		s.v(320, y, y+20)
		s.h(60, 320, y+20)
		for k, x := range []float64{110, 200, 280} {
			s.centreAt(x, y+14, row[k])
		}
	}
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "地区|新收|办结", "甲县|12|11", "乙县|3|", "丙县|45|40")
}

// Columns are ruled, rows are not: figures under each other are rows, a wrapped
// label stays with its figures, texts stay in their cell.
func TestRowsWithoutLines(t *testing.T) {
	s := newSketch(1)
	s.table([]float64{60, 160, 240, 320}, []float64{100, 120, 190},
		cellAt{0, 0, 1, 1, "Kind"}, cellAt{0, 1, 1, 1, "New"}, cellAt{0, 2, 1, 1, "Done"},
		cellAt{1, 0, 1, 1, ""}, cellAt{1, 1, 1, 1, ""}, cellAt{1, 2, 1, 1, ""})
	for i, row := range [][]string{{"Alpha", "12", "11"}, {"Beta and some other", "", ""}, {"kinds", "3", "2"}, {"Total", "15", "13"}} {
		y := 133 + 13*float64(i)
		s.text(62, y, 10, row[0])
		s.centreAt(200, y, row[1])
		s.centreAt(280, y, row[2])
	}
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "Kind|New|Done", "Alpha|12|11", "Beta and some other kinds|3|2", "Total|15|13")

	s = newSketch(1)
	s.table([]float64{60, 160, 320}, []float64{100, 120, 190}, cellAt{0, 0, 1, 1, "Kind"}, cellAt{0, 1, 1, 1, "Meaning"},
		cellAt{1, 0, 1, 1, "first\nsecond"}, cellAt{1, 1, 1, 1, "one text over\ntwo lines"})
	doc, _ = build(t, s)
	wantTable(t, doc, 0, "Kind|Meaning", "first⏎second|one text over⏎two lines")
}

// Lines part groups of columns only.
func TestGroupsOfColumnsRuled(t *testing.T) {
	s := newSketch(1)
	s.h(60, 420, 100)
	s.h(60, 420, 130)
	s.h(60, 420, 190)
	for _, x := range []float64{60, 180, 300, 420} {
		s.v(x, 100, 190)
	}
	s.text(62, 112, 10, "Age")
	s.text(215, 112, 10, "Eastern")
	s.text(335, 112, 10, "Western")
	ends := []float64{235, 290, 355, 410}
	s.set(124, ends, "", "men", "women", "men", "women")
	for i, row := range [][]string{{"1-2", "1,087", "1,022", "292", "255"}, {"3-5", "3,867", "3,576", "935", "938"}, {"6-11", "7,808", "7,401", "1,770", "1,732"}, {"12+", "9,795", "9,208", "2,191", "2,218"}} {
		s.set(143+13*float64(i), ends, row[0], row[1:]...)
	}
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "Age[21]|Eastern[12]|Western[12]", "men|women|men|women", "1-2|1,087|1,022|292|255", "3-5|3,867|3,576|935|938",
		"6-11|7,808|7,401|1,770|1,732", "12+|9,795|9,208|2,191|2,218")
}

// The lines enclose the figures only; a paragraph beside a table is none of it.
func TestLabelsOutsideTheLines(t *testing.T) {
	draw := func(s *sketch, labels ...string) {
		s.plain([]float64{200, 280, 360}, 100, 16, []string{"New", "Done"}, []string{"12", "11"}, []string{"3", "2"}, []string{"45", "40"}, []string{"60", "53"})
		for i, label := range labels {
			s.text(60, 111.5+16*float64(i), 9, label)
		}
	}
	s := newSketch(1)
	draw(s, "Kind", "Alpha", "Beta", "Gamma", "Total")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "Kind|New|Done", "Alpha|12|11", "Beta|3|2", "Gamma|45|40", "Total|60|53")

	s = newSketch(1)
	draw(s, "text beside the", "table that runs", "on below it and", "is no label of", "any row at all,", "as one can see.")
	doc, _ = build(t, s)
	wantTable(t, doc, 0, "New|Done", "12|11", "3|2", "45|40", "60|53")
}

// Every second row is shaded.
func TestEverySecondRowShaded(t *testing.T) {
	s := newSketch(1)
	for i, row := range [][]string{{"Kind", "one", "two", "", ""}, {"Alpha", "12", "11", "1", "5"}, {"Beta", "3", "2", "1", "6"}, {"Gamma", "8", "8", "0", "7"}, {"Total", "23", "21", "2", "18"}} {
		y := 100 + 16*float64(i)
		s.set(y, figureEnds, row[0], row[1:]...)
		if i%2 == 0 {
			for _, x := range []float64{60, 180, 250, 310, 370} { // areas cell by cell
				for _, e := range [][4]float64{{x, y - 12, x + 60, y - 12}, {x, y + 4, x + 60, y + 4}, {x, y - 12, x, y + 4}, {x + 60, y - 12, x + 60, y + 4}} {
					s.Rulings = append(s.Rulings, page.Ruling{X0: e[0], Y0: e[1], X1: e[2], Y1: e[3], Fill: true})
				}
			}
		}
	}
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "Kind|one|two||", "Alpha|12|11|1|5", "Beta|3|2|1|6", "Gamma|8|8|0|7", "Total|23|21|2|18")
}

// Leaders end the label, lines drawn with characters are rules, close figures
// are columns and spaced groups of three are one figure.
func TestLeadersAndCloseFigures(t *testing.T) {
	s := newSketch(1)
	ends := []float64{205, 237, 269, 301}
	s.set(100, ends, "Rate", "1.0", "1.1", "1.2", "1.3")
	s.text(60, 112, 10, "------------------------------------------------")
	s.set(124, ends, "0.99 ...............", "800", "8,880", "1,040", "1,120")
	s.set(136, ends, "0.95 ...............", "160", "176", "9,192", "1,208")
	s.set(148, ends, "0.90 ...............", "80", "88", "96", "1,104")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "Rate|1.0|1.1|1.2|1.3", "0.99 ...............|800|8,880|1,040|1,120",
		"0.95 ...............|160|176|9,192|1,208", "0.90 ...............|80|88|96|1,104")

	s = newSketch(1)
	for i, row := range [][]string{{"Alpha", "15", "455", "13"}, {"Beta", "35", "190", "44"}, {"Gamma", "20", "527", "20"}} {
		y := 100 + 14*float64(i)
		s.text(60, y, 10, row[0])
		s.text(200, y, 10, row[1])
		s.text(213, y, 10, row[2]) // a narrow space
		s.text(300, y, 10, row[3])
	}
	doc, _ = build(t, s)
	wantTable(t, doc, 0, "Alpha|15 455|13", "Beta|35 190|44", "Gamma|20 527|20")

	s = newSketch(1)
	for i, row := range [][]string{{"8", "51.5", "854.9", "839.3"}, {"6", "33.6", "727.8", "789.9"}, {"1", "14.2", "121.7", "125.3"}, {"2", "20.5", "13.0", "12.5"}} {
		for k, x := range []float64{200, 208, 280, 340} { // one figure with its first digit apart
			s.text(x, 100+14*float64(i), 10, row[k])
		}
	}
	doc, _ = build(t, s)
	wantTable(t, doc, 0, "8 51.5|854.9|839.3", "6 33.6|727.8|789.9", "1 14.2|121.7|125.3", "2 20.5|13.0|12.5")
}

// What merely stands in columns is no table.
func TestColumnsThatAreNoTable(t *testing.T) {
	tests := map[string]func(s *sketch){
		"prose in two columns": func(s *sketch) {
			for i := range 8 {
				s.text(60, 100+14*float64(i), 10, "several words of running text in 2024 here")
				s.text(310, 100+14*float64(i), 10, "and the other column has 12 words as well")
			}
		},
		"contents with leaders": func(s *sketch) {
			for i, title := range []string{"Introduction .............", "Applications .............", "Reviews ..................", "Outlook .................."} {
				s.set(100+14*float64(i), []float64{420}, title, string(rune('1'+2*i)))
			}
		},
		"numbered steps": func(s *sketch) {
			for i, text := range []string{"x ← 0", "read 5 values", "add each to x", "print x"} {
				s.text(60, 100+14*float64(i), 10, string(rune('1'+i))+".")
				s.text(90, 100+14*float64(i), 10, text)
				s.text(300, 100+14*float64(i), 10, string(rune('1'+i)))
			}
		},
		"a chart": func(s *sketch) {
			for i := range 7 { // bars over grid lines, with their values
				x := 100 + 40*float64(i)
				s.h(80, 400, 100+20*float64(i))
				s.v(x, 100, 220)
				s.text(x-12, 235, 8, "200"+string(rune('0'+i)))
				s.text(60, 103+20*float64(i), 8, string(rune('7'-i))+"0")
				s.text(x+5, 112+17*float64(i), 8, string(rune('1'+i))+"5")
			}
		},
	}
	for name, draw := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSketch(1)
			draw(s)
			if doc, _ := build(t, s); len(doc.Tables) != 0 {
				t.Errorf("a table:\n%s", show(doc.Tables[0]))
			}
		})
	}
}

func TestTablesSideBySide(t *testing.T) {
	s := newSketch(1)
	s.plain([]float64{60, 120, 180, 240}, 100, 20, []string{"甲", "乙", "丙"}, []string{"1", "2", "3"})
	s.plain([]float64{300, 360, 420, 480}, 110, 30, []string{"丁", "戊", "己"}, []string{"4", "5", "6"})
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "甲|乙|丙", "1|2|3")
	wantTable(t, doc, 1, "丁|戊|己", "4|5|6")
}

// Caption and unit stand right before the table, whether ruled or not.
func TestCaptionAndUnit(t *testing.T) {
	for name, ruled := range map[string]bool{"ruled": true, "without lines": false} {
		t.Run(name, func(t *testing.T) {
			s := newSketch(1)
			s.paragraph(70, 2, "表前的文字。")
			s.centre(100, 12, "表1 收支情况")
			s.right(116, 10, "（单位：万元）")
			rows := [][]string{{"项目", "2022", "2023", "2024"}, {"收入", "1,234", "2,345", "3,456"}, {"支出", "987", "1,876", "2,765"}, {"结余", "247", "469", "691"}}
			if ruled {
				s.plain([]float64{60, 160, 260, 360, 460}, 122, 20, rows...)
			} else {
				for i, row := range rows {
					s.set(136+16*float64(i), []float64{240, 320, 400}, row[0], row[1:]...)
				}
			}
			s.paragraph(240, 2, "表后的文字。")
			doc, _ := build(t, s)
			wantTable(t, doc, 0, "项目|2022|2023|2024", "收入|1,234|2,345|3,456", "支出|987|1,876|2,765", "结余|247|469|691")
			var order []string
			for _, b := range doc.Blocks {
				order = append(order, string(b.Type)[:5]+" "+b.Text)
			}
			wantTexts(t, texts(doc), "表前的文字。", "表1 收支情况", "（单位：万元）", "表后的文字。")
			if len(order) != 5 || order[3] != "table " {
				t.Errorf("the table is not right after its caption and unit: %q", order)
			}
		})
	}
}

// Tables without lines go on over the page: the white between their columns
// tells, however wide the figures of a page are.
func TestJoinWithoutLines(t *testing.T) {
	a, b := newSketch(1), newSketch(2)
	a.body(80, 660)
	head := []string{"Total", "Plan", "Real", "Rest"}
	a.set(700, figureEnds, "地区", head...)
	a.set(715, figureEnds, "甲县", "1,234", "87", "0.5", "11")
	a.set(730, figureEnds, "乙县", "11,234", "7", "10.5", "3")
	a.set(745, figureEnds, "丙县", "234", "7", "1.5", "5")
	b.set(80, figureEnds, "地区", head...)
	b.set(95, figureEnds, "丁县", "1", "123,456", "0.5", "1,234,567")
	b.set(110, figureEnds, "戊县", "2", "7", "10.5", "3")
	b.set(125, figureEnds, "合计", "3", "7", "11.0", "")
	b.paragraph(160, 2, "表后的文字。")
	doc, _ := build(t, a, b)
	wantTable(t, doc, 0, "地区|Total|Plan|Real|Rest", "甲县|1,234|87|0.5|11", "乙县|11,234|7|10.5|3", "丙县|234|7|1.5|5",
		"丁县|1|123,456|0.5|1,234,567", "戊县|2|7|10.5|3", "合计|3|7|11.0|")
	tb := &doc.Tables[0]
	if len(tb.Joined) != 2 || tb.Joined[1].HeaderDropped != 1 || tb.Joined[1].FirstRow != 4 || tb.Joined[1].Evidence == "" {
		t.Fatalf("account of the join: %+v", tb.Joined)
	}
	alone, _ := build(t, b)
	if got, want := show(tb.Unjoin()[1]), show(alone.Tables[0]); got != want {
		t.Errorf("undone:\n%s\nwant\n%s", got, want)
	}
}

// A narrow column breaks its numbers over lines: that is one row, not several.
func TestBrokenNumbersAreOneRow(t *testing.T) {
	xs := []float64{60, 300, 324, 380, 440, 464}
	s := newSketch(1)
	end := s.plain(xs, 100, 24, []string{"项目", "甲", "乙", "丙", "计"})
	for _, x := range xs {
		s.v(x, end, end+48)
	}
	for i, digit := range []string{"５", "３", "９"} {
		s.text(306, end+14+11*float64(i), 9, digit)
	}
	for i, digit := range []string{"８", "４", "７"} {
		s.text(446, end+14+11*float64(i), 9, digit)
	}
	s.text(64, end+25, 9, "新收申请数量")
	s.text(340, end+25, 9, "１３８")
	s.text(400, end+25, 9, "４３")
	s.h(60, 464, end+48)
	s.plain(xs, end+48, 24, []string{"结转", "０", "０", "０", "０"})
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "项目|甲|乙|丙|计", "新收申请数量|５３９|１３８|４３|８４７", "结转|０|０|０|０")
}

// A single short line between two rules below a header makes no column.
func TestLineBetweenRules(t *testing.T) {
	s := newSketch(1)
	s.text(60, 100, 10, "Region")
	s.text(60, 112, 10, "Item")
	s.text(300, 112, 10, "Amount")
	s.h(58, 345, 115)
	s.text(60, 124, 10, "of which")
	s.h(58, 345, 127)
	doc, _ := build(t, s)
	all := ""
	for _, text := range texts(doc) {
		all += text
	}
	for _, tb := range doc.Tables {
		all += show(tb)
	}
	for _, word := range []string{"Region", "Item", "Amount", "of which"} {
		if !strings.Contains(all, word) {
			t.Errorf("%s is lost: %s", word, all)
		}
	}
}

// Merged cells with white in their text stay merged where no such cell fills all
// the columns below it.
func TestMergedFootersStay(t *testing.T) {
	s := newSketch(1)
	xs := []float64{60, 160, 260, 360, 460}
	end := s.plain(xs, 100, 20, []string{"10", "11", "12", "13"}, []string{"14", "15", "16", "17"})
	s.table(xs, []float64{end, end + 20, end + 40}, cellAt{0, 0, 1, 4, ""}, cellAt{1, 0, 1, 4, ""})
	s.text(65, end+13, 9, "填表人：张三")
	s.text(265, end+13, 9, "审核人：李四")
	s.text(65, end+33, 9, "电话：5550000")
	s.text(265, end+33, 9, "日期：2024")
	doc, _ := build(t, s)
	wantTable(t, doc, 0, "10|11|12|13", "14|15|16|17", "填表人：张三 审核人：李四[14]", "电话：5550000 日期：2024[14]")
}

// Type far below a point still has margins.
func TestTinyType(t *testing.T) {
	for _, size := range []float64{0.6, 0.8, 1, 1.2} {
		s := newSketch(1)
		s.text(60, 100, size, "字")
		if doc, _ := build(t, s); len(doc.Blocks) != 1 {
			t.Errorf("%g points: %d blocks", size, len(doc.Blocks))
		}
	}
}

// A chapter's heading between two tables without lines is no row of either.
func TestHeadingBetweenTextTables(t *testing.T) {
	s := newSketch(1)
	s.set(100, figureEnds, "Region", "2021", "2022", "2023", "2024")
	s.set(114, figureEnds, "North", "1,234", "87", "0.5", "-")
	s.set(128, figureEnds, "South", "11,234", "7", "10.5", "(3)")
	s.text(leftMargin, 146, 10, "四、行政复议和诉讼情况")
	s.set(164, figureEnds, "Region", "2021", "2022", "2023", "2024")
	s.set(178, figureEnds, "North", "4", "7", "5", "6")
	s.set(192, figureEnds, "South", "14", "8", "15", "3")
	doc, _ := build(t, s)
	wantTexts(t, texts(doc), "四、行政复议和诉讼情况")
	if len(doc.Tables) != 2 {
		t.Errorf("%d tables", len(doc.Tables))
	}
}
