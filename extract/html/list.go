package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nianbao/extract/ordinal"
)

// listState is a list that is open.
type listState struct {
	kind string // list-style-type
	next int
	step int
}

// listOf reads ol, ul and their like.
func (w *walker) listOf(n *html.Node, s style) {
	l := listState{kind: "disc", next: 1, step: 1}
	if n.DataAtom == atom.Ol {
		l.kind = "decimal"
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "start":
			if v, err := strconv.Atoi(strings.TrimSpace(a.Val)); err == nil {
				l.next = min(max(v, -1<<30), 1<<30)
			}
		case "type":
			l.kind = typeOf(a.Val)
		case "reversed":
			l.step = -1
		}
	}
	if l.step < 0 && attr(n, "start") == "" {
		l.next = 0
		for c := range n.ChildNodes() {
			if c.DataAtom == atom.Li {
				l.next++
			}
		}
	}
	if s.marker != "" {
		l.kind = s.marker
	}
	s.marker = "" // lists within have their own
	w.lists = append(w.lists, l)
	w.blockOf(n, s)
	w.lists = w.lists[:len(w.lists)-1]
}

// typeOf is list-style-type for the type attribute.
func typeOf(value string) string {
	switch value {
	case "a":
		return "lower-alpha"
	case "A":
		return "upper-alpha"
	case "i":
		return "lower-roman"
	case "I":
		return "upper-roman"
	case "1":
		return "decimal"
	}
	return strings.ToLower(value)
}

// listItem reads li. Its marker stands before its first text.
func (w *walker) listItem(n *html.Node, s style) {
	w.flush()
	outer := w.para.label
	w.para.label = nil
	if len(w.lists) > 0 {
		l := &w.lists[len(w.lists)-1]
		if v, err := strconv.Atoi(strings.TrimSpace(attr(n, "value"))); err == nil {
			l.next = min(max(v, -1<<30), 1<<30)
		}
		kind := l.kind
		if s.marker != "" {
			kind = s.marker
		}
		if lb := markerOf(kind, l.next); !labelNone(&lb) {
			w.para.label = &lb
		}
		l.next += l.step
	}
	s.marker = ""
	w.blockOf(n, s)
	w.para.label = outer
}

// markerOf is the marker a browser prints (CSS Counter Styles 3, 6).
func markerOf(kind string, n int) ordinal.Label {
	format, suffix := "", "."
	for word := range strings.FieldsSeq(kind) {
		switch word {
		case "none":
			return ordinal.Label{}
		case "disc", "circle", "square", "disclosure-open", "disclosure-closed":
			return ordinal.Label{Text: "•", Suffix: "space", Bullet: true}
		case "decimal-leading-zero":
			format = "decimalZero"
		case "lower-alpha", "lower-latin":
			format = "lowerLetter"
		case "upper-alpha", "upper-latin":
			format = "upperLetter"
		case "lower-roman":
			format = "lowerRoman"
		case "upper-roman":
			format = "upperRoman"
		case "cjk-ideographic", "trad-chinese-informal", "simp-chinese-informal":
			format, suffix = "chineseCountingThousand", "、"
		case "trad-chinese-formal":
			format, suffix = "ideographLegalTraditional", "、"
		case "simp-chinese-formal":
			format, suffix = "chineseLegalSimplified", "、"
		case "cjk-decimal":
			format, suffix = "ideographDigital", "、"
		case "cjk-heavenly-stem":
			format, suffix = "ideographTraditional", "、"
		case "cjk-earthly-branch":
			format, suffix = "ideographZodiac", "、"
		}
	}
	if n < 0 {
		return ordinal.Label{Text: strconv.Itoa(n) + suffix, Suffix: "tab"}
	}
	text, _ := ordinal.Format(n, format, "")
	return ordinal.Label{Text: text + suffix, Suffix: "tab"}
}
