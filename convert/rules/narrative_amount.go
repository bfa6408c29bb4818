package rules

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// By how much a count grew or fell may be told as a count, too: 943条，比上年的820条增加123条.

// judgeAmount judges the figure of a sentence that tells by how much another one of it is more or less
// than that of another year.
func (c *context) judgeAmount(index, k int, v *verdict) {
	s := &c.said.Sentences[index]
	d := &s.Figures[k]
	if !d.Change && !differs(d) || !d.Exact() || !d.IsCount() && !d.IsMoney() || d.Multiplied && !d.IsMoney() || containsAny(d.Raw, "分别", "各", "平均", "均", "计划", "预计", "力争") || hasAnySuffix(d.Raw, []string{"同比", "环比"}) {
		return
	}
	bases, base := c.amountBases(index, k)
	if base == nil {
		return
	}
	nows, now := amountNows(s, k, bases)
	if now == nil || !grownWhole(d, now) {
		return
	}
	if noun := grownNoun(d); noun != "" && !strings.Contains(now.Raw+now.Tail, noun) && toldChange(s, k, now, base) {
		return // 173条，比上年的201条减少28条，主要是会议类减少31条、民生类增加3条
	}
	direct := k > 0 && base == &s.Figures[k-1] && d.Clause == base.End
	if direct {
		bases = []*claims.Figure{base}
	}
	if named := namedAs(nows, base); direct && len(named) == 1 {
		nows, now = named, named[0]
	}
	if noun := grownNoun(d); noun != "" && !direct && !sharesPair(noun, base.Raw+base.Tail) && grownNoun(base) != "" {
		return // 投诉量较上年的120件下降24件，办结量减少22件
	}
	down := fell(d.Raw)
	of := func(now, base *claims.Figure) *big.Rat {
		x := new(big.Rat).Sub(now.Value, base.Value)
		if down {
			x.Neg(x)
		}
		return x
	}
	for _, a := range nows {
		for _, b := range bases {
			if diff := of(a, b); diff.Sub(diff, d.Value).Abs(diff).Cmp(amountSlack(d)) <= 0 {
				v.pass()
				return
			}
		}
	}
	want := of(now, base)
	size := new(big.Rat).Abs(want)
	told := strings.Join([]string{now.Printed + now.Unit, base.Printed + base.Unit}, "和")
	slip := slipOfDigits(size.RatString(), d.Value.RatString())
	if (len(nows) > 1 || len(bases) > 1 || !sharesNoun(now, base) && !grewTo(s, base, now)) && size.Cmp(d.Value) != 0 && slip != surely {
		return // which of them is meant is not sure
	}
	how := "增加"
	if (want.Sign() < 0) != down {
		how = "减少"
	}
	v.fail(fault{
		place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(d.Start), paths: c.textPaths(s.Section),
		quote:    c.quoteOf(s, min(d.Start, now.Start), d.End),
		message:  c.inChapter(s.Section) + "写“" + inner.Replace(clip(d.Label)) + "”" + d.Printed + d.Unit + "，按文中的" + told + "计算是" + how + number(size) + d.Unit + "，请核对。",
		expected: json.Number(number(size)), actual: json.Number(number(d.Value)),
	})
}

// toldChange reports whether a figure before is just by how much the one differs from the other, so that what is told of
// more of it are the reasons.
func toldChange(s *claims.Sentence, k int, now, base *claims.Figure) bool {
	diff := new(big.Rat).Sub(now.Value, base.Value)
	diff.Abs(diff)
	return slices.ContainsFunc(s.Figures[:k], func(f claims.Figure) bool { return f.Change && f.Unit == now.Unit && f.Value.Cmp(diff) == 0 })
}

// amountSlack is by how much a growth may differ from what the figures as printed give: by one of its last digit
// where they may have been rounded.
func amountSlack(d *claims.Figure) *big.Rat {
	if d.Step.Cmp(big.NewRat(1, 1)) < 0 || d.IsMoney() && mayBeRounded(d) {
		return d.Step
	}
	return new(big.Rat)
}

// amountOperand reports whether a figure may have grown by d: it has its unit, or is a rate that grew by points.
func amountOperand(f, d *claims.Figure) bool {
	if strings.HasSuffix(d.Unit, "百分点") {
		return f.IsPercent() && f.Exact() && !f.Change
	}
	return operand(f) && f.Unit == d.Unit && (!f.Multiplied || f.IsMoney())
}

