package rules

import (
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/claims"
)

// A share or rate is told in one of a few orders: whole, part, percentage, over clauses and
// sentences. Here it is read by that order alone, where no narrower reading is sure: the part
// is the figure that the percentage follows, the whole the one before it that counts the same
// and is not less. It is wrong where nothing in the sentences around explains it, and its name
// says what the words of the part do.

// wholePart reads part and whole of a share or rate by their order. ok is false where the
// percentage may be of something else.
func (c *context) wholePart(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	name, ok := nameOfRate(s, k)
	if !ok || kindAlone(p.Raw) {
		return q, false
	}
	figures := c.figuresBefore(index, k)
	n := len(figures)
	if days, ok := c.daysOfYear(p); ok && n > 0 && figures[n-1].Unit == "天" && reachesFigure(s, figures[n-1], p) {
		a := figures[n-1]
		return pair{part: a, whole: a, value: hundredth(a.Value, days), words: a.Printed + "天和" + number(days) + "天"}, true
	}
	for n > 0 && (!operand(figures[n-1]) || figures[n-1].Depth > p.Depth) && !figures[n-1].IsPercent() {
		n--
	}
	if n == 0 || figures[n-1].IsPercent() {
		return q, false
	}
	part, words := figures[n-1], wordsAround(figures[n-1])
	for n > 1 && tooSmall(figures[n-1], figures[n-2]) { // 有7个全年报送不足5条
		n--
		part = figures[n-1]
		words = wordsAround(part)
	}
	if part.Change {
		return q, false // 收到30件，同比增加3件，占比15%
	}
	whole := wholeBefore(s, figures[:n-1], part, name.of)
	if whole == nil && n > 1 && operand(figures[n-2]) && sameThings(figures[n-2], part) && part.Value.Cmp(figures[n-2].Value) >= 0 && containsAny(part.Raw, "共", "总", "全") {
		part, whole = figures[n-2], part // 已公示21家（全区共25家）
		words = wordsAround(part)
	}
	if before := c.before(index); whole == nil && rateNamed(p, part) && before != nil && before.Section == s.Section && before.Line == s.Line {
		whole = wholeBefore(before, pointers(before), part, name.of) // 答复64件。有2件超期，按期答复62件，按期答复率98.4%
	}
	if at := slices.Index(pointers(s), whole); at >= 0 && detailOfShared(s, at) {
		return q, false
	}
	if whole == nil || !slices.Contains(pointers(s), part) || wholeName(p) != "" && !callsWhole(p, whole) && !slices.Contains(pointers(s), whole) {
		return q, false // the sentence before has the part
	}
	q = newPair(part, whole)
	if name.deniedBy(part) {
		q.value = new(big.Rat).Sub(big.NewRat(100, 1), q.value) // 抽查52处，不规范6处，规范率
		words = strings.NewReplacer("不", "", "未", "").Replace(words)
	}
	if i := slices.Index(pointers(s), whole); i >= 0 && whole.End <= part.Start {
		q.outOf = strings.ContainsAny(s.Span(whole.End, part.Start), "中里")
	}
	full := p.Value.Cmp(big.NewRat(100, 1)) == 0
	if full && !leavesSome(s, k, &q) {
		return q, false
	}
	if q.rounds(p) || !name.speaksOf(&q, words) {
		return q, false
	}
	return q, full || rateNamed(p, part) || !c.explainedRate(index, k)
}

// rateNamed reports whether a rate has the very name of its part: 按期答复62件，按期答复率98.4%.
func rateNamed(p, part *claims.Figure) bool {
	const least = 3
	deed := strings.TrimLeft(part.Raw, "，；")
	return utf8.RuneCountInString(deed) >= least && part.Tail == "" && p.Clause == part.End+1 && strings.TrimRight(strings.TrimLeft(p.Raw, "，"), "为达到") == deed+"率"
}

// kindAlone reports whether the words of a share name some of the whole before them without saying
// how many those are: 共办理1527件，其中予以公开占58.5%.
func kindAlone(raw string) bool {
	kind, ok := strings.CutPrefix(raw, "其中")
	kind, _, share := strings.Cut(strings.TrimPrefix(kind, "："), "占")
	return ok && share && shareSubject(kind) != ""
}

