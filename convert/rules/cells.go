package rules

import (
	"math/big"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/glance"
	"nianbao/convert/report"
)

// missing is the state of a cell whose row the printed table does not have.
const missing report.State = ""

// cell is one cell of figures of a statutory table.
type cell struct {
	table  *form.Table
	row    *form.Row
	column *form.Column
	state  report.State
	text   string // as printed
	// value is the exact figure; nil where the cell states none.
	value *big.Rat
	// printed is the figure as printed, without unit.
	printed string
}

// pointer is the JSON Pointer of the cell.
func (c *cell) pointer() string { return c.table.Pointer(c.row, c.column) }

// known reports whether the cell states a figure: a number, or a placeholder,
// which states 0.
func (c *cell) known() bool { return c.value != nil }

// unread reports whether the cell holds, or may hold, something that could not
// be read.
func (c *cell) unread() bool { return !c.known() && c.state != report.StateBlank }

// partView is a part of a table with its cells, one slice a row.
type partView struct {
	part  *form.Part
	cells [][]cell
}

// tableView is a statutory table as the report prints it: groups printed as one
// row are one row here.
type tableView struct {
	// by is the form the table is of: not the reading's where the report mixes two.
	by *form.Form
	// form is the table as the form has it, printed as the report prints it.
	form, printed *form.Table
	name          string // what findings call it
	parts         []partView
	collapsed     func(group string) bool
}

func (c *context) readTables() []tableView {
	if c.reading.Form == nil {
		return nil
	}
	var out []tableView
	for i := range c.reading.Form.Tables {
		t := &c.reading.Form.Tables[i]
		f, node := c.reading.FormOf(t.Key), c.report.Table(t.Key)
		if f == nil || node == nil {
			continue
		}
		if own := f.Table(t.Key); own != nil {
			t = own // the report mixes the tables of two forms
		}
		collapsed := func(group string) bool { return c.isCollapsed(t, group) }
		printed := t.Printed(collapsed)
		v := tableView{by: f, form: t, printed: &printed, name: tableName(f.Chapters, t), collapsed: collapsed}
		for p := range printed.Parts {
			v.parts = append(v.parts, c.readPart(&printed, &printed.Parts[p], node))
		}
		out = append(out, v)
	}
	return out
}

// isCollapsed reports whether the report prints the group as one row: then the
// group's own path has figures.
func (c *context) isCollapsed(t *form.Table, group string) bool {
	for i := range t.Parts {
		p := &t.Parts[i]
		row, ok := p.Collapsed(group)
		if !ok {
			continue
		}
		for k := range p.Columns {
			if _, ok := c.reading.Provenance[t.Pointer(&row, &p.Columns[k])]; ok {
				return true
			}
		}
	}
	return false
}

func (c *context) readPart(t *form.Table, p *form.Part, node *report.Node) partView {
	v := partView{part: p, cells: make([][]cell, len(p.Rows))}
	var key []byte // of the provenance
	for r := range p.Rows {
		row, of := make([]cell, len(p.Columns)), node
		if path := p.Rows[r].Path; path != "" {
			of = node.At(path)
		}
		for k := range p.Columns {
			key = t.AppendPointer(key[:0], &p.Rows[r], &p.Columns[k])
			row[k].table, row[k].row, row[k].column = t, &p.Rows[r], &p.Columns[k]
			c.readCell(&row[k], key, of.At(p.Columns[k].Path))
		}
		v.cells[r] = row
	}
	return v
}

// zero is the figure of all cells that say 0: figures of cells are never changed.
var zero = new(big.Rat)

func (c *context) readCell(out *cell, key []byte, n *report.Node) {
	place, ok := c.reading.Provenance[string(key)]
	if ok {
		out.state, out.text = place.State, place.Text
	}
	hasValue := n != nil && n.Value != nil && len(n.Children) == 0
	switch {
	case hasValue && (!ok || out.state == report.StateNumber):
		out.state, out.printed = report.StateNumber, string(*n.Value)
		if out.printed == "0" { // most
			out.value = zero
		} else if out.value = decimal(out.printed); out.value == nil {
			out.state = report.StateText // a literal no figure of a report has
		}
	case out.state == report.StateNumber:
		out.state = report.StateText
	case out.state == report.StatePlaceholder:
		out.value, out.printed = zero, "0"
	}
}

