package pdf

import (
	"fmt"
	"io"
	"reflect"

	lib "github.com/ledongthuc/pdf"
)

// objects gives the objects of a file by their numbers. The library has found out
// where they stand; to read them it takes three times as long as it does here.
type objects struct {
	src    *framed
	places []place // by object number
	packed []compressed
	root   any // of the trailer: a reference, where the file is in order
	reader objectReader
}

// place is where an object stands; the offset of one that there is not, or that
// stands in an object stream, is 0.
type place struct {
	gen    uint16
	offset int64
}

// newObjects takes over the cross-reference table, which the library keeps in
// unexported fields; reflection may read them.
func newObjects(src *framed, r *lib.Reader) *objects {
	o := &objects{src: src}
	v := reflect.ValueOf(r).Elem()
	trailer := v.FieldByName("trailer")
	if root := trailer.MapIndex(reflect.ValueOf("Root").Convert(trailer.Type().Key())); root.IsValid() {
		o.root = adopt(root)
	}
	table := v.FieldByName("xref")
	entry := table.Type().Elem()
	field := func(name string) []int {
		f, _ := entry.FieldByName(name)
		return f.Index
	}
	ptr, offset, packed, stream := field("ptr"), field("offset"), field("inStream"), field("stream")
	o.places = make([]place, table.Len())
	for i := range o.places {
		e := table.Index(i)
		if e.FieldByIndex(packed).Bool() {
			o.packed = append(o.packed, compressed{uint32(i), adoptRef(e.FieldByIndex(stream)).id})
		} else if at := adoptRef(e.FieldByIndex(ptr)); at.id == uint32(i) {
			o.places[i] = place{at.gen, e.FieldByIndex(offset).Int()}
		}
	}
	return o
}

// enter notes places of objects that the table does not have.
func (o *objects) enter(offsets map[uint32]int64) {
	for id, at := range offsets {
		if n := int(id) + 1; n > len(o.places) {
			o.places = append(o.places, make([]place, n-len(o.places))...)
		}
		o.places[id] = place{offset: at}
	}
}

// catalog is the object that the trailer names.
func (o *objects) catalog() value { return o.resolve(ref{}, o.root) }

// sound is the object of that number, null where it is missing or damaged.
func (o *objects) sound(at ref) (v value) {
	defer func() {
		if recover() != nil {
			v = value{}
		}
	}()
	return o.resolve(ref{}, at)
}

// adopt makes an object of one of the library's.
func adopt(v reflect.Value) any {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.Int64:
		return v.Int()
	case reflect.Float64:
		return v.Float()
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			return v.String()
		}
		return name(v.String())
	case reflect.Slice:
		out := make(array, v.Len())
		for i := range out {
			out[i] = adopt(v.Index(i))
		}
		return out
	case reflect.Map:
		out := dict{}
		for it := v.MapRange(); it.Next(); {
			out[it.Key().String()] = adopt(it.Value())
		}
		return out
	case reflect.Struct:
		return adoptRef(v)
	}
	return nil
}

// adoptRef makes a reference of one of the library's.
func adoptRef(v reflect.Value) ref {
	const id, gen = 0, 1 // looked up by name they take most of the time
	return ref{uint32(v.Field(id).Uint()), uint16(v.Field(gen).Uint())}
}

// resolve is the object x of the object parent, or the one it refers to.
func (o *objects) resolve(parent ref, x any) value {
	if at, ok := x.(ref); ok {
		if x, ok = o.read(at); !ok {
			return value{}
		}
		parent = at
	}
	switch x.(type) {
	case ref, definition:
		panic(fmt.Errorf("unexpected value type %T in resolve", x))
	}
	return value{o, parent, x}
}

// Bytes looked at of an object first, and how many times more where that is not
// enough.
const (
	firstWindow = 1 << 14
	moreWindow  = 8
)

// read is the object of that number; false where there is none. It panics where
// the object is damaged.
func (o *objects) read(at ref) (x any, ok bool) {
	if int64(at.id) >= int64(len(o.places)) {
		return nil, false
	}
	p := o.places[at.id]
	if p.gen != at.gen || p.offset == 0 {
		return nil, false
	}
	end := o.src.total()
	for n := int64(firstWindow); ; n *= moreWindow {
		data, err := o.src.window(p.offset, n)
		if err != nil {
			panic(fmt.Errorf("malformed PDF: reading at offset %d: %w", p.offset, err))
		}
		r := &o.reader
		x := r.whole(data, p.offset)
		if r.short && p.offset+int64(len(data)) < end {
			continue
		}
		if r.short {
			panic(fmt.Errorf("malformed PDF: reading at offset %d: %w", max(end, p.offset), io.EOF))
		}
		d, ok := x.(definition)
		if !ok {
			panic(fmt.Errorf("loading %v: found %T instead of objdef", at, x))
		}
		if d.at != at {
			panic(fmt.Errorf("loading %v: found %v", at, d.at))
		}
		return d.object, true
	}
}