// daysOfYear are the days of a year that a share is said to be of: 占全年365天的, 占全年的.
func (c *context) daysOfYear(p *claims.Figure) (days *big.Rat, ok bool) {
	for _, n := range []int64{365, 366} {
		if strings.Contains(p.Raw, itoa(int(n))+"天的") {
			return big.NewRat(n, 1), true
		}
	}
	if !containsAny(p.Raw, "占全年的", "占全年天数的", "占全年总天数的", "占全年比例") {
		return nil, false
	}
	const leap = 4
	if c.report.Year != nil && *c.report.Year%leap == 0 {
		return big.NewRat(366, 1), true
	}
	return big.NewRat(365, 1), true
}

// reachesFigure is reaches for figures of the sentence.
func reachesFigure(s *claims.Sentence, a, p *claims.Figure) bool {
	list := pointers(s)
	i, k := slices.Index(list, a), slices.Index(list, p)
	if reaches(s, i, k) {
		return true
	}
	between := strings.Split(s.Span(a.End, p.Clause), "，")
	const one = 3
	return len(between) == one && strings.HasPrefix(between[1], "每") // 明白卡4864份，每户一份，发放率
}

// oneEach reports whether the sentence says that each of the whole has one of the part.
func oneEach(s *claims.Sentence, w, part *claims.Figure) bool {
	return s.Says("每"+w.Unit+"一"+part.Unit, "每"+w.Unit+"1"+part.Unit, "一"+w.Unit+"一"+part.Unit)
}

// sharedAlready reports whether a figure has a share of its own, so that a later percentage is
// of something else: 9个村使用电子屏，占81.8%，…，公开率为100%.
func sharedAlready(s *claims.Sentence, k int, part *claims.Figure) bool {
	i := slices.Index(pointers(s), part)
	if i < 0 || i+1 >= k || !s.Figures[i+1].IsPercent() || !reaches(s, i, i+1) {
		return false
	}
	if n, ok := nameOfRate(s, i+1); ok && n.name != "" && !sharesPair(n.name, wordsAround(part)) {
		return false
	}
	return slices.ContainsFunc(pointers(s)[:i], func(w *claims.Figure) bool {
		return operand(w) && sameThings(w, part) && gives(&s.Figures[i+1], part.Value, w.Value)
	})
}

// tooSmall reports whether a figure is only the mark that those of the one before are told by.
func tooSmall(mark, f *claims.Figure) bool {
	return operand(f) && mark.Clause == f.End && containsAny(mark.Raw, "不足", "以上", "超过", "不到", "少于", "多于", "每", "近") && !claims.SameUnit(mark, f)
}

// wordsAround are the words on both sides of a figure to the ends of its clause.
func wordsAround(f *claims.Figure) string {
	if f.Tail == "" {
		return f.Raw
	}
	return f.Raw + "，" + f.Tail
}

// figuresBefore are the figures before a percentage in its statement, and those of the sentence
// before where the statement has none to compare with.
func (c *context) figuresBefore(index, k int) []*claims.Figure {
	s := &c.said.Sentences[index]
	all := pointers(s)[:k]
	from := 0
	for i := k - 1; i >= 0; i-- {
		if strings.ContainsRune(s.Span(s.Figures[i].End, s.Figures[k].Start), '；') {
			from = i + 1
			break
		}
	}
	const two = 2
	operands := func(list []*claims.Figure) (n int) {
		for _, f := range list {
			if operand(f) {
				n++
			}
		}
		return n
	}
	if operands(all[from:]) >= two {
		return all[from:]
	}
	if operands(all) >= two {
		return all
	}
	if before := c.before(index); before != nil && before.Section == s.Section && before.Line == s.Line {
		return append(pointers(before), all...)
	}
	return all
}

// wholeBefore is the last figure before a part that it may be a part of, nil where none may; one
// that has a share of its own is the whole only where it is called so.
func wholeBefore(s *claims.Sentence, figures []*claims.Figure, part *claims.Figure, called string) *claims.Figure {
	for i := len(figures) - 1; i >= 0; i-- {
		w := figures[i]
		if !operand(w) || !sameThings(w, part) && !oneEach(s, w, part) || w.Value.Cmp(part.Value) <= 0 || w.Scope.OtherYear != part.Scope.OtherYear {
			continue
		}
		if i+1 < len(figures) && figures[i+1].IsPercent() && (called == "" || !sharesPair(called, w.Raw+"，"+w.Tail) && !sharesOne(called, w.Raw)) {
			continue // has a share of its own: a part too
		}
		return w
	}
	return nil
}

