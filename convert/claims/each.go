package claims

import (
	"slices"
	"strings"
)

// Lists of which the text says that each item is one: 5个县，分别是甲、乙、丙、丁和戊; those of
// titles before their number, of the parts that make up a whole, and a list begun and
// never gone on with.

// eachAt is where 分别是 leads to the list of what is counted before the offset, however long
// the words between are, as long as they count nothing else; 0 where it does not.
func eachAt(r []rune, from int) int {
	const longest, commas = 50, 2
	depth, said := 0, 0
	for i := from; i < min(len(r)-2, from+longest); i++ {
		switch c := r[i]; {
		case c == '（' || c == '《' || c == '“':
			depth++
		case c == '）' || c == '》' || c == '”':
			if depth--; depth < 0 {
				return 0
			}
		case depth > 0:
		case c == '分' && startsWithAny(string(r[i:min(len(r), i+3)]), "分别为", "分别是") || c == '依' && startsWithAny(string(r[i:i+3]), "依次为", "依次是"):
			if k, _ := markerAt(r, min(i+4, len(r)-1)); at(r, i+3) == '：' && k != noMarker {
				return 0
			}
			return i
		case c == '，':
			if said++; said > commas {
				return 0
			}
		case isBreak(c) || isDigit(c) || hanDigit(c) > 0 && strings.ContainsRune(hanUnits+"大类种方处批", at(r, i+1)):
			return 0
		}
	}
	return 0
}

// dated reports whether the only figures of a list that 分别 leads to are the dates that its
// items begin with: 3月22日水日宣传、9月15日开放活动.
func dated(r []rune, from, end int) bool {
	if !containsAny(string(r[max(0, from-3):from]), "分别为", "分别是", "依次为", "依次是") {
		return false
	}
	items, _ := splitNames(r[from:end], '、')
	for _, item := range splitDated(items) {
		rest := withoutDates([]rune(item))
		if len(rest) == 0 && len(items) > 1 && runeLen(items[0]) > runeLen(item)+1 || len(rest) == len([]rune(item)) || counts(rest) || containsAny(string(rest), "和", "及", "与") {
			return false
		}
	}
	return true
}

// splitDated parts the last item where 和 joins two that begin with dates.
func splitDated(items []string) []string {
	return splitEnd(items, func(x, y string) bool { return y != "" && isDigit([]rune(y)[0]) && runeLen(x) > 2 })
}

// withoutDates is the item without the date that it begins with.
func withoutDates(item []rune) []rune {
	i := 0
	for i < len(item) {
		k := i
		for k < len(item) && isDigit(item[k]) {
			k++
		}
		switch {
		case k > i && k < len(item) && strings.ContainsRune("年月日号", item[k]):
			i = k + 1
		case i > 0 && item[i] == '至' && k == i:
			i++
		default:
			return item[i:]
		}
	}
	return nil
}

// splitJoined parts the last item where 和 joins the last two of a list, as it does in
// A、B、C和D; where the halves are named alike and the others are not, they may be one.
func splitJoined(items []string) []string {
	all := splitLast(items)
	if len(all) == len(items) {
		return items
	}
	x, y := []rune(all[len(all)-2]), []rune(all[len(all)-1])
	const shared = 2
	if len(x) < 3 || len(y) < 3 {
		return items
	}
	for _, end := range []func([]rune) string{
		func(r []rune) string { return string(r[:shared]) }, func(r []rune) string { return string(r[len(r)-shared:]) },
	} {
		if end(x) == end(y) && !slices.ContainsFunc(items[:len(items)-1], func(s string) bool { return runeLen(s) >= shared && end([]rune(s)) == end(x) }) {
			return items
		}
	}
	return all
}

