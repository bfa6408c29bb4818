package claims

import (
	"slices"
	"strings"

	"nianbao/convert/glance"
)

// span is where a text says the number of items of a list: the offset of the
// number, the end of the clause or noun, and the number.
type span struct{ at, end, stated int }

// readNames reads a list of names behind its number: 栏目6类：机构概况、政策文件、…;
// 三级审核（初审、复审、终审）.
func (out *Reading) readNames(section int, l *line, n int, c span) {
	r, word := l.runes, ""
	if at(r, c.end) == '”' {
		word = strings.TrimLeft(string(r[c.at+1:c.end]), "个项种大")
		c.end = behindQuote(r, c.end)
	}
	from := c.end + 1
	stop := at(r, c.end)
	if stop != '：' && stop != '（' {
		if from--; stop == '，' {
			from++
		}
		word := introducerAt(r, from)
		if k := introducedAt(r, from, from+4); word == "" && k > from && strings.Contains(string(r[c.at:c.end]), string(r[from:k])) { // 四个专栏，专栏分别是
			from, word = k, introducerAt(r, k)
		}
		if word == "" && at(r, c.end-1) == '”' && (stop == '指' || stop == '为') { // “三类”指…
			word = string(stop)
		}
		if word == "" {
			return
		}
		if from += runeLen(word); at(r, from) == '：' || at(r, from) == '，' {
			from++
		}
	}
	if countsSome(r, from) {
		return // 计6份：5份来自学生，…
	}
	items, open, sure := namesFrom(r, from, at(r, c.end) == '（')
	items = withoutDeed(items)
	clauses := len(items) > 1 && !slices.Contains(r[from:from+indexRune(r[from:], isStop)], '、') && parallel(items)
	sure = sure || len(items) > 1 && allSay(r, from, items, word)
	if containsAny(string(r[max(0, from-5):from]), "分别") || stop == '：' { // each is one
		named := len(items)
		items = splitJoined(splitDated(items))
		sure = sure || len(items) > named && named > 1 // 甲、乙和丙 ends there
	} else if ways := splitWays(strings.Join(items, "、")); !open && len(items) > 0 && len(ways) > len(items) && slices.Equal(ways[:len(items)-1], items[:len(items)-1]) && !slices.ContainsFunc(ways, func(s string) bool { return !way.MatchString(s) }) {
		items, sure = ways, true // 即门户网站、微信公众号和抖音号
	} else if !open && len(splitLast(items)) > len(items) {
		sure = true
	}
	if len(items) < 2 || !sure && len(items) < c.stated && !closedBehind(r, from, c.stated) {
		return
	}
	open = open || stop != '：' && stop != '（' && strings.HasSuffix(string(r[:from]), "包括")
	if clauses {
		out.addCount(section, l, n, c, [2]int{len(items), len(items)}, open)
		return
	}
	out.addNames(section, l, n, c, items, open)
}

// withoutDeed takes off the first and the last of the names of ways what says that something is done by
// them: 即在网站、档案馆和图书馆公开; 即网站、公开栏公开政务信息.
func withoutDeed(items []string) []string {
	last := len(items) - 1
	if last < 1 {
		return items
	}
	cut := items[last]
	for _, w := range []string{"公开政务", "公开政府", "公开信息", "公开相关", "发布", "公布", "进行公开"} {
		if at := strings.Index(cut, w); at > 0 {
			cut = cut[:at]
		}
	}
	cut = strings.TrimSuffix(cut, "公开")
	first := items[0]
	for _, w := range []string{"在", "通过", "利用"} {
		first = strings.TrimPrefix(first, w)
	}
	if cut == items[last] && first == items[0] || !way.MatchString(cut) || !way.MatchString(first) {
		return items
	}
	out := slices.Clone(items)
	out[0], out[last] = first, cut
	return out
}

// allSay reports whether each item of the list at the offset says the word of the quoted number,
// and no clause behind them does: “三难”，即信息难找、内容难懂.
func allSay(r []rune, from int, items []string, word string) bool {
	_, rest := splitNames(r[from:from+indexRune(r[from:], isStop)], '、')
	return word != "" && !strings.Contains(rest, word) && !slices.ContainsFunc(items, func(s string) bool { return !strings.Contains(s, word) })
}

