package layout

import (
	"sync"

	"nianbao/extract/page"
)

// room is memory that a page is laid out in; the next page, and the next document
// after the last, use it again: in a process that reads many small files it was a
// third of the garbage.
type room struct {
	seen   page.Spots
	glyphs []glyph
	used   int // of glyphs
}

var rooms = sync.Pool{New: func() any { return &room{} }}

// mostKept is the most glyphs that room is kept for: a page has a thousand, twice.
const mostKept = 1 << 13

// take is room for n glyphs of the page at hand.
func (r *room) take(n int) []glyph {
	if r.used+n > len(r.glyphs) { // what was taken before stays where it is
		r.glyphs, r.used = make([]glyph, max(n, min(2*len(r.glyphs), mostKept))), 0
	}
	r.used += n
	return r.glyphs[r.used-n : r.used : r.used]
}

// clear is called before the next page. kept tells that glyphs of this one are still
// needed.
func (r *room) clear(kept bool) {
	if r.used = 0; kept || len(r.glyphs) > mostKept {
		r.glyphs = nil
	}
}
