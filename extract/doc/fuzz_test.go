package doc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"nianbao/extract"
)

// everything is a file with a bit of all that is read.
func everything() *made {
	special := sp(sprmCFSpec, 1)
	edges := []int{0, 1000, 2000, 3000}
	m := body(paras(
		[]para{{text: "总体", style: 1}, {text: "\x08", chars: special}, in(1, 0, "编号"), in(1, 1, "二级")},
		row(edges, []int{downStart << 5, 1, 2}, "甲\n乙", "1", ""),
		row(edges, []int{downContinue << 5}, "", "2", "3"),
		[]para{{text: "注", more: []chunk{{"\x02", special}, {"\x13 PAGE \x14", nil}, {"1\x15", sp(sprmCFBold, 1)}, {"删", sp(sprmCFRMarkDel, 1)}}}},
	)...)
	m.parts[partFootnotes] = []para{p("脚注"), p("")}
	m.parts[partTextboxes] = []para{p("框"), p("")}
	m.parts[partHeaders] = []para{p("眉"), p("")}
	end := m.ends(partHeaders)[2]
	m.with(fcHeaders, plcOf([]int{0, 0, 0, 0, 0, 0, 0, 0, end, end, end, end, end}))
	m.with(fcFootnoteRef, plcOf(append(m.places(charNoteRef), 99), make([]byte, 2))).with(fcFootnoteText, plcOf(m.ends(partFootnotes)))
	m.with(fcTextboxes, plcOf(m.ends(partTextboxes), cat(make([]byte, 14), le32(7), le32(0)), make([]byte, 22)))
	m.with(fcShapes, plcOf(append(m.places(charShape), 99), cat(le32(7), make([]byte, 22))))
	m.with(fcDrawings, cat(rec(0, recDggContainer), []byte{0}, rec(0, recDgContainer, rec(0, recGroup, shapeRec(1, nil), shapeRec(7, map[int]string{0x381: "图"}, 0x104, 1)))))
	var nine [][]byte
	for k := range 9 {
		nine = append(nine, lvl(1, 37, 0, 2, string(rune(k))+"、"))
	}
	m.lists([][][]byte{nine}, map[int]int{0: 1}).with(fcListOverrides, cat(le32(1), lfo(0, 1), le32(0), le32(3), le32(1<<4)))
	m.styles = [][]byte{std(0, styleParagraph, noStyle, "Normal", nil, nil), std(1, styleParagraph, 0, "heading 1", nil, sp(sprmCFBold, 1))}
	m.with(fcFonts, cat(le16(1), le16(0), ffn("Symbol")))
	m.cuts = []int{5, 9}
	return m
}

// validate checks what holds for every document.
func validate(e *extract.Extraction) error {
	for i := range e.Document.Blocks {
		b := &e.Document.Blocks[i]
		if b.Table != nil && (*b.Table < 0 || *b.Table >= len(e.Document.Tables)) {
			return fmt.Errorf("block %d: table %d", i, *b.Table)
		}
		if b.Type != extract.Image && b.Table == nil && strings.TrimSpace(b.Text) == "" {
			return fmt.Errorf("block %d is empty", i)
		}
	}
	for i := range e.Document.Tables {
		t := &e.Document.Tables[i]
		covered := make([]bool, t.Rows*t.Columns)
		for _, c := range t.Cells {
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				for k := c.Column; k < c.Column+c.ColumnSpan; k++ {
					if r >= t.Rows || k >= t.Columns || covered[r*t.Columns+k] {
						return fmt.Errorf("table %d: position %d, %d", i, r, k)
					}
					covered[r*t.Columns+k] = true
				}
			}
			if c.RowSpan < 1 || c.ColumnSpan < 1 {
				return fmt.Errorf("table %d: a cell without extent", i)
			}
		}
	}
	return nil
}

// check reads two streams and tests the properties of any reading.
func check(t *testing.T, main, table, data []byte) {
	t.Helper()
	m := &made{data: data}
	file := m.fileOf(main, table)
	e, err := readBytes(file, extract.DefaultLimits())
	if err != nil {
		if bad := extract.AsError(err); bad == nil || bad.Detail == "" || e != nil {
			t.Fatalf("error %v, result %v", err, e)
		}
		return
	}
	if err := validate(e); err != nil {
		t.Fatal(err)
	}
	again, err := readBytes(file, extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(e)
	b, _ := json.Marshal(again)
	if !bytes.Equal(a, b) {
		t.Fatal("a second reading differs")
	}
}

func FuzzRead(f *testing.F) {
	main, table := everything().streams()
	f.Add(main, table, []byte("Data"))
	main, table = body(p("文")).streams()
	f.Add(main, table, []byte{})
	f.Fuzz(func(t *testing.T, main, table, data []byte) { check(t, main, table, data) })
}

// Damage in any place ends in a result or an error.
func TestMutations(t *testing.T) {
	main, table := everything().streams()
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		a, b := bytes.Clone(main), bytes.Clone(table)
		for range 1 + r.IntN(8) {
			target := a
			if r.IntN(2) == 0 {
				target = b
			}
			at := r.IntN(len(target))
			switch r.IntN(3) {
			case 0:
				target[at] = byte(r.Uint32())
			case 1:
				target[at] = 0xff
			case 2:
				target[at] ^= 1 << r.IntN(8)
			}
		}
		check(t, a[:len(a)-r.IntN(2)*r.IntN(len(a))], b, nil)
	}
}

func TestEverything(t *testing.T) {
	everything().expect(t, "h1: 总体", "image: 图", "p textbox: 框", "p [三、]: 三、编号", "p [一、]: 一、二级",
		"table 0", "  甲⏎乙|1|<", "  ^|2|3", "p: 注1", "p footnote: 脚注", "p header: 眉")
}

// typicalReport is of the usual size: six chapters, three tables of 14 rows and
// 10 columns.
func typicalReport() []byte {
	var list []para
	var edges []int
	for i := range 11 {
		edges = append(edges, 900*i)
	}
	for chapter := range 6 {
		list = append(list, para{text: "本章题目", style: 1})
		for range 5 {
			list = append(list, p(strings.Repeat("本机关按照要求做好信息公开工作，", 12)))
		}
		if chapter%2 == 0 {
			continue
		}
		for r := range 14 {
			var cells []string
			for c := range 10 {
				cells = append(cells, fmt.Sprint(r*c))
			}
			list = append(list, row(edges, []int{downContinue << 5}, cells...)...)
		}
	}
	return body(list...).file()
}

func BenchmarkRead(b *testing.B) {
	file := typicalReport()
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		e, err := readBytes(file, extract.DefaultLimits())
		if err != nil || len(e.Document.Tables) != 3 {
			b.Fatal(err)
		}
	}
}

// The cost of reading grows with the input, not with its square.
func TestLinearAllocations(t *testing.T) {
	count := func(list ...para) float64 {
		file := body(list...).file()
		return testing.AllocsPerRun(2, func() {
			if _, err := readBytes(file, extract.DefaultLimits()); err != nil {
				t.Fatal(err)
			}
		})
	}
	for name, piece := range map[string][]para{
		"paragraphs": {p("文")}, "rows": row([]int{0, 1000, 2000}, nil, "甲", "1"), "marks deleted": {{text: "文", markChars: sp(sprmCFRMarkDel, 1)}},
	} {
		many := func(n int) (out []para) {
			for range n {
				out = append(out, piece...)
			}
			return out
		}
		if small, large := count(many(300)...), count(many(3000)...); large > small*30 {
			t.Errorf("%s: %g allocations for 300, %g for 3000", name, small, large)
		}
	}
}
