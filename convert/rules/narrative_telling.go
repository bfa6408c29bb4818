package rules

import (
	"math/big"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// telling is a figure with a key of what it counts, which does not depend on the order of the
// words: its unit, the things its clause names and the clauses that narrow them, by which act
// they came about, and what keeps it from being the whole of the year. The key is made once;
// figures of one unit are compared by it, see [context.compareTellings].
type telling struct {
	retold
	value  string // the number
	digits string // its significant digits
	number float64
	// narrow are the clauses before that of the figure that tell what it is about, own is what
	// its clause names, without acts and words that say nothing.
	narrow string
	own    []rune
	// letters has a bit for each character of own, by its code.
	letters letters
	acts    actSet
	// apart has a bit for each word of setsApart that stands beside the figure.
	apart uint64
	// names are the quoted names and titles of the clause.
	names []string
	// before is the statement up to the clause of the figure, which begins at start; raw and tail
	// are the words of the clause before and behind it.
	before, raw, tail string
	start             int
	// whole: the words make it that of the whole year, or a stock; part: one of what a figure
	// before it counts; follows: another figure stands directly before it.
	whole, part, follows bool
	// when is the part of the year that it is of, in the words of the statement.
	when string
	// planned: it is only meant to be; each: several bodies have as many; channels has a bit for
	// each of the channels that own names; source is the survey it is taken from.
	planned, each bool
	channels      uint32
	source        string
	// ofAct is the kind of acts that the figure is told of, see actBefore.
	ofAct string
	// pointing: words point back to the figure as told before.
	pointing bool
	// done: it tells how many are done with; some: of how many something is said.
	done, some bool
	// wide: own is all that the clause before says; several: the clause adds up a list or what
	// stands before it.
	wide, several bool
	// hasBeside, hasFrame: what [context.readBeside] and [context.readFrame] read is there.
	hasBeside, hasFrame bool
	// published is the verb of the total of what was made public, see publication.
	published    string
	hasPublished bool
	// told is what was told before in the paragraph, folded, as narrow made when asked for.
	told    string
	hasTold bool
}

// letters is a set of characters by a hash of their codes: what it has not is surely not there.
type letters [4]uint64

func (l *letters) add(runes []rune) {
	for _, r := range runes {
		l[r>>6&3] |= 1 << (r & 63)
	}
}

// lacks reports whether the one surely has a character that the other has not.
func (l *letters) lacks(other *letters) bool {
	return l[0]&^other[0]|l[1]&^other[1]|l[2]&^other[2]|l[3]&^other[3] != 0
}

// setsApart are words that make a figure another than the one told without them.
var setsApart = strings.Fields("另 其他 其余 其它 首场 首次 从 比 较 增加 减少 净增 增长 新增 计划 拟 预计 目标 力争 应公开 应主动 应办 应当 每 最 同期 期间 日前 还 再 又 各 占 率 平均 某 含 提前 同比 环比 不足 其一 首批 超过 剩余 分别 第一 第二 第三 第四 原 历年 年初 新建 和新建 更新后 修订后 局机关 协助")

// takenTogether make the figures behind them those of several things or years.
var takenTogether = lazyregexp.New(`[两三](?:年|项|类)(?:$|[，：]|来|共|合计|累计|总|之和|相加|均|都|分别|间|内|的)`)

// pointing are words that point to a figure told before.
var pointing = []string{"上述", "前述", "以上", "这"}

// sinceBeginning takes out what only looks like a word of setsApart.
var sinceBeginning = glance.NewReplacer("年初以来", "", "年初至", "", "年初确定", "", "年初公布", "", "年初制定", "", "年初下达", "", "年初印发", "", "年初明确", "")

// wholeYear say that a figure is that of the whole year or all there is.
var wholeYear = []string{"全年", "年度", "年内", "本年", "今年", "一年来", "总计", "合计", "总共", "总数", "总量", "年底", "年末", "全镇", "全乡", "全县", "全区", "全市", "全街道", "下辖", "现辖", "辖区"}

// yearWordsBefore are those of the year that stand directly before a figure.
var yearWordsBefore = []string{"全年", "年度", "年内", "本年", "今年", "一年来"}

// notTogether takes out words in which 共 does not add up.
var notTogether = glance.NewReplacer("公共", "", "共享", "", "共话", "", "共同", "", "共建", "", "共治", "", "中共", "")

// tellingOf reads a claim as a telling; ok is false for figures that tell a change or name
// nothing.
func (c *context) tellingOf(x *claims.Claim) (t telling, ok bool) {
	s := c.sentence(x)
	f := &s.Figures[x.Figure]
	t = telling{retold: newRetold(x, s), value: x.Value.RatString(), digits: significant(x)}
	t.number, _ = x.Value.Float64()
	from := f.Start
	for from > 0 && s.Runes[from-1] != '；' {
		from--
	}
	start := f.Clause
	listed := f.Sep == '、' && x.Figure == 0 && strings.Contains(f.Raw, "合计") // 政务微信、政务微博合计发布…
	if f.Sep == '、' && (f.Compound || strings.Contains(f.Raw, "等") || listed) {
		for start > from && (s.Runes[start-1] == '、' || !isClauseBreak(s.Runes[start-1])) {
			start--
		}
	}
	t.follows = x.Figure > 0 && s.Figures[x.Figure-1].End == f.Clause
	t.before = s.Span(from, max(from, start))
	raw := s.Span(start, f.Start)
	if f.Sep == '（' && f.Depth == 0 || f.Sep == '）' { // 村（社区）公开栏
		raw = s.Span(max(from, clauseOutside(s.Runes, start)), f.Start)
	}
	if f.Paired {
		raw = f.Label
	}
	tail := nounOf(c.wordsBehind(s, x.Figure, raw))
	if strings.HasPrefix(tail, "中") || strings.HasPrefix(tail, "的") && raw != "" && !strings.HasSuffix(raw, "的") {
		tail = "" // 32篇中表述不准确的, 天数308天的监测结果
	}
	outside := max(from, clauseOutside(s.Runes, start))
	behind := x.Figure > 0 && s.Figures[x.Figure-1].End > outside // another figure
	if f.Depth > 0 && !behind {
		raw = plainBrackets.Replace(string(s.Runes[outside:f.Start])) // 问卷调查（有效问卷451份）
	}
	for _, w := range pointing {
		if rest, ok := strings.CutSuffix(raw, w); ok {
			raw, t.pointing = rest, true // 对上述7件提案
		}
	}
	ofYear := hasAnySuffix(raw, yearWordsBefore)
	if utf8.RuneCountInString(tail) > 1 && (t.pointing || ofYear || hasAnySuffix(raw, []string{"到", "对", "向"})) {
		t.whole, raw = ofYear, "" // 改变今年20篇解读以文字为主的状况, 分解到9个内设机构
	}
	t.part = f.Depth > 0 && behind || strings.Contains(t.before, "其中") || strings.Contains(raw, "其中") || c.isPart(s, x.Figure) || sharedOfNamed(s, x.Figure)
	raw = strings.TrimPrefix(raw, "其中")
	t.raw, t.tail, t.start, t.several = raw, tail, min(start, f.Start), listed || addsSeveral(s, x.Figure, raw)
	own, acts := c.fold(withoutExamples(raw)+tail, &t.names)
	if other := besideNoun(raw); utf8.RuneCountInString(tail) > 1 && other != raw {
		own, _ = c.fold(other+tail, nil) // 召开年会和4场[新闻发布会]
	}
	const least = 2
	if runes := []rune(own); len(runes) < least && acts&^(attend|adopt) == 0 && x.Figure > 0 && (t.follows || f.Sep == '，' && !containsAny(raw, "共", "合计", "总计")) && s.Figures[x.Figure-1].Start >= from {
		last, lastActs := c.fold(s.Figures[x.Figure-1].Label+s.Figures[x.Figure-1].Tail, &t.names)
		own, acts = last+own, acts|lastActs
		t.follows = true
	}
	if own == "" {
		t.wide = true
		own, _ = c.fold(clauseAbove(&t), &t.names) // 发放电子消费券，全年共发放500万元
	}
	for k := x.Figure; acts == 0 && s.Figures[k].Sep == '、' && k > 0; { // 承办建议8件、提案13件
		k--
		_, acts = c.fold(s.Figures[k].Raw, nil)
	}
	t.own, t.acts = []rune(own), acts
	t.letters.add(t.own)
	return t, len(t.own) > 0 || acts != 0
}

// sharedOfNamed reports whether the share behind a figure names what it is a part of:
// 采购公告和结果公告共793条，占采购项目信息的99.0%.
func sharedOfNamed(s *claims.Sentence, k int) bool {
	if k+1 >= len(s.Figures) || !s.Figures[k+1].IsPercent() || !reaches(s, k, k+1) {
		return false
	}
	p := &s.Figures[k+1]
	return startsWithAny(p.Raw, "占") && wholeName(p) != "" && p.Value.Cmp(big.NewRat(100, 1)) < 0
}

// readBeside reads when, where and by whom a figure came about, which only those are asked that
// may be another one told again.
func (c *context) readBeside(t *telling) {
	if t.hasBeside {
		return
	}
	t.hasBeside = true
	t.apart = apartIn(c.withoutPlace(t.raw + t.tail))
	if takenTogether.MatchString(t.before+t.raw) || t.several || hasAnySuffix(clauseAbove(t), []string{"年初", "另外"}) {
		t.apart |= 1 << len(setsApart)
	}
	if !containsAny(t.raw, wholeYear...) {
		t.when = partOfYear(t.before + t.s.Span(t.start, endOfClause(t.s.Runes, t.figure.End)))
	}
	t.ofAct = t.actBefore()
	t.some = strings.HasSuffix(t.raw, "有") && strings.Contains(t.figure.Tail, "的") // 截至年底有3家单位的指标好转
	t.source = sourceOf(t.before)
	t.channels = channelsIn(string(t.own))
	c.carryChannel(t)
}

// readFrame reads whether a figure is done, meant to be, of each of several, or the whole: few pairs
// are left to ask that of.
func (c *context) readFrame(t *telling) {
	if t.hasFrame {
		return
	}
	t.hasFrame = true
	s, f := t.s, t.figure
	t.done = containsAny(t.raw, "完成", "已")
	t.planned = tellsPlan(t.before) && !containsAny(s.Span(t.start, f.Start), wholeYear...) && !c.namesOwnYear(withList(s, f))
	t.each = ofEach(&t.retold)
	t.whole = t.whole || containsAny(t.before+t.raw, wholeYear...) || strings.Contains(notTogether.Replace(t.raw), "共") || f.Scope.Year != 0 || f.Unit == "分" || t.acts&stockActs != 0
}

// besideNoun are the words before a figure that are about the noun behind it, without another thing that
// they join to it.
func besideNoun(raw string) string {
	if at := strings.LastIndex(raw, "以及"); at >= 0 {
		return raw[at+len("以及"):]
	}
	if hasAnySuffix(raw, []string{"和", "及", "与"}) {
		return ""
	}
	return raw
}

// addsSeveral reports whether a figure adds up what several of the things counted before it have, or
// several that it names: 两个公众号共发文566篇; 网站和公众号合计发布198条.
func addsSeveral(s *claims.Sentence, figure int, raw string) bool {
	if of, _, ok := strings.Cut(raw, "合计"); ok && strings.ContainsAny(of, "和及与") && bits.OnesCount32(channelsIn(of)) > 1 {
		return true
	}
	return figure > 0 && s.Figures[figure-1].Han && s.Figures[figure-1].End == s.Figures[figure].Clause && containsAny(raw, "共", "合计")
}

// carryChannel gives a figure whose clause names no channel the one that its statement is about,
// or that the total has which it is a part of:
// 加强“云溪城管”公众号的管理，明确专人负责，全年发布信息48条.
func (c *context) carryChannel(t *telling) {
	if t.acts&hold != 0 {
		return // meetings are held, whatever was published before them
	}
	if t.channels == 0 {
		t.channels = channelsIn(clauseAbove(t))
	}
	for i := range t.s.Breakdowns {
		if b := &t.s.Breakdowns[i]; t.channels == 0 && !b.Previous && slices.Contains(b.Parts, t.claim.Figure) {
			t.channels = channelsIn(t.s.Figures[b.Total].Raw) // 网站公开信息225条，包括预警信息174条
		}
	}
	if t.channels != 0 || t.before == "" || strings.ContainsAny(t.before, "0123456789") || channelsIn(t.before) == 0 {
		return
	}
	var names []string
	words, _ := c.fold(t.before, &names)
	t.channels = channelsIn(words)
	if t.channels != 0 && len(t.names) == 0 && len(names) == 1 {
		t.names = names
	}
}

// channelsIn has a bit for each of the channels that words name.
func channelsIn(words string) (set uint32) {
	for i, w := range channels {
		if glance.Contains(words, w) {
			set |= 1 << i
		}
	}
	return set
}

// wordsBehind are the words behind a figure that name what it counts; those before the next
// figure only where the words before name nothing: 发送的2.14万条[提醒短信和张贴的]780份通告.
func (c *context) wordsBehind(s *claims.Sentence, figure int, raw string) string {
	tail, next := wholeTail(s, figure), figure+1
	if tail != "" || next == len(s.Figures) || s.Figures[next].Clause != s.Figures[figure].End {
		return tail
	}
	words := s.Figures[next].Raw
	for _, and := range []string{"和", "、", "及", "与"} {
		if noun, ok := strings.CutSuffix(words, and); ok {
			return noun // 分解到9个[内设机构]和3个事业单位
		}
	}
	if noun, _, ok := strings.Cut(words, "中"); ok {
		return noun // 13台触摸屏中有2台
	}
	const least = 3
	if own, _ := c.fold(raw, nil); utf8.RuneCountInString(own) >= least && !strings.HasSuffix(raw, "的") && !strings.HasSuffix(raw, "级") {
		return ""
	}
	for _, and := range []string{"和", "、", "及", "与"} {
		words, _, _ = strings.Cut(words, and)
	}
	return words
}

// wholeTail are the words behind a figure up to the next punctuation or figure, over brackets:
// 146名[校（园）长参加].
func wholeTail(s *claims.Sentence, figure int) string {
	f, end := &s.Figures[figure], len(s.Runes)
	if figure+1 < len(s.Figures) {
		end = s.Figures[figure+1].Start
	}
	at := f.End + utf8.RuneCountInString(f.Tail)
	if f.Tail == "" || at >= end || s.Runes[at] != '（' {
		return f.Tail
	}
	depth := 0
	for i, r := range s.Runes[at:end] {
		switch {
		case r == '（':
			depth++
		case r == '）' && depth > 0:
			depth--
		case isClauseBreak(r):
			return string(s.Runes[f.End : at+i])
		}
	}
	return string(s.Runes[f.End:end])
}

// nounOf is the thing that the words behind a figure name before they tell of it: 43篇
// [解读材料]均与文件关联, 54个[大喇叭]每天播放.
func nounOf(tail string) string {
	if startsWithAny(tail, "均", "都", "全部", "已全部", "已经", "无一") {
		return "" // 66条全部按时回复
	}
	noun := strings.TrimSuffix(tail, "中")
	if before, behind, ok := strings.Cut(noun, "中"); ok && utf8.RuneCountInString(before) > 1 && !startsWithAny(behind, "心", "学", "小学", "介", "药", "医", "央") {
		noun = before
	}
	for _, told := range tellingVerbs {
		if before, _, ok := strings.Cut(noun, told); ok && utf8.RuneCountInString(before) > 1 {
			noun = before
		}
	}
	switch before, behind, ok := strings.Cut(noun, "的"); {
	case ok && startsWithAny(before, "已", "新", "所", "未"):
		noun = behind // 12个已建成的专区
	case ok && utf8.RuneCountInString(before) > 1 && !startsWithAny(before, publishing...):
		noun = before
	}
	return noun
}

// tellingVerbs begin what is told of a thing.
var tellingVerbs = strings.Fields("均 都 逐 统一 已 共 全部 总 累计 分别 以 被 使 每 由 纳入 正常 进行 实行 参加 出席 于 符合 能够 可 随时 主要 负责 涉及 全年 满意 办结 占 组成")

// withoutExamples takes the examples out of a list that names what they are of: 推送天气、路况等
// 信息.
func withoutExamples(words string) string {
	before, noun, ok := strings.Cut(words, "等")
	first, _, list := strings.Cut(before, "、")
	const least = 2
	if !ok || !list || len([]rune(noun)) < least {
		return words
	}
	for _, verb := range publishing {
		if at := strings.Index(first, verb); at >= 0 {
			return first[:at+len(verb)] + noun
		}
	}
	return words
}

// clauseOutside is where the clause begins that the offset stands in, brackets left out.
func clauseOutside(r []rune, i int) int {
	for i > 0 && (r[i-1] == '（' || r[i-1] == '）' || !isClauseBreak(r[i-1])) {
		i--
	}
	return i
}

// endOfClause is where the clause ends that the offset stands in.
func endOfClause(r []rune, i int) int {
	for i < len(r) && !isClauseBreak(r[i]) {
		i++
	}
	return i
}

// partOfYear are the words of a text that name a part of a year, empty where none do.
func partOfYear(words string) (out string) {
	if !glance.ContainsAny(words, "月", "季", "半", "截", "稿") {
		return ""
	}
	for _, w := range []string{"上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "截至目前", "截止目前", "发稿"} {
		if glance.Contains(words, w) {
			out += w
		}
	}
	for rest := words; ; {
		before, behind, ok := strings.Cut(rest, "月")
		if !ok {
			return out
		}
		number := before[len(strings.TrimRight(before, "0123456789")):]
		if number != "" && !startsWithAny(behind, "31日", "底", "末", "前") && !startsWithAny(behind, "1日至") && !startsWithAny(strings.TrimLeft(behind, "0123456789"), "日前") {
			out += number + "月"
		}
		rest = behind
	}
}

// significant are the digits of a number without those that its multiplier adds.
func significant(x *claims.Claim) string {
	const decimals, thousand = 3, 3
	if !x.Value.IsInt() {
		return strings.TrimRight(x.Value.FloatString(decimals), "0")
	}
	text := x.Value.RatString()
	if digits := strings.TrimRight(text, "0"); digits != "" && len(text)-len(digits) >= thousand {
		return digits
	}
	return text
}

// withoutPlace takes the name of the agency's place out, which may have any character in it.
func (c *context) withoutPlace(words string) string {
	const least = 2
	if at := strings.IndexAny(c.agency, "省市县区州旗"); at > 0 && utf8.RuneCountInString(c.agency[:at]) >= least {
		return strings.ReplaceAll(words, c.agency[:at], "")
	}
	return words
}

// apartIn has the bits of the words of setsApart that stand in a text outside of quoted names.
func apartIn(text string) uint64 {
	text = planNouns.Replace(sinceBeginning.Replace(ofAllKinds.Replace(unquotedText(text))))
	found := apartIndex().find(text)
	return found[0]
}

// apartIndex finds the words of setsApart, each by its number.
var apartIndex = sync.OnceValue(func() *cueIndex {
	x := cueList{}
	for i, w := range setsApart {
		x.add(w, i)
	}
	return x.index()
})

// unquotedText is the text without quoted names and titles.
func unquotedText(text string) string {
	if !strings.ContainsAny(text, "“《") {
		return text
	}
	var out strings.Builder
	depth := 0
	for _, r := range text {
		switch r {
		case '“', '《':
			depth++
		case '”', '》':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				out.WriteRune(r)
			}
		}
	}
	return out.String()
}

