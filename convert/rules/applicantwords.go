package rules

import (
	"strings"
	"sync"

	"nianbao/extract/lazyregexp"
)

// The words around the names of applicants, collected from published reports and
// from the papers of the procedure.

var (
	parties = strings.Fields("申请人 申请者 申请公民 申请村民 申请居民 原告 原告人 上诉人 起诉人 投诉人 投诉者 举报人 举报者 信访人 上访人 来信人 来访人 来电人 反映人 诉求人 求助人 咨询人 提问人 " +
		"控告人 申诉人 被征收人 被拆迁人 被征地人 征收户 拆迁户 被征收户 第三人 当事人 异议人 权利人 利害关系人 相对人 被投诉人 被举报人 " +
		"申请复议人 申请公开人 留言人 建议人 查询人 申请方 原告方 答复对象 送达对象 受送达人 收件人 提交人 提出人 申请代表 署名 姓名")
	citizens = strings.Fields("公民 市民 居民 村民 群众 业主 住户 租户 网民 网友 自然人 农民 农户 户主 职工 员工 退休职工 下岗职工 学生 家长 老人 经营者 个体工商户 个体户 商户 " +
		"消费者 考生 读者 患者 社员 退役军人 残疾人 名叫 叫做 位叫 个叫 叫 的")
	// people are the last parts of words for people, of whatever kind.
	people = strings.Fields("师 教师 律师 医生 学生 士兵 军人 店主 车主 户主 房主 船主 摊主 职工 员工 教员 工程师 工 工人 员 户 民 者 人 主 生 友 客 嫂 婆 汉 兵 妻 夫 属 支书 老板 经理 教授 司机 股东 代表 儿子 女儿 父亲 母亲 之子 之女 之妻 之夫 兄弟 弟弟 哥哥 姐姐 妹妹 丈夫 妻子 媳妇 女婿 侄子 孙子 邻居 房东 老兵 老汉 夫妇 对象 青年 女子 男子 妇女")
	// notPeople end like them.
	notPeople = strings.Fields("施工 动工 竣工 开工 手工 分工 加工 民主 为主 自主 卫生 民生 发生 产生 新生 人民 便民 惠民 利民 为民 账户 帐户 用户端 入户 到户 窗户 专户 动员 归属 所属 下属 附属 从属 他人 何人 任何人 本人 每人 个人 法人 全员 人员 成员 党员干部 一人 二人 两人 三人 多人 其人 责任人 负责人 联系人 经办人 承办人 主持人 审核人 发言人 工作人 被申请人")
	// oneWord are words that begin with the last character of one for people and go on with a surname.
	oneWord = strings.Fields("师傅 主张 主任 主管 工程 工会 工商 民族 生成 生平 户籍 户均 代表 属于 人权 人均 员额 者包 客车 友谊")
	// servantsOfBody are those who act for an agency.
	servantsOfBody = strings.Fields("工作人员 管理员 审核员 信息员 校对员 指导员 书记员 公务员 办事员 值班员 专管员 协管员 联络员 承办人 经办人 公职律师 人大代表 政协委员 党代表 代表委员 企业代表 法律顾问 顾问 代理人 代理律师 委员 队员 调解员 宣传员 监督员 观察员 评议员")
	receiving      = strings.Fields("来自 被 收到 收到了 接到 接到了 接收 接收到 受理 受理了 收悉 收取 签收 收 接 接待 办理 办结 处理 答复 书面答复 已答复 答复了 回复 已回复 回复了 告知 书面告知 " +
		"已告知 抽查发现 检查发现 自查发现 核查发现 排查发现 送达 约谈 函复 函告 回函 通知 转来 转办 转交 移交 交办 登记 审查 批转 致函 邮寄 寄送 提供 针对 关于 涉及 有关 就 对 对于 向 为 给 由 因 系 是 与 同 和 根据 按照 依 依据 应 经 将 把 请 其中 包括 " +
		"分别为 分别是 分别系 有 即 如 及 撤销 维持 支持 驳回 不服")
	// receipts are those after which even an ordinary word may be a name.
	receipts = []string{"收到", "接到", "受理", "答复", "回复", "告知"}
	// placeEnds are how places and organisations end that people are named by.
	placeEnds = strings.Fields("社区 村 村委会 居委会 镇 乡 街道 街 小区 组 队 号 区 县 市 省 州 路 巷 弄 室 栋 幢 楼 单元 层 屯 庄 湾 湾子 苑 园 城 寨 坪 沟 户 里 公司 事务所 集团 合作社 企业 学校 " +
		"中学 小学 协会 银行 单位 厂 店 院")
	// papers are what people hand in, or the procedure they start.
	papers = strings.Fields("申请 来信 来函 来访 来电 投诉 举报 信访 复议 诉讼 起诉 反映 诉求 咨询 信件 控告 上访 留言 答复书 告知书 补正 答复意见 异议 不服 官司 立案 一案 索取 索要 公开请求 信息需求")
	// doings follow a name where the person does something that only applicants do.
	doings = strings.Fields("提出 提交 递交 提起 申请 要求公开 要求获取 要求提供 要求查 请求公开 请求提供 请求获取 来信 来函 来电 来访 反映 投诉 举报 信访 上访 控告 申诉 不服 诉 起诉 将我 以我 向我 向本 " +
		"邮寄 寄来 寄送 寄出 发来 递来 当面申请 书面申请 现场申请 在线申请 网上申请 线上申请 政府信息公开申请 信息公开申请 公开申请 政府信息公开 信息公开一案 信息公开案 依申请公开 的政府信息公开 的信息公开 的依申请 " +
		"的申请 的公开申请 的行政复议 的复议 的诉求 的来信 的来函 的投诉 的举报 的信访 的咨询 的诉讼 的起诉 所提 所申请 所反映 提请 索取 索要 撤回 撤诉 补正 逾期 查询 查阅 咨询 求助 留言 致电 拨打 " +
		"实名举报 实名投诉 实名反映 实名信访 匿名举报 具名 案 一案 等人提 等人申请 再次申请 多次申请 又申请 重复申请 分别申请 先后申请 连续申请 反复申请 再次提 多次提 先后提 分别提 书面提出 当面提出 口头提出 联名提出 现场提出 网上提出 来函提出 来信提出 书面提交 当面提交 当面递交 书面要求 书面请求 认为 主张 诉称 称 行政复议 行政诉讼 信访案 信访事项")
	// goings lead on from a name to what the person does; the sentence must then
	// speak of papers.
	goings = strings.Fields("关于 就 对 因 以 通过 向 于 在 与 等 为 的 和 及 以及 同 、 （ ( 先生 女士 小姐 同志 老人 阿姨 大爷 大妈 大姐 大叔 大娘 大哥 师傅 老师 夫妇 夫妻 一家 一行 本人 律师 自 经 从 诉 要求 请求 两 二 三 四 五 " +
		"分别 先后 多次 再次 首次 共同 联名 提 拟 曾 所 作为 委托 父子 母子 兄弟 姐妹 家属 为了 为获取 为了解 需 希望 想 使用 采用 采取 登录 持 到 至 来 没有 未 不 已 并 又 均 也 电话 致函 打电话 打来 写信 网上 线上 微信 当面 现场 书面 口头 联名 共同 沟通 协商 出具 送达 发送 作出 表示 提 投 信函 邮件 快递 电子邮件 传真 网络 平台 来件 “ ” 《 ： 代其 受其 代表")
	// endings may follow a name that a word for a party leads.
	endings = "，,。；;、：:（()）“”\"'《》〈【】/－-·"
	// partyEnds are words that end the name of a party.
	partyEnds = strings.Fields("时， 时, 时。 之 本人 个人 一人 名下 家属 家中 住所 户 一方 的")
	// exceptions stand before the one applicant told apart from the others, aloneAfter behind.
	exceptions = strings.Fields("除 除了 仅 仅有 只有 唯有 仅是 仅为 只是 唯独")
	aloneAfter = strings.Fields("外 之外 以外 一人 一件 两件 1人 1件 因 由于")
	// manners begin what a party does, behind a name of full length.
	manners = strings.Fields("涉及 所涉 住 现住 家住 系 是 来自 户籍 代其 受其 委托 授权 表示 声明 承诺 签字 认可 到场 未到 长期 一直 始终 反复 持续 随后 遂 仍 还 再 接到 收到 签收 领取 提供 补充 确认 缴纳 明确表示 坚持 无正当 拒绝 撤回 放弃 接受 同意 获取 获得 获 荣获 得到 被 发放 支付 兑现 给予 颁发 奖励 奖金 取得 查看 复制 起初 原 此前 已经 今年 去年 当日 年内 年初 年底 亲自 独自 未能 未在 未按 专程 特意 特地 专门 送来 送上 致谢 将一面 将锦旗 将感谢信")
	// officials are the words by which a person of the agency is named.
	officials = strings.Fields("局长 副局长 主任 副主任 书记 副书记 镇长 副镇长 乡长 副乡长 区长 县长 市长 省长 科长 副科长 处长 厅长 部长 组长 副组长 队长 所长 站长 院长 庭长 会长 主席 委员 常委 " +
		"党委 党组 法官 审判员 审判长 检察官 书记员 联络员 专员 负责人 责任人 联系人 经办人 承办人 受理人 发言人 记者 通讯员 编辑 干部 网格员 民警 同志为 担任 任组长 为组长 为副组长 主持 带队 带头 出席 讲话 授课 主讲 分管 " +
		"督导 批示 强调 指出 接访 率队 任 兼任")
	// starts are the doings that no ordinary word is followed by.
	starts = strings.Fields("提出， 提出, 提出政府 提出的 提出信息 提出申请 提交 递交 提起 申请公开 申请获取 申请查 因对 因不服 不服 诉我 诉本 起诉 等2 等3 等4 等5 等6 等7 等8 等9 等1 等两 等三 等人")
	// acting follow the name of somebody who acts for an agency.
	acting = strings.Fields("具体负责 负责 牵头 办理 答复 承办 受理 审核 审签 主审")
)

