package claims

import (
	"slices"
	"strings"
)

// List is a list that says how many items it has: 以下四种方式：一是…四是….
type List struct {
	Section, Line int
	// Stated is the number the text says, Found that of the items.
	Stated, Found int
	// Announced is the clause that says the number.
	Announced string
	// Most is the highest number of items that can be made out where some may be
	// one or two (行政复议、行政诉讼); Found where nothing is unclear.
	Most int
	// Open: the list goes on (等).
	Open bool
	// Start and End are rune offsets of the announcement in the chapter's text.
	Start, End int
	// number and counted are offsets in the paragraph: of the number, and behind its measure word.
	number, counted int
}

// marker is a way to number items.
type marker int

const (
	noMarker      marker = iota
	isMarker             // 一是, 二是
	ordinalMarker        // 第一，第二
	bracketMarker        // （一）
	arabicMarker         // 1.
	circleMarker         // ①
	parenMarker          // （1）, 1）
	dunMarker            // 一、
	levelMarker          // 一级
	wordMarker           // 首先, 其次, 最后
	verbMarker           // 一要, 二要
	sideMarker           // 一方面, 另一方面
	itsMarker            // 其一, 其二
)

// lastOrdinal is that of 最后, which counts on from the item before.
const lastOrdinal = 99

// ordinalWords number items in words.
var ordinalWords = []struct {
	word    string
	ordinal int
}{{"首先", 1}, {"其次", 2}, {"再次", 3}, {"再者", 3}, {"最后", lastOrdinal}}

// ordinalVerbs follow the number of an item in short: 一要, 二抓, 三则.
const ordinalVerbs = "要抓靠看促强建严保查补讲管优盯则来者"

const hanOrdinals = "一二三四五六七八九十"

// ordinalNouns follow the number of what is no item: 一季度, 一把手, 一级.
const ordinalNouns = "级季月年类期楼号等次批层组区中院度般些个种项份位名条件场日周线本带路站处元百千万十、"

// sharesVerb reports whether the character behind the ordinal at i stands behind the first two
// ordinals at the beginning of clauses: 一把选题关，…；二把审核关.
func sharesVerb(r []rune, i int) bool {
	verb := at(r, i+1)
	if !isHan(verb) || hanDigit(verb) >= 0 || strings.ContainsRune(ordinalNouns, verb) || verb == '把' && at(r, i+2) == '手' {
		return false
	}
	return beginsClause(r, '一', verb) && beginsClause(r, '二', verb)
}

// beginsClause reports whether a clause begins with the two characters.
func beginsClause(r []rune, a, b rune) bool {
	for i := 0; i+1 < len(r); i++ {
		if r[i] == a && r[i+1] == b && (i == 0 || isBreak(r[i-1])) {
			return true
		}
	}
	return false
}

