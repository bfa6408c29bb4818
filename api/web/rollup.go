package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/aggregate"
	"nianbao/convert/aggregate/collect"
	"nianbao/convert/bodies"
	"nianbao/convert/form"
)

// RollUps sums up what the asker may see. Errors: intake.ErrBadFilter, and that too many
// sums are made at a time.
type RollUps interface {
	Select(ctx context.Context, q collect.Query) (*collect.Selection, error)
	Sum(ctx context.Context, s *collect.Selection) (*aggregate.Sum, error)
	Cell(ctx context.Context, s *collect.Selection, form, path string) (*collect.Detail, error)
}

// rollView is the sums of a year.
type rollView struct {
	*aggregate.Sum
	Mistake string
	Filter  rollFilter
	XLSX    string
	DOCX    string
	Lead    string
	Doubts  []rollDoubt
	Beside  *rollBeside
	Forms   []rollForm
	// NoneSelected: there is nobody to be summed; Elsewhere is the address of all.
	NoneSelected bool
}

// rollFilter is the form of the page.
type rollFilter struct {
	values                        url.Values // what is asked for, known values only
	Years, Parents, Kinds, Levels []option
	On                            bool
	Reset                         string
}

// rollDoubt is something that has to be known, with the bodies it is about.
type rollDoubt struct {
	Class, Text string
	Bodies      []link // Href is empty where there is no report
}

// rollBeside is the sums beside the report of the body above.
type rollBeside struct {
	Name, Href, Reason string
	OwnIncluded        bool
	Agree, Open        int
	Wrong              []rollWrong
}

type rollWrong struct {
	Name, Href, Own, Sum, Word string
}

type rollForm struct {
	ID, Title string
	*aggregate.FormSum
	Tables []tableView
	Merged []rollMerged // groups of rows that some reports print as one
}

type rollMerged struct {
	Row   string
	Cells []rollMergedCell
	N     int
}

type rollMergedCell struct{ Name, Sum, Href string }

// RollUp shows the sums of a year.
func (p *Pages) RollUp(w http.ResponseWriter, r *http.Request) error {
	q, values, mistake := rollQuery(r.URL.Query())
	sel, err := p.cfg.RollUps.Select(r.Context(), q)
	if err != nil {
		return err
	}
	sum, err := p.cfg.RollUps.Sum(r.Context(), sel)
	if err != nil {
		return err
	}
	v := &rollView{Sum: sum, Mistake: mistake, Filter: viewRollFilter(values, sel), NoneSelected: len(sum.Bodies) == 0}
	v.XLSX, v.DOCX = v.Filter.at("/v1/aggregate/export", "format", "xlsx"), v.Filter.at("/v1/aggregate/export", "format", "docx")
	v.Lead = rollLead(sum)
	v.Doubts = viewRollDoubts(sum)
	if sum.Above != nil {
		v.Beside = v.beside()
	}
	for i := range sum.Forms {
		v.Forms = append(v.Forms, p.viewRollForm(v, &sum.Forms[i]))
	}
	return p.render(w, r, "rollup", layout{Title: strconv.Itoa(sum.Year) + "年度汇总", Nav: "home", Body: v})
}

// rollQuery reads the address. What is not understood is left out, and said.
func rollQuery(in url.Values) (q collect.Query, values url.Values, mistake string) {
	c := conditions{in: in, values: url.Values{}}
	take := func(name string, ok bool) string { return c.take(name, ok, 100) }
	year, err := strconv.Atoi(in.Get("year"))
	if take("year", err == nil && year > 0 && year <= 9999) != "" {
		q.Year = year
	}
	q.Parent = take("parent", true)
	q.Kind = bodies.Kind(take("kind", slices.Contains(bodies.Kinds(), bodies.Kind(in.Get("kind")))))
	q.Level = bodies.Level(take("level", slices.Contains(bodies.Levels(), bodies.Level(in.Get("level")))))
	return q, c.values, c.mistake
}

