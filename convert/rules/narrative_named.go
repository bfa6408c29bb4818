package rules

import (
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// shareOfNamed is the pair of a share that only names its part, which a list before tells with its
// total: 公开信息4497条，其中通知公告类信息2660条…。通知公告类信息占公开信息总量的69.2%. It is told
// where a slip of the hand explains the rate, or another share beside it is of that total.
func (c *context) shareOfNamed(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	q, ok = c.partByName(index, k)
	if !ok || gives(p, q.part.Value, q.whole.Value) {
		return q, ok
	}
	if _, among := amongNamed(p.Raw); slipOfRate(p, q.value, true) || among != "" && strings.Contains(q.whole.Raw, among) {
		return q, true // its whole is named, too: 人大代表建议中已解决的占77.5%
	}
	if of := channelsIn(wholeName(p)); of != 0 && c.toldOf(index, q.whole, of) {
		q.plain = true
		return q, true // 占公众号发文量的44%
	}
	const beside = 4 // figures
	for i := max(0, k-beside); i < min(len(s.Figures), k+beside+1); i++ {
		if i == k || !s.Figures[i].IsPercent() {
			continue
		}
		if x, named := c.partByName(index, i); named && x.whole == q.whole && gives(&s.Figures[i], x.part.Value, x.whole.Value) {
			return q, true
		}
	}
	return q, false
}

// toldOf reports whether a figure before the sentence is told of all of the channels.
func (c *context) toldOf(index int, f *claims.Figure, of uint32) bool {
	for i := index - 1; i >= 0; i-- {
		if s := &c.said.Sentences[i]; slices.Contains(pointers(s), f) {
			return channelsIn(s.Span(0, f.Start))&of == of
		}
	}
	return false
}

// partByName finds part and total of a share in the lists of the sentences before, by the name of the part.
func (c *context) partByName(index, k int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[k]
	words, _, share := strings.Cut(p.Raw, "占")
	if !share || p.Approx || p.Loose || p.Change || len(s.Figures) > mostCompared {
		return q, false
	}
	words, _ = amongNamed(words)
	name := nameInList(words)
	const shortest, back = 2, 8 // characters, sentences
	if len([]rune(name)) < shortest {
		return q, false
	}
	var found listPart
	for i := max(0, index-back); i < index; i++ {
		if c.said.Sentences[i].Section != s.Section {
			continue
		}
		for _, x := range c.namedParts(i)[name] {
			if found.part != nil && (found.part.Value.Cmp(x.part.Value) != 0 || found.whole.Value.Cmp(x.whole.Value) != 0) {
				return q, false // two of that name
			}
			found = x
		}
	}
	if found.part == nil {
		return q, false
	}
	return newPair(found.part, found.whole), true
}

// listPart is a part of a list with its total.
type listPart struct{ part, whole *claims.Figure }

// namedParts are the parts of the lists of sentence i by name, read once.
func (c *context) namedParts(i int) map[string][]listPart {
	if out, ok := c.listNames[i]; ok {
		return out
	}
	out := map[string][]listPart{}
	c.listNames[i] = out
	x := &c.said.Sentences[i]
	if len(x.Figures) > mostCompared {
		return out
	}
	for n := range x.Breakdowns {
		b := &x.Breakdowns[n]
		total := b.TotalOf(x, c.before(i))
		if total == nil || !operand(total) {
			continue
		}
		for _, m := range b.Parts {
			f := &x.Figures[m]
			from := f.Clause
			if f.Sep == '）' {
				from = clauseOutside(x.Runes, from) // 通知公告类（含公示公告）信息2660条
			}
			if operand(f) && f.Value.Cmp(total.Value) <= 0 {
				name := nameInList(x.Span(from, f.Start))
				out[name] = append(out[name], listPart{f, total})
			}
		}
	}
	return out
}

// nameInList is what a part of a list is called, without verbs and words that say nothing.
func nameInList(words string) string {
	words = bracketed.ReplaceAllString(strings.TrimLeft(words, "，；、"), "")
	name := strings.TrimRight(sayNothing.Replace(quoteMarks.Replace(words)), "有为共计达数件条篇")
	joined := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("或和及与、", r) })
	slices.Sort(joined) // 已解决或基本解决, 基本解决或已解决
	return strings.Join(joined, "、")
}

