package catalog

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Search works on pieces of text made here, so that both databases find the same
// and neither needs to know Chinese: a text is cut into units, each an ideograph
// or a whole Latin word or number, and indexed by its sets of one, two and three
// units in a row (信息公开 → 信 息 公 开 信息 息公 公开 信息公 息公开). A query of up to
// three units is one piece; a longer one asks for all its pieces of three.
//
// Sets, not phrases with positions: reports say 信息公开 hundreds of times, and a
// phrase of such words walks all their positions; PostgreSQL moreover keeps only
// 255 positions a word and 16,383 a text, and would miss what stands behind.
// The price is small and on the safe side: a longer query may find a report that
// has all its pieces in different places.
const (
	// gramSize is the number of units of the longest piece.
	gramSize = 3
	// maxGramBytes bounds the pieces of one text, below the 1 MB that PostgreSQL
	// allows a text search vector. Text beyond it is not searched; a report of
	// 50,000 different characters in a row would get there.
	maxGramBytes = 800_000
	// maxUnit is the number of bytes by which a Latin word is known.
	maxUnit = 48
)

// units calls yield for each run of adjacent units of the folded text. Blanks do not
// part them where spaced is set: reports print 收到 0 件, and people ask for 0件. The
// run is valid during the call only.
func units(folded string, spaced bool, yield func(run []string) bool) {
	var run []string
	word := -1 // where the Latin word at hand begins
	flush := func(end int) {
		if word >= 0 {
			run = append(run, cutUnit(folded[word:end]))
			word = -1
		}
	}
	for i, r := range folded {
		switch {
		case isIdeograph(r):
			flush(i)
			run = append(run, folded[i:i+utf8.RuneLen(r)])
		case r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)):
			if word < 0 {
				word = i
			}
		case spaced && (r == ' ' || r == '\t'):
			flush(i)
		default:
			flush(i)
			if len(run) > 0 && !yield(run) {
				return
			}
			run = run[:0]
		}
	}
	flush(len(folded))
	if len(run) > 0 {
		yield(run)
	}
}

func cutUnit(s string) string {
	if len(s) <= maxUnit {
		return s
	}
	end := maxUnit
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

func isIdeograph(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// gramSet collects the pieces to index.
type gramSet struct {
	seen  map[string]struct{}
	bytes int
}

// add puts in the pieces of text, each behind mark. It stops where the set is full.
func (g *gramSet) add(mark, text string) {
	units(fold(text), true, func(run []string) bool {
		for i := range run {
			for n := 1; n <= gramSize && i+n <= len(run); n++ {
				if !g.put(mark + strings.Join(run[i:i+n], "")) {
					return false
				}
			}
		}
		return true
	})
}

// put puts in a piece; it returns false where the set is full.
func (g *gramSet) put(gram string) bool {
	if g.seen == nil {
		g.seen = map[string]struct{}{}
	}
	if _, ok := g.seen[gram]; ok {
		return true
	}
	if g.bytes += len(gram) + 1; g.bytes > maxGramBytes {
		return false
	}
	g.seen[gram] = struct{}{}
	return true
}

// list is what was collected, sorted.
func (g *gramSet) list() []string {
	out := make([]string, 0, len(g.seen))
	for gram := range g.seen {
		out = append(out, gram)
	}
	slices.Sort(out)
	return out
}

// asked are the pieces that a text must have to be found by the query; none where
// the query has nothing that is indexed.
func asked(mark, query string) []string {
	var out []string
	units(fold(query), false, func(run []string) bool {
		n := min(gramSize, len(run))
		for i := 0; i+n <= len(run); i++ {
			out = append(out, mark+strings.Join(run[i:i+n], ""))
		}
		return true
	})
	slices.Sort(out)
	return slices.Compact(out)
}
