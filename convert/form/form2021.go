package form

// form2021 is the form of 国办公开办函〔2021〕30号, for the 2021 reports on:
// 10 + 175 + 15 numbers.
func form2021() Form {
	applications := applicationsTable(
		Row{Path: "other_outcome/overdue_correction", Groups: []string{results, otherResult}, Collapses: "other_outcome",
			Label:   "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
			Aliases: []string{"1.申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请", "1.申请人无正当理由逾期不补正"}},
		Row{Path: "other_outcome/unpaid_fee", Groups: []string{results, otherResult}, Collapses: "other_outcome",
			Label:   "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
			Aliases: []string{"2.申请人逾期未按收费通知要求缴纳费用，行政机关不再处理其政府信息公开申请", "2.申请人逾期未按收费通知要求缴纳费用", "2.逾期未缴纳费用"}},
		Row{Path: "other_outcome/other", Groups: []string{results, otherResult}, Collapses: "other_outcome",
			Label: "3.其他", Aliases: []string{"3.其它", "3.其他情形", "3.其他处理"}},
	)
	applications.Parts[0].GroupAliases = map[string][]string{"other_outcome": otherResultAliases()}
	return Form{
		ID: "2021", Notice: "国办公开办函〔2021〕30号", FirstYear: 2021,
		Chapters: []Chapter{
			overview(), proactiveChapter(), applicationsChapter(), legalChapter("政府信息公开行政复议、行政诉讼情况"),
			problemsChapter("存在的主要问题及改进情况"), otherChapter(),
		},
		Tables:    []Table{proactive2021(), applications, legalTable()},
		Relations: append(applicationRelations(applications), legalRelations()...),
	}
}

func proactive2021() Table {
	decisions := func() []Column {
		return []Column{{Path: "decisions", Label: "本年处理决定数量", Aliases: []string{"处理决定数量", "本年度处理决定数量", "本年处理决定数"}, Span: 3}}
	}
	return Table{
		Key: "proactive_disclosure", Chapter: "proactive_disclosure", Title: "主动公开政府信息情况表",
		Parts: []Part{
			{Heading: "第二十条第（一）项", Stub: stub, Columns: []Column{
				{Path: "issued", Label: "本年制发件数", Aliases: []string{"制发件数", "本年度制发件数", "本年制发数量", "本年制发数"}},
				{Path: "repealed", Label: "本年废止件数", Aliases: []string{"废止件数", "本年度废止件数", "本年废止数量", "本年废止数"}},
				{Path: "in_force", Label: "现行有效件数", Aliases: []string{"现行有效件", "现行有效数", "现行有效数量"}},
			}, Rows: []Row{
				{Path: "regulations", Label: "规章"},
				{Path: "normative_documents", Label: "行政规范性文件", Aliases: []string{"规范性文件"}},
			}},
			{Heading: "第二十条第（五）项", Stub: stub, Columns: decisions(), Rows: []Row{
				{Path: "administrative_licensing", Label: "行政许可", Aliases: []string{"行政许可事项"}}}},
			{Heading: "第二十条第（六）项", Stub: stub, Columns: decisions(), Rows: []Row{
				{Path: "administrative_penalties", Label: "行政处罚", Aliases: []string{"行政处罚事项"}},
				{Path: "administrative_compulsion", Label: "行政强制", Aliases: []string{"行政强制事项"}}}},
			{Heading: "第二十条第（八）项", Stub: stub, Columns: []Column{
				{Path: "amount_10k_yuan", Label: "本年收费金额（单位：万元）", Aliases: []string{"本年收费金额", "收费金额", "本年收费总金额"}, Kind: Money, Unit: "万元", Span: 3},
			}, Rows: []Row{{Path: "administrative_fees", Label: "行政事业性收费", Aliases: []string{"行政事业行收费", "行政事业收费", "行政事业性收费项目"}}}},
		},
	}
}
