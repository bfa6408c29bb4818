package layout

import (
	"math"
	"strings"

	"nianbao/extract/lazyregexp"
)

const (
	usualIndent = 2.0 // ems, GB/T 9704-2012 7.3.4
	sameStart   = 1.5 // points between the starts of lines that are flush
)

// bullet is a mark at the start of a list item that is no number.
var bullet = lazyregexp.New(`^(?:[•●■◆▪◦◇➢➤✓]|[○□★☆※·—–-] |[(（]?[a-z][)）])`)

// markWidth is the width in ems of the ordinal or bullet that a text starts with,
// set without space; 0 where there is none.
func markWidth(text string) float64 {
	mark, _ := readOrdinal(text)
	if mark == "" {
		mark = strings.TrimSpace(bullet.FindString(text))
	}
	w := 0.0
	for _, r := range mark {
		if wide(r) {
			w += 0.5
		}
		w += 0.5
	}
	return w
}

// typicalIndent is the indent in ems that most first lines have.
func typicalIndent(ls []flowLine) float64 {
	count, best := map[float64]int{}, usualIndent
	for i := 1; i < len(ls); i++ {
		a, b := &ls[i-1], &ls[i]
		in, out := a.indent(), b.indent()
		if b.follows && in > 1.2 && in < 4 && math.Abs(out) < 0.5 {
			k := math.Round(2*in) / 2
			if count[k]++; count[k] > count[best] {
				best = k
			}
		}
	}
	return best
}

// indent is how far the line starts from the left margin, in ems.
func (l *flowLine) indent() float64 { return (l.box.x0 - l.m.left) / l.size }

// setBlocks gives the lines of indented blocks (list items whose lines hang under
// their text, quotations) margins of their own, so that their lines go on as
// those of other text do. pitch is typicalPitch, indent typicalIndent.
func setBlocks(ls []flowLine, pitch, indent float64) {
	for i, n := 0, 0; i < len(ls); {
		end := i + 1
		for end < len(ls) && math.Abs(ls[end].box.x0-ls[i].box.x0) <= sameStart && near(&ls[end-1], &ls[end], pitch) &&
			markWidth(ls[end].text) == 0 {
			end++
		}
		if start, m, ok := blockOf(ls, i, end, pitch, indent); ok {
			n++
			for k := start; k < end; k++ {
				ls[k].m, ls[k].block = m, n
			}
		}
		i = end
	}
}

// near tells lines of one size and direction that follow each other in the pitch
// of text.
func near(a, b *flowLine, pitch float64) bool {
	if pitch == 0 {
		pitch = 1.6
	}
	return b.follows && !a.turned && !b.turned && sameSize(a.line, b.line) && b.base-a.base <= 1.35*pitch*b.size
}

// blockOf tells whether the flush lines from i to end are an indented block, with
// the line before them where it is its first one.
func blockOf(ls []flowLine, i, end int, pitch, indent float64) (start int, m margins, ok bool) {
	l := &ls[i]
	if l.turned || l.indent() < 1.2 {
		return 0, m, false
	}
	m = margins{left: l.box.x0, right: blockRight(ls[i:end])}
	reach := func(a *flowLine) bool { return a.box.x1 > m.right-1.2*a.size }
	if i > 0 && near(&ls[i-1], l, pitch) && ls[i-1].m == l.m {
		up := &ls[i-1]
		shift, mark := (l.box.x0-up.box.x0)/l.size, markWidth(up.text)
		first := math.Abs(-shift-usualIndent) < 0.3 || mark > 0 && shift > 0.8 && shift > mark-0.6 && shift < mark+2.1
		if wider := max(m.right, up.textEnd()); first && wider-m.left >= 0.4*l.m.width() && (reach(up) || wider > l.m.right-1.2*l.size) {
			m.right = wider
			if end-i < 3 { // too few lines to tell a margin of their own
				m.right = max(m.right, l.m.right)
			}
			return i - 1, m, up.box.x1 > m.right-1.2*up.size
		}
	}
	return i, m, plainBlock(ls[i:end], m, indent)
}

// plainBlock tells flush lines that are no first lines of paragraphs of a line
// each: they fill their width and go on in the middle of a sentence.
func plainBlock(ls []flowLine, m margins, indent float64) bool {
	goesOn := 0
	for k := 0; k+1 < len(ls); k++ {
		if ls[k].box.x1 > m.right-1.2*ls[k].size && !endsSentence(ls[k].text) && !startsItem(ls[k+1].text) &&
			ls[k].gaps == 0 {
			goesOn++
		}
	}
	l := &ls[0]
	if 2*goesOn < len(ls)-1 || m.right-m.left < 0.5*l.m.width() {
		return false
	}
	full := m.right > l.m.right-1.2*l.size
	usual := math.Abs(l.indent()-indent) < 0.7
	return goesOn >= 2 && len(ls) >= 3 || goesOn == 1 && full && !usual
}

// blockRight is where the longest line ends.
func blockRight(ls []flowLine) float64 {
	right := math.Inf(-1)
	for i := range ls {
		right = max(right, ls[i].textEnd())
	}
	return right
}

// besideOthers narrows the margins of lines that run along a picture or a text
// box: to where the longest of them ends, or the first of them starts.
func besideOthers(s *sheet, ls []flowLine) {
	others := append(s.images[:len(s.images):len(s.images)], s.boxes...)
	for i := range others {
		im := &others[i]
		var along []*flowLine
		right := true
		for k := range ls {
			l := &ls[k]
			if l.turned || l.base < im.y0 || l.base-l.size > im.y1 || im.x1 < l.m.left || im.x0 > l.m.right {
				continue
			}
			if l.box.x1 > im.x0+l.size && l.box.x0 < im.x1-l.size {
				along = nil // text over the picture
				break
			}
			right = l.box.x0 < im.x0
			along = append(along, l)
		}
		narrow(along, right)
	}
}

func narrow(ls []*flowLine, right bool) {
	if len(ls) < 2 {
		return
	}
	m := margins{ls[0].box.x0, ls[0].textEnd()}
	for _, l := range ls {
		m.left, m.right = min(m.left, l.box.x0), max(m.right, l.textEnd())
	}
	for _, l := range ls {
		if right {
			l.m.right = m.right
		} else {
			l.m.left = m.left
		}
	}
}
