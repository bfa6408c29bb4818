package claims

import (
	"slices"
	"strings"
)

// Lists of which the form of the items tells how many they are: days (分别于3月2日、8月15日),
// numbers of documents (第8号、第21号), items that begin with the word counted (“五统一”：
// 统一标识、统一流程), and the parts of the report that its preface names.

// countBefore reads the count of things that ends in the unit at i, of one or two digits:
// 提案12件. length is 0 where none stands there.
func countBefore(r []rune, i int, units string) (stated, length int) {
	const digits = 2
	if prev := at(r, i-1); isDigit(prev) || hanDigit(prev) >= 0 || strings.ContainsRune("十百第.约近余", prev) && prev != 0 {
		return 0, 0
	}
	end := i
	switch {
	case isDigit(r[i]):
		for end < len(r) && isDigit(r[end]) && end-i <= digits {
			stated = stated*10 + int(r[end]-'0')
			end++
		}
	case hanDigit(r[i]) > 1:
		stated, end = int(hanDigit(r[i])), i+1
	}
	if stated < 2 || end-i > digits || at(r, end) == 0 || !strings.ContainsRune(units, at(r, end)) {
		return 0, 0
	}
	return stated, end + 1 - i
}

// readPlain reads the lists whose items are days or numbers of documents, behind the count
// at i.
func (out *Reading) readPlain(section int, l *line, n, i int) {
	r := l.runes
	if !isNumeral(r[i]) {
		return
	}
	if stated, length := countBefore(r, i, "次场期批轮回"); length > 0 {
		if at(r, i+length-1) == '场' && at(r, i+length) == '次' {
			length++
		}
		if from := daysAt(r, i+length); from > 0 {
			if found, end := daysFrom(r, from); found > 1 && closes(r, end) {
				out.addCount(section, l, n, span{i, i + length, stated}, [2]int{found, found}, false)
			}
		}
	}
	if stated, length := countBefore(r, i, "件份项个条"); length > 0 {
		from := i + length
		if from < len(r) && strings.ContainsRune("（，：", r[from]) {
			from += 1 + runeLen(introducerAt(r, from+1))
			if found, end := numbersFrom(r, from); found > 1 && (closes(r, end) || at(r, end) == '）') {
				out.addCount(section, l, n, span{i, i + length, stated}, [2]int{found, found}, false)
			}
		}
	}
}

// closes reports whether a list ends at the offset: nothing goes on with it.
func closes(r []rune, end int) bool {
	if end >= len(r) || isStop(r[end]) || r[end] == '；' {
		return true
	}
	rest := string(r[end:min(len(r), end+4)])
	return !startsWithAny(rest, "等", "、", "和", "及", "与", "以及", "至", "-", "起", "前", "后", "，其中", "，以及", "，还", "，另", "，并于", "，又于", "，后于", "～", "~", "到", "（", "左右", "之前", "以来")
}

// daysAt is where 分别于 leads to days behind a count, with nothing else counted between; 0
// where it does not.
func daysAt(r []rune, from int) int {
	const longest = 60
	for i := from; i < min(len(r)-3, from+longest); i++ {
		switch c := r[i]; {
		case isStop(c) || c == '；' || c == '：' || isDigit(c) || hanDigit(c) > 0 && strings.ContainsRune(hanUnits, at(r, i+1)):
			return 0
		case strings.ContainsRune("分先依时", c) && startsWithAny(string(r[i:i+3]), "分别于", "分别在", "先后于", "先后在", "依次于", "分别为", "分别是", "时间为", "时间是"):
			return i + 3
		}
	}
	return 0
}

// daysFrom counts the days listed from the offset: 2月14日、7月6日和11月22日.
func daysFrom(r []rune, i int) (found, end int) {
	year := -1
	for {
		from := i
		for i < len(r) && isDigit(r[i]) {
			i++
		}
		if i == from || at(r, i) != '月' && at(r, i) != '日' && at(r, i) != '年' {
			return 0, from
		}
		if r[i] == '年' {
			if year++; year > 0 {
				return 0, from
			}
			i++
			continue
		}
		if r[i] == '月' {
			i++
			if day := i; isDigit(at(r, i)) {
				for isDigit(at(r, i)) {
					i++
				}
				if at(r, i) != '日' {
					return 0, day
				}
				i++
			} else if at(r, i) == '份' || at(r, i) == '底' || at(r, i) == '初' {
				i++
			}
		} else {
			i++
		}
		found++
		if joint := at(r, i); joint == 0 || !strings.ContainsRune("、和及与", joint) || !isDigit(at(r, i+1)) {
			return found, i
		}
		i++
	}
}

