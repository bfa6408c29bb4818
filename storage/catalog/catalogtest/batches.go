package catalogtest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

func testBatch(d *desk) {
	ctx := d.t.Context()
	b := intake.Batch{ID: "b", Name: "2023 年度", Sender: "张三", State: intake.BatchReceiving, CreatedAt: start, TouchedAt: start}
	if created, err := d.CreateBatch(ctx, b); !created || err != nil {
		d.t.Fatalf("CreateBatch = %v, %v", created, err)
	}
	other := b
	other.Name = "另一个"
	if created, err := d.CreateBatch(ctx, other); created || err != nil {
		d.t.Errorf("CreateBatch again = %v, %v", created, err)
	}
	if diff := cmp.Diff(b, d.batch("b")); diff != "" {
		d.t.Errorf("(-want +got):\n%s", diff)
	}
	d.admit("b", files(0, 2)...)
	if got := d.batch("b"); !got.TouchedAt.After(start) || got.LastEvent != 2 {
		d.t.Errorf("with files: %+v", got)
	}
	if list, err := d.UnrecordedBatches(ctx); len(list) != 0 || err != nil {
		d.t.Errorf("unrecorded while receiving: %v, %v", list, err)
	}
	receiving, err := d.ReceivingBatches(ctx)
	if err != nil || len(receiving) != 1 || receiving[0].ID != "b" || receiving[0].LastEvent != 2 {
		d.t.Errorf("receiving: %+v, %v", receiving, err)
	}
	d.close("b")
	if list, err := d.UnrecordedBatches(ctx); !slices.Equal(list, []string{"b"}) || err != nil {
		d.t.Errorf("unrecorded: %v, %v", list, err)
	}
	d.must("BatchRecorded", d.BatchRecorded(ctx, "b"))
	unrecorded := func(when string, want ...string) {
		d.t.Helper()
		if list, err := d.UnrecordedBatches(ctx); !slices.Equal(list, want) || err != nil {
			d.t.Errorf("%s, unrecorded: %v, %v", when, list, err)
		}
	}
	unrecorded("at work")
	if !d.batch("b").Recorded {
		d.t.Error("not recorded")
	}
	d.finish(0, intake.StateDone)
	d.finish(1, intake.StateFailed)
	unrecorded("ended", "b")
	event := d.batch("b").LastEvent
	d.must("BatchEndRecorded", d.BatchEndRecorded(ctx, "b", event-1)) // something has changed since
	unrecorded("ended, an earlier state recorded", "b")
	d.must("BatchEndRecorded", d.BatchEndRecorded(ctx, "b", event))
	unrecorded("end recorded")
	if !d.batch("b").EndRecorded {
		d.t.Error("end not recorded")
	}
	if _, err := d.RetryBatch(ctx, "b"); err != nil {
		d.t.Fatal(err)
	}
	unrecorded("queued again")
	if d.batch("b").EndRecorded {
		d.t.Error("the end is recorded of a batch that goes on")
	}
	d.finish(1, intake.StateDone)
	unrecorded("ended again", "b")
	if list, err := d.ReceivingBatches(ctx); len(list) != 0 || err != nil {
		d.t.Errorf("receiving: %v, %v", list, err)
	}
	for name, err := range map[string]error{
		"Batch":  func() error { _, err := d.Batch(ctx, "nobody"); return err }(),
		"Close":  d.CloseBatch(ctx, "nobody"),
		"Cancel": func() error { _, err := d.CancelBatch(ctx, "nobody", true); return err }(),
		"Retry":  func() error { _, err := d.RetryBatch(ctx, "' or 1=1 --"); return err }(),
	} {
		d.want(name, err, intake.ErrNotFound)
	}
}

// batchID is the i-th of ids as batches have them; they are in order.
func batchID(i int) string { return "batch" + string(rune('a'+i)) }

