package export_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/export"
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/wordform"
	"nianbao/convert/wordml"
)

// files are the files of a zip, in their order.
func files(t *testing.T, b []byte) (names []string, content map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	content = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
		content[f.Name] = string(b)
	}
	return names, content
}

// word is the main part of the Word file of a set.
func word(t *testing.T, s export.Set) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.DOCX(&b, s); err != nil {
		t.Fatal(err)
	}
	_, parts := files(t, b.Bytes())
	return parts["word/document.xml"]
}

// Blank cells stay blank, what is printed and no number is printed as it was, and an
// amount in another unit than the form's has it beside.
func TestCellsInWord(t *testing.T) {
	res := hostile()
	const fees, rules = "/report/proactive_disclosure/administrative_fees/amount_10k_yuan", "/report/proactive_disclosure/regulations/issued"
	put(res, fees, "160.5964", report.StateNumber)
	place := res.Provenance[fees]
	place.Unit = ptr("元")
	res.Provenance[fees] = place
	put(res, rules, "若干", report.StateText)
	doc := word(t, set(res))
	for _, want := range []string{">=cmd()<", ">+1<", ">?12<", ">/<", ">160.5964元<", ">若干<", ">-1+cmd|' /C calc'!A0<"} {
		if !strings.Contains(doc, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if _, row, _ := strings.Cut(doc, "1.属于国家秘密"); !strings.HasSuffix(strings.Split(row, "</w:tr>")[0], `<w:t xml:space="preserve"></w:t></w:r></w:p></w:tc>`) {
		t.Error("a blank cell is filled")
	}
	place.Unit = ptr("万元") // the form's own
	res.Provenance[fees] = place
	if doc := word(t, set(res)); !strings.Contains(doc, ">160.5964<") {
		t.Error("the form's unit is repeated")
	}
}

func TestCorrectionsInWord(t *testing.T) {
	res := made(1, "2021")
	res.Review = &report.Review{Version: 1, Corrections: []report.Correction{{Path: newTotal, Value: ptr("7654")}}}
	if !strings.Contains(word(t, set(res)), ">7654<") {
		t.Error("the corrected value is not printed")
	}
}

func TestOneReportOnly(t *testing.T) {
	var b bytes.Buffer
	if err := export.DOCX(&b, set(made(1, "2021"), made(2, "2019"))); !errors.Is(err, export.ErrSeveral) || b.Len() > 0 {
		t.Error(err)
	}
	if err := export.DOCX(&b, set()); !errors.Is(err, export.ErrNone) {
		t.Error(err)
	}
	if err := export.DOCX(&b, export.Set{Entries: export.One(failure())}); err == nil || !strings.Contains(err.Error(), "坏.pdf：文件已损坏：第 3 页不能读取。") {
		t.Error(err)
	}
}

func TestArchiveOfWordFiles(t *testing.T) {
	named := func(year *int, agency *string) *report.Result {
		res := made(1, "2021")
		res.Report.Year, res.Report.Agency = year, agency
		return res
	}
	year := ptr(2023)
	results := []*report.Result{
		named(year, ptr("某区A局")), named(year, ptr("某区a局")), named(year, ptr("某区A局 (2)")), named(year, ptr("某区A局")),
		named(nil, ptr(`..\甲/乙:"丙"`)), named(year, nil), named(year, ptr(strings.Repeat("局", 300))), named(year, ptr("没有导出的报告")),
	}
	s := set(results...)
	all := s.Entries
	s.Entries = func(yield func(export.Entry, error) bool) {
		_ = yield(failure(), nil)
		all(yield)
	}
	var b bytes.Buffer
	if err := export.DOCXArchive(&b, s); err != nil {
		t.Fatal(err)
	}
	names, content := files(t, b.Bytes())
	want := []string{
		"2023-某区A局.docx", "2023-某区a局 (2).docx", "2023-某区A局 (2) (2).docx", "2023-某区A局 (3).docx",
		"甲乙丙.docx", "2023-年报1.docx", "2023-" + strings.Repeat("局", 70) + ".docx", "2023-没有导出的报告.docx", "没有导出的报告.txt",
	}
	if !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	if text := content["没有导出的报告.txt"]; !strings.HasPrefix(text, "\ufeff") || !strings.Contains(text, "坏.pdf：文件已损坏：第 3 页不能读取。\r\n") {
		t.Errorf("%q", text)
	}
	for _, n := range names[:len(names)-1] {
		if _, parts := files(t, []byte(content[n])); parts["word/document.xml"] == "" {
			t.Errorf("%s is no Word file", n)
		}
	}
	broken := errors.New("broken")
	s.Entries = func(yield func(export.Entry, error) bool) { yield(export.Entry{}, broken) }
	if err := export.DOCXArchive(io.Discard, s); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// A template is taken by the report's form, or else the one for all others; a report
// that it has no place for is named.
func TestTemplatesOfWordFiles(t *testing.T) {
	build := func(f *form.Form, lines ...string) *wordform.Template {
		d := wordml.New()
		for _, l := range lines {
			d.Paragraph(wordml.Body, l)
		}
		file, err := d.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		tpl, err := wordform.Parse(file, f)
		if err != nil {
			t.Fatal(err)
		}
		return tpl
	}
	f, _ := form.Lookup("2021")
	var cells []string
	for _, c := range f.Table("applications").Cells() {
		cells = append(cells, "{{"+c.Path+"}}")
	}
	one := made(3, "2021")
	other := one.Report.Applications.At("other_outcome")
	other.Children = []*report.Node{{Name: "total", Value: ptr(report.Number("0"))}}
	s := set(made(1, "2021"), made(2, "2019"), one)
	s.Templates = map[string]*wordform.Template{"2021": build(&f, append(cells, "OWN 2021")...), "": build(nil, "{{title}}", "ANY")}
	var b bytes.Buffer
	if err := export.DOCXArchive(&b, s); err != nil {
		t.Fatal(err)
	}
	names, content := files(t, b.Bytes())
	if len(names) != 3 || !strings.Contains(content["没有导出的报告.txt"], "年报3.docx：模板里没有位置：") {
		t.Fatalf("%q: %s", names, content["没有导出的报告.txt"])
	}
	for i, want := range []string{"OWN 2021", "ANY"} {
		if _, parts := files(t, []byte(content[names[i]])); !strings.Contains(parts["word/document.xml"], want) {
			t.Errorf("%s lacks %s", names[i], want)
		}
	}
	s.Entries = entries(one)
	var place *wordform.NoPlaceError
	if err := export.DOCX(&b, s); !errors.As(err, &place) {
		t.Error(err)
	}
}
