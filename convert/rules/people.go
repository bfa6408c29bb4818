package rules

// peopleRules are about persons, places and wording in the text.
func peopleRules() []Rule {
	return []Rule{
		{ID: "privacy.applicant_name", Severity: asError, Title: "出现申请人姓名", judge: applicantName,
			Description: "正文不写出申请人、复议申请人、原告、投诉人等的姓名（“徐某”“王××”不算）。"},
	}
}
