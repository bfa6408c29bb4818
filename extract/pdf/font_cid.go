package pdf

import (
	"sort"
	"strings"

	lib "github.com/ledongthuc/pdf"
)

// Caps of one CID font's width arrays.
const maxWidthEntries = 1 << 17

// cidFont is a Type 0 font with its descendant (9.7).
type cidFont struct {
	vertical bool
	codes    *cmap       // code → CID
	legacy   *legacyCMap // predefined CMap whose codes are text
	unicode  *cmap       // ToUnicode
	widths   widthTable
	heights  map[uint32][3]float64 // W2: w1y, vx, vy
	dw       float64
	dwVY     float64 // DW2
	dwW1     float64
	program  *fontProgram // for fonts without ToUnicode
	gids     []byte       // CIDToGIDMap; nil is identity
	ordering string
}

func (d *Document) newCIDFont(v, cid lib.Value) *cidFont {
	c := &cidFont{dw: 1, dwVY: 0.88, dwW1: -1}
	c.ordering = cid.Key("CIDSystemInfo").Key("Ordering").RawString()
	c.setEncoding(d, v.Key("Encoding"))
	c.unicode = d.toUnicode(v)
	if w := cid.Key("DW"); w.Kind() == lib.Integer || w.Kind() == lib.Real {
		c.dw = clampWidth(w.Float64() / 1000)
	}
	c.widths = readWidths(cid.Key("W"))
	if c.vertical {
		if n, ok := numbers(cid.Key("DW2"), 2); ok {
			c.dwVY, c.dwW1 = clampWidth(n[0]/1000), clampWidth(n[1]/1000)
		}
		c.heights = readHeights(cid.Key("W2"))
	}
	if c.unicode == nil && c.legacy == nil {
		c.program = d.loadProgram(cid.Key("FontDescriptor"))
		if m := cid.Key("CIDToGIDMap"); m.Kind() == lib.Stream {
			c.gids, _ = d.readStream(m)
		}
	}
	return c
}

// setEncoding takes the CMap: embedded, Identity or predefined (table 118).
func (c *cidFont) setEncoding(d *Document, enc lib.Value) {
	name := enc.Name()
	if enc.Kind() == lib.Stream {
		c.codes = d.streamCMap(enc, 0)
		c.vertical = c.codes.vertical
		if len(c.codes.spaces) > 0 || c.codes.base != nil || len(c.codes.cids) > 0 {
			return
		}
		name = enc.Key("CMapName").Name()
	}
	c.vertical = c.vertical || strings.HasSuffix(name, "-V")
	if c.legacy = predefinedCMap(name); c.legacy == nil {
		c.codes = &cmap{identity: true, vertical: c.vertical}
	}
}

func (c *cidFont) next(s []byte) (uint32, int) {
	if c.legacy != nil {
		return c.legacy.next(s)
	}
	return c.codes.next(s)
}

func (c *cidFont) glyph(code uint32, raw []byte) glyph {
	g := glyph{advance: c.dw}
	var cid uint32
	var known bool
	if c.legacy != nil {
		g.text = c.legacy.text(raw)
		cid, known = c.legacy.cid(g.text)
	} else {
		cid, known = c.codes.cid(code, len(raw))
	}
	if w, ok := c.widths.at(cid); known && ok {
		g.advance = w
	} else if !known && len(c.widths.ranges) > 0 && halfWidth(g.text) {
		g.advance = min(c.dw, 0.5) // half-width kana, whose CIDs are not known here
	}
	if c.unicode != nil {
		if t := c.unicode.text(code, len(raw)); t != "" {
			g.text = t
		}
	}
	if g.text == "" && known {
		g.text = c.cidText(cid)
	}
	c.setVertical(&g, cid)
	return g
}

// cidText finds the text of a CID without ToUnicode: through the embedded font,
// or because all Adobe collections start with ASCII.
func (c *cidFont) cidText(cid uint32) string {
	if c.program != nil {
		gid := cid
		if c.gids != nil {
			if gid = 0; int(cid)*2+1 < len(c.gids) {
				gid = uint32(c.gids[2*cid])<<8 | uint32(c.gids[2*cid+1])
			}
		}
		if t := c.program.gidText(gid, cid, c.gids != nil); t != "" {
			return t
		}
	}
	switch c.ordering {
	case "GB1", "CNS1", "Japan1", "Korea1", "KR":
		if cid >= 1 && cid <= 95 {
			return string(rune(cid + 0x1F))
		}
	}
	return ""
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
}

type widthRange struct {
	low, high uint32
	width     float64   // of all, where list is nil
	list      []float64 // one a CID
}

func (t widthTable) at(cid uint32) (float64, bool) {
	i := sort.Search(len(t.ranges), func(i int) bool { return t.ranges[i].low > cid })
	// Ranges may overlap in careless files; look back a little.
	for k := i - 1; k >= 0 && k >= i-4; k-- {
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

func readWidths(v lib.Value) widthTable {
	var t widthTable
	n := min(v.Len(), maxWidthEntries)
	total := 0
	for i := 0; i+1 < n && total < maxWidthEntries; {
		low := cidNumber(v.Index(i))
		second := v.Index(i + 1)
		if second.Kind() == lib.Array {
			list := make([]float64, min(second.Len(), maxWidthEntries-total))
			for k := range list {
				list[k] = clampWidth(second.Index(k).Float64() / 1000)
			}
			if total += len(list); len(list) > 0 {
				t.ranges = append(t.ranges, widthRange{low: low, high: low + uint32(len(list)) - 1, list: list})
			}
			i += 2
			continue
		}
		if i+2 < n {
			w := clampWidth(v.Index(i+2).Float64() / 1000)
			t.ranges = append(t.ranges, widthRange{low: low, high: cidNumber(second), width: w})
			total++
		}
		i += 3
	}
	sort.SliceStable(t.ranges, func(i, j int) bool { return t.ranges[i].low < t.ranges[j].low })
	return t
}

// readHeights reads /W2: for each CID w1y, vx, vy.
func readHeights(v lib.Value) map[uint32][3]float64 {
	out := map[uint32][3]float64{}
	n := min(v.Len(), maxWidthEntries)
	for i := 0; i+1 < n && len(out) < maxWidthEntries; {
		low, second := cidNumber(v.Index(i)), v.Index(i+1)
		if second.Kind() == lib.Array {
			for k := 0; k+2 < min(second.Len(), maxWidthEntries); k += 3 {
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

func heights(v lib.Value, i int) [3]float64 {
	var h [3]float64
	for k := range h {
		h[k] = clampWidth(v.Index(i+k).Float64() / 1000)
	}
	return h
}

// cidNumber is a CID, which 9.7.3 limits to 16 bits.
func cidNumber(v lib.Value) uint32 {
	return uint32(max(0, min(0xFFFF, v.Int64())))
}
