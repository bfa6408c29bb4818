package claims

import (
	"slices"
	"strings"
)

// classUnits count the items of a list whatever they are; behind other measure
// words the noun must follow: 三类, but 两个平台.
var classUnits = []string{"种", "类", "项", "大", "级", "方面", "个方面", "部分", "种形式", "种方式", "个渠道", "种渠道", "种途径", "个途径", "项制度", "个环节", "个重点", "项措施", "项工作", "项任务", "类问题", "个问题", "层", "章", "小类", "小项", "部门", "环节"}

// actEnds end words that do something to what is counted: 设立 in 图书馆设立三处. What
// stands before them is no list of the things counted.
var actEnds = []string{"设立", "设置", "开设", "新开设", "增设", "新增", "新建", "建成", "建立", "打造", "推出", "制定", "出台", "修订", "印发", "制发", "编制", "举办", "召开", "开展", "组织", "发布", "公布", "完成", "整改", "发现", "配备", "下设", "涉及", "涵盖", "包括", "覆盖", "增加", "减少", "优化", "完善", "落实", "提供", "解决", "抽调", "选派", "聘请", "张贴", "梳理", "推进", "培育", "对接", "获得", "评选", "采集", "收集", "征集", "提出", "抽查", "检查", "走访", "形成", "构建", "实行", "推行", "抓好", "做好", "突出", "聚焦", "围绕", "坚持", "开通", "运行", "邀请", "安排", "投入", "新设", "录制", "明确", "细化", "分解", "安装", "共享", "受理", "办理", "划分", "承办", "办结", "接受",
	"的", "了", "共", "有", "为", "达", "是", "至", "到", "近", "约", "超", "按", "分", "以", "将", "把", "对", "向", "在", "于", "每", "各", "这", "前", "后", "上述", "以上", "全部", "从", "用", "由", "年", "月", "：", "其他", "其余", "另外", "同", "第"}

// moreActs end such words too, where something stands before them; alone they are names of steps
// themselves: 登记、办理、答复三本台账.
var moreActs = []string{"发放", "派发", "印制", "摆放", "放置", "投放", "展示", "播放", "推送", "制作", "拍摄", "搭建", "开辟", "探索", "承担", "牵头", "举行", "签订", "启用", "上线", "改造", "升级", "整合", "归集", "调整", "清理", "排查", "督查", "巡查", "通报", "处理", "查处", "答复", "回复", "回应", "解答", "报送", "上报", "转发", "编发", "组建", "成立", "配置", "打通", "畅通", "拓宽", "拓展", "提升", "强化", "深化", "更新", "汇编", "组成", "联办", "收到", "发出", "下发", "转办", "交办", "采纳", "布设", "购置", "评为", "列为", "采用", "采取", "确定", "选取", "选派", "参加", "送去", "送上", "关心", "反映", "实现", "做到", "做实", "践行", "增强", "坚定"}

// endsInAct reports whether the last item ends in a verb with a name before it, and no other does.
func endsInAct(items []string) bool {
	const name = 2
	ends := func(s string) bool {
		for _, w := range moreActs {
			if rest, ok := strings.CutSuffix(s, w); ok && runeLen(rest) >= name {
				return true
			}
		}
		return false
	}
	last := len(items) - 1
	return ends(items[last]) && !slices.ContainsFunc(items[1:max(1, last)], ends)
}

// takesObject reports whether the clause says to whom or with what something is done by the list
// that ends at the offset, and nothing stands behind what the number counts: 向居民、商户发放3种资料.
// What is done is then told in the last item, and the number is of its object.
func takesObject(r []rune, start, from int) bool {
	const noun = 8
	stop := from + indexRune(r[from:], isBreak)
	if stop-from > noun {
		return false
	}
	if at(r, stop) == '、' || slices.Contains(r[from:stop], '的') {
		return false // 四馆的开放时间、活动预告
	}
	for i, c := range r[start:from] {
		if c == '、' {
			return false
		}
		if strings.ContainsRune("向给对把将", c) && (i == 0 || strings.ContainsRune("并先后还均将", r[start+i-1])) {
			return true
		}
	}
	return false
}

