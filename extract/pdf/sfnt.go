package pdf

import (
	"encoding/binary"

	"nianbao/extract/page"
)

// maxGlyphs is the number of glyphs a font file can have.
const maxGlyphs = 1 << 16

// sfntTable returns a table of an OpenType font; nil where it is missing or out
// of bounds.
func sfntTable(data []byte, tag string) []byte {
	base := 0
	if len(data) >= 16 && string(data[:4]) == "ttcf" {
		base = int(binary.BigEndian.Uint32(data[12:]))
	}
	if base < 0 || base+12 > len(data) {
		return nil
	}
	n := int(binary.BigEndian.Uint16(data[base+4:]))
	for i := range n {
		at := base + 12 + 16*i
		if at+16 > len(data) {
			return nil
		}
		if string(data[at:at+4]) != tag {
			continue
		}
		off, size := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if off > uint64(len(data)) {
			return nil
		}
		return data[off:min(off+size, uint64(len(data)))]
	}
	return nil
}

// parseSFNT reads cmap, post and CFF of a TrueType or OpenType font (ISO/IEC
// 14496-22) as far as they tell what glyphs mean.
func parseSFNT(data []byte, p *fontProgram) {
	parseCmapTable(sfntTable(data, "cmap"), p)
	p.names = postNames(sfntTable(data, "post"))
	if cff := sfntTable(data, "CFF "); cff != nil {
		parseCFF(cff, p)
	}
}

// parseCmapTable reads all subtables: Unicode ones reversed, symbol and
// Macintosh ones forward.
func parseCmapTable(t []byte, p *fontProgram) {
	if len(t) < 4 {
		return
	}
	p.byGID = map[uint32]rune{}
	p.symbolGID = map[uint32]uint32{}
	n := min(int(binary.BigEndian.Uint16(t[2:])), 64)
	symbol := false
	for i := range n {
		at := 4 + 8*i
		if at+8 > len(t) {
			return
		}
		platform, enc := binary.BigEndian.Uint16(t[at:]), binary.BigEndian.Uint16(t[at+2:])
		off := uint64(binary.BigEndian.Uint32(t[at+4:]))
		if off >= uint64(len(t)) {
			continue
		}
		sub := t[off:]
		switch {
		case platform == 0 && enc != 5, platform == 3 && (enc == 1 || enc == 10):
			eachMapping(sub, func(code, gid uint32) {
				if r, ok := p.byGID[gid]; code >= ' ' && (!ok || better(rune(code), r)) {
					p.byGID[gid] = rune(code)
				}
			})
		case platform == 3 && enc == 0:
			symbol = true
			eachMapping(sub, func(code, gid uint32) { p.symbolGID[code&0xFF] = gid })
		case platform == 1 && enc == 0 && !symbol:
			eachMapping(sub, func(code, gid uint32) {
				if code < 256 {
					p.symbolGID[code] = gid
				}
			})
		}
	}
}

// better tells whether a is the likelier text than b for a glyph that both map
// to: an ordinary character beats look-alikes, spaces of other kinds and
// private ones.
func better(a, b rune) bool { return rank(a) < rank(b) || rank(a) == rank(b) && a < b }

func rank(r rune) int {
	switch {
	case page.Variant(r), r == 0xA0, r == 0xAD, r == 0x2011:
		return 1
	case page.Private(r):
		return 2
	}
	return 0
}

// eachMapping calls f with every code and non-zero glyph of a cmap subtable of
// format 0, 4, 6, 10, 12 or 13; at most maxGlyphs × 4 mappings.
func eachMapping(t []byte, f func(code, gid uint32)) {
	if len(t) < 8 {
		return
	}
	left := 4 * maxGlyphs
	emit := func(code, gid uint32) bool {
		if left--; left < 0 || code > 0x10FFFF {
			return false
		}
		if gid != 0 && gid < maxGlyphs {
			f(code, gid)
		}
		return true
	}
	switch binary.BigEndian.Uint16(t) {
	case 0:
		for i, g := range t[6:min(len(t), 262)] {
			emit(uint32(i), uint32(g))
		}
	case 4:
		mapFormat4(t, emit)
	case 6:
		if len(t) < 10 {
			return
		}
		first := uint32(binary.BigEndian.Uint16(t[6:]))
		n := int(binary.BigEndian.Uint16(t[8:]))
		for i := 0; i < n && 12+2*i <= len(t); i++ {
			emit(first+uint32(i), uint32(binary.BigEndian.Uint16(t[10+2*i:])))
		}
	case 12, 13:
		mapFormat12(t, emit)
	}
}

