package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

func (a *account) add(s *claims.Sentence, f *claims.Figure, r role) {
	set := func(to **claims.Figure) {
		if *to != nil && (*to).Value.Cmp(f.Value) != 0 {
			a.unclear = true
		}
		*to = f
	}
	switch {
	case a.received != nil && f.Unit != a.received.Unit:
		return
	case r != settled && a.done == nil && a.isTotal(f):
		a.addTotal(f)
		return
	case r != noRole && r != subtotal && !f.Exact(), (r == intake || r == settled) && (f.Scope.Cumulative && !a.sinceStart(f) || f.Scope.Unsure),
		r == intake && a.done != nil && containsAny(s.Span(min(a.done.End, f.Start), f.Start), "其中", "含", "包括", "包含"):
		a.unclear = true
	case (r == intake || r == settled) && a.ofOtherTime(f, r):
		a.elsewhen = true
	}
	if (r == settled || r == noRole) && len(a.ended) > 0 { // 转站所办理42件，已反馈39件
		a.ended = nil
		a.others++
	}
	switch r {
	case intake:
		if a.partedByCarried(f) {
			return
		}
		if a.received != nil && a.received.Value.Cmp(f.Value) != 0 && !f.Scope.Partial {
			if a.accepted = isAccepted(a.received, f); !a.accepted {
				a.others++
			}
			a.earlier = a.received
		}
		a.received, a.whole = f, a.whole || bothIn(f)
		a.included = a.included || a.whole || a.holdsCarried(s, f)
	case settled:
		if a.done != nil && strings.HasPrefix(f.Raw, "其中") && f.Value.Cmp(a.done.Value) <= 0 {
			return // 办结70件，其中按期办结66件
		}
		if a.settlesLater(f) {
			set(&a.late) // 按时办结1255单，延期办结9单
			return
		}
		set(&a.done)
	case pending:
		if a.ofChallenge(s, f) {
			return
		}
		a.rest = a.rest || a.leaves(f)
		set(&a.pending)
	case forward:
		if !a.ofChallenge(s, f) {
			set(&a.forward)
		}
	case carried:
		a.addCarried(s, f)
	case ended:
		if a.done != nil && containsAny(s.Span(min(a.done.End, f.Start), f.Start), "其中", "含", "包括") {
			return // 审结49件，其中终止7件
		}
		a.ended = append(a.ended, f)
	case subtotal:
		a.addSubtotal(f)
	case noRole:
		a.addOther(s, f)
	}
}

// leaves reports whether what is under way is told to be all that is left.
func (a *account) leaves(f *claims.Figure) bool {
	return containsAny(f.Raw, "其余", "余", "剩") || (len(a.carried) > 0 || a.none) && containsAny(f.Raw, "未办结", "未结", "未审结", "未答复", "未办理完", "年末", "年底", "期末", "岁末")
}

// ofChallenge reports whether what is still under way or goes on is a challenge named behind what was received:
// 收到申请30件，…产生行政复议3件，其中尚未审结1件.
func (a *account) ofChallenge(s *claims.Sentence, f *claims.Figure) bool {
	if a.received == nil || a.received.End > f.Start || !containsAny(f.Raw+f.Tail, "审结", "审理") {
		return false
	}
	return containsAny(s.Span(a.received.End, f.Start), "复议", "诉讼") && !containsAny(a.received.Raw+a.received.Tail, "复议", "诉讼")
}

// isAccepted reports whether the figure is of what was accepted of what came in, which alone
// the account is of: 收到复议申请94件，受理86件.
func isAccepted(came, f *claims.Figure) bool {
	return f.Value.Cmp(came.Value) < 0 && containsAny(f.Label, "受理", "立案") && !containsAny(came.Label, "受理", "立案") && isReceipt(strings.NewReplacer("依法", "", "审查", "", "后", "", "经", "", "立案", "").Replace(f.Label))
}

// settlesLater reports whether the figure is of what was settled too, beside what was
// settled in time or at once.
func (a *account) settlesLater(f *claims.Figure) bool {
	return a.done != nil && (containsAny(f.Raw, lateWords...) && containsAny(a.done.Raw, inTime...) ||
		containsAny(f.Raw, "转办后", "转交后", "派单后", "期内", "期限内", "限期", "限时", "时限内") && containsAny(a.done.Raw, atOnce...))
}

// atOnce are words for what is settled when it comes.
var atOnce = []string{"当即", "当场", "直接", "即时", "现场", "即办", "当日", "当天"}

