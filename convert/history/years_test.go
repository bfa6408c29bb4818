package history

import (
	"testing"

	"nianbao/convert/report"
)

const agency = "云溪县交通运输局"

func years(t *testing.T) (own, before Archived) {
	return made(t, "own", agency, 2023), made(t, "before", agency, 2022)
}

func TestCarryOver(t *testing.T) {
	for name, tt := range map[string]struct {
		own, before [2]string // natural person, total
		want        report.Judgement
		says        []string
	}{
		"nothing":            {[2]string{"0", "0"}, [2]string{"0", "0"}, report.Passed, nil},
		"the same":           {[2]string{"3", "3"}, [2]string{"3", "3"}, report.Passed, nil},
		"other":              {[2]string{"2", "2"}, [2]string{"3", "3"}, report.Failed, []string{"2022年度", "自然人上年填3、本年填2", "总计上年填3、本年填2"}},
		"only the total":     {[2]string{"3", "4"}, [2]string{"3", "3"}, report.Failed, []string{"总计上年填3、本年填4"}},
		"placeholder is 0":   {[2]string{"/", "/"}, [2]string{"0", "0"}, report.Passed, nil},
		"placeholder":        {[2]string{"/", "/"}, [2]string{"1", "1"}, report.Failed, []string{"总计上年填1、本年填0"}},
		"unreadable":         {[2]string{"3", "三件"}, [2]string{"3", "3"}, report.Undetermined, nil},
		"unreadable before":  {[2]string{"3", "3"}, [2]string{"见附表", "3"}, report.Undetermined, nil},
		"blank":              {[2]string{"", "3"}, [2]string{"3", "3"}, report.Undetermined, nil},
		"unreadable, failed": {[2]string{"若干", "5"}, [2]string{"3", "3"}, report.Failed, []string{"总计上年填3、本年填5"}},
	} {
		t.Run(name, func(t *testing.T) {
			own, before := years(t)
			for i, col := range []string{"natural_person", "total"} {
				own.set("applications/carried_over/"+col, tt.own[i])
				before.set("applications/carried_forward/"+col, tt.before[i])
			}
			want(t, Input{Own: own, Previous: &before}, "history.carry_over", tt.want, tt.says...)
		})
	}
}

func TestCarryOverWithoutNeighbour(t *testing.T) {
	own, before := years(t)
	own.set("applications/carried_over/total", "3")
	want(t, Input{Own: own}, "history.carry_over", report.NotApplicable)
	want(t, Input{Own: own, PreviousLost: true}, "history.carry_over", report.Undetermined)
	before.Result.Report.Applications = nil
	want(t, Input{Own: own, Previous: &before}, "history.carry_over", report.NotApplicable)

	own, before = years(t)
	for _, col := range []string{"natural_person", "business", "research", "social_welfare", "legal_service", "other", "total"} {
		own.set("applications/carried_over/"+col, "")
		before.set("applications/carried_forward/"+col, "1")
	}
	want(t, Input{Own: own, Previous: &before}, "history.carry_over", report.NotApplicable) // a blank row is not judged
}

// The forms differ, the rows of the applications do not.
func TestCarryOverFromTheOlderForm(t *testing.T) {
	own, before := made(t, "own", agency, 2021), made(t, "before", agency, 2020)
	before.set("applications/carried_forward/business", "4")
	want(t, Input{Own: own, Previous: &before}, "history.carry_over", report.Failed, "商业企业上年填4、本年填0")
	want(t, Input{Own: own, Previous: &before}, "history.in_force", report.NotApplicable)
	want(t, Input{Own: own, Previous: &before}, "history.previous_items", report.NotApplicable)
}

