package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nianbao/extract/symbolfont"
)

// style is what an element's text is printed in. All is inherited but the last
// group.
type style struct {
	size    int // half points
	bold    bool
	align   string // as extract.Block.Align, "" where nothing says it
	pre     bool   // white space is kept
	font    symbolfont.Font
	marker  string // list-style-type
	hidden  bool
	textbox bool // drawn for readers that do not know Word's text boxes

	block         bool // starts and ends a paragraph
	outline       int  // level of a heading from 1, -1 for body text
	width, height float64
	element       string // mso-element
	special       string // mso-special-character
	ignored       string // mso-list or mso-ignore: what Word wrote for others
	tabs          int    // mso-tab-count
	placeholder   bool   // a cell that stands for none
}

// defaults are a browser's.
func defaults() style { return style{size: 24} }

// inherited drops what concerns the element alone.
func (s style) inherited() style {
	return style{
		size: s.size, bold: s.bold, align: s.align, pre: s.pre, font: s.font, marker: s.marker, hidden: s.hidden, textbox: s.textbox,
	}
}

// styleOf is the style of an element within one of the style outer: its own
// meaning, its attributes, the style sheets and its style attribute, the last the
// strongest.
func (w *walker) styleOf(n *html.Node, outer style) style {
	s := outer.inherited()
	s.ofTag(n.DataAtom)
	inline := ""
	for _, a := range n.Attr {
		switch a.Key {
		case "align":
			s.setAlign(a.Val)
		case "hidden":
			s.hidden = true
		case "size":
			if n.DataAtom == atom.Font {
				s.fontSize(a.Val)
			}
		case "face":
			s.font = symbolfont.Of(firstFamily(a.Val))
		case "width":
			s.width = attributePoints(a.Val)
		case "height":
			s.height = attributePoints(a.Val)
		case "style":
			inline = a.Val
		}
	}
	w.sheet.apply(&s, n)
	declarations(inline, s.declare)
	return s
}

// ofTag is what an element means by itself.
func (s *style) ofTag(tag atom.Atom) {
	switch tag {
	case atom.B, atom.Strong, atom.Th:
		s.bold = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		level := int(tag.String()[1] - '0')
		s.outline, s.bold = level, true
		s.size = [...]int{48, 36, 28, 24, 20, 16}[level-1]
	case atom.Center:
		s.align = "center"
	case atom.Pre, atom.Textarea:
		s.pre = true
	}
	if tag == atom.Th && s.align == "" {
		s.align = "center"
	}
	s.block = isBlock(tag)
}

// isBlock tells the elements that are paragraphs or hold them.
func isBlock(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd,
		atom.Blockquote, atom.Pre, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Nav, atom.Aside, atom.Main, atom.Figure,
		atom.Figcaption, atom.Address, atom.Form, atom.Fieldset, atom.Legend, atom.Center, atom.Hr, atom.Details, atom.Summary,
		atom.Body, atom.Html, atom.Caption, atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Dir, atom.Menu, atom.Hgroup:
		return true
	}
	return false
}

// declarations calls do for each declaration of a style attribute or rule.
func declarations(css string, do func(name, value string)) {
	for css != "" {
		var d string
		d, css, _ = strings.Cut(css, ";")
		name, value, ok := strings.Cut(d, ":")
		if !ok {
			continue
		}
		value, _, _ = strings.Cut(value, "!")
		do(strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value))
	}
}

// declare takes one declaration.
func (s *style) declare(name, value string) {
	switch name {
	case "display":
		s.display(strings.ToLower(value))
	case "visibility":
		s.hidden = s.hidden || strings.EqualFold(value, "hidden") || strings.EqualFold(value, "collapse")
	case "text-align":
		s.setAlign(value)
	case "font-size":
		s.setSize(strings.ToLower(value))
	case "font-weight":
		s.setWeight(strings.ToLower(value))
	case "font-family":
		s.font = symbolfont.Of(firstFamily(value))
	case "white-space":
		s.pre = strings.HasPrefix(value, "pre")
	case "list-style", "list-style-type":
		s.marker = strings.ToLower(value)
	case "width":
		s.width = points(value)
	case "height":
		s.height = points(value)
	default:
		if strings.HasPrefix(name, "mso-") {
			s.declareWord(name, strings.ToLower(value))
		}
	}
}

