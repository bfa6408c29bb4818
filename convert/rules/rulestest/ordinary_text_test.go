package rulestest

import "testing"

// Ordinary passages whose habits were misread, and the mistakes that clerks make in such passages.
var ordinary = map[string][2][]string{
	"narrative.sum": {{
		"全年申请30件，其中市局机关8件，各区局合计22件；按申请人分，自然人21件，企业7件，律师事务所2件。",
		"公开24件，部分公开6件；按行政执法案卷、行政查询事项不予公开的分别为6件、2件；无法提供16件。",
		"收到申请30件。30件申请已全部办结：予以公开12件，部分公开4件，因属于内部事务信息、过程性信息不予公开各1件，本机关不掌握9件，重复申请3件。",
		"办结1248件。办结件中，予以公开603件、部分公开111件，两项合计714件，占办结总数的57.2%。",
		"从时限看，当场答复6件，其余均在法定期限内答复。从结果看，予以公开和部分公开合计41件。",
		"被提起行政诉讼35件，较上年的28件增加7件。其中未经复议直接起诉22件，法院维持15件、纠正2件，其他结果1件，4件尚未审结；复议后起诉13件，法院维持10件，尚未审结3件。",
		"年内办结65件，具体为：予以公开14件；部分公开5件；不予公开21件，包括执法案卷信息15件、行政查询事项6件；无法提供16件，包括本机关不掌握15件、补正后仍不明确1件；不予处理7件；其他处理2件。",
		"复议案件93件，与2020年的102件相比减少9件，降幅8.8%。其中，结果维持58件，结果纠正9件，其他结果17件，尚未审结9件。",
		"新收29件，办结29件，办结结果为：予以公开16件，部分公开2件，无法提供3件，不予处理3件，余下的为其他处理。",
		"发放问卷500份，收回有效问卷462份，无效问卷18份，未收回的20份。",
		"行业协会32家，其中商贸类12家、文化类8家、公益类5家。",
	}, {
		"新收申请66件，较上年增加。申请人通过网络平台提交41件，以邮政信函方式提交18件，当面提交5件，无其他渠道提交的申请。",
		"发放调查问卷500份，收回有效问卷462份，无效问卷28份，未收回的20份。",
		"31户企业中，竞争类企业14户、功能类企业9户、公益类企业7户，按类别确定了公开目录。",
		"全年公开各类信息341条。公开载体包括区政府网站、公众号以及社区公示栏，发布数量分别为126条、158条和67条。",
		"对文件进行了梳理，共梳理318份，其中继续有效的197份，已修改的15份，宣布失效的64份，明令废止的52份。",
		"承办代表建议26件、委员提案19件，合计45件，已全部办复。对其中48件的复文在网站公开。",
	}},
	"narrative.balance": {{
		"各机关共收到申请1284件，其中市政府办公室213件，市直部门601件，各县收到470件；另有上年结转38件。全年共办结1290件，结转下年度32件。",
		"收到申请8件，答复8件，公开率（含部分公开）为87.5%，余下1件属本机关不掌握的信息。",
		"新收申请12件，办结11件，转下年1件；办结件中8件公开、2件因正在办案属行政执法案卷而不予公开、1件不掌握。",
		"全区共收到申请347件。上年结转申请12件，全年实际办理359件，办结341件，其余18件结转下年度。",
	}, {
		"全年受理区长热线转办的诉求件3,068件，上年结转未办结41件，共应办3,109件；截至12月底办结3,086件，结转下年继续办理13件。",
		"全年收到投诉32件，受理27件，不予受理5件；受理的投诉中，已办结29件，其余正在办理。",
	}},
	"narrative.percentage": {{
		"网站公开520条，占全年公开总量的65%；公众号公开208条，占26%；公告栏公开72条，占9%。全年共计公开800条。",
		"受理咨询投诉76件，当场答复59件，会后答复17件，答复率100%。",
		"全年发布信息173条，比2020年的201条减少28条，下降13.9%，主要是会议类动态减少31条、民生类信息增加3条。",
		"物价类同比增长50%，较上年42条增加21条；劳动力类同比下降12.5%，较上年48条减少6条。",
		"办结78件，结转3件。总量略有回落。予以公开34件、部分公开9件，两项合计43件，占办结数的55.1%；不予公开11件，占14.1%；无法提供13件，占16.7%。",
	}, {
		"网站公开520条，占全年公开总量的65%；公众号公开208条，占26%；公告栏公开72条，占8%。全年共计公开800条。",
		"发布统计信息320条，其中数据解读类80条；微信推送200条，占62.5%；比上年的250条增加70条，增幅为24%。",
		"对36个村的公开栏逐一检查，其中27个村达到更新要求，达标率72%，其余9个村由包村干部盯办。",
		"新收政府信息公开申请25件，无往年结转，已全部办结。其中，予以公开16件，占办结总数的66%；其余9件为无法提供。",
	}},
	"narrative.two_values": {{
		"收到政府信息公开申请5件。答复情况：2件予以公开；1件所申请的信息不由本镇制作；其余2件属信访事项，不予处理。",
		"年初制定工作要点，细化任务18项。年底自查，要点确定的6项新任务进展较快。",
		"2月18日集中公开了2021年部门预算。8月18日集中公开了2020年部门决算。", "3月15日在区政府网站公布工作要点。3月28日在区政府网站公布工作方案。",
		"组织专题学习6次，参加人员310人次。举办业务培训6次，280人次参加。",
		"县局组织业务培训2期，培训86人次。各学校组织业务培训2期，培训96人次。",
		"开设疫情防控专栏1个，发布信息120条。开设招生考试专栏1个，发布信息150条。",
		"3月1日在区政府网站公布招生政策。3月21日在区政府网站公布学区划分方案。",
		"微信公众号于2018年5月10日开通。抖音号于2021年5月20日开通。",
		"在线申请系统于3月18日上线试运行。经调试，在线申请系统6月2日正式上线。",
		"复议案件21件，其中纠正2件。未经复议直接起诉的10件，结果维持9件、纠正1件。被纠正的3件案件中，2件因检索不充分，1件因答复超期。",
		"在48家单位的测评中，80分以下的5家。对5家单位开展一对一辅导，截至年底有3家单位的指标明显好转。",
		"承办建议和提案62件，其中主办27件。主办件中，建议15件、提案12件。",
	}, {
		"在线申请系统于当年3月18日上线，申请人凭手机即可填报。自在线申请系统2021年5月18日上线以来，提交、查询均可在网上完成。",
		"紧扣三项职责，全年主动公开政府信息1538条。全年主动公开的1583条政府信息均经过保密审查。",
		"目前共开设重点领域信息公开专栏9个。今后将继续对已开设的8个重点领域信息公开专栏进行内容充实。",
		"组织新条例专题学习6次，参加人员310人次。通过全年6次新条例专题学习、300人次参加，公开意识明显增强。",
		"清理存量信息，核查网页1640个，更正错误链接35条。全年清理存量信息时共核查网页1460个，更正错误链接35条。",
		"共发现并督促整改空白栏目等问题136个，开展4轮网站抽查。县政务公开办开展6轮网站抽查，发现问题136个。",
		"明确党政办为牵头科室，各站所各设一名信息员，2021年在县政府门户网站发布信息643条。对全年发布在县政府门户网站上的634条信息逐条复核。",
		"全县88个预算部门于2月18日集中公开了2021年部门预算。在2月28日，全县88个预算部门集中公开了2021年部门预算，早于省定时限。",
		"年初制定工作要点，细化任务18项。年底对照要点自查，要点确定的16项任务已全部完成。",
	}},
	"narrative.enumeration": {{
		"我局主要抓了三项整改。1.缩短发布间隔；2.补齐解读短板；3.规范历史数据。",
		"办理全国、省、市、县四级建议提案186件。",
		"从以下三个方面入手：一是对专栏重新归类；二是增设灾害预警推送；也在图书馆增设了查阅点。",
	}, {
		"从以下四个方面入手：一是对专栏重新归类；二是增设灾害预警推送；三是在图书馆增设查阅点。年内点击量有上升，没有发生事故，也未被通报。",
		"我局主要抓了三项整改。1.缩短发布间隔，月度指标提前发布；2.补齐解读短板；3.规范历史数据；4.加强队伍培训。",
	}},
}

