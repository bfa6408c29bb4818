package docx

import (
	"strings"

	"nianbao/extract/flow"
	"nianbao/extract/ordinal"
)

// levels is the number of levels of a list (ECMA-376 §17.9.6).
const levels = ordinal.Levels

// list is an abstract definition.
type list struct {
	ordinal.List
	styleLink string // the numbering style that holds the definition
}

// instance is a w:num.
type instance struct {
	ordinal.Instance
	list int
}

// numbering holds the lists of a package and counts while the document is read.
type numbering struct {
	lists     map[int]*list
	instances map[int]*instance
	styled    map[string]*list // by the numbering style they belong to
	styles    *styleSheet
	warn      *flow.Losses
}

func newNumbering(styles *styleSheet, warn *flow.Losses) *numbering {
	return &numbering{lists: map[int]*list{}, instances: map[int]*instance{}, styled: map[string]*list{}, styles: styles, warn: warn}
}

// read reads the numbering part (ECMA-376 §17.9).
func (n *numbering) read(x *xmlReader) {
	for x.nextChild() { // w:numbering
		n.readAll(x)
	}
}

// readAll reads the children of w:numbering, or of w:lists in Word 2003's XML,
// which names them otherwise.
func (n *numbering) readAll(x *xmlReader) {
	for x.nextChild() {
		switch {
		case x.ns != nsW:
			x.skip()
		case x.local == "abstractNum":
			n.readList(x, x.attr(nsW, "abstractNumId"))
		case x.local == "listDef":
			n.readList(x, x.attr(nsW, "listDefId"))
		case x.local == "num":
			n.readInstance(x, x.attr(nsW, "numId"))
		case x.local == "list":
			n.readInstance(x, x.attr(nsW, "ilfo"))
		default:
			x.skip()
		}
	}
}

func (n *numbering) readList(x *xmlReader, number []byte) {
	id := boundedInt(number, 0, 1<<30, -1)
	l := &list{}
	for x.nextChild() {
		switch x.local {
		case "lvl":
			if i, lv := readLevel(x); i >= 0 {
				l.Levels[i] = lv
			}
		case "numStyleLink", "listStyleLink":
			l.styleLink = string(x.attr(nsW, "val"))
			x.skip()
		case "styleLink":
			if style := string(x.attr(nsW, "val")); n.styled[style] == nil {
				n.styled[style] = l
			}
			x.skip()
		default:
			x.skip()
		}
	}
	if n.lists[id] == nil {
		n.lists[id] = l
	}
}

func readLevel(x *xmlReader) (int, ordinal.Level) {
	i := boundedInt(x.attr(nsW, "ilvl"), 0, levels-1, -1)
	lv := ordinal.Level{Defined: true, Suffix: "tab", Restart: -1}
	for x.nextChild() {
		val := x.attr(nsW, "val")
		switch x.local {
		case "start":
			lv.Start = boundedInt(val, 0, 1<<30, 0)
		case "numFmt":
			lv.Format, lv.Custom = string(val), string(x.attr(nsW, "format"))
		case "nfc":
			lv.Format = ordinal.OfCode(boundedInt(val, 0, 1<<16, 0))
		case "lvlText":
			lv.Text = string(val)
		case "suff":
			lv.Suffix = strings.ToLower(string(val))
		case "pStyle":
			lv.Style = string(val)
		case "isLgl":
			lv.Legal = isOn(val, true)
		case "lvlRestart":
			lv.Restart = boundedInt(val, 0, levels, -1)
		case "rPr":
			p := readRunProps(x)
			lv.Hidden, lv.Font = p.hidden == on, p.font
			continue
		}
		x.skip()
	}
	return i, lv
}

func (n *numbering) readInstance(x *xmlReader, number []byte) {
	id := boundedInt(number, 0, 1<<30, -1)
	in := &instance{list: -1}
	for x.nextChild() {
		switch x.local {
		case "abstractNumId", "ilst":
			in.list = boundedInt(x.attr(nsW, "val"), 0, 1<<30, -1)
			x.skip()
		case "lvlOverride":
			in.readOverride(x)
		default:
			x.skip()
		}
	}
	if n.instances[id] == nil {
		n.instances[id] = in
	}
}

func (in *instance) readOverride(x *xmlReader) {
	i := boundedInt(x.attr(nsW, "ilvl"), 0, levels-1, -1)
	for x.nextChild() {
		switch x.local {
		case "startOverride":
			if i >= 0 {
				if in.Starts == nil {
					in.Starts = map[int]int{}
				}
				in.Starts[i] = boundedInt(x.attr(nsW, "val"), 0, 1<<30, 0)
			}
			x.skip()
		case "lvl":
			if _, lv := readLevel(x); i >= 0 {
				if in.Levels == nil {
					in.Levels = map[int]ordinal.Level{}
				}
				in.Levels[i] = lv
			}
		default:
			x.skip()
		}
	}
}

// next counts the paragraph and returns its label; ok is false where none is
// printed.
func (n *numbering) next(p paraProps) (lb ordinal.Label, ok bool) {
	in := n.instances[p.numID]
	if p.numID <= 0 || in == nil {
		return ordinal.Label{}, false
	}
	l := n.listOf(in)
	if l == nil {
		return ordinal.Label{}, false
	}
	at := max(p.numLevel, 0)
	if p.numStyle != "" {
		at = in.Styled(&l.List, p.numStyle, at)
	}
	return in.Next(&l.List, at, func(format string) {
		n.warn.Add("number_format_unknown", "自动编号的格式 "+format+" 不支持，改用阿拉伯数字")
	})
}

// listOf is the definition an instance counts with, through the numbering style
// it may be linked to (ECMA-376 §17.9.21).
func (n *numbering) listOf(in *instance) *list {
	l := n.lists[in.list]
	if l == nil || l.styleLink == "" {
		return l
	}
	if st := n.styles.get(l.styleLink); st != nil {
		if linked := n.instances[st.para.numID]; linked != nil && n.lists[linked.list] != nil {
			return n.lists[linked.list]
		}
	}
	if own := n.styled[l.styleLink]; own != nil { // the style is gone, its list is not
		return own
	}
	return l
}
