//go:build ignore

// Gen makes the data files of package cid from the CMap resources that Debian
// ships as package poppler-data:
//
//	apt-get install poppler-data && go generate ./extract/pdf/cid
//
// One file a collection: an index of sections, then the sections, each
// compressed by itself so that a font pays for its own CMap only. The output
// depends on the input alone.
package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// source is one CMap resource.
type source struct {
	name, ordering, use string
	spaces              [][3]uint32       // bytes, low, high
	cids                [5][]mapping      // by bytes a code
	texts               map[uint32][]rune // of a map from CID to Unicode
}

type mapping struct{ low, high, cid uint32 }

// skipped are names of resources that map codes to CIDs but that no PDF names
// as an encoding: the identities of the collections.
var skipped = regexp.MustCompile(`^Adobe-`)

func main() {
	from := flag.String("from", "/usr/share/poppler/cMap", "directory of the CMap resources")
	flag.Parse()
	for _, ordering := range []string{"GB1", "CNS1", "Japan1", "Korea1", "KR"} {
		all := readAll(filepath.Join(*from, "Adobe-"+ordering), ordering)
		data := collection(ordering, all)
		if err := os.WriteFile(ordering+".bin", data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// readAll reads the CMaps of a collection and its map from CID to Unicode.
func readAll(dir, ordering string) map[string]*source {
	files, err := os.ReadDir(dir)
	if err != nil {
		log.Fatal(err)
	}
	all := map[string]*source{}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			log.Fatal(err)
		}
		if of := orderingOf(string(data)); of == ordering || of == "Adobe_"+ordering+"_UCS2" {
			all[f.Name()] = parse(f.Name(), string(data))
			all[f.Name()].ordering = of
		}
	}
	return all
}

var orderingLine = regexp.MustCompile(`/Ordering \((\w+)\)`)

func orderingOf(text string) string {
	if m := orderingLine.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// parse reads one resource; these are written regularly, one entry a line.
func parse(name, text string) *source {
	s := &source{name: name, texts: map[uint32][]rune{}}
	section := ""
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || strings.HasPrefix(f[0], "%"):
		case len(f) == 2 && f[1] == "usecmap":
			s.use = f[0][1:]
		case len(f) == 2 && strings.HasPrefix(f[1], "begin"):
			section = f[1][len("begin"):]
		case strings.HasPrefix(f[0], "end"):
			section = ""
		case section != "":
			s.entry(section, f)
		}
	}
	return s
}

func (s *source) entry(section string, f []string) {
	low, n := hex(f[0])
	switch section {
	case "codespacerange":
		high, _ := hex(f[1])
		s.spaces = append(s.spaces, [3]uint32{uint32(n), low, high})
	case "cidchar":
		s.cids[n] = append(s.cids[n], mapping{low, low, number(f[1])})
	case "cidrange":
		high, _ := hex(f[1])
		s.cids[n] = append(s.cids[n], mapping{low, high, number(f[2])})
	case "bfchar":
		s.texts[low] = text(f[1])
	case "bfrange":
		high, _ := hex(f[1])
		for c := low; c <= high; c++ {
			t := slices.Clone(text(f[2]))
			t[len(t)-1] += rune(c - low)
			s.texts[c] = t
		}
	case "notdefrange", "notdefchar":
	default:
		log.Fatalf("%s: unknown section %s", s.name, section)
	}
}

// hex is a string object of at most four bytes and its length.
func hex(s string) (uint32, int) {
	s = strings.Trim(s, "<>")
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		log.Fatal(err)
	}
	return uint32(v), len(s) / 2
}

func number(s string) uint32 {
	v, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		log.Fatal(err)
	}
	return uint32(v)
}

// text is a string object of UTF-16.
func text(s string) []rune {
	s = strings.Trim(s, "<>")
	var u []uint16
	for ; len(s) >= 4; s = s[4:] {
		v, err := strconv.ParseUint(s[:4], 16, 16)
		if err != nil {
			log.Fatal(err)
		}
		u = append(u, uint16(v))
	}
	return utf16.Decode(u)
}

// section is one entry of a file's index.
type section struct {
	name string
	// base is the CMap that this one continues; of a transcoded one the CMap in
	// UTF-32 that holds the codes.
	base string
	raw  []byte
}

func collection(ordering string, all map[string]*source) []byte {
	sections := []section{{name: "", raw: textTable(ordering, all)}}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		s := all[name]
		if s.ordering != ordering || skipped.MatchString(name) {
			continue
		}
		if utf32 := utf32Name(name); utf32 != "" && sameCodes(s, all[utf32], all) {
			sections = append(sections, section{name: name, base: utf32})
			continue
		}
		sections = append(sections, section{name: name, base: s.use, raw: s.encode()})
	}
	var index, body []byte
	index = binary.AppendUvarint(index, uint64(len(sections)))
	for _, s := range sections {
		packed := deflate(s.raw)
		for _, t := range []string{s.name, s.base} {
			index = append(binary.AppendUvarint(index, uint64(len(t))), t...)
		}
		index = binary.AppendUvarint(index, uint64(len(packed)))
		body = append(body, packed...)
	}
	return append(index, body...)
}

