package rulestest

const seedsEach = 2

// applicationPhrasings: 新收, 结转, 办结.
var applicationPhrasings = []phrasing{
	{text: "{Y}年新收政府信息公开申请{new}件，上年结转{carried}件，办结{done}件，结转下年度继续办理{forward}件。", plant: "new carried done forward"},
	{text: "全年共收到政府信息公开申请{new}件，上年结转{carried}件，全年办结{done}件。", plant: "new carried done"},
	{text: "{Y}年，我局收到政府信息公开申请共{new}件。", plant: "new"},
	{text: "本年度共受理政府信息公开申请{new}件，均按规定时限答复。", plant: "new"},
	{text: "（二）依申请公开。全年收到申请{new}件，另有上年结转{carried}件。", plant: "new carried"},
	{text: "今年共接到依申请公开{new}件。", plant: "new"},
	{text: "本年新收政府信息公开申请数量为{new}件，上年度结转申请数量为{carried}件。", plant: "new carried"},
	{text: "{Y}年本机关收到公民、法人和其他组织的政府信息公开申请{new}件。", plant: "new"},
	{text: "全年共收到{new}件政府信息公开申请。", plant: "new"},
	{text: "{Y}年度，我局政府信息公开申请{new}件，全部依法办理。", plant: "new"},
	{text: "2021年1月1日至12月31日，我局共收到政府信息公开申请{new}件。", plant: "new"},
	{text: "截至2021年12月31日，共受理依申请公开{new}件。", plant: "new"},
	{text: "我局{Y}年收到政府信息公开申请，共计{new}件。", plant: "new"},
	{text: "依申请公开方面：新收申请{new}件，结转上年{carried}件。", plant: "new"},
	{text: "全年受理政府信息公开申请{new}件（不含上年结转{carried}件）。", plant: "new carried"},
	{text: "共办结政府信息公开申请{done}件。", plant: "done"},
	{text: "全年办理完毕政府信息公开申请{done}件，结转下一年度{forward}件。", plant: "done forward"},
	{text: "上年结转政府信息公开申请{carried}件，本年新收政府信息公开申请{new}件，结转至下年度{forward}件。", plant: "new carried forward"},
	{text: "{P}年结转申请{carried}件，{Y}年新收申请{new}件，均为政府信息公开申请。", plant: "new carried"},
	{text: "严格规范办理依申请公开工作，全年新收申请{new}件，上一年度结转{carried}件，转入下年办理{forward}件。", plant: "new carried forward"},
	{text: "{Y}年共收到政府信息公开申请{new}件，同比增长12%。", plant: "new"},
	{text: "{Y}年收到政府信息公开申请{new}件，比{P}年减少3件。", plant: "new"},
	{text: "新收政府信息公开申请{new}件，上年结转{carried}件，结转下年度继续办理{forward}件。", plant: "new carried forward", chapter: "applications"},
	{text: "本年度新收申请{new}件，办结{done}件。", plant: "new done", chapter: "applications"},
	{text: "共收到申请{new}件，办结{done}件，结转下年{forward}件，上年结转{carried}件。", plant: "new done forward carried", chapter: "applications"},
	{text: "全年依申请公开受理量{new}件。", plant: "new"},
	{text: "年内接收政府信息公开申请{new}件；上年度结转{carried}件。", plant: "new carried"},
	{text: "我局高度重视依申请公开工作。今年以来新收政府信息公开申请{new}件。", plant: ""},
	{text: "{Y}年云溪区教育局共收到政府信息公开申请{new}件。", plant: "new"},
	{text: "受理政府信息公开申请总数{new}件，上年结转数{carried}件。", plant: "new carried"},
	{text: "{Y}年我局新收政府信息公开申请{new}件，加上上年结转的{carried}件，共办理{all}件。", plant: "new"},
	{text: "全年共收到政府信息公开申请{new} 件,上年结转{carried}件,已全部按时办理。", plant: "new carried"},
	{text: "2021年度收到群众政府信息公开申请{new}件。", plant: "new"},
	{text: "全年办理政府信息公开申请{done}件。", plant: "done"},
	{text: "2021年，共办理依申请公开事项{all}件。", plant: "all"},
	{text: "全年新收政府信息公开申请{new}件，同比增加3件，占全系统的一成。", plant: "new"},
	{text: "收到政府信息公开申请数量：{new}件；结转下年度继续办理数量：{forward}件。", plant: "new forward"},
}

