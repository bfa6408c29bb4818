package tablescore

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
)

// truth has a title over two columns, a blank cell and a second table.
const truth = `<?xml version="1.0" encoding="UTF-8"?>
<document filename='made.pdf'>
 <table id='1'><region id='1' page='2' col-increment='0' row-increment='0'>
  <cell start-row='0' start-col='1' end-col='2'><content>Title</content></cell>
  <cell start-row='1' start-col='0'><content>Name</content></cell>
  <cell start-row='1' start-col='1'><content>A</content></cell>
  <cell start-row='1' start-col='2'><content>B</content></cell>
  <cell start-row='2' start-col='0'><content>two
 lines</content></cell>
  <cell start-row='2' start-col='2'><content>– 1</content></cell>
 </region></table>
 <table id='2'><region id='1' page='3'>
  <cell start-row='-1' start-col='0'><content>x</content></cell>
  <cell start-row='0' start-col='0'><content>y</content></cell>
 </region></table>
</document>`

func readTruth(t *testing.T, s string) []extract.Table {
	t.Helper()
	tables, err := ReadICDAR(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func cellAt(row, column, rowSpan, columnSpan int, text string) extract.Cell {
	return extract.Cell{Row: row, Column: column, RowSpan: rowSpan, ColumnSpan: columnSpan, Text: text}
}

func TestTruthAgainstItself(t *testing.T) {
	a := readTruth(t, truth)
	s := Compare(a, a)
	// Title↓A, Title↓B, Name→A, A→B, Name↓two, B↓1, two→1 (past the blank), x↓y.
	if want := (Count{8, 8, 8}); s.Relations != want {
		t.Errorf("relations %v, want %v", s.Relations, want)
	}
	if want := (Count{8, 8, 8}); s.Cells != want || s.Spans != want {
		t.Errorf("cells %v, spans %v, want %v", s.Cells, s.Spans, want)
	}
	if len(s.Missed)+len(s.Invented) > 0 {
		t.Errorf("differences: %v %v", s.Missed, s.Invented)
	}
}

func TestCompare(t *testing.T) {
	found := extract.Table{Rows: 4, Columns: 4, Pages: []int{2}, Cells: []extract.Cell{
		cellAt(0, 1, 1, 1, "TITLE"), // the span is missing, so is the relation to B
		cellAt(1, 0, 1, 1, "Name"), cellAt(1, 1, 1, 1, "A"), cellAt(1, 2, 1, 1, "B"),
		cellAt(2, 0, 1, 4, ""), // an empty row and an empty column do no harm
		cellAt(3, 0, 1, 1, "two lines"), cellAt(3, 2, 1, 1, "-1"), cellAt(3, 3, 1, 1, " "),
	}}
	s := Compare(readTruth(t, truth), []extract.Table{found})
	if want := (Count{8, 6, 6}); s.Relations != want {
		t.Errorf("relations %v, want %v", s.Relations, want)
	}
	if want := (Count{8, 6, 6}); s.Cells != want {
		t.Errorf("cells %v, want %v", s.Cells, want)
	}
	if want := (Count{8, 6, 5}); s.Spans != want {
		t.Errorf("spans %v, want %v", s.Spans, want)
	}
	missed := []Relation{{2, true, "title", "b"}, {3, true, "x", "y"}}
	if d := cmp.Diff(missed, s.Missed); d != "" {
		t.Errorf("missed (-want +got):\n%s", d)
	}
	found.Pages = []int{1}
	if s := Compare(readTruth(t, truth), []extract.Table{found}); s.Relations.Right != 0 || len(s.Invented) != 6 {
		t.Errorf("a table of another page counts: %+v", s)
	}
}

func TestCountExtremes(t *testing.T) {
	for _, tt := range []struct {
		c       Count
		p, r, f float64
	}{
		{Count{0, 0, 0}, 1, 1, 1},
		{Count{4, 0, 0}, 1, 0, 0},
		{Count{0, 4, 0}, 0, 1, 0},
		{Count{4, 2, 1}, 0.5, 0.25, 1.0 / 3},
	} {
		if p, r, f := tt.c.Precision(), tt.c.Recall(), tt.c.F1(); p != tt.p || r != tt.r || f != tt.f {
			t.Errorf("%v: %v %v %v, want %v %v %v", tt.c, p, r, f, tt.p, tt.r, tt.f)
		}
	}
}

// Joined pieces are compared on their own pages, with the header each shows.
func TestJoinedTable(t *testing.T) {
	one, two := 1, 2
	head := func(n *int) []extract.Cell {
		return []extract.Cell{{Row: 0, RowSpan: 1, ColumnSpan: 1, Text: "head", Page: n}}
	}
	piece := func(n *int, text string) extract.Table {
		return extract.Table{Rows: 2, Columns: 1, Pages: []int{*n}, Cells: append(head(n),
			extract.Cell{Row: 1, RowSpan: 1, ColumnSpan: 1, Text: text, Page: n})}
	}
	joined := extract.Table{Rows: 3, Columns: 1, Pages: []int{1, 2}, Cells: append(head(&one),
		extract.Cell{Row: 1, RowSpan: 1, ColumnSpan: 1, Text: "a", Page: &one},
		extract.Cell{Row: 2, RowSpan: 1, ColumnSpan: 1, Text: "b", Page: &two}),
		Joined: []extract.Piece{{Page: 1}, {Page: 2, FirstRow: 2, HeaderDropped: 1}}}
	s := Compare([]extract.Table{piece(&one, "a"), piece(&two, "b")}, []extract.Table{joined})
	if want := (Count{2, 2, 2}); s.Relations != want || s.Spans != (Count{4, 4, 4}) {
		t.Errorf("relations %v, cells %v", s.Relations, s.Spans)
	}
}

func TestCSVHasNoPages(t *testing.T) {
	a, err := ReadCSV(strings.NewReader("\ufeffa,b\n\"c, d\",e,f\n"))
	if err != nil {
		t.Fatal(err)
	}
	found := extract.Table{Rows: 2, Columns: 3, Pages: []int{7}, Cells: []extract.Cell{
		cellAt(0, 0, 1, 1, "a"), cellAt(0, 1, 1, 1, "b"), cellAt(1, 0, 1, 1, "c, d"), cellAt(1, 1, 1, 1, "e"), cellAt(1, 2, 1, 1, "f"),
	}}
	if s := Compare(a, []extract.Table{found}); s.Relations != (Count{5, 5, 5}) || s.Tables.Right != 1 {
		t.Errorf("%+v", s)
	}
}

func TestBadTruth(t *testing.T) {
	for name, s := range map[string]string{
		"no XML":        "<document><table>",
		"negative span": `<document><table><region page='1'><cell start-row='3' start-col='0' end-row='1'/></region></table></document>`,
		"absurd grid":   `<document><table><region page='1'><cell start-row='0' start-col='0' end-row='3000000' end-col='9'/></region></table></document>`,
	} {
		if tables, err := ReadICDAR(strings.NewReader(s)); err == nil {
			t.Errorf("%s: %v", name, tables)
		}
	}
}
