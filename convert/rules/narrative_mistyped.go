package rules

import (
	"math/big"
	"strings"

	"nianbao/convert/claims"
)

// A rate whose name nothing in the text is called by is judged where the number tells: it is
// that of the only two figures it can be of, with a slip of the hand.

// besidePair is the pair of the two figures before a rate that count the same, where those
// are all of the kind in the statement, or in the sentence before it.
func (c *context) besidePair(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	if !containsAny(p.Raw, "率", "占", "比重", "比例") || containsAny(p.Raw, "平均", "同比", "分别", "均", "上年", "去年", "其中", "比率", "各") {
		return q, false
	}
	figures := pointers(s)[:k]
	for i := k - 1; i >= 0; i-- { // the statement
		if strings.ContainsRune(s.Span(s.Figures[i].End, p.Start), '；') {
			figures = figures[i+1:]
			break
		}
	}
	if len(figures) > 0 && !reaches(s, k-1, k) {
		return q, false
	}
	if before := c.before(index); len(figures) < 2 && before != nil && before.Section == s.Section && before.Line == s.Line && !strings.ContainsRune(s.Span(0, p.Start), '；') {
		figures = append(pointers(before), figures...)
	}
	const two = 2
	n := len(figures)
	if n < two {
		return q, false
	}
	part, whole := figures[n-1], figures[n-two]
	if !strings.Contains(p.Raw, "率") && part.Value.Cmp(whole.Value) > 0 { // 10件，在全部48件中所占比重
		part, whole = whole, part
	}
	if !operand(part) || !operand(whole) || part.Change || whole.Change || !sameThings(part, whole) || part.Value.Cmp(whole.Value) >= 0 || part.Depth != whole.Depth || claims.Opposite(whole, part) {
		return q, false
	}
	for _, f := range figures[:n-two] {
		if sameThings(f, part) {
			return q, false
		}
	}
	return newPair(part, whole), true
}

// slipOfRate reports whether the printed rate is the value with a slip of the hand: its point
// has moved, one digit of three and more is another, or two neighbours changed places. Where
// the rate is named as the part is, one digit of two will do.
func slipOfRate(p *claims.Figure, value *big.Rat, named bool) bool {
	half := new(big.Rat).Mul(p.Step, big.NewRat(1, 2))
	for _, moved := range []*big.Rat{big.NewRat(10, 1), big.NewRat(100, 1), big.NewRat(1, 10), big.NewRat(1, 100)} {
		diff := new(big.Rat).Sub(value, new(big.Rat).Mul(p.Value, moved))
		if diff.Abs(diff).Cmp(new(big.Rat).Mul(half, moved)) <= 0 {
			return true
		}
	}
	_, decimals, _ := strings.Cut(p.Printed, ".")
	want := value.FloatString(len(decimals))
	const enough = 3
	if !slipOf(want, p.Printed) {
		return false
	}
	digits := len(strings.ReplaceAll(want, ".", ""))
	return digits >= enough || named || strings.ContainsRune(p.Printed, rune(want[0])) && want[0] != p.Printed[0]
}

// calledAs reports whether the words of a rate's part or whole hold its name: 公示率 of
// 已公示190件.
func calledAs(p *claims.Figure, q *pair) bool {
	name, _, _ := strings.Cut(p.Raw, "率")
	r := []rune(name)
	const stem = 2
	if len(r) < stem {
		return false
	}
	return strings.Contains(q.part.Raw+q.part.Tail, string(r[len(r)-stem:])) || strings.Contains(q.part.Raw+q.part.Tail, string(r[len(r)-1]))
}
