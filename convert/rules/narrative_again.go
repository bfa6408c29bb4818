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
}

func newRetold(x *claims.Claim, s *claims.Sentence) retold {
	return retold{claim: x, figure: &s.Figures[x.Figure], s: s}
}

// before is the sentence up to the figure, from the last semicolon on; lead is that
// without the clause of the figure.
func (r *retold) before() string { return r.s.Span(r.from(), r.figure.Start) }

func (r *retold) from() int {
	from := r.figure.Start
	for from > 0 && r.s.Runes[from-1] != '；' {
		from--
	}
	return from
}

// planned are words of what is only meant to be done.
var planned = []string{"计划", "下一步", "拟", "力争", "预计", "目标"}

// publishing are the verbs of what goes out.
var publishing = []string{"推送", "发布", "更新", "公开", "编发", "刊发", "制作", "推出"}

// besideSame reports whether a figure next to the one is told again next to the other, with
// the same number and by the same name.
func (c *context) besideSame(a, b *retold) bool {
	for _, i := range []int{a.claim.Figure - 1, a.claim.Figure + 1} {
		for _, k := range []int{b.claim.Figure - 1, b.claim.Figure + 1} {
			if min(i, k) < 0 || i >= len(a.s.Figures) || k >= len(b.s.Figures) {
				continue
			}
			if f := &a.s.Figures[i]; sameNumber(f, &b.s.Figures[k]) && (isRare(f) || c.sameWords(a.s, b.s, i, k)) {
				return true
			}
		}
	}
	return false
}

// sameNumber reports whether two figures are the same exact number, and not one that
// everything has.
func sameNumber(f, g *claims.Figure) bool {
	if f.Unit != g.Unit || f.IsPercent() || f.Change || g.Change || !f.Exact() || !g.Exact() || orderOf(f.Value, g.Value) != 0 {
		return false
	}
	const least = 2
	return !f.Value.IsInt() || !f.Value.Num().IsInt64() || f.Value.Num().Int64() >= least
}

// isRare reports whether a number is one that two things hardly have by chance.
func isRare(f *claims.Figure) bool {
	const digits = 3
	return len(strings.Trim(strings.ReplaceAll(f.Value.FloatString(2), ".", ""), "0")) >= digits
}

// sameWords reports whether two figures have one name, or the name of one ends in the other's.
func (c *context) sameWords(s, of *claims.Sentence, i, k int) bool {
	const least = 2 * len("数")
	f, g := &s.Figures[i], &of.Figures[k]
	noun, other := nounOf(c.wordsBehind(s, i, "")), nounOf(c.wordsBehind(of, k, ""))
	if len(noun) >= least && noun == other {
		return true // 26个领域
	}
	x, _ := c.fold(f.Label+noun, nil)
	y, _ := c.fold(g.Label+other, nil)
	if len(x) > len(y) {
		x, y = y, x
	}
	const several = 20 // a number that comes again by chance less often
	if v, _ := f.Value.Float64(); v >= several && differenceOf([]rune(x), []rune(y)).shared > 1 {
		return true
	}
	return len(x) >= least && strings.HasSuffix(y, x) && (len(x) == len(y) || len(x) > least)
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
	if c.otherBody(a.claim) != c.otherBody(b.claim) && !nameOneBody(a.before(), b.before()) || ofEach(a) != ofEach(b) {
		return false
	}
	x, y := &a.claim.Scope, &b.claim.Scope
	if x.Area == y.Area {
		return x.Own == y.Own || !c.levels
	}
	word, government := areaWord(c.agency)
	return government && !c.levels && (x.Area == word && y.Area == "" || y.Area == word && x.Area == "")
}

// toldAsPart reports whether a claim tells again, by the same words, a part of the first: 全区共受理
// 227件，其中区政府受理36件。…区政府受理的36件申请中….
func (c *context) toldAsPart(first, x *claims.Claim) bool {
	s := c.sentence(first)
	for k := first.Figure + 1; k > 0 && k < len(s.Figures); k++ {
		f := &s.Figures[k]
		name, some := strings.CutPrefix(f.Raw, "其中")
		if name = strings.TrimLeft(name, "，："); some && name != "" && f.Unit == x.Unit && f.Value.Cmp(x.Value) == 0 && strings.HasPrefix(strings.TrimSuffix(x.Label, "的"), name) {
			return true
		}
	}
	return false
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
func ofEach(r *retold) bool {
	before := r.before()
	if !strings.Contains(before, "各") {
		return false
	}
	before = ofAllKinds.Replace(before)
	if own := before[max(0, strings.LastIndex(before, "，")+len("，")):]; strings.Contains(before, "，") && len(own) > len("2021年") && strings.HasPrefix(own, "20") && strings.HasPrefix(own[len("2021"):], "年") {
		return strings.Contains(own, "各") // 各站所设一名信息员，2021年发布信息643条
	}
	for clause := range strings.SplitSeq(before, "，") {
		if at := strings.Index(clause, "各"); at == 0 || at == len("全县") && strings.HasPrefix(clause, "全") {
			return true
		}
	}
	return strings.Contains(before[strings.LastIndex(before, "，")+1:], "各")
}

// generalAims narrow nothing: all of what a body does is for them.
var generalAims = []string{"中心工作", "重点工作", "群众关", "群众需", "社会关", "大局", "重点任务", "公众", "年度", "关心", "关切", "诉求", "问题", "板块", "版块", "需求"}

// disjoint reports whether two figures are told of different fields.
func (c *context) disjoint(a, b string) bool {
	if a == "" || b == "" || containsAny(a, generalAims...) || containsAny(b, generalAims...) {
		return false
	}
	x, _ := c.fold(a, nil)
	y, _ := c.fold(b, nil)
	return !holdsAll(a, []rune(y)) && !holdsAll(b, []rune(x))
}

// channels are where something is published.
var channels = []string{"网站", "微信", "公众号", "微博", "公报", "公开栏", "客户端", "抖音", "视频号", "热线", "信箱", "报纸", "电视", "显示屏", "手册"}

// sameOccasion reports whether not each of two figures has a clause of its own before it.
func (c *context) sameOccasion(a, b string) bool {
	x, y := c.occasion(a), c.occasion(b)
	return len(x) == 0 || len(y) == 0 || holdsAll(b, x) || holdsAll(a, y)
}

// tellsAim reports whether what narrows a figure is only what was aimed at with it: 围绕群众
// 关心的问题.
func tellsAim(narrow string) bool {
	return startsWithAny(narrow, "围绕", "聚焦", "结合", "针对")
}

// occasion is what the clause before that of a figure says.
func (c *context) occasion(before string) []rune {
	clauses := strings.Split(before, "，")
	if len(clauses) < 2 {
		return nil
	}
	words, _ := c.fold(clauses[len(clauses)-2], nil)
	return []rune(words)
}

// holdsAll reports whether a text holds all the characters, digits left out.
func holdsAll(text string, runes []rune) bool {
	for _, r := range runes {
		if !strings.ContainsRune("在中上对的、，“”服务工作方面关于围绕针对聚焦结合利用依托通过借助就公开", r) && (r < '0' || r > '9') && !strings.ContainsRune(text, r) {
			return false
		}
	}
	return true
}
