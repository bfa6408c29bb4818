package flow

import (
	"slices"

	"nianbao/extract/grid"
)

// LayEdges makes the edges of all cells the lines of one grid, for formats that
// tell nothing but positions, and gives each cell the columns between its edges
// and its width. edges are those of the cells of each row, ascending, in twips:
// one more than the cells they bound, nil where the row tells none. Cells behind
// those bounded have a column each.
func (t *Table) LayEdges(edges [][]int) {
	var all []int
	for _, row := range edges {
		if all = append(all, row...); len(all) > 1<<16 {
			all = unique(all)
		}
	}
	all = unique(all)
	if len(all) < 2 {
		return
	}
	number := numbersOf(all, edges)
	columns := number[len(all)-1]
	for i, row := range edges {
		if len(row) < 2 {
			continue
		}
		r := &t.Rows[i]
		start := number[index(all, row[0])]
		r.Before = start
		for k := range r.Cells[:min(len(r.Cells), len(row)-1)] {
			end := number[index(all, row[k+1])]
			r.Cells[k].Span, r.Cells[k].Width = end-start, row[k+1]-row[k]
			start = end
		}
		r.After = max(columns-r.Before-r.spans(), 0)
	}
	t.Widths = make([]int, columns)
	for i := 1; i < len(all); i++ {
		t.Widths[min(number[i-1], columns-1)] += all[i] - all[i-1]
	}
}

// numbersOf are the columns that begin at the edges, those a hair apart as one.
func numbersOf(all []int, edges [][]int) []int {
	var cells []grid.Span
	for _, row := range edges {
		for k := 1; k < len(row); k++ {
			if row[k]-row[k-1] < grid.Sliver*twipsPerPoint { // wider ones never lie between
				cells = append(cells, grid.Span{From: index(all, row[k-1]), To: index(all, row[k])})
			}
		}
	}
	points := make([]float64, len(all))
	for i, edge := range all {
		points[i] = float64(edge) / twipsPerPoint
	}
	return grid.Join(points, cells)
}

func index(lines []int, edge int) int {
	i, _ := slices.BinarySearch(lines, edge)
	return i
}
