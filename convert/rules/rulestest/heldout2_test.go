package rulestest

import "testing"

// A second batch, written after what the first one taught was built in. At the
// first run it gave 0.938 and 0.968 for table_conflict, 1 and 1 for all others;
// the rules were mended since for it too.

var freshTable = []phrasing{
	{text: "据统计，{Y}年我局共收到政府信息公开申请{new}件，较上年略有下降。", plant: "new"},
	{text: "2021年共登记政府信息公开申请{new}件，其中上年结转{carried}件不计入。", plant: "carried"},
	{text: "全年收到并受理政府信息公开申请{new}件。", plant: "new"},
	{text: "申请量方面，本年度新收政府信息公开申请{new}件；办结量方面，办结政府信息公开申请{done}件。", plant: "new done"},
	{text: "依申请公开工作：受理政府信息公开申请{new}件，已全部登记建档；上年结转的{carried}件一并办理。", plant: "new"},
	{text: "本年度政府信息公开申请共{new}件，办理结果如下：予以公开{granted}件、部分公开{part}件、不予公开{denied}件。", plant: "new granted part denied"},
	{text: "受理的申请中，予以公开{granted}件，无法提供{unable}件，不予处理{np}件。", plant: "granted unable np", chapter: "applications"},
	{text: "不予公开的{denied}件均属于三类内部事务信息。", plant: "denied", chapter: "applications"},
	{text: "无法提供的有{unable}件，不予处理的有{np}件。", plant: "unable np", chapter: "applications"},
	{text: "截至年底尚有{forward}件政府信息公开申请未办结，结转下年度继续办理。", plant: ""},
	{text: "全年新收政府信息公开申请{new}件，全部来自自然人和企业，其中自然人申请{person}件。", plant: "new person"},
	{text: "全年政府信息公开行政复议案件{recon}件，其中维持原行政行为{kept}件，纠正{fixed}件。", plant: "recon kept fixed"},
	{text: "我局全年共发生政府信息公开行政诉讼案件{lit}件，较上年减少。", plant: "lit"},
	{text: "因不服政府信息公开答复被申请行政复议{recon}件。", plant: "recon"},
	{text: "全年共制定行政规范性文件{issued}件，全部按程序公开。", plant: "issued"},
	{text: "目前现行有效的行政规范性文件共{inforce}件。", plant: "inforce"},
	{text: "2021年我局共办理行政许可事项{licences}件，实施行政处罚{penalties}件。", plant: "licences penalties"},
	{text: "行政处罚决定共{penalties}件，行政强制决定共{compulsions}件。", plant: "penalties compulsions"},
	{text: "本年度作出行政许可决定共计{licences}件。", plant: "licences"},
	{text: "2021年度本机关行政事业性收费总额为{fee}.4696万元。", plant: "fee"},
}

var freshTraps = []phrasing{
	{text: "收到政府信息公开申请后，{part}件需要征求第三方意见。"}, {text: "申请公开的内容集中在招生（{part}件）、学籍（{other}件）等方面。"},
	{text: "从提交方式看，网上提交{deleg}件，当面提交{part}件。", chapter: "applications"}, {text: "从申请人看，教师{part}件、家长{other}件。", chapter: "applications"},
	{text: "全市系统{Y}年新收政府信息公开申请{deleg}件。"}, {text: "2019年至2021年共办理政府信息公开申请{deleg}件。"}, {text: "去年全年政府信息公开申请{deleg}件。"},
	{text: "处罚违法办学机构{part}家，罚款{deleg}万元。"}, {text: "全年开展行政处罚案卷评查{part}次，评查案卷{deleg}件。"}, {text: "推送行政许可和行政处罚信息{deleg}条。"},
	{text: "行政许可事项由{deleg}项压减至{part}项。"}, {text: "起草规范性文件{part}件并征求意见。"}, {text: "参与上级规范性文件修订{part}件。"}, {text: "本年度应诉行政诉讼案件{part}件，均与政府信息公开无关。"},
	{text: "行政复议和行政诉讼的主要原因有{part}个方面。", chapter: "legal_challenges"}, {text: "一名申请人就同一事项提出政府信息公开申请{part}件。"}, {text: "最多的一个月收到政府信息公开申请{part}件。"},
	{text: "没有出现因政府信息公开被上级通报的情况。"}, {text: "未发生违规公开行政处罚信息的情形。"}, {text: "全年无逾期办理的行政许可。"}, {text: "无行政处罚权限事项。"}, {text: "没有应公开未公开的规范性文件。"},
	{text: "我局无行政强制职能。"}, {text: "办理12345热线工单{deleg}件，予以公开答复口径{part}条。"}, {text: "不予公开的信息类型有{part}类。", chapter: "applications"},
}

