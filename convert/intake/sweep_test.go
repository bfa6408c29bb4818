package intake_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"nianbao/convert/intake"
	"nianbao/storage/db/dbtest"
)

// pass lets time pass, in which this process lives, and sweeps: every five seconds,
// or, where that is long, as seldom as it may without missing anything.
func (h *house) pass(d time.Duration) {
	h.t.Helper()
	step := min(max(5*time.Second, d/20), 14*time.Second)
	for left := d; left > 0; left -= step {
		h.elapsed.add(min(left, step))
		h.clock.add(time.Millisecond)
		if err := errors.Join(h.Beat(h.t.Context()), h.Sweep(h.t.Context())); err != nil {
			h.t.Fatalf("sweep: %v", err)
		}
	}
}

func (h *house) noWait(content string) string {
	h.t.Helper()
	r, err := h.Upload(h.t.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader(content), NoWait: true})
	if err != nil {
		h.t.Fatalf("Upload: %v", err)
	}
	return r.ID
}

func (h *house) untilState(id string, state intake.State) {
	h.t.Helper()
	h.until(fmt.Sprintf("%s to be %s", id, state), func() bool { return h.summary(id).State == state })
}

// job is the valid job of a report.
func (h *house) job(id string) intake.Job {
	h.t.Helper()
	j := intake.Job{Report: id}
	if err := h.db.QueryRowContext(h.t.Context(), `select ticket, job_rank from reports where id = $1`, id).Scan(&j.Ticket, &j.Rank); err != nil {
		h.t.Fatal(err)
	}
	return j
}

// begin begins the jobs of the reports as a worker that does nothing more, and
// takes them from the queue.
func (h *house) begin(worker string, ids ...string) []intake.Job {
	h.t.Helper()
	var jobs []intake.Job
	for _, id := range ids {
		j := h.job(id)
		if _, err := h.catalog.Start(h.t.Context(), []intake.Job{j}, worker); err != nil {
			h.t.Fatal(err)
		}
		if _, err := h.db.ExecContext(h.t.Context(), `delete from river_job where id = (select job_id from reports where id = $1)`, id); err != nil {
			h.t.Fatal(err)
		}
		jobs = append(jobs, j)
	}
	return jobs
}

// TestSilentWorker: the jobs of a worker that is heard of no more are given out
// again when it has been silent for long enough, those of one that lives are not,
// whatever its clock says.
func TestSilentWorker(t *testing.T) {
	t.Parallel()
	h := &house{idle: true}
	h.build(t)
	dead, never, alive := h.noWait("pdf 1"), h.noWait("pdf 2"), h.noWait("pdf 3")
	h.begin("dead", dead)
	h.begin("never heard of", never)
	held := h.begin("alive", alive)
	beat := func(id string, seen time.Time) {
		t.Helper()
		if err := h.catalog.Beat(t.Context(), intake.Worker{ID: id, Seen: seen}); err != nil {
			t.Fatal(err)
		}
	}
	beat("dead", h.clock.Now().Add(24*time.Hour)) // its last word, from the future
	for i := range 3 {
		beat("alive", h.clock.Now().Add(time.Duration(-i)*24*time.Hour)) // set back, and back
		h.pass(5 * time.Second)
	}
	for id, want := range map[string]intake.State{dead: intake.StateRunning, never: intake.StateRunning, alive: intake.StateRunning} {
		if s := h.summary(id); s.State != want {
			t.Errorf("before its time: %+v", s)
		}
	}
	for i := range 5 {
		beat("alive", h.clock.Now().Add(time.Duration(i)*24*time.Hour))
		h.pass(5 * time.Second)
	}
	for id, want := range map[string]intake.State{dead: intake.StateQueued, never: intake.StateQueued, alive: intake.StateRunning} {
		if s := h.summary(id); s.State != want {
			t.Errorf("after it: %+v, want %s", s, want)
		}
	}
	if h.job(alive) != held[0] {
		t.Error("a living worker's job was taken away")
	}
	h.start()
	h.untilState(dead, intake.StateDone)
	h.untilState(never, intake.StateDone)
	// The silent are forgotten in the end.
	beat("alive", h.clock.Now())
	h.pass(30 * time.Minute)
	beat("alive", h.clock.Now())
	h.pass(40 * time.Minute)
	workers, err := h.catalog.Workers(t.Context(), time.Time{})
	if err != nil || slices.ContainsFunc(workers, func(w intake.Worker) bool { return w.ID == "dead" }) ||
		!slices.ContainsFunc(workers, func(w intake.Worker) bool { return w.ID == "alive" }) {
		t.Errorf("workers %+v, %v", workers, err)
	}
}

