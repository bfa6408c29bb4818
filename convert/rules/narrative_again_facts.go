package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// Facts told twice that are no counts with a name of their own: how long answering takes on
// the average, by how much a figure grew, and how many applications the year had.

// average is a duration: what took it, how long, and where.
type average struct {
	name     []rune
	value    string
	unit     string
	claim    claims.Claim
	sentence int
}

// durations are averages of time: 平均办理用时11.3个工作日.
var durations = lazyregexp.New(`(平均[^，。；、\d]{0,10}?(?:用时|时长|时间|周期|耗时|时限|天数|工作日)[^，。；、\d]{0,4}?)(\d+(?:\.\d+)?)(个工作日|工作日|个自然日|天|个小时|小时|分钟)`)

// aboutTime are words about a duration that say nothing of what took it.
var aboutTime = glance.NewReplacer("全年", "", "本年度", "", "本年", "", "年内", "", "平均", "", "用时", "", "时长", "", "时间", "", "周期", "", "耗时", "", "时限", "", "天数", "", "为", "", "仅", "", "约", "", "是", "", "达到", "", "达", "", "：", "", "的", "", "政府信息公开", "", "政府信息", "", "信息公开", "", "依申请公开", "", "申请", "", "办结", "", "办理", "", "答复", "", "处理", "", "件", "", "我局", "", "工作", "")

// otherAverages make an average that of a part, of another year, or what is only allowed.
var otherAverages = []string{"上年", "去年", "由", "从", "缩短", "压缩", "压减", "减少", "比", "较", "提速", "法定", "全市", "全省", "全县", "全区", "季度", "半年", "月", "其中", "最", "不超过", "不到", "控制", "承诺"}

// compareDurations compares the averages of time in the text.
func (c *context) compareDurations(v *verdict) {
	var list []average
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		if !glance.Contains(s.Text, "平均") {
			continue
		}
		for _, m := range durations.FindAllStringSubmatchIndex(s.Text, -1) {
			from, to := len([]rune(s.Text[:m[4]])), len([]rune(s.Text[:m[7]]))
			start := clauseStart(s.Runes, from)
			clause, last := s.Span(start, from), s.Span(clauseStart(s.Runes, max(0, start-1)), start)
			if containsAny(clause, otherAverages...) || containsAny(last, "上年", "去年", "法定", "其中") || c.lastYearIn(last+clause) {
				continue
			}
			name := slices.DeleteFunc([]rune(aboutTime.Replace(withoutYear(clause))), func(r rune) bool { return r >= '0' && r <= '9' })
			if containsAny(last+clause, "申请") || c.keyOf(s.Section) == "applications" {
				name = append(name, '申')
			}
			if len(name) == 0 {
				continue
			}
			slices.Sort(name)
			list = append(list, average{
				name: slices.Compact(name), value: s.Text[m[4]:m[5]], unit: strings.TrimPrefix(s.Text[m[6]:m[7]], "个"), sentence: i,
				claim: claims.Claim{Label: strings.Trim(clause, "0123456789"), Printed: s.Text[m[4]:m[7]], Sentence: i, From: from, To: to, Figure: -1},
			})
		}
	}
	for i := range list {
		for k := i + 1; k < len(list); k++ {
			a, b := &list[i], &list[k]
			if a.sentence == b.sentence || a.unit != b.unit || string(a.name) != string(b.name) {
				continue
			}
			if a.value == b.value {
				v.pass()
				continue
			}
			x, y := a.claim, b.claim
			x.Value, y.Value = decimal(a.value), decimal(b.value)
			v.fail(c.twice(&x, &y))
			return
		}
	}
}

