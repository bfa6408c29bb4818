package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// Whatever comes in, and over from the year before, is either answered or goes into the next year.
// Where one paragraph tells each of the three once, in whatever sentences and order, they are
// compared here: 受理申请55件，其中本年度办理52件，结转下年度办理2件.

// threefold is what came in, what was answered and what goes into the next year, with the
// sentences that tell them.
type threefold struct {
	received, carried, done, forward *toldFigure
	included                         bool
	// apart is the text without the words of the parts of what was answered.
	apart string
}

// toldFigure is a figure with its sentence.
type toldFigure struct {
	s *claims.Sentence
	k int
}

func (x *toldFigure) figure() *claims.Figure { return &x.s.Figures[x.k] }

var (
	// answeredOf are the words before the number of those answered.
	answeredOf = lazyregexp.New(`^(?:在|其中|其他|其余|截至年底|年内|本年度?|当年|全年|已经?|[均共]|依法|按期|按时|及时|全部|实际|累计|20\d\d年度?)*(?:办理|办结|答复|回复|处理|办复)(?:办结|答复|完成|完毕)?(?:的|了|政府信息|信息公开|依申请公开|公开|申请|信件|事项|件)*$`)
	// answeredBehind are those behind it.
	answeredBehind = lazyregexp.New(`^(?:申请)?(?:[均已全都]|已经|全部)*(?:及时|[在按依如][^，。；、]{1,12})?(?:予以|作出|进行|给予|做出)?(?:书面)?(?:答复|办结|回复|办理完毕|处理完毕)$`)
	// receivedOf are the words before the number of applications that came in.
	receivedOf = lazyregexp.New(`(?:新收到?|收到|受理|接到|接收|办理|处理)[^，。；、]{0,14}(?:申请|申请信件|申请件|申请政府信息公开件|依申请公开|依申请公开件|依申请公开信息|依申请公开政府信息)$`)
)

// judgeLeft judges the paragraph around a sentence that tells what goes into the next year.
func (c *context) judgeLeft(index int, v *verdict) {
	s := &c.said.Sentences[index]
	if len(v.faults) > 0 || !s.Says("转", "顺延") {
		return
	}
	for k := range s.Figures {
		if c.goesOn(s, k) {
			if x, ok := c.threefoldAround(index, k); ok {
				c.judgeThreefold(&x, v)
			}
			return
		}
	}
}

// saidBefore reports whether the sentence before says one of the words.
func (c *context) saidBefore(index int, words ...string) bool {
	before := c.before(index)
	return before != nil && before.Line == c.said.Sentences[index].Line && before.Section == c.said.Sentences[index].Section && before.Says(words...)
}

// goesOn reports whether the figure is of what goes into the next year.
func (c *context) goesOn(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	words := f.Raw + "，" + f.Tail
	return f.IsCount() && f.Unit == "件" && !f.Change && containsAny(words, "转", "顺延") && (containsAny(words, nextWords...) || strings.Contains(words, "下一年") || c.nextYearIn(words) || strings.HasSuffix(f.Raw, "除") && startsWithAny(f.Tail, "结转办理", "结转外", "申请结转")) && !containsAny(words, "未", "审理", "审结")
}

// threefoldAround reads the three figures from the sentences of a paragraph around the one that
// tells what goes on; ok is false where one is missing or told twice, or others stand between.
func (c *context) threefoldAround(index, k int) (x threefold, ok bool) {
	s := &c.said.Sentences[index]
	x.forward = &toldFigure{s, k}
	const back = 4
	first, last := index, index
	for first > 0 && index-first < back && c.sameParagraph(first-1, index) {
		first--
	}
	if last+1 < len(c.said.Sentences) && c.sameParagraph(last+1, index) {
		last++
	}
	for at := first; at <= last; at++ {
		of := &c.said.Sentences[at]
		for n := range of.Figures {
			f := &of.Figures[n]
			if !f.IsCount() || f.Unit != "件" || f.Change || of == s && n == k {
				continue
			}
			if x.done != nil && (at > index || of == s && n > k) {
				continue // all is told
			}
			if !c.takes(&x, of, n) {
				return x, false
			}
		}
		x.apart += of.Text
	}
	x.apart = strings.ReplaceAll(x.apart, "结转", "") // 无结转办理件 is no 转办
	for _, y := range []*toldFigure{x.carried, x.forward} {
		if y != nil {
			x.apart = strings.Replace(x.apart, y.figure().Raw, "", 1)
		}
	}
	if x.done != nil {
		for _, n := range partsOfFigure(x.done) {
			x.apart = strings.Replace(x.apart, x.done.s.Figures[n].Raw, "", 1)
		}
	}
	return x, x.received != nil && x.done != nil
}

func (c *context) sameParagraph(i, k int) bool {
	a, b := &c.said.Sentences[i], &c.said.Sentences[k]
	return a.Section == b.Section && a.Line == b.Line
}

