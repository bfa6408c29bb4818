package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/glance"
	"nianbao/convert/report"
	"nianbao/extract"
)

// missingSections finds statutory chapters the report does not have.
func missingSections(c *context) *verdict {
	if c.older() {
		return inapplicable("2019年以前的报告尚未分为这六个部分")
	}
	have := map[string]bool{}
	for _, s := range c.report.Sections {
		have[s.Key] = true
	}
	v := newVerdict()
	for _, ch := range c.official().Chapters {
		if have[ch.Key] {
			v.pass()
			continue
		}
		name := "“" + ch.Number + "、" + ch.Title + "”"
		if len(c.unreadable) > 0 {
			v.undetermined("没有读到"+name+"，第"+joinInts(c.unreadable)+"页没有可读的文字", "/report/sections")
			continue
		}
		v.fail(fault{place: ch.Key, message: "缺少" + name + "部分。", paths: []string{"/report/sections"}})
	}
	for i := range c.required {
		switch r := &c.required[i]; {
		case c.hasHeading(r):
			v.pass()
		case len(c.unreadable) > 0:
			v.undetermined("没有读到“"+r.Title+"”，第"+joinInts(c.unreadable)+"页没有可读的文字", "/report/sections")
		default:
			v.fail(fault{place: "local/" + r.Title, message: "缺少本地要求的“" + r.Title + "”部分。", paths: []string{"/report/sections"}})
		}
	}
	return v
}

// hasHeading reports whether a heading has the title in one of its wordings.
func (c *context) hasHeading(r *Required) bool {
	has := func(text string) bool {
		line := squeeze(text)
		return strings.Contains(line, squeeze(r.Title)) ||
			slices.ContainsFunc(r.Aliases, func(a string) bool { return strings.Contains(line, squeeze(a)) })
	}
	for i := range c.report.Sections {
		if has(c.report.Sections[i].Title) {
			return true
		}
	}
	return slices.ContainsFunc(c.document.Blocks, func(b extract.Block) bool { return b.Type == extract.Heading && has(b.Text) })
}

// orderedSection is a section with its place in the statutory order.
type orderedSection struct {
	index   int // into Sections
	rank    int // in the statutory order; -1 for other chapters
	ordinal int // as printed; 0 where there is none
	run     int
}

// sectionRuns numbers the sections by runs: an attachment (附件2 with the
// statistics tables) repeats the chapters and starts anew.
func (c *context) sectionRuns() []orderedSection {
	rank := map[string]int{}
	for i, ch := range c.official().Chapters {
		rank[ch.Key] = i
	}
	out := make([]orderedSection, len(c.report.Sections))
	run, last := 0, -1
	for i, s := range c.report.Sections {
		if i < len(c.reading.Chapters) {
			heading := c.reading.Chapters[i].Heading
			if c.attachmentBetween(last, heading) {
				run++
			}
			last = heading
		}
		r, ok := rank[s.Key]
		if !ok {
			r = -1
		}
		out[i] = orderedSection{index: i, rank: r, run: run}
		if s.Number != nil {
			out[i].ordinal = ordinal(*s.Number)
		}
	}
	return out
}

// attachmentBetween reports whether a line "附件2" or "附表：" stands between
// two headings.
func (c *context) attachmentBetween(after, before int) bool {
	for i := max(after+1, 0); i < min(before, len(c.document.Blocks)); i++ {
		if after >= 0 && isAttachmentMark(c.document.Blocks[i].Text) {
			return true
		}
	}
	return false
}

func isAttachmentMark(text string) bool {
	const longest = 40 // runes of a heading such as "附件2：政府信息公开工作年度数据统计表"
	if !strings.Contains(text, "附") {
		return false
	}
	t := squeeze(text)
	return utf8.RuneCountInString(t) <= longest && (strings.HasPrefix(t, "附件") || strings.HasPrefix(t, "附表"))
}

