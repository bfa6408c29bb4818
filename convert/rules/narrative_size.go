package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// overcounted reports whether a figure in ten thousands is more than anybody can have
// written, posted or applied for by that way: 49万件 applications, 126万条 on a notice board.
func (c *context) overcounted(x *claims.Claim, f *claims.Figure) bool {
	unit := firstOf(unitsAlike[f.Unit], f.Unit)
	if !f.Multiplied || unit == "" || !strings.Contains("条篇件份", unit) || !strings.HasSuffix(f.Printed, "万") {
		return false
	}
	const board, account, applications, single, permits = 100_000, 1_000_000, 100_000, 200_000, 20_000_000
	atLeast := func(n int64) bool { return f.Value.Cmp(big.NewRat(n, 1)) >= 0 }
	s := c.sentence(x)
	from := clauseStart(s.Runes, f.Start)
	clause := notMessages.Replace(s.Span(from, f.Start) + f.Tail)
	switch {
	case atLeast(account) && containsAny(clause, "公示", "公开", "发布", "推送", "上网", "张贴", "更新") && !containsAny(clause, records...) && c.author.rank == rankTownship:
		return true // 全乡11个村
	case atLeast(account) && (f.Unit == "条" || f.Unit == "篇") && strings.HasPrefix(f.Tail, "信息") && containsAny(s.Span(0, f.Start), "公众号", "公众平台", "微信平台", "微博") && containsAny(clause, "发送", "推送", "发布") && !containsAny(s.Text, "短信", "用户", "人次", "平台汇聚"):
		return true // 微信公众平台群发51次，共发送153万条信息
	case f.Unit == "件" && atLeast(permits) && c.authorLevel() != ofProvince && hasAnySuffix(trimCount(x.Label), []string{"行政许可", "行政处罚", "行政强制"}):
		return true
	case f.Unit == "件" && atLeast(board) && strings.HasSuffix(trimCount(x.Label), "公开文件") && c.author.rank == rankDepartment && c.authorLevel() != ofProvince:
		return true
	case f.Unit == "份" && atLeast(board) && hasAnySuffix(trimCount(x.Label), []string{"纪要", "会议纪要", "解读材料", "规范性文件"}):
		return true
	case atLeast(single) && ofOneAccount.MatchString(s.Span(from, f.Start)) && !containsAny(clause, "点击", "阅读"):
		return true // “某地教育”公众号发布75万条
	case atLeast(account) && strings.HasSuffix(trimCount(x.Label), "通稿"):
		return true
	case containsAny(clause, "用户", "短信", "消息", "精准", "点对点", "数据", "记录", "浏览", "阅读", "点击", "访问", "播放", "转发", "全省", "全国", "累计", "归集", "平台汇聚"):
		return false
	case containsAny(clause, "张贴", "公示栏", "公告栏", "公开栏", "宣传栏"):
		return atLeast(board)
	case containsAny(clause, "公众号", "政务微信", "官方微信", "微信平台", "微博", "抖音", "头条号", "视频号", "简报", "公报") && !strings.Contains(clause, "粉丝"):
		return containsAny(clause, "推送", "发布", "更新", "推出", "刊发", "编发", "发文", "推文", "刊登") && atLeast(account)
	case atLeast(account) && containsAny(s.Span(0, from), "公众号", "微博", "视频号", "抖音号", "头条号") && containsAny(clause, "原创", "图文", "推文") && !containsAny(clause, "网站", "平台", "系统"):
		return containsAny(clause, "推送", "发布", "编发", "推出", "更新")
	case atLeast(applications) && askedFor.MatchString(s.Text), atLeast(single) && (hasAnySuffix(trimCount(x.Label), disclosureRequests) || strings.HasSuffix(x.Label, "收到依申请公开")):
		return true // 全年收到申请26万件，均依法办理
	case isReception(trimCount(x.Label)):
		return (c.keyOf(s.Section) == "applications" || strings.Contains(x.Label, "公开申请")) && atLeast(applications)
	}
	return false
}

// askedFor is a sentence that says of applications that they came in, and nothing of what they are
// for: in a report on disclosure they are for that.
var askedFor = lazyregexp.New(`^(?:全年|20\d\d年度?|本年度?|年内|共|累计|，)*(?:新?收到|接到)申请[\d.]+万件，[^，。；、（审批证照贷补房]{2,16}。?$`)

