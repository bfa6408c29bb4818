package rules

import (
	"regexp"
	"strings"
	"time"
	"unicode"
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
		if h.end, ok = pieces(text, groups, 11); !ok || !phoneLabel(labelled(text, start)) {
			return hit{}, false
		}
	}
	h.digits = onlyDigits(text[h.start:h.end])
	if !mobilePrefix(h.digits) || !mobileBefore(text, start, before) || !mobileAfter(text, h.end) {
		return hit{}, false
	}
	// Three groups with spaces may as well be three figures.
	if separator == ' ' && !phoneLabel(text, start) && strings.TrimSpace(string(text)) != string(text[h.start:h.end]) {
		return hit{}, false
	}
	return h, true
}

// pieces returns the end of groups that have so many digits together, parted by
// one separator each: a space, a hyphen, a dot, or a line break with spaces, as
// narrow cells and careful hands write numbers. The groups must be at least two.
func pieces(text []rune, groups []group, digits int) (end int, ok bool) {
	const most = 6
	for i, g := range groups[:min(len(groups), most)] {
		if i > 0 {
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
		label := prev == ' ' && (isLatin(p) || phoneLabel(text, start))
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
	return next == 0 || !strings.ContainsRune("元万亿件条次户篇份项批起㎡平余个页字", next)
}

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
	return containsAny(lead(text, start, reach), "电话", "手机", "联系", "热线", "tel", "mobile", "phone", "微信")
}

// otherLabel reports whether the number is called something other than a
// telephone number.
func otherLabel(text []rune, start int) bool {
	const reach = 10
	l := lead(text, start, reach)
	if containsAny(l, "电话", "手机", "联系", "tel", "mobile", "phone") {
		return false
	}
	return identifierLabel(l) || containsAny(l, "浏览", "访问", "点击", "阅读", "金额", "次数", "总数", "累计") || countedLead.MatchString(l)
}

// countedLead is what stands directly before a figure, not before a telephone number.
var countedLead = regexp.MustCompile(`(?:[流总数询理待载播]量[为：:]?|达到?|共计?|合计|总计|约|超过?)\s*$`)

// identifierLabel reports whether the text before a number calls it the number
// of a document, an account or a body.
func identifierLabel(l string) bool {
	return containsAny(l, "索引号", "文号", "编号", "编码", "代码", "账号", "帐号", "账户", "卡号", "流水号", "单号", "案号", "备案", "登记号", "证号", "qq", "序列号", "条码", "标识")
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

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
	if identifierLabel(l) && !containsAny(l, "身份", "证件", "公民") {
		return hit{}, false
	}
	h.digits = onlyDigits(text[h.start:h.end])
	return h, validID(h.digits)
}

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

// cardAt reads the number of a bank card that starts with the first group: 16 to
// 19 digits in one piece or in groups, with a right check digit, called a number
// of a card or an account. Accounts of agencies are no personal data.
func cardAt(text []rune, groups []group) (hit, bool) {
	const shortest, longest = 16, 19
	h := hit{kind: bankCard, start: groups[0].start}
	together := 0
	for _, g := range groups {
		if together += g.len(); together >= shortest {
			break
		}
	}
	if groups[0].len() > longest || together < shortest {
		return hit{}, false
	}
	const reach = 30
	l := strings.ToLower(string(text[max(0, h.start-reach):h.start]))
	if at := strings.LastIndexAny(l, "。；！？"); at >= 0 {
		l = l[at:]
	}
	if !containsAny(l, "账号", "帐号", "卡号", "账户", "帐户", "银行卡", "储蓄卡", "社保卡", "借记卡", "信用卡", "打款", "汇款至", "收款") ||
		containsAny(l, "统一社会信用代码", "索引号", "身份证") {
		return hit{}, false
	}
	const around = 40 // the holder may be named behind the number
	near := string(text[max(0, h.start-around):min(len(text), groups[0].end+around)])
	if containsAny(near, "财政", "非税", "专户", "对公", "国库", "基本户", "单位账户", "基金账户", "资金账户", "捐款", "捐赠", "缴款", "缴费账") {
		return hit{}, false
	}
	for digits := longest; digits >= shortest; digits-- {
		end, ok := groups[0].end, groups[0].len() == digits
		if !ok {
			end, ok = pieces(text, groups, digits)
		}
		if !ok {
			continue
		}
		edge := func(r rune) bool { return isDigit(r) || isLatin(r) || r == '*' }
		h.end, h.digits = end, onlyDigits(text[h.start:end])
		if !edge(at(text, h.start-1)) && !edge(at(text, end)) && luhn(h.digits) && strings.Trim(h.digits, h.digits[:1]) != "" {
			return h, true
		}
	}
	return hit{}, false
}

// luhn checks the check digit of a card number (ISO/IEC 7812-1, annex B).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
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
