package layout

import (
	"fmt"
	"slices"
	"sort"

	"nianbao/extract"
	"nianbao/extract/page"
)

// sheet is one analysed page.
type sheet struct {
	number  int
	frame   frame
	w, h    float64 // extent of the reading frame
	verdict extract.TextLayer
	tables  []*piece // by position
	frames  []*piece // single cells, which are rows only beside the rest of a table
	lines   []line   // outside tables, upright ones by position, then others
	regions []region // in reading order; nil for a page that is one
	images  []box
	boxes   []box    // text boxes; at first single cells that may be some
	rules   []stroke // lines that footnotes may stand below
	glyphs  int      // readable glyphs, spaces included
	above   *piece   // aligned table that the page before ends with; nil mostly
}

// smallestImage is the extent in points below which a picture is decoration.
const smallestImage = 20

// newSheet analyses one page; before is the one before it, or nil.
func newSheet(p *page.Page, before *sheet, room *room, lim extract.Limits) (*sheet, []extract.Warning, error) {
	s := &sheet{number: p.Number, frame: frame{pageTurn(p.Glyphs), p.Width, p.Height}, verdict: Verdict(p)}
	s.w, s.h = s.frame.size()
	s.above = before.lastAligned()
	for _, im := range p.Images {
		b := s.frame.in(fromPage(im.Box))
		if finite(b.x0, b.y0, b.x1, b.y1) && b.width() >= smallestImage && b.height() >= smallestImage {
			s.images = append(s.images, b)
		}
	}
	warnings := append([]extract.Warning(nil), p.Warnings...)
	warn := func(code, format string, args ...any) {
		n := p.Number
		warnings = append(warnings, extract.Warning{Code: code, Message: fmt.Sprintf(format, args...), Page: &n})
	}
	if s.verdict == extract.TextGarbled {
		warn("page_garbled", "第%d页的文字没有可信的编码，无法读出，未采用", p.Number)
		return s, warnings, nil
	}
	gs, hidden := readGlyphs(p, s.frame, room)
	if hidden > 0 {
		warn("invisible_text", "第%d页有%d个不可见的字符，未采用", p.Number, hidden)
	}
	if len(gs) == 0 && s.verdict == extract.TextGood {
		s.verdict = extract.TextNone
	}
	if s.verdict == extract.TextNone && len(s.images) > 0 {
		warn("page_without_text", "第%d页只有图像，没有可读的文字", p.Number)
	}
	s.glyphs = len(gs)
	if err := s.findTables(p.Rulings, gs, room, lim); err != nil {
		return nil, warnings, err
	}
	return s, warnings, nil
}

// findTables finds the tables and shares the glyphs between their cells and the
// lines of the body.
func (s *sheet) findTables(rs []page.Ruling, gs []glyph, room *room, lim extract.Limits) error {
	h, v := strokes(rs, s.frame, false)
	plain := h
	groups, lone := meshes(tracks(h), tracks(v))
	groups, lone = flank(groups, lone)
	groups, lone = bridge(groups, lone, gs)
	ruled, err := pieces(groups, lim)
	if err != nil {
		return err
	}
	ruled = s.takeFrames(ruled)
	body := assign(ruled, gs, room)
	var drawings []box
	ruled, back := keepPieces(ruled, func(p *piece) bool {
		if !p.drawing() {
			return plausible(p)
		}
		if len(drawings) < mostDrawings {
			drawings = append(drawings, p.box)
		}
		return false
	})
	body = append(body, back...)

	// Shaded areas stand in for lines where none are drawn.
	h, v = onlyFills(rs, s.frame)
	h, v = outside(append(h, lone.h...), ruled, false), outside(append(v, lone.v...), ruled, true)
	groups, _ = meshes(tracks(h), tracks(v))
	shaded, err := pieces(groups, lim)
	if err != nil {
		return err
	}
	shaded, _ = keepPieces(shaded, func(p *piece) bool { return len(p.cells) > 1 })
	body = assign(shaded, body, room)
	shaded, back = keepPieces(shaded, shadedTable)
	body = append(body, back...)

	for _, p := range append(ruled, shaded...) {
		p = p.trim()
		p.dropGhostRows()
		if q := p.retext(s, lim.TableCells); q != nil {
			s.tables = append(s.tables, q)
			continue
		}
		p.refine()
		p.page = s
		p.setText()
		s.tables = append(s.tables, p)
	}
	sortPieces(s.tables)
	body, boxed := s.takeBoxes(body)
	s.lines = linesOf(body)
	s.takeLabels()
	s.findColumns()
	s.findAligned(lone.h, lim)
	sortPieces(s.tables)
	s.findTextTables(textMarks{rules: lone.h, drawings: drawings}, lim.TableCells)
	sortPieces(s.tables)
	s.lines = append(s.lines, boxed...)
	s.findRules(plain)
	s.release()
	return nil
}

// release lets go of what the later pages cannot need. The lines of a page with
// frames may still become cells.
func (s *sheet) release() {
	for _, p := range s.tables {
		if len(p.cells) < cap(p.cells) {
			p.cells = slices.Clone(p.cells) // without the room to grow
		}
		for i := range p.cells {
			for k := range p.cells[i].lines {
				p.cells[i].lines[k].release()
			}
		}
	}
	for k := range s.lines {
		if len(s.frames) == 0 {
			s.lines[k].release()
		}
	}
}

