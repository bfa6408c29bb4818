package mapping

import (
	"strings"
	"testing"

	"nianbao/convert/form"
)

// outlineOf writes the sections as "key:number" words.
func outlineOf(t *testing.T, paragraphs ...string) (string, *Reading) {
	t.Helper()
	got := Read(prose(paragraphs...), form.All())
	var out []string
	for _, s := range got.Report.Sections {
		out = append(out, s.Key+":"+str(s.Number))
	}
	if len(got.Chapters) != len(got.Report.Sections) {
		t.Errorf("%d places for %d sections", len(got.Chapters), len(got.Report.Sections))
	}
	return strings.Join(out, " "), got
}

const title2021 = "c|青禾区统计局2021年政府信息公开工作年度报告"

func TestChapters(t *testing.T) {
	text := "我局认真做好公开工作，取得了较好的成效。"
	six := func(number func(int) string) string {
		var out []string
		for i, k := range []string{"overview", "proactive_disclosure", "applications", "legal_challenges", "problems_and_improvements", "other_matters"} {
			out = append(out, k+":"+number(i))
		}
		return strings.Join(out, " ")
	}
	han := func(i int) string { return string([]rune("一二三四五六")[i]) }
	arabic := func(i int) string { return itoa(i + 1) }
	titles := []string{"总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"}
	report := func(prefix func(int) string) []string {
		out := []string{title2021, "本报告由局办公室编制。"}
		for i, t := range titles {
			out = append(out, prefix(i)+t, text)
		}
		return out
	}
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"一、":         {report(func(i int) string { return han(i) + "、" }), six(han)},
		"一.":         {report(func(i int) string { return han(i) + "." }), six(han)},
		"（一）":        {report(func(i int) string { return "（" + han(i) + "）" }), six(han)},
		"1.":         {report(func(i int) string { return arabic(i) + ". " }), six(arabic)},
		"1、":         {report(func(i int) string { return arabic(i) + "、" }), six(arabic)},
		"(1)":        {report(func(i int) string { return "(" + arabic(i) + ")" }), six(arabic)},
		"①":          {report(func(i int) string { return string('①' + rune(i)) }), six(arabic)},
		"第一部分":       {report(func(i int) string { return "第" + han(i) + "部分 " }), six(han)},
		"none":       {report(func(int) string { return "" }), six(func(int) string { return "null" })},
		"doubled":    {report(func(i int) string { return han(i) + "、" + han(i) + "、" }), six(han)},
		"spaced":     {report(func(i int) string { return "  " + han(i) + " 、 " }), six(han)},
		"space only": {report(func(i int) string { return han(i) + "　" }), six(han)},
		"tab":        {report(func(i int) string { return arabic(i) + "\t" }), six(arabic)},
		"two without number": {report(func(i int) string {
			if i < 2 {
				return ""
			}
			return han(i) + "、"
		}), "overview:null proactive_disclosure:null applications:三 legal_challenges:四 problems_and_improvements:五 other_matters:六"},
		"other words": {[]string{title2021, "一、工作基本情况", text, "二、行政机关主动公开政府信息情况", text, "三、行政机关收到和处理政府信息公开申请情况", text,
			"四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", text, "五、政府信息公开工作创新性做法", text, "六、存在问题及改进情况", text, "七、需要报告的其他事项", text},
			"overview:一 proactive_disclosure:二 applications:三 legal_challenges:四 other:五 problems_and_improvements:六 other_matters:七"},
		"sub-headings": {[]string{title2021, "一、总体情况", "（一）主动公开情况。共公开3条。", "（二）依申请公开情况", text, "（三）政府信息管理情况", text, "二、主动公开政府信息情况", text,
			"三、收到和处理政府信息公开申请情况", text, "四、政府信息公开行政复议、行政诉讼情况", text, "五、存在的主要问题及改进情况", "存在的主要问题：一是较少。", "1.存在的主要问题", text, "六、其他需要报告的事项", "无"}, six(han)},
		"arabic among Han": {[]string{title2021, "1、 行政机关主动公开政府信息情况", "1、机构名称：白石镇。", "2、机构职能。", "2、 行政机关收到和处理政府信息公开申请情况", text,
			"三、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "1、被申请行政复议，无。", "四、政府信息公开工作创新性做法", text, "五、存在的主要问题及改进情况", text, "六、其他需要报告的事项", text},
			"proactive_disclosure:1 applications:2 legal_challenges:三 other:四 problems_and_improvements:五 other_matters:六"},
		"typos": {[]string{title2021, "一、总体情況", text, "二、主动公开政府信息情", text, "三、收到和处理政府信息公开申请情况（已核）", text, "四、政府信息公开行政复议，行政诉讼情况", text, "五、存在的主要问题与改进情况", text, "六、其他需要报告的事项。", text}, six(han)},
		"rows of a table in the text": {[]string{title2021, "一、总体情况", text, "二、主动公开政府信息情况", text, "三、收到和处理政府信息公开申请情况", "一、本年新收政府信息公开申请数量 3 1 0 0 0 0 4",
			"二、上年结转政府信息公开申请数量", "三、本年度办理结果", "四、结转下年度继续办理 0 0", "四、政府信息公开行政复议、行政诉讼情况", text}, "overview:一 proactive_disclosure:二 applications:三 legal_challenges:四"},
		"sub-headings numbered like chapters": {[]string{title2021, "一、总体情况", text, "二、主动公开政府信息情况", text, "三、收到和处理政府信息公开申请情况", text, "四、政府信息公开行政复议、行政诉讼情况", text,
			"五、存在的主要问题及改进情况", "一、存在的问题", text, "二、下一步改进的措施", text, "六、其他需要报告的事项", "一、收费情况", text}, six(han)},
		"sub-headings numbered like chapters, in their words": {[]string{title2021, "一、总体情况", text, "一、加强组织领导", text, "二、主动公开情况", text, "三、依申请公开情况", text, "四、政府信息管理情况。" + text,
			"二、主动公开政府信息情况", text, "三、收到和处理政府信息公开申请情况", text, "四、政府信息公开行政复议、行政诉讼情况", text, "五、存在的主要问题及改进情况", text, "六、其他需要报告的事项", text}, six(han)},
		"sub-headings after their chapter's text": {[]string{title2021, "一、总体情况", text, "二、主动公开政府信息情况", text, "一、规范发布", text, "二、公众关切", text, "三、收到和处理政府信息公开申请情况", "一、渠道畅通", text,
			"四、政府信息公开行政复议、行政诉讼情况", text, "五、存在的主要问题及改进情况", text, "六、其他需要报告的事项", text}, six(han)},
		"one sub-heading": {[]string{title2021, "一、总体情况", text, "一、加强组织领导", text, "二、主动公开政府信息情况", text, "三、收到和处理政府信息公开申请情况", text}, "overview:一 proactive_disclosure:二 applications:三"},
		"a chapter that does not come again is none": {[]string{title2021, "一、总体情况", text, "一、主动公开政府信息情况", text, "二、收到和处理政府信息公开申请情况", text}, "overview:一 proactive_disclosure:一 applications:二"},
		"wrong order": {[]string{title2021, "一、总体情况", text, "二、收到和处理政府信息公开申请情况", text, "三、主动公开政府信息情况", text, "四、存在的主要问题及改进情况", text},
			"overview:一 applications:二 proactive_disclosure:三 problems_and_improvements:四"},
		"twice": {[]string{title2021, "一、总体情况", text, "二、主动公开政府信息情况", text, "三、总体情况", text, "四、存在的主要问题及改进情况", text},
			"overview:一 proactive_disclosure:二 overview:三 problems_and_improvements:四"},
		"prose": {[]string{"现将2019年工作报告如下：", "一、以公开助力改革", "（一）推进公开", "一、预决算公开。每月公开资产负债表。二、重点信息公开。公开教育等情况。", "二、提升服务实效", "一是强化管理。"},
			"other:一 other:二"},
		"annex": {append(report(func(i int) string { return han(i) + "、" }), "r|青禾区统计局", "r|2022年1月8日", "附件2:", "c|年度数据统计表", "一、总体情况", text, "二、主动公开政府信息情况", text), six(han)},
	} {
		if got, _ := outlineOf(t, c.lines...); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestContents(t *testing.T) {
	titles := []string{"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"}
	for _, tail := range []string{"……………………1", "\t1", " 1", "", "....... 12", "·····3"} {
		for _, heading := range []string{"目 录", ""} {
			doc := []string{title2021}
			if heading != "" {
				doc = append(doc, heading)
			}
			for _, s := range titles {
				doc = append(doc, s+tail)
			}
			for _, s := range titles {
				doc = append(doc, s, "我局认真做好公开工作。")
			}
			got, r := outlineOf(t, doc...)
			if n := len(r.Report.Sections); n != 6 {
				t.Errorf("contents with %q, heading %q: %s", tail, heading, got)
				continue
			}
			if s := r.Report.Sections[0]; s.Title != "总体情况" || s.Text != "我局认真做好公开工作。" {
				t.Errorf("contents with %q: first section %+v", tail, s)
			}
		}
	}
}

// TestNoContents: headings with nothing but a table below them, and sentences further
// down that have some of their words, are no table of contents.
func TestNoContents(t *testing.T) {
	const want = "overview:一 proactive_disclosure:二 applications:三 legal_challenges:四 problems_and_improvements:五 other_matters:六"
	for _, tables := range []bool{true, false} {
		for _, said := range [][]string{
			{"存在的问题：公开内容还不够细。", "依申请公开答复不够规范。"},
			{"1.依申请公开能力不足。", "2.政府信息公开行政复议、行政诉讼均未发生败诉。"},
			{"（一）收到和处理政府信息公开申请方面经验不足", "（二）主动公开政府信息还不够"},
			{"行政复议、行政诉讼情况：无。", "依申请公开工作未收取任何费用。"},
		} {
			lines := []string{title2021}
			for _, title := range []string{"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"} {
				lines = append(lines, title)
				switch {
				case strings.HasPrefix(title, "一"):
					lines = append(lines, "我局认真做好公开工作。")
				case strings.HasPrefix(title, "五"):
					lines = append(lines, said...)
				case strings.HasPrefix(title, "六"):
					lines = append(lines, "本年度未收取信息处理费。")
				case tables:
					lines = append(lines, "t|信息内容|数量", "t|规章|0")
				}
			}
			if got, _ := outlineOf(t, lines...); got != want {
				t.Errorf("tables %v, %s:\n got %s\nwant %s", tables, said[0], got, want)
			}
		}
	}
}

func TestHeadingThatGoesOn(t *testing.T) {
	_, r := outlineOf(t, title2021, "一、总体情况。2021年，我局认真做好公开工作。", "（一）主动公开。共3条。", "二、主动公开政府信息情况", "t|表", "六、其他需要报告的事项无")
	s := r.Report.Sections
	if len(s) != 3 {
		t.Fatalf("sections %+v", s)
	}
	if s[0].Title != "总体情况" || s[0].Text != "2021年，我局认真做好公开工作。\n（一）主动公开。共3条。" {
		t.Errorf("first section %+v", s[0])
	}
	if s[1].Text != "" || r.Chapters[1].End-r.Chapters[1].First != 1 {
		t.Errorf("second section %+v at %+v: a table and no text", s[1], r.Chapters[1])
	}
	if s[2].Title != "其他需要报告的事项" || s[2].Text != "无" {
		t.Errorf("last section %+v", s[2])
	}
}

func TestHeadingWithoutPunctuationBeforeText(t *testing.T) {
	const long = "我局认真贯彻落实条例，围绕群众关切推进各项工作，公开的范围、内容和时限都符合规定，群众满意度进一步提高，取得了较好的成效。"
	_, r := outlineOf(t, title2021, "一、总体情况 2021年，"+long, "二、 主动公开政府信息情况　2021年，"+long, "三、收到和处理政府信息公开申请情况2021年，"+long,
		"四、政府信息公开工作创新性做法进一步畅通渠道，"+long, "五、其他需要报告的事项中有关收费的规定是清楚的，"+long)
	var got []string
	for _, s := range r.Report.Sections {
		got = append(got, s.Key+" "+s.Title)
	}
	want := "overview 总体情况|proactive_disclosure 主动公开政府信息情况|applications 收到和处理政府信息公开申请情况|other 政府信息公开工作创新性做法"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
	if s := r.Report.Sections[0]; s.Text != "2021年，"+long {
		t.Errorf("text %q", s.Text)
	}
}

// TestSubHeadingsStayInTheText: what is no chapter is text of the chapter it
// stands in, up to the next chapter.
func TestSubHeadingsStayInTheText(t *testing.T) {
	_, r := outlineOf(t, title2021, "一、总体情况", "甲。", "一、加强组织领导", "乙。", "二、主动公开情况", "丙。", "二、主动公开政府信息情况", "丁。", "三、收到和处理政府信息公开申请情况", "戊。")
	s := r.Report.Sections
	if len(s) != 3 {
		t.Fatalf("sections %+v", s)
	}
	if want := "甲。\n一、加强组织领导\n乙。\n二、主动公开情况\n丙。"; s[0].Text != want {
		t.Errorf("text %q, want %q", s[0].Text, want)
	}
	if s[1].Text != "丁。" {
		t.Errorf("text %q", s[1].Text)
	}
}
