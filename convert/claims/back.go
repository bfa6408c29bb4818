package claims

import (
	"slices"
	"strings"
)

// backNouns are what a number that points back counts: 上述三个问题.
var backNouns = []string{"问题", "不足", "短板", "措施", "举措", "做法", "任务", "困难", "差距", "环节", "原因"}

// failings are what a list that nothing is said of may be of, directly before the number.
var failings = []string{"问题", "不足", "短板"}

// pointers stand before a number that points back.
var pointers = []string{"上述", "以上", "这", "前述"}

// readBack compares a number that points back with the items listed before it: 存在的
// 问题：一是…，二是…。针对上述三个问题….
func (out *Reading) readBack(section int, paragraphs []line, n int, c span) {
	l := &paragraphs[n]
	const pointer, behind = 2, 6
	if !hasSuffix(string(l.runes[max(0, c.at-pointer):c.at]), pointers) {
		return
	}
	noun, said := "", string(l.runes[c.at:min(len(l.runes), c.end+behind)])
	for _, w := range backNouns {
		if strings.Contains(said, w) {
			noun = w
			break
		}
	}
	if noun == "" && !toldInItems(l.runes, c, c.end+indexRune(l.runes[c.end:], isBreak)) {
		return
	}
	var x *run
	runs := runsBefore(paragraphs, n, c.at)
	for i, y := range runs {
		if noun != "" && strings.Contains(y.words, noun) || i == len(runs)-1 && y.directlyBefore(paragraphs, n, c.at) && !y.ofOther(paragraphs, noun) {
			x = y
		}
	}
	if x == nil && slices.Contains(failings, noun) {
		if items := failingsBefore(l.runes[:c.at]); items > 1 {
			out.addCount(section, l, n, c, [2]int{items, items}, false)
		}
		return
	}
	if x == nil || x.count < 2 || x.count != x.last || x.nested || noun == "" && x.kind.rank() >= 0 {
		return // headings are what no number without a noun of its own points to
	}
	start := clauseStart(l.runes, c.at)
	out.Lists = append(out.Lists, List{
		Section: section, Line: n, Stated: c.stated, Found: x.count, Most: x.count, Announced: string(l.runes[start:c.end]),
		Start: l.at[start], End: l.at[c.end-1] + 1,
	})
}

// failingsBefore is how many items the list of what is lacking has that ends directly before a clause: 主要存在以下
// 问题：解读形式单一；更新不够及时；人手不足。针对以上(三个问题); 0 where there is no such list, or one of other marks.
func failingsBefore(r []rune) int {
	const shortest, longest = 4, 60 // characters
	text := string(r)
	for _, w := range slices.Concat(pointers, []string{"针对", "对于", "对照", "为解决", "围绕"}) {
		text = strings.TrimSuffix(text, w)
	}
	body, ok := strings.CutSuffix(text, "。")
	if !ok {
		return 0
	}
	if at := strings.LastIndex(body, "。"); at >= 0 {
		body = body[at+len("。"):]
	}
	head, list, ok := strings.Cut(body, "：")
	if !ok || !containsAny(head, failings...) || strings.ContainsAny(list, "：（0123456789") || containsAny(list, "一是", "第一", "一、") {
		return 0
	}
	items := strings.Split(list, "；")
	for _, item := range items {
		if n := runeLen(item); n < shortest || n > longest {
			return 0
		}
	}
	return len(items)
}

