package docx

import (
	"strconv"
	"strings"

	"nianbao/extract/symbolfont"
)

// toggle is a property that may be unset, on or off.
type toggle int8

const (
	unset toggle = iota
	on
	off
)

// or gives the inherited value where t is unset.
func (t toggle) or(inherited toggle) toggle {
	if t == unset {
		return inherited
	}
	return t
}

// runProps are the run properties that matter to reading (ECMA-376 §17.3.2).
type runProps struct {
	style  string
	bold   toggle
	hidden toggle
	// size is in half points, 0 where unset.
	size int
	// font is the symbol font of the run's ASCII characters, symbolfont.None for
	// ordinary fonts, symbolfont.Unset where nothing is said.
	font symbolfont.Font
	// added and gone are set for tracked insertions, and for deletions and moves
	// away, on a paragraph mark; they are not inherited.
	added, gone bool
}

// over lays p over inherited values.
func (p runProps) over(inherited runProps) runProps {
	p.bold, p.hidden = p.bold.or(inherited.bold), p.hidden.or(inherited.hidden)
	if p.size == 0 {
		p.size = inherited.size
	}
	if p.font == symbolfont.Unset {
		p.font = inherited.font
	}
	return p
}

// paraProps are the paragraph properties that matter to reading (ECMA-376
// §17.3.1).
type paraProps struct {
	style string
	align string
	// outline is the outline level from 0, 9 for body text, -1 where unset.
	outline int
	// numID is the numbering instance: -1 unset, 0 none.
	numID int
	// numLevel is the numbering level, -1 where unset.
	numLevel int
	// numStyle is the style numID was inherited from, "" for direct numbering.
	numStyle string
	// hint is the number that Word 2003's XML gives beside its list, hinted that
	// there was a place for one.
	hint   string
	hinted bool
	mark   runProps
}

func newParaProps() paraProps { return paraProps{outline: -1, numID: -1, numLevel: -1} }

// over lays p over inherited values.
func (p paraProps) over(inherited paraProps) paraProps {
	if p.align == "" {
		p.align = inherited.align
	}
	if p.outline < 0 {
		p.outline = inherited.outline
	}
	if p.numID < 0 {
		p.numID, p.numStyle = inherited.numID, inherited.numStyle
	}
	if p.numLevel < 0 {
		p.numLevel = inherited.numLevel
	}
	return p
}

// style is one style. para and run hold its own properties until resolve has
// laid them over those of the styles it is based on.
type style struct {
	id, name, basedOn string
	para              paraProps
	run               runProps
	numStyleNum       int
	character         bool // or of no known type
	resolved          bool
}

// styleSheet holds the styles of a package. The zero value has no styles.
type styleSheet struct {
	byID map[string]*style
	// defaultPara is the id of the paragraph style of unstyled paragraphs.
	defaultPara string
	docPara     paraProps
	docRun      runProps
}

func newStyleSheet() *styleSheet {
	return &styleSheet{byID: map[string]*style{}, docPara: newParaProps()}
}

// read reads the styles part (ECMA-376 §17.7).
func (s *styleSheet) read(x *xmlReader) {
	for x.nextChild() { // w:styles
		s.readAll(x)
	}
}

// readAll reads the children of w:styles.
func (s *styleSheet) readAll(x *xmlReader) {
	for x.nextChild() {
		switch {
		case x.ns == nsW && x.local == "docDefaults":
			s.readDefaults(x)
		case x.ns == nsW && x.local == "style":
			s.readStyle(x)
		default:
			x.skip()
		}
	}
}

func (s *styleSheet) readDefaults(x *xmlReader) {
	for x.nextChild() { // w:pPrDefault, w:rPrDefault
		for x.nextChild() {
			switch x.local {
			case "pPr":
				s.docPara = readParaProps(x, nil)
			case "rPr":
				s.docRun = readRunProps(x)
			default:
				x.skip()
			}
		}
	}
}