// markerAt reads the marker at i: its kind, and its ordinal.
func markerAt(r []rune, i int) (marker, int) {
	ordinal := func(k int) int { return strings.IndexRune(hanOrdinals, at(r, k))/len("一") + 1 }
	isHanOrdinal := func(k int) bool { return at(r, k) != 0 && strings.ContainsRune(hanOrdinals, at(r, k)) }
	switch c := at(r, i); {
	case isHanOrdinal(i) && at(r, i+1) == '是':
		return isMarker, ordinal(i)
	case isDigit(c) && at(r, i+1) == '是' && i > 0 && isBreak(r[i-1]): // 1是
		return isMarker, int(c - '0')
	case sideAt(r, i) > 0:
		return sideMarker, sideAt(r, i)
	case isHanOrdinal(i) && at(r, i+1) == '级' && (at(r, i+2) == '为' || at(r, i+2) == '是' || at(r, i+2) == '：' || at(r, i+2) == '由'):
		return levelMarker, ordinal(i)
	case isHanOrdinal(i) && at(r, i+1) == '审' && (isDigit(at(r, i+2)) || strings.ContainsRune("终裁判维败胜", at(r, i+2)) && at(r, i+2) != 0):
		return noMarker, 0 // 一审28件、二审13件
	case isHanOrdinal(i) && (strings.ContainsRune(ordinalVerbs, at(r, i+1)) && at(r, i+1) != 0 || sharesVerb(r, i)):
		return verbMarker, ordinal(i)
	case c == '第' && isHanOrdinal(i+1) && (at(r, i+2) == '，' || at(r, i+2) == '、' || at(r, i+2) == '：'):
		return ordinalMarker, ordinal(i + 1)
	case c == '第' && isHanOrdinal(i+1) && startsWithAny(string(r[min(i+2, len(r)):min(i+4, len(r))]), "部分", "方面", "章", "项", "类", "层", "步", "级", "种", "处", "次", "场", "期", "批", "轮", "组", "阶段", "位", "家"):
		return ordinalMarker, ordinal(i + 1)
	case c == '（' && isHanOrdinal(i+1) && at(r, i+2) == '）':
		return bracketMarker, ordinal(i + 1)
	case c == '（' && isDigit(at(r, i+1)) && at(r, i+2) == '）':
		return parenMarker, int(at(r, i+1) - '0')
	case c >= '①' && c <= '⑳':
		return circleMarker, int(c-'①') + 1
	case isDigit(c) && !isDigit(at(r, i-1)) && (at(r, i+1) == '.' || at(r, i+1) == '、' || at(r, i+1) == '．') && !isDigit(at(r, i+2)):
		return arabicMarker, int(c - '0')
	case isDigit(c) && !isDigit(at(r, i-1)) && at(r, i+1) == '）':
		return parenMarker, int(c - '0')
	case isHanOrdinal(i) && at(r, i+1) == '、' && !isHanOrdinal(i+2):
		return dunMarker, ordinal(i)
	case c == '其' && isHanOrdinal(i+1) && strings.ContainsRune("，、：；是为在", at(r, i+2)) && i+2 < len(r):
		return itsMarker, ordinal(i + 1)
	case c == '首' || c == '其' || c == '再' || c == '最':
		for _, w := range ordinalWords {
			if string(r[i:min(i+2, len(r))]) == w.word {
				return wordMarker, w.ordinal
			}
		}
	}
	return noMarker, 0
}

// listNouns are what counted lists are of, behind the measure word.
var listUnits = newLookup([]string{"个方面", "方面", "个方式", "种方式", "种形式", "种途径", "种渠道", "个渠道", "个途径", "项措施", "个措施", "项工作", "件事", "件大事", "件实事", "个重点", "个环节", "个问题", "点问题", "项任务", "个不足", "点不足", "条措施", "项举措", "个举措", "项制度", "类问题", "个特点", "点", "条", "类", "种", "个", "项", "大", "级", "道", "部分", "层", "名", "位", "家", "处", "张", "份", "章", "支", "篇", "场", "小类", "小项", "小组", "个小组", "部门", "次", "批", "轮", "平台", "清单", "专区", "载体", "机制", "阵地", "专栏", "阶段", "环节", "步", "期"})

// thingUnits count things that are named behind a colon, never numbered items.
var thingUnits = []rune("名位家处张份支篇场次批轮期")

// readLists finds the counted lists of a chapter.
func (out *Reading) readLists(section int, paragraphs []line) {
	for n := range paragraphs {
		r := paragraphs[n].runes
		for i := range r {
			switch {
			case isNumeral(r[i]):
				out.readTitles(section, &paragraphs[n], n, i)
				out.readPlain(section, &paragraphs[n], n, i)
				stated, length := countAt(r, i)
				if i > 0 && (stated == 0 && (r[i-1] == '”' || r[i-1] == '等') || dashedBefore(r, i)) {
					out.readQuotedList(section, &paragraphs[n], n, i)
				}
				if stated >= 2 {
					out.readList(section, paragraphs, n, span{i, i + length, stated})
					out.readBack(section, paragraphs, n, span{i, i + length, stated})
					out.readSum(section, &paragraphs[n], n, span{i, i + length, stated})
					out.readTold(section, &paragraphs[n], n, span{i, i + length, stated})
				}
			case r[i] == '“' && !out.readRates(section, &paragraphs[n], n, i) && !out.readFirstTimes(section, &paragraphs[n], n, i) && !out.readCatchword(section, &paragraphs[n], n, i):
				out.readQuoted(section, paragraphs, n, i)
			}
		}
	}
}

// listedBefore reports whether as many names as counted stand before the number: 甲、乙、丙三大领域.
func listedBefore(r []rune, c span) bool {
	names := 1
	for i := c.at - 1; i >= 0 && (r[i] == '、' || !isBreak(r[i])); i-- {
		if r[i] == '、' {
			names++
		}
	}
	return names == c.stated
}

