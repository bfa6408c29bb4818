package rules

import (
	"strings"
	"time"
	"unicode"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// kind is a kind of personal number.
type kind int

const (
	mobileNumber kind = iota
	idNumber
	bankCard
)

// hit is a personal number in a text, by runes.
type hit struct {
	kind       kind
	start, end int
	// digits is the number without separators; never shown.
	digits string
}

// group is a run of digits.
type group struct{ start, end int }

func (g group) len() int { return g.end - g.start }

// findPrivate finds mobile numbers and resident id numbers in a folded text.
func findPrivate(text []rune) []hit {
	const shortest = 11 // digits of a mobile number
	var groups []group
	digits := 0
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		g := group{start: i}
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		g.end = i
		digits += g.len()
		groups = append(groups, g)
	}
	if digits < shortest {
		return nil
	}
	var out []hit
	for i := range groups {
		h, ok := idAt(text, groups[i:])
		if !ok {
			h, ok = mobileAt(text, groups[i:], out)
		}
		if !ok {
			h, ok = cardAt(text, groups[i:])
		}
		if ok {
			out = append(out, h)
		}
	}
	return out
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func at(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

// joined returns the end of the groups, if they have the given lengths and one
// and the same separator between them (a space or a hyphen).
func joined(text []rune, groups []group, lengths ...int) (end int, separator rune, ok bool) {
	if len(groups) < len(lengths) {
		return 0, 0, false
	}
	for i, n := range lengths {
		if groups[i].len() != n {
			return 0, 0, false
		}
		if i == 0 {
			continue
		}
		if groups[i].start-groups[i-1].end != 1 {
			return 0, 0, false
		}
		s := text[groups[i-1].end]
		if s != ' ' && s != '-' || separator != 0 && s != separator {
			return 0, 0, false
		}
		separator = s
	}
	return groups[len(lengths)-1].end, separator, true
}

// mobileAt reads a mobile number that starts with the first group. before are
// the hits found so far: numbers in a list are parted by "/" or "-".
func mobileAt(text []rune, groups []group, before []hit) (hit, bool) {
	start := groups[0].start
	h := hit{kind: mobileNumber, start: start}
	end, separator, ok := joined(text, groups, 3, 4, 4)
	switch {
	case ok:
		h.end = end
	case groups[0].len() == 11:
		h.end = groups[0].end
	case groups[0].len() == 13 && text[start] == '8' && text[start+1] == '6':
		h.start, h.end = start+2, groups[0].end
	default:
		if h.end, ok = pieces(text, groups, 11); !ok || !phoneLabel(labelled(text, start)) && !calledPerson(text, start) && !phoneAfter.MatchString(string(text[h.end:min(len(text), h.end+6)])) {
			return hit{}, false
		}
	}
	h.digits = onlyDigits(text[h.start:h.end])
	if !mobilePrefix(h.digits) || !mobileBefore(text, start, before) || !mobileAfter(text, h.end) && (at(text, h.end) != '/' || !phoneLabel(text, start)) {
		return hit{}, false
	}
	// Three groups with spaces may as well be three figures.
	if separator == ' ' && !phoneLabel(text, start) && !calledPerson(text, start) && !alone(text, h) && strings.TrimSpace(string(text)) != string(text[h.start:h.end]) {
		return hit{}, false
	}
	return h, true
}

// alone reports whether brackets hold nothing but the number.
func alone(text []rune, h hit) bool {
	opens, closes := at(text, h.start-1), at(text, h.end)
	return (opens == '（' || opens == '(') && (closes == '）' || closes == ')')
}

// pieces returns the end of groups that have so many digits together, parted by
// one separator each: a space, a hyphen, a dot, or a line break with spaces, as
// narrow cells and careful hands write numbers. The groups must be at least two.
func pieces(text []rune, groups []group, digits int) (end int, ok bool) {
	const most = 19 // digits that stand alone: 1 3 8 …
	for i, g := range groups[:min(len(groups), most)] {
		if i > 0 {
			const widest = 3 // a line break with spaces
			if g.start-groups[i-1].end > widest {
				return 0, false
			}
			between := string(text[groups[i-1].end:g.start])
			if strings.TrimSpace(between) != "" && between != "-" && between != "." || len(between) > 3 {
				return 0, false
			}
		}
		digits -= g.len()
		if digits <= 0 {
			return g.end, digits == 0 && i > 0
		}
	}
	return 0, false
}

// labelled is the text up to a number with its line breaks as spaces: in a cell
// the label may stand on the line above.
func labelled(text []rune, start int) ([]rune, int) {
	const reach = 24
	from := max(0, start-reach)
	out := make([]rune, 0, reach)
	for _, r := range text[from:start] {
		if r == '\n' {
			r = ' '
		}
		out = append(out, r)
	}
	return out, len(out)
}

// mobilePrefix reports whether the first digits are assigned to mobile networks
// (电信网编号计划: 13, 14, 15, 16, 17, 18, 19 and their assigned third digits).
func mobilePrefix(digits string) bool {
	if len(digits) != 11 || digits[0] != '1' {
		return false
	}
	third := digits[2]
	switch digits[1] {
	case '3', '8':
		return true
	case '4':
		return strings.IndexByte("0145679", third) >= 0
	case '5':
		return third != '4'
	case '6':
		return strings.IndexByte("2567", third) >= 0
	case '7':
		return third != '9'
	case '9':
		return third != '4'
	}
	return false
}

// mobileBefore reports whether what stands before allows a telephone number: no
// letter, no longer number, no mask, no identifier's parts.
func mobileBefore(text []rune, start int, before []hit) bool {
	prev := at(text, start-1)
	if n := len(before); n > 0 && before[n-1].end == start-1 {
		return true // 13800000000/13900000000
	}
	switch {
	case isLatin(prev):
		word := strings.ToLower(string(text[max(0, start-6):start]))
		if !strings.HasSuffix(word, "tel") && !strings.HasSuffix(word, "phone") && !strings.HasSuffix(word, "mobile") {
			return false
		}
	case prev == '*', prev == '.', prev == '_', prev == '=', prev == '#':
		return false
	case prev == '-' || prev == '/' || prev == ' ':
		p := at(text, start-2)
		country := p == '6' && at(text, start-3) == '8' && !isDigit(at(text, start-4))
		label := prev == ' ' && isLatin(p) || prev != '-' && phoneLabel(text, start)
		if (isDigit(p) || isLatin(p)) && !country && !label {
			return false // a part of an identifier, one figure of a row of figures
		}
	}
	return !otherLabel(text, start)
}

// mobileAfter reports whether what follows allows a telephone number: no unit,
// no decimals, no further parts of an identifier.
func mobileAfter(text []rune, end int) bool {
	next := at(text, end)
	after := at(text, end+1)
	switch {
	case isLatin(next), next == '*', next == '_', next == '%':
		return false
	case next == '.' || next == ',' || next == '-':
		return !isDigit(after)
	case next == '/':
		return !isDigit(after) || after == '1'
	}
	for next == ' ' {
		end++
		next = at(text, end)
	}
	if next == '人' {
		return at(text, end+1) != '次'
	}
	if isHan(next) && strings.ContainsRune("。，,；;、）)", at(text, end+1)) && !phoneAfter.MatchString(string(text[end:min(len(text), end+6)])) {
		return false // a measure word: 13812345678尾。
	}
	return next == 0 || !strings.ContainsRune("元万亿件条次户篇份项批起㎡平余个页字立吨千公米度升斤亩株顷美港欧块倍辆套所例宗台只头羽粒焦瓦伏", next) && !unitAfter.MatchString(string(text[end:min(len(text), end+4)]))
}

// phoneAfter is a label behind the number.
var phoneAfter = lazyregexp.New(`^\s?[（(]?(?:手机|移动电话|微信|本人)`)

// unitAfter are units in letters and signs.
var unitAfter = lazyregexp.New(`^\s?(?:m[³²23]|k[mgWw]|t\b|GB|MB|TB|℃|³|㎥|方|人民币|字节)`)

// lead is the text shortly before a number, up to the last sentence end.
func lead(text []rune, start, most int) string {
	from := start
	for from > 0 && start-from < most && !strings.ContainsRune("。；！？\n", text[from-1]) {
		from--
	}
	return strings.ToLower(string(text[from:start]))
}

func phoneLabel(text []rune, start int) bool {
	const reach = 24
	return containsAny(lead(text, start, reach), "电话", "手机", "联系", "热线", "tel", "mobile", "phone", "微信", "举报：", "举报:", "监督：", "监督:", "拨打", "致电")
}

// otherLabel reports whether the number is called something other than a
// telephone number.
func otherLabel(text []rune, start int) bool {
	const reach = 10
	l := lead(text, start, reach)
	if containsAny(l, "电话", "手机", "联系", "tel", "mobile", "phone") || registeredPhone.MatchString(l) && calledUp(text, start) {
		return false
	}
	return identifierLabel(l) || numberOf.MatchString(l) && !containsAny(l, "微信号", "同号", "热线", "咨询号", "本机号", "号码") || containsAny(l, "浏览", "访问", "点击", "阅读", "金额", "次数", "总数", "累计") || countedLead.MatchString(l)
}

// registeredPhone is a number that somebody gave: as identifiers it needs words of calling
// (calledUp) to be one of a telephone.
var registeredPhone = lazyregexp.New(`(?:登记|备案|预留|填写|填报|留存|接收|短信)的?(?:接收|联系|短信)?号码?(?:为|是|[：:])?\s*$`)

// calledUp reports whether the words around a number are those of calls and messages, or of
// an applicant's own number.
func calledUp(text []rune, start int) bool {
	const reach, behind = 40, 30
	l := lead(text, start, reach)
	near := l + string(text[start:min(len(text), start+behind)])
	return !containsAny(l, "系统", "档案", "不动产", "产权", "受理登记", "申请登记", "件登记") && (containsAny(near, "短信", "拨打", "停机", "接通", "接听", "关机", "致电") || containsAny(l, "申请人登记", "申请人备案", "申请表登记", "登记表登记"))
}

// numberOf calls a number that of a thing: 受理号, 回执号.
var numberOf = lazyregexp.New(`\p{Han}号(?:为|是|[：:])?\s*$`)

// countedLead is what stands directly before a figure, not before a telephone number.
var countedLead = lazyregexp.New(`(?:\p{Han}量(?:为|是|[：:])?|[总金数]额(?:为|是|[：:])?|达到?|共计?|合计|总计|约|超过?)\s*$`)

// identifierLabel reports whether the text before a number calls it the number
// of a document, an account or a body.
func identifierLabel(l string) bool {
	return containsAny(l, "索引号", "文号", "编号", "编码", "代码", "账号", "帐号", "账户", "卡号", "流水号", "单号", "案号", "备案", "登记号", "证号", "qq", "序列号", "条码", "标识", "挂号", "运单", "回执", "发票", "票据", "收据", "邮件号", "函件", "卷宗")
}

func containsAny(s string, words ...string) bool { return glance.ContainsAny(s, words...) }

// idAt reads a resident id number that starts with the first group: 18 digits,
// the last may be X, in one piece or as 6-8-4.
func idAt(text []rune, groups []group) (hit, bool) {
	h := hit{kind: idNumber, start: groups[0].start}
	isX := func(i int) bool { return at(text, i) == 'X' || at(text, i) == 'x' }
	switch g := groups[0]; {
	case g.len() == 18:
		h.end = g.end
	case g.len() == 17 && isX(g.end):
		h.end = g.end + 1
	default:
		end, _, ok := joined(text, groups, 6, 8, 4)
		if !ok {
			if end, _, ok = joined(text, groups, 6, 8, 3); !ok || !isX(end) {
				if end, ok = pieces(text, groups, 18); !ok {
					if end, ok = pieces(text, groups, 17); !ok || !isX(end) {
						return hit{}, false
					}
					end++
				}
			} else {
				end++
			}
		}
		h.end = end
	}
	edge := func(r rune) bool { return isDigit(r) || isLatin(r) || r == '*' }
	if edge(at(text, h.start-1)) || edge(at(text, h.end)) {
		return hit{}, false
	}
	const reach = 14
	l := lead(text, h.start, reach)
	clause := l[strings.LastIndexAny(l, "，,")+1:] // 名单报局备案，家长某…: the clause before calls it nothing
	if identifierLabel(clause) && !containsAny(l, "身份", "证件", "公民") && !bareCertificate.MatchString(l) {
		return hit{}, false
	}
	h.digits = onlyDigits(text[h.start:h.end])
	return h, validID(h.digits)
}

// bareCertificate is a certificate not said to be a licence: with a number that is a valid
// id, the resident's.
var bareCertificate = lazyregexp.New(`(?:^|\P{Han})证号[：:]?$`)

// validID checks region, birth date and check digit (GB 11643, ISO 7064
// MOD 11-2) of an 18-character id number.
func validID(id string) bool {
	const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
	if len(id) != 18 || !strings.Contains(provinces, id[:2]) {
		return false
	}
	birth, err := time.Parse("20060102", id[6:14])
	if err != nil || birth.Year() < 1900 || birth.Year() > 2099 {
		return false
	}
	sum, weight := 0, 1
	for i := 16; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(id[i]-'0') * weight
	}
	return "10X98765432"[sum%11] == id[17]
}

// onlyDigits drops separators and writes the check character X in upper case.
func onlyDigits(text []rune) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isDigit(r):
			return r
		case r == 'X' || r == 'x':
			return 'X'
		}
		return -1
	}, string(text))
}

// masked is a personal number as a finding may show it.
func (h hit) masked() string {
	d := h.digits
	if h.kind == mobileNumber {
		return d[:3] + "****" + d[7:]
	}
	if h.kind == bankCard {
		return d[:4] + strings.Repeat("*", len(d)-8) + d[len(d)-4:]
	}
	return d[:4] + strings.Repeat("*", 12) + d[16:]
}

// mask replaces every personal number in a text, so that findings do not spread
// what they complain of.
func mask(s string) string {
	if strings.IndexFunc(s, unicode.IsNumber) < 0 {
		return s
	}
	original := []rune(s)
	folded := make([]rune, len(original))
	for i, r := range original {
		folded[i] = fold(r)
	}
	hits := findPrivate(folded)
	if len(hits) == 0 {
		return s
	}
	var b strings.Builder
	from := 0
	for _, h := range hits {
		if h.start < from {
			continue
		}
		b.WriteString(string(original[from:h.start]) + h.masked())
		from = h.end
	}
	b.WriteString(string(original[from:]))
	return b.String()
}
