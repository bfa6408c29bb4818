package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"nianbao/convert/report"
	"nianbao/convert/review"
)

// EventReviewed is the event of a statement about a result (package review).
const EventReviewed EventKind = "reviewed"

// Tally is what lists tell of a report's review.
type Tally struct {
	State report.ReviewState `json:"state" enum:"unreviewed,checked,returned"`
	// MarkedAt is when it was marked so; nil while it is unreviewed.
	MarkedAt *time.Time `json:"marked_at,omitempty"`
	// OpenErrors and OpenWarnings are the findings that are not dismissed, after
	// corrections; without a review they are all.
	OpenErrors   int `json:"open_errors"`
	OpenWarnings int `json:"open_warnings"`
	Corrected    int `json:"corrected"` // values
	// Version is report.Review.Version.
	Version int `json:"version"`
}

func tallyOf(r *report.Review) Tally {
	t := Tally{State: r.State, OpenErrors: r.OpenErrors, OpenWarnings: r.OpenWarnings, Corrected: len(r.Corrections), Version: r.Version}
	if r.Mark != nil {
		t.MarkedAt = &r.Mark.At
	}
	return t
}

// equal tells whether lists tell the same.
func (t *Tally) equal(o *Tally) bool {
	a, b := *t, *o
	a.MarkedAt, b.MarkedAt = nil, nil
	return a == b && (t.MarkedAt == nil) == (o.MarkedAt == nil) && (t.MarkedAt == nil || t.MarkedAt.Equal(*o.MarkedAt))
}

// Reviewing is what people say of results; *Service implements it. Errors of all:
// ErrNotFound, ErrNotReady for a report without a result, *extract.Error for one that
// could not be converted.
type Reviewing interface {
	// Review is what was said of the report, with all that follows from it. Findings
	// beside other reports, and editions, are those of the scope.
	Review(ctx context.Context, id string, scope Scope) (*report.Review, error)
	// Remark records a statement of the context's sender and returns the review as it
	// is then. seen is the version of the review that was looked at; nil: no matter
	// what others said. What holds already is not recorded again. Errors beside:
	// review.Mistakes, *ChangedError.
	Remark(ctx context.Context, id string, st report.Statement, seen *int, scope Scope) (*report.Review, error)
	// Compare tells what differs between two reports, as people corrected them: mostly
	// another version of the same, which came in before.
	Compare(ctx context.Context, before, after string) (*review.Comparison, error)
}

var _ Reviewing = (*Service)(nil)

// ChangedError is the answer to a statement about something of which somebody else
// has spoken since it was looked at. Nothing is recorded.
type ChangedError struct {
	// Version is the review's now.
	Version int
	// Since are the statements that were not seen, the oldest first.
	Since []report.Statement
}

func (e *ChangedError) Error() string {
	return fmt.Sprintf("intake: the review has changed: %d statements up to %d were not seen", len(e.Since), e.Version)
}

// file is all that is known of a report that is reviewed.
type file struct {
	row     Row
	log     eventLog
	remarks []report.Statement // of the review
	said    []report.Statement // these, and those of the body
	result  *report.Result     // as read
	review  report.Review      // without what depends on other reports
}

// validation is the one that holds.
func (f *file) validation() *report.Validation {
	if f.review.Validation != nil {
		return f.review.Validation
	}
	return &f.result.Validation
}

// fileOf reads what is known of a report that has a result. Errors: ErrNotFound,
// ErrNotReady; for one that failed, that of its conversion.
func (s *Service) fileOf(ctx context.Context, id string) (*file, error) {
	row, err := s.cfg.Catalog.Get(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case row.State == StateFailed:
		return nil, errorOf(row.Problem)
	case row.State != StateDone:
		return nil, fmt.Errorf("intake: report %s is %s: %w", id, row.State, ErrNotReady)
	}
	return s.open(ctx, row)
}

// open reads what is known of a report that is done.
func (s *Service) open(ctx context.Context, row Row) (*file, error) {
	f := &file{row: row}
	var err error
	if f.log, err = s.logOf(ctx, f.row.SHA256); err != nil {
		return nil, unavailable("archive", err)
	}
	if f.remarks, f.said, err = s.remarksOf(ctx, f.log); err != nil {
		return nil, unavailable("archive", err)
	}
	if f.result, err = s.loadResult(ctx, f.row.SHA256, f.row.Versions); err != nil {
		return nil, ours(err)
	}
	f.review, err = s.reviewOf(ctx, f.row.SHA256, f.result, f.remarks)
	return f, err
}

