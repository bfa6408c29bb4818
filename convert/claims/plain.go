package claims

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// zone is what stands around a figure: the words of its own clause before and
// behind it, the clauses before back to the last figure, and the clause behind.
type zone struct {
	before, after string
	topic, next   string
}

// zoneOf is the zone of figure i.
func (s *Sentence) zoneOf(i int) zone {
	f := &s.Figures[i]
	z := zone{before: f.Raw, after: strings.TrimRight(s.tailList(i), "。！；")}
	if f.Became {
		z.before = f.Label
	}
	from := 0
	if i > 0 {
		from = s.Figures[i-1].End
	}
	if f.Clause-1 > from && f.Sep != '；' {
		z.topic = s.Span(from, f.Clause-1)
		if at := strings.LastIndexAny(z.topic, "；"); at >= 0 {
			z.topic = z.topic[at+len("；"):]
		}
		z.topic = unnumbered(z.topic)
	}
	if f.Sep == '、' && z.topic != "" { // a list of things before one number
		z.before, z.topic = z.topic+"、"+z.before, ""
		if at := strings.LastIndexAny(z.before, "，：；（"); at >= 0 {
			z.topic, z.before = z.before[:at], strings.TrimLeft(z.before[at:], "，：；（")
		}
	}
	if i > 0 && z.topic == "" && s.Figures[i-1].kind == percentUnit && f.Sep == '，' { // 予以公开占36%，共12件
		z.topic = strings.TrimSuffix(strings.TrimSuffix(s.Figures[i-1].Raw, "比"), "占")
	}
	z.before, z.topic = s.withoutYear(z.before), s.withoutYear(z.topic)
	end := f.End + len([]rune(f.Tail))
	if at(s.Runes, end) == '，' {
		to := s.clauseEnd(end + 1)
		if i+1 == len(s.Figures) || s.Figures[i+1].Start >= to {
			z.next = s.Span(end+1, to)
		}
	}
	return z
}

// unnumbered takes the number of a list off a clause: （一）, 1.
func unnumbered(clause string) string {
	clause = strings.TrimLeft(clause, "，；：、（）")
	rest := strings.TrimLeft(clause, "一二三四五六七八九十①②③④⑤0123456789")
	if rest != clause && startsWithAny(rest, "）", "、", ".", "是") {
		_, size := utf8.DecodeRuneInString(rest)
		return rest[size:]
	}
	return clause
}

// tailList is the tail of figure i on through a list of everybody who may apply:
// 94件公民、法人和其他组织提出的申请.
func (s *Sentence) tailList(i int) string {
	f := &s.Figures[i]
	end := f.End + len([]rune(f.Tail))
	if f.Tail == "" || at(s.Runes, end) != '、' {
		return f.Tail
	}
	to := end
	for to < len(s.Runes) && (s.Runes[to] == '、' || !isBreak(s.Runes[to])) {
		to++
	}
	if i+1 < len(s.Figures) && s.Figures[i+1].Start < to {
		return f.Tail
	}
	return s.Span(f.End, to)
}

// partMarks make what is counted a part of the applications, or something else.
var partMarks = []string{"网", "信函", "邮", "信件", "当面", "现场", "传真", "平台", "渠道", "来信", "在线", "线上", "线下", "窗口", "电子", "口头", "电话", "书面形式",
	"关于", "涉及", "涉", "有关", "类", "领域", "内容", "主题", "同一", "某", "首", "第一", "征地", "拆迁", "土地", "规划", "撤", "合并", "补正", "延期", "延长", "逾期", "超期", "超时", "转", "移交", "移送", "上级", "协助", "配合", "联合", "会同", "会商", "协办", "牵头", "参与", "交办", "代", "承办", "指导", "督促", "抽查", "检查", "评查", "回访", "征求", "第三方", "咨询", "电询", "提案", "建议", "信访", "投诉", "举报", "诉求", "留言", "热线", "工单", "信箱", "许可", "处罚", "备案", "登记证", "复议", "诉讼", "文件", "公文", "目录", "培训", "案例", "案卷", "台账", "模板", "率", "比", "占", "平均", "同比", "增", "减", "降", "升", "除", "剔", "扣", "不含", "未", "没有", "不", "无", "其余", "其他", "剩余", "另外", "左右", "超过", "最多", "单月", "单日", "每", "半年", "季度", "机构", "企业", "个人", "律师", "组织", "自然人", "法人", "属地", "乡镇", "镇街", "科室", "处室", "历年", "往年", "上年", "去年", "结转", "跨年", "在办", "正在", "计划", "预计", "拟", "提前", "当日", "当天", "当场", "即时", "日内", "力争", "目标", "收费", "费"}

