package rulestest

import "testing"

// Accounts and units in clauses that name neither the verb nor the order that the rules
// were first written for: right ones, then wrong ones.
var accountBalance = [2][]string{{
	"信箱全年收信96封，加上年初未回的2封，全年回信98封。", "热线派单1260单，按时办结1251单，延期办结9单。", "建议提案收到8件，办结7件，1件结转下年办理。",
	"巡查发现问题46处，整改42处，其余4处正在整改，无往年遗留问题。", "调解室收案36起，调成34起，历史无积案。", "热线新接单412单，结转上年8单，已办结398单，在办22单。",
	"受理许可申请320件，办结326件（含上年受理6件）。", "接访群众120人次，受理事项45件，化解积案52件。", "受理来信210件，其中直接办理150件，转办60件；按期办结208件，延期2件。",
	"新收的45件当年办结41件、4件结转下年；上年结转的3件也已办结。", "来电咨询865个，当即解答850个，转办后答复15个。", "领取整改任务15项，分解为42项措施，已完成42项。",
}, {
	"信箱全年收信96封，加上年初未回的2封，全年回信101封。", "热线派单1260单，按时办结1255单，延期办结9单。", "建议提案收到8件，办结8件，另有1件结转下年办理，上年无结转。",
	"调解室收案36起，调成39起，历史无积案。", "热线新接单412单，结转上年8单，已办结398单，在办29单。", "援助中心收到申请64件，审批通过并办结67件，无积案。",
	"去年结转3件，今年新收45件，至年底办结46件，结转4件。", "留言板全年交办留言158条，加上上年待办的2条，回复办结164条。", "登记信访件49件，加上2020年未办结转来的3件，已答复53件。",
	"交办建议提案40件，其中建议24件、提案16件，现已办复43件，上年无续办件。",
}}

var accountUnits = [2][]string{{
	"直播观看量突破3.5万人次，点赞2.1万次。", "检索费、复制费共计0元。", "参会人员58人，通报案例3个。", "平均办理时间缩短至8.5个工作日，最快3天。",
	"发放宣传资料3200份，现场解答150人次。", "培训学员260人次，发放教材260本。", "信息公开申请表下载120次。", "受理公租房申请86户、低保申请45户。",
	"网站访问量达3.2万次，粉丝1.1万人。", "政府信息公开申请数：15（件）。", "同一申请人多次申请，涉及5个部门3个项目。",
	"同时公开各科室新闻动态610余条，领导活动80余条。", "发布通知公告64条，惠民活动21条。",
	"收到政府信息公开申请书58份，已处理54件。", "全年依申请公开政府信息2条。", "“某县发布”公众号推送信息603条，阅读量达1.9亿次。", "“某县发布”公众号发布信息7500条，政务新媒体共发布12万条。", "发放宣传单1.7万余张。",
	"上缴非税收入9472.93万元，其中：利息收入1.84万元、登记费212.45万元、开垦费9258.64万元。", "集中公开预算信息3条，涉及预算收入4186.5万元。", "热线反馈诉求2100件。", "全市归集数据信息5500余万条。",
}, {
	"政府信息公开申请数：15（条）。", "依申请公开：全年收到15条，办结14条。", "办理社保业务1.6万%，群众满意。", "窗口等候时间缩短至8件，服务持续优化。",
	"发放宣传手册2000人次册。", "收到信息公开申请15件件，均已答复。", "印发宣传资料3200人，现场解答150人次。", "公众号阅读量达85万名。", "直播观看量突破3.5万篇。",
	"结转下年度继续办理的申请有4个。", "发布通知公告64条，举办惠民活动21条。",
	"收到政府信息公开申请书58条，已处理54条。", "收到依申请公开政府信息2条，办结2条。", "收到2条公众通过“依申请公开栏目”提交的申请。", "“某县发布”公众号推送信息603条，阅读量达19亿余次。", "“某县发布”政务微博全年转发信息46万条。", "发放宣传单1.7亿余张。",
	"上缴非税收入9472.93元，其中：利息收入1.84万元、登记费212.45万元、开垦费9258.64万元。", "公开会议信息37条，预算信息3条，涉及预算收入4186.5万条。", "及时反馈热线诉求件2100万件。", "通过内网报送工作动态信息98万篇。",
}}