// sectionOrder judges order, repetition and numbering of the chapters.
func sectionOrder(c *context) *verdict {
	v := newVerdict()
	sections := c.sectionRuns()
	highest := map[int]orderedSection{} // by run: the section furthest in the statutory order
	seen := map[[2]int]bool{}
	previous, right := -1, -1 // the statutory section before, and the last one numbered right
	for i, s := range sections {
		if s.rank < 0 {
			continue
		}
		if previous >= 0 && sections[previous].run == s.run {
			v.pass()
		}
		key := [2]int{s.run, s.rank}
		high, any := highest[s.run]
		switch {
		case seen[key]:
			v.fail(c.orderFault(s, "重复出现，每个部分应当只有一个。"))
		case any && s.rank < high.rank:
			v.fail(c.orderFault(s, "排在"+sectionName(&c.report.Sections[high.index])+"之后，次序与规定不符。"))
		default:
			highest[s.run] = s
			if previous >= 0 && sections[previous].run == s.run {
				right = c.numbering(sections, right, previous, i, v)
			} else {
				right = i
			}
		}
		seen[key] = true
		previous = i
	}
	if v.outcome == report.NotApplicable {
		v.reason = "能认出的部分不足两个"
	}
	return v
}

func (c *context) orderFault(s orderedSection, what string) fault {
	path := "/report/sections/" + itoa(s.index)
	return fault{place: path, paths: []string{path}, message: sectionName(&c.report.Sections[s.index]) + what}
}

// numbering judges the number of the statutory chapter b. It runs on from the
// chapter before, or from the last one whose number was right: one wrong number
// is one finding. It returns the last right one.
func (c *context) numbering(all []orderedSection, right, previous, b int, v *verdict) int {
	if all[b].ordinal == 0 || all[previous].ordinal == 0 || runsOn(all, previous, b) || runsOn(all, right, b) || c.between(all, previous, b) {
		return b
	}
	first, second := &c.report.Sections[previous], &c.report.Sections[b]
	path := "/report/sections/" + itoa(b) + "/number"
	v.fail(fault{
		place: path, paths: []string{"/report/sections/" + itoa(previous) + "/number", path},
		message:  sectionName(second) + "的序号与前面的" + sectionName(first) + "不衔接。",
		expected: chineseOrdinal(all[previous].ordinal + 1), actual: *second.Number,
	})
	return right
}

// between reports whether paragraphs between two chapters begin with the numbers
// that seem skipped: headings with text on their line are not always told from
// paragraphs.
func (c *context) between(all []orderedSection, a, b int) bool {
	if b >= len(c.sections()) || all[b].ordinal <= all[a].ordinal {
		return false
	}
	want := all[a].ordinal + 1
	from, to := c.reading.Chapters[a].Heading+1, c.reading.Chapters[b].Heading
	for i := max(from, 0); i < min(to, len(c.document.Blocks)) && want < all[b].ordinal; i++ {
		text := squeeze(c.document.Blocks[i].Text)
		for _, number := range []string{chineseOrdinal(want), itoa(want)} {
			if rest, ok := strings.CutPrefix(text, number); ok && strings.ContainsAny(firstRune(rest), "、.，,") {
				want++
				break
			}
		}
	}
	return want == all[b].ordinal
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// runsOn reports whether the number of chapter b may follow that of chapter a.
// Other chapters between them may or may not be counted; a jump over chapters
// that the report lacks is structure.section_missing's to tell.
func runsOn(all []orderedSection, a, b int) bool {
	if a < 0 || all[a].ordinal == 0 || all[a].run != all[b].run {
		return false
	}
	statutory, others := 0, 0
	for _, s := range all[a+1 : b+1] {
		if s.rank < 0 {
			others++
		} else {
			statutory++
		}
	}
	low := all[a].ordinal + statutory
	lacking := max(all[b].rank-all[a].rank-statutory, 0)
	return all[b].ordinal >= low && all[b].ordinal <= low+others+lacking
}

// ordinal reads "一" to "九十九", "3", "③"; 0 where the text is none.
func ordinal(s string) int {
	s = squeeze(s)
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' && n < 100:
			n = n*10 + int(r-'0')
		case r >= '①' && r <= '⑳' && n == 0:
			n = int(r-'①') + 1
		default:
			return chineseNumber(s)
		}
	}
	return n
}

func chineseNumber(s string) int {
	total, digit := 0, 0
	for _, r := range s {
		if r == '十' {
			total += max(digit, 1) * 10
			digit = 0
			continue
		}
		at := strings.IndexRune("一二三四五六七八九", r)
		if at < 0 {
			return 0
		}
		digit = at/len("一") + 1
	}
	return total + digit
}

