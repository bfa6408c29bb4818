package review

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/convert/form"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// The values that can be corrected beside figures.
const (
	pathTitle    = "/report/title"
	pathAgency   = "/report/agency"
	pathYear     = "/report/year"
	pathSignedBy = "/report/signed_by"
	pathSignedOn = "/report/signed_on"
)

// maxLine bounds a title or name, in characters.
const maxLine = 200

// field is a value that can be corrected.
type field struct {
	label string
	// parse writes a value in one form; nil is that nothing stands there. wrong says
	// what is the matter with it, and what to do.
	parse func(value *string) (out *string, wrong string)
}

// fieldAt describes the value at a pointer; one that is none of the forms' has no
// label.
func fieldAt(res *report.Result, path string) field {
	switch path {
	case pathTitle:
		return field{"标题", line}
	case pathAgency:
		return field{"机关", line}
	case pathSignedBy:
		return field{"落款机关", line}
	case pathYear:
		return field{"年度", year}
	case pathSignedOn:
		return field{"落款日期", day}
	}
	c := cellAt(res.Report.Form, path)
	return field{Label(c), func(value *string) (*string, string) { return figure(c, value) }}
}

// cellAt is the cell of figures at a pointer: as the report's form has it, or else
// another one, for a report may have tables of two.
func cellAt(own, path string) form.CellRef {
	all := cells()
	if c, ok := all[own+path]; ok {
		return c
	}
	return all[path]
}

// cells are those of all forms, groups printed as one row too, by form and pointer,
// and by pointer alone as the newest form that has it. Listing them takes longer than
// all else that is done with a statement.
var cells = sync.OnceValue(func() map[string]form.CellRef {
	out := map[string]form.CellRef{}
	for _, f := range form.All() {
		for i := range f.Tables {
			one := f.Tables[i].Printed(func(string) bool { return true })
			for _, c := range append(f.Tables[i].Cells(), one.Cells()...) {
				out[f.ID+c.Path] = c
				if _, ok := out[c.Path]; !ok {
					out[c.Path] = c
				}
			}
		}
	}
	return out
})

// Label is the full name of a cell: "一、本年新收政府信息公开申请数量·总计".
func Label(c form.CellRef) string {
	return strings.Trim(c.RowLabel+"·"+c.ColumnLabel, "·")
}

// figure reads the value of a cell as the program reads cells, and holds it against
// the kind of the cell. A placeholder stays as it is written.
func figure(c form.CellRef, value *string) (*string, string) {
	if value == nil || strings.TrimSpace(clean(*value, false)) == "" {
		return nil, ""
	}
	text := strings.TrimSpace(clean(*value, false))
	cell := mapping.ParseCell(text)
	switch {
	case cell.State == report.StatePlaceholder && utf8.RuneCountInString(text) <= maxPlaceholder:
		return &text, ""
	case cell.State != report.StateNumber:
		return nil, "“" + short(text) + "”不是数字。请填数字；原件此格空白时留空，是“/”“—”时照填。"
	case cell.Unit != "" && c.Unit != "" && cell.Unit != c.Unit:
		return nil, "这一格的单位是" + c.Unit + "。请按" + c.Unit + "填写，不要写单位。"
	}
	n := string(cell.Number)
	whole := !strings.Contains(strings.TrimRight(strings.TrimRight(n, "0"), "."), ".")
	switch {
	case c.Kind == form.Count && (!whole || strings.HasPrefix(n, "-")):
		return nil, "这一格应填不小于0的整数。请核对原件后重新填写。"
	case c.Kind == form.Change && !whole:
		return nil, "这一格应填整数（减少时为负数）。请核对原件后重新填写。"
	case c.Kind == form.Money && strings.HasPrefix(n, "-"):
		return nil, "这一格应填不小于0的数。请核对原件后重新填写。"
	}
	return &n, ""
}

// maxPlaceholder bounds what stands for a figure that is not there, in characters.
const maxPlaceholder = 10

// line is a title or a name.
func line(value *string) (*string, string) {
	if value == nil {
		return nil, ""
	}
	text := strings.Join(strings.Fields(clean(*value, false)), " ")
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return nil, ""
	case n > maxLine:
		return nil, fmt.Sprintf("有%d个字，超过上限%d个字。请核对后重新填写。", n, maxLine)
	}
	return &text, ""
}

// The years that a report may be for: 政府信息公开条例 is of 2007.
const firstYear, lastYear = 2000, 2100

func year(value *string) (*string, string) {
	if value == nil || strings.TrimSpace(*value) == "" {
		return nil, ""
	}
	text := strings.TrimSpace(*value)
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSuffix(text, "度"), "年"))
	if err != nil || n < firstYear || n > lastYear {
		return nil, "“" + short(text) + "”不是年度。请填四位数字，如 2024。"
	}
	return ref(strconv.Itoa(n)), ""
}

var dayParts = lazyregexp.New(`^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$`)

func day(value *string) (*string, string) {
	if value == nil || strings.TrimSpace(*value) == "" {
		return nil, ""
	}
	text := strings.Join(strings.Fields(*value), "")
	if m := dayParts.FindStringSubmatch(text); m != nil {
		d := report.Date{Year: number(m[1]), Month: number(m[2]), Day: number(m[3])}
		if d.Valid() && d.Year >= firstYear && d.Year <= lastYear {
			return ref(d.String()), ""
		}
	}
	return nil, "“" + short(text) + "”不是日期。请按 2024-01-18 的样子填写。"
}

// number reads digits.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// short is a text as a message quotes it.
func short(s string) string {
	const most = 20
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
