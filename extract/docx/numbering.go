package docx

import (
	"strings"

	"nianbao/extract/symbolfont"
)

// levels is the number of levels of a list (ECMA-376 §17.9.6).
const levels = 9

// level is one level of a list definition.
type level struct {
	defined        bool
	start          int
	format, custom string
	text           string
	suffix         string
	style          string // the paragraph style linked to the level
	legal          bool   // all numbers of the label in digits
	hidden         bool
	font           symbolfont.Font
	// restart is the number (from 1) of the level whose use restarts this
	// one; 0 never, -1 any higher level.
	restart int
}

// list is an abstract definition with its running counters: instances of the
// same definition count on together.
type list struct {
	levels    [levels]level
	styleLink string // the numbering style that holds the definition
	counts    [levels]int
	used      [levels]bool
}

// instance is a w:num: a list with overrides.
type instance struct {
	list     int
	levels   map[int]level
	starts   map[int]int  // startOverride
	restarts map[int]bool // levels whose override was applied
}

// numbering holds the lists of a package and counts while the document is read.
type numbering struct {
	lists     map[int]*list
	instances map[int]*instance
	styles    *styleSheet
	warn      *losses
}

func newNumbering(styles *styleSheet, warn *losses) *numbering {
	return &numbering{lists: map[int]*list{}, instances: map[int]*instance{}, styles: styles, warn: warn}
}

// read reads the numbering part (ECMA-376 §17.9).
func (n *numbering) read(x *xmlReader) {
	for x.nextChild() { // w:numbering
		for x.nextChild() {
			switch {
			case x.ns == nsW && x.local == "abstractNum":
				n.readList(x)
			case x.ns == nsW && x.local == "num":
				n.readInstance(x)
			default:
				x.skip()
			}
		}
	}
}

func (n *numbering) readList(x *xmlReader) {
	id := boundedInt(x.attr(nsW, "abstractNumId"), 0, 1<<30, -1)
	l := &list{}
	for x.nextChild() {
		switch x.local {
		case "lvl":
			if i, lv := readLevel(x); i >= 0 {
				l.levels[i] = lv
			}
		case "numStyleLink":
			l.styleLink = string(x.attr(nsW, "val"))
			x.skip()
		default:
			x.skip()
		}
	}
	if n.lists[id] == nil {
		n.lists[id] = l
	}
}

func readLevel(x *xmlReader) (int, level) {
	i := boundedInt(x.attr(nsW, "ilvl"), 0, levels-1, -1)
	lv := level{defined: true, suffix: "tab", restart: -1}
	for x.nextChild() {
		val := x.attr(nsW, "val")
		switch x.local {
		case "start":
			lv.start = boundedInt(val, 0, 1<<30, 0)
		case "numFmt":
			lv.format, lv.custom = string(val), string(x.attr(nsW, "format"))
		case "lvlText":
			lv.text = string(val)
		case "suff":
			lv.suffix = string(val)
		case "pStyle":
			lv.style = string(val)
		case "isLgl":
			lv.legal = isOn(val, true)
		case "lvlRestart":
			lv.restart = boundedInt(val, 0, levels, -1)
		case "rPr":
			p := readRunProps(x)
			lv.hidden, lv.font = p.hidden == on, p.font
			continue
		}
		x.skip()
	}
	return i, lv
}

func (n *numbering) readInstance(x *xmlReader) {
	id := boundedInt(x.attr(nsW, "numId"), 0, 1<<30, -1)
	in := &instance{list: -1}
	for x.nextChild() {
		switch x.local {
		case "abstractNumId":
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
				if in.starts == nil {
					in.starts = map[int]int{}
				}
				in.starts[i] = boundedInt(x.attr(nsW, "val"), 0, 1<<30, 0)
			}
			x.skip()
		case "lvl":
			if _, lv := readLevel(x); i >= 0 {
				if in.levels == nil {
					in.levels = map[int]level{}
				}
				in.levels[i] = lv
			}
		default:
			x.skip()
		}
	}
}

// label is a printed list label.
type label struct {
	text   string
	suffix string // "tab", "space" or "nothing"
	bullet bool
}

// next counts the paragraph and returns its label; ok is false where none is
// printed.
func (n *numbering) next(p paraProps) (lb label, ok bool) {
	in := n.instances[p.numID]
	if p.numID <= 0 || in == nil {
		return label{}, false
	}
	l := n.listOf(in)
	if l == nil {
		return label{}, false
	}
	at := max(p.numLevel, 0)
	if p.numStyle != "" {
		at = n.styleLevel(in, l, p.numStyle, at)
	}
	lv := in.level(l, at)
	if !lv.defined {
		return label{}, false
	}
	in.count(l, at)
	if lv.hidden {
		return label{}, false
	}
	if lv.format == "bullet" {
		return label{text: symbolfont.Text(lv.text, lv.font), suffix: lv.suffix, bullet: true}, lv.text != ""
	}
	text := n.labelText(in, l, lv)
	return label{text: text, suffix: lv.suffix}, strings.TrimSpace(text) != ""
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
	return l
}

// styleLevel is the level of a paragraph numbered by its style: the one that
// names the style, else the one the style gives.
func (n *numbering) styleLevel(in *instance, l *list, styleID string, given int) int {
	for i := range levels {
		if in.level(l, i).style == styleID {
			return i
		}
	}
	return given
}

func (in *instance) level(l *list, i int) level {
	if lv, ok := in.levels[i]; ok {
		return lv
	}
	return l.levels[i]
}

// count moves the counters of the list on for a paragraph of level at.
func (in *instance) count(l *list, at int) {
	start, override := in.starts[at]
	switch {
	case override && !in.restarts[at]:
		if in.restarts == nil {
			in.restarts = map[int]bool{}
		}
		in.restarts[at] = true
		l.counts[at] = start
	case l.used[at]:
		l.counts[at]++
	case override:
		l.counts[at] = start
	default:
		l.counts[at] = in.level(l, at).start
	}
	l.used[at] = true
	for i := at + 1; i < levels; i++ {
		if r := in.level(l, i).restart; r < 0 || at < r {
			l.used[i] = false
		}
	}
}

// labelText fills the placeholders %1 to %9 of a label. A level not used so far
// counts as its start.
func (n *numbering) labelText(in *instance, l *list, lv level) string {
	var b strings.Builder
	for rest := lv.text; rest != ""; {
		i := strings.IndexByte(rest, '%')
		if i < 0 || i+1 >= len(rest) || rest[i+1] < '1' || rest[i+1] > '9' {
			end := len(rest)
			if i >= 0 {
				end = i + 1
			}
			b.WriteString(rest[:end])
			rest = rest[end:]
			continue
		}
		b.WriteString(rest[:i])
		at := int(rest[i+1] - '1')
		rest = rest[i+2:]
		of := in.level(l, at)
		value := l.counts[at]
		if !l.used[at] {
			value = of.start
			if s, ok := in.starts[at]; ok {
				value = s
			}
		}
		format := of.format
		if lv.legal && format != "none" {
			format = "decimal"
		}
		text, known := formatNumber(value, format, of.custom)
		if !known {
			n.warn.add("number_format_unknown", "自动编号的格式 "+format+" 不支持，改用阿拉伯数字")
		}
		b.WriteString(text)
	}
	return b.String()
}
