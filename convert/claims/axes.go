package claims

import "strings"

// axis is a way to part things. Parts of two axes cross each other and do not add
// up: of 62 people 24 may be from companies and 27 women.
type axis int

const (
	noAxis axis = iota
	byApplicant
	byChannel
	byOutcome
	byMatter
	bySex
	byParty
	byAge
	byEducation
	byPeople
)

// axes are the words that tell the axis of a part.
var axes = []struct {
	axis  axis
	words []string
}{
	{byApplicant, []string{"自然人", "商业企业", "科研机构", "公益组织", "法律服务机构"}},
	{byOutcome, []string{"予以公开", "部分公开", "不予公开", "无法提供", "不予处理"}},
	{byChannel, []string{"网络申请", "网上申请", "信函", "邮寄", "当面", "传真", "在线申请"}},
	{byMatter, []string{"涉及", "关于", "有关"}},
	{bySex, []string{"女性", "男性", "妇女", "女代表", "男代表", "女干部"}},
	{byParty, []string{"党员", "民主党派", "无党派", "党外"}},
	{byAge, []string{"青年", "老年", "周岁", "岁以", "中年"}},
	{byEducation, []string{"本科", "研究生", "硕士", "大专", "高级职称", "中级职称"}},
	{byPeople, []string{"少数民族", "汉族"}},
}

// axisOf is the axis of a figure by its words.
func axisOf(f *Figure) axis {
	words := strings.TrimPrefix(f.Raw, "其中") + f.Tail // 其中年度报告: no 中年
	for i := range axes {
		if containsAny(words, axes[i].words...) {
			return axes[i].axis
		}
	}
	return noAxis
}

// crosses reports whether the parts are of several axes: two that are known, or
// one that parts people by what they are and others that part them otherwise.
func (s *Sentence) crosses(b *Breakdown) bool {
	first, other, personal := noAxis, false, false
	for n, k := range b.Parts {
		if n > 0 && strings.HasPrefix(s.Figures[k].Raw, "涉及") && !strings.Contains(s.Figures[b.Parts[0]].Raw+s.Figures[b.Parts[0]].Tail, "涉及") {
			return true // 网络舆情28起，涉及教育的9起: what any of them may be about
		}
		a := axisOf(&s.Figures[k])
		personal = personal || a >= bySex
		switch {
		case a == noAxis:
			other = other || !isRest(&s.Figures[k])
		case first == noAxis:
			first = a
		case a != first:
			return true
		}
	}
	return personal && other
}
