package claims

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// Breakdown is a total and its parts: 共N件，其中a件、b件.
type Breakdown struct {
	// Total is the index of the total's figure in its sentence: this one, or the
	// one before where Previous is set.
	Total    int
	Previous bool
	// Parts are the figures of the parts, in order.
	Parts []int
	// Closed: the parts are all of the total (分别为, 其他 last, X and 不X, a list
	// with 共计 behind it).
	Closed bool
	// Uniform: three parts and more, one mark between them, and no statement among them.
	Uniform bool
	// Mixed: parts have other units than the total and are not in Parts.
	Mixed bool
	// Others are figures of the same unit before the total that the parts may
	// belong to as well.
	Others []int
}

// Sum adds up the parts.
func (b *Breakdown) Sum(s *Sentence) *big.Rat {
	sum := new(big.Rat)
	for _, i := range b.Parts {
		sum.Add(sum, s.Figures[i].Value)
	}
	return sum
}

// opening says how a breakdown begins.
type opening int

const (
	noOpening opening = iota
	partly            // 其中, 包括
	wholly            // 分别为
)

// readBreakdowns finds the breakdowns of a sentence. before is the sentence
// before in the paragraph.
func (s *Sentence) readBreakdowns(before *Sentence) {
	for i := range s.Figures {
		open := s.opens(i)
		if open == noOpening {
			if b, ok := s.run(i); ok {
				s.Breakdowns = append(s.Breakdowns, b)
			}
			continue
		}
		b := Breakdown{Total: -1, Closed: open == wholly}
		s.findTotal(&b, i, before)
		if t := i - 1; b.Total < 0 && open == partly && t >= 0 && i+1 < len(s.Figures) && s.mayBeTotal(&s.Figures[t], &s.Figures[i+1]) && s.followsOtherUnit(i+1, &s.Figures[t]) {
			b.Total = t
		}
		if b.Total < 0 && open == partly && s.entryTotal(&b, i, before) {
			if s.asEntries(&b, i, b.TotalOf(s, before)); len(b.Parts) > 0 {
				s.Breakdowns = append(s.Breakdowns, b)
			}
			continue
		}
		if b.Previous && s.settledOnly(i) && containsAny(before.Figures[b.Total].Raw, "未办结", "未答复", "未审结") {
			continue
		}
		if b.Total < 0 || open == wholly && !b.Previous && s.namedInList(&b, i) || open == wholly && !b.Previous && s.otherChannels(&b, i) || open == wholly && !b.Previous && toldAnew(string(s.Runes[s.Figures[b.Total].End:s.Figures[i].Start])) {
			continue
		}
		s.collect(&b, i, before)
		if x, y, ok := s.bothCourts(&b); ok {
			s.Breakdowns = append(s.Breakdowns, x, y)
			continue
		}
		if len(b.Parts) > 0 {
			s.Breakdowns = append(s.Breakdowns, b)
		}
		if x, ok := s.resultsBehind(&b); ok {
			s.Breakdowns = append(s.Breakdowns, x)
		}
		if x, ok := s.waysBehind(&b); ok {
			s.Breakdowns = append(s.Breakdowns, x)
		}
	}
	s.summedUp()
}

// namedInList reports whether 分别为 tells how many each of two things is that are named directly before it, behind a
// semicolon, so that nothing before that is their total: 部分公开6件；执法案卷、查询事项分别为6件、2件.
func (s *Sentence) namedInList(b *Breakdown, i int) bool {
	f := &s.Figures[i]
	return f.Paired && f.Sep == '、' && strings.Contains(s.Span(s.Figures[b.Total].End, f.Start), "；")
}

// settledOnly reports whether the words before figure i say that its list is of what was settled.
func (s *Sentence) settledOnly(i int) bool {
	return startsWithAny(s.Span(0, s.Figures[i].Start), "办结件中", "办结的申请", "办结的案件", "已办结的", "答复件中", "已答复", "审结的", "办结案件中", "答复的")
}

