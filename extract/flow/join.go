package flow

import (
	"strings"
	"unicode/utf8"
)

// Two tables are rejoined when nothing but empty paragraphs stands between them,
// their grids agree in number and width of columns, and the second begins with
// a row of the kind the first ends with: so it has no header of its own. A
// table of the next chapter fails the first test, another table the others.
// In doubt tables stay apart.

// widthTolerance is how much grid columns of two pieces may differ (twips).
const widthTolerance = 60

const joinEvidence = "两表之间只有空段落，列数与列宽相同，后表没有表头，首行接续前表"

// join merges split tables among the items of a story and drops the empty
// paragraphs.
func join(items []Item) []Item {
	out := items[:0]
	var last *Table // the table just before, with only empty paragraphs since
	for _, it := range items {
		switch {
		case it.Empty:
			continue
		case it.Aside: // it stands apart
		case it.Table == nil:
			last = nil
		case last != nil && last.continuedBy(it.Table):
			last.pieces = append(last.pieces, piece{firstRow: len(last.Rows), evidence: joinEvidence})
			last.Rows = append(last.Rows, it.Table.Rows...)
			continue
		default:
			last = it.Table
		}
		out = append(out, it)
	}
	return out
}

// continuedBy tells whether next is the rest of t.
func (t *Table) continuedBy(next *Table) bool {
	if t.Follows > 0 || t.Nested || next.Nested || t.story() != next.story() || !sameWidths(t.Widths, next.Widths) {
		return false
	}
	end, begin := &t.Rows[len(t.Rows)-1], &next.Rows[0]
	total := len(t.Widths)
	if end.total() != total || begin.total() != total {
		return false
	}
	return begin.goesOnFrom(end)
}

func sameWidths(a, b []int) bool {
	if len(a) != len(b) || len(a) < 2 {
		return false
	}
	for i := range a {
		if distance(a[i], b[i]) > widthTolerance {
			return false
		}
	}
	return true
}

// goesOnFrom compares a first row with the last row before it: labels only where
// that row has labels, values in the same columns behind them. A header row has
// words where the row before has values.
func (r *Row) goesOnFrom(end *Row) bool {
	labels, values := end.labelColumns()
	if labels == 0 || values == 0 { // bare figures say nothing of what they belong to
		return false
	}
	at, said, valueCells := r.Before, false, 0
	for i := range r.Cells {
		c := &r.Cells[i]
		if isValue(c.Text) {
			if at >= labels {
				valueCells++
			}
		} else if at+c.Span > labels {
			return false
		}
		said = said || c.Text != ""
		at += c.Span
	}
	return said && valueCells == values
}

// labelColumns is the number of grid columns up to the last cell with words, and
// the number of cells behind it.
func (r *Row) labelColumns() (labels, values int) {
	at := r.Before
	for i := range r.Cells {
		at += r.Cells[i].Span
		if isValue(r.Cells[i].Text) {
			values++
		} else {
			labels, values = at, 0
		}
	}
	return labels, values
}

// isValue tells what fills a cell for figures: blank, a placeholder or a number
// with its unit.
func isValue(text string) bool {
	text = strings.TrimSpace(text)
	switch text {
	case "", "/", "／", "\\", "-", "－", "—", "——", "–", "无", "*":
		return true
	}
	if utf8.RuneCountInString(text) > 24 {
		return false
	}
	digits, others := 0, 0
	for _, ch := range text {
		switch {
		case ch >= '0' && ch <= '9' || ch >= '０' && ch <= '９':
			digits++
		case strings.ContainsRune(".,，．。 +-－—＋/／%％", ch):
		default:
			others++
		}
	}
	return digits > 0 && others <= 3
}
