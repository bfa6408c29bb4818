// Package cid knows the character collections of Adobe — GB1, CNS1, Japan1,
// Korea1 and KR — and the predefined CMaps (ISO 32000-1, 9.7.5.2) that lead
// from the codes of a CID font to them: what a font says that is neither
// embedded nor has a ToUnicode map.
//
// [Predefined] gives the CMap of a name, code → CID; [Text] the Unicode text of
// a CID. Nothing is read before it is asked for: a CMap is decompressed when a
// font names it, once a process. All values are safe for concurrent use.
//
// # Data
//
// The files *.bin are made by gen.go (go generate) from the CMap resources
// that Debian ships as poppler-data; these are Adobe's, under the licence in
// NOTICE.txt. Only its directory cMap is used.
package cid

import (
	"compress/flate"
	_ "embed" // the collections
	"encoding/binary"
	"io"
	"math"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:generate go run gen.go

//go:embed GB1.bin
var gb1 string

//go:embed CNS1.bin
var cns1 string

//go:embed Japan1.bin
var japan1 string

//go:embed Korea1.bin
var korea1 string

//go:embed KR.bin
var kr string

// collection is one file's index.
type collection struct {
	ordering string
	text     func() *textTable
	maps     map[string]func() *CMap
}

// collections reads the indexes of all files: a few hundred names.
var collections = sync.OnceValue(func() map[string]*collection {
	m := map[string]*collection{}
	for ordering, data := range map[string]string{"GB1": gb1, "CNS1": cns1, "Japan1": japan1, "Korea1": korea1, "KR": kr} {
		m[ordering] = readIndex(ordering, data)
	}
	return m
})

// Known tells whether ordering names one of the collections here.
func Known(ordering string) bool {
	switch ordering {
	case "GB1", "CNS1", "Japan1", "Korea1", "KR":
		return true
	}
	return false
}

// Text is the Unicode text of a CID of the collection that ordering names;
// empty where the CID has none or the collection is unknown.
func Text(ordering string, cid uint32) string {
	c := collections()[ordering]
	if c == nil {
		return ""
	}
	return c.text().at(cid)
}

// Predefined is the CMap of that name, nil for a name that is none, among them
// Identity-H and Identity-V, which belong to no collection.
func Predefined(name string) *CMap {
	for _, c := range collections() {
		if get := c.maps[name]; get != nil {
			return get()
		}
	}
	return nil
}

// textTable has the text of each CID: a character in runes, or more in long.
type textTable struct {
	runes []rune
	long  map[uint32]string
}

func (t *textTable) at(cid uint32) string {
	if int64(cid) >= int64(len(t.runes)) {
		return ""
	}
	if r := t.runes[cid]; r > 0 {
		return string(r)
	}
	return t.long[cid]
}

// readIndex reads the sections' names; their contents wait for the first use.
func readIndex(ordering, data string) *collection {
	c := &collection{ordering: ordering, maps: map[string]func() *CMap{}}
	type entry struct {
		name, base string
		size       int
	}
	r := &reader{s: data}
	entries := make([]entry, r.count())
	for i := range entries {
		entries[i] = entry{r.text(), r.text(), r.count()}
	}
	for _, e := range entries {
		packed := r.take(e.size)
		if e.name == "" {
			c.text = sync.OnceValue(func() *textTable { return readTexts(inflate(packed)) })
			continue
		}
		c.maps[e.name] = sync.OnceValue(func() *CMap { return c.load(e.name, e.base, packed) })
	}
	return c
}

func (c *collection) load(name, base, packed string) *CMap {
	m := &CMap{name: name, ordering: c.ordering, form: formOf(name), vertical: name == "V" || strings.HasSuffix(name, "-V")}
	if base != "" {
		m.base = c.maps[base]()
	}
	if packed == "" {
		m.transcoded = true
		return m
	}
	m.read(&reader{s: inflate(packed)})
	return m
}

func inflate(packed string) string {
	var b strings.Builder
	r := flate.NewReader(strings.NewReader(packed))
	// The data is ours and embedded: a mistake in it is one of the build, which
	// the tests find by reading every section.
	if _, err := io.Copy(&b, r); err != nil {
		panic("cid: damaged data: " + err.Error())
	}
	return b.String()
}

func readTexts(raw string) *textTable {
	r := &reader{s: raw}
	t := &textTable{runes: make([]rune, r.count()), long: map[uint32]string{}}
	next := int64(0)
	for i := range t.runes {
		v := next + r.signed()
		t.runes[i], next = rune(v), v+1
	}
	for range r.count() {
		at := uint32(r.count())
		t.long[at] = r.text()
	}
	return t
}

// reader reads the numbers and strings of the data files.
type reader struct{ s string }

func (r *reader) unsigned() uint64 {
	var v uint64
	for i := 0; ; i++ {
		b := r.s[i]
		v |= uint64(b&0x7F) << (7 * i)
		if b < 0x80 {
			r.s = r.s[i+1:]
			return v
		}
	}
}

func (r *reader) signed() int64 {
	u := r.unsigned()
	return int64(u>>1) ^ -int64(u&1)
}

func (r *reader) count() int {
	v := r.unsigned()
	if v > math.MaxInt32 {
		panic("cid: damaged data: a count out of range")
	}
	return int(v)
}

func (r *reader) take(n int) string {
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func (r *reader) text() string { return r.take(r.count()) }

// codeOf is the number in up to four bytes.
func codeOf(s []byte) uint32 {
	var b [4]byte
	copy(b[4-len(s):], s)
	return binary.BigEndian.Uint32(b[:])
}

// validRune tells whether v is a character, no surrogate.
func validRune(v uint32) bool { return v <= utf8.MaxRune && utf8.ValidRune(rune(v)) }
