package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// Who is the subject of a report's own work is its author, in whatever words the
// work is told. So a clause that begins with the name of a body and goes on to
// disclosure says that the body is the author, unless something in the sentence
// tells the two apart (我局, 指导, 会同, 移交…) or the body has its own part in the
// report: it stands above or below the author or answers for disclosure as a whole.

// kin is how a named body stands to the author.
type kin int

const (
	// related bodies are named rightly in a report.
	related kin = iota
	// sister bodies are of the author's place or of another kind: what they do is told now
	// and then, so only what nobody reports of others counts.
	sister
	// stranger bodies are the author's like of another place, which has no part in it.
	stranger
)

var (
	// leadIn is what stands before the subject of a clause.
	leadIn = lazyregexp.New(`^(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十]|20\d\d年(?:度|以来|来|内|底|末)?|今年(?:以来)?|去年|本年度?|全年|年内|一年来|近年来|下一步|下一?(?:年度?|阶段)|今后|目前|同时|此外|另外|为此|因此|截[至止](?:20\d\d年)?(?:\d+月)?(?:\d+日|底|末)?|` +
		`[经据]统计|总体上?看?|总的来看|尽管|虽然?|但是?|当前|现阶段|未来|不仅如此|与此同时|在此基础上|总的看|继续|报告期内|统计期内|期间)`)
	// bodyTail is what may stand between the name of a body and what is said of it.
	bodyTail = lazyregexp.New(`^(?:、(?:镇|乡)?(?:政府|办事处|人大)|党委、?政府|党工委、?办事处|党组|党委|党工委|机关|办公室|党政办公室|党政办|党政综合办公室|综合办|及(?:其)?(?:所属|下属)[^，。]{0,6}|上下|本级(?:及\d+个[^，。；]{0,8}单位)?|主要(?:领导|负责人|负责同志))?(?:[（(][^（）()]{1,20}[）)])?`)
	// expected is the measure that a body's shortcomings are told by: 与上级要求相比.
	expected = lazyregexp.New(`^(?:但|虽然)?[与同和对][^，。；]{0,14}(?:要求|期望|期盼|标准|需求|期待|规定|部署|目标)[^，。；]{0,8}(?:相比|比较|对照|相较)?，`)
	// ownWork is what nobody reports of others: plans, shortcomings, totals, attitudes, how
	// the work is organised, and that there is nothing to report.
	ownWork = lazyregexp.New(`^[，,]?(?:还|也|都|均|已|又|则|更|便|现)*(?:(?:20\d\d|本|今|全)年(?:度|内|以来|来|底)?[，,]?)?(?:` +
		`(?:将|拟|计划|会)(?:以|从|逐|尽|适|探|增|拓|创|调|补|编|组|在|依|利|强|对照|按|围绕|聚焦|坚持|进一步|继续|不断|切实|着力|持续|加大|加快|加强|重点|严格|认真|针对|扎实|深入|全面|紧扣|结合|健全|完善|优化|强化|努力|充分|大力|推动|推进|做好|抓好)|` +
		`[^，。；]{0,20}?(?:不(?:深|强|高|实|到位|及时|全|细|严|规范|平衡|丰富|熟|畅|快|多|准|透|广|新|完善|健全|明显|主动)|存在|仍有|尚有|还有|有待|不足|短板|差距|不够|薄弱|欠缺|滞后)|` +
		`(?:通过|依托|利用|借助|在)?[^，。；\d]{0,24}?(?:公开|发布|收到|受理|接收|登记|办结|答复|更新|推送|制作|编发|回应|接受)[^，。；\d]{0,18}\d|` +
		`(?:始终|一直|坚决|严格|认真|高度重视|积极|深入|全面|坚持|紧紧|紧扣|围绕|聚焦|持续|不断|进一步|大力|扎实|切实|着力|牢固|充分|主动|及时|依法|按照|根据|严把|压实|狠抓|稳步|自觉|对标|严守|推行|落实|推进|规范|完善|健全|加强|强化|优化|提升|深化|创新|拓展|拓宽|精心|统筹|注重|突出)|` +
		`(?:把|将)[^，。；]{2,30}?(?:作为|纳入|列入|摆在|摆上|融入|贯穿|放在)|` +
		`(?:由|(?:拟|计划)[^，。；]|对收到的|先后|多次|定期|畅通|实行|执行|探索|打造|运用|立足|紧盯|安排|自觉|率先|专题|每(?:年|月|周|日|季|天|半月|逢)|现有|共有|配有|设有|建有|按月|按季|逐项|逐条)|` +
		`(?:成立|建立|组建|调整|制定|修订|明确|配备|设立|设置|确定|落实|指定|开展|组织|召开|举办|安排|梳理|编制)(?:了)?|` +
		`(?:20\d\d年度?|本年度?|全年)?(?:除[^，。；]{2,20}外，?)?(?:再|亦|均|已)?(?:无|没有|未|暂无|不存在|均未|也未|从未))`)
	// itsDisclosure is its disclosure as a topic: 青石镇的政务公开工作还有差距.
	itsDisclosure = lazyregexp.New(`^(?:的)?(?:20\d\d年?(?:度)?)?(?:的)?(?:(?:村级|村居|村（居）|基层)?(?:政府信息公开|政务公开|信息公开|依申请公开|村务公开)(?:$|[^，。；的])|公开(?:工作|队伍|人员|内容|质量|平台|专栏|制度|意识|渠道|目录|时效|力度|水平))`)
)

