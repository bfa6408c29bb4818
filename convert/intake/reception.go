package intake

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"nianbao/convert/report"
	"nianbao/extract"
)

const (
	// groupFiles and groupBytes bound what is staged before it is archived and
	// recorded together.
	groupFiles = 32
	groupBytes = 64 << 20
	// groupWriters is how many originals of a group are archived at a time.
	groupWriters = 8
	// maxPath is the length of a file's path in a batch, in characters.
	maxPath = 1000
)

// Unpacker opens a zip of files that was sent in the place of the files
// themselves. ok is false for what is no such zip. What the zip as a whole is
// refused for is an *extract.Error.
type Unpacker func(r io.ReaderAt, size int64) (files iter.Seq[PackedFile], ok bool, err error)

// PackedFile is one file in a zip.
type PackedFile struct {
	Path string
	// Open gives the content. Errors, of the reader, too: *extract.Error for what
	// is wrong with this file.
	Open func() (io.Reader, error)
}

// BatchSpec is what a batch begins with.
type BatchSpec struct {
	Name string
	// Key is the sender's Idempotency-Key: the same key continues the batch while
	// it is receiving and gives it back afterwards.
	Key string
}

// CreateBatch begins a batch. created is false where the key has one already.
func (s *Service) CreateBatch(ctx context.Context, spec BatchSpec) (b Batch, created bool, err error) {
	if err := s.enter(); err != nil {
		return b, false, err
	}
	defer s.work.Done()
	if err := s.room(ctx); err != nil {
		return b, false, err
	}
	b = Batch{ID: strings.ToLower(rand.Text()), Name: cleanLabel(spec.Name), Sender: senderOf(ctx), State: BatchReceiving, CreatedAt: s.now()}
	b.TouchedAt = b.CreatedAt
	if spec.Key != "" {
		kept, err := s.cfg.Catalog.Remember(ctx, Key{Sender: b.Sender, Key: spec.Key, Fingerprint: "batch", Subject: b.ID, At: b.CreatedAt})
		switch {
		case err != nil:
			return b, false, unavailable("catalog", err)
		case kept.Fingerprint != "batch":
			return b, false, fmt.Errorf("intake: key %q: %w", spec.Key, ErrConflict)
		case kept.Subject != b.ID:
			b, err = s.cfg.Catalog.Batch(ctx, kept.Subject)
			if !isNotFound(err) { // it died before there was a batch, if so
				return b, false, err
			}
			b = Batch{ID: kept.Subject, Name: cleanLabel(spec.Name), Sender: kept.Sender, State: BatchReceiving, CreatedAt: s.now()}
			b.TouchedAt = b.CreatedAt
		}
	}
	created, err = s.cfg.Catalog.CreateBatch(ctx, b)
	if err != nil {
		return b, false, unavailable("catalog", err)
	}
	if !created { // by somebody with the same key, at the same time
		b, err = s.cfg.Catalog.Batch(ctx, b.ID)
	}
	return b, created, err
}

// cleanLabel makes a name for a batch fit to be shown.
func cleanLabel(name string) string {
	if strings.TrimSpace(name) == "" {
		return ""
	}
	return cleanName(name)
}

// cleanPath makes a path in a batch fit to be shown: it stays one, with "/".
func cleanPath(name string) string {
	var parts []string
	for p := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '/' || r == '\\' }) {
		if clean := cleanName(p); clean != noName || p == noName { // neither "." nor ".."
			parts = append(parts, clean)
		}
	}
	if len(parts) == 0 {
		return noName
	}
	for len(parts) > 1 && utf8.RuneCountInString(strings.Join(parts, "/")) > maxPath {
		parts = parts[1:]
	}
	return strings.Join(parts, "/")
}

// Reception takes in files of a batch, one after the other, in groups. It belongs
// to one goroutine. Close must be called in the end.
type Reception struct {
	s     *Service
	ctx   context.Context
	batch string
	leave func()
	group []pending
	bytes int64
	taken []BatchFile
	there *arrivals // what has come
	until int64     // number of the first file that came after this began
}

// pending is a file that has come in and is not recorded yet.
type pending struct {
	file    BatchFile
	arrival *arrival // nil for one that was refused
}

