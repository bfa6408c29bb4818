package pdfium

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"nianbao/extract/page"
)

// mapped is a resource with a simple font as /F1 whose ToUnicode map has the
// given bfchar lines.
func mapped(f *testFile, lines ...string) string {
	u := f.flate("", fmt.Sprintf("1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar %s endbfchar", len(lines), strings.Join(lines, " ")))
	return fmt.Sprintf("/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode %d 0 R>>>>", u)
}

func TestText(t *testing.T) {
	ligature, pair, half, private, radical := &testFile{}, &testFile{}, &testFile{}, &testFile{}, &testFile{}
	for _, c := range []struct {
		name   string
		data   []byte
		want   string
		glyphs int
	}{
		{"real spaces stay", latin("BT /F1 12 Tf 50 700 Td (a b) Tj ET", ""), "a b", 3},
		{"made up spaces and line ends go", latin("BT /F1 12 Tf 50 700 Td (ab) Tj 100 0 Td (cd) Tj 0 -40 Td (ef) Tj ET", ""), "abcdef", 6},
		{"hyphen at a line's end", latin("BT /F1 12 Tf 50 700 Td (publi-) Tj 0 -14 Td (cation) Tj ET", ""), "publi-cation", 12},
		{"ligature", onePage(ligature, mapped(ligature, "<41> <006600660069>"), "BT /F1 12 Tf 50 700 Td (A) Tj ET", ""), "ffi", 1},
		{"surrogate pair", onePage(pair, mapped(pair, "<41> <D840DC00>"), "BT /F1 12 Tf 50 700 Td (A) Tj ET", ""), "\U00020000", 1},
		{"half a surrogate pair", onePage(half, mapped(half, "<41> <D840>"), "BT /F1 12 Tf 50 700 Td (Ab) Tj ET", ""), "b", 2},
		{"private use", onePage(private, mapped(private, "<41> <E123>"), "BT /F1 12 Tf 50 700 Td (A) Tj ET", ""), "\uE123", 1},
		{"radical", onePage(radical, mapped(radical, "<41> <2F00>"), "BT /F1 12 Tf 50 700 Td (A) Tj ET", ""), "一", 1},
		{"predefined map", onePage(&testFile{}, song("UniGB-UCS2-H"), "BT /F1 12 Tf 50 700 Td <653F5E9C> Tj ET", ""), "政府", 2},
		{"form in a form", formInForm(), "x", 1},
		{"annotation", annotated(), "ps", 2},
		{"annotation, all else inherited", inherited(), "ps", 2},
	} {
		p := readPage(t, c.data)
		if got := textOf(p); got != c.want || len(p.Glyphs) != c.glyphs {
			t.Errorf("%s: %d glyphs %q, want %d %q", c.name, len(p.Glyphs), got, c.glyphs, c.want)
		}
	}
}

// formInForm draws an x at (150, 250) through two forms, each shifted and the
// inner one with a matrix of its own, and a line from there 100 points long.
func formInForm() []byte {
	f := &testFile{}
	inner := f.stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [2 0 0 2 0 0] /Resources <<"+helvetica+">>",
		"BT /F1 12 Tf 20 20 Td (x) Tj ET 20 20 m 70 20 l S")
	outer := f.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources <</XObject <</X %d 0 R>>>>", inner),
		"q 1 0 0 1 100 200 cm /X Do Q")
	return onePage(f, fmt.Sprintf("/XObject <</X %d 0 R>>", outer), "q 1 0 0 1 10 10 cm /X Do Q", "")
}

// annotated has a p on the page and an s in the appearance of a stamp at (200, 300).
func annotated() []byte {
	f := &testFile{}
	ap := f.stream("/Type /XObject /Subtype /Form /BBox [0 0 50 20] /Resources <<"+helvetica+">>", "BT /F1 12 Tf 5 5 Td (s) Tj ET")
	return onePage(f, helvetica, "BT /F1 12 Tf 50 700 Td (p) Tj ET",
		fmt.Sprintf("/Annots [<</Type /Annot /Subtype /Stamp /F 4 /Rect [200 300 250 320] /AP <</N %d 0 R>>>>]", ap))
}

