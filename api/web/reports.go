package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"nianbao/api/auth"
	"nianbao/convert/bodies"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/overview"
	"nianbao/convert/report"
)

// reportsPageSize is the number of reports on one page of the list.
const reportsPageSize = 30

type reportsView struct {
	MayUpload   bool
	Filter      filterView
	Items       []*intake.Summary
	Total       int64
	TotalCapped bool   // there are more
	Next, First string // addresses; empty where there is no such page
	Exports     []link // of all that the filter selects, as files
}

// filterView is the filter as the form shows it.
type filterView struct {
	Agency, Year, Query            string
	Body, BodyName                 string // of the one body asked for
	On                             bool   // anything is set
	More                           bool   // one of the fields that are folded away is set
	Mistake                        string
	Statuses, Forms, Rules, Kinds  []option
	Reviews                        []option
	status, form, rule, kind, mark string
}

type option struct {
	Value, Text string
	Selected    bool
}

// Reports shows the list of all reports, the newest first.
func (p *Pages) Reports(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := p.viewFilter(q)
	filter := intake.Filter{Agency: f.Agency, Status: f.status, Form: f.form, Rule: f.rule, Kind: f.kind, Body: f.Body, Review: report.ReviewState(f.mark), Query: f.Query,
		Cursor: q.Get("cursor"), Limit: reportsPageSize}
	if f.Year != "" {
		year, err := strconv.Atoi(f.Year)
		if err != nil || year < 1 || year > 9999 {
			f.Mistake = "年度请填四位数字，例如 2024；以下没有按年度筛选。"
		} else {
			filter.Year = year
		}
	}
	if f.Body != "" && p.cfg.Bodies != nil {
		list, err := p.cfg.Bodies.List(r.Context())
		if err != nil {
			return err
		}
		b, _ := list.Get(f.Body)
		f.BodyName = b.Name
	}
	page, err := p.cfg.Reports.List(r.Context(), filter)
	if err != nil {
		return err
	}
	view := reportsView{Filter: f, Total: page.Total, TotalCapped: page.TotalCapped, MayUpload: auth.Require(r.Context(), auth.Upload) == nil}
	for i := range page.Items {
		view.Items = append(view.Items, &page.Items[i])
	}
	selected := f.values()
	if filter.Year == 0 { // none, or none that can be asked for
		selected.Del("year")
	}
	view.Exports = exportLinks("/v1/export", selected)
	if page.Next != "" {
		view.Next = f.url(page.Next)
	}
	if filter.Cursor != "" {
		view.First = f.url("")
	}
	return p.render(w, r, "reports", layout{Title: "报告", Nav: "reports", Body: view})
}

// viewFilter reads the filter from an address; values that no field offers are left.
func (p *Pages) viewFilter(q url.Values) filterView {
	get := func(name string) string {
		v := []rune(strings.TrimSpace(q.Get(name)))
		return string(v[:min(len(v), 100)])
	}
	f := filterView{Agency: get("agency"), Year: get("year"), Query: get("q"), Body: get("body")}
	f.Statuses, f.status = chosen(get("status"), []option{
		{Text: "全部结论"}, {Value: "fail", Text: "有错误"}, {Value: "warn", Text: "有警告"}, {Value: "pass", Text: "通过"}, {Value: "failed", Text: "未能转换"},
	})
	forms := []option{{Text: "全部表式"}}
	for _, x := range slices.Concat(p.cfg.Forms, []form.Form{{ID: "pre2019"}, {ID: "narrative"}}) {
		forms = append(forms, option{Value: x.ID, Text: formText(x.ID)})
	}
	f.Forms, f.form = chosen(get("form"), forms)
	rules := []option{{Text: "全部规则"}}
	for _, x := range p.cfg.Rules {
		rules = append(rules, option{Value: x.ID, Text: x.Title})
	}
	f.Rules, f.rule = chosen(get("rule"), rules)
	kinds := []option{{Text: "全部类别"}}
	for _, k := range bodies.Kinds() {
		kinds = append(kinds, option{Value: string(k), Text: k.Word()})
	}
	f.Kinds, f.kind = chosen(get("kind"), kinds)
	marks := []option{{Text: "不论核对"}}
	for _, m := range overview.Reviews() {
		marks = append(marks, option{Value: string(m), Text: reviewText(m).Text})
	}
	f.Reviews, f.mark = chosen(get("review"), marks)
	f.More = f.form != "" || f.rule != "" || f.kind != "" || f.mark != ""
	f.On = f.More || f.Agency != "" || f.Year != "" || f.status != "" || f.Query != "" || f.Body != ""
	return f
}

// chosen marks the option that is asked for; the first where there is no such one.
func chosen(value string, options []option) (marked []option, known string) {
	at := max(0, slices.IndexFunc(options, func(o option) bool { return o.Value == value }))
	options[at].Selected = true
	return options, options[at].Value
}

// values are the conditions that are set, as the list and its interface name them.
func (f *filterView) values() url.Values {
	q := url.Values{}
	for name, v := range map[string]string{"agency": f.Agency, "year": f.Year, "status": f.status, "form": f.form, "rule": f.rule,
		"kind": f.kind, "review": f.mark, "body": f.Body, "q": f.Query} {
		if v != "" {
			q.Set(name, v)
		}
	}
	return q
}

// url is the address of the list with this filter from a cursor on.
func (f *filterView) url(cursor string) string {
	q := f.values()
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	if len(q) == 0 {
		return "/reports"
	}
	return "/reports?" + q.Encode()
}
