package claims

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// Lists joined otherwise than by 、: by plus signs, by the figures of their items, and those of which
// each says a rate.

// readAdded reads a list joined by plus signs before its number: “网站+新媒体+公开栏”三位一体. The
// sign in 互联网+ joins nothing.
func (out *Reading) readAdded(section int, l *line, n int, c span) bool {
	const least = 2
	r := l.runes
	end := c.at
	if at(r, end-1) == '的' {
		end--
	}
	if at(r, end-1) == '”' {
		end--
	}
	start := end
	for start > 0 && !isBreak(r[start-1]) && r[start-1] != '“' && r[start-1] != '”' {
		start--
	}
	items := strings.Split(string(r[start:end]), "+")
	if len(items) <= least {
		return false
	}
	for i, item := range items {
		if runeLen(item) < least || i > 0 && !isHan([]rune(item)[0]) || strings.HasSuffix(item, "互联网") || strings.HasSuffix(item, "等") || counts([]rune(item)) {
			return false
		}
	}
	out.addCount(section, l, n, c, [2]int{len(items), len(items)}, false)
	return true
}

// figured is a list of which each item has its figure: 其中文字解读21条、媒体解读3条.
var figured = lazyregexp.New(`^[^。；：]{0,24}?，(?:其中)?[：，]?((?:\p{Han}{2,10}\d+(?:余)?[件条篇次个份期场部][、，和]?){2,})(?:[。；]|$)`)

// itemFigure is the figure of such an item.
var itemFigure = lazyregexp.New(`\d+(?:余)?[件条篇次个份期场部]`)

// readForms reads the forms that the text says follow, told with a figure each: 采取以下三种形式解读政策
// 24条，其中文字解读21条、媒体解读3条.
func (out *Reading) readForms(section int, l *line, n int, c span) bool {
	r := l.runes
	if words := string(r[clauseStart(r, c.at):c.at]); !containsAny(words, "以下", "下列", "如下") || !strings.ContainsRune("种类", r[c.at+1]) {
		return false
	}
	m := figured.FindStringSubmatch(string(r[c.end:]))
	if m == nil || strings.Contains(m[1], "其他") || strings.Contains(m[1], "其余") {
		return false
	}
	labels := itemFigure.Split(strings.TrimRight(m[1], "、，和"), -1)
	found := len(labels) - 1
	for _, label := range labels[:found] {
		if label = strings.TrimLeft(label, "、，和"); !way.MatchString(label) && !way.MatchString(strings.TrimSuffix(label, "解读")) {
			return false // what went out that way, perhaps
		}
	}
	out.addCount(section, l, n, c, [2]int{found, found}, false)
	return true
}

// rates is a quoted number of rates with what of it stands in the sentence: “4个100%”（100%公开、…）.
var rates = lazyregexp.New(`^“([2-9二三四五六七八九])个(\d+%)”[^，。；：（、]{0,8}[，：（](?:即|做到|实现|确保)?([^。；）：]*)`)

// readRates reads the items behind a quoted number of rates, each of which says the rate once.
func (out *Reading) readRates(section int, l *line, n, i int) bool {
	const digits = 2
	r := l.runes
	if d := at(r, i+1); at(r, i+2) != '个' || !isDigit(at(r, i+digits+1)) || !isDigit(d) && hanDigit(d) < 0 {
		return false
	}
	m := rates.FindStringSubmatch(string(r[i:]))
	if m == nil {
		return false
	}
	d := []rune(m[1])[0]
	stated := int(hanDigit(d))
	if isDigit(d) {
		stated = int(d - '0')
	}
	items, rest := splitNames([]rune(m[3]), '、')
	if len(items) < 2 || strings.Contains(rest, m[2]) {
		return false
	}
	for _, item := range items {
		if strings.Count(item, m[2]) != 1 {
			return false
		}
	}
	out.addCount(section, l, n, span{i + 1, i + 1 + runeLen(m[1]+"个"+m[2]), stated}, [2]int{len(items), len(items)}, false)
	return true
}
