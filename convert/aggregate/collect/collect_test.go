package collect

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert"
	"nianbao/convert/aggregate"
	"nianbao/convert/bodies"
	"nianbao/convert/fixture"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/reader"
)

const year = 2023

var march = time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)

// store is an archive in memory: reports in the order in which they came.
type store struct {
	list    *bodies.List
	reports []overview.Report // the newest first
	results map[string]*report.Result
	reviews map[string]*report.Review
	lost    map[string]bool
}

func (s *store) YearReports(context.Context, int, int, intake.Scope) ([]overview.Report, error) {
	return slices.Clone(s.reports), nil
}
func (s *store) WithRule(context.Context, string, []overview.Report) (map[string]bool, error) {
	return nil, nil
}
func (s *store) Years(context.Context, intake.Scope) ([]int, error) { return []int{year}, nil }
func (s *store) Bodies(context.Context) (*bodies.List, error)       { return s.list, nil }
func (s *store) Summaries(_ context.Context, ids []string) (map[string]intake.Summary, error) {
	out := map[string]intake.Summary{}
	for _, id := range ids {
		sum := intake.Summary{ID: id}
		if r := s.reviews[id]; r != nil {
			sum.Review = intake.Tally{Version: 1, State: r.State, Corrected: len(r.Corrections)}
		}
		out[id] = sum
	}
	return out, nil
}

func (s *store) Result(_ context.Context, id string, _ bool) (*report.Result, error) {
	switch {
	case s.lost[id]:
		return nil, fmt.Errorf("%s: %w", id, intake.ErrCorrupt)
	case s.results[id] == nil:
		return nil, fmt.Errorf("%s: %w", id, intake.ErrNotFound)
	}
	return s.results[id], nil
}

func (s *store) Review(_ context.Context, id string, _ intake.Scope) (*report.Review, error) {
	return s.reviews[id], nil
}

func (s *store) collector(t testing.TB) *Collector {
	t.Helper()
	years, err := overview.New(overview.Config{Store: s, Clock: func() time.Time { return march }})
	if err != nil {
		t.Fatal(err)
	}
	return &Collector{Years: years, Results: s, Reviews: s, Forms: form.All()}
}

