package claims

import (
	"slices"
	"strings"
)

// Lists whose items are no names and have no numbers: clauses that each say the word
// counted (在发布环节，…；在解读环节，…), and titles.

// partNouns are the words counted that the clauses of a list say again.
var partNouns = []string{"环节", "阶段", "领域", "层面", "平台", "渠道", "方面"}

// beside are words that go on with what the sides named before do not tell.
var beside = []string{"同时", "此外", "另外", "还要", "还需", "还应", "还将", "三是", "第三", "再者", "再次", "最后", "以及", "其次"}

// sideAt is the number of the side at i: 一方面, 另一方面; lastOrdinal for the ones after.
func sideAt(r []rune, i int) int {
	if c := at(r, i); c != '一' && c != '另' && c != '还' && c != '再' {
		return 0
	}
	const longest = 5
	text := string(r[i:min(i+longest, len(r))])
	switch {
	case strings.HasPrefix(text, "一方面"):
		return 1
	case strings.HasPrefix(text, "另一方面"):
		return 2
	case startsWithAny(text, "还有一方面", "再一方面"):
		return lastOrdinal
	}
	return 0
}

// hotline is the length of the number of a hotline that the text begins with: 12345热线.
func hotline(text []rune) int {
	const length = 5
	if len(text) <= length || text[0] != '1' || text[1] != '2' || isDigit(text[length]) || strings.ContainsRune(hanUnits+"万余多", text[length]) {
		return 0
	}
	for _, c := range text[:length] {
		if !isDigit(c) {
			return 0
		}
	}
	return length
}

// readParted reads the clauses behind a colon that each say the noun counted: 四个环节：
// 在发布环节，…；在解读环节，….
func (out *Reading) readParted(section int, l *line, n int, c span) bool {
	r, noun := l.runes, ""
	if at(r, c.end) != '：' {
		return false
	}
	for _, w := range partNouns {
		if strings.Contains(string(r[c.at:c.end]), w) {
			noun = w
			break
		}
	}
	if noun == "" {
		return false
	}
	count, parts, open := 0, 0, false
	for from := c.end + 1; from < len(r); {
		end := from + indexRune(r[from:], func(x rune) bool { return x == '；' || isStop(x) })
		head := withoutBrackets(string(r[from:end]))
		head = head[:len(string([]rune(head)[:indexRune([]rune(head), isBreak)]))]
		const longest = 14
		said := strings.Count(head, noun)
		if kind, _ := markerAt(r, from); said == 0 || runeLen(head) > longest || kind != noMarker || counts([]rune(head)) || containsAny(head, "其他", "各环节", "每个", "全部", "所有") {
			if parts > 0 && at(r, from-1) != '；' {
				break // the sentence after the list
			}
			return false
		}
		count, parts = count+said, parts+1
		open = open || strings.Contains(string(r[from:end]), "等"+noun)
		from = end + 1
	}
	if parts < 2 {
		return false
	}
	out.addCount(section, l, n, c, [2]int{count, count}, open)
	return true
}

// readRepeated reads the clauses behind a quoted catchword that begin or end with its word:
// “三个强化”，强化领导，…；强化培训，….
func (out *Reading) readRepeated(section int, l *line, n int, c span) bool {
	r := l.runes
	quote := slices.Index(r[c.at:c.end], '”') + c.at
	if at(r, c.at-1) != '“' || quote < c.at || !slices.Contains([]rune{'，', '：', '。'}, at(r, c.end)) {
		return false
	}
	word := strings.TrimLeft(string(r[c.at+1:quote]), "个项种大")
	if length := 2; runeLen(word) != length {
		return false
	}
	begins := func(s string) bool { return strings.HasPrefix(s, word) }
	ends := func(s string) bool { return strings.HasSuffix(s, word) }
	for _, says := range []func(string) bool{begins, ends} {
		clauses := strings.Split(string(r[c.end+1:c.end+1+indexRune(r[c.end+1:], isStop)]), "，")
		if k := len(clauses); k > 1 && !slices.ContainsFunc(clauses, func(s string) bool { return !says(s) || strings.ContainsAny(s, "；、：") }) {
			out.addCount(section, l, n, c, [2]int{k, k}, false)
			return true
		}
		if at(r, c.end) == '。' {
			continue
		}
		if parts, all := repeats(r, c.end+1, says); parts >= 2 {
			out.addCount(section, l, n, c, [2]int{parts, all}, false)
			return true
		}
	}
	return false
}

// readFirstTimes reads the clauses behind a colon that each begin with the catchword: “三个第一时间”：
// 第一时间核实，第一时间发布，第一时间回应.
func (out *Reading) readFirstTimes(section int, l *line, n, i int) bool {
	const word = "第一时间”"
	r := l.runes
	from := i + len([]rune("“三个")) + runeLen(word)
	if at(r, i+2) != '个' || hanDigit(at(r, i+1)) < 2 || at(r, from) != '：' || string(r[from-runeLen(word):from]) != word {
		return false
	}
	said := strings.TrimSuffix(word, "”")
	stop := from + indexRune(r[from:], isStop)
	found := 0
	for k, clause := range strings.FieldsFunc(string(r[from:stop]), isBreak) {
		switch {
		case strings.HasPrefix(clause, said) && k == found && !strings.Contains(clause, "、") && !strings.HasSuffix(clause, "等"):
			found++
		case strings.Contains(clause, said):
			return false // in other words, or behind a clause that goes on with the one before
		}
	}
	if found < 2 || strings.Contains(string(r[stop:]), said) {
		return false
	}
	out.addCount(section, l, n, span{i + 1, from, int(hanDigit(r[i+1]))}, [2]int{found, found}, false)
	return true
}

