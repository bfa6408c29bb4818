package flow

import (
	"slices"
	"strings"

	"nianbao/extract"
)

// Widths that differ by less are the same to the eye (twips, 1/20 point).
const (
	snapTwips   = 120 // a cell edge and the grid line it belongs to
	sliverTwips = 40  // grid columns narrower than this are drawing noise
)

// placed is a cell on the grid.
type placed struct {
	raw             *Cell
	row, start, end int
	rowSpan         int
}

// table lays a table on its grid. Columns are grid columns: those no cell edge
// needs are dropped, so that the grid is the smallest that holds the cells. The
// cost follows the number of cells, not the columns a file claims.
func (d *layout) table(t *Table) (extract.Table, error) {
	columns := len(t.Widths)
	for i := range t.Rows {
		t.Rows[i].mergeAcross(d)
		columns = max(columns, t.Rows[i].total())
	}
	lines := t.gridLines(columns)
	rows := make([][]placed, len(t.Rows))
	for i := range t.Rows {
		rows[i] = t.Rows[i].place(columns, lines)
		for k := range rows[i] {
			rows[i][k].row = i
		}
	}
	count := compact(rows, lines)
	if int64(count)*int64(len(rows)) > int64(d.lim.TableCells) {
		return extract.Table{}, extract.OverLimit("table_cells", int64(d.lim.TableCells), "表格 "+*t.Part+" 的格数超过上限")
	}
	kept := d.mergeDown(rows, count)
	out := extract.Table{Rows: len(t.Rows), Columns: count, Part: t.Part, Cells: make([]extract.Cell, 0, len(kept))}
	part, _, _ := strings.Cut(*t.Part, "#")
	for _, c := range kept {
		out.Cells = append(out.Cells, extract.Cell{
			Row: c.row, Column: c.start, RowSpan: c.rowSpan, ColumnSpan: c.end - c.start,
			Text: c.raw.Text, Part: cellPart(part, c.raw),
		})
	}
	for out.HeaderRows < len(t.Rows)-1 && t.Rows[out.HeaderRows].Header {
		out.HeaderRows++
	}
	if len(t.pieces) > 0 {
		out.Joined = append(out.Joined, extract.Piece{})
		for _, p := range t.pieces {
			out.Joined = append(out.Joined, extract.Piece{FirstRow: p.firstRow, Evidence: p.evidence})
		}
	}
	return out, nil
}

// total is the number of grid columns the row claims.
func (r *Row) total() int {
	n := r.Before + r.After
	for i := range r.Cells {
		n += r.Cells[i].Span
	}
	return n
}

// mergeAcross folds w:hMerge into spans.
func (r *Row) mergeAcross(d *layout) {
	out := r.Cells[:0]
	for _, c := range r.Cells {
		if c.Across == MergeContinue && len(out) > 0 {
			last := &out[len(out)-1]
			last.Span += c.Span
			last.Width += c.Width
			if c.Text != "" && c.Text != last.Text {
				d.mergedText++
			}
			continue
		}
		out = append(out, c)
	}
	r.Cells = out
}

// gridLines are the positions of the grid lines in twips: from w:tblGrid where
// it fits, else from a row that has a cell in every column; nil where unknown.
func (t *Table) gridLines(columns int) []int {
	widths := t.Widths
	if len(widths) != columns || !allPositive(widths) {
		widths = nil
		for i := range t.Rows {
			r := &t.Rows[i]
			if len(r.Cells) != columns || r.Before != 0 || r.Gap != 0 {
				continue
			}
			widths = make([]int, columns)
			for k := range r.Cells {
				widths[k] = r.Cells[k].Width
			}
			if allPositive(widths) {
				break
			}
			widths = nil
		}
	}
	if widths == nil {
		return nil
	}
	lines := make([]int, columns+1)
	for i, w := range widths {
		lines[i+1] = lines[i] + w
	}
	return lines
}

func allPositive(widths []int) bool {
	for _, w := range widths {
		if w <= 0 {
			return false
		}
	}
	return len(widths) > 0
}

