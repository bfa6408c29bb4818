package rules

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// twoValues finds facts given with two values in different sentences.
func twoValues(c *context) *verdict {
	v := newVerdict()
	c.compareSubjects(v)
	c.compareTellings(v)
	c.compareDurations(v)
	c.compareDays(v)
	c.comparePairs(v)
	c.compareGrowth(v)
	c.compareReceived(v)
	c.compareBelow(v)
	c.compareDenied(v)
	c.compareOnce(v)
	c.compareBack(v)
	if v.outcome == report.NotApplicable {
		v.reason = "文字没有重复写同一事项的数字"
	}
	return v
}

// toBeSettled reports whether a claim is of all there was to do, which is not what was done: 应予处理36件.
func toBeSettled(x *claims.Claim) bool {
	switch x.Subject {
	case claims.Processed, claims.Handled, claims.Answered:
		return startsWithAny(strings.TrimPrefix(x.Label, "全年"), "应答复", "应办", "应处理", "应予")
	default:
		return false
	}
}

// dated is a figure of the form in a year; 0 is the report's own.
type dated struct {
	subject claims.Subject
	year    int
}

// compareSubjects compares the claims about one figure of the form, those of another year that
// they name as well: 2022年新收58件.
func (c *context) compareSubjects(v *verdict) {
	var order []dated
	said := map[dated][]*claims.Claim{}
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		of := dated{c.intakeOf(x), 0}
		if x.Scope.OtherYear {
			of.year = x.Scope.Year
		}
		if of.subject == claims.None || !c.plain(x) && !c.ofNamedYear(x) || c.partOfSettled(x) || c.namedPart(x) || c.ofOneOffice(x) || toBeSettled(x) {
			continue
		}
		if said[of] == nil {
			order = append(order, of)
		}
		said[of] = append(said[of], x)
	}
	for _, of := range order {
		list := said[of]
		first := list[0]
		other := slices.IndexFunc(list, func(x *claims.Claim) bool {
			return x.Sentence != first.Sentence && x.Value.Cmp(first.Value) != 0 && !onlyTenThousand(first, x) && !c.ofOtherTotal(first, x) && !c.toldAsPart(first, x) && !c.holdsAsPart(first, x) && !c.holdsAsPart(x, first) && (of.year != 0 || !c.explained(first, x))
		})
		switch {
		case other >= 0:
			v.fail(c.twice(first, list[other]))
		case len(list) > 1:
			v.pass()
		}
	}
}

// holdsAsPart reports whether the first claim is a total of which the sentence tells the other's number as
// a part, beside what was carried over: 办结15件，其中本年收到的11件、上年结转的4件.
func (c *context) holdsAsPart(total, part *claims.Claim) bool {
	if total.Figure < 0 || part.Figure < 0 {
		return false
	}
	s := c.sentence(total)
	return slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool {
		has := func(is func(f *claims.Figure) bool) bool {
			return slices.ContainsFunc(b.Parts, func(k int) bool { return is(&s.Figures[k]) })
		}
		return !b.Previous && b.Total == total.Figure && has(func(f *claims.Figure) bool { return f.Value.Cmp(part.Value) == 0 }) && has(func(f *claims.Figure) bool { return containsAny(f.Raw, "结转", "上年", "去年") })
	})
}

// intakeOf is the figure of the form that a claim is about, the likely one where it is that of all
// applications: 全年办理的9件政府信息公开申请.
func (c *context) intakeOf(x *claims.Claim) claims.Subject {
	if x.Subject == claims.None && x.Figure >= 0 && claims.IsIntake(x.Likely) && strings.HasSuffix(c.sentence(x).Figures[x.Figure].Raw, "的") {
		return x.Likely
	}
	return x.Subject
}

// onlyTenThousand reports whether one number is the other with 万 behind it, which the rule of units
// objects to: 1302件 and 1302万件.
func onlyTenThousand(a, b *claims.Claim) bool {
	const times = 10000
	return a.Value.Sign() != 0 && b.Value.Sign() != 0 && strings.Contains(a.Printed, "万") != strings.Contains(b.Printed, "万") &&
		(new(big.Rat).Quo(a.Value, b.Value).Cmp(big.NewRat(times, 1)) == 0 || new(big.Rat).Quo(b.Value, a.Value).Cmp(big.NewRat(times, 1)) == 0)
}