// addOther adds a figure that has no part in the account.
func (a *account) addOther(s *claims.Sentence, f *claims.Figure) {
	if a.isPart(s, f) && (a.done == nil || !a.isPart(s, a.done)) {
		return // and not one of those that what was settled is another one of
	}
	a.others++
	if a.more == nil {
		a.more = new(big.Rat)
	}
	if a.done == nil && a.received != nil {
		a.more.Add(a.more, f.Value)
	}
}

// notSettled takes out that something is not settled yet: 年初有3件未办结信访件.
var notSettled = strings.NewReplacer("未办结", "", "未答复", "", "未审结", "", "未回复", "", "未办复", "")

// addCarried adds what was carried over.
func (a *account) addCarried(s *claims.Sentence, f *claims.Figure) {
	if containsAny(notSettled.Replace(f.Tail), "办结", "答复", "办理完毕", "审结", "回复", "办复") || a.done != nil && f.Sep == '；' && containsAny(f.Raw, "办结", "答复", "审结") {
		return // 上年结转的3件也已办结: even by itself
	}
	if a.received != nil && strings.Contains(s.Span(a.received.End, f.Start), "不含") {
		a.carried = append(a.carried, f)
		return
	}
	within := f.Depth > 0 || strings.Contains(f.Raw, "其中") || strings.HasPrefix(f.Raw, "含")
	a.included = a.included || within && a.received != nil && a.done == nil
	a.eitherWay = a.eitherWay || inBareBracket(f)
	a.carried = append(a.carried, f)
}

// partedByCarried reports whether the figure and what was carried over are the parts of what was
// received: 共受理26件，其中上年结转2件、新收24件.
func (a *account) partedByCarried(f *claims.Figure) bool {
	if a.received == nil || !a.included {
		return false
	}
	sum := new(big.Rat).Set(f.Value)
	for _, x := range a.carried {
		sum.Add(sum, x.Value)
	}
	return sum.Cmp(a.received.Value) == 0
}

// addSubtotal begins an account with what there was to do in all: 应办326件.
func (a *account) addSubtotal(f *claims.Figure) {
	if a.received == nil && a.done == nil && containsAny(f.Label, "应办", "应答复") {
		a.received, a.included, a.whole = f, true, true
	}
}

// isPart reports whether the figure is a part of what was received.
func (a *account) isPart(s *claims.Sentence, f *claims.Figure) bool {
	return a.received != nil && slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool {
		return !b.Previous && &s.Figures[b.Total] == a.received && slices.ContainsFunc(b.Parts, func(k int) bool { return &s.Figures[k] == f })
	})
}

// ofOtherTime reports whether the figure is not of the whole year that the account is of.
func (a *account) ofOtherTime(f *claims.Figure, r role) bool {
	return a.ofOtherYear(f) || f.Scope.Partial && !a.none && (r != settled || !a.byDate(f))
}

// ofOtherYear reports whether the figure is of another year; the year that was only said
// of what was carried over is not meant.
func (a *account) ofOtherYear(f *claims.Figure) bool {
	if len(a.carried) > 0 || a.none {
		return f.Scope.OtherYear && (containsAny(f.Raw, lastWords...) || yearWords.MatchString(f.Raw))
	}
	return f.Scope.OtherYear
}

// lateWords are words for what is settled behind its term.
var lateWords = []string{"延期", "超期", "逾期", "超时", "延时"}

// parted reports whether a semicolon stands between what was settled and the figure.
func (a *account) parted(s *claims.Sentence, f *claims.Figure) bool {
	return f.Start > a.done.End && strings.ContainsRune(s.Span(a.done.End, f.Start), '；')
}

// plainTotals are the words before a figure that adds up those before it.
var plainTotals = []string{"共", "共计", "合计", "总计", "一共", "总共", "共有", "计", "两项合计", "二者合计"}

// addTotal takes the sum of what came in for the account. What was carried over is part of it where it
// stands before: 自然人96件、企业7件，合计103件；上年结转6件.
func (a *account) addTotal(f *claims.Figure) {
	a.included = a.included || len(a.carried) > 0
	a.received, a.earlier, a.others, a.more = f, nil, 0, nil
}

// isTotal reports whether the figure adds up those before it: 建议8件、提案5件，共13件.
func (a *account) isTotal(f *claims.Figure) bool {
	pointed := startsWithAny(f.Raw, "上述", "以上", "前述", "这") && len(a.carried) > 0 // 上述29件申请中
	if a.received == nil || !pointed && (f.Tail != "" || !slices.Contains(plainTotals, f.Raw) && (!containsAny(f.Raw, toDo...) || !containsAny(f.Raw, "共", "总", "合计"))) {
		return false
	}
	sum := new(big.Rat).Set(a.received.Value)
	for _, x := range a.carried {
		sum.Add(sum, x.Value)
	}
	if a.more != nil {
		sum.Add(sum, a.more)
	}
	return sum.Cmp(f.Value) == 0
}

