package rulestest

import "testing"

// What a clerk writes right, and with a slip: a share of an intermediate figure, themes
// that information is counted by, numbers that point back.
var clerkTexts = map[string][2][]string{
	"narrative.percentage": {{
		"发出调查表400份，回收360份，回收率90%；其中表示满意的342份，占95%。",
		"新收申请60件，其中自然人申请45件，一名申请人提交9件，占自然人申请的20%。",
		"应到200人，实到190人，参训率95%。", "办理业务9000件，其中网上办理6300件，网办率70%。",
		"受理咨询100件，其中窗口受理60件，满意率98%。",
	}, {
		"应到200人，实到190人，参训率98%。", "应参加150人，实际参加120人，到会率85%。", "受理登记查询9000件次，其中网上查询6300件次，网办率75%。",
	}},
	"narrative.unit": {{
		"主动公开信息120条，其中机构职能20条、财政资金40条、会议活动60条。", "行政处罚罚款286万元。", "全市平台归集数据862万条。", "向企业精准推送政策信息126万条。", "办理居民养老待遇申领23万件。",
	}, {
		"“云溪发布”公众号全年推送信息862万条。", "宣传栏全年张贴信息47万条。", "办理行政许可286万元、行政处罚17件。",
	}},
	"narrative.enumeration": {{
		"存在的问题：一是解读偏少，二是更新偏慢。针对上述两个问题，将加强培训。", "存在的问题：一是解读偏少，二是更新偏慢。改进措施：一是加强培训，二是定期检查，三是落实责任。以上三项措施已见成效。",
		"通过政府网站、公开栏、“云溪发布”公众号三种方式公布信息。", "通过《云溪日报》、公开栏、网站三种方式公布信息。",
	}, {
		"存在的问题：一是解读偏少，二是更新偏慢。针对上述三个问题，将加强培训。", "镇里通过政府网站、公开栏、“云溪发布”公众号、应急广播三种方式公布信息。",
		"存在的不足：第一，解读偏少；第二，更新偏慢；第三，培训不够。针对以上两点不足，将改进。",
	}},
}

func TestNarrativeOfClerks(t *testing.T) {
	var cases []Case
	for rule, texts := range clerkTexts {
		for _, c := range planted(rule, texts[0], texts[1], true, narrative...) {
			c.Figures, c.Missing = nil, []string{"applications", "proactive_disclosure", "legal_challenges"}
			if len(c.Want) == 0 {
				c.MayFail = nil
			}
			cases = append(cases, c)
		}
	}
	Check(t, cases, "narrative.percentage", "narrative.unit", "narrative.enumeration")
}
