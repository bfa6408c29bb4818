package rules

import (
	"testing"

	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/extract"
)

// swap exchanges two sections with their places.
func (x *fixture) swap(i, k int) {
	s, ch := x.reading.Report.Sections, x.reading.Chapters
	s[i], s[k] = s[k], s[i]
	ch[i], ch[k] = ch[k], ch[i]
}

// insert puts another chapter before the section with the index.
func (x *fixture) insert(i int, s report.Section) {
	r := x.reading
	r.Report.Sections = append(r.Report.Sections[:i:i], append([]report.Section{s}, r.Report.Sections[i:]...)...)
	at := mapping.Chapter{Heading: r.Chapters[i].Heading - 1, First: r.Chapters[i].Heading, End: r.Chapters[i].Heading}
	r.Chapters = append(r.Chapters[:i:i], append([]mapping.Chapter{at}, r.Chapters[i:]...)...)
}

func (x *fixture) number(i int, n string) { x.reading.Report.Sections[i].Number = ptr(n) }

// appendAttachment repeats all six chapters after a line "附件2".
func (x *fixture) appendAttachment(mark string) {
	x.block(extract.Paragraph, mark)
	for _, s := range x.reading.Report.Sections[:6] {
		at := mapping.Chapter{Heading: x.block(extract.Heading, *s.Number+"、"+s.Title)}
		at.First = at.Heading + 1
		x.block(extract.Paragraph, "无。")
		at.End = len(x.doc.Blocks)
		s.Text = "无。"
		x.reading.Chapters = append(x.reading.Chapters, at)
		x.reading.Report.Sections = append(x.reading.Report.Sections, s)
	}
}

func TestSectionMissing(t *testing.T) {
	const rule = "structure.section_missing"
	runCases(t, []ruleCase{
		{"one missing", "2021", rule, func(x *fixture) { x.remove(4) }, report.Failed, 1, "缺少“五、存在的主要问题及改进情况”部分。", "/report/sections"},
		{"wording of the 2019 form", "2019", rule, func(x *fixture) { x.remove(3) }, report.Failed, 1, "四、因政府信息公开工作被申请行政复议", ""},
		{"all missing", "2021", rule, func(x *fixture) { x.reading.Report.Sections, x.reading.Chapters = nil, nil }, report.Failed, 6, "一、总体情况", ""},
		{"numbered otherwise", "2021", rule, func(x *fixture) { x.number(0, "1"); x.number(1, "2") }, report.Passed, 0, "", ""},
		{"an old report", "2021", rule, func(x *fixture) { x.remove(0); x.reading.Report.Year = ptr(2015) }, report.NotApplicable, 0, "2019年以前", ""},
		{"an unreadable page", "2021", rule, func(x *fixture) {
			x.remove(0)
			x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: extract.Image, Page: ptr(1)})
			x.doc.Pages = []extract.Page{{Number: 1, TextLayer: extract.TextNone}}
		}, report.Undetermined, 0, "第1页", ""},
	})
}

func TestSectionOrder(t *testing.T) {
	const rule = "structure.section_order"
	other := report.Section{Key: "other", Title: "创新性做法", Text: "略。"}
	runCases(t, []ruleCase{
		{"swapped", "2021", rule, func(x *fixture) { x.swap(3, 4) }, report.Failed, 1, "“四、政府信息公开行政复议、行政诉讼情况”部分排在“五、存在的主要问题及改进情况”部分之后", "/report/sections/4"},
		{"number doubled", "2021", rule, func(x *fixture) { x.number(4, "四") }, report.Failed, 1, "不衔接", "/report/sections/4/number"},
		{"number skipped", "2021", rule, func(x *fixture) { x.number(5, "八") }, report.Failed, 1, "不衔接", "/report/sections/5/number"},
		{"number skipped, the rest runs on", "2021", rule, func(x *fixture) {
			for i, n := range []string{"一", "二", "四", "五", "六", "七"} {
				x.number(i, n)
			}
		}, report.Failed, 1, "“四、收到和处理政府信息公开申请情况”部分的序号与前面的“二、", "/report/sections/2/number"},
		{"numbers missing", "2021", rule, func(x *fixture) {
			x.reading.Report.Sections[0].Number, x.reading.Report.Sections[1].Number = nil, nil
		}, report.Passed, 0, "", ""},
		{"mixed numbers", "2021", rule, func(x *fixture) { x.number(0, "1"); x.number(1, "2"); x.number(2, "③") }, report.Passed, 0, "", ""},
		{"another chapter counted", "2021", rule, func(x *fixture) {
			o := other
			o.Number = ptr("五")
			x.insert(4, o)
			x.number(5, "六")
			x.number(6, "七")
		}, report.Passed, 0, "", ""},
		{"another chapter read as a paragraph", "2021", rule, func(x *fixture) {
			x.doc.Blocks[x.reading.Chapters[3].First].Text = "五、创新性做法 一是开设专栏。"
			x.number(4, "六")
			x.number(5, "七")
		}, report.Passed, 0, "", ""},
		{"a paragraph that begins with a numeral", "2021", rule, func(x *fixture) {
			x.doc.Blocks[x.reading.Chapters[3].First].Text = "五个方面的工作已完成。"
			x.number(4, "六")
			x.number(5, "七")
		}, report.Failed, 1, "不衔接", ""},
		{"another chapter not counted", "2021", rule, func(x *fixture) { x.insert(4, other) }, report.Passed, 0, "", ""},
		{"swapped after another chapter", "2021", rule, func(x *fixture) { x.swap(3, 4); x.insert(1, other) }, report.Failed, 1, "排在“五、", "/report/sections/5"},
		{"skipped after another chapter", "2021", rule, func(x *fixture) { x.number(5, "九"); x.insert(1, other) }, report.Failed, 1, "不衔接", "/report/sections/6/number"},
		{"numbers of an attachment", "2021", rule, func(x *fixture) { x.appendAttachment("附件2："); x.number(6, "七") }, report.Failed, 1, "“二、", "/report/sections/7/number"},
		{"a chapter missing, numbers as prescribed", "2021", rule, func(x *fixture) { x.remove(2) }, report.Passed, 0, "", ""},
		{"a chapter missing, numbers run on", "2021", rule, func(x *fixture) {
			x.remove(0)
			for i, n := range []string{"一", "二", "三", "四", "五"} {
				x.number(i, n)
			}
		}, report.Passed, 0, "", ""},
		{"a chapter twice", "2021", rule, func(x *fixture) { s := x.reading.Report.Sections[4]; x.insert(5, s) }, report.Failed, 1, "重复出现", "/report/sections/5"},
		{"an attachment repeats the chapters", "2021", rule, func(x *fixture) { x.appendAttachment("附件2：") }, report.Passed, 0, "", ""},
		{"the chapters repeated without attachment", "2021", rule, func(x *fixture) { x.appendAttachment("以下为正文。") }, report.Failed, 6, "重复出现", ""},
		{"one chapter", "2021", rule, func(x *fixture) {
			x.reading.Report.Sections, x.reading.Chapters = x.reading.Report.Sections[:1], x.reading.Chapters[:1]
		}, report.NotApplicable, 0, "不足两个", ""},
	})
}

