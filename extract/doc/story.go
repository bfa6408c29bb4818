package doc

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"nianbao/extract"
	"nianbao/extract/flow"
	"nianbao/extract/symbolfont"
)

// Characters that mean something else than themselves ([MS-DOC] 2.4.1, 2.9.341).
const (
	charPicture     = 0x01
	charCell        = 0x07
	charShape       = 0x08
	charLine        = 0x0b
	charSection     = 0x0c // and page break
	charParagraph   = 0x0d
	charColumn      = 0x0e
	charFieldBegin  = 0x13
	charFieldMiddle = 0x14
	charFieldEnd    = 0x15
	charHyphen      = 0x1e // that does not break
	charSymbol      = 0x28
)

// story reads one part of the text, or a piece of one, into items.
type story struct {
	*reading
	name       string // of the part in Block.Part
	out        *flow.Sink
	shapes     shapeTable // what stands at the marks of shapes
	paragraphs int
	tableCount int
	tables     []*openTable

	fields []field
	// fieldsLost counts open fields beyond the limit of nesting.
	fieldsLost int
	contents   int // of tables of contents around
	// carry is a paragraph whose mark is a tracked deletion: its text goes on
	// in the next, at the same depth of tables.
	carry      *flow.Paragraph
	carryDepth int

	units []uint16 // of the paragraph, reused
	from  int
}

func (d *reading) newStory(name string, role extract.Role) *story {
	return &story{reading: d, name: name, out: &flow.Sink{Role: role}}
}

// position names the n-th element of a kind in the part.
func (s *story) position(kind string, n int) *string {
	p := s.name + "#" + kind + strconv.Itoa(n)
	return &p
}

// read reads the characters from one to another as paragraphs.
func (s *story) read(from, to int) []flow.Item {
	outer := s.fields
	s.fields = nil
	for at := from; at < to; {
		at = s.paragraph(at, to)
	}
	s.flushCarry()
	for len(s.tables) > 0 {
		s.closeTable()
	}
	s.fields = outer
	return s.out.Items
}

// gather collects the characters of the paragraph that begins at a place and
// returns where the next begins. The last of them is its mark, unless the part
// ends without one.
func (s *story) gather(at, to int) int {
	s.units, s.from = s.units[:0], at
	for at < to {
		p := s.text.pieceAt(at)
		if p == nil {
			return to
		}
		begin := len(s.units)
		end := min(p.to, to, at+gatherStep)
		s.units = s.text.append(s.units, p, at, end)
		for i := begin; i < len(s.units); i++ {
			if s.units[i] <= charParagraph && s.endsParagraph(s.units[i], at+i-begin) {
				s.units = s.units[:i+1]
				return at + i - begin + 1
			}
		}
		if len(s.units)-begin < end-at {
			return end // the stream ends here: what is behind begins anew
		}
		at = end
	}
	return to
}

// gatherStep is how many characters are taken at once while the end of a
// paragraph is looked for.
const gatherStep = 256

// endsParagraph tells the marks of paragraphs, cells and sections.
func (s *story) endsParagraph(unit uint16, cp int) bool {
	switch unit {
	case charParagraph, charCell:
		return true
	case charSection:
		return s.sections == nil || s.sections[cp+1]
	}
	return false
}

// paragraph reads one paragraph and returns where the next begins.
func (s *story) paragraph(at, to int) int {
	next := s.gather(at, to)
	if len(s.units) == 0 {
		return next
	}
	last := s.from + len(s.units) - 1
	mark := s.units[len(s.units)-1]
	props := s.paraAt(last)
	base := s.styles.char(props.style)
	markProps := base
	if s.endsParagraph(mark, last) {
		markProps = s.charAt(last, base)
		s.units = s.units[:len(s.units)-1]
	} else {
		mark = 0
	}
	depth := s.depthOf(&props, mark)
	index := s.paragraphs
	s.paragraphs++
	if s.endsRow(&props, mark, depth) {
		s.flushCarry()
		s.level(depth)
		s.closeRow(shapeOf(&props), s.reads(&markProps) && !s.hiddenRow(&markProps))
		return next
	}
	if s.carry != nil && s.carryDepth != depth {
		s.flushCarry()
	}
	sink := s.sink(depth)
	p := s.begin(&props, &base, index)
	unmarked := mark != 0 && !s.reads(&markProps)
	if !unmarked && !markProps.hidden {
		p.Label = s.lists.next(&props)
	}
	s.runs(p, &base)
	s.notes(p, &base, last)
	s.closeFields()
	p.Contents = p.Contents || s.contents > 0
	cellEnd := mark == charCell || depth > 1 && props.innerCellEnd
	switch {
	case !unmarked || cellEnd:
		p.Finish(sink)
	case !p.Empty():
		s.carry, s.carryDepth = p, depth
	}
	if cellEnd {
		s.closeCell()
	}
	return next
}

// endsRow tells the mark at the end of a row. Where properties are lost, that of
// a cell right behind another's is taken for one.
func (s *story) endsRow(props *paraProps, mark uint16, depth int) bool {
	switch {
	case depth > 1:
		return props.innerRowEnd
	case mark != charCell:
		return false
	case props.inTable || props.rowEnd:
		return props.rowEnd
	}
	s.warn.Add("table_properties_lost", "有表格的格式读不出，按单元格标记还原，合并的单元格可能不对")
	return len(s.units) == 0 && len(s.tables) == 1 && s.tables[0].cell == nil && s.tables[0].index > 0
}

