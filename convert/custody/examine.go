package custody

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"nianbao/convert/intake"
)

// examiner looks at holdings. It is safe for concurrent use.
type examiner struct {
	archive Archive
	catalog Catalog // may be nil
}

// tally is what an examination read.
type tally struct {
	hashed, bytes, records int64
}

// history is what the events of a report come to.
type history struct {
	received *intake.Event // the last; nil where none can be read
	key      string        // of received
	deleted  bool
	damaged  []Finding
}

// content is what reading an original gave.
type content struct {
	read    bool
	corrupt *intake.CorruptError // nil where the bytes are right
	broken  error                // the store's, where it could not be read
}

// examine looks at a holding. deep reads the original, the events and the
// results; otherwise these are read only where the listings leave a doubt.
func (x *examiner) examine(ctx context.Context, h *holding, deep bool) (found []Finding, t tally, err error) {
	if x.catalog != nil && h.row == nil && len(h.events) > 0 {
		// A row with a wrong digest stands elsewhere.
		if h.row, err = x.rowOf(ctx, h.digest); err != nil {
			return nil, t, err
		}
	}
	agree := h.original != nil && len(h.events) > 0 && (x.catalog == nil || h.row != nil && h.row.Size == h.original.Size)
	var past history
	if deep || !agree {
		if past, err = x.history(ctx, h, &t); err != nil {
			return nil, t, err
		}
	}
	deep = deep || h.original != nil && past.received != nil && past.received.SizeBytes != h.original.Size
	var c content
	if deep && h.original != nil {
		if c, err = x.content(ctx, h, &t); err != nil {
			return nil, t, err
		}
	}
	found = append(found, past.damaged...)
	found = append(found, gaps(h)...)
	found = append(found, x.judgeOriginal(ctx, h, past, c)...)
	if x.catalog != nil {
		found = append(found, judgeRow(h, past, c)...)
	}
	if deep {
		damaged, err := x.results(ctx, h, &t)
		if err != nil {
			return nil, t, err
		}
		found = append(found, damaged...)
	}
	return found, t, nil
}

// gather sees anew what there is of a report.
func (x *examiner) gather(ctx context.Context, digest string) (*holding, error) {
	h := &holding{digest: digest}
	o, err := x.archive.Open(ctx, digest)
	switch {
	case err == nil:
		h.original = &Object{Digest: digest, Size: o.Size(), Key: keyOf(digest)}
		if err := o.Close(); err != nil {
			return nil, err
		}
	case errors.Is(err, intake.ErrNotFound):
	default:
		if err := x.available(ctx, err); err != nil {
			return nil, err
		}
		h.original = &Object{Digest: digest, Key: keyOf(digest)} // reading it will say what is wrong
	}
	for prefix, list := range map[string]*[]Object{eventsPrefix: &h.events, resultsPrefix: &h.results} {
		for o, err := range x.archive.Objects(ctx, prefix+digest+"/") {
			if err != nil {
				return nil, err
			}
			*list = append(*list, o)
		}
	}
	if x.catalog != nil {
		h.row, err = x.rowOf(ctx, digest)
		if err != nil {
			return nil, err
		}
	}
	return h, nil
}

// keyOf is where package storage/archive keeps the original.
func keyOf(digest string) string { return originalsPrefix + digest[:2] + "/" + digest[2:] }