func sortPieces(ps []*piece) {
	sort.SliceStable(ps, func(i, j int) bool {
		a, b := ps[i].box, ps[j].box
		return a.y0 < b.y0 || a.y0 == b.y0 && a.x0 < b.x0
	})
}

// takeFrames sets single cells aside: mostly frames around text, but low ones of
// a table's width may be the only row of a table on this page.
func (s *sheet) takeFrames(ps []*piece) []*piece {
	var tables []*piece
	for _, p := range ps {
		if len(p.cells) == 1 && p.box.width() <= widestBox*s.w && len(s.boxes) < mostFrames {
			s.boxes = append(s.boxes, p.box)
		}
		switch {
		case len(p.cells) > 1:
			tables = append(tables, p)
		case p.box.height() <= tallestFrame && p.box.width() >= 0.3*s.w && len(s.frames) < mostFrames:
			p.page = s
			s.frames = append(s.frames, p)
		}
	}
	return tables
}

const (
	tallestFrame = 72.0 // points
	widestBox    = 0.7  // share of the page's width that a text box takes at most
	mostFrames   = 64
)

func pieces(groups []mesh, lim extract.Limits) ([]*piece, error) {
	var out []*piece
	for i := range groups {
		p, err := newPiece(&groups[i], lim)
		if err != nil {
			return nil, err
		}
		if p != nil && p.box.width() >= smallestTable && p.box.height() >= smallestTable {
			out = append(out, p.split()...)
		}
	}
	return out, nil
}

// overflow is how far below an open side text still belongs to the cell, in ems.
const overflow = 1.3

// smallestTable is the least extent of a table in points.
const smallestTable = 8

// filled is the number of cells with text.
func (p *piece) filled() int {
	n := 0
	for i := range p.cells {
		if len(p.cells[i].glyphs) > 0 {
			n++
		}
	}
	return n
}

// shadedTable tells a table made of shaded areas from bars and backgrounds: most
// of its rows have text. One or two rows may be shaded among others that are not.
func shadedTable(p *piece) bool {
	if p.cols() < 2 || p.rows() < 3 {
		return false
	}
	text := make([]bool, p.rows())
	n := 0
	for i := range p.cells {
		c := &p.cells[i]
		for r := c.row; r < c.row+c.rowSpan && len(c.glyphs) > 0; r++ {
			if !text[r] {
				text[r] = true
				n++
			}
		}
	}
	return 10*n >= 7*p.rows()
}

// plausible tells a table from a drawing: it has text, or rows and columns that
// could hold some.
func plausible(p *piece) bool {
	if p.filled() > 0 {
		return true
	}
	for i := range p.cells {
		if b := p.cells[i].box; b.width() < smallestTable || b.height() < smallestTable {
			return false
		}
	}
	return p.cols() > 1
}

// drawing tells a chart or another drawing of crossing lines: hardly any row has
// two texts, most cells have none, and the texts do not keep to label columns.
func (p *piece) drawing() bool {
	rows, columns := make([]int, p.rows()), make([]int, p.cols())
	filled, several := 0, 0
	for i := range p.cells {
		if c := &p.cells[i]; len(c.glyphs) > 0 {
			filled++
			columns[c.col]++
			if rows[c.row]++; rows[c.row] == 2 {
				several++
			}
		}
	}
	switch {
	case filled == 0 || p.rows() < 3 || 4*several >= p.rows():
		return false
	case p.cols() == 1:
		return p.rows() >= 5 && 2*filled < p.rows()
	}
	slices.Sort(columns)
	labels := columns[len(columns)-1] + columns[len(columns)-2]
	return 2*filled < len(p.cells) && 10*labels < 7*filled
}

// keepPieces filters and returns the glyphs of what it leaves out.
func keepPieces(ps []*piece, keep func(*piece) bool) (kept []*piece, back []glyph) {
	for _, p := range ps {
		if keep(p) {
			kept = append(kept, p)
			continue
		}
		for i := range p.cells {
			back = append(back, p.cells[i].glyphs...)
		}
	}
	return kept, back
}

// onlyFills are the strokes that come from shaded areas: the lines proper have been
// used.
func onlyFills(rs []page.Ruling, f frame) (h, v []stroke) {
	if !slices.ContainsFunc(rs, func(r page.Ruling) bool { return r.Fill }) {
		return nil, nil
	}
	lines := map[stroke]bool{}
	h, v = strokes(rs, f, false)
	for _, s := range append(h, v...) {
		lines[s] = true
	}
	h, v = strokes(rs, f, true)
	used := func(s stroke) bool { return lines[s] }
	return slices.DeleteFunc(h, used), slices.DeleteFunc(v, used)
}

// outside leaves out strokes within tables that were found already.
func outside(ss []stroke, ps []*piece, vertical bool) []stroke {
	if len(ps) == 0 {
		return ss
	}
	at := newLocator(ps)
	var out []stroke
	for _, s := range ss {
		x, y := (s.a+s.b)/2, s.pos
		if vertical {
			x, y = y, x
		}
		if at.find(x, y, touching) == nil {
			out = append(out, s)
		}
	}
	return out
}

