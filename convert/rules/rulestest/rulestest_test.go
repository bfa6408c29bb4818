package rulestest

import (
	"strings"
	"testing"

	"nianbao/convert/form"
)

// The report around a case is faultless, in both forms: a finding is about the
// case's text or figures.
func TestTheReportAroundACaseIsFaultless(t *testing.T) {
	for _, f := range form.All() {
		for _, ch := range f.Chapters {
			v, err := Run(&Case{Name: "empty", Form: f.ID, Chapter: ch.Key, Text: "持续推进各项工作。"})
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range v.Findings {
				t.Errorf("form %s, chapter %s: %s: %s", f.ID, ch.Key, x.Rule, x.Message)
			}
		}
	}
}

func TestScoreCounts(t *testing.T) {
	const rule = "privacy.id_number"
	cases := []Case{
		{Name: "found", Text: "申请人身份证号42010619850827161X。", Want: []string{rule}},
		{Name: "missed", Text: "没有号码。", Want: []string{rule}},
		{Name: "false", Text: "申请人身份证号42010619850827161X。"},
		{Name: "either", Text: "申请人身份证号42010619850827161X。", MayFail: []string{rule}},
		{Name: "quiet", Text: "没有号码。"},
	}
	r, err := Score(cases, rule)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.Tallies[0], (Tally{Rule: rule, Found: 1, Missed: 1, False: 1, Quiet: 1}); got != want {
		t.Errorf("%+v", got)
	}
	if len(r.Notes) != 2 || !strings.HasPrefix(r.Notes[0], "MISSED") || !strings.HasPrefix(r.Notes[1], "FALSE") {
		t.Errorf("%q", r.Notes)
	}
}

func TestMisspeltCasesAreRefused(t *testing.T) {
	for _, c := range []Case{
		{Figures: map[string]string{"applications/newer/total": "1"}}, {Chapter: "summary"}, {Form: "2018"},
	} {
		if _, err := Run(&c); err == nil {
			t.Errorf("%+v was judged", c)
		}
	}
}
