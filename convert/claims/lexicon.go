package claims

import (
	"slices"
	"strings"
	"sync"

	"nianbao/convert/glance"
)

// category is a row of the table of applications by the words prose has for it:
// any of them, in any order with the figure.
type category struct {
	subject Subject
	words   []string
}

// kinds are the rows below the results. A row of these says more than the result
// it belongs to, which may stand beside it.
var kinds = []category{
	{"applications.denied.state_secret", []string{"国家秘密"}},
	{"applications.denied.prohibited_by_law", []string{"法律行政法规禁止", "法律法规禁止", "法律、行政法规禁止", "法律和行政法规禁止", "法律、法规禁止", "行政法规禁止"}},
	{"applications.denied.endangers_security", []string{"三安全一稳定", "国家安全、公共安全"}},
	{"applications.denied.third_party_rights", []string{"第三方合法权益", "第三方权益", "第三人合法权益", "第三方的合法权益"}},
	{"applications.denied.internal_affairs", []string{"内部事务", "内部管理信息"}},
	{"applications.denied.process_information", []string{"过程性"}},
	{"applications.denied.enforcement_files", []string{"行政执法案卷", "执法案卷"}},
	{"applications.denied.administrative_inquiry", []string{"行政查询"}},
	{"applications.unable.not_held", []string{"不掌握", "未掌握", "不属于本机关掌握", "非本机关掌握"}},
	{"applications.unable.needs_creation", []string{"没有现成信息", "无现成信息", "没有现成的信息", "没有现成政府信息", "现成信息", "现成的信息", "另行制作", "现成政府信息", "另行加工", "重新制作"}},
	{"applications.unable.unclear_after_correction", []string{"补正后申请内容仍不明确", "申请内容补正后仍不明确", "经补正申请内容仍不明确", "经补正后仍不明确", "补正后内容仍不明确", "补正后仍不明确", "经补正仍不明确", "仍不明确", "仍然不明确", "仍不清楚", "补正后不明确", "补正后内容不明确", "仍未明确"}},
	{"applications.not_processed.petition", []string{"信访举报投诉", "信访、举报、投诉", "信访投诉举报", "信访、投诉、举报", "信访和举报投诉", "信访、投诉举报", "信访、举报投诉"}},
	{"applications.not_processed.repeated", []string{"重复申请", "重复提出", "重复提交"}},
	{"applications.not_processed.publication_request", []string{"公开出版物"}},
	{"applications.not_processed.abusive", []string{"大量反复", "大量、反复", "反复申请", "反复大量", "反复、大量"}},
	{"applications.not_processed.confirm_or_reissue", []string{"重新出具", "确认已获取", "确认已经获取", "确认或重新"}},
	{"applications.other_outcome.overdue_correction", []string{"无正当理由逾期不补正", "无正当理由逾期未补正", "逾期不补正", "逾期未补正", "逾期没有补正", "未按期补正", "逾期仍未补正", "未在规定期限内补正", "超期不补正", "逾期不予补正"}},
	{"applications.other_outcome.unpaid_fee", []string{"逾期未按收费", "逾期未缴", "逾期不缴", "未按收费通知", "逾期未按要求缴"}},
}

// outcomes are the results. Longer words stand before those in them: a word found
// is taken out before the next is looked for.
var outcomes = []category{
	{NotProcessed, []string{"不予处理", "不作处理", "未予处理", "不再处理"}},
	{Partially, []string{"部分予以公开", "予以部分公开", "部分不予公开", "部分公开", "区分处理", "部分内容予以公开", "部分同意公开", "部分同意公开", "部分予以提供", "公开部分内容"}},
	{Denied, []string{"不同意公开", "不予公开", "未予公开", "不予以公开", "不能公开", "决定不公开"}},
	{Unable, []string{"无法提供", "无法公开", "不能提供"}},
	{OtherOutcome, []string{"其他处理", "其它处理", "其他方式处理", "其他情形处理"}},
	{Granted, []string{"予以公开", "决定公开", "答复公开", "同意公开", "给予公开", "准予公开", "全部公开", "全文公开", "予以提供", "全部予以公开", "同意全部公开"}},
}