// ofOneOffice reports whether a sentence begins with the part that one office has in the figures
// before: 其中，区政府办公室收到….
func (c *context) ofOneOffice(x *claims.Claim) bool {
	s := c.sentence(x)
	return x.Figure == 0 && startsWithAny(s.Text, "其中") && x.Sentence > 0 && !containsAny(s.Figures[0].Raw, "我局", "本机关")
}

// ofOneLevel reports whether 其中 leads from a greater figure of the same subject to the claim: 受理申请
// 29件。其中区本级收到24件，区属部门收到5件.
func (c *context) ofOneLevel(x *claims.Claim) bool {
	s := c.sentence(x)
	if x.Subject != claims.New || x.Figure < 0 || !s.Says("其中") || !strings.Contains(s.Span(0, s.Figures[x.Figure].Start), "本级") {
		return false
	}
	first := s.First
	if before := c.before(x.Sentence); before != nil && startsWithAny(s.Text, "其中") {
		first = before.First
	}
	return slices.ContainsFunc(c.said.Claims[first:s.Last], func(y claims.Claim) bool {
		return y.Subject == x.Subject && y.Value.Cmp(x.Value) > 0 && (y.Sentence < x.Sentence || y.From < x.From)
	})
}

// ofNamedYear reports whether the claim is an exact figure of another year which it names.
func (c *context) ofNamedYear(x *claims.Claim) bool {
	s := &x.Scope
	return s.OtherYear && s.Year != 0 && x.Figure >= 0 && !x.Approx && !x.Floor && !x.Change && !s.Unsure && !s.Partial && !s.Cumulative && c.ownScope(x) &&
		(x.Subject == claims.New || x.Subject == claims.Handled || x.Subject == claims.Reconsideration || x.Subject == claims.Litigation)
}

// twice is the finding that two claims about one thing differ.
func (c *context) twice(first, other *claims.Claim) fault {
	a, b := c.sentence(first), c.sentence(other)
	return fault{
		place: "section" + itoa(b.Section) + "@" + itoa(b.Start) + "/" + itoa(other.From) + string(other.Subject),
		paths: slices.Concat(c.claimPaths(first), c.claimPaths(other)), quote: c.quoteOf(b, other.From, other.To),
		message:  c.inChapter(a.Section) + "写" + c.sayingThing(first) + "，" + c.inChapter(b.Section) + "又写" + c.sayingThing(other) + "，同一事项前后不一，请核对。",
		expected: json.Number(number(first.Value)), actual: json.Number(number(other.Value)),
	}
}

// sayingThing says a claim with the thing it counts, where that stands behind the figure: “发布的43篇
// 解读材料”.
func (c *context) sayingThing(x *claims.Claim) string {
	if x.Figure >= 0 && !x.Denied {
		s := c.sentence(x)
		if noun := nounOf(c.wordsBehind(s, x.Figure, s.Figures[x.Figure].Raw)); noun != "" {
			return "“" + inner.Replace(clip(x.Label)+x.Printed+clip(noun)) + "”"
		}
	}
	return saying(x)
}

func saying(x *claims.Claim) string {
	if x.Denied {
		return "“" + x.Printed + inner.Replace(clip(x.Label)) + "”"
	}
	return "“" + inner.Replace(clip(x.Label)) + "”" + x.Printed
}

// explained reports whether two values may both be right: 收到 with and without
// what was carried over.
func (c *context) explained(a, b *claims.Claim) bool {
	if c.sumsAllDone(a) || c.sumsAllDone(b) || c.partBeside(a, b) || c.partBeside(b, a) || c.toldJustBefore(a, b) {
		return true
	}
	for _, x := range []*claims.Claim{a, b} {
		ok := false
		for _, m := range c.meanings(x) {
			if f, found := c.read(m); found && f.blank == nil && agrees(x, f.sum) {
				ok = true
			}
		}
		if !ok {
			return agrees(a, b.Value) || agrees(b, a.Value)
		}
	}
	return true
}

