package form

import (
	"slices"
	"strings"
)

// CellRef names one cell of figures of a table.
type CellRef struct {
	// Path is the JSON Pointer of the value from the result's root:
	// "/report/applications/denied/state_secret/total".
	Path string
	// Part, Row and Column are indices into the table's parts and the part's
	// rows and columns.
	Part, Row, Column int
	// RowLabel and ColumnLabel are the full official names, the groups included:
	// "三、本年度办理结果（三）不予公开1.属于国家秘密", "法人或其他组织·商业企业".
	RowLabel, ColumnLabel string
	Kind                  Kind
	Unit                  string
}

// Cells lists the table's cells of figures in the order of the form.
func (t *Table) Cells() []CellRef {
	var out []CellRef
	for p := range t.Parts {
		part := &t.Parts[p]
		for r := range part.Rows {
			for c := range part.Columns {
				out = append(out, CellRef{
					Path: t.Pointer(&part.Rows[r], &part.Columns[c]), Part: p, Row: r, Column: c,
					RowLabel: part.Rows[r].Name(), ColumnLabel: part.ColumnName(c),
					Kind: part.Columns[c].Kind, Unit: part.Columns[c].Unit,
				})
			}
		}
	}
	return out
}

// CellName is the full official name of a cell of the table: heading of the part, groups
// and label of the row, groups and label of the column. No two cells of a form have the
// same.
func (t *Table) CellName(c *CellRef) string {
	var parts []string
	for _, s := range []string{t.Parts[c.Part].Heading, c.RowLabel, c.ColumnLabel} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "·")
}

// Cells lists the cells of figures of all tables of the form.
func (f *Form) Cells() []CellRef {
	var out []CellRef
	for i := range f.Tables {
		out = append(out, f.Tables[i].Cells()...)
	}
	return out
}

// Pointer is the JSON Pointer, from the result's root, of the value in the given
// row and column.
func (t *Table) Pointer(r *Row, c *Column) string {
	const longest = 100 // bytes; more cost more
	return string(t.AppendPointer(make([]byte, 0, longest), r, c))
}

// AppendPointer appends the pointer to b.
func (t *Table) AppendPointer(b []byte, r *Row, c *Column) []byte {
	b = append(append(append(b, "/report/"...), t.Key...), '/')
	if r.Path != "" {
		b = append(append(b, r.Path...), '/')
	}
	return append(b, c.Path...)
}

// Name is the full official name of the row, its groups before its label.
// It is empty for a row without a label.
func (r *Row) Name() string {
	return strings.Join(r.Groups, "") + r.Label
}

// ColumnName is the full official name of a column: the groups that do not stand
// over all columns of the part, and the label.
func (p *Part) ColumnName(column int) string {
	c := &p.Columns[column]
	groups := c.Groups
	if n, _ := groupRun(p.Columns, 0); n == len(p.Columns) && len(groups) > 0 {
		groups = groups[1:] // 申请人情况 tells no column from another
	}
	return strings.Join(append(slices.Clone(groups), c.Label), "·")
}

// Collapsed returns the row of figures that takes the place of the rows of a
// group when a report prints the group as one row: its path is the group's, its
// label the group's label. ok is false where no row of the part belongs to it.
func (p *Part) Collapsed(group string) (row Row, ok bool) {
	for _, r := range p.Rows {
		if r.Collapses == group && len(r.Groups) > 0 {
			n := len(r.Groups) - 1
			return Row{Path: group, Label: r.Groups[n], Aliases: p.GroupAliases[group], Groups: r.Groups[:n]}, true
		}
	}
	return Row{}, false
}

// Groups returns the paths of the groups that may be printed as one row.
func (p *Part) Groups() []string {
	var out []string
	for _, r := range p.Rows {
		if r.Collapses != "" && (len(out) == 0 || out[len(out)-1] != r.Collapses) {
			out = append(out, r.Collapses)
		}
	}
	return out
}

// PrintedRows returns the rows of the part as a report prints them: the rows of
// a group for which collapsed reports true are replaced by the one row of the
// group.
func (p *Part) PrintedRows(collapsed func(group string) bool) []Row {
	out := make([]Row, 0, len(p.Rows))
	done := ""
	for _, r := range p.Rows {
		if r.Collapses == "" || !collapsed(r.Collapses) {
			out = append(out, r)
			continue
		}
		if r.Collapses != done {
			done = r.Collapses
			if one, ok := p.Collapsed(done); ok {
				out = append(out, one)
			}
		}
	}
	return out
}

// Printed returns the table as a report prints it, see [Part.PrintedRows].
func (t *Table) Printed(collapsed func(group string) bool) Table {
	out := *t
	out.Parts = make([]Part, len(t.Parts))
	for i := range t.Parts {
		out.Parts[i] = t.Parts[i]
		out.Parts[i].Rows = t.Parts[i].PrintedRows(collapsed)
	}
	return out
}

// PrintedTerms returns the row paths of a ByColumn relation as a report prints
// them: paths of a collapsed group are replaced by the group's, once.
func (t *Table) PrintedTerms(paths []string, collapsed func(group string) bool) []string {
	group := map[string]string{}
	for i := range t.Parts {
		for _, r := range t.Parts[i].Rows {
			if r.Collapses != "" && collapsed(r.Collapses) {
				group[r.Path] = r.Collapses
			}
		}
	}
	out := make([]string, 0, len(paths))
	seen := map[string]bool{}
	for _, p := range paths {
		if g, ok := group[p]; ok {
			p = g
			if seen[g] {
				continue
			}
			seen[g] = true
		}
		out = append(out, p)
	}
	return out
}
