package pdfium

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"nianbao/convert/fixture"
	"nianbao/extract"
)

// fontOf is a font file that says that it has the characters of these code pages.
func fontOf(codePages int) []byte {
	head := words(1, 0, 1, 16, 0, 0)
	head = append(head, "OS/2"...)
	head = append(head, words(0, 0, 0, 28, 0, 96)...)
	os2 := make([]byte, 96)
	copy(os2[78:], words(codePages>>16, codePages))
	return append(head, os2...)
}

func TestDrawingOf(t *testing.T) {
	versions := map[string]string{}
	for name, c := range map[string]struct {
		data    []byte
		chinese bool
	}{
		"GB 2312":       {fontOf(1 << 18), true},
		"Latin":         {fontOf(1), false},
		"a collection":  {append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), shifted(fontOf(1<<18|1), 16)...), true},
		"without OS/2":  {squareFont(), false},
		"cut":           {fontOf(1 << 18)[:20], false},
		"not a font":    {[]byte("hello"), false},
		"an empty file": {nil, false},
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, "a.ttf")
		if err := os.WriteFile(file, c.data, 0o644); err != nil {
			t.Fatal(err)
		}
		// Files of one size are told apart by their time, which those of one test may share.
		at := time.Unix(1_600_000_000+int64(len(versions)), 0)
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
		d, err := DrawingOf([]string{dir})
		if err != nil || d.Chinese != c.chinese {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
		if other, twice := versions[d.Version]; twice {
			t.Errorf("%s and %s draw by the same version %s", name, other, d.Version)
		}
		versions[d.Version] = name
	}
	if d, err := DrawingOf([]string{filepath.Join(t.TempDir(), "missing")}); err != nil || d.Chinese || d.Version == "" {
		t.Errorf("no directory: %+v, %v", d, err)
	}
}

// shifted is a font whose offsets count from n bytes before it.
func shifted(font []byte, n byte) []byte {
	font = bytes.Clone(font)
	font[23] += n
	return font
}

// darkPixels are those of the first page as e draws it.
func darkPixels(t *testing.T, e *Engine, data []byte) int {
	t.Helper()
	d, err := e.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var b bytes.Buffer
	if err := d.RenderWidth(1, 1000, &b); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil || img.Bounds().Dx() != 1000 {
		t.Fatalf("%v, %v", img.Bounds(), err)
	}
	n := 0
	for _, p := range img.(*image.Gray).Pix {
		if p < 128 {
			n++
		}
	}
	return n
}

// Chinese text whose font is not embedded shows with any of the packages that
// README names, and is blank without; DrawingOf tells which.
func TestChineseWithoutEmbeddedFonts(t *testing.T) {
	data := fixture.New(1, "2021").PDF(fixture.DefaultStyle())
	dark := func(fonts string) int {
		return darkPixels(t, engineWith(t, Config{CacheDir: cacheDir(), Fonts: []string{fonts}}), data)
	}
	none := dark(t.TempDir())
	tried := 0
	for _, dir := range []string{"/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/wqy", "/usr/share/fonts/truetype/arphic"} {
		if _, err := os.Stat(dir); err != nil {
			continue
		}
		tried++
		with := dark(dir)
		if d, err := DrawingOf([]string{dir}); err != nil || !d.Chinese || with < none*4/3 {
			t.Errorf("%s: %d dark pixels, %d without fonts; %+v, %v", dir, with, none, d, err)
		}
	}
	if tried == 0 {
		if os.Getenv("NIANBAO_TEST_REQUIRE") != "" {
			t.Fatal("no Chinese fonts on this machine")
		}
		t.Skip("SKIPPED, NOT PASSED: no Chinese fonts on this machine")
	}
}