var plainBrackets = glance.NewReplacer("（", "", "）", "", "(", "", ")", "")

var quoteMarks = glance.NewReplacer("“", "", "”", "", "《", "", "》", "")

// ownChannel is a channel that is named as the body's own: 通过局微信公众号.
var ownChannel = lazyregexp.New(`(^|通过|在|利用|依托|借助|，|、|和)局(微信|公众号|政务|官方|门户|网站)`)

// fold is what words name: acts are taken out and returned as a set, time and counting as well;
// quoted names stay as they are, and are added to names.
func (c *context) fold(words string, names *[]string) (string, actSet) {
	words = withoutMonths(withoutYear(words))
	for _, own := range c.ownNames {
		if glance.Contains(words, own) {
			words = strings.ReplaceAll(words, own, "")
		}
	}
	if glance.Contains(words, "局") {
		words = ownChannel.ReplaceAllString(words, "$1$2")
	}
	var out strings.Builder
	var acts actSet
	plain := func(text string) {
		for _, r := range foldWords().Replace(text) {
			switch {
			case r >= firstAct && r < firstAct+actCount:
				acts |= 1 << (r - firstAct)
			case r != '、' && r != '（' && r != '）' && r != '，' && r != '：' && (r < '0' || r > '9'):
				out.WriteRune(r)
			}
		}
	}
	for words != "" {
		at := strings.IndexAny(words, "“《")
		if at < 0 {
			plain(words)
			break
		}
		plain(words[:at])
		closing := map[bool]string{true: "”", false: "》"}[strings.HasPrefix(words[at:], "“")]
		name, rest, ok := strings.Cut(words[at+len("“"):], closing)
		if ok && names != nil {
			*names = append(*names, plainBrackets.Replace(name))
		}
		out.WriteString(plainBrackets.Replace(quoteMarks.Replace(name)))
		words = rest
	}
	return out.String(), acts
}

