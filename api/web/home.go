package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"nianbao/api/auth"
	"nianbao/convert/intake"
)

// homePageSize is the number of reports on one page of the list.
const homePageSize = 30

type homeView struct {
	MaxUploadBytes int64
	MayUpload      bool
	CSRF           string // hidden field of the form, empty without a session
	Filter         filterView
	Items          []*intake.Summary
	Total          int64
	TotalCapped    bool   // there are more
	Next, First    string // addresses; empty where there is no such page
}

// filterView is the filter as the form shows it.
type filterView struct {
	Agency, Year, Status string
	On                   bool // anything is set
	Mistake              string
	Statuses             []option
}

type option struct {
	Value, Text string
	Selected    bool
}

// Home shows the upload form and the list.
func (p *Pages) Home(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := viewFilter(q)
	filter := intake.Filter{Agency: f.Agency, Status: f.Status, Cursor: q.Get("cursor"), Limit: homePageSize}
	if f.Year != "" {
		year, err := strconv.Atoi(f.Year)
		if err != nil || year < 1 || year > 9999 {
			f.Mistake = "年度请填四位数字，例如 2024；以下没有按年度筛选。"
		} else {
			filter.Year = year
		}
	}
	page, err := p.cfg.Reports.List(r.Context(), filter)
	if err != nil {
		return err
	}
	who, _ := auth.Of(r.Context())
	view := homeView{
		MaxUploadBytes: p.cfg.MaxUploadBytes, Filter: f, Total: page.Total, TotalCapped: page.TotalCapped,
		CSRF: who.CSRF, MayUpload: auth.Require(r.Context(), auth.Upload) == nil,
	}
	for i := range page.Items {
		view.Items = append(view.Items, &page.Items[i])
	}
	if page.Next != "" {
		view.Next = listURL(f, page.Next)
	}
	if filter.Cursor != "" {
		view.First = listURL(f, "")
	}
	return p.render(w, r, "home", layout{Title: "上传与检查", Nav: "home", Body: view})
}

func viewFilter(q url.Values) filterView {
	get := func(name string) string {
		v := []rune(strings.TrimSpace(q.Get(name)))
		return string(v[:min(len(v), 100)])
	}
	f := filterView{Agency: get("agency"), Year: get("year"), Status: get("status")}
	for _, o := range []option{
		{Value: "", Text: "全部结论"}, {Value: "fail", Text: "有错误"}, {Value: "warn", Text: "有警告"},
		{Value: "pass", Text: "通过"}, {Value: "failed", Text: "未能转换"},
	} {
		o.Selected = o.Value == f.Status
		f.Statuses = append(f.Statuses, o)
	}
	known := false
	for _, o := range f.Statuses {
		known = known || o.Selected
	}
	if !known {
		f.Status = ""
	}
	f.On = f.Agency != "" || f.Year != "" || f.Status != ""
	return f
}

func listURL(f filterView, cursor string) string {
	q := url.Values{}
	for name, v := range map[string]string{"agency": f.Agency, "year": f.Year, "status": f.Status, "cursor": cursor} {
		if v != "" {
			q.Set(name, v)
		}
	}
	if len(q) == 0 {
		return "/#reports"
	}
	return "/?" + q.Encode() + "#reports"
}
