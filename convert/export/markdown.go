package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Markdown writes a report after the other, to be read: what it is, the findings, the
// chapters with their tables (GitHub's pipe tables; groups stand in the labels, for
// Markdown merges no cells), the registration form, and what was lost in reading.
func Markdown(w io.Writer, s Set) error {
	out := bufio.NewWriter(w)
	m := markdown{out: out, set: &s, head: facts(), names: map[string]map[string]string{}}
	for e, err := range s.corrected() {
		if err != nil {
			return err
		}
		m.entry(&e)
		m.n++
		if err := out.Flush(); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return nil
}

// markdown writes; the writer keeps its first error.
type markdown struct {
	out   *bufio.Writer
	set   *Set
	head  []fact
	names map[string]map[string]string // of cells, by form
	n     int                          // entries written
}

func (m *markdown) print(format string, args ...any) { fmt.Fprintf(m.out, format, args...) }

func (m *markdown) entry(e *Entry) {
	if m.n > 0 {
		m.print("\n---\n\n")
	}
	title := e.source().Filename
	if e.Result != nil && e.Result.Report.Title != nil {
		title = *e.Result.Report.Title
	}
	m.print("# %s\n\n", escape(title))
	for _, f := range m.head {
		if v := f.value(e); v != nil && f.path != "/report/title" {
			m.print("- %s：%s\n", f.name, escape(plain(v)))
		}
	}
	if sum := e.source().SHA256; sum != "" {
		m.print("- SHA-256：`%s`\n", strings.Map(hexOnly, sum))
	}
	if e.Result == nil {
		return
	}
	own := m.set.form(e)
	m.findings(e, own)
	m.chapters(e, own)
	if list := e.Result.Report.Registration; len(list) > 0 {
		m.print("\n## 政府信息公开工作机构登记表\n\n| 项目 | 内容 |\n| --- | --- |\n")
		for _, r := range list {
			m.print("| %s | %s |\n", escape(r.Label), escape(r.Value))
		}
	}
	if list := e.Result.Extraction.Warnings; len(list) > 0 {
		m.print("\n## 读取中的损失\n\n")
		for _, l := range list {
			m.print("- %s（`%s`）\n", escape(l.Message), l.Code)
		}
	}
}

func (m *markdown) findings(e *Entry, own *form.Form) {
	list := e.findings(m.namesOf(own))
	if len(list) == 0 {
		return
	}
	m.print("\n## 发现的问题\n\n")
	for i := range list {
		f := &list[i]
		m.print("%d. **%s** %s（%s）", i+1, f.Severity.Word(), escape(f.Message), escape(strings.TrimSpace(m.set.title(f.Rule)+" "+f.Rule)))
		if f.Where != "" {
			m.print(" 位置：%s。", escape(f.Where))
		}
		if f.Decision != "" {
			m.print(" 认定：%s。", f.Decision)
		}
		m.print("\n")
	}
}

func (m *markdown) namesOf(own *form.Form) map[string]string {
	if own == nil {
		return nil
	}
	if m.names[own.ID] == nil {
		m.names[own.ID] = namesOf(m.head, Columns(own))
	}
	return m.names[own.ID]
}

// chapters are the chapters, each table in its own; tables whose chapter the report has
// not stand at the end.
func (m *markdown) chapters(e *Entry, own *form.Form) {
	var left []*form.Table
	if own != nil {
		for i := range own.Tables {
			if e.Result.Report.Table(own.Tables[i].Key) != nil {
				left = append(left, &own.Tables[i])
			}
		}
	}
	for i := range e.Result.Report.Sections {
		c := &e.Result.Report.Sections[i]
		m.print("\n## %s\n", escape(heading(c)))
		for p := range strings.SplitSeq(c.Text, "\n") {
			if p = strings.TrimSpace(p); p != "" {
				m.print("\n%s\n", escape(p))
			}
		}
		var later []*form.Table
		for _, t := range left {
			if t.Chapter == c.Key {
				m.table(e, t)
			} else {
				later = append(later, t)
			}
		}
		left = later
	}
	for _, t := range left {
		m.print("\n## %s\n", t.Title)
		m.table(e, t)
	}
}

func (m *markdown) table(e *Entry, t *form.Table) {
	shown := printed(t, &e.Result.Report)
	for i := range shown.Parts {
		p := &shown.Parts[i]
		labelled := len(p.Rows) > 0 && p.Rows[0].Label != ""
		m.print("\n")
		if p.Heading != "" {
			m.print("**%s**\n\n", p.Heading)
		}
		line := []string{}
		if labelled {
			line = append(line, p.Stub)
		}
		for c := range p.Columns {
			line = append(line, p.ColumnName(c))
		}
		m.row(line)
		m.print("|%s\n", strings.Repeat(" --- |", len(line)))
		for r := range p.Rows {
			line = line[:0]
			if labelled {
				line = append(line, p.Rows[r].Name())
			}
			for c := range p.Columns {
				v := plain(e.Cell(shown.Pointer(&p.Rows[r], &p.Columns[c])))
				if u := e.Result.Provenance[shown.Pointer(&p.Rows[r], &p.Columns[c])].Unit; v != "" && u != nil && *u != p.Columns[c].Unit {
					v += " " + *u
				}
				line = append(line, v)
			}
			m.row(line)
		}
	}
}

func (m *markdown) row(cells []string) {
	m.print("|")
	for _, c := range cells {
		m.print(" %s |", escape(c))
	}
	m.print("\n")
}

// printed is the table as this report prints it.
func printed(t *form.Table, r *report.Report) form.Table {
	n := r.Table(t.Key)
	return t.Printed(func(group string) bool {
		g := n.At(group)
		return g != nil && len(g.Children) > 0 && len(g.Children[0].Children) == 0
	})
}

// plain is a value as text.
func plain(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return field(v)
}

// escape makes a text stand for itself in one line of Markdown: no markup, no HTML, no
// end of a cell.
func escape(s string) string {
	var b strings.Builder
	begin := true
	for _, r := range strings.Join(strings.Fields(s), " ") {
		switch {
		case strings.ContainsRune("\\`*_{}[]<>#|~&!$", r), begin && strings.ContainsRune("+-=:", r):
			b.WriteByte('\\')
		case r == '.' || r == ')': // "1." at the begin of a line is a list
			if head := b.String(); head != "" && strings.Trim(head, "0123456789") == "" {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
		begin = false
	}
	return b.String()
}

// hexOnly drops what is no digit of a digest.
func hexOnly(r rune) rune {
	if strings.ContainsRune("0123456789abcdef", r) {
		return r
	}
	return -1
}
