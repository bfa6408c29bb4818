package rules

import (
	"math/big"
	"slices"
	"strings"
	"sync"

	"nianbao/convert/claims"
	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// wrongUnits are measure words that applications are counted in by mistake. 宗 is
// the southern word for 件.
var wrongUnits = map[string]bool{"单": true, "通": true, "批": true, "条": true, "条次": true, "次": true, "个": true, "份": true, "项": true, "篇": true, "例": true, "起": true, "人次": true, "人": true, "笔": true, "封": true}

// narrativeUnit finds applications counted in anything but 件, and figures that
// no unit can make sense of.
func narrativeUnit(c *context) *verdict {
	v := newVerdict()
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if x.Figure < 0 {
			continue
		}
		s := c.sentence(x)
		f := &s.Figures[x.Figure]
		reason, same := "", firstOf(c.otherScale(x), c.otherScaleApart(x))
		switch {
		case c.sameDigits(x):
			reason = "“" + f.Printed + f.Unit + "”与表中金额数字相同、单位不同，疑为单位有误"
		case same != "":
			reason = "“" + f.Printed + f.Unit + "”与前面的“" + same + "”数字相同、单位不同，疑为单位有误"
		case impossible(s, f), f.IsPercent() && f.Multiplied, twiceMultiplied(f):
			reason = "“" + f.Printed + f.Unit + "”不可能，疑为单位有误"
		case f.Unit == "项" && (strings.HasSuffix(trimCount(x.Label), "事项") || c.countedAsMatters(x)), applicantsBeside(s, x.Figure):
			v.pass() // 依申请公开事项4项
			continue
		case wrongUnits[f.Unit] && f.Value.Sign() > 0 && c.countsApplications(x, f) && (f.Unit != "次" || !strings.Contains(x.Label, "电话")), strings.Contains("户家张", f.Unit) && f.Unit != "" && c.plainRequests(x, f):
			reason = "“" + inner.Replace(clip(firstOf(x.Label, f.Tail))) + "”以“" + f.Unit + "”计，申请应以“件”计"
		case c.besideRequests(x, f), f.Unit == "批次" && f.Tail == "" && strings.HasSuffix(trimCount(x.Label), "公开申请") && (c.sameAsTable(f) || isReception(trimCount(x.Label)) && !countedToo(s, x.Figure)):
			reason = "“" + inner.Replace(clip(x.Label)) + "”以“" + f.Unit + "”计，申请应以“件”计"
		case (f.Unit == "人次" || f.Unit == "人") && startsWithAny(f.Tail, disclosureRequests...) && c.sameAsTable(f):
			reason = "“" + f.Printed + f.Unit + clip(f.Tail) + "”以“" + f.Unit + "”计，申请应以“件”计"
		case c.retoldRequests(x, f):
			reason = "“" + f.Printed + f.Unit + f.Tail[:len("申请")] + "”以“" + f.Unit + "”计，前文以“件”计"
		case heldAsPapers(s, f):
			reason = "“" + inner.Replace(clip(f.Label)) + "”以“" + f.Unit + "”计，疑为单位有误"
		case c.overcounted(x, f), c.tenThousandfold(x), c.outOfScale(s, x.Figure), c.beyondAll(x, s, f), viewedBeyond(s, x.Figure), overprinted(s, f), c.overcalled(s, f), c.beyond(s, f):
			reason = "“" + f.Printed + f.Unit + "”过大，疑为单位有误"
		case doubled(s, f):
			reason = "“" + f.Printed + f.Unit + f.Tail + "”有两个计量单位"
		case partsAsRequests(s, x.Figure), writtenAsPeople(f):
			reason = "“" + inner.Replace(clip(f.Label)) + "”以“" + f.Unit + "”计，疑为单位有误"
		case misfits(s, x.Figure), spentAsThings(s, f), peopleAsPapers(f), becameElse(s, x.Figure), roomAsLand(s, f):
			reason = "“" + inner.Replace(clip(f.Label)) + "”以“" + f.Unit + "”计，疑为单位有误"
		case x.Subject == claims.New || f.Multiplied:
			v.pass()
			continue
		default:
			continue
		}
		v.fail(fault{
			place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(f.Start), paths: c.claimPaths(x), quote: c.quoteOf(s, f.Start, f.End),
			message: c.inChapter(s.Section) + reason + "，请核对。", actual: f.Printed + f.Unit,
		})
	}
	c.judgeDurations(v)
	c.judgeUnitsOfParts(v)
	if v.outcome == report.NotApplicable {
		v.reason = "文字没有写明申请的件数"
	}
	return v
}

// countedAsMatters reports whether the chapter has counted applications as 事项 before, whose
// measure word is 项: 受理申请公开事项19项，其中自然人申请17项.
func (c *context) countedAsMatters(x *claims.Claim) bool {
	for i := range c.said.Claims {
		y := &c.said.Claims[i]
		if y.Sentence > x.Sentence || y.Sentence == x.Sentence && y.From >= x.From {
			return false
		}
		if y.Unit == x.Unit && y.Figure >= 0 && c.sentence(y).Section == c.sentence(x).Section && hasAnySuffix(trimCount(y.Label), []string{"申请公开事项", "申请事项"}) {
			return true
		}
	}
	return false
}