// withoutMonths takes out the months and days that words name by number.
func withoutMonths(words string) string {
	if !glance.ContainsAny(words, "月", "日") {
		return words
	}
	return days.ReplaceAllString(words, "")
}

var days = lazyregexp.New(`\d{1,2}月份?(?:\d{1,2}日)?|\d{1,2}日`)

// toldBefore is what the paragraph said before the figure, folded.
func (c *context) toldBefore(t *telling) string {
	if t.hasTold {
		return t.told
	}
	t.hasTold = true
	text := heading(t.s.Lead) + t.s.Span(0, max(0, min(t.figure.Clause, len(t.s.Runes))))
	const back = 3
	for i := t.claim.Sentence - 1; i >= max(0, t.claim.Sentence-back); i-- {
		p := &c.said.Sentences[i]
		if p.Section != t.s.Section || p.Line != t.s.Line {
			break
		}
		text = p.Text + text
	}
	t.told, _ = c.fold(text, nil)
	t.narrow = c.narrowOf(t)
	return t.told
}

// actSet is a set of the things one does with what is counted.
type actSet uint32

// The acts. Those of which one word may stand for another are in [relatedActs].
const (
	hold actSet = 1 << iota
	publish
	repost
	receive
	handle
	settle
	write
	distribute
	have
	attend
	host
	visit
	mend
	score
	adopt
)