// procedureChapters are the chapters about applications and challenges, where every
// sentence may name a party.
var procedureChapters = []string{"applications", "legal_challenges"}

var (
	// beforeName are words and marks between the word for a party and the name.
	beforeName = lazyregexp.New(`(?:[：:（(“"\[【]|一?栏(?:目)?|(?:填写|填报|登记|记载|注明|署名|载明|落款)|为|是|系|即|叫|分别|姓名|名字|名称|代表|之一|本人|方|均|自然人|[（(][^（）()]{1,12}[）)]|\d{1,3}|[一二三四五六七八九十]|[（(]?男|女)$`)
	// kindOfThings follows what is no name but the beginning of a kind: 施工合 of 施工合同类信息.
	kindOfThings = lazyregexp.New(`^\p{Han}{0,6}类(?:信息|政府信息|申请|事项|案件|问题|诉求|需求|公开|投诉)`)
	// partyCalled is the word for a party with 名为 behind it.
	partyCalled = lazyregexp.New(`(?:申请人|申请者|原告|投诉人|举报人|信访人|上诉人|当事人|第三人|异议人)(?:本人|的)?(?:名为|名叫|(?:真实)?姓名(?:是|：|:))$`)
	// oftenAsking is when or how often a party asked, or what it was charged, behind its name.
	oftenAsking = lazyregexp.New(`^(?:[一两二三四五六七八九十半\d]{1,3}个?(?:自然)?(?:月|年|周|天|日|次)|短期内|短时间|同月|当月|当年|同年|全年|[上下]半年|年内|单月|月内|本月|首月|季度|发出|寄出|收取|收费|计收|一次性|连续|累计|频繁|超[过出])`)
	// ofParty is the word for a party with the place the person is of: 申请人系青石村….
	ofParty = lazyregexp.New(`(?:申请人|申请者|原告|投诉人|举报人|信访人|来信人|上诉人|当事人|(?:申请|投诉|举报|起诉|反映)[^，。；]{0,16}的)(?:分别|依次|主要|均)?(?:系|为|是|：|:|[（(])[^，。；]{0,30}$|(?:申请|投诉|举报|来信|复议|诉讼)(?:均|都|主要|全部)?(?:来自|出自)[^，。；]{0,12}$`)
	// partyRoles are the words for a party that byRole looks for.
	partyRoles = strings.Fields("申请人 申请者 原告 投诉人 举报人 信访人 来信人 上诉人 当事人")
	// byRole is the word for a party with what the person is: 申请人系青石村原支书….
	byRole = lazyregexp.New(`(?:申请人|申请者|原告|投诉人|举报人|信访人|来信人|上诉人|当事人)(?:分别|依次|主要|均)?(?:系|为|是|：|:)[^，。；：]{0,20}$`)
	// asksSoon is what a member of the public asks for, words after the name.
	asksSoon = lazyregexp.New(`^\p{Han}{0,8}?(?:申请公开|申请获取|申请查|提出|提交|递交|要求公开|要求提供|不服|起诉|投诉|举报|索要)`)
	// askedOnce begins what a member of the public did and when, behind a name that may be a word.
	askedOnce = lazyregexp.New(`^(?:曾|先后|多次|反复|再次|[两三四五六七八九\d]+次)[^，。；]{0,20}(?:投诉|举报|申请公开|反映|提出|提交|起诉|上访|复议)`)
	// togetherAsked goes on from a name to others with whom the person handed something in.
	togetherAsked = lazyregexp.New(`^(?:及|和|与|以及|、)[^，。；]{1,24}(?:提出|提交|递交|提起|申请)(?:[，。；]|$)`)
	// datedAsking is the day on which the one named before handed something in.
	datedAsking = lazyregexp.New(`^(?:于)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日|底|初|末)?(?:提交|提出|递交|申请|邮寄|寄来)`)
	// joinedParty is one more of those who asked, behind a name.
	joinedParty = lazyregexp.New(`^(?:和|与|及|以及)(?:\p{Han}某|[一两二三四五六七八九十\d]+[家名位人]|其他|另)`)
	// answeredTo is an answer to the one named before it.
	answeredTo = lazyregexp.New(`^(?:作出|出具|送达|发送|制发|下达)了?的?[^，。；]{0,16}(?:答复|告知|决定书|通知书|不予公开)`)
	// answers are how answeredTo begins.
	answers = strings.Fields("作出 出具 送达 发送 制发 下达")
	// handedIn is what one hands in whom a bracket tells more of.
	handedIn = lazyregexp.New(`^（[^（）]{1,16}）[^，。；]{0,10}(?:递交|提交|提出|寄来|邮寄|送来)`)
	// handed says that a paper went to the one named next.
	handed = lazyregexp.New(`(?:送达|交付|交给|寄给|交到|面交|答复|告知|提供给|退还|转达)[^，。；：]{0,14}$`)
	// proposal is what deputies put forward.
	proposal = lazyregexp.New(`^[^，。；]{0,12}?(?:建议|提案|议案|研讨|座谈)`)
	// registered is what a register of applications holds behind the name.
	registered = lazyregexp.New(`^[，,、|/；]?[^。；]{0,12}?(?:信函|邮寄|网络|网上|在线|当面|现场|窗口|传真|邮件|邮政|男|女|\d{4}年|\d{1,2}月|申请|身份证|住址|电话|要求|公开|批复|答复|重复)|^[，,、|/；][^，。；]{2,24}[，,、|/；](?:已|全部)?(?:予以|部分|不予|无法|告知|转办|公开|答复|办结)`)
	// maskedBefore is a masked name with a bracket that lifts the mask.
	maskedBefore = lazyregexp.New(`(?:[某*＊×○〇]|[XxＸ]{2})(?:先生|女士|同志|等)?[（(](?:本名|真名|实名|原名|真实姓名|全名|即|姓名|化名)?(?:为|是|系|[:：])?$`)
	// servedTo leads up to the party to whom what served begins with is done.
	servedTo = lazyregexp.New(`(?:向|给|为|对|与)(?:申请人|当事人|原告|投诉人|举报人|信访人)$`)
	served   = strings.Fields("送达 出具 邮寄 寄送 发送 作出 制发 提供 说明 解释 反馈 书面 当面 电话")
	// togetherAs are those named before as one party.
	togetherAs = lazyregexp.New(`^(?:夫妇|夫妻|父子|母子|父女|母女|兄弟|姐妹|[一两二三四五六七八九十\d]+人|等人)的?(?:政府信息|信息|公开)*(?:申请|复议|诉讼|投诉|举报|来信)`)
	// countedParty counts the one named before it: 收到某某1人的申请.
	countedParty = lazyregexp.New(`^(?:1|一)人(?:的|提出|提交|申请)`)
	// maskedList are masked names before one more name, listedMasked behind one.
	maskedList   = lazyregexp.New(`(?:\p{Han}(?:某{1,2}|[*×]{1,2})(?:先生|女士)?(?:、|和|与|及|以及|，))+$`)
	listedMasked = lazyregexp.New(`^(?:(?:、|和|与|及|以及)(?:另一)?(?:申请人|村民|居民|市民|公民|业主|群众|商户)?\p{Han}(?:某{1,2}|[*×]{1,2})(?:先生|女士)?)+`)
	// linkMarks and startMarks are the last characters of what the two patterns match.
	linkMarks  = "：:（(“\"[【为是系即叫别名字称表一人方均然写报记载明名款栏目）)男女0123456789二三四五六七八九十"
	startMarks = "：:。，,；;、（(“\"》日号月份同次今去年初底间①②③④⑤⑥⑦⑧⑨⑩.．)）"
	startOf    = lazyregexp.New(`(?:^|[：:。，,；;、（(“"》]|\d{1,2}[日号]|\d{1,2}月份?|当日|同日|次日|今年|去年|年初|年底|期间|[①②③④⑤⑥⑦⑧⑨⑩]|\d[.．、)）])$`)
	inBrackets = lazyregexp.New(`[件例起宗份][（(：:]$`)
	// companies end a list that looks like names: 万科、恒大等企业.
	companies = lazyregexp.New(`^[^。；]{0,20}?(?:等(?:\d+|[一二三四五六七八九十]+)?[家个]?|有限|股份|集团)(?:大型|知名|重点|民营|房地产)?(?:企业|公司|单位|机构|商户|集团|部门|媒体|平台|地区|城市|区县|领域|村|社区)`)
)

