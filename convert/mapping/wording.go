package mapping

import (
	"slices"
	"strings"

	"nianbao/convert/form"
)

// chapterWords is the index of chapter wordings of all forms.
type chapterWords struct {
	chapters []form.Chapter
	words    [][]official
	rows     []string // keys of row labels and groups that have a chapter's ordinal
}

func (w *chapterWords) add(chapters []form.Chapter) {
	for _, c := range chapters {
		if slices.ContainsFunc(w.chapters, func(o form.Chapter) bool { return o.Key == c.Key && o.Title == c.Title }) {
			continue // as in another form
		}
		w.chapters = append(w.chapters, c)
		w.words = append(w.words, officialWordings(c.Title, c.Aliases))
	}
}

// addRows notes the labels 一、本年新收… and 三、本年度办理结果: where a table was
// not recognised as one, its rows stand in the text like headings.
func (w *chapterWords) addRows(t *form.Table) {
	for p := range t.Parts {
		for _, r := range t.Parts[p].Rows {
			for _, label := range append([]string{r.Label}, r.Groups...) {
				if ord, rest := splitOrdinal(label); ord.style == styleHan {
					w.rows = append(w.rows, key(rest))
				}
			}
		}
	}
}

// isRow reports whether a title begins like a row of a statutory table.
func (w *chapterWords) isRow(title string) bool {
	k := key(title)
	return slices.ContainsFunc(w.rows, func(row string) bool { return strings.HasPrefix(k, row) })
}

// localKey is the key of chapters that are none of the form's.
const localKey = "other"

type wording struct {
	key   string
	score float64
}

func newChapterWords(forms []form.Form) *chapterWords {
	w := &chapterWords{}
	for i := range forms {
		w.add(forms[i].Chapters)
		for t := range forms[i].Tables {
			w.addRows(&forms[i].Tables[t])
		}
	}
	w.add(form.LocalChapters())
	return w
}

// Wordings count as told without doubt, by similarity, or by their keywords.
const (
	sureWording    = 0.95
	similarWording = 0.74
	keywordWording = 0.7
)

// match tells the chapter that a wording names.
func (w *chapterWords) match(title string) wording {
	var best wording
	printed := printedKeys(title)
	for i := range w.chapters {
		c := &w.chapters[i]
		s := printed.score(w.words[i], keywordWording)
		if s < sureWording && hasKeywords(title, c.Keywords) {
			s = max(s, keywordWording)
		}
		if s > best.score && (s >= similarWording || s == keywordWording) {
			best = wording{c.Key, s}
		}
	}
	return best
}

func hasKeywords(title string, sets [][]string) bool {
	for _, set := range sets {
		all := true
		for _, word := range set {
			all = all && strings.Contains(title, word)
		}
		if all {
			return true
		}
	}
	return false
}

// prefix splits a text that begins with an official chapter title and goes on
// without punctuation (其他需要报告的事项无).
func (w *chapterWords) prefix(text string) (title, tail string, m wording) {
	k := key(text)
	best := ""
	for i := range w.chapters {
		c := &w.chapters[i]
		if official := w.words[i][0].key; runesOf(official) >= 6 && len(official) > len(best) && strings.HasPrefix(k, official) {
			best, m = official, wording{c.Key, sureWording}
		}
	}
	if best == "" {
		return "", "", wording{}
	}
	for i := range text {
		if key(text[:i]) == best {
			return text[:i], text[i:], m
		}
	}
	return "", "", wording{}
}
