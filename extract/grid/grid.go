// Package grid works on the lines of a table's grid.
//
// Cells whose edges were meant to be one line are often a hair apart: rows were
// drawn by hand, or a program rounded their widths. Between them is a column that
// nobody sees: declared where a file counts its columns (Word's tblGrid), implied
// where it gives positions only ([MS-DOC], RTF). The neutral document keeps it: it
// says what the file says, as other readers do, and the same of one document in
// any format. Who asks under which header a figure stands looks at [Seen], where
// such lines are one.
package grid

import (
	"slices"

	"nianbao/extract"
)

// Sliver is the width in points under which lines of a grid are one to the eye.
const Sliver = 2

// Span is the lines a cell lies between, as indices; From < To.
type Span struct{ From, To int }

// Join numbers the lines of a grid anew: those that follow a line by less than
// Sliver get its number, unless a cell lies between them: a column with a cell of
// its own is one, however narrow. Lines are positions in points, ascending.
func Join(lines []float64, cells []Span) []int {
	end := make([]int, len(lines)) // of the shortest cell beginning at a line
	for _, c := range cells {
		if end[c.From] == 0 || c.To < end[c.From] {
			end[c.From] = c.To
		}
	}
	numbers := make([]int, len(lines))
	number, first, shortest := 0, 0, len(lines)
	for i := range lines {
		if lines[i]-lines[first] >= Sliver || shortest <= i {
			number++
			first, shortest = i, len(lines)
		}
		numbers[i] = number
		if end[i] > 0 {
			shortest = min(shortest, end[i])
		}
	}
	return numbers
}

// Seen is the document with the grids the eye sees: lines that [Join] makes one
// are one. The document is not changed; what is as it was is shared.
func Seen(doc *extract.Document) *extract.Document {
	out := doc
	for i := range tables(doc) {
		t := seen(&doc.Tables[i])
		if t == nil {
			continue
		}
		if out == doc {
			out = new(*doc)
			out.Tables = slices.Clone(doc.Tables)
		}
		out.Tables[i] = *t
	}
	return out
}

func tables(doc *extract.Document) []extract.Table {
	if doc == nil {
		return nil
	}
	return doc.Tables
}

// seen is the table with slivers joined; nil where it has none.
func seen(t *extract.Table) *extract.Table {
	if len(t.ColumnWidths) != t.Columns || !slices.ContainsFunc(t.ColumnWidths, func(w float64) bool { return w < Sliver }) {
		return nil
	}
	lines := make([]float64, t.Columns+1)
	for i, w := range t.ColumnWidths {
		lines[i+1] = lines[i] + w
	}
	cells := make([]Span, len(t.Cells))
	for i := range t.Cells {
		cells[i] = Span{t.Cells[i].Column, t.Cells[i].Column + t.Cells[i].ColumnSpan}
	}
	numbers := Join(lines, cells)
	columns := numbers[t.Columns]
	if columns == t.Columns {
		return nil
	}
	out := *t
	out.Columns, out.ColumnWidths, out.Cells = columns, make([]float64, columns), slices.Clone(t.Cells)
	for i := range out.Cells {
		c := &out.Cells[i]
		c.Column, c.ColumnSpan = numbers[cells[i].From], numbers[cells[i].To]-numbers[cells[i].From]
	}
	for i, w := range t.ColumnWidths {
		out.ColumnWidths[min(numbers[i], columns-1)] += w
	}
	return &out
}
