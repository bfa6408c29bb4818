package rules

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// narrativeSum adds up the breakdowns of sentences.
func narrativeSum(c *context) *verdict {
	v := newVerdict()
	for i := range c.said.Sentences {
		s, before := &c.said.Sentences[i], len(v.faults)
		for k := range s.Breakdowns {
			c.judgeBreakdown(i, &s.Breakdowns[k], v)
		}
		c.judgeAdded(i, v)
		c.judgeToDo(s, v)
		c.judgeApplicants(i, v)
		c.judgeShared(i, v)
		if len(v.faults) == before {
			c.judgeResults(i, false, v)
		}
		if len(v.faults) == before {
			c.judgeExhaustive(i, v)
			c.judgeDivided(i, v)
		}
	}
	if v.outcome == report.NotApplicable {
		v.reason = "文字没有合计与分项"
	}
	return v
}

func (c *context) judgeBreakdown(index int, b *claims.Breakdown, v *verdict) {
	s, before := &c.said.Sentences[index], c.before(index)
	total := b.TotalOf(s, before)
	if total == nil || c.isAccount(s, b) && !ofAllHandled(total) {
		return
	}
	if rough := !total.Exact() || slices.ContainsFunc(b.Parts, func(k int) bool { return !s.Figures[k].Exact() }); rough && !surelyOver(s, b, total) {
		return
	}
	slack := new(big.Rat)
	add := func(f *claims.Figure) {
		if f.Multiplied && !f.IsMoney() || f.IsMoney() && mayBeRounded(f) {
			slack.Add(slack, new(big.Rat).Mul(f.Step, big.NewRat(1, 2)))
		}
	}
	add(total)
	for _, k := range b.Parts {
		add(&s.Figures[k])
	}
	sum := b.Sum(s)
	diff := new(big.Rat).Sub(sum, total.Value)
	switch {
	case diff.Sign() == 0, otherUnitsToo(s, b, total, diff), firstHoldsRest(s, b), new(big.Rat).Abs(diff).Cmp(slack) < 0, !b.Closed && diff.Sign() < 0, b.Mixed && diff.Sign() < 0:
		v.pass()
		return
	case tenThousandOff(s, b, total) != nil:
		return // narrative.unit tells it
	case b.Closed && (filledBehind(s, b, diff) || c.filledNext(index, b, diff)):
		v.pass()
		return
	case b.Previous && divides.MatchString(before.Text) && s.Figures[b.Parts[0]].Value.Cmp(total.Value) > 0: // 从时限看，当场答复6件。从结果看，公开41件
		return
	case c.mayBelongElsewhere(index, b, sum), carriesOn(s, b) && !ofAllHandled(total), endsEarlier(s, b, total) && !c.rowsOfOne(s, b), overlap(s, b, total), nestedRest(s, b), restUncounted(s, b, total), c.addsElsewhere(index, b, total, sum), c.toldAsAccount(index, b):
		return
	}
	v.fail(c.brokenSum(index, b, sum))
}

// ofAllHandled reports whether a total is that of all there was to do, so that what goes into the
// next year is a part of it: 累计办理…依申请公开信息合计20件.
func ofAllHandled(total *claims.Figure) bool {
	return strings.HasSuffix(total.Raw, "依申请公开信息合计")
}

// mayBeRounded reports whether an amount may have been rounded to its last digit: it has decimals,
// or three digits and more. 15万元 for 6万元、5万元 and 5万元 was not.
func mayBeRounded(f *claims.Figure) bool {
	digits := strings.TrimRight(strings.ReplaceAll(f.Printed, ",", ""), "万亿千百")
	const few = 2
	return len(digits) > few
}

// toldAsAccount reports whether the parts are what became of the total, which narrative.balance
// objects to: 受理124件，其中当年受理的办结142件.
func (c *context) toldAsAccount(index int, b *claims.Breakdown) bool {
	s := &c.said.Sentences[index]
	if first := s.Figures[b.Parts[0]].Raw + s.Figures[b.Parts[0]].Tail; b.Previous || !containsAny(first, settleVerbs...) && !strings.Contains(first, "受理") {
		return false
	}
	v := newVerdict()
	c.judgeFlow(index, v)
	return len(v.faults) > 0
}

