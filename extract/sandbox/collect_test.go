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
	held := make([]byte, 4*smallHeap)
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
