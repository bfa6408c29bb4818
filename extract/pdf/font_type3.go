package pdf

import (
	"math"
	"sync"

	"nianbao/extract/page"
)

// newType3 makes the decoder of a Type 3 font (9.6.5), whose glyphs are content
// streams, and sets the font's heights. The procedures are not drawn: what they
// look like is nobody's concern here; their d0 or d1 gives the width where
// /Widths has none.
func (d *Document) newType3(v value, f *font) *simpleFont {
	m := matrixOf(v.key("FontMatrix"))
	if m == page.Identity() && v.key("FontMatrix").kind() != kindArray {
		m = page.Matrix{0.001, 0, 0, 0.001, 0, 0}
	}
	e := &baseEncoding{}
	readDifferences(v.key("Encoding").key("Differences"), &e.names)
	s := &simpleFont{encoding: e, unicode: d.toUnicode(v)}
	first, widths := v.key("FirstChar").integer(), v.key("Widths")
	procs := v.key("CharProcs")
	for c := range s.advance {
		w := 0.0
		if i := int64(c) - first; i >= 0 && i < int64(widths.len()) {
			w = widths.index(int(i)).number()
		} else if widths.len() == 0 {
			w = d.procWidth(procs.key(e.names[c]))
		}
		s.advance[c] = clampWidth(w * m[0])
	}
	f.setType3Height(v, d.descriptorOf(v), m)
	s.ascii = sync.OnceValue(e.naturalNames)
	return s
}

// procWidth is the first operand of the d0 or d1 that starts a glyph procedure; 0 where
// there is no procedure.
func (d *Document) procWidth(p value) float64 {
	data, _ := d.readStream(p)
	l := lexer{data: data}
	for i := 0; i < 6; i++ {
		if t := l.next(); t.kind == tokNumber {
			return t.num
		}
	}
	return 0
}

// setType3Height takes the descriptor's heights, which Skia writes, else the
// font's box; a box of the few glyphs of a subset says too little, so the em is
// at least an ordinary one.
func (f *font) setType3Height(v, desc value, m page.Matrix) {
	// The em is one unit of text space in nearly all files. Where the font's box
	// is far from that, glyphs are drawn in pixels and the box has to do.
	if b, ok := numbers(v.key("FontBBox"), 4); ok {
		if h := math.Abs((b[3] - b[1]) * m[3]); h > 20 || h > 0 && h < 0.02 {
			f.emScale = max(0.001, min(1000, h))
		}
	}
	if desc.kind() == kindDict {
		f.setHeight(desc)
		return
	}
	f.ascent *= f.emScale
	f.descent *= f.emScale
}
