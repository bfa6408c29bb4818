package claims

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// Claim is one statement in figures.
type Claim struct {
	Subject Subject
	// Likely is the subject that the words make likely where they leave Subject open.
	Likely Subject
	// OfPart is the subject where the applications that the sentence names before, by words that
	// make them a part (自然人申请, 代表县政府受理), are all there were.
	OfPart Subject
	// Value is exact, multipliers in it. Amounts are in 元.
	Value *big.Rat
	// Step is the value of one unit of the last printed digit.
	Step *big.Rat
	Unit string
	// Printed is the number with its unit as printed (half-width); "无" and the
	// like for a denial.
	Printed string
	// Label are the words that say what is counted.
	Label string
	// Denied: there was none (未收到, 无).
	Denied bool
	// Approx, Floor, Change: see Figure.
	Approx, Floor, Change bool
	Scope                 Scope
	// Sentence is the index in Reading.Sentences, Figure that of the figure in
	// it; -1 for a denial.
	Sentence, Figure int
	// From and To delimit the words in Sentence.Runes.
	From, To int
}

// yearBefore reports whether the sentence, whose claims begin at first, told last what
// came in in another year: 2022年新收31件，上年结转2件 are of 2022 both.
func (out *Reading) yearBefore(first int) bool {
	for k := len(out.Claims) - 1; k >= first; k-- {
		if c := &out.Claims[k]; c.Subject == New {
			return c.Scope.OtherYear && !c.Change
		}
	}
	return false
}

// Comparable reports whether the claim is an exact figure of the report's year.
// Scope.Area is the caller's to judge.
func (c *Claim) Comparable() bool {
	return !c.Approx && !c.Floor && !c.Change && c.Scope.Plain()
}

// Section is the text of a chapter, paragraphs parted by line breaks.
type Section struct {
	// Key is the chapter's: "overview", "applications", …
	Key, Text string
}

// Preface is the key of the text before the first chapter. Dates, clauses of law and
// the number of its parts stand there, of which no list is read.
const Preface = "preface"

// Reading is what was read.
type Reading struct {
	Sentences []Sentence
	Claims    []Claim
	Lists     []List
}

// Read reads the chapters of a report of the year; 0 where it is unknown.
func Read(sections []Section, year int) *Reading {
	out := &Reading{}
	for i := range sections {
		out.readSection(i, &sections[i], year)
	}
	return out
}

func (out *Reading) readSection(index int, sec *Section, year int) {
	paragraphs := lines(sec.Text)
	if sec.Key != Preface {
		out.readLists(index, paragraphs)
	} else {
		for n := range paragraphs {
			out.readParts(index, &paragraphs[n], n)
		}
	}
	lead, told := "", false
	for n := range paragraphs {
		l := &paragraphs[n]
		if len(l.runes) == 0 {
			continue
		}
		state, before := scopeState{}, topic{}
		own := leadOf(l.runes)
		if own == "" {
			own = lead
		}
		seen := glance.At(own)
		for _, s := range l.sentences() {
			s.Section, s.Line, s.Lead, s.lead, s.year = index, n, own, &seen, year
			s.readFigures()
			state = s.readScope(year, state)
			from := out.previous(index, n)
			if from == nil {
				from = out.above(index, &s)
			}
			s.readBreakdowns(from)
			before = s.topic(sec.Key, before)
			before.applications = before.applications || told && (s.leavesOver() || s.tellsOutcome())
			out.Sentences = append(out.Sentences, s)
			first := len(out.Claims)
			out.readClaims(len(out.Sentences)-1, before)
			told = told || slices.ContainsFunc(out.Claims[first:], func(c Claim) bool { return c.Subject == New })
		}
		const heading = 30
		if len(l.runes) <= heading && !strings.ContainsRune(string(l.runes), '，') {
			lead = string(l.runes)
		} else if own != lead {
			lead = own
		}
	}
}

// previous is the sentence before in the same paragraph, nil at its start.
func (out *Reading) previous(section, n int) *Sentence {
	if len(out.Sentences) == 0 {
		return nil
	}
	s := &out.Sentences[len(out.Sentences)-1]
	if s.Section != section || s.Line != n {
		return nil
	}
	return s
}

