package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/orisano/gosax"

	"nianbao/extract"
)

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// xmlEvents lists what the reader sees, in a form that encoding/xml can give too:
// tags with namespaces and attributes, and text joined between tags.
func xmlEvents(x *xmlReader) ([]string, error) {
	var out []string
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out = append(out, "text "+text.String())
			text.Reset()
		}
	}
	for !x.eof && x.err == nil {
		switch k := x.raw(); {
		case x.err != nil || x.eof:
		case k == kindText:
			text.Write(x.text)
		case k == kindStart:
			flush()
			s := "<" + spaceName(x.ns) + x.local
			for _, a := range x.attrs {
				space := nsNone
				if a.prefix != nil {
					space = x.names.space(a.prefix)
				}
				s += " " + spaceName(space) + string(a.local) + "=" + string(a.value)
			}
			out = append(out, s)
		default:
			flush()
			out = append(out, "</"+spaceName(x.ns)+x.local)
		}
	}
	if e := x.finish(); e != nil {
		return nil, e
	}
	return out, nil
}

func spaceName(n ns) string { return string(rune('A'+min(n, nsOther))) + ":" }

// standardEvents does the same with encoding/xml.
func standardEvents(b []byte) ([]string, error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	var out []string
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out = append(out, "text "+text.String())
			text.Reset()
		}
	}
	depth := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			flush()
			depth++
			s := "<" + spaceName(spaceOf([]byte(t.Name.Space))) + t.Name.Local
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
					continue
				}
				s += " " + spaceName(spaceOf([]byte(a.Name.Space))) + a.Name.Local + "=" + a.Value
			}
			out = append(out, s)
		case xml.EndElement:
			flush()
			depth--
			out = append(out, "</"+spaceName(spaceOf([]byte(t.Name.Space)))+t.Name.Local)
		case xml.CharData:
			if depth > 0 {
				text.Write(t)
			}
		}
	}
}

