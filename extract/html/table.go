package html

import (
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// table reads a table. What stands in its cells besides text follows it.
func (w *walker) table(n *html.Node, s style) {
	w.flush()
	groups := w.rowGroups(n, s)
	w.captions(n, s)
	if w.layouts[n] || s.textbox && single(groups) {
		if w.layouts[n] {
			w.warn.Add("layout_table", "有表格只用来框住整页内容，按正文读取")
		}
		w.dissolve(groups)
		return
	}
	t := &flow.Table{Ordinal: w.tables, Part: w.position("tbl", w.tables), Role: w.to.Role}
	w.tables++
	m := &model{w: w, t: t, inner: &flow.Sink{Role: w.to.Role}}
	for _, g := range groups {
		m.group(g)
	}
	m.finish(n)
	if w.err == nil {
		w.to.Place(t, m.inner, w.warn)
	}
}

// row is a tr with its style.
type row struct {
	n      *html.Node
	style  style
	header bool // of thead
}

// rowGroups are the rows of a table by the groups they stand in, those of tfoot
// last, where they are printed. Hidden rows are left out.
func (w *walker) rowGroups(n *html.Node, s style) [][]row {
	var groups [][]row
	var foot []row
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		st := w.styleOf(c, s)
		if st.hidden {
			w.countHidden(c)
			continue
		}
		switch c.DataAtom {
		case atom.Tr: // the parser puts these into a tbody
			groups = append(groups, []row{{n: c, style: st}})
		case atom.Tfoot:
			foot = append(foot, w.rows(c, st)...)
		case atom.Thead, atom.Tbody:
			rows := w.rows(c, st)
			for i := range rows {
				rows[i].header = c.DataAtom == atom.Thead
			}
			groups = append(groups, rows)
		}
	}
	if foot != nil {
		groups = append(groups, foot)
	}
	return groups
}

func (w *walker) rows(n *html.Node, s style) []row {
	var rows []row
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode || c.DataAtom != atom.Tr {
			continue
		}
		st := w.styleOf(c, s)
		if st.hidden {
			w.countHidden(c)
			continue
		}
		rows = append(rows, row{n: c, style: st})
	}
	return rows
}

func (w *walker) countHidden(n *html.Node) {
	if textOf(n) != "" {
		w.hidden++
	}
}

// captions reads the captions of a table, which stand above it.
func (w *walker) captions(n *html.Node, s style) {
	for c := range n.ChildNodes() {
		if c.DataAtom == atom.Caption {
			w.node(c, s)
		}
	}
}

// cellsOf are the cells of a row.
func cellsOf(r row) []*html.Node {
	var cells []*html.Node
	for c := range r.n.ChildNodes() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
		}
	}
	return cells
}

// single tells a table of one cell.
func single(groups [][]row) bool {
	return len(groups) == 1 && len(groups[0]) == 1 && len(cellsOf(groups[0][0])) == 1
}

// dissolve reads the cells of a table as blocks, row by row.
func (w *walker) dissolve(groups [][]row) {
	for _, g := range groups {
		for _, r := range g {
			for _, c := range cellsOf(r) {
				w.node(c, r.style)
			}
		}
	}
}

// A cell is taken for a page from so many paragraphs on, a table within it for
// what the page is about from so many characters.
const (
	manyBlocks = 10
	manyRunes  = 200
)

// extent is how much stands in an element.
type extent struct {
	runes  int // of text
	tabled int // of text in tables of several rows and columns
	blocks int // paragraphs
	rows   int // of the table itself
	wide   int // cells of its widest row
	most   int // runes of its largest cell of many paragraphs
}

// findLayouts marks the tables that only place things: most of their text stands
// in tables within them, or in one cell of many paragraphs.
func (w *walker) findLayouts(root *html.Node) {
	w.layouts = map[*html.Node]bool{}
	w.measure(root)
}

func (w *walker) measure(n *html.Node) extent {
	var e extent
	cells := 0
	for c := range n.ChildNodes() {
		if c.Type == html.TextNode {
			if !isScript(n.DataAtom) {
				e.runes += printed(c.Data)
			}
			continue
		}
		m := w.measure(c)
		e.runes, e.tabled, e.blocks = e.runes+m.runes, e.tabled+m.tabled, e.blocks+m.blocks
		switch c.DataAtom {
		case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Li, atom.Br, atom.Div:
			e.blocks++
		case atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot:
			e.rows, e.wide, e.most = e.rows+m.rows, max(e.wide, m.wide), max(e.most, m.most)
			if c.DataAtom == atom.Tr {
				e.rows++
			}
		case atom.Td, atom.Th:
			cells++
			if m.blocks >= manyBlocks {
				e.most = max(e.most, m.runes)
			}
		}
	}
	switch n.DataAtom {
	case atom.Tr:
		e.wide = cells
	case atom.Table:
		if e.tabled >= manyRunes && e.tabled*2 > e.runes || e.most*5 > e.runes*4 || attr(n, "role") == "presentation" {
			w.layouts[n] = true
		} else if e.rows > 1 && e.wide > 1 {
			e.tabled = e.runes
		}
		e.rows, e.wide, e.most = 0, 0, 0
	}
	return e
}

// printed counts the characters of a text but for blanks.
func printed(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// over says that a table goes over its limit.
func (w *walker) over() {
	w.fail(extract.OverLimit("table_cells", int64(w.lim.TableCells), "表格 "+*w.position("tbl", w.tables-1)+" 的格数超过上限"))
}
