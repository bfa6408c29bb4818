package rules

import (
	"strings"
	"sync"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// whom says which bodies are wrong in the place of the author's name.
type whom int

const (
	// maker: all but the author and those who make reports for it.
	maker whom = iota
	// asked: all but those related to it.
	asked
	// itself: as likes, though the sentence may begin with 我街道 or 我局.
	itself
	// neighbour: only a township beside the author, itself one.
	neighbour
	// owner: as likes, where the words leave nothing to tell apart but 我局.
	owner
	// likes: only the author's like of another place; of others it may be said rightly.
	likes
	// publisher: as likes, where the author may be the one who publishes there.
	publisher
	// ruler: as likes, but for cities, one of which may be above the other.
	ruler
	// ours: as likes, where the sentence may begin with 我局 in whatever it does.
	ours
)

// anchors are the words before the name of the body that made the report, answers for it or
// is what the report speaks for, and what must follow the name.
var anchors = []struct {
	cues   []string // one of which every sentence with the words and the name holds
	words  []string
	before *lazyregexp.Regexp // of the sentence before the words; nil: whatever
	after  *lazyregexp.Regexp
	who    whom
}{
	{strings.Fields("编制 起草 撰写 编写 汇总 整理 形成 公布 发布 报告20 年报20 报告为 年报为"), strings.Fields("报告由 年报由 报告系由 报告是由 报告为 年报为 报告是 年报是"), nil, lazyregexp.New(`^[^，。；]{0,40}?(?:编制|起草|撰写|编写|汇总|整理|形成|公布|发布|20\d\d年)`), maker},
	{strings.Fields("报告 年报 情况 总结 公布 如下"), strings.Fields("现将 特将 现就 以下是 以下为 现公布 现发布 特公布 社会公布 社会公开 以上为 以上是 这是"), nil, lazyregexp.New(`^(?:(?:20\d\d|本|全|今)年(?:度)?)?(?:的)?(?:开展)?(?:政府信息公开|政务公开|信息公开)[^。；]{0,16}(?:报告|总结|年报|情况|公布|公开|如下)`), maker},
	{strings.Fields("全称 本机关为 本机关是 本单位为 本单位是"), strings.Fields("单位全称为 单位全称是 机关全称为 机关全称是 本机关为 本单位为 本单位是 本机关是"), nil, lazyregexp.New(`^(?:[，。；（(]|$)`), maker},
	{strings.Fields("数据由"), strings.Fields("数据由"), nil, lazyregexp.New(`^(?:办公室)?(?:统计|汇总|提供|核定|填报)`), maker},
	{strings.Fields("解释权"), strings.Fields("解释权归 解释权归属 解释权属于 解释权属 解释权在 解释权由 解释权为"), nil, lazyregexp.New(`^`), maker},
	{strings.Fields("负责 承担"), strings.Fields("由"), lazyregexp.New(`(?:报告|年报)[^，。；]{0,12}$`), lazyregexp.New(`^` + innerOffice + `?(?:负责|承担)(?:本报告的?|本年报的?)?(?:解释|编制|起草|$|[，。；])`), maker},
	{strings.Fields("意见 建议"), strings.Fields("向 与"), lazyregexp.New(`(?:公众|群众|社会各界|社会公众|任何单位)[^，。；]{0,12}(?:可|可以|请|欢迎)$`), lazyregexp.New(`^` + innerOffice + `?(?:提出|反映|提)[^，。；]{0,6}(?:意见|建议)[^。；]{0,6}[，（(][^。；]{0,6}(?:电话|地址|邮箱)`), asked},
	{strings.Fields("信息 公开 上网 稿件"), strings.Fields("经 报 由"), nil, lazyregexp.New(`^(?:分管|主要)(?:领导|负责人|负责同志|局长|主任|镇长|书记)(?:同志)?(?:审签|审核|审定|审批|审阅|复审|签字|签署|签发|签批|把关|同意)`), asked},
	{strings.Fields("努力下"), strings.Fields("在 经"), nil, lazyregexp.New(`^(?:全体|广大|上下)(?:干部|职工|人员|党员)?[^，。；]{0,8}(?:共同|不懈)?努力下`), asked},
	{strings.Fields("负责解释 承担解释 编制本 起草本 负责本 承担本"), strings.Fields("由"), nil, lazyregexp.New(`^` + innerOffice + `?(?:负责|承担)(?:解释本|编制本|起草本|本报告|本年报)`), maker},
	{strings.Fields("楼 室 院 层"), strings.Fields("地址： 地址: 地址为 地址是 地址在"), nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:机关|办公)?(?:大楼|办公楼|院内|大院|[一二三四五六七八九十\d]+(?:楼|室|层))`), neighbour},
	{strings.Fields("局 镇 乡 街道 政府"), strings.Fields("号"), lazyregexp.New(`地址[:：为在是][^，。；]{0,24}$`), lazyregexp.New(`^(?:机关|办公室|大楼|办公楼|[（(]?[一二三四五六七八九十\d]+[楼室层])*[）)]?(?:[，。；]|$)`), likes},
	{strings.Fields("请 可 欢迎"), strings.Fields("与 联系 向 致电 咨询 至 到"), lazyregexp.New(`(?:疑问|意见|建议|咨询|查询|索取|不明|异议|了解|问题|如需|需要|欢迎)[^。；]{0,20}(?:请|可|欢迎)(?:直接|及时|随时)?$`), lazyregexp.New(`^[^，。；、]{0,12}?(?:联系|咨询|反映|索取|查询|提出|来电|[（(，]|[:：]|$)`), asked},
	{strings.Fields("意见 建议 监督 批评"), []string{"对"}, lazyregexp.New(`(?:欢迎|请|希望|恳请|诚邀|感谢)[^，。；对向]{0,16}$`), lazyregexp.New(`^(?:的)?(?:20\d\d年?(?:度)?)?(?:的)?(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:进行监督|提出|多提|给予|监督|的监督|批评)[^，。；]{0,8}`), maker},
	{strings.Fields("： :"), strings.Fields("联系单位： 联系单位: 编制单位： 编制单位: 编制机关： 编制机关: 填报单位： 填报单位: 报送单位： 报送单位: 受理机构： 受理机构: 受理机构名称： 受理机构名称: 发布机构： 公开机构： 单位名称： 单位名称: 机关名称： 工作机构： 工作机构: 机构名称： 机构名称:"), nil, lazyregexp.New(`^[^，。；、和]{0,12}?(?:[，。；（(:：]|$|地址|电话|办公|联系|公开)`), maker},
	{strings.Fields("改革 形象 变化 成效"), strings.Fields("宣传 宣传了 推介 展示 展示了 展现 展现了"), nil, lazyregexp.New(`^(?:人民政府|政府)?的?(?:改革|良好形象|新形象|发展变化|工作成效)`), asked},
	{strings.Fields("公信力 透明度 改革发展 的改革 形象 知名度 美誉度 影响力 村振兴 新貌 面貌 风貌 气象 变化 特色 故事 经济社会 高质量 镇发展 乡发展 街道发展 局发展 政府发展 的发展"), strings.Fields("宣传 宣传了 推介 展示 展示了 展现 展现了 推动 推动了 促进 促进了 助推 助力 提升 提升了 增强 增强了 增进 增进了 塑造 树立 讲好 扩大"), nil, lazyregexp.New(`^(?:人民政府|政府)?(?:(?:广大|全体)?(?:党员)?(?:干部|群众|职工|人员)[^，。；]{0,10})?的?(?:新|崭新|全新|良好|可喜|喜人|巨大)*(?:改革|发展|经济社会|高质量|发展成就|工作成效|良好形象|新形象|形象|知名度|美誉度|公信力|透明度|影响力|新貌|面貌|风貌|气象|变化|特色|故事|乡?村振兴[^，。；]{0,4}(?:变化|成效|面貌))`), likes},
	{strings.Fields("打下 打牢 奠定 夯实 筑牢 营造 赢得 树立"), []string{"为"}, nil, lazyregexp.New(`^(?:的)?(?:依法行政|依法履职|改革发展|发展|各项工作|各项事业|事业发展|\p{Han}{0,4}高质量发展)[^，。；]{0,14}?(?:打下|打牢|奠定|夯实|筑牢|营造|赢得|树立)`), asked},
	{strings.Fields("镇政 镇人民 镇信 镇工 镇实 镇20 镇的 乡政 乡人民 乡信 乡工 乡实 乡20 乡的 街道政 街道信 街道工 街道实 街道20 街道的 街道办事处 局政 局信 局20 局工 局实 局的 委员会政 委员会信 委员会的 县政 县信 县20 县的 区政 区信 区20 区的 政府20 政府信 政府政 政府的"), strings.Fields("规范 完成 开展 做好 推进 加强 完善 提升 提高 改进 抓好 深化 强化 促进 推动 优化 细化 结合 立足"), nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:20\d\d年?(?:度)?)?的?(?:政府信息公开|政务公开|(?:政府)?信息(?:主动|依申请)?公开|工作实际|实际)`), likes},
	{strings.Fields("清单 目录 指南 职能 预算 决算 领导 机构 年报"), strings.Fields("公布 公布了 公开 公开了 发布 发布了 更新 更新了 修订 修订了 编制 编制了 完善 完善了 梳理 查询 查阅"), nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?的?(?:20\d\d年?(?:度)?)?的?(?:(?:权责|权力|责任|服务|(?:政务)?服务事项|行政许可|行政权力|随机抽查)(?:事项)?清单|(?:政府信息|政务|信息|主动)公开(?:事项)?(?:指南|目录)|基层政务公开(?:标准)?(?:化)?目录|机构(?:职能|设置|概况|信息)|领导(?:分工|信息|简介|班子)|(?:部门)?预算|(?:部门)?决算|(?:部门)?预决算)`), itself},
	{strings.Fields("目录 指南"), strings.Fields("和“ 、“ 及“ ”“ 和《 、《 及《 》《"), lazyregexp.New(`(?:完善|修订|更新|编制|公布|发布)了?[^，。；]{2,30}[》”]$`), lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:政府信息|政务|信息)公开(?:指南|目录)`), itself},
	{strings.Fields("公开 政务"), strings.Fields("上线 开设 设置 打造 推出 开通"), nil, lazyregexp.New(`^(?:人民政府|政府)?[^“”，。；]{0,16}(?:公开|政务)[^“”，。；]{0,8}(?:专题|专栏|专区|专版|板块)”`), likes},
	{strings.Fields("条 篇 期"), strings.Fields("公众号“ 微信“ 抖音号“ 抖音“ 视频号“ 微博“ 账号“"), nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:发布|资讯)?”(?:账号)?(?:全年|累计|共|主动)*(?:发布|推送|公开|更新|编发)[^，。；]{0,14}\d`), likes},
	{strings.Fields("公众号 微信 微博 抖音号 视频号"), strings.Fields("，“ 、“ 和“"), nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:发布|资讯)?”(?:官方|政务)?(?:微信公众号|公众号|微信|微博|抖音号|视频号)(?:全年|累计|共|主动)*(?:发布|推送|公开|更新|编发)?[^，。；采录转]{0,10}\d`), likes},
	{strings.Fields("专版 专栏 专页 板块 栏目"), strings.Fields("—— -- — －"), lazyregexp.New(`(?:网站|门户|公开|平台)[—－-]*$`), lazyregexp.New(`^(?:人民政府|政府|办事处)?”?(?:专版|专栏|专页|板块|栏目)`), likes},
	{strings.Fields("公众号 账号 微博 抖音号 视频号"), strings.Fields("—— -- — － 为 是"), lazyregexp.New(`(?:公众号|账号|微博|抖音号|视频号)(?:平台)?(?:一个|1个)?[—－-]*(?:名称|，名称|，)?$`), lazyregexp.New(`^”?(?:$|[，。；])`), ours},
	{strings.Fields("栏目 专栏 专页 专版"), strings.Fields("”"), lazyregexp.New(`(?:在|通过|依托)“[^“”]{2,14}$`), lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:子栏目|栏目|专栏|专页|专版)(?:全年|累计|共)*(?:公开|发布|推送)`), likes},
	{strings.Fields("要闻 动态"), strings.Fields("发布 公开 推送 更新"), nil, lazyregexp.New(`^(?:人民政府|政府)?(?:党政|政务|时政|工作)?(?:要闻|动态)[^，。；\d]{0,12}\d`), likes},
	{strings.Fields("复议 诉讼 举报 投诉 申诉"), strings.Fields("针对 对"), lazyregexp.New(`(?:未|没有|无|不存在)[^，。；]{0,10}$`), lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:有关|相关|的)?(?:政府信息公开|政务公开|信息公开)[^，。；]{0,10}(?:复议|诉讼|举报|投诉|申诉)`), owner},
	{strings.Fields("领导小组"), []string{"对"}, nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:政府信息公开|政务公开|信息公开)(?:工作)?领导小组[^，。；]{0,8}(?:进行|予以|作了?)[^，。；]{0,4}(?:调整|充实|更新)`), likes},
	{strings.Fields("动态 进展"), strings.Fields("了解 介绍 展示 反映 更新了 发布了"), nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?的?(?:年度)?(?:工作动态|工作进展|重点工作|最新动态|政务动态)`), likes},
	{strings.Fields("文件"), strings.Fields("公布 公开 发布"), nil, lazyregexp.New(`^的?(?:20\d\d年)?(?:行政|规范性|政策|政策性)?文件\d`), likes},
	{strings.Fields("责任人 组长 审签 签发 把关 总责 负责 审核"), strings.Fields("由 明确 明确由 确定 指定"), nil, inCharge, likes},
	{strings.Fields("镇政务 镇信息 镇政府信息 乡政务 乡信息 乡政府信息 街道政务 街道信息 街道政府信息 局政务 局信息 局政府信息 委员会政务 委员会信息 委员会政府信息 县政务 县信息 县政府信息 区政务 区信息 区政府信息 市政务 市信息 市政府信息 政府政务 政府信息公开 办事处政务 办事处信息"), strings.Fields("确保 保障 确保了 保障了 力争 使 让 带动 助推 推动 推动了 做好 做实 抓实 保证 保证了 提升 提高 规范 促进"), nil, ofItsDisclosure, itself},
	{strings.Fields("网站 官网 公众号 微博 微信 新媒体 公开专栏 公开栏"), strings.Fields("通过 依托 利用 借助 登录 登陆 登录“ 关注 关注“ 通过“ 开设 运营 维护 办好 用好 在 优化 改版 升级 完善 调整 改造 改进"), nil, siteOf, publisher},
	{strings.Fields("公开"), strings.Fields("按照 根据 依据 落实 执行 对照"), nil, rulesOn, ruler},
	{strings.Fields("主办 主管 运营"), []string{"（", "("}, lazyregexp.New(`(?:平台|公众号|微信|微博|网站|账号|抖音号|视频号|APP|”)$`), lazyregexp.New(`^(?:办公室|党政办)?(?:主办|主管|运营|管理)[）)]`), likes},
	{strings.Fields("名义"), strings.Fields("以"), lazyregexp.New(`(?:公开|发布|公布)了?[^，。；我]{0,4}$`), lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:的)?名义(?:印发|制发|发布|公布|公开|出台)`), ours},
	{strings.Fields("提出 提交 递交 申请"), []string{"向"}, lazyregexp.New(`(?:未有|没有|暂无|并无|均无|均未)[^，。；我]{0,20}$`), lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:提出|提交|递交|申请)[^，。；]{0,12}(?:公开|获取)`), owner},
	{strings.Fields("政务公开 信息公开"), strings.Fields("开创 开创了 开拓 开拓了 谱写 谱写了"), nil, ofItsDisclosure, ours},
	{strings.Fields("） ) ”"), strings.Fields("（ ( “ （即 （全称 （全称： （全称为"), lazyregexp.New(`[我本](?:局|委|厅|办|中心|县|市|区|州|旗|镇|乡|街道|单位|机关|部门|政府)$`), lazyregexp.New(`^[）)”]`), maker},
	{strings.Fields("领导小组"), strings.Fields("由 经 报 向"), nil, ofLeadingGroup, owner},
	{strings.Fields("公开"), strings.Fields("列入 纳入 融入 列为 作为"), nil, ownAgenda, owner},
	{strings.Fields("职能 特点 实际"), strings.Fields("结合 围绕 立足 根据 按照 依据 紧扣"), nil, lazyregexp.New(`^的?(?:(?:自身|工作|主要|部门|机构|业务)*职能|(?:工作|业务)(?:特点|实际))`), ours},
	{strings.Fields("被申请人 被告 被诉 被复议"), strings.Fields("以 将"), nil, lazyregexp.New(`^(?:作)?为(?:行政复议)?(?:被申请人|被告|被诉|被复议)`), owner},
	{strings.Fields("组长 负责人 责任人"), strings.Fields("由"), nil, groupHead, ours},
	{strings.Fields("公开的工作 公开的内容 公开的范围 公开的形式 公开的方式 公开的程序 公开的重点 公开的责任 公开工作 公开内容 公开范围 公开形式 公开方式 公开程序 公开重点 公开责任 公开职责"), strings.Fields("明确 明确了 细化了 规范了 梳理了 界定了 确定了"), nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?的?(?:政府信息公开|政务公开|信息公开)的?(?:工作|内容|范围|形式|方式|程序|重点|责任|职责)`), ours},
	{strings.Fields("公开"), strings.Fields("成立 成立了 调整 调整了 召开 召开了 举办 举办了 加强对 加强了对 强化对 强化了对"), nil, ownMeeting, itself},
	{strings.Fields("抓 总责"), strings.Fields("形成 形成了 建立 建立了 构建 构建了 健全 健全了"), nil, lazyregexp.New(`^(?:党组|党委|党工委)?(?:主要领导|一把手|主要负责人|局长|镇长|乡长|主任|书记)(?:亲自|总|负总|带头)(?:抓|责)`), itself},
	{strings.Fields("查阅 咨询 索取 提出 领取"), strings.Fields("到 至 前往"), lazyregexp.New(`(?:申请人|公众|群众|公民|居民|村民|企业|组织)[^，。；]{0,10}(?:可|可以|请)(?:直接|凭证)?$`), lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:便民服务中心|党群服务中心|政务服务中心|便民服务大厅|政务公开专区|党政办公室|党政办|办公室)[^，。；]{0,6}(?:查阅|咨询|索取|提出|领取)`), itself},
	{strings.Fields("部门"), strings.Fields("职能部门， 主管部门， 责任部门， 牵头部门， 行政部门， 管理部门， 执法部门，"), lazyregexp.New(`(?:^|[，；])作为[^，。；]{0,30}$`), lazyregexp.New(`^(?:不断|持续|始终|坚持|积极|认真|严格|主动|高度|切实|深入|着力|全面|进一步|充分|大力|把|以)`), maker},
	{strings.Fields("联系 咨询 反映"), strings.Fields("请与 可与 请向 可向 请联系 可联系"), lazyregexp.New(`(?:疑问|问题|建议|意见|下载|查阅)[^。；]{0,6}[，,]?$`), lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:办公室|党政[^，。；]{0,6}|政务公开[^，。；]{0,6}|(?:政府)?信息公开[^，。；]{0,6})?(?:联系|咨询|反映|（|[，。；]|$)`), maker},
	{strings.Fields("新篇章 新华章 新篇"), strings.Fields("谱写 谱写了 书写 续写 奏响 开启 开创"), nil, lazyregexp.New(`^(?:人民政府|政府)?[^，。；]{0,14}?(?:新篇章|新华章|新篇)`), likes},
	{strings.Fields("机构 部门 科室 股室"), strings.Fields("作为 是 为"), nil, lazyregexp.New(`^(?:人民政府|政府|办事处)?的?(?:负责)?(?:政府信息公开|政务公开|信息公开)(?:工作)?的?(?:日常|专门|主管|责任|牵头|工作|办事)*(?:机构|部门|科室|股室)`), owner},
}

// anchorIndex finds which anchors have a word (by their number) and a cue (behind those) in a
// sentence. It is made once and never changed.
var anchorIndex = sync.OnceValue(func() *cueIndex {
	x := cueList{}
	for i := range anchors {
		for _, w := range anchors[i].words {
			x.add(w, i)
		}
		for _, w := range anchors[i].cues {
			x.add(w, len(anchors)+i)
		}
	}
	return x.index()
})

// hasAnchor reports whether words of an anchor stand in the line.
func (s *cueSet) hasAnchor() bool {
	return s[0]>>anchorCues != 0
}

// anchoredIn looks at the names in the places of the author's; found are the cues of the
// line that holds the sentence.
func (a *author) anchoredIn(s string, found cueSet) (mention, bool) {
	if !found.hasAnchor() {
		return mention{}, false
	}
	here := anchorIndex().find(s)
	for i := range anchors {
		x := &anchors[i]
		if !here.has(i) || !here.has(len(anchors)+i) {
			continue
		}
		for _, w := range x.words {
			for from := 0; ; { // each time the word stands there: 宣传栏 is none
				at := glance.Index(s[from:], w)
				if at < 0 {
					break
				}
				at += from
				from = at + len(w)
				if x.before != nil && !x.before.MatchString(s[:at]) {
					continue
				}
				if m, ok := a.behindAnchor(s, from, i); ok {
					return m, true
				}
			}
		}
	}
	return mention{}, false
}

// behindAnchor reads the name behind the words of an anchor that end at start.
func (a *author) behindAnchor(s string, start, anchor int) (mention, bool) {
	x := &anchors[anchor]
	for hasAnyPrefix(s[start:], []string{"“", "《", "：", "了"}) {
		start += len("“")
	}
	if a.namedAt(s[start:]) || !isHan(leadingRune(s[start:])) {
		return mention{}, false
	}
	end, b, ok := a.subjectAt(s[start:])
	end += start
	who := x.who
	if who == publisher && b.ofCity() {
		who = likes
	}
	ok = ok && x.after.MatchString(s[end:]) && a.misplaced(&b, who) && (who != likes && who != publisher || !a.besideOwnCity(&b, s)) && !containsAny(s, "转办", "移交", "职责", "该机关", "不属") && who.apart(a.clauseWith(s, start, end))
	return mention{s[start:end], start, end}, ok
}

// clauseWith is the clause of a sentence that holds s[start:end], with the one before it, which may
// name who does what it tells; all of a sentence that names the author elsewhere.
func (a *author) clauseWith(s string, start, end int) string {
	if a.mentionsItself(titles.ReplaceAllString(s[:start], "")+"，"+s[end:], "镇") {
		return s
	}
	from := strings.LastIndexAny(s[:start], "，；")
	from = strings.LastIndexAny(s[:max(0, from)], "，；")
	if to := strings.IndexAny(s[end:], "，；"); to >= 0 {
		s = s[:end+to]
	}
	return s[max(0, from):]
}

var (
	// siteEnds are what the names of the owners of sites stand before.
	siteEnds = strings.Fields("人民政府门户网站 人民政府网站 人民政府官网 政府网站 门户网站 官方网站 官网 网站 ”微信公众号 ”公众号 微信公众号 公众号 政务公众号")
	// usesSite says that the author puts its information there.
	usesSite = lazyregexp.New(`(?:通过|依托|利用|借助|登录|登陆|关注|可在|可到|进入|访问|办好|用好)[^，。；]{0,36}$`)
	// sharedSite says that others' sites were used as well.
	sharedSite = strings.Fields("同步 两地 三地 双方 两县 两区 两局 三县 链接 转载 互推 互联 联动 协同")
)

// siteIn finds another body of the author's kind as the owner of the site that the author
// uses, wherever in a list of sites it stands.
func (a *author) siteIn(s string) (mention, bool) {
	if !containsAny(s, "网站", "官网", "公众号") {
		return mention{}, false
	}
	for _, w := range siteEnds {
		at := strings.Index(s, w)
		if at < 0 {
			continue
		}
		start := strings.LastIndexFunc(s[:at], func(r rune) bool {
			return strings.ContainsRune("、，和与及“过托用助录陆注在到入问好", r)
		})
		if start < 0 {
			continue
		}
		start += len("、")
		if a.namedAt(s[start:]) || !isHan(leadingRune(s[start:])) {
			continue
		}
		end, b, ok := a.subjectAt(s[start:])
		if end += start; ok && a.kinOf(&b) == stranger && !a.besideOwnCity(&b, s) && usesSite.MatchString(s[:start]) && siteOwned.MatchString(s[end:]) && !containsAny(s, tellingApart...) && !containsAny(s, sharedSite...) {
			return mention{s[start:end], start, end}, true
		}
	}
	return mention{}, false
}

// besideOwnCity reports whether a body is the government of a city that the author's own city may
// be below: its site is used beside that of the own one.
func (a *author) besideOwnCity(b *bodyName, s string) bool {
	own := a.names[0].place
	return b.rank == rankGovernment && lastRune(b.core) == "市" && own != "" && strings.Contains(s, own)
}

// siteOwned is the site behind the name of its owner.
var siteOwned = lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:政务)?”?(?:的)?(?:门户网站|政府网站|官方网站|官网|网站|微信公众号|公众号)`)

