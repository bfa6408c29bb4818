package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"nianbao/api/auth"
	"nianbao/convert/bodies"
	"nianbao/convert/overview"
	"nianbao/convert/problems"
	"nianbao/convert/report"
)

// Overviews is a year at a glance, as the asker may see it; *overview.Service behind
// the scope implements it. Errors: intake.ErrBadFilter.
type Overviews interface {
	Overview(ctx context.Context, q overview.Query) (*overview.Year, error)
}

const (
	// overviewPageSize is the number of bodies on a page of the table.
	overviewPageSize = 50
	// maxSquares is how many bodies the picture shows one by one; of more it shows
	// how large each state's part is.
	maxSquares = 1500
)

type overviewView struct {
	*overview.Year
	MayUpload, MayWrite bool
	CSRF                string
	Mistake             string // what of the address was not understood
	YearLinks           []option
	Tiles               []tile
	Picture             []pictureRow
	Bars                bool
	Legend              []legendItem
	Groups              []groupsView
	Filter              bodyFilter
	Rows                []bodyRow
	NextPage, FirstPage string
	RollUp              string // address of the sums of the year
	Problems            string // address of the list to send back, of this selection
	Names               []string
	Elsewhere           int // the newest year with reports, where this one has none
}

// tile is a count that leads to the bodies counted.
type tile struct {
	Class, Text, Href string
	N                 int
	On                bool
}

type pictureRow struct {
	Text, Href string
	Counts     overview.Counts
	Told       string // the counts in words
	Squares    []square
	Parts      []barPart
}

// groupsView is a table of counts by kind or level.
type groupsView struct {
	Title  string
	States []string
	Groups []groupView
}

type groupView struct {
	Text  string
	Cells []tile // the sum, then each state
}

type square struct{ Class, Letter, Href, Title string }

// barPart is a piece of a bar, in thousandths of its length.
type barPart struct {
	Class   string
	X, Wide int
}

type legendItem struct{ Class, Letter, Text string }

// bodyFilter is the filter of bodies as forms show it.
type bodyFilter struct {
	values                                     url.Values // what is asked for, known values only
	Year                                       int
	Name                                       string
	Kinds, Levels, States, Rules, Marks, Sorts []option
	On                                         bool
	Reset                                      string
}

// bodyRow is a body as the table shows it.
type bodyRow struct {
	*overview.Row
	Badge       badge
	KindWord    string
	Href, First string // the report, and its first finding
	Review      badge  // empty Text: nobody has said anything
	Action      string // what can be done where there is no report
}

// Overview shows a year at a glance.
func (p *Pages) Overview(w http.ResponseWriter, r *http.Request) error {
	if p.cfg.Overviews == nil {
		http.Redirect(w, r, "/reports", http.StatusSeeOther)
		return nil
	}
	q, values, mistake := p.bodyQuery(r.URL.Query())
	q.Limit = overviewPageSize
	if q.Sort == "" {
		q.Sort = overview.ByState // what there is to do comes first
		values.Set("sort", string(q.Sort))
	}
	y, err := p.cfg.Overviews.Overview(r.Context(), q)
	if err != nil {
		return err
	}
	who, _ := auth.Of(r.Context())
	v := &overviewView{
		Year: y, Mistake: mistake, CSRF: who.CSRF, Bars: len(y.Squares) > maxSquares,
		MayUpload: auth.Require(r.Context(), auth.Upload) == nil, MayWrite: p.cfg.Bodies != nil && auth.Require(r.Context(), auth.WriteBodies) == nil,
	}
	v.Filter = p.viewBodyFilter("/", values, y)
	v.Tiles = viewTiles(y, &v.Filter)
	v.Picture, v.Legend = viewPicture(y, &v.Filter, v.Bars), viewLegend(&y.Counts)
	v.Groups = []groupsView{viewGroups(y, &v.Filter, "类别", "kind", y.ByKind)}
	if len(y.ByLevel) > 1 {
		v.Groups = append(v.Groups, viewGroups(y, &v.Filter, "层级", "level", y.ByLevel))
	}
	for i := range y.Items {
		v.Rows = append(v.Rows, viewBody(&y.Items[i]))
	}
	v.pages(q.Cursor)
	v.Problems = v.Filter.at("/problems", "sort", "")
	v.RollUp = "/aggregate?year=" + strconv.Itoa(y.Year)
	if y.Counts.Received()+y.StrayTotal == 0 {
		v.Elsewhere = otherYear(y)
	}
	if len(y.Strays) > 0 && v.MayWrite && y.Listed {
		v.Names = bodyNames(y)
	}
	title := strconv.Itoa(y.Year) + "年度概览"
	return p.render(w, r, "overview", layout{Title: title, Nav: "home", Body: v})
}