// opens reports whether figure i is the first part of a breakdown.
func (s *Sentence) opens(i int) opening {
	f := &s.Figures[i]
	text := withoutBrackets(s.wordsBefore(i))
	switch {
	case containsAny(text, "分别占", "分别比", "分别较", "得分", "评分", "分数", "成绩") || eachDoes(text):
		return noOpening
	case strings.Contains(text, "其中") && !strings.Contains(text[strings.LastIndex(text, "其中"):], "；"):
		if strings.Contains(text, "分别") && i > 0 {
			return wholly
		}
		return partly
	case (partitions(text) || i == 0 && (amongWhich.MatchString(text) || goesOnAsList(text))) && i+1 < len(s.Figures):
		return partly
	case i > 0 && i+1 < len(s.Figures) && s.Figures[i+1].Unit == f.Unit && f.Unit == s.Figures[i-1].Unit && startsWithAny(text, "，分布情况为", "，分布为", "，具体分布", "，分布如下", "，具体为", "，具体是", "，具体如下", "，具体包括", "（具体为"):
		return wholly
	case (containsAny(text, "分别", "依次为", "依次是") || i > 0 && startsWithAny(text, "，分为", "，分成")) && i+1 < len(s.Figures):
		return wholly
	case i > 0 && strings.HasPrefix(text, "，含") && f.Value.Cmp(s.Figures[i-1].Value) > 0:
		return noOpening // 获上级转载的有96条，含图片的有705条
	case i > 0 && containsAny(text[strings.LastIndex(text, "；")+1:], "，包括", "，具体包括", "，包含", "（含", "（包括", "，含", "：包括", "，主要包括", "（包含", "，即", "包括：", "，用于", "，主要用于", "，涵盖", "，结果为", "，内有", "，内含"):
		return partly
	case i > 0 && (s.opensList(i) || s.opensAttributes(i) || s.opensPair(i) || s.opensProgress(i) || s.opensChannels(i) || s.opensVerdicts(i) || s.opensProposals(i)):
		return partly
	case i > 0 && f.Sep == '（' && s.Figures[i-1].End == f.Clause-1 && i+1 < len(s.Figures) && s.Figures[i+1].Depth == f.Depth && s.Figures[i+1].kind == f.kind && SameUnit(f, &s.Figures[i-1]):
		return partly // 612件（街道150件，社区462件）
	}
	return noOpening
}

// goesOnAsList reports whether a sentence begins with the parts of what the one before counts:
// 主动公开信息976条。主要包括部门信息85条，….
func goesOnAsList(text string) bool {
	return startsWithAny(text, "包括", "主要包括", "具体包括", "包含", "主要包含", "主要涵盖", "具体为", "具体是", "分别为", "分别是")
}

// eachDoes reports whether 分别 says what several do, before the clause of the figure:
// 市、县网站分别开设专栏，公开….
func eachDoes(text string) bool {
	at := strings.LastIndex(text, "分别")
	if at < 0 {
		return false
	}
	does, _, ok := strings.Cut(text[at+len("分别"):], "，")
	return ok && does != "" && !startsWithAny(does, "为", "是", "有", "达") && !strings.Contains(does, "：")
}

// withoutBrackets takes out brackets that are closed: what they hold leads to nothing behind
// them.
func withoutBrackets(text string) string {
	for {
		end := strings.Index(text, "）")
		if end < 0 {
			return text
		}
		from := strings.LastIndex(text[:end], "（")
		if from < 0 {
			return text
		}
		text = text[:from] + text[end+len("）"):]
	}
}

// toldAnew reports whether the words behind a semicolon tell several things of before again,
// for another year: ；2023年，上述三项分别为….
func toldAnew(text string) bool {
	_, behind, ok := strings.Cut(text, "；")
	return ok && containsAny(behind, "上述", "以上", "前述", "这三项", "这两项", "该三项", "该两项") && containsAny(behind, "年", "季度", "同期")
}

// findTotal finds what the parts that begin with figure i are of: the nearest
// figure before with the same unit, in the sentence before where there is none.
func (s *Sentence) findTotal(b *Breakdown, i int, before *Sentence) {
	first := &s.Figures[i]
	for k := i - 1; k >= 0; k-- {
		t := &s.Figures[k]
		if !s.mayBeTotal(t, first) || s.isTask(k) || t.Scope.OtherYear && containsAny(t.Raw, "较", "比", "同期") {
			continue
		}
		if b.Total < 0 {
			b.Total = k
			if t.Sep == '；' && k == i-1 && first.Clause-t.End <= 1 && strings.HasPrefix(first.Raw, "其中") && len(s.Breakdowns) > 0 {
				break // ；财政信息7条，其中预决算2条: of that item
			}
		} else {
			b.Others = append(b.Others, k)
		}
	}
	if len(b.Others) > 0 && containsAny(s.Figures[b.Total].Raw, carryWords...) && !containsAny(first.Raw, "办", "复", "结") && first.Value.Cmp(s.Figures[b.Total].Value) > 0 {
		b.Total, b.Others[0] = b.Others[0], b.Total // 收到9件，上年结转1件，其中网络申请5件
	}
	if b.Total >= 0 || before == nil || i > 0 {
		return
	}
	verb, among := s.among(before)
	if words := s.Span(0, first.Start); !among && !strings.Contains(s.Span(0, min(6, len(s.Runes))), "其中") && !partitions(words) && !goesOnAsList(words) {
		return
	}
	told := func(t *Figure) bool { return strings.Contains(t.Raw+t.Tail, verb) }
	only := among && slices.ContainsFunc(before.Figures, func(t Figure) bool { return told(&t) }) // 其中答复21件，结转1件。在已答复的信件中，…
	whole := partitions(s.Span(0, first.Start)) && len(before.Breakdowns) > 0
	for k := len(before.Figures) - 1; k >= 0; k-- {
		if whole && before.isPart(k) || before.Figures[k].Scope.OtherYear && containsAny(before.Figures[k].Raw, "较", "比", "与", "同期") {
			continue // 13件，其中予以公开7件、…。从申请方式看，网络申请5件
		}
		if t := &before.Figures[k]; s.mayBeTotal(t, first) && (!only || told(t)) {
			if b.Total < 0 {
				b.Total, b.Previous = k, true
			} else {
				b.Others = append(b.Others, k)
			}
		}
	}
}

