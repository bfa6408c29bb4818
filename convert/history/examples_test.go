package history

import (
	"regexp"
	"strconv"
	"testing"

	"nianbao/convert/report"
	"nianbao/convert/rules"
)

// titleForm parts the title of an example into agency and year.
var titleForm = regexp.MustCompile(`^(.+)(\d{4})年政府信息公开工作年度报告$`)

// excerptOf makes the report that an example shows a part of.
func excerptOf(t *testing.T, title, text string, figures []rules.Figure) Archived {
	t.Helper()
	m := titleForm.FindStringSubmatch(title)
	if m == nil {
		t.Fatalf("the title %q names no agency and year", title)
	}
	year, err := strconv.Atoi(m[2])
	if err != nil {
		t.Fatal(err)
	}
	a := made(t, title, m[1], year).says(text)
	for _, f := range figures {
		a.set(f.Path, f.Value)
	}
	return a
}

// compared is what the rule gets to see of a passage: bodies is what the list has below
// the agency.
func compared(t *testing.T, p *rules.Passage, bodies []rules.Excerpt) Input {
	t.Helper()
	in := Input{Own: excerptOf(t, p.Title, p.Text, p.Figures)}
	archived := map[string]bool{}
	below := Rollup{OwnIncluded: true}
	for _, e := range p.Archived {
		a := excerptOf(t, e.Title, e.Text, e.Figures)
		archived[e.Title] = true
		if *a.Result.Report.Agency == *in.Own.Result.Report.Agency {
			in.Previous = &a
			continue
		}
		below.Children = append(below.Children, a)
	}
	if in.Previous != nil {
		return in
	}
	for _, e := range bodies {
		if !archived[e.Title] {
			below.Missing, below.Children = append(below.Missing, titleForm.FindStringSubmatch(e.Title)[1]), nil
		}
	}
	in.Rollup = &below
	return in
}

// Every rule has an example; the wrong one fails it and the right one does not.
func TestExamples(t *testing.T) {
	for _, rule := range Catalogue() {
		e, ok := ExampleOf(rule.ID)
		if !ok {
			t.Errorf("%s has no example", rule.ID)
			continue
		}
		if got, _ := judged(t, compared(t, &e.Wrong, e.Right.Archived), rule.ID); got != report.Failed {
			t.Errorf("%s: the wrong example is %s", rule.ID, got)
		}
		if got, found := judged(t, compared(t, &e.Right, e.Right.Archived), rule.ID); got != report.Passed {
			t.Errorf("%s: the right example is %s: %+v", rule.ID, got, found)
		}
	}
}
