package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nianbao/convert/glance"
)

// line is one paragraph, folded: half-width digits and letters, Chinese
// punctuation, no white space. at maps its runes to those of the chapter's text.
type line struct {
	runes []rune
	at    []int
	// text are the runes, bytes where each begins in it, and where the last ends.
	text  string
	bytes []int32
}

// span is the text between two offsets.
func (l *line) span(from, to int) string { return l.text[l.bytes[from]:l.bytes[to]] }

// lines folds the paragraphs of a text.
func lines(text string) []line {
	var out []line
	i := 0 // in runes
	for paragraph := range strings.SplitSeq(text, "\n") {
		n := utf8.RuneCountInString(paragraph)
		l := line{runes: make([]rune, 0, n), at: make([]int, 0, n)}
		for _, r := range paragraph {
			if isHan(r) || !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' {
				l.runes = append(l.runes, foldRune(r))
				l.at = append(l.at, i)
			}
			i++
		}
		i++ // the line break
		l.punctuate()
		l.print()
		out = append(out, l)
	}
	return out
}

// print sets the line's text.
func (l *line) print() {
	l.text = string(l.runes)
	l.bytes = make([]int32, len(l.runes)+1)
	n := int32(0)
	for i, r := range l.runes {
		l.bytes[i] = n
		n += int32(utf8.RuneLen(r))
	}
	l.bytes[len(l.runes)] = n
}

// foldRune maps full-width forms to half-width ones.
func foldRune(r rune) rune {
	switch {
	case r >= 0x4e00 && r < 0xd800:
		return r
	case r >= '！' && r <= '～':
		return r - 0xFEE0
	}
	switch r {
	case '﹪', '％':
		return '%'
	case '－', '‐', '‑', '–', '—', '─':
		return '-'
	}
	return r
}

// punctuate writes punctuation in one way: that of Chinese text, but for the
// point and comma inside a number.
func (l *line) punctuate() {
	for i, r := range l.runes {
		switch r {
		case ',':
			if !l.groups(i) {
				l.runes[i] = '，'
			}
		case ';':
			l.runes[i] = '；'
		case ':':
			l.runes[i] = '：'
		case '(', '〈', '[':
			l.runes[i] = '（'
		case ')', '〉', ']':
			l.runes[i] = '）'
		case '!':
			l.runes[i] = '！'
		case '?':
			l.runes[i] = '？'
		case '.':
			if i > 1 && i+1 < len(l.runes) && isHan(l.runes[i+1]) && isDigit(l.runes[i-2]) && strings.ContainsRune("件条份次项个宗期篇人场家", l.runes[i-1]) {
				l.runes[i] = '。' // 不予公开0条.内容涵盖…
			}
		}
	}
}

// groups reports whether the comma at i parts thousands: one to three digits
// before it, exactly three behind.
func (l *line) groups(i int) bool {
	digit := func(k int) bool { return k >= 0 && k < len(l.runes) && isDigit(l.runes[k]) }
	if !digit(i-1) || !digit(i+1) || !digit(i+2) || !digit(i+3) || digit(i+4) {
		return false
	}
	before := 0
	for digit(i - 1 - before) {
		before++
	}
	return before <= 3
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r == '〇' }

// isStop reports what ends a sentence inside a paragraph.
func isStop(r rune) bool { return r == '。' || r == '！' || r == '？' }

// isBreak reports what parts clauses.
func isBreak(r rune) bool {
	switch r {
	case '，', '；', '：', '、', '（', '）', '。', '！', '？', '|':
		return true
	}
	return false
}

// containsAny reports whether one of the words is in s.
func containsAny(s string, words ...string) bool { return glance.ContainsAny(s, words...) }
