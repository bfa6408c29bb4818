package rules

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

const (
	balance      = "applications.balance"
	outcomeTotal = "applications.outcome_total"
	rowTotal     = "applications.row_total"
	legalTotal   = "legal_challenges.row_total"
)

// equations lists, for every cell of the form, which relation instances contain
// it: "rule column" or "rule row".
func equations(f *form.Form) map[string][]string {
	out := map[string][]string{}
	for n, r := range f.Relations {
		t := f.Table(r.Table)
		p := &t.Parts[0]
		terms := slices.Concat(r.Left, r.Right)
		if r.Over == form.ByColumn {
			for _, c := range p.Columns {
				for _, row := range terms {
					path := "/report/" + t.Key + "/" + row + "/" + c.Path
					out[path] = append(out[path], r.Rule+" "+strconv.Itoa(n)+" "+c.Path)
				}
			}
			continue
		}
		for i := range p.Rows {
			for _, col := range terms {
				path := t.Pointer(&p.Rows[i], &form.Column{Path: col})
				out[path] = append(out[path], r.Rule+" "+strconv.Itoa(n)+" "+p.Rows[i].Path)
			}
		}
	}
	return out
}

// TestOneWrongCell: on figures that add up nothing fails; after one cell is
// changed exactly the relations that contain it fail, and each finding has the
// cell among its paths.
func TestOneWrongCell(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	sumRules := []string{balance, outcomeTotal, rowTotal, legalTotal}
	for _, f := range form.All() {
		in := equations(&f)
		cells := f.Cells()
		for n, c := range cells {
			x := newFixtureOf(t, f, uint64(n))
			if c.Kind == form.Money {
				continue
			}
			x.set(c.Path, strconv.Itoa(x.int(c.Path)+1+rnd.IntN(30)))
			v := x.judge()
			var got, want []string
			for _, g := range v.Findings {
				if !slices.Contains(sumRules, g.Rule) {
					continue
				}
				got = append(got, g.Rule)
				if !slices.Contains(g.Paths, c.Path) {
					t.Errorf("%s changed, finding on %v", c.Path, g.Paths)
				}
			}
			for _, e := range in[c.Path] {
				want = append(want, strings.Fields(e)[0])
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("form %s, %s changed: failed %v, want %v", f.ID, c.Path, got, want)
			}
		}
	}
}

// TestBalanceMessage: the finding names table, column, both sides and their
// figures.
func TestBalanceMessage(t *testing.T) {
	x := newFixture(t, "2021", 1)
	x.column("natural_person", func(p string) { x.set(p, "0") })
	for path, v := range map[string]string{"new": "12", "carried_over": "3", "granted": "10", "total": "10", "carried_forward": "4"} {
		x.set("/report/applications/"+path+"/natural_person", v)
	}
	_, findings := outcome(t, x.judge(), balance)
	if len(findings) != 1 {
		t.Fatal(dump(findings))
	}
	want := "“三、收到和处理政府信息公开申请情况”表“自然人”列：一（12）＋二（3）＝15，与（七）总计（10）＋四（4）＝14 不相等，相差1。"
	if findings[0].Message != want {
		t.Errorf("message %s\nwant    %s", findings[0].Message, want)
	}
	if got := dump(findings[0].Expected) + " " + dump(findings[0].Actual); got != "15 14" {
		t.Errorf("expected and actual: %s", got)
	}
	if !slices.Equal(findings[0].Paths, []string{
		"/report/applications/new/natural_person", "/report/applications/carried_over/natural_person",
		"/report/applications/total/natural_person", "/report/applications/carried_forward/natural_person"}) {
		t.Errorf("paths %v", findings[0].Paths)
	}
}

type sumCase struct {
	name, form, rule string
	change           func(*fixture)
	want             report.Judgement
	findings         int
	says             string // in a message or the reason
}