// institution is what makes the name of a place the beginning of another's.
var institution = lazyregexp.New(`^(?:人民法院|法院|人民检察院|检察院|银行|农商|电视台|融媒体|供电|消防|邮政|火车站|站|监狱|中心|卫生|医院|学校|中学|小学|幼儿园|派出所|司法所|财政所|自然资源所|法庭|供销社|敬老院|商会|企业|分局|税务|支行|总工会|团委|妇联|残联|居民|群众|境内|辖区|村民|[\p{Han}]{1,6}的(?:居民|群众|村民|企业|项目|申请|事项|农户|游客)|[^依通在以将把利借组完加推严认积坚围聚按结持不主及全公开发更畅\P{Han}]\p{Han}{0,6}(?:企业|商户|农户|项目|工程)|[^依通在以将把利借\P{Han}]\p{Han}{0,4}(?:厂|站|所|馆|园|矿|河|渠|库|学校|医院|公司)[、的等]|[^依通在以将把利借组完加推严认积坚围聚按结持不主及全公开发更畅\P{Han}][\p{Han}]{0,5}(?:村|社区|小区|水库|公司|合作社|服务站|派出所|卫生院|中学|小学)[^务民级])`)

// isInstitution reports whether what follows the name of a place makes another's name of it; the
// parts of a body of the author's kind (各社区) are no other.
func isInstitution(rest string, k kin) bool {
	return institution.MatchString(rest) && (k != stranger || !ownParts.MatchString(rest))
}

// Words by which a sentence shows that it is about disclosure: as such, or at all.
var (
	disclosureAsSuch = strings.Fields("政务公开 信息公开 政府信息 公开目录 公开指南 依申请 主动公开 公开条例 公开工作 年度报告 信息处理费 其他需要报告 公开意识 公开质量 公开内容 公开制度 公开平台 公开专栏 公开栏 信息发布 发布信息 公开信息 三审三校 公开渠道 公开实效 公开流程 公开事项 公开力度 需要报告 需报告 报告事项 报告的事项 更新信息 推送信息 网站专栏 政策文件 公开申请 上网公开 信息审核")
	// tellingApart are words of sentences that tell a body from the author.
	tellingApart = strings.Fields("指导 督促 督导 督查 督办 考核我 通报 值得学习 学习考察 考察学习 学习借鉴 借鉴 经验 做法 交流 牵头 会同 联合 判决 裁定 被告 原告 起诉 " +
		"征求 商请 协助 配合 兄弟 划转 划入 并入 更名 挂牌 转办 转来 转交 移送 移交 复议 作为主管 主管部门 为例 典型 考察 调研 来访 转发 挂靠 代管 委托 反馈 批复 函 抄送 共建 相比 居全 居于 位居 前列 领先 卫生院 派出所 司法所 学校 协同 联动 " +
		"先进 表扬 表彰 获评 评为 排名 示范 案例 以下简称 原名 前身 撤销 申请人 向其 该局 该镇 该乡 该单位 该街道 其答复 告知 职权 合法性审查 应当向 不属于 属于 掌握 等单位 等部门 帮扶 结对 驻")
	// selfNames are the author's words for itself, which tell it from a sister.
	selfNames = strings.Fields("我单位 本机关 本单位 我局 我委 我厅 我办 我镇 我乡 我街 我中心 我院 我校 对我 向我 与我 为我")
	// ownTasks are what sisters do for all others, and what they are told to do.
	ownTasks = strings.Fields("专项经费 拨付 检查 抽查 调度 征求 印发 下属 所属 下辖 第一 试点 整合 部署 要求 职责 审计 巡察 巡视")
	// besideSelf tell the body before them from 我局: the author does as it does, or with it.
	besideSelf = strings.Fields("学习 借鉴 参照 参考 跟进 转载 随后 随即 同步 协助 配合 会同 联合 对接 交流 指导 督导 与其 向其 对其 我局将其 我镇将其 我乡将其 我街道将其 我委将其 我县将其 我市将其 我区将其 为其 该局 该镇 该乡 该委 该县 该市 该区 该街 该单位 转办 移交 移送 函告 复函 来函 后，我 时，我 的基础上 来访 来我 共享 结对 帮扶 经验 考察 调研 一道 共同")
	// officeParts are parts of an office that only its own report speaks of by the bare word.
	officeParts = strings.Fields("局党组 ，局办公室 由局办公室 各股室 各科室 ，局长 局主要领导 局领导班子 委党组 本局")
	// besideOrgan tell the author from the organ of another body.
	besideOrgan = strings.Fields("我局 我镇 我街 我乡 我单位 本机关 本单位 配合 协助 会同 联合 为例 指导 向我 对我 转办")
	// wholeArea are words for the area, by which a body below the government and the author
	// are parts of one whole.
	wholeArea = strings.Fields("全县 全市 全区 全州 全省 各部门 各单位 各预算单位 各乡镇 各镇 各街道 各级")
)

