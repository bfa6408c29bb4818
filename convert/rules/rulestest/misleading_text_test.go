package rulestest

import "testing"

// Right passages that mislead: parts of a total told sentences before, two divisions of one total, rates of those
// that do not lack something, what is left of some; and beside them the mistakes that look alike.
var misleading = map[string][2][]string{
	"narrative.sum": {{
		"全年新收申请54件，上年结转3件，共57件。办结的55件中，予以公开31件、无法提供24件。按区域分，城关片区29件，河东片区17件，其余8件没有明确片区。",
		"全年公开信息418条，同比增加31条，增幅8.0%。按载体分：门户网站251条，政务微信140条，公告栏及其他渠道27条。",
		"行政诉讼31件，其中直接起诉22件、复议后起诉9件，胜诉（维持）24件，纠正2件，其他结果2件，尚未审结3件。",
		"三年分别为12件、15件、21件，占全部不予公开的比例分别为60%、75%和84%（全部不予公开数依次为20件、20件、25件）。",
		"全年收到申请19件。按行业统计（一件涉及两个行业的分别计入）：餐饮6件、零售9件、物流7件。按月份统计，前三季度14件，第四季度5件。",
		"收到申请27件（含经政务平台转来的5件），上年结转4件，共31件，办结29件，结转2件。",
		"全年办结98件：公开36件，占36.7%；不予公开14件；无法提供35件，其中“不掌握”31件；不予处理7件；其他处理6件。",
		"办结件中，“予以公开”41件，“部分公开”11件，两项合计52件，占办结总量的51.0%；“无法提供”38件，其余12件作其他处理。全年办结102件。",
		"按审理结果划分，维持2件，纠正1件，尚未审结1件。其中，直接起诉的3件分别为维持1件、纠正1件、尚未审结1件，复议后起诉的1件为维持。",
		"公开财政预决算信息1214条、重大项目信息873条、公共资源交易信息3020条、社会公益信息1688条，四类共计6795条。",
	}, {
		"全区主动公开政府信息8450条。按公开渠道统计，政府网站5120条，政务微信2080条，政务微博950条，政务公开栏、电子显示屏等其他渠道400条。",
		"办结件中，“予以公开”41件，“部分公开”11件，“无法提供”38件，其他12件。收到27件，上年结转4件，共33件。",
	}},
	"narrative.percentage": {{
		"2021年比上年增加21件，增幅35.0%，主要原因是改造项目由14个增至31个。2020年为60件，2021年为81件。",
		"24家基层所中有3家未设公开查阅点，覆盖率87.5%。", "被审计单位公开整改结果33家，未公开的4家已书面催告，公开率89.2%。",
		"新收数下降21.7%（上年120件），而行政执法案卷类答复却由15件升至24件，上升60.0%。",
	}, {
		"全年办理答复64件。受疫情影响，有2件超出法定期限后才答复，按期答复62件，按期答复率98.4%。",
		"新收数下降21.7%（上年120件），而行政执法案卷类答复却由15件升至24件，上升50.0%。",
	}},
	"narrative.two_values": {{
		"行政许可上一年项目数量4项，本年无增减，处理决定43件，均为设立审批。行政处罚上一年项目数量17项，本年增加2项，处理决定3件。",
		"我局通过区政府门户网站主动公开政府信息1286条。区政府门户网站全年发布信息3.4万余条，我局占比不足4%。",
		"承办建议44件、提案57件，合计101件。应公开答复96件，已公开96件。公开的96件中，学前教育类39件。",
		"尚有“村级公开不平衡”1个未完全解决。此外，2021年新发现问题2个。针对上述3个问题，2022年安排专项经费3.5万元。",
		"行政复议案件29件，前者维持5件、其他结果1件，后者维持20件、其他结果3件。行政诉讼9件，其中维持7件、其他结果2件。",
	}, {
		"2021年新发现问题2个，均已立行立改。针对上述4个问题，2022年安排专项经费3.5万元。",
	}},
	"narrative.enumeration": {{
		"全年被通报2条次，比上年少3条次：一条是链接失效，一条是错别字，均于当日改正。",
	}, {
		"全年被通报3条次：一条是链接失效，一条是错别字，均于当日改正。",
	}},
	"narrative.unit": {{
		"补正通知书共发出2份，其中1份对应的申请补正后已予公开。",
	}, {
		"全年收到政府信息公开申请14条，均已答复。",
	}},
}

