package dir

import (
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// TestDirectories: many make the same directories at the same time, one of them in
// vain; nothing is left of their work.
func TestDirectories(t *testing.T) {
	root := t.TempDir()
	d := newDirectories(root)
	if err := os.WriteFile(filepath.Join(root, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for n := range 32 {
		wg.Go(func() {
			name := filepath.Join(root, "a", "b", strconv.Itoa(n%5))
			err := d.in(name, func() error { return os.WriteFile(filepath.Join(name, strconv.Itoa(n)), nil, 0o600) })
			if err != nil {
				t.Error(err)
			}
			if err := d.in(filepath.Join(root, "file", "x"), func() error { return nil }); err == nil {
				t.Error("a directory in a file")
			}
		})
	}
	wg.Wait()
	if len(d.syncs) > 0 {
		t.Errorf("syncs at work: %v", d.syncs)
	}
	// What is taken away is made again.
	if err := os.RemoveAll(filepath.Join(root, "a")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(root, "a", "b", "0")
	if err := d.in(name, func() error { return os.WriteFile(filepath.Join(name, "x"), nil, 0o600) }); err != nil {
		t.Error(err)
	}
	for n := range maxDurable + 10 {
		d.durable[strconv.Itoa(n)] = true
	}
	if _, err := d.make(filepath.Join(root, "c")); err != nil || len(d.durable) != 1 {
		t.Errorf("%d directories are known, %v", len(d.durable), err)
	}
}
