package history

import (
	"encoding/json"
	"math/big"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// carryOver: what a year carries forward is what the next carries over.
func carryOver(c *comparison) *verdict {
	if v := c.before(); v != nil {
		return v
	}
	const table = "applications"
	f, ok := form.Lookup(c.Own.Result.Report.Form)
	if !ok || !c.Own.has(table) || !c.Previous.has(table) {
		return inapplicable("两份报告不都有申请情况表")
	}
	v := &verdict{outcome: report.NotApplicable, reason: "结转的行没有填写"}
	columns := f.Table(table).Parts[0].Columns
	var own, before []figure
	ownBlank, beforeBlank := true, true
	for _, col := range columns {
		a, b := c.Own.figure("/report/applications/carried_over/"+col.Path), c.Previous.figure("/report/applications/carried_forward/"+col.Path)
		own, before = append(own, a), append(before, b)
		ownBlank, beforeBlank = ownBlank && a.Silent(), beforeBlank && b.Silent()
	}
	if ownBlank || beforeBlank {
		return v
	}
	var wrong fault
	var said []string
	for i, col := range columns {
		a, b := &own[i], &before[i]
		switch {
		case !a.Known():
			v.undetermined("本报告“二、上年结转政府信息公开申请数量”行“"+col.Label+"”列没有可用的数字", a.pointer)
		case !b.Known():
			v.undetermined("上一年度报告“四、结转下年度继续办理”行“"+col.Label+"”列没有可用的数字", a.pointer)
		case a.Value.Cmp(b.Value) == 0:
			v.pass()
		default:
			said = append(said, col.Label+"上年填"+b.Printed+"、本年填"+a.Printed)
			wrong.paths = append(wrong.paths, a.pointer)
			wrong.compared = append(wrong.compared, c.Previous.compared(a.pointer, b.pointer, a.Printed, b.Printed))
			wrong.expected, wrong.actual = json.Number(b.Printed), json.Number(a.Printed) // the last is 总计
		}
	}
	if len(said) > 0 {
		wrong.place = "carried_over"
		wrong.message = tableName(&f, table) + "“二、上年结转政府信息公开申请数量”应与本机关" + c.Previous.year() +
			"报告的“四、结转下年度继续办理”相同：" + strings.Join(said, "；") + "。请核对哪一份有误。"
		v.fail(wrong)
	}
	return v
}

// relation is a sum over figures of both reports.
type relation struct {
	table, row, label string
	start             string   // column of the year before
	add, subtract     []string // further columns
	addOwn            bool     // the further columns are of this year, else of the year before
	result            string   // column of this year
	names             map[string]string
}

// inForce: documents in force follow from the year before.
func inForce(c *comparison) *verdict {
	if v := c.before(); v != nil {
		return v
	}
	names := map[string]string{"in_force": "现行有效件数", "issued": "本年制发件数", "repealed": "本年废止件数"}
	return c.relations("2021", []relation{
		{table: "proactive_disclosure", row: "regulations", label: "规章", start: "in_force", add: []string{"issued"}, subtract: []string{"repealed"}, addOwn: true, result: "in_force", names: names},
		{table: "proactive_disclosure", row: "normative_documents", label: "行政规范性文件", start: "in_force", add: []string{"issued"}, subtract: []string{"repealed"}, addOwn: true, result: "in_force", names: names},
	})
}

// previousItems: the items of the year before are those it began with and its change.
func previousItems(c *comparison) *verdict {
	if v := c.before(); v != nil {
		return v
	}
	names := map[string]string{"previous_items": "上一年项目数量", "change": "本年增/减"}
	var all []relation
	for _, row := range [][2]string{
		{"administrative_licensing", "行政许可"}, {"other_management_services", "其他对外管理服务事项"},
		{"administrative_penalties", "行政处罚"}, {"administrative_compulsion", "行政强制"}, {"administrative_fees", "行政事业性收费"},
	} {
		all = append(all, relation{table: "proactive_disclosure", row: row[0], label: row[1], start: "previous_items",
			add: []string{"change"}, result: "previous_items", names: names})
	}
	return c.relations("2019", all)
}

// relations judges relations between two reports of one form.
func (c *comparison) relations(id string, all []relation) *verdict {
	f, ok := form.Lookup(id)
	if !ok || c.Previous.Result.Report.Form != id {
		return inapplicable("上一年度的报告不是同一种表格")
	}
	if !c.Own.has("proactive_disclosure") || !c.Previous.has("proactive_disclosure") {
		return inapplicable("两份报告不都有主动公开情况表")
	}
	v := &verdict{outcome: report.NotApplicable, reason: "相关的行没有填写"}
	for i := range all {
		c.relation(v, &f, &all[i])
	}
	return v
}

// term is a figure of a relation and what messages call it.
type term struct {
	figure
	name string
	sign int64
}

func (c *comparison) relation(v *verdict, f *form.Form, r *relation) {
	at := func(a *Archived, when, column string, sign int64) term {
		return term{a.figure("/report/" + r.table + "/" + r.row + "/" + column), when + r.names[column], sign}
	}
	terms := []term{at(c.Previous, "上年报告", r.start, 1)}
	from, when := c.Previous, "上年报告"
	if r.addOwn {
		from, when = &c.Own, ""
	}
	for _, col := range r.add {
		terms = append(terms, at(from, when, col, 1))
	}
	for _, col := range r.subtract {
		terms = append(terms, at(from, when, col, -1))
	}
	result := at(&c.Own, "", r.result, 1)
	if terms[0].Silent() || result.Silent() {
		if !terms[0].Silent() || !result.Silent() {
			v.undetermined("“"+r.label+"”行有空白，不能与上一年度衔接", result.pointer)
		}
		return
	}
	sum := new(big.Rat)
	sign := map[int64]string{1: "＋", -1: "－"}
	text := ""
	for i, t := range append(terms, result) {
		if !t.Known() {
			v.undetermined("“"+r.label+"”行的“"+t.name+"”没有可用的数字", result.pointer)
			return
		}
		if i == len(terms) {
			break
		}
		sum.Add(sum, new(big.Rat).Mul(t.Value, big.NewRat(t.sign, 1)))
		if i > 0 {
			text += sign[t.sign]
		}
		text += t.name + "（" + t.Printed + "）"
	}
	if sum.Cmp(result.Value) == 0 {
		v.pass()
		return
	}
	want := trim(sum)
	w := fault{
		place: r.row, paths: []string{result.pointer}, expected: json.Number(want), actual: json.Number(result.Printed),
		message: tableName(f, r.table) + "“" + r.label + "”行与本机关" + c.Previous.year() + "报告不衔接：" + text + "＝" + want +
			"，本报告" + result.name + "填写" + result.Printed + "。请核对两年的数字。",
		compared: []report.Compared{c.Previous.compared(result.pointer, terms[0].pointer, result.Printed, terms[0].Printed)},
	}
	if r.addOwn {
		for _, t := range terms[1:] {
			w.paths = append(w.paths, t.pointer)
		}
	}
	v.fail(w)
}

// trim writes an exact decimal without trailing zeros.
func trim(v *big.Rat) string {
	const digits = 10
	if v.IsInt() {
		return v.Num().String()
	}
	return strings.TrimRight(v.FloatString(digits), "0")
}
