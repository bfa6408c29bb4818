package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// judgeExhaustive adds up parts that by their nature are all of the figure before them, though no word
// says so: 文件246件，主动公开133件、依申请公开71件、不予公开42件; 收集意见51条，采纳33条，未采纳的18条;
// 行政诉讼3件，其中直接起诉1件，复议后起诉2件.
func (c *context) judgeExhaustive(index int, v *verdict) {
	s := &c.said.Sentences[index]
	for k := range s.Figures {
		for _, parts := range [][]int{openness(s, k), outcomeOrNot(s, k), c.suits(s, k), returned(s, k)} {
			if len(parts) == 0 {
				continue
			}
			b := claims.Breakdown{Total: k, Parts: parts, Closed: true, Uniform: true}
			sum := b.Sum(s)
			if sum.Cmp(s.Figures[k].Value) == 0 {
				v.pass()
				continue
			}
			v.fail(c.brokenSum(index, &b, sum))
		}
	}
}

// partsBehind are the figures behind figure k in its unit, where as many as wanted follow one another
// and no further one continues them; nil where not. Shares between them are passed over.
func partsBehind(s *claims.Sentence, k, wanted int) []int {
	f := &s.Figures[k]
	var parts []int
	for i := k + 1; i < len(s.Figures); i++ {
		g := &s.Figures[i]
		switch {
		case g.IsPercent() && len(parts) > 0:
			continue
		case !g.IsCount() || g.Unit != f.Unit:
			if len(parts) == wanted {
				return parts
			}
			return nil
		case !g.Exact() || g.Change || g.Depth != f.Depth || len(parts) == wanted:
			return nil
		}
		parts = append(parts, i)
	}
	if len(parts) != wanted {
		return nil
	}
	return parts
}

// opennessOf are the three ways that a paper may be open.
var opennessOf = lazyregexp.New(`^(?:其中)?[，：]?(?:确认为?|认定为?|标注为?|确定为?|定为|属于|列为|作为|拟)?(主动公开|依申请公开|不予公开)(?:类|的|文件|公文)*(?:有|为|共)?$`)

// openness are the papers by how open they are, behind their number.
func openness(s *claims.Sentence, k int) []int {
	f := &s.Figures[k]
	const ways = 3
	if !isWhole(f) || !containsAny(f.Raw+f.Tail, "文件", "公文", "发文", "制文") || s.Says("待定", "尚未确定", "转为", "调整为", "变更为") {
		return nil
	}
	parts := partsBehind(s, k, ways)
	var seen []string
	for _, i := range parts {
		m := opennessOf.FindStringSubmatch(s.Figures[i].Raw)
		if m == nil || s.Figures[i].Tail != "" && !startsWithAny(s.Figures[i].Tail, "文件", "公文") || slices.Contains(seen, m[1]) {
			return nil
		}
		seen = append(seen, m[1])
	}
	return parts
}

// isWhole reports whether a figure may be what others are the parts of.
func isWhole(f *claims.Figure) bool {
	return f.Exact() && f.IsCount() && !f.Change && f.Unit != "" && f.Value.Sign() > 0 && !strings.HasPrefix(f.Raw, "其中")
}

// gathered are verbs of what is then taken up or not.
var gathered = strings.Fields("收集 征集 收到 征求到 提出 梳理 检查 抽查 抽检 出具 制定 审议 提交 报名 申报")

// outcomeOrNot are those of which something is said and those of which it is denied, behind the
// number of all: 收集意见51条，采纳33条，未采纳的18条.
func outcomeOrNot(s *claims.Sentence, k int) []int {
	f := &s.Figures[k]
	const both = 2
	if !isWhole(f) || f.Scope.OtherYear || !containsAny(f.Raw, gathered...) || containsAny(s.Text, "部分采纳", "正在", "另有", "其余", "待") {
		return nil
	}
	parts := partsBehind(s, k, both)
	if parts == nil {
		return nil
	}
	a, b := &s.Figures[parts[0]], &s.Figures[parts[1]]
	for _, verb := range []string{"采纳", "采用", "公告", "公开", "公布", "公示", "合格", "通过"} {
		if !strings.HasSuffix(strings.TrimSuffix(trimCount(strings.TrimPrefix(a.Raw, "其中")), "结果"), verb) || a.Tail != "" || containsAny(a.Raw, "未", "不") {
			continue
		}
		for _, no := range []string{"未", "不", "不予", "未予"} {
			said := strings.TrimSuffix(trimCount(b.Raw), "的")
			if said == no+verb || b.Raw == "" && strings.HasSuffix(b.Tail, no+verb) {
				return parts
			}
		}
	}
	return nil
}