// applicantsBeside reports whether those who applied are counted, and directly behind them what
// they applied for: 收到依申请公开信息1人2次, 收到2个自然人的申请.
func applicantsBeside(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	if f.Unit == "个" && startsWithAny(behindFigure(s, f), "自然人", "公民", "法人", "企业", "公司", "组织", "单位", "申请人", "当事人", "群众", "市民", "村民", "居民", "律师") {
		return true
	}
	if k+1 >= len(s.Figures) || f.Unit == "" || !strings.Contains("人名户家", f.Unit) {
		return false
	}
	next := &s.Figures[k+1]
	return next.IsCount() && next.Unit != "" && next.Unit != f.Unit && slices.Contains([]string{"", "、", "共"}, next.Raw) && next.Start-f.End <= 1
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// disclosureRequests are the nouns that mean applications of this procedure and nothing
// else; what is counted directly behind one are applications.
var disclosureRequests = []string{"政府信息公开申请", "信息公开申请", "公开政府信息的申请", "政府信息公开的申请", "信息公开的申请", "公开申请", "政府信息申请", "依申请公开件", "依申请公开事项"}

// requestAfter is a counted application behind its figure: 14份政府信息公开申请,
// 4条未到期的申请; not the parts and papers of one.
var requestAfter = lazyregexp.New(`^(?:的)?(?:[^，。；、的\d]{0,30}的)?(?:当年|本年|上年|新收|新增|有效|线上|线下|网络|网上|书面|当面|信函|邮寄|个人|企业|群众|市民|村民|居民|公民)?(?:政府信息公开|政府信息|信息公开|依申请公开|公开)?(?:相关)?申请(?:$|[^表书人材渠方流条途事内指信资答案平入者理公量率要规权单函提需条费受登])`)

// beforeBracket are the words before the brackets that end before a figure: 受理申请（含
// 网上提交31份）共49份; empty where there are none.
func beforeBracket(s *claims.Sentence, f *claims.Figure) string {
	r := s.Runes[:f.Start-len([]rune(f.Raw))]
	if len(r) == 0 || r[len(r)-1] != '）' {
		return ""
	}
	end := len(r) - 1
	for end > 0 && r[end] != '（' {
		end--
	}
	from := end
	for from > 0 && !isClauseBreak(r[from-1]) {
		from--
	}
	return strings.TrimPrefix(string(r[from:end]), "依法")
}

// requestBehind is the noun directly behind a figure that counts applications, whatever is
// said of them next.
var requestBehind = lazyregexp.New(`^(?:政府信息公开|信息公开|依申请公开|公开)?申请(?:[，。；、中里内当均都全已]|$)`)

// behindFigure are the runes behind a figure to the end of its clause.
func behindFigure(s *claims.Sentence, f *claims.Figure) string {
	to := f.End
	for to < len(s.Runes) && !isClauseBreak(s.Runes[to]) {
		to++
	}
	return s.Span(f.End, to)
}

// resultSubjects are what becomes of applications.
var resultSubjects = []claims.Subject{claims.Granted, claims.Partially, claims.Denied, claims.Unable, claims.NotProcessed, claims.OtherOutcome, claims.CarriedOver, claims.CarriedForward}

// asksForInformation are applications told by what they ask for.
var asksForInformation = lazyregexp.New(`(?:收到|新收|接到|受理|办理|答复)[^，。；]{0,10}(?:公开|获取|提供|查阅)[^，。；]{0,12}信息的申请$`)

// besideResults reports whether the claim is one of several results of applications in one
// measure word: 申请…，予以公开20次，部分公开6次.
func (c *context) besideResults(x *claims.Claim) bool {
	s := c.sentence(x)
	if !slices.Contains(resultSubjects, x.Subject) || !strings.Contains(s.Text, "申请") || containsAny(s.Text, "公文", "属性", "文件", "信息条", "涉及") {
		return false
	}
	for i := s.First; i < s.Last; i++ {
		if y := &c.said.Claims[i]; y.Subject != x.Subject && y.Unit == x.Unit && slices.Contains(resultSubjects, y.Subject) {
			return true
		}
	}
	return false
}

// besideRequests reports whether what was carried over is counted in another measure word
// than the new applications of its sentence: 新收申请49件，上年结转3条.
func (c *context) besideRequests(x *claims.Claim, f *claims.Figure) bool {
	if x.Subject != claims.CarriedOver && x.Subject != claims.CarriedForward || !strings.Contains("条份项篇个次", f.Unit) || f.Unit == "" || f.Tail != "" {
		return false
	}
	s := c.sentence(x)
	return slices.ContainsFunc(c.said.Claims[s.First:s.Last], func(y claims.Claim) bool { return y.Subject == claims.New && y.Unit == "件" })
}

// countedToo reports whether the figure behind counts the same in 件: 申请12批次、38件.
func countedToo(s *claims.Sentence, k int) bool {
	return k+1 < len(s.Figures) && s.Figures[k+1].Unit == "件" && strings.Trim(s.Figures[k+1].Raw, "共计合涉及、，（") == ""
}

// retoldRequests reports whether the figure points back to applications that were told in 件
// before: 受理22件，…。上述22条申请均已答复.
func (c *context) retoldRequests(x *claims.Claim, f *claims.Figure) bool {
	if !wrongUnits[f.Unit] || f.Unit == "人" || f.Unit == "人次" || !strings.HasPrefix(f.Tail, "申请") || !hasAnySuffix(f.Raw, []string{"上述", "以上", "这", "该"}) {
		return false
	}
	for i := range c.said.Claims {
		if y := &c.said.Claims[i]; y.Sentence < x.Sentence && y.Unit == "件" && y.Value.Cmp(f.Value) == 0 && containsAny(c.sentence(y).Text, "依申请公开", "信息公开申请", "公开申请") {
			return true
		}
	}
	return false
}

// sameDigits reports whether fees have the digits of the table's amount and another unit:
// 152.36亿元 where the table has 152.36 in 万元.
func (c *context) sameDigits(x *claims.Claim) bool {
	if x.Subject != claims.Fees || x.Value.Sign() <= 0 || !c.plain(x) {
		return false
	}
	same := false
	for _, m := range c.meanings(x) {
		f, ok := c.read(m)
		if !ok || f.blank != nil || f.sum.Sign() <= 0 {
			continue
		}
		if agrees(x, f.sum) {
			return false // an old table may have its amount in 元
		}
		ratio := new(big.Rat).Quo(x.Value, f.sum)
		if ratio.Cmp(big.NewRat(1, 1)) < 0 {
			ratio.Inv(ratio)
		}
		const wan, yi = 1e4, 1e8
		same = same || ratio.Cmp(big.NewRat(wan, 1)) == 0 || ratio.Cmp(big.NewRat(yi, 1)) == 0
	}
	return same
}

// otherScaleApart is an amount told earlier in the report by the same words, with the same digits in a unit
// of another size: 发放低保金7.19亿元. …共发放低保金7.19万元; empty where there is none.
func (c *context) otherScaleApart(x *claims.Claim) string {
	f := &c.sentence(x).Figures[x.Figure]
	if f.Unit != "元" {
		return ""
	}
	digits := func(f *claims.Figure) string { return strings.TrimRight(f.Printed, "十百千万亿") }
	const least, shortest = 3, 4 // digits; characters
	name := plainWords.Replace(withoutYear(f.Raw))
	if len(strings.Trim(strings.Replace(digits(f), ".", "", 1), "0")) < least || len([]rune(name)) < shortest {
		return ""
	}
	for i := range c.said.Claims {
		y := &c.said.Claims[i]
		if y.Sentence >= x.Sentence {
			break
		}
		if y.Figure < 0 || y.Unit != "元" || y.Scope.OtherYear || y.Value.Cmp(x.Value) == 0 {
			continue
		}
		if g := &c.sentence(y).Figures[y.Figure]; digits(g) == digits(f) && plainWords.Replace(withoutYear(g.Raw)) == name {
			return g.Printed + g.Unit
		}
	}
	return ""
}

// otherScale is an amount shortly before the claim with the same digits in a unit of another size:
// 总收入16321.67亿元，总支出16321.67万元; empty where there is none.
func (c *context) otherScale(x *claims.Claim) string {
	s := c.sentence(x)
	f := &s.Figures[x.Figure]
	digits := func(f *claims.Figure) string { return strings.TrimRight(f.Printed, "十百千万亿") }
	const least = 5
	if f.Unit != "元" || len(strings.Trim(strings.Replace(digits(f), ".", "", 1), "0")) < least {
		return ""
	}
	if len(s.Figures) > mostCompared {
		return ""
	}
	near := pointers(s)[:x.Figure]
	if before := c.before(x.Sentence); before != nil && before.Section == s.Section && len(before.Figures) <= mostCompared {
		near = slices.Concat(pointers(before), near)
	}
	for _, g := range near {
		if g.Unit == f.Unit && digits(g) == digits(f) && g.Value.Cmp(f.Value) != 0 {
			return g.Printed + g.Unit
		}
	}
	return ""
}

// sameAsTable reports whether the figure is the number of applications that the table gives.
func (c *context) sameAsTable(f *claims.Figure) bool {
	_, x := c.applicationsTotal("new")
	return x != nil && x.known() && x.value.Sign() > 0 && x.value.Cmp(f.Value) == 0
}

// underRequests reports whether the sentence is about applications by the topic it begins
// with: 依申请公开：全年收到312条.
func (c *context) underRequests(x *claims.Claim) bool {
	topic, _, ok := strings.Cut(c.sentence(x).Text, "：")
	if !ok {
		topic, _, ok = strings.Cut(c.sentence(x).Text, "，")
	}
	topic = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(topic, "情况"), "方面"), "工作")
	return ok && hasAnySuffix(topic, []string{"依申请公开", "政府信息公开申请", "信息公开申请", "申请公开"}) && !strings.Contains(topic, "主动")
}

