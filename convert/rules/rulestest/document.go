package rulestest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/extract"
)

const defaultAgency = "青柳市云溪区教育局"

func (c *Case) agency() string {
	if c.Agency == "" {
		return defaultAgency
	}
	return c.Agency
}

// Document is the report of a case: title, six chapters with their tables and a
// little prose that no rule objects to, signature and date.
func (c *Case) Document() (*extract.Document, error) {
	id := c.Form
	if id == "" {
		id = "2021"
	}
	f, ok := form.Lookup(id)
	if !ok {
		return nil, fmt.Errorf("rulestest: %s: no form %q", c.Name, id)
	}
	if err := c.check(&f); err != nil {
		return nil, err
	}
	m := maker{c: c, form: &f, doc: &extract.Document{}}
	m.write()
	return m.doc, nil
}

// check finds misspelt places: a case that names none would prove nothing.
func (c *Case) check(f *form.Form) error {
	cells := f.Cells()
	for path := range c.Figures {
		if !slices.ContainsFunc(cells, func(r form.CellRef) bool { return r.Path == "/report/"+path }) {
			return fmt.Errorf("rulestest: %s: form %s has no cell %q", c.Name, f.ID, path)
		}
	}
	known := c.Chapter == "" || c.Chapter == "preface"
	for _, ch := range f.Chapters {
		known = known || ch.Key == c.Chapter
	}
	if !known {
		return fmt.Errorf("rulestest: %s: no chapter %q", c.Name, c.Chapter)
	}
	return nil
}

type maker struct {
	c    *Case
	form *form.Form
	doc  *extract.Document
}

func (m *maker) block(kind extract.BlockType, text string) {
	m.doc.Blocks = append(m.doc.Blocks, extract.Block{Type: kind, Text: text})
}

func (m *maker) paragraphs(chapter string) {
	at := m.c.Chapter
	if at == "" {
		at = "overview"
	}
	if at != chapter || m.c.Text == "" {
		return
	}
	for p := range strings.SplitSeq(m.c.Text, "\n") {
		m.block(extract.Paragraph, p)
	}
}

func (m *maker) write() {
	year := m.form.FirstYear
	y := strconv.Itoa(year)
	m.block(extract.Paragraph, m.c.agency()+y+"年政府信息公开工作年度报告")
	m.paragraphs("preface")
	for _, ch := range m.form.Chapters {
		m.block(extract.Heading, ch.Number+"、"+ch.Title)
		switch ch.Key {
		case "overview":
			m.block(extract.Paragraph, "（一）主动公开。（二）依申请公开渠道畅通。（三）政府信息管理规范。（四）平台建设有序。（五）监督保障到位。")
		case "problems_and_improvements":
			m.block(extract.Paragraph, "解读形式单一，更新不够及时，下一步将继续改进。")
		case "other_matters":
			m.block(extract.Paragraph, "没有其他需要报告的事项。")
		}
		m.paragraphs(ch.Key)
		for i := range m.form.Tables {
			t := &m.form.Tables[i]
			if t.Chapter == ch.Key && !slices.Contains(m.c.Missing, t.Key) {
				m.table(t)
			}
		}
	}
	m.block(extract.Paragraph, m.c.agency())
	m.block(extract.Paragraph, strconv.Itoa(year+1)+"年1月18日")
}

func (m *maker) table(t *form.Table) {
	n := len(m.doc.Tables)
	paper := t.Paper()
	table := extract.Table{Index: n, Rows: len(paper), Columns: t.Width()}
	for r, cells := range paper {
		for i := range cells {
			p := &cells[i]
			text := p.Text
			if p.Kind == form.CellValue {
				text = "0"
				if v, ok := m.c.Figures[strings.TrimPrefix(p.Path, "/report/")]; ok {
					text = v
				}
			}
			table.Cells = append(table.Cells, extract.Cell{Row: r, Column: p.Column, RowSpan: p.RowSpan, ColumnSpan: p.ColSpan, Text: text})
		}
	}
	slices.SortStableFunc(table.Cells, func(a, b extract.Cell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Column - b.Column
	})
	m.doc.Tables = append(m.doc.Tables, table)
	m.doc.Blocks = append(m.doc.Blocks, extract.Block{Type: extract.TableRef, Table: &n})
}
