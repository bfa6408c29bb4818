package pdf

import (
	"fmt"
	"strings"
	"testing"

	"nianbao/extract/page"
)

func TestTextPositions(t *testing.T) {
	// Each case shows AB; a and b are the expected origins of the two glyphs.
	// Helvetica: A and B are 0.667 wide.
	type origin struct{ x, y float64 }
	for _, c := range []struct {
		name, ops string
		a, b      origin
		size      float64
	}{
		{"Td", "BT /F1 10 Tf 100 700 Td (AB) Tj ET", origin{100, 100}, origin{106.67, 100}, 10},
		{"Tm", "BT /F1 1 Tf 20 0 0 20 100 700 Tm (AB) Tj ET", origin{100, 100}, origin{113.34, 100}, 20},
		{"cm", "q 2 0 0 2 0 0 cm BT /F1 10 Tf 50 350 Td (AB) Tj ET Q", origin{100, 100}, origin{113.34, 100}, 20},
		{"Tc", "BT /F1 10 Tf 3 Tc 100 700 Td (AB) Tj ET", origin{100, 100}, origin{109.67, 100}, 10},
		{"Tz", "BT /F1 10 Tf 50 Tz 100 700 Td (AB) Tj ET", origin{100, 100}, origin{103.335, 100}, 10},
		{"Tz and Tc", "BT /F1 10 Tf 50 Tz 4 Tc 100 700 Td (AB) Tj ET", origin{100, 100}, origin{105.335, 100}, 10},
		{"Ts", "BT /F1 10 Tf 5 Ts 100 700 Td (AB) Tj ET", origin{100, 95}, origin{106.67, 95}, 10},
		{"TJ", "BT /F1 10 Tf 100 700 Td [(A) -500 (B)] TJ ET", origin{100, 100}, origin{111.67, 100}, 10},
		{"T*", "BT /F1 10 Tf 14 TL 100 700 Td (A) Tj T* (B) Tj ET", origin{100, 100}, origin{100, 114}, 10},
		{"TD", "BT /F1 10 Tf 100 700 Td (A) Tj 0 -12 TD (B) Tj ET", origin{100, 100}, origin{100, 112}, 10},
		{"quote", "BT /F1 10 Tf 14 TL 100 714 Td (A) ' (B) ' ET", origin{100, 100}, origin{100, 114}, 10},
		{"double quote", "BT /F1 10 Tf 14 TL 100 714 Td 0 2 (AB) \" ET", origin{100, 100}, origin{108.67, 100}, 10},
		{"hex", "BT /F1 10 Tf 100 700 Td <4142> Tj ET", origin{100, 100}, origin{106.67, 100}, 10},
		{"octal", `BT /F1 10 Tf 100 700 Td (\101\102) Tj ET`, origin{100, 100}, origin{106.67, 100}, 10},
		{"Q restores", "q BT /F1 10 Tf 100 700 Td (A) Tj ET 3 Tc Q BT /F1 10 Tf 106.67 700 Td (B) Tj ET", origin{100, 100}, origin{106.67, 100}, 10},
	} {
		p := content(t, c.ops)
		if len(p.Glyphs) != 2 || textOf(p) != "AB" {
			t.Errorf("%s: text %q", c.name, textOf(p))
			continue
		}
		g, h := p.Glyphs[0], p.Glyphs[1]
		if !near(g.X, c.a.x) || !near(g.Y, c.a.y) || !near(h.X, c.b.x) || !near(h.Y, c.b.y) || !near(g.Size, c.size) {
			t.Errorf("%s: A at %.2f,%.2f B at %.2f,%.2f size %.2f", c.name, g.X, g.Y, h.X, h.Y, g.Size)
		}
	}
}

func TestWordSpacing(t *testing.T) {
	p := content(t, "BT /F1 10 Tf 7 Tw 100 700 Td (A B) Tj ET")
	if b := p.Glyphs[2]; !near(b.X, 100+6.67+2.78+7) {
		t.Errorf("B at %.2f", b.X)
	}
}

