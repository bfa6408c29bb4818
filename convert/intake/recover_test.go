package intake_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/extract"
)

func TestDelete(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := intake.WithSender(t.Context(), "审核员")
	r := h.mustUpload("a.pdf", "pdf 甲")
	sum := digest("pdf 甲")
	h.clock.add(-time.Hour) // set back: the order of events stands
	if err := h.Delete(ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"Delete":   h.Delete(ctx, r.ID),
		"Summary":  func() error { _, err := h.Summary(ctx, r.ID); return err }(),
		"Result":   func() error { _, err := h.Result(ctx, r.ID, false); return err }(),
		"Original": func() error { _, err := h.Original(ctx, r.ID); return err }(),
	} {
		if !errors.Is(err, intake.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
	if len(h.list()) != 0 || len(h.originals()) != 1 {
		t.Errorf("listed %v, originals %v; want none, and one kept", h.list(), h.originals())
	}
	h.wantEvents(sum, "received", "converted", "deleted")
	if n, _, err := h.Rebuild(ctx); n != 0 || err != nil || len(h.list()) != 0 {
		t.Errorf("Rebuild = %d, %v, lists %v: a deleted report came back", n, err, h.list())
	}

	h.clock.add(-time.Hour)
	again := h.mustUpload("b.pdf", "pdf 甲")
	if !again.Created || again.ID != r.ID || h.summary(r.ID).Filename != "b.pdf" {
		t.Errorf("uploaded again: %+v, %+v", again, h.summary(r.ID))
	}
	res, err := h.Result(ctx, r.ID, false)
	if err != nil || res.Source.Filename != "b.pdf" {
		t.Errorf("Result: %+v, %v", res, err)
	}
	h.wantEvents(sum, "received", "converted", "deleted", "received")
	if n, _, err := h.Rebuild(ctx); n != 1 || err != nil || h.summary(r.ID).Filename != "b.pdf" {
		t.Errorf("Rebuild = %d, %v", n, err)
	}
}

// TestDeleteAtWork: a conversion at work is broken off, and its uploader told.
func TestDeleteAtWork(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	running := make(chan struct{})
	h.reader.set(func(ctx context.Context, _ string) error { close(running); <-ctx.Done(); return ctx.Err() })
	uploaded := make(chan error)
	go func() {
		_, err := h.Upload(t.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader("pdf 甲")})
		uploaded <- err
	}()
	<-running
	if err := h.Delete(t.Context(), intake.IDOf(digest("pdf 甲"))); err != nil {
		t.Errorf("Delete: %v", err)
	}
	if err := <-uploaded; !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("Upload: %v, want ErrNotFound", err)
	}
	if len(h.list()) != 0 {
		t.Errorf("listed: %v", h.list())
	}
}

// TestCloseAndRecover: a service that is closed in the middle leaves what the
// next one takes up.
func TestCloseAndRecover(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) { c.Jobs = 1 })
	running := make(chan struct{}, 1)
	h.reader.set(func(ctx context.Context, _ string) error { running <- struct{}{}; <-ctx.Done(); return ctx.Err() })
	uploaded := make(chan error, 2)
	for _, content := range []string{"pdf 甲", "pdf 乙"} {
		go func() {
			_, err := h.Upload(t.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader(content)})
			uploaded <- err
		}()
	}
	<-running
	h.until("the second upload to be archived", func() bool { return len(h.list()) == 2 })
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // no patience
	if err := h.worker.Stop(ctx); err != nil {
		t.Errorf("Stop: %v", err)
	}
	if err := h.Close(t.Context()); err != nil {
		t.Errorf("Close: %v", err)
	}
	for range 2 {
		if err := <-uploaded; !errors.Is(err, intake.ErrClosed) {
			t.Errorf("Upload: %v, want ErrClosed", err)
		}
	}
	if _, err := h.upload("c.pdf", "pdf 丙"); !errors.Is(err, intake.ErrClosed) {
		t.Errorf("Upload after Close: %v", err)
	}
	if err := h.Ready(t.Context()); !errors.Is(err, intake.ErrClosed) {
		t.Errorf("Ready after Close: %v", err)
	}
	if _, err := h.List(t.Context(), intake.Filter{}); !errors.Is(err, intake.ErrClosed) {
		t.Errorf("List after Close: %v", err)
	}
	page, err := h.catalog.List(t.Context(), intake.Filter{})
	if err != nil || len(page.Items) != 2 {
		t.Fatalf("%d reports, %v", len(page.Items), err)
	}
	for _, s := range page.Items {
		if s.State != intake.StateQueued {
			t.Errorf("%s is %s, want queued", s.ID, s.State)
		}
	}
	h.close()

	h.reader.set(nil)
	h.open()
	h.recover()
	for _, s := range h.list() {
		if s.State != intake.StateDone {
			t.Errorf("%s is %s after recovery", s.ID, s.State)
		}
	}
}

