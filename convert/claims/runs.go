package claims

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/glance"
)

// countedAs are measure words that count the same things.
var countedAs = map[string]string{"场次": "场", "件次": "件", "篇次": "篇", "条次": "条", "批次": "批", "宗": "件", "例": "件"}

// SameUnit reports whether two figures count in the same measure word: 场次 is 场.
func SameUnit(a, b *Figure) bool {
	if a.Unit == b.Unit {
		return true
	}
	fold := func(u string) string {
		if v, ok := countedAs[u]; ok {
			return v
		}
		return u
	}
	return fold(a.Unit) == fold(b.Unit)
}

// run finds parts that follow their total with no word that says so: 接受采访21次，
// 省级媒体6次，市级媒体9次. Figure i is the first of them, the one before the total.
// What tells them from figures that are merely told one after another is that
// they are named alike, are opposites, or end with what is left.
func (s *Sentence) run(i int) (b Breakdown, ok bool) {
	if i == 0 || i+1 >= len(s.Figures) {
		return b, false
	}
	of := i - 1
	for of > 0 && s.Figures[of].Depth > s.Figures[i].Depth {
		of-- // 124件（含结转5件），公民113件，法人11件
	}
	t := &s.Figures[of]
	announced := s.announcesParts(i)
	several := t.Sep == '、' && !startsWithAny(t.Raw, "法人和", "法人或", "法人及", "法人与") && !containsAny(t.Raw, "等途径", "等渠道", "等方式") // 公民、法人和其他组织 are one
	if t.kind != countUnit && t.kind != moneyUnit || t.Change || several && !t.Compound || s.Figures[i].Sep == '、' || t.Value.Sign() == 0 || s.inList(of) && !announced || hasSuffix(t.Label, resultNames) || !announced && of == i-1 && !s.follows(i) {
		return b, false
	}
	b = Breakdown{Total: of}
	for k := i; k < len(s.Figures); k++ {
		f := &s.Figures[k]
		if !SameUnit(f, t) || f.kind != t.kind || f.Depth != t.Depth || f.Change || f.Sep == '；' || f.Value.Cmp(t.Value) > 0 || k > i && (!s.follows(k) || (f.Raw == "") != (s.Figures[i].Raw == "")) || containsAny(f.Raw, "其中", "连同", "加上") || sumsAll(f) {
			break
		}
		b.Parts = append(b.Parts, k)
		if k > i && isRest(f) && !startsWithAny(f.Label, "其他处理", "其他结果") { // those are rows of the form
			b.Closed = true
			if k+1 == len(s.Figures) || !pendingPart(&s.Figures[k+1]) && !isRest(&s.Figures[k+1]) {
				break
			}
		}
	}
	if len(b.Parts) < 2 || s.hasParts(b.Parts) || !announced && of == i-1 && s.hasParts([]int{of}) {
		return b, false
	}
	if axisOf(t) != noAxis && axisOf(t) == axisOf(&s.Figures[i]) && !strings.Contains(t.Raw+t.Tail, "法人") {
		return b, false // the first of the list itself: 自然人38件，商业企业7件
	}
	if b.Closed && !announced && !b.nearTo(s, t) {
		return b, false
	}
	b.Closed = b.Closed || s.complement(&b)
	named := s.asNamed(&b) && !s.restBehind(&b)
	if several { // of several things: 建议、提案27件，建议15件、提案12件
		b.Closed = named
		return b, named
	}
	b.Closed = b.Closed || named || s.bothKinds(&b, t)
	b.Uniform = s.isUniform(&b)
	return b, b.Closed || announced || s.alikeRun(&b, t) || s.bareRun(&b, t) || s.sharedVerb(&b) || s.allFated(&b) || s.twoClasses(&b, t)
}

// sumsAll reports whether a figure is called a sum; 公共服务 is none.
func sumsAll(f *Figure) bool {
	return startsWithAny(f.Raw, "共", "总共", "一共") && !startsWithAny(f.Raw, "共建", "共享", "共同") || containsAny(f.Raw, "共计", "合计", "总计") || strings.HasSuffix(f.Raw, "共")
}

// inList reports whether figure k is told after one in the same unit, and so may
// be one of a list rather than the total of what follows.
func (s *Sentence) inList(k int) bool {
	return k > 0 && SameUnit(&s.Figures[k], &s.Figures[k-1]) && s.follows(k) && !containsAny(notSums.Replace(s.Figures[k].Raw), "共", "总", "合计")
}

// notSums takes out names of things with the words for a sum in them: 计划总结类信息5条.
var notSums = glance.NewReplacer("总结", "", "总体规划", "", "总工会", "", "总经理", "", "总河长", "", "总林长", "", "总队", "", "公共", "", "共享", "", "共建", "", "共同", "", "共青团", "", "共产党", "")