// holders are what is counted in 个 and 家 where an application is spoken of behind it.
var holders = strings.Fields("部门 单位 机关 科室 处室 乡镇 街道 社区 村 企业 公司 申请人 个人 群众 村民 市民 居民 平台 渠道 窗口 网站 事项 问题 方面 项目 领域 环节 主体 被申请")

// countsApplications reports whether applications themselves are counted, not
// what was asked for.
func (c *context) countsApplications(x *claims.Claim, f *claims.Figure) bool {
	label := trimCount(x.Label)
	if f.Unit == "份" && containsAny(f.Tail, "申请书", "申请表") || startsWithAny(f.Tail, "对应的", "涉及的", "所对应的", "所涉") {
		return false // the papers: 补正通知书2份，其中1份对应的申请….
	}
	if f.Tail == "" && f.Unit != "份" && f.Unit != "人" && f.Unit != "人次" && c.receivesPlainly(x, f, label) {
		return true
	}
	if f.Tail == "" && f.Depth == 0 && slices.Contains([]string{"", "共", "共计", "合计", "总计"}, f.Raw) {
		label = firstOf(trimCount(beforeBracket(c.sentence(x), f)), label)
	}
	if !strings.Contains(c.sentence(x).Text, "申请") {
		return false
	}
	label = receiver.ReplaceAllString(label, "收到")
	if behind := behindFigure(c.sentence(x), f); f.Unit != "人" && f.Unit != "人次" && startsWithAny(behind, "政府信息", "信息", "依", "公开", "申请") && requestBehind.MatchString(behind) && c.sameAsTable(f) {
		return true // 收到的49份申请中有2份文书有误
	}
	if f.Unit == "人次" && f.Tail == "" && hasAnySuffix(label, []string{"申请"}) && c.keyOf(c.sentence(x).Section) == "applications" && c.sameAsTable(f) {
		return true // 全年申请合计49人次
	}
	if strings.HasPrefix(string(x.Subject), "applicants.") && f.Tail == "" && f.Unit != "" && strings.Contains("条份封起宗项", f.Unit) && c.sentence(x).Says("公开") {
		return true // 申请7件，其中自然人6条
	}
	if f.Tail == "" && c.underRequests(x) && isReceipt(strings.TrimSuffix(label, "了")) {
		return true
	}
	if c.besideResults(x) && f.Unit != "人" && f.Unit != "人次" {
		return true
	}
	if claims.IsIntake(x.Subject) || slices.Contains(resultSubjects, x.Subject) {
		if hasAnySuffix(label, []string{"公开申请", "的申请"}) && f.Tail == "" {
			return true
		}
	}
	switch {
	case x.Subject == claims.New:
		return strings.HasSuffix(label, "申请") || hasAnySuffix(label, disclosureRequests) && f.Tail == "" || isReception(label) || startsWithAny(f.Tail, "政府信息公开申请", "信息公开申请", "申请") || strings.Contains(f.Tail, "的申请") && !startsWithAny(f.Tail, holders...) && requestAfter.MatchString(f.Tail)
	case hasAnySuffix(label, disclosureRequests) && !strings.HasSuffix(label, "申请公开申请") && f.Tail == "":
		return true
	case startsWithAny(f.Tail, holders...):
		return false // 向7个部门提交相同的申请
	case f.Tail == "" && f.Unit != "人" && f.Unit != "人次" && strings.HasSuffix(label, "的申请") && asksForInformation.MatchString(label):
		return true // 收到要求公开信息的申请9项
	case requestAfter.MatchString(f.Tail):
		s := c.sentence(x)
		return (f.Unit != "次" || strings.Contains(f.Tail, "公开申请")) && f.Unit != "人" && f.Unit != "人次" && (strings.Contains(f.Tail, "公开申请") || c.keyOf(s.Section) == "applications" || strings.Contains(s.Text, "信息公开")) &&
			!containsAny(s.Text, "许可", "救助", "低保", "补贴", "补助", "住房", "公租房", "贷款", "复议", "入党", "入学", "项目申请", "确认")
	}
	switch tail := strings.TrimSuffix(trimCount(f.Tail), "的"); tail {
	case "":
	case "政府信息公开申请", "信息公开申请", "依申请公开申请", "申请公开", "依申请公开":
		label += tail
	default:
		return false
	}
	return isReception(label)
}

