package claims

import (
	"math/big"
	"strings"
)

// Lists of parts that are all of their whole by what they tell: the ways by which applications came,
// lists that say that there is nothing else, and what a web site publishes, counted in whatever
// measure word fits.

// askingWays are the ways by which one applies, each of which an application has.
var askingWays = []string{"网络", "网上", "网站", "互联网", "在线", "线上", "线下", "信函", "来信", "信件", "邮寄", "邮件", "邮箱", "快递", "当面", "现场", "窗口", "传真", "书面", "平台", "来访", "来电"}

// isWay reports whether a part is told by the way by which applications came.
func isWay(f *Figure) bool {
	words := strings.TrimPrefix(strings.TrimLeft(f.Raw, "，；"), "其中")
	return containsAny(words, askingWays...) && !containsAny(words, "公开信息", "发布", "推送", "答复", "公开政府信息", "办结", "回复", "更新")
}

// cutWays cuts off the parts behind those that tell the ways of applying: what became of them is
// another list.
func (s *Sentence) cutWays(b *Breakdown) {
	for n, k := range b.Parts {
		f := &s.Figures[k]
		if isWay(f) {
			continue
		}
		if n > 1 && !isRest(f) && containsAny(f.Raw+f.Tail, "公开", "提供", "处理", "信息", "办") && !containsAny(f.Raw+f.Tail, "申请", "方式", "形式", "提交") {
			b.Parts, b.Closed = b.Parts[:n], false
		}
		return
	}
}

// allWays reports whether the parts are applications by the ways by which they came, which nobody
// tells but of all of them: 收到申请112件，其中当面申请2件，信函申请40件，网络申请70件.
func (s *Sentence) allWays(b *Breakdown, total *Figure, before *Sentence) bool {
	if len(b.Parts) < 2 || b.Mixed {
		return false
	}
	for _, k := range b.Parts {
		if f := &s.Figures[k]; !isWay(f) || strings.Contains(f.Tail, "等") || strings.Contains(f.Raw, "等") {
			return false
		}
	}
	from, k := s, b.Total
	if b.Previous {
		from = before
	}
	of := from.wordsBefore(k) + total.Raw + total.Tail
	const percent = 60 // of the total at least
	return strings.Contains(of, "申请") && !containsAny(of, "许可", "补贴", "救助", "审批") &&
		new(big.Rat).Mul(b.Sum(s), big.NewRat(100, percent)).Cmp(total.Value) >= 0
}

// deniesOthers reports whether the words behind the parts say that there are no others: 其中图解18件、
// 动画2件，无其他形式.
func (s *Sentence) deniesOthers(b *Breakdown) bool {
	if len(b.Parts) < 2 {
		return false
	}
	behind := strings.TrimLeft(s.Span(s.Figures[b.Parts[len(b.Parts)-1]].End, len(s.Runes)), "，；、")
	return startsWithAny(behind, "无其他", "无其它", "没有其他", "没有其它", "未有其他", "再无其他", "此外无", "此外没有", "别无", "除此之外没有", "除此以外没有", "除此之外无", "没有别的", "无别的")
}

// lacksSwap reports whether the parts of a list of one mark make up the total but for two digits
// that changed places.
func (s *Sentence) lacksSwap(b *Breakdown, total *Figure) bool {
	if len(b.Parts) < 2 || b.Mixed || !s.endsList(b.Parts) || strings.HasPrefix(s.Figures[b.Parts[len(b.Parts)-1]].Tail, "等") {
		return false
	}
	for n, k := range b.Parts[1:] {
		if s.nextItem(b.Parts[n]) != k {
			return false
		}
	}
	return swapped(s, b.Parts, total)
}

// entries are the measure words of what a web site publishes, each of which is one entry.
const entries = "条件篇份则期次项部宗个幅"

// entryTotal finds the total of a list that begins in another measure word: the figure right before
// 其中.
func (s *Sentence) entryTotal(b *Breakdown, i int, before *Sentence) bool {
	from, k := s, i-1
	if i == 0 {
		if from = before; before == nil || !strings.HasPrefix(s.Text, "其中") {
			return false
		}
		k = len(before.Figures) - 1
	}
	if k < 0 || from.Figures[k].Change || from.isPart(k) || from.Figures[k].Sep == '、' {
		return false
	}
	b.Total, b.Previous = k, i == 0
	return true
}

