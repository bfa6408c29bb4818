package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// retold is a figure that may be told again elsewhere, by its place; what its words
// say is read only where the numbers give a reason to.
type retold struct {
	claim  *claims.Claim
	figure *claims.Figure
	s      *claims.Sentence
	// value is the number, beside are the figures before and behind with their
	// units, as [sameNumber] compares them: written once, for all pairs are compared.
	value  string
	beside [2]string
}

func newRetold(x *claims.Claim, s *claims.Sentence) retold {
	r := retold{claim: x, figure: &s.Figures[x.Figure], s: s, value: x.Value.RatString()}
	for i, at := range []int{x.Figure - 1, x.Figure + 1} {
		if at >= 0 && at < len(s.Figures) && sameNumber(&s.Figures[at], &s.Figures[at]) {
			r.beside[i] = s.Figures[at].Unit + s.Figures[at].Value.RatString()
		}
	}
	return r
}

// compareRetold finds facts told again with another number without knowing their words: the
// figure beside them is told again, too, with the same number (组织培训3期，参训86人次 and
// 培训5期，参训86人次), or one of the two numbers is the other with a slip of the hand. done are
// the claims that have a finding already.
func (c *context) compareRetold(v *verdict, again map[string]bool, done map[*claims.Claim]bool) {
	var list []retold
	for i := range c.said.Claims {
		x := &c.said.Claims[i]
		if x.Subject != claims.None || x.Figure < 0 || x.Unit == "%" || !again[factUnit(x)] || x.Approx || x.Floor || x.Change || x.Scope.Partial || x.Scope.Unsure || done[x] {
			continue
		}
		list = append(list, newRetold(x, c.sentence(x)))
	}
	for i := range list {
		for k := i + 1; k < len(list) && !done[list[i].claim]; k++ {
			a, b := &list[i], &list[k]
			if a.claim.Unit != b.claim.Unit || a.s == b.s || a.value == b.value || done[b.claim] {
				continue
			}
			if !c.toldAgain(a, b) || c.explained(a.claim, b.claim) {
				continue
			}
			done[a.claim], done[b.claim] = true, true
			v.fail(c.twice(a.claim, b.claim))
		}
	}
}

// toldAgain reports whether two figures with different numbers tell one fact.
func (c *context) toldAgain(a, b *retold) bool {
	beside := c.besideSame(a, b)
	slip := !beside && !a.claim.Scope.Cumulative && !b.claim.Scope.Cumulative && slipped(a.claim.Printed, b.claim.Printed)
	if !beside && !slip || !sameTime(a, b) || a.narrower() || b.narrower() {
		return false
	}
	x, y := c.nameOf(a), c.nameOf(b)
	const least, own = 2, 5
	switch more, less := leftOver(x, y); {
	case a.bare() && b.bare():
		return sameNumber(a.last(), b.last()) && c.sameWords(a.last(), b.last()) && c.sameHolder(a, b)
	case beside:
		return len(x) >= least && len(more)+len(less) == 0 && c.sameHolder(a, b) || c.sameLabel(a, b) && c.sameHolder(a, b)
	case len(x) < least || len(y) < least, len(more) > 0 && len(less) > 0:
		return false
	case len(more)+len(less) == 0 && len(x) >= own:
		if ofEach(a) != ofEach(b) || a.follows() && b.follows() && !sameNumber(a.last(), b.last()) && a.last().Unit == b.last().Unit {
			return false
		}
	default:
		const short, many = 3, 8
		longer, other := y, a
		if len(more) > 0 {
			longer, other = x, b
		}
		rest := append(more, less...)
		if a.follows() && b.follows() && !sameNumber(a.last(), b.last()) || len(longer)-len(rest) < short || len(rest) > many || !holdsAll(other.before()+sameName.Replace(other.before()), rest) || !c.sameHolder(a, b) {
			return false
		}
	}
	return !disjoint(narrowed(a.lead()), narrowed(b.lead())) && !otherChannel(a, b) && sameOccasion(a.before(), b.before())
}

// before is the sentence up to the figure, from the last semicolon on; lead is that
// without the clause of the figure.
func (r *retold) before() string { return string(r.s.Runes[r.from():r.figure.Start]) }