// toldJustBefore reports whether the later claim points back, and its number is that of another figure told shortly
// before, or the sum of what the sentence before it tells one after the other: 应公开96件。…公开的96件中，…;
// 1个未完全解决。…新发现2个。针对上述3个问题.
func (c *context) toldJustBefore(a, b *claims.Claim) bool {
	if a.Sentence > b.Sentence {
		a, b = b, a
	}
	const near = 4 // sentences
	if b.Figure != 0 || a.Sentence == b.Sentence || a.Figure < 0 {
		return false
	}
	s := c.sentence(b)
	f := &s.Figures[b.Figure]
	back := containsAny(f.Raw, "上述", "以上", "这", "前述")
	if !back && (!strings.HasSuffix(f.Raw, "的") || !strings.HasPrefix(f.Tail, "中")) {
		return false
	}
	sum := new(big.Rat)
	for i := b.Sentence - 1; i >= max(0, b.Sentence-near) && c.said.Sentences[i].Section == s.Section; i-- {
		of := c.said.Sentences[i].Figures
		for k := len(of) - 1; k >= 0; k-- {
			g := &of[k]
			if g.Unit != f.Unit || !g.Exact() || g.Change || g.Scope.OtherYear {
				continue
			}
			sum.Add(sum, g.Value)
			if g.Value.Cmp(b.Value) == 0 || back && sum.Cmp(b.Value) == 0 {
				return true
			}
		}
	}
	return false
}

// partBeside reports whether a claim and another figure of its unit in the same sentence, told by longer words than
// a number, make up the other claim: 项目163个。其中机关17个项目，所属单位146个项目.
func (c *context) partBeside(whole, part *claims.Claim) bool {
	if part.Figure < 0 || whole.Figure < 0 || part.Value.Cmp(whole.Value) >= 0 || part.Sentence <= whole.Sentence {
		return false
	}
	s := c.sentence(part)
	rest := new(big.Rat).Sub(whole.Value, part.Value)
	return slices.ContainsFunc(s.Figures, func(f claims.Figure) bool {
		return f.Start != part.From && f.Unit == part.Unit && f.IsCount() && !f.Change && !f.Scope.OtherYear && f.Value.Cmp(rest) == 0 && rest.Cmp(big.NewRat(2, 1)) > 0
	})
}

func (c *context) isPart(s *claims.Sentence, figure int) bool {
	for i := range s.Breakdowns {
		if slices.Contains(s.Breakdowns[i].Parts, figure) {
			return true
		}
	}
	return false
}

// narrativeBalance compares what one sentence says of receipt and settlement.
func narrativeBalance(c *context) *verdict {
	v := newVerdict()
	for i := range c.said.Sentences {
		if !c.judgeApplications(i, v) {
			c.judgeFlow(i, v)
			c.judgeCarried(i, v)
			c.judgeNext(i, v)
			c.judgeOutcomes(i, v)
		}
	}
	c.judgeChapters(v)
	for i := range c.said.Sentences {
		c.judgeLeft(i, v)
	}
	for i := 0; i < len(c.said.Sentences) && len(v.faults) == 0; i++ {
		c.judgeResults(i, true, v)
	}
	c.judgeBesideTable(v)
	if v.outcome == report.NotApplicable {
		v.reason = "文字没有同时写受理数和办结数"
	}
	return v
}

// said are the claims of one sentence by subject; nil where there is none or
// several with different values.
func (c *context) saidIn(sentence int, subject claims.Subject) *claims.Claim {
	var out *claims.Claim
	for i := c.said.Sentences[sentence].First; i < c.said.Sentences[sentence].Last; i++ {
		x := &c.said.Claims[i]
		if x.Subject != subject {
			continue
		}
		if !x.Comparable() || out != nil && out.Value.Cmp(x.Value) != 0 {
			return nil
		}
		out = x
	}
	return out
}

// saidSettled is how many applications the sentence says were settled, or else answered.
func (c *context) saidSettled(index int) *claims.Claim {
	if x := c.saidIn(index, claims.Handled); x != nil {
		return x
	}
	return c.saidIn(index, claims.Answered)
}

