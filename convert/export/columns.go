package export

import "nianbao/convert/form"

// Column is a column of figures of an export.
type Column struct {
	// Name is the full official name: heading of the part, groups and label of the
	// row, groups and label of the column. No two columns have the same.
	Name string
	// Path is the JSON Pointer of the value; empty for a column of units.
	Path string
	// Of is, for a column of units, the path of the amount.
	Of string
	// Table is the title of the table.
	Table string
	Kind  form.Kind
	// Unit is the unit the form prescribes; empty where none.
	Unit string
	// Forms are the ids of the forms that have the cell.
	Forms []string
}

// Columns are the form's cells in its order, 200 or 198 of them; behind them the cells
// of groups that may be printed as one row, and the units of amounts.
func Columns(f *form.Form) []Column {
	var cells, groups, units []Column
	for i := range f.Tables {
		t := &f.Tables[i]
		own := tableColumns(f, t)
		cells = append(cells, own...)
		known := map[string]bool{}
		for _, c := range own {
			known[c.Path] = true
			if c.Kind == form.Money {
				units = append(units, Column{Name: c.Name + "（单位）", Of: c.Path, Table: t.Title, Unit: c.Unit, Forms: []string{f.ID}})
			}
		}
		shown := t.Printed(func(string) bool { return true })
		for _, c := range tableColumns(f, &shown) {
			if !known[c.Path] {
				groups = append(groups, c)
			}
		}
	}
	return append(append(cells, groups...), units...)
}

// tableColumns are the cells of one table.
func tableColumns(f *form.Form, t *form.Table) []Column {
	refs := t.Cells()
	out := make([]Column, len(refs))
	for i, ref := range refs {
		out[i] = Column{Name: t.CellName(&ref), Path: ref.Path, Table: t.Title, Kind: ref.Kind, Unit: ref.Unit, Forms: []string{f.ID}}
	}
	return out
}

// Union is the columns of several forms under one header: those of the first, and of
// each further form what is not among them under the same path and name. A name that
// two cells have in different forms is told apart by the form.
func Union(forms []form.Form) []Column {
	type key struct{ path, name string }
	var out []Column
	at, named := map[key]int{}, map[string]bool{}
	for i := range forms {
		for _, c := range Columns(&forms[i]) {
			k := key{c.Path + " " + c.Of, c.Name}
			if j, ok := at[k]; ok {
				out[j].Forms = append(out[j].Forms, forms[i].ID)
				continue
			}
			if named[c.Name] {
				c.Name += "（" + forms[i].ID + "年表式）"
			}
			at[k], named[c.Name] = len(out), true
			out = append(out, c)
		}
	}
	return out
}

// value is what stands in the column.
func (c *Column) value(e *Entry) any {
	if c.Of != "" {
		return e.unit(c)
	}
	return e.Cell(c.Path)
}