// rowOf returns nil where the catalog does not have the report's id.
func (x *examiner) rowOf(ctx context.Context, digest string) (*Row, error) {
	r, err := x.catalog.Holding(ctx, intake.IDOf(digest))
	switch {
	case errors.Is(err, intake.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("custody: %w", err)
	}
	return &r, nil
}

// history reads the events in their order.
func (x *examiner) history(ctx context.Context, h *holding, t *tally) (past history, err error) {
	for _, o := range h.events {
		t.records++
		e, fault, err := x.event(ctx, h.digest, o.Key)
		if err != nil {
			return past, err
		}
		if fault != nil {
			past.damaged = append(past.damaged, *fault)
			continue
		}
		switch e.Kind {
		case intake.EventReceived:
			past.received, past.key, past.deleted = &e, o.Key, false
		case intake.EventDeleted:
			past.deleted = true
		default: // says nothing of the original
		}
	}
	return past, nil
}

// event reads one event; fault says what is wrong with it.
func (x *examiner) event(ctx context.Context, digest, key string) (e intake.Event, fault *Finding, err error) {
	b, fault, err := x.record(ctx, digest, key)
	if err != nil || fault != nil {
		return e, fault, err
	}
	e, fault = parseEvent(digest, key, b)
	return e, fault, nil
}

func parseEvent(digest, key string, content []byte) (e intake.Event, fault *Finding) {
	if err := json.Unmarshal(content, &e); err != nil {
		return e, recordFault(digest, key, "事件不是完整的 JSON："+err.Error())
	}
	if e.SHA256 != digest {
		fault = recordFault(digest, key, "事件写的是另一份原件")
		fault.Algorithm, fault.Expected, fault.Found = Algorithm, digest, e.SHA256
	}
	return e, fault
}

// record reads a record. A fault of the one record is told from a store that is
// away.
func (x *examiner) record(ctx context.Context, digest, key string) (b []byte, fault *Finding, err error) {
	b, err = x.archive.Get(ctx, key)
	switch {
	case err == nil:
		return b, nil, nil
	case errors.Is(err, intake.ErrNotFound):
		return nil, recordFault(digest, key, "记录在列表中，却读不到"), nil
	case errors.Is(err, intake.ErrCorrupt):
		return nil, recordFault(digest, key, "内容与存储所记的校验值不符"), nil
	}
	if err := x.available(ctx, err); err != nil {
		return nil, nil, err
	}
	fault = recordFault(digest, key, "存储读取出错："+err.Error())
	fault.Kind = Unreadable
	return nil, fault, nil
}

// available returns nil where the archive answers all the same, so that the
// error is one of a single object.
func (x *examiner) available(ctx context.Context, cause error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("custody: %w", err)
	}
	if err := x.archive.Check(ctx); err != nil {
		return fmt.Errorf("custody: %w", errors.Join(cause, err))
	}
	return nil
}

func recordFault(digest, key, detail string) *Finding {
	return &Finding{Kind: RecordDamaged, Key: key, SHA256: digest, ReportID: intake.IDOf(digest), Detail: detail}
}

// content reads the original to its end.
func (x *examiner) content(ctx context.Context, h *holding, t *tally) (c content, err error) {
	o, err := x.archive.Open(ctx, h.digest)
	var n int64
	if err == nil {
		n, err = io.Copy(io.Discard, o)
		err = errors.Join(err, o.Close())
	}
	t.hashed++
	t.bytes += n
	switch {
	case err == nil:
		return content{read: true}, nil
	case errors.As(err, &c.corrupt):
		c.read = true
		return c, nil
	case errors.Is(err, intake.ErrNotFound): // went away since it was listed
		h.original = nil
		return content{}, nil
	}
	if err := x.available(ctx, err); err != nil {
		return content{}, err
	}
	return content{broken: err}, nil
}

// judgeOriginal says what is wrong with the original.
func (x *examiner) judgeOriginal(ctx context.Context, h *holding, past history, c content) []Finding {
	f := Finding{Key: keyOf(h.digest), SHA256: h.digest, ReportID: intake.IDOf(h.digest)}
	switch {
	case h.original == nil && (len(h.events) > 0 || h.row != nil):
		if h.row != nil && len(h.events) == 0 && h.row.State == intake.StateReceived {
			return nil // its bytes are coming in
		}
		f.Kind, f.ExpectedBytes, f.Detail = Missing, sizeOf(h, past), "有记录而没有原件"
	case h.original == nil && len(h.results) == 0:
		return nil // gone since it was listed
	case h.original == nil:
		f.Kind, f.Key, f.Detail = Orphan, h.results[0].Key, "有结果而没有原件和事件"
	case c.broken != nil:
		f.Kind, f.Detail = Unreadable, "存储读取出错："+c.broken.Error()
	case c.corrupt != nil:
		f.Kind, f.Detail = Damaged, "内容与归档时的校验值不符"
		f.ExpectedBytes, f.FoundBytes = sizeOf(h, past), c.corrupt.Size
		if f.ExpectedBytes > f.FoundBytes {
			f.Kind, f.Detail = Truncated, "内容比归档时短"
		}
		f.Algorithm, f.Expected, f.Found = Algorithm, h.digest, c.corrupt.Got
		if o, err := x.archive.Stat(ctx, f.Key); err == nil { // only helps to explain
			f.Stored = o.Stored
		}
	case len(h.events) == 0 && h.row == nil:
		f.Kind, f.FoundBytes, f.Detail = Orphan, h.original.Size, "有原件而没有事件"
	case c.read && past.received != nil && past.received.SizeBytes != h.original.Size:
		// The bytes are right, so the event is not.
		f = *recordFault(h.digest, past.key, "事件所记的大小与原件不符")
		f.ExpectedBytes, f.FoundBytes = h.original.Size, past.received.SizeBytes
	default:
		return nil
	}
	return []Finding{f}
}

