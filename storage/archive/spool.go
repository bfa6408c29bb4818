package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"nianbao/convert/intake"
)

// spoolPrefix marks the files of Spool, so that Sweep removes nothing else.
const spoolPrefix = "upload-"

// Spool is the temporary file of an upload, hashed while it is written. The
// archives embed it in their staged uploads. It belongs to one goroutine.
type Spool struct {
	ctx  context.Context // of the upload: writing ends when it does
	file *os.File
	hash hash.Hash
	size int64
}

// NewSpool creates the file in dir with mode 0600.
func NewSpool(ctx context.Context, dir string) (*Spool, error) {
	f, err := os.CreateTemp(dir, spoolPrefix)
	if err != nil {
		return nil, fmt.Errorf("archive: staging: %w", err)
	}
	return &Spool{ctx: ctx, file: f, hash: sha256.New()}, nil
}

// Write implements io.Writer. It fails when the upload's context has ended.
func (s *Spool) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, fmt.Errorf("archive: staging: %w", err)
	}
	n, err := s.file.Write(p)
	s.hash.Write(p[:n]) // never fails
	s.size += int64(n)
	if err != nil {
		return n, fmt.Errorf("archive: staging: %w", err)
	}
	return n, nil
}

// Digest returns SHA-256, in lower-case hex, and size of what was written.
func (s *Spool) Digest() (string, int64) { return hex.EncodeToString(s.hash.Sum(nil)), s.size }

// Open returns a new read-only handle, independent of all others. Readers of
// untrusted content get this one: they cannot change the archive through it.
func (s *Spool) Open() (*os.File, error) {
	f, err := os.Open(s.file.Name())
	if err != nil {
		return nil, fmt.Errorf("archive: staging: %w", err)
	}
	return f, nil
}

// Digest is the SHA-256 of content in lower-case hex.
func Digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Path is the name of the temporary file.
func (s *Spool) Path() string { return s.file.Name() }

// Seal makes the content durable and reads it back: it fails unless the file has
// the bytes that were written.
func (s *Spool) Seal() error {
	if err := s.file.Sync(); err != nil {
		return fmt.Errorf("archive: staging: %w", err)
	}
	want, size := s.Digest()
	h := sha256.New()
	n, err := io.Copy(h, io.NewSectionReader(s.file, 0, size+1)) // one more, to see it
	if err != nil {
		return fmt.Errorf("archive: staging: %w", err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		return fmt.Errorf("archive: staged %d bytes of %s read back as %d bytes of %s: %w", size, want, n, got, intake.ErrCorrupt)
	}
	return nil
}

// Discard closes and removes the file. Calling it again does nothing.
func (s *Spool) Discard() error {
	err := s.file.Close()
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	if rm := os.Remove(s.file.Name()); rm != nil && !errors.Is(rm, fs.ErrNotExist) {
		err = errors.Join(err, rm)
	}
	if err != nil {
		return fmt.Errorf("archive: staging: %w", err)
	}
	return nil
}

// Sweep removes files that a killed process left in a staging directory. Only
// those older than age go: another process may be staging there now.
func Sweep(dir string, age time.Duration) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("archive: sweeping: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasPrefix(e.Name(), spoolPrefix) {
			continue // gone meanwhile, or not ours
		}
		if time.Since(info.ModTime()) < age {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("archive: sweeping: %w", err)
		}
	}
	return nil
}