// receiver is the body that received, before the verb: 县政府办共收到, 区城管局2021年度受理.
var receiver = lazyregexp.New(`^(?:全年|20\d\d年度?|本年度?|今年)?\p{Han}{0,8}(?:局|委|办|办公室|政府|街道|办事处|镇|乡|中心|支队|大队|厅|院|校)(?:共|累计|总共|全年|本年度?|20\d\d年度?)*(?:收到|接到|受理|收)`)

// misfit is a kind of things with the units that none of them is counted or measured in.
type misfit struct {
	nouns, units []string
	unless       []string
}

// isMeeting reports whether the words are of a meeting that is held: 召开解读会.
func isMeeting(label string, f *claims.Figure) bool {
	return strings.HasSuffix(label, "会") && containsAny(f.Raw, "召开", "举办", "举行", "开展", "组织") && !hasAnySuffix(label, []string{"委员会", "协会", "社会", "机会", "居委会", "村委会", "商会", "学会", "联合会"})
}

var unitMisfits = []misfit{
	{strings.Fields("处理费 费用 金额 经费 资金 款项 工本费 检索费 复制费 邮寄费 罚款 补助金 补贴款 支出 收入 投资 投资额 总额"), strings.Fields("件 条 篇 期 场 份 人 人次 册 次"), strings.Fields("退还 减免 免收 收取 缴纳 收缴 免除 退回 发放 申领 享受 领取 公开 公示 发布")},
	{strings.Fields("关注人数 粉丝人数 订阅人数 参与人数 访问人数 培训人数 受众人数"), strings.Fields("条 篇 件 份 期 场 册 元"), nil},
	{strings.Fields("送戏下乡 送文化下乡 送电影下乡 文艺演出 惠民演出"), strings.Fields("条 件 篇 份 册 元 吨"), strings.Fields("信息 公开 公示 报道 投入 资金 发布 经费")},
	{strings.Fields("信息处理费"), strings.Fields("件 条 篇 期 场 份 册"), strings.Fields("免收 减免 免除 退还 通知")},
	{strings.Fields("发布会 通气会 恳谈会 议事会 培训班 培训会 座谈会 听证会 推进会 例会 专题会 专题会议 工作会议 会议 开放日活动 宣传活动 活动 讲座"), strings.Fields("元 条 篇 件 份 册 封 吨 公里 米 亩 平方米 千克 公斤 户 人 名"), strings.Fields("支出 投入 花费 经费 费用 资金 耗资 预算 补助 关于 涉及 印发 纪要 参加 参会 参与 出席 到会 邀请")},
	{strings.Fields("政府信息 政务信息 各类信息 信息 博文 推文 报告 文件 规范性文件 公文 解读材料 政策解读 稿件 图解 公开申请 依申请公开 行政许可 行政强制 行政复议 行政诉讼 复议案件 诉讼案件 答复书 告知书 简报 动态信息 留言 咨询 投诉 信件 工单 电话 热线 来电 来信 诉求 举报 意见 问卷 公报 处理决定 许可决定 处罚决定 强制决定 建议 提案 异议 栏目 专栏 专题 账号 政策问答"), strings.Fields("吨 公里 米 亩 平方米 千克 公斤 升 元 公顷 立方米 度 分钟 小时 倍"), strings.Fields("支出 投入 花费 经费 费用 资金 购买 采购 价格 涉及 面积 金额 用于 补贴 收费 增 减 罚款 罚没 罚金")},
	{strings.Fields("政府信息 政务信息 各类信息 动态信息 工作信息 规范性文件 政策解读 图解 简报"), []string{"场", "届"}, strings.Fields("直播 活动 招聘 培训 演出 发布会 解读会")},
	{strings.Fields("公示 公告"), []string{"元"}, strings.Fields("支出 投入 花费 经费 费用 资金 购买 采购 价格 涉及 金额 用于 补贴 收费 罚 成交 中标")},
	{strings.Fields("提案 代表建议 人大建议 规范性文件 公文 答复书 告知书 简报 公报 解读材料 政策解读 图解"), strings.Fields("人 名 户 家"), strings.Fields("向 给 涉及 惠及 走访 发 送 查阅 参与 邀请")},
	{strings.Fields("行政事业性收费 收费金额 收费总额 收费额"), strings.Fields("件 条 篇 份 人次 场 期 册"), strings.Fields("公开 公示 发布 涉及 办理 减免 梳理 清理 取消")},
	{strings.Fields("资料 宣传资料 手册 折页 海报 传单 宣传单 宣传册 单页 明白纸 公开信 图册 读本"), strings.Fields("人 名 场 吨 公里 亩 户 人次 分钟 %"), strings.Fields("向 给 惠及 涉及 覆盖 查阅 借阅 阅读 接待")},
	{strings.Fields("公报 文件 规范性文件 公文 解读材料 稿件 图解 简报 发布会 培训班 座谈会 处理决定 答复书 告知书"), []string{"%"}, strings.Fields("实现 占 比 率 覆盖 完成 达 降 升 增 减 公开 其中 超 为 较 提 合格 满意")},
	{strings.Fields("得分 平均分 评分 综合得分 分数 总分 成绩 率 满意度 知晓度 占比 比例 比重"), strings.Fields("件 条 篇 份 人 人次 期 场 册 元 吨"), strings.Fields("百万 万人 每")},
	{strings.Fields("时限 时长 用时 时间 周期"), strings.Fields("件 条 篇 份 人 人次 册 元 吨 升 公里 米 亩 平方米 公斤 场 个 项 名 户 家 次"), strings.Fields("规定 期间 全部 同一 同期 占用 业余")},
	{strings.Fields("工作人员 人员 人数 干部 学员 信息员 联络员 参训人员 网格员"), strings.Fields("件 篇 份 期 元 吨 升 公里 米 亩 平方米 公斤 册"), strings.Fields("人均 涉及 发放 向 为 名单 信息 补助 关于 公开 由 处理")},
	{strings.Fields("印数 印量 发行量 发行数 印刷量"), strings.Fields("元 人 件 条 场 户"), strings.Fields("定价 单价 售价")},
	{strings.Fields("面积 建筑面积 占地面积 使用面积"), strings.Fields("元 件 条 篇 份 人 人次 个 次"), strings.Fields("投资 投入 造价 租金 补偿 补贴")},
	{strings.Fields("监督员 评议员 志愿者 讲解员 信息员 联络员 审核员 发言人"), strings.Fields("条 件 篇 份 期 场 元 吨 册 项"), strings.Fields("信息 发放 名单 补助 关于 公开 由 报送 建议 意见 提出")},
	{strings.Fields("阅读量 浏览量 访问总量 浏览总量 阅读总量 点击总量 播放总量 点击量 访问量 播放量 观看量 收看量 转发量 点赞量 曝光量 点击数 阅读数 浏览数"), strings.Fields("名 户 家 项 件 条 篇 份 元 吨 升 公里 米 亩 平方米 公斤 场 期 册 本 套"), strings.Fields("最高 前 以上 超过 补贴 收费 资费")},
	{strings.Fields("阅读量 浏览量 点击量 访问量 播放量 点击率 粉丝数 粉丝 关注人数 用户数 关注用户 订阅用户 注册用户 用户 关注量 订阅数"), strings.Fields("件 篇 份 元 吨 场 期 册"), strings.Fields("最高 前 人均 用户均 补贴 收费 资费")},
}

