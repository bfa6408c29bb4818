package mapping

import (
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/extract/lazyregexp"
)

// layout says which columns of a printed table hold which column of a part.
type layout struct {
	table   int // index of the document's table whose header it was read from
	columns []physical
	matched int // columns of the form told by their label
}

// physical is one printed column right of the labels.
type physical struct {
	column   int // index into the part's columns; -1 for a local column (小计)
	from, to int // grid columns, to exclusive
	unit     string
}

// leaf is one cell of the lowest header row with the header cells above it.
type leaf struct {
	from, to int
	text     *cellText // nil where there is no cell
	above    []*cellText
}

// headerLayout reads the layout of a part from the header rows [top, bottom) of
// the grid. Rows below the real header (column numbers, units) are left off when
// more columns are told without them. The layout is nil where no column is told.
func (w *memory) headerLayout(grid [][]*gridCell, top, bottom int, part *form.Part) *layout {
	var best *layout
	for end := bottom; end > top && end > bottom-4; end-- {
		if best != nil && best.matched == len(part.Columns) {
			break // no more can be told
		}
		leaves := headerLeaves(grid, top, end)
		if l := w.alignLeaves(leaves, part); l != nil && (best == nil || l.matched > best.matched) {
			best = l
		}
	}
	return best
}

// headerLeaves lists the distinct cells of the last header row from left to
// right. A blank cell takes the text of the cell of the same width above it.
func headerLeaves(grid [][]*gridCell, top, end int) []leaf {
	row := grid[end-1]
	var out []leaf
	for c := 0; c < len(row); {
		to := c + 1
		for row[c] != nil && to < len(row) && row[to] == row[c] {
			to++
		}
		l := leaf{from: c, to: to}
		if row[c] != nil {
			l.text = row[c].says
		}
		last := row[c]
		for r := end - 2; r >= top; r-- {
			cell := grid[r][c]
			if cell == nil || cell == last || cell.says.blank {
				continue
			}
			last = cell
			if (l.text == nil || l.text.blank) && cell.Column == c && cell.ColumnSpan == to-c {
				l.text = cell.says
				continue
			}
			l.above = append(l.above, cell.says)
		}
		out = append(out, l)
		c = to
	}
	return out
}

// alignLeaves finds the assignment of leaves to columns that keeps the order of
// both and agrees best with the labels; then gives blank leaves the columns that
// only they can hold.
func (w *memory) alignLeaves(leaves []leaf, part *form.Part) *layout {
	n, m := len(leaves), len(part.Columns)
	score := matrix(n, m)
	agree := false
	for i := range leaves {
		for j := range part.Columns {
			score[i][j] = w.leafScore(&leaves[i], &part.Columns[j])
			agree = agree || score[i][j] > 0
		}
	}
	if !agree {
		return nil
	}
	assigned := alignOrdered(score, n, m)
	if !slices.Equal(assigned, alignLatest(score, n, m)) {
		// Labels that repeat (结果维持 of three groups) under groups that a page
		// break took away agree with several columns: only the count can tell.
		if assigned = inOrder(leaves, m); assigned == nil {
			return nil
		}
	}
	l := &layout{}
	used := make([]bool, m)
	first := n
	for i, j := range assigned {
		if j >= 0 {
			l.matched++
			used[j] = true
			first = min(first, i)
		}
	}
	if l.matched == 0 {
		return nil
	}
	assignStrays(score, assigned, used, l)
	fillBlanks(leaves, assigned, m)
	for i, f := range leaves {
		if i < first && assigned[i] < 0 {
			continue // over the row labels
		}
		l.columns = append(l.columns, physical{column: assigned[i], from: f.from, to: f.to, unit: f.text.note().unit})
	}
	return l
}

// inOrder gives every leaf but local sums the next column, where there are as
// many of them as columns; nil otherwise.
func inOrder(leaves []leaf, m int) []int {
	out, next := make([]int, len(leaves)), 0
	for i := range leaves {
		out[i] = -1
		if !leaves[i].text.note().localSum {
			out[i] = next
			next++
		}
	}
	if next != m {
		return nil
	}
	return out
}

// alignLatest is alignOrdered with every leaf as far right as it may stand.
func alignLatest(score [][]float64, n, m int) []int {
	mirrored := matrix(n, m)
	for i := range mirrored {
		copy(mirrored[i], score[n-1-i])
		slices.Reverse(mirrored[i])
	}
	out := alignOrdered(mirrored, n, m)
	slices.Reverse(out)
	for i := range out {
		if out[i] >= 0 {
			out[i] = m - 1 - out[i]
		}
	}
	return out
}

// matrix is n rows of m zeroes.
func matrix(n, m int) [][]float64 {
	all, out := make([]float64, n*m), make([][]float64, n)
	for i := range out {
		out[i] = all[i*m : (i+1)*m]
	}
	return out
}

// alignOrdered maximises the sum of scores over assignments that keep order.
func alignOrdered(score [][]float64, n, m int) []int {
	best := matrix(n+1, m+1)
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if score[i][j] > 0 {
				best[i][j] = max(best[i][j], score[i][j]+best[i+1][j+1])
			}
		}
	}
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case score[i][j] > 0 && best[i][j] == score[i][j]+best[i+1][j+1]:
			out[i] = j
			i++
			j++
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return out
}

// assignStrays gives columns that stand out of order to the leaf that alone
// agrees with them.
func assignStrays(score [][]float64, assigned []int, used []bool, l *layout) {
	for j := range used {
		if used[j] {
			continue
		}
		found := -1
		for i := range assigned {
			if assigned[i] < 0 && score[i][j] >= 0.95 {
				if found >= 0 {
					found = -2
					break
				}
				found = i
			}
		}
		if found >= 0 {
			assigned[found] = j
			used[j] = true
			l.matched++
		}
	}
}

// fillBlanks gives blank or unreadable leaves the columns between the told ones
// to their left and right, where there are as many columns as such leaves. Local
// sums are no column of the form.
func fillBlanks(leaves []leaf, assigned []int, m int) {
	prev, seen := -1, false
	for i := 0; i < len(leaves); i++ {
		if assigned[i] >= 0 {
			prev, seen = assigned[i], true
			continue
		}
		var open []int
		end := i
		for ; end < len(leaves) && assigned[end] < 0; end++ {
			if !leaves[end].text.note().localSum {
				open = append(open, end)
			}
		}
		next := m
		if end < len(leaves) {
			next = assigned[end]
		}
		if seen && next-prev-1 == len(open) {
			for k, leaf := range open {
				assigned[leaf] = prev + 1 + k
			}
		}
		i = end - 1
	}
}

// isLocalSum reports labels of columns that places add to the form.
func isLocalSum(text string) bool {
	k := key(text)
	return strings.Contains(k, "小计") || strings.Contains(k, "合计") || strings.Contains(k, "其中") || strings.Contains(k, "备注")
}

var unitInHeader = lazyregexp.New(`[((（]?(?:单位)?[:：]?(亿元|千元|万元|元|件|项|条|个|宗|次|份|起)[))）]`)

// headerUnit is the unit that a header prints in brackets: （单位：万元）, （件）.
func headerUnit(text string) string {
	text = fold(text)
	if !strings.ContainsAny(text, ")）") {
		return ""
	}
	if m := unitInHeader.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
