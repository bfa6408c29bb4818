package wordform_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"nianbao/convert/fixture"
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/wordform"
	"nianbao/convert/wordml"
)

func ptr[T any](v T) *T { return &v }

// document is the main part of a file.
func document(t testing.TB, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return string(b)
		} else if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, b)
		}
	}
}

// content is a made report whose figures are their own pointers.
func content(formID string) *wordform.Content {
	r := fixture.New(1, formID)
	return &wordform.Content{Report: &r.Report, Form: &r.Form, Figure: func(p string) string { return "<" + p + ">" }}
}

func write(t *testing.T, c *wordform.Content) string {
	t.Helper()
	file, err := wordform.Write(c)
	if err != nil {
		t.Fatal(err)
	}
	return document(t, file)
}

// template is a template whose body is these paragraphs, as XML.
func template(t testing.TB, body ...string) []byte {
	t.Helper()
	d := wordml.New()
	d.Paragraph(wordml.Body, "HERE")
	file, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return withPart(t, file, "word/document.xml", func(s string) string {
		i := strings.Index(s, "<w:p>")
		j := strings.Index(s, "</w:p>") + len("</w:p>")
		return s[:i] + strings.Join(body, "") + s[j:]
	})
}

// withPart is a file with a part changed, or added; a part that becomes "" is left out.
func withPart(t testing.TB, file []byte, name string, change func(string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name, text string) {
		p, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(p, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	found := false
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		if f.Name == name {
			found = true
			if text = change(text); text == "" {
				continue
			}
		}
		put(f.Name, text)
	}
	if !found {
		put(name, change(""))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func p(runs ...string) string {
	return `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>` + strings.Join(runs, `</w:t></w:r><w:bookmarkStart w:id="0"/><w:r><w:rPr><w:i/></w:rPr><w:t>`) + `</w:t></w:r></w:p>`
}

func TestEveryFigureHasItsPlace(t *testing.T) {
	for _, f := range form.All() {
		notice, err := wordform.Notice(&f)
		if err != nil {
			t.Fatal(err)
		}
		own, err := wordform.Parse(notice, &f)
		if err != nil {
			t.Fatalf("%s: the notice's own template: %v", f.ID, err)
		}
		filled, err := own.Fill(content(f.ID))
		if err != nil {
			t.Fatal(err)
		}
		for name, doc := range map[string]string{"Write": write(t, content(f.ID)), "Notice": document(t, filled)} {
			if i := strings.Index(doc, "{{"); i >= 0 {
				t.Errorf("%s %s: a placeholder is left: %.80s", name, f.ID, doc[i:])
			}
			for _, c := range f.Cells() {
				if n := strings.Count(doc, "&lt;"+c.Path+"&gt;"); n != 1 {
					t.Errorf("%s %s: %s stands %d times", name, f.ID, c.Path, n)
				}
			}
		}
	}
}

// The report's own chapters, rows and tables are kept, and none is made up.
func TestLaidOutAsTheReport(t *testing.T) {
	c := content("2021")
	c.Report.LegalChallenges = nil
	other := c.Report.Applications.At("other_outcome")
	other.Children = nil
	for _, column := range c.Form.Table("applications").Parts[0].Columns {
		other.Ensure(column.Path)
	}
	c.Report.Sections[4].Title = "存在问题"
	c.Report.Sections = append(c.Report.Sections, report.Section{Key: "other", Title: "创新性做法", Text: "一行\n二行"}, report.Section{Key: "overview", Number: ptr("8"), Title: "总体情况"})
	c.Report.Registration = []report.Registration{{Label: "机构名称", Value: "某办"}}
	c.Report.Metadata = &report.Metadata{IndexNumber: ptr("11/22"), PublishedOn: &report.Date{Year: 2022, Month: 1, Day: 31}}
	for i := range c.Report.Sections {
		c.Report.Sections[i].Text = strings.ReplaceAll(c.Report.Sections[i].Text, "1月1日", "")
	}
	doc := write(t, c)
	at := 0
	for _, want := range []string{
		">索引号：11/22<", ">发布日期：2022年1月31日<", "政府信息公开工作年度报告<", ">本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。<",
		">一、总体情况<", ">二、主动公开政府信息情况<", "<w:tbl>", ">三、收到", "<w:tbl>", ">（六）其他处理<", "/report/applications/other_outcome/natural_person", ">（七）总计<",
		">四、政府信息公开行政复议", ">五、存在问题<", ">创新性做法<", ">一行</w:t></w:r></w:p>", ">二行<", ">8、总体情况<", "局<", ">2022年", "登记表<", ">某办<",
	} {
		n := strings.Index(doc[at:], want)
		if n < 0 {
			t.Fatalf("%s does not stand in its place", want)
		}
		at += n
	}
	if strings.Contains(doc, "未经复议直接起诉") || strings.Contains(doc, "1.申请人无正当理由") {
		t.Error("a table or rows that the report has not")
	}
	// A report of no form has its texts.
	if doc := write(t, &wordform.Content{Report: &report.Report{Sections: c.Report.Sections[:1], Applications: &report.Node{}}, Figure: c.Figure}); !strings.Contains(doc, ">一、总体情况<") || strings.Contains(doc, "<w:tbl>") {
		t.Error(doc)
	}
	// Tables without chapters are there.
	c.Report.Sections = nil
	if doc := write(t, c); strings.Count(doc, "<w:tbl>") != 3 {
		t.Error("tables are lost")
	}
}

// Values are data: neither markup nor placeholders in them come alive.
func TestValuesStayText(t *testing.T) {
	c := content("2021")
	c.Report.Title = ptr("{{signed_by}}<w:p>&\x01")
	c.Report.SignedBy = ptr("SECRET")
	c.Report.Sections[0].Text = "{{title}} {{chapters}}\nsecond\tthird"
	for name, file := range map[string][]byte{"own": nil, "user's": template(t, p("{{title}}"), p("{{signed_by}}"), p("{{chapters}}"))} {
		doc := ""
		if file == nil {
			doc = write(t, c)
		} else {
			tpl, err := wordform.Parse(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			filled, err := tpl.Fill(c)
			if err != nil {
				t.Fatal(err)
			}
			doc = document(t, filled)
		}
		if !strings.Contains(doc, "{{signed_by}}&lt;w:p&gt;&amp;<") || !strings.Contains(doc, ">{{title}} {{chapters}}</w:t></w:r></w:p>") {
			t.Errorf("%s: a value did not stay text: %.3000s", name, doc)
		}
		if n := strings.Count(doc, "SECRET"); n != 1 {
			t.Errorf("%s: the signature stands %d times", name, n)
		}
	}
}

// Word cuts placeholders into runs; the place takes the type of the first one.
func TestPlaceholdersOverRuns(t *testing.T) {
	f, _ := form.Lookup("2021")
	tpl, err := wordform.Parse(template(t,
		p("关于", "{", "{ ti", "tle", " }}的说明{{year}}"),
		`<w:p><w:r><w:t/></w:r><w:r><w:t xml:space="preserve"> {{chap</w:t></w:r><w:r><w:t>ter/overview}}</w:t></w:r></w:p>`,
		p("{{other_", "chapters}}"), p("<w:br/>{{agency}}"[7:]),
	), &f)
	if err != nil {
		t.Fatal(err)
	}
	c := content("2021")
	c.Report.Title, c.Report.Agency = ptr("T"), ptr("A")
	c.Report.Sections = []report.Section{{Key: "overview", Title: "总体情况", Text: "x\ny"}, {Key: "other", Title: "做法", Text: "z"}}
	filled, err := tpl.Fill(c)
	if err != nil {
		t.Fatal(err)
	}
	doc := document(t, filled)
	for _, want := range []string{
		`<w:t>关于</w:t></w:r><w:bookmarkStart w:id="0"/><w:r><w:rPr><w:i/></w:rPr><w:t>T</w:t></w:r>`, `<w:t>的说明2021</w:t>`,
		`<w:p><w:r><w:t xml:space="preserve">x</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">y</w:t></w:r></w:p>`,
		`>做法</w:t></w:r></w:p><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">z</w:t>`, `<w:t>A</w:t>`,
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("lacks %s\n%s", want, doc)
		}
	}
}

func TestMistakesOfTemplates(t *testing.T) {
	f, _ := form.Lookup("2021")
	notice, err := wordform.Notice(&f)
	if err != nil {
		t.Fatal(err)
	}
	same := func(text string) func(string) string { return func(string) string { return text } }
	for name, c := range map[string]struct {
		file []byte
		form *form.Form
		want []string
	}{
		"no zip":           {[]byte("no zip"), &f, []string{"不是 .docx"}},
		"nothing":          {nil, &f, []string{"不是 .docx"}},
		"too large":        {make([]byte, wordform.MaxFile+1), &f, []string{"超过 20 MB"}},
		"no document":      {withPart(t, notice, "word/document.xml", same("")), &f, []string{"没有 word/document.xml"}},
		"no relations":     {withPart(t, notice, "word/_rels/document.xml.rels", same("")), &f, []string{"document.xml.rels"}},
		"macros":           {withPart(t, notice, "word/vbaProject.bin", same("x")), &f, []string{"含有宏"}},
		"in the header":    {withPart(t, notice, "word/header1.xml", same("<w:t>{{title}}</w:t>")), &f, []string{"word/header1.xml", "页眉"}},
		"XML":              {template(t, "<w:p><w:r></w:p>"), &f, []string{"XML 有误"}},
		"deep":             {template(t, strings.Repeat("<w:p>", 300)), &f, []string{"嵌套"}},
		"none":             {template(t, p("text")), &f, []string{"没有占位符"}},
		"all at once":      {template(t, p("{{titel}} {{/report/x}}"), p("{{title"), p("｛｛year｝｝"), p("{{ }}")), &f, []string{"{{titel}}", "{{/report/x}}", "没有写完整", "{{title", "｛｛year｝｝", "没有名称"}},
		"of no form":       {template(t, p("{{chapter/overview}}")), nil, []string{"{{chapter/overview}}", "指明表式"}},
		"of another form":  {template(t, p("{{/report/proactive_disclosure/government_procurement/items}}")), &f, []string{"2021 年表式"}},
		"not alone":        {template(t, p("见 {{table/applications}}"), p("{{preface}}{{metadata}}")), &f, []string{"{{table/applications}} 应独占一段", "{{preface}} 应独占一段"}},
		"with a section":   {template(t, `<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{preface}}</w:t></w:r></w:p>`), &f, []string{"独占一段"}},
		"no other chapter": {template(t, p("{{chapter/overview}}")), &f, []string{"{{other_chapters}}"}},
		"a cell is missing": {withPart(t, notice, "word/document.xml", func(s string) string {
			return strings.Replace(s, "{{/report/legal_challenges/reconsideration/upheld}}", "", 1)
		}), &f, []string{"行政诉讼情况表缺少 1 个占位符：{{/report/legal_challenges/reconsideration/upheld}}"}},
	} {
		_, err := wordform.Parse(c.file, c.form)
		var mistakes wordform.Mistakes
		if !errors.As(err, &mistakes) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, lacks %s", name, err, want)
			}
		}
	}
}

// A bomb is refused before it is unpacked.
func TestTemplateThatUnpacksToTooMuch(t *testing.T) {
	bomb := withPart(t, template(t, p("{{title}}")), "word/media/a.png", func(string) string { return strings.Repeat("\x00", 65<<20) })
	if _, err := wordform.Parse(bomb, nil); err == nil || !strings.Contains(err.Error(), "展开后超过 64 MB") {
		t.Error(err)
	}
}

// A group that the report prints as one row must have a place.
func TestGroupWithoutAPlace(t *testing.T) {
	f, _ := form.Lookup("2021")
	var cells []string
	for _, c := range f.Table("applications").Cells() {
		cells = append(cells, p("{{"+c.Path+"}}"))
	}
	tpl, err := wordform.Parse(template(t, cells...), &f)
	if err != nil {
		t.Fatal(err)
	}
	c := content("2021")
	if _, err := tpl.Fill(c); err != nil {
		t.Fatal(err)
	}
	other := c.Report.Applications.At("other_outcome")
	other.Children = []*report.Node{{Name: "total"}}
	_, err = tpl.Fill(c)
	var place *wordform.NoPlaceError
	if !errors.As(err, &place) || !strings.Contains(err.Error(), "（六）其他处理") || !strings.Contains(err.Error(), "{{table/applications}}") {
		t.Error(err)
	}
}

// Whatever the document of a template is, it is told or filled to well-formed XML.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{p("{{ti", "tle}}"), p("{{chapters}}"), "<w:p><w:r><w:t>{{table/applications}}</w:t></w:r></w:p>", p("{{", "}}"), `<w:p><w:r><w:pict><w:p><w:r><w:t>{{chapters}}</w:t></w:r></w:p></w:pict><w:t>{{title}}</w:t></w:r></w:p>`} {
		f.Add(s)
	}
	own, _ := form.Lookup("2021")
	c := content("2021")
	f.Fuzz(func(t *testing.T, body string) {
		file := template(t, body)
		tpl, err := wordform.Parse(file, &own)
		if err != nil {
			return
		}
		if !wellFormed(file) {
			t.Skip() // nothing is promised of what the raw reader lets pass
		}
		out, err := tpl.Fill(c)
		if err != nil {
			t.Fatal(err)
		}
		document(t, out)
	})
}

func wellFormed(file []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return false
	}
	r, err := z.Open("word/document.xml")
	if err != nil {
		return false
	}
	d := xml.NewDecoder(r)
	for {
		if _, err := d.Token(); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	c := content("2021")
	c.Figure = wordform.Figures(c.Report)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wordform.Write(c); err != nil {
			b.Fatal(err)
		}
	}
}
