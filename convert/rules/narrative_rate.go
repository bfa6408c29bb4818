package rules

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/report"
)

// pair is what a percentage follows from.
type pair struct {
	part, whole *claims.Figure
	// value is the rate in percent that follows.
	value *big.Rat
	words string
	// outOf: the part is told to be some out of the whole (28个单位中有7个).
	outOf bool
	// plain: nothing else can be meant.
	plain bool
	// low and high bound the rate where an operand was rounded; nil where not.
	low, high *big.Rat
}

// narrativePercentage recomputes rates, shares and growth whose operands the
// sentence names.
func narrativePercentage(c *context) *verdict {
	v := newVerdict()
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		for k := range s.Figures {
			switch f := &s.Figures[k]; {
			case f.IsPercent():
				if !c.judgeInTime(s, k, v) {
					c.judgeRate(i, k, v)
				}
			case f.Unit == "倍":
				c.judgeTimes(i, k, v)
			default:
				c.judgeAmount(i, k, v)
			}
		}
	}
	for i := range c.said.Sentences {
		c.judgeShareList(i, v)
	}
	if v.outcome == report.NotApplicable {
		v.reason = "文字没有写明部分和总数的比率"
	}
	return v
}

// judgeShareList judges the shares of a list whose parts make up a total told in their chapter, of which all but one
// are those of their parts in it: 520条，占65%；208条，占26%；72条，占8%。…共计800条.
func (c *context) judgeShareList(index int, v *verdict) {
	const least = 3
	parts, shares := c.sharedList(index)
	if len(parts) < least {
		return
	}
	sum := new(big.Rat)
	for _, p := range parts {
		sum.Add(sum, p.Value)
	}
	wrong := -1
	for n, p := range parts {
		switch {
		case gives(shares[n], p.Value, sum):
		case wrong >= 0:
			return
		default:
			wrong = n
		}
	}
	s := &c.said.Sentences[index]
	k := -1
	if wrong >= 0 {
		k = slices.IndexFunc(s.Figures, func(f claims.Figure) bool { return f.Start == shares[wrong].Start })
	}
	told := slices.ContainsFunc(c.said.Sentences, func(of claims.Sentence) bool {
		return of.Section == s.Section && slices.ContainsFunc(of.Figures, func(f claims.Figure) bool {
			return f.Unit == parts[0].Unit && f.Value.Cmp(sum) == 0
		})
	})
	if k < 0 || !told || &s.Figures[k] != shares[wrong] {
		return
	}
	value := hundredth(parts[wrong].Value, sum)
	place := "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(shares[wrong].Start)
	if slices.ContainsFunc(v.faults, func(f fault) bool { return f.place == place }) {
		return
	}
	v.fail(fault{
		place: place, paths: c.textPaths(s.Section), quote: c.quoteOf(s, parts[wrong].Start, shares[wrong].End),
		message:  c.inChapter(s.Section) + "写“" + inner.Replace(clip(shares[wrong].Label)) + "”" + shares[wrong].Printed + "%，按" + parts[wrong].Printed + parts[wrong].Unit + "和各项之和" + number(sum) + parts[wrong].Unit + "计算是" + percent(value) + "%，请核对。",
		expected: json.Number(percent(value)), actual: json.Number(number(shares[wrong].Value)),
	})
}

