package intake_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/intake"
	"nianbao/storage/archive/s3"
	"nianbao/storage/archive/s3/s3test"
)

// TestOnS3 goes through the life of a report on a real S3 store: received, seen
// twice, taken up after a crash, deleted, and rebuilt.
func TestOnS3(t *testing.T) {
	t.Parallel()
	gateway := s3test.Start(t)
	root := t.TempDir()
	cfg := gateway.Bucket(t, "intake")
	cfg.Staging = filepath.Join(root, "archive", "staging")
	a, err := s3.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	h := newHouseOn(t, root, a)
	ctx := t.Context()
	if err := h.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	first, other := h.mustUpload("a.pdf", "pdf 甲 错"), h.mustUpload("b.docx", "docx 乙")
	if again := h.mustUpload("c.pdf", "pdf 甲 错"); !first.Created || again.Created || again.ID != first.ID {
		t.Errorf("first %+v, again %+v", first, again)
	}
	if got := h.originals(); len(got) != 2 {
		t.Errorf("originals %v", got)
	}
	want, err := h.Result(ctx, first.ID, true)
	if err != nil {
		t.Fatal(err)
	}

	row, err := h.catalog.Get(ctx, first.ID)
	if err != nil {
		t.Fatal(err)
	}
	row.State = intake.StateRunning
	if err := h.catalog.Update(ctx, row); err != nil {
		t.Fatal(err)
	}
	calls := h.reader.count()
	h.recover()
	if s := h.summary(first.ID); s.State != intake.StateDone || h.reader.count() != calls {
		t.Errorf("after a crash: %+v", s)
	}

	if err := h.Delete(ctx, other.ID); err != nil {
		t.Fatal(err)
	}
	list := h.list()
	h.close()
	if err := os.Remove(h.dbFile()); err != nil {
		t.Fatal(err)
	}
	h.open()
	h.recover()
	if d := cmp.Diff(list, h.list()); d != "" || len(list) != 1 {
		t.Errorf("rebuilt (-want +got):\n%s", d)
	}
	got, err := h.Result(ctx, first.ID, true)
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	if _, err := h.Summary(ctx, other.ID); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("a deleted report came back: %v", err)
	}
}
