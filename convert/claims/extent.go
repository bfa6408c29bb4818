package claims

import (
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/extract/lazyregexp"
)

// Where a list of parts ends is told by its words (ends); but names of parts have verbs in
// them (提案建议办理情况18条, 优化营商环境2513条), and 其他 is not always last. So the numbers
// have a say: what adds up to the total is its parts, and what would, but for one slip of
// the hand, is likely to be.

// nextItem is the figure behind figure k that is the next item of a list in which a name and
// a number stand between two marks; -1 where none is. Details in brackets are passed over.
func (s *Sentence) nextItem(k int) int {
	f := &s.Figures[k]
	end, tail := f.End, f.Tail
	for n := k + 1; n < len(s.Figures); n++ {
		g := &s.Figures[n]
		if g.Depth > f.Depth || s.modifies(n) && g.Depth == f.Depth {
			continue
		}
		if g.kind == percentUnit && g.Depth == f.Depth && strings.HasPrefix(g.Raw, "占") {
			end, tail = g.End, g.Tail // 13项，占7.9%；
			continue
		}
		if g.Depth < f.Depth || g.Change || g.kind != f.kind || !SameUnit(f, g) {
			return -1
		}
		between := strings.TrimPrefix(withoutBrackets(s.Span(end, g.Start)), tail)
		if strings.ContainsAny(strings.TrimLeft(between, "，；、"), "，；：（）") || strings.TrimLeft(between, "，；、") == between || strings.Contains(between, "其中") {
			return -1
		}
		return n
	}
	return -1
}

// modifies reports whether figure k only says of how many what the next one counts is: 34个重点领域信息806条.
func (s *Sentence) modifies(k int) bool {
	if k+1 >= len(s.Figures) {
		return false
	}
	f, next := &s.Figures[k], &s.Figures[k+1]
	return next.Sep == 0 && next.Clause == f.End && f.Raw == "" && f.Unit == "个" && next.Unit != f.Unit && next.kind == countUnit && runeLen(next.Raw) > 2
}

// listGoesOn reports whether figure k, called 其他X, is not the last of the parts: the next
// item is parted from it as it is from the one before, and is no statement.
func (s *Sentence) listGoesOn(b *Breakdown, k int, total *Figure) bool {
	n := s.nextItem(k)
	if n < 0 || pendingPart(&s.Figures[n]) || isRest(&s.Figures[n]) || b.Sum(s).Cmp(total.Value) >= 0 {
		return false
	}
	return s.mark(n) == s.mark(k) || s.mark(n) != '；' && !isStatement(s.Figures[n].Raw)
}

// asAll sets the parts to those that add up to the total, or would but for a slip of the hand,
// where the list goes on to them; and to a long list as far as it goes without a verb.
func (s *Sentence) asAll(b *Breakdown, total *Figure) {
	if len(b.Parts) == 0 || b.Mixed {
		return
	}
	const many, large = 4, 100 // parts; a total of three digits, which is not near any sum
	const hundredth = 100      // over the total by so little, all are its parts
	chain, plain := b.Parts, b.Parts
	verb, stated := false, false // the list has gone on to a statement, or to other marks
	for n := 0; n >= 0; {
		sum := sumOf(s, chain)
		if sum.Cmp(total.Value) == 0 && len(chain) > 1 {
			if len(chain) > len(b.Parts) {
				b.Parts, b.Closed = chain, true
			}
			return
		}
		if n = s.nextItem(chain[len(chain)-1]); n < 0 || s.sendsUp(chain[0], n) || s.eachOfRest(n) || s.besideTotal(b, total, n) || s.isSubtotal(n) {
			break
		}
		chain = append(chain[:len(chain):len(chain)], n)
		raw := strings.TrimLeft(s.Figures[n].Raw, "，；、")
		does := isStatement(raw) || s.goesElsewhere(n, chain[1])
		verb = verb || does && !startsWithAny(raw, nextVerbs...) // 优化营商环境2407条 may be a kind
		if stated = stated || does || s.mark(n) != s.mark(chain[1]) && !sameHead(&s.Figures[n], &s.Figures[chain[0]]); !stated {
			plain = chain
		}
	}
	if over := new(big.Rat).Sub(sumOf(s, chain), total.Value); len(chain) > len(b.Parts) && total.kind == countUnit && s.endsList(chain) &&
		(len(chain) > 2 && swapped(s, chain, total) || len(chain) >= many && over.Sign() > 0 && over.Mul(over, big.NewRat(hundredth, 1)).Cmp(total.Value) <= 0) {
		b.Parts, b.Closed = chain, true
		return
	}
	if rest := isRest(&s.Figures[chain[len(chain)-1]]); len(chain) > len(plain) && rest && !verb && len(chain) >= many && (&Breakdown{Parts: chain}).nearTo(s, total) {
		plain = chain // whatever marks part it
	}
	switch {
	case len(chain) > many+1 && len(chain) > len(b.Parts) && !verb && s.endsList(chain) && chain[len(chain)-1]+1 == len(s.Figures) && sumOf(s, chain).Cmp(total.Value) > 0 && (&Breakdown{Parts: chain}).nearTo(s, total):
		b.Parts = chain // to the end of the sentence, whatever marks part them
	case len(chain) > many && len(chain) > len(b.Parts) && total.kind == countUnit && total.Value.Cmp(big.NewRat(large, 1)) >= 0 && s.mark(chain[len(chain)-1]) == s.mark(chain[len(chain)-2]) && slipped(s, chain, total):
		b.Parts, b.Closed = chain, true
	case len(plain) > len(b.Parts) && s.wholeBySemicolons(plain, total),
		(len(plain) >= many && (len(b.Parts) > 1 || s.mark(plain[1]) == '；') || isRest(&s.Figures[plain[len(plain)-1]])) && len(plain) > len(b.Parts) && (!s.nested(plain) || s.eachShared(plain)) && sumOf(s, plain).Cmp(new(big.Rat).Mul(total.Value, big.NewRat(3, 2))) < 0:
		b.Parts = plain
		b.Closed = b.Closed || isRest(&s.Figures[plain[len(plain)-1]])
	}
}

