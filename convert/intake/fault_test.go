package intake_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
)

var errFault = errors.New("the disk is full")

// faults fails one of the writes that it counts.
type faults struct {
	mu             sync.Mutex
	writes, failAt int
}

func (f *faults) next() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.writes++; f.writes == f.failAt {
		return errFault
	}
	return nil
}

// heal fails no more, and returns how many writes were seen.
func (f *faults) heal() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failAt = 0
	return f.writes
}

type faultyArchive struct {
	intake.Archive
	*faults
}

func (a faultyArchive) Stage(ctx context.Context) (intake.Staged, error) {
	if err := a.next(); err != nil {
		return nil, err
	}
	st, err := a.Archive.Stage(ctx)
	return faultyStaged{st, a.faults}, err
}

type faultyStaged struct {
	intake.Staged
	*faults
}

func (s faultyStaged) Write(p []byte) (int, error) {
	if err := s.next(); err != nil {
		return 0, err
	}
	return s.Staged.Write(p)
}

func (s faultyStaged) Commit(ctx context.Context) (bool, error) {
	if err := s.next(); err != nil {
		return false, err
	}
	return s.Staged.Commit(ctx)
}

type faultyRecords struct {
	intake.Records
	*faults
}

func (r faultyRecords) Put(ctx context.Context, key string, content []byte) error {
	if err := r.next(); err != nil {
		return err
	}
	return r.Records.Put(ctx, key, content)
}

type faultyCatalog struct {
	intake.Catalog
	*faults
}

func (c faultyCatalog) Admit(ctx context.Context, batch string, files []intake.Admission) ([]intake.Row, error) {
	if err := c.next(); err != nil {
		return nil, err
	}
	return c.Catalog.Admit(ctx, batch, files)
}

func (c faultyCatalog) Start(ctx context.Context, jobs []intake.Job, worker string) ([]intake.Begun, error) {
	if err := c.next(); err != nil {
		return nil, err
	}
	return c.Catalog.Start(ctx, jobs, worker)
}

func (c faultyCatalog) Settle(ctx context.Context, ends []intake.Settlement) ([]bool, error) {
	if err := c.next(); err != nil {
		return nil, err
	}
	return c.Catalog.Settle(ctx, ends)
}

// TestFaults fails each write of an upload and its job in turn. No fault is
// answered with success, unless it was made good for; nothing is in the catalog
// that the archive does not have, and the next upload of the bytes puts all right.
func TestFaults(t *testing.T) {
	t.Parallel()
	step := 1
	if testing.Short() { // under the race detector, which looks for something else
		step = 3
	}
	for _, content := range []string{"pdf 甲", "locked 甲"} {
		t.Run(content, func(t *testing.T) {
			t.Parallel()
			failAt := 1
			for faultAt(t, content, failAt) {
				failAt += step
			}
			if failAt < 9 {
				t.Errorf("only %d writes were seen", failAt-1)
			}
		})
	}
}

// faultAt reports whether there was a write with that number.
func faultAt(t *testing.T, content string, failAt int) bool {
	t.Helper()
	h := &house{idle: true}
	h.build(t)
	defer h.close()
	f := &faults{failAt: failAt}
	cfg := h.config()
	cfg.Archive, cfg.Records, cfg.Catalog = faultyArchive{h.archive, f}, faultyRecords{h.archive, f}, faultyCatalog{h.catalog, f}
	s, err := intake.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	w := h.newWorker("w", s.Work)
	defer func() {
		if err := errors.Join(w.Stop(t.Context()), s.Close(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	want := intake.StateDone
	if strings.HasPrefix(content, "locked") {
		want = intake.StateFailed
	}
	r, err := s.Upload(t.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader(content)})
	var away *intake.UnavailableError
	if r.State != want && (!errors.Is(err, errFault) || !errors.As(err, &away)) {
		t.Errorf("%s: write %d fails: Upload: %+v, %v", content, failAt, r, err)
	}
	hit := f.heal() >= failAt
	if rows := h.list(); len(rows) > 0 && (len(h.originals()) != 1 || len(h.events("")) == 0) {
		t.Errorf("%s: write %d fails: in the catalog, with %d originals and events %v",
			content, failAt, len(h.originals()), h.events(""))
	}
	r, _ = s.Upload(t.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader(content)})
	if r.State != want {
		t.Errorf("%s: write %d failed, the next upload is %+v", content, failAt, r)
	}
	rows := h.list()
	if _, _, err := s.Rebuild(t.Context()); err != nil {
		t.Errorf("%s: write %d failed: Rebuild: %v", content, failAt, err)
	}
	if d := cmp.Diff(rows, h.list()); d != "" {
		t.Errorf("%s: write %d failed: rebuilt (-want +got):\n%s", content, failAt, d)
	}
	return hit
}