// Receive begins to take in files. Errors: ErrNotFound where there is no such batch
// or it is not receiving any more, ErrBusy, ErrClosed.
func (s *Service) Receive(ctx context.Context, batch string) (*Reception, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	leave, err := s.admitted(ctx)
	if err != nil {
		s.work.Done()
		return nil, err
	}
	r := &Reception{s: s, ctx: ctx, batch: batch, leave: leave}
	if err := r.look(); err != nil {
		leave()
		s.work.Done()
		return nil, err
	}
	return r, nil
}

// look sees whether the batch is receiving, and what came already: a sender that
// was broken off sends it again, and it is not to be there twice.
func (r *Reception) look() error {
	b, err := r.s.cfg.Catalog.Batch(r.ctx, r.batch)
	switch {
	case isNotFound(err):
		return err
	case err != nil:
		return unavailable("catalog", err)
	case b.State != BatchReceiving:
		return fmt.Errorf("intake: batch %s is %s: %w", r.batch, b.State, ErrNotFound)
	}
	if r.there, err = r.s.arrivalsOf(r.ctx, r.batch); err != nil {
		return err
	}
	r.until = r.there.until()
	return nil
}

// Add takes in one file, or the files of a zip. A file that is refused is a failed
// file of the batch and no error. Errors: *ReceiveError, *UnavailableError; the
// files before stay.
func (r *Reception) Add(name string, body io.Reader) error {
	name = cleanPath(name)
	if r.s.cfg.Unpack == nil {
		a, err := r.s.receive(r.ctx, name, body, r.s.cfg.MaxUploadBytes)
		return r.enter(name, a, err)
	}
	limit := r.s.cfg.MaxUploadBytes
	peeked := bufio.NewReaderSize(body, 4096)
	if head, _ := peeked.Peek(len(zipMark)); string(head) == zipMark {
		limit = max(limit, r.s.cfg.MaxZipBytes) // a DOCX begins so, too: see enter
	}
	a, err := r.s.stage(r.ctx, name, peeked, limit)
	if err != nil {
		return r.enter(name, a, err)
	}
	a.format, err = r.s.look(a.staged, a.size)
	fault := extract.AsError(err)
	switch {
	case fault != nil && fault.Code == extract.CodeUnsupported:
		return r.unpack(name, a, fault)
	case fault == nil && err != nil:
		r.s.discard(a.staged)
		return err
	case a.size > r.s.cfg.MaxUploadBytes:
		r.s.discard(a.staged)
		return r.enter(name, arrival{}, &TooLargeError{Limit: r.s.cfg.MaxUploadBytes})
	}
	return r.enter(name, a, nil)
}

// zipMark is what a zip begins with (APPNOTE.TXT 4.3.7).
const zipMark = "PK\x03\x04"

// enter puts a file that came in, or was refused, into the group.
func (r *Reception) enter(name string, a arrival, err error) error {
	p := pending{file: BatchFile{Path: name, State: StateFailed}}
	var large *TooLargeError
	fault := extract.AsError(err)
	switch {
	case err == nil && r.there.before(r.until, name, a.sha256):
		r.s.discard(a.staged)
		return nil
	case err == nil:
		p.file.SHA256, p.file.Size = a.sha256, a.size
		p.arrival = &a
		r.bytes += a.size
	case fault != nil:
		problem := problemOf(fault, r.s.cfg.Title)
		p.file.Problem = &problem
	case errors.As(err, &large):
		problem := r.s.tooLarge(large.Limit)
		p.file.Problem = &problem
	default:
		return err
	}
	r.group = append(r.group, p)
	if len(r.group) >= groupFiles || r.bytes >= groupBytes {
		return r.flush()
	}
	return nil
}

func (s *Service) tooLarge(limit int64) report.Problem {
	name := "max_upload_bytes"
	if limit == s.cfg.MaxZipBytes && limit != s.cfg.MaxUploadBytes {
		name = "max_zip_bytes"
	}
	return report.Problem{Code: codeTooLarge, Title: s.cfg.Title(codeTooLarge),
		Detail: fmt.Sprintf("文件超过上传上限 %d 字节，没有归档。请压缩文件中的图片或拆分后重新上传。", limit),
		Limit:  fmt.Sprintf("%s=%d", name, limit)}
}

