package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// Words of a fact's name by what they say.
var (
	// yearMarks say that a figure is that of the whole year.
	yearMarks = []string{"全年", "年度", "年内", "本年", "今年", "年共", "年，", "年累计", "年合计", "共", "总计", "合计", "年"}
	// idleWords say nothing of what is counted.
	idleWords = []string{"虽然", "尽管", "虽", "但是", "但", "截至", "截止", "滚动", "选聘", "聘请", "年度内", "队伍", "共设有", "共设", "共有", "现共有", "设有", "已设", "制作", "编制", "全年度", "全年", "本年度", "本年", "今年以来", "今年", "年度", "我局", "我街道", "我街", "我镇", "我乡", "我办", "我委", "我区", "我县", "我市", "我单位", "本机关", "本单位", "本局", "全局",
		"累计", "总计", "合计", "共计", "一共", "总共", "共", "各类", "各种", "各项", "相关", "有关", "了", "的", "通过", "利用", "依托", "借助", "运用", "总数", "数量", "总量", "人数", "件数", "数", "量", "总", "材料", "业务", "组织开展", "组织", "举办", "召开", "开展", "举行", "进行", "实施", "线上线下", "渠道", "平台", "官方", "新增加", "达到", "达", "有", "：", "，", "到", "累", "等", "在", "于", "上", "为", "以及", "和", "及", "与", "、", "现有", "现共有", "设有", "共设", "已设", "已开设", "开设", "设置", "设立", "配备", "配有", "拥有", "建有", "涵盖", "仅", "只有", "只", "多达", "年内", "年初以来", "一年来", "年底", "目前", "现", "已", "对", "接受", "从事", "工作", "是", "年初", "群众反映良好", "并", "及时", "积极", "认真", "先后", "依法", "主动", "办公室", "政务公开类"}
	// sameWords are the ways to call one thing.
	sameWords = []string{"我局门户网站", "网站", "局门户网站", "网站", "微信公众号", "微信", "政务微信", "微信", "微信公众平台", "微信", "公众号", "微信", "微信信息", "微信", "政务微博", "微博", "政府门户网站", "网站", "门户网站", "网站", "政府网站", "网站", "官网", "网站", "政府网", "网站",
		"政府信息", "信息", "政务信息", "信息", "人大代表建议", "人大建议", "代表建议", "人大建议", "政协委员提案", "提案", "政协提案", "提案", "培训班", "培训", "培训会", "培训", "培训活动", "培训", "承办", "办理", "接到", "收到", "接收", "收到", "受理", "收到", "回复", "答复", "办复", "答复", "推送", "发布", "刊发", "发布", "网上", "网络", "线上", "网络", "图文解读", "图解", "研判", "研判", "12345政务服务便民热线", "12345热线", "12345市民热线", "12345热线", "政务服务热线", "12345热线", "市民热线", "12345热线", "工单", "工单", "编写", "制作", "编制", "制作", "印制", "制作", "网民", "网友", "推文", "信息"}
	// apart are words that keep a figure from being compared: it is one of several,
	// a change, or what was only meant to be done.
	apart = []string{"其中", "另", "其他", "其余", "其它", "首场", "从", "比", "较", "增加", "减少", "净增", "增长", "分别", "计划", "拟", "预计", "应公开", "应办", "应当", "每", "最", "月", "季度共", "期间", "同期", "日前", "还", "再", "又", "各", "占", "率", "平均", "某", "含", "提前", "同比", "环比", "不足", "其一", "首批", "超过", "剩余", "上半年", "下半年"}
	// narrowing opens a clause that tells what the figures behind it are about;
	// placing does where the clause ends in one of narrowEnds.
	narrowing  = []string{"围绕", "针对", "聚焦", "面向", "关于", "结合", "利用", "依托", "通过", "借助", "就", "其中", "期间"}
	placing    = []string{"在", "对", "向", "以", "按", "从", "由"}
	narrowEnds = []string{"上", "中", "里", "下", "内", "方面", "期间", "领域", "平台", "看", "时", "后", "前", "渠道", "类", "专题", "专项"}
	// channels and fields, where the words before a figure name one.
	topics = []string{"网站", "微信", "公众号", "微博", "新媒体", "公报", "公开栏", "客户端", "抖音", "视频号", "热线", "信箱", "栏目", "专栏", "领域", "财政", "预决算", "民生", "惠企", "许可", "处罚", "采购", "人事", "解读", "规范性文件", "依申请", "重点", "基层", "社区", "村", "专题", "新闻", "报纸", "媒体", "政务服务", "电视", "查阅", "回应", "互动", "建议", "提案", "培训"}
	// vagueNames name too many things to be the same one.
	vagueNames = []string{"会议", "培训", "活动", "检查", "文件", "稿件", "文章", "资料", "案件", "事项", "工作会", "专题会", "会", "推进会", "信息", "发布信息", "收到", "答复", "办理", "办结", "发布", "制作", "转发", "采用", "宣传", "宣传活动", "专题培训", "专题会议", "问题", "意见", "问题整改", "整改", "整改问题", "会议培训", "更新", "公开", "检查单位", "参加", "收到案件", "印发文件"}
)