// locator finds the table at a place in about constant time: where there are many,
// they are entered into the squares of a coarse raster that they touch.
type locator struct {
	all     box
	few     []*piece
	squares [][]*piece // rasterSide by rasterSide; nil for few
}

const (
	rasterSide = 64
	fewTables  = 8 // looked at one by one sooner than a raster is made
)

func newLocator(ps []*piece) *locator {
	l := &locator{all: ps[0].box}
	for _, p := range ps {
		l.all = l.all.union(p.box)
	}
	if len(ps) <= fewTables {
		l.few = ps
		return l
	}
	l.squares = make([][]*piece, rasterSide*rasterSide)
	for _, p := range ps {
		x0, y0 := l.square(p.box.x0-touching, p.box.y0-touching)
		x1, y1 := l.square(p.box.x1+touching, p.box.y1+touching)
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				l.squares[y*rasterSide+x] = append(l.squares[y*rasterSide+x], p)
			}
		}
	}
	return l
}

func (l *locator) square(x, y float64) (int, int) {
	clamp := func(v float64) int { return int(max(0, min(rasterSide-1, v*rasterSide))) }
	return clamp((x - l.all.x0) / max(1, l.all.width())), clamp((y - l.all.y0) / max(1, l.all.height()))
}

// find returns the smallest table at the place, give or take tol ≤ touching.
func (l *locator) find(x, y, tol float64) *piece {
	if x < l.all.x0-tol || x > l.all.x1+tol || y < l.all.y0-tol || y > l.all.y1+tol {
		return nil
	}
	near := l.few
	if l.squares != nil {
		sx, sy := l.square(x, y)
		near = l.squares[sy*rasterSide+sx]
	}
	var best *piece
	for _, p := range near {
		b := box{p.box.x0 - tol, p.box.y0 - tol, p.box.x1 + tol, p.box.y1 + tol}
		if b.contains(x, y) && (best == nil || p.box.width()*p.box.height() < best.box.width()*best.box.height()) {
			best = p
		}
	}
	return best
}

// oversize is how much larger than a cell is high its letters may be.
const oversize = 1.5

// assign gives each glyph to the cell that holds its centre and returns the
// rest. A glyph that reaches over a border stands where most of it is; text may
// run out of a cell whose lower side is not drawn. Slanted text and letters much
// larger than the cell are a watermark: a digit of it would change the figure.
func assign(ps []*piece, gs []glyph, room *room) (rest []glyph) {
	if len(ps) == 0 {
		return gs
	}
	at := newLocator(ps)
	grids := map[*piece]cellGrid{}
	var cells []*cell // of the tables met so far
	var counts []int
	owners := make([]int32, len(gs)) // indices into cells; -1 for none
	for i := range gs {
		g := &gs[i]
		owners[i] = -1
		if g.slanted {
			continue
		}
		x, y := (g.box.x0+g.box.x1)/2, (g.box.y0+g.box.y1)/2
		p := at.find(x, y, 0)
		if p == nil {
			p = at.find(x, y-overflow*g.size, 0)
			if p == nil || y < p.box.y1 || !p.openBelow[slot(p.xs, x)] {
				continue
			}
		}
		grid, ok := grids[p]
		if !ok {
			grid = cellGrid{p.index(), int32(len(cells))}
			grids[p] = grid
			for n := range p.cells {
				cells = append(cells, &p.cells[n])
			}
			counts = append(counts, make([]int, len(p.cells))...)
		}
		n := grid.first + grid.index[slot(p.ys, y)*p.cols()+slot(p.xs, x)]
		if c := cells[n]; g.size > oversize*(p.ys[c.row+c.rowSpan]-p.ys[c.row]) {
			continue
		}
		owners[i] = n
		counts[n]++
	}
	free := room.take(len(gs)) // for all, so that no cell's list has to grow
	for n, c := range cells {
		c.glyphs, free = free[:0:counts[n]], free[counts[n]:]
	}
	rest = free[:0]
	for i, n := range owners {
		if n < 0 {
			rest = append(rest, gs[i])
		} else {
			cells[n].glyphs = append(cells[n].glyphs, gs[i])
		}
	}
	return rest
}

// cellGrid is the cells of a table by grid position, see piece.index, and where
// they begin in a list of the cells of several tables.
type cellGrid struct {
	index []int32
	first int32
}

// index maps grid positions to cells; every position has one.
func (p *piece) index() []int32 {
	out := make([]int32, p.rows()*p.cols())
	for n := range p.cells {
		c := &p.cells[n]
		for r := c.row; r < c.row+c.rowSpan; r++ {
			for k := c.col; k < c.col+c.colSpan; k++ {
				out[r*p.cols()+k] = int32(n)
			}
		}
	}
	return out
}

// slot is the interval of ps that holds v.
func slot(ps []float64, v float64) int {
	return max(0, min(len(ps)-2, sort.SearchFloat64s(ps, v)-1))
}
