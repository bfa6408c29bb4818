package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"nianbao/api/auth"
	"nianbao/api/web/chart"
	"nianbao/convert/bodies"
	"nianbao/convert/compare"
	"nianbao/convert/figures"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// Comparisons puts reports beside one another; *compare.Service behind the scope is
// one. Errors: bodies.ErrNotFound, compare.ErrNone, intake.ErrBadFilter.
type Comparisons interface {
	OfBody(ctx context.Context, id string) (*compare.Agency, error)
	Named(ctx context.Context, name string) (*compare.Agency, error)
	Year(ctx context.Context, q compare.Query) (*compare.Table, error)
}

// agencyView is an agency over the years.
type agencyView struct {
	*compare.Agency
	Kind     string
	Rows     []yearRow // the newest first
	Charts   []agencyChart
	Carries  []carryRow
	Findings []yearFindings // of each year with some, the newest first
	Found    int
	Groups   []measureGroup
	Heads    []yearHead
	Mixed    bool   // years of both forms
	Reports  string // address of all its reports
	Latest   int    // the last year with a report; 0: none
}

// yearRow is a year in the list of its reports.
type yearRow struct {
	*compare.Year
	Badge    badge
	Form     string
	Versions []versionRow
	Compare  string // address of the year's comparison with other bodies
}

type versionRow struct {
	intake.Summary
	Name    string
	Counts  bool   // it is the one in force
	Compare string // address of the comparison with the version before; empty for the first
}

// agencyChart is a chart with its values in a table.
type agencyChart struct {
	*chart.Chart
	Kind    string // for the style sheet: lines, bars, stacked
	Heading string
	Note    string
	Columns []string
	Rows    []chartRow
}

type chartRow struct {
	Year  int
	Mark  string // the form, where it changes
	Cells []figureCell
}

// figureCell is a figure in a table.
type figureCell struct {
	Text, Class, Title string
}

type carryRow struct {
	From, To int
	Forward  figureCell
	Over     figureCell
	Badge    badge
	Href     string
}

// yearFindings are what the rules say of a year beside the one before.
type yearFindings struct {
	Year  int
	Href  string
	Items []report.Finding
	Open  bool
}

type yearHead struct {
	Year int
	Form string
	Href string
}

// measureGroup is a part of the table of all figures.
type measureGroup struct {
	Name string
	Rows []measureRow
}

type measureRow struct {
	Label, Unit string
	Cells       []figureCell
}

// Body shows a body of the list over the years.
func (p *Pages) Body(w http.ResponseWriter, r *http.Request, id string) error {
	a, err := p.cfg.Comparisons.OfBody(r.Context(), id)
	if errors.Is(err, compare.ErrNone) {
		if scope := auth.ScopeOf(r.Context()); scope.Restricted {
			return fmt.Errorf("web: body %.80q is not in the scope: %w", id, bodies.ErrNotFound)
		}
		err = nil
	}
	if err != nil {
		return err
	}
	v := viewAgency(a)
	v.Reports = "/reports?body=" + url.QueryEscape(id)
	return p.render(w, r, "agency", layout{Title: a.Name + "：历年情况", Nav: "bodies", Body: v})
}

// Agency shows an agency that is on no list, by its name.
func (p *Pages) Agency(w http.ResponseWriter, r *http.Request) error {
	name := short(r.URL.Query().Get("name"), 100)
	a, err := p.cfg.Comparisons.Named(r.Context(), name)
	if errors.Is(err, compare.ErrNone) {
		return p.render(w, r, "agency", layout{Status: http.StatusNotFound, Title: "没有这个机关的报告", Nav: "bodies", Body: &agencyView{Agency: &compare.Agency{Name: name}}})
	}
	if err != nil {
		return err
	}
	v := viewAgency(a)
	v.Reports = "/reports?agency=" + url.QueryEscape(name)
	return p.render(w, r, "agency", layout{Title: a.Name + "：历年情况", Nav: "bodies", Body: v})
}

func short(s string, most int) string {
	r := []rune(s)
	return string(r[:min(len(r), most)])
}

func viewAgency(a *compare.Agency) *agencyView {
	v := &agencyView{Agency: a}
	if a.Body != nil {
		v.Kind = a.Body.Kind.Word()
	}
	forms := map[string]bool{}
	for i := len(a.Years) - 1; i >= 0; i-- {
		y := &a.Years[i]
		v.Rows = append(v.Rows, viewYear(a, y))
		v.Heads = append(v.Heads, yearHead{y.Year, formText(formOf(y)), reportHref(y.Report)})
		if formOf(y) != "" {
			forms[formOf(y)] = true
		}
		if y.Report != nil && v.Latest == 0 {
			v.Latest = y.Year
		}
	}
	v.Mixed = len(forms) > 1
	v.carries()
	for i := range v.Rows {
		if y := v.Rows[i].Year; len(y.Findings) > 0 {
			v.Findings = append(v.Findings, yearFindings{y.Year, reportHref(y.Report) + "#beside", y.Findings, len(v.Findings) == 0})
			v.Found += len(y.Findings)
		}
	}
	if v.Latest > 0 {
		v.charts()
		v.figures()
	}
	return v
}

