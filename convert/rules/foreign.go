package rules

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/extract"
)

// A report may name other bodies in many ways: upper, sister and subordinate
// ones, places where something happened, models to learn from. What it may not
// is to speak of another as of itself. So a name counts only in the words a
// report has for its author: as the subject of its sentences (青石镇认真贯彻…),
// in the announcement of the report (现将青石镇2021年…), in its contacts, as what
// it promotes (宣传青石镇的改革与发展), and in the words 我镇, 我局.

// mention is a name that the report uses as its author's.
type mention struct {
	name       string
	start, end int // bytes of the line
}

var (
	// asSubject is what follows the author's name as a subject.
	asSubject = regexp.MustCompile(`^(?:20\d\d年(?:度)?[，,]?)?(?:街道办事处|人民政府|政府|党委政府|党委、政府|党委|党工委、办事处|党工委|党组|办事处|机关)?(?:党政办公室|党政办|办公室)?[，,]?(?:在[^。，,]{1,40}[，,])?(?:始终|主动|利用|紧紧|全年|一直|切实|坚决|严格|认真|高度重视|积极|深入|全面|坚持|紧紧围绕|紧扣|围绕|持续|不断|进一步|大力|扎实|按照|根据|依据|以习近平|以公开|以政务公开|主动公开|共主动|` +
		`依法|共|向社会|未接到|接到|均|累计|未收到|没有收到|没有发生|未发生|无因|收到政府|共收到|共受理|共公开|共发布|受理政府|新收|认真贯彻|充分|及时|精心|着力|聚焦|通过|依托|利用|借助|结合|共有|设立|设置|开展|制定|对照|落实|推进|做好|规范|创新|拓宽|优化|提升|严把|压实|把握|注重|突出|坚定|全年|本年|强化|加强|健全|完善|建立健全|成立了|召开|高标准|将(?:从|在|把|对|按|坚持|重点|着力|切实|不断|全面|深入|加强|严格|继续|进一步|以)|稳步|有序|深化|狠抓|牢固|严守|统筹|把政|把信息|将政)`)
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
	// clauseStart is what may stand before a subject.
	clauseStart = regexp.MustCompile(`(?:^|[。；！？：:\n]|[一二三四五六七八九十\d][、.．是]|[）)]|情况[。：:]?|20\d\d年(?:度|以来|来)?[，,：:]?|今年(?:以来)?[，,]?|一年来[，,]?|本年度[，,]?|年内[，,]?|全年[，,]?|年初以来[，,]?|下一步[，,]?|下一(?:年度?|阶段)[，,]?|今后[，,]?|新的一年[，,]?|为此[，,]?|目前[，,]?|截[至止][^，。,]{2,14}[，,]?|要求[，,]|部署[，,]|规定[，,]|精神[，,]|领导下[，,]|指导下[，,]|支持下[，,]|原则[，,])$`)
)

// aside are words near a name that make it another body's, named rightly.
var aside = strings.Fields("学习 借鉴 参观 考察 调研 赴 前往 对标 典型 例如 比如 为例 会同 联合 转交 移交 转办 移送 毗邻 相邻 接壤 来自 划归 并入 合并 撤销 撤并 结对 帮扶 对口 交流 兄弟 友邻 周边 邻近 对接 协助 " +
	"指导 督促 督导 检查 抽查 走访 慰问 案例 经验 做法 试点 示范点 先进 授予 评为 表彰 通报 转发 印发的 举行 在 到 于 从 由 赴")

// notLast are characters that a township's name does not end with before 镇, 乡
// or 街道 (各镇, 古镇, 由镇…).
const notLast = "各全我本该某每外其两几乡城集村小古重新老镇这那市县区强名水家故返回下兴助入进由并经从到向请让使给被据依照时起来已未没都也还再又需须或者等的和与及对在是为将把以所若如则就"