// foreignActors finds bodies other than the author that clauses tell of as only their
// author would.
func (a *author) foreignActors(line string, found cueSet) []mention {
	var out []mention
	topic := ""
	for from := 0; from < len(line); {
		to := from + strings.IndexFunc(line[from:], func(r rune) bool { return endsSentence(r) || r == ';' })
		if to < from {
			to = len(line)
		}
		s := line[from:to]
		topic = headingOf(s, topic)
		if m, ok := a.foreignIn(s, topic, found); ok {
			out = append(out, mention{m.name, from + m.start, from + m.end})
		}
		if to == len(line) {
			break
		}
		_, size := utf8.DecodeRuneInString(line[to:])
		from = to + size
	}
	return out
}

// foreignIn finds the body that the sentence tells of as only its author would.
func (a *author) foreignIn(s, topic string, found cueSet) (mention, bool) {
	if tail := a.taskEnd(); !mayName(s) && (tail == "" || !strings.Contains(s, tail)) {
		return mention{}, false
	}
	if m, ok := a.actorIn(s, topic); ok {
		return m, true
	}
	for _, look := range []func(string) (mention, bool){
		a.ownedOffice, a.siteIn, a.foreignPaper,
		func(s string) (mention, bool) { return a.anchoredIn(s, found) },
		a.othersPeople, a.governedIn, a.twinIn, a.paperOfTownship, a.listedTwin,
	} {
		if m, ok := look(s); ok {
			return m, true
		}
	}
	return mention{}, false
}

// listedTwin finds another body at the head of one item of a list, others of which begin with the
// author's name: 分别为青溪区司法局职能目录、柳溪区司法局权责清单、青溪区司法局预算.
func (a *author) listedTwin(s string) (mention, bool) {
	const least, longest = 2, 12 // items of the author's own; marks looked behind
	if n := &a.names[0]; strings.Count(s, n.core+n.end) < least {
		return mention{}, false
	}
	own, other, found := 0, mention{}, 0
	for at, marks := 0, 0; at < len(s) && marks < longest; marks++ {
		if strings.ContainsRune("为是有：", leadingRune(s[at:])) {
			at += len("为")
		}
		if a.namedAt(s[at:]) {
			own++
		} else if end, b, ok := a.subjectAt(s[at:]); ok && (a.twinOf(&b) || b.rank == rankTownship && a.rank == rankTownship && a.kinOf(&b) == stranger) {
			other, found = mention{s[at : at+end], at, at + end}, found+1
		}
		next := strings.IndexAny(s[at:], "、，为")
		if next < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(s[at+next:])
		at += next + size
	}
	return other, own >= least && found == 1 && !containsAny(s, tellingApart...)
}

