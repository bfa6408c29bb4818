package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// mistypedRate is the pair that a rate follows from but for a slip of the hand, where its name or the figure
// directly before it tells which are meant, though not that nothing else can be: 实际公开74个。其中按期公开的72个，占实际公开数
// 的93.7%; 主动公开61份、…。主动公开率42.6%; 被申请行政复议37件，纠正5件，纠错率15.13%. None of those that may be
// meant gives the rate.
func (c *context) mistypedRate(index, k int, known []pair) (pair, bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	const digits = 3
	if p.Approx || len(strings.ReplaceAll(p.Printed, ".", "")) < digits {
		return pair{}, false
	}
	candidates := slices.Concat(c.calledAfter(index, k), c.correctedOf(s, k), c.nearestPart(index, k))
	if namedRate.MatchString(p.Raw) && len(known) == 1 {
		candidates = append(candidates, known[0])
	}
	if slices.ContainsFunc(candidates, func(q pair) bool { return fits(p, q.value) }) || c.explainedRate(index, k) {
		return pair{}, false
	}
	for _, q := range candidates {
		if slipOfRate(p, q.value, false) {
			q.plain = true
			return q, true
		}
	}
	return pair{}, false
}

// namedRate is what a rate is called.
var namedRate = lazyregexp.New(`^[，；：]?(?:其中)?\p{Han}{2,8}率(?:为|达到?|是)?$`)

// calledAfter are the parts, in the sentence and the one before, that the rate is called after, with
// their totals.
func (c *context) calledAfter(index, k int) (out []pair) {
	s := &c.said.Sentences[index]
	name, _, ok := strings.Cut(strings.TrimLeft(s.Figures[k].Raw, "，；："), "率")
	if !ok || len([]rune(name)) < 2 {
		return nil
	}
	for _, from := range []*claims.Sentence{s, c.before(index)} {
		if from == nil || from.Section != s.Section {
			continue
		}
		for i := range from.Breakdowns {
			b := &from.Breakdowns[i]
			if b.Previous {
				continue
			}
			for _, n := range b.Parts {
				if part := &from.Figures[n]; strings.TrimPrefix(part.Raw, "其中") == name && operand(part) && operand(&from.Figures[b.Total]) {
					out = append(out, newPair(part, &from.Figures[b.Total]))
				}
			}
		}
	}
	return out
}

// correctedOf are the reviews that were corrected, of all and of those decided.
func (c *context) correctedOf(s *claims.Sentence, k int) (out []pair) {
	if !containsAny(s.Figures[k].Raw, "纠错率", "纠正率") {
		return nil
	}
	var all, corrected, pending *claims.Figure
	for i := s.First; i < s.Last; i++ {
		x := &c.said.Claims[i]
		if x.Figure < 0 || x.Figure > k {
			continue
		}
		switch f := &s.Figures[x.Figure]; x.Subject {
		case claims.Reconsideration:
			all = f
		case claims.ReconCorrected:
			corrected = f
		case claims.ReconPending:
			pending = f
		default:
		}
	}
	if all == nil || corrected == nil || !operand(all) || !operand(corrected) {
		return nil
	}
	out = append(out, newPair(corrected, all))
	if pending != nil && pending.Value.Cmp(all.Value) < 0 {
		q := newPair(corrected, all)
		q.value = hundredth(corrected.Value, new(big.Rat).Sub(all.Value, pending.Value))
		out = append(out, q)
	}
	return out
}

// nearestPart is the figure directly before a share, of what the sentence before counts in its unit where
// that is one number only and the share names it: 占实际公开数的.
func (c *context) nearestPart(index, k int) (out []pair) {
	s, before := &c.said.Sentences[index], c.before(index)
	p := &s.Figures[k]
	if k == 0 || before == nil || before.Section != s.Section || !strings.HasPrefix(strings.TrimLeft(p.Raw, "，"), "占") {
		return nil
	}
	part := &s.Figures[k-1]
	if !operand(part) || part.Change || p.Clause-part.End > 1 || p.Clause < part.End {
		return nil
	}
	for i := range before.Figures {
		w := &before.Figures[i]
		if !sameThings(w, part) || !operand(w) || w.Change || w.Scope.OtherYear {
			continue
		}
		const named = 3
		if _, _, n := longestRun([]rune(wholeName(p)), []rune(w.Raw+w.Tail)); n < named || w.Value.Cmp(part.Value) < 0 || len(out) > 0 && out[0].whole.Value.Cmp(w.Value) != 0 {
			return nil
		}
		if len(out) == 0 {
			out = append(out, newPair(part, w))
		}
	}
	return out
}