// compareGrowth compares by how much a figure grew where the figure itself is told again:
// 公开信息1034条，同比增长12.9% and 公开信息1034条，同比增长15.6%.
func (c *context) compareGrowth(v *verdict) {
	type grown struct {
		of, rate *claims.Figure
		claim    *claims.Claim
	}
	var list []grown
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if x.Figure < 1 || x.Unit != "%" || x.Floor || x.Approx {
			continue
		}
		s := c.sentence(x)
		p, of := &s.Figures[x.Figure], &s.Figures[x.Figure-1]
		if growthSign(p) == 0 || !of.Exact() || !of.IsCount() || of.Change || p.Clause-of.End > 1 || p.Tail != "" && !strings.HasPrefix(p.Tail, "。") {
			continue
		}
		list = append(list, grown{of, p, x})
	}
	for i := range list {
		for k := i + 1; k < len(list); k++ {
			a, b := &list[i], &list[k]
			if a.claim.Sentence == b.claim.Sentence || !sameNumber(a.of, b.of) || !c.sameWords(c.sentence(a.claim), c.sentence(b.claim), a.claim.Figure-1, b.claim.Figure-1) {
				continue
			}
			switch same := a.rate.Value.Cmp(b.rate.Value) == 0; {
			case same && growthSign(a.rate) == growthSign(b.rate):
				v.pass()
			case same || growthSign(a.rate) == growthSign(b.rate) && a.rate.Step.Cmp(b.rate.Step) == 0:
				v.fail(c.twice(a.claim, b.claim))
				return
			}
		}
	}
}

// growthSign is 1 for a growth against the year before, -1 for a fall, 0 for no such rate.
func growthSign(p *claims.Figure) int {
	words := strings.TrimLeft(p.Raw, "，（")
	for _, w := range []string{"同比", "较上年度", "较上年", "较去年同期", "较去年", "比上年度", "比上年", "比去年同期", "比去年", "同比去年"} {
		words = strings.TrimPrefix(words, w)
	}
	if words == strings.TrimLeft(p.Raw, "，（") {
		return 0
	}
	switch strings.TrimRight(words, "了约为达") {
	case "增长", "上升", "增加", "提高":
		return 1
	case "下降", "减少", "降低":
		return -1
	}
	return 0
}

// compareReceived compares how many applications the year had, told again by another word: 受理申请5件
// and 6件申请均已答复. Nothing may tell of some that came over from the year before, and where fewer are
// told again, of some that were left or taken back.
func (c *context) compareReceived(v *verdict) {
	if c.tellsCarried() && !c.deniesCarried() {
		return
	}
	if _, x := c.applicationsTotal("carried_over"); x != nil && (!x.known() || x.value.Sign() != 0) {
		return
	}
	var first *claims.Claim
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if !c.countsReceived(x) {
			continue
		}
		switch {
		case first == nil:
			first = x
		case first.Sentence == x.Sentence || first.Subject == x.Subject && x.Subject != claims.None:
		case first.Value.Cmp(x.Value) == 0:
			v.pass()
		case !c.tellsFewer(first, x) && !c.countedBefore(x) && !c.ofOtherTotal(first, x) && !c.explained(first, x):
			v.fail(c.twice(first, x))
			return
		}
	}
}

// aboutReceived are words beside the number of all applications that say no more of it.
var aboutReceived = glance.NewReplacer("政府信息公开申请", "", "信息公开申请", "", "公开申请", "", "依申请公开", "", "依申请", "", "申请", "", "政府信息", "", "信息", "", "案件", "", "事项", "", "件", "",
	"收到", "", "受理", "", "办理", "", "接到", "", "处理", "", "答复", "", "上述", "", "以上", "", "对", "", "其", "")

// countsReceived reports whether a figure is that of all applications of the year.
func (c *context) countsReceived(x *claims.Claim) bool {
	if x.Figure < 0 || x.Denied || !c.plain(x) || !slices.Contains([]string{"件", "项", "件次", "宗"}, x.Unit) {
		return false
	}
	s := c.sentence(x)
	f := &s.Figures[x.Figure]
	if f.Depth > 0 || f.Change || f.Scope.OtherYear || c.isPart(s, x.Figure) {
		return false
	}
	switch x.Subject {
	case claims.New, claims.Processed:
		return !c.partOfSettled(x) && !c.namedPart(x) && !c.ofOneOffice(x)
	case claims.None, claims.Answered, claims.Handled:
	default:
		return false
	}
	before, behind, of := strings.TrimLeft(f.Raw, "，"), f.Tail, f.Raw+f.Tail
	all := ""
	for _, w := range []string{"均", "都", "已全部", "全部"} {
		if at := strings.Index(behind, w); at >= 0 && (all == "" || at < len(all)) {
			all = behind[:at]
		}
	}
	switch {
	case strings.Contains(of, "申请") && (all != "" || startsWithAny(behind, "均", "都", "已全部", "全部")):
		words, _ := c.fold(aboutReceived.Replace(before+all), nil)
		return words == ""
	case x.Figure == 0 && x.Subject == claims.None && (behind == "" || startsWithAny(behind, "均", "都", "已")) && slices.Contains([]string{"一共", "共", "总共", "共计"}, before):
		last := c.before(x.Sentence) // （二）依申请公开方面。一共五件，都已办结
		return last != nil && len(last.Figures) == 0 && last.Line == s.Line && last.Start+len(last.Runes)+1 >= s.Start && hasAnySuffix(strings.TrimRight(last.Text, "。：情况方面工作"), []string{"依申请公开"})
	}
	return false
}

