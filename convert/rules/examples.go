package rules

// Example explains a rule by a place of a report that breaks it and the same place
// as it should be. Everything in it is invented. A test makes a report around each
// and judges it: the wrong one fails the rule, the right one does not.
type Example struct {
	// Form is the report's (form.ID); empty means "2021".
	Form string `json:"form,omitempty"`
	// Chapter is the key of the chapter that texts stand in; empty: "overview".
	Chapter string  `json:"chapter,omitempty"`
	Wrong   Passage `json:"wrong"`
	Right   Passage `json:"right"`
}

// Passage is a place of a report. Of its fields those are set that the example is
// about; what is not set is as it should be.
type Passage struct {
	// Note says in words what cannot be shown: "第3页是扫描的图片".
	Note string `json:"note,omitempty"`
	// Above is a line above the title, Title the title, Signed the date below.
	Above  string `json:"above,omitempty"`
	Title  string `json:"title,omitempty"`
	Signed string `json:"signed,omitempty"`
	// Untitled: there is no title.
	Untitled bool `json:"untitled,omitempty"`
	// Headings are those of all chapters, in their order.
	Headings []string `json:"headings,omitempty"`
	// Text stands in the chapter; with Whole there is nothing else in it.
	Text  string `json:"text,omitempty"`
	Whole bool   `json:"whole,omitempty"`
	// Figures are cells of the statutory tables; the others are 0.
	Figures []Figure `json:"figures,omitempty"`
	// Missing is a statutory table that is not there (form.Table.Key).
	Missing string `json:"missing,omitempty"`
	// Crowded is a row whose figures are more or fewer than its columns, as in
	// "applications/granted"; Scanned: a page is a picture.
	Crowded string `json:"crowded,omitempty"`
	Scanned bool   `json:"scanned,omitempty"`
	// Archived are the reports that the passage is compared with.
	Archived []Excerpt `json:"archived,omitempty"`
}

// Excerpt is what an example shows of another report.
type Excerpt struct {
	Title   string   `json:"title"` // names its agency and year
	Text    string   `json:"text,omitempty"`
	Figures []Figure `json:"figures,omitempty"`
}

// Figure is a cell and what is printed in it.
type Figure struct {
	Path  string `json:"path"` // below "/report/"
	Value string `json:"value"`
}

// ExampleOf is the example of a rule of Catalogue; false for other rules.
func ExampleOf(id string) (Example, bool) {
	for _, list := range []map[string]Example{tableExamples(), structureExamples(), identityExamples(), logicExamples(), privacyExamples(), narrativeExamples()} {
		if e, ok := list[id]; ok {
			return e, true
		}
	}
	return Example{}, false
}

// columnOf are cells of one column of the applications, row and value in turn.
func columnOf(column string, rows ...string) (out []Figure) {
	for i := 0; i+1 < len(rows); i += 2 {
		out = append(out, Figure{"applications/" + rows[i] + "/" + column, rows[i+1]})
	}
	return out
}

// cellsOf are cells of one row, column and value in turn.
func cellsOf(path string, columns ...string) (out []Figure) {
	for i := 0; i+1 < len(columns); i += 2 {
		out = append(out, Figure{path + "/" + columns[i], columns[i+1]})
	}
	return out
}

func tableExamples() map[string]Example {
	const person = "natural_person"
	cell := func(v string) Passage { return Passage{Figures: columnOf(person, "carried_forward", v)} }
	return map[string]Example{
		"applications.balance": {
			Wrong: Passage{Figures: columnOf(person, "new", "12", "carried_over", "3", "total", "13", "carried_forward", "1"), Note: "12＋3＝15，13＋1＝14，不相等。"},
			Right: Passage{Figures: columnOf(person, "new", "12", "carried_over", "3", "total", "13", "carried_forward", "2"), Note: "12＋3＝13＋2。"},
		},
		"applications.outcome_total": {
			Wrong: Passage{Figures: columnOf(person, "granted", "9", "partially_granted", "3", "unable/not_held", "2", "total", "13"), Note: "9＋3＋2＝14，（七）总计写了13。"},
			Right: Passage{Figures: columnOf(person, "granted", "9", "partially_granted", "3", "unable/not_held", "2", "total", "14")},
		},
		"applications.row_total": {
			Wrong: Passage{Figures: cellsOf("applications/new", person, "9", "business", "3", "total", "11"), Note: "9＋3＝12，总计写了11。"},
			Right: Passage{Figures: cellsOf("applications/new", person, "9", "business", "3", "total", "12")},
		},
		"legal_challenges.row_total": {
			Wrong: Passage{Figures: cellsOf("legal_challenges/reconsideration", "upheld", "2", "corrected", "1", "total", "2"), Note: "2＋1＝3，总计写了2。"},
			Right: Passage{Figures: cellsOf("legal_challenges/reconsideration", "upheld", "2", "corrected", "1", "total", "3")},
		},
		"table.missing": {
			Wrong: Passage{Missing: "legal_challenges", Note: "没有“政府信息公开行政复议、行政诉讼情况”的表格，只写了“本年度没有行政复议和行政诉讼”。"},
			Right: Passage{Note: "没有发生的，表格也要有，各格填0。"},
		},
		"table.cell_blank":      {Wrong: cell(""), Right: cell("0")},
		"table.cell_not_number": {Wrong: cell("若干"), Right: cell("2")},
		"table.cell_negative":   {Wrong: cell("-1"), Right: cell("1")},
		"table.cell_fraction":   {Wrong: cell("12.5"), Right: cell("12")},
		"table.row_ambiguous": {
			Wrong: Passage{Crowded: "applications/granted", Note: "“（一）予以公开”一行有7列，只写了6个数字，分不清哪个数是哪一列的。"},
			Right: Passage{Note: "每一列都写一个数字，没有的写0。"},
		},
	}
}

