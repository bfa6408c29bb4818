package pictures

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

func open(t testing.TB, dir string, bound int64) *Cache {
	t.Helper()
	c, err := Open(dir, bound)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// file is where the cache keeps a picture.
func file(dir string, k string) string { return filepath.Join(dir, filepath.FromSlash(pathOf(k))) }

func keyOf(i int) string { return fmt.Sprintf("%016x", i*7919) }

// size is what the directory holds, and how many files.
func size(t testing.TB, dir string) (n int64, files int) {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	list, total, err := (&Cache{root: root}).list()
	if err != nil {
		t.Fatal(err)
	}
	return total, len(list)
}

func TestPutGet(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir, 1<<20)
	if _, ok := c.Get(keyOf(1)); ok {
		t.Error("an empty cache has a picture")
	}
	for _, content := range []string{"first", "second", ""} {
		if err := c.Put(keyOf(1), []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, ok := c.Get(keyOf(1)); !ok || string(got) != content {
			t.Errorf("%q, %v, want %q", got, ok, content)
		}
	}
	if got, ok := open(t, dir, 1<<20).Get(keyOf(1)); !ok || len(got) != 0 {
		t.Error("another process does not see it")
	}
	for _, path := range []string{filepath.Dir(file(dir, keyOf(1))), file(dir, keyOf(1))} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read %s: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestKeysThatAreNone(t *testing.T) {
	c := open(t, t.TempDir(), 1<<20)
	for _, k := range []string{"", "short", "../../../etc/passwd", "ABCDEFGHIJ", "abcdefgh/i"} {
		if err := c.Put(k, nil); err == nil {
			t.Errorf("%q was put", k)
		}
		if _, ok := c.Get(k); ok {
			t.Errorf("%q was got", k)
		}
	}
	if _, err := Open(t.TempDir(), 0); err == nil {
		t.Error("a cache without room")
	}
}

// What the disk damaged is as good as not there, and is put right by the next Put.
func TestDamagedFile(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir, 1<<20)
	for name, damage := range map[string]func([]byte) []byte{
		"a changed byte": func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"a cut file":     func(b []byte) []byte { return b[:len(b)-2] },
		"almost nothing": func(b []byte) []byte { return b[:5] },
		"nothing":        func([]byte) []byte { return nil },
	} {
		if err := c.Put(keyOf(1), []byte("picture")); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(file(dir, keyOf(1)))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file(dir, keyOf(1)), damage(b), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := c.Get(keyOf(1)); ok {
			t.Errorf("%s: %q", name, got)
		}
	}
	if err := c.Put(keyOf(1), []byte("picture")); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.Get(keyOf(1)); !ok {
		t.Error("it was not put right")
	}
}

// The pictures that were asked for longest ago go.
func TestBound(t *testing.T) {
	dir := t.TempDir()
	const bound, each = 64 << 10, 1 << 10
	c := open(t, dir, bound)
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c.now = func() time.Time { at = at.Add(time.Second); return at }
	for i := range 200 {
		if err := c.Put(keyOf(i), bytes.Repeat([]byte{byte(i)}, each)); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.Get(keyOf(0)); !ok {
			t.Fatalf("the picture that is asked for all the time is gone after %d", i)
		}
		if _, ok := c.Get(keyOf(i)); !ok {
			t.Fatalf("picture %d is gone at once", i)
		}
		if n, _ := size(t, dir); n > bound+bound/share {
			t.Fatalf("%d bytes after %d pictures", n, i)
		}
	}
	if _, ok := c.Get(keyOf(1)); ok {
		t.Error("an old picture is still there")
	}
	if n, files := size(t, dir); n < bound/2 || files < 30 {
		t.Errorf("%d bytes in %d files: too much was removed", n, files)
	}
	small := open(t, dir, 10<<10)
	if n, _ := size(t, dir); n > 10<<10 {
		t.Errorf("%d bytes after opening with a smaller bound", n)
	}
	if _, ok := small.Get(keyOf(0)); !ok {
		t.Error("the last one used is gone")
	}
}

// What a process began and left is removed after a while, not before.
func TestLeftFiles(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir, 1<<20)
	if err := c.Put(keyOf(1), []byte("picture")); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(filepath.Dir(file(dir, keyOf(1))), unfinished+"123")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir, 1<<20)
	if _, err := os.Stat(left); err != nil {
		t.Errorf("a file that somebody may be writing: %v", err)
	}
	old := time.Now().Add(-2 * forsaken)
	if err := os.Chtimes(left, old, old); err != nil {
		t.Fatal(err)
	}
	open(t, dir, 1<<20)
	if _, err := os.Stat(left); err == nil {
		t.Error("a file that was left is still there")
	}
	if _, ok := c.Get(keyOf(1)); !ok {
		t.Error("the picture is gone")
	}
}

// work puts and gets pictures as a busy process does, and tells how many it found
// to be wrong.
func work(c *Cache, rounds, seed int) error {
	for i := range rounds {
		k := (i*31 + seed) % 40
		want := bytes.Repeat([]byte{byte(k)}, 900+k)
		if got, ok := c.Get(keyOf(k)); ok && !bytes.Equal(got, want) {
			return fmt.Errorf("picture %d is another one", k)
		}
		if err := c.Put(keyOf(k), want); err != nil {
			return err
		}
	}
	return nil
}

const workerDir = "NIANBAO_TEST_PICTURES"

// TestWorker is not a test but the other process of TestTwoProcesses.
func TestWorker(t *testing.T) {
	dir := os.Getenv(workerDir)
	if dir == "" {
		t.SkipNow()
	}
	seed, _ := strconv.Atoi(filepath.Base(os.Getenv("NIANBAO_TEST_SEED")))
	if err := work(open(t, dir, 20<<10), 400, seed); err != nil {
		t.Fatal(err)
	}
}

// Several processes, each with several goroutines, share a directory that is too
// small for what they keep.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	var others []*exec.Cmd
	for seed := range 2 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestWorker$")
		cmd.Env = append(os.Environ(), workerDir+"="+dir, "NIANBAO_TEST_SEED="+strconv.Itoa(seed))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		others = append(others, cmd)
	}
	c := open(t, dir, 20<<10)
	var all sync.WaitGroup
	for seed := range 3 {
		all.Go(func() {
			if err := work(c, 200, seed+10); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, cmd := range others {
		if err := cmd.Wait(); err != nil {
			t.Errorf("the other process: %v", err)
		}
	}
	open(t, dir, 20<<10)
	if n, _ := size(t, dir); n > 20<<10 {
		t.Errorf("%d bytes", n)
	}
}

func BenchmarkGet(b *testing.B) {
	c := open(b, b.TempDir(), 1<<30)
	if err := c.Put(keyOf(1), make([]byte, 300<<10)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := c.Get(keyOf(1)); !ok {
			b.Fatal("gone")
		}
	}
}
