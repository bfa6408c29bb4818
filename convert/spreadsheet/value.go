package spreadsheet

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
)

const (
	// maxText is how many UTF-16 units a cell of the format holds; cutMark ends a text
	// that is longer.
	maxText = 32767
	cutMark = "……（以下略，见 JSON）"
	// exact is how many digits a number of the format keeps; a longer one is text.
	exact = 15
)

// Value is a value as the library takes it: numbers, dates, and text that is text by
// its type and its style. Never a formula: that is another field of a cell.
func (b *Book) Value(v any) any {
	switch x := v.(type) {
	case nil, int, excelize.Cell:
		return v
	case report.Number:
		if n, ok := number(x); ok {
			return n
		}
		return excelize.Cell{StyleID: b.text, Value: string(x)}
	case report.Date:
		if !x.Valid() || x.Year < 1901 { // the format's calendar begins in 1900, with a day too many
			return excelize.Cell{StyleID: b.text, Value: x.String()}
		}
		return excelize.Cell{StyleID: b.day, Value: time.Date(x.Year, time.Month(x.Month), x.Day, 0, 0, 0, 0, time.UTC)}
	case time.Time:
		return excelize.Cell{StyleID: b.moment, Value: x.In(b.place)}
	case string:
		if x == "" {
			return nil
		}
		return excelize.Cell{StyleID: b.text, Value: Fit(x)}
	}
	return excelize.Cell{StyleID: b.text, Value: Fit(fmt.Sprint(v))}
}

// Figure makes a number of a text that is one as it would be printed: 12, 0.5, but not
// 007.
func Figure(s string) any {
	digits := strings.TrimPrefix(s, "-")
	if IsNumber(s) && (len(digits) == 1 || digits[0] != '0' || digits[1] == '.') {
		return report.Number(s)
	}
	return s
}

// number is a figure as the format has numbers; ok is false where it would lose digits.
func number(n report.Number) (v any, ok bool) {
	if !IsNumber(string(n)) || significant(string(n)) > exact {
		return nil, false
	}
	if i, ok := n.Int(); ok {
		return i, true
	}
	return n.Float(), true
}

// significant counts the digits of a decimal number between its outermost ones that
// are not 0.
func significant(n string) int {
	digits := strings.Trim(n, "-.0")
	if strings.Contains(digits, ".") {
		return len(digits) - 1
	}
	return len(digits)
}

// Fit cuts a text to what a cell holds, and says so.
func Fit(s string) string {
	if len(s) <= maxText {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= maxText {
		return s
	}
	kept := units[:maxText-len(utf16.Encode([]rune(cutMark)))]
	if utf16.IsSurrogate(rune(kept[len(kept)-1])) && kept[len(kept)-1] < 0xdc00 {
		kept = kept[:len(kept)-1]
	}
	return string(utf16.Decode(kept)) + cutMark
}

const (
	lineHeight = 15 // points
	most       = 27 // lines of a row that are shown: the format has rows of 409 points
)

// Lines is how many lines a text takes in a cell so many figures wide; a Chinese
// character is as wide as two.
func Lines(text string, width float64) int {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		n := 0.0
		for _, r := range line {
			if n++; r > 0xff {
				n++
			}
		}
		lines += max(1, int(math.Ceil(n/(width-1))))
	}
	return lines
}

// Height makes a row so many lines high.
func Height(lines int) excelize.RowOpts {
	return excelize.RowOpts{Height: float64(min(lines, most) * lineHeight)}
}

const apostrophe = "'"

// Guard makes a text that a spreadsheet might evaluate one that it shows: what begins
// with = + - @, a tab or a line end, also behind blanks or in full width, gets an
// apostrophe before it, and so does what begins with an apostrophe, for [Unguard] to be
// exact. A decimal number with or without a minus stays what it is.
func Guard(s string) string {
	begin := strings.TrimLeft(s, " \u00a0\u3000\ufeff\u200b")
	first, _ := utf8.DecodeRuneInString(begin) // an error for blanks only
	if begin == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠'", first) || IsNumber(s) {
		return s
	}
	return apostrophe + s
}

// Unguard undoes Guard.
func Unguard(s string) string { return strings.TrimPrefix(s, apostrophe) }

// IsNumber tells a plain decimal number: digits with at most one point among them, and
// a minus before.
func IsNumber(s string) bool {
	whole, fraction, pointed := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!pointed || digits(fraction))
}
