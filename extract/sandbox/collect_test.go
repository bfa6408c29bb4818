package sandbox

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// The collector is told to work harder once much lives, and less hard again.
func TestCollectFollowsTheHeap(t *testing.T) {
	before := debug.SetGCPercent(77)
	defer debug.SetGCPercent(before)
	current := func() int {
		p := debug.SetGCPercent(77)
		debug.SetGCPercent(p)
		return p
	}
	restore := CollectByLive()
	held := make([]byte, 4*worthwhile)
	waitFor(t, "a large heap", func() bool { runtime.GC(); return current() == gcLargeHeap })
	runtime.KeepAlive(held) // and no longer
	waitFor(t, "a small heap", func() bool { runtime.GC(); return current() == gcSmallHeap })
	restore()
	if p := current(); p != 77 {
		t.Errorf("%d %% after all", p)
	}
	if liveHeap() == 0 {
		t.Error("the size of the live heap is not known")
	}
}

func TestPercentFor(t *testing.T) {
	for live, want := range map[uint64]int{0: 400, 8 << 20: 400, 16 << 20: 200, 32 << 20: 100, 64 << 20: 60, 1 << 40: 60} {
		if got := percentFor(live); got != want {
			t.Errorf("%d bytes: %d %%, want %d", live, got, want)
		}
	}
}

// waitFor runs what makes a condition true until it is.
func waitFor(t *testing.T, what string, step func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !step(); {
		if time.Now().After(deadline) {
			t.Fatalf("no %s after 10 seconds", what)
		}
		runtime.Gosched()
	}
}