var (
	// placesListed ends a list of villages that begin like names: 张家坳、李子坪三个村.
	placesListed = lazyregexp.New(`^(?:[、和与及]\p{Han}{2,6}?)*(?:等(?:[一两二三四五六七八九十]{1,3}|\d{1,3})?|[两二三四五六七八九十]{1,3}|\d{1,3})个?(?:行政村|自然村|村民小组|居民小组|小组|村|社区|组|屯|寨|湾|小区|镇|乡|街道|片区|居委会|村委会)|^等(?:[一两二三四五六七八九十]{1,3}|\d{1,3})个\p{Han}{0,8}?(?:项目|地块|工程|路段|楼盘|点位)`)
	// withCompany ends a list of persons with a company that is named by its place.
	withCompany = lazyregexp.New(`^(?:、\p{Han}{2,4})*(?:、|和|与|及|以及)\p{Han}{2,6}[县市区旗省州]\p{Han}{2,16}(?:公司|合作社|厂|中心|商行|经营部)`)
	// mostAsking leads up to the one who asked most or first.
	mostAsking = lazyregexp.New(`(?:申请|提交|递交|提出|反映|投诉|举报|起诉|复议)[^，。；]{0,12}(?:最多|最早|最频繁|最勤|最高|最集中)的?(?:是|为|系)\p{Han}{2,12}$|(?:最多|最早|最频繁|最先)(?:申请|提交|递交|提出|反映|投诉|举报|起诉)[^，。；]{0,12}的?(?:是|为|系)\p{Han}{2,12}$`)
	// ofSeveral are the applications of one named for several.
	ofSeveral = lazyregexp.New(`^等人(?:的)?(?:\d+|[一两二三四五六七八九十]+)?[件份项宗起]?(?:重复|政府信息公开|政府|信息公开|依申请公开|公开|行政)*(?:申请|复议|诉讼|起诉|投诉|举报|信访)`)
)