// asTheme reports whether what stands before the figure is one of the themes that
// information is counted by: 机构职能18条、财政资金27条.
func asTheme(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	if !strings.Contains("条件篇份期", f.Unit) || f.Unit == "" || f.Multiplied && strings.Contains(f.Printed, ".") || containsAny(f.Raw, "召开", "举办", "组织", "开展", "举行", "收取", "收缴", "处理费", "金额", "总额") ||
		hasAnySuffix(strings.TrimRight(f.Label, "达为约共"), []string{"问量", "览量", "读量", "击量", "放量", "看量", "发量"}) {
		return false
	}
	alike := func(i int) bool { return i >= 0 && i < len(s.Figures) && s.Figures[i].Unit == f.Unit }
	follows := func(i int) bool { // the clause behind the figure before ends in this one: 答复8条，财政资金20条
		return i > 0 && alike(i) && alike(i-1) && !strings.ContainsAny(s.Span(min(s.Figures[i-1].End+1, s.Figures[i].Start), s.Figures[i].Start), "，；：")
	}
	if f.Sep == '、' && alike(k-1) || alike(k+1) && s.Figures[k+1].Sep == '、' || follows(k) && (follows(k-1) || follows(k+1)) {
		return true
	}
	if alike(k-1) && f.Clause == s.Figures[k-1].End+1 && containsAny(s.Span(clauseStart(s.Runes, s.Figures[k-1].Start), s.Figures[k-1].Start), "公开", "发布", "推送", "更新") {
		return true // 公开新闻动态610条，领导活动80条
	}
	if alike(k+1) && s.Figures[k+1].Clause == f.End+1 && startsWithAny(f.Raw, "公开", "发布") {
		return true // 公开领导活动142条，常务会议信息23条
	}
	return slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool { return slices.Contains(b.Parts, k) })
}

