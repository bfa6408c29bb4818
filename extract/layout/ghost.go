package layout

// dropGhostRows takes out rows in which nothing stands: where a page break cuts
// cells that end at different heights, the space below the shorter ones looks
// like a row of its own. All cells that start in such a row are empty and lie
// under several cells each, and another cell runs on beside them.
func (p *piece) dropGhostRows() {
	starts, ends := make([][]int, p.rows()+1), make([][]int, p.rows()+1)
	for i := range p.cells {
		c := &p.cells[i]
		starts[c.row] = append(starts[c.row], i)
		ends[c.row+c.rowSpan] = append(ends[c.row+c.rowSpan], i)
	}
	ghost := make([]bool, p.rows())
	found := false
	for r := 1; r < p.rows(); r++ {
		ghost[r] = p.ghostRow(starts[r], ends[r]) && !ghost[r-1]
		found = found || ghost[r]
	}
	if found {
		p.dropRows(ghost)
	}
}

func (p *piece) ghostRow(starts, ends []int) bool {
	covered, tiled := 0, 0
	for _, i := range starts {
		c := &p.cells[i]
		if len(c.glyphs) > 0 || c.rowSpan > 1 || c.colSpan < 2 {
			return false
		}
		covered += c.colSpan
	}
	for _, i := range ends {
		tiled += p.cells[i].colSpan
	}
	return len(starts) > 0 && len(ends) > len(starts) && covered == tiled && covered < p.cols()
}

// dropRows takes rows out; the cells that end above them grow into them.
func (p *piece) dropRows(drop []bool) {
	index := make([]int, len(p.ys)) // old grid line → new one
	var ys []float64
	for i, y := range p.ys {
		if i == len(drop) || !drop[i] {
			ys = append(ys, y)
		}
		index[i] = len(ys) - 1
	}
	var cells []cell
	for _, c := range p.cells {
		if drop[c.row] {
			continue
		}
		end := c.row + c.rowSpan
		for end < len(drop) && drop[end] {
			end++
		}
		c.rowSpan = index[end] - index[c.row]
		c.row = index[c.row]
		cells = append(cells, c)
	}
	p.ys, p.cells = ys, cells
	p.setBoxes()
}
