// Package pictures keeps pictures of pages in a directory, up to a number of
// bytes: a cache, which may be emptied at any time.
//
// A file is the SHA-256 of its content, then the content, under the first two
// digits of its key; it is written under another name first, so a reader never
// sees half of one, and checked when it is read, so that one the disk damaged is
// as good as none. Reading sets its time; the files that were read longest ago go
// first. Any number of processes may share a directory: each looks at the whole of
// it after every sixteenth of the bound that it writes, so that the bound is kept
// within that much a process.
package pictures

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"nianbao/extract/lazyregexp"
)

const (
	// share is the part of the bound that a process writes before it looks again.
	share = 16
	// forsaken is the age at which a file that was begun is nobody's.
	forsaken = time.Hour
	// private: pictures show originals.
	private    = 0o700
	unfinished = "new-"
)

// key is the form of keys; it keeps file names harmless.
var key = lazyregexp.New(`^[0-9a-z]{8,128}$`)

// Cache is a directory of pictures. It is safe for concurrent use.
type Cache struct {
	root  *os.Root
	bound int64
	now   func() time.Time

	mu      sync.Mutex
	written int64 // since the directory was looked at
}

// Open makes the directory where it is missing, and keeps to the bound, in bytes.
// The cache must be closed.
func Open(dir string, bound int64) (*Cache, error) {
	if bound < 1 {
		return nil, fmt.Errorf("pictures: a bound of %d bytes", bound)
	}
	if err := os.MkdirAll(dir, private); err != nil { //nolint:gosec // the operator's own directory
		return nil, fmt.Errorf("pictures: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("pictures: %w", err)
	}
	c := &Cache{root: root, bound: bound, now: time.Now}
	if err := c.trim(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return c, nil
}

// Close ends the use of the directory.
func (c *Cache) Close() error { return c.root.Close() }

// folderOf is where the file of a key lies.
func folderOf(k string) string { return k[:2] }

func pathOf(k string) string { return folderOf(k) + "/" + k }

// Get returns what was put under the key.
func (c *Cache) Get(k string) (content []byte, ok bool) {
	if !key.MatchString(k) {
		return nil, false
	}
	b, err := c.root.ReadFile(pathOf(k))
	if err != nil || len(b) < sha256.Size {
		return nil, false
	}
	sum, content := b[:sha256.Size], b[sha256.Size:]
	if is := sha256.Sum256(content); !bytes.Equal(sum, is[:]) {
		return nil, false
	}
	now := c.now()
	_ = c.root.Chtimes(pathOf(k), now, now) // gone since, or somebody else's: it is only kept for less long
	return content, true
}

// Put keeps content under the key, in the place of what there was.
func (c *Cache) Put(k string, content []byte) error {
	if !key.MatchString(k) {
		return fmt.Errorf("pictures: key %.40q", k)
	}
	if err := c.root.MkdirAll(folderOf(k), private); err != nil {
		return fmt.Errorf("pictures: %w", err)
	}
	sum := sha256.Sum256(content)
	begun := folderOf(k) + "/" + unfinished + rand.Text()
	err := c.root.WriteFile(begun, append(sum[:], content...), private&^0o100)
	if err == nil {
		err = c.root.Rename(begun, pathOf(k))
	}
	if err != nil {
		return fmt.Errorf("pictures: %w", errors.Join(err, c.root.Remove(begun)))
	}
	return c.grown(int64(len(content)) + sha256.Size)
}

// grown counts what was written, and trims now and then.
func (c *Cache) grown(n int64) error {
	c.mu.Lock()
	c.written += n
	due := c.written >= c.bound/share
	if due {
		c.written = 0
	}
	c.mu.Unlock()
	if due {
		return c.trim()
	}
	return nil
}

// kept is one file of the cache.
type kept struct {
	path string
	size int64
	used time.Time
}

// trim removes the files that were used longest ago until the rest fits in the
// bound, and what was begun and left.
func (c *Cache) trim() error {
	files, total, err := c.list()
	if err != nil {
		return fmt.Errorf("pictures: %w", err)
	}
	slices.SortFunc(files, func(a, b kept) int { return cmp.Or(a.used.Compare(b.used), strings.Compare(a.path, b.path)) })
	var errs []error
	for _, f := range files {
		left := strings.HasPrefix(path.Base(f.path), unfinished)
		if left && c.now().Sub(f.used) < forsaken || !left && total <= c.bound {
			continue
		}
		if err := c.root.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
			continue
		}
		total -= f.size
	}
	return errors.Join(errs...)
}

// list is what lies in the directory now; what goes meanwhile is left out.
func (c *Cache) list() (files []kept, total int64, err error) {
	err = fs.WalkDir(c.root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		files = append(files, kept{path, info.Size(), info.ModTime()})
		total += info.Size()
		return nil
	})
	return files, total, err
}
