//go:build ignore

// Gen makes names.bin from the Adobe Glyph List and the list of ITC Zapf
// Dingbats, which Debian ships inside of package libpdfbox2-java:
//
//	apt-get install libpdfbox2-java && go generate ./extract/pdf/glyphname
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"flag"
	"io"
	"log"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

const dir = "org/apache/pdfbox/resources/glyphlist/"

func main() {
	jar := flag.String("jar", "/usr/share/java/pdfbox2.jar", "archive with the lists")
	flag.Parse()
	z, err := zip.OpenReader(*jar)
	if err != nil {
		log.Fatal(err)
	}
	var raw []byte
	for _, name := range []string{"glyphlist.txt", "zapfdingbats.txt"} {
		raw = append(raw, encode(list(z, dir+name))...)
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	w.Write(raw)
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("names.bin", b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// list reads lines "name;XXXX XXXX".
func list(z *zip.ReadCloser, path string) map[string]string {
	f, err := z.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		log.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(data)) {
		name, codes, ok := strings.Cut(strings.TrimSpace(line), ";")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for code := range strings.FieldsSeq(codes) {
			v, err := strconv.ParseUint(code, 16, 32)
			if err != nil {
				log.Fatal(err)
			}
			out[name] += string(rune(v))
		}
	}
	return out
}

// encode writes the number of names, then each in order with the length of the
// prefix that it shares with the one before, rest and text.
func encode(names map[string]string) []byte {
	b := binary.AppendUvarint(nil, uint64(len(names)))
	str := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	last := ""
	for _, n := range slices.Sorted(maps.Keys(names)) {
		k := 0
		for k < len(n) && k < len(last) && n[k] == last[k] {
			k++
		}
		b = binary.AppendUvarint(b, uint64(k))
		str(n[k:])
		str(names[n])
		last = n
	}
	return b
}
