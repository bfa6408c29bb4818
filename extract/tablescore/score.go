package tablescore

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nianbao/extract"
)

// Count is how many things the truth has, how many were found, and how many of
// these are right.
type Count struct{ Truth, Found, Right int }

// Add adds another document's count.
func (c *Count) Add(o Count) {
	c.Truth, c.Found, c.Right = c.Truth+o.Truth, c.Found+o.Found, c.Right+o.Right
}

// Precision is the share of what was found that is right; 1 where nothing was
// found.
func (c Count) Precision() float64 { return share(c.Right, c.Found) }

// Recall is the share of the truth that was found; 1 where there is nothing to
// find.
func (c Count) Recall() float64 { return share(c.Right, c.Truth) }

// F1 is the harmonic mean of precision and recall; 1 where there was nothing to
// find and nothing was found.
func (c Count) F1() float64 { return share(2*c.Right, c.Truth+c.Found) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// Score compares the tables of one document with its truth.
type Score struct {
	Tables    Count // Right counts pages with as many tables as the truth has
	Relations Count
	Cells     Count
	Spans     Count // cells with their spans
	// Missed and Invented are the relations only the truth or only the document
	// has, in order, with their multiplicity.
	Missed, Invented []Relation
}

// Relation is two neighbouring cells. Texts are as compared.
type Relation struct {
	Page     int
	Below    bool // To stands below From, not to its right
	From, To string
}

// Compare measures found against truth. Where the truth has no pages (Table.Pages
// is empty) those of found do not count either.
func Compare(truth, found []extract.Table) Score {
	paged := slices.ContainsFunc(truth, func(t extract.Table) bool { return len(t.Pages) > 0 })
	a, b := collect(truth, paged), collect(found, paged)
	s := Score{Tables: count(a.tables, b.tables), Relations: count(a.relations, b.relations)}
	s.Cells, s.Spans = count(a.cells, b.cells), count(a.spans, b.spans)
	s.Missed, s.Invented = minus(a.relations, b.relations), minus(b.relations, a.relations)
	return s
}

type cellKey struct {
	page                int
	text                string
	rowSpan, columnSpan int
}

// bag is what is compared of a document.
type bag struct {
	tables    map[int]int // by page
	relations map[Relation]int
	cells     map[cellKey]int
	spans     map[cellKey]int
}

func collect(tables []extract.Table, paged bool) bag {
	b := bag{map[int]int{}, map[Relation]int{}, map[cellKey]int{}, map[cellKey]int{}}
	for i := range tables {
		pieces := tables[i].Unjoin()
		for k := range pieces {
			page := 0
			if p := pieces[k].Pages; paged && len(p) > 0 {
				page = p[0]
			}
			b.add(page, compact(&pieces[k]))
		}
	}
	return b
}

func (b *bag) add(page int, cells []extract.Cell) {
	if len(cells) == 0 {
		return
	}
	b.tables[page]++
	for i := range cells {
		c := &cells[i]
		b.cells[cellKey{page, c.Text, 0, 0}]++
		b.spans[cellKey{page, c.Text, c.RowSpan, c.ColumnSpan}]++
	}
	t := extract.Table{Cells: cells}
	for i := range cells {
		t.Rows, t.Columns = max(t.Rows, cells[i].Row+cells[i].RowSpan), max(t.Columns, cells[i].Column+cells[i].ColumnSpan)
	}
	grid := t.Grid()
	for i := range cells {
		c := &cells[i]
		for _, o := range neighbours(grid, c, false) {
			b.relations[Relation{page, false, c.Text, o.Text}]++
		}
		for _, o := range neighbours(grid, c, true) {
			b.relations[Relation{page, true, c.Text, o.Text}]++
		}
	}
}

// neighbours are the nearest cells to the right of c, or below it, in each of
// its rows or columns.
func neighbours(grid [][]*extract.Cell, c *extract.Cell, below bool) []*extract.Cell {
	var out []*extract.Cell
	add := func(o *extract.Cell) bool {
		if o != nil && o != c && !slices.Contains(out, o) {
			out = append(out, o)
		}
		return o != nil && o != c
	}
	if below {
		for k := c.Column; k < c.Column+c.ColumnSpan; k++ {
			for r := c.Row + c.RowSpan; r < len(grid) && !add(grid[r][k]); r++ {
			}
		}
		return out
	}
	for r := c.Row; r < c.Row+c.RowSpan; r++ {
		for k := c.Column + c.ColumnSpan; k < len(grid[r]) && !add(grid[r][k]); k++ {
		}
	}
	return out
}

// compact leaves the cells with text, texts made comparable, on the grid of the
// rows and columns in which one of them starts.
func compact(t *extract.Table) []extract.Cell {
	var out []extract.Cell
	rows, columns := make([]int, t.Rows+1), make([]int, t.Columns+1)
	for _, c := range t.Cells {
		c.Text = Normalize(c.Text)
		c.RowSpan, c.ColumnSpan = min(c.RowSpan, t.Rows-c.Row), min(c.ColumnSpan, t.Columns-c.Column)
		if c.Text == "" || c.RowSpan < 1 || c.ColumnSpan < 1 {
			continue
		}
		out = append(out, c)
		rows[c.Row+1], columns[c.Column+1] = 1, 1
	}
	for i := 1; i < len(rows); i++ { // kept lines above each
		rows[i] += rows[i-1]
	}
	for i := 1; i < len(columns); i++ {
		columns[i] += columns[i-1]
	}
	for i := range out {
		c := &out[i]
		r, k := rows[c.Row+c.RowSpan], columns[c.Column+c.ColumnSpan]
		c.Row, c.Column = rows[c.Row], columns[c.Column]
		c.RowSpan, c.ColumnSpan = r-c.Row, k-c.Column
	}
	return out
}

// Normalize makes the text of a cell comparable (see the package comment).
func Normalize(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return '_'
	}, norm.NFKC.String(s))
}

func count[K comparable](truth, found map[K]int) Count {
	var c Count
	for k, n := range truth {
		c.Truth, c.Right = c.Truth+n, c.Right+min(n, found[k])
	}
	for _, n := range found {
		c.Found += n
	}
	return c
}

// minus lists what a has more often than b.
func minus(a, b map[Relation]int) []Relation {
	var out []Relation
	for k, n := range a {
		for range n - b[k] {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(x, y Relation) int {
		below := func(r Relation) int {
			if r.Below {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(x.Page, y.Page), cmp.Compare(below(x), below(y)),
			cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To))
	})
	return out
}
