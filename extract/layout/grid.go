package layout

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"nianbao/extract"
)

const (
	thinnest = 3.5 // nearer grid lines of one table are one line
	drawn    = 0.6 // share of a cell side that must be drawn to separate cells
)

// cell is a cell of a piece of a table.
type cell struct {
	row, col         int
	rowSpan, colSpan int
	box              box
	glyphs           []glyph
	lines            []line
	text             string
}

// piece is a table on one page, or the part of a table that stands on it.
type piece struct {
	page   *sheet
	xs, ys []float64 // grid lines; len(xs)-1 columns, len(ys)-1 rows
	cells  []cell    // by row, then column
	box    box
	pad    float64 // distance kept between cell sides and text
	// openTop and openBottom tell that no line was drawn there.
	openTop, openBottom bool
	// openBelow tells by column that the lower side of the last row is not drawn.
	openBelow []bool
	// ruled is false for a table found by the alignment of its text alone.
	ruled bool
	// whites are the gaps between the columns of a table found by its text, as
	// distances from xs[0]; nil for others.
	whites []span
	// labels is the number of label columns of an aligned table, middle the middle
	// of its figures, where merged cells have theirs; 0 for other tables, middle
	// also where no row shows it.
	labels int
	middle float64
}

func (p *piece) rows() int { return len(p.ys) - 1 }
func (p *piece) cols() int { return len(p.xs) - 1 }

// grid is the work space of one mesh.
type grid struct {
	xs, ys []float64
	h      []float32 // drawn length of the side above box (row, col), rows+1 × cols
	v      []float32 // drawn length of the side left of box, rows × cols+1
}

// newPiece builds the grid of a mesh and its cells; a frame is a single cell. It
// returns nil where the mesh encloses nothing.
func newPiece(m *mesh, lim extract.Limits) (*piece, error) {
	xs, ys := positions(m.v), positions(m.h)
	p := &piece{ruled: true}
	xs, ys = p.closeSides(m, xs, ys)
	if len(xs) < 2 || len(ys) < 2 {
		return nil, nil
	}
	if n := (len(xs) - 1) * (len(ys) - 1); n > lim.TableCells {
		return nil, extract.OverLimit("table_cells", int64(lim.TableCells),
			"一张表格的网格超过允许的单元格数，请拆分文件后重新提交")
	}
	g := &grid{xs: xs, ys: ys}
	g.draw(m)
	boxes := g.regions()
	p.xs, p.ys, p.cells = compact(xs, ys, boxes)
	p.openBelow = make([]bool, len(p.xs))
	for c := range len(xs) - 1 {
		if !g.lineAbove(len(ys)-1, c) {
			p.openBelow[slot(p.xs, (xs[c]+xs[c+1])/2)] = true
		}
	}
	p.setBoxes()
	return p, nil
}

func (p *piece) setBoxes() {
	p.box = box{p.xs[0], p.ys[0], p.xs[len(p.xs)-1], p.ys[len(p.ys)-1]}
	for i := range p.cells {
		c := &p.cells[i]
		c.box = box{p.xs[c.col], p.ys[c.row], p.xs[c.col+c.colSpan], p.ys[c.row+c.rowSpan]}
	}
}

// leastColumns is the number of inner column edges that makes a column system
// of its own.
const leastColumns = 3

// split parts tables that stand directly under each other: where no cell
// crosses a grid line and the column edges above and below have little in
// common. Rows of one table share most of their edges, for all are made of the
// same columns.
func (p *piece) split() []*piece {
	rows, cols := p.rows(), p.cols()
	first, last := make([]int, cols+1), make([]int, cols+1) // rows where the edge stands
	for x := range first {
		first[x], last[x] = rows, -1
	}
	crossed := make([]bool, rows+1)
	for i := range p.cells {
		c := &p.cells[i]
		for r := c.row + 1; r < c.row+c.rowSpan; r++ {
			crossed[r] = true
		}
		first[c.col], last[c.col] = min(first[c.col], c.row), max(last[c.col], c.row+c.rowSpan-1)
	}
	for r := 1; r < rows; r++ {
		above, below, both := 0, 0, 0
		for x := 1; x < cols && !crossed[r]; x++ {
			a, b := first[x] < r, last[x] >= r
			if a {
				above++
			}
			if b {
				below++
			}
			if a && b {
				both++
			}
		}
		if least := min(above, below); least >= leastColumns && 3*both <= least {
			top, rest := p.cut(r)
			return append([]*piece{top}, rest.split()...)
		}
	}
	return []*piece{p}
}

