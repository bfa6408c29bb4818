package reader

import (
	"context"
	"errors"
	"fmt"
	"io"

	"nianbao/extract"
	"nianbao/extract/doc"
	"nianbao/extract/docx"
	"nianbao/extract/html"
	"nianbao/extract/layout"
	"nianbao/extract/page"
	"nianbao/extract/pdf"
	"nianbao/extract/rtf"
)

// The names of the PDF engines in Extraction.Engine.
const (
	enginePDF    = "pdf"
	enginePDFium = "pdfium"
)

// Read tells the format of a file of size bytes and reads it. Cancelling ctx is
// noticed between two pages; to end a file that spins, kill the process. other
// takes over PDF files, or pages of them, that the first engine cannot read, and
// may be nil.
//
// Errors: those of Sniff; *extract.Error where the file cannot be read or goes
// over a limit; the context's; any other is one of r.
func Read(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits, other SecondEngine) (*extract.Extraction, error) {
	return ReadWith(ctx, r, size, extract.Options{Limits: lim}, other)
}

// ReadWith is Read with more than limits to choose.
func ReadWith(ctx context.Context, r io.ReaderAt, size int64, opt extract.Options, other SecondEngine) (*extract.Extraction, error) {
	lim := opt.Limits
	format, err := Sniff(r, size)
	if err != nil {
		return nil, err
	}
	var e *extract.Extraction
	switch format {
	case extract.FormatDOCX, extract.FormatWordXML:
		e, err = docx.ReadWith(r, size, opt)
	case extract.FormatDOC:
		e, err = doc.ReadWith(r, size, opt)
	case extract.FormatRTF:
		e, err = rtf.ReadWith(r, size, opt)
	case extract.FormatHTML:
		e, err = html.ReadWith(r, size, opt)
	case extract.FormatMHT:
		e, err = html.ReadMHTWith(r, size, opt)
	case extract.FormatPDF:
		e, err = readPDF(&second{engine: other, ctx: ctx, in: r, size: size, lim: lim})
	default:
		return nil, fmt.Errorf("reader: no reader for %q", format)
	}
	if err != nil {
		return nil, err
	}
	if e.Warnings == nil { // an empty list in JSON, not null
		e.Warnings = []extract.Warning{}
	}
	return e, nil
}

// readPDF reads a file with the first engine, and what that one cannot with the
// second.
func readPDF(s *second) (*extract.Extraction, error) {
	defer s.close()
	file, err := pdf.Open(s.in, s.size, s.lim)
	if err != nil {
		return takeOver(s, err)
	}
	defer file.Close()
	both := &pair{first: file, second: s}
	doc, warnings, err := readPages(s.ctx, both, layout.NewBuilder(s.lim))
	if err != nil {
		return nil, err
	}
	return &extract.Extraction{Format: extract.FormatPDF, Engine: both.engine(), Warnings: warnings, Document: doc}, nil
}

// takeOver reads a file that the first engine does not open, for the reason
// cause. A file without its end stays refused: it must not pass as a shorter
// one. Where the second engine can do no better, cause is the error, unless it
// found out that a password is needed.
func takeOver(s *second, cause error) (*extract.Extraction, error) {
	var incomplete *pdf.IncompleteError
	why := extract.AsError(cause)
	if why == nil || errors.As(cause, &incomplete) || why.Code != extract.CodeDamaged && why.Code != extract.CodeEncrypted {
		return nil, cause
	}
	if err := s.open(); err != nil {
		if e := extract.AsError(err); e != nil && e.Code == extract.CodeEncrypted {
			return nil, e
		}
		return nil, cause
	}
	doc, warnings, err := readPages(s.ctx, whole{s}, layout.NewBuilder(s.lim))
	switch e := extract.AsError(err); {
	case e != nil && e.Code == extract.CodeDamaged, err == nil && len(doc.Blocks) == 0:
		return nil, cause // what is left of a damaged file must not pass as an empty one
	case err != nil:
		return nil, err
	case why.Code == extract.CodeDamaged:
		first := 1
		warnings = append([]extract.Warning{{
			Code: "structure_repaired", Page: &first,
			Message: "PDF 的文件结构已损坏，由第二引擎找回，内容可能不完整：" + why.Detail,
		}}, warnings...)
	}
	return &extract.Extraction{Format: extract.FormatPDF, Engine: enginePDFium, Warnings: warnings, Document: doc}, nil
}

// whole is a file that the second engine reads alone.
type whole struct{ *second }

// NumPages implements pageSource.
func (w whole) NumPages() int { return w.file.NumPages() }

// Page implements pageSource.
func (w whole) Page(n int) (*page.Page, error) { return w.page(n) }
