package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
)

// What speaks for two figures being of one fact is added up: none of it alone would do, and none
// of it has to be there. The points were set on passages with a figure mistyped or left standing
// and on others whose figures differ for honest reasons.
const (
	enough = 12

	forSurely   = 8 // one number is the other with two digits changed places, or one of three another
	forNear     = 4
	forBeside   = 5 // the same figure stands beside both
	forName     = 3 // both give the same title
	forAct      = 2
	forPointing = 5 // one is pointed back to: 上述7件
	forEqual    = 4 // both are called the same
	forWording  = 4 // in so many words
	forWhole    = 2 // of each that is said to be the whole of the year
	mostShared  = 10
	ofItsOwn    = 8  // shared characters of a thing that there is one of
	forLonger   = -2 // words of the one that nothing near the other has
	forContrast = -5 // more, where each has such words
	forField    = -4 // narrowed to a field of which the other says nothing
	forHolder   = -4
	forOccasion = -5 // each told of another doing
	forPart     = -3
	forVague    = -4
	forTime     = -4 // only one is of a part of the year
)

// comparison is what two figures of one unit have in common and in what they differ.
type comparison struct {
	difference
	slip int
	// equal: both are called the same; vague: that is said of too many things; outgrown: the one,
	// told as a part or narrower, is more than the other, told as the whole of the year.
	equal, vague, outgrown bool
}

// addsUp reports whether enough speaks for two figures being of one fact.
func (c *context) addsUp(a, b *telling, d *difference, slip int) bool {
	const least = 2
	p := comparison{difference: *d, slip: max(slip, slipOfPrinted(a, b)), equal: len(d.more)+len(d.less) == 0 || isGeneral(d.more) && isGeneral(d.less) && joinsSeveral(a) == joinsSeveral(b)}
	if p.vague = isVague(a.own) || isVague(b.own); p.vague {
		p.shared = differenceOf(c.wider(a), c.wider(b)).shared
		p.vague = p.shared < ofItsOwn
	}
	if p.vague && p.equal && a.acts == b.acts && a.acts != 0 && c.besideSame(&a.retold, &b.retold) {
		p.shared, p.vague = d.shared, false // 开展在线调查2次、意见征集17次
	}
	if isVague(a.own) != isVague(b.own) && p.slip < surely {
		return false // 相关信息49条 are of what stands before, 政策解读信息53条 of something of their own
	}
	p.outgrown = c.outgrows(&p, a, b) || c.outgrows(p.reversed(), b, a)
	if p.shared < least || p.ruledOut(a, b) {
		return false
	}
	points := c.speaksFor(&p, a, b)
	return points >= enough && points+c.speaksAgainst(&p, a, b) >= enough
}

// outgrows reports whether the first of two figures is of a part of what the other is the whole of in
// the year, by its words, and more than that: 市网站审计专栏公开信息20条 and 全年审计专栏公开信息16条.
func (c *context) outgrows(p *comparison, a, b *telling) bool {
	const least = 4
	if a.number <= b.number {
		return false
	}
	whole := withoutGeneral(b.own)
	return (b.whole && !b.part || c.partOfYear(b)) && p.shared >= least && !isVague(a.own) && !isVague(b.own) && !isVague([]rune(whole)) && joinsSeveral(a) == joinsSeveral(b) &&
		a.acts&^publish == b.acts&^publish && (a.channels == b.channels || channelsIn(string(a.own))&^b.channels != 0) &&
		isGeneral(c.weighty(p.less)) && strings.HasSuffix(withoutGeneral(a.own), whole) && !growsTo(a)
}

// growsTo reports whether a figure is what has come together over the years, or with what is told
// beside it: 截至年底累计公开1932条; 加上自行制作的15篇，共上线57篇.
func growsTo(t *telling) bool {
	words := t.before + t.figure.Raw
	return strings.Contains(words, "累计") && !containsAny(words, yearWordsBefore...) || containsAny(t.before, "加上", "连同")
}

// partOfYear reports whether a figure is one of the parts of what the sentence before counts in the year.
func (c *context) partOfYear(t *telling) bool {
	before := c.before(t.claim.Sentence)
	return t.part && before != nil && (c.namesOwnYear(before.Text) || containsAny(before.Text, yearWordsBefore...)) && slices.ContainsFunc(t.s.Breakdowns, func(b claims.Breakdown) bool {
		return b.Previous && slices.Contains(b.Parts, t.claim.Figure)
	})
}

// joinsSeveral reports whether the words of a figure name several things that it is of.
func joinsSeveral(t *telling) bool {
	return containsAny(t.figure.Raw, "、", "和", "与", "及")
}

// withoutGeneral is a name without the general noun that it ends in.
func withoutGeneral(own []rune) string {
	name := string(own)
	for _, w := range generalNouns {
		if rest, ok := strings.CutSuffix(name, w); ok && utf8.RuneCountInString(rest) > 1 {
			return rest
		}
	}
	return name
}

