package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// fullStems are the deeds that are done with all that comes in where their rate is 100%.
var fullStems = []string{"办结", "答复", "回复", "办复", "处理", "整改", "化解", "满意"}

// leftUndone are words of why fewer may be done than came in though the rate is 100%: what is not
// due yet, or not to be done by the body, is not counted.
var leftUndone = []string{"结转", "正在", "在办", "其余", "其他", "剩余", "余下", "未", "延期", "另", "重复", "除", "撤", "转交", "转至", "转由", "转下", "转入", "移", "不予", "无效", "有效", "补正", "退", "到期", "应", "顺延", "继续", "待"}

// noneForward says that nothing is left for the next year: 无结转2024年继续办理件.
var noneForward = lazyregexp.New(`(?:无|没有)(?:结转(?:至|到)?)(?:下一?年度?|次年|20\d\d年度?)(?:继续)?(?:办理|处理)?(?:的)?(?:事项|申请|件|情况)*`)

// fullRate is the pair of a rate of 100% that is called by what was done with some of what came in,
// where nothing is said of the rest: 收到信件183条，答复163条，答复率达100%.
func (c *context) fullRate(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	words := p.Raw
	if p.Sep == '、' { // 答复率、及时率均为100%
		words = s.Span(clauseStart(s.Runes, p.Clause-1), p.Start)
	}
	name, _, rate := strings.Cut(dropIntro(words), "率")
	if !rate || p.Value.Cmp(big.NewRat(100, 1)) != 0 || !slices.Contains(fullStems, strings.TrimPrefix(strings.TrimPrefix(name, "按期"), "按时")) || p.Depth > 0 {
		return q, false
	}
	of, i := s, k-1
	if k == 0 && c.saidBefore(index, name) {
		of = c.before(index) // 已办结54条。办结率100%
		if i = len(of.Figures) - 1; p.Clause > 0 || i < 0 || of.Figures[i].Tail != "" && of.Figures[i].Tail != "。" {
			return q, false
		}
	} else if k == 0 || !reaches(s, i, k) || strings.ContainsRune(s.Span(s.Figures[i].End, p.Start), '；') {
		return q, false
	}
	part := &of.Figures[i]
	if !operand(part) || part.Depth > 0 || part.Change || part.Scope.OtherYear || !holds(wordsAround(part), name) {
		return q, false
	}
	for n := i - 1; n >= 0; n-- {
		w := &of.Figures[n]
		if !sameThings(w, part) || w.Change || w.Depth > 0 {
			if w.Sep == '；' {
				return q, false
			}
			continue
		}
		if (w.Label != "" || !slices.Contains(plainTotals, w.Raw)) && !containsAny(w.Label, receivedWords...) && !containsAny(w.Label, "新收", "收集", "征集", "梳理", "排查", "发现", "测评", "回访") {
			continue
		}
		if order := w.Value.Cmp(part.Value); order == 0 {
			return q, false // 受理45件，承办12件，回复12件
		} else if order < 0 {
			continue
		}
		if !operand(w) || w.Scope.OtherYear || strings.ContainsRune(of.Span(w.End, part.Start), '；') {
			return q, false
		}
		q = newPair(part, w)
		q.plain = true
		return q, !c.leavesUndone(of, n, index)
	}
	return q, false
}

