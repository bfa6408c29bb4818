package docx

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
)

const flatDeclaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<?mso-application progid="Word.Document"?>` + "\r\n"

// flat makes a flat package of parts.
func flat(parts map[string]string) string {
	var b strings.Builder
	b.WriteString(flatDeclaration + `<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">`)
	for _, name := range sortedKeys(parts) {
		kind := "application/xml"
		if name == "word/document.xml" {
			kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
		}
		content := parts[name]
		if strings.HasSuffix(name, ".bin") {
			fmt.Fprintf(&b, `<pkg:part pkg:name="/%s" pkg:contentType="application/octet-stream" pkg:compression="store"><pkg:binaryData>%s</pkg:binaryData></pkg:part>`, name, content)
			continue
		}
		if _, after, ok := strings.Cut(content, "?>"); ok {
			content = after
		}
		fmt.Fprintf(&b, `<pkg:part pkg:name="/%s" pkg:contentType="%s"><pkg:xmlData>%s</pkg:xmlData></pkg:part>`, name, kind, content)
	}
	return b.String() + "</pkg:package>"
}

// A flat package reads as the zip with the same parts does.
func TestFlatPackage(t *testing.T) {
	f := everything()
	want := f.read(t)
	want.Format = extract.FormatWordXML
	parts := f.parts()
	delete(parts, "[Content_Types].xml")
	text := flat(parts)
	for name, content := range map[string]string{
		"UTF-8": text, "mark": "\ufeff" + text, "spread out": strings.ReplaceAll(text, "<pkg:", "\r\n  <pkg:"),
		"UTF-16": utf16LE(strings.Replace(text, `"UTF-8"`, `"UTF-16"`, 1)),
		// The prefixes of the parts are declared on the package alone.
		"hoisted": strings.Replace(strings.ReplaceAll(text, docNamespaces, ""), "<pkg:package", "<pkg:package "+docNamespaces, 1),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readBytes([]byte(content), extract.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func utf16LE(text string) string {
	b := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func TestFlatErrors(t *testing.T) {
	parts := fixture{body: para("文")}.parts()
	delete(parts, "[Content_Types].xml")
	text := flat(parts)
	lim := extract.DefaultLimits()
	lim.Parts = 2
	small := extract.DefaultLimits()
	small.DecompressedBytes = 1000
	deep := extract.DefaultLimits()
	deep.Depth = 4
	for name, c := range map[string]struct {
		content string
		lim     extract.Limits
		code    extract.Code
		word    string
	}{
		"cut":          {text[:len(text)*2/3], extract.DefaultLimits(), extract.CodeDamaged, "不完整"},
		"no parts":     {flat(nil), extract.DefaultLimits(), extract.CodeDamaged, "部件"},
		"no body":      {flat(map[string]string{"word/styles.xml": "<x/>"}), extract.DefaultLimits(), extract.CodeDamaged, "正文"},
		"another root": {flatDeclaration + "<html/>", extract.DefaultLimits(), extract.CodeUnsupported, "html"},
		"parts":        {text, lim, extract.CodeLimit, "parts=2"},
		"bytes":        {text, small, extract.CodeLimit, "decompressed_bytes=1000"},
		"depth":        {text, deep, extract.CodeLimit, "depth=4"},
		"entities":     {strings.Replace(text, "<pkg:package", `<!DOCTYPE x [<!ENTITY a "b">]><pkg:package`, 1), extract.DefaultLimits(), extract.CodeDamaged, "DOCTYPE"},
	} {
		t.Run(name, func(t *testing.T) { wantError(t, []byte(c.content), c.lim, c.code, c.word) })
	}
}

// word2003 makes Word 2003's XML with the body inside.
func word2003(body string) string {
	return flatDeclaration + `<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"` +
		` xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xml:space="preserve">` +
		`<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:nfc w:val="37"/><w:suff w:val="Nothing"/><w:lvlText w:val="（%1）"/></w:lvl></w:listDef>` +
		`<w:list w:ilfo="2"><w:ilst w:val="0"/></w:list></w:lists><w:styles><w:style w:type="paragraph" w:default="on" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>` +
		`<w:body><wx:sect>` + body + `</wx:sect></w:body></w:wordDocument>`
}

func TestWord2003(t *testing.T) {
	list := func(ilfo, hint, font, text string) string {
		return `<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="` + ilfo + `"/>` + hint + font + `</w:listPr></w:pPr>` + runOf(text) + `</w:p>`
	}
	hint := func(text string) string { return `<wx:t wx:val="` + text + `"/>` }
	body := `<wx:sub-section><w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>题 </w:t></w:r><w:r><w:t>目</w:t></w:r></w:p>` +
		list("1", hint("一、"), "", "甲") + list("1", hint("l"), `<wx:font wx:val="Wingdings"/>`, "乙") + list("1", "", "", "丙") + list("2", "", "", "丁") +
		`<w:p><w:r><w:t>文</w:t></w:r><aml:annotation aml:id="1" w:type="Word.Insertion"><aml:content><w:r><w:t>增</w:t></w:r></aml:content></aml:annotation>` +
		`<aml:annotation aml:id="2" w:type="Word.Deletion"><aml:content><w:r><w:delText>删</w:delText></w:r></aml:content></aml:annotation>` +
		`<aml:annotation aml:id="3" w:type="Word.Bookmark.Start" w:name="x"/><w:r><aml:annotation aml:id="4" w:type="Word.Comment"><aml:content><w:p><w:r><w:t>批</w:t></w:r></w:p></aml:content></aml:annotation></w:r>` +
		`<w:r><w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:r><w:r><w:t>尾</w:t></w:r></w:p></wx:sub-section>` +
		`<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="1000"/></w:tblGrid><w:tr>` + cellOf(`<w:vmerge w:val="restart"/>`, "a") + cellOf("", "1") + `</w:tr><w:tr>` + cellOf(`<w:vmerge/>`, "") + cellOf("", "2") + `</w:tr></w:tbl>` +
		`<w:p><w:r><w:pict><w:binData w:name="wordml://1.png">AAAA</w:binData><v:shape style="width:72pt;height:36pt"><v:imagedata src="wordml://1.png" o:title="章"/></v:shape></w:pict></w:r></w:p>` +
		`<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>眉</w:t></w:r></w:p></w:hdr><w:ftr w:type="odd"><w:p><w:r><w:t>脚</w:t></w:r></w:p></w:ftr></w:sectPr>`
	e, err := readBytes([]byte(word2003(body)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	checkReading(t, e, nil)
	want := []string{"h1: 题 目", "p [一、]: 一、甲", "p: ● 乙", "p: 丙", "p [（三）]: （三）丁", "p: 文增尾", "p footnote: 注", "table 0", "  a|1", "  ^|2", "image: 章", "p header: 眉", "p footer: 脚"}
	if d := cmp.Diff(want, strings.Split(strings.TrimSpace(outline(e)), "\n")); d != "" {
		t.Error(d)
	}
	if got := codes(e); got != "tracked_changes tracked_changes comments_skipped number_unknown" {
		t.Errorf("warnings %q", got)
	}
	if got := *e.Document.Blocks[1].Part; got != "document.xml#p1" || e.Format != extract.FormatWordXML {
		t.Errorf("part %s, format %s", got, e.Format)
	}
}

// Only Word's own XML counts as flat, wherever its marks stand.
func TestIsFlat(t *testing.T) {
	parts := fixture{}.parts()
	for content, want := range map[string]bool{
		flat(parts): true, "\ufeff\r\n" + flat(parts): true, word2003(""): true, utf16LE(word2003("")): true,
		"<html>word</html>": false, "PK\x03\x04": false, "": false, `progid="Word.Document"`: false,
	} {
		if got := IsFlat([]byte(content)[:min(len(content), flatHead)]); got != want {
			t.Errorf("%.60q: %v", content, got)
		}
	}
}

// An embedded Word document is read in its place; others are told.
func TestEmbeddedDocuments(t *testing.T) {
	inner := fixture{body: para("内") + plainTable("10 10", "a|b"), headers: []string{para("内眉")}}
	rels := func(target string) string {
		return packageRels + `<Relationship Id="c" Type="` + officeRels + `aFChunk" Target="` + target + `"/></Relationships>`
	}
	body := para("前") + `<w:altChunk r:id="c"/>` + para("后")
	for name, c := range map[string]struct {
		part, content string
		want          []string
		codes         string
	}{
		"docx":       {"afchunk.docx", string(inner.file(t)), []string{"p: 前", "p: 内", "table 0", "  a|b", "p: 后"}, ""},
		"flat":       {"afchunk.xml", flat(inner.parts()), []string{"p: 前", "p: 内", "table 0", "  a|b", "p: 后"}, ""},
		"html":       {"afchunk.html", "<html>x</html>", []string{"p: 前", "p: 后"}, "part_skipped"},
		"broken zip": {"afchunk.docx", "PK\x03\x04", []string{"p: 前", "p: 后"}, "part_damaged"},
		"missing":    {"", "", []string{"p: 前", "p: 后"}, "part_skipped"},
	} {
		t.Run(name, func(t *testing.T) {
			f := fixture{body: body, extra: map[string]string{"word/_rels/document.xml.rels": rels(c.part)}}
			if c.part != "" {
				f.extra["word/"+c.part] = c.content
			}
			e := f.expect(t, c.want...)
			if got := codes(e); got != c.codes {
				t.Errorf("warnings %q, want %q", got, c.codes)
			}
			if len(e.Document.Tables) > 0 {
				if got := *e.Document.Tables[0].Cells[0].Part; got != "word/"+c.part+"!word/document.xml#tbl0/r0/c0" {
					t.Errorf("part %s", got)
				}
			}
		})
	}
}

// nest puts a package into itself again and again.
func nest(t *testing.T, levels int, innermost []byte) []byte {
	t.Helper()
	for range levels {
		innermost = fixture{body: para("层") + `<w:altChunk r:id="c"/>`, extra: map[string]string{
			"word/_rels/document.xml.rels": packageRels + `<Relationship Id="c" Type="` + officeRels + `aFChunk" Target="a.docx"/></Relationships>`,
			"word/a.docx":                  string(innermost),
		}}.file(t)
	}
	return innermost
}

// Packages in packages end at a depth and share one budget of bytes.
func TestNestedPackages(t *testing.T) {
	e, err := readBytes(nest(t, 8, fixture{body: para("底")}.file(t)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if got := outline(e); got != strings.Repeat("p: 层\n", maxNested+1) || codes(e) != "part_skipped" {
		t.Errorf("got %q with %q", got, codes(e))
	}
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 1 << 20
	bomb := nest(t, 2, fixture{body: strings.Repeat(para("文"), 100_000)}.file(t))
	wantError(t, bomb, lim, extract.CodeLimit, "decompressed_bytes")
}

// A document in a flat package stands in base64.
func TestFlatBinary(t *testing.T) {
	f := fixture{body: `<w:altChunk r:id="c"/>`, extra: map[string]string{
		"word/_rels/document.xml.rels": packageRels + `<Relationship Id="c" Type="` + officeRels + `aFChunk" Target="a.bin"/></Relationships>`,
	}}
	parts := f.parts()
	lines := base64.StdEncoding.EncodeToString(fixture{body: para("内")}.file(t))
	var b strings.Builder
	for i := 0; i < len(lines); i += 76 {
		b.WriteString(lines[i:min(i+76, len(lines))] + "\r\n")
	}
	parts["word/a.bin"] = b.String()
	e, err := readBytes([]byte(flat(parts)), extract.DefaultLimits())
	if err != nil || outline(e) != "p: 内\n" {
		t.Errorf("%v, %v", e, err)
	}
}

// FuzzFlat reads damaged flat packages and Word 2003's XML.
func FuzzFlat(f *testing.F) {
	parts := everything().parts()
	f.Add([]byte(flat(parts)))
	f.Add([]byte(word2003(`<w:p><w:pPr><w:listPr><wx:t wx:val="1."/></w:listPr></w:pPr><w:r><w:footnote><w:p/></w:footnote><w:t>x</w:t></w:r></w:p>`)))
	f.Add([]byte(utf16LE(flat(parts))))
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 1 << 20
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := readBytes(b, lim)
		checkReading(t, e, err)
		again, errAgain := Read(bytes.NewReader(b), int64(len(b)), lim)
		if d := cmp.Diff(e, again); d != "" || (err == nil) != (errAgain == nil) {
			t.Error("a second reading differs: ", d)
		}
	})
}
