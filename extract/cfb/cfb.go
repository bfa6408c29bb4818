// Package cfb reads the streams of compound files ([MS-CFB]), the containers of
// Word 97–2003 and of encrypted newer files.
//
// It is own code where a library exists (richardlehane/mscfb) because files are
// hostile and often cut: that library allocates by counts of the header, takes
// quadratic time for a long contiguous stream, and gives up a whole file for a
// short last sector or one broken entry. Here nothing is allocated by a claim,
// every chain is bounded by the sectors the file has room for, and what is left
// of a cut stream can be read. It is therefore safe outside of the sandbox.
//
// A stream is an [io.ReaderAt]. A File keeps no state between calls besides one
// cached sector and is not safe for two goroutines.
package cfb

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// Signature begins a compound file ([MS-CFB] 2.2).
const Signature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

const (
	headerLen = 512
	entryLen  = 128
	// maxDirSectors bounds the directory: 8,192 entries and more.
	maxDirSectors = 2048
	// maxRegular is the last number of a sector: above are marks ([MS-CFB] 2.1).
	maxRegular = 0xfffffffa
	// miniSector and miniCutoff are the sizes of sectors of small streams and
	// of the smallest stream that is none ([MS-CFB] 2.2).
	miniSector = 64
	miniCutoff = 4096
)

// The kinds of directory entries ([MS-CFB] 2.6.1).
const (
	kindStorage = 1
	kindStream  = 2
	kindRoot    = 5
)

// ErrFormat is returned by Open for what is no compound file.
var ErrFormat = errors.New("cfb: no compound file")

// File is an open compound file.
type File struct {
	r          io.ReaderAt
	size       int64
	sectorSize int64
	fat        []uint32 // sectors that hold the allocation table, in order
	entries    []entry
	miniFAT    []extent // the allocation table of small streams
	mini       []extent // the stream that holds small streams

	cache   []byte // one sector of the allocation table
	cacheAt int64
}

// entry is what matters of a directory entry.
type entry struct {
	name               string
	kind               byte
	left, right, child uint32
	start              uint32
	size               int64
}

// extent is a contiguous piece of a stream in the file.
type extent struct{ off, len int64 }

// Open reads the directory of a file of size bytes, as far as it can be read.
// The error is ErrFormat or one of r.
func Open(r io.ReaderAt, size int64) (*File, error) {
	header := make([]byte, headerLen)
	if n, err := r.ReadAt(header, 0); n < headerLen {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, ErrFormat
	}
	if string(header[:len(Signature)]) != Signature {
		return nil, ErrFormat
	}
	f := &File{r: r, size: size, sectorSize: 512, cacheAt: -1}
	if binary.LittleEndian.Uint16(header[30:]) == 12 {
		f.sectorSize = 4096
	}
	f.cache = make([]byte, f.sectorSize)
	f.readDIFAT(header)
	f.readDirectory(binary.LittleEndian.Uint32(header[48:]))
	if len(f.entries) > 0 && f.entries[0].kind == kindRoot {
		f.mini = f.chain(f.entries[0].start, f.entries[0].size)
		f.miniFAT = f.chain(binary.LittleEndian.Uint32(header[60:]), int64(binary.LittleEndian.Uint32(header[64:]))*f.sectorSize)
	}
	return f, nil
}

// readDIFAT lists the sectors of the allocation table: 109 from the header, the
// rest from a chain of sectors ([MS-CFB] 2.5).
func (f *File) readDIFAT(header []byte) {
	for at := 76; at < len(header); at += 4 {
		f.fat = append(f.fat, binary.LittleEndian.Uint32(header[at:]))
	}
	// One sector of the table lists sectorSize/4 sectors; no more are needed
	// than the file has room for.
	perSector := f.sectorSize / 4
	needed := f.size/f.sectorSize/perSector + 1
	sector := make([]byte, f.sectorSize)
	next := binary.LittleEndian.Uint32(header[68:])
	for int64(len(f.fat)) < needed+perSector && f.sector(sector, next) {
		last := len(sector) - 4
		for at := 0; at < last; at += 4 {
			f.fat = append(f.fat, binary.LittleEndian.Uint32(sector[at:]))
		}
		next = binary.LittleEndian.Uint32(sector[last:])
	}
}

// readDirectory reads the entries ([MS-CFB] 2.6).
func (f *File) readDirectory(start uint32) {
	sector := make([]byte, f.sectorSize)
	for _, x := range f.chain(start, maxDirSectors*f.sectorSize) {
		for off := x.off; off < x.off+x.len; off += f.sectorSize {
			if n, _ := f.r.ReadAt(sector, off); n < len(sector) { // any error: no sector
				return
			}
			for at := 0; at < len(sector); at += entryLen {
				f.entries = append(f.entries, makeEntry(sector[at:at+entryLen], f.sectorSize))
			}
		}
	}
}

func makeEntry(b []byte, sectorSize int64) entry {
	le := binary.LittleEndian
	e := entry{
		name: entryName(b), kind: b[66], left: le.Uint32(b[68:]), right: le.Uint32(b[72:]), child: le.Uint32(b[76:]),
		start: le.Uint32(b[116:]), size: int64(le.Uint32(b[120:])),
	}
	if sectorSize > 512 { // in version 3 the upper half may be junk
		e.size = int64(le.Uint64(b[120:]) & (1<<62 - 1))
	}
	return e
}

