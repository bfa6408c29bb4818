package figures_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"nianbao/convert/figures"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
)

func resultOf(r *fixture.Report) *report.Result {
	return &report.Result{Report: r.Report, Provenance: map[string]report.Place{}}
}

func put(res *report.Result, key, text string, state report.State) {
	n := res.Report.Table("applications").At(key)
	n.Value = nil
	if state == report.StateNumber {
		v := report.Number(text)
		n.Value = &v
	}
	res.Provenance["/report/applications/"+key] = report.Place{Text: text, State: state}
}

// Every kind of outcome adds up to the total, in both forms.
func TestOutcomesAddUp(t *testing.T) {
	for _, form := range []string{"2019", "2021"} {
		for seed := range uint64(20) {
			s := figures.Of(resultOf(fixture.New(seed, form)))
			sum := 0.0
			for _, key := range figures.OutcomeKinds() {
				f := s.Get(key)
				if f.State != figures.Number {
					t.Fatalf("form %s: %s is %q", form, key, f.State)
				}
				sum += f.Float()
			}
			if got := s.Get(figures.Handled).Float(); got != sum {
				t.Errorf("form %s seed %d: the total is %g, the kinds add up to %g", form, seed, got, sum)
			}
			challenges := 0.0
			for _, key := range figures.ChallengeKinds() {
				challenges += s.Get(key).Float()
			}
			if got := s.Get(figures.Challenged).Float(); got != challenges {
				t.Errorf("form %s seed %d: %g challenges, not %g", form, seed, got, challenges)
			}
		}
	}
}

// What is no number does not become one.
func TestStates(t *testing.T) {
	res := resultOf(fixture.New(3, "2021"))
	put(res, "new/total", "", report.StateBlank)
	put(res, "carried_over/total", "/", report.StatePlaceholder)
	put(res, "granted/total", "若干", report.StateText)
	put(res, "unable/not_held/total", "", report.StateBlank)
	put(res, "unable/needs_creation/total", "4", report.StateNumber)
	put(res, "unable/unclear_after_correction/total", "/", report.StatePlaceholder)
	put(res, "denied/state_secret/total", "1 2", report.StateAmbiguous)
	for _, key := range []string{"petition", "repeated", "publication_request", "abusive", "confirm_or_reissue"} {
		put(res, "not_processed/"+key+"/total", "", report.StateBlank)
	}
	res.Report.LegalChallenges = nil
	s := figures.Of(res)
	stored, err := json.Marshal(res)
	if err != nil {
		t.Fatal(err)
	}
	if read, err := figures.Read(stored); err != nil || !reflect.DeepEqual(read, s) {
		t.Errorf("read from JSON the figures are others: %v", err)
	}
	for key, want := range map[string]struct {
		state figures.State
		text  string
	}{
		figures.New: {figures.Blank, "空白"}, figures.CarriedOver: {figures.Placeholder, "/"}, figures.Granted: {figures.Unreadable, "读不清"},
		figures.Unable: {figures.Partial, "4*"}, figures.Denied: {figures.Unreadable, "读不清"}, figures.NotProcessed: {figures.Blank, "空白"},
		figures.Challenged: {figures.Absent, "无此项"},
		"proactive_disclosure/normative_documents/made": {figures.Absent, "无此项"}, // of the other form
	} {
		if got := s.Get(key); got.State != want.state || got.Text() != want.text {
			t.Errorf("%s: %q %q, want %q %q", key, got.State, got.Text(), want.state, want.text)
		}
	}
}

func TestMeasures(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range figures.All() {
		if m.Key == "" || m.Label == "" || m.Short == "" || m.Group == "" || seen[m.Key] {
			t.Errorf("measure %+v", m)
		}
		seen[m.Key] = true
	}
	for key, form := range map[string]string{
		figures.New: "", figures.Denied: "", figures.Other: "", figures.Sued: "", figures.Licences: "",
		"applications/denied/state_secret/total":            "",
		"applications/other_outcome/unpaid_fee/total":       "2021",
		"proactive_disclosure/normative_documents/in_force": "2021",
		"proactive_disclosure/normative_documents/made":     "2019",
	} {
		m, ok := figures.Lookup(key)
		if !ok || m.Form != form {
			t.Errorf("%s: form %q, want %q (%v)", key, m.Form, form, ok)
		}
	}
}