// FuzzXML: what both readers accept they must read alike, and nothing panics.
func FuzzXML(f *testing.F) {
	for _, s := range []string{
		`<a/>`, `<a x="1" y='&lt;&#x4e00;'>t<b/>&amp;<![CDATA[<x>]]>u</a>`,
		`<w:a xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:val="1" val="2"><w:b xmlns:w="urn:x"/><w:c/></w:a>`,
		`<a xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><b xmlns=""/><c xml:space="preserve"> x </c></a>`,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<!-- c --><a>\r\n\rx<?p i?></a>\n<!-- d -->",
		`<a x=>`, `<a></b>`, `<a><b></a>`, `<></>`, `< a/>`, `<a x='>'>`, `<a`, `<!DOCTYPE a><a/>`, `<a>&#0;&#xD800;&e;&#1114112;</a>`,
		"<a>\x00\xff</a>", `<!-->`, `<a/><b/>`, `x<a/>`, `<a x="1"x="2"/>`, `<:a/>`, `<a: b:=""/>`, `<a>]]></a>`, `<a b="x/"/>`, `<![CDATA[]]><a/>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		x := newXMLReader(&lexer{sax: gosax.NewReaderSize(nil, 64)}, &steadyReader{bytes.NewReader(b)}, "p", 64)
		got, err := xmlEvents(x)
		if err != nil {
			return
		}
		want, err := standardEvents(b)
		if err != nil {
			return
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: encoding/xml against this reader:\n%s", b, d)
		}
	})
}

// FuzzRead puts fuzzed content into body, styles and numbering of a package.
func FuzzRead(f *testing.F) {
	all := everything()
	f.Add(all.body, all.styles, all.numbering)
	for _, body := range fuzzBodies() {
		f.Add(body, all.styles, all.numbering)
	}
	lim := extract.DefaultLimits()
	lim.TableCells, lim.DecompressedBytes = 5000, 1<<20
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		fx := all
		fx.body, fx.styles, fx.numbering = body, styles, numbering
		b := zipFile(t, fx.parts(), zip.Store)
		e, err := readBytes(b, lim)
		checkReading(t, e, err)
		again, errAgain := readBytes(b, lim)
		if d := cmp.Diff(e, again); d != "" || (err == nil) != (errAgain == nil) {
			t.Errorf("a second reading differs: %v, %v\n%s", err, errAgain, d)
		}
	})
}

// FuzzBytes reads damaged packages.
func FuzzBytes(f *testing.F) {
	b := everything().file(f)
	f.Add(b)
	f.Add(b[:len(b)/2])
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 1 << 20
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := readBytes(b, lim)
		checkReading(t, e, err)
	})
}

// checkReading holds the promises of Read whatever the input.
func checkReading(t *testing.T, e *extract.Extraction, err error) {
	t.Helper()
	if err != nil {
		if extract.AsError(err) == nil || e != nil {
			t.Fatalf("error %T %v with extraction %v", err, err, e)
		}
		return
	}
	if e.Document == nil || e.Warnings == nil {
		t.Fatal("document or warnings missing")
	}
	for i, table := range e.Document.Tables {
		if table.Index != i || table.Rows < 1 || table.Columns < 1 {
			t.Fatalf("table %d: index %d, %d × %d", i, table.Index, table.Rows, table.Columns)
		}
		seen := make([]bool, table.Rows*table.Columns)
		for _, c := range table.Cells {
			if c.Row < 0 || c.Column < 0 || c.RowSpan < 1 || c.ColumnSpan < 1 || c.Row+c.RowSpan > table.Rows || c.Column+c.ColumnSpan > table.Columns {
				t.Fatalf("cell outside of its table: %+v", c)
			}
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				for k := c.Column; k < c.Column+c.ColumnSpan; k++ {
					if seen[r*table.Columns+k] {
						t.Fatalf("cells overlap at row %d, column %d", r, k)
					}
					seen[r*table.Columns+k] = true
				}
			}
		}
	}
	used := 0
	for _, b := range e.Document.Blocks {
		if b.Table != nil {
			used++
		} else if b.Type != extract.Image && b.Text == "" {
			t.Fatalf("empty block %+v", b)
		}
	}
	if used != len(e.Document.Tables) {
		t.Fatalf("%d tables, %d in blocks", len(e.Document.Tables), used)
	}
}

// pieces are the elements that FuzzStructure nests in any order, wrong ones
// included; those that end in "/>" stay closed.
func pieces() []string {
	return []string{
		"<w:p>", "<w:r>", "<w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:pPr>", "<w:rPr>", "<w:tcPr>", "<w:trPr>", "<w:tblGrid>",
		"<w:sdt>", "<w:sdtContent>", "<w:sdtPr>", "<w:ins>", "<w:del>", "<w:moveFrom>", "<w:hyperlink>", "<w:pict>", "<w:drawing>", "<w:txbxContent>",
		"<mc:AlternateContent>", `<mc:Choice Requires="wps">`, `<mc:Choice Requires="zzz">`, "<mc:Fallback>", "<w:numPr>", "<w:ruby>", "<w:rubyBase>",
		"<m:oMath>", "<m:f>", "<m:num>", "<m:d>", "<m:dPr>", "<m:nary>", "<m:t>", "<w:instrText>", `<w:fldSimple w:instr="TOC">`, "<w:object>", "<v:shape>",
		`<w:fldChar w:fldCharType="begin"/>`, `<w:fldChar w:fldCharType="separate"/>`, `<w:fldChar w:fldCharType="end"/>`,
		`<w:gridSpan w:val="2"/>`, `<w:gridSpan w:val="3"/>`, `<w:vMerge/>`, `<w:vMerge w:val="restart"/>`, `<w:hMerge/>`, `<w:gridBefore w:val="1"/>`, `<w:gridAfter w:val="2"/>`,
		`<w:gridCol w:w="1000"/>`, `<w:gridCol w:w="30"/>`, `<w:tcW w:w="1000"/>`, `<w:tcW w:w="1030" w:type="dxa"/>`, `<w:cellDel/>`, `<w:cellMerge w:vMerge="cont"/>`,
		`<w:pStyle w:val="1"/>`, `<w:outlineLvl w:val="1"/>`, `<w:numId w:val="1"/>`, `<w:ilvl w:val="3"/>`, `<w:vanish/>`, `<w:tab/>`, `<w:br/>`,
		`<w:sym w:font="Wingdings" w:char="F0FC"/>`, `<w:footnoteReference w:id="2"/>`, `<w:sectPr/>`, `<a:blip/>`, `<v:imagedata/>`, `<v:textpath string="x"/>`,
		"文", "5", "一、", " ", "&amp;", "TOC ", "IF ",
		"<w:moveTo>", "<w:delText>", "<w:pPrChange>", "<w:rPrChange>", "<w:tcPrChange>", "<w:trPrChange>", "<w:tblGridChange>", `<w:cellIns/>`, `<w:altChunk r:id="x"/>`,
		`<w:commentReference w:id="1"/>`, `<o:OLEObject ProgID="x"/>`, "<w:footnote>", "<w:hdr>", "<w:listPr>", `<w:wBefore w:w="1000"/>`, `<w:tblHeader/>`, "<w:smartTag>", "<m:r>",
	}
}

// structure makes well-formed content of a fuzzer's bytes: each opens an
// element, adds text or closes the innermost element.
func structure(b []byte) string {
	all := pieces()
	var out strings.Builder
	var stack []string
	for _, c := range b {
		i := int(c)
		if i >= len(all) {
			if n := len(stack); n > 0 {
				out.WriteString("</" + stack[n-1] + ">")
				stack = stack[:n-1]
			}
			continue
		}
		out.WriteString(all[i])
		if name, ok := strings.CutPrefix(all[i], "<"); ok && !strings.HasSuffix(name, "/>") {
			name, _, _ = strings.Cut(strings.TrimSuffix(name, ">"), " ")
			stack = append(stack, name)
		}
	}
	for i := len(stack) - 1; i >= 0; i-- {
		out.WriteString("</" + stack[i] + ">")
	}
	return out.String()
}

// FuzzStructure reads well-formed content in which anything may stand in
// anything: it must be read without an error, but for limits.
func FuzzStructure(f *testing.F) {
	f.Add([]byte{3, 4, 5, 0, 1, 2, 70, 255, 255, 255, 255, 255, 255})
	f.Add([]byte{3, 4, 5, 8, 42, 45, 255, 0, 1, 2, 71, 255, 255, 255, 255, 5, 255, 255, 4, 5, 8, 44, 42, 255, 255, 255})
	f.Add([]byte{0, 1, 39, 35, 75, 255, 40, 2, 70, 255, 41, 255, 255})
	all := everything()
	lim := extract.DefaultLimits()
	f.Fuzz(func(t *testing.T, b []byte) {
		fx := all
		fx.body = structure(b)
		file := zipFile(t, fx.parts(), zip.Store)
		for _, changes := range []extract.Changes{extract.RejectChanges, extract.AllChanges} {
			e, err := ReadWith(bytes.NewReader(file), int64(len(file)), extract.Options{Limits: lim, Changes: changes})
			checkReading(t, e, err)
		}
		e, err := readBytes(file, lim)
		checkReading(t, e, err)
		if code := extract.AsError(err); err != nil && code.Code != extract.CodeLimit {
			t.Fatalf("%v in %s", err, fx.body)
		}
		again, _ := readBytes(file, lim)
		if d := cmp.Diff(e, again); d != "" {
			t.Fatal(d)
		}
	})
}
