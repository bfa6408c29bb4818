package intake_test

import (
	orders "cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/extract"
)

// TestRebuildBatches: the database is lost; reports and batches are as they were,
// those that were cancelled, and retried, too.
func TestRebuildBatches(t *testing.T) {
	t.Parallel()
	h := &house{idle: true, untended: true} // what is recorded, and when, is part of it
	h.build(t)
	h.reader.set(func(_ context.Context, content string) error {
		if strings.Contains(content, "坏") {
			return extract.Damaged("第 1 页")
		}
		return nil
	})
	batches := map[string]string{}
	keep := func(name, id string) {
		batches[name] = id
		h.clock.add(time.Second)
	}
	keep("partly cancelled", h.receive(append(some("a", 3), sent{"x.gif", "gif"})...))
	keep("shared, cancelled", h.send(some("b", 2)...))
	keep("shared, goes on", h.send(some("b", 1)...))
	keep("cancelled and retried", h.send(some("c", 3)...))
	keep("to be deleted", h.send(some("d", 2)...))
	keep("failed", h.send(sent{"坏.pdf", "pdf 坏"}, sent{"锁.pdf", "locked 1"}))
	cancel := func(name string) {
		t.Helper()
		h.clock.add(time.Second)
		if _, err := h.CancelBatch(t.Context(), batches[name], true); err != nil {
			t.Fatal(err)
		}
	}
	cancel("partly cancelled")
	cancel("shared, cancelled")
	cancel("cancelled and retried")
	h.clock.add(time.Second)
	if _, n, err := h.RetryBatch(t.Context(), batches["cancelled and retried"]); n != 3 || err != nil {
		t.Fatalf("RetryBatch: %d, %v", n, err)
	}
	h.clock.add(time.Second)
	again := h.noWait("pdf a2") // as a single upload
	waiting := h.dump(batches)
	check := func(when string, want map[string]any) {
		t.Helper()
		h.loseCatalog()
		if d := cmp.Diff(want, h.dump(batches)); d != "" {
			t.Errorf("%s, rebuilt (-want +got):\n%s", when, d)
		}
		if _, _, err := h.Rebuild(t.Context()); err != nil { // may be repeated
			t.Errorf("Rebuild: %v", err)
		}
		if d := cmp.Diff(want, h.dump(batches)); d != "" {
			t.Errorf("%s, rebuilt again (-want +got):\n%s", when, d)
		}
	}
	if err := h.Sweep(t.Context()); err != nil { // records the cancelled batches
		t.Fatal(err)
	}
	check("waiting", waiting)
	if s := h.summary(again); s.State != intake.StateQueued {
		t.Errorf("uploaded again after it was cancelled: %+v", s)
	}
	h.start()
	for _, id := range batches {
		h.untilEnded(id)
	}
	h.untilState(again, intake.StateDone)
	done := h.dump(batches)
	check("done", done)
	for name, want := range map[string]intake.State{"partly cancelled": intake.BatchCancelled, "shared, cancelled": intake.BatchCancelled,
		"shared, goes on": intake.BatchDone, "cancelled and retried": intake.BatchDone, "failed": intake.BatchDone} {
		if b := h.batch(batches[name]); b.State != want {
			t.Errorf("%s: %+v", name, b)
		}
	}
	// A report that is deleted before its batch's end is recorded is told of as gone.
	if err := h.Delete(t.Context(), intake.IDOf(digest("pdf d0"))); err != nil {
		t.Fatal(err)
	}
	h.loseCatalog()
	h.wantFiles(batches["to be deleted"], intake.BatchDone, "d/0.pdf cancelled", "d/1.pdf done")
}