// TestHungWorker: a conversion that does not end is given to another, and changes
// nothing when it ends after all.
func TestHungWorker(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.Jobs, c.MaxRun = 2, time.Hour })
	hangs, release := make(chan struct{}), make(chan struct{})
	end := sync.OnceFunc(func() { close(release) })
	t.Cleanup(end)
	var once sync.Once
	h.reader.set(func(context.Context, string) error {
		first := false
		once.Do(func() { first = true })
		if first {
			close(hangs)
			<-release // whatever its context says
			return errors.New("the first reader ends after all")
		}
		return nil
	})
	id := h.noWait("pdf 甲 错")
	<-hangs
	h.pass(time.Second) // from here on it is seen
	h.pass(time.Hour)
	if s := h.summary(id); s.State != intake.StateRunning || h.reader.count() != 1 {
		t.Errorf("before its time: %+v", s)
	}
	h.pass(30 * time.Second)
	h.untilState(id, intake.StateDone)
	want := h.summary(id)
	end()
	h.until("the hung reader", func() bool {
		h.reader.mu.Lock()
		defer h.reader.mu.Unlock()
		return h.reader.now == 0
	})
	h.close()
	h.open()
	if got := h.summary(id); got.State != intake.StateDone || got.Errors != want.Errors {
		t.Errorf("then %+v, was %+v", got, want)
	}
	h.wantEvents("", "received", "converted")
}

// TestTooLong: a conversion that heeds its context is broken off after MaxRun, and
// fails when it was so each time.
func TestTooLong(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.MaxRun = 200 * time.Millisecond }) // to get to the reader is part of it
	h.reader.set(func(ctx context.Context, _ string) error { <-ctx.Done(); return ctx.Err() })
	if _, err := h.upload("a.pdf", "pdf 甲"); err == nil {
		t.Error("converted")
	}
	s := h.summary(intake.IDOf(digest("pdf 甲")))
	if s.State != intake.StateFailed || s.Problem.Code != "internal" || h.reader.count() != intake.DefaultAttempts {
		t.Errorf("%+v, %+v after %d attempts", s, s.Problem, h.reader.count())
	}
}

// TestQuarantine: a file of which the worker dies each time is given up, and can be
// sent again.
func TestQuarantine(t *testing.T) {
	t.Parallel()
	h := &house{idle: true}
	h.build(t)
	batch := h.send(sent{"毒.pdf", "pdf 毒"})
	id := intake.IDOf(digest("pdf 毒"))
	for range intake.DefaultDeaths {
		h.begin("dead", id)
		h.pass(20 * time.Second)
		if s := h.summary(id); s.State != intake.StateQueued {
			t.Fatalf("%+v", s)
		}
	}
	// The respite is over.
	if _, err := h.db.ExecContext(t.Context(), `update river_job set state = 'available', scheduled_at = '2000-01-01 00:00:00.000'`); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.untilState(id, intake.StateFailed)
	h.wantFiles(batch, intake.BatchDone, "毒.pdf failed quarantined")
	if s := h.summary(id); s.Problem.Limit != "deaths=10" || h.reader.count() != 0 {
		t.Errorf("%+v, read %d times", s.Problem, h.reader.count())
	}
	h.wantEvents("", "received", "failed")
	h.idle = false
	h.loseCatalog()
	h.wantFiles(batch, intake.BatchDone, "毒.pdf failed quarantined")
	if r := h.mustUpload("a.pdf", "pdf 毒"); r.State != intake.StateDone { // by a better program
		t.Errorf("%+v", r)
	}
}

