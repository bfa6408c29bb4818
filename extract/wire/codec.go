package wire

import (
	"encoding/binary"
	"math"
	"reflect"
	"unicode/utf8"

	"nianbao/extract"
)

// codec goes through an extraction in either direction, so that both have one list
// of fields: reading sets what writing appends. After an error it does nothing.
type codec struct {
	reading bool
	in      string // what is left to read
	out     []byte
	memory  int64 // bytes that may still be taken
	err     error

	documents slab[extract.Document]
	integers  slab[int]
	texts     slab[string]
	boxes     slab[extract.BBox]
}

// slab makes values that are pointed to many at a time.
type slab[T any] struct{ free []T }

// slabValues is how many it makes; what is pointed to keeps all of them.
const slabValues = 64

func (s *slab[T]) take() *T {
	if len(s.free) == 0 {
		s.free = make([]T, slabValues)
	}
	v := &s.free[0]
	s.free = s.free[1:]
	return v
}

func (c *codec) fail(err error) {
	if c.err == nil {
		c.err = err
	}
	c.in = ""
}

// charge counts the memory of n values of a type.
func charge[T any](c *codec, n int) bool {
	c.memory -= int64(n) * int64(reflect.TypeFor[T]().Size())
	if c.memory < 0 {
		c.fail(ErrTooLarge)
	}
	return c.err == nil
}

// length is how many bytes or values follow. Each value has one byte at least, so
// that there are never more than bytes.
func (c *codec) length(n int) int {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, uint64(n))
		return n
	}
	v := c.uvarint()
	if v > uint64(len(c.in))+1 { // lists count one more
		c.fail(ErrMalformed)
		return 0
	}
	return int(v)
}

func (c *codec) uvarint() uint64 {
	var v uint64
	for i := range min(len(c.in), binary.MaxVarintLen64) {
		b := c.in[i]
		v |= uint64(b&0x7F) << (7 * i)
		if b < 0x80 {
			c.in = c.in[i+1:]
			return v
		}
	}
	c.fail(ErrMalformed)
	return 0
}

func (c *codec) varint(v int64) int64 {
	if !c.reading {
		c.out = binary.AppendVarint(c.out, v)
		return v
	}
	u := c.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

func (c *codec) integer(v *int) { *v = int(c.varint(int64(*v))) }

func (c *codec) boolean(v *bool) {
	n := 0
	if *v {
		n = 1
	}
	c.integer(&n)
	*v = n != 0
}

func (c *codec) number(v *float64) {
	const size = 8
	if c.reading {
		if len(c.in) < size {
			c.fail(ErrMalformed)
			return
		}
		var raw [size]byte
		copy(raw[:], c.in)
		*v, c.in = math.Float64frombits(binary.LittleEndian.Uint64(raw[:])), c.in[size:]
	}
	if math.IsNaN(*v) || math.IsInf(*v, 0) {
		c.fail(ErrNotFinite)
		return
	}
	if !c.reading {
		c.out = binary.LittleEndian.AppendUint64(c.out, math.Float64bits(*v))
	}
}

func (c *codec) box(b *extract.BBox) {
	for i, n := range b.Hundredths() {
		if n = c.varint(n); c.reading {
			b[i] = float64(n) / 100
		}
	}
}

func text[T ~string](c *codec, v *T) {
	n := c.length(len(*v))
	if !c.reading {
		c.out = append(c.out, *v...)
		return
	}
	if n > len(c.in) {
		c.fail(ErrMalformed)
		return
	}
	s := c.in[:n]
	c.in = c.in[n:]
	if !utf8.ValidString(s) {
		s = string([]rune(s)) // U+FFFD for each wrong byte
	}
	*v = T(s)
}

func optional[T any](c *codec, from *slab[T], v **T, value func(*codec, *T)) {
	there := *v != nil
	c.boolean(&there)
	if !there || c.err != nil || !charge[T](c, 1) {
		return
	}
	if c.reading {
		*v = from.take()
	}
	value(c, *v)
}

func list[T any](c *codec, v *[]T, value func(*codec, *T)) {
	n := len(*v) + 1
	if *v == nil {
		n = 0
	}
	n = c.length(n) - 1
	if n < 0 || c.err != nil || !charge[T](c, n) {
		return
	}
	if c.reading {
		*v = make([]T, n)
	}
	for i := range *v {
		value(c, &(*v)[i])
		if c.err != nil {
			return
		}
	}
}
