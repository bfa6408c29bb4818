package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/places"
	"nianbao/convert/report"
)

type reportView struct {
	Summary      *intake.Summary
	Result       *report.Result
	Title        string
	TitleMarks   []mark
	Untitled     bool
	Badge        badge
	Facts        []fact
	Groups       []findingGroup
	Beside       *besideView
	Related      []link // pages that put it beside others
	Exports      []link // of it as files
	Letter       string // address of the list of its problems to send back
	Tables       []tableView
	NoForm       string // why there are no statutory tables
	Sections     []sectionView
	Rules        []ruleView
	RuleCounts   []ruleCount
	Registration []report.Registration
	Validation   *report.Validation // that of the corrected report, where there is one
	Review       *reviewView        // nil where there is none
	Mistake      *ReviewMistake     // with a form of the review; nil: none
	Base         string             // address of the page
	TitleFact    valueReview
	Belonging    *belongingView // nil where there is no list of bodies
	Losses       []lossView
	Original     *originalView // nil where the reader may not see it
	Current      *findingView  // the finding that is shown, nil for none
	Prev, Next   *findingView  // its neighbours
}

// lossView is one line of the loss account; Page is 0 where it is of none.
type lossView struct {
	Page          int
	Href          string // of the page in the original, empty where it is not shown
	Message, Code string
}

func (v *reportView) viewLosses() {
	for _, w := range v.Result.Extraction.Warnings {
		l := lossView{Message: w.Message, Code: w.Code}
		if w.Page != nil {
			l.Page = *w.Page
			if v.Original != nil && slices.ContainsFunc(v.Original.Pages, func(p pageView) bool { return p.N == l.Page }) {
				l.Href = "#page-" + strconv.Itoa(l.Page)
			}
		}
		v.Losses = append(v.Losses, l)
	}
}

type fact struct {
	Label, Value, ID string
	Mark             []mark
	valueReview
}

// valueReview is what people said of a value, and where they may.
type valueReview struct {
	Correction *report.Correction // nil for none
	CorrectURL string             // empty where the reader may not
}

// corrected is what people said of the value at a path.
func (v *reportView) corrected(path string) (out valueReview) {
	if v.Review == nil {
		return out
	}
	out.Correction = v.Review.Correction(path)
	if v.Review.Form != nil {
		out.CorrectURL = v.Base + "?correct=" + url.QueryEscape(path) + "#correct"
	}
	return out
}

// findingView is one finding; N is its number on the page.
type findingView struct {
	N           int
	ID          string // report.Finding.ID
	Severity    report.Severity
	Message     string
	Rule, Title string
	Quote       string
	Links, More []link
	Sum         *sumView
	// At are the ids of its places in the original and Cells those of its cells in
	// the tables; Show is the address that shows them, and Where says where that is.
	At, Cells   []string
	Show, Where string
	On          bool        // it is the one that is shown
	Decide      *decideForm // nil where there is nothing to say
	Dismissed   bool

	of    *report.Finding
	spots []places.Spot
}

type findingGroup struct {
	Severity report.Severity
	Items    []*findingView
}

type link struct{ Href, Text string }

// mark is the note beside a cell that a finding names.
type mark struct {
	N        int
	Severity report.Severity
	Message  string
	Quiet    bool
}

type sectionView struct {
	ID, Heading string
	Table       string // anchor of the statutory table of the chapter
	Paragraphs  []paragraphView
	Mark        []mark
}

// paragraphView is one line of a chapter; At is the id of its place in the
// original, "" for none.
type paragraphView struct {
	ID, At   string
	Segments []segment
}

// segment is a piece of text, quoted by a finding where N is set.
type segment struct {
	Text     string
	N        int
	Severity report.Severity
}

type ruleView struct {
	ID, Title, Reason string
	Badge             badge
}

type ruleCount struct {
	Badge badge
	N     int
}

// A finding with more than maxLinks places shows the first few and folds the
// rest away, and its marks on the cells are quiet: a blank table has 175.
const (
	maxLinks   = 10
	firstLinks = 4
)

