package rulestest

import (
	"maps"
	"slices"
	"testing"
)

// Words that only stand near a figure: lists before it, comparisons beside it, what is left
// behind it. Right ones, then wrong ones.
var besideTexts = map[string][2][]string{
	"narrative.balance": {{
		"受理咨询、投诉、建议320条，办结320条。", "收到来信、来电、来访共计320件，办结318件。", "收到信访转办件50件，加上上年未办结的4件，全年办结51件，结转下年3件。",
		"收到建议50件，加上上年未办结的4件，全年办结49件，转办2件，结转下年3件。", "受理工单1200件，比上年增加60件，办结1208件，含上年结转8件。", "围绕咨询、求助、建议办理，推出措施6条，办结诉求80条。",
	}, {
		"承办建议、提案合计28件，办结31件。", "收到信访转办件50件，加上上年未办结的4件，全年办结49件，结转下年3件。", "受理工单1200件，较去年减少60件，答复1219件。",
		"栏目受理群众求助、投诉、建议212条，办结回复220条。",
	}},
	"narrative.sum": {{
		"24件复议案件中，维持14件，纠正3件，其他结果5件，2件尚在审理。", "24件复议案件中，维持14件，纠正3件，其他结果5件，尚有2件未审结。", "发布信息426条。按内容划分，政策文件类87条，工作动态类210条，其他类129条。",
		"发布信息426条。按发布渠道统计，网站426条，微信公众号380条，公开栏90条。", "公开校外培训机构等信息50条，其中校外培训机构30条，开展校外培训执法检查60次。",
		"收到村民提交的申请20件，村民甲、村民乙分别提交6件和4件，其余村民各提交1件。",
	}, {
		"发布信息426条。按内容划分，政策文件类87条，工作动态类210条，其他类149条。", "公开校外培训机构、教育收费等信息共50条，其中校外培训机构30条，教育收费25条。",
	}},
	"narrative.two_values": {{
		"截至年底公众号粉丝数3.2万。\n视频号粉丝数2.3万。", "围绕防汛抗旱，全年发布信息186条。\n聚焦教育医疗，全年发布信息168条。",
	}, {
		"截至年底公众号粉丝数3.2万。\n公众号粉丝数为2.3万，影响力增强。", "全年通过门户网站公开采购信息245条。\n虽全年在门户网站公开采购信息254条，但更新不够及时。",
		"围绕阳光招生，全年公开幼儿园招生信息186条。\n聚焦家长关心的问题，全年公开幼儿园招生信息168条。",
	}},
}

func TestFiguresBesideOtherWords(t *testing.T) {
	checkTold(t, besideTexts)
}

// checkTold judges right and wrong texts of each rule in reports without tables. The right ones may fail
// no rule that texts speak of.
func checkTold(t *testing.T, of map[string][2][]string) {
	t.Helper()
	cases := told(of)
	Check(t, cases, slices.Sorted(maps.Keys(of))...)
	cases = slices.DeleteFunc(cases, func(c Case) bool { return len(c.Want) > 0 })
	others := slices.DeleteFunc(slices.Clone(narrative), func(rule string) bool { return of[rule][0] != nil || of[rule][1] != nil })
	checkMarks(t, cases, others...)
}

// checkMarks judges cases by rules that need not be what any of them is about.
func checkMarks(t *testing.T, cases []Case, ids ...string) {
	t.Helper()
	r, err := Score(cases, ids...)
	if err != nil {
		t.Fatal(err)
	}
	r.checkMarks(t)
}

// speaker is a sentence in a report of an agency, wrong where it tells of another one as of itself.
type speaker struct {
	agency, text string
	wrong        bool
}

// checkForeign judges the sentences in reports without tables.
func checkForeign(t *testing.T, list []speaker) {
	t.Helper()
	cases := make([]Case, 0, len(list))
	for _, x := range list {
		c := Case{Name: x.text, Agency: x.agency, Text: x.text, Missing: []string{"applications", "proactive_disclosure", "legal_challenges"}}
		if x.wrong {
			c.Want = []string{"identity.foreign_agency"}
		}
		cases = append(cases, c)
	}
	Check(t, cases, "identity.foreign_agency")
}

// told are the cases of sentences by rule, the right ones first, in reports without tables.
func told(of map[string][2][]string) []Case {
	var cases []Case
	for rule, texts := range of {
		for _, c := range planted(rule, texts[0], texts[1], true, narrative...) {
			c.Figures, c.Missing = nil, []string{"applications", "proactive_disclosure", "legal_challenges"}
			if len(c.Want) == 0 {
				c.MayFail = nil
			}
			cases = append(cases, c)
		}
	}
	return cases
}
