package doc

import "nianbao/extract/symbolfont"

// charProps are the properties of characters that matter to reading.
type charProps struct {
	bold   bool
	hidden bool
	// inserted and deleted are set for text with a tracked change.
	inserted, deleted bool
	// special says that control characters mean objects and marks, data that
	// a picture character holds data of a field.
	special, data bool
	size          int // half points
	font          int // of characters of ASCII, an index of the font table
	// picture is the place in the Data stream, -1 where there is none.
	picture int
	// symbol and symbolFont are the character that 0x28 stands for.
	symbol, symbolFont int
}

// defaultSize is the size in half points where nothing is said ([MS-DOC]
// 2.6.1, sprmCHps).
const defaultSize = 20

func newCharProps() charProps { return charProps{size: defaultSize, picture: -1} }

// paraProps are the properties of paragraphs that matter to reading.
type paraProps struct {
	style   int
	outline int // from 0, 9 for body text, -1 where unset
	list    int // ilfo: -1 unset, 0 none
	level   int // of the list, -1 where unset
	// listStyle is the style that list was inherited from, -1 for direct
	// numbering.
	listStyle int
	align     string
	// oldNumber is set for numbering in the way of Word 6, which is not read.
	oldNumber bool

	inTable, rowEnd           bool
	depth                     int // of tables
	innerCellEnd, innerRowEnd bool
	table                     []view // lists with properties of a row
	// tableProps is a further one, of Word 2002 on; it counts where those
	// define no cells.
	tableProps view
}

func newParaProps() paraProps {
	return paraProps{outline: -1, list: -1, level: -1, listStyle: -1}
}

// toggled is the value of a toggle: one that follows the style or opposes it
// ([MS-DOC] 2.9.327).
func toggled(value int, style bool) bool {
	switch value {
	case 0x80:
		return style
	case 0x81:
		return !style
	}
	return value != 0
}

// applyChar lays modifiers over p. style has the properties that toggles refer
// to; a character style goes into it.
func (d *reading) applyChar(p *charProps, list view, style *charProps) {
	for s := (sprms{rest: list}); s.next(); {
		if s.kind() == kindCharacter {
			d.applyCharSprm(p, &s, style)
		}
	}
}

func (d *reading) applyCharSprm(p *charProps, s *sprms, style *charProps) {
	value := s.arg.u8(0)
	switch s.op {
	case sprmCIstd:
		if st := d.styles.get(s.arg.u16(0)); st != nil && st.kind == styleCharacter {
			st.overlay(p)
			st.overlay(style)
		}
	case sprmCPlain:
		kept := *p
		*p = *style
		p.special, p.data, p.picture = kept.special, kept.data, kept.picture
		p.inserted, p.deleted = kept.inserted, kept.deleted
		p.symbol, p.symbolFont = kept.symbol, kept.symbolFont
	case sprmCFBold:
		p.bold = toggled(value, style.bold)
	case sprmCFVanish:
		p.hidden = toggled(value, style.hidden)
	case sprmCFRMarkDel:
		p.deleted = value != 0
	case sprmCFRMark:
		p.inserted = value != 0
	case sprmCFSpec:
		p.special = value != 0
	case sprmCFData:
		p.data = value != 0
	case sprmCHps:
		if n := s.arg.u16(0); n > 0 && n <= 4000 {
			p.size = n
		}
	case sprmCRgFtc0:
		p.font = s.arg.u16(0)
	case sprmCPicLocation:
		p.picture, p.special = s.arg.i32(0), true
	case sprmCSymbol:
		p.symbolFont, p.symbol, p.special = s.arg.u16(0), s.arg.u16(2), true
	}
}

// applyPara lays modifiers over p. Tables may hold their modifiers in a list of
// their own, further off.
func (d *reading) applyPara(p *paraProps, list view) {
	for s := (sprms{rest: list}); s.next(); {
		switch s.kind() {
		case kindParagraph:
			d.applyParaSprm(p, &s)
		case kindTable:
			if n := len(p.table); n == 0 || len(p.table[n-1]) == 0 || &p.table[n-1][0] != &list[0] {
				p.table = append(p.table, list)
			}
		}
	}
}

func (d *reading) applyParaSprm(p *paraProps, s *sprms) {
	value := s.arg.u8(0)
	switch s.op {
	case sprmPIstd:
		kept := *p
		*p = d.styles.para(s.arg.u16(0))
		p.inTable, p.rowEnd, p.depth = kept.inTable, kept.rowEnd, kept.depth
		p.innerCellEnd, p.innerRowEnd = kept.innerCellEnd, kept.innerRowEnd
		p.table, p.tableProps = kept.table, kept.tableProps
	case sprmPJc80, sprmPJc:
		p.align = alignment(value)
	case sprmPOutLvl:
		p.outline = min(value, 9)
	case sprmPIlvl:
		p.level = min(value, 8)
	case sprmPIlfo:
		p.list, p.listStyle = listIndex(s.arg.u16(0)), -1
	case sprmPAnld:
		p.oldNumber = len(s.arg) > 0 && value != 0xff
	case sprmPFInTable:
		p.inTable = value != 0
	case sprmPFTtp:
		p.rowEnd = value != 0
	case sprmPItap:
		p.depth = s.arg.i32(0)
	case sprmPDtap:
		p.depth += s.arg.i32(0)
	case sprmPFInnerCell:
		p.innerCellEnd = value != 0
	case sprmPFInnerTtp:
		p.innerRowEnd = value != 0
	case sprmPTableProps:
		p.tableProps = d.hugePapx(s.arg.u32(0))
	case sprmPHugePapx, sprmPHugePapxOld:
		// A list in the Data stream takes the place of all others
		// ([MS-DOC] 2.6.2); it may not refer to a further one.
		if huge := d.hugePapx(s.arg.u32(0)); huge != nil && !d.inHuge {
			d.inHuge = true
			d.applyPara(p, huge)
			d.inHuge = false
		}
	}
}

// listIndex reads sprmPIlfo ([MS-DOC] 2.6.2): 0 for none, also where Word keeps
// that there was a list once; oldList for a paragraph numbered as in Word 6.
func listIndex(ilfo int) int {
	if ilfo > oldList {
		return 0
	}
	return ilfo
}

const oldList = 0x07ff

// alignment names a value as Block.Align does, "" for unknown ones.
func alignment(jc int) string {
	switch jc {
	case 0:
		return "left"
	case 1:
		return "center"
	case 2:
		return "right"
	case 3, 4, 5, 7, 8, 9:
		return "justify"
	}
	return ""
}

// nesting is the number of tables a paragraph stands in.
func (p *paraProps) nesting() int {
	switch {
	case p.depth > 0:
		return p.depth
	case p.inTable || p.rowEnd:
		return 1
	}
	return 0
}

// symbolFont is the font of characters where it is a symbol font.
func (d *reading) symbolFont(p *charProps) symbolfont.Font {
	if p.font >= 0 && p.font < len(d.fonts) {
		return d.fonts[p.font]
	}
	return symbolfont.None
}
