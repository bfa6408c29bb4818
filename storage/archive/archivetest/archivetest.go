// Package archivetest is the contract of an archive as a test suite. Every
// implementation runs it against the real thing.
package archivetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
)

// Store is what an implementation offers.
type Store interface {
	intake.Archive
	intake.Records
	custody.Archive
	Digests(ctx context.Context) iter.Seq2[string, error]
}

// Subject is one implementation with an empty store behind it.
type Subject struct {
	Store Store
	// Overwrite changes the stored bytes of a key behind the store's back, as a
	// failing disk would.
	Overwrite func(key string, content []byte) error
	// Staging is the directory where uploads are staged.
	Staging string
}

// large is above every buffer and part size in the way.
const large = 24 << 20

// Run runs the suite. open makes a new empty store for each test.
func Run(t *testing.T, open func(t *testing.T) Subject) {
	tests := map[string]func(*testing.T, Subject){
		"put and read":        testPutRead,
		"local":               testLocal,
		"twice is once":       testTwice,
		"concurrent":          testConcurrent,
		"empty":               testEmpty,
		"large":               testLarge,
		"staged bytes change": testStagedChange,
		"corrupt":             testCorrupt,
		"damaged is replaced": testReplaced,
		"missing":             testMissing,
		"cancelled":           testCancelled,
		"discard":             testDiscard,
		"seek":                testSeek,
		"names":               testNames,
		"records":             testRecords,
		"replace":             testReplace,
		"list":                testList,
		"objects":             testObjects,
		"stat":                testStat,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			test(t, s)
			assertSound(t, s)
		})
	}
}

// content is n bytes that no compression shortens, the same for the same seed.
func content(seed uint64, n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	_, _ = r.Read(b) // never fails
	return b
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func stage(t *testing.T, s Subject, b []byte) intake.Staged {
	t.Helper()
	st, err := s.Store.Stage(t.Context())
	if err != nil {
		t.Fatalf("Stage: %v", err)
	}
	t.Cleanup(func() {
		if err := st.Discard(); err != nil {
			t.Errorf("Discard: %v", err)
		}
	})
	if n, err := io.Copy(st, bytes.NewReader(b)); err != nil || n != int64(len(b)) {
		t.Fatalf("staging: %d bytes, %v", n, err)
	}
	if sum, size := st.Digest(); sum != digest(b) || size != int64(len(b)) {
		t.Fatalf("Digest = %s, %d", sum, size)
	}
	return st
}

func put(t *testing.T, s Subject, b []byte) (created bool) {
	t.Helper()
	st := stage(t, s, b)
	created, err := st.Commit(t.Context())
	if err != nil {
		t.Fatalf("Commit: %v", err)
	}
	if err := st.Discard(); err != nil {
		t.Fatalf("Discard: %v", err)
	}
	return created
}

func read(t *testing.T, s Subject, sum string) ([]byte, error) {
	t.Helper()
	o, err := s.Store.Open(t.Context(), sum)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(o)
	if cerr := o.Close(); cerr != nil {
		t.Errorf("Close: %v", cerr)
	}
	return b, err
}

func wantContent(t *testing.T, s Subject, want []byte) {
	t.Helper()
	got, err := read(t, s, digest(want))
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("read %d bytes, %v; want the %d that were put", len(got), err, len(want))
	}
}

func digests(t *testing.T, s Subject) []string {
	t.Helper()
	var all []string
	for d, err := range s.Store.Digests(t.Context()) {
		if err != nil {
			t.Fatalf("Digests: %v", err)
		}
		all = append(all, d)
	}
	if !slices.IsSorted(all) {
		t.Errorf("digests are not in order: %v", all)
	}
	return all
}

// assertSound re-hashes every object and looks for leftovers of uploads.
func assertSound(t *testing.T, s Subject) {
	t.Helper()
	for _, d := range digests(t, s) {
		b, err := read(t, s, d)
		if err != nil {
			t.Errorf("object %s: %v", d, err)
		}
		if got := digest(b); got != d {
			t.Errorf("object %s re-hashes to %s", d, got)
		}
	}
}

func assertStagingEmpty(t *testing.T, s Subject) {
	t.Helper()
	left, err := os.ReadDir(s.Staging)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		t.Errorf("left in staging: %s", e.Name())
	}
}

