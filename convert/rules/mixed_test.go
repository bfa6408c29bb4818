package rules

import (
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// TestMixedForms: a table is judged by the relations of the form it is of, not
// by those of the form most tables are of.
func TestMixedForms(t *testing.T) {
	const rule = "applications.outcome_total"
	x := newFixture(t, "2021", 3)
	old, ok := form.Lookup("2019")
	if !ok {
		t.Fatal("no form 2019")
	}
	own := x.reading.Form
	x.reading.Form = &old
	x.reading.TableForms = map[string]*form.Form{"applications": own}
	if o, findings := outcome(t, x.judge(), rule); o.Outcome != report.Passed {
		t.Errorf("right figures: %s", dump(findings))
	}
	// A row that only the newer form has counts in its total.
	x.set(apps+"other_outcome/unpaid_fee/total", "77")
	if o, _ := outcome(t, x.judge(), rule); o.Outcome != report.Failed {
		t.Errorf("wrong figures: %s", o.Outcome)
	}
}
