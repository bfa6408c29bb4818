package flow

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/extract"
	"nianbao/extract/ordinal"
)

// Paragraph gathers the text of a paragraph and what is anchored in it, and
// becomes a block or a line of a cell. The zero value has neither.
type Paragraph struct {
	Part  *string
	Align string // as Block.Align
	// Outline is the level of a heading from 1; 0 for body text.
	Outline int
	// Size and Bold are those of text without properties of its own, in half
	// points.
	Size int
	Bold bool
	// Label is the automatic number, nil where there is none.
	Label *ordinal.Label
	// Contents is set for a line of a table of contents: it is no heading.
	Contents bool

	text []byte
	// weights say how many characters stand in which size and in bold.
	weights       []weight
	bold, letters int
	// anchored are pictures and text boxes; the first before stand in front
	// of any text.
	anchored []Item
	before   int
}

type weight struct{ size, count int }

// maxWeights bounds the sizes counted in one paragraph: those beyond the first
// few cannot be the one of most of the text, and the bound keeps the cost linear.
const maxWeights = 32

// Write adds text set in a size in half points, bold or not.
func (p *Paragraph) Write(text string, size int, bold bool) {
	p.text = append(p.text, text...)
	n := utf8.RuneCountInString(text)
	p.letters += n
	if bold {
		p.bold += n
	}
	for i := range p.weights {
		if p.weights[i].size == size {
			p.weights[i].count += n
			return
		}
	}
	if len(p.weights) < maxWeights {
		p.weights = append(p.weights, weight{size, n})
	}
}

// Anchor adds pictures or text boxes at this place of the paragraph.
func (p *Paragraph) Anchor(items ...Item) {
	p.anchored = append(p.anchored, items...)
	if len(p.text) == 0 {
		p.before = len(p.anchored)
	}
}

// Follow adds what has its mark at this place but comes after the paragraph, as
// notes do.
func (p *Paragraph) Follow(items ...Item) { p.anchored = append(p.anchored, items...) }

// Len is the length of the text in bytes, for Wrap.
func (p *Paragraph) Len() int { return len(p.text) }

// Wrap puts marks around the text from a place on; none where there is no text.
func (p *Paragraph) Wrap(from int, before, after string) {
	if from < len(p.text) {
		p.text = append(slices.Insert(p.text, from, []byte(before)...), after...)
	}
}

// Empty tells whether nothing was written or anchored.
func (p *Paragraph) Empty() bool { return len(p.text) == 0 && len(p.anchored) == 0 }

// Finish puts the paragraph into a sink.
func (p *Paragraph) Finish(to *Sink) {
	text := strings.TrimSpace(string(p.text))
	typed := text
	if p.Label != nil {
		text = p.Label.Before(text)
	}
	if to.Cell != nil && !to.Whole {
		to.Cell.AddLine(text)
		to.Put(p.anchored...)
		return
	}
	to.Put(p.anchored[:p.before]...)
	if text != "" {
		to.Put(Item{Block: p.block(text, typed != "", to.Role)})
	} else if len(p.anchored) == 0 {
		to.Put(Item{Empty: true})
	}
	to.Put(p.anchored[p.before:]...)
}

// block makes the block of a text; typed tells whether it is more than a label.
func (p *Paragraph) block(text string, typed bool, role extract.Role) extract.Block {
	b := extract.Block{
		Type: extract.Paragraph, Text: text, Role: role, Part: p.Part, Align: p.Align,
		Size: p.size(), Bold: p.isBold(),
	}
	if b.Align == "" {
		b.Align = "left"
	}
	if p.Outline > 0 && !p.Contents && typed {
		b.Type, b.Level = extract.Heading, p.Outline
	}
	if p.Label != nil && !p.Label.Bullet {
		number := strings.TrimSpace(p.Label.Text)
		b.Number = &number
	} else if number := ordinal.Typed(text, b.Type == extract.Heading); number != "" {
		b.Number = &number
	}
	return b
}

// size is the font size of most of the text in points.
func (p *Paragraph) size() float64 {
	best := weight{size: p.Size}
	for _, w := range p.weights {
		if w.count > best.count {
			best = w
		}
	}
	return float64(best.size) / 2
}

func (p *Paragraph) isBold() bool {
	if p.letters == 0 {
		return p.Bold
	}
	return p.bold*2 > p.letters
}
