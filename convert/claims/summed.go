package claims

import (
	"math/big"
	"slices"
	"strings"
)

// Totals that stand behind their parts.

// plainSums say no more than that what stands before is added up.
var plainSums = []string{"共计", "合计", "总计", "共", "一共", "总共", "合计共", "共计有", "合计为"}

// summedUp finds a total behind its parts: 建议2条、咨询7条、投诉5条，共计14条.
func (s *Sentence) summedUp() {
	for k := 2; k < len(s.Figures); k++ {
		t := &s.Figures[k]
		if b, ok := s.summedByCount(k); ok {
			s.Breakdowns = append(s.Breakdowns, b)
			continue
		}
		if b, ok := s.summedByHolders(k); ok {
			s.Breakdowns = append(s.Breakdowns, b)
			continue
		}
		noun, ok := s.sumsUp(k)
		if !ok || t.kind != countUnit && t.kind != moneyUnit {
			continue
		}
		b := Breakdown{Total: k, Closed: !strings.HasPrefix(s.Span(s.Figures[s.lastPart(k)].End, t.Start), "等")}
		for i := s.lastPart(k); i >= 0; i-- {
			f := &s.Figures[i]
			if !SameUnit(f, t) && (t.Unit != "人次" || f.Unit != "人") || f.Change || f.Depth != t.Depth || f.kind != t.kind || !s.calls(i, noun) {
				break
			}
			b.Parts = append(b.Parts, i)
			if f.Sep != '、' && f.Sep != 0 && f.Sep != '，' || i > 0 && s.Figures[i].Sep == '，' && s.Figures[i-1].End < f.Clause-1 && (f.Tail == "" || s.Figures[i-1].Tail != f.Tail) {
				break
			}
		}
		slices.Reverse(b.Parts)
		if len(b.Parts) > 2 && s.Figures[b.Parts[0]].Value.Cmp(t.Value) == 0 {
			b.Parts = b.Parts[1:] // the total, said before its parts too
		}
		if len(b.Parts) > 1 && !s.hasParts(b.Parts) && (slices.Contains(plainSums, strings.TrimRight(t.Raw, "为：")) || b.nearTo(s, t)) {
			s.Breakdowns = append(s.Breakdowns, b)
		}
	}
}

// summedByCount reads a total behind its parts that says how many they are: 卫生类86条，医政类47条，
// 中医类12条，三类信息合计145条.
func (s *Sentence) summedByCount(k int) (b Breakdown, ok bool) {
	t := &s.Figures[k]
	raw := []rune(strings.TrimRight(t.Raw, "为：有是"))
	if t.kind != countUnit || !endsWithAny(string(raw), plainSums...) && !endsWithAny(string(raw), "相加", "加起来", "加在一起") {
		return b, false
	}
	if before := &s.Figures[k-1]; before.Han && before.Raw == "" && before.Tail == "" && t.Clause == before.End && slices.Contains([]string{"项", "类", "种", "者"}, before.Unit) {
		return s.lastOfUnit(k, k-2, before.Value) // 网站86条、微信54条、微博40条，三项相加180条
	}
	n, end, ok := scanNumber(raw, 0)
	if !ok || end >= len(raw) || !strings.ContainsRune("类项种者", raw[end]) {
		return b, false
	}
	if strings.Contains(s.Span(s.Figures[k-1].End, t.Clause), "；") {
		return b, false // 直接起诉21件、复议后起诉15件；两类纠正共3件
	}
	return s.lastOfUnit(k, k-1, n.Value)
}

// summedByHolders reads a total behind its parts that says how many have it together: 微信公众号发布稿件
// 86条，抖音号发布稿件47条，两个账号共发布稿件133条.
func (s *Sentence) summedByHolders(k int) (b Breakdown, ok bool) {
	const longest = 3 // 公众号
	t, before := &s.Figures[k], &s.Figures[k-1]
	n, last, raw := before.Value, k-2, t.Raw
	if before.Unit != "个" || before.Raw != "" || before.Tail != "" || t.Clause != before.End {
		r := []rune(t.Raw)
		x, end, read := scanNumber(r, 0)
		if !read || at(r, end) != '个' {
			return b, false
		}
		n, last, raw = x.Value, k-1, string(r[end+1:])
	}
	holders, told, ok := cutTogether(strings.TrimRight(raw, "为：有"))
	if !ok || t.kind != countUnit || runeLen(holders) > longest {
		return b, false
	}
	for _, v := range partVerbs {
		told = strings.TrimPrefix(told, v)
	}
	if b, ok = s.lastOfUnit(k, last, n); !ok {
		return b, false
	}
	alone := !slices.ContainsFunc(s.Figures[:b.Parts[0]], func(f Figure) bool { return f.Unit == t.Unit }) && slices.Contains([]string{"渠道", "平台", "账号", "公众号", "网站", "媒体", "途径"}, holders) && b.nearTo(s, t)
	return b, alone || !slices.ContainsFunc(b.Parts, func(i int) bool { return !strings.Contains(s.Figures[i].Raw, told) })
}

// lastOfUnit are the last n figures of the unit of figure k up to another one, as all parts of it.
func (s *Sentence) lastOfUnit(k, last int, n *big.Rat) (b Breakdown, ok bool) {
	t := &s.Figures[k]
	b = Breakdown{Total: k, Closed: true}
	for i := last; i >= 0 && s.Figures[i].Unit == t.Unit && s.Figures[i].Depth == t.Depth && !s.Figures[i].Change; i-- {
		b.Parts = append(b.Parts, i)
		if n.Cmp(integer(int64(len(b.Parts)))) == 0 {
			slices.Reverse(b.Parts)
			return b, len(b.Parts) > 1 && !s.hasParts(b.Parts)
		}
	}
	return b, false
}

// cutTogether parts the words of a sum at the word that says that it is one.
func cutTogether(words string) (holders, told string, ok bool) {
	for _, w := range []string{"共计", "合计", "总计", "累计", "共"} {
		if holders, told, ok = strings.Cut(words, w); ok {
			return holders, told, true
		}
	}
	return words, "", false
}
