package layout

import (
	"math"
	"sort"
)

// margins are the left and right end of full lines.
type margins struct{ left, right float64 }

func (m margins) width() float64 { return m.right - m.left }

// marginsOf estimates the type area of pages of one width from their lines and
// tables. Lines of one size count, so that titles do not.
func marginsOf(ls []*line, tableRight, pageWidth float64) margins {
	if len(ls) == 0 {
		return margins{0, pageWidth}
	}
	em := bodySize(ls)
	var x0s, x1s []float64
	for _, l := range ls {
		if math.Abs(l.size-em) <= max(0.15*em, 0.25) {
			x0s, x1s = append(x0s, l.box.x0), append(x1s, l.textEnd())
		}
	}
	sort.Float64s(x0s)
	sort.Sort(sort.Reverse(sort.Float64Slice(x1s)))
	need := max(2, len(x0s)/33)
	m := margins{x0s[0], x1s[0]}
	for i := range x0s {
		if i+need <= len(x0s) && x0s[i+need-1]-x0s[i] <= 2 {
			m.left = x0s[i]
			break
		}
	}
	trusted := false
	for i := range x1s {
		n := sort.Search(len(x1s), func(k int) bool { return x1s[k] < x1s[i]-em })
		if n-i >= max(2, len(x1s)/12) {
			m.right = x1s[i]
			trusted = n-i >= max(3, len(x1s)/8) && (m.right > 0.75*pageWidth || n-i > len(x1s)/3)
			break
		}
	}
	if !trusted {
		// Few full lines: the tables or, last, symmetrical margins tell.
		if tableRight > 0 {
			m.right = max(m.right, tableRight-maxPad)
		} else {
			m.right = max(m.right, pageWidth-m.left)
		}
	}
	if m.right <= m.left {
		m.right = pageWidth
	}
	return m
}

// bodySize is the size of most characters, to half a point; the larger of two that
// are as frequent.
func bodySize(ls []*line) float64 {
	best, most := 0.0, 0
	count := map[float64]int{}
	for i := 0; i < len(ls); { // by runs: most lines have one size
		size, n := halves(ls[i].size), 0
		for ; i < len(ls) && halves(ls[i].size) == size; i++ {
			n += ls[i].count
		}
		if i < len(ls) || len(count) > 0 {
			count[size] += n
			n = count[size]
		}
		if n > most || n == most && size > best {
			best, most = size, n
		}
	}
	return best
}

func halves(size float64) float64 { return math.Round(size*2) / 2 }

// textEnd is the right end of the line without the closing punctuation at its
// end, which may hang over the margin.
func (l *line) textEnd() float64 {
	if len(l.glyphs) == 0 {
		return l.end
	}
	i := len(l.glyphs) - 1
	if i > 0 && closing(l.glyphs[i].first) {
		i--
	}
	return l.glyphs[i].box.x1
}
