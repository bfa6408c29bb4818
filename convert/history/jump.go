package history

import (
	"math/big"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// pair is one figure in both years.
type pair struct {
	cell        form.CellRef
	table       string
	own, before figure
}

// jump finds figures that changed beyond what a year changes, and reports in which
// none did.
func jump(c *comparison) *verdict {
	if v := c.before(); v != nil {
		return v
	}
	f, ok := form.Lookup(c.Own.Result.Report.Form)
	if !ok {
		return inapplicable("报告没有法定表格")
	}
	v := &verdict{outcome: report.NotApplicable, reason: "两年没有可以比较的数字"}
	var leaps []pair
	var flows, changed int
	for _, p := range c.pairs(v, &f) {
		v.pass()
		if p.own.Value.Cmp(p.before.Value) != 0 {
			changed++
		} else if flow(&p) {
			flows++
		}
		if c.Settings.leap(p.own.Value, p.before.Value) {
			leaps = append(leaps, p)
		}
	}
	if leaps = withTotalsAlone(leaps); len(leaps) > 0 {
		v.fail(c.leapt(&f, leaps))
	}
	if changed == 0 && flows >= c.Settings.Repeated {
		v.fail(fault{place: "unchanged", paths: []string{},
			message: "法定表格的各项数字与本机关" + c.Previous.year() + "报告完全相同，其中有" + strconv.Itoa(flows) + "个是当年发生的数量。请核对是否误用了上年的表格。"})
	}
	return v
}

// withTotalsAlone leaves out the kinds of applicants of a row whose total jumped too.
func withTotalsAlone(leaps []pair) (out []pair) {
	rows := map[int]bool{}
	for i := range leaps {
		if p := &leaps[i]; p.table == "applications" && strings.HasSuffix(p.cell.Path, "/total") {
			rows[p.cell.Row] = true
		}
	}
	for _, p := range leaps {
		if p.table != "applications" || strings.HasSuffix(p.cell.Path, "/total") || !rows[p.cell.Row] {
			out = append(out, p)
		}
	}
	return out
}

// pairs are the figures that both reports state and that may be compared.
func (c *comparison) pairs(v *verdict, f *form.Form) (out []pair) {
	for i := range f.Tables {
		t := &f.Tables[i]
		if !c.Own.has(t.Key) || !c.Previous.has(t.Key) {
			continue
		}
		for _, cell := range t.Cells() {
			p := pair{cell: cell, table: t.Key, own: c.Own.figure(cell.Path), before: c.Previous.figure(cell.Path)}
			switch {
			case p.own.Silent() || p.before.Silent(), p.own.Unit != p.before.Unit && cell.Kind == form.Money, cell.Kind == form.Change:
			case !p.own.Known() || !p.before.Known():
				v.undetermined(cellName(f, t.Key, cell)+"有一年没有可用的数字", cell.Path)
			default:
				out = append(out, p)
			}
		}
	}
	return out
}

// flow tells whether a figure counts something that happened in the year, is no
// total, and is large enough not to come again by chance.
func flow(p *pair) bool {
	for _, end := range []string{"/total", "/in_force", "/total_public", "/previous_items"} {
		if strings.HasSuffix(p.cell.Path, end) || strings.Contains(p.cell.Path, "/applications/total/") {
			return false
		}
	}
	return p.own.Value.Cmp(big.NewRat(2, 1)) > 0
}

// leap tells whether a change is a jump. From or to 0 there is no factor: it is one
// where the other figure is as much above JumpAbove as a jump.
func (s *Settings) leap(a, b *big.Rat) bool {
	small, large := a, b
	if small.Cmp(large) > 0 {
		small, large = large, small
	}
	if large.Cmp(big.NewRat(s.JumpAbove, 1)) <= 0 || small.Sign() < 0 {
		return false
	}
	if small.Sign() == 0 {
		small = big.NewRat(s.JumpAbove, 1)
	}
	return large.Cmp(new(big.Rat).Mul(small, big.NewRat(s.JumpFactor, 1))) > 0
}

// leapt names the figures that jumped.
func (c *comparison) leapt(f *form.Form, leaps []pair) fault {
	const named = 4
	w := fault{place: "jump"}
	var said []string
	for i := range leaps {
		p := &leaps[i]
		w.paths = append(w.paths, p.own.pointer)
		w.compared = append(w.compared, c.Previous.compared(p.own.pointer, p.before.pointer, p.own.Printed, p.before.Printed))
		if i < named {
			said = append(said, cellName(f, p.table, p.cell)+"由"+p.before.Printed+"变为"+p.own.Printed)
		}
	}
	more := ""
	if len(leaps) > named {
		more = "等" + strconv.Itoa(len(leaps)) + "处"
	}
	w.message = "与本机关" + c.Previous.year() + "报告相比，数字变化超过" + strconv.FormatInt(c.Settings.JumpFactor, 10) + "倍：" +
		strings.Join(said, "；") + more + "。请核对数字和单位。"
	return w
}
