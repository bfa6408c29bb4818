package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"

	"nianbao/extract"
	"nianbao/extract/page"
)

// Error codes of FPDF_GetLastError.
const (
	errPassword = 4
	errSecurity = 5
)

// Document is an opened file. It is not safe for concurrent use, and has to be
// closed.
type Document struct {
	m      *machine
	lim    extract.Limits
	handle uint32
	pages  int
}

// OpenContext reads the structure of a PDF file of the given size; the whole
// file is copied into the module's memory. Calls on the Document end when ctx is
// done (see Config.Interruptible). Errors about the file are *extract.Error:
// CodeEncrypted where a password is needed, CodeLimit for too many pages and for
// memory, CodeTimeout where ctx was done, CodeDamaged for all that cannot be
// read. Other errors are about the engine.
func (e *Engine) OpenContext(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits) (*Document, error) {
	if size <= 0 {
		return nil, extract.Damaged("PDF 文件是空的。")
	}
	if half := e.cfg.memoryBytes() / 2; size > half {
		return nil, extract.OverLimit("pdfium_file_bytes", half, "PDF 文件过大，不能用第二引擎读取。")
	}
	m, err := e.machine(ctx)
	if err != nil {
		return nil, err
	}
	d := &Document{m: m, lim: lim}
	if err := d.load(r, size); err != nil {
		m.close()
		return nil, err
	}
	return d, nil
}

// load copies the file into the module and opens it there.
func (d *Document) load(r io.ReaderAt, size int64) error {
	const doing = "打开 PDF"
	m := d.m
	data := m.alloc(size)
	if data == 0 && m.err == nil {
		return m.tooLarge(doing)
	}
	if _, err := r.ReadAt(m.view(data, size), 0); err != nil && !errors.Is(err, io.EOF) {
		return extract.Damaged("PDF 文件无法读取：%v", err)
	}
	d.handle = m.at(fnLoadDocument, data, uint64(size), 0)
	if d.handle == 0 {
		code := m.call(fnLastError)
		if err := m.failure(doing); err != nil {
			return err
		}
		return openError(uint32(code))
	}
	d.pages = m.count(fnPageCount, d.handle)
	if err := m.failure(doing); err != nil {
		return err
	}
	if d.pages == 0 {
		return extract.Damaged("PDF 没有任何页面。")
	}
	if d.pages > d.lim.Pages {
		return extract.OverLimit("pages", int64(d.lim.Pages), fmt.Sprintf("PDF 有 %d 页，超过 %d 页的上限。", d.pages, d.lim.Pages))
	}
	return nil
}

func openError(code uint32) *extract.Error {
	switch code {
	case errPassword:
		return &extract.Error{Code: extract.CodeEncrypted, Detail: "PDF 已加密，需要密码才能打开。请去除密码后重新上传。"}
	case errSecurity:
		return &extract.Error{Code: extract.CodeEncrypted, Detail: "PDF 的加密方式不受支持，请去除加密后重新上传。"}
	}
	return extract.Damaged("无法读取 PDF 的文件结构（PDFium 错误 %d）。", code)
}

// NumPages is the number of pages.
func (d *Document) NumPages() int { return d.pages }

// Close frees the document's memory.
func (d *Document) Close() error {
	if errors.Is(d.m.err, ErrClosed) {
		return ErrClosed
	}
	d.m.close()
	return nil
}

// Page reads page n, from 1. A page that cannot be read gives an *extract.Error
// that names it.
func (d *Document) Page(n int) (*page.Page, error) {
	doing := fmt.Sprintf("读取第 %d 页", n)
	handle, err := d.open(n)
	if err != nil {
		return nil, err
	}
	defer d.m.at(fnClosePage, handle)
	base, w, h := d.frame(handle)
	copied := d.flatten(n, handle)
	defer d.free(copied)
	if copied.page != 0 {
		handle = copied.page
	}
	if err := d.m.failure(doing); err != nil {
		return nil, err
	}
	r := newReader(d, n, w, h)
	if err := r.objects(source{handle, fnObjectCount, fnObject}, scope{base: base, clip: r.view}); err != nil {
		return nil, err
	}
	if err := r.text(handle, base); err != nil {
		return nil, err
	}
	if err := d.m.failure(doing); err != nil {
		return nil, err
	}
	return r.finish(), nil
}

// open loads page n, which has to be closed.
func (d *Document) open(n int) (uint32, error) {
	if err := d.m.failure(fmt.Sprintf("读取第 %d 页", n)); err != nil {
		return 0, err
	}
	if n < 1 || n > d.pages {
		return 0, extract.Damaged("没有第 %d 页，PDF 共 %d 页。", n, d.pages)
	}
	handle := d.m.at(fnLoadPage, d.handle, uint64(n-1))
	if err := d.m.failure(fmt.Sprintf("读取第 %d 页", n)); err != nil {
		return 0, err
	}
	if handle == 0 {
		return 0, extract.Damaged("第 %d 页无法读取：页面对象已损坏。", n)
	}
	return handle, nil
}

// Subtypes of annotations that show nothing on the page.
const (
	annotLink  = 2
	annotPopup = 16
	maxAnnots  = 10_000
)

// flat is a page with its annotations made part of the content.
type flat struct {
	file, page uint32 // a file of its own; 0 where the page has no annotations
}

// flatten makes what annotations and form fields show a part of the page's
// content: the text calls do not see it otherwise. That is done on a copy, since
// it also replaces what the page inherits.
func (d *Document) flatten(n int, handle uint32) flat {
	const normalDisplay, flattened = 0, 1
	m := d.m
	if !d.annotated(handle) {
		return flat{}
	}
	out := flat{file: uint32(m.call(fnNewDocument))}
	m.put(uint32(n - 1))
	if out.file != 0 && m.at(fnImportPages, out.file, uint64(d.handle), uint64(m.scratch), 1, 0) != 0 {
		if p := m.at(fnLoadPage, out.file, 0); p != 0 && m.at(fnFlatten, p, normalDisplay) == flattened {
			out.page = m.at(fnLoadPage, out.file, 0)
			m.at(fnClosePage, p)
		}
	}
	return out
}

// annotated tells whether a page has annotations that show.
func (d *Document) annotated(handle uint32) bool {
	for i := range min(d.m.count(fnAnnotCount, handle), maxAnnots) {
		a := d.m.at(fnAnnot, handle, uint64(i))
		if a == 0 {
			continue
		}
		kind := d.m.at(fnAnnotSubtype, a)
		d.m.at(fnCloseAnnot, a)
		if kind != annotLink && kind != annotPopup {
			return true
		}
	}
	return false
}

// free ends the use of a flat page.
func (d *Document) free(f flat) {
	if f.page != 0 {
		d.m.at(fnClosePage, f.page)
	}
	if f.file != 0 {
		d.m.at(fnCloseDocument, f.file)
	}
}

// frame is the page's frame: crop box and /Rotate applied.
func (d *Document) frame(handle uint32) (base page.Matrix, w, h float64) {
	m := d.m
	box := page.Box{X1: 595.28, Y1: 841.89}
	if m.at(fnPageBox, handle, uint64(m.scratch)) != 0 {
		b := page.Box{X0: m.float(0), Y1: m.float(4), X1: m.float(8), Y0: m.float(12)}
		if usableBox(b) && b.Thickness() > 0 {
			box = b
		}
	}
	return page.Shown(box, 1, m.count(fnRotation, handle))
}