// viewReport lays a report out for the page.
func (p *Pages) viewReport(a *reportAsk) *reportView {
	s, res := a.summary, a.result
	v := &reportView{Summary: s, Result: res, Title: str(res.Report.Title), Validation: a.validation(), Mistake: a.mistake, Base: "/reports/" + url.PathEscape(s.ID)}
	v.Badge = validationBadge(v.Validation.Status, v.Validation.Warnings)
	if v.Title == "" {
		v.Title, v.Untitled = s.Filename, true
	}
	v.Registration = res.Report.Registration
	v.Exports = exportLinks("/v1/reports/"+url.PathEscape(s.ID)+"/export", nil)
	v.Letter = "/v1/reports/" + url.PathEscape(s.ID) + "/problems?format=docx"
	f := p.form(res.Report.Form)
	names := cellNames(f, &res.Report)
	marks := p.viewFindings(v, res, names)
	v.Review = p.viewReview(a.request, v, a.review, a.mistake)
	v.Review.correct(a.request, names, res, a.mistake)
	current := v.decide(a)
	var t *targets
	if doc := a.document(); doc != nil {
		x := places.New(res, doc)
		v.findSpots(x)
		t = newTargets(v, x, names, current)
		v.Original = p.viewOriginal(s, doc, t)
	}
	v.pick(current)
	v.TitleMarks = marksBelow(marks, "/report/title")
	v.Facts = viewFacts(v, marks)
	v.TitleFact = v.corrected("/report/title")
	v.NoForm = noFormText(f, res.Report.Form)
	if f != nil {
		v.Tables = viewTables(f, v, marks, t)
	}
	v.Sections = viewSections(f, v, marks, t)
	p.viewRules(v)
	v.viewLosses()
	return v
}

func (p *Pages) form(id string) *form.Form {
	for i := range p.cfg.Forms {
		if p.cfg.Forms[i].ID == id {
			return &p.cfg.Forms[i]
		}
	}
	return nil
}

func noFormText(f *form.Form, id string) string {
	switch {
	case f != nil:
		return ""
	case id == "pre2019":
		return "这份报告使用2019年以前的统计表式，没有现行的三张法定表格；读到的内容见正文。"
	case id == "narrative" || id == "":
		return "这份报告里没有读到法定的三张表格（主动公开、依申请公开、复议诉讼）。如果原件中有表格，请检查它们是否为图片。"
	}
	return "本程序没有“" + id + "”表式，无法按表格显示。"
}

// cellNames maps the JSON Pointers of a form's figures to what people call
// them.
func cellNames(f *form.Form, r *report.Report) map[string]string {
	names := map[string]string{}
	if f == nil {
		return names
	}
	for i := range f.Tables {
		t := printed(&f.Tables[i], r)
		for _, c := range t.Cells() {
			part := &t.Parts[c.Part]
			name := c.ColumnLabel // with its groups where no row label stands before it
			if label := part.Rows[c.Row].Label; label != "" {
				name = clip(label, 16) + "·" + part.Columns[c.Column].Label
			}
			names[c.Path] = name
		}
	}
	return names
}

// printed is the table with the rows this report prints.
func printed(t *form.Table, r *report.Report) *form.Table {
	node := r.Table(t.Key)
	out := t.Printed(func(group string) bool {
		n := node.At(group)
		return n != nil && len(n.Children) > 0 && len(n.Children[0].Children) == 0
	})
	return &out
}