// TestDropped: a job that this process began and could not put back is found by it.
func TestDropped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	begun, release := h.blocked()
	at := h.noWait("pdf 在")
	<-begun
	h.idle = true
	h.begin("dead", at) // gets it off the queue, and back:
	j := h.job(at)
	if _, err := h.catalog.Start(t.Context(), []intake.Job{j}, "house"); err != nil {
		t.Fatal(err)
	}
	lost := intake.IDOf(digest("pdf 失"))
	row := h.summary(at)
	row.ID, row.SHA256, row.State = lost, digest("pdf 失"), intake.StateRunning
	if _, err := h.catalog.Insert(t.Context(), intake.Row{Summary: row}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.db.ExecContext(t.Context(), `update reports set worker = 'house', ticket = 'lost' where id = $1`, lost); err != nil {
		t.Fatal(err)
	}
	h.pass(30 * time.Second)
	if h.job(lost).Ticket == "lost" {
		t.Error("the lost job was not found")
	}
	if h.job(at) != j {
		t.Error("a job at work was taken away")
	}
	release()
	h.untilState(at, intake.StateDone)
}

// TestQueueLost: jobs that the queue does not hold any more are given out again,
// also those that it holds for a time that lies a day ahead.
func TestQueueLost(t *testing.T) {
	t.Parallel()
	h := &house{idle: true}
	h.build(t)
	ids := []string{h.noWait("pdf 1"), h.noWait("pdf 2"), h.noWait("pdf 3"), h.noWait("pdf 4")}
	for n, change := range []string{"delete from river_job", "update river_job set state = 'running'",
		"update river_job set scheduled_at = '2999-01-01 00:00:00.000'"} {
		if _, err := h.db.ExecContext(t.Context(), change+" where id = (select job_id from reports where id = $1)", ids[n]); err != nil {
			t.Fatal(err)
		}
	}
	before := h.job(ids[3])
	h.pass(5 * time.Second)
	h.start()
	h.untilState(ids[3], intake.StateDone)
	if before.Ticket == "" || h.summary(ids[0]).State != intake.StateQueued {
		t.Error("given out again at the first sight")
	}
	h.pass(15 * time.Second)
	for _, id := range ids {
		h.untilState(id, intake.StateDone)
	}
}

// TestIdleBatch: a batch whose sender has gone is ended, one to which files come is
// not; and what came is recorded.
func TestIdleBatch(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, busy := h.receive(some("a", 2)...), h.receive()
	h.until("the files", func() bool { return h.batch(id).Counts.Done == 2 })
	h.pass(50 * time.Minute)
	h.add(busy, some("b", 1)...)
	h.pass(20 * time.Minute)
	h.untilEnded(id)
	if b := h.batch(id); b.State != intake.BatchDone || !b.Recorded {
		t.Errorf("%+v", b)
	}
	if b := h.batch(busy); b.State != intake.BatchReceiving {
		t.Errorf("%+v", b)
	}
}

