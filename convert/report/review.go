package report

import "time"

// Review is what people say of a result: which findings they confirm or dismiss,
// which values were misread, and whether the report is done with. It follows from
// their statements, in the order in which these were recorded, and is worked out
// when it is asked for: nil in stored results and on the command line. What the
// program read and found stays as it is beside it.
type Review struct {
	// Version is the number of the last statement, 0 where there is none. Whoever
	// says something gives the version that was looked at, and is told where
	// somebody else has spoken of the same thing since.
	Version int `json:"version"`
	// State is that of Mark, or unreviewed.
	State ReviewState `json:"state"`
	Mark  *Mark       `json:"mark"`
	// Decisions are in the order of their findings' ids, Corrections of their paths.
	Decisions   []Decision   `json:"decisions"`
	Corrections []Correction `json:"corrections"`
	// OpenErrors and OpenWarnings count the findings of Validation, or where there
	// are no corrections of the result's, that are not dismissed. Undecided counts
	// the errors and warnings that are neither confirmed nor dismissed.
	OpenErrors   int `json:"open_errors"`
	OpenWarnings int `json:"open_warnings"`
	Undecided    int `json:"undecided"`
	// Validation is the report judged anew with the corrections; nil where there are
	// none. Findings have the ids that they have in the result.
	Validation *Validation `json:"validation,omitempty"`
	// Judged are the versions that judged it anew.
	Judged *Versions `json:"judged_by,omitempty"`
	// Previous is the version of this report (of the same body or agency, for the
	// same year) that came in before this one; nil where there is none. Editions are
	// all of them, this one too, the newest first.
	Previous *Edition  `json:"previous,omitempty"`
	Editions []Edition `json:"editions,omitempty"`
	// History is all that was said of the report, the newest first; also of the body
	// it is of. It is left out of results.
	History []Statement `json:"history,omitempty"`
}

// Decision returns the decision on the finding with this id, nil where there is
// none. One that is stale is no decision on the finding as it is now.
func (r *Review) Decision(finding string) *Decision {
	if r == nil {
		return nil
	}
	for i := range r.Decisions {
		if r.Decisions[i].Finding == finding {
			return &r.Decisions[i]
		}
	}
	return nil
}

// Correction returns the correction of the value at the path, nil where there is
// none.
func (r *Review) Correction(path string) *Correction {
	if r == nil {
		return nil
	}
	for i := range r.Corrections {
		if r.Corrections[i].Path == path {
			return &r.Corrections[i]
		}
	}
	return nil
}

// ReviewState is how far people are with a report.
type ReviewState string

// The states of a review.
const (
	Unreviewed ReviewState = "unreviewed"
	Checked    ReviewState = "checked"  // 核对完毕
	Returned   ReviewState = "returned" // 退回
)

// Word is the state in Chinese.
func (s ReviewState) Word() string {
	switch s {
	case Checked:
		return "已核对"
	case Returned:
		return "已退回"
	case Unreviewed:
	}
	return "未核对"
}

// Mark says that the report is checked or returned to its agency.
type Mark struct {
	State ReviewState `json:"state"` // Checked or Returned
	Note  string      `json:"note,omitempty"`
	By    string      `json:"by,omitempty"` // name of the token; empty where the service has none
	At    time.Time   `json:"at"`
	// Later is how many statements were made since: what was marked may look otherwise
	// now.
	Later int `json:"later,omitempty"`
}

// Verdict is what is decided on a finding.
type Verdict string

// The verdicts.
const (
	Confirmed Verdict = "confirmed" // 属实
	Dismissed Verdict = "dismissed" // 不成立; a finding that is not counted any more
)

// Staleness says why what was said does not fit what the program says now.
type Staleness string

// The ways in which a statement goes stale. It is kept all the same.
const (
	// StaleGone: there is no such finding or value any more.
	StaleGone Staleness = "gone"
	// StaleChanged: the finding speaks of other figures or words than it did, so that
	// the decision does not count; or another value is read than was corrected, where
	// the correction still holds.
	StaleChanged Staleness = "changed"
)

