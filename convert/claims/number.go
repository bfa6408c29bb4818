package claims

import (
	"math/big"
	"strings"
)

// Number is a number as it stands in a text.
type Number struct {
	// Value is exact; multipliers (万, 亿) are in it.
	Value *big.Rat
	// Step is the value of one unit of the last printed digit: 0.01 for 83.45,
	// 100 for 8.21万. A number with a multiplier was rounded to it.
	Step *big.Rat
	// Printed is the number as printed, without unit and words like 余.
	Printed string
	// Multiplied says that a multiplier was printed.
	Multiplied bool
	// Loose says that 余, 多, 来 or 几 makes it a number of about that size.
	Loose bool
	// Han says that it was written in Chinese numerals.
	Han bool
}

// maxDigits caps the digits of a number: what is longer is no count.
const maxDigits = 18

// scanNumber reads the number that starts at i; end is behind it. It knows
// 1,234.5, 12万, 2000余万, 三十二, 十余, 两.
func scanNumber(s []rune, i int) (n Number, end int, ok bool) {
	switch {
	case i < len(s) && isDigit(s[i]):
		return scanArabic(s, i)
	case i < len(s) && (isHanDigit(s[i]) || isHanUnit(s[i]) != 0):
		return scanHan(s, i)
	}
	return Number{}, i, false
}

func scanArabic(s []rune, i int) (Number, int, bool) {
	var value int64
	end, count, decimals, point := i, 0, 0, false
	for end < len(s) {
		r := s[end]
		switch {
		case isDigit(r):
			if count++; count <= maxDigits {
				value = value*10 + int64(r-'0')
			}
			if point {
				decimals++
			}
		case r == ',': // punctuate left only those that group
		case r == '.' && !point && end+1 < len(s) && isDigit(s[end+1]):
			point = true
		default:
			goto done
		}
		end++
	}
done:
	if count > maxDigits {
		return Number{}, end, false
	}
	n := Number{Value: integer(value), Step: one}
	if decimals > 0 {
		n.Step = new(big.Rat).SetFrac(big.NewInt(1), pow10(decimals))
		n.Value.Mul(n.Value, n.Step)
	}
	digits := end
	end = n.multiply(s, end)
	n.Printed = string(s[i:end])
	if end > digits {
		n.Printed = strings.TrimRight(n.Printed, "余多来")
	}
	end = n.loosen(s, end)
	return n, end, true
}

// multiply reads 余, 百, 千, 万, 亿 behind the digits.
func (n *Number) multiply(s []rune, end int) int {
	at := end
	if at < len(s) && (s[at] == '余' || s[at] == '多') && at+1 < len(s) && isHanUnit(s[at+1]) != 0 {
		n.Loose = true
		at++
	}
	for at < len(s) && !isThousandOf(s, at) && (s[at] == '百' || s[at] == '千' || s[at] == '万' || s[at] == '亿') {
		f := new(big.Rat).SetInt64(isHanUnit(s[at]))
		n.Value.Mul(n.Value, f)
		n.Step = new(big.Rat).Mul(n.Step, f)
		n.Multiplied = true
		at++
		end = at
	}
	return end
}

// isThousandOf reports whether 千 at i belongs to the unit behind it: 千克, 千米.
func isThousandOf(s []rune, i int) bool {
	return s[i] == '千' && i+1 < len(s) && strings.ContainsRune("克米瓦伏", s[i+1])
}

// loosen reads 余, 多, 来, 几 behind the number.
func (n *Number) loosen(s []rune, end int) int {
	if end < len(s) && strings.ContainsRune("余多来几", s[end]) {
		n.Loose = true
		end++
	}
	return end
}

// one is the step of whole numbers. It is shared and never changed.
var one = big.NewRat(1, 1)

// integer is n; big.NewRat would look for a common divisor with 1.
func integer(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func pow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

func isHanDigit(r rune) bool { return hanDigit(r) >= 0 }

// hanDigit is the value of a Chinese digit, -1 for other runes.
func hanDigit(r rune) int64 {
	switch r {
	case '〇', '零':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

// isHanUnit is the value of 十, 百, 千, 万, 亿; 0 for other runes.
func isHanUnit(r rune) int64 {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '万':
		return 10000
	case '亿':
		return 100000000
	}
	return 0
}

// scanHan reads a Chinese numeral by place (二百三十五, 一万二千) or digit by digit
// (二〇二一). A bare 万 or 百 is no number.
func scanHan(s []rune, i int) (Number, int, bool) {
	end := i
	for end < len(s) && (isHanDigit(s[end]) || isHanUnit(s[end]) != 0) {
		end++
	}
	const most = 12
	if end-i > most {
		return Number{}, end, false
	}
	v, ok := hanValue(s[i:end])
	if !ok {
		return Number{}, end, false
	}
	n := Number{Value: integer(v), Step: one, Printed: string(s[i:end]), Han: true}
	at := end
	if at+1 < len(s) && (s[at] == '余' || s[at] == '多') && (s[at+1] == '万' || s[at+1] == '亿') {
		n.Value.Mul(n.Value, new(big.Rat).SetInt64(isHanUnit(s[at+1])))
		n.Loose, n.Multiplied = true, true
		return n, at + 2, true
	}
	return n, n.loosen(s, end), true
}

// scanHundredths reads a percentage in words: 百分之三十九, 百分之九十八点五.
func scanHundredths(s []rune, i int) (n Number, end int, ok bool) {
	const length = 3 // 百分之
	from := i + length
	if s[i] != '百' || from >= len(s) || s[i+1] != '分' || s[i+2] != '之' {
		return n, i, false
	}
	if s[from] == '百' {
		return Number{Value: integer(100), Step: integer(1), Printed: "100", Han: true}, from + 1, true
	}
	n, end, ok = scanNumber(s, from)
	if !ok || end+1 >= len(s) || s[end] != '点' || !isHanDigit(s[end+1]) {
		return n, end, ok
	}
	digits := end + 1
	for end = digits; end < len(s) && isHanDigit(s[end]); end++ {
	}
	const most = 6
	v, ok := hanByDigit(s[digits:end])
	if !ok || end-digits > most {
		return n, end, false
	}
	n.Step = new(big.Rat).SetFrac(big.NewInt(1), pow10(end-digits))
	n.Value = new(big.Rat).Add(n.Value, new(big.Rat).Mul(new(big.Rat).SetInt64(v), n.Step))
	n.Printed = string(s[from:end])
	return n, end, true
}

func hanValue(s []rune) (int64, bool) {
	var total, section, digit int64
	last := int64(1 << 60)
	placed, pending := false, false
	for _, r := range s {
		if d := hanDigit(r); d >= 0 {
			if pending && digit != 0 {
				break // two digits side by side
			}
			digit, pending = d, true
			continue
		}
		u := isHanUnit(r)
		switch {
		case pending:
		case u == 10:
			digit = 1 // 十五
		case u < 10000 || section == 0:
			return 0, false
		}
		placed = true
		switch {
		case u >= 10000:
			total += (section + digit) * u
			section, last = 0, 1<<60
		case u >= last:
			return 0, false
		default:
			section += digit * u
			last = u
		}
		digit, pending = 0, false
	}
	if !placed && len(s) > 1 {
		return hanByDigit(s)
	}
	return total + section + digit, true
}

// hanByDigit reads 二〇二一.
func hanByDigit(s []rune) (int64, bool) {
	var v int64
	for _, r := range s {
		d := hanDigit(r)
		if d < 0 || r == '两' {
			return 0, false
		}
		v = v*10 + d
	}
	return v, true
}
