package rules

import (
	"math/big"
	"slices"
	"strings"

	"nianbao/convert/claims"
)

// Totals and parts that are only told roughly (共800余条，其中网站741条，其他渠道300余条 is more than
// 800余 can be), or with a 万 too many or too few.

// rangeOf is the least a figure can be and what it stays below, or is, where it is exact; ok is
// false where its words leave it open (约, 超过).
func rangeOf(f *claims.Figure) (least, most *big.Rat, ok bool) {
	switch {
	case f.Exact():
		return f.Value, f.Value, true
	case f.Approx || f.Floor || f.Change:
		return nil, nil, false
	}
	digits := strings.TrimRight(strings.ReplaceAll(f.Printed, ",", ""), "万亿千百十")
	step := new(big.Rat).Set(f.Step)
	if f.Han && f.Value.IsInt() { // 一万三千余
		digits = f.Value.RatString()
	}
	if whole := !strings.Contains(digits, "."); whole {
		for range len(digits) - len(strings.TrimRight(digits, "0")) {
			step.Mul(step, big.NewRat(10, 1))
		}
	}
	return f.Value, step.Add(step, f.Value), true
}

// surelyOver reports whether the parts, some of which or whose total are told roughly, are more
// than the total can be.
func surelyOver(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) bool {
	_, most, ok := rangeOf(total)
	if !ok || len(b.Parts) < 2 {
		return false
	}
	sum := new(big.Rat)
	for _, k := range b.Parts {
		least, _, ok := rangeOf(&s.Figures[k])
		if !ok {
			return false
		}
		sum.Add(sum, least)
	}
	return sum.Cmp(most) > 0
}

// roughly is the number of a figure with the word that leaves it open.
func roughly(f *claims.Figure) string {
	if f.Loose {
		return f.Printed + "余"
	}
	return f.Printed
}

// tenThousandOff is the total or the part that makes the parts up to the total but for a 万 too many
// or too few in it, nil where none does: 38171条，通过网站公开76万条，通过平台公开38095条.
func tenThousandOff(s *claims.Sentence, b *claims.Breakdown, total *claims.Figure) *claims.Figure {
	sum := b.Sum(s)
	lacks := new(big.Rat).Sub(total.Value, sum)
	if len(b.Parts) < 2 || lacks.Sign() == 0 {
		return nil
	}
	up, down := big.NewRat(10000, 1), big.NewRat(1, 10000)
	shifted := func(v, by *big.Rat) *big.Rat { return new(big.Rat).Mul(v, by) }
	if shifted(total.Value, up).Cmp(sum) == 0 || total.Multiplied && shifted(total.Value, down).Cmp(sum) == 0 {
		return total
	}
	for _, k := range b.Parts {
		f := &s.Figures[k]
		right := new(big.Rat).Add(f.Value, lacks) // what the part must be
		if f.Multiplied && shifted(f.Value, down).Cmp(right) == 0 || shifted(f.Value, up).Cmp(right) == 0 {
			return f
		}
	}
	return nil
}

// judgeUnitsOfParts finds the totals and parts that a 万 too many or too few keeps from adding up.
func (c *context) judgeUnitsOfParts(v *verdict) {
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		for k := range s.Breakdowns {
			b := &s.Breakdowns[k]
			total := b.TotalOf(s, c.before(i))
			if total == nil {
				continue
			}
			f := tenThousandOff(s, b, total)
			if f == nil {
				continue
			}
			from := s
			if b.Previous && f == total {
				from = c.before(i)
			}
			place := "section" + itoa(from.Section) + "@" + itoa(from.Start) + "/" + itoa(f.Start)
			if slices.ContainsFunc(v.faults, func(x fault) bool { return x.place == place }) {
				continue
			}
			v.fail(fault{
				place: place, paths: c.textPaths(s.Section), quote: c.quoteOf(from, f.Start, f.End),
				message: c.inChapter(s.Section) + "“" + f.Printed + f.Unit + "”与分项、合计相差一万倍，疑为单位有误，请核对。", actual: f.Printed + f.Unit,
			})
		}
	}
}