// rateNamed: a rate in a sentence of its own, whose part is called by the same characters in another
// order, behind the whole that its name ends in: 事项120项，可在线办理事项109项。…事项可在线办理率达90.8%.
func (c *context) rateNamed(index int) (q pair, ok bool) {
	s := &c.said.Sentences[index]
	p := &s.Figures[0]
	name, _, rate := strings.Cut(p.Raw, "率")
	const least, back = 6, 8 // characters, sentences
	if name = strings.TrimPrefix(name, "全年"); !rate || utf8.RuneCountInString(name) < least || p.Change || p.Approx || p.Loose {
		return q, false
	}
	want := sortedRunes(name)
	for i := max(0, index-back); i < index; i++ {
		of := &c.said.Sentences[i]
		if of.Section != s.Section || len(of.Figures) > mostCompared {
			continue
		}
		for n := range of.Figures {
			part := &of.Figures[n]
			words := withoutNumber(part.Label)
			if !operand(part) || part.Change || utf8.RuneCountInString(words) != utf8.RuneCountInString(name) || sortedRunes(words) != want {
				continue
			}
			if q.part != nil {
				return pair{}, false // two of that name
			}
			for m := range of.Figures[:n] {
				w := &of.Figures[m]
				if noun := withoutNumber(w.Label); operand(w) && w.Unit == part.Unit && noun != "" && strings.HasSuffix(words, noun) && w.Value.Cmp(part.Value) >= 0 {
					q = newPair(part, w)
				}
			}
			if q.part == nil {
				return q, false
			}
		}
	}
	return q, q.part != nil
}

// withoutNumber takes the words for a number off the end of a name: 政务服务事项数量.
func withoutNumber(name string) string {
	for _, w := range []string{"数量", "总数", "总量", "数", "量"} {
		if rest, ok := strings.CutSuffix(name, w); ok {
			return rest
		}
	}
	return name
}

func sortedRunes(s string) string {
	r := []rune(s)
	slices.Sort(r)
	return string(r)
}

// amongNamed parts what a share is of from the words for its part: 人大代表建议中已解决的.
func amongNamed(words string) (part, of string) {
	const least = 3 // characters
	of, part, ok := strings.Cut(strings.TrimLeft(words, "，"), "中")
	if part, _, _ = strings.Cut(part, "占"); !ok || utf8.RuneCountInString(of) < least || part == "" || startsWithAny(part, "心", "国", "小", "央", "学", "介") {
		return words, ""
	}
	return part, of
}

// sayNothing takes out what the name of a part has beside what it names.
var sayNothing = glance.NewReplacer("其中", "", "全年", "", "通过", "", "各类", "", "发布", "", "公开", "", "推送", "", "更新", "", "数量", "", "信息", "", "类", "", "的", "", "已经", "已", "在", "", "：", "", "，", "")

// grownFromBare is the pair of a growth whose base the words of the percentage hold in ten thousands,
// as the number is told: 粉丝数达31万，较2022年同期的28.5万增长18.8%.
func grownFromBare(s *claims.Sentence, k int) (q pair, ok bool) {
	p := &s.Figures[k]
	m := bareBase.FindStringSubmatch(p.Raw)
	if m == nil || k == 0 {
		return q, false
	}
	now := &s.Figures[k-1]
	value, ok := new(big.Rat).SetString(m[1])
	if !ok || !operand(now) || now.Change || !strings.HasSuffix(now.Printed, "万") || now.End < p.Clause-1 {
		return q, false
	}
	was := *now
	_, decimals, _ := strings.Cut(m[1], ".")
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(decimals))), nil))
	unit := big.NewRat(10_000, 1)
	was.Value, was.Step, was.Printed = value.Mul(value, unit), new(big.Rat).Quo(unit, ten), m[1]+"万"
	return grownBy(now, &was, fell(m[2])), was.Value.Sign() > 0
}

var bareBase = lazyregexp.New(`^[，]?(?:较|比)[^，。；\d]{0,8}(?:20\d\d年|上年|去年)[^，。；\d]{0,8}?(\d{1,5}(?:\.\d{1,2})?)万(增长|上升|增加|下降|减少|降低)了?$`)

// makesWhole reports whether the shares of a sentence make up a hundred.
func makesWhole(shares []*claims.Figure) bool {
	sum := new(big.Rat)
	for _, p := range shares {
		sum.Add(sum, p.Value)
	}
	sum.Sub(sum, big.NewRat(100, 1))
	return len(shares) > 1 && sum.Abs(sum).Cmp(big.NewRat(1, 5)) <= 0 && !slices.ContainsFunc(shares, func(p *claims.Figure) bool { return p.Approx })
}
