package export_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/aggregate"
	"nianbao/convert/aggregate/collect"
	"nianbao/convert/export"
	"nianbao/convert/fixture"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// rolled runs a sum over made reports, changed before they are added; the last body has
// none.
func rolled(n int, change func(i int, res *report.Result)) func(each func(*collect.Contribution) error) (*aggregate.Sum, error) {
	return func(each func(*collect.Contribution) error) (*aggregate.Sum, error) {
		sel := aggregate.Selection{Year: 2023, Listed: true, Excluded: []string{"云溪县税务局"}, Above: &aggregate.Above{Name: "云溪县人民政府", Reason: "还没有它的报告"}}
		for i := range n {
			sel.Bodies = append(sel.Bodies, aggregate.Body{Name: "=第" + string(rune('A'+i%26)) + "局", Kind: "department", ReportID: "r", Versions: 1, State: aggregate.Missing})
		}
		a := aggregate.NewAdder(sel, form.All())
		for i := range n {
			c := &collect.Contribution{Place: i, Body: &a.Bodies()[i]}
			if i < n-1 {
				c.Result = resultOf(fixture.Of(uint64(i%7), "2021", "云溪县教育局", 2023))
				change(i, c.Result)
				c.Notes = a.Add(i, c.Result)
			}
			if err := each(c); err != nil {
				return nil, err
			}
		}
		return a.Sum(), nil
	}
}

// resultOf is the result of reading a made report.
func resultOf(r *fixture.Report) *report.Result {
	res := &report.Result{Report: r.Report, Provenance: map[string]report.Place{}}
	for _, c := range r.Form.Cells() {
		table, path, _ := strings.Cut(strings.TrimPrefix(c.Path, "/report/"), "/")
		res.Provenance[c.Path] = report.Place{Text: string(*r.Table(table).At(path).Value), State: report.StateNumber}
	}
	return res
}

func TestRollUpXLSX(t *testing.T) {
	const penalties, granted, upheld = "/report/proactive_disclosure/administrative_penalties/decisions", "/report/applications/granted/total", "/report/legal_challenges/reconsideration/upheld"
	run := rolled(4, func(i int, res *report.Result) {
		seven := report.Number("7")
		res.Report.LegalChallenges.At("reconsideration/upheld").Value = &seven
		if i == 0 {
			res.Report.ProactiveDisclosure.At("administrative_penalties/decisions").Value = nil
			res.Provenance[penalties] = report.Place{Text: "=cmd()", State: report.StateText}
		}
		if i == 1 {
			res.Provenance[upheld] = report.Place{State: report.StateNumber, Corrected: true}
		}
		res.Report.Applications.At("granted/total").Value = nil
		res.Provenance[granted] = report.Place{State: report.StateBlank}
	})
	temp := t.TempDir()
	var b bytes.Buffer
	if err := export.RollUpXLSX(&b, export.RollUp{Run: run, Forms: form.All(), TempDir: temp}); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("temporary files: %v %v", left, err)
	}
	noFormulas(t, b.Bytes())
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if got := strings.Join(f.GetSheetList(), " "); got != "说明 未计入的单位 2021年·二、表 2021年·三、表 2021年·四、表 存疑 合计 2021年表式各单位" {
		t.Errorf("sheets %s", got)
	}
	sheet := func(name string) string {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for _, r := range rows {
			out.WriteString(strings.Join(r, "|") + "\n")
		}
		return out.String()
	}
	for name, want := range map[string][]string{
		"说明":         {"2023年度汇总|云溪县人民政府的下级", "应汇总的单位|4", "已计入|3", "1 个单位没有报告，未计入|=第D局", "云溪县税务局", "还没有它的报告"},
		"未计入的单位":     {"=第D局|部门|未报送"},
		"2021年·四、表":  {"（2023年度，3个单位之和，1个单位未计入）", "21|"},
		"2021年·三、表":  {"—"},
		"存疑":         {"=第A局|读不成数字|2021|第二十条第（六）项·行政处罚·本年处理决定数量|=cmd()", "=第B局|已更正|2021|", "=第C局|空白|2021|"},
		"合计":         {"2021|行政复议·结果维持|21||3|0|0|0|0|0|0|0|1|1|||" + upheld},
		"2021年表式各单位": {"=第A局|部门|已计入|r|1"},
	} {
		got := sheet(name)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s lacks %q:\n%.1500s", name, w, got)
			}
		}
	}
	broken := func(func(*collect.Contribution) error) (*aggregate.Sum, error) { return nil, errors.New("gone") }
	b.Reset()
	if err := export.RollUpXLSX(&b, export.RollUp{Run: broken, Forms: form.All(), TempDir: temp}); err == nil || b.Len() > 0 {
		t.Errorf("a sum that breaks off: %v, %d bytes", err, b.Len())
	}
}