func (c *context) judgeRate(index, k int, v *verdict) {
	s, before := &c.said.Sentences[index], c.before(index)
	p := &s.Figures[k]
	if p.Approx && !averageRate(p) || p.Loose || p.Scope.OtherYear && !p.Change && (containsAny(p.Raw, "年", "同期", "较", "比") || s.Says("较", "比上", "比去", "同期", "同比")) || p.Unit != "%" || strings.Contains(p.Raw, "之和") {
		return // 二者之和占51.8%: of which two is not read
	}
	pairs, sure := c.operandsOf(index, k)
	if len(pairs) == 0 {
		return
	}
	for i := range pairs {
		if !p.Change && !growth(p) && p.Floor && pairs[i].value.Cmp(big.NewRat(100, 1)) > 0 {
			continue // 55家 of 51家
		}
		if fits(p, pairs[i].value) || pairs[i].rounds(p) || pairs[i].misnamed(p) {
			v.pass()
			return
		}
	}
	if overfulfilled(s, k) || ofChangeBefore(s, k) {
		v.pass()
		return
	}
	best := &pairs[0]
	if beyondBudgets(s, best.part) || beyondBudgets(s, best.whole) {
		return // narrative.unit tells it
	}
	if f := calledPart(s, k, best); f != nil {
		q := newPair(f, best.whole)
		if best = &q; fits(p, q.value) {
			v.pass()
			return
		}
	}
	if best.part.Scope.OtherYear && containsAny(p.Raw, "今年", "本年", "当年") {
		return // 2020年受理50件，办结40件，今年办结率95%
	}
	if !p.Change && !growth(p) && !best.plain && (calledWhole(s, k) == nil && ofAnother(s, p, pairs) || partsTogether(s, p, pairs) || ofRest(s, p, pairs[0].part) || ofOtherThing(p, &pairs[0]) || ofCalledWhole(s, p, &pairs[0])) {
		v.pass()
		return
	}
	if sure && !p.Change && !growth(p) && (ofUnnamed(s, k, best.part) || sharedAlready(s, k, best.part) || baseBehind(s, p) || best.part.Start > p.Start && c.explainedRate(index, k)) {
		return
	}
	hundred := big.NewRat(100, 1)
	if !sure || p.Value.Cmp(hundred) == 0 && (best.value.Cmp(hundred) > 0 || !best.plain && ofOthers(s, k, best) || ofFound(p, best) || s.Says(notCounted...) || c.goesForward(s, best.whole)) {
		return // more settled than received: narrative.balance says so
	}
	if !rateNamed(p, best.part) && c.fitsElsewhere(index, k) || fitsRest(p, best) || inReason(s, p, best) {
		return
	}
	first, last, where := best.part.Start, p.End, "按句中的"
	if !slices.Contains(pointers(s), best.part) {
		first, where = p.Start, "按前文的"
	} else if best.whole.Start < first && !slices.Contains(pointers(before), best.whole) {
		first = best.whole.Start
	}
	label := p.Label
	if label == "的" && k > 0 { // 占公开信息284条的48.2%
		label = s.Span(clauseStart(s.Runes, s.Figures[k-1].Start), p.Start)
	}
	v.fail(fault{
		place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(p.Start), paths: c.textPaths(s.Section),
		quote:    c.quoteOf(s, first, last),
		message:  c.inChapter(s.Section) + "写“" + inner.Replace(clip(label)) + "”" + p.Printed + "%，" + where + best.words + "计算是" + percent(best.value) + "%，请核对。",
		expected: json.Number(percent(best.value)), actual: json.Number(number(p.Value)),
	})
}

// calledPart is another figure before the share that has its whole name in the words of the share, where
// the part that was taken has not: 自然人申请251件，法人申请14件，自然人申请占94.7%; nil where there is none.
func calledPart(s *claims.Sentence, k int, q *pair) *claims.Figure {
	p := &s.Figures[k]
	called := func(f *claims.Figure) bool { return len([]rune(f.Label)) > 1 && strings.Contains(p.Raw, f.Label) }
	if !strings.Contains(p.Raw, "占") || called(q.part) {
		return nil
	}
	for i := range s.Figures[:k] {
		if f := &s.Figures[i]; f != q.whole && f.Unit == q.part.Unit && operand(f) && called(f) {
			return f
		}
	}
	return nil
}

// overfulfilled reports whether a rate is what was done of a plan before it, however much else there is:
// 总投资215亿元，年度计划48.5亿元，实际完成51.2亿元，完成率105.6%.
func overfulfilled(s *claims.Sentence, k int) bool {
	p := &s.Figures[k]
	if !strings.Contains(p.Raw, "完成率") {
		return false
	}
	for i := range s.Figures[:k] {
		plan := &s.Figures[i]
		if !operand(plan) || !containsAny(plan.Raw, "计划", "任务", "目标") {
			continue
		}
		for n := i + 1; n < k; n++ {
			if done := &s.Figures[n]; operand(done) && sameThings(plan, done) && fits(p, hundredth(done.Value, plan.Value)) {
				return true
			}
		}
	}
	return false
}