// sendsUp reports whether figure k is what a body above was sent, which ends a list, beginning with figure first,
// of what was published: 公开180条，其中动态120条，目录40条，向区政府办报送信息90余条.
func (s *Sentence) sendsUp(first, k int) bool {
	sent := func(k int) bool {
		raw := s.Figures[k].Raw
		return strings.Contains(raw, "向") && containsAny(raw, "报送", "上报")
	}
	return sent(k) && !sent(first)
}

// isTask reports whether figure k is how much was to be done, of which what was done is a share: 公开156条，完成
// 任务数120条的130%，其中….
func (s *Sentence) isTask(k int) bool {
	return strings.Contains(s.Figures[k].Raw, "任务") && k+1 < len(s.Figures) && s.Figures[k+1].kind == percentUnit && s.Figures[k+1].Raw == "的"
}

// isPart reports whether figure k is a part of one of the sentence's breakdowns.
func (s *Sentence) isPart(k int) bool {
	return slices.ContainsFunc(s.Breakdowns, func(b Breakdown) bool { return slices.Contains(b.Parts, k) })
}

func (s *Sentence) mayBeTotal(t, part *Figure) bool {
	if t.Change || t.kind == percentUnit || part.kind == percentUnit || t.Depth > part.Depth {
		return false
	}
	if part.Unit == "个" && part.Compound && part.Tail != "" && !containsAny(t.Raw+t.Tail, strings.TrimRight(part.Tail, "。")) {
		return false // 其中，公众号开设解读、互动等4个板块: the things of a list, counted
	}
	if part.kind == noUnit && (t.Han || part.Multiplied && !t.Multiplied) {
		return false // 三个账号粉丝数分别为2.1万、3.4万
	}
	if t.Value.Sign() == 0 && part.Value.Sign() > 0 {
		return false
	}
	return SameUnit(t, part) || t.kind == noUnit || part.kind == noUnit
}

// TotalOf is the figure of the breakdown's total. before is the sentence before.
func (b *Breakdown) TotalOf(s, before *Sentence) *Figure {
	if b.Previous {
		if before == nil {
			return nil
		}
		return &before.Figures[b.Total]
	}
	return &s.Figures[b.Total]
}

// Words that begin another statement than a part of the total.
var (
	nextStatement = []string{"同时", "以上", "上述", "此外", "另外", "另", "还", "并", "已", "均", "累计", "全年", "同比", "比上年", "较上年", "比去年", "较去年", "较年初", "比年初", "较年底", "较20", "比20", "较前", "比前", "与", "未", "无", "没有", "全部", "目前", "截至", "现有", "现已", "现共", "现行", "尚", "剩余", "总", "共", "合计", "平均", "占", "累", "上年", "结转", "年末", "本年", "今年", "年内", "总体", "实现", "达到", "接", "收", "率", "满意", "被", "提起", "当场", "当即", "当日", "同步", "也就是", "换言之", "也即", "换句话"}
	partVerbs     = []string{"收到", "接到", "受理", "办结", "办理", "答复", "回复", "解决", "召开", "举办", "组织", "开展", "制定", "印发", "整改", "走访", "新增", "接待", "培训", "发放", "完成", "处理", "参加", "邀请", "检查", "更新", "编制", "修订", "报送", "上报", "采用", "转办", "点击", "访问", "浏览", "关注", "粉丝", "阅读", "转发", "发布", "公开"}
)

// thingsLikeWords are names of things that begin like words of another statement.
var thingsLikeWords = []string{"总结", "总体规划", "总工会", "总河", "总林", "收费", "收支", "收入", "收养", "收购", "接种", "接诊", "未成年", "无障碍", "无偿", "共青团", "并联", "被征", "另类", "率先", "无法提供", "其他", "其余"}

// saysNext reports whether the words before a number begin another statement.
func saysNext(raw string) bool {
	return startsWithAny(raw, nextStatement...) && !startsWithAny(raw, thingsLikeWords...)
}

// eachOfRest reports whether figure k counts the rest, each of which has the next: 其余3个派出所各1件.
func (s *Sentence) eachOfRest(k int) bool {
	return isRest(&s.Figures[k]) && k+1 < len(s.Figures) && hasSuffix(s.Figures[k+1].Raw, []string{"各", "每"})
}