// isGeneral reports whether words are only nouns that tell nothing apart.
func isGeneral(parts []string) bool {
	return !slices.ContainsFunc(parts, func(p string) bool { return !slices.Contains(generalNouns, p) })
}

func (p *comparison) reversed() *comparison {
	out := *p
	out.more, out.less = p.less, p.more
	return &out
}

// ruledOut reports whether something makes two figures those of two facts, whatever else is said.
func (p *comparison) ruledOut(a, b *telling) bool {
	if otherChannel(a, b) || len(a.names) > 0 && len(b.names) > 0 && !shareName(a, b) || a.each != b.each || tellsToo(a, b) || tellsToo(b, a) {
		return true
	}
	if p.slip == unlikely && !p.outgrown && (!p.equal || !a.whole || !b.whole || a.claim.Scope.Cumulative != b.claim.Scope.Cumulative) {
		return true
	}
	// By one channel fewer go out than by all.
	if p.slip < surely && (a.channels == 0 && channelsIn(string(b.own)) != 0 && a.number > b.number || b.channels == 0 && channelsIn(string(a.own)) != 0 && b.number > a.number) {
		return true
	}
	// Of what there is, fewer are done with.
	return p.slip < surely && (a.done && !b.done && a.number < b.number || b.done && !a.done && b.number < a.number)
}

// otherChannel reports whether each of two figures is told of a channel that the other is not of.
func otherChannel(a, b *telling) bool {
	return a.channels&^b.channels != 0 && b.channels&^a.channels != 0
}

// otherMaker reports whether two figures are of what different bodies made: 管委会制定的政策7条、中心制定的
// 政策5条.
func otherMaker(a, b *telling) bool {
	x, y := makerOf(a.figure.Raw), makerOf(b.figure.Raw)
	return x != 0 && y != 0 && x != y
}

// makerOf is what the name of the body ends in that made something by a relative clause, 0 where
// none is named.
func makerOf(words string) rune {
	for _, verb := range []string{"制定的", "印发的", "出台的", "发布的", "下发的", "主办的", "承办的"} {
		if body, _, ok := strings.Cut(words, verb); ok && body != "" {
			r, _ := utf8.DecodeLastRuneInString(body)
			return r
		}
	}
	return 0
}

func (c *context) speaksFor(p *comparison, a, b *telling) int {
	points := min(p.shared, mostShared)
	switch p.slip {
	case surely:
		points += forSurely
	case near:
		points += forNear
	default:
		if p.outgrown {
			points += forNear
		}
	}
	if p.equal && p.slip < surely && !p.vague {
		points += forEqual
	}
	if a.acts&b.acts != 0 {
		points += forAct
	}
	if c.besideSame(&a.retold, &b.retold) {
		points += forBeside
	}
	if shareName(a, b) {
		points += forName
	}
	if p.slip >= surely && (len(p.more) == 0 || len(p.less) == 0) && a.channels == b.channels && !c.otherDoing(a, b) {
		points += sameWording(a, b)
	}
	if b.pointing || startsWithAny(b.s.Text, "综上", "综合以上", "总的来看") {
		points += forPointing
	}
	for _, t := range []*telling{a, b} {
		if t.whole {
			points += forWhole
		}
	}
	return points
}

// sameWording is what it says that the words before two figures run alike, be they as general
// as 公开各类工作信息.
func sameWording(a, b *telling) int {
	const long, short = 6, 4
	switch _, _, n := longestRun([]rune(withoutYear(a.figure.Raw+a.figure.Tail)), []rune(withoutYear(b.figure.Raw+b.figure.Tail))); {
	case n >= long:
		return forWording
	case n >= short:
		return forWording / 2
	}
	return 0
}

func (c *context) speaksAgainst(p *comparison, a, b *telling) (points int) {
	if p.slip < surely && a.claim.Scope.Cumulative != b.claim.Scope.Cumulative {
		points += forTime
	}
	if a.when != b.when {
		if points += forTime; p.slip >= surely {
			points -= forTime / 2
		}
	}
	if a.part != b.part && !p.outgrown {
		points += forPart
	}
	if p.vague {
		points += forVague
	}
	if !c.sameHolder(&a.retold, &b.retold) && !c.ofOwnArea(a, b) {
		points += forHolder
	}
	if p.shared < ofItsOwn {
		if (!a.whole || !b.whole) && !shareName(a, b) && c.otherDoing(a, b) {
			points += forOccasion
		}
		if c.disjoint(aimOf(a), aimOf(b)) {
			points += forOccasion
		}
	}
	more, less := c.unheld(p.more, a, b), c.unheld(p.less, b, a)
	if p.outgrown || more > 0 && less == 0 && b.whole && a.number > b.number || less > 0 && more == 0 && a.whole && b.number > a.number {
		more, less = 0, 0 // a part is not more than the whole
	}
	points += forLonger * (more + less)
	if more > 0 && less > 0 && lengthOf(p.more)+lengthOf(p.less) > p.shared/2 {
		points += forContrast
	}
	const named = 6
	fields := forField * (c.fieldOf(a, b) + c.fieldOf(b, a))
	if p.equal && p.shared >= named {
		fields /= 2
	}
	return points + fields
}