// ofChangeBefore reports whether a growth is that of the change directly before it: 公开286条，同比减少24条，下降7.7%.
func ofChangeBefore(s *claims.Sentence, k int) bool {
	p := &s.Figures[k]
	if k < 2 || !growth(p) && !p.Change || p.Clause != s.Figures[k-1].End+1 {
		return false
	}
	by, now := &s.Figures[k-1], &s.Figures[k-2]
	if !by.Change || now.Scope.OtherYear || !operand(now) || by.Unit != now.Unit {
		return false
	}
	base := new(big.Rat).Sub(now.Value, by.Value)
	if fell(by.Raw) {
		base.Add(now.Value, by.Value)
	}
	return base.Sign() > 0 && fits(p, hundredth(by.Value, base))
}

// averageRate reports whether a percentage is vague only for being called an average: 平均公开率为95.2%.
func averageRate(p *claims.Figure) bool {
	name, rest, ok := strings.Cut(p.Raw, "率")
	return ok && strings.HasPrefix(name, "平均") && strings.Trim(rest, "为是达到") == ""
}

// ofFound reports whether a rate is of what was found to be mended, and the whole is all that was looked at:
// 检查企业80家，整改12家，整改率100%.
func ofFound(p *claims.Figure, q *pair) bool {
	return strings.Contains(p.Raw, "整改率") && containsAny(q.whole.Label, "检查", "抽查", "巡查", "督查", "走访", "监测", "抽检", "巡检")
}

// notCounted are words of those that a rate of 100% leaves out.
var notCounted = []string{"未到期", "未到办理期", "重复", "无效", "撤回", "撤销", "列入计划", "列入年度计划", "延期"}

// operandsOf are the pairs that the percentage may follow from, the likeliest first. sure is false
// where it may be of something else.
func (c *context) operandsOf(index, k int) (pairs []pair, sure bool) {
	s, before := &c.said.Sentences[index], c.before(index)
	p := &s.Figures[k]
	grown := p.Change || growth(p)
	summed := containsAny(p.Raw, "合计占", "共占", "共计占", "两者占", "二者占", "两项占", "三项占", "三者占")
	switch {
	case grown:
		if pairs, sure = growthPairs(s, k); !sure {
			if q, ok := grownSince(s, before, k); ok {
				pairs, sure = []pair{q}, true
			}
		}
	case summed:
		pairs, sure = summedShare(s, k)
	case statedWhole(s, k) != nil || s.Says("分别", "依次") && sharesList(s, k) > 0:
		pairs, sure = listedShares(s, before, k)
	case ofPlan(p):
		pairs, sure = planPairs(s, k)
	case strings.Contains(p.Raw, "占") || startsWithAny(p.Raw, "比例", "比重", "所占"):
		pairs, sure = sharePairs(s, before, k)
	case strings.Contains(p.Label, "率"), strings.HasSuffix(p.Label, "满意度"):
		pairs, sure = ratePairs(s, k)
	}
	if !sure && !summed && !grown {
		loose, plain := looseOperands(s, before, k)
		pairs, sure = append(loose, pairs...), plain && len(loose) > 0
	}
	if q, ok := c.besidePair(index, k); ok && !sure && !summed && !grown && !fits(p, new(big.Rat).Sub(big.NewRat(100, 1), q.value)) && slipOfRate(p, q.value, calledAs(p, &q)) {
		pairs, sure = append([]pair{q}, pairs...), true
	}
	if !sure && !summed && !grown {
		if q, ok := c.inOrder(index, k); ok {
			pairs, sure = append([]pair{q}, pairs...), true
		}
	}
	if called := calledWhole(s, k); called != nil {
		pairs, sure = []pair{newPair(&s.Figures[k-1], called)}, true
	}
	if q, ok := bracketedWhole(s, k); ok {
		pairs, sure = []pair{q}, true
	}
	if q, ok := ofTask(s, k); ok {
		return []pair{q}, true
	}
	if q, ok := shareOfBoth(s, k); ok {
		return []pair{q}, true
	}
	if q, ok := c.fullRate(index, k); ok {
		return []pair{q}, true
	}
	if q, ok := allAnswered(s, k); ok {
		return []pair{q}, true
	}
	if q, ok := c.leftElsewhere(index, k); ok {
		q.part, q.whole, q.plain = p, p, true // quoted is the rate
		return []pair{q}, true
	}
	if !sure && !slices.ContainsFunc(pairs, func(q pair) bool { return fits(p, q.value) }) {
		if q, ok := c.toldApart(index, k); ok {
			pairs, sure = []pair{q}, true
		} else if q, ok := c.mistypedRate(index, k, pairs); ok && !summed && !grown {
			pairs, sure = []pair{q}, true
		}
	}
	return pairs, sure
}