// asEntries sets the parts to a list of things in different measure words that ends with what is left,
// or is by the heads that the form of web sites has: 652条，其中公报12期，报告1篇，其他信息639条.
func (s *Sentence) asEntries(b *Breakdown, i int, total *Figure) {
	if total.kind != countUnit || !strings.Contains(entries, total.Unit) || total.Unit == "" || !containsAny(total.Label+total.Tail, "信息", "文件", "内容", "清单", "材料", "公开", "发布") {
		return
	}
	first := &s.Figures[i]
	var parts []int
	mixed, heads, rest := false, 0, 0
	does := isStatement(strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(first.Raw, "，："), "其中"), "，：")) // 其中发布文件5件，发布要闻384条
	for k := i; k < len(s.Figures); k++ {
		f := &s.Figures[k]
		if f.Depth > first.Depth {
			continue
		}
		if f.Depth < first.Depth || f.Change || f.kind != countUnit || f.Unit == "" || !strings.Contains(entries, f.Unit) || f.Raw == "" || strings.Trim(f.Tail, "。") != "" {
			break
		}
		if len(parts) > 0 {
			last := &s.Figures[parts[len(parts)-1]]
			between := strings.TrimLeft(withoutBrackets(s.Span(last.End, f.Start)), "，；、")
			if strings.ContainsAny(between, "，；：（）") || strings.Contains(between, "其中") || saysNext(between) || isStatement(between) && !does || len(parts) > 1 && s.goesElsewhere(k, parts[1]) {
				break
			}
		}
		parts = append(parts, k)
		mixed = mixed || !SameUnit(f, total)
		if containsAny(f.Raw, "概况类", "概况信息", "政务动态", "信息公开目录", "法定主动公开") {
			heads++
		}
		if isRest(f) {
			rest = len(parts)
		}
	}
	const least, form = 2, 3
	heads = min(heads, len(parts))
	switch own := sameUnits(s, parts, total); {
	case len(parts) < least || !mixed && heads < form:
	case rest >= least && notFar(s, parts[:rest], total):
		b.Parts, b.Mixed, b.Closed = parts[:rest], false, true
	case heads == form && len(parts) == form && (&Breakdown{Parts: parts}).nearTo(s, total):
		b.Parts, b.Mixed, b.Closed = parts, false, true
	case len(own) > least && len(b.Parts) < len(own) && s.endsList(parts) && sumOf(s, own).Cmp(total.Value) > 0 && notFar(s, own, total):
		b.Parts, b.Mixed = own, false
	}
}

// notFar reports whether the parts are near to the total, or half as much again at most.
func notFar(s *Sentence, parts []int, total *Figure) bool {
	b := &Breakdown{Parts: parts}
	sum := b.Sum(s)
	return b.nearTo(s, total) || sum.Cmp(total.Value) > 0 && sum.Cmp(new(big.Rat).Mul(total.Value, big.NewRat(3, 2))) <= 0
}

// sameUnits are those of the parts in the measure word of the total; 条, 篇 and 则 are one.
func sameUnits(s *Sentence, parts []int, total *Figure) []int {
	const single = "条篇则"
	var own []int
	for _, k := range parts {
		if f := &s.Figures[k]; SameUnit(f, total) || strings.Contains(single, f.Unit) && strings.Contains(single, total.Unit) {
			own = append(own, k)
		}
	}
	return own
}

// asGroups sets the parts to all that is told of each channel where semicolons part the channels and
// commas what went out by one, and they come to more than the total: 其中，网站公开概况19条，动态324条；
// 公众号发布推文991条. What only details the figure before it is no part.
func (s *Sentence) asGroups(b *Breakdown, i int, total *Figure) {
	first := &s.Figures[i]
	if first.Depth > 0 || total.kind != countUnit || b.Closed {
		return
	}
	from := 0
	if i > 0 {
		from = s.Figures[i-1].End
	}
	var parts, heads []int
	for k := i; k < len(s.Figures); k++ {
		f := &s.Figures[k]
		words := s.Span(from, f.Start)
		_, head, behind := strings.Cut(words, "；")
		opens := k == i || behind
		if k == i {
			head = words
		}
		from = f.End
		switch {
		case f.Depth > first.Depth || !opens && !SameUnit(f, total):
			continue
		case f.Depth < first.Depth || f.Change || !SameUnit(f, total) || f.Value.Cmp(total.Value) >= 0 || strings.Contains(head, "；"):
			return
		case opens && !containsAny(head, "通过", "依托", "网站", "官网", "专栏", "公众号", "微信", "微博", "媒体", "抖音", "平台", "公开栏", "其他"):
			return
		case !opens && containsAny(words, "其中", "包括", "含", "原创", "转发", "转载", "；", "阅读", "浏览"), containsAny(f.Raw, "收到", "回复", "答复", "办理", "受理", "留言", "解决"):
			return
		}
		parts = append(parts, k)
		if opens {
			heads = append(heads, k)
		}
	}
	if len(heads) > 1 && len(parts) > len(b.Parts) && sumOf(s, heads).Cmp(total.Value) != 0 && sumOf(s, parts).Cmp(total.Value) > 0 && notFar(s, parts, total) {
		b.Parts, b.Mixed = parts, false
	}
}

