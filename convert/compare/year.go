package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"nianbao/convert/bodies"
	"nianbao/convert/figures"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
)

// The limits of a comparison.
const (
	// MaxBodies is how many are compared: a report of each is read.
	MaxBodies = 500
	// MaxMeasures is how many columns there are.
	MaxMeasures  = 8
	DefaultLimit = 50
	MaxLimit     = 200
)

// The orders beside those by a measure, whose name is its key.
const (
	ByList = "list"
	ByName = "name"
)

// Query selects the bodies of a year and what is compared.
type Query struct {
	Year   int // 0: as overview.Query
	Kind   bodies.Kind
	Level  bodies.Level
	Parent string   // id of the body right above
	Bodies []string // ids; empty: all
	Cells  []string // keys of measures; empty: Default
	Sort   string   // ByList, ByName or a key; empty: ByList
	Up     bool     // the smallest first
	Of     string   // id of a body that is picked out; empty: none
	Cursor string   // as Table.Next gave it
	Limit  int      // 1–MaxLimit; 0: DefaultLimit
}

// Default are the measures that are compared where nobody says which.
func Default() []string {
	return []string{figures.New, figures.Granted, figures.Denied, figures.NotProcessed, figures.CarriedForward, figures.Challenged}
}

// Table is the bodies of a year beside one another.
type Table struct {
	Year     int
	Years    []int
	Listed   bool // as overview.Year
	Measures []figures.Measure
	// Bodies are all that can be chosen, Parents those that others belong to.
	Bodies, Parents []bodies.Body
	Kinds           []bodies.Kind
	Levels          []bodies.Level
	Rows            []Row // of the page
	// Total is how many bodies are selected; those above MaxBodies are left out.
	Total int
	// Reported is how many of them have figures.
	Reported int
	// Spreads tell of each measure how the figures are spread.
	Spreads []Spread
	// Of is the body that is picked out, whatever the page; nil where it is not among
	// those that are selected.
	Of   *Row
	Next string
}

// Row is one body.
type Row struct {
	overview.Row
	Figures *figures.Set // nil where there are none
	// Places are, by measure, which one it is of those with a figure, the largest being
	// 1; 0 where it has none.
	Places []int
}

// Spread is how the figures of a measure are spread, of the bodies that state one.
type Spread struct {
	N                        int // how many state one
	Min, Q1, Median, Q3, Max float64
	Sum                      float64
	// Blank, Unreadable and None count those that state none.
	Blank, Unreadable, None int
	all                     []float64 // ascending
}

// Year answers a query. Errors: intake.ErrBadFilter.
func (s *Service) Year(ctx context.Context, q Query) (*Table, error) {
	t, err := q.table()
	if err != nil {
		return nil, err
	}
	y, err := s.Overviews.Overview(ctx, overview.Query{Year: q.Year, Limit: 1})
	if err != nil {
		return nil, err
	}
	t.Year, t.Years, t.Listed = y.Year, y.Years, y.Listed
	rows := t.choose(&q, y)
	t.Total = len(rows)
	rows = rows[:min(len(rows), MaxBodies)]
	ids := make([]string, 0, len(rows))
	for i := range rows {
		if rows[i].ReportID != "" {
			ids = append(ids, rows[i].ReportID)
		}
	}
	sets, err := s.Figures.Figures(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if set, ok := sets[rows[i].ReportID]; ok {
			rows[i].Figures = &set
			t.Reported++
		}
	}
	t.spread(rows)
	for i := range rows {
		if q.Of != "" && rows[i].Body.ID == q.Of {
			one := rows[i]
			t.Of = &one
		}
	}
	order(rows, &q)
	t.page(rows, &q)
	return t, nil
}

// table checks the query and puts the defaults in.
func (q *Query) table() (*Table, error) {
	q.Limit = cmp.Or(q.Limit, DefaultLimit)
	q.Sort = cmp.Or(q.Sort, ByList)
	if len(q.Cells) == 0 {
		q.Cells = Default()
	}
	if q.Limit < 1 || q.Limit > MaxLimit || len(q.Cells) > MaxMeasures {
		return nil, fmt.Errorf("compare: limit %d, %d measures: %w", q.Limit, len(q.Cells), intake.ErrBadFilter)
	}
	t := &Table{}
	for _, key := range q.Cells {
		m, ok := figures.Lookup(key)
		if !ok {
			return nil, fmt.Errorf("compare: measure %.80q: %w", key, intake.ErrBadFilter)
		}
		t.Measures = append(t.Measures, m)
	}
	if _, ok := figures.Lookup(q.Sort); !ok && q.Sort != ByList && q.Sort != ByName {
		return nil, fmt.Errorf("compare: sort %.80q: %w", q.Sort, intake.ErrBadFilter)
	}
	return t, nil
}