// ofAnother reports whether the percentage is that of one of the parts in any figure
// before it: 收回285份，回收率95%；满意的271份，占95.1%, or a share of a part of the total.
func ofAnother(s *claims.Sentence, p *claims.Figure, pairs []pair) bool {
	for i := range pairs {
		part := pairs[i].part
		for k := range s.Figures {
			w := &s.Figures[k]
			if w.Start >= part.Start {
				break
			}
			if next := rateBehind(s, k); next > 0 && &s.Figures[next] != p && strings.HasPrefix(s.Figures[next].Raw, "占") {
				continue // a part too
			}
			if usable(w) && !w.Change && sameThings(w, part) && w.Value.Cmp(part.Value) >= 0 && gives(p, part.Value, w.Value) {
				return true
			}
		}
	}
	return false
}

// calledWhole is the whole that a share directly behind its part calls by name, where one figure
// only before the part has that name: 接通540人，其中了解的459人，占接通人数的76.5%. nil where
// none has.
func calledWhole(s *claims.Sentence, k int) (whole *claims.Figure) {
	if k == 0 || !operand(&s.Figures[k-1]) || s.Figures[k-1].Change {
		return nil
	}
	p, part := &s.Figures[k], &s.Figures[k-1]
	name := []rune(wholeName(p))
	if !strings.HasPrefix(strings.TrimLeft(p.Raw, "，约"), "占") || p.Clause-part.End > 1 || p.Clause < part.End || len(name) < 2 {
		return nil
	}
	best, several := 0, false
	for i := range s.Figures {
		w := &s.Figures[i]
		if w.Start >= part.Start {
			break
		}
		_, _, n := longestRun(name, []rune(w.Raw+w.Tail))
		switch {
		case n < 2 || n < best:
		case n == best:
			several = true
		default:
			best, several, whole = n, false, w
		}
	}
	if whole == nil || several || !operand(whole) || whole.Change || whole.Scope.OtherYear || !sameThings(whole, part) || whole.Value.Cmp(part.Value) < 0 {
		return nil
	}
	return whole
}

// ofPlan reports whether a percentage is how much of a plan was done: 完成计划的80%.
func ofPlan(p *claims.Figure) bool {
	return strings.HasSuffix(p.Raw, "的") && containsAny(p.Raw, "计划", "任务", "目标", "预算") && !containsAny(p.Raw, "占", "率", "上年", "去年", "全市", "全区", "全县")
}

// planPairs: 计划发放3万份，实际发放2.7万份，完成计划的90%.
func planPairs(s *claims.Sentence, k int) (out []pair, sure bool) {
	if k < 2 || !reaches(s, k-1, k) {
		return nil, false
	}
	part, whole := &s.Figures[k-1], &s.Figures[k-2]
	if !operand(part) || !operand(whole) || part.Change || whole.Change || !sameThings(part, whole) || !containsAny(whole.Raw+whole.Label, "计划", "任务", "目标", "预算", "应") || containsAny(part.Raw, "计划", "任务", "目标", "预算") {
		return nil, false
	}
	return []pair{newPair(part, whole)}, true
}