// averages end words before what each of several has.
var averages = []string{"平均", "人均", "场均", "期均", "次均", "月均", "日均", "户均", "年均", "篇均", "件均"}

// collect gathers the parts from figure i on.
func (s *Sentence) collect(b *Breakdown, i int, before *Sentence) {
	total := b.TotalOf(s, before)
	if s.putOff(i) && i+1 < len(s.Figures) {
		i++
	}
	first := &s.Figures[i]
	last := -1
	for k := i; k < len(s.Figures); k++ {
		k = s.pastDetails(last, k)
		f := &s.Figures[k]
		if f.Depth != first.Depth {
			if f.Depth < first.Depth {
				break
			}
			continue // details of a part, in brackets
		}
		if k > i && last < 0 && !s.followsOtherUnit(k, total) {
			break // the first part is no figure of the total's kind
		}
		if last >= 0 && first.Depth > 0 && s.leftBracket(s.Figures[last].End, f.Start) {
			break
		}
		if f.kind == percentUnit || f.Change || f.Approx && hasSuffix(f.Raw, averages) || k > i && s.modifies(k) || s.putOff(k) || last >= 0 && s.isSubtotal(k) {
			continue
		}
		if last >= 0 && s.ends(b, last, k, total) || s.namesCount(b, last, k) {
			break
		}
		if f.kind != noUnit && total.kind != noUnit && !SameUnit(f, total) {
			b.Mixed = true
			if f.kind != countUnit {
				break
			}
			continue
		}
		if k > i && (s.eachOfRest(k) || isRest(f) && containsAny(allKinds.Replace(f.Raw), "各", "每")) { // 其余村民各提交1件
			b.Closed = false
			break
		}
		b.Parts = append(b.Parts, k)
		last = k
		if k > i && isRest(f) && !s.listGoesOn(b, k, total) {
			b.Closed = true
			if k+1 == len(s.Figures) || !pendingPart(&s.Figures[k+1]) && !isRest(&s.Figures[k+1]) {
				break
			}
		}
	}
	s.cutWays(b)
	s.asAll(b, total)
	s.asEntries(b, i, total)
	s.asGroups(b, i, total)
	s.asHeads(b, i, total)
	s.close(b, i, total, before)
	b.Uniform = s.isUniform(b)
}

// subtotal adds up some of the parts before it: 予以公开63件，部分公开19件，两项合计82件.
var subtotal = lazyregexp.New(`^[，；]?(?:以上|上述|前述|这)?(?:[两二三四]|前[两二三])(?:项|者|类|种)(?:合计|共计|总计|相加|之和|共)(?:为|是)?$`)

// pastDetails is where a list that semicolons part goes on behind the details of its part last, k being their first:
// 部分公开5件；不予公开21件，包括案卷13件、其他8件；无法提供16件.
func (s *Sentence) pastDetails(last, k int) int {
	if last < 0 || s.Figures[last].Sep != '；' || !detailsBehind(s.Span(s.Figures[last].End, s.Figures[k].Start), &s.Figures[k], &s.Figures[last]) {
		return k
	}
	for n := k + 1; n < len(s.Figures); n++ {
		if f := &s.Figures[n]; f.Sep == '；' && f.Depth == s.Figures[last].Depth && f.Unit == s.Figures[last].Unit {
			return n
		}
	}
	return k
}

// isSubtotal reports whether figure k adds up some of the parts before it.
func (s *Sentence) isSubtotal(k int) bool {
	f := &s.Figures[k]
	if subtotal.MatchString(f.Raw) {
		return true
	}
	if k == 0 || !slices.Contains(plainSums, strings.TrimRight(f.Raw, "为是")) {
		return false
	}
	n := &s.Figures[k-1] // 两项合计714件, the 两 read as a number
	return n.Han && n.End == f.Clause && strings.Contains("项者类种", n.Unit) && n.Unit != ""
}

// subtotalBehind reports whether the parts are added up behind them to less than the total: 办结件中，予以公开63件，
// 部分公开19件，两项合计82件.
func (s *Sentence) subtotalBehind(b *Breakdown, total *Figure) bool {
	for k := b.Parts[len(b.Parts)-1] + 1; k < len(s.Figures); k++ {
		if s.isSubtotal(k) {
			return s.Figures[k].Value.Cmp(total.Value) < 0
		}
	}
	return false
}

// followsOtherUnit reports whether figure k is an item of a list behind one that is counted in another
// unit than the total: 信息50条，其中规范性文件3件，动态61条.
func (s *Sentence) followsOtherUnit(k int, total *Figure) bool {
	f, before := &s.Figures[k], &s.Figures[k-1]
	return before.kind == countUnit && before.Tail == "" && (f.Sep == '，' || f.Sep == '、') && f.Clause == before.End+1 &&
		f.Tail == "" && SameUnit(f, total) && !isStatement(f.Raw) && !namesChannel(f)
}

