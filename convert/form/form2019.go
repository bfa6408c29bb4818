package form

// stub is the header over the row labels of the table of chapter 二.
const stub = "信息内容"

// form2019 is the form of 国办公开办函〔2019〕60号, for the 2019 and 2020 reports:
// 22 + 161 + 15 numbers.
func form2019() Form {
	applications := applicationsTable(
		Row{Path: "other_outcome", Label: otherResult, Groups: []string{results}, Aliases: otherResultAliases()},
	)
	return Form{
		ID: "2019", Notice: "国办公开办函〔2019〕60号", FirstYear: 2019, LastYear: 2020,
		Chapters: []Chapter{
			overview(), proactiveChapter(), applicationsChapter(), legalChapter("因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
			problemsChapter("政府信息公开工作存在的主要问题及改进情况"), otherChapter(),
		},
		Tables:    []Table{proactive2019(), applications, legalTable()},
		Relations: append(applicationRelations(applications), legalRelations()...),
	}
}

func proactive2019() Table {
	items := func() []Column {
		return []Column{previousItems(), change(0),
			{Path: "decisions", Label: "处理决定数量", Aliases: []string{"本年处理决定数量", "本年度处理决定数量", "处理决定数"}}}
	}
	return Table{
		Key: "proactive_disclosure", Chapter: "proactive_disclosure", Title: "主动公开政府信息情况表",
		Parts: []Part{
			{Heading: "第二十条第（一）项", Stub: stub, Columns: []Column{
				{Path: "made", Label: "本年新制作数量", Aliases: []string{"新制作数量", "本年度新制作数量", "本年制作数量"}},
				{Path: "disclosed", Label: "本年新公开数量", Aliases: []string{"新公开数量", "本年度新公开数量", "本年公开数量"}},
				{Path: "total_public", Label: "对外公开总数量", Aliases: []string{"对外公开总数", "公开总数量", "对外公开数量"}},
			}, Rows: []Row{
				{Path: "regulations", Label: "规章"},
				{Path: "normative_documents", Label: "规范性文件", Aliases: []string{"行政规范性文件"}},
			}},
			{Heading: "第二十条第（五）项", Stub: stub, Columns: items(), Rows: []Row{
				{Path: "administrative_licensing", Label: "行政许可", Aliases: []string{"行政许可事项"}},
				{Path: "other_management_services", Label: "其他对外管理服务事项", Aliases: []string{"其它对外管理服务事项", "其他对外管理服务", "对外管理服务事项"}}}},
			{Heading: "第二十条第（六）项", Stub: stub, Columns: items(), Rows: []Row{
				{Path: "administrative_penalties", Label: "行政处罚", Aliases: []string{"行政处罚事项"}},
				{Path: "administrative_compulsion", Label: "行政强制", Aliases: []string{"行政强制事项"}}}},
			{Heading: "第二十条第（八）项", Stub: stub, Columns: []Column{previousItems(), change(2)}, Rows: []Row{
				{Path: "administrative_fees", Label: "行政事业性收费", Aliases: []string{"行政事业行收费", "行政事业收费", "行政事业性收费项目"}}}},
			{Heading: "第二十条第（九）项", Stub: stub, Columns: []Column{
				{Path: "items", Label: "采购项目数量", Aliases: []string{"采购项目数", "项目数量", "采购数量"}},
				{Path: "amount_yuan", Label: "采购总金额", Aliases: []string{"采购金额", "采购总额", "采购总金额（元）", "采购总金额（万元）"}, Kind: Money, Span: 2},
			}, Rows: []Row{{Path: "government_procurement", Label: "政府集中采购", Aliases: []string{"政府采购", "集中采购", "政府集中采购项目"}}}},
		},
	}
}

func previousItems() Column {
	return Column{Path: "previous_items", Label: "上一年项目数量", Aliases: []string{"上年项目数量", "上一年度项目数量", "上年度项目数量", "上一年项目数"}}
}

func change(span int) Column {
	return Column{Path: "change", Label: "本年增/减", Aliases: []string{"本年增减", "本年度增/减", "本年增（减）", "增/减", "本年增减数量", "本年增/减数量"}, Kind: Change, Span: span}
}