const (
	firstAct  = '\uE000'
	actCount  = 16
	stockActs = have | score
	// ownActs make something else of what they are done with.
	ownActs = repost | mend | adopt
)

// actWords are the words for each act, in the order of the acts.
var actWords = [...]string{
	"举办 召开 组织开展 组织召开 组织 开展 举行 进行 实施 开办 发起",
	"发布 推送 主动公开 公开 公布 公示 刊发 刊登 刊载 更新 播发 推出 发送 编发 上线 发稿 上传 推出 发文 披露 录入 公告",
	"转发 转载 采用 刊用",
	"收到 受理 接到 接收 收集 征集 新收 收悉",
	"承办 办理 主动办理",
	"办结 答复 回复 办复 回应 解答 处理",
	"制作 编制 编写 编辑 编了 出版 印制 编印 制定 修订 出台 印发 制发 起草 完善 制订 修订完善",
	"发放 派发 赠阅 投放 张贴",
	"建成 设立 设置 建立 设有 配备 确定 指定 现有 拥有 开设 开通 打造 布设 配有 共有 运行 在用 建有 纳入",
	"参训 参加 出席 到场 参与 列席 参会",
	"接待 接访",
	"访问 浏览 阅读 点击 播放",
	"整改 清理 纠正 删除 更换",
	"得分 评分",
	"采纳",
}