func (s *styleSheet) readStyle(x *xmlReader) {
	st := &style{id: string(x.attr(nsW, "styleId")), para: newParaProps()}
	kind, isDefault := string(x.attr(nsW, "type")), isOn(x.attr(nsW, "default"), false)
	st.character = kind == "character" || kind == ""
	for x.nextChild() {
		switch x.local {
		case "name":
			st.name = styleName(string(x.attr(nsW, "val")))
			x.skip()
		case "basedOn":
			st.basedOn = string(x.attr(nsW, "val"))
			x.skip()
		case "pPr":
			st.para = readParaProps(x, nil)
		case "rPr":
			st.run = readRunProps(x)
		default:
			x.skip()
		}
	}
	if st.id == "" || s.byID[st.id] != nil {
		return
	}
	if level, ok := headingLevel(st.name); ok && st.para.outline < 0 {
		st.para.outline = level
	}
	if st.para.numID >= 0 {
		st.para.numStyle = st.id
		st.numStyleNum = st.para.numID
	}
	s.byID[st.id] = st
	if kind == "paragraph" && isDefault && s.defaultPara == "" {
		s.defaultPara = st.id
	}
}

// styleName is the name by which built-in styles are told apart, whatever
// language the program had: lower case, without spaces.
func styleName(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, " ", ""))
}

// headingLevel tells built-in heading styles by name; the level is from 0.
func headingLevel(name string) (int, bool) {
	for _, prefix := range []string{"heading", "标题"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && len(rest) == 1 && rest[0] >= '1' && rest[0] <= '9' {
			return int(rest[0] - '1'), true
		}
	}
	return 0, false
}

// isContents tells the styles of a table of contents.
func (st *style) isContents() bool {
	for _, prefix := range []string{"toc", "目录"} {
		if rest, ok := strings.CutPrefix(st.name, prefix); ok {
			if _, err := strconv.Atoi(rest); err == nil || rest == "heading" || rest == "标题" {
				return true
			}
		}
	}
	return false
}

// get returns a style with its inheritance resolved, nil for an unknown id.
// Chains are walked without recursion; a style that is based on itself ends its
// chain there.
func (s *styleSheet) get(id string) *style {
	st := s.byID[id]
	if st == nil || st.resolved {
		return st
	}
	var chain []*style
	for at := st; at != nil && !at.resolved; at = s.byID[at.basedOn] {
		at.resolved = true
		chain = append(chain, at)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		if base := s.byID[chain[i].basedOn]; base != nil && base != chain[i] {
			chain[i].para = chain[i].para.over(base.para)
			chain[i].run = chain[i].run.over(base.run)
		}
	}
	return st
}

// effective combines document defaults, paragraph style, character style and
// direct properties. Toggles of the two styles cancel each other out, direct
// ones count as they stand (ECMA-376 §17.7.3).
func (s *styleSheet) effective(para *style, direct runProps) runProps {
	base := s.docRun
	var fromPara runProps
	if para != nil {
		fromPara = para.run
	}
	out := direct
	if direct.style != "" {
		if char := s.get(direct.style); char != nil && char.character {
			out.bold = direct.bold.or(exclusive(fromPara.bold, char.run.bold))
			out.hidden = direct.hidden.or(exclusive(fromPara.hidden, char.run.hidden))
			out = out.over(char.run)
		}
	}
	return out.over(fromPara).over(base)
}

func exclusive(a, b toggle) toggle {
	if a == on && b == on {
		return off
	}
	if a == on || b == on {
		return on
	}
	return b.or(a)
}

// isOn reads a value of ST_OnOff.
func isOn(value []byte, ifAbsent bool) bool {
	switch string(value) {
	case "":
		return ifAbsent
	case "0", "false", "off", "none":
		return false
	}
	return true
}

