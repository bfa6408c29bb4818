package intake

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"nianbao/convert/report"
)

// Recover takes up all that an earlier process left, where no other works on the
// catalog: TakeUp and Reconcile.
func (s *Service) Recover(ctx context.Context) error {
	if err := s.TakeUp(ctx); err != nil {
		return err
	}
	return s.Reconcile(ctx, time.Time{})
}

// TakeUp gives out again at once what the catalog says is at work, and not only when
// Sweep finds that its worker is dead. No other process may work on the catalog.
func (s *Service) TakeUp(ctx context.Context) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.work.Done()
	if err := s.orphans(ctx); err != nil {
		return err
	}
	return s.Beat(ctx)
}

// Reconcile makes the catalog know what the archive's records know: the database was
// lost or put away, or a process died between record and row. Where uploads come in
// meanwhile, before is when they began to: what was recorded later is left to them.
// The zero time leaves out nothing.
func (s *Service) Reconcile(ctx context.Context, before time.Time) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.work.Done()
	changed, damaged, err := s.reconcile(ctx, before)
	if err != nil {
		return err
	}
	if changed+damaged > 0 {
		s.cfg.Log.InfoContext(ctx, "catalog reconciled with the archive", "reports", changed, "damaged", damaged)
	}
	return nil
}

// orphans gives out again what no living process can be at work on.
func (s *Service) orphans(ctx context.Context) error {
	held, err := s.cfg.Catalog.AtWork(ctx)
	if err != nil {
		return err
	}
	for _, h := range held {
		if err := s.reissue(ctx, h.Job); err != nil {
			return err
		}
	}
	for {
		taken, err := s.cfg.Catalog.Unserved(ctx, s.now().Add(s.longest()), sweepLimit)
		if err != nil {
			return err
		}
		for _, j := range taken {
			if err := s.reissue(ctx, j); err != nil {
				return err
			}
		}
		if len(taken) < sweepLimit {
			return nil
		}
	}
}

// Rebuild makes the catalog say what the archive's records say. reports is how
// many there are now, damaged how many events cannot be read: each is logged and
// left out, the rest is rebuilt. Reports whose result is not stored are queued. It
// changes nothing in the archive and may be repeated; no uploads may come in
// meanwhile. Tokens, sessions, the audit and idempotency keys are not in the
// archive.
func (s *Service) Rebuild(ctx context.Context) (reports, damaged int, err error) {
	past, err := s.batchRecords(ctx, func(string) (bool, error) { return true, nil })
	if err != nil {
		return 0, 0, err
	}
	err = s.eachRecorded(ctx, func(sha256 string, events []string) error {
		h, err := s.historyOf(ctx, sha256, events)
		if err != nil {
			return err
		}
		damaged += h.damaged
		n, err := s.restore(ctx, h, past)
		reports += n
		return err
	})
	if err != nil {
		return reports, damaged, err
	}
	return reports, damaged + past.damaged, s.restoreBatches(ctx, past, true)
}

// reconcile adds to the catalog the reports that it does not know, as Rebuild
// would, takes away those that were deleted, and tells of reviews that it does not
// know; changed is how many. Rows that are there stay as they are otherwise. It costs a listing of the events and a question to
// the catalog for each report; events are read only where they may say something
// else than the catalog does.
func (s *Service) reconcile(ctx context.Context, before time.Time) (changed, damaged int, err error) {
	past, err := s.batchRecords(ctx, func(id string) (bool, error) {
		_, err := s.cfg.Catalog.Batch(ctx, id)
		if isNotFound(err) {
			return true, nil
		}
		return false, err
	})
	if err != nil {
		return 0, 0, err
	}
	err = s.eachRecorded(ctx, func(sha256 string, events []string) error {
		row, err := s.cfg.Catalog.Get(ctx, IDOf(sha256))
		known := err == nil
		if err != nil && !isNotFound(err) {
			return err
		}
		if known && len(events) <= settledEvents && (row.State == StateDone || row.State == StateFailed) {
			return nil
		}
		h, err := s.historyOf(ctx, sha256, events)
		if err != nil {
			return err
		}
		damaged += h.damaged
		if !before.IsZero() && !h.last.Before(before) {
			return nil
		}
		if known && h.row.ID != "" && row.State == StateDone && h.reviewed() > row.Review.Version {
			changed++
			return s.restate(ctx, row.ID)
		}
		if known && (h.row.ID != "" || h.damaged > 0) || !known && h.row.ID == "" {
			return nil
		}
		changed++
		_, err = s.restore(ctx, h, past)
		return err
	})
	if err != nil {
		return changed, damaged, err
	}
	return changed, damaged, s.restoreBatches(ctx, past, false)
}

// settledEvents is how many events a settled report has that was received and then
// converted, or failed: there is no deletion among them.
const settledEvents = 2

// eachRecorded calls f for each report that has events, with their keys in
// order, and holds the keys of one report at a time.
func (s *Service) eachRecorded(ctx context.Context, f func(sha256 string, events []string) error) error {
	last, events := "", []string(nil)
	for key, err := range s.cfg.Records.List(ctx, eventsPrefix) {
		if err != nil {
			return err
		}
		sha256, _, _ := strings.Cut(strings.TrimPrefix(key, eventsPrefix), "/")
		if sha256 != last && len(events) > 0 {
			if err := f(last, events); err != nil {
				return err
			}
			events = events[:0]
		}
		last, events = sha256, append(events, key)
	}
	if len(events) == 0 {
		return nil
	}
	return f(last, events)
}

