package pdfium

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nianbao/extract"
	"nianbao/extract/page"
)

// drawn reads the rulings of a page with the given content, as short strings in
// whole points from the bottom left, sorted.
func drawn(t *testing.T, content string) []string {
	t.Helper()
	const resources = helvetica + " /ExtGState <</T <</ca 0 /CA 0>>>>"
	p := readPage(t, onePage(&testFile{}, resources, content, ""))
	var out []string
	for _, r := range p.Rulings {
		s := fmt.Sprintf("%.0f,%.0f-%.0f,%.0f w%.1f", r.X0, p.Height-r.Y1, r.X1, p.Height-r.Y0, r.Width)
		if r.Fill {
			s += " fill"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func TestRulings(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"0.5 w 100 200 m 300 200 l S", "100,200-300,200 w0.5"},
		{"100 200 m 100 300 l S", "100,200-100,300 w1.0"},
		{"[3 2] 0 d 100 200 m 300 200 l S", "100,200-300,200 w1.0"},
		{"100 200 m 300 260 l S", ""},
		{"100 200 m 150 260 250 260 300 200 c S", ""},
		{"100 200 200 0.5 re f", "100,200-300,200 w0.5"},
		{"100 200 m 101 205 102 205 102 200 c h f", ""},
		{"100 200 m 300 200 l 301 200.5 301 200.5 300 201 c 100 201 l h f", "100,200-301,200 w1.0"},
		{"100 200 0.5 200 re f", "100,200-100,400 w0.5"},
		{"100 200 50 20 re S", "100,200-100,220 w1.0|100,200-150,200 w1.0|100,220-150,220 w1.0|150,200-150,220 w1.0"},
		{"0.9 g 100 200 50 20 re f", "100,200-100,220 w0.0 fill|100,200-150,200 w0.0 fill|100,220-150,220 w0.0 fill|150,200-150,220 w0.0 fill"},
		{"100 200 50 20 re 101 201 48 18 re f*", "100,200-100,220 w1.0|100,200-150,200 w1.0|100,220-150,220 w1.0|150,200-150,220 w1.0"},
		{"1 g 100 200 200 0.5 re f", ""},
		{"1 1 1 RG 100 200 m 300 200 l S", ""},
		{"0 0 0 0 K 100 200 m 300 200 l S", ""},
		{"/T gs 100 200 m 300 200 l S", ""},
		{"100 200 m 300 200 l n", ""},
		{"0.9 g 0 0 600 800 re f", ""},
		{"150 100 50 300 re W n 100 200 m 300 200 l S", "150,200-200,200 w1.0"},
		{"400 100 50 300 re W n 100 200 m 300 200 l S", ""},
		{"q 2 0 0 2 10 20 cm 50 100 m 150 100 l S Q", "110,220-310,220 w2.0"},
		{"q 0 1 -1 0 0 0 cm 100 -200 m 300 -200 l S Q", "200,100-200,300 w1.0"},
		{"q 200 0 0 1 100 200 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x10 EI Q", "100,200-300,200 w1.0"},
	} {
		if got := strings.Join(drawn(t, c.content), "|"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.content, got, c.want)
		}
	}
}

func TestImages(t *testing.T) {
	const picture = "BI /W 1 /H 1 /CS /G /BPC 8 ID \x10 EI Q "
	const text = "BT /F1 12 Tf 50 700 Td (a) Tj ET "
	for _, c := range []struct {
		content, warning string
		images           int
	}{
		{"q 50 0 0 40 100 200 cm " + picture, "", 1},
		{"q 600 0 0 800 0 0 cm " + picture, "page_is_image", 1},
		{"q 600 0 0 800 0 0 cm " + picture + text, "", 1},
		{"q 500 0 0 500 0 0 cm " + picture + text, "image_not_read", 1},
		{"q 500 0 0 500 0 0 cm " + picture + "3 Tr " + text, "", 1},
		{text, "", 0},
	} {
		p := readPage(t, latin(c.content, ""))
		var got []string
		for _, w := range p.Warnings {
			got = append(got, w.Code)
		}
		if strings.Join(got, " ") != c.warning || len(p.Images) != c.images {
			t.Errorf("%s: warnings %q, %d images", c.content, got, len(p.Images))
		}
	}
	b := readPage(t, latin("q 50 0 0 40 100 200 cm "+picture, "")).Images[0].Box
	if want := (page.Box{X0: 100, Y0: 560, X1: 150, Y1: 600}); b != want {
		t.Errorf("box %+v, want %+v", b, want)
	}
}

// A mark stands at the same place of the page as shown however the page is
// cropped and turned.
func TestFrame(t *testing.T) {
	const mark = "BT /F1 10 Tf 150 120 Td (A) Tj ET 100 100 m 200 100 l S"
	for _, c := range []struct {
		extra         string
		width, height float64
		x, y          float64
		horizontal    bool
	}{
		{"", 600, 800, 150, 680, true},
		{"/CropBox [100 50 400 450]", 300, 400, 50, 330, true},
		{"/CropBox [100 50 400 450] /Rotate 90", 400, 300, 70, 50, false},
		{"/CropBox [100 50 400 450] /Rotate 180", 300, 400, 250, 70, true},
		{"/CropBox [100 50 400 450] /Rotate 270", 400, 300, 330, 250, false},
		{"/CropBox [-100 -100 900 900]", 600, 800, 150, 680, true},
	} {
		p := readPage(t, latin(mark, c.extra))
		g := p.Glyphs[0]
		if !near(p.Width, c.width) || !near(p.Height, c.height) || !near(g.X, c.x) || !near(g.Y, c.y) {
			t.Errorf("%s: page %g × %g, glyph at %g, %g", c.extra, p.Width, p.Height, g.X, g.Y)
		}
		if len(p.Rulings) != 1 || p.Rulings[0].Horizontal() != c.horizontal {
			t.Errorf("%s: rulings %+v", c.extra, p.Rulings)
		}
	}
}

// nested makes a file of forms, depth deep, that each draw the next one fan times.
func nested(depth, fan int) []byte {
	f := &testFile{}
	last := f.stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", "100 200 m 300 200 l S")
	for range depth - 1 {
		last = f.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources <</XObject <</X %d 0 R>>>>", last),
			strings.Repeat("/X Do ", fan))
	}
	return onePage(f, fmt.Sprintf("/XObject <</X %d 0 R>>", last), "/X Do", "")
}

func TestFormDepth(t *testing.T) {
	if p := readPage(t, nested(5, 1)); len(p.Rulings) != 1 || len(p.Warnings) != 0 {
		t.Errorf("5 deep: %d rulings, warnings %+v", len(p.Rulings), p.Warnings)
	}
	d := open(t, nested(5, 1))
	d.lim.Depth = 4
	p, err := d.Page(1)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rulings) != 0 || len(p.Warnings) != 1 || p.Warnings[0].Code != "form_nested" {
		t.Errorf("over the depth: %d rulings, warnings %+v", len(p.Rulings), p.Warnings)
	}
}

func TestObjectLimit(t *testing.T) {
	data := latin(strings.Repeat("100 200 m 300 200 l S\n", 10), "")
	for lim, ok := range map[int]bool{30: true, 29: false} { // an object and two segments each
		d := open(t, data)
		d.lim.Operators = lim
		_, err := d.Page(1)
		if ok != (err == nil) {
			t.Errorf("limit %d: %v", lim, err)
		}
		if !ok {
			if e := wantError(t, err, extract.CodeLimit); e.Limit != "operators=29" {
				t.Errorf("limit %s", e.Limit)
			}
		}
	}
}
