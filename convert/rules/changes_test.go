package rules

import (
	"testing"

	"nianbao/convert/report"
)

// changes sets the three figures of rows of the 2019 form.
func changes(rows map[string][3]string) func(*fixture) {
	return func(x *fixture) {
		for _, row := range []string{"administrative_licensing", "other_management_services", "administrative_penalties", "administrative_compulsion"} {
			figures, ok := rows[row]
			if !ok {
				figures = [3]string{"0", "0", "0"}
			}
			for i, column := range []string{"previous_items", "change", "decisions"} {
				x.set(proac+row+"/"+column, figures[i])
			}
		}
	}
}

func TestDecisionsMisread(t *testing.T) {
	const rule = "logic.decisions_misread"
	const licensing, services, penalties = "administrative_licensing", "other_management_services", "administrative_penalties"
	runCases(t, []ruleCase{
		{"two rows", "2019", rule, changes(map[string][3]string{licensing: {"290", "20", "310"}, services: {"77", "-9", "68"}}), report.Failed, 1,
			"“行政许可”“其他对外管理服务事项”行的处理决定数量都恰好等于", proac + licensing + "/decisions"},
		{"a decrease without a sign", "2019", rule, changes(map[string][3]string{licensing: {"290", "0", "290"}, penalties: {"143", "21", "122"}}), report.Failed, 1, "“行政处罚”", proac + penalties + "/change"},
		{"one row", "2019", rule, changes(map[string][3]string{licensing: {"290", "20", "310"}, services: {"77", "-9", "4123"}}), report.Passed, 0, "", ""},
		{"small figures", "2019", rule, changes(map[string][3]string{licensing: {"1", "0", "1"}, services: {"2", "1", "3"}}), report.Passed, 0, "", ""},
		{"zeros", "2019", rule, changes(nil), report.Passed, 0, "", ""},
		{"no decisions", "2019", rule, changes(map[string][3]string{licensing: {"12", "-12", "0"}, services: {"30", "-30", "0"}}), report.Passed, 0, "", ""},
		{"unread", "2019", rule, func(x *fixture) {
			changes(map[string][3]string{licensing: {"290", "20", "310"}})(x)
			x.state(proac+services+"/decisions", report.StateText, "若干")
		}, report.Undetermined, 0, "处理决定数量", ""},
		{"2021 form", "2021", rule, func(*fixture) {}, report.NotApplicable, 0, "", ""},
	})
}

func TestChangeSign(t *testing.T) {
	const rule = "logic.change_sign"
	const licensing, services, penalties, compulsion = "administrative_licensing", "other_management_services", "administrative_penalties", "administrative_compulsion"
	runCases(t, []ruleCase{
		{"large figures", "2019", rule, changes(map[string][3]string{penalties: {"143", "21", "122"}}), report.Failed, 1,
			"“行政处罚”行：上一年项目数量143减本年增/减21正好是122", proac + penalties + "/change"},
		{"two rows", "2019", rule, changes(map[string][3]string{penalties: {"143", "21", "122"}, compulsion: {"84", "22", "62"}}), report.Failed, 2, "“-21”", proac + penalties + "/change"},
		{"small beside rows made up so", "2019", rule, changes(map[string][3]string{licensing: {"290", "20", "310"}, services: {"68", "-8", "60"}, penalties: {"9", "2", "7"}}), report.Failed, 1, "“-2”", ""},
		{"small alone", "2019", rule, changes(map[string][3]string{penalties: {"9", "2", "7"}}), report.Passed, 0, "", ""},
		{"with its sign", "2019", rule, changes(map[string][3]string{penalties: {"143", "-21", "122"}}), report.Passed, 0, "", ""},
		{"an increase", "2019", rule, changes(map[string][3]string{penalties: {"143", "21", "164"}}), report.Passed, 0, "", ""},
		{"decisions of their own", "2019", rule, changes(map[string][3]string{penalties: {"143", "21", "1122"}}), report.Passed, 0, "", ""},
		{"unread", "2019", rule, func(x *fixture) {
			changes(nil)(x)
			x.state(proac+penalties+"/change", report.StateText, "略增")
		}, report.Undetermined, 0, "本年增/减", ""},
		{"2021 form", "2021", rule, func(*fixture) {}, report.NotApplicable, 0, "", ""},
	})
}
