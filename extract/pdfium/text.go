package pdfium

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/extract"
	"nianbao/extract/page"
	"nianbao/extract/symbolfont"
)

// textObject is what the characters of one show operator share.
type textObject struct {
	place     page.Matrix // from text space, an em of 1, to the page
	font      font
	address   uint32 // of the font
	index     int    // of the font in the page's list
	clip      page.Box
	invisible bool
	artifact  bool
	glyphs    int // how many of the page's glyphs are of this object,
	first     int // from this one on
}

// font is what is asked of a font once a page.
type font struct {
	info            page.Font
	symbols         symbolfont.Font // by its name
	ascent, descent float64         // for an em of 1
}

// Text rendering modes (ISO 32000-1, 9.3.6).
const (
	modeStroke     = 1
	modeFillStroke = 2
	modeInvisible  = 3
	modeClip       = 7
)

// textObject keeps what is known of a text object for its characters.
func (r *reader) textObject(o uint32, own page.Matrix, clip page.Box, in scope) {
	m := r.m
	if m.at(fnFontSize, o, m.out(0)) == 0 {
		return
	}
	size := m.float(0)
	t := textObject{
		place: page.Matrix{size, 0, 0, size, 0, 0}.Mul(own), clip: clip,
		address: m.at(fnFont, o), artifact: in.artifact || r.artifact(o),
	}
	t.font = r.font(t.address)
	mode := m.at(fnRenderMode, o)
	info := t.font.info
	switch mode {
	case modeInvisible, modeClip:
		t.invisible = true
	case modeStroke:
		t.invisible = r.clear(fnStrokeColor, o)
	case modeFillStroke:
		if r.paints(fnStrokeColor, o) {
			info.Bold = true // outlined as well as filled: the usual false bold
		}
	default:
		t.invisible = r.clear(fnFillColor, o)
	}
	t.index = r.fontIndex(info)
	r.texts[o] = &t
	r.order = append(r.order, o)
}

// clear tells whether a colour is wholly transparent.
func (r *reader) clear(which export, o uint32) bool {
	m := r.m
	return m.call(which, uint64(o), m.out(0), m.out(1), m.out(2), m.out(3)) != 0 && m.int(3) <= 2
}

// fontIndex is the index of a font in the page's list.
func (r *reader) fontIndex(f page.Font) int {
	i, ok := r.index[f]
	if !ok {
		i = len(r.page.Fonts)
		r.page.Fonts = append(r.page.Fonts, f)
		r.index[f] = i
	}
	return i
}

// font describes the font at an address.
func (r *reader) font(address uint32) font {
	if f, ok := r.fonts[address]; ok {
		return f
	}
	f := font{ascent: 0.88, descent: -0.12}
	if m := r.m; address != 0 {
		f.info.Name = fontName(r.fontName(address))
		f.symbols = symbolfont.Of(f.info.Name)
		const forceBold = 1 << 18
		flags := m.at(fnFontFlags, address)
		f.info.Bold = boldName(f.info.Name) || flags != math.MaxUint32 && flags&forceBold != 0
		f.heights(r.fontHeight(fnFontAscent, address), r.fontHeight(fnFontDescent, address))
	}
	r.fonts[address] = f
	return f
}

// heights sets ascent and descent, with the limits that viewers apply: many
// fonts say 0 or nonsense.
func (f *font) heights(ascent, descent float64) {
	if ascent > 0.3 {
		f.ascent = min(max(ascent, 0.7), 1.05)
	}
	if descent != 0 {
		f.descent = max(-math.Abs(descent), -0.4)
	}
}

func (r *reader) fontHeight(which export, address uint32) float64 {
	m := r.m
	if m.call(which, uint64(address), uint64(math.Float32bits(1)), m.out(0)) == 0 {
		return 0
	}
	return m.float(0)
}

func (r *reader) fontName(address uint32) string {
	const size = 256
	n := r.m.count(fnFontName, address, r.m.out(0), size)
	if n < 2 {
		return ""
	}
	return string(r.m.view(r.m.scratch, int64(min(n, size)))[:min(n, size)-1])
}

// fontName makes a name readable: without the prefix of a subset, six capitals
// and a plus, and decoded where it is written in GBK bytes.
func fontName(raw string) string {
	if len(raw) > 7 && raw[6] == '+' {
		raw = raw[7:]
	}
	if utf8.ValidString(raw) {
		return raw
	}
	if s, err := simplifiedchinese.GBK.NewDecoder().String(raw); err == nil {
		return s
	}
	return strings.ToValidUTF8(raw, "")
}