func TestOrdinaryPassages(t *testing.T) {
	Check(t, told(ordinary), "narrative.sum", "narrative.balance", "narrative.percentage", "narrative.two_values", "narrative.enumeration")
}

// TestOrdinaryTables: what ordinary passages say beside the figures of the form.
func TestOrdinaryTables(t *testing.T) {
	const applications, challenges = "applications", "legal_challenges"
	some := map[string]string{"applications/new/total": "11", "applications/granted/total": "6", "applications/partially_granted/total": "3", "applications/unable/not_held/total": "2", "applications/total/total": "11"}
	suits := map[string]string{"legal_challenges/reconsideration/upheld": "5", "legal_challenges/reconsideration/corrected": "1", "legal_challenges/reconsideration/pending": "1", "legal_challenges/reconsideration/total": "7",
		"legal_challenges/litigation_direct/upheld": "4", "legal_challenges/litigation_direct/other": "2", "legal_challenges/litigation_direct/total": "6", "legal_challenges/litigation_after_reconsideration/upheld": "1", "legal_challenges/litigation_after_reconsideration/total": "1"}
	acts := map[string]string{"proactive_disclosure/normative_documents/issued": "6", "proactive_disclosure/normative_documents/repealed": "4", "proactive_disclosure/normative_documents/in_force": "38",
		"proactive_disclosure/administrative_licensing/decisions": "497", "proactive_disclosure/administrative_penalties/decisions": "64", "proactive_disclosure/administrative_compulsion/decisions": "21", "proactive_disclosure/administrative_fees/amount_10k_yuan": "128.6"}
	conflict := []string{"narrative.table_conflict"}
	cases := []Case{
		{Chapter: applications, Figures: some, Text: "全年共办理政府信息公开申请11件。11件申请书共提出27项信息需求，提供19项，说明不掌握5项，不予公开3项。"},
		{Chapter: applications, Figures: some, Text: "办结的申请中，公开6件、部分公开3件，公开与部分公开两项之和为9件，占81.8%。"},
		{Chapter: applications, Figures: some, Text: "新收申请11件。专区设置自助查询、政策咨询、依申请公开受理三个功能区。"},
		{Chapter: applications, Figures: some, Text: "新收申请11件。人口数据类申请3件，予以公开2件、不掌握1件。"},
		{Chapter: applications, Figures: map[string]string{"applications/new/total": "9", "applications/not_processed/petition/total": "5", "applications/denied/internal_affairs/total": "3", "applications/denied/process_information/total": "1", "applications/total/total": "9"}, Text: "对内容不明确的，电话联系申请人指导补正；经审查属于信访举报投诉类申请而不予处理的4件，均告知其通过相应渠道反映。", Want: conflict},
		{Chapter: applications, Figures: map[string]string{"applications/new/total": "9", "applications/not_processed/petition/total": "5", "applications/denied/internal_affairs/total": "3", "applications/denied/process_information/total": "1", "applications/total/total": "9"}, Text: "不予公开的情形里，涉及内部事务信息的有4件；涉及过程性信息的1件。", Want: conflict},
		{Chapter: applications, Figures: some, Text: "收到村民申请11件，上年无结转；其中6件予以公开。"},
		{Chapter: applications, Figures: some, Text: "新收申请11件。从申请事项看，药品集中采购5件、人事招聘6件。"},
		{Chapter: applications, Figures: some, Text: "予以公开6件，部分公开3件，无法提供2件（均为本机关不掌握）。"},
		{Chapter: applications, Figures: some, Text: "予以公开6件，部分公开3件，无法提供2件（均为没有现成信息需要另行制作）。", Want: conflict},
		{Chapter: applications, Figures: map[string]string{"applications/new/total": "38", "applications/granted/total": "36", "applications/total/total": "36", "applications/carried_forward/total": "2"}, Text: "截至12月31日，尚有3件因需征求第三方意见未到答复期限，结转2022年继续办理。", Want: conflict},
		{Chapter: challenges, Figures: suits, Text: "未经复议直接起诉6件，判决维持4件、其他结果2件；复议后起诉1件，结果维持1件。"},
		{Chapter: applications, Figures: some, Text: "11件申请中按期答复10件，另有1件因人员交接迟了两天。"},
		{Chapter: applications, Figures: some, Text: "新收申请11件，由企业改制职工提出的8件，由高校课题组提出的3件。"},
		{Chapter: challenges, Figures: suits, Text: "我局办理涉及政府信息公开的行政复议10件，其中以我局为被申请人的7件；以我局为复议机关的3件不列入下表统计。"},
		{Chapter: challenges, Figures: suits, Text: "被申请行政复议7件，其中维持原行为的5件。"},
		{Chapter: challenges, Figures: suits, Text: "被申请行政复议7件，其中维持原行为的6件。", Want: conflict},
		{Chapter: challenges, Figures: suits, Text: "（三）作为复议机关。另受理以各部门为被申请人的复议案件46件，其中维持28件，撤销6件。"},
		{Chapter: challenges, Figures: suits, Text: "行政诉讼7件，未经复议直接起诉6件，复议后起诉1件，除2件直接起诉的案件为其他结果外，其余5件结果均为维持。"},
		{Chapter: challenges, Figures: suits, Text: "未经复议直接起诉的行政诉讼案件6件，法院判决维持（驳回原告诉讼请求）4件，其他结果2件。"},
		{Chapter: challenges, Figures: suits, Text: "未经复议直接起诉的行政诉讼案件6件，法院判决维持（驳回原告诉讼请求）5件，其他结果1件。", Want: conflict},
		{Chapter: challenges, Figures: suits, Text: "区政府及所属部门因政府信息公开引发的行政复议共7件，已有3件被复议机关纠正。行政诉讼7件，其中未经复议直接起诉6件，复议后起诉1件，结果维持的合计5件。", Want: conflict},
		{Chapter: challenges, Figures: map[string]string{"legal_challenges/litigation_direct/upheld": "4", "legal_challenges/litigation_direct/other": "1", "legal_challenges/litigation_direct/pending": "1", "legal_challenges/litigation_direct/total": "6", "legal_challenges/litigation_after_reconsideration/upheld": "3", "legal_challenges/litigation_after_reconsideration/total": "3"}, Text: "被提起行政诉讼8件，其中复议后起诉3件，尚未审结1件。", Want: conflict},
		{Figures: acts, Text: "年内制发行政规范性文件6件，经评估废止4件，现行有效件数为38件。"},
		{Figures: acts, Text: "年内制发行政规范性文件6件，经评估废止4件，现行有效件数为36件。", Want: conflict},
		{Figures: acts, Text: "行政事业性收费项目、依据和标准在局门户网站长期公示，全年收费金额182.6万元。", Want: conflict},
		{Figures: acts, Text: "局机关及所属医疗机构实施行政许可497件，作出行政处罚46件，行政强制21件，行政事业性收费128.6万元。", Want: conflict},
		{Figures: acts, Text: "局机关及所属医疗机构实施行政许可812件，作出行政处罚97件，行政强制33件。"},
	}
	for i := range cases {
		cases[i].Name, cases[i].HeldOut = cases[i].Text, true
	}
	acts2019 := map[string]string{"proactive_disclosure/administrative_licensing/previous_items": "27", "proactive_disclosure/administrative_licensing/change": "-4", "proactive_disclosure/administrative_licensing/decisions": "1583",
		"proactive_disclosure/normative_documents/made": "6", "proactive_disclosure/normative_documents/total_public": "44", "proactive_disclosure/administrative_fees/previous_items": "3"}
	for _, c := range []Case{
		{Text: "行政许可事项由上年的27项减少4项，全年办理许可决定1583件。"},
		{Text: "行政许可事项由上年的27项减少3项，全年办理许可决定1583件。", Want: conflict},
		{Text: "新制作规范性文件6件，至此对外公开的规范性文件总数量达44件。"}, {Text: "新制作规范性文件6件，至此对外公开的规范性文件总数量达41件。", Want: conflict},
		{Text: "行政事业性收费项目上年3项，本年无增减。"}, {Text: "行政事业性收费项目上年5项，本年无增减。", Want: conflict},
	} {
		c.Name, c.HeldOut, c.Form, c.Figures = c.Text, true, "2019", acts2019
		cases = append(cases, c)
	}
	Check(t, cases, "narrative.table_conflict")
}

