package export_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/export"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// workbook is the written file, opened again; no temporary file is left.
func workbook(t *testing.T, s export.Set) *excelize.File {
	t.Helper()
	s.TempDir = t.TempDir()
	var b bytes.Buffer
	if err := export.XLSX(&b, s); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(s.TempDir); err != nil || len(left) > 0 {
		t.Errorf("temporary files: %v %v", left, err)
	}
	noFormulas(t, b.Bytes())
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// noFormulas: no part of the workbook has an element that is evaluated or leads out.
func noFormulas(t *testing.T, b []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<f>", "<f ", "<hyperlink", "TargetMode=", "externalLink"} {
			if bytes.Contains(text, []byte(bad)) {
				t.Errorf("%s has %s", part.Name, bad)
			}
		}
	}
}

// rowsOf are the rows of a sheet by the names of their columns.
func rowsOf(t *testing.T, f *excelize.File, sheet string) []map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, v := range row {
			named[rows[0][i]] = v
		}
		out = append(out, named)
	}
	return out
}

// at is the cell of a named column in a row of the sheet, counted from 2.
func at(t *testing.T, f *excelize.File, sheet, column string, row int) string {
	t.Helper()
	head, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.Index(head[0], column)
	if i < 0 {
		t.Fatalf("%s has no column %q", sheet, column)
	}
	cell, err := excelize.CoordinatesToCellName(i+1, row)
	if err != nil {
		t.Fatal(err)
	}
	return cell
}

func TestXLSXHasEveryCell(t *testing.T) {
	results := []*report.Result{made(1, "2021"), made(2, "2019"), made(3, "2021")}
	f := workbook(t, set(results...))
	if d := f.GetSheetList(); !slices.Equal(d, []string{"2021年表式", "2019年表式", "来源", "列说明"}) {
		t.Errorf("sheets %q", d)
	}
	rows := map[string][]map[string]string{}
	for _, r := range results {
		name := r.Report.Form + "年表式"
		if rows[name] == nil {
			rows[name] = rowsOf(t, f, name)
		}
		row := rows[name][0]
		rows[name] = rows[name][1:]
		own, _ := form.Lookup(r.Report.Form)
		for _, c := range export.Columns(&own)[:len(own.Cells())] {
			want, _ := (&export.Entry{Result: r}).Cell(c.Path).(report.Number)
			got, err := strconv.ParseFloat(row[c.Name], 64)
			if err != nil || got != want.Float() {
				t.Errorf("%s: %q, want %s", c.Name, row[c.Name], want)
			}
		}
	}
	if got := rowsOf(t, f, "列说明"); len(got) != 208+199 || got[0]["列"] != "O" || got[0]["工作表"] != "2021年表式" {
		t.Errorf("%d columns explained, the first: %v", len(got), got[0])
	}
}

// Numbers are numbers, dates dates, and what a document holds is text, though it looks
// like a formula.
func TestXLSXTypes(t *testing.T) {
	res := hostile()
	put(res, "/report/proactive_disclosure/administrative_fees/amount_10k_yuan", "12345678901234567.25", report.StateNumber)
	f := workbook(t, set(res, made(2, "2021")))
	names := map[string]string{}
	own, _ := form.Lookup("2021")
	for _, c := range export.Columns(&own) {
		names[c.Path] = c.Name
	}
	const sheet = "2021年表式"
	for column, want := range map[string]struct {
		kind excelize.CellType
		text string
	}{
		"机关":            {excelize.CellTypeInlineString, "@SUM(A1:A9)"},
		"标题":            {excelize.CellTypeInlineString, "-1+cmd|' /C calc'!A0"},
		"文件":            {excelize.CellTypeInlineString, "\t=1.docx"},
		"年度":            {excelize.CellTypeUnset, "2021"},
		names[newTotal]: {excelize.CellTypeInlineString, "=cmd()"},
		names[newOther]: {excelize.CellTypeInlineString, "+1"},
		names[carried]:  {excelize.CellTypeInlineString, "?12"},
		names[granted]:  {excelize.CellTypeInlineString, "/"},
		names[secret]:   {excelize.CellTypeUnset, ""},
		"第二十条第（八）项·行政事业性收费·本年收费金额（单位：万元）": {excelize.CellTypeInlineString, "12345678901234567.25"}, // a number of the format would lose digits
	} {
		cell := at(t, f, sheet, column, 2)
		kind, err := f.GetCellType(sheet, cell)
		text, textErr := f.GetCellValue(sheet, cell)
		if err != nil || textErr != nil || kind != want.kind || text != want.text {
			t.Errorf("%s (%s): type %d, %q; want %d, %q", column, cell, kind, text, want.kind, want.text)
		}
	}
	cell := at(t, f, sheet, "落款日期", 3)
	raw, _ := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	shown, _ := f.GetCellValue(sheet, cell)
	if want := made(2, "2021").Report.SignedOn.String(); shown != want || strings.Contains(raw, "-") {
		t.Errorf("date %q, raw %q, want %s", shown, raw, want)
	}
}

