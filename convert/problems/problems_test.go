package problems

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/bodies"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
)

type fakeYears struct {
	rows  []overview.Row
	asked overview.Query
}

func (f *fakeYears) Overview(_ context.Context, q overview.Query) (*overview.Year, error) {
	f.asked = q
	return &overview.Year{Year: 2023, Listed: true, Items: f.rows}, nil
}

type fakeResults map[string]*report.Result

func (f fakeResults) Result(_ context.Context, id string, _ bool) (*report.Result, error) {
	if r := f[id]; r != nil {
		return r, nil
	}
	return nil, fmt.Errorf("%s: %w", id, intake.ErrNotFound)
}

func ptr[T any](v T) *T { return &v }

func result() *report.Result {
	res := &report.Result{Report: report.Report{Form: "2021", Applications: &report.Node{Name: "applications"},
		Sections: []report.Section{{Key: "overview", Number: ptr("一"), Title: "总体情况"}}}, Provenance: map[string]report.Place{
		"/report/applications/new/total":                 {Text: "11", State: report.StateNumber},
		"/report/applications/new/natural_person":        {Text: "9", State: report.StateNumber},
		"/report/applications/denied/state_secret/total": {Text: "", State: report.StateBlank},
	}}
	res.Validation.Findings = []report.Finding{
		{Rule: "table.cell_blank", Severity: report.SeverityWarning, Message: "有 2 格未填。", Paths: []string{"/report/applications/denied/state_secret/total", "/report/applications/new/total"}},
		{Rule: "identity.title_wording", Severity: report.SeverityInfo, Message: "标题略有不同。"},
		{Rule: "applications.row_total", Severity: report.SeverityError, Message: "总计填 11，各列相加为 9。", Expected: 9.0, Actual: 11.0,
			Paths: []string{"/report/applications/new/natural_person", "/report/applications/new/total"}},
		{Rule: "privacy.mobile_number", Severity: report.SeverityWarning, Message: "正文中有手机号码 13812345678。", Quote: ptr("=HYPERLINK 联系 13812345678"), Paths: []string{"/report/sections/0/text"}},
		{Rule: "narrative.enumeration", Severity: report.SeverityWarning, Message: "写四种，列出 5 项。", Expected: 4, Actual: 5, Paths: []string{"/report/sections/0/text"}},
		{Rule: "table.missing", Severity: report.SeverityError, Message: "没有表格。", Paths: []string{"/report/legal_challenges"}},
	}
	return res
}