func boldName(name string) bool {
	low := strings.ToLower(name)
	return strings.Contains(low, "bold") || strings.Contains(low, "heavy") || strings.Contains(low, "black") || strings.Contains(low, "粗")
}

// text reads the characters of a page.
func (r *reader) text(handle uint32, base page.Matrix) error {
	m := r.m
	tp := m.at(fnTextLoad, handle)
	if tp == 0 {
		if m.err == nil {
			r.warn("text_unreadable", "第 %d 页的文字无法读取。", r.page.Number)
		}
		return nil
	}
	defer m.at(fnTextClose, tp)
	n := m.count(fnTextCount, tp)
	if n > r.lim.Glyphs {
		return extract.OverLimit("glyphs", int64(r.lim.Glyphs), fmt.Sprintf("第 %d 页的文字过多。", r.page.Number))
	}
	t := texter{reader: r, tp: tp, base: base, widths: map[widthKey]float64{}, low: -1}
	for i := 0; i < n && m.err == nil; i++ {
		t.char(i)
	}
	r.shadows()
	return nil
}

// shadows makes bold what is drawn twice, a little apart, where PDFium itself
// leaves out the second drawing: a text object without characters beside one of
// the same font.
func (r *reader) shadows() {
	type place struct {
		font uint32
		x, y int32
	}
	at := map[place]*textObject{}
	for _, o := range r.order {
		t := r.texts[o]
		x, y := t.place[4], t.place[5]
		reach := min(1.2, 0.16*math.Hypot(t.place[2], t.place[3]))
		if t.glyphs > 0 {
			at[place{t.address, gridAt(x), gridAt(y)}] = t
			continue
		}
		for gx := gridAt(x - reach); gx <= gridAt(x+reach); gx++ {
			for gy := gridAt(y - reach); gy <= gridAt(y+reach); gy++ {
				first := at[place{t.address, gx, gy}]
				if first == nil {
					continue
				}
				if d := math.Hypot(first.place[4]-x, first.place[5]-y); d > 0.05 && d <= reach {
					r.embolden(first)
				}
			}
		}
	}
}

// embolden makes the glyphs of a text object bold, those that follow each other.
func (r *reader) embolden(t *textObject) {
	f := r.page.Fonts[t.index]
	f.Bold = true
	t.index = r.fontIndex(f)
	for i := t.first; i < len(r.owner) && r.owner[i] == t; i++ {
		r.page.Glyphs[i].Font = t.index
	}
}

// texter reads the characters of one text page.
type texter struct {
	*reader
	tp   uint32
	base page.Matrix

	widths map[widthKey]float64

	low int // index of the second half of a surrogate pair, or -1

	last     uint32 // text object of the last glyph
	lastChar int    // index of its character
	kept     bool   // it is the last of page.Glyphs
	ux, uy   float64
}

// hyphenMark is what PDFium gives for a hyphen at the end of a line. A font may
// also have a character of this code.
const hyphenMark = 2

// char reads character i.
func (t *texter) char(i int) {
	m := t.m
	u := rune(m.at(fnUnicode, t.tp, uint64(i)))
	if u <= ' ' && m.at(fnGenerated, t.tp, uint64(i)) == 1 {
		return // not in the file
	}
	if utf16.IsSurrogate(u) {
		if i == t.low {
			return
		}
		if r := utf16.DecodeRune(u, rune(m.at(fnUnicode, t.tp, uint64(i+1)))); r != utf8.RuneError {
			u, t.low = r, i+1
		}
	}
	o := m.at(fnTextObject, t.tp, uint64(i))
	obj, ok := t.texts[o]
	if !ok || m.at(fnOrigin, t.tp, uint64(i), m.out(0), m.out(1)) == 0 {
		return
	}
	ux, uy := m.double(0), m.double(1)
	text, raw, unmapped := t.meaning(u, i, obj.font.symbols)
	if t.joined(o, i, ux, uy) {
		if t.kept {
			t.page.Glyphs[len(t.page.Glyphs)-1].Text += text
		}
		t.lastChar = max(i, t.low)
		return
	}
	g := page.Glyph{
		Text: text, Raw: raw, Unmapped: unmapped, Font: obj.index, Artifact: obj.artifact, Invisible: obj.invisible,
	}
	t.put(&g, obj, u, i, ux, uy)
	t.last, t.lastChar, t.ux, t.uy = o, max(i, t.low), ux, uy
	t.kept = t.keep(g, obj)
}

