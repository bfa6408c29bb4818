// Package convert turns a neutral document into the conversion result: the
// report model read by the statutory forms (package mapping), judged by the
// rules (package rules), with the versions all of it depends on.
//
// Convert is a pure function: the same document, form data and rules give the
// same result, byte for byte. It reads no file and keeps no state; any number of
// goroutines may call it. Reading untrusted bytes is the business of package
// extract, which runs in child processes.
package convert

import (
	"errors"
	"sync"

	"nianbao/convert/form"
	"nianbao/convert/local"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/convert/review"
	"nianbao/convert/rules"
	"nianbao/extract"
	"nianbao/extract/grid"
)

// Options are what a caller may choose for a conversion.
type Options struct {
	// Program is the version of the program, noted in the result.
	Program string
	// Document adds the neutral document to the result.
	Document bool
	// Forms are the statutory forms to read by; nil means form.All, or Local's.
	Forms []form.Form
	// Local is what a place has adjusted; nil for nothing.
	Local *local.Local
	// Broken is told of rules that panic, see [rules.Input]; nil for nobody.
	Broken func(rule string, panicked any, stack []byte)
}

// defaultReader is the reader for the forms of the program, made once because
// making it costs more than reading a short report.
var defaultReader = sync.OnceValue(func() *mapping.Reader { return mapping.NewReader(form.All()) })

func (o *Options) reader() *mapping.Reader {
	switch {
	case o.Forms != nil:
		return mapping.NewReader(o.Forms)
	case o.Local != nil:
		return o.Local.Reader()
	}
	return defaultReader()
}

// Convert makes the result of one file. src needs file name, digest and size;
// media type and number of pages are set from the extraction. ex is not changed.
// The result has the neutral document where that is asked for, with the grids the
// eye sees ([grid.Seen]): places in the result are positions in these.
func Convert(ex *extract.Extraction, src report.Source, opt Options) *report.Result {
	doc := grid.Seen(ex.Document)
	reading := opt.reader().Read(doc)
	in := opt.input(reading, doc)
	reading.Report.NarrativeClaims = rules.NarrativeClaims(&reading.Report, in.Said)
	src.MediaType = ex.Format.MediaType()
	src.Pages = nil
	if doc != nil && len(doc.Pages) > 0 {
		n := len(doc.Pages)
		src.Pages = &n
	}
	res := &report.Result{
		SchemaVersion: report.SchemaVersion,
		Source:        src,
		Report:        reading.Report,
		Provenance:    reading.Provenance,
		Validation:    rules.Judge(in),
		Extraction:    report.Extraction{Engine: ex.Engine, Warnings: make([]report.Warning, 0, len(ex.Warnings))},
		Versions:      opt.Local.Versions(opt.Program),
	}
	for _, w := range ex.Warnings {
		res.Extraction.Warnings = append(res.Extraction.Warnings, report.Warning{Code: w.Code, Message: w.Message, Page: w.Page})
	}
	if opt.Document {
		res.Document = doc
	}
	return res
}

// JudgeAnew reads a document again, puts the corrections of people into what is read,
// and judges that. By the same options it reads what Convert read: without
// corrections the validation is Convert's, and findings of the same rule at the same
// place have the same ids. The document is not changed.
func JudgeAnew(doc *extract.Document, corrections []report.Correction, opt Options) report.Validation {
	doc = grid.Seen(doc)
	reading := opt.reader().Read(doc)
	review.Apply(corrections, &reading.Report, reading.Provenance)
	return rules.Judge(opt.input(reading, doc))
}

// input is what is judged of a reading.
func (o *Options) input(reading *mapping.Reading, doc *extract.Document) rules.Input {
	in := rules.Input{Reading: reading, Document: doc, Broken: o.Broken}
	if o.Local != nil {
		in.Rules, in.Required = o.Local.Rules(), o.Local.Sections()
	}
	in.Said = rules.ReadClaims(reading, doc)
	return in
}

// CodeInternal is the code of a failure that is ours, not the file's.
const CodeInternal = "internal"

// Failure is the answer for a file that could not be converted. An
// *extract.Error in err's chain gives code, detail and limit; any other error is
// ours, and its text is for the operator, who alone sees a command's output.
func Failure(src report.Source, err error) *report.Failure {
	if src.MediaType == "" {
		src.MediaType = "application/octet-stream"
	}
	var e *extract.Error
	if !errors.As(err, &e) {
		detail := ""
		if err != nil {
			detail = err.Error()
		}
		return &report.Failure{Source: src, Error: report.Problem{Code: CodeInternal, Title: Title(CodeInternal), Detail: detail}}
	}
	return &report.Failure{Source: src, Error: report.Problem{Code: string(e.Code), Title: Title(string(e.Code)), Detail: e.Detail, Limit: e.Limit}}
}

// Title is the Chinese title of a failure's code.
func Title(code string) string {
	switch extract.Code(code) {
	case extract.CodeUnsupported:
		return "不支持的文件格式"
	case extract.CodeEncrypted:
		return "文件已加密"
	case extract.CodeDamaged:
		return "文件已损坏"
	case extract.CodeLimit:
		return "超出处理限制"
	case extract.CodeTimeout:
		return "转换超时"
	}
	switch code { // of the use case, not of reading
	case "too_large":
		return "文件过大"
	case "quarantined":
		return "已隔离"
	case "not_found":
		return "报告已删除"
	}
	return "转换失败"
}