// amountBases are the figures of another year that a growth may be told against, and the one that it
// most likely is; of the sentence before only where this one names none.
func (c *context) amountBases(index, k int) (all []*claims.Figure, likely *claims.Figure) {
	s := &c.said.Sentences[index]
	d := &s.Figures[k]
	ofBefore := func(s *claims.Sentence, i int) bool {
		f := &s.Figures[i]
		return amountOperand(f, d) && !f.Change && (f.Scope.OtherYear || containsAny(f.Raw, "上年", "去年", "上一年", "同期") || growsFrom(s, i))
	}
	for i := range s.Figures {
		if f := &s.Figures[i]; i != k && ofBefore(s, i) && (i < k || i == k+1 && f.Depth > d.Depth) {
			all, likely = append(all, f), f
		}
	}
	before := c.before(index)
	if likely != nil || before == nil || before.Section != s.Section || before.Line != s.Line || k == 0 || !reaches(s, k-1, k) {
		return all, likely
	}
	for i := range before.Figures {
		if ofBefore(before, i) {
			all, likely = append(all, &before.Figures[i]), &before.Figures[i]
		}
	}
	if len(all) != 1 || len(before.Figures) > 1 {
		return nil, nil
	}
	return all, likely
}

// amountNows are the figures of the year that may be what a count became, and the one that it most likely
// is: that which the base grew to, the last before base and growth, or what the growth led to.
func amountNows(s *claims.Sentence, k int, bases []*claims.Figure) (all []*claims.Figure, likely *claims.Figure) {
	d := &s.Figures[k]
	grown := false
	for i := range s.Figures[:k] {
		f := &s.Figures[i]
		if !amountOperand(f, d) || f.Change || differs(f) || slices.Contains(bases, f) {
			continue
		}
		all = append(all, f)
		if became := i > 0 && growsFrom(s, i-1); became || !grown {
			likely, grown = f, became
		}
	}
	if likely == nil && k+1 < len(s.Figures) && reaches(s, k, k+1) { // 较上年的32件增加5件，达到37件
		f := &s.Figures[k+1]
		if amountOperand(f, d) && !f.Change && containsAny(f.Raw, "达", "至", "到") && grownWhole(d, f) {
			return []*claims.Figure{f}, f
		}
	}
	if likely == nil {
		return nil, nil
	}
	if total := totalOver(s, likely, bases[len(bases)-1]); total != likely && slices.Contains(all, total) {
		likely = total
	}
	return all, likely
}

// grewTo reports whether the one figure is told to have become the other.
func grewTo(s *claims.Sentence, base, now *claims.Figure) bool {
	k := slices.Index(pointers(s), base)
	return k >= 0 && growsFrom(s, k) && &s.Figures[k+1] == now
}

// namedAs are the figures that have a noun of the base.
func namedAs(nows []*claims.Figure, base *claims.Figure) (out []*claims.Figure) {
	noun := grownNoun(base)
	for _, f := range nows {
		if sharesPair(noun, f.Raw+f.Tail) {
			out = append(out, f)
		}
	}
	return out
}

// grownNoun is what the words before a growth, or what it is told against, name.
func grownNoun(f *claims.Figure) string {
	return amountWords.Replace(strings.TrimLeft(withoutYear(f.Raw), "从由为是仅"))
}

// amountWords are words of a growth that say nothing of what grew.
var amountWords = strings.NewReplacer("同比", "", "环比", "", "比", "", "较", "", "与", "", "相比", "", "上年", "", "去年", "", "上一年", "", "前一年", "", "同期", "", "度", "", "的", "", "了", "", "净", "", "共", "", "总", "", "出", "", "有所", "", "数量", "", "量", "",
	"增加", "", "减少", "", "增长", "", "下降", "", "提高", "", "提升", "", "上升", "", "降低", "", "上涨", "", "回落", "", "多", "", "少", "", "增", "", "减", "", "涨粉", "", "涨", "", "，", "", "全年", "", "数", "", "年", "", "今", "", "本", "")

// grownWhole reports whether a growth is that of the figure, not of a part of it that it names: 共49件，减少8件，
// 其中信函减少3件.
func grownWhole(d, now *claims.Figure) bool {
	of := grownNoun(d)
	return of == "" || !strings.HasPrefix(of, "其中") && sharesPair(of, now.Raw+now.Tail)
}

// sharesNoun reports whether the words of two figures do not name two things.
func sharesNoun(now, base *claims.Figure) bool {
	if amountWords.Replace(strings.TrimRight(now.Raw, "达到至为")) == "" {
		return true // 由260人次增加到320人次
	}
	noun := strings.TrimSuffix(amountWords.Replace(strings.TrimLeft(withoutYear(base.Raw), "从由为是仅")+base.Tail), "为")
	return noun == "" || sharesPair(noun, now.Raw+now.Tail)
}
