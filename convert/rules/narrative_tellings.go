package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// unitsAlike are measure words that count the same things.
var unitsAlike = map[string]string{"场次": "场", "件次": "件", "篇次": "篇", "条次": "条", "期次": "期", "名": "人", "位": "人", "处": "个", "宗": "件"}

// mostTold caps the figures of one unit that each is compared with, the next ones of the text: the work then
// grows with its length only.
const mostTold = 500

// compareTellings compares figures of one unit by their keys.
func (c *context) compareTellings(v *verdict) {
	done := map[*claims.Claim]bool{} // have a finding
	byUnit := map[string][]*telling{}
	var order []string
	again := c.unitsAgain()
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		unit, ok := c.tellingUnit(x)
		if !ok || !again[unit] {
			continue
		}
		t, ok := c.tellingOf(x)
		if !ok {
			continue
		}
		if byUnit[unit] == nil {
			order = append(order, unit)
		}
		byUnit[unit] = append(byUnit[unit], &t)
	}
	c.comparePointing(v, done)
	for _, unit := range order {
		list := byUnit[unit]
		for i, a := range list {
			for _, b := range list[i+1 : min(len(list), i+1+mostTold)] {
				if done[a.claim] {
					break
				}
				switch {
				case done[b.claim]:
				case a.value == b.value:
					if slices.Equal(a.own, b.own) && !isVague(a.own) {
						v.pass()
					}
				case c.sameThing(a, b) && !c.explained(a.claim, b.claim) && !onlyTenThousand(a.claim, b.claim):
					done[a.claim], done[b.claim] = true, true
					v.fail(c.twice(a.claim, b.claim))
				}
			}
		}
	}
}

// comparePointing compares what points back, at the beginning of a sentence, with the only figure
// of its unit in the sentence before: 受理案件22件。上述20件均已答复.
func (c *context) comparePointing(v *verdict, done map[*claims.Claim]bool) {
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if x.Figure != 0 || x.Sentence == 0 || x.Change {
			continue
		}
		s, before := c.sentence(x), c.before(x.Sentence)
		if !slices.Contains(pointing[:3], s.Figures[0].Raw) || before.Line != s.Line || before.Section != s.Section {
			continue
		}
		var of *claims.Claim
		several := false
		for k := before.First; k < before.Last; k++ {
			if y := &c.said.Claims[k]; y.Figure >= 0 && y.Unit == x.Unit && !y.Scope.OtherYear && !y.Change {
				several = several || of != nil
				of = y
			}
		}
		if of == nil || several || of.Approx || of.Floor || x.Approx || before.Figures[of.Figure].Tail != "" && strings.ContainsAny(before.Figures[of.Figure].Tail, "中内") {
			continue
		}
		a, b := telling{retold: retold{claim: of}, digits: significant(of)}, telling{retold: retold{claim: x}, digits: significant(x)}
		a.number, _ = of.Value.Float64()
		b.number, _ = x.Value.Float64()
		switch how := slipBetween(&a, &b); {
		case a.number == b.number:
			v.pass()
		case how != unlikely:
			done[of], done[x] = true, true
			v.fail(c.twice(of, x))
		}
	}
}

// isNamedRate reports whether a percentage is that of a rate with a name: 群众满意率为98.2%.
func isNamedRate(f *claims.Figure) bool {
	name := strings.TrimRight(f.Raw, "为是达到：")
	if f.Paired {
		name = f.Label
	}
	if startsWithAny(f.Tail, "的满意", "的群众满意") {
		return true
	}
	return (strings.HasSuffix(name, "率") || strings.HasSuffix(name, "满意度")) && !containsAny(name, "增长", "占", "同比", "目标", "力争")
}