// viewFindings numbers the findings, gravest first, and returns the marks of
// every path they name.
func (p *Pages) viewFindings(v *reportView, res *report.Result, names map[string]string) map[string][]mark {
	marks := map[string][]mark{}
	n := 0
	for _, severity := range []report.Severity{report.SeverityError, report.SeverityWarning, report.SeverityInfo} {
		g := findingGroup{Severity: severity}
		for i := range v.Validation.Findings {
			f := &v.Validation.Findings[i]
			if f.Severity != severity {
				continue
			}
			n++
			fv := &findingView{N: n, ID: f.ID, Severity: severity, Message: f.Message, Rule: f.Rule, Title: p.rules[f.Rule].Title, Quote: str(f.Quote), Sum: viewSum(f), of: f}
			for k, path := range f.Paths {
				total := k == 0 && f.Expected != nil // of a long sum, the total stands out
				marks[path] = append(marks[path], mark{N: n, Severity: severity, Message: f.Message, Quiet: len(f.Paths) > maxLinks && !total})
				if l := placeOf(path, names, res); l.Text != "" && !slices.Contains(fv.Links, l) {
					fv.Links = append(fv.Links, l)
					fv.Cells = append(fv.Cells, l.Href[1:])
				}
			}
			if len(fv.Links) > maxLinks {
				fv.Links, fv.More = fv.Links[:firstLinks], fv.Links[firstLinks:]
			}
			g.Items = append(g.Items, fv)
		}
		if len(g.Items) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return marks
}

// findSpots finds where in the original the findings are.
func (v *reportView) findSpots(x *places.Index) {
	for _, g := range v.Groups {
		for _, f := range g.Items {
			f.spots = x.Finding(f.of)
			f.At = pieces(x, f.spots)
			if len(f.At) == 0 {
				continue
			}
			f.Show = v.Base + "?finding=" + strconv.Itoa(f.N) + "#" + f.At[0]
			f.Where = "原件"
			if pages := pagesOf(x, f.spots); len(pages) > 0 {
				f.Where = "原件" + pagesText(pages)
			}
		}
	}
}

// pagesOf are the pages that spots stand on, in order, each once.
func pagesOf(x *places.Index, spots []places.Spot) []int {
	var pages []int
	for _, s := range spots {
		for _, b := range x.Boxes(s) {
			pages = append(pages, b.Page)
		}
	}
	slices.Sort(pages)
	return slices.Compact(pages)
}

// pagesText says which pages: "第 2、3 页".
func pagesText(pages []int) string {
	words := make([]string, len(pages))
	for i, n := range pages {
		words[i] = strconv.Itoa(n)
	}
	return "第 " + strings.Join(words, "、") + " 页"
}

// decide makes the forms on the findings, and returns the number of the finding that
// is shown: the one a form was wrong of, or the one the address asks for.
func (v *reportView) decide(a *reportAsk) int {
	current := a.shown()
	for _, g := range v.Groups {
		for _, f := range g.Items {
			f.Decide = v.Review.decide(f.ID, "finding-"+strconv.Itoa(f.N), a.mistake)
			if f.Decide != nil && f.Decide.Mistake != "" {
				current, v.Mistake = f.N, nil // it is told at the form
			}
			if d := f.Decide; d != nil && d.Now != nil && !d.Stale {
				f.Dismissed = d.Now.Verdict == report.Dismissed
			}
		}
	}
	if v.Review != nil && (v.Review.Mark.Mistake != "" || v.Review.Correct != nil && v.Review.Correct.Mistakes != nil) {
		v.Mistake = nil
	}
	return current
}

// pick finds the finding that is shown, and its neighbours.
func (v *reportView) pick(current int) {
	for _, g := range v.Groups {
		for _, f := range g.Items {
			switch f.N {
			case current - 1:
				v.Prev = f
			case current:
				v.Current, f.On = f, true
			case current + 1:
				v.Next = f
			}
		}
	}
	if v.Current == nil {
		v.Prev, v.Next = nil, nil
	}
}

// anchor makes an element id of a JSON Pointer.
func anchor(path string) string {
	return "at" + strings.ReplaceAll(strings.TrimPrefix(path, "/report"), "/", "-")
}

// placeOf is the link to the place a pointer names; its Text is empty where the
// page does not show it.
func placeOf(path string, names map[string]string, res *report.Result) link {
	if name := names[path]; name != "" {
		return link{"#" + anchor(path), name}
	}
	for _, f := range append(factPaths(), [2]string{"/report/title", "标题"}) {
		if below(path, f[0]) {
			return link{"#" + anchor(f[0]), f[1]}
		}
	}
	if i, ok := sectionIndex(path, len(res.Report.Sections)); ok {
		return link{"#" + anchor(sectionPath(i)), "正文·" + heading(&res.Report.Sections[i])}
	}
	for _, key := range []string{"proactive_disclosure", "applications", "legal_challenges"} {
		switch {
		case path == "/report/"+key && len(names) == 0:
			return link{"#tables", "表格"}
		case path == "/report/"+key:
			return link{"#" + anchor(path), "表格"}
		}
	}
	return link{}
}

func sectionPath(i int) string { return "/report/sections/" + strconv.Itoa(i) }

// below reports whether the pointer is the given one or leads below it.
func below(path, parent string) bool {
	return path == parent || strings.HasPrefix(path, parent+"/")
}

// marksBelow are the marks of a value and all that it holds, each finding once,
// in the order of the findings.
func marksBelow(marks map[string][]mark, parent string) []mark {
	var out []mark
	for path, at := range marks {
		if below(path, parent) {
			out = append(out, at...)
		}
	}
	slices.SortFunc(out, func(a, b mark) int { return a.N - b.N })
	return slices.CompactFunc(out, func(a, b mark) bool { return a.N == b.N })
}

// sectionIndex reads /report/sections/N and below.
func sectionIndex(path string, n int) (int, bool) {
	rest, ok := strings.CutPrefix(path, "/report/sections/")
	if !ok {
		return 0, false
	}
	num, _, _ := strings.Cut(rest, "/")
	i, err := strconv.Atoi(num)
	return i, err == nil && i >= 0 && i < n
}

// factPaths are the identity facts in page order: pointer and label.
func factPaths() [][2]string {
	return [][2]string{
		{"/report/agency", "机关"}, {"/report/year", "年度"}, {"/report/form", "表式"},
		{"/report/period", "统计期限"}, {"/report/signed_by", "落款机关"}, {"/report/signed_on", "落款日期"},
	}
}

func viewFacts(v *reportView, marks map[string][]mark) []fact {
	r := &v.Result.Report
	year := ""
	if r.Year != nil {
		year = strconv.Itoa(*r.Year) + "年"
	}
	period := ""
	if r.Period != nil {
		period = dateText(r.Period.Start) + " 至 " + dateText(r.Period.End)
	}
	values := []string{str(r.Agency), year, formText(r.Form), period, str(r.SignedBy), dateText(r.SignedOn)}
	var facts []fact
	for i, f := range factPaths() {
		m := marksBelow(marks, f[0])
		if values[i] == "" && f[0] == "/report/period" && len(m) == 0 {
			continue // most reports do not state it
		}
		one := fact{Label: f[1], Value: values[i], ID: anchor(f[0]), Mark: m}
		if identityLabel(f[0]) != "" {
			one.valueReview = v.corrected(f[0])
		}
		facts = append(facts, one)
	}
	if m := r.Metadata; m != nil {
		for _, f := range [][2]string{{"发布机构", str(m.Publisher)}, {"索引号", str(m.IndexNumber)}, {"文号", str(m.DocumentNumber)}, {"发布日期", dateText(m.PublishedOn)}} {
			if f[1] != "" {
				facts = append(facts, fact{Label: f[0], Value: f[1]})
			}
		}
	}
	return facts
}

func heading(s *report.Section) string {
	if n := str(s.Number); n != "" {
		return n + "、" + s.Title
	}
	return s.Title
}

func (p *Pages) viewRules(v *reportView) {
	counts := map[badge]int{}
	for _, o := range v.Validation.Rules {
		b := outcomeText(o.Outcome)
		counts[b]++
		v.Rules = append(v.Rules, ruleView{ID: o.ID, Title: p.rules[o.ID].Title, Reason: str(o.Reason), Badge: b})
	}
	for _, j := range []report.Judgement{report.Failed, report.Undetermined, report.Passed, report.NotApplicable} {
		if b := outcomeText(j); counts[b] > 0 {
			v.RuleCounts = append(v.RuleCounts, ruleCount{b, counts[b]})
		}
	}
}

// clip shortens a label.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
