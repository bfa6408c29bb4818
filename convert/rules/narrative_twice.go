package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// Words of a fact's name by what they say.
var (
	// yearMarks say that a figure is that of the whole year.
	yearMarks = []string{"全年", "年度", "本年", "今年", "年共", "年，", "年累计", "年合计", "共", "总计", "合计", "年"}
	// idleWords say nothing of what is counted.
	idleWords = []string{"全年度", "全年", "本年度", "本年", "今年以来", "今年", "年度", "我局", "我街道", "我街", "我镇", "我乡", "我办", "我委", "我区", "我县", "我市", "我单位", "本机关", "本单位", "本局", "全局",
		"累计", "总计", "合计", "共计", "一共", "总共", "共", "各类", "各种", "各项", "相关", "有关", "了", "的", "通过", "利用", "依托", "借助", "运用", "总数", "数量", "总量", "人数", "件数", "数", "量", "总", "材料", "业务", "组织开展", "组织", "举办", "召开", "开展", "举行", "进行", "实施", "线上线下", "渠道", "平台", "官方", "新增加", "达到", "达", "有", "：", "，", "到", "累", "等", "在", "于", "上", "为", "以及", "和", "及", "与", "、", "及时", "积极", "认真", "先后", "依法", "主动", "办公室", "政务公开类"}
	// sameWords are the ways to call one thing.
	sameWords = []string{"微信公众号", "微信", "政务微信", "微信", "微信公众平台", "微信", "公众号", "微信", "微信信息", "微信", "政务微博", "微博", "政府门户网站", "网站", "门户网站", "网站", "政府网站", "网站", "官网", "网站", "政府网", "网站",
		"政府信息", "信息", "政务信息", "信息", "人大代表建议", "人大建议", "代表建议", "人大建议", "政协委员提案", "提案", "政协提案", "提案", "培训班", "培训", "培训会", "培训", "培训活动", "培训", "承办", "办理", "接到", "收到", "接收", "收到", "受理", "收到", "回复", "答复", "办复", "答复", "推送", "发布", "刊发", "发布", "网上", "网络", "线上", "网络", "图文解读", "图解", "12345政务服务便民热线", "12345热线", "12345市民热线", "12345热线", "政务服务热线", "12345热线", "市民热线", "12345热线", "工单", "工单", "编写", "制作", "编制", "制作", "印制", "制作", "网民", "网友", "推文", "信息"}
	// apart are words that make a figure one of its own kind.
	apart = []string{"其中", "另", "其他", "其余", "其它", "新增", "首次", "第一", "第二", "首场", "重点", "由", "从", "比", "较", "增", "减", "分别", "计划", "拟", "预计", "应公开", "应办", "应当", "每", "最", "完成", "月", "季度", "期间", "同期", "日前", "仅", "还", "再", "又", "各", "占", "率", "平均", "系统", "所属", "下属", "部门", "基层", "某", "含", "针对", "围绕", "聚焦", "面向", "“", "《"}
	// narrowing opens a clause that tells what the figures behind it are about.
	narrowing = []string{"围绕", "针对", "聚焦", "面向", "关于", "结合", "利用", "依托", "通过", "借助", "就", "向", "对", "在", "按", "其中", "以", "由", "期间", "专题", "专项", "领域", "方面", "来看", "渠道", "类"}
	// channels and fields, where the words before a figure name one.
	topics = []string{"网站", "微信", "公众号", "微博", "新媒体", "公报", "公开栏", "客户端", "抖音", "视频号", "热线", "信箱", "栏目", "专栏", "领域", "财政", "预决算", "民生", "惠企", "许可", "处罚", "采购", "人事", "解读", "规范性文件", "依申请", "重点", "基层", "社区", "村", "专题", "新闻", "报纸", "媒体", "政务服务", "电视", "查阅", "回应", "互动", "建议", "提案", "培训"}
	// vagueNames name too many things to be the same one.
	vagueNames = []string{"会议", "培训", "活动", "检查", "文件", "稿件", "文章", "资料", "案件", "事项", "工作会", "专题会", "会", "推进会", "信息", "发布信息", "收到", "答复", "办理", "办结", "发布", "制作", "转发", "采用", "宣传", "宣传活动", "专题培训", "专题会议", "问题", "意见", "问题整改", "整改", "整改问题", "会议培训", "更新", "公开", "检查单位", "参加", "收到案件", "印发文件"}
)

