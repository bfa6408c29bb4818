package aggregate

import (
	"fmt"
	"slices"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Adder makes a sum of one report after the other, in any order. It belongs to one
// goroutine.
type Adder struct {
	forms []form.Form
	sum   Sum
	sums  []formAdder
	above *report.Result
}

// formAdder is the sums of one form as they grow.
type formAdder struct {
	form   *form.Form
	cells  []cellAdder
	bodies int
}

type cellAdder struct {
	Cell
	kind   form.Kind
	table  string // key
	group  string // of rows that may be printed as one row, to which it belongs, or which it is
	prints string // the unit that the form prescribes
	total  Total
}

// NewAdder begins a sum over the bodies of a selection, which it takes. The forms are the
// statutory ones, the newest first.
func NewAdder(sel Selection, forms []form.Form) *Adder {
	a := &Adder{forms: forms, sum: Sum{Selection: sel}, sums: make([]formAdder, len(forms))}
	for i := range forms {
		a.sums[i] = formAdder{form: &forms[i], cells: cellsOf(&forms[i])}
	}
	return a
}

// cellsOf are the cells of a form, and behind those of each table the cells of groups
// that may be printed as one row.
func cellsOf(f *form.Form) []cellAdder {
	var out []cellAdder
	for i := range f.Tables {
		t := &f.Tables[i]
		known := map[string]bool{}
		add := func(t *form.Table, merged bool) {
			for _, ref := range t.Cells() {
				if known[ref.Path] {
					continue
				}
				known[ref.Path] = true
				row := &t.Parts[ref.Part].Rows[ref.Row]
				c := cellAdder{kind: ref.Kind, table: t.Key, group: row.Collapses, prints: ref.Unit,
					Cell: Cell{Path: ref.Path, Name: t.CellName(&ref), Table: t.Title, Unit: ref.Unit, Merged: merged}}
				if ref.Kind == form.Money {
					c.Unit = unitOfSum(ref.Unit)
				}
				if merged {
					c.group = row.Path
				}
				out = append(out, c)
			}
		}
		add(t, false)
		shown := t.Printed(func(string) bool { return true })
		add(&shown, true)
	}
	return out
}

// Empty is a cell of a form without any report; its Path is empty where the form has none
// at the pointer.
func Empty(forms []form.Form, id, path string) Cell {
	for i := range forms {
		if forms[i].ID != id {
			continue
		}
		for _, c := range cellsOf(&forms[i]) {
			if c.Path == path {
				return c.done(nil, 0, nil)
			}
		}
	}
	return Cell{}
}

// Bodies are those of the selection; their state says where a report is to be had.
func (a *Adder) Bodies() []Body { return a.sum.Bodies }

// Add adds the report of the body in that place, corrected as people corrected it. It
// says in the body's State what became of it, and returns what is to be said of single
// cells, in the order of the form. The report is not kept.
func (a *Adder) Add(body int, res *report.Result) []Note {
	b := &a.sum.Bodies[body]
	b.Form = res.Report.Form
	at := slices.IndexFunc(a.forms, func(f form.Form) bool { return f.ID == b.Form })
	switch {
	case res.Report.Year == nil || *res.Report.Year != a.sum.Year:
		b.State = Undated
		return nil
	case at < 0:
		b.State = NoTables
		return nil
	}
	b.State = Counted
	f := &a.sums[at]
	f.bodies++
	broken := conflicts(f.form, res)
	var notes []Note
	for i := range f.cells {
		c := &f.cells[i]
		for _, m := range c.add(res, broken[c.Path]) {
			list := c.list(m)
			*list = append(*list, body)
			*b.Cells.count(m)++
			notes = append(notes, Note{Path: c.Path, Mark: m})
		}
	}
	return notes
}

// Mark says what became of a body whose report is not to be had.
func (a *Adder) Mark(body int, s State) { a.sum.Bodies[body].State = s }

// AddAbove compares the sums with the report of the body above, of which the selection
// tells; where its Reason says why not, they are not compared.
func (a *Adder) AddAbove(res *report.Result) {
	above := a.sum.Above
	above.Form = res.Report.Form
	if y := res.Report.Year; above.Reason == "" && (y == nil || *y != a.sum.Year) {
		above.Reason = "它的报告没有写明年度"
	}
	a.above = res
}

// add adds one cell of a report, and tells what is to be said of it. broken: a sum of the
// report that does not add up names it.
func (c *cellAdder) add(res *report.Result, broken bool) (marks []Mark) {
	grouped := c.group != "" && collapsed(res.Report.Table(c.table), c.group)
	if c.Merged != grouped {
		if c.Merged {
			return nil // the rows of the group have the figures
		}
		c.total.Unknown++
		return []Mark{Grouped}
	}
	f := At(res, c.Path)
	if f.Corrected {
		marks = append(marks, Corrected)
	}
	known := true
	if c.kind == form.Money {
		f, known = f.inUnitOfSum(c.prints)
	}
	switch {
	case !known:
		marks = append(marks, NoUnit)
		f.Value = nil
	case f.Known():
		if f.State == report.StatePlaceholder {
			c.total.Placeholders++
		}
		if broken {
			marks = append(marks, Conflicting)
		}
	case f.State == report.StateBlank:
		marks = append(marks, Blank)
	case f.State == "":
		marks = append(marks, Absent)
	default:
		marks = append(marks, Unreadable)
	}
	c.total.Add(f)
	return marks
}

// Sum ends the sum. The adder must not be used any more.
func (a *Adder) Sum() *Sum {
	s := &a.sum
	s.Counts = map[State]int{}
	for i := range s.Bodies {
		s.Counts[s.Bodies[i].State]++
	}
	s.Forms = []FormSum{}
	for i := range a.sums {
		f := &a.sums[i]
		if f.bodies == 0 {
			continue
		}
		own := a.compared(f)
		out := FormSum{Form: f.form.ID, Bodies: f.bodies, Missing: len(s.Bodies) - f.bodies, Cells: make([]Cell, len(f.cells))}
		for k := range f.cells {
			out.Cells[k] = f.cells[k].done(own, out.Missing, s.Above)
		}
		s.Forms = append(s.Forms, out)
	}
	if s.Above != nil && a.above != nil && !s.Above.Compared && s.Above.Reason == "" {
		s.Above.Reason = "没有与它的报告同一种表格的报告"
	}
	s.warn()
	return s
}

// done is the cell as it is told.
func (c *cellAdder) done(own *report.Result, missing int, above *Above) Cell {
	out := c.Cell
	out.Contributors, out.Placeholders = c.total.Contributors, c.total.Placeholders
	if out.Contributors > 0 {
		n := Decimal(c.total.Sum())
		out.Sum = &n
	}
	for _, m := range AllMarks() {
		list := out.list(m)
		if slices.Sort(*list); *list == nil {
			*list = []int{}
		}
	}
	if own != nil && c.kind == form.Count && !c.Merged {
		f := At(own, c.Path)
		t := c.total
		t.Unknown += missing
		out.Own = &Own{Verdict: t.Beside(f, above.OwnIncluded)}
		if f.Known() {
			n := Decimal(f.Value)
			out.Own.Value = &n
		}
	}
	return out
}

// compared is the report above where this form's cells are compared with it, and says
// why not where not.
func (a *Adder) compared(f *formAdder) *report.Result {
	above := a.sum.Above
	if above == nil || a.above == nil || above.Reason != "" {
		return nil
	}
	if above.Form != f.form.ID {
		return nil
	}
	var w Weighing
	for i := range f.cells {
		if c := &f.cells[i]; c.kind == form.Count && !c.Merged {
			w.Add(At(a.above, c.Path), &c.total)
		}
	}
	if w.OwnAlone() {
		above.Reason = "它的报告看来只有本级自己的数字，不是汇总下级的报告"
		return nil
	}
	above.Compared = true
	return a.above
}

// warn tells what has to be known of the sums.
func (s *Sum) warn() {
	s.Warnings = []Warning{}
	for _, w := range []struct {
		state         State
		code, message string
	}{
		{Missing, "bodies_missing", "%d 个单位没有报告，未计入"},
		{Failed, "bodies_failed", "%d 个单位的文件未能转换，未计入"},
		{Busy, "bodies_busy", "%d 个单位的文件还在处理，未计入"},
		{Undated, "bodies_undated", "%d 个单位的报告没有写明年度，未计入：请更正年度"},
		{NoTables, "bodies_without_tables", "%d 个单位的报告没有法定表格，未计入"},
		{Lost, "results_lost", "%d 个单位的结果读不出，未计入：请重新转换"},
	} {
		s.warnOf(w.code, w.message, func(b *Body) bool { return b.State == w.state })
	}
	if len(s.Forms) > 1 {
		newest := s.Forms[0].Form
		s.warnOf("several_forms", "%d 个单位用的不是"+newest+"年表式，分开汇总，不相加", func(b *Body) bool { return b.State == Counted && b.Form != newest })
	}
	counted := func(m Mark) func(*Body) bool {
		return func(b *Body) bool { return b.State == Counted && *b.Cells.count(m) > 0 }
	}
	s.warnOf("cells_blank", "%d 个单位的报告有空白格", counted(Blank))
	s.warnOf("cells_unreadable", "%d 个单位的报告有读不成数字的格", counted(Unreadable))
	s.warnOf("cells_absent", "%d 个单位的报告缺法定的行或表", counted(Absent))
	s.warnOf("rows_merged", "%d 个单位把几行合并填成一行，另行列出", counted(Grouped))
	s.warnOf("unit_unknown", "%d 个单位的金额没有写明计量单位，未计入", counted(NoUnit))
	s.warnOf("cells_conflicting", "%d 个单位的报告表内合计不符，数字照填写的计入", counted(Conflicting))
	s.warnOf("newer_unread", "%d 个单位新交的一版未能转换，计入的是以前的一版", func(b *Body) bool { return b.State == Counted && b.NewerUnread })
	s.warnOf("returned", "%d 个单位的报告已退回，数字仍计入", func(b *Body) bool { return b.State == Counted && b.Review == report.Returned })
	s.warnOf("corrected", "%d 个单位的报告有更正过的数字，按更正后的计入", counted(Corrected))
	if s.Partial {
		s.Warnings = append(s.Warnings, Warning{Code: "partial_view", Message: "您的口令只能查看部分单位，这里只是这些单位之和", Bodies: []int{}})
	}
	if !s.Listed {
		s.Warnings = append(s.Warnings, Warning{Code: "no_list", Message: "没有编制主体名单，看不出谁没有报送", Bodies: []int{}})
	}
	if n := len(s.Outside); n > 0 {
		s.Warnings = append(s.Warnings, Warning{Code: "outside", Message: fmt.Sprintf("名单上有 %d 个单位不在“%s”之下，未计入：请在名单上写明上级", n, s.Above.Name), Bodies: []int{}})
	}
	if s.Strays > 0 {
		s.Warnings = append(s.Warnings, Warning{Code: "strays", Message: fmt.Sprintf("%d 份报告没有归到名单上的单位，未计入", s.Strays), Bodies: []int{}})
	}
}

func (s *Sum) warnOf(code, message string, of func(*Body) bool) {
	var list []int
	for i := range s.Bodies {
		if of(&s.Bodies[i]) {
			list = append(list, i)
		}
	}
	if len(list) > 0 {
		s.Warnings = append(s.Warnings, Warning{Code: code, Message: fmt.Sprintf(message, len(list)), Bodies: list})
	}
}
