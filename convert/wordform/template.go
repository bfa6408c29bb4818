package wordform

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"

	"github.com/nguyenthenguyen/docx"

	"nianbao/convert/form"
)

// Template is a Word file with places to fill. It may be used by several goroutines.
type Template struct {
	file   []byte
	form   *form.Form // nil: of a template for any report
	pieces []piece
}

// piece is a part of the document: as it stands in the template, or a place.
type piece struct {
	literal string
	name    string // of the placeholder; "" for a literal
	// block: the placeholder stands for its paragraph, whose properties and those of
	// its run are the elements w:pPr and w:rPr, or "".
	block          bool
	paragraph, run string
}

// Write is the report as a Word file in its official form.
func Write(c *Content) ([]byte, error) {
	file, err := layout(c)
	if err != nil {
		return nil, err
	}
	content, err := documentOf(file)
	if err != nil {
		return nil, err
	}
	return (&Template{file: file, form: c.Form, pieces: scanOwn(content)}).fill(c)
}

// NoPlaceError says that a report has something that the template has no place for; its
// text says what, in Chinese.
type NoPlaceError struct{ What string }

func (e *NoPlaceError) Error() string { return "模板里没有位置：" + e.What }

// Fill fills the template. Where the report has a group as one row and the template has
// places for the rows of the group only, the error is *NoPlaceError.
func (t *Template) Fill(c *Content) ([]byte, error) {
	if t.form != nil && c.Form != nil {
		for i := range t.form.Tables {
			table := &t.form.Tables[i]
			for _, g := range groups(table) {
				if !oneRow(c.Report.Table(table.Key).At(g)) || !t.has("/report/"+table.Key+"/"+g+"/") || t.hasAll(collapsed(table, g)) {
					continue
				}
				return nil, &NoPlaceError{What: fmt.Sprintf("%s的“%s”在这份报告中是一行，请在模板中用 %s 代替这张表。", table.Title, groupLabel(table, g), mark("table/"+table.Key))}
			}
		}
	}
	return t.fill(c)
}

func (t *Template) fill(c *Content) ([]byte, error) {
	var content strings.Builder
	for i := range t.pieces {
		switch p := &t.pieces[i]; {
		case p.name == "":
			content.WriteString(p.literal)
		case p.block:
			content.WriteString(c.block(p))
		default:
			content.WriteString(escape(c.Text(p.name)))
		}
	}
	// The library shares maps between reader and document, so each fill reads the
	// template anew.
	r, err := docx.ReadDocxFromMemory(bytes.NewReader(t.file), int64(len(t.file)))
	if err != nil {
		return nil, fmt.Errorf("wordform: template: %w", err)
	}
	defer func() { _ = r.Close() }()
	d := r.Editable()
	d.SetContent(content.String())
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		return nil, fmt.Errorf("wordform: %w", err)
	}
	// The library does not tell the errors of its zip writer.
	if _, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len())); err != nil {
		return nil, fmt.Errorf("wordform: %w", err)
	}
	return out.Bytes(), nil
}

// has tells whether a placeholder's name begins with the words.
func (t *Template) has(prefix string) bool {
	for i := range t.pieces {
		if strings.HasPrefix(t.pieces[i].name, prefix) {
			return true
		}
	}
	return false
}

func (t *Template) hasAll(names []string) bool {
	there := map[string]bool{}
	for i := range t.pieces {
		there[t.pieces[i].name] = true
	}
	for _, n := range names {
		if !there[n] {
			return false
		}
	}
	return true
}

// collapsed are the pointers of the figures of a group that is printed as one row.
func collapsed(t *form.Table, group string) []string {
	var out []string
	for i := range t.Parts {
		p := &t.Parts[i]
		if row, ok := p.Collapsed(group); ok {
			for c := range p.Columns {
				out = append(out, t.Pointer(&row, &p.Columns[c]))
			}
		}
	}
	return out
}

func groupLabel(t *form.Table, group string) string {
	for i := range t.Parts {
		if row, ok := t.Parts[i].Collapsed(group); ok {
			return row.Label
		}
	}
	return group
}
