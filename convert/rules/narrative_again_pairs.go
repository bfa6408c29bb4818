package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// What is told with another figure beside it is told again with the same one: 专题学习6次，参加人员310人次. …通过6次专题
// 学习、300人次参加. Where one of two figures side by side comes again by its name, the other is the same, too.

// beside is two figures of a sentence side by side, the first by its place.
type beside struct{ sentence, figure int }

// comparePairs compares figures side by side that are told again.
func (c *context) comparePairs(v *verdict) {
	var list []beside
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		for k := 0; k+1 < len(s.Figures); k++ {
			if f, g := &s.Figures[k], &s.Figures[k+1]; tellsCount(f) && tellsCount(g) && f.Unit != g.Unit && !strings.Contains(s.Span(f.End, g.Start), "；") {
				list = append(list, beside{i, k})
			}
		}
	}
	for i, a := range list {
		for _, b := range list[i+1 : min(len(list), i+1+mostTold)] {
			if a.sentence != b.sentence && c.comparePair(a, b, v) {
				return
			}
		}
	}
}

// tellsCount reports whether a figure is a plain count of the year.
func tellsCount(f *claims.Figure) bool {
	return f.Exact() && f.IsCount() && f.Unit != "" && f.Depth == 0 && !f.Change && !f.Han && !f.Scope.Partial && f.Value.Sign() > 0
}

// comparePair compares two pairs of figures; done where it objects.
func (c *context) comparePair(a, b beside, v *verdict) (done bool) {
	x, y := &c.said.Sentences[a.sentence], &c.said.Sentences[b.sentence]
	first := [2]*claims.Figure{&x.Figures[a.figure], &y.Figures[b.figure]}
	second := [2]*claims.Figure{&x.Figures[a.figure+1], &y.Figures[b.figure+1]}
	if first[0].Unit != first[1].Unit || second[0].Unit != second[1].Unit {
		return false
	}
	same, other := first, second
	if first[0].Value.Cmp(first[1].Value) != 0 {
		same, other = second, first
	}
	if same[0].Value.Cmp(same[1].Value) != 0 || other[0].Value.Cmp(other[1].Value) == 0 {
		return false
	}
	const least, sure = 2, 4 // characters that both names have
	shared := sharedName(x, y, same)
	named := sharedName(x, y, other)
	people := strings.ContainsAny(other[0].Unit, "人名") && same[0].Unit != "个" && same[0].Unit != "家"
	slip := slipOfDigits(other[0].Value.RatString(), other[1].Value.RatString())
	switch {
	case shared < least, !people && named < least:
		return false
	case slip == unlikely && (named < sure || !isRare(same[0])), slip == near && shared < sure && named < sure:
		return false
	case !isRare(same[0]) && shared < sure:
		return false
	}
	p, q := c.claimOf(x, other[0]), c.claimOf(y, other[1])
	if p == nil || q == nil || !c.calledAlike(c.claimOf(x, same[0]), c.claimOf(y, same[1])) || p.Scope.OtherYear != q.Scope.OtherYear && slip != surely || c.explained(p, q) {
		return false
	}
	found := c.twice(p, q)
	if slices.ContainsFunc(v.faults, func(told fault) bool {
		return told.place == found.place || told.actual == found.actual && told.expected == found.expected
	}) {
		return false
	}
	v.fail(found)
	return true
}

// calledAlike reports whether two claims are of one body, and the name of one is in the other's: 专题学习 and 新条例专题学习,
// not 疫情防控专栏 and 招生考试专栏.
func (c *context) calledAlike(x, y *claims.Claim) bool {
	if x == nil || y == nil {
		return false
	}
	a, named := c.tellingOf(x)
	b, ok := c.tellingOf(y)
	if !named || !ok || !c.sameHolder(&a.retold, &b.retold) {
		return false
	}
	d := differenceOf(a.own, b.own)
	return len(c.weighty(d.more)) == 0 || len(c.weighty(d.less)) == 0
}

// behindOthers reports whether two figures of little name stand directly behind figures, in one unit, of two things:
// 疫情防控专栏1个，发布信息120条 and 招生考试专栏1个，发布信息150条.
func (c *context) behindOthers(a, b *telling) bool {
	i, k := a.claim.Figure-1, b.claim.Figure-1
	if a.s == b.s || i < 0 || k < 0 || !isVague(a.own) || !isVague(b.own) || a.s.Figures[i].Unit != b.s.Figures[k].Unit || a.s.Figures[i].Unit == a.figure.Unit || sameNumber(&a.s.Figures[i], &b.s.Figures[k]) {
		return false
	}
	x, y := c.claimAt(a.s, i), c.claimAt(b.s, k)
	return x != nil && y != nil && tellsCount(&a.s.Figures[i]) && tellsCount(&b.s.Figures[k]) && !c.calledAlike(x, y)
}

// sharedName is how many characters in a row the words around two figures have in common.
func sharedName(x, y *claims.Sentence, of [2]*claims.Figure) int {
	around := func(s *claims.Sentence, f *claims.Figure) []rune {
		return []rune(nameAdded.Replace(trimCount(f.Raw)) + "\n" + behindFigure(s, f))
	}
	_, _, n := longestRun(around(x, of[0]), around(y, of[1]))
	return n
}
