package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"nianbao/convert/intake"
)

// Verified reads an object and compares it with its digest: a mismatch is
// intake.ErrCorrupt. Read in order from the start it hashes what passes and
// withholds the last piece until all of it is known to be right, for readers that
// count bytes (io.LimitReader, http.ServeContent) never ask for io.EOF; read from
// the middle it first reads the whole object once. It belongs to one goroutine.
type Verified struct {
	src    io.ReadSeekCloser
	want   string
	size   int64
	hash   hash.Hash
	hashed int64 // the first bytes that are in hash
	pos    int64
	sound  bool  // the whole object was hashed and matches
	err    error // corrupt; stays
}

var _ intake.Object = (*Verified)(nil)

// NewVerified wraps src, which stands at its start, has the given size and ought
// to have the given SHA-256. Close closes src.
func NewVerified(src io.ReadSeekCloser, digest string, size int64) *Verified {
	return &Verified{src: src, want: digest, size: size, hash: sha256.New()}
}

// Size is the size in bytes.
func (v *Verified) Size() int64 { return v.size }

// Close closes the source.
func (v *Verified) Close() error { return v.src.Close() }

// Seek implements io.Seeker.
func (v *Verified) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += v.pos
	case io.SeekEnd:
		offset += v.size
	}
	if offset < 0 {
		return v.pos, fmt.Errorf("archive: seek to %d", offset)
	}
	v.pos = offset
	return v.pos, nil
}

// Read implements io.Reader.
func (v *Verified) Read(p []byte) (int, error) {
	if v.err != nil {
		return 0, v.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if v.sound && v.pos >= v.size {
		return 0, io.EOF
	}
	if !v.sound && v.pos == 0 && v.hashed > 0 {
		v.hash.Reset()
		v.hashed = 0
	}
	if !v.sound && v.pos != v.hashed {
		if err := v.verifyAll(); err != nil {
			return 0, err
		}
	}
	if _, err := v.src.Seek(v.pos, io.SeekStart); err != nil {
		return 0, fmt.Errorf("archive: reading %s: %w", v.want, err)
	}
	n, err := v.src.Read(p)
	if !v.sound {
		v.hash.Write(p[:n])
		v.hashed += int64(n)
	}
	atEnd := errors.Is(err, io.EOF)
	if atEnd || err == nil && v.hashed >= v.size {
		if err := v.compare(); err != nil {
			return 0, err
		}
	}
	v.pos += int64(n)
	if err != nil && !atEnd {
		return n, fmt.Errorf("archive: reading %s: %w", v.want, err)
	}
	return n, err
}

// verifyAll reads the object from its start to its end and compares.
func (v *Verified) verifyAll() error {
	if _, err := v.src.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("archive: reading %s: %w", v.want, err)
	}
	v.hash.Reset()
	n, err := io.Copy(v.hash, v.src)
	v.hashed = n
	if err != nil {
		v.hash.Reset()
		v.hashed = 0
		return fmt.Errorf("archive: reading %s: %w", v.want, err)
	}
	return v.compare()
}

// compare judges what was hashed, the end of the object having been reached.
func (v *Verified) compare() error {
	if v.sound {
		return nil
	}
	if got := hex.EncodeToString(v.hash.Sum(nil)); got != v.want {
		v.err = &intake.CorruptError{Want: v.want, Got: got, Size: v.hashed}
		return v.err
	}
	v.sound = true
	return nil
}
