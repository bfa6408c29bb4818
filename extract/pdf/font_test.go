package pdf

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"nianbao/extract/page"
)

// withFont reads a page that shows ops in the font object that make returns.
func withFont(t *testing.T, ops string, make func(f *testFile) int) *page.Page {
	t.Helper()
	f := &testFile{}
	n := make(f)
	return readPage(t, onePage(f, fmt.Sprintf("/Font <</F1 %d 0 R>>", n), "BT /F1 10 Tf 100 700 Td "+ops+" ET", ""))
}

func unmapped(p *page.Page) string {
	var b strings.Builder
	for _, g := range p.Glyphs {
		if g.Unmapped {
			b.WriteByte('?')
		} else {
			b.WriteString(g.Text)
		}
	}
	return b.String()
}

// advances are the glyphs' widths in thousandths of 10 points.
func advances(p *page.Page) string {
	var out []string
	for _, g := range p.Glyphs {
		out = append(out, fmt.Sprintf("%.0f", (g.Box.X1-g.Box.X0)*100))
	}
	return strings.Join(out, " ")
}

const cidInfo = "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"

func TestCIDFonts(t *testing.T) {
	toUnicode := func(f *testFile, body string) int {
		return f.flate("", "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+body+"\nendcmap")
	}
	for _, c := range []struct {
		name, show, text, widths string
		make                     func(f *testFile) int
	}{
		{"ToUnicode and W", "<000100020003000A000B> Tj", "中文ab丁", "1000 500 250 300 300", func(f *testFile) int {
			u := toUnicode(f, "2 beginbfchar <0001> <4E2D> <0002> <6587> endbfchar 2 beginbfrange <0003> <0003> <0061> <000A> <000B> [<0062> <4E01>] endbfrange")
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H /ToUnicode %d 0 R /DescendantFonts [<</Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Song %s /DW 1000 /W [2 [500 250] 10 11 300]>>]>>", u, cidInfo)
		}},
		{"embedded CMap", "<20 8140 8141 90> Tj", "中文一?", "700 1000 600 1000", func(f *testFile) int {
			cm := f.stream("/Type /CMap /CMapName /Own", "2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange 1 begincidchar <20> 7 endcidchar 1 begincidrange <8140> <8150> 100 endcidrange")
			u := f.stream("", "1 begincodespacerange <00> <FFFF> endcodespacerange 3 beginbfchar <20> <4E2D> <8140> <6587> <8141> <4E00> endbfchar")
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding %d 0 R /ToUnicode %d 0 R /DescendantFonts [<</Subtype /CIDFontType0 %s /W [7 [700] 101 101 600]>>]>>", cm, u, cidInfo)
		}},
		{"UniGB-UCS2-H", "<4E2D00410031> Tj", "中A1", "1000 500 500", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<</Subtype /CIDFontType0 /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 4>> /DW 1000 /W [1 95 500]>>]>>")
		}},
		{"UniGB-UTF16-H with W", "<D840DC0B4E2D0041> Tj", "𠀋中A", "1000 1000 667", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [<</Subtype /CIDFontType0 /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 4>> /W [34 [667]]>>]>>")
		}},
		{"GBK-EUC-H", "<D6D0413181A2> Tj", "中A1仮", "1000 1000 480 1000", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /#CB#CE#CC#E5 /Encoding /GBK-EUC-H /DescendantFonts [<</Subtype /CIDFontType2 /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 2>> /DW 1000 /W [830 [480]]>>]>>")
		}},
		{"GBK2K-H", "<D6D08139EE3941> Tj", "中㐀A", "1000 1000 500", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /S /Encoding /GBK2K-H /DescendantFonts [<</Subtype /CIDFontType2 /DW 1000 /W [1 95 500]>>]>>")
		}},
		{"ETen-B5-H", "<A4A441> Tj", "中A", "1000 500", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /MingLiU /Encoding /ETen-B5-H /DescendantFonts [<</Subtype /CIDFontType2 /DW 1000 /W [13648 13742 500]>>]>>")
		}},
		{"90ms-RKSJ-H", "<96C141B1> Tj", "銘Aｱ", "1000 500 500", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /MS-Mincho /Encoding /90ms-RKSJ-H /DescendantFonts [<</Subtype /CIDFontType2 /DW 1000 /W [231 632 500]>>]>>")
		}},
		{"KSCms-UHC-H", "<B0A141> Tj", "가A", "1000 1000", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /Batang /Encoding /KSCms-UHC-H /DescendantFonts [<</Subtype /CIDFontType2 /DW 1000>>]>>")
		}},
		{"no map at all", "<00010002> Tj", "??", "1000 1000", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<</Subtype /CIDFontType2 %s>>]>>", cidInfo)
		}},
		{"embedded TrueType", "<00010002> Tj", "中A", "1000 1000", func(f *testFile) int {
			ff := f.flate("", string(testFont(map[rune]uint16{'中': 1, 'A': 2})))
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<</Subtype /CIDFontType2 %s /CIDToGIDMap /Identity /FontDescriptor <</FontFile2 %d 0 R>>>>]>>", cidInfo, ff)
		}},
		{"CIDToGIDMap", "<00010002> Tj", "A中", "1000 1000", func(f *testFile) int {
			ff := f.flate("", string(testFont(map[rune]uint16{'中': 1, 'A': 2})))
			gids := f.stream("", "\x00\x00\x00\x02\x00\x01")
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<</Subtype /CIDFontType2 %s /CIDToGIDMap %d 0 R /FontDescriptor <</FontFile2 %d 0 R>>>>]>>", cidInfo, gids, ff)
		}},
		{"radicals", "<00010002000300040005> Tj", "民门一更户", "1000 1000 1000 1000 1000", func(f *testFile) int {
			u := toUnicode(f, "5 beginbfchar <0001> <2EA0> <0002> <2ED4> <0003> <2F00> <0004> <F901> <0005> <2F3E> endbfchar")
			return f.add("<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode %d 0 R /DescendantFonts [<</Subtype /CIDFontType2 %s>>]>>", u, cidInfo)
		}},
	} {
		p := withFont(t, c.show, c.make)
		if unmapped(p) != c.text || advances(p) != c.widths {
			t.Errorf("%s: %q widths %s, want %q %s", c.name, unmapped(p), advances(p), c.text, c.widths)
		}
		if warned := len(p.Warnings) > 0; warned != strings.Contains(c.text, "?") {
			t.Errorf("%s: warnings %+v", c.name, p.Warnings)
		}
	}
}

