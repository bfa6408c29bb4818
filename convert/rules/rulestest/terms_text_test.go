package rulestest

import "testing"

// Accounts with what was there at both ends of a term, of a quarter, by kinds of applicants and
// with years in words; parts that are all of a year or of what there was to do; what several
// parts are of a whole together; and cases that money was taken in.
var termTexts = map[string][2][]string{
	"narrative.balance": {{
		"年初在办信访件5件，全年受理86件，办结88件，年末在办3件。", "全年因信息公开被申请行政复议6件，已审结5件，另有1件正在审理。", "三季度收到举报20件，二季度转入4件，当季办结21件，季末3件未到期限，转入下季。",
		"二〇二一年受理投诉五十六件，连同二〇二〇年未办结的四件，共办结五十七件，转入二〇二二年继续办理三件。", "来电诉求新提交36件、上年未办结2件，年内办结35件，剩余3件结转下年度；来信新提交12件、上年未办结1件，年内办结12件，剩余1件结转下年度。",
		"市政务系统全年接收在线咨询120件，系统内上年未办结6件，年内办结118件，年底在办8件。", "下半年新收来信40件，连同上半年转来的5件，办结42件，另有3件结转2022年办理。",
	}, {
		"年初在办信访件5件，全年受理86件，办结88件，年末在办2件。", "全年因信息公开被申请行政复议6件，已审结6件，另有1件正在审理。", "三季度收到举报20件，二季度转入4件，当季办结23件，季末3件未到期限，转入下季。",
		"二〇二一年受理投诉五十六件，连同二〇二〇年未办结的四件，共办结五十九件，转入二〇二二年继续办理三件。", "来电诉求新提交36件、上年未办结2件，年内办结37件，剩余3件结转下年度；来信新提交12件、上年未办结1件，年内办结12件，剩余1件结转下年度。",
		"市政务系统全年接收在线咨询120件，系统内上年未办结6件，年内办结118件，年底在办11件。", "下半年新收来信40件，连同上半年转来的5件，办结44件，另有3件结转2022年办理。", "受理线索40件，其中办结38件，在办4件。",
	}},
	"narrative.sum": {{
		"全年编发简报48期，其中上半年22期，下半年26期。", "全年接待来访120人次，其中一季度28人次，二季度35人次，三季度31人次，四季度26人次。", "全年承办建议提案35件，其中上年结转4件，当年新收31件。",
		"清理制度28项，其中保留20项，修订5项，废止3项。", "投入经费12.5万元，其中平台维护6.2万元，设备更新3.1万元，培训及资料印制支出3.2万元。", "受理案件12件，其中涉及本局的7件，除信访4件外，其余3件为咨询。",
		"两份答复书均已送达，另有2件转办、1件退回，合计5件。", "2020年收到咨询31件，建议5件、投诉2件；2021年，上述三项分别为36件、7件、3件。", "政府信息公开申请方面，不予处理共9件，其中信访举报投诉类5件，重复申请3件，要求提供公开出版物1件。",
		"年初在办信访件5件，全年受理86件，年内办结88件，年末在办3件。",
	}, {
		"全年编发简报48期，其中上半年22期，下半年24期。", "全年接待来访120人次，其中一季度28人次，二季度35人次，三季度31人次，四季度22人次。", "全年承办建议提案35件，其中上年结转4件，当年新收30件。",
		"清理制度28项，其中保留20项，修订5项，宣布失效4项。", "投入经费12.5万元，其中平台维护6.2万元，设备更新3.1万元，培训及资料印制支出4.2万元。",
		"政府信息公开申请方面，不予处理共9件，其中信访举报投诉类5件，重复申请3件，要求提供公开出版物1件，无正当理由大量反复申请1件。", "受理投诉90件，其中已办结84件，未办结8件。",
	}},
	"narrative.percentage": {{
		"抽查档案60份，其中优秀30份、良好15份，合计占75%。", "办结投诉四十八件，其中甲类二十件、乙类六件，合计占办结总数的百分之五十四点二。",
	}, {
		"抽查档案60份，其中优秀30份、良好15份，合计占80%。",
	}},
	"narrative.unit": {{
		"政务公开知识竞赛活动共有412人参与。", "全年收取信息处理费2件260元，已上缴国库。", "全年收取检索费3件、共计180元。",
	}, {
		"全年收取信息处理费3件，已上缴国库。",
	}},
}

func TestNarrativeOfTerms(t *testing.T) {
	checkTold(t, termTexts)
}

// Figures of several bodies below, of the office of a government, of one matter, of a reason
// and of one case are not those of the tables.
func TestNarrativeOfBelow(t *testing.T) {
	figures := map[string]string{
		"applications/new/total": "152", "applications/new/natural_person": "120", "applications/carried_over/total": "7", "applications/total/total": "150", "applications/total/natural_person": "119", "applications/carried_forward/total": "9",
		"applications/granted/total": "60", "applications/denied/third_party_rights/total": "5", "applications/denied/state_secret/total": "4", "legal_challenges/litigation_direct/total": "3",
	}
	right := []string{
		"全市新收政府信息公开申请152件。其中，9个镇（街道）收到政府信息公开申请41件，无上年结转，已办结40件。", "12个市直部门全年共收到申请60件，办结59件。", "涉及柳河、石河两座桥梁改建的申请共12件，其中予以公开8件。",
		"因涉及个人隐私和第三方合同金额，对5件申请决定不予公开。", "在1件行政诉讼中，我市申请专家出庭。", "全年新收政府信息公开申请152件，其中市政府办公室收到36件。市政府办公室新收申请36件，上年结转2件，办结37件。",
	}
	wrong := []string{"全年新收政府信息公开申请125件。", "本年新收的152件政府信息公开申请均由自然人提出。", "年末尚有7件申请未能办结，结转至2022年继续办理。"}
	cases := planted("narrative.table_conflict", right, wrong, true, narrative...)
	for i := range cases {
		cases[i].Agency, cases[i].Figures, cases[i].Chapter, cases[i].Missing = "枫溪市人民政府", figures, "applications", []string{"proactive_disclosure"}
	}
	Check(t, cases, "narrative.table_conflict")
}
