package catalogtest

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
)

func testWorkers(d *desk) {
	ctx := d.t.Context()
	a := intake.Worker{ID: "a", Host: "甲机", Started: start, Seen: start.Add(time.Second), Jobs: 4}
	b := intake.Worker{ID: "b", Host: "乙机", Started: start.Add(time.Minute), Seen: start.Add(time.Minute), Jobs: 1}
	d.must("Beat", d.Beat(ctx, b))
	d.must("Beat", d.Beat(ctx, a))
	wantWorkers := func(since time.Time, want ...intake.Worker) {
		d.t.Helper()
		got, err := d.Workers(ctx, since)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			d.t.Errorf("Workers: %v (-want +got):\n%s", err, diff)
		}
	}
	wantWorkers(time.Time{}, a, b)
	wantWorkers(start.Add(2*time.Second), b)
	a.Seen = start.Add(time.Hour)
	d.must("Beat", d.Beat(ctx, a))
	wantWorkers(start.Add(2*time.Minute), a)
	a.Seen = start // its clock was set back
	d.must("Beat", d.Beat(ctx, a))
	wantWorkers(time.Time{}, a, b)
	d.must("Leave", d.Leave(ctx, "a"))
	d.must("Leave", d.Leave(ctx, "nobody"))
	wantWorkers(time.Time{}, b)
}

func testReissue(d *desk) {
	ctx := d.t.Context()
	d.open("b", files(0, 3)...)
	d.single(3)
	if held, err := d.AtWork(ctx); len(held) != 0 || err != nil {
		d.t.Errorf("AtWork: %v, %v", held, err)
	}
	d.start(1)
	d.start(3)
	held, err := d.AtWork(ctx)
	d.must("AtWork", err)
	byReport := map[string]intake.Held{}
	for _, h := range held {
		byReport[h.Report] = h
		if h.Worker != "worker" || time.Since(h.Began) > time.Hour || time.Since(h.Began) < 0 {
			d.t.Errorf("%+v", h)
		}
	}
	for _, n := range []int{1, 3} {
		if h := byReport[id(n)]; len(held) != 2 || h.Job != d.job(n) {
			d.t.Errorf("held %+v, want %+v", held, d.job(n))
		}
		old := d.job(n)
		d.must("Reissue", d.Reissue(ctx, old))
		if j := d.job(n); j.Ticket == old.Ticket || j.Rank != old.Rank {
			d.t.Errorf("was %+v, is %+v", old, j)
		}
	}
	d.wantBatch("b", intake.BatchReceiving, "qqq")
	if b := d.start(1); b.Deaths != 1 || b.Faults != 0 {
		d.t.Errorf("%+v, want the dead worker's counted", b)
	}
}

// testUnserved: what the queue does not hold ready is found, and nothing else.
func testUnserved(d *desk) {
	ctx := d.t.Context()
	d.open("b", files(0, 9)...)
	d.start(8)
	set := func(n int, change string, args ...any) {
		d.t.Helper()
		args = append([]any{id(n)}, args...)
		_, err := d.DB.ExecContext(ctx, change+` where id = (select job_id from reports where id = $1)`, args...)
		d.must(change, err)
	}
	want := map[string]bool{}
	for n, state := range []string{"running", "completed", "available", "retryable", "scheduled"} {
		finalized := ", finalized_at = null"
		if state == "completed" {
			finalized = ", finalized_at = created_at"
		}
		set(n, `update river_job set state = '`+state+`'`+finalized)
		if n < 2 {
			want[id(n)] = true
		}
	}
	set(5, `delete from river_job`)
	want[id(5)] = true
	until := time.Now().Add(time.Hour)
	set(6, `update river_job set scheduled_at = $2`, d.queueTime(until.Add(time.Minute)))
	want[id(6)] = true
	set(7, `update river_job set scheduled_at = $2`, d.queueTime(until.Add(-time.Minute)))
	check := func() {
		d.t.Helper()
		jobs, err := d.Unserved(ctx, until, 100)
		d.must("Unserved", err)
		got := map[string]bool{}
		for _, j := range jobs {
			got[j.Report] = true
		}
		if diff := cmp.Diff(want, got); diff != "" {
			d.t.Errorf("Unserved (-want +got):\n%s", diff)
		}
	}
	check()
	jobs, err := d.Unserved(ctx, until, 2)
	if len(jobs) != 2 || err != nil {
		d.t.Fatalf("at most 2: %v, %v", jobs, err)
	}
	for _, j := range jobs {
		d.must("Reissue", d.Reissue(ctx, j))
		delete(want, j.Report)
	}
	check()
	jobs, err = d.Unserved(ctx, until, 100)
	d.must("Unserved", err)
	for _, j := range jobs {
		d.must("Reissue", d.Reissue(ctx, j))
		delete(want, j.Report)
	}
	check()
}