// behindQuote is where the punctuation or 即 stands behind a quoted catchword and
// the noun after it: “三审”制度，即….
func behindQuote(r []rune, quote int) int {
	const noun = 10
	end := quote + 1
	for end < len(r) && end-quote <= noun && !isBreak(r[end]) && r[end] != '即' {
		end++
	}
	if at(r, end) == '，' {
		end++
	}
	return end
}

// readQuoted finds the number in a quoted catchword at i: “五公开”，即…;
// “四个强化”：….
func (out *Reading) readQuoted(section int, paragraphs []line, n, i int) {
	l := &paragraphs[n]
	r := l.runes
	if at(r, i) != '“' || hanDigit(at(r, i+1)) < 2 {
		return
	}
	const longest, phrase = 6, 10
	end := slices.Index(r[i:min(len(r), i+phrase)], '”')
	if stated, length := countAt(r, i+1); stated > 1 && length > 1 && end > length+1 && !slices.ContainsFunc(r[i+1+length:i+end], func(c rune) bool { return hanDigit(c) > 0 || isBreak(c) }) {
		out.readCounted(section, l, n, span{i + 1, i + end, stated}, true) // …、产业升级“三大转型”
		return
	}
	if end >= longest {
		end = -1
	}
	if end < 0 || slices.ContainsFunc(r[i+2:i+end], func(c rune) bool { return hanDigit(c) > 0 || isBreak(c) }) && string(r[i+2:i+end]) != "位一体" || containsAny(string(r[i+2:i+end]), "个", "种", "项", "类") {
		return
	}
	if at(r, i+end) == '”' && (end <= 4 || end == 5 && string(r[i+2:i+end]) == "位一体") {
		out.readCounted(section, l, n, span{i + 1, i + end, int(hanDigit(at(r, i+1)))}, true)
	}
	if out.readShort(section, paragraphs, n, span{i + 1, i + end, int(hanDigit(at(r, i+1)))}) {
		return
	}
	out.readNames(section, l, n, span{i + 1, i + end, int(hanDigit(at(r, i+1)))})
}

// readShort reads the numbered items behind a quoted catchword whose numbers are followed by its
// own word: “五看”：一看依据，…，五看衔接.
func (out *Reading) readShort(section int, paragraphs []line, n int, c span) bool {
	const noun = 6
	r := paragraphs[n].runes
	stop := c.end + indexRune(r[c.end:], isBreak)
	if stop-c.end > noun || stop >= len(r) || r[stop] != '：' && r[stop] != '，' && r[stop] != '。' {
		return false
	}
	from := stop + 1
	if at(r, from) == '即' {
		from++
	}
	x := runAt(paragraphs, n, from)
	if x == nil || x.kind != verbMarker || x.count < 2 || at(r, from+1) != at(r, c.at+1) {
		return false
	}
	x.colon = true
	out.addRun(section, paragraphs, n, c, stop, x)
	return true
}

func (out *Reading) addNames(section int, l *line, n int, c span, items []string, open bool) {
	items = splitHead(splitAlike(items), at(l.runes, c.end-1))
	least, most := countNames(items)
	if k := timesOf(catchword(l.runes, c.at), items); k > 1 {
		least, most = k, k
	}
	out.addCount(section, l, n, c, [2]int{least, most}, open)
}

// catchword is the word that a quoted number stands before: 同步 of “三个同步”; empty
// where the number at the offset is no such.
func catchword(r []rune, at int) string {
	const longest = 6
	if at == 0 || r[at-1] != '“' {
		return ""
	}
	end := slices.Index(r[at:min(len(r), at+longest)], '”')
	const least = 3
	if end < least {
		return ""
	}
	return strings.TrimLeft(string(r[at+1:at+end]), "个项种次")
}

// timesOf counts the items that have the word, as the things counted all do where
// two of them do: 方案与文件同步起草、同步报批 are two.
func timesOf(word string, items []string) int {
	if runeLen(word) < 2 {
		return 0
	}
	n := 0
	for _, item := range items {
		n += strings.Count(item, word)
	}
	return n
}

// joints join the last two items of a list.
var joints = []string{"以及", "和", "及", "与"}

// splitEnd parts the last item at a word that joins two, outside of quotation marks, where the
// halves are so.
func splitEnd(items []string, are func(x, y string) bool) []string {
	last := len(items) - 1
	if last < 0 {
		return items
	}
	for _, w := range joints {
		for from := 0; ; {
			k := strings.Index(items[last][from:], w)
			if k < 0 {
				break
			}
			x, y := items[last][:from+k], items[last][from+k+len(w):]
			if from += k + len(w); strings.Count(x, "“") == strings.Count(x, "”") && strings.Count(x, "《") == strings.Count(x, "》") && are(x, y) {
				return append(slices.Clone(items[:last]), x, y)
			}
		}
	}
	return items
}