// judgeApplications judges a sentence about applications; false where it is
// about something else.
func (c *context) judgeApplications(index int, v *verdict) bool {
	received, carried := c.saidIn(index, claims.New), c.saidIn(index, claims.CarriedOver)
	handled, forward := c.saidSettled(index), c.saidIn(index, claims.CarriedForward)
	if received == nil {
		return false
	}
	in := new(big.Rat).Set(received.Value)
	words := saying(received)
	none := c.noneCarried(&c.said.Sentences[index])
	unknown := carried == nil && !none
	switch {
	case none && (carried == nil || carried.Denied):
	case carried != nil && handled != nil && c.ofPortion(handled): // 新收的49件中办结45件
	case carried != nil && c.includes(received, carried):
	case carried != nil:
		in.Add(in, carried.Value)
		words += "、" + saying(carried)
	default:
		if _, x := c.applicationsTotal("carried_over"); x != nil && x.known() {
			in.Add(in, x.value)
			unknown = x.value.Sign() != 0
		} else if x != nil || len(c.tables) == 0 {
			// Nobody says what was carried over; more may have been settled than received.
			unknown = true
		}
	}
	out := new(big.Rat)
	var last *claims.Claim
	var said string
	if handled != nil {
		out.Add(out, handled.Value)
		last, said = handled, saying(handled)
	} else if sum, x, list := c.outcomes(index); x != nil {
		out, last, said = sum, x, list
	} else {
		return false
	}
	exact := (forward != nil || carried != nil && c.noneForward(index, handled)) && handled != nil && (carried != nil || none) && !tellsWithdrawn(&c.said.Sentences[index])
	if forward != nil && handled != nil && !exact && new(big.Rat).Add(handled.Value, forward.Value).Cmp(received.Value) < 0 && c.accountsFor(index, received, handled, forward) {
		exact, in, words = true, new(big.Rat).Set(received.Value), saying(received)
	}
	if handled == nil && c.tellsAllOutcomes(index, received) {
		exact = true // 处理结果为：予以公开24件、…，均已办结
	}
	if all := c.saidIn(index, claims.Processed); all != nil && handled != nil && forward != nil && all.Value.Cmp(in) == 0 && strings.Contains(all.Label, "应") {
		exact = true // 应办52件（新收49件、结转3件）
	}
	if forward != nil && (exact || !unknown || !c.carriedUnknown()) {
		out.Add(out, forward.Value)
		said += "、" + saying(forward)
	}
	order := out.Cmp(in)
	if order != 0 && carried != nil && carried.Figure >= 0 && inBareBracket(&c.sentence(carried).Figures[carried.Figure]) && out.Cmp(received.Value) == 0 {
		order = 0
	}
	if order == 0 || order < 0 && !exact {
		v.pass()
		return forward != nil || order == 0 && !c.said.Sentences[index].Says(pendingWords...)
	}
	if _, table := c.applicationsTotal("carried_over"); order > 0 && carried == nil && (unknown && c.carriedUnknown() || !none && table != nil && c.namedPart(received)) {
		return true
	}
	if handled == nil && c.toldAsSum(index, received.Figure) {
		return true
	}
	if c.isPart(c.sentence(received), received.Figure) {
		return true // 收到1284件，其中各区收到470件；另有结转38件
	}
	v.fail(c.unbalanced(flow{received, words, in}, flow{last, said, out}))
	return true
}

// noneForward reports whether the sentence says behind what was settled that nothing is left:
// 上年度结转1件，共办结12件，无结转.
func (c *context) noneForward(index int, handled *claims.Claim) bool {
	s := &c.said.Sentences[index]
	return handled != nil && s.Says("结转") && leftNone.MatchString(s.Span(handled.To, len(s.Runes)))
}

// leftNone says that nothing is carried into the next year.
var leftNone = lazyregexp.New(`(?:^|[，；])(?:并)?(?:无|没有|未有)(?:申请|事项|办件)?结转(?:至|到|入)?(?:下一?年度?|次年)?(?:的?申请|事项|件)?(?:[，。；]|$)`)

// tellsWithdrawn reports whether a figure of the sentence is of what was taken back, which some
// count as handled and some do not.
func tellsWithdrawn(s *claims.Sentence) bool {
	return slices.ContainsFunc(s.Figures, func(f claims.Figure) bool { return containsAny(f.Raw+f.Tail, "撤销", "撤回") })
}

