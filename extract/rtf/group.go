package rtf

import "nianbao/extract"

// group is the state that a group inherits and that its end restores (RTF 1.9.1,
// "Contents of an RTF File").
type group struct {
	to   destination
	ends ending // what the end of the group completes
	// skipped is where the Unicode part of \upr goes while the group itself
	// goes nowhere; toNowhere outside of one.
	skipped destination
	// star is set behind \* until the next control word.
	star bool
	// unicode is \ucN: how many bytes stand for a \u character to readers that
	// do not know it.
	unicode int
	chars   charProps
	para    paraProps
	field   *field // the innermost one, nil outside
	shape   *shape // the innermost shape or picture, nil outside
	// contents is set within the result of a table of contents, nested within
	// the properties of a nested row.
	contents, nested bool
}

// run tells which of the fonts of a run its text is set in.
type run uint8

const (
	anyRun     run = iota
	narrowRun      // \loch, \hich
	wideRun        // \dbch
	complexRun     // \rtlch
)

// charProps are character properties; pairs hold those of narrow text and of
// East Asian text.
type charProps struct {
	run             run
	font            [2]int
	size            [2]int // half points
	bold            [2]bool
	sized, weighted bool // size, bold were set since the style began
	hidden          bool
	inserted        bool // tracked
	deleted         bool // tracked
}

// plain is \plain: 12 points.
func plain(font int) charProps {
	return charProps{font: [2]int{font, font}, size: [2]int{24, 24}}
}

// which is the index into the pairs for the text of the run.
func (c *charProps) which() int {
	if c.run == wideRun {
		return 1
	}
	return 0
}

// paraProps are paragraph properties.
type paraProps struct {
	style   int
	align   string // as extract.Block.Align, "" where nothing says it
	outline int    // from 1; 0 where nothing says it, -1 body text
	list    int    // \lsN, 0 none
	level   int    // \ilvlN
	inTable bool   // \intbl
	nesting int    // \itapN
}

// depth is how many tables the paragraph stands in.
func (p *paraProps) depth() int {
	if p.inTable {
		return max(p.nesting, 1)
	}
	return p.nesting
}

// open begins a group.
func (r *reading) open() {
	r.flush()
	r.skip = 0
	if len(r.groups) >= r.lim.Depth {
		r.fail(extract.OverLimit("depth", int64(r.lim.Depth), "RTF 的组嵌套过深，已停止读取"))
		return
	}
	r.groups = append(r.groups, r.g)
	r.g.ends, r.g.star = endsNothing, false
	if r.g.to == toStyle { // each style is a group
		r.g.ends, r.style = endsStyle, style{}
		r.g.chars = plain(r.defaultFont)
	}
}

// close ends a group; the last one ends the file.
func (r *reading) close() {
	r.flush()
	r.skip = 0
	if len(r.groups) == 0 {
		return
	}
	r.end(r.g.ends)
	last := len(r.groups) - 1
	r.g = r.groups[last]
	r.groups = r.groups[:last]
}