// deniesCarried reports whether the text says that nothing came over from the year before.
func (c *context) deniesCarried() (denied bool) {
	for i := range c.said.Claims {
		if x := &c.said.Claims[i]; x.Subject == claims.CarriedOver {
			if denied = x.Value.Sign() == 0; !denied {
				return false
			}
		}
	}
	return denied
}

// tellsFewer reports whether fewer applications are told again, and the text says that some were left,
// taken back or handed on.
func (c *context) tellsFewer(first, x *claims.Claim) bool {
	if x.Value.Cmp(first.Value) > 0 {
		return false
	}
	return slices.ContainsFunc(c.said.Sentences, func(s claims.Sentence) bool {
		return s.Says(pendingWords...) || s.Says(nextWords...) || s.Says(otherEnds...)
	})
}

// countedBefore reports whether a figure before tells the same number of the same things: 其中网络申请3件.
// …3件申请均已答复.
func (c *context) countedBefore(x *claims.Claim) bool {
	return slices.ContainsFunc(c.said.Claims, func(y claims.Claim) bool {
		return y.Sentence < x.Sentence && y.Sentence+3 > x.Sentence && y.Unit == x.Unit && y.Value.Cmp(x.Value) == 0 && c.keyOf(c.sentence(&y).Section) == c.keyOf(c.sentence(x).Section)
	})
}

// below are what a place is made of, longer names first.
var below = []string{"村民小组", "居民小组", "行政村", "自然村", "村（社区）", "村（居）", "居委会", "村居", "村", "社区", "乡镇", "镇街", "街道", "镇", "乡"}

// compareBelow compares of how many villages and the like a place is said to consist: 所辖11个村均设公开栏
// and 全乡所辖12个村.
func (c *context) compareBelow(v *verdict) {
	first := map[string]*claims.Claim{}
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if x.Figure < 0 || x.Unit != "个" || x.Approx || x.Floor || x.Change || x.Scope.OtherYear {
			continue
		}
		s := c.sentence(x)
		f := &s.Figures[x.Figure]
		if !hasAnySuffix(strings.TrimRight(f.Raw, "的有共"), []string{"所辖", "下辖", "现辖", "辖区", "辖区内"}) {
			continue
		}
		behind, noun := string(s.Runes[f.End:]), ""
		for _, w := range below {
			if noun == "" && strings.HasPrefix(behind, w) {
				noun = w
			}
		}
		before, ok := first[noun]
		switch {
		case noun == "" || startsWithAny(behind, noun+"中", noun+"级"):
		case !ok:
			first[noun] = x
		case before.Value.Cmp(x.Value) == 0:
			v.pass()
		case before.Sentence != x.Sentence && c.sameBody(before, x):
			v.fail(c.twice(before, x))
			return
		}
	}
}

// sameBody reports whether two figures are of the same body and area.
func (c *context) sameBody(x, y *claims.Claim) bool {
	a, b := newRetold(x, c.sentence(x)), newRetold(y, c.sentence(y))
	return c.sameHolder(&a, &b) || x.Scope.Area == "" || y.Scope.Area == ""
}

// tellsShortage reports whether a clause tells what the body itself lacked, which is why
// something was done and no field of it: 针对信息员业务不熟的问题.
func tellsShortage(clause string) bool {
	return strings.HasPrefix(clause, "针对") && (containsAny(clause, "不", "未", "缺", "欠") && containsAny(clause, "问题", "不足", "短板", "现象", "情况") || containsAny(clause, "不熟", "不足", "不高", "不够", "不强", "不到位", "不及时", "短板", "薄弱", "偏弱", "欠缺", "滞后", "不规范", "不精", "不全面", "不深"))
}