// tellingUnit is the unit of a claim that may be a telling, units that count the same things
// being one.
func (c *context) tellingUnit(x *claims.Claim) (unit string, ok bool) {
	if strings.HasSuffix(string(x.Subject), ".previous_items") {
		return "", false // of the year before
	}
	if !c.mayBeUnnamed(x) && !x.Scope.Partial || x.Figure < 0 || x.Unit == "%" && !isNamedRate(&c.sentence(x).Figures[x.Figure]) || x.Change || x.Scope.Unsure {
		return "", false
	}
	unit = factUnit(x)
	if u, ok := unitsAlike[unit]; ok {
		unit = u
	}
	return unit, true
}

// mayBeUnnamed reports whether a claim has no figure of the form, or one that other words may tell
// without its name: 行政许可处理决定数量. Of applications there are too many rows.
func (c *context) mayBeUnnamed(x *claims.Claim) bool {
	return x.Subject == claims.None || !strings.HasPrefix(string(x.Subject), "appli")
}

// unitsAgain are the units that several figures have.
func (c *context) unitsAgain() map[string]bool {
	again := map[string]bool{}
	for i := range c.said.Claims {
		if unit, ok := c.tellingUnit(&c.said.Claims[i]); ok {
			_, seen := again[unit]
			again[unit] = seen
		}
	}
	return again
}

// otherKind reports whether what two figures count, or what was done with it, makes them two things
// at a glance.
func otherKind(a, b *telling) bool {
	x, y := a.claim.Subject, b.claim.Subject
	switch {
	case x != y && x != claims.None && y != claims.None,
		x == y && x != claims.None && !a.claim.Scope.Partial,
		(a.acts^b.acts)&ownActs != 0,
		a.acts&b.acts == 0 && a.acts != 0 && b.acts != 0 && (!mayBeOne(a.acts, b.acts) || (len(a.own) == 0) != (len(b.own) == 0)):
		return true
	}
	return false
}

// otherBeside reports whether the words beside two figures make them two things.
func (c *context) otherBeside(a, b *telling) bool {
	c.readBeside(a)
	c.readBeside(b)
	return a.source != b.source || a.some != b.some || ofOtherProposals(a, b) || strings.HasSuffix(string(a.own), "会议") && a.acts|b.acts == hold|publish || otherChannel(a, b) && (channelsIn(string(a.own))|channelsIn(string(b.own)) != 0 || !sameOwn(a, b) || slipBetween(a, b) < surely) || strings.Contains(a.figure.Raw, "子栏目") != strings.Contains(b.figure.Raw, "子栏目") ||
		a.apart != b.apart && !a.pointing && !b.pointing ||
		a.when != b.when && a.when != "" && b.when != "" ||
		ofOtherItem(a, b) || ofOtherActs(a, b) || c.siteItself(a, b) || c.siteItself(b, a)
}

// actsOfForm are what the form counts decisions and results of.
var actsOfForm = []string{"行政许可", "行政处罚", "行政强制", "行政复议", "行政诉讼"}

// ofOtherActs reports whether two figures that are called by little more than a row's name are of two kinds of acts
// that their statements are about: 行政许可…处理决定43件。行政处罚…处理决定3件.
func ofOtherActs(a, b *telling) bool {
	return a.s != b.s && a.ofAct != b.ofAct && a.ofAct != "" && b.ofAct != ""
}

// actBefore is the kind of acts named last before a figure that is called by little; empty where there is none.
func (t *telling) actBefore() (kind string) {
	const short = 5
	if len(t.own) > short || !t.s.Says("行政") {
		return ""
	}
	text, at := t.s.Span(0, t.figure.Start), -1
	for _, w := range actsOfForm {
		if i := strings.LastIndex(text, w); i > at {
			kind, at = w, i
		}
	}
	return kind
}

var (
	// wholeSite is the site of the government above as what publishes, in the report of an office below it.
	wholeSite = lazyregexp.New(`^(?:[省市县区州旗]|[^，。；在过于]{2,6}[省市县区州旗])(?:人民)?政府(?:门户)?网站(?:全年|年内|本年|今年|累计|共|总)*(?:发布|公开|更新)`)
	// ownShare is what the office publishes there itself.
	ownShare = lazyregexp.New(`(?:我|本)(?:局|委|办|厅|院|中心|镇|乡|街道|单位|部门|机关)(?:在|通过|利用|依托)`)
)