func TestXLSXOtherSheets(t *testing.T) {
	s := set(hostile())
	all := s.Entries
	s.Entries = func(yield func(export.Entry, error) bool) {
		all(yield)
		yield(failure(), nil)
	}
	f := workbook(t, s)
	if d := f.GetSheetList(); !slices.Equal(d, []string{"2021年表式", "其他文件", "问题", "来源", "出处", "读取损失", "列说明"}) {
		t.Errorf("sheets %q", d)
	}
	found := rowsOf(t, f, "问题")
	if len(found) != 1 || found[0]["填写"] != "11" || found[0]["应为"] != "12" || found[0]["位置"] != "一、本年新收政府信息公开申请数量·总计" ||
		found[0]["规则"] != "规则 applications.balance" || strings.Contains(found[0]["问题"]+found[0]["原文"], "13812345678") {
		t.Errorf("findings %v", found)
	}
	cells := rowsOf(t, f, "出处")
	var states []string
	for _, c := range cells {
		states = append(states, c["状态"]+" "+c["原文"])
	}
	if want := []string{"读不成数字 +1", "读不成数字 =cmd()", "不能对应到列 12", "以符号代替 /", "空白 "}; !slices.Equal(states, want) {
		t.Errorf("cells that are no number: %q", states)
	}
	if o := rowsOf(t, f, "其他文件"); len(o) != 1 || o[0]["结论"] != "未能转换" || o[0]["文件"] != "坏.pdf" {
		t.Errorf("failures %v", o)
	}
	if src := rowsOf(t, f, "来源"); len(src) != 2 || src[0]["SHA-256"] != strings.Repeat("0a", 32) || src[1]["SHA-256"] != "0b" {
		t.Errorf("sources %v", src)
	}
	if l := rowsOf(t, f, "读取损失"); len(l) != 1 || l[0]["代码"] != "text_box" || l[0]["页"] != "2" {
		t.Errorf("losses %v", l)
	}
}

// One report has its tables as the notice prints them, with every figure at its place.
func TestXLSXPaper(t *testing.T) {
	for _, id := range []string{"2021", "2019"} {
		res := made(4, id)
		s := set(res)
		f := workbook(t, s)
		own, _ := form.Lookup(id)
		for _, sheet := range []string{"二、表", "三、表", "四、表"} {
			if !slices.Contains(f.GetSheetList(), sheet) {
				t.Fatalf("%s: sheets %q", id, f.GetSheetList())
			}
		}
		if n := len(rowsOf(t, f, "出处")); n != len(own.Cells()) {
			t.Errorf("%s: places of %d cells", id, n)
		}
		figures := 0
		for i, sheet := range []string{"二、表", "三、表", "四、表"} {
			merged, err := f.GetMergeCells(sheet)
			if err != nil {
				t.Fatal(err)
			}
			spans := 1 // the title
			for r, row := range own.Tables[i].Paper() {
				for _, c := range row {
					cell, err := excelize.CoordinatesToCellName(c.Column+1, r+2)
					if err != nil {
						t.Fatal(err)
					}
					got, err := f.GetCellValue(sheet, cell)
					if err != nil {
						t.Fatal(err)
					}
					want := c.Text
					if c.Kind == form.CellValue {
						n, _ := (&export.Entry{Result: res}).Cell(c.Path).(report.Number)
						want = fmt.Sprint(n.Float())
						figures++
					}
					if got != want {
						t.Errorf("%s %s %s: %q, want %q", id, sheet, cell, got, want)
					}
					if c.RowSpan*c.ColSpan > 1 {
						spans++
						last, _ := excelize.CoordinatesToCellName(c.Column+c.ColSpan, r+1+c.RowSpan)
						if !slices.ContainsFunc(merged, func(m excelize.MergeCell) bool { return m.GetStartAxis() == cell && m.GetEndAxis() == last }) {
							t.Errorf("%s %s: %s:%s is not merged", id, sheet, cell, last)
						}
					}
				}
			}
			if len(merged) != spans {
				t.Errorf("%s %s: %d merged cells, want %d", id, sheet, len(merged), spans)
			}
		}
		if figures != len(own.Cells()) {
			t.Errorf("%s: %d figures on paper", id, figures)
		}
	}
}