// Accounts of applications that full stops part, beside a table.
func TestAccountsBesideTable(t *testing.T) {
	row := func(n, carried, total, forward string) map[string]string {
		return map[string]string{
			"applications/new/total": n, "applications/new/natural_person": n, "applications/carried_over/total": carried, "applications/carried_over/natural_person": carried, "applications/total/total": total, "applications/total/natural_person": total,
			"applications/granted/total": total, "applications/granted/natural_person": total, "applications/carried_forward/total": forward, "applications/carried_forward/natural_person": forward,
		}
	}
	var cases []Case
	add := func(figures map[string]string, right, wrong []string) {
		for _, c := range planted("narrative.balance", right, wrong, true, narrative...) {
			c.Figures, c.Missing = figures, []string{"proactive_disclosure", "legal_challenges"}
			cases = append(cases, c)
		}
	}
	add(row("8", "0", "7", "1"), []string{
		"全年受理政府信息公开申请8件。\n按时办结7件。另有1件申请结转下年度。",
	}, []string{
		"全年受理政府信息公开申请8件，均来自自然人。在办结的7件申请中，反映征地的5件。另3件申请结转下年度。",
		"全年受理政府信息公开申请8件，结转到下年度1件，主要集中在征地。答复政府信息公开申请9件。",
	})
	add(row("20", "0", "18", "2"), []string{
		"全年收到政府信息公开申请20件。其中延期答复3件。结转下年度继续办理2件。", "全年收到政府信息公开申请20件，其中网上申请12件。书面答复15件，电话答复3件，结转下年度继续办理2件。",
		"全年收到政府信息公开申请20件。按期答复16件，延期答复2件。结转下年度继续办理2件。", "全年收到政府信息公开申请20件，涉及拆迁补偿的12件均已答复。结转下年度继续办理2件。",
	}, nil)
	add(row("20", "2", "21", "1"), []string{
		"全年新收政府信息公开申请20件，2020年结转2件。全年答复21件，结转下年度1件。",
	}, []string{
		"全年新收政府信息公开申请20件，2020年结转2件。主要集中在征地方面。全年答复21件。另有4件结转下年度继续办理。",
	})
	add(row("20", "1", "21", "0"), []string{
		"全年收到政府信息公开申请20件，上年结转1件，共办结19件，申请人撤销2件，无结转。", "全年收到政府信息公开申请20件，上年结转1件，共办结21件，无结转。",
	}, []string{
		"全年收到政府信息公开申请20件，上年结转1件，共办结19件，无结转。", "2021年以来收到政府信息公开申请20件，上年结转1件，共办结17件，没有结转下年度。",
	})
	add(row("20", "0", "20", "0"), []string{
		"全年收到政府信息公开申请20件，其中网络申请12件、信函申请8件，全部办结，无结转下年度。",
	}, []string{
		"全年收到政府信息公开申请20件，其中网络申请12件、信函申请8件，全部办结，办结率100%，结转下年度办理3件。",
	})
	Check(t, cases, "narrative.balance")
}

func TestAccountsAndUnits(t *testing.T) {
	var cases []Case
	for rule, texts := range map[string][2][]string{"narrative.balance": accountBalance, "narrative.unit": accountUnits} {
		for _, c := range planted(rule, texts[0], texts[1], true, narrative...) {
			c.Figures, c.Missing = nil, []string{"applications", "proactive_disclosure", "legal_challenges"}
			if len(c.Want) == 0 {
				c.MayFail = nil
			}
			cases = append(cases, c)
		}
	}
	Check(t, cases, "narrative.balance", "narrative.unit")
}