func TestGlyphBox(t *testing.T) {
	p := content(t, "BT /F1 10 Tf 100 700 Td (A) Tj ET")
	if b := p.Glyphs[0].Box; !near(b.X0, 100) || !near(b.X1, 106.67) || b.Y0 >= 100 || b.Y1 <= 100 || b.Y1-b.Y0 > 15 {
		t.Errorf("box %+v", b)
	}
}

func TestAngles(t *testing.T) {
	for tm, want := range map[string]float64{
		"1 0 0 1": 0, "0 1 -1 0": 90, "-1 0 0 -1": 180, "0 -1 1 0": 270, "0.70710678 0.70710678 -0.70710678 0.70710678": 45,
	} {
		p := content(t, "BT /F1 10 Tf "+tm+" 300 400 Tm (A) Tj ET")
		if g := p.Glyphs[0]; !near(g.Angle, want) || !near(g.X, 300) || !near(g.Y, 400) {
			t.Errorf("%s: angle %.3f at %.2f,%.2f, want %.0f", tm, g.Angle, g.X, g.Y, want)
		}
	}
}

func TestPageFrames(t *testing.T) {
	const ops = "BT /F1 10 Tf 100 700 Td (A) Tj ET"
	for _, c := range []struct {
		extra      string
		w, h, x, y float64
		angle      float64
	}{
		{"", 600, 800, 100, 100, 0},
		{"/Rotate 90", 800, 600, 700, 100, 270},
		{"/Rotate 180", 600, 800, 500, 700, 180},
		{"/Rotate -90", 800, 600, 100, 500, 90},
		{"/CropBox [50 100 550 750]", 500, 650, 50, 50, 0},
		{"/CropBox [-50 -100 5500 7500]", 600, 800, 100, 100, 0},
		{"/MediaBox [600 800 0 0]", 600, 800, 100, 100, 0},
		{"/UserUnit 2", 1200, 1600, 200, 200, 0},
		{"/MediaBox [0 0 0 0]", 595.28, 841.89, 100, 141.89, 0},
	} {
		p := readPage(t, onePage(&testFile{}, helvetica, ops, c.extra))
		g := p.Glyphs[0]
		if !near(p.Width, c.w) || !near(p.Height, c.h) || !near(g.X, c.x) || !near(g.Y, c.y) || g.Angle != c.angle {
			t.Errorf("%s: page %.2f×%.2f, glyph %.2f,%.2f angle %.0f", c.extra, p.Width, p.Height, g.X, g.Y, g.Angle)
		}
	}
}

