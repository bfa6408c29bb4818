package rules

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// Some things are said of nobody but the author, however the sentence goes on: that nothing
// happened in its disclosure, how it goes about it, that its own staff learnt it, which rules
// it made for it, how much it published. Said of an office beside the author, they are told
// under a wrong name, unless the sentence sets the two side by side.

var (
	// inYear is when a body did something, and how much of it.
	inYear = `(?:(?:20\d\d|本|全|今)年(?:度|内|以来)?|年内|一年来|还|也|均|都|又|已|先后|共|累计|，)*`
	// quietDeed is that nothing came of a body's disclosure, or was to be paid for it.
	quietDeed = lazyregexp.New(`^` + inYear + `(?:均|也|尚|亦)?(?:未|没有|无|不存在|从未|暂无)[^，。；]{0,24}(?:(?:公开|上网|发布)[^，。；]{0,16}(?:赔偿|问责|败诉|违法|投诉|举报|争议|纠纷|追责|责任|案件|情形|情况|泄密|失密|事件|事故|舆情)|公开(?:政府信息)?(?:的)?申请(?:$|[，。；]|件|事项)|处理费|收费通知)|^` + inYear + `(?:制定|制发|出台|印发)(?:了|行政)*规范性文件0件`)
	// staffDeed is what a body had its own people do, accept or answer for.
	staffDeed = lazyregexp.New(`^` + inYear + `(?:(?:组织|安排)(?:全体|全局|局|机关|本局|局机关|局系统|委机关)(?:党员|机关)?(?:干部|职工|人员|工作人员)+|(?:主动|自觉|广泛|虚心)接受[^，。；]{0,8}监督|(?:明确|确定|指定)(?:由)?(?:局|委|机关)?(?:(?:办公室|综合[科股室]|一名|1名)[^，。；]{0,10}(?:为|负责|担任|作为)|专人|专门人员)|(?:党组|党委|领导班子|局务会|主要领导|主要负责人|局长)(?:书记|副书记)?、?(?:局长|主任|副局长)?[^，。；]{0,16}公开)`)
	// actDeed is how a body goes about its disclosure.
	actDeed = lazyregexp.New(`^` + inYear + `将?(?:始终|一直|不断|持续|进一步|继续|高度|十分|着力|切实|积极|主动|认真|严格|大力|全面|深入)*(?:重视|加大|拓宽|拓展|丰富|充实|优化|规范|完善|健全|加强|创新|畅通|提高|提升|扩大|深化|细化|抓好|做好)(?:了)?(?:政府信息|政务|信息|主动|依申请)*公开(?:工作)?(?:的)?(?:[^，。；督指检通]{2})?(?:力度|方式|渠道|内容|形式|意识|流程|制度|程序|审查|目录|指南|质量|质效|实效|水平|范围|载体|时效|$|[，。；])`)
	// paperDeed is a rule that a body gave itself for disclosure.
	paperDeed = lazyregexp.New(`^` + inYear + `(?:制定|修订|印发|出台|建立|完善|健全)(?:了|并完善了|和完善了)?《?(?:本局|机关|局机关)?(?:政府信息公开|政务公开|信息公开|信息发布|依申请公开)[^，。；《》]{0,14}(?:制度|办法|规定|流程|机制|细则|方案|规程)`)
	// countDeed is how much a body published, or how many applications it had.
	countDeed = lazyregexp.New(`^` + inYear + `(?:(?:通过|依托|利用)[^，。；]{2,20})?(?:累计|共|共计)?(?:(?:主动|对外|依法|向社会)*(?:公开|发布)(?:了)?[^，。；\d]{0,14}(?:信息|文件)[^，。；\d]{0,4}\d|(?:收到|受理|接收|办理|办结|答复)(?:政府信息|信息|依申请)*公开(?:申请|事项|申请件)?[^，。；\d]{0,3}\d)`)
	// learnt is what the people of a body study, which is no other's work.
	learnt = lazyregexp.New(`学习(?:了)?(?:新修订的?|贯彻)?(?:《|条例|政府信息公开|政务公开|信息公开|业务|相关|有关)`)
	// lackDeed is what a body's disclosure lacks.
	lackDeed = lazyregexp.New(`^(?:的)?[^，。；]{0,8}(?:信息|公开|解读|栏目|网站|更新)[^，。；]{0,12}` + lacks)
	// besideDeed are words of sentences that set a body beside the author, or rank the two.
	besideDeed = strings.Fields("通报 表扬 典型 示范单位 示范点 排名 先进 获评 案例 分别 转发 反馈 督促 向我 对我 与我 各部门 各单位 全县各 全区各 全市各 等部门 等单位 相比 高于 低于 多于 少于 该局")
)

// publicOffices answer for the disclosure of all: that they work on it, and count it, is told
// in others' reports.
var publicOffices = strings.Fields("政务服务 行政审批 数据 政府办 宣传 网信 保密 机要 法制 司法 档案 机关事务 新闻 广电 融媒")

// ownDeed reports whether the sentence tells of an office beside the author at s[start:end]
// what only its own report would.
func (a *author) ownDeed(s string, start, end int, b *bodyName) bool {
	beside := a.besideAuthor(b)
	if !beside && (b.rank != rankDepartment || a.kinOf(b) != stranger) || inTitle(s, start) || containsAny(learnt.ReplaceAllString(s, ""), learning...) || a.mentionsItself(s, b.end) {
		return false
	}
	rest := s[end:]
	said := rest[len(bodyTail.FindString(rest)):]
	var ok bool
	switch {
	case quietDeed.MatchString(said), staffDeed.MatchString(rest), staffDeed.MatchString(said):
		ok = true
	case !beside, containsAny(b.core, publicOffices...), containsAny(s, selfNames...):
	default:
		ok = actDeed.MatchString(said) || paperDeed.MatchString(said) || countDeed.MatchString(said) || lackDeed.MatchString(said)
	}
	return ok && !tied(s, start, end, false) && !containsAny(s, besideDeed...) && !strings.Contains(s[:start], "其中") && !containsAny(learnt.ReplaceAllString(rest, ""), besideSelf...)
}

// besideAuthor reports whether a body is an office of the author's own place, and the author none
// that has to tell of such.
func (a *author) besideAuthor(b *bodyName) bool {
	own := a.names[0]
	if containsAny(own.core, publicOffices...) || strings.HasSuffix(a.full[0], "办公室") {
		return false // it tells how others do
	}
	if a.rank != rankDepartment || b.rank != rankDepartment || own.place == "" || a.is(*b) || sameOffice(own.core, b.core) {
		return false
	}
	level := lastRune(own.place)
	return b.place == own.place || b.place == "" && (b.end == "局" || b.end == "联") && (strings.HasPrefix(b.core, level) || namedOffice(b.core) && !startsWithAny(b.core, "县", "区", "旗", "市", "省", "州"))
}
