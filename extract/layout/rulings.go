package layout

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"nianbao/extract/page"
)

// Tolerances of the ruling analysis, in points.
const (
	collinear  = 1.5 // pieces this near belong to one line
	doubled    = 3.0 // the most that the pieces of one line spread (double lines)
	pieceGap   = 3.0 // gap that is closed between pieces of a line
	dashGap    = 6.0 // the same between short pieces
	dashLength = 12.0
	shortest   = 4.0 // shorter lines are decoration
	touching   = 3.0 // lines that end this near to another one meet it
)

// span is an interval of a line that is drawn. pos is its own position: a track
// may hold lines of different tables that lie a little beside each other.
type span struct{ a, b, pos float64 }

// track is the set of pieces drawn on one line: a horizontal track lies at y =
// pos and its spans are intervals of x, a vertical one the other way round.
// Spans are disjoint and sorted.
type track struct {
	pos   float64
	spans []span
}

// stroke is a piece of a line before merging.
type stroke struct{ pos, a, b float64 }

// strokes sorts the page's rulings into horizontal and vertical ones. Dots
// count as both: only their neighbours tell what they are part of.
func strokes(rs []page.Ruling, f frame, fills bool) (h, v []stroke) {
	h, v = make([]stroke, 0, len(rs)), make([]stroke, 0, len(rs))
	for i := range rs {
		r := &rs[i]
		if r.Fill && !fills || !finite(r.X0, r.Y0, r.X1, r.Y1) {
			continue
		}
		b := f.in(fromPage(page.Box{X0: r.X0, Y0: r.Y0, X1: r.X1, Y1: r.Y1}))
		w, t := b.width(), b.height()
		dot := max(w, t) <= 1.5
		if w >= t || dot {
			h = append(h, stroke{(b.y0 + b.y1) / 2, b.x0, b.x1})
		}
		if t > w || dot {
			v = append(v, stroke{(b.x0 + b.x1) / 2, b.y0, b.y1})
		}
	}
	return h, v
}

// tracks merges strokes into lines: nearly collinear ones become one track,
// small gaps (dashes, pieces drawn cell by cell) are closed.
func tracks(ss []stroke) []track {
	slices.SortFunc(ss, func(a, b stroke) int { return cmp.Compare(a.pos, b.pos) })
	var out []track
	for i := 0; i < len(ss); {
		k := i + 1
		for k < len(ss) && ss[k].pos-ss[k-1].pos <= collinear && ss[k].pos-ss[i].pos <= doubled {
			k++
		}
		if t := newTrack(ss[i:k]); len(t.spans) > 0 {
			out = append(out, t)
		}
		i = k
	}
	return out
}

func newTrack(ss []stroke) track {
	slices.SortFunc(ss, func(a, b stroke) int { return cmp.Compare(a.a, b.a) })
	type run struct{ a, b, sum, weight, last float64 }
	var runs []run
	sum, weight := 0.0, 0.0
	for _, s := range ss {
		w := s.b - s.a + 0.01
		sum, weight = sum+w*s.pos, weight+w
		if n := len(runs); n > 0 {
			r := &runs[n-1]
			gap := pieceGap
			if s.b-s.a <= dashLength && r.last <= dashLength {
				gap = dashGap
			}
			if s.a <= r.b+gap {
				r.b, r.sum, r.weight, r.last = max(r.b, s.b), r.sum+w*s.pos, r.weight+w, s.b-s.a
				continue
			}
		}
		runs = append(runs, run{s.a, s.b, w * s.pos, w, s.b - s.a})
	}
	t := track{pos: sum / weight}
	for _, r := range runs {
		if r.b-r.a >= shortest {
			t.spans = append(t.spans, span{r.a, r.b, r.sum / r.weight})
		}
	}
	return t
}

// mesh is a connected group of crossing lines.
type mesh struct{ h, v []stroke }

func (m *mesh) box() box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, s := range m.h {
		b = b.union(box{s.a, s.pos, s.b, s.pos})
	}
	for _, s := range m.v {
		b = b.union(box{s.pos, s.a, s.pos, s.b})
	}
	return b
}

// meshes groups lines that cross or touch. Lines that meet no other are
// returned apart. The cost is bounded by the number of distinct positions in
// both directions, not by pairs of rulings.
func meshes(h, v []track) (groups []mesh, lone mesh) {
	hBase, hs := flatten(h)
	vBase, vs := flatten(v)
	u := newUnion(len(hs) + len(vs))
	met := make([]bool, len(hs)+len(vs))
	for i, t := range h {
		for k, s := range t.spans {
			first := sort.Search(len(v), func(j int) bool { return v[j].pos >= s.a-touching })
			for j := first; j < len(v) && v[j].pos <= s.b+touching; j++ {
				m := sort.Search(len(v[j].spans), func(n int) bool { return v[j].spans[n].b >= t.pos-touching })
				if m < len(v[j].spans) && v[j].spans[m].a <= t.pos+touching {
					a, b := hBase[i]+k, len(hs)+vBase[j]+m
					u.join(a, b)
					met[a], met[b] = true, true
				}
			}
		}
	}
	index := map[int]int{}
	at := func(n int) *mesh {
		if !met[n] {
			return &lone
		}
		root := u.find(n)
		if _, ok := index[root]; !ok {
			index[root] = len(groups)
			groups = append(groups, mesh{})
		}
		return &groups[index[root]]
	}
	for n, s := range hs {
		m := at(n)
		m.h = append(m.h, s)
	}
	for n, s := range vs {
		m := at(len(hs) + n)
		m.v = append(m.v, s)
	}
	return groups, lone
}

// flatten lists all spans and, for each track, the index of its first.
func flatten(ts []track) (base []int, all []stroke) {
	base = make([]int, len(ts))
	for i, t := range ts {
		base[i] = len(all)
		for _, s := range t.spans {
			all = append(all, stroke{s.pos, s.a, s.b})
		}
	}
	return base, all
}

// union is a disjoint-set forest.
type union []int32

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = int32(i)
	}
	return u
}

func (u union) find(i int) int {
	for int(u[i]) != i {
		u[i] = u[u[i]]
		i = int(u[i])
	}
	return i
}

func (u union) join(a, b int) {
	ra, rb := u.find(a), u.find(b)
	if ra < rb {
		u[rb] = int32(ra)
	} else {
		u[ra] = int32(rb)
	}
}
