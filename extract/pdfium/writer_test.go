package pdfium

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"

	"nianbao/extract/page"
)

// testFile writes PDF files object by object. Objects count from 1.
type testFile struct {
	objects []string
	trailer string // besides Size and Root
	root    int
}

func (f *testFile) add(format string, args ...any) int {
	f.objects = append(f.objects, fmt.Sprintf(format, args...))
	return len(f.objects)
}

func (f *testFile) set(n int, format string, args ...any) {
	f.objects[n-1] = fmt.Sprintf(format, args...)
}

func (f *testFile) stream(dict, data string) int {
	return f.add("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

func (f *testFile) flate(dict, data string) int {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(data))
	w.Close()
	return f.stream(dict+" /Filter /FlateDecode", b.String())
}

// bytes writes the file with a cross-reference table.
func (f *testFile) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(f.objects))
	for i, o := range f.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n", len(f.objects)+1, f.root, f.trailer, start)
	return b.Bytes()
}

// onePage makes a file of one page of 600 × 800 points. resources is the inside
// of the dictionary, extra of the page dictionary.
func onePage(f *testFile, resources, content, extra string) []byte {
	c := f.flate("", content)
	pages := f.add("null")
	p := f.add("<</Type /Page /Parent %d 0 R /Contents %d 0 R /Resources <<%s>> %s>>", pages, c, resources, extra)
	f.set(pages, "<</Type /Pages /Kids [%d 0 R] /Count 1 /MediaBox [0 0 600 800]>>", p)
	f.root = f.add("<</Type /Catalog /Pages %d 0 R>>", pages)
	return f.bytes()
}

// helvetica is a resource with the standard font as /F1.
const helvetica = "/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>>>"

// latin is a page of helvetica text and the given content.
func latin(content, extra string) []byte { return onePage(&testFile{}, helvetica, content, extra) }

// song is a resource with a Chinese font that is not embedded, in the encoding.
func song(encoding string) string {
	return "/Font <</F1 <</Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /" + encoding +
		" /DescendantFonts [<</Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 2>>" +
		" /FontDescriptor <</Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /ItalicAngle 0>>>>]>>>>"
}

func textOf(p *page.Page) string {
	var b strings.Builder
	for _, g := range p.Glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

// near tells whether two lengths differ by less than half a point.
func near(a, b float64) bool { return a-b < 0.5 && b-a < 0.5 }
