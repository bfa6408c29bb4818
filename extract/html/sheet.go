package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// sheet holds the rules of style elements whose selectors are simple: "p", ".x",
// "p.x", "#x". The others are passed over: what they would hide is shown then,
// which is the safer mistake.
type sheet struct {
	rules map[string][]string // declarations by selector, in order
}

// Bounds of what is kept: rules of a page, rules for one selector, bytes of one
// rule, classes of an element. Each element looks up its own.
const (
	maxRules   = 1 << 14
	maxSame    = 32
	maxBody    = 2048
	maxClasses = 16
)

// read takes the text of a style element.
func (s *sheet) read(css string) {
	if s.rules == nil {
		s.rules = map[string][]string{}
	}
	css = withoutComments(css)
	for count := 0; count < maxRules; count++ {
		selectors, rest, ok := strings.Cut(css, "{")
		if !ok {
			return
		}
		selectors = strings.TrimSpace(selectors)
		if strings.HasPrefix(selectors, "@") {
			css = behindBlock(rest)
			continue
		}
		body, after, _ := strings.Cut(rest, "}")
		css = after
		for sel := range strings.SplitSeq(selectors, ",") {
			if sel = strings.TrimSpace(sel); sel != "" && !strings.ContainsAny(sel, " >+~:[*\t\n") {
				if key := selectorKey(sel); len(s.rules[key]) < maxSame && len(body) <= maxBody {
					s.rules[key] = append(s.rules[key], body)
				}
			}
		}
	}
}

// selectorKey makes tag names comparable; those of classes stay as they are.
func selectorKey(sel string) string {
	if i := strings.IndexAny(sel, ".#"); i >= 0 {
		return strings.ToLower(sel[:i]) + sel[i:]
	}
	return strings.ToLower(sel)
}

func withoutComments(css string) string {
	css = strings.NewReplacer("<!--", "", "-->", "").Replace(css)
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(css, "/*")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, css, _ = strings.Cut(rest, "*/")
	}
}

// behindBlock passes over a block with blocks in it.
func behindBlock(css string) string {
	depth := 1
	for i := range len(css) {
		switch css[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return css[i+1:]
			}
		}
	}
	return ""
}

// apply lays the rules for an element over its style, those for its class above
// those for its name.
func (s *sheet) apply(st *style, n *html.Node) {
	if len(s.rules) == 0 {
		return
	}
	do := func(key string) {
		for _, body := range s.rules[key] {
			declarations(body, st.declare)
		}
	}
	do(n.Data)
	classes := 0
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if classes++; classes > maxClasses {
			break
		}
		do("." + class)
		do(n.Data + "." + class)
	}
	if id := attr(n, "id"); id != "" {
		do("#" + id)
		do(n.Data + "#" + id)
	}
}

// collect reads all style elements, which the parser may have put anywhere.
func (s *sheet) collect(n *html.Node) {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Style && d.FirstChild != nil {
			s.read(d.FirstChild.Data)
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
