package claims

import (
	"slices"
	"strings"
)

// backNouns are what a number that points back counts: 上述三个问题.
var backNouns = []string{"问题", "不足", "短板", "措施", "举措", "做法", "任务", "困难", "差距", "环节", "原因"}

// failings are what a list that nothing is said of may be of, directly before the number.
var failings = []string{"问题", "不足", "短板"}

// run is a list of numbered items that has been read: the words before it and how many.
type run struct {
	words string
	kind  marker
	count int
	// bare: a paragraph or sentence begins with it, so that nothing says what it is of.
	bare bool
	// last is the paragraph of its last item.
	last int
}

// readBack compares a number that points back with the items listed before it: 存在的
// 问题：一是…，二是…。针对上述三个问题….
func (out *Reading) readBack(section int, paragraphs []line, n int, c span) {
	l := &paragraphs[n]
	const pointer, behind = 2, 6
	if !hasSuffix(string(l.runes[max(0, c.at-pointer):c.at]), []string{"上述", "以上", "这", "前述"}) {
		return
	}
	noun, said := "", string(l.runes[c.at:min(len(l.runes), c.end+behind)])
	for _, w := range backNouns {
		if strings.Contains(said, w) {
			noun = w
			break
		}
	}
	if noun == "" {
		return
	}
	count := 0
	runs := runsBefore(paragraphs, n, c.at)
	for i, x := range runs {
		alone := !slices.ContainsFunc(runs[:i], func(y run) bool { return y.count > 1 })
		if strings.Contains(x.words, noun) || x.bare && i == len(runs)-1 && alone && n-x.last <= 1 && slices.Contains(failings, noun) {
			count = x.count
		}
	}
	if count < 2 {
		return
	}
	start := clauseStart(l.runes, c.at)
	out.Lists = append(out.Lists, List{
		Section: section, Line: n, Stated: c.stated, Found: count, Most: count, Announced: string(l.runes[start:c.end]),
		Strict: true, Start: l.at[start], End: l.at[c.end-1] + 1,
	})
}

// runsBefore are the numbered lists before the offset in paragraph n, and in those
// shortly before it, whose numbers leave none out.
func runsBefore(paragraphs []line, n, offset int) []run {
	const back, around = 6, 20
	var out []run
	before := ""
	for k := max(0, n-back); k <= n; k++ {
		r := paragraphs[k].runes
		if k == n {
			r = r[:offset]
		}
		for i := range r {
			if i > 0 && !isBreak(r[i-1]) {
				continue
			}
			kind, ordinal := markerAt(r, i)
			last := len(out) - 1
			switch {
			case kind != isMarker && kind != ordinalMarker && kind != verbMarker && (kind != bracketMarker || i > 0):
			case ordinal == 1:
				words := string(r[max(0, i-around):i])
				if i == 0 {
					words = before
				}
				out = append(out, run{words, kind, 1, i == 0 || r[i-1] == '。', k})
			case last >= 0 && out[last].kind == kind && ordinal == out[last].count+1:
				out[last].count, out[last].last = ordinal, k
			case last >= 0 && out[last].kind == kind:
				out[last].words, out[last].bare = "", false // a number left out or said twice
			}
		}
		if len(r) > 0 {
			before = string(r[max(0, len(r)-around):])
			if last := len(out) - 1; last >= 0 && containsAny(string(r), "此外", "另外", "还存在", "另一方面") {
				out[last].words, out[last].bare = "", false
			}
		}
	}
	return out
}