// joined tells whether a character comes from the same code as the one before,
// as those of ligatures do.
func (t *texter) joined(o uint32, i int, ux, uy float64) bool {
	return len(t.page.Glyphs) > 0 && o == t.last && i == t.lastChar+1 && ux == t.ux && uy == t.uy
}

// meaning is the text of a character, what the file has where that is another,
// and whether the file does not say.
func (t *texter) meaning(u rune, i int, symbols symbolfont.Font) (text, raw string, unmapped bool) {
	switch {
	case u == hyphenMark && t.m.at(fnHyphen, t.tp, uint64(i)) == 1:
		return "-", "", false
	case t.m.at(fnMapError, t.tp, uint64(i)) == 1, u <= 0, u == 0xFFFE, u == 0xFFFF, u == utf8.RuneError, !utf8.ValidRune(u):
		return "", "", true
	}
	raw = string(u)
	text = raw
	// The codes of Symbol mean letters where its encoding or ToUnicode says so.
	if symbols > symbolfont.Symbol || symbols == symbolfont.Symbol && page.Private(u) {
		text = symbolfont.Text(raw, symbols)
	}
	if strings.ContainsFunc(text, page.Private) {
		return text, "", true
	}
	if text = page.Normalize(text); text == raw {
		raw = ""
	}
	return text, raw, text == ""
}

// put sets position, size, direction and box.
func (t *texter) put(g *page.Glyph, obj *textObject, u rune, i int, ux, uy float64) {
	g.X, g.Y = t.base.Apply(ux, uy)
	p := obj.place
	g.Size = math.Hypot(p[2], p[3])
	if p[1] != 0 || p[0] < 0 {
		g.Angle = angleOf(p[0], -p[1])
	}
	loose := t.box(fnLooseBox, i)
	if offLine(p, g.X, g.Y) {
		g.Vertical, g.Box = true, loose
		g.X, g.Y = penOf(loose, -p[2], -p[3])
		return
	}
	adv := t.advance(obj, loose, u, i)
	p[4], p[5] = g.X, g.Y
	g.Box = p.Box(0, obj.font.descent, adv, obj.font.ascent)
}

// offLine tells whether (x, y) stands off the base line of its text object by
// more than noise. In horizontal writing none does; in vertical writing, where
// the module gives each glyph's horizontal origin, all do.
func offLine(p page.Matrix, x, y float64) bool {
	det := p[0]*p[3] - p[1]*p[2]
	off := (p[0]*(y-p[5]) - p[1]*(x-p[4])) / det
	return det != 0 && math.Abs(off) > 0.05
}

// penOf is where a glyph of vertical writing begins: the middle of the side of
// its box from which the direction (dx, dy) leads away.
func penOf(b page.Box, dx, dy float64) (x, y float64) {
	x, y = (b.X0+b.X1)/2, (b.Y0+b.Y1)/2
	switch {
	case math.Abs(dy) >= math.Abs(dx) && dy >= 0:
		return x, b.Y0
	case math.Abs(dy) >= math.Abs(dx):
		return x, b.Y1
	case dx >= 0:
		return b.X0, y
	}
	return b.X1, y
}

// advance is the width of a glyph for an em of 1. The loose box has it, unless
// the glyph's marks reach farther, or the text is slanted or skewed: then the font
// is asked.
func (t *texter) advance(obj *textObject, loose page.Box, u rune, i int) float64 {
	p := obj.place
	em := math.Hypot(p[0], p[1])
	if em == 0 {
		return 0
	}
	tight := t.box(fnTightBox, i)
	const eps = 1e-3
	switch {
	case p[1] == 0 && p[2] == 0 && math.Abs(loose.X1-tight.X1) > eps && math.Abs(loose.X0-tight.X0) > eps:
		return (loose.X1 - loose.X0) / em
	case p[0] == 0 && p[3] == 0 && math.Abs(loose.Y1-tight.Y1) > eps && math.Abs(loose.Y0-tight.Y0) > eps:
		return (loose.Y1 - loose.Y0) / em
	}
	const widest = 4
	if w := t.width(obj.address, u); w > 0 && w < widest {
		return w
	}
	if p[1] == 0 {
		return (loose.X1 - loose.X0) / em
	}
	return (loose.Y1 - loose.Y0) / em
}