// restricts reports whether words make what is counted a part of the applications.
func restricts(words string) bool {
	return partSigns.in(words) && partSigns.in(neutralPhrases.Replace(words))
}

// plainly reads figure i of applications by what its clause names, whatever the
// order and the verb: one row or column of the form, and nothing that makes it a
// part.
func (s *Sentence) plainly(i int, ctx topic) Subject {
	f := &s.Figures[i]
	if !ctx.applications && !s.resultsOnly(f) || f.Change || f.kind != countUnit && f.kind != noUnit || f.Unit != "" && !strings.Contains("件宗起份例", f.Unit) {
		return None
	}
	z := s.zoneOf(i)
	own := someEnterprises.Replace(z.before + "※" + z.after)
	if containsAny(own, "复议", "诉讼", "起诉") || otherKinds.in(registered.Replace(own)) {
		return None
	}
	if sub := s.carrying(&z, own); sub != None {
		return sub
	}
	if sub, ok := s.rowOf(&z, own); ok {
		return sub
	}
	if s.citizens(i, own) {
		return ByPerson
	}
	if sub, ok := columnOf(&z, own); ok {
		return sub
	}
	return s.intakeOf(&z, own, ctx)
}

// registered takes out 登记 as what is done with applications: 登记申请 is else one of
// a register of land.
var registered = glance.NewReplacer("并登记申请", "", "共登记申请", "", "新登记申请", "", "度登记申请", "", "年登记申请", "", "计登记申请", "")

// resultsOnly reports whether the words around a figure of 件 are a result of
// applications by a name that nothing else has, in a sentence without other things
// it could be of.
func (s *Sentence) resultsOnly(f *Figure) bool {
	words := f.Raw + f.Tail + f.Label
	if f.Compound { // 逾期不补正、不再处理2件
		words = s.Span(listStart(s.Runes, f.Start), f.Start) + words
	}
	if strings.Contains(words, "申请") {
		words = s.Text
	}
	asked := strings.Contains(words, "申请") && containsAny(words, "其他处理", "予以公开") || containsAny(words, "“予以公开”", "“其他处理”")
	if f.Unit != "件" || !asked && !containsAny(words, "部分公开", "不予公开", "无法提供", "不予处理", "不掌握", "现成信息", "逾期不补正", "仍不明确", "信访举报投诉类申请", "行政查询事项", "重新出具", "公开出版物") {
		return false
	}
	_, rest := find(kinds, s.Text)
	return !containsAny(rest, "文件", "公文", "目录", "事项清单", "提案", "建议", "工单", "热线", "诉求", "许可", "处罚", "信访", "12345", "登记", "审批", "档案", "发文")
}

// yearText is the year by steps from the report's as prose prints it.
func (s *Sentence) yearText(by int) string {
	const century = 2000
	y := s.year + by
	if y <= century || y >= 2*century {
		return "年外"
	}
	return string([]rune{'2', rune('0' + y/100%10), rune('0' + y/10%10), rune('0' + y%10), '年'})
}

// rowOf reads a result. ok is false where none is named.
func (s *Sentence) rowOf(z *zone, own string) (Subject, bool) {
	if s.bareGranted(z, own) {
		return Granted, true
	}
	sub, rest, n := row(mostWords.Replace(own))
	if next, _, m := row(z.next); n == 1 && m == 1 && next == sub && laysDown(z.next) {
		return sub, true // said twice, of one thing
	}
	switch {
	case n == 0 && containsAny(z.after+z.before, "申请", "事项") && !strings.HasPrefix(z.after, "、"):
		sub, _, n = row(z.next) // 8件申请，作出部分公开答复
		if n == 0 || !laysDown(z.next) || containsAny(own, "中", "内") {
			sub, rest, n = topicRow(z)
			rest = own + rest
		}
	case n == 0 && neutralWords.Replace(own) == "":
		sub, rest, n = topicRow(z)
	}
	if n == 0 {
		return None, false
	}
	if n > 1 || sub == None {
		return None, true
	}
	const most = 12
	if restricts(rest) || len([]rune(neutralWords.Replace(rest))) > most || containsAny(z.topic, "；") {
		return None, true
	}
	if sub == afterCorrection || sub == overdueCorrection {
		z.topic = ofCorrection.Replace(z.topic)
	}
	if restrictsTopic(z.topic, true) || modified(z.before) {
		return None, true
	}
	return sub, true
}

