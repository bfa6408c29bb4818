package docx

import (
	"strings"
	"testing"

	"nianbao/extract"
)

func tableOf(grid string, rows ...string) string {
	out := "<w:tbl>"
	if grid != "" {
		out += "<w:tblGrid>"
		for w := range strings.FieldsSeq(grid) {
			out += `<w:gridCol w:w="` + w + `"/>`
		}
		out += "</w:tblGrid>"
	}
	return out + strings.Join(rows, "") + "</w:tbl>"
}

func rowOf(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }

func width(w, text string) string { return cellOf(`<w:tcW w:w="`+w+`" w:type="dxa"/>`, text) }

const (
	span2    = `<w:gridSpan w:val="2"/>`
	restart  = `<w:vMerge w:val="restart"/>`
	goOn     = `<w:vMerge/>`
	goOnLong = `<w:vMerge w:val="continue"/>`
)

func TestTables(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"spans": {tableOf("1 1 1", rowOf(cellOf(span2, "a"), cellOf("", "b")), rowOf(cellOf("", "c"), cellOf(span2, "d")), rowOf(cellOf("", "e"), cellOf("", "f"), cellOf("", "g"))),
			[]string{"a|<|b", "c|d|<", "e|f|g"}},
		"merged rows": {tableOf("1 1", rowOf(cellOf(restart, "a"), cellOf("", "1")), rowOf(cellOf(goOn, ""), cellOf("", "2")), rowOf(cellOf(goOnLong, ""), cellOf("", "3")), rowOf(cellOf(restart, "b"), cellOf("", "4"))),
			[]string{"a|1", "^|2", "^|3", "b|4"}},
		"merged block": {tableOf("1 1 1", rowOf(cellOf(span2+restart, "a"), cellOf("", "1")), rowOf(cellOf(span2+goOn, ""), cellOf("", "2")), rowOf(cellOf("", "b"), cellOf("", "c"), cellOf("", "3"))),
			[]string{"a|<|1", "^|^|2", "b|c|3"}},
		"continuation of other columns": {tableOf("1 1", rowOf(cellOf(span2+restart, "a")), rowOf(cellOf(goOn, "x"), cellOf("", "1"))), []string{"a|<", "x|1"}},
		"continuation without a start":  {tableOf("1 1", rowOf(cellOf(goOn, "x"), cellOf("", "1")), rowOf(cellOf(goOn, ""), cellOf("", "2"))), []string{"x|1", "^|2"}},
		"interrupted merge":             {tableOf("1 1", rowOf(cellOf(restart, "a"), cellOf("", "1")), rowOf(cellOf("", "b"), cellOf("", "2")), rowOf(cellOf(goOn, "c"), cellOf("", "3"))), []string{"a|1", "b|2", "c|3"}},
		"legacy merge":                  {tableOf("1 1 1", rowOf(cellOf(`<w:hMerge w:val="restart"/>`, "a"), cellOf(`<w:hMerge/>`, ""), cellOf("", "b")), rowOf(cellOf("", "c"), cellOf("", "d"), cellOf("", "e"))), []string{"a|<|b", "c|d|e"}},
		"left out columns": {tableOf("1 1 1", "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/><w:gridAfter w:val=\"1\"/></w:trPr>"+cellOf("", "a")+"</w:tr>", rowOf(cellOf("", "b"), cellOf("", "c"), cellOf("", "d"))),
			[]string{"~|a|~", "b|c|d"}},
		"left out by width": {tableOf("1000 2000 1500", `<w:tr><w:trPr><w:wBefore w:w="1010" w:type="dxa"/></w:trPr>`+width("2000", "a")+`</w:tr>`, rowOf(width("1000", "b"), width("2000", "c"), width("1500", "d"))),
			[]string{"~|a|~", "b|c|d"}},
		"left out by columns and width": {tableOf("1000 2000 1500", `<w:tr><w:trPr><w:gridBefore w:val="2"/><w:wBefore w:w="10" w:type="dxa"/></w:trPr>`+width("1500", "a")+`</w:tr>`, rowOf(width("1000", "b"), width("2000", "c"), width("1500", "d"))),
			[]string{"~|~|a", "b|c|d"}},
		"left out by a width that fits not": {tableOf("1000 2000 1500", `<w:tr><w:trPr><w:wBefore w:w="400" w:type="dxa"/></w:trPr>`+width("2000", "a")+`</w:tr>`, rowOf(width("1000", "b"), width("2000", "c"), width("1500", "d"))),
			[]string{"a|~|~", "b|c|d"}},
		"start inside a merge across": {tableOf("1 1 1", rowOf(cellOf(`<w:hMerge w:val="restart"/>`, "a"), cellOf(`<w:hMerge/>`+restart, ""), cellOf("", "1")), rowOf(cellOf("", "b"), cellOf(goOn, "c"), cellOf("", "2"))),
			[]string{"a|<|1", "b|c|2"}},
		"merge across without a start": {tableOf("1 1", rowOf(cellOf(`<w:hMerge/>`, "a"), cellOf("", "b")), rowOf(cellOf("", "c"), cellOf("", "d"))), []string{"a|b", "c|d"}},
		"both merges":                  {tableOf("1 1 1", rowOf(cellOf(`<w:hMerge w:val="restart"/>`+restart, "a"), cellOf(`<w:hMerge/>`+restart, ""), cellOf("", "1")), rowOf(cellOf(`<w:hMerge w:val="restart"/>`+goOn, ""), cellOf(`<w:hMerge/>`+goOn, ""), cellOf("", "2")), rowOf(cellOf("", "b"), cellOf("", "c"), cellOf("", "3"))), []string{"a|<|1", "^|^|2", "b|c|3"}},
		"continuation over two columns": {tableOf("1 1 1", rowOf(cellOf(span2+restart, "a"), cellOf("", "1")), rowOf(cellOf(goOn, ""), cellOf(goOn, ""), cellOf("", "2"))),
			[]string{"a|<|1", "||2"}},
		"merge to the last row":     {tableOf("1 1", rowOf(cellOf("", "a"), cellOf("", "1")), rowOf(cellOf(restart, "b"), cellOf("", "2")), rowOf(cellOf(goOn, ""), cellOf("", "3"))), []string{"a|1", "b|2", "^|3"}},
		"only the start of a merge": {tableOf("1 1", rowOf(cellOf(restart, "a"), cellOf(restart, "b")), rowOf(cellOf("", "c"), cellOf("", "d"))), []string{"a|b", "c|d"}},
		"row merged away":           {tableOf("1 1", rowOf(cellOf(restart, "a"), cellOf(restart, "b")), rowOf(cellOf(goOn, ""), cellOf(goOn, "")), rowOf(cellOf("", "c"), cellOf("", "d"))), []string{"a|b", "^|^", "c|d"}},
		"span beyond the grid":      {tableOf("1 1", rowOf(cellOf("", "a"), cellOf(`<w:gridSpan w:val="9"/>`, "b")), rowOf(cellOf("", "c"), cellOf("", "d"))), []string{"a|b|<", "c|d|~"}},
		"too many cells":            {tableOf("1 1", rowOf(cellOf("", "a"), cellOf("", "b"), cellOf("", "c")), rowOf(cellOf("", "d"), cellOf("", "e"))), []string{"a|b|c", "d|e|~"}},
		"cells without properties":  {"<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>" + para("b") + "</w:tc></w:tr></w:tbl>", []string{"|b"}},
		"cells without paragraphs":  {"<w:tbl><w:tr><w:tc/><w:tc><w:tcPr/></w:tc><w:tc>" + para("c") + "</w:tc></w:tr></w:tbl>", []string{"||c"}},
		"text direction":            {tableOf("1 1", rowOf(cellOf(`<w:textDirection w:val="tbRlV"/>`, "竖排"), cellOf(`<w:textDirection w:val="btLr"/>`, "1"))), []string{"竖排|1"}},
		"right to left":             {"<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr>" + rowOf(cellOf("", "a"), cellOf("", "b")) + "</w:tbl>", []string{"a|b"}},
		"floating":                  {`<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="page" w:tblpY="1"/></w:tblPr>` + rowOf(cellOf("", "a"), cellOf("", "b")) + "</w:tbl>", []string{"a|b"}},
		"repeated header":           {tableOf("1 1", "<w:tr><w:trPr><w:tblHeader/></w:trPr>"+cellOf("", "h")+cellOf("", "k")+"</w:tr>", rowOf(cellOf("", "a"), cellOf("", "1"))), []string{"h|k", "a|1"}},
		"list in a cell":            {tableOf("1 1", rowOf("<w:tc>"+para("甲")+`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr></w:pPr>`+runOf("乙")+"</w:p></w:tc>", cellOf("", "1"))), []string{"甲⏎乙|1"}},
		"percent widths":            {tableOf("3000 2200 2200", rowOf(cellOf(`<w:tcW w:w="5000" w:type="pct"/>`+`<w:gridSpan w:val="3"/>`, "a")), rowOf(cellOf("", "b"), cellOf("", "1"), cellOf("", "2"))), []string{"a|<|<", "b|1|2"}},
		"row wrapped twice":         {tableOf("1 1", `<w:sdt><w:sdtContent><w:customXml><w:sdt><w:sdtContent>`+rowOf(cellOf("", "a"), cellOf("", "1"))+`</w:sdtContent></w:sdt></w:customXml></w:sdtContent></w:sdt>`), []string{"a|1"}},
		"ragged rows":               {tableOf("1 1 1", rowOf(cellOf("", "a")), rowOf(cellOf("", "b"), cellOf("", "c"), cellOf("", "d"))), []string{"a|~|~", "b|c|d"}},
		"no grid":                   {tableOf("", rowOf(cellOf("", "a"), cellOf("", "b")), rowOf(cellOf(span2, "c"))), []string{"a|b", "c|<"}},
		"grid too small":            {tableOf("1", rowOf(cellOf("", "a"), cellOf("", "b"))), []string{"a|b"}},
		"grid too large":            {tableOf("1 1 1 1", rowOf(cellOf("", "a"), cellOf("", "b"))), []string{"a|b"}},
		"unused grid line":          {tableOf("9 9 9", rowOf(cellOf(span2, "a"), cellOf("", "b")), rowOf(cellOf(span2, "c"), cellOf("", "d"))), []string{"a|b", "c|d"}},
		"span left to widths":       {tableOf("3000 2200 2200 2200", rowOf(width("9600", "a")), rowOf(width("3000", "b"), width("6600", "c")), rowOf(width("3000", "d"), width("2200", "1"), width("2200", "2"), width("2200", "3"))), []string{"a|<|<|<", "b|c|<|<", "d|1|2|3"}},
		"no grid, widths":           {tableOf("", rowOf(width("5210", "b"), width("4390", "c")), rowOf(width("3000", "d"), width("2200", "1"), width("2200", "2"), width("2200", "3"))), []string{"b|<|c|<", "d|1|2|3"}},
		"widths that fit not":       {tableOf("3000 2200 2200", rowOf(width("1000", "b"), width("1000", "c")), rowOf(width("3000", "d"), width("2200", "1"), width("2200", "2"))), []string{"b|c|~", "d|1|2"}},
		"slivers": {tableOf("2000 10 2000 5 1985", rowOf(cellOf("", "a"), cellOf(`<w:gridSpan w:val="3"/>`, "b"), cellOf("", "c")), rowOf(cellOf(span2, "d"), cellOf("", "e"), cellOf(span2, "f"))),
			[]string{"a|b|<|<|c", "d|<|e|f|<"}},
		"slivers without an edge": {tableOf("2000 10 2000", rowOf(cellOf(span2, "a"), cellOf("", "b"))), []string{"a|b"}},
		"merge beside slivers": {tableOf("2000 10 2000", rowOf(cellOf(span2+restart, "a"), cellOf("", "1")), rowOf(cellOf(goOn, ""), cellOf(span2, "2")), rowOf(cellOf(goOn, ""), cellOf(span2, "3"))),
			[]string{"a|1", "^|2", "^|3"}},
		"lengths with units": {tableOf("150pt 110pt 110pt", rowOf(width("7400", "a")), rowOf(width("3000", "b"), width("2200", "1"), width("2200", "2"))), []string{"a|<|<", "b|1|2"}},
		"content controls": {tableOf("1 1", `<w:sdt><w:sdtContent>`+rowOf(cellOf("", "a"), cellOf("", "1"))+`</w:sdtContent></w:sdt>`, "<w:tr><w:sdt><w:sdtContent>"+cellOf("", "b")+"</w:sdtContent></w:sdt><w:customXml>"+cellOf("", "2")+"</w:customXml></w:tr>",
			"<w:tr><w:tc><w:sdt><w:sdtContent>"+para("c")+"</w:sdtContent></w:sdt></w:tc><w:tc><w:p><w:sdt><w:sdtContent>"+runOf("3")+"</w:sdtContent></w:sdt></w:p></w:tc></w:tr>"), []string{"a|1", "b|2", "c|3"}},
		"tracked rows and cells": {tableOf("1 1", "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>"+cellOf("", "x")+cellOf("", "y")+"</w:tr>", "<w:tr><w:trPr><w:ins w:id=\"2\"/></w:trPr>"+cellOf("", "a")+cellOf(`<w:cellDel/>`, "z")+cellOf("", "b")+"</w:tr>"), []string{"a|b"}},
		"tracked merge":          {tableOf("1 1", rowOf(cellOf(`<w:cellMerge w:vMerge="rest"/>`, "a"), cellOf("", "1")), rowOf(cellOf(`<w:cellMerge w:vMerge="cont"/>`, ""), cellOf("", "2"))), []string{"a|1", "^|2"}},
		"paragraphs of a cell":   {tableOf("1", "<w:tr><w:tc>"+para("a")+"<w:p/>"+para(" b ")+"</w:tc></w:tr>"), []string{"a⏎b"}},
		"rows without cells":     {tableOf("1", "<w:tr/>", rowOf(cellOf("", "a"))), []string{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := fixture{body: c.body}.read(t)
			want := "table 0\n  " + strings.Join(c.want, "\n  ") + "\n"
			if got := outline(e); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			checkReading(t, e, nil)
		})
	}
}