// ofRest reports whether the percentage is that of the part in what two figures before it leave:
// 抽查240处，合格228处，整改12处，整改率100%.
func ofRest(s *claims.Sentence, p, part *claims.Figure) bool {
	for i := range s.Figures {
		all := &s.Figures[i]
		for n := i + 1; n < len(s.Figures) && s.Figures[n].Start < part.Start; n++ {
			some := &s.Figures[n]
			if !operand(all) || !operand(some) || !sameThings(all, part) || !sameThings(some, part) {
				continue
			}
			if rest := new(big.Rat).Sub(all.Value, some.Value); gives(p, part.Value, rest) {
				return true
			}
		}
	}
	return false
}

// partsTogether reports whether the percentage is that of several parts of one total together, told
// side by side: 图解11篇、视频8篇、文字6篇，多样化解读占比76%.
func partsTogether(s *claims.Sentence, p *claims.Figure, pairs []pair) bool {
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		if b.Previous {
			continue
		}
		for from := range b.Parts {
			sum := new(big.Rat)
			for n, k := range b.Parts[from:] {
				sum.Add(sum, s.Figures[k].Value)
				if whole := &s.Figures[b.Total]; n > 0 && whole == pairs[0].whole && gives(p, sum, whole.Value) {
					return true
				}
			}
		}
	}
	return false
}

// ofUnnamed reports whether the share says what it is of (多样化解读占比), and the part that
// stands before it is called otherwise.
func ofUnnamed(s *claims.Sentence, k int, part *claims.Figure) bool {
	r, ok := readRatio(s, nil, k)
	name := []rune(r.name)
	const least = 2
	words := part.Raw + part.Tail + part.Label
	if !ok || r.rate || len(name) < least || len(name) == least && strings.ContainsRune(words, name[0]) && strings.ContainsRune(words, name[1]) {
		return false // 抽取14个进行检查，抽查比例
	}
	for _, i := range r.named() {
		if &s.Figures[i] == part {
			return false
		}
	}
	for i := 0; i+1 < len(name); i++ {
		if strings.Contains(words, string(name[i:i+least])) {
			return false
		}
	}
	return true
}

// percent writes a rate with two decimals.
func percent(v *big.Rat) string {
	out := v.FloatString(2)
	return strings.TrimRight(strings.TrimRight(out, "0"), ".")
}

// fits reports whether the printed percentage is the value, within half a unit
// of the last printed digit; 达, 超过 is a floor.
func fits(p *claims.Figure, value *big.Rat) bool {
	half := new(big.Rat).Mul(p.Step, big.NewRat(1, 2))
	diff := new(big.Rat).Sub(value, p.Value)
	if p.Floor && diff.Sign() >= 0 {
		return true
	}
	return diff.Abs(diff).Cmp(half) <= 0
}

func hundredth(part, whole *big.Rat) *big.Rat {
	out := new(big.Rat).Quo(part, whole)
	return out.Mul(out, big.NewRat(100, 1))
}

// operand reports whether a figure may be part or whole of a rate: a count, an amount, a number
// of days.
func operand(f *claims.Figure) bool {
	return usable(f) || f.Exact() && f.Value.Sign() > 0 && (f.IsMoney() || f.Unit == "天")
}

// usable reports whether a figure may be an operand.
func usable(f *claims.Figure) bool {
	return f.Exact() && f.IsCount() && f.Value.Sign() > 0
}

func newPair(part, whole *claims.Figure) pair {
	q := pair{part: part, whole: whole, value: hundredth(part.Value, whole.Value), words: part.Printed + part.Unit + "和" + whole.Printed + whole.Unit}
	if rounded(part) || rounded(whole) {
		partLow, partHigh := bounds(part)
		if low, high := bounds(whole); low.Sign() > 0 {
			q.low, q.high = hundredth(partLow, high), hundredth(partHigh, low)
		}
	}
	return q
}

// rounds reports whether the percentage may follow from operands that were
// rounded themselves: 6.3万 of 4.5万.
func (q *pair) rounds(p *claims.Figure) bool {
	if q.low == nil {
		return false
	}
	half := new(big.Rat).Mul(p.Step, big.NewRat(1, 2))
	return new(big.Rat).Add(p.Value, half).Cmp(q.low) >= 0 && new(big.Rat).Sub(p.Value, half).Cmp(q.high) <= 0
}

