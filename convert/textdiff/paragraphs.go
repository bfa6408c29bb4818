package textdiff

import (
	"slices"
	"strings"
)

// Paragraph is what became of a paragraph.
type Paragraph struct {
	Op Op `json:"op"`
	// Text is the paragraph; empty where it is Changed, whose words Pieces has.
	Text   string  `json:"text,omitempty"`
	Pieces []Piece `json:"pieces,omitempty"`
}

const (
	// maxParagraphEdits bounds the paragraphs gone and new of one text.
	maxParagraphEdits = 1_000
	// maxPairs bounds how many are held against each other where several in a row
	// were changed.
	maxPairs = 900
	// alike is the share of pairs of characters from which on a paragraph is a
	// reworded one.
	alike = 0.4
)

// Paragraphs tells what became of the paragraphs (lines) of a text. whole is false
// where too much differs to be told in words; then paragraphs, or all of the text, are
// gone and new as they are.
func Paragraphs(before, after string) (out []Paragraph, whole bool) {
	a, b := lines(before), lines(after)
	all := map[string]int{}
	steps, ok := align(intern(a, all), intern(b, all), maxParagraphEdits)
	if !ok {
		return differ(a, b, nil), false
	}
	whole = true
	var gone, fresh []string
	flush := func() {
		pairs, ok := match(gone, fresh)
		whole = whole && ok
		for _, p := range differ(gone, fresh, pairs) {
			if p.Op == Changed {
				pieces, ok := Words(p.Pieces[0].Text, p.Pieces[1].Text)
				p.Pieces, whole = pieces, whole && ok
			}
			out = append(out, p)
		}
		gone, fresh = gone[:0], fresh[:0]
	}
	for _, s := range steps {
		switch {
		case s.b < 0:
			gone = append(gone, a[s.a])
		case s.a < 0:
			fresh = append(fresh, b[s.b])
		default:
			flush()
			out = append(out, Paragraph{Op: Same, Text: a[s.a]})
		}
	}
	flush()
	return out, whole
}

// lines are the paragraphs of a text, without empty ones.
func lines(s string) (out []string) {
	for l := range strings.SplitSeq(s, "\n") {
		if l = trimmed(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// differ lists paragraphs that are gone and new. Those that pairs puts together, in
// order, are changed.
func differ(gone, fresh []string, pairs []step) (out []Paragraph) {
	i, j := 0, 0
	upTo := func(a, b int) {
		for ; i < a; i++ {
			out = append(out, Paragraph{Op: Gone, Text: gone[i]})
		}
		for ; j < b; j++ {
			out = append(out, Paragraph{Op: New, Text: fresh[j]})
		}
	}
	for _, p := range pairs {
		upTo(p.a, p.b)
		out = append(out, Paragraph{Op: Changed, Pieces: pair(gone[i], fresh[j])})
		i, j = i+1, j+1
	}
	upTo(len(gone), len(fresh))
	return out
}

// match puts paragraphs together that are alike, in their order, so that they are as
// alike as can be in all. ok is false where there are too many to be held against
// each other.
func match(gone, fresh []string) (pairs []step, ok bool) {
	if len(gone) == 0 || len(fresh) == 0 {
		return nil, true
	}
	if len(gone)*len(fresh) > maxPairs {
		return nil, false
	}
	a, b := grams(gone), grams(fresh)
	score := make([][]float64, len(a)+1)
	how := make([][]float64, len(a)+1) // how alike a pair is, 0 for too little
	for i := range score {
		score[i], how[i] = make([]float64, len(b)+1), make([]float64, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			score[i][j] = max(score[i+1][j], score[i][j+1])
			if how[i][j] = a[i].like(&b[j]); how[i][j] >= alike {
				score[i][j] = max(score[i][j], how[i][j]+score[i+1][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch score[i][j] {
		case score[i+1][j]:
			i++
		case score[i][j+1]:
			j++
		default:
			pairs = append(pairs, step{i, j})
			i, j = i+1, j+1
		}
	}
	return pairs, true
}

// gramSet are the pairs of neighbouring characters of a paragraph, sorted.
type gramSet []uint64

func grams(paragraphs []string) []gramSet {
	out := make([]gramSet, len(paragraphs))
	for i, p := range paragraphs {
		var last rune
		for _, r := range p {
			out[i] = append(out[i], uint64(last)<<32|uint64(r))
			last = r
		}
		slices.Sort(out[i])
	}
	return out
}

// like is twice the share of pairs in common (Dice), from 0 to 1.
func (g *gramSet) like(o *gramSet) float64 {
	common, i, j := 0, 0, 0
	for i < len(*g) && j < len(*o) {
		switch {
		case (*g)[i] == (*o)[j]:
			common, i, j = common+1, i+1, j+1
		case (*g)[i] < (*o)[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(common) / float64(len(*g)+len(*o))
}
