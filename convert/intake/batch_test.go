package intake_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/extract"
)

// sent is one file as it is sent.
type sent struct{ name, content string }

// some are n files that can be converted.
func some(name string, n int) (files []sent) {
	for i := range n {
		files = append(files, sent{fmt.Sprintf("%s/%d.pdf", name, i), fmt.Sprintf("pdf %s%d", name, i)})
	}
	return files
}

// receive sends the files to a new batch, which stays open.
func (h *house) receive(files ...sent) string {
	h.t.Helper()
	b, created, err := h.CreateBatch(h.t.Context(), intake.BatchSpec{Name: "批次"})
	if err != nil || !created {
		h.t.Fatalf("CreateBatch: %v, %v", created, err)
	}
	h.add(b.ID, files...)
	return b.ID
}

func (h *house) add(batch string, files ...sent) {
	h.t.Helper()
	r, err := h.Receive(h.t.Context(), batch)
	if err != nil {
		h.t.Fatalf("Receive: %v", err)
	}
	for _, f := range files {
		if err := r.Add(f.name, strings.NewReader(f.content)); err != nil {
			h.t.Errorf("Add(%s): %v", f.name, err)
		}
	}
	if _, err := r.Close(); err != nil {
		h.t.Errorf("Close: %v", err)
	}
}

// send is receive and the end of the reception.
func (h *house) send(files ...sent) string {
	h.t.Helper()
	id := h.receive(files...)
	if _, err := h.FinishBatch(h.t.Context(), id); err != nil {
		h.t.Fatalf("FinishBatch: %v", err)
	}
	return id
}

func (h *house) batch(id string) intake.Batch {
	h.t.Helper()
	b, err := h.Batch(h.t.Context(), id)
	if err != nil {
		h.t.Fatalf("Batch: %v", err)
	}
	return b
}

func (h *house) untilEnded(id string) intake.Batch {
	h.t.Helper()
	h.until("the batch to end", func() bool { b := h.batch(id); return b.Ended() })
	return h.batch(id)
}

func (h *house) files(id string) []intake.BatchFile {
	h.t.Helper()
	all, err := h.BatchFiles(h.t.Context(), id, -1, 10_000)
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

// wantFiles compares "path state" or "path state code" of each file.
func (h *house) wantFiles(id string, state intake.State, want ...string) {
	h.t.Helper()
	var got []string
	for _, f := range h.files(id) {
		line := f.Path + " " + string(f.State)
		if f.Problem != nil {
			line += " " + f.Problem.Code
		}
		got = append(got, line)
	}
	if d := cmp.Diff(want, got); d != "" {
		h.t.Errorf("files (-want +got):\n%s", d)
	}
	if s := h.batch(id).State; s != state {
		h.t.Errorf("the batch is %s, want %s", s, state)
	}
}

func TestBatch(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.MaxUploadBytes = 40 })
	known := h.mustUpload("早.pdf", "pdf 早")
	ctx := intake.WithSender(t.Context(), "张三")
	b, created, err := h.CreateBatch(ctx, intake.BatchSpec{Name: "  2023\n年度 "})
	if err != nil || !created || b.Name != "2023年度" || b.Sender != "张三" || b.State != intake.BatchReceiving {
		t.Fatalf("CreateBatch: %+v, %v, %v", b, created, err)
	}
	r, err := h.Receive(ctx, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []sent{
		{"../../县/教育局.pdf", "pdf 教育局"}, {`县\民政局.docx`, "docx 民政局"}, {"", "pdf 无名"},
		{"图片.png", "gif89a"}, {"大.pdf", "pdf " + strings.Repeat("x", 37)}, {"锁.pdf", "locked 1"},
		{"坏.pdf", "broken 1"}, {"又一份.pdf", "pdf 教育局"}, {"早.pdf", "pdf 早"}, {"空.pdf", ""},
	} {
		if err := r.Add(f.name, strings.NewReader(f.content)); err != nil {
			t.Errorf("Add(%s): %v", f.name, err)
		}
	}
	taken, err := r.Close()
	if err != nil || len(taken) != 10 {
		t.Errorf("Close: %d files, %v", len(taken), err)
	}
	if _, err := h.FinishBatch(ctx, b.ID); err != nil {
		t.Errorf("FinishBatch: %v", err)
	}
	got := h.untilEnded(b.ID)
	if want := (intake.Counts{Total: 10, Done: 5, Failed: 5}); got.Counts != want {
		t.Errorf("counts %+v", got.Counts)
	}
	h.wantFiles(b.ID, intake.BatchDone, "县/教育局.pdf done", "县/民政局.docx done", "未命名 done", "图片.png failed unsupported_format",
		"大.pdf failed too_large", "锁.pdf failed encrypted", "坏.pdf failed damaged", "又一份.pdf done", "早.pdf done", "空.pdf failed unsupported_format")
	files := h.files(b.ID)
	for i, f := range files {
		if f.Seq != int64(i) || f.Known != (i == 7 || i == 8) || (f.ReportID == "") != (i == 3 || i == 4 || i == 9) {
			t.Errorf("file %d: %+v", i, f)
		}
	}
	if p := files[4].Problem; p.Limit != "max_upload_bytes=40" || !strings.Contains(p.Detail, "40") {
		t.Errorf("too large: %+v", p)
	}
	if files[0].ReportID != intake.IDOf(digest("pdf 教育局")) || files[8].ReportID != known.ID {
		t.Errorf("reports: %+v", files)
	}
	if s := h.summary(files[0].ReportID); s.Sender != "张三" || s.Filename != "教育局.pdf" {
		t.Errorf("summary %+v", s)
	}
	if n := len(h.originals()); n != 6 {
		t.Errorf("%d originals", n)
	}
	if _, err := h.Receive(ctx, b.ID); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("Receive after the end: %v", err)
	}
	if _, err := h.FinishBatch(ctx, b.ID); err != nil {
		t.Errorf("FinishBatch again: %v", err)
	}
	page, err := h.Batches(ctx, intake.BatchFilter{})
	if err != nil || len(page.Items) != 1 || page.Items[0].Counts != got.Counts {
		t.Errorf("Batches: %+v, %v", page, err)
	}
}