// headingOf is the topic of the sentences after s: s itself where it is no more than the
// heading of a paragraph (（二）依申请公开。).
func headingOf(s, before string) string {
	const longest = 54 // bytes: 18 characters
	if len(s) > longest || strings.ContainsAny(s, "，、：") || !strings.ContainsAny(s, "（一二三四五六七八九十0123456789") {
		return before
	}
	if !containsAny(s, "公开", "政府信息管理") {
		return ""
	}
	return s
}

// actorIn looks at the subjects of the clauses of a sentence, up to the first body named.
// topic is the heading that the sentence stands under.
func (a *author) actorIn(s, topic string) (mention, bool) {
	for at := 0; at >= 0 && at < len(s); at = nextClause(s, at) {
		start := at + len(passLeadIn(s[at:]))
		if to, ok := a.strangeOrgan(s[start:]); ok && (containsAny(s[start:], disclosureAsSuch...) || containsAny(s[start:], "公开", "信息上", "信息发", "条例")) && !containsAny(s, besideOrgan...) {
			return mention{s[start : start+to], start, start + to}, true
		}
		if a.namedAt(s[start:]) {
			return mention{}, false
		}
		if m, ok := a.ownedName(s, start); ok {
			return m, true
		}
		end, b, ok := a.subjectAt(s[start:])
		if !ok {
			continue
		}
		end += start
		if !a.actsAlone(s, start, end, b) && (topic == "" || !a.actsAlone(s+"，"+topic, start, end, b)) {
			return mention{}, false // the sentence has its subject
		}
		return mention{s[start:end], start, end}, true
	}
	return mention{}, false
}

// ownedName finds another body that the author calls itself by, 我 before its name: 我青石街道.
func (a *author) ownedName(s string, start int) (mention, bool) {
	rest, ok := strings.CutPrefix(s[start:], "我")
	if !ok || strings.ContainsRune("省市县区州旗盟镇乡街局委厅办院校国们军党村社驻所单中", leadingRune(rest)) || a.namedAt(rest) {
		return mention{}, false
	}
	end, b, ok := a.subjectAt(rest)
	start += len("我")
	return mention{rest[:end], start, start + end}, ok && b.rank == a.rank && a.kinOf(&b) == stranger
}

// namedAt reports whether a text begins with one of the author's own names.
func (a *author) namedAt(s string) bool {
	for i := range a.names {
		n := &a.names[i]
		if rest, ok := strings.CutPrefix(s, n.core); ok && n.core != "" && (n.rank == rankGovernment || strings.HasPrefix(rest, n.end)) {
			return true
		}
	}
	return hasAnyPrefix(s, a.full)
}

// doesWork begins what a body does or did not do, behind its name or that of its organ: in a
// report only the author is told of so.
var doesWork = lazyregexp.New(`^(?:、(?:镇|乡)?政府|人民政府|政府|党委、?政府|党工委、?办事处|办事处)?(?:(?:20\d\d|本|今|全)年(?:度)?|还|也|都|均|已|又)?(?:` +
	`始终|一直|严格|认真|高度重视|积极|深入|全面|坚持|紧紧|紧扣|围绕|聚焦|持续|不断|进一步|大力|扎实|切实|着力|牢固|充分|主动|依法|按照|严把|压实|狠抓|稳步|自觉|对标|严守|推行|落实|推进|规范|完善|健全|加强|强化|优化|提升|深化|创新|拓展|拓宽|精心|统筹|注重|突出|继续做好|继续加强|继续推进|` +
	`总结|结合|针对|立足|利用|依托|畅通|实行|探索|打造|安排专人|梳理|全力|加快|加大|做好|做实|抓好|抓实|未发生|未收到|未收取|未产生|未制发|未被|没有(?:发生|收到|收取|产生|制发)|不存在|无因|共(?:收到|受理|公开|发布|召开|办理)|累计|通过[^，。；]{0,24}公开)`)

// ofItself is what only the report of an office tells of it: what applications came in, that it and
// its people were not held to account, what it has its own parts do.
var ofItself = lazyregexp.New(`^` + inYear + `(?:共|累计|新)*(?:收到|受理|接到|接收|未收到)(?:\d+[件条份])?(?:的)?(?:各类|有关|相关)?(?:政府信息|信息)?(?:公开)?(?:的)?(?:依申请|申请)|` +
	`^(?:及|和)(?:相关|有关|其)(?:个人|人员|工作人员|责任人)[^，。；]{0,4}(?:未|没有|无)因|^要求(?:本[局委]|[局委]机关|[局委]?各(?:科室|股室|处室))`)