// A list that is longer than a sheet goes on in another; nothing at all is a workbook,
// too; a text that is longer than a cell says that it was cut.
func TestXLSXLimits(t *testing.T) {
	f := workbook(t, set(made(1, "2021"), made(2, "2021"), made(3, "2021")).Rows(3))
	if d := f.GetSheetList(); !slices.Equal(d[:3], []string{"2021年表式", "2021年表式（2）", "来源"}) {
		t.Errorf("sheets %q", d)
	}
	if a, b := rowsOf(t, f, "2021年表式"), rowsOf(t, f, "2021年表式（2）"); len(a) != 2 || len(b) != 1 || b[0]["文件"] != "年报3.docx" {
		t.Errorf("%d and %d rows", len(a), len(b))
	}
	f = workbook(t, set())
	if d := f.GetSheetList(); !slices.Equal(d, []string{"其他文件"}) {
		t.Errorf("of nothing: %q", d)
	}
	for n, cut := range map[int]bool{32767: false, 32768: true} {
		res := made(1, "2021")
		res.Report.Title = ptr(strings.Repeat("长", n))
		f := workbook(t, set(res))
		got, err := f.GetCellValue("2021年表式", at(t, f, "2021年表式", "标题", 2))
		if err != nil || strings.HasSuffix(got, "见 JSON）") != cut || len([]rune(got)) != 32767 {
			t.Errorf("%d characters: %d, %v", n, len([]rune(got)), err)
		}
	}
}

// repeated gives a result n times.
func repeated(n int, results ...*report.Result) export.Set {
	s := set()
	s.Entries = func(yield func(export.Entry, error) bool) {
		for i := range n {
			if !yield(export.Entry{Result: results[i%len(results)], ID: strconv.Itoa(i)}, nil) {
				return
			}
		}
	}
	return s
}

// heap is a writer that watches how much is held.
type heap struct{ most uint64 }

func (h *heap) Write(p []byte) (int, error) {
	h.look()
	return len(p), nil
}

func (h *heap) look() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h.most = max(h.most, m.HeapInuse)
}

// What is held does not grow with the number of reports.
func TestMemoryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("10,000 reports")
	}
	results := []*report.Result{made(1, "2021"), hostile(), made(2, "2019")}
	for _, f := range export.Formats() {
		runtime.GC() // what the format before has held
		n := 10_000
		if f.Many().Name != f.Name {
			n = 300 // files are held one at a time
		}
		s, w := repeated(n, results...), &heap{}
		s.TempDir = t.TempDir()
		all := s.Entries
		s.Entries = func(yield func(export.Entry, error) bool) {
			n := 0
			for e, err := range all {
				if n++; n%500 == 0 {
					w.look()
				}
				if !yield(e, err) {
					return
				}
			}
		}
		if err := f.Many().Write(w, s); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: at most %d MiB", f.Name, w.most>>20)
		if w.most > 300<<20 {
			t.Errorf("%s holds %d MiB", f.Name, w.most>>20)
		}
	}
}

func BenchmarkFormats(b *testing.B) {
	results := []*report.Result{made(1, "2021"), hostile(), made(2, "2019")}
	for _, f := range export.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s := repeated(1000, results...)
				s.TempDir = b.TempDir()
				if err := f.Many().Write(io.Discard, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
