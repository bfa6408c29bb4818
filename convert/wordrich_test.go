package convert_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// richWord is a .docx with what reports have besides their tables: headings and
// automatic numbers of two levels, merged, nested and ragged cells, tracked
// changes, hidden text, fields, a note, a header.
func richWord(t *testing.T) []byte {
	t.Helper()
	const (
		w    = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
		rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
		kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	)
	run := func(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
	p := func(text string) string { return "<w:p>" + run(text) + "</w:p>" }
	in := func(level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="1"/></w:numPr></w:pPr>` + run(text) + "</w:p>"
	}
	cell := func(width, props, inner string) string {
		return `<w:tc><w:tcPr><w:tcW w:w="` + width + `" w:type="dxa"/>` + props + `</w:tcPr>` + inner + "</w:tc>"
	}
	table := func(widths string, rows ...string) string {
		grid := ""
		for width := range strings.FieldsSeq(widths) {
			grid += `<w:gridCol w:w="` + width + `"/>`
		}
		return `<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>` + grid + "</w:tblGrid><w:tr>" + strings.Join(rows, "</w:tr><w:tr>") + "</w:tr></w:tbl>"
	}
	span := func(n string) string { return `<w:gridSpan w:val="` + n + `"/>` }
	body := `<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>` + run("总体情况") + "</w:p>" +
		in("0", "主动公开") + in("1", "公开数") + in("1", "更新数") + in("0", "依申请公开") + in("1", "受理数") +
		table("2000 2000 2000 2000",
			cell("4000", span("2"), p("左上"))+cell("2000", `<w:vMerge w:val="restart"/>`, p("纵"))+cell("2000", "", in("1", "右")),
			cell("2000", "", p("甲")+p("续"))+cell("2000", "", p("1"))+cell("2000", `<w:vMerge/>`, "<w:p/>")+cell("2000", "", p("2")),
			cell("2000", "", p("外")+table("900 900", cell("900", "", p("内一"))+cell("900", "", p("内二")))+"<w:p/>")+cell("6000", span("3"), p("")),
		) +
		`<w:p>` + run("共") + `<w:del w:id="1" w:author="a"><w:r><w:delText>3</w:delText></w:r></w:del><w:ins w:id="2" w:author="a">` + run("5") + `</w:ins>` + run("件") +
		`<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>` + run("。") + `</w:p>` +
		`<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="36"/></w:rPr><w:t>某某局</w:t><w:br/><w:t>一月</w:t></w:r></w:p>`
	parts := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + kind + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + kind + `styles+xml"/>` +
			`<Override PartName="/word/numbering.xml" ContentType="` + kind + `numbering+xml"/><Override PartName="/word/footnotes.xml" ContentType="` + kind + `footnotes+xml"/>` +
			`<Override PartName="/word/header1.xml" ContentType="` + kind + `header+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="` + rels + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="` + rels + `styles" Target="styles.xml"/>` +
			`<Relationship Id="n" Type="` + rels + `numbering" Target="numbering.xml"/><Relationship Id="f" Type="` + rels + `footnotes" Target="footnotes.xml"/><Relationship Id="h" Type="` + rels + `header" Target="header1.xml"/></Relationships>`,
		"word/document.xml": `<w:document ` + w + `><w:body>` + body + `<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr></w:body></w:document>`,
		"word/styles.xml": `<w:styles ` + w + `><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>` +
			`<w:style w:type="paragraph" w:default="1" w:styleId="0"><w:name w:val="Normal"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="0"/><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>`,
		"word/numbering.xml": `<w:numbering ` + w + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>` +
			`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
		"word/footnotes.xml": `<w:footnotes ` + w + `><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>` + run("含上年结转") + `</w:p></w:footnote></w:footnotes>`,
		"word/header1.xml":   `<w:hdr ` + w + `>` + p("某某局文件") + `</w:hdr>`,
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range parts {
		part, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?>` + content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What Word documents have besides text and plain tables survives being saved as
// .doc.
func TestRichWordBinarySameAsDOCX(t *testing.T) {
	word := richWord(t)
	binary := office(t, "doc", map[string][]byte{"rich.docx": word})["rich.docx"]
	a, b := lines(readFile(t, binary).Document), lines(readFile(t, word).Document)
	if a != b {
		t.Errorf("as .doc:\n%s\nas .docx:\n%s", a, b)
	} else if !strings.Contains(a, "二、依申请公开") {
		t.Errorf("numbers are missing:\n%s", a)
	}
}