// behindMembers is where the list of members before the quoted catchword at the offset
// ends: the 的 that leads to the word and quotation marks are no part of it.
func behindMembers(r []rune, end int) int {
	const longest = 5
	if at(r, end-1) != '的' || !strings.HasPrefix(string(r[end:min(len(r), end+longest)])+"”", "“") || !strings.Contains(string(r[end:min(len(r), end+longest)]), "位一体") {
		return end
	}
	if containsAny(string(r[listStart(r, end):end]), "上下", "左右", "内外", "横向", "纵向", "前后", "线上", "多方", "层层", "高效", "便捷", "立体", "全面") {
		return end
	}
	if end--; at(r, end-1) == '”' && slices.Contains(r[max(0, end-maxMembers):end-1], '“') {
		return end
	}
	return end
}

// maxMembers is the length of the longest list of members.
const maxMembers = 80

// documentNouns are what titles are counted as.
var documentNouns = []string{"制度", "文件", "办法", "规定", "规范", "规章", "方案", "通知", "细则", "机制", "标准", "指南", "清单", "政策", "法律", "法规", "规程", "意见", "手册", "规则", "要点", "目录"}

// readNamed reads a list before its number that is surely no more than names: titles
// (《甲》《乙》《丙》三项制度) and what makes up a whole (由甲、乙、丙三部分组成).
func (out *Reading) readNamed(section int, l *line, n int, c span, end int, open bool) bool {
	r := l.runes
	behind := string(r[c.at:min(len(r), c.end+8)])
	if at(r, end-1) == '》' && containsAny(behind, documentNouns...) && strings.ContainsRune("项部个件份条", r[c.at+1]) {
		found, whole := titlesBefore(r, end)
		if found < 2 || found < c.stated && (open || !whole) {
			return false
		}
		out.addCount(section, l, n, c, [2]int{found, found}, open && found < c.stated)
		return true
	}
	if open || !containsAny(behind, "组成", "构成") {
		return false
	}
	start := listStart(r, end)
	from := slices.Index(r[start:end], '由')
	if from < 0 {
		return false
	}
	text := r[start+from+1 : end]
	items, _ := splitNames(text, '、')
	if len(items) < 3 || counts(text) || hasOrdinals(text) {
		return false
	}
	least, most := countNames(splitJoined(items))
	if least == 0 {
		least = most
	}
	out.addCount(section, l, n, c, [2]int{least, most}, false)
	return true
}

// titlesBefore counts the titles, in quotation marks or brackets, that stand side by side before the
// offset; whole reports whether nothing joins them to a thing without a title.
func titlesBefore(r []rune, end int) (found int, whole bool) {
	opening := map[rune]rune{'》': '《', '”': '“', '）': '（'}
	for end > 0 {
		switch closing := r[end-1]; {
		case opening[closing] != 0:
			depth := 0
			for end > 0 && (depth > 0 || r[end-1] == closing) {
				switch r[end-1] {
				case closing:
					depth++
				case opening[closing]:
					depth--
				}
				if end--; depth == 0 {
					break
				}
			}
			if closing != '）' {
				found++
			}
		case strings.ContainsRune("、和及与", closing) || closing == '以' && found > 0:
			if before := at(r, end-2); opening[before] == 0 && before != '以' {
				return found, false
			}
			end--
		default:
			return found, true
		}
	}
	return found, true
}

// closedBehind reports whether the list at the offset that 分别是 leads to surely ends at its
// first comma: the clauses behind it name nothing more, or, wherever among them it ended, it
// would not have as many items as the text says.
func closedBehind(r []rune, from, stated int) bool {
	if !containsAny(string(r[max(0, from-4):from]), "分别") {
		return false
	}
	items, rest := splitNames(r[from:from+indexRune(r[from:], isStop)], '、')
	if rest == "" || containsAny(rest, "；", "《", "“", "等", "另", "还", "：", "以及") {
		return false
	}
	if !containsAny(rest, "、", "和", "及", "与") {
		return true
	}
	least, most := len(items), len(splitJoined(items))
	for clause := range strings.SplitSeq(rest, "，") {
		more, _ := splitNames([]rune(clause), '、')
		least, most = least+len(more), most+len(splitJoined(more))
		if stated >= least && stated <= most {
			return false
		}
	}
	return true
}
