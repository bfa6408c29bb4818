package pdf

import (
	"bytes"
	"slices"

	"nianbao/extract"
)

// scanChunk is the number of bytes searched at once for objects; chunks overlap
// by scanOverlap, more than the longest "N G obj".
const (
	scanChunk   = 1 << 20
	scanOverlap = 64
)

// repair opens a whole file whose cross-reference sections cannot be used: it
// finds the objects by their "N G obj" marks, as viewers do. why is the error
// that made it necessary; it is returned where there is nothing to find, and
// for encrypted files, whose key hangs on the lost trailer.
func repair(f *framed, lim extract.Limits, why *extract.Error) (*Document, error) {
	scan, err := f.scanObjects()
	if err != nil || scan.encrypted || len(scan.offsets) == 0 || scan.root == (ref{}) {
		return nil, why
	}
	d := &Document{
		src: f, size: f.size, lim: lim, fonts: map[ref]*font{}, repaired: true, room: f.room,
		file: &objects{src: f, root: scan.root},
	}
	d.file.enter(scan.offsets)
	// The last object stream of the file wins, and plain objects before any.
	slices.Reverse(scan.packed)
	belongs := func(id, _ uint32) bool { return id > 0 && id < maxEntries }
	if err := d.unpack(scan.packed, belongs, scan.offsets); err != nil {
		return nil, err
	}
	if scan.catalog != scan.root && scan.catalog != (ref{}) && !d.rooted() {
		d.file.root = scan.catalog
	}
	if err := d.load(); err != nil {
		if err.Code == extract.CodeLimit {
			return nil, err
		}
		return nil, why
	}
	return d, nil
}

// objectScan is what a search through the file finds.
type objectScan struct {
	offsets   map[uint32]int64 // the last object of each number
	packed    []uint32         // object streams
	root      ref
	catalog   ref // the last object that calls itself one
	encrypted bool

	last uint32 // the object being passed
	seen map[uint32]bool
}

// scanObjects searches the file. A mark inside a stream may be taken for an
// object; a later real one of the number wins.
func (f *framed) scanObjects() (*objectScan, error) {
	s := &objectScan{offsets: map[uint32]int64{}, seen: map[uint32]bool{}}
	buf := make([]byte, scanChunk)
	for at := int64(0); at < f.size; at += scanChunk - scanOverlap {
		buf = buf[:min(scanChunk, f.size-at)]
		if err := readFull(f, buf, at); err != nil {
			return nil, err
		}
		s.chunk(buf, at)
		if int64(len(s.offsets)) > f.entryLimit() {
			return nil, extract.Damaged("PDF 的对象过多。")
		}
	}
	if s.root == (ref{}) {
		s.root = s.catalog
	}
	return s, nil
}

// found is one place in a chunk where a word of interest stands.
type found struct {
	pos  int
	word string
}

// chunk notes what stands in a part of the file that begins at offset at.
func (s *objectScan) chunk(buf []byte, at int64) {
	var places []found
	for _, word := range [5]string{"obj", "/Root", "/Catalog", "/ObjStm", "/Encrypt"} {
		for from := 0; ; {
			i := bytes.Index(buf[from:], []byte(word))
			if i < 0 {
				break
			}
			places = append(places, found{from + i, word})
			from += i + len(word)
		}
	}
	slices.SortFunc(places, func(a, b found) int { return a.pos - b.pos })
	for _, p := range places {
		switch rest := buf[p.pos+len(p.word):]; p.word {
		case "obj":
			s.object(buf[:p.pos], rest, at)
		case "/Root":
			l := lexer{data: rest[:min(len(rest), scanOverlap/2)]}
			id, gen, r := l.next(), l.next(), l.next()
			if id.kind == tokNumber && gen.kind == tokNumber && string(r.str) == "R" {
				s.root = ref{uint32(int64(id.num)), uint16(int64(gen.num))}
			}
		case "/Encrypt":
			s.encrypted = true
		default:
			if !bytes.HasSuffix(bytes.TrimRight(buf[max(0, p.pos-scanOverlap/2):p.pos], " \r\n\t"), []byte("/Type")) {
				continue
			}
			if p.word == "/Catalog" {
				s.catalog = ref{id: s.last}
			} else if !s.seen[s.last] && len(s.packed) < maxSections {
				s.seen[s.last] = true
				s.packed = append(s.packed, s.last)
			}
		}
	}
}

// object notes the object whose mark "N G obj" ends before rest.
func (s *objectScan) object(before, rest []byte, at int64) {
	if len(rest) > 0 && classOf(rest[0]) == classRegular {
		return
	}
	gen, i := digitsBefore(before, 5)
	if gen < 0 {
		return
	}
	id, i := digitsBefore(before[:i], 7)
	// At the start of a later chunk the number may be cut; the chunk before had it.
	if id <= 0 || id >= maxEntries || i == 0 && at > 0 || i > 0 && classOf(before[i-1]) == classRegular {
		return
	}
	s.last = uint32(id)
	s.offsets[s.last] = at + int64(i)
}

// digitsBefore reads a number of up to n digits, and the white space behind it,
// from the end of b; -1 where there is none. start is where the number starts.
func digitsBefore(b []byte, n int) (value, start int) {
	i := len(b)
	for i > 0 && len(b)-i < 4 && classOf(b[i-1]) == classSpace {
		i--
	}
	end := i
	scale := 1
	for ; i > 0 && end-i < n && b[i-1] >= '0' && b[i-1] <= '9'; i-- {
		value += int(b[i-1]-'0') * scale
		scale *= 10
	}
	if end == len(b) || end == i {
		return -1, i
	}
	return value, i
}

// rooted tells whether the trailer leads to a catalog with pages; a trailer from
// the middle of a damaged file may name an object that was replaced.
func (d *Document) rooted() (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	return d.file.catalog().key("Pages").kind() == kindDict
}

// load reads what Open promises from an opened file.
func (d *Document) load() (err *extract.Error) {
	defer func() {
		if e := asError(recover(), "打开 PDF"); e != nil {
			err = e
		}
	}()
	root := d.file.catalog()
	if root.kind() != kindDict {
		return extract.Damaged("PDF 没有文档目录（/Root）。")
	}
	if n := root.key("Pages").key("Count").integer(); n > int64(d.lim.Pages) {
		return d.tooManyPages(n)
	}
	if err := d.collectPages(root.key("Pages")); err != nil {
		return extract.AsError(err)
	}
	d.hidden = hiddenGroups(root.key("OCProperties"))
	return nil
}
