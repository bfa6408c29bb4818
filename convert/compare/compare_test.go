package compare_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/bodies"
	"nianbao/convert/compare"
	"nianbao/convert/figures"
	"nianbao/convert/fixture"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
)

// world is reports in memory: behind all interfaces of a Service.
type world struct {
	list *bodies.List
	rows []intake.Summary // newest first
	sets map[string]figures.Set
	over []string
}

func (w *world) List(_ context.Context, f intake.Filter) (intake.Page, error) {
	var p intake.Page
	for _, r := range w.rows {
		if (f.Body == "" || r.BodyID == f.Body) && (f.Agency == "" || r.Agency != nil && strings.Contains(*r.Agency, f.Agency)) {
			p.Items = append(p.Items, r)
		}
	}
	return p, nil
}

func (w *world) Figures(_ context.Context, ids []string) (map[string]figures.Set, error) {
	out := map[string]figures.Set{}
	for _, id := range ids {
		if s, ok := w.sets[id]; ok {
			out[id] = s
		}
	}
	return out, nil
}

func (w *world) Over(_ context.Context, ids []string) (map[string][]report.Finding, error) {
	w.over = ids
	return map[string][]report.Finding{ids[len(ids)-1]: {{Rule: "history.carry_over"}}}, nil
}

func (w *world) Overview(context.Context, overview.Query) (*overview.Year, error) {
	y := &overview.Year{Year: 2025, Listed: true}
	for _, b := range w.list.Bodies() {
		row := overview.Row{Body: b, State: overview.Missing}
		for _, r := range w.rows {
			if r.BodyID == b.ID && r.Year != nil && *r.Year == 2025 {
				row.State, row.ReportID = overview.Clean, r.ID
			}
		}
		y.Squares = append(y.Squares, row)
	}
	return y, nil
}

type lists struct{ l *bodies.List }

func (l lists) List(context.Context) (*bodies.List, error) { return l.l, nil }