// stockMarks say that a figure is what there is, which is one number in a year.
var stockMarks = []string{"已建成", "建成", "现有", "共有", "设有", "共设", "目前", "组成", "配备", "配有", "已开设", "现已", "开设", "设置", "设立", "公布"}

var (
	// sameName writes the ways to call one thing as one.
	sameName = strings.NewReplacer(sameWords...)
	// withoutIdle takes the idle words out.
	withoutIdle = strings.NewReplacer(emptied(idleWords)...)
	// ofAllKinds takes out 各类 and the like, which have 各 in them, and other words
	// that only look like those of apart.
	ofAllKinds = strings.NewReplacer("各类", "", "各种", "", "各项", "", "从事", "", "含义", "", "最新", "", "其他事项", "", "利率", "", "效率", "", "各级", "", "按月", "", "每月", "", "按季度", "")
	// withoutDisclosure takes out what all of a report is about.
	withoutDisclosure = strings.NewReplacer("政府信息公开", "", "政务公开", "")
)

// withoutQuotes takes quotation marks and those of titles out.
var withoutQuotes = strings.NewReplacer("“", "", "”", "", "《", "", "》", "")

// emptied are the pairs that replace the words by nothing.
func emptied(words []string) []string {
	out := make([]string, 0, 2*len(words))
	for _, w := range words {
		out = append(out, w, "")
	}
	return out
}

// saidFact is a figure that may be said again elsewhere, with what its words say
// of what it counts.
type saidFact struct {
	claim *claims.Claim
	unit  string
	// name are the characters of the words beside the figure in order of their
	// codes, without words that say nothing: 政府网站更新信息 and 更新政府网站信息 are one.
	name []rune
	// before is the sentence up to the figure, narrow the clauses of it that tell
	// what the figure is about (在…方面).
	before, narrow string
	// lead are the words before those of a general name, which tell its channel and
	// field; words are those themselves.
	lead, words string
	// marked: the words make it the whole year's, or a stock.
	marked bool
	// other: the figure is of another body than the report's, which its words name.
	other bool
	// whole: only the very same name is the same thing.
	whole bool
}

// factUnit is the unit of a claim that may be said twice; empty where it has none. Those who
// follow an account are often counted without one: 粉丝数41.6万.
func factUnit(x *claims.Claim) string {
	if x.Unit == "" && containsAny(x.Label, "粉丝", "关注", "用户", "订阅") {
		return "人"
	}
	return x.Unit
}

// fact reads a claim as a fact; ok is false for figures that may be of a part, or
// of a thing too vague to be said twice.
func (c *context) fact(x *claims.Claim) (out saidFact, ok bool) {
	if x.Figure < 0 || factUnit(x) == "" {
		return out, false
	}
	s := c.sentence(x)
	f := &s.Figures[x.Figure]
	if x.Unit == "%" {
		return c.rateFact(x, s, f)
	}
	before := string(s.Runes[:f.Start])
	if at := strings.LastIndex(before, "；"); at >= 0 {
		before = before[at+len("；"):]
	}
	beside := strings.Replace(f.Raw, "由", "", 1)
	if !strings.HasPrefix(f.Tail, "组成") {
		beside = f.Raw
	}
	if f.Depth > 0 || !opensFact(s, x.Figure) || c.isPart(s, x.Figure) || strings.Contains(before, "其中") || atBeginning(f.Raw) || strings.Contains(beside, "由") || tellsApart(f.Raw+f.Tail) {
		return out, false
	}
	label := x.Label
	if f.Compound { // 代表建议、政协提案22件
		label = withList(s, f)
	}
	lead := strings.TrimSuffix(before, f.Raw)
	words := c.plainName(label + f.Tail)
	const verb = 3
	if noun, ok := clauseNoun(s, x.Figure); ok { // 保密审查培训1次，参训64人
		words, lead = c.plainName(noun+label+f.Tail), ""
	} else if noun, ok := topicNoun(lead); ok && len([]rune(words)) <= verb { // 电话咨询方面，全年解答….
		words, lead = c.plainName(noun+label+f.Tail), ""
	}
	if len([]rune(words)) < 2 || slices.Contains(vagueNames, words) && words != "发布信息" && words != "公开信息" {
		return out, false
	}
	out = saidFact{claim: x, unit: factUnit(x), name: []rune(words), before: before}
	slices.Sort(out.name)
	out.narrow = narrowed(lead)
	out.marked = f.Unit == "分" || containsAny(before, yearMarks...) || f.Scope.Year != 0 || containsAny(words, "粉丝", "关注", "用户") || containsAny(f.Raw+f.Tail, stockMarks...)
	const specific = 5
	if len(out.name) < specific {
		out.lead, out.words = lead, label+f.Tail
	}
	return out, true
}

