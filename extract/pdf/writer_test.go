package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"nianbao/extract"
	"nianbao/extract/page"
)

// testFile writes PDF files object by object. Objects count from 1.
type testFile struct {
	objects []string
	// trailer is put into the trailer dictionary besides Size and Root.
	trailer string
	root    int
}

func (f *testFile) add(format string, args ...any) int {
	f.objects = append(f.objects, fmt.Sprintf(format, args...))
	return len(f.objects)
}

// reserve adds an object whose text is set later.
func (f *testFile) reserve() int { return f.add("null") }

func (f *testFile) set(n int, format string, args ...any) {
	f.objects[n-1] = fmt.Sprintf(format, args...)
}

func (f *testFile) stream(dict, data string) int {
	return f.add("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

func (f *testFile) flate(dict, data string) int {
	return f.stream(dict+" /Filter /FlateDecode", deflate(data))
}

func deflate(data string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(data))
	w.Close()
	return b.String()
}

// bytes writes the file with a classic cross-reference table.
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
	c := f.stream("", content)
	pages := f.reserve()
	p := f.add("<</Type /Page /Parent %d 0 R /Contents %d 0 R /Resources <<%s>> %s>>", pages, c, resources, extra)
	f.set(pages, "<</Type /Pages /Kids [%d 0 R] /Count 1 /MediaBox [0 0 600 800]>>", p)
	f.root = f.add("<</Type /Catalog /Pages %d 0 R %s>>", pages, "")
	return f.bytes()
}

// helvetica is a resource with the standard font as /F1.
const helvetica = "/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>>>"

func open(t testing.TB, data []byte) *Document {
	t.Helper()
	d, err := Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return d
}

// readPage opens a file and reads its first page.
func readPage(t testing.TB, data []byte) *page.Page {
	t.Helper()
	p, err := open(t, data).Page(1)
	if err != nil {
		t.Fatalf("Page: %v", err)
	}
	return p
}

// content reads a page of helvetica text and the given content.
func content(t testing.TB, ops string) *page.Page {
	t.Helper()
	return readPage(t, onePage(&testFile{}, helvetica, ops, ""))
}

func textOf(p *page.Page) string {
	var b strings.Builder
	for _, g := range p.Glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

func near(a, b float64) bool { return a-b < 0.011 && b-a < 0.011 }

func nearBox(a, b page.Box) bool {
	return near(a.X0, b.X0) && near(a.Y0, b.Y0) && near(a.X1, b.X1) && near(a.Y1, b.Y1)
}

// wantError fails unless err is an *extract.Error of the code.
func wantError(t *testing.T, err error, code extract.Code) *extract.Error {
	t.Helper()
	e := extract.AsError(err)
	if e == nil || e.Code != code {
		t.Fatalf("error %v, want code %s", err, code)
	}
	if e.Detail == "" {
		t.Fatalf("error %v has no detail", e)
	}
	return e
}
