package lazyregexp

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// look is what a text needs for a match, as far as that is told at a glance. Most texts
// that are tried lack it, and the pattern costs ten to a hundred times as much.
type look struct {
	first, last *runes // what the text begins and ends with; nil for anything
	some        *runes // one of which it holds; nil where none is known
}

func newLook(source string) look {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return look{} // its use panics
	}
	m, l := matchesOf(re), look{}
	if m.empty {
		return l
	}
	if m.begins {
		l.first = newRunes(m.first)
	}
	if m.ends {
		l.last = newRunes(m.last)
	}
	l.some = newRunes(m.some)
	return l
}

// may tells that s may hold a match.
func (l *look) may(s string) bool {
	if l.first != nil {
		if r, _ := utf8.DecodeRuneInString(s); !l.first.has(r) {
			return false
		}
	}
	if l.last != nil {
		if r, _ := utf8.DecodeLastRuneInString(s); !l.last.has(r) {
			return false
		}
	}
	return l.some == nil || l.some.in(s)
}

// runes is a set of a few characters.
type runes struct {
	marks [4]uint64 // a bit for the low byte of each
	list  []rune
}

// newRunes is nil for nil.
func newRunes(list []rune) *runes {
	if list == nil {
		return nil
	}
	out := &runes{list: list}
	for _, r := range list {
		out.marks[r/64%4] |= 1 << (r % 64)
	}
	return out
}

func (c *runes) has(r rune) bool {
	return c.marks[r/64%4]&(1<<(r%64)) != 0 && slices.Contains(c.list, r)
}

// in tells that s holds one of them.
func (c *runes) in(s string) bool {
	if len(c.list) == 1 {
		return strings.ContainsRune(s, c.list[0])
	}
	return strings.ContainsFunc(s, c.has)
}

// matches is what is known of an expression's matches. A nil set is not known.
type matches struct {
	first, last []rune // of those that are not empty
	some        []rune // each holds one of these
	empty       bool   // one may be empty
	begins      bool   // each is at the start of the text
	ends        bool   // each is at its end
}

func matchesOf(re *syntax.Regexp) matches {
	none := []rune{}
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginText, syntax.OpEndText:
		return matches{first: none, last: none, empty: true, begins: re.Op == syntax.OpBeginText, ends: re.Op == syntax.OpEndText}
	case syntax.OpLiteral:
		return allOf(re.Rune, func(r rune) matches { return one(cases(r, re.Flags)) }, matches.then)
	case syntax.OpCharClass:
		return one(members(re.Rune))
	case syntax.OpCapture, syntax.OpPlus:
		return matchesOf(re.Sub[0])
	case syntax.OpConcat:
		return allOf(re.Sub, matchesOf, matches.then)
	case syntax.OpAlternate:
		return allOf(re.Sub, matchesOf, matches.or)
	case syntax.OpStar, syntax.OpQuest, syntax.OpRepeat:
		m := matchesOf(re.Sub[0])
		if re.Op != syntax.OpRepeat || re.Min == 0 {
			m = matches{first: m.first, last: m.last, empty: true}
		}
		return m
	}
	return matches{}
}

// allOf is what is known of the parts, put together.
func allOf[T any](parts []T, of func(T) matches, join func(a, b matches) matches) matches {
	out := of(parts[0])
	for _, part := range parts[1:] {
		out = join(out, of(part))
	}
	return out
}

// one is a single character of the set.
func one(set []rune) matches { return matches{first: set, last: set, some: set} }

// then is a match of m with one of n behind it.
func (m matches) then(n matches) matches {
	out := matches{first: m.first, last: n.last, some: m.some, empty: m.empty && n.empty, begins: m.begins, ends: n.ends}
	if m.empty {
		out.first = union(m.first, n.first)
	}
	if n.empty {
		out.last = union(m.last, n.last)
	}
	if m.some == nil || n.some != nil && often(n.some) < often(m.some) {
		out.some = n.some
	}
	return out
}

// or is a match of m or one of n.
func (m matches) or(n matches) matches {
	return matches{
		first: union(m.first, n.first), last: union(m.last, n.last), some: union(m.some, n.some),
		empty: m.empty || n.empty, begins: m.begins && n.begins, ends: m.ends && n.ends,
	}
}

// few is how many characters a set has at most: of more, a text holds one.
const few = 64

func union(a, b []rune) []rune {
	if a == nil || b == nil {
		return nil
	}
	out := slices.Clip(a)
	for _, r := range b {
		if !slices.Contains(a, r) {
			out = append(out, r)
		}
	}
	if len(out) > few {
		return nil
	}
	return out
}

// members are the characters of a class, given as the first and last of each range.
func members(ranges []rune) []rune {
	var out []rune
	for i := 0; i < len(ranges); i += 2 {
		if int(ranges[i+1]-ranges[i])+len(out) >= few {
			return nil
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			out = append(out, r)
		}
	}
	return out
}

// cases are the characters that count as r.
func cases(r rune, flags syntax.Flags) []rune {
	out := []rune{r}
	for f := unicode.SimpleFold(r); flags&syntax.FoldCase != 0 && f != r; f = unicode.SimpleFold(f) {
		out = append(out, f)
	}
	return out
}

// often is about how often a text holds one of the set.
func often(set []rune) int {
	const everyday, digits, others = 50, 10, 1
	sum := 0
	for _, r := range set {
		switch {
		case strings.ContainsRune("，。、的年公开信息政府工作", r):
			sum += everyday
		case '0' <= r && r <= '9':
			sum += digits
		default:
			sum += others
		}
	}
	return sum
}