// splitAlike parts an item at 和 where both halves begin with a quoted name as the
// other items do: “甲”公众号、“乙”抖音号和“丙”头条号.
func splitAlike(items []string) []string {
	quoted := func(s string) bool { return strings.HasPrefix(s, "“") || strings.HasPrefix(s, "《") }
	if slices.ContainsFunc(items, func(s string) bool { return !quoted(s) }) {
		return items
	}
	return splitEnd(items, func(_, y string) bool { return quoted(y) })
}

// splitHead parts the last item at 和 where both halves end in the last character of
// the noun counted, as all items do: 三个功能区：查阅区、打印区和咨询区.
func splitHead(items []string, head rune) []string {
	last := len(items) - 1
	if last < 1 || !isHan(head) {
		return items
	}
	ends := func(s string) bool { return runeLen(s) > 1 && strings.HasSuffix(s, string(head)) }
	if slices.ContainsFunc(items[:last], func(s string) bool { return !ends(s) }) {
		return items
	}
	return splitEnd(items, func(x, y string) bool { return ends(x) && ends(y) })
}

// addCount adds the list of which c tells the number, with that of its items, at
// least and at most.
func (out *Reading) addCount(section int, l *line, n int, c span, items [2]int, open bool) {
	least, most := items[0], items[1]
	start := clauseStart(l.runes, c.at)
	end := max(start+1, min(c.end, len(l.runes)))
	found := least
	if most < c.stated {
		found = most
	} else if least <= c.stated {
		found = c.stated
	}
	far := 2 // a list that far off is not what the number is of
	if at(l.runes, c.at-1) == '”' {
		far = 4 // titles directly before it are
	}
	if found < c.stated-far || found > c.stated+far {
		return
	}
	out.Lists = append(out.Lists, List{
		Section: section, Line: n, Stated: c.stated, Found: found, Most: most, Announced: string(l.runes[start:end]),
		Open: open, Start: l.at[start], End: l.at[end-1] + 1, number: c.at, counted: c.end,
	})
}

// namesBeforeItems is where a list of names ends before the numbered items of what is done about
// them: …、结果公开，一是…; the length where none follow in the sentence.
func namesBeforeItems(r []rune) int {
	stop := indexRune(r, func(c rune) bool { return isStop(c) || c == '；' })
	head, _, ok := strings.Cut(string(r[:stop]), "，一是")
	if !ok || !strings.Contains(head, "、") {
		return len(r)
	}
	return runeLen(head)
}

// namesFrom splits the list that begins at from. sure is false where it may go
// on behind its end.
func namesFrom(r []rune, from int, bracket bool) (items []string, open, sure bool) {
	r = r[:from+namesBeforeItems(r[from:])]
	end, semicolon, dun, depth := from, false, false, 0
	for ; end < len(r); end++ {
		c := r[end]
		if depth == 0 && (isStop(c) || c == '：' || bracket && c == '）' || c == '-' && at(r, end+1) == '-') {
			break
		}
		switch {
		case c == '（' || c == '“' || c == '《':
			depth++
		case c == '）' || c == '”' || c == '》':
			depth--
			next := at(r, end+1)
			dun = dun || c == '”' && next == '“' || c == '》' && next == '《'
		case depth == 0 && c == '；':
			semicolon = true
		case depth == 0 && c == '、':
			dun = true
		}
		if depth < 0 {
			break
		}
	}
	if at(r, end) == '：' {
		return nil, false, false
	}
	text := r[from:end]
	if k, _ := markerAt(r, from); k != noMarker || hasOrdinals(text) || countedItems(r, from, end) || bracket && startsWithAny(string(text), "含", "包括", "包含", "如", "例", "其中", "主要", "不含", "除", "即含") {
		return nil, false, false
	}
	sep := '、'
	switch {
	case semicolon:
		sep = '；'
	case !dun:
		sep = '，'
	}
	items, rest := splitNames(text, sep)
	last := items[len(items)-1]
	open = strings.HasSuffix(last, "等") || containsAny(last, "等方面", "等内容", "等信息", "等栏目", "等环节", "等工作", "等领域", "等渠道") || strings.Contains(rest, "等")
	alike := commonEnds(items) || sep == '，' && (judgeAlike(items) || parallel(items))
	if before := string(r[max(0, from-4):from]); sep == '，' && !alike && (len(items) == 1 || !startsWithAny(items[1], append([]string{"和", "及"}, onwards...)...)) {
		pair := splitPair(items[:1])
		if strings.Contains(before, "分别") || strings.HasSuffix(before, "即") && (things(pair) || quotedNames(pair)) {
			items, alike = pair, len(pair) > 1
		}
	}
	switch {
	case sep == '，' && !alike:
		return nil, false, false
	case sep == '、' && rest != "":
		sure = (alike || lastAlike(items) || sameLength(items) && startsWithAny(rest, goesOn...) || startsWithAny(rest, turnsTo...)) && !strings.Contains(rest, "、") && !continues(last, rest)
	default:
		sure = sep != '，' || alike
	}
	return items, open, sure
}