// putOff reports whether figure k tells how many answers came later, beside the results that these
// have too: 其中依法延期1件，予以公开10件，不予公开4件.
func (s *Sentence) putOff(k int) bool {
	return containsAny(s.Figures[k].Raw, "延期", "延长") && s.Says(resultNames...)
}

// close decides whether the parts, the first of which is figure i, are all of the total.
func (s *Sentence) close(b *Breakdown, i int, total *Figure, before *Sentence) {
	if len(b.Parts) > 0 && strings.HasSuffix(total.Tail, "中") && !isRest(&s.Figures[b.Parts[len(b.Parts)-1]]) {
		b.Closed = false // 309件中，不予公开、无法提供的分别为55件、60件: some of them
	}
	if !b.Closed {
		b.Closed = s.exhausts(b, i)
	}
	if !b.Closed {
		b.Closed = s.countsParts(b) && !s.subtotalBehind(b, total) || s.untilPending(b) || s.countsNames(b, total) || s.complement(b) || s.wholeYear(b, total) || s.byOrigin(b) || s.byAttribute(b, total) || s.asNamed(b) || s.proposals(b, total, before) || s.bothKinds(b, total) || s.fillsBracket(b, total) || s.allWays(b, total, before) || s.deniesOthers(b) || s.lacksSwap(b, total) || s.allClasses(b, total)
	}
	if b.Closed && (len(b.Parts) < 2 || startsWithAny(s.Figures[b.Parts[0]].Raw, "主要") || s.restBehind(b) || containsAny(s.behind(b.Parts[len(b.Parts)-1])+s.next(b), "前三", "前五", "前十", "前列", "居前", "前茅")) {
		b.Closed = false
	}
	if s.comparesParts(b, total) || s.crosses(b) {
		b.Parts = nil
	}
}

// namesCount reports whether figure k, directly behind the last part, says how many they are:
// 就业28项、执法43项四个领域.
func (s *Sentence) namesCount(b *Breakdown, last, k int) bool {
	f := &s.Figures[k]
	return f.Han && len(b.Parts) > 1 && f.Clause <= s.Figures[last].End+1 && f.Value.Cmp(integer(int64(len(b.Parts)))) == 0 && f.Unit != s.Figures[last].Unit
}

// countsParts reports whether the words behind the parts say how many there are: 咨询94封、投诉51封、
// 建议22封，三类来信均已回复.
func (s *Sentence) countsParts(b *Breakdown) bool {
	const least = 2
	if len(b.Parts) < least {
		return false
	}
	last := &s.Figures[b.Parts[len(b.Parts)-1]]
	rest := s.Runes[last.End:]
	if len(rest) > 0 && isBreak(rest[0]) {
		rest = rest[1:]
	}
	for len(rest) > 0 && slices.Contains([]rune("这上述以"), rest[0]) {
		rest = rest[1:]
	}
	for i, r := range rest {
		if isBreak(r) {
			if rest = rest[:i]; slices.Contains(rest, '占') {
				return false // 上述两类占七成
			}
			break
		}
	}
	n, end, ok := scanNumber(rest, 0)
	return ok && end < len(rest) && strings.ContainsRune("类种个项方者大", rest[end]) && n.Value.Cmp(integer(int64(len(b.Parts)))) == 0
}

// allClasses reports whether the parts are called classes, one list of at least three, that lack next to nothing:
// 31户企业中，竞争类企业14户、功能类企业9户、公益类企业7户.
func (s *Sentence) allClasses(b *Breakdown, total *Figure) bool {
	const least, percent = 3, 10
	lack := new(big.Rat).Sub(total.Value, b.Sum(s))
	if len(b.Parts) < least || b.Mixed || !strings.HasSuffix(total.Tail, "中") || lack.Mul(lack.Abs(lack), big.NewRat(100, percent)).Cmp(total.Value) > 0 {
		return false
	}
	for n, k := range b.Parts {
		f := &s.Figures[k]
		if n > 0 && f.Sep != '、' || !strings.Contains(f.Label, "类") || startsWithAny(f.Tail, "等") || strings.Contains(f.Raw, "主要") {
			return false
		}
	}
	return !startsWithAny(s.Span(s.Figures[b.Parts[len(b.Parts)-1]].End, len(s.Runes)), "等")
}

// restBehind reports whether what is left is told behind the parts without a number: 甲、乙
// 分别提交5件和3件，其余申请人均只提交一次.
func (s *Sentence) restBehind(b *Breakdown) bool {
	if len(b.Parts) == 0 {
		return false
	}
	end := s.Figures[b.Parts[len(b.Parts)-1]].End
	return containsAny(s.Span(end, len(s.Runes)), "，其余", "，余下", "，剩余", "，其他", "；其余", "；余下", "；剩余")
}

