package places

import (
	"strings"

	"nianbao/convert/report"
)

// Finding are the spots that a finding is about: of its figures the cells, of its
// text the paragraphs with the words it quotes or, where they are not found, the
// heading of the chapter.
func (x *Index) Finding(f *report.Finding) []Spot {
	var out []Spot
	for _, p := range f.Paths {
		if i, ok := sectionOf(p); ok && f.Quote != nil && i < len(x.text) {
			if from, to, found := findQuote(x.res.Report.Sections[i].Text, *f.Quote); found {
				out = append(out, x.within(i, from, to)...)
				continue
			}
		}
		out = append(out, x.Of(p)...)
	}
	return distinct(out)
}

// masked stands for a character that a quote hides; a quote that was cut ends in
// ellipsis.
const (
	masked   = '*'
	ellipsis = "…"
)

// findQuote finds a quote in a text, in characters. Hidden characters match any,
// and white space is not looked at.
func findQuote(text, quote string) (from, to int, found bool) {
	want := tight([]rune(strings.TrimSuffix(quote, ellipsis)))
	if len(want) == 0 {
		return 0, 0, false
	}
	all := []rune(text)
	var have []rune
	var at []int // where each of have stands in all
	for i, r := range all {
		if !isSpace(r) {
			have, at = append(have, r), append(at, i)
		}
	}
	for i := 0; i+len(want) <= len(have); i++ {
		k := 0
		for k < len(want) && (want[k] == have[i+k] || want[k] == masked) {
			k++
		}
		if k == len(want) {
			return at[i], at[i+k-1] + 1, true
		}
	}
	return 0, 0, false
}
