package claims

import "strings"

// Lists of parts that are known to be all of their whole, or of one list, by what they are.

// halves and quarters are the parts of a year in order.
var (
	halves   = []string{"上半年", "下半年"}
	quarters = []string{"一季度", "二季度", "三季度", "四季度"}
)

// wholeYear reports whether the parts are those of a whole year: 其中上半年164篇，下半年191篇.
func (s *Sentence) wholeYear(b *Breakdown, total *Figure) bool {
	for _, parts := range [][]string{halves, quarters} {
		if len(b.Parts) != len(parts) || total.Scope.Partial {
			continue
		}
		all := true
		for n, k := range b.Parts {
			words := strings.TrimPrefix(strings.TrimPrefix(strip(s.Figures[k].Raw), "其中"), "第")
			all = all && strings.HasPrefix(words, parts[n])
		}
		if all {
			return true
		}
	}
	return false
}

// origins reports whether two figures are what was carried over and what came in new, of
// which all that a body had to do is made.
func (s *Sentence) origins(a, b int) bool {
	old := func(k int) bool {
		words := s.Figures[k].Raw
		return containsAny(words, "结转", "转结", "转入", "遗留", "转来") && containsAny(words, "上年", "去年", "上一年", s.yearText(-1)) && !containsAny(words, "下年", "次年")
	}
	fresh := func(k int) bool {
		return containsAny(s.Figures[k].Raw, "新收", "新接", "新受理", "新增", "新提", "当年收", "本年收", "当年受理", "本年受理") && s.Figures[k].Tail == ""
	}
	return old(a) && fresh(b) || fresh(a) && old(b)
}

// byOrigin reports whether the parts are just those two.
func (s *Sentence) byOrigin(b *Breakdown) bool {
	return len(b.Parts) == 2 && !b.Previous && b.Total < b.Parts[0] && s.origins(b.Parts[0], b.Parts[1])
}

// fates are what may become of a document or a rule that is looked through.
var fates = []string{"保留", "继续有效", "修订", "修改", "拟修订", "废止", "停止执行", "失效", "宣布失效", "整合", "合并", "取消", "暂缓"}

func fated(label string) bool {
	label = strings.TrimSuffix(strings.TrimPrefix(strip(label), "其中"), "的") // 已修改的15份
	return endsWithAny(label, fates...) && len([]rune(label)) <= len([]rune("宣布失效"))
}

// nounEnds end the name of a kind, whatever verb stands in it.
var nounEnds = []string{"支出", "经费", "费用", "费", "开支"}

// kindEnds end the name of a kind of information that begins with no verb: 提案建议办理情况,
// 行政处罚决定公示.
var kindEnds = strings.Fields("情况 结果 信息 类 事项 领域 公示 公告 目录 指南 年报 年度报告 报告 计划 规划 总结 方案 文件 法规 政策 动态 要闻 资讯 资金 预决算 决算 预算 任免 人事 简介 概况 职能 清单 须知 公开 解读 回应 制度 资料 栏目 专栏 新闻 简报 通知 数据 案例 名单 标准 流程")

// namesKind reports whether the words of figure k, behind the part last, are the name of a kind,
// whatever verb stands in it: 宣传培训及其他支出.
func (s *Sentence) namesKind(last, k int, raw string) bool {
	name := strip(raw)
	return hasSuffix(name, nounEnds) || s.Figures[k].Tail == "" && hasSuffix(name, kindEnds) && !startsWithAny(raw, partVerbs...) && s.nextItem(last) == k
}

// byAttribute reports whether the parts are documents by how they are open, in all three ways
// that there are.
func (s *Sentence) byAttribute(b *Breakdown, total *Figure) bool {
	if len(b.Parts) != 3 || !containsAny(total.Raw+total.Tail, documents...) && !strings.HasSuffix(total.Label, "政府信息") {
		return false
	}
	seen := map[string]bool{}
	for _, k := range b.Parts {
		name := strings.NewReplacer("属性", "", "作为", "", "为", "", "的", "", "类", "", "其中", "", "累计", "", "文件", "", "公文", "", "不予公开", "不公开").Replace(s.Figures[k].name())
		if name != "主动公开" && name != "依申请公开" && name != "不公开" {
			return false
		}
		seen[name] = true
	}
	return len(seen) == len(b.Parts)
}

