package web

import (
	"strconv"

	"nianbao/api/web/chart"
	"nianbao/convert/compare"
	"nianbao/convert/figures"
)

// chartPlan is what a chart of the years shows.
type chartPlan struct {
	id, heading, kind, note, unit string
	keys                          []string
	layout                        func(chart.Input) *chart.Chart
}

func chartPlans() []chartPlan {
	return []chartPlan{
		{id: "flow", heading: "申请的收与办", kind: "lines", unit: "件", keys: []string{figures.New, figures.Handled, figures.CarriedForward}, layout: chart.Lines,
			note: "当年新收、办理完毕和结转下年度的申请。"},
		{id: "outcomes", heading: "办理结果的构成", kind: "stacked", unit: "件", keys: figures.OutcomeKinds(), layout: chart.Stacked,
			note: "六类结果相加等于“（七）总计”；柱顶是六类之和。"},
		{id: "challenges", heading: "行政复议、行政诉讼", kind: "stacked", unit: "件", keys: figures.ChallengeKinds(), layout: chart.Stacked,
			note: "因政府信息公开被申请行政复议、被提起行政诉讼的案件。"},
		{id: "licences", heading: "行政许可处理决定", kind: "bars", unit: "件", keys: []string{figures.Licences}, layout: chart.Bars},
		{id: "penalties", heading: "行政处罚处理决定", kind: "bars", unit: "件", keys: []string{figures.Penalties}, layout: chart.Bars},
		{id: "compulsion", heading: "行政强制处理决定", kind: "bars", unit: "件", keys: []string{figures.Compulsion}, layout: chart.Bars},
	}
}

// charts draws what any of the years has figures of.
func (v *agencyView) charts() {
	for _, plan := range chartPlans() {
		if c, ok := v.chart(&plan); ok {
			v.Charts = append(v.Charts, c)
		}
	}
}

func (v *agencyView) chart(plan *chartPlan) (agencyChart, bool) {
	in := chart.Input{ID: plan.id, Title: v.Name + plan.heading, Unit: plan.unit}
	c := agencyChart{Kind: plan.kind, Heading: plan.heading, Note: plan.note}
	any := false
	for _, key := range plan.keys {
		m, _ := figures.Lookup(key)
		s := chart.Series{Name: m.Short}
		if len(plan.keys) == 1 {
			s.Name = plan.heading
		}
		c.Columns = append(c.Columns, s.Name)
		for i := range v.Years {
			value := valueOf(&v.Years[i], key)
			any = any || value.Known
			s.Values = append(s.Values, value)
		}
		in.Series = append(in.Series, s)
	}
	last := ""
	for i := range v.Years {
		y := &v.Years[i]
		in.Labels = append(in.Labels, strconv.Itoa(y.Year))
		row := chartRow{Year: y.Year}
		if f := formOf(y); f != "" && f != last {
			if last != "" {
				in.Breaks = append(in.Breaks, chart.Break{Before: i, Text: formText(f) + "起"})
			}
			row.Mark, last = formText(f), f
		}
		for _, key := range plan.keys {
			row.Cells = append(row.Cells, cellIn(y, key))
		}
		c.Rows = append(c.Rows, row)
	}
	in.Desc = plan.heading + "，" + in.Labels[0] + "年至" + in.Labels[len(in.Labels)-1] + "年；全部数值见旁边的表格。"
	c.Chart = plan.layout(in)
	return c, any
}

// valueOf is a year's figure as a chart takes it.
func valueOf(y *compare.Year, key string) chart.Value {
	cell := cellIn(y, key)
	out := chart.Value{Text: cell.Text}
	if y.Figures != nil {
		f := y.Figures.Get(key)
		out.Known, out.V = f.Known(), f.Float()
	}
	return out
}