// allAnswered is the pair of a rate that the sentence calls less than all, though it says directly before
// that all were dealt with: 受理申请3件，已全部答复，办结率90%.
func allAnswered(s *claims.Sentence, k int) (q pair, ok bool) {
	p := &s.Figures[k]
	if k == 0 || p.Sep != '，' || p.Value.Cmp(big.NewRat(100, 1)) >= 0 || !s.Says("均", "全部", "都") || s.Says("未", "尚", "其余", "撤", "补正") {
		return q, false
	}
	name, _, rate := strings.Cut(p.Raw, "率")
	f := &s.Figures[k-1]
	if !rate || !slices.Contains([]string{"办结", "答复", "回复", "办复"}, name) || !operand(f) || f.Change || f.End >= p.Clause {
		return q, false
	}
	said := strings.Trim(s.Span(f.End, p.Clause), "，")
	if strings.ContainsAny(said, "，；。、") || !containsAny(said, "均", "全部", "都") || !answeredBehind.MatchString(said) || !strings.Contains(said, name) && !s.Says("申请") {
		return q, false // calls may all be answered, and not all settled
	}
	return pair{part: p, whole: p, value: big.NewRat(100, 1), words: "“" + said + "”", plain: true}, true
}

// leftElsewhere is the pair of a rate of 100% directly behind what came in, where another sentence tells
// the same number of the same again, and that fewer were done with: 网络信件327件，办结率100%。…网络信件327件中
// 已办结321件.
func (c *context) leftElsewhere(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	name, _, rate := strings.Cut(dropIntro(p.Raw), "率")
	const many = 10
	if k == 0 || !rate || p.Value.Cmp(big.NewRat(100, 1)) != 0 || !slices.Contains(fullStems, name) || p.Depth > 0 {
		return q, false
	}
	whole := &s.Figures[k-1]
	if !operand(whole) || whole.Value.Cmp(big.NewRat(many, 1)) < 0 || whole.Scope.OtherYear || whole.Change || p.Clause-whole.End != 1 {
		return q, false
	}
	for i := range c.said.Sentences {
		of := &c.said.Sentences[i]
		if i == index || of.Section != s.Section {
			continue
		}
		for n := 0; n+1 < len(of.Figures); n++ {
			w, part := &of.Figures[n], &of.Figures[n+1]
			retold := w.Value.Cmp(whole.Value) == 0 && w.Unit == whole.Unit && !w.Scope.OtherYear && sharesPair(whole.Label, w.Raw) && (strings.HasSuffix(w.Tail, "中") || strings.HasPrefix(part.Raw, "中"))
			if !retold || part.Unit != w.Unit || !operand(part) || part.Value.Cmp(w.Value) >= 0 || part.Tail != "" {
				continue
			}
			if holds(wordsAround(part), name) && !containsAny(part.Raw, "当日", "当天", "提前", "网上", "其中", "当场", "按时", "按期") {
				return newPair(part, w), true
			}
		}
	}
	return q, false
}

// goesForward reports whether the tables say that some of the applications that the whole counts go
// into the next year.
func (c *context) goesForward(s *claims.Sentence, whole *claims.Figure) bool {
	x := c.claimOf(s, whole)
	_, left := c.applicationsTotal("carried_forward")
	return x != nil && x.Subject == claims.New && left != nil && left.known() && left.value.Sign() > 0
}

// leavesUndone reports whether the sentences from the whole on, or the tables, tell why not all of it
// was done.
func (c *context) leavesUndone(of *claims.Sentence, n, index int) bool {
	s := &c.said.Sentences[index]
	text := of.Span(of.Figures[n].End, len(of.Runes))
	if of != s {
		text += s.Text
	}
	if index+1 < len(c.said.Sentences) && c.sameParagraph(index, index+1) {
		if next := &c.said.Sentences[index+1]; len(next.Figures) > 0 && !next.Says("行政复议", "行政诉讼") {
			text += next.Text
		}
	}
	text = noneForward.ReplaceAllString(text, "")
	if containsAny(text, leftUndone...) || c.nextYearIn(text) {
		return true
	}
	if x := c.claimAt(of, n); x == nil || x.Subject != claims.New && !strings.Contains(of.Text, "申请") {
		return false
	}
	if _, left := c.applicationsTotal("carried_forward"); left != nil {
		return !left.known() || left.value.Sign() != 0
	}
	return strings.Contains(noneForward.ReplaceAllString(c.textOf(s.Section), ""), "结转")
}