// declareWord takes a property that Word made up.
func (s *style) declareWord(name, value string) {
	switch name {
	case "mso-hide":
		s.hidden = s.hidden || value == "all"
	case "mso-outline-level":
		if n, err := strconv.Atoi(value); err == nil && n >= 1 && n <= 9 {
			s.outline = n
		} else {
			s.outline = -1
		}
	case "mso-element":
		s.element = value
	case "mso-special-character":
		s.special = value
	case "mso-list", "mso-ignore":
		if value == "ignore" {
			s.ignored = "number"
		}
		s.textbox = s.textbox || value == "vglayout"
	case "mso-tab-count":
		s.tabs, _ = strconv.Atoi(value)
	case "mso-cell-special":
		s.placeholder = value == "placeholder"
	}
}

func (s *style) display(value string) {
	switch value {
	case "none":
		s.hidden = true
	case "block", "flex", "grid", "list-item":
		s.block = true
	}
}

func (s *style) setAlign(value string) {
	switch value = strings.ToLower(strings.TrimSpace(value)); value {
	case "left", "center", "right", "justify":
		s.align = value
	case "start":
		s.align = "left"
	case "end":
		s.align = "right"
	case "middle", "-webkit-center", "-moz-center":
		s.align = "center"
	}
}

func (s *style) setWeight(value string) {
	switch value {
	case "bold", "bolder":
		s.bold = true
	case "normal", "lighter":
		s.bold = false
	default:
		if n, err := strconv.Atoi(value); err == nil {
			s.bold = n >= 600
		}
	}
}

// fontSize is the size of a font element: 1 to 7, or relative to 3.
func (s *style) fontSize(value string) {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil {
		return
	}
	if value[0] == '+' || value[0] == '-' {
		n += 3
	}
	s.size = [...]int{15, 20, 24, 27, 36, 48, 72}[min(max(n, 1), 7)-1]
}

func (s *style) setSize(value string) {
	named := map[string]int{"xx-small": 14, "x-small": 15, "small": 20, "medium": 24, "large": 27, "x-large": 36, "xx-large": 48}
	if n := named[value]; n > 0 {
		s.size = n
		return
	}
	for unit, scale := range map[string]float64{"%": 0.01, "em": 1} {
		if number, ok := strings.CutSuffix(value, unit); ok && !strings.HasSuffix(value, "rem") {
			if f, err := strconv.ParseFloat(strings.TrimSpace(number), 64); err == nil && f > 0 && f < 1000 {
				s.size = max(int(float64(s.size)*f*scale+0.5), 1)
			}
			return
		}
	}
	if p := points(strings.Replace(value, "rem", "pc", 1)); p > 0 { // 16 px are 12 points are a pica
		s.size = int(p*2 + 0.5)
	}
}

// points reads a CSS length; 0 where it is none or relative.
func points(value string) float64 {
	value = strings.ToLower(strings.TrimSpace(value))
	for _, unit := range []struct {
		name   string
		points float64
	}{{"pt", 1}, {"px", 0.75}, {"in", 72}, {"cm", 72 / 2.54}, {"mm", 72 / 25.4}, {"pc", 12}} {
		if number, ok := strings.CutSuffix(value, unit.name); ok {
			f, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
			if err != nil || !(f >= 0 && f < 1e5) {
				return 0
			}
			return f * unit.points
		}
	}
	return 0
}

// attributePoints reads a length of an attribute: pixels. Shares are kept as
// negative numbers: only their ratios can be known.
func attributePoints(value string) float64 {
	if share, ok := strings.CutSuffix(strings.TrimSpace(value), "%"); ok {
		f, err := strconv.ParseFloat(share, 64)
		if err != nil || !(f > 0 && f <= 100) {
			return 0
		}
		return -f
	}
	return points(strings.TrimSuffix(strings.TrimSpace(value), "px") + "px")
}

func firstFamily(value string) string {
	first, _, _ := strings.Cut(value, ",")
	return strings.Trim(strings.TrimSpace(first), `"'`)
}