// recover runs Recover to its end.
func (h *house) recover() {
	h.t.Helper()
	if err := h.Recover(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	h.until("the unfinished reports", func() bool {
		for _, s := range h.list() {
			if s.State == intake.StateQueued || s.State == intake.StateRunning {
				return false
			}
		}
		return true
	})
}

// TestDeadWorker: what a worker had that died, before it began or at work, is
// converted by another.
func TestDeadWorker(t *testing.T) {
	t.Parallel()
	h := &house{idle: true}
	h.build(t)
	var ids []string
	for i := range 20 {
		r, err := h.Upload(t.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader(fmt.Sprintf("pdf %d", i)), NoWait: true})
		if err != nil || r.State != intake.StateQueued {
			t.Fatalf("%+v, %v", r, err)
		}
		ids = append(ids, r.ID)
	}
	// The queue takes these jobs for done; the catalog knows better.
	taken := make(chan intake.Job, len(ids))
	dead := h.newWorker("dead", func(ctx context.Context, j intake.Job) intake.Verdict {
		if len(taken)%2 == 0 {
			if _, err := h.catalog.Start(ctx, []intake.Job{j}, "dead"); err != nil {
				t.Error(err)
			}
		}
		taken <- j
		return intake.Verdict{}
	})
	h.until("the dead worker", func() bool { return len(taken) == len(ids) })
	if err := dead.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.recover()
	for _, id := range ids {
		if s := h.summary(id); s.State != intake.StateDone || s.Problem != nil {
			t.Errorf("%s: %+v", id, s)
		}
	}
	// Whoever comes back from the dead changes nothing.
	j := <-taken
	failed := intake.Row{Summary: intake.Summary{ID: j.Report, State: intake.StateFailed}}
	if stale, err := h.catalog.Settle(t.Context(), []intake.Settlement{{Job: j, Row: failed}}); err != nil || !stale[0] {
		t.Errorf("Settle: stale %v, %v", stale, err)
	}
}