func TestFontNames(t *testing.T) {
	for name, want := range map[string]page.Font{
		"/ABCDEF+SimSun": {Name: "SimSun"}, "/SimSun,Bold": {Name: "SimSun,Bold", Bold: true},
		"/#CB#CE#CC#E5": {Name: "宋体"}, "/#E9#BB#91#E4#BD#93": {Name: "黑体"},
		"/NotoSansCJK-Black": {Name: "NotoSansCJK-Black", Bold: true},
	} {
		p := withFont(t, "(a) Tj", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /TrueType /BaseFont %s /Encoding /WinAnsiEncoding>>", name)
		})
		if p.Fonts[0] != want {
			t.Errorf("%s: %+v", name, p.Fonts[0])
		}
	}
}

func TestVerticalWriting(t *testing.T) {
	p := withFont(t, "<4E2D6587> Tj", func(f *testFile) int {
		return f.add("<</Type /Font /Subtype /Type0 /BaseFont /S /Encoding /UniGB-UCS2-V /DescendantFonts [<</Subtype /CIDFontType2 /DW 1000>>]>>")
	})
	a, b := p.Glyphs[0], p.Glyphs[1]
	if !a.Vertical || a.Angle != 0 || !near(b.Y-a.Y, 10) || !near(b.X, a.X) {
		t.Errorf("origins %.2f,%.2f and %.2f,%.2f", a.X, a.Y, b.X, b.Y)
	}
	if !nearBox(a.Box, page.Box{X0: 95, Y0: 100, X1: 105, Y1: 110}) {
		t.Errorf("box %+v", a.Box)
	}
	p = withFont(t, "<00010002> Tj", func(f *testFile) int {
		return f.add("<</Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-V /DescendantFonts [<</Subtype /CIDFontType2 %s /DW2 [900 -800] /W2 [1 [-1200 500 900]]>>]>>", cidInfo)
	})
	if d := p.Glyphs[1].Y - p.Glyphs[0].Y; !near(d, 12) {
		t.Errorf("first advance %.2f", d)
	}
	if b := p.Glyphs[1].Box; !near(b.Y1-b.Y0, 8) {
		t.Errorf("second height %.2f", b.Y1-b.Y0)
	}
}

