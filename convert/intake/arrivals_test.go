package intake_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"nianbao/convert/intake"
)

// countingCatalog counts the files of batches that are read.
type countingCatalog struct {
	intake.Catalog
	read *atomic.Int64
}

func (c countingCatalog) BatchFiles(ctx context.Context, id string, after int64, limit int) ([]intake.BatchFile, error) {
	files, err := c.Catalog.BatchFiles(ctx, id, after, limit)
	c.read.Add(int64(len(files)))
	return files, err
}

// TestArrivalsOnce: a batch that comes in many requests is read once, not once for
// each of them, and what came in any of them is known in the next.
func TestArrivalsOnce(t *testing.T) {
	t.Parallel()
	var read atomic.Int64
	h := newHouse(t, func(c *intake.Config) { c.Catalog = countingCatalog{c.Catalog, &read} })
	id := h.receive()
	read.Store(0)
	const requests = 20
	for i := range requests {
		r, err := h.Receive(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		for j := range i + 1 { // all that came before again, and one more
			name := "pdf " + strings.Repeat("甲", j+1)
			if err := r.Add(name+".pdf", strings.NewReader(name)); err != nil {
				t.Fatal(err)
			}
		}
		if taken, err := r.Close(); err != nil || len(taken) != 1 {
			t.Fatalf("request %d took %d files, %v; want 1", i, len(taken), err)
		}
	}
	if n := read.Load(); n != requests-1 {
		t.Errorf("%d files were read, want %d", n, requests-1)
	}
}
