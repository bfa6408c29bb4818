package layout

import "nianbao/extract"

// boxesOf are the frames on the page in which lines of text stand with other
// lines beside them: text boxes. Frames around whole lines are part of the text,
// and so are those around a word or two: fields of a form beside their names.
func (s *sheet) boxesOf(gs []glyph) []box {
	var out []box
	for _, f := range s.boxes {
		var in, beside extent
		for i := range gs {
			g := &gs[i]
			x, y := (g.box.x0+g.box.x1)/2, (g.box.y0+g.box.y1)/2
			switch {
			case g.space || g.slanted || y < f.y0 || y > f.y1:
			case x > f.x0 && x < f.x1:
				in.add(g)
			default:
				beside.add(g)
			}
		}
		if in.lines() && beside.lines() {
			out = append(out, f)
		}
	}
	return out
}

// extent tells whether glyphs stand on more than one line.
type extent struct {
	some           bool
	top, low, size float64
}

func (e *extent) add(g *glyph) {
	if !e.some {
		*e = extent{true, g.base, g.base, g.size}
	}
	e.top, e.low, e.size = min(e.top, g.base), max(e.low, g.base), min(e.size, g.size)
}

func (e *extent) lines() bool { return e.some && e.low-e.top > e.size }

// takeBoxes takes the glyphs in text boxes out and makes lines of them.
func (s *sheet) takeBoxes(gs []glyph) (rest []glyph, boxed []line) {
	boxes := s.boxesOf(gs)
	if s.boxes = boxes; len(boxes) == 0 {
		return gs, nil
	}
	inner := make([][]glyph, len(boxes))
next:
	for _, g := range gs {
		for n, f := range boxes {
			if !g.slanted && f.contains((g.box.x0+g.box.x1)/2, (g.box.y0+g.box.y1)/2) {
				inner[n] = append(inner[n], g)
				continue next
			}
		}
		rest = append(rest, g)
	}
	for n, in := range inner {
		for _, l := range linesOf(in) {
			l.boxed = n + 1
			boxed = append(boxed, l)
		}
	}
	return rest, boxed
}

// textboxes writes the paragraphs of the page's text boxes.
func (w *writer) textboxes(s *sheet) {
	for k := 0; k < len(s.lines); {
		end := k + 1
		for end < len(s.lines) && s.lines[end].boxed == s.lines[k].boxed {
			end++
		}
		if s.lines[k].boxed > 0 {
			w.textbox(s, s.lines[k:end])
		}
		k = end
	}
}

func (w *writer) textbox(s *sheet, ls []line) {
	m := margins{ls[0].box.x0, ls[0].textEnd()}
	for i := range ls {
		m.left, m.right = min(m.left, ls[i].box.x0), max(m.right, ls[i].textEnd())
	}
	var open paragraph
	for i := range ls {
		l := flowLine{line: &ls[i], sheet: s, m: m, follows: i > 0}
		if len(open.lines) > 0 && open.breaks(&l, w.pitch, w.body) {
			w.aside(&open, extract.RoleTextbox)
			open = paragraph{}
		}
		open.lines = append(open.lines, l)
	}
	w.aside(&open, extract.RoleTextbox)
}