func structureExamples() map[string]Example {
	right := []string{"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"}
	swapped := []string{right[0], right[1], right[2], right[3], "五、其他需要报告的事项", "六、存在的主要问题及改进情况"}
	return map[string]Example{
		"structure.section_missing": {Wrong: Passage{Headings: right[:5]}, Right: Passage{Headings: right}},
		"structure.section_order":   {Wrong: Passage{Headings: swapped}, Right: Passage{Headings: right}},
		"structure.section_empty": {Chapter: "problems_and_improvements",
			Wrong: Passage{Whole: true, Note: "“五、存在的主要问题及改进情况”下面没有内容。"},
			Right: Passage{Whole: true, Text: "主要问题是公开内容不够细。改进情况是修订了公开目录。"}},
		"structure.aspect_missing": {
			Wrong: Passage{Whole: true, Text: "（一）主动公开。全年发布信息86条。（二）依申请公开。渠道畅通。（三）政府信息管理。管理规范。（四）平台建设。专栏按时更新。"},
			Right: Passage{Whole: true, Text: "（一）主动公开。全年发布信息86条。（二）依申请公开。渠道畅通。（三）政府信息管理。管理规范。（四）平台建设。专栏按时更新。（五）监督保障。开展业务培训2次。"}},
		"structure.form_outdated": {Form: "2019",
			Wrong: Passage{Title: "云溪县教育局2022年政府信息公开工作年度报告", Note: "2022年度的报告用了2019年的表格。"},
			Right: Passage{Title: "云溪县教育局2019年政府信息公开工作年度报告", Note: "2019、2020年度用2019年的表格，2021年度起用2021年的表格。"}},
		"structure.document_number": {
			Wrong: Passage{Text: "本报告根据《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制。"},
			Right: Passage{Text: "本报告根据《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制。"}},
	}
}

func identityExamples() map[string]Example {
	const title = "云溪县教育局2021年政府信息公开工作年度报告"
	return map[string]Example{
		"identity.title_missing": {Wrong: Passage{Untitled: true, Note: "文件一开头就是“一、总体情况”，没有标题。"}, Right: Passage{Title: title}},
		"identity.title_wording": {Wrong: Passage{Title: "云溪县教育局2021年度信息公开工作报告"}, Right: Passage{Title: title}},
		"identity.year_mismatch": {
			Wrong: Passage{Title: title, Text: "本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。"},
			Right: Passage{Title: title, Text: "本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。"}},
		"identity.signed_early": {Wrong: Passage{Title: title, Signed: "2021年12月20日"}, Right: Passage{Title: title, Signed: "2022年1月18日"}},
		"identity.foreign_agency": {
			Wrong: Passage{Title: title, Text: "下一步，桐城县林业局将围绕重点领域，进一步提升公开质量。", Note: "沿用了别的机关的报告，名称没有改全。"},
			Right: Passage{Title: title, Text: "下一步，云溪县教育局将围绕重点领域，进一步提升公开质量。"}},
		"identity.late": {
			Wrong: Passage{Above: "公开日期：2022年03月08日", Title: title, Note: "部门应当在1月31日前公布。"},
			Right: Passage{Above: "公开日期：2022年01月28日", Title: title}},
	}
}

