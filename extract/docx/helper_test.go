package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"nianbao/extract"
)

const (
	docNamespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"` +
		` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"` +
		` xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`
	officeRels  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packageRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
)

// fixture describes a Word file: parts without the XML frame around them.
type fixture struct {
	body, styles, numbering string
	footnotes, endnotes     string
	comments                string
	headers, footers        []string
	// extra are further parts as they are; they replace those made otherwise.
	extra map[string]string
	// without names parts to leave out.
	without []string
}

// parts makes all parts of the package.
func (f fixture) parts() map[string]string {
	wrap := func(root, inner string) string {
		return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n<w:" + root + " " + docNamespaces + ">" + inner + "</w:" + root + ">"
	}
	out := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels": packageRels + `<Relationship Id="rId1" Type="` + officeRels + `officeDocument" Target="word/document.xml"/></Relationships>`,
	}
	rels := packageRels
	sections := ""
	add := func(kind, name, content string) string {
		id := "rId_" + strings.TrimSuffix(name, ".xml")
		rels += fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s"/>`, id, officeRels, kind, name)
		out["word/"+name] = content
		return id
	}
	add("styles", "styles.xml", wrap("styles", f.styles))
	if f.numbering != "" {
		add("numbering", "numbering.xml", wrap("numbering", f.numbering))
	}
	if f.footnotes != "" {
		add("footnotes", "footnotes.xml", wrap("footnotes", f.footnotes))
	}
	if f.endnotes != "" {
		add("endnotes", "endnotes.xml", wrap("endnotes", f.endnotes))
	}
	if f.comments != "" {
		add("comments", "comments.xml", wrap("comments", f.comments))
	}
	for i, h := range f.headers {
		id := add("header", fmt.Sprintf("header%d.xml", i+1), wrap("hdr", h))
		sections += `<w:headerReference w:type="default" r:id="` + id + `"/>`
	}
	for i, h := range f.footers {
		id := add("footer", fmt.Sprintf("footer%d.xml", i+1), wrap("ftr", h))
		sections += `<w:footerReference w:type="default" r:id="` + id + `"/>`
	}
	out["word/_rels/document.xml.rels"] = rels + "</Relationships>"
	out["word/document.xml"] = wrap("document", "<w:body>"+f.body+"<w:sectPr>"+sections+"</w:sectPr></w:body>")
	for name, content := range f.extra {
		out[name] = content
	}
	for _, name := range f.without {
		delete(out, name)
	}
	return out
}

// file makes the package.
func (f fixture) file(t testing.TB) []byte {
	t.Helper()
	return zipFile(t, f.parts(), zip.Deflate)
}

func zipFile(t testing.TB, parts map[string]string, method uint16) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range sortedKeys(parts) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func readBytes(b []byte, lim extract.Limits) (*extract.Extraction, error) {
	return Read(bytes.NewReader(b), int64(len(b)), lim)
}

func (f fixture) read(t testing.TB) *extract.Extraction {
	t.Helper()
	e, err := readBytes(f.file(t), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// outline writes the document as lines: one a block, and under a table one a
// row, with < for a position the cell on the left covers, ^ for one the cell
// above covers and ~ for one that no cell covers.
func outline(e *extract.Extraction) string {
	var b strings.Builder
	for _, bl := range e.Document.Blocks {
		if bl.Table != nil {
			writeTable(&b, &e.Document.Tables[*bl.Table], bl.Role)
			continue
		}
		switch bl.Type {
		case extract.Heading:
			fmt.Fprintf(&b, "h%d", bl.Level)
		case extract.Image:
			b.WriteString("image")
		default:
			b.WriteString("p")
		}
		if bl.Role != "" {
			b.WriteString(" " + string(bl.Role))
		}
		if bl.Number != nil {
			b.WriteString(" [" + *bl.Number + "]")
		}
		b.WriteString(": " + strings.ReplaceAll(bl.Text, "\n", "⏎") + "\n")
	}
	return strings.ReplaceAll(b.String(), "\t", "→")
}

func writeTable(b *strings.Builder, t *extract.Table, role extract.Role) {
	fmt.Fprintf(b, "table %d", t.Index)
	if role != "" {
		b.WriteString(" " + string(role))
	}
	b.WriteString("\n")
	grid := t.Grid()
	for r, row := range grid {
		for c, cell := range row {
			switch {
			case c > 0:
				b.WriteString("|")
			default:
				b.WriteString("  ")
			}
			switch {
			case cell == nil:
				b.WriteString("~")
			case cell.Row == r && cell.Column == c:
				b.WriteString(strings.ReplaceAll(cell.Text, "\n", "⏎"))
			case cell.Row == r:
				b.WriteString("<")
			default:
				b.WriteString("^")
			}
		}
		b.WriteString("\n")
	}
}

// expect compares the outline of a fixture with lines.
func (f fixture) expect(t *testing.T, lines ...string) *extract.Extraction {
	t.Helper()
	e := f.read(t)
	want := strings.Join(lines, "\n") + "\n"
	if len(lines) == 0 {
		want = ""
	}
	if got := outline(e); got != want {
		t.Errorf("outline:\n%swant:\n%s", got, want)
	}
	return e
}

func codes(e *extract.Extraction) string {
	var out []string
	for _, w := range e.Warnings {
		out = append(out, w.Code)
	}
	return strings.Join(out, " ")
}

func para(text string) string { return "<w:p>" + runOf(text) + "</w:p>" }

func runOf(text string) string {
	return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func cellOf(props, text string) string {
	return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + para(text) + "</w:tc>"
}

// plainTable makes a table of one-column cells with the widths given.
func plainTable(widths string, rows ...string) string {
	var b strings.Builder
	b.WriteString("<w:tbl><w:tblPr/><w:tblGrid>")
	for w := range strings.FieldsSeq(widths) {
		b.WriteString(`<w:gridCol w:w="` + w + `"/>`)
	}
	b.WriteString("</w:tblGrid>")
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for text := range strings.SplitSeq(row, "|") {
			b.WriteString(cellOf("", text))
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}