// width asks a font for the width of a character, for an em of 1.
func (t *texter) width(address uint32, u rune) float64 {
	k := widthKey{address, u}
	w, known := t.widths[k]
	if !known {
		m := t.m
		if address != 0 && u > 0 && m.call(fnGlyphWidth, uint64(address), uint64(u), uint64(math.Float32bits(1)), m.out(0)) != 0 {
			w = m.float(0)
		}
		t.widths[k] = w
	}
	return w
}

// widthKey is a character of a font.
type widthKey struct {
	font uint32
	char rune
}

// box is a character's box on the page.
func (t *texter) box(which export, i int) page.Box {
	m := t.m
	var b [4]float64 // left, top, right, bottom; or doubles left, right, bottom, top
	if which == fnLooseBox {
		m.at(which, t.tp, uint64(i), uint64(m.scratch))
		b = [4]float64{m.float(0), m.float(12), m.float(8), m.float(4)}
	} else {
		m.call(which, uint64(t.tp), uint64(i), m.out(0), m.out(1), m.out(2), m.out(3))
		b = [4]float64{m.double(0), m.double(2), m.double(1), m.double(3)}
	}
	return t.base.Box(b[0], b[1], b[2], b[3])
}

// keep adds the glyph to the page unless it was drawn before.
func (t *texter) keep(g page.Glyph, obj *textObject) bool {
	if !page.Usable(g.X) || !page.Usable(g.Y) || !usableBox(g.Box) || !page.Usable(g.Size) {
		return false
	}
	if g.Unmapped {
		t.warn("font_without_map", "第 %d 页的字体 %s 没有字符映射，部分文字可能无法识别。", t.page.Number, nameOr(obj.font.info.Name))
	}
	if cx, cy := (g.Box.X0+g.Box.X1)/2, (g.Box.Y0+g.Box.Y1)/2; cx < obj.clip.X0-1 || cx > obj.clip.X1+1 ||
		cy < obj.clip.Y0-1 || cy > obj.clip.Y1+1 {
		g.Invisible = true
	}
	if t.repeated(g) {
		return false
	}
	t.page.Glyphs = append(t.page.Glyphs, g)
	t.owner = append(t.owner, obj)
	if obj.glyphs++; obj.glyphs == 1 {
		obj.first = len(t.owner) - 1
	}
	return true
}

func nameOr(name string) string {
	if name == "" {
		return "（未命名）"
	}
	return name
}

// glyphKey is a cell of a coarse grid for one text: twice drawn glyphs fall into
// the same or a neighbouring cell.
type glyphKey struct {
	text string
	x, y int32
}

// gridCell is the size in points of the cells of glyphKey.
const gridCell = 2.0

func gridAt(v float64) int32 { return int32(math.Floor(v / gridCell)) }

// repeated tells whether the same glyph already stands within about a point,
// which is how producers fake bold. The first one becomes bold.
func (r *reader) repeated(g page.Glyph) bool {
	if strings.TrimSpace(g.Text) == "" {
		return false
	}
	reach := min(1.2, 0.16*g.Size)
	for x := gridAt(g.X - reach); x <= gridAt(g.X+reach); x++ {
		for y := gridAt(g.Y - reach); y <= gridAt(g.Y+reach); y++ {
			i, ok := r.seen[glyphKey{g.Text, x, y}]
			if !ok {
				continue
			}
			if o := &r.page.Glyphs[i]; math.Abs(o.X-g.X) <= reach && math.Abs(o.Y-g.Y) <= reach && math.Abs(o.Size-g.Size) <= 0.1*g.Size {
				r.again(o, g)
				return true
			}
		}
	}
	r.seen[glyphKey{g.Text, gridAt(g.X), gridAt(g.Y)}] = int32(len(r.page.Glyphs))
	return false
}

// again notes that o was drawn once more as g.
func (r *reader) again(o *page.Glyph, g page.Glyph) {
	if o.Invisible && !g.Invisible {
		o.Invisible = false
		return
	}
	if math.Abs(o.X-g.X)+math.Abs(o.Y-g.Y) > 0.05 {
		f := r.page.Fonts[o.Font]
		f.Bold = true
		o.Font = r.fontIndex(f)
	}
}
