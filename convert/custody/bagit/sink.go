package bagit

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Sink takes the files of a bag one after the other. It belongs to one goroutine.
type Sink interface {
	// Put takes a file: its name with "/" between the elements, and size bytes.
	Put(name string, size int64, r io.Reader) error
	// Close completes what holds the files.
	Close() error
}

// copyExactly copies size bytes, and fails where there are fewer or more.
func copyExactly(w io.Writer, name string, size int64, r io.Reader) error {
	n, err := io.Copy(w, io.LimitReader(r, size+1))
	if err == nil && n != size {
		err = fmt.Errorf("it has other than %d bytes", size)
	}
	if err != nil {
		return fmt.Errorf("bagit: writing %s: %w", name, err)
	}
	return nil
}

type directory struct{ root string }

// Directory writes to a directory, which must not exist and is created with mode
// 0700. Files are synced.
func Directory(root string) (Sink, error) {
	if err := os.Mkdir(root, 0o700); err != nil {
		return nil, fmt.Errorf("bagit: %w", err)
	}
	return directory{root}, nil
}

func (d directory) Put(name string, size int64, r io.Reader) (err error) {
	local, err := filepath.Localize(name)
	if err != nil {
		return fmt.Errorf("bagit: %q is no name here: %w", name, err)
	}
	file := filepath.Join(d.root, local)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("bagit: %w", err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("bagit: %w", err)
	}
	err = copyExactly(f, name, size, r)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (directory) Close() error { return nil }

type zipSink struct {
	z    *zip.Writer
	base string
	at   time.Time
}

// Zip writes a zip file whose only top-level directory is base. Its files have
// the time at.
func Zip(w io.Writer, base string, at time.Time) Sink {
	return &zipSink{zip.NewWriter(w), base, at}
}

func (s *zipSink) Put(name string, size int64, r io.Reader) error {
	h := &zip.FileHeader{Name: s.base + "/" + name, Method: zip.Store, Modified: s.at}
	if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".txt") {
		h.Method = zip.Deflate // reports are compressed already
	}
	w, err := s.z.CreateHeader(h)
	if err != nil {
		return fmt.Errorf("bagit: writing %s: %w", name, err)
	}
	return copyExactly(w, name, size, r)
}

func (s *zipSink) Close() error { return s.z.Close() }

type tarSink struct {
	t    *tar.Writer
	base string
	at   time.Time
}

// Tar writes a tar file (PAX) whose only top-level directory is base. Its files
// have the time at.
func Tar(w io.Writer, base string, at time.Time) Sink {
	return &tarSink{tar.NewWriter(w), base, at}
}

func (s *tarSink) Put(name string, size int64, r io.Reader) error {
	err := s.t.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: s.base + "/" + name, Size: size, Mode: 0o600,
		ModTime: s.at.Truncate(time.Second), Format: tar.FormatPAX})
	if err != nil {
		return fmt.Errorf("bagit: writing %s: %w", name, err)
	}
	return copyExactly(s.t, name, size, r)
}

func (s *tarSink) Close() error { return s.t.Close() }
