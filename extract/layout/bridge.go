package layout

import "sort"

// mostBridge is the height in points up to which the space between two parts of
// a table open to the sides may be a row.
const mostBridge = 48.0

// band is a mesh or a lone horizontal line, as a part of a table without lines
// at its sides.
type band struct {
	mesh   mesh
	box    box
	inner  bool // has vertical lines
	closed bool // has a line at its side
}

// bridge joins meshes that are parts of one table open to the left and right:
// a row merged over its whole width has no vertical line and parts them. Parts
// have the same extent, agreeing columns, and between them one row of text that
// is no chapter heading.
func bridge(groups []mesh, lone mesh, gs []glyph) (joined []mesh, rest mesh) {
	var bands []band
	for i := range groups {
		bands = append(bands, newBand(groups[i]))
	}
	for _, s := range lone.h {
		if s.b-s.a > 20*shortest {
			bands = append(bands, newBand(mesh{h: []stroke{s}}))
		} else {
			rest.h = append(rest.h, s)
		}
	}
	rest.v = lone.v
	sort.SliceStable(bands, func(i, j int) bool { return bands[i].box.y0 < bands[j].box.y0 })
	text := &strip{glyphs: gs}
	open := map[int]int{} // left end → index into out of the last band there
	var out []band
	for _, b := range bands {
		n, ok := -1, false
		for _, key := range []int{leftKey(b.box.x0), leftKey(b.box.x0) - 1, leftKey(b.box.x0) + 1} {
			if k, found := open[key]; found && goesOnBelow(&out[k], &b, text) {
				n, ok = k, true
				break
			}
		}
		if !ok {
			n = len(out)
			out = append(out, b)
		} else {
			o := &out[n]
			o.mesh.h, o.mesh.v = append(o.mesh.h, b.mesh.h...), append(o.mesh.v, b.mesh.v...)
			o.box, o.inner = o.box.union(b.box), o.inner || b.inner
		}
		open[leftKey(b.box.x0)] = n
	}
	for _, b := range out {
		if b.inner {
			joined = append(joined, b.mesh)
		} else {
			rest.h = append(rest.h, b.mesh.h...)
		}
	}
	return joined, rest
}

func leftKey(x float64) int { return int(x / touching) }

func newBand(m mesh) band {
	b := band{mesh: m, box: m.box(), inner: len(m.v) > 0}
	for _, s := range m.v {
		b.closed = b.closed || s.pos < b.box.x0+touching || s.pos > b.box.x1-touching
	}
	return b
}

// goesOnBelow tells that b continues a below a row without vertical lines.
func goesOnBelow(a, b *band, text *strip) bool {
	gap := b.box.y0 - a.box.y1
	if a.closed || b.closed || gap < shortest || gap > mostBridge ||
		abs(a.box.x0-b.box.x0) > touching || abs(a.box.x1-b.box.x1) > touching {
		return false
	}
	if a.inner && b.inner && !sameColumns(a, b) {
		return false
	}
	ls := linesOf(text.between(a.box.y1, b.box.y0, a.box.x0, a.box.x1))
	if len(ls) == 0 || len(ls) > 2 {
		return false
	}
	_, level := readOrdinal(ls[0].text)
	return level != 1 && level != 2
}

// sameColumns tells that one of two bands has all vertical lines of the other.
func sameColumns(a, b *band) bool {
	edges := func(m *mesh) []float64 {
		box := m.box()
		out := []float64{0}
		for _, x := range positions(m.v) {
			out = append(out, x-box.x0)
		}
		return append(out, box.width())
	}
	_, ok := commonEdges(edges(&a.mesh), edges(&b.mesh))
	return ok
}

func abs(v float64) float64 { return max(v, -v) }

// strip finds the glyphs between two heights.
type strip struct {
	glyphs []glyph
	sorted bool
	calls  int
}

// Caps of the work for bridges: far above any page, they keep hostile ones cheap.
const (
	mostStrips = 2000
	mostGlyphs = 2000
)

func (s *strip) between(y0, y1, x0, x1 float64) []glyph {
	middle := func(g *glyph) float64 { return (g.box.y0 + g.box.y1) / 2 }
	if !s.sorted {
		s.glyphs, s.sorted = append([]glyph(nil), s.glyphs...), true
		sort.SliceStable(s.glyphs, func(i, j int) bool { return middle(&s.glyphs[i]) < middle(&s.glyphs[j]) })
	}
	s.calls++
	if s.calls > mostStrips {
		return nil
	}
	var out []glyph
	for i, n := sort.Search(len(s.glyphs), func(i int) bool { return middle(&s.glyphs[i]) >= y0 }), 0; i < len(s.glyphs) && n < mostGlyphs; i, n = i+1, n+1 {
		g := &s.glyphs[i]
		if middle(g) > y1 {
			break
		}
		if x := (g.box.x0 + g.box.x1) / 2; x >= x0 && x <= x1 {
			out = append(out, *g)
		}
	}
	return out
}

// flank adds to a mesh the lone vertical lines beside it that run along its
// whole height: the side of a cell that spans all its rows on this page.
func flank(groups []mesh, lone mesh) ([]mesh, mesh) {
	if len(groups) == 0 || len(lone.v) == 0 {
		return groups, lone
	}
	index := map[int][]int{} // top end → meshes
	boxes := make([]box, len(groups))
	for i := range groups {
		boxes[i] = groups[i].box()
		k := int(boxes[i].y0 / flankTolerance)
		index[k] = append(index[k], i)
	}
	sort.Slice(lone.v, func(i, j int) bool { return lone.v[i].pos < lone.v[j].pos })
	rest := mesh{h: lone.h}
	for _, s := range lone.v {
		best := -1
		k := int(s.a / flankTolerance)
		for _, i := range append(append(append([]int(nil), few(index[k-1])...), few(index[k])...), few(index[k+1])...) {
			b := boxes[i]
			if abs(b.y0-s.a) <= flankTolerance && abs(b.y1-s.b) <= flankTolerance && (best < 0 ||
				apart(b, s.pos) < apart(boxes[best], s.pos)) {
				best = i
			}
		}
		if best < 0 || apart(boxes[best], s.pos) > mostFlank {
			rest.v = append(rest.v, s)
			continue
		}
		groups[best].v = append(groups[best].v, s)
		boxes[best] = boxes[best].union(box{s.pos, s.a, s.pos, s.b})
	}
	return groups, rest
}

const (
	flankTolerance = 6.0
	mostFlank      = 160.0 // the widest cell that is added, in points
	mostBeside     = 16    // meshes looked at that start at one height
)

// apart is the distance of a vertical line from a box.
func apart(b box, x float64) float64 { return max(0, b.x0-x, x-b.x1) }

func few(is []int) []int { return is[:min(len(is), mostBeside)] }