// notNames are words that stand before 镇, 乡 and 街道 and name none.
const notNames = `特色 中心 建制 示范 试点 主要 辖区 所有 相关 有关 街道 社区 部分 多个 个别 下辖 其他 邻近 沿街 背街 商业 美丽 山水 城乡 文化 历史 传统 农业 工业 旅游 生态 景德
	组织 成立 加强 推进 推动 提升 完善 发挥 落实 强化 结合 召开 开展 要求 动员 发动 整合 统筹 依托 做好 规范 优化 提高 建立 健全 印发 制定 下发 形成 通过 利用 设立 设置 明确 指定 指导 督促 围绕 立足 聚焦
	根据 按照 公开 发布 调整 更新 维护 充实 配齐 任命 安排 确定 选派 抽调 邀请 联合 协调 配合 接受 服务 深入 关于 负责 打造 建设 创建 保障 确保 促进 宣传 展示 反映 及时 积极 主动 全面 不断 切实 认真 严格 充分
	实行 坚持 实施 执行 贯彻 编制 修订 梳理 汇总 收集 报送 上报 提交 上级 党委 政府 今年 去年 全年 年度 本年 目前 分管 主管 领导 干部 工作 信息 政务 乡村 镇村 村级 区级 县级 市级 省级 两级 三级 居民 群众 人民 企业
	单位 部门 机构 网络 网站 平台 方便 惠及 面向 针对 覆盖 涉及 包括 其中 以及 任何 同类 协助 转交 移交 参加 出席 召集 开通 运营 管理 改善 引导 激励 鼓励 支持 帮助 获得 荣获 争创 常态 常规 始终 高度 基层 依靠 借助 增强 解决 会同`

var notNamed = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(notNames) {
		m[w] = true
	}
	return m
})

// noTownship reports whether the text before 镇, 乡 or 街道 ends with a word that
// names none.
func noTownship(before string) bool {
	last, size := utf8.DecodeLastRuneInString(before)
	_, size2 := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return !isHan(last) || strings.ContainsRune(notLast, last) || notNamed()[before[len(before)-size-size2:]]
}

