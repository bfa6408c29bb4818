package flow

import "slices"

// LayEdges makes the edges of all cells the lines of one grid, for formats that
// tell nothing but positions, and gives each cell the columns between its edges
// and its width. edges are those of the cells of each row, ascending, in twips:
// one more than the cells they bound, nil where the row tells none. Cells behind
// those bounded have a column each.
func (t *Table) LayEdges(edges [][]int) {
	var lines []int
	for _, row := range edges {
		if lines = append(lines, row...); len(lines) > 1<<16 {
			lines = unique(lines)
		}
	}
	lines = unique(lines)
	if len(lines) < 2 {
		return
	}
	for i, row := range edges {
		if len(row) < 2 {
			continue
		}
		r := &t.Rows[i]
		start, _ := slices.BinarySearch(lines, row[0])
		r.Before = start
		for k := range r.Cells[:min(len(r.Cells), len(row)-1)] {
			end, _ := slices.BinarySearch(lines, row[k+1])
			r.Cells[k].Span, r.Cells[k].Width = end-start, row[k+1]-row[k]
			start = end
		}
		r.After = max(len(lines)-1-r.Before-r.spans(), 0)
	}
	t.Widths = make([]int, len(lines)-1)
	for i := range t.Widths {
		t.Widths[i] = lines[i+1] - lines[i]
	}
}