func logicExamples() map[string]Example {
	const proactive = "proactive_disclosure"
	changes := func(change string) []Figure {
		return cellsOf(proactive+"/administrative_penalties", "previous_items", "143", "change", change, "decisions", "122")
	}
	misread := func(licences, services string) []Figure {
		return append(cellsOf(proactive+"/administrative_licensing", "previous_items", "290", "change", "20", "decisions", licences),
			cellsOf(proactive+"/other_management_services", "previous_items", "77", "change", "-9", "decisions", services)...)
	}
	return map[string]Example{
		"logic.regulations_level": {
			Wrong: Passage{Title: "云溪县教育局2021年政府信息公开工作年度报告", Figures: cellsOf(proactive+"/regulations", "issued", "2", "in_force", "2"), Note: "县级部门无权制定规章；文件应填在“行政规范性文件”行。"},
			Right: Passage{Title: "云溪县教育局2021年政府信息公开工作年度报告", Figures: cellsOf(proactive+"/normative_documents", "issued", "2", "in_force", "2")}},
		"logic.decisions_misread": {Form: "2019",
			Wrong: Passage{Figures: misread("310", "68"), Note: "290＋20＝310，77－9＝68：填的是现有项目数，不是办了多少件。"},
			Right: Passage{Figures: misread("1862", "457"), Note: "处理决定数量是本年作出决定的件数。"}},
		"logic.public_below_disclosed": {Form: "2019",
			Wrong: Passage{Figures: cellsOf(proactive+"/normative_documents", "made", "12", "disclosed", "12", "total_public", "3"), Note: "新公开的12件也在总数之内，总数不会是3件。"},
			Right: Passage{Figures: cellsOf(proactive+"/normative_documents", "made", "12", "disclosed", "12", "total_public", "38")}},
		"logic.change_sign": {Form: "2019",
			Wrong: Passage{Figures: changes("21"), Note: "143－21＝122，是减少了21项。"}, Right: Passage{Figures: changes("-21")}},
		"logic.zero_applications": {
			Wrong: Passage{Figures: columnOf("total", "new", "0", "carried_over", "0", "granted", "3", "total", "3"), Note: "没有收到申请，也没有上年结转，却办了3件。"},
			Right: Passage{Figures: columnOf("total", "new", "3", "carried_over", "0", "granted", "3", "total", "3")}},
		"logic.fee_unreported": {Chapter: "other_matters",
			Wrong: Passage{Figures: cellsOf("applications/other_outcome/unpaid_fee", "natural_person", "1", "total", "1"), Text: "本年度没有其他需要报告的事项。", Whole: true},
			Right: Passage{Figures: cellsOf("applications/other_outcome/unpaid_fee", "natural_person", "1", "total", "1"), Text: "本年度发出收费通知1件，因逾期未缴费未收取信息处理费，共收取信息处理费0元。", Whole: true}},
	}
}

func privacyExamples() map[string]Example {
	text := func(wrong, right string) Example {
		return Example{Wrong: Passage{Text: wrong}, Right: Passage{Text: right}}
	}
	return map[string]Example{
		"privacy.mobile_number": text("咨询请联系张老师，手机13812345678。", "咨询请拨打办公电话0555-12345678。"),
		"privacy.id_number":     text("申请人（身份证号110101199001011237）要求公开征地批文。", "一名申请人要求公开征地批文。"),
		"privacy.applicant_name": text("申请人段守义要求公开征地批文，已按期答复。",
			"申请人段某某要求公开征地批文，已按期答复。"),
		"privacy.bank_account": text("退还的费用打入卡号6222021234567890128。", "费用已退还申请人。"),
		"wording.grave":        text("坚持以公开为例外、不公开为常态的原则。", "坚持以公开为常态、不公开为例外的原则。"),
		"wording.residue":      text("本报告由XX街道编制。（此处填写主动公开条数）", "本报告由云溪县教育局编制，全年主动公开信息86条。"),
		"document.page_unreadable": {
			Wrong: Passage{Scanned: true, Note: "第2页是扫描的图片，上面的文字和表格都没有读取。"},
			Right: Passage{Note: "由Word直接导出的PDF，每页的文字都能选中。"}},
	}
}

func narrativeExamples() map[string]Example {
	text := func(wrong, right string) Example {
		return Example{Wrong: Passage{Text: wrong}, Right: Passage{Text: right}}
	}
	received := append(cellsOf("applications/new", "natural_person", "12", "total", "12"), cellsOf("applications/carried_forward", "natural_person", "12", "total", "12")...)
	return map[string]Example{
		"narrative.table_conflict": {
			Wrong: Passage{Text: "本年度新收政府信息公开申请15件。", Figures: received, Note: "表格里新收是12件。"},
			Right: Passage{Text: "本年度新收政府信息公开申请12件。", Figures: received}},
		"narrative.sum": text("全年主动公开信息86条，其中政务动态类50条、政策文件类40条。", "全年主动公开信息86条，其中政务动态类50条、政策文件类30条。"),
		"narrative.enumeration": text("主要通过以下四种方式公开：一是网站专栏；二是公告栏；三是新闻发布会。",
			"主要通过以下三种方式公开：一是网站专栏；二是公告栏；三是新闻发布会。"),
		"narrative.two_values": text("全年通过门户网站发布信息86条。\n今年我局通过门户网站发布信息68条，更新及时。", "全年通过门户网站发布信息86条。\n今年我局通过门户网站发布信息86条，更新及时。"),
		"narrative.percentage": text("全年收到建议提案40件，按期办结38件，按期办结率98%。", "全年收到建议提案40件，按期办结38件，按期办结率95%。"),
		"narrative.balance": text("全年受理政府信息公开申请12件，上年结转1件，办结15件。",
			"全年受理政府信息公开申请12件，上年结转1件，办结13件。"),
		"narrative.unit": text("全年主动公开信息173769万条。", "全年主动公开信息1737条。"),
	}
}
