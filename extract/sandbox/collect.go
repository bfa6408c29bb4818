package sandbox

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A child reads small files one after the other: collecting their few megabytes
// over and over took a fifth of its time. So a small heap may grow to five times
// what lives before it is collected, a large one
// not even to twice.
const (
	smallHeap    = 24 << 20 // bytes alive
	gcSmallHeap  = 400      // percent, as GOGC
	gcLargeHeap  = 60
	liveHeapName = "/gc/heap/live:bytes"
)

// collect sets the garbage collector: seldom while little lives, hard before the
// limit.
func collect(s settings) {
	debug.SetMemoryLimit(s.MemoryBytes / 10 * 8)
	debug.SetGCPercent(gcSmallHeap)
	(&collector{gcSmallHeap}).rearm()
}

// collector looks at the heap after every collection: it is called as the
// cleanup of an object that nobody holds.
type collector struct{ percent int }

func (c *collector) rearm() {
	sentinel := new([16]byte)
	runtime.AddCleanup(sentinel, func(c *collector) { c.adjust(liveHeap()); c.rearm() }, c)
}

// adjust sets how far the heap may grow over live bytes.
func (c *collector) adjust(live uint64) {
	percent := gcSmallHeap
	if live > smallHeap {
		percent = gcLargeHeap
	}
	if percent != c.percent {
		c.percent = percent
		debug.SetGCPercent(percent)
	}
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
