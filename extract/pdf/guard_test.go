package pdf

import (
	"bytes"
	"testing"
)

// A file that is held in memory reads as one that is not.
func TestHeld(t *testing.T) {
	src := bytes.NewReader([]byte("junk%PDF-2.0\nsome content\n"))
	framing := func() *framed {
		f := &framed{room: &room{}, src: src, skip: 4, size: src.Size() - 4, head: []byte("%PDF-1.7\n")}
		f.end(7)
		return f
	}
	held, other := framing(), framing()
	held.hold()
	if held.all == nil {
		t.Fatal("not held")
	}
	for off := int64(0); off <= held.total(); off++ {
		for n := int64(0); n <= held.total()-off+1; n++ {
			a, shared, errA := held.view(off, n)
			b, _, errB := other.view(off, n)
			if !bytes.Equal(a, b) || (errA == nil) != (errB == nil) || shared && (off < 9 || off+n > held.size) {
				t.Fatalf("%d bytes from %d: %q %v, want %q %v", n, off, a, errA, b, errB)
			}
		}
	}
}
