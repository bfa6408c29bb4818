package rules

import (
	"strings"

	"nianbao/extract/lazyregexp"
)

// calledPerson reports whether a person is named directly before a number, as contacts
// are: 党政办 唐某某 and the number, 值班人员（刘某某，.
func calledPerson(text []rune, start int) bool {
	const reach = 8
	l := strings.TrimRight(lead(text, start, reach), " （(，,：:、/")
	if hasAnySuffix(l, []string{"同志", "主任", "局长", "科长", "师傅", "先生", "女士", "老师", "书记", "联系人", "联络员", "信息员", "经办人", "承办人", "负责人", "填报人", "审核人", "专干", "网格员", "值班"}) {
		return true
	}
	if m := roleNamed.FindStringSubmatch(l); m != nil && isWholeName(m[1]) {
		return true
	}
	const shortest, longest = 2, 4
	r := []rune(l)
	for n := longest; n >= shortest; n-- {
		if len(r) < n || len(r) > n && isHan(r[len(r)-n-1]) {
			continue
		}
		for _, p := range names().candidates(string(r[len(r)-n:]), 0) {
			if p.sure && p.end == len(string(r[len(r)-n:])) {
				return true
			}
		}
	}
	return false
}

// roleNamed is who answers for something, by the word for it and a name: 栏目管理员柳某某.
var roleNamed = lazyregexp.New(`(?:管理员|联络员|信息员|审核员|编辑|专员|网格员|经办人|承办人|联系人|责任人|负责人|填报人|值班员|维护员)(?:由|为|是|系|：|:)?(\p{Han}{2,3})$`)