// splitPair parts the only item that 分别是 leads to where 和 joins two: 分别是甲子站和“乙”公众号.
func splitPair(items []string) []string {
	const name = 3
	return splitEnd(items[:1], func(x, y string) bool {
		return runeLen(x) >= name && runeLen(y) >= name && !strings.ContainsAny(noJoint.Replace(y), "和及与") && !startsWithAny(y, "时", "其")
	})
}

// parallel reports whether clauses are built alike: each begins with the word that takes what it
// does (把…，把…), with a day, or ends in 的.
func parallel(items []string) bool {
	const least = 4
	heads := "把将对在由从以"
	same, of, days := true, true, true
	first := []rune(items[0])
	for _, item := range items {
		r := []rune(item)
		if len(r) < least {
			return false
		}
		same = same && r[0] == first[0] && strings.ContainsRune(heads, r[0])
		of = of && r[len(r)-1] == '的'
		rest := withoutDates(r)
		days = days && len(rest) > 1 && len(rest) < len(r) && !strings.ContainsRune("和及与至、", rest[0])
	}
	return same || of || days
}

// countedItems reports whether the items of the list, and not only what the sentence says
// behind them, have figures.
func countedItems(r []rune, from, end int) bool {
	text := r[from:end]
	if !counts(text) || dated(r, from, end) {
		return false
	}
	if slices.Contains(text, '；') && !slices.ContainsFunc(strings.Split(string(text), "；"), func(s string) bool { return counted([]rune(s)) }) {
		return false // 时限由90天缩短为60天；…
	}
	if items, rest := splitNames(text, '、'); rest != "" && len(items) > 1 {
		return counts([]rune(strings.Join(items, "、")))
	}
	return true
}

// goesOn begins what a sentence says behind a list of names.
var goesOn = []string{"加大", "加强", "做好", "推进", "完善", "深化", "全面", "积极", "及时", "不断", "逐项", "逐一", "分类", "开展", "落实", "强化", "进一步", "切实", "持续", "着力", "确保", "实现", "方便", "编制", "主动", "推动", "规范", "优化", "细化"}

// turnsTo begins what a sentence says of the names behind a list of them.
var turnsTo = []string{"把", "将", "向", "给", "各", "均", "都", "全部", "并", "由", "分别", "以上", "其中", "从而", "有效", "为", "使", "让", "明确", "构建", "形成", "共同", "职责", "分工", "做到", "努力", "力求", "已", "每", "缺一不可", "严把", "层层", "逐级", "以"}

// lastAlike reports whether all the items end in one character: 综合组、信息组.
func lastAlike(items []string) bool {
	for _, item := range items {
		a, b := []rune(strings.TrimRight(item, "”》")), []rune(strings.TrimRight(items[0], "”》"))
		if len(a) < 2 || len(b) == 0 || a[len(a)-1] != b[len(b)-1] {
			return false
		}
	}
	return true
}

// continues reports whether a clause behind the list begins or ends like its last
// item: 复议、诉讼情况，申请情况.
func continues(last, rest string) bool {
	const alike = 2
	item := []rune(last)
	if len(item) < alike {
		return true
	}
	for clause := range strings.SplitSeq(strings.TrimRight(rest, "。"), "，") {
		if strings.HasPrefix(clause, string(item[:alike])) || strings.HasSuffix(clause, string(item[len(item)-alike:])) {
			return true
		}
	}
	return false
}

func sameLength(items []string) bool {
	for _, item := range items {
		if runeLen(item) != runeLen(items[0]) {
			return false
		}
	}
	return runeLen(items[0]) > 1
}