// mayBelongElsewhere reports whether the parts are those of another figure
// before: equal to it, or to it and the total together, or, where the total is
// what was carried over or answered, not above it.
func (c *context) mayBelongElsewhere(index int, b *claims.Breakdown, sum *big.Rat) bool {
	s, before := &c.said.Sentences[index], c.before(index)
	from := s
	if b.Previous {
		from = before
	}
	total := b.TotalOf(s, before)
	carried := containsAny(total.Label, "结转", "转结")
	loose := carried || containsAny(total.Label+total.Raw, "办结", "答复", "回复", "办理") && c.byOrigin(s, b) || b.Previous && !b.Closed
	if ofWhole(s, from, b, total) {
		return true
	}
	if containsAny(total.Raw, "共计", "合计", "总计") && !loose {
		return !b.Previous && slices.ContainsFunc(s.Breakdowns, func(of claims.Breakdown) bool {
			return !of.Previous && slices.Contains(of.Parts, b.Total) && s.Figures[of.Total].Value.Cmp(sum) == 0 // 19件，其中市局5件，各区局合计14件；按申请人分，自然人12件，企业7件
		})
	}
	if first := &s.Figures[b.Parts[0]]; !b.Previous && first.Depth > total.Depth && first.Clause == total.End+1 {
		return false // in brackets behind the total
	}
	both := new(big.Rat).Set(total.Value)
	for _, k := range b.Others {
		o := &from.Figures[k]
		if b.Previous && (o.Value.Cmp(total.Value) == 0 || isPartOf(from, k, b.Total)) {
			continue // 受理34件，办结34件。其中…; 建议26件、提案19件，合计45件。其中…
		}
		both.Add(both, o.Value)
		loose = loose || total.Sep == '、' && b.Total > 0 && from.Figures[b.Total-1].End == total.Clause-1 // 投诉58件、建议32件，其中…: of both
		if sum.Cmp(o.Value) == 0 && addsUpWithoutRest(s, b, total) {
			return true // 合计25件；审结23件，其中维持15件、纠正3件、其他结果5件，其余2件尚未审结
		}
		if !b.Previous && strings.HasPrefix(s.Figures[b.Parts[0]].Raw, "其中") && strings.ContainsRune(s.Span(o.End, total.Start), '；') {
			continue // 复议2件；诉讼21件，其中…: of the latter
		}
		if !o.Exact() || sum.Cmp(o.Value) == 0 || sum.Cmp(both) == 0 || loose && sum.Cmp(both) < 0 {
			return true
		}
	}
	return false
}

// isPartOf reports whether a figure of a sentence is one of the parts of another.
func isPartOf(s *claims.Sentence, part, total int) bool {
	return slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool {
		return !b.Previous && b.Total == total && slices.Contains(b.Parts, part)
	})
}

// addsUpWithoutRest reports whether the parts but the last, which is the rest of something, are the total.
func addsUpWithoutRest(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	last := &s.Figures[b.Parts[len(b.Parts)-1]]
	return startsWithAny(strings.TrimLeft(last.Raw, "，"), "其余", "剩余", "余下") && new(big.Rat).Sub(b.Sum(s), last.Value).Cmp(total.Value) == 0
}

// ofWhole reports whether the parts, the first of which alone is more than the total, are of
// the whole that the total is what is left of: 受理8640件，办结8596件，其余44件在办；其中咨询类5210件.
func ofWhole(s, from *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	if b.Closed || s.Figures[b.Parts[0]].Value.Cmp(total.Value) <= 0 {
		return false
	}
	sum, told := b.Sum(s), new(big.Rat).Set(total.Value)
	for _, k := range b.Others {
		told.Add(told, from.Figures[k].Value)
	}
	rest := containsAny(total.Raw, "其余", "剩余", "余下", "其他")
	return slices.ContainsFunc(b.Others, func(whole int) bool {
		w := &from.Figures[whole]
		all := new(big.Rat).Sub(told, w.Value).Cmp(w.Value) == 0 // 73份，保留51份，修订9份，废止13份，其中…
		return sum.Cmp(w.Value) <= 0 && (rest || all || slices.ContainsFunc(b.Others, func(k int) bool {
			return new(big.Rat).Add(from.Figures[k].Value, total.Value).Cmp(w.Value) == 0
		}))
	})
}

// intoNext say that something goes into the next year.
var intoNext = []string{"结转下", "结转至", "结转到", "结转20", "结转明", "结转次", "转入下", "转下年", "转至下", "转结下"}

