package rules

import (
	"encoding/json"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// What one sentence says that there was none of, or one of in words, another may count.

// deniedProposals says that no proposals of deputies came in, behind the verb: which.
var deniedProposals = lazyregexp.New(`(?:未|没有|无|未曾|从未)(?:收到|接到|接收到?|承办|办理)([^，。；：\d]{0,24}?(?:建议|提案)[^，。；：\d]{0,8})(?:[，。；]|$)`)

// ofDeputies are the words for one kind of proposals.
var ofDeputies = []string{"建议", "提案"}

// levelsNamed are words by which proposals are those of one congress only, or of one part in them.
var levelsNamed = []string{"省", "市", "区", "县", "镇", "乡", "全国", "上级", "主办", "协办", "会办", "牵头", "分办", "独办", "重点"}

// compareDenied compares what a sentence says of proposals that there were none with their number
// elsewhere: 未收到人大建议及政协提案. …收到政协提案3件.
func (c *context) compareDenied(v *verdict) {
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		if !s.Says(ofDeputies...) || !s.Says("未", "没有", "无") || c.lastYearIn(s.Text) || s.Says("上年", "去年", "往年", "不服", "意见建议", "意见和建议", "意见、建议", "修改建议") {
			continue
		}
		m := deniedProposals.FindStringSubmatchIndex(s.Text)
		if m == nil {
			continue
		}
		denied := s.Text[m[2]:m[3]]
		for k := range c.said.Claims {
			x := &c.said.Claims[k]
			if x.Sentence != i && c.countsDenied(x, denied) {
				v.fail(c.countedOtherwise(s, s.Text[m[0]:m[3]], x, 0))
				break
			}
		}
	}
}

// countsDenied reports whether a claim counts proposals of those that are denied, in the year and of the
// agency itself.
func (c *context) countsDenied(x *claims.Claim, denied string) bool {
	if x.Figure < 0 || x.Value.Sign() <= 0 || x.Change || x.Scope.OtherYear || !x.Comparable() || !c.ownScope(x) || !strings.Contains("件个条份", x.Unit) || x.Unit == "" {
		return false
	}
	s := c.sentence(x)
	f := &s.Figures[x.Figure]
	clause := s.Span(clauseStart(s.Runes, f.Start), f.Start) + f.Tail
	if !containsAny(clause, "收到", "接到", "承办", "办理", "答复", "办结", "回复", "办复") || containsAny(clause, "协助", "协办", "会办", "配合", "参与", "转", "意见", "征集", "网民", "群众", "公开", "发布", "栏目") {
		return false
	}
	named := slices.ContainsFunc(ofDeputies, func(w string) bool { return strings.Contains(denied, w) && strings.Contains(f.Label+f.Tail, w) })
	return named && !slices.ContainsFunc(levelsNamed, func(w string) bool { return strings.Contains(denied, w) && !strings.Contains(clause, w) })
}

// onceInWords is one of something in words: 召开一次专题会议研究政务公开工作, 现有政务新媒体账号一个.
var (
	onceHeld  = lazyregexp.New(`(?:召开|举办|组织召开|组织开展|举行)了?一[次场]([\p{Han}]{6,20})`)
	onceOwned = lazyregexp.New(`(?:现有|开设|开通|建有|设有|拥有)(?:了)?([\p{Han}]{4,12})一[个家][，。；]`)
)

// compareOnce compares what is told as one in words with a number of it elsewhere that is the whole of
// the year, or of what there is: 共召开3次专题会议研究政务公开工作.
func (c *context) compareOnce(v *verdict) {
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		if !s.Says("一次", "一场", "一个", "一家") || s.Says("每", "至少", "不少于", "季度", "半年", "首次", "第一", "上年", "去年", "一次性") || c.lastYearIn(s.Text) {
			continue
		}
		held := true
		m := onceHeld.FindStringSubmatchIndex(s.Text)
		if m == nil {
			m, held = onceOwned.FindStringSubmatchIndex(s.Text), false
		}
		if m == nil {
			continue
		}
		noun := s.Text[m[2]:m[3]]
		for k := range c.said.Claims {
			x := &c.said.Claims[k]
			if x.Sentence == i || x.Figure < 0 || x.Change || x.Scope.OtherYear || x.Scope.Cumulative || !x.Comparable() || !x.Value.IsInt() || x.Value.Num().Int64() < 2 || !c.ownScope(x) {
				continue
			}
			of := c.sentence(x)
			f := &of.Figures[x.Figure]
			words := of.Span(clauseStart(of.Runes, f.Start), f.Start)
			same := held && strings.Contains("次场", x.Unit) && x.Unit != "" && strings.TrimRight(f.Tail, "。") == noun && strings.HasSuffix(strings.TrimRight(f.Raw, "了"), "召开") && (strings.Contains(f.Raw, "共") || containsAny(words, wholeYear...)) ||
				!held && strings.Contains("个家", x.Unit) && x.Unit != "" && f.Tail == "" && strings.HasSuffix(f.Raw, noun) && containsAny(words, "现有", "共有", "设有", "拥有", "建有")
			if !same {
				continue
			}
			v.fail(c.countedOtherwise(s, strings.TrimRight(s.Text[m[0]:m[1]], "，。；"), x, 1))
			break
		}
	}
}

// countedOtherwise is the fault that one sentence says in words how many there were, and a claim of another
// counts more.
func (c *context) countedOtherwise(s *claims.Sentence, said string, x *claims.Claim, expected int) fault {
	of := c.sentence(x)
	return fault{
		place: "section" + itoa(of.Section) + "@" + itoa(of.Start) + "/" + itoa(x.From) + "words" + itoa(expected),
		paths: slices.Concat(c.textPaths(s.Section), c.claimPaths(x)), quote: c.quoteOf(of, x.From, x.To),
		message:  c.inChapter(s.Section) + "写“" + clip(said) + "”，" + c.inChapter(of.Section) + "又写" + c.sayingThing(x) + "，同一事项前后不一，请核对。",
		expected: expected, actual: json.Number(number(x.Value)),
	}
}