func page(t *testing.T) *Page {
	t.Helper()
	row := func(name string, s overview.State, id string) overview.Row {
		r := overview.Row{Body: bodies.Body{Name: name, Kind: bodies.KindDepartment}, State: s, ReportID: id}
		if id != "" {
			r.Report = &intake.Summary{ID: id, Filename: id + ".pdf"}
		}
		return r
	}
	failed := row("丁局", overview.Failed, "f")
	failed.Report.Problem = &report.Problem{Title: "文件已加密", Detail: "请去掉打开密码后重新上传。"}
	years := &fakeYears{rows: []overview.Row{row("甲局", overview.Missing, ""), row("乙局", overview.Errors, "r"), row("丙局", overview.Clean, "c"),
		failed, row("戊局", overview.Busy, "b"), row("己局", overview.Errors, "deleted"), row("@庚局", overview.Warnings, "w"), row("辛局", overview.Exempt, "")}}
	c := &Collector{Years: years, Forms: form.All(), Results: fakeResults{"r": result(), "w": {}}}
	p, err := c.Open(t.Context(), overview.Query{Year: 2023, Cursor: "x", Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	if !years.asked.All || years.asked.Cursor != "" {
		t.Errorf("asked for %+v", years.asked)
	}
	return p
}

// The list has the bodies with something to mend, their errors first, each with its
// place; personal numbers are masked.
func TestList(t *testing.T) {
	p := page(t)
	if p.Len() != 5 {
		t.Errorf("%d bodies", p.Len())
	}
	var got []string
	for b, err := range p.Bodies(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, b.Body.Name)
		for _, x := range b.Problems {
			got = append(got, fmt.Sprintf("%d/%d %s %s [%s|%s|%s]", x.N, x.Mark, x.Severity, x.Message, x.Spot(), x.Printed, x.Expected))
		}
	}
	table := "收到和处理政府信息公开申请情况表"
	want := []string{"甲局", "乙局",
		"1/1 error 总计填 11，各列相加为 9。 [" + table + " · 一、本年新收政府信息公开申请数量 · 总计 等 2 处|11|9]",
		"2/2 error 没有表格。 [政府信息公开行政复议、行政诉讼情况表||]",
		"3/3 warning 有 2 格未填。 [" + table + " · 1.属于国家秘密 · 总计 等 2 处||]",
		"4/4 warning 正文中有手机号码 138****5678。 [正文 · 一、总体情况||]",
		"5/5 warning 写四种，列出 5 项。 [正文 · 一、总体情况||]",
		"丁局", "1/0 error 文件已加密：请去掉打开密码后重新上传。 [全文||]", "@庚局"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	n := 0
	for range p.Bodies(t.Context(), 4) {
		n++
	}
	if n != 1 {
		t.Errorf("%d bodies from the fifth on", n)
	}
}

type fakeReviews map[string]*report.Review

func (f fakeReviews) Review(_ context.Context, id string, _ intake.Scope) (*report.Review, error) {
	return f[id], nil
}

// What was dismissed is not sent back, nor what is right after a correction; a
// decision on what the finding no longer says does not count.
func TestReviewed(t *testing.T) {
	v := result().Validation
	for i := range v.Findings {
		v.Findings[i].ID = fmt.Sprintf("f%d", i)
	}
	v.Findings = v.Findings[:4] // the fifth is gone with the correction
	said := &report.Review{Validation: &v, Mark: &report.Mark{State: report.Returned, Note: "请联系 13812345678"}, Decisions: []report.Decision{
		{Finding: "f0", Verdict: report.Dismissed}, {Finding: "f2", Verdict: report.Confirmed}, {Finding: "f3", Verdict: report.Dismissed, Stale: report.StaleChanged},
	}}
	row := overview.Row{State: overview.Errors, ReportID: "r", Report: &intake.Summary{ID: "r", Review: intake.Tally{Version: 3}}}
	c := &Collector{Years: &fakeYears{rows: []overview.Row{row}}, Results: fakeResults{"r": result()}, Reviews: fakeReviews{"r": said}, Forms: form.All()}
	p, err := c.Open(t.Context(), overview.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for b, err := range p.Bodies(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if len(b.Problems) != 2 || b.Problems[0].Rule != "applications.row_total" || b.Problems[1].Rule != "privacy.mobile_number" || b.Problems[1].N != 2 || b.Problems[1].Mark != 3 {
			t.Errorf("%+v", b.Problems)
		}
		if b.Note != "请联系 138****5678" {
			t.Errorf("note %q", b.Note)
		}
	}
}

// The file opens in a spreadsheet as text, whatever the reports say.
func TestCSV(t *testing.T) {
	var b bytes.Buffer
	err := page(t).WriteCSV(t.Context(), &b, func(rule string) string { return "规则 " + rule }, func(id string, mark int) string { return fmt.Sprintf("/reports/%s#%d", id, mark) })
	if err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(b.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || len(rows) != 9 {
		t.Fatalf("%d rows, mark %v, %v", len(rows), marked, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
	if rows[1][3] != "未报送" || rows[1][6] != "尚未收到报告。" || rows[5][12] != "'=HYPERLINK 联系 138****5678" || rows[8][0] != "'@庚局" || rows[2][15] != "/reports/r#1" {
		t.Errorf("%q", rows)
	}
}
