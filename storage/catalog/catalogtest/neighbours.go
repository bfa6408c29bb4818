package catalogtest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
)

// of is the n-th row, as the report of an agency for a year with these keys.
func of(n int, agency string, year int, keys ...int64) intake.Row {
	r := row(n)
	r.Agency, r.Year, r.Sketch = ptr(agency), ptr(year), keys
	if keys == nil {
		r.Sketch = []int64{}
	}
	return r
}

// before is the id of the report before r, "" where there is none.
func before(t *testing.T, c Store, r intake.Row, scope intake.Scope) string {
	t.Helper()
	r, err := c.Get(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.Before(t.Context(), r, scope)
	if err != nil && !errors.Is(err, intake.ErrNotFound) {
		t.Fatal(err)
	}
	return found.ID
}

func wantBefore(t *testing.T, c Store, r intake.Row, want string) {
	t.Helper()
	if got := before(t, c, r, intake.Scope{}); got != want {
		t.Errorf("the report before %d is %.8q, want %.8q", *r.Year, got, want)
	}
}

// testBefore: the report in force of the same body, whichever of the two came first.
func testBefore(t *testing.T, c Store) {
	l := setBodies(t, c, 1, "云溪县人民政府", "云溪县教育局", "云溪县财政局")
	own := of(0, "云溪县教育局", 2023)
	insert(t, c, own)
	wantBefore(t, c, own, "")
	older, newer := of(1, "别名云溪县教育局", 2022), of(2, "县教育局", 2022) // a renaming, and a short form
	insert(t, c, older, of(3, "云溪县教育局", 2021), of(4, "云溪县财政局", 2022))
	wantBefore(t, c, own, older.ID)
	insert(t, c, newer)
	wantBefore(t, c, own, newer.ID)
	education, _ := l.Find("云溪县教育局")
	choice := intake.Choice{Body: education.ID, Year: 2022, Report: older.ID, At: start}
	if err := c.Choose(t.Context(), choice); err != nil {
		t.Fatal(err)
	}
	wantBefore(t, c, own, older.ID)
	if err := c.Delete(t.Context(), older.ID, older.ReceivedAt); err != nil {
		t.Fatal(err)
	}
	wantBefore(t, c, own, newer.ID)
	newer.State = intake.StateFailed
	if err := c.Update(t.Context(), newer); err != nil {
		t.Fatal(err)
	}
	wantBefore(t, c, own, "")

	finance := of(5, "云溪县财政局", 2023)
	insert(t, c, finance)
	if got := before(t, c, finance, intake.Scope{Restricted: true, Bodies: []string{education.ID}}); got != "" {
		t.Errorf("out of the scope: %s", got)
	}
	noYear := of(6, "云溪县财政局", 0)
	noYear.Year = nil
	insert(t, c, noYear)
	if got := before(t, c, noYear, intake.Scope{}); got != "" {
		t.Errorf("without a year: %s", got)
	}
}

// testBeforeByName: agencies of no body are told by their names.
func testBeforeByName(t *testing.T, c Store) {
	own, short, full := of(0, "云溪区教育局", 2023), of(1, "江州市云溪区教育局", 2022), of(2, "云溪区教育局", 2022)
	insert(t, c, own, of(3, "教育局", 2022), of(4, "云溪区教育体育局", 2022))
	wantBefore(t, c, own, "")
	insert(t, c, short)
	wantBefore(t, c, own, short.ID)
	insert(t, c, full)
	wantBefore(t, c, own, full.ID)
	insert(t, c, of(5, "青柳市云溪区教育局", 2022)) // which of the two is meant?
	wantBefore(t, c, own, "")
	long := of(6, "江州市云溪区教育局", 2023)
	insert(t, c, long)
	wantBefore(t, c, long, full.ID)
	nameless := of(7, "", 2023)
	nameless.Agency = nil
	insert(t, c, nameless)
	wantBefore(t, c, nameless, "")
}

// alike are the reports like r, best first, and how many agencies have its keys.
func alike(t *testing.T, c Store, r intake.Row, scope intake.Scope) ([]string, map[int64]int, bool) {
	t.Helper()
	kept, err := c.Get(t.Context(), r.ID) // its body is the catalog's to say
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.Alike(t.Context(), kept, r.Sketch, scope)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, x := range found.Rows {
		ids = append(ids, x.ID)
	}
	return ids, found.Spread, found.Alone
}

func wantAlike(t *testing.T, c Store, r intake.Row, spread map[int64]int, want ...intake.Row) {
	t.Helper()
	ids := []string{}
	for _, w := range want {
		ids = append(ids, w.ID)
	}
	got, counts, _ := alike(t, c, r, intake.Scope{})
	if d := cmp.Diff(ids, got); d != "" {
		t.Errorf("alike (-want +got):\n%s", d)
	}
	if d := cmp.Diff(spread, counts); d != "" {
		t.Errorf("spread (-want +got):\n%s", d)
	}
}

// testAlike: the reports of other agencies that share keys, most first.
func testAlike(t *testing.T, c Store) {
	own := of(0, "云溪县教育局", 2023, -5, 1, 2, 3, 4)
	insert(t, c, own)
	if ids, _, alone := alike(t, c, own, intake.Scope{}); len(ids) != 0 || !alone {
		t.Errorf("alone: %v, %v", ids, alone)
	}
	few, most := of(1, "云溪县财政局", 2022, 1, 2, 4, 9), of(2, "云溪县水务局", 2023, -5, 1, 2, 3)
	insert(t, c, few, most,
		of(3, "云溪县教育局", 2022, 1, 2, 3, 4), of(4, "江州市云溪县教育局", 2023, 1, 2), // the same agency
		of(5, "青石县教育局", 2024, 1, 2, 3, 4), // later: it may be the copy
		of(6, "云溪县民政局", 2023, 7, 8))
	want := map[int64]int{-5: 1, 1: 3, 2: 3, 3: 2, 4: 2}
	wantAlike(t, c, own, want, most, few)
	if _, _, alone := alike(t, c, own, intake.Scope{Restricted: true, Sender: "nobody"}); !alone {
		t.Error("not alone in an empty scope")
	}
	if ids, spread, _ := alike(t, c, own, intake.Scope{Restricted: true, Sender: "nobody"}); len(ids) != 0 || spread[1] != 3 {
		t.Errorf("out of the scope: %v, %v", ids, spread)
	}

	// A new version has other words; a deleted report has none.
	most.Sketch = []int64{30, 31}
	if err := errors.Join(c.Update(t.Context(), most), c.Delete(t.Context(), few.ID, few.ReceivedAt)); err != nil {
		t.Fatal(err)
	}
	wantAlike(t, c, own, map[int64]int{1: 1, 2: 1, 3: 1, 4: 1})
	// An update that says nothing of the words keeps them, also where the report moves.
	most.Sketch = []int64{2, 3}
	if err := c.Update(t.Context(), most); err != nil {
		t.Fatal(err)
	}
	most.Sketch, most.ReceivedAt = nil, most.ReceivedAt.Add(time.Hour)
	if err := c.Update(t.Context(), most); err != nil {
		t.Fatal(err)
	}
	wantAlike(t, c, own, map[int64]int{1: 1, 2: 2, 3: 2, 4: 1}, most)
	most.State = intake.StateFailed
	if err := c.Update(t.Context(), most); err != nil {
		t.Fatal(err)
	}
	wantAlike(t, c, own, map[int64]int{1: 1, 2: 1, 3: 1, 4: 1})
	if err := c.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	insert(t, c, own)
	wantAlike(t, c, own, map[int64]int{})
}

// testAlikeOfBodies: versions that are not in force are compared with nobody.
func testAlikeOfBodies(t *testing.T, c Store) {
	setBodies(t, c, 1, "云溪县人民政府", "云溪县教育局", "云溪县财政局")
	own := of(0, "云溪县教育局", 2023, 1, 2, 3)
	old, inForce := of(1, "云溪县财政局", 2023, 1, 2, 3), of(2, "别名云溪县财政局", 2023, 1, 2)
	insert(t, c, own, old, of(3, "别名云溪县教育局", 2022, 1, 2, 3), inForce)
	wantAlike(t, c, own, map[int64]int{1: 1, 2: 1, 3: 1}, inForce)
}

// testTemplate: what very many reports say finds nobody.
func testTemplate(t *testing.T, c Store) {
	own, sister := of(0, "云溪县教育局", 2023, 1, 2), of(1, "云溪县财政局", 2023, 1, 2)
	insert(t, c, own, sister)
	for i := range 40 {
		insert(t, c, of(10+i, bodies.AgencyKey("云溪县第"+string(rune('一'+i))+"局"), 2023, 1))
	}
	got, spread, _ := alike(t, c, own, intake.Scope{})
	if !slices.Equal(got, []string{sister.ID}) || spread[1] < 20 || spread[2] != 1 {
		t.Errorf("%v, %v", got, spread)
	}
	full := make([]int64, 64)
	for i := range full {
		full[i] = int64(i) << 57
	}
	long, copied := of(100, "青石县教育局", 2023, full...), of(101, "青石县财政局", 2023, full...)
	insert(t, c, long, copied)
	if got, _, _ := alike(t, c, long, intake.Scope{}); !slices.Equal(got, []string{copied.ID}) {
		t.Errorf("of %d keys: %v", len(full), got)
	}
}

// testBelow: the reports in force of the bodies below a government.
func testBelow(t *testing.T, c Store) {
	l := setBodies(t, c, 1, "云溪县人民政府", "云溪县气象局", "云溪县人民政府办公室", "云溪县教育局") // the second files none
	county := of(0, "云溪县人民政府", 2023)
	insert(t, c, county)
	below := func(r intake.Row, scope intake.Scope) intake.Below {
		t.Helper()
		kept, err := c.Get(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.Below(t.Context(), kept, scope)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if b := below(county, intake.Scope{}); len(b.Rows) != 0 || !slices.Equal(b.Missing, []string{"云溪县人民政府办公室", "云溪县教育局"}) {
		t.Errorf("at first: %+v", b)
	}
	office, first, second := of(1, "云溪县政府办公室", 2023), of(2, "云溪县教育局", 2023), of(3, "县教育局", 2023)
	insert(t, c, office, first, second, of(4, "云溪县气象局", 2023), of(5, "云溪县教育局", 2022))
	b := below(county, intake.Scope{})
	var ids []string
	for _, r := range b.Rows {
		ids = append(ids, r.ID)
	}
	if !slices.Equal(ids, []string{office.ID, second.ID}) || len(b.Missing) != 0 || !b.OwnIncluded {
		t.Errorf("all there: %v, %v, %v", ids, b.Missing, b.OwnIncluded)
	}
	none := intake.Below{}
	if d := cmp.Diff(none, below(office, intake.Scope{})); d != "" {
		t.Errorf("of a department (-want +got):\n%s", d)
	}
	if d := cmp.Diff(none, below(county, intake.Scope{Restricted: true, Bodies: []string{l.Bodies()[0].ID}})); d != "" {
		t.Errorf("in a restricted scope (-want +got):\n%s", d)
	}
}
