package rulestest

import (
	"fmt"
	"testing"
)

// Figures that point back to one told before, parts that by their nature are all of their total, years that
// only a bracket is of, and what no naive reader may take for the same.
var backward = map[string][2][]string{
	"narrative.two_values": {{
		"全年举办培训班6期，参训420人次。其中3期培训邀请专家授课，其余3期由业务骨干主讲。",
		"修改文件6件，废止14件。对废止的4件涉企文件逐一公告。",
		"召开新闻发布会12场。3场发布会同步网络直播，观看量超过20万人次。",
		"网站发布信息1648条，公众号发布896条。上述2544条信息均经三级审核。",
		"发布信息1648条。上述信息中，工作动态1120条，通知公告528条。",
		"公开财政信息1326条。1236条信息由预算单位自行发布，90条由财政部门统一发布。",
		"公布权责事项1326项。全年办理事项1236件，全部按期办结。",
		"共有政务新媒体14个，年内新增2个、注销3个。14个账号全部完成备案。",
		"开展“你点我检”8期，抽检食品312批次，不合格9批次，不合格率2.9%；全年抽检总量2760批次，不合格58批次，不合格率2.1%。",
	}, {
		"全年发布信息1648条。在上述1846条信息中，工作动态1120条，通知公告528条。",
		"本年度公开政府信息1326条。经逐条核对，1236条信息无一条涉密。",
		"开展政府开放日活动3场。4场开放日共收集意见51条，均已反馈。",
		"普查公报共6份，下载4820次。8份普查公报同时印成纸本，送档案馆备查。",
		"制发文件9件，废止4件。对废止的14件文件，在原页面标注失效。",
	}},
	"narrative.sum": {{
		"征集意见51条，采纳33条，未采纳的18条已逐条说明理由。", "征集意见51条，其中采纳33条、部分采纳6条，未采纳12条均作出解释。",
		"抽检食品312批次，合格303批次，不合格9批次。", "出具审计报告18份，公告16份，2份因涉密不公告。",
		"制定文件58件，主动公开31件，依申请公开15件，不予公开12件。",
		"制发文件60件，其中主动公开31件，依申请公开15件，不予公开12件，另有2件公开属性待定。",
		"公开水质信息52期，公开停水公告86条、水价信息14条，共152条。",
		"公开警情通报52期、反诈预警97条、执法信息420条，总计569条。其中420条执法信息包括行政处罚380条、行政复议20条、其他20条。",
		"入户走访200户，知道“村务公开栏”的有174户，知道县政府网站的只有62户。",
		"公开信息214条，较上年增加38条。按内容分：政策文件类31条、财政资金类46条、惠农补贴类92条、其他45条。",
		"收到申请41件。从申请人看，自然人35件，法人6件；从提交渠道看，网上提交28件，占68.29%，信函10件，当面3件。",
		"全年发布信息368条。从渠道上看，网站发布157条，公众号发布230条，部分信息两个渠道同时发布。",
		"全年发布信息368条。\n从时间上看，上半年发布170条，下半年198条。",
		"发布重点排污单位名录36家，其中水环境20家、大气环境14家、其他6家；因部分单位同时列入两个以上类别，各类别合计数大于名录总数。",
	}, {
		"公开信息214条，较上年增加38条。按内容分：政策文件类31条、财政资金类46条、惠农补贴类82条、其他45条。",
		"收到申请41件。从申请人看，自然人35件，法人6件；从提交渠道看，网上提交28件，占68.29%，信函11件，当面3件。",
		"全年发布信息368条。\n从时间上看，上半年发布170条，下半年189条。",
		"征集意见51条，采纳33条，未采纳的16条已逐条说明理由。", "全年出具审计报告18份，依法公告结果16份，3份因涉密不公告。",
		"对拟公开的320份文件逐一定性：主动公开204份，依申请公开71份，不予公开35份。",
		"全年共梳理文件246件，确认主动公开133件、依申请公开17件、不予公开42件。",
	}},
	"narrative.percentage": {{
		"重点项目92个，总投资214.7亿元，年度计划投资48.5亿元，实际完成51.2亿元，完成率105.6%。",
		"公开信息286条，同比减少24条，下降7.7%，主要是预警信息由去年的67条降至41条。",
		"印发文件132份，其中主动公开61份、依申请公开8份、不予公开63份。主动公开率46.2%。",
		"应公开决算的部门74个，实际公开74个，公开率100%。其中，按期公开的72个，占实际公开数的97.3%。",
		"被申请行政复议37件：维持22件，纠正5件，其他结果6件，尚未审结4件，纠错率13.51%。", "被申请行政复议37件：维持22件，纠正5件，其他结果6件，尚未审结4件，纠错率15.15%。",
		"全年主动公开信息1326条。2020年为1105条，同比增长20%。",
	}, {
		"公开信息2318条（上年1902条，增幅21.9%）；其中惠农信息1367条，占比57.9%。",
		"印发文件132份，其中主动公开61份、依申请公开8份、不予公开63份。主动公开率42.6%。",
		"应公开决算的部门74个，实际公开74个，公开率100%。其中，按期公开的72个，占实际公开数的93.7%。",
		"被申请行政复议37件：维持22件，纠正5件，其他结果6件，尚未审结4件，纠错率15.31%。",
		"全年主动公开信息1326条。2020年为1105条，同比增长16.7%。",
		"上年结转2件，新收17件，共19件；办结16件，结转3件。与2020年新收20件相比，申请量下降17.65%。",
	}},
	"narrative.balance": {{
		"全年办理依申请公开8件，其中申请人撤回1件，按时答复7件，无超期。",
		"全年收到申请44件。加上年结转3件，共应办理47件，已办结46件，剩余1件转入下年。",
		"收到新申请33件（其中企业9件），加上跨年件4件，总量37件；当年办结35件，2件转入2022年。",
		"收到自然人申请96件、商业企业申请7件，合计103件；上年度结转6件。全年办结104件；结转下年度5件。",
	}, {
		"受理申请59件，上年结转4件，全部办结的有63件，尚有3件结转下年度。",
		"收到申请19件，上年没有结转；17件在本年办结，1件因征求意见转到2022年。",
	}},
	"narrative.unit": {{
		"按月公示低保对象名单和金额，共12期。", "举行听证会3场，参加代表57人。其中：道路命名听证会15人，水价调整听证会42人。", "乘客投诉847件，百万乘客投诉率4.55件。",
	}, {
		"全年投入经费12期。",
	}},
	"narrative.enumeration": {{
		"全年受理的信息公开申请计6件：4件来自学生家长，2件来自企业；予以公开的4件，不掌握而无法提供的2件。",
	}, {
		"全年围绕三项重点工作公开信息：优化营商环境、乡村振兴、义务教育、稳岗就业。",
	}},
	"wording.residue": {{
		"办理结果按事由由承办科室登记后归档。", "重点是是否公开、何时公开两个环节。", "坚持安全全过程管理，确保发布安全全面可控。", "这项工作的难点还是是否公开的判断。",
		"收到来信××封的说法不准确，已删除。",
	}, {
		"公开目录由由办公室统一维护。", "数据发布是是我局的主业。", "全年全全镇发放补贴1268万元。", "我乡未未制发规范性文件。", "XX学校招生计划提前公布。", "按月按月公示救助名单。", "校长信箱收到来信××封，全部回复。",
	}},
}

