package pdfium

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"unicode"

	"nianbao/convert/fixture"
	"nianbao/extract"
	"nianbao/extract/page"
	"nianbao/extract/pdf"
)

// landscape is a style with small tables on wide pages.
func landscape() fixture.Style {
	s := fixture.DefaultStyle()
	s.PageWidth, s.PageHeight = s.PageHeight, s.PageWidth
	s.TableSize, s.RunningHeader, s.RepeatHeaders = 7.5, "示例市青禾区人民政府", true
	return s
}

// The two engines find the same marks at the same places.
func TestSameAsTheOtherEngine(t *testing.T) {
	f := &testFile{}
	files := map[string][]byte{
		"forms": formInForm(), "annotation": annotated(),
		"embedded": onePage(f, embedded(f, "Identity-H"), "BT /F1 20 Tf 100 700 Td <00010001> Tj ET 100 600 200 20 re S", "/Rotate 90 /CropBox [50 50 500 750]"),
	}
	for seed := range uint64(3) {
		r := fixture.New(seed, "2021")
		files[fmt.Sprintf("portrait %d", seed)] = r.PDF(fixture.DefaultStyle())
		files[fmt.Sprintf("landscape %d", seed)] = r.PDF(landscape())
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			first, err := pdf.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			second := open(t, data)
			if first.NumPages() != second.NumPages() {
				t.Fatalf("%d pages, the other engine has %d", second.NumPages(), first.NumPages())
			}
			for n := 1; n <= first.NumPages(); n++ {
				a, err := first.Page(n)
				if err != nil {
					t.Fatal(err)
				}
				b, err := second.Page(n)
				if err != nil {
					t.Fatal(err)
				}
				samePage(t, a, b)
			}
		})
	}
}

func samePage(t *testing.T, a, b *page.Page) {
	t.Helper()
	if !near(a.Width, b.Width) || !near(a.Height, b.Height) {
		t.Errorf("page %d: %g × %g, the other engine has %g × %g", a.Number, b.Width, b.Height, a.Width, a.Height)
	}
	for _, g := range without(marks(a), marks(b)) {
		t.Errorf("page %d: %q at %.1f, %.1f is missing", a.Number, g.Text, g.X, g.Y)
	}
	for _, g := range without(marks(b), marks(a)) {
		t.Errorf("page %d: %q at %.1f, %.1f is too much", a.Number, g.Text, g.X, g.Y)
	}
	for _, r := range lines(a, b) {
		t.Errorf("page %d: ruling %+v is missing", a.Number, r)
	}
	for _, r := range lines(b, a) {
		t.Errorf("page %d: ruling %+v is too much", a.Number, r)
	}
}

// marks are the glyphs that are not blank.
func marks(p *page.Page) []page.Glyph {
	var out []page.Glyph
	for _, g := range p.Glyphs {
		if r := []rune(g.Text); len(r) == 0 || !unicode.IsSpace(r[0]) {
			out = append(out, g)
		}
	}
	return out
}

// without gives the glyphs of a that have no equal in b, each of b used once.
func without(a, b []page.Glyph) []page.Glyph {
	free := map[string][]page.Glyph{}
	for _, g := range b {
		free[g.Text] = append(free[g.Text], g)
	}
	var out []page.Glyph
	for _, g := range a {
		found := -1
		for i, o := range free[g.Text] {
			if sameGlyph(g, o) {
				found = i
				break
			}
		}
		if found < 0 {
			out = append(out, g)
			continue
		}
		s := free[g.Text]
		free[g.Text] = append(s[:found:found], s[found+1:]...)
	}
	return out
}

// sameGlyph compares place, size and flags. Heights come from different sources:
// they may differ by a third of the size.
func sameGlyph(a, b page.Glyph) bool {
	tall := 0.35 * a.Size
	alongX, alongY := 1.0, tall
	if a.Angle == 90 || a.Angle == 270 {
		alongX, alongY = tall, 1
	}
	return math.Abs(a.X-b.X) < 0.1 && math.Abs(a.Y-b.Y) < 0.1 && math.Abs(a.Size-b.Size) < 0.05 &&
		math.Abs(a.Box.X0-b.Box.X0) < alongX && math.Abs(a.Box.X1-b.Box.X1) < alongX &&
		math.Abs(a.Box.Y0-b.Box.Y0) < alongY && math.Abs(a.Box.Y1-b.Box.Y1) < alongY &&
		a.Angle == b.Angle && a.Invisible == b.Invisible && a.Artifact == b.Artifact && a.Vertical == b.Vertical
}

// lines gives the rulings of a that are not in b.
func lines(a, b *page.Page) []page.Ruling {
	var out []page.Ruling
	for _, r := range a.Rulings {
		found := false
		for _, o := range b.Rulings {
			found = found || near(r.X0, o.X0) && near(r.X1, o.X1) && near(r.Y0, o.Y0) && near(r.Y1, o.Y1) &&
				math.Abs(r.Width-o.Width) < 0.05 && r.Fill == o.Fill
		}
		if !found {
			out = append(out, r)
		}
	}
	return out
}

// The comparison above has to notice what it is there for.
func TestComparisonNotices(t *testing.T) {
	p := readPage(t, latin("BT /F1 12 Tf 50 700 Td (ab) Tj ET 50 500 m 100 500 l S", ""))
	q := readPage(t, latin("BT /F1 12 Tf 50 700 Td (a) Tj 30 0 Td (b) Tj ET 50 500 m 150 500 l S", ""))
	if got := without(marks(p), marks(q)); len(got) != 1 || got[0].Text != "b" {
		t.Errorf("a moved glyph: %+v", got)
	}
	if got := without(append(marks(p), marks(p)...), marks(p)); len(got) != 2 {
		t.Errorf("glyphs too many: %+v", got)
	}
	if len(lines(p, q)) != 1 {
		t.Error("a longer ruling is not noticed")
	}
}
