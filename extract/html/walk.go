package html

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nianbao/extract"
	"nianbao/extract/flow"
	"nianbao/extract/ordinal"
)

// walker turns the elements of a page into items.
type walker struct {
	lim     extract.Limits
	changes extract.Changes
	warn    *flow.Losses
	err     error // ends the walk
	sheet   sheet
	// layouts are the tables that only place things on the page.
	layouts map[*html.Node]bool

	to   *flow.Sink
	para paragraph
	// notes and margins are what stands elsewhere than it is written.
	notes, headers, footers *flow.Sink
	remarks                 []flow.Item // comments
	lists                   []listState
	// blanks says that every line end of the file was a blank before.
	blanks bool

	paragraphs, tables, cells int
	hidden, comments, frames  int
	insertions, deletions     int
	private                   int // characters of the private use area
}

func newWalker(opt extract.Options) *walker {
	if opt.Changes == "" {
		opt.Changes = extract.AcceptChanges
	}
	return &walker{
		lim: opt.Limits, changes: opt.Changes, warn: &flow.Losses{}, to: &flow.Sink{},
		notes:   &flow.Sink{Role: extract.RoleFootnote},
		headers: &flow.Sink{Role: extract.RoleHeader},
		footers: &flow.Sink{Role: extract.RoleFooter},
	}
}

// walk reads the page.
func (w *walker) walk(root *html.Node) ([]flow.Item, error) {
	w.sheet.collect(root)
	w.findLayouts(root)
	w.blanks = wrapsAtBlanks(root)
	w.children(root, defaults())
	w.flush()
	if w.err != nil {
		return nil, w.err
	}
	items := append(w.to.Items, flow.InRole(w.notes.Items, w.notes.Role)...)
	items = append(items, w.remarks...)
	for _, more := range []*flow.Sink{w.headers, w.footers} {
		items = append(items, flow.InRole(more.Items, more.Role)...)
	}
	return items, nil
}

// wrapsAtBlanks tells pages of word processors, which break the lines of a file
// only where a blank was.
func wrapsAtBlanks(root *html.Node) bool {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Meta && strings.EqualFold(attr(n, "name"), "generator") {
			by := strings.ToLower(attr(n, "content"))
			return strings.Contains(by, "office") || strings.Contains(by, "microsoft word") || strings.Contains(by, "wps")
		}
		if n.DataAtom == atom.Body {
			break
		}
	}
	return false
}

func (w *walker) children(n *html.Node, s style) {
	for c := range n.ChildNodes() {
		if w.err != nil {
			return
		}
		w.node(c, s)
	}
}

// node reads one node within an element of the style outer.
func (w *walker) node(n *html.Node, outer style) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data, outer)
	case html.ElementNode:
		w.element(n, w.styleOf(n, outer))
	case html.DocumentNode:
		w.children(n, outer)
	case html.ErrorNode, html.CommentNode, html.DoctypeNode, html.RawNode:
	}
}

// element reads an element of the style s.
func (w *walker) element(n *html.Node, s style) {
	switch {
	case s.hidden:
		if strings.TrimSpace(textOf(n)) != "" && !isScript(n.DataAtom) {
			w.hidden++
		}
	case w.word(n, s), w.leaf(n, s):
	case n.DataAtom == atom.Table:
		w.table(n, s)
	case n.DataAtom == atom.Ol, n.DataAtom == atom.Ul, n.DataAtom == atom.Menu, n.DataAtom == atom.Dir:
		w.listOf(n, s)
	case n.DataAtom == atom.Li:
		w.listItem(n, s)
	case n.DataAtom == atom.Q:
		w.text("“", s)
		w.children(n, s)
		w.text("”", s)
	case s.block:
		w.blockOf(n, s)
	default:
		w.children(n, s)
	}
}

// blockOf reads an element that starts and ends a paragraph.
func (w *walker) blockOf(n *html.Node, s style) {
	w.flush()
	outer := w.para.props
	w.para.props = paraProps{align: s.align, outline: s.outline, size: s.size, bold: s.bold, textbox: s.textbox}
	if s.outline == 0 { // a block within a heading is part of it
		w.para.props.outline = outer.outline
	}
	w.children(n, s)
	w.flush()
	w.para.props = outer
}

