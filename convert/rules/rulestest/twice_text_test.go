package rulestest

import "testing"

// Sums and facts told twice by parts, occasions, scores and slips of the
// hand, as the sentences of towns, bureaux and cities have them.

var sumsByParts = [2][]string{{
	"编发信息640条，构成为：网站300条、公众号240条、其他渠道100条。", "播放专题片20期，其中有字幕版的15期、有手语版的20期（两版同步制作）。", "主动公开信息300条，其中网站公开260条、公众号公开200条（同一信息分别计算）。",
	"9个乡镇中，开通公众号的7个，开通视频号的6个。", "接听电话300次，其中当场解答260次，未能当场解答40次。", "自查问题15个，已销号11个，正在整改4个。", "投入资金50.5万元，用于网站30万元、专区15.5万元、培训5万元。",
	"收回问卷400份，赞成370份，反对30份。",
}, {
	"编发信息640条，构成为：网站310条、公众号250条、其他渠道100条。", "接听电话300次，其中当场解答260次，未能当场解答50次。", "参加测评的群众有500名，表示满意的460名，表示不满意的60名。",
	"自查问题15个，已销号11个，正在整改6个。", "投入资金50.5万元，用于网站31万元、专区17.5万元、培训5万元。", "收回问卷400份，赞成370份，反对50份。", "制作解读产品12个，以图解为主的7个，以动画为主的6个。",
}}

var factsTwice = [2][]string{{
	"举办节水宣传活动，发放宣传资料3600份。\n举办水法宣传活动，发放宣传资料6300份。", "保密培训1次，参训46人。\n依申请公开培训1次，参训64人。", "教育领域公开信息128条。\n医疗卫生领域公开信息182条。",
	"门户网站测评得分91.5分。\n新媒体测评得分95.1分。",
}, {
	"年内开展保密审查培训1次，参训46人。\n年内开展的保密审查培训，参训64人。", "全年公示重大水库加固项目12个。\n在重大项目公开方面，全年公示重大水库加固项目14个。",
	"门户网站第三方测评得分91.5分。\n门户网站第三方测评得分为95.1分。", "云溪便民服务大厅全年办理事项4120件。\n云溪便民服务大厅办理事项共计4210件。",
	"全年录入低保公示信息286条。\n社会救助领域：全年录入低保公示信息268条。",
}}

func twiceCases() []Case {
	var out []Case
	for rule, texts := range map[string][2][]string{"narrative.sum": sumsByParts, "narrative.two_values": factsTwice} {
		for _, c := range planted(rule, texts[0], texts[1], true, narrative...) {
			c.Figures, c.Missing = nil, []string{"applications", "proactive_disclosure", "legal_challenges"}
			if len(c.Want) == 0 {
				c.MayFail = nil
			}
			out = append(out, c)
		}
	}
	return out
}

func TestSumsAndFactsTwice(t *testing.T) {
	Check(t, twiceCases(), "narrative.sum", "narrative.two_values")
}