// leading is what the people at the head of a body do for its own disclosure.
var leading = lazyregexp.New(`^(?:党委|党工委|政府|办事处)?(?:主要|分管)?(?:领导|书记|副书记|镇长|副镇长|乡长|主任|局长)(?:班子)?(?:高度|十分|非常|始终|切实|多次|定期|亲自|每|带头|专题|先后|逐条|听取|研究|部署|过问|带领)`)

// actsAlone reports whether the sentence tells of the body at s[start:end] what only an
// author tells of itself.
func (a *author) actsAlone(s string, start, end int, b bodyName) bool {
	if a.plainlyActs(s, start, end, &b) || a.siblingAsSelf(s, start, end, &b) || a.ownDeed(s, start, end, &b) || a.plansAsSelf(s, start, end, &b) {
		return true
	}
	if a.twinAbove(&b) && ofItself.MatchString(s[end:]) && !containsAny(s, "转办", "转来", "转送", "转交", "移交", "移送", "通报", "协助", "会同", "兄弟", "其中", "分别") && !containsAny(s, selfNames...) {
		return true
	}
	k := a.kinOf(&b)
	itself := (k == stranger || a.otherBranch(&b)) && b.speaksOn(s[end:]) || k == sister && b.rank == rankDepartment && strings.Contains(s[end:], "，我"+b.end+"还在") && ownWork.MatchString(s[end:])
	if itself {
		k = stranger
	}
	if k != related && (b.rank == rankDepartment || b.rank == a.rank) && a.sameAsSelf(s, start, end) {
		return true
	}
	if k == related && a.ownOfRelated(s, end, &b) {
		return true
	}
	if k == stranger && inCharge.MatchString(s[end:]) && containsAny(s, "公开", "信息") && !tied(s, start, end, false) && !containsAny(atEase.Replace(s), tellingApart...) {
		return true
	}
	if k == related || strings.LastIndex(s[:start], "《") > strings.LastIndex(s[:start], "》") || strings.LastIndex(s[:start], "“") > strings.LastIndex(s[:start], "”") {
		return false
	}
	rest := s[end:]
	acts := k == stranger && doesWork.MatchString(rest)
	if !acts && isInstitution(rest, k) || visiting.MatchString(rest) && !startsWithAny(rest, "主要") && (k != stranger || !leading.MatchString(rest)) {
		return false
	}
	said := rest[len(bodyTail.FindString(rest)):]
	topic := itsDisclosure.MatchString(said)
	if next := leadingRune(said); !topic && (next == '的' && !itsWork.MatchString(said) || strings.ContainsRune("、和与及等村居级民》”", next) && !strings.HasPrefix(said, "及时")) {
		return false
	}
	around := titles.ReplaceAllString(s[:start], "")
	if !a.twinOf(&b) {
		around += "\n" + a.withoutSites(titles.ReplaceAllString(rest, ""), acts)
	}
	if a.toldApart(s, rest, k, itself) || a.mentionsItself(around, b.end) {
		return false
	}
	own := k == stranger && ownParts.MatchString(rest) || b.rank == rankTownship && containsAny(rest, townshipParts...) || startsWithAny(rest, "党组", "党委", "办公室")
	x := bodySaying{s, rest, said, k, own, itself, b.rank != rankGovernment || strings.HasSuffix(s[:end], "政府"), b.rank == rankTownship && a.rank == rankTownship}
	if !acts && !x.onDisclosure() {
		return false
	}
	// What bodies beside the author do for the public is told in reports of townships.
	return topic || own || k == stranger || a.rank == rankDepartment || b.rank == rankTownship && (hasAnySuffix(s[start:end], []string{"政府", "办公室"}) || len(said) < len(rest)) || ownWork.MatchString(said)
}

// titles are the titles of papers, which name their maker.
var titles = lazyregexp.New(`《[^《》]*》`)

// twinOf reports whether a body is the author's own office of another place that is named: what is called
// so without a place behind it is this body's, too.
func (a *author) twinOf(b *bodyName) bool {
	own := &a.names[0]
	return b.rank == rankDepartment && b.core == own.core && b.end == own.end && fullPlace(b.place) && own.place != "" && b.place != own.place
}