// sameNames reports whether the items are of one length, the first behind the verb that leads to
// them.
func sameNames(items []string) bool {
	const least = 3
	name, _ := ledName(items[0])
	if name == "" {
		name = items[0]
	}
	return len(items) >= least && sameLength(append([]string{name}, items[1:]...))
}

// ofSubject reports whether the clause may be of those who do something with what is counted:
// nothing leads to the list, nothing stands behind what the number counts, and the last item is
// longer than the others, by a verb: 干部、居民、志愿者组成5支队伍.
func ofSubject(r []rune, items []string, from int) bool {
	const noun = 6
	last := len(items) - 1
	if indexRune(r[from:], isBreak) > noun || lastAlike(items) {
		return false
	}
	for _, item := range items[:last] {
		if runeLen(unquoted(item)) >= runeLen(unquoted(items[last])) {
			return false
		}
	}
	return true
}

// before is a list before its number: where it stands, and how it leads to the number.
type before struct {
	start, end int
	items      []string
	quoted     bool // the number is that of a quoted catchword
	open       bool // 等
	pointed    bool // 甲、乙、丙，这三个单位
	of         bool // 依法、及时、便民的三项原则
	whole      bool // the list stands in quotation marks
	led        bool // a verb leads to it
}

// readCounted reads a list before its number: 网站、公众号、公开栏3种渠道; 决策、执行、
// 管理、服务、结果“五公开”.
func (out *Reading) readCounted(section int, l *line, n int, c span, quoted bool) {
	r := l.runes
	b := before{end: c.at, quoted: quoted}
	if !b.leadsTo(r, c) || out.readNamed(section, l, n, c, b.end, b.open) || goesOnBehind(r, c.end) || !b.split(r, c) || !b.isList(r, c) {
		return
	}
	if all := splitLast(b.items); len(all) > len(b.items) {
		out.addCount(section, l, n, c, [2]int{len(all), len(all)}, b.open)
		return
	}
	rest := append([]string{lastOf(b.items[0], b.items[1:])}, b.items[1:]...)
	out.addNames(section, l, n, c, rest, b.open)
}

// leadsTo finds the end of the list before the words that lead to the number; false where the
// number cannot be that of a list before it.
func (b *before) leadsTo(r []rune, c span) bool {
	last := at(r, b.end-1)
	if b.quoted {
		if b.end = behindMembers(r, b.end-1); at(r, b.end-1) == '、' {
			return false // “四个自信”、“两个维护”
		}
	} else if u := string(r[c.at+1 : c.end]); !slices.Contains(classUnits, u) && isBreak(at(r, c.end)) && last != '共' && last != '计' && !placed(r, b.end) && !sameKind(r, b.end) || c.end >= len(r) || last == '“' || last == '中' {
		return false // 解决问题5个
	}
	for _, w := range []string{"，这", "，上述", "，以上"} {
		if n := runeLen(w); b.end > n && string(r[b.end-n:b.end]) == w {
			b.end, b.pointed = b.end-n, true
			break
		}
	}
	for _, w := range []string{"，共计", "，共", "，合计", "等共", "等", "共计", "合计", "共"} {
		if before := strings.TrimSuffix(string(r[max(0, b.end-3):b.end]), w); runeLen(before) < min(3, b.end) {
			b.end -= runeLen(w)
			b.open = strings.HasPrefix(w, "等")
			break
		}
	}
	return true
}