// resultPhrasings: the results, and who applied.
var resultPhrasings = []phrasing{
	{text: "共办结{done}件政府信息公开申请，其中予以公开{granted}件，部分公开{part}件，不予公开{denied}件，无法提供{unable}件，不予处理{np}件，其他处理{other}件。", plant: "done granted part denied unable np other"},
	{text: "政府信息公开申请办理结果：予以公开{granted}件、部分公开{part}件、不予公开{denied}件、无法提供{unable}件。", plant: "granted part denied unable"},
	{text: "在已办结的政府信息公开申请中，予以公开的{granted}件，部分公开的{part}件，本机关不掌握相关信息等无法提供的{unable}件。", plant: "granted part"},
	{text: "对政府信息公开申请依法分类答复：属于予以公开{granted}件；不予公开{denied}件；不予处理{np}件。", plant: "granted denied np"},
	{text: "全年收到政府信息公开申请{new}件，答复予以公开{granted}件，部分公开{part}件，无法提供{unable}件，其他处理{other}件。", plant: "new granted part unable other"},
	{text: "予以公开{granted}件，部分公开{part}件，不予公开{denied}件。", plant: "granted part denied", chapter: "applications"},
	{text: "申请办理结果为：同意公开{granted}件，部分公开{part}件，不予公开{denied}件。", plant: "granted part denied", chapter: "applications"},
	{text: "政府信息公开申请办理中，予以公开和部分公开共{gp}件。", plant: "gp"},
	{text: "予以公开或部分公开的共{gp}件。", plant: "gp", chapter: "applications"},
	{text: "从办理结果看，政府信息公开申请予以公开{granted}件，占已办结的多数。", plant: "granted"},
	{text: "收到政府信息公开申请{new}件，其中自然人申请{person}件，法人或其他组织申请{org}件。", plant: "new person org"},
	{text: "新收政府信息公开申请{new}件，其中自然人{person}件、法人及其他组织{org}件。", plant: "new person org"},
	{text: "政府信息公开申请中，自然人申请{person}件，商业企业申请{org}件。", plant: "person org"},
	{text: "办结政府信息公开申请{done}件：予以公开{granted}件，区分处理部分公开{part}件，因属于内部事务信息不予公开{denied}件。", plant: "done granted"},
	{text: "依申请公开件中无法提供{unable}件，不予处理{np}件，其他处理{other}件。", plant: "unable np other"},
	{text: "对收到的政府信息公开申请，予以公开 {granted} 件，部分公开 {part} 件，不予处理 {np} 件，结转下年度 {forward} 件。", plant: "granted part np forward"},
	{text: "{Y}年政府信息公开申请予以公开{granted}件；不予公开{denied}件；无法提供{unable}件，其中本机关不掌握{unable}件以内。", plant: "granted denied"},
	{text: "政府信息公开申请答复情况：予以公开{granted}件，属于三类内部事务信息{denied}件，重复申请{np}件。", plant: "granted denied np"},
	{text: "共处理政府信息公开申请，结果为予以公开{granted}件、部分公开{part}件、无法提供{unable}件、不予处理{np}件和其他处理{other}件。", plant: "granted part unable np other"},
	{text: "（二）依申请公开\n全年予以公开{granted}件，部分公开{part}件，不予公开{denied}件，无法提供{unable}件。", plant: "granted part denied unable"},
	{text: "当年办结的申请中：予以公开{granted}件；部分公开{part}件；不予公开（内部事务信息）{denied}件。", plant: "granted part", chapter: "applications"},
}

// challengePhrasings: 行政复议, 行政诉讼.
var challengePhrasings = []phrasing{
	{text: "{Y}年因政府信息公开被申请行政复议{recon}件，其中维持{kept}件，纠正{fixed}件；被提起行政诉讼{lit}件。", plant: "recon kept fixed lit"},
	{text: "因政府信息公开工作被申请行政复议{recon}件、提起行政诉讼{lit}件。", plant: "recon lit"},
	{text: "全年发生政府信息公开行政复议{recon}起，行政诉讼{lit}起。", plant: "recon lit"},
	{text: "行政复议{recon}件，行政诉讼{lit}件。", plant: "recon lit", chapter: "legal_challenges"},
	{text: "政府信息公开行政复议案件{recon}件，结果维持{kept}件，结果纠正{fixed}件，尚未审结{repending}件。", plant: "recon kept fixed", chapter: "legal_challenges"},
	{text: "政府信息公开行政诉讼案件共{lit}件，其中未经复议直接起诉{direct}件，复议后起诉{after}件。", plant: "lit direct after"},
	{text: "涉及政府信息公开的行政复议{recon}宗，行政诉讼{lit}宗。", plant: "recon lit"},
	{text: "{Y}年，我局因政府信息公开被申请行政复议的案件{recon}件。", plant: "recon"},
	{text: "依申请公开引发行政复议{recon}件，行政诉讼{lit}件。", plant: "recon lit"},
	{text: "收到政府信息公开申请{new}件，因此产生的行政复议{recon}件，行政诉讼{lit}件。", plant: "new recon lit"},
	{text: "本年度政府信息公开行政复议总计{recon}件，行政诉讼总计{lit}件。", plant: "recon lit"},
	{text: "政府信息公开行政复议{recon}件：结果维持{kept}件、结果纠正{fixed}件。", plant: "recon kept fixed"},
	{text: "政府信息公开行政诉讼{lit}件。", plant: "lit", chapter: "other_matters"},
	{text: "就政府信息公开申请行政复议数{recon}件，提起行政诉讼数{lit}件。", plant: "recon lit", chapter: "legal_challenges"},
}

