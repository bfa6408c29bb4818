package pdfium

import (
	"math"

	"nianbao/extract/page"
)

func usableBox(b page.Box) bool {
	return page.Usable(b.X0) && page.Usable(b.Y0) && page.Usable(b.X1) && page.Usable(b.Y1)
}

// angleOf is the direction of (x, y), y upwards, in degrees in [0, 360), with the
// noise of nearly straight text removed.
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
