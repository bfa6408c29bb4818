package docx

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
func join(items []item) []item {
	out := items[:0]
	var last *rawTable // the table just before, with only empty paragraphs since
	for _, it := range items {
		switch {
		case it.empty:
			continue
		case it.table == nil:
			last = nil
		case last != nil && last.continuedBy(it.table):
			last.pieces = append(last.pieces, piece{firstRow: len(last.rows), evidence: joinEvidence})
			last.rows = append(last.rows, it.table.rows...)
			continue
		default:
			last = it.table
		}
		out = append(out, it)
	}
	return out
}

// continuedBy tells whether next is the rest of t.
func (t *rawTable) continuedBy(next *rawTable) bool {
	if t.follows > 0 || t.nested || next.nested || t.story != next.story || !sameWidths(t.widths, next.widths) {
		return false
	}
	end, begin := &t.rows[len(t.rows)-1], &next.rows[0]
	total := len(t.widths)
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
func (r *rawRow) goesOnFrom(end *rawRow) bool {
	labels, values := end.labelColumns()
	if values == 0 {
		return false
	}
	at, said, valueCells := r.before, false, 0
	for i := range r.cells {
		c := &r.cells[i]
		if isValue(c.text) {
			if at >= labels {
				valueCells++
			}
		} else if at+c.span > labels {
			return false
		}
		said = said || c.text != ""
		at += c.span
	}
	return said && valueCells == values
}

// labelColumns is the number of grid columns up to the last cell with words, and
// the number of cells behind it.
func (r *rawRow) labelColumns() (labels, values int) {
	at := r.before
	for i := range r.cells {
		at += r.cells[i].span
		if isValue(r.cells[i].text) {
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
