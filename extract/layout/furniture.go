package layout

import (
	"math"
	"sort"
	"strconv"
	"strings"

	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// Margin zones as shares of the page height. Page numbers stand 7 mm below the
// type area of 225 mm by GB/T 9704-2012 (7.5), which is at 0.92.
const (
	topZone    = 0.14
	bottomZone = 0.85
	// furnitureDepth is the number of lines looked at from either end.
	furnitureDepth = 3
	// samePlace is the difference in points up to which lines of two pages
	// stand at the same place.
	samePlace = 4.0
)

var (
	// pageToken is a page number that stands by itself on its line.
	pageToken = lazyregexp.New(`(?:^|\s)(?:第?\s*[0-9０-９一二三四五六七八九十百]+\s*页[\s,，、/]*[共总]\s*[0-9０-９一二三四五六七八九十百]+\s*页|` +
		`第\s*[0-9０-９一二三四五六七八九十百]+\s*页|[0-9]{1,4}\s*/\s*[0-9]{1,4}(?:\s*页)?|(?i:page)\s*[0-9]+(?:\s*(?i:of)\s*[0-9]+)?|` +
		`[-—–－·]+\s*[0-9０-９]{1,4}\s*[-—–－·]+)(?:\s|$)`)
	bareNumber = lazyregexp.New(`^\s*[0-9]{1,4}\s*$`)
	// bareRoman is a page number of front matter, in dashes or not.
	bareRoman = lazyregexp.New(`^[-—–－·\s]*((?i)x{0,3}(?:ix|iv|v?i{0,3}))[-—–－·\s]*$`)
)

// edgeLine is a line near the top or bottom of the page's text.
type edgeLine struct {
	sheet, line int
	top         bool
	place       float64 // distance from the page's top or bottom
	rest        string  // text without page numbers
	number      int     // a bare number, else -1
	paged       bool    // has a page number
}

// markFurniture tells running headers, footers and page numbers from the body.
// roles[i][k] is the role of line k of sheet i; empty for body lines.
func markFurniture(sheets []*sheet) [][]extract.Role {
	roles := make([][]extract.Role, len(sheets))
	var edges []edgeLine
	for i, s := range sheets {
		roles[i] = make([]extract.Role, len(s.lines))
		for k := range s.lines {
			if s.lines[k].slanted || s.lines[k].boxed > 0 {
				roles[i][k] = extract.RoleTextbox
			}
		}
		edges = append(edges, edgeLines(s, i, true)...)
		edges = append(edges, edgeLines(s, i, false)...)
	}
	groups := map[string][]int{}
	for n := range edges {
		e := &edges[n]
		groups[e.key(0)] = append(groups[e.key(0)], n)
	}
	blocked := map[[2]int]bool{} // a body line lies further out
	for n := range edges {
		e := &edges[n]
		side := [2]int{e.sheet, 0}
		if e.top {
			side[1] = 1
		}
		l := &sheets[e.sheet].lines[e.line]
		if blocked[side] || !e.isFurniture(l, edges, groups, sheets) {
			blocked[side] = true
			continue
		}
		roles[e.sheet][e.line] = extract.RoleFooter
		if e.top {
			roles[e.sheet][e.line] = extract.RoleHeader
		}
	}
	return roles
}

// edgeLines lists the outermost upright lines within a margin zone, outermost
// first, as far as no table lies further out.
func edgeLines(s *sheet, index int, top bool) []edgeLine {
	var order []int
	for k := range s.lines {
		if !s.lines[k].turned && s.lines[k].boxed == 0 {
			order = append(order, k)
		}
	}
	var out []edgeLine
	if s.regions != nil {
		sort.SliceStable(order, func(a, b int) bool { return s.lines[order[a]].base < s.lines[order[b]].base })
	}
	for n := 0; n < len(order) && n < furnitureDepth; n++ {
		k := order[n]
		if !top {
			k = order[len(order)-1-n]
		}
		l := &s.lines[k]
		y := (l.box.y0 + l.box.y1) / 2
		if top && y > topZone*s.h || !top && y < bottomZone*s.h || s.tableBeyond(l.box, top) {
			break
		}
		e := edgeLine{sheet: index, line: k, top: top, place: l.base, number: -1}
		if !top {
			e.place = s.h - l.base
		}
		if bareNumber.MatchString(l.text) {
			e.number, _ = strconv.Atoi(strings.TrimSpace(l.text))
		} else if m := bareRoman.FindStringSubmatch(l.text); m != nil && m[1] != "" {
			e.number = roman(strings.ToLower(m[1]))
		}
		bare := pageToken.ReplaceAllString(l.text, " ")
		e.rest = strings.Join(strings.Fields(bare), " ")
		e.paged = bare != l.text // a token is longer than a space
		out = append(out, e)
	}
	return out
}

// roman is the value of a number below 40.
func roman(s string) int {
	n := 0
	for i, r := range s {
		v := map[rune]int{'i': 1, 'v': 5, 'x': 10}[r]
		if i+1 < len(s) && strings.ContainsRune("vx", rune(s[i+1])) && r == 'i' {
			v = -v
		}
		n += v
	}
	return n
}

func (s *sheet) tableBeyond(b box, top bool) bool {
	for _, p := range s.tables {
		if top && p.box.y0 < b.y0 || !top && p.box.y1 > b.y1 {
			return true
		}
	}
	return false
}

// key groups lines of the same text at about the same place.
func (e *edgeLine) key(shift int) string {
	return strconv.FormatBool(e.top) + strconv.Itoa(int(math.Round(e.place/samePlace))+shift) + e.rest
}

// isFurniture judges one line at the edge of a page.
func (e *edgeLine) isFurniture(l *line, edges []edgeLine, groups map[string][]int, sheets []*sheet) bool {
	if l.artifact {
		return true
	}
	if e.number >= 0 {
		return e.isPageNumber(sheets, edges)
	}
	if e.rest == "" {
		return e.paged
	}
	if startsItem(e.rest) && !e.paged {
		return false
	}
	for shift := -1; shift <= 1; shift++ {
		for _, n := range groups[e.key(shift)] {
			if o := &edges[n]; o.sheet != e.sheet && o.rest == e.rest && math.Abs(o.place-e.place) <= samePlace {
				return true
			}
		}
	}
	return false
}

// isPageNumber tells a bare number that counts the pages: it is the number of
// the page, or differs from it as the bare number of another page does.
func (e *edgeLine) isPageNumber(sheets []*sheet, edges []edgeLine) bool {
	if e.number == sheets[e.sheet].number {
		return true
	}
	const reach = 8 // neighbouring edges looked at
	for n := range edges {
		o := &edges[n]
		if o.sheet > e.sheet+reach {
			break
		}
		if o.sheet >= e.sheet-reach && o.sheet != e.sheet && o.number >= 0 && o.top == e.top &&
			o.number-o.sheet == e.number-e.sheet && math.Abs(o.place-e.place) <= samePlace {
			return true
		}
	}
	return false
}
