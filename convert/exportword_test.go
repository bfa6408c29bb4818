package convert_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert"
	"nianbao/convert/export"
	"nianbao/convert/fixture"
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
)

// odd are results of made reports as they come: with blanks, signs, words and units in
// cells, a group as one row, chapters of their own, a table less, a registration form,
// and the block of a web page.
func odd(t *testing.T) map[string]*report.Result {
	t.Helper()
	out := map[string]*report.Result{}
	for seed := range uint64(6) {
		r := fixture.New(seed, []string{"2021", "2019"}[seed%2])
		b, err := r.DOCX()
		if err != nil {
			t.Fatal(err)
		}
		res := convert.Convert(readFile(t, b), source("a.docx"), convert.Options{})
		cells := r.Form.Cells()
		for i, text := range []string{"", "/", "若干", "-", "无", "见附件"} {
			c := cells[(int(seed)*37+i*29)%len(cells)]
			node(res, c.Path).Value = nil
			res.Provenance[c.Path] = report.Place{Text: text, State: []report.State{report.StateBlank, report.StatePlaceholder, report.StateText, report.StatePlaceholder, report.StatePlaceholder, report.StateText}[i]}
		}
		for _, c := range cells {
			if place := res.Provenance[c.Path]; c.Kind == form.Money && place.State == report.StateNumber {
				place.Unit = ptr([]string{"万元", "元"}[seed/2%2])
				res.Provenance[c.Path] = place
			}
		}
		adapt(res, seed)
		out[fmt.Sprintf("report%d.docx", seed)] = res
	}
	return out
}

func adapt(res *report.Result, seed uint64) {
	r := res.Report
	switch seed {
	case 0:
		group := r.Applications.At("other_outcome")
		group.Children = group.Children[0].Children // of the first row: figures themselves
		for path, place := range res.Provenance {
			if rest, ok := strings.CutPrefix(path, "/report/applications/other_outcome/"); ok {
				delete(res.Provenance, path)
				if name, ok := strings.CutPrefix(rest, "overdue_correction/"); ok {
					res.Provenance["/report/applications/other_outcome/"+name] = place
				}
			}
		}
	case 1:
		r.Registration = []report.Registration{{Label: "机构名称", Value: "政务公开办公室"}, {Label: "办公地址", Value: ""}, {Label: "电子邮箱", Value: "a@example.com"}}
	case 2:
		r.Metadata = &report.Metadata{Publisher: r.Agency, IndexNumber: ptr("000014349/2022-00011"), DocumentNumber: ptr("青府办〔2022〕3号"), PublishedOn: &report.Date{Year: 2022, Month: 1, Day: 30}}
	case 3:
		r.Sections = append(r.Sections, report.Section{Key: "other", Number: ptr("七"), Title: "政府信息公开工作创新性做法", Text: "开设专栏 <b>&amp;\n推行{{title}}清单制。"})
		r.Sections[0].Text = strings.ReplaceAll(r.Sections[0].Text, "统计期限", "期限")
	case 4:
		r.LegalChallenges = nil
		for path := range res.Provenance {
			if strings.HasPrefix(path, "/report/legal_challenges/") {
				delete(res.Provenance, path)
			}
		}
	}
}

func ptr[T any](v T) *T { return &v }

func node(res *report.Result, path string) *report.Node {
	table, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	return res.Report.Table(table).Ensure(rest)
}

// exported is a result as the Word file of the export.
func exported(t *testing.T, res *report.Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.DOCX(&b, export.Set{Entries: export.One(export.Entry{Result: res}), Forms: form.All()}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sameAgain tells where a report read from an export differs from what was exported.
// Spaces of texts count where exact; in a PDF lines end where they end.
func sameAgain(t *testing.T, name string, want *report.Result, ex *extract.Extraction, exact bool) {
	t.Helper()
	got := convert.Convert(ex, source("b"), convert.Options{})
	a, b := want.Report, got.Report
	a.NarrativeClaims, b.NarrativeClaims = nil, nil // of the texts, which are compared
	if !exact {
		for _, r := range []*report.Report{&a, &b} {
			r.Sections = append([]report.Section(nil), r.Sections...)
			for i := range r.Sections {
				r.Sections[i].Text = strings.Join(strings.Fields(r.Sections[i].Text), "")
			}
		}
	}
	if d := cmp.Diff(string(jsonOf(t, a)), string(jsonOf(t, b))); d != "" {
		t.Errorf("%s: %s", name, d)
	}
	for path, place := range want.Provenance {
		back := got.Provenance[path]
		if back.State != place.State || back.Text != place.Text && place.State != report.StateNumber {
			t.Errorf("%s: %s was %s %q, is %s %q", name, path, place.State, place.Text, back.State, back.Text)
		}
		if u := place.Unit; u != nil && (back.Unit == nil || *back.Unit != *u) {
			t.Errorf("%s: %s is in %v, was in %s", name, path, back.Unit, *u)
		}
	}
}

// What is exported to Word and read again is what was exported.
func TestExportedWordIsReadAgain(t *testing.T) {
	for name, res := range odd(t) {
		sameAgain(t, name, res, readFile(t, exported(t, res)), true)
	}
}

// LibreOffice opens the Word files, and the PDF it makes of them reads the same.
func TestExportedWordAsPDF(t *testing.T) {
	results, files := odd(t), map[string][]byte{}
	for name, res := range results {
		files[name] = exported(t, res)
	}
	for name, b := range office(t, "pdf", files) {
		sameAgain(t, name, results[name], readFile(t, b), false)
	}
}