func TestSimpleFonts(t *testing.T) {
	for _, c := range []struct {
		name, show, text, widths string
		make                     func(f *testFile) int
	}{
		{"WinAnsi and Widths", "(A\x80\x93\x7f) Tj", "A€“•", "600 300 300 300", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /TrueType /BaseFont /X /Encoding /WinAnsiEncoding /FirstChar 65 /Widths [600] /FontDescriptor <</MissingWidth 300>>>>")
		}},
		{"MacRoman", "(\x80\xd0) Tj", "Ä–", "667 556", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /TrueType /BaseFont /X /Encoding /MacRomanEncoding>>")
		}},
		{"StandardEncoding", "('\xd0\xae) Tj", "’—fi", "333 1000 556", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>")
		}},
		{"Differences", "(\x01\x02\x03\x04A) Tj", "中Afiα1", "100 200 300 400 500", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /X /FirstChar 1 /Widths [100 200 300 400 %s 500] /Encoding <</Differences [1 /uni4E2D /A.alt /f_i /alpha 65 /one]>>>>", strings.Repeat("0 ", 60))
		}},
		{"Differences without meaning", "(\x01\x02) Tj", "??", "250 250", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /X /FirstChar 1 /Widths [250 250] /Encoding <</Differences [1 /g12 /G0A]>>>>")
		}},
		{"ToUnicode first", "(A) Tj", "中", "667", func(f *testFile) int {
			u := f.stream("", "1 beginbfchar <41> <4E2D> endbfchar")
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode %d 0 R>>", u)
		}},
		{"Symbol", "(a\xb7) Tj", "α•", "556 556", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>")
		}},
		{"ZapfDingbats", "(n\xac\x80) Tj", "■①❨", "556 556 556", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats>>")
		}},
		{"Courier", "(iW) Tj", "iW", "600 600", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /Courier>>")
		}},
		{"accents and control codes", "(\xc4\xed\x0aA) Tj", "ÄíA", "667 278 667", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>")
		}},
		{"Times bold", "(A) Tj", "A", "722", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /Times-Bold>>")
		}},
		{"embedded TrueType, symbolic", "(\x01\x02) Tj", "中A", "900 450", func(f *testFile) int {
			ff := f.flate("", string(testFont(map[rune]uint16{'中': 1, 'A': 2})))
			return f.add("<</Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 1 /Widths [900 450] /FontDescriptor <</Flags 4 /FontFile2 %d 0 R>>>>", ff)
		}},
		{"embedded Type 1", "(\x01\x02) Tj", "中b", "900 450", func(f *testFile) int {
			ff := f.stream("", "%!PS-AdobeFont-1.0\n/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\ndup 1 /uni4E2D put dup 2 /b put readonly def currentfile eexec garbage")
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /X /FirstChar 1 /Widths [900 450] /FontDescriptor <</Flags 4 /FontFile %d 0 R>>>>", ff)
		}},
		{"embedded CFF", "(\x05A) Tj", "中A", "900 450", func(f *testFile) int {
			ff := f.stream("/Subtype /Type1C", string(testCFF()))
			return f.add("<</Type /Font /Subtype /Type1 /BaseFont /X /FirstChar 5 /Widths [900 %s 450] /FontDescriptor <</Flags 4 /FontFile3 %d 0 R>>>>", strings.Repeat("0 ", 59), ff)
		}},
	} {
		p := withFont(t, c.show, c.make)
		if unmapped(p) != c.text || advances(p) != c.widths {
			t.Errorf("%s: %q widths %s, want %q %s", c.name, unmapped(p), advances(p), c.text, c.widths)
		}
	}
}

func TestType3(t *testing.T) {
	p := withFont(t, "(ab) Tj", func(f *testFile) int {
		proc := f.stream("", "750 0 d0 0 0 500 500 re f")
		u := f.stream("", "2 beginbfchar <61> <4E2D> <62> <6587> endbfchar")
		return f.add("<</Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.002 0 0 0.002 0 0] /FirstChar 97 /LastChar 98 /Widths [500 250] "+
			"/Encoding <</Differences [97 /a0 /a1]>> /CharProcs <</a0 %d 0 R /a1 %d 0 R>> /ToUnicode %d 0 R>>", proc, proc, u)
	})
	if unmapped(p) != "中文" || advances(p) != "1000 500" || len(p.Rulings) != 0 {
		t.Errorf("%q widths %s", unmapped(p), advances(p))
	}
	p = withFont(t, "(a) Tj", func(f *testFile) int {
		proc := f.stream("", "750 0 d0 0 0 500 500 re f")
		return f.add("<</Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] /Encoding <</Differences [97 /one]>> /CharProcs <</one %d 0 R>>>>", proc)
	})
	if unmapped(p) != "1" || advances(p) != "750" {
		t.Errorf("without Widths: %q widths %s", unmapped(p), advances(p))
	}
}