// becameWords stand between a thing measured and what it came to: 时间缩短至8分钟.
var becameWords = lazyregexp.New(`(?:由[^，。；]{0,8})?(?:再|已|进一步|大幅|平均)?(?:缩短|压缩|压减|减少|降低|下降|降|减|提高|提升|上升|升|增加|增长|增|扩大|控制|保持|稳定|达|突破)(?:至|到|为|在|了)?$`)

// doubled reports whether two measure words stand behind the figure: 2000人次册.
func doubled(s *claims.Sentence, f *claims.Figure) bool {
	const units = "件条篇份册次期场名户家元"
	next := f.End + len([]rune(f.Tail))
	if f.Tail == "次" && !strings.HasSuffix(f.Unit, "次") && !f.IsMoney() {
		return false // 3.4万份次
	}
	return len([]rune(f.Tail)) == 1 && strings.Contains(units, f.Tail) && (f.Unit == "人次" || f.Unit != "" && strings.Contains(units+"人", f.Unit)) &&
		(next >= len(s.Runes) || isClauseBreak(s.Runes[next]))
}

// misfitsOf are the unitMisfits of each unit.
var misfitsOf = sync.OnceValue(func() map[string][]*misfit {
	out := map[string][]*misfit{}
	for i := range unitMisfits {
		for _, unit := range unitMisfits[i].units {
			out[unit] = append(out[unit], &unitMisfits[i])
		}
	}
	return out
})

