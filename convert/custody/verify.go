package custody

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"nianbao/convert/intake"
)

// Options say how to verify.
type Options struct {
	Archive Archive
	// Catalog is compared with the archive; nil leaves it out.
	Catalog Catalog
	Sample  Sample
	// Seed chooses the sample; 0 takes one at random.
	Seed uint64
	// Concurrency is how many holdings are examined at a time; default: two a
	// processor.
	Concurrency int
	// MaxFindings is how many findings the report lists, the rest being counted;
	// default 10,000.
	MaxFindings int
	// Wait waits until what a service was writing has its end, before findings are
	// looked at again; default: three seconds.
	Wait func(ctx context.Context) error
	// Progress is told after each holding, by one goroutine at a time; may be nil.
	Progress func(Progress)
	// By and Program go into the report.
	By, Program string
	// Clock gives the times in the report; default time.Now.
	Clock func() time.Time
}

// Progress is how far a verification is.
type Progress struct {
	Holdings int64 // reports, and objects of none, that were looked at
	Bytes    int64 // of originals that were hashed
	Suspects int64 // holdings that are looked at again
}

const (
	defaultMaxFindings = 10_000
	settleTime         = 3 * time.Second
	// seedBits keeps seeds exact in the numbers of JSON.
	seedBits = 53
)

