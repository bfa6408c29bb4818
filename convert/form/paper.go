package form

// CellKind says what a cell on paper is.
type CellKind string

// The kinds of cells on paper.
const (
	CellHeading CellKind = "heading" // 第二十条第（一）项
	CellCorner  CellKind = "corner"  // the note top left
	CellHeader  CellKind = "header"  // over a column
	CellLabel   CellKind = "label"   // beside a row
	CellValue   CellKind = "value"
)

// PaperCell is one cell of a table as it is laid out on paper. Positions that a
// merged cell covers have no cell of their own, as in HTML.
type PaperCell struct {
	Kind CellKind
	// Text is the printed text; empty for values.
	Text             string
	RowSpan, ColSpan int
	// Column is the grid column of the cell, from 0.
	Column int
	// Path is the JSON Pointer of the value; empty for other kinds.
	Path string
	// Value is the kind of figure of a value cell.
	Value Kind
	// Unit is the unit the form prescribes for a value cell.
	Unit string
}

// Width is the number of grid columns of the table on paper.
func (t *Table) Width() int {
	width := 0
	for i := range t.Parts {
		width = max(width, t.Parts[i].labelColumns()+t.Parts[i].valueColumns())
	}
	return width
}

// Paper lays the table out as the notice prints it: one slice of cells a row.
func (t *Table) Paper() [][]PaperCell {
	var rows [][]PaperCell
	width := t.Width()
	for i := range t.Parts {
		p := &t.Parts[i]
		if p.Heading != "" {
			rows = append(rows, []PaperCell{{Kind: CellHeading, Text: p.Heading, RowSpan: 1, ColSpan: width}})
		}
		rows = append(rows, t.header(p)...)
		rows = append(rows, t.body(p)...)
	}
	return rows
}

// labelColumns is the number of grid columns to the left of the figures.
func (p *Part) labelColumns() int {
	n := 0
	for _, r := range p.Rows {
		if r.Label != "" {
			n = max(n, len(r.Groups)+1)
		}
	}
	return n
}

func (p *Part) valueColumns() int {
	n := 0
	for _, c := range p.Columns {
		n += c.span()
	}
	return n
}

func (c *Column) span() int { return max(c.Span, 1) }

func (p *Part) headerRows() int {
	n := 0
	for _, c := range p.Columns {
		n = max(n, len(c.Groups)+1)
	}
	return n
}

// header lays out the header rows: the corner or stub on the left, then group
// cells over the columns they join; a column with fewer groups than others has
// a label that reaches down to the last header row.
func (t *Table) header(p *Part) [][]PaperCell {
	depth, left := p.headerRows(), p.labelColumns()
	rows := make([][]PaperCell, depth)
	if left > 0 {
		corner := PaperCell{Kind: CellCorner, Text: t.Corner, RowSpan: depth, ColSpan: left}
		if p.Stub != "" {
			corner.Kind, corner.Text = CellHeader, p.Stub
		}
		rows[0] = append(rows[0], corner)
	}
	for level := range depth {
		at := left
		for i := 0; i < len(p.Columns); i++ {
			c := &p.Columns[i]
			switch {
			case level < len(c.Groups):
				n, span := groupRun(p.Columns[i:], level)
				rows[level] = append(rows[level], PaperCell{Kind: CellHeader, Text: c.Groups[level], RowSpan: 1, ColSpan: span, Column: at})
				at += span
				i += n - 1
				continue
			case level == len(c.Groups):
				rows[level] = append(rows[level], PaperCell{Kind: CellHeader, Text: c.Label, RowSpan: depth - level, ColSpan: c.span(), Column: at})
			}
			at += c.span()
		}
	}
	return rows
}

// groupRun returns how many of the columns share the first one's groups down to
// the level, and the grid columns they take.
func groupRun(columns []Column, level int) (n, span int) {
	for n < len(columns) && sameGroups(columns[0].Groups, columns[n].Groups, level) {
		span += columns[n].span()
		n++
	}
	return n, span
}

func sameGroups(a, b []string, level int) bool {
	if len(b) <= level || len(a) <= level {
		return false
	}
	for i := 0; i <= level; i++ {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// body lays out the rows of figures: a group cell stands once, beside its first
// row, and a label takes the label columns its groups leave.
func (t *Table) body(p *Part) [][]PaperCell {
	left := p.labelColumns()
	rows := make([][]PaperCell, 0, len(p.Rows))
	for i := range p.Rows {
		r := &p.Rows[i]
		var cells []PaperCell
		for level, g := range r.Groups {
			if i > 0 && sameGroups(r.Groups, p.Rows[i-1].Groups, level) {
				continue
			}
			span := 1
			for i+span < len(p.Rows) && sameGroups(r.Groups, p.Rows[i+span].Groups, level) {
				span++
			}
			cells = append(cells, PaperCell{Kind: CellLabel, Text: g, RowSpan: span, ColSpan: 1, Column: level})
		}
		if left > 0 {
			cells = append(cells, PaperCell{Kind: CellLabel, Text: r.Label, RowSpan: 1, ColSpan: left - len(r.Groups), Column: len(r.Groups)})
		}
		at := left
		for k := range p.Columns {
			c := &p.Columns[k]
			cells = append(cells, PaperCell{Kind: CellValue, RowSpan: 1, ColSpan: c.span(), Column: at, Path: t.Pointer(r, c), Value: c.Kind, Unit: c.Unit})
			at += c.span()
		}
		rows = append(rows, cells)
	}
	return rows
}
