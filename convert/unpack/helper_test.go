package unpack_test

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"testing"

	"nianbao/convert/unpack"
	"nianbao/extract"
)

// member is one file of a made archive. Whatever is set here stands in the
// archive as it is, true or not; unset values are true.
type member struct {
	name    string
	content string
	store   bool
	flags   uint16
	method  uint16 // beside store and deflate
	host    byte
	mode    uint32 // Unix mode, with host
	extra   []byte
	data    []byte  // compressed bytes
	size    *uint64 // decompressed, as the directory claims
	crc     *uint32
	offset  *uint64 // of the local header, as the directory claims
	noLocal bool    // no header and data of its own
}

func ptr[T any](v T) *T { return &v }

func deflated(content string) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	_, _ = io.WriteString(w, content)
	_ = w.Close()
	return b.Bytes()
}

// trailer is what the end record claims beside the truth.
type trailer struct {
	records      *uint16
	size, offset *uint32
	disk         uint16
	comment      string
	before       []byte // between directory and end record
}

func makeZip(members ...member) []byte { return makeZipWith(trailer{}, members...) }

func makeZipWith(t trailer, members ...member) []byte {
	le := binary.LittleEndian
	var out, dir []byte
	for _, m := range members {
		data, method := m.data, uint16(8)
		if m.store {
			method = 0
		}
		if data == nil && m.store {
			data = []byte(m.content)
		}
		if data == nil {
			data = deflated(m.content)
		}
		if m.method != 0 {
			method = m.method
		}
		size, crc, offset := uint64(len(m.content)), crc32.ChecksumIEEE([]byte(m.content)), uint64(len(out))
		if m.size != nil {
			size = *m.size
		}
		if m.crc != nil {
			crc = *m.crc
		}
		if m.offset != nil {
			offset = *m.offset
		}
		common := func(b []byte) []byte { // what both headers share
			b = le.AppendUint16(b, m.flags)
			b = le.AppendUint16(b, method)
			b = le.AppendUint32(b, 0) // time
			b = le.AppendUint32(b, crc)
			b = le.AppendUint32(b, uint32(min(uint64(len(data)), 1<<32-1)))
			b = le.AppendUint32(b, uint32(min(size, 1<<32-1)))
			b = le.AppendUint16(b, uint16(len(m.name)))
			return le.AppendUint16(b, uint16(len(m.extra)))
		}
		if !m.noLocal {
			out = append(out, "PK\x03\x04\x14\x00"...)
			out = common(out)
			out = append(append(out, m.name...), m.extra...)
			out = append(out, data...)
		}
		dir = append(dir, "PK\x01\x02\x14"...)
		dir = append(dir, m.host, 20, 0)
		dir = common(dir)
		dir = append(dir, make([]byte, 6)...) // comment, disk, internal attributes
		dir = le.AppendUint32(dir, m.mode<<16)
		dir = le.AppendUint32(dir, uint32(offset))
		dir = append(append(dir, m.name...), m.extra...)
	}
	end := end32{records: uint16(len(members)), size: uint32(len(dir)), offset: uint32(len(out)), disk: t.disk, comment: t.comment}
	if t.records != nil {
		end.records = *t.records
	}
	if t.size != nil {
		end.size = *t.size
	}
	if t.offset != nil {
		end.offset = *t.offset
	}
	return append(append(append(out, dir...), t.before...), end.bytes()...)
}

type end32 struct {
	disk, records uint16
	size, offset  uint32
	comment       string
}

func (e end32) bytes() []byte {
	le := binary.LittleEndian
	b := []byte("PK\x05\x06")
	b = le.AppendUint16(b, e.disk)
	b = le.AppendUint16(b, e.disk)
	b = le.AppendUint16(b, e.records)
	b = le.AppendUint16(b, e.records)
	b = le.AppendUint32(b, e.size)
	b = le.AppendUint32(b, e.offset)
	b = le.AppendUint16(b, uint16(len(e.comment)))
	return append(b, e.comment...)
}

// zip64End is the zip64 record and its locator, for a directory that ends where
// the record begins.
func zip64End(records, size, offset, at uint64) []byte {
	le := binary.LittleEndian
	b := []byte("PK\x06\x06")
	b = le.AppendUint64(b, 44)
	b = append(b, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	b = le.AppendUint64(b, records)
	b = le.AppendUint64(b, records)
	b = le.AppendUint64(b, size)
	b = le.AppendUint64(b, offset)
	b = append(b, "PK\x06\x07\x00\x00\x00\x00"...)
	b = le.AppendUint64(b, at)
	return le.AppendUint32(b, 1)
}

func open(b []byte, lim unpack.Limits) (*unpack.Archive, error) {
	return unpack.Open(bytes.NewReader(b), int64(len(b)), lim)
}

func mustOpen(t *testing.T, b []byte) *unpack.Archive {
	t.Helper()
	a, err := open(b, unpack.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// outcome is what became of one entry: "path=content", "path!code" or
// "path-reason".
func outcome(f *unpack.File) string {
	if f.Skip != "" {
		return f.Path + "-" + string(f.Skip)
	}
	b, err := contentOf(f)
	if e := extract.AsError(err); e != nil {
		return f.Path + "!" + string(e.Code)
	} else if err != nil {
		return f.Path + "!!" + err.Error()
	}
	return f.Path + "=" + string(b)
}

func contentOf(f *unpack.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func outcomes(a *unpack.Archive) []string {
	var out []string
	for f := range a.Files() {
		out = append(out, outcome(f))
	}
	return out
}

var errDisk = errors.New("disk on fire")

// failing is a reader that fails from an offset on, and counts what it gives.
type failing struct {
	r    io.ReaderAt
	from int64
	n    int64
}

func (f *failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, errDisk
	}
	n, err := f.r.ReadAt(p, off)
	f.n += int64(n)
	return n, err
}
