package layout

import (
	"math"
	"sort"

	"nianbao/extract"
	"nianbao/extract/page"
)

// Builder collects pages in order and makes the document of them. It is not
// safe for concurrent use.
type Builder struct {
	lim      extract.Limits
	sheets   []*sheet
	warnings []extract.Warning
	room     *room
}

// NewBuilder returns a builder that keeps lim.Pages, lim.Glyphs and
// lim.TableCells.
func NewBuilder(lim extract.Limits) *Builder { return &Builder{lim: lim, room: rooms.Get().(*room)} }

// Add analyses the next page. It does not keep p. The error is an
// *extract.Error with CodeLimit.
func (b *Builder) Add(p *page.Page) error {
	if len(b.sheets) >= b.lim.Pages {
		return extract.OverLimit("pages", int64(b.lim.Pages), "文件的页数超过上限，请拆分后重新提交")
	}
	if len(p.Glyphs) > b.lim.Glyphs {
		return extract.OverLimit("glyphs", int64(b.lim.Glyphs), "一页的字符数超过上限")
	}
	var before *sheet
	if n := len(b.sheets); n > 0 {
		before = b.sheets[n-1]
	}
	s, warnings, err := newSheet(p, before, b.room, b.lim)
	b.warnings = append(b.warnings, warnings...)
	if err != nil {
		return err
	}
	b.room.clear(len(s.frames) > 0)
	b.sheets = append(b.sheets, s)
	return nil
}

// Finish joins the pages into a document. The warnings are those of the pages,
// in page order, and those of the analysis. The error is an *extract.Error with
// CodeLimit (a joined table may exceed what its pieces do not). The builder must
// not be used afterwards.
func (b *Builder) Finish() (*extract.Document, []extract.Warning, error) {
	w := &writer{
		doc:   &extract.Document{Blocks: []extract.Block{}, Tables: []extract.Table{}, Pages: []extract.Page{}},
		roles: markFurniture(b.sheets),
		lim:   b.lim,
	}
	promoteFrames(b.sheets, w.roles)
	w.notes = markNotes(b.sheets, w.roles)
	flows := make([][]item, len(b.sheets))
	for i, s := range b.sheets {
		flows[i] = s.flow(w.roles[i])
		w.doc.Pages = append(w.doc.Pages, extract.Page{
			Number: s.number, Width: s.frame.width, Height: s.frame.height, TextLayer: s.verdict,
		})
	}
	w.measure(b.sheets, flows)
	if err := w.joinTables(b.sheets, flows); err != nil {
		return nil, b.warnings, err
	}
	for i, s := range b.sheets {
		w.page(i, s, flows[i])
		flows[i], s.lines = nil, nil // what is written may go: a document is large itself
	}
	w.flush()
	promoteItems(w.doc.Blocks)
	rooms.Put(b.room)
	return w.doc, b.warnings, nil
}

// item is an element of the body of a page.
type item struct {
	y      float64
	region int
	line   int // index into sheet.lines, or -1
	table  *piece
	image  *box
}

// flow lists the body of a page in reading order.
func (s *sheet) flow(roles []extract.Role) []item {
	var upright, others []item
	for k := range s.lines {
		if roles[k] != "" {
			continue
		}
		l := &s.lines[k]
		it := item{y: (l.box.y0 + l.box.y1) / 2, region: l.region, line: k}
		if l.turned {
			others = append(others, it)
		} else {
			upright = append(upright, it)
		}
	}
	for _, p := range s.tables {
		upright = append(upright, item{y: p.box.y0, region: s.regionOf(p.box), line: -1, table: p})
	}
	for i := range s.images {
		upright = append(upright, item{y: s.images[i].y0, region: s.regionOf(s.images[i]), line: -1, image: &s.images[i]})
	}
	sort.SliceStable(upright, func(i, j int) bool {
		a, b := &upright[i], &upright[j]
		return a.region < b.region || a.region == b.region && a.y < b.y
	})
	return append(upright, others...)
}

