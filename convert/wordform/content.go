package wordform

import (
	"fmt"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/wordml"
)

// Content is what is filled in.
type Content struct {
	Report *report.Report
	// Form is the report's statutory form; nil where it has none: then it has no
	// statutory tables.
	Form *form.Form
	// Figure gives the text of a figure by JSON Pointer
	// ("/report/applications/new/total"); "" leaves the cell blank.
	Figure func(pointer string) string
}

// Figures gives the figures of a report as they are in it, nil as blank.
func Figures(r *report.Report) func(pointer string) string {
	return func(pointer string) string {
		table, path, _ := strings.Cut(strings.TrimPrefix(pointer, "/report/"), "/")
		if n := r.Table(table).At(path); n != nil && n.Value != nil {
			return string(*n.Value)
		}
		return ""
	}
}

// Text is what stands for a placeholder in a line.
func (c *Content) Text(name string) string {
	r := c.Report
	switch name {
	case "title":
		return value(r.Title)
	case "agency":
		return value(r.Agency)
	case "signed_by":
		return value(r.SignedBy)
	case "signed_on":
		return day(r.SignedOn)
	case "year":
		if r.Year == nil {
			return ""
		}
		return strconv.Itoa(*r.Year)
	}
	if strings.HasPrefix(name, "/report/") {
		return c.Figure(name)
	}
	kind, key, _ := strings.Cut(name, "/")
	switch s := c.section(key); {
	case kind == "heading" && s != nil:
		return heading(s)
	case kind == "heading" && c.Form != nil:
		if own := c.Form.Chapter(key); own != nil {
			return own.Number + "、" + own.Title
		}
	}
	return ""
}

// section is the chapter with a key, the first of several, or the one with an index;
// nil where there is none.
func (c *Content) section(key string) *report.Section {
	list := c.Report.Sections
	if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(list) {
		return &list[i]
	}
	for i := range list {
		if list[i].Key == key {
			return &list[i]
		}
	}
	return nil
}

// block is the elements that take the place of the placeholder's paragraph, whose
// properties and those of its run are given: at least one paragraph, for a cell of a
// table ends with one.
func (c *Content) block(p *piece) string {
	var b strings.Builder
	line := func(text string) {
		b.WriteString(`<w:p>` + p.paragraph + wordml.Run(p.run, text) + `</w:p>`)
	}
	kind, key, _ := strings.Cut(p.name, "/")
	switch kind {
	case "metadata":
		for _, l := range metadata(c.Report.Metadata) {
			line(l)
		}
	case "preface":
		if l := c.period(); l != "" {
			line(l)
		}
	case "chapter":
		if s := c.section(key); s != nil {
			for l := range strings.SplitSeq(s.Text, "\n") {
				line(l)
			}
		}
	case "table":
		if t := c.table(key); t != nil {
			b.WriteString(Paper(t, c.Figure).XML())
		}
	case "chapters", "other_chapters":
		c.chapters(&b, p, kind == "chapters")
	case "registration":
		if list := c.Report.Registration; len(list) > 0 {
			b.WriteString(registration(list).XML())
		}
	}
	if b.Len() == 0 || strings.HasSuffix(b.String(), "</w:tbl>") {
		b.WriteString(wordml.Gap)
	}
	return b.String()
}

// chapters writes chapters with their headings: all of them with their tables, or
// those that have no placeholder of their own.
func (c *Content) chapters(b *strings.Builder, p *piece, all bool) {
	seen := map[string]bool{}
	at := c.tables()
	list := c.Report.Sections
	for i := range list {
		s := &list[i]
		own := c.Form != nil && c.Form.Chapter(s.Key) != nil && !seen[s.Key]
		seen[s.Key] = true
		if !all && own {
			continue
		}
		b.WriteString(wordml.HeadingXML(heading(s)))
		if s.Text != "" {
			for l := range strings.SplitSeq(s.Text, "\n") {
				b.WriteString(`<w:p>` + p.paragraph + wordml.Run(p.run, l) + `</w:p>`)
			}
		}
		if all {
			for _, t := range at[i] {
				b.WriteString(Paper(t, c.Figure).XML() + wordml.Gap)
			}
		}
	}
	if all {
		for _, t := range at[noSection] {
			b.WriteString(Paper(t, c.Figure).XML() + wordml.Gap)
		}
	}
}

// noSection is the place of tables in a report without chapters.
const noSection = -1

// tables are the report's tables by the index of the chapter they stand in: their own,
// or else the last of those before it.
func (c *Content) tables() map[int][]*form.Table {
	out := map[int][]*form.Table{}
	if c.Form == nil {
		return out
	}
	for i := range c.Form.Tables {
		if t := c.table(c.Form.Tables[i].Key); t != nil {
			at := c.chapterOf(t)
			out[at] = append(out[at], t)
		}
	}
	return out
}

// chapterOf is the index of the chapter that a table stands in.
func (c *Content) chapterOf(t *form.Table) int {
	last, rank := noSection, map[string]int{}
	for i := range c.Form.Chapters {
		rank[c.Form.Chapters[i].Key] = i + 1
	}
	for i := range c.Report.Sections {
		key := c.Report.Sections[i].Key
		if key == t.Chapter {
			return i
		}
		if n := rank[key]; n > 0 && n < rank[t.Chapter] {
			last = i
		}
	}
	if last == noSection && len(c.Report.Sections) > 0 {
		return 0
	}
	return last
}

// table is a table of the form as the report prints it; nil where it has none.
func (c *Content) table(key string) *form.Table {
	n := c.Report.Table(key)
	if n == nil || c.Form == nil || c.Form.Table(key) == nil {
		return nil
	}
	t := c.Form.Table(key).Printed(func(group string) bool { return oneRow(n.At(group)) })
	return &t
}

// oneRow tells a group that is printed as one row of figures.
func oneRow(g *report.Node) bool {
	return g != nil && len(g.Children) > 0 && len(g.Children[0].Children) == 0
}

// period tells the period of the figures, where the report has one and no chapter
// tells it.
func (c *Content) period() string {
	p := c.Report.Period
	if p == nil || p.Start == nil || p.End == nil {
		return ""
	}
	for i := range c.Report.Sections {
		text := strings.Join(strings.Fields(c.Report.Sections[i].Text), "")
		if strings.Contains(text, fmt.Sprintf("%d月%d日", p.Start.Month, p.Start.Day)) && strings.Contains(text, fmt.Sprintf("%d月%d日", p.End.Month, p.End.Day)) {
			return ""
		}
	}
	return fmt.Sprintf("本报告所列数据的统计期限自%s起至%s止。", day(p.Start), day(p.End))
}

// metadata are the lines above a report on a web page.
func metadata(m *report.Metadata) []string {
	if m == nil {
		return nil
	}
	var out []string
	for _, f := range []struct{ label, value string }{
		{"索引号", value(m.IndexNumber)}, {"文号", value(m.DocumentNumber)},
		{"发布机构", value(m.Publisher)}, {"发布日期", day(m.PublishedOn)},
	} {
		if f.value != "" {
			out = append(out, f.label+"："+f.value)
		}
	}
	return out
}

// heading is the heading of a chapter as it is printed.
func heading(s *report.Section) string {
	if s.Number == nil || *s.Number == "" {
		return s.Title
	}
	return *s.Number + "、" + s.Title
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func day(d *report.Date) string {
	if d == nil {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}
