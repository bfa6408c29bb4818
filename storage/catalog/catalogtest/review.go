package catalogtest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// testReview: what is told of a report's review is kept with its row, is never
// replaced by what an older one has, and can be asked for.
func testReview(t *testing.T, c intake.Catalog) {
	at := start.Add(time.Hour)
	rows := []intake.Row{row(0), row(1), row(2)}
	rows[1].Year = ptr(2022)
	rows[1].Review = intake.Tally{State: report.Checked, MarkedAt: &at, OpenErrors: 1, OpenWarnings: 1, Corrected: 3, Version: 5}
	for _, r := range rows {
		insert(t, c, r)
		wantRow(t, c, r)
	}
	marked := rows[0]
	marked.Review = intake.Tally{State: report.Returned, MarkedAt: &at, OpenWarnings: 1, Version: 4}
	if done, err := c.Refresh(t.Context(), rows[0], marked); !done || err != nil {
		t.Fatal(done, err)
	}
	wantRow(t, c, marked)
	// The row as it was read before.
	if done, err := c.Refresh(t.Context(), rows[0], rows[0]); done || err != nil {
		t.Errorf("an older review: %v, %v", done, err)
	}
	older := rows[0]
	older.Status = "pass"
	if err := c.Update(t.Context(), older); err != nil {
		t.Fatal(err)
	}
	want := marked
	want.Status = "pass"
	wantRow(t, c, want)
	// As new as what is there: made of another result.
	want.Review.OpenWarnings = 0
	if done, err := c.Refresh(t.Context(), marked, want); !done || err != nil {
		t.Errorf("another result: %v, %v", done, err)
	}
	wantRow(t, c, want)

	for _, q := range []struct {
		filter intake.Filter
		want   []int
	}{
		{intake.Filter{Review: report.Unreviewed}, []int{2}}, {intake.Filter{Review: report.Checked}, []int{1}},
		{intake.Filter{Review: report.Returned}, []int{0}}, {intake.Filter{Review: report.Checked, Year: 2023}, nil},
		{intake.Filter{Review: report.Unreviewed, Year: 2023, Query: "云溪县"}, []int{2}}, {intake.Filter{}, []int{2, 1, 0}},
	} {
		if got := found(t, c, q.filter, rows); !slices.Equal(got, q.want) {
			t.Errorf("%+v: %v, want %v", q.filter, got, q.want)
		}
	}
	if _, err := c.List(t.Context(), intake.Filter{Review: "praised"}); !errors.Is(err, intake.ErrBadFilter) {
		t.Errorf("no such state: %v", err)
	}
}

// testEditions: the versions of a report are those of the same body and year, or of
// the same agency where it is of none.
func testEditions(t *testing.T, c intake.Catalog) {
	var rows []intake.Row
	for n, agency := range []string{"云溪县教育局", "云溪县教育局", "云溪县财政局", "教育局", "云溪县教育局", "云溪县教育局"} {
		r := row(n)
		r.Agency = &agency
		rows = append(rows, r)
	}
	rows[4].Year = ptr(2022)
	rows[5].State = intake.StateFailed
	for _, r := range rows {
		insert(t, c, r)
	}
	editions := func(n int, scope intake.Scope) (out []int) {
		t.Helper()
		got, err := c.Get(t.Context(), rows[n].ID)
		if err != nil {
			t.Fatal(err)
		}
		list, err := c.Editions(t.Context(), got, scope)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			out = append(out, slices.IndexFunc(rows, func(x intake.Row) bool { return x.ID == r.ID }))
		}
		return out
	}
	check := func(what string, got []int, want ...int) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	check("of one agency", editions(0, intake.Scope{}), 1, 0)
	check("of another", editions(2, intake.Scope{}), 2)
	check("of another year", editions(4, intake.Scope{}), 4)
	check("nothing is seen", editions(0, intake.Scope{Restricted: true}))
	if err := c.Attach(t.Context(), rows[1].ID, "b"); err != nil {
		t.Fatal(err)
	}
	if err := c.Attach(t.Context(), rows[3].ID, "b"); err != nil {
		t.Fatal(err)
	}
	check("of a body", editions(1, intake.Scope{}), 3, 1)
	check("of no body", editions(0, intake.Scope{}), 0)
	nobody := row(9)
	nobody.Agency, nobody.Year = nil, nil
	if list, err := c.Editions(t.Context(), nobody, intake.Scope{}); err != nil || len(list) != 0 {
		t.Errorf("of nobody: %v, %v", list, err)
	}
}
