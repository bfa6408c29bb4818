package web

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"nianbao/api/web/chart"
	"nianbao/convert/bodies"
	"nianbao/convert/compare"
	"nianbao/convert/figures"
	"nianbao/convert/overview"
)

// compareView is the bodies of a year beside one another.
type compareView struct {
	*compare.Table
	Mistake  string
	Filter   compareFilter
	Columns  []compareColumn
	Rows     []compareRow
	Spreads  []spreadRow
	Kinds    []string // of outcome, for the legend
	Of, OfID string   // name and id of the body that is picked out; empty: none
	Cut      int      // bodies that are left out
	NextPage string
	First    string
}

// compareFilter is the form of the page.
type compareFilter struct {
	values                                url.Values // what is asked for, known values only
	Years, Kinds, Levels, Parents, Orders []option
	Bodies                                []option
	Groups                                []cellGroup
	Chosen                                int // measures that are chosen by hand
	Picked                                int // bodies that are chosen by hand
	On                                    bool
}

type cellGroup struct {
	Name    string
	Options []option
}

type compareColumn struct {
	Key, Short, Label, Unit string
	Sort                    string // address that sorts by it
	Sorted                  string // aria-sort; empty: not by it
}

type compareRow struct {
	Name, Sub     string
	Href          string // the agency over the years
	Report        string // its report; empty: none
	Badge         badge
	None          string // why there are no figures
	Cells         []compareCell
	On            bool
	Outcomes      []chart.Segment
	OutcomeCells  []figureCell
	OutcomesKnown bool
	OutcomesTold  string
}

type compareCell struct {
	figureCell
	Wide  float64 // of its bar, in percent
	Place string  // "第 3"
}

// spreadRow tells how the figures of a measure are spread.
type spreadRow struct {
	Name, Unit                    string
	N                             int
	Min, Q1, Median, Q3, Max, Sum string
	Box                           chart.Box
	Without                       string // how many state none, and why
	Own                           string // of the body that is picked out
	OwnAt                         float64
	OwnKnown                      bool
	OwnPlace                      string
}

// Compare shows the bodies of a year beside one another.
func (p *Pages) Compare(w http.ResponseWriter, r *http.Request) error {
	q, values, mistake := compareQuery(r.URL.Query())
	t, err := p.cfg.Comparisons.Year(r.Context(), q)
	if err != nil {
		return err
	}
	v := &compareView{Table: t, Mistake: mistake, Cut: max(0, t.Total-compare.MaxBodies)}
	v.Filter = viewCompareFilter(&q, values, t)
	v.columns(&q)
	for i := range t.Rows {
		v.Rows = append(v.Rows, v.row(&t.Rows[i], q.Of))
	}
	if t.Of != nil {
		v.Of, v.OfID = t.Of.Body.Name, t.Of.Body.ID
	}
	for k := range t.Spreads {
		v.Spreads = append(v.Spreads, v.spread(k))
	}
	for _, key := range figures.OutcomeKinds() {
		m, _ := figures.Lookup(key)
		v.Kinds = append(v.Kinds, m.Short)
	}
	if t.Next != "" {
		v.NextPage = v.Filter.at("cursor", t.Next) + "#table"
	}
	if q.Cursor != "" {
		v.First = v.Filter.at("cursor", "") + "#table"
	}
	return p.render(w, r, "compare", layout{Title: strconv.Itoa(t.Year) + "年度各机关比较", Nav: "compare", Body: v})
}

