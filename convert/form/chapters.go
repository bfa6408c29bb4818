package form

// Chapter aliases are wordings that occur in published reports beside the
// official ones of both notices. They are compared after spaces, punctuation
// and the ordinal have been removed.

func overview() Chapter {
	return Chapter{Key: "overview", Number: "一", Title: "总体情况", Aliases: []string{
		"工作总体情况", "总体工作情况", "总体概述", "概述", "工作概述", "总体概况", "基本情况", "工作基本情况",
		"政府信息公开工作总体情况", "政府信息公开总体情况", "政府信息公开工作基本情况", "政府信息公开基本情况",
		"政府信息公开工作概述", "信息公开工作总体情况", "年度总体情况", "总体工作概况",
	}, Keywords: [][]string{{"总体情况"}, {"总体概述"}, {"工作概况"}}}
}

func proactiveChapter() Chapter {
	return Chapter{Key: "proactive_disclosure", Number: "二", Title: "主动公开政府信息情况", Aliases: []string{
		"行政机关主动公开政府信息情况", "主动公开政府信息的情况", "主动公开政府信息工作情况", "主动公开信息情况", "主动公开情况",
		"主动公开工作情况", "政府信息主动公开情况", "政府信息主动公开工作情况", "主动公开政府信息", "信息主动公开情况",
	}, Keywords: [][]string{{"主动公开", "情况"}}}
}

func applicationsChapter() Chapter {
	return Chapter{Key: "applications", Number: "三", Title: "收到和处理政府信息公开申请情况", Aliases: []string{
		"行政机关收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况", "收到和处理信息公开申请情况",
		"政府信息公开申请收到和处理情况", "收到和处理政府信息公开情况", "政府信息公开申请情况", "政府信息公开申请办理情况",
		"依申请公开政府信息情况", "政府信息依申请公开情况", "依申请公开情况", "依申请公开工作情况", "依申请公开办理情况",
		"依申请公开政府信息办理情况", "受理和处理政府信息公开申请情况",
	}, Keywords: [][]string{{"申请", "收到", "处理"}, {"依申请公开"}, {"公开申请", "办理"}}}
}

func legalChapter(title string) Chapter {
	return Chapter{Key: "legal_challenges", Number: "四", Title: title, Aliases: []string{
		"政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
		"因政府信息公开工作被申请行政复议、提起行政诉讼的情况", "政府信息公开行政复议和行政诉讼情况",
		"政府信息公开工作行政复议、行政诉讼情况", "政府信息公开被申请行政复议、提起行政诉讼情况",
		"因政府信息公开被申请行政复议、提起行政诉讼情况", "因政府信息公开申请行政复议、提起行政诉讼情况",
		"行政复议、行政诉讼情况", "行政复议和行政诉讼情况", "行政复议和诉讼情况", "复议、诉讼情况",
		"政府信息公开行政复议、提起行政诉讼情况", "政府信息公开复议、诉讼情况",
	}, Keywords: [][]string{{"复议", "诉讼"}}}
}

func problemsChapter(title string) Chapter {
	return Chapter{Key: "problems_and_improvements", Number: "五", Title: title, Aliases: []string{
		"存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况", "存在的主要问题和改进情况", "存在的主要问题及改进措施",
		"存在的主要问题和改进措施", "存在主要问题及改进情况", "存在问题及改进情况", "存在问题及改进措施", "存在问题和改进措施",
		"存在的问题及改进情况", "存在的问题及改进措施", "存在的问题和改进措施", "存在的问题和改进情况", "主要问题及改进情况",
		"主要问题及改进措施", "主要问题和改进措施", "问题及改进情况", "存在的不足及改进措施", "存在不足及改进情况", "存在的困难和改进措施",
		"工作中存在的主要问题及改进情况", "政府信息公开工作存在的问题及改进情况", "存在的主要问题及下一步工作打算",
		"存在的问题及下一步工作打算", "存在问题及下一步打算", "存在问题和下一步工作计划", "存在的主要问题及下一步改进措施",
	}, Keywords: [][]string{{"问题", "改进"}, {"存在", "问题"}, {"不足", "改进"}}}
}

func otherChapter() Chapter {
	return Chapter{Key: "other_matters", Number: "六", Title: "其他需要报告的事项", Aliases: []string{
		"其他需要报告事项", "其他需报告的事项", "其他需要报告的情况", "其他需要说明的事项", "其他需要报告的有关事项", "需要报告的其他事项",
		"其它需要报告的事项", "其它需要报告事项", "其他报告事项", "其他事项", "其他情况", "需要说明的其他事项", "其他需要说明的情况",
	}, Keywords: [][]string{{"其他", "报告", "事项"}, {"其它", "报告", "事项"}, {"其他", "报告", "情况"}, {"需要报告", "事项"}}}
}

// LocalChapters are chapters that places add to the statutory ones. They are no
// part of a form; their wording only helps to tell a heading from the text that
// follows it in the same paragraph.
func LocalChapters() []Chapter {
	return []Chapter{{Key: "other", Title: "政府信息公开工作创新性做法", Aliases: []string{
		"政府信息公开工作创新做法", "政府信息公开创新性做法", "工作创新性做法", "创新性做法", "创新做法", "特色做法", "工作亮点", "经验做法", "工作创新情况",
		"下一步工作打算", "下一步工作计划", "下一步工作安排", "下一步工作思路", "政务公开工作要点落实情况", "政府信息公开工作要点落实情况",
		"建议提案办理情况", "建议提案办理结果公开情况", "人大代表建议和政协委员提案办理结果公开情况",
	}}}
}
