package wordml_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"nianbao/convert/wordml"
)

// parts are the parts of a file, all of them well formed.
func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
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
				break
			} else if err != nil {
				t.Fatalf("%s is not well formed: %v", f.Name, err)
			}
		}
		out[f.Name] = string(b)
	}
	return out
}

func document(t *testing.T, d *wordml.Document) string {
	t.Helper()
	file, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return parts(t, file)["word/document.xml"]
}

// Text is no markup and no field, whatever it looks like.
func TestTextStaysText(t *testing.T) {
	d := wordml.New()
	const hostile = "<w:fldSimple w:instr=\"DDE\"/>&amp;\x01\ufffe\r{ DDEAUTO c:\\x }\tb\nc"
	d.Paragraph(wordml.Body, hostile)
	d.Table(&wordml.Table{Widths: []int{1}, Rows: []wordml.Row{{Cells: []wordml.Cell{{Text: hostile}}}}})
	doc := document(t, d)
	if strings.Contains(doc, "<w:fldSimple") || strings.Contains(doc, "<w:instrText") {
		t.Error("a field")
	}
	if n := strings.Count(doc, `&lt;w:fldSimple w:instr="DDE"/&gt;&amp;amp;{ DDEAUTO c:\x }</w:t><w:tab/><w:t xml:space="preserve">b</w:t><w:br/>`); n != 2 {
		t.Errorf("the text stands %d times: %s", n, doc)
	}
}

// A merged cell goes on in each row below it, and nothing is shifted.
func TestMergedCells(t *testing.T) {
	d := wordml.New()
	d.Table(&wordml.Table{Widths: []int{1, 2, 3}, Rows: []wordml.Row{
		{Header: true, Cells: []wordml.Cell{{Text: "a", RowSpan: 2, ColSpan: 2}, {Text: "b"}}},
		{Cells: []wordml.Cell{{Text: "c", RowSpan: 2}}},
		{WithNext: true, Cells: []wordml.Cell{{Text: "d", Left: true}, {Text: "e", Bold: true}}},
	}})
	doc := document(t, d)
	rows := strings.Split(doc, "<w:tr>")[1:]
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, want := range [][]string{
		{`<w:tblHeader/>`, `<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, ">b<"},
		{`<w:gridSpan w:val="2"/><w:vMerge/>`, `<w:vMerge w:val="restart"/>`, ">c<"},
		{`<w:keepNext/>`, ">d<", ">e<", `<w:vMerge/>`},
	} {
		at := 0
		for _, w := range want {
			n := strings.Index(rows[i][at:], w)
			if n < 0 {
				t.Fatalf("row %d lacks %s in its place: %s", i, w, rows[i])
			}
			at += n
		}
	}
	if n := strings.Count(doc, "<w:tc>"); n != 7 {
		t.Errorf("%d cells", n)
	}
}

func TestSameBytes(t *testing.T) {
	build := func() []byte {
		d := wordml.New()
		d.Paragraph(wordml.Title, "标题")
		b, err := d.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if !bytes.Equal(build(), build()) {
		t.Error("two files")
	}
}
