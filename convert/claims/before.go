package claims

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// Lists of bare names that stand before their number.

// readTheseBefore reads the names that 这 and the number point back to: 就业创业、社会保险、人事考试这三大领域.
func (out *Reading) readTheseBefore(section int, l *line, n int, c span) bool {
	const least, longest = 2, 8 // items; characters
	r := l.runes
	if at(r, c.at-1) != '这' || !strings.ContainsRune("大类个项种方", r[c.end-1]) {
		return false
	}
	from := listStart(r, c.at-1)
	if from > 0 && !isBreak(r[from-1]) {
		return false
	}
	items := strings.Split(string(r[from:c.at-1]), "、")
	if len(items) < least {
		return false
	}
	for _, item := range items {
		if size := runeLen(item); size < least || size > longest || strings.ContainsAny(item, "等及和与0123456789（）“”") {
			return false
		}
	}
	out.addCount(section, l, n, c, [2]int{len(items), len(items)}, false)
	return true
}

// setUpIn is what was set up in places that are named, one in each, up to its number: 在县图书馆、县档案馆建成公开专区(2处).
var setUpIn = lazyregexp.New(`(?:在|于)([^，。；：、\d]{2,16}(?:、[^，。；：、\d]{2,16})+?)(?:新)?(?:建成|建立|建设|设立|设置|开设|布设|新建|新设|建有|设有)了?[^，。；：、\d]{0,8}(?:专区|查阅点|查阅室|公开点|公开角|体验区|查询点|公开窗口)$`)

// onePlace ends the name of a place that has one of them.
var onePlace = []string{"中心", "馆", "大厅", "局", "医院", "学校", "站", "室"}

// readPlacesBefore reads the places before the number of what was set up in them.
func (out *Reading) readPlacesBefore(section int, l *line, n int, c span) bool {
	r := l.runes
	if last := r[c.end-1]; last != '处' && last != '个' {
		return false
	}
	words := string(r[listStart(r, c.at):c.at])
	if !strings.Contains(words, "、") || !containsAny(words, "在", "于") {
		return false
	}
	m := setUpIn.FindStringSubmatch(words)
	if m == nil || containsAny(m[1], "等", "各", "及", "和", "与", "每", "所有") {
		return false
	}
	places := strings.Split(m[1], "、")
	for _, place := range places {
		if !hasSuffix(place, onePlace) {
			return false
		}
	}
	out.addCount(section, l, n, c, [2]int{len(places), len(places)}, false)
	return true
}