func (r *retold) lead() string {
	return string(r.s.Runes[r.from():max(r.from(), clauseStart(r.s.Runes, r.figure.Start))])
}

func (r *retold) from() int {
	from := r.figure.Start
	for from > 0 && r.s.Runes[from-1] != '；' {
		from--
	}
	return from
}

// planned are words of what is only meant to be done.
var planned = []string{"计划", "下一步", "拟", "力争", "预计", "目标"}

// narrower reports whether words before the figure make it a part of what they name, or what
// is meant to be.
func (r *retold) narrower() bool {
	before := r.before()
	return r.figure.Depth > 0 || containsAny(before, "其中", "期间") || containsAny(before, planned...) || atBeginning(r.figure.Raw) || tellsApart(r.figure.Raw+r.figure.Tail)
}

// nameOf are the characters of what a figure counts, in the order of their codes.
func (c *context) nameOf(r *retold) []rune {
	label := r.claim.Label
	if r.figure.Compound {
		label = withList(r.s, r.figure)
	}
	if _, noun, ok := strings.Cut(label, "等"); ok && len(noun) >= len("便民信息") {
		label = noun // what stands before are examples of it
	} else if ok && strings.Contains(label, "、") {
		for _, verb := range publishing {
			if strings.Contains(label, verb) {
				label = verb + noun // 推送通知、公示等信息
				break
			}
		}
	}
	out := []rune(c.plainName(label + r.figure.Tail))
	slices.Sort(out)
	return out
}

// publishing are the verbs of what goes out.
var publishing = []string{"推送", "发布", "更新", "公开", "编发", "刊发", "制作", "推出"}

// besideSame reports whether a figure next to the one is told again next to the other, with
// the same number and by the same name.
func (c *context) besideSame(a, b *retold) bool {
	for i, x := range a.beside {
		for k, y := range b.beside {
			// The figure before has index 0, the one behind 1.
			if x != "" && x == y && c.sameWords(&a.s.Figures[a.claim.Figure+2*i-1], &b.s.Figures[b.claim.Figure+2*k-1]) {
				return true
			}
		}
	}
	return false
}

// sameNumber reports whether two figures are the same exact number, and not one that
// everything has.
func sameNumber(f, g *claims.Figure) bool {
	if f.Unit != g.Unit || f.IsPercent() || f.Change || g.Change || !f.Exact() || !g.Exact() || f.Value.Cmp(g.Value) != 0 {
		return false
	}
	const least = 2
	return !f.Value.IsInt() || !f.Value.Num().IsInt64() || f.Value.Num().Int64() >= least
}

// sameWords reports whether two figures have one name, or the name of one ends in the other's.
func (c *context) sameWords(f, g *claims.Figure) bool {
	const least, large = 2 * len("数"), 100
	x, y := c.plainName(f.Label+f.Tail), c.plainName(g.Label+g.Tail)
	if len(x) > len(y) {
		x, y = y, x
	}
	rare := f.Value.IsInt() && f.Value.Num().IsInt64() && f.Value.Num().Int64() >= large
	return len(x) >= least && strings.HasSuffix(y, x) && (len(x) == len(y) || len(x) > least || rare)
}

// follows reports whether another figure stands before it in the statement, of which it may
// tell more: 召开常务会议21次，审议议题163个.
func (r *retold) follows() bool {
	return r.claim.Figure > 0 && r.s.Figures[r.claim.Figure-1].Start >= r.from()
}

// last is the figure before it.
func (r *retold) last() *claims.Figure { return &r.s.Figures[r.claim.Figure-1] }

// bare reports whether it follows another figure without a word: 培训6次28人次.
func (r *retold) bare() bool {
	return r.follows() && r.figure.Start == r.last().End && (r.figure.Tail == "" || strings.HasPrefix(r.figure.Tail, "。"))
}

