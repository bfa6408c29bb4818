package reader

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"nianbao/extract"
	"nianbao/extract/page"
)

// pageSource gives the pages of an opened file, numbered from 1. A page's glyphs and
// rulings are valid until the next is asked for. Page's error is an *extract.Error
// where the page cannot be read.
type pageSource interface {
	NumPages() int
	Page(n int) (*page.Page, error)
}

// pageBuilder makes a document of pages, which it gets in order.
type pageBuilder interface {
	Add(p *page.Page) error
	Finish() (*extract.Document, []extract.Warning, error)
}

// readPages has a document built from all pages. A page that cannot be read is
// left out, with a warning and a verdict, so that it never passes as an empty
// one; over a limit, or when no page can be read, there is no document.
func readPages(ctx context.Context, src pageSource, b pageBuilder) (*extract.Document, []extract.Warning, error) {
	var lost []int
	var lostWhy []extract.Warning
	next, stop := inTurn(src)
	if src.NumPages() >= longFile {
		next, stop = ahead(src)
	}
	defer stop()
	for n := 1; n <= src.NumPages(); n++ {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		p, err := next()
		if err == nil {
			if err := b.Add(p); err != nil {
				return nil, nil, err
			}
			continue
		}
		e := extract.AsError(err)
		if e == nil || e.Code == extract.CodeLimit {
			return nil, nil, err
		}
		lost = append(lost, n)
		lostWhy = append(lostWhy, extract.Warning{
			Code: "page_unreadable", Page: &n,
			Message: fmt.Sprintf("第 %d 页无法读取，其内容未计入结果：%s", n, e.Detail),
		})
	}
	if len(lost) == src.NumPages() {
		return nil, nil, allLost(lostWhy)
	}
	doc, warnings, err := b.Finish()
	if err != nil {
		return nil, nil, err
	}
	for _, n := range lost {
		at, _ := slices.BinarySearchFunc(doc.Pages, n, func(p extract.Page, n int) int { return p.Number - n })
		doc.Pages = slices.Insert(doc.Pages, at, extract.Page{Number: n, TextLayer: extract.TextNone})
	}
	return doc, append(lostWhy, warnings...), nil
}

// allLost is the error of a file none of whose pages can be read.
func allLost(why []extract.Warning) error {
	if len(why) == 0 {
		return extract.Damaged("文件中没有任何页面。")
	}
	return extract.Damaged("全部 %d 页都无法读取。%s", len(why), why[0].Message)
}

// longFile is how many pages a file has at least whose next page is read while
// the one before is laid out, which takes about as long. Of short files there are
// many, which share the processors better.
const longFile = 64

// inTurn gives the pages of src one after the other.
func inTurn(src pageSource) (next func() (*page.Page, error), stop func()) {
	n := 0
	return func() (*page.Page, error) {
		n++
		return src.Page(n)
	}, func() {}
}

// kept is the page with marks of its own.
func kept(p *page.Page) *page.Page {
	q := *p
	q.Glyphs, q.Rulings = slices.Clone(p.Glyphs), slices.Clone(p.Rulings)
	return &q
}

// ahead gives the pages of src one after the other, the next one or two already
// read by a goroutine; src is that one's until stop has returned.
func ahead(src pageSource) (next func() (*page.Page, error), stop func()) {
	type read struct {
		page *page.Page
		err  error
	}
	pages, stopped := make(chan read, 1), make(chan struct{})
	var reading sync.WaitGroup
	reading.Go(func() {
		for n := 1; n <= src.NumPages(); n++ {
			var r read
			if r.page, r.err = src.Page(n); r.err == nil {
				r.page = kept(r.page)
			}
			select {
			case pages <- r:
			case <-stopped:
				return
			}
		}
	})
	return func() (*page.Page, error) {
			r := <-pages
			return r.page, r.err
		}, func() {
			close(stopped)
			reading.Wait()
		}
}
