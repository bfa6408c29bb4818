package layout

import "sort"

// The lines of a table may enclose its figures only, with the labels in front of
// them.
const (
	leastLabels = 4    // rows with a label
	mostApart   = 0.35 // ems between the baselines of a label and its figures
	labelReach  = 2.5  // ems beyond the table in which labels would run on
	mostLabels  = 64   // tables of a page that are looked at
)

// takeLabels gives each table whose rows have their labels outside, left of its
// lines, a column for them. They are labels where nearly every row has exactly
// one on its baseline and the column ends with the table.
func (s *sheet) takeLabels() {
	taken := make([]bool, len(s.lines))
	found := false
	for _, p := range s.tables[:min(len(s.tables), mostLabels)] {
		labels := s.labelsOf(p, taken)
		if labels == nil {
			continue
		}
		found = true
		left := p.xs[0]
		for r, n := range labels {
			if n >= 0 {
				taken[n] = true
				left = min(left, s.lines[n].box.x0-1)
			}
			c := cell{row: r, rowSpan: 1, colSpan: 1}
			if n >= 0 {
				c.lines, c.text = []line{s.lines[n]}, s.lines[n].text
			}
			p.cells = append(p.cells, c)
		}
		p.xs = append([]float64{left}, p.xs...)
		old := len(p.cells) - len(labels)
		for i := range p.cells[:old] {
			p.cells[i].col++
		}
		sort.SliceStable(p.cells, func(i, j int) bool {
			return p.cells[i].row < p.cells[j].row || p.cells[i].row == p.cells[j].row && p.cells[i].col < p.cells[j].col
		})
		p.openBelow = append([]bool{false}, p.openBelow...)
		p.setBoxes()
	}
	if !found {
		return
	}
	var rest []line
	for i := range s.lines {
		if !taken[i] {
			rest = append(rest, s.lines[i])
		}
	}
	s.lines = rest
}

// labelsOf are the lines left of a table by row, -1 for none; nil where they are
// no labels.
func (s *sheet) labelsOf(p *piece, taken []bool) []int {
	if !p.ruled || p.rows() < leastLabels+1 {
		return nil
	}
	bases := rowBases(p)
	out := make([]int, p.rows())
	for r := range out {
		out[r] = -1
	}
	count, right := 0, p.xs[0]+touching
	for i := range s.lines {
		l := &s.lines[i]
		reach := labelReach * l.size
		if l.turned || taken[i] || l.box.x0 > p.xs[0] || l.base < p.ys[0]-reach || l.base > p.ys[p.rows()]+reach {
			continue
		}
		if l.base <= p.ys[0] || l.base >= p.ys[p.rows()] {
			if l.box.x1 > p.xs[0] {
				continue // a line over or under the whole table
			}
			return nil
		}
		r := slot(p.ys, l.base-0.3*l.size)
		if l.box.x1 > right || out[r] >= 0 || abs(bases[r]-l.base) > mostApart*l.size || running(l.text) || datum(l.text) {
			return nil
		}
		out[r] = i
		count++
	}
	if count < leastLabels || 10*count < 8*p.rows() {
		return nil
	}
	return out
}

// rowBases are the baselines of the last lines of each row.
func rowBases(p *piece) []float64 {
	out := make([]float64, p.rows())
	for i := range p.cells {
		c := &p.cells[i]
		if n := len(c.lines); n > 0 && c.rowSpan == 1 {
			out[c.row] = max(out[c.row], c.lines[n-1].base)
		}
	}
	return out
}