// resultsBehind reads what became of the applications behind the list of those who asked, or of the
// ways in which they did: 收到7件，其中自然人6件，法人1件，予以公开3件，不予公开4件.
func (s *Sentence) resultsBehind(b *Breakdown) (x Breakdown, ok bool) {
	const least = 2
	if !b.Closed || len(b.Parts) < least || !containsAny(s.Figures[b.Parts[0]].Label, "自然人", "公民", "法人", "企业") && !isWay(&s.Figures[b.Parts[0]]) {
		return x, false
	}
	x = Breakdown{Total: b.Total, Previous: b.Previous, Others: b.Others, Uniform: true}
	for k := s.nextItem(b.Parts[len(b.Parts)-1]); k >= 0; k = s.nextItem(k) {
		f := &s.Figures[k]
		if f.Tail != "" || !containsAny(f.Raw, "公开", "提供", "掌握", "存在", "不予", "其他处理") || containsAny(f.Raw, "结转", "申请人", "复议", "诉讼", "主动公开") {
			return x, false
		}
		x.Parts = append(x.Parts, k)
	}
	return x, len(x.Parts) >= least && containsAny(s.Figures[x.Parts[0]].Label, resultNames...)
}

// waysBehind reads the ways in which the applications came behind the list of those who asked:
// 收到5件，其中自然人4件，法人1件；通过邮寄提交4件，现场提交1件.
func (s *Sentence) waysBehind(b *Breakdown) (x Breakdown, ok bool) {
	const least = 2
	if len(b.Parts) < least || axisOf(&s.Figures[b.Parts[0]]) == noAxis || isWay(&s.Figures[b.Parts[0]]) {
		return x, false
	}
	x = Breakdown{Total: b.Total, Previous: b.Previous, Others: b.Others, Uniform: true}
	for k := b.Parts[len(b.Parts)-1] + 1; k < len(s.Figures); k++ {
		f := &s.Figures[k]
		if !isWay(f) || f.Tail != "" || !SameUnit(f, &s.Figures[b.Parts[0]]) || f.Depth != s.Figures[b.Parts[0]].Depth || f.Change {
			break
		}
		x.Parts = append(x.Parts, k)
	}
	return x, len(x.Parts) >= least
}

// asHeads sets the parts to the first figure behind each semicolon where what stands behind it in its
// item only details it: 其中机构类20条，内有领导成员10条、职能10条；工作类11条，其中动态3条；政策类4条.
func (s *Sentence) asHeads(b *Breakdown, i int, total *Figure) {
	const least = 3
	first := &s.Figures[i]
	if total.kind != countUnit || len(b.Parts) >= least || b.Closed && len(b.Parts) > 1 {
		return
	}
	var heads []int
	detailed, details := false, false // some item has details; this one
	for k := i; k < len(s.Figures); k++ {
		f := &s.Figures[k]
		words := withoutBrackets(s.wordsBefore(k))
		switch {
		case k == i || strings.Contains(words, "；"):
			name := words[strings.LastIndex(words, "；")+1:]
			if f.Change || !SameUnit(f, total) || f.Depth != first.Depth || f.Value.Cmp(total.Value) >= 0 || f.Tail != "" && k+1 < len(s.Figures) || k > i && (isStatement(f.Raw) || strings.Contains(name, "其中")) || strings.ContainsAny(strings.TrimLeft(name, "，；"), "，") {
				return
			}
			heads, details = append(heads, k), false
		case details, f.Depth > first.Depth:
			detailed = true
		case startsWithAny(words, "，其中", "，内有", "，内含", "，包括", "，包含", "，含", "（其中", "：其中"):
			details, detailed = true, true
		default:
			return
		}
	}
	if detailed && len(heads) >= least {
		b.Parts, b.Mixed = heads, false
	}
}
