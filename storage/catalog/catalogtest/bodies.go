package catalogtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
)

// Store is a catalog that keeps the list of bodies as well.
type Store interface {
	intake.Catalog
	bodies.Store
	overview.Store
	Clear(ctx context.Context) error
}

// RunBodies runs the suite of bodies. open makes a new empty catalog for each test.
func RunBodies(t *testing.T, open func(t *testing.T) Store) {
	for name, test := range map[string]func(*testing.T, Store){
		"list":      testList,
		"proposals": testProposals,
		"by hand":   testByHand,
		"in force":  testInForce,
		"clear":     testClear,

		"before":              testBefore,
		"before, by name":     testBeforeByName,
		"below":               testBelow,
		"alike":               testAlike,
		"alike, of bodies":    testAlikeOfBodies,
		"alike, of templates": testTemplate,

		"year":                 testYear,
		"year, scope":          testYearScope,
		"year, without a list": testYearUnlisted,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// setBodies puts a list of these names in force; the first is the parent of all.
func setBodies(t *testing.T, c Store, version int64, names ...string) *bodies.List {
	t.Helper()
	before, err := c.Bodies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var entries []bodies.Entry
	for i, name := range names {
		e := bodies.Entry{Body: bodies.Body{Name: name, Aliases: []string{fmt.Sprintf("别名%s", name)}, Note: "备注\"'", Excluded: i == 1}}
		if i > 0 {
			e.Parent = names[0]
		}
		entries = append(entries, e)
	}
	l, err := bodies.New(entries, before)
	if err != nil {
		t.Fatal(err)
	}
	l.Version = version
	if err := c.ReplaceBodies(t.Context(), l, bodies.Edit{At: start, By: "办公室"}); err != nil {
		t.Fatal(err)
	}
	return l
}

func testList(t *testing.T, c Store) {
	if l, err := c.Bodies(t.Context()); err != nil || l.Version != 0 || len(l.Bodies()) != 0 {
		t.Fatalf("at first: %v, %v", l, err)
	}
	first := setBodies(t, c, 1, "云溪县人民政府", "云溪县教育局", "云溪县财政局")
	got, err := c.Bodies(t.Context())
	if d := cmp.Diff(first.Bodies(), got.Bodies()); err != nil || got.Version != 1 || d != "" {
		t.Errorf("version %d, %v (-want +got):\n%s", got.Version, err, d)
	}
	for _, version := range []int64{0, 1} { // none may go back
		first.Version = version
		if err := c.ReplaceBodies(t.Context(), first, bodies.Edit{}); !errors.Is(err, bodies.ErrChanged) {
			t.Errorf("version %d again: %v", version, err)
		}
	}
	setBodies(t, c, 5, "青石县人民政府")
	if got, err := c.Bodies(t.Context()); err != nil || got.Version != 5 || len(got.Bodies()) != 1 {
		t.Errorf("%v, %v", got, err)
	}
}

// bodyOf is what the catalog says of a report: the body's name and by what.
func bodyOf(t *testing.T, c Store, l *bodies.List, id string) string {
	t.Helper()
	r, err := c.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := l.Get(r.BodyID)
	return b.Name + " " + r.BodyBy
}

// refresh makes all proposals anew, and returns how many.
func refresh(t *testing.T, c Store) (all int) {
	t.Helper()
	for {
		n, err := c.Repropose(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		if n > 2 {
			t.Errorf("%d at a time, more than 2", n)
		}
		if all += n; n == 0 {
			return all
		}
	}
}

// testProposals: a report is attached when it is written, and again when the list
// changes.
func testProposals(t *testing.T, c Store) {
	rows := []intake.Row{row(0), row(1), row(2), row(3)}
	rows[0].Agency, rows[1].Agency, rows[2].Agency, rows[3].Agency = ptr("云溪县教育局"), ptr("县财政局"), nil, ptr("别名云溪县教育局")
	rows[2].Filename = "教育局2023.pdf"
	insert(t, c, rows...)
	l := setBodies(t, c, 1, "云溪县人民政府", "云溪县教育局", "云溪县财政局")
	want := func(name string, l *bodies.List, want ...string) {
		t.Helper()
		var got []string
		for _, r := range rows {
			got = append(got, bodyOf(t, c, l, r.ID))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	want("before", l, " ", " ", " ", " ")
	if n := refresh(t, c); n != 4 {
		t.Errorf("%d proposals", n)
	}
	want("after", l, "云溪县教育局 title", "云溪县财政局 title", "云溪县教育局 file_name", "云溪县教育局 alias")
	if n := refresh(t, c); n != 0 {
		t.Errorf("%d proposals again", n)
	}

	rows[1].Agency = ptr("云溪县教育局")
	if err := c.Update(t.Context(), rows[1]); err != nil {
		t.Fatal(err)
	}
	r := row(4)
	r.Agency = ptr("财政局")
	rows = append(rows, r)
	insert(t, c, r)
	want("written", l, "云溪县教育局 title", "云溪县教育局 title", "云溪县教育局 file_name", "云溪县教育局 alias", "云溪县财政局 title")

	education, _ := l.Find("云溪县教育局")
	page, err := c.List(t.Context(), intake.Filter{Body: education.ID, Limit: 3})
	if err != nil || len(page.Items) != 3 || page.Total != 4 || page.Next == "" {
		t.Errorf("of the body: %d of %d, next %q, %v", len(page.Items), page.Total, page.Next, err)
	}
	for kind, n := range map[bodies.Kind]int{bodies.KindDepartment: 5, bodies.KindStreet: 0} {
		if page, err := c.List(t.Context(), intake.Filter{Kind: string(kind), Year: 2023}); err != nil || len(page.Items) != n || page.Total != int64(n) {
			t.Errorf("of kind %s: %d of %d, %v", kind, len(page.Items), page.Total, err)
		}
	}
	l = setBodies(t, c, 2, "云溪县人民政府", "云溪县财政局")
	refresh(t, c)
	want("a body gone", l, " ", " ", " ", " ", "云溪县财政局 title")
}

// testByHand: what was said by hand stays through updates and new lists, until it
// is taken back.
func testByHand(t *testing.T, c Store) {
	l := setBodies(t, c, 1, "云溪县人民政府", "云溪县教育局", "云溪县财政局")
	finance, _ := l.Find("云溪县财政局")
	r := row(0)
	r.Agency = ptr("云溪县教育局")
	none := row(1)
	none.Agency = r.Agency
	insert(t, c, r, none)
	if ok, err := c.HasBody(t.Context(), finance.ID); err != nil || !ok {
		t.Errorf("HasBody = %v, %v", ok, err)
	}
	if ok, err := c.HasBody(t.Context(), "nobody"); err != nil || ok {
		t.Errorf("HasBody(nobody) = %v, %v", ok, err)
	}
	if err := errors.Join(c.Attach(t.Context(), r.ID, finance.ID), c.Attach(t.Context(), none.ID, "")); err != nil {
		t.Fatal(err)
	}
	check := func(name, first, second string) {
		t.Helper()
		if a, b := bodyOf(t, c, l, r.ID), bodyOf(t, c, l, none.ID); a != first || b != second {
			t.Errorf("%s: %q and %q, want %q and %q", name, a, b, first, second)
		}
	}
	check("attached", "云溪县财政局 hand", " hand")
	if err := errors.Join(c.Update(t.Context(), r), c.Update(t.Context(), none)); err != nil {
		t.Fatal(err)
	}
	check("updated", "云溪县财政局 hand", " hand")
	l = setBodies(t, c, 2, "云溪县人民政府", "云溪县财政局", "云溪县教育局")
	refresh(t, c)
	check("another list", "云溪县财政局 hand", " hand")
	if err := errors.Join(c.Release(t.Context(), r.ID), c.Release(t.Context(), none.ID)); err != nil {
		t.Fatal(err)
	}
	check("released", "云溪县教育局 title", "云溪县教育局 title")

	rebuilt := row(2) // as Rebuild writes it
	rebuilt.BodyID, rebuilt.BodyBy = finance.ID, "hand"
	insert(t, c, rebuilt)
	if got := bodyOf(t, c, l, rebuilt.ID); got != "云溪县财政局 hand" {
		t.Errorf("inserted: %q", got)
	}
	for name, err := range map[string]error{
		"Attach": c.Attach(t.Context(), "nobody", finance.ID), "Release": c.Release(t.Context(), "nobody"),
	} {
		if !errors.Is(err, intake.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
}

// testInForce: of a body and a year the newest counts, or the one that was chosen.
func testInForce(t *testing.T, c Store) {
	l := setBodies(t, c, 1, "云溪县人民政府", "云溪县教育局", "云溪县财政局")
	body, _ := l.Find("云溪县教育局")
	rows := make([]intake.Row, 6)
	for i := range rows {
		rows[i] = row(i)
		rows[i].Agency = ptr("云溪县教育局")
	}
	rows[3].Year = ptr(2022)
	rows[4].State, rows[4].Status = intake.StateFailed, "" // a file that cannot be read is no version
	rows[5].Agency, rows[5].Year = ptr("云溪县财政局"), nil
	insert(t, c, rows...)
	inForce := func() (out []int) {
		t.Helper()
		page, err := c.List(t.Context(), intake.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range page.Items {
			if s.InForce {
				out = append(out, slices.IndexFunc(rows, func(r intake.Row) bool { return r.ID == s.ID }))
			}
			if got, err := c.Get(t.Context(), s.ID); err != nil || got.InForce != s.InForce {
				t.Errorf("Get says %v, the list %v, %v", got.InForce, s.InForce, err)
			}
		}
		slices.Sort(out)
		return out
	}
	want := func(name string, want ...int) {
		t.Helper()
		if got := inForce(); !slices.Equal(got, want) {
			t.Errorf("%s: %v in force, want %v", name, got, want)
		}
	}
	choose := func(report string, seconds int) {
		t.Helper()
		if err := c.Choose(t.Context(), intake.Choice{Body: body.ID, Year: 2023, Report: report, At: start.Add(time.Duration(seconds) * time.Second)}); err != nil {
			t.Fatal(err)
		}
	}
	want("the newest", 2, 3)
	choose(rows[0].ID, 10)
	want("chosen", 0, 3)
	newer := row(7)
	newer.Agency = ptr("云溪县教育局")
	rows = append(rows, newer)
	insert(t, c, newer)
	want("a newer one does not take over", 0, 3)
	if created, err := c.Insert(t.Context(), rows[1]); err != nil || created {
		t.Errorf("an older one again: %v, %v", created, err)
	}
	want("nor does an older one that comes again", 0, 3)
	choose(rows[1].ID, 5)
	want("an earlier choice told late does not count", 0, 3)
	if err := c.Delete(t.Context(), rows[0].ID, rows[0].ReceivedAt); err != nil {
		t.Fatal(err)
	}
	want("the chosen one deleted: the newest", 3, 6)
	insert(t, c, rows[0])
	want("and back", 0, 3)
	if err := c.Attach(t.Context(), rows[0].ID, ""); err != nil {
		t.Fatal(err)
	}
	want("the chosen one is of another body", 3, 6)
	if err := c.Release(t.Context(), rows[0].ID); err != nil {
		t.Fatal(err)
	}
	choose("", 20)
	want("the choice taken back", 3, 6)
	choose(rows[0].ID, 15)
	want("and stays so", 3, 6)
}

// testClear: a cleared catalog finds nothing, and takes everything again.
func testClear(t *testing.T, c Store) {
	for range 2 {
		setBodies(t, c, 1, "云溪县人民政府", "云溪县教育局")
		r := row(1)
		r.Text = "珍稀疫苗"
		insert(t, c, r)
		if page, err := c.List(t.Context(), intake.Filter{Query: "疫苗"}); err != nil || page.Total != 1 {
			t.Fatalf("%d reports, %v", page.Total, err)
		}
		if err := c.Clear(t.Context()); err != nil {
			t.Fatal(err)
		}
		if page, err := c.List(t.Context(), intake.Filter{Query: "疫苗"}); err != nil || page.Total != 0 {
			t.Errorf("after Clear: %d reports, %v", page.Total, err)
		}
		if l, err := c.Bodies(t.Context()); err != nil || len(l.Bodies()) != 0 {
			t.Errorf("after Clear: %v, %v", l, err)
		}
	}
}