// readList reads the list before or behind the number c of the paragraph n.
func (out *Reading) readList(section int, paragraphs []line, n int, c span) {
	l := &paragraphs[n]
	r, last := l.runes, l.runes[c.end-1]
	if out.readOrdinals(section, l, n, c) {
		return
	}
	if out.readAdded(section, l, n, c) || out.readForms(section, l, n, c) {
		return
	}
	times := strings.ContainsRune("次批轮期", last) // 培训3次：业务培训、保密培训 are kinds, not times
	if !times {
		if !out.readWaysBefore(section, l, n, c) && !out.readTitlesBefore(section, l, n, c) && !out.readTheseBefore(section, l, n, c) && !out.readPlacesBefore(section, l, n, c) {
			out.readCounted(section, l, n, c, false)
		}
	}
	const longestNoun = 16
	if k := eachAt(r, c.end); k > 0 {
		out.readNames(section, l, n, span{c.at, k, c.stated})
		return
	}
	if k := introducedAt(r, c.end, c.end+longestNoun); k > 0 && !times && !slices.ContainsFunc(r[c.end:k], isBreak) {
		out.readNames(section, l, n, span{c.at, k, c.stated})
		return
	}
	if !times && out.readSeries(section, l, n, c) {
		return
	}
	end := c.end
	for end < len(r) && !isBreak(r[end]) && end-c.end <= longestNoun {
		end++
	}
	if end-c.end > longestNoun || end >= len(r) && n+1 >= len(paragraphs) {
		return
	}
	for i := c.end; i < end && !times; i++ {
		if stated, _ := countAt(r, i); stated > 1 || stated > 0 && stated < c.stated {
			return // 三项任务已完成两项：…, 针对两个问题采取三项措施：…: the list is of the last
		}
	}
	if at(r, end) == '）' && at(r, end+1) == '：' && at(r, c.at-1) == '（' { // 改进措施（两条）：
		end++
	}
	stop := at(r, end)
	if at(r, c.at-1) == '由' && !containsAny(string(r[c.end:end]), "组成", "构成") {
		return // 五大项，由六个股室认领：…
	}
	if startsWithAny(string(r[end:min(len(r), end+4)]), "（市、", "（区、", "（县、", "（镇、") || stop == '，' && listedBefore(r, c) {
		return // 三位的县（市、区）; 甲、乙、丙三大领域发力，一是…: the list is told
	}
	if stop == '（' || stop == '”' {
		out.readNames(section, l, n, span{c.at, end, c.stated})
		return
	}
	if !slices.Contains([]rune{'：', '。', '，', 0, '；'}, stop) {
		return
	}
	if x := runAt(paragraphs, n, end+1); sideAt(r, end+1) == 1 && (x == nil || x.count <= c.stated) && (stop != '：' || containsAny(string(r[end:]), beside...)) {
		return
	}
	if x, colon := itemsBehind(paragraphs, n, span{c.at, end, c.stated}); x != nil && (x.count > 1 || colon && x.alone(paragraphs)) {
		x.colon = colon
		out.addRun(section, paragraphs, n, c, end, x)
		return
	}
	if x := stepsBehind(paragraphs, n, c, end); x != nil {
		out.addRun(section, paragraphs, n, c, end, x)
		return
	}
	c.end = end
	out.readUnnumbered(section, l, n, c, times)
}

// stepsBehind is the run of items that begins behind the sentence of the number where clauses without
// numbers stand between, and the number counts steps: 采取三项措施，改进解读，提高知晓度。一是…; nil where none does.
func stepsBehind(paragraphs []line, n int, c span, end int) *run {
	const longest = 50
	r := paragraphs[n].runes
	noun := ""
	for _, w := range []string{"措施", "举措", "做法", "办法"} {
		if strings.Contains(string(r[c.at:end]), w) {
			noun = w
		}
	}
	if noun == "" || at(r, end) != '，' || !containsAny(string(r[max(0, c.at-4):c.at]), "采取", "推出", "实施", "落实", "实行", "出台") {
		return nil
	}
	stop := end + indexRune(r[end:], isStop)
	if stop >= len(r) || stop-end > longest {
		return nil
	}
	for k := end; k < stop; k++ {
		if isDigit(r[k]) || hanDigit(r[k]) > 1 || r[k] == '；' || r[k] == '：' {
			return nil
		}
	}
	if containsAny(string(r[end:stop]), otherNouns...) || at(r, stop+2) != '是' {
		return nil
	}
	if x := runAt(paragraphs, n, stop+1); x != nil && x.count > 1 {
		return x
	}
	return nil
}