// documentPhrasings: chapter 二.
var documentPhrasings = []phrasing{
	{text: "{Y}年制发行政规范性文件{issued}件，废止{repealed}件，现行有效{inforce}件。", plant: "issued"},
	{text: "本年度制定行政规范性文件{issued}件，废止行政规范性文件{repealed}件，现行有效规范性文件{inforce}件。", plant: "issued repealed inforce"},
	{text: "全年出台规范性文件{issued}件。", plant: "issued"},
	{text: "我局{Y}年新制定行政规范性文件{issued}件，现行有效的行政规范性文件{inforce}件。", plant: "issued inforce"},
	{text: "印发行政规范性文件{issued}件，截至年底现行有效行政规范性文件共{inforce}件。", plant: "issued inforce"},
	{text: "行政规范性文件本年制发{issued}件，本年废止{repealed}件。", plant: "issued", chapter: "proactive_disclosure"},
	{text: "全年办理行政许可{licences}件，作出行政处罚{penalties}件，实施行政强制{compulsions}件。", plant: "licences penalties compulsions"},
	{text: "{Y}年作出行政许可决定{licences}件，行政处罚决定{penalties}件。", plant: "licences penalties"},
	{text: "全年办理行政许可类事项{licences}件,行政处罚{penalties},行政强制{compulsions}。", plant: "licences penalties compulsions", chapter: "proactive_disclosure"},
	{text: "本年处理行政许可决定{licences}件、行政处罚决定{penalties}件、行政强制决定{compulsions}件。", plant: "licences penalties compulsions"},
	{text: "{Y}年度，我局共作出行政处罚{penalties}起。", plant: "penalties"},
	{text: "我局全年共实施行政强制{compulsions}件。", plant: "compulsions"},
	{text: "行政许可{licences}件，行政处罚{penalties}件，行政强制{compulsions}件。", plant: "licences penalties compulsions", chapter: "proactive_disclosure"},
	{text: "全年作出{penalties}件行政处罚。", plant: "penalties"},
	{text: "行政事业性收费{fee}.4696万元。", plant: "fee", chapter: "proactive_disclosure"},
	{text: "{Y}年我局收取行政事业性收费{fee}.47万元。", plant: "fee"},
	{text: "全年行政事业性收费金额{fee}4696元。", plant: "fee"},
	{text: "本年度办结行政许可事项{licences}件。", plant: "licences"},
	{text: "依法作出行政处罚决定{penalties}件、行政强制措施{compulsions}件。", plant: "penalties compulsions"},
	{text: "开出行政处罚决定{penalties}件。", plant: "penalties"},
	{text: "清理废止行政规范性文件{repealed}件。", plant: "repealed"},
	{text: "全年制定并公开行政规范性文件{issued}件，宣布废止行政规范性文件{repealed}件。", plant: "issued repealed"},
}

