package claims

import (
	"slices"
	"strings"
)

// Lists whose items have numbers: 一是, 第二, （三）, 4., 其次. What makes such a run of items that of
// a number before it is added up: the punctuation between, whether what is counted is told in
// items at all, and whether the run surely ends with its last number.

// run is a run of numbered items.
type run struct {
	kind marker
	// count is the number of items, last the ordinal of the last one: more than count where a
	// number is left out, less where one is there twice.
	count, last int
	// nested: an item begins a list of its own, numbered in the same way, or stands in one.
	nested bool
	// own: each item is a paragraph of its own; colon: a colon leads to the items.
	own, colon bool
	// words stand before the first item.
	words string
	// noun is what the items are numbered as: 批 of 第一批, 看 of 一看; 0 where they only have ordinals.
	noun rune
	// para and at are where the last item begins, first where the first does.
	para, at, first int
	// stop is where the next list of the paragraph is announced; 0 where none is.
	stop int
}

// rank orders the numbers of paragraphs; those of prose have none.
func (k marker) rank() int {
	return slices.Index([]marker{noMarker, dunMarker, bracketMarker, arabicMarker, parenMarker, circleMarker}, k)
}

// above reports whether a paragraph that begins with such a number ends a list numbered so.
func (k marker) above(of marker) bool {
	if of.rank() < 0 {
		return k.rank() > 0 && k.rank() < arabicMarker.rank()
	}
	return k.rank() > 0 && k.rank() < of.rank()
}

// after is the next paragraph that is not empty.
func after(paragraphs []line, n int) []rune {
	for n++; n < len(paragraphs); n++ {
		if len(paragraphs[n].runes) > 0 {
			return paragraphs[n].runes
		}
	}
	return nil
}

func beginsWith(r []rune, kind marker, ordinal int) bool {
	k, o := markerAt(r, 0)
	return k == kind && o == ordinal
}

// runAt reads the run that begins at the offset of paragraph n or, where that ends there, with
// the paragraph behind it; nil where no first item stands there.
func runAt(paragraphs []line, n, from int) *run {
	x := &run{own: from == 0}
	if from >= len(paragraphs[n].runes) {
		for n++; n < len(paragraphs) && len(paragraphs[n].runes) == 0; n++ {
		}
		if n >= len(paragraphs) {
			return nil
		}
		from, x.own = 0, true
	}
	kind, ordinal := markerAt(paragraphs[n].runes, from)
	if kind == noMarker || ordinal != 1 {
		return nil
	}
	x.kind, x.count, x.last, x.para, x.at, x.first = kind, 1, 1, n, from, n
	if noun := at(paragraphs[n].runes, from+2); kind == ordinalMarker && !isBreak(noun) {
		if x.noun = noun; at(paragraphs[n].runes, from+3) == '、' {
			return nil // 第一步、第二步由…
		}
	} else if kind == verbMarker {
		x.noun = at(paragraphs[n].runes, from+1)
	}
	if next := after(paragraphs, n); x.own && kind.rank() > 0 && (next == nil || !beginsWith(next, kind, ordinal+1)) {
		x.own = headed(paragraphs, n, kind) // or 1.…；2.… in the paragraph itself
	}
	const longest = 60 // paragraphs of a list
	for p := n; p < min(len(paragraphs), n+longest); p++ {
		r := paragraphs[p].runes
		if len(r) == 0 {
			continue
		}
		if p == n {
			if !x.goesOn(r, p, from+1) {
				return x
			}
			continue
		}
		k, ordinal := markerAt(r, 0)
		if k == kind && ordinal <= x.last && (ordinal != x.last || ordinal == 1) || k != kind && (!x.own || k.above(kind)) {
			return x
		}
		if !x.goesOn(r, p, 0) {
			return x
		}
	}
	return x
}

// headed reports whether the first item is a heading of its own, in paragraph n behind one that leads
// to it with a colon, and paragraphs stand below it before the second.
func headed(paragraphs []line, n int, kind marker) bool {
	const longest, far = 24, 12 // characters of a heading, paragraphs below it
	if n == 0 || len(paragraphs[n].runes) > longest || at(paragraphs[n-1].runes, len(paragraphs[n-1].runes)-1) != '：' {
		return false
	}
	second := false
	for _, l := range paragraphs[n+1 : min(len(paragraphs), n+far)] {
		second = second || beginsWith(l.runes, kind, 2)
		if k, _ := markerAt(l.runes, 0); k.rank() < 0 {
			return false // （二）…; 三是…: numbered in two ways
		}
	}
	return second
}

