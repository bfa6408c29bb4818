package history

import (
	"testing"

	"nianbao/convert/report"
)

func TestRollup(t *testing.T) {
	const penalties, licences, granted = "proactive_disclosure/administrative_penalties/decisions",
		"proactive_disclosure/administrative_licensing/decisions", "applications/granted/total"
	for name, tt := range map[string]struct {
		own      [3]string
		children [][3]string
		included bool // the government's own figures are a child's
		want     report.Judgement
		says     []string
	}{
		"the sum":           {[3]string{"30", "9", "3"}, [][3]string{{"10", "4", "1"}, {"20", "5", "2"}}, true, report.Passed, nil},
		"more than below":   {[3]string{"31", "9", "3"}, [][3]string{{"10", "4", "1"}, {"20", "5", "2"}}, false, report.Passed, nil},
		"more than the sum": {[3]string{"31", "9", "3"}, [][3]string{{"10", "4", "1"}, {"20", "5", "2"}}, true, report.Failed, []string{"行政处罚", "填写31，下级之和为30"}},
		"less":              {[3]string{"29", "9", "3"}, [][3]string{{"10", "4", "1"}, {"20", "5", "2"}}, false, report.Failed, []string{"填写29，下级之和为30"}},
		"its own alone":     {[3]string{"3", "1", "0"}, [][3]string{{"10", "4", "1"}, {"20", "5", "2"}}, false, report.NotApplicable, nil},
		"placeholders":      {[3]string{"10", "9", "3"}, [][3]string{{"10", "4", "1"}, {"/", "5", "2"}}, true, report.Passed, nil},
		"unreadable below":  {[3]string{"30", "9", "3"}, [][3]string{{"10", "4", "1"}, {"若干", "5", "2"}}, true, report.Undetermined, nil},
		"known parts above": {[3]string{"9", "9", "3"}, [][3]string{{"10", "4", "1"}, {"若干", "5", "2"}}, true, report.Failed, []string{"填写9，下级之和为10"}},
		"unreadable":        {[3]string{"若干", "9", "3"}, [][3]string{{"10", "4", "1"}, {"20", "5", "2"}}, true, report.Undetermined, nil},
	} {
		t.Run(name, func(t *testing.T) {
			fill := func(a Archived, v [3]string) Archived {
				return a.set(penalties, v[0]).set(licences, v[1]).set(granted, v[2])
			}
			in := Input{Own: fill(made(t, "own", "云溪县人民政府", 2023), tt.own), Rollup: &Rollup{OwnIncluded: tt.included}}
			for _, v := range tt.children {
				in.Rollup.Children = append(in.Rollup.Children, fill(made(t, "child", "云溪县教育局", 2023), v))
			}
			want(t, in, "rollup.mismatch", tt.want, tt.says...)
			want(t, in, "rollup.child_missing", report.Passed)
		})
	}
}

func TestRollupIncomplete(t *testing.T) {
	own := made(t, "own", "云溪县人民政府", 2023)
	want(t, Input{Own: own}, "rollup.mismatch", report.NotApplicable)
	want(t, Input{Own: own}, "rollup.child_missing", report.NotApplicable)
	in := Input{Own: own, Rollup: &Rollup{Missing: []string{"云溪县教育局", "青石镇人民政府"}}}
	want(t, in, "rollup.mismatch", report.NotApplicable)
	want(t, in, "rollup.child_missing", report.Failed, "2023年度还有2个下级没有报告：云溪县教育局、青石镇人民政府")
	in = Input{Own: own, Rollup: &Rollup{Lost: 1, Children: []Archived{own}}}
	want(t, in, "rollup.mismatch", report.Undetermined)
	in = Input{Own: own, Rollup: &Rollup{Children: []Archived{made(t, "child", "云溪县教育局", 2020)}}}
	want(t, in, "rollup.mismatch", report.Undetermined)
}
