package rules

import (
	"strings"
	"testing"
	"unicode/utf8"

	"nianbao/convert/report"
	"nianbao/extract"
)

func TestPeopleRules(t *testing.T) {
	const applicantRule, grave, rest, foreign = "privacy.applicant_name", "wording.grave", "wording.residue", "identity.foreign_agency"
	role := func(r extract.Role, text string) func(*fixture) {
		return func(x *fixture) {
			x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: extract.Paragraph, Role: r, Text: text})
		}
	}
	cells := func(texts ...string) func(*fixture) {
		return func(x *fixture) {
			n := len(x.doc.Tables)
			table := extract.Table{Index: n, Rows: len(texts) / 2, Columns: 2}
			for i, s := range texts {
				table.Cells = append(table.Cells, extract.Cell{Row: i / 2, Column: i % 2, RowSpan: 1, ColumnSpan: 1, Text: s})
			}
			x.doc.Tables = append(x.doc.Tables, table)
			x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: extract.TableRef, Table: &n})
		}
	}
	unreadable := func(x *fixture) {
		x.doc.Pages = []extract.Page{{Number: 2, TextLayer: extract.TextGarbled}}
	}
	runCases(t, []ruleCase{
		{"one name", "2021", applicantRule, func(x *fixture) { x.say("收到张建国关于补偿方案的申请。") }, report.Failed, 1, "“一、总体情况”部分写出了申请人或者当事人的姓名（张**）", "/report/sections/0/text"},
		{"the same name twice", "2021", applicantRule, func(x *fixture) { x.say("收到张建国关于补偿方案的申请。答复申请人张建国。") }, report.Failed, 1, "（张**）", ""},
		{"two names", "2021", applicantRule, func(x *fixture) { x.say("申请人张建国、李秀英。") }, report.Failed, 2, "", ""},
		{"in a footnote", "2021", applicantRule, role(extract.RoleFootnote, "申请人张建国已撤回。"), report.Failed, 1, "脚注", ""},
		{"in a column of applicants", "2021", applicantRule, cells("申请人姓名", "内容", "张建国", "补偿方案", "李秀英", "规划"), report.Failed, 2, "第4个表格第2行", ""},
		{"in a cell beside its label", "2021", applicantRule, cells("申请人", "张建国"), report.Failed, 1, "", ""},
		{"a column of contacts", "2021", applicantRule, cells("负责人", "联系方式", "张建国", "88320000"), report.Passed, 0, "", ""},
		{"masked in a column", "2021", applicantRule, cells("申请人姓名", "内容", "张某", "补偿方案", "企业", "规划"), report.Passed, 0, "", ""},
		{"an unreadable page", "2021", applicantRule, unreadable, report.Undetermined, 0, "第2页", ""},
		{"reversed", "2021", grave, func(x *fixture) { x.say("坚持公开是例外、不公开是常态。") }, report.Failed, 2, "把原则写反了：“公开是例外”", "/report/sections/0/text"},
		{"reversed on an unreadable page", "2021", grave, unreadable, report.Undetermined, 0, "第2页", ""},
		{"a bookmark", "2021", rest, func(x *fixture) { x.say("[bookmark: _GoBack]") }, report.Failed, 1, "出现文字处理软件的标记“[bookmark:_GoBack]”", "/report/sections/0/text"},
		{"residue in a header", "2021", rest, role(extract.RoleHeader, "XX街道2021年政府信息公开工作年度报告"), report.Failed, 1, "页眉", ""},
		{"residue on an unreadable page", "2021", rest, unreadable, report.Undetermined, 0, "第2页", ""},
		{"another office", "2021", foreign, func(x *fixture) {
			x.say("现将云溪区民政局2021年政府信息公开工作情况报告如下。")
		}, report.Failed, 1, "把“云溪区民政局”当作本机关来写，编制机关却是" + testAgency, "/report/sections/0/text"},
		{"the same office twice", "2021", foreign, func(x *fixture) { x.say("我镇认真落实。我镇主动公开。") }, report.Failed, 1, "“我镇”", ""},
		{"the agency unknown", "2021", foreign, func(x *fixture) {
			x.reading.Report.Agency, x.reading.Report.SignedBy = nil, nil
		}, report.NotApplicable, 0, "编制机关", ""},
		{"signed by another township", "2021", foreign, func(x *fixture) {
			published("青石镇", 2022, 1, 3)(x)
			x.replace("我局", "我镇")
			x.reading.Report.SignedBy = ptr("松岭镇人民政府")
		}, report.Failed, 1, "落款是“松岭镇人民政府”，标题写的却是青石镇", "/report/signed_by"},
		{"signed with the full name", "2021", foreign, func(x *fixture) {
			published("青石街道", 2022, 1, 3)(x)
			x.replace("我局", "我街道")
			x.reading.Report.SignedBy = ptr("云溪区人民政府青石街道办事处")
		}, report.Passed, 0, "", ""},
		{"foreign on an unreadable page", "2021", foreign, unreadable, report.Undetermined, 0, "第2页", ""},
	})
}

