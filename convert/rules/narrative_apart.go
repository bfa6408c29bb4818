package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// A growth may be told with one of its figures only, and the other stand elsewhere in the report:
// 公开信息5523条，比上年度增长14.63%. …2020年公开信息4188条. So may a share, whose whole another
// sentence tells. The other figure is found by its name, which must be the same.

// toldApart is the pair of a growth or share one of whose figures another sentence tells, or of a
// rate that its own cannot give.
func (c *context) toldApart(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	if q, ok = noneOf(s, k); ok {
		return q, true
	}
	if k == 0 && len(s.Figures) == 1 {
		if q, ok = c.rateNamed(index); ok {
			return q, true
		}
	}
	if k == 0 && len(s.Figures) == 1 || k == 1 && len(s.Figures) == 2 && startsWithAny(s.Text, "上述", "以上", "这") && strings.HasSuffix(s.Figures[0].Tail, "中") {
		return c.shareNamed(index)
	}
	if q, ok = c.growthFromBase(index, k); ok {
		return q, true
	}
	if k == 0 || containsAny(p.Raw, "分别", "各", "百分点", "率", "均", "两项", "环比", "平均") {
		return q, false
	}
	if p.Change || growth(p) {
		return c.growthApart(index, k)
	}
	return c.shareApart(index, k)
}

// growthApart: the growth stands behind the figure of the one year, and that of the other is
// told elsewhere.
func (c *context) growthApart(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p, i := &s.Figures[k], k-1
	for i > 0 && (s.Figures[i].Depth > p.Depth || s.Figures[i].IsPercent() && s.Figures[i].Clause == p.End) {
		i-- // 受理31件（均为自然人提交），同比上升
	}
	here := &s.Figures[i]
	if !comparesYears(c, p.Raw) || !operand(here) || here.IsMoney() || here.Change || !reaches(s, i, k) || strings.ContainsRune(s.Span(here.End, p.Start), '；') {
		return q, false
	}
	then := here.Scope.OtherYear // 2020年收到148件，2021年同比增长18.8%
	if then && (!c.ofLastYear(s, here) || c.report.Year == nil || !namesYear(p.Raw, *c.report.Year) && !strings.Contains(p.Raw, "今年") && !strings.Contains(p.Raw, "本年")) {
		return q, false
	}
	if of := subjectOfGrowth(p.Raw); of != "" && !sharesPair(of, wordsAround(here)) {
		return q, false // of something else
	}
	c.eachAlike(index, i, func(at int, f *claims.Figure) bool {
		of := &c.said.Sentences[at]
		if f.Scope.OtherYear == then || !then && !c.ofLastYear(of, f) || f.Scope.Partial != here.Scope.Partial || f.Scope.Cumulative != here.Scope.Cumulative || f.Scope.Cumulative && !c.namesOwnYear(of.Span(0, f.Start)) && !f.Scope.OtherYear || f.Scope.Unsure {
			return true
		}
		was, now := f, here
		if then {
			was, now = here, f
		}
		x := grownApart(p, here, now, was)
		if fits(p, x.value) || rounded(now) || rounded(was) {
			q, ok = pair{}, false
			return false
		}
		if !ok {
			q, ok = x, true
		}
		return true
	})
	return q, ok && (!then || !c.grewFrom(index, p, here))
}

// grewFrom reports whether the growth is that of another figure of the chapter from the one of the year
// before: 公开信息共304条，…网站公开信息165条。2021年公开信息280条，2022年同比增长8.6%.
func (c *context) grewFrom(index int, p, was *claims.Figure) bool {
	section := c.said.Sentences[index].Section
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		if s.Section == section && slices.ContainsFunc(s.Figures, func(f claims.Figure) bool {
			return operand(&f) && f.Unit == was.Unit && !f.Change && !f.Scope.OtherYear && fits(p, grownBy(&f, was, fell(p.Raw)).value)
		}) {
			return true
		}
	}
	return false
}

