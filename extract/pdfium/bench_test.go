package pdfium

import (
	"bytes"
	"io"
	"testing"

	"nianbao/convert/fixture"
	"nianbao/extract"
)

// BenchmarkOpen opens a report in a new instance and closes it.
func BenchmarkOpen(b *testing.B) {
	data := fixture.New(1, "2021").PDF(fixture.DefaultStyle())
	open(b, data)
	b.ReportAllocs()
	for b.Loop() {
		d, err := shared(b).Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPage reads a page of text and tables; fonts are loaded already.
func BenchmarkPage(b *testing.B) {
	d := open(b, fixture.New(1, "2021").PDF(fixture.DefaultStyle()))
	p, err := d.Page(1)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Page(1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(p.Glyphs)), "glyphs")
	b.ReportMetric(float64(len(p.Rulings)), "rulings")
}

// BenchmarkRender draws a page at 110 dpi and writes the PNG.
func BenchmarkRender(b *testing.B) {
	d := open(b, fixture.New(1, "2021").PDF(fixture.DefaultStyle()))
	b.ReportAllocs()
	for b.Loop() {
		if err := d.RenderPNG(1, 110, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
