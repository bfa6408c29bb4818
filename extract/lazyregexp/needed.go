package lazyregexp

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Needed returns texts one of which every match holds, nil where none are known: a
// search for them tells which lines are worth a try. Of several such sets it is the one
// that prose holds most seldom, where everyday are the characters most frequent in it.
// The pattern is analysed anew at each call, as Russ Cox did for Code Search
// (https://swtch.com/~rsc/regexp/regexp4.html), with whole texts in place of trigrams.
func (r *Regexp) Needed(everyday string) []string {
	re, err := syntax.Parse(r.source, syntax.Perl)
	if err != nil {
		return nil // its use panics
	}
	a := analysis{}
	for _, r := range everyday {
		a[r] = true
	}
	return a.fewest(a.texts(re).some)
}

// most is how many texts are told apart: with more, searching for them all takes
// longer than the pattern.
const most = 100

// analysis holds the characters of everyday prose.
type analysis map[rune]bool

// texts is what is known of the texts that an expression matches. A nil set is not
// known; an empty text in a set says nothing.
type texts struct {
	all          []string // every one
	starts, ends []string // each has one of these at its start, at its end
	some         []string // each holds one of these
}

var nothing = []string{""}

func exactly(all []string) texts { return texts{all: all, starts: all, ends: all, some: all} }

func (a analysis) texts(re *syntax.Regexp) texts {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return exactly(nothing)
	case syntax.OpLiteral:
		return a.literal(re)
	case syntax.OpCharClass:
		return class(re.Rune)
	case syntax.OpCapture:
		return a.texts(re.Sub[0])
	case syntax.OpConcat:
		return a.concat(re.Sub)
	case syntax.OpAlternate:
		return a.alternate(re.Sub)
	case syntax.OpQuest:
		if all := a.texts(re.Sub[0]).all; all != nil {
			return exactly(slices.Concat(all, nothing))
		}
	case syntax.OpPlus:
		return a.repeat(re.Sub[0], 1, -1)
	case syntax.OpRepeat:
		return a.repeat(re.Sub[0], re.Min, re.Max)
	}
	return texts{}
}

func (a analysis) literal(re *syntax.Regexp) texts {
	if re.Flags&syntax.FoldCase == 0 {
		return exactly([]string{string(re.Rune)})
	}
	out := exactly(nothing)
	for _, r := range re.Rune {
		cases := []string{string(r)}
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			cases = append(cases, string(f))
		}
		out = a.join(out, exactly(cases))
	}
	return out
}

// class takes pairs of the first and the last character of a range.
func class(ranges []rune) texts {
	var all []string
	for i := 0; i < len(ranges); i += 2 {
		if int(ranges[i+1]-ranges[i])+len(all) >= most {
			return texts{}
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			all = append(all, string(r))
		}
	}
	return exactly(all)
}

// repeat looks at the times that there are at least, and at no more of them than tell
// anything.
func (a analysis) repeat(re *syntax.Regexp, least, upTo int) texts {
	const enough = 4
	if least == 0 {
		return texts{}
	}
	one, out := a.texts(re), exactly(nothing)
	for range min(least, enough) {
		out = a.join(out, one)
	}
	if upTo != least || least > enough {
		out.all = nil
	}
	return out
}

func (a analysis) concat(subs []*syntax.Regexp) texts {
	out := exactly(nothing)
	for _, sub := range subs {
		out = a.join(out, a.texts(sub))
	}
	return out
}

// join is what is known of a text of before followed by one of after.
func (a analysis) join(before, after texts) texts {
	if all := crossed(before.all, after.all); all != nil {
		return exactly(all)
	}
	out := texts{starts: before.starts, ends: after.ends}
	if starts := crossed(before.all, after.starts); starts != nil {
		out.starts = starts
	}
	if ends := crossed(before.ends, after.all); ends != nil {
		out.ends = ends
	}
	out.some = a.seldom(before.some, after.some)
	out.some = a.seldom(out.some, across(before.ends, after.starts))
	return out
}

// across is what stands where the one ends and the other starts, of the ends and starts
// no more than can be told apart.
func across(ends, starts []string) []string {
	const longest = 3 // characters
	for n := longest; n > 0; n-- {
		e, s := cut(ends, -n), cut(starts, n)
		if len(e)*len(s) <= most {
			return crossed(e, s)
		}
	}
	return nil
}