// growthFromBase: the sentence tells the figure of the year before and the growth only, and that of the
// year is the one figure of its kind before: 公开276条。…与上年230条相比，增长20%.
func (c *context) growthFromBase(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	if k != 1 || !p.Change && !growth(p) || containsAny(p.Raw, "率", "占", "分别", "百分点") {
		return q, false
	}
	base := &s.Figures[0]
	if !operand(base) || base.Change || !c.ofLastYear(s, base) || !startsWithAny(base.Raw, "与", "较", "比", "同") || base.Clause > 0 {
		return q, false
	}
	if base.Tail == "相比" {
		if now := c.namedBefore(index, base.Unit, p.Raw); now != nil {
			return grownApart(p, base, now, base), true
		}
	}
	if subjectOfGrowth(strings.TrimPrefix(p.Raw, "相比")) != "" ||
		strings.TrimSuffix(base.Tail, "相比") != "" {
		return q, false // 与上年900条新媒体信息相比
	}
	const least = 4
	noun := withoutYear(strings.TrimLeft(base.Raw, "与较比同"))
	named := c.countsNamed(index, base, noun, least) == 1
	if !named && subjectOfGrowth(strings.TrimLeft(base.Raw, "与同")) != "" {
		return q, false
	}
	var now *claims.Figure
	for i := range c.said.Sentences[:index] {
		of := &c.said.Sentences[i]
		for n := range of.Figures {
			f := &of.Figures[n]
			if of.Section != s.Section || f.Unit != base.Unit || named && !namedLike(f, base, noun) {
				continue
			}
			if now != nil || !operand(f) || f.Change || f.Scope.OtherYear || f.Depth > 0 {
				return q, false
			}
			now = f
		}
	}
	if now == nil || rounded(now) || rounded(base) {
		return q, false
	}
	return grownApart(p, base, now, base), true
}

// namedBefore is the only figure before a sentence, in its chapter, that is called as the subject of a growth
// is: 县政府门户网站发布信息8640条。…门户网站发布信息增长8.0%; nil where there is none, or several are.
func (c *context) namedBefore(index int, unit, raw string) (now *claims.Figure) {
	const least = 4
	name := plainSubject.Replace(subjectOfGrowth(raw))
	if utf8.RuneCountInString(name) < least {
		return nil
	}
	for i := range c.said.Sentences[:index] {
		of := &c.said.Sentences[i]
		for k := range of.Figures {
			f := &of.Figures[k]
			if of.Section != c.said.Sentences[index].Section || f.Unit != unit || !strings.HasSuffix(plainSubject.Replace(subjectOfGrowth(f.Raw)), name) {
				continue
			}
			if now != nil || !operand(f) || f.Change || f.Scope.OtherYear || f.Scope.Partial || f.Scope.Cumulative || f.Scope.Unsure || f.Depth > 0 || rounded(f) {
				return nil
			}
			now = f
		}
	}
	return now
}

// plainSubject takes out what may stand in the name of one thing and not in another.
var plainSubject = strings.NewReplacer("共", "", "累计", "", "各类", "", "政府信息", "信息", "政务信息", "信息")

// namedLike reports whether a figure is called by a noun, and not by a channel that the base has not.
func namedLike(f, base *claims.Figure, noun string) bool {
	return strings.HasSuffix(f.Raw, noun) && channelsIn(f.Raw)&^channelsIn(base.Raw) == 0
}

// countsNamed is how many figures before a sentence, in its chapter, count like the base of a growth and
// are called by its noun of so many characters at least: 与2021年主动公开政府信息1200条相比.
func (c *context) countsNamed(index int, base *claims.Figure, noun string, least int) int {
	n := 0
	if len([]rune(noun)) < least {
		return n
	}
	for i := range c.said.Sentences[:index] {
		of := &c.said.Sentences[i]
		for k := range of.Figures {
			if f := &of.Figures[k]; of.Section == c.said.Sentences[index].Section && f.Unit == base.Unit && namedLike(f, base, noun) {
				n++
			}
		}
	}
	return n
}

// grownApart is the pair of a growth with one of its figures here.
func grownApart(p, here, now, was *claims.Figure) pair {
	q := grownBy(now, was, fell(p.Raw))
	q.part, q.whole, q.words = here, here, now.Printed+now.Unit+"和上年的"+was.Printed+was.Unit
	return q
}

