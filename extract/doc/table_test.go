package doc

import (
	"slices"
	"strconv"
	"testing"

	"nianbao/extract"
)

func paras(groups ...[]para) []para { return slices.Concat(groups...) }

func TestTables(t *testing.T) {
	e := body(paras(
		[]para{p("前")},
		row([]int{0, 1000, 2000, 3000}, nil, "甲", "乙\n续", ""),
		row([]int{0, 1000, 2000, 3000}, nil, "1", "2", "3"),
		[]para{p("后")},
		row([]int{-108, 4000}, nil, "一格"),
	)...).expect(t, "p: 前", "table 0", "  甲|乙⏎续|", "  1|2|3", "p: 后", "table 1", "  一格")
	tb := e.Document.Tables[0]
	if *tb.Part != "WordDocument#tbl0" || *tb.CellAt(1, 2).Part != "WordDocument#tbl0/r1/c2" || *e.Document.Blocks[2].Part != "WordDocument#p10" {
		t.Errorf("places: %s %s %s", *tb.Part, *tb.CellAt(1, 2).Part, *e.Document.Blocks[2].Part)
	}
}

// Edges of all rows make the grid, and cells may begin late and end early.
func TestRaggedRows(t *testing.T) {
	body(paras(
		row([]int{0, 1000, 2000, 3000}, nil, "a", "b", "c"),
		row([]int{0, 3010}, nil, "一"),
		row([]int{15, 1500, 2990}, nil, "d", "e"),
		row([]int{1000, 2000}, nil, "f"),
		[]para{p("又一表")},
		row([]int{0, 1000, 3000}, nil, "i", "j"),
		row([]int{0, 0, 1000, 3000}, nil, "零", "g", "h"), // a cell without width is one
	)...).expect(t, "table 0", "  a|<|b|<|c|<|~", "  一|<|<|<|<|<|<", "  ~|d|<|e|<|~|~", "  ~|~|f|<|~|~|~", "p: 又一表", "table 1", "  i|<|j", "  零|g|h")
}

// Rows that are repeated on each page are told, as far as they stand at the top.
func TestHeaderRows(t *testing.T) {
	edges := []int{0, 1000, 2000}
	head := func(cells ...string) []para {
		r := row(edges, nil, cells...)
		last := &r[len(r)-1]
		last.props = cat(last.props, sp(sprmTTableHeader, 1))
		return r
	}
	e := body(paras(head("项", "数"), head("一", "二"), row(edges, nil, "a", "1"), head("b", "2"))...).
		expect(t, "table 0", "  项|数", "  一|二", "  a|1", "  b|2")
	if n := e.Document.Tables[0].HeaderRows; n != 2 {
		t.Errorf("%d header rows", n)
	}
}

func TestMerges(t *testing.T) {
	edges := []int{0, 1000, 2000, 3000, 4000}
	const start, goesOn = downStart << 5, downContinue << 5
	body(paras(
		row(edges, []int{1, 2, 1, 2}, "a", "", "b", ""),
		row(edges, []int{2, 1, 1, 0}, "c", "", "", "d"), // the other edition's bits
		row(edges, []int{start, start | 1, goesOn | 2, 0}, "e", "f", "", "1"),
		row(edges, []int{goesOn, goesOn | 1, goesOn | 2, 0}, "", "", "", "2"),
		row(edges, []int{start, goesOn, 0, 0}, "g", "藏", "h", "3"),
	)...).expect(t, "table 0", "  a|<|b|<", "  c|<|<|d", "  e|f|<|1", "  ^|^|^|2", "  g|藏|h|3")
}

// Modifiers behind the definition change it, as after a fast save.
func TestRowModifiers(t *testing.T) {
	change := func(cells int, modifiers ...[]byte) []para {
		texts := make([]string, cells)
		for i := range texts {
			texts[i] = strconv.Itoa(i)
		}
		r := row([]int{0, 1000, 2000, 3000}, nil, texts...)
		last := &r[len(r)-1]
		last.props = cat(append([][]byte{last.props}, modifiers...)...)
		return r
	}
	body(paras(
		row([]int{0, 1000, 2000, 3000, 4000}, nil, "a", "b", "c", "d"),
		change(3, sp(sprmTMerge, 0, 2)),
		change(3, sp(sprmTMerge, 0, 3), sp(sprmTSplit, 0, 3)),
		change(4, sp(sprmTInsert, 3, 1, 0xe8, 3)),
		change(2, sp(sprmTDelete, 1, 2)),
		change(3, sp(sprmTDxaCol, 1, 2, 0xd0, 7)),
		change(3, sp(sprmTDxaLeft, 0xe8, 3)),
		change(3, sp(sprmTVertMerge, 2, 0, downStart)),
		change(3, sp(sprmTVertMerge, 2, 0, downContinue)),
	)...).expect(t, "table 0", "  a|b|c|d", "  0|<|2|~", "  0|1|2|~", "  0|1|2|3", "  0|1|~|~", "  0|1|<|2", "  ~|0|1|2", "  0|1|2|~", "  ^|1|2|~")
}

