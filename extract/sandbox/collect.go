package sandbox

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// A process that converts small files one after the other collects their few
// megabytes over and over: that took a fifth of its time. So garbage may be as
// much as it is worth a collection, and beside a large heap a share of that.
const (
	worthwhile   = 32 << 20 // bytes of garbage
	gcSmallHeap  = 400      // percent, as GOGC; the most
	gcLargeHeap  = 60       // the least
	liveHeapName = "/gc/heap/live:bytes"
)

// percentFor is how far the heap may grow over live bytes.
func percentFor(live uint64) int {
	return int(max(gcLargeHeap, min(gcSmallHeap, worthwhile*100/max(live, 1))))
}

// collect sets the garbage collector of a child: seldom while little lives, hard
// before the limit.
func collect(s settings) {
	debug.SetMemoryLimit(s.MemoryBytes / 10 * 8)
	CollectByLive()
}

// CollectByLive has the garbage collector of this process run seldom while little
// lives and often once much does, until restore is called. It is for a process
// that converts many small files and, now and then, a large one.
func CollectByLive() (restore func()) {
	c := &collector{percent: gcSmallHeap}
	before := debug.SetGCPercent(c.percent)
	c.rearm()
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.stopped = true
		debug.SetGCPercent(before)
	}
}

// collector looks at the heap after every collection: it is called as the
// cleanup of an object that nobody holds.
type collector struct {
	mu      sync.Mutex // guards all below
	percent int
	stopped bool
}

func (c *collector) rearm() {
	sentinel := new([16]byte)
	runtime.AddCleanup(sentinel, func(c *collector) {
		if c.adjust(liveHeap()) {
			c.rearm()
		}
	}, c)
}

// adjust sets how far the heap may grow over live bytes; false once that is no
// longer wanted.
func (c *collector) adjust(live uint64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	percent := percentFor(live)
	if percent != c.percent && !c.stopped {
		c.percent = percent
		debug.SetGCPercent(percent)
	}
	return !c.stopped
}

// liveHeap is how many bytes the last collection found alive.
func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: liveHeapName}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}
