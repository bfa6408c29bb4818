package pdf

import "nianbao/extract/page"

// ref names an indirect object; the zero value means "a direct object".
type ref struct {
	id  uint32
	gen uint16
}

// Objects as they stand in the file (7.3) are nil, bool, int64, float64, string and
// these.
type (
	name   string
	array  []any
	dict   map[string]any
	stream struct {
		dict   dict
		at     ref   // the object that it is
		offset int64 // of its data in the file
	}
	// definition is an indirect object with its number.
	definition struct {
		at     ref
		object any
	}
)

// value is an object with its place; references to others are followed when these
// are asked for. The zero value is null.
type value struct {
	file *objects
	in   ref // the indirect object that it is, or is part of
	data any
}

// kind is what a value is.
type kind uint8

const (
	kindNull kind = iota
	kindBool
	kindInteger
	kindReal
	kindString
	kindName
	kindDict
	kindArray
	kindStream
)

func (v value) kind() kind {
	switch v.data.(type) {
	case bool:
		return kindBool
	case int64:
		return kindInteger
	case float64:
		return kindReal
	case string:
		return kindString
	case name:
		return kindName
	case dict:
		return kindDict
	case array:
		return kindArray
	case stream:
		return kindStream
	}
	return kindNull
}

// These give 0 or nothing for a value of another kind.

func (v value) integer() int64 {
	n, _ := v.data.(int64)
	return n
}

func (v value) number() float64 {
	switch n := v.data.(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return 0
}

func (v value) text() string {
	s, _ := v.data.(string)
	return s
}

func (v value) name() string {
	n, _ := v.data.(name)
	return string(n)
}

// entries are those of a dictionary or of a stream's.
func (v value) entries() dict {
	if s, ok := v.data.(stream); ok {
		return s.dict
	}
	d, _ := v.data.(dict)
	return d
}

func (v value) key(key string) value { return v.file.resolve(v.in, v.entries()[key]) }

func (v value) len() int {
	a, _ := v.data.(array)
	return len(a)
}

// index is an element of an array, null where there is none.
func (v value) index(i int) value {
	a, _ := v.data.(array)
	if i < 0 || i >= len(a) {
		return value{}
	}
	return v.file.resolve(v.in, a[i])
}

// refOf is v's reference, or zero where v is a direct part of parent.
func refOf(parent, v value) ref {
	if v.in == parent.in {
		return ref{}
	}
	return v.in
}

// entryRef is the reference that the dictionary v holds under key, without
// following it; zero where it holds none.
func (v value) entryRef(key string) ref {
	d, _ := v.data.(dict)
	at, _ := d[key].(ref)
	return at
}

// numbers reads an array of up to n numbers; shorter or other values give ok false.
func numbers(v value, n int) ([]float64, bool) {
	if v.kind() != kindArray || v.len() < n {
		return nil, false
	}
	out := make([]float64, n)
	for i := range out {
		e := v.index(i)
		if k := e.kind(); k != kindInteger && k != kindReal {
			return nil, false
		}
		out[i] = e.number()
		if !page.Usable(out[i]) {
			return nil, false
		}
	}
	return out, true
}

// matrixOf reads a six-number array, identity where there is none.
func matrixOf(v value) page.Matrix {
	n, ok := numbers(v, 6)
	if !ok {
		return page.Identity()
	}
	return page.Matrix(n)
}
