package rules

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// By how much a figure grew or fell against another one.

// growth reports whether the percentage is one of growth.
func growth(p *claims.Figure) bool {
	return containsAny(p.Raw, "增长", "下降", "上升", "增幅", "降幅", "增加", "减少", "提高", "降低", "压缩", "压减", "缩短", "缩减", "提速", "上涨", "回落")
}

// fell reports whether the words of a growth say that it was one downwards.
func fell(words string) bool {
	return containsAny(words, "降", "减", "少", "回落", "压缩", "缩短", "提速")
}

// grownBy is the pair of a growth from the one figure to the other, or of a fall.
func grownBy(now, was *claims.Figure, down bool) pair {
	q := newPair(now, was)
	hundred := big.NewRat(100, 1)
	q.value.Sub(q.value, hundred)
	if q.low != nil {
		q.low.Sub(q.low, hundred)
		q.high.Sub(q.high, hundred)
	}
	if down {
		q.value.Neg(q.value)
		if q.low != nil {
			q.low, q.high = new(big.Rat).Neg(q.high), new(big.Rat).Neg(q.low)
		}
	}
	return q
}

// growthRates are rates by which a number changed.
var growthRates = glance.NewReplacer("增长率", "", "下降率", "")

// growthPairs: 收到120件，较上年的100件增长20%; 比上年增加20件，增长20%.
func growthPairs(s *claims.Sentence, k int) (out []pair, sure bool) {
	p := &s.Figures[k]
	const twoBack = 2 // 由1200条提升到1500条，提升20%
	if containsAny(growthRates.Replace(p.Raw), "率", "百分点", "占比") || strings.Contains(p.Raw, "提升") && (k < twoBack || !growsFrom(s, k-twoBack)) || strings.Contains(p.Raw, "分别") {
		return nil, false
	}
	down := fell(p.Raw)
	if q, ok := shortened(s, p); ok {
		return []pair{q}, true
	}
	if q, ok := grownFromBare(s, k); ok {
		return []pair{q}, true
	}
	var now, delta *claims.Figure
	base := bracketedBase(s, k)
	for i := k - 1; i >= 0; i-- {
		f := &s.Figures[i]
		switch {
		case f == base:
		case f.Depth > p.Depth && partInBrackets(s, i): // 收到3件（独立办理2件、转办1件），较上年的8件减少
		case f.IsPercent():
			i = -1
		case !operand(f):
		case (f.Change || differs(f)) && delta == nil && base == nil && now == nil:
			delta = f
		case now == nil && !f.Change && i > 0 && growsFrom(s, i-1):
			now = f
		case (f.Scope.OtherYear || containsAny(f.Raw, "上年", "去年", "同期", "年初的") || growsFrom(s, i)) && base == nil && !f.Change:
			base = f
		case now == nil && !f.Change && !f.Scope.OtherYear:
			now = f
		}
		if i < 0 {
			break
		}
	}
	if base == nil {
		base, now = baseAfter(s, k, now, delta)
	}
	now = totalOver(s, now, base)
	switch {
	case base != nil && delta != nil && base.End == delta.Clause && delta.Clause < delta.Start && base.Unit == delta.Unit && p.Clause == delta.End+1 && p.Sep == '，' && !strings.Contains(delta.Raw, "至"):
		return []pair{{part: delta, whole: base, value: hundredth(delta.Value, base.Value), words: delta.Printed + delta.Unit + "和" + base.Printed + base.Unit}}, true // 比上年的250条增加70条，增幅24%
	case now == nil && base != nil && delta != nil && strings.HasPrefix(base.Tail, "相比") && base.Unit == delta.Unit:
		return []pair{{part: delta, whole: base, value: hundredth(delta.Value, base.Value), words: delta.Printed + delta.Unit + "和" + base.Printed + base.Unit}}, true
	case now == nil, base == nil && delta == nil:
		return nil, false
	case base != nil && base.Unit == now.Unit:
		return append([]pair{grownBy(now, base, down)}, otherGrowths(s, now, base, down)...), true
	case delta != nil && delta.Unit == now.Unit:
		was := new(big.Rat).Sub(now.Value, delta.Value)
		if fell(delta.Raw) {
			was.Add(now.Value, delta.Value)
		}
		if was.Sign() <= 0 {
			return nil, false
		}
		out = []pair{{part: delta, whole: now, value: hundredth(delta.Value, was), words: delta.Printed + delta.Unit + "和上年的" + number(was) + now.Unit}}
		for i := range s.Figures { // of which of several the difference is told
			if f := &s.Figures[i]; f != now && f.Start < now.Start && operand(f) && f.Unit == now.Unit && !f.Change {
				before := new(big.Rat).Add(new(big.Rat).Sub(f.Value, now.Value), was)
				if before.Sign() > 0 {
					out = append(out, pair{part: delta, whole: f, value: hundredth(delta.Value, before)})
				}
			}
		}
		return out, true
	}
	return nil, false
}

