package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
)

// Words of a fact's name by what they say.
var (
	// idleWords say nothing of what is counted.
	idleWords = []string{"虽然", "尽管", "虽", "但是", "但", "截至", "截止", "滚动", "选聘", "聘请", "年度内", "队伍", "共设有", "共设", "共有", "现共有", "设有", "已设", "制作", "编制", "全年度", "全年", "本年度", "本年", "今年以来", "今年", "年度", "我局", "我街道", "我街", "我镇", "我乡", "我办", "我委", "我区", "我县", "我市", "我单位", "本机关", "本单位", "本局", "全局",
		"累计", "总计", "合计", "共计", "一共", "总共", "共", "各类", "各种", "各项", "相关", "有关", "了", "的", "通过", "利用", "依托", "借助", "运用", "总数", "数量", "总量", "人数", "件数", "数", "量", "总", "材料", "业务", "组织开展", "组织", "举办", "召开", "开展", "举行", "进行", "实施", "线上线下", "渠道", "平台", "官方", "新增加", "达到", "达", "有", "：", "，", "到", "累", "等", "在", "于", "上", "为", "以及", "和", "及", "与", "、", "现有", "现共有", "设有", "共设", "已设", "已开设", "开设", "设置", "设立", "配备", "配有", "拥有", "建有", "涵盖", "仅", "只有", "只", "多达", "年内", "年初以来", "一年来", "年底", "目前", "现", "已", "对", "接受", "从事", "工作", "是", "年初", "群众反映良好", "并", "及时", "积极", "认真", "先后", "依法", "主动", "办公室", "政务公开类"}
	// sameWords are the ways to call one thing.
	sameWords = []string{"我局门户网站", "网站", "局门户网站", "网站", "微信公众号", "微信", "政务微信", "微信", "微信公众平台", "微信", "公众号", "微信", "微信信息", "微信", "政务微博", "微博", "政府门户网站", "网站", "门户网站", "网站", "政府网站", "网站", "官网", "网站", "政府网", "网站",
		"政府信息", "信息", "政务信息", "信息", "人大代表建议", "人大建议", "代表建议", "人大建议", "政协委员提案", "提案", "政协提案", "提案", "培训班", "培训", "培训会", "培训", "培训活动", "培训", "承办", "办理", "接到", "收到", "接收", "收到", "受理", "收到", "回复", "答复", "办复", "答复", "推送", "发布", "刊发", "发布", "网上", "网络", "线上", "网络", "图文解读", "图解", "研判", "研判", "12345政务服务便民热线", "12345热线", "12345市民热线", "12345热线", "政务服务热线", "12345热线", "市民热线", "12345热线", "工单", "工单", "编写", "制作", "编制", "制作", "印制", "制作", "网民", "网友", "推文", "信息"}
	// narrowing opens a clause that tells what the figures behind it are about;
	// placing does where the clause ends in one of narrowEnds.
	narrowing  = []string{"围绕", "针对", "聚焦", "面向", "关于", "结合", "利用", "依托", "通过", "借助", "就", "其中", "期间"}
	placing    = []string{"在", "对", "向", "以", "按", "从", "由"}
	narrowEnds = []string{"上", "中", "里", "下", "内", "方面", "期间", "领域", "平台", "看", "时", "后", "前", "渠道", "类", "专题", "专项"}
	// vagueNames name too many things to be the same one.
	vagueNames = []string{"会议", "培训", "活动", "检查", "文件", "稿件", "文章", "资料", "案件", "事项", "工作会", "专题会", "会", "推进会", "信息", "发布信息", "收到", "答复", "办理", "办结", "发布", "制作", "转发", "采用", "宣传", "宣传活动", "专题培训", "专题会议", "问题", "意见", "问题整改", "整改", "整改问题", "会议培训", "更新", "公开", "检查单位", "参加", "收到案件", "印发文件"}
)

var (
	// sameName writes the ways to call one thing as one.
	sameName = glance.NewReplacer(sameWords...)
	// withoutIdle takes the idle words out.
	withoutIdle = glance.NewReplacer(emptied(idleWords)...)
	// ofAllKinds takes out 各类 and the like, which have 各 in them, and other words
	// that only look like those of apart.
	ofAllKinds = glance.NewReplacer("第三方", "", "各类", "", "各种", "", "各项", "", "从事", "", "含义", "", "最新", "", "其他事项", "", "利率", "", "效率", "", "各级", "", "按月", "", "每月", "", "按季度", "")
	// withoutDisclosure takes out what all of a report is about.
	withoutDisclosure = glance.NewReplacer("政府信息公开", "", "政务公开", "")
)

// withoutQuotes takes quotation marks and those of titles out.
var withoutQuotes = glance.NewReplacer("“", "", "”", "", "《", "", "》", "")

// emptied are the pairs that replace the words by nothing.
func emptied(words []string) []string {
	out := make([]string, 0, 2*len(words))
	for _, w := range words {
		out = append(out, w, "")
	}
	return out
}

// factUnit is the unit of a claim that may be said twice; empty where it has none. Those who
// follow an account are often counted without one: 粉丝数41.6万.
func factUnit(x *claims.Claim) string {
	if x.Unit == "" && containsAny(x.Label, "粉丝", "关注", "用户", "订阅") {
		return "人"
	}
	if x.Unit == "" && containsAny(x.Label, "阅读", "浏览", "点击", "播放", "访问") {
		return "次"
	}
	return x.Unit
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
	return s.Span(from, f.Start)
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

// heading is the heading in the words a paragraph stands under; those of a short
// paragraph before, with a statement of its own, are none.
func heading(lead string) string {
	lead, _, _ = strings.Cut(lead, "。")
	if strings.ContainsAny(lead, "0123456789") || strings.HasPrefix(lead, "其中") {
		return ""
	}
	return lead
}
