package pdf

import (
	"reflect"

	lib "github.com/ledongthuc/pdf"

	"nianbao/extract/page"
)

// ref names an indirect object; the zero value means "a direct object".
type ref struct {
	id  uint32
	gen uint16
}

// containerOf is the indirect object that v stands in: v's own reference when v
// was reached through one. The library keeps it in an unexported field, which
// reflection may read; identity is what caches, cycle guards and optional
// content need.
func containerOf(v lib.Value) ref {
	return refField(reflect.ValueOf(v).FieldByName("ptr"))
}

func refField(p reflect.Value) ref {
	if p.Kind() != reflect.Struct {
		return ref{}
	}
	id, gen := p.FieldByName("id"), p.FieldByName("gen")
	if !id.CanUint() || !gen.CanUint() {
		return ref{}
	}
	return ref{uint32(id.Uint()), uint16(gen.Uint())}
}

// refOf is v's reference, or zero where v is a direct part of parent.
func refOf(parent, v lib.Value) ref {
	r := containerOf(v)
	if r == containerOf(parent) {
		return ref{}
	}
	return r
}

// entryRef is the reference that the dictionary v holds under key, without
// following it; zero where it holds none.
func entryRef(v lib.Value, key string) ref {
	if v.Kind() != lib.Dict {
		return ref{}
	}
	m := reflect.ValueOf(v).FieldByName("data").Elem()
	if m.Kind() != reflect.Map || m.Type().Key().Kind() != reflect.String {
		return ref{}
	}
	e := m.MapIndex(reflect.ValueOf(key).Convert(m.Type().Key()))
	if e.Kind() != reflect.Interface {
		return ref{}
	}
	return refField(e.Elem())
}

// streamPlace is where the raw bytes of the stream v start in the file, and the
// object number its decryption key derives from.
func streamPlace(v lib.Value) (offset int64, r ref, ok bool) {
	if v.Kind() != lib.Stream {
		return 0, ref{}, false
	}
	d := reflect.ValueOf(v).FieldByName("data")
	if d.Kind() != reflect.Interface || d.Elem().Kind() != reflect.Struct {
		return 0, ref{}, false
	}
	o := d.Elem().FieldByName("offset")
	if !o.CanInt() {
		return 0, ref{}, false
	}
	return o.Int(), refField(d.Elem().FieldByName("ptr")), true
}

// fileKey is the decryption key the library found; nil for a plain file.
func fileKey(r *lib.Reader) (key []byte, kind cipherKind) {
	v := reflect.ValueOf(r).Elem()
	k, a := v.FieldByName("key"), v.FieldByName("useAES")
	if k.Kind() != reflect.Slice || a.Kind() != reflect.Bool || k.IsNil() {
		return nil, cipherNone
	}
	if a.Bool() {
		return k.Bytes(), cipherAES128
	}
	return k.Bytes(), cipherRC4
}

// rootRef is the reference in the trailer's /Root, without following it.
func rootRef(r *lib.Reader) ref {
	t := reflect.ValueOf(r).Elem().FieldByName("trailer")
	if t.Kind() != reflect.Map {
		return ref{}
	}
	for it := t.MapRange(); it.Next(); {
		if it.Key().String() == "Root" && it.Value().Kind() == reflect.Interface {
			return refField(it.Value().Elem())
		}
	}
	return ref{}
}

// numbers reads an array of up to n numbers; shorter or other values give ok false.
func numbers(v lib.Value, n int) ([]float64, bool) {
	if v.Kind() != lib.Array || v.Len() < n {
		return nil, false
	}
	out := make([]float64, n)
	for i := range out {
		e := v.Index(i)
		if k := e.Kind(); k != lib.Integer && k != lib.Real {
			return nil, false
		}
		out[i] = e.Float64()
		if !page.Usable(out[i]) {
			return nil, false
		}
	}
	return out, true
}

// matrixOf reads a six-number array, identity where there is none.
func matrixOf(v lib.Value) page.Matrix {
	n, ok := numbers(v, 6)
	if !ok {
		return page.Identity()
	}
	return page.Matrix(n)
}