// historyOf reads a report's events. Those that cannot be read are logged,
// counted and left out.
func (s *Service) historyOf(ctx context.Context, sha256 string, events []string) (pastEvents, error) {
	h := pastEvents{sha256: sha256, events: len(events)}
	for _, key := range events {
		e, err := s.readEvent(ctx, key)
		switch {
		case err == nil:
			h.add(key, e)
		case isLost(err):
			s.cfg.Log.ErrorContext(ctx, "event left out", "error", err)
			h.damaged++
		default:
			return h, err
		}
	}
	return h, nil
}

// pastEvents is what a report's events come to.
type pastEvents struct {
	sha256  string
	row     Row       // ID is empty where the report is deleted
	failed  []Event   // since it was last to be converted
	queued  time.Time // when it was last to be converted
	events  int       // how many there are
	damaged int       // those that cannot be read
	last    time.Time // of the last event
	said    said
	remarks []report.Statement // of the review
}

// reviewed is the version of the review.
func (h *pastEvents) reviewed() int {
	if n := len(h.remarks); n > 0 {
		return h.remarks[n-1].N
	}
	return 0
}

// add takes the next event.
func (h *pastEvents) add(key string, e Event) {
	h.last = e.At
	switch e.Kind {
	case EventReceived:
		h.row, h.queued, h.failed = received(e), e.At, nil
	case EventQueued:
		h.queued, h.failed = e.At, nil
	case EventDeleted:
		h.row = Row{}
		h.said.attached, h.remarks = nil, nil
	case EventConverted: // the result says so itself
	case EventFailed:
		if e.Problem != nil && e.Versions != nil {
			h.failed = append(h.failed, e)
		}
	case EventAttached, EventReleased, EventChosen:
		h.said.add(e)
	case EventReviewed:
		if st, ok := statementOf(key, e); ok {
			h.remarks = append(h.remarks, st)
		}
	default:
		// An event of a later version of the program; it knows what to do.
	}
}

// restore writes a report's row and returns 1, or 0 where there is none. What has
// no outcome is queued, unless it was cancelled.
func (s *Service) restore(ctx context.Context, h pastEvents, past batchHistory) (int, error) {
	if h.row.ID == "" {
		return 0, errors.Join(s.vanish(ctx, h), h.said.tell(ctx, s.cfg.Catalog, ""))
	}
	h.failed = slices.DeleteFunc(h.failed, func(e Event) bool { return e.At.Before(past.retried[h.row.ID]) })
	row, err := s.outcome(ctx, h)
	if err != nil {
		return 0, err
	}
	if at, ok := past.cancelled[row.ID]; ok && row.State == StateArchived && !h.queued.After(at) {
		row.State = StateCancelled
	}
	if err := s.put(ctx, row); err != nil {
		return 1, err
	}
	return 1, h.said.tell(ctx, s.cfg.Catalog, row.ID)
}

// put writes a row, and queues the report where it has no outcome.
func (s *Service) put(ctx context.Context, row Row) error {
	if row.State == StateArchived {
		_, err := s.cfg.Catalog.Admit(ctx, "", []Admission{{Row: row, Redo: true}})
		return err
	}
	created, err := s.cfg.Catalog.Insert(ctx, row)
	if err == nil && !created {
		err = s.cfg.Catalog.Update(ctx, row)
	}
	return err
}

// vanish takes away the row of a report that is deleted, unless it was sent again
// since its events were listed, or is just being: the row is read before they are
// listed again, and a later one is left.
func (s *Service) vanish(ctx context.Context, h pastEvents) error {
	row, err := s.cfg.Catalog.Get(ctx, IDOf(h.sha256))
	if err == nil {
		var log eventLog
		log, err = s.logOf(ctx, h.sha256)
		if err == nil && len(log.keys) == h.events {
			err = s.cfg.Catalog.Delete(ctx, row.ID, row.ReceivedAt)
		}
	}
	if isNotFound(err) {
		return nil
	}
	return err
}

// outcome finds what became of a report: the result of the versions in force, or
// else their failure, or else the result with the last key of other versions, or
// else the last failure.
func (s *Service) outcome(ctx context.Context, h pastEvents) (Row, error) {
	res, err := s.loadResult(ctx, h.sha256, s.cfg.Versions)
	switch {
	case err == nil:
		return s.standing(ctx, h.row, res, h.remarks)
	case !isLost(err):
		return Row{}, err
	}
	if row, ok := h.failure(func(v report.Versions) bool { return v == s.cfg.Versions }); ok {
		return row, nil
	}
	var older *report.Result
	for key, err := range s.cfg.Records.List(ctx, resultsPrefix+h.sha256+"/") {
		if err != nil {
			return Row{}, err
		}
		if strings.HasSuffix(key, documentSuffix) || !strings.HasSuffix(key, resultSuffix) {
			continue
		}
		res := new(report.Result)
		switch err := s.load(ctx, key, res); {
		case err == nil:
			older = res
		case !isLost(err):
			return Row{}, err
		}
	}
	if older != nil {
		return s.standing(ctx, h.row, older, h.remarks)
	}
	if row, ok := h.failure(func(report.Versions) bool { return true }); ok {
		return row, nil
	}
	return h.row, nil
}

// failure is the row after the last failure by versions that are wanted.
func (h *pastEvents) failure(wanted func(report.Versions) bool) (Row, bool) {
	row, ok := h.row, false
	for _, e := range h.failed {
		if wanted(*e.Versions) {
			row.State, row.Problem, row.Versions, ok = StateFailed, e.Problem, *e.Versions, true
		}
	}
	return row, ok
}