// tellsApart reports whether words keep a figure from being compared.
func tellsApart(words string) bool {
	return containsAny(words, apart...) && containsAny(ofAllKinds.Replace(words), apart...)
}

// paragraphOf is the text of the paragraph of a sentence.
func (c *context) paragraphOf(sentence int) string {
	of := &c.said.Sentences[sentence]
	same := func(i int) bool {
		return i >= 0 && i < len(c.said.Sentences) && c.said.Sentences[i].Section == of.Section && c.said.Sentences[i].Line == of.Line
	}
	first, out := sentence, ""
	for same(first - 1) {
		first--
	}
	for i := first; same(i); i++ {
		out += c.said.Sentences[i].Text
	}
	return out
}

// topicNoun is the noun of a topic that is all there is before the clause of a figure:
// 群众电话咨询方面，.
func topicNoun(lead string) (noun string, ok bool) {
	clause := strings.TrimRight(lead, "，：")
	const least = 4
	noun, ok = strings.CutSuffix(clause, "方面")
	return noun, ok && len([]rune(noun)) >= least && !strings.ContainsAny(noun, "，：、在从") && clause != lead
}

// atBeginning reports whether a figure is of the beginning of the year.
func atBeginning(words string) bool {
	_, behind, ok := strings.Cut(words, "年初")
	return ok && !startsWithAny(behind, "以来", "起", "至", "到", "印发", "制定")
}

// rateFact reads a rate that is named by itself: 栏目抽检合格率为98.2%. One with the
// figures it follows from beside it is not, nor a growth or a share.
func (c *context) rateFact(x *claims.Claim, s *claims.Sentence, f *claims.Figure) (out saidFact, ok bool) {
	name, rest, rate := strings.Cut(f.Raw, "率")
	if !rate || x.Change || f.Depth > 0 || x.Figure > 0 || strings.Trim(rest, "为是达到：") != "" || containsAny(name, "增长", "占", "同比", "其中", "分别", "季度", "月", "半年", "目标", "力争", "年初") {
		return out, false
	}
	const least = 6
	words := c.plainName(name)
	if len([]rune(words)) < least {
		return out, false
	}
	out = saidFact{claim: x, unit: f.Unit, name: []rune(words), before: string(s.Runes[:f.Start]), marked: true, whole: true}
	slices.Sort(out.name)
	out.narrow = narrowed(strings.TrimSuffix(out.before, f.Raw))
	return out, true
}

// plainName is what words call a thing, without the agency's own name and without
// words that say nothing.
func (c *context) plainName(words string) string {
	words = withoutYear(words)
	for _, own := range c.ownNames {
		words = strings.ReplaceAll(words, own, "")
	}
	if strings.ContainsAny(words, "“”《》") {
		words = withoutQuotes.Replace(words)
	}
	words = strings.TrimSuffix(withoutIdle.Replace(sameName.Replace(words)), "设")
	const least = 3
	if short := withoutDisclosure.Replace(words); len([]rune(short)) >= least && !slices.Contains(vagueNames, short) {
		words = short
	}
	return words
}