func testBatchList(d *desk) {
	ctx := d.t.Context()
	var want []string
	for i := range 23 {
		b := intake.Batch{ID: batchID(i), Sender: "张三", State: intake.BatchReceiving, CreatedAt: start.Add(time.Duration(i/5) * time.Microsecond)}
		if i%3 == 0 {
			b.Sender = ""
		}
		_, err := d.CreateBatch(ctx, b)
		d.must("CreateBatch", err)
		want = append(want, b.ID)
	}
	d.admit(batchID(7), files(0, 3)...)
	slices.Reverse(want)
	for _, limit := range []int{1, 7, 23, 200} {
		var got []string
		for f := (intake.BatchFilter{Limit: limit}); ; {
			page, err := d.BatchList(ctx, f)
			d.must("BatchList", err)
			for _, b := range page.Items {
				got = append(got, b.ID)
				if n := b.Counts.Queued; (n == 3) != (b.ID == batchID(7)) || n != b.Counts.Total {
					d.t.Errorf("%s: counts %+v", b.ID, b.Counts)
				}
			}
			if f.Cursor = page.Next; f.Cursor == "" {
				break
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			d.t.Errorf("limit %d (-want +got):\n%s", limit, diff)
		}
	}
	for sender, n := range map[string]int{"": 8, "张三": 15, "李四": 0} {
		page, err := d.BatchList(ctx, intake.BatchFilter{Sender: &sender})
		if err != nil || len(page.Items) != n || page.Items == nil {
			d.t.Errorf("of %q: %d, %v", sender, len(page.Items), err)
		}
	}
	for _, f := range []intake.BatchFilter{{Limit: -1}, {Limit: 201}, {Cursor: "x"}, {Cursor: strings.Repeat("A", 5000)}} {
		_, err := d.BatchList(ctx, f)
		d.want(fmt.Sprintf("%.60v", f), err, intake.ErrBadFilter)
	}
}

// testBatchPages: files and events can be read in parts of any size, and nothing
// falls between two; also where one report is many files.
func testBatchPages(d *desk) {
	ctx := d.t.Context()
	d.open("b")
	for i := range 4 {
		part := []intake.Admission{file(0), file(1), twin(0)}
		for k := range part {
			part[k].File.Path = strconv.Itoa(i) + part[k].File.Path
		}
		d.admit("b", part...)
	}
	d.admit("b", file(2))
	d.start(0)
	d.finish(1, intake.StateDone)
	whole := d.filesOf("b")
	if len(whole) != 13 {
		d.t.Fatalf("%d files", len(whole))
	}
	for limit := 1; limit < 15; limit++ {
		var bySeq, byEvent []intake.BatchFile
		for after := int64(-1); ; {
			part, err := d.BatchFiles(ctx, "b", after, limit)
			d.must("BatchFiles", err)
			bySeq = append(bySeq, part...)
			if len(part) < limit {
				break
			}
			after = part[len(part)-1].Seq
		}
		if diff := cmp.Diff(whole, bySeq); diff != "" {
			d.t.Errorf("files by %d (-want +got):\n%s", limit, diff)
		}
		for after := int64(0); ; {
			part, err := d.BatchEvents(ctx, "b", after, limit)
			d.must("BatchEvents", err)
			byEvent = append(byEvent, part...)
			if len(part) < limit {
				break
			}
			after = part[len(part)-1].Event
		}
		if !slices.IsSortedFunc(byEvent, func(a, b intake.BatchFile) int { return int(a.Event - b.Event) }) {
			d.t.Errorf("events by %d are not in order", limit)
		}
		slices.SortFunc(byEvent, func(a, b intake.BatchFile) int { return int(a.Seq - b.Seq) })
		if diff := cmp.Diff(whole, byEvent); diff != "" {
			d.t.Errorf("events by %d (-want +got):\n%s", limit, diff)
		}
	}
}

func testFollow(d *desk) {
	d.open("a", files(0, 3)...)
	d.open("b", files(1, 4)...)
	d.close("a")
	d.start(1)
	d.wantBatch("a", intake.BatchRunning, "qrq")
	d.wantBatch("b", intake.BatchReceiving, "rqq")
	d.must("PutBack", d.PutBack(d.t.Context(), d.job(1), true))
	d.wantBatch("b", intake.BatchReceiving, "qqq")
	d.finish(1, intake.StateDone)
	d.finish(2, intake.StateFailed)
	d.wantBatch("a", intake.BatchRunning, "qdf")
	d.finish(0, intake.StateDone)
	d.wantBatch("a", intake.BatchDone, "ddf")
	d.wantBatch("b", intake.BatchReceiving, "dfq")
	d.finish(3, intake.StateDone)
	d.wantBatch("b", intake.BatchReceiving, "dfd") // more may come
	// What has ended stays as it ended, whatever becomes of the report.
	d.single(2)
	d.finish(2, intake.StateDone)
	d.wantBatch("b", intake.BatchReceiving, "dfd")
	d.close("b")
	d.wantBatch("b", intake.BatchDone, "dfd")
}

func testClose(d *desk) {
	d.open("empty")
	d.close("empty")
	d.wantBatch("empty", intake.BatchDone, "")
	d.open("b", files(0, 2)...)
	d.close("b", "b")
	d.wantBatch("b", intake.BatchRunning, "qq")
	d.finish(0, intake.StateDone)
	d.close("b")
	d.finish(1, intake.StateDone)
	d.wantBatch("b", intake.BatchDone, "dd")
	d.close("b")
	d.wantBatch("b", intake.BatchDone, "dd")
	d.open("c", file(3))
	_, err := d.CancelBatch(d.t.Context(), "c", false)
	d.must("CancelBatch", err)
	d.close("c")
	d.wantBatch("c", intake.BatchCancelled, "c")
}

// cancel checks which files and reports were cancelled.
func (d *desk) cancel(name string, running bool, seqs []int64, reports ...int) {
	d.t.Helper()
	did, err := d.CancelBatch(d.t.Context(), name, running)
	d.must("CancelBatch", err)
	slices.Sort(did.Files)
	slices.Sort(did.Reports)
	var ids []string
	for _, n := range reports {
		ids = append(ids, id(n))
	}
	slices.Sort(ids)
	if diff := cmp.Diff(intake.Touched{Reports: ids, Files: seqs}, did); diff != "" {
		d.t.Errorf("cancelled (-want +got):\n%s", diff)
	}
}

func testCancel(d *desk) {
	d.open("b", append(files(0, 4), twin(0))...)
	d.finish(1, intake.StateDone)
	d.start(2)
	old := d.job(0)
	d.cancel("b", false, []int64{0, 3, 4}, 0, 3)
	d.wantBatch("b", intake.BatchCancelled, "cdrcc")
	if b := d.batch("b"); b.Ended() {
		d.t.Error("ended, with a file at work")
	}
	d.wantState(intake.StateCancelled, 0, 3)
	_, err := d.begin(d.t.Context(), old, "late")
	d.want("Start", err, intake.ErrStale)
	d.cancel("b", false, nil)
	d.must("Settle", d.end(d.t.Context(), d.job(2), outcome(2, intake.StateDone)))
	d.wantBatch("b", intake.BatchCancelled, "cddcc")
	if b := d.batch("b"); !b.Ended() {
		d.t.Error("not ended")
	}
	d.open("c", file(5))
	d.close("c")
	d.finish(5, intake.StateDone)
	d.cancel("c", true, nil)
	d.wantBatch("c", intake.BatchDone, "d")
}

// testCancelRunning: whoever cancelled without what is at work may think better
// of it.
func testCancelRunning(d *desk) {
	d.open("b", files(0, 3)...)
	d.close("b")
	d.start(1)
	d.cancel("b", false, []int64{0, 2}, 0, 2)
	d.cancel("b", true, []int64{1}, 1)
	d.wantBatch("b", intake.BatchCancelled, "ccc")
	d.wantState(intake.StateCancelled, 0, 1, 2)
}

func testCancelShared(d *desk) {
	d.open("a", files(0, 4)...)
	d.open("b", file(1), file(2))
	d.single(3)
	d.start(2)
	d.must("Delete", d.Delete(d.t.Context(), id(0), row(0).ReceivedAt))
	d.cancel("a", true, []int64{1, 2, 3})
	d.wantBatch("a", intake.BatchCancelled, "cccc")
	d.wantBatch("b", intake.BatchReceiving, "qr")
	d.wantState(intake.StateQueued, 1, 3)
	d.finish(1, intake.StateDone)
	d.wantBatch("b", intake.BatchReceiving, "dr")
	d.wantBatch("a", intake.BatchCancelled, "cccc")
	d.cancel("b", true, []int64{1}, 2)
	d.wantState(intake.StateCancelled, 2)
}

// testCancelMany cancels more files than one transaction does.
func testCancelMany(d *desk) {
	const n = 450
	d.open("b", files(0, n)...)
	d.close("b")
	did, err := d.CancelBatch(d.t.Context(), "b", false)
	if err != nil || len(did.Reports) != n || len(did.Files) != n {
		d.t.Errorf("cancelled %d reports, %d files, %v", len(did.Reports), len(did.Files), err)
	}
	d.wantBatch("b", intake.BatchCancelled, strings.Repeat("c", n))
	d.consistent()
	did, err = d.RetryBatch(d.t.Context(), "b")
	if err != nil || len(did.Reports) != n || len(did.Files) != n {
		d.t.Errorf("queued again %d reports, %d files, %v", len(did.Reports), len(did.Files), err)
	}
	d.wantBatch("b", intake.BatchRunning, strings.Repeat("q", n))
}

func testRetry(d *desk) {
	ctx := d.t.Context()
	refused := intake.Admission{File: &intake.BatchFile{Path: "x", State: intake.StateFailed, Problem: &report.Problem{Code: "too_large"}}}
	d.open("b", append(files(0, 7), refused, twin(1))...)
	d.close("b")
	d.finish(0, intake.StateDone)
	for _, n := range []int{1, 2, 3, 4} {
		d.finish(n, intake.StateFailed)
	}
	d.start(5)
	d.single(2) // converted by somebody else meanwhile
	d.finish(2, intake.StateDone)
	d.single(3) // queued by somebody else
	d.must("Delete", d.Delete(ctx, id(4), row(4).ReceivedAt))
	d.wantBatch("b", intake.BatchRunning, "dffffrqff")
	did, err := d.RetryBatch(ctx, "b")
	d.must("RetryBatch", err)
	slices.Sort(did.Files)
	if diff := cmp.Diff(intake.Touched{Reports: []string{id(1)}, Files: []int64{1, 2, 3, 8}}, did); diff != "" {
		d.t.Errorf("(-want +got):\n%s", diff)
	}
	d.wantBatch("b", intake.BatchRunning, "dqdqfrqfq")
	for _, n := range []int{1, 3, 6} {
		d.finish(n, intake.StateDone)
	}
	d.must("Settle", d.end(ctx, d.job(5), outcome(5, intake.StateFailed)))
	d.wantBatch("b", intake.BatchDone, "ddddffdfd")
	if f := d.filesOf("b")[1]; f.Problem != nil {
		d.t.Errorf("done with %+v", f.Problem)
	}
	// Of a batch that was done, and of one that was cancelled.
	did, err = d.RetryBatch(ctx, "b")
	if err != nil || !slices.Equal(did.Files, []int64{5}) {
		d.t.Errorf("again: %+v, %v", did, err)
	}
	d.wantBatch("b", intake.BatchRunning, "ddddfqdfd")
	d.cancel("b", false, []int64{5}, 5)
	d.wantBatch("b", intake.BatchCancelled, "ddddfcdfd")
	_, err = d.RetryBatch(ctx, "b")
	d.must("RetryBatch", err)
	d.finish(5, intake.StateDone)
	d.wantBatch("b", intake.BatchDone, "ddddfddfd")
}

func testRetryNothing(d *desk) {
	d.open("done", file(0))
	d.close("done")
	d.finish(0, intake.StateDone)
	d.open("gone", file(1))
	d.cancel("gone", false, []int64{0}, 1)
	d.must("Delete", d.Delete(d.t.Context(), id(1), row(1).ReceivedAt))
	for name, state := range map[string]intake.State{"done": intake.BatchDone, "gone": intake.BatchCancelled} {
		did, err := d.RetryBatch(d.t.Context(), name)
		if err != nil || len(did.Files)+len(did.Reports) != 0 || d.batch(name).State != state {
			d.t.Errorf("%s: %+v, %v, then %s", name, did, err, d.batch(name).State)
		}
	}
	// A batch that receives goes on receiving.
	d.open("open", file(2), file(3))
	d.finish(2, intake.StateFailed)
	_, err := d.RetryBatch(d.t.Context(), "open")
	d.must("RetryBatch", err)
	d.wantBatch("open", intake.BatchReceiving, "qq")
	d.admit("open", file(4))
}

func testPutBatch(d *desk) {
	ctx := d.t.Context()
	insert(d.t, d.Catalog, row(0))
	d.single(1)
	b := intake.Batch{ID: "b", Name: "重建", Sender: "张三", State: intake.BatchRunning, CreatedAt: start, TouchedAt: start.Add(time.Second), Recorded: true, EndRecorded: true, LastEvent: 100}
	list := []intake.BatchFile{
		{Seq: 0, Path: "a.pdf", State: intake.StateDone, ReportID: id(0), SHA256: row(0).SHA256, Size: 7},
		{Seq: 1, Path: "b.pdf", State: intake.StateQueued, ReportID: id(1), SHA256: row(1).SHA256, Size: 8, Known: true},
		{Seq: 2, Path: "c.txt", State: intake.StateFailed, Problem: &report.Problem{Code: "unsupported_format"}},
	}
	for range 2 { // it takes the place of what there is
		d.must("PutBatch", d.PutBatch(ctx, b, list, true))
	}
	got := d.batch("b")
	want := b
	want.Counts, want.LastEvent = intake.Counts{Total: 3, Done: 1, Queued: 1, Failed: 1}, 103
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Errorf("(-want +got):\n%s", diff)
	}
	files := d.filesOf("b")
	for i := range list {
		list[i].Event = 101 + int64(i)
	}
	if diff := cmp.Diff(list, files); diff != "" {
		d.t.Errorf("files (-want +got):\n%s", diff)
	}
	d.finish(1, intake.StateDone)
	d.wantBatch("b", intake.BatchDone, "ddf")
	if err := errors.Join(d.CloseBatch(ctx, "b")); err != nil {
		d.t.Error(err)
	}
}

