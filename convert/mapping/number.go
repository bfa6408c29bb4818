package mapping

import (
	"strings"
	"unicode"

	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// Cell is what the text of one cell says.
type Cell struct {
	State report.State
	// Number is the figure of a cell with StateNumber, as a decimal literal of
	// JSON, its printed decimals kept; empty otherwise.
	Number report.Number
	// Unit is the unit printed in the cell ("件", "万元"); empty where none.
	Unit string
}

// maxDigits caps the figures of one number: what is longer is an account or
// telephone number or several cells run together, never a count.
const maxDigits = 24

// ParseCell reads the text of a cell of figures: blank, placeholder (/, -, —, 无),
// number or other text. It knows full-width digits, grouping commas, units
// (件, 万元), signs in signs and words (-2, 减4, 4（减）), numbers broken over two
// lines and plain Chinese numerals. What could mean two things is text.
func ParseCell(text string) Cell {
	if isPlain(text) { // most cells
		return Cell{State: report.StateNumber, Number: report.Number(text)}
	}
	s := foldFigures(text)
	if s == "" {
		return Cell{State: report.StateBlank}
	}
	if isPlaceholder(s) {
		return Cell{State: report.StatePlaceholder}
	}
	if n, unit, ok := parseNumber(s); ok {
		return Cell{State: report.StateNumber, Number: n, Unit: unit}
	}
	return Cell{State: report.StateText}
}

// isPlain reports whether the text is a whole number already.
func isPlain(s string) bool {
	if s == "" || len(s) > maxDigits || (s[0] == '0' && len(s) > 1) {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// foldFigures brings the text to half-width characters, with one sign for
// every dash, without footnote marks and outer space. A line break inside a
// number is where it was wrapped and disappears; inner spaces stay as one space.
func foldFigures(text string) string {
	marked := func(r rune) bool { return isFootnoteMark(r) || unicode.IsSpace(r) || isInvisible(r) }
	if bare := strings.TrimRightFunc(text, marked); bare != "" {
		text = bare
	} else if !isBlank(text) {
		return strings.TrimSpace(text) // a lone ① is no 1
	}
	text = nfkc(text)
	var b strings.Builder
	space := false
	for _, r := range text {
		switch {
		case isInvisible(r):
			continue
		case r == '\n' || r == '\r' || r == '\v':
			continue
		case unicode.IsSpace(r) || r == '\u3164':
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(foldDash(r))
	}
	return b.String()
}

// isInvisible reports characters that print nothing: zero-width spaces and
// joiners, direction and variation marks, controls other than white space.
func isInvisible(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7f, r >= 0x2e80 && r < 0xd800:
		return false // most characters
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return !unicode.IsSpace(r)
	}
	return unicode.Is(unicode.Cf, r) || r == '\ufe0f'
}

// isFootnoteMark reports ①, ¹ and * as they hang on figures; NFKC would make
// digits of them.
func isFootnoteMark(r rune) bool {
	return (r >= '①' && r <= '⒇') || r == '¹' || r == '²' || r == '³' || (r >= '⁴' && r <= '⁹') || r == '⁰' || r == '*' || r == '※'
}

func foldDash(r rune) rune {
	switch r {
	case '-', '‐', '‑', '‒', '–', '—', '―', '−', '─', '━', '﹣', '－', 'ー', '⸺', '⸻', '﹘':
		return '-'
	case '╱', '∕', '⁄', '⧸':
		return '/'
	}
	return r
}

// placeholderWords are words that stand for a figure that is not there.
const placeholderWords = " 无 暂无 没有 不涉及 未发生 无数据 空 N/A n/a NA "

func isPlaceholder(s string) bool {
	if strings.Contains(placeholderWords, " "+strings.TrimRight(s, ".。")+" ") && !strings.Contains(s, " ") {
		return true
	}
	for _, r := range s {
		if !strings.ContainsRune(`-/\_~*.·、… ×|`, r) {
			return false
		}
	}
	return true
}

const unitPattern = `亿元|千元|万元|元|件次|人次|家次|件|项|条|个|宗|次|份|起|人|部|篇|例|户|家|笔|类|批|场|处`

var (
	// numberPattern matches a folded text: currency, sign, digits, decimals, unit,
	// a change of sign behind them (减), a remark without digits.
	numberPattern = lazyregexp.New(`^(?:¥|RMB|人民币)?` +
		`([-+]|减少?|增加?|下降|上升|负|正|[↓↑▼▲])?` +
		`(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?\.?` +
		`(` + unitPattern + `|\((?:` + unitPattern + `)\))?整?` +
		`(?:\((减少?|增加?|-|\+|↓|↑)\)|(↓|↑))?` +
		`(?:\([^()\d]*\))?[.。;,、]*$`)
	groupedPattern = lazyregexp.New(`^([^\d]*)(\d{1,3}(?: \d{3})+)((?:\.\d+)?[^\d]*)$`)
	innerSpace     = lazyregexp.New(`(\d) +(\d)`)
)

// parseNumber reads a folded, non-empty text as one number.
func parseNumber(s string) (n report.Number, unit string, ok bool) {
	if !strings.ContainsAny(s, "0123456789") { // most texts
		return parseHan(strings.ReplaceAll(s, " ", ""))
	}
	if m := groupedPattern.FindStringSubmatch(s); m != nil { // 12 035 628
		s = m[1] + strings.ReplaceAll(m[2], " ", "") + m[3]
	}
	if innerSpace.MatchString(s) {
		return "", "", false // two numbers in one cell
	}
	s = strings.ReplaceAll(s, " ", "")
	m := numberPattern.FindStringSubmatch(s)
	if m == nil || (m[2] == "" && m[3] == "") {
		return parseHan(s)
	}
	sign, whole, decimals, unit, after := m[1], strings.ReplaceAll(m[2], ",", ""), m[3], strings.Trim(m[4], "()"), m[5]+m[6]
	whole = strings.TrimLeft(whole, "0")
	if len(whole)+len(strings.TrimPrefix(decimals, ".")) > maxDigits || (sign != "" && after != "") {
		return "", "", false
	}
	if strings.ContainsRune(s, '¥') && unit == "" {
		unit = "元"
	}
	if whole == "" {
		whole = "0"
	}
	lit := whole + decimals
	if isDecrease(sign) || isDecrease(after) {
		if strings.Trim(lit, "0.") != "" {
			lit = "-" + lit
		}
	}
	return report.Number(lit), unit, true
}

func isDecrease(sign string) bool {
	switch sign {
	case "-", "减", "减少", "下降", "负", "↓", "▼":
		return true
	}
	return false
}

// parseHan reads a plain Chinese numeral below 10,000 (三, 二十五, 〇), with a
// unit. A lone 一 is left as text: it is typed for a dash as often as for 1.
func parseHan(s string) (n report.Number, unit string, ok bool) {
	m := hanPattern.FindStringSubmatch(s)
	if m == nil || (m[1] == "一" && m[2] == "") {
		return "", "", false
	}
	v, ok := hanValue(m[1])
	if !ok {
		return "", "", false
	}
	return report.Number(itoa(v)), m[2], true
}

var hanPattern = lazyregexp.New(`^([〇零一二两三四五六七八九十百千]+)(` + unitPattern + `)?$`)

// hanValue is the value of a Chinese numeral below 10,000, written by place
// (二十五) or digit by digit (二〇二一).
func hanValue(s string) (int, bool) {
	if !strings.ContainsAny(s, "十百千") {
		return hanDigits(s)
	}
	total, digit, last := 0, 0, 10000
	pending := false
	for _, r := range s {
		if d := strings.IndexRune(hanDigitOrder, r); d >= 0 {
			digit, pending = d/len("零"), true
			continue
		}
		if r == '〇' {
			digit, pending = 0, true
			continue
		}
		if r == '两' {
			digit, pending = 2, true
			continue
		}
		unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
		if unit == 0 || unit >= last {
			return 0, false
		}
		if !pending {
			if r != '十' {
				return 0, false
			}
			digit = 1 // 十五
		}
		total += digit * unit
		last, digit, pending = unit, 0, false
	}
	return total + digit, true
}

// hanDigitOrder has the digits 0–9, three bytes each.
const hanDigitOrder = "零一二三四五六七八九"

func hanDigits(s string) (int, bool) {
	v := 0
	for i, r := range []rune(s) {
		if i > 3 {
			return 0, false
		}
		d := strings.IndexRune(hanDigitOrder, r) / len("零")
		switch {
		case r == '〇' || r == '○' || r == 'Ｏ':
			d = 0
		case r == '两':
			d = 2
		case !strings.ContainsRune(hanDigitOrder, r):
			return 0, false
		}
		v = v*10 + d
	}
	return v, s != ""
}
