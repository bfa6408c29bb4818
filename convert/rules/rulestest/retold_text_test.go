package rulestest

import "testing"

// What published reports tell again, or in brackets: the right ones first.
var retoldTexts = map[string][2][]string{
	"narrative.percentage": {{
		"全年收到申请5件（自行办理3件，转办2件），较上年的10件减少50%，按时办结率100%。",
		"全年收到申请60件，结转上年4件，按时办结58件，结转下年6件。予以公开及部分公开31件，占52%；不予公开9件，占15%。",
		"全年办理留言820条，其中，局长信箱120条（含投诉8条，回复率100%）、咨询700条，公开答复数量512条。",
		"办理建议12件（涉及公开4件，答复率100%）、提案9件，公开答复摘要7件。",
		"主动公开信息80条（网站60条、公众号20条），比上年的64条增长25%。",
	}, {
		"全年收到申请5件（自行办理3件，转办2件），较上年的10件减少60%，按时办结率100%。",
		"主动公开信息80条（网站60条、公众号20条），比上年的64条增长52%。",
		"全年收到申请60件，上年结转4件。予以公开及部分公开31件，占25%；不予公开9件，占15%。",
		"办理建议12件（已答复9件，答复率57%）、提案9件。",
	}},
	"narrative.two_values": {{
		"政务微信公众号发布信息3120条、政务微博发布信息3480条。\n全局政务微信、政务微博合计发布信息6600条。",
		"全年在区政府网站公开信息301条，包括政策文件25条、预警信息184条、工作动态92条。“云溪气象”微信公众号发布预警信息148条。",
		"持续扩大消费政策信息公开力度，全年公开相关信息46条。聚焦重点项目，发布扩大有效投资的政策及解读信息51条。",
		"2021年全区共受理申请183件，其中区政府受理42件，办结率100%。\n区政府受理的42件申请中，网络申请30件，其余12件为信函申请。",
	}, {
		"门户网站、公众号合计发布信息6600条。\n全年门户网站、公众号合计发布信息6060条。",
		"全年在区政府网站公开信息301条，包括政策文件25条、预警信息184条、工作动态92条。\n区政府网站全年公开预警信息148条。",
		"“云溪气象”微信公众号发布预警信息184条。\n全年“云溪气象”微信公众号发布预警信息148条。",
	}},
}

// Sums in a sentence of their own, what became of all that a sentence begins with, and lists that
// end with 通过其他方式 or name the year of a document.
var addedTexts = map[string][2][]string{
	"narrative.sum": {{
		"政务微信公众号发布信息3120条、政务微博发布信息3480条。\n全局政务微信、政务微博合计发布信息6600条。",
		"全年在《青柳日报》发稿69篇，在市广播电台发稿25篇，在县融媒体中心发稿11篇。\n全年在上述媒体上共发稿105篇。",
		"全年在《青柳日报》发稿69篇，在市广播电台发稿25篇，在县融媒体中心发稿11篇。\n全年共接待群众150人。",
		"门户网站发布概况信息36条，政务动态87条，公开目录信息211条，政策解读1条，公众号发布信息151条。\n门户网站四类信息合计335条。",
		"门户网站发布概况信息36条，政务动态87条，公开目录信息211条。\n全年通过各渠道共发布信息1243条。",
		"门户网站发布信息36条，公众号发布信息87条，公开栏发布信息211条。\n全年网站、微博合计发布信息332条。",
		"行政复议3件，均获维持；行政诉讼12件，其中9件结果维持，3件尚未审结。",
		"在办结的6件申请中，予以公开4件，不予公开1件，申请人撤回1件。",
		"主动公开信息512条，其中通过网站公开61条，通过公众号公开403条，通过其他方式公开48条。",
		"全年公开信息15条，其中工作动态12条，2020年度部门决算1条，2021年部门预算2条。",
		"全年公开信息15条，比2020年增加3条，其中工作动态12条。",
	}, {
		"政务微信公众号发布信息3120条、政务微博发布信息3480条。\n全局政务微信、政务微博合计发布信息6060条。",
		"全年在《青柳日报》发稿69篇，在市广播电台发稿25篇，在县融媒体中心发稿11篇。\n全年在上述媒体上共发稿150篇。",
		"门户网站发布概况信息36条，政务动态87条，公开目录信息211条，政策解读1条，公众号发布信息151条。\n门户网站四类信息合计353条。",
		"门户网站发布信息36条，公众号发布信息87条，公开栏发布信息211条。\n全年网站和公众号合计发布信息132条。",
		"行政复议3件，均获维持；行政诉讼12件，其中9件结果维持，6件尚未审结。",
		"在办结的5件申请中，予以公开4件，不予公开1件，申请人撤回1件。",
		"主动公开信息512条，其中通过网站公开61条，通过公众号公开403条，通过其它方式公开84条。",
		"全年公开信息15条，其中工作动态13条，2020年度部门决算1条，2021年部门预算2条。",
	}},
}

