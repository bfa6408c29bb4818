package pdfium

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"runtime/debug"
)

// Drawing is what pictures of pages depend on beside the file.
type Drawing struct {
	// Version changes with PDFium, with how it is called, and with the fonts.
	Version string
	// Chinese tells whether a font has Chinese characters: without one, text whose
	// fonts are not embedded is drawn as blanks.
	Chinese bool
}

// pictures is raised when pictures come out otherwise than before.
const pictures = "1"

// DrawingOf tells what an engine with these font directories draws with; nil
// means /usr/share/fonts.
func DrawingOf(dirs []string) (Drawing, error) {
	cfg, err := Config{Fonts: dirs}.withDefaults()
	if err != nil {
		return Drawing{}, err
	}
	fonts, err := openFonts(cfg.Fonts, false)
	if err != nil {
		return Drawing{}, err
	}
	defer fonts.close()
	var d Drawing
	sum := sha256.New()
	for _, e := range fonts.list {
		file := fonts.files[e.Name()]
		info, err := file.root.Stat(file.path)
		if err != nil {
			continue // gone since: the engine lists anew
		}
		fmt.Fprintf(sum, "%s %d %d\n", file.path, info.Size(), info.ModTime().UnixNano())
		d.Chinese = d.Chinese || file.codePages()&pageSimplified != 0
	}
	d.Version = libraryVersion() + "-" + pictures + "-" + hex.EncodeToString(sum.Sum(nil)[:6])
	return d, nil
}

// libraryVersion is that of the module with PDFium in it.
func libraryVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/klippa-app/go-pdfium" {
				return m.Version
			}
		}
	}
	return "unknown"
}

// codePages are the scripts that a font file says it has the characters of, which is what
// PDFium goes by: ulCodePageRange1 (OpenType 1.9, "OS/2").
func (f fontFile) codePages() uint32 {
	file, err := f.root.Open(f.path)
	if err != nil {
		return 0
	}
	defer func() { _ = file.Close() }() // only read
	face := int64(0)
	if head := bytesAt(file, 0, 16); string(head[:4]) == "ttcf" { // of a collection, the first
		face = int64(binary.BigEndian.Uint32(head[12:]))
	}
	tables := int64(binary.BigEndian.Uint16(bytesAt(file, face+4, 2)))
	for i := range tables {
		entry := bytesAt(file, face+12+16*i, 16)
		if string(entry[:4]) != "OS/2" {
			continue
		}
		const codePages = 78
		at := int64(binary.BigEndian.Uint32(entry[8:]))
		if binary.BigEndian.Uint32(entry[12:]) < codePages+4 {
			return 0
		}
		return binary.BigEndian.Uint32(bytesAt(file, at+codePages, 4))
	}
	return 0
}

// bytesAt are n bytes of a file; what is not there is 0.
func bytesAt(r io.ReaderAt, at int64, n int) []byte {
	b := make([]byte, n)
	_, _ = r.ReadAt(b, at)
	return b
}
