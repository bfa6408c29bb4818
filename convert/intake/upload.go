package intake

import (
	"context"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"io"
	"strings"

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

// arrival is an upload that has come in completely.
type arrival struct {
	staged   Staged
	sha256   string
	size     int64
	filename string
	sender   string
	format   extract.Format
	fault    *extract.Error // told by the first look: encrypted or damaged
}

// Upload implements Reports. The bytes are archived and recorded before anything
// reads them, and converted even if ctx ends then. Errors beside those of
// Reports: *TooLargeError, *ReceiveError, ErrClosed, ErrNotFound where the report
// was deleted meanwhile. With an *extract.Error the Receipt is valid where the
// original was archived (ID is set).
func (s *Service) Upload(ctx context.Context, filename string, r io.Reader) (Receipt, error) {
	staged, err := s.cfg.Archive.Stage(ctx)
	if err != nil {
		return Receipt{}, err
	}
	a := arrival{staged: staged, filename: cleanName(filename), sender: senderOf(ctx)}
	if err := s.receive(&a, r); err != nil {
		s.discard(staged)
		return Receipt{}, err
	}
	id := IDOf(a.sha256)
	for {
		work, f, own, err := s.begin(id, true)
		switch {
		case err != nil:
			s.discard(staged)
			return Receipt{}, err
		case own:
			go s.fly(work, f, a) // the staged file is the flight's from here on
			return s.answer(ctx, f, true)
		case f.upload: // of the same bytes
			s.discard(staged)
			return s.answer(ctx, f, false)
		}
		if err := wait(ctx, f); err != nil {
			s.discard(staged)
			return Receipt{}, err
		}
	}
}

// answer waits for the flight of an upload. own is false for those who joined.
func (s *Service) answer(ctx context.Context, f *flight, own bool) (Receipt, error) {
	if err := wait(ctx, f); err != nil {
		return Receipt{}, err
	}
	if f.row.ID == "" || f.err != nil && extract.AsError(f.err) == nil {
		return Receipt{}, f.err
	}
	return Receipt{ID: f.row.ID, Created: own && f.created, State: f.row.State}, f.err
}

func (s *Service) fly(ctx context.Context, f *flight, a arrival) {
	defer s.end(IDOf(a.sha256), f)
	defer s.discard(a.staged)
	f.row, f.created, f.err = s.accept(ctx, a)
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

// receive takes in the bytes and has a first look at them.
func (s *Service) receive(a *arrival, r io.Reader) (err error) {
	src := &source{r: r}
	limit := s.cfg.MaxUploadBytes
	n, err := io.Copy(a.staged, io.LimitReader(src, limit+1))
	switch {
	case n > limit:
		return &TooLargeError{Limit: limit}
	case src.err != nil:
		return &ReceiveError{Err: src.err}
	case err != nil:
		return err
	}
	a.sha256, a.size = a.staged.Digest()
	f, err := a.staged.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	a.format, err = s.cfg.Sniff(f, a.size)
	if err == nil {
		return nil
	}
	a.fault = extract.AsError(err)
	if a.fault == nil || a.fault.Code == extract.CodeUnsupported {
		return err // not archived
	}
	return nil
}

// accept archives, records and converts. created is true where the catalog did
// not know the report.
func (s *Service) accept(ctx context.Context, a arrival) (row Row, created bool, err error) {
	// Also where the report is known: that puts right an original that was lost
	// or damaged.
	if _, err := a.staged.Commit(ctx); err != nil {
		return Row{}, false, s.reason(ctx, err)
	}
	row, err = s.cfg.Catalog.Get(ctx, IDOf(a.sha256))
	if isNotFound(err) {
		row, err = s.admit(ctx, a)
		created = true
	}
	if err != nil {
		return Row{}, false, s.reason(ctx, err)
	}
	if row.State == StateDone {
		sound, err := s.resultSound(ctx, row)
		if err != nil || sound {
			return row, created, s.reason(ctx, err)
		}
	}
	switch {
	case row.State == StateFailed && s.lasting(row):
		return row, created, errorOf(row.Problem)
	case a.fault != nil:
		row, err = s.fail(ctx, row, a.fault)
		return row, created, err
	}
	row, err = s.convert(ctx, row, a.staged)
	return row, created, err
}

// resultSound tells whether what is stored of a converted report can be read.
func (s *Service) resultSound(ctx context.Context, row Row) (bool, error) {
	_, err := s.loadResult(ctx, row.SHA256, row.Versions)
	if err == nil {
		_, err = s.loadDocument(ctx, row.SHA256, row.Versions)
	}
	if err != nil && isLost(err) {
		s.cfg.Log.Warn("a lost result is made again", "id", row.ID, "error", err)
		return false, nil
	}
	return err == nil, err
}

// admit records the arrival and adds the report to the catalog.
func (s *Service) admit(ctx context.Context, a arrival) (Row, error) {
	e, err := s.record(ctx, Event{
		Kind:      EventReceived,
		SHA256:    a.sha256,
		Filename:  a.filename,
		MediaType: a.format.MediaType(),
		SizeBytes: a.size,
		Sender:    a.sender,
	})
	if err != nil {
		return Row{}, err
	}
	row := received(e)
	if _, err := s.cfg.Catalog.Insert(ctx, row); err != nil {
		return Row{}, err
	}
	return row, nil
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
	}}
}