// foreignTownships finds townships used as the author in a line.
func (a *author) foreignTownships(line string) []mention {
	var out []mention
	for _, end := range []string{"镇", "乡", "街道"} {
		for from := 0; ; {
			at := strings.Index(line[from:], end)
			if at < 0 {
				break
			}
			at += from
			from = at + len(end)
			if m, ok := a.townshipAt(line, at, from, end); ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// townshipAt tries the names of two to four characters before line[at:], which
// is the end of a township's name.
func (a *author) townshipAt(line string, at, end int, suffix string) (mention, bool) {
	if noTownship(line[:at]) || a.endsWithOwn(line[:at]) {
		return mention{}, false
	}
	right := headOf(line[end:])
	if !a.mayClaim(right) {
		return mention{}, false
	}
	start := at
	for n := 1; n <= 5; n++ {
		r, size := utf8.DecodeLastRuneInString(line[:start])
		if !isHan(r) {
			break
		}
		start -= size
		core := line[start:at]
		if n < 2 {
			continue
		}
		if strings.ContainsAny(core, "的和与及对在是为将把各全我本该以等") {
			return mention{}, false
		}
		b := bodyName{rank: rankTownship, core: core, end: suffix}
		if !a.claims(line[:start], right) {
			continue
		}
		if n > 2 && strings.ContainsRune("向与同和由从到在对为将把被给跟赴往于及经因以据按依就并再又也都还", r) {
			return mention{}, false // a preposition and a name of two characters
		}
		if a.is(b) || a.knows(core) {
			return mention{}, false
		}
		return mention{line[start:end], start, end}, true
	}
	return mention{}, false
}

// endsWithOwn reports whether a text ends with a name of the author's without its
// last word.
func (a *author) endsWithOwn(before string) bool {
	return slices.ContainsFunc(a.names, func(n bodyName) bool { return strings.HasSuffix(before, n.core) })
}

// headOf is the beginning of a text, as far as the patterns of what follows a
// name look.
func headOf(s string) string {
	const longest = 360 // bytes
	if len(s) <= longest {
		return s
	}
	to := longest
	for !utf8.RuneStart(s[to]) {
		to--
	}
	return s[:to]
}

// mayClaim reports whether what follows a name may be said of the author: without
// looking at the words before it, which costs more.
func (a *author) mayClaim(right string) bool {
	if next, _ := utf8.DecodeRuneInString(right); strings.ContainsRune("、。；）)》等和与及村居", next) {
		return false
	}
	if visiting.MatchString(right) || a.rank == rankTownship && containsAny(firstSentence(right), "我镇", "我乡", "我街", "本镇", "本乡", "本街道") {
		return false // the sentence tells the two apart
	}
	return reportOf.MatchString(right) || contactEnd.MatchString(right) || reform.MatchString(right) || asSubject.MatchString(right) ||
		a.rank == rankTownship && (officeOf.MatchString(right) || siteOf.MatchString(right) || ownThings.MatchString(right) ||
			ofDisclosure.MatchString(right) || circumstances.MatchString(right) || steadfast.MatchString(right))
}

// claims reports whether the township between two texts stands for the author.
func (a *author) claims(before, right string) bool {
	for _, left := range beforePlaces(before) {
		if a.claimed(left, right) {
			return true
		}
	}
	return false
}

func (a *author) claimed(left, right string) bool {
	own := a.rank == rankTownship
	tail := tailOf(left, 120)
	switch {
	case reportOf.MatchString(right) && announcing.MatchString(tail):
		return true
	case strings.LastIndex(left, "《") > strings.LastIndex(left, "》"):
		return false
	case hasAnySuffix(left, asked) && contactEnd.MatchString(right) && contact.MatchString(lastSentence(left)),
		own && strings.HasSuffix(left, "请联系") && officeOf.MatchString(right),
		own && officeOf.MatchString(right) && addressLead.MatchString(tail),
		own && hasAnySuffix(left, sites) && siteOf.MatchString(right):
		return true
	case cutAside(left, right):
		return false
	case hasAnySuffix(left, promoting):
		return reform.MatchString(right) || own && (ownThings.MatchString(right) || ofDisclosure.MatchString(right))
	case own && hasAnySuffix(left, caring) && circumstances.MatchString(right):
		return true
	case own && clauseStart.MatchString(tail):
		return asSubject.MatchString(right) || ofDisclosure.MatchString(right) || ownThings.MatchString(right)
	case own && hasAnySuffix(left, []string{"，", ","}):
		return steadfast.MatchString(right)
	case a.rank == rankDepartment && clauseStart.MatchString(tail):
		return asSubject.MatchString(right) && strings.Contains(firstSentence(right), "公开条例")
	}
	return false
}

// tailOf is the end of a text, as far as the patterns of what stands before a name
// look; a mark stands for what is cut off, so that they do not take it for the
// beginning of the line. longest is in bytes.
func tailOf(s string, longest int) string {
	if len(s) <= longest {
		return s
	}
	from := len(s) - longest
	for !utf8.RuneStart(s[from]) {
		from++
	}
	return "…" + s[from:]
}

// beforePlaces are the texts before a name: as it stands, and without the places
// that lead the name (青柳市云溪区).
func beforePlaces(left string) []string {
	const most = 12
	out := []string{left}
	for i := 0; i < len(out) && len(out) < most; i++ {
		rest := strings.TrimSuffix(out[i], "人民政府")
		last, size := utf8.DecodeLastRuneInString(rest)
		if !strings.ContainsRune("省市县区州旗盟", last) {
			continue
		}
		rest = rest[:len(rest)-size]
		for range 3 { // characters of the place's name
			r, size := utf8.DecodeLastRuneInString(rest)
			if !isHan(r) {
				break
			}
			rest = rest[:len(rest)-size]
			out = append(out, rest)
		}
	}
	return out
}

// cutAside reports whether the clause says that the body is another one.
func cutAside(left, right string) bool {
	clause := left[strings.LastIndexAny(left, "。；，！？")+1:]
	for _, w := range aside {
		if len(w) > len("在") && strings.Contains(clause, w) || strings.HasSuffix(clause, w) {
			return true
		}
	}
	return strings.HasSuffix(left, "原") || hasAnyPrefix(right, []string{"、", "等", "和", "与", "及", "村民", "经验", "做法", "境内", "交界", "一带", "以东", "以西", "以南", "以北"})
}

func lastSentence(s string) string  { return s[strings.LastIndexAny(s, "。；！？")+1:] }
func firstSentence(s string) string { return s[:endOfSentence(s)] }

func endOfSentence(s string) int {
	if at := strings.IndexAny(s, "。！？"); at >= 0 {
		return at
	}
	return len(s)
}

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

// foreignOffices finds offices used as the author in a line.
func (a *author) foreignOffices(line string, found cueSet) []mention {
	if a.rank == rankGovernment {
		return nil
	}
	var out []mention
	take := func(m []int, strict bool) {
		if m == nil {
			return
		}
		b := parseBody(line[m[2]:m[7]])
		place := line[m[2]:m[3]]
		if strings.ContainsAny(line[m[4]:m[5]], "的和与及对在是为将把各全我本该") || a.is(b) || b.rank != rankDepartment || a.upper(place, b) {
			return
		}
		if strict && a.rank != rankDepartment || containsAny(b.core, "政务服务", "行政审批", "数据", "国务院", "国家", "全国", "办公", "监察", "人大", "政协") {
			return
		}
		out = append(out, mention{line[m[2]:m[7]], m[2], m[7]})
	}
	if found.has(announceCues) {
		take(officeAnnounced.FindStringSubmatchIndex(line), false)
	}
	for from := 0; from < len(line); {
		piece := line[from:]
		if at := strings.IndexFunc(piece, endsClause); at >= 0 {
			_, size := utf8.DecodeRuneInString(piece[at:])
			piece = piece[:at+size]
		}
		if !actsForOffice(piece) || !containsAny(piece, "条例", "政府信息", "政务公开", "信息公开") {
			from += len(piece)
			continue
		}
		if m := officeSubject.FindStringSubmatchIndex(piece); m != nil && containsAny(piece[m[8]:m[9]], "条例", "政府信息", "政务公开", "信息公开") && !containsAny(piece, "我局", "指导", "对我", "各单位", "通报", "考核", "检查") {
			for i := range m {
				m[i] += from
			}
			take(m, true)
		}
		from += len(piece)
	}
	if found.has(praiseCues) {
		take(officePraised.FindStringSubmatchIndex(line), false)
	}
	if found.has(contactCues) {
		take(officeContact.FindStringSubmatchIndex(line), true)
	}
	return out
}

func endsClause(r rune) bool { return endsSentence(r) || r == '：' || r == ':' }

// actsForOffice reports whether the first office named in a sentence is followed by
// what offices do in it: a quick look before the pattern's long one.
func actsForOffice(sentence string) bool {
	const reach = 150 // bytes
	for _, end := range []string{"局", "委员会"} {
		at := strings.Index(sentence, end)
		if at < 0 || at > reach {
			continue
		}
		after := strings.TrimPrefix(strings.TrimPrefix(sentence[at+len(end):], "党组"), "党委")
		if hasAnyPrefix(after, officeVerbs) {
			return true
		}
	}
	return false
}

// upper reports whether an office of this place may stand above the author: the
// word for the place alone (市教育局), or a place of another level.
func (a *author) upper(place string, b bodyName) bool {
	if place == "" {
		return false
	}
	if r := []rune(place); len(r) == 1 {
		return sameOffice(a.names[0].core, b.core) || r[0] == '省' || r[0] == '市'
	}
	own := a.names[0].place
	return own != "" && !sameLevel(own, b.place) && sameOffice(a.names[0].core, b.core)
}

// selfWords are the words by which bodies call themselves, with the ends of the
// names that may; after and before are what makes them something else.
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
}

// foreignSelf finds words by which a body of another kind calls itself.
func (a *author) foreignSelf(line string, found cueSet) []mention {
	if !found.has(selfCues) {
		return nil
	}
	var out []mention
	for _, s := range selfWords {
		whole := strings.HasPrefix(s.words[0], "全")
		if slices.ContainsFunc(s.ends, a.knows) || s.words[0] == "我局" && a.rank == rankDepartment || whole && a.rank != rankTownship {
			continue
		}
		for _, w := range s.words {
			at := strings.Index(line, w)
			if at < 0 {
				continue
			}
			before, _ := utf8.DecodeLastRuneInString(line[:at])
			if strings.ContainsRune("自忘基根样版文资安健完齐保“‘《", before) || s.after.MatchString(line[at+len(w):]) || inTitle(line, at) {
				continue
			}
			out = append(out, mention{w, at, at + len(w)})
		}
	}
	return out
}

// inTitle reports whether line[at:] stands within 《》 or “”.
func inTitle(line string, at int) bool {
	return strings.LastIndex(line[:at], "《") > strings.LastIndex(line[:at], "》") || strings.LastIndex(line[:at], "“") > strings.LastIndex(line[:at], "”")
}

// foreignAgency judges whether the text speaks of another body as of the author.
func foreignAgency(c *context) *verdict {
	a := c.readAuthor()
	if a.rank == noRank || len(c.passages) == 0 {
		return inapplicable("没有读到编制机关的名称，或者从名称看不出是哪一类机关")
	}
	v := newVerdict()
	v.pass()
	type found struct {
		fault
		where []string
	}
	var list []*found
	first := c.firstHeading()
	for i := range c.passages {
		p := &c.passages[i]
		// Lines before the first chapter may be a page's navigation; sentences are not.
		if p.table >= 0 || p.role == extract.RoleFooter || p.block < first && !strings.ContainsAny(p.line, "。，") {
			continue
		}
		for _, m := range slices.Concat(a.foreignTownships(p.line), a.foreignOffices(p.line, p.cues), a.foreignSelf(p.line, p.cues)) {
			at := slices.IndexFunc(list, func(f *found) bool { return f.actual == m.name })
			if at < 0 {
				at = len(list)
				list = append(list, &found{fault: fault{place: p.place() + "@" + m.name, actual: m.name, quote: sentenceAt([]rune(p.line), utf8.RuneCountInString(p.line[:m.start]))}})
			}
			f := list[at]
			if w := c.where(p); !contains(f.where, w) {
				f.where = append(f.where, w)
			}
			for _, path := range c.path(p) {
				if !contains(f.paths, path) {
					f.paths = append(f.paths, path)
				}
			}
		}
	}
	for _, f := range list {
		f.paths = append(f.paths, "/report/agency")
		f.message = listed(f.where) + "把“" + f.actual.(string) + "”当作本机关来写，编制机关却是" + a.full[0] + "，疑为从别处复制，请核对。"
		v.fail(f.fault)
	}
	c.foreignSignature(&a, v)
	return c.hidden(v)
}

// foreignSignature compares signature and title.
func (c *context) foreignSignature(a *author, v *verdict) {
	s := c.report.SignedBy
	if s == nil {
		return
	}
	name := squeeze(*s)
	b := parseBody(bracketed.ReplaceAllString(name, ""))
	if b.rank != a.rank || b.rank != rankTownship || a.is(b) {
		return
	}
	v.fail(fault{
		place: "/report/signed_by", paths: []string{"/report/signed_by", "/report/agency"}, actual: name, expected: a.full[0],
		message: "落款是“" + clip(name) + "”，标题写的却是" + a.full[0] + "，请核对。",
	})
}