// hasOrdinals reports whether items of the list are numbered inside it.
func hasOrdinals(text []rune) bool {
	return containsAny(notOrdinal.Replace(string(text)), "一是", "二是", "第一", "（1）", "①", "首先", "一方面")
}

// notOrdinal takes out names that begin with 第一.
var notOrdinal = glance.NewReplacer("第一人民", "", "第一医院", "", "第一中", "", "第一小学", "", "第一实验", "", "第一幼儿园", "", "第一书记", "")

// counts reports whether the items have figures: the list is then a breakdown.
func counts(text []rune) bool {
	quoted, inside := 0, 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch c {
		case '“':
			quoted++
		case '”':
			quoted--
		}
		if quoted > 0 {
			continue // a name: “5·15政务公开日”
		}
		if n := hotline(text[i:]); n > 0 {
			i += n - 1
			continue
		}
		if isDigit(c) {
			if n := dateFigure(text[i:]); n > 0 {
				i += n - 1
				continue
			}
			return true
		}
		if hanDigit(c) > 0 && strings.ContainsRune(hanUnits, at(text, i+1)) && at(text, i+1) != 0 && c != '一' {
			if inside++; inside > 1 || i == 0 || isBreak(text[i-1]) || !isHan(at(text, i+2)) || !isHan(at(text, i+3)) {
				return true // 残疾人两项补贴政策 is a name
			}
		}
	}
	return false
}

// dateFigure is the length of the figure that the text begins with where it says when, and
// counts nothing: 2021年度预算, 24小时值班电话.
func dateFigure(text []rune) int {
	n := indexRune(text, func(c rune) bool { return !isDigit(c) })
	if rest := string(text[n:min(len(text), n+2)]); startsWithAny(rest, "年", "月", "日", "小时", "届") && !startsWithAny(rest, "月份", "日常") {
		return n
	}
	return 0
}

// splitNames parts a list at the separator, brackets and quotes apart; rest is
// what stands behind the comma that ends a list of names.
func splitNames(r []rune, sep rune) (items []string, rest string) {
	depth, from := 0, 0
	for i, c := range r {
		switch {
		case c == '（' || c == '“' || c == '《':
			if depth == 0 && i > from && (at(r, i-1) == '”' || at(r, i-1) == '》') && c != '（' { // “甲”“乙”
				items = append(items, string(r[from:i]))
				from = i
			}
			depth++
		case c == '）' || c == '”' || c == '》':
			depth--
		case depth > 0:
		case c == sep:
			items = append(items, string(r[from:i]))
			from = i + 1
		case c == '，' && sep == '、':
			return append(items, string(r[from:i])), string(r[i+1:])
		}
	}
	if from < len(r) {
		items = append(items, string(r[from:]))
	}
	if len(items) == 0 {
		items = []string{""}
	}
	return items, ""
}

// commonEnds reports whether the items are alike: most begin or end with the
// same two characters.
func commonEnds(items []string) bool {
	for _, end := range []func([]rune) string{
		func(r []rune) string { return string(r[:2]) }, func(r []rune) string { return string(r[len(r)-2:]) },
	} {
		seen, most := map[string]int{}, 0
		for _, item := range items {
			if r := []rune(item); len(r) > 2 {
				seen[end(r)]++
				most = max(most, seen[end(r)])
			}
		}
		if most == len(items) && most > 1 {
			return true
		}
	}
	return false
}

// commonTails reports whether all the items end in the same two characters.
func commonTails(items []string) bool {
	const shared = 2
	first := []rune(items[0])
	if len(first) <= shared {
		return false
	}
	tail := string(first[len(first)-shared:])
	return !slices.ContainsFunc(items, func(s string) bool { return !strings.HasSuffix(s, tail) })
}

// thingEnds end the names of things that are one each, however long the names are: channels,
// bodies, rooms.
const thingEnds = "网站号端台栏屏窗厅点室科办局委部处所院校馆刊报微序组队墙箱群册"

// things reports whether all the items are names of such things.
func things(items []string) bool {
	return !slices.ContainsFunc(items, func(s string) bool {
		r := []rune(strings.TrimRight(s, "”）"))
		return len(r) < 2 || !strings.ContainsRune(thingEnds, r[len(r)-1])
	})
}