// misnamed reports whether the percentage follows where 万 is left off an operand: 3357 of 21628万条
// are 15.52%. narrative.unit says what is wrong.
func (q *pair) misnamed(p *claims.Figure) bool {
	of := big.NewRat(10000, 1)
	switch {
	case q.whole.Multiplied && !q.part.Multiplied:
		return fits(p, new(big.Rat).Mul(q.value, of))
	case q.part.Multiplied && !q.whole.Multiplied:
		return fits(p, new(big.Rat).Quo(q.value, of))
	}
	return false
}

// rounded reports whether a figure stands for one that was longer.
func rounded(f *claims.Figure) bool { return f.Multiplied || f.IsMoney() }

// bounds are what a figure may have been before it was rounded.
func bounds(f *claims.Figure) (low, high *big.Rat) {
	if !rounded(f) {
		return f.Value, f.Value
	}
	half := new(big.Rat).Mul(f.Step, big.NewRat(1, 2))
	return new(big.Rat).Sub(f.Value, half), new(big.Rat).Add(f.Value, half)
}

// sharePairs: A件，占总数的P%.
func sharePairs(s, before *claims.Sentence, k int) (out []pair, sure bool) {
	p := &s.Figures[k]
	if containsAny(p.Raw, "全区", "全市", "全县", "全省", "全国", "同类", "其中", "分别", "各", "合计", "两项", "面积", "上年", "去年") {
		return nil, false
	}
	part := -1
	for i := k - 1; i >= 0; i-- {
		if f := &s.Figures[i]; f.IsPercent() {
			break
		} else if usable(f) {
			part = i
			break
		}
	}
	if part < 0 {
		return nil, false
	}
	a := &s.Figures[part]
	if p.Clause-a.End > 1 || a.Change {
		return nil, false // something stands between them
	}
	wholes, known := wholesOf(s, before, part)
	for _, w := range wholes {
		if w.Scope.OtherYear {
			return nil, false
		}
		ofThem := part > 0 && w == &s.Figures[part-1] && strings.HasSuffix(w.Tail, "信息中") // 47条政府信息中，文件22件
		if !usable(w) || !claims.SameUnit(w, a) && w.Unit != "" && a.Unit != "" && !ofThem || w.Change || w.Value.Cmp(a.Value) < 0 {
			continue
		}
		out = append(out, newPair(a, w))
		known = known || containsAny(w.Raw+w.Label, "共", "收到", "新收", "受理", "接到", "总") || strings.HasSuffix(w.Tail, "中") || callsWhole(p, w)
	}
	if len(out) > 0 && !known {
		known = chained(s, k, out)
	}
	if whole, ok := impliedWhole(s, k); ok && len(out) == 0 && part == k-1 {
		return []pair{{part: a, whole: a, value: hundredth(a.Value, whole), words: a.Printed + a.Unit + "和其他占比得出的总数" + number(whole)}}, wholeName(p) == ""
	}
	if names := wholeName(p); names != "" && !slices.ContainsFunc(wholes, func(w *claims.Figure) bool { return callsWhole(p, w) }) {
		known = false // 占年度任务的: nothing of that name stands before
	}
	// 新收 and 上年结转 together may be the whole.
	for i := 1; i < len(wholes); i++ {
		w, u := wholes[i-1], wholes[i]
		if usable(w) && usable(u) && w.Unit == a.Unit && u.Unit == a.Unit && !containsAny(w.Raw+u.Raw, "除") {
			sum := new(big.Rat).Add(w.Value, u.Value)
			out = append(out, pair{part: a, whole: w, value: hundredth(a.Value, sum), words: number(sum)})
		}
	}
	return out, known
}

// wholesOf are the figures that a share may be of: the total of the breakdown
// the part stands in and what may be meant in its place, else the figures
// before it. known is true for the former.
func wholesOf(s, before *claims.Sentence, part int) (out []*claims.Figure, known bool) {
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		first := b.Parts[0]
		if part != first && !slices.Contains(b.Parts, part) && (b.Total >= part || part < first) {
			continue
		}
		from := s
		if b.Previous {
			from = before
		}
		out = append(out, b.TotalOf(s, before))
		for _, k := range b.Others {
			out = append(out, &from.Figures[k])
		}
		return out, true
	}
	for i := part - 1; i >= 0; i-- {
		if rateBehind(s, i) > 0 {
			continue // has a share of its own: a part too
		}
		out = append(out, &s.Figures[i])
	}
	return out, false
}

