package rules

import (
	"regexp"
	"strings"
)

// The words that reports have for their author and for other bodies, collected
// from published reports.

var (
	// asSubject is what follows the author's name as a subject.
	asSubject = regexp.MustCompile(`^(?:20\d\d年(?:度)?[，,]?)?(?:街道办事处|人民政府|政府|党委政府|党委、政府|党委|党工委、办事处|党工委|党组|办事处|机关)?(?:党政办公室|党政办|办公室)?[，,]?(?:在[^。，,]{1,40}[，,])?(?:始终|主动|利用|紧紧|全年|一直|切实|坚决|严格|认真|高度重视|积极|深入|全面|坚持|紧紧围绕|紧扣|围绕|持续|不断|进一步|大力|扎实|按照|根据|依据|以习近平|以公开|以政务公开|主动公开|共主动|` +
		`依法|共|向社会|未接到|接到|均|累计|未收到|没有收到|没有发生|未发生|无因|收到政府|共收到|共受理|共公开|共发布|受理政府|新收|认真贯彻|充分|及时|精心|着力|聚焦|通过|依托|利用|借助|结合|共有|设立|设置|开展|制定|对照|落实|推进|做好|规范|创新|拓宽|优化|提升|严把|压实|把握|注重|突出|坚定|全年|本年|强化|加强|健全|完善|建立健全|成立了|召开|高标准|将(?:从|在|把|对|按|坚持|重点|着力|切实|不断|全面|深入|加强|严格|继续|进一步|以)|稳步|有序|深化|狠抓|牢固|严守|统筹|把政|把信息|将政|在(?:推进|开展|办理|做好)?(?:政府信息公开|政务公开|信息公开|信息发布)|(?:还|仍|尚)?存在|虽然?在|(?:20\d\d年(?:度)?|本年度)?(?:没有|未|无)(?:其他|收|需|发生|因|接|产生|制定))`)
	ofDisclosure = regexp.MustCompile(`^(?:人民政府|政府|办事处|街道办事处)?(?:20\d\d年?(?:度)?)?(?:的)?(?:政府信息公开|政务公开|信息公开|政府信息)`)
	ownThings    = regexp.MustCompile(`^(?:人民政府|政府|办事处)?(?:党政(?:综合)?办公?室?|党委|党工委|便民服务中心|政务服务中心|门户网站|政府网站|网站|微信公众号|公众号|政务新媒体|领导班子|机关干部|干部职工|全体干部|各村|各社区|各站所|各科室|的?实际|经济社会|高质量|` +
		`的?(?:改革|发展|形象|新形象|特色|经济|新貌|变化|知名度|美誉度|影响力|工作|各项))`)
	// promoting are the words before the name of what a report praises.
	promoting = strings.Fields("宣传 宣传了 推介 展示 展示了 推动 推动了 促进 促进了 助推 助力 提升 提升了 塑造 树立 展现 展现了 讲好 打响 扩大 维护 介绍 反映")
	reform    = regexp.MustCompile(`^(?:人民政府|政府)?的?(?:改革|发展变化|改革发展|经济社会发展|新形象|良好形象|工作成效|高质量发展)`)
	// announcing are the words before the name in the announcement of the report.
	announcing = regexp.MustCompile(`(?:现将|现就|现把|现公布|现发布|现公开|现对|特公布|特向社会公布|特向社会公开|向社会公布|向社会公开|公布|发布|编制|本报告由|本年度报告由|本报告是|本年报由|报告由|本报告为|报告为|以上为|以上是|关于|[，,]由|[”》]|^)[“《]?$`)
	reportOf   = regexp.MustCompile(`^(?:人民政府|政府|街道办事处|办事处|办公室)?(?:党政(?:综合)?办公?室?)?(?:(?:20\d\d|本)年?(?:度)?(?:的)?(?:政府信息公开|政务公开|信息公开)[^。；]{0,16}(?:报告|年报|情况)|(?:编制|负责编制|根据[^。]{0,60}编制|按照[^。]{0,60}编制))`)
	// contact is the sentence that says whom to ask.
	contact    = regexp.MustCompile(`(?:疑问|意见|建议|咨询|联系|查阅|下载|查询)`)
	contactEnd = regexp.MustCompile(`^[^，。；、（(]{0,20}?(?:联系|咨询|[（(](?:联系)?(?:地址|电话)|[:：])`)
	asked      = []string{"请与", "可与", "与", "联系", "致电", "咨询", "向", "联系:", "联系："}
	officeOf   = regexp.MustCompile(`^(?:人民政府|政府|街道办事处|办事处|党政(?:综合)?办公?室?|党委|党工委|便民服务中心|政务服务中心)`)
	// addressLead is what stands before the township in the author's address.
	addressLead = regexp.MustCompile(`(?:地址|地点)(?:为|是|在|位于)?[:：]?$`)
	// sites are words before the name of the owner of a web site or the like.
	sites  = strings.Fields("通过 依托 利用 借助 登录 登陆 关注 在 和 及 或 或者 开设 运营 建设 维护 做好 用好 办好 更新 “ 充分利用")
	siteOf = regexp.MustCompile(`^(?:人民政府|政府|办事处)?(?:门户网站|政府网站|官方网站|官网|网站|微信公众号|公众号|政务微博|政务微信|政务新媒体|信息公开专栏|政务公开栏|公开栏)`)
	// caring are words before what a report says of the author's own work.
	caring        = strings.Fields("做好 推进 加强 规范 完善 提升 提高 改进 开展 负责 统筹 抓好 保障 确保 结合 围绕 立足 根据 按照 针对 关于 深化 强化 促进 推动 优化 细化 修订 编制 制定 更新 明确")
	circumstances = regexp.MustCompile(`^(?:有关)?的?(?:工作)?(?:实际|有关政府信息公开|政府信息公开|政务公开|信息公开)`)
	steadfast     = regexp.MustCompile(`^(?:党委、?政府|党工委、?办事处|人民政府|政府|办事处)?(?:均能|均按|始终|高度重视|认真|严格|切实|坚持以|坚决|全面贯彻|深入贯彻|未收到|没有收到|未发生|将继续|将进一步|主动公开|共公开|共受理|共收到)`)
	// visiting is what follows where people of the other body are spoken of.
	visiting = regexp.MustCompile(`^(?:党委|党工委|人大|政府|办事处)?(?:书记|副书记|镇长|副镇长|乡长|主任|主席|委员|领导|干部|代表团|考察团|一行|籍|人大代表)`)
	// subjectStart is what may stand before a subject.
	subjectStart = regexp.MustCompile(`(?:^|[。；！？：:\n]|[一二三四五六七八九十\d][、.．是]|[）)]|情况[。：:]?|20\d\d年(?:度|以来|来)?[，,：:]?|今年(?:以来)?[，,]?|一年来[，,]?|本年度[，,]?|年内[，,]?|全年[，,]?|年初以来[，,]?|下一步[，,]?|下一(?:年度?|阶段)[，,]?|今后[，,]?|新的一年[，,]?|为此[，,]?|目前[，,]?|截[至止][^，。,]{2,14}[，,]?|要求[，,]|部署[，,]|规定[，,]|精神[，,]|领导下[，,]|指导下[，,]|支持下[，,]|原则[，,])$`)
)