// split finds the items; false where the text before the number is none of names.
func (b *before) split(r []rune, c span) bool {
	if strings.ContainsRune("座台套幅块", r[c.end-1]) {
		return false // 甲地、乙地3座电站
	}
	if b.of = at(r, b.end-1) == '的'; b.of { // “甲、乙、丙”的三级链条
		b.end--
	}
	b.start = behindCounted(r, listStart(r, b.end), b.end)
	if at(r, b.end-1) == '”' && slices.Contains(r[b.start:b.end], '“') { // “甲、乙”两项
		if k := b.end - 1 - slices.Index(reversed(r[b.start:b.end]), '“'); slices.Contains(r[k+1:b.end-1], '、') {
			b.start, b.end, b.whole = k+1, b.end-1, true
		}
	}
	text := r[b.start:b.end]
	if k := slices.Index(text, '级'); r[c.end-1] == '级' && k > 0 && hanDigit(text[k-1]) > 0 {
		return false // 二级航道、三级航道
	}
	if len(text) == 0 || counts(text) || hasOrdinals(text) {
		return false
	}
	b.items, _ = splitNames(text, '、')
	const word = 2
	for i, item := range b.items {
		if name := withoutBrackets(item); strings.HasSuffix(item, "）") && name != "" && runeLen(item) > runeLen(name)+word+2 {
			b.items[i] = name // 社会事务办公室（民政办公室）; 街道（乡镇） may be two
		}
	}
	if x, y, ok := strings.Cut(b.items[len(b.items)-1], "以及"); ok && x != "" && y != "" {
		b.items = append(slices.Clone(b.items[:len(b.items)-1]), x, y)
	}
	for i := len(b.items) - 1; i > 0; i-- {
		if _, behind, ok := strings.Cut(b.items[i], "包括"); ok && behind != "" { // 建议、提案内容包括甲、乙
			b.items = b.items[i:]
			break
		}
	}
	var name string
	if name, b.led = ledName(b.items[0]); !b.led {
		name = b.items[0]
	}
	if len(b.items) == 2 {
		if all := splitLast([]string{name, b.items[1]}); len(all) > 2 && (b.led || commonTails(all[1:])) {
			b.items = all // 采用文字、图表和短视频
		}
	}
	return true
}

// isList reports whether the items are surely names, and all that is counted.
func (b *before) isList(r []rune, c span) bool {
	const least = 2
	n := len(b.items)
	switch {
	case n < least, b.quoted && n == least, b.open && n <= c.stated, commonTail(b.items, c.stated):
		return false
	case n != c.stated && insideLast(r, b.items, c.end): // 负面清单研究、税率三档方案研究
		return false
	case b.quoted && hasSuffix(b.items[n-1], actEnds): // 增强意识、坚定自信、做到“两个维护”
		return false
	case n != c.stated && !b.whole && (!b.led && (takesObject(r, b.start, c.end) || ofSubject(r, b.items, c.end)) || b.of && !sameNames(b.items)):
		return false
	case !b.whole && !surelyNames(b.items, c.stated) && !inNoun(r, b.items, c.end):
		return false
	case n < c.stated && (b.pointed && !lastAlike(b.items) && !things(b.items) || listBefore(r, b.start, b.items) && !quotedNames(b.items)):
		return false
	}
	return true
}

// insideLast reports whether the items before end in a word that stands behind what the number
// counts: the number is then inside the last one. Right behind it, the word is what is counted:
// 组织建设、平台建设、制度建设四项建设.
func insideLast(r []rune, items []string, from int) bool {
	const tail = 2
	first := []rune(items[0])
	if len(first) < tail {
		return false
	}
	word := string(first[len(first)-tail:])
	if strings.Index(string(r[from:from+indexRune(r[from:], isBreak)]), word) <= 0 {
		return false
	}
	if strings.HasSuffix(items[len(items)-1], word) {
		return false // 依申请公开制度、年度报告制度、责任追究制度三项公开工作制度
	}
	return !slices.ContainsFunc(items[:len(items)-1], func(s string) bool { return !strings.HasSuffix(s, word) })
}

// placed reports whether the list that ends at the offset is one of places where something stands:
// 设在档案馆、图书馆、政务大厅三处.
func placed(r []rune, end int) bool {
	return containsAny(string(r[listStart(r, end):end]), "设在", "设于", "位于", "分布在", "摆放在")
}