// compareQuery reads the address. What is not understood is left out, and said.
func compareQuery(in url.Values) (q compare.Query, values url.Values, mistake string) {
	c := conditions{in: in, values: url.Values{}}
	take := func(name string, ok bool) string { return c.take(name, ok, 200) }
	year, err := strconv.Atoi(in.Get("year"))
	if take("year", err == nil && year > 0 && year <= 9999) != "" {
		q.Year = year
	}
	q.Kind = bodies.Kind(take("kind", slices.Contains(bodies.Kinds(), bodies.Kind(in.Get("kind")))))
	q.Level = bodies.Level(take("level", slices.Contains(bodies.Levels(), bodies.Level(in.Get("level")))))
	q.Parent, q.Of, q.Cursor = take("parent", true), take("of", true), take("cursor", true)
	_, known := figures.Lookup(in.Get("sort"))
	q.Sort = take("sort", known || in.Get("sort") == compare.ByList || in.Get("sort") == compare.ByName)
	q.Up = take("dir", in.Get("dir") == "up") != ""
	for _, key := range in["cell"] {
		if _, ok := figures.Lookup(key); !ok {
			c.mistake = "网址中有看不懂的项目，以下没有列出。"
		} else if len(q.Cells) == compare.MaxMeasures {
			c.mistake = "一次最多比较 " + strconv.Itoa(compare.MaxMeasures) + " 项，其余的没有列出。"
		} else if !slices.Contains(q.Cells, key) {
			q.Cells = append(q.Cells, key)
			c.values.Add("cell", key)
		}
	}
	for _, id := range in["body"] {
		if len(q.Bodies) < compare.MaxBodies && id != "" {
			q.Bodies = append(q.Bodies, id)
			c.values.Add("body", id)
		}
	}
	return q, c.values, c.mistake
}

// at is the address of this page with one value set, or without it; another order
// begins at the first page.
func (f *compareFilter) at(pairs ...string) string {
	q := url.Values{}
	for name, v := range f.values {
		q[name] = v
	}
	q.Del("cursor")
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Del(pairs[i])
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return "/compare"
	}
	return "/compare?" + q.Encode()
}

func viewCompareFilter(q *compare.Query, values url.Values, t *compare.Table) compareFilter {
	f := compareFilter{values: values, Chosen: len(values["cell"]), Picked: len(q.Bodies)}
	f.On = q.Kind != "" || q.Level != "" || q.Parent != "" || len(q.Bodies) > 0 || f.Chosen > 0
	for _, y := range t.Years {
		f.Years = append(f.Years, option{strconv.Itoa(y), strconv.Itoa(y) + "年", y == t.Year})
	}
	f.Kinds = []option{{"", "全部类别", q.Kind == ""}}
	for _, k := range t.Kinds {
		f.Kinds = append(f.Kinds, option{string(k), k.Word(), k == q.Kind})
	}
	f.Levels = []option{{"", "全部层级", q.Level == ""}}
	for _, l := range t.Levels {
		f.Levels = append(f.Levels, option{string(l), l.Word(), l == q.Level})
	}
	f.Parents = []option{{"", "全部上级", q.Parent == ""}}
	for i := range t.Parents {
		f.Parents = append(f.Parents, option{t.Parents[i].ID, t.Parents[i].Name, t.Parents[i].ID == q.Parent})
	}
	for i := range t.Bodies {
		f.Bodies = append(f.Bodies, option{t.Bodies[i].ID, t.Bodies[i].Name, slices.Contains(q.Bodies, t.Bodies[i].ID)})
	}
	f.Orders = []option{{compare.ByList, "名单顺序", q.Sort == compare.ByList}, {compare.ByName, "名称", q.Sort == compare.ByName}}
	shown := map[string]bool{}
	for _, m := range t.Measures {
		shown[m.Key] = true
		f.Orders = append(f.Orders, option{m.Key, m.Short + "从多到少", q.Sort == m.Key})
	}
	for _, m := range figures.All() {
		if n := len(f.Groups); n == 0 || f.Groups[n-1].Name != string(m.Group) {
			f.Groups = append(f.Groups, cellGroup{Name: string(m.Group)})
		}
		text := m.Label
		if m.Form != "" {
			text += "（" + formText(m.Form) + "）"
		}
		g := &f.Groups[len(f.Groups)-1]
		g.Options = append(g.Options, option{m.Key, text, shown[m.Key]})
	}
	return f
}