// misfits reports whether a thing is counted or measured as no such thing is: 得分96件,
// 新闻发布会42万元. The noun must stand directly before the figure.
func misfits(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	if strings.ContainsAny(f.Unit, "人名户") && f.Tail != "" && containsAny(f.Tail, "参", "报名", "出席", "到会", "答题", "获") || pricedCase(s, k) {
		return false
	}
	if asTheme(s, k) || f.Unit == "" || f.Change || f.Tail != "" && !f.IsMoney() && startsWithAny(f.Tail, "申请", "信息", "的") {
		return false
	}
	if f.Raw == "" && f.End < len(s.Runes) && !isClauseBreak(s.Runes[f.End]) {
		return false // 二是图表化率，20篇解读中…
	}
	whole := strings.TrimRight(f.Label, "：约")
	if hasAnySuffix(whole, []string{"至", "到", "为", "在"}) || strings.HasSuffix(f.Raw, "至") || strings.HasSuffix(f.Raw, "到") {
		whole = becameWords.ReplaceAllString(whole, "")
	}
	label := trimCount(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(whole, "有"), "只"), "仅"))
	if strings.ContainsAny(f.Unit, "人名") && strings.HasPrefix(s.Text, "其中") && len(s.Figures) > 1 && strings.HasSuffix(label, "会") {
		return false // 参加代表57人。其中：水价听证会18人
	}
	if measuresPapers(label, f) {
		return true
	}
	if isMeeting(label, f) {
		label = "会议"
	}
	for _, m := range misfitsOf()[f.Unit] {
		if (hasAnySuffix(label, m.nouns) || whole != label && hasAnySuffix(whole, m.nouns)) && !containsAny(ofDisclosure.Replace(f.Raw+f.Label), m.unless...) {
			return true
		}
	}
	return false
}

// becameElse reports whether what was one thing is said to have become so much of another: 由14个工作日压缩至9吨.
func becameElse(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	return (slices.Contains(measures, f.Unit) || f.IsMoney()) && becameOf.MatchString(f.Raw)
}

// becameOf are the words of such a change.
var becameOf = lazyregexp.New(`[由从][^，。；\d]{0,8}\d+(?:\.\d+)?(?:个工作日|工作日|天|件|条|人|次|个)(?:[^，。；\d]{0,4})?(?:压缩|缩短|压减|增加?|减少?|下?降低?|上?升|提高|提升)[至到为]$`)

// roomAsLand reports whether the size of a room is told as land is: 查阅点占地面积60平方千米.
func roomAsLand(s *claims.Sentence, f *claims.Figure) bool {
	return slices.Contains([]string{"平方千米", "平方公里", "公顷", "亩"}, f.Unit) && strings.HasSuffix(f.Label, "面积") && containsAny(s.Span(clauseStart(s.Runes, f.Start), f.Start), "查阅点", "查阅室", "阅览室", "大厅", "窗口", "体验区", "公开专区", "查阅场所", "公开栏")
}

// ofDisclosure takes out 公开 where it is part of the name of the work, and no verb.
var ofDisclosure = strings.NewReplacer("信息公开", "", "政务公开", "", "公开工作", "", "公开栏", "", "公开专区", "", "公开目录", "", "公开指南", "")

// measuresPapers reports whether what is written, printed or shown is measured by weight, length
// or area: 《指南》3000吨, 公开目录15公斤.
func measuresPapers(label string, f *claims.Figure) bool {
	if !slices.Contains(measures, f.Unit) || f.Tail != "" {
		return false
	}
	return hasAnySuffix(label, written) && !containsAny(f.Raw, "涉及", "面积", "垃圾", "清运", "回收", "处理", "长", "重", "用地", "征地", "土地", "公顷")
}

var (
	measures = strings.Fields("吨 升 平方千米 公里 千米 米 亩 平方米 平方公里 千克 公斤 公顷 立方米 度")
	written  = strings.Fields("》 目录 清单 指南 手册 折页 专栏 栏目 节目 视频 短视频 图文 推文 通知 案例 问卷 图解 简报 公报 海报 账号 博文 咨询 投诉 信件 来信 资料 宣传品 申请表 答复书 告知书 文件 公文 稿件 信息 建议 提案 留言 来电")
)