// inherited is annotated with what the page inherits in the node above it, and
// on a turned page.
func inherited() []byte {
	f := &testFile{}
	ap := f.stream("/Type /XObject /Subtype /Form /BBox [0 0 50 20] /Resources <<"+helvetica+">>", "BT /F1 12 Tf 5 5 Td (s) Tj ET")
	c := f.stream("", "BT /F1 12 Tf 50 700 Td (p) Tj ET")
	pages := f.add("null")
	p := f.add("<</Type /Page /Parent %d 0 R /Contents %d 0 R /Annots [<</Type /Annot /Subtype /Stamp /F 4 /Rect [200 300 250 320] /AP <</N %d 0 R>>>>]>>", pages, c, ap)
	f.set(pages, "<</Type /Pages /Kids [%d 0 R] /Count 1 /MediaBox [0 0 600 800] /Rotate 180 /Resources <<%s>>>>", p, helvetica)
	f.root = f.add("<</Type /Catalog /Pages %d 0 R>>", pages)
	return f.bytes()
}

func TestFormMatrices(t *testing.T) {
	p := readPage(t, formInForm())
	if g := p.Glyphs[0]; !near(g.X, 150) || !near(g.Y, 800-250) || !near(g.Size, 24) {
		t.Errorf("glyph at %.1f, %.1f of %.1f points", g.X, g.Y, g.Size)
	}
	if len(p.Rulings) != 1 {
		t.Fatalf("%d rulings", len(p.Rulings))
	}
	if r := p.Rulings[0]; !near(r.X0, 150) || !near(r.X1, 250) || !near(r.Y0, 550) || !near(r.Width, 2) {
		t.Errorf("ruling %+v", r)
	}
}

func TestAnnotationPlace(t *testing.T) {
	p := readPage(t, annotated())
	if g := p.Glyphs[1]; p.Width != 600 || p.Height != 800 || !near(g.X, 205) || !near(g.Y, 800-305) {
		t.Errorf("stamp's glyph at %.1f, %.1f of %g × %g", g.X, g.Y, p.Width, p.Height)
	}
	p = readPage(t, inherited())
	if g := p.Glyphs[0]; p.Width != 600 || p.Height != 800 || !near(g.X, 550) || !near(g.Y, 700) || g.Angle != 180 {
		t.Errorf("turned page's glyph at %.1f, %.1f of %g × %g", g.X, g.Y, p.Width, p.Height)
	}
}

// A code below 32 without meaning is not taken for PDFium's mark of a hyphen.
func TestControlCode(t *testing.T) {
	p := readPage(t, latin("BT /F1 12 Tf 50 700 Td (a\\002b) Tj ET", ""))
	if got := textOf(p); got != "ab" {
		t.Errorf("text %q", got)
	}
}

// The box of skewed text, a false italic, spans the advance and not the ink.
func TestSkewed(t *testing.T) {
	f := &testFile{}
	p := readPage(t, onePage(f, embedded(f, "Identity-H"), "BT /F1 10 Tf 1 0 0.2 1 100 700 Tm <00010001> Tj ET", ""))
	for i, g := range p.Glyphs {
		left := 100 + 10*float64(i)
		if !near(g.X, left) || math.Abs(g.Box.X0-left) > 1 || math.Abs(g.Box.X1-left-12) > 1 {
			t.Errorf("glyph %d: %+v", i, g)
		}
	}
}