// goesElsewhere reports whether figure k, behind the semicolon that ends a list parted by commas, is told by
// where it went out: 新闻139条；在公众号发布711篇. second is the second figure of the list.
func (s *Sentence) goesElsewhere(k, second int) bool {
	return s.mark(k) == '；' && s.mark(second) != '；' && startsWithAny(strings.TrimLeft(s.Figures[k].Raw, "，；"), "在", "通过", "利用", "依托", "借助")
}

// wholeBySemicolons reports whether semicolons part the items of a list to the end of the sentence,
// each of them less than the total: whatever they add up to, they are its parts.
func (s *Sentence) wholeBySemicolons(parts []int, total *Figure) bool {
	const least = 3
	last := len(parts) - 1
	return len(parts) >= least && s.mark(parts[1]) == '；' && parts[last]+1 == len(s.Figures) && s.endsList(parts) && !s.nested(parts) &&
		!slices.ContainsFunc(parts, func(k int) bool { return s.Figures[k].Value.Cmp(total.Value) >= 0 })
}

// isStatement reports whether the words before a number begin another statement than a name.
func isStatement(raw string) bool {
	raw = bodiesNamed.Replace(strings.TrimLeft(raw, "，；、"))
	return saysNext(raw) || startsWithAny(raw, partVerbs...) || startsWithAny(raw, nextVerbs...)
}

// sameHead reports whether the names of two figures begin with the same word: 通过….
func sameHead(a, b *Figure) bool {
	const word = 2
	return runeLen(a.Raw) > word && common([][]rune{[]rune(strip(a.Raw)), []rune(strip(b.Raw))}, at) >= word
}