// readSum compares a number that points back with those of the lists before it that count the
// same: 甲、乙两个小区…，丙、丁、戊三个小区…，以上五个小区.
func (out *Reading) readSum(section int, l *line, n int, c span) {
	const pointer, noun = 2, 2
	r := l.runes
	if !hasSuffix(string(r[max(0, c.at-pointer):c.at]), pointers) || c.end+noun > len(r) {
		return
	}
	said := string(r[c.end-1 : c.end+noun])
	if slices.Contains([]string{"内容", "事项", "工作", "信息", "任务", "举措", "措施"}, string(r[c.end:c.end+noun])) {
		said = string(r[c.end-1]) // whatever is counted in that measure word
	}
	sum, lists, ok := out.sumOf(section, l, n, c, said)
	if ok && lists == 0 { // 四张图和两张表，以上六张图表
		said = string(r[c.end-1])
		sum, lists, ok = out.sumOf(section, l, n, c, said)
	}
	if !ok {
		return // wrong itself, or the one that is meant
	}
	counted := 0
	for i := range r[:c.at] {
		if isNumeral(r[i]) && (i == 0 || !isNumeral(r[i-1])) && strings.HasPrefix(string(r[min(c.at, i+1):min(c.at, i+noun+1+1)]), said) {
			counted++
		}
	}
	if lists < 2 || counted != lists {
		return
	}
	out.addCount(section, l, n, c, [2]int{sum, sum}, false)
}

// sumOf adds up the lists of the paragraph before the number that count what is said; ok is false
// where one of them is wrong itself or the one that is meant.
func (out *Reading) sumOf(section int, l *line, n int, c span, said string) (sum, lists int, ok bool) {
	const pointer, noun = 2, 2
	r := l.runes
	for i := len(out.Lists) - 1; i >= 0 && out.Lists[i].Section == section && out.Lists[i].Line == n; i-- {
		x := &out.Lists[i]
		if x.number == 0 || x.counted+noun > len(r) || !strings.HasPrefix(string(r[x.counted-1:x.counted+noun]), said) {
			continue
		}
		if x.Found != x.Stated || x.Stated == c.stated || hasSuffix(string(r[max(0, x.number-pointer):x.number]), pointers) {
			return 0, 0, false
		}
		sum, lists = sum+x.Stated, lists+1
	}
	return sum, lists, true
}

// ofOther reports whether the words before the run, or its last item, say that it is of what is
// lacking where the number that points back is of what is done, or the other way round.
func (x *run) ofOther(paragraphs []line, noun string) bool {
	const lacks = "问题不足短板困难差距原因"
	last := paragraphs[x.para].runes[x.at:]
	lacking := containsAny(x.words, "问题", "不足", "短板", "困难", "差距", "原因", "存在") || containsAny(string(last[:indexRune(last, isStop)]), "不够", "不足", "不强", "不高", "有待", "偏", "滞后", "薄弱", "单一")
	return noun != "" && lacking != strings.Contains(lacks, noun) && (lacking || containsAny(x.words, backNouns...))
}

// directlyBefore reports whether nothing stands between the last item of the run and the clause
// of the number that points back to it.
func (x *run) directlyBefore(paragraphs []line, n, number int) bool {
	const lead = 12 // characters of that clause before the number
	r := paragraphs[n].runes[:number]
	if x.para == n {
		stop := x.at + indexRune(r[x.at:], isStop)
		return stop < number && number-stop <= lead
	}
	return n == x.para+1 && number <= lead
}

// runsBefore are the numbered lists before the offset in paragraph n, and in those shortly
// before it.
func runsBefore(paragraphs []line, n, offset int) []*run {
	const back, around = 6, 20
	first := max(0, n-back)
	text := slices.Clone(paragraphs[first : n+1])
	text[n-first].runes = text[n-first].runes[:offset]
	var out []*run
	before := ""
	for k := range text {
		r := text[k].runes
		for i := range r {
			if i > 0 && !isBreak(r[i-1]) {
				continue
			}
			kind, ordinal := markerAt(r, i)
			if ordinal != 1 || kind == dunMarker || kind == bracketMarker && i > 0 {
				continue
			}
			if x := runAt(text, k, i); x != nil {
				x.para, x.first = x.para+first, x.first+first
				if x.words = string(r[max(0, i-around):i]); i == 0 {
					x.words = before
				}
				out = append(out, x)
			}
		}
		if len(r) > 0 {
			before = string(r[max(0, len(r)-around):])
			if last := len(out) - 1; last >= 0 && containsAny(string(r), "此外", "另外", "还存在", "另一方面") {
				out[last].nested = true // what comes behind has no number
			}
		}
	}
	return out
}