// A table that only frames a page is read as body text, and what it frames as
// if the frame were not there.
func TestFrames(t *testing.T) {
	grid := "3000 1000 1000"
	page := `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>` + runOf("一、题") + `</w:p>` + para("文") +
		plainTable(grid, "事项|收到|办结", "甲|5|3") + "<w:p/>" + plainTable(grid, "乙|2|2") + para("尾")
	want := []string{"h1 [一、]: 一、题", "p: 文", "table 0", "  事项|收到|办结", "  甲|5|3", "  乙|2|2", "p: 尾"}
	cell := func(inner string) string { return "<w:tr><w:tc>" + inner + "</w:tc></w:tr>" }
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"one cell":        {tableOf("9000", cell(page)), want},
		"frame in frame":  {tableOf("9000", cell(tableOf("8000", cell(page)))), want},
		"a row each":      {tableOf("9000", cell(para("头")), cell(page)), append([]string{"p: 头"}, want...)},
		"much text":       {tableOf("9000", cell(strings.Repeat(para("文"), 10))), strings.Split(strings.Repeat("p: 文\n", 9)+"p: 文", "\n")},
		"a box with text": {tableOf("9000", cell(para("索引号")+para("发布机构"))), []string{"table 0", "  索引号⏎发布机构"}},
		"two columns": {tableOf("9000 100", rowOf("<w:tc>"+page+"</w:tc>", cellOf("", "右"))),
			[]string{"table 0", "  一、题⏎文⏎尾|右", "table 1", "  事项|收到|办结", "  甲|5|3", "table 2", "  乙|2|2"}},
	} {
		t.Run(name, func(t *testing.T) { fixture{body: c.body}.expect(t, c.want...) })
	}
}

