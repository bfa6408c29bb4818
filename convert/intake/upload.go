package intake

import (
	"context"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"nianbao/convert/report"
	"nianbao/extract"
)

// idLength is the length of a report's id: 130 of the digest's 256 bits.
const idLength = 26

// IDOf is the id of the report with these bytes: the first 26 characters of
// their SHA-256 in lower-case base32. The same bytes have the same id in every
// service. It returns "" for what is no SHA-256 in hex.
func IDOf(sha256 string) string {
	sum, err := hex.DecodeString(sha256)
	if err != nil || len(sum) != 32 {
		return ""
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum))[:idLength]
}

// Incoming is one file as it is sent.
type Incoming struct {
	Filename string // data, never a path
	Body     io.Reader
	// Key is the sender's Idempotency-Key; empty for none.
	Key string
	// NoWait returns as soon as the original is durable and the job is queued.
	NoWait bool
}

// arrival is an upload that has come in completely.
type arrival struct {
	staged   Staged
	sha256   string
	size     int64
	filename string
	sender   string
	format   extract.Format
	at       time.Time
}

// event is the arrival as it is recorded.
func (a *arrival) event() Event {
	return Event{Kind: EventReceived, At: a.at, SHA256: a.sha256, Filename: a.filename,
		MediaType: a.format.MediaType(), SizeBytes: a.size, Sender: a.sender}
}

// Upload implements Reports. The bytes are archived and recorded before anything
// reads them, and converted even if ctx ends then. Errors beside those of
// Reports: *TooLargeError, *ReceiveError, ErrClosed, ErrBusy, ErrConflict,
// *UnavailableError, ErrNotFound where the report was deleted meanwhile. With an
// *extract.Error the Receipt is valid where the original was archived (ID is set).
func (s *Service) Upload(ctx context.Context, in Incoming) (Receipt, error) {
	if err := s.enter(); err != nil {
		return Receipt{}, err
	}
	defer s.work.Done()
	leave, err := s.admitted(ctx)
	if err != nil {
		return Receipt{}, err
	}
	defer leave()
	receipt, err := s.take(ctx, in)
	if err != nil || in.NoWait {
		return receipt, err
	}
	leave() // the bytes are in: waiting holds up nobody
	row, err := s.await(ctx, receipt.ID)
	if err != nil {
		return Receipt{}, err
	}
	receipt.State = row.State
	if row.State == StateFailed {
		return receipt, errorOf(row.Problem)
	}
	if row.State == StateCancelled {
		return receipt, fmt.Errorf("intake: report %s was cancelled: %w", row.ID, ErrNotFound)
	}
	return receipt, nil
}

// take brings one upload into the archive and the catalog.
func (s *Service) take(ctx context.Context, in Incoming) (Receipt, error) {
	a, err := s.receive(ctx, in.Filename, in.Body, s.cfg.MaxUploadBytes)
	if err != nil {
		return Receipt{}, err
	}
	defer s.discard(a.staged)
	// Once it is here it is kept, whether or not the sender still waits.
	ctx, cancel := s.unhurried(ctx)
	defer cancel()
	if err := s.remember(ctx, in.Key, a.sha256, IDOf(a.sha256)); err != nil {
		return Receipt{}, err
	}
	ad := make([]Admission, 1)
	if ad[0], err = s.keep(ctx, a); err != nil {
		return Receipt{}, err
	}
	rows, err := s.cfg.Catalog.Admit(ctx, "", ad)
	if err != nil {
		return Receipt{}, unavailable("catalog", err)
	}
	if err := s.kept(ctx, a, ad[0]); err != nil {
		return Receipt{}, err
	}
	return Receipt{ID: rows[0].ID, Created: ad[0].Created, State: rows[0].State}, nil
}

// takeTimeout bounds what is done with an upload that has come in, before it is
// answered.
const takeTimeout = 2 * time.Minute