// toldAsSum reports whether narrative.sum objects to the parts of the figure.
func (c *context) toldAsSum(index, figure int) bool {
	s := &c.said.Sentences[index]
	v := newVerdict()
	for k := range s.Breakdowns {
		if b := &s.Breakdowns[k]; !b.Previous && b.Total == figure {
			c.judgeBreakdown(index, b, v)
		}
	}
	return len(v.faults) > 0
}

// includes reports whether what was carried over is told as a part of what was received:
// 受理52件（含上年结转3件）. Words that may mean either do where the tables say so.
func (c *context) includes(received, carried *claims.Claim) bool {
	s := c.sentence(received)
	if carried.Figure < 0 || carried.Value.Cmp(received.Value) > 0 || strings.Contains(received.Label, "新收") || received.Sentence == carried.Sentence && c.toldWhole(s, carried.From) {
		return false
	}
	text := wholeBrackets.ReplaceAllString(s.Span(min(received.To, carried.To), max(received.From, carried.From)), "")
	if carried.From < received.From {
		text = s.Span(clauseStart(s.Runes, carried.From), received.From)
	} else if carried.From > received.From {
		f := &s.Figures[carried.Figure]
		text += f.Tail
		if f.Depth > 0 {
			text += "加上"
		}
	}
	switch {
	case containsAny(text, "不含", "不包括", "不包含", "另", "此外", "除", "不计", "；", "办结", "答复"):
		return false
	case containsAny(text, "含", "包括", "其中", "在内") && !containsAny(s.Span(clauseStart(s.Runes, carried.From), carried.From), "加上", "连同", "算上"):
		return true // not 收到58件，其中自然人50件、企业8件，加上上年结转的2件
	case containsAny(text, "连同", "加上", "算上", "计入", "共", "合计"):
		f, ok := c.read(appl(totalColumn, "new", "carried_over"))
		return ok && f.blank == nil && f.sum.Cmp(received.Value) == 0
	}
	return false
}

// wholeBrackets are brackets with what stands in them: 收到33件（其中企业9件），加上跨年4件.
var wholeBrackets = lazyregexp.New(`（[^（）]*）`)

// accountsFor reports whether the sentence counts nothing beside what was received with its
// parts, what was answered and what was carried forward, and tells no other end: however much
// was carried over, the latter two are then not less than the first.
func (c *context) accountsFor(index int, received, handled, forward *claims.Claim) bool {
	s := &c.said.Sentences[index]
	if received.Figure < 0 {
		return false
	}
	a := account{received: &s.Figures[received.Figure]}
	for k := range s.Figures {
		f := &s.Figures[k]
		if !f.IsCount() || f.Unit != received.Unit || k == received.Figure || k == handled.Figure || k == forward.Figure || f.Value.Sign() == 0 {
			continue
		}
		some := f.Value.Cmp(received.Value) <= 0 && k < handled.Figure && strings.HasPrefix(f.Raw, "其中")
		if !some && !a.isPart(s, f) {
			return false
		}
	}
	return received.Figure < handled.Figure && handled.Figure < forward.Figure && !containsAny(s.Text, otherEnds...)
}

// otherEnds are what may become of something received beside being settled.
var otherEnds = []string{"撤", "不予受理", "未受理", "转办", "转其他", "不属", "移交", "移送", "退", "另", "补正", "合并", "重复", "正在", "在办", "超出", "逾期", "中止", "终止"}

// tellsAllOutcomes reports whether the outcomes that a sentence counts are said to be all of what
// was received.
func (c *context) tellsAllOutcomes(index int, received *claims.Claim) bool {
	s := &c.said.Sentences[index]
	if !s.Says("结果为", "结果是", "结果如下", "结果分别") || !allSettled.MatchString(s.Text) && !c.noneCarried(s) || containsAny(s.Text, "另", "撤", "补正", "终止", "其中") {
		return false
	}
	for i := s.First; i < s.Last; i++ {
		switch x := &c.said.Claims[i]; {
		case x.Figure == received.Figure, x.Unit != received.Unit, x.Value.Sign() == 0:
		case !slices.Contains(mainOutcomes, x.Subject):
			return false
		}
	}
	return true
}

