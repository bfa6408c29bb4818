package web

import (
	"encoding/json"
	"testing"

	"nianbao/convert/report"
)

func TestSidesOfASum(t *testing.T) {
	for rule, want := range map[string][2]string{
		"narrative.two_values":    {"先写", "又写"},
		"narrative.sum":           {"合计写", "各项相加"},
		"applications.balance":    {"第一、二项之和", "第三、四项之和"},
		"applications.row_total":  {"各项相加", "表上填"},
		"history.carry_over":      {"应为", "实为"},
		"legal_challenges.total_": {"各项相加", "表上填"},
	} {
		v := viewSum(&report.Finding{Rule: rule, Expected: json.Number("17"), Actual: json.Number("12")})
		if v == nil || v.ExpectedText != want[0] || v.ActualText != want[1] || v.Difference != "5" {
			t.Errorf("%s: %+v", rule, v)
		}
	}
}