// takes gives a figure its place; false where it has none and is no part of one that has.
func (c *context) takes(x *threefold, s *claims.Sentence, n int) bool {
	f := &s.Figures[n]
	here := &toldFigure{s, n}
	words := f.Raw + "，" + f.Tail
	subject := claims.None
	if y := c.claimAt(s, n); y != nil {
		subject = y.Subject
	}
	switch {
	case x.received == nil, x.done == nil && subject != claims.New && receivedOf.MatchString(f.Raw) && holdsCarriedBehind(c, s, n):
		if subject == claims.New || subject == claims.Processed || receivedOf.MatchString(f.Raw) {
			x.received = here
			return f.Exact() && !f.Scope.OtherYear && !f.Scope.Partial && !f.Scope.Cumulative && !f.Scope.Unsure && f.Depth == 0
		}
		return true // of something before
	case subject == claims.CarriedOver || containsAny(words, "转", "遗留") && (containsAny(words, lastWords...) || c.lastYearIn(words)):
		if x.carried != nil || !f.Exact() {
			return false
		}
		x.carried = here
		x.included = x.received.s == s && (f.Depth > 0 || strings.HasPrefix(f.Raw, "含") || containsAny(f.Raw, "包含", "包括", "其中")) && !containsAny(f.Raw, "不含", "另")
		return x.done == nil
	case containsAny(words, "复议", "诉讼"):
		return s != x.forward.s || n > x.forward.k // 收到行政复议1件，结转下年审理1件
	case slices.Contains(partsOfFigure(x.received), n) && x.received.s == s && !answeredOf.MatchString(f.Raw) && !answeredBehind.MatchString(f.Tail):
		return true
	case x.done != nil && (x.done.s == s && slices.Contains(partsOfFigure(x.done), n) || f.Value.Cmp(x.done.figure().Value) == 0 || slices.Contains(mainOutcomes, subject)):
		return true
	case x.done == nil && slices.Contains(mainOutcomes, subject):
		return false // 其他处理8件 is one of several results
	case x.done == nil && (subject == claims.Processed || subject == claims.Handled || subject == claims.Answered || answeredOf.MatchString(f.Raw) && (f.Tail == "" || startsWithAny(f.Tail, "。", "申请中", "申请", "中")) || startsWithAny(f.Raw, "其中", "其他", "其余", "剩余") && len([]rune(f.Raw)) == 2 && answeredBehind.MatchString(f.Tail) || f.Raw == "" && answeredBehind.MatchString(f.Tail)):
		x.done = here
		return f.Exact() && !f.Scope.Partial && !f.Scope.Cumulative
	}
	return x.done == nil && containsAny(words, "申请人", "自然人", "法人", "网络", "网上", "信函", "信件", "邮寄", "当面", "现场", "在线", "线上", "传真")
}

// holdsCarriedBehind reports whether the brackets behind a figure say that it holds what was carried
// over: 共处理申请1717件（包含上年结转76件）.
func holdsCarriedBehind(c *context, s *claims.Sentence, n int) bool {
	if n+1 >= len(s.Figures) {
		return false
	}
	next := &s.Figures[n+1]
	return next.Depth > s.Figures[n].Depth && strings.Contains(next.Raw, "含") && (containsAny(next.Raw, lastWords...) || c.lastYearIn(next.Raw))
}

// partsOfFigure are the indexes of the parts that the sentence tells of a figure.
func partsOfFigure(x *toldFigure) []int {
	for i := range x.s.Breakdowns {
		if b := &x.s.Breakdowns[i]; !b.Previous && b.Total == x.k {
			return b.Parts
		}
	}
	return nil
}

// judgeThreefold compares the three figures.
func (c *context) judgeThreefold(x *threefold, v *verdict) {
	received, done, forward := x.received.figure(), x.done.figure(), x.forward.figure()
	if !forward.Exact() {
		return
	}
	in, words := new(big.Rat).Set(received.Value), sayingFigure(received)
	if x.carried != nil && !x.included {
		in.Add(in, x.carried.figure().Value)
		words += "、" + sayingFigure(x.carried.figure())
	}
	out := new(big.Rat).Add(done.Value, forward.Value)
	order := out.Cmp(in)
	if order < 0 && containsAny(x.apart, otherEnds...) || order == 0 {
		return
	}
	if x.included && inBareBracket(x.carried.figure()) && new(big.Rat).Add(in, x.carried.figure().Value).Cmp(out) == 0 {
		return
	}
	a, b := c.claimOf(x.received.s, received), c.claimOf(x.done.s, done)
	if a == nil || b == nil {
		return
	}
	if order > 0 && x.carried == nil && !c.noneCarried(x.received.s) {
		if _, over := c.applicationsTotal("carried_over"); over == nil && c.tellsCarried() || over != nil && (!over.known() || c.namedPart(a) || !c.ownScope(a) || out.Cmp(new(big.Rat).Add(in, over.value)) <= 0) {
			return
		}
	}
	v.fail(c.unbalanced(flow{a, words, in}, flow{b, sayingFigure(done) + "、" + sayingFigure(forward), out}))
}