func TestBackward(t *testing.T) { checkTold(t, backward) }

// What the table of reviews and lawsuits has beside sentences that tell of one way only.
func TestSuitsByTheirBeginning(t *testing.T) {
	figures := map[string]string{
		"legal_challenges/reconsideration/upheld": "3", "legal_challenges/reconsideration/total": "3",
		"legal_challenges/litigation_direct/upheld": "1", "legal_challenges/litigation_direct/other": "1", "legal_challenges/litigation_direct/total": "2",
		"legal_challenges/litigation_after_reconsideration/upheld": "1", "legal_challenges/litigation_after_reconsideration/total": "1",
	}
	none := map[string]string{"legal_challenges/reconsideration/upheld": "3", "legal_challenges/reconsideration/total": "3"}
	var cases []Case
	add := func(figures map[string]string, text string, want ...string) {
		cases = append(cases, Case{Name: text, Agency: "桐溪区司法局", Chapter: "legal_challenges", Text: text, Figures: figures, Want: want})
	}
	add(figures, "因政府信息公开被申请行政复议3件，结果维持3件。行政诉讼3件，其中未经复议直接起诉2件，复议后起诉1件。")
	add(figures, "3件诉讼中，结果维持2件（直接起诉1件、复议后起诉1件），其他结果1件（为直接起诉）。")
	add(none, "因政府信息公开被申请行政复议3件，结果维持3件。复议后起诉的没有。")
	add(none, "因政府信息公开被申请行政复议3件，结果维持3件；没有经复议后再起诉的案件。")
	add(figures, "因政府信息公开被申请行政复议3件，结果维持3件。复议后起诉的没有。", "narrative.table_conflict")
	add(none, "因政府信息公开被申请行政复议3件，结果维持3件。没有直接起诉的案件。")
	add(figures, "因政府信息公开被申请行政复议3件，结果维持3件。没有直接起诉的案件。", "narrative.table_conflict")
	add(figures, "3件诉讼中，结果维持2件（直接起诉2件、复议后起诉0件），其他结果1件。", "narrative.table_conflict")
	add(figures, "因政府信息公开产生行政诉讼2件，其中未经复议直接起诉2件，复议后起诉1件。", "narrative.sum", "narrative.table_conflict")
	Check(t, cases, "narrative.table_conflict", "narrative.sum")
}

