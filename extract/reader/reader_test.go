package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"nianbao/extract"
)

// wordFile is a Word file with one paragraph.
func wordFile(tb testing.TB) []byte {
	tb.Helper()
	return packageWith(tb, "word/document.xml", wordType, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`+
		`<w:body><w:p><w:r><w:t>某某局年度报告</w:t></w:r></w:p></w:body></w:document>`)
}

// pdfFile is a PDF with so many pages that say "Report".
func pdfFile(pages int) []byte {
	const content = "BT /F1 12 Tf 72 700 Td (Report) Tj ET"
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+i)
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>", pages, kids.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
	}
	for range pages {
		objects = append(objects, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>")
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", table, len(objects)+1, start)
	return out.Bytes()
}

func read(content []byte, lim extract.Limits) (*extract.Extraction, error) {
	return Read(context.Background(), bytes.NewReader(content), int64(len(content)), lim, nil)
}

func TestRead(t *testing.T) {
	for name, tt := range map[string]struct {
		content []byte
		format  extract.Format
		pages   int
		text    string
	}{
		"word": {wordFile(t), extract.FormatDOCX, 0, "某某局年度报告"},
		"pdf":  {pdfFile(3), extract.FormatPDF, 3, "Report"},
	} {
		e, err := read(tt.content, extract.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if e.Format != tt.format || e.Engine == "" || e.Warnings == nil || len(e.Document.Pages) != tt.pages {
			t.Errorf("%s: %+v", name, e)
		}
		if len(e.Document.Blocks) == 0 || !strings.Contains(e.Document.Blocks[0].Text, tt.text) {
			t.Errorf("%s: blocks %+v", name, e.Document.Blocks)
		}
	}
}

func TestReadLimits(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.Pages = 3
	if _, err := read(pdfFile(3), lim); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	_, err := read(pdfFile(4), lim)
	if e := extract.AsError(err); e == nil || e.Limit != "pages=3" {
		t.Errorf("above the limit: %v", err)
	}
}

func TestReadErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		content []byte
		code    extract.Code
	}{
		"text":    {[]byte("报告"), extract.CodeUnsupported},
		"cut pdf": {pdfFile(3)[:200], extract.CodeDamaged},
		"no body": {officePackage(t, "word/document.xml", wordType), extract.CodeDamaged},
	} {
		_, err := read(tt.content, extract.DefaultLimits())
		if e := extract.AsError(err); e == nil || e.Code != tt.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	content := pdfFile(2)
	if _, err := Read(gone, bytes.NewReader(content), int64(len(content)), extract.DefaultLimits(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
