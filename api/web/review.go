package web

import (
	"context"
	"net/http"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/convert/review"
)

// Reviews is what the report page needs to know of people's review of a report;
// intake.Reviewing is one. Errors: intake.ErrNotFound, ErrNotReady.
//
// The page shows the result as the program read it, and beside it:
//
//   - each finding of Review.Validation or, where that is nil, of the result, with
//     Review.Decision(finding.ID): a decision whose Stale is set is told, and the
//     finding is open all the same. Decisions with StaleGone have no finding any more
//     and are listed by themselves, with their Message;
//   - each value that has a Review.Correction(path): what was read stays, the
//     corrected value is beside it (nil is blank), with Note, By and At;
//   - State, Mark, OpenErrors, OpenWarnings, Undecided at the head, History at the end;
//   - Previous ("上一版已退回") and Editions with links /reports/{id}/compare/{other}.
//
// Its forms go to POST /reports/{id}/review with the fields csrf, act (report.Act:
// confirm, dismiss, undecide, correct, uncorrect, check, return, unmark), finding (its
// id), path, value (empty: nothing stands there in the original), note, version
// (Review.Version) and back (id of the element to come back to, without #). It answers
// 303 to the page, or the page with a ReviewMistake.
type Reviews interface {
	Review(ctx context.Context, id string, scope intake.Scope) (*report.Review, error)
	// Compare is what /reports/{id}/compare/{other} shows: other is the version before.
	Compare(ctx context.Context, before, after string) (*review.Comparison, error)
}

// ReviewMistake is why what a form said was not taken. The page shows it at the
// form whose act, finding or path the Statement has, with the fields filled in.
type ReviewMistake struct {
	Status int // of the answer
	// Statement is what the form said, as it was sent.
	Statement report.Statement
	// Detail says what happened and what to do.
	Detail string
	// Fields are the mistakes by field: finding, path, value, note, act, version.
	Fields map[string]string
	// Since are the statements of others that the sender had not seen, where that is
	// the reason.
	Since []string
}

// review is nil where the service has none.
func (p *Pages) review(r *http.Request, id string) (*report.Review, error) {
	if p.cfg.Reviews == nil {
		return nil, nil
	}
	return p.cfg.Reviews.Review(r.Context(), id, intake.Scope{}) // narrowed to the reader's
}