// unpack takes in the files of a staged zip, if it is one.
func (r *Reception) unpack(name string, zip arrival, refused error) (err error) {
	defer r.s.discard(zip.staged)
	f, err := zip.staged.Open()
	if err != nil {
		return unavailable("archive", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	files, ok, err := r.s.cfg.Unpack(f, zip.size)
	if fault := extract.AsError(err); fault != nil {
		return r.enter(name, arrival{}, fault)
	}
	if err != nil {
		return unavailable("archive", err)
	}
	if !ok {
		return r.enter(name, arrival{}, refused)
	}
	empty := true
	for packed := range files {
		empty = false
		if err := r.packed(packed); err != nil {
			return err
		}
	}
	if empty {
		return r.enter(name, arrival{}, &extract.Error{Code: extract.CodeUnsupported, Detail: "压缩包里没有文件。请核对后重新压缩上传。"})
	}
	return nil
}

// packed takes in one file of a zip.
func (r *Reception) packed(p PackedFile) error {
	content, err := p.Open()
	if err != nil {
		if extract.AsError(err) == nil {
			return unavailable("archive", err)
		}
		return r.enter(p.Path, arrival{}, err)
	}
	a, err := r.s.receive(r.ctx, p.Path, content, r.s.cfg.MaxUploadBytes)
	var broken *ReceiveError
	switch {
	case errors.As(err, &broken) && extract.AsError(broken.Err) != nil:
		err = broken.Err // the zip's fault, not the sender's
	case broken != nil && r.ctx.Err() == nil:
		err = unavailable("archive", broken.Err) // reading what we staged
	}
	return r.enter(p.Path, a, err)
}

// flush archives and records the group; when it returns nil all of it is durable.
func (r *Reception) flush() error {
	group := r.group
	r.group, r.bytes = nil, 0
	if len(group) == 0 {
		return nil
	}
	defer r.drop(group)
	if err := r.s.room(r.ctx); err != nil {
		return err
	}
	ctx, cancel := r.s.unhurried(r.ctx)
	defer cancel()
	admissions, err := r.keepAll(ctx, group)
	if err != nil {
		return err
	}
	again, cancelAgain := r.s.unhurried(r.ctx)
	defer cancelAgain()
	if _, err := r.s.cfg.Catalog.Admit(again, r.batch, admissions); err != nil {
		if isNotFound(err) {
			return errors.Join(err, r.late(again, admissions))
		}
		return unavailable("catalog", err)
	}
	for i := range group {
		r.taken = append(r.taken, group[i].file)
		if group[i].arrival == nil {
			continue
		}
		if err := r.s.kept(again, *group[i].arrival, admissions[i]); err != nil {
			return err
		}
	}
	return nil
}

// keepAll makes the originals of a group durable.
func (r *Reception) keepAll(ctx context.Context, group []pending) ([]Admission, error) {
	admissions := make([]Admission, len(group))
	first := map[string]int{} // of the same bytes the first counts
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(groupWriters)
	for i, p := range group {
		if p.arrival == nil {
			continue
		}
		if _, twice := first[p.arrival.sha256]; twice {
			continue
		}
		first[p.arrival.sha256] = i
		work.Go(func() (err error) {
			admissions[i], err = r.s.keep(ctx, *p.arrival)
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	for i, p := range group {
		if p.arrival != nil {
			admissions[i] = admissions[first[p.arrival.sha256]]
		}
		admissions[i].File = &group[i].file
	}
	return admissions, nil
}

// late deals with files that came in while the batch was cancelled: their reports
// are on record, and cancelled as those of the batch's other files.
func (r *Reception) late(ctx context.Context, admissions []Admission) error {
	b, err := r.s.cfg.Catalog.Batch(ctx, r.batch)
	if err != nil {
		return unavailable("catalog", err)
	}
	if b.State != BatchCancelled {
		return nil // somebody ended the reception: Recover finds the reports
	}
	op := batchOp{Kind: opCancelled, At: r.s.now()}
	for _, a := range admissions {
		if a.Row.ID == "" || a.Seen != StateArchived {
			continue
		}
		a.Row.State = StateCancelled
		created, err := r.s.cfg.Catalog.Insert(ctx, a.Row)
		if err != nil {
			return unavailable("catalog", err)
		}
		if created {
			op.Reports = append(op.Reports, a.Row.ID)
		}
	}
	if len(op.Reports) == 0 {
		return nil
	}
	return r.s.recordOp(ctx, r.batch, op)
}

func (r *Reception) drop(group []pending) {
	for _, p := range group {
		if p.arrival != nil {
			r.s.discard(p.arrival.staged)
		}
	}
}

// Close archives and records what is left, and returns all files taken in. The
// batch stays open.
func (r *Reception) Close() ([]BatchFile, error) {
	defer r.s.work.Done()
	defer r.leave()
	err := r.flush()
	return r.taken, err
}
