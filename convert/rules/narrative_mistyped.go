package rules

import (
	"math/big"
	"slices"
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
	if !containsAny(p.Raw, "率", "占", "比重", "比例") || p.Approx && !averageRate(p) || containsAny(strings.TrimPrefix(p.Raw, "平均"), "平均", "同比", "分别", "均", "上年", "去年", "其中", "比率", "各") {
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
	if !operand(part) || !operand(whole) || part.Change || whole.Change || !sameThings(part, whole) && !postsUsed(p, part, whole) || part.Value.Cmp(whole.Value) >= 0 || part.Depth != whole.Depth || claims.Opposite(whole, part) {
		return q, false
	}
	for _, f := range figures[:n-two] {
		if sameThings(f, part) {
			return q, false
		}
	}
	return newPair(part, whole), true
}

// postsUsed reports whether a rate is that of what was used of posts, whatever each is counted in:
// 投稿57期，采用42次，采用率….
func postsUsed(p, part, whole *claims.Figure) bool {
	for _, deed := range []string{"采用", "刊用", "录用", "采纳"} {
		if strings.HasPrefix(p.Raw, deed+"率") {
			return hasAnySuffix(part.Raw, []string{deed}) && containsAny(whole.Raw, "投稿", "报送", "上报", "撰写", "供稿", "编发", "提交") && containsAny(part.Unit+whole.Unit, "期", "次", "篇", "条")
		}
	}
	return false
}

// noneOf is the pair of what was received and, as the words say, all settled, where no number of
// so few gives the rate: 办理3件，已答复3件，办结率90%.
func noneOf(s *claims.Sentence, k int) (q pair, ok bool) {
	p := &s.Figures[k]
	name, rest, rate := strings.Cut(p.Raw, "率")
	const two, few = 2, 30
	if !rate || k < two || p.Floor || !p.Exact() || strings.Trim(rest, "为是达到：") != "" || !slices.Contains([]string{"办结", "答复", "回复", "办复", "按时办结", "按期办结", "按时答复", "按期答复"}, name) {
		return q, false
	}
	whole, part := &s.Figures[k-two], &s.Figures[k-1]
	if !operand(part) || !operand(whole) || !sameThings(part, whole) || part.Value.Cmp(whole.Value) != 0 || !whole.Value.IsInt() || whole.Value.Cmp(big.NewRat(few, 1)) > 0 || !containsAny(part.Raw, "办结", "答复", "回复", "办复") || part.Scope.OtherYear || whole.Scope.OtherYear || !reaches(s, k-1, k) {
		return q, false
	}
	for n := int64(0); n <= whole.Value.Num().Int64(); n++ {
		if gives(p, big.NewRat(n, 1), whole.Value) {
			return q, false
		}
	}
	return newPair(part, whole), true
}

// slipOfRate reports whether the printed rate is the value with a slip of the hand: its point
// has moved, one digit of three and more is another, two neighbours changed places, or the first of
// three digits is lacking. Where the rate is named as the part is, one digit of two will do.
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
	if decimals != "" && (len(want) == len(p.Printed)+1 && strings.HasSuffix(want, p.Printed) || len(p.Printed) == len(want)+1 && strings.HasSuffix(p.Printed, want)) {
		return true // 9.1 for 19.1, and the other way round
	}
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