// unhurried is a context that ends with the service, or after takeTimeout, but not
// with the request.
func (s *Service) unhurried(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTimeout)
	stop := context.AfterFunc(s.base, cancel)
	return ctx, func() { stop(); cancel() }
}

func (s *Service) discard(staged Staged) {
	if err := staged.Discard(); err != nil {
		s.cfg.Log.Warn("temporary file of an upload", "error", err)
	}
}

// source is a reader that keeps its error, so that the sender's failures can be
// told from ours.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// receive takes in the bytes, at most limit of them, and has a first look at them.
// The caller discards the staged file; where there is an error there is none.
func (s *Service) receive(ctx context.Context, filename string, r io.Reader, limit int64) (arrival, error) {
	a, err := s.stage(ctx, filename, r, limit)
	if err != nil {
		return a, err
	}
	a.format, err = s.look(a.staged, a.size)
	if fault := extract.AsError(err); fault != nil && fault.Code != extract.CodeUnsupported {
		return a, nil // archived, and told by the worker
	}
	if err != nil {
		s.discard(a.staged)
	}
	return a, err
}

// stage takes in the bytes, at most limit of them. The caller discards the staged
// file; where there is an error there is none.
func (s *Service) stage(ctx context.Context, filename string, r io.Reader, limit int64) (a arrival, err error) {
	ctx, end := s.cfg.Observer.Stage(ctx, StageReceive)
	defer func() { end(err) }()
	a = arrival{filename: cleanName(filename), sender: senderOf(ctx)}
	if a.staged, err = s.cfg.Archive.Stage(ctx); err != nil {
		return a, unavailable("archive", err)
	}
	defer func() {
		if err != nil {
			s.discard(a.staged)
		}
	}()
	src := &source{r: r}
	n, err := io.Copy(a.staged, io.LimitReader(src, limit+1))
	switch {
	case n > limit:
		return a, &TooLargeError{Limit: limit}
	case src.err != nil:
		return a, &ReceiveError{Err: src.err}
	case err != nil && ctx.Err() != nil:
		return a, &ReceiveError{Err: ctx.Err()}
	case err != nil:
		return a, unavailable("archive", err)
	}
	a.sha256, a.size = a.staged.Digest()
	a.at = s.now()
	return a, nil
}

// look tells the format of a staged file.
func (s *Service) look(staged Staged, size int64) (format extract.Format, err error) {
	f, err := staged.Open()
	if err != nil {
		return format, unavailable("archive", err)
	}
	format, err = s.cfg.Sniff(f, size)
	return format, errors.Join(err, f.Close())
}

// keep makes the original durable and says what is to be done with the report.
func (s *Service) keep(ctx context.Context, a arrival) (ad Admission, err error) {
	// Also where the report is known: that puts right an original that was lost
	// or damaged.
	in, end := s.cfg.Observer.Stage(ctx, StageArchive)
	_, err = a.staged.Commit(in)
	end(err)
	if err != nil {
		return ad, unavailable("archive", err)
	}
	ad.Trace = s.cfg.Carrier.Carry(ctx)
	row, err := s.present(ctx, a.sha256)
	switch {
	case isNotFound(err):
		ad.Redo, ad.Seen = true, StateArchived
		ad.Row, err = s.register(ctx, a)
		return ad, unavailable("archive", err)
	case err != nil:
		return ad, unavailable("catalog", err)
	}
	// Only its id counts, unless the report is deleted meanwhile: see kept.
	ad.Row, ad.Seen = received(a.event()), row.State
	ad.Redo, err = s.undone(ctx, row)
	if err == nil && (row.State == StateCancelled || row.State == StateFailed && ad.Redo) {
		err = s.record(ctx, Event{Kind: EventQueued, SHA256: a.sha256, Sender: a.sender})
	}
	return ad, unavailable("archive", err)
}

