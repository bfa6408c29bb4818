package pdf

import (
	"fmt"
	"math"

	"nianbao/extract"
	"nianbao/extract/page"
)

// textState is what lives inside BT … ET (9.4.1).
type textState struct {
	matrix page.Matrix // Tm
	line   page.Matrix // Tlm
}

// textOperator runs the operators of 9.3 and 9.4; unknown ones are ignored.
func (in *interpreter) textOperator(op []byte) error {
	g := &in.gs
	switch string(op) {
	case "BT":
		in.text = textState{page.Identity(), page.Identity()}
	case "Tc":
		g.charSpace = in.num(0, 1)
	case "Tw":
		g.wordSpace = in.num(0, 1)
	case "Tz":
		g.hScale = in.num(0, 1) / 100
	case "TL":
		g.leading = in.num(0, 1)
	case "Ts":
		g.rise = in.num(0, 1)
	case "Tr":
		g.renderMode = int(in.num(0, 1))
	case "Tf":
		return in.setFont()
	case "Td":
		in.moveLine(in.num(0, 2), in.num(1, 2))
	case "TD":
		g.leading = -in.num(1, 2)
		in.moveLine(in.num(0, 2), in.num(1, 2))
	case "Tm":
		if in.has(6) {
			m := page.Matrix{in.num(0, 6), in.num(1, 6), in.num(2, 6), in.num(3, 6), in.num(4, 6), in.num(5, 6)}
			in.text = textState{m, m}
		}
	case "T*":
		in.moveLine(0, -g.leading)
	case "Tj":
		return in.show(in.last(tokString))
	case "'":
		in.moveLine(0, -g.leading)
		return in.show(in.last(tokString))
	case "\"":
		g.wordSpace, g.charSpace = in.quoted(0), in.quoted(1)
		in.moveLine(0, -g.leading)
		return in.show(in.last(tokString))
	case "TJ":
		return in.showArray()
	}
	return nil
}

// quoted is the i'th number before the string of the " operator.
func (in *interpreter) quoted(i int) float64 {
	if k := len(in.args) - 3 + i; k >= 0 && in.args[k].kind == tokNumber {
		return in.args[k].num
	}
	return 0
}

func (in *interpreter) setFont() error {
	n := len(in.args)
	if n < 2 || in.args[n-2].kind != tokName {
		return nil
	}
	in.gs.size = in.num(0, 1)
	in.gs.font = nil // an unreadable font must not leave the one before
	if f, ok := in.res.fonts[string(in.args[n-2].str)]; ok {
		in.gs.font = f
		return nil
	}
	return in.try("字体", func() error { return in.loadFont(string(in.args[n-2].str)) })
}

// loadFont sets a font that the resources were not asked for yet.
func (in *interpreter) loadFont(name string) error {
	if in.res.fonts == nil {
		in.res.fonts, in.res.fontList = map[string]*font{}, in.res.dict.key("Font")
	}
	f := in.doc.font(in.res.fontList.entryRef(name), func() value { return in.res.fontList.key(name) })
	in.res.fonts[name], in.gs.font = f, f
	return nil
}

func (in *interpreter) moveLine(x, y float64) {
	m := in.text.line.Translated(x, y)
	in.text = textState{m, m}
}

// showArray runs TJ: strings, and shifts in thousandths of the font size.
func (in *interpreter) showArray() error {
	for _, a := range in.args {
		switch a.kind {
		case tokString:
			if err := in.show(a.str); err != nil {
				return err
			}
		case tokNumber:
			d := -a.num / 1000 * in.gs.size
			if in.gs.font != nil && in.gs.font.vertical {
				in.text.matrix = in.text.matrix.Translated(0, d)
			} else {
				in.text.matrix = in.text.matrix.Translated(d*in.gs.hScale, 0)
			}
		}
	}
	return nil
}

// show draws a string (9.4.3, 9.4.4).
func (in *interpreter) show(s []byte) error {
	f := in.gs.font
	if f == nil && len(s) > 0 {
		in.warn("font_missing", "第 %d 页有文字没有可用的字体，已缺失。", in.page.Number)
	}
	if f == nil || !in.text.matrix.Finite() || !page.Usable(in.gs.size) {
		return nil
	}
	g := &in.gs
	place := page.Matrix{g.size * g.hScale, 0, 0, g.size, 0, g.rise}
	run, lost := in.newRun(place.Mul(in.text.matrix).Mul(g.ctm)), false
	for len(s) > 0 {
		c, n := f.next(s)
		gl := f.glyph(c, s[:n])
		if in.ops++; in.ops > in.doc.lim.Operators {
			return in.tooManyGlyphs()
		}
		if in.hidden == 0 && !gl.blank {
			x, y := in.text.matrix.Apply(0, g.rise)
			run.m[4], run.m[5] = g.ctm.Apply(x, y)
			if err := in.emit(&run, gl); err != nil {
				return err
			}
		}
		space := g.charSpace
		if n == 1 && s[0] == ' ' {
			space += g.wordSpace
		}
		if f.vertical {
			in.text.matrix = in.text.matrix.Translated(0, gl.vAdvance*g.size+space)
		} else {
			in.text.matrix = in.text.matrix.Translated((gl.advance*g.size+space)*g.hScale, 0)
		}
		lost = lost || gl.unmapped
		s = s[n:]
	}
	if lost {
		in.warn("font_without_map", "第 %d 页的字体 %s 没有字符映射，部分文字可能无法识别。", in.page.Number, nameOr(f.info.Name))
	}
	return nil
}

