package wordform

import (
	"strconv"
	"unicode/utf8"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/wordml"
)

// Notice is the template of a form as the notice prints it, for an office to put its
// own letterhead around. The same form gives the same bytes.
func Notice(f *form.Form) ([]byte, error) {
	d := wordml.New()
	d.Paragraph(wordml.Title, mark("title"))
	for i := range f.Chapters {
		key := f.Chapters[i].Key
		d.Paragraph(wordml.Heading, mark("heading/"+key))
		d.Paragraph(wordml.Body, mark("chapter/"+key))
		for k := range f.Tables {
			if t := &f.Tables[k]; t.Chapter == key && len(groups(t)) > 0 {
				d.Paragraph(wordml.Body, mark("table/"+t.Key)) // its rows depend on the report
			} else if t.Chapter == key {
				d.Table(Paper(t, mark))
			}
		}
	}
	d.Paragraph(wordml.Body, mark("other_chapters"))
	d.Paragraph(wordml.Signature, mark("signed_by"))
	d.Paragraph(wordml.Signature, mark("signed_on"))
	d.Paragraph(wordml.Body, mark("registration"))
	return d.Bytes()
}

// layout is the template for one report. Its chapters are named by their index.
func layout(c *Content) ([]byte, error) {
	d, r := wordml.New(), c.Report
	if len(metadata(r.Metadata)) > 0 {
		d.Paragraph(wordml.Note, mark("metadata"))
	}
	if r.Title != nil {
		d.Paragraph(wordml.Title, mark("title"))
	}
	if c.period() != "" {
		d.Paragraph(wordml.Body, mark("preface"))
	}
	at := c.tables()
	for _, t := range at[noSection] {
		d.Table(Paper(t, mark))
	}
	for i := range r.Sections {
		d.Paragraph(wordml.Heading, mark("heading/"+strconv.Itoa(i)))
		if r.Sections[i].Text != "" {
			d.Paragraph(c.style(i), mark("chapter/"+strconv.Itoa(i)))
		}
		for _, t := range at[i] {
			d.Table(Paper(t, mark))
		}
	}
	if r.SignedBy != nil || r.SignedOn != nil {
		d.Paragraph(wordml.Kept, "")
	}
	if r.SignedBy != nil {
		d.Paragraph(wordml.Signature, mark("signed_by"))
	}
	if r.SignedOn != nil {
		d.Paragraph(wordml.Signature, mark("signed_on"))
	}
	if len(r.Registration) > 0 {
		d.Paragraph(wordml.Note, "附件")
		d.Paragraph(wordml.Body, mark("registration"))
	}
	return d.Bytes()
}

// style is how the text of a chapter is set. No page may have the signature alone: what
// is above it, if it is short, comes with it.
func (c *Content) style(section int) wordml.Style {
	const short = 300 // characters, about half a page
	if text := c.Report.Sections[section].Text; section == len(c.Report.Sections)-1 && utf8.RuneCountInString(text) <= short {
		return wordml.Kept
	}
	return wordml.Body
}

func mark(name string) string { return "{{" + name + "}}" }

// groups are the groups of a table that a report may print as one row.
func groups(t *form.Table) []string {
	var out []string
	for i := range t.Parts {
		out = append(out, t.Parts[i].Groups()...)
	}
	return out
}

// Paper lays a table out as the notice prints it, with figures by their pointers.
func Paper(t *form.Table, figure func(pointer string) string) *wordml.Table {
	rows := t.Paper()
	out := &wordml.Table{Widths: widths(t, rows), Rows: make([]wordml.Row, len(rows))}
	top := true // still above the first row of figures
	for i, row := range rows {
		r := wordml.Row{Cells: make([]wordml.Cell, len(row)), WithNext: true}
		for k := range row {
			c := &row[k]
			cell := wordml.Cell{Text: c.Text, RowSpan: c.RowSpan, ColSpan: c.ColSpan, Bold: c.Kind == form.CellHeading}
			switch c.Kind {
			case form.CellValue:
				cell.Text = figure(c.Path)
				top, r.WithNext = false, false
			case form.CellLabel:
				cell.Left = c.RowSpan == 1 && len(t.Parts) == 1
			case form.CellHeading, form.CellCorner, form.CellHeader:
			}
			r.Cells[k] = cell
		}
		r.Header = top && len(t.Parts) == 1
		out.Rows[i] = r
	}
	return out
}

// widths are the widths of a table's columns in proportion: where labels take several
// columns, groups are narrow and the labels themselves wide.
func widths(t *form.Table, rows [][]form.PaperCell) []int {
	const figure, label, outer, inner = 7, 26, 5, 8
	labels := 0
	for _, row := range rows {
		for _, c := range row {
			if c.Kind == form.CellLabel {
				labels = max(labels, c.Column+c.ColSpan)
			}
		}
	}
	out := make([]int, t.Width())
	for i := range out {
		switch {
		case i >= labels || labels == 1:
			out[i] = figure
		case i == labels-1:
			out[i] = label
		case i == 0:
			out[i] = outer
		default:
			out[i] = inner
		}
	}
	return out
}

// registration is the registration form. Its title is part of it: with it, it is told
// from other tables.
func registration(list []report.Registration) *wordml.Table {
	out := &wordml.Table{Widths: []int{1, 2}, Rows: []wordml.Row{{Cells: []wordml.Cell{{Text: "政府信息公开工作机构登记表", ColSpan: 2, Bold: true}}, WithNext: true}}}
	for _, r := range list {
		out.Rows = append(out.Rows, wordml.Row{Cells: []wordml.Cell{{Text: r.Label}, {Text: r.Value, Left: true}}})
	}
	return out
}