// present returns a report's row. A deletion that was recorded and then broken off
// is brought to its end first: the next start would take the row away otherwise, and
// with it what is sent now. Errors: ErrNotFound.
func (s *Service) present(ctx context.Context, sha256 string) (Row, error) {
	row, err := s.cfg.Catalog.Get(ctx, IDOf(sha256))
	if err != nil {
		return row, err
	}
	log, err := s.logOf(ctx, sha256)
	if err != nil {
		return row, unavailable("archive", err)
	}
	last, ok, err := s.lastOf(ctx, log, EventReceived, EventDeleted)
	if err != nil || !ok || last.Kind != EventDeleted {
		return row, unavailable("archive", err)
	}
	if err := s.cfg.Catalog.Delete(ctx, row.ID, row.ReceivedAt); err != nil && !isNotFound(err) {
		return row, err
	}
	return s.cfg.Catalog.Get(ctx, row.ID) // somebody else may have sent it again
}

// kept makes up, when the report is in the catalog, for a deletion that came
// between: what is there again has arrived again.
func (s *Service) kept(ctx context.Context, a arrival, ad Admission) error {
	if !ad.Created || ad.Seen == StateArchived {
		return nil
	}
	_, err := s.register(ctx, a)
	return unavailable("archive", err)
}

// undone tells whether a report that is there already is to be converted.
func (s *Service) undone(ctx context.Context, row Row) (bool, error) {
	switch row.State {
	case StateDone:
		sound, err := s.resultSound(ctx, row)
		return !sound, err
	case StateFailed:
		return !s.lasting(row), nil
	}
	return true, nil
}

// resultSound tells whether what is stored of a converted report can be read.
func (s *Service) resultSound(ctx context.Context, row Row) (bool, error) {
	_, err := s.loadResult(ctx, row.SHA256, row.Versions)
	if err == nil {
		_, err = s.loadDocument(ctx, row.SHA256, row.Versions)
	}
	if err != nil && isLost(err) {
		s.cfg.Log.WarnContext(ctx, "a lost result is made again", "id", row.ID, "error", err)
		return false, nil
	}
	return err == nil, err
}

// received is the catalog's row after the event of that kind.
func received(e Event) Row {
	return Row{Summary: Summary{
		ID:         IDOf(e.SHA256),
		State:      StateArchived,
		Filename:   e.Filename,
		MediaType:  e.MediaType,
		SHA256:     e.SHA256,
		SizeBytes:  e.SizeBytes,
		ReceivedAt: e.At,
		Sender:     e.Sender,
		Review:     Tally{State: report.Unreviewed},
	}}
}

// remember keeps an idempotency key. Errors: ErrConflict.
func (s *Service) remember(ctx context.Context, key, fingerprint, subject string) error {
	if key == "" {
		return nil
	}
	kept, err := s.cfg.Catalog.Remember(ctx, Key{Sender: senderOf(ctx), Key: key, Fingerprint: fingerprint, Subject: subject, At: s.now()})
	if err != nil {
		return unavailable("catalog", err)
	}
	if kept.Fingerprint != fingerprint {
		return fmt.Errorf("intake: key %q: %w", key, ErrConflict)
	}
	return nil
}

// awaitPoll is how often a report that another process converts is asked for.
const awaitPoll = 250 * time.Millisecond

// await waits until a report is settled.
func (s *Service) await(ctx context.Context, id string) (Row, error) {
	bell, hangUp := s.bells.listen(id)
	defer hangUp()
	poll := time.NewTicker(awaitPoll)
	defer poll.Stop()
	for {
		row, err := s.cfg.Catalog.Get(ctx, id)
		if err != nil {
			return row, err
		}
		if row.State == StateDone || row.State == StateFailed || row.State == StateCancelled {
			return row, nil
		}
		select {
		case <-bell:
		case <-poll.C:
		case <-s.closing:
			return row, ErrClosed
		case <-ctx.Done():
			return row, fmt.Errorf("intake: waiting: %w", ctx.Err())
		}
	}
}
