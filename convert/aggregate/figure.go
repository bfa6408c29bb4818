package aggregate

import (
	"cmp"
	"math/big"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Figure is one figure of a report.
type Figure struct {
	State report.State // empty: the printed table has no such row
	Value *big.Rat     // nil where it states none
	// Printed is the number without unit; "0" for a placeholder, empty where there is none.
	Printed string
	Unit    string // as printed; empty where none is
	// Corrected: it is what somebody says stands there.
	Corrected bool
}

// Known tells whether a figure is stated: a number, or a placeholder, which states 0.
func (f *Figure) Known() bool { return f.Value != nil }

// Silent tells whether nothing stands there.
func (f *Figure) Silent() bool { return f.State == report.StateBlank || f.State == "" }

// At reads the figure at a pointer ("/report/applications/new/total").
func At(res *report.Result, pointer string) Figure {
	var out Figure
	place, ok := res.Provenance[pointer]
	if ok {
		out.State, out.Corrected = place.State, place.Corrected
		if place.Unit != nil {
			out.Unit = *place.Unit
		}
	}
	table, path, _ := strings.Cut(strings.TrimPrefix(pointer, "/report/"), "/")
	n := res.Report.Table(table).At(path)
	switch {
	case n != nil && n.Value != nil && len(n.Children) == 0 && (!ok || place.State == report.StateNumber):
		out.State, out.Printed = report.StateNumber, string(*n.Value)
		if out.Value = exact(out.Printed); out.Value == nil {
			out.State = report.StateText
		}
	case out.State == report.StateNumber:
		out.State = report.StateText
	case out.State == report.StatePlaceholder:
		out.Value, out.Printed = new(big.Rat), "0"
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

// Decimal is a sum as reports print numbers.
func Decimal(v *big.Rat) report.Number {
	const digits = 40 // as many as a figure has
	if v.IsInt() {
		return report.Number(v.Num().String())
	}
	return report.Number(strings.TrimRight(strings.TrimRight(v.FloatString(digits), "0"), "."))
}

// unitOfSum is the unit in which amounts of a cell are added: that of the form, or 元.
func unitOfSum(prescribed string) string { return cmp.Or(prescribed, "元") }

// yuan is a unit of amounts in 元; nil where it is none.
func yuan(unit string) *big.Rat {
	switch unit {
	case "元":
		return big.NewRat(1, 1)
	case "百元":
		return big.NewRat(100, 1)
	case "千元":
		return big.NewRat(1_000, 1)
	case "万元":
		return big.NewRat(10_000, 1)
	case "百万元":
		return big.NewRat(1_000_000, 1)
	case "千万元":
		return big.NewRat(10_000_000, 1)
	case "亿元":
		return big.NewRat(100_000_000, 1)
	}
	return nil
}

// inUnitOfSum makes an amount one in the unit of the sum; ok is false where its own is not
// known. The form's unit is meant where none is printed. 0 is the same in every unit.
func (f *Figure) inUnitOfSum(prescribed string) (Figure, bool) {
	out, to := *f, unitOfSum(prescribed)
	own, sum := yuan(cmp.Or(f.Unit, prescribed)), yuan(to)
	switch {
	case !f.Known() || f.Value.Sign() == 0:
		return out, true
	case own == nil || sum == nil:
		return out, false
	}
	out.Value, out.Unit = new(big.Rat).Quo(new(big.Rat).Mul(f.Value, own), sum), to
	return out, true
}

// collapsed tells whether the report prints a group of rows as one row.
func collapsed(table *report.Node, group string) bool {
	n := table.At(group)
	return n != nil && len(n.Children) > 0 && len(n.Children[0].Children) == 0
}

// arithmetic tells whether a rule checks a sum that the form states.
func arithmetic(f *form.Form, rule string) bool {
	for i := range f.Relations {
		if f.Relations[i].Rule == rule {
			return true
		}
	}
	return false
}

// conflicts are the paths that broken sums of the report's own name, in the validation
// that holds. What people dismissed is no conflict.
func conflicts(f *form.Form, res *report.Result) map[string]bool {
	v := &res.Validation
	if res.Review != nil && res.Review.Validation != nil {
		v = res.Review.Validation
	}
	out := map[string]bool{}
	for i := range v.Findings {
		x := &v.Findings[i]
		if !arithmetic(f, x.Rule) {
			continue
		}
		if d := res.Review.Decision(x.ID); d != nil && d.Stale == "" && d.Verdict == report.Dismissed {
			continue
		}
		for _, p := range x.Paths {
			out[p] = true
		}
	}
	return out
}
