package rules

import (
	"encoding/json"
	"slices"
	"strings"

	"nianbao/convert/claims"
	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// applicationsTotal is a row of the table of applications in the column 总计; nil
// where the report prints none.
func (c *context) applicationsTotal(row string) (*tableView, *cell) {
	for t := range c.tables {
		table := &c.tables[t]
		if table.form.Key != "applications" {
			continue
		}
		for p := range table.parts {
			part := &table.parts[p]
			if r, k := part.rowIndex(row), part.columnIndex("total"); r >= 0 && k >= 0 && part.cells[r][k].state != missing {
				return table, &part.cells[r][k]
			}
		}
	}
	return nil, nil
}

// zeroApplications finds results where there were no applications.
func zeroApplications(c *context) *verdict {
	table, received := c.applicationsTotal("new")
	_, carried := c.applicationsTotal("carried_over")
	if received == nil || carried == nil {
		return inapplicable("没有申请情况的表格")
	}
	v := newVerdict()
	for _, x := range []*cell{received, carried} {
		switch {
		case !x.known():
			v.undetermined(table.place(x)+"没有可用的数字", x.pointer())
		case x.value.Sign() > 0:
			return inapplicable("本年有申请")
		}
	}
	if v.outcome == report.Undetermined {
		return v
	}
	v.pass()
	var said, paths []string
	for p := range table.parts {
		part := &table.parts[p]
		total := part.columnIndex("total")
		for r := range part.cells {
			x := &part.cells[r][total]
			if x.known() && x.value.Sign() > 0 {
				said, paths = append(said, "“"+rowName(x.row)+"”"+x.printed+"件"), append(paths, x.pointer())
			}
		}
	}
	c.toldApplications([]string{received.pointer(), carried.pointer()}, table, v)
	if len(said) > 0 {
		const most = 5
		list := strings.Join(said[:min(most, len(said))], "、")
		if len(said) > most {
			list += "等" + itoa(len(said)) + "行"
		}
		v.fail(fault{
			place: paths[0], paths: append([]string{received.pointer(), carried.pointer()}, paths...),
			message:  table.name + "新收和上年结转的申请都是0，却填有" + list + "。",
			expected: json.Number("0"),
		})
	}
	return v
}

// toldApplications finds the first sentence that tells of an application, by its
// number or by what was asked for.
func (c *context) toldApplications(zeros []string, table *tableView, v *verdict) {
	for _, x := range c.claimsOf(claims.New, claims.CarriedOver, claims.Handled, claims.Answered, claims.Granted, claims.Partially, claims.Denied, claims.Unable, claims.NotProcessed) {
		if x.Value.Sign() > 0 {
			v.fail(c.told(c.sentence(x), saying(x), c.quoteOf(c.sentence(x), x.From, x.To), zeros, table))
			return
		}
	}
	for i := range c.said.Sentences {
		s := &c.said.Sentences[i]
		m := oneApplication.FindString(s.Text)
		if m == "" || containsAny(s.Text, "未收到", "没有收到", "如", "若", "应当", "流程", "例如", "可以") {
			continue
		}
		if y := onlyYear(s.Text); anyYear.MatchString(s.Text) && (c.report.Year == nil || y != *c.report.Year) {
			continue
		}
		v.fail(c.told(s, "“"+inner.Replace(clip(m))+"”", c.quoteOf(s, 0, min(len(s.Runes), 100)), zeros, table))
		return
	}
}

// oneApplication tells of one application by what was asked for: 收到张某某关于…
// 公开的申请.
var oneApplication = lazyregexp.New(`(?:收到|接到)[^，。；]{0,24}(?:关于|要求|申请公开)[^。；]{2,60}?(?:信息公开的?申请|公开的申请|的信息公开申请)`)

func (c *context) told(s *claims.Sentence, what, quote string, zeros []string, table *tableView) fault {
	return fault{
		place: "section" + itoa(s.Section) + "@" + itoa(s.Start), quote: quote,
		paths:   append(slices.Clone(zeros), c.textPaths(s.Section)...),
		message: table.name + "新收和上年结转的申请都是0，" + c.inChapter(s.Section) + "却写" + what + "，请核对。",
	}
}

// feeWords are how chapter six speaks of the fee that applicants are asked for.
var feeWords = lazyregexp.New(`信息(?:公开)?(?:申请)?处理费|收费通知|(?:信息公开|公开申请|申请公开)[^。；]{0,20}(?:收费|费用)|(?:未|没有|不|免)[^。；，]{0,4}收取?[^。；，]{0,8}费`)

// feeUnreported finds applications that were ended for an unpaid fee in reports that
// say nothing of fees (政府信息公开信息处理费管理办法, 国办函〔2020〕109号, 第十一条).
func feeUnreported(c *context) *verdict {
	table, unpaid := c.applicationsTotal("other_outcome/unpaid_fee")
	switch {
	case unpaid == nil:
		return inapplicable("表格没有分列逾期未缴费的申请")
	case !unpaid.known():
		v := newVerdict()
		v.undetermined(table.place(unpaid)+"没有可用的数字", unpaid.pointer())
		return v
	case unpaid.value.Sign() <= 0:
		return inapplicable("没有因逾期未缴费而结束的申请")
	}
	v := newVerdict()
	for i := range c.passages {
		if p := &c.passages[i]; p.table < 0 && strings.Contains(p.line, "费") && feeWords.MatchString(p.line) {
			v.pass()
			return v
		}
	}
	section := c.sectionByKey("other_matters")
	if section < 0 {
		v.undetermined("没有读到“六、其他需要报告的事项”部分", unpaid.pointer())
		return v
	}
	v = c.hidden(v)
	if v.outcome == report.Undetermined {
		return v
	}
	v.fail(fault{
		place: unpaid.pointer(), paths: []string{unpaid.pointer(), "/report/sections/" + itoa(section) + "/text"},
		message: table.name + "有" + unpaid.printed + "件申请因逾期未缴纳费用不再处理，" + sectionName(&c.report.Sections[section]) + "却没有报告收取信息处理费的情况。",
	})
	return v
}