// relatedActs are acts of which one word may stand for another.
var relatedActs = []actSet{handle | settle, handle | receive, write | publish, hold | publish, hold | attend, hold | receive, hold | handle, hold | write, hold | distribute, hold | have, hold | host, publish | have}

// idleTelling say nothing of what is counted.
const idleTelling = `全年度 全年 本年度 本年 今年以来 今年 年度内 年度 年内 一年来 一年 年底 年末 年初以来 截至 截止 目前 当年 累计 总计 合计 共计 的基础上 一共 总共 共 总数 总量 数量 总 数 量
虽然 虽 尽管 但是 但 之多 仅 仅有 只有 只 有 已经 已 均 都 也 全部 按时 按期 及时 在规定时间内 规定时间内 规定期限内 按要求 按规定 先后 陆续 重新 定期 足额 主动 积极 准确 认真 依法 多次 统一 对外 向社会 严格 进一步 切实 据统计 推进 加强 做好 抓好 强化 深化 方面 领域 根据 按照要求 按照 收回 回收 梳理 明确 实现 惠及 受益 直接 涉及
达到 达 多达 为 是 了 的 共有 在 于 对 把 将 由 通过 利用 依托 借助 运用 各类 各种 各项 有关 相关 其 等 和 与 及 以及 并 该 所 名 邀请 次数 人数 件数 条数 上 下 辖 下辖 辖区内 辖区 针对 为此 集中 各地、各部门 各地各部门 被 全员 我们 着力 群众 社会公众
我局 本局 我委 我街道 我街 我镇 我乡 我办 我区 我县 我市 我旗 我苏木 我省 我单位 本机关 本单位 本部门 全局 全单位 全街道 全镇 全系统 工作`

