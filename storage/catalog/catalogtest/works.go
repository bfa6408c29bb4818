package catalogtest

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

func testAdmit(d *desk) {
	a := []intake.Admission{{Row: received(1), Redo: true, Trace: "00-abc"}}
	rows := d.admit("", a[0])
	want := received(1)
	want.State = intake.StateQueued
	if diff := cmp.Diff([]intake.Row{want}, rows); diff != "" {
		d.t.Errorf("Admit (-want +got):\n%s", diff)
	}
	wantRow(d.t, d.Catalog, want)
	if n := d.count(`select count(*) from river_job`); n != 1 {
		d.t.Errorf("%d jobs", n)
	}
	if j := d.job(1); j.Rank != -1 {
		d.t.Errorf("a single upload has rank %d", j.Rank)
	}
	if rows := d.admit(""); len(rows) != 0 {
		d.t.Errorf("nothing admitted: %v", rows)
	}
}

func testAdmitKnown(d *desk) {
	for n, state := range []intake.State{intake.StateDone, intake.StateFailed, intake.StateCancelled, intake.StateArchived} {
		r := outcome(n, state)
		r.State = state
		insert(d.t, d.Catalog, r)
	}
	d.single(4)
	d.single(5)
	d.start(5)
	keep, redo := func(n int) intake.Admission {
		a := file(n)
		a.Redo, a.Seen = false, ""
		return a
	}, func(n int, seen intake.State) intake.Admission {
		a := file(n)
		a.Seen = seen
		return a
	}
	d.open("known", keep(0), keep(1), keep(4), keep(5))
	d.wantBatch("known", intake.BatchReceiving, "dfqr")
	for _, f := range d.filesOf("known") {
		if !f.Known || f.ReportID == "" || (f.Problem != nil) != (f.State == intake.StateFailed) {
			d.t.Errorf("%+v", f)
		}
	}
	// What has been settled since it was looked at is left; what is open is joined.
	d.open("seen", redo(0, intake.StateRunning), redo(1, intake.StateArchived), redo(4, intake.StateDone), redo(5, intake.StateFailed))
	d.wantBatch("seen", intake.BatchReceiving, "dfqr")
	d.open("redo", redo(0, intake.StateDone), redo(1, intake.StateFailed), redo(2, intake.StateCancelled), redo(3, ""))
	d.wantBatch("redo", intake.BatchReceiving, "qqqq")
	d.wantBatch("known", intake.BatchReceiving, "dfqr") // what had ended there stays so
	r, err := d.Get(d.t.Context(), id(1))
	if err != nil || r.Problem != nil {
		d.t.Errorf("queued again with %+v, %v", r.Problem, err)
	}
}

func testAdmitTwice(d *desk) {
	refused := intake.Admission{File: &intake.BatchFile{Path: "图片.png", State: intake.StateFailed,
		Problem: &report.Problem{Code: "unsupported_format", Title: "格式不支持"}}}
	all := []intake.Admission{file(1), refused, file(2), file(1), file(1)}
	all[3].File.Path, all[4].File.Path = "另一个.pdf", "第三个.pdf"
	d.open("b", all...)
	d.wantBatch("b", intake.BatchReceiving, "qfqqq")
	known := []bool{}
	for _, f := range d.filesOf("b") {
		known = append(known, f.Known)
	}
	if !slices.Equal(known, []bool{false, false, false, true, true}) {
		d.t.Errorf("known: %v", known)
	}
	if n := d.count(`select count(*) from river_job`); n != 2 {
		d.t.Errorf("%d jobs for two reports", n)
	}
	if f := d.filesOf("b")[1]; f.ReportID != "" || f.Problem == nil || f.Problem.Code != "unsupported_format" {
		d.t.Errorf("refused: %+v", f)
	}
	d.close("b")
	d.finish(1, intake.StateDone)
	d.wantBatch("b", intake.BatchRunning, "dfqdd")
	d.finish(2, intake.StateFailed)
	d.wantBatch("b", intake.BatchDone, "dffdd")
}

// What comes again after a connection broke is in the batch once.
func testAdmitAgain(d *desk) {
	d.open("b", files(0, 4)...)
	d.finish(1, intake.StateDone)
	d.finish(2, intake.StateFailed)
	var again []intake.Admission
	for n := range 5 {
		a := file(n)
		a.Redo, a.Seen = n == 2, ""
		again = append(again, a)
	}
	again = append(again, file(4), twin(0))
	before := d.batch("b").LastEvent
	d.admit("b", again...)
	d.wantBatch("b", intake.BatchReceiving, "qdqqqq")
	for i, want := range []int64{0, 1, 2, 3, 4, 4, 5} {
		if got := again[i].File.Seq; got != want {
			d.t.Errorf("file %d is number %d, want %d", i, got, want)
		}
	}
	events, err := d.BatchEvents(d.t.Context(), "b", before, 10)
	d.must("BatchEvents", err)
	var seqs []int64
	for i, f := range events {
		if seqs = append(seqs, f.Seq); f.Event != before+int64(i)+1 {
			d.t.Errorf("event %d: %d", i, f.Event)
		}
	}
	if !slices.Equal(seqs, []int64{2, 4, 5}) || d.batch("b").LastEvent != before+3 {
		d.t.Errorf("events of files %v up to %d", seqs, d.batch("b").LastEvent)
	}
	d.close("b")
	for _, n := range []int{0, 2, 3, 4} {
		d.finish(n, intake.StateDone)
	}
	d.wantBatch("b", intake.BatchDone, "dddddd")
}

