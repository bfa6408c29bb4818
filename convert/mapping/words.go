package mapping

import (
	"nianbao/convert/form"
	"nianbao/extract"
)

// words compares printed texts with the wordings of one form. It keeps the keys
// of both, because a table holds the same few texts over and over.
type words struct {
	columns map[*form.Column]columnWords
	stubs   map[string]bool // keys of stubs and groups
	printed map[string]printedText
	headers map[string]bool
}

// columnWords are the wordings of a column and the keys of its groups.
type columnWords struct {
	labels []official
	groups []official
}

// official is one wording of the form.
type official struct {
	key   string
	set   uint64
	malus float64 // aliases come after the official label
}

// printedText is a text of the document, as it is compared.
type printedText struct {
	keys    []string // with and without bracketed remarks
	set     uint64
	ordered bool // has an ordinal
}

// maxMemo bounds what is kept of hostile documents.
const maxMemo = 8192

func newWords(f *form.Form) *words {
	w := &words{columns: map[*form.Column]columnWords{}, stubs: map[string]bool{}, printed: map[string]printedText{}, headers: map[string]bool{}}
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
					cw.groups = append(cw.groups, official{key: k, set: charSet(k)})
				}
				w.columns[col] = cw
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
			out = append(out, official{key: k, set: charSet(k), malus: malus})
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

func printedKeys(text string) printedText {
	var p printedText
	full := key(text)
	if full == "" || runesOf(full) > 60 {
		return p
	}
	p.keys, p.set = []string{full}, charSet(full)
	if short := key(withoutBrackets(compact(text))); short != full && short != "" {
		p.keys = append(p.keys, short)
	}
	ord, _ := splitOrdinal(text)
	p.ordered = ord.style != styleNone
	return p
}

func (w *words) text(s string) printedText {
	if p, ok := w.printed[s]; ok {
		return p
	}
	p := printedKeys(s)
	if len(w.printed) < maxMemo {
		w.printed[s] = p
	}
	return p
}

// score is the best similarity of a printed text with the wordings, 0 where
// none suffices.
func (p printedText) score(wordings []official) float64 {
	best := 0.0
	for i := range wordings {
		o := &wordings[i]
		if !mayAgree(p.set, o.set) {
			continue
		}
		for _, k := range p.keys {
			if s := similarity(k, o.key); enough(s, k, o.key) {
				best = max(best, s-o.malus)
			}
		}
	}
	return best
}

// leafScore says how well a header cell agrees with a column: its label by
// similarity, plus what the cells above say about the column's groups.
func (w *words) leafScore(l *leaf, c *form.Column) float64 {
	cw := w.columns[c]
	s := w.text(l.text).score(cw.labels)
	if s == 0 || len(cw.groups) == 0 || len(l.above) == 0 {
		return s
	}
	hits := 0
	for _, g := range cw.groups {
		for _, a := range l.above {
			if p := w.text(a); len(p.keys) > 0 && similarity(p.keys[0], g.key) > 0.75 {
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
func (w *words) headerHits(cells []*extract.Cell) int {
	hits := 0
	for i, c := range cells {
		if w.isHeader(c.Text) {
			hits++
		}
		if p := w.text(c.Text); i == 0 && len(p.keys) > 0 && w.stubs[p.keys[0]] {
			hits++
		}
	}
	return hits
}

func (w *words) isHeader(text string) bool {
	if len(text) < 6 || len(text) > 400 { // fewer than two Chinese characters, or prose
		return false
	}
	if is, ok := w.headers[text]; ok {
		return is
	}
	is := w.compareHeader(w.text(text))
	if len(w.headers) < maxMemo {
		w.headers[text] = is
	}
	return is
}

func (w *words) compareHeader(p printedText) bool {
	if len(p.keys) == 0 || p.ordered { // （七）总计 and 3.其他 are rows
		return false
	}
	if w.stubs[p.keys[0]] {
		return true
	}
	for _, cw := range w.columns {
		if p.score(cw.labels) > 0.8 {
			return true
		}
	}
	return false
}