// follows reports whether figure k stands in the clause directly behind the
// figure before it.
func (s *Sentence) follows(k int) bool {
	for j := s.Figures[k-1].End; j < s.Figures[k].Start; j++ {
		if isBreak(s.Runes[j]) {
			return s.Figures[k].Clause == j+1
		}
	}
	return true
}

// announcesParts reports whether a clause before figure i says that a total is
// parted: 按办理进度分：; 从来源看，.
func (s *Sentence) announcesParts(i int) bool {
	f := &s.Figures[i]
	if f.Sep != '：' && f.Sep != '，' {
		return false
	}
	intro := s.clauseBefore(i)
	const longest = 14
	if f.Sep == '：' && s.introduces(intro, i) {
		return true
	}
	return intro != "" && runeLen(intro) <= longest && startsWithAny(intro, "按", "从", "以", "分") && endsWithAny(intro, "分", "看", "划分", "来看", "统计", "分类", "来分", "区分", "分为")
}

// introduces reports whether a short clause with a colon leads from the figure before
// to its parts, whatever it says: 渠道构成为：. The parts must be near to the total, and
// begin with names.
func (s *Sentence) introduces(intro string, i int) bool {
	t, f := &s.Figures[i-1], &s.Figures[i]
	const longest = 10
	if intro == "" || runeLen(intro) > longest || f.Clause-1-runeLen(intro)-1 != t.End+runeLen(t.Tail) || containsAny(intro, partVerbs...) || containsAny(intro, "同时", "此外", "另", "其他", "还", "涉及", "覆盖", "惠及", "关于") {
		return false
	}
	if startsWithAny(f.Raw, partVerbs...) || startsWithAny(f.Raw, nextVerbs...) {
		return false
	}
	sum := new(big.Rat)
	for k := i; k < len(s.Figures) && SameUnit(&s.Figures[k], t) && s.Figures[k].Depth == t.Depth && (k == i || s.Figures[k].Sep != '；'); k++ {
		sum.Add(sum, s.Figures[k].Value)
	}
	diff := sum.Sub(sum, t.Value)
	const percent = 30
	return diff.Abs(diff).Cmp(new(big.Rat).Mul(t.Value, big.NewRat(percent, 100))) <= 0
}

// alikeRun reports whether three or more parts that together are a little more
// than the total, or less, are named alike, and unlike the total; or, named at
// random, hardly more than it.
func (s *Sentence) alikeRun(b *Breakdown, t *Figure) bool {
	const least, most, few = 3, 130, 110 // parts, percent of the total
	if len(b.Parts) < least {
		first, second := s.Figures[b.Parts[0]].name(), s.Figures[b.Parts[1]].name()
		if x, y := []rune(first), []rune(second); len(x) == len(y) && len(x) > least && b.Sum(s).Cmp(t.Value) > 0 && b.nearTo(s, t) && framed(x, y) {
			return true // 公益一类5家，公益二类3家
		}
		return slices.ContainsFunc(sides, func(p [2]string) bool {
			return strings.HasPrefix(first, p[0]) && strings.HasPrefix(second, p[1]) || strings.HasPrefix(first, p[1]) && strings.HasPrefix(second, p[0])
		})
	}
	share := new(big.Rat).Quo(b.Sum(s), t.Value)
	share.Mul(share, big.NewRat(100, 1))
	if share.Cmp(big.NewRat(most, 1)) > 0 {
		return false
	}
	names := make([][]rune, 0, len(b.Parts))
	for _, k := range b.Parts {
		names = append(names, []rune(s.Figures[k].name()))
	}
	whole := []rune(t.name())
	if head := common(names, func(r []rune, i int) rune { return at(r, i) }); head > 1 && !strings.HasPrefix(string(whole), string(names[0][:head])) {
		return true
	}
	behind := func(r []rune, i int) rune { return at(r, len(r)-1-i) }
	if tail := common(names, behind); tail > 0 && (len(whole) == 0 || whole[len(whole)-1] != behind(names[0], 0)) {
		return true
	}
	for _, k := range b.Parts {
		if containsAny(plainNouns.Replace(s.Figures[k].Raw), partVerbs...) || startsWithAny(s.Figures[k].Raw, nextVerbs...) {
			return false
		}
	}
	over := share.Cmp(big.NewRat(100, 1)) > 0
	return over && (share.Cmp(big.NewRat(few, 1)) <= 0 || s.bareNames(b))
}

// bareRun reports whether the parts of a total with 共 or 合计 are told by what became of them alone:
// 案件共6件，2件尚未裁决，4件驳回诉讼请求.
func (s *Sentence) bareRun(b *Breakdown, t *Figure) bool {
	if !hasSuffix(t.Raw, []string{"共", "共计", "合计"}) && !strings.HasPrefix(t.Raw, "共") {
		return false
	}
	return !slices.ContainsFunc(b.Parts, func(k int) bool {
		f := &s.Figures[k]
		return strip(f.Raw) != "" || f.Tail == "" || f.Tail == "。"
	})
}

