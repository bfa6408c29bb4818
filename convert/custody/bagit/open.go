package bagit

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ErrNoBag says that a file is neither a zip nor a tar file.
var ErrNoBag = errors.New("bagit: neither a directory nor a zip or tar file")

// Check reads the bag in a directory, a zip or a tar file, told by its content,
// and compares every checksum. An error says that it cannot be read, what is wrong
// with it is in the result. Errors: ErrNoBag.
func Check(ctx context.Context, name string) (*Result, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("bagit: %w", err)
	}
	if info.IsDir() {
		return checkDirectory(ctx, name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("bagit: %w", err)
	}
	defer func() { _ = f.Close() }() // was only read
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("bagit: %s: %w", name, errors.Join(ErrNoBag, err))
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("bagit: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return checkZip(ctx, f, info.Size())
	case n == len(head) && bytes.Equal(head[257:262], []byte("ustar")):
		return checkTar(ctx, f)
	}
	return nil, fmt.Errorf("%w: %s", ErrNoBag, name)
}

func checkDirectory(ctx context.Context, name string) (*Result, error) {
	root, err := os.OpenRoot(name) // nothing leads out of it
	if err != nil {
		return nil, fmt.Errorf("bagit: %w", err)
	}
	defer func() { _ = root.Close() }() // was only read
	c := newChecker()
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return errors.Join(err, ctx.Err())
		}
		if !d.Type().IsRegular() { // a link may lead anywhere
			c.fault(name, "不是普通文件")
			return nil
		}
		f, err := root.Open(name)
		if err != nil {
			return err
		}
		return errors.Join(c.add(name, reader(ctx, f)), f.Close())
	})
	if err != nil {
		return nil, fmt.Errorf("bagit: %w", err)
	}
	return c.judge(), nil
}

func checkZip(ctx context.Context, r io.ReaderAt, size int64) (*Result, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are checked below
		return nil, fmt.Errorf("bagit: %w", err)
	}
	c, bases := newChecker(), map[string]bool{}
	for _, f := range z.File {
		base, name := inside(f.Name)
		bases[base] = true
		if f.FileInfo().IsDir() {
			continue
		}
		content, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("bagit: %s: %w", f.Name, err)
		}
		switch err := errors.Join(c.add(name, reader(ctx, content)), content.Close()); {
		case errors.Is(err, zip.ErrChecksum):
			c.fault(name, "内容已损坏：zip 的校验值不符")
		case err != nil:
			return nil, fmt.Errorf("bagit: %s: %w", f.Name, err)
		}
	}
	c.oneBase(bases)
	return c.judge(), nil
}

func checkTar(ctx context.Context, r io.Reader) (*Result, error) {
	c, bases := newChecker(), map[string]bool{}
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			c.oneBase(bases)
			return c.judge(), nil
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return nil, fmt.Errorf("bagit: %w", err)
		}
		base, name := inside(h.Name)
		bases[base] = true
		switch h.Typeflag {
		case tar.TypeDir, tar.TypeXGlobalHeader:
		case tar.TypeReg:
			if err := c.add(name, reader(ctx, t)); err != nil {
				return nil, err
			}
		default:
			c.fault(name, "不是普通文件")
		}
	}
}

// oneBase: a bag that is unpacked is one directory (RFC 8493, 4).
func (c *checker) oneBase(bases map[string]bool) {
	if len(bases) != 1 {
		c.fault("", "包里应只有一个顶层目录，实有 %d 个", len(bases))
	}
}

// reader ends reading with its context.
func reader(ctx context.Context, r io.Reader) io.Reader { return &cancellable{ctx, r} }

type cancellable struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