// ownNames are the ways in which a text calls its agency.
func ownNames(agency string) []string {
	out := []string{agency}
	r := []rune(agency)
	for i, c := range r {
		if strings.ContainsRune("省市县区州旗", c) && i+2 < len(r) {
			out = append(out, string(r[i:]), string(r[i+1:]))
		}
	}
	if name, ok := strings.CutSuffix(agency, "人民政府"); ok {
		out = append(out, name+"政府")
		if n := []rune(name); len(n) > 0 {
			out = append(out, string(n[len(n)-1:])+"政府", string(n[len(n)-1:])+"人民政府")
		}
	}
	if area, ok := areaWord(agency); ok {
		out = append(out, area+"各级", area)
	}
	out = append(out, "街道办事处", "局机关", "全局", "全街道", "全镇")
	if strings.HasSuffix(agency, "街道办事处") {
		out = append(out, "街道")
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// withList are the words of a clause with the list that ends at the figure.
func withList(s *claims.Sentence, f *claims.Figure) string {
	from := f.Start
	for from > 0 && (s.Runes[from-1] == '、' || !isClauseBreak(s.Runes[from-1])) {
		from--
	}
	return string(s.Runes[from:f.Start])
}

// withoutYear takes 2023年 out.
func withoutYear(words string) string {
	for {
		at := strings.IndexRune(words, '年')
		digits := strings.TrimRight(words[:max(at, 0)], "0123456789")
		if at < 0 || at-len(digits) != len("2023") {
			return words
		}
		rest := words[at+len("年"):]
		for _, w := range []string{"度", "底", "末"} {
			rest = strings.TrimPrefix(rest, w)
		}
		words = digits + rest
	}
}

// opensFact reports whether the words before the figure tell of it and not of the
// figure before: it is the first of its clause, and named.
func opensFact(s *claims.Sentence, figure int) bool {
	f := &s.Figures[figure]
	if figure == 0 || f.Sep == '；' {
		return true
	}
	const least = 3
	if _, ok := clauseNoun(s, figure); ok {
		return true
	}
	return f.Sep == '，' && len([]rune(f.Label)) >= least && !strings.HasPrefix(f.Raw, "共计")
}

// attendance are words that tell how many took part, of what the clause before names.
var attendance = []string{"参训", "参加", "参会", "参与", "到会", "培训", "覆盖", "吸引", "惠及", "受训", "参学", "出席"}

// clauseNoun is what the clause before names where a figure has only a word of
// attendance: 年内开展保密审查培训1次，参训64人.
func clauseNoun(s *claims.Sentence, figure int) (noun string, ok bool) {
	f := &s.Figures[figure]
	const longest = 4
	if f.Sep != '，' || len([]rune(f.Raw)) > longest || !containsAny(f.Raw, attendance...) {
		return "", false
	}
	end := f.Clause - 1
	if figure > 0 {
		if b := &s.Figures[figure-1]; b.End == end && containsAny("场次期", b.Unit) {
			return b.Label, len([]rune(b.Label)) > longest
		}
		if s.Figures[figure-1].End >= clauseStart(s.Runes, end) {
			return "", false
		}
	}
	noun = string(s.Runes[clauseStart(s.Runes, end):end])
	return noun, len([]rune(noun)) > longest
}

// narrowed are the clauses of the words before a figure that tell what it is
// about.
func narrowed(lead string) (out string) {
	for clause := range strings.FieldsFuncSeq(lead, func(r rune) bool { return r == '，' || r == '：' }) {
		several := strings.Contains(clause, "、") && containsAny(clause, "等方式", "等渠道", "等形式", "等途径", "等平台")
		if tellsShortage(clause) {
			continue
		}
		if !several && (startsWithAny(clause, narrowing...) || startsWithAny(clause, placing...) && slices.ContainsFunc(narrowEnds, func(w string) bool { return strings.HasSuffix(clause, w) }) ||
			strings.HasSuffix(clause, "方面") || strings.HasSuffix(clause, "领域")) {
			out += clause
		}
	}
	return out
}

// topicsBefore names what the words before the figure say of channel and field.
func (c *context) topicsBefore(of *saidFact) (out string) {
	if of.words == "" {
		return "" // a name of its own
	}
	x, words := of.claim, of.words
	s := c.sentence(x)
	const back = 3 // sentences
	text := heading(s.Lead) + of.lead
	for i := x.Sentence - 1; i >= max(0, x.Sentence-back); i-- {
		p := &c.said.Sentences[i]
		if p.Section != s.Section || p.Line != s.Line {
			break
		}
		if !strings.HasPrefix(p.Text, "其中") {
			text += p.Text
		}
	}
	for _, t := range topics {
		if strings.Contains(text, t) && !strings.Contains(words, t) {
			out += "/" + t
		}
	}
	return out
}

// heading is the heading in the words a paragraph stands under; those of a short
// paragraph before, with a statement of its own, are none.
func heading(lead string) string {
	lead, _, _ = strings.Cut(lead, "。")
	if strings.ContainsAny(lead, "0123456789") || strings.HasPrefix(lead, "其中") {
		return ""
	}
	return lead
}
