package history

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/report"
)

const (
	// sameSentence is the share of runs from which on two sentences are the same but
	// for a few words.
	sameSentence = 0.7
	// template is the number of other agencies from which on a sentence is nobody's
	// own; from half of it on it weighs half.
	template = 5
	// allButAll is the share of a report, in percent, that is nearly all of it.
	allButAll = 90
	// maxPassages and maxPassage bound what a finding shows: passages, and characters
	// of each.
	maxPassages = 6
	maxPassage  = 600
)

// passage is a stretch of sentences in a row that another report has in a row, too.
type passage struct {
	section, start, end                int // of this report, as in sentence
	otherSection, otherStart, otherEnd int
	weight                             int
	figures                            bool // some sentence has figures
	order, otherOrder                  int  // of the last sentence
}

// copied finds prose that was taken from the year before or from another agency.
func copied(c *comparison) *verdict {
	own := c.prose()
	switch {
	case own.weight < c.Settings.CopiedChapter:
		return inapplicable("报告没有足够的自有文字可以比对")
	case c.Previous == nil && !c.PreviousLost && c.Alone:
		return inapplicable("没有归档其他报告")
	}
	v := &verdict{outcome: report.Passed}
	switch {
	case c.Previous != nil:
		c.copiedFromYear(v, own)
	case c.PreviousLost:
		v.undetermined(lost)
	}
	for i := range c.Others {
		c.copiedFromOther(v, own, &c.Others[i])
	}
	return v
}

// prose is what the report says, read once.
func (c *comparison) prose() *prose {
	if c.ownProse == nil {
		c.ownProse = readProse(&c.Own.Result.Report)
	}
	return c.ownProse
}

// copiedFromYear: a chapter, or most of the report, is that of the year before.
func (c *comparison) copiedFromYear(v *verdict, own *prose) {
	passages := c.align(own, readProse(&c.Previous.Result.Report))
	sections := own.report.Sections
	total := 0
	of := make([]int, len(sections))
	for _, p := range passages {
		total += p.weight
		of[p.section] += p.weight
	}
	all := c.weights(own)
	var chapters []string
	var shown []passage
	whole := 0
	for i, w := range all {
		whole += w
		if of[i] >= c.Settings.CopiedChapter && 100*of[i] >= c.Settings.CopiedShare*w {
			chapters = append(chapters, sectionName(&sections[i]))
			shown = append(shown, slices.DeleteFunc(slices.Clone(passages), func(p passage) bool { return p.section != i })...)
		}
	}
	where := strings.Join(chapters, "、")
	if total >= c.Settings.CopiedReport && 100*total >= c.Settings.CopiedReportShare*whole {
		where, shown = "正文", passages
	}
	if where == "" {
		return
	}
	sum := 0
	for _, p := range shown {
		sum += p.weight
	}
	v.fail(c.shown(c.Previous, shown, where+"与本机关"+c.Previous.year()+"报告基本相同：约"+strconv.Itoa(sum)+
		"字一致（法定用语和套话不计）。请按本年度的实际情况重写。"))
}

// copiedFromOther: a long passage, or most of the report, is another agency's.
func (c *comparison) copiedFromOther(v *verdict, own *prose, other *Archived) {
	passages := c.align(own, readProse(&other.Result.Report))
	total, longest, whole, figures := 0, 0, 0, false
	for _, p := range passages {
		total += p.weight
		longest = max(longest, p.weight)
		figures = figures || p.figures
	}
	for _, w := range c.weights(own) {
		whole += w
	}
	s := c.Settings
	switch {
	case longest >= s.CopiedPassage:
	case total >= s.CopiedReport && 100*total >= s.CopiedReportShare*whole:
	case figures && total >= s.CopiedChapter && 100*total >= allButAll*whole: // short, but copied as it stands
	default:
		return
	}
	name := other.agency()
	if name == "" {
		name = "另一机关"
	}
	v.fail(c.shown(other, passages, "有文字与“"+name+"”"+other.year()+"报告相同：约"+strconv.Itoa(total)+
		"字一致（法定用语、套话和多家共用的模板不计）。请核对是否照搬，并按本机关的实际情况改写。"))
}

// weights are the weights of the report's sections, templates taken off.
func (c *comparison) weights(p *prose) []int {
	out := make([]float64, len(p.report.Sections))
	for i := range p.sentences {
		s := &p.sentences[i]
		out[s.section] += float64(s.weight) * c.rarity(s)
	}
	whole := make([]int, len(out))
	for i, w := range out {
		whole[i] = int(w)
	}
	return whole
}