func newWorld(t *testing.T, names ...string) (*world, *compare.Service) {
	t.Helper()
	entries := make([]bodies.Entry, len(names))
	for i, name := range names {
		entries[i].Body = bodies.Body{ID: fmt.Sprintf("b%d", i), Name: name, Kind: bodies.KindOf(name)}
		if i > 0 {
			entries[i].Parent = "b0"
		}
	}
	l, err := bodies.New(entries, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{list: l, sets: map[string]figures.Set{}}
	return w, &compare.Service{Reports: w, Figures: w, Overviews: w, Bodies: lists{l}}
}

// add adds a report with these new applications; "" is a blank.
func (w *world) add(id, body, agency string, year int, fresh string) *intake.Summary {
	r := fixture.Of(uint64(year), "2021", agency, year)
	res := &report.Result{Report: r.Report, Provenance: map[string]report.Place{}}
	n := r.Applications.At("new/total")
	if v := report.Number(fresh); fresh != "" {
		n.Value = &v
	} else {
		n.Value = nil
		res.Provenance["/report/"+figures.New] = report.Place{State: report.StateBlank}
	}
	w.sets[id] = figures.Of(res)
	w.rows = slices.Insert(w.rows, 0, intake.Summary{ID: id, State: intake.StateDone, BodyID: body, InForce: body != "", Agency: &agency, Year: &year, Form: "2021"})
	return &w.rows[0]
}

func TestAgencyOverTheYears(t *testing.T) {
	w, s := newWorld(t, "云溪县人民政府", "云溪县水务局")
	w.add("old", "b1", "云溪县水务局", 2022, "5").InForce = false
	w.add("a", "b1", "云溪县水务局", 2022, "7")
	w.add("c", "b1", "云溪县水务局", 2024, "")
	w.add("d", "b1", "云溪县水务局", 2025, "9")
	w.rows = append(w.rows, intake.Summary{ID: "failed", BodyID: "b1", State: intake.StateFailed})
	a, err := s.OfBody(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	var years []string
	for _, y := range a.Years {
		id := "—"
		if y.Report != nil {
			id = y.Report.ID
		}
		years = append(years, fmt.Sprint(y.Year, id, len(y.Versions), y.Carry != nil, len(y.Findings)))
	}
	if got := strings.Join(years, "; "); got != "2022a2 false 0; 2023—0 false 0; 2024c1 false 0; 2025d1 true 1" {
		t.Errorf("years %s", got)
	}
	if len(a.Undated) != 1 || a.Parent.Name != "云溪县人民政府" || !slices.Equal(w.over, []string{"a", "c", "d"}) {
		t.Errorf("undated %v, parent %s, over %v", a.Undated, a.Parent.Name, w.over)
	}
	if _, err := s.OfBody(t.Context(), "nobody"); !errors.Is(err, bodies.ErrNotFound) {
		t.Errorf("a body that is on no list: %v", err)
	}
	if a, err := s.OfBody(t.Context(), "b0"); !errors.Is(err, compare.ErrNone) || a.Name != "云溪县人民政府" {
		t.Errorf("a body without reports: %v", err)
	}
}

func TestAgencyByName(t *testing.T) {
	w, s := newWorld(t, "云溪县人民政府")
	w.add("a", "", "他乡县水务局", 2024, "7")
	w.add("b", "", "他乡县水务局第二分局", 2024, "7")
	w.add("c", "b0", "他乡县水务局", 2023, "7")
	a, err := s.Named(t.Context(), "他乡县水务局")
	if err != nil || len(a.Years) != 1 || a.Years[0].Report.ID != "a" {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := s.Named(t.Context(), "别处"); !errors.Is(err, compare.ErrNone) {
		t.Errorf("nobody: %v", err)
	}
}

// A misread year does not make a table of a thousand years.
func TestYearsAreBounded(t *testing.T) {
	w, s := newWorld(t, "云溪县人民政府", "云溪县水务局")
	w.add("a", "b1", "云溪县水务局", 1025, "7")
	w.add("b", "b1", "云溪县水务局", 2025, "7")
	a, err := s.OfBody(t.Context(), "b1")
	if err != nil || len(a.Years) != 20 || !a.Cut {
		t.Errorf("%d years, cut %v, %v", len(a.Years), a.Cut, err)
	}
}

func names(t *compare.Table) string {
	var out []string
	for _, r := range t.Rows {
		out = append(out, r.Body.ID)
	}
	return strings.Join(out, " ")
}

func TestYear(t *testing.T) {
	w, s := newWorld(t, "云溪县人民政府", "云溪县水务局", "云溪县财政局", "青石镇人民政府", "云溪县教育局", "云溪县民政局")
	w.add("a", "b1", "云溪县水务局", 2025, "10")
	w.add("b", "b2", "云溪县财政局", 2025, "")
	w.add("c", "b3", "青石镇人民政府", 2025, "30")
	w.add("d", "b4", "云溪县教育局", 2025, "20")
	ask := func(q compare.Query) *compare.Table {
		t.Helper()
		got, err := s.Year(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	all := ask(compare.Query{Of: "b4", Cells: []string{figures.New}})
	sp := all.Spreads[0]
	if all.Total != 6 || all.Reported != 4 || sp.N != 3 || sp.Min != 10 || sp.Q1 != 15 || sp.Median != 20 || sp.Max != 30 || sp.Sum != 60 || sp.Blank != 1 || sp.None != 2 {
		t.Errorf("%d bodies, %d reported, spread %+v", all.Total, all.Reported, sp)
	}
	if all.Of == nil || all.Of.Places[0] != 2 || all.Rows[2].Places[0] != 0 {
		t.Errorf("places %+v", all.Of)
	}
	for _, k := range []struct {
		q    compare.Query
		want string
	}{
		{compare.Query{}, "b0 b1 b2 b3 b4 b5"},
		{compare.Query{Sort: figures.New}, "b3 b4 b1 b0 b2 b5"},
		{compare.Query{Sort: figures.New, Up: true}, "b1 b4 b3 b0 b2 b5"},
		{compare.Query{Kind: bodies.KindTownship}, "b3"},
		{compare.Query{Parent: "b0", Limit: 2}, "b1 b2"},
		{compare.Query{Parent: "b0", Limit: 2, Cursor: "b2"}, "b3 b4"},
		{compare.Query{Bodies: []string{"b5", "b1"}}, "b1 b5"},
		{compare.Query{Limit: 2, Cursor: "gone"}, "b0 b1"},
	} {
		if got := names(ask(k.q)); got != k.want {
			t.Errorf("%+v: %s, want %s", k.q, got, k.want)
		}
	}
	if got := ask(compare.Query{Parent: "b0", Limit: 2}); got.Next != "b2" || got.Total != 5 {
		t.Errorf("next %q of %d", got.Next, got.Total)
	}
	for _, q := range []compare.Query{{Cells: []string{"x"}}, {Sort: "x"}, {Limit: -1}, {Cells: make([]string, 9)}} {
		if _, err := s.Year(t.Context(), q); !errors.Is(err, intake.ErrBadFilter) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
