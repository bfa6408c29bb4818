package rules

// peopleRules are about persons, places and wording in the text.
func peopleRules() []Rule {
	return []Rule{
		{ID: "identity.foreign_agency", Severity: asWarning, Title: "把别的机关写成本机关", Needs: []Need{NeedIdentity, NeedText}, judge: foreignAgency,
			Description: "正文没有把别的乡镇、街道、部门当作编制机关来写（上级、兄弟单位、所辖地方正常出现不算）。"},
		{ID: "identity.late", Severity: asWarning, Title: "公开晚于规定期限", Needs: []Need{NeedIdentity}, judge: late,
			Description: "读到公开日期时：部门、街道和乡镇在次年1月31日前公布，各级人民政府在次年3月31日前公布。"},
		{ID: "privacy.applicant_name", Severity: asError, Title: "出现申请人姓名", Needs: []Need{NeedText}, judge: applicantName,
			Description: "正文不写出申请人、复议申请人、原告、投诉人等的姓名（“徐某”“王××”不算）。"},
		{ID: "privacy.bank_account", Severity: asWarning, Title: "出现银行卡号", Needs: []Need{NeedText},
			judge:       privacy(bankCard, "银行卡号", "疑为个人账户，公开前请删除。"),
			Description: "没有个人银行卡号（“账号”“卡号”之后16至19位，校验码有效；单位账户不算）。"},
		{ID: "wording.grave", Severity: asError, Title: "严重表述错误", Needs: []Need{NeedText}, judge: graveWording,
			Description: "没有把原则写反（“公开是例外”）、写错国名、领导人姓名、法规名称一类的严重错误。"},
		{ID: "wording.residue", Severity: asWarning, Title: "模板或者替换的残留", Needs: []Need{NeedText}, judge: residue,
			Description: "没有模板提示语、占位符、标记代码和查找替换留下的残余（“XX街道”“（此处填写…）”“[bookmark: …]”）。"},
	}
}