func (v *overviewView) pages(cursor string) {
	if v.Next != "" {
		v.NextPage = v.Filter.with("cursor", v.Next) + "#list"
	}
	if cursor != "" {
		v.FirstPage = v.Filter.with("cursor", "") + "#list"
	}
	for _, year := range v.Years {
		v.YearLinks = append(v.YearLinks, option{Value: strconv.Itoa(year), Text: strconv.Itoa(year) + "年度", Selected: year == v.Year.Year})
	}
}

// otherYear is the newest year with reports beside the one shown; 0: none.
func otherYear(y *overview.Year) int {
	for _, year := range y.Years {
		if year != y.Year && slices.Contains(y.WithReports, year) {
			return year
		}
	}
	return 0
}

// maxNames bounds the names that a field offers to choose from.
const maxNames = 3000

func bodyNames(y *overview.Year) (names []string) {
	for i := range y.Squares[:min(len(y.Squares), maxNames)] {
		names = append(names, y.Squares[i].Body.Name)
	}
	return names
}

// bodyQuery reads the filter of bodies from an address. What it does not know it
// leaves out, and says so.
func (p *Pages) bodyQuery(from url.Values) (q overview.Query, kept url.Values, mistake string) {
	kept = url.Values{}
	get := func(name string) string {
		v := []rune(strings.TrimSpace(from.Get(name)))
		return string(v[:min(len(v), 100)])
	}
	choose := func(name string, known []string) string {
		v := get(name)
		if v == "" || slices.Contains(known, v) {
			kept[name] = []string{v}
			return v
		}
		mistake = "地址中有不认识的条件，已略过。"
		return ""
	}
	if year := get("year"); year != "" {
		n, err := strconv.Atoi(year)
		if err != nil || n < 1 || n > 9999 {
			mistake = "年度请填四位数字，例如 2024；以下是最近的年度。"
		} else {
			q.Year = n
			kept.Set("year", strconv.Itoa(n))
		}
	}
	q.Kind = bodies.Kind(choose("kind", texts(bodies.Kinds())))
	q.Level = bodies.Level(choose("level", texts(bodies.Levels())))
	q.State = overview.State(choose("status", append(texts(overview.States()), string(overview.Late))))
	q.Review = report.ReviewState(choose("review", texts(overview.Reviews())))
	q.Sort = overview.Sort(choose("sort", texts(overview.Sorts())))
	q.Rule = choose("rule", slices.Collect(maps.Keys(p.rules)))
	q.Name = get("q")
	kept.Set("q", q.Name)
	q.Cursor = from.Get("cursor")
	return q, kept, mistake
}

