package unpack_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"

	"nianbao/convert/unpack"
	"nianbao/extract"
)

// wantLimit demands that an archive is refused as a whole.
func wantLimit(t *testing.T, b []byte, limit string) {
	t.Helper()
	_, err := open(b, unpack.DefaultLimits())
	if e := extract.AsError(err); e == nil || e.Code != extract.CodeLimit || !strings.HasPrefix(e.Limit, limit) {
		t.Errorf("got %v, want %s", err, limit)
	}
}

// Many entries on one file (full overlap): each would be decompressed again.
func TestBombFullOverlap(t *testing.T) {
	kernel := strings.Repeat("\x00", 4<<20)
	data, crc := deflated(kernel), crc32.ChecksumIEEE([]byte(kernel))
	members := []member{{name: "0", data: data, crc: &crc, size: ptr(uint64(len(kernel)))}}
	for i := range 2100 {
		members = append(members, member{name: fmt.Sprint(i + 1), data: data, crc: &crc, size: members[0].size, offset: ptr(uint64(0)), noLocal: true})
	}
	wantLimit(t, makeZip(members...), "zip_total_bytes=")
	wantLimit(t, makeZip(members[:100]...), "zip_overlapping_files=0")
}

// Each file's data begins with a stored block that holds the next file's local
// header (quoted overlap, D. Fifield 2019): all share one kernel.
func TestBombQuotedOverlap(t *testing.T) {
	const n = 50
	le := binary.LittleEndian
	kernel := deflated(strings.Repeat("\x00", 3<<20))
	header := func(i int) []byte {
		name := fmt.Sprintf("%04d", i)
		b := append([]byte("PK\x03\x04\x14\x00\x00\x00\x08\x00"), make([]byte, 16)...)
		b = le.AppendUint16(b, uint16(len(name)))
		b = le.AppendUint16(b, 0)
		return append(b, name...)
	}
	quote := func(b []byte) []byte { // a stored block that is not the last (RFC 1951, 3.2.4)
		return append(le.AppendUint16(le.AppendUint16([]byte{0}, uint16(len(b))), ^uint16(len(b))), b...)
	}
	var body []byte
	offsets := make([]uint64, n)
	for i := range n {
		h := header(i)
		if i == 0 {
			body = h
		} else {
			q := quote(h)
			offsets[i] = uint64(len(body) + len(q) - len(h))
			body = append(body, q...)
		}
	}
	body = append(body, kernel...)
	var dir []byte
	for i := range n {
		name := fmt.Sprintf("%04d", i)
		dir = append(dir, "PK\x01\x02\x14\x00\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
		dir = le.AppendUint32(dir, uint32(uint64(len(body))-offsets[i]-34))
		dir = le.AppendUint32(dir, 3<<20)
		dir = le.AppendUint16(dir, uint16(len(name)))
		dir = append(dir, make([]byte, 12)...)
		dir = le.AppendUint32(dir, uint32(offsets[i]))
		dir = append(dir, name...)
	}
	b := append(body, dir...)
	b = append(b, end32{records: n, size: uint32(len(dir)), offset: uint32(len(body))}.bytes()...)
	// The construction is sound: archive/zip reads the last one.
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := z.File[n-1].Open(); err != nil {
		t.Fatal(err)
	} else if got, _ := io.Copy(io.Discard, r); got != 3<<20 {
		t.Fatalf("the kernel has %d bytes", got)
	}
	wantLimit(t, b, "zip_overlapping_files=0")
}

// Zips inside zips (42.zip): not opened, at any depth.
func TestBombNested(t *testing.T) {
	inner := makeZip(member{name: "0.dll", content: strings.Repeat("\xaa", 1<<20)})
	for range 3 {
		members := make([]member, 16)
		data := deflated(string(inner))
		for i := range members {
			members[i] = member{name: fmt.Sprintf("lib %x.zip", i), content: string(inner), data: data}
		}
		inner = makeZip(members...)
	}
	for f := range mustOpen(t, inner).Files() {
		if got := outcome(f); got != f.Path+"!unsupported_format" {
			t.Errorf("%.80s", got)
		}
	}
}

// One file of zeros: refused by its ratio before it is read.
func TestBombFlat(t *testing.T) {
	b := makeZip(member{name: "a.pdf", content: strings.Repeat("\x00", 6<<20)}, member{name: "b.pdf", content: "b"})
	for f := range mustOpen(t, b).Files() {
		_, err := contentOf(f)
		if e := extract.AsError(err); f.Path == "a.pdf" && (e == nil || e.Limit != "zip_ratio=200") || f.Path == "b.pdf" && err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
}

// Claims cost nothing: what is read and allocated follows from what is there.
func TestClaimsAllocateNothing(t *testing.T) {
	plain := makeZip(member{name: "a", content: "x"})
	end := len(plain) - 22
	huge := append(plain[:end:end], zip64End(math.MaxUint64, math.MaxUint64, 0, uint64(end))...)
	huge = append(huge, end32{records: math.MaxUint16, size: math.MaxUint32, offset: math.MaxUint32}.bytes()...)
	empty := []member{{store: true}}
	many := makeZip(slices.Repeat(empty, 60_000)...)
	for name, b := range map[string][]byte{
		"records":    makeZipWith(trailer{records: ptr(uint16(65534))}, member{name: "a", content: "x"}),
		"zip64":      huge,
		"60,000":     many,
		"same names": makeZip(slices.Repeat(empty, 20_000)...),
	} {
		r := &failing{r: bytes.NewReader(b), from: math.MaxInt64}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		a, err := unpack.Open(r, int64(len(b)), unpack.DefaultLimits())
		runtime.ReadMemStats(&after)
		used := after.TotalAlloc - before.TotalAlloc
		if name == "same names" {
			if err != nil || a.Len() != 20_000 || used > 20_000*1000 {
				t.Errorf("%s: %v, %d bytes allocated", name, err, used)
			}
			continue
		}
		if extract.AsError(err) == nil || used > 256<<10 || r.n > 70<<10 {
			t.Errorf("%s: %v, %d bytes allocated, %d read", name, err, used, r.n)
		}
	}
}

func FuzzOpen(f *testing.F) {
	quoted := deflated(strings.Repeat("云溪县", 1000))
	f.Add(makeZip(member{name: "a.pdf", content: "x"}, member{name: `..\b.pdf`, content: "y", store: true}))
	f.Add(makeZip(member{name: gbk("云溪县/报告.pdf"), content: "x", data: quoted, size: ptr(uint64(9000))}))
	f.Add(makeZip(member{name: "a/"}, member{name: "a", host: 3, mode: 0o120777, content: "b"}, member{name: "a", content: "c", flags: 1}))
	f.Add(makeZipWith(trailer{records: ptr(uint16(1)), comment: "PK\x05\x06"}, member{name: "a", content: "x"}, member{name: "b", content: "x"}))
	f.Add(append(zip64End(0, 0, 0, 0), end32{records: 1<<16 - 1}.bytes()...))
	f.Fuzz(func(t *testing.T, b []byte) {
		lim := unpack.Limits{Entries: 50, DirectoryBytes: 64 << 10, TotalBytes: 4 << 20, FileBytes: 1 << 20, Ratio: 100, RatioFloor: 10_000}
		unpack.Is(bytes.NewReader(b), int64(len(b)))
		a, err := open(b, lim)
		if err != nil {
			if extract.AsError(err) == nil {
				t.Fatalf("not of the closed set: %v", err)
			}
			return
		}
		theirs, theirErr := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if a.Len() > lim.Entries {
			t.Fatalf("%d entries", a.Len())
		}
		total, i, seen := int64(0), -1, map[string]bool{}
		for f := range a.Files() {
			i++
			checkPath(t, f.Path)
			if f.Skip == "" && seen[f.Path] {
				t.Fatalf("%q twice", f.Path)
			}
			seen[f.Path] = seen[f.Path] || f.Skip != unpack.SkipDirectory
			got, err := contentOf(f)
			if total += int64(len(got)); int64(len(got)) > f.Size || total > lim.TotalBytes {
				t.Fatalf("%q: %d bytes, claimed %d", f.Path, len(got), f.Size)
			}
			if err != nil {
				if extract.AsError(err) == nil {
					t.Fatalf("not of the closed set: %v", err)
				}
				continue
			}
			if theirErr == nil && len(theirs.File) == a.Len() {
				compare(t, theirs.File[i], got)
			}
		}
	})
}

// compare demands that archive/zip gives the same bytes for what it takes for
// the same entry.
func compare(t *testing.T, theirs *zip.File, got []byte) {
	t.Helper()
	if theirs.UncompressedSize64 != uint64(len(got)) {
		return // another directory: theirs is found by other rules where the end lies
	}
	r, err := theirs.Open()
	if err != nil {
		return
	}
	want, err := io.ReadAll(r)
	if err == nil && !bytes.Equal(want, got) {
		t.Fatalf("archive/zip reads %q, we %q", want, got)
	}
}

func checkPath(t *testing.T, p string) {
	t.Helper()
	bad := p == "" || path.Clean(p) != p || path.IsAbs(p) || p == ".." || strings.HasPrefix(p, "../") || strings.Contains(p, `\`) ||
		len(p) > 1 && p[1] == ':' && unicode.IsLetter(rune(p[0])) ||
		strings.ContainsFunc(p, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	if bad {
		t.Fatalf("path %q", p)
	}
}
