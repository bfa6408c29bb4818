package intake

import (
	"context"
	"errors"
	"fmt"

	"nianbao/convert/report"
)

// Result implements Reports. Errors beside those of Reports: ErrNotReady.
func (s *Service) Result(ctx context.Context, id string, withDocument bool) (*report.Result, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	row, err := s.cfg.Catalog.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	switch row.State {
	case StateDone:
	case StateFailed:
		return nil, errorOf(row.Problem)
	default:
		return nil, fmt.Errorf("intake: report %s is %s: %w", id, row.State, ErrNotReady)
	}
	res, err := s.loadResult(ctx, row.SHA256, row.Versions)
	if err != nil {
		return nil, ours(err)
	}
	res.ID, res.Source.Filename = row.ID, row.Filename
	if withDocument {
		doc, err := s.loadDocument(ctx, row.SHA256, row.Versions)
		if err != nil {
			return nil, ours(err)
		}
		res.Document = doc
	}
	return res, nil
}

// ours cuts ErrNotFound off an error: the report is known, so an object that is
// missing is a fault of the archive and not of the question.
func ours(err error) error {
	if isNotFound(err) {
		return fmt.Errorf("%s: %w", err.Error(), ErrLost)
	}
	return err
}

// Summary implements Reports.
func (s *Service) Summary(ctx context.Context, id string) (Summary, error) {
	if err := s.enter(); err != nil {
		return Summary{}, err
	}
	defer s.work.Done()
	row, err := s.cfg.Catalog.Get(ctx, id)
	return row.Summary, err
}

// List implements Reports. Errors beside those of Reports: ErrBadFilter.
func (s *Service) List(ctx context.Context, f Filter) (Page, error) {
	if err := s.enter(); err != nil {
		return Page{}, err
	}
	defer s.work.Done()
	return s.cfg.Catalog.List(ctx, f)
}

// Original implements Reports. ErrCorrupt where the archive has another
// number of bytes; reading the body ends in it where it has other bytes.
func (s *Service) Original(ctx context.Context, id string) (*Original, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.work.Done()
	row, err := s.cfg.Catalog.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	body, err := s.cfg.Archive.Open(ctx, row.SHA256)
	if err != nil {
		return nil, ours(err)
	}
	if n := body.Size(); n != row.SizeBytes { // told before anything is sent
		err := fmt.Errorf("intake: original %s has %d bytes, not %d: %w", row.SHA256, n, row.SizeBytes, ErrCorrupt)
		return nil, errors.Join(err, body.Close())
	}
	return &Original{Summary: row.Summary, Body: body}, nil
}

// Delete implements Reports: the report leaves the catalog and the deletion is
// recorded, so that a rebuilt catalog does not show it either. The original, its
// events and its results stay in the archive, which may be locked; uploading the
// bytes again brings the report back. A conversion at work is broken off.
func (s *Service) Delete(ctx context.Context, id string) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.work.Done()
	row, err := s.cfg.Catalog.Get(ctx, id)
	if err != nil {
		return err
	}
	defer s.bells.ring(id)
	return s.remove(ctx, row, senderOf(ctx))
}

// remove records first: what is recorded is what holds. The number that it records
// under is the one behind what was in the log when the row was there: somebody who
// deleted the report and sent it again meanwhile has taken that number, and keeps
// the report.
func (s *Service) remove(ctx context.Context, row Row, sender string) error {
	for range maxContest {
		log, err := s.logOf(ctx, row.SHA256)
		if err != nil {
			return unavailable("archive", err)
		}
		now, err := s.cfg.Catalog.Get(ctx, row.ID)
		if err != nil {
			return err
		}
		if !now.ReceivedAt.Equal(row.ReceivedAt) {
			return fmt.Errorf("intake: report %s was deleted by somebody else: %w", row.ID, ErrNotFound)
		}
		taken, err := s.appendTo(ctx, &log, Event{Kind: EventDeleted, SHA256: row.SHA256, Sender: sender})
		if err != nil {
			return unavailable("archive", err)
		}
		if !taken {
			continue
		}
		err = s.cfg.Catalog.Delete(ctx, row.ID, row.ReceivedAt)
		if isNotFound(err) {
			return nil // brought to its end by somebody else: see present
		}
		return err
	}
	return unavailable("archive", fmt.Errorf("intake: deleting %s: its number was taken %d times", row.ID, maxContest))
}

// Ready implements Reports; an *UnavailableError names the part that does not answer.
func (s *Service) Ready(ctx context.Context) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.work.Done()
	if err := s.cfg.Catalog.Ping(ctx); err != nil {
		return unavailable("catalog", err)
	}
	if err := s.cfg.Archive.Check(ctx); err != nil {
		return unavailable("archive", err)
	}
	if _, _, err := s.cfg.Catalog.Backlog(ctx); err != nil {
		return unavailable("queue", err)
	}
	workers, err := s.cfg.Catalog.Workers(ctx, s.now().Add(-deadAfter))
	if err == nil && len(workers) == 0 {
		err = errors.New("none was seen lately")
	}
	return unavailable("workers", err)
}
