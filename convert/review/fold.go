package review

import (
	"cmp"
	"maps"
	"slices"

	"nianbao/convert/report"
)

// Fold works out what holds after the statements, which may come in any order:
// their numbers say which is the last. History, counts and staleness are left to
// the caller and Count.
func Fold(statements []report.Statement) report.Review {
	r := report.Review{State: report.Unreviewed, Decisions: []report.Decision{}, Corrections: []report.Correction{}}
	last := map[string]*report.Statement{}
	for i := range statements {
		s := &statements[i]
		r.Version = max(r.Version, s.N)
		if about := Concern(s); last[about] == nil || last[about].N < s.N {
			last[about] = s
		}
	}
	for _, about := range slices.Sorted(maps.Keys(last)) {
		s := last[about]
		switch s.Act {
		case report.ActConfirm, report.ActDismiss:
			r.Decisions = append(r.Decisions, decisionOf(s))
		case report.ActCorrect:
			r.Corrections = append(r.Corrections, report.Correction{Path: s.Path, Label: s.Label, Read: s.Read, Value: s.Value,
				Note: s.Note, By: s.By, At: s.At})
		case report.ActCheck, report.ActReturn:
			m := report.Mark{State: report.Checked, Note: s.Note, By: s.By, At: s.At}
			if s.Act == report.ActReturn {
				m.State = report.Returned
			}
			for j := range statements {
				if statements[j].N > s.N {
					m.Later++
				}
			}
			r.State, r.Mark = m.State, &m
		default: // taken back; or of a later version of the program, which knows what to do
		}
	}
	return r
}

func decisionOf(s *report.Statement) report.Decision {
	d := report.Decision{Finding: s.Finding, Verdict: report.Confirmed, Rule: s.Rule, Severity: s.Severity, Message: s.Message,
		Note: s.Note, By: s.By, At: s.At, Fingerprint: s.Fingerprint}
	if s.Act == report.ActDismiss {
		d.Verdict = report.Dismissed
	}
	return d
}

// markConcern is what statements of the mark are about.
const markConcern = "mark"

// Concern is what a statement is about: two statements with the same concern are
// about the same finding, or value, or both of the mark.
func Concern(s *report.Statement) string {
	switch s.Act {
	case report.ActConfirm, report.ActDismiss, report.ActUndecide:
		return "finding " + s.Finding
	case report.ActCorrect, report.ActUncorrect:
		return "value " + s.Path
	case report.ActCheck, report.ActReturn, report.ActUnmark:
		return markConcern
	}
	return "other " + string(s.Act)
}

// Since are those of the statements, with a number above seen, that somebody who
// has seen only what was before would have to know to say s: what was said of the
// same thing or, for the mark, of anything.
func Since(statements []report.Statement, s *report.Statement, seen int) (out []report.Statement) {
	about := Concern(s)
	for i := range statements {
		if other := &statements[i]; other.N > seen && (about == markConcern || Concern(other) == about) {
			out = append(out, *other)
		}
	}
	slices.SortFunc(out, func(a, b report.Statement) int { return cmp.Compare(a.N, b.N) })
	return out
}

// Holds tells whether what a statement says holds already, word for word, so that
// it need not be recorded.
func Holds(r *report.Review, s *report.Statement) bool {
	switch s.Act {
	case report.ActConfirm, report.ActDismiss:
		d, want := r.Decision(s.Finding), decisionOf(s)
		return d != nil && d.Verdict == want.Verdict && d.Note == s.Note && d.Fingerprint == s.Fingerprint
	case report.ActUndecide:
		return r.Decision(s.Finding) == nil
	case report.ActCorrect:
		c := r.Correction(s.Path)
		return c != nil && same(c.Value, s.Value) && c.Note == s.Note
	case report.ActUncorrect:
		return r.Correction(s.Path) == nil
	case report.ActCheck:
		return r.State == report.Checked && r.Mark.Note == s.Note && r.Mark.Later == 0
	case report.ActReturn:
		return r.State == report.Returned && r.Mark.Note == s.Note && r.Mark.Later == 0
	case report.ActUnmark:
		return r.Mark == nil
	}
	return false
}

func same(a, b *string) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
