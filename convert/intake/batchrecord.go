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

	"nianbao/convert/report"
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
	opEnded     = "ended" // nobody's command: what became of the files is recorded
)

// batchOp is the record of what a command did to a batch. They are numbered,
// batches/<id>/op00000001.json.gz, as the events of reports are. A command is
// recorded when it begins and, at the same time At, when it has ended: what it did
// is known only then.
type batchOp struct {
	Kind    string    `json:"op"`
	At      time.Time `json:"at"` // when it began
	Sender  string    `json:"sender,omitempty"`
	Begun   bool      `json:"begun,omitempty"` // nothing is done yet
	Ended   bool      `json:"ended,omitempty"` // nothing is left to be done
	State   State     `json:"state,omitempty"` // the batch's, where the command has ended
	Reports []string  `json:"reports"`         // ids
	Files   []int64   `json:"files"`           // numbers in the batch

	Outcomes []fileOutcome `json:"outcomes,omitempty"` // of opEnded
}

// fileOutcome is what became of a file of a batch that ended.
type fileOutcome struct {
	Seq     int64           `json:"seq"`
	State   State           `json:"state"`
	Problem *report.Problem `json:"error,omitempty"`
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
	if rec.Files, err = s.allFiles(ctx, id); err != nil {
		return err
	}
	for i := range rec.Files {
		if f := &rec.Files[i]; f.ReportID != "" { // what becomes of it is not known yet
			f.State, f.Problem = "", nil
		}
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

// recordEnd keeps in the archive what became of the files of a batch that has
// ended: their reports may be deleted, or converted again, later.
func (s *Service) recordEnd(ctx context.Context, id string) error {
	b, err := s.cfg.Catalog.Batch(ctx, id)
	if err != nil || b.EndRecorded || !b.Ended() {
		return err
	}
	files, err := s.allFiles(ctx, id)
	if err != nil {
		return err
	}
	op := batchOp{Kind: opEnded, At: s.now(), Ended: true, State: b.State}
	for _, f := range files {
		if f.State == StateQueued || f.State == StateRunning {
			return nil // it goes on
		}
		if f.ReportID != "" {
			op.Outcomes = append(op.Outcomes, fileOutcome{f.Seq, f.State, f.Problem})
		}
	}
	if err := s.recordOp(ctx, id, op); err != nil {
		return err
	}
	return s.cfg.Catalog.BatchEndRecorded(ctx, id, b.LastEvent)
}

func (s *Service) allFiles(ctx context.Context, id string) (all []BatchFile, err error) {
	for after := int64(-1); ; {
		part, err := s.cfg.Catalog.BatchFiles(ctx, id, after, recordChunk)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
		if len(part) < recordChunk {
			return all, nil
		}
		after = part[len(part)-1].Seq
	}
}

// command does something to a batch, recorded before and after.
func (s *Service) command(ctx context.Context, id, kind string, do func() (Touched, error)) (b Batch, did Touched, err error) {
	op := batchOp{Kind: kind, At: s.now(), Begun: true}
	if err := s.recordOp(ctx, id, op); err != nil {
		return b, did, err
	}
	did, err = do()
	if err == nil {
		b, err = s.cfg.Catalog.Batch(ctx, id)
	}
	// What was done is recorded also where not all was.
	op.Begun, op.Ended, op.State, op.Reports, op.Files = false, err == nil, b.State, did.Reports, did.Files
	return b, did, errors.Join(err, s.recordOp(ctx, id, op))
}

// recordOp keeps in the archive what a command does or did.
func (s *Service) recordOp(ctx context.Context, id string, op batchOp) error {
	op.Sender = senderOf(ctx)
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
	retried   map[string]time.Time // when reports were last queued again
	damaged   int
}

// batchPast is what became of one batch.
type batchPast struct {
	record    batchRecord // Batch.ID is empty where there is no list of files
	ops       []batchOp
	ended     bool // the last operation cancelled
	cut       bool // files without an outcome are cancelled, also those not in cancelled
	cancelled map[int64]bool
	outcomes  map[int64]fileOutcome // of the files that ended and were not queued again
}

// batchRecords reads the records of the batches that are wanted.
func (s *Service) batchRecords(ctx context.Context, want func(id string) (bool, error)) (batchHistory, error) {
	h := batchHistory{batches: map[string]*batchPast{}, cancelled: map[string]time.Time{}, retried: map[string]time.Time{}}
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
				past = &batchPast{cancelled: map[int64]bool{}, outcomes: map[int64]fileOutcome{}}
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
			past.ops = append(past.ops, op)
		}
	}
	var ops []batchOp
	for _, past := range h.batches {
		if past != nil {
			ops = append(ops, past.replay()...)
		}
	}
	h.replay(ops)
	return h, nil
}

