package rulestest

import "testing"

// What came in, was answered and goes into the next year, told over the sentences of a paragraph.
var leftTexts = map[string][2][]string{
	"narrative.balance": {{
		"全年受理政府信息公开申请55件，其中本年度办理52件，结转下年度办理3件。", "全年收到政府信息公开申请55件，本年度办理52件，结转下年继续办理1件，另有2件由申请人撤回。",
		"全年共受理依申请公开政府信息63件。已经办结58件，转接下年继续办理5件。", "收到政府信息公开申请15件，除2件结转2022年继续办理，其他13件均按规定时限予以答复。",
		"收到政府信息公开申请36件，上年度结转3件。本年度办理37件，结转下年度继续办理2件。", "全年共处理政府信息公开申请117件（包含上年结转6件），106件已按规定在法定期限内予以答复，11件结转下年答复。",
		"受理政府信息公开申请7件，均来自自然人。在办结的5件申请中，予以公开3件，不予公开2件。另2件申请按规定结转下年度继续办理。", "全年收到政府信息公开申请44件，按时答复42件，其中网上答复30件，结转下年度1件，移交其他机关1件。",
		"全年收到政府信息公开申请44件。本年度办理46件，结转下年度4件，上年度结转的均已办结。", "收到信息公开申请29件，2件为网络申请，27件为信函申请。其中26件已按照要求进行书面回复，3件结转2022年度继续办理。",
		"2021年新收政府信息公开申请117件，上年结转政府信息公开申请3件。其中，予以公开64件，部分公开18件，不予公开8件，无法提供11件，其他处理6件，结转下年度继续办理13件。",
		"本年收到申请8件，答复8件；收到行政复议1件，结转下年审理1件。", "收到申请12件，均已答复。办理领导信箱来信30件，办结28件，转下年办理2件。", "市政府办收到申请20件，答复20件。全市各部门收到申请300件，答复290件，结转下年10件。",
	}, {
		"受理申请19件，除4件结转2022年外，其余16件均已按期答复。", "受理政府信息公开申请43件。当年办结40件。结转至下年度办理5件。",
		"全年受理政府信息公开申请55件，其中本年度办理52件，结转下年度办理2件。", "全市共收到依申请公开328件，本年度办理309件，结转下年继续办理9件。",
		"全年共受理依申请公开政府信息63件。已经办结56件，转接下年继续办理5件。", "收到政府信息公开申请15件，除2件结转2022年继续办理，其他12件均按规定时限予以答复。",
		"收到政府信息公开申请36件，上年度结转3件。本年度办理37件，结转下年度继续办理5件。", "全年共处理政府信息公开申请117件（包含上年结转6件），106件已按规定在法定期限内予以答复，17件结转下年答复。",
		"受理政府信息公开申请7件，均来自自然人。在办结的5件申请中，予以公开3件，不予公开2件。另4件申请按规定结转下年度继续办理。", "全年共办理政府信息公开申请80件，已答复69件，其中17件顺延至下一年度办理。",
		"受理政府信息公开申请44件，顺延到2022年度申请2件，内容集中在征地拆迁。答复政府信息公开申请45件，均在法定期限内。", "收到信息公开申请29件，2件为网络申请，27件为信函申请。其中26件已按照要求进行书面回复，5件结转2022年度继续办理。",
		"收到政府信息公开申请信件22件，其中本年度答复20件，结转下年度办理1件。",
		"2021年新收政府信息公开申请117件，上年结转政府信息公开申请3件。其中，予以公开64件，部分公开18件，不予公开8件，无法提供11件，其他处理6件，结转下年度继续办理31件。",
	}},
}

func TestNarrativeOfWhatIsLeft(t *testing.T) {
	checkTold(t, leftTexts)
}

// What the tables carry into the next year explains what a rate leaves out; those of the body are
// not compared with what its whole system received.
func TestNarrativeOfWhatTablesCarry(t *testing.T) {
	received := map[string]string{"applications/new/total": "45", "applications/carried_over/total": "0", "applications/total/total": "44", "applications/carried_forward/total": "1"}
	cases := []Case{
		{Name: "rate", Agency: "青浦县水务局", Text: "全年共收到政府信息公开申请45件，办结44件，办结率100%。", Figures: received},
		{Name: "system", Agency: "青浦县水务局", Text: "我局机关收到政府信息公开申请45件。全县水务系统收到申请85件，办理86件，结转下年2件。", Figures: received},
	}
	settled := map[string]string{"applications/new/total": "45", "applications/carried_over/total": "0", "applications/total/total": "45", "applications/carried_forward/total": "0"}
	cases = append(cases,
		Case{Name: "rate of less", Agency: "青浦县水务局", Text: "全年共收到政府信息公开申请45件，办结44件，办结率100%。", Figures: settled, Want: []string{"narrative.percentage"}},
		Case{Name: "more", Agency: "青浦县水务局", Text: "全年共收到政府信息公开申请45件，办理46件，结转下年2件。", Figures: received, Want: []string{"narrative.balance"}},
	)
	for i := range cases {
		cases[i].Missing = []string{"proactive_disclosure", "legal_challenges"}
	}
	Check(t, cases, "narrative.percentage", "narrative.balance")
}