// tableTraps: figures that are not the tables' own.
var tableTraps = []phrasing{
	{text: "收到政府信息公开申请约{deleg}件。"},
	{text: "全年收到政府信息公开申请近{deleg}件。"},
	{text: "全年收到政府信息公开申请{deleg}余件。"},
	{text: "{P}年收到政府信息公开申请{deleg}件，{Y}年收到{new}件。"},
	{text: "收到政府信息公开申请{new}件，去年同期为{deleg}件。"},
	{text: "自2019年以来累计收到政府信息公开申请{deleg}件。"},
	{text: "累计受理政府信息公开申请{deleg}件。"},
	{text: "全区共收到政府信息公开申请{deleg}件。"},
	{text: "全市教育系统全年收到政府信息公开申请900件，其中我局{new}件。"},
	{text: "指导各街道、各部门办理政府信息公开申请{deleg}件。"},
	{text: "2021年3月15日，收到政府信息公开申请1件，内容为校舍建设。"},
	{text: "上半年收到政府信息公开申请{deleg}件。"},
	{text: "全年收到行政许可申请{deleg}件。"},
	{text: "受理救助申请{deleg}件，发放救助金。"},
	{text: "通过网络收到政府信息公开申请{deleg}件。"},
	{text: "收到政府信息公开申请{new}件，其中网络申请{granted}件。"},
	{text: "共办理政府信息公开申请{all}件（新收{new}件，上年结转{carried}件）。"},
	{text: "全年共收到政府信息公开申请{all}件（含上年结转{carried}件）。"},
	{text: "涉及征地拆迁的政府信息公开申请{deleg}件。"},
	{text: "申请人撤回政府信息公开申请{part}件。"},
	{text: "梳理公布行政许可事项{deleg}项。"},
	{text: "公示行政许可信息{deleg}条、行政处罚信息{granted}条。"},
	{text: "承接上级下放的行政许可事项{deleg}项。"},
	{text: "办理道路运输行政许可{deleg}件。"},
	{text: "全年受理行政许可申请{deleg}件。"},
	{text: "作出罚款类行政处罚{part}件。"},
	{text: "办理行政复议案件{deleg}件，化解争议。"},
	{text: "代理行政诉讼案件{deleg}件。"},
	{text: "审查规范性文件{deleg}件，备案规范性文件{part}件。"},
	{text: "清理规范性文件{deleg}件，拟废止{part}件。"},
	{text: "以区政府名义制发规范性文件{deleg}件。"},
	{text: "解读规范性文件{deleg}件。"},
	{text: "收取信息处理费{deleg}元。", chapter: "other_matters"},
	{text: "减免行政事业性收费{deleg}万元。"},
	{text: "主动公开政府信息{deleg}条，予以公开。"},
	{text: "全年无行政复议纠错、行政诉讼败诉案件。"},
	{text: "没有超期答复的政府信息公开申请。"},
	{text: "无一起因政府信息公开答复不当引发的行政诉讼。"},
	{text: "全年未收到行政许可申请。"},
	{text: "未收到通过传真提交的政府信息公开申请。"},
	{text: "未发生因不依法履行公开义务被投诉举报的情况。"},
	{text: "对无法提供的信息耐心说明理由，对无正当理由大量反复申请的依法处理。"},
	{text: "依托“12345”热线受理群众诉求{deleg}件，办结{granted}件。"},
	{text: "收到政府信息公开申请{new}件，比上年增加{part}件。"},
	{text: "政府信息公开申请量较去年的{deleg}件有所变化。"},
	{text: "全年组织依申请公开培训{part}次，参训{deleg}人次。"},
	{text: "依申请公开答复书模板{part}份。"},
	{text: "（二）依申请公开。畅通当面、信函、网络等{part}条渠道。"},
	{text: "每月办理政府信息公开申请{part}件。"},
	{text: "办结历年积存的政府信息公开申请{part}件。"},
	{text: "向区政府办报送政府信息公开申请办理情况{part}次。"},
	{text: "《政府信息公开申请办理规范》共{part}条。"},
	{text: "现行有效的政策文件{deleg}件。"},
	{text: "法院一审审结政府信息公开行政诉讼{part}件，二审{other}件。"},
	{text: "区人民政府办公室收到政府信息公开申请{deleg}件，由我局协助办理。"},
	{text: "全区政府信息公开申请{deleg}件，本级{new}件。", agency: "青柳市云溪区人民政府"},
	{text: "截至目前，办结政府信息公开申请{deleg}件。"},
	{text: "收到孟先生的信息公开申请1件。"},
	{text: "收到青石社区村民吴先生申请1件。", chapter: "applications"},
	{text: "因梁某某不服政府信息公开答复提起行政复议1件，维持。"},
	{text: "其中，钱某某申请公开校舍规划，予以公开；其他1件不予公开。", chapter: "applications"},
	{text: "行政许可办件{deleg}件，行政处罚案件立案{part}件。"},
	{text: "行政诉讼案件{part}件，均为教育管理类案件，与政府信息公开无关。"},
	{text: "今年以来共收到依申请公开{new}件，已答复{part}件，{other}件正在办理中。"},
	{text: "全区无行政许可、行政处罚权限。"},
	{text: "市级部门转来政府信息公开申请{deleg}件。"},
	{text: "社区居民提出信息公开申请{deleg}件次。"},
	{text: "一、收到申请{new}件。其中，予以公开{granted}件，占30%左右。", chapter: "applications"},
	{text: "行政复议和行政诉讼的主要原因有{part}个方面。", chapter: "legal_challenges"},
	{text: "依申请公开栏目点击{deleg}次，回复“我要申请公开”留言{part}条。"},
	{text: "依法公开行政处罚决定书{deleg}份，作出不予行政处罚决定{part}件。"},
	{text: "行政事业性收费比上年减少12万元。", chapter: "proactive_disclosure"},
	{text: "全年办理人大建议{part}件、政协提案{other}件，予以公开{part}件。"},
	{text: "云溪区本级收到政府信息公开申请{deleg}件，全区共收到{new}件。", agency: "青柳市云溪区人民政府"},
	{text: "全区共收到政府信息公开申请{new}件。", agency: "青柳市云溪区人民政府"},
	{text: "区住房局收到政府信息公开申请{deleg}件，办理规范。", agency: "青柳市云溪区人民政府"},
}

