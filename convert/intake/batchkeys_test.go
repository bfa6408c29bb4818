package intake_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"nianbao/convert/intake"
)

func TestBatchKeys(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := intake.WithSender(t.Context(), "张三")
	upload := func(ctx context.Context, key, content string) (intake.Receipt, error) {
		return h.Upload(ctx, intake.Incoming{Filename: "a.pdf", Body: strings.NewReader(content), Key: key})
	}
	first, err := upload(ctx, "k", "pdf 甲")
	if err != nil || !first.Created {
		t.Fatalf("%+v, %v", first, err)
	}
	if again, err := upload(ctx, "k", "pdf 甲"); err != nil || again.Created || again.ID != first.ID {
		t.Errorf("again: %+v, %v", again, err)
	}
	if r, err := upload(ctx, "k", "pdf 乙"); !errors.Is(err, intake.ErrConflict) || r.ID != "" {
		t.Errorf("other content: %+v, %v", r, err)
	}
	if n := len(h.originals()); n != 1 {
		t.Errorf("%d originals: what is refused is not kept", n)
	}
	if _, err := upload(t.Context(), "k", "pdf 丙"); err != nil { // of another sender
		t.Errorf("another sender: %v", err)
	}
	if _, _, err := h.CreateBatch(ctx, intake.BatchSpec{Key: "k"}); !errors.Is(err, intake.ErrConflict) {
		t.Errorf("an upload's key for a batch: %v", err)
	}

	b, created, err := h.CreateBatch(ctx, intake.BatchSpec{Name: "一", Key: "b"})
	if err != nil || !created {
		t.Fatalf("%v, %v", created, err)
	}
	h.add(b.ID, sent{"a.pdf", "pdf 甲"})
	same, created, err := h.CreateBatch(ctx, intake.BatchSpec{Name: "二", Key: "b"})
	if err != nil || created || same.ID != b.ID || same.Name != "一" || same.Counts.Total != 1 {
		t.Errorf("the same key: %+v, %v, %v", same, created, err)
	}
	if _, err := h.FinishBatch(ctx, b.ID); err != nil {
		t.Fatal(err)
	}
	if same, created, err := h.CreateBatch(ctx, intake.BatchSpec{Key: "b"}); err != nil || created || same.ID != b.ID || same.State == intake.BatchReceiving {
		t.Errorf("the same key, ended: %+v, %v, %v", same, created, err)
	}
	if _, err := upload(ctx, "b", "pdf 甲"); !errors.Is(err, intake.ErrConflict) {
		t.Errorf("a batch's key for an upload: %v", err)
	}
}

// TestBatchKeyAtOnce: of many with one key, one makes the batch and all have it.
func TestBatchKeyAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ids, made := make([]string, 8), make([]bool, 8)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			b, created, err := h.CreateBatch(t.Context(), intake.BatchSpec{Key: "k"})
			if err != nil {
				t.Errorf("CreateBatch: %v", err)
			}
			ids[i], made[i] = b.ID, created
		})
	}
	wg.Wait()
	slices.Sort(ids)
	n := 0
	for _, m := range made {
		if m {
			n++
		}
	}
	if ids[0] == "" || ids[0] != ids[7] || n != 1 {
		t.Errorf("ids %v, created %v", ids, made)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	h := &house{idle: true}
	h.build(t, func(c *intake.Config) { c.Receptions, c.QueueBound = 1, 2 })
	id := h.receive()
	r, err := h.Receive(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	busy := func(what string, err error, name string) {
		t.Helper()
		if !errors.Is(err, intake.ErrBusy) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v, want ErrBusy that names %s", what, err, name)
		}
	}
	upload := func(content string) error {
		_, err := h.Upload(t.Context(), intake.Incoming{Filename: "a.pdf", Body: strings.NewReader(content), NoWait: true})
		return err
	}
	busy("Upload", upload("pdf 1"), "receptions=1")
	_, err = h.Receive(t.Context(), id)
	busy("Receive", err, "receptions=1")
	if _, err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"pdf 1", "pdf 2"} {
		if err := upload(content); err != nil {
			t.Errorf("Upload: %v", err)
		}
	}
	if err := h.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	busy("Upload", upload("pdf 3"), "queue_bound=2")
	_, err = h.Receive(t.Context(), id)
	busy("Receive", err, "queue_bound=2")
	_, _, err = h.CreateBatch(t.Context(), intake.BatchSpec{})
	busy("CreateBatch", err, "queue_bound=2")
	h.start()
	h.until("the queue to be empty", func() bool {
		if err := h.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		return upload("pdf 3") == nil
	})
}
