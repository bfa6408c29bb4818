package rulestest

import "testing"

// Lists told one by one far behind their number, with dates, titles side by side and the
// members of a whole; lists begun and not gone on with; units by what was held.
var eachTexts = map[string][2][]string{
	"narrative.enumeration": {{
		"全年举办开放活动2场，分别为4月2日水厂开放日、11月8日展馆参观。", "选取4个镇（街道）作为规范化建设联系点，分别是东桥镇、西桥镇、南山街道和北山街道，已通过初评。",
		"完善牵头单位统筹、业务单位落实、监督单位问效的“三位一体”机制。", "打造线上线下“二位一体”平台，方便群众查阅、申请、咨询。", "修订《甲办法》《乙规程》《丙细则》三项制度。",
		"修订《甲办法》《乙规程》等5项制度。", "本年报由基本情况、公开情况、办理情况、其他事项四部分组成。", "设置三类窗口：咨询窗口、受理窗口和自助查询窗口，工作日开放。", "全年召开例会3次，分别在城东、城西召开。",
		"不足有两个方面：一是公开的主动性有待提高，二是形式偏少。下一步，将逐项整改。", "对3个单位先行培训，分别面向股室、站所，讲解条例、流程、文书。", "公布《甲办法》《乙规程》，落实6项任务。",
	}, {
		"全年举办开放活动3场，分别为4月2日水厂开放日、11月8日展馆参观。", "选取5个镇（街道）作为规范化建设联系点，分别是东桥镇、西桥镇、南山街道和北山街道，已通过初评。",
		"完善牵头单位统筹、业务单位落实、监督单位问效的“四位一体”机制。", "建成网站、公众号、公开栏、查阅点“三位一体”渠道。", "修订《甲办法》《乙规程》《丙细则》四项制度。",
		"本年报由基本情况、公开情况、办理情况、其他事项五部分组成。", "不足有两个方面：一是公开的主动性有待提高。下一步，将逐项整改。",
	}},
	"narrative.unit": {{
		"全年组织业务培训4场。", "组织培训课程视频6条。", "窗口受理公租房申请31份、低保申请15份、救助申请3份。", "公众号全年推送图文消息268篇。", "与三部门一起办理。",
	}, {
		"全年组织业务培训4条。", "开展专题培训3份，覆盖全体信息员。", "街道公众号全年推送图文消息268万篇。",
	}},
	"narrative.percentage": {{"发布通知类信息60条、动态类信息140条，共200条，其中动态类占比70%。"}, {"发布通知类信息60条、动态类信息140条，共200条，其中动态类占比75%。"}},
}

func TestNarrativeOfEach(t *testing.T) {
	var cases []Case
	for rule, texts := range eachTexts {
		for _, c := range planted(rule, texts[0], texts[1], true, narrative...) {
			c.Figures, c.Missing = nil, []string{"applications", "proactive_disclosure", "legal_challenges"}
			if len(c.Want) == 0 {
				c.MayFail = nil
			}
			cases = append(cases, c)
		}
	}
	Check(t, cases, "narrative.percentage", "narrative.enumeration", "narrative.unit")
}