// mainOutcomes are the results that the form's rows are grouped by.
var mainOutcomes = []claims.Subject{claims.Granted, claims.Partially, claims.Denied, claims.Unable, claims.NotProcessed, claims.OtherOutcome}

// carriedUnknown reports whether nobody says what was carried over: the tables leave it open, or
// there are none and the text speaks of it somewhere.
func (c *context) carriedUnknown() bool {
	_, x := c.applicationsTotal("carried_over")
	if x == nil {
		return c.tellsCarried()
	}
	return !x.known()
}

// tellsCarried reports whether the text speaks of what was carried over from before.
func (c *context) tellsCarried() bool {
	if c.carriedTold == nil {
		told := c.findsCarried()
		c.carriedTold = &told
	}
	return *c.carriedTold
}

// intoNextYear takes out what goes into the next year where the year stands before the verb.
var intoNextYear = glance.NewReplacer("下年度结转", "", "下年结转", "", "下一年度结转", "", "次年结转", "", "次年度结转", "")

func (c *context) findsCarried() bool {
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		if !s.Says("结转", "转结", "接转", "遗留", "转入", "积案", "存量", "跨年", "往年", "历年", "以前年", "上年", "上一年", "去年") && !c.lastYearIn(s.Text) {
			continue
		}
		text := intoNextYear.Replace(s.Text)
		for _, w := range nextWords {
			text = strings.ReplaceAll(text, w, "")
		}
		if c.report.Year != nil {
			text = strings.ReplaceAll(text, "结转"+itoa(*c.report.Year+1)+"年", "")
		}
		if containsAny(text, "结转", "转结", "接转", "遗留", "转入", "积案", "存量", "跨年", "往年", "历年", "以前年") {
			return true
		}
		for statement := range strings.SplitSeq(text, "；") {
			if (containsAny(statement, "上年", "上一年", "去年") || c.lastYearIn(statement)) && containsAny(statement, "未办结", "未答复", "未结", "收到的", "受理的", "登记的", "在办") {
				return true
			}
		}
	}
	return false
}

// outcomes adds up the results that the sentence names.
func (c *context) outcomes(index int) (*big.Rat, *claims.Claim, string) {
	sum := new(big.Rat)
	var last *claims.Claim
	var list []string
	for _, subject := range mainOutcomes {
		if x := c.saidIn(index, subject); x != nil {
			sum.Add(sum, x.Value)
			last = x
			list = append(list, saying(x))
		}
	}
	if len(list) < 2 {
		return nil, nil, ""
	}
	return sum, last, strings.Join(list, "、")
}

// judgeOutcomes compares what became of applications, told to what goes into the next year in a
// sentence of its own, with what came in and over: 新收317件，上年结转3件。其中，予以公开184件，…，结转
// 下年度继续办理13件.
func (c *context) judgeOutcomes(index int, v *verdict) {
	const many = 4
	s, before := &c.said.Sentences[index], c.before(index)
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		if !b.Previous || b.Mixed || len(b.Parts) <= many || !carriesOn(s, b) && !c.carriesBehind(s, b) {
			continue
		}
		received, carried := c.saidIn(index-1, claims.New), c.saidIn(index-1, claims.CarriedOver)
		if received == nil || carried == nil && !c.noneCarried(before) || !c.plain(received) {
			continue
		}
		in, words := new(big.Rat).Set(received.Value), saying(received)
		if carried != nil && !c.includes(received, carried) {
			in.Add(in, carried.Value)
			words += "、" + saying(carried)
		}
		var list []string
		var last *claims.Claim
		parts := b.Parts
		if next := parts[len(parts)-1] + 1; !carriesOn(s, b) {
			parts = append(slices.Clone(parts), next)
		}
		for _, k := range parts {
			if x := c.claimAt(s, k); x != nil {
				list, last = append(list, saying(x)), x
			}
		}
		if len(list) != len(parts) {
			continue
		}
		out := new(big.Rat)
		for _, k := range parts {
			out.Add(out, s.Figures[k].Value)
		}
		if out.Cmp(in) == 0 {
			v.pass()
		} else {
			v.fail(c.unbalanced(flow{received, words, in}, flow{last, strings.Join(list, "、"), out}))
		}
	}
}

