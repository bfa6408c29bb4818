package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"nianbao/extract"
)

// reportPage is a page like those of a report: a paragraph and a table of 30
// rows and 10 columns in a CID font, ruled with thin rectangles.
func reportPage() []byte {
	f := &testFile{}
	u := f.flate("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <4FFF> <4E00> endbfrange")
	n := f.add("<</Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H /ToUnicode %d 0 R /DescendantFonts [<</Subtype /CIDFontType2 /W [%s]>>]>>",
		u, strings.Repeat("20 [500 500 500] ", 300))
	var b strings.Builder
	for row := range 30 {
		for col := range 10 {
			x, y := 40+50*col, 700-20*row
			fmt.Fprintf(&b, "%d %d 50 0.5 re f %d %d 0.5 20 re f\n", x, y, x, y)
			fmt.Fprintf(&b, "q 1 0 0 1 %d %d cm BT 1 0 0 1 2 5 Tm /F1 9 Tf [<%04X>12<%04X>-3<%04X%04X>]TJ ET Q\n", x, y, row*40+col, row, col, 7*col)
		}
	}
	return onePage(f, fmt.Sprintf("/Font <</F1 %d 0 R>>", n), b.String(), "")
}

// BenchmarkPage opens a file and reads its page, fonts included.
func BenchmarkPage(b *testing.B) {
	data := reportPage()
	p := readPage(b, data)
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	b.ReportMetric(float64(len(p.Glyphs)), "glyphs")
	for b.Loop() {
		d, err := Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.Page(1); err != nil {
			b.Fatal(err)
		}
	}
}
