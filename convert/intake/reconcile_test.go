package intake_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
)

// TestLostRow: the catalog lost one of its rows; the next process has it again,
// as it was, and the others are not touched.
func TestLostRow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lost := h.mustUpload("a.pdf", "pdf 甲 错")
	kept := h.mustUpload("b.pdf", "pdf 乙")
	want, err := h.catalog.Get(t.Context(), lost.ID)
	if err != nil {
		t.Fatal(err)
	}
	row, err := h.catalog.Get(t.Context(), kept.ID)
	if err != nil {
		t.Fatal(err)
	}
	row.Filename = "改名.pdf" // stands for whatever only the row says
	if err := errors.Join(h.catalog.Update(t.Context(), row), h.catalog.Delete(t.Context(), lost.ID, want.ReceivedAt)); err != nil {
		t.Fatal(err)
	}
	h.close()
	h.open()
	calls := h.reader.count()
	h.recover()
	got, err := h.catalog.Get(t.Context(), lost.ID)
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("restored: %v (-want +got):\n%s", err, d)
	}
	if s := h.summary(kept.ID); s.Filename != "改名.pdf" {
		t.Errorf("the other row was written: %+v", s)
	}
	if n := h.reader.count() - calls; n != 0 {
		t.Errorf("%d files were read again", n)
	}
}

var errKilled = errors.New("killed")

// dyingCatalog plays a process that dies between a record and its row.
type dyingCatalog struct{ intake.Catalog }

func (dyingCatalog) Admit(context.Context, string, []intake.Admission) ([]intake.Row, error) {
	return nil, errKilled
}
func (dyingCatalog) Delete(context.Context, string, time.Time) error { return errKilled }

func dying(c *intake.Config) { c.Catalog = dyingCatalog{c.Catalog} }

// TestKilledBetween: what was recorded holds, though the row was not written.
func TestKilledBetween(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	deleted := h.mustUpload("a.pdf", "pdf 甲")
	h.close()
	h.open(dying)
	if err := h.Delete(t.Context(), deleted.ID); !errors.Is(err, errKilled) {
		t.Fatalf("Delete: %v", err)
	}
	if _, err := h.upload("b.pdf", "pdf 乙"); !errors.Is(err, errKilled) {
		t.Fatalf("Upload: %v", err)
	}
	h.close()
	h.open()
	h.recover()
	if _, err := h.Summary(t.Context(), deleted.ID); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("deleted: %v, want ErrNotFound", err)
	}
	if s := h.summary(intake.IDOf(digest("pdf 乙"))); s.State != intake.StateDone || s.Filename != "b.pdf" {
		t.Errorf("received: %+v", s)
	}
	if len(h.list()) != 1 {
		t.Errorf("listed %v", h.list())
	}
}

// TestSentAfterHalfDeleted: a deletion was broken off before the row went, and the
// bytes are sent again before the next start: what was sent stays.
func TestSentAfterHalfDeleted(t *testing.T) {
	t.Parallel()
	for _, inBatch := range []bool{false, true} {
		h := newHouse(t)
		deleted := h.mustUpload("a.pdf", "pdf 甲")
		h.close()
		h.open(dying)
		if err := h.Delete(t.Context(), deleted.ID); !errors.Is(err, errKilled) {
			t.Fatalf("Delete: %v", err)
		}
		h.close()
		h.open()
		h.clock.add(time.Second)
		if inBatch {
			h.untilEnded(h.send(sent{"b.pdf", "pdf 甲"}))
		} else if r := h.mustUpload("b.pdf", "pdf 甲"); !r.Created {
			t.Errorf("sent again: %+v", r)
		}
		want := []string{"received", "converted", "deleted", "received"}
		if got := h.events(""); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Errorf("events %v", got)
		}
		h.recover()
		if s := h.summary(deleted.ID); s.Filename != "b.pdf" || s.State != intake.StateDone {
			t.Errorf("after the next start: %+v", s)
		}
	}
}

// TestUnreadableEvent: a row is not taken away because its events cannot be
// read.
func TestUnreadableEvent(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if _, err := h.upload("a.pdf", "locked 甲"); err == nil {
		t.Fatal("no failure")
	}
	files, err := filepath.Glob(filepath.Join(h.root, "archive", "events", digest("locked 甲"), "*.json"))
	if err != nil || len(files) != 2 {
		t.Fatalf("events %v, %v", files, err)
	}
	if err := os.Truncate(files[0], 9); err != nil {
		t.Fatal(err)
	}
	h.close()
	h.open()
	h.recover()
	if s := h.summary(intake.IDOf(digest("locked 甲"))); s.State != intake.StateFailed {
		t.Errorf("summary %+v", s)
	}
}

// TestShortOriginal: an original of another length is refused before anything
// of it is sent, an empty one too.
func TestShortOriginal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	r := h.mustUpload("a.pdf", "pdf 甲")
	sum := digest("pdf 甲")
	for _, n := range []int64{3, 0} {
		if err := os.Truncate(filepath.Join(h.root, "archive", "originals", sum[:2], sum[2:]), n); err != nil {
			t.Fatal(err)
		}
		if o, err := h.Original(t.Context(), r.ID); !errors.Is(err, intake.ErrCorrupt) {
			t.Errorf("%d bytes: %v, %v; want ErrCorrupt", n, o, err)
		}
	}
}

// slowCatalog answers when it is let.
type slowCatalog struct {
	intake.Catalog
	asked, release chan struct{}
}

func (c slowCatalog) Get(ctx context.Context, id string) (intake.Row, error) {
	close(c.asked)
	<-c.release
	return c.Catalog.Get(ctx, id)
}

// TestCloseWaitsForQuestions: the catalog is not closed under a question.
func TestCloseWaitsForQuestions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	r := h.mustUpload("a.pdf", "pdf 甲")
	h.close()
	slow := slowCatalog{asked: make(chan struct{}), release: make(chan struct{})}
	h.open(func(c *intake.Config) { slow.Catalog = c.Catalog; c.Catalog = slow })
	answered := make(chan error, 1)
	go func() { _, err := h.Summary(t.Context(), r.ID); answered <- err }()
	<-slow.asked
	closed := make(chan error, 1)
	go func() { closed <- h.Close(t.Context()) }()
	select {
	case err := <-closed:
		close(slow.release)
		t.Fatalf("closed under a question: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(slow.release)
	if err := <-answered; err != nil {
		t.Errorf("the question: %v", err)
	}
	if err := <-closed; err != nil {
		t.Errorf("Close: %v", err)
	}
	if _, err := h.Result(t.Context(), r.ID, false); !errors.Is(err, intake.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

// BenchmarkRecover starts on a catalog that knows all of a thousand reports.
func BenchmarkRecover(b *testing.B) {
	h := newHouse(b, many)
	h.fill(1000)
	b.ReportAllocs()
	for b.Loop() {
		if err := h.Recover(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
