package wordml

import (
	"fmt"
	"strings"
)

// Table is a table as wide as the text.
type Table struct {
	// Widths are the widths of the grid's columns, in proportion.
	Widths []int
	Rows   []Row
}

// Row is a row of a table. No row is cut by the end of a page.
type Row struct {
	// Cells are the cells that begin in the row, from left to right; places that a cell
	// from a row above covers have none, as in HTML.
	Cells []Cell
	// Header rows at the top of a table are repeated on each page.
	Header bool
	// WithNext keeps the row on the page of the next one.
	WithNext bool
}

// Cell is a cell of a table.
type Cell struct {
	Text string
	// RowSpan and ColSpan are how many rows and columns it covers; 0 means 1.
	RowSpan, ColSpan int
	// Left sets the text from the left; else it is centred.
	Left bool
	Bold bool
}

// padding is the space at the left and right in a cell: figures of five digits have
// room in a fifteenth of the page.
const padding = 28

// XML is the table as elements of the body. Everything is set in place, without styles,
// so that it looks the same in any document.
func (t *Table) XML() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, TextWidth)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	fmt.Fprintf(&b, `</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, padding, padding)
	w := tableWriter{out: &b, edges: t.edges(), open: make([]Cell, len(t.Widths)), left: make([]int, len(t.Widths))}
	for c := range t.Widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w.edges[c+1]-w.edges[c])
	}
	b.WriteString(`</w:tblGrid>`)
	for i := range t.Rows {
		w.row(&t.Rows[i])
	}
	b.WriteString(`</w:tbl>`)
	return b.String()
}

// edges are the edges of the grid's columns.
func (t *Table) edges() []int {
	total := 0
	for _, w := range t.Widths {
		total += w
	}
	edges, at := make([]int, len(t.Widths)+1), 0
	for c, w := range t.Widths {
		at += w
		edges[c+1] = TextWidth * at / total
	}
	return edges
}

type tableWriter struct {
	out   *strings.Builder
	edges []int
	open  []Cell // by first column, the cell that reaches down into the row
	left  []int  // rows it still covers
}

func (w *tableWriter) row(r *Row) {
	w.out.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if r.Header {
		w.out.WriteString(`<w:tblHeader/>`)
	}
	w.out.WriteString(`</w:trPr>`)
	next := 0
	for column := 0; column < len(w.left); {
		if w.left[column] > 0 {
			w.left[column]--
			c := w.open[column]
			c.Text = ""
			w.cell(&c, column, `<w:vMerge/>`, r.WithNext)
			column += c.columns()
			continue
		}
		if next == len(r.Cells) {
			break
		}
		c := r.Cells[next]
		next++
		merge := ""
		if c.RowSpan > 1 {
			merge = `<w:vMerge w:val="restart"/>`
			w.open[column], w.left[column] = c, c.RowSpan-1
		}
		w.cell(&c, column, merge, r.WithNext)
		column += c.columns()
	}
	w.out.WriteString(`</w:tr>`)
}

func (w *tableWriter) cell(c *Cell, column int, merge string, withNext bool) {
	fmt.Fprintf(w.out, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, w.edges[column+c.columns()]-w.edges[column])
	if c.columns() > 1 {
		fmt.Fprintf(w.out, `<w:gridSpan w:val="%d"/>`, c.columns())
	}
	w.out.WriteString(merge + `<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>`)
	if withNext {
		w.out.WriteString(`<w:keepNext/>`)
	}
	align, properties := "center", cellRun
	if c.Left {
		align = "left"
	}
	if c.Bold {
		properties = cellBold
	}
	w.out.WriteString(cellParagraph + `<w:jc w:val="` + align + `"/></w:pPr>`)
	if c.Text != "" {
		w.out.WriteString(Run(properties, c.Text))
	}
	w.out.WriteString(`</w:p></w:tc>`)
}

func (c *Cell) columns() int { return max(c.ColSpan, 1) }

const (
	cellParagraph = `<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/>`
	cellFont      = `<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>`
	cellRun       = `<w:rPr>` + cellFont + `<w:sz w:val="18"/></w:rPr>`
	cellBold      = `<w:rPr>` + cellFont + `<w:b/><w:sz w:val="18"/></w:rPr>`
)