// siteItself reports whether a figure is that of all of a site that many offices publish on, and the other that of
// the author there: 我局通过区政府网站公开1286条。区政府网站全年发布3.4万条.
func (c *context) siteItself(site, own *telling) bool {
	return site.s != own.s && strings.Contains(site.raw, "网站") && !strings.HasSuffix(c.agency, "人民政府") && wholeSite.MatchString(site.s.Span(site.start, site.figure.Start)) && ownShare.MatchString(own.s.Span(own.start, own.figure.Start))
}

// ofOtherProposals reports whether one figure is of the proposals of deputies, the other of the members'.
func ofOtherProposals(a, b *telling) bool {
	of := func(t *telling, kind string) bool { return strings.Contains(string(t.own), kind) }
	both := func(t *telling) bool { return of(t, "建议") && of(t, "提案") }
	if x, y := of(a, "建议") || of(a, "提案"), of(b, "建议") || of(b, "提案"); x && y && both(a) != both(b) {
		return true // 建议和提案62件, 提案12件
	}
	return of(a, "建议") != of(b, "建议") && of(a, "建议") != of(a, "提案") && of(b, "建议") != of(b, "提案")
}

// itemHead is what an item with a number calls its subject: 1.机构类信息，本年新增6条.
var itemHead = lazyregexp.New(`^(?:\d{1,2}[.．、]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)])([^，：。；\d]{2,40})[，：]`)

// ofOtherItem reports whether two figures, called by next to nothing themselves, are those of two
// items with subjects of their own.
func ofOtherItem(a, b *telling) bool {
	const short = 4 // 新增信息
	if a.s == b.s || len(a.own) > short || len(b.own) > short {
		return false
	}
	x, y := itemHead.FindStringSubmatch(a.s.Text), itemHead.FindStringSubmatch(b.s.Text)
	return x != nil && y != nil && x[1] != y[1]
}

// sameThing reports whether two figures with different numbers count one thing.
func (c *context) sameThing(a, b *telling) bool {
	if otherKind(a, b) {
		return false
	}
	// Most pairs end here: each has something that the other has not.
	if a.letters.lacks(&b.letters) && b.letters.lacks(&a.letters) && slipBetween(a, b) == unlikely && slipOfPrinted(a, b) == unlikely || c.otherBeside(a, b) {
		return false
	}
	c.readFrame(a)
	c.readFrame(b)
	slip := slipBetween(a, b)
	if a.figure.IsPercent() && (slip < surely || ofFiguresBefore(a) && ofFiguresBefore(b)) {
		return false // rates of many things are alike
	}
	if bareTotal(a) && b.acts&settle != 0 || bareTotal(b) && a.acts&settle != 0 {
		return false // 自然人96件、企业7件，合计103件 and 办结104件: narrative.balance judges
	}
	d := differenceOf(a.own, b.own)
	const longName = 10 // that what stands beside it does not share
	named := d.shared >= longName && (len(d.more) == 0 || len(d.less) == 0)
	// Asked last, for it costs most: whether they are two things by what stands beside them.
	apart := func() bool {
		return !named && (c.sumsOther(a, b) || c.sumsOther(b, a)) || c.ofOtherTotal(a.claim, b.claim) || c.behindOthers(a, b) || tellsAsPart(a, b) || tellsAsPart(b, a) || otherMaker(a, b)
	}
	if c.samePublication(a, b) {
		return !listsSum(a, b) && !listsSum(b, a) && !apart()
	}
	if c.plainlySame(a, b, slip) {
		return (named || sameOwn(a, b) || !listsSum(a, b) && !listsSum(b, a)) && !apart()
	}
	if slip == unlikely && a.channels != b.channels && !c.outgrows(&comparison{difference: d}, a, b) && !c.outgrows((&comparison{difference: d}).reversed(), b, a) {
		return false
	}
	if (isRough(a) || isRough(b)) && !movedPoint(a, b) && !roughlyApart(a, b, &d) && (isRough(a) && isRough(b) || !farApart(a, b)) {
		if slip = slipOfDigits(strings.TrimRight(a.digits, "0"), strings.TrimRight(b.digits, "0")); slip < surely || orderOfSize(a) != orderOfSize(b) {
			return false // what is near a number may be more
		}
	}
	return (c.alike(a, b, &d, slip) && c.sameFrame(a, b, &d, slip) || c.sameMoment(a, b) && c.addsUp(a, b, &d, slip)) &&
		(named || sameOwn(a, b) || !listsSum(a, b) && !listsSum(b, a)) && !apart()
}