// cut is the first n characters of each text, the last -n for n < 0, each once.
func cut(set []string, n int) []string {
	var out []string
	for _, text := range set {
		r := []rune(text)
		switch {
		case n >= 0:
			r = r[:min(n, len(r))]
		default:
			r = r[max(0, len(r)+n):]
		}
		if s := string(r); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// crossed is each text of the one with each of the other, nil for more than most.
func crossed(before, after []string) []string {
	if len(before)*len(after) > most {
		return nil
	}
	var out []string
	for _, b := range before {
		for _, a := range after {
			out = append(out, b+a)
		}
	}
	return out
}

func (a analysis) alternate(subs []*syntax.Regexp) texts {
	var each [4][]string
	known := [4]bool{true, true, true, true}
	for _, sub := range subs {
		t := a.texts(sub)
		for i, set := range [4][]string{t.all, t.starts, t.ends, t.some} {
			known[i] = known[i] && set != nil
			each[i] = append(each[i], set...)
		}
	}
	for i := range each {
		if !known[i] || i < 3 && len(each[i]) > most { // the last is not crossed
			each[i] = nil
		}
	}
	return texts{each[0], each[1], each[2], each[3]}
}

// seldom is the set of which prose holds texts more seldom; nil for none that tells
// anything.
func (a analysis) seldom(x, y []string) []string {
	switch {
	case len(y) == 0 || slices.Contains(y, ""):
		y = nil
		fallthrough
	case len(x) == 0 || slices.Contains(x, ""):
		if len(x) == 0 || slices.Contains(x, "") {
			return y
		}
		return x
	}
	switch {
	case within(x, y):
		return y
	case within(y, x):
		return x
	case a.often(y) < a.often(x):
		return y
	}
	return x
}

// within tells whether every text of the long holds one of the short, so that the long
// are found more seldom, whatever the characters.
func within(short, long []string) bool {
	return !slices.ContainsFunc(long, func(text string) bool {
		return !slices.ContainsFunc(short, func(part string) bool { return strings.Contains(text, part) })
	})
}

// often is about how often a character of prose begins one of the texts. Everyday
// characters stand together in set phrases: the third of a row says little more.
func (a analysis) often(set []string) float64 {
	const everyday, more, ideographs, opening, others, syllables = 1.0 / 12, 1.0 / 3, 1.0 / 60, 1.0 / 100, 1.0 / 1000, 1.0 / 10000
	sum := 0.0
	for _, text := range set {
		if isSyllable(text) {
			sum += syllables
			continue
		}
		once, row := 1.0, 0
		for i, r := range text {
			if !a[r] {
				row = 0
			}
			switch {
			case r == '（' && i+utf8.RuneLen(r) < len(text):
				once *= opening // mostly a number stands behind it
			case a[r]:
				if row++; row <= 2 {
					once *= everyday
				} else {
					once *= more
				}
			case unicode.Is(unicode.Han, r):
				once *= ideographs
			default:
				once *= others
			}
		}
		sum += once
	}
	return sum
}

// isSyllable reports whether a text is of so few small letters that addresses hold it.
func isSyllable(text string) bool {
	const longest = 3
	return len(text) <= longest && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") == ""
}

// fewest cuts the texts as short as they can be and still be seldom, so that many are
// one.
func (a analysis) fewest(set []string) []string {
	const (
		seldom  = 2e-5 // once in hundreds of lines
		longest = 6    // characters
	)
	best := shortest(set)
	for n := 2; n <= longest; n++ {
		for _, cut := range [][]string{shortest(cut(set, n)), shortest(cut(set, -n))} {
			if len(cut) < len(best) && a.often(cut) <= seldom {
				best = cut
			}
		}
	}
	return best
}

// shortest leaves out the texts that hold another one.
func shortest(set []string) []string {
	set = slices.Clone(set)
	slices.SortFunc(set, func(a, b string) int { return len(a) - len(b) })
	var out []string
	for _, text := range set {
		if !slices.ContainsFunc(out, func(short string) bool { return strings.Contains(text, short) }) {
			out = append(out, text)
		}
	}
	return out
}
