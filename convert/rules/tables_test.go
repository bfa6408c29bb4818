package rules

import (
	"slices"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
)

// ruleCase changes a clean report and says what one rule must give.
type ruleCase struct {
	name, form, rule string
	change           func(*fixture)
	want             report.Judgement
	findings         int
	says             string // in the message of the first finding, or the reason
	path             string // among the paths of the first finding
}

// runCases judges every case. A finding must be of the rule's severity, say what
// is wanted and name the path.
func runCases(t *testing.T, cases []ruleCase) {
	t.Helper()
	for _, c := range cases {
		x := newFixture(t, c.form, 4)
		c.change(x)
		o, findings := outcome(t, x.judge(), c.rule)
		if o.Outcome != c.want || len(findings) != c.findings {
			t.Errorf("%s: want %s with %d findings: %s %s", c.name, c.want, c.findings, dump(o), dump(findings))
			continue
		}
		text := ""
		if o.Reason != nil {
			text = *o.Reason
		}
		if len(findings) > 0 {
			text = findings[0].Message
			if c.path != "" && !slices.Contains(findings[0].Paths, c.path) {
				t.Errorf("%s: paths %v without %s", c.name, findings[0].Paths, c.path)
			}
		}
		if !strings.Contains(text, c.says) {
			t.Errorf("%s: says %q, not %q", c.name, text, c.says)
		}
	}
}

const (
	apps  = "/report/applications/"
	proac = "/report/proactive_disclosure/"
)

func TestTables(t *testing.T) {
	dropTable := func(x *fixture) { x.reading.Report.LegalChallenges = nil }
	picture := func(width float64) func(*fixture) {
		return func(x *fixture) {
			dropTable(x)
			for i := range x.doc.Blocks {
				if b := &x.doc.Blocks[i]; b.Table != nil && *b.Table == 2 {
					*b = extract.Block{Type: extract.Image, Width: width}
				}
			}
		}
	}
	scan := func(x *fixture) {
		dropTable(x)
		x.doc.Pages = []extract.Page{{Number: 1, TextLayer: extract.TextGood}, {Number: 2, TextLayer: extract.TextGarbled}}
	}
	runCases(t, []ruleCase{
		{"no table", "2021", "table.missing", dropTable, report.Failed, 1, "没有“四、政府信息公开行政复议、行政诉讼情况”表", "/report/legal_challenges"},
		{"a picture", "2021", "table.missing", picture(400), report.Failed, 1, "是一张图片", "/report/legal_challenges"},
		{"a seal", "2021", "table.missing", picture(100), report.Failed, 1, "请按规定格式补上", ""},
		{"an unreadable page", "2021", "table.missing", scan, report.Undetermined, 0, "第2页", ""},
		{"a table without rulings", "2021", "table.missing", func(x *fixture) {
			dropTable(x)
			x.doc.Blocks[x.reading.Chapters[3].First].Text = "行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计\n0 0 0 0 0"
		}, report.Undetermined, 0, "没有识别成表格", "/report/legal_challenges"},
		{"a row of figures without rulings", "2021", "table.missing", func(x *fixture) {
			dropTable(x)
			x.doc.Blocks[x.reading.Chapters[3].First].Text = "0 0 1 0 1 0 0 0 / 0 0 0 0 0 0"
		}, report.Undetermined, 0, "没有识别成表格", "/report/legal_challenges"},
		{"figures run together", "2021", "table.missing", func(x *fixture) {
			dropTable(x)
			x.doc.Blocks[x.reading.Chapters[3].First].Text = "0000 0 0000000000"
		}, report.Undetermined, 0, "没有识别成表格", "/report/legal_challenges"},
		{"a telephone number", "2021", "table.missing", func(x *fixture) {
			dropTable(x)
			x.doc.Blocks[x.reading.Chapters[3].First].Text = "027-87654321"
		}, report.Failed, 1, "请按规定格式补上", ""},
		{"prose in place of a table", "2021", "table.missing", func(x *fixture) {
			x.reading.Report.ProactiveDisclosure = nil
			x.doc.Blocks[x.reading.Chapters[1].First].Text = "规章0件，行政规范性文件2件，行政许可3件，行政处罚0件，行政强制0件，无行政事业性收费。"
		}, report.Failed, 1, "请按规定格式补上", ""},
		{"a blank page", "2021", "table.missing", func(x *fixture) {
			dropTable(x)
			x.doc.Pages = []extract.Page{{Number: 1, TextLayer: extract.TextNone}}
		}, report.Failed, 1, "", ""},
		{"narrative", "2021", "table.missing", func(x *fixture) {
			r := &x.reading.Report
			x.reading.Form, r.Form = nil, "narrative"
			r.ProactiveDisclosure, r.Applications, r.LegalChallenges = nil, nil, nil
		}, report.Failed, 3, "二、主动公开政府信息情况", ""},
		{"an old report", "2021", "table.missing", func(x *fixture) { dropTable(x); x.reading.Report.Year = ptr(2017) }, report.NotApplicable, 0, "2019年以前", ""},
		{"text in a cell", "2021", "table.cell_not_number", func(x *fixture) { x.state(apps+"denied/state_secret/total", report.StateText, "两 件") },
			report.Failed, 1, "“（三）1.属于国家秘密”行“总计”列填写的“两件”不是数字", apps + "denied/state_secret/total"},
		{"a personal number in a cell", "2021", "table.cell_not_number", func(x *fixture) { x.state(apps+"new/total", report.StateText, "问13812345678") },
			report.Failed, 1, "问138****5678", ""},
		{"ambiguous cells", "2021", "table.cell_not_number", func(x *fixture) {
			x.row("granted", func(p string) { x.state(p, report.StateAmbiguous, "1 2") })
		}, report.Undetermined, 0, "列数不符", ""},
		{"a negative count", "2021", "table.cell_negative", func(x *fixture) { x.set(apps+"granted/business", "-2") },
			report.Failed, 1, "“（一）予以公开”行“商业企业”列填写了负数 -2", apps + "granted/business"},
		{"a negative change", "2019", "table.cell_negative", func(x *fixture) { x.set(proac+"administrative_licensing/change", "-4") }, report.Passed, 0, "", ""},
		{"negative money", "2021", "table.cell_negative", func(x *fixture) { x.set(proac+"administrative_fees/amount_10k_yuan", "-4.5") }, report.Failed, 1, "负数 -4.5", ""},
		{"a cell unread", "2021", "table.cell_negative", func(x *fixture) { x.state(apps+"granted/business", report.StateText, "若干") }, report.Undetermined, 0, "若干", ""},
		{"a fraction", "2021", "table.cell_fraction", func(x *fixture) { x.set(apps+"granted/business", "2.5") }, report.Failed, 1, "小数 2.5", apps + "granted/business"},
		{"a fraction of money", "2019", "table.cell_fraction", func(x *fixture) { x.set(proac+"government_procurement/amount_yuan", "2249470.45") }, report.Passed, 0, "", ""},
		{"a whole number with decimals", "2021", "table.cell_fraction", func(x *fixture) { x.set(apps+"granted/business", "2.0") }, report.Passed, 0, "", ""},
		{"a fraction in a change", "2019", "table.cell_fraction", func(x *fixture) { x.set(proac+"administrative_fees/change", "1.5") }, report.Failed, 1, "“本年增/减”列填写了小数 1.5", ""},
		{"no tables", "2021", "table.cell_fraction", func(x *fixture) { x.reading.Form = nil }, report.NotApplicable, 0, "", ""},
		{"an ambiguous row", "2021", "table.row_ambiguous", func(x *fixture) {
			x.row("granted", func(p string) { x.state(p, report.StateAmbiguous, "1 2 3") })
		}, report.Failed, 1, "“（一）予以公开”行的数字与7列不能一一对应", apps + "granted/total"},
		{"an ambiguous row without label", "2021", "table.row_ambiguous", func(x *fixture) {
			for _, c := range x.form.Table("legal_challenges").Cells() {
				x.state(c.Path, report.StateAmbiguous, "0 0")
			}
		}, report.Failed, 1, "“四、政府信息公开行政复议、行政诉讼情况”表的数字与15列", ""},
	})
}