// ofFiguresBefore reports whether a percentage is that of two figures before it: 抽检312批次，不合格9批次，不合格率2.9%.
func ofFiguresBefore(t *telling) bool {
	p := t.figure
	for i := range t.s.Figures {
		whole := &t.s.Figures[i]
		for k := i + 1; k < len(t.s.Figures) && t.s.Figures[k].Start < p.Start; k++ {
			if part := &t.s.Figures[k]; operand(whole) && operand(part) && sameThings(whole, part) && gives(p, part.Value, whole.Value) {
				return true
			}
		}
	}
	return false
}

// bareTotal reports whether a figure adds up those before it, which only have names.
func bareTotal(t *telling) bool {
	return t.figure.Tail == "" && slices.Contains(plainTotals, t.figure.Raw)
}

// orderOfSize is how many digits the whole part of a figure's number has.
func orderOfSize(t *telling) int { return len(t.claim.Value.FloatString(0)) }

// isRough reports whether a number is only said to be near: 近700, 730余.
func isRough(t *telling) bool { return t.claim.Approx || t.claim.Floor }

// sameMoment reports whether two figures are of one time, none of them only planned, and not
// told one behind the other in one statement.
func (c *context) sameMoment(a, b *telling) bool {
	return a.s != b.s && sameTime(&a.retold, &b.retold) && a.planned == b.planned
}

// planNouns take out what is called a plan and is none of the agency: 科技计划项目, 抽查计划.
var planNouns = glance.NewReplacer("拟审批", "", "拟批准", "", "拟录用", "", "拟聘", "", "规划计划", "", "计划规划", "", "计划项目", "", "科技计划", "", "计划生育", "", "工作计划", "", "抽查计划", "", "培训计划", "", "年度计划", "", "行动计划", "", "招生计划", "", "计划投资", "", "目标任务", "", "目标考核", "", "任务目标", "")

func tellsPlan(words string) bool {
	return containsAny(words, planned...) && containsAny(planNouns.Replace(words), planned...)
}

// mayBeOne reports whether one act may be meant by both.
func mayBeOne(a, b actSet) bool {
	if a == have || b == have {
		return true // 共有146人参加
	}
	return slices.ContainsFunc(relatedActs, func(r actSet) bool { return a&r != 0 && b&r != 0 })
}

// shareName reports whether two figures name the same title or quoted name.
func shareName(a, b *telling) bool {
	return slices.ContainsFunc(a.names, func(n string) bool {
		return slices.ContainsFunc(b.names, func(m string) bool { return strings.HasSuffix(n, m) || strings.HasSuffix(m, n) })
	})
}