func sumCases() []sumCase {
	const a = "/report/applications/"
	const l = "/report/legal_challenges/"
	return []sumCase{
		{"text operand", "2021", balance, func(x *fixture) { x.state(a+"new/research", report.StateText, "见附件") }, report.Undetermined, 0, "见附件"},
		{"ambiguous row", "2021", outcomeTotal, func(x *fixture) {
			x.row("granted", func(p string) { x.state(p, report.StateAmbiguous, "1 2") })
		}, report.Undetermined, 0, "列数不符"},
		{"several unread", "2021", rowTotal, func(x *fixture) {
			for _, row := range []string{"new", "granted", "total"} {
				x.state(a+row+"/business", report.StateBlank, "")
			}
		}, report.Undetermined, 0, "“一、本年新收政府信息公开申请数量”行有空白格，无法核对；另有2处同样无法判断"},
		{"missing row", "2021", outcomeTotal, func(x *fixture) { x.row("denied/state_secret", x.drop) }, report.Undetermined, 0, "没有读到"},
		{"missing row is no sum of its own", "2021", rowTotal, func(x *fixture) { x.row("denied/state_secret", x.drop) }, report.Passed, 0, ""},
		{"missing column", "2021", rowTotal, func(x *fixture) { x.column("research", x.drop) }, report.Undetermined, 0, "科研机构"},
		{"one column fails, one is unread", "2021", balance, func(x *fixture) {
			x.state(a+"new/research", report.StateText, "?")
			x.set(a+"new/business", "555")
		}, report.Failed, 1, "商业企业"},
		{"placeholder is a stated 0 that fits", "2021", balance, func(x *fixture) {
			x.column("research", func(p string) { x.state(p, report.StatePlaceholder, "/") })
		}, report.Passed, 0, ""},
		{"placeholder is a stated 0 that fails", "2021", balance, func(x *fixture) {
			x.set(a+"new/research", "5")
			x.set(a+"total/research", "5")
			x.state(a+"carried_over/research", report.StatePlaceholder, "—")
			x.set(a+"carried_forward/research", "3")
		}, report.Failed, 1, "二（0）"},
		{"blank is unknown", "2021", rowTotal, func(x *fixture) {
			x.row("new", func(p string) { x.state(p, report.StateBlank, "") })
			x.set(a+"new/total", "5")
		}, report.Undetermined, 0, "空白"},
		{"known parts exceed their total", "2021", rowTotal, func(x *fixture) {
			x.row("new", func(p string) { x.state(p, report.StateBlank, "") })
			x.set(a+"new/total", "5")
			x.set(a+"new/business", "6")
		}, report.Failed, 1, "已填数字之和已经超出"},
		{"blank total", "2021", rowTotal, func(x *fixture) { x.state(a+"new/total", report.StateBlank, "") }, report.Undetermined, 0, "空白"},
		{"blank on both sides", "2021", balance, func(x *fixture) {
			x.state(a+"new/research", report.StateBlank, "")
			x.state(a+"total/research", report.StateBlank, "")
		}, report.Undetermined, 0, "空白"},
		{"blank row is not judged", "2021", rowTotal, func(x *fixture) {
			x.row("denied/state_secret", func(p string) { x.state(p, report.StateBlank, "") })
		}, report.Passed, 0, ""},
		{"blank column is not judged", "2021", balance, func(x *fixture) {
			x.column("research", func(p string) { x.state(p, report.StateBlank, "") })
		}, report.Passed, 0, ""},
		{"blank table", "2021", outcomeTotal, func(x *fixture) {
			for _, c := range x.form.Table("applications").Cells() {
				x.state(c.Path, report.StateBlank, "")
			}
		}, report.NotApplicable, 0, "没有填写"},
		{"no table", "2021", balance, func(x *fixture) { x.reading.Report.Applications = nil }, report.NotApplicable, 0, "没有这张表"},
		{"no form", "2021", rowTotal, func(x *fixture) { x.reading.Form, x.reading.Report.Form = nil, "narrative" }, report.NotApplicable, 0, "没有可供核对"},
		{"legal group", "2019", legalTotal, func(x *fixture) { x.set(l+"litigation_direct/total", "88") }, report.Failed, 1, "行政诉讼·未经复议直接起诉"},
		{"legal group blank", "2019", legalTotal, func(x *fixture) {
			for _, c := range x.form.Table("legal_challenges").Cells() {
				if strings.Contains(c.Path, "litigation_direct") {
					x.state(c.Path, report.StateBlank, "")
				}
			}
		}, report.Passed, 0, ""},
		{"legal group unread", "2019", legalTotal, func(x *fixture) { x.state(l+"reconsideration/upheld", report.StateText, "一") }, report.Undetermined, 0, "行政复议·结果维持"},
		{"legal total only", "2019", legalTotal, func(x *fixture) {
			for _, k := range []string{"upheld", "corrected", "other", "pending"} {
				x.state(l+"reconsideration/"+k, report.StateBlank, "")
			}
			x.set(l+"reconsideration/total", "0")
		}, report.Undetermined, 0, "空白"},
	}
}