// ofCity reports whether a body is a city's.
func (b *bodyName) ofCity() bool {
	return strings.HasSuffix(b.place, "市") || b.rank == rankGovernment && strings.HasSuffix(b.core, "市")
}

// apart reports whether no word of the sentence tells the author from the body.
func (w whom) apart(s string) bool {
	switch w {
	case publisher:
		return likes.apart(selfActing.ReplaceAllString(s, "")) && !containsAny(s, sharedSite...)
	case likes, ruler:
		s = strings.NewReplacer("这一做法", "", "这些做法", "", "上述做法", "").Replace(s)
		return !containsAny(s, tellingApart...) && !containsAny(s, selfNames...)
	case itself:
		s = atEase.Replace(promoting.ReplaceAllString(selfActing.ReplaceAllString(s, ""), ""))
		return !containsAny(s, tellingApart...) && !containsAny(s, selfNames...) && !containsAny(s, helping...)
	case owner:
		return !containsAny(s, selfNames...) && !containsAny(s, learning...)
	case ours:
		return !containsAny(s, learning...) && !containsAny(s, helping...) && !containsAny(s, sharedSite...)
	case asked:
		return !containsAny(s, "送我", "报我", "交我", "转我", "两镇", "两局", "两县", "双方")
	case maker, neighbour:
	}
	return true
}

