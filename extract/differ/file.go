package differ

import (
	"context"
	"io"

	"nianbao/extract"
	"nianbao/extract/page"
	"nianbao/extract/pdf"
	"nianbao/extract/pdfium"
)

// Result is the result of comparing one file.
type Result struct {
	Path string `json:"path"`
	// Errors are those of opening the file with the first and the second engine;
	// then there are no pages.
	Errors [2]string `json:"errors"`
	// Counts are the pages that each engine finds, if the file was opened.
	Counts [2]int `json:"counts"`
	Pages  []Page `json:"pages,omitempty"`
	// Died says why the comparing process ended before the file did.
	Died string `json:"died,omitempty"`
}

// document is what both engines make of a file.
type document interface {
	NumPages() int
	Page(n int) (*page.Page, error)
}

// File compares the first pages of a file, all with pages 0. The error is one of
// the second engine itself; what is wrong with the file is in the Result.
func File(ctx context.Context, second *pdfium.Engine, r io.ReaderAt, size int64, pages int) (Result, error) {
	var out Result
	lim := extract.DefaultLimits()
	a, errA := pdf.Open(r, size, lim)
	b, errB := second.OpenContext(ctx, r, size, lim)
	if errB != nil && extract.AsError(errB) == nil {
		return out, errB
	}
	if errB == nil {
		defer func() { _ = b.Close() }()
	}
	for i, err := range [2]error{errA, errB} {
		if err != nil {
			out.Errors[i] = err.Error()
		}
	}
	if errA == nil {
		out.Counts[0] = a.NumPages()
	}
	if errB == nil {
		out.Counts[1] = b.NumPages()
	}
	if errA != nil || errB != nil {
		return out, nil
	}
	n := max(out.Counts[0], out.Counts[1])
	if pages > 0 {
		n = min(n, pages)
	}
	for i := range n {
		out.Pages = append(out.Pages, onePage(a, b, i+1))
	}
	return out, nil
}

func onePage(a, b document, n int) Page {
	p, errA := a.Page(n)
	q, errB := b.Page(n)
	switch {
	case errA != nil && errB != nil:
		return Page{Number: n, Error: "1, 2: " + errA.Error()}
	case errA != nil:
		return Page{Number: n, Second: len(chars(q)), Error: "1: " + errA.Error()}
	case errB != nil:
		return Page{Number: n, First: len(chars(p)), Error: "2: " + errB.Error()}
	}
	return Pages(p, q)
}

// Compared tells whether both engines read at least one page.
func (r Result) Compared() bool {
	for _, p := range r.Pages {
		if p.Error == "" {
			return true
		}
	}
	return false
}

// Sum adds up the pages that both engines read.
func (r Result) Sum() Page {
	var s Page
	for _, p := range r.Pages {
		if p.Error != "" {
			continue
		}
		s.First += p.First
		s.Second += p.Second
		s.Same += p.Same
		s.Moved += p.Moved
		s.Unknown[0] += p.Unknown[0]
		s.Unknown[1] += p.Unknown[1]
	}
	return s
}
