package rulestest

import "testing"

// Facts told again beside one that stayed the same, or with a slip of the hand; parts named
// clauses behind their total. Right ones, then wrong ones.
var slipBesideTexts = map[string][2][]string{
	"narrative.two_values": {{
		"街道发放手册4200册，张贴海报160张。\n各社区发放手册2400册，张贴海报106张。", "召开常务会议21次，审议议题153个。\n召开专题会议12次，审议议题135个。",
		"公众号年初关注用户4720人。\n公众号关注用户7420人。",
	}, {
		"开展保密培训3期，参训74人次。\n全年共开展保密培训5期，参训74人次。", "全年发放手册4200册，张贴海报160张。\n全年发放手册4200册，张贴海报106张。",
		"云溪供水大厅全年接待群众7316人次。\n全年云溪供水大厅共接待群众3716人次。",
	}},
	"narrative.enumeration": {{
		"上年提出的四项整改任务已完成两项：一是更新指南，二是补齐目录；其余两项正在推进。", "年初确定的三项任务完成两项：一是建成专区，二是完善目录。",
	}, {
		"上年提出的四项整改任务已完成三项：一是更新指南，二是补齐目录。",
	}},
	"narrative.unit": {{
		"全年减免信息处理费2件。", "发出信息处理费收费通知1件。",
	}, {
		"全年收取信息处理费2件。",
	}},
	"narrative.sum": {{
		"针对反馈的16个问题，我局建立台账，已整改13个、正在整改3个。", "不予公开9件，其中属于国家秘密1件、其他法律行政法规禁止公开2件、属于行政查询事项6件。",
	}, {
		"针对反馈的16个问题，我局建立台账，已整改13个、正在整改5个。", "新收申请60件，其中自然人41件，法人或其他组织29件。",
	}},
}

func TestFactsBesideTheSameOne(t *testing.T) {
	checkTold(t, slipBesideTexts)
}
