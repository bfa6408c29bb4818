package mapping

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nianbao/extract/lazyregexp"
)

func itoa(n int) string { return strconv.Itoa(n) }

// compact removes all white space and invisible characters and keeps
// everything else as printed. It is what titles and labels are stored as.
func compact(s string) string {
	for _, r := range s {
		if isGap(r) {
			return strings.Map(withoutGap, s)
		}
	}
	return s // most
}

// withoutGap is what compact makes of a character.
func withoutGap(r rune) rune {
	if isGap(r) {
		return -1
	}
	return r
}

// isGap reports what compact removes.
func isGap(r rune) bool {
	if r > ' ' && r < 0x7f || r >= 0x3001 && r <= 0x3011 || r >= 0x4e00 && r < 0xd800 || r >= '！' && r <= '～' {
		return false // most characters
	}
	return unicode.IsSpace(r) || isInvisible(r) || r == '\u3164' || r == '\ufffc'
}

// isBlank reports whether nothing but gaps is in the text.
func isBlank(s string) bool { return strings.IndexFunc(s, isPrinted) < 0 }

func isPrinted(r rune) bool { return !isGap(r) }

// fold is compact after compatibility normalisation: half-width digits,
// letters, brackets and punctuation.
func fold(s string) string { return compact(nfkc(s)) }

// nfkc is norm.NFKC.String, which looks every character up in large tables. Of
// ASCII, Chinese characters, their punctuation and full-width ASCII, most texts
// are made of nothing else, it is known what they become.
func nfkc(s string) string {
	wide := false
	for _, r := range s {
		switch {
		case isStable(r):
		case isWide(r):
			wide = true
		default:
			return norm.NFKC.String(s)
		}
	}
	if !wide {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000':
			return ' '
		case isWide(r):
			return r - 'Ａ' + 'A'
		}
		return r
	}, s)
}

// isStable reports characters that NFKC keeps, whatever stands beside them.
func isStable(r rune) bool {
	switch r {
	case '“', '”', '‘', '’', '—', '·':
		return true
	}
	return r < 0x80 || isHan(r) || r >= '、' && r <= '】'
}

// isHan reports the Chinese characters that most texts are made of.
func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fef }

// isWide reports the full-width forms of ASCII.
func isWide(r rune) bool { return r >= '！' && r <= '～' || r == '\u3000' }

// key is the form in which labels are compared: folded, and only its letters
// and digits.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '它':
			return '他' // 其它 is written for 其他 everywhere
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		}
		return -1
	}, fold(s))
}

// ordinalStyle is how an ordinal is written. The order is that of rank.
type ordinalStyle int

const (
	styleNone    ordinalStyle = iota
	stylePart                 // 第一部分, 第一章
	styleHan                  // 一、
	styleHanPar               // （一）
	styleArabic               // 1. 1、
	styleArabPar              // （1） 1）
	styleCircled              // ①
)

// ordinal is the number that stands before a label or heading.
type ordinal struct {
	style ordinalStyle
	value int
	// text is the bare ordinal as printed: "一", "3".
	text string
}

var (
	ordPart   = lazyregexp.New(`^第([一二三四五六七八九十\d]{1,3})(?:部分|章|节|篇)[、.,:：，．·\-—]*`)
	ordHan    = lazyregexp.New(`^([一二三四五六七八九十]{1,3})[、.,:;：，．·。﹑]+`)
	ordHanPar = lazyregexp.New(`^[((（〔【\[{]([一二三四五六七八九十]{1,3})[))）〕】\]}][、.,:：，．]?`)
	ordArab   = lazyregexp.New(`^(\d{1,2})[、.,:：，．﹑]+`)
	ordArbPar = lazyregexp.New(`^[((（〔\[]?(\d{1,2})[))）〕\]][、.,:：，．]?`)
)

// ordinalStarts are the characters that an ordinal may begin with, besides
// digits of any kind.
const ordinalStarts = "第一二三四五六七八九十((（〔【[{"

// ordinalLength is the most characters that an ordinal takes.
const ordinalLength = 12

// splitOrdinal splits the ordinal off a printed text and returns the rest
// without white space; the rest is normalised where there is an ordinal.
func splitOrdinal(text string) (ordinal, string) {
	text = compact(text)
	ord, rest, tail := headOrdinal(text)
	if ord.style == styleNone {
		return ord, text
	}
	return ord, rest + nfkc(tail)
}

// headOrdinal reads the ordinal of a text without white space: rest is what stands behind it
// as far as it was looked at, normalised, and tail what comes then, as printed.
func headOrdinal(text string) (ord ordinal, rest, tail string) {
	if !mayHaveOrdinal(text) {
		return ordinal{}, text, ""
	}
	first, size := utf8.DecodeRuneInString(text)
	head := text
	if n := 0; len(text) > 4*ordinalLength {
		for i := range text {
			if n++; n > ordinalLength {
				head, tail = text[:i], text[i:]
				break
			}
		}
	}
	ord, rest = cutOrdinal(head, first, size)
	return ord, rest, tail
}

// mayHaveOrdinal looks at the first character only.
func mayHaveOrdinal(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune(ordinalStarts, first) || unicode.IsNumber(first)
}

