package rulestest

import "testing"

// Growth told behind the parts of what grew, or behind another figure of the year; shares whose
// parts are told in brackets before them; averages, and numbers that became others without a
// measure word.
var thirteenthTexts = map[string][2][]string{
	"narrative.percentage": {{
		"全县收到申请312件，答复305件，申请量比2020年的280件上升11.43%。", "主动公开信息520条，其中网站200条、微信180条、微博140条，比上年的400条增长30%。",
		"主动公开信息520条，其中网站200条、微信180条、微博140条，较去年的100条增长40%。",
		"公开政府信息2000条。其中，机关信息300条（通知100条、公告200条），占公开信息总数的15%；乡镇信息240条，占公开信息总数的12%；科室信息1460条，占公开信息总数的73%。",
		"公开政府信息2000万条。其中，机关信息300条（通知100条、公告200条），占公开信息总数的15%；乡镇信息240条，占公开信息总数的12%。",
		"各级机关共制发公文707件，主动公开673件，平均主动公开率为95.19%。", "各级机关共制发公文707件，主动公开673件，各单位平均主动公开率为93.4%。",
		"公众号粉丝数由上年的28.5万增至31万，增长8.8%。",
	}, {
		"全县收到申请312件，答复305件，申请量比2020年的280件上升14.13%。", "主动公开信息520条，其中网站200条、微信180条、微博140条，比上年的400条增长20%。",
		"公开政府信息2000条。其中，机关信息300条（通知100条、公告200条），占公开信息总数的15%；乡镇信息240条，占公开信息总数的22%；科室信息1460条，占公开信息总数的73%。",
		"各级机关共制发公文707件，主动公开673件，平均主动公开率为91.95%。", "公众号粉丝数由上年的28.5万增至31万，增长12.5%。",
	}},
}

func TestNarrativeOfGrowthBehindParts(t *testing.T) {
	checkTold(t, thirteenthTexts, "narrative.percentage")
}