// TestNamesAreHidden: no finding of any rule shows the name of an applicant.
func TestNamesAreHidden(t *testing.T) {
	x := newFixture(t, "2021", 5)
	x.say("收到张建国关于XX街道的申请，手机13812345678，坚持公开是例外，。")
	x.replace("统计期限为2021年1月1日至2021年12月31日", "统计期限为2020年1月1日至2020年12月31日，张建国")
	x.reading.Report.Title = ptr("张建国2020年报告")
	v := x.judge()
	if v.Errors < 3 || strings.Contains(dump(v), "张建国") || !strings.Contains(dump(v), "张**") {
		t.Errorf("%s", dump(v))
	}
}

// prose is what reports are full of, with much that the readers must look at.
const prose = "2021年，青石街道认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，主动公开政府信息86条。" +
	"全年收到政府信息公开申请12件，其中自然人申请9件、商业企业申请3件，均在法定期限内答复申请人，未发生行政复议和行政诉讼。" +
	"街道党工委、办事处高度重视，成立以主任王建国为组长的领导小组，完善街道政务公开制度，各社区、各科室积极配合，接受群众投诉举报86件次。" +
	"（一）依托区政府门户网站和“青石发布”微信公众号公开信息，会同松岭镇、河口镇开展宣传，区民政局、区财政局予以指导，向居民解答咨询120余次。"

// FuzzApplicants: names found stand where they are said to stand, do not overlap,
// are no longer than names are, and do not stand in the masked text.
func FuzzApplicants(f *testing.F) {
	for _, s := range []string{prose, "收到张建国关于补偿方案的申请", "申请人阿卜杜拉·买买提、欧阳修文不服", "张某诉我局", "原告", "申请人·", "申请1件（王"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := plain(s)
		end := 0
		for _, n := range applicantsIn(line, false) {
			if n.start < end || n.end <= n.start || n.end > len(line) || line[n.start:n.end] != n.name || utf8.RuneCountInString(n.name) < 2 {
				t.Fatalf("%q: %+v", line, n)
			}
			if maskName(n.name) == n.name {
				t.Fatalf("%q stays", n.name)
			}
			end = n.end
		}
	})
}

// FuzzWording: whatever a text holds, the lists find what the cues promise: a
// pattern that matches has its cue in the line.
func FuzzWording(f *testing.F) {
	for _, s := range []string{prose, "公开是例外", "XX街道", "<p>", "【】", "收到申请X件", "20__年", "习近乎", "应公开尽不公开"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := plain(s)
		found := cues().find(line)
		for i := range graves {
			if m := graves[i].pattern.FindString(line); m != "" && !found.has(slipCues+i) {
				t.Errorf("slip %d: %q has no cue", i, m)
			}
		}
		for i := range remnants {
			if m := remnants[i].pattern.FindString(line); m != "" && !found.has(remnantCues+i) {
				t.Errorf("remnant %d: %q has no cue", i, m)
			}
		}
	})
}

// FuzzBodies: names parse without panic, and what is found of other bodies stands
// in the line.
func FuzzBodies(f *testing.F) {
	f.Add("云溪区人民政府青石街道办事处", prose)
	f.Add("青柳市云溪县卫生健康委员会（云溪县中医药管理局）", "现将松岭镇2021年政府信息公开工作情况报告如下，我镇")
	f.Add("", "镇")
	f.Fuzz(func(t *testing.T, agency, s string) {
		b := parseBody(squeeze(agency))
		if (b.rank == noRank) != (b.core == "") && b.rank != noRank {
			t.Fatalf("%+v", b)
		}
		c := newContext(Input{})
		c.report.Agency = &agency
		a := c.readAuthor()
		if a.rank == noRank {
			return
		}
		line := plain(s)
		found := cues().find(line)
		for _, m := range append(a.foreignActors(line, found), a.foreignSelf(line, found)...) {
			if m.start < 0 || m.end > len(line) || line[m.start:m.end] != m.name {
				t.Fatalf("%q: %+v", line, m)
			}
		}
	})
}

// FuzzCards: masking a text leaves no card number in it.
func FuzzCards(f *testing.F) {
	f.Add("卡号6222021234567890128。")
	f.Add("账号：6222 0212\n34567890128")
	f.Fuzz(func(t *testing.T, s string) {
		if left := privateIn(mask(s), bankCard); len(left) > 0 {
			t.Errorf("%q leaves %q", s, left[0].digits)
		}
	})
}

// BenchmarkPeople is the work of the rules of this file's kind on a report of
// about 16 KB of prose, the reading of the passages included.
func BenchmarkPeople(b *testing.B) {
	x := newFixture(b, "2021", 1)
	agency := "云溪区人民政府青石街道办事处"
	x.reading.Report.Agency, x.reading.Report.SignedBy = &agency, &agency
	for range 20 {
		x.block(extract.Paragraph, prose)
	}
	c := newContext(Input{Reading: x.reading, Document: x.doc})
	rules := peopleRules()
	b.Run("names", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.readApplicants()
		}
	})
	for i := range rules {
		b.Run(rules[i].ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				rules[i].apply(c)
			}
		})
	}
	b.Run("cues", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for i := range c.passages {
				cues().find(c.passages[i].line)
			}
		}
	})
}
