package layout

import (
	"math"
	"sort"
	"strings"

	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// flowLine is a body line with what the paragraph analysis knows of its place.
type flowLine struct {
	*line
	sheet   *sheet
	m       margins
	follows bool // the line before stands above it on the same page
	title   bool // larger than most text, or bold
	block   int  // number of the indented block on its page, 0 for none
}

// paragraph is a run of lines.
type paragraph struct{ lines []flowLine }

// typicalPitch is the median distance of baselines within paragraphs, in ems; 0
// where there is no evidence.
func typicalPitch(ls []flowLine) float64 {
	var ps []float64
	for i := 1; i < len(ls); i++ {
		a, b := &ls[i-1], &ls[i]
		if b.follows && sameSize(a.line, b.line) && b.size > 0 && full(a, b) {
			ps = append(ps, (b.base-a.base)/b.size)
		}
	}
	if len(ps) < 3 {
		return 0
	}
	sort.Float64s(ps)
	return ps[len(ps)/2]
}

func sameSize(a, b *line) bool { return math.Abs(a.size-b.size) <= 0.12*max(a.size, b.size) }

// full tells that the start of b would not have fitted at the end of a.
func full(a, b *flowLine) bool {
	rest := a.m.right - a.box.x1
	if centred(a) {
		rest = a.m.width() - a.box.width()
	}
	slack := 0.5 * a.size // the margin is an estimate
	if endsSentence(a.text) {
		slack = 0.1 * a.size
	}
	return rest < b.firstUnit()+slack
}

// centred tells a line in the middle of the type area, clear of both margins.
func centred(l *flowLine) bool {
	left, right := l.box.x0-l.m.left, l.m.right-l.box.x1
	if l.title && left > 0.25*l.size && left < 1.2*l.size { // no indent is as small
		return math.Abs(left-right) <= 0.5*l.size
	}
	if left < 1.2*l.size || right < 0.5*l.size {
		return false
	}
	if left < 2.4*l.size && right < 4*l.size { // more likely an indented line
		return math.Abs(left-right) <= 0.3*l.size && math.Abs(left-2*l.size) > 0.2*l.size
	}
	return math.Abs(left-right) <= max(1.2*l.size, 0.03*l.m.width())
}

// flushRight tells a short line at the right margin: signature and date. These
// keep up to four characters free to the right (GB/T 9704-2012 7.3.5).
func flushRight(l *flowLine) bool {
	left, right := l.box.x0-l.m.left, l.m.right-l.box.x1
	return left > 0.4*l.m.width() && right < 0.5*left
}

// breaks tells whether a new paragraph starts with b. pitch is typicalPitch, body
// the size of the document's text.
func (p *paragraph) breaks(b *flowLine, pitch, body float64) bool {
	a := &p.lines[len(p.lines)-1]
	if a.turned || b.turned || !sameSize(a.line, b.line) || leader.MatchString(a.text) {
		return true
	}
	if titleGoesOn(a, b, body) {
		return false
	}
	if b.follows && pitch > 0 && (b.base-a.base)/b.size > 1.35*pitch {
		return true
	}
	if !full(a, b) || b.lead > 0 {
		return true
	}
	if tabular(a.line, b.line) || a.column() != b.column() {
		return true
	}
	if flushRight(a) || flushRight(b) || bullet.MatchString(b.text) {
		return true
	}
	if b.follows && (a.block != b.block || len(p.lines) > 1 && a.box.x0-b.box.x0 > 0.8*b.size) {
		return true
	}
	ca, cb := centred(a), centred(b)
	if ca || cb { // a centred title goes on in a centred line
		return !ca || !cb && b.box.x0-b.m.left > 0.5*b.size || a.bold != b.bold
	}
	if indent := b.box.x0 - b.m.left; indent > 1.2*b.size {
		return true
	}
	if startsItem(b.text) {
		return endsSentence(a.text) || b.bold != a.bold
	}
	return false
}

// tabular tells lines that are rows of a table without lines.
func tabular(a, b *line) bool { return a.gaps > 0 && b.gaps > 0 || a.gaps > 1 || b.gaps > 1 }

// column tells whether the line stands in a column of its page.
func (l *flowLine) column() bool { return l.sheet.area(l.line).x1 != 0 }

// titleGoesOn tells the second line of a wrapped title or centred heading: large
// or bold, on the same axis as the line above, and shorter.
func titleGoesOn(a, b *flowLine, body float64) bool {
	if !b.follows || a.bold != b.bold || !a.bold && a.size < 1.15*body || startsItem(b.text) || endsSentence(a.text) {
		return false
	}
	shift := math.Abs(a.box.x0 + a.box.x1 - b.box.x0 - b.box.x1)
	return shift <= b.size && b.box.x0-a.box.x0 > 0.5*b.size && b.base-a.base <= 2.5*b.size &&
		a.box.width() > 0.6*b.m.width()
}

// leader tells an entry of a table of contents.
var leader = lazyregexp.New(`(?:[.．…·⋯‥_] ?){4,}[\s(（-]*[0-9０-９ivxIVX]{0,4}[\s)）-]*$`)

func endsSentence(text string) bool {
	return strings.ContainsRune("。；;！？!?：:", lastRune(text))
}

// block makes the block of a paragraph: text, number, level, alignment.
func (p *paragraph) block(body float64) extract.Block {
	first := &p.lines[0]
	var text strings.Builder
	bold, shown := 0, 0
	b := first.sheet.frame.out(first.box)
	var ptrs []*line
	for i := range p.lines {
		l := &p.lines[i]
		if i > 0 {
			text.WriteString(glue(p.lines[i-1].line, l.line, l.m.width()))
		}
		text.WriteString(l.text)
		if l.sheet == first.sheet {
			b = b.union(l.sheet.frame.out(l.box))
		}
		shown += l.count
		if l.bold {
			bold += l.count
		}
		ptrs = append(ptrs, l.line)
	}
	page := first.sheet.number
	out := extract.Block{
		Type: extract.Paragraph, Text: text.String(), Page: &page, BBox: b.extent(), Role: extract.RoleBody,
		Size: bodySize(ptrs), Bold: 2*bold > shown, Align: p.align(),
	}
	p.classify(&out, body)
	return out
}

func (p *paragraph) align() string {
	middle, right := true, true
	for i := range p.lines {
		l := &p.lines[i]
		middle = middle && (centred(l) || i < len(p.lines)-1 && !l.turned)
		right = right && flushRight(l)
	}
	last := &p.lines[len(p.lines)-1]
	switch {
	case first(p).turned:
		return ""
	case right:
		return "right"
	case middle && centred(last):
		return "center"
	}
	return "left"
}

// punctuated tells text with the punctuation of sentences.
func punctuated(text string) bool {
	return strings.ContainsRune("。；;！？!?，,：:", lastRune(text)) || strings.ContainsAny(text, "。；")
}

func first(p *paragraph) *flowLine { return &p.lines[0] }

// longestHeading is the number of characters up to which a paragraph may be a
// heading.
const longestHeading = 60

// classify tells headings by ordinal, size, weight and position, and fills
// Number and Level.
func (p *paragraph) classify(b *extract.Block, body float64) {
	number, level := readOrdinal(b.Text)
	if number != "" {
		b.Number = &number
	}
	n := len([]rune(b.Text))
	if n > longestHeading || len(p.lines) > 3 || first(p).turned || leader.MatchString(b.Text) {
		return
	}
	sentence := punctuated(b.Text)
	larger := b.Size >= 1.15*body
	strong := b.Bold || larger
	switch {
	case level == 1 || level == 2:
		if !sentence || strong && strings.HasSuffix(b.Text, "。") && strings.Count(b.Text, "。") == 1 {
			b.Type, b.Level = extract.Heading, level
		}
	case level == 3:
		if !sentence && (strong || n <= 25) {
			b.Type, b.Level = extract.Heading, level
		}
	case level > 3:
		if !sentence && strong {
			b.Type, b.Level = extract.Heading, level
		}
	case sentence || b.Align == "right":
	case b.Align == "center" && (larger || b.Bold):
		b.Type, b.Level = extract.Heading, 1
	case strong && n <= 40:
		b.Type, b.Level = extract.Heading, 2
	}
}
