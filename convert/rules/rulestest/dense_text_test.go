package rulestest

import "testing"

// Passages as dense as careful writers make them, whose figures come out even in another way than the next
// words suggest, and mistakes of the kinds that offices of one county take over from each other.
var dense = map[string][2][]string{
	"narrative.sum": {{
		"复议新收21件，上年转来4件，合计25件；审结23件，其中维持15件、纠正3件、其他结果5件，其余2件尚未审结。",
		"答复66件，其中：予以公开20件；部分公开5件；不予公开22件，包括国家秘密3件、执法案卷15件、内部事务4件；无法提供13件；不予处理6件。",
		"应办16件，已办14件，分别为：一季度收3件办4件，二季度收5件办5件，三季度收2件办1件，四季度收5件办4件。",
		"制发的2件分别为校验办法、备案指引；废止的5件中，因修改废止3件、因到期废止2件。",
		"以项目分：柳荫里项目41件，铁西项目33件，其他项目16件，总数90件。",
		"全年新收345件。结转下年12件。其中，当面申请45件、网上申请180件、信函申请120件，为新收数。",
		"被申请行政复议7件，涉及派出所4个、大队1个，其中城关派出所3件，其余3个派出所和大队各1件。",
		"开放周活动参与群众1740人次，其中市局两场分别140人次、160人次，各区局合计1440人次，场均80人次。",
		"考核4次，得分依次为88、90、91、95，全年平均91分。",
		"2019年11件，2020年8件，2021年5件，三年24件，逐年减少3件。",
		"行政诉讼5件，其中未经复议直接起诉3件，结果维持2件、尚未审结1件；复议后起诉2件，结果均为维持。",
	}, {
		"公开审计结果33份。按项目性质，预算执行审计12份，经济责任审计9份，投资审计10份，除此之外没有别的类型。",
		"公开信息73条，属于机构职能的5条，属于应急储备的38条，不属于以上两类的20条。",
		"57条来自门户网站，214条来自公示平台，9条来自发布会，三个渠道合计主动公开安全监管信息290条。",
	}},
	"narrative.percentage": {{
		"自查发现三类问题共27个：栏目类12个、答复类9个、审查类6个。截至年底，栏目类全部整改，答复类整改8个，审查类整改5个，共整改25个，整改率92.6%。",
		"三项服务查询量依次为8.4万次、3.9万次、2.7万次，共15万次，占比依次为56%、26%、18%。",
		"抽查60份，优秀33份、合格24份、不合格3份，优秀率则由35%升至55%，上升20个百分点。",
		"信息共发布84条；与上年同类信息（60条）相比增长40%，拉动发布总量（上年400条）增长6个百分点。",
		"落实率由年初的72%提高到年末的88%，提升16个百分点。", "满意率98%，比上年的96%提高2个百分点；按时办结率99%，较上年提高1.5个百分点。",
		"办结58件，1件经批准延期，按期办结率100%。",
	}, {
		"落实率由年初的72%提高到年末的88%，提升26个百分点。", "满意率98%，比上年的96%提高3个百分点。",
		"本年办结的59件申请中，在法定期限内答复58件，1件超期1个工作日，按期答复率为100%。",
		"被申请行政复议8件，维持6件，纠正2件，纠错率高达20%。",
	}},
	"narrative.two_values": {{
		"未经复议的诉讼2件，1件判决确认违法（结果纠正），1件未审结。复议2件，维持1件、纠正1件。纠正的2件都因超期答复。",
		"本委及委属单位采购项目163个。其中，委机关17个项目；委属单位146个项目。",
		"形成事项目录26项。26项目录均已公开，形成的3项清单同步上网。", "聘请监督员12名。参加座谈的8名监督员提出意见20条。",
		"新开设账号1个，注销2个。每月对本局开设的6个账号进行巡检。",
	}, {
		"两个社区形成事项目录26项。试点得到肯定，两个社区形成的36项事项目录已在全街道推广。",
		"聘请社会监督员12名。12月召开座谈会，邀请全部15名社会监督员参加。", "开设政务新媒体账号5个。定期对本局开设的6个政务新媒体账号进行巡检。",
	}},
	"narrative.enumeration": {{
		"诉讼分三个阶段看，一审28件、二审13件、再审4件；按途径看，直接起诉27件，复议后起诉18件。",
		"养老服务、社会救助、婚姻登记这三大领域的信息全部上网。", "在县政务服务中心、县图书馆、县档案馆建成政务公开专区3处。",
		"在石桥镇、白马镇开展试点，建成示范点6个。", "在门户网站、微信公众号分别开设专栏3个。", "“养老”“救助”等六个专题全年更新86条。",
		"主要存在以下问题：解读形式单一；信息更新不够及时；业务能力有待提高。针对以上三个问题，将加强培训。", "存在问题：解读形式单一；更新不够及时，栏目偏少。以上问题将逐一整改，三个专栏合并为一个。",
	}, {
		"就业创业、社会保险、人事考试、劳动维权、工伤认定这六大领域的办事指南全年更新两轮。",
		"已在县政务服务中心、县图书馆、县档案馆、城南便民服务站建成公开专区3处，配备查询终端。",
		"主要存在以下问题：解读形式单一；信息更新不够及时；业务能力有待提高。针对以上四个问题，将加强培训。",
		"新设“双减”“乡村振兴”“疫情防控”“安全生产”七个专题，由专人维护。",
	}},
	"narrative.balance": {{
		"登记事项96件，上年未办结转入7件；全年办结101件，还剩2件待办。", "去年留下5件未办结，加上今年登记的67件，一共要办72件；实际办完63件，带到2022年的有9件。",
	}, {
		"登记事项96件，上年未办结转入7件；全年办结104件，还剩2件待办。", "去年留下5件未办结，加上今年登记的67件，一共要办72件；实际办完63件，带到2022年的有7件。",
		"接收投诉1560件，年初无积存，调解完毕1430件，终止调解80件，年末未处理完的30件。",
	}},
	"narrative.unit": {{
		"兼职人员有3人，专职1人。", "查阅点占地60平方米。", "全县绿化面积60平方公里，河道公示牌12块。", "办理时限由14个工作日压缩至9个工作日。",
		"图表化率有所提高，20篇解读中含图表的13篇。", "聘请监督员12名，监督员提出建议15条。",
	}, {
		"承担公开工作的兼职人员只有3件。", "查阅点占地面积60平方千米，配电脑2台。", "平均用时由上年的14个工作日压缩至9吨。", "总阅读量约36.8平方米。",
		"公报每期印数500元，免费发放。", "聘请社会监督员12条。", "受理热线电话620公里。",
	}},
}

