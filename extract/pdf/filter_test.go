package pdf

import (
	"bytes"
	"compress/flate"
	"compress/lzw"
	"encoding/ascii85"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// earlyLZWEncode writes literals only, with the code length growing one code
// early, and a clear code before it would pass 12 bits.
func earlyLZWEncode(data []byte) []byte {
	var out []byte
	var acc uint64
	bits, width, next := uint(0), uint(9), 258
	put := func(code int) {
		acc = acc<<width | uint64(code)
		for bits += width; bits >= 8; bits -= 8 {
			out = append(out, byte(acc>>(bits-8)))
		}
	}
	table := map[string]int{}
	reset := func() {
		put(256)
		width, next = 9, 258
		clear(table)
	}
	code := func(s string) int {
		if len(s) == 1 {
			return int(s[0])
		}
		return table[s]
	}
	reset()
	w := ""
	for _, c := range data {
		if _, ok := table[w+string([]byte{c})]; ok || w == "" {
			w += string([]byte{c})
			continue
		}
		put(code(w))
		table[w+string([]byte{c})] = next
		if next++; next+1 > 1<<width && width < 12 {
			width++
		}
		if w = string([]byte{c}); next >= 4094 {
			put(code(w))
			reset()
			w = ""
		}
	}
	if w != "" {
		put(code(w))
		next++
		if next+1 > 1<<width && width < 12 {
			width++
		}
	}
	put(257)
	return append(out, byte(acc<<(8-bits)))
}

func TestFilters(t *testing.T) {
	text := hello + strings.Repeat(" % comment 0123456789\n", 200)
	for i := range 3000 {
		text += fmt.Sprintf(" %d %c", i*i, rune('A'+i%26))
	}
	var late, a85, raw bytes.Buffer
	w := lzw.NewWriter(&late, lzw.MSB, 8)
	w.Write([]byte(text))
	w.Close()
	a := ascii85.NewEncoder(&a85)
	a.Write([]byte(text))
	a.Close()
	fw, _ := flate.NewWriter(&raw, 9)
	fw.Write([]byte(text))
	fw.Close()
	z := deflate(text)
	var runs strings.Builder
	for rest := text; rest != ""; {
		n := min(128, len(rest))
		runs.WriteString(string([]byte{byte(n - 1)}) + rest[:n])
		rest = rest[n:]
	}
	for _, c := range []struct{ name, dict, data string }{
		{"Flate", "/Filter /FlateDecode", z},
		{"Flate without checksum", "/Filter /FlateDecode", z[:len(z)-4]},
		{"Flate without header", "/Filter /Fl", raw.String()},
		{"LZW", "/Filter /LZWDecode", string(earlyLZWEncode([]byte(text)))},
		{"LZW late", "/Filter /LZWDecode /DecodeParms <</EarlyChange 0>>", late.String()},
		{"ASCII85", "/Filter /ASCII85Decode", a85.String() + "~>"},
		{"ASCIIHex", "/Filter /ASCIIHexDecode", fmt.Sprintf("%x>", text)},
		{"two", "/Filter [/ASCIIHexDecode /FlateDecode] /DecodeParms [null null]", fmt.Sprintf("%x>", z)},
		{"RunLength", "/Filter /RunLengthDecode", runs.String() + "\x80"},
		{"Crypt", "/Filter [/Crypt]", text},
	} {
		f := &testFile{}
		n := f.stream(c.dict, c.data)
		d := open(t, onePage(f, fmt.Sprintf("/XObject <</X %d 0 R>>", n), "", ""))
		got, err := d.readStream(d.pages[0].resources.key("XObject").key("X"))
		if err != nil || string(got) != text {
			t.Errorf("%s: %d bytes of %d, %v", c.name, len(got), len(text), err)
		}
	}
	if got, _ := (&Document{lim: open(t, helloFile()).lim, room: &room{}}).applyFilter([]byte{254, 'a', 1, 'b', 'c', 128, 9}, "RunLengthDecode", value{}); string(got) != "aaabc" {
		t.Errorf("RunLength: %q", got)
	}
}

// What was decoded before damage is kept, and the damage is told.
func TestDamagedStreams(t *testing.T) {
	z := deflate(hello)
	random := strings.Repeat("BT /F1 10 Tf (abcdefghij) Tj ET\n", 400)
	flipped := []byte(deflate(random))
	flipped[len(flipped)/2] ^= 0x10
	for _, c := range []struct{ name, dict, data, code string }{
		{"wrong checksum", "/Filter [/FlateDecode]", z[:len(z)-1] + "x", "stream_unreadable"},
		{"flipped bit", "/Filter /FlateDecode", string(flipped), "stream_unreadable"},
		{"cut", "/Filter /FlateDecode", z[:len(z)-8], "stream_unreadable"},
		{"columns", "/Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 99999999>>", z, "stream_unreadable"},
		{"colors", "/Filter /FlateDecode /DecodeParms <</Predictor 12 /Colors 0>>", z, "stream_unreadable"},
		{"row", "/Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 1000000 /Colors 1000000>>", z, "stream_unreadable"},
		{"unknown operator", "", hello + " foo", "content_damaged"},
		{"number for a string", "", hello + " BT 5 Tj ET", "content_damaged"},
		{"too few numbers", "", hello + " 1 2 3 re", "content_damaged"},
		{"open string", "", hello + " BT (abc", "content_damaged"},
		{"open hexadecimal string", "", hello + " BT <41", "content_damaged"},
		{"operands without operator", "", hello + " 1 2", "content_damaged"},
		{"open image", "", hello + " BI /W 1 /H 1 ID abc", "content_damaged"},
		{"open image dictionary", "", hello + " BI /W 1", "content_damaged"},
		{"compatibility", "", "BX foo BX bar EX baz EX " + hello, ""},
		{"literals", "", "/Span <</A true /B null>> BDC EMC " + hello, ""},
		{"values to spare", "", "1 2 3 4 5 re n " + hello, ""},
		{"checksum missing", "/Filter /FlateDecode", z[:len(z)-4], ""},
		{"empty", "/Filter /FlateDecode", "", ""},
	} {
		f := &testFile{}
		n := f.stream(c.dict, c.data)
		p := readPage(t, onePage(f, helvetica+fmt.Sprintf("/XObject <</X %d 0 R>>", f.add("<</Subtype /Form /BBox [0 0 600 800] /Length 0>>\nstream\n\nendstream")), "", fmt.Sprintf("/Contents %d 0 R", n)))
		got := ""
		if len(p.Warnings) > 0 {
			got = p.Warnings[0].Code
		}
		if got != c.code {
			t.Errorf("%s: warnings %v, want %q", c.name, p.Warnings, c.code)
		}
	}
}

// A stream that has to be measured before it is kept comes out whole.
func TestLongStream(t *testing.T) {
	for _, n := range []int{keptAtOnce, keptAtOnce + 1, 2*keptAtOnce + 12345} {
		text := strings.Repeat("0123456789abcde\n", n/16+1)[:n]
		z := deflate(text)
		f := &testFile{}
		good := f.stream("/Filter /FlateDecode", z)
		bad := f.stream("/Filter /FlateDecode", z[:len(z)-1]+"x")
		d := open(t, onePage(f, fmt.Sprintf("/XObject <</X %d 0 R /Y %d 0 R>>", good, bad), "", ""))
		objects := d.pages[0].resources.key("XObject")
		if got, err := d.readStream(objects.key("X")); err != nil || string(got) != text {
			t.Errorf("%d bytes: %d bytes, %v", n, len(got), err)
		}
		if got, err := d.readStream(objects.key("Y")); !errors.Is(err, errChecksum) || string(got) != text {
			t.Errorf("%d bytes, wrong checksum: %d bytes, %v", n, len(got), err)
		}
		if d.decompressed != 2*int64(n) {
			t.Errorf("%d bytes counted as %d", 2*n, d.decompressed)
		}
	}
}

func TestPredictors(t *testing.T) {
	want := []byte("abcdefghijklmnopqrstuvwx") // 3 rows of 8, or 4 of 6
	png := func(kind byte) string {
		var out, prior []byte
		prior = make([]byte, 8)
		for r := 0; r < len(want); r += 8 {
			row := want[r : r+8]
			out = append(out, kind)
			for i, c := range row {
				var left, corner byte
				if i >= 2 {
					left, corner = row[i-2], prior[i-2]
				}
				switch kind {
				case 1:
					c -= left
				case 2:
					c -= prior[i]
				case 3:
					c -= byte((int(left) + int(prior[i])) / 2)
				case 4:
					c -= paeth(left, prior[i], corner)
				}
				out = append(out, c)
			}
			prior = row
		}
		return string(out)
	}
	tiff := bytes.Clone(want)
	for r := 0; r < len(tiff); r += 8 {
		for i := 7; i >= 2; i-- {
			tiff[r+i] -= tiff[r+i-2]
		}
	}
	cases := map[string]string{"2": string(tiff), "1": string(want)}
	for k := range byte(5) {
		cases[fmt.Sprint(10+k)] = png(k)
	}
	for predictor, data := range cases {
		f := &testFile{}
		n := f.flate("/DecodeParms <</Predictor "+predictor+" /Columns 4 /Colors 2>>", data)
		d := open(t, onePage(f, fmt.Sprintf("/XObject <</X %d 0 R>>", n), "", ""))
		got, err := d.readStream(d.pages[0].resources.key("XObject").key("X"))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("predictor %s: %q %v", predictor, got, err)
		}
	}
}

func TestStreamLengths(t *testing.T) {
	// A /Length past the end of the file reads what there is.
	data := bytes.Replace(helloFile(), []byte(fmt.Sprintf("/Length %d", len(hello))), []byte("/Length 99"), 1)
	if p := readPage(t, data); textOf(p) != "hello" {
		t.Errorf("text %q", textOf(p))
	}
	for _, length := range []string{"-1", "(x)", "1 0 R"} {
		f := &testFile{}
		c := f.add("<</Length %s>>\nstream\n%s\nendstream", length, hello)
		pages := f.reserve()
		p := f.add("<</Type /Page /Contents %d 0 R /Resources <<%s>>>>", c, helvetica)
		f.set(pages, "<</Type /Pages /Kids [%d 0 R]>>", p)
		f.root = f.add("<</Type /Catalog /Pages %d 0 R>>", pages)
		if p := readPage(t, f.bytes()); textOf(p) != "hello" {
			t.Errorf("/Length %s: text %q", length, textOf(p))
		}
	}
}
