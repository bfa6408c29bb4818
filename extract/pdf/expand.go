package pdf

import (
	"encoding/binary"
	"fmt"
	"reflect"

	lib "github.com/ledongthuc/pdf"
)

// compressed is an object that stands in an object stream (7.5.7).
type compressed struct {
	id        uint32
	container uint32
}

// compressedObjects lists the objects in object streams, and which object
// numbers are themselves compressed.
func compressedObjects(r *lib.Reader) []compressed {
	table := reflect.ValueOf(r).Elem().FieldByName("xref")
	if table.Kind() != reflect.Slice {
		return nil
	}
	var out []compressed
	for i := range table.Len() {
		e := table.Index(i)
		if in := e.FieldByName("inStream"); in.Kind() == reflect.Bool && in.Bool() {
			out = append(out, compressed{uint32(i), refField(e.FieldByName("stream")).id})
		}
	}
	return out
}

// expand writes the objects of all object streams behind the file as ordinary
// objects and opens it again. The library would inflate the whole stream anew
// for each object of it, and follows streams that contain themselves until the
// stack ends.
func (d *Document) expand(startxref int64) error {
	objects := compressedObjects(d.file)
	if len(objects) == 0 {
		return nil
	}
	f := d.src
	d.ownKey = true // see trailerText
	for _, o := range objects {
		d.loose = append(d.loose, o.id)
	}
	// First with all of them gone: nothing read now can lead back into one.
	var containers []uint32
	seen := map[uint32]bool{}
	for _, o := range objects {
		seen[o.id] = true
	}
	for _, o := range objects {
		if !seen[o.container] {
			seen[o.container] = true
			containers = append(containers, o.container)
		}
	}
	var refs []byte
	for _, c := range containers {
		refs = fmt.Appendf(refs, "%d 0 R ", c)
	}
	update := section{prev: startxref, trailer: d.trailerText() + " /Containers [" + string(refs) + "]", size: d.file.Trailer().Key("Size").Int64()}
	offsets := make(map[uint32]int64, len(objects))
	if err := d.reopen(update.bytes(f.size, nil, objects, offsets)); err != nil {
		return err
	}
	home := make(map[uint32]uint32, len(objects))
	for _, o := range objects {
		home[o.id] = o.container
	}
	var body []byte
	list := d.file.Trailer().Key("Containers")
	for i, c := range containers {
		var err error
		body, err = d.appendObjects(body, list, i, func(id uint32) bool { return home[id] == c }, offsets)
		if err != nil {
			return err
		}
	}
	return d.reopen(update.bytes(f.size, body, objects, offsets))
}

// trailerText is what the new section has to repeat. Not Encrypt: the strings of
// compressed objects are not encrypted by themselves, and streams are decrypted
// here anyway.
func (d *Document) trailerText() string {
	root := rootRef(d.file)
	return fmt.Sprintf("/Root %d %d R", root.id, root.gen)
}

// reopen lets the library read the file with another end.
func (d *Document) reopen(tail []byte) error {
	f := d.src
	f.tail = tail
	file, err := lib.NewReader(f, f.total())
	if err != nil {
		return openError(err)
	}
	d.file, d.size = file, f.total()
	return nil
}

// appendObjects appends the objects of the i'th container that belong to it.
// A container that cannot be read leaves its objects missing, which shows as
// damage where they are used.
func (d *Document) appendObjects(body []byte, list lib.Value, i int, belongs func(uint32) bool, offsets map[uint32]int64) ([]byte, error) {
	v, _ := kidOf(list, i) // null where it cannot be read
	if v.Kind() != lib.Stream {
		d.lossy = append(d.lossy, "有对象流缺失")
		return body, nil
	}
	data, err := d.readStream(v)
	if e := limitOf(err); e != nil {
		return nil, e
	}
	if err != nil {
		d.lossy = append(d.lossy, "有对象流不能完整读取（"+cause(err)+"）")
	}
	n, first := v.Key("N").Int64(), v.Key("First").Int64()
	if first < 0 || first > int64(len(data)) {
		d.lossy = append(d.lossy, "有对象流的 /First 无效")
		return body, nil
	}
	type entry struct {
		id   uint32
		from int64
	}
	var entries []entry
	l := lexer{data: data[:first]}
	for range n {
		id, at := l.next(), l.next()
		if id.kind != tokNumber || at.kind != tokNumber {
			break
		}
		entries = append(entries, entry{uint32(int64(id.num)), int64(at.num)})
	}
	for k, o := range entries {
		from, to := first+o.from, int64(len(data))
		if k+1 < len(entries) && first+entries[k+1].from > from {
			to = min(to, first+entries[k+1].from)
		}
		if from < first || from > to || !belongs(o.id) || offsets[o.id] != 0 {
			continue
		}
		offsets[o.id] = d.src.size + 1 + int64(len(body))
		body = fmt.Appendf(body, "%d 0 obj\n%s\nendobj\n", o.id, data[from:to])
	}
	return body, nil
}

// section is an incremental update (7.5.6) made here.
type section struct {
	prev    int64 // the section before; negative where there is none
	size    int64
	trailer string
}

// bytes is what stands behind a file of the given size: body, then a
// cross-reference stream with the offsets of the objects, free entries for
// those without, and the end.
func (s section) bytes(at int64, body []byte, objects []compressed, offsets map[uint32]int64) []byte {
	var index, table []byte
	for i, o := range objects {
		if i == 0 || objects[i-1].id+1 != o.id {
			n := 1
			for i+n < len(objects) && objects[i+n].id == o.id+uint32(n) {
				n++
			}
			index = fmt.Appendf(index, "%d %d ", o.id, n)
		}
		used := byte(0)
		if offsets[o.id] != 0 {
			used = 1
		}
		table = append(table, used)
		table = binary.BigEndian.AppendUint64(table, uint64(offsets[o.id]))
		table = append(table, 0)
	}
	out := append([]byte{'\n'}, body...)
	start := at + int64(len(out))
	prev := ""
	if s.prev >= 0 {
		prev = fmt.Sprintf("/Prev %d ", s.prev)
	}
	out = fmt.Appendf(out, "%d 0 obj\n<</Type /XRef /Size %d %s/W [1 8 1] /Index [%s] %s /Length %d>>\nstream\n",
		max(1, s.size)-1, s.size, prev, index, s.trailer, len(table))
	out = append(out, table...)
	return fmt.Appendf(out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start)
}
