package mapping

import (
	"strings"

	"nianbao/convert/form"
	"nianbao/extract/lazyregexp"
)

// target is one row of one part of one table: what a label may name.
type target struct {
	table string
	part  int
	// row is the index of the row in the part, or -1 where a group is printed as
	// one row (Collapses).
	row   int
	group string // path of the collapsed group; empty for a row
	path  string
	// order is the position in the table, for telling a second printing of the
	// table from the first.
	order int
}

// labelKey is one wording under which a target may be printed.
type labelKey struct {
	text
	ord    ordinal
	target int // index into labels.targets; -1 for a group that is no row
	alias  bool
}

// labels is the index of the row labels of one form.
type labels struct {
	form    *form.Form
	targets []target
	keys    []labelKey
	exact   map[string][]int // key → indices into keys
}

// match is the outcome of comparing one text with the labels of a form.
type match struct {
	target int // index into labels.targets; -1: none, or a group that is no row
	group  bool
	score  float64
}

// none is the match of a text that names nothing.
var none = match{target: -1}

const (
	// minScore is the least agreement that makes a label; short labels need
	// more, see enough.
	minScore = 0.6
	// minLead is the least lead over the second best row.
	minLead = 0.04
)

func newLabels(f *form.Form) *labels {
	l := &labels{form: f, exact: map[string][]int{}}
	for i := range f.Tables {
		l.addTable(&f.Tables[i])
	}
	for i := range l.keys {
		l.exact[l.keys[i].key] = append(l.exact[l.keys[i].key], i)
	}
	return l
}

func (l *labels) addTable(t *form.Table) {
	order := 0
	for p := range t.Parts {
		part := &t.Parts[p]
		groups := map[string]bool{}
		collapsing := part.Groups()
		for r := range part.Rows {
			row := &part.Rows[r]
			if row.Label == "" {
				continue
			}
			l.addGroups(row, groups)
			l.targets = append(l.targets, target{table: t.Key, part: p, row: r, path: row.Path, order: order})
			order++
			l.addRow(len(l.targets)-1, row)
		}
		for _, g := range collapsing {
			if one, ok := part.Collapsed(g); ok {
				l.targets = append(l.targets, target{table: t.Key, part: p, row: -1, group: g, path: g, order: order - 2})
				l.addRow(len(l.targets)-1, &one)
			}
		}
	}
}

// addGroups notes the groups of a row as texts that name no row.
func (l *labels) addGroups(row *form.Row, seen map[string]bool) {
	for i, g := range row.Groups {
		last := i == len(row.Groups)-1
		if seen[g] || (last && row.Collapses != "") {
			continue
		}
		seen[g] = true
		ord, rest := splitOrdinal(g)
		l.keys = append(l.keys, labelKey{text: newText(key(rest)), ord: ord, target: -1})
	}
}

func (l *labels) addRow(target int, row *form.Row) {
	add := func(text string, alias bool) {
		ord, rest := splitOrdinal(text)
		l.keys = append(l.keys, labelKey{text: newText(key(rest)), ord: ord, target: target, alias: alias})
		if short := key(withoutBrackets(rest)); short != key(rest) && short != "" {
			l.keys = append(l.keys, labelKey{text: newText(short), ord: ord, target: target, alias: true})
		}
		for i := range row.Groups { // group and label in one cell
			joined := strings.Join(row.Groups[i:], "") + text
			o, r := splitOrdinal(joined)
			l.keys = append(l.keys, labelKey{text: newText(key(r)), ord: o, target: target, alias: alias})
		}
	}
	add(row.Label, false)
	for _, a := range row.Aliases {
		add(a, true)
	}
}

var bracketed = lazyregexp.New(`[((（〔【\[][^()()（）〔〕【】\[\]]*[))）〕】\]]`)

// withoutBrackets leaves out bracketed remarks.
func withoutBrackets(s string) string {
	if !strings.ContainsAny(s, "(（〔【[") {
		return s
	}
	return bracketed.ReplaceAllString(s, "")
}

// lookup compares a printed label with all labels of the form: equal wording
// first, then aliases, then the most similar one if it is clearly the most
// similar. The ordinal breaks ties.
func (l *labels) lookup(p *printedLabel) match {
	for i := range p.keys {
		if m, ok := l.lookupExact(p.keys[i].key, p.ord); ok {
			return m
		}
	}
	best := none
	for i := range p.keys[:p.similar] {
		if m := l.lookupSimilar(&p.keys[i], p.ord); m.score > best.score {
			best = m
		}
	}
	return best
}

func (l *labels) lookupExact(k string, ord ordinal) (match, bool) {
	best, second := none, 0.0
	for _, i := range l.exact[k] {
		m := match{target: l.keys[i].target, group: l.keys[i].target < 0, score: l.keys[i].score(1, ord)}
		switch {
		case m.score > best.score:
			if best.target != m.target {
				second = best.score
			}
			best = m
		case m.target != best.target:
			second = max(second, m.score)
		}
	}
	return best, best.score > 0 && best.score > second
}

func (l *labels) lookupSimilar(printed *text, ord ordinal) match {
	best, second := none, 0.0
	for i := range l.keys {
		lk := &l.keys[i]
		least := enough(len(printed.runes), len(lk.runes))
		s := similarity(printed, &lk.text, least)
		if s < least {
			continue
		}
		m := match{target: lk.target, group: lk.target < 0, score: lk.score(s, ord)}
		switch {
		case m.score > best.score:
			if best.target != m.target || best.group != m.group {
				second = max(second, best.score)
			}
			best = m
		case m.target != best.target || m.group != best.group:
			second = max(second, m.score)
		}
	}
	if best.score-second < minLead {
		return none
	}
	return best
}

// enough is the similarity that suffices for keys of that length: one wrong
// character in four is a typo, two are another label.
func enough(a, b int) float64 {
	switch n := min(a, b); {
	case n <= 2:
		return 1
	case n <= 4:
		return 0.74
	case n <= 8:
		return 0.68
	}
	return minScore
}

// score weighs a similarity with what the ordinal says.
func (k *labelKey) score(s float64, ord ordinal) float64 {
	if k.alias {
		s -= 0.01
	}
	switch {
	case ord.style == styleNone || k.ord.style == styleNone:
		return s - 0.02
	case ord.value == k.ord.value && (ord.style == k.ord.style || isArabic(ord.style) == isArabic(k.ord.style)):
		return s
	case ord.value == k.ord.value:
		return s - 0.02
	}
	return s - 0.06
}

func isArabic(s ordinalStyle) bool {
	return s == styleArabic || s == styleArabPar || s == styleCircled
}