// returned are the forms of a survey by what came back of them, behind how many were given out: 发放问卷500份，收回有效问卷
// 462份，无效问卷18份，未收回的20份.
func returned(s *claims.Sentence, k int) []int {
	const ways = 3
	f := &s.Figures[k]
	if !isWhole(f) || !strings.Contains(f.Raw+f.Tail, "问卷") || !containsAny(f.Raw, "发放", "发出", "派发", "投放") {
		return nil
	}
	parts := partsBehind(s, k, ways)
	if parts == nil {
		return nil
	}
	words := func(n int) string { return s.Figures[parts[n]].Raw + s.Figures[parts[n]].Tail }
	if !strings.Contains(words(0), "有效") || strings.Contains(words(0), "无效") || !strings.Contains(words(1), "无效") || !containsAny(words(2), "未收回", "未回收", "未交回") {
		return nil
	}
	return parts
}

// suits are the lawsuits by how they began, which the form knows two ways of, behind their number.
func (c *context) suits(s *claims.Sentence, k int) []int {
	x := c.claimAt(s, k)
	const ways = 2
	if x == nil || x.Subject != claims.Litigation || !isWhole(&s.Figures[k]) {
		return nil
	}
	parts := partsBehind(s, k, ways)
	var seen []claims.Subject
	for _, i := range parts {
		y := c.claimAt(s, i)
		if y == nil || y.Subject != claims.LitigationDirect && y.Subject != claims.LitigationAfter || slices.Contains(seen, y.Subject) {
			return nil
		}
		seen = append(seen, y.Subject)
	}
	return parts
}

// divides begins a statement that parts what was told before: 按内容分：…, 从提交渠道看，….
var divides = lazyregexp.New(`^(?:其中[，：]?)?(?:按照?[^，：；。\d]{1,10}(?:分|划分|分类|统计)(?:类|别)?[：，]|按照?[^，：；。\d]{0,8}(?:性质|类型|类别|来源|内容|渠道|方式|主题|形式|对象|主体|领域)[：，]|从[^，：；。\d]{1,10}(?:上)?(?:看|来看|分析)[：，])`)

// judgeDivided adds up the parts that a statement of its own gives of the total in a sentence before, where
// nothing can be left out: 公开信息214条，较上年增加38条。按内容分：政策类31条、资金类46条、其他137条; 从时间上看，上半年
// 170条，下半年198条; 从提交渠道看，网上28件，信函11件，当面2件.
func (c *context) judgeDivided(index int, v *verdict) {
	s := &c.said.Sentences[index]
	if s.Says("分别为") && waysListed.MatchString(s.Text) {
		c.judgeStatement(index, 0, len(s.Runes), v)
		return
	}
	if s.Says("无其他渠道", "无其他方式", "没有其他渠道", "没有其他方式", "无其他途径") {
		c.judgeStatement(index, 0, len(s.Runes), v) // 网络提交41件，邮寄18件，当面5件，无其他渠道提交的申请
		return
	}
	for from := 0; from < len(s.Runes); {
		to := from
		for to < len(s.Runes) && s.Runes[to] != '；' {
			to++
		}
		if divides.MatchString(s.Span(from, to)) {
			c.judgeStatement(index, from, to, v)
		}
		from = to + 1
	}
}