func TestMisleadingPassages(t *testing.T) {
	Check(t, told(misleading), "narrative.sum", "narrative.percentage", "narrative.two_values", "narrative.enumeration", "narrative.unit")
}

// TestMisleadingTables: figures of some of the applications, reviews and lawsuits beside those of the form.
func TestMisleadingTables(t *testing.T) {
	const applications, challenges = "applications", "legal_challenges"
	out := map[string]string{"applications/new/total": "11", "applications/granted/total": "5", "applications/unable/not_held/total": "4", "applications/denied/administrative_inquiry/total": "2", "applications/total/total": "11"}
	open := map[string]string{"applications/new/total": "21", "applications/granted/total": "4", "applications/partially_granted/total": "1", "applications/denied/enforcement_files/total": "2", "applications/unable/not_held/total": "13", "applications/total/total": "20", "applications/carried_forward/total": "1"}
	suits := map[string]string{"legal_challenges/reconsideration/upheld": "4", "legal_challenges/reconsideration/other": "2", "legal_challenges/reconsideration/total": "6",
		"legal_challenges/litigation_direct/upheld": "2", "legal_challenges/litigation_direct/total": "2", "legal_challenges/litigation_after_reconsideration/upheld": "2", "legal_challenges/litigation_after_reconsideration/pending": "1", "legal_challenges/litigation_after_reconsideration/total": "3"}
	conflict := []string{"narrative.table_conflict"}
	cases := []Case{
		{Chapter: applications, Figures: out, Text: "其中由同一申请人提出的4件；要求其说明理由后，属行政查询事项的1件，其余3件分别予以公开2件、无法提供1件。"},
		{Chapter: applications, Figures: out, Text: "全年新收申请11件；其中环评审批类8件，为最多的一类；行政处罚类3件。"},
		{Chapter: applications, Figures: out, Text: "对4件历史档案类申请，已移交档案馆的3件告知按档案管理规定办理，尚未移交的1件予以公开。"},
		{Chapter: applications, Figures: out, Text: "新收申请11件，其中4件为缴存单位申请、7件为职工个人申请。单位申请4件中予以公开3件、不掌握1件。"},
		{Chapter: applications, Figures: out, Text: "全年不予公开的申请2件，占11件的18.2%。2021年不予公开的其余1件为行政查询事项。"},
		{Chapter: applications, Figures: open, Text: "全年收到21件申请，其中有13件因涉及企业内部事务、不属本委掌握的政府信息而答复“不掌握”；公开5件；不予公开2件；结转1件。"},
		{Chapter: applications, Figures: open, Text: "办结事项中：公开（含部分公开）5件，占25.0%；不予公开2件；不掌握13件。"},
		{Chapter: applications, Figures: open, Text: "全年新收申请21件。为方便群众，对其中9件申请，同步提供了下载链接。"},
		{Chapter: applications, Figures: open, Text: "办结事项中：公开（含部分公开）7件；不予公开2件；不掌握13件。", Want: conflict},
		{Chapter: challenges, Figures: suits, Text: "本系统（含3个直属单位）共发生政府信息公开类行政复议9件，局机关6件、直属单位3件，本报告仅反映局机关数据。"},
		{Chapter: challenges, Figures: suits, Text: "6件复议案件中，申请人不服复议决定又起诉的3件，其余3件未再起诉。3件诉讼结果为维持2件、尚未审结1件。"},
		{Chapter: challenges, Figures: suits, Text: "以我镇为被告的案件共9件：复议8件（2件涉及宅基地审批、6件涉及政府信息公开），诉讼1件（涉及征收补偿协议）。"},
		{Chapter: challenges, Figures: suits, Text: "若将不涉及信息公开的行政处罚类复议19件、诉讼8件一并计算，全年应对复议诉讼案件38件。"},
		{Chapter: challenges, Figures: suits, Text: "行政诉讼5件，未经复议直接提起的2件，法院均判决驳回原告诉讼请求；经复议后提起的3件，2件裁判维持，1件跨年继续审理。"},
		{Chapter: challenges, Figures: suits, Text: "未经复议直接提起行政诉讼2件，结果维持2件。复议后起诉3件，结果维持2件，尚未审结1件。"},
		{Chapter: challenges, Figures: map[string]string{"legal_challenges/litigation_direct/upheld": "1", "legal_challenges/litigation_direct/other": "1", "legal_challenges/litigation_direct/total": "2"}, Text: "提起行政诉讼2件，均未经复议直接起诉，结果维持2件。", Want: conflict},
	}
	for i := range cases {
		cases[i].Name, cases[i].HeldOut = cases[i].Text, true
	}
	Check(t, cases, "narrative.table_conflict")
}