// aside are words near a name that make it another body's, named rightly.
var aside = strings.Fields("学习 借鉴 参观 考察 调研 赴 前往 对标 典型 例如 比如 为例 会同 联合 转交 移交 转办 移送 毗邻 相邻 接壤 来自 划归 并入 合并 撤销 撤并 结对 帮扶 对口 交流 兄弟 友邻 周边 邻近 对接 协助 " +
	"指导 督促 督导 检查 抽查 走访 慰问 案例 经验 做法 试点 示范点 先进 授予 评为 表彰 通报 转发 印发的 举行 在 到 于 从 由 赴")

// notLast are characters that a township's name does not end with before 镇, 乡
// or 街道 (各镇, 古镇, 由镇…).
const notLast = "大各全我本该某每外其两几乡城集村小古重新老镇这那市县区强名水家故返回下兴助入进由并经从到向请让使给被据依照时起来已未没都也还再又需须或者等的和与及对在是为将把以所若如则就"

// notNames are words that stand before 镇, 乡 and 街道 and name none.
const notNames = `特色 中心 建制 示范 试点 主要 辖区 所有 相关 有关 街道 社区 部分 多个 个别 下辖 其他 邻近 沿街 背街 商业 美丽 山水 城乡 文化 历史 传统 农业 工业 旅游 生态 景德
	组织 成立 加强 推进 推动 提升 完善 发挥 落实 强化 结合 召开 开展 要求 动员 发动 整合 统筹 依托 做好 规范 优化 提高 建立 健全 印发 制定 下发 形成 通过 利用 设立 设置 明确 指定 指导 督促 围绕 立足 聚焦
	根据 按照 公开 发布 调整 更新 维护 充实 配齐 任命 安排 确定 选派 抽调 邀请 联合 协调 配合 接受 服务 深入 关于 负责 打造 建设 创建 保障 确保 促进 宣传 展示 反映 及时 积极 主动 全面 不断 切实 认真 严格 充分
	实行 坚持 实施 执行 贯彻 编制 修订 梳理 汇总 收集 报送 上报 提交 上级 党委 政府 今年 去年 全年 年度 本年 目前 分管 主管 领导 干部 工作 信息 政务 乡村 镇村 村级 区级 县级 市级 省级 两级 三级 居民 群众 人民 企业
	单位 部门 机构 网络 网站 平台 方便 惠及 面向 针对 覆盖 涉及 包括 其中 以及 任何 同类 协助 转交 移交 参加 出席 召集 开通 运营 管理 改善 引导 激励 鼓励 支持 帮助 获得 荣获 争创 办理 承办 协办 主办 答复 受理 收到 处理 承接 常态 常规 始终 高度 基层 依靠 借助 增强 解决 会同`

