package form

// The table of chapter 三 has the same columns in both forms; the rows differ in
// （六）其他处理 only.

const balanceNote = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

const (
	applicant   = "申请人情况"
	legalPerson = "法人或其他组织"
	results     = "三、本年度办理结果"
	denied      = "（三）不予公开"
	unable      = "（四）无法提供"
	notHandled  = "（五）不予处理"
	otherResult = "（六）其他处理"
)

func otherResultAliases() []string {
	return []string{"（六）其它处理", "（六）其他", "（六）其他情形", "（六）其他处理情况"}
}

func applicantColumns() []Column {
	org := []string{applicant, legalPerson}
	return []Column{
		{Path: "natural_person", Label: "自然人", Groups: []string{applicant}},
		{Path: "business", Label: "商业企业", Groups: org, Aliases: []string{"企业", "商业企业单位"}},
		{Path: "research", Label: "科研机构", Groups: org, Aliases: []string{"科研单位", "科研院所"}},
		{Path: "social_welfare", Label: "社会公益组织", Groups: org, Aliases: []string{"社会公益", "公益组织", "社会公益机构"}},
		{Path: "legal_service", Label: "法律服务机构", Groups: org, Aliases: []string{"法律服务", "法律服务组织"}},
		{Path: "other", Label: "其他", Groups: org, Aliases: []string{"其它", "其他组织"}},
		{Path: "total", Label: "总计", Groups: []string{applicant}, Aliases: []string{"合计", "总数"}},
	}
}

func organisationColumns() []string {
	return []string{"business", "research", "social_welfare", "legal_service", "other"}
}

// applicationRows is the table's rows with those of （六） put in.
func applicationRows(other ...Row) []Row {
	in := func(groups ...string) []string { return append([]string{results}, groups...) }
	rows := []Row{
		{Path: "new", Label: "一、本年新收政府信息公开申请数量", Aliases: []string{"本年新收申请数量", "本年度新收政府信息公开申请数量", "新收政府信息公开申请数量", "本年收到政府信息公开申请数量"}},
		{Path: "carried_over", Label: "二、上年结转政府信息公开申请数量", Aliases: []string{"上年结转申请数量", "上年度结转政府信息公开申请数量", "上一年结转政府信息公开申请数量"}},
		{Path: "granted", Label: "（一）予以公开", Groups: in(), Aliases: []string{"同意公开"}},
		{Path: "partially_granted", Label: "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", Groups: in(), Aliases: []string{
			"（二）部分公开", "（二）部分公开（区分处理的，只计这一情况，不计其他情形）", "（二）部分公开（区分处理的）", "（二）部分公开（只计这一情形，不计其他情形）"}},
		{Path: "denied/state_secret", Label: "1.属于国家秘密", Groups: in(denied), Aliases: []string{"涉及国家秘密", "国家秘密"}},
		{Path: "denied/prohibited_by_law", Label: "2.其他法律行政法规禁止公开", Groups: in(denied), Aliases: []string{"2.其他法律、行政法规禁止公开", "2.其他法律行政止公开", "2.法律行政法规禁止公开"}},
		{Path: "denied/endangers_security", Label: "3.危及“三安全一稳定”", Groups: in(denied), Aliases: []string{"3.危及三安全一稳定", "3.危及“三安全、一稳定”", "3.危及国家安全、公共安全、经济安全、社会稳定"}},
		{Path: "denied/third_party_rights", Label: "4.保护第三方合法权益", Groups: in(denied), Aliases: []string{"4.保护第三方合法利益", "4.涉及第三方合法权益", "4.损害第三方合法权益"}},
		{Path: "denied/internal_affairs", Label: "5.属于三类内部事务信息", Groups: in(denied), Aliases: []string{"5.属于三类内容事务信息", "5.属于内部事务信息", "5.三类内部事务信息"}},
		{Path: "denied/process_information", Label: "6.属于四类过程性信息", Groups: in(denied), Aliases: []string{"6.属于过程性信息", "6.四类过程性信息"}},
		{Path: "denied/enforcement_files", Label: "7.属于行政执法案卷", Groups: in(denied), Aliases: []string{"7.属于行政执法案卷信息", "7.行政执法案卷"}},
		{Path: "denied/administrative_inquiry", Label: "8.属于行政查询事项", Groups: in(denied), Aliases: []string{"8.属于行政查询事项信息", "8.行政查询事项"}},
		{Path: "unable/not_held", Label: "1.本机关不掌握相关政府信息", Groups: in(unable), Aliases: []string{"1.本机关不掌握相关信息", "1.本单位不掌握相关政府信息"}},
		{Path: "unable/needs_creation", Label: "2.没有现成信息需要另行制作", Groups: in(unable), Aliases: []string{"2.没有现成信息，需要另行制作", "2.没有现成信息需另行制作"}},
		{Path: "unable/unclear_after_correction", Label: "3.补正后申请内容仍不明确", Groups: in(unable), Aliases: []string{"3.补正后申请内容不明确", "3.补正后内容仍不明确"}},
		{Path: "not_processed/petition", Label: "1.信访举报投诉类申请", Groups: in(notHandled), Aliases: []string{"1.信访、举报、投诉类申请", "1.信访举报投诉类"}},
		{Path: "not_processed/repeated", Label: "2.重复申请", Groups: in(notHandled)},
		{Path: "not_processed/publication_request", Label: "3.要求提供公开出版物", Groups: in(notHandled), Aliases: []string{"3.要求提供公开出版物申请"}},
		{Path: "not_processed/abusive", Label: "4.无正当理由大量反复申请", Groups: in(notHandled), Aliases: []string{"4.无正当理由大量、反复申请", "4.无正当理由反复大量申请"}},
		{Path: "not_processed/confirm_or_reissue", Label: "5.要求行政机关确认或重新出具已获取信息", Groups: in(notHandled), Aliases: []string{"5.要求确认或重新出具已获取信息", "5.要求行政机关确认或者重新出具已获取信息"}},
	}
	rows = append(rows, other...)
	return append(rows,
		Row{Path: "total", Label: "（七）总计", Groups: in(), Aliases: []string{"（七）合计", "（七）总数"}},
		Row{Path: "carried_forward", Label: "四、结转下年度继续办理", Aliases: []string{"结转下年继续办理", "结转下一年度继续办理", "结转下年度办理", "结转下年度继续办理数量"}},
	)
}

func applicationsTable(other ...Row) Table {
	return Table{
		Key: "applications", Chapter: "applications", Title: "收到和处理政府信息公开申请情况表", Corner: balanceNote,
		Parts: []Part{{Columns: applicantColumns(), Rows: applicationRows(other...)}},
	}
}

// applicationRelations are the sums of the table, its result rows being all
// rows between 二 and （七）.
func applicationRelations(t Table) []Relation {
	rows := t.Parts[0].Rows
	outcomes := make([]string, 0, len(rows))
	for _, r := range rows[2 : len(rows)-2] {
		outcomes = append(outcomes, r.Path)
	}
	return []Relation{
		{Rule: "applications.balance", Table: t.Key, Over: ByColumn, Left: []string{"new", "carried_over"}, Right: []string{"total", "carried_forward"}},
		{Rule: "applications.outcome_total", Table: t.Key, Over: ByColumn, Left: []string{"total"}, Right: outcomes},
		{Rule: "applications.row_total", Table: t.Key, Over: ByRow, Left: []string{"total"}, Right: append([]string{"natural_person"}, organisationColumns()...)},
	}
}