var (
	// sameName writes the ways to call one thing as one.
	sameName = strings.NewReplacer(sameWords...)
	// withoutIdle takes the idle words out.
	withoutIdle = strings.NewReplacer(emptied(idleWords)...)
	// ofAllKinds takes out 各类 and the like, which have 各 in them.
	ofAllKinds = strings.NewReplacer("各类", "", "各种", "", "各项", "")
)

// emptied are the pairs that replace the words by nothing.
func emptied(words []string) []string {
	out := make([]string, 0, 2*len(words))
	for _, w := range words {
		out = append(out, w, "")
	}
	return out
}

// factWords are what the words around a figure say of what it counts.
type factWords struct {
	// name is the same for figures of one thing; words are those of its clause,
	// lead what stands before them in the sentence.
	name, words, lead string
	// marked: the words make it the whole year's.
	marked bool
}

// factName is what a figure counts as a set of characters, whatever their order:
// 政府网站更新信息 and 更新政府网站信息 are one. Empty for figures that may be of a
// part, or of a thing too vague to be said twice.
func (c *context) factName(x *claims.Claim) factWords {
	if x.Figure < 0 || x.Unit == "" || x.Unit == "%" {
		return factWords{}
	}
	s := c.sentence(x)
	f := &s.Figures[x.Figure]
	before := string(s.Runes[:f.Start])
	if at := strings.LastIndex(before, "；"); at >= 0 {
		before = before[at+len("；"):]
	}
	if f.Depth > 0 || c.isPart(s, x.Figure) || containsAny(before, "其中") || containsAny(ofAllKinds.Replace(f.Raw+f.Tail), apart...) || !c.opensFact(s, x.Figure) {
		return factWords{}
	}
	label, lead := x.Label, strings.TrimSuffix(before, f.Raw)
	if f.Compound { // 代表建议、政协提案22件
		label = withList(s, f)
		lead = strings.TrimSuffix(before, label)
	}
	words := plainName(label + f.Tail)
	if len([]rune(words)) < 2 || slices.Contains(vagueNames, words) && (words != "发布信息" && words != "公开信息") {
		return factWords{}
	}
	runes := []rune(words)
	slices.Sort(runes)
	return factWords{
		name: string(runes) + "/" + x.Unit, words: label + f.Tail, lead: lead,
		marked: containsAny(lead+f.Raw, yearMarks...) || f.Scope.Year != 0 || containsAny(words, "粉丝", "关注", "用户"),
	}
}

func plainName(words string) string {
	return withoutIdle.Replace(sameName.Replace(withoutYear(words)))
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
		words = digits + strings.TrimPrefix(words[at+len("年"):], "度")
	}
}

// opensFact reports whether the figure is the first of its statement, so that the
// words before it do not tell of another one.
func (c *context) opensFact(s *claims.Sentence, figure int) bool {
	f := &s.Figures[figure]
	if figure == 0 || f.Sep == '；' {
		return true
	}
	prev := &s.Figures[figure-1]
	return f.Sep == '，' && prev.End == f.Clause-1 && f.Unit != prev.Unit && startsWithAny(strings.TrimPrefix(f.Raw, "共"), "召开", "举办", "开展", "组织", "发布", "办理", "受理", "收到", "接到", "回复", "制作", "公开", "更新", "编发", "承办", "答复", "编制") &&
		!containsAny(string(s.Runes[:prev.Start]), "通过", "利用", "依托", "围绕", "针对", "聚焦", "在")
}

// factContext names what the words before the figure say of channel and field;
// ok is false where they narrow it down in ways that nothing can be compared with.
func (c *context) factContext(x *claims.Claim, lead, words string) (context string, ok bool) {
	s := c.sentence(x)
	if figures := len(s.Figures); figures > 0 && x.Figure == 0 {
		if containsAny(withoutIdle.Replace(lead), narrowing...) {
			return "", false
		}
	}
	const back = 3 // sentences
	text := heading(s.Lead) + lead
	for i := x.Sentence - 1; i >= max(0, x.Sentence-back); i-- {
		p := &c.said.Sentences[i]
		if p.Section != s.Section || p.Line != s.Line {
			break
		}
		text += p.Text
		if containsAny(p.Text, "围绕", "针对", "聚焦", "面向", "专题", "专项") {
			return "", false
		}
	}
	for _, t := range topics {
		if strings.Contains(text, t) && !strings.Contains(words, t) {
			context += "/" + t
		}
	}
	return context, true
}

// heading is the heading in the words a paragraph stands under; those of a short
// paragraph before, with a statement of its own, are none.
func heading(lead string) string {
	lead, _, _ = strings.Cut(lead, "。")
	if strings.ContainsAny(lead, "0123456789") {
		return ""
	}
	return lead
}
