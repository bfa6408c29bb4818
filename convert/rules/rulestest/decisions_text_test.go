package rulestest

import "testing"

// Decisions that the author itself is said to have disclosed, by its name and as 处理事项.
func TestDecisionsDisclosedByName(t *testing.T) {
	figures := map[string]string{
		"proactive_disclosure/administrative_licensing/decisions": "862", "proactive_disclosure/administrative_penalties/decisions": "47",
	}
	right := []string{
		"区公安分局主动公开行政许可处理事项862件、行政处罚处理事项47件。", "各区县局主动公开行政许可处理事项826件。", "所属各单位及市局主动公开行政许可处理事项826件。",
	}
	wrong := []string{
		"区公安分局主动公开行政许可处理事项826件、行政处罚处理事项47件。", "2021年度，区城管局主动公开行政许可决定826件、行政处罚决定47件。",
	}
	cases := planted("narrative.table_conflict", right, wrong, true, narrative...)
	for i := range cases {
		cases[i].Figures = figures
	}
	Check(t, cases, "narrative.table_conflict")
}

// Applications told by what is disclosed on request, called 政务信息.
func TestAskedFromAffairs(t *testing.T) {
	figures := map[string]string{
		"applications/new/total": "3", "applications/new/natural_person": "3", "applications/total/total": "3", "applications/total/natural_person": "3",
		"applications/granted/total": "3", "applications/granted/natural_person": "3",
	}
	right := []string{"2021年度我局依申请公开政务信息数3件，已按要求办理，对其公开。", "全年主动公开政务信息30件。"}
	wrong := []string{"2021年度我局依申请公开政务信息数30件，已按要求办理，对其公开。"}
	cases := planted("narrative.table_conflict", right, wrong, true, narrative...)
	for i := range cases {
		cases[i].Figures = figures
	}
	Check(t, cases, "narrative.table_conflict")
}
