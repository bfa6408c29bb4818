package layout

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

const (
	sameEdge   = 3.5 // column edges of two pieces this near are the same
	mostHeader = 8   // rows looked at for a repeated header
)

// continued is a note above the second piece of a table.
var continued = lazyregexp.New(`^[（(]?\s*(续表?|接上页|续上表|上接第?\s*\d*\s*页)\s*[\d一二三四五六七八九十]*\s*[）)]?[:：]?$`)

// joinTables makes tables of the pieces of all pages: the last piece of a page
// and the first of the next become one where the evidence is complete.
func (w *writer) joinTables(sheets []*sheet, flows [][]item) error {
	w.tables = map[*piece]*table{}
	var before *piece // the piece that ends the body of the page before
	for i, s := range sheets {
		head, tail, blank := ends(s, flows[i])
		for _, p := range s.tables {
			t, err := w.place(p, before, head)
			if err != nil {
				return err
			}
			w.tables[p] = t
			p.cells = nil // the table has its own
		}
		if !blank {
			before = tail
		}
	}
	return nil
}

// place puts a piece into the table it goes on with, or into one of its own.
func (w *writer) place(p, before, head *piece) (*table, error) {
	if p == head && before != nil {
		t := w.tables[before]
		joined, err := t.join(p, w.bottoms[int(before.page.h)], w.lim)
		if err != nil {
			return nil, err
		}
		if joined {
			return t, nil
		}
	}
	return newTable(p), nil
}

// ends are the tables that start and end the body of a page; pictures and notes
// of continuation do not count.
func ends(s *sheet, flow []item) (head, tail *piece, blank bool) {
	blank = true
	for _, it := range flow {
		if it.image != nil || it.line >= 0 && blank && continued.MatchString(s.lines[it.line].text) {
			continue
		}
		if blank {
			head = it.table
		}
		tail, blank = it.table, false
	}
	return head, tail, blank
}

// joint is the meeting of a table and its next piece.
type joint struct {
	t       *table
	q       *piece
	cells   []tableCell // of q, columns counted in the common grid
	header  int         // repeated header rows of q
	row     []int       // q's cells that start in its first row after the header
	above   []int       // column → cell of t that ends it there
	label   int         // column of the last label in that row, 0 for none
	pairs   map[int]int // cell of q in its first row → cell of t above
	nested  bool        // a cell above spans several cells of q's first row
	cut     bool        // q's first row continues t's last
	because []string
}

// join adds the piece to the table where it continues it. bottom is the lowest
// mark on pages of that height.
func (t *table) join(q *piece, bottom float64, lim extract.Limits) (bool, error) {
	edges, ok := commonEdges(t.xs, q.relativeEdges())
	own, why := q.relativeEdges(), "列线一致"
	if !ok && sameWhites(t.last, q) {
		edges, own, ok, why = t.xs, t.xs, true, "各列之间的空白一致"
	}
	if !ok || !t.endsPage(q, bottom) || chapterRow(q) {
		return false, nil
	}
	if n := (len(edges) - 1) * (t.rows + q.rows()); n > lim.TableCells {
		return false, extract.OverLimit("table_cells", int64(lim.TableCells), "跨页表格的网格超过允许的单元格数，请拆分文件后重新提交")
	}
	t.widen(edges)
	j := &joint{t: t, q: q, because: []string{why, "上页末接下页首"}, cells: make([]tableCell, 0, len(q.cells))}
	columns := indexEdges(own, edges)
	for i := range q.cells {
		j.cells = append(j.cells, q.tableCell(&q.cells[i], columns))
	}
	j.findHeader()
	j.pair()
	j.findCut()
	j.apply()
	return true, nil
}

// endsPage tells that the table was broken by the end of its page: the first
// rows of q would not have fitted below it, and q stands high on its page.
func (t *table) endsPage(q *piece, bottom float64) bool {
	p := t.last
	rest := bottom - p.box.y1
	row := q.ys[1] - q.ys[0]
	return rest <= max(1.5*row+24, 0.25*p.page.h) && q.box.y0 <= 0.4*q.page.h
}

