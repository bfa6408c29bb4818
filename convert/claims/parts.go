package claims

import (
	"slices"
	"strings"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// firstMarks number the first part of a breakdown.
var firstMarks = []string{"一是", "一类是", "一类为", "一为", "①", "（一）", "第一"}

// opensList reports whether figure i is the first part of a list without a word
// like 其中: behind a colon (2080条：网站612条、…), numbered (18篇，一是…), or
// behind 120件中，.
func (s *Sentence) opensList(i int) bool {
	f, t := &s.Figures[i], &s.Figures[i-1]
	next := i + 1
	if next < len(s.Figures)-1 && s.Figures[next].kind == percentUnit && strings.HasPrefix(s.Figures[next].Raw, "占") {
		next++ // 163项：招生工作13项，占8%；教务工作10项
	}
	if next >= len(s.Figures) || t.kind != countUnit || s.Figures[next].Unit != f.Unit || t.Unit != f.Unit || t.Depth != f.Depth || t.Change {
		return false
	}
	between := s.Span(t.End, f.Start)
	switch {
	case containsAny(between, "；", "。") || t.Value.Sign() == 0:
		return false
	case startsWithAny(strings.TrimLeft(between, "，：（"), firstMarks...):
		return strings.Contains(s.wordsBefore(i+1), "二")
	case f.Sep == '：' && (f.Clause == t.End+1 || strings.HasSuffix(t.Tail, "中") && f.Clause == t.End+runeLen(t.Tail)+1):
		return true // 在答复的91件申请中：
	}
	if f.Sep == 0 && containsAny(between, "申请中", "信息中", "工单中", "诉求中", "来信中", "文件中", "事项中", "建议中", "问题中") {
		return true // 49件申请中网络申请28件
	}
	head, rest, _ := strings.Cut(between, "，")
	return endsWithAny(head, "中", "当中", "里") && f.Sep != '、' && !strings.Contains(rest, "，") && !containsAny(head, "过程中", "工作中", "集中", "名单中")
}

func endsWithAny(s string, words ...string) bool { return hasSuffix(s, words) }

// exhausts reports whether a list behind a colon, or a numbered one, is the end
// of its sentence and so gives all the parts of a total.
func (s *Sentence) exhausts(b *Breakdown, i int) bool {
	if b.Previous || b.Mixed || i == 0 || b.Total != i-1 || len(b.Parts) < 2 || b.Parts[len(b.Parts)-1] != len(s.Figures)-1 {
		return false
	}
	between := s.Span(s.Figures[i-1].End, s.Figures[i].Start)
	last := &s.Figures[len(s.Figures)-1]
	numbered := startsWithAny(strings.TrimLeft(between, "，：（"), firstMarks...)
	colon := s.Figures[i].Sep == '：' && s.Figures[i].Clause == s.Figures[i-1].End+1
	if !numbered && !colon || containsAny(between, "其中", "包括", "含", "主要", "如") {
		return false
	}
	rest := strings.TrimRight(s.Span(last.End, len(s.Runes)), "。）！；")
	return rest == "" && containsAny(s.Figures[i-1].Raw, "共", "合计", "总", "各类", "全年")
}

// partitions reports whether the words before a figure say by what a total is parted:
// 按信息类别统计，党务类187条. What goes out by several channels is counted for each.
func partitions(text string) bool {
	clause, _, ok := strings.Cut(strings.TrimLeft(text, "，；"), "，")
	return ok && startsWithAny(clause, "按", "从", "依") && hasSuffix(clause, []string{"统计", "分类", "划分", "分", "来看", "看", "区分", "来分", "归类"}) &&
		(containsAny(clause, "类", "内容", "领域", "性质", "主体", "来源", "结果", "对象", "主题") && !containsAny(clause, "渠道", "平台", "载体", "方式", "形式", "途径") ||
			containsAny(clause, "申请方式", "申请渠道", "申请途径", "申请形式", "提交方式", "受理方式", "受理渠道", "接收渠道")) // by one of which each of them came
}

// pendingPart reports whether the figure is the form's 尚未审结.
func pendingPart(f *Figure) bool {
	words := strings.TrimLeft(f.Raw, "，；、")
	for _, w := range []string{"尚有", "仍有", "还有", "另有", "有"} {
		words = strings.TrimPrefix(words, w)
	}
	if words == "" {
		words = f.Tail // 2件尚在审理
	}
	return startsWithAny(words, "尚未审结", "未审结", "正在审理", "尚在审理", "审理中", "尚未办结", "未办结", "待审结")
}

// countsNames reports whether the words before the total say of how many it is, and there are as many
// parts: 以上网站、显示屏、宣传栏三种渠道共公开100条，其中网站20条、显示屏30条、宣传栏50条.
func (s *Sentence) countsNames(b *Breakdown, total *Figure) bool {
	if b.Previous || len(b.Parts) < 2 || b.Parts[0] <= b.Total {
		return false
	}
	if s.countsOutlets(b, total) {
		return true
	}
	if !startsWithAny(s.Text, "以上", "上述", "前述") {
		return false
	}
	words := []rune(s.wordsBefore(b.Total))
	for i := range words {
		if n := hanDigit(words[i]); n > 1 && strings.ContainsRune("种类个项大", at(words, i+1)) {
			return int(n) == len(b.Parts)
		}
	}
	return false
}

// outletCount is how many sites and accounts the words before a total say it is told of.
var outletCount = lazyregexp.New(`([两二三四五六七八九])(?:个|大|种)(?:网站|平台|渠道|账号|公众号|新媒体|政务新媒体|途径)[^，。；]*$`)

// outlet are words that call one: 县政府网站发布信息, and not 网站原创信息.
var outlet = lazyregexp.New(`(?:网站|网|平台|公众号|号|微博|微信|抖音|头条|客户端|APP|栏|媒体|新媒体|报|电视台)”?(?:上|中)?(?:主动)?(?:公开|发布|推送|更新|刊发)?(?:政府|政务|各类)?(?:信息|消息)?共?$`)

// countsOutlets reports whether the words before the total say of how many sites and accounts it is, and
// each part is that of one: 在两个网站公开信息共410条，其中市政府网站95条，局网站315条.
func (s *Sentence) countsOutlets(b *Breakdown, total *Figure) bool {
	from := total.Start
	for from > 0 && !isBreak(s.Runes[from-1]) {
		from--
	}
	words := s.Span(from, total.Start)
	if !containsAny(words, "个", "大", "种") {
		return false
	}
	m := outletCount.FindStringSubmatch(words)
	return m != nil && int(hanDigit([]rune(m[1])[0])) == len(b.Parts) &&
		!slices.ContainsFunc(b.Parts, func(k int) bool { return !outlet.MatchString(s.Figures[k].Raw) })
}

// untilPending reports whether the parts are the results of reviews or lawsuits from the first that the
// form has to the last: 结果维持3件，结果纠正1件，尚未审结1件.
func (s *Sentence) untilPending(b *Breakdown) bool {
	has := func(words string) bool {
		return slices.ContainsFunc(b.Parts, func(k int) bool { return strings.Contains(s.Figures[k].Raw+s.Figures[k].Tail, words) })
	}
	return len(b.Parts) > 2 && pendingPart(&s.Figures[b.Parts[len(b.Parts)-1]]) && has("维持") && (has("纠正") || has("纠错"))
}

// bothCourts parts the results of reviews from those of lawsuits, whose totals stand before both:
// 行政复议7件和行政诉讼3件，其中复议维持5件，尚未审结2件，诉讼维持3件.
func (s *Sentence) bothCourts(b *Breakdown) (reviews, lawsuits Breakdown, ok bool) {
	if b.Previous || len(b.Parts) < 2 || len(b.Others) == 0 || b.Others[0] != b.Total-1 {
		return reviews, lawsuits, false
	}
	of := func(k int) (review, lawsuit bool) {
		words := s.Figures[k].Raw + s.Figures[k].Tail
		return strings.Contains(words, "复议"), strings.Contains(words, "诉讼")
	}
	if review, lawsuit := of(b.Others[0]); !review || lawsuit {
		return reviews, lawsuits, false
	}
	if review, lawsuit := of(b.Total); review || !lawsuit {
		return reviews, lawsuits, false
	}
	if review, lawsuit := of(b.Parts[0]); !review || lawsuit {
		return reviews, lawsuits, false
	}
	for n, k := range b.Parts {
		if _, lawsuit := of(k); lawsuit {
			return Breakdown{Total: b.Others[0], Parts: b.Parts[:n:n]}, Breakdown{Total: b.Total, Parts: b.Parts[n:]}, true
		}
	}
	return reviews, lawsuits, false
}

// nextVerbs at the start of an item begin another statement.
var nextVerbs = []string{"推动", "设立", "设置", "建立", "建成", "推进", "开通", "推出", "选派", "打造", "新建", "编发", "覆盖", "惠及", "张贴", "悬挂", "发出", "约谈", "通报", "巡查", "抽查", "指导", "督促", "升级", "优化", "撰写", "提供", "带动", "录制", "拍摄", "配备", "聘请", "选聘", "吸引", "累计", "共", "录入", "梳理", "归档", "保留", "转派", "群众评价", "群众满意"}

// attributes are how documents may be open; documents are what has them.
var (
	attributes = []string{"主动公开", "依申请公开", "不予公开", "不公开"}
	documents  = []string{"文件", "公文", "制发", "印发", "发文", "信息公开项目", "制作", "获取"}
)

// attributeNouns takes out what is open in such a way.
var attributeNouns = glance.NewReplacer("政府信息", "", "文件", "", "公文", "", "信息", "", "的", "")

// opensAttributes reports whether figure i is the first of a list of documents
// by how they are open: 制发文件64份，主动公开51份，不予公开13份.
func (s *Sentence) opensAttributes(i int) bool {
	if i == 0 || i+1 >= len(s.Figures) {
		return false
	}
	t, f, next := &s.Figures[i-1], &s.Figures[i], &s.Figures[i+1]
	open := func(f *Figure) string {
		label := attributeNouns.Replace(f.Label)
		if k := strings.LastIndex(label, "主动公开"); k > 0 {
			label = label[k:] // 通过网站、档案馆主动公开
		}
		return label
	}
	listed := slices.Contains(attributes, open(f)) && slices.Contains(attributes, open(next)) && open(f) != open(next)
	between := s.Span(t.End, f.Start)
	return listed && t.Unit == f.Unit && next.Unit == f.Unit && strings.HasPrefix(between, "，") && !strings.ContainsAny(between[len("，"):], "，；：") && containsAny(t.Raw+t.Tail, documents...)
}

// prepositions, and verbs of building, before a number begin another statement:
// 在6个村.
var prepositions = []string{"在", "于", "对", "向", "由", "将", "赴", "到", "给", "从", "把", "为全镇", "覆盖", "走进", "深入", "涉及", "惠及", "设立", "设置", "新建", "建成", "建立", "联合", "组建", "配备", "布设", "打造"}

// leavesList reports whether the sentence has gone on to something else between
// two figures: a clause without a figure behind a semicolon or comma, or a
// preposition before the second.
func (s *Sentence) leavesList(last, k int) bool {
	f := &s.Figures[k]
	if f.Sep != 0 && hasSuffix(f.Raw, prepositions) && !hasSuffix(s.Figures[last].Raw, prepositions) && !strings.HasSuffix(f.Raw, "机构设置") {
		return true
	}
	between := withoutBrackets(s.Span(s.Figures[last].End, f.Start)) // 予以公开14件（含区分处理），不予公开4件
	clauses := strings.FieldsFunc(between, func(r rune) bool { return r == '，' || r == '；' })
	if strings.ContainsRune(between, '；') && f.Sep != '；' && !strings.HasSuffix(strings.TrimRight(between, "："), "；") {
		return !s.numbered(between)
	}
	const short = 4
	behind := between != "" && isBreak([]rune(between)[0]) // no words of the figure's own clause are left
	for i, c := range clauses {
		inner := (i > 0 || behind) && i < len(clauses)-1
		if inner && len([]rune(c)) > short && !strings.ContainsAny(c, "0123456789%、") {
			return true
		}
	}
	return false
}

// numbered reports whether what follows the semicolon has a number of a list.
func (s *Sentence) numbered(between string) bool {
	_, behind, _ := strings.Cut(between, "；")
	return startsWithAny(behind, "二", "三", "四", "五", "②", "③", "④", "第")
}

// otherThing reports whether two figures in the unit 个, which counts anything,
// count different things: 更新2个 of 26个目录, but 6个村; 平台2个, but 栏目18个.
func otherThing(total, before, f *Figure) bool {
	if f.Unit != "个" && f.Unit != "处" && f.Unit != "项" {
		return false
	}
	if f.Tail != "" && f.Tail != "。" && (!isRest(f) || !startsWithAny(f.Tail, "为", "是", "属", "系", "均")) && f.Tail != before.Tail && !strings.HasSuffix(total.Tail, f.Tail) && !strings.HasSuffix(total.Label, f.Tail) && !strings.HasPrefix(f.Tail, total.Tail) {
		return true
	}
	return f.Unit == "个" && f.Value.Cmp(total.Value) > 0 && before.Value.Cmp(total.Value) < 0 && f.Sep != '、'
}

// hotlines are telephone numbers that stand in sentences like figures.
var hotlines = []string{"12345", "12315", "12388", "12380", "12333", "12328", "12319", "12350", "12369", "12309", "12348", "12355", "12320", "12318", "12336", "12337", "12393", "12123", "12306", "12366", "12351", "12338", "12385"}

func isHotline(printed string) bool { return slices.Contains(hotlines, printed) }

// alike reports whether two items of a list are named alike: with the same last
// character (政策类5条；业务类12条), or both as results of applications.
func alike(first, next string) bool {
	a, b := []rune(strip(first)), []rune(strip(next))
	if len(a) == 0 || len(b) == 0 || a[len(a)-1] == b[len(b)-1] {
		return true
	}
	return hasSuffix(first, resultNames) && hasSuffix(next, resultNames) || startsWithAny(next, "其他", "其余")
}

// tooMuch reports whether figure k, which alone is all of the total or more, is
// named unlike the first part or with a verb of its own: it counts something else.
func (s *Sentence) tooMuch(b *Breakdown, total *Figure, k int) bool {
	f := &s.Figures[k]
	first := s.Figures[b.Parts[0]].Raw
	if f.Value.Cmp(total.Value) < 0 || f.Sep == '、' || b.Sum(s).Cmp(total.Value) > 0 {
		return false
	}
	if opening := &s.Figures[b.Parts[0]]; isRest(f) || answersBy(f) && answersBy(opening) || s.headsOwn(b, k) || sameHead(opening, f) || f.Depth > 0 && f.Depth > total.Depth && opening.Clause == total.End+1 {
		return false
	}
	if s.amid(b, k, total) {
		return false
	}
	if !alike(first, f.Raw) {
		return true
	}
	does := func(v string) bool { return strings.Contains(f.Raw, v) && !strings.Contains(first, v) }
	return slices.ContainsFunc(partVerbs, does) || slices.ContainsFunc(nextVerbs, does) || containsAny(f.Raw, "参与", "推送", "较", "比")
}

// answersBy reports whether a figure is told by the channel or the line by which the public is answered.
func answersBy(f *Figure) bool { return namesChannel(f) || containsAny(f.Raw, "热线", "信箱") }

// headsOwn reports whether figure k goes on the list that the sentence begins with, and is told with parts of
// its own: 其中：概况类信息6条，政务公开栏目公开信息122条，其中部门文件40条.
func (s *Sentence) headsOwn(b *Breakdown, k int) bool {
	return b.Previous && strings.HasPrefix(s.Text, "其中：") && len(b.Parts) == 1 && k+1 < len(s.Figures) && strings.HasPrefix(s.Figures[k+1].Raw, "其中")
}

// amid reports whether figure k stands between two others in a list of names of things with one mark
// between them: 其中许可262条，处罚26条，重点领域1022条，服务157条.
func (s *Sentence) amid(b *Breakdown, k int, total *Figure) bool {
	last, next := b.Parts[len(b.Parts)-1], s.nextItem(k)
	if next < 0 || s.nextItem(last) != k || s.mark(next) != s.mark(k) || len(b.Parts) > 1 && s.mark(b.Parts[1]) != s.mark(k) {
		return false
	}
	for _, i := range []int{last, k, next} {
		f := &s.Figures[i]
		if f.Raw == "" || strings.TrimRight(f.Tail, "。") != "" || isStatement(f.Raw) || namesChannel(f) || i == next && f.Value.Cmp(total.Value) > 0 {
			return false
		}
	}
	return true
}

// pairs are words that part a whole in two.
var pairs = [][2]string{{"原创", "转载"}, {"原创", "转发"}, {"线上", "线下"}, {"网上", "线下"}, {"主办", "协办"}, {"主办", "会办"}, {"属实", "不属实"}, {"采纳", "未采纳"}, {"通过", "未通过"},
	{"个人", "单位"}, {"公开", "不公开"}, {"公开", "不予公开"}, {"公开", "未公开"}, {"已办结", "未办结"}, {"合格", "不合格"}, {"办结", "正在办理"}, {"已办结", "正在办理"}, {"采用", "退回"}, {"同意", "不同意"},
	{"有", "无"}, {"男", "女"}, {"本地", "外地"}, {"可", "不能"}, {"能", "不能"}, {"可", "不可"}, {"及时", "滞后"}, {"定期", "不定期"}, {"已办结", "尚在办理"}, {"已办结", "在办"}, {"办结", "在办"}, {"已整改", "正在整改"}, {"完成整改", "正在整改"}, {"整改到位", "正在整改"}, {"已完成", "未完成"}, {"正常", "异常"}, {"按期", "延期"}, {"按期", "逾期"}, {"按时", "超时"}}

// opensPair reports whether figure i is the first of two that part the figure
// before: 推送消息245条，原创186条，转载59条.
func (s *Sentence) opensPair(i int) bool {
	if i+1 >= len(s.Figures) {
		return false
	}
	t, f, next := &s.Figures[i-1], &s.Figures[i], &s.Figures[i+1]
	if t.Unit != f.Unit || next.Unit != f.Unit || t.kind != countUnit || f.Clause != t.End+1 || !s.follows(i+1) || f.Depth != t.Depth || f.Sep == '；' || next.Sep == '；' {
		return false
	}
	if t.Value.Cmp(f.Value) < 0 || t.Sep == '、' {
		return false
	}
	if paired(f, next) {
		return true
	}
	if ofBothKinds(f, next) {
		return true // 27件，25件为自然人申请，2件为法人申请
	}
	y, undone := strings.CutPrefix(strings.TrimPrefix(next.Label, "尚"), "未")
	return undone && y != "" && strings.TrimPrefix(f.Label, "已") == y
}

// paired reports whether the figures part a whole in two as one of the pairs does.
func paired(f, next *Figure) bool {
	return slices.ContainsFunc(pairs, func(p [2]string) bool { return f.Label == p[0] && next.Label == p[1] })
}

// doneAndNot part what was to be done in what is and what is not yet.
var doneAndNot = [][]string{
	{"整改到位", "完成整改", "已整改", "整改完成", "已解决", "已办结", "已销号", "完成销号", "已完成", "已落实", "已修复", "完成修复", "整改", "已整改完成", "整改完毕", "解决", "办结", "落实到位", "已处置", "完成"},
	{"正在整改", "未整改", "尚未整改", "未整改到位", "未完成整改", "整改中", "持续整改", "正在推进", "正在解决", "未解决", "在办", "正在办理", "正在处理", "未销号", "尚未完成", "未完成", "未落实", "未修复", "正在落实", "推进中", "尚在整改", "待整改", "正在修复", "未办结"},
}

// opensProgress reports whether figure i and the next tell of what was named clauses before
// how much is done and how much is not: 反馈的16个问题，我局建立台账，已整改12个、正在整改4个.
func (s *Sentence) opensProgress(i int) bool {
	if i+1 >= len(s.Figures) {
		return false
	}
	t, f, next := &s.Figures[i-1], &s.Figures[i], &s.Figures[i+1]
	if t.kind != countUnit || t.Unit != f.Unit || next.Unit != f.Unit || t.Depth != f.Depth || next.Clause != f.End+1 || next.Sep == '；' || f.Sep != '，' || t.Change || t.Scope.OtherYear || t.Value.Cmp(f.Value) < 0 {
		return false
	}
	return hasSuffix(f.Label, doneAndNot[0]) && hasSuffix(next.Label, doneAndNot[1]) && !hasSuffix(f.Label, doneAndNot[1]) && !strings.ContainsRune(s.Span(t.End, f.Start), '；')
}

// opensProposals reports whether figure i is that of the proposals of deputies behind their number and
// that of the members': 承办建议提案48件，人大建议21件（主办20件），政协提案27件.
func (s *Sentence) opensProposals(i int) bool {
	t, f := &s.Figures[i-1], &s.Figures[i]
	if !strings.Contains(t.Label, "建议") || !strings.Contains(t.Label, "提案") || f.Sep != '，' || f.Clause != t.End+1 || !SameUnit(t, f) || t.Depth != f.Depth || !strings.Contains(f.Label, "建议") || strings.Contains(f.Label, "提案") || isStatement(f.Raw) {
		return false
	}
	for k := i + 1; k < len(s.Figures); k++ {
		if g := &s.Figures[k]; g.Depth == f.Depth {
			return SameUnit(g, f) && strings.Contains(g.Label, "提案") && !strings.Contains(g.Label, "建议")
		}
	}
	return false
}

// opensVerdicts reports whether figure i is the first of the results of reviews or lawsuits, directly
// behind their number: 行政复议9件，结果维持2件，结果纠正3件，其他结果4件.
func (s *Sentence) opensVerdicts(i int) bool {
	t, f := &s.Figures[i-1], &s.Figures[i]
	if i+1 >= len(s.Figures) || !containsAny(t.Raw+t.Tail, "复议", "诉讼") || containsAny(t.Raw, "维持", "纠正") || f.Sep != '，' || f.Clause != t.End+1 || !SameUnit(t, f) || t.Depth != f.Depth || t.Change {
		return false
	}
	next := &s.Figures[i+1]
	return startsWithAny(f.Label, "结果维持", "维持") && SameUnit(next, f) && containsAny(next.Raw+next.Tail, "纠正", "纠错", "其他结果", "审结")
}

// opensChannels reports whether figure i is the first of a list that ends the
// sentence with what is left: 累计发布1842条，网站802条，微信640条，其他400条.
func (s *Sentence) opensChannels(i int) bool {
	least := 3
	t := &s.Figures[i-1]
	if startsWithAny(s.Figures[len(s.Figures)-1].Label, "其他方式", "其他渠道", "其他途径", "其他形式") {
		least-- // 共回应热点3次，通过微信回应1次，其他方式回应2次
	}
	if len(s.Figures)-i < least || t.kind != countUnit || t.Sep == '、' || !containsAny(notSums.Replace(t.Raw), "共", "累计", "合计", "总") || !isRest(&s.Figures[len(s.Figures)-1]) {
		return false
	}
	for k := i; k < len(s.Figures); k++ {
		f := &s.Figures[k]
		if f.Unit != t.Unit || f.Depth != t.Depth || f.Clause != s.Figures[k-1].End+1 || f.Change || f.Sep == '；' {
			return false
		}
	}
	return true
}

// changesKind reports whether figure k, behind a comma, is named unlike the
// parts so far, which 、 joins and which are all named alike: 规划类2件、方案类6件，
// 征集公告9件.
func (s *Sentence) changesKind(b *Breakdown, k int) bool {
	f := &s.Figures[k]
	if f.Sep != '，' || len(b.Parts) < 2 || isRest(f) {
		return false
	}
	first := s.Figures[b.Parts[0]].Label
	for _, p := range b.Parts[1:] {
		if s.Figures[p].Sep != '、' || !alike(first, s.Figures[p].Label) {
			return false
		}
	}
	return !alike(first, f.Label)
}

// leavesNoun reports whether the parts so far are named by the nouns of several
// totals and figure k is not: 规划2件、计划3件，其中防汛计划1件，解读材料4件.
func (s *Sentence) leavesNoun(b *Breakdown, k int, total *Figure) bool {
	named := func(f *Figure) bool {
		r := []rune(total.Label)
		const noun = 2
		if len(r) >= noun && strings.HasSuffix(f.Label, string(r[len(r)-noun:])) {
			return true
		}
		if b.Previous {
			return false
		}
		for _, o := range b.Others {
			if r := []rune(s.Figures[o].Label); len(r) >= noun && strings.HasSuffix(f.Label, string(r[len(r)-noun:])) {
				return true
			}
		}
		return false
	}
	return named(&s.Figures[b.Parts[0]]) && !named(&s.Figures[k])
}
