package claims

import (
	"slices"

	"nianbao/convert/glance"
)

// Sentence is one sentence with what it says in figures.
type Sentence struct {
	// Section is the index of the chapter, Line that of its paragraph.
	Section, Line int
	// Text is the sentence folded: half-width digits, no spaces. Runes is the
	// same as runes; all offsets of figures are into it.
	Text  string
	Runes []rune
	// Start and End are rune offsets of the sentence in the chapter's text.
	Start, End int
	// Lead is the heading the sentence stands under: the beginning of its
	// paragraph, or the short paragraph before it.
	Lead string
	// Figures are all numbers with a unit, and those that a comma or stop ends,
	// in order.
	Figures []Figure
	// Breakdowns are the totals of the sentence with their parts.
	Breakdowns []Breakdown
	// First and Last delimit the claims of the sentence in Reading.Claims, Last
	// exclusive.
	First, Last int
	year        int
	at          []int
	bytes       []int32 // where each rune begins in the line's text, and where the last ends
	// seen and lead are Text and Lead, looked at once.
	seen, lead *glance.Text
}

// Span is the text between two offsets into Runes; it is empty where the second is not behind
// the first: words between two figures that overlap.
func (s *Sentence) Span(from, to int) string {
	if to <= from {
		return ""
	}
	return s.Text[s.bytes[from]-s.bytes[0] : s.bytes[to]-s.bytes[0]]
}

// Says reports whether the sentence holds one of the words.
func (s *Sentence) Says(words ...string) bool { return s.seen.Has(words...) }

// SaysIn reports whether a part of the sentence's text holds one of the words.
func (s *Sentence) SaysIn(part string, words ...string) bool { return s.seen.HasIn(part, words...) }

// Figure is one number of a sentence.
type Figure struct {
	Number
	// Unit is the measure word, "%" or "元"; empty where the number stands alone.
	Unit string
	kind unitKind
	// Start and End delimit number and unit in Sentence.Runes; Clause is where
	// the words before it start, behind the figure or punctuation before.
	Start, End, Clause int
	// Label are the words before the figure in its clause, without those that
	// only introduce a number (共, 为, 达). Where nothing is left, the words of the
	// clause before.
	Label string
	// Raw are the words before the figure as printed.
	Raw string
	// Tail are the words behind the figure up to the next punctuation or figure.
	Tail string
	// Sep is the punctuation before the clause; 0 at the start or where the
	// clause follows a figure directly.
	Sep rune
	// Depth counts the brackets the figure stands in.
	Depth int
	// Compound says that Label is the last of a list (予以公开、部分公开共3件).
	Compound bool
	// Became: the figure is what one of the year before became; Label is that one's.
	Became bool
	// Former: the figure behind says what this one became.
	Former bool
	// Paired: Label is the item of a list that this figure has (A、B分别为3件、5件).
	Paired bool
	// Approx: about that size. Floor: at least that (达, 超过, 以上).
	Approx, Floor bool
	// Change: an increase or decrease, not a figure of its own.
	Change bool
	Scope  Scope
}

// IsCount reports whether the figure counts something, or has no unit.
func (f *Figure) IsCount() bool { return f.kind == countUnit || f.kind == noUnit }

// IsPercent reports whether the figure is a percentage.
func (f *Figure) IsPercent() bool { return f.kind == percentUnit }

// IsMoney reports whether the figure is an amount in 元.
func (f *Figure) IsMoney() bool { return f.kind == moneyUnit }

// Exact reports whether the figure is an exact one.
func (f *Figure) Exact() bool { return !f.Approx && !f.Floor && !f.Loose }

// Longer sentences, and those with more figures, are cut at the next comma: no
// person wrote them, and figures of one sentence are compared with each other.
const (
	maxSentence = 1000 // characters
	maxNumbers  = 120
)

// sentences splits a folded paragraph.
func (l *line) sentences() []Sentence {
	var out []Sentence
	from, numbers := 0, 0
	for i := 0; i <= len(l.runes); i++ {
		if i < len(l.runes) && (!isStop(l.runes[i]) || at(l.runes, i+1) == '）' && slices.Contains(l.runes[from:i], '（')) { // （…6件。），
			if isNumeral(l.runes[i]) && (i == 0 || !isNumeral(l.runes[i-1])) {
				numbers++
			}
			long := i-from > maxSentence || numbers > maxNumbers
			if !long || !isBreak(l.runes[i]) && i-from < 2*maxSentence && numbers < 2*maxNumbers {
				continue
			}
		}
		numbers = 0
		end := min(i+1, len(l.runes))
		if end > from {
			s := Sentence{Runes: l.runes[from:end], Text: l.span(from, end), at: l.at[from:end], bytes: l.bytes[from : end+1]}
			seen := glance.At(s.Text)
			s.seen = &seen
			s.Start, s.End = s.at[0], s.at[len(s.at)-1]+1
			out = append(out, s)
		}
		from = end
	}
	return out
}

// isNumeral reports what a number may begin with.
func isNumeral(r rune) bool {
	return r < 1<<16 && numerals[r>>6]&(1<<(r&63)) != 0
}

// numerals has a bit for each rune that a number may begin with.
var numerals = func() (bits [1 << 10]uint64) {
	for r := rune(0); r < 1<<16; r++ {
		if isDigit(r) || isHanDigit(r) || isHanUnit(r) != 0 {
			bits[r>>6] |= 1 << (r & 63)
		}
	}
	return bits
}()

// Place is the rune range of a part of the sentence in the chapter's text.
func (s *Sentence) Place(from, to int) (start, end int) {
	if from >= to || to > len(s.at) {
		return s.Start, s.End
	}
	return s.at[from], s.at[to-1] + 1
}
