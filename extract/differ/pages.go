package differ

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"math/bits"
	"slices"
	"unicode"

	"nianbao/extract/page"
)

// unknown stands for a glyph whose text the file does not give.
const unknown = rune(-1)

// Kind is how a character differs between the engines.
type Kind string

// The kinds of differences. Both engines have a character at the place in the
// first three; in the others only one has it.
const (
	Other         Kind = "other"          // another character
	UnknownFirst  Kind = "unknown_first"  // the first engine does not know which
	UnknownSecond Kind = "unknown_second" // the second does not
	Moved         Kind = "moved"          // it stands elsewhere on the page
	OnlyFirst     Kind = "only_first"
	OnlySecond    Kind = "only_second"
)

// Difference is one kind of difference of one pair of characters.
type Difference struct {
	Kind   Kind   `json:"kind"`
	First  string `json:"first,omitempty"`  // "?" is an unknown glyph
	Second string `json:"second,omitempty"` // likewise
	Count  int    `json:"count"`
	X      int    `json:"x"` // of one of them, in points
	Y      int    `json:"y"`
}

// Page is the result of comparing one page.
type Page struct {
	Number      int          `json:"number"`
	First       int          `json:"first"`  // characters by package pdf
	Second      int          `json:"second"` // by package pdfium
	Same        int          `json:"same"`   // same character, same place
	Moved       int          `json:"moved"`  // same character, another place
	Unknown     [2]int       `json:"unknown"`
	Differences []Difference `json:"differences,omitempty"` // most frequent first
	Error       string       `json:"error,omitempty"`       // of an engine; nothing was compared
	// Content tells pages from each other: two with the same characters at the
	// same places, as copies of a file have them, share it.
	Content uint64 `json:"content"`
}

// Accuracy is the share of characters that both engines have in common, wherever
// they stand; 1 for an empty page.
func (p Page) Accuracy() float64 { return share(p.Same+p.Moved, max(p.First, p.Second)) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// maxDifferences caps the differences kept of one page.
const maxDifferences = 40

// char is one character of a page.
type char struct {
	r    rune
	x, y float64
	near float64 // how far off its twin may stand
	used bool
}

// Pages compares a page as read by package pdf and by package pdfium.
func Pages(first, second *page.Page) Page {
	a, b := chars(first), chars(second)
	out := Page{Number: first.Number, First: len(a), Second: len(b), Content: content(a) ^ bits.RotateLeft64(content(b), 1)}
	for i, side := range [2][]char{a, b} {
		for _, c := range side {
			if c.r == unknown {
				out.Unknown[i]++
			}
		}
	}
	out.Same = pair(a, b, true, nil)
	found := map[Difference]int{}
	note := func(kind Kind, a, b *char) {
		d := Difference{Kind: kind}
		c := cmp.Or(a, b)
		d.X, d.Y = int(c.x), int(c.y)
		if a != nil {
			d.First = name(a.r)
		}
		if b != nil {
			d.Second = name(b.r)
		}
		found[d]++
	}
	out.Moved = elsewhere(a, b, func(a, b *char) { note(Moved, a, b) })
	pair(a, b, false, func(a, b *char) {
		switch {
		case a.r == unknown:
			note(UnknownFirst, a, b)
		case b.r == unknown:
			note(UnknownSecond, a, b)
		default:
			note(Other, a, b)
		}
	})
	for i := range a {
		if !a[i].used {
			note(OnlyFirst, &a[i], nil)
		}
	}
	for i := range b {
		if !b[i].used {
			note(OnlySecond, nil, &b[i])
		}
	}
	out.Differences = merged(found)
	return out
}

// merged adds up the differences of the same characters.
func merged(found map[Difference]int) []Difference {
	sums := map[Difference]*Difference{}
	var out []*Difference
	for d, n := range found {
		k := d
		k.X, k.Y = 0, 0
		s := sums[k]
		if s == nil {
			s = &Difference{Kind: d.Kind, First: d.First, Second: d.Second, X: d.X, Y: d.Y}
			sums[k] = s
			out = append(out, s)
		}
		if d.Y < s.Y || d.Y == s.Y && d.X < s.X {
			s.X, s.Y = d.X, d.Y
		}
		s.Count += n
	}
	slices.SortFunc(out, func(a, b *Difference) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.First+a.Second, b.First+b.Second))
	})
	list := make([]Difference, 0, len(out))
	for _, d := range out {
		if len(list) == maxDifferences-1 && len(out) > maxDifferences {
			d = &Difference{Kind: d.Kind, First: "…", Second: "…"}
			for _, rest := range out[len(list):] {
				d.Count += rest.Count
			}
			return append(list, *d)
		}
		list = append(list, *d)
	}
	return list
}

func content(side []char) uint64 {
	h := fnv.New64a()
	var b []byte
	for _, c := range side {
		b = fmt.Appendf(b[:0], "%c %.1f %.1f ", c.r, c.x, c.y)
		_, _ = h.Write(b) // never fails
	}
	return h.Sum64()
}

func name(r rune) string {
	if r == unknown {
		return "?"
	}
	return string(r)
}

// chars are the characters of a page without spaces.
func chars(p *page.Page) []char {
	var out []char
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		c := char{x: g.X, y: g.Y, near: max(2, min(0.6*g.Size, cell))}
		if g.Vertical {
			c.x, c.y = (g.Box.X0+g.Box.X1)/2, (g.Box.Y0+g.Box.Y1)/2
		}
		if g.Unmapped || g.Text == "" {
			c.r = unknown
			out = append(out, c)
			continue
		}
		for _, r := range page.Normalize(g.Text) {
			if c.r = r; !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
				out = append(out, c)
			}
		}
	}
	return out
}

// cell is the size of the cells in which twins are looked for, in points, and
// the most that they may stand apart.
const cell = 12.0

type cellKey struct {
	r    rune
	x, y int
}

func cellOf(v float64) int { return int(math.Floor(max(-1e6, min(1e6, v)) / cell)) }

// pair finds for each unused character of a the nearest unused one of b, near
// enough and, with same, equal; both become used. It returns how many it found.
func pair(a, b []char, same bool, each func(a, b *char)) int {
	at := map[cellKey][]int{}
	key := func(c *char, dx, dy int) cellKey {
		k := cellKey{x: cellOf(c.x) + dx, y: cellOf(c.y) + dy}
		if same {
			k.r = c.r
		}
		return k
	}
	for i := range b {
		if !b[i].used {
			k := key(&b[i], 0, 0)
			at[k] = append(at[k], i)
		}
	}
	n := 0
	for i := range a {
		if a[i].used {
			continue
		}
		best, distance := -1, a[i].near
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, k := range at[key(&a[i], dx, dy)] {
					if d := math.Hypot(a[i].x-b[k].x, a[i].y-b[k].y); !b[k].used && d <= distance {
						best, distance = k, d
					}
				}
			}
		}
		if best < 0 {
			continue
		}
		n++
		a[i].used, b[best].used = true, true
		if each != nil {
			each(&a[i], &b[best])
		}
	}
	return n
}

// elsewhere pairs equal characters that are left, in order, wherever they stand.
func elsewhere(a, b []char, each func(a, b *char)) int {
	left := map[rune][]int{}
	for i := range b {
		if !b[i].used {
			left[b[i].r] = append(left[b[i].r], i)
		}
	}
	n := 0
	for i := range a {
		if l := left[a[i].r]; !a[i].used && len(l) > 0 && a[i].r != unknown {
			n++
			a[i].used, b[l[0]].used = true, true
			each(&a[i], &b[l[0]])
			left[a[i].r] = l[1:]
		}
	}
	return n
}
