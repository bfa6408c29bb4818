package layout

import (
	"math"
	"sort"
	"strings"

	"nianbao/extract"
	"nianbao/extract/page"
)

// glyph is a character in a reading frame.
type glyph struct {
	text        string
	first, last rune // of text
	box         box
	base        float64 // baseline y
	size        float64
	angle       int16 // of the page as shown, in degrees
	turn        turn  // relative to the frame
	vertical    bool  // vertical writing mode, lines from right to left
	slanted     bool  // at no right angle
	space       bool
	bold        bool
	artifact    bool
}

// garbledShare is the share of untrustworthy characters above which a page's
// text is not passed off as text.
const garbledShare = 0.2

// Verdict judges the text layer of a page. Spaces do not count. Characters are
// bad that cannot be trusted, and those of fonts whose text is impossible.
func Verdict(p *page.Page) extract.TextLayer {
	total, bad, texts := 0, 0, make([]fontText, len(p.Fonts))
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		switch trusted := Trusted(g); {
		case trusted && g.Font >= 0 && g.Font < len(texts):
			texts[g.Font].add(g.Text)
		case !trusted && g.Text != "" && blank(g.Text):
			continue
		case !trusted:
			bad++
		}
		total++
	}
	for i := range texts {
		if texts[i].impossible() {
			bad += texts[i].glyphs
		}
	}
	switch {
	case total == 0:
		return extract.TextNone
	case float64(bad) > garbledShare*float64(total):
		return extract.TextGarbled
	}
	return extract.TextGood
}

// Trusted tells whether a glyph has text that says what it shows; a space has not.
func Trusted(g *page.Glyph) bool {
	return !g.Unmapped && g.Text != "" && !blank(g.Text) && !strings.ContainsFunc(g.Text, untrusted)
}

func untrusted(r rune) bool { return r == 0xFFFD || private(r) || r < 0x20 }

// turnsOf is the nearest quarter turn of a writing angle in degrees and whether
// the angle is more than 5 degrees off it.
func turnsOf(angle float64) (t turn, slanted bool) {
	if angle == 0 { // nearly all
		return 0, false
	}
	if math.IsNaN(angle) || math.IsInf(angle, 0) {
		return 0, false
	}
	angle = math.Mod(math.Mod(angle, 360)+360, 360)
	q := math.Round(angle / 90)
	return turn(int(q) % 4), math.Abs(angle-q*90) > 5
}

// pageTurn is the direction of most of the page's text.
func pageTurn(gs []page.Glyph) turn {
	var count [4]int
	for i := range gs {
		if t, slanted := turnsOf(gs[i].Angle); !slanted && !blank(gs[i].Text) {
			count[t]++
		}
	}
	for t, n := range count {
		if t > 0 && 5*n > 3*(count[0]+count[1]+count[2]+count[3]) {
			return turn(t)
		}
	}
	return 0
}

// readGlyphs brings a page's readable glyphs into the frame: outside the page,
// empty and doubled ones are left out, invisible ones are kept only where they
// lie over a picture (the text layer of a scan) and no visible glyph shows the
// same place. hidden is the number of invisible glyphs that were left out.
func readGlyphs(p *page.Page, f frame, room *room) (out []glyph, hidden int) {
	sheet := box{0, 0, p.Width, p.Height}
	out = room.take(len(p.Glyphs))[:0]
	var invisible []glyph
	for i := range p.Glyphs {
		src := &p.Glyphs[i]
		b := fromPage(src.Box)
		if src.Text == "" || !finite(b.x0, b.y0, b.x1, b.y1, src.X, src.Y, src.Size) ||
			!sheet.contains((b.x0+b.x1)/2, (b.y0+b.y1)/2) {
			continue
		}
		g := newGlyph(src, b, f)
		if g.text == "" {
			continue
		}
		if src.Font >= 0 && src.Font < len(p.Fonts) {
			g.bold = p.Fonts[src.Font].Bold
		}
		switch {
		case !src.Invisible:
			out = append(out, g)
		case overPicture(p, b):
			invisible = append(invisible, g)
		case !g.space:
			hidden++
		}
	}
	return dropDoubles(out, invisible, &room.seen), hidden
}