// rateName is what a percentage is called.
type rateName struct {
	// share: 占, with the words for the whole in of; else a rate, called by name.
	share    bool
	name, of string
}

// nameOfRate reads what a percentage is called; ok is false where its words tell of other
// years, areas or several things.
func nameOfRate(s *claims.Sentence, k int) (n rateName, ok bool) {
	p := &s.Figures[k]
	words := strings.TrimRight(dropIntro(p.Raw), "：为是达到约仅有了高超过突破也均已")
	if containsAny(p.Raw, "平均", "同比", "环比", "分别", "各", "较", "比上", "比去", "去年", "上年", "上一年", "目标", "两项", "合计", "三项", "面积", "百分点", "提高", "提升", "下降", "全国", "全省", "同期", "总体", "综合", "累计") {
		return n, false
	}
	for _, w := range []string{"率", "度", "比例", "比重", "占比"} {
		if name, ok := strings.CutSuffix(words, w); ok {
			n.name = name
			if w == "占比" || strings.HasSuffix(name, "占") {
				n.share, n.name = true, strings.TrimSuffix(strings.TrimSuffix(name, "占"), "所")
			}
			n.name = strings.TrimSuffix(n.name, "的")
			return n, n.share || n.name != ""
		}
	}
	name, _, found := strings.Cut(words, "占")
	if !found || containsAny(name, "率") {
		return n, false
	}
	n.share, n.name, n.of = true, strings.TrimSuffix(shareSubject(name), "的"), wholeName(p)
	return n, true
}

// stem is the verb that ends a rate's name; empty of a share.
func (n *rateName) stem() string {
	const length = 2
	if r := []rune(n.name); !n.share && len(r) >= length {
		return string(r[len(r)-length:])
	}
	return ""
}

// deniedBy reports whether a figure is of those of whom a rate's deed is denied.
func (n *rateName) deniedBy(f *claims.Figure) bool {
	stem := n.stem()
	return stem != "" && strings.Contains(f.Raw, stem) && !holds(f.Raw, stem) && containsAny(f.Raw, "不", "未") && !strings.HasPrefix(n.name, "不") && !strings.HasPrefix(n.name, "未")
}

// speaksOf reports whether the words around a part, or those of its whole, say what the
// percentage is called by.
func (n *rateName) speaksOf(q *pair, words string) bool {
	if n.share {
		return n.sharesOf(q, words)
	}
	all := words + "，" + q.whole.Raw + q.whole.Tail
	name := []rune(n.name)
	const stemLength, least = 2, 2
	if len(name) < least {
		return false
	}
	stem, qualifier := string(name[len(name)-stemLength:]), string(name[:len(name)-stemLength])
	return qualifies(qualifier, all) && saysDeed(words, stem)
}

// ofOthers reports whether a rate of 100% is called by more than what was done with the part: of
// 35个小组，公开财务的30个，村务公开率100%.
func ofOthers(s *claims.Sentence, k int, q *pair) bool {
	n, ok := nameOfRate(s, k)
	name := []rune(n.name)
	const stem = 2
	if !ok || n.share || len(name) <= stem || leavesSome(s, k, q) {
		return false
	}
	qualifier := string(name[:len(name)-stem])
	before := s.Span(0, s.Figures[k].Clause)
	return !strings.Contains(before, qualifier) && (!containsAny(qualifier, inTime...) || !toldInTime(before))
}

// leavesSome reports whether the sentence goes on, behind a rate of 100%, with those that the part
// leaves of the whole: 办结62件，办结率100%，剩余2件正在协调. What is not due yet is not counted.
func leavesSome(s *claims.Sentence, k int, q *pair) bool {
	rest := new(big.Rat).Sub(q.whole.Value, q.part.Value)
	for i := k + 1; i < len(s.Figures); i++ {
		f := &s.Figures[i]
		if !sameThings(f, q.part) || f.Value.Cmp(rest) != 0 || !startsWithAny(strings.TrimLeft(f.Raw, "，；"), "剩余", "其余", "余下", "另外", "另有", "还有", "尚有", "仍有", "未", "尚未", "暂未") {
			continue
		}
		named := containsAny(s.Figures[k].Raw, inTime...) && containsAny(q.part.Raw, inTime...) // 按期报送51家，按期报送率100%
		return !containsAny(s.Text, "到期", "期限内", "时限内", "期内", "法定", "补正", "撤回", "延期", "结转") && (named || !containsAny(s.Text, "按期", "按时", "及时"))
	}
	return false
}

