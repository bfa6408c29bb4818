// Package draw turns painted paths and pictures into the marks of a
// [page.Page]: what is a ruling, what is shading, what is a picture, is told the
// same way whichever engine read the file.
//
// All coordinates are the page's: points, the origin at the top left, y
// downwards. Memory of a [Path] is used again for the next one.
package draw

import "nianbao/extract/page"

// Caps that no real page reaches.
const (
	// MaxRulings is how many rulings a page may have.
	MaxRulings = 400_000
	// maxPoints caps the points of one path; beyond it the path is not looked at.
	maxPoints = 1 << 20
)

// ThinLine is the greatest thickness in points of a filled area that counts as a
// line and not as an area.
const ThinLine = 3.0

// Canvas receives what is painted on a page.
type Canvas struct {
	Page *page.Page // gets the rulings and pictures; its size is the view
	// Crowded is set where the page has more than MaxRulings; the rest is
	// missing, so that the page must not be used.
	Crowded bool
}

// Image records a picture that covers b, cut to the clip. Some producers draw
// table lines as pictures one pixel wide.
func (c *Canvas) Image(b, clip page.Box) {
	cut := b.Intersect(clip)
	switch {
	case cut.Thickness() <= ThinLine && cut.Length() >= 4*ThinLine:
		c.rule(cut, clip, false)
	case cut.Thickness() > 0:
		c.Page.Images = append(c.Page.Images, page.Image{Box: cut})
	}
}

// Shares of the page: from largePicture on a picture may well hold text (a scan,
// a table pasted as a picture), from wholePage on a picture or fill under text is
// background.
const (
	largePicture = 0.2
	wholePage    = 0.85
)

// Scan tells, of a finished page, whether it is a picture without a text layer,
// and whether it has text beside a large picture, whose text nobody reads.
func (c *Canvas) Scan() (scan, unreadPicture bool) {
	p := c.Page
	visible, hidden := 0, 0
	for i := range p.Glyphs {
		if p.Glyphs[i].Invisible {
			hidden++
		} else {
			visible++
		}
	}
	large, whole := 0, 0
	for _, i := range p.Images {
		a := (i.Box.X1 - i.Box.X0) * (i.Box.Y1 - i.Box.Y0) / (p.Width * p.Height)
		if a > largePicture {
			large++
		}
		if a > wholePage {
			whole++
		}
	}
	if large == 0 || hidden > visible {
		return false, false
	}
	return visible == 0, visible > 0 && large > whole
}