// Cues of the patterns below.
var (
	announceWords = []string{"现将", "现公布", "现发布", "现公开", "特编制", "社会公", "报告由", "报告是"}
	contactWords  = []string{"请与", "可与", "请联系", "可联系", "请向", "可向", "请致电", "可致电"}
)

// officeVerbs begin what an office says of its own work.
var officeVerbs = strings.Fields("认真 高度 严格 深入 全面 坚持 坚决 积极 始终 扎实 未收到 未接到 没有 共收到 共受理 主动 共主动 共公开 加强 不断 持续 依法 聚焦 围绕 进一步")

var (
	officeAnnounced = regexp.MustCompile(`(?:现将|现公布|现发布|现公开|特编制|特向社会公布|特向社会公开|向社会公布|本报告由|本年度报告由|本报告是由?)[“《]?((?:\p{Han}{2,8}(?:省|市|县|区|州|旗))*)(\p{Han}{2,16}?)(局|委员会|厅)(?:办公室)?((?:20\d\d年?(?:度)?(?:政府信息公开|政务公开|信息公开)[^。；]{0,12}(?:报告|年报|情况)|开展(?:政府信息公开|政务公开|信息公开)[^。；]{0,12}情况|编制|负责编制))`)
	officeSubject   = regexp.MustCompile(`^(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])?(?:20\d\d年(?:年?度|以来)?[，,]?|今年(?:以来)?[，,]?|一年来[，,]?|本年度[，,]?|全年[，,]?)?((?:\p{Han}{2,8}(?:省|市|县|区|州|旗))*|[省市县区州])(\p{Han}{2,16}?)(局|委员会)(?:党组|党委)?((?:认真贯彻|高度重视|严格按照|严格遵循|严格执行|深入贯彻|全面贯彻|坚持以|坚持公开|坚决贯彻|积极贯彻|认真落实|严格落实|始终坚持|始终把|扎实推进|认真学习|未收到|未接到|没有收到|共收到|共受理|主动公开|共主动|共公开|加强政务|加强政府|加强信息|不断加强|不断完善|持续|积极推进|依法|聚焦|围绕|进一步)[^。]{0,80})`)
	officePraised   = regexp.MustCompile(`(?:宣传|推介|展示)了?((?:\p{Han}{2,8}(?:省|市|县|区|州|旗))*)(\p{Han}{2,16}?)(局|委员会)的?(?:改革与发展|改革和发展|改革发展|良好形象|新形象)`)
	officeContact   = regexp.MustCompile(`(?:疑问|意见|建议|咨询)[^。]{0,12}(?:请|可)(?:与|联系[:：]?|向|致电)((?:\p{Han}{2,8}(?:省|市|县|区|州|旗))*)(\p{Han}{2,16}?)(局|委员会)(?:党政办公室|办公室|综合科|[^，。（(]{0,6}科)?(?:联系|咨询|[（(，,])`)
)

