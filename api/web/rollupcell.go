package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"nianbao/convert/aggregate"
	"nianbao/convert/aggregate/collect"
	"nianbao/convert/figures"
)

// rollCellView is one cell of the sums with what every body says of it: the doubtful
// first, then those that state more than 0, those that state 0, and those that are not in
// the sum.
type rollCellView struct {
	Year         int
	Name, Table  string
	Shown, Unit  string // the sum
	Told         string
	Above, Own   string // what the report above says; empty: not compared
	Wrong        bool
	Elsewhere    []string // the same cell in the sums of other forms
	Back         string
	Compare      string // address of the comparison of the same figure; empty: there is none
	Doubtful     []rollLine
	Stated       []rollLine
	Zero, Others []rollLine
}

// rollLine is one body.
type rollLine struct {
	Name, Href, Figure, Unit, Why string
}

// RollUpCell shows what the sum of a cell is made of.
func (p *Pages) RollUpCell(w http.ResponseWriter, r *http.Request) error {
	q, values, _ := rollQuery(r.URL.Query())
	sel, err := p.cfg.RollUps.Select(r.Context(), q)
	if err != nil {
		return err
	}
	id, key := short(r.URL.Query().Get("form"), 20), short(r.URL.Query().Get("cell"), 200)
	of, err := p.cfg.RollUps.Cell(r.Context(), sel, id, "/report/"+key)
	if err != nil {
		return err
	}
	f, c := viewRollFilter(values, sel), &of.Cell
	table, _, _ := strings.Cut(key, "/")
	v := &rollCellView{Year: sel.Year, Name: c.Name, Table: c.Table + "（" + formText(id) + "）", Shown: shownSum(c), Unit: c.Unit, Told: told(c),
		Back: f.at("/aggregate") + "#sum-" + id + "-" + table}
	if c.Merged {
		v.Name += "（几行并填）"
	}
	if c.Own != nil {
		v.Above, v.Own, v.Wrong = of.Sum.Above.Name, ownText(c.Own), wrongOwn(c)
	}
	if of.Missing > 0 {
		v.Told += "，" + strconv.Itoa(of.Missing) + " 个单位未计入"
	}
	v.elsewhere(of, "/report/"+key)
	if _, ok := figures.Lookup(key); ok && p.cfg.Comparisons != nil {
		v.Compare = "/compare?" + url.Values{"year": {strconv.Itoa(sel.Year)}, "cell": {key}}.Encode()
	}
	for i := range of.Bodies {
		v.line(&of.Bodies[i], of)
	}
	return p.render(w, r, "rollupcell", layout{Title: strconv.Itoa(sel.Year) + "年度汇总的一格", Nav: "home", Body: v})
}

// wrongOwn tells whether the report above is at odds with the sum.
func wrongOwn(c *aggregate.Cell) bool {
	return c.Own != nil && (c.Own.Verdict == aggregate.TooLow || c.Own.Verdict == aggregate.TooHigh)
}

// ownText says what the report above has.
func ownText(o *aggregate.Own) string {
	if o.Value == nil {
		return "没有可用的数字：" + o.Verdict.Word()
	}
	return "填 " + string(*o.Value) + "：" + o.Verdict.Word()
}

// elsewhere names the sums of the cell in other forms, which are not added.
func (v *rollCellView) elsewhere(of *collect.Detail, path string) {
	for i := range of.Sum.Forms {
		f := &of.Sum.Forms[i]
		if c := f.Cell(path); f.Form != of.Form && c != nil {
			v.Elsewhere = append(v.Elsewhere, formText(f.Form)+"的同一格（"+c.Name+"）合计 "+shownSum(c)+"（"+told(c)+"），没有相加")
		}
	}
}

// line puts a body where it belongs.
func (v *rollCellView) line(b *collect.Line, of *collect.Detail) {
	l := rollLine{Name: b.Name, Unit: b.Unit, Figure: b.Text}
	if b.ReportID != "" {
		l.Href = "/reports/" + b.ReportID
		if b.State == aggregate.Counted && b.Form == of.Form {
			l.Href += "#" + anchor(of.Cell.Path)
		}
	}
	if b.Value != nil {
		l.Figure = string(*b.Value)
	}
	var why []string
	for _, m := range b.Marks {
		why = append(why, aggregate.Mark(m).Word())
	}
	l.Why = strings.Join(why, "、")
	switch {
	case b.State != aggregate.Counted:
		l.Why = b.State.Word()
		v.Others = append(v.Others, l)
	case b.Form != of.Form:
		l.Why = "用的是" + formText(b.Form)
		v.Others = append(v.Others, l)
	case l.Why != "":
		v.Doubtful = append(v.Doubtful, l)
	case b.Value != nil && b.Value.Float() != 0:
		v.Stated = append(v.Stated, l)
	case b.Value != nil || b.Text != "":
		v.Zero = append(v.Zero, l)
	}
}
