package intake_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
)

// opFaults fails the records of commands from the one numbered from, until healed.
type opFaults struct {
	intake.Records
	from *int // negative: none
}

func (r opFaults) Put(ctx context.Context, key string, content []byte) error {
	if strings.Contains(key, "/op") && *r.from >= 0 {
		if *r.from == 0 {
			return errFault
		}
		*r.from--
	}
	return r.Records.Put(ctx, key, content)
}

// TestCommandNotRecorded: what cannot be recorded is not done; what was recorded
// when it began, and not when it had ended, is done, in a rebuilt catalog as well.
func TestCommandNotRecorded(t *testing.T) {
	from := -1
	h := &house{idle: true}
	h.build(t, func(c *intake.Config) { c.Records = opFaults{c.Records, &from} })
	id := h.send(some("a", 2)...)
	batches := map[string]string{"a": id}
	before := h.dump(batches)
	fails := func(from0 int, err error) {
		t.Helper()
		if !errors.Is(err, errFault) || !errors.As(err, new(*intake.UnavailableError)) {
			t.Errorf("from record %d: %v", from0, err)
		}
		h.clock.add(time.Second)
	}
	cancel := func(from0 int) {
		t.Helper()
		from = from0
		_, err := h.CancelBatch(t.Context(), id, true)
		fails(from0, err)
	}
	retry := func(from0 int) {
		t.Helper()
		from = from0
		_, _, err := h.RetryBatch(t.Context(), id)
		fails(from0, err)
	}
	cancel(0)
	if d := cmp.Diff(before, h.dump(batches)); d != "" {
		t.Errorf("not recorded, and done (-want +got):\n%s", d)
	}
	cancel(1)
	h.wantFiles(id, intake.BatchCancelled, "a/0.pdf cancelled", "a/1.pdf cancelled")
	h.loseCatalog() // and opens without faults
	h.wantFiles(id, intake.BatchCancelled, "a/0.pdf cancelled", "a/1.pdf cancelled")
	h.close()
	h.open(func(c *intake.Config) { c.Records = opFaults{c.Records, &from} })
	retry(0)
	h.wantFiles(id, intake.BatchCancelled, "a/0.pdf cancelled", "a/1.pdf cancelled")
	retry(1)
	h.wantFiles(id, intake.BatchRunning, "a/0.pdf queued", "a/1.pdf queued")
	h.loseCatalog()
	h.wantFiles(id, intake.BatchRunning, "a/0.pdf queued", "a/1.pdf queued")
}

// TestCancelNothingOpen: a batch that is cancelled while nothing of it is open is
// cancelled in a rebuilt catalog; one that had ended is not.
func TestCancelNothingOpen(t *testing.T) {
	h := newHouse(t)
	open := h.receive(some("a", 2)...)
	h.until("done", func() bool { return h.batch(open).Counts.Done == 2 })
	ended := h.send(some("b", 1)...)
	h.untilEnded(ended)
	want := map[string]intake.State{open: intake.BatchCancelled, ended: intake.BatchDone}
	check := func(when string) {
		t.Helper()
		for id, state := range want {
			if b := h.batch(id); b.State != state {
				t.Errorf("%s: %+v, want %s", when, b, state)
			}
		}
	}
	for id := range want {
		if _, err := h.CancelBatch(t.Context(), id, true); err != nil {
			t.Fatal(err)
		}
		if _, n, err := h.RetryBatch(t.Context(), id); n != 0 || err != nil {
			t.Fatalf("RetryBatch: %d, %v", n, err)
		}
	}
	check("cancelled")
	if err := h.Sweep(t.Context()); err != nil { // records what came
		t.Fatal(err)
	}
	h.loseCatalog()
	check("rebuilt")
}
