package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestFormsHaveTheNumbersOfTheNotices(t *testing.T) {
	want := map[string][3]int{"2021": {10, 175, 15}, "2019": {22, 161, 15}}
	for _, f := range All() {
		var got [3]int
		for i := range f.Tables {
			got[i] = len(f.Tables[i].Cells())
		}
		if got != want[f.ID] {
			t.Errorf("form %s: numbers per table %v, want %v", f.ID, got, want[f.ID])
		}
		seen := map[string]bool{}
		for _, c := range f.Cells() {
			if seen[c.Path] {
				t.Errorf("form %s: path %s twice", f.ID, c.Path)
			}
			seen[c.Path] = true
		}
	}
}

func TestRelationsNameExistingPaths(t *testing.T) {
	for _, f := range All() {
		rules := map[string]int{}
		for _, r := range f.Relations {
			rules[r.Rule]++
			tab := f.Table(r.Table)
			if tab == nil {
				t.Fatalf("form %s, %s: no table %s", f.ID, r.Rule, r.Table)
			}
			var have []string
			for _, p := range tab.Parts {
				if r.Over == ByColumn {
					for _, row := range p.Rows {
						have = append(have, row.Path)
					}
				} else {
					for _, c := range p.Columns {
						have = append(have, c.Path)
					}
				}
			}
			for _, term := range append(slices.Clone(r.Left), r.Right...) {
				if !slices.Contains(have, term) {
					t.Errorf("form %s, %s: no such term %s", f.ID, r.Rule, term)
				}
			}
		}
		want := map[string]int{"applications.balance": 1, "applications.outcome_total": 1, "applications.row_total": 1, "legal_challenges.row_total": 3}
		if fmt.Sprint(rules) != fmt.Sprint(want) {
			t.Errorf("form %s: relations %v, want %v", f.ID, rules, want)
		}
	}
}

func TestOutcomeTotalHasAllResultRows(t *testing.T) {
	want := map[string]int{"2021": 21, "2019": 19}
	for _, f := range All() {
		for _, r := range f.Relations {
			if r.Rule != "applications.outcome_total" {
				continue
			}
			if len(r.Right) != want[f.ID] {
				t.Errorf("form %s: %d result rows, want %d", f.ID, len(r.Right), want[f.ID])
			}
			printed := f.Table(r.Table).PrintedTerms(r.Right, func(string) bool { return true })
			if len(printed) != 19 || printed[18] != "other_outcome" {
				t.Errorf("form %s: result rows with （六） as one row: %v", f.ID, printed)
			}
		}
	}
}

// draw lays paper rows into a grid; a position is "!" where cells overlap.
func draw(t *testing.T, rows [][]PaperCell, width int) [][]string {
	t.Helper()
	grid := make([][]string, len(rows))
	for i := range grid {
		grid[i] = make([]string, width)
	}
	for r, cells := range rows {
		for _, c := range cells {
			for y := r; y < r+c.RowSpan; y++ {
				for x := c.Column; x < c.Column+c.ColSpan; x++ {
					if y >= len(grid) || x >= width {
						t.Fatalf("cell %q at %d,%d reaches out of the grid", c.Text, r, c.Column)
					}
					if grid[y][x] != "" {
						t.Errorf("cell %q at %d,%d overlaps %q", c.Text, r, c.Column, grid[y][x])
					}
					grid[y][x] = string(c.Kind) + " " + c.Text + c.Path
				}
			}
		}
	}
	for y := range grid {
		for x := range grid[y] {
			if grid[y][x] == "" {
				t.Errorf("position %d,%d is covered by no cell", y, x)
			}
		}
	}
	return grid
}

