package rulestest

import "testing"

// What was settled within its term. Sizes that no unit fits, of what was taken down, asked for
// or read most. Growth told behind the parts of what grew, or behind another figure of the
// year; shares whose parts are told in brackets before them; averages, and numbers that became
// others without a measure word. Rates one of whose figures another sentence tells.
var growthTexts = map[string][2][]string{
	"narrative.percentage": {{
		"全县收到申请312件，答复305件，申请量比2020年的280件上升11.43%。", "主动公开信息520条，其中网站200条、微信180条、微博140条，比上年的400条增长30%。",
		"主动公开信息520条，其中网站200条、微信180条、微博140条，较去年的100条增长40%。",
		"公开政府信息2000条。其中，机关信息300条（通知100条、公告200条），占公开信息总数的15%；乡镇信息240条，占公开信息总数的12%；科室信息1460条，占公开信息总数的73%。",
		"各级机关共制发公文707件，主动公开673件，平均主动公开率为95.19%。", "各级机关共制发公文707件，主动公开673件，各单位平均主动公开率为93.4%。",
		"公众号粉丝数由上年的28.5万增至31万，增长8.8%。",
		"公开政府文件276条，其中政策文件46条。\n与上年40条相比，增长15%。", "共发布信息180条。较上年的200条下降10%。", "全年公开信息1200条。\n与去年900条政务新媒体信息相比，增长12%。", "全年公开信息1200条。\n与去年网站发布的900条相比，增长12%。",
		"接到网络信件327件，办结率100%。\n全年网络信件327件中当日办结121件。", "接到网络信件327件，办结率100%。\n全年网络信件327件中，咨询类221件，建议类106件。", "（二）依申请公开方面。一共七件，办结七件。办结率百分之百。",
		"主动公开政府信息53019条，区直机关主动公开政府信息16848条。\n区直机关公开的信息占全区的31.8%。",
	}, {
		"全县收到申请312件，答复305件，申请量比2020年的280件上升14.13%。", "主动公开信息520条，其中网站200条、微信180条、微博140条，比上年的400条增长20%。",
		"公开政府信息2000条。其中，机关信息300条（通知100条、公告200条），占公开信息总数的15%；乡镇信息240条，占公开信息总数的22%；科室信息1460条，占公开信息总数的73%。",
		"各级机关共制发公文707件，主动公开673件，平均主动公开率为91.95%。", "公众号粉丝数由上年的28.5万增至31万，增长12.5%。",
		"公开政府文件276条。\n与上年230条相比，增长25%。", "共发布信息180条。较上年的200条下降15%。",
		"接到网络信件327件，办结率100%。开展征集调查8次。\n全年网络信件327件中已办结321件，其余6件正在办理。", "（二）依申请公开方面。一共七件，办结六件。办结率百分之百。",
		"主动公开政府信息47条，其中机构职能类信息9条，安全生产通知5条，应主动公开信息33条。\n上述47条政府信息中，应主动公开信息占60.2%。", "主动公开政府信息53019条，区直机关主动公开政府信息16848条。\n区直机关公开的信息占全区的38.1%。",
	}},
	"narrative.balance": {{
		"全年收到依申请公开信件3件，均为网络申请，其中2件在法定时限内办结，无上年结转。", "全年受理政府信息公开申请12件，在法定期限内答复13件（含上年结转1件）。",
	}, {
		"全年收到依申请公开信件2件，均为网络申请，其中3件在法定时限内办结，无上年结转。", "全年收到来信15件，其中18件在规定期限内答复，无往年遗留。",
	}},
	"narrative.unit": {{
		"全年受理行政许可申请26万件，均依法办理。", "一网通办平台全年收到申请26万件，均依法办理。", "全年收到申请26万件，涉及住房补贴、落户等事项。",
		"话题阅读量1.2亿次，最高浏览量106万+。", "话题累计播放量突破12亿次。", "归集信用信息5500余万条。", "平台屏蔽垃圾短信5500万条。", "微信推文63篇，其中5000浏览量以上12篇，单篇最高浏览量9万+。",
	}, {
		"2021年收到申请26万件，均依法进行办理。", "最高值浏览量106亿+。", "最高浏览量达106亿次。", "及时清理栏目，屏蔽无效、过时信息，累计5500余万条。", "全年撤下失效信息2300万条。",
		"公开政府信息2000万条。其中，机关信息300条（通知100条、公告200条），占公开信息总数的15%；乡镇信息240条，占公开信息总数的12%。",
	}},
}

func TestNarrativeOfGrowthBehindParts(t *testing.T) {
	checkTold(t, growthTexts)
}

// What is told of a part of the applications is of all where that part is as many as the table has.
func TestNarrativeOfPartsThatAreAll(t *testing.T) {
	figures := map[string]string{
		"applications/new/total": "72", "applications/new/natural_person": "72", "applications/carried_over/total": "1", "applications/carried_over/natural_person": "1", "applications/total/total": "70", "applications/total/natural_person": "70",
		"applications/carried_forward/total": "3", "applications/carried_forward/natural_person": "3", "applications/granted/total": "70", "applications/granted/natural_person": "70",
	}
	right := []string{
		"受理自然人政府信息公开申请72件，上年结转1件，办结70件，结转下年度继续办理3件。", "受理自然人政府信息公开申请72件，已答复72件。", "受理涉及征地的政府信息公开申请50件，办结48件，结转下年度2件。",
		"通过网络收到政府信息公开申请72件，当场答复41件，法定期限内答复29件。", "通过网络收到政府信息公开申请72件，由业务科室答复41件、办公室答复29件。", "受理涉及征地的政府信息公开申请72件，其中6月底前办结12件。",
		"公众通过邮递、网站、现场等途径提交政府信息公开申请72件。",
		"局属单位未收到政府信息公开申请。", "下属事业单位均未收到政府信息公开申请。", "各街道资源部门未收到政府信息公开申请。",
	}
	wrong := []string{
		"受理自然人政府信息公开申请72件，办结60件。", "受理自然人政府信息公开申请72件，上一年度结转受理0件，均已在法定期限内答复。", "受理自然人政府信息公开申请72件，答复70件，结转下年度办理5件。", "公众通过邮递、网站、现场等途径提交政府信息公开申请27件。", "2021年，全市自然资源系统未收到政府信息公开申请。",
	}
	cases := planted("narrative.table_conflict", right, wrong, true, narrative...)
	for i := range cases {
		cases[i].Agency, cases[i].Figures, cases[i].Text, cases[i].Missing = "枫溪市自然资源局", figures, "（二）依申请公开。"+cases[i].Text, []string{"proactive_disclosure", "legal_challenges"}
	}
	Check(t, cases, "narrative.table_conflict")
}