// sameKind reports whether the list that ends at the offset is one of three things and more that are
// named by one noun: 甲小区、乙小区和丙小区4个.
func sameKind(r []rune, end int) bool {
	items, _ := splitNames(r[listStart(r, end):end], '、')
	return len(items) > 2 && commonTails(items) && commonTails(splitLast(items))
}

// goesOnBehind reports whether the noun that a number counts is itself one item of a list, which
// goes on behind it: 低保、临时救助、残疾人两项补贴等.
func goesOnBehind(r []rune, from int) bool {
	const longest = 6
	if w := beginning(string(r[from:min(len(r), from+4)]), []string{"版块", "板块", "方面", "领域", "环节", "渠道", "平台"}); w != "" && isHan(at(r, from+runeLen(w))) && at(r, from+runeLen(w)) != '等' {
		return false // 四大版块划分责任、明确目标
	}
	noun := from + indexRune(r[from:min(len(r), from+longest)], func(c rune) bool { return isBreak(c) || c == '等' })
	if slices.ContainsFunc(r[from:noun], func(c rune) bool { return strings.ContainsRune("的和与及", c) }) {
		return false // 四馆的开放时间、活动预告; 四张图和…、…两张表
	}
	for k := from + 2; k < noun; k++ {
		if stated, _ := countAt(r, k); stated > 1 && !isDigit(r[k]) {
			return true // 养老服务、残疾人两项补贴四个领域: that of the whole stands behind
		}
	}
	return at(r, noun) == '、' && at(r, noun+1) != '多' || at(r, noun) == '等' && at(r, noun+1) != '级'
}

// listStart is where the clause that ends at the offset begins; 、 and brackets
// belong to it.
func listStart(r []rune, end int) int {
	start := end
	for start > 0 {
		c := r[start-1]
		if c == '）' {
			open := start - 1
			for open > 0 && r[open] != '（' {
				open--
			}
			if start = open; open == 0 {
				return 0
			}
			continue
		}
		if c != '、' && isBreak(c) {
			break
		}
		start--
	}
	return start
}

// commonTail reports whether only the last of the items, as many as the text says,
// are named alike: 文件、解读材料同步组织、同步审签、同步部署 are three things.
func commonTail(items []string, stated int) bool {
	k := len(items) - stated
	if k <= 0 || stated < 2 {
		return false
	}
	const shared = 2
	head := []rune(items[k+1])
	if len(head) < shared {
		return false
	}
	alike := string(head[:shared])
	for i, item := range items {
		if has := strings.Contains(item, alike); has != (i >= k) {
			return false
		}
	}
	return true
}

// behindCounted is where a list starts that stands behind another one with its
// own number: 供水、防汛两类信息和许可、处罚….
func behindCounted(r []rune, start, end int) int {
	for i := end - 1; i > start; i-- {
		if stated, length := countAt(r, i); stated > 1 {
			for k := i + length; k < end; k++ {
				if strings.ContainsRune("和及与", r[k]) && !strings.ContainsRune("时", at(r, k+1)) {
					return k + 1
				}
				if r[k] == '、' {
					break
				}
			}
			return start
		}
	}
	return start
}

func reversed(r []rune) []rune {
	out := slices.Clone(r)
	slices.Reverse(out)
	return out
}

// quotedNames reports whether the items are quoted names, the first behind the words that
// lead to them.
func quotedNames(items []string) bool {
	for i, item := range items {
		if !strings.HasPrefix(item, "“") && (i > 0 || !strings.Contains(item, "“")) {
			return false
		}
	}
	return true
}

// setUps begin a list of their own.
var setUps = []string{"下设", "设立", "设置", "开设", "新设", "内设", "分设", "建立", "成立", "组建", "分为", "划分", "打造", "建成", "推出", "设有", "建有", "拥有", "现有"}