// waysListed names all the ways of publishing and how much went each: 公开载体包括网站、公众号以及公示栏，发布数量分别为126条、158条和67条.
var waysListed = lazyregexp.New(`^(?:信息)?(?:公开|发布)(?:载体|渠道|平台|途径|方式)(?:包括|为|有|主要有|主要包括)[^。；\d]{4,60}分别为\d`)

func (c *context) judgeStatement(index, from, to int, v *verdict) {
	s := &c.said.Sentences[index]
	var parts []int
	for k := range s.Figures {
		switch f := &s.Figures[k]; {
		case f.Start < from || f.Start >= to || f.IsPercent() || f.Depth > 0:
		case !f.IsCount() || !f.Exact() || f.Change || f.Multiplied || strings.HasPrefix(f.Raw, "其中") || len(parts) > 0 && f.Unit != s.Figures[parts[0]].Unit:
			return
		default:
			parts = append(parts, k)
		}
	}
	const least = 2
	if len(parts) < least || slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool { return b.Parts[0] == parts[0] && len(b.Parts) == len(parts) }) {
		return
	}
	total, in := c.dividedTotal(index, from, s.Figures[parts[0]].Unit)
	if total == nil {
		return
	}
	sum := (&claims.Breakdown{Parts: parts}).Sum(s)
	over := sum.Cmp(total.Value)
	switch {
	case over == 0:
		v.pass()
		return
	case c.addedUpBefore(index-1, s.Section, total.Unit, sum), slices.ContainsFunc(in.Figures, func(f claims.Figure) bool { return f.Unit == total.Unit && f.Value.Cmp(sum) == 0 }),
		!divideAll(s, parts) && !waysListed.MatchString(s.Text), over > 0 && total.Unit != "件" && slipOfDigits(sum.RatString(), total.Value.RatString()) != surely, // one thing may be published in several ways
		containsAny(strings.ReplaceAll(s.Text, "等其他", "其他"), "同时", "重复", "交叉", "部分", "多个", "均", "等"), in.Says("同时", "另有", "此外"):
		return
	}
	figures := make([]*claims.Figure, len(parts))
	for i, k := range parts {
		figures[i] = &s.Figures[k]
	}
	v.fail(c.brokenAdding(in, total, figures, sum))
}

// dividedTotal is the first figure of the sentence before, or of this one before the statement, and the
// sentence that it is in; a sentence that divides the same total itself is passed over.
func (c *context) dividedTotal(index, from int, unit string) (*claims.Figure, *claims.Sentence) {
	const near = 3 // sentences
	for i := index; i >= max(0, index-near); i-- {
		s := &c.said.Sentences[i]
		if s.Section != c.said.Sentences[index].Section {
			return nil, nil
		}
		if divides.MatchString(bracketed.ReplaceAllString(s.Text, "")) {
			continue
		}
		for k := range s.Figures {
			f := &s.Figures[k]
			if i == index && f.Start >= from {
				break
			}
			if f.Unit != unit {
				continue
			}
			if !isWhole(f) || f.Scope.OtherYear || f.Depth > 0 || f.Multiplied {
				return nil, nil
			}
			return f, s
		}
		if i < index && len(s.Figures) > 0 {
			return nil, nil
		}
	}
	return nil, nil
}

// divideAll reports whether the parts are all there can be: the last is what is left, or they are the two
// halves of the year or the ways that applications come.
func divideAll(s *claims.Sentence, parts []int) bool {
	const halves = 2
	last := &s.Figures[parts[len(parts)-1]]
	if containsAny(last.Raw, "其他", "其它", "其余") || startsWithAny(strings.TrimLeft(s.Span(last.End, len(s.Runes)), "，；"), "除此之外没有", "除此之外无", "没有其他", "无其他", "再无其他", "没有别的") {
		return true
	}
	if len(parts) == halves && strings.Contains(s.Figures[parts[0]].Raw, "上半年") && strings.Contains(last.Raw, "下半年") {
		return true
	}
	return !slices.ContainsFunc(parts, func(k int) bool {
		return !containsAny(s.Figures[k].Raw, "网上", "网络", "在线", "信函", "邮寄", "当面", "现场", "传真", "电子邮件", "邮件", "窗口")
	})
}
