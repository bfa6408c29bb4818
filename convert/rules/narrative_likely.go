package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// acts are the decisions of chapter 二.
var acts = []claims.Subject{claims.Licensing, claims.Penalties, claims.Compulsion}

// compareLikely compares a claim whose words leave its subject likely: it is in conflict
// only where its number is that of the table with a slip of the hand. Of decisions that
// were shown somewhere a second one of the sentence has to be that of the table as well.
func (c *context) compareLikely(x *claims.Claim, v *verdict) {
	as := *x
	as.Subject = x.Likely
	if slices.Contains(acts, as.Subject) && (!c.besideAct(x) || containsAny(c.sentence(x).Text, "另", "除", "不予", "未", "不宜")) {
		return // 另有1件不予公示
	}
	var first *found
	for _, m := range c.meanings(&as) {
		f, ok := c.read(m)
		if !ok || f.blank != nil {
			return
		}
		if agrees(&as, f.sum) {
			v.pass()
			return
		}
		if first == nil {
			first = &f
		}
	}
	if first != nil && first.sum.IsInt() && (c.plainlyForward(&as) || slipOf(x.Value.RatString(), first.sum.RatString())) {
		v.fail(c.conflict(x, first))
	}
}

// plainlyForward reports whether applications are said to be carried into the next year, which
// nothing but the last row of the table tells, though not that they are for information.
func (c *context) plainlyForward(x *claims.Claim) bool {
	if x.Subject != claims.CarriedForward || x.Figure < 0 || c.ofPart(x) || c.partOfOther(x) {
		return false
	}
	s := c.sentence(x)
	behind := s.Span(s.Figures[x.Figure].End, len(s.Runes))
	return startsWithAny(behind, "申请") && strings.Contains(behind, "结转") && (c.nextYearIn(behind) || containsAny(behind, nextWords...)) && c.keyOf(s.Section) != "other_matters"
}

// besideAct reports whether another figure of the sentence is a number of decisions that the
// table has.
func (c *context) besideAct(x *claims.Claim) bool {
	s := c.sentence(x)
	const many = 10
	for i := s.First; i < s.Last; i++ {
		y := c.said.Claims[i]
		if y.Subject == claims.None {
			y.Subject = y.Likely
		}
		if !slices.Contains(acts, y.Subject) || y.From == x.From || y.Value.Cmp(big.NewRat(many, 1)) < 0 {
			continue
		}
		for _, m := range c.meanings(&y) {
			if f, ok := c.read(m); ok && f.blank == nil && agrees(&y, f.sum) {
				return true
			}
		}
	}
	return false
}

// slipOf reports whether one number of two digits and more is the other with a slip of the
// hand: one digit is another, or two neighbours changed places.
func slipOf(a, b string) bool {
	const least = 2
	if len(a) != len(b) || len(a) < least {
		return false
	}
	first, last, differ := -1, -1, 0
	for i := range len(a) {
		if a[i] == b[i] {
			continue
		}
		if differ++; first < 0 {
			first = i
		}
		last = i
	}
	const whole = 3
	if x, y := []byte(a), []byte(b); len(a) >= whole && differ > 0 {
		slices.Sort(x)
		slices.Sort(y)
		if string(x) == string(y) {
			return true // 213 of 312
		}
	}
	return differ == 1 || differ == 2 && last == first+1 && a[first] == b[last] && a[last] == b[first]
}