// baseBehind reports whether the words behind a percentage say of what else it is one:
// 参保率98.6%（按应参保人数计算）.
func baseBehind(s *claims.Sentence, p *claims.Figure) bool {
	const reach = 24
	return containsAny(s.Span(p.End, min(p.End+reach, len(s.Runes))), "计算", "口径", "为基数", "为分母", "剔除", "扣除", "不含", "不计")
}

// sharesOf is speaksOf for 占.
func (n *rateName) sharesOf(q *pair, words string) bool {
	if n.name != "" && !sharesPair(n.name, words) {
		return false
	}
	whole := q.whole.Raw + "，" + q.whole.Tail
	if n.of == "" {
		return containsAny(whole, wholeWords...) || q.outOf
	}
	return sharesPair(n.of, whole) || strings.Contains(n.of, q.whole.Unit) && q.whole.Unit != "" && sharesOne(n.of, whole)
}

// wholeWords say before a figure that it is all there is of something.
var wholeWords = strings.Fields("共 总 全 应 收到 受理 接到 接收 接听 登记 发放 发出 抽查 抽检 抽取 检查 核查 印发 制发 制定 出台 发布 公开 推送 办理 承办 调查 回访 现有 辖 设有 梳理")

// sharesPair reports whether two neighbouring characters of the name stand in the words.
func sharesPair(name, words string) bool {
	r := []rune(name)
	for i := 0; i+1 < len(r); i++ {
		if strings.Contains(words, string(r[i:i+2])) {
			return true
		}
	}
	return len(r) == 1 && strings.Contains(words, name)
}

// sharesOne reports whether a character of the name that means something stands in the words.
func sharesOne(name, words string) bool {
	return slices.ContainsFunc([]rune(name), func(r rune) bool {
		return !strings.ContainsRune("人数件条次个总的全部量名位户家单位", r) && strings.ContainsRune(words, r)
	})
}

// qualifies reports whether the words say of what is counted what a rate's name does before its
// verb: 按时 of 按时发布率, 问题 of 问题发现率.
func qualifies(qualifier, words string) bool {
	if qualifier == "" {
		return true
	}
	for _, w := range inTime {
		if rest, ok := strings.CutPrefix(qualifier, w); ok {
			return toldInTime(words) && qualifies(rest, words)
		}
	}
	n := 0
	for _, r := range qualifier {
		if !strings.ContainsRune(words, r) {
			n++
		}
	}
	return n == 0
}

// toldInTime reports whether the words say by when something was done: 在1月31日前, 5日内.
func toldInTime(words string) bool {
	return containsAny(words, inTime...) || containsAny(words, "日前", "月底前", "日内", "小时内", "天内", "月内", "之前", "以内", "如期", "时限", "期限")
}

// sameDeeds are verbs that tell one deed; a rate may be called by another one than its part.
var sameDeeds = [][]string{
	{"公开", "公示", "公布", "发布", "上墙", "公告"}, {"答复", "回复", "办复", "复函", "反馈", "回应"}, {"办结", "办毕", "结案", "审结", "办理完毕", "处理完毕"},
	{"知晓", "了解", "知道", "听说", "熟悉"}, {"满意", "好评"}, {"参考", "参加", "到考", "应试", "参试"}, {"参训", "参加", "到训", "参与"}, {"到会", "参会", "实到", "到场", "出席"}, {"到课", "实到", "到训"}, {"参与", "参加"},
	{"覆盖", "建立", "建成", "开通", "设立", "设置", "配备", "开设", "实现", "安装", "接入", "配有", "建有"}, {"配备", "配有"}, {"建成", "建立", "建有"}, {"开通", "开设"}, {"整改", "改正", "纠正"}, {"发放", "发出", "派发", "送达"}, {"入户", "走访"}, {"回收", "收回"}, {"采纳", "吸收", "采用"}, {"采用", "刊用", "录用", "采纳"},
	{"及时", "按时", "按期", "日内", "小时内", "天内", "期限内", "时限内"}, {"按期", "按时", "及时", "日内", "期限内", "时限内"}, {"按时", "按期", "及时", "日内", "期限内", "时限内", "日前"}, {"化解", "调处", "调解", "解决"}, {"调解", "调处"}, {"成功", "调成", "达成"}, {"解决", "化解"}, {"合格", "达标", "通过"}, {"达标", "合格", "达到", "符合"}, {"通过", "合格"},
	{"签约", "签订"}, {"接通", "接听"}, {"安装", "装有"}, {"更新", "维护"}, {"链接", "链通"}, {"上传", "上网"}, {"上网", "上传", "网上公开"}, {"网办", "网上办", "在线办", "线上办", "全程网办"}, {"拨付", "支付", "发放", "下达"}, {"执行", "支出"}, {"支付", "拨付"}, {"审核", "审查"}, {"完成", "办结", "建成", "竣工"}, {"纠错", "纠正", "撤销", "变更"}, {"录取", "录用"}, {"签收", "收悉"},
}