// The rows of what was to be corrected, and words for that, which restrict neither.
const (
	afterCorrection   Subject = "applications.unable.unclear_after_correction"
	overdueCorrection Subject = "applications.other_outcome.overdue_correction"
)

var ofCorrection = glance.NewReplacer("补正", "", "不清", "", "不明确", "", "不完整", "", "不明", "", "不规范", "", "不符合", "")

// bareGranted reports whether 公开 alone stands beside other results: 公开20件，不予公开7件.
func (s *Sentence) bareGranted(z *zone, own string) bool {
	return strings.Contains(own, "公开") && neutralWords.Replace(own) == "" && strings.Count(own, "公开") == 1 && !strings.Contains(own, "申请") && !strings.Contains(own, "信息") &&
		s.Says("部分公开", "不予公开") && hasSuffix(strings.TrimRight(z.before, "的有共为计"), []string{"公开"})
}

// modified reports whether words before the figure name some of the applications,
// the result standing behind it or behind the word for them: 申请公开预算的3件予以公开.
func modified(before string) bool {
	_, rest := find(kinds, before)
	_, rest = find(outcomes, rest)
	head, _, named := strings.Cut(rest, "※")
	if !named {
		return strings.HasSuffix(before, "的") && neutralWords.Replace(rest) != ""
	}
	for _, n := range []string{"申请", "事项", "信息"} {
		if at := strings.LastIndex(head, n); at >= 0 {
			return neutralWords.Replace(head[:at]) != ""
		}
	}
	return false
}

// topicRow is the row a topic before the clause names: 不予公开方面，全年共5件.
func topicRow(z *zone) (Subject, string, int) {
	clause := lastClause(z.topic)
	if !hasSuffix(clause, []string{"方面", "的", "情形", "类", "情况", "申请", "事项", "信息", "答复", "公开", "处理", "提供", "最多", "居多", "较多", "居首", "最高", "较少", "最少", "为主", "次之"}) {
		return None, "", 0
	}
	return row(mostWords.Replace(clause))
}

// laysDown reports whether a clause behind says what was done with what is counted.
func laysDown(clause string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(neutralPrefix.Replace(clause), "※"), "")
	return ok && rest != "" && !containsAny(clause, "部分申请", "有的", "其中", "个别", "多数")
}

var neutralPrefix = replacer("我局 本局 均 依法 已 全部 并")

// petitions are what is not dealt with as an application, in short.
var petitions = strings.NewReplacer("信访举报类", "", "信访投诉类", "", "投诉举报类", "", "举报投诉类", "", "信访类", "")

// row is the one row that words name; n counts the results named.
func row(words string) (sub Subject, rest string, n int) {
	if openResult(words) {
		return None, words, 2
	}
	named, rest := find(kinds, bothOpen.Replace(words))
	results, rest := find(outcomes, rest)
	switch {
	case len(named) == 1:
		stopped := resultOf(named[0]) == OtherOutcome && strings.Contains(words, "不再处理") // as the row itself says
		if len(results) > 1 || len(results) == 1 && results[0] != resultOf(named[0]) && !stopped {
			return None, rest, 2
		}
		if len(results) == 1 && containsAny(words, "等原因", "等情形", "等情况", "等方面", "等理由", "等为由", "等而") {
			return results[0], rest, 1
		}
		return named[0], rest, 1
	case len(named) > 1 && len(results) == 1 && containsAny(words, "等原因", "等情形", "等理由") && !slices.ContainsFunc(named, func(k Subject) bool { return resultOf(k) != results[0] }):
		for _, w := range []string{"等原因", "等情形", "等理由"} {
			if _, behind, ok := strings.Cut(rest, w); ok {
				rest = behind
			}
		}
		return results[0], rest, 1 // 因不掌握、没有现成信息等原因无法提供的
	case len(named) > 1:
		return None, rest, len(named)
	case len(results) == 2 && slices.Contains(results, Granted) && slices.Contains(results, Partially):
		return GrantedOrPart, rest, 1
	case len(results) == 1:
		if results[0] == NotProcessed {
			if short := petitions.Replace(rest); short != rest { // 信访投诉类不予处理
				return "applications.not_processed.petition", short, 1
			}
		}
		return results[0], rest, 1
	}
	return None, rest, len(results)
}

// ofRow takes out the verb between a topic and the row it names.
var ofRow = glance.NewReplacer("涉及到※", "", "涉及※", "", "涉※", "", "有关※", "")