func TestHeights(t *testing.T) {
	for desc, want := range map[string][2]float64{
		"/Ascent 800 /Descent -200":              {0.8, -0.2},
		"/Ascent 0 /Descent 0":                   {0.88, -0.12},
		"/FontBBox [0 -150 1000 900]":            {0.9, -0.15},
		"/Ascent 2500 /Descent -3000":            {1.05, -0.4},
		"/Ascent 859 /Descent 141":               {0.859, -0.141},
		"/Ascent -5 /FontBBox [0 0 0 (invalid)]": {0.88, -0.12},
	} {
		p := withFont(t, "(a) Tj", func(f *testFile) int {
			return f.add("<</Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor <<%s>>>>", desc)
		})
		if b := p.Glyphs[0].Box; !near(b.Y0, 100-10*want[0]) || !near(b.Y1, 100-10*want[1]) {
			t.Errorf("%s: %+v", desc, b)
		}
	}
}

// testFont is a TrueType file with nothing but a cmap: (3,1) in format 4 for
// the runes, (1,0) in format 0 that maps each glyph number to itself.
func testFont(runes map[rune]uint16) []byte {
	u16 := binary.BigEndian.AppendUint16
	u32 := binary.BigEndian.AppendUint32
	segs := uint16(len(runes) + 1)
	var ends, starts, deltas []byte
	for r := rune(0); r < 0xFFFF; r++ {
		if gid, ok := runes[r]; ok {
			ends, starts = u16(ends, uint16(r)), u16(starts, uint16(r))
			deltas = u16(deltas, gid-uint16(r))
		}
	}
	ends, starts, deltas = u16(ends, 0xFFFF), u16(starts, 0xFFFF), u16(deltas, 1)
	f4 := u16(u16(u16(u16(nil, 4), 16+8*segs), 0), 2*segs)
	f4 = u16(u16(u16(f4, 0), 0), 0)
	f4 = append(append(append(u16(append(f4, ends...), 0), starts...), deltas...), make([]byte, 2*segs)...)
	f0 := u16(u16(u16(nil, 0), 262), 0)
	for i := range 256 {
		f0 = append(f0, byte(i))
	}
	cm := u16(u16(nil, 0), 2)
	cm = u32(u16(u16(cm, 1), 0), 20)
	cm = u32(u16(u16(cm, 3), 1), uint32(20+len(f0)))
	cm = append(append(cm, f0...), f4...)
	font := append([]byte{0, 1, 0, 0}, u16(nil, 1)...)
	font = append(font, make([]byte, 6)...)
	font = append(font, "cmap"...)
	font = u32(u32(u32(font, 0), 28), uint32(len(cm)))
	return append(font, cm...)
}

// testCFF is a CFF program of three glyphs: .notdef, uni4E2D on code 5 and the
// standard A on code 65.
func testCFF() []byte {
	index := func(items ...string) []byte {
		if len(items) == 0 {
			return []byte{0, 0}
		}
		b := []byte{0, byte(len(items)), 1, 1}
		at := 1
		for _, s := range items {
			at += len(s)
			b = append(b, byte(at))
		}
		return append(b, strings.Join(items, "")...)
	}
	build := func(charset, enc, chars int) []byte {
		num := func(n int) string { return string([]byte{28, byte(n >> 8), byte(n)}) }
		b := []byte{1, 0, 4, 1}
		b = append(b, index("X")...)
		b = append(b, index(num(charset)+"\x0f"+num(enc)+"\x10"+num(chars)+"\x11")...)
		b = append(b, index("uni4E2D")...)
		return append(b, index()...) // global subroutines
	}
	at := len(build(0, 0, 0))
	b := build(at, at+5, at+9)
	b = append(b, 0, 391>>8, 391&0xFF, 0, 34) // charset format 0: the own string, A
	b = append(b, 0, 2, 5, 65)                // encoding format 0
	return append(b, index("\x0e", "\x0e", "\x0e")...)
}
