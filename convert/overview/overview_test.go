package overview

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// fakeStore is a catalog in memory.
type fakeStore struct {
	list    *bodies.List
	reports []Report
	rules   map[string][]string // reports by rule
	years   []int
}

func (f *fakeStore) YearReports(context.Context, int, int, intake.Scope) ([]Report, error) {
	return slices.Clone(f.reports), nil
}

func (f *fakeStore) WithRule(_ context.Context, rule string, _ []Report) (map[string]bool, error) {
	out := map[string]bool{}
	for _, id := range f.rules[rule] {
		out[id] = true
	}
	return out, nil
}

func (f *fakeStore) Years(context.Context, intake.Scope) ([]int, error) { return f.years, nil }

func (f *fakeStore) Summaries(_ context.Context, ids []string) (map[string]intake.Summary, error) {
	out := map[string]intake.Summary{}
	for _, id := range ids {
		out[id] = intake.Summary{ID: id}
	}
	return out, nil
}

func (f *fakeStore) Bodies(context.Context) (*bodies.List, error) { return f.list, nil }

var march = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func listOf(t testing.TB, names ...string) *bodies.List {
	t.Helper()
	entries := make([]bodies.Entry, len(names))
	for i, name := range names {
		entries[i].Body = bodies.Body{ID: fmt.Sprintf("b%d", i), Name: name}
	}
	l, err := bodies.New(entries, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func ask(t testing.TB, f *fakeStore, q Query) *Year {
	t.Helper()
	s, err := New(Config{Store: f, Clock: func() time.Time { return march }})
	if err != nil {
		t.Fatal(err)
	}
	y, err := s.Overview(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

func names(rows []Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Body.Name+" "+string(r.State))
	}
	return strings.Join(out, ",")
}

func done(id, body string, place int64, errs, warnings int) Report {
	return Report{ID: id, Body: body, Place: place, State: intake.StateDone, Errors: errs, Warnings: warnings, Stated: true,
		ReceivedAt: march.Add(time.Duration(place) * time.Hour)}
}

// Of several reports of a body the one chosen counts, else the newest that states
// the year, else the newest at all.
func TestWhichReportCounts(t *testing.T) {
	failed := Report{ID: "f", Body: "b0", Place: 9, State: intake.StateFailed, Filename: "甲局2025.pdf", ReceivedAt: march}
	undated := Report{ID: "u", Body: "b0", Place: 8, State: intake.StateDone, Unjudged: true, ReceivedAt: march}
	busy := Report{ID: "q", Body: "b0", Place: 10, State: intake.StateQueued, ReceivedAt: march}
	old, newer := done("old", "b0", 1, 2, 0), done("new", "b0", 2, 0, 1)
	chosen := old
	chosen.Chosen = true
	other := failed
	other.Filename = "甲局2023.pdf"
	for name, tt := range map[string]struct {
		reports  []Report
		id       string
		state    State
		versions int
	}{
		"none":                    {nil, "", Missing, 0},
		"the newest":              {[]Report{old, newer}, "new", Warnings, 2},
		"the chosen one":          {[]Report{newer, chosen}, "old", Errors, 2},
		"not what failed later":   {[]Report{newer, failed}, "new", Warnings, 2},
		"what failed, alone":      {[]Report{failed}, "f", Failed, 1},
		"the newest without year": {[]Report{failed, undated, busy}, "q", Busy, 3},
		"a year unread":           {[]Report{undated}, "u", Warnings, 1},
		"of another year by name": {[]Report{other}, "", Missing, 0},
	} {
		y := ask(t, &fakeStore{list: listOf(t, "甲局"), reports: tt.reports}, Query{Year: 2025})
		if r := y.Items[0]; r.ReportID != tt.id || r.State != tt.state || r.Versions != tt.versions {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestGuessYear(t *testing.T) {
	for name, want := range map[string]int{
		"教育局.pdf": 2025, "教育局2023年年报.pdf": 2023, "2022-2023对比.pdf": 2025, "2030.pdf": 2025, "20231231.pdf": 2025,
		"2024年2024.docx": 2024, "1999.pdf": 2025,
	} {
		if got := guessYear(name, march); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// fourBodies are one of each state that has a report, and one without.
func fourBodies(t testing.TB) *fakeStore {
	l, err := bodies.New([]bodies.Entry{
		{Body: bodies.Body{ID: "b0", Name: "云溪县人民政府", Level: bodies.LevelCounty}},
		{Body: bodies.Body{ID: "b1", Name: "云溪县水务局", Aliases: []string{"ＡＢ所"}, Parent: "b0"}},
		{Body: bodies.Body{ID: "b2", Name: "云溪县档案局", Parent: "b0"}},
		{Body: bodies.Body{ID: "b3", Name: "青石镇", Parent: "b0"}},
		{Body: bodies.Body{ID: "b4", Name: "云溪县气象局", Parent: "b0", Excluded: true}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	checked := done("r1", "b1", 5, 0, 0)
	checked.Review = report.Checked
	return &fakeStore{list: l, reports: []Report{done("r2", "b2", 7, 3, 1), checked, done("r3", "b3", 2, 0, 2), done("gone", "b9", 1, 0, 0)},
		rules: map[string][]string{lateRule: {"r3"}, "table.missing": {"r2", "r3"}}, years: []int{2025, 2023}}
}

func TestSelection(t *testing.T) {
	f := fourBodies(t)
	for name, tt := range map[string]struct {
		q    Query
		want string
	}{
		"all":        {Query{}, "云溪县人民政府 missing,云溪县水务局 clean,云溪县档案局 errors,青石镇 warnings,云溪县气象局 exempt"},
		"kind":       {Query{Kind: bodies.KindTownship}, "青石镇 warnings"},
		"level":      {Query{Level: bodies.LevelCounty}, "云溪县人民政府 missing"},
		"state":      {Query{State: Errors}, "云溪县档案局 errors"},
		"late":       {Query{State: Late}, "青石镇 warnings"},
		"rule":       {Query{Rule: "table.missing"}, "云溪县档案局 errors,青石镇 warnings"},
		"checked":    {Query{Review: report.Checked}, "云溪县水务局 clean"},
		"unreviewed": {Query{Review: report.Unreviewed}, "云溪县档案局 errors,青石镇 warnings"},
		"name":       {Query{Name: "云溪县档"}, "云溪县档案局 errors"},
		"alias":      {Query{Name: "ab"}, "云溪县水务局 clean"},
		"by state":   {Query{Sort: ByState}, "云溪县人民政府 missing,云溪县档案局 errors,青石镇 warnings,云溪县水务局 clean,云溪县气象局 exempt"},
		"by errors":  {Query{Sort: ByErrors, State: ""}, "云溪县档案局 errors,青石镇 warnings,云溪县人民政府 missing,云溪县水务局 clean,云溪县气象局 exempt"},
		"by name":    {Query{Sort: ByName}, "青石镇 warnings,云溪县档案局 errors,云溪县气象局 exempt,云溪县人民政府 missing,云溪县水务局 clean"},
		"by time":    {Query{Sort: ByReceived}, "云溪县档案局 errors,云溪县水务局 clean,青石镇 warnings,云溪县人民政府 missing,云溪县气象局 exempt"},
	} {
		y := ask(t, f, tt.q)
		if got := names(y.Items); got != tt.want {
			t.Errorf("%s: %s\nwant %s", name, got, tt.want)
		}
		if y.Total != len(y.Items) || y.Next != "" {
			t.Errorf("%s: total %d, next %q", name, y.Total, y.Next)
		}
		if want := (Counts{Total: 5, Missing: 1, Errors: 1, Warnings: 1, Clean: 1, Exempt: 1, Late: 1, Checked: 1}); y.Counts != want {
			t.Errorf("%s: counts %+v", name, y.Counts)
		}
	}
	y := ask(t, f, Query{})
	if y.Counts.Due() != 4 || y.Counts.Received() != 3 || y.StrayTotal != 1 {
		t.Errorf("due %d, received %d, strays %d", y.Counts.Due(), y.Counts.Received(), y.StrayTotal)
	}
	var kinds []string
	for _, g := range y.ByKind {
		kinds = append(kinds, fmt.Sprintf("%s %d", g.Key, g.Total))
	}
	if got := strings.Join(kinds, ","); got != "government 1,department 3,township 1" {
		t.Errorf("kinds %s", got)
	}
}

// Every page but the last is full, and together they are the selection in its order.
func TestPages(t *testing.T) {
	var all []string
	for i := range 23 {
		all = append(all, fmt.Sprintf("第%02d局", i))
	}
	f := &fakeStore{list: listOf(t, all...)}
	for i := range 20 {
		f.reports = append(f.reports, done(fmt.Sprintf("r%d", i), fmt.Sprintf("b%d", i), int64(100+i%7), i%3, 0))
	}
	for _, q := range []Query{{}, {Sort: ByErrors}, {Sort: ByReceived, State: Errors}, {Sort: ByState}, {Sort: ByName}} {
		whole := q
		whole.All = true
		want := ask(t, f, whole)
		for _, limit := range []int{1, 4, 23} {
			q.Cursor, q.Limit = "", limit
			var got []Row
			for range 30 {
				y := ask(t, f, q)
				got = append(got, y.Items...)
				if y.Total != want.Total || y.Next != "" && len(y.Items) != limit {
					t.Errorf("%+v: %d of %d", q, len(y.Items), y.Total)
				}
				if q.Cursor = y.Next; q.Cursor == "" {
					break
				}
			}
			if names(got) != names(want.Items) {
				t.Errorf("%+v: %s\nwant %s", q, names(got), names(want.Items))
			}
		}
	}
}

func TestBadQuery(t *testing.T) {
	s, err := New(Config{Store: fourBodies(t), Clock: func() time.Time { return march }})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []Query{{Limit: -1}, {Limit: MaxLimit + 1}, {Sort: "x"}, {State: "x"}, {Review: "x"}, {Year: -1}, {Cursor: "nobody"}, {Rule: "\x00"}} {
		if _, err := s.Overview(t.Context(), q); !errors.Is(err, intake.ErrBadFilter) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// With a list the year is the one that is due; without, the newest that has reports.
func TestDefaultYear(t *testing.T) {
	f := &fakeStore{list: listOf(t, "甲局"), years: []int{2023, 2022}}
	if y := ask(t, f, Query{}); y.Year != 2025 || !slices.Equal(y.Years, []int{2025, 2023, 2022}) {
		t.Errorf("with a list: %d of %v", y.Year, y.Years)
	}
	f.list = nil
	if y := ask(t, f, Query{}); y.Year != 2023 {
		t.Errorf("without: %d", y.Year)
	}
	if y := ask(t, f, Query{Year: 2019}); y.Year != 2019 || !slices.Contains(y.Years, 2019) {
		t.Errorf("asked for: %d of %v", y.Year, y.Years)
	}
	f.years = nil
	if y := ask(t, f, Query{}); y.Year != 2025 {
		t.Errorf("without anything: %d", y.Year)
	}
}

func BenchmarkYear(b *testing.B) {
	var all []string
	for i := range 5000 {
		all = append(all, fmt.Sprintf("云溪县第%d局", i))
	}
	f := &fakeStore{list: listOf(b, all...)}
	for i := range 5000 {
		f.reports = append(f.reports, done(fmt.Sprintf("r%d", i), fmt.Sprintf("b%d", i), int64(i), i%3, i%5))
	}
	for _, by := range Sorts() {
		b.Run(string(by), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ask(b, f, Query{Sort: by})
			}
		})
	}
}
