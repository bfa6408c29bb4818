package rtf

import (
	"strconv"
	"strings"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// story is a run of paragraphs of its own: the body, a header, a note, a text box.
type story struct {
	part     string
	role     extract.Role
	gone     bool // its mark is not read
	outer    *story
	sink     *flow.Sink
	p        *flow.Paragraph // being read, nil before its first character
	label    []byte          // the printed number of the paragraph
	labelled bool
	marker   marker
	levels   []*openTable // tables that are open, the outermost first
	defs     [2]rowDef    // of the outermost table, of nested ones
	// paragraphs and tables count those that were begun before.
	paragraphs, tables int
}

func newStory(part string, role extract.Role, outer *story) *story {
	return &story{part: part, role: role, outer: outer, sink: &flow.Sink{Role: role}}
}

// paragraph is the one being read.
func (s *story) paragraph() *flow.Paragraph {
	if s.p == nil {
		s.p = &flow.Paragraph{}
	}
	return s.p
}

// beginStory begins a story whose text stands elsewhere than around it.
func (r *reading) beginStory(name string, role extract.Role) {
	if r.g.to != toStory && r.g.to != toPropertyValue {
		r.g.to = toNowhere
		return
	}
	r.stories[name]++
	r.story = newStory("rtf/"+name+strconv.Itoa(r.stories[name]), role, r.story)
	r.story.gone = r.g.chars.hidden || !r.reads(r.g.chars.change())
	r.g.to, r.g.ends = toStory, endsStory
	r.g.para, r.g.chars = paraProps{}, plain(r.defaultFont)
	r.g.field, r.g.shape, r.g.nested, r.g.contents = nil, nil, false, false
}

// endStory puts a finished story where it belongs: a text box into the paragraph
// that anchors it, a note behind that, headers and footers behind the body.
func (r *reading) endStory() {
	s := r.story
	r.cut()
	r.finishStory(s)
	r.story = s.outer
	switch items := flow.InRole(s.sink.Items, s.role); {
	case s.gone:
	case s.role == extract.RoleTextbox:
		if len(items) > 0 {
			r.story.paragraph().Anchor(items...)
		}
	case s.role == extract.RoleFootnote, s.role == extract.RoleComment:
		r.story.follow(items)
	default:
		for i := range items { // text boxes and pictures stand there too
			items[i].Block.Role = s.role
		}
		r.margin(s.role, items)
	}
}

// margin keeps a header or footer once: each section repeats its own.
func (r *reading) margin(role extract.Role, items []flow.Item) {
	var key strings.Builder
	key.WriteString(string(role))
	for i := range items {
		key.WriteByte(0)
		key.WriteString(items[i].Block.Text)
		if t := items[i].Table; t != nil {
			for k := range t.Rows {
				for j := range t.Rows[k].Cells {
					key.WriteByte(1)
					key.WriteString(t.Rows[k].Cells[j].Text)
				}
			}
		}
	}
	if r.margins[key.String()] {
		return
	}
	r.margins[key.String()] = true
	if role == extract.RoleHeader {
		r.headers = append(r.headers, items...)
	} else {
		r.footers = append(r.footers, items...)
	}
}

// finishStory ends what the file leaves open.
func (r *reading) finishStory(s *story) {
	if s.p != nil && !s.p.Empty() {
		r.finish(s, s.sinkAt(r, r.g.para.depth()))
	}
	if r.rowOpen() {
		r.warn.Add("row_unclosed", "有表格的最后一行没有结束标记，其单元格照常读取")
	}
	s.closeTables(r, 0)
}

// endParagraph ends a paragraph with the properties of its mark.
func (r *reading) endParagraph() {
	if r.g.to != toStory {
		return
	}
	s := r.story
	if !r.reads(r.g.chars.change()) {
		return // the text before a deleted mark belongs to the next paragraph
	}
	r.finish(s, s.sinkAt(r, r.g.para.depth()))
}

// finish puts the paragraph into a sink.
func (r *reading) finish(s *story, to *flow.Sink) {
	r.mark(s, unchanged)
	p := s.paragraph()
	s.p, s.marker = nil, marker{}
	props, contents := r.styled(r.g.para)
	p.Part = s.position("p", s.paragraphs)
	p.Align, p.Outline = props.align, max(props.outline, 0)
	p.Contents = p.Contents || contents
	if !r.g.chars.hidden {
		p.Label = r.labelOf(s, props)
	}
	c := &r.g.chars
	p.Size, p.Bold = c.size[c.which()], c.bold[c.which()]
	s.paragraphs++
	s.label, s.labelled = s.label[:0], false
	p.Finish(to)
}