// ofOneAccount are the words of what one account, called by name, posts: no more than one can write.
var ofOneAccount = lazyregexp.New(`”(?:官方|政务)?(?:微信|微博|微信公众号|公众号|订阅号|视频号|抖音号?|头条号)(?:全年|共|累计)*(?:发布|推送|转发|更新|编发|推出|刊发)[^，。；、“”]{0,12}$`)

// notMessages takes out words for posts in which 消息 means no text message.
var notMessages = glance.NewReplacer("图文消息", "图文", "群发消息", "图文", "推文消息", "推文", "转发和发布", "发布", "转发、发布", "发布", "转发并发布", "发布", "发布和转发", "发布", "发布、转发", "发布")

// records are what machines make or count, which may be as many as one likes.
var records = strings.Fields("短信 消息 数据 记录 浏览 阅读 点击 访问 播放 转发 全省 全国 全市 全县 归集 汇聚 用户 粉丝 次数")

// outOfScale reports whether the figure in ten thousands stands in a list whose other items count a few
// of the same, or grew by less than its last digit stands for: 财政信息4条，民生信息1200万条，就业信息300条;
// 通报3120万次，比去年增加180次.
func (c *context) outOfScale(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	digits, ok := strings.CutSuffix(f.Printed, "万")
	if !ok || !f.Multiplied || f.Unit == "" {
		return false
	}
	const exact, rounded, least, few, beside = 4, 10_000, 1_000_000, 10_000, 3
	under := func(g *claims.Figure, most int64) bool { return !g.Multiplied && g.Value.Cmp(big.NewRat(most, 1)) < 0 }
	if k+1 < len(s.Figures) && len(strings.TrimRight(digits, "余多")) == exact && !strings.Contains(digits, ".") {
		if g := &s.Figures[k+1]; g.Change && g.Unit == f.Unit && under(g, rounded) && reaches(s, k, k+1) && containsAny(g.Raw, "增", "减", "多", "少", "上升", "下降") {
			return true
		}
	}
	if !strings.Contains("条篇件份", f.Unit) || f.Value.Cmp(big.NewRat(least, 1)) < 0 || c.author.rank == rankGovernment && c.authorLevel() != ofCounty || !s.Says("公开", "发布", "公示") ||
		containsAny(s.Span(clauseStart(s.Runes, f.Start), f.Start)+f.Tail, records...) || containsAny(f.Label, "办件", "证照", "信用", "交易", "登记") {
		return false
	}
	alike := 0
	for i := range s.Figures {
		g := &s.Figures[i]
		if i == k || g.Unit != f.Unit || !g.IsCount() {
			continue
		}
		if !under(g, few) {
			return false
		}
		alike++
	}
	next := func(i int) bool {
		return i >= 0 && i < len(s.Figures) && s.Figures[i].Unit == f.Unit && reaches(s, min(i, k), max(i, k))
	}
	return alike >= beside && (next(k-1) || next(k+1))
}

// tenThousandfold reports whether the figure of the claim is a part in ten thousands that
// fits its total without them, or such a total: 6万条、4条、110条，合计120条.
func (c *context) tenThousandfold(x *claims.Claim) bool {
	s, k := c.sentence(x), x.Figure
	f := &s.Figures[k]
	printed, ok := strings.CutSuffix(f.Printed, "万")
	if !f.Multiplied || f.Loose || !ok {
		return false
	}
	digits, ok := new(big.Rat).SetString(printed)
	if !ok {
		return false
	}
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		if !b.Previous && b.Total == k && partsReach(s, b, digits) {
			return true
		}
		total := b.TotalOf(s, c.before(x.Sentence))
		if !slices.Contains(b.Parts, k) || total.Multiplied || total.Value == nil {
			continue
		}
		sum := new(big.Rat).Set(digits)
		for _, part := range b.Parts {
			if part != k && s.Figures[part].Value != nil {
				sum.Add(sum, s.Figures[part].Value)
			}
		}
		if sum.Cmp(total.Value) == 0 {
			return true
		}
	}
	return false
}

