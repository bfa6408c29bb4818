package claims

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// Subjects that the words make likely and not sure: an application is not said to be one
// for government information, a decision is told by where it was shown. Whoever compares
// them needs a second reason, as a number that is the other one with a slip of the hand.

// likelyIn reports whether a sentence may have figures with a likely subject.
func (s *Sentence) likelyIn() bool {
	return s.Says("申请") && !s.Says(otherMatters...) || s.Says("行政许可", "行政处罚", "行政强制")
}

// otherMatters are what else is applied for.
var otherMatters = []string{"许可申请", "审批", "补贴", "补助", "救助", "低保", "租房", "住房", "贷款", "项目申请", "资助", "认定", "专利", "商标", "仲裁", "入学", "援助", "强制执行", "变更", "理赔", "报销", "登记申请", "奖", "资质", "职称", "减免", "退税", "志愿", "加入", "参加"}

// likely is the subject that the words around figure i make likely.
func (s *Sentence) likely(i int, ctx topic) Subject {
	f := &s.Figures[i]
	if f.kind != countUnit || f.Change || !strings.Contains("件宗条起份项", f.Unit) {
		return None
	}
	if sub := s.likelyAct(i); sub != None {
		return sub
	}
	if f.Unit != "件" || !s.Says("申请") || s.Says(otherMatters...) {
		return None
	}
	sub := None
	if !ctx.applications || !ctx.direct {
		ctx.applications, ctx.direct, ctx.results = true, true, true
		sub = s.plainly(i, ctx)
	}
	if sub == None {
		sub = s.receivedOnes(i)
	}
	if sub == None || s.ofAnother(i, sub) || sub == New && s.bySome(i) {
		return None
	}
	return sub
}

// receivedVerb ends the words before the number of applications that a relative clause tells
// all of, whatever the sentence says of them next: 2023年新收的(312件申请).
var receivedVerb = lazyregexp.New(`(?:新收到?|收到|接到|接收|受理|登记|收悉|办理|办结|答复|提交|提出)的$`)

// askedBehind is the noun for applications behind their number, and no part of a longer one.
var askedBehind = lazyregexp.New(`^(?:政府信息公开|信息公开|公开|依)?申请(?:公开政府信息|$|[^表书人材渠方流条途事内指信资答案平入者理公量率要规权单函提需费])`)

// receivedOnes reads applications that a relative clause before their number tells all of.
func (s *Sentence) receivedOnes(i int) Subject {
	f := &s.Figures[i]
	words := s.withoutYear(f.Raw)
	verb := receivedVerb.FindString(words)
	if verb == "" || !askedBehind.MatchString(s.behind(i)) {
		return None
	}
	before := strings.TrimLeft(neutralWords.Replace(strings.TrimSuffix(words, verb)), "针将把从办公室")
	if before != "" {
		return None
	}
	return verbOf(verb)
}

// behind are the runes behind figure i to the end of its clause.
func (s *Sentence) behind(i int) string {
	return s.Span(s.Figures[i].End, s.clauseEnd(s.Figures[i].End))
}

// shown take out where decisions were shown.
var shown = replacer(counting, ofYear, ownBody, `类 方面 处理事项 处理决定 主动公开 公示 公开 归集 上网 发布 录入 公布 上传 推送 作出 做出 决定书 决定 结果 信息 案件 行政 累计`)

// likelyAct reads decisions told by where they were shown: 公示行政许可决定286件.
func (s *Sentence) likelyAct(i int) Subject {
	f := &s.Figures[i]
	own := f.Raw + "※" + f.Tail
	if !containsAny(own, "许可", "处罚", "强制") {
		return None
	}
	named, rest := find(decisions, own)
	if at := strings.LastIndex(rest, "公示"); at > 0 {
		rest = rest[at:] // where it was shown
	}
	if body, _, ok := strings.Cut(rest, "主动公开"); ok && endsWithAny(body, "局", "委", "厅", "镇", "乡", "街道", "办事处", "大队", "支队", "管委会") && !containsAny(body, "各", "所属", "下属", "市场") {
		rest = rest[len(body):] // 区城管局主动公开
	}
	if len(named) != 1 || shown.Replace(rest) != "" {
		return None
	}
	return named[0]
}
