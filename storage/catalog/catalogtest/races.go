package catalogtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/storage/db"
)

// testRaceEvents: whoever reads the events while many write has every file's last
// state in the end.
func testRaceEvents(d *desk) {
	const workers, reports = 8, 48
	d.open("b")
	for first := 0; first < reports; first += 16 {
		d.admit("b", append(files(first, first+16), twin(first), twin(first+1))...)
	}
	d.close("b")
	var writers sync.WaitGroup
	for w := range workers {
		writers.Go(func() {
			for n := w; n < reports; n += workers {
				d.finish(n, []intake.State{intake.StateDone, intake.StateFailed}[n%2])
			}
		})
	}
	seen, after, last := map[int64]intake.State{}, int64(0), int64(0)
	for ended := false; !ended; {
		ended = func() bool { b := d.batch("b"); return b.Ended() }()
		for {
			part, err := d.BatchEvents(d.t.Context(), "b", after, 5)
			d.must("BatchEvents", err)
			for _, f := range part {
				if f.Event <= last {
					d.t.Fatalf("event %d after %d", f.Event, last)
				}
				last, seen[f.Seq] = f.Event, f.State
			}
			if len(part) == 0 {
				break
			}
			after = last
		}
	}
	writers.Wait()
	want := map[int64]intake.State{}
	for _, f := range d.filesOf("b") {
		want[f.Seq] = f.State
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		d.t.Errorf("read (-want +got):\n%s", diff)
	}
}

// testRaceCancel cancels while files come in, begin and end.
func testRaceCancel(d *desk) {
	const reports = 60
	d.open("b")
	d.open("other", files(0, 5)...)
	var wg sync.WaitGroup
	var admitted atomic.Int64
	begun := make(chan struct{})
	wg.Go(func() {
		for part := range slices.Chunk(files(0, reports), 6) {
			_, err := d.Admit(d.t.Context(), "b", part)
			if errors.Is(err, intake.ErrNotFound) {
				return
			}
			if err != nil {
				d.t.Errorf("Admit: %v", err)
			}
			if admitted.Add(int64(len(part))) == 18 {
				close(begun)
			}
		}
	})
	for w := range 3 {
		wg.Go(func() {
			<-begun
			for n := w; n < 18; n += 3 {
				j := d.job(n)
				_, err := d.begin(d.t.Context(), j, "w")
				if err == nil {
					err = d.end(d.t.Context(), j, outcome(n, intake.StateDone))
				}
				if err != nil && !errors.Is(err, intake.ErrStale) {
					d.t.Errorf("working: %v", err)
				}
			}
		})
	}
	wg.Go(func() {
		<-begun
		if _, err := d.CancelBatch(d.t.Context(), "b", true); err != nil {
			d.t.Errorf("CancelBatch: %v", err)
		}
	})
	wg.Wait()
	b := d.batch("b")
	if b.State != intake.BatchCancelled || !b.Ended() || int64(b.Counts.Total) != admitted.Load() {
		d.t.Errorf("%+v, %d were admitted", b, admitted.Load())
	}
	for n := range 5 { // the other batch has them still
		if s := d.state(n); s == intake.StateCancelled {
			d.t.Errorf("report %d, which another batch waits for, is %s", n, s)
		}
	}
}

// testRaceOneJob: of many who begin and end one job each is told truly whether it
// counted.
func testRaceOneJob(d *desk) {
	d.open("b", file(0))
	d.close("b")
	job := d.job(0)
	var wg sync.WaitGroup
	var settled, reissued atomic.Int64
	for range 8 {
		wg.Go(func() {
			if _, err := d.begin(d.t.Context(), job, "w"); err != nil && !errors.Is(err, intake.ErrStale) {
				d.t.Errorf("Start: %v", err)
			}
			switch err := d.end(d.t.Context(), job, outcome(0, intake.StateDone)); {
			case err == nil:
				settled.Add(1)
			case !errors.Is(err, intake.ErrStale):
				d.t.Errorf("Settle: %v", err)
			}
			switch err := d.Reissue(d.t.Context(), job); {
			case err == nil:
				reissued.Add(1)
			case !errors.Is(err, intake.ErrStale):
				d.t.Errorf("Reissue: %v", err)
			}
		})
	}
	wg.Wait()
	if settled.Load()+reissued.Load() != 1 {
		d.t.Errorf("settled %d times, given out again %d times", settled.Load(), reissued.Load())
	}
}