// partsReach reports whether the parts of a total in ten thousands, or the first of them, none told
// so, are together its digits without them: 505万条，其中297条、133条、75条.
func partsReach(s *claims.Sentence, b *claims.Breakdown, digits *big.Rat) bool {
	sum := new(big.Rat)
	for n, k := range b.Parts {
		f := &s.Figures[k]
		if f.Multiplied || !f.Exact() {
			return false
		}
		if sum.Add(sum, f.Value).Cmp(digits) == 0 && n > 0 {
			return true
		}
	}
	return false
}

// viewedBeyond reports whether the pieces that the figure before counts are said to have been read
// more than a million times each, or one of them as often as no piece is: 推送信息603条，阅读量达19亿次.
func viewedBeyond(s *claims.Sentence, k int) bool {
	f := &s.Figures[k]
	const most, few, single = 1_000_000, 20, 1_000_000_000
	if f.Multiplied && containsAny(f.Raw, "最高", "单条", "单篇", "单期") && containsAny(f.Raw, "阅读", "浏览", "点击", "播放") && f.Value.Cmp(big.NewRat(single, 1)) > 0 {
		return true // of one piece
	}
	if k == 0 || !f.Multiplied || !strings.HasSuffix(f.Printed, "亿") || !containsAny(f.Raw, "阅读", "浏览", "点击") || !reaches(s, k-1, k) {
		return false
	}
	pieces := &s.Figures[k-1]
	return pieces.IsCount() && pieces.Unit != "" && strings.Contains("条篇", pieces.Unit) && pieces.Exact() && pieces.Value.Cmp(big.NewRat(few, 1)) >= 0 &&
		f.Value.Cmp(new(big.Rat).Mul(pieces.Value, big.NewRat(most, 1))) > 0
}

// receivedLabel are the words of what came in: what is applied for in writing, and what is disclosed
// on request where the next figure says that it was settled.
var receivedLabel = lazyregexp.New(`(?:新收到?|收到|受理|接到|接收)(?:的)?(?:政府信息公开申请书|信息公开申请书|(依申请公开(?:的)?(?:政府)?信息|(?:政府|政务)?信息依申请公开))$`)

// receivesPlainly reports whether the words before a figure say that applications came in, by what
// they are written on or ask for: 收到政府信息公开申请书58条; 收到依申请公开政府信息2条，办结2条.
func (c *context) receivesPlainly(x *claims.Claim, f *claims.Figure, label string) bool {
	if !containsAny(label, "申请书", "依申请公开") {
		return false
	}
	m := receivedLabel.FindStringSubmatch(label)
	if m == nil || m[1] == "" {
		return m != nil
	}
	s, next := c.sentence(x), x.Figure+1
	return next < len(s.Figures) && (s.Figures[next].Unit == f.Unit || s.Figures[next].Unit == "件") && containsAny(s.Figures[next].Raw, "办结", "答复", "办理完毕") && reaches(s, x.Figure, next)
}

// plainRequests reports whether applications are counted in what only things or households
// are; firms and persons may be told by who applied.
func (c *context) plainRequests(x *claims.Claim, f *claims.Figure) bool {
	label := trimCount(x.Label)
	if f.Tail != "" || containsAny(label, "企业", "法人", "自然人", "个人", "公民", "群众", "组织", "机构", "村民", "居民") {
		return false
	}
	if hasAnySuffix(label, []string{"申请"}) && c.keyOf(c.sentence(x).Section) == "applications" && c.sameAsTable(f) {
		return true
	}
	return hasAnySuffix(label, disclosureRequests) || c.keyOf(c.sentence(x).Section) == "applications" && isReception(label)
}

// heldAsPapers reports whether meetings and lessons that were held are counted as papers
// are: 组织业务培训6条, 开展专题培训3份.
func heldAsPapers(s *claims.Sentence, f *claims.Figure) bool {
	if f.Unit == "" || !strings.Contains("条件份篇起宗张封册", f.Unit) || f.Tail != "" || f.Change {
		return false
	}
	label := trimCount(f.Label)
	if !hasAnySuffix(label, heldNouns) {
		return false
	}
	clause := strings.ReplaceAll(s.Span(clauseStart(s.Runes, f.Start), f.Start), "信息公开", "公开")
	return containsAny(clause, "组织", "开展", "举办", "召开", "举行", "承办", "主办", "参加") && !containsAny(clause, writings...)
}