func mapFormat4(t []byte, emit func(code, gid uint32) bool) {
	if len(t) < 16 {
		return
	}
	segs := int(binary.BigEndian.Uint16(t[6:])) / 2
	u16 := func(at int) (uint32, bool) {
		if at < 0 || at+2 > len(t) {
			return 0, false
		}
		return uint32(binary.BigEndian.Uint16(t[at:])), true
	}
	for i := range segs {
		end, ok1 := u16(14 + 2*i)
		start, ok2 := u16(16 + 2*segs + 2*i)
		delta, ok3 := u16(16 + 4*segs + 2*i)
		rangeAt := 16 + 6*segs + 2*i
		offset, ok4 := u16(rangeAt)
		if !ok1 || !ok2 || !ok3 || !ok4 {
			return
		}
		for c := start; c <= end && c != 0xFFFF; c++ {
			gid := c
			if offset != 0 {
				g, ok := u16(rangeAt + int(offset) + 2*int(c-start))
				if !ok {
					break
				}
				if gid = g; g == 0 {
					continue
				}
			}
			if !emit(c, (gid+delta)&0xFFFF) {
				return
			}
		}
	}
}

func mapFormat12(t []byte, emit func(code, gid uint32) bool) {
	if len(t) < 16 {
		return
	}
	many := binary.BigEndian.Uint16(t) == 13
	n := uint64(binary.BigEndian.Uint32(t[12:]))
	for i := uint64(0); i < n && 16+12*(i+1) <= uint64(len(t)); i++ {
		g := t[16+12*i:]
		start, end, gid := binary.BigEndian.Uint32(g), binary.BigEndian.Uint32(g[4:]), binary.BigEndian.Uint32(g[8:])
		for c := uint64(start); c <= uint64(end); c++ {
			if !emit(uint32(c), gid) {
				return
			}
			if !many {
				gid++
			}
		}
	}
}

// macGlyphs is how many names the standard order of Macintosh glyphs has.
const macGlyphs = 258

// macGlyphNames are these names, written as uniXXXX: three without a character,
// ASCII, the rest of Mac OS Roman, and 32 more (ISO/IEC 14496-22, post).
func macGlyphNames() []string {
	names := make([]string, 3, macGlyphs)
	roman := macRoman()
	for c := 0x20; c < 0x100; c++ {
		switch c {
		case 0x7F: // no glyph
		case 0xF0: // Apple's sign, private in Unicode
			names = append(names, "")
		default:
			names = append(names, uniName(roman[c]))
		}
	}
	for _, r := range "ŁłŠšŽž¦ÐðÝýÞþ−×¹²³½¼¾₣ĞğİŞşĆćČčđ" {
		names = append(names, uniName(r))
	}
	return names
}

// postNames reads glyph names from a post table of format 1 or 2.
func postNames(t []byte) []string {
	if len(t) >= 4 && binary.BigEndian.Uint32(t) == 0x00010000 {
		return macGlyphNames()
	}
	if len(t) < 34 || binary.BigEndian.Uint32(t) != 0x00020000 {
		return nil
	}
	n := int(binary.BigEndian.Uint16(t[32:]))
	if 34+2*n > len(t) {
		return nil
	}
	var own []string
	for rest := t[34+2*n:]; len(rest) > 0; {
		l := int(rest[0])
		if 1+l > len(rest) {
			break
		}
		own = append(own, string(rest[1:1+l]))
		rest = rest[1+l:]
	}
	names, standard := make([]string, n), macGlyphNames()
	for i := range names {
		k := int(binary.BigEndian.Uint16(t[34+2*i:]))
		if k < len(standard) {
			names[i] = standard[k]
		} else if k -= macGlyphs; k < len(own) {
			names[i] = own[k]
		}
	}
	return names
}
