package layout

import (
	"strings"
	"unicode"

	"nianbao/extract/lazyregexp"
)

// running tells text that runs on from line to line: many words.
func running(text string) bool {
	letters, han := 0, false
	for _, r := range text {
		if wide(r) {
			letters += 4
			han = true
		} else if r >= 'A' {
			letters++
		}
	}
	return letters >= 30 && (han || len(strings.Fields(text)) >= 6)
}

// cutText parts a line at wide gaps and between figures.
func cutText(l *line, index int) textLine {
	out := textLine{alignedLine: alignedLine{index: index, base: l.base, size: l.size}}
	for _, s := range cutLine(l, index).segs {
		for _, part := range cutFigures(&s) {
			if len(out.segs) > 0 && datum(part.text) {
				out.data++
			}
			if running(part.text) {
				out.prose++
			}
			out.segs = append(out.segs, part)
		}
	}
	return out
}

// figuresBeside tells that two figures may stand beside each other in a text.
func figuresBeside(text string) bool {
	before := ""
	for w := range strings.FieldsSeq(text) {
		if before != "" && wholeFigure(w) && (wholeFigure(before) || dotLeader.MatchString(before)) {
			return strings.ContainsFunc(text, unicode.IsDigit) // not only marks for missing ones
		}
		before = w
	}
	return false
}

// wordGap is the white in ems up to which two figures may be parts of one.
const wordGap = 0.45

// cutFigures parts a piece of a line between figures set close together: columns
// of figures may stand nearer than words do in a wide setting.
func cutFigures(s *segment) []segment {
	if !figuresBeside(s.text) {
		return []segment{*s}
	}
	var words []line
	var begins []int // the first glyph of each word
	start := 0
	for i := 1; i <= len(s.glyphs); i++ {
		if i < len(s.glyphs) && !s.glyphs[i].space && (s.glyphs[i-1].space || s.glyphs[i].box.x0-s.glyphs[i-1].box.x1 > figureGap*s.size) ||
			i == len(s.glyphs) {
			if w := newLine(s.glyphs[start:i]); w.text != "" {
				words, begins = append(words, w), append(begins, start)
			}
			start = i
		}
	}
	if len(words) < 2 {
		return []segment{*s}
	}
	var out []segment
	first := 0
	emit := func(end int) {
		stop := len(s.glyphs)
		if end < len(words) {
			stop = begins[end]
		}
		part := newLine(s.glyphs[begins[first]:stop])
		near := first > 0 && part.box.x0-words[first-1].box.x1 < wordGap*s.size
		out = append(out, segment{line: part, near: near})
		first = end
	}
	for k := 1; k < len(words); k++ {
		if wholeFigure(words[k].text) && !interval(words, k) && !thousands(&words[k-1], &words[k]) && (wholeFigure(words[k-1].text) || dotLeader.MatchString(words[k-1].text)) {
			emit(k)
		}
	}
	if first == 0 {
		return []segment{*s}
	}
	emit(len(words))
	return out
}

// dotLeader is a row of dots at the end of a label.
var dotLeader = lazyregexp.New(`[.·…]{3,}$|^[.·…]+$`)

// wholeFigure tells a word that may fill a column: digits without letters, or a
// mark for a missing figure.
func wholeFigure(text string) bool {
	return datum(text) && !strings.ContainsFunc(text, unicode.IsLetter) && (strings.ContainsFunc(text, unicode.IsDigit) || len([]rune(text)) == 1)
}

var (
	groupStart = lazyregexp.New(`^[-+–−]?\d{1,3}$`)
	groupNext  = lazyregexp.New(`^\d{3}(?:[.,]\d+)?$`)
)

// thousands tells the groups of one figure, which some languages set apart by a
// narrow space.
func thousands(a, b *line) bool {
	return groupStart.MatchString(a.text) && groupNext.MatchString(b.text) && b.box.x0-a.box.x1 < wordGap*b.size
}

// drawnByType is a line drawn with characters.
var drawnByType = lazyregexp.New(`^[-–—―_=─━]{8,}$`)

// interval tells that the words around place k are one figure: "1 - 2", with a
// word space on both sides of the dash.
func interval(words []line, k int) bool {
	const wordSpace = 0.75 // ems
	for _, dash := range []int{k - 1, k} {
		if dash < 1 || dash+1 >= len(words) || !lonelyDash.MatchString(words[dash].text) {
			continue
		}
		a, d, b := &words[dash-1], &words[dash], &words[dash+1]
		if digit(lastRune(a.text)) && digit(firstRune(b.text)) && d.box.x0-a.box.x1 < wordSpace*d.size && b.box.x0-d.box.x1 < wordSpace*d.size {
			return true
		}
	}
	return false
}

var lonelyDash = lazyregexp.New(`^[-–—]$`)
