package mapping

import (
	"math/rand/v2"
	"slices"
	"strings"

	"nianbao/convert/form"
)

// perturbations are ways in which places print the form; every one leaves the
// figures as they are.
var perturbations = []struct {
	name  string
	apply func(rng *rand.Rand, tables []*printed)
}{
	{"as printed", func(*rand.Rand, []*printed) {}},
	{"spaces and wraps", func(rng *rand.Rand, tables []*printed) {
		onLabels(tables, func(s string) string {
			if rng.IntN(2) == 0 {
				return spaced(s)
			}
			return wrap(s, 1+rng.IntN(4))
		})
	}},
	{"half-width", func(_ *rand.Rand, tables []*printed) { onLabels(tables, half) }},
	{"typos", func(rng *rand.Rand, tables []*printed) {
		for _, p := range tables {
			p.each(form.CellLabel, func(c *printedCell) { c.text = typo(rng, c.text) })
		}
	}},
	{"group cells shuffled", func(rng *rand.Rand, tables []*printed) {
		groups := []string{"（三）不予公开", "（四）无", "法提供", "（五）不予处理", "", "三、本年度办理结果"}
		for _, p := range tables {
			from := p.columnFrom()
			p.each(form.CellLabel, func(c *printedCell) {
				if c.RowSpan > 1 && c.Column+c.ColSpan < from {
					c.text = groups[rng.IntN(len(groups))]
				}
			})
		}
	}},
	{"full-width digits and units", func(rng *rand.Rand, tables []*printed) {
		for _, p := range tables {
			p.each(form.CellValue, func(c *printedCell) {
				switch rng.IntN(4) {
				case 0:
					c.text = strings.Map(func(r rune) rune {
						if r >= '0' && r <= '9' {
							return r - '0' + '０'
						}
						return r
					}, c.text)
				case 1:
					c.text += "件"
				case 2:
					c.text = " " + c.text + "　"
				}
			})
		}
	}},
	{"a thin extra line where a group ends", func(rng *rand.Rand, tables []*printed) {
		for _, p := range tables {
			for r := len(p.rows) - 1; r >= 0; r-- {
				if slices.ContainsFunc(p.rows[r], func(c printedCell) bool { return c.Kind == form.CellValue }) && rng.IntN(4) == 0 {
					p.insertSliver(r)
				}
			}
		}
	}},
	{"local column", func(_ *rand.Rand, tables []*printed) {
		for _, p := range tables {
			if p.cols == 10 {
				p.insertColumn(9, "法人小计")
			}
		}
	}},
	{"local rows", func(_ *rand.Rand, tables []*printed) {
		for _, p := range tables {
			if p.cols == 10 {
				p.insertRow(14, "小计")
				p.insertRow(8, "小 计")
			}
		}
	}},
	{"header cell blank", func(_ *rand.Rand, tables []*printed) {
		for _, p := range tables {
			p.each(form.CellHeader, func(c *printedCell) {
				if c.text == "其他" {
					c.text = ""
				}
			})
		}
	}},
	{"group and label in one cell", func(_ *rand.Rand, tables []*printed) {
		for _, p := range tables {
			p.each(form.CellLabel, func(c *printedCell) {
				switch c.text {
				case "1.属于国家秘密":
					c.text = "（三）不予公开\n1.属于国家秘密"
				case "（一）予以公开":
					c.text = "三、本年度办理结果（一）予以公开"
				case "3.其他":
					c.text = "（六）其他处理3.其他"
				}
			})
		}
	}},
	{"remarks in labels", func(_ *rand.Rand, tables []*printed) {
		for _, p := range tables {
			for _, kind := range []form.CellKind{form.CellLabel, form.CellHeader} {
				p.each(kind, func(c *printedCell) {
					c.text = strings.Replace(c.text, "本年制发件数", "本年（2023）制发件数", 1)
					c.text = strings.Replace(c.text, "采购总金额", "采购总金额(万元)", 1)
					if strings.HasPrefix(c.text, "（二）部分公开") {
						c.text += "（已核）"
					}
				})
			}
		}
	}},
}

func onLabels(tables []*printed, f func(string) string) {
	for _, p := range tables {
		for _, kind := range []form.CellKind{form.CellLabel, form.CellHeader, form.CellCorner, form.CellHeading} {
			p.each(kind, func(c *printedCell) { c.text = f(c.text) })
		}
	}
}