// numbersFrom counts the numbers of documents listed from the offset: 第8号、第21号.
func numbersFrom(r []rune, i int) (found, end int) {
	for {
		if at(r, i) == '第' {
			i++
		}
		from := i
		for isDigit(at(r, i)) {
			i++
		}
		if i == from || at(r, i) != '号' {
			return 0, i
		}
		found++
		if i++; !strings.ContainsRune("、和及与，", at(r, i)) || at(r, i) == 0 || at(r, i+1) != '第' && !isDigit(at(r, i+1)) {
			return found, i
		}
		i++
	}
}

// readCatchword reads the items that say the word of a quoted number, in the sentence of it:
// “五统一”要求，做到统一标识、统一流程; “三进”活动，进企业、进校园; “五公开”，即决策公开、执行公开.
func (out *Reading) readCatchword(section int, l *line, n, i int) bool {
	r := l.runes
	if at(r, i) != '“' || hanDigit(at(r, i+1)) < 2 {
		return false
	}
	const longest = 9
	quote := slices.Index(r[i:min(len(r), i+longest)], '”')
	if quote < 0 {
		return false
	}
	quote += i
	read := false
	for k := i + 1; k < quote; {
		from := k + 1
		for from < quote && strings.ContainsRune("个项种大", r[from]) {
			from++
		}
		next := from
		for next < quote && !isBreak(r[next]) && (next == from || hanDigit(r[next]) < 0 || r[next] == '一' && r[next-1] == '统') { // 四公开一监督, 三统一
			next++
		}
		if stated := hanDigit(r[k]); stated > 1 {
			read = out.readSaid(section, l, n, catch{span{k, quote, int(stated)}, i, string(r[from:next])}) || read
		}
		for k = next; k < quote && hanDigit(r[k]) < 0; k++ {
		}
	}
	return read
}

// catch is a number in a catchword with the word that it stands before, and where the quotation
// marks open.
type catch struct {
	span
	quote int
	word  string
}

// readSaid reads the items that say the word of the catchword.
func (out *Reading) readSaid(section int, l *line, n int, c catch) bool {
	const word, noun = 2, 9
	r, quote := l.runes, c.end
	if c.word == "" || runeLen(c.word) > word || hanDigit([]rune(c.word)[0]) > 0 && c.word != "一" {
		return false
	}
	whole := c.at == c.quote+1 && strings.HasSuffix(string(r[c.at:quote]), c.word)
	if found, ok := alikeBefore(r, c.quote, c.word); ok && whole {
		out.addCount(section, l, n, c.span, [2]int{found, found}, false)
		return true
	}
	if !whole && runeLen(c.word) < word {
		return false
	}
	stop := quote + indexRune(r[quote:], func(c rune) bool { return isStop(c) || c == '；' })
	if k := quote + indexRune(r[quote:stop], isBreak); runeLen(c.word) == word && k-quote <= noun && (at(r, k) == '，' || at(r, k) == '：') {
		if found := saidOnce(r[k+1:stop], c.word); found > 0 {
			out.addCount(section, l, n, c.span, [2]int{found, found}, false)
			return true
		}
	}
	for _, at := range []func([]rune, string) int{beginsAt, endsAt} {
		from := at(r[quote:stop], c.word)
		if from <= 0 {
			continue
		}
		if found, ok := alikeFrom(r[quote+from:stop], c.word); ok && (found > 2 || runeLen(c.word) == word) {
			out.addCount(section, l, n, c.span, [2]int{found, found}, false)
			return true
		}
	}
	return false
}

// beginsAt is where the first item begins with the word, behind a quoted number and the clause
// of it: the clause before may say what the items are done to, as 文件与方案同步起草 does. A
// word of one character begins a clause.
func beginsAt(r []rune, word string) int {
	text := string(r)
	head := strings.Index(text, word)
	if head < 0 {
		return 0
	}
	from := runeLen(text[:head])
	commas := strings.Count(text[:head], "，") + strings.Count(text[:head], "：")
	if commas > 1 || commas == 0 && !strings.Contains(text[:head], "即") || runeLen(word) == 1 && !isBreak(r[from-1]) && r[from-1] != '即' {
		return 0
	}
	return from
}

// endsAt is where the first item that ends in the word begins: directly behind the clause of
// the quoted number.
func endsAt(r []rune, word string) int {
	const noun = 6 // characters
	from := indexRune(r, func(c rune) bool { return isBreak(c) || c == '即' })
	if from > noun+1 || from >= len(r) {
		return 0
	}
	if from++; at(r, from) == '即' {
		from++
	}
	if from >= len(r) || runeLen(word) == 1 || !strings.HasSuffix(string(r[from:from+indexRune(r[from:], isBreak)]), word) {
		return 0
	}
	return from
}