// carriesOn reports whether the last part is what goes into the next year, so that the parts are
// what became of all that was there, and not of the total alone: see narrative.balance.
func carriesOn(s *claims.Sentence, b *claims.Breakdown) bool {
	last := &s.Figures[b.Parts[len(b.Parts)-1]]
	words := last.Raw + last.Tail
	if !b.Previous && b.Total > b.Parts[len(b.Parts)-1] && !containsAny(words, intoNext...) && !containsAny(s.Figures[b.Total].Raw+s.Figures[b.Total].Tail, settleVerbs...) {
		return false // 新收45件，上年结转10件，共计55件: what was there
	}
	if strings.Contains(words, "年结转") && !containsAny(words, intoNext...) && !b.Previous && b.Total < b.Parts[0] {
		return containsAny(s.Figures[b.Total].Label, "办结", "答复", "回复") // 处理92件，其中新收81件，上年结转11件 come in
	}
	return containsAny(words, "结转", "转结下", "转结至", "转下年", "转入下")
}

// filledBehind reports whether figures behind the parts are just what they lack, whatever
// else is told between them.
func filledBehind(s *claims.Sentence, b *claims.Breakdown, diff *big.Rat) bool {
	last := &s.Figures[b.Parts[len(b.Parts)-1]]
	lacks := new(big.Rat).Neg(diff)
	for next := b.Parts[len(b.Parts)-1] + 1; next < len(s.Figures) && (b.Previous || b.Total < next); next++ {
		if f := &s.Figures[next]; f.Unit == last.Unit && !f.Change {
			if lacks.Sub(lacks, f.Value); lacks.Sign() <= 0 {
				break
			}
		}
	}
	return diff.Sign() < 0 && lacks.Sign() == 0
}

// filledNext reports whether the only figure of the sentence behind that of the parts is just what they
// lack: …，其他媒体报道150条。审批平台信息3750条.
func (c *context) filledNext(index int, b *claims.Breakdown, diff *big.Rat) bool {
	s, last := &c.said.Sentences[index], b.Parts[len(b.Parts)-1]
	if last+1 != len(s.Figures) || index+1 >= len(c.said.Sentences) || diff.Sign() > 0 {
		return false
	}
	next := &c.said.Sentences[index+1]
	if next.Section != s.Section || next.Line != s.Line || len(next.Figures) != 1 {
		return false
	}
	f := &next.Figures[0]
	return operand(f) && !f.Change && f.Unit == s.Figures[last].Unit && new(big.Rat).Add(f.Value, diff).Sign() == 0
}

// endsEarlier reports whether the first parts already are all of the total, so
// that what follows them is told of something else; what 、 joins to them is not.
func endsEarlier(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	sum := new(big.Rat)
	for i, k := range b.Parts[:len(b.Parts)-1] {
		if sum.Add(sum, s.Figures[k].Value); i > 0 && sum.Cmp(total.Value) == 0 && s.Figures[b.Parts[i+1]].Sep != '、' {
			last := &s.Figures[b.Parts[len(b.Parts)-1]]
			if outOf(s, b, total) {
				return false
			}
			return !b.Closed && !oneList(s, b) && !b.Uniform && !ofOneKind(s, b) && !predicates(s, b) && !strings.Contains(last.Raw, "审结") // the last result that the form has
		}
	}
	return false
}

// outOf reports whether the sentence begins with the total that all the parts are told out of, the
// last of them as what became of some: 在办结的5件申请中，予以公开4件，不予公开1件，申请撤销1件.
func outOf(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	last := &s.Figures[b.Parts[len(b.Parts)-1]]
	return !b.Previous && total == &s.Figures[0] && strings.HasSuffix(total.Tail, "申请中") && len(b.Parts)+1 == len(s.Figures) && containsAny(last.Raw+last.Tail, "撤销", "撤回", "予以公开", "部分公开", "不予", "无法提供", "不存在", "不掌握", "其他处理")
}

// predicates reports whether the parts are told by what became of them alone: 2件驳回，1件撤诉.
func predicates(s *claims.Sentence, b *claims.Breakdown) bool {
	return !slices.ContainsFunc(b.Parts, func(k int) bool { return s.Figures[k].Raw != "" || s.Figures[k].Tail == "" })
}

