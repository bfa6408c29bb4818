package pdfium

import (
	"encoding/binary"
	"io/fs"
	"strings"
	"unicode/utf16"
)

// PDFium leaves out a piece of text in which no glyph has a shape. Without a Chinese font on
// the machine, text whose font is not embedded has none, and where every character is
// shown by itself, as browsers print, nothing of it would be read. So for the scripts that no
// font of the machine has, there is one here: each of its glyphs is as large as the em
// and has no area. Such text is read as with any font. Pages are drawn without it, as PDFium's own
// fonts have the digits at least.

// The scripts that PDFium looks for a font of, as bits of ulCodePageRange1 (OpenType 1.9, "OS/2").
const (
	pageJapanese    = 1 << 17
	pageSimplified  = 1 << 18
	pageKorean      = 1 << 19
	pageTraditional = 1 << 20

	pagesEastAsian = pageJapanese | pageSimplified | pageKorean | pageTraditional
)

// blankFont is a TrueType file with a blank glyph for every character, for these scripts.
func blankFont(pages uint32) []byte {
	const em, top, bottom = 1000, 880, -120
	// One contour of three points, there and back on the diagonal: bounds, its last point,
	// no instructions, flags (on the curve, 16-bit deltas), then the deltas of x and of y.
	glyph := words(1, 0, bottom, em, top, 2, 0)
	glyph = append(glyph, 1, 1, 1)
	glyph = append(glyph, words(0, em, -em, bottom, em, -em)...)
	for len(glyph)%4 != 0 {
		glyph = append(glyph, 0)
	}
	// Format 13: one glyph for a range.
	table := words(13, 0, 0, 28, 0, 0, 0, 1, 0, 0x20, 0, 0xFFFF, 0, 1)
	family := utf16.Encode([]rune("Nianbao Blank"))
	name := words(0, 1, 18, 3, 1, 0x409, 1, 2*len(family), 0)
	for _, c := range family {
		name = binary.BigEndian.AppendUint16(name, c)
	}
	os2 := make([]byte, 86)
	copy(os2, words(1, em, 400, 5))
	binary.BigEndian.PutUint32(os2[78:], pages)
	return trueType([]fontTable{
		{"OS/2", os2},
		{"cmap", append(words(0, 1, 3, 10, 0, 12), table...)},
		{"glyf", append(glyph, glyph...)},
		{"head", words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, em, 0, 0, 0, 0, 0, 0, 0, 0, 0, bottom, em, top, 0, 8, 2, 0, 0)},
		{"hhea", words(1, 0, top, bottom, 0, em, 0, 0, em, 1, 0, 0, 0, 0, 0, 0, 0, 2)},
		{"hmtx", words(em, 0, em, 0)},
		{"loca", words(0, len(glyph)/2, len(glyph))},
		{"maxp", words(1, 0, 2, 3, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)},
		{"name", name},
	})
}

// fontTable is a table of a font file.
type fontTable struct {
	tag  string
	data []byte
}

// trueType puts tables, sorted by their tags, into a file. Checksums are not looked at.
func trueType(tables []fontTable) []byte {
	out := words(1, 0, len(tables), 0, 0, 0) // how to search the list is not looked at either
	at := len(out) + 16*len(tables)
	var body []byte
	for _, t := range tables {
		out = append(out, t.tag...)
		out = binary.BigEndian.AppendUint32(out, 0)
		out = binary.BigEndian.AppendUint32(out, uint32(at+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

// words are 16-bit values, big endian.
func words(v ...int) []byte {
	var b []byte
	for _, x := range v {
		b = binary.BigEndian.AppendUint16(b, uint16(x))
	}
	return b
}

// addBlank lists a blank font for the scripts that none of the fonts has.
func (f *fontFS) addBlank() {
	missing := uint32(pagesEastAsian)
	for _, file := range f.files {
		missing &^= file.codePages()
	}
	if missing == 0 {
		return
	}
	f.blank = string(blankFont(missing))
	f.list = append(f.list, fs.FileInfoToDirEntry(blankInfo(f.blank)))
}

// blankName is the blank font in guestFonts.
const blankName = "blank.ttf"

func blankInfo(font string) guestInfo {
	return guestInfo{name: blankName, size: int64(len(font)), mode: 0o444}
}

// guestFile is an open file of a fontFS that is in memory.
type guestFile struct {
	*strings.Reader
	info guestInfo
}

// Stat implements fs.File.
func (f guestFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close implements fs.File.
func (guestFile) Close() error { return nil }
