package rules

import "strings"

// Where the law says what a rule asks for. 条例 is 中华人民共和国政府信息公开条例 as of 2019
// (国务院令第711号); the notices are those that print the two forms.
const (
	lawAccurate  = "《政府信息公开条例》第六条（及时、准确地公开政府信息）"
	lawPrinciple = "《政府信息公开条例》第五条（以公开为常态、不公开为例外）"
	lawPrivate   = "《政府信息公开条例》第十五条（涉及个人隐私等会对第三方合法权益造成损害的，不得公开）"
	lawTerm      = "《政府信息公开条例》第四十九条（每年1月31日前，政府3月31日前）"
	lawContents  = "《政府信息公开条例》第五十条（年度报告的内容和统一格式）"
	lawFee       = "《政府信息公开条例》第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
	lawPersonal  = "《个人信息保护法》第二十八条（敏感个人信息）"
	lawPowers    = "《立法法》（有权制定规章的机关）"
	noticeForms  = "年度报告统一格式（国办公开办函〔2021〕30号、〔2019〕60号）"
	noticeSum    = noticeForms + "：第一项加第二项之和，等于第三项加第四项之和"
)

// bases are the grounds of rules, by their ids or by what their ids begin with; the
// first that fits holds.
func bases() [][2]string {
	return [][2]string{
		{"applications.balance", noticeSum}, {"history.carry_over", noticeSum},
		{"applications.", noticeForms}, {"legal_challenges.", noticeForms}, {"table.", noticeForms},
		{"structure.section_missing", lawContents}, {"structure.", noticeForms},
		{"identity.late", lawTerm}, {"identity.signed_early", lawTerm}, {"identity.", lawAccurate},
		{"logic.regulations_level", lawPowers}, {"logic.fee_unreported", lawFee}, {"logic.", noticeForms},
		{"privacy.applicant_name", lawPrivate}, {"privacy.", lawPrivate + "、" + lawPersonal},
		{"wording.grave", lawPrinciple}, {"wording.", lawAccurate},
		{"narrative.", lawAccurate}, {"history.copied", lawAccurate}, {"history.jump", lawAccurate}, {"history.growth", lawAccurate}, {"history.", noticeForms},
		{"rollup.", lawContents},
		{"document.", ""}, // what could be read is no duty of the body's
	}
}

// Basis is the law or notice that asks for what the rule holds; empty where none does.
func (r *Rule) Basis() string {
	for _, b := range bases() {
		if strings.HasPrefix(r.ID, b[0]) {
			return b[1]
		}
	}
	return ""
}
