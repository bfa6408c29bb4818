package convert_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"nianbao/convert"
	"nianbao/convert/fixture"
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/reader"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	return compile(t, report.Schema())
}

func compile(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func source(name string) report.Source {
	return report.Source{Filename: name, SHA256: strings.Repeat("0f", 32), SizeBytes: 12}
}

// made is the Word and the PDF file of a made report, read.
func made(t *testing.T, r *fixture.Report) map[string]*extract.Extraction {
	t.Helper()
	word, err := r.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*extract.Extraction{}
	for name, data := range map[string][]byte{"report.docx": word, "report.pdf": r.PDF(fixture.DefaultStyle())} {
		ex, err := reader.Read(context.Background(), bytes.NewReader(data), int64(len(data)), extract.DefaultLimits(), nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = ex
	}
	return out
}

func jsonOf(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func validate(t *testing.T, s *jsonschema.Schema, name string, b []byte) {
	t.Helper()
	if err := check(t, s, b); err != nil {
		t.Errorf("%s: not as the schema says: %v", name, err)
	}
}

func check(t *testing.T, s *jsonschema.Schema, b []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

func generated(t *testing.T, forms []form.Form) *jsonschema.Schema {
	t.Helper()
	text, err := convert.Schema(forms)
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, text)
}

func TestMadeReportsComeBack(t *testing.T) {
	s := schema(t)
	for _, id := range []string{"2021", "2019"} {
		for seed := range uint64(3) {
			truth := fixture.New(seed, id)
			for name, ex := range made(t, truth) {
				res := convert.Convert(ex, source(name), convert.Options{Program: "test", Document: true})
				where := fmt.Sprintf("form %s, seed %d, %s", id, seed, name)
				validate(t, s, where, jsonOf(t, res))
				sameReport(t, where, &res.Report, &truth.Report)
				if res.Validation.Errors > 0 {
					t.Errorf("%s: findings in a consistent report: %+v", where, res.Validation.Findings)
				}
				if res.Source.MediaType != ex.Format.MediaType() || (res.Source.Pages != nil) != (ex.Format == extract.FormatPDF) {
					t.Errorf("%s: source %+v", where, res.Source)
				}
				if res.Versions.Forms != form.Version || res.Versions.Rules == "" || res.Versions.Program != "test" {
					t.Errorf("%s: versions %+v", where, res.Versions)
				}
			}
		}
	}
}

// sameReport compares what was read with the truth.
func sameReport(t *testing.T, where string, got, want *report.Report) {
	t.Helper()
	for _, key := range []string{"proactive_disclosure", "applications", "legal_challenges"} {
		if g, w := string(jsonOf(t, got.Table(key))), string(jsonOf(t, want.Table(key))); !sameFigures(t, g, w) {
			t.Errorf("%s: %s\n got %s\nwant %s", where, key, g, w)
		}
	}
	g := fmt.Sprint(*got.Title, *got.Agency, *got.Year, got.Form, *got.SignedBy, *got.SignedOn, *got.Period.Start, *got.Period.End)
	w := fmt.Sprint(*want.Title, *want.Agency, *want.Year, want.Form, *want.SignedBy, *want.SignedOn, *want.Period.Start, *want.Period.End)
	if g != w {
		t.Errorf("%s: identity\n got %s\nwant %s", where, g, w)
	}
	if len(got.Sections) != 6 {
		t.Errorf("%s: %d sections", where, len(got.Sections))
	}
}

// sameFigures compares JSON by value: the order of members is the form's in one
// and as made in the other.
func sameFigures(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		t.Fatal("figures are no JSON")
	}
	return fmt.Sprint(x) == fmt.Sprint(y)
}

func TestNarrativeIsAResult(t *testing.T) {
	ex := &extract.Extraction{Format: extract.FormatDOCX, Engine: "docx", Document: &extract.Document{Blocks: []extract.Block{
		{Type: extract.Paragraph, Text: "2021年，白石镇认真做好政务公开工作。"}}},
		Warnings: []extract.Warning{{Code: "picture_lost", Message: "图片未读取"}}}
	res := convert.Convert(ex, source("a.docx"), convert.Options{})
	b := jsonOf(t, res)
	validate(t, schema(t), "narrative", b)
	if res.Report.Form != "narrative" || res.Report.Applications != nil || len(res.Extraction.Warnings) != 1 || res.Document != nil {
		t.Errorf("result %s", b)
	}
	validate(t, schema(t), "no document", jsonOf(t, convert.Convert(&extract.Extraction{Format: extract.FormatPDF}, source("b.pdf"), convert.Options{})))
}

func TestSameDocumentSameBytes(t *testing.T) {
	for name, ex := range made(t, fixture.New(5, "2021")) {
		one := jsonOf(t, convert.Convert(ex, source(name), convert.Options{Document: true}))
		two := jsonOf(t, convert.Convert(ex, source(name), convert.Options{Document: true}))
		if !bytes.Equal(one, two) {
			t.Errorf("%s: two conversions differ", name)
		}
	}
}

// filled is a result whose tables of the form hold zeroes everywhere.
func filled(f *form.Form, collapsed bool) *report.Result {
	res := convert.Convert(&extract.Extraction{Format: extract.FormatPDF, Document: &extract.Document{}}, source("a.pdf"), convert.Options{})
	res.Report.Form = f.ID
	for i := range f.Tables {
		t := f.Tables[i].Printed(func(string) bool { return collapsed })
		n := &report.Node{Name: t.Key}
		for _, c := range t.Cells() {
			zero := report.Number("0")
			n.Ensure(strings.TrimPrefix(c.Path, "/report/"+t.Key+"/")).Value = &zero
		}
		res.Report.SetTable(t.Key, n)
	}
	return res
}

// The published schema and the one generated from the form data agree on every
// figure: both accept each form as it is, with （六） in one row and with nulls, and both
// miss a row that is left out and a name that is no form.
func TestSchemaHasTheFiguresOfTheForms(t *testing.T) {
	for name, s := range map[string]*jsonschema.Schema{"published": schema(t), "generated": generated(t, form.All())} {
		for _, f := range form.All() {
			validate(t, s, name+", form "+f.ID, jsonOf(t, filled(&f, false)))
			validate(t, s, name+", one row, form "+f.ID, jsonOf(t, filled(&f, true)))
			for i := range f.Tables {
				for _, c := range f.Tables[i].Cells() {
					res := filled(&f, false)
					leaf := res.Report.Table(f.Tables[i].Key).At(strings.TrimPrefix(c.Path, "/report/"+f.Tables[i].Key+"/"))
					leaf.Value = nil
					validate(t, s, name+", null in "+c.Path, jsonOf(t, res))
					leaf.Name = "unknown"
					if check(t, s, jsonOf(t, res)) == nil {
						t.Errorf("%s: form %s does not miss %s", name, f.ID, c.Path)
					}
				}
			}
		}
		unknown := filled(&form.All()[0], false)
		unknown.Report.Form = "1999"
		if check(t, s, jsonOf(t, unknown)) == nil {
			t.Errorf("%s: takes a form that is none", name)
		}
	}
}

func TestFailure(t *testing.T) {
	for _, c := range []struct {
		err                        error
		code, title, detail, limit string
	}{
		{&extract.Error{Code: extract.CodeEncrypted, Detail: "需要密码"}, "encrypted", "文件已加密", "需要密码", ""},
		{fmt.Errorf("child: %w", extract.OverLimit("pages", 3000, "页数过多")), "limit_exceeded", "超出处理限制", "页数过多", "pages=3000"},
		{&extract.Error{Code: extract.CodeUnsupported}, "unsupported_format", "不支持的文件格式", "", ""},
		{extract.Damaged("第 %d 页", 3), "damaged", "文件已损坏", "第 3 页", ""},
		{&extract.Error{Code: extract.CodeTimeout}, "conversion_timeout", "转换超时", "", ""},
		{errors.New("disk full"), "internal", "转换失败", "disk full", ""},
	} {
		got := convert.Failure(source("a.pdf"), c.err)
		if e := got.Error; e.Code != c.code || e.Title != c.title || e.Detail != c.detail || e.Limit != c.limit {
			t.Errorf("%v: %+v", c.err, e)
		}
		if got.Source.Filename != "a.pdf" || got.Source.MediaType == "" {
			t.Errorf("%v: source %+v", c.err, got.Source)
		}
	}
}

// BenchmarkConvert converts a made report in process, reading left out.
func BenchmarkConvert(b *testing.B) {
	r := fixture.New(1, "2021")
	data := r.PDF(fixture.DefaultStyle())
	ex, err := reader.Read(context.Background(), bytes.NewReader(data), int64(len(data)), extract.DefaultLimits(), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		convert.Convert(ex, source("a.pdf"), convert.Options{})
	}
}

// neutral prints the tables of a form as a neutral document, the figures given
// by path.
func neutral(f *form.Form, figure func(form.CellRef) string) *extract.Document {
	doc := &extract.Document{}
	for i := range f.Tables {
		t, values := &f.Tables[i], map[string]string{}
		for _, c := range t.Cells() {
			values[c.Path] = figure(c)
		}
		index := i
		table := extract.Table{Index: i, Columns: t.Width()}
		for r, row := range t.Paper() {
			for _, c := range row {
				text := c.Text
				if c.Kind == form.CellValue {
					text = values[c.Path]
				}
				table.Cells = append(table.Cells, extract.Cell{Row: r, Column: c.Column, RowSpan: c.RowSpan, ColumnSpan: c.ColSpan, Text: text})
			}
			table.Rows = r + 1
		}
		doc.Tables = append(doc.Tables, table)
		doc.Blocks = append(doc.Blocks, extract.Block{Type: extract.TableRef, Table: &index})
	}
	return doc
}

// A form of a later year is one value: its figures are read and its sums judged
// without a change anywhere else.
func TestInventedThirdForm(t *testing.T) {
	third, _ := form.Lookup("2021")
	third.ID, third.FirstYear = "2031", 2031
	rows := third.Tables[1].Parts[0].Rows
	rows = append(rows[:len(rows)-2:len(rows)-2], append([]form.Row{{Path: "withdrawn", Label: "（七）申请人撤回申请", Groups: []string{"三、本年度办理结果"}}}, rows[len(rows)-2:]...)...)
	third.Tables[1].Parts[0].Rows = rows
	rows[len(rows)-2].Label = "（八）总计"
	for i := range third.Relations {
		if r := &third.Relations[i]; r.Rule == "applications.outcome_total" {
			r.Right = append(r.Right, "withdrawn")
		}
	}
	convertWith := func(withdrawn string) *report.Result {
		doc := neutral(&third, func(c form.CellRef) string {
			column := c.Path[strings.LastIndex(c.Path, "/")+1:]
			switch row := strings.TrimSuffix(strings.TrimPrefix(c.Path, "/report/applications/"), "/"+column); {
			case column != "natural_person" && column != "total":
				return "0"
			case row == "withdrawn":
				return withdrawn
			case row == "new" || row == "total":
				return "4"
			}
			return "0"
		})
		return convert.Convert(&extract.Extraction{Format: extract.FormatDOCX, Document: doc}, source("a.docx"), convert.Options{Forms: append([]form.Form{third}, form.All()...)})
	}
	for withdrawn, want := range map[string]report.Judgement{"4": report.Passed, "3": report.Failed} {
		res := convertWith(withdrawn)
		b := jsonOf(t, res)
		validate(t, generated(t, append([]form.Form{third}, form.All()...)), "third form", b)
		if check(t, schema(t), b) == nil {
			t.Error("a form that is not in force passes the published schema")
		}
		if v := res.Report.Applications.At("withdrawn/total"); res.Report.Form != "2031" || v == nil || v.Value == nil || string(*v.Value) != withdrawn {
			t.Fatalf("form %s, withdrawn %+v", res.Report.Form, v)
		}
		for _, o := range res.Validation.Rules {
			if o.ID == "applications.outcome_total" && o.Outcome != want {
				t.Errorf("withdrawn %s: outcome_total %s, want %s", withdrawn, o.Outcome, want)
			}
		}
	}
}
