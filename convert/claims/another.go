package claims

import (
	"strings"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// isChallenge reports whether the subject is one of chapter 四.
func isChallenge(sub Subject) bool {
	return startsWithAny(string(sub), "reconsideration", "litigation")
}

// ofAnother reports whether the words around figure i make it another figure
// than that of the form, although its own words name the subject: it takes a
// verb or a restriction from the figures beside it.
func (s *Sentence) ofAnother(i int, sub Subject) bool {
	switch {
	case sub == Compulsion && s.Says("强制执行") && s.Says("强制措施", "强制检"):
		return true // 行政强制措施5件、行政强制执行3件
	case (sub == NormativeIssued || sub == RegulationsIssued) && s.Says("修订", "修改"):
		return true // whether those revised were issued, too, is not said
	case sub == Licensing || sub == Penalties || sub == Compulsion:
		return s.listsPowers(i)
	case sub == Handled || sub == Answered:
		return s.settlesCarried(i)
	case isChallenge(sub):
		return s.challengesElse(i) || s.ofOneParty(i)
	case isOutcome(sub) && !strings.HasPrefix(string(sub), "applicants."):
		return s.resultOfPart(i, sub) || s.turnedOut(i, sub)
	}
	return false
}

// resultOfPart reports whether a result is told of some of the applications: by the
// topic before it, or by words that pick from those with the result.
func (s *Sentence) resultOfPart(i int, sub Subject) bool {
	for k := i; k >= 0; k-- { // the topic of the first of a list holds for all
		z := s.zoneOf(k)
		if sub == afterCorrection || sub == overdueCorrection {
			z.topic = ofCorrection.Replace(z.topic)
		}
		if restrictsTopic(z.topic, true) {
			return true
		}
		if k == i && picks(z.before) {
			return true
		}
		if f := &s.Figures[k]; f.Sep != '，' && f.Sep != '、' || z.topic != "" || strings.Contains(f.Raw+f.Tail, "申请") {
			return false
		}
	}
	return false
}

// picks reports whether words behind a result pick some with it: 不予公开的决定中依据某条的.
func picks(before string) bool {
	_, rest := find(kinds, before)
	_, rest = find(outcomes, rest)
	at := strings.LastIndex(rest, "※")
	if at < 0 {
		return false
	}
	_, picked, ok := strings.Cut(rest[at:], "中")
	return ok && neutralWords.Replace(picked) != ""
}

// deciding are the verbs of a decision; listing those of what is published,
// handed over or checked.
var (
	deciding = []string{"办理", "作出", "做出", "实施", "办结", "下达", "执行", "采取", "开出"}
	listing  = []string{"公示", "公开", "公布", "发布", "归集", "录入", "报送", "推送", "上传", "梳理", "承接", "下放", "编制", "清单", "目录", "取消", "调整", "赋权", "委托", "抽查", "评查", "归档", "权责", "权力", "职权", "划转", "认领", "涉及", "更新", "展示", "审核", "审查"}
)

// listsPowers reports whether an item without a verb of its own is one of a list
// of powers or of what was published: 公开行政许可事项14项、行政处罚事项86项.
func (s *Sentence) listsPowers(i int) bool {
	f := &s.Figures[i]
	if containsAny(f.Label+f.Tail, deciding...) {
		return false
	}
	if f.Unit == "项" && !strings.Contains(f.Label, "决定") {
		return true // 项 counts powers, 件 decisions
	}
	among := false
	for k := i; k >= 0 && s.Figures[k].Unit == f.Unit; k-- {
		words, again := lastPart(strings.ReplaceAll(s.wordsBefore(k), "信息公开", ""))
		switch {
		case containsAny(words, deciding...):
			return false
		case containsAny(words, listing...):
			return true
		case again:
			return among
		}
		// 查办案件31件，其中行政处罚14件: those of some of the cases
		among = (among || strings.Contains(words, "其中")) && !strings.Contains(words, "决定")
	}
	return among
}

// settlesCarried reports whether what was carried over is told apart from the
// figure of what was settled: 当年办结45件，另有上年结转的3件全部办结.
func (s *Sentence) settlesCarried(i int) bool {
	rest := s.Span(s.Figures[i].End, len(s.Runes))
	for clause := range strings.FieldsFuncSeq(rest, func(r rune) bool { return r == '，' || r == '；' || r == '、' }) {
		if containsAny(clause, "上年", "结转的", "去年", "往年", "上一年", "年结转") && containsAny(clause, "办结", "答复", "办理完", "处理完", "办毕") {
			return true
		}
	}
	return false
}

// ofOneParty reports whether the subject of the clause that figure i stands in is one of those
// who applied or challenged, by a name or a number: 申请人李某连续提起6件, 某公司先后提起3件.
// It holds until a clause speaks of the whole year or of the body itself.
func (s *Sentence) ofOneParty(i int) bool {
	before := s.Span(0, s.Figures[i].Start)
	before = before[strings.LastIndex(before, "；")+1:]
	if own := before[strings.LastIndex(before, "，")+1:]; containsAny(own, "全年", "本年", "年度", "总", "合计", "共计", "我", "本") {
		before = own
	}
	if !containsAny(before, "提起", "提出", "申请", "提交", "起诉", "不服") {
		return false
	}
	if containsAny(before, onesOnly...) {
		return true
	}
	for _, party := range parties {
		if _, rest, ok := strings.Cut(before, party); ok && namesOne(rest) {
			return true
		}
	}
	return false
}

var (
	onesOnly = []string{"同一", "一名", "一位", "1名", "1位", "某人", "某某", "某公司", "某企业", "某村", "某申请", "某先", "某就", "某因", "某对", "某以", "某针", "某连", "某提", "某向", "某不", "一人", "1人", "一家", "个别", "单个"}
	parties  = []string{"申请人", "原告", "第三人", "当事人", "上诉人", "起诉人", "村民", "居民", "市民", "业主"}
	// afterParty are words that may follow a party directly, or its name.
	afterParty = []string{"先后", "分别", "连续", "多次", "再次", "反复", "一年", "全年", "年内", "今年", "本年", "就", "因", "对", "针对", "以", "向", "于", "在", "不服", "提起", "提出", "提交", "申请", "起诉", "依法", "直接", "未经", "经", "共", "认为", "为", "的", "等", "、", "，", "通过", "均", "又", "及", "和", "与", "所", "或", "由", "是", "系", "一并", "另", "还", "集中", "主要", "陆续", "撤", "已", "未", "数", "人数", "合计", "总", "累计", "实际", "后", "行政", "选择", "要求", "围绕", "关于"}
)

// namesOne reports whether a name of a person's length stands between the word for a party
// and what is said of it.
func namesOne(rest string) bool {
	const shortest, longest = 2, 4 // characters
	n := 0
	for at, r := range rest {
		if startsWithAny(rest[at:], afterParty...) {
			return n >= shortest
		}
		if n++; n > longest || !isHan(r) {
			return false
		}
	}
	return false
}

// challengesElse reports whether the challenges counted are others than those
// over the body's own disclosure: of all its work, of one kind, in another role.
func (s *Sentence) challengesElse(i int) bool {
	before := courtActs.Replace(s.Span(0, s.Figures[i].Start))
	if containsAny(before, "复议机关", "复议机构", "复议委员会", "第三人", "行政复议局", "行政复议应诉", "以下级机关为", "以下级行政机关为", "下级机关作为") || containsAny(s.Span(s.Figures[i].End, len(s.Runes)), "无关") || !strings.Contains(before, "被申请人") && containsAny(s.Span(s.Figures[i].End, len(s.Runes)), "为复议机关的", "作为复议机关") {
		return true
	}
	for k := i; k >= 0; k-- {
		words, again := lastPart(withoutBrackets(s.wordsBefore(k))) // 法院判决维持（驳回原告诉讼请求）5件
		if noun := challengeNoun(words); noun != "" && !allOneWay.MatchString(words) {
			if s.restricted(k, noun) || otherKind(words) {
				return true
			}
			if s.Figures[k].Sep != '、' && s.Figures[k].Sep != 0 { // the last of a list shares its beginning
				return false
			}
		}
		if again {
			return false
		}
	}
	return false
}

// allOneWay says how all the lawsuits counted before it began: 2件，均未经复议直接起诉，结果维持2件.
var allOneWay = lazyregexp.New(`^[，（](?:均|全部|都|皆)(?:是|为|系|属|属于)?(?:未经复议|直接起诉|直接提起|经复议|复议后)[^，；]{0,8}[，；]`)

// courtActs take out the body that decided, where its decision is what is counted.
var courtActs = glance.NewReplacer("复议机关维持", "维持", "复议机关纠正", "纠正", "复议机关决定维持", "维持", "复议机关予以维持", "维持", "被复议机关", "被", "复议机关作出", "", "经复议机关", "", "由复议机关", "")

// lastPart are the words behind the last semicolon; again reports whether there
// is one.
func lastPart(words string) (last string, again bool) {
	at := strings.LastIndex(words, "；")
	if at < 0 {
		return words, false
	}
	return words[at+len("；"):], true
}

// wordsBefore are the words between the figure before and figure i.
func (s *Sentence) wordsBefore(i int) string {
	from := 0
	if i > 0 {
		from = s.Figures[i-1].End
	}
	return s.Span(from, s.Figures[i].Start)
}

func challengeNoun(words string) string {
	for _, n := range []string{"复议", "诉讼", "起诉"} {
		if strings.Contains(words, n) {
			return n
		}
	}
	return ""
}

var disclosureWords = []string{"信息公开", "依申请公开", "公开申请", "申请公开", "政府信息"}

// restricted reports whether a figure behind says how many of the challenges
// are over disclosure, so that this one counts all.
func (s *Sentence) restricted(k int, noun string) bool {
	if containsAny(s.Span(0, s.Figures[k].Start), disclosureWords...) {
		return false
	}
	for j := k + 1; j < len(s.Figures); j++ {
		words := s.wordsBefore(j)
		if containsAny(s.Figures[j].Tail, "信息公开") {
			words += s.Figures[j].Tail
		}
		if !containsAny(words, disclosureWords...) || containsAny(words, "公开申请", "收到") && !containsAny(words, "涉", "类", "案", "复议", "诉讼") {
			continue
		}
		if other := challengeNoun(words); other == "" || other == noun {
			return true
		}
	}
	return false
}

// challengeWords stand before 复议 and 诉讼 and restrict nothing.
var challengeWords = glance.NewReplacer(words("政府信息依申请公开 政府信息公开工作 政府信息公开申请 政府信息公开答复 政府信息公开 政府信息 信息公开 依申请公开 公开申请 申请公开 申请人 当事人 公民、法人和其他组织 申请 涉及到 涉及 引发的 引发 引起的 引起 产生的 产生 导致的 导致 因不服 不服 因此 其中 提起的 提起 提请 发生的 发生 有关 相关 案件 方面 工作 答复 答复书 决定 全年 本年度 本年 今年 当年 年度 共计 总计 合计 一共 收到 接到 新增 办理 行政 未经 直接 复议后 复议 诉讼 经 被 就 对 因 共 的 涉 类 后 并 而 和 及 与 或者 或 向 法院 人民法院 由 我 本 单位 机关 部门 信息 公开 有 新 收 所 为 中 了 以 事项 问题 方式 结果 情况 年 未 又 再 另 因为 由于 第四部分 针对 提出 群众 行为 在 从 到 上 看 截至 年底 原 依法 依规 妥善 应对 处理 配合 做好 开展")...)

func words(list string) []string {
	var out []string
	for w := range strings.FieldsSeq(list) {
		out = append(out, w, "")
	}
	return out
}

// otherKind reports whether the words before 复议 or 诉讼 name a kind of them:
// 其他行政诉讼, 涉土地类行政复议.
func otherKind(words string) bool {
	if at := strings.LastIndexAny(words, "，：（"); at >= 0 && challengeNoun(words[at:]) != "" {
		words = words[at:]
	}
	if containsAny(words, "其他", "以外", "之外", "非政府信息公开", "非信息公开", "除") {
		return !containsAny(words, "其他结果", "其他处理")
	}
	own := containsAny(words, disclosureWords...)
	for _, w := range []string{"包括", "包含", "含"} {
		words = strings.TrimPrefix(strings.TrimLeft(words, "，：（"), w)
	}
	for _, noun := range []string{"复议", "诉讼", "起诉"} {
		if at := strings.Index(words, noun); at >= 0 {
			words = words[:at]
		}
	}
	for _, e := range []string{"街道办事处", "街道", "管委会", "委员会", "人民政府", "局", "镇", "乡", "厅", "中心", "政府", "政府办"} {
		if at := strings.LastIndex(words, e); at >= 0 && (own || !strings.HasPrefix(words[max(0, at-3):], "全")) {
			words = words[at+len(e):] // a body: who it is, is not judged here
		}
	}
	rest := strings.Trim(challengeWords.Replace(words), "，：（）、“”0123456789-一二三四五六七八①②③④.是")
	return rest != "" && !own
}

// restrictsBefore reports whether the sentence begins with what part of the
// challenges of the sentence before are over disclosure.
func (s *Sentence) restrictsBefore(before *Sentence) bool {
	if before == nil || len(s.Figures) == 0 || before.Says(disclosureWords...) {
		return false
	}
	words := s.wordsBefore(0)
	return strings.HasPrefix(words, "其中") && containsAny(words, disclosureWords...)
}

// The names of chapter 三's rows and columns, by which a sentence without the
// words 政府信息公开申请 shows that it is about them.
var (
	resultNames    = []string{"予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"}
	applicantNames = []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"}
)

// namesApplications reports whether the sentence is about applications by the
// form's own names of them.
func namesApplications(text *glance.Text) bool {
	results, applicants := text.Count(resultNames, 3), text.Count(applicantNames, 3)
	asked := text.Has("申请")
	switch {
	case !asked && results < 3 && applicants < 3, text.Has(otherApplications...), text.Has("提案", "建议", "公文", "许可", "处罚", "信用", "热线", "工单", "信访", "12345", "登记", "审批"):
		return false
	case results > 2 && text.Has("无法提供", "不予处理"), results > 1 && asked && !text.Has("文件", "目录"):
		return true
	case applicants > 2, applicants > 1 && asked, asked && text.Has("自然人") && text.Has("法人"):
		return true
	}
	return asked && text.Has("年结转", "年度结转", "结转下", "结转上年", "结转至下", "结转到下", "转入下年", "下年度继续办理")
}

// narrow takes back what is said of the results of a part of the applications:
// 协助县政府答复申请6件，其中予以公开4件. first is the sentence's first claim.
func (out *Reading) narrow(index, first int) {
	s := &out.Sentences[index]
	part := make([]bool, len(s.Figures))
	whole, running := false, false
	for i := first; i < len(out.Claims); i++ {
		c := &out.Claims[i]
		if c.Figure < 0 {
			continue
		}
		f := &s.Figures[c.Figure]
		switch {
		case IsIntake(c.Subject):
			whole, running = true, false
		case c.Subject == None && s.asksPart(f):
			part[c.Figure] = true
			running = running || !whole
		case isOutcome(c.Subject) && (running || s.partOf(out.before(index), c.Figure, part)):
			c.Subject = None
		}
	}
}

// partOf reports whether the figure is a part of a total that part marks.
func (s *Sentence) partOf(before *Sentence, figure int, part []bool) bool {
	for _, b := range s.Breakdowns {
		for _, k := range b.Parts {
			if k == figure && (!b.Previous && part[b.Total] || b.Previous && before != nil && before.asksPart(&before.Figures[b.Total])) {
				return true
			}
		}
	}
	return false
}

// asksPart reports whether the figure is one of a part of the applications.
func (s *Sentence) asksPart(f *Figure) bool {
	if f.Unit == "件" && strings.HasPrefix(f.Label, "由") && containsAny(f.Label, "办理", "承办", "答复") {
		return true
	}
	if _, did, ok := strings.Cut(f.Tail, "公开申请"); ok && f.Unit == "件" && startsWithAny(did, "征求", "需", "因", "经", "由", "涉", "延", "补") {
		return true // 5件政府信息公开申请征求了第三方意见
	}
	if !strings.Contains(f.Label, "申请") || f.Unit != "件" && f.Unit != "宗" && f.Unit != "份" {
		return false
	}
	if _, named := ofDetails(f.Label); named {
		return false // 没有现成信息或申请内容不明确的: rows of the form together
	}
	label := anybody.Replace(f.Label)
	return partKinds.in(label+f.Tail) || qualified(label, "") || !countsRequests(label)
}

// IsIntake reports whether the subject is applications received or settled, as
// against what became of them and who made them.
func IsIntake(sub Subject) bool {
	switch sub {
	case New, CarriedOver, Handled, Answered, Processed:
		return true
	}
	return false
}

func isOutcome(sub Subject) bool {
	return startsWithAny(string(sub), "applicants.", "applications.granted", "applications.partially", "applications.denied", "applications.unable", "applications.not_processed", "applications.other_outcome", "applications.carried_forward")
}
