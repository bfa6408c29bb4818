package rules

import (
	"math/big"
	"slices"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// fromBefore is the role of what was carried over.
const fromBefore = carried

// isGroup reports whether a numeral in words is part of the name of what the next figure
// counts: 受理两项补贴咨询152件.
func isGroup(s *claims.Sentence, k int) bool {
	if !s.Figures[k].Han || k+1 >= len(s.Figures) {
		return false
	}
	next := &s.Figures[k+1]
	return next.Sep == 0 && next.Raw != "" && next.Raw != "共" && next.Unit != s.Figures[k].Unit
}

// groupBefore are the words before such a name, which the next figure shares.
func groupBefore(s *claims.Sentence, f *claims.Figure) string {
	for k := range s.Figures {
		if isGroup(s, k) && s.Figures[k+1].Start == f.Start {
			return s.Figures[k].Raw
		}
	}
	return ""
}

// wholeOf is what was carried over, where figure k is the sum of it and what was received,
// which the brackets behind tell, and where they end: 办理的52件（新收49件、上年结转3件）中.
func (c *context) wholeOf(s *claims.Sentence, k int) (last int, carried *claims.Figure) {
	f := &s.Figures[k]
	if containsAny(f.Raw, "办结", "答复", "回复", "审结") {
		return k, nil
	}
	others := false
	sum := new(big.Rat)
	for last = k; last+1 < len(s.Figures) && s.Figures[last+1].Depth > f.Depth; last++ {
		g := &s.Figures[last+1]
		if c.roleOf(g, f, false) == fromBefore {
			carried = g
		} else {
			others = true
		}
		sum.Add(sum, g.Value)
	}
	if !others || sum.Cmp(f.Value) != 0 {
		return k, nil
	}
	return last, carried
}

// holdsCarried reports whether what was carried over is said before what was received to be
// a part of it: 含上年结转3件，共受理52件.
func (a *account) holdsCarried(s *claims.Sentence, f *claims.Figure) bool {
	if len(a.carried) != 1 || a.carried[0].Start > f.Start {
		return false
	}
	text := s.Span(clauseStart(s.Runes, a.carried[0].Start), f.Start)
	return containsAny(text, "含", "包括", "在内") && !containsAny(text, "不含", "不包括", "另", "除")
}

// byDate reports whether the figure is of what was settled by a day of the year, which cannot
// be more than what the whole year brought: 6月底前办结27件.
func (a *account) byDate(f *claims.Figure) bool {
	return f.Scope.Partial && a.received != nil && !a.received.Scope.Partial && dateWords.MatchString(f.Raw)
}

// dateWords name a day by which something was done.
var dateWords = lazyregexp.New(`^(?:于|在|截至|到|至)?\d{1,2}月(?:底|末|中旬|上旬|下旬|\d{1,2}日)(?:前|之前|以前|止)`)

// asksToSettle says that something is only asked for: 用户申请调解86件.
var asksToSettle = lazyregexp.New(`(?:申请|请求|要求|提请|提出|应|需|待)[^，。；]*$`)

// isAccount reports whether the parts of a breakdown are not of one total but tell what
// became of it: 收到312件，连同上年结转的14件，办结309件，其余17件结转下年.
func (c *context) isAccount(s *claims.Sentence, b *claims.Breakdown) bool {
	carries, settles := false, false
	for _, k := range b.Parts {
		words := s.Figures[k].Raw + s.Figures[k].Tail
		moves := containsAny(words, carriedWords...) || containsAny(words, nextWords...) || c.nextYearIn(words) && containsAny(words, "转", "留", "顺延", "跨年")
		carries = carries || moves || startsWithAny(words, "上年", "上一年", "去年", "年初") || containsAny(words, "跨年办理", "留待次年", "留待下", "顺延至", "顺延到")
		settles = settles || containsAny(words, "办结", "答复", "审结", "回复", "办复", "结案", "办毕", "办理完毕")
	}
	return settles && (carries || c.carriesApart(s, b))
}

// carriesApart reports whether the sentence tells of what was carried over beside the parts,
// and one of these is what is left at the end: 年初在办3件，收到49件，办结48件，年末在办4件.
func (c *context) carriesApart(s *claims.Sentence, b *claims.Breakdown) bool {
	left := slices.ContainsFunc(b.Parts, func(k int) bool {
		words := s.Figures[k].Raw + s.Figures[k].Tail
		return containsAny(words, "年末", "年底", "期末", "岁末", "尚有", "仍有") && containsAny(words, "在办", "未", "正在")
	})
	return left && slices.ContainsFunc(s.Figures, func(f claims.Figure) bool {
		return f.Unit == s.Figures[b.Parts[0]].Unit && f.Start < s.Figures[b.Parts[0]].Start && containsAny(f.Raw+f.Tail, "年初", "期初", "上年", "上一年", "去年")
	})
}

// bothIn reports whether the figure is the sum of what was received and carried over, which
// its own words name: 新收和上年结转的申请共52件.
func bothIn(f *claims.Figure) bool {
	return f.Tail == "" && containsAny(f.Raw, "新收", "收到", "受理") && containsAny(f.Raw, "上年", "去年", "上一年") && containsAny(f.Raw, carriedWords...) &&
		containsAny(f.Raw, "和", "及", "与", "加", "连同") && hasAnySuffix(f.Raw, []string{"共", "共计", "合计", "总计", "共有"})
}

// judgeCarried judges what was settled of what was carried over, which alone the sentence
// is about: 对上年结转的14件逐件建立台账，年内办结14件.
func (c *context) judgeCarried(index int, v *verdict) {
	s := &c.said.Sentences[index]
	for k := 0; k+1 < len(s.Figures); k++ {
		f, done := &s.Figures[k], &s.Figures[k+1]
		if !f.Exact() || !done.Exact() || f.Unit != "件" || done.Unit != f.Unit || done.Tail != "" || !objectCarried.MatchString(s.Span(clauseStart(s.Runes, f.Start), f.Start)) {
			continue
		}
		between := s.Span(f.End, done.Start)
		if !hasAnySuffix(done.Raw, settleVerbs) || containsAny(between, "新", "全年", "共", "累计", "合计", "收到", "受理", "；", "本年度") {
			continue
		}
		if done.Value.Cmp(f.Value) <= 0 {
			v.pass()
			continue
		}
		if x, y := c.claimAt(s, k), c.claimAt(s, k+1); x != nil && y != nil {
			v.fail(c.unbalanced(flow{x, sayingFigure(f), f.Value}, flow{y, sayingFigure(done), done.Value}))
		}
	}
}