// leftBracket reports whether a bracket closes between two offsets.
func (s *Sentence) leftBracket(from, to int) bool {
	return slices.Contains(s.Runes[from:to], '）')
}

// restEnds end the names of what is left, whatever stands before.
var restEnds = []string{"其他", "其它", "的其他信息", "等其他信息", "及其他信息", "的其他信息共", "等其他信息共"}

// restInside stand in them.
var restInside = []string{"等其他", "等其它", "及其他", "及其它"}

// isRest reports whether the figure is what is left: 其他信息6条, 其余3件.
func isRest(f *Figure) bool {
	if startsWithAny(f.Label, "其他处理的", "其他法律", "其它法律") {
		return false // rows of the form
	}
	label := strings.TrimPrefix(strings.Trim(f.Label, "“”"), "通过")
	if startsWithAny(label, "不属于以上", "不属于上述", "不属于前述") {
		return true
	}
	return startsWithAny(strings.TrimLeft(label, "用于为属是"), "其他", "其它", "其余", "剩余") || hasSuffix(label, restEnds) || containsAny(label, restInside...)
}

// allKinds takes out 各 where it means all: 其他各类信息29条.
var allKinds = glance.NewReplacer("各类", "", "各种", "", "各项", "")

// leftOver reports whether the figure is what goes into the next year, which is no part of what was
// settled: 办结33件，其中…，剩余2件结转下一年度办理.
func leftOver(f, total *Figure) bool {
	return isRest(f) && strings.Contains(f.Raw+f.Tail, "结转") && containsAny(total.Raw+total.Tail, "办结", "答复")
}

// resultsNamed are results of applications as the form has them, whatever reason stands before.
var resultsNamed = []string{"予以公开", "不予公开", "部分公开", "不予处理", "其他处理"}

// pointsBack reports whether a figure behind a comma has no words of its own, or is only said to be
// all: 主办13件，建议占大多数，为15件; 主办15件、会办6件，21件均已办复.
func pointsBack(f *Figure) bool {
	return f.Sep == '，' && (f.Tail == "" && strip(f.Raw) == "" || f.Raw == "" && startsWithAny(f.Tail, "均", "都", "全部", "已"))
}

// detailsBehind reports whether the words between lead to details of the part before the figure.
func detailsBehind(between string, f, before *Figure) bool {
	return containsAny(between, "其中", "，内有", "，内含") || startsWithAny(between, "，含", "，包括", "，包含") && f.Value.Cmp(before.Value) <= 0
}

// ends reports whether figure k does not belong to the parts any more; last is
// the part before it.
func (s *Sentence) ends(b *Breakdown, last, k int, total *Figure) bool {
	f := &s.Figures[k]
	raw := strings.TrimLeft(f.Raw, "，；")
	between := s.Span(s.Figures[last].End, f.Start)
	own := between // behind details that a semicolon ends
	if f.Sep == '；' {
		own = s.Span(s.Figures[k-1].End, f.Start)
	}
	switch pending := pendingPart(f) && s.Says("复议", "诉讼"); {
	case detailsBehind(own, f, &s.Figures[last]): // details of the part before
		return true
	case pending: // 尚未审结 is the last of the form's own results
		return false
	case s.besideTotal(b, total, k):
		return true
	}
	if s.belongs(b, last, k) || s.secondOf(b, last, k, total) {
		return false
	}
	if pointsBack(f) || leftOver(f, total) || s.sendsUp(b.Parts[0], k) {
		return true
	}
	if s.leavesList(last, k) || s.exceptsFrom(b, raw, total) || otherThing(total, &s.Figures[last], f) || s.tooMuch(b, total, k) || s.changesKind(b, k) {
		return true
	}
	if f.Sep == '；' && (s.joinedByCommas(b, raw) || len(b.Parts) == 1 && strings.Contains(between, "，") && !strings.Contains(between, "占")) {
		return true
	}
	if len(b.Others) > 0 && s.leavesNoun(b, k, total) {
		return true
	}
	if f.Sep == '、' || f.Sep == 0 && startsWithAny(raw, "和", "及", "以及", "、") {
		return false
	}
	if containsAny(raw, "分别") && !b.Closed {
		return true
	}
	if saysNext(raw) && !startsWithAny(raw, "无正当理由", "没有现成") && !s.negates(last, raw) {
		return true
	}
	if startsWithAny(raw, nextVerbs...) && !startsWithAny(s.Figures[b.Parts[0]].Label, nextVerbs...) {
		return true
	}
	if name := strip(raw); !b.Previous && len([]rune(name)) > 2 && strings.Contains(s.wordsBefore(b.Total), name) {
		return false // named before the total: 义务教育、校外培训等信息共46条，其中…
	}
	if s.namesKind(last, k, raw) {
		return false
	}
	raw = bodiesNamed.Replace(raw)
	for _, v := range partVerbs {
		if !strings.Contains(raw, v) || strings.Contains(s.Figures[b.Parts[0]].Raw+s.Figures[b.Parts[0]].Tail, v) {
			continue
		}
		if startsWithAny(raw, "不予", "予以", "部分", "无法", "同意", "通过", "网站", "微信", "政务", "信息公开", "其他") {
			continue // names of results and channels have such words in them
		}
		if strings.Contains(total.Label+total.Raw, v) && !strings.HasPrefix(raw, v) {
			continue
		}
		if s.asNoun(b, f, raw, v) {
			continue
		}
		if v == "公开" || v == "发布" || v == "更新" {
			if !strings.HasPrefix(raw, v) || slices.Contains([]string{"公开栏", "公开专栏", "公开目录", "公开指南"}, raw) {
				continue
			}
		}
		return !s.goesOn(b, k)
	}
	return false
}

