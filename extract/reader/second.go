package reader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"nianbao/extract"
	"nianbao/extract/layout"
	"nianbao/extract/page"
	"nianbao/extract/pdf"
)

// A SecondEngine opens PDF files that package pdf cannot read, or not whole.
// Cancelling ctx ends running calls on the file; what was read until then stays
// usable. Errors about the file are *extract.Error.
type SecondEngine interface {
	Open(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits) (SecondFile, error)
}

// A SecondFile is a file opened by a SecondEngine.
type SecondFile interface {
	pageSource
	Close() error
}

// Bounds of what the second engine may take of one file.
const (
	// secondStep bounds one call, open or page: ten times the slowest seen on
	// files that are meant to be read.
	secondStep = 3 * time.Second
	// secondTotal bounds the pages that are read twice, in sum: the first
	// engine's reading must not be lost to the file's own limits.
	secondTotal = 12 * time.Second
	// secondPatience is after how many doubtful pages in a row on which the
	// second engine knew no better it is asked no more.
	secondPatience = 8
)

// second is the second engine at work on one file. It is opened when first
// needed, each call under a clock of its own.
type second struct {
	engine  SecondEngine
	ctx     context.Context
	in      io.ReaderAt
	size    int64
	lim     extract.Limits
	file    SecondFile
	err     error // why it cannot be used, or no more
	cancel  context.CancelFunc
	took    time.Duration
	useless int // doubtful pages in a row that it could not mend
}

// open opens the file unless that was done; the error is also in s.err.
func (s *second) open() error {
	if s.file != nil || s.err != nil {
		return s.err
	}
	if s.engine == nil {
		s.err = errors.New("no second engine")
		return s.err
	}
	var ctx context.Context
	ctx, s.cancel = context.WithCancel(s.ctx)
	s.timed(func() { s.file, s.err = s.engine.Open(ctx, s.in, s.size, s.lim) })
	return s.err
}

// timed runs a call on the engine and cancels it when it takes too long.
func (s *second) timed(call func()) {
	begun := time.Now()
	clock := time.AfterFunc(secondStep, s.cancel)
	call()
	clock.Stop()
	s.took += time.Since(begun)
}

// page reads page n.
func (s *second) page(n int) (p *page.Page, err error) {
	if err := s.open(); err != nil {
		return nil, err
	}
	s.timed(func() { p, err = s.file.Page(n) })
	if e := extract.AsError(err); e != nil && e.Code == extract.CodeTimeout {
		s.err = err // the engine was stopped
	}
	return p, err
}

// worthwhile tells whether to ask it about one more page of pages.
func (s *second) worthwhile(pages int) bool {
	return s.took < secondTotal && s.useless < secondPatience && s.open() == nil && s.file.NumPages() == pages
}

func (s *second) close() {
	if s.cancel != nil {
		defer s.cancel()
	}
	if s.file != nil {
		_ = s.file.Close() // only read
	}
}

// pair is a PDF file that the first engine opened: its pages, but the second
// engine's where that one reads more.
type pair struct {
	first  *pdf.Document
	second *second
	mended int // pages that are the second engine's
}

// NumPages implements pageSource.
func (f *pair) NumPages() int { return f.first.NumPages() }

// Page implements pageSource.
func (f *pair) Page(n int) (*page.Page, error) {
	p, err := f.first.Page(n)
	why := doubt(p, err)
	if why == "" || !f.second.worthwhile(f.first.NumPages()) {
		return p, err
	}
	q, err2 := f.second.page(n)
	if err2 != nil || !better(q, p) {
		f.second.useless++
		return p, err
	}
	f.second.useless = 0
	f.mended++
	if p != nil {
		q.Warnings = append(q.Warnings, ofWholeFile(p.Warnings, why)...)
	}
	q.Warnings = append(q.Warnings, extract.Warning{
		Code: "second_engine", Page: &n,
		Message: fmt.Sprintf("第 %d 页由第二引擎读取，请对照原件核对：%s", n, why),
	})
	return q, nil
}

// ofWholeFile are the warnings of a page that concern the other pages too, but
// for the one that is said already.
func ofWholeFile(all []extract.Warning, said string) []extract.Warning {
	var out []extract.Warning
	for _, w := range all {
		if (w.Code == "structure_repaired" || w.Code == "structure_damaged") && w.Message != said {
			out = append(out, w)
		}
	}
	return out
}

// engine says who read the pages.
func (f *pair) engine() string {
	switch f.mended {
	case 0:
		return enginePDF
	case f.first.NumPages():
		return enginePDFium
	}
	return enginePDF + "+" + enginePDFium
}

// doubt says why the first engine may not have read all of a page; empty where
// it did. Over a limit there is nothing to mend. Nor where codes have no text:
// PDFium makes up characters for them, which must not pass as what is printed.
func doubt(p *page.Page, err error) string {
	if e := extract.AsError(err); e != nil {
		if e.Code == extract.CodeDamaged {
			return e.Detail
		}
		return ""
	}
	if err != nil {
		return ""
	}
	for _, w := range p.Warnings {
		switch w.Code {
		case "stream_unreadable", "content_damaged", "object_unreadable", "font_missing", "structure_damaged":
			return w.Message
		case "structure_repaired":
			if readable(p) == 0 {
				return w.Message
			}
		}
	}
	return ""
}

// better tells whether the second engine's reading of a page has plainly more
// readable text than the first's. Where there is none, p is nil, it has to have
// anything at all: a damaged page must not pass as an empty one.
func better(q, p *page.Page) bool {
	theirs := readable(q)
	if p == nil {
		return theirs > 0 || len(q.Images) > 0
	}
	// By as much the engines differ on pages that both read well.
	const few, share = 2, 50
	mine := readable(p)
	return theirs > mine+max(few, mine/share)
}

// readable counts the glyphs whose text can be trusted.
func readable(p *page.Page) int {
	n := 0
	for i := range p.Glyphs {
		if layout.Trusted(&p.Glyphs[i]) {
			n++
		}
	}
	return n
}
