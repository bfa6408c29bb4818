package intake_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"nianbao/convert/intake"
)

// TestGoneSenderKeepsNoPlace: senders that have left before their upload begins do
// not use up the places of those that come.
func TestGoneSenderKeepsNoPlace(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.Receptions = 4 })
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 8 {
		_, err := h.Upload(gone, intake.Incoming{Filename: "a.pdf", Body: strings.NewReader("pdf 甲")})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Upload: %v", err)
		}
	}
	h.mustUpload("a.pdf", "pdf 乙")
}

// TestLateSweep: a process whose own sweep or beat hung for long does not take
// itself for dead, nor others.
func TestLateSweep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	begun, release := h.blocked()
	id := h.noWait("pdf 甲")
	<-begun
	h.resign() // the upkeep of the house is played by hand
	h.resign = func() {}
	if err := errors.Join(h.Beat(t.Context()), h.Sweep(t.Context())); err != nil {
		t.Fatal(err)
	}
	before := h.job(id)
	h.elapsed.add(16 * time.Second)
	if err := errors.Join(h.Sweep(t.Context()), h.Sweep(t.Context())); err != nil {
		t.Fatal(err)
	}
	if h.job(id) != before {
		t.Errorf("job %+v, was %+v", h.job(id), before)
	}
	release()
	h.untilState(id, intake.StateDone)
}

// lateCounts lets something happen between the row of a batch and its counts.
type lateCounts struct {
	intake.Catalog
	armed  atomic.Bool
	settle func()
}

func (c *lateCounts) Batch(ctx context.Context, id string) (intake.Batch, error) {
	b, err := c.Catalog.Batch(ctx, id)
	if !c.armed.CompareAndSwap(true, false) || err != nil {
		return b, err
	}
	c.settle()
	later, err := c.Catalog.Batch(ctx, id)
	b.Counts = later.Counts
	return b, err
}

// TestLastChange: whoever follows a batch sees the last change of its last file,
// whenever that comes.
func TestLastChange(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	begun, release := h.blocked()
	id := h.send(some("a", 1)...)
	<-begun
	if _, err := h.CancelBatch(t.Context(), id, false); err != nil {
		t.Fatal(err)
	}
	cfg := h.config()
	late := &lateCounts{Catalog: cfg.Catalog, settle: func() {
		release()
		h.until("the file", func() bool { b := h.batch(id); return b.Ended() })
	}}
	cfg.Catalog = late
	s, err := intake.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var last intake.State
	for c, err := range s.FollowBatch(t.Context(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range c.Files {
			last = f.State
		}
		late.armed.Store(true)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if last != intake.StateDone {
		t.Errorf("the last change seen is %s", last)
	}
}

// TestUnreadableOriginal: where the store answers, but refuses one original for
// long, the report fails by a fault of ours, and its batch ends.
func TestUnreadableOriginal(t *testing.T) {
	t.Parallel()
	h := &house{idle: true}
	h.build(t)
	id := h.send(sent{"a.pdf", "pdf 甲"}, sent{"b.pdf", "pdf 乙"})
	sum := digest("pdf 甲")
	file := filepath.Join(h.root, "archive", "originals", sum[:2], sum[2:])
	// What a bad sector gives is an error of the system; so is this.
	if err := errors.Join(os.Rename(file, file+".away"), os.Mkdir(file, 0o700)); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.untilState(intake.IDOf(digest("pdf 乙")), intake.StateDone)
	refused := intake.IDOf(sum)
	if s := h.summary(refused); s.State == intake.StateFailed {
		t.Errorf("given up at once: %+v", s.Problem)
	}
	h.until("the report to be given up", func() bool {
		h.elapsed.add(time.Minute)
		return h.summary(refused).State == intake.StateFailed
	})
	h.wantFiles(id, intake.BatchDone, "a.pdf failed internal", "b.pdf done")
	if err := errors.Join(os.Remove(file), os.Rename(file+".away", file)); err != nil {
		t.Fatal(err)
	}
}

// TestCancelledWhileSent: an upload that joins a report whose batch is cancelled in
// that moment is converted all the same.
func TestCancelledWhileSent(t *testing.T) {
	h := &house{idle: true}
	h.build(t)
	id := h.send(sent{"a.pdf", "pdf 甲"})
	cfg := h.config()
	cfg.Catalog = &interrupted{Catalog: cfg.Catalog, before: func() {
		if _, err := h.CancelBatch(t.Context(), id, true); err != nil {
			t.Error(err)
		}
	}}
	s, err := intake.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Upload(t.Context(), intake.Incoming{Filename: "b.pdf", Body: strings.NewReader("pdf 甲"), NoWait: true})
	if err := errors.Join(err, s.Close(t.Context())); err != nil || r.State != intake.StateQueued {
		t.Errorf("%+v, %v", r, err)
	}
	h.start()
	h.untilState(r.ID, intake.StateDone)
}