func TestGlyphFlags(t *testing.T) {
	const resources = helvetica + " /ExtGState <</T <</ca 0>>>>"
	for _, c := range []struct {
		content string
		want    page.Glyph
	}{
		{"BT /F1 12 Tf 50 700 Td (a) Tj ET", page.Glyph{}},
		{"BT 3 Tr /F1 12 Tf 50 700 Td (a) Tj ET", page.Glyph{Invisible: true}},
		{"/T gs BT /F1 12 Tf 50 700 Td (a) Tj ET", page.Glyph{Invisible: true}},
		{"0 0 20 20 re W n BT /F1 12 Tf 50 700 Td (a) Tj ET", page.Glyph{Invisible: true}},
		{"40 690 50 50 re W n BT /F1 12 Tf 50 700 Td (a) Tj ET", page.Glyph{}},
		{"/Artifact BMC BT /F1 12 Tf 50 700 Td (a) Tj ET EMC", page.Glyph{Artifact: true}},
		{"/P BMC BT /F1 12 Tf 50 700 Td (a) Tj ET EMC", page.Glyph{}},
		{"BT /F1 12 Tf 0 1 -1 0 50 700 Tm (a) Tj ET", page.Glyph{Angle: 90}},
		{"BT /F1 12 Tf -1 0 0 -1 50 700 Tm (a) Tj ET", page.Glyph{Angle: 180}},
	} {
		p := readPage(t, onePage(&testFile{}, resources, c.content, ""))
		if len(p.Glyphs) != 1 {
			t.Errorf("%s: %d glyphs", c.content, len(p.Glyphs))
			continue
		}
		g := p.Glyphs[0]
		if g.Invisible != c.want.Invisible || g.Artifact != c.want.Artifact || g.Angle != c.want.Angle || g.Unmapped || g.Vertical {
			t.Errorf("%s: %+v", c.content, g)
		}
	}
}

func TestBold(t *testing.T) {
	bold := strings.Replace(helvetica, "/Helvetica", "/ABCDEF+Helvetica-Bold", 1)
	for _, c := range []struct {
		name, font, content string
		bold                bool
		fonts               string
	}{
		{"regular", helvetica, "BT /F1 12 Tf 50 700 Td (a) Tj ET", false, "Helvetica"},
		{"by name", bold, "BT /F1 12 Tf 50 700 Td (a) Tj ET", true, "Helvetica-Bold"},
		{"outlined", helvetica, "BT 2 Tr /F1 12 Tf 50 700 Td (a) Tj ET", true, "Helvetica"},
		{"drawn twice", helvetica, "BT /F1 12 Tf 50 700 Td (a) Tj 0.4 0 Td (a) Tj ET", true, "Helvetica"},
	} {
		p := readPage(t, onePage(&testFile{}, c.font, c.content, ""))
		if len(p.Glyphs) != 1 {
			t.Errorf("%s: %d glyphs", c.name, len(p.Glyphs))
			continue
		}
		if f := p.Fonts[p.Glyphs[0].Font]; f.Bold != c.bold || f.Name != c.fonts {
			t.Errorf("%s: font %+v", c.name, f)
		}
	}
}

// An embedded character without any map to Unicode is said to be unmapped.
func TestUnmapped(t *testing.T) {
	font := "/Font <</F1 <</Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [<</Type /Font /Subtype /CIDFontType2 /BaseFont /Odd" +
		" /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /DW 1000 /FontDescriptor <</Type /FontDescriptor /FontName /Odd /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 880 /Descent -120 /StemV 80 /ItalicAngle 0>>>>]>>>>"
	p := readPage(t, onePage(&testFile{}, font, "BT /F1 12 Tf 50 700 Td <00240025> Tj ET", ""))
	if len(p.Glyphs) != 2 || !p.Glyphs[0].Unmapped || p.Glyphs[0].Text != "" {
		t.Fatalf("glyphs %+v", p.Glyphs)
	}
	if len(p.Warnings) != 1 || p.Warnings[0].Code != "font_without_map" || *p.Warnings[0].Page != 1 {
		t.Errorf("warnings %+v", p.Warnings)
	}
	f := &testFile{}
	if g := readPage(t, onePage(f, mapped(f, "<41> <E123>"), "BT /F1 12 Tf 50 700 Td (A) Tj ET", "")).Glyphs[0]; !g.Unmapped {
		t.Error("a private use character is mapped")
	}
}