// alike reports whether what two figures count is called alike: what one of them says more
// stands before the other, or is of no weight beside what they share.
func (c *context) alike(a, b *telling, d *difference, slip int) bool {
	more, less := c.weighty(d.more), c.weighty(d.less)
	if len(more) > 0 && len(less) > 0 {
		return false
	}
	shared := d.shared
	if a.figure.Unit == "分" { // what gave the marks
		c.toldBefore(a)
		c.toldBefore(b)
		shared += differenceOf([]rune(a.narrow), []rune(b.narrow)).shared
	}
	if a.acts&b.acts != 0 {
		shared += 2
	}
	const least, specific, own, short = 4, 7, 3, 2
	if shared == own && slip >= surely && c.besideSame(&a.retold, &b.retold) {
		shared = least // 结果5批，涉及家庭734户
	}
	longer, other, rest := a, b, more
	if len(less) > 0 {
		longer, other, rest = b, a, less
	}
	marked := func() bool { return a.whole || b.whole || slip >= surely || c.besideSame(&a.retold, &b.retold) }
	if len(rest) == 0 {
		if d.shared < own && (a.acts&b.acts == 0 && (d.shared < short || !a.whole && !b.whole) || slip < near || slip < surely && d.shared < short) || isVague(a.own) && (slip < surely || !a.whole || !b.whole) {
			return false
		}
		if len(d.more)+len(d.less) > 0 && slip < near {
			return false
		}
		return shared >= specific || shared >= least && marked()
	}
	if a.follows && b.follows && c.besideSame(&a.retold, &b.retold) {
		return true // 清单21类164项
	}
	if slip < near && !c.besideSame(&a.retold, &b.retold) {
		return false
	}
	if c.heldBefore(rest, other) {
		for _, r := range rest {
			shared += len([]rune(r))
		}
		return shared >= least && marked() && sameChannel(longer, c.toldBefore(other))
	}
	left := len([]rune(strings.Join(rest, "")))
	const few = 5
	return slip >= surely && left <= few && shared >= specific && shareName(a, b)
}

// vagueNames name too many things to be the same one.
var vagueNames = wordSet("会议 培训 活动 检查 文件 稿件 文章 资料 案件 事项 会 推进会 专题会议 信息 答复 宣传 专题培训 意见 问题 问题整改 更新 检查单位 业务培训 政府 网站 公众号 意见建议 金额 资金")

func isVague(own []rune) bool { return vagueNames[string(own)] }

// sameFrame reports whether two figures are of one time, body and field.
func (c *context) sameFrame(a, b *telling, d *difference, slip int) bool {
	x, y := &a.retold, &b.retold
	if a.s == b.s && (x.from() == y.from() || slip < surely || d.shared < 4) {
		return false
	}
	if a.when != b.when || !sameTime(x, y) || a.claim.Scope.Cumulative != b.claim.Scope.Cumulative && slip < surely || a.part != b.part && (slip < surely || d.shared < 6) {
		return false
	}
	if a.planned != b.planned || !c.sameHolder(x, y) && (slip < surely || !c.ofOwnArea(a, b)) || (!a.whole || !b.whole) && !c.sameOccasion(x.before(), y.before()) {
		return false
	}
	return c.sameField(a, b, slip, d)
}

// ofOwnArea reports whether one of two figures is told of the area that the agency is of, and
// the other of none: a bureau counts the schools of its county.
func (c *context) ofOwnArea(a, b *telling) bool {
	x, y := a.area(), b.area()
	if x == "" {
		x, y = y, x
	}
	r := []rune(x)
	return x == y || strings.Contains(string(a.own), x) && strings.Contains(string(b.own), x) || y == "" && x == "辖区" || y == "" && len(r) == 2 && r[0] == '全' && len(c.ownNames) > 0 && strings.ContainsRune(c.ownNames[0], r[1])
}

// area is the area that the statement of the figure names, empty where another statement of the
// sentence does.
func (t *telling) area() string {
	if area := t.claim.Scope.Area; strings.Contains(t.s.Span(t.from(), t.figure.Start), area) {
		return area
	}
	return ""
}