func texts[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

// with is the address of the page with one value changed, from its first page on.
func (f *bodyFilter) with(name, value string) string { return f.at("/", name, value) }

func (f *bodyFilter) at(path, name, value string) string {
	q := url.Values{}
	for k, v := range f.values {
		if len(v) > 0 && v[0] != "" {
			q[k] = v
		}
	}
	if q.Del(name); value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// viewBodyFilter makes the fields of the form.
func (p *Pages) viewBodyFilter(path string, values url.Values, y *overview.Year) bodyFilter {
	values.Set("year", strconv.Itoa(y.Year))
	f := bodyFilter{values: values, Year: y.Year, Name: values.Get("q"), Reset: path + "?year=" + strconv.Itoa(y.Year)}
	choice := func(name, all string) []option {
		return []option{{Text: all, Selected: values.Get(name) == ""}}
	}
	f.Kinds = choice("kind", "全部类别")
	for _, g := range y.ByKind {
		f.Kinds = append(f.Kinds, option{g.Key, bodies.Kind(g.Key).Word(), values.Get("kind") == g.Key})
	}
	f.Levels = choice("level", "全部层级")
	for _, g := range y.ByLevel {
		if g.Key != "" {
			f.Levels = append(f.Levels, option{g.Key, bodies.Level(g.Key).Word(), values.Get("level") == g.Key})
		}
	}
	f.States = choice("status", "全部状态")
	for _, s := range append(overview.States(), overview.Late) {
		f.States = append(f.States, option{string(s), problems.Word(s), values.Get("status") == string(s)})
	}
	f.Rules = choice("rule", "全部规则")
	for _, r := range p.cfg.Rules {
		f.Rules = append(f.Rules, option{r.ID, r.Title, values.Get("rule") == r.ID})
	}
	f.Marks = choice("review", "不论核对")
	for _, r := range overview.Reviews() {
		f.Marks = append(f.Marks, option{string(r), reviewText(r).Text, values.Get("review") == string(r)})
	}
	for _, s := range overview.Sorts() {
		f.Sorts = append(f.Sorts, option{string(s), sortText(s), values.Get("sort") == string(s)})
	}
	for name := range values {
		f.On = f.On || name != "year" && name != "sort" && values.Get(name) != ""
	}
	return f
}

func sortText(s overview.Sort) string {
	switch s {
	case overview.ByState:
		return "按状态"
	case overview.ByName:
		return "按名称"
	case overview.ByReceived:
		return "按收到时间"
	case overview.ByErrors:
		return "按错误多少"
	case overview.ByList:
	}
	return "按名单顺序"
}

// reviewText is what is said of a report's review.
func reviewText(r report.ReviewState) badge {
	switch r {
	case report.Checked:
		return badge{"pass", "已核对"}
	case report.Returned:
		return badge{"warn", "已退回"}
	case report.Unreviewed:
		return badge{"busy", "未核对"}
	}
	return badge{}
}

// letter marks a state in the picture, beside its colour.
func letter(s overview.State) string {
	switch s {
	case overview.Missing:
		return "缺"
	case overview.Failed:
		return "坏"
	case overview.Errors:
		return "错"
	case overview.Warnings:
		return "警"
	case overview.Busy:
		return "…"
	case overview.Clean:
		return "✓"
	}
	return "免"
}

func viewTiles(y *overview.Year, f *bodyFilter) (out []tile) {
	now := f.values.Get("status")
	for _, s := range append(overview.States(), overview.Late) {
		n := y.Counts.Of(s)
		always := s == overview.Errors || s == overview.Warnings || s == overview.Clean || s == overview.Missing && y.Listed
		if n == 0 && !always && now != string(s) {
			continue
		}
		t := tile{Class: string(s), Text: problems.Word(s), N: n, On: now == string(s)}
		if t.Href = f.with("status", string(s)) + "#list"; t.On {
			t.Href = f.with("status", "") + "#list"
		}
		out = append(out, t)
	}
	for _, r := range []struct {
		is report.ReviewState
		n  int
	}{{report.Checked, y.Counts.Checked}, {report.Returned, y.Counts.Returned}} {
		if r.n > 0 {
			out = append(out, tile{Class: string(r.is), Text: reviewText(r.is).Text, N: r.n, Href: f.with("review", string(r.is)) + "#list", On: f.values.Get("review") == string(r.is)})
		}
	}
	return out
}

// viewGroups counts by kind or level, a column for each state that there is.
func viewGroups(y *overview.Year, f *bodyFilter, title, name string, groups []overview.Group) groupsView {
	out := groupsView{Title: title}
	var states []overview.State
	for _, s := range append(overview.States(), overview.Late) {
		if y.Counts.Of(s) > 0 {
			states = append(states, s)
			out.States = append(out.States, problems.Word(s))
		}
	}
	for _, g := range groups {
		v := groupView{Text: bodies.Kind(g.Key).Word()}
		if name == "level" {
			if v.Text = bodies.Level(g.Key).Word(); v.Text == "" {
				v.Text = "未写明"
			}
		}
		only := *f
		only.values = maps.Clone(f.values)
		only.values.Set(name, g.Key)
		v.Cells = append(v.Cells, tile{N: g.Total, Href: only.with("status", "") + "#list"})
		for _, s := range states {
			v.Cells = append(v.Cells, tile{N: g.Of(s), Href: only.with("status", string(s)) + "#list"})
		}
		out.Groups = append(out.Groups, v)
	}
	return out
}

// viewPicture is all bodies, a row a kind.
func viewPicture(y *overview.Year, f *bodyFilter, bars bool) []pictureRow {
	at := map[string]int{}
	out := make([]pictureRow, len(y.ByKind))
	for i, g := range y.ByKind {
		at[g.Key] = i
		out[i] = pictureRow{Text: bodies.Kind(g.Key).Word(), Href: f.with("kind", g.Key) + "#list", Counts: g.Counts, Told: countsText(&g.Counts)}
		x := 0
		for _, s := range overview.States() {
			if n := g.Of(s); bars && n > 0 {
				wide := max(4, n*1000/g.Total)
				out[i].Parts = append(out[i].Parts, barPart{Class: string(s), X: x, Wide: wide})
				x += wide
			}
		}
	}
	if bars {
		return out
	}
	for i := range y.Squares {
		r := &y.Squares[i]
		k := at[string(r.Body.Kind)]
		s := square{Class: string(r.State), Letter: letter(r.State), Title: r.Body.Name + "：" + squareText(r), Href: "/reports/" + r.ReportID}
		switch {
		case r.ReportID == "":
			s.Href = f.at("/", "q", r.Body.Name) + "#list"
		case r.State == overview.Errors:
			s.Href = findingURL(r.ReportID, 1)
		}
		if r.Late {
			s.Class += " is-late"
		}
		switch r.Review {
		case report.Checked:
			s.Class += " is-checked"
		case report.Returned:
			s.Class += " is-returned"
		}
		out[k].Squares = append(out[k].Squares, s)
	}
	return out
}

// squareText says of a body what its square shows.
func squareText(r *overview.Row) string {
	text := problems.Word(r.State)
	if r.Errors > 0 {
		text = strconv.Itoa(r.Errors) + " 错误"
	} else if r.Warnings > 0 {
		text = strconv.Itoa(r.Warnings) + " 警告"
	}
	if r.Late {
		text += "，逾期"
	}
	if r.Review == report.Checked || r.Review == report.Returned {
		text += "，" + reviewText(r.Review).Text
	}
	return text
}

func countsText(c *overview.Counts) string {
	var parts []string
	for _, s := range overview.States() {
		if n := c.Of(s); n > 0 {
			parts = append(parts, problems.Word(s)+" "+strconv.Itoa(n))
		}
	}
	return strings.Join(parts, "，")
}

func viewLegend(c *overview.Counts) (out []legendItem) {
	for _, s := range overview.States() {
		if c.Of(s) > 0 {
			out = append(out, legendItem{string(s), letter(s), problems.Word(s)})
		}
	}
	return out
}

func viewBody(r *overview.Row) bodyRow {
	b := bodyRow{Row: r, Badge: stateBadge(r), KindWord: r.Body.Kind.Word()}
	if r.ReportID != "" {
		b.Href = "/reports/" + r.ReportID
	}
	if r.Errors+r.Warnings > 0 {
		b.First = findingURL(r.ReportID, 1)
	}
	if r.Review == report.Checked || r.Review == report.Returned {
		b.Review = reviewText(r.Review)
	}
	return b
}

// stateBadge is the state of a body; that of a report with warnings only that nobody
// can judge is told apart, as on its page.
func stateBadge(r *overview.Row) badge {
	switch r.State {
	case overview.Missing:
		return badge{"missing", "未报送"}
	case overview.Errors:
		return badge{"fail", "有错误"}
	case overview.Warnings:
		return validationBadge("warn", r.Warnings)
	case overview.Clean:
		return badge{"pass", "通过"}
	case overview.Failed:
		return badge{"failed", "未能转换"}
	case overview.Busy:
		return badge{"busy", "处理中"}
	case overview.Exempt:
	}
	return badge{"busy", problems.Word(r.State)}
}