// besideTotal reports whether figure k stands beside the total in a list that semicolons part, or is called as it:
// ；无法提供39件，其中不掌握35件；不予处理6件; 直接起诉的3件分别为维持1件、纠正2件，复议后起诉的1件为维持.
func (s *Sentence) besideTotal(b *Breakdown, total *Figure, k int) bool {
	first, f := &s.Figures[b.Parts[0]], &s.Figures[k]
	if !b.Previous && f.Sep == '，' && f.Tail != "" && strings.HasSuffix(total.Raw, "的") && strings.HasSuffix(f.Raw, "的") && !strings.HasSuffix(first.Raw, "的") && first.Tail == "" {
		return true
	}
	return s.Figures[k].Sep == '；' && total.Sep == '；' && !b.Previous && !b.Closed && s.Figures[b.Parts[0]].Sep == '，'
}

// goesOn reports whether plain names of things, counted alike, follow figure k to the end of the
// list, so that its own verb is only the name of what it counts: 公告127条，财政7条，信箱收到信件1条，
// 动态75条，机构3条.
func (s *Sentence) goesOn(b *Breakdown, k int) bool {
	const least = 2
	f := &s.Figures[k]
	if len(b.Parts) < least || f.Sep != '，' || s.Figures[b.Parts[1]].Sep != '，' || f.Clause != s.Figures[k-1].End+1 || k+1 >= len(s.Figures) {
		return false
	}
	if k+least == len(s.Figures) && isRest(&s.Figures[k+1]) {
		return true // 公开统计公报1条，其他16条
	}
	plain := 0
	for n := k + 1; n < len(s.Figures); n++ {
		next := &s.Figures[n]
		if next.Unit != f.Unit || next.Sep != f.Sep || next.Clause != s.Figures[n-1].End+1 || strings.Trim(next.Tail, "。") != "" || saysNext(next.Raw) {
			return false
		}
		if !startsWithAny(next.Raw, partVerbs...) && !containsAny(asName.Replace(next.Raw), partVerbs...) {
			plain++
		}
	}
	return plain >= least
}

// asName takes out verbs within names of things: 信息公开指南, 主动公开内容.
var asName = glance.NewReplacer("信息公开", "", "主动公开", "", "政务公开", "")

// exceptsFrom reports whether the sentence goes on from all parts to an exception: 31件，29件为自然人
// 申请，2件为法人申请，除1件在办外.
func (s *Sentence) exceptsFrom(b *Breakdown, raw string, total *Figure) bool {
	return strings.HasPrefix(raw, "除") && b.Sum(s).Cmp(total.Value) >= 0
}

// asNoun reports whether a verb at the end of a part's name is a noun there: of money it pays
// for what it names, and elsewhere names of four characters like the first part's are of kinds
// (政策宣讲20场，业务培训18场).
func (s *Sentence) asNoun(b *Breakdown, f *Figure, raw, verb string) bool {
	const name = 4 // characters
	if f.kind == moneyUnit {
		return !strings.HasPrefix(raw, verb)
	}
	if verb == "处理" && !strings.HasPrefix(raw, verb) && containsAny(raw, resultsNamed...) {
		return true // 因重复申请不予处理
	}
	return strings.HasSuffix(raw, verb) && runeLen(raw) == name && runeLen(strip(s.Figures[b.Parts[0]].Label)) == name && !startsWithAny(raw, "我", "本", "全", "已", "均", "共", "县", "市", "区", "省", "镇")
}

// belongs reports whether figure k and the part before it, or the first one, are of one kind
// of lists, whatever verbs they have: X and 不X, old and new, what became of documents.
func (s *Sentence) belongs(b *Breakdown, last, k int) bool {
	f, before := &s.Figures[k], &s.Figures[last]
	if fated(s.Figures[b.Parts[0]].Label) && fated(f.Label) {
		return true
	}
	return len(b.Parts) == 1 && (s.origins(last, k) || opposite(strings.TrimPrefix(strip(before.Label), "发布"), strings.TrimPrefix(strip(strings.TrimLeft(f.Raw, "，；")), "发布")) ||
		hasSuffix(before.Label, doneAndNot[0]) && hasSuffix(f.Label, doneAndNot[1]))
}