// bothOpen writes out what is open wholly or in part, where one 公开 stands for
// both: 公开或者部分公开.
var bothOpen = joinedOpen("或者", "或", "和", "及", "以及", "与", "、", "还是")

func joinedOpen(joints ...string) *glance.Replacer {
	var pairs []string
	for _, j := range joints {
		both := "予以公开" + j + "部分公开"
		pairs = append(pairs, "不予公开"+j+"部分", "不予公开"+j+"部分", "不公开"+j+"部分", "不公开"+j+"部分")
		for _, w := range []string{"予以公开", "给予公开", "同意公开", "全部公开", "公开", "全部", "完全"} {
			pairs = append(pairs, w+j+"部分公开", both, w+j+"部分予以公开", both)
		}
		pairs = append(pairs, "部分公开"+j+"公开", both, "部分"+j+"全部公开", both, "部分公开"+j+"全部公开", both)
	}
	return glance.NewReplacer(pairs...)
}

// columns are who applied.
var columns = []category{
	{ByOrganisation, []string{"法人或其他组织", "法人和其他组织", "法人及其他组织", "法人、其他组织", "法人或者其他组织", "法人以及其他组织", "法人与其他组织", "法人组织", "法人"}},
	{ByLegalService, []string{"法律服务机构", "律师事务所", "律所"}},
	{ByResearch, []string{"科研机构", "科研院所", "科研单位"}},
	{ByWelfare, []string{"社会公益组织", "公益组织", "公益性组织", "社会公益类组织"}},
	{ByBusiness, []string{"商业企业", "企业"}},
	{ByPerson, []string{"自然人", "公民个人", "个人申请", "由个人", "个人提", "个人递", "个人名义"}},
}

// find takes the words of the categories out of text and returns the subjects they
// name, in the order of the list.
func find(list []category, text string) (named []Subject, rest string) {
	seen := glance.At(text) // ※ is in no word: what the text holds later it holds now
	for i := range list {
		for _, w := range list[i].words {
			if !seen.HasIn(text, w) {
				continue
			}
			text = strings.ReplaceAll(text, w, "※")
			if !slices.Contains(named, list[i].subject) {
				named = append(named, list[i].subject)
			}
		}
	}
	return named, text
}

// resultOf is the result a row below it belongs to.
func resultOf(kind Subject) Subject {
	text := string(kind)
	if at := strings.LastIndex(text, "."); at > 0 {
		return Subject(text[:at])
	}
	return kind
}