// cut parts the piece above row r.
func (p *piece) cut(r int) (top, rest *piece) {
	var a, b []cell
	for _, c := range p.cells {
		if c.row < r {
			a = append(a, c)
		} else {
			c.row -= r
			b = append(b, c)
		}
	}
	part := func(ys []float64, cells []cell) *piece {
		n := &piece{ruled: p.ruled}
		n.xs, n.ys, n.cells = compact(p.xs, ys, cells)
		n.setBoxes()
		n.openBelow = make([]bool, len(n.xs))
		return n
	}
	top, rest = part(p.ys[:r+1], a), part(p.ys[r:], b)
	top.openTop, rest.openBottom = p.openTop, p.openBottom
	return top, rest
}

// positions are the distinct line positions, near ones as one.
func positions(ss []stroke) []float64 {
	ps := slices.Clone(ss)
	slices.SortFunc(ps, func(a, b stroke) int { return cmp.Compare(a.pos, b.pos) })
	var out, weights []float64
	for i := 0; i < len(ps); {
		sum, weight, k := 0.0, 0.0, i
		for ; k < len(ps) && ps[k].pos-ps[i].pos < thinnest; k++ {
			w := ps[k].b - ps[k].a
			sum, weight = sum+w*ps[k].pos, weight+w
		}
		// The spread of one line may reach over the window: its two parts lie
		// nearer than two lines do.
		if n := len(out); n > 0 && sum/weight-out[n-1] < thinnest {
			out[n-1] = (out[n-1]*weights[n-1] + sum) / (weights[n-1] + weight)
			weights[n-1] += weight
		} else {
			out, weights = append(out, sum/weight), append(weights, weight)
		}
		i = k
	}
	return out
}

// trim takes off rows that the end of the page left over: only the sides of the
// table run on, without a line below or above, and there is no text.
func (p *piece) trim() *piece {
	last := len(p.cells) - 1
	empty := func(c *cell) bool {
		return c.rowSpan == 1 && c.colSpan == p.cols() && p.cols() > 1 && len(c.glyphs) == 0 && p.rows() > 1
	}
	if p.openBottom && empty(&p.cells[last]) {
		p, _ = p.cut(p.rows() - 1)
	}
	if p.openTop && empty(&p.cells[0]) {
		_, p = p.cut(1)
	}
	return p
}

// closeSides adds the outer grid lines that are not drawn but evident: where
// two or more lines run on beyond the outermost crossing line and end together
// (tables open to the left and right, rows cut by the end of the page).
func (p *piece) closeSides(m *mesh, xs, ys []float64) (nx, ny []float64) {
	ends := func(ss []stroke, low bool) float64 {
		var es []float64
		for _, s := range ss {
			if low {
				es = append(es, -s.a)
			} else {
				es = append(es, s.b)
			}
		}
		sort.Float64s(es)
		if n := len(es); n >= 2 && es[n-1]-es[n-2] <= touching {
			return es[n-1]
		}
		return math.Inf(-1)
	}
	const beyond = 2 * touching
	grow := func(ps []float64, ss []stroke) (out []float64, low, high bool) {
		if len(ps) == 0 {
			lo, hi := ends(ss, true), ends(ss, false)
			if math.IsInf(lo, 0) || math.IsInf(hi, 0) {
				return ps, false, false
			}
			return []float64{-lo, hi}, true, true
		}
		if e := -ends(ss, true); e < ps[0]-beyond {
			ps, low = append([]float64{e}, ps...), true
		}
		if e := ends(ss, false); e > ps[len(ps)-1]+beyond {
			ps, high = append(ps, e), true
		}
		return ps, low, high
	}
	nx, _, _ = grow(xs, m.h)
	ny, p.openTop, p.openBottom = grow(ys, m.v)
	return nx, ny
}

