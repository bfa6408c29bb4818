package flow

import (
	"slices"
	"strings"

	"nianbao/extract"
	"nianbao/extract/grid"
)

const (
	// twipsPerPoint: Word measures in twentieths of a point.
	twipsPerPoint = 20
	// snapTwips is how far a cell edge may be from the grid line it belongs to.
	snapTwips = 120
)

// placed is a cell on the grid.
type placed struct {
	raw             *Cell
	row, start, end int
	rowSpan         int
}

// table lays a table on its grid. Columns are grid columns: those no cell edge
// needs are dropped, so that the grid is the smallest that holds the cells where
// the file has them, columns nobody sees included (see package grid). The cost
// follows the number of cells, not the columns a file claims.
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
	used := compact(rows)
	if number := sliversMerged(rows, used, lines); number != nil {
		used = renumber(rows, used, number)
	}
	count := max(len(used)-1, 0)
	if int64(count)*int64(len(rows)) > int64(d.lim.TableCells) {
		return extract.Table{}, extract.OverLimit("table_cells", int64(d.lim.TableCells), "表格 "+*t.Part+" 的格数超过上限")
	}
	kept := d.mergeDown(rows, count)
	out := extract.Table{Rows: len(t.Rows), Columns: count, ColumnWidths: widthsOf(used, lines), Part: t.Part, Cells: make([]extract.Cell, 0, len(kept))}
	part, _, _ := strings.Cut(*t.Part, "#")
	parts := cellParts(part, kept)
	for i, c := range kept {
		out.Cells = append(out.Cells, extract.Cell{
			Row: c.row, Column: c.start, RowSpan: c.rowSpan, ColumnSpan: c.end - c.start,
			Text: c.raw.Text, Part: &parts[i],
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
func (r *Row) total() int { return r.Before + r.spans() + r.After }

// spans is the number of grid columns of its cells.
func (r *Row) spans() int {
	n := 0
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
	eachMerge(rows, columns, func(c, head *placed) {
		if head == nil {
			kept = append(kept, c)
			return
		}
		head.rowSpan++
		if c.raw.Text != "" && c.raw.Text != head.raw.Text {
			d.mergedText++
		}
	})
	return kept
}

// eachMerge visits the cells in order, each with the cell that it continues; nil
// where there is none.
func eachMerge(rows [][]placed, columns int, visit func(c, head *placed)) {
	type merge struct {
		head *placed
		next int // the row it may go on in
	}
	open := make([]merge, columns+1) // by start column
	for i := range rows {
		for k := range rows[i] {
			c := &rows[i][k]
			above := &open[c.start]
			if c.raw.Down == MergeContinue && above.head != nil && above.head.end == c.end && above.next == i {
				visit(c, above.head)
				above.next++
				continue
			}
			visit(c, nil)
			*above = merge{}
			if c.raw.Down != NotMerged {
				*above = merge{c, i + 1}
			}
		}
	}
}

// compact numbers the grid lines anew: those no cell begins or ends at are
// dropped. It returns the lines that are kept.
func compact(rows [][]placed) []int {
	var used []int
	for _, row := range rows {
		for i := range row {
			used = append(used, row[i].start, row[i].end)
		}
	}
	used = unique(used)
	for _, row := range rows {
		for i := range row {
			c := &row[i]
			c.start, _ = slices.BinarySearch(used, c.start)
			c.end, _ = slices.BinarySearch(used, c.end)
		}
	}
	return used
}

func unique(lines []int) []int {
	slices.Sort(lines)
	return slices.Compact(lines)
}

// sliversMerged tells by new numbers which lines are one where merges over rows
// say so: a merged cell is a rectangle, so cells that go on in columns that
// differ by a sliver only have the same edges. It is nil where no merge does.
func sliversMerged(rows [][]placed, used, lines []int) []int {
	alone := continuedAlone(rows, len(used))
	if alone == 0 || used[len(used)-1] >= len(lines) {
		return nil
	}
	points := make([]float64, len(used))
	for i, line := range used {
		points[i] = float64(lines[line]) / twipsPerPoint
	}
	var cells []grid.Span
	for _, row := range rows {
		for i := range row {
			cells = append(cells, grid.Span{From: row[i].start, To: row[i].end})
		}
	}
	number := grid.Join(points, cells)
	joined := make([][]placed, len(rows))
	for i := range rows {
		joined[i] = slices.Clone(rows[i])
	}
	renumber(joined, used, number)
	if continuedAlone(joined, len(used)) == alone {
		return nil
	}
	return number
}

// continuedAlone counts continuations with nothing to continue.
func continuedAlone(rows [][]placed, columns int) int {
	n := 0
	eachMerge(rows, columns, func(c, head *placed) {
		if head == nil && c.raw.Down == MergeContinue {
			n++
		}
	})
	return n
}

// renumber puts the cells on lines by their new numbers; it returns the first
// line of each.
func renumber(rows [][]placed, used, number []int) []int {
	for _, row := range rows {
		for i := range row {
			row[i].start, row[i].end = number[row[i].start], number[row[i].end]
		}
	}
	var first []int
	for i, line := range used {
		if number[i] == len(first) {
			first = append(first, line)
		}
	}
	return first
}

// widthsOf are the widths in points of the columns between lines; nil where
// unknown.
func widthsOf(used, lines []int) []float64 {
	if len(used) < 2 || used[len(used)-1] >= len(lines) {
		return nil
	}
	out := make([]float64, len(used)-1)
	for i := range out {
		out[i] = float64(lines[used[i+1]]-lines[used[i]]) / twipsPerPoint
	}
	return out
}