// above is the sentence that ends the paragraph before, for one that goes on with its parts: 其中….
func (out *Reading) above(section int, s *Sentence) *Sentence {
	if len(out.Sentences) == 0 || !startsWithAny(s.Text, "其中，", "其中：", "其中:") {
		return nil
	}
	last := &out.Sentences[len(out.Sentences)-1]
	if last.Section != section || last.Line >= s.Line || s.Line-last.Line > 2 || len(s.Figures) == 0 {
		return nil
	}
	first, several := &s.Figures[0], 0
	for i := range last.Figures {
		if f := &last.Figures[i]; SameUnit(f, first) {
			if several++; several > 1 || f.Value.Cmp(first.Value) <= 0 {
				return nil // of which is not said
			}
		}
	}
	return last
}

// before is the sentence before that of the index, nil at the start of a paragraph.
func (out *Reading) before(index int) *Sentence {
	if index == 0 {
		return nil
	}
	s, b := &out.Sentences[index], &out.Sentences[index-1]
	if b.Section != s.Section || b.Line != s.Line {
		return nil
	}
	return b
}

// leadOf is the heading a paragraph begins with: （二）依申请公开情况。
func leadOf(r []rune) string {
	const longest = 24
	for i := 0; i < len(r) && i < longest; i++ {
		if (isStop(r[i]) || r[i] == '：') && i > 1 {
			return string(r[:i])
		}
		if r[i] == '，' || isDigit(r[i]) && i > 2 {
			return ""
		}
	}
	return ""
}

