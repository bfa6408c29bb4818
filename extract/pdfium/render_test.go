package pdfium

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"testing"

	"nianbao/extract"
)

func render(t *testing.T, data []byte, dpi float64) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := open(t, data).RenderPNG(1, dpi, &b); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestRender(t *testing.T) {
	for _, c := range []struct {
		name, content, extra string
		dpi                  float64
		w, h, x, y           int
		want                 color.Color
	}{
		{"black", "0 g 100 200 100 100 re f", "", 72, 600, 800, 150, 550, color.Gray{}},
		{"paper", "0 g 100 200 100 100 re f", "", 72, 600, 800, 50, 550, color.Gray{Y: 255}},
		{"grey", "0.502 g 100 200 100 100 re f", "", 36, 300, 400, 75, 275, color.Gray{Y: 128}},
		{"red", "1 0 0 rg 100 200 100 100 re f", "", 72, 600, 800, 150, 550, color.RGBA{R: 255, A: 255}},
		{"blue", "0 0 1 rg 100 200 100 100 re f", "", 144, 1200, 1600, 300, 1100, color.RGBA{B: 255, A: 255}},
		{"turned", "0 g 0 0 300 100 re f", "/Rotate 90", 72, 800, 600, 50, 50, color.Gray{}},
		{"cropped", "0 g 100 100 50 50 re f", "/CropBox [100 100 400 300]", 72, 300, 200, 25, 175, color.Gray{}},
	} {
		img := render(t, latin(c.content, c.extra), c.dpi)
		if got := img.Bounds().Size(); got != (image.Point{X: c.w, Y: c.h}) {
			t.Errorf("%s: %v pixels", c.name, got)
			continue
		}
		if got := img.At(c.x, c.y); got != c.want {
			t.Errorf("%s: %#v, want %#v", c.name, got, c.want)
		}
	}
}

// Text without an embedded font, and annotations, are drawn too; reading the page
// first changes nothing.
func TestRenderMarks(t *testing.T) {
	d := open(t, annotated())
	dark := func() (page, stamp int) {
		img, err := d.render(1, 72)
		if err != nil {
			t.Fatal(err)
		}
		g, ok := img.(*image.Gray)
		if !ok || g.Rect.Dx() != 600 || g.Rect.Dy() != 800 {
			t.Fatalf("%T of %v", img, img.Bounds())
		}
		for y := range 800 {
			for x := range 600 {
				if g.GrayAt(x, y).Y < 128 && y < 200 {
					page++
				} else if g.GrayAt(x, y).Y < 128 {
					stamp++
				}
			}
		}
		return page, stamp
	}
	page, stamp := dark()
	if page == 0 || stamp == 0 {
		t.Errorf("%d and %d dark pixels", page, stamp)
	}
	if _, err := d.Page(1); err != nil {
		t.Fatal(err)
	}
	if p, s := dark(); p != page || s != stamp {
		t.Errorf("after reading: %d and %d dark pixels, before %d and %d", p, s, page, stamp)
	}
}

func TestRenderLimits(t *testing.T) {
	d := open(t, latin("", "/MediaBox [0 0 14400 14400]"))
	err := d.RenderPNG(1, 300, &bytes.Buffer{})
	if e := wantError(t, err, extract.CodeLimit); e.Limit != "pixels=16777216" {
		t.Errorf("limit %s", e.Limit)
	}
	if err := d.RenderPNG(1, 5, &bytes.Buffer{}); err != nil {
		t.Errorf("after it: %v", err)
	}
	for _, dpi := range []float64{0, -1, 1e9} {
		if err := d.RenderPNG(1, dpi, &bytes.Buffer{}); err == nil || extract.AsError(err) != nil {
			t.Errorf("%g dpi: %v", dpi, err)
		}
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestRenderWriteError(t *testing.T) {
	if err := open(t, latin("", "")).RenderPNG(1, 72, full{}); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
}

func TestSmallMemoryBitmap(t *testing.T) {
	e, err := small()
	if err != nil {
		t.Fatal(err)
	}
	data := latin("", "")
	d, err := e.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	wantError(t, d.RenderPNG(1, 300, &bytes.Buffer{}), extract.CodeLimit)
	if err := d.RenderPNG(1, 10, &bytes.Buffer{}); err != nil {
		t.Errorf("the instance does not live on: %v", err)
	}
}
