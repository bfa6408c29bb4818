package mapping

import (
	"slices"

	"nianbao/convert/form"
	"nianbao/extract"
)

// words is the index of the column wordings of one form.
type words struct {
	columns map[*form.Column]columnWords
	headers []official      // the wordings of all columns, each once
	stubs   map[string]bool // keys of stubs and groups
}

// memory keeps what one form's labels and columns say of the texts of one
// document.
type memory struct {
	*index
	*texts
	matches map[string]match
	headers map[string]bool
}

// index is what one form's labels and columns are compared by. It is not
// changed after it was made.
type index struct {
	form   *form.Form
	labels *labels
	words  *words
}

func newMemory(x *index, t *texts) *memory {
	return &memory{index: x, texts: t, matches: map[string]match{}, headers: map[string]bool{}}
}

// find is labels.lookup with a memory.
func (w *memory) find(label string) match {
	if m, ok := w.matches[label]; ok {
		return m
	}
	if len(w.matches) >= maxTexts {
		return none
	}
	m := w.labels.lookup(w.label(label))
	w.matches[label] = m
	return m
}

// columnWords are the wordings of a column and the keys of its groups.
type columnWords struct {
	labels []official
	groups []official
}

// official is one wording of the form.
type official struct {
	text
	malus float64 // aliases come after the official label
}

func newWords(f *form.Form) *words {
	w := &words{columns: map[*form.Column]columnWords{}, stubs: map[string]bool{}}
	for t := range f.Tables {
		for p := range f.Tables[t].Parts {
			part := &f.Tables[t].Parts[p]
			if part.Stub != "" {
				w.stubs[key(part.Stub)] = true
			}
			for c := range part.Columns {
				col := &part.Columns[c]
				cw := columnWords{labels: officialWordings(col.Label, col.Aliases)}
				for _, g := range col.Groups {
					k := key(g)
					w.stubs[k] = true
					cw.groups = append(cw.groups, official{text: newText(k)})
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
// none suffices.
func (p printedText) score(wordings []official) float64 {
	best := 0.0
	for i := range wordings {
		o := &wordings[i]
		for k := range p.keys {
			if s := similarity(&p.keys[k], &o.text); s > 0 && enough(s, len(p.keys[k].runes), len(o.runes)) {
				best = max(best, s-o.malus)
			}
		}
	}
	return best
}

// leafScore says how well a header cell agrees with a column: its label by
// similarity, plus what the cells above say about the column's groups.
func (w *memory) leafScore(l *leaf, c *form.Column) float64 {
	cw := w.words.columns[c]
	s := w.text(l.text).score(cw.labels)
	if s == 0 || len(cw.groups) == 0 {
		return s
	}
	for _, g := range cw.groups { // 法人或其他组织 is no column 其他
		if p := w.text(l.text); len(p.keys) > 0 && similarity(&p.keys[0], &g.text) > 0.9 {
			return 0
		}
	}
	if len(l.above) == 0 {
		return s
	}
	hits := 0
	for _, g := range cw.groups {
		for _, a := range l.above {
			if p := w.text(a); len(p.keys) > 0 && similarity(&p.keys[0], &g.text) > 0.75 {
				hits++
				break
			}
		}
	}
	return s + 0.3*float64(hits)/float64(len(cw.groups))
}

// headerHits counts the distinct cells of a row that are a column label, a group
// or the stub of any part of the form.
// The stub alone makes a header, whatever the columns are called.
func (w *memory) headerHits(cells []*extract.Cell) int {
	hits := 0
	for i, c := range cells {
		if w.isHeader(c.Text) {
			hits++
		}
		if p := w.text(c.Text); i == 0 && len(p.keys) > 0 && w.words.stubs[p.keys[0].key] {
			hits++
		}
	}
	return hits
}

func (w *memory) isHeader(text string) bool {
	if len(text) < 6 || len(text) > 400 { // fewer than two Chinese characters, or prose
		return false
	}
	if is, ok := w.headers[text]; ok {
		return is
	}
	if len(w.headers) >= maxTexts {
		return false
	}
	is := w.words.compareHeader(w.text(text))
	w.headers[text] = is
	return is
}

func (w *words) compareHeader(p printedText) bool {
	if len(p.keys) == 0 || p.ordered { // （七）总计 and 3.其他 are rows
		return false
	}
	if w.stubs[p.keys[0].key] {
		return true
	}
	return p.score(w.headers) > 0.8
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
