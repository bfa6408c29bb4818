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

// prevLoop is a file whose cross-reference section names itself as the previous.
func prevLoop() []byte {
	whole := reportPDF(flateStream).bytes()
	at := bytes.LastIndex(whole, []byte("\nxref\n")) + 1
	return bytes.Replace(whole, []byte("/Root"), fmt.Appendf(nil, "/Prev %d /Root", at), 1)
}

// prevPair is a file with two sections that name each other.
func prevPair() []byte {
	whole := reportPDF(flateStream).bytes()
	first := bytes.LastIndex(whole, []byte("\nxref\n")) + 1
	prev := func(at int) []byte { return fmt.Appendf(nil, "/Prev %010d /Root", at) }
	whole = bytes.Replace(whole, []byte("/Root"), prev(len(whole)+len(prev(0))-len("/Root")), 1)
	second := len(whole)
	return fmt.Appendf(whole, "xref\n0 0\ntrailer\n<< /Size 13 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n", first, second)
}

func claimsSize() []byte {
	return bytes.Replace(reportPDF(flateStream).bytes(), []byte("/Size 13"), []byte("/Size 2147483647"), 1)
}

func claimsPages() []byte {
	p := reportPDF(flateStream)
	p.set(2, "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count -2147483648 /MediaBox [0 0 595 842] >>")
	return p.bytes()
}

const formDict = "/Type /XObject /Subtype /Form /BBox [0 0 10 10] "

func formLoop() []byte {
	return onePage("/XObject << /X 5 0 R >>", "/X Do", flateStream(formDict+"/Resources << /XObject << /X 5 0 R >> >>", "/X Do /X Do")).bytes()
}

// formFan draws 10^10 forms.
func formFan() []byte {
	p := onePage("/XObject << /X 5 0 R >>", "/X Do")
	for i := range 10 {
		p.add("%s", flateStream(fmt.Sprintf("%s/Resources << /XObject << /X %d 0 R >> >>", formDict, i+6), strings.Repeat("/X Do ", 10)))
	}
	p.add("%s", flateStream(formDict, "0 0 1 1 re f"))
	return p.bytes()
}

