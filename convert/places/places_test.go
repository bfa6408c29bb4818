package places

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/reader"
)

// made converts made reports: Word, PDF, and PDF on pages so low that tables run
// over many.
func made(t *testing.T, check func(t *testing.T, res *report.Result, doc *extract.Document)) {
	low := fixture.DefaultStyle()
	low.PageHeight = 400
	for seed := range uint64(3) {
		for _, id := range []string{"2019", "2021"} {
			r := fixture.New(seed, id)
			word, err := r.DOCX()
			if err != nil {
				t.Fatal(err)
			}
			for name, b := range map[string][]byte{"Word": word, "PDF": r.PDF(fixture.DefaultStyle()), "low pages": r.PDF(low)} {
				t.Run(name+" "+id+" "+strconv.FormatUint(seed, 10), func(t *testing.T) {
					ex, err := reader.Read(t.Context(), bytes.NewReader(b), int64(len(b)), extract.DefaultLimits(), nil)
					if err != nil {
						t.Fatal(err)
					}
					check(t, convert.Convert(ex, report.Source{}, convert.Options{}), ex.Document)
				})
			}
		}
	}
}

// Every figure's spot is the cell it was read from, with all its pieces.
func TestFigures(t *testing.T) {
	made(t, func(t *testing.T, res *report.Result, doc *extract.Document) {
		x := New(res, doc)
		ids := map[string]string{}
		for pointer, p := range res.Provenance {
			s := x.Of(pointer)
			if len(s) != 1 || s[0].Cell == nil || s[0].Cell.Text != p.Text {
				t.Fatalf("%s (%q): %+v", pointer, p.Text, s)
			}
			if other, twice := ids[s[0].ID()]; twice && s[0].Cell.RowSpan*s[0].Cell.ColumnSpan == 1 {
				t.Errorf("%s and %s are both %s", pointer, other, s[0].ID())
			}
			ids[s[0].ID()] = pointer
			b := x.Boxes(s[0])
			if len(doc.Pages) == 0 {
				if len(b) != 0 {
					t.Errorf("%s has boxes in Word", pointer)
				}
				continue
			}
			if len(b) == 0 || b[0].Page != *p.Page || [4]float64(b[0].BBox) != *p.BBox {
				t.Errorf("%s: %+v, want page %d, %v", pointer, b, *p.Page, *p.BBox)
			}
		}
	})
}

// A cell that a page break cut stands in two places.
func TestCutCell(t *testing.T) {
	page := 2
	doc := &extract.Document{
		Pages:  []extract.Page{{Number: 2}, {Number: 3}},
		Blocks: []extract.Block{{Type: extract.TableRef, Table: new(int)}},
		Tables: []extract.Table{{Rows: 1, Columns: 1, Cells: []extract.Cell{{RowSpan: 1, ColumnSpan: 1, Text: "12", Page: &page, BBox: &extract.BBox{1, 2, 3, 4},
			Parts: []extract.CellPart{{Page: 2, BBox: &extract.BBox{1, 2, 3, 4}, Text: "1"}, {Page: 3, BBox: &extract.BBox{5, 6, 7, 8}, Text: "2"}}}}}},
	}
	res := &report.Result{Provenance: map[string]report.Place{"/report/a/b": {Table: new(int), Row: new(int), Column: new(int), Page: &page}}}
	x := New(res, doc)
	s := x.Of("/report/a/b")
	if len(s) != 1 {
		t.Fatalf("%+v", s)
	}
	if b := x.Boxes(s[0]); len(b) != 2 || b[0].Page != 2 || b[1].Page != 3 || b[1].BBox != (extract.BBox{5, 6, 7, 8}) {
		t.Errorf("%+v", b)
	}
}

// Every line of every chapter, its heading, title and signature are found, and in
// the right block.
func TestText(t *testing.T) {
	made(t, func(t *testing.T, res *report.Result, doc *extract.Document) {
		x := New(res, doc)
		says := func(s Spot, want string) bool {
			return strings.Contains(compact(doc.Blocks[s.Block].Text), compact(want))
		}
		for i, sec := range res.Report.Sections {
			if at := x.Of("/report/sections/" + strconv.Itoa(i)); len(at) != 1 || !says(at[0], sec.Title) {
				t.Errorf("heading %q: %+v", sec.Title, at)
			}
			for n, l := range strings.Split(sec.Text, "\n") {
				if at, ok := x.Paragraph(i, n); sec.Text != "" && (!ok || !says(at, l)) {
					t.Errorf("line %q: %+v, %v", l, at, ok)
				}
			}
		}
		for path, want := range map[string]string{"title": *res.Report.Title, "signed_by": *res.Report.SignedBy, "signed_on": "日"} {
			if at := x.Of("/report/" + path); len(at) == 0 || !says(at[0], want) && path != "title" {
				t.Errorf("%s: %+v", path, at)
			}
		}
	})
}

