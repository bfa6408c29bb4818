package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/glance"
)

// Words beside a figure by what they say.
var (
	// narrowing opens a clause that tells what the figures behind it are about;
	// placing does where the clause ends in one of narrowEnds.
	narrowing  = []string{"围绕", "针对", "聚焦", "面向", "关于", "结合", "利用", "依托", "通过", "借助", "就", "其中", "期间"}
	placing    = []string{"在", "对", "向", "以", "按", "从", "由"}
	narrowEnds = []string{"上", "中", "里", "下", "内", "方面", "期间", "领域", "平台", "看", "时", "后", "前", "渠道", "类", "专题", "专项"}
)

var (
	// ofAllKinds takes out 各类 and the like, which have 各 in them, and other words
	// that only look like those of apart.
	ofAllKinds = glance.NewReplacer("各地、各部门", "", "各地各部门", "", "第三方", "", "各类", "", "各种", "", "各项", "", "从事", "", "含义", "", "最新", "", "其他事项", "", "利率", "", "效率", "", "各级", "", "按月", "", "每月", "", "按季度", "")
	// withoutDisclosure takes out what all of a report is about.
	withoutDisclosure = glance.NewReplacer("政府信息公开", "", "政务公开", "")
)

// factUnit is the unit of a claim that may be said twice; empty where it has none. Those who
// follow an account are often counted without one: 粉丝数41.6万.
func factUnit(x *claims.Claim) string {
	if x.Unit == "" && containsAny(x.Label, "粉丝", "关注", "用户", "订阅") {
		return "人"
	}
	if x.Unit == "" && containsAny(x.Label, "阅读", "浏览", "点击", "播放", "访问") {
		return "次"
	}
	return x.Unit
}

// ownNames are the ways in which a text calls its agency.
func ownNames(agency string) []string {
	out := []string{agency}
	r := []rune(agency)
	for i, c := range r {
		if strings.ContainsRune("省市县区州旗", c) && i+2 < len(r) {
			out = append(out, string(r[i:]), string(r[i+1:]))
		}
	}
	if name, ok := strings.CutSuffix(agency, "人民政府"); ok {
		out = append(out, name+"政府")
		if n := []rune(name); len(n) > 0 {
			out = append(out, string(n[len(n)-1:])+"政府", string(n[len(n)-1:])+"人民政府")
		}
	}
	if area, ok := areaWord(agency); ok {
		out = append(out, area+"各级", area)
	}
	out = append(out, "街道办事处", "局机关", "全局", "全街道", "全镇")
	if _, name, ok := strings.Cut(agency, "人民政府"); ok && name != "" {
		out = append(out, name, strings.TrimSuffix(name, "办事处"))
	}
	if strings.HasSuffix(agency, "街道办事处") {
		for _, n := range slices.Clone(out) {
			if name, ok := strings.CutSuffix(n, "道办事处"); ok && len([]rune(name)) > 2 {
				out = append(out, name) // 白云街
			}
		}
		out = append(out, "街道")
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// withList are the words of a clause with the list that ends at the figure.
func withList(s *claims.Sentence, f *claims.Figure) string {
	from := f.Start
	for from > 0 && (s.Runes[from-1] == '、' || !isClauseBreak(s.Runes[from-1])) {
		from--
	}
	return s.Span(from, f.Start)
}

// withoutYear takes 2023年 out.
func withoutYear(words string) string {
	for {
		at := strings.IndexRune(words, '年')
		digits := strings.TrimRight(words[:max(at, 0)], "0123456789")
		if at < 0 || at-len(digits) != len("2023") {
			return words
		}
		rest := words[at+len("年"):]
		for _, w := range []string{"度", "底", "末"} {
			rest = strings.TrimPrefix(rest, w)
		}
		words = digits + rest
	}
}

// narrowed are the clauses of the words before a figure that tell what it is
// about.
func narrowed(lead string) (out string) {
	for clause := range strings.FieldsFuncSeq(lead, func(r rune) bool { return r == '，' || r == '：' }) {
		several := strings.Contains(clause, "、") && containsAny(clause, "等方式", "等渠道", "等形式", "等途径", "等平台")
		if tellsShortage(clause) {
			continue
		}
		if !several && (startsWithAny(clause, narrowing...) || startsWithAny(clause, placing...) && slices.ContainsFunc(narrowEnds, func(w string) bool { return strings.HasSuffix(clause, w) }) ||
			strings.HasSuffix(clause, "方面") || strings.HasSuffix(clause, "领域")) {
			out += clause
		}
	}
	return out
}

// heading is the heading in the words a paragraph stands under; those of a short
// paragraph before, with a statement of its own, are none.
func heading(lead string) string {
	lead, _, _ = strings.Cut(lead, "。")
	if strings.ContainsAny(lead, "0123456789") || strings.HasPrefix(lead, "其中") {
		return ""
	}
	return lead
}