// repeats counts the parts of the sentences from the offset on whose first clause says the
// word counted, and all clauses in them that do; nothing where a part between does not.
func repeats(r []rune, from int, says func(string) bool) (parts, all int) {
	listed := false // by semicolons
	for from < len(r) {
		end := from + indexRune(r[from:], func(x rune) bool { return x == '；' || isStop(x) })
		first := string(r[from : from+indexRune(r[from:end], isBreak)])
		if !says(first) {
			if at(r, from-1) == '；' {
				return 0, 0
			}
			break
		}
		if parts < 2 || at(r, from-1) == '；' || !listed { // the sentence behind a list may go on with it
			parts++
		}
		listed = listed || at(r, from-1) == '；'
		for clause := range strings.FieldsFuncSeq(string(r[from:end]), isBreak) {
			if says(clause) {
				all++
			}
		}
		from = end + 1
	}
	return parts, all
}

// readTailed reads the names behind a comma that all end as what is counted does: 三支队伍，乡干部
// 解读队、工作队解读队、乡贤解读队各展所长.
func (out *Reading) readTailed(section int, l *line, n int, c span) bool {
	const tail = 2
	r := l.runes
	from := c.end + 1
	text := string(r[from : from+indexRune(r[from:], func(x rune) bool { return x != '、' && isBreak(x) })])
	items := strings.Split(text, "、")
	first := []rune(items[0])
	if len(items) < 3 || len(first) <= tail || counts([]rune(text)) || startsWithAny(text, "其中", "包括", "如") {
		return false
	}
	word := string(first[len(first)-tail:])
	if !slices.Contains(r[c.end-min(tail, c.end-c.at):c.end], first[len(first)-1]) && !strings.Contains(string(r[c.at:c.end]), word) {
		return false
	}
	last := len(items) - 1
	for _, item := range items[:last] {
		if !strings.HasSuffix(item, word) || strings.Count(item, word) > 1 {
			return false
		}
	}
	if strings.Count(items[last], word) != 1 || strings.HasPrefix(items[last], word) || strings.Contains(items[last], word+"等") {
		return false
	}
	out.addCount(section, l, n, c, [2]int{len(items), len(items)}, false)
	return true
}

// readDated reads the clauses behind a comma that each tell of a day of their own what was done:
// 发布会3场，4月发布…，7月发布….
func (out *Reading) readDated(section int, l *line, n int, c span) bool {
	r := l.runes
	from := c.end + 1
	items := strings.FieldsFunc(string(r[from:from+indexRune(r[from:], isStop)]), func(x rune) bool { return x == '，' || x == '；' })
	if len(items) < 2 || !parallel(items) {
		return false
	}
	out.addCount(section, l, n, c, [2]int{len(items), len(items)}, strings.Contains(strings.Join(items, ""), "等"))
	return true
}

// indexRune is the offset of the first rune that is so; the length where none is.
func indexRune(r []rune, is func(rune) bool) int {
	if k := slices.IndexFunc(r, is); k >= 0 {
		return k
	}
	return len(r)
}

// readTitles reads the titles behind the number of documents at i: 制度4件，分别为《…》《…》.
func (out *Reading) readTitles(section int, l *line, n, i int) {
	r := l.runes
	unit := i + 1
	if !isDigit(r[i]) && hanDigit(r[i]) < 2 || !strings.ContainsRune("件部项个份", at(r, unit)) || isDigit(at(r, i-1)) || hanDigit(at(r, i-1)) > 0 || strings.ContainsRune("十百第.", at(r, i-1)) {
		return
	}
	stated := int(hanDigit(r[i]))
	if isDigit(r[i]) {
		stated = int(r[i] - '0')
	}
	from := unit + 1
	for from < len(r) && !isBreak(r[from]) && introducerAt(r, from) == "" && from-unit < 8 {
		from++
	}
	end := from
	if at(r, from) == '，' || at(r, from) == '：' {
		from++
	}
	word := introducerAt(r, from)
	if from += runeLen(word); at(r, from) != '《' || word == "" && at(r, from-1) != '：' || word != "" && !strings.HasPrefix(word, "分别") && !strings.HasPrefix(word, "依次") && !strings.HasPrefix(word, "具体") && word != "即" || stated < 2 {
		return
	}
	found, depth := 0, 0
	for ; from < len(r); from++ {
		switch r[from] {
		case '《', '（':
			if depth++; depth == 1 && r[from] == '《' {
				found++
			}
		case '》', '）':
			depth--
		case '、', '和', '及', '与', '以':
		default:
			if depth == 0 {
				if r[from] == '，' && at(r, from+1) == '《' {
					continue
				}
				if isStop(r[from]) || r[from] == '；' || r[from] == '，' {
					out.addCount(section, l, n, span{i, end, stated}, [2]int{found, found}, false)
				}
				return
			}
		}
	}
}