func TestRulings(t *testing.T) {
	h := func(x0, x1, y, w float64) page.Ruling { return page.Ruling{X0: x0, X1: x1, Y0: y, Y1: y, Width: w} }
	v := func(x, y0, y1, w float64) page.Ruling { return page.Ruling{X0: x, X1: x, Y0: y0, Y1: y1, Width: w} }
	fill := func(r page.Ruling) page.Ruling { r.Fill, r.Width = true, 0; return r }
	for _, c := range []struct {
		name, ops string
		want      []page.Ruling
	}{
		{"stroke", "2 w 100 700 m 300 700 l S", []page.Ruling{h(100, 300, 100, 2)}},
		{"scaled width", "q 3 0 0 3 0 0 cm 1 w 100 200 m 150 200 l S Q", []page.Ruling{h(300, 450, 200, 3)}},
		{"dashed", "[3 2] 0 d 1 w 100 700 m 100 600 l S", []page.Ruling{v(100, 100, 200, 1)}},
		{"thin fill", "100 700 200 0.5 re f", []page.Ruling{h(100, 300, 99.75, 0.5)}},
		{"negative thin fill", "300 700 -200 -0.5 re f*", []page.Ruling{h(100, 300, 100.25, 0.5)}},
		{"thin polygon", "100 700 m 300 700 l 299 699 l 101 699 l h f", []page.Ruling{h(100, 300, 100.5, 1)}},
		{"stroked rectangle", "1 w 100 600 200 100 re S", []page.Ruling{h(100, 300, 200, 1), v(300, 100, 200, 1), h(100, 300, 100, 1), v(100, 100, 200, 1)}},
		{"s closes", "1 w 100 600 m 300 600 l 300 700 l s", []page.Ruling{h(100, 300, 200, 1), v(300, 100, 200, 1)}},
		{"shading", "0.9 g 100 600 200 100 re f", []page.Ruling{fill(h(100, 300, 100, 0)), fill(h(100, 300, 200, 0)), fill(v(100, 100, 200, 0)), fill(v(300, 100, 200, 0))}},
		{"frame of two rectangles", "100 600 200 100 re 101 601 198 98 re f*", []page.Ruling{h(100, 300, 100.5, 1), h(100, 300, 199.5, 1), v(100.5, 100, 200, 1), v(299.5, 100, 200, 1)}},
		{"image as a line", "q 200 0 0 0.7 100 700 cm BI /W 1 /H 1 /BPC 1 /CS /G ID \x00 EI Q", []page.Ruling{h(100, 300, 99.65, 0.7)}},
		{"rounded rectangle", "1 w 110 600 m 290 600 l 295 600 300 605 300 610 c 300 690 l 300 700 290 700 v 110 700 l S",
			[]page.Ruling{h(110, 290, 200, 1), v(300, 110, 190, 1), h(110, 290, 100, 1)}},
		{"circle", "100 700 m 100 720 120 720 120 700 c 120 680 100 680 100 700 c S", nil},
		{"thin rounded fill", "100 700 m 300 700 l 301 700 301 701 300 701 c 100 701 l f", []page.Ruling{h(100, 301, 99.5, 1)}},
		{"letter as a path", "100 700 m 103 708 101 709 102 700 c 101 699 l f", nil},
		{"white stroke", "1 G 100 700 m 300 700 l S", nil},
		{"white fill", "1 1 1 rg 100 700 200 0.5 re f", nil},
		{"white CMYK", "0 0 0 0 k 100 700 200 0.5 re f", nil},
		{"black after white", "1 g 0 g 100 700 200 1 re f", []page.Ruling{h(100, 300, 99.5, 1)}},
		{"page background", "0.5 g 0 0 600 800 re f", nil},
		{"diagonal", "100 700 m 300 500 l S", nil},
		{"no painting", "100 700 200 0.5 re n", nil},
		{"outside the clip", "0 0 50 50 re W n 100 700 200 0.5 re f", nil},
		{"cut by the clip", "0 0 200 800 re W n 100 700 200 0.5 re f", []page.Ruling{h(100, 200, 99.75, 0.5)}},
		{"clip ends with Q", "q 0 0 50 50 re W n Q 100 700 200 1 re f", []page.Ruling{h(100, 300, 99.5, 1)}},
		{"clip makes a line", "100 700 200 1 re W n 0 0 600 790 re f", []page.Ruling{h(100, 300, 99.5, 1)}},
	} {
		got := content(t, c.ops).Rulings
		same := len(got) == len(c.want)
		for i := 0; same && i < len(got); i++ {
			g, w := got[i], c.want[i]
			same = nearBox(page.Box{X0: g.X0, Y0: g.Y0, X1: g.X1, Y1: g.Y1}, page.Box{X0: w.X0, Y0: w.Y0, X1: w.X1, Y1: w.Y1}) &&
				near(g.Width, w.Width) && g.Fill == w.Fill
		}
		if !same {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestColorSpaces(t *testing.T) {
	const res = "/ColorSpace <</Sep [/Separation /Ink /DeviceCMYK 9 0 R] /Icc [/ICCBased 9 0 R]>> /ExtGState <</T <</ca 0 /CA 0>> /O <</ca 1 /CA 1>>>>"
	for ops, want := range map[string]int{
		"/Sep cs 1 scn 100 700 200 1 re f":       1,
		"/Sep cs 0 scn 100 700 200 1 re f":       0,
		"/Icc cs 1 1 1 sc 100 700 200 1 re f":    0,
		"/Icc cs 100 700 200 1 re f":             1,
		"/Pattern cs /P1 scn 100 700 200 1 re f": 1,
		"/T gs 100 700 200 1 re f":               0,
		"/T gs /O gs 100 700 200 1 re f":         1,
		"/T gs 100 700 m 200 700 l S":            0,
	} {
		if p := readPage(t, onePage(&testFile{}, res, ops, "")); len(p.Rulings) != want {
			t.Errorf("%s: %d rulings, want %d", ops, len(p.Rulings), want)
		}
	}
}

func TestImages(t *testing.T) {
	f := &testFile{}
	im := f.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "x")
	p := readPage(t, onePage(f, fmt.Sprintf("/XObject <</I %d 0 R>>", im), "q 200 0 0 100 50 600 cm /I Do Q", ""))
	if len(p.Images) != 1 || !nearBox(p.Images[0].Box, page.Box{X0: 50, Y0: 100, X1: 250, Y1: 200}) || len(p.Warnings) != 0 {
		t.Errorf("images %+v, warnings %+v", p.Images, p.Warnings)
	}
	for ops, want := range map[string]string{
		"q 600 0 0 800 0 0 cm /I Do Q":                "page_is_image",
		"q 600 0 0 300 0 0 cm /I Do Q " + hello:       "image_not_read",
		"q 600 0 0 800 0 0 cm /I Do Q 3 Tr " + hello:  "", // a scan with its text layer
		"q 60 0 0 80 0 0 cm /I Do Q " + hello:         "",
		"q 600 0 0 800 0 0 cm /I Do Q " + hello:       "", // background
		"q 60 0 0 800 0 0 cm /I Do Q BT /F1 1 Tf ET ": "",
	} {
		f := &testFile{}
		im := f.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1", "x")
		p := readPage(t, onePage(f, fmt.Sprintf("%s /XObject <</I %d 0 R>>", helvetica, im), ops, ""))
		got := ""
		for _, w := range p.Warnings {
			got += w.Code
		}
		if got != want {
			t.Errorf("%s: warnings %q, want %q", ops, got, want)
		}
	}
}

func TestInlineImage(t *testing.T) {
	// The data holds EI as bytes and as a false end before binary.
	ops := "q 40 0 0 40 10 10 cm BI /W 4 /H 4 /BPC 8 /CS /RGB ID \x01EI\x02 EI \x80\xff\x00() [ EI Q BT /F1 10 Tf 100 700 Td (A) Tj ET"
	p := content(t, ops)
	if textOf(p) != "A" || len(p.Images) != 1 {
		t.Errorf("text %q, %d images", textOf(p), len(p.Images))
	}
}

func TestForms(t *testing.T) {
	f := &testFile{}
	inner := f.stream("/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [2 0 0 2 0 0] /Resources <<"+helvetica+">>",
		"q q BT /F1 10 Tf 10 20 Td (A) Tj ET BT /F1 10 Tf 300 20 Td (clipped) Tj ET")
	loop := f.reserve()
	f.set(loop, "<</Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources <</XObject <</L %d 0 R>> %s>> /Length 45>>\nstream\n%s\nendstream",
		loop, helvetica, "BT /F1 10 Tf 50 50 Td (L) Tj ET /L Do /L Do  ")
	res := fmt.Sprintf("/XObject <</X %d 0 R /L %d 0 R>> %s", inner, loop, helvetica)
	p := readPage(t, onePage(f, res, "q 1 0 0 1 100 100 cm /X Do Q /L Do BT /F1 10 Tf 10 10 Td (B) Tj ET", ""))
	var visible []string
	for _, g := range p.Glyphs {
		if !g.Invisible {
			visible = append(visible, g.Text)
		}
	}
	if got := strings.Join(visible, ""); got != "ALB" {
		t.Errorf("visible text %q", got)
	}
	if g := p.Glyphs[0]; !near(g.X, 120) || !near(g.Y, 660) || !near(g.Size, 20) {
		t.Errorf("A at %.2f,%.2f size %.2f", g.X, g.Y, g.Size)
	}
	if len(p.Warnings) != 1 || p.Warnings[0].Code != "form_nested" || p.Warnings[0].Page == nil || *p.Warnings[0].Page != 1 {
		t.Errorf("warnings %+v", p.Warnings)
	}
}

func TestMarkedContent(t *testing.T) {
	const show = "BT /F1 10 Tf 100 700 Td (abc) Tj ET "
	for _, c := range []struct{ name, ops, want string }{
		{"same count", "/Span <</ActualText (XYZ)>> BDC " + show + "EMC", "XYZ"},
		{"fewer", "/Span <</ActualText <FEFF4E2D6587>>> BDC " + show + "EMC", "中文"},
		{"more", "/Span <</ActualText (12345)>> BDC " + show + "EMC", "12345"},
		{"radicals", "/Span <</ActualText <FEFF2F002EA0FB01>>> BDC " + show + "EMC", "一民fi"},
		{"empty", "/Span <</ActualText ()>> BDC " + show + "EMC", ""},
		{"named", "/Span /P1 BDC " + show + "EMC", "甲"},
		{"never closed", "/Span <</ActualText (XYZ)>> BDC " + show, "XYZ"},
		{"other property", "/Span <</Lang (zh) /MCID 1>> BDC " + show + "EMC", "abc"},
		{"stray end", "EMC " + show + "EMC", "abc"},
	} {
		res := helvetica + " /Properties <</P1 <</ActualText <FEFF7532>>>>>"
		p := readPage(t, onePage(&testFile{}, res, c.ops, ""))
		if got := textOf(p); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		for _, g := range p.Glyphs {
			if g.Box.X0 < 99 || g.Box.X1 > 120 || g.Artifact {
				t.Errorf("%s: %+v", c.name, g)
			}
		}
	}
	p := content(t, "/Artifact <</Type /Pagination>> BDC "+show+"EMC BT /F1 10 Tf 9 9 Td (d) Tj ET")
	for i, g := range p.Glyphs {
		if g.Artifact != (i < 3) {
			t.Errorf("glyph %d artifact %v", i, g.Artifact)
		}
	}
}

func TestOptionalContent(t *testing.T) {
	for _, c := range []struct{ name, config, want string }{
		{"off", "/OFF [1 0 R]", "b"},
		{"on", "/ON [1 0 R]", "abc"},
		{"base off", "/BaseState /OFF", "b"},
		{"base off, one on", "/BaseState /OFF /ON [1 0 R]", "abc"},
	} {
		f := &testFile{}
		f.add("<</Type /OCG /Name (layer)>>")
		form := f.stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /OC 1 0 R /Resources <<"+helvetica+">>", "BT /F1 10 Tf 300 300 Td (c) Tj ET")
		member := f.add("<</Type /OCMD /OCGs [1 0 R]>>")
		res := fmt.Sprintf("%s /XObject <</X %d 0 R>> /Properties <</P 1 0 R /M %d 0 R>>", helvetica, form, member)
		onePage(f, res, "BT /F1 10 Tf 100 700 Td /OC /M BDC (a) Tj EMC (b) Tj ET /X Do /OC /P BDC 10 10 100 1 re f EMC", "")
		f.root = f.add("<</Type /Catalog /Pages %d 0 R /OCProperties <</OCGs [1 0 R] /D <<%s>>>>>>", f.root-2, c.config)
		p := readPage(t, f.bytes())
		if got := textOf(p); got != c.want || len(p.Rulings) != len(c.want)/2 {
			t.Errorf("%s: %q and %d rulings, want %q", c.name, got, len(p.Rulings), c.want)
		}
	}
}

func TestAnnotations(t *testing.T) {
	f := &testFile{}
	ap := f.stream("/Type /XObject /Subtype /Form /BBox [0 0 50 10] /Resources <<"+helvetica+">>", "BT /F1 8 Tf 2 2 Td (42) Tj ET")
	a := f.add("<</Subtype /Widget /Rect [100 600 200 620] /AP <</N %d 0 R>>>>", ap)
	state := f.add("<</Subtype /Widget /Rect [300 600 400 620] /AS /On /AP <</N <</On %d 0 R>>>>>>", ap)
	hidden := f.add("<</Subtype /Widget /F 2 /Rect [100 500 200 520] /AP <</N %d 0 R>>>>", ap)
	p := readPage(t, onePage(f, "", "", fmt.Sprintf("/Annots [%d 0 R %d 0 R %d 0 R]", a, state, hidden)))
	if textOf(p) != "4242" {
		t.Fatalf("text %q", textOf(p))
	}
	if g := p.Glyphs[0]; !near(g.X, 104) || !near(g.Y, 196) || !near(g.Size, 16) {
		t.Errorf("glyph at %.2f,%.2f size %.2f", g.X, g.Y, g.Size)
	}
}

// Membership dictionaries show their content by a policy or an expression: here
// group 1 is off, group 2 is on.
func TestOptionalMembership(t *testing.T) {
	for member, shown := range map[string]bool{
		"/OCGs 1 0 R": false, "/OCGs 2 0 R": true, "/OCGs 1 0 R /P /AllOff": true, "/OCGs 2 0 R /P /AnyOff": false,
		"/OCGs [1 0 R 2 0 R]": true, "/OCGs [1 0 R 2 0 R] /P /AnyOn": true, "/OCGs [1 0 R 2 0 R] /P /AllOn": false,
		"/OCGs [1 0 R 2 0 R] /P /AnyOff": true, "/OCGs [1 0 R 2 0 R] /P /AllOff": false, "/OCGs [1 0 R] /P /AllOff": true, "/OCGs []": true,
		"/OCGs [1 0 R] /VE [/Not 1 0 R]": true, "/VE [/And 2 0 R [/Not 1 0 R]]": true, "/VE [/And 2 0 R 1 0 R]": false,
		"/VE [/Or 1 0 R 2 0 R]": true, "/VE [/Or 1 0 R [/Not 2 0 R]]": false, "/VE [/Not]": true,
		"/VE " + strings.Repeat("[/Not ", 100) + "1 0 R" + strings.Repeat("]", 100): false,
	} {
		f := &testFile{}
		f.add("<</Type /OCG /Name (off)>>")
		f.add("<</Type /OCG /Name (on)>>")
		m := f.add("<</Type /OCMD %s>>", member)
		onePage(f, fmt.Sprintf("%s /Properties <</M %d 0 R>>", helvetica, m), "/OC /M BDC BT /F1 10 Tf 100 700 Td (a) Tj ET EMC", "")
		f.root = f.add("<</Type /Catalog /Pages %d 0 R /OCProperties <</OCGs [1 0 R 2 0 R] /D <</OFF [1 0 R]>>>>>>", f.root-2)
		if got := textOf(readPage(t, f.bytes())) == "a"; got != shown {
			t.Errorf("%s: shown %v", member, got)
		}
	}
}

// Fields without an appearance show their values, as viewers do.
func TestFieldValues(t *testing.T) {
	for _, c := range []struct{ name, annotation, want string }{
		{"text", "/Subtype /Widget /FT /Tx /V (ab) /DA (/Helv 10 Tf 0 g)", "ab"},
		{"Chinese", "/Subtype /Widget /FT /Tx /V <FEFF63A582475DDE>", "接艇州"},
		{"inherited", "/Subtype /Widget /Parent <</FT /Tx /V (ab)>>", "ab"},
		{"choice", "/Subtype /Widget /FT /Ch /V (ab)", "ab"},
		{"free text", "/Subtype /FreeText /Contents (ab)", "ab"},
		{"lines", "/Subtype /Widget /FT /Tx /V (a\\r\\nb)", "ab"},
		{"password", "/Subtype /Widget /FT /Tx /Ff 8192 /V (ab)", ""},
		{"button", "/Subtype /Widget /FT /Btn /V (ab)", ""},
		{"hidden", "/Subtype /Widget /FT /Tx /F 2 /V (ab)", ""},
		{"note", "/Subtype /Text /Contents (ab)", ""},
	} {
		f := &testFile{}
		a := f.add("<<%s /Rect [100 600 200 630]>>", c.annotation)
		p := readPage(t, onePage(f, "", "", fmt.Sprintf("/Annots [%d 0 R]", a)))
		if textOf(p) != c.want || len(p.Warnings) > 0 {
			t.Errorf("%s: %q %v", c.name, textOf(p), p.Warnings)
		}
		for _, g := range p.Glyphs {
			if g.Box.X0 < 100 || g.Box.X1 > 200 || g.Box.Y0 < 170 || g.Box.Y1 > 200 || !near(g.Box.Y1-g.Box.Y0, g.Size) {
				t.Errorf("%s: glyph %+v leaves its field", c.name, g)
			}
		}
	}
}

func TestInvisibleText(t *testing.T) {
	p := content(t, "BT /F1 10 Tf 3 Tr 100 700 Td (a) Tj 0 Tr (b) Tj ET q 0 0 10 10 re W n BT /F1 10 Tf 300 700 Td (c) Tj ET Q")
	for i, want := range []bool{true, false, true} {
		if p.Glyphs[i].Invisible != want {
			t.Errorf("%s: invisible %v", p.Glyphs[i].Text, p.Glyphs[i].Invisible)
		}
	}
}

func TestFalseBold(t *testing.T) {
	p := content(t, "BT /F1 12 Tf 100 700 Td (11) Tj ET BT /F1 12 Tf 100.4 700 Td (11) Tj ET BT /F1 12 Tf 100 650 Td (1) Tj ET")
	if textOf(p) != "111" {
		t.Fatalf("text %q", textOf(p))
	}
	for i, bold := range []bool{true, true, false} {
		if p.Fonts[p.Glyphs[i].Font].Bold != bold {
			t.Errorf("glyph %d: bold %v", i, !bold)
		}
	}
	p = content(t, "0.3 w BT /F1 12 Tf 2 Tr 100 700 Td (a) Tj ET")
	if !p.Fonts[p.Glyphs[0].Font].Bold {
		t.Error("filled and outlined text is not bold")
	}
	// Narrow letters side by side are not the same letter twice.
	if p = content(t, "BT /F1 4 Tf 100 700 Td (lllliiii....) Tj ET"); textOf(p) != "lllliiii...." {
		t.Errorf("text %q", textOf(p))
	}
}

func TestContentsArray(t *testing.T) {
	f := &testFile{}
	a, b := f.flate("", "BT /F1 10 Tf 100 700 Td (a"), f.stream("", ") Tj ET")
	bad := f.stream("/Filter /Unknown", "xx")
	pages := f.reserve()
	pg := f.add("<</Type /Page /Parent %d 0 R /Contents [%d 0 R %d 0 R %d 0 R] /Resources <<%s>>>>", pages, a, bad, b, helvetica)
	f.set(pages, "<</Type /Pages /Kids [%d 0 R] /Count 1 /MediaBox [0 0 600 800]>>", pg)
	f.root = f.add("<</Type /Catalog /Pages %d 0 R>>", pages)
	p := readPage(t, f.bytes())
	if strings.TrimSpace(textOf(p)) != "a" || len(p.Warnings) != 1 || p.Warnings[0].Code != "stream_unreadable" {
		t.Errorf("text %q, warnings %+v", textOf(p), p.Warnings)
	}
}

func TestMissingFont(t *testing.T) {
	p := content(t, "BT (a) Tj /F1 10 Tf 100 700 Td (b) Tj ET")
	if textOf(p) != "b" || len(p.Warnings) != 1 || p.Warnings[0].Code != "font_missing" {
		t.Errorf("text %q, warnings %+v", textOf(p), p.Warnings)
	}
}

// A membership may hide content although no group is off.
func TestOptionalMembershipAllOn(t *testing.T) {
	for member, shown := range map[string]bool{
		"/OCGs [1 0 R 2 0 R] /P /AllOff": false,
		"/OCGs [1 0 R 2 0 R] /P /AnyOff": false,
		"/OCGs 1 0 R /P /AllOff":         false,
		"/VE [/Not 1 0 R]":               false,
		"/OCGs [1 0 R 2 0 R] /P /AllOn":  true,
		"/OCGs [1 0 R 2 0 R]":            true,
	} {
		f := &testFile{}
		f.add("<</Type /OCG /Name (one)>>")
		f.add("<</Type /OCG /Name (two)>>")
		m := f.add("<</Type /OCMD %s>>", member)
		onePage(f, fmt.Sprintf("%s /Properties <</M %d 0 R>>", helvetica, m), "/OC /M BDC BT /F1 10 Tf 100 700 Td (a) Tj ET EMC", "")
		f.root = f.add("<</Type /Catalog /Pages %d 0 R /OCProperties <</OCGs [1 0 R 2 0 R] /D <<>>>>>>", f.root-2)
		if got := textOf(readPage(t, f.bytes())) == "a"; got != shown {
			t.Errorf("%s: shown %v", member, got)
		}
	}
}