func TestInForce(t *testing.T) {
	for name, tt := range map[string]struct {
		before, issued, repealed, inForce string
		want                              report.Judgement
		says                              []string
	}{
		"nothing":     {"0", "0", "0", "0", report.Passed, nil},
		"follows":     {"12", "3", "1", "14", report.Passed, nil},
		"does not":    {"12", "3", "1", "15", report.Failed, []string{"上年报告现行有效件数（12）＋本年制发件数（3）－本年废止件数（1）＝14", "填写15"}},
		"unreadable":  {"12", "三件", "1", "15", report.Undetermined, nil},
		"blank":       {"12", "3", "", "15", report.Undetermined, nil},
		"placeholder": {"12", "/", "/", "12", report.Passed, nil},
		"not given":   {"", "3", "1", "", report.Passed, nil}, // the other row is
		"given once":  {"12", "3", "1", "", report.Undetermined, nil},
	} {
		t.Run(name, func(t *testing.T) {
			own, before := years(t)
			before.set("proactive_disclosure/normative_documents/in_force", tt.before)
			own.set("proactive_disclosure/normative_documents/issued", tt.issued)
			own.set("proactive_disclosure/normative_documents/repealed", tt.repealed)
			own.set("proactive_disclosure/normative_documents/in_force", tt.inForce)
			want(t, Input{Own: own, Previous: &before}, "history.in_force", tt.want, tt.says...)
		})
	}
	own, _ := years(t)
	want(t, Input{Own: own}, "history.in_force", report.NotApplicable)
}

func TestPreviousItems(t *testing.T) {
	for name, tt := range map[string]struct {
		before, change, own string
		want                report.Judgement
		says                []string
	}{
		"follows":    {"40", "-4", "36", report.Passed, nil},
		"does not":   {"40", "-4", "44", report.Failed, []string{"“行政许可”行", "上年报告上一年项目数量（40）＋上年报告本年增/减（-4）＝36", "填写44"}},
		"unreadable": {"40", "减少", "36", report.Undetermined, nil},
	} {
		t.Run(name, func(t *testing.T) {
			own, before := made(t, "own", agency, 2020), made(t, "before", agency, 2019)
			before.set("proactive_disclosure/administrative_licensing/previous_items", tt.before)
			before.set("proactive_disclosure/administrative_licensing/change", tt.change)
			own.set("proactive_disclosure/administrative_licensing/previous_items", tt.own)
			want(t, Input{Own: own, Previous: &before}, "history.previous_items", tt.want, tt.says...)
		})
	}
	own, before := years(t)
	want(t, Input{Own: own, Previous: &before}, "history.previous_items", report.NotApplicable)
}

// A row of applications that jumped is told once, by its total where that jumped too.
func TestJumpOfARow(t *testing.T) {
	own, before := years(t)
	before.set("applications/granted/natural_person", "30").set("applications/granted/business", "2").set("applications/granted/total", "32")
	own.set("applications/granted/natural_person", "900").set("applications/granted/business", "60").set("applications/granted/total", "960")
	_, found := judged(t, Input{Own: own, Previous: &before}, "history.jump")
	if len(found) != 1 || len(found[0].Paths) != 1 || found[0].Paths[0] != "/report/applications/granted/total" {
		t.Errorf("%+v", found)
	}
	own.set("applications/granted/business", "2").set("applications/granted/total", "300").set("applications/granted/natural_person", "301")
	_, found = judged(t, Input{Own: own, Previous: &before}, "history.jump")
	if len(found) != 1 || len(found[0].Paths) != 1 || found[0].Paths[0] != "/report/applications/granted/natural_person" {
		t.Errorf("%+v", found)
	}
}

func TestJump(t *testing.T) {
	for name, tt := range map[string]struct {
		before, own string
		want        report.Judgement
		says        []string
	}{
		"the same":       {"30", "30", report.Passed, nil},
		"tenfold":        {"30", "300", report.Passed, nil},
		"more":           {"30", "301", report.Failed, []string{"行政处罚", "由30变为301"}},
		"down":           {"301", "30", report.Failed, []string{"由301变为30"}},
		"small":          {"1", "20", report.Passed, nil},
		"above 20":       {"2", "21", report.Failed, nil},
		"from nothing":   {"0", "190", report.Passed, nil},
		"much from none": {"0", "459", report.Failed, nil},
		"unreadable":     {"30", "三百", report.Undetermined, nil},
		"blank":          {"", "300", report.Passed, nil},
	} {
		t.Run(name, func(t *testing.T) {
			own, before := years(t)
			before.set("proactive_disclosure/administrative_penalties/decisions", tt.before)
			own.set("proactive_disclosure/administrative_penalties/decisions", tt.own)
			want(t, Input{Own: own, Previous: &before}, "history.jump", tt.want, tt.says...)
		})
	}
}