// partInBrackets reports whether figure i is a part, told in brackets, of a figure before them.
func partInBrackets(s *claims.Sentence, i int) bool {
	return slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool {
		return !b.Previous && slices.Contains(b.Parts, i) && b.Total < i && s.Figures[b.Total].Depth < s.Figures[i].Depth
	})
}

// comparesYears reports whether the words of a growth compare with the year before.
func comparesYears(c *context, raw string) bool {
	return containsAny(raw, "同比", "比上年", "较上年", "比去年", "较去年", "比上一年", "较上一年", "比前一年") || c.report.Year != nil && containsAny(raw, "较", "比") && namesYear(raw, *c.report.Year-1)
}

// ofLastYear reports whether a figure is of the year before the report's.
func (c *context) ofLastYear(s *claims.Sentence, f *claims.Figure) bool {
	if !f.Scope.OtherYear || c.report.Year == nil {
		return false
	}
	return f.Scope.Year == *c.report.Year-1 || f.Scope.Year == 0 && containsAny(s.Span(clauseStart(s.Runes, f.Start), f.Start), "上年", "去年")
}

// aboutGrowth are words of a growth that do not say what grew.
var aboutGrowth = glance.NewReplacer("同比", "", "同期", "", "上年度", "", "上年", "", "去年", "", "上一年度", "", "上一年", "", "今年", "", "本年", "", "增长", "", "下降", "", "上升", "", "增加", "", "减少", "", "提高", "", "降低", "", "增幅", "", "降幅", "", "回落", "", "较", "", "比", "", "，", "", "数量", "", "总量", "", "总数", "", "件数", "", "量", "", "数", "", "度", "", "了", "", "约", "", "为", "", "达", "", "相", "", "其", "", "的", "", "均", "", "有所", "", "略", "", "全年", "", "增", "", "减", "")

// subjectOfGrowth is what the words of a growth say that grew.
func subjectOfGrowth(raw string) string {
	return aboutGrowth.Replace(withoutYear(raw))
}

// eachAlike tells the figures of other sentences that are called as figure i is and count the
// same, until tell returns false.
func (c *context) eachAlike(index, i int, tell func(at int, f *claims.Figure) bool) {
	s := &c.said.Sentences[index]
	here := &s.Figures[i]
	claim := c.claimAt(s, i)
	if claim == nil {
		return
	}
	name := c.calledApart(s, i)
	own := newRetold(claim, s)
	for at := range c.said.Sentences {
		of := &c.said.Sentences[at]
		if at == index {
			continue
		}
		for n := range of.Figures {
			f := &of.Figures[n]
			if !operand(f) || f.Unit != here.Unit || f.Change || f.Depth > 0 {
				continue
			}
			x := c.claimAt(of, n)
			if x == nil {
				continue
			}
			other := newRetold(x, of)
			same := claim.Subject == claims.New && x.Subject == claims.New && !c.namedPart(claim) && !c.namedPart(x)
			if same = same || name != "" && name == c.calledApart(of, n); same && c.sameHolder(&own, &other) && !tell(at, f) {
				return
			}
		}
	}
}

// ordinalOf is the number of an item that begins with the words for a figure.
var ordinalOf = lazyregexp.New(`^[一二三四五六七八九十]{1,3}是`)

// calledApart is what a figure is called by; empty where that is too little.
func (c *context) calledApart(s *claims.Sentence, i int) string {
	f := &s.Figures[i]
	if f.Label == "" && f.Raw == "" {
		return ""
	}
	name, acts := c.fold(ordinalOf.ReplaceAllString(f.Raw, "")+nounOf(c.wordsBehind(s, i, f.Raw)), nil)
	const least, verb = 4, 2
	if acts != 0 && len([]rune(name)) >= least-verb || len([]rune(name)) >= least {
		return name + itoa(int(acts))
	}
	return ""
}

