package rules

import (
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/extract/lazyregexp"
)

// judgeExhaustive adds up parts that by their nature are all of the figure before them, though no word
// says so: 文件246件，主动公开133件、依申请公开71件、不予公开42件; 收集意见51条，采纳33条，未采纳的18条;
// 行政诉讼3件，其中直接起诉1件，复议后起诉2件.
func (c *context) judgeExhaustive(index int, v *verdict) {
	s := &c.said.Sentences[index]
	for k := range s.Figures {
		for _, parts := range [][]int{openness(s, k), outcomeOrNot(s, k), c.suits(s, k)} {
			if len(parts) == 0 {
				continue
			}
			b := claims.Breakdown{Total: k, Parts: parts, Closed: true, Uniform: true}
			sum := b.Sum(s)
			if sum.Cmp(s.Figures[k].Value) == 0 {
				v.pass()
				continue
			}
			v.fail(c.brokenSum(index, &b, sum))
		}
	}
}

// partsBehind are the figures behind figure k in its unit, where as many as wanted follow one another
// and no further one continues them; nil where not. Shares between them are passed over.
func partsBehind(s *claims.Sentence, k, wanted int) []int {
	f := &s.Figures[k]
	var parts []int
	for i := k + 1; i < len(s.Figures); i++ {
		g := &s.Figures[i]
		switch {
		case g.IsPercent() && len(parts) > 0:
			continue
		case !g.IsCount() || g.Unit != f.Unit:
			if len(parts) == wanted {
				return parts
			}
			return nil
		case !g.Exact() || g.Change || g.Depth != f.Depth || len(parts) == wanted:
			return nil
		}
		parts = append(parts, i)
	}
	if len(parts) != wanted {
		return nil
	}
	return parts
}

// opennessOf are the three ways that a paper may be open.
var opennessOf = lazyregexp.New(`^(?:其中)?[，：]?(?:确认为?|认定为?|标注为?|确定为?|定为|属于|列为|作为|拟)?(主动公开|依申请公开|不予公开)(?:类|的|文件|公文)*(?:有|为|共)?$`)

// openness are the papers by how open they are, behind their number.
func openness(s *claims.Sentence, k int) []int {
	f := &s.Figures[k]
	const ways = 3
	if !isWhole(f) || !containsAny(f.Raw+f.Tail, "文件", "公文", "发文", "制文") || s.Says("待定", "尚未确定", "转为", "调整为", "变更为") {
		return nil
	}
	parts := partsBehind(s, k, ways)
	var seen []string
	for _, i := range parts {
		m := opennessOf.FindStringSubmatch(s.Figures[i].Raw)
		if m == nil || s.Figures[i].Tail != "" && !startsWithAny(s.Figures[i].Tail, "文件", "公文") || slices.Contains(seen, m[1]) {
			return nil
		}
		seen = append(seen, m[1])
	}
	return parts
}

// isWhole reports whether a figure may be what others are the parts of.
func isWhole(f *claims.Figure) bool {
	return f.Exact() && f.IsCount() && !f.Change && f.Unit != "" && f.Value.Sign() > 0 && !strings.HasPrefix(f.Raw, "其中")
}

// gathered are verbs of what is then taken up or not.
var gathered = strings.Fields("收集 征集 收到 征求到 提出 梳理 检查 抽查 抽检 出具 制定 审议 提交 报名 申报")

// outcomeOrNot are those of which something is said and those of which it is denied, behind the
// number of all: 收集意见51条，采纳33条，未采纳的18条.
func outcomeOrNot(s *claims.Sentence, k int) []int {
	f := &s.Figures[k]
	const both = 2
	if !isWhole(f) || f.Scope.OtherYear || !containsAny(f.Raw, gathered...) || containsAny(s.Text, "部分采纳", "正在", "另有", "其余", "待") {
		return nil
	}
	parts := partsBehind(s, k, both)
	if parts == nil {
		return nil
	}
	a, b := &s.Figures[parts[0]], &s.Figures[parts[1]]
	for _, verb := range []string{"采纳", "采用", "公告", "公开", "公布", "公示", "合格", "通过"} {
		if !strings.HasSuffix(strings.TrimSuffix(trimCount(strings.TrimPrefix(a.Raw, "其中")), "结果"), verb) || a.Tail != "" || containsAny(a.Raw, "未", "不") {
			continue
		}
		for _, no := range []string{"未", "不", "不予", "未予"} {
			said := strings.TrimSuffix(trimCount(b.Raw), "的")
			if said == no+verb || b.Raw == "" && strings.HasSuffix(b.Tail, no+verb) {
				return parts
			}
		}
	}
	return nil
}

// suits are the lawsuits by how they began, which the form knows two ways of, behind their number.
func (c *context) suits(s *claims.Sentence, k int) []int {
	x := c.claimAt(s, k)
	const ways = 2
	if x == nil || x.Subject != claims.Litigation || !isWhole(&s.Figures[k]) {
		return nil
	}
	parts := partsBehind(s, k, ways)
	var seen []claims.Subject
	for _, i := range parts {
		y := c.claimAt(s, i)
		if y == nil || y.Subject != claims.LitigationDirect && y.Subject != claims.LitigationAfter || slices.Contains(seen, y.Subject) {
			return nil
		}
		seen = append(seen, y.Subject)
	}
	return parts
}
