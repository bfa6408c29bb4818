package spreadsheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
	"nianbao/convert/spreadsheet"
)

func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "甲": "甲", "=1+1": "'=1+1", " =1": "' =1", "\t=1": "'\t=1", "+86": "'+86", "-3": "-3", "-3+cmd": "'-3+cmd", "@x": "'@x", "＝1": "'＝1",
		"3-1": "3-1", "　-x": "'　-x", "'": "''",
	} {
		if got := spreadsheet.Guard(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzGuard(f *testing.F) {
	for _, s := range []string{"", "=1", " =1", "'", "''", "-4", "-4+1", "+1", "＝1", "\u3000@x", "\t", "1.5", "-.5", "\ufeff=1", "'=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := spreadsheet.Guard(s)
		if spreadsheet.Unguard(g) != s {
			t.Fatalf("%q is guarded as %q", s, g)
		}
		if bare := strings.TrimLeft(g, " \u00a0\u3000"); bare != "" && strings.ContainsAny(bare[:1], "=+@\t\r\n") {
			t.Fatalf("%q stays %q", s, g)
		}
	})
}

// A text is a figure only where nothing of it is lost.
func TestFigure(t *testing.T) {
	for _, s := range []string{"0", "12", "-3", "0.5", "-0.25"} {
		if _, ok := spreadsheet.Figure(s).(report.Number); !ok {
			t.Errorf("%q is no figure", s)
		}
	}
	for _, s := range []string{"", "007", "-01", "1,000", "１２", "=1", "1e3", ".5"} {
		if got := spreadsheet.Figure(s); got != s {
			t.Errorf("%q is %v", s, got)
		}
	}
}

func TestLines(t *testing.T) {
	for text, want := range map[string]int{"": 1, "甲乙丙": 1, "甲乙丙丁戊": 2, "a\nb\n": 3, "甲乙丙丁戊\n甲": 3} {
		if got := spreadsheet.Lines(text, 9); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// A list made for paper has its header on each page, is as wide as the page, and each
// row is as high as its text needs.
func TestPrintedList(t *testing.T) {
	b, err := spreadsheet.New(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	l := b.List(spreadsheet.List{Name: "清单", Header: []string{"数", "问题"}, Widths: []float64{6, 21}, Printed: true})
	for _, v := range []any{strings.Repeat("字", 25), "=1+1", nil} {
		if err := l.Put(spreadsheet.Figure("12"), v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if h, err := f.GetRowHeight("清单", 2); err != nil || h != 45 {
		t.Errorf("25 characters at 20 figures: %v points, %v", h, err)
	}
	if typ, err := f.GetCellType("清单", "B3"); err != nil || typ == excelize.CellTypeFormula || typ == excelize.CellTypeNumber {
		t.Errorf("type %v, %v", typ, err)
	}
	if typ, err := f.GetCellType("清单", "A2"); err != nil || typ != excelize.CellTypeUnset && typ != excelize.CellTypeNumber {
		t.Errorf("the figure has type %v, %v", typ, err)
	}
	if p, err := f.GetPageLayout("清单"); err != nil || *p.FitToWidth != 1 || *p.FitToHeight != 0 || *p.Orientation != "landscape" {
		t.Errorf("%+v, %v", p, err)
	}
	titles := false
	for _, n := range f.GetDefinedName() {
		titles = titles || n.Name == "_xlnm.Print_Titles" && strings.HasSuffix(n.RefersTo, "$1:$1")
	}
	if !titles {
		t.Error("the header is not repeated")
	}
}