// remarksOf reads what people said of a report since it was last received.
func (s *Service) remarksOf(ctx context.Context, log eventLog) (remarks, said []report.Statement, err error) {
	for _, key := range log.keys {
		e, err := s.readEvent(ctx, key)
		if isLost(err) {
			s.cfg.Log.ErrorContext(ctx, "event left out", "error", err)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		if e.Kind == EventDeleted {
			remarks, said = nil, nil
			continue
		}
		if st, ok := statementOf(key, e); ok {
			said = append(said, st)
			if e.Kind == EventReviewed {
				remarks = append(remarks, st)
			}
		}
	}
	return remarks, said, nil
}

// statementOf is what an event says, if somebody says something in it.
func statementOf(key string, e Event) (st report.Statement, ok bool) {
	switch {
	case e.Kind == EventReviewed && e.Review != nil:
		st = *e.Review
	case e.Kind == EventReleased:
		st.Act = report.ActRelease
	case e.Attachment == nil:
		return st, false
	case e.Kind == EventAttached:
		st.Act, st.Body = report.ActAttach, e.Attachment.Body
	case e.Kind == EventChosen:
		st.Act, st.Body, st.Year = report.ActUnchoose, e.Attachment.Body, e.Attachment.Year
		if e.Attachment.Chosen {
			st.Act = report.ActChoose
		}
	default:
		return st, false
	}
	st.N, st.By, st.At = numberOf(key), e.Sender, e.At
	return st, true
}

// reviewOf works out what holds of a result after the remarks.
func (s *Service) reviewOf(ctx context.Context, sha256 string, res *report.Result, remarks []report.Statement) (report.Review, error) {
	r := review.Fold(remarks)
	review.Stale(r.Corrections, res)
	holds := &res.Validation
	if len(r.Corrections) > 0 {
		v, err := s.judgeAnew(ctx, sha256, res.Versions, r.Corrections)
		if err != nil {
			return r, err
		}
		r.Validation, holds, r.Judged = v, v, &s.cfg.Versions
	}
	review.Count(&r, holds, nil)
	return r, nil
}

// standing is the row of a report with this result, and with what people say of it.
// Without remarks it is what the program read.
func (s *Service) standing(ctx context.Context, row Row, res *report.Result, remarks []report.Statement) (Row, error) {
	if len(remarks) == 0 {
		row = summarize(row, res)
		row.Review = Tally{State: report.Unreviewed, OpenErrors: row.Errors, OpenWarnings: row.Warnings}
		return row, nil
	}
	r, err := s.reviewOf(ctx, row.SHA256, res, remarks)
	if err != nil {
		return row, err
	}
	if len(r.Corrections) > 0 {
		res = review.Corrected(res, r.Corrections)
	}
	row = summarize(row, res)
	row.Review = tallyOf(&r)
	return row, nil
}

// settled is standing for a report whose remarks are not at hand.
func (s *Service) settled(ctx context.Context, row Row, res *report.Result) (Row, error) {
	var remarks []report.Statement
	if row.Review.Version > 0 { // without a result nobody has said anything
		log, err := s.logOf(ctx, row.SHA256)
		if err != nil {
			return row, err
		}
		if remarks, _, err = s.remarksOf(ctx, log); err != nil {
			return row, err
		}
	}
	return s.standing(ctx, row, res, remarks)
}

// Review implements Reviewing.
func (s *Service) Review(ctx context.Context, id string, scope Scope) (*report.Review, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	f, err := s.fileOf(ctx, id)
	if err != nil {
		return nil, err
	}
	if t := tallyOf(&f.review); !t.equal(&f.row.Review) {
		// A process died between the record and the catalog.
		if err := s.restate(ctx, id); err != nil {
			s.cfg.Log.WarnContext(ctx, "the catalog is not told of a review", "id", id, "error", err)
		}
	}
	return s.answer(ctx, f, scope)
}

// answer completes a review with what depends on other reports.
func (s *Service) answer(ctx context.Context, f *file, scope Scope) (*report.Review, error) {
	r := f.review
	v := f.validation()
	beside := slices.ContainsFunc(r.Decisions, func(d report.Decision) bool {
		return !slices.ContainsFunc(v.Rules, func(o report.Outcome) bool { return o.ID == d.Rule })
	})
	if beside {
		c, err := s.Context(ctx, f.row.ID, scope)
		if err != nil {
			return nil, err
		}
		review.Count(&r, v, c)
	}
	r.History = slices.Clone(f.said)
	slices.Reverse(r.History)
	rows, err := s.cfg.Catalog.Editions(ctx, f.row, scope)
	if err != nil {
		return nil, err
	}
	r.Editions = []report.Edition{}
	for i := range rows {
		r.Editions = append(r.Editions, editionOf(&rows[i]))
	}
	if at := slices.IndexFunc(rows, func(o Row) bool { return o.ID == f.row.ID }); at >= 0 && at+1 < len(rows) {
		r.Previous = &r.Editions[at+1]
	}
	return &r, nil
}

func editionOf(row *Row) report.Edition {
	t := row.Review
	return report.Edition{ID: row.ID, Filename: row.Filename, ReceivedAt: row.ReceivedAt, InForce: row.InForce,
		State: t.State, MarkedAt: t.MarkedAt, OpenErrors: t.OpenErrors, OpenWarnings: t.OpenWarnings}
}

// Remark implements Reviewing. Of two at the same time one is recorded first; the
// other then looks again.
func (s *Service) Remark(ctx context.Context, id string, st report.Statement, seen *int, scope Scope) (*report.Review, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	for range maxContest {
		f, err := s.fileOf(ctx, id)
		if err != nil {
			return nil, err
		}
		full, err := s.complete(ctx, f, st, scope)
		if err != nil {
			return nil, err
		}
		if review.Holds(&f.review, &full) {
			return s.answer(ctx, f, scope)
		}
		if seen != nil {
			if since := review.Since(f.remarks, &full, *seen); len(since) > 0 {
				return nil, &ChangedError{Version: f.review.Version, Since: since}
			}
		}
		taken, err := s.appendTo(ctx, &f.log, Event{Kind: EventReviewed, SHA256: f.row.SHA256, Sender: senderOf(ctx), Review: &full})
		if err != nil {
			return nil, unavailable("archive", err)
		}
		if !taken {
			continue
		}
		if err := s.restate(ctx, id); err != nil {
			return nil, err
		}
		if f, err = s.fileOf(ctx, id); err != nil {
			return nil, err
		}
		return s.answer(ctx, f, scope)
	}
	return nil, unavailable("archive", fmt.Errorf("intake: a remark on %s: its number was taken %d times", id, maxContest))
}

// complete checks a statement. Findings beside other reports are looked up only for
// one that is not among the result's.
func (s *Service) complete(ctx context.Context, f *file, st report.Statement, scope Scope) (report.Statement, error) {
	m := review.Matter{Result: f.result, Findings: f.validation().Findings, Now: &f.review}
	full, err := m.Complete(st)
	var wrong review.Mistakes
	if !errors.As(err, &wrong) || st.Finding == "" || !slices.ContainsFunc(wrong, func(w review.Mistake) bool { return w.Unknown }) {
		return full, err
	}
	c, err := s.Context(ctx, f.row.ID, scope)
	if err != nil {
		return full, err
	}
	m.Findings = slices.Concat(m.Findings, c.Findings)
	return m.Complete(st)
}

// restate tells the catalog of a report's review.
func (s *Service) restate(ctx context.Context, id string) error {
	for range maxContest {
		now, err := s.cfg.Catalog.Get(ctx, id)
		if isNotFound(err) || err == nil && now.State != StateDone {
			return nil // who settles it tells
		}
		if err != nil {
			return err
		}
		f, err := s.open(ctx, now)
		if err != nil {
			return err
		}
		row, err := s.standing(ctx, f.row, f.result, f.remarks)
		if err != nil {
			return err
		}
		if text(row.Title) == text(f.row.Title) && text(row.Agency) == text(f.row.Agency) {
			row.Text, row.Sketch = "", nil // as they are
		}
		done, err := s.cfg.Catalog.Refresh(ctx, f.row, row)
		if err != nil || done {
			return err
		}
	}
	return unavailable("catalog", fmt.Errorf("intake: report %s changes all the time", id))
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