// sharedVerb reports whether two parts that 、 joins are X and 不X behind one verb, which need
// not hold all of the total: 发放问卷500份，回收有效问卷476份、无效问卷34份.
func (s *Sentence) sharedVerb(b *Breakdown) bool {
	if len(b.Parts) != 2 || s.Figures[b.Parts[1]].Sep != '、' {
		return false
	}
	x, y := []rune(s.Figures[b.Parts[0]].name()), s.Figures[b.Parts[1]].name()
	const verb = 4 // characters
	extra := len(x) - runeLen(y)
	return extra > 0 && extra <= verb && opposite(string(x[extra:]), y)
}

// allFated reports whether the parts are what became of the documents looked through.
func (s *Sentence) allFated(b *Breakdown) bool {
	return len(b.Parts) > 2 && !slices.ContainsFunc(b.Parts, func(k int) bool { return !fated(s.Figures[k].Label) })
}

// twoClasses reports whether two parts are called X类 and together hardly more than the total,
// which is not: 投诉举报1108件，商品类612件，服务类509件.
func (s *Sentence) twoClasses(b *Breakdown, t *Figure) bool {
	const few = 110 // percent of the total
	class := func(f *Figure) bool { return strings.HasSuffix(f.name(), "类") }
	return len(b.Parts) == 2 && class(&s.Figures[b.Parts[0]]) && class(&s.Figures[b.Parts[1]]) && !class(t) && b.Sum(s).Cmp(t.Value) > 0 &&
		b.Sum(s).Cmp(new(big.Rat).Mul(t.Value, big.NewRat(few, 100))) <= 0
}

// framed reports whether two names of one length differ in the middle only: 公益一类 and
// 公益二类, 以图文为主 and 以视频为主.
func framed(x, y []rune) bool {
	head := common([][]rune{x, y}, at)
	tail := common([][]rune{x, y}, func(r []rune, i int) rune { return at(r, len(r)-1-i) })
	return head > 0 && tail > 0 && head+tail > 2
}

// bareNames reports whether the parts are short names that 、 joins: 报刊28次、电视35次.
func (s *Sentence) bareNames(b *Breakdown) bool {
	const longest = 3
	for n, k := range b.Parts {
		f := &s.Figures[k]
		if runeLen(f.Raw) > longest || f.Tail != "" && f.Tail != "。" || n > 0 && f.Sep != '、' {
			return false
		}
	}
	return true
}

// sides begin the names of two parts that have nothing in common.
var sides = [][2]string{{"线上", "线下"}, {"网上", "线下"}, {"网上", "现场"}, {"本地", "外地"}, {"城区", "农村"}, {"城镇", "农村"}, {"主办", "协办"}, {"集中", "分散"}, {"局机关", "基层"}, {"机关", "基层"}, {"内部", "外部"}, {"上半年", "下半年"}, {"有", "无"}, {"赞成", "反对"}, {"支持", "反对"}, {"同意", "反对"}, {"已", "正在"}, {"已", "尚"}, {"已", "仍"}, {"已", "待"}}

// plainNouns takes out names of things that have a verb in them.
var plainNouns = glance.NewReplacer("公开栏", "", "公开专区", "", "公开专栏", "", "公开屏", "", "发布厅", "", "信息公开", "", "处理", "")

// common is how many runes at one end all the names share.
func common(names [][]rune, end func([]rune, int) rune) int {
	n := 0
	for ; ; n++ {
		for _, r := range names {
			if c := end(r, n); c == 0 || c != end(names[0], n) {
				return n
			}
		}
	}
}

// name is what the figure counts: the words before it, else those behind.
func (f *Figure) name() string {
	if words := strings.TrimRight(strip(f.Raw), "的有"); words != "" {
		return words
	}
	return strings.TrimSuffix(f.Tail, "的")
}

// Opposite reports whether two figures part a whole in two.
func Opposite(a, b *Figure) bool { return opposite(a.name(), b.name()) }

