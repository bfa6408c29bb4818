//go:build linux

package sandbox

import (
	"context"
	"sync"
	"testing"
	"time"
)

// tally counts what the pool tells.
type tally struct {
	mu      sync.Mutex
	started int
	ended   map[string]int
}

func (c *tally) ChildStarted() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.started++
}

func (c *tally) ChildEnded(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended == nil {
		c.ended = map[string]int{}
	}
	c.ended[reason]++
}

// Each death has its word, and no child ends that was not told to have started.
func TestObserverIsToldOfEveryChild(t *testing.T) {
	tests := []struct{ content, reason string }{
		{"spin", "cpu"},
		{"allocate 100000", "memory"},
		{"recurse", "stack"},
		{"panic at the disco", "panic"},
		{"exit 7", "unknown"},
		{"garbage", "answer"},
		{"huge", "answer"},
		{"sleep", "wall"},
		{"well", "closed"}, // idle until the pool closes
	}
	for _, tt := range tests {
		t.Run(tt.content, func(t *testing.T) {
			cfg := testConfig(t)
			if tt.reason == "wall" {
				cfg.Wall = 300 * time.Millisecond
			}
			seen := &tally{}
			cfg.Observer = seen
			p := newPool(t, cfg)
			_, _ = p.Extract(context.Background(), file(t, tt.content)) // TestHostileFiles judges the errors
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
			if seen.started != 1 || len(seen.ended) != 1 || seen.ended[tt.reason] != 1 {
				t.Errorf("started %d, ended %v, want one by %s", seen.started, seen.ended, tt.reason)
			}
		})
	}
}

func TestObserverIsToldOfCancelledAndReplacedChildren(t *testing.T) {
	cfg := testConfig(t)
	cfg.MaxFiles = 1
	seen := &tally{}
	cfg.Observer = seen
	p := newPool(t, cfg)
	text(t, p, "one")
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	if _, err := p.Extract(ctx, file(t, "sleep")); err == nil {
		t.Error("a cancelled read has no error")
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if seen.started != 2 || seen.ended["replaced"] != 1 || seen.ended["cancelled"] != 1 {
		t.Errorf("started %d, ended %v", seen.started, seen.ended)
	}
}

// TestWarm: a child that was started before its file reads it, and one that never
// gets a file ends with the pool.
func TestWarm(t *testing.T) {
	cfg, seen := testConfig(t), &tally{}
	cfg.Workers, cfg.Observer = 2, seen
	p, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	p.Warm(t.Context(), 5)
	first := text(t, p, "pid")
	if again := text(t, p, "pid"); again != first {
		t.Errorf("child %s, then %s", first, again)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p.Warm(t.Context(), 1) // does nothing any more
	if seen.started != 2 || seen.ended["closed"] != 2 {
		t.Errorf("%d started, ended %v", seen.started, seen.ended)
	}
	cfg.Command = []string{"/nowhere"}
	p = newPool(t, cfg)
	p.Warm(t.Context(), 1)
	if _, err := p.Extract(t.Context(), file(t, "pid")); err == nil {
		t.Error("read by a child that cannot be started")
	}
}