// proposals reports whether the parts of 建议提案 are the one and the other, which is all that
// there is: 承办建议提案33件，其中建议13件、提案20件.
func (s *Sentence) proposals(b *Breakdown, total *Figure, before *Sentence) bool {
	if len(b.Parts) != 2 {
		return false
	}
	x, y := s.Figures[b.Parts[0]].Raw, s.Figures[b.Parts[1]].Raw
	if !strings.Contains(x, "建议") || !strings.Contains(y, "提案") || strings.Contains(x, "提案") || strings.Contains(y, "建议") || containsAny(x+y, "主办", "协办", "会办", "牵头", "重点") {
		return false
	}
	whole := total.Raw + total.Tail
	if from := s; b.Total > 0 || b.Previous {
		if b.Previous {
			from = before
		}
		whole = from.wordsBefore(b.Total) + total.Tail
	}
	return strings.Contains(whole, "建议") && strings.Contains(whole, "提案") || strings.Contains(whole, "两案")
}

// bothKinds reports whether the parts are applications of natural and of legal persons, or
// those on paper and by the net.
func (s *Sentence) bothKinds(b *Breakdown, total *Figure) bool {
	return len(b.Parts) == 2 && b.nearTo(s, total) && ofBothKinds(&s.Figures[b.Parts[0]], &s.Figures[b.Parts[1]])
}

func ofBothKinds(first, second *Figure) bool {
	x, y := first.name(), second.name()
	for _, p := range [][2]string{{"自然人", "法人"}, {"公民", "法人"}, {"网上", "书面"}, {"网络", "书面"}, {"在线", "书面"}} {
		if strings.Contains(x, p[0]) && strings.Contains(y, p[1]) || strings.Contains(x, p[1]) && strings.Contains(y, p[0]) {
			return !strings.Contains(x+y, "等")
		}
	}
	return false
}

// asNamed reports whether the words before the total name just the parts, as what it is the
// sum of: 人大代表建议和政协提案共46件，其中建议27件、提案19件. What only some of a thing named
// there is called is no such part.
func (s *Sentence) asNamed(b *Breakdown) bool {
	if b.Previous || len(b.Parts) < 2 || b.Total > b.Parts[0] {
		return false
	}
	last := strings.TrimLeft(strip(s.Figures[b.Parts[len(b.Parts)-1]].Raw), "省市县区镇乡级全国")
	if last == "" || !strings.HasSuffix(s.Figures[b.Total].Label, last) {
		return false
	}
	var items []string
	for _, item := range s.listBefore(b.Total) {
		items = append(items, jointed(item)...)
	}
	if len(items) == 1 {
		all := ""
		for _, k := range b.Parts {
			all += strings.TrimPrefix(strip(s.Figures[k].Raw), "其中")
		}
		return strings.HasSuffix(items[0], all) && runeLen(all) > 2*len(b.Parts)-1 // 办理建议提案22件，其中建议13件、提案9件
	}
	if len(items) != len(b.Parts) {
		return false
	}
	for n, k := range b.Parts {
		name := strings.TrimPrefix(strip(s.Figures[k].Raw), "其中")
		if f := &s.Figures[k]; f.Tail != "" && f.Tail != "。" || runeLen(name) < 2 || !strings.HasSuffix(items[n], strings.TrimLeft(name, "省市县区镇乡级全国")) {
			return false
		}
	}
	return true
}

// jointed parts a name at the words that join two.
func jointed(item string) []string {
	items := []string{item}
	if noJoint.Replace(item) != item {
		return items
	}
	if items = splitEnd(items, func(x, y string) bool { return runeLen(x) > 1 && runeLen(y) > 1 }); len(items) > 1 {
		return append(jointed(items[0]), jointed(items[1])...)
	}
	return items
}