// place gives every cell its grid columns: by the spans, or, in a row whose
// spans do not fill the grid, by the widths where these fit the grid lines.
func (r *Row) place(columns int, lines []int) []placed {
	if lines != nil && r.total() < columns {
		if cells := r.snap(lines); cells != nil {
			return cells
		}
	}
	out := make([]placed, len(r.Cells))
	at := r.Before
	for i := range r.Cells {
		c := &r.Cells[i]
		out[i] = placed{raw: c, start: at, end: at + c.Span, rowSpan: 1}
		at += c.Span
	}
	return out
}

// snap places the cells of a row by their widths; nil where an edge is near no
// grid line, or a cell would become narrower than its span.
func (r *Row) snap(lines []int) []placed {
	if r.Before >= len(lines) {
		return nil
	}
	out := make([]placed, len(r.Cells))
	line, edge := r.Before, lines[r.Before]
	if r.Before == 0 && r.Gap > 0 {
		line, edge = nearest(lines, r.Gap), r.Gap
		if distance(lines[line], edge) > snapTwips {
			return nil
		}
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		if c.Width <= 0 {
			return nil
		}
		edge += c.Width
		start := line
		line = nearest(lines, edge)
		if line-start < c.Span || distance(lines[line], edge) > snapTwips {
			return nil
		}
		out[i] = placed{raw: c, start: start, end: line, rowSpan: 1}
	}
	return out
}

// nearest is the index of the line closest to a position.
func nearest(lines []int, position int) int {
	i, _ := slices.BinarySearch(lines, position)
	if i == len(lines) || i > 0 && distance(lines[i-1], position) < distance(lines[i], position) {
		return i - 1
	}
	return i
}

func distance(a, b int) int { return max(a-b, b-a) }

// mergeDown resolves w:vMerge and returns the cells that remain. A continuation
// without a cell of the same columns above it stands for itself.
func (d *layout) mergeDown(rows [][]placed, columns int) []*placed {
	kept := make([]*placed, 0, len(rows)*4)
	open := make([]*placed, columns+1) // by start column
	for i := range rows {
		for k := range rows[i] {
			c := &rows[i][k]
			above := open[c.start]
			if c.raw.Down == MergeContinue && above != nil && above.end == c.end && above.row+above.rowSpan == i {
				above.rowSpan++
				if c.raw.Text != "" && c.raw.Text != above.raw.Text {
					d.mergedText++
				}
				continue
			}
			kept = append(kept, c)
			open[c.start] = nil
			if c.raw.Down != NotMerged {
				open[c.start] = c
			}
		}
	}
	return kept
}

// compact numbers the grid lines anew and returns the number of columns: lines
// no cell begins or ends at are dropped, and lines so close that only noise lies
// between them become one.
func compact(rows [][]placed, lines []int) int {
	var edges []int
	for _, row := range rows {
		for i := range row {
			edges = append(edges, row[i].start, row[i].end)
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	at := func(edge int) int {
		i, _ := slices.BinarySearch(edges, edge)
		return i
	}
	nearestEnd := make([]int, len(edges)) // of the cells beginning at an edge
	for _, row := range rows {
		for i := range row {
			c := &row[i]
			c.start, c.end = at(c.start), at(c.end)
			if nearestEnd[c.start] == 0 || c.end < nearestEnd[c.start] {
				nearestEnd[c.start] = c.end
			}
		}
	}
	column := make([]int, len(edges))
	number, group, shortest := -1, 0, 0
	for i, edge := range edges {
		// A new column begins here unless the line is close to the first one
		// of its group and no cell lies between them.
		if number < 0 || edge >= len(lines) || lines[edge]-lines[group] >= sliverTwips || shortest <= i {
			number++
			group, shortest = edge, len(edges)
		}
		column[i] = number
		if nearestEnd[i] > 0 {
			shortest = min(shortest, nearestEnd[i])
		}
	}
	for _, row := range rows {
		for i := range row {
			row[i].start, row[i].end = column[row[i].start], column[row[i].end]
		}
	}
	return number
}