// longer keeps the words of two characters and more.
func longer(lists ...string) string {
	var out []string
	for w := range strings.FieldsSeq(strings.Join(lists, " ")) {
		if runeLen(w) > 1 {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// remover takes words out of a text. It is made at its first use: all of them at
// every start took over a millisecond.
type remover struct{ made func() *glance.Replacer }

// Replace returns text without the words.
func (r remover) Replace(text string) string { return r.made().Replace(text) }

// replacer takes the words of a list out of a text, longer ones first.
func replacer(lists ...string) remover {
	return remover{sync.OnceValue(func() *glance.Replacer {
		all := strings.Fields(strings.Join(lists, " "))
		slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
		pairs := make([]string, 0, 2*len(all))
		for _, w := range all {
			pairs = append(pairs, w, "")
		}
		return glance.NewReplacer(pairs...)
	})}
}

const (
	// counting stands around a number and tells nothing of what is counted.
	counting = `共 共计 总计 合计 一共 总共 总 计 为 是 有 达 达到 仅 只有 的 了 各类 ※类 ※方面 类别 数 数量 总数 总量 件数 总件数 量 分别 均 各 就 即 则 也 又 中 里 当中 之中
		其中 另 另有 此外 还 还有 并 且 和 与 及 以及 而 在 于 后 已 已经 全部 全 都 皆 最终 最后 结果 情况 情形 件 宗 份 起 例 属 属于 系 因 因为 由于 所 被 予 以 我 本 该 新 等 如下 一栏 该栏 一行 ： ， 、 “ ” （ ） 〔 〕 《 》 ※`
	// ofYear are words for the report's own year and its end.
	ofYear = `全年 本年 本年度 年度 年内 今年 当年 一年来 年度内 一年 年 全年度 截至年底 截至年末 年底 年末 截至 截止 止 12月31日 1月1日 至 底 末 期间 统计期内 报告期内 报告期 一年中 目前 期内 期末`
	// ownBody are words for the body itself, and for what it is bound by.
	ownBody = `我局 本局 我委 我街道 我街 我镇 我乡 我办 我中心 我处 我厅 我区 我县 我市 我省 我机关 我单位 我部门 本机关 本单位 本部门 本街道 本镇 本级 本行政机关 行政机关 机关 单位 部门 经 经审查 经审核 经核查 审查 审核 依法 依规 依法依规 按规定 按照规定 规定 按照 根据 依据 法定 期限 按期 按时 及时 如期 规范 认真 严格 妥善 逐件 逐一 均已 统一`
	// everybody are those who may apply; where persons and organisations stand
	// together, or the public at large, nobody is left out.
	everybody = `公民、法人和其他组织 公民、法人或其他组织 公民、法人或者其他组织 公民、法人及其他组织 公民、法人、其他组织 公民、法人以及其他组织 公民、法人和社会组织 公民、法人 公民和企业 企业和公民 企业和个人 个人和企业 群众和企业 企业和群众 企业群众 企业、群众 群众、企业 个人和单位 单位和个人 个人及单位 市民和企业 企业和市民 居民和企业 企业和居民 社会公众 人民群众 广大群众 社会各界 各界 社会 群众 公众 市民 居民 村民 公民 当事人 申请人 申请者 外界 向 对 由`
	// asking are the verbs of those who apply; receiving, deciding and answering
	// those of the body.
	asking    = `提出 提交 递交 呈交 提起 发起 报送 送交 递送 发来 提请 要求获取 要求 依法提出 获得`
	receiving = `新收到 新收 收到 收悉 接到 接收到 接收 接件 收件 受理 登记 接办 新接 新增 新受理 共收到 共收 收 接 接获 收取 收得 录得 接件 收件 收文 接报 受领 纳入 进入 产生 发生 承接 迎来`
	handling  = `办理 处理 办结 办毕 办完 办理终结 办理完毕 处理完毕 办理完成 完结 结案 办理完结 答复 回复 答覆 回应 作出答复 答复完毕 书面答复 告知 书面告知 作出 做出 决定 处理决定 答复决定 出具 认定 依法作出 给予 采取 方式 申请`
	asked     = `政府信息公开申请 政府信息公开的申请 信息公开申请 信息公开的申请 政府信息依申请公开 依申请公开政府信息 依申请公开 公开申请 申请公开政府信息 申请公开 申请件 申请事项 申请量 申请书 申请表 申请 政府信息公开 政府信息 信息公开 公开 事项 事宜 来件 办件 案件 案 信息 工作`
)

var (
	neutralWords   = replacer(counting, ofYear, ownBody, everybody, asking, receiving, handling, asked)
	neutralPhrases = replacer(longer(counting, ofYear, ownBody, everybody, asking, receiving, handling, asked))
	// nearNoun may stand between the verb and what is received.
	nearNoun = replacer(counting, everybody, asking, receiving, handling, ownBody, ofYear, `在册 政府 各类 各种 有关 相关 任何 全部 国内外 通过各种渠道 各渠道 件次 的`)
	// behindNoun may stand between what is received and its number.
	behindNoun = replacer(counting, receiving, handling, asked, `一栏 “ ” 数量 按期 按时 及时 依法 均 已 全部 今年 全年 本年 本年度 当年 累计 规模 数据 诉求 公开类 年底 截至 经 程序 流程 环节 录入系统 登记系统 平台登记`)
)