// readUnnumbered reads the items without numbers behind the clause of the number, which ends
// where c does.
func (out *Reading) readUnnumbered(section int, l *line, n int, c span, times bool) {
	r, end := l.runes, c.end
	stop := at(r, end)
	if stop == '，' && isDigit(at(r, end+1)) && out.readDated(section, l, n, c) {
		return
	}
	if times {
		if stop == '：' && isDigit(at(r, end+1)) && slices.Contains(r[end+1:min(len(r), end+4)], '月') { // 三场活动：4月…，7月…
			out.readNames(section, l, n, c)
		}
		if stop == '，' && at(r, end+1) == '即' && !slices.Contains([]rune{'使', '将', '可', '便'}, at(r, end+2)) {
			out.readNames(section, l, n, c)
		}
		return
	}
	if stop == '，' && out.readTailed(section, l, n, c) {
		return
	}
	if !out.readMixed(section, l, n, c) && !out.readParted(section, l, n, c) && !out.readRepeated(section, l, n, c) && !out.readWays(section, l, n, c) && !out.readSorts(section, l, n, c) {
		out.readNames(section, l, n, c)
	}
}

// addRun adds the list of numbered items behind the clause of the number c, where they are
// surely its.
func (out *Reading) addRun(section int, paragraphs []line, n int, c span, end int, x *run) {
	l := &paragraphs[n]
	most := x.most(paragraphs)
	found := x.count
	const digits = 9 // of the numbers that are read
	if found > 2*c.stated || 2*found < c.stated || c.stated > digits {
		return // that far off, it is not what the number is of
	}
	if most >= c.stated && found < c.stated {
		found = c.stated
	}
	if found != c.stated && (!x.belongs(l.runes, c, end) || x.nested) || found < c.stated && !x.ends(paragraphs) {
		return
	}
	start := clauseStart(l.runes, c.at)
	out.Lists = append(out.Lists, List{
		Section: section, Line: n, Stated: c.stated, Found: found, Most: most, Announced: string(l.runes[start:end]),
		Start: l.at[start], End: l.at[end-1] + 1,
	})
}

// itemsBehind is the run of numbered items behind the clause that ends at the offset, nil where
// none is; colon reports whether a colon leads to them.
func itemsBehind(paragraphs []line, n int, c span) (x *run, colon bool) {
	r, end := paragraphs[n].runes, c.end
	from := end + 1
	if at(r, end+1) == '其' && at(r, end+2) == '中' {
		from += 2
	}
	if x = runAt(paragraphs, n, from); x == nil && at(r, end) == '，' { // 三条措施，已全部落实：（1）…
		if k := colonSoon(r, end); k > 0 && !ofOthers(r, c, end, k) {
			x = runAt(paragraphs, n, k+1)
			return x, true
		}
	}
	return x, at(r, end) == '：'
}

// otherNouns are what the items behind such a clause may be of instead.
var otherNouns = []string{"问题", "不足", "短板", "措施", "举措", "做法", "任务", "困难", "环节", "原因", "方面", "工作", "重点", "办法", "抓好", "做好", "主要是"}

// ofOthers reports whether the clause between the comma and the colon says that the items are
// of something else than is counted: 两个问题，制定整改措施：. What is wrong is mended one by one,
// or in as many steps as it takes.
func ofOthers(r []rune, c span, comma, colon int) bool {
	said, then := string(r[c.at:comma]), string(r[comma:colon])
	if containsAny(then, "逐一", "逐项", "逐个", "逐条", "分别", "一一", "立行立改") {
		return false
	}
	for _, w := range otherNouns {
		if strings.Contains(then, w) && !strings.Contains(said, w) {
			return true
		}
	}
	return containsAny(said, failings...) && containsAny(then, "改", "提升", "加强", "解决", "推进")
}