// heldNouns are what is held; writings tell of what was written or seen of it.
var (
	heldNouns = []string{"培训", "轮训", "讲座", "宣讲", "宣讲会", "座谈会", "培训班", "培训会", "推进会", "调度会", "专题会", "听证会", "发布会", "现场会", "开放日", "开放日活动", "开放活动"}
	writings  = []string{"信息", "视频", "发布", "推送", "报道", "建议", "意见", "问题", "稿", "材料", "资料", "文件", "记录", "纪要", "通知", "方案", "案例", "关于", "留言", "提案", "简报", "申请", "投诉"}
)

// twiceMultiplied reports whether two multipliers that never stand together are printed behind
// a number: 36.5万万次, 8642.7亿万元.
func twiceMultiplied(f *claims.Figure) bool {
	return f.Multiplied && !f.Han && (strings.Contains(f.Printed, "万万") || strings.Contains(f.Printed, "亿万"))
}

// beyondAll reports whether a body below the province took in more fees, or was read more often, than
// there is: 收取行政事业性收费1860000万元, 累计阅读量达120亿人次.
func (c *context) beyondAll(x *claims.Claim, s *claims.Sentence, f *claims.Figure) bool {
	const most = 10_000_000_000
	if !f.Multiplied || f.Value.Cmp(big.NewRat(most, 1)) < 0 || c.authorLevel() == ofProvince {
		return false
	}
	if f.IsMoney() {
		return beyondBudgets(s, f) || x.Subject == claims.Fees || hasAnySuffix(trimCount(f.Label), []string{"行政事业性收费", "信息处理费"})
	}
	return (f.Unit == "次" || f.Unit == "人次") && containsAny(f.Raw, "阅读量", "浏览量", "点击量", "访问量", "阅读", "浏览", "点击") && !s.Says("全国", "全网", "热搜", "话题")
}

// beyondBudgets reports whether an amount is more than any body below the province has to do with:
// 发放补贴860万亿元.
func beyondBudgets(s *claims.Sentence, f *claims.Figure) bool {
	const most = 10_000_000_000_000
	return f.IsMoney() && f.Multiplied && f.Value.Cmp(big.NewRat(most, 1)) >= 0 && !s.Says("全国", "国内", "全球", "全省", "生产总值", "交易额", "成交额", "存款", "贷款", "余额", "资产", "市值", "托管", "结算")
}

// overprinted reports whether more copies than a province has people are printed and handed
// out: 每期发行2400万册.
func overprinted(s *claims.Sentence, f *claims.Figure) bool {
	const most = 10_000_000
	if !f.Multiplied || f.Unit == "" || !strings.Contains("册份本张", f.Unit) || f.Value.Cmp(big.NewRat(most, 1)) < 0 {
		return false
	}
	clause := s.Span(clauseStart(s.Runes, f.Start), f.Start)
	return containsAny(clause, "发行", "印发", "印制", "编印", "赠阅", "发放", "印刷") && !s.Says("全国", "全省", "累计", "历年", "电子")
}

// spentAsThings reports whether what is spent is counted as things are: 投入3.5万件用于更新公开栏.
func spentAsThings(s *claims.Sentence, f *claims.Figure) bool {
	if f.Unit == "" || !strings.Contains("件条篇份期场次册", f.Unit) || !f.Multiplied {
		return false
	}
	words := strings.TrimSuffix(strings.TrimRight(f.Raw, "共约近了"), "累计")
	return hasAnySuffix(words, []string{"投入", "支出", "拨付", "列支", "耗资", "花费", "安排"}) && strings.HasPrefix(behindFigure(s, f), "用于")
}

