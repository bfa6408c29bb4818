package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// fitsElsewhere reports whether a rate follows from other figures than those it seems to be of: from its place in
// a list of shares, or, printed to a tenth and so hardly by chance, from any two told shortly before; or is that of
// another time: 优秀率由35%升至55%.
func (c *context) fitsElsewhere(index, k int) bool {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	if growsFrom(s, k) && p.Unit == s.Figures[k+1].Unit {
		return true
	}
	return !growth(p) && !p.Change && (sharesInOrder(s, k) || c.fitsAnyTwo(index, k) || sumFits(s, k) || c.sharesOfFar(index, k))
}

// sumFits reports whether the figures directly before a rate of 100%, each called by what the rate is of, make up the
// one before them: 咨询76件，当场答复59件，会后答复17件，答复率100%.
func sumFits(s *claims.Sentence, k int) bool {
	p := &s.Figures[k]
	deed, _, ok := strings.Cut(strings.TrimLeft(p.Raw, "，"), "率")
	if !ok || deed == "" || p.Value.Cmp(big.NewRat(100, 1)) != 0 {
		return false
	}
	sum := new(big.Rat)
	for i := k - 1; i > 0 && operand(&s.Figures[i]) && s.Figures[i].Unit == s.Figures[k-1].Unit && strings.Contains(s.Figures[i].Raw, deed); i-- {
		if sum.Add(sum, s.Figures[i].Value); s.Figures[i-1].Unit == s.Figures[i].Unit && sum.Cmp(s.Figures[i-1].Value) == 0 {
			return true
		}
	}
	return false
}

// sharesOfFar reports whether the share, and another one of the sentence, are those of the figures directly before them
// in one figure told before in the chapter: 办结78件。…公开43件，占办结数的55.1%；不予公开11件，占14.1%.
func (c *context) sharesOfFar(index, k int) bool {
	const back, least = 12, 2 // sentences; shares
	s := &c.said.Sentences[index]
	if k == 0 || !operand(&s.Figures[k-1]) || !strings.Contains(s.Figures[k].Raw, "占") {
		return false
	}
	for i := index - 1; i >= max(0, index-back) && c.said.Sentences[i].Section == s.Section; i-- {
		for n := range c.said.Sentences[i].Figures {
			w := &c.said.Sentences[i].Figures[n]
			if !operand(w) || w.Unit != s.Figures[k-1].Unit || !gives(&s.Figures[k], s.Figures[k-1].Value, w.Value) {
				continue
			}
			fitting := 0
			for j := 1; j < len(s.Figures); j++ {
				if p, part := &s.Figures[j], &s.Figures[j-1]; p.IsPercent() && operand(part) && part.Unit == w.Unit && gives(p, part.Value, w.Value) {
					fitting++
				}
			}
			if fitting >= least {
				return true
			}
		}
	}
	return false
}

// fitsRest reports whether a rate is that of all but those told not to have what it tells of, or of those that have
// in both together: 20家中3家未设公开点，覆盖率85%; 公开33家，未公开4家，公开率89.2%.
func fitsRest(p *claims.Figure, q *pair) bool {
	denied := func(f *claims.Figure) bool { return containsAny(f.Raw+f.Tail, "未", "没", "不", "无", "缺") }
	if growth(p) || p.Change || denied(p) || denied(q.part) == denied(q.whole) {
		return false
	}
	rest := new(big.Rat).Sub(q.whole.Value, q.part.Value)
	both := new(big.Rat).Add(q.whole.Value, q.part.Value)
	has := q.part
	if denied(q.part) {
		has = q.whole
	}
	return rest.Sign() > 0 && fits(p, hundredth(rest, q.whole.Value)) || fits(p, hundredth(has.Value, both))
}

// inReason reports whether the figures of a growth stand behind it, in the reason given for it or with a growth of
// their own: 增长35.2%，主要原因是改造项目由14个增至31个; 下降21.7%，而案卷类由15件升至24件，上升60.0%.
func inReason(s *claims.Sentence, p *claims.Figure, q *pair) bool {
	if !slices.Contains(pointers(s), q.part) || q.part.Start < p.Start {
		return false
	}
	return containsAny(s.Span(p.End, q.part.Start), "原因", "由于", "因为", "得益于", "主要是", "系因") ||
		slices.ContainsFunc(s.Figures, func(f claims.Figure) bool {
			return f.IsPercent() && f.Start > q.part.Start && fits(&f, new(big.Rat).Abs(q.value))
		})
}

// sharesInOrder reports whether the rate is one of several joined ones, and as many figures side by side before
// have just these shares in what they come to: 依次为8.4万次、3.9万次、2.7万次，共15万次，占比依次为56%、26%、18%.
func sharesInOrder(s *claims.Sentence, k int) bool {
	joined := func(i int) bool {
		return i > 0 && i < len(s.Figures) && s.Figures[i].Sep == '、' && s.Figures[i].Clause == s.Figures[i-1].End+1
	}
	first, last := k, k
	for joined(first) && s.Figures[first-1].IsPercent() {
		first--
	}
	for joined(last+1) && s.Figures[last+1].IsPercent() {
		last++
	}
	n := last - first + 1
	if n < 2 {
		return false
	}
	for from := first - n; from >= 0; from-- {
		parts := pointers(s)[from : from+n]
		if slices.ContainsFunc(parts, func(f *claims.Figure) bool { return !operand(f) || f.Unit != parts[0].Unit }) {
			continue
		}
		sum := new(big.Rat)
		for _, f := range parts {
			sum.Add(sum, f.Value)
		}
		fitting := 0
		for i, f := range parts {
			if fits(&s.Figures[first+i], hundredth(f.Value, sum)) {
				fitting++
			}
		}
		if fitting == n || fits(&s.Figures[k], hundredth(parts[k-first].Value, sum)) && fitting > 0 && 2*fitting >= n {
			return true
		}
	}
	return false
}

// fitsAnyTwo reports whether a rate printed to a tenth is that of one figure of its sentence in another one of the
// two before or of its own.
func (c *context) fitsAnyTwo(index, k int) bool {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	const near, most = 2, 24
	if p.Step.Cmp(big.NewRat(1, 1)) >= 0 {
		return false
	}
	var wholes []*claims.Figure
	for i := index; i >= max(0, index-near) && c.said.Sentences[i].Section == s.Section; i-- {
		for _, f := range pointers(&c.said.Sentences[i]) {
			if operand(f) && (i < index || f.Start < p.Start) {
				wholes = append(wholes, f)
			}
		}
	}
	if len(wholes) > most {
		return false
	}
	for _, part := range pointers(s)[:k] {
		if operand(part) && slices.ContainsFunc(wholes, func(w *claims.Figure) bool {
			return w != part && w.Unit == part.Unit && w.Value.Cmp(part.Value) > 0 && fits(p, hundredth(part.Value, w.Value))
		}) {
			return true
		}
	}
	return false
}