// What the caller of PutBatch read may be over when it writes: nobody would tell the
// batch again.
func testPutBatchLate(d *desk) {
	for n := range 5 {
		d.single(n)
	}
	d.finish(0, intake.StateDone)
	d.finish(1, intake.StateFailed)
	d.must("Delete", d.Delete(d.t.Context(), id(2), row(2).ReceivedAt))
	put := func(name string, replace bool, state intake.State, reports ...int) {
		d.t.Helper()
		b := intake.Batch{ID: name, Name: "批次 " + name, State: intake.BatchRunning, CreatedAt: start, TouchedAt: start, Recorded: true}
		var files []intake.BatchFile
		for i, n := range reports {
			files = append(files, intake.BatchFile{Seq: int64(i), Path: "a.pdf", State: state, ReportID: id(n), SHA256: row(n).SHA256})
		}
		d.must("PutBatch", d.PutBatch(d.t.Context(), b, files, replace))
	}
	put("over", false, intake.StateQueued, 2, 1, 0)
	d.wantBatch("over", intake.BatchDone, "cfd")
	if p := d.filesOf("over")[1].Problem; p == nil || p.Code != "damaged" {
		d.t.Errorf("problem: %+v", p)
	}
	put("open", false, intake.StateRunning, 3, 0)
	d.wantBatch("open", intake.BatchRunning, "qd")
	put("off", false, intake.StateCancelled, 3)
	d.wantBatch("off", intake.BatchDone, "c")
	put("open", false, intake.StateCancelled, 4)
	d.wantBatch("open", intake.BatchRunning, "qd")
	d.finish(3, intake.StateDone)
	d.wantBatch("open", intake.BatchDone, "dd")
	put("open", true, intake.StateQueued, 4)
	d.wantBatch("open", intake.BatchRunning, "q")
}

// Batches that are written while their reports are settled end.
func testRacePutBatch(d *desk) {
	const reports = 24
	for n := range reports {
		d.single(n)
	}
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			for n := w; n < reports; n += 2 {
				d.finish(n, intake.StateDone)
			}
		})
		wg.Go(func() {
			for n := w; n < reports; n += 2 {
				var files []intake.BatchFile
				for i := range reports {
					row, err := d.Get(d.t.Context(), id(i))
					d.must("Get", err)
					files = append(files, intake.BatchFile{Seq: int64(i), Path: "a.pdf", State: row.State, ReportID: row.ID, SHA256: row.SHA256})
				}
				b := intake.Batch{ID: fmt.Sprint("b", n), State: intake.BatchRunning, CreatedAt: start, TouchedAt: start}
				d.must("PutBatch", d.PutBatch(d.t.Context(), b, files, false))
			}
		})
	}
	wg.Wait()
	for n := range reports {
		d.wantBatch(fmt.Sprint("b", n), intake.BatchDone, strings.Repeat("d", reports))
	}
}