// testRaceEverything does all that can be done to a few reports and batches, many
// at a time: nothing but the errors that are told may come of it, and in the end
// all rows agree.
func testRaceEverything(d *desk) {
	const hands, rounds, reports, batches = 8, 25, 10, 3
	for b := range batches {
		d.open("b"+strconv.Itoa(b), files(b, b+4)...)
		d.close("b" + strconv.Itoa(b))
	}
	var wg sync.WaitGroup
	for hand := range hands {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(7, uint64(hand)))
			for i := range rounds {
				if err := d.anything(r, fmt.Sprintf("h%d-%d", hand, i), reports, batches); err != nil {
					d.t.Errorf("hand %d: %v", hand, err)
				}
			}
		})
	}
	wg.Wait()
	d.consistent()
	// Whatever it was, the work comes to its end.
	for n := range reports {
		switch r, err := d.Get(d.t.Context(), id(n)); {
		case errors.Is(err, intake.ErrNotFound):
		case err != nil:
			d.t.Error(err)
		case r.State == intake.StateQueued || r.State == intake.StateRunning:
			d.finish(n, intake.StateDone)
		}
	}
	page, err := d.BatchList(d.t.Context(), intake.BatchFilter{Limit: 200})
	d.must("BatchList", err)
	for _, b := range page.Items {
		if b.State != intake.BatchReceiving && !b.Ended() {
			d.t.Errorf("batch %+v has not ended", b)
		}
	}
}

// anything does one of the things that can be done. Errors: those that nobody is
// told of.
func (d *desk) anything(r *rand.Rand, name string, reports, batches int) (err error) {
	ctx := context.WithoutCancel(d.t.Context())
	n, b := r.IntN(reports), "b"+strconv.Itoa(r.IntN(batches))
	job := d.jobs(n)
	switch what := r.IntN(12); what {
	case 0, 1:
		_, err = d.begin(ctx, job, "w")
	case 2, 3:
		if _, err = d.begin(ctx, job, "w"); err == nil {
			err = d.end(ctx, job, outcome(n, intake.StateDone))
		}
	case 4:
		err = d.end(ctx, job, outcome(n, intake.StateFailed))
	case 5:
		err = d.PutBack(ctx, job, r.IntN(2) == 0)
	case 6:
		err = d.Reissue(ctx, job)
	case 7:
		_, err = d.CancelBatch(ctx, b, r.IntN(2) == 0)
	case 8:
		_, err = d.RetryBatch(ctx, b)
	case 9:
		_, err = d.Admit(ctx, "", []intake.Admission{{Row: received(n), Redo: true}})
	case 10:
		err = d.Delete(ctx, id(n), row(n).ReceivedAt)
	default:
		if _, err = d.CreateBatch(ctx, intake.Batch{ID: name, State: intake.BatchReceiving, CreatedAt: start}); err != nil {
			return err
		}
		if _, err = d.Admit(ctx, name, []intake.Admission{file((n + 2) % reports), file(n), file((n + 1) % reports)}); err == nil {
			err = d.CloseBatch(ctx, name)
		}
	}
	if errors.Is(err, intake.ErrStale) || errors.Is(err, intake.ErrNotFound) {
		return nil
	}
	return err
}

// jobs is job for a report that may not be there.
func (d *desk) jobs(n int) intake.Job {
	j := intake.Job{Report: id(n), Ticket: "none"}
	_ = d.DB.QueryRowContext(d.t.Context(), `select ticket, job_rank from reports where id = $1`, j.Report).Scan(&j.Ticket, &j.Rank)
	return j
}

// A report that is deleted after its insertion met it, and before it was read, is
// new again, and the other files of its transaction come in with it.
func testAdmitDeleted(d *desk) {
	if d.DB.Dialect != db.Postgres {
		d.t.Skip("one transaction at a time")
	}
	ctx := d.t.Context()
	d.single(1)
	d.finish(1, intake.StateDone)
	d.open("b")
	tx, err := d.DB.BeginTx(ctx, nil)
	d.must("BeginTx", err)
	defer func() { _ = tx.Rollback() }()
	_, err = tx.ExecContext(ctx, `select 1 from reports where id = $1 for update`, id(1))
	d.must("lock", err)
	all := files(0, 3)
	done := make(chan error, 1)
	go func() {
		_, err := d.Admit(ctx, "b", all)
		done <- err
	}()
	for until := time.Now().Add(10 * time.Second); d.count(`select count(*) from pg_locks where not granted`) == 0; {
		if time.Now().After(until) {
			d.t.Fatal("Admit does not wait for the row")
		}
		time.Sleep(5 * time.Millisecond)
	}
	var place int64
	d.must("delete", tx.QueryRowContext(ctx, `delete from reports where id = $1 returning place`, id(1)).Scan(&place))
	_, err = tx.ExecContext(ctx, `delete from search where place = $1`, place)
	d.must("delete", err)
	d.must("Commit", tx.Commit())
	d.must("Admit", <-done)
	if !all[1].Created {
		d.t.Error("the report that was deleted is not new")
	}
	d.wantState(intake.StateQueued, 0, 1, 2)
	d.wantBatch("b", intake.BatchReceiving, "qqq")
}