// sizeOf is the size the original had when it was received, 0 where nobody says.
func sizeOf(h *holding, past history) int64 {
	if past.received != nil {
		return past.received.SizeBytes
	}
	if h.row != nil {
		return h.row.Size
	}
	return 0
}

// judgeRow says where the catalog differs from the archive.
func judgeRow(h *holding, past history, c content) []Finding {
	f := Finding{Kind: CatalogMismatch, SHA256: h.digest, ReportID: intake.IDOf(h.digest)}
	switch {
	case h.row == nil:
		if past.received == nil || past.deleted || len(past.damaged) > 0 {
			return nil // there need not be one, or nobody can say
		}
		f.Detail = "有事件而目录库中没有这份报告"
	case h.row.SHA256 != h.digest:
		f.Algorithm, f.Expected, f.Found = Algorithm, h.digest, h.row.SHA256
		f.Detail = "目录库所记的校验值与归档不符"
	case past.deleted && len(past.damaged) == 0:
		f.Detail = "已移除的报告仍在目录库中"
	case h.original != nil && len(h.events) == 0:
		f.Detail = "目录库中有这份报告而没有事件"
	default:
		size := trueSize(h, past, c)
		if size < 0 || size == h.row.Size {
			return nil
		}
		f.ExpectedBytes, f.FoundBytes, f.Detail = size, h.row.Size, "目录库所记的大小与归档不符"
	}
	return []Finding{f}
}

// trueSize is the size of the right bytes: of the original where they were read,
// or else what the event says; -1 where neither is known.
func trueSize(h *holding, past history, c content) int64 {
	switch {
	case c.read && c.corrupt == nil && h.original != nil:
		return h.original.Size
	case past.received != nil:
		return past.received.SizeBytes
	case !c.read && c.broken == nil && h.original != nil:
		return h.original.Size
	}
	return -1
}

// results reads the results to their ends.
func (x *examiner) results(ctx context.Context, h *holding, t *tally) (found []Finding, err error) {
	for _, o := range h.results {
		t.records++
		fault, err := x.whole(ctx, h.digest, o.Key)
		if err != nil {
			return nil, err
		}
		if fault != nil {
			found = append(found, *fault)
		}
	}
	return found, nil
}

// whole reads a record to its end, where the checksum of gzip is; JSON is parsed.
// What has another form is of a later version of the program.
func (x *examiner) whole(ctx context.Context, digest, key string) (fault *Finding, err error) {
	b, fault, err := x.record(ctx, digest, key)
	if err != nil || fault != nil {
		return fault, err
	}
	switch path.Ext(key) {
	case ".gz":
		if err := inflateTo(io.Discard, b); err != nil {
			fault = recordFault(digest, key, "压缩的记录已损坏："+err.Error())
		}
	case ".json":
		if !json.Valid(b) {
			fault = recordFault(digest, key, "记录不是完整的 JSON")
		}
	}
	return fault, nil
}

// gaps tells the numbers that are missing among a report's events, which are
// numbered from 1 (events/<sha256>/n00000001.json; earlier keys have times). The
// last ones cannot be missed.
func gaps(h *holding) (found []Finding) {
	next := 1
	for _, o := range h.events {
		digits, numbered := strings.CutPrefix(strings.TrimSuffix(path.Base(o.Key), ".json"), "n")
		n, err := strconv.Atoi(digits)
		if !numbered || err != nil {
			continue
		}
		if n > next {
			f := recordFault(h.digest, fmt.Sprintf("%s%s/n%08d.json", eventsPrefix, h.digest, next), "缺少这个编号的事件")
			f.Kind = Missing
			found = append(found, *f)
		}
		next = n + 1
	}
	return found
}
