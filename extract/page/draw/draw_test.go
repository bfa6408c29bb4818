package draw

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"nianbao/extract/page"
)

func canvas() (*Canvas, page.Box) {
	return &Canvas{Page: &page.Page{Width: 600, Height: 800}}, page.Box{X1: 600, Y1: 800}
}

func (c *Canvas) String() string {
	var out []string
	for _, r := range c.Page.Rulings {
		s := fmt.Sprintf("%g,%g-%g,%g w%g", r.X0, r.Y0, r.X1, r.Y1, r.Width)
		if r.Fill {
			s += " fill"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return strings.Join(out, "|")
}

func polygon(xy ...float64) *Path {
	var p Path
	add(&p, xy...)
	return &p
}

func add(p *Path, xy ...float64) {
	p.Move(xy[0], xy[1])
	for i := 2; i < len(xy); i += 2 {
		p.Line(xy[i], xy[i+1])
	}
	p.Close()
}

func rect(x0, y0, x1, y1 float64) []float64 { return []float64{x0, y0, x1, y0, x1, y1, x0, y1} }

func TestFill(t *testing.T) {
	frame := polygon(rect(100, 100, 200, 150)...)
	add(frame, rect(101, 101, 199, 149)...)
	two := polygon(rect(100, 100, 200, 150)...)
	add(two, rect(300, 100, 400, 150)...)
	letter := polygon(100, 100, 104, 100)
	letter.Curve(105, 101)
	for name, c := range map[string]struct {
		path *Path
		want string
	}{
		"thin":       {polygon(rect(100, 100, 300, 101)...), "100,100.5-300,100.5 w1"},
		"area":       {polygon(rect(100, 100, 200, 150)...), "100,100-100,150 w0 fill|100,100-200,100 w0 fill|100,150-200,150 w0 fill|200,100-200,150 w0 fill"},
		"frame":      {frame, "100,100.5-200,100.5 w1|100,149.5-200,149.5 w1|100.5,100-100.5,150 w1|199.5,100-199.5,150 w1"},
		"two areas":  {two, "100,100-100,150 w0 fill|100,100-200,100 w0 fill|100,150-200,150 w0 fill|200,100-200,150 w0 fill|300,100-300,150 w0 fill|300,100-400,100 w0 fill|300,150-400,150 w0 fill|400,100-400,150 w0 fill"},
		"background": {polygon(rect(0, 0, 600, 800)...), ""},
		"triangle":   {polygon(100, 100, 200, 100, 150, 200), ""},
		"letter":     {letter, ""},
		"infinite":   {polygon(rect(100, 100, math.Inf(1), 101)...), ""},
		"far":        {polygon(rect(100, 100, 1e12, 101)...), ""},
		"empty":      {&Path{}, ""},
	} {
		cv, clip := canvas()
		cv.Fill(c.path, clip)
		if cv.String() != c.want {
			t.Errorf("%s: %s", name, cv)
		}
	}
}

func TestStroke(t *testing.T) {
	curve := polygon(100, 100)
	curve.Clear()
	curve.Move(100, 100)
	curve.Curve(300, 100)
	for name, c := range map[string]struct {
		path  *Path
		width float64
		clip  page.Box
		want  string
	}{
		"line":    {polygon(100, 100, 300, 100), 1, page.Box{X1: 600, Y1: 800}, "100,100-300,100 w1|100,100-300,100 w1"},
		"slanted": {polygon(100, 100, 300, 120), 1, page.Box{X1: 600, Y1: 800}, ""},
		"curve":   {curve, 1, page.Box{X1: 600, Y1: 800}, ""},
		"clipped": {polygon(100, 100, 300, 100), 1, page.Box{X0: 150, X1: 200, Y1: 800}, "150,100-200,100 w1|150,100-200,100 w1"},
		"outside": {polygon(100, 100, 300, 100), 1, page.Box{X0: 400, X1: 500, Y1: 800}, ""},
		"thick":   {polygon(100, 100, 100, 200), 40, page.Box{X1: 600, Y1: 800}, strings.Repeat("80,100-120,100 w0 fill|", 2) + strings.Repeat("80,100-80,200 w0 fill|", 2) + strings.Repeat("80,200-120,200 w0 fill|", 2) + "120,100-120,200 w0 fill|120,100-120,200 w0 fill"},
	} {
		cv, _ := canvas()
		cv.Stroke(c.path, c.width, c.clip)
		want := strings.Split(c.want, "|")
		slices.Sort(want)
		if cv.String() != strings.Join(want, "|") {
			t.Errorf("%s: %s", name, cv)
		}
	}
}

func TestCaps(t *testing.T) {
	cv, clip := canvas()
	line := polygon(rect(100, 100, 300, 101)...)
	for range MaxRulings {
		cv.Fill(line, clip)
	}
	if cv.Crowded || len(cv.Page.Rulings) != MaxRulings {
		t.Errorf("at the limit: %d rulings, crowded %v", len(cv.Page.Rulings), cv.Crowded)
	}
	if cv.Fill(line, clip); !cv.Crowded || len(cv.Page.Rulings) != MaxRulings {
		t.Errorf("above: %d rulings, crowded %v", len(cv.Page.Rulings), cv.Crowded)
	}
	var p Path
	p.Move(0, 0)
	for range maxPoints {
		p.Line(1, 1)
	}
	if _, ok := p.Bounds(); ok {
		t.Error("a path of too many points has bounds")
	}
	p.Clear()
	if add(&p, rect(1, 1, 2, 2)...); p.overflow {
		t.Error("a cleared path is still of no use")
	}
}

func TestScan(t *testing.T) {
	for name, c := range map[string]struct {
		images       []page.Box
		glyphs       []page.Glyph
		scan, unread bool
	}{
		"empty":         {},
		"scan":          {images: []page.Box{{X1: 600, Y1: 800}}, scan: true},
		"scan with OCR": {images: []page.Box{{X1: 600, Y1: 800}}, glyphs: []page.Glyph{{Invisible: true}}},
		"background":    {images: []page.Box{{X1: 600, Y1: 800}}, glyphs: []page.Glyph{{}}},
		"picture":       {images: []page.Box{{X1: 300, Y1: 600}}, glyphs: []page.Glyph{{}}, unread: true},
		"small":         {images: []page.Box{{X1: 30, Y1: 60}}, glyphs: []page.Glyph{{}}},
	} {
		cv, clip := canvas()
		for _, b := range c.images {
			cv.Image(b, clip)
		}
		cv.Page.Glyphs = c.glyphs
		if scan, unread := cv.Scan(); scan != c.scan || unread != c.unread {
			t.Errorf("%s: %v %v", name, scan, unread)
		}
	}
	cv, clip := canvas()
	cv.Image(page.Box{X0: 100, Y0: 100, X1: 300, Y1: 101}, clip)
	if cv.String() != "100,100.5-300,100.5 w1" || len(cv.Page.Images) != 0 {
		t.Errorf("a picture one pixel high: %s, %d pictures", cv, len(cv.Page.Images))
	}
}