// TestBatchGroups: more files than are recorded together keep their order, and are
// at work before the last has come.
func TestBatchGroups(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b, _, err := h.CreateBatch(t.Context(), intake.BatchSpec{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.Receive(t.Context(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	files := some("a", 40)
	for i, f := range files {
		if err := r.Add(f.name, strings.NewReader(f.content)); err != nil {
			t.Fatal(err)
		}
		if i == 35 {
			h.until("the first to be done", func() bool { return h.batch(b.ID).Counts.Done > 0 })
		}
	}
	taken, err := r.Close()
	if err != nil || len(taken) != 40 {
		t.Errorf("Close: %d, %v", len(taken), err)
	}
	if _, err := h.FinishBatch(t.Context(), b.ID); err != nil {
		t.Fatal(err)
	}
	if b := h.untilEnded(b.ID); b.Counts.Done != 40 || b.State != intake.BatchDone {
		t.Errorf("%+v", b)
	}
	for i, f := range h.files(b.ID) {
		if f.Path != files[i].name || taken[i].Path != files[i].name {
			t.Errorf("number %d is %s", i, f.Path)
		}
	}
}

// TestBatchBrokenOff: the sender goes in the middle of a file. What came before is
// kept; another reception goes on; the batch can be ended.
func TestBatchBrokenOff(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b, _, err := h.CreateBatch(t.Context(), intake.BatchSpec{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	r, err := h.Receive(ctx, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Add("a.pdf", strings.NewReader("pdf 甲")); err != nil {
		t.Fatal(err)
	}
	cause := errors.New("connection reset")
	err = r.Add("b.pdf", io.MultiReader(strings.NewReader("pdf 乙"), iotest.ErrReader(cause)))
	var broken *intake.ReceiveError
	if !errors.As(err, &broken) || !errors.Is(err, cause) {
		t.Errorf("Add: %v", err)
	}
	leave()
	if taken, err := r.Close(); err != nil || len(taken) != 1 {
		t.Errorf("Close: %v, %v", taken, err)
	}
	h.wantNothingStaged()
	h.add(b.ID, sent{"b.pdf", "pdf 乙"})
	if _, err := h.FinishBatch(t.Context(), b.ID); err != nil {
		t.Errorf("FinishBatch: %v", err)
	}
	h.untilEnded(b.ID)
	h.wantFiles(b.ID, intake.BatchDone, "a.pdf done", "b.pdf done")
}

// blocked makes the reader stop at each file until release, and tells when it is
// there. The end of the test releases as well.
func (h *house) blocked() (begun chan string, release func()) {
	begun, released := make(chan string, 100), make(chan struct{})
	h.reader.set(func(ctx context.Context, content string) error {
		begun <- content
		select {
		case <-released:
		case <-ctx.Done():
			return ctx.Err()
		}
		return nil
	})
	release = sync.OnceFunc(func() { close(released) })
	h.t.Cleanup(release)
	return begun, release
}

func TestBatchCancel(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.Jobs = 1 })
	begun, release := h.blocked()
	id := h.send(some("a", 4)...)
	other := h.send(some("a", 4)[2:3]...)
	<-begun
	waiting := make(chan error, 2)
	for _, content := range []string{"pdf a1", "pdf a3"} {
		ctx := t.Context()
		go func() {
			_, err := h.Upload(ctx, intake.Incoming{Filename: "x.pdf", Body: strings.NewReader(content)})
			waiting <- err
		}()
	}
	ids := func(n int) string { return intake.IDOf(digest(fmt.Sprintf("pdf a%d", n))) }
	single := func(n int) bool {
		var rank int
		err := h.db.QueryRowContext(t.Context(), `select job_rank from reports where id = $1`, ids(n)).Scan(&rank)
		return err == nil && rank < 0
	}
	h.until("the single uploads", func() bool { return single(1) && single(3) })
	b, err := h.CancelBatch(t.Context(), id, false)
	if err != nil || b.State != intake.BatchCancelled || b.Counts.Cancelled != 3 || b.Counts.Running != 1 || b.Ended() {
		t.Errorf("CancelBatch: %+v, %v", b, err)
	}
	release()
	for range 2 {
		if err := <-waiting; err != nil {
			t.Errorf("a single upload of the same bytes: %v", err)
		}
	}
	h.untilEnded(id)
	h.untilEnded(other)
	h.wantFiles(id, intake.BatchCancelled, "a/0.pdf done", "a/1.pdf cancelled", "a/2.pdf cancelled", "a/3.pdf cancelled")
	h.wantFiles(other, intake.BatchDone, "a/2.pdf done")

	b, n, err := h.RetryBatch(t.Context(), id)
	if err != nil || n != 3 || b.State != intake.BatchDone || h.reader.count() != 4 { // all done meanwhile
		t.Errorf("RetryBatch: %+v, %d, %v; read %d times", b, n, err, h.reader.count())
	}
	for name, err := range map[string]error{
		"CancelBatch": func() error { _, err := h.CancelBatch(t.Context(), "nobody", true); return err }(),
		"RetryBatch":  func() error { _, _, err := h.RetryBatch(t.Context(), "nobody"); return err }(),
		"FinishBatch": func() error { _, err := h.FinishBatch(t.Context(), "nobody"); return err }(),
		"Receive":     func() error { _, err := h.Receive(t.Context(), "nobody"); return err }(),
	} {
		if !errors.Is(err, intake.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBatchCancelRunning: what is at work is broken off, and whoever waits for it
// told.
func TestBatchCancelRunning(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.Jobs = 1 })
	begun, release := h.blocked()
	defer release()
	id := h.send(some("a", 3)...)
	<-begun
	b, err := h.CancelBatch(t.Context(), id, true)
	if err != nil || b.Counts.Cancelled != 3 || !b.Ended() {
		t.Errorf("CancelBatch: %+v, %v", b, err)
	}
	h.until("the reader to be broken off", func() bool {
		h.reader.mu.Lock()
		defer h.reader.mu.Unlock()
		return h.reader.now == 0
	})
	h.reader.set(nil)
	if _, n, err := h.RetryBatch(t.Context(), id); err != nil || n != 3 {
		t.Errorf("RetryBatch: %d, %v", n, err)
	}
	h.untilEnded(id)
	h.wantFiles(id, intake.BatchDone, "a/0.pdf done", "a/1.pdf done", "a/2.pdf done")
}

// TestBatchCancelledMeanwhile: files on their way in when the batch is cancelled
// are cancelled as well, also after a rebuild.
func TestBatchCancelledMeanwhile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	known := h.mustUpload("k.pdf", "pdf k")
	id := h.receive()
	r, err := h.Receive(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"pdf 甲", "pdf k", "gif"} {
		if err := r.Add("x.pdf", strings.NewReader(content)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.CancelBatch(t.Context(), id, false); err != nil {
		t.Fatal(err)
	}
	if taken, err := r.Close(); !errors.Is(err, intake.ErrNotFound) || len(taken) != 0 {
		t.Errorf("Close: %v, %v", taken, err)
	}
	check := func(when string) {
		t.Helper()
		if s := h.summary(intake.IDOf(digest("pdf 甲"))); s.State != intake.StateCancelled {
			t.Errorf("%s the late file is %s", when, s.State)
		}
		if s := h.summary(known.ID); s.State != intake.StateDone {
			t.Errorf("%s the known file is %s", when, s.State)
		}
	}
	check("at once")
	h.loseCatalog()
	check("rebuilt")
	if r := h.mustUpload("x.pdf", "pdf 甲"); r.Created || r.State != intake.StateDone {
		t.Errorf("uploaded again: %+v", r)
	}
}

// TestBatchRetry: what failed is tried again, whatever it failed of.
func TestBatchRetry(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.reader.set(func(_ context.Context, content string) error {
		if strings.Contains(content, "1") || strings.Contains(content, "2") {
			return extract.Damaged("字体")
		}
		return nil
	})
	id := h.send(append(some("a", 4), sent{"x.gif", "gif"})...)
	h.untilEnded(id)
	h.wantFiles(id, intake.BatchDone, "a/0.pdf done", "a/1.pdf failed damaged", "a/2.pdf failed damaged", "a/3.pdf done", "x.gif failed unsupported_format")
	h.reader.set(nil)
	b, n, err := h.RetryBatch(t.Context(), id)
	if err != nil || n != 2 || b.State == intake.BatchCancelled {
		t.Errorf("RetryBatch: %+v, %d, %v", b, n, err)
	}
	h.untilEnded(id)
	h.wantFiles(id, intake.BatchDone, "a/0.pdf done", "a/1.pdf done", "a/2.pdf done", "a/3.pdf done", "x.gif failed unsupported_format")
	if _, n, err := h.RetryBatch(t.Context(), id); n != 0 || err != nil {
		t.Errorf("RetryBatch again: %d, %v", n, err)
	}
}