// replay does the batch's operations again and returns them. One that has ended is
// done as it ended; of one that was broken off, only what it was about to do is
// known for certain.
func (p *batchPast) replay() (ops []batchOp) {
	ended := map[int64]bool{}
	for _, op := range p.ops {
		ended[op.At.UnixMicro()] = ended[op.At.UnixMicro()] || op.Ended
	}
	for _, op := range p.ops {
		switch {
		case !op.Begun:
			p.add(op)
		case ended[op.At.UnixMicro()]:
			continue
		default:
			p.brokenOff(&op)
		}
		ops = append(ops, op)
	}
	return ops
}

// add takes the batch's next operation.
func (p *batchPast) add(op batchOp) {
	if op.Kind == opEnded {
		p.ended, p.cut = op.State == BatchCancelled, false
		for _, o := range op.Outcomes {
			p.outcomes[o.Seq] = o
		}
		return
	}
	cancels := op.Kind == opCancelled
	p.ended = cancels
	if op.State != "" { // there may have been nothing to do
		p.ended = op.State == BatchCancelled
	}
	p.cut = p.cut && (cancels || len(op.Files) == 0)
	for _, seq := range op.Files {
		p.cancelled[seq] = cancels
		delete(p.outcomes, seq)
	}
}

// brokenOff takes an operation of which it is not known how far it came. To convert
// a report once too often does no harm: a retry is taken for complete, and a
// cancellation cancels files, but not the reports that others may wait for.
func (p *batchPast) brokenOff(op *batchOp) {
	p.ended = op.Kind == opCancelled
	p.cut = p.ended
	if p.ended {
		return
	}
	clear(p.cancelled)
	clear(p.outcomes)
	for _, f := range p.record.Files {
		if f.ReportID != "" {
			op.Reports = append(op.Reports, f.ReportID)
		}
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
				h.retried[id] = op.At
			}
		}
	}
}

// restoreBatches writes the batches; only those the catalog does not know, unless
// all. The state of a file is what it came to, where that is recorded; otherwise its
// report's, unless it was cancelled.
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
		if err := s.restoreBatch(ctx, past, all); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) restoreBatch(ctx context.Context, past *batchPast, replace bool) error {
	b, open := past.record.Batch, false
	b.Recorded, b.TouchedAt, b.EndRecorded = true, b.CreatedAt, true
	// Above all numbers that followers may have seen: they are sent all files again.
	b.LastEvent = s.now().UnixMilli()
	for i := range past.record.Files {
		f := &past.record.Files[i]
		if f.ReportID == "" {
			continue
		}
		if o, ok := past.outcomes[f.Seq]; ok {
			f.State, f.Problem = o.State, o.Problem
			continue
		}
		b.EndRecorded = false
		row, err := s.cfg.Catalog.Get(ctx, f.ReportID)
		switch {
		case past.cancelled[f.Seq], isNotFound(err): // or deleted since
			f.State = StateCancelled
		case err != nil:
			return err
		default:
			f.State, f.Problem = row.State, row.Problem
		}
		if f.State == StateQueued || f.State == StateRunning {
			if past.cut {
				f.State = StateCancelled
			} else {
				open = true
			}
		}
	}
	switch {
	case past.ended:
		b.State = BatchCancelled
	case open:
		b.State = BatchRunning
	default:
		b.State = BatchDone
	}
	return s.cfg.Catalog.PutBatch(ctx, b, past.record.Files, replace)
}
