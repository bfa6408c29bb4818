package claims

import (
	"slices"
	"strings"

	"nianbao/convert/glance"
	"nianbao/extract/lazyregexp"
)

// ownRespondent is the body a challenge is told to be against: 以市政府为被申请人的. Whether
// it is the one that reports, is for the reader of the claim to judge.
var ownRespondent = lazyregexp.New(`以[^，。；、]{2,14}?作?为(?:被申请人|被告|被复议机关)的?`)

// decidedBy takes out the court or body that decided, where what it decided is counted.
var decidedBy = glance.NewReplacer("法院判决结果", "", "法院判决维持", "维持", "法院判决纠正", "纠正", "经法院审理后", "", "经法院审理", "", "法院裁判结果", "", "判决结果", "", "审理结果", "")

// tellsResult reports whether a phrase names what became of a challenge.
func tellsResult(phrase string) bool {
	return containsAny(phrase, "维持", "纠正", "其他结果", "其它结果", "未审结")
}

// decided takes both out of a phrase.
func decided(phrase string) string {
	if strings.Contains(phrase, "为被") {
		phrase = ownRespondent.ReplaceAllString(phrase, "")
	}
	if containsAny(phrase, "法院", "结果") {
		phrase = decidedBy.Replace(phrase)
	}
	return phrase
}

// turnedOut reports whether the words say that a result was none in the end, or one only
// after another: 内容不明确，经补正后正常办理; 经审核改为部分公开.
func (s *Sentence) turnedOut(i int, sub Subject) bool {
	f := &s.Figures[i]
	own := f.Raw + f.Tail
	if containsAny(own, "改为", "变更为", "调整为", "转为", "更正为", "拟") {
		return true
	}
	if sub != "applications.unable.unclear_after_correction" || containsAny(own, "仍", "补正后") {
		return false
	}
	return containsAny(s.Span(f.End, len(s.Runes)), "补正后", "经补正", "补正通知", "告知补正", "通知补正", "要求补正", "指导补正", "已补正")
}

// openings are how documents may be open, as a list of them calls it; papers are
// what else is parted so.
var (
	openings = []string{"主动公开", "依申请公开", "不予公开", "不公开", "部分公开", "予以公开"}
	papers   = []string{"公文", "文件", "发文", "文书", "材料", "稿件", "政府信息", "信息", "目录", "事项", "档案"}
)

// openness takes back what is said of documents by how they are open, which is none of
// applications: 制作公文512件，其中主动公开96件、依申请公开38件、不予公开378件.
func (out *Reading) openness(index, first int) {
	s := &out.Sentences[index]
	kept, looked := -1, false
	for i := first; i < len(out.Claims); i++ {
		c := &out.Claims[i]
		if c.Subject == None || c.Figure < 0 {
			continue
		}
		if c.Unit == "份" && out.paperBefore(index, &s.Figures[c.Figure]) {
			c.Subject = None
			continue
		}
		if !s.Figures[c.Figure].opens() {
			continue
		}
		if !looked {
			looked = true
			kept = slices.IndexFunc(s.Figures, func(f Figure) bool {
				return f.IsCount() && strings.HasPrefix(f.name(), "主动公开") && f.opens()
			})
		}
		if kept >= 0 && s.Figures[kept].Unit == c.Unit || s.ofPapers(c.Figure) {
			c.Subject = None
		}
	}
}

// paperBefore reports whether the sentence before told the same number of papers by how they are open:
// 不予公开107份。对不予公开的107份，逐份注明理由.
func (out *Reading) paperBefore(index int, f *Figure) bool {
	before := out.before(index)
	return before != nil && slices.ContainsFunc(before.Figures, func(g Figure) bool {
		return g.Unit == f.Unit && g.Value.Cmp(f.Value) == 0 && g.opens()
	})
}

// opens reports whether the figure is named by nothing but how documents are open.
func (f *Figure) opens() bool {
	name := f.name()
	if !strings.Contains(name, "公开") {
		return false
	}
	name = strings.TrimRight(name, "的类件")
	for _, p := range papers {
		name = strings.TrimSuffix(name, p)
	}
	return slices.Contains(openings, name)
}

// ofPapers reports whether the figure is a part of documents.
func (s *Sentence) ofPapers(figure int) bool {
	for _, b := range s.Breakdowns {
		if b.Previous || !slices.Contains(b.Parts, figure) {
			continue
		}
		t := &s.Figures[b.Total]
		words := t.Raw + t.Tail
		return containsAny(words, papers...) && !containsAny(words, "申请", "答复", "办结", "公开件")
	}
	return false
}