// choose takes the bodies that the query selects, and notes what can be chosen.
func (t *Table) choose(q *Query, y *overview.Year) []Row {
	var rows []Row
	names := map[string]string{}
	chosen := map[string]bool{}
	for _, id := range q.Bodies {
		chosen[id] = true
	}
	for i := range y.Squares {
		r := y.Squares[i]
		b := &r.Body
		if b.ID != "" {
			t.Bodies = append(t.Bodies, *b)
		}
		if b.Parent != "" && names[b.Parent] == "" {
			names[b.Parent] = r.Parent
			t.Parents = append(t.Parents, bodies.Body{ID: b.Parent, Name: r.Parent})
		}
		if !slices.Contains(t.Kinds, b.Kind) {
			t.Kinds = append(t.Kinds, b.Kind)
		}
		if b.Level != "" && !slices.Contains(t.Levels, b.Level) {
			t.Levels = append(t.Levels, b.Level)
		}
		if r.State == overview.Exempt || q.Kind != "" && b.Kind != q.Kind || q.Level != "" && b.Level != q.Level ||
			q.Parent != "" && b.Parent != q.Parent || len(chosen) > 0 && !chosen[b.ID] {
			continue
		}
		rows = append(rows, Row{Row: r})
	}
	return rows
}

// spread works out how the figures are spread, and each body's place.
func (t *Table) spread(rows []Row) {
	t.Spreads = make([]Spread, len(t.Measures))
	for k := range t.Measures {
		s := &t.Spreads[k]
		for i := range rows {
			s.add(rows[i].Figures.Get(t.Measures[k].Key))
		}
		s.settle()
	}
	for i := range rows {
		rows[i].Places = make([]int, len(t.Measures))
		for k := range t.Measures {
			if f := rows[i].Figures.Get(t.Measures[k].Key); f.Known() {
				rows[i].Places[k] = t.Spreads[k].place(f.Float())
			}
		}
	}
}

func (s *Spread) add(f figures.Figure) {
	switch {
	case f.Known():
		s.all = append(s.all, f.Float())
		s.Sum += f.Float()
	case f.State == figures.Blank:
		s.Blank++
	case f.State == figures.Unreadable:
		s.Unreadable++
	default:
		s.None++
	}
}

// settle works the quartiles out, between two figures in proportion.
func (s *Spread) settle() {
	slices.Sort(s.all)
	s.N = len(s.all)
	if s.N == 0 {
		return
	}
	at := func(share float64) float64 {
		x := share * float64(s.N-1)
		i := int(x)
		if i+1 == s.N {
			return s.all[i]
		}
		return s.all[i] + (x-float64(i))*(s.all[i+1]-s.all[i])
	}
	s.Min, s.Q1, s.Median, s.Q3, s.Max = s.all[0], at(0.25), at(0.5), at(0.75), s.all[s.N-1]
}

// place is how many are larger, and one.
func (s *Spread) place(v float64) int {
	upTo, _ := slices.BinarySearchFunc(s.all, v, func(x, v float64) int {
		if x <= v {
			return -1
		}
		return 1
	})
	return s.N - upTo + 1
}

// order sorts the rows. Those without a figure come last, in the order of the list.
func order(rows []Row, q *Query) {
	switch q.Sort {
	case ByList:
	case ByName:
		c := collate.New(language.Chinese)
		slices.SortStableFunc(rows, func(a, b Row) int { return c.CompareString(a.Body.Name, b.Body.Name) })
	default:
		slices.SortStableFunc(rows, func(a, b Row) int {
			x, y := a.Figures.Get(q.Sort), b.Figures.Get(q.Sort)
			if !x.Known() || !y.Known() {
				return cmp.Compare(unknown(x), unknown(y))
			}
			if q.Up {
				return cmp.Compare(x.Float(), y.Float())
			}
			return cmp.Compare(y.Float(), x.Float())
		})
	}
}

func unknown(f figures.Figure) int {
	if f.Known() {
		return 0
	}
	return 1
}

// key tells a row in cursors.
func (r *Row) key() string {
	if r.Body.ID != "" {
		return r.Body.ID
	}
	return cmp.Or(r.ReportID, r.Body.Name)
}

// page takes the rows behind the one that the cursor names; a cursor of a body that
// has left the selection leads to the first page.
func (t *Table) page(rows []Row, q *Query) {
	if q.Cursor != "" {
		at := slices.IndexFunc(rows, func(r Row) bool { return r.key() == q.Cursor })
		rows = rows[at+1:]
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		t.Next = rows[q.Limit-1].key()
	}
	t.Rows = rows
}