// rarity is what a sentence counts for by the number of other agencies that have it.
func (c *comparison) rarity(s *sentence) float64 {
	switch n := c.Spread[s.key]; {
	case n >= template:
		return 0
	case n > template/2:
		return 0.5
	}
	return 1
}

// align finds the passages that two reports have in common, in document order.
func (c *comparison) align(own, other *prose) []passage {
	var out []passage
	taken := make([]bool, len(other.sentences))
	next := 0 // where the other report goes on
	for i := range own.sentences {
		s := &own.sentences[i]
		k := match(s, other.sentences, taken, next)
		if k < 0 {
			continue
		}
		taken[k], next = true, k+1
		o := &other.sentences[k]
		w := int(float64(s.weight) * c.rarity(s))
		if n := len(out); n > 0 && out[n-1].goesOn(s, o) {
			p := &out[n-1]
			p.end, p.otherEnd, p.order, p.otherOrder = s.end, o.end, s.order, o.order
			p.weight += w
			p.figures = p.figures || s.figures != ""
			continue
		}
		out = append(out, passage{section: s.section, start: s.start, end: s.end, order: s.order,
			otherSection: o.section, otherStart: o.start, otherEnd: o.end, otherOrder: o.order, weight: w, figures: s.figures != ""})
	}
	return slices.DeleteFunc(out, func(p passage) bool { return p.weight == 0 })
}

// match is the sentence that says the same, with the same figures, in nearly the same
// words: the one at next where it does, else the most alike; -1 where none is.
func match(s *sentence, among []sentence, taken []bool, next int) int {
	same := func(k int) float64 {
		o := &among[k]
		if taken[k] || o.figures != s.figures || 10*len(o.runs) < 7*len(s.runs) || 10*len(s.runs) < 7*len(o.runs) {
			return 0
		}
		return alike(s.runs, o.runs)
	}
	if next < len(among) && same(next) >= sameSentence {
		return next
	}
	best, at := sameSentence, -1
	for k := range among {
		if x := same(k); x > best || x == best && at < 0 {
			best, at = x, k
		}
	}
	return at
}

// goesOn tells whether the passage goes on with these sentences: at most one sentence
// left out on either side.
func (p *passage) goesOn(s, o *sentence) bool {
	const gap = 2
	return s.section == p.section && s.order-p.order <= gap &&
		o.section == p.otherSection && o.order > p.otherOrder && o.order-p.otherOrder <= gap
}

// shown is the fault with the heaviest passages side by side.
func (c *comparison) shown(other *Archived, passages []passage, message string) fault {
	w := fault{place: other.ID, message: message}
	passages = slices.Clone(passages)
	slices.SortStableFunc(passages, func(a, b passage) int { return b.weight - a.weight })
	passages = passages[:min(len(passages), maxPassages)]
	for _, p := range passages {
		own, others := c.Own.Result.Report.Sections, other.Result.Report.Sections
		path := sectionPath(p.section)
		text := excerpt(own[p.section].Text[p.start:p.end])
		w.compared = append(w.compared, other.compared(path, sectionPath(p.otherSection), text, excerpt(others[p.otherSection].Text[p.otherStart:p.otherEnd])))
		if !contains(w.paths, path) {
			w.paths = append(w.paths, path)
		}
		if w.quote == "" {
			w.quote = firstSentence(text)
		}
	}
	return w
}

func sectionPath(i int) string { return "/report/sections/" + strconv.Itoa(i) + "/text" }

// excerpt is a passage as findings show it.
func excerpt(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= maxPassage {
		return s
	}
	return string([]rune(s)[:maxPassage]) + "…"
}

// firstSentence is the sentence that is marked in the text.
func firstSentence(s string) string {
	for start, end := range sentencesOf(s) {
		if one := strings.TrimSpace(s[start:end]); utf8.RuneCountInString(one) >= minWeight {
			return one
		}
	}
	return s
}

// sectionName is what findings call a section.
func sectionName(s *report.Section) string {
	title := strings.Join(strings.Fields(s.Title), "")
	if s.Number != nil && *s.Number != "" {
		title = *s.Number + "、" + title
	}
	return "“" + title + "”部分"
}