func (o *Options) complete() error {
	if o.Archive == nil {
		return errors.New("custody: Options needs an Archive")
	}
	if o.Concurrency < 0 || o.MaxFindings < 0 {
		return fmt.Errorf("custody: negative limit: Concurrency=%d, MaxFindings=%d", o.Concurrency, o.MaxFindings)
	}
	if o.Concurrency == 0 {
		o.Concurrency = 2 * runtime.GOMAXPROCS(0)
	}
	if o.MaxFindings == 0 {
		o.MaxFindings = defaultMaxFindings
	}
	if o.Wait == nil {
		o.Wait = settle
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	for o.Seed == 0 {
		var b [8]byte
		_, _ = rand.Read(b[:]) // never fails
		o.Seed = binary.BigEndian.Uint64(b[:]) >> (64 - seedBits)
	}
	return nil
}

func settle(ctx context.Context) error {
	t := time.NewTimer(settleTime)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Verify verifies archive and catalog, and changes nothing. It may run while
// services write. An error says that it could not be done, for instance because
// the store is away; what is wrong with what is kept is in the report.
func Verify(ctx context.Context, o Options) (*Report, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	v := &verification{
		options:  o,
		examiner: examiner{archive: o.Archive, catalog: o.Catalog},
		misfits:  map[string]struct{}{},
		told:     map[string]struct{}{},
		report: &Report{By: o.By, Program: o.Program, Sample: o.Sample.String(), Seed: o.Seed,
			StartedAt: now(o.Clock), Counts: map[Kind]int64{}, Findings: []Finding{}},
	}
	var err error
	if v.chosen, err = o.Sample.draw(ctx, o.Archive, o.Seed); err != nil {
		return nil, fmt.Errorf("custody: drawing a sample: %w", err)
	}
	if err := v.survey(ctx); err != nil {
		return nil, err
	}
	if err := v.loose(ctx); err != nil {
		return nil, err
	}
	if err := v.again(ctx); err != nil {
		return nil, err
	}
	v.report.sort()
	v.report.FinishedAt = now(o.Clock)
	return v.report, nil
}

func now(clock func() time.Time) time.Time { return clock().UTC().Truncate(time.Microsecond) }

// verification is one at work.
type verification struct {
	options  Options
	examiner examiner
	chosen   chosen

	mu       sync.Mutex // guards all below
	report   *Report
	progress Progress
	suspects []suspect // at most MaxFindings
	// misfits has the ids of rows whose digest is another's, until the report of
	// that id is told; told has the ids of such reports whose row did not come by
	// yet.
	misfits, told map[string]struct{}
}

// suspect is a holding that looked wrong, and what looked wrong.
type suspect struct {
	digest string
	deep   bool
	first  []Finding
}

// survey examines all holdings.
func (v *verification) survey(ctx context.Context) error {
	work, ctx := errgroup.WithContext(ctx)
	holdings := make(chan *holding)
	work.Go(func() error {
		defer close(holdings)
		for h, err := range merge(ctx, v.options.Archive, v.options.Catalog, v.confirm, v.misfit) {
			if err != nil {
				return err
			}
			select {
			case holdings <- h:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range v.options.Concurrency {
		work.Go(func() error {
			for h := range holdings {
				if err := v.look(ctx, h); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return work.Wait()
}

// look examines one holding. Where there are too many suspects to remember it is
// examined again at once.
func (v *verification) look(ctx context.Context, h *holding) error {
	v.count(h)
	deep := v.chosen.has(h.digest)
	found, t, err := v.examiner.examine(ctx, h, deep)
	if err != nil {
		return err
	}
	v.mu.Lock()
	v.add(t)
	v.progress.Holdings++
	s := suspect{digest: h.digest, deep: deep, first: found}
	full := len(v.suspects) >= v.options.MaxFindings
	if len(found) > 0 {
		v.progress.Suspects++
		if !full {
			v.suspects = append(v.suspects, s)
		}
	}
	v.options.Progress(v.progress)
	v.mu.Unlock()
	if len(found) > 0 && full {
		return v.lookAgain(ctx, s)
	}
	return nil
}

// count adds up what there is.
func (v *verification) count(h *holding) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if h.original != nil {
		v.report.Originals++
	}
	if h.row != nil {
		v.report.Rows++
	}
	v.report.Events += int64(len(h.events))
	v.report.Results += int64(len(h.results))
}

// add adds up what was read; the caller holds the lock.
func (v *verification) add(t tally) {
	v.report.Hashed += t.hashed
	v.report.Bytes += t.bytes
	v.report.Records += t.records
	v.progress.Bytes += t.bytes
}

// misfit takes a row whose digest is not that of its id. The report of that id
// has it as a finding; where there is none, the row is looked at in the end.
func (v *verification) misfit(r Row) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.report.Rows++
	pair(v.misfits, v.told, r.ID)
}

// pair adds id to mine, or takes it off theirs where it is.
func pair(mine, theirs map[string]struct{}, id string) {
	if _, ok := theirs[id]; ok {
		delete(theirs, id)
		return
	}
	mine[id] = struct{}{}
}

// confirm puts a finding into the report.
func (v *verification) confirm(f Finding) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.report.Counts[f.Kind]++
	if len(v.report.Findings) < v.options.MaxFindings {
		v.report.Findings = append(v.report.Findings, f)
	}
	if f.Kind == CatalogMismatch && f.Found != "" && f.SHA256 != "" {
		pair(v.told, v.misfits, f.ReportID)
	}
}

// loose reads the records that are of no single report: lists of batches, and
// earlier verifications.
func (v *verification) loose(ctx context.Context) error {
	for _, prefix := range []string{batchesPrefix, verificationsPrefix} {
		for o, err := range v.options.Archive.Objects(ctx, prefix) {
			if err != nil {
				return fmt.Errorf("custody: %w", err)
			}
			for n := 1; ; n++ { // once more where it looks wrong
				fault, err := v.examiner.whole(ctx, "", o.Key)
				if err != nil {
					return err
				}
				if fault == nil {
					break
				}
				if n == 2 {
					v.confirm(*fault)
					break
				}
			}
			v.report.Records++
		}
	}
	return nil
}

// again looks at the suspects once more.
func (v *verification) again(ctx context.Context) error {
	if len(v.suspects)+len(v.misfits) == 0 {
		return nil
	}
	if err := v.options.Wait(ctx); err != nil {
		return fmt.Errorf("custody: %w", err)
	}
	work, workCtx := errgroup.WithContext(ctx)
	work.SetLimit(v.options.Concurrency)
	for _, s := range v.suspects {
		work.Go(func() error { return v.lookAgain(workCtx, s) })
	}
	if err := work.Wait(); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(v.misfits)) {
		if err := v.lookAtMisfit(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// lookAgain confirms what is found a second time.
func (v *verification) lookAgain(ctx context.Context, s suspect) error {
	h, err := v.examiner.gather(ctx, s.digest)
	if err != nil {
		return err
	}
	// What made the first examination doubt may be gone: read all this time.
	found, _, err := v.examiner.examine(ctx, h, true)
	if err != nil {
		return err
	}
	for _, f := range found {
		if slices.ContainsFunc(s.first, f.same) {
			v.confirm(f)
		}
	}
	return nil
}

// lookAtMisfit tells a row that no report in the archive has the id of.
func (v *verification) lookAtMisfit(ctx context.Context, id string) error {
	r, err := v.options.Catalog.Holding(ctx, id)
	if errors.Is(err, intake.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("custody: %w", err)
	}
	if intake.IDOf(r.SHA256) != id {
		v.confirm(Finding{Kind: CatalogMismatch, ReportID: id, Algorithm: Algorithm, Found: r.SHA256,
			Detail: "目录库所记的校验值与报告编号不符，归档中也没有这份报告"})
	}
	return nil
}