func testAdmitAllOrNothing(d *desk) {
	d.open("closed")
	d.close("closed")
	d.open("cancelled")
	_, err := d.CancelBatch(d.t.Context(), "cancelled", false)
	d.must("CancelBatch", err)
	insert(d.t, d.Catalog, row(3))
	for _, batch := range []string{"closed", "cancelled", "nobody"} {
		again := file(3)
		again.Seen = ""
		_, err := d.Admit(d.t.Context(), batch, []intake.Admission{file(1), file(2), again})
		d.want("Admit to "+batch, err, intake.ErrNotFound)
	}
	d.wantState(intake.StateDone, 3)
	if r, j, f := d.count(`select count(*) from reports`), d.count(`select count(*) from river_job`), d.count(`select count(*) from batch_files`); r != 1 || j+f != 0 {
		d.t.Errorf("%d reports, %d jobs and %d files are there", r, j, f)
	}
}

// testAdmitAtOnce: the same reports come into many batches at a time, in any
// order.
func testAdmitAtOnce(d *desk) {
	const batches, reports = 8, 20
	var wg sync.WaitGroup
	created := make([]int, batches)
	for b := range batches {
		name := "b" + strconv.Itoa(b)
		d.open(name)
		wg.Go(func() {
			all := files(0, reports)
			if b%2 == 1 {
				slices.Reverse(all)
			}
			for part := range slices.Chunk(all, 7) {
				if _, err := d.Admit(d.t.Context(), name, part); err != nil {
					d.t.Errorf("Admit: %v", err)
				}
			}
			for _, a := range all {
				if a.Created {
					created[b]++
				}
			}
		})
	}
	wg.Wait()
	sum := 0
	for b, n := range created {
		sum += n
		known := 0
		for _, f := range d.filesOf("b" + strconv.Itoa(b)) {
			if f.Known {
				known++
			}
		}
		if known != reports-n {
			d.t.Errorf("batch %d created %d of %d and knew %d", b, n, reports, known)
		}
	}
	if jobs := d.count(`select count(*) from river_job`); sum != reports || jobs != reports {
		d.t.Errorf("%d created, %d jobs; want %d", sum, jobs, reports)
	}
}

// testAdmitSingleWaitsToo: a single upload of what waits in a batch goes first, and
// is not cancelled with the batch.
func testAdmitSingleWaitsToo(d *desk) {
	d.open("b", files(0, 3)...)
	d.start(1)
	before := []intake.Job{d.job(0), d.job(1), d.job(2)}
	d.single(0)
	d.single(0)
	d.single(1)
	if j := d.job(0); j.Rank != -1 || j.Ticket == before[0].Ticket {
		d.t.Errorf("queued: was %+v, is %+v; want a new job", before[0], j)
	}
	if j := d.job(1); j.Rank != -1 || j.Ticket != before[1].Ticket {
		d.t.Errorf("running: was %+v, is %+v; want the same job", before[1], j)
	}
	if n := d.count(`select count(*) from river_job`); n != 4 {
		d.t.Errorf("%d jobs, want one more than three", n)
	}
	_, err := d.CancelBatch(d.t.Context(), "b", true)
	d.must("CancelBatch", err)
	d.wantBatch("b", intake.BatchCancelled, "ccc")
	d.wantState(intake.StateQueued, 0)
	d.wantState(intake.StateRunning, 1)
	d.wantState(intake.StateCancelled, 2)
}

func testStartSettle(d *desk) {
	before := time.Now().Add(-time.Second)
	d.open("b", files(0, 2)...)
	d.close("b")
	b := d.start(0)
	want := received(0)
	want.State = intake.StateRunning
	if diff := cmp.Diff(want, b.Row); diff != "" || b.Deaths != 0 || b.Faults != 0 || b.Queued.Before(before) || b.Queued.After(time.Now()) {
		d.t.Errorf("%+v (-want +got):\n%s", b, diff)
	}
	d.wantBatch("b", intake.BatchRunning, "rq")
	if b := d.start(0); b.Deaths != 1 { // by whoever comes after a dead worker
		d.t.Errorf("begun again: %+v", b)
	}
	d.must("Settle", d.end(d.t.Context(), d.job(0), outcome(0, intake.StateDone)))
	wantRow(d.t, d.Catalog, outcome(0, intake.StateDone))
	d.wantBatch("b", intake.BatchRunning, "dq")
	d.finish(1, intake.StateFailed)
	wantRow(d.t, d.Catalog, outcome(1, intake.StateFailed))
	d.wantBatch("b", intake.BatchDone, "df")
	if f := d.filesOf("b")[1]; f.Problem == nil || f.Problem.Detail != "第 3 页" {
		d.t.Errorf("%+v", f)
	}
	// Attempts are counted from the start when it is queued again.
	d.single(1)
	if b := d.start(1); b.Deaths != 0 || b.Faults != 0 {
		d.t.Errorf("queued again: %+v", b)
	}
}

