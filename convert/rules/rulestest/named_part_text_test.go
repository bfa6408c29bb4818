package rulestest

import "testing"

// Figures of one place, body, channel or receiver, and of a portion of the applications, are
// not those of the tables; the whole named again is.
func TestNarrativeOfNamedPart(t *testing.T) {
	figures := map[string]string{
		"applications/new/total": "152", "applications/carried_over/total": "7", "applications/total/total": "150", "applications/carried_forward/total": "9",
	}
	right := []string{
		"分地区看，柏川县上年结转申请2件，新收41件，办结40件，结转下年度3件；石河区新收26件，办结26件。", "按县区统计，石河区收到申请26件，办结25件，结转1件。",
		"其中，柏川县全年收到政府信息公开申请41件，上年结转2件，办结42件。", "县林业局收到申请13件，上年结转2件，年内办结14件。", "其中，以县政府为受理机关的申请，本年新收34件，上年结转1件，年内办结33件，结转下年度2件。",
		"申请依托统一系统办理。该系统全年受理向我局提出的申请26件，上年结转1件，年内办结27件。", "线上渠道全年受理申请88件，上年结转3件，年内办结90件。", "申请量居前三位的县（市、区）分别收到41件、26件、18件。",
		"本年新收的152件申请中，年内办结143件，其余9件结转下年度。", "上年结转的7件申请已于3月底前全部办结，本年新收的152件中办结143件，其余9件结转下年度。", "对上年结转的7件申请逐件建立台账，年内已办结7件。",
		"2020年受理、2021年办结的申请7件，2021年受理、结转2022年办理的申请9件。", "要求公开灌区改造资金安排的申请1件，我局予以公开。", "林地征收领域，全年收到申请13件，上年结转2件，办结14件。",
		"石河区依申请公开受理站全年受理申请26件，办结25件。", "柏川县政务大厅公开专区收到申请13件，当场答复5件。",
	}
	wrong := []string{
		"全年收到政府信息公开申请125件。", "我局新收申请152件，年内办结申请105件。", "分地区看，柏川县收到41件；我局共办结政府信息公开申请105件。",
	}
	cases := planted("narrative.table_conflict", right, wrong, true, narrative...)
	for i := range cases {
		cases[i].Figures, cases[i].Chapter, cases[i].Missing = figures, "applications", []string{"proactive_disclosure", "legal_challenges"}
	}
	Check(t, cases, "narrative.table_conflict")
}

// What was found to be so and what was not are all there is.
func TestNarrativeOfFoundSo(t *testing.T) {
	cases := planted("narrative.sum", []string{"全年印发公文214件，其中确定为公开的131件，不公开的83件。", "抽查栏目60个，其中认定为合格的52个，不合格的8个。"},
		[]string{"全年印发公文214件，其中确定为公开的131件，不公开的73件。", "抽查栏目60个，其中认定为合格的52个，不合格的6个。"}, true, narrative...)
	Check(t, cases, "narrative.sum")
}

// Accounts of what was received and carried over in one figure, of the months to a day, of
// what was carried over alone, and of a court.
func TestNarrativeOfOneSide(t *testing.T) {
	right := []string{
		"本年新收和上年结转的来信共36件，截至12月31日已答复33件，另有3件尚在办理。", "截至10月底，我局已收到来信44件，连同上年结转3件，累计办结47件。", "对上年结转的14件来信逐件销号，年内已办结14件。",
		"全市法院全年新收案件843件，办结861件，其中旧存38件。", "全县共发生行政复议案件24件，已审结22件，尚未审结2件。", "上年结转的3件已于2月办结，本年新收的49件中办结45件，其余4件在办。",
	}
	wrong := []string{
		"本年新收和上年结转的来信共36件，截至12月31日已答复33件，另有6件尚在办理。", "截至10月底，我局已收到来信44件，连同上年结转3件，累计办结49件。", "对上年结转的14件来信逐件销号，年内已办结16件。",
		"全市法院全年新收案件843件，办结891件，其中旧存38件。", "全县共发生行政复议案件24件，已审结23件，尚未审结2件。",
	}
	cases := planted("narrative.balance", right, wrong, true, narrative...)
	for i := range cases {
		cases[i].Figures, cases[i].Missing = nil, []string{"applications", "proactive_disclosure", "legal_challenges"}
	}
	Check(t, cases, "narrative.balance")
}
