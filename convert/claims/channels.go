package claims

import (
	"slices"
	"strings"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// Lists before their number whose items nobody takes for anything but things of one kind: ways by
// which a body publishes and is asked, and quoted titles. What stands around them decides nothing.

// wayNouns are what such ways are called together.
var wayNouns = []string{"渠道", "方式", "形式", "途径", "载体", "平台", "媒介", "手段", "新媒体", "阵地", "场所"}

// way is the name of one of them.
var way = lazyregexp.New(`(?:网站|网|网络|网上|微博|微信|公众号|公示栏|公开栏|公告栏|宣传栏|专栏|微信群|QQ群|群|热线|电话|信函|信件|邮寄|邮递|邮箱|邮件|传真|(?:当面|书面|网络|网上|信函|口头|邮寄|在线|线上|线下|现场|窗口)(?:申请|提交|递交)|当面|现场|窗口|报纸|报刊|刊物|杂志|查阅中心|阅览室|电视|电视台|广播|电台|抖音|抖音号|头条|头条号|视频号|快手|客户端|APP|显示屏|电子屏|公报|图书馆|档案馆|服务中心|服务大厅|查阅点|查阅场所|新闻发布会|文字|图文|图解|图表|图片|图文解读|文字解读|漫画解读|问答解读|视频解读|漫画|视频|短视频|问答|动漫|访谈|在线访谈|H5|带头解读|专家解读|媒体解读)$`)

// beforeWays ends the words that lead to the first of them.
var beforeWays = []string{"通过", "依托", "利用", "借助", "采取", "采用", "运用", "充分发挥", "保持", "完善", "加强", "丰富", "用好", "畅通", "经由", "涵盖", "包括", "主要有", "主要是", "有", "以", "在"}

// readWaysBefore reads a list of ways before its number: 依托区政府网站、政务微博及公众号两个平台.
func (out *Reading) readWaysBefore(section int, l *line, n int, c span) bool {
	const noun = 6
	r := l.runes
	end, open := c.at, false
	if !containsAny(string(r[c.at:min(len(r), c.end+noun)]), wayNouns...) {
		said := string(r[listStart(r, end):end]) // 公开途径为网站、公开栏三种
		k := strings.IndexAny(said, "为有是")
		if isBreak(at(r, c.end)) && at(r, c.end-1) == '种' && k > 0 && endsWithAny(said[:k], wayNouns...) {
			noun := runeLen(said[:k])
			return out.readWaysFrom(section, l, n, c, listStart(r, end)+noun+1)
		}
		return false
	}
	if end > 0 && r[end-1] == '等' {
		end, open = end-1, true
	}
	items := mergeName(string(r[listStart(r, end):end]))
	if len(items) > 1 && hasSuffix(items[0], beforeWays) {
		items = items[1:] // 进一步加强和完善QQ群、微信群
	}
	const least = 2
	if len(items) < least || open && len(items) <= c.stated {
		return false
	}
	for _, w := range beforeWays {
		if at := strings.LastIndex(items[0], w); at >= 0 && at+len(w) < len(items[0]) {
			items[0] = items[0][at+len(w):]
			break
		}
	}
	for _, item := range items {
		const longest = 24
		if item = strings.TrimSuffix(item, "”"); runeLen(item) > longest || !way.MatchString(item) {
			return false
		}
	}
	out.addCount(section, l, n, c, [2]int{len(items), len(items)}, open)
	return true
}

// readWaysFrom reads the ways between the offset and the number.
func (out *Reading) readWaysFrom(section int, l *line, n int, c span, from int) bool {
	items := splitWays(string(l.runes[from:c.at]))
	if slices.ContainsFunc(items, func(item string) bool { return !way.MatchString(item) }) {
		return false
	}
	out.addCount(section, l, n, c, [2]int{len(items), len(items)}, false)
	return true
}

// mergeName parts a list of ways, of which a joint may stand within the name of the first:
// 文化和旅游局官方网站、公众号.
func mergeName(text string) []string {
	items := splitWays(text)
	if len(items) < 3 || way.MatchString(items[0]) || hasSuffix(items[0], beforeWays) || !way.MatchString(items[1]) {
		return items
	}
	for _, joint := range joints {
		if name := items[0] + joint + items[1]; strings.HasPrefix(text, name) {
			return append([]string{name}, items[2:]...)
		}
	}
	return items
}

// splitWays parts a list at its marks and joints outside of quoted names.
func splitWays(text string) (items []string) {
	depth, from := 0, 0
	for i := 0; i < len(text); {
		joint := ""
		if depth == 0 {
			joint = beginning(text[i:], joints)
		}
		if depth == 0 && strings.HasPrefix(text[i:], "、") {
			joint = "、"
		}
		switch {
		case joint != "":
			items = append(items, text[from:i])
			i += len(joint)
			from = i
			continue
		case strings.HasPrefix(text[i:], "“"), strings.HasPrefix(text[i:], "《"), strings.HasPrefix(text[i:], "（"):
			depth++
		case strings.HasPrefix(text[i:], "”"), strings.HasPrefix(text[i:], "》"), strings.HasPrefix(text[i:], "）"):
			depth--
		}
		i++
	}
	return append(items, text[from:])
}

// titleNouns are things that titles in a row name.
var titleNouns = []string{"专栏", "栏目", "板块", "版块", "专题", "专区", "新闻发布会", "发布会"}

// readTitlesBefore reads quoted titles in a row before their number: 新设“甲”“乙”“丙”三个专栏.
func (out *Reading) readTitlesBefore(section int, l *line, n int, c span) bool {
	const noun, least = 8, 2
	r := l.runes
	if last := at(r, c.at-1); last != '”' && last != '》' || !containsAny(string(r[c.at:min(len(r), c.end+noun)]), titleNouns...) {
		return false
	}
	found, whole := titlesBefore(r, c.at)
	if found < least || !whole {
		return false // 甲、“乙”: the first has no title
	}
	out.addCount(section, l, n, c, [2]int{found, found}, false)
	return true
}

// quotedBefore is where the text in quotation marks begins that ends at the offset; 0 where it is
// none, or a long one.
func quotedBefore(r []rune, end int) int {
	const longest = 80
	if at(r, end-1) != '”' {
		return 0
	}
	from := end - 1
	for from > 0 && end-from < longest && r[from-1] != '“' && r[from-1] != '”' {
		from--
	}
	if at(r, from-1) != '“' {
		return 0
	}
	return from
}

// dashes part the steps of what is done one after the other.
var dashes = glance.NewReplacer("——", "、", "--", "、", "→", "、", "-", "、", "—", "、", "－", "、")

// dashedBefore reports whether steps that dashes part stand in quotation marks right before the
// number at the offset: “收件-登记-转办-答复”四步流程.
func dashedBefore(r []rune, i int) bool {
	from := quotedBefore(r, i)
	if from == 0 {
		return false
	}
	text := r[from : i-1]
	return !slices.Contains(text, '、') && !slices.ContainsFunc(text, isDigit) && strings.ContainsAny(string(text), "-—－→")
}

// readQuotedList reads a list in quotation marks right before a number and the word that its items
// are called by: “决策、执行、管理、服务、结果”五公开.
func (out *Reading) readQuotedList(section int, l *line, n, i int) {
	r := l.runes
	end := i
	if at(r, end-1) == '等' {
		end--
	}
	from, stated := quotedBefore(r, end), hanDigit(r[i])
	if from == 0 || stated < 2 || strings.ContainsRune("年月日季天届期次级轮批十百千万", at(r, i+1)) && (at(r, i+1) != '级' || !dashedBefore(r, i)) || hanDigit(at(r, i+1)) >= 0 {
		return
	}
	const least = 3
	text := dashes.Replace(string(r[from : end-1]))
	if strings.ContainsAny(text, "，；。：") || strings.Count(text, "、")+1 < least {
		return
	}
	items := strings.Split(text, "、")
	open := end < i || strings.HasSuffix(text, "等")
	if found := len(splitLast(items)); !open || len(items) > int(stated) {
		out.addCount(section, l, n, span{i, i + 1, int(stated)}, [2]int{len(items), found}, open)
	}
}

// readSeries reads the names in quotation marks right behind the noun that is counted: 五家新媒体平台
// “甲报”、“乙在线”和“丙发布”.
func (out *Reading) readSeries(section int, l *line, n int, c span) bool {
	const longestNoun, least = 8, 2
	r, k := l.runes, c.end
	for k < len(r) && isHan(r[k]) && k-c.end < longestNoun {
		k++
	}
	if k == c.end || at(r, k) != '“' || !containsAny(string(r[c.end-1:k]), "平台", "媒体", "公众号", "账号", "专栏", "栏目", "专题", "板块", "视频号", "抖音号", "小程序", "微博") {
		return false
	}
	items, noun := 0, k
	for at(r, k) == '“' {
		k += indexRune(r[k:], func(c rune) bool { return c == '”' }) + 1
		items++
		switch {
		case at(r, k) == '、' && at(r, k+1) == '“', strings.ContainsRune("和及与", at(r, k)) && at(r, k+1) == '“':
			k++
		case at(r, k) == '以' && at(r, k+1) == '及' && at(r, k+2) == '“':
			k += 2
		}
	}
	if items < least || k > len(r) || items < c.stated && (strings.Contains(string(r[k:k+indexRune(r[k:], isStop)]), "“") || at(r, k) == '、' || strings.ContainsRune("和及与以", at(r, k)) || !isBreak(at(r, k)) && !startsWithAny(string(r[k:]), "发布", "推送", "公开", "更新", "累计", "共", "等")) {
		return false // the others may be named without marks
	}
	out.addCount(section, l, n, span{c.at, noun, c.stated}, [2]int{items, items}, at(r, k) == '等')
	return true
}

// readMixed reads ways behind a colon that commas part as well as 、: 以下四种：网站，查阅场所、公开栏.
func (out *Reading) readMixed(section int, l *line, n int, c span) bool {
	const least, longest = 2, 10
	r := l.runes
	if at(r, c.end) != '：' {
		return false
	}
	text := string(r[c.end+1 : c.end+1+indexRune(r[c.end+1:], isStop)])
	if !strings.Contains(text, "，") || !strings.Contains(text, "、") || strings.ContainsAny(text, "；：（等") {
		return false
	}
	items := strings.FieldsFunc(text, func(r rune) bool { return r == '，' || r == '、' })
	for _, item := range items {
		if runeLen(item) > longest || !way.MatchString(item) || counts([]rune(item)) {
			return false
		}
	}
	if len(items) < least {
		return false
	}
	out.addCount(section, l, n, c, [2]int{len(items), len(items)}, false)
	return true
}

// readOrdinals reads what is told by its numbers right before how many it is: 第一批、第二批、第三批共三批.
func (out *Reading) readOrdinals(section int, l *line, n int, c span) bool {
	const least = 2
	r, k := l.runes, c.at
	unit := at(r, c.at+1)
	for k > 0 && strings.ContainsRune("共计合等", r[k-1]) {
		k--
	}
	open, items := k < c.at && slices.Contains(r[k:c.at], '等'), 0
	for k > 1 && r[k-1] == unit {
		from := k - 2
		for from > 0 && (hanDigit(r[from]) >= 0 || r[from] == '十' || isDigit(r[from])) {
			from--
		}
		if r[from] != '第' || from == k-2 {
			return false
		}
		items++
		if k = from; k > 0 && r[k-1] == '、' {
			k--
			continue
		}
		break
	}
	if items < least || k > 0 && strings.ContainsRune("至到-—", r[k-1]) {
		return false
	}
	out.addCount(section, l, n, c, [2]int{items, items}, open)
	return true
}
