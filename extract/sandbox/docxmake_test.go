//go:build linux && !race

package sandbox

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

const (
	officeNS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	wordNS   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	wordMIME = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// flatStart begins a flat package with a main part.
const flatStart = `<?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">` +
	`<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document xmlns:w="` + wordNS + `">`

// makeDocx is a Word file with the main part main, written piece by piece so
// that it may be huge, and other parts of word/ by their names.
func makeDocx(tb testing.TB, main func(io.Writer), parts map[string]string) []byte {
	tb.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name string, write func(io.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		write(w)
	}
	str := func(s string) func(io.Writer) { return func(w io.Writer) { _, _ = io.WriteString(w, s) } }
	var types, rels strings.Builder
	for name := range parts {
		fmt.Fprintf(&types, `<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>`, name, wordMIME, name)
		fmt.Fprintf(&rels, `<Relationship Id="r%s" Type="%s/%s" Target="%s.xml"/>`, name, officeNS, name, name)
	}
	const relsNS = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	put("[Content_Types].xml", str(`<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Override PartName="/word/document.xml" ContentType="`+wordMIME+`document.main+xml"/>`+types.String()+`</Types>`))
	put("_rels/.rels", str(`<Relationships `+relsNS+`><Relationship Id="r1" Type="`+officeNS+`/officeDocument" Target="word/document.xml"/></Relationships>`))
	put("word/_rels/document.xml.rels", str(`<Relationships `+relsNS+`>`+rels.String()+`</Relationships>`))
	for name, content := range parts {
		put("word/"+name+".xml", str(content))
	}
	put("word/document.xml", main)
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// body is a main part with the markup inside w:body.
func body(markup string) func(io.Writer) {
	return func(w io.Writer) {
		_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="`+wordNS+`"><w:body>`+markup+`</w:body></w:document>`)
	}
}

func paragraph(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

// reportDocx is an ordinary file: styles, numbering, merged cells, a nested
// table, a field, a deletion, a text box in both its forms.
func reportDocx(tb testing.TB) []byte {
	tb.Helper()
	var m strings.Builder
	m.WriteString(`<w:p><w:pPr><w:pStyle w:val="T"/><w:jc w:val="center"/></w:pPr><w:r><w:t>某某局二〇二四年度报告</w:t></w:r></w:p>`)
	for i := range 5 {
		fmt.Fprintf(&m, `<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">总体情况 %d</w:t></w:r></w:p>`, i%2, i)
	}
	m.WriteString(`<w:tbl><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="1000"/><w:gridCol w:w="1000"/></w:tblGrid>`)
	m.WriteString(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>` + paragraph("合计") + `</w:tc><w:tc>` + paragraph("12") + `</w:tc></w:tr>`)
	m.WriteString(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:tbl><w:tr><w:tc>` + paragraph("内") + `</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr>`)
	m.WriteString(`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>` + paragraph("a") + `</w:tc><w:tc><w:sdt><w:sdtContent>` + paragraph("b") + `</w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>`)
	m.WriteString(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`)
	m.WriteString(`<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>新</w:t></w:r></w:ins></w:p>`)
	m.WriteString(`<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:txbxContent>` + paragraph("框") +
		`</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + paragraph("框") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`)
	return makeDocx(tb, body(m.String()), map[string]string{
		"styles": `<w:styles xmlns:w="` + wordNS + `"><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:basedOn w:val="N"/><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>` +
			`<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style></w:styles>`,
		"numbering": `<w:numbering xmlns:w="` + wordNS + `"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
	})
}
