package picture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// maxOriginals is how many originals lie ready: those that people look at now.
const maxOriginals = 4

// originals keeps files of the originals that were drawn last: a reader asks for
// all pages of one, and fetching and verifying it costs more than drawing.
type originals struct {
	reports Reports
	dir     string

	mu     sync.Mutex
	recent []*original // the last one used comes last
}

// original is a copy of an original. users counts who has it, the list included.
type original struct {
	sha256 string
	users  int
	once   sync.Once
	file   *os.File
	err    error
}

// The copies' names begin with stem; one older than forsaken is of a process that
// died, or of one that holds it open and needs no name.
const (
	stem     = "original-"
	forsaken = time.Hour
)

func newOriginals(r Reports, dir string) (*originals, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	old, err := filepath.Glob(filepath.Join(dir, stem+"*"))
	for _, path := range old {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > forsaken {
			_ = os.Remove(path) // the next start tries again
		}
	}
	return &originals{reports: r, dir: dir}, err
}

// open gives the original's bytes as a file, which is valid until release.
func (o *originals) open(ctx context.Context, d drawing) (f *os.File, release func(), err error) {
	at := o.take(d.sha256)
	at.once.Do(func() { at.file, at.err = o.fetch(ctx, d.id) })
	if at.err != nil {
		o.forget(at)
		o.release(at)
		return nil, nil, at.err
	}
	return at.file, func() { o.release(at) }, nil
}

// take finds an original in the list, or puts it there, and drops the oldest.
func (o *originals) take(sha256 string) *original {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, at := range o.recent {
		if at.sha256 == sha256 {
			o.recent = append(append(o.recent[:i:i], o.recent[i+1:]...), at)
			at.users++
			return at
		}
	}
	at := &original{sha256: sha256, users: 2}
	o.recent = append(o.recent, at)
	if len(o.recent) > maxOriginals {
		_ = o.recent[0].leave() // a copy
		o.recent = o.recent[1:]
	}
	return at
}

// forget takes an original that could not be fetched off the list.
func (o *originals) forget(gone *original) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, at := range o.recent {
		if at == gone {
			o.recent = append(o.recent[:i:i], o.recent[i+1:]...)
			_ = at.leave() // there is no file
			return
		}
	}
}

func (o *originals) release(at *original) {
	o.mu.Lock()
	defer o.mu.Unlock()
	_ = at.leave() // a copy
}

// leave removes the file with its last user; the list's mutex is held.
func (at *original) leave() error {
	if at.users--; at.users > 0 || at.file == nil {
		return nil
	}
	return errors.Join(at.file.Close(), remove(at.file.Name()))
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// fetch copies an original, which verifies it.
func (o *originals) fetch(ctx context.Context, id string) (f *os.File, err error) {
	from, err := o.reports.Original(ctx, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = from.Body.Close() }() // read to its end, or given up
	if f, err = os.CreateTemp(o.dir, stem); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	if _, err = io.Copy(f, from.Body); err != nil {
		return nil, errors.Join(fmt.Errorf("picture: reading the original: %w", err), f.Close(), remove(f.Name()))
	}
	return f, nil
}

func (o *originals) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var errs []error
	for _, at := range o.recent {
		errs = append(errs, at.leave())
	}
	o.recent = nil
	return errors.Join(errs...)
}