func deflate(raw []byte) []byte {
	if len(raw) == 0 {
		return nil
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := w.Write(raw); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

// utf32Name is the CMap in UTF-32 that one in UTF-8 or UTF-16 repeats.
func utf32Name(name string) string {
	for _, form := range []string{"-UTF8-", "-UTF16-"} {
		if a, b, ok := strings.Cut(name, form); ok {
			return a + "-UTF32-" + b
		}
	}
	return ""
}

// sameCodes tells whether two CMaps have the same CIDs for all characters.
func sameCodes(a, b *source, all map[string]*source) bool {
	return b != nil && maps.Equal(characters(a, all), characters(b, all))
}

// characters are the CIDs of a Unicode CMap, those of its base included.
func characters(s *source, all map[string]*source) map[rune]uint32 {
	out := map[rune]uint32{}
	if s.use != "" {
		out = characters(all[s.use], all)
	}
	for n, list := range s.cids {
		for _, m := range list {
			for c := m.low; c <= m.high; c++ {
				out[character(s.name, c, n)] = m.cid + c - m.low
			}
		}
	}
	return out
}

// character decodes a code of n bytes in the form that the name says.
func character(name string, code uint32, n int) rune {
	b := binary.BigEndian.AppendUint32(nil, code)[4-n:]
	switch {
	case strings.Contains(name, "-UTF8-"):
		r, size := utf8.DecodeRune(b)
		if size != n {
			log.Fatalf("%s: %x is no UTF-8", name, b)
		}
		return r
	case n == 4 && strings.Contains(name, "-UTF16-"):
		return utf16.DecodeRune(rune(code>>16), rune(code&0xFFFF))
	}
	return rune(code)
}

// encode writes code spaces and ranges: columns of small numbers.
func (s *source) encode() []byte {
	b := binary.AppendUvarint(nil, uint64(len(s.spaces)))
	for _, sp := range s.spaces {
		for _, v := range sp {
			b = binary.AppendUvarint(b, uint64(v))
		}
	}
	for n := 1; n <= 4; n++ {
		list := joined(s.cids[n])
		b = binary.AppendUvarint(b, uint64(len(list)))
		at := uint32(0)
		for _, m := range list {
			if m.low < at {
				log.Fatalf("%s: ranges overlap at %x", s.name, m.low)
			}
			b = binary.AppendUvarint(b, uint64(m.low-at))
			at = m.high + 1
		}
		for _, m := range list {
			b = binary.AppendUvarint(b, uint64(m.high-m.low))
		}
		next := int64(0)
		for _, m := range list {
			b = binary.AppendVarint(b, int64(m.cid)-next)
			next = int64(m.cid + m.high - m.low + 1)
		}
	}
	return b
}

// joined sorts ranges and joins those that continue each other.
func joined(list []mapping) []mapping {
	slices.SortFunc(list, func(a, b mapping) int { return int(int64(a.low) - int64(b.low)) })
	var out []mapping
	for _, m := range list {
		if k := len(out) - 1; k >= 0 && out[k].high+1 == m.low && out[k].cid+m.low-out[k].low == m.cid {
			out[k].high = m.high
			continue
		}
		out = append(out, m)
	}
	return out
}

// textTable is the map from CID to text: a delta a CID, then the texts that are
// not one character. Zero is a CID without text.
func textTable(ordering string, all map[string]*source) []byte {
	texts := cidTexts(ordering, all)
	last := slices.Max(slices.Collect(maps.Keys(texts)))
	b := binary.AppendUvarint(nil, uint64(last+1))
	var long []uint32
	next := int64(0)
	for c := range last + 1 {
		r := int64(0)
		if t := texts[c]; len(t) == 1 {
			r = int64(t[0])
		} else if len(t) > 1 {
			long = append(long, c)
		}
		b = binary.AppendVarint(b, r-next)
		next = r + 1
	}
	b = binary.AppendUvarint(b, uint64(len(long)))
	for _, c := range long {
		t := string(texts[c])
		b = binary.AppendUvarint(b, uint64(c))
		b = append(binary.AppendUvarint(b, uint64(len(t))), t...)
	}
	return b
}

// cidTexts takes Adobe's map from CID to UCS-2, and where that has nothing or a
// private character the lowest character that the Unicode CMaps give the CID.
func cidTexts(ordering string, all map[string]*source) map[uint32][]rune {
	texts := map[uint32][]rune{}
	own := all["Adobe-"+ordering+"-UCS2"]
	if own == nil || len(own.texts) == 0 {
		log.Fatalf("no Adobe-%s-UCS2", ordering)
	}
	for c, t := range own.texts {
		t = slices.DeleteFunc(t, variant)
		if len(t) > 0 && c < 1<<16 && !slices.ContainsFunc(t, noText) {
			texts[c] = t
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		s := all[name]
		if s.ordering != ordering || !strings.Contains(name, "-UTF32-") && !strings.Contains(name, "-UCS2-") {
			continue
		}
		byChar := characters(s, all)
		for _, r := range slices.Sorted(maps.Keys(byChar)) {
			if c := byChar[r]; texts[c] == nil && c > 0 && !noText(r) {
				texts[c] = []rune{r}
			}
		}
	}
	// The space of a half-width set has a character of its own width there.
	for _, s := range all {
		for _, m := range s.cids[1] {
			if m.low <= ' ' && ' ' <= m.high {
				texts[m.cid+' '-m.low] = []rune{' '}
			}
		}
	}
	fmt.Printf("%s: %d CIDs with text\n", ordering, len(texts))
	return texts
}

// noText tells characters that say nothing: controls, replacement, private use.
func noText(r rune) bool {
	return r < ' ' || r == 0xFFFD || r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}

// variant tells variation selectors, which choose among glyphs of one character.
func variant(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF }
