package docx

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"nianbao/extract"
	"nianbao/extract/flow"
	"nianbao/extract/ordinal"
)

// paragraph is a paragraph being read.
type paragraph struct {
	index int // among the w:p of the part
	laidProps
	text     []byte
	label    ordinal.Label
	hasLabel bool
	contents bool // part of a table of contents
	// weights say how many characters stand in which size and in bold.
	weights []weight
	bold    int
	letters int
	// anchored are pictures and text boxes; the first before stand in front
	// of any text.
	anchored []flow.Item
	before   int
}

type weight struct{ size, count int }

// newParagraph returns a paragraph with the properties of an unstyled one. The
// buffers of finished paragraphs are used again.
func (s *story) newParagraph(index int) *paragraph {
	if s.unstyled == nil {
		s.unstyled = &paragraph{laidProps: s.lay(newParaProps())}
	}
	var p *paragraph
	if n := len(s.spare); n > 0 {
		p, s.spare = s.spare[n-1], s.spare[:n-1]
	} else {
		p = &paragraph{}
	}
	text, weights := p.text[:0], p.weights[:0]
	*p = *s.unstyled
	p.index, p.text, p.weights = index, text, weights
	return p
}

// paragraph reads w:p.
func (s *story) paragraph(to *flow.Sink) {
	p := s.newParagraph(s.x.paragraphs - 1)
	if c := s.carry; c != nil {
		// The text before a deleted mark belongs to this paragraph, which
		// keeps its own properties.
		s.carry = nil
		c.laidProps = p.laidProps
		p = c
	}
	s.inline(p)
	s.closeFields()
	if s.unmarked(p.props.mark) {
		if len(p.text) > 0 || len(p.anchored) > 0 {
			s.carry = p
		}
		return
	}
	s.finish(p, to)
}

// laidProps are the properties of a paragraph, laid over those of its style.
type laidProps struct {
	props paraProps
	style *style
	// base are the run properties of text without any of its own.
	base runProps
	// unprinted says that the paragraph's mark is hidden or not there: it counts in
	// no list.
	unprinted bool
}

// lay lays direct properties over those of the style.
func (d *reading) lay(direct paraProps) laidProps {
	id := direct.style
	if d.styles.byID[id] == nil {
		id = d.styles.defaultPara
	}
	l := laidProps{props: direct, style: d.styles.get(id)}
	if l.style != nil {
		l.props = direct.over(l.style.para)
	}
	l.props = l.props.over(d.styles.docPara)
	l.base = d.styles.effective(l.style, runProps{})
	l.unprinted = d.unmarked(direct.mark) || d.styles.effective(l.style, direct.mark).hidden == on
	return l
}

// properties reads w:pPr and counts the paragraph in its list.
func (s *story) properties(p *paragraph) {
	p.laidProps = s.paragraphs.read(s.x, func() (laidProps, bool) {
		sections := false
		direct := readParaProps(s.x, func() { sections = true; s.section() })
		return s.lay(direct), !sections
	})
	if p.unprinted {
		return
	}
	if p.props.hinted {
		s.hintedLabel(p, p.props.hint)
	} else if lb, ok := s.numbers.next(p.props); ok {
		p.label, p.hasLabel = lb, true
	}
}

// finish turns a paragraph that was read into blocks or into text of a cell.
func (s *story) finish(p *paragraph, to *flow.Sink) {
	s.spare = append(s.spare, p)
	text := string(bytes.TrimSpace(p.text))
	if p.hasLabel {
		text = p.label.Before(text)
	}
	if to.Cell != nil && !to.Whole {
		to.Cell.AddLine(text)
		to.Put(p.anchored...)
		return
	}
	to.Put(p.anchored[:p.before]...)
	if text != "" {
		to.Put(flow.Item{Block: s.textBlock(p, text, to.Role)})
	} else if len(p.anchored) == 0 {
		to.Put(flow.Item{Empty: true})
	}
	to.Put(p.anchored[p.before:]...)
}

func (s *story) textBlock(p *paragraph, text string, role extract.Role) extract.Block {
	b := extract.Block{
		Type: extract.Paragraph, Text: text, Role: role,
		Part: s.position("p", p.index), Align: p.props.align,
		Size: p.size(), Bold: p.isBold(),
	}
	if b.Align == "" {
		b.Align = "left" // the default of ECMA-376 §17.3.1.13
	}
	isContents := p.contents || p.style != nil && p.style.isContents()
	empty := p.hasLabel && len(bytes.TrimSpace(p.text)) == 0
	if o := p.props.outline; o >= 0 && o < 9 && !isContents && !empty {
		b.Type, b.Level = extract.Heading, o+1
	}
	if p.hasLabel && !p.label.Bullet {
		number := strings.TrimSpace(p.label.Text)
		b.Number = &number
	} else if number := ordinal.Typed(text, b.Type == extract.Heading); number != "" {
		b.Number = &number
	}
	return b
}

// size is the font size of most of the text in points.
func (p *paragraph) size() float64 {
	best := weight{size: p.base.size}
	for _, w := range p.weights {
		if w.count > best.count {
			best = w
		}
	}
	return float64(best.size) / 2
}

func (p *paragraph) isBold() bool {
	if p.letters == 0 {
		return p.base.bold == on
	}
	return p.bold*2 > p.letters
}

// follow adds what stands at this place but comes after the paragraph.
func (p *paragraph) follow(items ...flow.Item) { p.anchored = append(p.anchored, items...) }

// write adds text with the run properties it is set in.
func (p *paragraph) write(text []byte, props runProps) {
	p.text = append(p.text, text...)
	n := utf8.RuneCount(text)
	p.letters += n
	if props.bold == on {
		p.bold += n
	}
	for i := range p.weights {
		if p.weights[i].size == props.size {
			p.weights[i].count += n
			return
		}
	}
	// Sizes beyond the first few cannot be the one of most of the text in
	// any real paragraph; the bound keeps the cost linear.
	if len(p.weights) < 32 {
		p.weights = append(p.weights, weight{props.size, n})
	}
}

// anchor adds a picture or text box at this place of the paragraph.
func (p *paragraph) anchor(items ...flow.Item) {
	p.anchored = append(p.anchored, items...)
	if len(p.text) == 0 {
		p.before = len(p.anchored)
	}
}
