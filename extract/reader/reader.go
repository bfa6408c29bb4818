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
	switch format {
	case extract.FormatDOCX:
		return docx.Read(r, size, lim)
	case extract.FormatPDF:
		return readPDF(ctx, r, size, lim)
	}
	return nil, fmt.Errorf("reader: no reader for %q", format)
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
	if warnings == nil {
		warnings = []extract.Warning{}
	}
	return &extract.Extraction{Format: extract.FormatPDF, Engine: "pdf", Warnings: warnings, Document: doc}, nil
}
