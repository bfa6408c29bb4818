package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"nianbao/api/client"
	"nianbao/convert/intake"
	"nianbao/convert/unpack"
)

// batchSources are the files to be sent, and what is not sent.
type batchSources struct {
	files []client.Source
	left  int // neither Word nor PDF nor zip, or a system file in a zip
	// refused are zip archives that cannot be read.
	refused []refusal
}

// refusal is a file that did not get into the batch.
type refusal struct {
	path string
	err  error
}

// findBatchSources lists what a directory (or one file) has for the batch. A zip
// archive is sent file by file as "archive.zip/path": requests stay small, and
// after a break only the missing files are sent again.
func findBatchSources(root string) (*batchSources, error) {
	inputs, left, err := findInputsThat(func(path string) bool { return ours(path) || isZip(path) }, []string{root})
	if err != nil {
		return nil, err
	}
	s := &batchSources{left: left}
	for _, in := range inputs {
		name := strings.ToValidUTF8(filepath.ToSlash(in.name), "\ufffd")
		if isZip(in.path) {
			s.addZip(name, in.path)
			continue
		}
		size := int64(0)
		if info, err := os.Stat(in.path); err == nil {
			size = info.Size()
		}
		s.add(name, size, func() (io.ReadCloser, error) { return openRegular(in.path) })
	}
	return s, nil
}

func (s *batchSources) add(name string, size int64, open func() (io.ReadCloser, error)) {
	s.files = append(s.files, client.Source{Path: name, Size: size, Open: open, ID: func(ctx context.Context) (string, error) {
		return reportID(ctx, open)
	}})
}

// reportID is the id that every service gives to a report with this content.
func reportID(ctx context.Context, open func() (io.ReadCloser, error)) (string, error) {
	content, err := open()
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }() // only read
	h := sha256.New()
	if _, err := io.Copy(h, stoppable{ctx, content}); err != nil {
		return "", err
	}
	return intake.IDOf(hex.EncodeToString(h.Sum(nil))), nil
}

func (s *batchSources) addZip(name, path string) {
	shared := &sharedFile{path: path}
	size, err := shared.acquire()
	if err != nil {
		s.refused = append(s.refused, refusal{name, err})
		return
	}
	defer shared.release()
	archive, err := unpack.Open(shared, size, unpack.DefaultLimits())
	if err != nil {
		s.refused = append(s.refused, refusal{name, err})
		return
	}
	for f := range archive.Files() {
		switch f.Skip {
		case "":
			s.add(name+"/"+f.Path, f.Size, func() (io.ReadCloser, error) { return shared.open(f) })
		case unpack.SkipDirectory:
		default:
			s.left++
		}
	}
}

func isZip(path string) bool {
	f, err := openRegular(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	return err == nil && unpack.Is(f, info.Size())
}

// sharedFile is an archive that is open only while somebody reads from it: a
// folder may hold more archives than a process may have files open.
type sharedFile struct {
	path string

	mu    sync.Mutex
	users int
	f     *os.File
}

func (s *sharedFile) acquire() (size int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users == 0 {
		if s.f, err = openRegular(s.path); err != nil {
			return 0, err
		}
	}
	info, err := s.f.Stat()
	if err != nil && s.users == 0 {
		_ = s.f.Close()
	}
	if err != nil {
		return 0, err
	}
	s.users++
	return info.Size(), nil
}

func (s *sharedFile) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users == 0 {
		_ = s.f.Close() // only read
	}
}

// ReadAt implements io.ReaderAt for those who have acquired the file.
func (s *sharedFile) ReadAt(p []byte, off int64) (int, error) { return s.f.ReadAt(p, off) }

// open opens a file of the archive.
func (s *sharedFile) open(f *unpack.File) (io.ReadCloser, error) {
	if _, err := s.acquire(); err != nil {
		return nil, err
	}
	content, err := f.Open()
	if err != nil {
		s.release()
		return nil, err
	}
	return &sharedContent{Reader: content, release: sync.OnceFunc(s.release)}, nil
}

type sharedContent struct {
	io.Reader
	release func()
}

func (c *sharedContent) Close() error {
	c.release()
	return nil
}
