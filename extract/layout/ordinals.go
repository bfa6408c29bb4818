package layout

import (
	"strings"

	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// ordinal is a kind of printed number at the start of a heading or list item.
type ordinal struct {
	level   int
	pattern *lazyregexp.Regexp
}

const han = `[一二三四五六七八九十百零〇]`

// ordinalsOf are the kinds that the text may start with, by level: those of the
// official style (GB/T 9704-2012 7.3.3: 一、 （一） 1. （1）) with the variants that are
// typed.
func ordinalsOf(text string) [2]ordinal {
	switch r := firstRune(text); {
	case r == '第':
		return [2]ordinal{{1, chapterOrdinal}, {2, sectionOrdinal}}
	case r == '（' || r == '(':
		return [2]ordinal{{3, secondOrdinal}, {5, fourthOrdinal}}
	case digit(r):
		if next := firstRune(strings.TrimLeftFunc(text, digit)); !strings.ContainsRune("、．.）) \t\n\f\r", next) {
			break // a figure or a date
		}
		return [2]ordinal{{4, thirdOrdinal}, {5, fourthOrdinal}}
	case r >= '①' && r <= '⒇':
		return [2]ordinal{{6, fifthOrdinal}}
	case strings.ContainsRune("一二三四五六七八九十", r):
		return [2]ordinal{{2, firstOrdinal}}
	}
	return [2]ordinal{}
}

var (
	chapterOrdinal = lazyregexp.New(`^第` + han + `{1,4}(章|部分|编)[\s　、.：:]*`)
	sectionOrdinal = lazyregexp.New(`^第` + han + `{1,4}节[\s　、.：:]*`)
	firstOrdinal   = lazyregexp.New(`^` + han + `{1,4}\s?[、．.]\s*`)
	secondOrdinal  = lazyregexp.New(`^[（(]\s?` + han + `{1,4}\s?[）)][、.．]?\s*`)
	thirdOrdinal   = lazyregexp.New(`^[0-9０-９]{1,2}\s?([、．]|\.([^0-9０-９]|$))\s*`)
	fourthOrdinal  = lazyregexp.New(`^([（(]\s?[0-9０-９]{1,2}\s?[）)]|[0-9]{1,2}[）)])[、.．]?\s*`)
	fifthOrdinal   = lazyregexp.New(`^[①-⑳⑴-⒇]\s*`)
)

// readOrdinal splits the ordinal off a text; level is 0 where there is none.
func readOrdinal(text string) (number string, level int) {
	for _, o := range ordinalsOf(text) {
		if o.pattern == nil {
			break
		}
		m := o.pattern.FindString(text)
		if m == "" {
			continue
		}
		if o.level == 4 { // the pattern looks one character ahead for "1.5"
			if i := strings.IndexAny(m, ".．、"); i >= 0 {
				m = m[:i+len(string(firstRune(m[i:])))]
			}
		}
		return strings.TrimSpace(m), o.level
	}
	return "", 0
}

// longestItem is the number of characters up to which an item in the weight of
// the text may be a heading.
const longestItem = 25

// promoteItems makes headings of short items from level 4 on (1. （1） ①) that text
// follows. Where a further item follows, or one of the same kind goes before, it
// is a list.
func promoteItems(blocks []extract.Block) {
	listed := 0 // level of the item before, 0 for none
	for i := range blocks {
		b := &blocks[i]
		if b.Role != extract.RoleBody {
			continue
		}
		_, level := readOrdinal(b.Text)
		if b.Type != extract.Paragraph || level < 4 || listed == level || len([]rune(b.Text)) > longestItem || punctuated(b.Text) ||
			!explains(blocks[i+1:], level) {
			if listed = 0; b.Type == extract.Paragraph {
				listed = level
			}
			continue
		}
		b.Type, b.Level, listed = extract.Heading, level, 0
	}
}

// explains tells that the first block of the body is text to an item of the
// level, or a heading below it.
func explains(blocks []extract.Block, level int) bool {
	for i := range blocks {
		b := &blocks[i]
		if b.Role != extract.RoleBody {
			continue
		}
		_, next := readOrdinal(b.Text)
		return (next == 0 || next > level) && (b.Type == extract.Paragraph && strings.ContainsAny(b.Text, "。；：") || b.Type == extract.Heading && next > level)
	}
	return false
}

// startsItem tells a line that starts with an ordinal.
func startsItem(text string) bool {
	_, level := readOrdinal(text)
	return level > 0
}