// listBefore reports whether the clause before the offset ends in a list of names like the
// items, which then goes on behind the comma: the first item has no word that leads to it.
func listBefore(r []rune, start int, items []string) bool {
	if start == 0 || r[start-1] != '，' || startsWithAny(string(r[start:min(len(r), start+2)]), setUps...) {
		return false
	}
	longest := 0
	for _, item := range items[1:] {
		longest = max(longest, runeLen(item))
	}
	if _, led := ledName(items[0]); led || len(items) > 2 && runeLen(items[0]) > longest+1 {
		return false
	}
	clause := r[listStart(r, start-1) : start-1]
	last := len(clause)
	for last > 0 && clause[last-1] != '、' {
		last--
	}
	const more = 2
	if len(items) > 2 && (len(clause)-last > longest+more || counts(clause[last:])) {
		return false
	}
	for i := last; i < len(clause); i++ {
		if stated, _ := countAt(clause, i); stated > 0 {
			return false // a list with a number of its own
		}
	}
	return last > 0
}

// splitLast parts the last two items where 和 joins them: 企业代表、市民代表和媒体记者. One item with
// 和 in it is about as long as the others; two are about as long each, or together far longer.
func splitLast(items []string) []string {
	n := len(items) - 1
	if n < 1 || strings.ContainsAny(noJoint.Replace(strings.Join(items[:n], "")), "和及与") {
		return items
	}
	others := items[1:n]
	if n == 1 {
		others = items[:n]
	}
	longest, shortest := 0, runeLen(others[0])
	for _, item := range others {
		longest, shortest = max(longest, runeLen(unquoted(item))), min(shortest, runeLen(unquoted(item)))
	}
	return splitEnd(items, func(x, y string) bool {
		if bodies(items[n], items[n-1]) && !bodies(x) {
			return false // 办公室、法规股、综合业务与培训股
		}
		const twice, part = 2, 4
		near := max(1, shortest/part)
		alike := func(s string) bool {
			k := runeLen(unquoted(s))
			return k >= shortest-near && k <= longest+near && k > 1
		}
		name := n > 1 && alike(x) && runeLen(y) >= part && runeLen(y)*3 >= shortest*2
		long := n > 1 && runeLen(x) > 1 && runeLen(y) > 1 && runeLen(x)+runeLen(y) >= twice*longest
		return alike(x) && alike(y) || name || long || bodies(x, y, items[n-1])
	})
}

// bodies reports whether all the names end as those of bodies do.
func bodies(names ...string) bool {
	const least = 3
	return !slices.ContainsFunc(names, func(name string) bool {
		r := []rune(name)
		return len(r) < least || !strings.ContainsRune("局委办厅处科股院镇乡校", r[len(r)-1])
	})
}

// lastOf is the first item without the words that lead to it, as far as the
// lengths of the others tell.
func lastOf(first string, others []string) string {
	longest := 0
	for _, o := range others {
		longest = max(longest, runeLen(unquoted(o)))
	}
	if r := []rune(first); len(r) > longest && unquoted(first) == first {
		return string(r[len(r)-longest:])
	}
	return first
}

// surelyNames reports whether the items are names only: the last one has no verb
// behind it that takes what is counted as its object.
func surelyNames(items []string, stated int) bool {
	last := items[len(items)-1]
	if len(items) == stated || strings.HasSuffix(last, "”") || strings.HasSuffix(last, "》") {
		return true
	}
	const short, verb, phrase = 4, 2, 16 // characters
	acts := hasSuffix(last, actEnds) || endsInAct(items)
	if !acts && len(items) > 2 && commonTails(items) {
		return true // 综合办公室、…、综合行政执法办公室5个内设机构
	}
	first, led := ledName(items[0])
	if len(items) == 2 {
		near := runeLen(last) - runeLen(first)
		return !acts && (runeLen(last) <= short || led && near <= 1 && near >= -verb)
	}
	longest := 0
	for _, item := range items[1 : len(items)-1] {
		longest = max(longest, runeLen(item))
		if runeLen(item) > phrase {
			return false
		}
	}
	if runeLen(last) <= longest || runeLen(unquoted(last)) <= longest && unquoted(last) != last {
		return true
	}
	if led && !acts && runeLen(last) <= longest+2*verb {
		return true // the verb stands before the list, and a sentence has one
	}
	return !acts && (runeLen(last) < longest+verb || strings.ContainsAny(noJoint.Replace(last), "和及与"))
}