// alikeBefore counts the items of the list before a quoted number, each of which begins with its
// word, or ends in it: 一个项目、一张公示牌、一本台账的“三个一”, 机构落实、人员落实“两个落实”.
func alikeBefore(r []rune, quote int, word string) (found int, ok bool) {
	end := quote
	if at(r, end-1) == '的' {
		end--
	}
	items, _ := splitNames(r[listStart(r, end):end], '、')
	const least = 2
	if len(items) < least || len(items) == least && end == quote || !strings.Contains(items[0], word) {
		return 0, false
	}
	says := strings.HasPrefix
	if runeLen(word) > 1 && !says(items[1], word) {
		says = strings.HasSuffix
	}
	for i, item := range items {
		if i > 0 && !says(item, word) || strings.HasSuffix(item, "等") {
			return 0, false
		}
		found += times(item, word)
	}
	return found, true
}

// times is how many of the things counted an item is: as many as it says the word of two
// characters.
func times(item, word string) int {
	if runeLen(word) == 1 {
		return 1
	}
	return strings.Count(item, word)
}

// saidOnce counts the items of a list of which only the first says the word, for all of them:
// 公开依据、流程、标准和结果. They are alike, and 和 or the sentence ends them.
func saidOnce(r []rune, word string) int {
	items, rest := splitNames(r, '、')
	first, ok := strings.CutPrefix(items[0], word)
	const least, near = 2, 2
	if !ok || len(items) < least {
		return 0
	}
	all := splitLast(append([]string{first}, items[1:]...))
	if rest != "" && len(all) == len(items) {
		return 0
	}
	for _, item := range all {
		if strings.Contains(item, word) || strings.ContainsAny(item, "和等") || runeLen(item)-runeLen(first) > near || runeLen(first)-runeLen(item) > near {
			return 0
		}
	}
	return len(all)
}

// alikeFrom counts the items that say the word in the list that the text begins with, joined by
// 、; 和 joins the last. It is no such list where an item does not say the word, or where a
// clause behind says it as the items do.
func alikeFrom(r []rune, word string) (found int, ok bool) {
	items, rest := splitNames(r, '、')
	const least = 2
	begins := strings.HasPrefix(items[0], word)
	says := strings.HasSuffix
	if begins {
		says = strings.HasPrefix
	}
	longest := 0
	for _, item := range items {
		if !says(item, word) && !strings.Contains(item, word) || strings.HasSuffix(item, "等") || strings.Contains(item, "等"+word) {
			return 0, false
		}
		found += times(item, word)
		longest = max(longest, runeLen(item))
	}
	for clause := range strings.FieldsFuncSeq(rest, isBreak) {
		if strings.Contains(clause, word) && (says(clause, word) || runeLen(clause) <= longest+least) {
			return 0, false
		}
	}
	return found, found >= least && len(items) >= least
}

// parts of a report, by the words that name them; those of one share a number.
var reportParts = []struct {
	word string
	part int
}{
	{"总体情况", 1}, {"概述", 1}, {"基本情况", 1}, {"总体概况", 1}, {"主动公开", 2}, {"收到和处理", 3}, {"依申请公开", 3}, {"公开申请", 3},
	{"复议", 4}, {"诉讼", 4}, {"主要问题", 5}, {"存在的问题", 5}, {"存在问题", 5}, {"改进", 5}, {"其他需要", 6}, {"需要报告", 6}, {"其他事项", 6},
}

// readParts compares the number of parts that a preface says with those it names: 由总体情况、
// …、其他需要报告的事项六部分组成.
func (out *Reading) readParts(section int, l *line, n int) {
	r := l.runes
	for i := range r {
		stated, length := countAt(r, i)
		if rest := string(r[i+length : min(len(r), i+length+4)]); stated < 2 || !strings.Contains(string(r[i:i+length])+rest, "部分") {
			continue
		}
		from, to := i, i
		for from > 0 && !isStop(r[from-1]) {
			from--
		}
		to += indexRune(r[i:], isStop)
		text := string(r[from:to])
		if strings.Contains(text, "等") || containsAny(text, "附", "前言", "引言", "图", "名词") {
			return
		}
		seen := map[int]bool{}
		items := 0
		for clause := range strings.FieldsFuncSeq(text, isBreak) {
			known := false
			for _, p := range reportParts {
				if strings.Contains(clause, p.word) {
					seen[p.part], known = true, true
				}
			}
			if !known && len(seen) > 0 && len(seen) < 6 && !containsAny(clause, "部分", "组成", "构成") {
				items++ // a part of its own, or a word before the list
			}
		}
		const least = 4
		if len(seen) < least || items > 0 {
			return
		}
		out.addCount(section, l, n, span{i, i + length, stated}, [2]int{len(seen), len(seen)}, false)
		return
	}
}