// mark is the mark before the name of figure k.
func (s *Sentence) mark(k int) rune {
	if k == 0 {
		return 0
	}
	text := withoutBrackets(s.Span(s.Figures[k-1].End, s.Figures[k].Start))
	i := strings.IndexAny(text, "，；、")
	if i < 0 {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

// nested reports whether one of the parts is told again by those behind it, as none is that semicolons
// part from all others.
func (s *Sentence) nested(parts []int) bool {
	if !slices.ContainsFunc(parts[1:], func(k int) bool { return s.mark(k) != '；' }) {
		return false
	}
	for i := range parts {
		sum := new(big.Rat)
		for n, k := range parts[i+1:] {
			if sum.Add(sum, s.Figures[k].Value); n > 0 && sum.Cmp(s.Figures[parts[i]].Value) == 0 {
				return true
			}
		}
	}
	return false
}

// eachShared reports whether each of the parts has its share of the total beside it, so that none is
// one of another's: 财政信息7条，占8.8%；政策文件4条，占5%；解读3条，占3.8%.
func (s *Sentence) eachShared(parts []int) bool {
	return !slices.ContainsFunc(parts, func(k int) bool {
		return k+1 >= len(s.Figures) || s.Figures[k+1].kind != percentUnit || !strings.HasPrefix(s.Figures[k+1].Raw, "占")
	})
}

// fillsBracket reports whether the parts are all that a bracket behind the total tells: 7319条（微博
// 5448条、微信1871条）.
func (s *Sentence) fillsBracket(b *Breakdown, total *Figure) bool {
	if b.Previous || b.Mixed || len(b.Parts) < 2 {
		return false
	}
	first, last := &s.Figures[b.Parts[0]], &s.Figures[b.Parts[len(b.Parts)-1]]
	opens := first.Sep == '（' && first.Clause == total.End+1 || strings.HasPrefix(s.Span(total.End, first.Start), "（其中：") && len(b.Parts) > 2
	return opens && last.Tail == "" && (at(s.Runes, last.End) == '）' || at(s.Runes, last.End) == '。' && at(s.Runes, last.End+1) == '）') && (len(b.Parts) > 2 || !strings.HasPrefix(first.Raw, "其中")) && !startsWithAny(first.Raw, "含", "包括", "包含", "如", "主要", "维持", "纠正", "结果", "胜诉") && b.nearTo(s, total)
}

// FillsBracket reports whether the parts, kinds of information, are told in a bracket behind the total.
func (b *Breakdown) FillsBracket(s *Sentence, total *Figure) bool {
	const marks = 2 // （其中：
	first, last := &s.Figures[b.Parts[0]], &s.Figures[b.Parts[len(b.Parts)-1]]
	if b.Previous || first.Depth <= total.Depth || first.Clause-total.End > marks+len(marksOfPart) || !strings.ContainsRune("（，、", first.Sep) && first.Sep != '：' || at(s.Runes, last.End) != '）' || !strings.Contains("条件篇份则项", total.Unit) {
		return false
	}
	return !slices.ContainsFunc(b.Parts, func(k int) bool { return axisOf(&s.Figures[k]) != noAxis || isWay(&s.Figures[k]) })
}

// marksOfPart are the characters of 其中.
var marksOfPart = []rune("其中")

// isUniform reports whether the parts are the items of one list with one mark between them, none
// of which begins a statement.
func (s *Sentence) isUniform(b *Breakdown) bool {
	const least = 3
	if len(b.Parts) < least || len(b.Parts) == least && s.twoAndOne(b) {
		return false
	}
	for i, k := range b.Parts[1:] {
		f := &s.Figures[k]
		named := f.Raw != "" && f.Tail == "" || f.Raw == "" && f.Tail != "" && s.Figures[b.Parts[0]].Tail != "" // 动态35条, 35条动态
		if s.nextItem(b.Parts[i]) != k || s.mark(k) != s.mark(b.Parts[1]) || !named || startsWithAny(f.Raw, "除") || isStatement(f.Raw) {
			return false
		}
	}
	return true
}

// twoAndOne reports whether the first two of three parts may be all, and the last is told of something
// else or of some of them: 发布会5场，其中线上3场，线下2场，在线访谈1场; 予以公开8件，部分公开4件，延期答复2件.
func (s *Sentence) twoAndOne(b *Breakdown) bool {
	first, next, last := &s.Figures[b.Parts[0]], &s.Figures[b.Parts[1]], &s.Figures[b.Parts[2]]
	return paired(first, next) || paired(next, first) || opposite(first.name(), next.name()) ||
		startsWithAny(last.Label, "延期", "延迟", "按期", "按时", "逾期", "超期", "提前", "加急", "紧急", "满意", "当场", "当日", "现场", "重点", "其中", "集体")
}

func sumOf(s *Sentence, parts []int) *big.Rat {
	b := Breakdown{Parts: parts}
	return b.Sum(s)
}

// slipped reports whether one of the parts or the total, with one digit another or two
// neighbours changed, would make the parts add up to the total.
func slipped(s *Sentence, parts []int, total *Figure) bool {
	diff := new(big.Rat).Sub(total.Value, sumOf(s, parts))
	if mistyped(total.Value, new(big.Rat).Sub(total.Value, diff)) {
		return true
	}
	for _, k := range parts {
		v := s.Figures[k].Value
		if mistyped(v, new(big.Rat).Add(v, diff)) {
			return true
		}
	}
	return false
}

// endsList reports whether nothing but the end of the sentence, or words without a figure, follow
// the parts.
func (s *Sentence) endsList(parts []int) bool {
	last := parts[len(parts)-1]
	if f := &s.Figures[last]; containsAny(f.Raw+f.Tail, "结转", "转下", "转入") {
		return false // of what was carried over, too
	}
	return last+1 == len(s.Figures) || s.Figures[last+1].Change || s.Figures[last+1].kind == percentUnit || !SameUnit(&s.Figures[last+1], &s.Figures[last])
}

// swapped reports whether the parts would make up the total of three digits and more but for two
// neighbouring digits of one of the numbers that have changed places, which the remainder of a list
// that tells only some hardly ever looks like.
func swapped(s *Sentence, parts []int, total *Figure) bool {
	const least, percent = 100, 85
	sum := sumOf(s, parts)
	if total.Value.Cmp(big.NewRat(least, 1)) < 0 || new(big.Rat).Mul(sum, big.NewRat(100, percent)).Cmp(total.Value) < 0 {
		return false
	}
	if transposed(total.Value, sum) {
		return true
	}
	diff := new(big.Rat).Sub(total.Value, sum)
	return slices.ContainsFunc(parts, func(k int) bool {
		v := s.Figures[k].Value
		return transposed(v, new(big.Rat).Add(v, diff))
	})
}

// transposed reports whether two numbers differ in the order of two neighbouring digits.
func transposed(a, b *big.Rat) bool {
	if !mistyped(a, b) {
		return false
	}
	x, y := a.Num().String(), b.Num().String()
	differ := 0
	for i := range len(x) {
		if x[i] != y[i] {
			differ++
		}
	}
	return differ == 2
}

// mistyped reports whether two whole numbers of as many digits differ in one of them, or in the
// order of two neighbours.
func mistyped(a, b *big.Rat) bool {
	if !a.IsInt() || !b.IsInt() || b.Sign() <= 0 {
		return false
	}
	x, y := a.Num().String(), b.Num().String()
	if len(x) != len(y) {
		return false
	}
	first, differ := -1, 0
	for i := range len(x) {
		if x[i] == y[i] {
			continue
		}
		if differ++; first < 0 {
			first = i
		}
	}
	return differ == 1 || differ == 2 && x[first] == y[first+1] && x[first+1] == y[first]
}

// channelWords are by what reports publish.
var channelWords = []string{"门户网站", "网站", "微信", "微博", "公众号", "抖音", "客户端", "头条", "视频号", "公报", "电视", "报纸", "报刊", "公开栏", "显示屏"}

// namesChannel reports whether a figure is of what went out by a channel that its words name.
func namesChannel(f *Figure) bool {
	return containsAny(f.Raw, channelWords...) || containsAny(f.Raw, "媒体", "新媒体", "渠道", "平台")
}

// BeyondByChannel reports whether the parts are told by the channel that they went out by, and one of
// them alone is more than the total, as it cannot be even if all went out by all of them.
func (b *Breakdown) BeyondByChannel(s *Sentence, total *Figure) bool {
	named, most := 0, b.Parts[0]
	for _, k := range b.Parts {
		if namesChannel(&s.Figures[k]) {
			named++
		}
		if s.Figures[k].Value.Cmp(s.Figures[most].Value) > 0 {
			most = k
		}
	}
	return named > 1 && namesChannel(&s.Figures[most]) && s.Figures[most].Value.Cmp(total.Value) > 0
}

// otherChannels reports whether what the parts from figure i on are published by is named
// right before them, and the total by another channel: 网站发布4223条，微信、微博分别发布….
func (s *Sentence) otherChannels(b *Breakdown, i int) bool {
	t := &s.Figures[b.Total]
	whole := s.wordsBefore(b.Total)
	clauses := strings.FieldsFunc(s.Span(t.End, s.Figures[i].Start), func(r rune) bool { return r == '，' || r == '；' })
	if len(clauses) == 0 {
		return false
	}
	parts, named := clauses[len(clauses)-1], false
	for _, w := range channelWords {
		if strings.Contains(parts, w) {
			if strings.Contains(whole, w) {
				return false
			}
			named = true
		}
	}
	return named && containsAny(whole, channelWords...)
}

// amongWhich begins a sentence about parts of what the one before counts: 在主动公开的信息中，;
// 主动公开的信息包括.
var amongWhich = lazyregexp.New(`^(?:在?(?:已|已经|所)?(?:主动|依申请)?(公开|发布|公布|收到|受理|办理|办结|答复|申请|新收)([^，。；]{0,8}?)(?:当中|中)(?:[，：]|予以公开)|(?:主动)?(公开|发布|制作|获取)的([^，。；]{2,6}?)(?:主要)?(?:包括|涉及|包含|涵盖))`)

// among reports whether the sentence begins so, with the noun of a figure before, or its verb where
// it says no other noun than 件; verb is that of the figure that it is about.
func (s *Sentence) among(before *Sentence) (verb string, ok bool) {
	m := amongWhich.FindStringSubmatch(string(s.Runes))
	if m == nil {
		return "", false
	}
	const noun = 2
	verb = m[1] + m[3]
	r := []rune(verb + strings.TrimSuffix(m[2]+m[4], "的"))
	word := string(r[max(0, len(r)-noun):])
	if m[2] == "件" {
		return verb, strings.Contains(before.Text, verb)
	}
	return verb, len(r) > noun && slices.ContainsFunc(before.Figures, func(f Figure) bool { return strings.Contains(f.Raw+f.Tail, word) })
}