var (
	// ofLeadingGroup is a body's own group for disclosure, behind its name.
	ofLeadingGroup = lazyregexp.New(`^(?:人民政府|政府|办事处|党委|党工委)?(?:政务公开|政府信息公开|信息公开)(?:工作)?领导小组`)
	// rulesOn are the rules on disclosure that a body gave itself, behind its name.
	rulesOn = lazyregexp.New(`^(?:人民政府|政府|办事处|党委)?(?:20\d\d年(?:度)?)?(?:政务公开|政府信息公开|信息公开|依申请公开|信息发布)[^，。；《》]{0,12}(?:要点|方案|计划|制度|办法|规定|流程|目录|清单|指南)`)
	// ownAgenda is what a body has disclosure among, behind its name.
	ownAgenda = lazyregexp.New(`^(?:党组|党委|党工委|人民政府|政府|办事处|机关)?的?(?:20\d\d年?度?)?(?:年度|全年|重点|重要|目标|绩效|日常|议事|议程|工作要点|工作计划|考核|中心工作|干部|科室|会议)`)
	// promoting is what the press is told of a body.
	promoting = lazyregexp.New(`(?:宣传|推介|展示|报道)了?[^，。；我]{2,30}?的(?:好|经验|典型)?做法`)
	// ownMeeting is what a body has for its disclosure, behind its name; to look on at a meeting or to
	// lead another (现场会, 指导) is no such thing.
	ownMeeting = lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:20\d\d年?(?:度)?)?的?(?:(?:政府信息公开|政务公开|信息公开)(?:申请|答复|办理|工作|审查|保密|发布)*|信息化建设(?:工作)?)(?:的)?(?:专题|专项|推进|部署|动员|领导|业务|调度|总结|组织|例)*(?:会|培训|小组|领导)`)
	// groupHead is who leads a body's group for disclosure, behind its name.
	groupHead = lazyregexp.New(`^(?:党委|党工委|党组|政府|办事处)*(?:主要|分管)?(?:领导|负责人|负责同志|主任|副主任|书记|副书记|镇长|副镇长|乡长|副乡长|局长|副局长)(?:同志)?(?:为|任|担任)[^，。；]{0,10}?(?:组长|负责人|责任人)[^。；]{0,20}公开`)
	// ofItsDisclosure is the work on disclosure of the body named before.
	ofItsDisclosure = lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:20\d\d年?(?:度)?)?的?(?:政府信息公开|政务公开|信息公开)`)
	// selfActing is the author as the subject of a clause, and its offices.
	selfActing = lazyregexp.New(`(?:我|本)(?:街道|镇|乡|局|委|单位|县|市|区)(?:党政办公室|党政综合办|党政办|办公室|综合科|综合股|各[^，。；]{1,6})?(?:牵头|统筹|定期|不断|持续|坚持|认真|积极|将|始终|严格|通过)|(?:^|[，；])(?:党政办公室|党政综合办|党政办|办公室)牵头|各(?:科室|部门|站所|股室|村|社区)(?:积极)?配合`)
	// helping are words of what is done for others.
	helping = strings.Fields("帮助 支持 支援 选派 派员 派出 援助 对口 辅导 送教 上门 组织各 全区 全县 全市 各镇 各街道 各县 各单位 列席 参会 跨镇 跨乡 跨街道 跨区 通办 异地 就近")
)