// judgeAccount compares the two sides of an account.
func (c *context) judgeAccount(s *claims.Sentence, a *account, v *verdict) {
	if a.done == nil && a.accepted && len(a.ended) == 1 && a.others == 0 && !a.unclear && !a.elsewhen && len(a.carried) == 0 {
		c.judgeAccepted(s, a, v)
		return
	}
	if a.done == nil && a.wholeSettled(s) {
		a.done = a.received
	}
	if a.unclear || a.received == nil || a.done == nil || a.done.Unit != a.received.Unit || a.done.Scope.Partial != a.received.Scope.Partial && !a.byDate(a.done) || a.done.Scope.Area != a.received.Scope.Area {
		return
	}
	if a.elsewhen && !a.onePeriod(s) || a.partsOfIntake(s) {
		return
	}
	in, out := new(big.Rat).Set(a.received.Value), new(big.Rat).Set(a.done.Value)
	words, said := sayingFigure(a.received), sayingFigure(a.done)
	for _, f := range a.carried {
		if !a.included && f.Unit == a.received.Unit {
			in.Add(in, f.Value)
			words += "、" + sayingFigure(f)
		}
	}
	for _, f := range append([]*claims.Figure{a.late, a.pending, a.forward}, a.ended...) {
		if f == nil || f.Unit != a.received.Unit || f == a.forward && a.pending != nil && f.Value.Cmp(a.pending.Value) == 0 {
			continue
		}
		out.Add(out, f.Value)
		said += "、" + sayingFigure(f)
	}
	most := new(big.Rat).Set(in)
	if a.more != nil && !a.ofAccepted() {
		most.Add(most, a.more)
	}
	if a.ofAccepted() || a.pointsToReceived(s) {
		a.earlier = nil
	} else if a.earlier != nil && a.earlier.Value.Cmp(in) != 0 && (!a.accepted || len(a.carried) == 0) {
		most.Add(most, a.earlier.Value)
	}
	if c.balancesOtherwise(s, a, in, out) {
		v.pass()
		return
	}
	complete := a.pending != nil && (a.rest || a.doneAndPending(s) && nearly(in, out)) || a.forward != nil && (len(a.carried) > 0 || a.none || a.whole)
	short := out.Cmp(in) < 0 && !a.byDate(a.done) && complete && (a.others == 0 || a.ofAccepted()) && !containsAny(a.besideSides(s), leftOut...)
	switch {
	case out.Cmp(most) <= 0 && !short:
		v.pass()
		return
	case (a.handled || !c.settles(a.done) && !settlesThe(a.done, a.received) && settlesBy(a.done, a.received)) && !nearly(out, in):
		return
	case !short && (len(a.carried) == 0 && !a.none && !a.whole && a.done != a.received && c.mayHaveCarried(s, a, out, in)):
		return
	}
	x, y := c.claimAt(s, slices.IndexFunc(s.Figures, func(f claims.Figure) bool { return f.Start == a.received.Start })),
		c.claimAt(s, slices.IndexFunc(s.Figures, func(f claims.Figure) bool { return f.Start == a.done.Start }))
	if x != nil && y != nil {
		v.fail(c.unbalanced(flow{x, words, in}, flow{y, said, out}))
	}
}

// balancesOtherwise reports whether the account comes out even in another way of reading it.
func (c *context) balancesOtherwise(s *claims.Sentence, a *account, in, out *big.Rat) bool {
	return a.balancesBeside(in, out) || c.holdsCarriedBefore(s, a, out)
}

// holdsCarriedBefore reports whether the figure taken for what was received is that and what was carried over, as what
// was received is told before: 收到347件。…上年结转12件，全年实际办理359件，办结341件，其余18件.
func (c *context) holdsCarriedBefore(s *claims.Sentence, a *account, out *big.Rat) bool {
	if len(a.carried) != 1 || a.included || a.carried[0].Start > a.received.Start || a.received.Value.Cmp(out) != 0 {
		return false
	}
	index := slices.IndexFunc(c.said.Sentences, func(x claims.Sentence) bool { return x.Start == s.Start && x.Section == s.Section })
	return c.addedUpBefore(index-1, s.Section, a.received.Unit, new(big.Rat).Sub(a.received.Value, a.carried[0].Value))
}