// colonSoon is the colon that ends the short clause behind the comma at the offset, which
// has no number of its own; 0 where none does.
func colonSoon(r []rune, comma int) int {
	const longest = 12
	for k := comma + 1; k < min(len(r), comma+longest); k++ {
		switch {
		case r[k] == '：':
			return k
		case isBreak(r[k]) || isDigit(r[k]) || hanDigit(r[k]) > 0 && !oneByOne(r, k) && r[k-1] != '由':
			return 0
		}
	}
	return 0
}

// oneByOne reports whether the 一 at the offset counts nothing: 逐一, 统一, 进一步.
func oneByOne(r []rune, k int) bool {
	return r[k] == '一' && (strings.ContainsRune("逐统进一", at(r, k-1)) && at(r, k-1) != 0 || at(r, k+1) == '一')
}

func clauseStart(r []rune, i int) int {
	for i > 0 && !isBreak(r[i-1]) {
		i--
	}
	return i
}

// countAt reads a count of list items: 四种, 三个方面, 5项.
func countAt(r []rune, i int) (stated, length int) {
	c := r[i]
	switch {
	case hanDigit(c) > 1:
		if i > 0 && (strings.ContainsRune("第十百零（", r[i-1]) || hanDigit(r[i-1]) > 0) {
			return 0, 0
		}
		stated, length = int(hanDigit(c)), 1
	case c == '十' && (i == 0 || hanDigit(r[i-1]) < 0 && !strings.ContainsRune("第十百零（数几", r[i-1])):
		stated, length = 10, 1
		if d := hanDigit(at(r, i+1)); d > 0 {
			stated, length = stated+int(d), 2
		}
	case isDigit(c) && !isDigit(at(r, i-1)) && !isDigit(at(r, i+1)) && at(r, i-1) != '.' && at(r, i-1) != '第':
		stated, length = int(c-'0'), 1
	case c == '1' && isDigit(at(r, i+1)) && !isDigit(at(r, i-1)) && !isDigit(at(r, i+2)) && at(r, i-1) != '.' && at(r, i-1) != '第':
		stated, length = 10+int(r[i+1]-'0'), 2
	default:
		return 0, 0
	}
	if at(r, i-1) == '有' && (at(r, i+length) == '：' || at(r, i+length) == '，' || at(r, i+length) == '。') {
		return stated, length // 原因有三：
	}
	if at(r, i+length) == '关' && (i+length+1 >= len(r) || isBreak(r[i+length+1]) || r[i+length+1] == '”') {
		return stated, length + 1 // 把好四关：
	}
	rest := string(r[i+length : min(i+length+4, len(r))])
	if u := listUnits.begins(at(r, i+length), rest); u != "" {
		if behind := string(r[i+length+runeLen(u) : min(len(r), i+length+runeLen(u)+2)]); u == "个" && startsWithAny(rest[len(u):], spans...) || behind == "以上" || behind == "左右" || behind == "以内" {
			return 0, 0
		}
		return stated, length + runeLen(u)
	}
	if unit := at(r, i+length); unit != 0 && (strings.ContainsRune(moreUnits, unit) || unit == '件' && thingsDone(r, i+length+1) || unit == at(r, i-1) && endsAlike(r, i, unit)) {
		return stated, length + 1
	}
	return 0, 0
}

// moreUnits are measure words of things that are named and never numbered.
const moreUnits = "本块座间台套幅册所款段道字部样招档"

// spans are counted in 个 and never listed.
var spans = []string{"工作日", "月", "小时", "百分点", "自然日", "学期", "季度", "星期"}

// thingsDone reports whether what is counted in 件 is a quoted name or ends in 事: 三件民生实事.
func thingsDone(r []rune, i int) bool {
	const noun = 6
	if at(r, i) == '“' {
		return true
	}
	end := i
	for end < len(r) && !isBreak(r[end]) && r[end] != '-' {
		end++
	}
	return end-i <= noun && at(r, end-1) == '事'
}

// endsAlike reports whether two items and more before the number end in its word, which
// stands for all of them: 图书馆、文化馆、博物馆三馆.
func endsAlike(r []rune, i int, unit rune) bool {
	items, _ := splitNames(r[listStart(r, i):i], '、')
	return isHan(unit) && len(items) > 1 && !slices.ContainsFunc(items, func(s string) bool { return !strings.HasSuffix(s, string(unit)) })
}
