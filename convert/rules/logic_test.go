package rules

import (
	"testing"

	"nianbao/convert/report"
)

func TestDocumentNumber(t *testing.T) {
	const rule = "structure.document_number"
	runCases(t, []ruleCase{
		{"the form's own", "2021", rule, func(x *fixture) { x.say("根据国办公开办函〔2021〕30号要求编制。") }, report.Passed, 0, "", ""},
		{"the other form's", "2021", rule, func(x *fixture) { x.say("根据国办公开办函〔2019〕60号要求编制。") }, report.Failed, 1, "引用的是国办公开办函〔2019〕60号，所用表格却是国办公开办函〔2021〕30号规定的", "/report/form"},
		{"other brackets and spaces", "2019", rule, func(x *fixture) { x.say("根据国办公开办函 [2021] 30 号要求编制。") }, report.Failed, 1, "2021", ""},
		{"both", "2021", rule, func(x *fixture) { x.say("国办公开办函〔2021〕30号代替国办公开办函〔2019〕60号。") }, report.Passed, 0, "", ""},
		{"a notice on something else", "2021", rule, func(x *fixture) { x.say("国办公开办函〔2020〕15号。") }, report.NotApplicable, 0, "没有引用", ""},
		{"no form", "2021", rule, func(x *fixture) { x.reading.Form = nil }, report.NotApplicable, 0, "", ""},
	})
}

func TestPublicBelowDisclosed(t *testing.T) {
	const rule = "logic.public_below_disclosed"
	runCases(t, []ruleCase{
		{"below", "2019", rule, func(x *fixture) {
			x.set(proac+"normative_documents/disclosed", "12")
			x.set(proac+"normative_documents/total_public", "3")
		}, report.Failed, 1, "“规范性文件”行：对外公开总数量（3）小于本年新公开数量（12）", proac + "normative_documents/total_public"},
		{"equal", "2019", rule, func(x *fixture) { x.set(proac+"normative_documents/disclosed", "9") }, report.Passed, 0, "", ""},
		{"blank", "2019", rule, func(x *fixture) { x.state(proac+"regulations/total_public", report.StateBlank, "") }, report.Undetermined, 0, "对外公开总数量", ""},
		{"text", "2019", rule, func(x *fixture) { x.state(proac+"regulations/disclosed", report.StateText, "见附件") }, report.Undetermined, 0, "本年新公开数量", ""},
		{"2021 form", "2021", rule, func(*fixture) {}, report.NotApplicable, 0, "", ""},
	})
}

func TestRegulationsLevel(t *testing.T) {
	const rule = "logic.regulations_level"
	agency := func(name, issued string) func(*fixture) {
		return func(x *fixture) {
			x.reading.Report.Agency = &name
			x.set(proac+"regulations/issued", issued)
		}
	}
	runCases(t, []ruleCase{
		{"a street with regulations", "2021", rule, agency("青柳市云溪区人民政府北岸街道办事处", "2"), report.Failed, 1, "没有规章制定权", proac + "regulations/issued"},
		{"a street without", "2021", rule, agency("北岸街道", "0"), report.Passed, 0, "", ""},
		{"a city with regulations", "2021", rule, agency("青柳市人民政府", "2"), report.NotApplicable, 0, "名称", ""},
		{"unread", "2021", rule, func(x *fixture) {
			agency("北岸街道", "0")(x)
			x.state(proac+"regulations/repealed", report.StateText, "若干")
		}, report.Undetermined, 0, "本年废止件数", ""},
		{"agency unknown", "2021", rule, func(x *fixture) { x.reading.Report.Agency = nil }, report.NotApplicable, 0, "", ""},
	})
}

func TestBelowRulemaking(t *testing.T) {
	for name, want := range map[string]bool{
		"北岸街道": true, "云溪区北岸街道办事处": true, "柳河镇": true, "青柳县柳河镇人民政府": true, "石板乡人民政府": true,
		"青柳县人民政府": true, "青柳县市场监督管理局": true, "青柳县发展和改革委员会": true, "云溪区教育局": true, "青柳市云溪区人民政府": true,
		"云溪区市场监督管理局": true,
		"景德镇":        false, "景德镇政府": false, "江西省景德镇": false, "新乡": false, "萍乡": false,
		"景德镇市人民政府": false, "镇江市教育局": false, "新乡市财政局": false, "萍乡市人民政府": false, "青柳市教育局": false,
		"广西壮族自治区教育厅": false, "青柳市高新区财政局": false, "青柳省县域经济发展局": false, "青柳市社区建设局": false, "国家林区管理局": false,
		"青柳经济开发区管理委员会": false, "滨海新区教育局": false, "教育部": false, "": false,
	} {
		if got := belowRulemaking(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
