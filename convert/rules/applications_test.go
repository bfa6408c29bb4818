package rules

import (
	"testing"

	"nianbao/convert/report"
)

func TestZeroApplications(t *testing.T) {
	const rule = "logic.zero_applications"
	none := func(x *fixture) {
		for _, c := range x.form.Table("applications").Cells() {
			x.set(c.Path, "0")
		}
	}
	runCases(t, []ruleCase{
		{"results without applications", "2021", rule, func(x *fixture) {
			none(x)
			x.set(apps+"granted/natural_person", "2")
			x.set(apps+"granted/total", "2")
			x.set(apps+"total/total", "2")
		}, report.Failed, 1, "新收和上年结转的申请都是0，却填有“（一）予以公开”2件、“（七）总计”2件", apps + "granted/total"},
		{"carried forward", "2019", rule, func(x *fixture) {
			none(x)
			x.set(apps+"carried_forward/total", "1")
		}, report.Failed, 1, "“四、结转下年度继续办理”1件", ""},
		{"none at all", "2021", rule, none, report.Passed, 0, "", ""},
		{"carried over only", "2021", rule, func(x *fixture) {
			none(x)
			x.set(apps+"carried_over/total", "1")
		}, report.NotApplicable, 0, "有申请", ""},
		{"unread", "2021", rule, func(x *fixture) {
			none(x)
			x.state(apps+"new/total", report.StateText, "详见附件")
		}, report.Undetermined, 0, "本年新收", ""},
		{"blank", "2021", rule, func(x *fixture) {
			none(x)
			x.state(apps+"carried_over/total", report.StateBlank, "")
		}, report.Undetermined, 0, "上年结转", ""},
		{"no table", "2021", rule, func(x *fixture) { x.reading.Report.Applications = nil }, report.NotApplicable, 0, "", ""},
	})
}

func TestFeeUnreported(t *testing.T) {
	const rule = "logic.fee_unreported"
	unpaid := func(text string) func(*fixture) {
		return func(x *fixture) {
			x.set(apps+"other_outcome/unpaid_fee/total", "2")
			x.replace(noFee, text)
		}
	}
	runCases(t, []ruleCase{
		{"nothing said", "2021", rule, unpaid("无。"), report.Failed, 1, "有2件申请因逾期未缴纳费用不再处理", apps + "other_outcome/unpaid_fee/total"},
		{"said", "2021", rule, unpaid("本年度发出收费通知2件，收取信息处理费0元。"), report.Passed, 0, "", ""},
		{"said otherwise", "2021", rule, unpaid("我局2021年未收取政府信息公开处理费。"), report.Passed, 0, "", ""},
		{"said in passing", "2021", rule, unpaid("依申请公开没有收取任何费用。"), report.Passed, 0, "", ""},
		{"another fee", "2021", rule, unpaid("本年度行政事业性收费12.5万元，污水处理费按标准征收。"), report.Failed, 1, "", ""},
		{"none unpaid", "2021", rule, func(x *fixture) { x.set(apps+"other_outcome/unpaid_fee/total", "0") }, report.NotApplicable, 0, "", ""},
		{"unread", "2021", rule, func(x *fixture) { x.state(apps+"other_outcome/unpaid_fee/total", report.StateText, "若干") }, report.Undetermined, 0, "", ""},
		{"2019 form", "2019", rule, func(*fixture) {}, report.NotApplicable, 0, "", ""},
	})
}
