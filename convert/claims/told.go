package claims

import (
	"slices"
	"strings"
)

// Lists told apart from their number: by the noun counted, said again (抽查3个乡镇、4个部门，
// 其中乡镇为…，部门为…), and in clauses each of which has its own figure.

// toldWords stand between the noun said again and the list of what it is.
var toldWords = []string{"分别为", "分别是", "依次为", "依次是", "包括", "为", "是", "有", "："}

// readTold reads the list behind the noun that the number c counts, said again in its sentence.
func (out *Reading) readTold(section int, l *line, n int, c span) {
	r := l.runes
	stop := c.end + indexRune(r[c.end:], isStop)
	from, narrow := 0, false
	if next := stop + 1; stop < len(r) { // …。规定动作是：…
		end := next + indexRune(r[next:], isStop)
		if from = toldAt(r[:end], next, c); from > 0 && at(r, from) == '：' && from-next > 3 {
			stop = end
		} else {
			from = 0
		}
	}
	for k := c.end; k < stop && from == 0; k++ {
		if r[k] == '，' || r[k] == '；' {
			if from = toldAt(r[:stop], k+1, c); from == 0 {
				from = modifiedAt(r[:stop], k+1, c)
				narrow = from > 0
			}
		}
	}
	if from == 0 {
		return
	}
	colon := at(r, from) == '：'
	if colon {
		from++
	}
	items, rest := splitNames(r[from:from+indexRune(r[from:stop], func(x rune) bool { return x == '；' || x == '：' })], '、')
	if len(items) < 2 || counts([]rune(strings.Join(items, "、"))) || strings.Contains(items[len(items)-1], "等") {
		return
	}
	alike := lastAlike(items)
	if narrow && !strings.HasSuffix(items[0], string(r[c.end])) {
		return
	}
	if !alike && !things(items) && !colon || alike && continues(items[len(items)-1], rest) {
		return
	}
	least, most := countNames(splitJoined(items))
	out.addCount(section, l, n, c, [2]int{max(least, len(items)), most}, false)
}

// toldAt is where the list begins of what the things counted are said to be in the clause at k,
// which begins with the noun behind the number or with the end of the words before it (查阅点4处);
// 0 where it says no such thing.
func toldAt(r []rune, k int, c span) int {
	if at(r, k) == '其' && at(r, k+1) == '中' {
		k += 2
	}
	const least, longest = 2, 6
	for n := least; n <= longest && k+n < len(r); n++ {
		said := string(r[k : k+n])
		if said != string(r[c.end:c.end+n]) && (c.at < n || said != string(r[c.at-n:c.at])) {
			continue
		}
		if w := beginning(string(r[k+n:min(len(r), k+n+3)]), toldWords); w != "" {
			return k + n + runeLen(w)
		}
	}
	return 0
}

// modifiedAt is where the list begins behind the one character of the noun counted, said again
// with a word that stands near the number: 在两个村试点，试点村为….
func modifiedAt(r []rune, k int, c span) int {
	const word, near = 2, 8
	noun := at(r, c.end)
	if !isHan(noun) || at(r, k+word) != noun || k+word+1 >= len(r) || !strings.Contains(string(r[max(0, c.at-near):min(c.end+near, k)]), string(r[k:k+word])) {
		return 0
	}
	if w := beginning(string(r[k+word+1:min(len(r), k+word+4)]), toldWords); w != "" {
		return k + word + 1 + runeLen(w)
	}
	return 0
}

// readSorts reads the clauses that each begin anew with one of what is counted: 分为三类，一类是
// 党务信息，一类是村务信息.
func (out *Reading) readSorts(section int, l *line, n int, c span) bool {
	r := l.runes
	stop := c.end + indexRune(r[c.end:], isStop)
	found, last := 0, 0
	for k := c.end; k+3 < stop; k++ {
		if !isBreak(r[k]) {
			continue
		}
		from := k + 1
		if found > 0 {
			from += runeLen(beginning(string(r[from:min(stop, from+2)]), []string{"另外", "还有", "再有", "另", "再"}))
		}
		if at(r, from) == '一' && slices.Contains(r[c.at:c.end], at(r, from+1)) && isHan(at(r, from+1)) && strings.ContainsRune("是为在设", at(r, from+2)) {
			if found == 0 && k > c.end {
				return false
			}
			found++
			last = from
		}
	}
	const least = 2
	if found < least || goesFurther(r[last:stop]) || containsAny(string(r[last:stop]), "其他", "其余") || strings.Contains(string(r[c.end:stop]), "等"+string(r[c.end-1])) {
		return false
	}
	out.addCount(section, l, n, c, [2]int{found, found}, false)
	return true
}

// waysNouns are what clauses that tell what was done, and how often, are counted as.
var waysNouns = []string{"形式", "方式", "途径", "渠道", "措施", "举措", "办法", "手段", "活动", "工作", "做法"}

// resultVerbs begin clauses that say what came of the clause before, and are no items.
var resultVerbs = []string{"覆盖", "惠及", "参与", "参加", "参训", "吸引", "累计", "共", "合计", "占", "其中", "点击", "阅读", "浏览", "播放量", "访问", "回收", "收到", "收回", "接待", "接受", "解答", "答复", "办结", "同比", "比", "较", "服务", "受益", "受众", "受教育", "涉及", "并", "全年", "每", "平均", "达到", "超过", "整改", "采纳", "发放"}

// readWays reads the clauses behind a colon that each do something and say how often: 三种
// 形式：印发明白纸2万份，组织宣讲85场，播放访谈6期.
func (out *Reading) readWays(section int, l *line, n int, c span) bool {
	r := l.runes
	if at(r, c.end) != '：' || !containsAny(string(r[c.at:c.end]), waysNouns...) {
		return false
	}
	from := c.end + 1
	text := string(r[from : from+indexRune(r[from:], isStop)])
	if containsAny(text, "；", "：", "等方式", "等形式", "等措施", "一是", "①") {
		return false
	}
	const least = 2
	items := 0
	for clause := range strings.SplitSeq(text, "，") {
		end := []rune(clause)
		unit := len(end) - 1
		if unit < 2 || isDigit(end[0]) || startsWithAny(clause, resultVerbs...) || !counted(end) {
			return false
		}
		items++
	}
	if items < least {
		return false
	}
	out.addCount(section, l, n, c, [2]int{items, items}, false)
	return true
}

// counted reports whether the clause ends in a figure with its measure word, and has no other.
func counted(clause []rune) bool {
	const unit = 2 // characters of the longest measure word
	figures, end := 0, 0
	for i := 0; i < len(clause); i++ {
		if !isDigit(clause[i]) {
			continue
		}
		figures++
		for i < len(clause) && (isDigit(clause[i]) || strings.ContainsRune(".万亿余多", clause[i])) {
			i++
		}
		end = i
	}
	return figures == 1 && end > 0 && len(clause)-end >= 1 && len(clause)-end <= unit
}