func TestAddedUp(t *testing.T) { checkTold(t, addedTexts, "narrative.sum") }

func TestRetold(t *testing.T) {
	checkTold(t, retoldTexts, "narrative.percentage", "narrative.two_values")
}

// TestApplicantsNotFilledIn: a table whose columns of applicants are empty beside its totals says
// nothing of who applied.
func TestApplicantsNotFilledIn(t *testing.T) {
	cases := planted("narrative.table_conflict", []string{
		"本年度共受理自然人政府信息公开申请26件。", "全年新收政府信息公开申请26件（其中自然人24件、法人2件）。",
		"全年收到的26件政府信息公开申请均为自然人申请。",
		"全年办理政府信息公开申请26件。26件申请全部是本年度受理并按时办结，无上年度结转，也无结转下年度的申请。",
	}, []string{
		"本年度共受理自然人政府信息公开申请62件。", "全年新收政府信息公开申请62件（其中自然人60件、法人2件）。", "全年收到政府信息公开申请26件，上年度结转2件。",
	}, true, narrative...)
	for i := range cases {
		cases[i].Figures, cases[i].Missing = map[string]string{"applications/new/total": "26", "applications/granted/total": "26", "applications/total/total": "26"}, nil
	}
	Check(t, cases, "narrative.table_conflict")
}

// TestShortNamesOfZones: a zone by its short name is the author, another body is not.
func TestShortNamesOfZones(t *testing.T) {
	var cases []Case
	for text, wrong := range map[string]bool{
		"2021年，青柳高新区管委会受理并按时回复依申请公开12件。":            false,
		"2021年，青柳高新区管委会受理并按时回复依申请公开21件。":            true,
		"市高新区共受理政府信息公开申请12件，予以公开9件，部分公开3件。":         false,
		"市高新区共受理政府信息公开申请12件，予以公开6件，部分公开6件。":         true,
		"青柳市临空区共受理政府信息公开申请31件，予以公开20件。":             false,
		"2021年以来收到依申请公开12件，共办结12件，平均用时8个工作日。":       false,
		"2021年以来收到依申请公开12件，共办结10件，平均用时8个工作日。":       true,
		"2019年以来收到依申请公开41件，共办结41件。":                 false,
		"全年收到政府信息公开申请12件，共办理完成12件。":                 false,
		"全年收到政府信息公开申请12件，上年结转0件，共办理完成10件。":          true,
		"全年收到信息公开申请件12件。全年12件信息公开件中，予以公开9件，部分公开3件。": false,
		"全年收到信息公开申请件12件。全年12件信息公开件中，予以公开8件，部分公开4件。": true,
		"全年收到热线工单30件，共办理完成28件。":                     false,
		"全年印发文件12件，其中予以公开7件，部分公开5件。":                false,
	} {
		c := Case{
			Name: text, Text: text, Agency: "青柳市高新技术产业开发区管理委员会",
			Figures: map[string]string{
				"applications/new/total": "12", "applications/new/natural_person": "12", "applications/total/total": "12", "applications/total/natural_person": "12",
				"applications/granted/total": "9", "applications/granted/natural_person": "9", "applications/partially_granted/total": "3", "applications/partially_granted/natural_person": "3",
			},
		}
		if wrong {
			c.Want, c.MayFail = []string{"narrative.table_conflict"}, narrative
		}
		cases = append(cases, c)
	}
	Check(t, cases, "narrative.table_conflict")
}