func TestDensePassages(t *testing.T) {
	Check(t, told(dense), "narrative.sum", "narrative.percentage", "narrative.two_values", "narrative.enumeration", "narrative.balance", "narrative.unit")
}

// TestSiblings: what an office of the same county is told to have done as only its own report says.
func TestSiblings(t *testing.T) {
	const agency = "望川县民政局"
	checkForeign(t, []speaker{
		{agency, "县财政局成立以局长为组长的政务公开领导小组，我局派员参加。", false},
		{agency, "县财政局在政务公开方面取得明显成效，值得我局学习。", false},
		{agency, "县公安局将进一步推动本单位信息公开，我局予以配合。", false},
		{agency, "县交通运输局成立以局长为组长的政务公开工作领导小组，下设办公室于局机关办公室，每季度通报各股室报送情况。", true},
		{agency, "下一步，县审计局将进一步健全机制、充实力量，推动本单位政府信息公开工作再上新台阶。", true},
		{agency, "2021年，县财政局在政府信息公开方面取得一定成绩，但仍存在公开内容不够全面等不足，我局将加以改进。", true},
	})
}

// TestDenseTables: what dense passages say beside the figures of the form, and what of them is the form's.
func TestDenseTables(t *testing.T) {
	const applications, challenges = "applications", "legal_challenges"
	out := map[string]string{"applications/new/total": "9", "applications/granted/total": "4", "applications/partially_granted/total": "1", "applications/unable/not_held/total": "3", "applications/denied/enforcement_files/total": "1", "applications/total/total": "9"}
	forward := map[string]string{"applications/new/total": "38", "applications/carried_over/total": "2", "applications/granted/total": "36", "applications/total/total": "36", "applications/carried_forward/total": "4"}
	suits := map[string]string{"legal_challenges/litigation_direct/upheld": "8", "legal_challenges/litigation_direct/corrected": "1", "legal_challenges/litigation_direct/total": "9", "legal_challenges/litigation_after_reconsideration/upheld": "3", "legal_challenges/litigation_after_reconsideration/total": "3",
		"legal_challenges/reconsideration/upheld": "2", "legal_challenges/reconsideration/corrected": "1", "legal_challenges/reconsideration/total": "3"}
	issued := map[string]string{"proactive_disclosure/normative_documents/issued": "3", "proactive_disclosure/normative_documents/repealed": "2", "proactive_disclosure/normative_documents/in_force": "11", "proactive_disclosure/regulations/issued": "2", "proactive_disclosure/regulations/repealed": "1", "proactive_disclosure/regulations/in_force": "13"}
	conflict := []string{"narrative.table_conflict"}
	cases := []Case{
		{Chapter: applications, Figures: out, Text: "以市局名义答复的申请73件；以分局自己名义答复的申请9件，列入本表。"},
		{Chapter: applications, Figures: out, Text: "新收申请9件，申请人为自然人7件、企业2件，结果为予以公开4件、部分公开1件、本机关不掌握3件、执法案卷1件。"},
		{Chapter: applications, Figures: out, Text: "新收申请9件中，1名申请人（以下称甲）提出3件；甲的3件中，予以公开1件、不掌握2件。除甲以外的6件中，予以公开3件、部分公开1件、不掌握1件、执法案卷1件。"},
		{Chapter: applications, Figures: out, Text: "全局共收到申请86件（市局本级9件，各分局77件），表中只列市局本级。"},
		{Chapter: applications, Figures: out, Text: "予以公开（含部分公开）5件，不掌握3件，执法案卷1件。"},
		{Chapter: applications, Figures: out, Text: "全年新收申请9件。予以公开与部分公开分别为4件、1件。"},
		{Chapter: applications, Figures: out, Text: "全年新收申请9件。予以公开与部分公开分别为5件、1件。", Want: conflict},
		{Chapter: applications, Figures: forward, Text: "应答复申请40件，其中新收38件，上年结转2件。截至12月31日，答复36件，结转4件。"},
		{Chapter: applications, Figures: forward, Text: "收到和上年结转的政府信息公开申请合计40件（新收38件、结转2件），办结36件，结转下年度4件。"},
		{Chapter: applications, Figures: forward, Text: "上年结转2件，已全部办结。本年新收38件，办结34件，未办结4件。合计办结36件。"},
		{Chapter: applications, Figures: out, Text: "收到8名群众提出的政府信息公开申请，共计9件。"},
		{Chapter: applications, Figures: out, Text: "新收申请9件，其中有3件为同一申请人提出，均予以公开。另外6件，予以公开1件，部分公开1件，不掌握3件，执法案卷1件。"},
		{Text: "全年收缴行政事业性收费入库2.3亿元，为全区口径，本机关自身收费0元。"},
		{Chapter: applications, Figures: forward, Text: "应答复申请42件。截至12月31日，答复36件，结转下年4件。", Want: conflict},
		{Chapter: challenges, Figures: suits, Text: "未经复议直接起诉的9件当中，一审终结7件，二审终结2件；结果为维持8件、纠正1件。复议后起诉的3件当中，结果为维持3件。"},
		{Chapter: challenges, Figures: suits, Text: "故“结果纠正”项下，复议1件、诉讼1件。复议与诉讼相加，维持13件。"},
		{Chapter: challenges, Figures: suits, Text: "被申请行政复议3件，复议机关全部予以维持。", Want: conflict},
		{Chapter: challenges, Figures: suits, Text: "被申请行政复议3件，均已审结，其中维持2件、纠正1件。与2020年（复议1件、诉讼0件）相比有所上升。"},
		{Chapter: challenges, Figures: suits, Text: "复议后起诉的3件，法院均判决维持。"},
		{Figures: issued, Text: "规章方面，新制定2件，废止1件，现行有效13件；行政规范性文件方面，本局制发3件，废止2件，现行有效11件。"},
		{Figures: issued, Text: "规章方面，新制定2件，废止1件，现行有效13件；行政规范性文件方面，本局制发5件，废止2件，现行有效11件。", Want: conflict},
	}
	for i := range cases {
		cases[i].Name, cases[i].HeldOut = cases[i].Text, true
	}
	Check(t, cases, "narrative.table_conflict")
}

// TestAdverbIsNoSurname: 曾 behind the word for an applicant is no surname before what was done.
func TestAdverbIsNoSurname(t *testing.T) {
	const rule = "privacy.applicant_name"
	Check(t, []Case{
		{Name: "adverb", Text: "今年1月答复的1件申请，申请人曾来电咨询救济途径，经解释后未再提出异议。"},
		{Name: "surname", Text: "申请人曾庆华来电咨询救济途径，对答复不服，提出行政复议。", Want: []string{rule}},
	}, rule)
}
