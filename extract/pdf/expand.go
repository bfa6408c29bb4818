package pdf

import "fmt"

// compressed is an object that stands in an object stream (7.5.7).
type compressed struct {
	id        uint32
	container uint32
}

// expand writes the objects of all object streams behind the file as ordinary
// objects: inflating a whole stream anew for each of them would take too long, and
// nothing can lead from one stream into another.
func (d *Document) expand() error {
	packed := d.file.packed
	if len(packed) == 0 {
		return nil
	}
	home := make(map[uint32]uint32, len(packed))
	for _, o := range packed {
		d.loose = append(d.loose, o.id)
		home[o.id] = o.container
	}
	var containers []uint32
	seen := map[uint32]bool{}
	for _, o := range packed {
		if _, inside := home[o.container]; !inside && !seen[o.container] {
			seen[o.container] = true
			containers = append(containers, o.container)
		}
	}
	return d.unpack(containers, func(id, container uint32) bool { return home[id] == container }, make(map[uint32]int64, len(packed)))
}

// unpack writes out those objects of the containers that belong to them and have no
// place among the offsets yet, and enters their places.
func (d *Document) unpack(containers []uint32, belongs func(id, container uint32) bool, offsets map[uint32]int64) error {
	body := []byte{'\n'}
	for _, c := range containers {
		var err error
		if body, err = d.appendObjects(body, c, belongs, offsets); err != nil {
			return err
		}
	}
	body = append(body, "endstream\n"...) // of a stream that the end of the file cuts
	d.src.tail, d.size = body, d.src.size+int64(len(body))
	d.file.enter(offsets)
	return nil
}

// appendObjects appends the objects of a container that belong to it. A container
// that cannot be read leaves its objects missing, which shows as damage where they
// are used.
func (d *Document) appendObjects(body []byte, container uint32, belongs func(id, container uint32) bool, offsets map[uint32]int64) ([]byte, error) {
	v := d.file.sound(ref{id: container})
	if v.kind() != kindStream {
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
	n, first := v.key("N").integer(), v.key("First").integer()
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
		if from < first || from > to || !belongs(o.id, container) || offsets[o.id] != 0 {
			continue
		}
		offsets[o.id] = d.src.size + int64(len(body))
		body = fmt.Appendf(body, "%d 0 obj\n%s\nendobj\n", o.id, data[from:to])
	}
	return body, nil
}
