package intake

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The records of batches: what came, and what was cancelled or queued again.
const (
	batchesPrefix  = "batches/"
	batchFilesName = "/files.json.gz"
	opMark         = "/op"
	opSuffix       = ".json.gz"
	recordChunk    = 1000
)

// The kinds of batchOp.
const (
	opCancelled = "cancelled"
	opRetried   = "retried"
)

// batchOp is the record of what a command did to a batch. They are numbered,
// batches/<id>/op00000001.json.gz, as the events of reports are.
type batchOp struct {
	Kind    string    `json:"op"`
	At      time.Time `json:"at"`
	Sender  string    `json:"sender,omitempty"`
	Reports []string  `json:"reports"` // ids
	Files   []int64   `json:"files"`   // numbers in the batch
}

// batchRecord is the record of a batch's reception.
type batchRecord struct {
	Batch Batch       `json:"batch"`
	Files []BatchFile `json:"files"` // as they came: states are derived
}

// recordBatch keeps the list of a batch's files in the archive.
func (s *Service) recordBatch(ctx context.Context, id string) error {
	b, err := s.cfg.Catalog.Batch(ctx, id)
	if err != nil || b.Recorded {
		return err
	}
	b.State, b.Counts, b.LastEvent = BatchDone, Counts{Total: b.Counts.Total}, 0
	rec := batchRecord{Batch: b}
	for after := int64(-1); ; {
		part, err := s.cfg.Catalog.BatchFiles(ctx, id, after, recordChunk)
		if err != nil {
			return err
		}
		for _, f := range part {
			if f.ReportID != "" { // what becomes of it is in its own record
				f.State, f.Problem = "", nil
			}
			rec.Files = append(rec.Files, f)
		}
		if len(part) < recordChunk {
			break
		}
		after = part[len(part)-1].Seq
	}
	content, err := s.pack(rec)
	if err != nil {
		return fmt.Errorf("intake: batch %s: %w", id, err)
	}
	// Another process may have been faster, and seen the same.
	if err := s.cfg.Records.Put(ctx, batchesPrefix+id+batchFilesName, content); err != nil && !errors.Is(err, ErrExists) {
		return err
	}
	return s.cfg.Catalog.BatchRecorded(ctx, id)
}

// recordOp keeps in the archive what a command did, where it did anything.
func (s *Service) recordOp(ctx context.Context, id string, op batchOp) error {
	if len(op.Files)+len(op.Reports) == 0 {
		return nil
	}
	op.At, op.Sender = s.now(), senderOf(ctx)
	content, err := s.pack(op)
	if err != nil {
		return fmt.Errorf("intake: batch %s: %w", id, err)
	}
	last := 0
	for key, err := range s.cfg.Records.List(ctx, batchesPrefix+id+"/") {
		if err != nil {
			return unavailable("archive", err)
		}
		last = max(last, opNumber(key))
	}
	for n := last + 1; n <= last+maxContest; n++ {
		err = s.cfg.Records.Put(ctx, batchesPrefix+id+opMark+fmt.Sprintf("%08d", n)+opSuffix, content)
		if !errors.Is(err, ErrExists) {
			break
		}
	}
	return unavailable("archive", err)
}

// opNumber is the number of an operation's key; 0 for other keys.
func opNumber(key string) int {
	digits, ok := strings.CutPrefix("/"+path.Base(key), opMark)
	n, err := strconv.Atoi(strings.TrimSuffix(digits, opSuffix))
	if !ok || err != nil {
		return 0
	}
	return n
}

// batchHistory is what the records of batches say.
type batchHistory struct {
	batches   map[string]*batchPast
	cancelled map[string]time.Time // when reports were cancelled that were not queued again
	damaged   int
}

// batchPast is what became of one batch.
type batchPast struct {
	record    batchRecord // Batch.ID is empty where there is no list of files
	ended     bool        // the last operation cancelled
	cancelled map[int64]bool
}

// batchRecords reads the records of the batches that are wanted.
func (s *Service) batchRecords(ctx context.Context, want func(id string) (bool, error)) (batchHistory, error) {
	h := batchHistory{batches: map[string]*batchPast{}, cancelled: map[string]time.Time{}}
	var ops []batchOp
	for key, err := range s.cfg.Records.List(ctx, batchesPrefix) {
		if err != nil {
			return h, err
		}
		id, _, _ := strings.Cut(strings.TrimPrefix(key, batchesPrefix), "/")
		past, seen := h.batches[id]
		if !seen {
			wanted, err := want(id)
			if err != nil {
				return h, err
			}
			if wanted {
				past = &batchPast{cancelled: map[int64]bool{}}
			}
			h.batches[id] = past
		}
		if past == nil {
			continue
		}
		var op batchOp
		switch {
		case strings.HasSuffix(key, batchFilesName):
			err = s.load(ctx, key, &past.record)
		case opNumber(key) > 0:
			err = s.load(ctx, key, &op)
		default:
			continue // of a later version of the program
		}
		switch {
		case err != nil && isLost(err):
			s.cfg.Log.Error("record of a batch left out", "error", err)
			h.damaged++
		case err != nil:
			return h, err
		case op.Kind != "":
			past.add(op)
			ops = append(ops, op)
		}
	}
	h.replay(ops)
	return h, nil
}

// add takes the batch's next operation.
func (p *batchPast) add(op batchOp) {
	p.ended = op.Kind == opCancelled
	for _, seq := range op.Files {
		p.cancelled[seq] = p.ended
	}
}

// replay finds what the operations of all batches leave cancelled.
func (h *batchHistory) replay(ops []batchOp) {
	slices.SortStableFunc(ops, func(a, b batchOp) int { return a.At.Compare(b.At) })
	for _, op := range ops {
		for _, id := range op.Reports {
			if op.Kind == opCancelled {
				h.cancelled[id] = op.At
			} else {
				delete(h.cancelled, id)
			}
		}
	}
}

// restoreBatches writes the batches; only those the catalog does not know, unless
// all. The state of a file is its report's, unless it was cancelled.
func (s *Service) restoreBatches(ctx context.Context, h batchHistory, all bool) error {
	for _, past := range h.batches {
		if past == nil || past.record.Batch.ID == "" {
			continue
		}
		_, err := s.cfg.Catalog.Batch(ctx, past.record.Batch.ID)
		if err == nil && !all {
			continue
		}
		if err != nil && !isNotFound(err) {
			return err
		}
		if err := s.restoreBatch(ctx, past); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) restoreBatch(ctx context.Context, past *batchPast) error {
	b, open := past.record.Batch, false
	b.Recorded, b.TouchedAt = true, b.CreatedAt
	for i := range past.record.Files {
		f := &past.record.Files[i]
		if f.ReportID == "" {
			continue
		}
		row, err := s.cfg.Catalog.Get(ctx, f.ReportID)
		switch {
		case past.cancelled[f.Seq], isNotFound(err): // or deleted since
			f.State = StateCancelled
		case err != nil:
			return err
		default:
			f.State, f.Problem = row.State, row.Problem
		}
		open = open || f.State == StateQueued || f.State == StateRunning
	}
	switch {
	case past.ended:
		b.State = BatchCancelled
	case open:
		b.State = BatchRunning
	default:
		b.State = BatchDone
	}
	return s.cfg.Catalog.PutBatch(ctx, b, past.record.Files)
}