// TestRebuildEndedBatch: what became of a batch stays, whatever is done later with its
// reports; what is queued again is open again.
func TestRebuildEndedBatch(t *testing.T) {
	h := newHouse(t)
	h.reader.set(func(_ context.Context, content string) error {
		if strings.Contains(content, "坏") {
			return errors.New("ours")
		}
		return nil
	})
	id := h.send(sent{"删.pdf", "pdf 删"}, sent{"坏.pdf", "pdf 坏"}, sent{"好.pdf", "pdf 好"}, sent{"x.gif", "gif"})
	h.untilEnded(id)
	sweep := func(recorded bool) {
		t.Helper()
		if err := h.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if b := h.batch(id); b.EndRecorded != recorded {
			t.Errorf("end recorded: %v, want %v", b.EndRecorded, recorded)
		}
	}
	sweep(true)
	// Later: one is deleted, one sent again alone and converted.
	if err := h.Delete(t.Context(), intake.IDOf(digest("pdf 删"))); err != nil {
		t.Fatal(err)
	}
	h.reader.set(nil)
	h.untilState(h.noWait("pdf 坏"), intake.StateDone)
	before := h.batch(id)
	h.loseCatalog()
	after := h.batch(id)
	h.wantFiles(id, intake.BatchDone, "删.pdf done", "坏.pdf failed internal", "好.pdf done", "x.gif failed unsupported_format")
	if d := cmp.Diff(before.Counts, after.Counts); d != "" {
		t.Errorf("counts (-want +got):\n%s", d)
	}
	if !after.EndRecorded || after.LastEvent <= before.LastEvent {
		t.Errorf("rebuilt: %+v, was %+v", after, before)
	}
	// A follower of the time before sees all of it.
	var files int
	for c, err := range h.FollowBatch(t.Context(), id, before.LastEvent) {
		if err != nil {
			t.Fatal(err)
		}
		files += len(c.Files)
	}
	if files != 4 {
		t.Errorf("followed from before: %d files", files)
	}
	if _, n, err := h.RetryBatch(t.Context(), id); n != 1 || err != nil {
		t.Fatalf("RetryBatch: %d, %v", n, err)
	}
	h.untilEnded(id)
	h.loseCatalog() // before the new end is recorded
	h.wantFiles(id, intake.BatchDone, "删.pdf done", "坏.pdf done", "好.pdf done", "x.gif failed unsupported_format")
	if h.batch(id).EndRecorded {
		t.Error("an end is taken for recorded that is not")
	}
	sweep(true)
	sweep(true)
}

// dump is what the catalog says, but for the numbers of events.
func (h *house) dump(batches map[string]string) map[string]any {
	h.t.Helper()
	all := map[string]any{"reports": h.list()}
	for name, id := range batches {
		b := h.batch(id)
		b.LastEvent, b.TouchedAt, b.Recorded, b.EndRecorded = 0, time.Time{}, false, false
		var files []string
		for _, f := range h.files(id) {
			p := orders.Or(f.Problem, &report.Problem{})
			f.Problem, f.Event = nil, 0
			files = append(files, fmt.Sprintf("%+v %+v", f, *p))
		}
		all[name], all[name+" files"] = b, files
	}
	return all
}

// TestRebuildLostOps: of a batch whose operations cannot be read the rest is
// rebuilt, and the damage counted.
func TestRebuildLostOps(t *testing.T) {
	t.Parallel()
	h := &house{idle: true}
	h.build(t)
	id := h.send(some("a", 2)...)
	if _, err := h.CancelBatch(t.Context(), id, false); err != nil {
		t.Fatal(err)
	}
	if err := h.archive.Replace(t.Context(), "batches/"+id+"/op00000001.json.gz", []byte("\x1f\x8bnot gzip")); err != nil {
		t.Fatal(err)
	}
	if err := h.archive.Put(t.Context(), "batches/"+id+"/note.json", []byte("{}")); err != nil { // of a later version
		t.Fatal(err)
	}
	if n, damaged, err := h.Rebuild(t.Context()); n != 2 || damaged != 1 || err != nil {
		t.Errorf("Rebuild: %d, %d, %v", n, damaged, err)
	}
}

// TestRebuildFailedAgain: a report that had failed, and was queued again, is queued
// in a rebuilt catalog, too, however it came to be queued.
func TestRebuildFailedAgain(t *testing.T) {
	h := newHouse(t)
	h.reader.set(func(context.Context, string) error { return errors.New("ours") })
	contents := []string{"pdf 重试", "pdf 重传", "pdf 批量", "pdf 删除", "pdf 不动"}
	batches := map[string]string{}
	for _, c := range contents {
		batches[c] = h.send(sent{c + ".pdf", c})
		h.untilEnded(batches[c])
	}
	h.close()
	h.idle = true
	h.open()
	h.clock.add(time.Second)
	if _, n, err := h.RetryBatch(t.Context(), batches[contents[0]]); n != 1 || err != nil {
		t.Fatalf("RetryBatch: %d, %v", n, err)
	}
	h.noWait(contents[1])
	h.receive(sent{"again.pdf", contents[2]})
	if err := h.Delete(t.Context(), intake.IDOf(digest(contents[3]))); err != nil {
		t.Fatal(err)
	}
	h.noWait(contents[3])
	check := func(when string, want ...intake.State) {
		t.Helper()
		for i, c := range contents {
			if s := h.summary(intake.IDOf(digest(c))); s.State != want[i] {
				t.Errorf("%s: %s is %s, want %s", when, c, s.State, want[i])
			}
		}
	}
	queued, failed := intake.StateQueued, intake.StateFailed
	check("queued again", queued, queued, queued, queued, failed)
	h.loseCatalog()
	check("rebuilt", queued, queued, queued, queued, failed)
	h.clock.add(time.Second)
	h.start()
	for _, c := range contents {
		h.untilState(intake.IDOf(digest(c)), failed)
	}
	h.close()
	h.loseCatalog()
	check("failed again, rebuilt", failed, failed, failed, failed, failed)
}
