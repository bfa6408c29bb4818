package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// judgeNext judges an account that a full stop parts: 全年新收29件，无上年结转。办结27件，
// 结转下年度3件. The second sentence begins with what was settled, and receives nothing.
func (c *context) judgeNext(index int, v *verdict) {
	s, before := &c.said.Sentences[index], c.before(index)
	if len(s.Figures) == 0 {
		return
	}
	noneBetween := before != nil && len(before.Figures) == 0 && c.noneCarried(before) // 新收58件。上年无未办结件。已办结55件
	if noneBetween && index > 1 {
		before = c.before(index - 1)
	}
	if before == nil || before.Section != s.Section || before.Line != s.Line || len(before.Figures) == 0 {
		return
	}
	first := &s.Figures[0]
	if c.leftOver(before, s, v) {
		return
	}
	if !containsAny(first.Raw+first.Tail, "结", "复", "毕") || c.firstIntake(s) != nil {
		return
	}
	var a *account
	c.eachAccount(before, func(x *account) { a = x })
	if over := a.carried; a.received == nil && a.done == nil && len(over) > 0 && index > 1 { // 新收31件。上年结转2件。办结29件
		if first := c.before(index - 1); first.Section == s.Section && first.Line == s.Line {
			before = first
			c.eachAccount(before, func(x *account) { a = x })
			if a.carried = append(a.carried, over...); a.received == nil || len(a.carried) > len(over) {
				return
			}
		}
	}
	if a.received == nil || a.received.Unit != first.Unit || a.done != nil || a.forward != nil || a.pending != nil || a.unclear || a.elsewhen || c.isBranch(before, a.received) {
		return
	}
	none := a.none || noneBetween || c.noneCarried(s) || c.noneBehind(index) || hasAnySuffix(trimCount(a.received.Label), []string{"提案", "建议"}) // of deputies, answered within the year
	next, ok := c.settledIn(s, a.received)
	if !ok {
		return
	}
	in := new(big.Rat).Set(a.received.Value)
	words := sayingFigure(a.received)
	for _, f := range a.carried {
		if !a.included && f.Unit == a.received.Unit {
			in.Add(in, f.Value)
			words += "、" + sayingFigure(f)
		}
	}
	out, said := new(big.Rat), ""
	for _, f := range []*claims.Figure{next.done, next.late, next.pending, next.forward} {
		if f != nil && (f != next.forward || next.pending == nil || f.Value.Cmp(next.pending.Value) != 0) {
			out.Add(out, f.Value)
			said = strings.TrimPrefix(said+"、"+sayingFigure(f), "、")
		}
	}
	exact := (len(a.carried) > 0 || none || ofThese(s)) && a.others == 0 && (next.forward != nil || next.pending != nil && (next.rest || ofThese(s))) && !containsAny(before.Text+s.Text, "撤", "不予受理", "转办", "移交", "退", "另", "不属")
	whole := a.earlier
	switch order := out.Cmp(in); {
	case order == 0, order < 0 && !exact, order > 0 && whole != nil && (!a.accepted || len(a.carried) == 0) && out.Cmp(whole.Value) <= 0, order > 0 && a.more != nil:
		v.pass()
		return
	case order > 0 && len(a.carried) == 0 && !none && !ofThese(s) && (!slipOf(out.RatString(), in.RatString()) || c.mayHaveCarried(before, a, out, in) || c.mayHaveCarried(s, a, out, in)):
		return // 受理512件。办结531件。: of older ones as well, perhaps
	}
	x, y := c.claimOf(before, a.received), c.claimOf(s, next.done)
	if x != nil && y != nil {
		v.fail(c.unbalanced(flow{x, words, in}, flow{y, said, out}))
	}
}

// isBranch reports whether a figure is what some received of all that was: 收到1284件，其中各县收到470件.
func (c *context) isBranch(s *claims.Sentence, f *claims.Figure) bool {
	return slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool {
		return !b.Previous && slices.ContainsFunc(b.Parts, func(k int) bool { return &s.Figures[k] == f }) && c.roleOf(&s.Figures[b.Total], nil, false) == intake
	})
}