// bodies are how the names of organisations end, written so that no part of a person's
// clause does.
var bodies = strings.Fields("公司 集团 事务所 律所 村民委员会 居民委员会 村委会 居委会 业主委员会 业委会 委员会 合作社 合作联社 联合社 经济社 企业 协会 学会 商会 基金会 联合会 研究所 研究院 研究会 设计院 医院 卫生院 诊所 " +
	"药店 药房 学校 大学 学院 中学 小学 幼儿园 银行 信用社 支行 分行 保险 酒店 饭店 宾馆 商行 商店 超市 商场 工厂 酒厂 药厂 矿业 置业 物业 地产 房产 实业 科技 农场 林场 牧场 养殖场 家庭农场 加工厂 砖厂 " +
	"报社 杂志社 电视台 出版社 工作室 经营部 服务部 服务站 中心 俱乐部 编辑部 党支部 小组 工会 团队 有限 股份 政府 办事处 法院 检察院 代表处 分公司 联盟 平台 门诊 建材 机械厂 门市 门店 庄园 祠堂 宗亲会 寺 教会")

// placesAfter end the name of a place that begins like a person's; notPlaces begin alike.
var (
	placesAfter = strings.Fields("村 镇 乡 社区 街道 小区 花园 新区 开发区 县 市 区 省 州 屯 组 路 街 水库 河 湾村 片区 新村 广场 大道 山庄 公馆 家园 苑")
	notPlaces   = strings.Fields("村民 社员 居民 市民 区分 路过 组织 市长 县长 镇长 乡长 村务 镇政府信息 乡政府信息 市政府信息 县政府信息 区政府信息 州政府信息 省政府信息 区征收 县征收 市征收")
	// bodyBreaks end the search for such an ending: the clause goes on.
	bodyBreaks = strings.Fields("关于 就 对 因 以 通过 向 于 在 与 等 为 的 和 及 同 要求 请求 诉 不 先生 女士 同志 认为 所 作为 委托 系 是 住 现 原 自 从 经 分别 先后 多次 再次 曾 未 已 并")
	notBreaks  = strings.Fields("经贸 经济 经营 经纪 经典 自来水 自动 原料 原生 现代 现货 对外 同仁 同创 不锈钢 住宅 住房 因特 为民 和谐 和平 已成 通过式")
	// notDoings begin like what a person does and are things of the procedure.
	notDoings = strings.Fields("诉讼费 诉讼请求 诉讼权 诉讼材料 诉讼成本 诉讼代理 诉求 投诉人 投诉率 投诉电话 投诉渠道 举报人 举报电话 举报渠道 信访人 申请人 申请渠道 申请方式 申请书 申请表 申请费 申请条件 申请材料 申请权 查询服务 查询点 查询机 查阅点 查阅室 查阅场所 查阅服务 咨询服务 咨询电话 " +
		"咨询台 案由 案件 案号 案例 案卷 称号 称赞 称职 要求公开的 来电来访 来信来访 反映强烈 反映渠道 认为必要")
)

// tells are the words without which a sentence names no applicant.
var tells = strings.Fields("申请 原告 投诉 举报 信访 来信 来访 上访 上诉 复议 诉讼 起诉 诉我 诉本 反映 征收 拆迁 来电 来函 咨询 求助 留言 控告 一案 第三人 当事人 不服 诉至 书面答复 已答复 答复了 答复书 告知书 补正 要求公开 请求公开 审理")

// tellsApplicant reports whether a sentence holds one of the words that tell of applicants.
func tellsApplicant(s string) bool {
	found := tellIndex().find(s)
	return found.has(applicantCues)
}

// tellIndex finds those words alone: of most sentences no character begins one. It is made
// once and never changed.
var tellIndex = sync.OnceValue(func() *cueIndex {
	x := cueList{}
	for _, w := range tells {
		x.add(w, applicantCues)
	}
	return x.index()
})
