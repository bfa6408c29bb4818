package export_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/aggregate"
	"nianbao/convert/aggregate/collect"
	"nianbao/convert/export"
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/docx"
)

// The tables of a roll-up in Word hold the sums in the places of the form; a cell without
// a sum has a dash, and what is in doubt is named below.
func TestRollUpDOCX(t *testing.T) {
	const granted, denied = "/report/applications/granted/total", "/report/applications/denied/state_secret/total"
	run := rolled(4, func(i int, res *report.Result) {
		put(res, granted, "", report.StateBlank) // in all of them
		if i == 0 {
			put(res, denied, "=cmd()", report.StateText)
		}
	})
	var sum *aggregate.Sum
	var out bytes.Buffer
	err := export.RollUpDOCX(&out, export.RollUp{Forms: form.All(), Run: func(func(*collect.Contribution) error) (_ *aggregate.Sum, err error) {
		sum, err = run(func(*collect.Contribution) error { return nil })
		return sum, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	read, err := docx.Read(bytes.NewReader(out.Bytes()), int64(out.Len()), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	f, _ := form.Lookup("2021")
	if len(read.Document.Tables) != len(f.Tables) {
		t.Fatalf("%d tables", len(read.Document.Tables))
	}
	sums := sum.Form("2021")
	for i := range f.Tables {
		for at, row := range f.Tables[i].Paper() {
			for _, p := range row {
				if p.Kind != form.CellValue {
					continue
				}
				c := sums.Cells[slices.IndexFunc(sums.Cells, func(c aggregate.Cell) bool { return c.Path == p.Path })]
				want := "—"
				if c.Sum != nil {
					want = string(*c.Sum)
				}
				if got := textAt(&read.Document.Tables[i], at, p.Column); got != want {
					t.Errorf("%s: %q, want %q", p.Path, got, want)
				}
			}
		}
	}
	var text strings.Builder
	for _, b := range read.Document.Blocks {
		text.WriteString(b.Text + "\n")
	}
	for _, want := range []string{"2023年政府信息公开工作年度报告", "云溪县人民政府的下级单位2023年度报告逐格之和：应汇总4个单位，已计入3个", "1 个单位没有报告，未计入：=第D局", "空白3个（=第A局、=第B局、=第C局）", "读不成数字1个（=第A局）"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("lacks %q:\n%s", want, text.String())
		}
	}
}

// textAt is the text of the cell that covers a place.
func textAt(t *extract.Table, row, column int) string {
	for _, c := range t.Cells {
		if row >= c.Row && row < c.Row+max(c.RowSpan, 1) && column >= c.Column && column < c.Column+max(c.ColumnSpan, 1) {
			return c.Text
		}
	}
	return "no cell"
}
