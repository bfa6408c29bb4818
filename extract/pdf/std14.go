package pdf

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Widths of the codes 0x20–0x7E of the standard 14 fonts (9.6.2.2), in
// thousandths of the em, as their metrics files give them. The oblique and
// italic faces are taken as wide as the upright ones.
const (
	widthsHelvetica = "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 " +
		"1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 " +
		"333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
	widthsHelveticaBold = "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 " +
		"975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 " +
		"333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584"
	widthsTimes = "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 " +
		"921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 " +
		"333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541"
	widthsTimesBold = "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 570 570 570 500 " +
		"930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667 333 278 333 581 500 " +
		"333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 394 220 394 520"
)

// standardWidths are the widths of a font without /Widths, by its name and the
// text of its codes.
func standardWidths(base string, text [256]string) [256]float64 {
	low := strings.ToLower(baseName(base))
	bold := strings.Contains(low, "bold")
	list, other := widthsHelvetica, 0.556
	switch {
	case strings.Contains(low, "courier"):
		list, other = "", 0.6
	case strings.Contains(low, "times") && bold:
		list, other = widthsTimesBold, 0.5
	case strings.Contains(low, "times"):
		list, other = widthsTimes, 0.5
	case bold:
		list = widthsHelveticaBold
	}
	var ascii [128]float64
	for i, w := range strings.Fields(list) {
		n := 0.0
		for _, c := range w {
			n = n*10 + float64(c-'0')
		}
		ascii[' '+i] = n / 1000
	}
	var out [256]float64
	for c, t := range text {
		switch base := unaccented(t); {
		case t == "":
			// No glyph: control codes take no room.
		case base == 'i' && len(t) > 1 && list != "":
			out[c] = 0.278 // of a dotless i, in all of these fonts
		case base < 128 && ascii[base] > 0:
			out[c] = ascii[base]
		case t == "…" || t == "—" || t == "‰":
			out[c] = 1
		case t == "’" || t == "‘":
			out[c] = ascii['`']
		default:
			out[c] = other
		}
	}
	return out
}

// unaccented is the letter of a text of one character, which is as wide with an
// accent as without; what has none, or is longer, stays out of ASCII.
func unaccented(t string) rune {
	r, n := utf8.DecodeRuneInString(t)
	if n < len(t) {
		return utf8.RuneError
	}
	if n > 1 && r < 0x250 {
		r, _ = utf8.DecodeRuneInString(norm.NFD.String(t))
	}
	return r
}

// standardHeights are ascender and descender of a font without descriptor.
func standardHeights(base string) (ascent, descent float64) {
	low := strings.ToLower(baseName(base))
	switch {
	case strings.Contains(low, "courier"):
		return 0.629, -0.157
	case strings.Contains(low, "times"):
		return 0.683, -0.217
	}
	return 0.718, -0.207
}
