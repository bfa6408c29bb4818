package rulestest

import "testing"

// Sentences about applications beside tables that have none.
func TestZeroApplications(t *testing.T) {
	const rule = "logic.zero_applications"
	var cases []Case
	for _, text := range []string{
		"全年收到政府信息公开申请3件。", "2021年12月11日，收到某公司关于校舍建设项目信息公开的申请，已依法答复。", "新收政府信息公开申请5件，办结5件。",
		"依申请公开中，予以公开2件。", "接到村民关于学校选址相关信息公开的申请，已当面答复。", "上年结转政府信息公开申请1件，已办结。",
		"收到群众要求公开招生计划的信息公开申请，按时答复。", "办结政府信息公开申请4件。",
	} {
		cases = append(cases, Case{Name: "told", Text: text, Want: []string{rule}})
	}
	for _, text := range []string{
		"全年未收到政府信息公开申请。", "收到政府信息公开申请0件。", "2020年收到政府信息公开申请3件。", "收到关于加强信息公开的通知，认真落实申请办理要求。",
		"如收到申请人关于政府信息公开的申请，将依法办理。", "收到热线诉求5件。", "2020年5月，收到某公司关于校舍建设信息公开的申请。", "全区收到政府信息公开申请30件。",
		"未收到关于政府信息公开的申请。", "累计收到政府信息公开申请3件。", "完善申请受理、答复流程。",
	} {
		cases = append(cases, Case{Name: "nothing told", Text: text})
	}
	Check(t, cases, rule)
}
