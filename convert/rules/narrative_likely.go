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

// compareNamedAct compares decisions that are called by what they are on, as a body calls all
// of its own: 卫生行政许可893件, 农药经营、动物防疫等许可事项决定2318件. They may be some of all
// as well, so that only the digits of the table in another order are a conflict, or one wrong
// digit of three and more where a second number of the sentence is that of the table.
func (c *context) compareNamedAct(x *claims.Claim, v *verdict) {
	subject, ok := c.namedAct(x)
	if !ok {
		return
	}
	as := *x
	as.Subject = subject
	f, ok := c.read(c.meanings(&as)[0])
	if !ok || f.blank != nil || !f.sum.IsInt() || f.sum.Cmp(x.Value) == 0 {
		return
	}
	for i := range c.said.Claims { // the whole is told elsewhere
		if y := &c.said.Claims[i]; y.Subject == subject && agrees(y, f.sum) {
			return
		}
	}
	const sure = 3 // digits
	a, b := x.Value.RatString(), f.sum.RatString()
	if !slipOf(a, b) || !reordered(a, b) && (len(a) < sure || !c.besideAct(x)) {
		return
	}
	v.fail(c.conflict(x, &f))
}

// namedAct is the decision that ends the words before the figure, as the one act of its kind
// that the sentence counts.
func (c *context) namedAct(x *claims.Claim) (claims.Subject, bool) {
	if x.Figure < 0 || !strings.Contains("件宗项", x.Unit) || x.Unit == "" {
		return claims.None, false
	}
	s := c.sentence(x)
	f := &s.Figures[x.Figure]
	words := trimCount(f.Raw)
	for _, w := range []string{"决定书", "决定", "案件", "事项", "措施", "业务"} {
		words = strings.TrimSuffix(words, w)
	}
	from := clauseStart(s.Runes, f.Start)
	for from > 0 && s.Runes[from-1] == '、' {
		from = clauseStart(s.Runes, from-1)
	}
	clause := s.Span(from, f.Start)
	if f.Tail != "" || c.isPart(s, x.Figure) || !containsAny(clause, "办理", "作出", "做出", "核发", "实施", "下达", "办结", "完成", "审批", "查办", "查处") ||
		containsAny(clause, "其中", "受理", "申请", "咨询", "复议", "诉讼", "移送", "撤销", "注销", "变更", "延续", "公示", "另", "委托", "下放", "网上", "线上", "窗口", "评查", "抽查", "检查", "不予") {
		return claims.None, false
	}
	for i, noun := range []string{"许可", "处罚", "强制"} {
		if !strings.HasSuffix(words, noun) {
			continue
		}
		for k := range s.Figures {
			if g := &s.Figures[k]; k != x.Figure && strings.Contains(g.Raw+g.Tail, noun) && !g.IsPercent() {
				return claims.None, false // one of several kinds
			}
		}
		return acts[i], true
	}
	return claims.None, false
}