// misplaced reports whether a body has no place where the author's name stands.
func (a *author) misplaced(b *bodyName, who whom) bool {
	switch k := a.kinOf(b); who {
	case maker:
		return k != related || a.otherPlace(b) || a.otherOffice(b)
	case asked:
		return k != related
	case neighbour:
		return k == stranger && b.rank == rankTownship && a.rank == rankTownship
	case ruler:
		return k == stranger && !b.ofCity()
	case likes, itself, owner, publisher, ours:
		return k == stranger
	}
	return false
}

// otherOffice reports whether a body is an office beside the author, one that others name as
// well: no report is made by it for the author.
func (a *author) otherOffice(b *bodyName) bool {
	return a.rank == rankDepartment && b.rank == rankDepartment && b.core != "" && (b.end == "局" || b.end == "委员会" || b.end == "厅") && !a.is(*b) && !startsWithAny(b.core, "省", "市", "国", "政府", "县政府", "区政府") && !containsAny(b.core, "政务公开", "信息公开")
}

// otherPlace reports whether a body is the government of a place that the author is not of:
// for the words that say who made the report, one above or below it is wrong too.
func (a *author) otherPlace(b *bodyName) bool {
	own := a.names[0]
	return b.rank == rankGovernment && a.rank == rankGovernment && own.core != "" && !a.is(*b) && !a.knows(b.core) && b.place != own.core &&
		fullPlace(b.core) && (!containsAny(b.core, zones...) || strings.HasSuffix(b.core, "城区") && !startsWithAny(b.core, "老", "新", "主", "全", "中", "各")) && !containsAny(own.core, zones...)
}

