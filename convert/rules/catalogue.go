package rules

import (
	"slices"
	"strings"
	"sync"

	"nianbao/convert/report"
)

// The severities, as short as the lists below need them.
const (
	asError   = report.SeverityError
	asWarning = report.SeverityWarning
	asInfo    = report.SeverityInfo
)

// Catalogue lists the rules in the order in which they are judged and reported.
// The slice is the caller's.
func Catalogue() []Rule {
	return slices.Concat(tableRules(), structureRules(), identityRules(), logicRules(), privacyRules(), peopleRules(), narrativeRules(), documentRules())
}

// catalogue is made once and never changed.
var catalogue = sync.OnceValue(Catalogue)

// tableRules are about the statutory tables.
func tableRules() []Rule {
	return []Rule{
		{ID: "applications.balance", Severity: asError, Title: "申请数量收支平衡", Needs: []Need{NeedTables}, judge: sums("applications.balance"),
			Description: "每一列：一、本年新收＋二、上年结转＝三（七）总计＋四、结转下年度（表上印明的勾稽关系）。"},
		{ID: "applications.outcome_total", Severity: asError, Title: "办理结果合计", Needs: []Need{NeedTables}, judge: sums("applications.outcome_total"),
			Description: "每一列：（七）总计等于各项办理结果之和；（六）其他处理按表上印的行数计。"},
		{ID: "applications.row_total", Severity: asError, Title: "申请人合计", Needs: []Need{NeedTables}, judge: sums("applications.row_total"),
			Description: "每一行：总计＝自然人＋法人或其他组织的五列。"},
		{ID: "legal_challenges.row_total", Severity: asError, Title: "复议诉讼合计", Needs: []Need{NeedTables}, judge: sums("legal_challenges.row_total"),
			Description: "行政复议、未经复议直接起诉、复议后起诉三组：总计＝结果维持＋结果纠正＋其他结果＋尚未审结。"},
		{ID: "table.missing", Severity: asError, Title: "缺少法定表格", Needs: []Need{NeedTables}, judge: missingTables,
			Description: "三张法定表格齐全，而且是表格，不是图片。"},
		{ID: "table.cell_blank", Severity: asWarning, Title: "表格有空白格", Needs: []Need{NeedTables}, judge: blankCells,
			Description: "每个应填数字的格都填了数字；空白和“/”“-”一类符号按表列出。"},
		{ID: "table.cell_not_number", Severity: asWarning, Title: "填写的不是数字", Needs: []Need{NeedTables}, judge: textCells,
			Description: "填了内容的格是数字（单位、全角、千分位不计）。"},
		{ID: "table.cell_negative", Severity: asError, Title: "出现负数", Needs: []Need{NeedTables}, judge: negativeCells,
			Description: "只有2019年表格的“本年增/减”可以小于0。"},
		{ID: "table.cell_fraction", Severity: asError, Title: "件数出现小数", Needs: []Need{NeedTables}, judge: fractionCells,
			Description: "只有金额可以有小数。"},
		{ID: "table.row_ambiguous", Severity: asWarning, Title: "一行的数字与列数不符", Needs: []Need{NeedTables}, judge: ambiguousRows,
			Description: "一行的数字与列数相同；否则这一行不取数。"},
	}
}

// structureRules are about chapters and form.
func structureRules() []Rule {
	return []Rule{
		{ID: "structure.section_missing", Severity: asError, Title: "缺少法定部分", Needs: []Need{NeedText}, judge: missingSections,
			Description: "规定的六个部分齐全。"},
		{ID: "structure.section_order", Severity: asWarning, Title: "部分的次序或序号不对", Needs: []Need{NeedText}, judge: sectionOrder,
			Description: "六个部分按规定的次序排列，各出现一次，序号衔接。"},
		{ID: "structure.section_empty", Severity: asWarning, Title: "部分没有内容", Needs: []Need{NeedText}, judge: emptySections,
			Description: "每个部分都有内容（表格也算）。"},
		{ID: "structure.aspect_missing", Severity: asWarning, Title: "总体情况缺少方面", Needs: []Need{NeedText}, judge: missingAspects, Forms: []string{"2021"},
			Description: "2021年表格：总体情况写到主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。"},
		{ID: "structure.form_outdated", Severity: asError, Title: "表格不是当年规定的", Needs: []Need{NeedTables, NeedIdentity}, judge: outdatedForm,
			Description: "所用表格是报告年度规定的表格（2019年表格：2019—2020年度；2021年表格：2021年度起）。"},
		{ID: "structure.document_number", Severity: asWarning, Title: "引用的文号与表格不符", Needs: []Need{NeedText, NeedTables}, judge: documentNumber,
			Description: "引用的国办公开办函文号就是所用表格的文号。"},
	}
}

