package reader

import (
	"context"
	"fmt"
	"io"

	"nianbao/extract"
	"nianbao/extract/docx"
	"nianbao/extract/layout"
	"nianbao/extract/pdf"
)

// Read tells the format of a file of size bytes and reads it. Cancelling ctx is
// noticed between two pages; to end a file that spins, kill the process.
//
// Errors: those of Sniff; *extract.Error where the file cannot be read or goes
// over a limit; the context's; any other is one of r.
func Read(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error) {
	format, err := Sniff(r, size)
	if err != nil {
		return nil, err
	}
	var e *extract.Extraction
	switch format {
	case extract.FormatDOCX:
		e, err = docx.Read(r, size, lim)
	case extract.FormatPDF:
		e, err = readPDF(ctx, r, size, lim)
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

func readPDF(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error) {
	file, err := pdf.Open(r, size, lim)
	if err != nil {
		return nil, err
	}
	doc, warnings, err := readPages(ctx, file, layout.NewBuilder(lim))
	if err != nil {
		return nil, err
	}
	return &extract.Extraction{Format: extract.FormatPDF, Engine: "pdf", Warnings: warnings, Document: doc}, nil
}