// secondOf reports whether figure k, behind a semicolon, is the second of a list that semicolons part:
// behind 分别为, or told by its channel as the first is: 其中网站18条，主要包括…；公众号115条.
func (s *Sentence) secondOf(b *Breakdown, last, k int, total *Figure) bool {
	f := &s.Figures[k]
	if f.Sep != '；' || len(b.Parts) != 1 || isStatement(f.Raw) {
		return false
	}
	if between := s.Span(s.Figures[last].End, f.Start); strings.HasPrefix(between, "，占") && s.nextItem(last) == k {
		return true // 网络申请8件，占16%；信函35件，占71%
	}
	return b.Closed && s.nextItem(last) == k || namesChannel(&s.Figures[last]) && namesChannel(f) && !b.Previous && f.Value.Cmp(total.Value) < 0
}

// bodiesNamed takes out 组织 where it is no verb: 法人或其他组织54件.
var bodiesNamed = glance.NewReplacer("其他组织", "", "其它组织", "", "公益组织", "", "社会组织", "", "法人组织", "", "公益性组织", "", "公开指南", "", "公开目录", "", "公开年报", "", "公开制度", "", "公开规定", "", "公开报告", "", "组织机构", "", "组织人事", "", "组织架构", "", "社会公益类组织", "", "各类组织", "")

// negates reports whether the words are those of the part before with a no:
// 采纳20条，未采纳12条.
func (s *Sentence) negates(before int, raw string) bool {
	label := strip(s.Figures[before].Label)
	if opposite(label, strip(raw)) {
		return true
	}
	for _, no := range []string{"尚未", "未能", "未", "没有", "不能", "无法", "不"} {
		if rest, ok := strings.CutPrefix(raw, no); ok && rest != "" {
			return strings.HasSuffix(label, rest) || strings.HasPrefix(rest, strings.TrimPrefix(label, "已"))
		}
	}
	return false
}

// joinedByCommas reports whether a semicolon ends the list: its parts so far are
// parted by commas, or what follows does or publishes something else.
func (s *Sentence) joinedByCommas(b *Breakdown, raw string) bool {
	if len(b.Parts) > 1 {
		return s.Figures[b.Parts[1]].Sep != '；'
	}
	first := &s.Figures[b.Parts[0]]
	if through := func(words string) bool {
		return strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(words, "其中"), "，"), "通过")
	}; through(first.Raw) && through(raw) {
		return false
	}
	if !alike(first.Raw, raw) {
		return true
	}
	for _, v := range partVerbs {
		if strings.Contains(raw, v) && !strings.Contains(first.Raw+first.Tail, v) && !containsAny(raw, resultsNamed...) {
			return true
		}
	}
	return false
}

// complement reports whether two parts are X and 不X: 纳入考核4720件，不纳入考核1430件.
func (s *Sentence) complement(b *Breakdown) bool {
	if len(b.Parts) != 2 || containsAny(s.Span(s.Figures[b.Parts[1]].End, len(s.Runes)), "其余", "剩余", "另有", "其他") {
		return false
	}
	words := func(k int) string {
		f := &s.Figures[k]
		if f.Label != "" && f.Label != f.Tail {
			return f.Label
		}
		return f.Tail
	}
	return opposite(words(b.Parts[0]), words(b.Parts[1]))
}

// comparesParts reports whether the parts are of several years or areas: 分别为
// then lists no parts of a total.
func (s *Sentence) comparesParts(b *Breakdown, total *Figure) bool {
	if s.byOrigin(b) {
		return false
	}
	documents := false
	for _, k := range b.Parts {
		documents = documents || containsAny(s.Figures[k].Raw, "决算", "预算", "年报", "年度报告") // 2020年度决算2条: of the year that it is about
		if s.Figures[k].Scope.OtherYear && !documents && (!total.Scope.OtherYear || b.Previous) || containsAny(s.Figures[k].Raw, "占", "率", "上年", "去年", "同期") {
			return true
		}
	}
	return false
}

// hasParts reports whether one of the figures is a total or part already.
func (s *Sentence) hasParts(parts []int) bool {
	for _, b := range s.Breakdowns {
		if slices.Contains(parts, b.Total) {
			return true
		}
		for _, p := range b.Parts {
			if slices.Contains(parts, p) {
				return true
			}
		}
	}
	return false
}

// next is the clause behind that of the last part.
func (s *Sentence) next(b *Breakdown) string {
	from := s.clauseEnd(s.Figures[b.Parts[len(b.Parts)-1]].End) + 1
	if from > len(s.Runes) {
		return ""
	}
	return s.Span(from, s.clauseEnd(from))
}
