package history

import (
	"strconv"
	"strings"

	"nianbao/convert/aggregate"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// comparison is what the rules of one run look at.
type comparison struct {
	Input
	Settings Settings

	ownProse *prose // as first asked for
}

// lost is why nothing can be said beside a report whose result cannot be read.
const lost = "上一年度报告已归档，但结果读不出"

// before is the verdict where there is no report of the year before to compare with;
// nil where there is.
func (c *comparison) before() *verdict {
	switch {
	case c.PreviousLost:
		return undecided(lost)
	case c.Previous == nil:
		return inapplicable("没有归档同一机关上一年度的报告")
	}
	return nil
}

// figure is one figure of a report and where it stands.
type figure struct {
	aggregate.Figure
	pointer string
}

// figure reads the figure at a pointer ("/report/applications/new/total").
func (a *Archived) figure(pointer string) figure {
	return figure{aggregate.At(a.Result, pointer), pointer}
}

// year is the year reported on, as messages write it.
func (a *Archived) year() string {
	if y := a.Result.Report.Year; y != nil {
		return strconv.Itoa(*y) + "年度"
	}
	return ""
}

func (a *Archived) agency() string {
	if s := a.Result.Report.Agency; s != nil {
		return *s
	}
	return ""
}

// compared is a place of this report beside one of another.
func (a *Archived) compared(path, other, text, otherText string) report.Compared {
	out := report.Compared{Report: a.ID, Agency: a.agency(), Path: path, Other: other, Text: text, OtherText: otherText}
	if y := a.Result.Report.Year; y != nil {
		out.Year = *y
	}
	return out
}

// has tells whether the report has the statutory table.
func (a *Archived) has(table string) bool { return a.Result.Report.Table(table) != nil }

// tableName is what findings call a table, by its chapter.
func tableName(f *form.Form, key string) string {
	if t := f.Table(key); t != nil {
		if ch := f.Chapter(t.Chapter); ch != nil {
			return "“" + ch.Number + "、" + ch.Title + "”表"
		}
	}
	return "表格"
}

// cellName is what findings call a cell.
func cellName(f *form.Form, table string, cell form.CellRef) string {
	return tableName(f, table) + "“" + strings.TrimPrefix(cut(cell.RowLabel)+"·"+cell.ColumnLabel, "·") + "”"
}

// cut is a label without its explanation.
func cut(label string) string {
	label, _, _ = strings.Cut(label, "（区分")
	return strings.NewReplacer("“", "‘", "”", "’").Replace(label)
}