// sameTelling are the ways to call one thing.
const sameTelling = `政府门户网站=网站 人民政府门户网站=网站 政府网站=网站 门户网站=网站 官方网站=网站 官网=网站 政府网=网站 微信公众平台=公众号 微信公众号=公众号 政务微信=公众号 官方微信=公众号 政务微博=微博 官方微博=微博 政府信息=信息 政务信息=信息
人大代表建议=建议 人大建议=建议 代表建议=建议 政协委员提案=提案 政协提案=提案 委员提案=提案 培训班=培训 培训会=培训 培训活动=培训 12345政务服务便民热线=热线 12345热线=热线 12345市民热线=热线 政务服务热线=热线 市民热线=热线 政务服务便民热线=热线 便民热线=热线 网民=网友 推文=信息
新闻发布会=新闻发会 发布会=发会 公开栏=公栏 公开专区=公专区 公开日=公日 公开专栏=公专栏 栏目=专栏 公开目录=公目录 公开指南=公指南 政务公开=政公 政府信息公开=政公 信息公开=政公 公开标准=公标准 受理点=理点 办理点=理点 播放量=播量 阅读量=读量 点击量=击量 访问量=访量 浏览量=览量 依申请公开=依申 工作人员=人员 公示公告=告示公牌 公告公示=告示公牌 通知公告=通知告示`

// foldWords writes acts as one character each, takes idle words out and calls one thing by one
// name. It is made at its first use.
var foldWords = sync.OnceValue(func() *glance.Replacer {
	type pair struct{ old, new string }
	var all []pair
	for i, words := range actWords {
		for w := range strings.FieldsSeq(words) {
			all = append(all, pair{w, string(firstAct + rune(i))})
		}
	}
	for w := range strings.FieldsSeq(idleTelling) {
		all = append(all, pair{w, ""})
	}
	for w := range strings.FieldsSeq(sameTelling) {
		old, name, _ := strings.Cut(w, "=")
		all = append(all, pair{old, name})
	}
	slices.SortStableFunc(all, func(a, b pair) int { return len(b.old) - len(a.old) })
	out := make([]string, 0, 2*len(all))
	for _, p := range all {
		out = append(out, p.old, p.new)
	}
	return glance.NewReplacer(out...)
})
