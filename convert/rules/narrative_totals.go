package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// Figures that differ since the one is the sum of others, the other one of these.

// sumsOther reports whether one figure is what others in the sentence of the other come to: 13件建议和18件
// 提案, 31件建议提案; 收到1380件，除11件在办, 办结1369件.
func (c *context) sumsOther(a, b *telling) bool {
	is := func(x *big.Rat) bool { return x.Cmp(b.figure.Value) == 0 }
	for k := range a.s.Figures {
		f := &a.s.Figures[k]
		if f == a.figure || f.Change || !claims.SameUnit(f, a.figure) || f.Value.Sign() == 0 {
			continue
		}
		if k > a.claim.Figure && partOfSame(a, b, f) {
			continue
		}
		beside := (k == a.claim.Figure-1 || k == a.claim.Figure+1) && !sameOwn(a, b)
		if beside && is(new(big.Rat).Add(a.figure.Value, f.Value)) || strings.HasPrefix(f.Raw, "除") && is(new(big.Rat).Sub(a.figure.Value, f.Value)) {
			return true
		}
		for n := k + 1; n < len(a.s.Figures); n++ {
			if g := &a.s.Figures[n]; !g.Change && claims.SameUnit(g, f) && g.Raw == f.Raw && f.Raw != "" && is(new(big.Rat).Add(f.Value, g.Value)) {
				return true // 建议43件（主办18件）、提案29件（主办15件）
			}
		}
	}
	return false
}

// sameOwn reports whether two figures, each beside another of their unit, have the same name, and one
// that says something: the one is then no sum in which the other is, as 提案2件 and 提案3件 beside 建议1件.
func sameOwn(a, b *telling) bool {
	return len(a.own) > 1 && a.acts&b.acts != 0 && string(a.own) == string(b.own) && !isVague(a.own) && a.besideUnit() && b.besideUnit()
}

// tellsAsPart reports whether the first figure is a total of which the sentence tells the other as a
// part, by its number: 提案17件 and 承办建议提案27件，其中建议8件、提案17件.
func tellsAsPart(a, b *telling) bool {
	return string(a.own) != string(b.own) && slices.ContainsFunc(a.s.Breakdowns, func(x claims.Breakdown) bool {
		return !x.Previous && x.Total == a.claim.Figure && slices.ContainsFunc(x.Parts, func(k int) bool { return sameNumber(&a.s.Figures[k], b.figure) })
	})
}

// partOfSame reports whether a figure is a part of the first of two of one name, and so adds nothing to
// it: 参加发布会4场，其中主发布1场.
func partOfSame(a, b *telling, f *claims.Figure) bool {
	return strings.HasPrefix(f.Raw, "其中") && a.acts == b.acts && string(a.own) == string(b.own)
}

func (t *telling) besideUnit() bool {
	for _, k := range []int{t.claim.Figure - 1, t.claim.Figure + 1} {
		if k >= 0 && k < len(t.s.Figures) && t.s.Figures[k].Unit == t.figure.Unit {
			return true
		}
	}
	return false
}

// listsSum reports whether the figures told in a row with one come to the other: 公开信息500条。网站公开
// 120条、公众号公开380条.
func listsSum(a, b *telling) bool {
	figures := a.s.Figures
	sum := new(big.Rat)
	for from := a.claim.Figure; from >= 0 && figures[from].Unit == a.figure.Unit && !figures[from].Change; from-- {
		sum.SetInt64(0)
		for k := from; k < len(figures) && figures[k].Unit == a.figure.Unit && !figures[k].Change && (k == from || !partOfSame(a, b, &figures[k])); k++ {
			if sum.Add(sum, figures[k].Value); k > a.claim.Figure && sum.Cmp(b.claim.Value) == 0 || k == a.claim.Figure && from < k && sum.Cmp(b.claim.Value) == 0 {
				return true
			}
		}
	}
	return false
}

// ofOtherTotal reports whether two figures are parts of totals that differ: 受理95件，其中自然人89件 and
// 答复98件，其中自然人92件.
func (c *context) ofOtherTotal(x, y *claims.Claim) bool {
	a, b := c.totalOf(x), c.totalOf(y)
	return a != nil && b != nil && a.Cmp(b) != 0
}

// totalOf is the total that a figure is a part of, nil where it is of none.
func (c *context) totalOf(x *claims.Claim) *big.Rat {
	if x.Figure < 0 {
		return nil
	}
	s := c.sentence(x)
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		if slices.Contains(b.Parts, x.Figure) {
			if t := b.TotalOf(s, c.before(x.Sentence)); t != nil {
				return t.Value
			}
		}
	}
	return nil
}