func toggleOf(x *xmlReader) toggle {
	if isOn(x.attr(nsW, "val"), true) {
		return on
	}
	return off
}

// readRunProps reads w:rPr to its end.
func readRunProps(x *xmlReader) runProps {
	var p runProps
	for x.nextChild() {
		if x.ns == nsAML {
			p.annotated(x)
		}
		if x.ns == nsW {
			switch x.local {
			case "rStyle":
				p.style = string(x.attr(nsW, "val"))
			case "b":
				p.bold = toggleOf(x)
			case "vanish":
				p.hidden = toggleOf(x)
			case "sz":
				p.size = halfPoints(x.attr(nsW, "val"))
			case "rFonts":
				if f := x.attr(nsW, "ascii"); f != nil {
					p.font = symbolfont.Of(f)
				} else if f := x.attr(nsW, "hAnsi"); f != nil {
					p.font = symbolfont.Of(f)
				}
			case "ins", "moveTo":
				p.added = true
			case "del", "moveFrom":
				p.gone = true
			case "rPrChange":
				if x.former {
					added, gone := p.added, p.gone
					for x.nextChild() {
						p = readRunProps(x)
					}
					p.added, p.gone = added, gone
					continue
				}
			}
		}
		x.skip()
	}
	return p
}

// readParaProps reads w:pPr to its end. section, if not nil, is called on
// w:sectPr and must read it to its end.
func readParaProps(x *xmlReader, section func()) paraProps {
	p := newParaProps()
	for x.nextChild() {
		if x.ns != nsW {
			x.skip()
			continue
		}
		switch x.local {
		case "pStyle":
			p.style = string(x.attr(nsW, "val"))
		case "jc":
			p.align = alignment(string(x.attr(nsW, "val")))
		case "outlineLvl":
			p.outline = boundedInt(x.attr(nsW, "val"), 0, 9, -1)
		case "numPr", "listPr":
			p.hinted = x.local == "listPr"
			readNumProps(x, &p)
			continue
		case "rPr":
			p.mark = readRunProps(x)
			continue
		case "pPrChange": // the last child
			if x.former {
				mark := p.mark
				for x.nextChild() {
					p = readParaProps(x, nil)
				}
				p.mark = mark
				continue
			}
		case "sectPr":
			if section != nil {
				section()
				continue
			}
		}
		x.skip()
	}
	return p
}

func readNumProps(x *xmlReader, p *paraProps) {
	for x.nextChild() {
		switch {
		case x.ns == nsWX:
			p.readHint(x)
		case x.ns != nsW:
		case x.local == "numId", x.local == "ilfo":
			p.numID = boundedInt(x.attr(nsW, "val"), 0, 1<<30, 0)
		case x.local == "ilvl":
			p.numLevel = boundedInt(x.attr(nsW, "val"), 0, 8, 0)
		}
		x.skip()
	}
}

// alignment names a value of ST_Jc as Block.Align does, "" for unknown ones.
func alignment(jc string) string {
	switch jc {
	case "left", "start":
		return "left"
	case "right", "end":
		return "right"
	case "center":
		return "center"
	case "both", "distribute", "lowKashida", "mediumKashida", "highKashida", "thaiDistribute":
		return "justify"
	}
	return ""
}

// halfPoints reads ST_HpsMeasure: half points, or a length with its unit.
func halfPoints(value []byte) int {
	s := string(value)
	if pt, ok := strings.CutSuffix(s, "pt"); ok {
		f, err := strconv.ParseFloat(pt, 64)
		if err != nil || !(f > 0 && f < 2000) {
			return 0
		}
		return int(f*2 + 0.5)
	}
	return boundedInt(value, 0, 4000, 0)
}

// boundedInt reads a decimal number; other when it is none or out of bounds.
func boundedInt(value []byte, low, high, other int) int {
	n, err := strconv.Atoi(string(value))
	if err != nil || n < low || n > high {
		return other
	}
	return n
}