// ofOneKind reports whether all parts are called X类.
func ofOneKind(s *claims.Sentence, b *claims.Breakdown) bool {
	return !slices.ContainsFunc(b.Parts, func(k int) bool { return !strings.HasSuffix(s.Figures[k].Label, "类") })
}

// rowsOfOne reports whether all parts are rows that the form has below one result.
func (c *context) rowsOfOne(s *claims.Sentence, b *claims.Breakdown) bool {
	above := ""
	for _, k := range b.Parts {
		x := c.claimAt(s, k)
		if x == nil {
			return false
		}
		result, row, _ := strings.Cut(strings.TrimPrefix(string(x.Subject), "applications."), ".")
		if row == "" || above != "" && result != above {
			return false
		}
		above = result
	}
	return true
}

// nestedRest reports whether the parts go on with those of the part before: 9件，其中以我局为
// 被告的5件，除公开案件3件外，其余2件为处罚案件.
func nestedRest(s *claims.Sentence, b *claims.Breakdown) bool {
	for n, k := range b.Parts {
		f := &s.Figures[k]
		if n > 0 && n+1 < len(b.Parts) && strings.HasPrefix(strings.TrimLeft(f.Raw, "，；"), "除") && strings.HasPrefix(f.Tail, "外") {
			rest := &s.Figures[b.Parts[n+1]]
			return startsWithAny(strings.TrimLeft(rest.Raw, "，"), "其余", "其他", "余下", "剩余")
		}
	}
	return false
}

// restUncounted reports whether the total behind the parts also holds what stands before
// them without a number: 两份决定维持我局答复，另有1件…、1件…，合计4件.
func restUncounted(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	first := &s.Figures[b.Parts[0]]
	return !b.Previous && total.Start > first.Start && startsWithAny(strings.TrimLeft(first.Raw, "，；"), "另", "还有", "此外", "其余", "其他")
}

// oneList reports whether 、 joins every part to the one before it directly.
func oneList(s *claims.Sentence, b *claims.Breakdown) bool {
	for n, k := range b.Parts[1:] {
		if before := &s.Figures[b.Parts[n]]; s.Figures[k].Sep != '、' || s.Figures[k].Clause != before.End+1 {
			return false
		}
	}
	return true
}

// mayDo begin what each of several holders may have done as well as another.
var mayDo = []string{"开通", "开设", "建立", "设立", "配备", "建成", "制定", "出台", "拥有", "参加", "使用", "公开", "发布", "实现", "涉及", "组织", "开展", "运用", "获得", "落实", "采用", "通过", "利用", "知道", "知晓", "了解"}

// overlap reports whether the parts may have something in common: they are told by what
// each has (有电视版的18期、有网络版的24期), one of several is the whole, or the text says so.
func overlap(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	if thresholds(s, b) {
		return true
	}
	if s.Says("合计数大于", "之和大于", "合计大于", "同时列入", "同时归入") {
		return true // whatever the list ends with
	}
	if b.Closed { // 知道甲的174户，知道乙的62户
		return !slices.ContainsFunc(b.Parts, func(k int) bool { return !startsWithAny(s.Figures[k].Raw, "知道", "知晓", "了解") })
	}
	having := 0
	for _, k := range b.Parts {
		f := &s.Figures[k]
		words := strings.TrimPrefix(strings.TrimPrefix(f.Raw, "其中"), "，")
		if startsWithAny(words, "有", "含", "带", "配", "附") && strings.Trim(words, "有含带配附：") != "" {
			having++
		}
		if words = strings.TrimRight(words, "只仅有"); strings.HasSuffix(words, "的") && startsWithAny(words, mayDo...) && !hasAnySuffix(words, []string{"提交的", "提出的", "递交的", "申请的", "收到的", "受理的", "寄来的", "报送的"}) {
			having++ // 开通抖音号的9个，开通视频号的11个
		}
		if f.Value.Cmp(total.Value) == 0 && len(b.Parts) > 1 && (!oneList(s, b) || !sameEnds(s, b)) && !b.FillsBracket(s, total) && !sameHeads(s, b) && !asDecided(s, b) {
			return true
		}
	}
	beyond := 0
	for _, k := range b.Parts {
		if s.Figures[k].Value.Cmp(total.Value) > 0 {
			beyond++
		}
	}
	if having > 1 || farOver(s, b, total) && (beyond != 1 || !b.Uniform) {
		return true
	}
	if beyond > 0 {
		return false // more than the total by itself, whatever the parts have in common
	}
	return s.Says("重复计", "有重复", "重叠", "有交叉", "交叉重", "交叉统计", "交叉计", "存在交叉", "相互交叉", "同时属于", "兼有", "多端同步", "存在重合", "一稿多发", "可多选", "多选", "分别计算", "分别统计", "分别计入", "分别计数", "分别计件", "同时涉及", "同时包含", "逐项计数", "各计一", "同一信息", "同时发布", "均计入", "同时在", "同步在", "个平台同步", "两个平台均", "各平台均")
}

