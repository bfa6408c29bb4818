package history

import (
	"slices"

	"nianbao/convert/report"
)

// verdict is what one rule gave. Its outcome only rises: not_applicable, passed,
// undetermined, failed.
type verdict struct {
	outcome report.Judgement
	reason  string // why it is undetermined or not applicable: the first met
	paths   []string
	faults  []fault
}

// fault is one failure.
type fault struct {
	place            string // tells the faults of a rule apart
	message          string
	paths            []string
	expected, actual any
	quote            string
	compared         []report.Compared
}

func inapplicable(reason string) *verdict {
	return &verdict{outcome: report.NotApplicable, reason: reason}
}

func undecided(reason string) *verdict {
	return &verdict{outcome: report.Undetermined, reason: reason}
}

func (v *verdict) pass() {
	if v.outcome == report.NotApplicable {
		v.outcome = report.Passed
	}
}

func (v *verdict) fail(f fault) {
	v.outcome = report.Failed
	v.faults = append(v.faults, f)
}

func (v *verdict) undetermined(reason string, paths ...string) {
	if v.outcome == report.NotApplicable || v.outcome == report.Passed {
		v.outcome, v.reason = report.Undetermined, reason
	}
	for _, p := range paths {
		if !contains(v.paths, p) {
			v.paths = append(v.paths, p)
		}
	}
}

func (v *verdict) summary(id string) report.Outcome {
	out := report.Outcome{ID: id, Outcome: v.outcome}
	switch v.outcome {
	case report.Undetermined:
		out.Reason, out.Paths = &v.reason, v.paths
	case report.NotApplicable:
		if v.reason != "" {
			out.Reason = &v.reason
		}
	case report.Failed:
		for _, f := range v.faults {
			for _, p := range f.paths {
				if !contains(out.Paths, p) {
					out.Paths = append(out.Paths, p)
				}
			}
		}
	case report.Passed:
	}
	return out
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }
