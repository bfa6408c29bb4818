package draw

import "nianbao/extract/page"

// Stroke makes a ruling of every straight horizontal or vertical segment of a
// stroked path, width points thick; dashes count as whole lines.
func (c *Canvas) Stroke(p *Path, width float64, clip page.Box) {
	p.each(func(sub []point) {
		for i := 1; i < len(sub); i++ {
			if sub[i].curve {
				continue
			}
			b := boundsOf(sub[i-1 : i+1])
			if thin := b.Thickness(); b.Length() == 0 || thin > 0.5 || thin > 0.02*b.Length() {
				continue
			}
			c.line(b, width, clip)
		}
	})
}

// line adds a stroked line with the given bounds.
func (c *Canvas) line(b page.Box, width float64, clip page.Box) {
	if b.X1-b.X0 >= b.Y1-b.Y0 {
		y := (b.Y0 + b.Y1) / 2
		b.Y0, b.Y1 = y-width/2, y+width/2
	} else {
		x := (b.X0 + b.X1) / 2
		b.X0, b.X1 = x-width/2, x+width/2
	}
	if width > 4*ThinLine && b.Length() > 4*ThinLine {
		c.edges(b, clip) // a stroke this thick paints an area
		return
	}
	c.rule(b, clip, false)
}

// Fill makes rulings of the thin parts of a filled path, and of the sides of the
// larger rectangles in it.
func (c *Canvas) Fill(p *Path, clip page.Box) {
	var prev page.Box // a filled rectangle that may be the outer side of a frame
	has := false
	p.each(func(sub []point) {
		b, rect := rectangle(sub)
		switch {
		case b.Thickness() <= ThinLine:
			if !outline(sub, b) {
				c.rule(b, clip, false)
			}
			has = false
		case rect && has && c.frame(prev, b, clip):
			has = false
		case rect && b.Intersect(clip).Thickness() <= ThinLine:
			c.rule(b, clip, false)
		case rect:
			if has {
				c.edges(prev, clip)
			}
			prev, has = b, true
		}
	})
	if has {
		c.edges(prev, clip)
	}
}

// frame recognises a border drawn as the area between two rectangles.
func (c *Canvas) frame(a, b, clip page.Box) bool {
	if a.X0 > b.X0 {
		a, b = b, a
	}
	left, top, right, bottom := b.X0-a.X0, b.Y0-a.Y0, a.X1-b.X1, a.Y1-b.Y1
	if min(left, top, right, bottom) < 0 || max(left, top, right, bottom) > ThinLine || left+top+right+bottom == 0 {
		return false
	}
	for _, side := range [4]page.Box{
		{X0: a.X0, Y0: a.Y0, X1: a.X1, Y1: b.Y0}, {X0: a.X0, Y0: b.Y1, X1: a.X1, Y1: a.Y1},
		{X0: a.X0, Y0: a.Y0, X1: b.X0, Y1: a.Y1}, {X0: b.X1, Y0: a.Y0, X1: a.X1, Y1: a.Y1},
	} {
		if side.Thickness() > 0 {
			c.rule(side, clip, false)
		}
	}
	return true
}

// edges adds the sides of a larger area, which may be the shading of a cell. One
// as large as the page is background.
func (c *Canvas) edges(b, clip page.Box) {
	b = b.Intersect(clip)
	if (b.X1-b.X0)*(b.Y1-b.Y0) > wholePage*c.Page.Width*c.Page.Height || b.Thickness() <= ThinLine {
		return
	}
	for _, side := range [4]page.Box{
		{X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y0}, {X0: b.X0, Y0: b.Y1, X1: b.X1, Y1: b.Y1},
		{X0: b.X0, Y0: b.Y0, X1: b.X0, Y1: b.Y1}, {X0: b.X1, Y0: b.Y0, X1: b.X1, Y1: b.Y1},
	} {
		c.rule(side, clip, true)
	}
}

// rule adds the ruling that covers the thin area b, cut to the clip.
func (c *Canvas) rule(b, clip page.Box, fill bool) {
	// A line on the clip's edge still shows with half its width.
	const slack = 0.5
	if b.X0 > clip.X1+slack || b.X1 < clip.X0-slack || b.Y0 > clip.Y1+slack || b.Y1 < clip.Y0-slack ||
		clip.X1 <= clip.X0 || clip.Y1 <= clip.Y0 {
		return
	}
	b.X0, b.X1 = cut(b.X0, b.X1, clip.X0, clip.X1)
	b.Y0, b.Y1 = cut(b.Y0, b.Y1, clip.Y0, clip.Y1)
	if b.Length() < 0.01 {
		return
	}
	if len(c.Page.Rulings) >= MaxRulings {
		c.Crowded = true
		return
	}
	r := page.Ruling{Fill: fill}
	if b.X1-b.X0 >= b.Y1-b.Y0 {
		y := (b.Y0 + b.Y1) / 2
		r.X0, r.X1, r.Y0, r.Y1, r.Width = b.X0, b.X1, y, y, b.Y1-b.Y0
	} else {
		x := (b.X0 + b.X1) / 2
		r.X0, r.X1, r.Y0, r.Y1, r.Width = x, x, b.Y0, b.Y1, b.X1-b.X0
	}
	c.Page.Rulings = append(c.Page.Rulings, r)
}

// cut limits an extent to the clip's; the thickness of a line stays whole.
func cut(a, b, low, high float64) (float64, float64) {
	if b-a <= ThinLine {
		return a, b
	}
	return max(a, low), min(b, high)
}