// bracketedBase is the figure in brackets behind the year that a growth is compared with:
// 比2020年（31件）下降29%.
func bracketedBase(s *claims.Sentence, k int) *claims.Figure {
	if k == 0 {
		return nil
	}
	f := &s.Figures[k-1]
	if f.Depth <= s.Figures[k].Depth || f.Raw != "" || f.Sep != '（' || !operand(f) {
		return nil
	}
	words := s.Span(clauseStart(s.Runes, f.Clause-1), f.Clause-1)
	if !startsWithAny(words, "比", "较", "同比", "与") || !strings.HasSuffix(strings.TrimSuffix(words, "度"), "年") && !strings.HasSuffix(words, "同期") {
		return nil
	}
	return f
}

// baseAfter are where a growth began and what it came to, told behind its rate: 降幅8.1%，由914条
// 降至860条; 22件，同比增长57%（2020年为14件）.
func baseAfter(s *claims.Sentence, k int, now, delta *claims.Figure) (base, then *claims.Figure) {
	for i := k + 1; i < len(s.Figures); i++ {
		f := &s.Figures[i]
		if growsFrom(s, i) && operand(f) && operand(&s.Figures[i+1]) {
			return f, &s.Figures[i+1]
		}
		if now != nil && delta == nil && i == k+1 && operand(f) && f.Unit == now.Unit && f.Scope.OtherYear && (f.Depth > s.Figures[k].Depth || reaches(s, k, i)) {
			return f, now
		}
	}
	return nil, now
}

// otherGrowths are the growths of a figure from further ones of another year, and of further ones of
// the year, that the words may mean as well as the one next to the rate: 收到267件，答复263件，申请量比
// 上年的263件上升1.52%.
func otherGrowths(s *claims.Sentence, now, base *claims.Figure, down bool) (out []pair) {
	for _, f := range pointers(s) {
		switch {
		case f == now || f == base || !usable(f) || f.Unit != base.Unit || f.Change:
		case f.Scope.OtherYear && f.Start < now.Start:
			out = append(out, grownBy(now, f, down))
		case !f.Scope.OtherYear && f.Start < base.Start:
			out = append(out, grownBy(f, base, down))
		}
	}
	return out
}

// totalOver is the total of which the figure is the last part, the figure itself where it is none:
// 公开486条，其中网站163条、微信237条、报刊86条，比上年的443条增长9.7%.
func totalOver(s *claims.Sentence, f, base *claims.Figure) *claims.Figure {
	if f == nil || base == nil || base.Start < f.Start {
		return f
	}
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		if last := &s.Figures[b.Parts[len(b.Parts)-1]]; !b.Previous && last == f && len(b.Parts) > 1 && s.Figures[b.Total].Unit == f.Unit {
			return &s.Figures[b.Total]
		}
	}
	return f
}

// differs reports whether a figure is by how much another is more or less: 比上年的600件多90件.
func differs(f *claims.Figure) bool {
	raw := strings.TrimSuffix(strings.TrimLeft(f.Raw, "，"), "了")
	return slices.Contains([]string{"多", "少", "多出", "少于", "净增", "增", "减", "增加", "减少", "净增加", "净减少", "增长", "下降", "高出", "上升", "提升", "涨粉", "涨了"}, raw)
}

// shortenedTerm is how long something took before and takes now: 由6.2个工作日缩短至4.5个工作日.
var shortenedTerm = lazyregexp.New(`(\d+(?:\.\d+)?)(个工作日|工作日|天|个小时|小时|分钟|个月)(?:[^，。；\d]{0,6})?[缩压降减][^，。；\d]{0,4}[至到为](?:目前的|现在的)?(\d+(?:\.\d+)?)(?:个工作日|工作日|天|个小时|小时|分钟|个月)，[^，。；]{0,12}$`)

// shortened is what a percentage behind two terms follows from.
func shortened(s *claims.Sentence, p *claims.Figure) (q pair, ok bool) {
	if !s.Says("缩", "压", "降", "减") || !s.Says("工作日", "天", "小时", "分钟", "个月") {
		return q, false
	}
	text := s.Span(0, p.Start)
	m := shortenedTerm.FindStringSubmatch(text)
	if m == nil || !strings.Contains(p.Raw, "压") && !containsAny(p.Raw, "缩", "降", "减", "提速") {
		return q, false
	}
	const before, unit, after = 1, 2, 3
	was, ok1 := new(big.Rat).SetString(m[before])
	now, ok2 := new(big.Rat).SetString(m[after])
	if !ok1 || !ok2 || was.Sign() <= 0 || now.Cmp(was) >= 0 {
		return q, false
	}
	return pair{part: p, whole: p, value: hundredth(new(big.Rat).Sub(was, now), was), words: m[before] + m[unit] + "和" + m[after] + m[unit]}, true
}

