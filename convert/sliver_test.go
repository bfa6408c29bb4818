package convert_test

import (
	"fmt"
	"testing"

	"nianbao/convert"
	"nianbao/convert/fixture"
	"nianbao/extract"
)

// Columns that are too narrow to be seen, as files declare them whose rows were
// drawn by hand, change nothing in what is read.
func TestColumnsNobodySees(t *testing.T) {
	for _, id := range []string{"2021", "2019"} {
		truth := fixture.New(1, id)
		ex := made(t, truth)["report.docx"]
		var columns []int
		for i := range ex.Document.Tables {
			table := &ex.Document.Tables[i]
			columns = append(columns, table.Columns)
			for line := table.Columns - 1; line > 0; line-- {
				insertSliver(table, line)
			}
		}
		res := convert.Convert(ex, source("report.docx"), convert.Options{Program: "test", Document: true})
		sameReport(t, "form "+id, &res.Report, &truth.Report)
		if res.Validation.Errors > 0 {
			t.Errorf("form %s: findings in a consistent report: %+v", id, res.Validation.Findings)
		}
		doc, ok := res.Document.(*extract.Document)
		if !ok {
			t.Fatal("no document")
		}
		for i := range doc.Tables {
			if got := doc.Tables[i].Columns; got != columns[i] {
				t.Errorf("form %s: table %d has %d columns, want %d", id, i, got, columns[i])
			}
		}
		for pointer, p := range res.Provenance {
			if p.Table == nil || p.Row == nil || p.Column == nil {
				continue
			}
			if c := doc.Tables[*p.Table].CellAt(*p.Row, *p.Column); c == nil || c.Text != p.Text {
				t.Errorf("form %s: %s stands not where it was read: %+v", id, pointer, p)
			}
		}
	}
}

// insertSliver makes a line of the grid two: every other row ends its cell at the
// second, the others begin theirs at the first.
func insertSliver(t *extract.Table, line int) {
	begins := func(c *extract.Cell) bool {
		if c.Column != line || c.RowSpan > 1 || c.Row%2 == 0 {
			return false
		}
		left := t.CellAt(c.Row, line-1)
		return left != nil && left.RowSpan == 1
	}
	at := make([]int, len(t.Cells)) // where the new column goes: 1 before the cell, 2 into it
	for i := range t.Cells {
		c := &t.Cells[i]
		switch end := c.Column + c.ColumnSpan; {
		case begins(c):
			at[i] = 2
		case c.Column >= line:
			at[i] = 1
		case end > line:
			at[i] = 2
		case end == line:
			if right := t.CellAt(c.Row, line); right == nil || !begins(right) {
				at[i] = 2
			}
		}
	}
	for i := range t.Cells {
		switch at[i] {
		case 1:
			t.Cells[i].Column++
		case 2:
			t.Cells[i].ColumnSpan++
		}
	}
	t.Columns++
	t.ColumnWidths = append(t.ColumnWidths[:line:line], append([]float64{0.5}, t.ColumnWidths[line:]...)...)
	if len(t.ColumnWidths) != t.Columns {
		panic(fmt.Sprintf("%d widths of %d columns", len(t.ColumnWidths), t.Columns))
	}
}