func TestSums(t *testing.T) {
	for _, c := range sumCases() {
		x := newFixture(t, c.form, 4)
		c.change(x)
		o, findings := outcome(t, x.judge(), c.rule)
		if o.Outcome != c.want || len(findings) != c.findings {
			t.Errorf("%s: %s %s", c.name, dump(o), dump(findings))
			continue
		}
		text := ""
		if o.Reason != nil {
			text = *o.Reason
		}
		for _, f := range findings {
			text += f.Message
		}
		if !strings.Contains(text, c.says) {
			t.Errorf("%s: says %q, not %q", c.name, text, c.says)
		}
		if c.want == report.Undetermined && len(o.Paths) == 0 {
			t.Errorf("%s: undetermined without a path", c.name)
		}
	}
}

// TestCollapsedGroup: a 2021 table that prints （六）其他处理 as one row adds up
// with that row.
func TestCollapsedGroup(t *testing.T) {
	collapse := func(x *fixture) {
		for _, row := range []string{"overdue_correction", "unpaid_fee", "other"} {
			x.row("other_outcome/"+row, x.drop)
		}
		x.reading.Report.Applications.At("other_outcome").Children = nil
		for _, c := range x.form.Table("applications").Parts[0].Columns {
			x.set("/report/applications/other_outcome/"+c.Path, "0")
		}
	}
	rest := func(x *fixture, column string) int {
		sum := 0
		for _, r := range x.form.Table("applications").Parts[0].Rows[2:] {
			if r.Path != "total" && r.Path != "carried_forward" && r.Collapses == "" {
				sum += x.int("/report/applications/" + r.Path + "/" + column)
			}
		}
		return sum
	}
	x := newFixture(t, "2021", 9)
	collapse(x)
	for _, c := range x.form.Table("applications").Parts[0].Columns {
		total := x.int("/report/applications/total/" + c.Path)
		x.set("/report/applications/other_outcome/"+c.Path, strconv.Itoa(total-rest(x, c.Path)))
	}
	if v := x.judge(); v.Status != "pass" {
		t.Fatalf("%s", dump(v))
	}
	x.set("/report/applications/other_outcome/other", "70")
	v := x.judge()
	_, byColumn := outcome(t, v, outcomeTotal)
	_, byRow := outcome(t, v, rowTotal)
	if len(byColumn) != 1 || len(byRow) != 1 || !strings.Contains(byRow[0].Message, "（六）其他处理") {
		t.Errorf("%s", dump(v.Findings))
	}
}

// TestInventedForm: a form of a later year, with its own rows and money in a
// sum, is judged from its data alone.
func TestInventedForm(t *testing.T) {
	f := form.Form{
		ID: "2027", Notice: "国办公开办函〔2027〕9号", FirstYear: 2027,
		Chapters: []form.Chapter{{Key: "applications", Number: "一", Title: "收费情况"}},
		Tables: []form.Table{{Key: "applications", Chapter: "applications", Title: "收费表", Parts: []form.Part{{
			Columns: []form.Column{{Path: "yuan", Label: "金额", Kind: form.Money}},
			Rows:    []form.Row{{Path: "a", Label: "一、甲"}, {Path: "b", Label: "二、乙"}, {Path: "sum", Label: "合计"}},
		}}}},
		Relations: []form.Relation{{Rule: outcomeTotal, Table: "applications", Over: form.ByColumn, Left: []string{"sum"}, Right: []string{"a", "b"}}},
	}
	x := &fixture{t: t, form: f}
	x.reading = newFixture(t, "2021", 1).reading
	x.reading.Form = &x.form
	x.reading.Report.Applications = &report.Node{}
	for path, v := range map[string]string{"a": "0.1", "b": "0.2", "sum": "0.3"} {
		x.set("/report/applications/"+path+"/yuan", v)
	}
	if o, _ := outcome(t, Judge(Input{Reading: x.reading}), outcomeTotal); o.Outcome != report.Passed {
		t.Errorf("0.1 + 0.2 = 0.3: %s", dump(o))
	}
	x.set("/report/applications/sum/yuan", "160.5964")
	_, findings := outcome(t, Judge(Input{Reading: x.reading}), outcomeTotal)
	if len(findings) != 1 || !strings.Contains(findings[0].Message, "“一、收费情况”表“金额”列：合计（160.5964），与一（0.1）＋二（0.2）＝0.3 不相等，相差160.2964。") {
		t.Errorf("%s", dump(findings))
	}
}