func TestNowhere(t *testing.T) {
	made(t, func(t *testing.T, res *report.Result, doc *extract.Document) {
		x := New(res, doc)
		for _, p := range []string{"", "/", "/report", "/report/applications", "/report/sections", "/report/sections/99", "/report/sections/-1/text",
			"/report/sections/x", "/report/narrative_claims/999", "/report/registration/7", "/report/metadata/publisher", "/other"} {
			if s := x.Of(p); len(s) != 0 {
				t.Errorf("%q: %+v", p, s)
			}
		}
		if _, ok := x.Paragraph(0, 999); ok {
			t.Error("a line that is none has a place")
		}
	})
}

// A finding on a sentence is the sentence's paragraph, though it is cut or masked.
func TestFinding(t *testing.T) {
	line := func(text string) extract.Block { return extract.Block{Type: extract.Paragraph, Text: text} }
	doc := &extract.Document{
		Blocks: []extract.Block{
			line("云溪县水务局2023年政府信息公开"), line("工作年度报告"), line("一、总体情况"), line("一是完善制度，明确分工。"),
			line("咨询电话 13812345678，由办公室负责答复。"), line("全年共收到申请 9 件，"), line("办结 8 件。"),
			{Type: extract.TableRef, Table: new(int)}, line("云溪县水务局"), line("二〇二四年一月十八日"),
		},
		Tables: []extract.Table{{Rows: 2, Columns: 2, Cells: []extract.Cell{
			{Row: 0, RowSpan: 1, ColumnSpan: 1, Text: "电话"}, {Row: 0, Column: 1, RowSpan: 1, ColumnSpan: 1, Text: "027 123"},
			{Row: 1, RowSpan: 1, ColumnSpan: 1, Text: "1"}, {Row: 1, Column: 1, RowSpan: 1, ColumnSpan: 1, Text: "2"},
		}}},
	}
	s := func(v string) *string { return &v }
	row := 1
	res := &report.Result{
		Report: report.Report{
			Title: s("云溪县水务局2023年政府信息公开工作年度报告"), SignedBy: s("云溪县水务局"), SignedOn: &report.Date{Year: 2024, Month: 1, Day: 18},
			Sections: []report.Section{{Title: "总体情况", Number: s("一"),
				Text: "一是完善制度，明确分工。\n咨询电话 13812345678，由办公室负责答复。\n全年共收到申请 9 件，\n办结 8 件。"}},
			Registration:    []report.Registration{{Label: "电话", Value: "027123"}},
			NarrativeClaims: []report.NarrativeClaim{{Place: "/report/sections/0/text", Start: 47, End: 48}},
		},
		Provenance: map[string]report.Place{"/report/applications/new/total": {State: report.StateAmbiguous, Table: new(int), Row: &row}},
	}
	x := New(res, doc)
	for _, c := range []struct {
		name, want string
		f          report.Finding
	}{
		{"title", "b0 b1", report.Finding{Paths: []string{"/report/title"}}},
		{"signature", "b8", report.Finding{Paths: []string{"/report/signed_by"}}},
		{"date", "b9", report.Finding{Paths: []string{"/report/signed_on"}}},
		{"masked", "b4", report.Finding{Paths: []string{"/report/sections/0/text"}, Quote: s("咨询电话138****5678，由")}},
		{"over two lines", "b5 b6", report.Finding{Paths: []string{"/report/sections/0/text"}, Quote: s("共收到申请9件，办结8件")}},
		{"cut", "b3", report.Finding{Paths: []string{"/report/sections/0/text"}, Quote: s("一是完善制度…")}},
		{"not found", "b2", report.Finding{Paths: []string{"/report/sections/0/text"}, Quote: s("没有这句话")}},
		{"without quote", "b2", report.Finding{Paths: []string{"/report/sections/0"}}},
		{"registration", "cell-0-0-1", report.Finding{Paths: []string{"/report/registration/0/value"}}},
		{"a row that is not clear", "cell-0-1-0 cell-0-1-1", report.Finding{Paths: []string{"/report/applications/new/total"}}},
		{"each place once", "b0 b1 b8", report.Finding{Paths: []string{"/report/title", "/report/agency", "/report/signed_by"}}},
		{"a figure of the text", "b5", report.Finding{Paths: []string{"/report/narrative_claims/0"}}},
		{"nowhere", "", report.Finding{Paths: []string{"/report/sections"}}},
	} {
		var ids []string
		for _, s := range x.Finding(&c.f) {
			ids = append(ids, s.ID())
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 31: "三十一"} {
		if got := hanNumber(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	data := fixture.New(1, "2021").PDF(fixture.DefaultStyle())
	ex, err := reader.Read(b.Context(), bytes.NewReader(data), int64(len(data)), extract.DefaultLimits(), nil)
	if err != nil {
		b.Fatal(err)
	}
	res := convert.Convert(ex, report.Source{}, convert.Options{})
	b.ReportAllocs()
	for b.Loop() {
		x := New(res, ex.Document)
		for p := range res.Provenance {
			x.Of(p)
		}
	}
}