// ownLack is what nobody tells of an office that it has nothing to do with: that something
// did not happen there, or what it lacks.
var ownLack = lazyregexp.New(`^(?:(?:20\d\d|本|全|今)年(?:度|内)?)?[，,]?(?:(?:均|也|尚|亦)?(?:未|没有|无|不存在|从未|暂无)[^，。；]{0,20}(?:公开|公开工作|申请)[^，。；]{0,12}(?:赔偿|问责|纠纷|争议|复议|诉讼|投诉|举报|追责|责任|情形|情况)|(?:均|也|尚|亦)?(?:未|没有|无|从未)[^，。；]{0,6}(?:信息处理费|处理费)|(?:的)?(?:政府信息公开|政务公开|信息公开|依申请公开|主动公开)[^，。；]{0,16}(?:仍需|有待|不足|不够|不强|不高|不及时|薄弱|短板|差距))`)

// inCharge is how people of a body answer for disclosure in its own report.
var inCharge = lazyregexp.New(`^(?:党委|党工委|政府|办事处|党政办|党政综合办|综合办|办公室)?(?:主要|分管)?(?:领导|负责人|负责同志|主任|副主任|书记|副书记|镇长|副镇长|乡长|副乡长|局长|副局长)(?:同志)?(?:为|任|担任|亲自|是|具体|负责|对|牵头)[^，。；]{0,20}?(?:责任人|组长|审签|签发|把关|抓|总责|审核|负责)`)

// namedElsewhere reports whether a body is another office than the author's, of a place that
// is named and is not the author's.
func (a *author) namedElsewhere(b *bodyName) bool {
	own := a.names[0].place
	return b.rank == rankDepartment && b.place != "" && b.place != own && fullPlace(b.place) && !strings.HasSuffix(b.place, "省") && a.otherOffice(b) && !containsAny(b.core, servants...)
}