// overcalled reports whether more people called, wrote or came, or more proposals of deputies
// were dealt with, than there can be: 接听来电5820万个, 承办代表建议6万件.
func (c *context) overcalled(s *claims.Sentence, f *claims.Figure) bool {
	const proposals, department, local, city, township = 10_000, 500_000, 2_000_000, 20_000_000, 500_000
	if !f.Multiplied || f.Unit == "" || !strings.HasSuffix(f.Printed, "万") {
		return false
	}
	atLeast := func(n int64) bool { return f.Value.Cmp(big.NewRat(n, 1)) >= 0 }
	label := trimCount(f.Label)
	if strings.Contains("件条份", f.Unit) && f.Tail == "" && atLeast(proposals) && containsAny(f.Raw, "承办", "办理", "答复", "收到", "交办") &&
		hasAnySuffix(label, []string{"代表建议", "委员提案", "政协提案", "人大建议", "建议提案", "议案"}) {
		return true
	}
	clause := s.Span(clauseStart(s.Runes, f.Start), f.Start) + f.Tail
	if containsAny(clause, "累计", "全省", "全国", "历年", "游客", "旅游", "客流", "旅客", "浏览", "点击", "访问", "阅读", "播放", "推送", "数据") {
		return false
	}
	if c.author.rank == rankTownship && (f.Unit == "人" || f.Unit == "人次") && atLeast(township) {
		return containsAny(clause, "接待", "培训", "参训", "参会", "走访", "宣讲", "咨询")
	}
	most := int64(city)
	if strings.ContainsAny(c.agency, "县区镇乡") || strings.Contains(c.agency, "街道") {
		most = local
	}
	if c.author.rank == rankDepartment && c.authorLevel() == ofCounty && !containsAny(c.agency, answerers...) && !s.Says("全市", "全县", "全区") {
		most = department
	}
	return strings.Contains("个件通条次封人次宗", f.Unit) && atLeast(most) && containsAny(clause, "接听", "接到", "受理", "收到", "接待", "办理", "答复", "解答", "反馈", "办结", "处置", "回复", "征集", "收集", "回应") &&
		containsAny(clause, "来电", "电话", "热线", "咨询", "投诉", "来信", "来访", "信访", "诉求", "工单", "留言", "意见", "建议", "关切")
}

// answerers are departments that answer the calls of a whole county.
var answerers = strings.Fields("政务服务 政府办 审批 数据 热线 信访 公安 城市管理 综合执法 市场监督 人力资源 医疗保障 社会保障 税务 人民政府")

// peopleAsPapers reports whether people who came are counted as papers are, or those who took
// part as meetings: 接待查阅群众3150条, 参加培训的干部126场.
func peopleAsPapers(f *claims.Figure) bool {
	if f.Unit == "" || !strings.Contains("条件篇份册封场期届", f.Unit) || f.Tail != "" || f.Change || !hasAnySuffix(strings.TrimRight(trimCount(f.Label), "约"), attendants) {
		return false
	}
	if containsAny(f.Raw, "参加", "参训", "参会", "到会", "出席", "与会") {
		return true
	}
	return containsAny(f.Raw, "接待", "参观", "到访", "惠及") && strings.Contains("条篇份册封件", f.Unit)
}

// attendants are who comes to windows and meetings.
var attendants = []string{"群众", "村民", "居民", "市民", "读者", "干部", "人员", "学员", "师生", "家长", "信息员", "联络员", "来访者", "参观者", "志愿者", "工作者", "职工", "党员", "负责人"}

// judgeDurations finds terms in ten thousands of days, and numbers with two multipliers: 压缩至8万个工作日, 1万余万条.
func (c *context) judgeDurations(v *verdict) {
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		if s.Says("万余万", "万多万", "万几万") {
			if at := multipliedAgain.FindStringIndex(s.Text); at != nil {
				c.cannotBe(s, at[0], at[1], v)
			}
		}
		if !s.Says("万个工作日", "万工作日", "万个自然日", "万个月", "万天", "万小时", "万个小时", "万分钟") {
			continue
		}
		const clauseGroup = 2
		if at := longTerm.FindStringSubmatchIndex(s.Text); at != nil {
			c.cannotBe(s, at[clauseGroup], at[clauseGroup+1], v)
		}
	}
}

// cannotBe finds the amount at s.Text[from:to], which no unit can make sense of.
func (c *context) cannotBe(s *claims.Sentence, from, to int, v *verdict) {
	said, start := s.Text[from:to], len([]rune(s.Text[:from]))
	v.fail(fault{
		place: "section" + itoa(s.Section) + "@" + itoa(s.Start) + "/" + itoa(start), paths: c.textPaths(s.Section), quote: c.quoteOf(s, start, start+len([]rune(said))),
		message: c.inChapter(s.Section) + "“" + said + "”不可能，疑为单位有误，请核对。", actual: said,
	})
}

// multipliedAgain is a number with two multipliers that never stand together: 1万余万条.
var multipliedAgain = lazyregexp.New(`\d[\d.]*万[余多几]万\p{Han}`)