// identityRules are about agency, year and dates.
func identityRules() []Rule {
	return []Rule{
		{ID: "identity.title_missing", Severity: asWarning, Title: "缺少标题", Needs: []Need{NeedIdentity}, judge: missingTitle,
			Description: "有标题，写明机关名称、年度和“政府信息公开工作年度报告”。"},
		{ID: "identity.title_wording", Severity: asInfo, Title: "标题写法不规范", Needs: []Need{NeedIdentity}, judge: titleWording,
			Description: "标题是“机关名称＋年份＋年政府信息公开工作年度报告”。"},
		{ID: "identity.year_mismatch", Severity: asError, Title: "年度不一致", Needs: []Need{NeedIdentity, NeedText}, judge: yearMismatch,
			Description: "标题、统计期限和各处所写的年度一致；落款日期在当年12月至次年12月之间。"},
		{ID: "identity.signed_early", Severity: asWarning, Title: "落款早于统计期限结束", Needs: []Need{NeedIdentity}, judge: signedEarly,
			Description: "落款日期不早于统计期限的最后一天。"},
	}
}

// logicRules are about what figures say of each other.
func logicRules() []Rule {
	return []Rule{
		{ID: "logic.regulations_level", Severity: asWarning, Title: "无权制定规章", Needs: []Need{NeedTables, NeedIdentity}, judge: regulationsLevel,
			Description: "街道、乡镇、县（区）及其部门的“规章”行为0。"},
		{ID: "logic.decisions_misread", Severity: asWarning, Title: "处理决定数量疑似误填", Needs: []Need{NeedTables}, judge: decisionsMisread, Forms: []string{"2019"},
			Description: "2019年表格：没有两行以上的处理决定数量恰好等于上一年项目数量加减本年增/减（那是现有项目数，不是本年的决定件数）。"},
		{ID: "logic.public_below_disclosed", Severity: asWarning, Title: "公开总数小于新公开数", Needs: []Need{NeedTables}, judge: publicBelowDisclosed, Forms: []string{"2019"},
			Description: "2019年表格：对外公开总数量不小于本年新公开数量。"},
		{ID: "logic.change_sign", Severity: asWarning, Title: "减少的数没有负号", Needs: []Need{NeedTables}, judge: changeSign, Forms: []string{"2019"},
			Description: "2019年表格：本年增/减是减少的，写有负号或者“减”。"},
		{ID: "logic.zero_applications", Severity: asWarning, Title: "没有申请却有办理结果", Needs: []Need{NeedTables, NeedText}, judge: zeroApplications,
			Description: "新收和上年结转都是0时，没有办理结果和结转。"},
		{ID: "logic.fee_unreported", Severity: asWarning, Title: "没有报告信息处理费", Needs: []Need{NeedTables, NeedText}, judge: feeUnreported, Forms: []string{"2021"},
			Description: "有申请因逾期未缴费而不再处理时，第六部分报告收取信息处理费的情况。"},
	}
}

// privacyRules are about personal data.
func privacyRules() []Rule {
	return []Rule{
		{ID: "privacy.mobile_number", Severity: asWarning, Title: "出现手机号码", Needs: []Need{NeedText},
			judge:       privacy(mobileNumber, "手机号码", "疑为个人号码，公开前请删除或者改为办公电话。"),
			Description: "没有个人手机号码（11位，号段有效）。"},
		{ID: "privacy.id_number", Severity: asError, Title: "出现身份证号码", Needs: []Need{NeedText},
			judge:       privacy(idNumber, "身份证号码", "属于个人信息，公开前必须删除。"),
			Description: "没有居民身份证号码（18位，校验码有效）。"},
	}
}

// documentRules are about what could be read at all.
func documentRules() []Rule {
	return []Rule{
		{ID: "document.page_unreadable", Severity: asWarning, Title: "有读不出的页", Needs: []Need{NeedPages}, judge: readablePages,
			Description: "每一页都有可读的文字层；图片和乱码的页没有读取，其中的内容各条规则都没有核对。"},
	}
}

// Markdown is a table of rules for the documentation.
func Markdown(list []Rule) string {
	var b strings.Builder
	b.WriteString("| 规则 | 级别 | 名称 | 查看 | 成立的条件 |\n|---|---|---|---|---|\n")
	for _, r := range list {
		b.WriteString("| `" + r.ID + "` | " + r.Severity.Word() + " | " + r.Title + " | " + r.Grounds() + " | " + strings.ReplaceAll(r.Description, "|", "\\|") + " |\n")
	}
	return b.String()
}