// What one of several dealt with is no figure of the whole body's table.
func TestOfOneHolder(t *testing.T) {
	figures := map[string]string{
		"applications/new/natural_person": "25", "applications/new/total": "25", "applications/carried_over/natural_person": "2", "applications/carried_over/total": "2",
		"applications/granted/natural_person": "26", "applications/granted/total": "26", "applications/total/natural_person": "26", "applications/total/total": "26",
		"applications/carried_forward/natural_person": "1", "applications/carried_forward/total": "1",
	}
	var cases []Case
	for text, want := range map[string][]string{
		"全局新收申请25件，上年结转2件，办结26件，结转下年度1件。其中，由局机关直接承办的，新收17件、上年结转1件，已办结17件，转入下年1件。": nil,
		"全局新收申请25件，上年结转2件，办结26件，结转下年度1件。其中，由局机关直接承办的，新收17件、上年结转1件，已办结17件，转入下年4件。": {"narrative.balance"},
	} {
		cases = append(cases, Case{Name: text, Agency: "桐溪区住房和城乡建设局", Text: text, Figures: figures, Want: want})
	}
	Check(t, cases, "narrative.balance")
	checkMarks(t, cases, "narrative.table_conflict", "narrative.two_values")
}

// A year in brackets is that of no figure behind them.
func TestYearInBrackets(t *testing.T) {
	figures := map[string]string{"proactive_disclosure/normative_documents/issued": "3", "proactive_disclosure/normative_documents/in_force": "25"}
	var cases []Case
	for text, want := range map[string][]string{
		"主动公开信息2318条（上年1902条，增幅21.9%）。制发行政规范性文件3件，年末有效25件。": nil,
		"主动公开信息2318条（上年1902条，增幅21.9%）。制发行政规范性文件3件，年末有效22件。": {"narrative.table_conflict"},
		"上年主动公开信息1902条。制发行政规范性文件5件，年末有效22件。":                nil,
	} {
		cases = append(cases, Case{Name: text, Agency: "桐溪市农业农村局", Text: text, Figures: figures, Want: want})
	}
	Check(t, cases, "narrative.table_conflict")
}

// What a finding of a sum expects is the total that is written, what it found is what the parts come to,
// wherever these stand: the pages call them so.
func TestTotalsAreExpected(t *testing.T) {
	for text, want := range map[string][2]string{
		"公开信息60条，其中政策文件20条、工作动态30条、其他20条。":             {"60", "70"},
		"网站公开信息331条。公众号公开信息221条。网站和公众号两个渠道合计公开信息562条。": {"562", "552"},
		"公开信息214条。按内容分：政策文件类31条、财政资金类46条、其他127条。":      {"214", "204"},
	} {
		v, err := Run(&Case{Name: text, Text: text, Missing: []string{"applications", "proactive_disclosure", "legal_challenges"}})
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, f := range v.Findings {
			if f.Rule != "narrative.sum" {
				continue
			}
			found++
			if got := [2]string{fmt.Sprint(f.Expected), fmt.Sprint(f.Actual)}; got != want {
				t.Errorf("%s: expected and found %v, want %v", text, got, want)
			}
		}
		if found != 1 {
			t.Errorf("%s: %d findings", text, found)
		}
	}
}
