package pdfium

import (
	"fmt"
	"image"
	"image/png"
	"io"
	"math"

	"nianbao/extract"
)

// Bounds of a rendered page.
const (
	// MaxPixels caps the pixels of one picture: A4 at 400 dpi has 15.5 million.
	MaxPixels = 16 << 20
	minDPI    = 1
	maxDPI    = 2400
)

// RenderPNG draws page n, from 1, on white, annotations included, and writes it
// as PNG; grey where the page has no colour. dpi is pixels per inch of the page
// as shown. Over MaxPixels, and where the module's memory does not suffice, the
// error is an *extract.Error of CodeLimit. Errors of w are returned as they are.
func (d *Document) RenderPNG(n int, dpi float64, w io.Writer) error {
	img, err := d.render(n, dpi)
	if err != nil {
		return err
	}
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	return enc.Encode(w, img)
}

// RenderWidth is RenderPNG with the picture's width in pixels; the height follows.
func (d *Document) RenderWidth(n, pixels int, w io.Writer) error {
	if pixels < 1 {
		return fmt.Errorf("pdfium: a picture of %d pixels", pixels)
	}
	handle, err := d.open(n)
	if err != nil {
		return err
	}
	_, width, _ := d.frame(handle)
	d.m.at(fnClosePage, handle)
	return d.RenderPNG(n, min(max(float64(pixels)*72/max(width, 1), minDPI), maxDPI), w)
}

// render draws a page into an image of its own.
func (d *Document) render(n int, dpi float64) (image.Image, error) {
	if !(dpi >= minDPI && dpi <= maxDPI) {
		return nil, fmt.Errorf("pdfium: %g dpi is outside %d–%d", dpi, minDPI, maxDPI)
	}
	handle, err := d.open(n)
	if err != nil {
		return nil, err
	}
	defer d.m.at(fnClosePage, handle)
	_, width, height := d.frame(handle)
	w, h := math.Ceil(width*dpi/72-1e-3), math.Ceil(height*dpi/72-1e-3)
	w, h = max(w, 1), max(h, 1)
	if w*h > MaxPixels {
		return nil, extract.OverLimit("pixels", MaxPixels, fmt.Sprintf("第 %d 页按 %g dpi 绘制有 %.0f × %.0f 像素，超过上限。", n, dpi, w, h))
	}
	img, err := d.bitmap(n, handle, int(w), int(h))
	if err != nil {
		return nil, err
	}
	if g := grey(img); g != nil {
		return g, nil
	}
	return img, nil
}

// bitmap lets PDFium draw, and copies the result out of the module's memory.
func (d *Document) bitmap(n int, handle uint32, w, h int) (*image.RGBA, error) {
	const formatBGRx = 3
	const annotations, reverseBytes = 0x01, 0x10
	m, doing := d.m, fmt.Sprintf("绘制第 %d 页", n)
	b := uint32(m.call(fnBitmapCreate, uint64(w), uint64(h), formatBGRx, 0, 0))
	if err := m.failure(doing); err != nil {
		return nil, err
	}
	if b == 0 {
		return nil, m.tooLarge(doing)
	}
	defer m.at(fnBitmapDestroy, b)
	m.call(fnBitmapFill, uint64(b), 0, 0, uint64(w), uint64(h), 0xFFFFFFFF)
	m.call(fnRender, uint64(b), uint64(handle), 0, 0, uint64(w), uint64(h), 0, annotations|reverseBytes)
	stride, buffer := m.at(fnBitmapStride, b), m.at(fnBitmapBuffer, b)
	pixels := m.view(buffer, int64(stride)*int64(h))
	if err := m.failure(doing); err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		row := img.Pix[y*img.Stride : (y+1)*img.Stride]
		copy(row, pixels[y*int(stride):])
		for x := 3; x < len(row); x += 4 {
			row[x] = 0xFF
		}
	}
	return img, nil
}

// grey is img in shades of grey, or nil where it has colours. It is a third of
// the bytes to encode.
func grey(img *image.RGBA) *image.Gray {
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] != img.Pix[i+1] || img.Pix[i] != img.Pix[i+2] {
			return nil
		}
	}
	g := image.NewGray(img.Rect)
	for i := range g.Pix {
		g.Pix[i] = img.Pix[4*i]
	}
	return g
}