// mostWords say how a figure stands among others, behind what it counts.
var mostWords = replacer(`类型 类别 分类 最多 居多 较多 居首 最高 较少 最少 为主 次之 其次是 其次 排名第一 位居第一`)

// restrictsTopic reports whether a topic before the clause names a part of the
// applications: 涉及征地的申请，予以公开5件. Applicants as a topic give a result its
// column.
func restrictsTopic(topic string, ofResult bool) bool {
	if topic == "" {
		return false
	}
	for clause := range strings.SplitSeq(topic, "，") {
		clause = mostWords.Replace(clause)
		about := !strings.HasPrefix(clause, "对外") && startsWithAny(clause, "对", "就", "关于", "涉及", "针对", "在", "以") || hasSuffix(clause, []string{"中", "方面", "里", "类", "的", "内", "看", "申请", "事项", "："})
		if !about || !restricts(clause) || containsAny(clause, "多涉及", "主要涉及", "集中在", "集中于", "写成", "当作", "当成", "混同", "误作") { // told of most of them
			continue
		}
		for _, w := range []string{"关于", "针对", "就"} {
			clause = strings.TrimPrefix(clause, w)
		}
		_, rest := find(kinds, clause)
		_, rest = find(outcomes, rest)
		rest = ofRow.Replace(rest)
		if ofResult {
			_, rest = find(columns, everybodyJoined.Replace(rest)) // see cross
		}
		if restricts(rest) {
			return true
		}
	}
	return false
}

// everybodyJoined takes out persons and organisations named together.
var everybodyJoined = replacer(`公民和法人 法人和公民 公民与法人 公民及法人 公民和企业 企业和公民 企业和个人 个人和企业 群众和企业 企业和群众 企业群众 企业、群众 群众、企业 个人和单位 单位和个人 市民和企业 企业和市民 居民和企业 企业和居民 企业单位 企业、群众和 企业及群众 企业及个人`)

// The verbs that tell what happened to the applications counted.
var (
	finishing = []string{"办结", "办理终结", "审结", "办毕", "办完", "办理完毕", "处理完毕", "办理完成", "完结", "结案"}
	answering = []string{"答复", "回复", "答覆", "回应"}
	processes = []string{"办理", "处理", "收办", "应办"}
	receives  = []string{"收", "接", "受理", "登记", "提出", "提交", "递交", "产生", "新增", "提起"}
)

// allWays are the ways by which people applied, told as an open list and so all of them: 邮寄、网站、
// [现场等途径向区政府]提交申请.
var allWays = lazyregexp.New(`^(?:[^，。；\d]{0,8}|[^，。；、\d]{2,12}(?:、[^，。；、\d]{2,8})+)等(?:多种)?(?:途径|渠道|方式|形式)(?:向(?:我局|本机关|我单位|区政府|县政府|市政府|镇政府|街道|我镇)(?:提交|提出)?)?`)

// intakeOf reads applications received, handled, settled or answered.
func (s *Sentence) intakeOf(z *zone, own string, ctx topic) Subject {
	before, after := allWays.ReplaceAllString(everybodyJoined.Replace(z.before), ""), z.after
	at, noun := askedAt(before)
	var far, near, behind string
	switch {
	case at < 0 && askedFirst(after) == "":
		return s.bareIntake(z, own, ctx)
	case at >= 0:
		far, near = cutVerb(before[:at])
		behind = before[at+len(noun):] + after
	default:
		noun = askedFirst(after)
		far, near = cutVerb(before)
		_, behind, _ = strings.Cut(after, noun)
	}
	full := strings.Contains(noun, "信息") || strings.Contains(noun, "公开")
	if !full && !ctx.direct && ctx.chapter != "applications" {
		return None
	}
	if containsAny(nearNoun.Replace(near), "通过", "经由", "利用", "采用", "采取") {
		return None
	}
	near = pastBody(near)
	unknown := nearNoun.Replace(near)
	const verb = 2
	if restricts(far) || partSigns.in(unknown) {
		return None
	}
	if n := len([]rune(unknown)); n > verb || n > 0 && (!full || strings.HasSuffix(near, "的") && far != "") {
		return None
	}
	if rest, ok := ofAll(before, behind); ok {
		behind = rest
	}
	rest := behindNoun.Replace(behind)
	if rest != "" && strings.HasPrefix(behind, "的") { // 申请公开的图纸等材料共87份
		return None
	}
	if !tellsWhole(before, rest, full) || restrictsTopic(z.topic, false) {
		return None
	}
	words := before[:max(at, 0)] + behind
	if at < 0 {
		words = before + behind
	}
	return verbOf(words)
}

