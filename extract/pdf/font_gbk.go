package pdf

import (
	"unicode"
	"unicode/utf8"

	"nianbao/extract/pdf/cid"
)

// gbkFont is a simple font with text in GBK, two bytes an ideograph: what old
// Chinese producers write for the fonts of the system, which they name in GBK
// and do not embed. The standard knows no such font; readers made in China
// show it.
type gbkFont struct {
	widths [256]float64 // of bytes, for an em of 1
	codes  *cid.CMap
}

// newGBK is the decoder of a font that is neither embedded nor has a ToUnicode
// map and whose name is ideographs in GBK; nil for other fonts.
func (d *Document) newGBK(v, desc value) decoder {
	name := v.key("BaseFont").name()
	if utf8.ValidString(name) || embedded(desc) || v.key("ToUnicode").kind() != kindNull {
		return nil
	}
	if r, _ := utf8.DecodeRuneInString(decodeName(name)); !unicode.Is(unicode.Han, r) {
		return nil
	}
	g := &gbkFont{codes: cid.Predefined("GBK-EUC-H")}
	if v.key("Widths").kind() == kindArray {
		g.widths = d.newSimple(v).advance
	}
	return g
}

func (g *gbkFont) next(s []byte) (uint32, int) { return g.codes.Next(s) }

func (g *gbkFont) glyph(code uint32, raw []byte) glyph {
	out := glyph{text: g.codes.Text(code, len(raw))}
	for _, b := range raw {
		w := g.widths[b]
		if w == 0 {
			w = 0.5
		}
		out.advance += w
	}
	return out
}