func newGlyph(src *page.Glyph, b box, f frame) glyph {
	t, slanted := turnsOf(src.Angle)
	g := glyph{
		text: cleanText(src.Text), box: f.in(b), size: math.Abs(src.Size),
		turn: (t - f.turns + 4) % 4, slanted: slanted, angle: int16(math.Round(src.Angle)), vertical: src.Vertical && !slanted,
		artifact: src.Artifact,
	}
	g.space, g.first, g.last = blank(g.text), firstRune(g.text), lastRune(g.text)
	if g.size < 0.5 {
		g.size = max(0.5, min(b.width(), b.height()))
	}
	origin := f.in(box{src.X, src.Y, src.X, src.Y})
	g.base = origin.y0
	if g.turn != 0 || slanted {
		g.base = along(g.turn, origin).y0
	}
	return g
}

// overPicture tells a glyph that lies on a picture of a quarter of the page or more.
func overPicture(p *page.Page, b box) bool {
	const share = 0.25
	for n, im := range p.Images {
		ib := fromPage(im.Box)
		if ib.width()*ib.height() >= share*p.Width*p.Height && ib.contains((b.x0+b.x1)/2, (b.y0+b.y1)/2) {
			return true
		}
		if n > 64 { // pictures in tiles are no scan with a text layer
			return false
		}
	}
	return false
}

// dropDoubles leaves out glyphs drawn a second time at (nearly) the same place,
// as is done for a false bold, and invisible glyphs under visible ones.
func dropDoubles(visible, invisible []glyph, seen *page.Spots) []glyph {
	const pitch = 1.0 // points; the hash cell, at least the largest shift of a double
	out := visible[:0]
	seen.Clear()
	near := func(g *glyph) bool {
		shift := min(pitch, 0.1*g.size, 0.3*g.box.width())
		name := page.TextHash(g.text)
		right, bottom := page.Cell(g.box.x0+shift, pitch), page.Cell(g.box.y0+shift, pitch)
		for x := page.Cell(g.box.x0-shift, pitch); x <= right; x++ {
			for y := page.Cell(g.box.y0-shift, pitch); y <= bottom; y++ {
				i, ok := seen.At(page.SpotOf(name, x, y))
				if !ok {
					continue
				}
				o := &out[i]
				if o.text == g.text && math.Abs(o.box.x0-g.box.x0) <= shift && math.Abs(o.box.y0-g.box.y0) <= shift &&
					math.Abs(o.box.x1-g.box.x1) <= 2*shift {
					return true
				}
			}
		}
		seen.Put(page.SpotOf(name, page.Cell(g.box.x0, pitch), page.Cell(g.box.y0, pitch)), int32(len(out)))
		return false
	}
	for i := range visible {
		g := &visible[i]
		switch {
		case !g.space && near(g):
		case len(out) == i: // none dropped so far
			out = visible[:i+1]
		default:
			out = append(out, *g)
		}
	}
	if len(invisible) == 0 {
		return out
	}
	shown := newCover(out)
	for i := range invisible {
		if !shown.covers(invisible[i].box) {
			out = append(out, invisible[i])
		}
	}
	return out
}

// cover answers whether a visible glyph lies at a place, by vertical bands.
type cover struct{ bands map[int][]box }

const coverBand = 8.0 // points

func newCover(gs []glyph) cover {
	c := cover{map[int][]box{}}
	for i := range gs {
		if b := gs[i].box; !gs[i].space {
			k := int(math.Floor((b.y0 + b.y1) / 2 / coverBand))
			c.bands[k] = append(c.bands[k], b)
		}
	}
	for _, bs := range c.bands {
		sort.Slice(bs, func(i, j int) bool { return bs[i].x0 < bs[j].x0 })
	}
	return c
}

func (c cover) covers(b box) bool {
	x, y := (b.x0+b.x1)/2, (b.y0+b.y1)/2
	k := int(math.Floor(y / coverBand))
	for d := -1; d <= 1; d++ {
		bs := c.bands[k+d]
		i := sort.Search(len(bs), func(i int) bool { return bs[i].x0 > x })
		for n := 0; n < 4 && i-1-n >= 0; n++ {
			if bs[i-1-n].contains(x, y) {
				return true
			}
		}
	}
	return false
}