// goesOn counts the items of the paragraph from the offset on; false where another list begins.
func (x *run) goesOn(r []rune, p, from int) bool {
	const longest = 6000 // characters of a list in one paragraph
	for i := from; i < min(len(r), from+longest); i++ {
		if i > 0 && (!isBreak(r[i-1]) || r[i-1] == '（' || x.own && x.kind.rank() > 0) {
			continue
		}
		k, ordinal := markerAt(r, i)
		if k != x.kind {
			continue
		}
		if ordinal == lastOrdinal {
			ordinal = x.last + 1
		}
		if ordinal == 1 {
			if x.stop = ofItsOwn(r, x.at, i, k); x.stop > 0 {
				return false
			}
		}
		if ordinal < x.last || ordinal == 1 || ordinal == x.last && x.last == x.count {
			x.nested = true // 二是 twice: the second is that of a list around this one
			return false
		}
		x.count, x.last, x.para, x.at = x.count+1, ordinal, p, i
	}
	return true
}

// ofItsOwn is where the sentence begins that announces, rightly, the list at the offset behind the
// last item: …；二是专业弱。改进措施有三：一是…; 0 where none does.
func ofItsOwn(r []rune, last, i int, kind marker) int {
	from := i
	for from > 0 && !isStop(r[from-1]) {
		from--
	}
	if from <= last {
		return 0
	}
	count := 0
	for k := i; k < len(r); k++ {
		if m, ordinal := markerAt(r, k); m == kind && isBreak(r[k-1]) {
			if ordinal != count+1 {
				return 0
			}
			count++
		}
	}
	for k := from; k < i; k++ {
		if stated, _ := countAt(r, k); stated == count {
			return from
		}
	}
	return 0
}

// most is the number of items there may be at most: a number left out may stand for an item
// whose mark cannot be read.
func (x *run) most(paragraphs []line) int {
	if x.last <= x.count || x.kind == isMarker && !strings.Contains(string(paragraphs[x.para].runes), missing(x)) {
		return x.count
	}
	return x.last
}

// missing is the mark of the item before the last.
func missing(x *run) string { return string([]rune(hanOrdinals)[x.last-2]) + "是" }

// onwards begin clauses that go on with a list whose last items have no number.
var onwards = []string{"同时", "此外", "另外", "另", "还", "再者", "再次", "再有", "再就是", "最后", "其次", "以及", "并且", "也", "与此同时", "其余", "其他"}

// goesFurther reports whether a clause behind the first goes on with the list.
func goesFurther(r []rune) bool {
	for i, ended := 1, false; i < len(r); i++ { // behind the item's own sentence, only what begins another
		ended = ended || isStop(r[i-1])
		if isBreak(r[i-1]) && r[i-1] != '、' && (!ended || isStop(r[i-1])) && startsWithAny(string(r[i:min(len(r), i+4)]), onwards...) {
			return true
		}
	}
	return false
}

// plansFrom is where a sentence behind the offset leaves what is told in items for what is to be
// done about it; the length where none does.
func plansFrom(r []rune, i int) int {
	for ; i < len(r); i++ {
		if isStop(r[i]) && startsWithAny(string(r[i+1:min(len(r), i+4)]), "下一步", "下阶段", "今后", "针对上", "针对以", "针对这") {
			return i + 1
		}
	}
	return len(r)
}