func testPutRead(t *testing.T, s Subject) {
	if err := s.Store.Check(t.Context()); err != nil {
		t.Fatalf("Check: %v", err)
	}
	b := content(1, 130_000)
	st := stage(t, s, b)
	before, err := st.Open()
	if err != nil {
		t.Fatal(err)
	}
	if created, err := st.Commit(t.Context()); err != nil || !created {
		t.Fatalf("Commit = %v, %v", created, err)
	}
	after, err := st.Open() // still there for the reader
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*os.File{before, after} {
		got, err := io.ReadAll(f)
		if err != nil || !bytes.Equal(got, b) {
			t.Errorf("staged file reads %d bytes, %v", len(got), err)
		}
		if _, err := f.WriteAt([]byte("x"), 0); err == nil {
			t.Error("the handle for readers can be written to")
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := st.Discard(); err != nil {
		t.Fatal(err)
	}
	wantContent(t, s, b)
	assertStagingEmpty(t, s)
	o, err := s.Store.Open(t.Context(), digest(b))
	if err != nil {
		t.Fatal(err)
	}
	if o.Size() != int64(len(b)) {
		t.Errorf("Size = %d", o.Size())
	}
	if err := o.Close(); err != nil {
		t.Error(err)
	}
}

func testTwice(t *testing.T, s Subject) {
	b := content(2, 5000)
	if !put(t, s, b) {
		t.Error("first put: not created")
	}
	if put(t, s, b) {
		t.Error("second put: created")
	}
	if all := digests(t, s); !slices.Equal(all, []string{digest(b)}) {
		t.Errorf("objects: %v", all)
	}
	assertStagingEmpty(t, s)
}

func testConcurrent(t *testing.T, s Subject) {
	b := content(3, 600_000)
	const n = 12
	var created [n]bool
	var errs [n]error
	var wg sync.WaitGroup
	for i := range n {
		st := stage(t, s, b)
		wg.Go(func() { created[i], errs[i] = st.Commit(t.Context()) })
	}
	wg.Wait()
	first := 0
	for i := range n {
		if errs[i] != nil {
			t.Errorf("Commit: %v", errs[i])
		}
		if created[i] {
			first++
		}
	}
	// A store may lose the answer to the one that created it; never more than one.
	if first > 1 {
		t.Errorf("%d of %d say they created it", first, n)
	}
	if all := digests(t, s); len(all) != 1 {
		t.Errorf("objects: %v", all)
	}
	wantContent(t, s, b)
}

func testEmpty(t *testing.T, s Subject) {
	put(t, s, nil)
	wantContent(t, s, nil)
}

func testLarge(t *testing.T, s Subject) {
	b := content(4, large)
	put(t, s, b)
	wantContent(t, s, b)
}

// testStagedChange: bytes that changed between hashing and archiving never get
// the name of the digest.
func testStagedChange(t *testing.T, s Subject) {
	for name, change := range map[string]func([]byte) []byte{
		"other":   func(b []byte) []byte { c := bytes.Clone(b); c[len(c)/2] ^= 1; return c },
		"shorter": func(b []byte) []byte { return b[:len(b)-1] },
	} {
		b := content(5, 9000)
		st := stage(t, s, b)
		f, err := st.Open()
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.WriteFile(f.Name(), change(b), 0o600), f.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := st.Commit(t.Context()); err == nil {
			t.Errorf("%s: Commit took bytes that are not of the digest", name)
		}
		if _, err := read(t, s, digest(b)); !errors.Is(err, intake.ErrNotFound) {
			t.Errorf("%s: after a failed Commit: %v, want ErrNotFound", name, err)
		}
	}
}

func damage(t *testing.T, s Subject, b, with []byte) {
	t.Helper()
	key, err := archive.OriginalKey(digest(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Overwrite(key, with); err != nil {
		t.Fatal(err)
	}
}

func testCorrupt(t *testing.T, s Subject) {
	b := content(6, 70_000)
	put(t, s, b)
	bad := bytes.Clone(b)
	bad[len(bad)-1] ^= 0x80
	for name, with := range map[string][]byte{"one bit": bad, "shorter": b[:len(b)-7], "emptied": {}} {
		damage(t, s, b, with)
		_, err := read(t, s, digest(b))
		if !errors.Is(err, intake.ErrCorrupt) {
			t.Errorf("%s: reading ends in %v, want ErrCorrupt", name, err)
		}
		want := intake.CorruptError{Want: digest(b), Got: digest(with), Size: int64(len(with))}
		if found := new(intake.CorruptError); !errors.As(err, &found) || *found != want {
			t.Errorf("%s: the error says %v, want %v", name, err, &want)
		}
		if got, err := readCounted(t, s, digest(b)); !errors.Is(err, intake.ErrCorrupt) || got >= len(with) && got > 0 {
			t.Errorf("%s: counted reading gives %d of %d bytes, %v; want ErrCorrupt and the last piece withheld", name, got, len(with), err)
		}
		o, err := s.Store.Open(t.Context(), digest(b))
		if err != nil {
			t.Fatal(err)
		}
		// A piece from the middle that is itself sound is not given out either.
		if _, err := o.Seek(100, io.SeekStart); err != nil {
			t.Error(err)
		}
		if n, err := o.Read(make([]byte, 10)); n != 0 || !errors.Is(err, intake.ErrCorrupt) {
			t.Errorf("%s: from the middle: %d, %v; want ErrCorrupt", name, n, err)
		}
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	}
	damage(t, s, b, b)
}

// readCounted reads as many bytes as the object says it has, one at least, and
// does not ask for more: as http.ServeContent does.
func readCounted(t *testing.T, s Subject, sum string) (int, error) {
	t.Helper()
	o, err := s.Store.Open(t.Context(), sum)
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.ReadFull(o, make([]byte, max(o.Size(), 1)))
	if cerr := o.Close(); cerr != nil {
		t.Errorf("Close: %v", cerr)
	}
	return n, err
}

func testReplaced(t *testing.T, s Subject) {
	b := content(7, 40_000)
	put(t, s, b)
	damage(t, s, b, b[:1000])
	if put(t, s, b) {
		t.Error("replaced, but called created")
	}
	wantContent(t, s, b)
	assertStagingEmpty(t, s)
}

func testMissing(t *testing.T, s Subject) {
	if _, err := s.Store.Open(t.Context(), digest([]byte("never put"))); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("Open: %v, want ErrNotFound", err)
	}
	if _, err := s.Store.Get(t.Context(), "events/none/none.json"); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("Get: %v, want ErrNotFound", err)
	}
	for key, err := range s.Store.List(t.Context(), "events/none/") {
		t.Errorf("List of nothing: %q, %v", key, err)
	}
}

func testCancelled(t *testing.T, s Subject) {
	b := content(8, 20_000)
	ctx, cancel := context.WithCancel(t.Context())
	st, err := s.Store.Stage(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Write(b[:10_000]); err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := st.Write(b[10_000:]); !errors.Is(err, context.Canceled) {
		t.Errorf("Write: %v, want context.Canceled", err)
	}
	if err := st.Discard(); err != nil {
		t.Errorf("Discard: %v", err)
	}
	whole := stage(t, s, b)
	if _, err := whole.Commit(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Commit: %v, want context.Canceled", err)
	}
	if err := whole.Discard(); err != nil {
		t.Errorf("Discard: %v", err)
	}
	if all := digests(t, s); len(all) != 0 {
		t.Errorf("objects: %v", all)
	}
	put(t, s, b)
	if o, err := s.Store.Open(ctx, digest(b)); err == nil {
		if _, err = io.ReadAll(o); !errors.Is(err, context.Canceled) {
			t.Errorf("read: %v, want context.Canceled", err)
		}
		_ = o.Close()
	}
	assertStagingEmpty(t, s)
}

func testDiscard(t *testing.T, s Subject) {
	st := stage(t, s, content(9, 100))
	for range 2 { // again does nothing
		if err := st.Discard(); err != nil {
			t.Errorf("Discard: %v", err)
		}
	}
	assertStagingEmpty(t, s)
	if all := digests(t, s); len(all) != 0 {
		t.Errorf("objects: %v", all)
	}
}

// testSeek reads as http.ServeContent does.
func testSeek(t *testing.T, s Subject) {
	b := content(10, 300_000)
	put(t, s, b)
	o, err := s.Store.Open(t.Context(), digest(b))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.Close() }()
	if end, err := o.Seek(0, io.SeekEnd); err != nil || end != int64(len(b)) {
		t.Fatalf("Seek to the end = %d, %v", end, err)
	}
	for _, from := range []int64{0, 512, 0, 299_990, 100_000, 300_000} {
		if at, err := o.Seek(from, io.SeekStart); err != nil || at != from {
			t.Fatalf("Seek(%d) = %d, %v", from, at, err)
		}
		want := b[from:min(from+600, int64(len(b)))]
		got := make([]byte, len(want))
		if _, err := io.ReadFull(o, got); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("from %d: %v", from, err)
		}
	}
	if _, err := o.Seek(-5, io.SeekEnd); err != nil {
		t.Fatal(err)
	}
	if tail, err := io.ReadAll(o); err != nil || !bytes.Equal(tail, b[len(b)-5:]) {
		t.Errorf("last five bytes: %x, %v", tail, err)
	}
	if _, err := o.Seek(-1, io.SeekStart); err == nil {
		t.Error("seek before the start")
	}
}

// testLocal: an original that is a file of this machine is given as one, verified.
func testLocal(t *testing.T, s Subject) {
	b := content(3, 100_000)
	put(t, s, b)
	local := func() (intake.Object, *os.File, error) {
		o, err := s.Store.Open(t.Context(), digest(b))
		if err != nil {
			t.Fatal(err)
		}
		l, ok := o.(intake.Local)
		if !ok {
			_ = o.Close()
			t.Skip("no local archive")
		}
		f, err := l.File()
		return o, f, err
	}
	o, f, err := local()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(f); err != nil || !bytes.Equal(got, b) {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	if _, err := f.Write([]byte("x")); err == nil {
		t.Error("the original can be written")
	}
	if err := o.Close(); err != nil {
		t.Error(err)
	}
	key, err := archive.OriginalKey(digest(b))
	if err == nil {
		err = s.Overwrite(key, b[1:])
	}
	if err != nil {
		t.Fatal(err)
	}
	o, _, err = local()
	if !errors.Is(err, intake.ErrCorrupt) {
		t.Errorf("a damaged one: %v", err)
	}
	if err := errors.Join(o.Close(), s.Overwrite(key, b)); err != nil {
		t.Error(err)
	}
}