// orderOf is a.Cmp(b), without the copies that it makes of whole numbers.
func orderOf(a, b *big.Rat) int {
	if a.IsInt() && b.IsInt() {
		return a.Num().Cmp(b.Num())
	}
	return a.Cmp(b)
}

// decimal reads a plain decimal literal exactly; nil where it is none. Exponents
// are refused: they cost memory and no figure is printed with one.
func decimal(s string) *big.Rat {
	const maxDigits = 40
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > maxDigits {
		return nil
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && s[0] != '+' { // most; ten times as fast
		return new(big.Rat).SetInt64(n)
	}
	if strings.Count(digits, ".") > 1 || digits[0] == '.' || digits[len(digits)-1] == '.' {
		return nil
	}
	if strings.Trim(digits, "0123456789.") != "" {
		return nil
	}
	v, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil
	}
	return v
}

// rowIndex returns the index of the row with the path, or -1.
func (p *partView) rowIndex(path string) int {
	for i := range p.part.Rows {
		if p.part.Rows[i].Path == path {
			return i
		}
	}
	return -1
}

func (p *partView) columnIndex(path string) int {
	for i := range p.part.Columns {
		if p.part.Columns[i].Path == path {
			return i
		}
	}
	return -1
}

// blankColumn reports whether no cell of the column says anything.
func (p *partView) blankColumn(column int) bool {
	for r := range p.cells {
		if s := p.cells[r][column].state; s != report.StateBlank && s != missing {
			return false
		}
	}
	return true
}

// blankRow reports whether no cell of the row says anything, or the report has
// no such row.
func (p *partView) blankRow(row int) bool {
	for k := range p.cells[row] {
		if s := p.cells[row][k].state; s != report.StateBlank && s != missing {
			return false
		}
	}
	return true
}

// each calls f for every cell of every table in the order of the form.
func (c *context) each(f func(*tableView, *cell)) {
	for t := range c.tables {
		for p := range c.tables[t].parts {
			for r := range c.tables[t].parts[p].cells {
				row := c.tables[t].parts[p].cells[r]
				for k := range row {
					f(&c.tables[t], &row[k])
				}
			}
		}
	}
}

// inner makes quotation marks fit to stand inside others.
var inner = glance.NewReplacer("“", "‘", "”", "’")

// rowName is what findings call a row: its label without the explanation in
// brackets, with the ordinal of its group where the label's own is not enough:
// "（三）1.属于国家秘密".
func rowName(r *form.Row) string {
	label := r.Label
	if at := strings.Index(label, "（区分"); at > 0 {
		label = label[:at]
	}
	if n := len(r.Groups); n > 0 && label != "" && label[0] >= '0' && label[0] <= '9' {
		if ordinal, _, ok := strings.Cut(r.Groups[n-1], "）"); ok {
			label = ordinal + "）" + label
		}
	}
	return inner.Replace(label)
}

// place names a cell: "“行政许可”行“本年处理决定数量”列".
func (v *tableView) place(c *cell) string {
	return v.name + v.short(c)
}

func (v *tableView) short(c *cell) string {
	out := ""
	if name := rowName(c.row); name != "" {
		out = "“" + name + "”行"
	}
	return out + "“" + v.columnName(c.column) + "”列"
}

// columnName is the column's label, with its groups where another column of the
// table has the same.
func (v *tableView) columnName(column *form.Column) string {
	for p := range v.printed.Parts {
		part := &v.printed.Parts[p]
		for k := range part.Columns {
			if &part.Columns[k] != column {
				continue
			}
			for o := range part.Columns {
				if o != k && part.Columns[o].Label == column.Label {
					return part.ColumnName(k)
				}
			}
			return column.Label
		}
	}
	return column.Label
}