// partsAsRequests reports whether the figure is one of the applications for information that
// are told by how they came or who made them, and counted as no application is: 收到依申请公开
// 信息6条，其中网络申请4条、信函申请2条.
func partsAsRequests(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	if !strings.Contains("条次个项篇起", f.Unit) || f.Unit == "" || f.Tail != "" && f.Tail != "。" || !strings.HasSuffix(f.Label, "申请") || !s.Says("依申请公开", "信息公开", "公开申请", "公开信息") {
		return false
	}
	return containsAny(f.Label, "网络", "网上", "在线", "信函", "邮寄", "当面", "现场", "传真", "自然人", "法人", "企业", "公民") && !s.Says("许可", "补贴", "救助", "登记", "渠道") &&
		slices.ContainsFunc(s.Breakdowns, func(b claims.Breakdown) bool { return slices.Contains(b.Parts, k) })
}

// writtenAsPeople reports whether what was written or posted is counted as people are:
// 发布文章412人次. Records of people may be.
func writtenAsPeople(f *claims.Figure) bool {
	if (f.Unit == "人" || f.Unit == "名") && f.Tail == "" && (hasAnySuffix(f.Label, []string{"公开信息", "发布信息", "更新信息", "推送信息", "报送信息"}) || containsAny(f.Raw, "公开", "发布") && hasAnySuffix(f.Label, []string{"政府信息", "政务信息", "各类信息", "动态信息"})) {
		return !containsAny(f.Raw, "向", "给", "对", "人员", "名单", "岗", "招", "聘", "农户", "住户", "商户", "困难户", "用户")
	}
	return (f.Unit == "人次" || f.Unit == "户") && f.Tail == "" && containsAny(f.Raw, "发布", "更新", "制作", "编发", "刊发", "撰写") &&
		hasAnySuffix(f.Label, []string{"信息", "文章", "推文", "稿件", "文件", "政策解读", "图解", "短视频", "简报", "动态"}) &&
		!containsAny(f.Raw, "人员", "名单", "对象", "信用", "失信", "人才", "招聘", "就业", "向", "给", "补贴", "补助", "救助", "农户", "用户")
}

// pricedCase reports whether the figure counts the cases that the money directly behind was
// taken in: 信息处理费1件400元.
func pricedCase(s *claims.Sentence, k int) bool {
	if k+1 >= len(s.Figures) {
		return false
	}
	next := &s.Figures[k+1]
	joint := strings.TrimLeft(next.Raw, "，、")
	return next.IsMoney() && next.Start-s.Figures[k].End <= len([]rune(next.Raw))+1 && slices.Contains([]string{"", "共", "共计", "计", "合计", "金额"}, joint)
}

// trimCount takes words for the number of things off the end.
func trimCount(label string) string {
	for _, w := range []string{"数为", "总数", "数量", "件数", "总量", "数", "量", "共", "总计", "合计", "共计", "各", "均"} {
		label = strings.TrimSuffix(label, w)
	}
	return label
}

// requestNouns call an application, the longest first. The last two also mean
// what is disclosed on request, so a verb has to stand with them.
var requestNouns = []string{"政府信息公开申请", "信息公开申请", "依申请公开申请", "申请公开申请", "政府信息申请", "公开申请", "申请", "依申请公开", "申请公开"}

// requestVerbs are what is done with applications, and where they come from.
var (
	requestVerbs   = []string{"新收到", "新收", "收到", "接到", "接收", "受理", "办理", "办结", "答复", "处理", "登记", "收悉"}
	requestSources = []string{"自然人", "法人或其他组织", "法人和其他组织", "法人", "商业企业", "企业", "科研机构", "社会公益组织", "公益组织", "法律服务机构", "公民", "群众", "社会公众", "个人", "上年度结转", "上年结转", "上一年度结转", "上一年结转", "结转上年度", "结转上年", "结转下年度", "结转下年", "结转至下年度", "结转"}
	requestRest    = []string{"全年", "本年度", "本年", "年度", "今年", "本机关", "本单位", "我局", "我镇", "我街道", "我办", "我县", "我市", "我区", "全市", "全县", "全区", "其中", "共计", "共", "各类", "依法", "的", "了", "到", "和", "并", "按期", "按时", "已", "均", "全部", "网上", "线上", "网络", "书面", "信函", "当面", "邮寄", "，", "年", "度", "来自", "依申请公开", "继续", "提交", "提出", "有效", "：", "有", "政府信息", "来"}
)

// isReception reports whether the words say no more than that applications were
// received or handled, or who sent them.
func isReception(label string) bool {
	noun := ""
	for _, n := range requestNouns {
		if strings.HasSuffix(label, n) {
			noun = n
			break
		}
	}
	if noun == "" {
		return false
	}
	rest := strings.TrimLeft(withoutYear(strings.TrimSuffix(label, noun)), "0123456789")
	said := strings.HasSuffix(noun, "公开申请") && noun != "公开申请"
	for _, words := range [][]string{requestVerbs, requestSources} {
		for _, w := range words {
			if strings.Contains(rest, w) {
				said = true
				rest = strings.ReplaceAll(rest, w, "")
			}
		}
	}
	for _, w := range requestRest {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return said && rest == ""
}
