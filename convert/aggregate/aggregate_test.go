package aggregate_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/aggregate"
	"nianbao/convert/fixture"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

const (
	year      = 2023
	penalties = "/report/proactive_disclosure/administrative_penalties/decisions"
	fees      = "/report/proactive_disclosure/administrative_fees/amount_10k_yuan"
	bought    = "/report/proactive_disclosure/government_procurement/amount_yuan"
	newTotal  = "/report/applications/new/total"
)

// made is a result of a made report.
func made(seed uint64, formID string) *report.Result {
	r := fixture.Of(seed, formID, "云溪县教育局", year)
	res := &report.Result{Report: r.Report, Provenance: map[string]report.Place{}}
	for _, c := range r.Form.Cells() {
		place(res, c.Path, string(*node(res, c.Path).Value), report.StateNumber)
	}
	return res
}

func node(res *report.Result, path string) *report.Node {
	table, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	return res.Report.Table(table).At(rest)
}

// place prints a text in a cell.
func place(res *report.Result, path, text string, state report.State) {
	n := node(res, path)
	if n.Value = nil; state == report.StateNumber {
		v := report.Number(text)
		n.Value = &v
	}
	res.Provenance[path] = report.Place{Text: text, State: state}
}

func in(res *report.Result, path, unit string) {
	p := res.Provenance[path]
	p.Unit = &unit
	res.Provenance[path] = p
}

func sum(results ...*report.Result) *aggregate.Sum {
	a := aggregate.NewAdder(aggregate.Selection{Year: year, Listed: true, Bodies: make([]aggregate.Body, len(results))}, form.All())
	for i, res := range results {
		a.Add(i, res)
	}
	return a.Sum()
}

// Nothing but a number or a placeholder is added, and a sum of nothing is none.
func TestNeverASilentZero(t *testing.T) {
	for what, tt := range map[string]struct {
		text  string
		state report.State
		mark  aggregate.Mark // empty: it is added
		sum   string         // empty: there is none
	}{
		"a zero":          {"0", report.StateNumber, "", "0"},
		"a placeholder":   {"/", report.StatePlaceholder, "", "0"},
		"a blank":         {"", report.StateBlank, aggregate.Blank, ""},
		"a text":          {"若干", report.StateText, aggregate.Unreadable, ""},
		"an unclear row":  {"3", report.StateAmbiguous, aggregate.Unreadable, ""},
		"a hostile digit": {"1e999999999", report.StateNumber, aggregate.Unreadable, ""},
	} {
		res := made(1, "2021")
		place(res, penalties, tt.text, tt.state)
		c := sum(res).Forms[0].Cell(penalties)
		if got := c.Sum; (got == nil) != (tt.sum == "") || got != nil && string(*got) != tt.sum {
			t.Errorf("%s: the sum is %v", what, got)
		}
		for _, m := range aggregate.AllMarks() {
			if want := m == tt.mark; slices.Equal(c.Of(m), []int{0}) != want {
				t.Errorf("%s: %s %v", what, m, c.Of(m))
			}
		}
	}
	res := made(1, "2021")
	res.Report.ProactiveDisclosure = nil
	delete(res.Provenance, penalties)
	if c := sum(res).Forms[0].Cell(penalties); c.Sum != nil || len(c.Absent) != 1 {
		t.Errorf("without the table: %+v", c)
	}
}

// Amounts are added in one unit; without a unit they are not added, but for 0.
func TestUnits(t *testing.T) {
	with := func(formID, path, amount, unit string) *report.Result {
		res := made(2, formID)
		place(res, path, amount, report.StateNumber)
		if unit != "" {
			in(res, path, unit)
		}
		return res
	}
	c := sum(with("2021", fees, "1.5", ""), with("2021", fees, "25000", "元"), with("2021", fees, "0.0001", "亿元"), with("2021", fees, "3", "个")).Forms[0].Cell(fees)
	if *c.Sum != "5" || c.Unit != "万元" || !slices.Equal(c.NoUnit, []int{3}) {
		t.Errorf("%s %s, %v without", *c.Sum, c.Unit, c.NoUnit)
	}
	c = sum(with("2019", bought, "1.5", "万元"), with("2019", bought, "7", ""), with("2019", bought, "0", "")).Forms[0].Cell(bought)
	if *c.Sum != "15000" || c.Unit != "元" || !slices.Equal(c.NoUnit, []int{1}) || c.Contributors != 2 {
		t.Errorf("%s %s, %v without", *c.Sum, c.Unit, c.NoUnit)
	}
}

// A broken sum of the report's own is told, unless people say that it is none.
func TestConflicts(t *testing.T) {
	res := made(3, "2021")
	res.Validation.Findings = []report.Finding{{ID: "f", Rule: "applications.row_total", Paths: []string{newTotal}}, {ID: "g", Rule: "table.cell_blank", Paths: []string{penalties}}}
	s := sum(res)
	if c := s.Forms[0].Cell(newTotal); len(c.Conflicting) != 1 || c.Sum == nil || len(s.Forms[0].Cell(penalties).Conflicting) != 0 {
		t.Errorf("%+v", c)
	}
	res.Review = &report.Review{Decisions: []report.Decision{{Finding: "f", Verdict: report.Dismissed}}}
	if c := sum(res).Forms[0].Cell(newTotal); len(c.Conflicting) != 0 {
		t.Errorf("dismissed: %+v", c)
	}
	res.Review = &report.Review{Validation: &report.Validation{}}
	if c := sum(res).Forms[0].Cell(newTotal); len(c.Conflicting) != 0 {
		t.Errorf("mended: %+v", c)
	}
}

func TestBeside(t *testing.T) {
	number := func(n int64) aggregate.Figure {
		return aggregate.Figure{State: report.StateNumber, Value: big.NewRat(n, 1)}
	}
	blank, text := aggregate.Figure{State: report.StateBlank}, aggregate.Figure{State: report.StateText}
	for what, tt := range map[string]struct {
		own   aggregate.Figure
		below []aggregate.Figure
		exact bool
		want  aggregate.Verdict
	}{
		"the sum":                   {number(3), []aggregate.Figure{number(1), number(2)}, true, aggregate.Agrees},
		"less":                      {number(2), []aggregate.Figure{number(1), number(2)}, false, aggregate.TooLow},
		"less than what is known":   {number(2), []aggregate.Figure{number(3), blank}, false, aggregate.TooLow},
		"more, own among them":      {number(4), []aggregate.Figure{number(1), number(2)}, true, aggregate.TooHigh},
		"more, own not known":       {number(4), []aggregate.Figure{number(1), number(2)}, false, aggregate.Agrees},
		"more, one of them unknown": {number(4), []aggregate.Figure{number(1), text}, true, aggregate.Open},
		"unknown above":             {text, []aggregate.Figure{number(1)}, true, aggregate.Open},
		"nobody says anything":      {blank, []aggregate.Figure{blank}, true, aggregate.Nothing},
		"a blank for something":     {blank, []aggregate.Figure{number(1)}, true, aggregate.Open},
	} {
		var total aggregate.Total
		for _, f := range tt.below {
			total.Add(f)
		}
		if got := total.Beside(tt.own, tt.exact); got != tt.want {
			t.Errorf("%s: %s, want %s", what, got, tt.want)
		}
	}
}
