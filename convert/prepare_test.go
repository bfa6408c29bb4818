package convert

import (
	"strings"
	"testing"

	"nianbao/convert/report"
	"nianbao/extract"
)

// TestUsualIsAReport: the text that Prepare converts is read as a report, so that it
// asks for what reports ask for.
func TestUsualIsAReport(t *testing.T) {
	res := Convert(&extract.Extraction{Document: usualDocument()}, report.Source{}, Options{})
	if r := res.Report; r.Year == nil || *r.Year != 2021 || len(r.NarrativeClaims) < 10 {
		t.Errorf("read as the report of %v with %d claims", r.Year, len(r.NarrativeClaims))
	}
	for _, f := range res.Validation.Findings {
		if !strings.HasPrefix(f.Rule, "table.") && !strings.HasPrefix(f.Rule, "structure.") {
			t.Errorf("%s: %s", f.Rule, f.Message)
		}
	}
}
