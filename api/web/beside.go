package web

import (
	"net/url"
	"strconv"
	"strings"

	"nianbao/convert/report"
)

// besideView is what the report's validation says beside other archived reports.
type besideView struct {
	Items  []besideItem
	Rules  []ruleView
	Judged bool // there was something to compare with
}

// besideItem is one finding with the places of both reports.
type besideItem struct {
	Severity             report.Severity
	Message, Rule, Title string
	Pairs                []pairView
	More                 int // pairs that are not shown
	Anchor               string
	Decide               *decideForm
}

// pairView is a place of this report beside one of another.
type pairView struct {
	Own, Other      link
	Text, OtherText string
}

// maxPairs is how many places of a finding are shown side by side.
const maxPairs = 8

func (p *Pages) viewBeside(c *report.Context, view *reportView) *besideView {
	if c == nil {
		return nil
	}
	res := view.Result
	v := &besideView{}
	names := cellNames(p.form(res.Report.Form), &res.Report)
	for i := range c.Findings {
		f := &c.Findings[i]
		item := besideItem{Severity: f.Severity, Message: f.Message, Rule: f.Rule, Title: p.rules[f.Rule].Title}
		item.Anchor = "beside-" + strconv.Itoa(i+1)
		item.Decide = view.Review.decide(f.ID, item.Anchor, view.Mistake)
		if item.Decide != nil && item.Decide.Mistake != "" {
			view.Mistake = nil // it is told at the form
		}
		item.More = max(0, len(f.Compared)-maxPairs)
		for k := range f.Compared[:len(f.Compared)-item.More] {
			x := &f.Compared[k]
			item.Pairs = append(item.Pairs, pairView{
				Own: placeOf(x.Path, names, res), Text: x.Text,
				Other: link{"/reports/" + url.PathEscape(x.Report) + "#" + anchor(strings.TrimSuffix(x.Other, "/text")), otherName(x)}, OtherText: x.OtherText,
			})
		}
		v.Items = append(v.Items, item)
	}
	for _, o := range c.Rules {
		v.Judged = v.Judged || o.Outcome != report.NotApplicable
		v.Rules = append(v.Rules, ruleView{ID: o.ID, Title: p.rules[o.ID].Title, Reason: str(o.Reason), Badge: outcomeText(o.Outcome)})
	}
	return v
}

// otherName is what the page calls the other report.
func otherName(x *report.Compared) string {
	name := x.Agency
	if name == "" {
		name = "另一份报告"
	}
	if x.Year != 0 {
		name += "（" + strconv.Itoa(x.Year) + "年度）"
	}
	return name
}
