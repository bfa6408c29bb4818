package layout

import (
	"math"
	"sort"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// Tables told by their text: columns are the white that runs through the lines,
// rows the lines. Rulings that belong to no grid (above and below the header,
// under the last row) say where a table starts and ends and which columns a
// title covers.

const (
	figureGap  = 0.22 // ems of white that part two figures
	textPitch  = 4.2  // ems between lines that end a table
	leastClear = 0.12 // ems of white between two columns
	tightLines = 0.95 // ems: lines nearer than this stand beside each other
)

// textLine is a body line cut into the pieces that may be cells.
type textLine struct {
	alignedLine
	data  int // figures, the first piece left out
	prose int // pieces that are running text
}

// box is the extent of the pieces.
func (l *textLine) box() box {
	b := l.segs[0].box
	for i := range l.segs {
		b = b.union(l.segs[i].box)
	}
	return b
}

// caption starts the title of a table or picture.
var caption = lazyregexp.New(`^(?i:table|figure|exhibit|chart|tableau|tabelle|tabla|tabella|表|图)\s*[0-9０-９一二三四五六七八九十IVX]`)

// textMarks is what is drawn between the lines of the body.
type textMarks struct {
	rules    []stroke // horizontal lines of no grid
	drawings []box    // charts, whose labels are no table
}

// drawnAround is how far the labels of a chart stand off, in ems.
const drawnAround = 3

// mostDrawings bounds the drawings of a page that are looked at.
const mostDrawings = 64

// inDrawing tells a line with text in or around a chart.
func (m *textMarks) inDrawing(l *line) bool {
	for _, d := range m.drawings {
		r := drawnAround * l.size
		if l.box.y1 > d.y0-r && l.box.y0 < d.y1+r && l.box.x1 > d.x0-r && l.box.x0 < d.x1+r {
			return true
		}
	}
	return false
}

// findTextTables makes tables of lines whose pieces keep to columns and takes
// the lines out of the body.
func (s *sheet) findTextTables(m textMarks, lim int) {
	rules := m.rules
	all := make([]textLine, 0, len(s.lines))
	for i := range s.lines {
		l := &s.lines[i]
		switch {
		case l.turned || m.inDrawing(l):
		case drawnByType.MatchString(l.text):
			rules = append(rules, stroke{(l.box.y0 + l.box.y1) / 2, l.box.x0, l.box.x1})
		default:
			all = append(all, cutText(l, i))
		}
	}
	used := make([]bool, len(s.lines))
	tops := newHeights(s.tables)
	sort.Slice(rules, func(i, j int) bool { return rules[i].pos < rules[j].pos })
	for start := 0; start < len(all); {
		end := start + 1
		for end < len(all) && s.goesOn(all[start:end+1], tops) {
			end++
		}
		for _, p := range s.textTables(all[start:end], rules, lim, 0) {
			for _, i := range p.taken {
				used[i] = true
			}
			s.tables = append(s.tables, p.piece)
		}
		start = end
	}
	rest := make([]line, 0, len(s.lines))
	for i := range s.lines {
		if !used[i] {
			rest = append(rest, s.lines[i])
		}
	}
	s.lines = rest
}

// goesOn tells whether the last line may belong to the table of the lines
// before it: near, and no running text over the page.
func (s *sheet) goesOn(ls []textLine, tables heights) bool {
	a, b := &ls[len(ls)-2], &ls[len(ls)-1]
	if b.base-a.base > textPitch*max(a.size, b.size) || tables.between(a.base, b.base) ||
		s.lines[a.index].region != s.lines[b.index].region {
		return false
	}
	return !s.paragraphLine(a) && !s.paragraphLine(b) && !chapterLine(a) && !chapterLine(b)
}

// chapterLine tells a line that is a heading by its ordinal (第一章, 一、) and not
// the label of a row.
func chapterLine(l *textLine) bool {
	const shortest = 5 // characters; the label of a group breaks into fewer
	if len(l.segs) != 1 || utf8.RuneCountInString(l.segs[0].text) < shortest {
		return false
	}
	_, level := readOrdinal(l.segs[0].text)
	return level == 1 || level == 2
}

// paragraphLine tells a line of running text.
func (s *sheet) paragraphLine(l *textLine) bool {
	if len(l.segs) == 1 {
		return l.prose == 1 && l.segs[0].box.width() > 0.4*s.w || caption.MatchString(l.segs[0].text)
	}
	return l.prose >= 2 && l.data == 0 || l.prose == 1 && len(l.segs) == 2 && l.data == 0
}

// found is a table with the numbers of the lines it took.
type found struct {
	piece *piece
	taken []int
}

// mostParts bounds how often a run of lines is parted in search of tables.
const mostParts = 6

// textTables makes tables of a run of lines: of all, or of the parts above and
// below its widest space.
func (s *sheet) textTables(ls []textLine, rules []stroke, lim, depth int) []found {
	for len(ls) > 0 && len(ls[len(ls)-1].segs) < 2 && !endsLabel(ls, rules) {
		ls = ls[:len(ls)-1]
	}
	if len(ls) < 2 {
		return nil
	}
	t := newTextTable(ls, rules)
	if t != nil && t.accepted() {
		if p := t.build(s, lim); p != nil {
			f := found{piece: p}
			for i := range t.lines {
				f.taken = append(f.taken, t.lines[i].index)
			}
			return []found{f}
		}
	}
	if depth >= mostParts {
		return nil
	}
	cut, widest := 0, 0.0
	for i := 1; i < len(ls); i++ {
		gap := (ls[i].base - ls[i-1].base) / max(ls[i].size, ls[i-1].size)
		if len(ls[i].segs) < 2 {
			gap += 0.5
		}
		if gap > widest {
			cut, widest = i, gap
		}
	}
	if cut == 0 || widest < 1.3 {
		return nil
	}
	return append(s.textTables(ls[:cut], rules, lim, depth+1), s.textTables(ls[cut:], rules, lim, depth+1)...)
}

// endsLabel tells a last line that is the end of a wrapped label: close to a line
// of several pieces, and before the rule that ends the table.
func endsLabel(ls []textLine, rules []stroke) bool {
	n := len(ls) - 1
	if n < 2 || len(ls[n-1].segs) < 2 || ls[n].base-ls[n-1].base > 1.3*ls[n].size || ls[n].prose > 0 {
		return false
	}
	l := &ls[n]
	i := sort.Search(len(rules), func(i int) bool { return rules[i].pos > l.base })
	return i < len(rules) && rules[i].pos < l.base+1.5*l.size && rules[i].a <= l.segs[0].box.x1 && rules[i].b-rules[i].a > 2*l.segs[0].box.width()
}

// textTable is a table in the making.
type textTable struct {
	lines []textLine
	cols  []span // extent of the figures and labels of each column
	body  int    // first line below the header
	rules []stroke
	full  []float64 // heights of the rules over most of the width
	size  float64
	// edgesX are the vertical lines between groups of columns; nil for none.
	edgesX []float64
}

// newTextTable finds header and columns, nil where there are none.
func newTextTable(ls []textLine, rules []stroke) *textTable {
	t := &textTable{lines: ls, body: -1}
	for i := range ls {
		t.size = max(t.size, ls[i].size)
	}
	for i := range ls {
		if ls[i].data > 0 || len(ls[i].segs) > 1 && ls[i].segs[0].from == 0 && datum(ls[i].segs[0].text) {
			t.body = i
			break
		}
	}
	t.findRules(rules)
	t.full = t.fullRules()
	if i := t.belowHeader(); i > t.body {
		t.body = i
	}
	if t.body < 0 {
		return nil
	}
	t.cols = t.columns()
	if len(t.cols) < 2 {
		return nil
	}
	t.trimTop()
	return t
}

// mostTableRules bounds the rules of a table that are looked at.
const mostTableRules = 256

// findRules keeps the rules that lie within or right beside the lines.
func (t *textTable) findRules(rules []stroke) {
	b := t.lines[0].box()
	for i := range t.lines {
		b = b.union(t.lines[i].box())
	}
	from := sort.Search(len(rules), func(i int) bool { return rules[i].pos >= b.y0-2.5*t.size })
	for _, r := range rules[from:] {
		if r.pos > b.y1+1.5*t.size || len(t.rules) == mostTableRules {
			break
		}
		if min(r.b, b.x1)-max(r.a, b.x0) > 0.5*(r.b-r.a) && r.b-r.a > 2*t.size {
			t.rules = append(t.rules, r)
		}
	}
}

// belowHeader is the first line below the first rule over the whole width that
// has lines above it, where these are few; -1 for none.
func (t *textTable) belowHeader() int {
	const most = 6
	above := 0
	for _, y := range t.full {
		for above < len(t.lines) && t.lines[above].base <= y {
			above++
		}
		if above > 0 {
			break
		}
	}
	if above == 0 || above > most || 2*above > len(t.lines)+1 || above == len(t.lines) {
		return -1
	}
	return above
}

// fullRules are the heights of the rules over most of the width.
func (t *textTable) fullRules() []float64 {
	b := t.lines[0].box()
	for i := range t.lines {
		b = b.union(t.lines[i].box())
	}
	var out []float64
	for i := 0; i < len(t.rules); {
		covered, left, k := 0.0, math.Inf(1), i
		for ; k < len(t.rules) && t.rules[k].pos-t.rules[i].pos < thinnest; k++ {
			covered += t.rules[k].b - t.rules[k].a
			left = min(left, t.rules[k].a)
		}
		if covered >= 0.75*b.width() && left <= b.x0+2*t.size { // others are those of titles
			out = append(out, t.rules[i].pos)
		}
		i = k
	}
	return out
}

// columns are the intervals that the pieces of the body keep to. Lines with few
// pieces may hold titles and are placed later.
func (t *textTable) columns() []span {
	most := 0
	for i := t.body; i < len(t.lines); i++ {
		most = max(most, len(t.lines[i].segs))
	}
	type event struct {
		x     float64
		delta int
	}
	var events []event
	rows := 0
	for i := t.body; i < len(t.lines); i++ {
		l := &t.lines[i]
		if 5*len(l.segs) < 3*most || len(l.segs) < 2 {
			continue
		}
		rows++
		for k := range l.segs {
			b := l.segs[k].box
			events = append(events, event{b.x0, 1}, event{max(b.x1, b.x0+0.1), -1})
		}
	}
	sort.Slice(events, func(i, j int) bool {
		return events[i].x < events[j].x || events[i].x == events[j].x && events[i].delta > events[j].delta
	})
	tolerance := rows / 25 // lines that may run over the white
	var cols []span
	depth := 0
	for _, e := range events {
		depth += e.delta
		switch {
		case e.delta > 0 && depth == tolerance+1:
			if n := len(cols); n > 0 && e.x-cols[n-1].b < leastClear*t.size {
				break // goes on
			}
			cols = append(cols, span{a: e.x, b: math.Inf(1)})
		case e.delta < 0 && depth == tolerance:
			cols[len(cols)-1].b = e.x
		}
	}
	if len(cols) == 0 {
		return nil
	}
	return t.mergeMarks(cols)
}

// mergeMarks joins columns that hold only signs ("$", "%", "*") to the figures
// they belong to.
func (t *textTable) mergeMarks(cols []span) []span {
	mark := make([]bool, len(cols))
	for i := range mark {
		mark[i] = true
	}
	for i := t.body; i < len(t.lines); i++ {
		for k := range t.lines[i].segs {
			sg := &t.lines[i].segs[k]
			from, to := overlapped(cols, sg.box)
			if from == to && !signs.MatchString(sg.text) {
				mark[from] = false
			}
		}
	}
	var out []span
	for i := 0; i < len(cols); i++ {
		switch {
		case mark[i] && i+1 < len(cols) && !mark[i+1] && cols[i+1].a-cols[i].b < 2*t.size:
			out = append(out, span{a: cols[i].a, b: cols[i+1].b})
			i++
		case mark[i] && len(out) > 0 && cols[i].a-out[len(out)-1].b < t.size:
			out[len(out)-1].b = cols[i].b
		default:
			out = append(out, cols[i])
		}
	}
	return out
}

var signs = lazyregexp.New(`^[$€£¥￥%‰*†‡#]+$`)

// overlapped are the columns that a box covers: those of which it meets a good
// part, or the nearest one.
func overlapped(cols []span, b box) (from, to int) {
	from, to = -1, -1
	nearest, best := 0, math.Inf(1)
	for i, c := range cols {
		common := min(c.b, b.x1) - max(c.a, b.x0)
		if common >= 0.3*min(c.b-c.a, b.width()) && common > 0 {
			if from < 0 {
				from = i
			}
			to = i
		}
		if d := abs((c.a + c.b - b.x0 - b.x1) / 2); -common < best || -common == best && d < abs((cols[nearest].a+cols[nearest].b-b.x0-b.x1)/2) {
			nearest, best = i, -common
		}
	}
	if from < 0 {
		return nearest, nearest
	}
	return from, to
}

// unitNote is a line above a table that says what its figures count.
var unitNote = lazyregexp.New(`^[（(\[［].*[)）\]］]$|^(?:计量)?单位|^(?i:units?|in (?:thousands|millions|billions|percent))\b`)

// trimTop leaves out lines above the header: titles of the whole table and
// units. The header has pieces in several columns or right of the labels.
func (t *textTable) trimTop() {
	top := math.Inf(-1)
	for _, y := range t.full {
		if t.body > 0 && y < t.lines[t.body-1].base {
			top = y
			break
		}
	}
	first := t.body
	for i := t.body - 1; i >= 0; i-- {
		l := &t.lines[i]
		if l.base < top || top < 0 && t.lines[i+1].base-l.base > 2.6*t.size {
			break
		}
		if len(l.segs) == 1 {
			b := l.segs[0].box
			from, to := overlapped(t.cols, b)
			title := b.x0 <= t.cols[0].b && b.x1 > t.cols[1].a
			loose := from == to && t.lines[i+1].base-l.base > 1.4*l.size
			if title || top < 0 && (b.x0 < t.cols[1].a-2*t.size || l.prose > 0 || loose || unitNote.MatchString(l.segs[0].text)) {
				break
			}
		}
		first = i
	}
	for first < t.body && len(t.lines[first].segs) == 1 && top < 0 && t.lines[first].segs[0].box.x0 < t.cols[0].b {
		first++
	}
	t.lines, t.body = t.lines[first:], t.body-first
}