// saysDeed reports whether the words tell the deed that a rate is called by, and do not deny it.
func saysDeed(words, stem string) bool {
	if holds(words, stem) {
		return true
	}
	for _, group := range sameDeeds {
		if group[0] == stem && slices.ContainsFunc(group[1:], func(w string) bool { return holds(words, w) }) {
			return true
		}
	}
	return false
}

// mostCompared caps the figures that are compared with each other for one percentage.
const mostCompared = 40

// explainedRate reports whether two figures of the sentence, or of the one before it, give the
// percentage, or several of them together.
func (c *context) explainedRate(index, k int) bool {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	list := make([]*claims.Figure, 0, len(s.Figures))
	if before := c.before(index); before != nil && before.Section == s.Section && before.Line == s.Line {
		list = append(list, pointers(before)...)
	}
	list = append(list, pointers(s)...)
	if len(list) > mostCompared {
		return true // among so many, two give nearly any percentage
	}
	carries := s.Says("结转", "遗留", "上年", "去年", "加上", "连同", "另有", "转入")
	for i, a := range list {
		if !operand(a) {
			continue
		}
		for n, w := range list {
			if n == i || !operand(w) || !sameThings(w, a) {
				continue
			}
			if gives(p, a.Value, w.Value) {
				return true
			}
			if n > 0 && operand(list[n-1]) && n-1 != i && sameThings(list[n-1], a) {
				next := list[n-1]
				if carries && gives(p, a.Value, new(big.Rat).Add(w.Value, next.Value)) ||
					gives(p, a.Value, new(big.Rat).Sub(next.Value, w.Value)) || gives(p, new(big.Rat).Add(w.Value, next.Value), a.Value) {
					return true
				}
			}
		}
	}
	return false
}

// gives reports whether the percentage is that of the part in the whole. A floor is not far below
// it, and none where it has decimals.
func gives(p *claims.Figure, part, whole *big.Rat) bool {
	if whole.Sign() <= 0 || part.Cmp(whole) > 0 || part.Sign() <= 0 {
		return false
	}
	over := new(big.Rat).Sub(hundredth(part, whole), p.Value)
	most := new(big.Rat).Mul(p.Step, big.NewRat(1, 2))
	if p.Floor && p.Step.IsInt() && over.Sign() > 0 {
		most = big.NewRat(5, 1)
	}
	return over.Abs(over).Cmp(most) <= 0
}

// sharesOfOne is the pair of a share in a row of them, each behind its part, whose whole was told
// before: the others are of that whole, or all parts together are the whole. 公开文件104份。其中
// 政策类4份，占3.8%。业务类17份，占16.3%。资金类41份，占34.9%.
func (c *context) sharesOfOne(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	part := c.sharedPart(index, k)
	if part == nil || len(s.Figures) > mostCompared {
		return q, false
	}
	p := &s.Figures[k]
	type shared struct{ part, share *claims.Figure }
	var row []shared
	var beside []*claims.Figure // the shares of the sentence
	var wholes []*claims.Figure
	const back, ahead = 6, 4 // sentences
	for i := max(0, index-back); i < min(len(c.said.Sentences), index+ahead); i++ {
		x := &c.said.Sentences[i]
		if x.Section != s.Section || len(x.Figures) > mostCompared {
			continue
		}
		for n := range x.Figures {
			f := &x.Figures[n]
			switch {
			case f.IsPercent():
				if a := c.sharedPart(i, n); a != nil && sameThings(a, part) {
					row = append(row, shared{a, f})
					if i == index {
						beside = append(beside, f)
					}
				}
			case i == index && n+1 < k && x.Figures[n+1].IsPercent() && c.sharedPart(i, n+1) == f:
				continue // a part too
			case i <= index && operand(f) && (sameThings(f, part) || f.Unit == "项" && part.Unit == "件") && f.Value.Cmp(part.Value) != 0 && !f.Change && !f.Scope.OtherYear && (i < index || f.Start < part.Start):
				if gives(p, part.Value, f.Value) {
					return q, false
				}
				wholes = append(wholes, f)
			}
		}
	}
	const enough = 2
	for _, w := range wholes {
		n, sum := 0, new(big.Rat)
		for _, x := range row {
			if sum.Add(sum, x.part.Value); x.share != p && gives(x.share, x.part.Value, w.Value) {
				n++
			}
		}
		over := part.Value.Cmp(w.Value) > 0 // more than what the other shares are of
		if n >= enough || n > 0 && (over || sum.Cmp(w.Value) == 0 || makesWhole(beside) || slipOfRate(p, hundredth(part.Value, w.Value), true)) {
			return newPair(part, w), true
		}
	}
	return q, false
}

