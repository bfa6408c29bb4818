package rules

import (
	"math/big"
	"slices"

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
	return !growth(p) && !p.Change && (sharesInOrder(s, k) || c.fitsAnyTwo(index, k))
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
