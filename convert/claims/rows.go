package claims

import (
	"math/big"
	"strings"

	"nianbao/extract/lazyregexp"
)

// formRows are the rows of the form of 2019 that count things and cases, by what prose calls them; fees and
// procurement have words of their own.
var formRows = []struct {
	path  string
	words []string
}{
	{"regulations", []string{"规章"}},
	{"normative_documents", []string{"规范性文件"}},
	{"administrative_licensing", []string{"行政许可"}},
	{"other_management_services", []string{"其他对外管理服务", "其它对外管理服务"}},
	{"administrative_penalties", []string{"行政处罚"}},
	{"administrative_compulsion", []string{"行政强制"}},
	{"administrative_fees", []string{"行政事业性收费"}},
	{"government_procurement", []string{"集中采购"}},
}

// formColumns are its columns by the names that it gives them, and the rows that have them.
var formColumns = []struct {
	path  string
	words []string
	rows  string
}{
	{"made", []string{"新制作"}, "regulations normative_documents"},
	{"disclosed", []string{"新公开"}, "regulations normative_documents"},
	{"total_public", []string{"对外公开总数量", "对外公开总数", "公开总数量"}, "regulations normative_documents"},
	{"previous_items", []string{"上一年项目数量", "上年项目数量", "上一年度项目数量", "上年度项目数量", "上一年项目数", "上年项目数", "上一年度为", "上年度为", "上一年为", "上年为", "上年的", "上一年的", "上一年", "上年"}, "administrative_licensing other_management_services administrative_penalties administrative_compulsion administrative_fees"},
	{"decisions", []string{"处理决定数量", "处理决定"}, "administrative_licensing other_management_services administrative_penalties administrative_compulsion"},
	{"items", []string{"采购项目数量", "采购项目"}, "government_procurement"},
	{"amount", []string{"采购总金额", "采购总额", "采购金额", "金额"}, "government_procurement"},
}

// changes reads by how many the items of a row changed, told directly behind how many they were the year before:
// 行政许可上一年项目数量12项，本年减少1项. first is the sentence's first claim.
func (out *Reading) changes(index, first int) {
	s := &out.Sentences[index]
	for k := first + 1; k < len(out.Claims); k++ {
		c, before := &out.Claims[k], &out.Claims[k-1]
		row, ok := strings.CutSuffix(string(before.Subject), ".previous_items")
		if !ok || c.Subject != None || c.Figure != before.Figure+1 || c.Unit != before.Unit {
			continue
		}
		m := changedItems.FindStringSubmatch(s.Figures[c.Figure].Raw)
		if m == nil {
			continue
		}
		c.Subject, c.Change = Subject(row+".change"), false
		c.Scope.OtherYear, c.Scope.Unsure = false, false
		if m[1] != "" {
			c.Value = new(big.Rat).Neg(c.Value)
		}
	}
}

// changedItems says that items were added, or, in its group, taken off.
var changedItems = lazyregexp.New(`^[，、；]?(?:本年度?|当年|今年|年内|20\d\d年度?)?(?:净|新)?(?:增加?|(减少?|取消))了?$`)

// openTotal is how prose calls the number of all that is open: 至此对外公开的规范性文件总数量.
var openTotal = lazyregexp.New(`^(?:至此|截至年底|目前|截至目前|累计)*对外公开的?(规范性文件|规章)的?总数?量?`)

// bodyBefore is who did what a column counts.
var bodyBefore = lazyregexp.New(`^[^，；]{1,8}(?:局|委|办公室|厅|街道|镇|乡|政府|中心|委员会)`)

// aroundColumn takes out what may stand around the name of a column and says nothing of it.
var aroundColumn = replacer(counting, ofYear, ownBody, `作出 做出 办理 当年 数量 合计 达 为 共 累计 事项 本年`)

// formColumn reads a figure that is called by a column of the form of 2019, of the row that its sentence named last:
// 行政许可上一年项目数量12项，本年减少1项，作出处理决定486件.
func (s *Sentence) formColumn(i int, _ topic) Subject {
	f := &s.Figures[i]
	if f.Change || f.Depth > 0 || f.Sep == '（' || f.Tail != "" && !strings.HasPrefix(f.Tail, "。") {
		return None
	}
	raw := f.Raw
	if strings.Contains(raw, "对外公开") {
		raw = openTotal.ReplaceAllString(raw, "${1}对外公开总数量")
	}
	for c := range formColumns {
		column := &formColumns[c]
		if (f.kind == moneyUnit) != (column.path == "amount") {
			continue
		}
		for _, name := range column.words {
			before, behind, ok := strings.Cut(raw, name)
			if !ok || aroundColumn.Replace(aroundRow.Replace(behind)) != "" || column.path == "previous_items" && f.Unit != "项" && f.Unit != "个" {
				continue
			}
			if aroundColumn.Replace(behind) != "" {
				before += behind // 新制作规范性文件6件
			}
			row, rest := s.formRow(before, f)
			if row == "" || aroundColumn.Replace(bodyBefore.ReplaceAllString(rest, "")) != "" || !strings.Contains(" "+column.rows+" ", " "+row+" ") {
				return None
			}
			return Subject(row + "." + column.path)
		}
	}
	return None
}

// aroundRow takes out what stands around the name of a row before that of its column.
var aroundRow = replacer(counting, ofYear, ownBody, `行政规范性文件 规范性文件 规章 行政许可项目 行政许可事项 行政许可 由 其他对外管理服务事项 其它对外管理服务事项 行政处罚项目 行政处罚事项 行政处罚 行政强制项目 行政强制事项 行政强制 行政事业性收费项目 行政事业性收费 政府集中采购项目 政府集中采购 集中采购 政府 公开 的 方面`)

// formRow is the row that the words before a column name, with what they say else; or, where they name none, the one
// that the sentence named last by itself. It is empty where several are named together.
func (s *Sentence) formRow(before string, f *Figure) (row, rest string) {
	text, last := s.Span(0, f.Clause), -1
	for r := range formRows {
		for _, w := range formRows[r].words {
			if strings.Contains(before, w) {
				if last == len(text) {
					return "", before
				}
				row, last = formRows[r].path, len(text)
			}
			if at := strings.LastIndex(text, w); at > last {
				row, last = formRows[r].path, at
				if hasSuffix(text[:at], []string{"、", "和", "及", "与"}) {
					row = ""
				}
			}
		}
	}
	return row, aroundRow.Replace(before)
}
