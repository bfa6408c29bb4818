package report_test

import (
	"slices"
	"testing"

	"nianbao/convert/report"
)

func figure(path, value string) *report.Node {
	n := &report.Node{}
	v := report.Number(value)
	n.Ensure(path).Value = &v
	return n
}

func TestCompare(t *testing.T) {
	title, year := "云溪县教育局2021年政府信息公开工作年度报告", 2021
	old := &report.Result{Report: report.Report{Title: &title, Form: "2021", Applications: figure("new/total", "12"),
		Sections: []report.Section{{Title: "总体情况", Text: "一"}}},
		Validation: report.Validation{Findings: []report.Finding{
			{ID: "a", Rule: "x.y", Severity: report.SeverityError, Message: "甲"}, {ID: "b", Rule: "x.z", Message: "乙"}, {ID: "d", Rule: "x.w", Message: "丁"}}}}
	if c := report.Compare(old, old); !c.Empty() {
		t.Errorf("with itself: %+v", c)
	}
	now := &report.Result{Report: report.Report{Title: &title, Year: &year, Form: "2021", Applications: figure("new/total", "13"),
		LegalChallenges: figure("reconsideration/total", "0"), Sections: []report.Section{{Title: "总体情况", Text: "二"}}},
		Validation: report.Validation{Findings: []report.Finding{
			{ID: "a", Rule: "x.y", Severity: report.SeverityWarning, Message: "甲"}, {ID: "c", Rule: "x.z", Message: "丙"}, {ID: "d", Rule: "x.w", Message: "丁"}}}}
	c := report.Compare(old, now)
	var said []string
	for _, v := range c.Values {
		said = append(said, v.String())
	}
	if want := []string{"/report/applications/new/total：12 → 13", "/report/legal_challenges/reconsideration/total：（无） → 0", "/report/year：（无） → 2021"}; !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
	ids := func(list []report.Finding) (out string) {
		for _, f := range list {
			out += f.ID
		}
		return out
	}
	if ids(c.Gone) != "ab" || ids(c.New) != "ac" {
		t.Errorf("gone %s, new %s", ids(c.Gone), ids(c.New))
	}
}