// TestRebuild: the database is lost; the archive's records give back the same
// list.
func TestRebuild(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.reader.set(func(_ context.Context, content string) error {
		switch {
		case strings.Contains(content, "慢"):
			return &extract.Error{Code: extract.CodeTimeout, Limit: "wall=60s", Detail: "超时"}
		case strings.Contains(content, "坏"):
			return extract.Damaged("第 3 页")
		}
		return nil
	})
	for i, content := range []string{"pdf 甲", "docx 乙 错 错", "pdf 坏", "pdf 慢", "locked 丁", "pdf 戊"} {
		h.clock.add(1234567 * time.Microsecond)
		_, err := h.upload(fmt.Sprintf("报告%d.pdf", i), content)
		if err != nil && extract.AsError(err) == nil {
			t.Fatal(err)
		}
	}
	if err := h.Delete(t.Context(), intake.IDOf(digest("pdf 戊"))); err != nil {
		t.Fatal(err)
	}
	rows := func() (all []intake.Row) {
		for _, s := range h.list() {
			r, err := h.catalog.Get(t.Context(), s.ID)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, r)
		}
		return all
	}
	want := rows()
	if len(want) != 5 {
		t.Fatalf("%d reports", len(want))
	}
	h.close()
	for _, name := range []string{"catalog.db", "catalog.db-wal", "catalog.db-shm"} {
		if err := os.Remove(filepath.Join(h.root, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	h.open()
	calls := h.reader.count()
	h.recover() // sees that the catalog is empty
	if d := cmp.Diff(want, rows()); d != "" {
		t.Errorf("rebuilt (-want +got):\n%s", d)
	}
	if n := h.reader.count() - calls; n != 0 {
		t.Errorf("%d files were read again", n)
	}
	if n, _, err := h.Rebuild(t.Context()); n != 5 || err != nil { // may be repeated
		t.Errorf("Rebuild = %d, %v", n, err)
	}
	if d := cmp.Diff(want, rows()); d != "" {
		t.Errorf("rebuilt again (-want +got):\n%s", d)
	}
}

// TestRebuildByNewerVersion: results of other versions are shown until somebody
// converts again; what has no result at all is converted.
func TestRebuildByNewerVersion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	done := h.mustUpload("a.pdf", "pdf 甲")
	lost := h.mustUpload("b.pdf", "pdf 乙")
	h.close()
	for _, path := range []string{h.dbFile(), filepath.Join(h.root, "archive", "results", digest("pdf 乙"))} {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	h.open(func(c *intake.Config) { c.Versions.Program = "v9" })
	h.recover()
	for id, program := range map[string]string{done.ID: "v0.1.0+dirty", lost.ID: "v9"} {
		res, err := h.Result(t.Context(), id, true)
		if err != nil || res.Versions.Program != program || res.Document == nil {
			t.Errorf("%s: %+v, %v; want program %s", id, res, err, program)
		}
	}
}

// TestLostOriginal: an original that the disk lost or damaged is never given
// out; uploading the bytes again puts it right.
func TestLostOriginal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	r := h.mustUpload("a.pdf", "pdf 甲")
	sum := digest("pdf 甲")
	file := filepath.Join(h.root, "archive", "originals", sum[:2], sum[2:])
	for name, damage := range map[string]func() error{
		"damaged": func() error { return os.WriteFile(file, []byte("pdf 乙"), 0o600) },
		"lost":    func() error { return os.Remove(file) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		o, err := h.Original(t.Context(), r.ID)
		if err == nil {
			_, err = io.ReadAll(o.Body)
			_ = o.Body.Close()
		}
		if err == nil || errors.Is(err, intake.ErrNotFound) {
			t.Errorf("%s: %v, want an error of ours", name, err)
		}
		if err := h.catalog.Delete(t.Context(), r.ID, h.summary(r.ID).ReceivedAt); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(h.root, "archive", "results")); err != nil {
			t.Fatal(err)
		}
		h.recover()
		if s := h.summary(r.ID); s.State != intake.StateFailed || s.Problem.Code != "internal" {
			t.Errorf("%s: recovery made it %+v", name, s)
		}
		if again := h.mustUpload("a.pdf", "pdf 甲"); again.State != intake.StateDone || again.Created {
			t.Errorf("%s: uploaded again: %+v", name, again)
		}
		if got := h.originals(); len(got) != 1 {
			t.Errorf("%s: originals %v", name, got)
		}
	}
}

// TestLostResult: a result that the disk lost or damaged is made again when the
// bytes are uploaded again, or the catalog rebuilt.
func TestLostResult(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(file string) error{
		"damaged": func(file string) error { return os.WriteFile(file, []byte("\x1f\x8bnot gzip"), 0o600) },
		"emptied": func(file string) error { return os.Truncate(file, 0) },
		"lost":    os.Remove,
	} {
		for _, suffix := range []string{"*1.json.gz", "*.document.json.gz"} {
			t.Run(name+" "+suffix, func(t *testing.T) {
				t.Parallel()
				h := newHouse(t)
				r := h.mustUpload("a.pdf", "pdf 甲")
				want, err := h.Result(t.Context(), r.ID, true)
				if err != nil {
					t.Fatal(err)
				}
				files, err := filepath.Glob(filepath.Join(h.root, "archive", "results", digest("pdf 甲"), suffix))
				if err != nil || len(files) != 1 {
					t.Fatalf("records %v, %v", files, err)
				}
				check := func(how string) {
					t.Helper()
					got, err := h.Result(t.Context(), r.ID, true)
					if d := cmp.Diff(want, got); d != "" || err != nil {
						t.Errorf("%s: %v (-want +got):\n%s", how, err, d)
					}
				}
				if err := damage(files[0]); err != nil {
					t.Fatal(err)
				}
				if _, err := h.Result(t.Context(), r.ID, true); err == nil || errors.Is(err, intake.ErrNotFound) {
					t.Errorf("Result: %v, want an error of ours", err)
				}
				if again := h.mustUpload("a.pdf", "pdf 甲"); again.Created || again.State != intake.StateDone {
					t.Errorf("receipt %+v", again)
				}
				check("uploaded again")
			})
		}
	}
}

// TestDamagedRecords: what can be read of the records is rebuilt, and what
// cannot is counted.
func TestDamagedRecords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mustUpload("a.pdf", "pdf 甲")
	h.mustUpload("b.pdf", "pdf 乙")
	h.mustUpload("c.pdf", "pdf 丙")
	files, err := filepath.Glob(filepath.Join(h.root, "archive", "events", digest("pdf 甲"), "*.json"))
	if err != nil || len(files) != 2 {
		t.Fatalf("events %v, %v", files, err)
	}
	results, err := filepath.Glob(filepath.Join(h.root, "archive", "results", digest("pdf 乙"), "*1.json.gz"))
	if err != nil || len(results) != 1 {
		t.Fatalf("results %v, %v", results, err)
	}
	if err := errors.Join(os.Truncate(files[0], 9), os.Truncate(results[0], 9)); err != nil {
		t.Fatal(err)
	}
	h.close()
	if err := os.Remove(h.dbFile()); err != nil {
		t.Fatal(err)
	}
	h.open()
	if n, damaged, err := h.Rebuild(t.Context()); n != 2 || damaged != 1 || err != nil {
		t.Errorf("Rebuild = %d, %d, %v; want 2 reports, 1 event damaged", n, damaged, err)
	}
	h.recover()
	for _, content := range []string{"pdf 乙", "pdf 丙"} {
		if _, err := h.Result(t.Context(), intake.IDOf(digest(content)), true); err != nil {
			t.Errorf("%s: %v", content, err)
		}
	}
}