func (in *interpreter) tooManyGlyphs() *extract.Error {
	return extract.OverLimit("glyphs", int64(in.doc.lim.Glyphs), fmt.Sprintf("第 %d 页的文字过多。", in.page.Number))
}

// textRun is what all glyphs of one show operator share.
type textRun struct {
	m           page.Matrix // from an em of 1 at the origin of the glyph at hand to the page
	font        *font
	index       int
	invisible   bool
	size, angle float64
}

// newRun is a run of the font set.
func (in *interpreter) newRun(m page.Matrix) textRun {
	g := &in.gs
	info := g.font.info
	mode := g.renderMode
	if mode == 2 && g.lineWidth > 0 && !g.stroke.invisible() {
		info.Bold = true // outlined as well as filled: the usual false bold
	}
	seenFill := (mode == 0 || mode == 2 || mode == 4 || mode == 6) && !g.fill.transparent
	seenStroke := (mode == 1 || mode == 2 || mode == 5 || mode == 6) && !g.stroke.transparent
	if g.font.type3 {
		seenFill = mode != 3 && !g.fill.transparent
	}
	run := textRun{m: m, font: g.font, index: in.fontIndex(info), invisible: !seenFill && !seenStroke, size: math.Hypot(m[2], m[3]) * g.font.emScale}
	if m[1] != 0 || m[0] < 0 {
		run.angle = angleOf(m[0], -m[1])
	}
	return run
}

func nameOr(name string) string {
	if name == "" {
		return "（未命名）"
	}
	return name
}

// fontIndex is the index of a font in the page's list; fonts of one name and
// weight, as subsets of one typeface are, share an entry.
func (in *interpreter) fontIndex(f page.Font) int {
	if i := in.fontLast; i < len(in.page.Fonts) && in.page.Fonts[i] == f {
		return i
	}
	i, ok := in.fontIdx[f]
	if !ok {
		i = len(in.page.Fonts)
		in.page.Fonts = append(in.page.Fonts, f)
		in.fontIdx[f] = i
	}
	in.fontLast = i
	return i
}

// emit adds one glyph.
func (in *interpreter) emit(run *textRun, gl *glyph) error {
	f, m := run.font, &run.m
	out := page.Glyph{
		Text: gl.text, Raw: gl.raw, Font: run.index, Unmapped: gl.unmapped, Vertical: f.vertical,
		Invisible: run.invisible, Artifact: in.artifacts > 0, Size: run.size, Angle: run.angle,
	}
	out.X, out.Y = m.Apply(0, 0)
	if f.vertical {
		out.Box = m.Box(-gl.vx, gl.vAdvance, gl.advance-gl.vx, 0)
	} else {
		out.Box = m.Box(0, f.descent, gl.advance, f.ascent)
	}
	if !page.Usable(out.X) || !page.Usable(out.Y) || !page.Usable(out.Box.X0) || !page.Usable(out.Box.X1) || !page.Usable(out.Box.Y0) ||
		!page.Usable(out.Box.Y1) || !page.Usable(out.Size) {
		return nil
	}
	if cx, cy := (out.Box.X0+out.Box.X1)/2, (out.Box.Y0+out.Box.Y1)/2; cx < in.gs.clip.X0-1 || cx > in.gs.clip.X1+1 ||
		cy < in.gs.clip.Y0-1 || cy > in.gs.clip.Y1+1 {
		out.Invisible = true
	}
	if !gl.space && in.repeated(&out) {
		return nil
	}
	if len(in.page.Glyphs) >= in.doc.lim.Glyphs {
		return in.tooManyGlyphs()
	}
	in.page.Glyphs = append(in.page.Glyphs, out)
	return nil
}

// angleOf is the direction of (x, y), y upwards, in degrees in [0, 360), with
// the noise of nearly straight text removed.
func angleOf(x, y float64) float64 {
	a := math.Atan2(y, x) * 180 / math.Pi
	if r := math.Round(a/90) * 90; math.Abs(a-r) < 0.01 {
		a = r
	}
	if a < 0 {
		a += 360
	}
	if a >= 360 {
		a = 0
	}
	return a
}

// gridCell is the size in points of the cells in which glyphs drawn twice are
// looked for: they fall into the same or a neighbouring one.
const gridCell = 2.0

// repeated tells whether the same glyph already stands within about a point,
// which is how producers fake bold. The first one becomes bold.
func (in *interpreter) repeated(g *page.Glyph) bool {
	reach := min(1.2, 0.16*g.Size)
	text := page.TextHash(g.Text)
	right, bottom := page.Cell(g.X+reach, gridCell), page.Cell(g.Y+reach, gridCell)
	for x := page.Cell(g.X-reach, gridCell); x <= right; x++ {
		for y := page.Cell(g.Y-reach, gridCell); y <= bottom; y++ {
			i, ok := in.seen.At(page.SpotOf(text, x, y))
			if !ok || int(i) >= len(in.page.Glyphs) {
				continue
			}
			o := &in.page.Glyphs[i]
			if o.Text != g.Text || math.Abs(o.X-g.X) > reach || math.Abs(o.Y-g.Y) > reach || math.Abs(o.Size-g.Size) > 0.1*g.Size {
				continue
			}
			if o.Invisible && !g.Invisible {
				o.Invisible = false
			} else if math.Abs(o.X-g.X)+math.Abs(o.Y-g.Y) > 0.05 {
				f := in.page.Fonts[o.Font]
				f.Bold = true
				o.Font = in.fontIndex(f)
			}
			return true
		}
	}
	in.seen.Put(page.SpotOf(text, page.Cell(g.X, gridCell), page.Cell(g.Y, gridCell)), int32(len(in.page.Glyphs)))
	return false
}