// Decision is what somebody decided on a finding.
type Decision struct {
	Finding string  `json:"finding"` // Finding.ID
	Verdict Verdict `json:"decision"`
	// Rule, Severity and Message are the finding's as it was.
	Rule     string    `json:"rule"`
	Severity Severity  `json:"severity"`
	Message  string    `json:"message"`
	Note     string    `json:"note,omitempty"`
	By       string    `json:"by,omitempty"`
	At       time.Time `json:"at"`
	Stale    Staleness `json:"stale,omitempty"`
	// Fingerprint is that of the finding as it was, see Statement.
	Fingerprint string `json:"-"`
}

// Correction is a value that was misread, as the original has it.
type Correction struct {
	// Path is the JSON Pointer of a figure ("/report/applications/new/total") or of
	// title, agency, year, signed_by or signed_on.
	Path string `json:"path"`
	// Label names the value in Chinese.
	Label string `json:"label"`
	// Read is the value as the program read it: the figure, or the text of a cell
	// that is none; nil for nothing.
	Read *string `json:"read"`
	// Value is the value as it is in the original, a placeholder ("/") as it is
	// printed; nil where nothing stands there.
	Value *string   `json:"value"`
	Note  string    `json:"note,omitempty"`
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at"`
	Stale Staleness `json:"stale,omitempty"`
}

// Act is what a statement does.
type Act string

// The acts of a review.
const (
	ActConfirm   Act = "confirm"
	ActDismiss   Act = "dismiss"
	ActUndecide  Act = "undecide"
	ActCorrect   Act = "correct"
	ActUncorrect Act = "uncorrect"
	ActCheck     Act = "check"
	ActReturn    Act = "return"
	ActUnmark    Act = "unmark"
)

// The acts on a report's body, which are in a history only.
const (
	ActAttach   Act = "attach"
	ActRelease  Act = "release"
	ActChoose   Act = "choose"
	ActUnchoose Act = "unchoose"
)

// Word is the act in Chinese, as a history tells it.
func (a Act) Word() string {
	switch a {
	case ActConfirm:
		return "认定属实"
	case ActDismiss:
		return "认定不成立"
	case ActUndecide:
		return "撤销认定"
	case ActCorrect:
		return "更正"
	case ActUncorrect:
		return "撤销更正"
	case ActCheck:
		return "核对完毕"
	case ActReturn:
		return "退回"
	case ActUnmark:
		return "撤销核对结论"
	case ActAttach:
		return "指定主体"
	case ActRelease:
		return "恢复自动判断主体"
	case ActChoose:
		return "指定为有效的一版"
	case ActUnchoose:
		return "撤销指定的一版"
	}
	return string(a)
}

// Statement is one thing that somebody said of a report. It is what the record
// keeps, and never changes.
type Statement struct {
	// N is its number in the record of the report, which puts them in order.
	N   int `json:"n,omitempty"`
	Act Act `json:"act"`
	// Of confirm, dismiss and undecide: the finding, and what it was then. The
	// fingerprint is of what the finding compares and quotes, and the same for the
	// same mistake in other words.
	Finding     string   `json:"finding,omitempty"`
	Rule        string   `json:"rule,omitempty"`
	Severity    Severity `json:"severity,omitempty"`
	Message     string   `json:"message,omitempty"`
	Fingerprint string   `json:"fingerprint,omitempty"`
	// Of correct and uncorrect, as in Correction; Value is nil for nothing.
	Path  string  `json:"path,omitempty"`
	Label string  `json:"label,omitempty"`
	Read  *string `json:"read,omitempty"`
	Value *string `json:"value,omitempty"`
	// Of attach, choose and unchoose: the body's id (empty: of none), and the year.
	Body string `json:"body,omitempty"`
	Year int    `json:"year,omitempty"`

	Note string    `json:"note,omitempty"`
	By   string    `json:"by,omitempty"`
	At   time.Time `json:"at,omitzero"`
}

// Edition is one of the versions of a report that came in: of the same body, or
// agency by name, for the same year.
type Edition struct {
	ID         string      `json:"id"`
	Filename   string      `json:"filename"`
	ReceivedAt time.Time   `json:"received_at"`
	InForce    bool        `json:"in_force,omitempty"`
	State      ReviewState `json:"state"`
	MarkedAt   *time.Time  `json:"marked_at,omitempty"`
	// OpenErrors and OpenWarnings are as in Review.
	OpenErrors   int `json:"open_errors"`
	OpenWarnings int `json:"open_warnings"`
}
