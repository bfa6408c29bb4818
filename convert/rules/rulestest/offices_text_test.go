package rulestest

import "testing"

// The same causes in other offices, words and orders, beside honest sentences that come near.
var officeTexts = map[string][2][]string{
	"narrative.balance": {{
		"全年共收到来电来信412件，其中含上年结转的12件、当年新收400件，已办结405件，结转下年度7件。",
		"本年度办理复议案件36件，其中新收31件、上年结转5件，审结32件，结转下年度4件。",
		"全年收到举报54件，其中受理49件，加上上年结转3件，办结50件，结转下年2件。",
		"以上62件投诉中，已办结60件，2件正在办理。",
		"全年收到建议30件。上述30件建议中已答复28件，另有2件按程序退回。",
		"全年受理申请17件，上年无结转，办结15件，1件待补正后答复，1件申请人撤回。",
		"全年收到热线工单1203件，办结1215件。其中上年转入的15件已全部办结。",
		"年内受理调解申请65件，调解成功62件，另有3件待当事人到场后办理。",
		"受理纠纷81件，其中上年结转6件、新受理75件，化解78件，结转下年3件。",
		"上述12件申请中，部分公开4件，答复均附理由。",
		"全年收到申请44件。上述44件申请中，办结41件，结转下年度3件。",
		"今年收到信访件84件，连同2020年结转的5件，应办结89件，截至年底办结86件，另有3件转至2022年办理。",
	}, {
		"全年共收到来电来信412件，其中含上年结转的12件、当年新收400件，已办结408件，结转下年度7件。",
		"本年度受理复议案件36件，其中新收31件、上年结转5件，审结34件，结转下年度4件。",
		"全年收到申请44件。上述44件申请中，已办结41件，结转下年度4件。",
		"全年受理申请17件，上年无结转，办结16件，另有2件待补正后答复。",
		"受理纠纷81件，其中上年结转6件、新受理75件，办结79件，结转下年3件。",
		"今年收到信访件84件，加上2020年结转的5件，应办理89件，截至年底办结85件，另有3件转至2022年办理。",
		"上述29件投诉中已办结25件，结转下年度3件。",
	}},
	"narrative.sum": {{
		"受理代办事项860件，其中当日办结612件，三个工作日内办结798件，其余62件报上级审批。",
		"全市共有学校88所，已开通公众号的学校61所，开通视频号的学校33所。",
		"全县共有行政村102个，建成公开专区的村76个，建成电子屏的村58个。",
		"全年收到咨询及投诉合计640件，咨询412件、投诉208件，其他为表扬。",
		"共办理建议、提案27件，建议15件、提案12件。",
		"全镇16个村中，示范村3个，达标村11个，其余2个为整改村。",
		"全镇16个村中，5个村设有电子屏，11个村设有橱窗，其余村以公告栏为主。",
		"抽查单位40家，其中制度健全的38家，人员到位的36家。",
		"服务事项共312项，其中全程网办的281项，即办件206项。",
		"三个社区分别为820户、760户和640户。", "四个账号粉丝分别为1.2万、8000、6500和3200。",
		"高中招生1200人，初中3100人、小学2900人。",
		"隐患共26处，其中较大3处、一般23处。", "达标站点71个，比年初的58个增加13个。",
		"全县共有窗口单位58家，已公示监督电话的单位52家，没有公示的单位6家。",
		"全区共有村务公开栏133处，已更新的96处，正在更新的37处。",
	}, {
		"全县共有窗口单位58家，已公示监督电话的单位52家，没有公示的单位8家。",
		"全镇16个村中，示范村3个、达标村11个、其余3个为整改村。",
		"共办理建议、提案27件，建议15件、提案13件。",
		"全年受理投诉及举报共计146件，投诉101件、举报55件。",
		"隐患共26处，其中较大5处、一般23处。",
		"全区共有社区73个，已上墙公示的社区69个，尚未公示的社区5个。",
	}},
	"narrative.unit": {{
		"全年培训信息员3批。", "公开救助对象信息1240人。", "全年公开公示信息214条，涉及214人。", "全省举办业务培训1.2万场次。", "发布招聘岗位信息800条、需求1200人。", "全年向214人公开信息。", "公开享受补贴人员信息412名。",
	}, {
		"全年开展业务培训2万期。", "累计在门户网站公开信息860人，其中工作动态占六成。", "全年主动公开政府信息520人。",
	}},
}

func TestNarrativeOfOffices(t *testing.T) {
	checkTold(t, officeTexts)
}

// Remarks, what is held over and challenges of others, in other words.
func TestNarrativeOfHeldOver(t *testing.T) {
	figures := map[string]string{
		"applications/new/total": "52", "applications/new/natural_person": "52", "applications/carried_over/total": "2", "applications/carried_over/natural_person": "2", "applications/total/total": "50", "applications/total/natural_person": "50", "applications/carried_forward/total": "4", "applications/carried_forward/natural_person": "4",
		"applications/granted/total": "31", "applications/granted/natural_person": "31", "applications/not_processed/petition/total": "9", "applications/not_processed/petition/natural_person": "9", "applications/unable/not_held/total": "10", "applications/unable/not_held/natural_person": "10",
		"legal_challenges/reconsideration/total": "3", "legal_challenges/reconsideration/upheld": "3", "legal_challenges/litigation_direct/total": "2", "legal_challenges/litigation_direct/upheld": "2",
	}
	right := []string{
		"有的申请人把咨询当作信息公开申请，属于信访举报投诉类不予处理的共9件。", "年底尚有4件申请正在办理，已书面告知申请人延期，依法结转下年度。", "目前仍有2件申请因第三方未回复正在办理，其余2件待补正，均结转下年度。",
		"50件申请的答复未引发行政诉讼。", "全年被直接起诉的信息公开案件2件，我局积极应诉，法院均判决维持。", "我局代理直接起诉案件6件，均积极应诉。", "作为复议机关参加应诉的直接起诉案件5件。",
		"目前尚有3件许可申请正在办理，已告知申请人，结转下年度。", "涉及征地的申请中，因本机关不掌握而无法提供的6件。",
	}
	wrong := []string{
		"有的申请人把咨询当作信息公开申请，属于信访举报投诉类不予处理的共12件。", "年底尚有6件申请正在办理，已书面告知申请人延期，依法结转下年度。", "目前尚有7件申请因等待第三方意见尚未办结，已告知申请人，结转下年度继续办理。", "因政府信息公开被直接起诉的案件4件，我局积极应诉。",
	}
	cases := planted("narrative.table_conflict", right, wrong, true, narrative...)
	for i := range cases {
		cases[i].Agency, cases[i].Figures, cases[i].Chapter, cases[i].Missing = "枫溪市自然资源局", figures, "applications", []string{"proactive_disclosure"}
	}
	Check(t, cases, "narrative.table_conflict")
}