// ownOfRelated reports whether the sentence tells of a body that a report may name, at s[:end],
// what is said of the author alone all the same.
func (a *author) ownOfRelated(s string, end int, b *bodyName) bool {
	rest := s[end:]
	switch {
	case a.rank == rankGovernment && b.rank == rankTownship && nothingReceived.MatchString(rest):
		return !containsAny(s, "其中", "最", "分别", "各", "、")
	case a.otherPlace(b) && nothingToReport.MatchString(rest), (a.otherPlace(b) || a.otherOffice(b)) && announcement.MatchString(rest):
		return true
	case a.namedElsewhere(b) && ownLack.MatchString(rest):
		return !containsAny(s, selfNames...) && !containsAny(atEase.Replace(noChallenge.ReplaceAllString(s, "")), tellingApart...)
	case a.twinAbove(b) && !strings.HasSuffix(b.place, "省") && (ownAttitude.MatchString(rest) || quietDeed.MatchString(rest) || a.abovePlace(b.place) && staffDeed.MatchString(rest)):
		return containsAny(s, "公开", "规范性文件") && !containsAny(s, tellingApart...) && !containsAny(s, selfNames...) && !containsAny(s, besideDeed...) && !containsAny(s, "其中", "最", "各县", "各区", "各市", "其余", "其他", "、"+b.place)
	}
	return false
}

// bodySaying is what a sentence says of a body.
type bodySaying struct {
	sentence string
	rest     string // the words behind the name of the body
	said     string // those, without its organ
	kin      kin
	own      bool // it is about parts of the body
	itself   bool // the sentence goes on with 我局 as of the body
	placed   bool // the name is no bare one of a place, which verbs before 县 look like
	area     bool // the body is a township, and so is the author
}

// onDisclosure reports whether what is said is about disclosure.
func (x *bodySaying) onDisclosure() bool {
	switch {
	case containsAny(x.rest, disclosureAsSuch...), containsAny(x.rest, "公开", "条例", "信息员", "三审", "栏目更新", "部分栏目", "栏目内容"), x.itself && containsAny(x.rest, "收申请", "收到申请", "受理申请"):
		return true
	case x.kin != stranger && !x.own:
		return siteCounts.MatchString(x.rest)
	case (leading.MatchString(x.rest) || x.kin == stranger && ownParts.MatchString(x.rest)) && strings.Contains(x.sentence, "公开"):
		return true
	case containsAny(x.rest, aboutDisclosure...), containsAny(x.rest, "党政", "复议", "保密审查"), improves.MatchString(x.said):
		return true
	}
	if x.kin != stranger {
		return false
	}
	if x.area && containsAny(x.rest, "辖区", "宣传栏", "公示栏", "公告栏", "通知公告", "张贴", "明白卡", "明白纸", "查阅", "索取", "办事指南", "办事流程", "政务大厅", "服务大厅", "咨询", "来信", "信箱", "留言", "机密", "秘密", "隐私", "工作动态") {
		return true
	}
	return x.itself && startsWithAny(x.rest, "网站", "门户网站", "官网", "公众号", "微信公众号") || x.placed && containsAny(x.sentence, "公开", "信息") ||
		(ownWork.MatchString(x.said) || decided.MatchString(x.said)) && containsAny(x.rest, proceedings...) || plans.MatchString(x.rest) && containsAny(x.sentence, "改进", "整改", "不足", "短板")
}

// siteCounts is how much a body published on its site.
var siteCounts = lazyregexp.New(`^(?:20\d\d年度?|全年|本年度)?(?:共|累计)?(?:在|通过)(?:官方|门户|局|委)?(?:网站|微信公众号|公众号)[^，。；\d]{0,8}(?:发布|推送)[^，。；\d]{2,30}(?:信息|消息|稿件)\d`)

// proceedings are words of chapters three and four.
var proceedings = strings.Fields("申请 答复 诉讼 赔偿 规范性文件 公示 上网 需要说明 社会监督 监督电话")

// decided is what an office decided in the year.
var decided = lazyregexp.New(`^(?:(?:20\d\d|本|全|今)年(?:度)?)?(?:共|累计)?(?:办理|作出|实施|查处|审批|制发)[^，。；]{0,16}\d`)