// denialPhrasings deny what the tables have: every one is wrong beside the world.
var denialPhrasings = []phrasing{
	{text: "全年无行政处罚。"}, {text: "本年度无行政处罚、行政强制及行政事业性收费项目。"}, {text: "{Y}年，我局未收到政府信息公开申请。"},
	{text: "本年度没有收到政府信息公开申请。"}, {text: "截至年底，我局暂未收到申请信息公开的事项。", chapter: "applications"},
	{text: "全年未发生因政府信息公开引起的行政复议和行政诉讼。"}, {text: "没有因政府信息公开被申请行政复议、提起行政诉讼的情况。"},
	{text: "因政府信息公开工作被申请行政复议、提起行政诉讼，无。", chapter: "legal_challenges"}, {text: "行政复议、行政诉讼均为0件。", chapter: "legal_challenges"},
	{text: "政府信息公开行政复议数为零。", chapter: "legal_challenges"}, {text: "本年度未制定行政规范性文件。"}, {text: "我局2021年没有制定规章和规范性文件。"},
	{text: "本年度未作出行政处罚。"}, {text: "未实施行政强制。"}, {text: "无行政许可、行政处罚。", chapter: "proactive_disclosure"},
	{text: "行政许可、行政处罚、行政强制均为0。", chapter: "proactive_disclosure"}, {text: "收到政府信息公开申请0件。"}, {text: "{Y}年未接到政府信息公开申请，也没有上年结转。"},
	{text: "新收政府信息公开申请{new}件，无上年结转。"}, {text: "新收政府信息公开申请{new}件，上年结转{carried}件，无结转下年度办理的申请。"},
	{text: "我局未收到公民、法人或者其他组织的政府信息公开申请。"}, {text: "全年未收到任何政府信息公开申请。"}, {text: "未发生政府信息公开行政诉讼案件。"},
	{text: "政府信息公开方面没有行政复议。"}, {text: "依申请公开：无。"}, {text: "（二）依申请公开情况。{Y}年我局未收到依申请公开事项。"},
	{text: "本年没有行政强制案件。"}, {text: "未出台行政规范性文件。"}, {text: "无行政事业性收费。"}, {text: "全年零政府信息公开申请。"},
	{text: "全年收到政府信息公开申请零件。"}, {text: "未被申请行政复议。", chapter: "legal_challenges"},
}

func denials(list []phrasing, heldOut bool) []Case {
	var out []Case
	for i, p := range list {
		w := newWorld(uint64(i))
		text := w.fill(p.text, nil)
		c := Case{Name: "denial", Text: text, Chapter: p.chapter, HeldOut: heldOut}
		wrong := c
		wrong.Figures = w.figures()
		wrong.Want = []string{"narrative.table_conflict"}
		wrong.MayFail = []string{"narrative.balance", "narrative.two_values"}
		out = append(out, wrong)
		if p.plant == "" && !containsSlot(p.text) {
			c.Name = "denial, zero in the tables"
			out = append(out, c)
		}
	}
	return out
}

func containsSlot(s string) bool {
	for i := range s {
		if s[i] == '{' && s[i:min(i+3, len(s))] != "{Y}" {
			return true
		}
	}
	return false
}

func tableCases() []Case {
	var out []Case
	out = append(out, conflicts("applications", applicationPhrasings, seedsEach, false)...)
	out = append(out, conflicts("results", resultPhrasings, seedsEach, false)...)
	out = append(out, conflicts("challenges", challengePhrasings, seedsEach, false)...)
	out = append(out, conflicts("documents", documentPhrasings, seedsEach, false)...)
	out = append(out, denials(denialPhrasings, false)...)
	return append(out, traps("table", tableTraps, seedsEach, false)...)
}