// leftOver judges a sentence that tells of more received and not settled, behind one that says
// that all received was: 收到申请6件，均已办结。另有2件本年度收到的申请结转下年.
func (c *context) leftOver(before, s *claims.Sentence, v *verdict) bool {
	f := &s.Figures[0]
	if !startsWithAny(f.Raw, "另有", "另外有", "还有", "尚有", "仍有") || !ofReceived.MatchString(f.Tail) || !strings.Contains(f.Tail, "当年") && !strings.Contains(f.Tail, "本年") ||
		!containsAny(s.Text, pendingWords...) && !containsAny(s.Text, nextWords...) && !c.nextYearIn(s.Text) || !f.Exact() || f.Value.Sign() == 0 {
		return false
	}
	var a *account
	c.eachAccount(before, func(x *account) { a = x })
	if a.received == nil || a.received.Unit != f.Unit || a.done != nil || a.unclear || a.elsewhen || len(a.carried) > 0 || a.others > 0 || !allSettled.MatchString(before.Span(a.received.End, len(before.Runes))) || strings.Contains(before.Text, "除") {
		return false
	}
	out := new(big.Rat).Add(a.received.Value, f.Value)
	if x, y := c.claimOf(before, a.received), c.claimOf(s, f); x != nil && y != nil {
		v.fail(c.unbalanced(flow{x, sayingFigure(a.received), a.received.Value}, flow{y, "“全部办结”" + a.received.Printed + a.received.Unit + "、" + sayingFigure(f), out}))
	}
	return true
}

// ofThese reports whether the sentence tells nothing but what became of what was told before it:
// 其中按期办结4件，正在办理1件.
func ofThese(s *claims.Sentence) bool {
	return strings.HasPrefix(s.Text, "其中") && strings.Count(s.Text, "其中") == 1 && !strings.Contains(s.Text, "；")
}

// settledIn reads a sentence that only tells what became of what was received before it; ok is
// false where it tells anything else in the same unit, or not plainly.
func (c *context) settledIn(s *claims.Sentence, received *claims.Figure) (a account, ok bool) {
	for k := range s.Figures {
		f := &s.Figures[k]
		if !mayMove(s, k) || f.Unit != received.Unit {
			continue
		}
		r := c.roleIn(s, f, received, a.done != nil)
		if from := clauseStart(s.Runes, f.Start); k == 0 && (r != settled || from > 0 && untilWords.ReplaceAllString(s.Span(0, from), "") != "") {
			return a, false
		}
		switch r {
		case settled, pending, forward:
			if !f.Exact() || f.Scope.OtherYear && r == settled || f.Scope.Unsure || f.Scope.Partial || f.Scope.Cumulative || f.Scope.Area != received.Scope.Area {
				return a, false
			}
			a.add(s, f, r)
		case noRole:
			if a.done == nil {
				return a, false
			}
			// a part of what was settled, or something else
		case intake, fromBefore, subtotal:
			return a, false
		}
	}
	return a, a.done != nil && !a.unclear && (!s.Says("其中", "；") || ofThese(s)) || a.done != nil && !a.unclear && a.forward != nil
}

// noneBehind reports whether the sentence behind says that nothing was carried over.
func (c *context) noneBehind(index int) bool {
	if index+1 >= len(c.said.Sentences) {
		return false
	}
	s, next := &c.said.Sentences[index], &c.said.Sentences[index+1]
	return next.Section == s.Section && next.Line == s.Line && len(next.Figures) == 0 && c.noneCarried(next)
}

// claimOf is the claim of a figure of the sentence.
func (c *context) claimOf(s *claims.Sentence, f *claims.Figure) *claims.Claim {
	for k := range s.Figures {
		if &s.Figures[k] == f {
			return c.claimAt(s, k)
		}
	}
	return nil
}