// asDecided reports whether the parts are what reviews or lawsuits ended with, of which each has one, or
// that they have not: 其中5件维持，1件尚未审结.
func asDecided(s *claims.Sentence, b *claims.Breakdown) bool {
	return s.Says("复议", "诉讼") && !slices.ContainsFunc(b.Parts, func(k int) bool {
		words := s.Figures[k].Raw + s.Figures[k].Tail
		return !containsAny(words, "维持", "纠正", "纠错", "未审结", "正在审理") || containsAny(words, "一审", "二审", "再审", "终审", "均")
	})
}

// sameEnds reports whether the names of all parts end alike: 二级栏目1个、三级栏目4个.
func sameEnds(s *claims.Sentence, b *claims.Breakdown) bool {
	const noun = 2
	return shareRunes(s, b, noun, func(r []rune) string { return string(r[len(r)-noun:]) })
}

// sameHeads reports whether the names of all parts begin alike: 采矿权出让公告2项，采矿权审批结果4项.
func sameHeads(s *claims.Sentence, b *claims.Breakdown) bool {
	const noun = 3
	return shareRunes(s, b, noun, func(r []rune) string { return string(r[:noun]) })
}

// shareRunes reports whether the names of all parts are longer than so many runes and have these
// in common.
func shareRunes(s *claims.Sentence, b *claims.Breakdown, length int, of func([]rune) string) bool {
	same := ""
	for _, k := range b.Parts {
		r := []rune(s.Figures[k].Label)
		if len(r) <= length || same != "" && same != of(r) {
			return false
		}
		same = of(r)
	}
	return true
}

// thresholds reports whether the parts are told by marks of which one holds the other:
// 90分以上的12个，80分以上的33个; 当日办结212件，三日内办结298件.
func thresholds(s *claims.Sentence, b *claims.Breakdown) bool {
	n := 0
	for _, k := range b.Parts {
		if containsAny(s.Figures[k].Raw, "未", "不能") {
			return false // 当场解答 and 未能当场解答
		}
		if containsAny(s.Figures[k].Raw, "以上", "以下", "以内", "不足", "日内", "天内", "小时内", "当日", "当天", "当场", "即时") {
			n++
		}
	}
	return n > 1
}

// farOver reports whether parts that commas part are so much more than the total together that they are told by what each has, not as its parts.
func farOver(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	percent := int64(140)
	const many = 6
	switch n := len(b.Parts); {
	case n == 2:
		percent = 150
	case n >= many:
		percent = 200
	}
	if len(b.Parts) < 2 || b.Previous || s.Figures[b.Parts[1]].Sep == '、' || b.BeyondByChannel(s, total) || b.FillsBracket(s, total) {
		return false
	}
	if b.Sum(s).Cmp(new(big.Rat).Mul(total.Value, big.NewRat(percent, 100))) <= 0 {
		return false
	}
	const last, little = 3, 115 // the last may be of something else: 1171条，其中工作动态717条，稿件544条，公众号公布1103条
	if n := len(b.Parts) - 1; n+1 == last && s.Figures[b.Parts[n]].Value.Cmp(total.Value) < 0 {
		first := (&claims.Breakdown{Parts: b.Parts[:n]}).Sum(s)
		return first.Cmp(total.Value) <= 0 || first.Cmp(new(big.Rat).Mul(total.Value, big.NewRat(little, 100))) > 0
	}
	return true
}

// byOrigin reports whether the parts say how or by whom something was asked for,
// which goes with what was received rather than with what was answered.
func (c *context) byOrigin(s *claims.Sentence, b *claims.Breakdown) bool {
	for _, k := range b.Parts {
		if containsAny(s.Figures[k].Label, "自然人", "法人", "网", "信函", "邮寄", "当面", "现场", "传真", "企业", "组织", "公民", "邮件", "信件", "书面", "平台") {
			return true
		}
	}
	return false
}