// Rows that are repeated on each page are told, as far as they stand at the top.
func TestHeaderRows(t *testing.T) {
	head := func(val, text string) string {
		return `<w:tr><w:trPr><w:tblHeader` + val + `/></w:trPr>` + cellOf("", text) + `</w:tr>`
	}
	for want, rows := range map[int][]string{
		0: {rowOf(cellOf("", "a")), head("", "h")}, 1: {head("", "h"), head(` w:val="0"`, "a")}, 2: {head("", "h"), head("", "k"), rowOf(cellOf("", "a")), head("", "b")},
	} {
		if got := (fixture{body: tableOf("1", rows...)}).read(t).Document.Tables[0].HeaderRows; got != want {
			t.Errorf("%d header rows, want %d", got, want)
		}
	}
}

func TestHiddenRow(t *testing.T) {
	e := fixture{body: tableOf("1", "<w:tr><w:trPr><w:hidden/></w:trPr>"+cellOf("", "x")+"</w:tr>", rowOf(cellOf("", "a")))}.expect(t, "table 0", "  a")
	if codes(e) != "hidden_text" {
		t.Errorf("warnings %q", codes(e))
	}
}

func TestNestedTables(t *testing.T) {
	inner := tableOf("5 5", rowOf(cellOf("", "内"), "<w:tc>"+tableOf("1", rowOf(cellOf("", "最内")))+para("后")+"</w:tc>"))
	e := fixture{body: tableOf("9 9", rowOf("<w:tc>"+para("外")+inner+para("尾")+"</w:tc>", cellOf("", "1"))) + para("文")}.expect(t,
		"table 0", "  外⏎尾|1", "table 1", "  内|后", "table 2", "  最内", "p: 文")
	if got := *e.Document.Tables[1].Cells[1].Part; got != "word/document.xml#tbl1/r0/c1" {
		t.Errorf("part of a nested cell: %s", got)
	}
	if got := *e.Document.Blocks[3].Part; got != "word/document.xml#p6" {
		t.Errorf("part of the paragraph after it: %s", got)
	}
}

