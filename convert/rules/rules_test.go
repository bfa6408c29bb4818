package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// TestCleanReports: reports that keep everything have no finding, and every rule
// was judged or does not apply.
func TestCleanReports(t *testing.T) {
	for _, f := range form.All() {
		for seed := range uint64(200) {
			x := newFixture(t, f.ID, seed)
			v := x.judge()
			if v.Status != "pass" || len(v.Findings) > 0 {
				t.Fatalf("form %s seed %d: %s", f.ID, seed, dump(v))
			}
			for _, o := range v.Rules {
				if o.Outcome != report.Passed && o.Outcome != report.NotApplicable {
					t.Fatalf("form %s: %s is %s", f.ID, o.ID, o.Outcome)
				}
				if o.Outcome == report.NotApplicable && (o.Reason == nil || *o.Reason == "") {
					t.Errorf("form %s: %s gives no reason", f.ID, o.ID)
				}
			}
		}
	}
}

// TestCatalogue: ids are unique, the texts are there, and every relation of
// every form has its rule.
func TestCatalogue(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range Catalogue() {
		if ids[r.ID] {
			t.Errorf("%s twice", r.ID)
		}
		ids[r.ID] = true
		if r.Title == "" || r.Description == "" || r.Grounds() == "" || r.judge == nil || !strings.Contains(r.ID, ".") {
			t.Errorf("%s is incomplete", r.ID)
		}
		if r.Severity != report.SeverityError && r.Severity != report.SeverityWarning && r.Severity != report.SeverityInfo {
			t.Errorf("%s: severity %q", r.ID, r.Severity)
		}
		for _, id := range r.Forms {
			if _, ok := form.Lookup(id); !ok {
				t.Errorf("%s: no form %s", r.ID, id)
			}
		}
		if !strings.Contains(Markdown(Catalogue()), "`"+r.ID+"`") {
			t.Errorf("%s is not in the documentation", r.ID)
		}
	}
	for _, f := range form.All() {
		for _, r := range f.Relations {
			if !ids[r.Rule] {
				t.Errorf("form %s: relation of unknown rule %s", f.ID, r.Rule)
			}
		}
	}
}

// TestPublishedSeverities holds the severities to the published catalogue.
func TestPublishedSeverities(t *testing.T) {
	want := map[string]report.Severity{}
	for level, list := range map[report.Severity]string{
		report.SeverityError: "applications.balance applications.outcome_total applications.row_total legal_challenges.row_total table.missing " +
			"table.cell_negative table.cell_fraction structure.section_missing structure.form_outdated identity.year_mismatch privacy.id_number privacy.applicant_name wording.grave narrative.table_conflict",
		report.SeverityWarning: "identity.title_missing table.cell_blank table.cell_not_number table.row_ambiguous structure.section_order structure.section_empty structure.aspect_missing " +
			"structure.document_number identity.signed_early logic.regulations_level logic.public_below_disclosed privacy.mobile_number wording.residue identity.foreign_agency privacy.bank_account identity.late " +
			"logic.decisions_misread logic.change_sign logic.zero_applications logic.fee_unreported document.page_unreadable " +
			"narrative.sum narrative.enumeration narrative.two_values narrative.percentage narrative.balance narrative.unit",
		report.SeverityInfo: "identity.title_wording",
	} {
		for _, id := range strings.Fields(list) {
			want[id] = level
		}
	}
	for _, r := range Catalogue() {
		if want[r.ID] != r.Severity {
			t.Errorf("%s: severity %q, published %q", r.ID, r.Severity, want[r.ID])
		}
		delete(want, r.ID)
	}
	if len(want) > 0 {
		t.Errorf("not implemented: %v", want)
	}
}

// TestDeterministic: the same input gives the same bytes, and a report without
// anything is judged without panic.
func TestDeterministic(t *testing.T) {
	x := newFixture(t, "2021", 3)
	x.set("/report/applications/new/business", "999")
	x.state("/report/applications/granted/total", report.StateBlank, "")
	x.say("请联系手机13812345678。")
	first, err := json.Marshal(x.judge())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		again, err := json.Marshal(x.judge())
		if err != nil || !bytes.Equal(first, again) {
			t.Fatalf("differs: %v\n%s\n%s", err, first, again)
		}
	}
	empty := Judge(Input{})
	if empty.Status != "fail" || len(empty.Rules) != len(Catalogue()) {
		t.Errorf("empty input: %s", dump(empty))
	}
}

// TestBrokenRule: a rule that panics could not judge; the others could.
func TestBrokenRule(t *testing.T) {
	list := Catalogue()
	list[0].judge = func(*context) *verdict { panic("index out of range") }
	x := newFixture(t, "2021", 1)
	var told string
	v := Judge(Input{Reading: x.reading, Document: x.doc, Rules: list, Broken: func(rule string, panicked any, stack []byte) {
		told += fmt.Sprint(rule, " ", panicked, len(stack) > 0)
	}})
	if told != list[0].ID+" index out of rangetrue" {
		t.Errorf("told %q", told)
	}
	if o := v.Rules[0]; o.Outcome != report.Undetermined || o.Reason == nil || !strings.HasPrefix(*o.Reason, Broken) {
		t.Errorf("%s", dump(o))
	}
	if len(v.Rules) != len(list) || v.Status != "warn" || v.Rules[1].Outcome == report.Undetermined {
		t.Errorf("%s", dump(v))
	}
}

// TestStatus: errors fail, warnings and undetermined rules warn, infos pass.
func TestStatus(t *testing.T) {
	cases := []struct {
		name, want string
		change     func(*fixture)
	}{
		{"clean", "pass", func(*fixture) {}},
		{"info", "pass", func(x *fixture) {
			x.reading.Report.Title = ptr(testAgency + "2021年度政府信息公开工作年度报告")
		}},
		{"warning", "warn", func(x *fixture) { x.say("手机13812345678。") }},
		{"undetermined", "warn", func(x *fixture) { x.drop("/report/applications/granted/research") }},
		{"error", "fail", func(x *fixture) { x.set("/report/applications/new/research", "77") }},
	}
	for _, c := range cases {
		x := newFixture(t, "2021", 1)
		c.change(x)
		if v := x.judge(); v.Status != c.want || v.Errors+v.Warnings+v.Infos != len(v.Findings) {
			t.Errorf("%s: %s", c.name, dump(v))
		}
	}
}

// TestFindingJSON: numbers are JSON numbers, paths are never null.
func TestFindingJSON(t *testing.T) {
	x := newFixture(t, "2021", 1)
	x.set("/report/applications/new/research", "77")
	b, err := json.Marshal(x.judge())
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Findings []struct {
			ID               string
			Paths            []string
			Expected, Actual any
		}
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Findings) != 2 {
		t.Fatalf("%s", b)
	}
	for _, f := range got.Findings {
		_, expected := f.Expected.(float64)
		_, actual := f.Actual.(float64)
		if !expected || !actual || len(f.Paths) == 0 || len(f.ID) != 12 {
			t.Errorf("%+v", f)
		}
	}
}

// TestMarkdown: the documentation table has a line a rule.
func TestMarkdown(t *testing.T) {
	table := Markdown(Catalogue())
	if rows := strings.Count(table, "\n"); rows != len(Catalogue())+2 {
		t.Errorf("%d lines for %d rules", rows, len(Catalogue()))
	}
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		if strings.Count(line, "|") != 6 {
			t.Errorf("not five columns: %s", line)
		}
	}
}
