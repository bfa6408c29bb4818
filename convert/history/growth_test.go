package history

import (
	"strings"
	"testing"

	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/convert/rules"
)

// says puts a sentence into the overview, and what it claims into the result.
func (a Archived) says(text string) Archived {
	r := &a.Result.Report
	for i := range r.Sections {
		if r.Sections[i].Key == "overview" {
			r.Sections[i].Text = text
		}
	}
	reading := &mapping.Reading{Report: *r, Provenance: a.Result.Provenance}
	r.NarrativeClaims = rules.NarrativeClaims(r, rules.ReadClaims(reading, nil))
	return a
}

func TestGrowth(t *testing.T) {
	for text, want := range map[string]struct {
		outcome report.Judgement
		says    string
	}{
		"全年共收到政府信息公开申请120件，同比增长20%。":                  {report.Passed, ""},
		"全年共收到政府信息公开申请120件，同比增长20.5%。":                {report.Failed, "“同比增长20.5%”，按本报告的120件和本机关2022年度报告的100件计算是增加20.0%"},
		"全年共收到政府信息公开申请120件，较上年增加20件。":                 {report.Passed, ""},
		"全年共收到政府信息公开申请120件，较上年增加30件。":                 {report.Failed, "计算是增加20件"},
		"全年共收到政府信息公开申请120件，同比下降20%。":                  {report.Failed, "计算是增加20%"},
		"全年共收到政府信息公开申请120件，比2022年增长20%。":              {report.Passed, ""},
		"全年共收到政府信息公开申请120件，比2022年增长30%。":              {report.Failed, "增加20%"},
		"全年共收到政府信息公开申请120件，比2019年增长30%。":              {report.NotApplicable, ""},
		"全年共收到政府信息公开申请120件（网络申请90件、信函申请30件），同比增长30%。": {report.Failed, "增加20%"},
		"全年共办理政府信息公开申请125件，同比增长19.05%。":               {report.Passed, ""}, // with what was carried over: 125 of 105
		"全年共收到政府信息公开申请120件，同比增长约30%。":                 {report.NotApplicable, ""},
		"全年共收到政府信息公开申请120件。全年发布信息500条，同比增长30%。":       {report.NotApplicable, ""},
		"全年共收到政府信息公开申请120件，予以公开80件，同比增长30%。":          {report.NotApplicable, ""},
		"全年共收到政府信息公开申请120件。":                          {report.NotApplicable, ""},
		"上半年收到政府信息公开申请120件，同比增长30%。":                  {report.NotApplicable, ""},
	} {
		own, before := years(t)
		own.set("applications/new/total", "120").set("applications/carried_over/total", "5").set("applications/total/total", "121").says(text)
		before.set("applications/new/total", "100").set("applications/carried_over/total", "5").set("applications/total/total", "102")
		got, found := judged(t, Input{Own: own, Previous: &before}, "history.growth")
		if got != want.outcome {
			t.Errorf("%s: %s, want %s", text, got, want.outcome)
		} else if got == report.Failed && !strings.Contains(found[0].Message, want.says) {
			t.Errorf("%s: %s", text, found[0].Message)
		}
	}
}

func TestGrowthWithoutFigures(t *testing.T) {
	own, before := years(t)
	own.set("applications/new/total", "120").says("全年共收到政府信息公开申请120件，同比增长20%。")
	want(t, Input{Own: own}, "history.growth", report.NotApplicable)
	want(t, Input{Own: own, PreviousLost: true}, "history.growth", report.Undetermined)
	for _, row := range []string{"new", "carried_over", "total"} {
		before.set("applications/"+row+"/total", "若干")
	}
	want(t, Input{Own: own, Previous: &before}, "history.growth", report.Undetermined)
	before.set("applications/new/total", "0")
	want(t, Input{Own: own, Previous: &before}, "history.growth", report.NotApplicable)
	before.Result.Report.Applications = nil
	want(t, Input{Own: own, Previous: &before}, "history.growth", report.NotApplicable)
}