// ends reports whether the run surely ends with its last item: nothing behind that goes on with it.
func (x *run) ends(paragraphs []line) bool {
	r := paragraphs[x.para].runes
	if x.stop > 0 {
		r = r[:x.stop]
	}
	r = r[:plansFrom(r, x.at)]
	if goesFurther(r[x.at:]) || x.kind == ordinalMarker && x.last < len([]rune(hanOrdinals)) && strings.Contains(string(r[x.at:]), "第"+string([]rune(hanOrdinals)[x.last])) {
		return false // 其余两个村为第三批
	}
	for i := x.at + 1; i < len(r); i++ {
		if !isBreak(r[i-1]) || r[i-1] == '、' {
			continue
		}
		if k, ordinal := markerAt(r, i); k != noMarker && k.rank() < 0 && ordinal == x.last+1 {
			return false
		}
	}
	next := after(paragraphs, x.para)
	if next == nil {
		return true
	}
	k, _ := markerAt(next, 0)
	return (k != x.kind || k.rank() > 0) && !startsWithAny(string(next[:min(len(next), 4)]), onwards...)
}

// alone reports whether a run of one item is all there is of its list: nothing in the chapter
// behind it begins a second.
func (x *run) alone(paragraphs []line) bool {
	if x.kind.rank() > 0 || x.kind == verbMarker || x.kind == sideMarker {
		return false
	}
	for p := x.para; p < len(paragraphs); p++ {
		text := string(paragraphs[p].runes)
		if p == x.para {
			text = string(paragraphs[p].runes[x.at+1:])
		}
		if containsAny(text, "二是", "第二", "其次", "其二", "二、", "（二）", "另一", "另外", "此外", "同时", "，还", "，再", "，也", "，且", "以及") {
			return false
		}
	}
	return true
}

// itemNouns are what is told in numbered items, all of it: in what a report does, lacks and plans.
var itemNouns = newLookup([]string{"方面", "方式", "形式", "途径", "渠道", "措施", "举措", "工作", "任务", "问题", "不足", "短板", "差距", "环节", "重点", "做法", "建议", "要求", "原则", "原因", "机制", "制度", "特点", "亮点", "层面", "维度", "角度", "主线", "抓手", "事项", "难点", "困难", "成效", "体会", "目标", "打算", "思路", "关口", "优化", "提升", "突破", "改进", "手段", "办法", "情形", "情况", "转变", "创新", "整改", "行动", "强化", "完善", "调整", "拓展", "实事", "到位"})

// toldInItems reports whether what the number counts is told in items: 三个方面, 四点, 五项任务.
func toldInItems(r []rune, c span, end int) bool {
	const units = "点步关种类事"
	unit := r[c.end-1]
	return strings.ContainsRune(units, unit) || end == c.end && (strings.ContainsRune("项条个", unit) || isNumeral(unit)) || strings.ContainsRune(units, at(r, c.end)) || itemNouns.in(string(r[c.at+1:end]))
}

// What speaks for a number and a run of items belonging together; enough is what is asked.
const (
	runEnough   = 7
	forColon    = 7
	forStop     = 4 // 。 and ， and the end of the paragraph
	forItems    = 3 // what is told in items is counted
	forFollow   = 3 // 以下, 如下
	forOrdinal  = 4 // the items are numbered as what is counted: 五批, 第一批
	forMoreRun  = 1
	forThings   = -4
	forRelation = -4 // 针对两个问题，一是: what is done about them may be more
)

// belongs reports whether the run behind the clause that ends at end is that of the number.
func (x *run) belongs(r []rune, c span, end int) bool {
	points, said := forStop, string(r[clauseStart(r, c.at):min(end, len(r))])
	if x.colon {
		points = forColon
	}
	if toldInItems(r, c, min(end, len(r))) {
		points += forItems
	}
	if containsAny(said, "以下", "如下", "下列") || strings.ContainsRune("分为", at(r, c.at-1)) && c.at > 0 {
		points += forFollow
	}
	unit := r[c.end-1]
	switch {
	case x.noun != 0 && slices.Contains(r[c.at:min(end, len(r))], x.noun):
		points += forOrdinal
	case x.kind == levelMarker && unit == '级':
		points += forOrdinal
	case x.kind == ordinalMarker && x.noun != 0:
		return false
	case slices.Contains(thingUnits, unit) && at(r, end-1) != '”':
		points += forThings
	}
	if x.count > c.stated {
		points += forMoreRun
	}
	if !x.colon && startsWithAny(said, "针对", "对照", "根据", "按照", "落实", "结合", "对于", "对") {
		points += forRelation
	}
	return points >= runEnough
}