// ofCalledWhole reports whether a share calls its whole by words that the whole, told in the sentence
// before, is not called by: 行政复议31件。…部门文件22件，占主动公开总数的46.8%.
func ofCalledWhole(s *claims.Sentence, p *claims.Figure, q *pair) bool {
	return wholeName(p) != "" && !callsWhole(p, q.whole) && !slices.Contains(pointers(s), q.whole)
}

// inOrder is the pair that the order of the figures tells a share or rate by.
func (c *context) inOrder(index, k int) (q pair, ok bool) {
	if q, ok = saidShare(&c.said.Sentences[index], k); ok {
		return q, true
	}
	if q, ok = c.sharesOfOne(index, k); ok {
		return q, true
	}
	if q, ok = c.shareOfNamed(index, k); ok {
		return q, true
	}
	if q, ok = c.shareOfAdded(index, k); ok {
		q.plain = true
		return q, true
	}
	return c.wholePart(index, k)
}

// ofOtherThing reports whether the words behind the verb that a rate is called by name something
// that the whole is not: 办理投诉398件，受理信访件15件，投诉受理率100%.
func ofOtherThing(p *claims.Figure, q *pair) bool {
	name, _, ok := strings.Cut(p.Label, "率")
	if p.Depth > q.part.Depth && q.whole.Depth < p.Depth && startsWithAny(q.part.Raw, "具体为", "其中", "分别为") && strings.Contains(p.Raw, "率") && bare(q.part.Raw) != name {
		return true // 共167件，具体为发文143件（公开率98.6%）, not 其中合格143件（合格率98.6%）
	}
	const verb = 2
	r := []rune(name)
	if !ok || len(r) < verb || q.part == q.whole || !containsAny(string(r[len(r)-verb:]), "受理", "接收", "接待", "承办", "接办") {
		return false
	}
	_, noun, ok := strings.Cut(q.part.Label, string(r[len(r)-verb:]))
	return ok && len([]rune(noun)) > 1 && !strings.HasPrefix(noun, "以") && !strings.HasSuffix(noun, "的") && !strings.Contains(q.whole.Label+q.whole.Tail, noun)
}

// pointers are the figures of a sentence; none of a nil one.
func pointers(s *claims.Sentence) []*claims.Figure {
	if s == nil {
		return nil
	}
	out := make([]*claims.Figure, len(s.Figures))
	for i := range s.Figures {
		out[i] = &s.Figures[i]
	}
	return out
}

// judgeInTime judges a rate of all in time beside some that the sentence says were late: 答复58件，1件超期，按期答复率为100%.
func (c *context) judgeInTime(s *claims.Sentence, k int, v *verdict) bool {
	p := &s.Figures[k]
	if p.Value.Cmp(big.NewRat(100, 1)) != 0 || !containsAny(p.Raw, "按期", "按时", "及时", "期限内", "时限内") || !strings.Contains(p.Raw, "率") || p.Depth > 0 {
		return false
	}
	for i := range s.Figures[:k] {
		f := &s.Figures[i]
		own := f.Raw + f.Tail
		if !usable(f) || f.Unit != "件" || !containsAny(own, "超期", "逾期", "超时", "超出法定", "迟了", "晚了", "迟延") || containsAny(own, "未", "无", "没有", "不补正", "缴", "延期", "率", "补正", "整改", "投诉", "反映") || f.Scope.OtherYear || strings.Contains(s.Span(f.End, p.Start), "；") {
			continue
		}
		v.fail(fault{
			place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(p.Start), paths: c.textPaths(s.Section),
			quote:   c.quoteOf(s, f.Clause, p.End),
			message: c.inChapter(s.Section) + "写“" + inner.Replace(clip(p.Label)) + "”100%，句中又有" + f.Printed + f.Unit + "超期，请核对。",
			actual:  json.Number(number(p.Value)),
		})
		return true
	}
	return false
}