// What characters of symbol fonts mean is known by the font's name.
func TestSymbolFonts(t *testing.T) {
	for _, c := range []struct{ name, codes, want string }{
		{"Wingdings-Regular", "<41> <F0FC>", "✔"}, {"Wingdings", "<41> <006C>", "●"}, {"SymbolMT", "<41> <F0B1>", "±"}, {"SymbolMT", "<41> <0042>", "B"}, {"Fancy", "<41> <F0FC>", ""},
	} {
		f := &testFile{}
		font := strings.ReplaceAll(mapped(f, c.codes), "Helvetica", c.name)
		g := readPage(t, onePage(f, font, "BT /F1 12 Tf 50 700 Td (A) Tj ET", "")).Glyphs[0]
		if c.want == "" && !g.Unmapped || c.want != "" && (g.Text != c.want || g.Unmapped) {
			t.Errorf("%s %s: %+v, want %q", c.name, c.codes, g, c.want)
		}
	}
}

// Vertical writing hangs from the pen, which moves down.
func TestVertical(t *testing.T) {
	f := &testFile{}
	data := onePage(f, embedded(f, "Identity-V"), "BT /F1 20 Tf 100 700 Td <00010001> Tj ET", "")
	p := readPage(t, data)
	if len(p.Glyphs) != 2 {
		t.Fatalf("%d glyphs", len(p.Glyphs))
	}
	for i, g := range p.Glyphs {
		want := page.Box{X0: 90, X1: 110, Y0: 100 + 20*float64(i), Y1: 120 + 20*float64(i)}
		if !g.Vertical || !near(g.X, 100) || !near(g.Y, want.Y0) || !near(g.Box.X0, want.X0) || !near(g.Box.X1, want.X1) ||
			!near(g.Box.Y0, want.Y0) || !near(g.Box.Y1, want.Y1) {
			t.Errorf("glyph %d: %+v", i, g)
		}
	}
}

func TestBoxes(t *testing.T) {
	widths := map[byte]float64{'A': 6.67, 'i': 2.22, 'W': 9.44} // Helvetica, 10 points
	for _, turn := range []page.Matrix{{1, 0, 0, 1}, {0, 1, -1, 0}, {-1, 0, 0, -1}, {0.6, 0.8, -0.8, 0.6}} {
		for c, w := range widths {
			p := readPage(t, latin(fmt.Sprintf("BT /F1 10 Tf %g %g %g %g 300 400 Tm (%c) Tj ET", turn[0], turn[1], turn[2], turn[3], c), ""))
			g := p.Glyphs[0]
			a := g.Angle * math.Pi / 180
			b := page.Box{X0: 300, Y0: 400, X1: 300, Y1: 400}
			for _, q := range [4][2]float64{{0, -2.3}, {w, -2.3}, {0, 9.4}, {w, 9.4}} {
				b = b.Include(300+q[0]*math.Cos(a)-q[1]*math.Sin(a), 400-q[0]*math.Sin(a)-q[1]*math.Cos(a))
			}
			for _, d := range []float64{b.X0 - g.Box.X0, b.X1 - g.Box.X1, b.Y0 - g.Box.Y0, b.Y1 - g.Box.Y1} {
				if math.Abs(d) > 1 {
					t.Errorf("%c at %g°: box %+v, want about %+v", c, g.Angle, g.Box, b)
					break
				}
			}
		}
	}
}

func TestFontName(t *testing.T) {
	for raw, want := range map[string]string{
		"ABCDEF+SimSun": "SimSun", "SimSun": "SimSun", "\xcb\xce\xcc\xe5": "宋体", "ABCDEF+\xba\xda\xcc\xe5": "黑体", "": "",
	} {
		if got := fontName(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}
