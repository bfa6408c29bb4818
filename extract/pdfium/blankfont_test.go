package pdfium

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"nianbao/convert/fixture"
	"nianbao/extract"
	"nianbao/extract/pdf"
)

// Text whose font is not embedded is read whole where the machine has no font for it, each
// character shown by itself as well.
func TestTextWithoutFonts(t *testing.T) {
	e := engineWith(t, Config{CacheDir: cacheDir(), Fonts: []string{t.TempDir()}, BlankGlyphs: true})
	for name, data := range map[string][]byte{
		"report":     fixture.New(1, "2021").PDF(fixture.DefaultStyle()),
		"characters": onePage(&testFile{}, song("UniGB-UCS2-H"), "BT /F1 20 Tf 100 700 Td <4E00> Tj 20 0 Td <4E8C> Tj 20 0 Td <4E09> Tj ET", ""),
	} {
		first, err := pdf.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		defer first.Close()
		second, err := e.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		defer second.Close()
		for n := 1; n <= first.NumPages(); n++ {
			a, err := first.Page(n)
			if err != nil || len(a.Glyphs) < 3 {
				t.Fatalf("%s: %v", name, err)
			}
			b, err := second.Page(n)
			if err != nil {
				t.Fatal(err)
			}
			samePage(t, a, b)
		}
	}
}

// Pages are drawn without it: PDFium's own fonts have the digits of such text.
func TestDigitsAreDrawnWithoutFonts(t *testing.T) {
	data := fixture.New(1, "2021").PDF(fixture.DefaultStyle())
	none := Config{CacheDir: cacheDir(), Fonts: []string{t.TempDir()}}
	blank := none
	blank.BlankGlyphs = true
	if drawn, lines := darkPixels(t, engineWith(t, none), data), darkPixels(t, engineWith(t, blank), data); drawn < lines*11/10 {
		t.Errorf("%d dark pixels, %d with blank glyphs", drawn, lines)
	}
}

// The blank font is for the scripts only that no font of the machine has.
func TestBlankIsForWhatIsMissing(t *testing.T) {
	for _, tt := range []struct{ has, want uint32 }{
		{0, pagesEastAsian},
		{pageSimplified, pagesEastAsian &^ pageSimplified},
		{pagesEastAsian, 0},
	} {
		dir := t.TempDir()
		if tt.has != 0 {
			if err := os.WriteFile(filepath.Join(dir, "some.ttf"), blankFont(tt.has), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		fonts, err := openFonts([]string{dir}, true)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := DrawingOf([]string{dir}); err != nil || d.Chinese != (tt.has&pageSimplified != 0) {
			t.Errorf("fonts for %x: Chinese %v, %v", tt.has, d.Chinese, err)
		}
		got := uint32(0)
		if b, err := fs.ReadFile(fonts, guestFonts+"/"+blankName); err == nil {
			got = codePagesIn(b)
		}
		if got != tt.want {
			t.Errorf("fonts for %x: the blank one is for %x, not %x", tt.has, got, tt.want)
		}
		fonts.close()
	}
}

// codePagesIn are those that blankFont wrote: OS/2 is its first table.
func codePagesIn(font []byte) uint32 {
	at := binary.BigEndian.Uint32(font[12+8:])
	return binary.BigEndian.Uint32(font[at+78:])
}