func TestJumpThresholdsAreSettings(t *testing.T) {
	own, before := years(t)
	before.set("proactive_disclosure/administrative_penalties/decisions", "30")
	own.set("proactive_disclosure/administrative_penalties/decisions", "100")
	want(t, Input{Own: own, Previous: &before}, "history.jump", report.Passed)
	want(t, Input{Own: own, Previous: &before, Place: Place{Settings: Settings{JumpFactor: 3}}}, "history.jump", report.Failed)
}

func TestRulesAreAdjusted(t *testing.T) {
	own, before := years(t)
	own.set("applications/carried_over/total", "3")
	list := Catalogue()
	list[0].Severity = report.SeverityInfo
	c := Judge(Input{Own: own, Previous: &before, Place: Place{Rules: list}})
	if c.Errors != 0 || c.Infos != 1 || c.Status != "pass" || c.Findings[0].Severity != report.SeverityInfo {
		t.Errorf("milder: %+v", c)
	}
	list[0] = list[0].Off("停用")
	in := Input{Own: own, Previous: &before, Place: Place{Rules: list}}
	want(t, in, "history.carry_over", report.NotApplicable)
	if c := Judge(in); *c.Rules[0].Reason != "停用" || len(c.Rules) != len(list) {
		t.Errorf("off: %+v", c.Rules[0])
	}
}

// A table of nothing is the same each year; one with many figures is not.
func TestJumpUnchanged(t *testing.T) {
	own, before := years(t)
	want(t, Input{Own: own, Previous: &before}, "history.jump", report.Passed)
	cells := map[string]string{
		"proactive_disclosure/administrative_licensing/decisions":       "135",
		"proactive_disclosure/administrative_penalties/decisions":       "27",
		"proactive_disclosure/administrative_fees/amount_10k_yuan":      "160.5964",
		"applications/new/natural_person":                               "6",
		"applications/new/total":                                        "6",
		"applications/granted/natural_person":                           "6",
		"proactive_disclosure/normative_documents/in_force":             "31",
		"legal_challenges/reconsideration/upheld":                       "1",
		"applications/total/total":                                      "6",
		"applications/carried_forward/total":                            "0",
		"proactive_disclosure/administrative_compulsion/decisions":      "2",
		"applications/denied/administrative_inquiry/natural_person":     "1",
		"legal_challenges/litigation_after_reconsideration/upheld":      "0",
		"applications/not_processed/publication_request/social_welfare": "0",
		"applications/unable/unclear_after_correction/legal_service":    "0",
		"applications/partially_granted/other":                          "0",
		"proactive_disclosure/normative_documents/issued":               "0",
		"proactive_disclosure/regulations/in_force":                     "0",
		"applications/denied/prohibited_by_law/research":                "0",
		"legal_challenges/litigation_direct/total":                      "0",
		"applications/not_processed/confirm_or_reissue/natural_person":  "0",
		"applications/denied/third_party_rights/business":               "0",
		"applications/carried_over/natural_person":                      "0",
		"applications/denied/internal_affairs/natural_person":           "0",
		"applications/denied/process_information/natural_person":        "0",
		"applications/denied/enforcement_files/natural_person":          "0",
		"applications/denied/endangers_security/natural_person":         "0",
		"applications/denied/state_secret/natural_person":               "0",
		"applications/unable/needs_creation/natural_person":             "0",
		"applications/unable/not_held/natural_person":                   "0",
		"applications/not_processed/petition/natural_person":            "0",
		"applications/not_processed/repeated/natural_person":            "0",
		"applications/not_processed/abusive/natural_person":             "0",
		"applications/other_outcome/other/natural_person":               "0",
		"applications/other_outcome/unpaid_fee/natural_person":          "0",
		"applications/other_outcome/overdue_correction/natural_person":  "0",
	}
	for path, v := range cells {
		own.set(path, v)
		before.set(path, v)
	}
	want(t, Input{Own: own, Previous: &before}, "history.jump", report.Failed, "完全相同")
	own.set("proactive_disclosure/administrative_penalties/decisions", "28")
	want(t, Input{Own: own, Previous: &before}, "history.jump", report.Passed)
}
