package history

import (
	"math/big"
	"strconv"
	"strings"

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

// figure is one figure of a report.
type figure struct {
	pointer string
	state   report.State // empty: the printed table has no such row
	value   *big.Rat     // nil where it states none
	printed string       // without unit
	unit    string
}

// known tells whether a figure is stated: a number, or a placeholder, which states 0.
func (f *figure) known() bool { return f.value != nil }

// silent tells whether nothing stands there.
func (f *figure) silent() bool { return f.state == report.StateBlank || f.state == "" }

// figure reads the figure at a pointer ("/report/applications/new/total").
func (a *Archived) figure(pointer string) figure {
	out := figure{pointer: pointer}
	place, ok := a.Result.Provenance[pointer]
	if ok {
		out.state = place.State
		if place.Unit != nil {
			out.unit = *place.Unit
		}
	}
	table, path, _ := strings.Cut(strings.TrimPrefix(pointer, "/report/"), "/")
	n := a.Result.Report.Table(table).At(path)
	switch {
	case n != nil && n.Value != nil && len(n.Children) == 0 && (!ok || place.State == report.StateNumber):
		out.state, out.printed = report.StateNumber, string(*n.Value)
		if out.value = exact(out.printed); out.value == nil {
			out.state = report.StateText
		}
	case out.state == report.StateNumber:
		out.state = report.StateText
	case out.state == report.StatePlaceholder:
		out.value, out.printed = new(big.Rat), "0"
	}
	return out
}

// exact reads a plain decimal; nil where it is none. Exponents are refused: they
// cost memory and no figure is printed with one.
func exact(s string) *big.Rat {
	const maxDigits = 40
	if len(s) > maxDigits || strings.Trim(s, "-0123456789.") != "" {
		return nil
	}
	if v, ok := new(big.Rat).SetString(s); ok {
		return v
	}
	return nil
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