func TestPartsCountWhatIsLeftOut(t *testing.T) {
	e := fixture{body: tableOf("1 1", "<w:tr><w:trPr><w:del/></w:trPr>"+cellOf("", "x")+"</w:tr>", rowOf(cellOf(`<w:cellDel/>`, "y"), cellOf("", "a"))) + para("b")}.read(t)
	if got := *e.Document.Tables[0].Cells[0].Part; got != "word/document.xml#tbl0/r1/c1" {
		t.Errorf("cell part %s", got)
	}
	if got := *e.Document.Blocks[1].Part; got != "word/document.xml#p3" {
		t.Errorf("paragraph part %s", got)
	}
}

func TestJoin(t *testing.T) {
	const grid = "3000 1000 1000"
	first := plainTable(grid, "事项|收到|办结", "一、新收|5|3", "二、结转|1|0")
	joined := []string{"table 0", "  事项|收到|办结", "  一、新收|5|3", "  二、结转|1|0", "  三、办理|2|2"}
	apart := append(append([]string{}, joined[:4]...), "table 1")
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"empty paragraph between":      {first + "<w:p/>" + plainTable(grid, "三、办理|2|2"), joined},
		"directly after":               {first + plainTable(grid, "三、办理|2|2"), joined},
		"page and section break":       {first + `<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:pPr><w:sectPr/></w:pPr></w:p>` + plainTable("3010 1000 990", "三、办理|2|2"), joined},
		"blank and placeholder values": {first + "<w:p/>" + plainTable(grid, "三、办理|/|"), append(append([]string{}, joined[:4]...), "  三、办理|/|")},
		"text between":                 {first + para("三、") + plainTable(grid, "三、办理|2|2"), append(append([]string{}, joined[:4]...), "p [三、]: 三、", "table 1", "  三、办理|2|2")},
		"own header":                   {first + "<w:p/>" + plainTable(grid, "事项|收到|办结", "三、办理|2|2"), append(append([]string{}, apart...), "  事项|收到|办结", "  三、办理|2|2")},
		"title row":                    {first + "<w:p/>" + tableOf(grid, rowOf(cellOf(`<w:gridSpan w:val="3"/>`, "附表")), rowOf(cellOf("", "甲"), cellOf("", "1"), cellOf("", "2"))), append(append([]string{}, apart...), "  附表|<|<", "  甲|1|2")},
		"other widths":                 {first + "<w:p/>" + plainTable("2000 1500 1500", "三、办理|2|2"), append(append([]string{}, apart...), "  三、办理|2|2")},
		"other number of columns":      {first + "<w:p/>" + plainTable("3000 1000", "三、办理|2"), append(append([]string{}, apart...), "  三、办理|2")},
		"nothing said":                 {first + "<w:p/>" + plainTable(grid, "||"), append(append([]string{}, apart...), "  ||")},
		"figures without labels":       {plainTable("1 1", "1|2") + "<w:p/>" + plainTable("1 1", "3|4"), []string{"table 0", "  1|2", "table 1", "  3|4"}},
		"words where values were":      {plainTable(grid, "甲|有|是") + "<w:p/>" + plainTable(grid, "乙|有|是"), []string{"table 0", "  甲|有|是", "table 1", "  乙|有|是"}},
		"no grid":                      {strings.ReplaceAll(first+plainTable(grid, "三、办理|2|2"), "tblGrid", "tblLook"), append(append([]string{}, apart...), "  三、办理|2|2")},
	} {
		t.Run(name, func(t *testing.T) {
			e := fixture{body: c.body}.expect(t, c.want...)
			table := e.Document.Tables[0]
			if len(e.Document.Tables) > 1 {
				if table.Joined != nil {
					t.Errorf("pieces of a table in one piece: %v", table.Joined)
				}
				return
			}
			if len(table.Joined) != 2 || table.Joined[1].FirstRow != 3 || table.Joined[1].Evidence == "" {
				t.Errorf("pieces %+v", table.Joined)
			}
			if got := *table.CellAt(3, 0).Part; got != "word/document.xml#tbl1/r0/c0" {
				t.Errorf("part of a joined cell: %s", got)
			}
		})
	}
}

