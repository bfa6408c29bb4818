package wordml

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Style is how a paragraph is set.
type Style string

// The styles, by their ids in the document.
const (
	Title     Style = "Title"     // 方正小标宋 二号, centred
	Heading   Style = "Heading1"  // 黑体 三号, first level of the outline
	Body      Style = "Normal"    // 仿宋 三号, first line indented by two characters
	Kept      Style = "Kept"      // as Body, on the page of what follows
	Note      Style = "Note"      // 仿宋 小四, not indented
	Addressee Style = "Addressee" // as Body, not indented
	Signature Style = "Signature" // 仿宋 三号, at the right
)

// The page: A4, the margins of GB/T 9704.
const (
	pageWidth, pageHeight                            = 11906, 16838
	marginTop, marginRight, marginBottom, marginLeft = 2098, 1474, 1984, 1588
	// TextWidth is the width of text on a page, in twips.
	TextWidth = pageWidth - marginLeft - marginRight
)

// Document is a document that is being written. It is not for several goroutines.
type Document struct{ body strings.Builder }

// New returns an empty document.
func New() *Document { return &Document{} }

// Paragraph adds a paragraph.
func (d *Document) Paragraph(s Style, text string) {
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>%s</w:p>`, s, Run("", text))
}

// Table adds a table and an empty line below it: two tables without one are one.
func (d *Document) Table(t *Table) {
	d.body.WriteString(t.XML())
	d.body.WriteString(Gap)
}

// Gap is the low paragraph below a table: two tables without one between them are one,
// and a cell of a table ends with a paragraph.
const Gap = `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr></w:p>`

// HeadingXML is a heading, set in place without a style, so that it looks the same in
// any document.
func HeadingXML(text string) string {
	return `<w:p><w:pPr><w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/></w:pPr>` +
		Run(`<w:rPr><w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/><w:sz w:val="32"/></w:rPr>`, text) + `</w:p>`
}

// Run is a run of text with its properties, an element w:rPr or "".
func Run(properties, text string) string {
	return `<w:r>` + properties + `<w:t xml:space="preserve">` + Escape(text) + `</w:t></w:r>`
}

// Escape is text as the content of w:t: a line end and a tab become elements of their
// own, and characters that XML 1.0 forbids are dropped.
func Escape(s string) string {
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

// Bytes is the document as a file.
func (d *Document) Bytes() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"word/document.xml", documentStart + d.body.String() + documentEnd()},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/styles.xml", styles},
		{"word/fontTable.xml", fontTable},
		{"word/footer1.xml", footer},
	} {
		w, err := z.Create(part.name)
		if err == nil {
			_, err = io.WriteString(w, part.text)
		}
		if err != nil {
			return nil, fmt.Errorf("wordml: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("wordml: %w", err)
	}
	return out.Bytes(), nil
}
