package ordinal

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// numerals describes a positional or Chinese way to write numbers.
type numerals struct {
	digits string // 0 to 9
	// units are 10, 100, 1000; empty for plain digits.
	units string
	// bareTen writes 10 to 19 without a leading one; bareUnits does so for
	// every unit (Japanese 百, 千).
	bareTen, bareUnits bool
	// unitsTo is the last number written with units; digits from there on.
	unitsTo int
}

// spellings are the formats of ST_NumberFormat (ECMA-376 §17.18.59) that write
// numerals digit by digit or with units.
func spellings(format string) (numerals, bool) {
	const cjk, zero = "〇一二三四五六七八九", "零一二三四五六七八九"
	switch format {
	case "chineseCounting", "taiwaneseCounting":
		return numerals{digits: "○" + cjk[3:], units: "十", bareTen: true, unitsTo: 99}, true
	case "chineseCountingThousand", "taiwaneseCountingThousand":
		return numerals{digits: zero, units: "十百千", bareTen: true, unitsTo: 9999}, true
	case "koreanCounting":
		return numerals{digits: "영일이삼사오육칠팔구", units: "십백천", bareTen: true, bareUnits: true, unitsTo: 9999}, true
	case "koreanDigital2":
		return numerals{digits: zero}, true
	case "japaneseCounting":
		return numerals{digits: cjk, units: "十百千", bareTen: true, bareUnits: true, unitsTo: 9999}, true
	case "chineseLegalSimplified":
		return numerals{digits: "零壹贰叁肆伍陆柒捌玖", units: "拾佰仟", unitsTo: 9999}, true
	case "ideographLegalTraditional":
		return numerals{digits: "零壹貳參肆伍陸柒捌玖", units: "拾佰仟", unitsTo: 9999}, true
	case "japaneseLegal":
		return numerals{digits: "〇壱弐参四伍六七八九", units: "拾百阡", unitsTo: 9999}, true
	case "ideographDigital", "japaneseDigitalTenThousand":
		return numerals{digits: cjk}, true
	case "taiwaneseDigital":
		return numerals{digits: "○" + cjk[3:]}, true
	case "decimalFullWidth", "decimalFullWidth2":
		return numerals{digits: "０１２３４５６７８９"}, true
	case "koreanDigital":
		return numerals{digits: "영일이삼사오육칠팔구"}, true
	}
	return numerals{}, false
}

func (s numerals) spell(n int) string {
	digits := []rune(s.digits)
	if n == 0 || n > s.unitsTo {
		var b strings.Builder
		for _, d := range strconv.Itoa(n) {
			b.WriteRune(digits[d-'0'])
		}
		return b.String()
	}
	units := []rune(s.units)
	var b strings.Builder
	gap := false
	for p, base := len(units), power10(len(units)); p >= 0; p, base = p-1, base/10 {
		d := n / base % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap && !s.bareUnits {
			b.WriteRune(digits[0])
		}
		gap = false
		bare := d == 1 && p > 0 && (s.bareUnits || s.bareTen && p == 1 && b.Len() == 0)
		if !bare {
			b.WriteRune(digits[d])
		}
		if p > 0 {
			b.WriteRune(units[p-1])
		}
	}
	return b.String()
}

func power10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// sequence returns the characters of the formats that count through a fixed
// series; beyond its end plain digits are printed.
func sequence(format string) string {
	switch format {
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
	case "decimalEnclosedFullstop":
		return "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
	case "decimalEnclosedParen":
		return "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
	case "ideographEnclosedCircle":
		return "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩" // Word draws brackets, not circles ([MS-OI29500] 2.1.540)
	case "ideographTraditional":
		return "甲乙丙丁戊己庚辛壬癸"
	case "ideographZodiac":
		return "子丑寅卯辰巳午未申酉戌亥"
	case "aiueo":
		return "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
	case "aiueoFullWidth":
		return "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
	case "iroha":
		return "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽ"
	case "irohaFullWidth":
		return "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
	case "ganada":
		return "가나다라마바사아자차카타파하"
	case "chosung":
		return "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
	}
	return ""
}

