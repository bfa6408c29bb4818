package form

// The table of chapter 四 is the same in both forms: one row of fifteen numbers
// without a label.

type legalGroup struct {
	path   string
	labels []string
}

func legalGroups() []legalGroup {
	return []legalGroup{
		{"reconsideration", []string{"行政复议"}},
		{"litigation_direct", []string{"行政诉讼", "未经复议直接起诉"}},
		{"litigation_after_reconsideration", []string{"行政诉讼", "复议后起诉"}},
	}
}

func legalTable() Table {
	var columns []Column
	for _, g := range legalGroups() {
		columns = append(columns,
			Column{Path: g.path + "/upheld", Label: "结果维持", Groups: g.labels, Aliases: []string{"维持", "维持结果"}},
			Column{Path: g.path + "/corrected", Label: "结果纠正", Groups: g.labels, Aliases: []string{"纠正", "纠正结果"}},
			Column{Path: g.path + "/other", Label: "其他结果", Groups: g.labels, Aliases: []string{"其它结果", "其他"}},
			Column{Path: g.path + "/pending", Label: "尚未审结", Groups: g.labels, Aliases: []string{"未审结", "尚未办结"}},
			Column{Path: g.path + "/total", Label: "总计", Groups: g.labels, Aliases: []string{"合计"}},
		)
	}
	return Table{
		Key: "legal_challenges", Chapter: "legal_challenges", Title: "政府信息公开行政复议、行政诉讼情况表",
		Parts: []Part{{Columns: columns, Rows: []Row{{}}}},
	}
}

// legalRelations are three relations of one rule, one a group of columns.
func legalRelations() []Relation {
	var out []Relation
	for _, g := range legalGroups() {
		out = append(out, Relation{
			Rule: "legal_challenges.row_total", Table: "legal_challenges", Over: ByRow,
			Left:  []string{g.path + "/total"},
			Right: []string{g.path + "/upheld", g.path + "/corrected", g.path + "/other", g.path + "/pending"},
		})
	}
	return out
}
