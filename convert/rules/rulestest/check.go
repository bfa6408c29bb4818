package rulestest

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

// The least a rule must reach (issue 5, acceptance 2).
const (
	MinPrecision = 0.98
	MinRecall    = 0.95
)

// openCases are the cases that the rules do not judge rightly yet, by their marks.
//
//go:embed open.txt
var openCases string

// isOpen reports whether a mark is one of openCases.
func isOpen(mark string) bool {
	return slices.Contains(strings.Split(openCases, "\n"), strings.ReplaceAll(mark, "\n", `\n`))
}

// Check scores the cases, prints the table and fails where a rule does worse
// than MinPrecision or MinRecall, where no case of the set is about it, and where a case is judged
// wrongly that open.txt does not have, or rightly though it has it.
func Check(t *testing.T, cases []Case, ids ...string) {
	t.Helper()
	r, err := Score(cases, ids...)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d cases\n%s", len(cases), r)
	const most = 400
	for _, n := range r.Notes[:min(len(r.Notes), most)] {
		t.Log(n)
	}
	r.checkMarks(t)
	const enough = 40 // cases that a share says something of
	for i := range r.Tallies {
		y := &r.Tallies[i]
		switch {
		case y.Found+y.Missed == 0:
			t.Errorf("%s: no case with a mistake", y.Rule)
		case y.Found+y.Missed >= enough && (y.Precision() < MinPrecision || y.Recall() < MinRecall):
			t.Errorf("%s: precision %.4f, recall %.4f", y.Rule, y.Precision(), y.Recall())
		}
	}
}

// checkMarks fails where a case is judged otherwise than open.txt says.
func (r *Result) checkMarks(t *testing.T) {
	t.Helper()
	for _, m := range r.Marks {
		if !isOpen(m) {
			t.Errorf("judged wrongly, and not in open.txt: %s", m)
		}
	}
	for _, m := range r.Right {
		if isOpen(m) {
			t.Errorf("judged rightly: take it out of open.txt: %s", m)
		}
	}
}

// Split parts the cases by HeldOut.
func Split(cases []Case) (known, heldOut []Case) {
	for i := range cases {
		if cases[i].HeldOut {
			heldOut = append(heldOut, cases[i])
		} else {
			known = append(known, cases[i])
		}
	}
	return known, heldOut
}
