package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// wide tells characters that are set in a full em square and take no space
// between each other: Han, kana, hangul, CJK and full-width punctuation, and
// the quotes, dashes and ellipses that Chinese fonts set full width.
func wide(r rune) bool {
	switch {
	case r < 0x2014:
		return false
	case r <= 0x2026: // — ― ‘ ’ “ ” … and neighbours
		return r <= 0x2015 || r >= 0x2018 && r <= 0x201F || r >= 0x2025
	case r < 0x2460:
		return false
	case r <= 0x24FF, r >= 0x25A0 && r <= 0x25FF:
		return true
	case r < 0x2E80:
		return false
	case r >= 0xFF61 && r <= 0xFFDC:
		return false
	}
	return r <= 0xD7FF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE10 && r <= 0xFE4F ||
		r >= 0xFF00 && r <= 0xFFEF || r >= 0x20000 && r <= 0x3FFFF
}

// closing tells punctuation that may not start a line.
func closing(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '！', '？', '）', '》', '〉', '】', '」', '』', '〕', '”', '’', '…', '—', '％',
		'%', ',', '.', ';', ':', '!', '?', ')', ']', '}':
		return true
	}
	return false
}

// opening tells punctuation that may not end a line.
func opening(r rune) bool {
	switch r {
	case '（', '《', '〈', '【', '「', '『', '〔', '“', '‘', '(', '[', '{':
		return true
	}
	return false
}

func digit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// numeric tells the characters a number is made of.
func numeric(r rune) bool { return digit(r) || r == '.' || r == ',' || r == '．' || r == '，' }

func private(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}

// radicals are the characters of the CJK Radicals Supplement that fonts map
// glyphs of ordinary characters to, without a compatibility decomposition in
// Unicode.
const radicals = "⺁厂⺠民⺟母⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"

// plainRadical returns the ordinary character of a radical: many producers
// write ⽂ (U+2F42) for 文 because both share a glyph.
func plainRadical(r rune) rune {
	if r < 0x2E80 || r > 0x2FDF {
		return r
	}
	if i := strings.IndexRune(radicals, r); i >= 0 && r < 0x2F00 {
		c, _ := utf8.DecodeRuneInString(radicals[i+utf8.RuneLen(r):])
		return c
	}
	c, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
	return c
}

// cleanText is the text of a glyph without control and format characters, with
// radicals as ordinary characters; spaces of all kinds but the ideographic one
// become U+0020.
func cleanText(s string) string {
	plain := true
	for _, r := range s {
		if r < 0x20 || r > 0x7E && (r < 0x3000 || r > 0x9FFF || r == 0x3164) {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0x3000:
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == 0x3164:
			return -1
		}
		return plainRadical(r)
	}, s)
}

// blank tells a text of nothing but white space.
func blank(s string) bool {
	for _, r := range s {
		if r > '\u3000' || !unicode.IsSpace(r) { // the ideographic space is the last
			return false
		}
	}
	return true
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
