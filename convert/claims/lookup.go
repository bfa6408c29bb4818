package claims

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// lookup finds whether a short text holds one of many words: by their first characters,
// so that a text of twenty characters costs twenty looks and not a search a word.
type lookup struct {
	starts runeSet
	words  map[rune][]string
}

// runeSet has a bit for the low ten bits of each of its runes, so that it may say of
// another that it has it: a first look before words are compared.
type runeSet [16]uint64

func (s *runeSet) add(r rune) { s[r>>6&15] |= 1 << (r & 63) }

func (s *runeSet) has(r rune) bool { return s[r>>6&15]&(1<<(r&63)) != 0 }

func newLookup(words []string) *lookup {
	l := &lookup{words: map[rune][]string{}}
	for _, w := range words {
		first := []rune(w)[0]
		l.starts.add(first)
		l.words[first] = append(l.words[first], w)
	}
	return l
}

// begins is the word that the text, whose first character is r, begins with: the first
// one of the list; "" where none does.
func (l *lookup) begins(r rune, text string) string {
	if l.starts.has(r) {
		for _, w := range l.words[r] {
			if strings.HasPrefix(text, w) {
				return w
			}
		}
	}
	return ""
}

// match is begins that sets found where there is a word.
func (l *lookup) match(r rune, text string, found *string) bool {
	w := l.begins(r, text)
	if w != "" {
		*found = w
	}
	return w != ""
}

// in reports whether the text holds one of the words.
func (l *lookup) in(text string) bool {
	for i, r := range text {
		if l.starts.has(r) && startsWithAny(text[i:], l.words[r]...) {
			return true
		}
	}
	return false
}

// edges are the characters that words begin or end with.
func edges(words []string, last bool) *runeSet {
	out := &runeSet{}
	for _, w := range words {
		r := []rune(w)
		if last {
			out.add(r[len(r)-1])
		} else {
			out.add(r[0])
		}
	}
	return out
}

var (
	otherKinds = newLookup(otherApplications)
	partKinds  = newLookup(partOfApplications)
	partSigns  = newLookup(partMarks)
	noDecided  = newLookup(noDecision)
	introEnds  = edges(introEnd, true)
	introHeads = edges(introStart, false)
	// qualifierEnds end what keeps a number from being exact.
	qualifierEnds = edges(slices.Concat(approxWords, floorWords, changeWords), true)
)

// strip takes words that only introduce a number off both ends.
func strip(s string) string {
	for again := true; again; {
		again = false
		if last, _ := utf8.DecodeLastRuneInString(s); introEnds.has(last) {
			for _, w := range introEnd {
				if t, ok := strings.CutSuffix(s, w); ok && (last != '约' || !hasSuffix(s, nearlyWords)) {
					s, again = t, true
				}
			}
		}
		if first, _ := utf8.DecodeRuneInString(s); introHeads.has(first) {
			for _, w := range introStart {
				if t, ok := strings.CutPrefix(s, w); ok {
					s, again = t, true
				}
			}
		}
	}
	return s
}
