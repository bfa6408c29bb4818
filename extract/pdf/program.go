package pdf

import (
	"nianbao/extract"
	"nianbao/extract/page"
	"nianbao/extract/pdf/glyphname"
)

// fontProgram is what an embedded font file says of the text of its glyphs.
type fontProgram struct {
	// byGID is the reverse of the Unicode cmap of a TrueType or OpenType font.
	byGID map[uint32]rune
	// symbolGID maps codes 0–255 through a (3,0) or (1,0) cmap.
	symbolGID map[uint32]uint32
	// names are glyph names by GID (post, CFF charset); nil where unknown.
	names []string
	// codeNames is the built-in encoding by name (Type 1, CFF).
	codeNames [256]string
	// gidOfCID maps CIDs of a CID-keyed CFF to GIDs; nil is identity.
	gidOfCID map[uint32]uint32
	// ordering is the collection that a CID-keyed CFF names (ROS).
	ordering string
}

// programSource reads a font's embedded file when the first glyph needs it: most
// fonts have maps that make it unnecessary.
type programSource struct {
	doc  *Document
	desc value
	read bool
	p    *fontProgram
}

// get is nil where there is no file or where it cannot be read.
func (s *programSource) get() *fontProgram {
	if !s.read && s.doc != nil {
		s.read = true
		s.p = s.doc.tryProgram(s.desc)
	}
	return s.p
}

// tryProgram is loadProgram; damage that makes the library panic gives nil.
// Limits stay fatal.
func (d *Document) tryProgram(desc value) (p *fontProgram) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(*extract.Error); ok {
				panic(e)
			}
			p = nil
		}
	}()
	return d.loadProgram(desc)
}

// loadProgram reads the embedded font file; nil where there is none or nothing
// in it can be read. A damaged font costs only its maps.
func (d *Document) loadProgram(desc value) *fontProgram {
	for _, k := range [3]string{"FontFile2", "FontFile3", "FontFile"} {
		v := desc.key(k)
		if v.kind() != kindStream {
			continue
		}
		data, err := d.readStream(v)
		if e := extract.AsError(err); e != nil {
			panic(e)
		}
		return parseProgram(data)
	}
	return nil
}

// parseProgram tells the kind of a font file from its first bytes.
func parseProgram(data []byte) *fontProgram {
	p := &fontProgram{}
	switch {
	case len(data) < 4:
		return nil
	case string(data[:4]) == "OTTO", string(data[:4]) == "true", string(data[:4]) == "ttcf", string(data[:4]) == "\x00\x01\x00\x00":
		parseSFNT(data, p)
	case data[0] == 1 && data[1] <= 1:
		parseCFF(data, p)
	default:
		parseType1(data, p)
	}
	return p
}

// gidText is the text of a glyph reached by CID: mapped says that a
// CIDToGIDMap already turned it into gid.
func (p *fontProgram) gidText(gid, cid uint32, mapped bool) string {
	if !mapped && p.gidOfCID != nil {
		g, ok := p.gidOfCID[cid]
		if !ok {
			return ""
		}
		gid = g
	}
	r, ok := p.byGID[gid]
	if ok && !page.Private(r) {
		return string(r)
	}
	if int(gid) < len(p.names) {
		if t := glyphname.Text(p.names[gid]); t != "" {
			return t
		}
	}
	if ok {
		return string(r)
	}
	return ""
}

// codeText is the text of a code of a simple font; name is the one its
// Differences gives, if any.
func (p *fontProgram) codeText(code int, name string) string {
	if name != "" && name != ".notdef" {
		for gid, n := range p.names {
			if n == name {
				return p.gidText(uint32(gid), uint32(gid), true)
			}
		}
	}
	if gid, ok := p.symbolGID[uint32(code)]; ok && gid != 0 {
		if t := p.gidText(gid, gid, true); t != "" {
			return t
		}
	}
	return glyphname.Text(p.codeNames[code])
}
