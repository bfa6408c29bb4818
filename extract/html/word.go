package html

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nianbao/extract"
	"nianbao/extract/flow"
	"nianbao/extract/ordinal"
	"nianbao/extract/symbolfont"
)

// word reads what Word and WPS mark with properties of their own; false for what
// they do not.
func (w *walker) word(n *html.Node, s style) bool {
	switch {
	case s.ignored == "number":
		w.number(n, s)
	case s.tabs > 0:
		w.write(strings.Repeat("\t", min(s.tabs, 64)), s)
		w.para.last = 0
	case s.special == "footnote" || s.special == "comment":
	case s.element == "comment-list":
		w.commentList(n, s)
	case s.element == "footnote" || s.element == "endnote":
		w.in(w.notes, func() { w.blockOf(n, plainBlock(s)) })
	case s.element == "header":
		w.in(w.headers, func() { w.blockOf(n, plainBlock(s)) })
	case s.element == "footer":
		w.in(w.footers, func() { w.blockOf(n, plainBlock(s)) })
	case w.blanks && w.office(n, s):
	case n.DataAtom == atom.Del:
		w.deletions++
		w.change(n, s, extract.RejectChanges, "[-", "-]")
	case n.DataAtom == atom.Ins:
		w.insertions++
		w.change(n, s, extract.AcceptChanges, "{+", "+}")
	default:
		return false
	}
	return true
}

// office reads what LibreOffice marks with names of its own: the marks and texts
// of notes, headers and footers.
func (w *walker) office(n *html.Node, s style) bool {
	switch attr(n, "class") {
	case "sdfootnoteanc", "sdfootnotesym", "sdendnoteanc", "sdendnotesym":
		return true
	}
	if n.DataAtom != atom.Div {
		return false
	}
	id, title := attr(n, "id"), attr(n, "title")
	switch to := w.headers; {
	case strings.HasPrefix(id, "sdfootnote"), strings.HasPrefix(id, "sdendnote"):
		w.in(w.notes, func() { w.children(n, s) })
	case title == "header", title == "footer":
		if title == "footer" {
			to = w.footers
		}
		w.in(to, func() { w.children(n, s) })
	default:
		return false
	}
	return true
}

// change reads a tracked change: as it is where changes are read as shown, with
// marks where all are.
func (w *walker) change(n *html.Node, s style, shown extract.Changes, before, after string) {
	switch {
	case w.changes == shown:
		w.children(n, s)
	case w.changes == extract.AllChanges && strings.TrimSpace(textOf(n)) != "":
		w.write(before, s)
		w.children(n, s)
		w.write(after, s)
	}
}

// commentList reads or counts the comments of a page.
func (w *walker) commentList(n *html.Node, s style) {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode || !strings.Contains(attr(d, "style"), "mso-element:comment") {
			continue
		}
		if w.changes != extract.AllChanges {
			w.comments++
			continue
		}
		to := &flow.Sink{Role: extract.RoleComment}
		w.in(to, func() { w.blockOf(d, plainBlock(s)) })
		w.remarks = append(w.remarks, flow.InRole(to.Items, to.Role)...)
	}
}

// plainBlock is the style without what word has taken of it.
func plainBlock(s style) style {
	s.element = ""
	return s
}

// number reads the number that Word wrote out in front of a paragraph for
// readers that do not count its lists. Blanks behind it are the gap.
func (w *walker) number(n *html.Node, s style) {
	s.ignored = ""
	text := strings.TrimSpace(w.styledText(n, s))
	if text == "" {
		return
	}
	lb := ordinal.Label{Text: text, Suffix: "tab"}
	ch, size := utf8.DecodeRuneInString(text)
	lb.Bullet = size == len(text) && (strings.ContainsRune("o§", ch) || !isNumeral(ch))
	w.para.label = &lb
}

// styledText is the text within an element, symbols as such.
func (w *walker) styledText(n *html.Node, s style) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		switch c.Type {
		case html.TextNode:
			if s.font > symbolfont.None {
				b.WriteString(symbolfont.Text(c.Data, s.font))
			} else {
				b.WriteString(c.Data)
			}
		case html.ElementNode:
			b.WriteString(w.styledText(c, w.styleOf(c, s)))
		default:
		}
	}
	return b.String()
}

// isNumeral tells characters that number rather than mark.
func isNumeral(ch rune) bool {
	return ch >= '0' && ch <= '9' || ch >= 'a' && ch <= 'z' || ch >= 'A' && ch <= 'Z' ||
		ch >= 0x2460 && ch <= 0x249b || ch >= 0x2160 && ch <= 0x217f || ch >= 0x3220 && ch <= 0x33ff || ch >= 0x3400
}
