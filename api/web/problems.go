package web

import (
	"net/http"
	"net/url"
	"strconv"

	"nianbao/convert/overview"
	"nianbao/convert/problems"
)

// problemsPageSize is how many bodies of the list a page has: a district's are all on
// the first.
const problemsPageSize = 200

type problemsView struct {
	Year      int
	Filter    bodyFilter
	Years     []option
	Total     int
	Missing   []string // names of bodies without a report, on the first page
	Bodies    []problemBody
	CSV       string
	XLSX, ZIP string
	Next, Top string
	Mistake   string
}

// problemBody is a body as the list to send back shows it.
type problemBody struct {
	*problems.Body
	Badge  badge
	Href   string
	Letter string // address of the letter to the body
	Lines  []problemLine
}

type problemLine struct {
	*problems.Problem
	Title, Href string
}

// ProblemList shows the list to send back.
func (p *Pages) ProblemList(w http.ResponseWriter, r *http.Request) error {
	q, values, mistake := p.bodyQuery(r.URL.Query())
	list, err := p.cfg.Problems.Open(r.Context(), q)
	if err != nil {
		return err
	}
	y := list.Year
	v := &problemsView{Year: y.Year, Filter: p.viewBodyFilter("/problems", values, y), Total: list.Len(), Mistake: mistake}
	v.CSV = v.Filter.at("/problems.csv", "cursor", "")
	v.XLSX, v.ZIP = v.Filter.at("/v1/problems", "format", "xlsx"), v.Filter.at("/v1/problems", "format", "zip")
	for _, year := range y.Years {
		v.Years = append(v.Years, option{Value: strconv.Itoa(year), Text: strconv.Itoa(year) + "年度", Selected: year == y.Year})
	}
	from, err := strconv.Atoi(r.URL.Query().Get("from"))
	if err != nil || from < 0 {
		from = 0
	}
	n := 0
	for b, err := range list.Bodies(r.Context(), from) {
		if err != nil {
			return err
		}
		if n++; n > problemsPageSize {
			v.Next = v.Filter.at("/problems", "from", strconv.Itoa(from+problemsPageSize))
			break
		}
		if b.State == overview.Missing {
			v.Missing = append(v.Missing, b.Body.Name)
			continue
		}
		v.Bodies = append(v.Bodies, p.viewProblems(&b))
	}
	if from > 0 {
		v.Top = v.Filter.at("/problems", "from", "")
	}
	return p.render(w, r, "problems", layout{Title: strconv.Itoa(y.Year) + "年度问题清单", Nav: "home", Body: v})
}

func (p *Pages) viewProblems(b *problems.Body) problemBody {
	v := problemBody{Body: b, Badge: stateBadge(&b.Row), Href: "/reports/" + b.ReportID, Letter: "/v1/reports/" + b.ReportID + "/problems?format=docx"}
	for i := range b.Problems {
		x := &b.Problems[i]
		v.Lines = append(v.Lines, problemLine{Problem: x, Title: p.rules[x.Rule].Title, Href: findingURL(b.ReportID, x.Mark)})
	}
	return v
}

// findingURL is where the page of a report shows a finding and its place in the
// original; the page where it has no number.
func findingURL(report string, mark int) string {
	if mark == 0 {
		return "/reports/" + report
	}
	n := strconv.Itoa(mark)
	return "/reports/" + report + "?finding=" + n + "#finding-" + n
}

// ProblemsCSV sends the list to send back as a table.
func (p *Pages) ProblemsCSV(w http.ResponseWriter, r *http.Request) error {
	q, _, _ := p.bodyQuery(r.URL.Query())
	list, err := p.cfg.Problems.Open(r.Context(), q)
	if err != nil {
		return err
	}
	AttachCSV(w, strconv.Itoa(list.Year.Year)+"年度问题清单.csv")
	return list.WriteCSV(r.Context(), w, func(rule string) string { return p.rules[rule].Title }, findingURL)
}

// AttachCSV says that a CSV file of this name follows.
func AttachCSV(w http.ResponseWriter, name string) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="list.csv"; filename*=UTF-8''`+url.PathEscape(name))
	w.Header().Set("Cache-Control", "no-store")
}