func (v *compareView) columns(q *compare.Query) {
	for _, m := range v.Measures {
		c := compareColumn{Key: m.Key, Short: m.Short, Label: m.Label, Unit: m.Unit, Sort: v.Filter.at("sort", m.Key, "dir", "") + "#table"}
		if q.Sort == m.Key {
			c.Sorted, c.Sort = "descending", v.Filter.at("sort", m.Key, "dir", "up")+"#table"
			if q.Up {
				c.Sorted, c.Sort = "ascending", v.Filter.at("sort", m.Key, "dir", "")+"#table"
			}
		}
		v.Columns = append(v.Columns, c)
	}
}

// row lays one body out.
func (v *compareView) row(r *compare.Row, of string) compareRow {
	out := compareRow{Name: r.Body.Name, Sub: r.Body.Kind.Word(), Badge: stateBadge(&r.Row), On: of != "" && r.Body.ID == of}
	switch {
	case r.Body.ID != "":
		out.Href = "/bodies/" + r.Body.ID
	default:
		out.Href = "/agencies?name=" + url.QueryEscape(r.Body.Name)
	}
	if r.ReportID != "" {
		out.Report = "/reports/" + r.ReportID
	}
	if r.Figures == nil {
		out.None = "没有可以比较的数字"
		if r.State == overview.Missing {
			out.None = "没有报告"
		}
		return out
	}
	for k := range v.Measures {
		f := r.Figures.Get(v.Measures[k].Key)
		c := compareCell{figureCell: cellOf(f)}
		if f.Known() {
			c.Wide = chart.Share(f.Float(), v.Table.Spreads[k].Max)
			c.Place = "第 " + strconv.Itoa(r.Places[k])
		}
		out.Cells = append(out.Cells, c)
	}
	out.outcomes(r.Figures)
	return out
}

// outcomes is the strip of the kinds of outcome; there is none where one of them is
// not known.
func (r *compareRow) outcomes(set *figures.Set) {
	var parts []float64
	sum := 0.0
	r.OutcomesKnown = true
	for _, key := range figures.OutcomeKinds() {
		f := set.Get(key)
		r.OutcomesKnown = r.OutcomesKnown && f.Known()
		parts = append(parts, f.Float())
		sum += f.Float()
		r.OutcomeCells = append(r.OutcomeCells, cellOf(f))
	}
	switch {
	case !r.OutcomesKnown:
		r.OutcomesTold = "有的数字空白或读不清，不画图"
	case sum == 0:
		r.OutcomesTold = "没有办理的申请"
	default:
		r.Outcomes = chart.Segments(parts)
	}
}

func (v *compareView) spread(k int) spreadRow {
	s, m := &v.Table.Spreads[k], &v.Measures[k]
	out := spreadRow{Name: m.Short, Unit: m.Unit, N: s.N, Box: chart.NewBox(s.Min, s.Q1, s.Median, s.Q3, s.Max)}
	out.Min, out.Q1, out.Median, out.Q3, out.Max, out.Sum = twoDigits(s.Min), twoDigits(s.Q1), twoDigits(s.Median), twoDigits(s.Q3), twoDigits(s.Max), twoDigits(s.Sum)
	for _, x := range []struct {
		n    int
		text string
	}{{s.Blank, "空白"}, {s.Unreadable, "读不清"}, {s.None, "没有数字"}} {
		if x.n > 0 {
			if out.Without != "" {
				out.Without += "，"
			}
			out.Without += strconv.Itoa(x.n) + " 个" + x.text
		}
	}
	if v.Table.Of != nil {
		f := v.Table.Of.Figures.Get(m.Key)
		out.Own = cellOf(f).Text
		if f.Known() {
			out.OwnKnown, out.OwnAt = true, chart.NewBox(f.Float(), 0, 0, 0, s.Max).Min
			out.OwnPlace = "第 " + strconv.Itoa(v.Table.Of.Places[k]) + " / " + strconv.Itoa(s.N)
		}
	}
	return out
}

// twoDigits writes a number with at most two digits behind the point.
func twoDigits(v float64) string {
	return chart.Thousands(strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64))
}