// judgeAlike reports whether three items and more say in the same words what is wrong with
// each: 内容不够丰富，形式不够多样，力量不够强.
func judgeAlike(items []string) bool {
	const least, longest = 3, 14
	if len(items) < least || slices.ContainsFunc(items, func(s string) bool { return runeLen(s) > longest }) {
		return false
	}
	return slices.ContainsFunc([]string{"不够", "有待", "不强", "不足", "不高", "亟待", "仍需", "还需", "还不", "较为"}, func(w string) bool {
		return !slices.ContainsFunc(items, func(s string) bool { return !strings.Contains(s, w) })
	})
}

// noJoint takes out words with a character in them that also joins two things.
var noJoint = glance.NewReplacer("及时", "", "涉及", "", "普及", "", "及其", "", "参与", "", "和谐", "", "收到和处理", "", "主要问题及改进", "", "以及", "及", "与否", "")

// unquoted is the item without the name that is quoted in it, which may be of any length:
// 公众号 of “云溪发布”公众号; the whole item where nothing else is in it.
func unquoted(item string) string {
	for _, q := range [][2]string{{"“", "”"}, {"《", "》"}, {"（", "）"}} {
		before, rest, ok := strings.Cut(item, q[0])
		_, after, closed := strings.Cut(rest, q[1])
		if ok && closed && runeLen(before+after) > 1 {
			item = before + after
		}
	}
	return item
}

// joins reports whether 和 at the offset joins two things: it ends no name (太和), nor stands in
// one as short as the others (永和村).
func joins(item []rune, i int, items []string) bool {
	const name = 3
	return i+1 < len(item) && (len(item) > name || !slices.ContainsFunc(items, func(s string) bool { return s != string(item) && runeLen(s) == len(item) }))
}

// sayMore reports whether a bracket explains the item before it, and names no other: 社区（村）
// may be two.
func sayMore(r []rune) bool {
	const longest = 4
	k := indexRune(r, func(c rune) bool { return c == '）' })
	return k > longest || k == len(r) || k == 0
}

// countNames is how many items there are at least and at most: 行政复议、行政诉讼情况
// may be one item or two, 管理和服务 and 社区（村） too.
func countNames(items []string) (least, most int) {
	least, most = len(items), len(items)
	if first := items[0][max(0, strings.Index(items[0], "“")):]; !slices.ContainsFunc(append([]string{first}, items[1:]...), func(item string) bool {
		return !strings.HasPrefix(item, "“") || strings.Index(item, "”") != len(item)-len("”")
	}) {
		return least, most // “概述”、“存在问题及改进措施”
	}
	for _, item := range items {
		plain := []rune(noJoint.Replace(item))
		for i, c := range plain {
			if i > 0 && (strings.ContainsRune("和及与", c) && joins(plain, i, items) || c == '、' || c == '（' && !sayMore(plain[i+1:])) {
				most++
			}
		}
	}
	ending := map[string]int{}
	lengths := [2]int{len([]rune(unquoted(items[0]))), 0}
	for _, item := range items {
		r := []rune(strings.TrimSuffix(unquoted(item), "等"))
		lengths[0], lengths[1] = min(lengths[0], len(r)), max(lengths[1], len(r))
		if len(r) > 2 {
			ending[string(r[len(r)-2:])]++
		}
	}
	for suffix, n := range ending {
		if n*2 <= len(items) {
			continue
		}
		for _, item := range items[:len(items)-1] { // its first half: the rest follows
			if !strings.HasSuffix(item, suffix) && !sameLength(items) && !hasSuffix(item, []string{"大厅", "中心", "馆", "网站", "公开栏", "阅览室"}) {
				least--
			}
		}
		return least, most
	}
	const few, more = 4, 5 // characters; items
	unlike := few
	if len(items) >= more && lengths[1] <= 2*few {
		unlike = more // short names all
	}
	if !slices.ContainsFunc(items, func(item string) bool { return !way.MatchString(unquoted(item)) }) {
		return least, most
	}
	if (lengths[1]-lengths[0] > max(unlike, lengths[0]) || lengths[0] < 2 && lengths[1] > lengths[0]) && !things(items) && !lastAlike(items) {
		least = 0 // phrases: a 、 may stand inside one
	}
	return least, most
}

// countsSome reports whether how many of several stands at i: 5份来自学生.
func countsSome(r []rune, i int) bool {
	from := i
	for at(r, i) >= '0' && at(r, i) <= '9' {
		i++
	}
	return i > from && strings.ContainsRune("件份条宗篇起", at(r, i))
}