var freshText = map[string][2][]string{
	"narrative.sum": {{
		"全年召开新闻发布会12场，其中上半年5场、下半年7场。", "发布信息900条，工作动态500条、通知公告200条，浏览量5万次。", "收到建议90件，其中重点建议5件，均已答复；收到提案60件，其中重点提案3件。",
		"发放补贴30万元，惠及群众500人，其中老人300人。", "培训2场共80人次，其中线上50人次。", "全年投入经费20万元，其中网站运维12万元、宣传8万元。", "本年度公开规划6件、总结8件、公告30件，其中公告较上年增加12件。", "共受理业务3.2万件，其中窗口1.15万件，网上2.05万件。",
	}, {
		"全年召开新闻发布会12场，其中上半年6场、下半年7场。", "收到建议90件，其中重点建议95件，均已答复。", "全年投入经费20万元，其中网站运维12万元、宣传9万元、其他2万元。", "培训2场共80人次，其中线上90人次。",
		"公开事项共45项，其中基层政务20项、重点领域18项、其他9项。", "受理业务3.2万件，其中窗口2.15万件，网上2.05万件。", "开设专栏8个，分别为政策类3个、民生类6个。", "主动公开文件30件，包括通知20件、意见8件、方案4件。",
	}},
	"narrative.enumeration": {{"还存在三方面问题：一是队伍不稳；二是标准不一；三是互动不足。", "本年度着力做好“两个提升”：一是提升质量；二是提升效率。", "有以下4点体会：①要重视；②要规范；③要创新；④要坚持。"},
		{"还存在三方面问题：一是队伍不稳；二是标准不一；三是互动不足；四是考核不严。", "有以下4点体会：①要重视；②要规范；③要创新；④要坚持；⑤要融合。", "主要有以下六种载体：一是网站；二是公报；三是新媒体；四是公开栏；五是查阅点。", "今后将重点抓好以下两项工作：（一）抓目录。（二）抓专区。（三）抓培训。"}},
	"narrative.percentage": {{"受理800件，办结796件，办结率99.5%，满意率98.2%。", "发布信息360条，其中原创信息90条，占25%，转载信息270条，占75%。", "收到意见12条，采纳8条，采纳率66.67%。", "信息发布量由上年的200条增至260条，增长30%。"},
		{"受理诉求800件，办结780件，办结率99.5%。", "发布信息360条，其中原创信息90条，占35%。", "共受理咨询50件，答复45件，答复率95%。", "发布信息260条，较上年200条增长40%。", "接到工单240件，办结228件，办结率达97%。"}},
	"narrative.balance": {{"收到政府信息公开申请6件，上年结转2件，办结7件，结转下年1件。", "受理工单800件，办结796件，4件正在办理。", "收到群众来信30封，解答疑问45个。"},
		{"收到政府信息公开申请6件，上年结转2件，办结9件。", "受理工单800件，办结806件。", "接到群众来电75件，回复79件。", "新收政府信息公开申请14件，上年结转1件，办结12件，结转下年度5件。", "收到信访事项20件，已办结23件。"}},
	"narrative.unit": {{"收到政府信息公开申请书面材料3份。", "微信公众号总阅读量12.3万次。", "依申请公开内容涉及5类事项。"},
		{"本年度收到政府信息公开申请3份。", "全年受理政府信息公开申请2次。", "总点击量达20000万次。", "全年发布信息100.5条。"}},
	"narrative.two_values": {{"全年共受理诉求800件。全年共办结诉求796件。", "制定行政规范性文件2件。\n解读规范性文件2件。", "政府信息公开申请予以公开3件。\n其中予以公开3件。"},
		{"全年共受理诉求800件。\n全年共受理诉求880件。", "制定行政规范性文件2件。\n本年制发行政规范性文件3件。", "全年作出行政强制决定5件。\n无行政强制。", "新收政府信息公开申请14件。\n受理政府信息公开申请15件。"}},
}

func freshCases() []Case {
	var out []Case
	out = append(out, conflicts("fresh", freshTable, seedsEach, true)...)
	out = append(out, traps("fresh", freshTraps, seedsEach, true)...)
	return append(out, told(freshText)...)
}

func TestNarrativeOnFreshPhrasings(t *testing.T) {
	Check(t, freshCases(), narrative...)
}
