package glance

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Replacer replaces words by others, as strings.Replacer does: at each place the first of
// the words, in their order, that stands there. It is for lists of which a text holds few
// words or none: such a text is looked through once and given back as it is, where
// strings.Replacer makes it anew. It is made at its first use and safe for concurrent use.
type Replacer struct {
	oldnew []string
	once   sync.Once
	// marks has a bit for the first character of each word.
	marks [16]uint64
	words map[rune][]replacement
}

type replacement struct{ old, new string }

// NewReplacer takes pairs of a word and what replaces it; no word is empty.
func NewReplacer(oldnew ...string) *Replacer { return &Replacer{oldnew: oldnew} }

func (r *Replacer) build() {
	r.words = make(map[rune][]replacement, len(r.oldnew)/2)
	for i := 0; i < len(r.oldnew); i += 2 {
		first, _ := utf8.DecodeRuneInString(r.oldnew[i])
		r.marks[first/64%16] |= 1 << (first % 64)
		r.words[first] = append(r.words[first], replacement{r.oldnew[i], r.oldnew[i+1]})
	}
}

// Replace returns s with all words replaced.
func (r *Replacer) Replace(s string) string {
	r.once.Do(r.build)
	var out strings.Builder
	done := 0 // bytes of s that are written
	for i := 0; i < len(s); {
		first, size := utf8.DecodeRuneInString(s[i:])
		if r.marks[first/64%16]&(1<<(first%64)) != 0 {
			if w := r.at(first, s[i:]); w != nil {
				if done == 0 {
					out.Grow(len(s))
				}
				out.WriteString(s[done:i])
				out.WriteString(w.new)
				i += len(w.old)
				done = i
				continue
			}
		}
		i += size
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// at is the word that s begins with, nil where there is none.
func (r *Replacer) at(first rune, s string) *replacement {
	list := r.words[first]
	for i := range list {
		if strings.HasPrefix(s, list[i].old) {
			return &list[i]
		}
	}
	return nil
}