func TestSectionEmpty(t *testing.T) {
	const rule = "structure.section_empty"
	empty := func(x *fixture, key string) {
		for i := range x.reading.Report.Sections {
			if x.reading.Report.Sections[i].Key == key {
				x.reading.Report.Sections[i].Text = ""
				x.reading.Chapters[i].End = x.reading.Chapters[i].First
			}
		}
	}
	runCases(t, []ruleCase{
		{"empty", "2021", rule, func(x *fixture) { empty(x, "other_matters") }, report.Failed, 1, "“六、其他需要报告的事项”部分没有内容", "/report/sections/5/text"},
		{"a signature is no text", "2021", rule, func(x *fixture) {
			x.section("other_matters").Text = ""
			x.reading.Chapters[5].End = len(x.doc.Blocks)
		}, report.Failed, 1, "“六、其他需要报告的事项”部分没有内容", ""},
		{"a table of an attachment does not count", "2021", rule, func(x *fixture) {
			x.section("other_matters").Text = ""
			x.block(extract.Paragraph, "附件2")
			x.doc.Blocks[x.block(extract.TableRef, "")].Table = ptr(0)
			x.reading.Chapters[5].End = len(x.doc.Blocks)
		}, report.Failed, 1, "", ""},
		{"a text box counts", "2021", rule, func(x *fixture) {
			x.section("other_matters").Text = ""
			x.doc.Blocks[x.reading.Chapters[5].First].Role = extract.RoleTextbox
		}, report.Passed, 0, "", ""},
		{"a table counts", "2021", rule, func(x *fixture) { x.section("applications").Text = "" }, report.Passed, 0, "", ""},
		{"the text stands in the heading", "2021", rule, func(x *fixture) {
			empty(x, "other_matters")
			x.section("other_matters").Title = "其他需要报告的事项：无"
		}, report.Passed, 0, "", ""},
		{"without places a table counts", "2021", rule, func(x *fixture) { x.reading.Chapters = nil }, report.Passed, 0, "", ""},
		{"followed by another chapter", "2021", rule, func(x *fixture) {
			empty(x, "legal_challenges")
			x.insert(4, report.Section{Key: "other", Title: "行政复议"})
		}, report.Passed, 0, "", ""},
		{"no chapters", "2021", rule, func(x *fixture) { x.reading.Report.Sections, x.reading.Chapters = nil, nil }, report.NotApplicable, 0, "", ""},
	})
}

func TestAspects(t *testing.T) {
	const rule = "structure.aspect_missing"
	runCases(t, []ruleCase{
		{"two missing", "2021", rule, func(x *fixture) {
			x.replace("（四）平台建设有序。（五）监督保障到位。", "")
			x.replace("在网站", "")
		}, report.Failed, 2, "没有写到“平台建设”", "/report/sections/0/text"},
		{"covered in another chapter", "2021", rule, func(x *fixture) {
			x.replace("（五）监督保障到位。", "")
			x.insert(1, report.Section{Key: "other", Title: "监督保障", Text: "开展考核。"})
		}, report.Passed, 0, "", ""},
		{"2019 form", "2019", rule, func(x *fixture) { x.replace("（五）监督保障到位。", "") }, report.NotApplicable, 0, "不适用", ""},
		{"no overview", "2021", rule, func(x *fixture) { x.remove(0) }, report.NotApplicable, 0, "总体情况", ""},
		{"an unreadable page", "2021", rule, func(x *fixture) {
			x.doc.Pages = []extract.Page{{Number: 3, TextLayer: extract.TextGarbled}}
		}, report.Undetermined, 0, "第3页", ""},
	})
}

func TestOrdinal(t *testing.T) {
	for s, want := range map[string]int{"一": 1, "十": 10, "十二": 12, "二十": 20, "二十三": 23, "7": 7, "１２": 12, "③": 3, "": 0, "甲": 0, "一甲": 0} {
		if got := ordinal(s); got != want {
			t.Errorf("ordinal(%q) = %d, want %d", s, got, want)
		}
	}
	for n := 1; n < 100; n++ {
		if got := ordinal(chineseOrdinal(n)); got != n {
			t.Errorf("%d is %q is %d", n, chineseOrdinal(n), got)
		}
	}
}