// testStale: what comes with another ticket changes nothing.
func testStale(d *desk) {
	d.open("b", files(0, 5)...)
	d.start(0)
	for _, tt := range []struct {
		n   int
		end func(old intake.Job) error
	}{
		{0, func(old intake.Job) error { return d.Reissue(d.t.Context(), old) }},
		{1, func(old intake.Job) error {
			d.start(1)
			return d.end(d.t.Context(), old, outcome(1, intake.StateDone))
		}},
		{3, func(intake.Job) error { return d.Delete(d.t.Context(), id(3), row(3).ReceivedAt) }},
		{4, func(intake.Job) error { return nil }},
		{2, func(intake.Job) error {
			d.start(2)
			_, err := d.CancelBatch(d.t.Context(), "b", true)
			return err
		}},
	} {
		n := tt.n
		old := d.job(n)
		d.must("ending", tt.end(old))
		if n == 4 {
			old.Ticket = "forged"
		}
		d.consistent()
		before := d.dump()
		_, err := d.begin(d.t.Context(), old, "late")
		d.want("Start", err, intake.ErrStale)
		d.want("Settle", d.end(d.t.Context(), old, outcome(n, intake.StateFailed)), intake.ErrStale)
		d.want("PutBack", d.PutBack(d.t.Context(), old, true), intake.ErrStale)
		d.want("Reissue", d.Reissue(d.t.Context(), old), intake.ErrStale)
		if diff := cmp.Diff(before, d.dump()); diff != "" {
			d.t.Errorf("a stale job of report %d changed (-before +after):\n%s", n, diff)
		}
	}
	// No ticket is none, not that of a settled report.
	_, err := d.begin(d.t.Context(), intake.Job{Report: id(1)}, "late")
	d.want("Start without a ticket", err, intake.ErrStale)
	d.want("Settle without a ticket", d.end(d.t.Context(), intake.Job{Report: id(1)}, outcome(1, intake.StateFailed)), intake.ErrStale)
	d.want("Reissue without a ticket", d.Reissue(d.t.Context(), intake.Job{Report: id(1)}), intake.ErrStale)
}

// dump is what reports, files and jobs look like.
func (d *desk) dump() (all []string) {
	d.each(`select id || ' ' || state || ' ' || ticket || ' ' || worker || ' ' || cast(attempts as text) from reports order by id`, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		all = append(all, s)
		return err
	})
	d.each(`select batch_id || ' ' || cast(seq as text) || ' ' || state || ' ' || cast(event as text) from batch_files order by batch_id, seq`, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		all = append(all, s)
		return err
	})
	return append(all, strconv.Itoa(d.count(`select count(*) from river_job`)))
}

func testPutBack(d *desk) {
	d.open("b", file(0))
	d.close("b")
	d.start(0)
	job := d.job(0)
	d.must("PutBack", d.PutBack(d.t.Context(), job, false))
	d.wantBatch("b", intake.BatchRunning, "q")
	if b := d.start(0); b.Faults != 1 || b.Deaths != 0 || d.job(0) != job {
		d.t.Errorf("%+v, job %+v, was %+v", b, d.job(0), job)
	}
	d.must("PutBack", d.PutBack(d.t.Context(), job, true))
	if b := d.start(0); b.Faults != 1 || b.Deaths != 0 {
		d.t.Errorf("not to be counted, and %+v", b)
	}
}

func testValid(d *desk) {
	const n = 1100 // more than one statement takes
	var jobs, want []intake.Job
	for part := range slices.Chunk(files(0, 20), 10) {
		if d.count(`select count(*) from batches`) == 0 {
			d.open("b")
		}
		d.admit("b", part...)
	}
	for i := range n {
		j := intake.Job{Report: id(i), Ticket: "none" + strconv.Itoa(i)}
		if i%55 == 0 {
			j = d.job(i / 55)
			want = append(want, j)
		}
		jobs = append(jobs, j)
	}
	got, err := d.Valid(d.t.Context(), jobs)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		d.t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if got, err := d.Valid(d.t.Context(), nil); len(got) != 0 || err != nil {
		d.t.Errorf("of none: %v, %v", got, err)
	}
}

func testDeleteAtWork(d *desk) {
	d.open("b", files(0, 3)...)
	d.close("b")
	d.start(1)
	for n := range 3 {
		d.must("Delete", d.Delete(d.t.Context(), id(n), row(n).ReceivedAt))
	}
	d.wantBatch("b", intake.BatchDone, "ccc")
	d.single(1)
	d.finish(1, intake.StateDone)
	d.wantBatch("b", intake.BatchDone, "ccc")
}