// queueTime is a time as River keeps it.
func (d *desk) queueTime(t time.Time) any {
	if d.DB.Dialect == "sqlite" {
		return t.UTC().Format("2006-01-02 15:04:05.000")
	}
	return t
}

func testBacklog(d *desk) {
	want := func(depth int, some bool) {
		d.t.Helper()
		n, oldest, err := d.Backlog(d.t.Context())
		if n != depth || err != nil || oldest.IsZero() == some || some && time.Since(oldest) > time.Hour {
			d.t.Errorf("Backlog = %d, %v, %v; want %d", n, oldest, err, depth)
		}
	}
	want(0, false)
	d.open("b", files(0, 3)...)
	d.single(3)
	want(4, true)
	d.start(3)
	d.finish(0, intake.StateDone)
	want(2, true)
	d.must("PutBack", d.PutBack(d.t.Context(), d.job(3), true))
	want(3, true)
	_, err := d.CancelBatch(d.t.Context(), "b", false)
	d.must("CancelBatch", err)
	want(1, true)
}

func testKeys(t *testing.T, c intake.Catalog) {
	k := intake.Key{Sender: "张三", Key: "k1", Fingerprint: "f1", Subject: "s1", At: start}
	other := func(change func(*intake.Key)) intake.Key {
		o := k
		change(&o)
		return o
	}
	for i, tt := range []struct{ give, want intake.Key }{
		{k, k},
		{other(func(o *intake.Key) { o.Fingerprint, o.Subject, o.At = "f2", "s2", start.Add(time.Hour) }), k},
		{other(func(o *intake.Key) { o.Sender, o.Subject = "李四", "s3" }), other(func(o *intake.Key) { o.Sender, o.Subject = "李四", "s3" })},
		{other(func(o *intake.Key) { o.Key = "k2" }), other(func(o *intake.Key) { o.Key = "k2" })},
		{other(func(o *intake.Key) { o.Subject, o.At = "s4", start.Add(48*time.Hour) }), k}, // to the last moment
		{other(func(o *intake.Key) { o.Subject, o.At = "s5", start.Add(48*time.Hour+time.Microsecond) }),
			other(func(o *intake.Key) { o.Subject, o.At = "s5", start.Add(48*time.Hour+time.Microsecond) })},
	} {
		got, err := c.Remember(t.Context(), tt.give)
		if d := cmp.Diff(tt.want, got); d != "" || err != nil {
			t.Errorf("%d: %v (-want +got):\n%s", i, err, d)
		}
	}
	const n = 8
	subjects := make([]string, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			kept, err := c.Remember(t.Context(), intake.Key{Sender: "王五", Key: "k", Subject: string(rune('a' + i)), At: start.Add(time.Hour)})
			if err != nil {
				t.Errorf("Remember: %v", err)
			}
			subjects[i] = kept.Subject
		})
	}
	wg.Wait()
	for _, s := range subjects {
		if s != subjects[0] || s == "" {
			t.Errorf("of many at once: %q", subjects)
		}
	}
}