// writer makes the document's blocks.
type writer struct {
	doc     *extract.Document
	lim     extract.Limits
	roles   [][]extract.Role
	notes   [][]paragraph // footnotes by the page they start on
	margins map[area]margins
	bottoms map[int]float64 // lowest body mark, by rounded height
	pitch   float64
	indent  float64 // typicalIndent
	body    float64 // size of most text outside tables
	tables  map[*piece]*table
	open    paragraph
	held    []extract.Block // images and furniture that wait for the open paragraph
}

// area names the type areas that pages have in common, by rounded extent: that of
// the page, or of a column of it.
type area struct {
	width, x0, x1 int
	side          int // 1 for even, 2 for odd pages where these differ
}

func (k area) of(s *sheet) area {
	k.side = 1 + s.number%2
	return k
}

func (s *sheet) area(l *line) area {
	out := area{width: int(math.Round(s.w / 4))}
	if l != nil && !l.turned && l.region < len(s.regions) && s.regions[l.region].column {
		b := s.regions[l.region].box
		out.x0, out.x1 = int(math.Round(b.x0/4)), int(math.Round(b.x1/4))
	}
	return out
}

// measure finds what pages have in common: type area, line pitch, body size.
func (w *writer) measure(sheets []*sheet, flows [][]item) {
	byArea := map[area][]*line{}
	tableRight := map[area]float64{}
	w.margins, w.bottoms = map[area]margins{}, map[int]float64{}
	var all []*line
	for i, s := range sheets {
		for _, it := range flows[i] {
			bottom := 0.0
			switch {
			case it.table != nil:
				for _, k := range []area{s.area(nil), s.area(nil).of(s)} {
					tableRight[k] = max(tableRight[k], it.table.box.x1)
				}
				bottom = it.table.box.y1
			case it.line >= 0 && !s.lines[it.line].turned:
				l := &s.lines[it.line]
				for _, k := range []area{s.area(l), s.area(l).of(s)} {
					byArea[k] = append(byArea[k], l)
				}
				all = append(all, l)
				bottom = l.box.y1
			}
			w.bottoms[int(s.h)] = max(w.bottoms[int(s.h)], bottom)
		}
	}
	for _, s := range sheets {
		if k := s.area(nil); w.margins[k] == (margins{}) {
			w.margins[k] = marginsOf(byArea[k], tableRight[k], s.w)
			w.measureSides(k, byArea, tableRight, s.w)
		}
	}
	for _, s := range sheets {
		w.measureColumns(s, byArea)
	}
	w.body = bodySize(all)
	var lines []flowLine
	for i, s := range sheets {
		lines = append(lines, w.flowLines(s, flows[i])...)
	}
	w.pitch, w.indent = typicalPitch(lines), typicalIndent(lines)
}

// measureSides finds the type areas of even and odd pages where these are set for
// printing on both sides, with the inner margin wider than the outer.
func (w *writer) measureSides(k area, byArea map[area][]*line, tableRight map[area]float64, width float64) {
	const fewest, least = 6, 6.0 // lines, points
	even, odd := k, k
	even.side, odd.side = 1, 2
	if len(byArea[even]) < fewest || len(byArea[odd]) < fewest {
		return
	}
	a, b := marginsOf(byArea[even], tableRight[even], width), marginsOf(byArea[odd], tableRight[odd], width)
	shift := b.left - a.left
	if em := bodySize(byArea[k]); math.Abs(shift) > least && math.Abs(b.right-a.right-shift) < em {
		w.margins[even], w.margins[odd] = a, b
	}
}

// marginsAt are the margins of a line; nil for those of the page.
func (w *writer) marginsAt(s *sheet, l *line) margins {
	k := s.area(l)
	if m, ok := w.margins[k.of(s)]; ok && k.x1 == 0 {
		return m
	}
	return w.margins[k]
}