// sameField reports whether no clause before one of two figures makes it that of a field which
// the other is not of. Where the one so narrowed is the greater, both cannot be right.
func (c *context) sameField(a, b *telling, slip int, d *difference) bool {
	c.toldBefore(a)
	c.toldBefore(b)
	na, nb := a.narrow, b.narrow
	ha := na == "" || strings.Contains(na, string(b.own)) || holdsAll(b.before+string(b.own)+c.toldBefore(b), []rune(na))
	hb := nb == "" || strings.Contains(nb, string(a.own)) || holdsAll(a.before+string(a.own)+c.toldBefore(a), []rune(nb))
	const specific, named = 6, 4
	if a.figure.Unit == "分" && a.figure.Unit == b.figure.Unit { // what gave the marks
		d := differenceOf([]rune(na+string(a.own)), []rune(nb+c.toldBefore(b)))
		e := differenceOf([]rune(nb+string(b.own)), []rune(na+c.toldBefore(a)))
		ha, hb = ha || d.shared >= named && len(na) > 0, hb || e.shared >= named && len(nb) > 0
	}
	switch {
	case ha && hb:
		return true
	case !ha && !hb:
		return slip >= surely && d.shared >= specific && tellsAim(na) && tellsAim(nb)
	case !ha && a.claim.Value.Cmp(b.claim.Value) > 0 && b.whole, !hb && b.claim.Value.Cmp(a.claim.Value) > 0 && a.whole:
		return d.shared >= named && slip >= near
	}
	return slip >= surely && d.shared >= specific
}

func (c *context) narrowOf(t *telling) string {
	var clauses []string
	for clause := range strings.FieldsFuncSeq(t.before, func(r rune) bool { return r == '，' || r == '：' || r == '。' }) {
		if !strings.ContainsAny(clause, "0123456789") || withoutYear(clause) != clause {
			clauses = append(clauses, clause)
		}
	}
	words, _ := c.fold(narrowed(strings.Join(clauses, "，")), nil)
	return strings.ReplaceAll(words, "政公", "")
}

// sameChannel reports whether the channel that a figure's clause names, if any, is the one named
// last before the other.
func sameChannel(t *telling, before string) bool {
	own := string(t.own)
	last, at := "", -1
	for _, w := range channels {
		if k := strings.LastIndex(before, w); k > at {
			last, at = w, k
		}
	}
	named := slices.ContainsFunc(channels, func(w string) bool { return strings.Contains(own, w) })
	return !named || last != "" && strings.Contains(own, last)
}

// ofTheBody are words for the body that reports and for all of its area.
var ofTheBody = []string{"单位", "全县", "全市", "全区", "全省", "全镇", "全乡", "管委会", "街道", "区政府", "县政府", "市政府", "镇政府", "乡政府", "办事处", "政公", "行政机关"}

// weighty are the parts of a difference that may tell things apart: single characters of the
// agency's name and words that join do not.
func (c *context) weighty(parts []string) []string {
	return slices.DeleteFunc(slices.Clone(parts), func(p string) bool {
		r := []rune(p)
		return slices.Contains(ofTheBody, p) || len(r) > 1 && strings.Contains(c.agency, p) || len(r) == 1 && (strings.ContainsRune("者所以之时向被给能可会内里中间个每后前年度会至间其且且将开", r[0]) || len(c.ownNames) > 0 && strings.ContainsRune(c.ownNames[0], r[0]))
	})
}

// heldBefore reports whether words stand in what was told before a figure, and have no figure
// of their own there.
func (c *context) heldBefore(parts []string, t *telling) bool {
	for i := range t.s.Figures[:t.claim.Figure] {
		f := &t.s.Figures[i]
		words, _ := c.fold(f.Label+f.Tail, nil)
		if f.Unit == t.figure.Unit && slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(words, p) }) {
			return false // 建议8件、提案13件 are not 建议提案
		}
	}
	before := []rune(c.toldBefore(t))
	for _, p := range parts {
		r := []rune(p)
		if len(r) == 1 && !strings.Contains(string(before), p) {
			return false
		}
		if len(r) > 1 {
			d := differenceOf(r, before)
			if slices.ContainsFunc(c.weighty(d.more), func(left string) bool { return len([]rune(left)) > 1 || !strings.Contains(string(before), left) }) {
				return false
			}
		}
	}
	return true
}
