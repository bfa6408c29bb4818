package claims

import (
	"fmt"
	"strings"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// Subject is what a claim is about, where that is a figure of the statutory form
// or one that the rules know. The names are those of the form's rows.
type Subject string

// The subjects.
const (
	None           Subject = ""
	New            Subject = "applications.new"
	CarriedOver    Subject = "applications.carried_over"
	Handled        Subject = "applications.handled"   // 办结
	Answered       Subject = "applications.answered"  // 答复
	Processed      Subject = "applications.processed" // 办理: settled, or all there was to do
	CarriedForward Subject = "applications.carried_forward"
	Granted        Subject = "applications.granted"
	Partially      Subject = "applications.partially_granted"
	GrantedOrPart  Subject = "applications.granted_or_partially"
	Denied         Subject = "applications.denied"
	Unable         Subject = "applications.unable"
	NotProcessed   Subject = "applications.not_processed"
	OtherOutcome   Subject = "applications.other_outcome"

	ByPerson       Subject = "applicants.natural_person"
	ByOrganisation Subject = "applicants.organisation"
	ByBusiness     Subject = "applicants.business"
	ByResearch     Subject = "applicants.research"
	ByWelfare      Subject = "applicants.social_welfare"
	ByLegalService Subject = "applicants.legal_service"

	Reconsideration   Subject = "reconsideration.total"
	ReconUpheld       Subject = "reconsideration.upheld"
	ReconCorrected    Subject = "reconsideration.corrected"
	ReconOther        Subject = "reconsideration.other"
	ReconPending      Subject = "reconsideration.pending"
	Litigation        Subject = "litigation.total"
	LitigationDirect  Subject = "litigation_direct.total"
	LitigationAfter   Subject = "litigation_after_reconsideration.total"
	LitUpheld         Subject = "litigation.upheld"
	LitCorrected      Subject = "litigation.corrected"
	LitOther          Subject = "litigation.other"
	LitPending        Subject = "litigation.pending"
	ReconOrLitigation Subject = "reconsideration_or_litigation.total"

	RegulationsIssued   Subject = "regulations.issued"
	RegulationsRepealed Subject = "regulations.repealed"
	RegulationsInForce  Subject = "regulations.in_force"
	NormativeIssued     Subject = "normative_documents.issued"
	NormativeRepealed   Subject = "normative_documents.repealed"
	NormativeInForce    Subject = "normative_documents.in_force"

	Licensing   Subject = "administrative_licensing.decisions"
	Penalties   Subject = "administrative_penalties.decisions"
	Compulsion  Subject = "administrative_compulsion.decisions"
	Fees        Subject = "administrative_fees.amount"
	Procurement Subject = "government_procurement.items"
	Purchased   Subject = "government_procurement.amount"

	InformationFee Subject = "information_fee" // 信息处理费, chapter 六
	Disclosed      Subject = "proactive.total" // 主动公开信息
)

// Details are the rows below 不予公开, 无法提供, 不予处理, 其他处理: subjects are
// "applications." with the path of the row.
var details = []struct {
	subject Subject
	words   []string
}{
	{"applications.denied.state_secret", []string{"国家秘密"}},
	{"applications.denied.prohibited_by_law", []string{"法律行政法规禁止", "法律法规禁止", "法律、行政法规禁止"}},
	{"applications.denied.endangers_security", []string{"三安全一稳定"}},
	{"applications.denied.third_party_rights", []string{"第三方合法权益"}},
	{"applications.denied.internal_affairs", []string{"内部事务"}},
	{"applications.denied.process_information", []string{"过程性信息"}},
	{"applications.denied.enforcement_files", []string{"行政执法案卷"}},
	{"applications.denied.administrative_inquiry", []string{"行政查询事项"}},
	{"applications.unable.not_held", []string{"不掌握"}},
	{"applications.unable.needs_creation", []string{"没有现成信息", "另行制作", "无现成信息"}},
	{"applications.unable.unclear_after_correction", []string{"仍不明确", "内容不明确", "内容仍不明"}},
	{"applications.not_processed.petition", []string{"信访举报投诉", "信访、举报、投诉"}},
	{"applications.not_processed.repeated", []string{"重复申请"}},
	{"applications.not_processed.publication_request", []string{"公开出版物"}},
	{"applications.not_processed.abusive", []string{"大量反复", "大量、反复"}},
	{"applications.not_processed.confirm_or_reissue", []string{"确认或重新出具", "确认或者重新出具"}},
	{"applications.other_outcome.overdue_correction", []string{"逾期不补正", "逾期未补正"}},
	{"applications.other_outcome.unpaid_fee", []string{"逾期未按收费", "逾期未缴"}},
}

// Words that make an application another one than for government information.
var otherApplications = []string{"许可申请", "复议申请", "诉讼申请", "救助申请", "补贴申请", "补助申请", "仲裁申请", "认定申请", "登记申请", "资助申请", "职称", "贷款", "执行申请", "援助", "低保", "住房", "公租房", "入学", "退休", "保险", "专利", "商标", "听证申请", "调解", "赔偿申请", "备案申请", "审批申请", "行政审批", "审批事项", "政务服务", "办事申请", "网办"}

// Words that make a figure of applications one of a part of them.
var partOfApplications = []string{"网上", "网络", "网站", "当面", "现场", "信函", "邮寄", "信件", "邮件", "邮政", "传真", "线上", "线下", "平台", "渠道", "来信", "在线", "书面", "窗口", "企业", "公民", "个人", "律师", "机构", "组织", "撤回", "撤销", "补正", "重复", "转办", "转交", "超期", "逾期", "延期", "延长", "涉及", "关于", "内容", "方面", "主要", "领域", "同一", "某", "首次", "征收", "拆迁", "土地", "规划", "类申请", "新冠", "疫情", "属于", "需要", "口头", "电话", "电子", "咨询", "内容为", "其他", "另", "按时", "征地", "告知", "一次性", "协助", "配合", "以区政府", "向区", "向市", "向县", "上级", "移交", "分办", "牵头", "联合", "会同", "会办", "协办", "参与", "交办", "批转", "转来", "首批", "疑难", "复杂", "敏感", "典型", "个别", "少数", "批次", "转由", "转给", "后转", "指导", "督促", "代", "承办", "提前", "当日", "当天", "即日", "当场", "即时", "日内"}

// classify finds the subject of a figure or denial from the words before and
// behind it. ctx is what the sentence is about.
func classify(label, tail string, ctx topic) Subject {
	if all := anybody.Replace(label); all != label {
		label = strings.Replace(strings.Replace(all, "来自的", "", 1), "来自对", "对", 1) // 收到来自公民、法人的申请
	}
	if strings.Contains(label, "最") {
		label = mostly.Replace(label)
	}
	tail = ownTail(label, tail)
	phrase := label + tail
	if s := ofDocuments(label, tail, phrase, ctx); s != None {
		return s
	}
	if s := ofChallenges(phrase, ctx); s != None && !causedNone(tail) {
		return s
	}
	return ofApplications(label, tail, phrase, ctx)
}

// causedNone reports whether what is counted is said behind it to have led to no challenge:
// 35件申请未引发行政复议和行政诉讼.
func causedNone(tail string) bool {
	before, _, ok := strings.Cut(tail, "复议")
	if !ok {
		before, _, ok = strings.Cut(tail, "诉讼")
	}
	return ok && strings.Contains(before, "申请") && containsAny(before, "未引", "未发生", "未产生", "未提", "未被", "没有引", "没有发生", "未出现", "无一", "未有")
}

// mostly takes out that something is told of first because it is the most: 予以公开的占比最高，
// 为12件.
var mostly = strings.NewReplacer("占比最高", "", "占比最大", "", "占比最多", "", "比例最高", "", "数量最多", "")

// ownTail is the tail as far as it says what is counted: 并同步解读 behind
// 制发行政规范性文件5件 says what else was done with them.
func ownTail(label, tail string) string {
	if label != "" && startsWithAny(tail, "并", "且", "均", "全部", "都", "在本年", "在规定", "在法定", "已全部", "已经", "皆") && !containsAny(tail, "转", "移", "撤回", "补正") {
		return ""
	}
	return tail
}

// anybody takes out the words for everybody who may apply: they name no group.
var anybody = glance.NewReplacer("公民和法人或其他组织", "", "公民和法人", "", "公民与法人", "", "法人和公民", "", "公民、法人和其他组织", "", "公民、法人、其他组织", "", "公民、法人或其他组织", "", "公民、法人或者其他组织", "",
	"公民、法人及其他组织", "", "公民、法人以及其他组织", "", "公民、法人和社会组织", "", "公民、法人", "", "申请人申请", "申请")

// topic is what a sentence is about, from its words, the sentence before, its
// heading and its chapter.
type topic struct {
	applications bool // of government information
	challenges   bool // 复议, 诉讼 over it
	proactive    bool // chapter 二
	chapter      string
	year         int // of the report
	// last is the challenge named last before the figure.
	last Subject
	// direct: the sentence itself speaks of applications.
	direct bool
	// results: the sentence tells what became of applications.
	results bool
}

func ofApplications(label, tail, phrase string, ctx topic) Subject {
	if !ctx.applications || otherKinds.in(phrase) {
		return None
	}
	if carried, rest, ok := strings.Cut(phrase, "新收"); ok && strings.Contains(carried, "结转") && hasSuffix(carried, []string{"后", "外", "基础上"}) {
		phrase = "新收" + rest // 结转上年后新收到47件
	}
	if containsAny(phrase, "结转", "转结", "转入", "接转", "跨年", "转至下", "转下年", "结余", "下年度继续", "下年继续", "下一年度继续", "次年继续", "顺延", "转接") || intoYear.MatchString(phrase) {
		return ofCarrying(phrase, ctx.year)
	}
	if s := ofResults(label, phrase, ctx); s != None {
		return s
	}
	if containsAny(phrase, "自然人", "法人", "商业企业", "科研机构", "社会公益组织", "法律服务机构") {
		return ofApplicants(phrase)
	}
	if partKinds.in(phrase) {
		return None
	}
	if ctx.direct && (label == "新收" || label == "新收到" || label == "本年新收" || label == "当年新收") && tail == "" {
		return New
	}
	return ofReception(label, tail, phrase)
}

// withoutUndone takes out that what is carried was not done.
var withoutUndone = glance.NewReplacer("尚未办结", "", "未能办结", "", "未办结", "", "未办理完毕", "", "未答复", "", "未办", "")

// withoutCause takes out why something is carried: 因延期答复或补正等原因结转下年.
func withoutCause(phrase string) string {
	for _, w := range []string{"因", "由于"} {
		before, rest, ok := strings.Cut(phrase, w)
		if !ok {
			continue
		}
		for _, e := range []string{"原因", "缘故", "情形", "需要", "情况"} {
			if _, after, ends := strings.Cut(rest, e); ends {
				return before + after
			}
		}
	}
	return phrase
}

// intoYear names the year that something goes into: 余8件转2024年度办理.
var intoYear = lazyregexp.New(`转(?:至|到|入|为|由)?20(\d\d)年(?:度)?(?:继续)?(?:办理|处理|答复|办结|$)`)

// fromYearTo names both years of what was carried: 2020年结转至2021年.
var fromYearTo = lazyregexp.New(`20(\d\d)年(?:度|底|末)?(?:结转|转结|转入|转至|接转|顺延)(?:至|到|入)?20(\d\d)年`)

func ofCarrying(phrase string, year int) Subject {
	phrase = withoutCause(withoutUndone.Replace(phrase))
	if m := fromYearTo.FindStringSubmatch(phrase); m != nil {
		switch own := fmt.Sprintf("%02d", year%100); {
		case m[1] == own:
			return CarriedForward
		case m[2] == own:
			return CarriedOver
		}
		return None
	}
	if m := intoYear.FindStringSubmatch(phrase); m != nil && m[1] == fmt.Sprintf("%02d", year%100) {
		return CarriedOver // 2020年转2021年办理5件, in the report of 2021
	}
	switch {
	case intoYear.MatchString(phrase):
		return CarriedForward
	case strings.Contains(phrase, "顺延") && !containsAny(phrase, "上年", "上一年", "去年", "往年", "期限", "时限", "复议", "审理"):
		return CarriedForward
	case containsAny(phrase, "不予", "予以", "办结", "答复", "无结转", "没有结转", "审理", "审结"):
		return None
	case containsAny(phrase, "结转下", "结转至下", "结转到下", "结转入下", "转入下", "转结下", "转至下", "转下年", "结转次", "结转至次", "结转到次", "结转明年", "结转至明年", "接转下", "下年", "下一年", "次年"):
		return CarriedForward
	case containsAny(phrase, "结转至20", "结转到20", "结转20", "转结20", "转结至20", "转入20", "转至20", "顺延至20"):
		return CarriedForward
	case containsAny(phrase, "上年", "上一年", "去年", "上一个年", "往年", "年结转", "年度结转", "年转入", "年转结", "上期", "年遗留"):
		return CarriedOver
	}
	return None
}

// ofResults are the rows of 三、本年度办理结果.
func ofResults(label, phrase string, ctx topic) Subject {
	if containsAny(phrase, "第三方意见", "比例", "占比", "率", "复议", "诉讼", "文件", "复文", "页", "审核", "会商", "目录", "清单", "台账") || startsWithAny(phrase, "其他", "其余", "另", "剩余") && !startsWithAny(phrase, "其他处理", "其他方式处理", "其他情形处理", "其他法律") {
		return None
	}
	if sub, named := ofDetails(phrase); named && ctx.results {
		return sub
	}
	if kind := strings.ReplaceAll(strings.ReplaceAll(label, "信息公开类", ""), "分类", ""); ofKind(kind) {
		return None
	}
	if openResult(phrase) {
		return None
	}
	phrase = strings.ReplaceAll(bothOpen.Replace(phrase), "部分同意公开", "部分公开")
	granted := containsAny(phrase, "予以公开", "同意公开", "给予公开", "全部公开")
	denied := containsAny(phrase, "不予公开", "不同意公开", "未予公开", "不公开")
	part := containsAny(phrase, "部分公开", "部分予以公开", "部分不予公开", "区分处理")
	unable := containsAny(phrase, "无法提供", "无法公开")
	not := containsAny(phrase, "不予处理", "不再处理")
	other := containsAny(phrase, "其他处理", "其它处理", "其他方式处理", "其他情形处理")
	n := 0
	for _, b := range []bool{granted, denied && !part, part, unable, not, other} {
		if b {
			n++
		}
	}
	switch {
	case granted && part && strings.Contains(strings.ReplaceAll(phrase, "部分不予公开", ""), "不予公开"):
		return None
	case granted && part && n == 2 && !strings.Contains(phrase, "部分予以公开"):
		return GrantedOrPart
	case n != 1 && !strings.Contains(phrase, "部分予以公开"):
		return None
	case containsAny(phrase, "主动", "申请人", "涉及", "信息内容") && !ctx.results:
		return None
	case part:
		return Partially
	case granted:
		return Granted
	case denied:
		return Denied
	case unable:
		return Unable
	case not:
		return NotProcessed
	}
	return OtherOutcome
}

// openResult reports whether a result is only an example of what is counted: 作出予以公开、
// 部分公开等答复48件.
func openResult(words string) bool {
	for _, w := range resultNames {
		if _, behind, ok := strings.Cut(words, w); ok && strings.HasPrefix(behind, "等") && !startsWithAny(behind, "等原因", "等理由") {
			return true
		}
	}
	return false
}

// ofDetails is the one row below a result that the words name, None where they name
// several; named is false where they name none.
func ofDetails(phrase string) (sub Subject, named bool) {
	phrase = strings.ReplaceAll(phrase, "企业内部事务", "")
	for i := range details {
		if !containsAny(phrase, details[i].words...) {
			continue
		}
		if named || containsAny(phrase, "或", "等", "和不", "及不", "合并") && !strings.Contains(phrase, "或重新") && !strings.Contains(phrase, "或者重新") {
			return None, true
		}
		sub, named = details[i].subject, true
	}
	return sub, named
}

// ofKind reports whether the words before a result name one kind of
// applications: 个人信息保护类不予公开.
func ofKind(label string) bool {
	for _, w := range resultNames {
		if before, _, ok := strings.Cut(label, w); ok {
			return containsAny(before, "类", "方面", "领域", "涉", "因", "由于", "不属于")
		}
	}
	return false
}

// accounts are means that bear an applicant's name.
var accounts = []string{"账号", "账户", "帐号", "帐户", "用户", "邮箱", "端口", "入口", "通道", "专窗", "专区"}

func ofApplicants(phrase string) Subject {
	if containsAny(phrase, "予以", "不予", "部分公开", "答复", "办结", "无法", "结转", "网", "信函", "邮寄", "当面", "、") {
		return None
	}
	person, org := strings.Contains(phrase, "自然人"), strings.Contains(phrase, "法人")
	switch {
	case startsWithAny(phrase, "通过", "经由", "使用", "利用"), containsAny(phrase, accounts...), containsAny(phrase, "主要涉及", "主要集中", "集中在", "主要为", "主要是"): // 通过法人账号提交的
		return None
	case person && org, person && containsAny(phrase, "企业", "机构", "组织"):
		return None
	case person:
		return ByPerson
	case org && containsAny(phrase, "企业", "机构", "公益"):
		return None
	case org:
		return ByOrganisation
	case strings.Contains(phrase, "商业企业"):
		return ByBusiness
	case strings.Contains(phrase, "科研机构"):
		return ByResearch
	case strings.Contains(phrase, "社会公益组织"):
		return ByWelfare
	}
	return ByLegalService
}

// ofReception are 新收, 办结, 答复.
func ofReception(label, tail, phrase string) Subject {
	received := containsAny(phrase, "新收", "收到", "接到", "接收", "受理", "收悉", "收件", "新增", "共收")
	finished := containsAny(phrase, "办结", "办理完毕", "处理完毕", "办理完成", "已办理")
	answered := containsAny(phrase, "答复", "回复", "答覆")
	asked := containsAny(phrase, "申请", "依申请公开", "公开申请")
	bare := strings.HasSuffix(label, "办结") || strings.HasSuffix(label, "答复") || hasSuffix(label, []string{"办结数", "办结总数", "年度已办理", "全年已办理", "本年已办理", "办理完成", "办理完毕", "处理完毕"})
	switch {
	case hasSuffix(label, []string{"申请办理量", "申请办理数", "申请办理数量", "申请办理总量", "申请办理总数", "依申请公开办理量", "依申请公开办件量", "等途径依申请公开信息", "等渠道依申请公开信息", "等方式依申请公开信息"}) && tail == "":
		return Processed
	case containsAny(phrase, "未", "没有", "尚", "不", "正在", "满意", "率", "表扬", "投诉", "举报", "信访", "来访", "热线", "留言", "建议", "提案", "咨询", "诉求", "12345", "信箱", "案件", "电话", "书", "模板", "意见", "时限", "格式", "质量", "规范", "培训", "案例", "台账", "个月", "最多", "单月", "单日"):
		return None
	case asked && !countsRequests(label), qualified(label, tail), picksBehind(label, tail), someOf(label, tail):
		return None
	case received && (asked || startsWithAny(tail, "政府信息公开申请")) && !answered && !finished:
		return New
	case received && asked && (finished || answered): // 收到并办结
		return None
	case finished && (asked || bare), (strings.HasSuffix(label, "年度办理结果") || label == "办理结果") && tail == "":
		return Handled
	case !received && !answered && strings.Contains(label, "办理") && strings.LastIndex(label, "办理") < strings.LastIndex(label, "申请"):
		return Processed
	case answered && (asked || bare):
		return Answered
	case !finished && !answered && containsAny(label, "信息公开申请") && !unnamed(label) && !containsAny(phrase, "处理", "办理", "公开申请信息", "完成", "申请公开"):
		return New
	}
	return None
}

// qualified reports whether words between the verb and the noun make a figure
// of applications one of a part of them: 收到来自外省的申请.
func qualified(label, tail string) bool {
	noun, at := -1, -1
	for _, v := range []string{"新收到", "新收", "收到", "接到", "接收", "受理", "收悉", "办理", "办结", "答复", "回复", "处理"} {
		if i := strings.LastIndex(label, v); i >= 0 && containsAny(label[i+len(v):], "政府信息", "政务信息", "信息公开", "依申请", "公开", "申请") {
			at = max(at, i+len(v)) // the last one with a noun behind it
		}
	}
	for _, n := range []string{"政府信息", "政务信息", "信息公开", "依申请", "公开", "申请"} {
		if k := strings.Index(label[max(at, 0):], n); k >= 0 && (noun < 0 || max(at, 0)+k < noun) {
			noun = max(at, 0) + k
		}
	}
	if at < 0 || tail != "" {
		return false
	}
	between := label[at:noun]
	for _, w := range []string{"到", "了", "各类", "有关", "相关", "共", "并办理", "和处理", "并处理", "的", "新", "全部", "公民提出", "群众提交", "群众提出", "社会公众", "群众", "公众", "市民", "居民", "公民", "申请人提交", "申请人提出", "申请人", "提交", "其他", "任何", "属于本机关", "通过各种渠道", "各种", "件", "各", "类", "国内外", "对", "了", "提出", "单位", "个人", "以及", "和", "本年", "年度", "本年度", "全年", "书面", "并"} {
		between = strings.ReplaceAll(between, w, "")
	}
	return between != ""
}

// someOf reports whether words between the figure and the noun make it one of a part: 受理的3件涉密申请.
func someOf(label, tail string) bool {
	before, _, ok := strings.Cut(tail, "申请")
	return ok && strings.HasSuffix(label, "的") && neutralWords.Replace(before) != ""
}

// picksBehind reports whether words behind the noun, itself behind the figure, tell
// something of some applications: 12件申请在答复前作了沟通.
func picksBehind(label, tail string) bool {
	if strings.Contains(label, "申请") || tail == "" || containsAny(label, "收到", "受理", "新收", "接收") {
		return false
	}
	_, rest, ok := strings.Cut(tail, "申请")
	return ok && !startsWithAny(rest, "均", "已", "全部", "都") && behindNoun.Replace(strings.TrimRight(rest, "。")) != ""
}

// unnamed reports whether an application without a verb is one of a part of them,
// or the object of something done: 来自外省的政府信息公开申请, 对…申请开展….
func unnamed(label string) bool {
	before, _, _ := strings.Cut(label, "信息公开申请")
	before = strings.TrimSuffix(before, "政府")
	return strings.HasSuffix(before, "的") || containsAny(before, "对", "将", "把", "就", "向", "由", "后", "等", "来自", "针对", "协助", "抽查", "检查", "转", "移交", "交办", "提出", "提交", "委托")
}

// countsRequests reports whether requests are what is counted: nothing but words
// for the number of them stands behind the word 申请.
func countsRequests(label string) bool {
	at := max(strings.LastIndex(label, "申请"), strings.LastIndex(label, "申请公开")+len("公开"))
	if !strings.Contains(label, "申请") {
		return true // 共收到16件政府信息公开申请
	}
	rest := strings.TrimPrefix(label[at:], "申请")
	for _, w := range []string{"政府信息", "信息", "受理量", "受理", "收到", "新收", "接收", "收件", "办件", "办结", "答复", "事宜", "公开", "申请", "诉求", "来件", "并", "已", "按期", "按时", "全部", "全年", "本年度", "本年", "当年"} {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return trimEndings(rest) == "" || trimEndings(rest) == "量" || rest == "件"
}

// challengeEnds are how a challenge may end.
var challengeEnds = []struct {
	words    []string
	ofRecon  Subject
	ofTrials Subject
}{
	{[]string{"维持"}, ReconUpheld, LitUpheld},
	{[]string{"纠正"}, ReconCorrected, LitCorrected},
	{[]string{"其他结果", "其它结果"}, ReconOther, LitOther},
	{[]string{"尚未审结", "未审结"}, ReconPending, LitPending},
}

// ofChallenges are 行政复议 and 行政诉讼.
func ofChallenges(phrase string, ctx topic) Subject {
	if !ctx.challenges {
		return None
	}
	phrase = byCourt.Replace(decided(phrase))
	recon, lit := strings.Contains(phrase, "复议"), containsAny(phrase, "诉讼", "起诉")
	switch {
	case containsAny(phrase, "审结", "办结") && !containsAny(phrase, "未审结", "未办结", "均", "全部", "待审结"):
		return None // those that are closed: 尚未审结 is beside them
	case strings.Contains(phrase, "为被申请人") && !containsAny(phrase, "我", "本"):
		return None
	case containsAny(phrase, "一审", "二审", "再审", "应诉", "应复", "出庭", "培训", "败诉", "代理", "民事", "刑事", "复议答复", "答复书", "案卷", "维持率", "纠错率", "率", "申诉", "举报", "投诉", "仲裁", "审理", "法院审", "法院受理", "法院判", "法院立案", "法院开庭", "作为复议机关", "劳动", "国家赔偿", "撤回", "撤诉", "驳回", "审结的", "已审结案") || strings.Contains(phrase, "不服") && !strings.Contains(phrase, "因不服") && !strings.HasPrefix(phrase, "不服"):
		return None
	case containsAny(phrase, "未经复议", "直接起诉") && containsAny(phrase, "与复议后", "和复议后", "及复议后", "、复议后"):
		return None // both
	case containsAny(phrase, "未经复议", "直接起诉", "直接提起", "直接向") && !tellsResult(phrase):
		return LitigationDirect
	case strings.Contains(phrase, "复议后") && !tellsResult(phrase):
		return LitigationAfter
	}
	which := ctx.last
	switch {
	case lit && containsAny(phrase, "未经复议", "复议后"):
		which = Litigation // 复议后起诉的维持6件: see crossTrials
	case recon && lit && (strings.Contains(phrase, "不服") || strings.Contains(phrase, "复议决定")):
		return LitigationAfter // 不服复议决定转而起诉的
	case recon && lit:
		which = ReconOrLitigation
	case recon:
		which = Reconsideration
	case lit:
		which = Litigation
	}
	n := 0
	out := None
	for _, o := range challengeEnds {
		if !containsAny(phrase, o.words...) {
			continue
		}
		n++
		switch which {
		case Reconsideration:
			out = o.ofRecon
		case Litigation:
			out = o.ofTrials
		default:
		}
	}
	switch {
	case n > 1:
		return None
	case n == 1:
		return out
	case (recon || lit) && countsChallenges(phrase):
		return which
	}
	return None
}

// byCourt takes out that a court decided, of a result that the form has, or calls it as the form does.
var byCourt = strings.NewReplacer("人民法院判决维持", "维持", "法院判决维持", "维持", "法院判决结果维持", "维持", "法院裁判维持", "维持", "法院判决纠正", "纠正", "法院判决结果纠正", "纠正", "维持原行政行为", "维持", "维持原具体行政行为", "维持", "维持原行为", "维持", "维持原答复", "维持", "维持原决定", "维持", "正在审理当中", "尚未审结", "正在审理中", "尚未审结", "正在审理", "尚未审结", "尚在审理中", "尚未审结", "尚在审理", "尚未审结", "仍在审理", "尚未审结")

// countsChallenges reports whether nothing but words for the number of them
// stands behind 复议 or 诉讼.
func countsChallenges(phrase string) bool {
	rest := phrase
	for _, noun := range []string{"复议", "诉讼", "起诉"} {
		if at := strings.LastIndex(rest, noun); at >= 0 {
			rest = rest[at+len(noun):]
		}
	}
	for _, w := range []string{"案件", "总计", "合计", "申请", "事项", "发生", "情况", "件数", "总数", "数量", "案", "类", "数", "件", "共", "的", "为", "被", "量", "情形", "等", "新增", "全年", "本年度"} {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return rest == ""
}
