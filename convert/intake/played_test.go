package intake_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"nianbao/convert/report"
	"nianbao/extract"
)

// clock is set by the tests.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// sniff tells invented formats by their first word.
func sniff(r io.ReaderAt, size int64) (extract.Format, error) {
	head := make([]byte, min(size, 8))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	switch word, _, _ := strings.Cut(string(head), " "); word {
	case "pdf":
		return extract.FormatPDF, nil
	case "docx":
		return extract.FormatDOCX, nil
	case "locked":
		return "", &extract.Error{Code: extract.CodeEncrypted, Detail: "需要密码"}
	case "broken":
		return extract.FormatPDF, extract.Damaged("第 %d 字节", 7)
	case "io":
		return "", errors.New("disk is gone")
	}
	return "", &extract.Error{Code: extract.CodeUnsupported, Detail: "不是 Word 或 PDF"}
}

// reader plays the extractor: the file's words are the paragraphs.
type reader struct {
	mu    sync.Mutex
	calls int
	now   int
	most  int                                             // at a time
	do    func(ctx context.Context, content string) error // before it answers
}

func (r *reader) Extract(ctx context.Context, f *os.File) (*extract.Extraction, error) {
	r.mu.Lock()
	r.calls++
	r.now++
	r.most = max(r.most, r.now)
	do := r.do
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		r.now--
		r.mu.Unlock()
	}()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	if do != nil {
		if err := do(ctx, string(b)); err != nil {
			return nil, err
		}
	}
	ex := &extract.Extraction{Format: extract.FormatPDF, Engine: "played", Document: &extract.Document{
		Pages: []extract.Page{{Number: 1}},
	}}
	if strings.HasPrefix(string(b), "docx") {
		ex.Format, ex.Document.Pages = extract.FormatDOCX, nil
	}
	for _, w := range strings.Fields(string(b)) {
		ex.Document.Blocks = append(ex.Document.Blocks, extract.Block{Type: extract.Paragraph, Text: w,
			BBox: &extract.BBox{1.25, 2, 3, 4}})
	}
	return ex, nil
}

func (r *reader) set(do func(ctx context.Context, content string) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.do = do
}

func (r *reader) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls
}

// convert makes a result: the second word is the agency, a third one a finding.
func convert(ex *extract.Extraction, src report.Source) *report.Result {
	res := &report.Result{SchemaVersion: report.SchemaVersion, Source: src, Provenance: map[string]report.Place{}}
	res.Extraction.Engine = ex.Engine
	res.Source.MediaType = ex.Format.MediaType()
	if n := len(ex.Document.Pages); n > 0 {
		res.Source.Pages = &n
	}
	year := 2023
	res.Report.Year, res.Report.Form = &year, "2021"
	res.Validation.Status = "pass"
	for i, b := range ex.Document.Blocks {
		switch {
		case b.Text == "panic":
			panic("a rule went wrong")
		case b.Text == "nan": // no JSON
			n := report.Number("not a number")
			res.Report.Applications = &report.Node{Children: []*report.Node{{Name: "new", Value: &n}}}
			return res
		case i == 1:
			title := b.Text + "2023年政府信息公开工作年度报告"
			res.Report.Agency, res.Report.Title = &b.Text, &title
		case i > 1:
			res.Validation.Status = "fail"
			res.Validation.Errors++
			res.Validation.Findings = append(res.Validation.Findings, report.Finding{
				Rule: "applications.balance", Severity: report.SeverityError, Message: b.Text, Paths: []string{}, Expected: json.Number("160.5960")})
		}
	}
	n := report.Number("12.50")
	res.Report.Applications = &report.Node{Children: []*report.Node{{Name: "new", Value: &n}, {Name: "carried_over"}}}
	return res
}

// judge makes a document's findings anew; what corrections change is up to the tests
// of reviews.
func judge(doc *extract.Document, _ []report.Correction) report.Validation {
	return convert(&extract.Extraction{Document: doc}, report.Source{}).Validation
}
