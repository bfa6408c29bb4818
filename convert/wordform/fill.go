package wordform

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/nguyenthenguyen/docx"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Content is what is filled into a template.
type Content struct {
	Title    string
	Chapters map[string]string // text by chapter key; paragraphs separated by "\n"
	// Figure gives the text of a figure by JSON Pointer
	// ("/report/applications/new/total"); "" leaves the cell blank.
	Figure   func(pointer string) string
	SignedBy string
	SignedOn string
}

// FromReport is the content of a report: figures as printed, nil as blank.
func FromReport(r *report.Report) Content {
	c := Content{Chapters: make(map[string]string, len(r.Sections)), Figure: func(pointer string) string {
		table, path, _ := strings.Cut(strings.TrimPrefix(pointer, "/report/"), "/")
		if n := r.Table(table).At(path); n != nil && n.Value != nil {
			return string(*n.Value)
		}
		return ""
	}}
	for _, s := range r.Sections {
		c.Chapters[s.Key] = s.Text
	}
	if r.Title != nil {
		c.Title = *r.Title
	}
	if r.SignedBy != nil {
		c.SignedBy = *r.SignedBy
	}
	if d := r.SignedOn; d != nil {
		c.SignedOn = fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
	}
	return c
}

// Fill fills a template of the form f and returns the Word file. Placeholders
// the content has nothing for become empty. All are replaced in one pass, so a
// value that looks like a placeholder stays what it is.
func Fill(template []byte, f *form.Form, c Content) ([]byte, error) {
	pairs := []string{"{{title}}", escape(c.Title), "{{signed_by}}", escape(c.SignedBy), "{{signed_on}}", escape(c.SignedOn)}
	for i := range f.Chapters {
		key := f.Chapters[i].Key
		pairs = append(pairs, "{{chapter/"+key+"}}", paragraphs(c.Chapters[key]))
	}
	for _, cell := range f.Cells() {
		pairs = append(pairs, "{{"+cell.Path+"}}", escape(c.Figure(cell.Path)))
	}
	// The library shares maps between reader and document, so each fill reads
	// the template anew.
	r, err := docx.ReadDocxFromMemory(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		return nil, fmt.Errorf("wordform: template: %w", err)
	}
	defer func() { _ = r.Close() }()
	d := r.Editable()
	d.SetContent(strings.NewReplacer(pairs...).Replace(d.GetContent()))
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		return nil, fmt.Errorf("wordform: %w", err)
	}
	return out.Bytes(), nil
}

// paragraphs turns the lines of a text into paragraphs: the placeholder stands
// alone in its run, so run and paragraph can be closed and opened again.
func paragraphs(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = escape(lines[i])
	}
	return strings.Join(lines, `</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t xml:space="preserve">`)
}
