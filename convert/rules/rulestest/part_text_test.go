package rulestest

import "testing"

// What is told of a part of the applications, of several applicants at once or of other
// things than applications, and accounts with what was carried over inside.

var partPhrasings = []phrasing{
	{text: "本年新收的{new}件申请中，内容主要涉及用水报装、河道管理等事项，均已登记。", plant: "new", chapter: "applications"},
}

var partTraps = []phrasing{
	{text: "结转下年的申请里，有{deleg}件由公益组织、法律服务机构等提出。", chapter: "applications"},
	{text: "另有{other}件来自科研机构、社会公益组织、法律服务机构等。", chapter: "applications"},
	{text: "除商业企业外，其他法人或其他组织提出{other}件。", chapter: "applications"},
	{text: "延期办理的{deleg}件中，自然人{other}件。", chapter: "applications"},
	{text: "受理水费争议调解{other}件（无上年结转），办结{deleg}件。", chapter: "overview"},
	{text: "全年查处案件{other}件，没有上年结转，结案{deleg}件。", chapter: "overview"},
	{text: "商业企业递交申请{org}件，上年结转{part}件，办结{np}件，结转下年{part}件。", chapter: "applications"},
	{text: "县直部门层面，新收申请{deleg}件，上年结转{other}件，办结{unable}件，结转下年{np}件；乡镇层面新收{unable}件，办结{part}件。", chapter: "overview"},
	{text: "法律服务机构递交的申请占总量{new}件的{other}%。", chapter: "applications"},
	{text: "受理公民和法人提交的信息公开申请{new}件。", chapter: "applications"},
	{text: "行政复议审结{kept}件，其余仍在审理。", chapter: "legal_challenges"},
	{text: "行政诉讼案件已审结{direct}件。", chapter: "legal_challenges"},
	{text: "一名申请人先后提出{deleg}件。对该申请人的申请，予以公开{part}件、不予公开{np}件。", chapter: "applications"},
	{text: "{P}年新收申请{deleg}件，上年结转{other}件，办结{unable}件，结转{Y}年{part}件。", chapter: "applications"},
	{text: "提出申请的自然人{deleg}名。", chapter: "applications"},
	{text: "文化市场执法大队另行受理政府信息公开申请{deleg}件，数据由该队自行统计。", chapter: "overview"},
}

var partBalance = [2][]string{{
	"受理来访50件（含上年结转3件），办结46件，结转下年4件。", "办理的投诉52件（新收49件、上年结转3件）中，已办结48件，余下4件正在办理。",
	"用户申请调解水费纠纷86件，受理80件，办结76件。", "含上年结转3件，共受理投诉52件，办结48件，剩余4件正在办理。",
	"承办提案26件，6月底前办结24件。", "受理两项补贴咨询152件，办结150件。",
}, {
	"办理的投诉52件（新收49件、上年结转3件）中，已办结53件。", "包括上年结转的3件在内，全年受理投诉52件，办结答复54件。", "承办提案26件，6月底前办结27件。",
	"受理两项补贴咨询152件（无上年结转），办结152件，结转下年6件。", "服务热线接诉614件，无结转，办结597件，未办结21件。",
}}

var partSums = [2][]string{{
	"全年受理来电8640件，办结8596件，其余44件正在办理；其中咨询类5210件、投诉类2130件、求助类980件。", "受理投诉286件，属实251件，不属实35件，其中涉及水压的132件、水质的88件。",
	"全年收到来件312件，加上年初遗留的14件，从办理进度看，办结309件，结转次年17件。",
}, {
	"受理投诉286件，其中涉及水压的172件、水质的128件。", "全年受理来电8640件，其中咨询类5210件、投诉类2130件、求助类1980件。",
}}

func TestPartsOfApplications(t *testing.T) {
	const rule = "narrative.table_conflict"
	cases := append(conflicts("part", partPhrasings, seedsEach, false), traps("part", partTraps, seedsEach, false)...)
	Check(t, cases, rule)
}

func TestAccountsWithParts(t *testing.T) {
	checkTold(t, map[string][2][]string{"narrative.balance": partBalance, "narrative.sum": partSums})
}

func TestOutcomesOfNewAndCarriedOver(t *testing.T) {
	figures := map[string]string{"applications/new/total": "24", "applications/carried_over/total": "2", "applications/granted/total": "17", "applications/unable/not_held/total": "9", "applications/total/total": "26"}
	const rule = "narrative.table_conflict"
	Check(t, []Case{
		{Name: "both", Text: "全年新收政府信息公开申请24件，予以公开15件，无法提供9件；上年结转2件，予以公开2件。", Figures: figures},
		{Name: "wrong", Text: "全年新收政府信息公开申请24件，予以公开14件，无法提供9件；上年结转2件，予以公开2件。", Figures: figures, Want: []string{rule}},
	}, rule)
}
