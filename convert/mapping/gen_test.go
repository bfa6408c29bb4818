package mapping

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/extract"
)

// printed is a statutory table as a document prints it: a grid of cells with the
// path of the value that each cell of figures holds.
type printed struct {
	rows [][]printedCell
	cols int
}

type printedCell struct {
	form.PaperCell
	text string
}

// figuresFor makes up figures for every cell of the form's tables.
func figuresFor(rng *rand.Rand, f *form.Form) map[string]string {
	out := map[string]string{}
	for _, c := range f.Cells() {
		switch {
		case c.Kind == form.Money:
			out[c.Path] = fmt.Sprintf("%d.%04d", rng.IntN(900), rng.IntN(10000))
		case c.Kind == form.Change && rng.IntN(3) == 0:
			out[c.Path] = strconv.Itoa(-1 - rng.IntN(40))
		default:
			out[c.Path] = strconv.Itoa(rng.IntN(3) * rng.IntN(400))
		}
	}
	return out
}

// paperTable prints a table of the form with the figures.
func paperTable(t *form.Table, figures map[string]string) *printed {
	p := &printed{cols: t.Width()}
	for _, cells := range t.Paper() {
		var row []printedCell
		for _, c := range cells {
			text := c.Text
			if c.Kind == form.CellValue {
				text = figures[c.Path]
			}
			row = append(row, printedCell{c, text})
		}
		p.rows = append(p.rows, row)
	}
	return p
}

// each calls f for every cell of the kind.
func (p *printed) each(kind form.CellKind, f func(c *printedCell)) {
	for r := range p.rows {
		for i := range p.rows[r] {
			if p.rows[r][i].Kind == kind {
				f(&p.rows[r][i])
			}
		}
	}
}

// table turns rows [from, to) into a neutral table. Cells merged over the cut
// are cut too, and blank below it, as word processors leave them.
func (p *printed) table(index, from, to int) extract.Table {
	t := extract.Table{Index: index, Rows: to - from, Columns: p.cols}
	for r, cells := range p.rows[:to] {
		for _, c := range cells {
			end := min(r+c.RowSpan, to)
			text, top := c.text, r
			if r < from {
				if end <= from {
					continue
				}
				text, top = "", from
			}
			t.Cells = append(t.Cells, extract.Cell{Row: top - from, Column: c.Column, RowSpan: end - top, ColumnSpan: c.ColSpan, Text: text})
		}
	}
	slices.SortStableFunc(t.Cells, func(a, b extract.Cell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Column - b.Column
	})
	return t
}

// document makes a document of tables, each under a heading.
func document(tables ...extract.Table) *extract.Document {
	doc := &extract.Document{}
	for i := range tables {
		tables[i].Index = i
		n := i
		doc.Blocks = append(doc.Blocks, extract.Block{Type: extract.TableRef, Table: &n}, extract.Block{Type: extract.Paragraph, Text: ""})
	}
	doc.Tables = tables
	return doc
}

// columnFrom is the first grid column of figures.
func (p *printed) columnFrom() int {
	first := p.cols
	p.each(form.CellValue, func(c *printedCell) { first = min(first, c.Column) })
	return first
}

// insertSliver puts a row after row r: label and figures of row r reach over it;
// a group that ends with row r does not and leaves an empty cell there.
func (p *printed) insertSliver(r int) {
	var sliver []printedCell
	for y := range r + 1 {
		for i := range p.rows[y] {
			c := &p.rows[y][i]
			switch end := y + c.RowSpan; {
			case end > r+1, end == r+1 && c.RowSpan == 1:
				c.RowSpan++
			case end == r+1:
				sliver = append(sliver, printedCell{form.PaperCell{Kind: form.CellLabel, RowSpan: 1, ColSpan: c.ColSpan, Column: c.Column}, ""})
			}
		}
	}
	p.rows = slices.Insert(p.rows, r+1, sliver)
}

// insertColumn puts a local column (法人小计) before grid column at: header cells
// over it grow, and every row of figures gets a number.
func (p *printed) insertColumn(at int, header string) {
	depth := 0
	for r, cells := range p.rows {
		if slices.ContainsFunc(cells, func(c printedCell) bool { return c.Kind == form.CellValue }) {
			depth = r
			break
		}
	}
	for r := range p.rows {
		var out []printedCell
		placed := false
		for _, c := range p.rows[r] {
			switch {
			case c.Column >= at:
				if !placed && r >= depth {
					placed = true
					out = append(out, printedCell{form.PaperCell{Kind: form.CellHeader, RowSpan: 1, ColSpan: 1, Column: at}, "777"})
				}
				if !placed && r == depth-1 {
					placed = true
					out = append(out, printedCell{form.PaperCell{Kind: form.CellHeader, RowSpan: 1, ColSpan: 1, Column: at}, header})
				}
				c.Column++
			case c.Column+c.ColSpan > at:
				c.ColSpan++
			}
			out = append(out, c)
		}
		if !placed && r == depth-1 {
			out = append(out, printedCell{form.PaperCell{Kind: form.CellHeader, RowSpan: 1, ColSpan: 1, Column: at}, header})
		}
		p.rows[r] = out
	}
	p.cols++
}

// insertRow puts a local row (小计) after row r of the printed table.
func (p *printed) insertRow(r int, label string) {
	from := p.columnFrom()
	left := 0
	for i := range p.rows[:r+1] {
		for j := range p.rows[i] {
			c := &p.rows[i][j]
			if c.Column < from && i+c.RowSpan > r+1 {
				c.RowSpan++
				left = max(left, c.Column+c.ColSpan)
			}
		}
	}
	row := []printedCell{{form.PaperCell{Kind: form.CellLabel, RowSpan: 1, ColSpan: from - left, Column: left}, label}}
	for c := from; c < p.cols; c++ {
		row = append(row, printedCell{form.PaperCell{Kind: form.CellHeader, RowSpan: 1, ColSpan: 1, Column: c}, "888"})
	}
	p.rows = slices.Insert(p.rows, r+1, row)
}

// typo spoils one character of a long label.
func typo(rng *rand.Rand, s string) string {
	r := []rune(s)
	if len(r) < 9 {
		return s
	}
	i := 3 + rng.IntN(len(r)-4)
	switch rng.IntN(3) {
	case 0:
		return string(slices.Delete(r, i, i+1))
	case 1:
		r[i] = '错'
		return string(r)
	}
	return string(slices.Insert(r, i, '的'))
}

// wrap breaks a label over lines of n characters.
func wrap(s string, n int) string {
	var out []string
	r := []rune(s)
	for len(r) > n {
		out = append(out, string(r[:n]))
		r = r[n:]
	}
	return strings.Join(append(out, string(r)), "\n")
}

// half writes brackets and punctuation half-width, with 1、 for 1.
func half(s string) string {
	return strings.NewReplacer("（", "(", "）", ")", "，", ",", "：", ":", "“", "\"", "”", "\"", "1.", "1、", "2.", "2、", "3.", "3、", "4.", "4、", "5.", "5、").Replace(s)
}

// spaced puts a space between the characters.
func spaced(s string) string { return strings.Join(strings.Split(s, ""), " ") }
