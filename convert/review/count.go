package review

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"nianbao/convert/report"
)

// Fingerprint is of what a finding compares, names and quotes: that of the same
// mistake is the same, whatever words the rule has for it.
func Fingerprint(f *report.Finding) string {
	b, err := json.Marshal([]any{f.Paths, f.Expected, f.Actual, f.Quote})
	if err != nil { // findings are JSON
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

// Count tells of each decision whether it is stale, and counts what is open. v is
// the validation that holds: of the result or, with corrections, the new one; beside
// is what is said beside other reports, nil where that is not known.
func Count(r *report.Review, v *report.Validation, beside *report.Context) {
	findings := map[string]*report.Finding{}
	for i := range v.Findings {
		findings[v.Findings[i].ID] = &v.Findings[i]
	}
	if beside != nil {
		for i := range beside.Findings {
			findings[beside.Findings[i].ID] = &beside.Findings[i]
		}
	}
	for i := range r.Decisions {
		d := &r.Decisions[i]
		f := findings[d.Finding]
		switch {
		case f != nil && Fingerprint(f) != d.Fingerprint:
			d.Stale = report.StaleChanged
		case f == nil && (beside != nil || judged(v, d.Rule)):
			d.Stale = report.StaleGone
		default:
			d.Stale = ""
		}
	}
	r.OpenErrors, r.OpenWarnings, r.Undecided = 0, 0, 0
	for i := range v.Findings {
		f := &v.Findings[i]
		d := r.Decision(f.ID)
		if d != nil && d.Stale != "" {
			d = nil
		}
		if d != nil && d.Verdict == report.Dismissed || f.Severity == report.SeverityInfo {
			continue
		}
		if d == nil {
			r.Undecided++
		}
		if f.Severity == report.SeverityError {
			r.OpenErrors++
		} else {
			r.OpenWarnings++
		}
	}
}

// judged tells whether a rule is one of those that a validation is about.
func judged(v *report.Validation, rule string) bool {
	return slices.ContainsFunc(v.Rules, func(o report.Outcome) bool { return o.ID == rule })
}