// TestColumnsOf2019: figures called by the columns of the form of 2019.
func TestColumnsOf2019(t *testing.T) {
	acts := map[string]string{"proactive_disclosure/normative_documents/made": "3", "proactive_disclosure/normative_documents/disclosed": "3", "proactive_disclosure/normative_documents/total_public": "29",
		"proactive_disclosure/administrative_licensing/previous_items": "12", "proactive_disclosure/administrative_licensing/change": "-1", "proactive_disclosure/administrative_licensing/decisions": "486",
		"proactive_disclosure/administrative_penalties/previous_items": "40", "proactive_disclosure/administrative_penalties/decisions": "57",
		"proactive_disclosure/government_procurement/items": "5", "proactive_disclosure/government_procurement/amount_yuan": "1236500"}
	conflict := []string{"narrative.table_conflict"}
	cases := []Case{
		{Text: "全年新制作规范性文件3件，新公开3件，对外公开总数量29件。"},
		{Text: "全年新制作规范性文件3件，新公开3件，对外公开总数量27件。", Want: conflict},
		{Text: "行政许可上一年项目数量12项，本年减少1项，作出处理决定486件；行政处罚上一年项目数量40项，处理决定57件。"},
		{Text: "行政许可上一年项目数量12项，本年减少1项，作出处理决定468件；行政处罚上一年项目数量40项，处理决定57件。", Want: conflict},
		{Text: "行政许可上年项目数量21项，本年减少1项，作出处理决定486件。", Want: conflict},
		{Text: "行政许可和行政处罚处理决定合计543件，均在作出之日起七个工作日内上网。"},
		{Text: "政府集中采购项目5个，采购总金额1236500元。"}, {Text: "政府集中采购项目5个，采购总金额123.65万元。"},
		{Text: "政府集中采购项目5个，采购总金额1263500元。", Want: conflict},
	}
	for i := range cases {
		cases[i].Name, cases[i].HeldOut, cases[i].Form, cases[i].Figures = cases[i].Text, true, "2019", acts
	}
	Check(t, cases, "narrative.table_conflict")
}

// TestNoNames: words that look like names of persons or of places.
func TestNoNames(t *testing.T) {
	const rule = "privacy.applicant_name"
	Check(t, []Case{
		{Name: "place", Text: "因华侨里等3个旧改项目集中启动，全年新收申请增至117件，均事先书面征求了第三方意见。"},
		{Name: "adverb", Text: "2020年街道曾有行政诉讼1件，法院作出终审判决，维持街道答复。"},
		{Name: "person", Text: "收到华建设等3人关于旧改项目补偿标准的申请，已予公开。", Want: []string{rule}},
	}, rule)
	checkForeign(t, []speaker{
		{"长坞区科学技术局", "依据区政府办公室《关于做好第三方评估的通知》，我局参加评估，得分94.3分。", false},
		{"宝荆市城西街道办事处", "入户问卷显示，知道街道公开栏的186户，仅占62.0%。", false},
		{"蓼江市东篱区退役军人事务局", "作为负责全区食品、药品安全监管的职能部门，区市场监管局不断规范行政处罚信息公示，做到执法结果随时可查。", true},
		{"蓼江市东篱区市场监管局", "作为负责全区食品、药品安全监管的职能部门，区市场监管局不断规范行政处罚信息公示，做到执法结果随时可查。", false},
	})
}
