package pdf

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"nianbao/extract"
)

// TestHostileContent feeds what exhausts careless readers; each case has to end
// soon, in a page or an error, without much memory.
func TestHostileContent(t *testing.T) {
	var before, after runtime.MemStats
	for name, data := range map[string][]byte{
		"ten million brackets": onePage(&testFile{}, "", strings.Repeat("[", 10_000_000), ""),
		"ten million numbers":  onePage(&testFile{}, "", strings.Repeat("1 ", 10_000_000), ""),
		"deep q":               onePage(&testFile{}, "", strings.Repeat("q ", 1_000_000), ""),
		"deep marks":           onePage(&testFile{}, "", strings.Repeat("/A BMC ", 1_000_000), ""),
		"growing matrix":       onePage(&testFile{}, helvetica, strings.Repeat("1e9 0 0 1e9 0 0 cm 99999 0 0 99999 9 9 cm ", 1000)+hello+" 0 0 1 1 re f", ""),
		"open string":          onePage(&testFile{}, helvetica, "("+strings.Repeat("(", 3_000_000), ""),
		"long path":            onePage(&testFile{}, "", "0 0 m "+strings.Repeat("1 1 l ", 2_000_000)+"S", ""),
		"huge W":               hugeWidths(),
		"huge CMap ranges":     hugeCMap(),
		"filters":              manyFilters(),
	} {
		runtime.ReadMemStats(&before)
		d, err := openLimited(data, extract.DefaultLimits())
		if err == nil {
			_, err = d.Page(1)
		}
		if err != nil && extract.AsError(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 512 {
			t.Errorf("%s: %d MB", name, used)
		}
	}
}

func hugeWidths() []byte {
	f := &testFile{}
	n := f.add("<</Type /Font /Subtype /Type0 /Encoding /Identity-V /DescendantFonts [<</Subtype /CIDFontType2 /W [%s 0 4294967295 500 -5 99999999999 1e400] /W2 [0 4294967295 -1000 500 880]>>]>>",
		strings.Repeat("1 2 3 ", 100_000))
	return onePage(f, fmt.Sprintf("/Font <</F1 %d 0 R>>", n), "BT /F1 10 Tf <0001FFFF> Tj ET", "")
}

func hugeCMap() []byte {
	f := &testFile{}
	u := f.flate("", "1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 2 beginbfrange <00000000> <FFFFFFFF> <0041> <0000> <FFFF> ["+
		strings.Repeat("<41>", 100_000)+"] endbfrange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange")
	n := f.add("<</Type /Font /Subtype /Type0 /Encoding %d 0 R /ToUnicode %d 0 R /DescendantFonts [<</Subtype /CIDFontType2>>]>>", u, u)
	return onePage(f, fmt.Sprintf("/Font <</F1 %d 0 R>>", n), "BT /F1 10 Tf <00000001FFFFFFFF> Tj ET", "")
}

func manyFilters() []byte {
	f := &testFile{}
	c := f.stream("/Filter ["+strings.Repeat("/ASCIIHexDecode ", 10_000)+"]", "41")
	pages := f.reserve()
	p := f.add("<</Type /Page /Contents %d 0 R>>", c)
	f.set(pages, "<</Type /Pages /Kids [%d 0 R]>>", p)
	f.root = f.add("<</Type /Catalog /Pages %d 0 R>>", pages)
	return f.bytes()
}
