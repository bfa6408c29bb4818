package catalogtest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
)

// yearRows are reports of two years: of two bodies in 2023, one of them twice, one of
// nobody, one of 2022, and a file that failed.
func yearRows() []intake.Row {
	rows := []intake.Row{row(0), row(1), row(2), row(3), row(4), row(5)}
	rows[0].Agency, rows[0].Status, rows[0].Errors = ptr("云溪县教育局"), "fail", 3
	rows[0].Review.OpenErrors = 2
	rows[1].Agency = ptr("云溪县财政局")
	rows[1].Hits = append(rows[1].Hits, intake.Hit{Rule: "identity.late", Severity: report.SeverityWarning, Count: 1})
	rows[2].Agency, rows[2].Status, rows[2].Warnings, rows[2].Hits = ptr("云溪县教育局"), "pass", 0, nil
	rows[2].Review = intake.Tally{State: report.Checked, MarkedAt: ptr(start)}
	rows[3].Agency = ptr("他乡县水务局")
	rows[4].Agency, rows[4].Year = ptr("云溪县教育局"), ptr(2022)
	rows[5].State, rows[5].Status, rows[5].Agency, rows[5].Year, rows[5].Hits = intake.StateFailed, "", nil, nil, nil
	rows[5].Filename, rows[5].Warnings, rows[5].Infos = "云溪县财政局2023年年报.pdf", 0, 0
	return rows
}

// at makes an overview of the catalog as of March 2024.
func at(t *testing.T, c Store, q overview.Query) *overview.Year {
	t.Helper()
	s, err := overview.New(overview.Config{Store: c, Clock: func() time.Time { return time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	y, err := s.Overview(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// standing is each body of the page with its state, in short.
func standing(y *overview.Year) string {
	var out []string
	for _, r := range y.Items {
		s := strings.TrimPrefix(r.Body.Name, "云溪县") + " " + string(r.State)
		if r.Late {
			s += " late"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// testYear: the bodies of a year against the reports that the catalog has.
func testYear(t *testing.T, c Store) {
	rows := yearRows()
	l := setBodies(t, c, 1, "云溪县人民政府", "云溪县统计局", "云溪县教育局", "云溪县财政局")
	insert(t, c, rows...)
	y := at(t, c, overview.Query{})
	if y.Year != 2023 || !slices.Equal(y.Years, []int{2023, 2022}) || !y.Listed {
		t.Errorf("year %d of %v, listed %v", y.Year, y.Years, y.Listed)
	}
	if got, want := standing(y), "人民政府 missing, 统计局 exempt, 教育局 clean, 财政局 warnings late"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if y.Counts.Checked != 1 || y.Items[2].Review != report.Checked || y.Items[3].Review != report.Unreviewed {
		t.Errorf("reviews: %+v", y.Counts)
	}
	finance := y.Items[3]
	if finance.Versions != 2 || !finance.Unread || finance.ReportID != rows[1].ID || finance.Report == nil || finance.Report.ID != rows[1].ID || finance.Parent != "云溪县人民政府" {
		t.Errorf("%+v", finance)
	}
	if y.StrayTotal != 1 || len(y.Strays) != 1 || y.Strays[0].Report.ID != rows[3].ID || !strings.Contains(y.Strays[0].Reason, "不在名单中") {
		t.Errorf("strays %+v", y.Strays)
	}
	if got := standing(at(t, c, overview.Query{Rule: "table.cell_blank"})); got != "财政局 warnings late" {
		t.Errorf("by rule: %s", got)
	}
	if got := standing(at(t, c, overview.Query{Year: 2022, State: overview.Clean})); got != "" {
		t.Errorf("in 2022: %s", got)
	}
	education, _ := l.Find("云溪县教育局")
	if err := c.Choose(t.Context(), intake.Choice{Body: education.ID, Year: 2023, Report: rows[0].ID, At: start}); err != nil {
		t.Fatal(err)
	}
	if y := at(t, c, overview.Query{State: overview.Errors}); standing(y) != "教育局 errors" || y.Items[0].Errors != 2 || y.Counts.Checked != 0 {
		t.Errorf("with the first version chosen: %+v", y.Items)
	}
}

// testYearScope: who is restricted is told of his own bodies and reports only.
func testYearScope(t *testing.T, c Store) {
	rows := yearRows()
	l := setBodies(t, c, 1, "云溪县人民政府", "云溪县统计局", "云溪县教育局", "云溪县财政局")
	rows[3].Sender, rows[1].Sender = "甲", "甲"
	insert(t, c, rows...)
	education, _ := l.Find("云溪县教育局")
	y := at(t, c, overview.Query{Scope: intake.Scope{Restricted: true, Sender: "甲", Bodies: []string{education.ID}}})
	if got, want := standing(y), "教育局 clean, 财政局 warnings late"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if y.Counts.Total != 2 || y.StrayTotal != 1 || !slices.Equal(y.Years, []int{2023, 2022}) {
		t.Errorf("%+v, %d strays, years %v", y.Counts, y.StrayTotal, y.Years)
	}
	y = at(t, c, overview.Query{Scope: intake.Scope{Restricted: true}})
	if len(y.Items)+y.StrayTotal+y.Counts.Total != 0 || !slices.Equal(y.Years, []int{2023}) {
		t.Errorf("nobody sees %+v", y)
	}
}

// testYearUnlisted: without a list the agencies stand for bodies.
func testYearUnlisted(t *testing.T, c Store) {
	insert(t, c, yearRows()...)
	y := at(t, c, overview.Query{Sort: overview.ByErrors})
	if y.Listed || y.Counts.Total != 4 || y.StrayTotal != 0 || y.Undated != 1 {
		t.Errorf("%+v, undated %d", y.Counts, y.Undated)
	}
	if got, want := standing(y), "财政局 warnings late, 他乡县水务局 warnings, 财政局2023年年报.pdf failed, 教育局 clean"; !sameWords(got, want) {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := y.Items[0].Body.Kind; got != bodies.KindDepartment {
		t.Errorf("kind %s", got)
	}
}

func sameWords(a, b string) bool {
	x, y := strings.Split(a, ", "), strings.Split(b, ", ")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