// rawStream is a page whose content stream has the bytes as they are.
func rawStream(dict, data string) []byte {
	p := onePage("", "")
	p.set(4, "<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
	return p.bytes()
}

// manyBombs has pages of 60 MiB each.
func manyBombs(n int) []byte {
	p := manyPagesFile(n)
	p.set(3, "%s", flateStream("", strings.Repeat(" ", 60<<20)))
	return p.bytes()
}

func pageLoop() []byte {
	p := onePage("", "")
	p.set(3, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
	return p.bytes()
}

// pageFan is a page tree of 10^10 leaves without a loop.
func pageFan() []byte {
	p := &pdfFile{}
	p.add("<< /Type /Catalog /Pages 2 0 R >>")
	for i := range 10 {
		p.add("<< /Type /Pages /Count 1 /Kids [%s] >>", strings.Repeat(fmt.Sprintf("%d 0 R ", i+3), 10))
	}
	p.add("<< /Type /Page /MediaBox [0 0 10 10] >>")
	return p.bytes()
}

// manyPagesFile has n pages that share the content in object 3.
func manyPagesFile(n int) *pdfFile {
	p := &pdfFile{}
	p.add("<< /Type /Catalog /Pages 2 0 R >>")
	p.add("")
	p.add("%s", flateStream("", "0 0 1 1 re f"))
	var kids strings.Builder
	for range n {
		fmt.Fprintf(&kids, "%d 0 R ", p.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"))
	}
	p.set(2, "<< /Type /Pages /Count %d /Kids [%s] >>", n, kids.String())
	return p
}

func manyPages(n int) []byte { return manyPagesFile(n).bytes() }

// lengthLoop has a stream whose length is that stream.
func lengthLoop() []byte {
	p := onePage("", "")
	p.set(4, "<< /Length 4 0 R >>\nstream\nq Q\nendstream")
	return p.bytes()
}

// lengthPacked has an object stream whose length stands inside of it.
func lengthPacked() []byte {
	p := reportPDF(flateStream)
	number := p.add("100")
	whole := p.compact()
	start := bytes.Index(whole, []byte("/Type /ObjStm"))
	old := whole[start : start+bytes.Index(whole[start:], []byte(">>"))]
	first := bytes.Index(old, []byte("/First"))
	// As long as before, so that nothing moves.
	dict := fmt.Sprintf("/Type/ObjStm/N %d%s/Filter/FlateDecode/Length %d 0 R",
		number-4, bytes.TrimSuffix(old[first:bytes.Index(old, []byte("/Filter"))], []byte(" ")), number)
	copy(old, fmt.Sprintf("%-*s", len(old), dict))
	return whole
}

// extendsMissing has an object that its object stream lacks and that is looked
// for, by way of /Extends, in the same stream again.
func extendsMissing() []byte {
	p := reportPDF(flateStream)
	p.packed = fmt.Sprintf("/Extends %d 0 R", len(p.objects)+1)
	p.hidden = 7
	return p.compact()
}

// extendsLoop has an object stream that is said to extend itself.
func extendsLoop() []byte {
	p := reportPDF(flateStream)
	p.packed = fmt.Sprintf("/Extends %d 0 R", len(p.objects)+1)
	return p.compact()
}

// xrefStream has the entries in its cross-reference stream.
func xrefStream(widths string) []byte {
	p := reportPDF(flateStream)
	p.widths = widths
	return p.compact()
}

// withFont shows text in a font with the entries; object 6 is a CMap.
func withFont(dict, cmap string) []byte {
	return onePage("/Font << /F 5 0 R >>", "BT /F 10 Tf 50 50 Td (abc) Tj ET",
		"<< /Type /Font /Subtype /TrueType /BaseFont /X "+dict+" >>",
		flateStream("", "begincmap 1 begincodespacerange <00> <ff> endcodespacerange "+cmap+" endcmap")).bytes()
}

// type3Loop shows a glyph that shows itself.
func type3Loop() []byte {
	return onePage("/Font << /F 5 0 R >>", "BT /F 10 Tf (aaaaaaaaaa) Tj ET",
		"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] /Resources << /Font << /F 5 0 R >> >> >>",
		flateStream("", "1 0 d0 BT /F 1 Tf (aaaaaaaaaa) Tj ET")).bytes()
}

// annotationLoop has an appearance that draws itself.
func annotationLoop() []byte {
	p := onePage("", "", "<< /Type /Annot /Subtype /Stamp /Rect [0 0 10 10] /AP << /N 6 0 R >> >>",
		flateStream(formDict+"/Resources << /XObject << /X 6 0 R >> >>", "/X Do"))
	p.set(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [%s] >>", strings.Repeat("5 0 R ", 10_000))
	return p.bytes()
}

// rulings draws n short lines all over a page.
func rulings(n int) string {
	var c strings.Builder
	for i := range n {
		x, y := i*7919%595, i*104729%842
		if i%2 == 0 {
			fmt.Fprintf(&c, "%d %d m %d %d l S\n", x, y, x+40, y)
		} else {
			fmt.Fprintf(&c, "%d %d m %d %d l S\n", x, y, x, y+40)
		}
	}
	return c.String()
}

// gridLines draws n × n cells.
func gridLines(n int) string {
	var c strings.Builder
	for i := range n {
		at := float64(i) * 8
		fmt.Fprintf(&c, "0 %g m %d %g l S %g 0 m %g %d l S\n", at, n*8, at, at, at, n*8)
	}
	return "0.05 0 0 0.05 0 0 cm 0.1 w\n" + c.String()
}

// scattered shows n glyphs, each at a place and in a size of its own.
func scattered(n int) string {
	var c strings.Builder
	c.WriteString("BT\n")
	for i := range n {
		fmt.Fprintf(&c, "/F %d Tf 1 0 0 1 %d %d Tm (x) Tj\n", 4+i%9, i*7919%595, i*104729%842)
	}
	return c.String() + "ET"
}

// bigBody is a main part of so many MiB of blanks.
func bigBody(mib int) func(io.Writer) {
	return func(w io.Writer) {
		_, _ = io.WriteString(w, `<w:document xmlns:w="`+wordNS+`"><w:body>`)
		block := strings.Repeat(" ", 1<<20)
		for range mib {
			_, _ = io.WriteString(w, block)
		}
		_, _ = io.WriteString(w, `</w:body></w:document>`)
	}
}

const billionLaughs = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>` +
	`<w:document xmlns:w="` + wordNS + `"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>`

const styleLoop = `<w:styles xmlns:w="` + wordNS + `"><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>`

// manyParts is a Word file with n more entries.
func manyParts(tb testing.TB, n int) []byte {
	tb.Helper()
	old, err := zip.NewReader(bytes.NewReader(reportDocx(tb)), int64(len(reportDocx(tb))))
	if err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range old.File {
		if err := z.Copy(f); err != nil {
			tb.Fatal(err)
		}
	}
	for i := range n {
		if _, err := z.Create(fmt.Sprintf("word/media/%d", i)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}