// shareApart: a share of a whole that it calls by name, which another sentence tells; it is wrong
// where it is that share with a slip of the hand.
func (c *context) shareApart(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p, part := &s.Figures[k], &s.Figures[k-1]
	if words := s.Span(part.End, p.Start); strings.HasPrefix(words, "占") && p.Sep == '、' && !strings.ContainsAny(words, "，；：（") {
		whole := *p // 16条占制作、获取政府信息的25%
		whole.Raw, whole.Clause = words, part.End
		p = &whole
	}
	name := []rune(wholeName(p))
	if len(name) < 2 || !strings.HasPrefix(strings.TrimLeft(p.Raw, "，"), "占") || elsewhere(string(name)) || p.Clause-part.End > 1 || !operand(part) || part.Change || part.Scope.OtherYear || part.IsMoney() || !p.Exact() {
		return q, false
	}
	best := 0
	for at := range c.said.Sentences {
		of := &c.said.Sentences[at]
		for n := range of.Figures {
			w := &of.Figures[n]
			if w == part || !operand(w) || !sameThings(w, part) || w.Value.Cmp(part.Value) <= 0 || w.Change || w.Scope.OtherYear {
				continue
			}
			if gives(p, part.Value, w.Value) {
				return pair{}, false
			}
			words := withList(of, w) + w.Tail + settledBehind(of, n)
			_, _, run := longestRun(name, []rune(words))
			if x := newPair(part, w); run > best && 2*run >= len(name) && run > 1 && saysName(p, words) && slipOfRate(p, x.value, true) {
				best, q, ok = run, x, true
			}
		}
	}
	if ok {
		q.whole = part // quoted is the share
	}
	return q, ok && !slices.ContainsFunc(s.Figures[k+1:], func(f claims.Figure) bool { return f.IsPercent() })
}

// settledBehind is what the words behind a figure say of all of it: 收到申请25件，已全部办结.
func settledBehind(s *claims.Sentence, k int) string {
	to := len(s.Runes)
	if k+1 < len(s.Figures) {
		to = s.Figures[k+1].Clause
	}
	return allSettled.FindString(s.Span(s.Figures[k].End, to))
}

// shareNamed: a share in a sentence of its own, whose part and whole are told before by the names
// that it calls them: 主动公开1027条. …主动公开信息占制作信息总数的34%. It is wrong where it is theirs with a
// slip of the hand.
func (c *context) shareNamed(index int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[len(s.Figures)-1]
	name, _, found := strings.Cut(p.Raw, "占")
	name = strings.NewReplacer("其中", "", "，", "", "信息", "", "数量", "", "全年", "").Replace(name)
	name = strings.TrimSuffix(strings.TrimSuffix(name, "公开的"), "的")
	stated := p != &s.Figures[0] // 上述47条信息中，应主动公开信息占70.2%
	const least, back = 4, 20
	if !found || !stated && (!strings.HasSuffix(p.Raw, "的") || wholeName(p) == "") || len([]rune(name)) < least || p.Scope.OtherYear || !p.Exact() || containsAny(p.Raw, "上年", "去年", "分别", "同期") {
		return q, false
	}
	var parts, wholes []*claims.Figure
	for i := max(0, index-back); i < index; i++ {
		of := &c.said.Sentences[i]
		for n := range of.Figures {
			f := &of.Figures[n]
			if of.Section != s.Section || !operand(f) || f.IsMoney() || f.Change || f.Scope.OtherYear {
				continue
			}
			if strings.Contains(f.Raw, name) {
				parts = append(parts, f)
			} else {
				wholes = append(wholes, f)
			}
		}
	}
	if len(parts) != 1 {
		return q, false
	}
	if stated {
		wholes = []*claims.Figure{&s.Figures[0]}
	}
	area := slices.Contains([]string{"全区", "全市", "全县", "全省", "全镇", "全街道"}, wholeName(p))
	for _, w := range wholes {
		if !sameThings(w, parts[0]) || w.Value.Cmp(parts[0].Value) <= 0 {
			continue
		}
		if gives(p, parts[0].Value, w.Value) {
			return pair{}, false
		}
		if x := newPair(parts[0], w); !ok && (stated || area && containsAny(w.Raw, "公开", "发布") || callsWhole(p, w) || containsAny(wholeName(p), "公开") && strings.Contains(w.Raw, "公开")) && slipOfRate(p, x.value, true) {
			q, ok = x, true
			q.part, q.whole = p, p // quoted is the share
		}
	}
	return q, ok
}
