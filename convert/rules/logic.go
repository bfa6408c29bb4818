package rules

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract/lazyregexp"
)

// noticeNumber is a number of the office that prescribes the forms.
var noticeNumber = lazyregexp.New(`国办公开办函[〔\[（(【﹝]?(20\d\d)[〕\]）)】﹞]?年?第?(\d{1,3})号`)

// notices are the notices that prescribe a form. The map is not changed.
var notices = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, f := range form.All() {
		known[f.Notice] = true
	}
	return known
})

// documentNumber compares the cited notice with the one of the form used. Only
// notices that prescribe a form count.
func documentNumber(c *context) *verdict {
	f := c.reading.Form
	if f == nil {
		return inapplicable("报告没有法定表格")
	}
	known := notices()
	v := newVerdict()
	var wrong *passage
	var cited, quote string
	for i := range c.passages {
		p := &c.passages[i]
		if !strings.Contains(p.text, "号") {
			continue
		}
		line := p.line
		for _, m := range noticeNumber.FindAllStringSubmatchIndex(line, -1) {
			notice := "国办公开办函〔" + line[m[2]:m[3]] + "〕" + line[m[4]:m[5]] + "号"
			if notice == f.Notice {
				v.pass()
			} else if known[notice] && wrong == nil {
				wrong, cited, quote = p, notice, sentenceAt([]rune(line), len([]rune(line[:m[0]])))
			}
		}
	}
	switch {
	case v.outcome == report.Passed:
		return v
	case wrong == nil:
		return inapplicable("报告没有引用规定表格的文号")
	}
	v.fail(fault{
		place: wrong.place(), paths: append([]string{"/report/form"}, c.path(wrong)...), quote: quote,
		message:  c.where(wrong) + "引用的是" + cited + "，所用表格却是" + f.Notice + "规定的。",
		expected: f.Notice, actual: cited,
	})
	return v
}

// publicBelowDisclosed: all that was newly disclosed is disclosed to the public.
func publicBelowDisclosed(c *context) *verdict {
	v := newVerdict()
	for t := range c.tables {
		table := &c.tables[t]
		for p := range table.parts {
			part := &table.parts[p]
			disclosed, total := part.columnIndex("disclosed"), part.columnIndex("total_public")
			if disclosed < 0 || total < 0 {
				continue
			}
			for r := range part.cells {
				if part.blankRow(r) {
					continue
				}
				a, b := &part.cells[r][disclosed], &part.cells[r][total]
				switch {
				case !a.known():
					v.undetermined(table.place(a)+"没有可用的数字", a.pointer())
				case !b.known():
					v.undetermined(table.place(b)+"没有可用的数字", b.pointer())
				case b.value.Cmp(a.value) >= 0:
					v.pass()
				default:
					v.fail(fault{
						place: a.pointer(), paths: []string{a.pointer(), b.pointer()},
						message:  table.name + "“" + rowName(a.row) + "”行：" + b.column.Label + "（" + b.printed + "）小于" + a.column.Label + "（" + a.printed + "）。",
						expected: json.Number(a.printed), actual: json.Number(b.printed),
					})
				}
			}
		}
	}
	return v
}

var (
	street   = lazyregexp.New(`街道(?:办事处|办)?$`)
	township = lazyregexp.New(`[镇乡](?:人民政府|政府)?$`)
	// townLike are cities whose names end like a town's.
	townLike = lazyregexp.New(`(?:景德镇|新乡|萍乡)(?:人民政府|政府)?$`)
	county   = lazyregexp.New(`[^市省区州]县(?:人民政府|政府)?$|[^市省区州]县[^域级乡县].{0,20}(?:局|委员会|办公室|委)$`)
	district = lazyregexp.New(`(?:^|[市州])[^区县市]{1,4}区(?:人民政府|[^区县]{2,16}局)$`)
	// noDistrict are names that end in 区 and are no district of a city.
	noDistrict = lazyregexp.New(`自治区|特区|新区|地区|开发区|高新|林区|军区|社区|园区|矿区|景区|城区|库区|保税|示范区|合作区|管理区`)
)

// belowRulemaking reports whether the agency, by its name, is a street, a
// township, a county or district, or a department of one: none may make 规章
// (立法法 第九十一、九十三条).
func belowRulemaking(agency string) bool {
	a := squeeze(agency)
	if street.MatchString(a) || township.MatchString(a) && !townLike.MatchString(a) || county.MatchString(a) {
		return true
	}
	return district.MatchString(a) && !noDistrict.MatchString(a)
}

// regulationsLevel finds 规章 in reports of bodies that cannot make any.
func regulationsLevel(c *context) *verdict {
	agency := c.report.Agency
	if agency == nil || !belowRulemaking(*agency) {
		return inapplicable("从名称看不出本机关不能制定规章")
	}
	v := newVerdict()
	for t := range c.tables {
		table := &c.tables[t]
		for p := range table.parts {
			part := &table.parts[p]
			row := part.rowIndex("regulations")
			if row < 0 || part.blankRow(row) {
				continue
			}
			cells := part.cells[row]
			if at := slices.IndexFunc(cells, func(x cell) bool { return x.known() && x.value.Sign() > 0 }); at >= 0 {
				f := fault{place: cells[at].pointer(), message: table.name + "“规章”行填写了数字，街道、乡镇、县（区）及其部门没有规章制定权，请核对是否应填在“规范性文件”行。"}
				for k := range cells {
					f.paths = append(f.paths, cells[k].pointer())
				}
				v.fail(f)
				continue
			}
			for k := range cells {
				if !cells[k].known() {
					v.undetermined(table.place(&cells[k])+"没有可用的数字", cells[k].pointer())
				}
			}
			v.pass()
		}
	}
	return v
}
