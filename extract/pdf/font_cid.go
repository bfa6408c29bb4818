package pdf

import (
	"sort"
	"strings"
	"sync"
	"unicode"

	"nianbao/extract/page"
	cidpkg "nianbao/extract/pdf/cid"
)

// Caps of one CID font's width arrays.
const (
	maxWidthEntries = 1 << 17
	maxOverlap      = 1 << 10 // ranges looked at for one CID
)

// cidFont is a Type 0 font with its descendant (9.7).
type cidFont struct {
	vertical bool
	codes    *cmap // code → CID
	unicode  *cmap // ToUnicode
	// doubtful: the ToUnicode map gives every code itself, or CIDs for text.
	doubtful bool
	widths   widthTable
	heights  map[uint32][3]float64 // W2: w1y, vx, vy
	dw       float64
	dwVY     float64 // DW2
	dwW1     float64
	program  programSource
	gids     func() []byte // CIDToGIDMap; nil is identity
	ordering string        // of the descendant's CIDSystemInfo
}

func (d *Document) newCIDFont(v, cid value) *cidFont {
	c := &cidFont{dw: 1, dwVY: 0.88, dwW1: -1}
	c.ordering = string(d.str(cid.key("CIDSystemInfo").key("Ordering")))
	c.setEncoding(d, v.key("Encoding"))
	if c.unicode = d.toUnicode(v); c.unicode != nil {
		c.doubtful = c.unicode.selfMapped() || c.unicode.empty() && len(c.unicode.cids) > 0
	}
	if w := cid.key("DW"); w.kind() == kindInteger || w.kind() == kindReal {
		c.dw = clampWidth(w.number() / 1000)
	}
	c.widths = readWidths(cid.key("W"))
	if c.vertical {
		if n, ok := numbers(cid.key("DW2"), 2); ok {
			c.dwVY, c.dwW1 = clampWidth(n[0]/1000), clampWidth(n[1]/1000)
		}
		c.heights = readHeights(cid.key("W2"))
	}
	c.program = programSource{doc: d, desc: d.descriptorOf(cid)}
	if m := cid.key("CIDToGIDMap"); m.kind() == kindStream {
		c.gids = sync.OnceValue(func() []byte {
			data, _ := d.readStream(m)
			return data
		})
	}
	return c
}

// setEncoding takes the CMap: embedded, Identity or predefined (table 118).
func (c *cidFont) setEncoding(d *Document, enc value) {
	name := enc.name()
	if enc.kind() == kindStream {
		c.codes = d.streamCMap(enc, 0)
		c.vertical = c.codes.vertical
		if len(c.codes.spaces) > 0 || c.codes.base != nil || len(c.codes.cids) > 0 {
			return
		}
		name = enc.key("CMapName").name()
	}
	c.vertical = c.vertical || strings.HasSuffix(name, "-V")
	if c.codes = namedCMap(name); c.codes == nil || c.codes.ordering != "" {
		c.codes = &cmap{identity: true}
	}
	c.vertical = c.vertical || c.codes.vertical
}

func (c *cidFont) next(s []byte) (uint32, int) { return c.codes.next(s) }

func (c *cidFont) glyph(code uint32, raw []byte) glyph {
	g := glyph{advance: c.dw}
	cid, known := c.codes.cid(code, len(raw))
	if w, ok := c.widths.at(cid); ok { // a code without a CID shows CID 0 (9.7.6.3)
		g.advance = w
	}
	text, sure := c.text(code, len(raw), cid, known)
	g.text, g.unmapped = text, !sure
	c.setVertical(&g, cid)
	return g
}

// text is what a code of n bytes means: the first of ToUnicode, the code itself
// where it is Unicode, the font program and the collection (9.10.2) that says
// something. It is not sure where a doubtful ToUnicode map says it that has no
// entries for text, unless a CIDToGIDMap makes characters of the CIDs.
func (c *cidFont) text(code uint32, n int, cid uint32, known bool) (text string, sure bool) {
	claim := ""
	if c.unicode != nil {
		if claim = c.unicode.text(code, n); meaningful(claim) && !c.doubtful {
			return claim, true
		}
	}
	if r, ok := c.codes.character(code, n); ok && meaningful(string(r)) {
		return string(r), true
	}
	if known {
		if t := c.cidText(cid); t != "" {
			return t, true
		}
	}
	if !c.doubtful {
		return claim, true // nothing, or private
	}
	if strings.ContainsFunc(claim, unicode.IsControl) {
		return "", false
	}
	return claim, c.gids != nil || !c.unicode.empty()
}