// nearest is the index of the grid line at pos.
func nearest(ps []float64, pos float64) int {
	i := sort.SearchFloat64s(ps, pos)
	if i == len(ps) || i > 0 && pos-ps[i-1] < ps[i]-pos {
		i--
	}
	return i
}

// draw enters how much of each box side is drawn.
func (g *grid) draw(m *mesh) {
	cols, rows := len(g.xs)-1, len(g.ys)-1
	g.h = make([]float32, (rows+1)*cols)
	g.v = make([]float32, rows*(cols+1))
	for _, s := range m.h {
		j := nearest(g.ys, s.pos)
		for i := max(0, sort.SearchFloat64s(g.xs, s.a)-1); i < cols && g.xs[i] < s.b; i++ {
			g.h[j*cols+i] += float32(max(0, min(s.b, g.xs[i+1])-max(s.a, g.xs[i])))
		}
	}
	for _, s := range m.v {
		i := nearest(g.xs, s.pos)
		for j := max(0, sort.SearchFloat64s(g.ys, s.a)-1); j < rows && g.ys[j] < s.b; j++ {
			g.v[j*(cols+1)+i] += float32(max(0, min(s.b, g.ys[j+1])-max(s.a, g.ys[j])))
		}
	}
}

// lineAbove and lineLeft tell whether the side of a box is drawn.
func (g *grid) lineAbove(r, c int) bool {
	cols := len(g.xs) - 1
	return g.h[r*cols+c] >= float32(drawn*(g.xs[c+1]-g.xs[c]))
}

func (g *grid) lineLeft(r, c int) bool {
	return g.v[r*len(g.xs)+c] >= float32(drawn*(g.ys[r+1]-g.ys[r]))
}

// regions are the cells: boxes without a line between belong together. A
// region that is no rectangle is cut into rectangles row by row.
func (g *grid) regions() []cell {
	cols, rows := len(g.xs)-1, len(g.ys)-1
	u := newUnion(rows * cols)
	for r := 0; r < rows; r++ {
		for c := 0; c < cols; c++ {
			if c > 0 && !g.lineLeft(r, c) {
				u.join(r*cols+c-1, r*cols+c)
			}
			if r > 0 && !g.lineAbove(r, c) {
				u.join((r-1)*cols+c, r*cols+c)
			}
		}
	}
	regions := 0
	for i, root := range u {
		if int(root) == i {
			regions++
		}
	}
	out := make([]cell, 0, regions) // more only where one is no rectangle
	// The boxes of one region beside each other in a row, by their first column.
	type run struct{ root, end, cell int }
	open, next := make([]run, cols), make([]run, cols) // of the row above, of this one
	for r := 0; r < rows; r++ {
		for c := 0; c < cols; {
			root, end := u.find(r*cols+c), c+1
			for end < cols && u.find(r*cols+end) == root {
				end++
			}
			n := open[c].cell
			if open[c].root == root && open[c].end == end {
				out[n].rowSpan++
			} else {
				n = len(out)
				out = append(out, cell{row: r, col: c, rowSpan: 1, colSpan: end - c})
			}
			next[c] = run{root, end, n}
			c = end
		}
		open, next = next, open
		clear(next)
	}
	return out
}

// compact leaves out grid lines at which no cell starts.
func compact(xs, ys []float64, cells []cell) (nx, ny []float64, out []cell) {
	startX, startY := make([]bool, len(xs)), make([]bool, len(ys))
	for i := range cells {
		startX[cells[i].col], startY[cells[i].row] = true, true
	}
	keep := func(ps []float64, start []bool) (out []float64, index []int) {
		index = make([]int, len(ps))
		for i, p := range ps {
			if start[i] || i == len(ps)-1 {
				out = append(out, p)
			}
			index[i] = len(out) - 1
		}
		return out, index
	}
	nx, ix := keep(xs, startX)
	ny, iy := keep(ys, startY)
	// Where a cell ends another one starts or the table ends: the box beyond its
	// side belongs to a cell that cannot reach back across the side.
	for i := range cells {
		c := cells[i]
		r1, c1 := iy[c.row+c.rowSpan], ix[c.col+c.colSpan]
		c.row, c.col = iy[c.row], ix[c.col]
		c.rowSpan, c.colSpan = r1-c.row, c1-c.col
		cells[i] = c
	}
	return nx, ny, cells
}
