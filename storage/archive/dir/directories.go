package dir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// maxDurable bounds the directories that are known to be durable: those that all
// reports share, and those of the reports at work.
const maxDurable = 8192

// directories makes and syncs the directories below a root. It is safe for
// concurrent use: who needs the same directory synced at the same time shares the
// syncs, so that many reports that arrive together sync events/ once or twice.
type directories struct {
	root string
	mu   sync.Mutex
	// durable are directories whose names are synced.
	durable map[string]bool
	syncs   map[string]*syncing
}

// syncing is a directory that is being synced.
type syncing struct {
	users int        // of this value
	next  *round     // the one that begins next; nil while nobody waits for it
	turn  sync.Mutex // one round at a time
}

// round is one sync of a directory, for all who came before it began.
type round struct {
	done bool
	err  error
}

func newDirectories(root string) directories {
	return directories{root: root, durable: map[string]bool{}, syncs: map[string]*syncing{}}
}

// in does something in a directory, which is there, durably. Where it has been taken
// away since it was known to be, it is made again.
func (d *directories) in(dir string, do func() error) error {
	known, err := d.make(dir)
	if err != nil {
		return err
	}
	if err = do(); !known || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	d.forget()
	if _, err := d.make(dir); err != nil {
		return err
	}
	return do()
}

// make makes a directory below root, durably. known tells that it was known to be
// there.
func (d *directories) make(dir string) (known bool, err error) {
	d.mu.Lock()
	known = dir == d.root || d.durable[dir]
	d.mu.Unlock()
	if known {
		return true, nil
	}
	parent := filepath.Dir(dir)
	if _, err := d.make(parent); err != nil {
		return false, err
	}
	if err := os.Mkdir(dir, dirMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return false, fmt.Errorf("archive: %w", err)
	}
	// Synced in either case: whoever made it may not have got here yet.
	if err := d.sync(parent); err != nil {
		return false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.durable) >= maxDurable {
		clear(d.durable)
	}
	d.durable[dir] = true
	return false, nil
}

func (d *directories) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.durable)
}

// sync makes the names in a directory durable: it returns after a sync that began
// after the call.
func (d *directories) sync(dir string) error {
	d.mu.Lock()
	s := d.syncs[dir]
	if s == nil {
		s = &syncing{}
		d.syncs[dir] = s
	}
	s.users++
	if s.next == nil {
		s.next = &round{}
	}
	mine := s.next
	d.mu.Unlock()

	s.turn.Lock()
	if !mine.done { // by another who came for the same round
		d.mu.Lock()
		s.next = nil // who comes from now on may come too late for this one
		d.mu.Unlock()
		mine.done, mine.err = true, syncDir(dir)
	}
	s.turn.Unlock()

	d.mu.Lock()
	defer d.mu.Unlock()
	if s.users--; s.users == 0 {
		delete(d.syncs, dir)
	}
	return mine.err
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("archive: syncing %s: %w", dir, err)
	}
	return nil
}