// longTerm is a term, or how long something takes, in ten thousands of a unit of time.
var longTerm = lazyregexp.New(`(?:时限|用时|耗时|期限|压缩|压减|缩短|提速|(?:办理|办结|审批|答复|平均|响应)(?:时长|时间|周期))[^，。；]{0,24}?(\d[\d.]*万个?(?:工作日|自然日|月|天|小时|分钟))`)

// impossible reports whether a figure cannot be: ten thousand times ten
// thousands of pieces, a fraction of a piece.
func impossible(s *claims.Sentence, f *claims.Figure) bool {
	if f.IsMoney() && finerThanFen(f) {
		return true
	}
	if !f.IsCount() || f.Unit == "" {
		return false
	}
	digits, _, _ := strings.Cut(strings.ReplaceAll(f.Printed, ",", ""), ".")
	whole := strings.TrimRight(digits, "万亿千百余多")
	if strings.HasSuffix(f.Printed, "亿") && strings.Contains("件份篇期场起封宗户", f.Unit) && !containsAny(s.Span(clauseStart(s.Runes, f.Start), f.Start)+f.Tail, madeByMachines...) {
		return true
	}
	if f.Multiplied && strings.ContainsAny(f.Printed, "万亿") {
		const people = 1_500_000_000
		if strings.ContainsAny(f.Unit, "人名") && f.Value.Cmp(big.NewRat(people, 1)) > 0 && !containsAny(f.Raw+f.Tail, "浏览", "阅读", "点击", "访问", "播放", "曝光", "量") {
			return true
		}
		const tooLong, issues = 4, 100_000 // digits before 万
		if strings.Contains("期届", f.Unit) && f.Value.Cmp(big.NewRat(issues, 1)) >= 0 || strings.HasSuffix(f.Printed, "亿") && len(whole) >= tooLong && strings.Contains("条次个", f.Unit) {
			return true
		}
		if f.Han {
			return false
		}
		if strings.Contains(f.Printed, "万亿") {
			return true
		}
		return len(whole) > tooLong || len(whole) == tooLong && madeByHand(f) && !s.Says("全省", "全国", "全区各级", "全市各级") && !strings.Contains(f.Printed, ".")
	}
	if f.Multiplied || f.Loose || f.Value.IsInt() || !containsAny("件条篇份起宗次项人户家个名场期部例", f.Unit) {
		return false
	}
	return !containsAny(f.Raw, "平均", "均", "每", "比", "率") && f.Value.Cmp(big.NewRat(1, 1)) > 0 && !containsAny(s.Text, "平均", "人均")
}

// finerThanFen reports whether an amount in 元 has more decimals than money has, as one in 万元
// may: 拨付416.8888元. Prices and what falls to each may be so.
func finerThanFen(f *claims.Figure) bool {
	const fen, price = 2, 10
	_, decimals, _ := strings.Cut(f.Printed, ".")
	return !f.Multiplied && f.Unit == "元" && len(decimals) > fen && f.Value.Cmp(big.NewRat(price, 1)) > 0 && !startsWithAny(f.Tail, "/", "每") && !containsAny(f.Raw, "均", "每", "单价", "价格", "净值")
}

// madeByMachines are things that there may be hundreds of millions of.
var madeByMachines = strings.Fields("数据 记录 证照 归集 汇聚 共享 交换 浏览 阅读 点击 访问 发行 用户 短信 邮 快 产量 生产 销 物流 包裹 业务量 资产 全国")

// madeByHand reports whether what is counted was written by somebody: nobody
// publishes ten million pieces a year. Records and views may be as many.
func madeByHand(f *claims.Figure) bool {
	words := f.Raw + f.Label + f.Tail // 屏蔽过时信息，累计5500万条
	if containsAny(words, "热线", "信箱", "12345", "便民服务平台") {
		words = strings.ReplaceAll(words, "办件", "") // 热线办件5200万件
	}
	return strings.ContainsAny(f.Unit, "条篇件份") && containsAny(words, "公开", "发布", "推送", "更新", "申请", "推文", "留言", "文件", "稿件", "失效信息", "过时信息", "无效信息", "热线", "信箱", "12345") &&
		!containsAny(words, "数据", "记录", "证照", "归集", "共享", "交换", "汇聚", "浏览", "阅读", "点击", "访问", "接口", "短信", "办件", "快递", "件次")
}
