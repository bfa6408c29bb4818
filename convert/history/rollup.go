package history

import (
	"encoding/json"
	"strconv"
	"strings"

	"nianbao/convert/aggregate"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Rollup is what a government's report adds up: the bodies below it on the list that
// file a report, and their reports in force for the year.
type Rollup struct {
	// Missing are the names of those without a report.
	Missing []string
	// Children are the reports of all of them; none where one is missing.
	Children []Archived
	// Lost is how many of the reports cannot be read.
	Lost int
	// OwnIncluded: the government's own figures are those of one of the children, its
	// office. Then a cell is exactly the sum, else at least.
	OwnIncluded bool
}

// maxNamed is how many bodies or cells a message names.
const maxNamed = 6

// childMissing: every body below has a report for the year.
func childMissing(c *comparison) *verdict {
	if c.Rollup == nil {
		return inapplicable("名单上没有本机关的下级，或者看不到全部下级的报告")
	}
	v := &verdict{outcome: report.Passed}
	if missing := c.Rollup.Missing; len(missing) > 0 {
		v.fail(fault{place: "missing", paths: []string{}, actual: len(missing),
			message: c.Own.year() + "还有" + strconv.Itoa(len(missing)) + "个下级没有报告：" + named(missing) + "。请收齐后再汇总；不编报的请在名单上注明。"})
	}
	return v
}

// named are the first of several names.
func named(list []string) string {
	s := strings.Join(list[:min(len(list), maxNamed)], "、")
	if len(list) > maxNamed {
		s += "等"
	}
	return s
}

// mismatch: what the report adds up is the sum of what is below it.
func mismatch(c *comparison) *verdict {
	switch r := c.Rollup; {
	case r == nil:
		return inapplicable("名单上没有本机关的下级，或者看不到全部下级的报告")
	case len(r.Missing) > 0:
		return inapplicable("下级的报告没有收齐")
	case r.Lost > 0:
		return undecided("有" + strconv.Itoa(r.Lost) + "份下级报告的结果读不出")
	}
	f, ok := form.Lookup(c.Own.Result.Report.Form)
	if !ok {
		return inapplicable("报告没有法定表格")
	}
	for i := range c.Rollup.Children {
		if c.Rollup.Children[i].Result.Report.Form != f.ID {
			return undecided("下级的报告（" + c.Rollup.Children[i].agency() + "）不是同一种表格")
		}
	}
	v := &verdict{outcome: report.NotApplicable, reason: "没有可以汇总的数字"}
	var weighing aggregate.Weighing
	var wrong []summed
	for i := range f.Tables {
		for _, cell := range f.Tables[i].Cells() {
			if cell.Kind != form.Count {
				continue
			}
			s := c.sum(cell)
			weighing.Add(s.own.Figure, &s.total)
			if s.judge(v, c.Rollup.OwnIncluded) {
				s.label = cellName(&f, f.Tables[i].Key, cell)
				wrong = append(wrong, s)
			}
		}
	}
	switch {
	case weighing.OwnAlone():
		return inapplicable("本报告不是汇总下级的报告")
	case len(wrong) > 0:
		v.fail(c.misadded(wrong))
	}
	return v
}

// summed is a cell and what is below it.
type summed struct {
	label string
	own   figure
	total aggregate.Total
}

func (c *comparison) sum(cell form.CellRef) summed {
	s := summed{own: c.Own.figure(cell.Path)}
	for i := range c.Rollup.Children {
		s.total.Add(c.Rollup.Children[i].figure(cell.Path).Figure)
	}
	return s
}

// judge tells whether the cell is wrong. Cells about which nobody says anything are
// not judged.
func (s *summed) judge(v *verdict, exact bool) bool {
	switch s.total.Beside(s.own.Figure, exact) {
	case aggregate.TooLow, aggregate.TooHigh:
		return true
	case aggregate.Open:
		why := "下级的报告有的格没有可用的数字"
		if !s.own.Known() {
			why = "有的格没有可用的数字"
		}
		v.undetermined(why, s.own.pointer)
	case aggregate.Agrees:
		v.pass()
	case aggregate.Nothing:
	}
	return false
}

func (c *comparison) misadded(wrong []summed) fault {
	w := fault{place: "sum"}
	var said []string
	for i := range wrong {
		s := &wrong[i]
		w.paths = append(w.paths, s.own.pointer)
		if i < maxNamed {
			said = append(said, s.label+"填写"+s.own.Printed+"，下级之和为"+trim(s.total.Sum()))
		}
	}
	if len(wrong) == 1 {
		w.expected, w.actual = json.Number(trim(wrong[0].total.Sum())), json.Number(wrong[0].own.Printed)
	}
	more := ""
	if len(wrong) > maxNamed {
		more = "等" + strconv.Itoa(len(wrong)) + "处"
	}
	w.message = "与名单上" + strconv.Itoa(len(c.Rollup.Children)) + "个下级的报告之和不符：" + strings.Join(said, "；") + more + "。请核对汇总。"
	return w
}
