package mapping

import (
	"strings"

	"nianbao/convert/report"
	"nianbao/extract"
)

// isPre2019 reports whether the document holds a statistics table of the time
// before the statutory forms: rows of indicator, unit and number.
func isPre2019(doc *extract.Document) bool {
	for i := range doc.Tables {
		if isStatistics(&doc.Tables[i]) {
			return true
		}
	}
	return false
}

// isStatistics wants a header with 指标 and 单位, or most rows to hold a unit and
// beside it a figure.
func isStatistics(t *extract.Table) bool {
	if t.Rows < 3 || t.Rows > maxTableRows || t.Columns < 2 || t.Columns > maxTableColumns {
		return false
	}
	header, rows, named := false, 0, 0
	for r, row := range t.Grid() {
		cells := distinct(row)
		if r < 4 {
			text := ""
			for _, c := range cells {
				text += compact(c.Text) + "|"
			}
			header = header || (strings.Contains(text, "指标") && (strings.Contains(text, "单位") || strings.Contains(text, "数")))
		}
		for k := 1; k+1 < len(cells); k++ {
			if isCountUnit(cells[k].Text) && ParseCell(cells[k+1].Text).State != report.StateText {
				rows++
				break
			}
		}
		if len(cells) > 0 {
			k := compact(cells[0].Text)
			for _, word := range []string{"主动公开", "申请", "行政复议", "行政诉讼", "规范性文件", "政府网站", "信息公开"} {
				if strings.Contains(k, word) {
					named++
					break
				}
			}
		}
	}
	return named >= 3 && (header || rows >= 5)
}

func isCountUnit(text string) bool {
	switch compact(text) {
	case "条", "件", "个", "次", "人", "篇", "万元", "元", "人次", "份", "批次", "场次", "期":
		return true
	}
	return false
}
