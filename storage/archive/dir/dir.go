// Package dir is an archive in a directory.
//
// The directory holds the objects under the keys that package archive
// documents, and staging/, where uploads and records are written before they
// are linked to their names: so a name appears with its whole content or not at
// all. A file is synced before it gets its name and the directory after, so what
// was answered survives a power cut. Directories have mode 0700, files 0600.
// The file system needs hard links. Several processes may use one directory.
package dir

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
)

const (
	stagingName = "staging"
	dirMode     = 0o700
	// sweepAge is far above the time an upload may take.
	sweepAge = 24 * time.Hour
)

// Archive is an archive in a directory. It is safe for concurrent use.
type Archive struct {
	root string
	dirs directories
}

var (
	_ intake.Archive  = (*Archive)(nil)
	_ intake.Records  = (*Archive)(nil)
	_ custody.Archive = (*Archive)(nil)
)

// Open opens the archive in root and creates what is missing.
func Open(root string) (*Archive, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	a := &Archive{root: root, dirs: newDirectories(root)}
	if err := os.MkdirAll(a.staging(), dirMode); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	if err := archive.Sweep(a.staging(), sweepAge); err != nil {
		return nil, err
	}
	return a, nil
}

func (a *Archive) staging() string { return filepath.Join(a.root, stagingName) }

func (a *Archive) path(key string) string { return filepath.Join(a.root, filepath.FromSlash(key)) }

// Check implements intake.Archive: a file can be created.
func (a *Archive) Check(ctx context.Context) error {
	s, err := archive.NewSpool(ctx, a.staging())
	if err != nil {
		return err
	}
	return s.Discard()
}

// Stage implements intake.Archive.
func (a *Archive) Stage(ctx context.Context) (intake.Staged, error) {
	s, err := archive.NewSpool(ctx, a.staging())
	if err != nil {
		return nil, err
	}
	return &staged{Spool: s, archive: a}, nil
}

// staged is an upload whose file is in the archive's own file system.
type staged struct {
	*archive.Spool
	archive *Archive
}

// Commit implements intake.Staged.
func (s *staged) Commit(ctx context.Context) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, fmt.Errorf("archive: commit: %w", err)
	}
	digest, _ := s.Digest()
	key, err := archive.OriginalKey(digest)
	if err != nil {
		return false, err
	}
	if err := s.Seal(); err != nil {
		return false, err
	}
	created, err := s.archive.link(s.Path(), key)
	if err != nil || created {
		return created, err
	}
	switch err := s.archive.verify(ctx, digest); {
	case err == nil:
		return false, nil
	case !errors.Is(err, intake.ErrCorrupt):
		return false, err
	}
	// The disk lost the archived bytes; here they are again.
	return false, s.archive.replace(s.Spool, key)
}

// verify reads an original to its end.
func (a *Archive) verify(ctx context.Context, digest string) error {
	o, err := a.Open(ctx, digest)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, o)
	return errors.Join(err, o.Close())
}

// link gives the synced file a second name, the key's. created is false where
// the key exists. The temporary name stays until Discard.
func (a *Archive) link(file, key string) (created bool, err error) {
	target := a.path(key)
	err = a.dirs.in(filepath.Dir(target), func() error { return os.Link(file, target) })
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return false, fmt.Errorf("archive: %w", err)
	}
	// Synced in either case: whoever made the name may not have got here yet.
	return err == nil, a.dirs.sync(filepath.Dir(target))
}

// replace puts the spool's content in the place of the key's. It renames a
// further link, so that the spool keeps its own name.
func (a *Archive) replace(s *archive.Spool, key string) error {
	target, second := a.path(key), s.Path()+".again"
	if err := os.Link(s.Path(), second); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	if err := os.Rename(second, target); err != nil {
		return fmt.Errorf("archive: %w", errors.Join(err, os.Remove(second)))
	}
	return a.dirs.sync(filepath.Dir(target))
}

// Open implements intake.Archive.
func (a *Archive) Open(ctx context.Context, sha256 string) (intake.Object, error) {
	key, err := archive.OriginalKey(sha256)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	f, err := os.Open(a.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("archive: original %s: %w", sha256, intake.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("archive: %w", err), f.Close())
	}
	own := &file{File: f, ctx: ctx}
	return &local{Verified: archive.NewVerified(own, sha256, info.Size()), file: own}, nil
}

// local is an original that is read where it is.
type local struct {
	*archive.Verified
	file *file
}

var _ intake.Local = (*local)(nil)

// File implements intake.Local.
func (l *local) File() (*os.File, error) {
	if _, err := l.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if _, err := io.Copy(io.Discard, l); err != nil {
		return nil, err
	}
	if _, err := l.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	return l.file.File, nil
}

// file ends reading with its context.
type file struct {
	*os.File
	ctx context.Context
}

func (f *file) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	return f.File.Read(p)
}

// WriteTo hides os.File's, which would not see the context.
func (f *file) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{f})
}

// Put implements intake.Records.
func (a *Archive) Put(ctx context.Context, key string, content []byte) error {
	return a.write(ctx, key, content, func(s *archive.Spool) error {
		created, err := a.link(s.Path(), key)
		if err != nil || created {
			return err
		}
		there, err := a.Get(ctx, key)
		if err == nil && !bytes.Equal(there, content) {
			err = fmt.Errorf("archive: %s: %w", key, intake.ErrExists)
		}
		return err
	})
}

// Replace implements intake.Records.
func (a *Archive) Replace(ctx context.Context, key string, content []byte) error {
	return a.write(ctx, key, content, func(s *archive.Spool) error {
		return a.dirs.in(filepath.Dir(a.path(key)), func() error { return a.replace(s, key) })
	})
}

// write stages a record and lets name give it its name.
func (a *Archive) write(ctx context.Context, key string, content []byte, name func(*archive.Spool) error) (err error) {
	if err := archive.CheckRecordKey(key); err != nil {
		return err
	}
	s, err := archive.NewSpool(ctx, a.staging())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Discard()) }()
	if _, err := s.Write(content); err != nil {
		return err
	}
	if err := s.Seal(); err != nil {
		return err
	}
	return name(s)
}

// Get implements intake.Records.
func (a *Archive) Get(ctx context.Context, key string) ([]byte, error) {
	if err := archive.CheckRecordKey(key); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	content, err := os.ReadFile(a.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("archive: %s: %w", key, intake.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	return content, nil
}