// selfWords are the words by which bodies call themselves, with the ends of the
// names that may; after is what makes them something else.
var selfWords = []struct {
	words []string
	ends  []string
	after *regexp.Regexp
}{
	{[]string{"我镇", "本镇"}, []string{"镇"}, regexp.MustCompile(`^[静定压守痛]`)},
	{[]string{"我乡", "本乡"}, []string{"乡"}, regexp.MustCompile(`^(?:村(?:振|建|旅|治|文)|镇|土|愁|亲|音|间|下|本土|人)`)},
	{[]string{"我街道", "本街道", "我街办"}, []string{"街道", "街", "街道办"}, regexp.MustCompile(`^[路旁两]`)},
	{[]string{"我局", "本局"}, []string{"局", "署", "厅", "委员会", "管委会"}, regexp.MustCompile(`^[限部面域势]`)},
	{[]string{"全镇"}, []string{"镇"}, regexp.MustCompile(`^[静定压域]`)},
	{[]string{"全乡"}, []string{"乡"}, regexp.MustCompile(`^(?:村(?:振|建|旅|治)|镇|土)`)},
	{[]string{"我校", "本校"}, []string{"校", "大学", "学院", "中学", "小学", "幼儿园"}, regexp.MustCompile(`^[准正验对]`)},
	{[]string{"我院", "本院"}, []string{"院"}, regexp.MustCompile(`^[落士线]`)},
	{[]string{"我委", "本委"}, []string{"委", "委员会", "管委会", "党委"}, regexp.MustCompile(`^[托派任屈实婉员会]`)},
	{[]string{"我厅", "本厅"}, []string{"厅"}, regexp.MustCompile(`^堂`)},
	{[]string{"我中心", "本中心"}, []string{"中心"}, regexp.MustCompile(`^(?:城|镇|组|词)`)},
	{[]string{"我馆", "本馆"}, []string{"馆", "文化", "档案"}, regexp.MustCompile(`^藏`)},
	{[]string{"我社区"}, []string{"社区"}, regexp.MustCompile(`^(?:的我)`)},
	{[]string{"我分局"}, []string{"分局"}, regexp.MustCompile(`^[面部]`)},
	{[]string{"我支队", "我大队", "我总队"}, []string{"队"}, regexp.MustCompile(`^[伍列]`)},
	{[]string{"我公司", "本公司", "我集团"}, []string{"公司", "集团"}, regexp.MustCompile(`^(?:章程)`)},
	{[]string{"我管委会"}, []string{"管委会", "管理委员会", "开发区", "新区", "园区"}, regexp.MustCompile(`^(?:员)`)},
}

// placeWords are the words by which a place calls itself, with the ends of the places that
// a body of it is sure not to be: no district has counties.
var placeWords = []struct{ word, never string }{
	{"我县", "区市州省盟"}, {"我区", "县旗市州省盟"}, {"我旗", "县区市州省"}, {"我市", "州省盟"}, {"我州", "省"}, {"我盟", "省市"},
}