// carriesBehind reports whether the figure behind the parts is what goes into the next year.
func (c *context) carriesBehind(s *claims.Sentence, b *claims.Breakdown) bool {
	next := b.Parts[len(b.Parts)-1] + 1
	if next >= len(s.Figures) {
		return false
	}
	x := c.claimAt(s, next)
	return x != nil && x.Subject == claims.CarriedForward && x.Comparable() && s.Figures[next].Sep != '；'
}

// flow is one side of a balance: a claim of it, how it is said, and its sum.
type flow struct {
	claim *claims.Claim
	words string
	sum   *big.Rat
}

func (c *context) unbalanced(in, out flow) fault {
	relation := "多于"
	if out.sum.Cmp(in.sum) < 0 {
		relation = "少于"
	}
	s, a, b := c.sentence(out.claim), in.claim, out.claim
	from, to := b.From, b.To
	if a.Sentence == b.Sentence {
		from, to = min(a.From, from), max(a.To, to)
	}
	return fault{
		place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(b.From), quote: c.quoteOf(s, from, to),
		paths:    slices.Concat(c.claimPaths(a), c.claimPaths(b)),
		message:  c.inChapter(s.Section) + "写" + out.described() + "，" + relation + in.described() + "，请核对。",
		expected: json.Number(number(in.sum)), actual: json.Number(number(out.sum)),
	}
}

// described is how the side is said, with its sum where it has several terms.
func (f *flow) described() string {
	if f.claim.Value.Cmp(f.sum) == 0 {
		return f.words
	}
	return f.words + "（合计" + number(f.sum) + "）"
}

// settled ends what was received: 办结531件.
var settledWords = []string{"办结", "办结总数", "办结数", "已办结", "办结数量", "办结率", "答复", "已答复", "回复", "已回复", "办理完毕", "处理完毕", "结案", "办复", "按期办结", "按时办结", "办结答复", "答复办结", "办完", "处理完", "答复完"}

var receivedWords = []string{"受理", "收到", "接到", "接收", "接办", "收件", "交办", "转办", "接诉", "承办", "派发"}

// untilWords say by when something was settled: 至年底办结, 截至12月31日共办结.
var untilWords = lazyregexp.New(`^(?:截?至|截止|到)?(?:20\d\d年|当年|本年|今年)?(?:年底|年末|期末|岁末|目前|报告期末|统计期末|12月31日|12月底|12月末)(?:前|止|时)?[，,]?(?:共|累计|实际|已)*`)

// settles reports whether the figure is of what was settled, with nothing or a
// general noun behind the verb.
func (c *context) settles(f *claims.Figure) bool {
	label := f.Label
	if f.Tail != "" && !strings.HasPrefix(f.Tail, "。") || !containsAny(label, "结", "复", "毕", "完") {
		return false // one of the four is in all of settledWords
	}
	label = dateWords.ReplaceAllString(label, "")
	if strings.HasSuffix(f.Raw, "的有") { // 全部办结的有63件
		label = strings.TrimSuffix(label, "的")
	}
	if startsWithAny(label, "当", "本", "该", "期", "同", "两", "三", "四", "五", "六", "七", "八", "九", "十") {
		label = termWords.ReplaceAllString(label, "")
	}
	if startsWithAny(label, "截", "至", "到", "年", "期末", "岁末", "目前", "报告", "统计", "12月", "当年", "本年", "今年", "20") {
		label = untilWords.ReplaceAllString(label, "")
	}
	for _, w := range []string{"总数", "数量", "件数", "数", "案件", "工单", "诉求", "投诉", "事项", "全部", "均", "都", "已", "共", "按期", "按时", "及时", "并", "了", "为", "办结工单"} {
		label = strings.TrimSuffix(label, w)
	}
	for _, w := range []string{"已全部", "全部", "均", "都", "已", "按期", "按时", "及时", "并", "截至目前", "目前", "当年", "其中", "实际", "年底前", "年内"} {
		label = strings.TrimPrefix(label, w)
	}
	return slices.Contains(settledWords, label)
}

// claimAt is the claim of a figure.
func (c *context) claimAt(s *claims.Sentence, figure int) *claims.Claim {
	for i := s.First; i < s.Last; i++ {
		if x := &c.said.Claims[i]; x.Figure == figure {
			return x
		}
	}
	return nil
}
