package rulestest

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"nianbao/convert/form"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/convert/rules"
)

var reader = sync.OnceValue(func() *mapping.Reader { return mapping.NewReader(form.All()) })

// Run judges the report of a case.
func Run(c *Case) (report.Validation, error) {
	doc, err := c.Document()
	if err != nil {
		return report.Validation{}, err
	}
	v := rules.Judge(rules.Input{Reading: reader().Read(doc), Document: doc})
	for i := range v.Rules {
		if o := &v.Rules[i]; o.Reason != nil && strings.HasPrefix(*o.Reason, rules.Broken) {
			return v, fmt.Errorf("rulestest: %s: %s: %s", c.Name, o.ID, *o.Reason)
		}
	}
	return v, nil
}

// Tally is how a rule did over many cases.
type Tally struct {
	Rule string
	// Found and Missed are the cases that name the rule; False those that do not
	// and where it found something; Quiet the rest.
	Found, Missed, False, Quiet int
}

// Precision is the share of right findings among all; 1 where there are none.
func (t *Tally) Precision() float64 { return share(t.Found, t.False) }

// Recall is the share of mistakes found; 1 where none was planted.
func (t *Tally) Recall() float64 { return share(t.Found, t.Missed) }

func share(good, bad int) float64 {
	if good+bad == 0 {
		return 1
	}
	return float64(good) / float64(good+bad)
}

// Result is the score of a set of cases.
type Result struct {
	Tallies []Tally // in the order of the rules asked for
	// Notes has a line for every missed mistake and every false alarm.
	Notes []string
	// Marks are the same without the name of the case and what was found: "MISSED rule text".
	Marks []string
	// Right are the marks that cases would have had, had they been judged wrongly.
	Right []string
}

// Score judges the cases and counts for each of the rules.
func Score(cases []Case, ids ...string) (*Result, error) {
	out := &Result{Tallies: make([]Tally, len(ids))}
	for i, id := range ids {
		out.Tallies[i].Rule = id
	}
	for i := range cases {
		c := &cases[i]
		v, err := Run(c)
		if err != nil {
			return nil, err
		}
		for k := range out.Tallies {
			out.count(&out.Tallies[k], c, &v)
		}
	}
	return out, nil
}

func (r *Result) count(t *Tally, c *Case, v *report.Validation) {
	var messages []string
	for _, f := range v.Findings {
		if f.Rule == t.Rule {
			messages = append(messages, f.Message)
		}
	}
	found, want := len(messages) > 0, slices.Contains(c.Want, t.Rule)
	missed, alarm := "MISSED "+t.Rule+" "+c.Text, "FALSE "+t.Rule+" "+c.Text
	switch {
	case found && want:
		t.Found++
		r.Right = append(r.Right, missed)
	case want:
		t.Missed++
		r.Notes = append(r.Notes, "MISSED "+t.Rule+" "+c.Name+": "+c.Text)
		r.Marks = append(r.Marks, missed)
	case found && slices.Contains(c.MayFail, t.Rule):
	case found:
		t.False++
		r.Notes = append(r.Notes, "FALSE  "+t.Rule+" "+c.Name+": "+c.Text+" → "+strings.Join(messages, " | "))
		r.Marks = append(r.Marks, alarm)
	default:
		t.Quiet++
		r.Right = append(r.Right, alarm)
	}
}

// String is a table with a line a rule.
func (r *Result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-28s %6s %6s %6s %6s  %9s %6s\n", "rule", "found", "missed", "false", "quiet", "precision", "recall")
	for i := range r.Tallies {
		t := &r.Tallies[i]
		fmt.Fprintf(&b, "%-28s %6d %6d %6d %6d  %9.4f %6.4f\n", t.Rule, t.Found, t.Missed, t.False, t.Quiet, t.Precision(), t.Recall())
	}
	return b.String()
}
