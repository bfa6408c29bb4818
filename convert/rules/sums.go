package rules

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// sums returns the judge of a rule whose relations the forms declare under the
// rule's id.
func sums(id string) func(*context) *verdict {
	return func(c *context) *verdict {
		v := newVerdict()
		if c.reading.Form == nil {
			return inapplicable("报告没有可供核对的法定表格")
		}
		for i := range c.tables {
			t := &c.tables[i]
			for k := range t.by.Relations {
				if r := &t.by.Relations[k]; r.Rule == id && r.Table == t.form.Key {
					t.judge(r, v)
				}
			}
		}
		if v.outcome == report.NotApplicable {
			v.reason = "报告没有这张表，或者表中没有填写可供核对的数据"
		}
		return v
	}
}

// judge applies one relation to every column or row of the table.
func (t *tableView) judge(r *form.Relation, v *verdict) {
	if r.Over == form.ByRow {
		t.judgeRows(r, v)
		return
	}
	left := t.form.PrintedTerms(r.Left, t.collapsed)
	right := t.form.PrintedTerms(r.Right, t.collapsed)
	for p := range t.parts {
		part := &t.parts[p]
		if part.rowIndex(left[0]) < 0 {
			continue
		}
		for k := range part.part.Columns {
			if part.blankColumn(k) {
				continue
			}
			pick := func(path string) *cell {
				if row := part.rowIndex(path); row >= 0 {
					return &part.cells[row][k]
				}
				return nil
			}
			name := func(c *cell) string { return termName(c.row) }
			where := func() string { return "“" + t.columnName(&part.part.Columns[k]) + "”列" }
			t.compare(equation{left: terms(left, pick), right: terms(right, pick), name: name, where: where}, v)
		}
	}
}

func (t *tableView) judgeRows(r *form.Relation, v *verdict) {
	for p := range t.parts {
		part := &t.parts[p]
		if part.columnIndex(r.Left[0]) < 0 {
			continue
		}
		for row := range part.part.Rows {
			fr := &part.part.Rows[row]
			if r.Rows != nil && !contains(r.Rows, fr.Path) || part.blankRow(row) {
				continue
			}
			pick := func(path string) *cell {
				if k := part.columnIndex(path); k >= 0 {
					return &part.cells[row][k]
				}
				return nil
			}
			e := equation{left: terms(r.Left, pick), right: terms(r.Right, pick), name: t.columnTerm(r)}
			e.where = func() string {
				if n := rowName(fr); n != "" {
					return "“" + n + "”行"
				} else if g := t.commonGroup(r.Left[0]); g != "" {
					return "“" + g + "”"
				}
				return ""
			}
			if groupBlank(&e) {
				continue
			}
			t.compare(e, v)
		}
	}
}

// groupBlank reports whether all terms are blank: the rows of several groups of
// columns (行政复议, 行政诉讼) are blank group by group.
func groupBlank(e *equation) bool {
	for _, side := range [][]*cell{e.left, e.right} {
		for _, c := range side {
			if c == nil || c.state != report.StateBlank {
				return false
			}
		}
	}
	return true
}

func terms(paths []string, pick func(string) *cell) []*cell {
	out := make([]*cell, len(paths))
	for i, p := range paths {
		out[i] = pick(p)
	}
	return out
}

// termName is a row as a term of a sum: the bare ordinal of "一、…", else the
// row's name.
func termName(r *form.Row) string {
	if ordinal, _, ok := strings.Cut(r.Label, "、"); ok && len([]rune(ordinal)) == 1 {
		return ordinal
	}
	return rowName(r)
}

func (t *tableView) columnTerm(r *form.Relation) func(*cell) string {
	return func(c *cell) string {
		if len(r.Rows) == 0 && strings.Contains(c.column.Path, "/") {
			return c.column.Label // the group is named before
		}
		return t.columnName(c.column)
	}
}

// commonGroup is the name of the group of columns the path stands in.
func (t *tableView) commonGroup(path string) string {
	for p := range t.printed.Parts {
		for _, c := range t.printed.Parts[p].Columns {
			if c.Path == path {
				return strings.Join(c.Groups, "·")
			}
		}
	}
	return ""
}

// equation is a relation in one column or row. A nil term is a row or column
// the table does not have.
type equation struct {
	left, right []*cell
	name        func(*cell) string
	where       func() string
}

func (e *equation) terms() []*cell { return slices.Concat(e.left, e.right) }

// side is one side of an equation added up.
type side struct {
	sum *big.Rat
	// complete is false where a term is blank: the sum is then of the rest.
	complete bool
}

