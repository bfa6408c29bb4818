package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"

	lib "github.com/ledongthuc/pdf"

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
	s := section{prev: -1, size: int64(slices.Max(scan.ids())) + 2, trailer: fmt.Sprintf("/Root %d %d R", scan.root.id, scan.root.gen)}
	d := &Document{src: f, lim: lim, fonts: map[ref]*font{}, repaired: true}
	if err := d.reopen(s.bytes(f.size, nil, scan.entries(), scan.offsets)); err != nil {
		return nil, why
	}
	if len(scan.packed) > 0 {
		if err := d.unpack(&s, &scan); err != nil {
			return nil, err
		}
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
	encrypted bool
}

func (s *objectScan) ids() []uint32 {
	ids := []uint32{0}
	for id := range s.offsets {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (s *objectScan) entries() []compressed {
	ids := s.ids()
	out := make([]compressed, 0, len(ids))
	for _, id := range ids[1:] {
		out = append(out, compressed{id: id})
	}
	return out
}

// scanObjects searches the file. A mark inside a stream may be taken for an
// object; a later real one of the number wins.
func (f *framed) scanObjects() (objectScan, error) {
	mark := regexp.MustCompile(`(?:^|[\s>])(\d{1,7})\s{1,4}(\d{1,5})\s{1,4}obj\b`)
	notable := regexp.MustCompile(`/Root\s+(\d{1,7})\s+(\d{1,5})\s+R|/Type\s*/(Catalog|ObjStm)\b|/(Encrypt)\b`)
	s := objectScan{offsets: map[uint32]int64{}}
	var last uint32
	var catalog ref
	seen := map[uint32]bool{}
	buf := make([]byte, scanChunk)
	for at := int64(0); at < f.size; at += scanChunk - scanOverlap {
		buf = buf[:min(scanChunk, f.size-at)]
		if err := readFull(f, buf, at); err != nil {
			return s, err
		}
		marks := mark.FindAllSubmatchIndex(buf, -1)
		for _, n := range notable.FindAllSubmatchIndex(buf, -1) {
			for len(marks) > 0 && marks[0][0] < n[0] {
				last = s.object(buf, marks[0], at)
				marks = marks[1:]
			}
			switch {
			case n[2] >= 0:
				s.root = ref{uint32(digits(buf[n[2]:n[3]])), uint16(digits(buf[n[4]:n[5]]))}
			case n[8] >= 0:
				s.encrypted = true
			case bytes.Equal(buf[n[6]:n[7]], []byte("Catalog")):
				catalog = ref{id: last}
			case !seen[last] && len(s.packed) < maxSections:
				seen[last] = true
				s.packed = append(s.packed, last)
			}
		}
		for _, m := range marks {
			last = s.object(buf, m, at)
		}
		if int64(len(s.offsets)) > f.entryLimit() {
			return s, extract.Damaged("PDF 的对象过多。")
		}
	}
	if s.root == (ref{}) {
		s.root = catalog
	}
	return s, nil
}

// object notes the object of a mark and returns its number.
func (s *objectScan) object(buf []byte, m []int, at int64) uint32 {
	id := uint32(digits(buf[m[2]:m[3]]))
	if id > 0 && id < maxEntries {
		s.offsets[id] = at + int64(m[2])
	}
	return id
}

func digits(b []byte) int {
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	return n
}

// unpack writes out the objects of the object streams that have no newer plain
// form, and opens the file again. The last stream of the file wins.
func (d *Document) unpack(s *section, scan *objectScan) error {
	var refs []byte
	slices.Reverse(scan.packed)
	for _, id := range scan.packed {
		refs = fmt.Appendf(refs, "%d 0 R ", id)
	}
	with := *s
	with.trailer += " /Containers [" + string(refs) + "]"
	if err := d.reopen(with.bytes(d.src.size, nil, scan.entries(), scan.offsets)); err != nil {
		return err
	}
	var body []byte
	list := d.file.Trailer().Key("Containers")
	for i := range scan.packed {
		var err error
		body, err = d.appendObjects(body, list, i, func(id uint32) bool { return id > 0 && id < maxEntries }, scan.offsets)
		if err != nil {
			return err
		}
	}
	s.size = int64(slices.Max(scan.ids())) + 2
	return d.reopen(s.bytes(d.src.size, body, scan.entries(), scan.offsets))
}

// load reads what Open promises from an opened file.
func (d *Document) load() (err *extract.Error) {
	defer func() {
		if e := asError(recover(), "打开 PDF"); e != nil {
			err = e
		}
	}()
	root := d.file.Trailer().Key("Root")
	if root.Kind() != lib.Dict {
		return extract.Damaged("PDF 没有文档目录（/Root）。")
	}
	if n := root.Key("Pages").Key("Count").Int64(); n > int64(d.lim.Pages) {
		return d.tooManyPages(n)
	}
	if err := d.collectPages(root.Key("Pages")); err != nil {
		return extract.AsError(err)
	}
	d.hidden = hiddenGroups(root.Key("OCProperties"))
	return nil
}