// TestOrdinaryNames: names of other offices left over, and words that are none.
func TestOrdinaryNames(t *testing.T) {
	checkForeign(t, []speaker{
		{"栗川县水利局", "下一步，栗川县林业局将从两方面改进：一是完善信息发布三审制度，每季度通报各股室报送情况；二是增加图表等解读形式。", true},
		{"栗川县水利局", "下一步，栗川县林业局将从两方面改进绿化管护，我局予以配合。", false},
		{"鹭洲市枫塘区统计局", "公众如对本报告有疑问，请与枫塘区审计局办公室联系，我局将在5个工作日内答复。", true},
		{"禾泉县人民政府", "如对本报告有疑问，请与松岭县人民政府办公室联系。", true}, {"禾泉县人民政府", "如对本报告有疑问，请与县人民政府办公室联系。", false},
		{"望鹿市云坪区教育局", "为建设现代化教育强区、谱写槐江区教育新篇章作出积极贡献。", true}, {"望鹿市云坪区教育局", "为谱写云坪区教育新篇章作出积极贡献。", false},
		{"栖谷县人民政府", "2021年，岩汀县政府信息公开工作以贯彻新《条例》为主线，着力提升政府工作透明度。", true}, {"栖谷县人民政府", "健全制度，规范县政府信息公开工作流程，夯实县政府信息公开工作基础。", false},
		{"麓平县林业局", "县水利局始终把政务公开摆在重要位置，做到与水利业务工作同部署、同检查、同考核。", true},
		{"竹坞区退役军人事务局", "依申请公开方面，竹坞区文化广电和旅游局按照规定设置了现场受理点，安排专人接待，全年未收到申请。", true},
		{"芷洲市翠柳区教育局", "按照区政府统一部署，南塘区教育局调整了政务公开工作领导小组成员，由局长负总责，办公室、基础教育科协同推进。", true},
		{"棠浦市南汀区白鹭街道办事处", "金穗街道成立以办事处主任为组长的政务公开领导小组，明确党政办为牵头科室，把公开任务分解到各科室、各社区。", true},
		{"棠浦市南汀区白鹭街道办事处", "区内兄弟单位中，金穗街道调整了政务公开领导小组，我街道派员参加交流。", false},
		{"玄溪市东关区财政局", "东关区审计局坚持以公开为常态、不公开为例外，结合本局工作实际，进一步健全信息公开审查和发布制度。", true},
		{"玄溪市东关区财政局", "区教育局坚持公开为常态、不公开为例外，我局为其提供预算公开指导。", false},
		{"绥岭市统计局", "受理公开申请2件，都是高校研究人员提出，索取分乡镇人口数据，均予以公开。", false},
	})
	const rule = "privacy.applicant_name"
	Check(t, []Case{
		{Name: "trade", Text: "发生行政复议1件，该件为林农因不服“信息不存在”的告知，于8月向县人民政府提出。"},
		{Name: "party", Text: "以本局为被告的信息公开诉讼2件：1件一审胜诉后对方上诉，二审维持原判；1件尚未开庭。"},
		{Name: "person", Text: "申请人方志强对答复不服，提起行政诉讼，一审胜诉后对方未上诉。", Want: []string{rule}},
	}, rule)
}