// at is an address with the filter and more values, in pairs.
func (f *rollFilter) at(path string, pairs ...string) string {
	q := url.Values{}
	for name, v := range f.values {
		q[name] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}

func viewRollFilter(values url.Values, s *collect.Selection) rollFilter {
	year := strconv.Itoa(s.Year)
	values.Set("year", year)
	f := rollFilter{values: values, Reset: "/aggregate?year=" + year, On: values.Get("parent") != "" || s.Kind != "" || s.Level != ""}
	for _, y := range s.Years {
		f.Years = append(f.Years, option{strconv.Itoa(y), strconv.Itoa(y) + "年度", y == s.Year})
	}
	for i := range s.Parents {
		b := &s.Parents[i]
		f.Parents = append(f.Parents, option{b.ID, b.Name, s.Above != nil && s.Above.ID == b.ID})
	}
	f.Kinds = []option{{"", "全部类别", s.Kind == ""}}
	for _, k := range bodies.Kinds() {
		if slices.Contains(s.Kinds, k) {
			f.Kinds = append(f.Kinds, option{string(k), k.Word(), string(k) == s.Kind})
		}
	}
	f.Levels = []option{{"", "全部层级", s.Level == ""}}
	for _, l := range bodies.Levels() {
		if slices.Contains(s.Levels, l) {
			f.Levels = append(f.Levels, option{string(l), l.Word(), string(l) == s.Level})
		}
	}
	return f
}

// rollLead says what is summed.
func rollLead(s *aggregate.Sum) string {
	whose := s.Whose()
	if s.Kind != "" {
		whose += "中的" + bodies.Kind(s.Kind).Word()
	}
	if s.Level != "" {
		whose += "（" + bodies.Level(s.Level).Word() + "）"
	}
	n := s.Counts[aggregate.Counted]
	lead := fmt.Sprintf("%s：应汇总 %d 个，已计入 %d 个", whose, len(s.Bodies), n)
	if left := len(s.Bodies) - n; left > 0 {
		lead += fmt.Sprintf("，未计入 %d 个", left)
	}
	return lead + "。"
}

// viewRollDoubts lists what has to be known, with the bodies.
func viewRollDoubts(s *aggregate.Sum) (out []rollDoubt) {
	for i := range s.Warnings {
		w := &s.Warnings[i]
		d := rollDoubt{Text: w.Message, Class: "warning"}
		switch w.Code {
		case "bodies_missing", "bodies_failed", "bodies_undated", "bodies_without_tables", "results_lost", "outside":
			d.Class = "error"
		case "corrected", "no_list", "partial_view":
			d.Class = "info"
		}
		for _, at := range w.Bodies {
			b := &s.Bodies[at]
			l := link{Text: b.Name}
			if m := markOf(w.Code); m != "" {
				l.Text += "（" + strconv.Itoa(b.Cells.Of(m)) + " 格）"
			}
			if b.ReportID != "" {
				l.Href = "/reports/" + b.ReportID
			}
			d.Bodies = append(d.Bodies, l)
		}
		if w.Code == "outside" {
			for _, name := range s.Outside {
				d.Bodies = append(d.Bodies, link{Text: name})
			}
		}
		out = append(out, d)
	}
	return out
}

// markOf is the mark of cells that a warning is about; empty where it is about none.
func markOf(code string) aggregate.Mark {
	switch code {
	case "cells_blank":
		return aggregate.Blank
	case "cells_unreadable":
		return aggregate.Unreadable
	case "cells_absent":
		return aggregate.Absent
	case "cells_conflicting":
		return aggregate.Conflicting
	case "corrected":
		return aggregate.Corrected
	}
	return ""
}

// beside is the comparison with the report above.
func (v *rollView) beside() *rollBeside {
	above := v.Above
	out := &rollBeside{Name: above.Name, Reason: above.Reason, OwnIncluded: above.OwnIncluded}
	if above.ReportID != "" {
		out.Href = "/reports/" + above.ReportID
	}
	f := v.Form(above.Form)
	if !above.Compared || f == nil {
		return out
	}
	for i := range f.Cells {
		c := &f.Cells[i]
		if c.Own == nil {
			continue
		}
		switch c.Own.Verdict {
		case aggregate.Agrees:
			out.Agree++
		case aggregate.Open:
			out.Open++
		case aggregate.TooLow, aggregate.TooHigh:
			out.Wrong = append(out.Wrong, rollWrong{Name: c.Name, Href: v.Filter.cell(f.Form, c.Path), Own: str((*string)(c.Own.Value)), Sum: shownSum(c), Word: c.Own.Verdict.Word()})
		case aggregate.Nothing:
		}
	}
	return out
}

// cell is the address of the page of a cell.
func (f *rollFilter) cell(formID, path string) string {
	return f.at("/aggregate/cell", "form", formID, "cell", strings.TrimPrefix(path, "/report/"))
}

func shownSum(c *aggregate.Cell) string {
	if c.Sum == nil {
		return "—"
	}
	return string(*c.Sum)
}

// viewRollForm lays the sums of a form out.
func (p *Pages) viewRollForm(v *rollView, f *aggregate.FormSum) rollForm {
	out := rollForm{ID: f.Form, Title: formText(f.Form), FormSum: f}
	cells := make(map[string]*aggregate.Cell, len(f.Cells))
	for i := range f.Cells {
		c := &f.Cells[i]
		cells[c.Path] = c
		if c.Merged && c.Contributors+c.Lacking() > 0 {
			out.merge(c, v.Filter.cell(f.Form, c.Path))
		}
	}
	at := slices.IndexFunc(p.cfg.Forms, func(x form.Form) bool { return x.ID == f.Form })
	if at < 0 {
		return out
	}
	for i := range p.cfg.Forms[at].Tables {
		t := &p.cfg.Forms[at].Tables[i]
		view := tableView{ID: "sum-" + f.Form + "-" + t.Key, Title: t.Title}
		view.fill(t, func(c *cellView, paper *form.PaperCell, name string) {
			c.sum(cells[paper.Path], name, v.Filter.cell(f.Form, paper.Path))
		})
		out.Tables = append(out.Tables, view)
	}
	return out
}

func (f *rollForm) merge(c *aggregate.Cell, href string) {
	row, column, _ := strings.Cut(c.Name, "·")
	if n := len(f.Merged); n == 0 || f.Merged[n-1].Row != row {
		f.Merged = append(f.Merged, rollMerged{Row: row})
	}
	m := &f.Merged[len(f.Merged)-1]
	m.N = max(m.N, c.Contributors+c.Lacking())
	m.Cells = append(m.Cells, rollMergedCell{Name: column, Sum: shownSum(c), Href: href})
}

// sum fills in a cell of sums.
func (c *cellView) sum(cell *aggregate.Cell, name, href string) {
	if cell == nil {
		return
	}
	c.Shown, c.Class, c.Href = shownSum(cell), "value", href
	c.Hint = name + "：" + told(cell)
	wrong := wrongOwn(cell)
	switch {
	case cell.Sum == nil:
		c.Class += " is-blank"
	case wrong:
		c.Class += " has-error"
	case cell.Doubtful():
		c.Class += " has-warning"
	case len(cell.Corrected) > 0:
		c.Class += " corrected"
	}
	if wrong {
		c.Note = "报 " + str((*string)(cell.Own.Value))
		c.Hint += "；" + cell.Own.Verdict.Word()
	}
}

// told says what a sum is of.
func told(c *aggregate.Cell) string {
	said := "没有一个单位有数"
	if c.Sum != nil {
		said = strconv.Itoa(c.Contributors) + " 个单位之和"
	}
	for _, m := range aggregate.AllMarks() {
		if n := len(c.Of(m)); n > 0 {
			said += fmt.Sprintf("，%d 个%s", n, m.Word())
		}
	}
	return said
}

// conditions are the conditions of an address, as they are read one by one.
type conditions struct {
	in, values url.Values // as they came, and those that are understood
	mistake    string
}

// take is the condition of that name, cut to most characters; empty where there is none or
// it is not understood, which mistake says.
func (c *conditions) take(name string, understood bool, most int) string {
	v := short(c.in.Get(name), most)
	if v == "" {
		return ""
	}
	if !understood {
		c.mistake = "网址中有看不懂的条件，以下没有按它筛选。"
		return ""
	}
	c.values.Set(name, v)
	return v
}
