package intake_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"testing"

	"golang.org/x/sync/errgroup"

	"nianbao/convert/intake"
	"nianbao/extract"
)

// quick plays an extractor that does not read, so that what is measured is the
// way through archive, record and catalog.
type quick struct{}

func (quick) Extract(context.Context, *os.File) (*extract.Extraction, error) {
	return &extract.Extraction{Format: extract.FormatPDF, Document: &extract.Document{}}, nil
}

// BenchmarkUpload uploads new files of several sizes to a directory archive,
// with all that makes them durable.
func BenchmarkUpload(b *testing.B) {
	for _, size := range []int{100_000, 1_000_000, 100_000_000} {
		b.Run(fmt.Sprintf("%dKB", size/1000), func(b *testing.B) {
			h := newHouse(b, func(c *intake.Config) { c.Extractor = quick{} })
			body := append([]byte("pdf "), make([]byte, size)...)
			b.SetBytes(int64(size))
			b.ReportAllocs()
			n := uint64(0)
			for b.Loop() {
				n++
				binary.BigEndian.PutUint64(body[8:], n)
				r := struct{ io.Reader }{bytes.NewReader(body)} // no WriterTo, as from a network
				if _, err := h.Upload(b.Context(), intake.Incoming{Filename: "a.pdf", Body: r}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// together is how many reports fill has come in at a time.
const together = 32

// many makes a house that fill fills soon.
func many(c *intake.Config) { c.Extractor, c.Jobs = quick{}, together }

// fill has n reports come in and be converted, many at a time: most of what makes one
// durable is waiting.
func (h *house) fill(n int) {
	h.t.Helper()
	var work errgroup.Group
	work.SetLimit(together)
	for i := range n {
		work.Go(func() error {
			_, err := h.upload(fmt.Sprintf("报告%d.pdf", i), fmt.Sprintf("pdf %d", i))
			return err
		})
	}
	if err := work.Wait(); err != nil {
		h.t.Fatal(err)
	}
}

// BenchmarkList lists the first page of a catalog with a thousand reports, by
// words.
func BenchmarkList(b *testing.B) {
	h := newHouse(b, many)
	h.fill(1000)
	b.ReportAllocs()
	for b.Loop() {
		page, err := h.List(b.Context(), intake.Filter{Query: "报告"})
		if err != nil || page.Total != 1000 {
			b.Fatal(page.Total, err)
		}
	}
}