func (s *store) sum(t testing.TB, q Query) *aggregate.Sum {
	t.Helper()
	sel, err := s.collector(t).Select(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := sel.Sum(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// put adds a report that came behind the others; the same id again is the same report.
func (s *store) put(id, body string, res *report.Result) *overview.Report {
	if _, known := s.results[id]; known {
		return nil
	}
	s.results[id] = res
	r := overview.Report{ID: id, Body: body, Place: int64(len(s.reports) + 1), State: intake.StateDone, Stated: true, Filename: id + ".docx", ReceivedAt: march}
	if res == nil {
		r.State, r.Stated = intake.StateFailed, false
	} else if r.Stated = res.Report.Year != nil; res.Report.Agency != nil {
		r.Agency = *res.Report.Agency
	}
	s.reports = slices.Insert(s.reports, 0, r)
	return &s.reports[0]
}

func newStore(t testing.TB, list ...bodies.Body) *store {
	t.Helper()
	entries := make([]bodies.Entry, len(list))
	for i := range list {
		entries[i].Body = list[i]
	}
	l, err := bodies.New(entries, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &store{list: l, results: map[string]*report.Result{}, reviews: map[string]*report.Review{}, lost: map[string]bool{}}
}

// read is a made report as the program reads it from its Word file.
func read(t testing.TB, r *fixture.Report) *report.Result {
	t.Helper()
	word, err := r.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	ex, err := reader.Read(t.Context(), bytes.NewReader(word), int64(len(word)), extract.DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return convert.Convert(ex, report.Source{Filename: "a.docx"}, convert.Options{})
}

func set(r *fixture.Report, path, value string) {
	table, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	v := report.Number(value)
	r.Table(table).At(rest).Value = &v
}

func value(r *fixture.Report, path string) *big.Rat {
	table, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	v, ok := new(big.Rat).SetString(string(*r.Table(table).At(rest).Value))
	if !ok {
		return nil
	}
	return v
}

const (
	newTotal    = "/report/applications/new/total"
	penalties   = "/report/proactive_disclosure/administrative_penalties/decisions"
	licences    = "/report/proactive_disclosure/administrative_licensing/decisions"
	fees        = "/report/proactive_disclosure/administrative_fees/amount_10k_yuan"
	procurement = "/report/proactive_disclosure/government_procurement/amount_yuan"
	upheld      = "/report/legal_challenges/reconsideration/upheld"
)

// district is 60 bodies below a government, with everything that can be wrong.
type district struct {
	*store
	truth map[string]*fixture.Report // what counts of each body, as it was made
}

func name(i int) string { return fmt.Sprintf("云溪县第%d局", i) }

func newDistrict(t testing.TB) *district {
	t.Helper()
	list := []bodies.Body{{ID: "gov", Name: "云溪县人民政府", Level: bodies.LevelCounty}}
	for i := range 60 {
		b := bodies.Body{ID: fmt.Sprintf("b%02d", i), Name: name(i), Parent: "gov", Kind: bodies.KindDepartment}
		switch {
		case i == 0:
			b.Name = "云溪县人民政府办公室"
		case i >= 50:
			b.Name, b.Kind = fmt.Sprintf("第%d镇", i), bodies.KindTownship
		}
		list = append(list, b)
	}
	list = append(list, bodies.Body{ID: "tax", Name: "云溪县税务局", Parent: "gov", Excluded: true},
		bodies.Body{ID: "below", Name: "第50镇畜牧站", Parent: "b50"})
	d := &district{newStore(t, list...), map[string]*fixture.Report{}}
	for i := range 60 {
		d.fill(t, i)
	}
	d.put("tax", "tax", read(t, fixture.Of(70, "2021", "云溪县税务局", year)))
	d.put("below", "below", read(t, fixture.Of(71, "2021", "第50镇畜牧站", year)))
	d.put("stray", "", read(t, fixture.Of(72, "2021", "他乡县水务局", year)))
	return d
}

// fill puts the reports of one body into the store.
func (d *district) fill(t testing.TB, i int) {
	body := fmt.Sprintf("b%02d", i)
	formID := "2021"
	if i == 40 {
		formID = "2019"
	}
	r := fixture.Of(uint64(i), formID, d.list.Bodies()[i+1].Name, year)
	other := fixture.Of(uint64(i)+1000, formID, *r.Agency, year) // another version
	switch i {
	case 12:
		set(r, penalties, "")
	case 14:
		set(r, penalties, "若干")
	case 35:
		set(r, penalties, "/")
	case 30:
		set(r, newTotal, "9999")
	}
	res := read(t, r)
	d.truth[body] = r
	switch i {
	case 5, 17:
		delete(d.truth, body)
		return
	case 9:
		delete(d.truth, body)
		res = nil
	case 22: // superseded
		d.put(body+"-old", body, read(t, other))
	case 41:
		delete(d.truth, body)
		res.Report.Form, res.Report.ProactiveDisclosure, res.Report.Applications, res.Report.LegalChallenges = "narrative", nil, nil, nil
	case 42:
		delete(d.truth, body)
		res.Report.Year = nil
	case 45:
		mergeRows(res)
	case 47: // 元, whereas the form has 万元
		yuan, n := "元", aggregate.Decimal(new(big.Rat).Mul(value(r, fees), big.NewRat(10_000, 1)))
		res.Report.ProactiveDisclosure.At("administrative_fees/amount_10k_yuan").Value = &n
		p := res.Provenance[fees]
		p.Unit = &yuan
		res.Provenance[fees] = p
	case 48:
		delete(d.truth, body)
		d.lost[body] = true
	case 33:
		seven := "7"
		d.reviews[body] = &report.Review{Version: 1, State: report.Returned, Corrections: []report.Correction{{Path: upheld, Value: &seven}}}
		set(r, upheld, seven)
	}
	d.put(body, body, res)
	if r := d.reviews[body]; r != nil {
		d.reports[0].Review = r.State
	}
	d.put(body, body, res) // everything came twice: the same bytes are the same report
	switch i {
	case 23: // the older one was chosen
		for k := range d.reports {
			d.reports[k].Chosen = d.reports[k].Chosen || d.reports[k].ID == body
		}
		d.put(body+"-new", body, read(t, other))
	case 24:
		d.put(body+"-cut", body, nil)
	}
}

// mergeRows makes （六）其他处理 one row, as some reports print it.
func mergeRows(res *report.Result) {
	group := res.Report.Applications.At("other_outcome")
	one := &report.Node{Name: group.Name}
	for _, c := range group.Children[0].Children {
		n := report.Number("4")
		one.Children = append(one.Children, &report.Node{Name: c.Name, Value: &n})
		res.Provenance["/report/applications/other_outcome/"+c.Name] = report.Place{Text: "4", State: report.StateNumber}
	}
	for _, row := range group.Children {
		for _, c := range row.Children {
			delete(res.Provenance, "/report/applications/other_outcome/"+row.Name+"/"+c.Name)
		}
	}
	*group = *one
}

// Of 60 bodies with everything that can be wrong among them every cell, list and warning
// is as known.
func TestKnownSum(t *testing.T) {
	d := newDistrict(t)
	sum := d.sum(t, Query{Year: year})
	if len(sum.Bodies) != 60 || !slices.Equal(sum.Excluded, []string{"云溪县税务局"}) || sum.Strays != 1 || sum.Above == nil || sum.Above.Name != "云溪县人民政府" || !sum.Above.OwnIncluded {
		t.Errorf("%d bodies, excluded %v, %d strays, above %+v", len(sum.Bodies), sum.Excluded, sum.Strays, sum.Above)
	}
	if want := map[aggregate.State]int{aggregate.Counted: 54, aggregate.Missing: 2, aggregate.Failed: 1, aggregate.Undated: 1, aggregate.NoTables: 1, aggregate.Lost: 1}; !reflect.DeepEqual(sum.Counts, want) {
		t.Errorf("counts %v", sum.Counts)
	}
	var told []string
	for _, w := range sum.Warnings {
		told = append(told, fmt.Sprint(w.Code, w.Bodies))
	}
	if diff := cmp.Diff([]string{"bodies_missing[5 17]", "bodies_failed[9]", "bodies_undated[42]", "bodies_without_tables[41]", "results_lost[48]",
		"several_forms[40]", "cells_blank[12]", "cells_unreadable[14]", "rows_merged[45]", "unit_unknown[40]", "cells_conflicting[30]", "newer_unread[24]",
		"returned[33]", "corrected[33]", "strays[]"}, told); diff != "" {
		t.Error(diff)
	}
	for at, versions := range map[int]int{20: 1, 22: 2, 23: 2, 24: 2} {
		if b := sum.Bodies[at]; b.Versions != versions || b.ReportID != b.ID {
			t.Errorf("%s has %d versions, %s counts", b.ID, b.Versions, b.ReportID)
		}
	}
	if len(sum.Forms) != 2 || sum.Forms[0].Form != "2021" || sum.Forms[0].Bodies != 53 || sum.Forms[1].Bodies != 1 || sum.Forms[0].Missing != 7 {
		t.Fatalf("forms %+v", sum.Forms)
	}
	cells := 0
	for i := range sum.Forms {
		cells += d.check(t, &sum.Forms[i])
	}
	if cells != 398 {
		t.Errorf("%d cells", cells)
	}
	merged := sum.Forms[0].Cell("/report/applications/other_outcome/total")
	if merged == nil || !merged.Merged || merged.Contributors != 1 || *merged.Sum != "4" || merged.Lacking() > 0 {
		t.Errorf("merged %+v", merged)
	}
}

// check compares every cell with the truth, and gives how many there are.
func (d *district) check(t *testing.T, fs *aggregate.FormSum) (cells int) {
	t.Helper()
	for i := range fs.Cells {
		c := &fs.Cells[i]
		if c.Merged {
			continue
		}
		cells++
		if c.Path == procurement { // the form has no unit, and the report prints none
			if c.Sum != nil || !slices.Equal(c.NoUnit, []int{40}) {
				t.Errorf("%s: %+v", c.Path, c)
			}
			continue
		}
		want, n := new(big.Rat), 0
		for id, r := range d.truth {
			grouped := id == "b45" && strings.HasPrefix(c.Path, "/report/applications/other_outcome/")
			if r.Form.ID != fs.Form || grouped {
				continue
			}
			if c.Path == penalties && (id == "b12" || id == "b14") {
				continue
			}
			n++
			if v := value(r, c.Path); v != nil { // nil for the placeholder
				want.Add(want, v)
			}
		}
		if c.Sum == nil || c.Contributors != n || *c.Sum != aggregate.Decimal(want) {
			t.Errorf("%s %s: %v of %d, want %s of %d", fs.Form, c.Path, c.Sum, c.Contributors, aggregate.Decimal(want), n)
		}
		if c.Path == penalties && fs.Form == "2021" && (!slices.Equal(c.Blank, []int{12}) || !slices.Equal(c.Unreadable, []int{14}) || c.Placeholders != 1) {
			t.Errorf("%s: %+v", c.Path, c)
		}
	}
	return cells
}

// The sum depends neither on the order in which reports came, as long as versions of
// one body stay in theirs, nor on how often they came.
func TestOrderDoesNotMatter(t *testing.T) {
	d := newDistrict(t)
	want := d.sum(t, Query{Year: year})
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		d.shuffle(rng)
		if diff := cmp.Diff(want, d.sum(t, Query{Year: year})); diff != "" {
			t.Fatal(diff)
		}
	}
}

// shuffle lets the reports come in another order.
func (d *district) shuffle(rng *rand.Rand) {
	of := map[string][]overview.Report{} // of each body, the newest first
	for _, r := range d.reports {
		of[r.Body] = append(of[r.Body], r)
	}
	rng.Shuffle(len(d.reports), func(i, k int) { d.reports[i], d.reports[k] = d.reports[k], d.reports[i] })
	for i := range d.reports {
		body := d.reports[i].Body
		d.reports[i], of[body] = of[body][0], of[body][1:]
		d.reports[i].Place = int64(len(d.reports) - i)
	}
}

func TestWhichBodies(t *testing.T) {
	gov := bodies.Body{ID: "gov", Name: "云溪县人民政府"}
	city := bodies.Body{ID: "city", Name: "江州市人民政府"}
	edu, water := bodies.Body{ID: "edu", Name: "云溪县教育局"}, bodies.Body{ID: "water", Name: "云溪县水务局", Level: bodies.LevelCounty}
	town := bodies.Body{ID: "town", Name: "青石镇"}
	under := func(b bodies.Body, parent string) bodies.Body {
		b.Parent = parent
		return b
	}
	for what, tt := range map[string]struct {
		list []bodies.Body
		q    Query
		want string // above: bodies / outside
	}{
		"a tree":                 {[]bodies.Body{gov, under(edu, "gov"), under(town, "gov")}, Query{}, "gov: edu town /"},
		"one kind":               {[]bodies.Body{gov, under(edu, "gov"), under(town, "gov")}, Query{Kind: bodies.KindTownship}, "gov: town /"},
		"one level":              {[]bodies.Body{gov, under(edu, "gov"), under(water, "gov")}, Query{Level: bodies.LevelCounty}, "gov: water /"},
		"two levels, each once":  {[]bodies.Body{city, under(gov, "city"), under(edu, "gov"), under(water, "city")}, Query{}, "city: gov water /"},
		"one of them asked for":  {[]bodies.Body{city, under(gov, "city"), under(edu, "gov")}, Query{Parent: "gov"}, "gov: edu /"},
		"no tree":                {[]bodies.Body{edu, gov, town}, Query{}, "gov: edu town /"},
		"no government":          {[]bodies.Body{edu, town}, Query{}, ": edu town /"},
		"several governments":    {[]bodies.Body{gov, city, under(edu, "gov")}, Query{}, ": gov city /"},
		"who is not in the tree": {[]bodies.Body{gov, under(edu, "gov"), town}, Query{}, "gov: edu / 青石镇"},
		"a government alone":     {[]bodies.Body{gov}, Query{}, ": gov /"},
	} {
		s := newStore(t, tt.list...)
		tt.q.Year = year
		sum := s.sum(t, tt.q)
		got := ":"
		if sum.Above != nil {
			got = sum.Above.ID + ":"
		}
		for _, b := range sum.Bodies {
			got += " " + b.ID
		}
		got = strings.TrimSpace(got + " / " + strings.Join(sum.Outside, " "))
		if got != tt.want {
			t.Errorf("%s: %s, want %s", what, got, tt.want)
		}
		if len(sum.Forms) != 0 || sum.Counts[aggregate.Missing] != len(sum.Bodies) {
			t.Errorf("%s: nobody sent anything, but %+v", what, sum.Forms)
		}
	}
	_, err := newStore(t, gov).collector(t).Select(t.Context(), Query{Parent: "nobody"})
	if err == nil {
		t.Error("a body that is not there")
	}
}

// The report of the body above beside the sum.
func TestBesideTheReportAbove(t *testing.T) {
	gov := bodies.Body{ID: "gov", Name: "云溪县人民政府"}
	office, edu := bodies.Body{ID: "office", Name: "云溪县人民政府办公室", Parent: "gov"}, bodies.Body{ID: "edu", Name: "云溪县教育局", Parent: "gov"}
	above := func(t *testing.T, s *store, change func(*fixture.Report)) *fixture.Report {
		a, b := fixture.Of(1, "2021", office.Name, year), fixture.Of(2, "2021", edu.Name, year)
		r := fixture.Of(3, "2021", gov.Name, year)
		for _, c := range r.Form.Cells() {
			set(r, c.Path, string(aggregate.Decimal(new(big.Rat).Add(value(a, c.Path), value(b, c.Path)))))
		}
		change(r)
		s.put("edu", "edu", read(t, b))
		s.put("office", "office", read(t, a))
		s.put("gov", "gov", read(t, r))
		return r
	}
	more := func(r *fixture.Report, path string, by int64) {
		set(r, path, string(aggregate.Decimal(new(big.Rat).Add(value(r, path), big.NewRat(by, 1)))))
	}
	s := newStore(t, gov, office, edu)
	above(t, s, func(r *fixture.Report) {
		more(r, penalties, 1)
		set(r, licences, "-1") // less in any case
	})
	sum := s.sum(t, Query{Year: year})
	for path, want := range map[string]aggregate.Verdict{newTotal: aggregate.Agrees, penalties: aggregate.TooHigh, licences: aggregate.TooLow} {
		if c := sum.Forms[0].Cell(path); c.Own == nil || c.Own.Verdict != want {
			t.Errorf("%s: %+v, want %s", path, c.Own, want)
		}
	}
	if !sum.Above.Compared || sum.Above.Reason != "" {
		t.Errorf("%+v", sum.Above)
	}
	for what, q := range map[string]Query{"a part": {Year: year, Kind: bodies.KindDepartment}, "a view": {Year: year, Scope: intake.Scope{Restricted: true, Bodies: []string{"gov", "edu", "office"}}}} {
		if sum := s.sum(t, q); sum.Above == nil || sum.Above.Compared || sum.Above.Reason == "" || sum.Forms[0].Cell(newTotal).Own != nil {
			t.Errorf("%s: %+v", what, sum.Above)
		}
	}
	missing := newStore(t, gov, office, edu, bodies.Body{ID: "late", Name: "云溪县水务局", Parent: "gov"})
	above(t, missing, func(r *fixture.Report) { more(r, penalties, 1) })
	if c := missing.sum(t, Query{Year: year}).Forms[0].Cell(penalties); c.Own.Verdict != aggregate.Open {
		t.Errorf("more than the sum of some: %s", c.Own.Verdict)
	}
	alone := newStore(t, gov, office, edu)
	above(t, alone, func(r *fixture.Report) {
		for _, c := range r.Form.Cells() {
			set(r, c.Path, "0")
		}
	})
	if sum := alone.sum(t, Query{Year: year}); sum.Above.Compared || !strings.Contains(sum.Above.Reason, "本级") {
		t.Errorf("its own figures alone: %+v", sum.Above)
	}
}
