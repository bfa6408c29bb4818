package mapping

import "nianbao/extract"

// gridTable is a table of the document laid out, with what its cells say. It is
// made once and read by every form.
type gridTable struct {
	table *extract.Table
	grid  [][]*gridCell // by grid row and column; nil where no cell is
	rows  [][]*gridCell // the distinct cells that cover a grid row, by column
}

// gridCell is a cell and what it says.
type gridCell struct {
	*extract.Cell
	table int // index of its table
	says  *cellText
}

// newGridTable lays the table out; nil where it is too large to be a statutory one.
func newGridTable(t *extract.Table, texts *texts) *gridTable {
	if t.Rows <= 0 || t.Columns <= 0 || t.Rows > maxTableRows || t.Columns > maxTableColumns {
		return nil
	}
	g := &gridTable{table: t, grid: make([][]*gridCell, t.Rows), rows: make([][]*gridCell, t.Rows)}
	flat := make([]*gridCell, t.Rows*t.Columns)
	for r := range g.grid {
		g.grid[r] = flat[r*t.Columns : (r+1)*t.Columns]
	}
	cells := make([]gridCell, len(t.Cells))
	for i := range t.Cells {
		c := &cells[i]
		c.Cell, c.table = &t.Cells[i], t.Index
		c.says = texts.known(c.Text)
		for r := c.Row; r < min(c.Row+c.RowSpan, t.Rows); r++ {
			for k := c.Column; k < min(c.Column+c.ColumnSpan, t.Columns); k++ {
				g.grid[r][k] = c
			}
		}
	}
	for r, row := range g.grid {
		g.rows[r] = distinct(row)
	}
	return g
}

// distinct lists the cells that cover a grid row, each once.
func distinct[C comparable](row []C) []C {
	out := make([]C, 0, len(row))
	var none C
	for _, c := range row {
		if c != none && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
	}
	return out
}
