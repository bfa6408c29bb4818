package intake

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// collector plays what a gathering runs.
type collector struct {
	gathering[int, int]
	sizes []int // of the groups that were done
	bad   int   // cannot be done, alone or with others
}

var errBad = errors.New("bad")

// newCollector makes groups of n.
func newCollector(n int) *collector {
	c := &collector{}
	c.patience = time.Hour
	c.ready = func(waiting []int) bool { return len(waiting) >= n }
	c.run = func(_ context.Context, all []int) ([]int, error) {
		out := make([]int, len(all))
		for i, v := range all {
			if v == c.bad {
				return nil, errBad
			}
			if v < 0 {
				panic("below zero")
			}
			out[i] = 10 * v
		}
		c.sizes = append(c.sizes, len(all))
		return out, nil
	}
	return c
}

// all does the numbers at the same time.
func (c *collector) all(t *testing.T, numbers ...int) map[int]error {
	t.Helper()
	errs := map[int]error{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, v := range numbers {
		wg.Go(func() {
			got, err := c.do(t.Context(), v)
			if err == nil && got != 10*v {
				t.Errorf("%d came of %d", got, v)
			}
			mu.Lock()
			defer mu.Unlock()
			errs[v] = err
		})
	}
	wg.Wait()
	return errs
}

// TestGathering: what comes together is done together, and each is told of its own.
func TestGathering(t *testing.T) {
	c := newCollector(5)
	for _, err := range c.all(t, 1, 2, 3, 4, 5) {
		if err != nil {
			t.Error(err)
		}
	}
	if len(c.sizes) != 1 || c.sizes[0] != 5 {
		t.Errorf("groups %v, want one of 5", c.sizes)
	}
	// Again, with one that cannot be done: the others are not held up.
	for _, bad := range []int{3, -3} {
		c.sizes, c.bad = nil, max(bad, 0)
		errs := c.all(t, 1, 2, bad, 4, 5)
		for v, err := range errs {
			if (err != nil) != (v == bad) {
				t.Errorf("%d: %v", v, err)
			}
		}
		if len(c.sizes) != 4 {
			t.Errorf("groups %v, want four of one", c.sizes)
		}
	}
}

// TestGatheringPatience: who waits for others that do not come is done alone; and not
// more at once than may be.
func TestGatheringPatience(t *testing.T) {
	c := newCollector(1000)
	c.bad = -1
	c.patience = time.Millisecond
	if _, err := c.do(t.Context(), 1); err != nil || len(c.sizes) != 1 {
		t.Errorf("groups %v, %v", c.sizes, err)
	}
	c = newCollector(1000)
	c.bad = -1
	many := make([]int, 2*gatherMost)
	for i := range many {
		many[i] = i
	}
	c.all(t, many...)
	for _, n := range c.sizes {
		if n > gatherMost {
			t.Errorf("groups %v", c.sizes)
		}
	}
}