// wider is what a figure counts with the clause before it, for a name that says little: 编制标准
// 目录，梳理事项189项.
func (c *context) wider(t *telling) []rune {
	clauses := strings.FieldsFunc(t.before, func(r rune) bool { return r == '，' || r == '：' || r == '。' })
	if len(clauses) == 0 {
		return t.own
	}
	words, _ := c.fold(clauses[len(clauses)-1], nil)
	return append([]rune(words), t.own...)
}

func lengthOf(parts []string) int { return utf8.RuneCountInString(strings.Join(parts, "")) }

// unheld counts the words that only the one figure is told with and that nothing near the other
// has; those behind the noun in the tail of the figure say what was done with it.
func (c *context) unheld(parts []string, of, other *telling) (n int) {
	if len(parts) == 0 || of.wide {
		return 0
	}
	held := c.toldBefore(other) + string(other.own) + other.behind(c)
	for _, p := range c.weighty(parts) {
		if slices.Contains(generalNouns, p) || strings.Contains(held, p) || strings.HasSuffix(string(of.own), p) && of.tail != "" || holdsRuns(held, p) {
			continue
		}
		n++
	}
	return n
}

// holdsRuns reports whether a text has all of the words, in pieces of two and more characters.
func holdsRuns(text, words string) bool {
	d := differenceOf([]rune(words), []rune(text))
	return d.shared > 0 && !slices.ContainsFunc(d.more, func(p string) bool { return utf8.RuneCountInString(p) > 1 })
}

// generalNouns tell nothing apart.
var generalNouns = strings.Fields("完成 信息 项目 事项 情况 材料 内容 工单 件 流程 数据 文本 约")

// behind is what the sentence says behind the figure, folded.
func (t *telling) behind(c *context) string {
	words, _ := c.fold(string(t.s.Runes[t.figure.End:]), nil)
	return words
}

// tellsToo reports whether the sentence of one figure tells the number of the other as well, of
// another thing.
func tellsToo(a, b *telling) bool {
	const least = 20 // smaller numbers come again by chance
	for i := range a.s.Figures {
		if f := &a.s.Figures[i]; f.Unit == b.figure.Unit && b.number >= least && f.Value.Cmp(b.claim.Value) == 0 {
			return true
		}
	}
	return false
}

// sourceOf is the survey that a figure is taken from: 根据抽样调查.
func sourceOf(before string) string {
	for _, w := range []string{"抽样", "普查", "调查推算", "统计年鉴", "摸底"} {
		if glance.Contains(before, w) {
			return w
		}
	}
	return ""
}

// otherDoing reports whether each of two figures is told of a doing of its own: 举办节水宣传活动，发放
// 资料3600份.
func (c *context) otherDoing(a, b *telling) bool {
	return containsAny(clauseAbove(a), occasions...) && containsAny(clauseAbove(b), occasions...) && !c.sameOccasion(a.retold.before(), b.retold.before())
}

// clauseAbove is the clause before that of a figure in its statement.
func clauseAbove(t *telling) string {
	above := strings.TrimRight(t.before, "，：")
	return above[strings.LastIndex(above, "，")+1:]
}

var occasions = []string{"活动", "举办", "开展", "组织", "召开", "期间", "培训", "会议"}

// aimOf are the clauses before a figure that say what was aimed at: 围绕防汛抗旱.
func aimOf(t *telling) (out string) {
	for clause := range strings.FieldsFuncSeq(t.before, func(r rune) bool { return r == '，' || r == '：' || r == '。' }) {
		if tellsAim(clause) {
			out += clause
		}
	}
	return out
}

// fieldOf is 1 where a clause narrows the one figure to a field of which nothing near the other
// tells.
func (c *context) fieldOf(a, b *telling) int {
	for clause := range strings.FieldsFuncSeq(a.before, func(r rune) bool { return r == '，' || r == '：' || r == '。' }) {
		if strings.ContainsAny(clause, "0123456789") && withoutYear(clause) == clause || tellsAim(clause) || strings.HasPrefix(clause, "从") && strings.HasSuffix(clause, "看") {
			continue
		}
		field, _ := c.fold(narrowed(clause), nil)
		if !isTheme(field) && !holdsAll(b.before+string(b.own)+c.toldBefore(b)+b.behind(c), []rune(field)) {
			return 1
		}
	}
	return 0
}

// themes are what the chapters of each report are about: to tell a figure under one of them
// narrows nothing.
var themes = []string{"解读", "回应", "互动", "公众", "监督", "保障", "平台", "公开", "管理", "宣传", "队伍", "培训", "数量", "总量", "看", "政策", "信息", "建设", "渠道", "社会关切", "基层", "公众参与"}

func isTheme(narrow string) bool {
	for _, w := range themes {
		narrow = strings.ReplaceAll(narrow, w, "")
	}
	const rest = 2
	return len([]rune(narrow)) < rest || slices.Contains([]string{"从看", "方面"}, narrow)
}