// begin makes the paragraph, or goes on with the one before whose mark is
// deleted; it has the properties of the later one.
func (s *story) begin(props *paraProps, base *charProps, index int) *flow.Paragraph {
	p := &flow.Paragraph{Part: s.position("p", index)}
	if s.carry != nil {
		p = s.carry
		s.carry = nil
	}
	p.Align, p.Size, p.Bold, p.Outline = props.align, base.size, base.bold, 0
	if props.outline >= 0 && props.outline < 9 {
		p.Outline = props.outline + 1
	}
	if st := s.styles.get(props.style); st != nil && st.contents {
		p.Contents = true
	}
	return p
}

func (s *story) flushCarry() {
	if p := s.carry; p != nil {
		s.carry = nil
		p.Finish(s.sink(s.carryDepth))
	}
}

// maxTables bounds tables within tables: what stands in the innermost is handed
// out through all of them.
const maxTables = 64

// depthOf is the number of tables around a paragraph, bounded.
func (s *story) depthOf(props *paraProps, mark uint16) int {
	depth := props.nesting()
	if mark == charCell {
		depth = 1 // marks of inner cells are marks of paragraphs
	}
	if most := min(s.lim.Depth, maxTables); depth > most {
		s.warn.Add("table_depth", "表格嵌套层数过多，内层按上限读取")
		depth = most
	}
	return depth
}

// hiddenRow tells a row all of which is hidden.
func (s *story) hiddenRow(mark *charProps) bool {
	if !mark.hidden {
		return false
	}
	t := s.tables[len(s.tables)-1]
	for i := range t.row {
		if t.row[i].Text != "" {
			return false
		}
	}
	s.hidden++
	return true
}

// runs reads the characters of the paragraph without its mark, in runs of the
// same properties.
func (s *story) runs(p *flow.Paragraph, base *charProps) {
	units := s.units
	var changed marker
	for i := 0; i < len(units); {
		props, end := s.runAt(s.from+i, *base)
		n := min(max(end-s.from, i+1), len(units))
		s.mark(&changed, p, props.change())
		if s.reads(&props) {
			s.run(p, units[i:n], s.from+i, &props)
		}
		i = n
	}
	s.mark(&changed, p, unchanged)
}

// run reads characters of one run.
func (s *story) run(p *flow.Paragraph, units []uint16, cp int, props *charProps) {
	begin := 0
	flush := func(end int) {
		if end > begin {
			s.plain(p, units[begin:end], props)
		}
		begin = end + 1
	}
	for i, u := range units {
		if u >= ' ' && (u != charSymbol || !props.special) && u != 0x7f {
			continue
		}
		flush(i)
		s.control(p, u, cp+i, props)
	}
	flush(len(units))
}

// plain writes text where it is visible.
func (s *story) plain(p *flow.Paragraph, units []uint16, props *charProps) {
	if s.instruction(units) {
		return
	}
	if !s.visible() {
		return
	}
	text := string(utf16.Decode(units))
	if props.hidden {
		if strings.TrimSpace(text) != "" {
			s.hidden++
		}
		return
	}
	if font := s.symbolFont(props); font > symbolfont.None {
		text = symbolfont.Text(text, font)
	}
	for _, ch := range text {
		if ch >= 0xe000 && ch <= 0xf8ff {
			s.private++
		}
	}
	p.Write(text, props.size, props.bold)
}

// control reads a character that is none.
func (s *story) control(p *flow.Paragraph, u uint16, cp int, props *charProps) {
	switch u {
	case charFieldBegin:
		s.fieldBegin()
	case charFieldMiddle:
		s.fieldMiddle(p)
	case charFieldEnd:
		s.fieldEnd(p, props)
	case '\t':
		s.put(p, props, "\t")
	case charLine, charSection, charColumn:
		s.put(p, props, "\n")
	case charHyphen:
		s.put(p, props, "-")
	case charSymbol:
		s.symbol(p, props)
	case charPicture:
		s.picture(p, props)
	case charShape:
		if props.special && !props.hidden && s.visible() {
			s.shape(p, cp)
		}
	}
}

// put writes text where it is visible.
func (s *story) put(p *flow.Paragraph, props *charProps, text string) {
	if text != "" && s.visible() && !props.hidden {
		p.Write(text, props.size, props.bold)
	}
}

// symbol reads a character of a symbol font (sprmCSymbol).
func (s *story) symbol(p *flow.Paragraph, props *charProps) {
	if props.symbol == 0 {
		s.put(p, props, "(") // an ordinary one
		return
	}
	font := symbolfont.None
	if props.symbolFont < len(s.fonts) {
		font = s.fonts[props.symbolFont]
	}
	ch, ok := symbolfont.Rune(rune(props.symbol), font)
	if !ok && s.visible() && !props.hidden {
		s.unknownSymbols++
		ch = '\ufffd'
	}
	s.put(p, props, string(ch))
}