// topic is what the sentence is about.
func (s *Sentence) topic(chapter string, before topic) topic {
	t := topic{chapter: chapter, year: s.year, last: before.last, proactive: chapter == "proactive_disclosure"}
	text, lead := s.seen, s.lead
	says := text.Has("申请") && text.Has("信息公开申请", "依申请公开", "公开申请", "申请公开", "政府信息申请", "依申请政府信息", "公开的申请", "申请件", "信息公开的申请", "新收申请", "新收的申请")
	says = says || namesApplications(text)
	t.direct = says || lead.Has("依申请公开", "申请公开", "公开申请")
	t.applications = says || chapter == "applications" || before.applications || lead.Has("依申请", "申请公开", "公开申请")
	t.results = chapter == "applications" || says || text.Has("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
	if text.Has("复议", "诉讼", "起诉") {
		t.challenges = chapter == "legal_challenges" || text.Has("信息公开", "被申请", "被提起", "依申请公开", "公开申请", "因公开引发", "因公开引起", "因公开工作") || lead.Has("依申请", "复议", "诉讼") || before.applications && !text.Has("案件办理", "应诉")
		if chapter != "legal_challenges" && text.Has("代理", "仲裁", "应诉", "一审", "二审", "无关", "复议案件审理", "行政复议机构", "复议委员会") {
			// of the body as counsel or as court of review
			t.challenges = text.Has("因信息公开", "因政府信息公开", "信息公开引起", "信息公开引发") || text.Has("被申请", "被提起", "直接起诉", "直接提起") && text.Has("积极应诉", "依法应诉", "认真应诉", "均已应诉", "按时应诉", "出庭应诉") && text.Has("信息公开")
		}
	} else {
		t.challenges = chapter == "legal_challenges" || before.challenges
	}
	return t
}

// leavesOver reports whether the sentence says of things that it does not name that they are carried
// into the next year: 其余8件结转2024年度继续办理. Where applications were told before they are meant.
func (s *Sentence) leavesOver() bool {
	return s.Says("结转") && len(s.Figures) > 0 && !s.Says(leftElsewhere...) && (s.Says("下年", "下一年", "次年", "明年", s.yearText(1)) || s.Says("办结", "答复"))
}

// tellsOutcome reports whether the sentence begins with what became of applications told before.
func (s *Sentence) tellsOutcome() bool {
	return s.Says("结果") && startsWithAny(s.Text, "从办理结果", "从处理结果", "从答复结果", "按办理结果", "按处理结果", "办理结果", "处理结果", "答复结果")
}

// leftElsewhere are things that are carried into the next year, too.
var leftElsewhere = []string{"建议", "提案", "热线", "工单", "案件", "信访", "诉求", "项目", "资金", "留言", "投诉", "咨询", "信件", "来信", "许可", "执法", "预算", "万元", "亿元", "复议", "诉讼", "事项", "纠纷", "线索", "隐患", "任务"}

// readClaims makes the claims of a sentence.
func (out *Reading) readClaims(index int, ctx topic) {
	s := &out.Sentences[index]
	first := len(out.Claims)
	s.First = first
	if before := out.before(index); s.restrictsBefore(before) {
		for i := before.First; i < before.Last; i++ {
			if c := &out.Claims[i]; isChallenge(c.Subject) {
				c.Subject = None
			}
		}
	}
	defer func() { s.Last = len(out.Claims) }()
	likely := len(s.Figures) > 0 && s.likelyIn()
	for i := range s.Figures {
		f := &s.Figures[i]
		c := Claim{
			Value: f.Value, Step: f.Step, Unit: f.Unit, Printed: f.Printed + f.Unit, Label: f.Label,
			Approx: f.Approx || f.Loose, Floor: f.Floor, Change: f.Change, Scope: f.Scope,
			Sentence: index, Figure: i, From: f.Start, To: f.End,
		}
		subjects := s.subjects(i, ctx)
		if len(subjects) == 1 && f.kind != percentUnit {
			c.Subject = out.settle(subjects[0], f, first)
			if sub := subjects[0]; c.Subject == None && (sub == Handled || sub == Answered) && !s.Says(underWay...) {
				c.OfPart = sub
			}
		}
		if likely && len(subjects) == 0 {
			c.Likely = s.likely(i, ctx)
		}
		if strings.HasSuffix(string(c.Subject), ".previous_items") {
			c.Scope.OtherYear, c.Scope.Unsure = false, false // a column of its own
		}
		if c.Subject == CarriedOver || c.Subject == CarriedForward {
			c.Scope.OtherYear, c.Scope.Unsure, c.Scope.Partial = out.yearBefore(first), false, false
		}
		if len(subjects) > 1 {
			for _, sub := range subjects {
				each := c
				each.Subject = sub
				out.Claims = append(out.Claims, each)
			}
			continue
		}
		out.Claims = append(out.Claims, c)
	}
	out.changes(index, first)
	out.narrow(index, first)
	out.openness(index, first)
	out.cross(index, first)
	out.within(index, first)
	out.apart(index, first)
	out.allOne(index, first)
	out.allOneRow(index, first)
	out.elsewhere(index, first)
	out.shareBase(index, first)
	out.ofThatOne(index, first)
	out.ofOneHolder(index, first)
	for _, d := range s.denialsIn() {
		local := ctx
		local.last = s.challengeBefore(d.start, ctx.last)
		for _, sub := range d.subjects(local) {
			out.Claims = append(out.Claims, Claim{
				Subject: sub, Value: new(big.Rat), Step: integer(1), Printed: d.word, Label: d.object, Denied: true,
				Scope: scopeAt(s.mentions(s.year), d.start, scopeState{}), Sentence: index, Figure: -1, From: d.start, To: d.end,
			})
		}
	}
}

// namesSeveral reports whether brackets directly before a figure name several results that it is of:
// 公开类（予以公开、部分公开）18件.
func (s *Sentence) namesSeveral(f *Figure) bool {
	if at(s.Runes, f.Start-1) != '）' {
		return false
	}
	names := lastBracket(s.Span(0, f.Start))
	several := strings.Count(names, "予以公开") + strings.Count(names, "部分公开") + strings.Count(names, "不予公开") + strings.Count(names, "无法提供") + strings.Count(names, "不予处理")
	return several > 1 && !strings.ContainsAny(names, "0123456789")
}

// subjects are what a figure is about: one subject, none, or several where each
// of a list has the figure (行政复议、行政诉讼均为0件).
func (s *Sentence) subjects(i int, ctx topic) []Subject {
	f := &s.Figures[i]
	ctx.last = s.challengeBefore(f.Start, ctx.last)
	if f.kind == sizeUnit || s.namesSeveral(f) {
		return nil
	}
	list := s.listBefore(i)
	if f.Paired {
		list = nil
	}
	if len(list) > 1 && (f.Value.Sign() == 0 || hasSuffix(strings.TrimSuffix(f.Raw, "为"), []string{"均", "都", "各"})) {
		var out []Subject
		d := denial{word: "没有", object: strings.Join(list, "、")}
		for _, item := range list {
			sub := d.of(item, ctx)
			if sub == None {
				sub = classify(item, "", ctx)
			}
			if sub != None {
				out = append(out, sub)
			}
		}
		return out
	}
	if ctx.results && f.Sep == '）' && f.Raw == "" && strings.HasSuffix(f.Label, "公开") && strings.Contains(lastBracket(s.Span(0, f.Start)), "含部分公开") {
		return []Subject{GrantedOrPart} // 公开（含部分公开）48件
	}
	label := f.Label
	if f.Compound {
		if len(list) < 2 || classify(list[len(list)-2], "", ctx) != None || containsAny(f.Label, "行政", "规章", "规范性", "复议", "诉讼") {
			label = strings.Join(list, "、")
		}
	}
	sub := classify(label, f.Tail, ctx)
	if sub == None && f.Sep == '）' && f.Raw == "" {
		sub = classify(s.outsideBracket(f), f.Tail, ctx) // 法院判决维持（驳回原告诉讼请求）5件
	}
	if sub == CarriedOver && bothIn.MatchString(f.Raw) {
		sub = Processed
	}
	if f.Paired && label == "公开" && ctx.results && s.pairsWith(f, "部分公开") {
		return []Subject{Granted} // 公开与部分公开分别为71件、13件
	}
	if strings.HasPrefix(string(sub), "applicants.") && s.severalApplicants(i) {
		return nil
	}
	if sub == ByOrganisation && f.Sep == '、' && strings.HasSuffix(s.clauseBefore(i), "公民") {
		if sub = None; containsAny(s.clauseBefore(i), "收到", "接到", "受理") && f.Tail == "" && strings.HasSuffix(label, "申请") {
			sub = New // 收到公民、法人提交的申请1件
		}
	}
	if sub == Fees && f.kind != moneyUnit {
		sub = None // 行政事业性收费项目上年3项
	}
	for _, read := range []func(int, topic) Subject{s.actPlainly, s.formColumn, s.challengePlainly, s.plainly} {
		if sub == None {
			sub = read(i, ctx)
		}
	}
	if sub != None && !s.ofAnother(i, sub) && (sub != New || !s.bySome(i)) {
		return []Subject{sub}
	}
	return nil
}

// outsideBracket are the words of the clause before a bracket that ends directly before a figure.
func (s *Sentence) outsideBracket(f *Figure) string {
	open := f.Start - 1
	for open >= 0 && s.Runes[open] != '（' {
		if isDigit(s.Runes[open]) {
			return "" // the parts of the figure
		}
		open--
	}
	from := open
	for from > 0 && !isBreak(s.Runes[from-1]) {
		from--
	}
	return s.Span(max(0, from), max(0, open))
}

// bothIn is all there was to do, told by both of its parts: 收到和上年结转的申请合计66件.
var bothIn = lazyregexp.New(`(?:收到|新收|受理|接收)(?:和|及|与|加|、|以及)(?:上年|上一年|去年|往年)度?(?:结转|转入|遗留).*(?:合计|共|总)`)

// pairsWith reports whether the list that figure f has an item of has that item, too.
func (s *Sentence) pairsWith(f *Figure, item string) bool {
	return slices.ContainsFunc(s.Figures, func(g Figure) bool { return g.Paired && g.Label == item && g.Clause >= f.Clause })
}

// bySome reports whether the clause of the figure counts who they are first, so that it
// is of their applications: 1人提出申请16件.
func (s *Sentence) bySome(i int) bool {
	if i == 0 {
		return false
	}
	who := &s.Figures[i-1]
	return strings.Contains("人名位家户", who.Unit) && who.Unit != "" && s.Figures[i].Sep == 0 && !containsAny(who.Raw, "共", "总") && who.Tail == ""
}

// listBefore are the items of the list that ends at the figure.
func (s *Sentence) listBefore(i int) []string {
	f := &s.Figures[i]
	from, least := f.Clause, 0
	if i > 0 {
		least = s.Figures[i-1].End
	}
	for from > least && (s.Runes[from-1] == '、' || !isBreak(s.Runes[from-1])) {
		from--
	}
	return splitList(strip(s.Span(from, f.Start)))
}

// challengeBefore is the challenge named last before the offset.
func (s *Sentence) challengeBefore(offset int, before Subject) Subject {
	if !s.Says("复议", "诉讼", "起诉") {
		return before
	}
	text := notReviewed.Replace(s.Span(0, offset))
	recon, lit := strings.LastIndex(text, "复议"), max(strings.LastIndex(text, "诉讼"), strings.LastIndex(text, "起诉"))
	switch {
	case recon < 0 && lit < 0:
		return before
	case recon > lit:
		return Reconsideration
	}
	return Litigation
}

// notReviewed takes out the ways to begin a lawsuit, which name reviews.
var notReviewed = glance.NewReplacer("未经复议", "", "经复议", "", "复议后", "", "复议前置", "")

// underWay say that what is told is not the whole of the year.
var underWay = []string{"正在办理", "在办", "尚在"}

// settle takes back subjects that the unit or the rest of the sentence denies.
func (out *Reading) settle(sub Subject, f *Figure, first int) Subject {
	switch sub {
	case Fees, InformationFee, Purchased:
		if f.kind != moneyUnit {
			return None
		}
		return sub
	case Procurement:
		if f.kind == moneyUnit {
			return Purchased
		}
		return sub
	case Handled, Answered:
		// 受理热线5020件，办结4189件: the figure belongs to what was received.
		if !strings.Contains(f.Label+f.Tail, "申请") && !out.receives(first) && !out.ofAllRequests(first, f) {
			return None
		}
		if out.Sentences[len(out.Sentences)-1].Says(underWay...) {
			return None // not the whole of the year
		}
	case NormativeIssued, NormativeRepealed, NormativeInForce, RegulationsIssued, RegulationsRepealed, RegulationsInForce:
		if f.Unit != "件" && f.Unit != "份" && f.Unit != "部" && f.Unit != "个" && f.Unit != "" {
			return None
		}
	case Reconsideration, ReconUpheld, ReconCorrected, ReconOther, ReconPending, ReconOrLitigation,
		Litigation, LitigationDirect, LitigationAfter, LitUpheld, LitCorrected, LitOther, LitPending:
		if f.Unit != "" && !strings.Contains("件起宗例次", f.Unit) {
			return None
		}
	default:
	}
	if f.kind == moneyUnit {
		return None
	}
	if strings.ContainsAny(f.Unit, "人名位家户天") && !strings.Contains(f.Unit, "人次") || f.Unit == "类" || f.Unit == "种" {
		return None
	}
	return sub
}

// ofAllRequests reports whether a sentence that begins with all the applications, behind one that counts
// those received, settles them with its first figure: 所有公开申请按照程序办理，共办结39件.
func (out *Reading) ofAllRequests(first int, f *Figure) bool {
	s := &out.Sentences[len(out.Sentences)-1]
	before := out.before(len(out.Sentences) - 1)
	return before != nil && f == &s.Figures[0] && len(out.Claims) == first && allRequests.MatchString(s.Text) &&
		slices.ContainsFunc(out.Claims[before.First:before.Last], func(c Claim) bool { return c.Subject == New })
}

// allRequests is a sentence that begins so.
var allRequests = lazyregexp.New(`^(?:对|针对|对于)?(?:所有|全部|以上|上述|收到的|受理的)+(?:依申请公开|政府信息公开|信息公开|公开)申请(?:事项|件)?(?:均|都|全部)?[^，。；：\d未不]{0,14}，(?:共|已|累计|共计|全年)*(?:办结|答复)(?:了)?\d`)

// receives reports whether the last figure of the sentence before that was
// received or carried over is one of applications.
func (out *Reading) receives(first int) bool {
	for i := len(out.Claims) - 1; i >= first; i-- {
		c := &out.Claims[i]
		switch {
		case c.Subject == New || c.Subject == CarriedOver:
			return true
		case c.Subject == None && containsAny(c.Label, "受理", "收到", "接到", "新收", "收", "诉求", "投诉", "热线", "留言"):
			return false
		}
	}
	return false
}