// entryName is the name in a directory entry, in UTF-16LE with its length beside
// it; empty for a free entry.
func entryName(b []byte) string {
	const maxName, lengthAt = 64, 64
	n := int(binary.LittleEndian.Uint16(b[lengthAt:])) - 2 // without the closing zero
	if n < 2 || n > maxName-2 {
		return ""
	}
	units := make([]uint16, n/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// sector fills b from a sector; false where there is none.
func (f *File) sector(b []byte, n uint32) bool {
	if n > maxRegular {
		return false
	}
	got, _ := f.r.ReadAt(b, (int64(n)+1)*f.sectorSize) // any error: no sector
	return got == len(b)
}

// next is the sector after this one in its chain.
func (f *File) next(n uint32) (uint32, bool) {
	perSector := f.sectorSize / 4
	i := int64(n) / perSector
	if i >= int64(len(f.fat)) {
		return 0, false
	}
	if i != f.cacheAt {
		f.cacheAt = -1
		if !f.sector(f.cache, f.fat[i]) {
			return 0, false
		}
		f.cacheAt = i
	}
	return binary.LittleEndian.Uint32(f.cache[int64(n)%perSector*4:]), true
}

// chain lists the extents of a chain of sectors, of at most size bytes. Sectors
// beyond the end of the file end it, and so does a chain that is longer than the
// file: it runs in a circle.
func (f *File) chain(start uint32, size int64) []extent {
	var out []extent
	left := min(size, f.size)
	for at, ok := start, true; ok && left > 0 && at <= maxRegular; at, ok = f.next(at) {
		off := (int64(at) + 1) * f.sectorSize
		n := min(f.sectorSize, left, f.size-off)
		if n <= 0 {
			break
		}
		left -= n
		if k := len(out) - 1; k >= 0 && out[k].off+out[k].len == off {
			out[k].len += n
			continue
		}
		out = append(out, extent{off, n})
	}
	return out
}

// miniChain lists the extents of a small stream ([MS-CFB] 2.4).
func (f *File) miniChain(start uint32, size int64) []extent {
	var out []extent
	mini, table := Stream{f: f, extents: f.mini}, Stream{f: f, extents: f.miniFAT}
	var b [4]byte
	for at := start; size > 0 && at <= maxRegular && len(out) < miniCutoff/miniSector; {
		off, ok := mini.locate(int64(at) * miniSector)
		if !ok {
			break
		}
		n := min(miniSector, size)
		out = append(out, extent{off, n})
		size -= n
		if got, _ := table.ReadAt(b[:], int64(at)*4); got < len(b) {
			break
		}
		at = binary.LittleEndian.Uint32(b[:])
	}
	return out
}

// Names lists the names of all entries that have one.
func (f *File) Names() []string {
	var out []string
	for i := range f.entries {
		if f.entries[i].name != "" {
			out = append(out, f.entries[i].name)
		}
	}
	return out
}

// Has tells whether the root storage has an entry of this name.
func (f *File) Has(name string) bool { return f.find(name) != nil }

// Stream returns a stream of the root storage; nil where there is none.
func (f *File) Stream(name string) *Stream {
	e := f.find(name)
	if e == nil || e.kind != kindStream {
		return nil
	}
	s := &Stream{f: f, claimed: e.size}
	if e.size < miniCutoff {
		s.extents = f.miniChain(e.start, e.size)
	} else {
		s.extents = f.chain(e.start, e.size)
	}
	for _, x := range s.extents {
		s.size += x.len
	}
	return s
}

// find looks a name up among the entries of the root storage: embedded objects
// have streams of the same names. Where the tree of the entries is broken, the
// first of the name counts that is in no other storage.
func (f *File) find(name string) *entry {
	if len(f.entries) == 0 {
		return nil
	}
	seen := make([]bool, len(f.entries))
	if e := f.walk(f.entries[0].child, seen, name); e != nil {
		return e
	}
	for i := 1; i < len(f.entries); i++ {
		if f.entries[i].kind == kindStorage {
			f.walk(f.entries[i].child, seen, "")
		}
	}
	for i := range f.entries {
		if !seen[i] && strings.EqualFold(f.entries[i].name, name) {
			return &f.entries[i]
		}
	}
	return nil
}

// walk marks the entries of a storage that were not seen before, until it comes
// to one of the name.
func (f *File) walk(child uint32, seen []bool, name string) *entry {
	for todo := []uint32{child}; len(todo) > 0; {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int64(i) >= int64(len(seen)) || seen[i] {
			continue
		}
		seen[i] = true
		e := &f.entries[i]
		if name != "" && strings.EqualFold(e.name, name) {
			return e
		}
		todo = append(todo, e.left, e.right)
	}
	return nil
}

// Stream is one stream. It implements [io.ReaderAt].
type Stream struct {
	f             *File
	extents       []extent
	size, claimed int64
}

// Size is the number of bytes that can be read.
func (s *Stream) Size() int64 { return s.size }

// Short tells whether the stream ends before the size the directory gives.
func (s *Stream) Short() bool { return s.size < s.claimed }

// locate finds the place in the file of a byte of the stream.
func (s *Stream) locate(off int64) (int64, bool) {
	for _, x := range s.extents {
		if off < x.len {
			return x.off + off, true
		}
		off -= x.len
	}
	return 0, false
}

// ReadAt implements [io.ReaderAt]; io.EOF at the end of what there is.
func (s *Stream) ReadAt(p []byte, off int64) (int, error) {
	done := 0
	for _, x := range s.extents {
		if off >= x.len {
			off -= x.len
			continue
		}
		part := p[done:min(len(p), done+int(x.len-off))]
		n, err := s.f.r.ReadAt(part, x.off+off)
		done += n
		if n < len(part) {
			return done, err
		}
		if done == len(p) {
			return done, nil
		}
		off = 0
	}
	return done, io.EOF
}
