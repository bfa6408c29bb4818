package rules

import "nianbao/convert/report"

// verdict is what one rule gave. Its outcome starts as not_applicable and only
// rises: not_applicable, passed, undetermined, failed.
type verdict struct {
	outcome report.Judgement
	// reason says why the rule is undetermined or not applicable: the first
	// reason met; more counts the others.
	reason string
	more   int
	paths  []string
	faults []fault
}

// fault is one failure at one place.
type fault struct {
	// place tells faults of one rule apart and is the same for the same bytes.
	place            string
	message          string
	paths            []string
	expected, actual any
	quote            string
}

func newVerdict() *verdict { return &verdict{outcome: report.NotApplicable} }

// inapplicable is the verdict of a rule that has nothing to judge.
func inapplicable(reason string) *verdict {
	return &verdict{outcome: report.NotApplicable, reason: reason}
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

// undetermined records that something could not be judged, with the values that
// stood in the way.
func (v *verdict) undetermined(reason string, paths ...string) {
	if v.outcome != report.Failed && v.outcome != report.Undetermined {
		v.outcome = report.Undetermined
		v.reason = reason
	} else if v.outcome == report.Undetermined && reason != v.reason {
		v.more++
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
		reason := mask(v.reason)
		if v.more > 0 {
			reason += "；另有" + itoa(v.more) + "处同样无法判断"
		}
		out.Reason, out.Paths = &reason, v.paths
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