// inBareBracket reports whether a bracket tells a figure and does not say that it is a part of what stands
// before it, so that it may be either that or beside it: 收到66件（上年结转6件）.
func inBareBracket(f *claims.Figure) bool {
	return f.Depth > 0 && !containsAny(f.Raw, "其中", "含", "包括")
}

// balancesBeside reports whether what a bracket tells of those carried over may stand beside what was received
// as well as within it, and balances there.
func (a *account) balancesBeside(in, out *big.Rat) bool {
	if !a.included || !a.eitherWay {
		return false
	}
	both := new(big.Rat).Set(in)
	for _, f := range a.carried {
		both.Add(both, f.Value)
	}
	return both.Cmp(out) == 0
}

// leftOut are words of what may have become of some that the account does not count.
var leftOut = []string{"撤", "不予受理", "转办", "转其他", "不属", "移交", "退", "另"}

// ofAccepted reports whether what was settled is said to be of those accepted: 受理的案件已审结56件.
func (a *account) ofAccepted() bool {
	return a.accepted && acceptedOf.MatchString(a.done.Raw)
}

// acceptedOf points back to what was accepted.
var acceptedOf = lazyregexp.New(`^(?:已|所|上述)?受理(?:的(?:案件|申请|投诉|诉求|事项|信访件|纠纷)?|案件|申请|投诉|诉求|事项|信访件|纠纷)(?:中)?，?(?:已|共|全部|当年|年内)*`)

// doneAndPending reports whether the account says of what was received, one behind the other,
// how many are settled and how many are not yet, and nothing else.
func (a *account) doneAndPending(s *claims.Sentence) bool {
	i := slices.IndexFunc(s.Figures, func(f claims.Figure) bool { return f.Start == a.received.Start })
	if i < 0 || i+2 >= len(s.Figures) {
		return false
	}
	return &s.Figures[i+1] == a.done && &s.Figures[i+2] == a.pending && a.done.Sep == '，'
}

// judgeAccepted compares what came in with what of it was accepted and what was not: 登记2690件，
// 受理2511件，不予受理179件.
func (c *context) judgeAccepted(s *claims.Sentence, a *account, v *verdict) {
	out := new(big.Rat).Add(a.received.Value, a.ended[0].Value)
	if out.Cmp(a.earlier.Value) == 0 {
		v.pass()
		return
	}
	x, y := c.claimOf(s, a.earlier), c.claimOf(s, a.received)
	if x != nil && y != nil && nearly(a.earlier.Value, out) && nearly(out, a.earlier.Value) && !s.Says("转办", "转交", "移送", "撤", "另", "待审查", "正在审查") {
		v.fail(c.unbalanced(flow{x, sayingFigure(a.earlier), a.earlier.Value}, flow{y, sayingFigure(a.received) + "、" + sayingFigure(a.ended[0]), out}))
	}
}

// besideSides is the sentence without the words before what was received and what is left: 另有
// before the latter leaves nothing out.
func (a *account) besideSides(s *claims.Sentence) string {
	text := strings.ReplaceAll(s.Text, "转办的", "的") // 受理热线转办的诉求3068件
	for _, f := range []*claims.Figure{a.received, a.pending, a.forward} {
		if f != nil {
			text = strings.Replace(text, strings.ReplaceAll(f.Raw, "转办的", "的")+f.Printed, "", 1)
		}
	}
	return text
}

// nearly reports whether a figure is a little more than another, or has its digits in another
// order, as a mistyped one: of two things told one after the other one may be twice the other.
func nearly(out, in *big.Rat) bool {
	const percent = 120
	return new(big.Rat).Mul(in, big.NewRat(percent, 100)).Cmp(out) >= 0 || slipOf(out.RatString(), in.RatString())
}

// pointsToReceived reports whether the words between what was received and what was settled say that these are of those.
func (a *account) pointsToReceived(s *claims.Sentence) bool {
	return a.done != nil && a.done.Start > a.received.End && amongReceived.MatchString(s.Span(a.received.End, a.done.Start))
}

// amongReceived says that what was settled is of what was received: 受理27件；受理的案件中，已办结25件.
var amongReceived = lazyregexp.New(`[，；](?:在)?(?:上述|全部|已)?(?:受理|收到|接到|承办|立案)的[^，。；\d]{0,8}[中里]，`)

// partsOfIntake reports whether what was settled and what was not, X and 不X, are told as the
// parts of what was received, which narrative.sum adds up: 受理216件，其中已办结209件，未办结9件.
func (a *account) partsOfIntake(s *claims.Sentence) bool {
	return a.pending != nil && strings.Contains(a.pending.Raw, "未") && claims.Opposite(a.done, a.pending) && len(a.carried) == 0 && !a.none && a.forward == nil && a.done.Start > a.received.End &&
		containsAny(s.Span(a.received.End, a.done.Start), "其中", "包括", "包含") && a.isPart(s, a.done) && a.isPart(s, a.pending)
}

// allSettled says of what was received that nothing of it is left.
var allSettled = lazyregexp.New(`(?:全部|均|都|悉数|一律)(?:已经|已|予以|按期|按时|依法|及时|得到|规范)*(?:办结|答复|办理完毕|处理完毕|审结|回复)|(?:全部|均)(?:按|按照|依据|根据|依照|严格按照?)[^，。；]{0,12}(?:答复|办结|回复)|所有申请(?:件|事项)?(?:均|都|已经|已|按照?规定|按期|按时|依法|及时|予以)*(?:办结|答复|办理完毕|回复)`)

// wholeSettled reports whether the sentence says that all received is settled, and then
// of some of it that it is carried forward.
func (a *account) wholeSettled(s *claims.Sentence) bool {
	left := a.forward
	if left == nil && a.pending != nil && ofReceived.MatchString(a.pending.Tail) {
		left = a.pending // 另有1件当年收到的申请尚未办结
	}
	if a.received == nil || left == nil || left.Start < a.received.End || left.Value.Sign() == 0 || len(a.carried) > 0 || a.others > 0 || a.pending != nil && left != a.pending {
		return false
	}
	between := s.Span(a.received.End, left.Start)
	if strings.Contains(between, "其中") && slices.ContainsFunc(s.Figures, func(f claims.Figure) bool {
		return f.Unit == a.received.Unit && f.Start > a.received.Start && f.Start < left.Start &&
			(allSettled.MatchString(f.Tail) || !a.isPart(s, &s.Figures[slices.IndexFunc(s.Figures, func(g claims.Figure) bool { return g.Start == f.Start })]))
	}) {
		return false // of those which 其中 tells, not how they came
	}
	return allSettled.MatchString(between) && !containsAny(between, "除", "其余", "余下", "剩余", "未", "上年", "到期")
}

// yearCompared compares with the year before: 较上年增加128件.
var yearCompared = lazyregexp.New(`(?:较|比|与|同|和)(?:上年|上一年|去年|往年|20\d\d年)(?:度)?(?:同期|同|相比|净|略|基本|大幅|有|所|明显|显著|较大|一定|大)*(?:增|减|上升|下降|多|少|持平|相|提)`)

// mayHaveCarried reports whether things of earlier years, which the sentence
// gives no number of, may have been settled too.
func (c *context) mayHaveCarried(s *claims.Sentence, a *account, out, in *big.Rat) bool {
	text := strings.Replace(s.Text, a.received.Raw, "", 1) // 交办信访积案12件
	for _, w := range nextWords {
		text = strings.ReplaceAll(text, w, "")
	}
	if containsAny(text, "年增", "年减", "年度增", "年度减", "年上", "年下", "年多", "年少", "年持平", "年相", "年同", "年净", "年略", "年有", "年明", "年显", "年大", "年较") {
		text = yearCompared.ReplaceAllString(text, "")
	}
	if containsAny(text, "结转", "转结", "历年", "积案", "往年", "遗留", "上年", "跨年", "去年", "以前年") || c.lastYearIn(text) {
		return true
	}
	if a.pointsToReceived(s) {
		return false
	}
	i := slices.IndexFunc(s.Figures, func(f claims.Figure) bool { return f.Start == a.received.Start })
	told := c.claimAt(s, i)
	if !isReception(trimCount(a.received.Label)) && (told == nil || told.Subject != claims.New) {
		return false
	}
	_, x := c.applicationsTotal("carried_over")
	if x == nil {
		return c.tellsCarried()
	}
	if told != nil && told.Subject == claims.New && !c.ownScope(told) {
		return true // the tables do not say what it carried over
	}
	if !x.known() {
		return true
	}
	return out.Cmp(new(big.Rat).Add(in, x.value)) <= 0
}

func sayingFigure(f *claims.Figure) string {
	label := firstOf(f.Label, f.Tail, f.Raw)
	if label == "" {
		return f.Printed + f.Unit
	}
	return "“" + inner.Replace(clip(label)) + "”" + f.Printed + f.Unit
}
