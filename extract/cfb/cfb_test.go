package cfb_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"nianbao/extract/cfb"
	"nianbao/extract/cfb/cfbtest"
)

func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * 7 >> 3)
	}
	return b
}

func open(tb testing.TB, b []byte) *cfb.File {
	tb.Helper()
	f, err := cfb.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

func content(tb testing.TB, f *cfb.File, name string) []byte {
	tb.Helper()
	s := f.Stream(name)
	if s == nil {
		tb.Fatalf("no stream %s", name)
	}
	b := make([]byte, s.Size())
	if n, err := s.ReadAt(b, 0); n < len(b) {
		tb.Fatalf("%s: %d of %d bytes: %v", name, n, len(b), err)
	}
	return b
}

func TestStreams(t *testing.T) {
	want := map[string][]byte{"Large": pattern(100_001), "Small": pattern(130), "Edge": pattern(4096), "Empty": nil, "Tiny": pattern(1)}
	file := cfbtest.Make(
		cfbtest.Stream{Name: "Large", Content: want["Large"]}, cfbtest.Stream{Name: "Small", Content: want["Small"]},
		cfbtest.Stream{Name: "Edge", Content: want["Edge"]}, cfbtest.Stream{Name: "Empty"}, cfbtest.Stream{Name: "Tiny", Content: want["Tiny"]})
	f := open(t, file)
	for name, b := range want {
		if got := content(t, f, name); !bytes.Equal(got, b) {
			t.Errorf("%s: %d bytes, want %d", name, len(got), len(b))
		}
		if f.Stream(name).Short() {
			t.Errorf("%s is short", name)
		}
	}
	if f.Stream("Other") != nil || f.Has("Other") || !f.Has("large") {
		t.Error("names")
	}
	part := make([]byte, 1000)
	if n, err := f.Stream("Large").ReadAt(part, 99_500); n != 501 || !errors.Is(err, io.EOF) || !bytes.Equal(part[:n], want["Large"][99_500:]) {
		t.Errorf("tail: %d bytes, %v", n, err)
	}
	if n, err := f.Stream("Large").ReadAt(part, 200_000); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("behind the end: %d bytes, %v", n, err)
	}
}

// A file without its end gives what is left, and says so.
func TestCut(t *testing.T) {
	big := pattern(50_000)
	file := cfbtest.Make(cfbtest.Stream{Name: "A", Content: pattern(5000)}, cfbtest.Stream{Name: "B", Content: big})
	// The directory stands behind the streams: move it in front by a chain of
	// its own, as programs do that save in place.
	f := open(t, file)
	if f.Stream("B").Short() {
		t.Fatal("whole")
	}
	binary.LittleEndian.PutUint32(file[bytes.Index(file, []byte("B\x00\x00\x00"))+120:], 1<<31-1)
	if s := open(t, file).Stream("B"); !s.Short() || s.Size() < int64(len(big)) || s.Size() > int64(len(big))+512 {
		t.Errorf("a claim of 2 GB gives %d bytes", s.Size())
	}
	if _, err := cfb.Open(bytes.NewReader(file[:100]), 100); !errors.Is(err, cfb.ErrFormat) {
		t.Errorf("a header cut: %v", err)
	}
}

func TestCircles(t *testing.T) {
	file := cfbtest.Make(cfbtest.Stream{Name: "A", Content: pattern(5000)}, cfbtest.Stream{Name: "S", Content: pattern(100)})
	fat := len(file) - 512
	for i := range 9 { // all sectors of A lead to the first
		binary.LittleEndian.PutUint32(file[fat+4*i:], 0)
	}
	a := bytes.Index(file, []byte("A\x00\x00\x00"))
	binary.LittleEndian.PutUint32(file[a+120:], 1<<31-1)
	binary.LittleEndian.PutUint32(file[a+72:], 1) // it is its own sibling
	f := open(t, file)
	if s := f.Stream("A"); s == nil || s.Size() > int64(len(file)) {
		t.Errorf("A in a circle: %v", s)
	}
	if f.Stream("S") == nil {
		t.Error("S is found without the tree")
	}
}

// A name in a storage is none of the root's.
func TestStorages(t *testing.T) {
	file := cfbtest.Make(cfbtest.Stream{Name: "Pool"}, cfbtest.Stream{Name: "WordDocument", Content: pattern(10)})
	pool := bytes.Index(file, []byte("P\x00o\x00o\x00l\x00"))
	file[pool+66] = 1                                                // a storage
	binary.LittleEndian.PutUint32(file[pool+72:], 0xffffffff)        // without siblings
	binary.LittleEndian.PutUint32(file[pool+76:], 2)                 // that holds the other
	if f := open(t, file); f.Has("WordDocument") || !f.Has("Pool") { // of an embedded object
		t.Error("an embedded stream is taken for the file's own")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(cfbtest.Make(cfbtest.Stream{Name: "A", Content: pattern(5000)}, cfbtest.Stream{Name: "B", Content: pattern(100)}))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := cfb.Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, name := range file.Names() {
			s := file.Stream(name)
			if s == nil {
				continue
			}
			if s.Size() > int64(len(b)) {
				t.Fatalf("%s: %d bytes of a file of %d", name, s.Size(), len(b))
			}
			out := make([]byte, s.Size())
			if n, err := s.ReadAt(out, 0); n < len(out) {
				t.Fatalf("%s: %d of %d bytes: %v", name, n, len(out), err)
			}
		}
	})
}

func BenchmarkStream(b *testing.B) {
	file := cfbtest.Make(cfbtest.Stream{Name: "A", Content: pattern(6 << 20)})
	b.SetBytes(6 << 20)
	b.ReportAllocs()
	for b.Loop() {
		content(b, open(b, file), "A")
	}
}
