package intake

import (
	"context"
	"errors"
	"io"
	"strings"

	"nianbao/convert/report"
)

// recoverBatch is how many unfinished reports are asked for at a time.
const recoverBatch = 100

// Recover takes up what an earlier process left. The catalog is first reconciled
// with the archive's records (the database was lost or put away, or the process
// died between record and row); then the reports that are neither done nor failed
// are converted in the background, as many at a time as Config.Conversions says.
// Call it once, before uploads come in. It returns when the background work has
// begun.
func (s *Service) Recover(ctx context.Context) error {
	changed, damaged, err := s.reconcile(ctx)
	if err != nil {
		return err
	}
	if changed+damaged > 0 {
		s.cfg.Log.Info("catalog reconciled with the archive", "reports", changed, "damaged", damaged)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.work.Add(1)
	go func() {
		defer s.work.Done()
		if err := s.resume(s.base); err != nil && s.base.Err() == nil {
			s.cfg.Log.Error("taking up unfinished reports", "error", err)
		}
	}()
	return nil
}

// resume goes once through the unfinished reports.
func (s *Service) resume(ctx context.Context) error {
	room := make(chan struct{}, s.cfg.Conversions)
	after := ""
	for {
		ids, err := s.cfg.Catalog.Unfinished(ctx, after, recoverBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			select {
			case room <- struct{}{}:
			case <-s.closing:
				return nil
			}
			work, f, own, err := s.begin(id, false)
			if errors.Is(err, ErrClosed) {
				return nil
			}
			if !own { // somebody uploads it just now
				<-room
				continue
			}
			go func() {
				defer func() { <-room }()
				defer s.end(id, f)
				if err := s.again(work, id); err != nil {
					s.cfg.Log.Warn("unfinished report", "id", id, "error", err)
				}
			}()
		}
		after = ids[len(ids)-1]
	}
}

// again converts an archived report. The original is copied to a staged file,
// and verified by that, so that the reader gets a file from every archive.
func (s *Service) again(ctx context.Context, id string) error {
	row, err := s.cfg.Catalog.Get(ctx, id)
	if isNotFound(err) || err == nil && (row.State == StateDone || row.State == StateFailed) {
		return nil // settled meanwhile
	}
	if err != nil {
		return err
	}
	staged, err := s.cfg.Archive.Stage(ctx)
	if err != nil {
		return err
	}
	defer s.discard(staged)
	if err := s.copyOriginal(ctx, row.SHA256, staged); err != nil {
		if ctx.Err() == nil && (isLost(err)) {
			_, err = s.blame(ctx, row, err) // until it is uploaded again
		}
		return err
	}
	_, err = s.convert(ctx, row, staged)
	return err
}

func (s *Service) copyOriginal(ctx context.Context, sha256 string, w io.Writer) error {
	o, err := s.cfg.Archive.Open(ctx, sha256)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, o)
	return errors.Join(err, o.Close())
}

// Rebuild makes the catalog say what the archive's records say. reports is how
// many there are now, damaged how many events cannot be read: each is logged and
// left out, the rest is rebuilt. Reports whose result is not stored come back as
// archived; Recover converts them. It changes nothing in the archive and may be
// repeated; no uploads may come in meanwhile.
func (s *Service) Rebuild(ctx context.Context) (reports, damaged int, err error) {
	err = s.eachRecorded(ctx, func(sha256 string, events []string) error {
		h, err := s.historyOf(ctx, sha256, events)
		if err != nil {
			return err
		}
		damaged += h.damaged
		n, err := s.restore(ctx, h)
		reports += n
		return err
	})
	return reports, damaged, err
}

// reconcile adds to the catalog the reports that it does not know, as Rebuild
// would, and takes away those that were deleted; changed is how many. Rows that
// are there stay as they are. It costs a listing of the events and a question to
// the catalog for each report; events are read only where they may say something
// else than the catalog does.
func (s *Service) reconcile(ctx context.Context) (changed, damaged int, err error) {
	err = s.eachRecorded(ctx, func(sha256 string, events []string) error {
		_, err := s.cfg.Catalog.Get(ctx, IDOf(sha256))
		known := err == nil
		if err != nil && !isNotFound(err) || known && len(events) == 1 { // the first says received
			return err
		}
		h, err := s.historyOf(ctx, sha256, events)
		if err != nil {
			return err
		}
		damaged += h.damaged
		if known && (h.row.ID != "" || h.damaged > 0) || !known && h.row.ID == "" {
			return nil
		}
		changed++
		_, err = s.restore(ctx, h)
		return err
	})
	return changed, damaged, err
}

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
func (s *Service) historyOf(ctx context.Context, sha256 string, events []string) (history, error) {
	h := history{sha256: sha256}
	for _, key := range events {
		e, err := s.readEvent(ctx, key)
		switch {
		case err == nil:
			h.add(e)
		case isLost(err):
			s.cfg.Log.Error("event left out", "error", err)
			h.damaged++
		default:
			return h, err
		}
	}
	return h, nil
}

// history is what a report's events come to.
type history struct {
	sha256  string
	row     Row // ID is empty where the report is deleted
	failed  []Event
	damaged int // events that cannot be read
}

// add takes the next event in time.
func (h *history) add(e Event) {
	switch e.Kind {
	case EventReceived:
		h.row = received(e)
	case EventDeleted:
		h.row = Row{}
	case EventFailed:
		if e.Problem != nil && e.Versions != nil {
			h.failed = append(h.failed, e)
		}
	default:
		// An event of a later version of the program; it knows what to do.
	}
}

// restore writes a report's row and returns 1, or 0 where there is none.
func (s *Service) restore(ctx context.Context, h history) (int, error) {
	if h.row.ID == "" {
		err := s.cfg.Catalog.Delete(ctx, IDOf(h.sha256))
		if isNotFound(err) {
			err = nil
		}
		return 0, err
	}
	row, err := s.outcome(ctx, h)
	if err != nil {
		return 0, err
	}
	created, err := s.cfg.Catalog.Insert(ctx, row)
	if err == nil && !created {
		err = s.cfg.Catalog.Update(ctx, row)
	}
	return 1, err
}

// outcome finds what became of a report: the result of the versions in force, or
// else their failure, or else the result with the last key of other versions, or
// else the last failure.
func (s *Service) outcome(ctx context.Context, h history) (Row, error) {
	res, err := s.loadResult(ctx, h.sha256, s.cfg.Versions)
	switch {
	case err == nil:
		return summarize(h.row, res), nil
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
		return summarize(h.row, older), nil
	}
	if row, ok := h.failure(func(report.Versions) bool { return true }); ok {
		return row, nil
	}
	return h.row, nil
}

// failure is the row after the last failure by versions that are wanted.
func (h *history) failure(wanted func(report.Versions) bool) (Row, bool) {
	row, ok := h.row, false
	for _, e := range h.failed {
		if wanted(*e.Versions) {
			row.State, row.Problem, row.Versions, ok = StateFailed, e.Problem, *e.Versions, true
		}
	}
	return row, ok
}