// Format writes n (not negative) in a number format of ECMA-376 §17.18.59.
// custom is the pattern of the format "custom". known is false where the format
// is not supported and plain digits are given instead.
func Format(n int, format, custom string) (text string, known bool) {
	decimal := strconv.Itoa(n)
	if s, ok := spellings(format); ok {
		return s.spell(n), true
	}
	if s := []rune(sequence(format)); len(s) > 0 {
		if n > len(s) && (strings.HasPrefix(format, "aiueo") || strings.HasPrefix(format, "iroha")) {
			n = (n-1)%len(s) + 1 // Word begins again (same place)
		}
		if n >= 1 && n <= len(s) {
			return string(s[n-1]), true
		}
		return decimal, true
	}
	switch format {
	case "decimal", "decimalHalfWidth", "":
		return decimal, true
	case "none", "bullet":
		return "", true
	case "decimalZero":
		return zeroPadded(decimal, 2), true
	case "custom":
		if named := namedPattern(custom); named != "" {
			return Format(n, named, "")
		}
		if ch, ok := counted(custom, n); ok {
			return string(ch), true
		}
		first, _, _ := strings.Cut(custom, ",")
		return zeroPadded(decimal, len(strings.TrimSpace(first))), strings.Trim(first, "0 1") == ""
	case "chicago":
		if n < 1 || n > 400 {
			return decimal, true
		}
		marks := []rune("*†‡§")
		return strings.Repeat(string(marks[(n-1)%4]), (n-1)/4+1), true
	case "upperRoman":
		return roman(n), true
	case "lowerRoman":
		return strings.ToLower(roman(n)), true
	case "upperLetter":
		return letters(n, 'A'), true
	case "lowerLetter":
		return letters(n, 'a'), true
	case "numberInDash":
		return "- " + decimal + " -", true
	case "hex":
		return strings.ToUpper(strconv.FormatInt(int64(n), 16)), true
	case "ordinal":
		return decimal + ordinalSuffix(n), true
	case "ideographZodiacTraditional":
		stems, branches := []rune(sequence("ideographTraditional")), []rune(sequence("ideographZodiac"))
		if n >= 1 && n <= 60 {
			return string(stems[(n-1)%10]) + string(branches[(n-1)%12]), true
		}
		return decimal, true
	}
	return decimal, false
}

// counted is the n-th character of a pattern that counts through neighbours, as
// "α, β, γ, ..."; few alphabets go on so for more than the first.
func counted(pattern string, n int) (ch rune, ok bool) {
	const most = 17
	words := strings.Split(strings.ReplaceAll(pattern, " ", ""), ",")
	if len(words) < 3 || n < 1 || n > most {
		return 0, false
	}
	first := []rune(words[0])
	if len(first) != 1 || first[0] < utf8.RuneSelf || words[1] != string(first[0]+1) || words[2] != string(first[0]+2) {
		return 0, false
	}
	return first[0] + rune(n-1), true
}

// namedPattern is the format that a pattern of the format "custom" stands for
// ([MS-DOCX] 2.4), "" where it is none of those known here.
func namedPattern(pattern string) string {
	words := strings.Split(strings.ReplaceAll(pattern, " ", ""), ",")
	if len(words) < 3 {
		return ""
	}
	switch words[0] + " " + words[1] {
	case "一 十":
		switch {
		case strings.HasPrefix(words[2], "一○○"):
			return "chineseCounting"
		case strings.HasPrefix(words[2], "一百"):
			return "chineseCountingThousand"
		}
	case "一 一〇":
		return "ideographDigital"
	case "壹 贰":
		return "chineseLegalSimplified"
	case "壹 貳":
		return "ideographLegalTraditional"
	case "甲 乙":
		return "ideographTraditional"
	case "子 丑":
		return "ideographZodiac"
	case "甲子 乙丑":
		return "ideographZodiacTraditional"
	case "㈠ ㈡":
		return "ideographEnclosedCircle"
	case "① ②":
		return "decimalEnclosedCircle"
	case "⒈ ⒉":
		return "decimalEnclosedFullstop"
	case "⑴ ⑵":
		return "decimalEnclosedParen"
	case "１ ２":
		return "decimalFullWidth"
	}
	return ""
}

func zeroPadded(s string, width int) string {
	if pad := min(width, 16) - len(s); pad > 0 {
		return strings.Repeat("0", pad) + s
	}
	return s
}

func roman(n int) string {
	if n <= 0 || n > 32767 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		text  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for n >= step.value {
			b.WriteString(step.text)
			n -= step.value
		}
	}
	return b.String()
}

// letters counts a to z, aa to zz, aaa and so on, as the format asks for.
func letters(n int, first rune) string {
	if n <= 0 || n > 26*50 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func ordinalSuffix(n int) string {
	if n%100 >= 11 && n%100 <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}