// leaf reads the elements that are no containers of text; false for the others.
func (w *walker) leaf(n *html.Node, s style) bool {
	switch n.DataAtom {
	case atom.Br:
		w.para.breaks++
	case atom.Img:
		w.image(attr(n, "alt"), s)
	case atom.Svg:
		w.image(titleOf(n), s)
	case atom.Canvas, atom.Video, atom.Audio, atom.Embed:
		w.image("", s)
		w.warn.Add("embedded_object", "网页中的嵌入对象（"+n.Data+"）未读取")
	case atom.Iframe, atom.Frame:
		w.frames++
	case atom.Input:
		w.input(n, s)
	case atom.Select:
		w.selected(n, s)
	case atom.Rt, atom.Rp, atom.Button:
	default:
		return isScript(n.DataAtom)
	}
	return true
}

// isScript tells the elements whose text is none of the page's.
func isScript(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript, atom.Meta, atom.Link, atom.Noframes, atom.Noembed,
		atom.Datalist, atom.Option, atom.Col, atom.Colgroup:
		return true
	}
	return false
}

// input reads what a form has been filled with.
func (w *walker) input(n *html.Node, s style) {
	switch strings.ToLower(attr(n, "type")) {
	case "checkbox", "radio":
		mark := "☐"
		for _, a := range n.Attr {
			if a.Key == "checked" {
				mark = "☑"
			}
		}
		w.text(mark, s)
	case "", "text", "number", "date", "tel", "email", "url":
		w.text(attr(n, "value"), s)
	}
}

// selected reads the chosen entry of a list: the first where none is marked.
func (w *walker) selected(n *html.Node, s style) {
	var first, chosen *html.Node
	for d := range n.Descendants() {
		if d.DataAtom != atom.Option {
			continue
		}
		if first == nil {
			first = d
		}
		for _, a := range d.Attr {
			if a.Key == "selected" {
				chosen = d
			}
		}
	}
	if chosen == nil {
		chosen = first
	}
	if chosen != nil {
		w.text(textOf(chosen), s)
	}
}

// image anchors a picture. Those of a pixel or two only hold places.
func (w *walker) image(alt string, s style) {
	if s.width > 0 && s.width < 2 || s.height > 0 && s.height < 2 {
		return
	}
	w.para.text().Anchor(flow.Item{Block: extract.Block{
		Type: extract.Image, Text: strings.TrimSpace(alt), Part: w.position("p", w.paragraphs),
		Width: rounded(s.width), Height: rounded(s.height),
	}})
}

func rounded(points float64) float64 { return math.Round(max(points, 0)*100) / 100 }

// titleOf is the title of a drawing.
func titleOf(n *html.Node) string {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "title" {
			return textOf(c)
		}
	}
	return attr(n, "aria-label")
}

// textOf is all text within a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// in reads with another sink, for what stands elsewhere on the page.
func (w *walker) in(to *flow.Sink, read func()) {
	w.flush()
	outer, para, lists := w.to, w.para, w.lists
	w.to, w.para, w.lists = to, paragraph{}, nil
	read()
	w.flush()
	w.to, w.para, w.lists = outer, para, lists
}

func (w *walker) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// position names the n-th element of a kind.
func (w *walker) position(kind string, n int) *string {
	p := "html#" + kind + strconv.Itoa(n)
	return &p
}

func (w *walker) countLosses() {
	w.warn.AddN("hidden_text", "隐藏文字未读取", w.hidden)
	what := map[extract.Changes]string{
		extract.AcceptChanges: "按全部接受读取", extract.RejectChanges: "按全部拒绝读取", extract.AllChanges: "插入与删除均已读取并注明",
	}[w.changes]
	w.warn.AddN("tracked_changes", "文档中有未处理的修订（插入），"+what, w.insertions)
	w.warn.AddN("tracked_changes", "文档中有未处理的修订（删除），"+what, w.deletions)
	w.warn.AddN("comments_skipped", "批注不属于正文，未读取", w.comments)
	w.warn.AddN("private_characters", "文字中有自造字或专用字体的字符（私用区），照原样保留，换一台电脑可能显示不出", w.private)
	w.warn.AddN("part_skipped", "网页中的框架（iframe）指向另一个网页，其内容不在文件中，未读取", w.frames)
}

// labelNone is a label that prints nothing.
func labelNone(lb *ordinal.Label) bool { return lb == nil || strings.TrimSpace(lb.Text) == "" }
