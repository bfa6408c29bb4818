package rulestest

import "testing"

// What was received told with its two parts, pointed back to, or waited for; parts with a
// predicate behind the last; attributes, comparisons and names that only look like parts.
var remarkTexts = map[string][2][]string{
	"narrative.balance": {{
		"全年共办理依申请公开事项31件，其中上年结转4件、新收27件，年内办结29件，结转下年度2件。", "本年度受理来信52件，其中新收48件、上年结转4件，办结50件，结转下年度2件。", "本年度受理投诉62件，其中上年结转5件、新收57件，已办结62件。",
		"全年收到公开申请23件，加上2020年结转的3件，应办理26件，截至年底办结24件，另有2件转到2022年办理。", "全年新收申请18件，上年结转2件。上述20件申请中已办结18件，结转下年度2件。", "全年受理投诉40件。以上40件投诉中办结36件，撤回1件，结转下年度2件。",
		"全年受理查询申请21件，上年没有结转，共办结19件，另有2件待上级批复后答复。", "全年收到申请21件，去年无结转，办结18件，另有2件待第三方回函后办理，1件撤回。",
		"全年受理群众诉求614件，办结622件。办结数多于受理数，是因为包含上年度转入的14件；年末仍有6件在办。", "全年收到咨询件92件，办结95件。办结数大于收到数，系包括上年结转的5件。", "全年共受理投诉30件，另有2件转到2022年办理的咨询。",
		"上述35项制度中已办结修订手续的12项。",
	}, {
		"全年共受理依申请公开事项31件，其中上年结转4件、新收27件，年内办结30件，结转下年度2件。", "本年度受理来信52件，其中新收48件、上年结转4件，办结51件，结转下年度2件。", "本年度受理投诉62件，其中上年结转5件、新收57件，已办结63件。",
		"全年收到公开申请23件，加上2020年结转的3件，应办理26件，截至年底办结24件，另有1件转到2022年办理。", "全年新收申请18件，上年结转2件。上述20件申请中已办结18件，结转下年度3件。", "全年受理投诉40件。以上40件投诉中已办结36件，结转下年度2件。",
		"全年受理查询申请21件，上年没有结转，共办结20件，另有2件待上级批复后答复。",
		"全年受理群众诉求614件，无上年结转，办结622件。办结工作群众评价较好。",
	}},
	"narrative.sum": {{
		"全区共有公立学校46所，已按期公开收费标准的学校43所，未按期公开的学校3所。", "全县登记养老机构26家，已公示收费的机构22家，未公示的机构4家，均已督促。", "全乡15个行政村中，公开考核优秀的6个、良好的7个、其余2个为合格。",
		"全街道12个社区中，评为先进的4个、达标的5个，其余3个正在整改。", "全年受理咨询及投诉合计318件，咨询246件、投诉72件。", "共承办建议和提案31件，建议18件、提案13件，均已办结。",
		"审批事项共520项，其中可以网上办理的498项，占95.8%，“一次办好”事项511项，占98.3%。", "全市82个服务站全部公示流程，其中达标的61个，占74.4%，较年初的52个增加9个。", "公布招生计划：小学2310人、初中2180人、普通高中1260人。",
		"公布学位情况：小学1200个、初中1350个、高中640个。", "两个公众号粉丝数分别为3.2万、1.7万。", "三个专栏点击量分别为4.1万、2.6万和1.8万。", "全县3个平台关注人数分别为2.3万、1.1万和6200。",
	}, {
		"全区共有公立学校46所，已按期公开收费标准的学校43所，未按期公开的学校5所。", "全县登记养老机构26家，已公示收费的机构22家，未公示的机构6家，均已督促。", "全乡15个行政村中，公开考核优秀的6个、良好的7个、其余3个为合格。",
		"全年受理咨询及投诉合计318件，咨询246件、投诉82件。", "共承办建议和提案31件，建议18件、提案15件，均已办结。",
		"投诉共520件，其中物业类298件，供水类251件。",
	}},
	"narrative.unit": {{
		"全年举办专题培训3场，参训人员1.2万人次。", "公示低保对象信息214人。", "公开招聘信息12条，招聘214人。", "公开失信人员信息37人。", "面向企业开展专题培训30场。",
	}, {
		"全年举办政务公开专题培训4万场。", "组织专题讲座2万场。", "全年在区政府网站公开信息326人。", "全年通过公众号发布政务信息418名。",
	}},
}

func TestNarrativeOfParts(t *testing.T) {
	checkTold(t, remarkTexts)
}

// What led to no challenge is not one; what is still under way to the end is carried forward;
// a remark before a result is no part that it is of.
func TestNarrativeOfRemarks(t *testing.T) {
	figures := map[string]string{
		"applications/new/total": "41", "applications/new/natural_person": "41", "applications/total/total": "38", "applications/total/natural_person": "38", "applications/carried_forward/total": "3", "applications/carried_forward/natural_person": "3",
		"applications/granted/total": "26", "applications/granted/natural_person": "26", "applications/not_processed/petition/total": "12", "applications/not_processed/petition/natural_person": "12",
		"legal_challenges/litigation_direct/total": "4", "legal_challenges/litigation_direct/upheld": "4",
	}
	right := []string{
		"全年收到的41件政府信息公开申请未引发行政复议。", "全年受理的41件政府信息公开申请均未引起行政复议。", "目前尚有3件申请因需征求第三方意见正在办理之中，已告知申请人延期，结转下年度继续办理。", "目前尚有2件征地类申请正在办理，已告知申请人，结转下年度继续办理。",
		"部分群众把投诉写成信息公开申请，属于信访举报投诉类而不予处理的有12件。", "2021年因政府信息公开未经复议直接起诉的案件4件，均已积极应诉。", "有1件申请因需补正正在办理，已告知申请人，结转下年度。",
	}
	wrong := []string{
		"目前尚有5件申请因需征求第三方意见正在办理之中，已告知申请人延期，结转下年度继续办理。", "部分群众把投诉写成信息公开申请，属于信访举报投诉类而不予处理的有15件。", "2021年因政府信息公开未经复议直接起诉的案件6件，均已积极应诉。", "截至年底仍有6件申请尚未办结，均已告知申请人，结转下年度办理。",
	}
	cases := planted("narrative.table_conflict", right, wrong, true, narrative...)
	for i := range cases {
		cases[i].Agency, cases[i].Figures, cases[i].Chapter, cases[i].Missing = "枫溪市自然资源局", figures, "applications", []string{"proactive_disclosure"}
	}
	Check(t, cases, "narrative.table_conflict")
}