// ofAll cuts off what is said to have been done with all that was received: 将新收到的
// 12件申请全部录入系统.
func ofAll(before, behind string) (rest string, ok bool) {
	if !containsAny(before, receives...) || containsAny(before, finishing...) || containsAny(before, answering...) {
		return behind, false
	}
	for _, w := range []string{"全部", "均", "都", "一律", "悉数", "逐件", "逐一", "逐份", "统一"} {
		if before, _, found := strings.Cut(behind, w); found && behindNoun.Replace(before) == "" {
			return before, true
		}
	}
	return behind, false
}

// tellsWhole reports whether words behind the noun leave the figure that of all
// applications: nothing, or, where the figure is said to be a total, something done
// with them.
func tellsWhole(before, rest string, full bool) bool {
	const most = 8
	if rest == "" {
		return true
	}
	return full && len([]rune(rest)) <= most && containsAny(before, "共", "总", "合计") && !startsWithAny(before, "对", "就", "将", "把") && !partSigns.in(rest)
}

// pastBody cuts the name of a body off the front: whose it is, is judged elsewhere.
func pastBody(text string) string {
	for _, e := range []string{"办事处", "街道", "管委会", "委员会", "人民政府", "政府办公室", "政府办", "政府", "局", "镇", "乡", "厅", "中心"} {
		k := strings.LastIndex(text, e)
		if k < 0 {
			continue
		}
		if rest := text[k+len(e):]; rest == "" || startsWithAny(rest, "共", "全年", "本年", "年", "依法", "新", "累计", "各类", "的政府信息") {
			return rest
		}
	}
	return text
}

// bareIntake reads a clause of chapter 三 that names no noun: 年内新登记47件.
func (s *Sentence) bareIntake(z *zone, own string, ctx topic) Subject {
	switch about := ctx.applications && s.lead.Has("依申请", "申请公开", "公开申请"); {
	case ctx.chapter != "applications" && !about, !neutralTopic(z.topic), neutralWords.Replace(own) != "":
		return None
	case !containsAny(own, "收", "接", "受理", "登记"), containsAny(own, "※。", "信息", "告知", "出具"):
		return None
	}
	if restrictsTopic(z.topic, false) || z.after != "" {
		return None
	}
	return verbOf(own)
}

// neutralTopic reports whether a topic before the clause names nothing else that may
// be received.
func neutralTopic(topic string) bool {
	return !containsAny(topic, "热线", "留言", "信箱", "建议", "提案", "咨询", "诉求", "来信", "信件", "工单", "许可", "处罚", "投诉")
}

func verbOf(words string) Subject {
	got := containsAny(words, receives...)
	switch {
	case containsAny(words, finishing...):
		if got {
			return Processed
		}
		return Handled
	case containsAny(words, answering...):
		if got {
			return Processed
		}
		return Answered
	case containsAny(words, processes...):
		return Processed
	}
	return New
}

var askedNouns = []string{"政府信息公开申请", "政府信息公开的申请", "信息公开申请", "信息公开的申请", "依申请公开政府信息", "依申请公开政务信息", "政府信息依申请公开", "依申请公开", "公开申请", "申请公开", "申请件", "申请"}

// askedAt is the last noun for applications and where it begins; -1 where none.
func askedAt(text string) (int, string) {
	best, noun := -1, ""
	for _, n := range askedNouns {
		if k := strings.LastIndex(text, n); k >= 0 && (best < 0 || k+len(n) > best+len(noun)) {
			best, noun = k, n
		}
	}
	return best, noun
}

func askedFirst(text string) string {
	best := len(text) + 1
	noun := ""
	for _, n := range askedNouns {
		if k := strings.Index(text, n); k >= 0 && k < best {
			best, noun = k, n
		}
	}
	if noun == "" || nearNoun.Replace(text[:best]) != "" {
		return ""
	}
	return noun
}

// cutVerb cuts behind the last verb that says what was done with applications.
func cutVerb(text string) (far, near string) {
	at := 0
	for _, list := range [][]string{{"新收到", "新收", "收到", "接到", "接收", "受理", "收悉", "登记", "收办"}, finishing, answering, processes} {
		for _, v := range list {
			if k := strings.LastIndex(text, v); k >= 0 && k+len(v) > at {
				at = k + len(v)
			}
		}
	}
	return text[:at], text[at:]
}