// chapterRow tells that q starts with a row that is a heading of its own.
func chapterRow(q *piece) bool {
	c := &q.cells[0]
	if c.colSpan < q.cols() || q.cols() < 2 {
		return false
	}
	_, level := readOrdinal(c.text)
	return level == 1 || level == 2
}

// commonEdges merges the column edges of two pieces. They agree where the outer
// edges do and one piece has all the edges of the other: a piece whose cells are
// all merged shows fewer.
func commonEdges(a, b []float64) ([]float64, bool) {
	if math.Abs(a[len(a)-1]-b[len(b)-1]) > sameEdge+1 {
		return nil, false
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	k := 0
	for _, x := range b[:len(b)-1] {
		for k < len(a)-1 && a[k] < x-sameEdge {
			k++
		}
		if k == len(a)-1 || math.Abs(a[k]-x) > sameEdge {
			return nil, false
		}
		k++
	}
	return a, true
}

// sameWhites tells that two pieces found by their text have the same columns: the
// gaps between them overlap. Their edges lie somewhere in the gaps.
func sameWhites(a, b *piece) bool {
	if a.whites == nil || len(a.whites) != len(b.whites) {
		return false
	}
	for i := range a.whites {
		if min(a.whites[i].b, b.whites[i].b) <= max(a.whites[i].a, b.whites[i].a) {
			return false
		}
	}
	return true
}

// indexEdges maps each edge to its place among all. It is strictly increasing
// since commonEdges matched each with one of its own.
func indexEdges(part, all []float64) []int {
	out := make([]int, len(part))
	k := 0
	for i, x := range part {
		for k < len(all)-1 && all[k] < x-sameEdge {
			k++
		}
		out[i] = k
		k++
	}
	out[len(out)-1] = len(all) - 1
	return out
}

// widen counts the table's columns in the common grid.
func (t *table) widen(edges []float64) {
	if len(edges) == len(t.xs) {
		return
	}
	columns := indexEdges(t.xs, edges)
	for i := range t.cells {
		c := &t.cells[i]
		end := columns[c.col+c.colSpan]
		c.col = columns[c.col]
		c.colSpan = end - c.col
	}
	t.xs = edges
}

// findHeader counts the rows at the top of q that repeat the table's first.
func (j *joint) findHeader() {
	if squeezed(j.t.cells[0].text) != squeezed(j.cells[0].text) {
		return // the first rows differ, as mostly
	}
	for k := min(mostHeader, j.t.rows, j.q.rows()-1); k > 0; k-- {
		a, okA := headerRows(j.t.cells[:j.t.tops], k)
		b, okB := headerRows(j.cells, k)
		if okA && okB && a == b && strings.ContainsFunc(a, wide) {
			j.header = k
			j.because = append(j.because, fmt.Sprintf("重复表头%d行", k))
			return
		}
	}
}

// headerRows renders the cells of the first k rows for comparison; ok is false
// where a cell reaches out of them.
func headerRows(cells []tableCell, k int) (key string, ok bool) {
	var parts []string
	for i := range cells {
		c := &cells[i]
		if c.row >= k {
			continue
		}
		if c.row+c.rowSpan > k {
			return "", false
		}
		parts = append(parts, fmt.Sprintf("%03d,%03d,%d,%d:%s", c.row, c.col, c.rowSpan, c.colSpan,
			squeezed(c.text)))
	}
	sort.Strings(parts)
	return strings.Join(parts, "\n"), true
}

// squeezed is a text without its white space.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

// pair finds for the cells in q's first row those above them that end the
// table, where both take the same columns.
func (j *joint) pair() {
	above := make([]int, len(j.t.xs))
	j.above = above
	for i := range above {
		above[i] = -1
	}
	for _, i := range j.t.bottom {
		c := &j.t.cells[i]
		for k := c.col; k < c.col+c.colSpan; k++ {
			above[k] = i
		}
	}
	for i := range j.cells {
		if j.cells[i].row == j.header {
			j.row = append(j.row, i)
			if c := &j.cells[i]; !blank(c.text) && !value.MatchString(c.text) {
				j.label = max(j.label, c.col)
			}
		}
	}
	j.pairs = map[int]int{}
	for _, i := range j.row {
		c := &j.cells[i]
		n := above[c.col]
		if n < 0 {
			continue
		}
		u := &j.t.cells[n]
		if u.col == c.col && u.colSpan == c.colSpan {
			j.pairs[i] = n
		} else if c.col+c.colSpan <= u.col+u.colSpan {
			j.nested = true
		}
	}
}

// value is what stands in the cells of figures: a number with its unit, or a
// mark for none.
var value = lazyregexp.New(`^[-—–－−+＋减增]?\s*[0-9０-９][0-9０-９,，.．\s]*[%％]?\s*(件|条|个|次|人|宗|项|篇|元|万元|亿元)?$|^[-—–－/／\\无空]+$`)

// unit is what may follow a figure.
var unit = lazyregexp.New(`^[\s)）]*(件|条|个|次|人|宗|项|篇|元|万元|亿元|[%％])[\s)）]*$`)

// continues tells that the text of v goes on with that of u: u's last line is
// full and v starts no new item. A value goes on only as a broken number.
func (j *joint) continues(u *tableCell, v int) bool {
	ls := j.q.cells[v].lines
	if u.end == nil || len(ls) == 0 || startsItem(ls[0].text) {
		return false
	}
	if u.end.turned || ls[0].turned {
		return u.end.turned == ls[0].turned
	}
	if numeric(lastRune(u.text)) && unit.MatchString(j.cells[v].text) {
		return true
	}
	oneNumber := numeric(lastRune(u.text)) && numeric(firstRune(j.cells[v].text))
	if (value.MatchString(u.text) || value.MatchString(j.cells[v].text)) && !oneNumber {
		return false
	}
	return wrapped(u.end, &ls[0], u.measure)
}

// findCut decides whether q's first row is the rest of the table's last row: no
// cell of the two has a text of its own on both sides, and either a text goes
// on or the two rows complete each other.
func (j *joint) findCut() {
	goesOn, broken, below, own := false, false, 0, 0
	labelAbove, valueAbove := false, false
	leftmost := true
	for _, v := range j.row {
		n, ok := j.pairs[v]
		if !ok {
			return
		}
		u, c := &j.t.cells[n], &j.cells[v]
		hasU, hasV := !blank(u.text), !blank(c.text)
		group := u.rowSpan > 1 || c.rowSpan > 1
		switch {
		case hasU && hasV && j.continues(u, v):
			number := numeric(lastRune(u.text)) && numeric(firstRune(c.text))
			goesOn = goesOn || !group && !number
			broken = broken || !group && number
		case hasU && hasV && (!group || startsItem(c.text)):
			return
		case group:
		case hasV:
			below++
		case hasU && leftmost:
			labelAbove = true
		case hasU:
			valueAbove = true
		}
		if !group {
			own++
			leftmost = false
		}
	}
	switch {
	case goesOn:
		j.because = append(j.because, "单元格文字跨页接续")
	case labelAbove && !valueAbove && below > 0:
		j.because = append(j.because, "一行的标签与数值分在两页")
	case broken && !labelAbove && !valueAbove && below > 0:
		j.because = append(j.because, "上页末行只有数值的开头")
	case own > 0 && below == 0 && low(j.q, j.header):
		j.because = append(j.because, "下页首行为上页末行的余部")
	case own > 0 && !labelAbove && !valueAbove && low(j.t.last, j.t.last.rows()-1):
		j.because = append(j.because, "上页末行为下页首行的开头")
	default:
		return
	}
	j.cut = true
}

// low tells a row too low to be a row of its own.
func low(p *piece, row int) bool {
	heights := make([]float64, 0, p.rows())
	for i := range p.rows() {
		heights = append(heights, p.ys[i+1]-p.ys[i])
	}
	h := heights[row]
	slices.Sort(heights)
	return len(heights) > 1 && h < 0.6*heights[len(heights)/2]
}

// apply adds q's rows to the table.
func (j *joint) apply() {
	t, q := j.t, j.q
	base, old := t.rows-j.header, len(t.cells)
	if j.cut {
		base--
	}
	for i := range j.cells {
		c := j.cells[i]
		if c.row < j.header {
			continue
		}
		c.row += base
		if n, ok := j.pairs[i]; ok && (j.cut || j.oneGroup(n, i)) {
			t.cells[n].absorb(&c, &q.cells[i])
			continue
		}
		if c.row == base+j.header && j.below(&c) {
			continue
		}
		t.cells = append(t.cells, c)
	}
	if t.joined == nil {
		t.joined = []extract.Piece{{Page: t.first.page.number, BBox: t.first.page.frame.out(t.first.box).extent()}}
	}
	first := base + j.header
	t.joined = append(t.joined, extract.Piece{
		FirstRow: first, Page: q.page.number, BBox: q.page.frame.out(q.box).extent(),
		Evidence: strings.Join(j.because, "；"), RowCut: j.cut, HeaderDropped: j.header,
	})
	t.rows = base + q.rows()
	t.last = q
	t.noteEnds(old, first)
	if t.pages[len(t.pages)-1] != q.page.number {
		t.pages = append(t.pages, q.page.number)
	}
}

// oneGroup tells that a cell over several rows was cut by the page: one part
// has no text, or the text goes on. An empty cell of one row is that of a group
// where a label follows it; below a header it is a missing figure. Cells of one row on either side count only
// within a header that was cut between a title and its parts.
func (j *joint) oneGroup(n, v int) bool {
	u, c := &j.t.cells[n], &j.cells[v]
	group := u.rowSpan > 1 || c.rowSpan > 1
	label := strings.ContainsFunc(u.text, wide)
	if blank(c.text) && c.rowSpan == 1 {
		return u.rowSpan > 1 && c.col < j.label || j.nested && label
	}
	if blank(c.text) || blank(u.text) {
		return group || j.nested && label
	}
	if startsItem(c.text) || numeric(firstRune(c.text)) {
		return false
	}
	if group && startsItem(u.text) {
		return true
	}
	return j.continues(u, v) && (group || startsItem(u.text) || j.nested && label)
}

// below tells the empty space under several cells that end above the page break
// while their neighbours go on: these cells grow into it.
func (j *joint) below(c *tableCell) bool {
	if j.cut || !j.nested || c.colSpan < 2 || c.rowSpan > 1 || !blank(c.text) || c.colSpan == len(j.t.xs)-1 {
		return false
	}
	covered := 0
	var over []*tableCell
	for k := c.col; k < c.col+c.colSpan && j.above[k] >= 0; {
		u := &j.t.cells[j.above[k]]
		covered, over, k = covered+u.colSpan, append(over, u), u.col+u.colSpan
	}
	if covered != c.colSpan || len(over) < 2 {
		return false
	}
	for _, u := range over {
		u.rowSpan++
	}
	return true
}

// absorb joins the part of a cell on the next page, whose row counts in the
// table already.
func (c *tableCell) absorb(o *tableCell, from *cell) {
	c.rowSpan = o.row + o.rowSpan - c.row
	if c.parts == nil {
		c.parts = []extract.CellPart{{Page: c.page, BBox: c.box, Text: c.text}}
	}
	c.parts = append(c.parts, extract.CellPart{Page: o.page, BBox: o.box, Text: o.text})
	if blank(o.text) {
		return
	}
	if !blank(c.text) && len(from.lines) > 0 && c.end != nil {
		c.text += glue(c.end, &from.lines[0], c.measure)
	}
	c.text += o.text
	c.end = o.end
}