// sameLabel reports whether the words before two figures name the same, whatever stands
// behind them; one may have the verb that the other has before its list.
func (c *context) sameLabel(a, b *retold) bool {
	const least, specific = 3 * len("数"), 5 * len("数")
	x, y := c.plainName(a.claim.Label), c.plainName(b.claim.Label)
	if len(x) > len(y) {
		x, y = y, x
	}
	const verb = 2 * len("公")
	return len(x) >= least && (x == y || len(x) >= specific && strings.HasSuffix(y, x) && len(y)-len(x) <= verb)
}

// sameTime reports whether two figures are of the same year: the report's own, or one that
// both name.
func sameTime(a, b *retold) bool {
	x, y := &a.claim.Scope, &b.claim.Scope
	if x.OtherYear != y.OtherYear {
		return false
	}
	return !x.OtherYear || x.Year != 0 && x.Year == y.Year
}

// sameHolder reports whether two figures are of the same body and area.
func (c *context) sameHolder(a, b *retold) bool {
	agency := ""
	if c.report.Agency != nil {
		agency = squeeze(*c.report.Agency)
	}
	if c.otherBody(a.claim, agency) != c.otherBody(b.claim, agency) && !nameOneBody(a.before(), b.before()) || ofEach(a) != ofEach(b) {
		return false
	}
	x, y := &a.claim.Scope, &b.claim.Scope
	if x.Area == y.Area {
		return x.Own == y.Own || !c.levels
	}
	word, government := areaWord(agency)
	return government && !c.levels && (x.Area == word && y.Area == "" || y.Area == word && x.Area == "")
}

// nameOneBody reports whether two texts name the same body.
func nameOneBody(a, b string) bool {
	return slices.ContainsFunc(bodyEndings, func(e string) bool {
		before, _, ok := strings.Cut(a, e)
		r := []rune(before)
		const name = 2
		return ok && len(r) >= name && strings.Contains(b, string(r[len(r)-name:])+e)
	})
}

// ofEach reports whether the words before a figure give it to several bodies: 各社区发放….
func ofEach(r *retold) bool { return strings.Contains(ofAllKinds.Replace(r.before()), "各") }

// generalAims narrow nothing: all of what a body does is for them.
var generalAims = []string{"中心工作", "重点工作", "群众关", "群众需", "社会关", "大局", "重点任务", "公众", "年度", "关心", "关切", "诉求", "问题", "板块", "版块", "需求"}

// disjoint reports whether two figures are told of different fields.
func disjoint(a, b string) bool {
	if a == "" || b == "" || containsAny(a, generalAims...) || containsAny(b, generalAims...) {
		return false
	}
	return !holdsAll(a, []rune(withoutIdle.Replace(b))) && !holdsAll(b, []rune(withoutIdle.Replace(a)))
}

// channels are where something is published.
var channels = []string{"网站", "微信", "公众号", "微博", "公报", "公开栏", "客户端", "抖音", "视频号", "热线", "信箱", "报纸", "电视"}

// sameOccasion reports whether not each of two figures has a clause of its own before it.
func sameOccasion(a, b string) bool {
	x, y := []rune((&saidFact{before: a}).occasion()), []rune((&saidFact{before: b}).occasion())
	return len(x) == 0 || len(y) == 0 || holdsAll(b, x) || holdsAll(a, y)
}

// otherChannel reports whether the words before two figures name channels, and not one both.
func otherChannel(a, b *retold) bool {
	x, y := a.before(), b.before()
	one, two := false, false
	for _, w := range channels {
		p, q := strings.Contains(x, w), strings.Contains(y, w)
		if p && q {
			return false
		}
		one, two = one || p, two || q
	}
	return one && two
}

// slipped reports whether one number is the other with a slip of the hand that hardly comes
// about by chance: two digits of three or more changed places, or one of four or more is
// another.
func slipped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	digits, first, last, differ := 0, -1, -1, 0
	for i := range len(a) {
		x, y := a[i], b[i]
		if x >= '0' && x <= '9' {
			digits++
		}
		if x == y {
			continue
		}
		if x < '0' || x > '9' || y < '0' || y > '9' {
			return false
		}
		if differ++; first < 0 {
			first = i
		}
		last = i
	}
	const swap, single = 3, 4
	return digits >= swap && differ == 2 && a[first] == b[last] && a[last] == b[first] || digits > single && differ == 1
}
