package mapping

import (
	"slices"

	"nianbao/convert/form"
)

// words is the index of the column wordings of one form.
type words struct {
	columns map[*form.Column]columnWords
	headers []official      // the wordings of all columns, each once
	stubs   map[string]bool // keys of stubs and groups
	groups  int             // how many different groups there are
}

// memory keeps what one form's labels and columns say of texts.
type memory struct {
	*index
	*texts
}

// index is what one form's labels and columns are compared by. It is not
// changed after it was made.
type index struct {
	form   *form.Form
	number int // of the reader's forms
	labels *labels
	words  *words
}

// find is labels.lookup with a memory.
func (w *memory) find(c *cellText) match {
	if !w.mayCompare(c) {
		return none
	}
	m := w.meaning(c, w.number)
	if !m.looked {
		m.match, m.looked = w.labels.lookup(w.label(c)), true
	}
	return m.match
}

// columnWords are the wordings of a column and the keys of its groups.
type columnWords struct {
	number int // of the form's columns
	labels []official
	groups []groupWord
}

// groupWord is the key of a group of columns.
type groupWord struct {
	text
	number int // of the form's groups
}

// official is one wording of the form.
type official struct {
	text
	malus float64 // aliases come after the official label
}

func newWords(f *form.Form) *words {
	w := &words{columns: map[*form.Column]columnWords{}, stubs: map[string]bool{}}
	groups := map[string]int{}
	for t := range f.Tables {
		for p := range f.Tables[t].Parts {
			part := &f.Tables[t].Parts[p]
			if part.Stub != "" {
				w.stubs[key(part.Stub)] = true
			}
			for c := range part.Columns {
				col := &part.Columns[c]
				cw := columnWords{number: len(w.columns), labels: officialWordings(col.Label, col.Aliases)}
				for _, g := range col.Groups {
					k := key(g)
					w.stubs[k] = true
					if _, ok := groups[k]; !ok {
						groups[k] = len(groups)
					}
					cw.groups = append(cw.groups, groupWord{newText(k), groups[k]})
				}
				w.columns[col] = cw
				for _, o := range cw.labels {
					if !slices.ContainsFunc(w.headers, func(h official) bool { return h.key == o.key && h.malus == o.malus }) {
						w.headers = append(w.headers, o)
					}
				}
			}
		}
	}
	w.groups = len(groups)
	return w
}

// officialWordings are the keys of a label, with and without its bracketed
// remarks (years, units), and of its aliases.
func officialWordings(label string, aliases []string) []official {
	var out []official
	add := func(k string, malus float64) {
		if k != "" {
			out = append(out, official{text: newText(k), malus: malus})
		}
	}
	add(key(label), 0)
	if short := key(withoutBrackets(label)); short != key(label) {
		add(short, 0.01)
	}
	for _, a := range aliases {
		add(key(a), 0.01)
	}
	return out
}

// score is the best similarity of a printed text with the wordings, 0 where
// none suffices or all are below least.
func (p *printedText) score(wordings []official, least float64) float64 {
	best := 0.0
	for i := range wordings {
		o := &wordings[i]
		for k := range p.keys {
			least := max(least, enough(len(p.keys[k].runes), len(o.runes)))
			if s := similarity(&p.keys[k], &o.text, least); s >= least {
				best = max(best, s-o.malus)
			}
		}
	}
	return best
}

// leafScore says how well a header cell agrees with a column: its label by
// similarity, plus what the cells above say about the column's groups.
func (w *memory) leafScore(l *leaf, c *form.Column) float64 {
	if l.text == nil {
		return 0
	}
	cw := w.words.columns[c]
	s := w.columnScore(l.text, &cw)
	if s == 0 || len(cw.groups) == 0 {
		return s
	}
	for i := range cw.groups { // 法人或其他组织 is no column 其他
		if w.groupScore(l.text, &cw.groups[i]) > 0.9 {
			return 0
		}
	}
	if len(l.above) == 0 {
		return s
	}
	hits := 0
	for i := range cw.groups {
		if slices.ContainsFunc(l.above, func(a *cellText) bool { return w.groupScore(a, &cw.groups[i]) > nearGroup }) {
			hits++
		}
	}
	return s + 0.3*float64(hits)/float64(len(cw.groups))
}

// nearGroup is the similarity that makes a header cell a group of columns.
const nearGroup = 0.75

// columnScore is how well a text agrees with the label of a column.
func (w *memory) columnScore(t *cellText, c *columnWords) float64 {
	p := w.keys(t)
	if len(p.keys) == 0 {
		return 0
	}
	m := w.meaning(t, w.number)
	return remembered(&m.columns, len(w.words.columns), c.number, func() float64 { return p.score(c.labels, 0) })
}

// groupScore is how well a text agrees with a group of columns, as far as that is
// more than nearGroup.
func (w *memory) groupScore(t *cellText, g *groupWord) float64 {
	p := w.keys(t)
	if len(p.keys) == 0 {
		return 0
	}
	m := w.meaning(t, w.number)
	return remembered(&m.groups, w.words.groups, g.number, func() float64 { return similarity(&p.keys[0], &g.text, nearGroup) })
}

// remembered is entry i of n scores, made when first asked for.
func remembered(scores *[]float64, n, i int, score func() float64) float64 {
	if *scores == nil {
		*scores = slices.Repeat([]float64{-1}, n)
	}
	if (*scores)[i] < 0 {
		(*scores)[i] = score()
	}
	return (*scores)[i]
}

// headerHits counts the distinct cells of a row that are a column label, a group
// or the stub of any part of the form.
// The stub alone makes a header, whatever the columns are called.
func (w *memory) headerHits(cells []*gridCell) int {
	hits := 0
	for i, c := range cells {
		if w.isHeader(c.says) {
			hits++
		}
		if i > 0 {
			continue
		}
		if p := w.keys(c.says); len(p.keys) > 0 && w.words.stubs[p.keys[0].key] {
			hits++
		}
	}
	return hits
}

func (w *memory) isHeader(c *cellText) bool {
	if len(c.text) < 6 || len(c.text) > 400 { // fewer than two Chinese characters, or prose
		return false
	}
	if !w.mayCompare(c) {
		return false
	}
	m := w.meaning(c, w.number)
	if !m.judged {
		m.header, m.judged = w.words.compareHeader(w.keys(c)), true
	}
	return m.header
}

func (w *words) compareHeader(p *printedText) bool {
	if len(p.keys) == 0 || p.ordered { // （七）总计 and 3.其他 are rows
		return false
	}
	if w.stubs[p.keys[0].key] {
		return true
	}
	return p.score(w.headers, 0.8) > 0.8
}

// groupColumns are the columns of a part whose innermost group has the key.
func (w *words) groupColumns(part *form.Part, k string) []int {
	var out []int
	for i := range part.Columns {
		if g := w.columns[&part.Columns[i]].groups; len(g) > 0 && g[len(g)-1].key == k {
			out = append(out, i)
		}
	}
	return out
}