// judgeTimes judges how many times as much something became: 26件，较上年的16件增长0.6倍; 26件，
// 是上年16件的1.6倍.
func (c *context) judgeTimes(index, k int, v *verdict) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	grown := growth(p)
	if !p.Exact() || !grown && !containsAny(p.Raw, "的") || containsAny(p.Raw, "翻", "分别", "各", "均") {
		return
	}
	pairs, sure := growthPairs(s, k)
	if !sure && grown && k > 0 {
		if q, ok := c.growthApart(index, k); ok {
			pairs, sure = []pair{q}, true
		}
	}
	if !sure || len(pairs) == 0 || pairs[0].low != nil {
		return
	}
	hundred, half := big.NewRat(100, 1), new(big.Rat).Mul(p.Step, big.NewRat(1, 2))
	for i := range pairs {
		times := new(big.Rat).Quo(pairs[i].value, hundred)
		if !grown {
			times.Add(times, big.NewRat(1, 1))
		}
		if pairs[i].value = times; new(big.Rat).Abs(new(big.Rat).Sub(times, p.Value)).Cmp(half) <= 0 {
			v.pass()
			return
		}
	}
	v.fail(fault{
		place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(p.Start), paths: c.textPaths(s.Section),
		quote:    c.quoteOf(s, min(pairs[0].part.Start, pairs[0].whole.Start), p.End),
		message:  c.inChapter(s.Section) + "写“" + inner.Replace(clip(p.Label)) + "”" + p.Printed + "倍，按句中的" + pairs[0].words + "计算是" + percent(pairs[0].value) + "倍，请核对。",
		expected: json.Number(percent(pairs[0].value)), actual: json.Number(number(p.Value)),
	})
}

// grownSince is the pair of a growth that a sentence tells with its base alone, from what the one before
// counts first; ok is false unless that growth is the printed one but for a slip, and no other figure
// of the sentence before grew so: 共收到申请195件，…。较2020年的127件增长53.5%.
func grownSince(s, before *claims.Sentence, k int) (q pair, ok bool) {
	if before == nil || k != 1 || len(before.Figures) == 0 || !startsWithAny(s.Text, "较", "比", "与") && !ofBaseYear.MatchString(s.Figures[0].Raw) {
		return q, false
	}
	p, base, now := &s.Figures[k], &s.Figures[0], grownTo(s, before)
	if !operand(base) || !operand(now) || now.Unit != base.Unit || now.Scope.OtherYear || now.Change || base.Tail != "" && base.Tail != "相比" {
		return q, false
	}
	down := fell(p.Raw)
	for i := range before.Figures {
		if f := &before.Figures[i]; f.Unit == base.Unit && operand(f) && fits(p, grownBy(f, base, down).value) {
			return q, false
		}
	}
	q = grownBy(now, base, down)
	turned := new(big.Rat).Sub(now.Value, base.Value) // in percent of what it came to
	return q, slipOfRate(p, q.value, true) || fits(p, turned.Abs(hundredth(turned, now.Value)))
}

// ofBaseYear are words before a figure that say of what year it is, and no more.
var ofBaseYear = lazyregexp.New(`^(?:20\d\d年度?|上年度?|去年|上一年度?)(?:为|是|仅|仅为)$`)

// grownTo is the figure of the sentence before that a base is compared with: the one called alike (与2020年新收20件相比),
// or the first.
func grownTo(s, before *claims.Sentence) *claims.Figure {
	name := strings.TrimLeft(withoutYear(s.Figures[0].Raw), "与较比上去年度的同期")
	for i := range before.Figures {
		if f := &before.Figures[i]; len([]rune(name)) > 1 && f.Unit == s.Figures[0].Unit && strings.Contains(f.Raw, name) {
			return f
		}
	}
	return &before.Figures[0]
}

// growsFrom reports whether figure i is where a growth began: 由1158条增至1263条.
func growsFrom(s *claims.Sentence, i int) bool {
	if i+1 >= len(s.Figures) {
		return false
	}
	next := strings.TrimSuffix(withoutYear(strings.TrimLeft(s.Figures[i+1].Raw, "，")), "的")
	for _, w := range []string{"今年", "年末", "年底", "目前", "现在", "当前", "现有", "现", "本年"} {
		next = strings.TrimSuffix(next, w)
	}
	raw := strings.TrimSuffix(s.Figures[i].Raw, "的")
	return (strings.HasSuffix(raw, "由") || strings.HasSuffix(raw, "从") || strings.HasSuffix(raw, "年") || containsAny(raw, "由年初", "从年初", "由上年", "从上年", "由去年", "从去年")) && startsWithAny(next, "增", "减", "上升", "下降", "升", "降", "提高", "提升", "扩大", "上涨", "涨") && (strings.HasSuffix(next, "至") || strings.HasSuffix(next, "到") || strings.HasSuffix(next, "为"))
}