func formOf(y *compare.Year) string {
	if y.Report == nil {
		return ""
	}
	return y.Report.Form
}

func reportHref(s *intake.Summary) string {
	if s == nil {
		return ""
	}
	return "/reports/" + s.ID
}

func viewYear(a *compare.Agency, y *compare.Year) yearRow {
	row := yearRow{Year: y, Form: formText(formOf(y)), Badge: badge{"busy", "没有报告"}}
	if len(y.Versions) > 0 {
		row.Badge = statusText(&y.Versions[0])
	}
	if y.Report != nil {
		row.Badge = statusText(y.Report)
	}
	if a.Body != nil {
		row.Compare = "/compare?" + url.Values{"year": {strconv.Itoa(y.Year)}, "kind": {string(a.Body.Kind)}, "of": {a.Body.ID}}.Encode()
	}
	for i := range y.Versions {
		s := &y.Versions[i]
		vr := versionRow{Summary: *s, Name: s.Filename, Counts: y.Report != nil && y.Report.ID == s.ID}
		for k := i + 1; k < len(y.Versions) && s.State == intake.StateDone; k++ {
			if y.Versions[k].State == intake.StateDone {
				vr.Compare = "/reports/" + s.ID + "/compare/" + y.Versions[k].ID
				break
			}
		}
		row.Versions = append(row.Versions, vr)
	}
	return row
}

// cellOf is a figure as a table shows it.
func cellOf(f figures.Figure) figureCell {
	switch f.State {
	case figures.Number:
		return figureCell{Text: chart.Thousands(f.Value)}
	case figures.Placeholder:
		return figureCell{Text: "/", Class: "is-placeholder", Title: "以“/”等符号代替数字，按 0 计"}
	case figures.Partial:
		return figureCell{Text: chart.Thousands(f.Value) + "*", Class: "is-partial", Title: "有的格空白，只加了填写的数字"}
	case figures.Blank:
		return figureCell{Text: "空白", Class: "is-none", Title: "空白，未填写"}
	case figures.Unreadable:
		return figureCell{Text: "读不清", Class: "is-unread", Title: "填了内容，但读不成数字"}
	case figures.Absent:
	}
	return figureCell{Text: "—", Class: "is-none", Title: "报告的表格里没有这一项"}
}

// cellIn is the figure of a year: a year without a report says so.
func cellIn(y *compare.Year, key string) figureCell {
	switch {
	case y.Report == nil && len(y.Versions) > 0:
		return figureCell{Text: "未转换", Class: "is-none", Title: "文件未能转换"}
	case y.Report == nil:
		return figureCell{Text: "无报告", Class: "is-none", Title: "没有这一年度的报告"}
	case y.Figures == nil:
		return figureCell{Text: "读不出", Class: "is-none", Title: "已归档，但结果读不出"}
	}
	return cellOf(y.Figures.Get(key))
}

// carries lists how the years follow on each other.
func (v *agencyView) carries() {
	for i := len(v.Years) - 1; i > 0; i-- {
		y := &v.Years[i]
		if y.Carry == nil {
			continue
		}
		row := carryRow{From: y.Year - 1, To: y.Year, Forward: cellOf(y.Carry.Before), Over: cellOf(y.Carry.Own), Href: reportHref(y.Report) + "#at-applications-carried_over-total"}
		switch {
		case y.Carry.Agrees():
			row.Badge = badge{"pass", "相符"}
		case y.Carry.Known():
			row.Badge = badge{"fail", "不符"}
		default:
			row.Badge = badge{"warn", "无法判断"}
		}
		v.Carries = append(v.Carries, row)
	}
}

// figures makes the table of all figures that any of the years has.
func (v *agencyView) figures() {
	for _, m := range figures.All() {
		row := measureRow{Label: m.Label, Unit: m.Unit}
		has := false
		for i := len(v.Years) - 1; i >= 0; i-- {
			y := &v.Years[i]
			row.Cells = append(row.Cells, cellIn(y, m.Key))
			has = has || y.Figures != nil && y.Figures.Get(m.Key).State != figures.Absent
		}
		if !has {
			continue
		}
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Name != string(m.Group) {
			v.Groups = append(v.Groups, measureGroup{Name: string(m.Group)})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Rows = append(g.Rows, row)
	}
}