// measureColumns finds the type areas of the page's columns. The page's own is at
// least as wide as they are together.
func (w *writer) measureColumns(s *sheet, byArea map[area][]*line) {
	page := w.margins[s.area(nil)]
	for i := range s.lines {
		l := &s.lines[i]
		k := s.area(l)
		if k.x1 == 0 {
			continue
		}
		m, ok := w.margins[k]
		if !ok {
			b := s.regions[l.region].box
			m = marginsOf(byArea[k], 0, b.x0+b.x1)
			w.margins[k] = m
		}
		page.left, page.right = min(page.left, m.left), max(page.right, m.right)
	}
	w.margins[s.area(nil)] = page
}

// flowLines are the body lines of a page with their surroundings.
func (w *writer) flowLines(s *sheet, flow []item) []flowLine {
	var out []flowLine
	var above *line
	for _, it := range flow {
		if it.image != nil {
			continue
		}
		if it.line >= 0 {
			l := &s.lines[it.line]
			out = append(out, flowLine{line: l, sheet: s, m: w.marginsAt(s, l), follows: above != nil && above.region == l.region,
				title: l.bold || l.size >= 1.15*w.body})
			above = l
		} else {
			above = nil
		}
	}
	return out
}

// page writes the blocks of one page.
func (w *writer) page(i int, s *sheet, flow []item) {
	lines := w.flowLines(s, flow)
	besideOthers(s, lines)
	setBlocks(lines, w.pitch, w.indent)
	for _, it := range flow {
		switch {
		case it.image != nil:
			w.image(s, *it.image)
		case it.table != nil:
			if t := w.tables[it.table]; t.first == it.table {
				w.flush()
				w.table(s, t)
			}
		default:
			w.line(lines[0])
			lines = lines[1:]
		}
	}
	for n := range w.notes[i] {
		w.aside(&w.notes[i][n], extract.RoleFootnote)
	}
	w.textboxes(s)
	for k := range s.lines {
		if role := w.roles[i][k]; role != "" && role != inCell && role != extract.RoleFootnote && s.lines[k].boxed == 0 {
			p := paragraph{lines: []flowLine{{line: &s.lines[k], sheet: s, m: w.marginsAt(s, nil)}}}
			w.aside(&p, role)
		}
	}
}

// aside writes text that is not of the body.
func (w *writer) aside(p *paragraph, role extract.Role) {
	b := p.block(w.body)
	b.Type, b.Level, b.Number, b.Role = extract.Paragraph, 0, nil, role
	w.hold(b)
}

func (w *writer) line(l flowLine) {
	if n := len(w.open.lines); n > 0 && w.open.breaks(&l, w.pitch, w.body) {
		w.flush()
	}
	w.open.lines = append(w.open.lines, l)
}

// flush ends the open paragraph.
func (w *writer) flush() {
	if len(w.open.lines) > 0 {
		w.doc.Blocks = append(w.doc.Blocks, w.open.block(w.body))
		w.open = paragraph{}
	}
	w.doc.Blocks = append(w.doc.Blocks, w.held...)
	w.held = nil
}

// hold writes a block after the open paragraph, which may go on.
func (w *writer) hold(b extract.Block) {
	if len(w.open.lines) == 0 {
		w.doc.Blocks = append(w.doc.Blocks, b)
		return
	}
	w.held = append(w.held, b)
}

func (w *writer) image(s *sheet, b box) {
	n, out := s.number, s.frame.out(b)
	w.hold(extract.Block{
		Type: extract.Image, Page: &n, BBox: out.extent(), Role: extract.RoleBody,
		Width: out.width(), Height: out.height(),
	})
}

func (w *writer) table(s *sheet, t *table) {
	n, index := s.number, len(w.doc.Tables)
	box := s.frame.out(t.first.box)
	w.doc.Tables = append(w.doc.Tables, t.extract(index))
	t.cells = nil
	w.doc.Blocks = append(w.doc.Blocks, extract.Block{
		Type: extract.TableRef, Table: &index, Page: &n, BBox: box.extent(), Role: extract.RoleBody,
	})
}
