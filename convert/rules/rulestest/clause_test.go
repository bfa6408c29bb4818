package rulestest

import "testing"

// clausePhrasings name a row, column or noun of the form in a clause of any order
// and with any verb: none of the verbs here is one the grammar asks for.
var clausePhrasings = []phrasing{
	{text: "2021年以前述渠道受理为主。年度新收政府信息公开申请{new}件。", plant: "new", chapter: "preface"},
	{text: "归入其他处理的申请{other}件。", plant: "other"},
	{text: "除当年新收外，还有{carried}件申请系{P}年结转而来。", plant: "carried"},
	{text: "全年制发公文902件，其中主动公开801件、依申请公开33件、不予公开68件。", plant: ""},
	{text: "对照{P}年：当年行政复议903件；{Y}年行政复议{recon}件。", plant: "recon", chapter: "legal_challenges"},
	{text: "提前办结申请904件，平均用时6个工作日。", plant: "", chapter: "applications"},
	{text: "以县政府为被申请人的政府信息公开行政复议案件905件，由县政府办公室答复。", plant: "", chapter: "legal_challenges"},
	{text: "申请人杜某针对征地批文连续提起906件行政复议，复议机关并案审理。", plant: "", chapter: "legal_challenges"},
	{text: "某公司先后提起907件行政诉讼，均在审理中。", plant: "", chapter: "legal_challenges"},
	{text: "一年间，群众和企业向我局呈送的政府信息公开申请合计{new}件。", plant: "new"},
	{text: "统计期内新登记{new}件，逐件留痕。", plant: "new", chapter: "applications"},
	{text: "（二）依申请公开规范运行\n{Y}年度接件{new}件。", plant: "new"},
	{text: "全年共有{new}件政府信息公开申请进入办理程序。", plant: "new"},
	{text: "本年度共受理{new}件公民、法人和其他组织提出的政府信息公开申请。", plant: "new"},
	{text: "政府信息公开申请总数由上年的907件降至{new}件。", plant: "new"},
	{text: "新收政府信息公开申请{new}件，{P}年未办结、转入本年办理的申请{carried}件。", plant: "new carried"},
	{text: "截至12月31日，仍有{forward}件申请正在办理，依规结转至{N}年度。", plant: "forward", chapter: "applications"},
	{text: "经审查，决定不予公开的有{denied}件，均说明了理由。", plant: "denied"},
	{text: "对能够区分处理的{part}件申请，我局作出了部分公开答复。", plant: "part"},
	{text: "构成重复申请、依法不予处理的共有{np}件。", plant: "np", chapter: "applications"},
	{text: "公开{granted}件、部分公开{part}件、不予公开{denied}件。", plant: "granted part denied", chapter: "applications"},
	{text: "予以公开、部分公开和不予公开的申请分别有{granted}件、{part}件和{denied}件。", plant: "granted part denied", chapter: "applications"},
	{text: "行政复议、行政诉讼分别发生{recon}件和{lit}件。", plant: "recon lit", chapter: "legal_challenges"},
	{text: "提出申请的自然人占多数，有{person}件申请由自然人提出。", plant: "person", chapter: "applications"},
	{text: "针对商业企业的申请，予以公开{org}件。", plant: "org", chapter: "applications"},
	{text: "就商业企业提出的{org}件申请而言，予以公开{org}件。", plant: "org", chapter: "applications"},
	{text: "全年发生政府信息公开行政复议{recon}件，复议机关维持{kept}件，纠正{fixed}件。", plant: "recon kept fixed", chapter: "legal_challenges"},
	{text: "（一）行政复议情况：本年度共{recon}件。", plant: "recon", chapter: "legal_challenges"},
	{text: "未经复议直接起诉的{direct}件中，结果维持{direct}件。", plant: "direct", chapter: "legal_challenges"},
	{text: "行政处罚方面，全年作出处罚决定{penalties}件。", plant: "penalties", chapter: "proactive_disclosure"},
	{text: "行政规范性文件有进有出，全年新发布{issued}件、宣布废止{repealed}件。", plant: "issued repealed", chapter: "proactive_disclosure"},
}

// clauseTraps have a row or column in reach of a figure that is not its own.
var clauseTraps = []phrasing{
	{text: "涉及历史遗留问题的申请，予以公开{other}件，无法提供{forward}件。", chapter: "applications"},
	{text: "申请公开预算的{deleg}件全部予以公开。", chapter: "applications"},
	{text: "教育类申请不予公开{deleg}件。", chapter: "applications"},
	{text: "不予公开的决定中依据第十四条的{deleg}件。", chapter: "applications"},
	{text: "申请人通过服务中心窗口递交申请{deleg}件。", chapter: "applications"},
	{text: "商业企业申请由{deleg}件减少到{org}件。", chapter: "applications"},
	{text: "就商业企业提出的{org}件申请而言，予以公开{org}件。", chapter: "applications"},
	{text: "对申请人撤回的{deleg}件申请，按“其他处理”统计。", chapter: "applications"},
	{text: "有{deleg}件申请在答复前与申请人进行了沟通。", chapter: "applications"},
	{text: "经审结的{deleg}件诉讼中，协调撤诉{other}件。", chapter: "legal_challenges"},
	{text: "行政强制措施{deleg}件、行政强制执行{other}件。", chapter: "proactive_disclosure"},
	{text: "行政事业性收费预算{deleg}万元。", chapter: "proactive_disclosure"},
	{text: "行政复议、行政诉讼分别为{recon}件、{lit}件。", chapter: "legal_challenges"},
	{text: "依法作出不予公开、无法提供等答复{deleg}件。", chapter: "applications"},
	{text: "通过法人账号提交的{deleg}件，经由企业专窗递交的{other}件。", chapter: "applications"},
	{text: "申请获取的图纸、批文等材料共{deleg}份。", chapter: "applications"},
	{text: "网上信访渠道无上年结转，全年受理{deleg}件。", chapter: "overview"},
}

func TestTableConflictReadsClauses(t *testing.T) {
	const rule = "narrative.table_conflict"
	cases := append(conflicts("clause", clausePhrasings, seedsEach, false), traps("clause", clauseTraps, seedsEach, false)...)
	r, err := Score(cases, rule)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d cases\n%s", len(cases), r)
	for _, n := range r.Notes {
		t.Error(n)
	}
}