// A merge that goes on over the gap is one cell of the joined table.
func TestJoinMerges(t *testing.T) {
	grid := "1000 2000 500"
	fixture{body: tableOf(grid, rowOf(cellOf(restart, "三、办理"), cellOf("", "甲"), cellOf("", "1"))) + "<w:p/>" +
		tableOf(grid, rowOf(cellOf(goOn, ""), cellOf("", "乙"), cellOf("", "2")), rowOf(cellOf("", ""), cellOf("", "丙"), cellOf("", "3")))}.expect(t,
		"table 0", "  三、办理|甲|1", "  ^|乙|2", "  |丙|3")
}

func TestTableLimit(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.TableCells = 6
	body := tableOf("1 1 1", rowOf(cellOf("", "a"), cellOf("", "b"), cellOf("", "c")), rowOf(cellOf(`<w:gridSpan w:val="3"/>`, "d")))
	b := fixture{body: body}.file(t)
	if _, err := readBytes(b, lim); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	lim.TableCells = 5
	_, err := readBytes(b, lim)
	if e := extract.AsError(err); e == nil || e.Code != extract.CodeLimit || e.Limit != "table_cells=5" || !strings.Contains(e.Detail, "word/document.xml#tbl0") {
		t.Errorf("above the limit: %v", err)
	}
}

// What a file claims about columns must not cost: only cells do.
func TestHugeSpans(t *testing.T) {
	one := tableOf("", strings.Repeat(rowOf(cellOf(`<w:gridSpan w:val="1000000"/>`, "d")), 3))
	e := fixture{body: strings.Repeat(one, 2000)}.read(t)
	if table := e.Document.Tables[1999]; table.Rows != 3 || table.Columns != 1 {
		t.Errorf("%d × %d", table.Rows, table.Columns)
	}
}
