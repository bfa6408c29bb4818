package ordinal

import (
	"strings"
	"unicode/utf8"
)

// Character classes of typed ordinals.
const (
	chineseNumerals = "〇零○一二三四五六七八九十百"
	digitNumerals   = "0123456789０１２３４５６７８９"
	closingBrackets = ")）〕]］】"
)

// Typed returns the ordinal a paragraph begins with, with its
// punctuation ("一、", "（二）", "3.", "①"), or "". Decimal ones as "1.2" and
// bare commas count only in headings, where they cannot be figures.
func Typed(text string, heading bool) string {
	first, n := utf8.DecodeRuneInString(text)
	switch {
	case isOrdinalCharacter(first):
		return text[:n+punctuation(text[n:], "、.．,，")]
	case strings.ContainsRune("(（〔[［【", first):
		m := numeralRun(text[n:], chineseNumerals, 4)
		if m == 0 {
			m = numeralRun(text[n:], digitNumerals, 2)
		}
		if m > 0 {
			if c := punctuation(text[n+m:], closingBrackets); c > 0 {
				end := n + m + c
				return text[:end+punctuation(text[end:], "、")]
			}
		}
	case first == '第':
		m := numeralRun(text[n:], chineseNumerals+digitNumerals, 4)
		if unit := punctuation(text[n+m:], "章节篇"); m > 0 && unit > 0 {
			end := n + m + unit
			return text[:end+punctuation(text[end:], "、")]
		}
	}
	if m := numeralRun(text, chineseNumerals, 4); m > 0 {
		marks := "、.．:：" + closingBrackets
		if heading || utf8.RuneCountInString(text) <= headingRunes {
			marks += ",，"
		}
		if c := punctuation(text[m:], marks); c > 0 {
			return text[:m+c]
		}
		return ""
	}
	return digitOrdinal(text, heading)
}

// headingRunes is the length up to which a paragraph may be a typed heading.
const headingRunes = 40

// digitOrdinal tells "1.", "1、", "1）" and in headings "1.2" from figures: a
// point is none of an ordinal when a digit follows.
func digitOrdinal(text string, heading bool) string {
	m := numeralRun(text, digitNumerals, 2)
	if m == 0 {
		return ""
	}
	c := punctuation(text[m:], "、.．"+closingBrackets)
	if c == 0 {
		return ""
	}
	next, _ := utf8.DecodeRuneInString(text[m+c:])
	if !strings.ContainsRune(digitNumerals, next) {
		return text[:m+c]
	}
	if !heading || text[m:m+c] != "." {
		return ""
	}
	end := m
	for end < len(text) && text[end] == '.' {
		k := numeralRun(text[end+1:], digitNumerals, 2)
		if k == 0 {
			break
		}
		end += 1 + k
	}
	return text[:end+punctuation(text[end:], ".、")]
}

// numeralRun is the length in bytes of the numerals text begins with, 0 where
// there are none or more than most.
func numeralRun(text, numerals string, most int) int {
	end, count := 0, 0
	for i, ch := range text {
		if !strings.ContainsRune(numerals, ch) {
			break
		}
		end = i + utf8.RuneLen(ch)
		if count++; count > most {
			return 0
		}
	}
	return end
}

// punctuation is the length of the first character if it is one of marks.
func punctuation(text, marks string) int {
	if ch, n := utf8.DecodeRuneInString(text); n > 0 && strings.ContainsRune(marks, ch) {
		return n
	}
	return 0
}

// isOrdinalCharacter tells ordinals that are one character: ①, ⑴, ⒈, ㈠, ㊀,
// ❶, Ⅰ.
func isOrdinalCharacter(ch rune) bool {
	return ch >= '①' && ch <= '⒛' || ch >= '㈠' && ch <= '㈩' || ch >= '㊀' && ch <= '㊉' ||
		ch >= '❶' && ch <= '❿' || ch >= 'Ⅰ' && ch <= 'Ⅻ' || ch >= '㉑' && ch <= '㉟'
}