// inNoun reports whether the last item ends in the noun behind the number, as what is counted
// does (…、创业人才四类人才专项), or is one of two that are about as long, with more behind the noun
// than a sentence of the two would have.
func inNoun(r []rune, items []string, from int) bool {
	const noun, near, long = 2, 1, 5
	last := items[len(items)-1]
	if from+noun > len(r) {
		return false
	}
	if strings.HasSuffix(last, string(r[from:from+noun])) {
		return true
	}
	apart := runeLen(items[0]) - runeLen(last)
	return len(items) == 2 && apart <= near && apart >= -near && indexRune(r[from:], isBreak) > long && !hasSuffix(last, actEnds) && !endsInAct(items)
}

// leads are verbs that take a list as their object and stand before it.
var leads = []string{"实行", "提升", "强化", "深化", "拓宽", "优化", "加强", "加快", "统筹", "推动", "促进", "协调", "整治", "规范", "培育", "支持", "依托", "借助", "汇集", "解决", "回应", "覆盖", "坚持", "遵循", "把握", "实现", "做到", "注重", "落实", "确立", "公示", "解读", "宣传", "展示", "提供", "推进", "开展", "配置", "采用", "采取", "利用", "运用", "选取", "选择", "选定", "确定", "突出", "聚焦", "围绕", "包括", "涵盖", "涉及", "建立", "建立了", "设立", "设立了", "设置", "设置了", "开设", "开设了", "开通", "开通了", "打造", "公开", "公布", "推出", "推出了", "梳理", "编制", "制定", "制定了", "形成", "形成了", "成立", "完善", "健全", "抓好", "做好", "严把", "分为", "划分为", "下设", "内设", "增设", "另设", "设", "设有", "配备", "配备了", "发布", "发布了", "推行", "实行", "新增", "整合", "畅通", "明确", "明确了", "组建", "组建了", "建成", "建成了"}

// ledName is the first item without the words before the verb that leads to the list; ok is
// false where none does.
func ledName(first string) (name string, ok bool) {
	for _, w := range leads {
		if at := strings.LastIndex(first, w); at >= 0 && len(first)-at-len(w) < len(first) && runeLen(first[at+len(w):]) > 1 {
			if after := first[at+len(w):]; name == "" || runeLen(after) < runeLen(name) {
				name, ok = after, true
			}
		}
	}
	return strings.TrimPrefix(name, "了"), ok
}

// introducers stand between a number and the list of what it counts.
var introducers = []string{"分别是", "分别为", "分别位于", "分别设在", "分别设于", "分别建在", "分布在", "分别涉及", "依次是", "依次为", "具体为", "具体是", "具体包括", "主要包括", "也就是", "包括", "他们是", "它们是", "即", "--"}

// introducedAt finds the words that lead to a list inside the noun behind a
// number: 三种方式分别是….
func introducedAt(r []rune, from, to int) int {
	const longest = 12
	text := string(r[from:min(to, from+longest, len(r))])
	for _, w := range introducers {
		if k := strings.Index(text, w); k >= 0 && (w != "即" || !startsWithAny(text[k+len(w):], "知", "时", "可", "将", "刻", "日", "行", "便", "使", "办", "改", "查", "审", "接", "报") && !hasSuffix(text[:k], []string{"立", "随", "当", "在"})) {
			return from + runeLen(text[:k])
		}
	}
	return -1
}

// introducerAt is the introducer that the text at i begins with.
func introducerAt(r []rune, i int) string {
	if i >= len(r) {
		return ""
	}
	return beginning(string(r[i:min(i+4, len(r))]), introducers)
}