// meaningful tells text from the nothing that broken maps hold: control,
// replacement and private characters.
func meaningful(t string) bool {
	for _, r := range t {
		if r < ' ' && r != '\t' || r >= 0x7F && r < 0xA0 || r == 0xFFFD || page.Private(r) || r&0xFFFE == 0xFFFE {
			return false
		}
	}
	return t != "" && page.Normalize(t) != ""
}

// cidText is the text of a CID. A CMap of a collection is certain about it. With
// Identity-H the CIDs of a TrueType font are often its glyphs, whatever
// CIDSystemInfo claims, so the program that draws them is asked first.
func (c *cidFont) cidText(cid uint32) string {
	if o := c.codes.collection(); o != "" {
		if t := cidpkg.Text(o, cid); t != "" {
			return t
		}
	}
	p := c.program.get()
	if p != nil {
		gid, mapped := cid, c.gids != nil
		if mapped {
			gid = 0
			if m := c.gids(); int(cid)*2+1 < len(m) {
				gid = uint32(m[2*cid])<<8 | uint32(m[2*cid+1])
			}
		}
		if t := p.gidText(gid, cid, mapped); meaningful(t) {
			return t
		}
	}
	ordering := c.ordering
	if p != nil && !cidpkg.Known(ordering) {
		ordering = p.ordering
	}
	return cidpkg.Text(ordering, cid)
}

func (c *cidFont) setVertical(g *glyph, cid uint32) {
	if !c.vertical {
		return
	}
	g.vAdvance, g.vx = c.dwW1, g.advance/2
	if h, ok := c.heights[cid]; ok {
		g.vAdvance, g.vx = h[0], h[1]
	}
}

// widthTable holds /W (9.7.4.3) as ranges sorted by first CID.
type widthTable struct {
	ranges []widthRange
	reach  []uint32 // the highest CID of the ranges up to each
}

type widthRange struct {
	low, high uint32
	width     float64   // of all, where list is nil
	list      []float64 // one a CID
}

func (t widthTable) at(cid uint32) (float64, bool) {
	i := sort.Search(len(t.ranges), func(i int) bool { return t.ranges[i].low > cid })
	// Ranges may overlap in careless files: the one that starts last counts.
	for k := i - 1; k >= 0 && k >= i-maxOverlap && t.reach[k] >= cid; k-- {
		r := t.ranges[k]
		if cid > r.high {
			continue
		}
		if r.list != nil {
			return r.list[cid-r.low], true
		}
		return r.width, true
	}
	return 0, false
}

func readWidths(v value) widthTable {
	var t widthTable
	n := min(v.len(), maxWidthEntries)
	total := 0
	for i := 0; i+1 < n && total < maxWidthEntries; {
		low := cidNumber(v.index(i))
		second := v.index(i + 1)
		if second.kind() == kindArray {
			list := make([]float64, min(second.len(), maxWidthEntries-total))
			for k := range list {
				list[k] = clampWidth(second.index(k).number() / 1000)
			}
			if total += len(list); len(list) > 0 {
				t.ranges = append(t.ranges, widthRange{low: low, high: low + uint32(len(list)) - 1, list: list})
			}
			i += 2
			continue
		}
		if i+2 < n {
			w := clampWidth(v.index(i+2).number() / 1000)
			t.ranges = append(t.ranges, widthRange{low: low, high: cidNumber(second), width: w})
			total++
		}
		i += 3
	}
	sort.SliceStable(t.ranges, func(i, j int) bool { return t.ranges[i].low < t.ranges[j].low })
	t.reach = make([]uint32, len(t.ranges))
	high := uint32(0)
	for i, r := range t.ranges {
		high = max(high, r.high)
		t.reach[i] = high
	}
	return t
}

// readHeights reads /W2: for each CID w1y, vx, vy.
func readHeights(v value) map[uint32][3]float64 {
	out := map[uint32][3]float64{}
	n := min(v.len(), maxWidthEntries)
	for i := 0; i+1 < n && len(out) < maxWidthEntries; {
		low, second := cidNumber(v.index(i)), v.index(i+1)
		if second.kind() == kindArray {
			for k := 0; k+2 < min(second.len(), maxWidthEntries); k += 3 {
				out[low+uint32(k/3)] = heights(second, k)
			}
			i += 2
			continue
		}
		if i+4 < n {
			h := heights(v, i+2)
			for c := low; c <= cidNumber(second) && len(out) < maxWidthEntries; c++ {
				out[c] = h
			}
		}
		i += 5
	}
	return out
}

func heights(v value, i int) [3]float64 {
	var h [3]float64
	for k := range h {
		h[k] = clampWidth(v.index(i+k).number() / 1000)
	}
	return h
}

// cidNumber is a CID, which 9.7.3 limits to 16 bits.
func cidNumber(v value) uint32 {
	return uint32(max(0, min(0xFFFF, v.integer())))
}