// shareOfAdded is the pair of a share directly behind its part and of the total told before that
// this part and the figures beside it add up to: 公开信息700条。网站65条，微信635条，占总数的97%.
func (c *context) shareOfAdded(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	part := c.sharedPart(index, k)
	if k == 0 || part != &s.Figures[k-1] || len(s.Figures) > mostCompared || !operand(part) {
		return q, false
	}
	p := &s.Figures[k]
	if name := wholeName(p); name != "" && !containsAny(name, "公开", "发布", "信息", "申请") {
		return q, false
	}
	var row []*claims.Figure // the parts told one behind the other
	for i := range s.Figures {
		f := &s.Figures[i]
		switch {
		case f.IsPercent() && i > 0 && c.sharedPart(index, i) == &s.Figures[i-1]:
		case operand(f) && f.Unit == part.Unit && f.Depth == part.Depth && !f.Change && !f.Scope.OtherYear:
			row = append(row, f)
		case i > k:
		default:
			row = row[:0]
		}
	}
	const least, back = 2, 3 // parts, sentences
	at := slices.Index(row, part)
	for from := range at + 1 {
		sum := new(big.Rat)
		for n, f := range row[from:] {
			if sum.Add(sum, f.Value); from+n < at || n+1 < least {
				continue
			}
			whole := c.sameBefore(index, row[from], sum, back)
			if whole == nil {
				continue
			}
			if slices.ContainsFunc(row, func(f *claims.Figure) bool { return gives(p, f.Value, sum) }) {
				return q, false
			}
			return newPair(part, whole), true
		}
	}
	return q, false
}

// sameBefore is a figure of the sentence before first, or of one of the sentences before it in its
// chapter, that counts like it and has the value; nil where there is none.
func (c *context) sameBefore(index int, first *claims.Figure, value *big.Rat, back int) *claims.Figure {
	for i := index; i >= max(0, index-back); i-- {
		x := &c.said.Sentences[i]
		if x.Section != c.said.Sentences[index].Section || len(x.Figures) > mostCompared {
			return nil
		}
		for n := range x.Figures {
			f := &x.Figures[n]
			if i == index && f.Start >= first.Start {
				break
			}
			if operand(f) && f.Unit == first.Unit && f.Value.Cmp(value) == 0 && !f.Change && !f.Scope.OtherYear {
				return f
			}
		}
	}
	return nil
}

// sharedPart is the figure that a share is of: the only one before it in its statement. nil
// where the percentage is no share, or there is none.
func (c *context) sharedPart(index, k int) *claims.Figure {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	n, ok := nameOfRate(s, k)
	if bracket := p.Raw == "" && p.Sep == '（' && k > 0 && s.Figures[k-1].End == p.Clause-1; !ok && !bracket || ok && !n.share && !containsAny(p.Raw, "比例", "比重") || p.Approx || p.Loose {
		return nil
	}
	if k == 0 || !operand(&s.Figures[k-1]) || s.Figures[k-1].Change {
		return nil
	}
	a := &s.Figures[k-1]
	between := s.Span(a.End, p.Clause)
	if strings.ContainsRune(between, '；') || strings.Contains(a.Raw, "占") {
		return nil
	}
	if k > 1 && operand(&s.Figures[k-2]) && !reaches(s, k-1, k) && !strings.ContainsRune(s.Span(s.Figures[k-2].End, a.Start), '；') {
		return nil
	}
	return a
}
