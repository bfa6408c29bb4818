package layout

import (
	"sort"
	"strings"
	"unicode"
)

// compose is the text of glyphs in writing order. Typed spaces are kept; a gap
// becomes a space where it is wider than the setting of the text explains:
// between Latin characters a sixth of an em, beside CJK characters more, since
// justification and automatic spacing open gaps of up to half an em there. What
// all characters of the line have between them is letter spacing and no space.
// gaps counts those that are wider than any space.
func compose(gs []glyph) (text string, gaps int) {
	var b strings.Builder
	room := 0
	for i := range gs {
		room += len(gs[i].text)
	}
	b.Grow(room + room/8) // spaces between words
	t := trackingOf(gs)
	var host *glyph // the last figure on the line itself
	for i := range gs {
		g := &gs[i]
		if i > 0 {
			p := &gs[i-1]
			switch {
			case g.space && p.space && g.box.x0 < max(p.box.x1-0.25*p.box.width(), p.box.x0+0.1*p.size):
				continue // an underlined space is drawn piece by piece
			case !g.space && !p.space && t.space(p, g):
				b.WriteByte(' ')
			}
			if !g.space && !p.space && g.box.x0-p.box.x1 > (widestSpace+t.wide)*g.size {
				gaps++
			}
		}
		switch {
		case host != nil && isRaised(host, g):
			b.WriteString(raised(g.text))
			continue
		case numeric(g.last):
			host = g
		default:
			host = nil
		}
		b.WriteString(g.text)
	}
	return b.String(), gaps
}

// isRaised tells a small raised digit behind a figure: the mark of a note. As a
// plain digit it would change the figure.
func isRaised(host, g *glyph) bool {
	const small, high = 0.8, 0.2 // of the figure's size
	return g.turn == host.turn && g.size <= small*host.size && host.base-g.base >= high*host.size && raised(g.text) != ""
}

// raised is the superscript form of a digit; empty for other text.
func raised(text string) string {
	r := firstRune(text)
	if len(text) != 1 || r < '0' || r > '9' {
		return ""
	}
	return string([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'])
}

// widestSpace is the gap in ems that justification leaves at most.
const widestSpace = 1.5

// tracking is the letter spacing of a line in ems: between wide characters, and
// between others.
type tracking struct{ wide, other float64 }

// trackingOf tells letter spacing from single gaps: (nearly) all pairs of
// neighbours have it. Words of Latin text have it only where it was set for the
// line as a whole, not where justification opened the CJK characters.
func trackingOf(gs []glyph) tracking {
	const most = 64 // of nearly all lines; the room is on the stack
	wides, others := make([]float64, 0, most), make([]float64, 0, most)
	for i := 1; i < len(gs); i++ {
		a, b := &gs[i-1], &gs[i]
		if a.space || b.space {
			continue
		}
		gap := (b.box.x0 - a.box.x1) / min(a.size, b.size)
		switch wa, wb := wide(a.last), wide(b.first); {
		case wa && wb:
			wides = append(wides, gap)
		case !wa && !wb:
			others = append(others, gap)
		}
	}
	var t tracking
	if len(wides) >= fewestGaps {
		sort.Float64s(wides)
		t.wide = max(0, wides[len(wides)/8])
	}
	if len(others) > 0 && (len(wides) >= fewestGaps || len(others) >= 2*fewestGaps) {
		sort.Float64s(others)
		t.other = max(0, others[len(others)/8])
		switch {
		case len(wides) >= fewestGaps:
			t.other = min(t.other, t.wide)
		case t.other > widestTracking:
			t.other = 0 // figures of a table's row
		}
	}
	return t
}

// widestTracking is the letter spacing in ems that Latin text and figures may be
// set with.
const widestTracking = 0.5

// fewestGaps is the number of neighbours that show letter spacing.
const fewestGaps = 3

// space tells whether the gap between two neighbours is a space.
func (t tracking) space(a, b *glyph) bool {
	em := min(a.size, b.size)
	gap := (b.box.x0 - a.box.x1) / em
	wa, wb := wide(a.last), wide(b.first)
	switch {
	case wa && wb:
		return gap > 0.9+t.wide
	case wa || wb:
		return gap > 0.6+t.wide
	}
	return gap > 0.17+1.2*t.other
}

// gapIsSpace tells a space between neighbours of a line without letter spacing.
func gapIsSpace(a, b *glyph) bool { return tracking{}.space(a, b) }

// glue is what stands between two lines of one paragraph: nothing beside wide
// characters and within a broken token, otherwise a space. measure is the width
// a line may have.
func glue(a, b *line, measure float64) string {
	ra, rb := lastRune(a.text), firstRune(b.text)
	if wide(ra) || wide(rb) {
		if wide(ra) && wide(rb) || !a.spaceEnd {
			return ""
		}
		return " "
	}
	if a.spaceEnd {
		return " "
	}
	if numeric(ra) && numeric(rb) || a.lastToken()+b.firstUnit() > measure || brokenToken(a.text, b.text) {
		return ""
	}
	return " "
}

// brokenToken tells that the last token of a goes on with the first of b: a
// hyphen stands at the break, or an address that cannot end there.
func brokenToken(a, b string) bool {
	a, b = lastToken(a), firstToken(b)
	ra, rb := lastRune(a), firstRune(b)
	joint := strings.ContainsRune("-/@_=&", ra) || strings.ContainsRune("/@_=&", rb)
	if joint && len(a) > 1 && len(b) > 1 {
		return true
	}
	address := strings.Contains(a, "://") || strings.Contains(a, "www.") || strings.Contains(a, "@")
	return address && (ra == '.' && unicode.IsLower(rb) || strings.ContainsAny(b, "./@") && !strings.ContainsRune(",;)", ra))
}

func tokenBreak(r rune) bool { return r == ' ' || wide(r) }

func lastToken(s string) string {
	if i := strings.LastIndexFunc(s, tokenBreak); i >= 0 {
		return s[i+len(string(firstRune(s[i:]))):]
	}
	return s
}

func firstToken(s string) string {
	if i := strings.IndexFunc(s, tokenBreak); i >= 0 {
		return s[:i]
	}
	return s
}
