// Package wordform writes a report as a Word file in the official form of its
// year: a template is built from the form as data, laid out as the notice prints
// it, and filled by nguyenthenguyen/docx.
//
// A template is an ordinary Word file with placeholders, each in one run:
//
//	{{title}} {{signed_by}} {{signed_on}}
//	{{chapter/overview}} …            text of a chapter, one paragraph a line
//	{{/report/applications/new/total}} one figure, named by its JSON Pointer
//
// so that an office may put its own letterhead around it.
package wordform

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"

	"nianbao/convert/form"
)

// The parts of the package beside the document itself (ECMA-376 Part 2). The
// relationships part of the document must be there: the library that fills the
// template refuses one without.
const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`</Types>`
	packageRels = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
		`</Relationships>`
	documentRels = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`</Relationships>`
	// Sizes are half points: 32 is 三号 for text, 44 二号 for the title. Body text
	// is set in 仿宋, headings in 黑体 (GB/T 9704).
	styles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
		`<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="FangSong" w:hAnsi="FangSong" w:eastAsia="仿宋"/><w:sz w:val="32"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="360"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="宋体"/><w:b/><w:sz w:val="44"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="18"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Signature"><w:name w:val="Signature"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="right"/></w:pPr></w:style>` +
		`</w:styles>`
	documentStart = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	// A4, margins of GB/T 9704 rounded, in twentieths of a point.
	documentEnd = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1417" w:bottom="1701" w:left="1417" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`
	textWidth   = 11906 - 2*1417
)

// Template builds the Word template of a form. The same form gives the same
// bytes.
func Template(f *form.Form) ([]byte, error) {
	var b strings.Builder
	b.WriteString(documentStart)
	paragraph(&b, "Title", "{{title}}")
	for i := range f.Chapters {
		c := &f.Chapters[i]
		paragraph(&b, "Heading1", c.Number+"、"+c.Title)
		paragraph(&b, "Normal", "{{chapter/"+c.Key+"}}")
		for k := range f.Tables {
			if f.Tables[k].Chapter == c.Key {
				table(&b, &f.Tables[k])
			}
		}
	}
	paragraph(&b, "Signature", "{{signed_by}}")
	paragraph(&b, "Signature", "{{signed_on}}")
	b.WriteString(documentEnd)
	return pack(b.String())
}

func pack(document string) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"word/document.xml", document},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/styles.xml", styles},
	} {
		w, err := z.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(part.text)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func paragraph(b *strings.Builder, style, text string) {
	fmt.Fprintf(b, `<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, style, escape(text))
}

// table writes the table as on paper: merged rows by vMerge, merged columns by
// gridSpan (ECMA-376 Part 1, §17.4).
func table(b *strings.Builder, t *form.Table) {
	paper, width := t.Paper(), t.Width()
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, textWidth)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	edges := gridEdges(t)
	for c := range width {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, edges[c+1]-edges[c])
	}
	b.WriteString(`</w:tblGrid>`)
	open := make([]*form.PaperCell, width) // the cell that reaches down into the row, by first column
	left := make([]int, width)             // rows it still covers
	for r := range paper {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		next := 0
		for column := 0; column < width; {
			if left[column] > 0 {
				left[column]--
				cell(b, open[column], "continue", edges)
				column += open[column].ColSpan
				continue
			}
			if next >= len(paper[r]) {
				break
			}
			c := &paper[r][next]
			next++
			merge := ""
			if c.RowSpan > 1 {
				merge = "restart"
				open[column], left[column] = c, c.RowSpan-1
			}
			cell(b, c, merge, edges)
			column += c.ColSpan
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	paragraph(b, "Normal", "") // two tables without a paragraph between them are one
}

// gridEdges are the column edges in twentieths of a point. Where labels take
// several columns, the innermost carries the long ones and gets more room.
func gridEdges(t *form.Table) []int {
	width := t.Width()
	weights, total := make([]int, width), 0
	labels := 0
	for _, row := range t.Paper() {
		for _, c := range row {
			if c.Kind == form.CellLabel {
				labels = max(labels, c.Column+c.ColSpan)
			}
		}
	}
	for c := range weights {
		weights[c] = 4
		if c < labels && labels > 1 {
			weights[c] = 5
			if c == labels-1 {
				weights[c] = 12
			}
		}
		total += weights[c]
	}
	edges, at := make([]int, width+1), 0
	for c, w := range weights {
		at += w
		edges[c+1] = textWidth * at / total
	}
	return edges
}

func cell(b *strings.Builder, c *form.PaperCell, merge string, edges []int) {
	fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, edges[c.Column+c.ColSpan]-edges[c.Column])
	if c.ColSpan > 1 {
		fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, c.ColSpan)
	}
	switch merge {
	case "restart":
		b.WriteString(`<w:vMerge w:val="restart"/>`)
	case "continue":
		b.WriteString(`<w:vMerge/>`)
	}
	b.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	switch {
	case merge == "continue":
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>`)
	case c.Kind == form.CellValue:
		paragraph(b, "Cell", "{{"+c.Path+"}}")
	default:
		paragraph(b, "Cell", c.Text)
	}
	b.WriteString(`</w:tc>`)
}

// escape writes text for a w:t: "\n" and tab become elements of their own, and
// characters that XML 1.0 forbids are dropped.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '\n':
			b.WriteString(`</w:t><w:br/><w:t xml:space="preserve">`)
		case r == '\t':
			b.WriteString(`</w:t><w:tab/><w:t xml:space="preserve">`)
		case r < 0x20, r == 0xFFFE, r == 0xFFFF:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
