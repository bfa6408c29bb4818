package claims

import (
	"strings"

	"nianbao/convert/glance"
)

// verbs that make a decision or document one of the year.
var (
	decides = []string{"办理", "作出", "做出", "实施", "决定", "办结", "处理", "下达", "共有", "开展", "发生", "共", "完成", "执行", "采取", "开出"}
	issues  = []string{"制定", "制发", "出台", "印发", "发布", "制订", "新增", "下发", "制定并公开", "制定公布"}
	repeals = []string{"废止", "宣布废止"}
	agents  = []string{"我局", "本局", "我街道", "我街", "我镇", "我乡", "我办", "我委", "我区", "我县", "我市", "全局", "本机关", "本单位", "我单位", "我中心", "街道", "全年", "年", "本年", "本年度", "年度", "今年", "县", "区", "市", "镇", "乡", "局", "处", "机关", "各类", "各项", "有关", "相关", "任何", "其中", "（", "依法", "依法依规", "共计", "累计", "单位", "办事处", "及", "的"}
	// endings of what is counted, behind its noun.
	endings = []string{"类事项", "事项", "决定书", "决定", "案件", "项目", "数量", "总数", "件数", "总量", "业务", "情况", "类", "数", "措施", "案", "总", "量", "文件", "案", "的", "行为", "办件", "处理", "金额", "全年", "本年", "本年度", "年度", "共", "为", "等"}
)

// noDecision are words that make a figure with 行政许可 and the like another one
// than the number of decisions of the year.
var noDecision = []string{"受理", "申请", "公示", "公开", "清单", "目录", "梳理", "编制", "承接", "取消", "下放", "调整", "标准", "双公示", "信息", "职权", "权力", "网上", "平台", "培训", "改革", "案卷", "评查", "准予", "不予", "立案", "移送", "简易", "一般程序", "当场", "罚款", "发布", "上传", "归集", "推送", "监督", "检查", "复核", "听证", "撤销", "变更", "延续", "注销", "录入", "报送", "不承担", "以上", "涉企", "涉及", "比", "率", "指南", "流程", "报备", "告知", "结果", "办件", "委托", "审核", "审查", "政务服务", "系统", "典型", "裁量", "强制执行", "法院"}

// ofDocuments are the subjects of chapter 二. The words before the noun must end
// with a verb or an agent: 办理道路运输行政许可 is a part of them.
func ofDocuments(label, tail, phrase string, ctx topic) Subject {
	if !containsAny(phrase, "行政", "规", "集中采购", "处理费") {
		return None
	}
	if containsAny(phrase, "行政事业性收费", "行政事业收费", "集中采购", "信息处理费", "信息公开处理费") {
		return ofMoney(phrase)
	}
	n := 0
	for _, w := range []string{"行政许可", "行政处罚", "行政强制", "规范性文件", "规章"} {
		if strings.Contains(phrase, w) {
			n++
		}
	}
	if n != 1 {
		return None
	}
	decisions := []struct {
		noun    string
		subject Subject
	}{{"行政许可", Licensing}, {"行政处罚", Penalties}, {"行政强制", Compulsion}}
	for _, d := range decisions {
		if !strings.Contains(phrase, d.noun) {
			continue
		}
		if noDecided.in(phrase) || !countedNoun(label, tail, d.noun, decides, ctx.proactive) {
			return None
		}
		return d.subject
	}
	return ofRules(label, tail, phrase)
}

func ofMoney(phrase string) Subject {
	switch {
	case containsAny(phrase, "信息处理费", "信息公开处理费"):
		return InformationFee
	case containsAny(phrase, "罚没", "罚款", "基金", "税", "和行政事业", "及行政事业", "与行政事业"):
		return None
	case containsAny(phrase, "减免", "免征", "免收", "取消", "公示", "目录", "清单", "标准", "公开", "降低", "减收", "减负", "涉企", "退", "预算", "计划", "应收", "滞纳金", "欠缴", "票据"):
		return None
	case strings.Contains(phrase, "集中采购"):
		if containsAny(phrase, "节约", "预算", "公示", "公告", "中标", "中小", "公开", "信息", "目录", "限额", "分散") {
			return None
		}
		return Procurement // the unit tells items from money, see claim
	}
	return Fees
}

// plainRules writes the ways to name rules, and who issued them, as one.
var plainRules = glance.NewReplacer("行政规范", "规范", "并主动公开", "", "并公开", "", "清理废止", "废止", "清理并废止", "废止", "清理后", "", "经清理", "", "集中清理", "",
	"省政府", "", "市政府", "", "区政府", "", "县政府", "", "地方政府规章", "规章", "政府规章", "规章", "省人民政府", "", "市人民政府", "", "区人民政府", "", "县人民政府", "")

// ofRules are 规章 and 规范性文件.
func ofRules(label, tail, phrase string) Subject {
	noun, issued, repealed, inForce := "规范性文件", NormativeIssued, NormativeRepealed, NormativeInForce
	if !strings.Contains(phrase, noun) {
		noun, issued, repealed, inForce = "规章", RegulationsIssued, RegulationsRepealed, RegulationsInForce
		if containsAny(phrase, "规章制度", "法律法规规章", "法规规章", "法规、规章") {
			return None
		}
	}
	label, tail, phrase = plainRules.Replace(label), plainRules.Replace(tail), plainRules.Replace(phrase)
	if containsAny(phrase, "名义", "代拟", "起草", "审查", "备案", "清理", "评估", "党内", "解读", "上级", "部门规范性", "政策", "修改", "修订", "拟定", "审核", "其他", "以外", "学习", "转发", "征求", "报送", "党委", "街道党工委", "与", "失效", "法律") {
		return None
	}
	valid := containsAny(phrase, "现行有效", "继续有效", "有效")
	dead := containsAny(phrase, "废止")
	made := containsAny(phrase, issues...)
	switch {
	case valid && !dead && !made:
		return inForce
	case dead && !valid && !made:
		if countedNoun(label, tail, noun, repeals, false) || strings.Contains(phrase, noun+"废止") || strings.Contains(phrase, noun+"本年废止") {
			return repealed
		}
	case made && !dead && !valid:
		if countedNoun(label, tail, noun, issues, false) || strings.Contains(phrase, noun+"制发") || strings.Contains(phrase, noun+"制定") || strings.Contains(phrase, noun+"本年制发") {
			return issued
		}
	}
	return None
}

// countedNoun reports whether the noun is what is counted: before it stand a
// verb, an agent or nothing, behind it only endings like 事项. alone allows the
// noun without a verb.
func countedNoun(label, tail, noun string, verbs []string, alone bool) bool {
	before, behind, ok := strings.Cut(label, noun)
	if !ok { // 作出3件行政处罚
		b, e, _ := strings.Cut(tail, noun)
		return b == "" && trimEndings(e) == "" && hasSuffix(label, verbs)
	}
	if trimEndings(behind) != "" && !hasVerbOnly(behind, verbs) {
		return false
	}
	if before == "" {
		return alone || behind != "" || len(verbs) == len(decides)
	}
	return hasSuffix(before, verbs) || hasSuffix(before, agents)
}

// hasVerbOnly: 行政许可办理, 行政处罚作出决定.
func hasVerbOnly(s string, verbs []string) bool {
	for _, v := range verbs {
		s = strings.ReplaceAll(s, v, "")
	}
	return trimEndings(s) == ""
}

func trimEndings(s string) string {
	for again := true; again && s != ""; {
		again = false
		for _, e := range endings {
			if t, ok := strings.CutSuffix(s, e); ok {
				s, again = t, true
			}
		}
	}
	return s
}