// compare judges one equation: see the package comment for unread and blank
// terms.
func (t *tableView) compare(e equation, v *verdict) {
	for _, side := range [...][]*cell{e.left, e.right} {
		for _, c := range side {
			if c == nil || c.unread() {
				v.undetermined(t.unreadReason(e.where(), c), pointer(c)...)
				return
			}
		}
	}
	l, r := add(e.left), add(e.right)
	order := orderOf(l.sum, r.sum)
	switch {
	case l.complete && r.complete:
		if order == 0 {
			v.pass()
			return
		}
	case l.complete && order < 0, r.complete && order > 0:
		// The known terms of the incomplete side alone exceed the other side,
		// and no count is below 0.
	default:
		v.undetermined(t.name+e.where()+"有空白格，无法核对", blanks(e.terms())...)
		return
	}
	v.fail(t.fault(&e, l, r))
}

func add(cells []*cell) side {
	s := side{sum: new(big.Rat), complete: true}
	var whole int64 // of counts, most cells: a tenth of the time of fractions
	for _, c := range cells {
		switch {
		case !c.known():
			s.complete = false
		case isCount(c.value):
			whole += c.value.Num().Int64()
		default:
			s.sum.Add(s.sum, c.value)
		}
	}
	switch {
	case s.sum.Sign() == 0: // most
		s.sum.SetInt64(whole)
	case whole != 0:
		s.sum.Add(s.sum, new(big.Rat).SetInt64(whole))
	}
	return s
}

// isCount reports a whole number that may be added up with all others of a table.
func isCount(v *big.Rat) bool {
	return v.IsInt() && v.Num().BitLen() < 48
}

func pointer(c *cell) []string {
	if c == nil {
		return nil
	}
	return []string{c.pointer()}
}

func blanks(cells []*cell) []string {
	var out []string
	for _, c := range cells {
		if !c.known() {
			out = append(out, c.pointer())
		}
	}
	return out
}

func (t *tableView) unreadReason(where string, c *cell) string {
	switch {
	case c == nil:
		return t.name + where + "缺少核对所需的行或列"
	case c.state == missing:
		return t.name + "没有读到" + t.short(c) + "，无法核对"
	case c.state == report.StateAmbiguous:
		return t.name + t.short(c) + "所在行的数字与列数不符，无法核对"
	}
	return t.place(c) + "填写的“" + clip(c.text) + "”不是数字，无法核对"
}

// fault words a broken sum. Expected is the sum of the longer side where the
// other is one printed total, else the sum of the left side.
func (t *tableView) fault(e *equation, l, r side) fault {
	expected, actual := l, r
	if len(e.left) == 1 && len(e.right) > 1 {
		expected, actual = r, l
	}
	diff := new(big.Rat).Sub(l.sum, r.sum)
	var b strings.Builder
	b.WriteString(t.name + e.where() + "：" + e.side(e.left, l) + "，与" + e.side(e.right, r) + " 不相等，相差" + number(diff.Abs(diff)) + "。" + e.details(e.left) + e.details(e.right))
	f := fault{expected: json.Number(number(expected.sum)), actual: json.Number(number(actual.sum))}
	if !l.complete || !r.complete {
		b.WriteString("（有空白格未计入，已填数字之和已经超出。）")
	}
	f.message = b.String()
	for _, c := range e.terms() {
		f.paths = append(f.paths, c.pointer())
	}
	f.place = strings.Join(f.paths, " ")
	return f
}

// few is how many terms of a sum are written out in the sentence itself.
const few = 6

// side words one side: "一（12）＋二（3）＝15", "（七）总计（10）", or of many terms
// only "各行之和（9）"; details names them afterwards.
func (e *equation) side(cells []*cell, s side) string {
	if len(cells) == 1 {
		return e.name(cells[0]) + "（" + cells[0].printed + "）"
	}
	if len(cells) > few {
		return "各行之和（" + number(s.sum) + "）"
	}
	var parts []string
	for _, c := range cells {
		if c.known() {
			parts = append(parts, e.name(c)+"（"+c.printed+"）")
		}
	}
	return strings.Join(parts, "＋") + "＝" + number(s.sum)
}

// details names the terms of a long sum that are not 0, the first ones.
func (e *equation) details(cells []*cell) string {
	const listed = 8
	if len(cells) <= few {
		return ""
	}
	var parts []string
	for _, c := range cells {
		if c.known() && c.value.Sign() != 0 {
			parts = append(parts, e.name(c)+"（"+c.printed+"）")
		}
	}
	switch n := len(parts); {
	case n == 0:
		return "各行都是0。"
	case n > listed:
		return "不为0的有" + itoa(n) + "行：" + strings.Join(parts[:listed], "、") + "等。"
	}
	return "不为0的有：" + strings.Join(parts, "、") + "。"
}

// number writes a figure as plain decimals.
func number(v *big.Rat) string {
	if v.IsInt() {
		return v.Num().String()
	}
	return strings.TrimRight(v.FloatString(40), "0")
}