func TestBlankCells(t *testing.T) {
	runCases(t, []ruleCase{
		{"one blank", "2021", "table.cell_blank", func(x *fixture) { x.state(apps+"granted/business", report.StateBlank, "") },
			report.Failed, 1, "有1格空白：“（一）予以公开”行“商业企业”列。没有的请填0。", apps + "granted/business"},
		{"a blank row", "2021", "table.cell_blank", func(x *fixture) {
			x.row("granted", func(p string) { x.state(p, report.StateBlank, "") })
		}, report.Failed, 1, "有7格空白：“（一）予以公开”整行", apps + "granted/total"},
		{"placeholders and blanks in two tables", "2021", "table.cell_blank", func(x *fixture) {
			x.state(apps+"granted/business", report.StatePlaceholder, "/")
			x.state(apps+"granted/research", report.StateBlank, "")
			x.state(proac+"regulations/issued", report.StatePlaceholder, "—")
		}, report.Failed, 2, "有1格填的是“—”一类符号：“规章”行“本年制发件数”列", proac + "regulations/issued"},
		{"a row the table does not have", "2021", "table.cell_blank", func(x *fixture) { x.row("granted", x.drop) }, report.Passed, 0, "", ""},
		{"a column", "2021", "table.cell_blank", func(x *fixture) {
			x.column("research", func(p string) { x.state(p, report.StateBlank, "") })
			x.state(apps+"granted/business", report.StateBlank, "")
		}, report.Failed, 1, "有26格空白：“科研机构”整列；“（一）予以公开”行“商业企业”列。", ""},
		{"many rows", "2021", "table.cell_blank", func(x *fixture) {
			x.column("research", func(p string) { x.state(p, report.StateBlank, "") })
			x.set(apps+"new/research", "0")
			x.set(apps+"carried_over/research", "0")
		}, report.Failed, 1, "；等23处", ""},
	})
}