func TestNestedTables(t *testing.T) {
	in := func(depth int, more ...[]byte) []byte {
		return cat(append([][]byte{sp(sprmPFInTable, 1), sp(sprmPItap, le32(depth)...)}, more...)...)
	}
	inner := func(text string) para { return para{text: text, props: in(2, sp(sprmPFInnerCell, 1))} }
	body(
		para{text: "外前", props: in(1)},
		inner("内1"), inner("内2"),
		para{props: in(2, sp(sprmPFInnerCell, 1), sp(sprmPFInnerTtp, 1), defTable([]int{0, 500, 900}, nil))},
		para{text: "外后", props: in(1), mark: "\x07"},
		para{text: "右", props: in(1), mark: "\x07"},
		para{props: in(1, sp(sprmPFTtp, 1), defTable([]int{0, 1000, 2000}, nil)), mark: "\x07"},
		p("完"),
	).expect(t, "table 0", "  外前⏎外后|右", "table 1", "  内1|内2", "p: 完")
}

func TestRowsLeftOut(t *testing.T) {
	edges := []int{0, 1000, 2000}
	changed := func(r []para, props []byte) []para {
		for i := range r {
			r[i].chars, r[i].markChars = props, props
		}
		return r
	}
	e := body(paras(
		row(edges, nil, "a", "1"),
		changed(row(edges, nil, "删", "2"), sp(sprmCFRMarkDel, 1)),
		changed(row(edges, nil, "藏", "3"), sp(sprmCFVanish, 1)),
		row(edges, nil, "b", "4"),
	)...).expect(t, "table 0", "  a|1", "  b|4")
	if codes(e) != "hidden_text tracked_changes" || *e.Document.Tables[0].CellAt(1, 0).Part != "WordDocument#tbl0/r3/c0" {
		t.Errorf("%s %s", codes(e), *e.Document.Tables[0].CellAt(1, 0).Part)
	}
}

func TestDamagedTables(t *testing.T) {
	edges := []int{0, 1000, 2000}
	noEnd := row(edges, nil, "a", "1")
	e := body(paras(row(edges, nil, "x", "0"), noEnd[:2], []para{p("后")})...).
		expect(t, "table 0", "  x|0", "  a|1", "p: 后")
	if codes(e) != "table_row_damaged" {
		t.Error(codes(e))
	}
	// A cell more than is defined is kept, to the right.
	e = body(paras(row(edges, nil, "x", "0"), row(edges, nil, "a", "1", "2"))...).expect(t, "table 0", "  x|0|~", "  a|1|2")
	if codes(e) != "table_row_damaged" {
		t.Error(codes(e))
	}
	// Without any properties rows end at the second of two marks.
	cell := func(text string) para { return para{text: text, mark: "\x07"} }
	e = body(p("前"), cell("a"), cell("1"), cell(""), cell("b"), cell("2"), cell(""), p("后")).
		expect(t, "p: 前", "table 0", "  a|1", "  b|2", "p: 后")
	if codes(e) != "table_properties_lost" {
		t.Error(codes(e))
	}
}

// Properties too long for a page stand in the Data stream.
func TestHugeProperties(t *testing.T) {
	r := row([]int{0, 1000, 2000}, []int{downStart << 5}, "a", "1")
	last := &r[len(r)-1]
	m := body(r...)
	m.data = cat([]byte("…"), le16(len(last.props)), last.props)
	last.props = sp(sprmPHugePapx, le32(len("…"))...)
	m.expect(t, "table 0", "  a|1")
	// Word 2002 may keep what defines a row there alone.
	r = row([]int{0, 1000, 2000}, []int{1, 2}, "a", "")
	last = &r[len(r)-1]
	m = body(paras(row([]int{0, 1000, 2000}, nil, "x", "y"), r)...)
	m.data = cat(le16(len(last.props)), last.props)
	last.props = cat(sp(sprmPFInTable, 1), sp(sprmPFTtp, 1), sp(sprmPTableProps, le32(0)...))
	m.parts[partMain] = paras(row([]int{0, 1000, 2000}, nil, "x", "y"), r)
	m.expect(t, "table 0", "  x|y", "  a|<")
}

func TestDepthLimit(t *testing.T) {
	var list []para
	for depth := range 300 {
		list = append(list, para{text: "深", props: cat(sp(sprmPFInTable, 1), sp(sprmPItap, le32(depth+1)...))})
	}
	e, err := readBytes(body(list...).file(), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Warnings) == 0 || e.Warnings[0].Code != "table_depth" {
		t.Error(codes(e))
	}
}