func TestPaperIsTheGridOfTheNotice(t *testing.T) {
	sizes := map[string][3][2]int{ // rows, columns
		"2021": {{14, 4}, {3 + 25, 10}, {3 + 1, 15}},
		"2019": {{18, 4}, {3 + 23, 10}, {3 + 1, 15}},
	}
	for _, f := range All() {
		for i := range f.Tables {
			tab := &f.Tables[i]
			rows := tab.Paper()
			if got := [2]int{len(rows), tab.Width()}; got != sizes[f.ID][i] {
				t.Errorf("form %s, %s: grid %v, want %v", f.ID, tab.Key, got, sizes[f.ID][i])
			}
			draw(t, rows, tab.Width())
			var paths []string
			for _, cells := range rows {
				for _, c := range cells {
					if c.Kind == CellValue {
						paths = append(paths, c.Path)
					}
				}
			}
			var want []string
			for _, c := range tab.Cells() {
				want = append(want, c.Path)
			}
			if !slices.Equal(paths, want) {
				t.Errorf("form %s, %s: values on paper %v, want %v", f.ID, tab.Key, paths, want)
			}
		}
	}
}

func TestPaperPlaces(t *testing.T) {
	f, _ := Lookup("2021")
	apps := draw(t, f.Table("applications").Paper(), 10)
	legal := draw(t, f.Table("legal_challenges").Paper(), 15)
	open := draw(t, f.Table("proactive_disclosure").Paper(), 4)
	for _, c := range []struct{ got, want string }{
		{apps[2][2], "corner " + balanceNote},
		{apps[0][9], "header 申请人情况"},
		{apps[1][4], "header 法人或其他组织"},
		{apps[2][3], "header 自然人"},
		{apps[2][9], "header 总计"},
		{apps[3][2], "label 一、本年新收政府信息公开申请数量"},
		{apps[26][0], "label 三、本年度办理结果"},
		{apps[14][1], "label （三）不予公开"},
		{apps[15][1], "label （四）无法提供"},
		{apps[26][1], "label （七）总计"},
		{apps[27][9], "value /report/applications/carried_forward/total"},
		{legal[0][14], "header 行政诉讼"},
		{legal[2][4], "header 总计"},
		{legal[1][5], "header 未经复议直接起诉"},
		{legal[3][14], "value /report/legal_challenges/litigation_after_reconsideration/total"},
		{open[0][3], "heading 第二十条第（一）项"},
		{open[6][3], "value /report/proactive_disclosure/administrative_licensing/decisions"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestPrintedWithOneRowForAGroup(t *testing.T) {
	f, _ := Lookup("2021")
	one := f.Table("applications").Printed(func(g string) bool { return g == "other_outcome" })
	if n := len(one.Cells()); n != 161 {
		t.Errorf("%d numbers with （六） as one row, want 161", n)
	}
	draw(t, one.Paper(), one.Width())
	var names []string
	for _, c := range one.Cells() {
		if strings.HasPrefix(c.Path, "/report/applications/other_outcome/") {
			names = append(names, c.RowLabel)
		}
	}
	if len(names) != 7 || names[0] != "三、本年度办理结果（六）其他处理" {
		t.Errorf("row （六）: %v", names)
	}
}

func TestNames(t *testing.T) {
	f, _ := Lookup("2021")
	cells := f.Table("applications").Cells()
	last := cells[len(cells)-1]
	if last.RowLabel != "四、结转下年度继续办理" || last.ColumnLabel != "总计" {
		t.Errorf("last cell is %q, %q", last.RowLabel, last.ColumnLabel)
	}
	if c := cells[1]; c.ColumnLabel != "法人或其他组织·商业企业" {
		t.Errorf("second column is %q", c.ColumnLabel)
	}
	legal := f.Table("legal_challenges").Cells()
	if c := legal[5]; c.ColumnLabel != "行政诉讼·未经复议直接起诉·结果维持" || c.RowLabel != "" {
		t.Errorf("sixth cell of chapter 四 is %q, %q", c.RowLabel, c.ColumnLabel)
	}
}

func TestAllReturnsFreshValues(t *testing.T) {
	a := All()
	a[0].Tables[0].Parts[0].Rows[0].Label = "changed"
	if All()[0].Tables[0].Parts[0].Rows[0].Label == "changed" {
		t.Error("All shares memory between calls")
	}
}

func TestInForce(t *testing.T) {
	for year, want := range map[int]string{2018: "", 2019: "2019", 2020: "2019", 2021: "2021", 2031: "2021"} {
		if got := InForce(All(), year); got != want {
			t.Errorf("%d: %q, want %q", year, got, want)
		}
	}
}
