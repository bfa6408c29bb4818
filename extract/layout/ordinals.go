package layout

import (
	"regexp"
	"strings"
)

// ordinal is a kind of printed number at the start of a heading or list item.
type ordinal struct {
	level   int
	pattern *regexp.Regexp
}

const han = `[一二三四五六七八九十百零〇]`

// ordinals are the kinds of the official style (GB/T 9704-2012 7.3.3: 一、 （一） 1.
// （1）) with the variants that are typed, by level.
func ordinals() []ordinal {
	return []ordinal{
		{1, chapterOrdinal}, {2, firstOrdinal}, {3, secondOrdinal}, {4, thirdOrdinal}, {5, fourthOrdinal}, {6, fifthOrdinal},
	}
}

var (
	chapterOrdinal = regexp.MustCompile(`^第` + han + `{1,4}(章|节|部分|编)[\s　、.：:]*`)
	firstOrdinal   = regexp.MustCompile(`^` + han + `{1,4}\s?[、．.]\s*`)
	secondOrdinal  = regexp.MustCompile(`^[（(]\s?` + han + `{1,4}\s?[）)][、.．]?\s*`)
	thirdOrdinal   = regexp.MustCompile(`^[0-9０-９]{1,2}\s?([、．]|\.([^0-9０-９]|$))\s*`)
	fourthOrdinal  = regexp.MustCompile(`^([（(]\s?[0-9０-９]{1,2}\s?[）)]|[0-9]{1,2}[）)])[、.．]?\s*`)
	fifthOrdinal   = regexp.MustCompile(`^[①-⑳⑴-⒇]\s*`)
)

// readOrdinal splits the ordinal off a text; level is 0 where there is none.
func readOrdinal(text string) (number string, level int) {
	r := firstRune(text)
	if !strings.ContainsRune("第（(①②③④⑤⑥⑦⑧⑨⑩一二三四五六七八九十", r) && !digit(r) && (r < '①' || r > '⒇') {
		return "", 0
	}
	for _, o := range ordinals() {
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

// startsItem tells a line that starts with an ordinal.
func startsItem(text string) bool {
	_, level := readOrdinal(text)
	return level > 0
}