// TestClockJump: the clock is set a day ahead and two back while a batch is
// received and converted: nothing is taken away, ended or lost.
func TestClockJump(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.Jobs = 1 })
	begun, release := h.blocked()
	id := h.receive(some("a", 6)...)
	<-begun
	held := h.job(h.files(id)[0].ReportID)
	for _, jump := range []time.Duration{24 * time.Hour, -48 * time.Hour, 24 * time.Hour} {
		h.clock.add(jump)
		if err := errors.Join(h.Sweep(t.Context()), h.Beat(t.Context()), h.Sweep(t.Context())); err != nil {
			t.Fatal(err)
		}
		h.pass(5 * time.Second)
		h.add(id, sent{jump.String() + ".pdf", "pdf " + jump.String()})
	}
	if h.job(held.Report) != held || h.batch(id).State != intake.BatchReceiving {
		t.Errorf("job %+v, was %+v; batch %+v", h.job(held.Report), held, h.batch(id))
	}
	if _, err := h.FinishBatch(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	release()
	if b := h.untilEnded(id); b.Counts.Done != 8 || h.reader.count() != 8 { // the third file is the first again
		t.Errorf("%+v, read %d times", b, h.reader.count())
	}
	list := h.list()
	h.loseCatalog()
	if len(h.list()) != len(list) {
		t.Errorf("rebuilt: %d reports, were %d", len(h.list()), len(list))
	}
}

// TestTwoHouses: two services on one PostgreSQL and one archive share a batch. One
// is stopped without patience and one worker dies; the batch comes to its end, each
// file with one original and one result.
func TestTwoHouses(t *testing.T) {
	t.Parallel()
	h := newHouseOnPostgres(t, dbtest.Postgres(t).Source)
	n := h.neighbour("neighbour")
	both, release := make(chan string, 100), make(chan struct{})
	end := sync.OnceFunc(func() { close(release) })
	t.Cleanup(end)
	for _, one := range []*house{h, n} {
		one.reader.set(func(ctx context.Context, _ string) error {
			both <- one.name
			select {
			case <-release:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}
	id := h.send(some("a", 40)...)
	names := map[string]int{}
	for range 4 {
		names[<-both]++
	}
	if names["house"] != 2 || names["neighbour"] != 2 {
		t.Errorf("at work: %v", names)
	}
	// A third worker begins what it never ends.
	var waiting []string
	for _, f := range h.files(id) {
		if f.State == intake.StateQueued && len(waiting) < 3 {
			waiting = append(waiting, f.ReportID)
		}
	}
	h.begin("dead", waiting...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := n.worker.Stop(ctx); err != nil {
		t.Errorf("Stop: %v", err)
	}
	end()
	h.until("all but the dead worker's", func() bool { return h.batch(id).Counts.Done == 37 })
	if c := h.batch(id).Counts; c.Running != 3 {
		t.Errorf("%+v", c)
	}
	h.pass(20 * time.Second)
	if b := h.untilEnded(id); b.Counts.Done != 40 || b.State != intake.BatchDone {
		t.Errorf("%+v", b)
	}
	h.wantWhole(id, 40)
	// The neighbour sees the same, and a single upload through it is converted here.
	if d := n.batch(id); d.Counts.Done != 40 {
		t.Errorf("the neighbour's batch: %+v", d)
	}
	if r := n.mustUpload("x.pdf", "pdf 邻"); r.State != intake.StateDone {
		t.Errorf("%+v", r)
	}
}

// wantWhole checks that the batch's files have n originals, each with one result,
// and were recorded as received once.
func (h *house) wantWhole(id string, n int) {
	h.t.Helper()
	if got := len(h.originals()); got != n {
		h.t.Errorf("%d originals, want %d", got, n)
	}
	for _, f := range h.files(id) {
		results := 0
		for _, err := range h.archive.List(h.t.Context(), "results/"+f.SHA256+"/") {
			if err != nil {
				h.t.Fatal(err)
			}
			results++
		}
		received := 0
		for _, kind := range h.events(f.SHA256) {
			if kind == "received" {
				received++
			}
		}
		if results != 2 || received != 1 { // and the document beside it
			h.t.Errorf("%s has %d records of results and was received %d times", f.Path, results, received)
		}
		if _, err := h.Result(h.t.Context(), f.ReportID, true); err != nil {
			h.t.Errorf("%s: %v", f.Path, err)
		}
	}
}