func TestFormOutdated(t *testing.T) {
	const rule = "structure.form_outdated"
	year := func(x *fixture, y int) {
		x.replace("2019年", "Y")
		x.replace("Y", itoa(y)+"年")
		r := &x.reading.Report
		r.Year, r.Title = &y, ptr(testAgency+itoa(y)+"年政府信息公开工作年度报告")
		r.Period.Start.Year, r.Period.End.Year = y, y
	}
	runCases(t, []ruleCase{
		{"2019 form in force", "2019", rule, func(*fixture) {}, report.Passed, 0, "", ""},
		{"2019 form for 2022", "2019", rule, func(x *fixture) { year(x, 2022) }, report.Failed, 1, "2022年度报告使用的是国办公开办函〔2019〕60号规定的表格，应当使用国办公开办函〔2021〕30号", "/report/form"},
		{"2021 form for 2020", "2021", rule, func(x *fixture) { x.replace("2021年", "2020年"); year(x, 2020) }, report.Failed, 1, "应当使用国办公开办函〔2019〕60号", ""},
		{"year unknown", "2021", rule, func(x *fixture) { x.reading.Report.Year = nil }, report.Undetermined, 0, "年度", ""},
		{"another stated year fits", "2021", rule, func(x *fixture) {
			x.reading.Report.Year = ptr(2020)
			x.reading.Report.Title = ptr(testAgency + "2020年政府信息公开工作年度报告")
		}, report.Undetermined, 0, "前后不一", ""},
		{"statistics of before 2019", "2021", rule, func(x *fixture) { x.reading.Form, x.reading.Report.Form = nil, "pre2019" }, report.Failed, 1, "2019年以前的统计表", ""},
		{"an old report", "2021", rule, func(x *fixture) {
			x.reading.Form, x.reading.Report.Form, x.reading.Report.Year = nil, "pre2019", ptr(2016)
		}, report.Passed, 0, "", ""},
		{"narrative", "2021", rule, func(x *fixture) { x.reading.Form, x.reading.Report.Form = nil, "narrative" }, report.NotApplicable, 0, "", ""},
	})
}

func TestDecimal(t *testing.T) {
	for s, want := range map[string]string{"0": "0", "-4": "-4", "160.5964": "160.5964", "007": "7"} {
		if v := decimal(s); v == nil || number(v) != want {
			t.Errorf("decimal(%q) = %v", s, v)
		}
	}
	for _, s := range []string{"", "-", "1e9", "1.", ".5", "1.2.3", "--1", "0x10", "1/2", strings.Repeat("9", 50), "１"} {
		if v := decimal(s); v != nil {
			t.Errorf("decimal(%q) = %v", s, v)
		}
	}
}

// TestFirstTableMissing: the other tables are judged all the same.
func TestFirstTableMissing(t *testing.T) {
	x := newFixture(t, "2021", 1)
	x.reading.Report.ProactiveDisclosure = nil
	x.set(apps+"new/total", "999")
	x.state(apps+"granted/research", report.StateBlank, "")
	v := x.judge()
	for _, rule := range []string{"table.missing", balance, rowTotal, "table.cell_blank"} {
		if o, _ := outcome(t, v, rule); o.Outcome != report.Failed {
			t.Errorf("%s", dump(o))
		}
	}
}

// TestActualText: the row's own text goes with the finding.
func TestActualText(t *testing.T) {
	x := newFixture(t, "2021", 1)
	x.row("granted", func(p string) { x.state(p, report.StateAmbiguous, "1 2\n3") })
	_, findings := outcome(t, x.judge(), "table.row_ambiguous")
	if len(findings) != 1 || findings[0].Actual != "1 2 3" {
		t.Errorf("%s", dump(findings))
	}
}

// TestHugeLiteral: a literal that no table prints makes its cell unreadable, not
// the program slow.
func TestHugeLiteral(t *testing.T) {
	x := newFixture(t, "2021", 1)
	x.set(apps+"new/total", "1e999999999")
	o, _ := outcome(t, x.judge(), rowTotal)
	if o.Outcome != report.Undetermined {
		t.Errorf("%s", dump(o))
	}
}

func TestTableNames(t *testing.T) {
	for _, f := range form.All() {
		x := newFixtureOf(t, f, 1)
		c := newContext(Input{Reading: x.reading, Document: x.doc})
		names := map[string]string{}
		c.each(func(v *tableView, at *cell) {
			name := v.place(at)
			if other, ok := names[name]; ok {
				t.Errorf("%s and %s are both called %s", at.pointer(), other, name)
			}
			names[name] = at.pointer()
		})
		if len(names) != len(f.Cells()) {
			t.Errorf("form %s: %d names for %d cells", f.ID, len(names), len(f.Cells()))
		}
	}
}