// unitWorks is what a unit of a body did for the public in the year, in figures: only the body's
// own report counts it.
var unitWorks = lazyregexp.New(`^(?:人民政府|政府|办事处)?(?:便民服务中心|党群服务中心|政务服务中心|公共服务中心|综合文化站|退役军人服务站|政务服务大厅|便民服务大厅|综合(?:行政)?执法(?:大队|中队|队))(?:20\d\d年(?:度)?|全年|本年度?|年内)?(?:累计|共|共计)?(?:办理|受理|接待|公示|解答|发放|服务)[^，。；]{0,14}\d`)

// ownParts are the parts of a body, behind its name.
var ownParts = lazyregexp.New(`^(?:各(?:股室|科室|处室|社区|村|办所|站所|单位|级)|全体(?:干部|人员|职工)|机关干部)`)

// itsWork is what a body has to do with disclosure: 县医疗保障局的公开载体.
var itsWork = lazyregexp.New(`^的(?:政务|信息|政府信息|主动|校务|院务|办事|基层|重点领域|对外)*公开[^，。；的]{2}`)

// improves begins plans that every report ends with.
var improves = lazyregexp.New(`^(?:将|拟|计划)[^，。；]{0,12}(?:以下|几个|改进|提升|着力|努力)`)

// townshipParts are parts of a township that only its own report speaks of by the bare word.
var townshipParts = strings.Fields("，镇长 ，乡长 ，镇党委 ，乡党委 ，镇政府 ，乡政府 ，镇纪委 ，乡纪委 ，全镇 ，全乡 ，党政办 ，各办所 ，各站所 ，各村 ，村居")

// organ is a body's organ without its name: 镇党委, 局党组.
var organ = lazyregexp.New(`^(?:经|由|成立|调整|在)?(街道|镇|乡|局|委|厅|校|院)(?:党委|党工委|党组|纪委|党政办|党政综合办|领导班子|机关|办公室|政务公开(?:工作)?领导小组|(?:政府)?信息公开(?:工作)?领导小组|主要领导|主要负责人|主要负责同志)`)

// organOwners are the kinds of bodies, by how their names end, that have such an organ.
var organOwners = map[string][]string{"街道": {"街道", "街"}, "镇": {"镇", "街道"}, "乡": {"乡"}, "局": {"局", "署", "中心", "队"}, "委": {"委", "会"}, "厅": {"厅", "省", "委"}, "校": {"校", "大学", "学院", "中学", "小学", "园"}, "院": {"院"}}

// strangeOrgan reports whether a clause begins with an organ that bodies of the author's
// kind do not have, and tells of its work.
func (a *author) strangeOrgan(s string) (int, bool) {
	named := s
	for _, w := range [...]string{"经", "由", "在", "成立", "调整"} {
		if rest, ok := strings.CutPrefix(s, w); ok {
			named = rest
			break
		}
	}
	if !strings.ContainsRune("街镇乡局委厅校院", leadingRune(named)) {
		return 0, false
	}
	m := organ.FindStringSubmatchIndex(s)
	if m == nil || a.rank == noRank {
		return 0, false
	}
	kind := s[m[2]:m[3]]
	if slices.ContainsFunc(a.full, func(n string) bool {
		return hasAnySuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(n, "办事处"), "政府"), "人民"), organOwners[kind])
	}) {
		return 0, false
	}
	return m[1], true
}

// nothingToReport is what every report says of its author alone.
var nothingToReport = lazyregexp.New(`^(?:20\d\d年(?:度)?|本年度?)?(?:除[^，。；]{2,20}[外]，?)?(?:[^，。；]{0,6})(?:无|没有|暂无|不存在)[^，。；]{0,6}需要?(?:说明和|说明或)?报告的?(?:其他)?(?:事项|情况|内容|问题)`)

// nothingReceived is that nobody applied to a body, said in full.
var nothingReceived = lazyregexp.New(`^(?:人民政府|政府)?(?:20\d\d年(?:度)?|本年度?|全年)?(?:均|也)?(?:没有|未|从未)(?:收到|接到|受理)[^，。；]{2,24}(?:递交|提交|提出)的[^，。；]{0,12}(?:申请|申请表》)(?:$|[，。；])`)

// announcement is what the report is announced by, behind the name of its author.
var announcement = lazyregexp.New(`^(?:20\d\d|本)年(?:度)?(?:的)?(?:政府信息公开|政务公开|信息公开)[^，。；]{0,14}(?:汇报|报告|总结|公布|通报)如下`)