func (c *context) brokenSum(index int, b *claims.Breakdown, sum *big.Rat) fault {
	s := &c.said.Sentences[index]
	total := b.TotalOf(s, c.before(index))
	var parts []string
	for _, k := range b.Parts {
		f := &s.Figures[k]
		name := f.Label
		if name == "" {
			name = f.Tail
		}
		parts = append(parts, inner.Replace(clip(name))+roughly(f))
	}
	const listed = 8
	list := strings.Join(parts[:min(listed, len(parts))], "＋")
	if len(parts) > listed {
		list += "＋…"
	}
	relation := "超过合计"
	if b.Closed && total.Exact() {
		relation = "与合计不相等，合计是"
	}
	last := &s.Figures[b.Parts[len(b.Parts)-1]]
	from := s.Figures[b.Parts[0]].Start
	if !b.Previous {
		from = min(from, total.Start)
	}
	return fault{
		place:    "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(s.Figures[b.Parts[0]].Start),
		paths:    c.textPaths(s.Section),
		quote:    c.quoteOf(s, from, last.End),
		message:  c.inChapter(s.Section) + "分项之和" + list + "＝" + number(sum) + "，" + relation + roughly(total) + total.Unit + "，请核对。",
		expected: json.Number(number(total.Value)), actual: json.Number(number(sum)),
	}
}

// otherUnitsToo reports whether what the parts lack of the total stands among them in other units:
// 水质信息52期、停水公告86条、水价信息14条，共152条.
func otherUnitsToo(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure, diff *big.Rat) bool {
	if diff.Sign() >= 0 || b.Previous || total.Start < s.Figures[b.Parts[0]].Start {
		return false
	}
	others, mixed := new(big.Rat), false
	for i := range s.Figures {
		if g := &s.Figures[i]; g.End <= total.Start && g.IsCount() && !g.Change && g.Depth == total.Depth && !slices.Contains(b.Parts, i) {
			mixed = mixed || g.Unit != total.Unit
			others.Add(others, g.Value)
		}
	}
	return mixed && others.Add(others, diff).Sign() == 0
}

// firstHoldsRest reports whether the first part is what the others are the parts of: 其中1725条执法信息包括处罚1380条、…
func firstHoldsRest(s *claims.Sentence, b *claims.Breakdown) bool {
	const least = 3
	if len(b.Parts) < least || !containsAny(s.Figures[b.Parts[1]].Raw, "包括", "包含", "含", "分为") {
		return false
	}
	first := s.Figures[b.Parts[0]].Value
	sum := b.Sum(s)
	return sum.Sub(sum, first).Cmp(first) == 0
}

// levelsBefore is how far before the number of levels the first of them may stand.
const levelsBefore = 12

// byHowMany says by how many something changed: 比上年少3条次.
var byHowMany = lazyregexp.New(`[比较][^，。；\d]{1,10}(?:少|多|增加|减少|增|减|下降|上升)了?(?:\d+|[两二三四五六七八九十])[^，。；\d]{1,3}$`)

// narrativeEnumeration compares the number a list says with its items.
func narrativeEnumeration(c *context) *verdict {
	v := newVerdict()
	for i := range c.said.Lists {
		l := &c.said.Lists[i]
		if l.Found == l.Stated {
			v.pass()
			continue
		}
		if l.Found < l.Stated && l.Open || byHowMany.MatchString(l.Announced) {
			continue
		}
		text := []rune(c.textOf(l.Section))
		if from := max(0, min(l.Start, len(text))-levelsBefore); strings.Contains(l.Announced, "级") && containsAny(string(text[from:max(from, min(l.Start, len(text)))]), "全国", "国家", "中央") {
			continue // 办理全国、省、市、县四级建议
		}
		end := min(l.End, len(text))
		quote := sentenceAt(text, min(l.Start, end))
		v.fail(fault{
			place: "section" + itoa(l.Section) + "@" + itoa(l.Start), paths: c.textPaths(l.Section), quote: clip(quote),
			message:  c.inChapter(l.Section) + "写“" + inner.Replace(clip(l.Announced)) + "”，列出的却是" + itoa(l.Found) + "项，请核对。",
			expected: l.Stated, actual: l.Found,
		})
	}
	if v.outcome == report.NotApplicable {
		v.reason = "文字没有写明项数的列举"
	}
	return v
}