func cutOrdinal(text string, first rune, size int) (ordinal, string) {
	if rest := text[size:]; rest != "" {
		switch {
		case first >= '①' && first <= '⑳':
			n := int(first-'①') + 1
			return ordinal{styleCircled, n, itoa(n)}, strings.TrimLeft(rest, "、.，．")
		case first >= '㈠' && first <= '㈩':
			n := int(first-'㈠') + 1
			return ordinal{styleHanPar, n, string([]rune("一二三四五六七八九十")[n-1])}, strings.TrimLeft(rest, "、.，．")
		case first >= '⒈' && first <= '⒛':
			n := int(first-'⒈') + 1
			return ordinal{styleArabic, n, itoa(n)}, rest
		}
	}
	text = nfkc(text)
	first, _ = utf8.DecodeRuneInString(text)
	digit, bracket := first >= '0' && first <= '9', strings.ContainsRune("(（〔【[{", first)
	for _, p := range [...]struct {
		begins bool // an ordinal of the style has such a first character
		re     *lazyregexp.Regexp
		style  ordinalStyle
	}{
		{first == '第', ordPart, stylePart}, {isHanNumber(first), ordHan, styleHan}, {bracket, ordHanPar, styleHanPar},
		{digit, ordArab, styleArabic}, {digit || bracket, ordArbPar, styleArabPar},
	} {
		if !p.begins {
			continue
		}
		m := p.re.FindStringSubmatchIndex(text)
		if m == nil || m[1] == len(text) {
			continue
		}
		rest := text[m[1]:]
		if p.style == styleArabic && rest[0] >= '0' && rest[0] <= '9' {
			continue // 1.5, 2021.3.4
		}
		num := text[m[2]:m[3]]
		return ordinal{p.style, ordinalValue(num), num}, rest
	}
	return ordinal{}, text
}

// isHanNumber reports the characters of Chinese ordinals.
func isHanNumber(r rune) bool { return strings.ContainsRune("一二三四五六七八九十", r) }

func ordinalValue(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n, _ := hanValue(s)
	return n
}

// runesOf is the length of s in characters.
func runesOf(s string) int { return utf8.RuneCountInString(s) }

// distance is the edit distance of a and b, or limit+1 where it is greater than
// limit.
func distance(a, b []rune, limit int) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > limit {
		return limit + 1
	}
	var few [64]int
	row := few[:]
	if len(a) >= len(few) {
		row = make([]int, len(a)+1)
	}
	row = row[:len(a)+1]
	for i := range row {
		row[i] = i
	}
	for j := 1; j <= len(b); j++ {
		diag, best := row[0], j
		row[0] = j
		for i := 1; i <= len(a); i++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diag, row[i] = row[i], min(diag+cost, row[i]+1, row[i-1]+1)
			best = min(best, row[i])
		}
		if best > limit {
			return limit + 1
		}
	}
	return row[len(a)]
}

// text is a key ready to be compared.
type text struct {
	key   string
	runes []rune
	set   uint64
}

func newText(key string) text { return text{key, []rune(key), charSet(key)} }

// similarity says how well the printed key agrees with an official one: 1 for
// equal keys, falling by the share of characters that differ, 0 where more than
// 45 % do. A key cut at an end, or with something added at an end, still agrees
// when what is left is long enough to tell. Agreement below least may be told as 0:
// the more is asked for, the sooner most keys are ruled out.
func similarity(printed, official *text, least float64) float64 {
	if printed.key == official.key {
		return 1
	}
	a, b := printed.runes, official.runes
	if len(a) == 0 || len(b) == 0 || !mayAgree(printed.set, official.set) {
		return 0
	}
	// Each character that only one of them has takes an edit.
	extra, missing := bits.OnesCount64(printed.set&^official.set), bits.OnesCount64(official.set&^printed.set)
	long := max(len(a), len(b))
	limit := min(long*45/100, int(float64(long)*(1-least)+1e-6))
	best := 0.0
	if max(extra, missing) <= limit {
		if d := distance(a, b, limit); d <= limit {
			best = 1 - float64(d)/float64(long)
		}
	}
	switch share := float64(min(len(a), len(b))) / float64(long); {
	case len(a) >= 4 && share >= 0.3 && extra == 0 && strings.Contains(official.key, printed.key):
		best = max(best, 0.7+0.25*share)
	case len(b) >= 4 && share >= 0.5 && missing == 0 && strings.Contains(printed.key, official.key):
		best = max(best, 0.65+0.3*share)
	}
	return best
}

// charSet is a set of the key's characters, hashed to 64 bits. It rules out
// most comparisons before any is made.
func charSet(key string) uint64 {
	var sig uint64
	for _, r := range key {
		sig |= 1 << (uint32(r) * 2654435761 >> 26)
	}
	return sig
}

// mayAgree reports whether keys with these signatures can be similar: half of
// the characters of the one that has fewer must be in the other.
func mayAgree(a, b uint64) bool {
	return 2*bits.OnesCount64(a&b) >= min(bits.OnesCount64(a), bits.OnesCount64(b))
}
