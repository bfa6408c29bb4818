package rulestest

import "testing"

// Facts told twice in another order, with what one of the two leaves out told before it, with
// examples, quoted names, another year named, or in two statements of one sentence.
var tellingTexts = map[string][2][]string{
	"narrative.two_values": {{
		"通过“云栖播报”抖音号发布短视频136部。\n通过“云栖播报”视频号发布短视频163部。", "镇文化站查阅点全年接待群众318人次。\n镇便民中心查阅点全年接待群众381人次。",
		"年内公告审计结果24份。\n公告审计整改结果42份。", "全年办理代表建议8件、提案13件。\n代表建议、提案共21件。", "“云栖播报”年初粉丝4638人。\n“云栖播报”年底粉丝6438人。",
		"修订制度5项，新建制度2项。\n修订和新建制度共7项。", "制作办事指引76份。\n发放的67份宣传折页均附有办事指引二维码。",
		"全年未收取信息处理费。\n上年收取信息处理费320元。",
	}, {
		"依托文化站建立查阅点，全年接待群众318人次。\n文化站查阅点全年共接待群众381人次。", "完成网站改造，全年访问量128.6万人次。\n全年网站访问量126.8万人次，仍有提升空间。",
		"围绕“走进机关”主题，全年举办开放日活动8场。\n全年举办开放日活动6场。", "“云栖播报”公众号全年推送信息184篇；据统计，“云栖播报”公众号全年推送信息148篇。",
		"编发《公开简报》9期。\n全年仅编发《公开简报》6期。", "修订公开事项清单，清单共26类138项。\n公开事项清单共26类136项。", "公布“最多跑一次”事项目录1386项。\n公布的“最多跑一次”事项目录为1368项。",
		"全年制作办事指引短片76部，点击量可观。\n全年制作的67部办事指引短片均同步加注字幕。", "全年未收取信息处理费。\n全年共收取信息处理费320元，已上缴国库。",
	}},
	"narrative.enumeration": {{
		"拟从四个方面发力，一是压实责任，二是拓宽渠道，三是规范办理，四是强化督导。", "一是解读图表少；二是答复文书不够严谨。针对以上两点不足，将加强培训。", "一是解读图表少；二是答复文书不够严谨。以上四点举措，来年继续。",
		"来年抓好两项工作。一是补齐栏目；二是组织轮训，让信息员也能熟练操作。",
	}, {
		"一是解读图表少；二是答复文书不够严谨；三是人员变动多。针对上述两个问题，将加强培训。", "来年抓好两项工作。一是补齐栏目；二是组织轮训；三是用好公开栏，让老人也能看到。", "拟从五个方面发力，一是压实责任，二是拓宽渠道，三是规范办理，五是强化督导。"}},
	"narrative.unit": {
		{"全年新收政府信息公开申请49件。", "“云栖发布”关注人数达4.6万人。", "短视频播放量216.5万次。"},
		{"全年新收政府信息公开申请49条次。", "新收政府信息公开申请49件，上年结转3条，办结48件，结转下年度4件。", "“云栖发布”关注人数达4.6人。", "短视频播放量216.5万亿次。"},
	},
}

func TestNarrativeOfTellings(t *testing.T) {
	var cases []Case
	for rule, texts := range tellingTexts {
		for _, c := range planted(rule, texts[0], texts[1], true, narrative...) {
			c.Figures, c.Missing = nil, []string{"applications", "proactive_disclosure", "legal_challenges"}
			if len(c.Want) == 0 {
				c.MayFail = nil
			}
			cases = append(cases, c)
		}
	}
	Check(t, cases, "narrative.two_values", "narrative.enumeration", "narrative.unit")
}
