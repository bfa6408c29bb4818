package web

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"nianbao/convert/report"
)

// sumView is what a finding on figures expects and what is printed.
type sumView struct {
	ExpectedText, Expected string
	ActualText, Actual     string
	Difference             string
}

// viewSum reads the two figures of a finding; nil where it has none.
func viewSum(f *report.Finding) *sumView {
	expected, ok := decimal(f.Expected)
	actual, too := decimal(f.Actual)
	if !ok || !too || expected.Cmp(actual) == 0 {
		return nil
	}
	v := &sumView{Expected: decimalText(expected), Actual: decimalText(actual)}
	v.ExpectedText, v.ActualText = sidesOf(f.Rule)
	v.Difference = decimalText(new(big.Rat).Abs(new(big.Rat).Sub(expected, actual)))
	return v
}

// sidesOf is what the two figures of a rule's finding are called. Of a fact told twice nobody but
// the author knows which is right.
func sidesOf(rule string) (expected, actual string) {
	switch {
	case rule == "applications.balance":
		return "第一、二项之和", "第三、四项之和"
	case strings.HasPrefix(rule, "applications.") || strings.HasPrefix(rule, "legal_challenges."):
		return "各项相加", "表上填"
	}
	sides, ok := narrativeSides[rule]
	if !ok {
		return "应为", "实为"
	}
	return sides[0], sides[1]
}

var narrativeSides = map[string][2]string{
	"narrative.table_conflict": {"表格填", "文字写"},
	"narrative.two_values":     {"先写", "又写"},
	"narrative.sum":            {"合计写", "各项相加"},
	"narrative.enumeration":    {"写明", "列出"},
	"narrative.percentage":     {"按句中数字算", "文字写"},
	"narrative.balance":        {"收到合计", "处理合计"},
}

// decimal reads a figure of a finding: a number of JSON, or an int in one that was
// not stored yet.
func decimal(v any) (*big.Rat, bool) {
	switch n := v.(type) {
	case json.Number:
		return new(big.Rat).SetString(string(n))
	case int, int64, float64:
		return new(big.Rat).SetString(fmt.Sprint(n))
	}
	return nil, false
}

// decimalText prints a decimal number without zeros behind the point that say
// nothing.
func decimalText(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return strings.TrimRight(r.FloatString(6), "0")
}

// totalOf is which path of a broken sum is its total: the first or the last one
// whose number, as it was corrected, is Actual; "" where neither is.
func (v *reportView) totalOf(f *report.Finding) string {
	actual, ok := decimal(f.Actual)
	if !ok || len(f.Paths) < 2 || f.Expected == nil {
		return ""
	}
	for _, p := range []string{f.Paths[0], f.Paths[len(f.Paths)-1]} {
		printed := str((*string)(figureAt(&v.Result.Report, p)))
		if c := v.corrected(p).Correction; c != nil {
			printed = str(c.Value)
		}
		if n, ok := new(big.Rat).SetString(printed); ok && n.Cmp(actual) == 0 {
			return p
		}
	}
	return ""
}