func chineseOrdinal(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	case n < 100:
		return digits[n/10] + "十" + digits[n%10]
	}
	return itoa(n)
}

// emptySections finds statutory chapters that say nothing.
func emptySections(c *context) *verdict {
	v := newVerdict()
	for i := range c.report.Sections {
		s := &c.report.Sections[i]
		if s.Key == "other" {
			continue
		}
		if c.saysSomething(i) {
			v.pass()
			continue
		}
		path := "/report/sections/" + itoa(i)
		v.fail(fault{place: path, paths: []string{path + "/text"}, message: sectionName(s) + "没有内容；没有需要报告的请写明“无”。"})
	}
	return c.hidden(v)
}

// saysSomething reports whether a chapter has text (the signature is none), a
// table or a picture before an attachment begins, or whether its text stands on
// the heading's own line ("七、其他需要报告的事项无").
// A chapter followed by one of another kind may have it as its content.
func (c *context) saysSomething(section int) bool {
	s := &c.report.Sections[section]
	if strings.TrimSpace(s.Text) != "" || headingRemainder(s.Title) {
		return true
	}
	if section+1 < len(c.report.Sections) && c.report.Sections[section+1].Key == "other" {
		return true
	}
	if section >= len(c.sections()) {
		return c.report.Table(s.Key) != nil
	}
	for _, b := range c.blocksOf(section) {
		if isAttachmentMark(b.Text) {
			return false
		}
		if b.Type == extract.TableRef || b.Type == extract.Image || (b.Role == extract.RoleTextbox || b.Role == extract.RoleDiagram) && strings.TrimSpace(b.Text) != "" {
			return true
		}
	}
	return false
}

// headingRemainder reports whether something follows the closing word of a
// chapter's title.
func headingRemainder(title string) bool {
	t := squeeze(title)
	for _, word := range []string{"情况", "事项"} {
		if at := strings.LastIndex(t, word); at >= 0 {
			return strings.TrimLeft(t[at+len(word):], "：:。.") != ""
		}
	}
	return false
}

func isBody(r extract.Role) bool {
	return r == "" || r == extract.RoleBody || r == extract.RoleTextbox || r == extract.RoleDiagram
}

// aspect is one of the five aspects 总体情况 must cover, with words that show it
// is covered. The words are generous: a missed gap is better than a false one.
type aspect struct {
	name  string
	words []string
}

func aspects() []aspect {
	return []aspect{
		{"主动公开", []string{"主动公开", "公开信息", "发布信息", "信息公开目录"}},
		{"依申请公开", []string{"依申请", "申请公开", "公开申请"}},
		{"政府信息管理", []string{"信息管理", "公开管理", "保密审查", "审核", "审查", "规范性文件", "目录", "台账"}},
		{"平台建设", []string{"平台", "网站", "公众号", "新媒体", "公报", "公开栏", "专栏", "查阅点"}},
		{"监督保障", []string{"监督", "保障", "考核", "培训", "责任追究", "评议", "督查", "督促"}},
	}
}

// missingAspects finds aspects that 总体情况 does not mention. Text before the
// first chapter and chapters of other kinds count as well: what belongs to 总体
// 情况 is not always told apart from them.
func missingAspects(c *context) *verdict {
	at := slices.IndexFunc(c.report.Sections, func(s report.Section) bool { return s.Key == "overview" })
	if at < 0 || !c.saysSomething(at) {
		return inapplicable("报告没有“总体情况”的内容")
	}
	var text strings.Builder
	for _, s := range c.report.Sections {
		if s.Key == "overview" || s.Key == "other" {
			text.WriteString(s.Title + "\n" + s.Text + "\n")
		}
	}
	for i := range c.document.Blocks[:min(c.firstHeading(), len(c.document.Blocks))] {
		text.WriteString(c.document.Blocks[i].Text + "\n")
	}
	all := squeeze(text.String())
	v := newVerdict()
	path := "/report/sections/" + itoa(at) + "/text"
	for _, a := range aspects() {
		if slices.ContainsFunc(a.words, func(w string) bool { return glance.Contains(all, w) }) {
			v.pass()
			continue
		}
		v.fail(fault{place: path + " " + a.name, paths: []string{path}, message: sectionName(&c.report.Sections[at]) + "没有写到“" + a.name + "”。"})
	}
	return c.hidden(v)
}