// opposite reports whether two names part a whole in two: 未采纳 and 采纳, 有效来电
// and 无效来电.
func opposite(x, y string) bool {
	if x == "" || y == "" || x == y {
		return false
	}
	x, y = withoutJudging.Replace(x), withoutJudging.Replace(y)
	if a, noun, ok := strings.Cut(x, "的"); ok && noun != "" { // 已公开的单位 and 未公开的单位
		if b, same, _ := strings.Cut(y, "的"); same == noun && a != "" && b != "" {
			x, y = a, b
		}
	}
	for range 2 {
		for _, no := range []string{"不", "未", "非", "没有", "无", "未予", "不予", "未能", "不能", "无法", "尚未", "未曾"} {
			if before, behind, ok := strings.Cut(y, no); ok && behind != "" && runeLen(x) > 1 && (before+behind == x || before+behind == strings.Replace(x, "已", "", 1) || before+behind == strings.Replace(x, "能", "", 1)) {
				return true // 表示满意的 and 表示不满意的
			}
			if rest, ok := strings.CutPrefix(strings.TrimPrefix(y, "尚"), no); ok && runeLen(rest) > 1 && strings.HasPrefix(strings.TrimPrefix(x, "已"), rest) {
				return true // 已建成公开栏的 and 尚未建成
			}
			if y == no+x || y == "尚"+no+x || strings.HasPrefix(x, "已") && (y == no+strings.TrimPrefix(x, "已") || y == "尚"+no+strings.TrimPrefix(x, "已")) {
				return true
			}
		}
		for _, p := range pairs {
			if strings.Contains(x, p[0]) && strings.Replace(x, p[0], p[1], 1) == y {
				return true
			}
		}
		x, y = y, x
	}
	return false
}

// withoutJudging takes out that something was found to be so, which one of two may leave
// out: 确定为公开的 and 不公开的.
var withoutJudging = glance.NewReplacer("确定为", "", "认定为", "", "界定为", "", "标注为", "", "判定为", "")

// stocks are words for what there is by now, as against what the parts add up to.
var stocks = []string{"目前", "现有", "现已", "截至", "截止", "历年", "已有", "存量", "参", "浏览", "阅读", "访问", "比", "较", "平均"}

// sumNoun is what a total behind its parts calls them beside 共计 and the like:
// 全年来信总数为 gives 来信; ok is false where it is no such total.
func sumNoun(raw string) (noun string, ok bool) {
	if containsAny(raw, stocks...) {
		return "", false
	}
	raw = notSums.Replace(raw)
	for _, w := range []string{"共计", "合计", "总计", "累计", "总共", "一共", "总数", "总量", "总宗数", "总件数", "总条数", "总次数", "总人数", "总篇数", "共"} {
		before, behind, found := strings.Cut(raw, w)
		if !found {
			continue
		}
		for _, idle := range []string{"以上", "上述", "两项", "三项", "四项", "五项", "两者", "三者", "两类", "三类", "四类", "五类", "各类", "全年", "全部", "本年度", "年度", "本年", "二者", "共", "的", "达到", "达", "为", "是", "：", "有"} {
			before, behind = strings.ReplaceAll(before, idle, ""), strings.ReplaceAll(behind, idle, "")
		}
		return before + behind, true
	}
	return "", false
}

// sumsUp reports whether figure k is a total behind its parts: 共计14条, or, with
// the verb or noun of the parts again, 合计发布960条, 来信总数为85封.
func (s *Sentence) sumsUp(k int) (noun string, ok bool) {
	raw := s.Figures[k].Raw
	if f := &s.Figures[k]; f.Sep == 0 && f.Clause == s.Figures[k-1].End && strings.HasSuffix(raw, "共") && f.Tail != "" && SameUnit(f, &s.Figures[k-1]) {
		raw = "共" // 14个科室、6个下属单位共20个部门: the noun is that of the figure before
	}
	noun, ok = sumNoun(raw)
	last := s.lastPart(k)
	if !ok || noun == "" || last < 1 {
		return noun, ok && last > 0
	}
	return noun, s.calls(last, noun) && s.calls(last-1, noun)
}

// lastPart is the figure before the total k that its last part may be: those that point to the
// parts (以上三个渠道合计) are passed over.
func (s *Sentence) lastPart(k int) int {
	if f := &s.Figures[k-1]; f.Han && f.End <= s.Figures[k].Clause && endsWithAny(f.Raw, "以上", "上述", "这", "前述") {
		return k - 2
	}
	return k - 1
}

// calls reports whether the words of figure k, or of one that 、 joins it to, hold
// the noun.
func (s *Sentence) calls(k int, noun string) bool {
	for k > 0 && s.Figures[k].Sep == '、' && !strings.Contains(s.Figures[k].Raw, noun) {
		k--
	}
	const head = 2
	if r := []rune(noun); len(r) > head+1 && strings.Contains(s.Figures[k].Raw+s.Figures[k].Tail, string(r[len(r)-head:])) {
		return true // 处理留言总量 of 转办留言
	}
	return strings.Contains(s.Figures[k].Raw+s.Figures[k].Tail, noun)
}

// nearTo reports whether the parts add up to something near the total; where
// words other than 共计 name it, it may be a total of more than the parts.
func (b *Breakdown) nearTo(s *Sentence, t *Figure) bool {
	diff := new(big.Rat).Sub(b.Sum(s), t.Value)
	const percent = 30
	return diff.Abs(diff).Cmp(new(big.Rat).Mul(t.Value, big.NewRat(percent, 100))) <= 0
}
