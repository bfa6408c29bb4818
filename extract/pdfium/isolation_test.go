package pdfium

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nianbao/extract"
)

// loads tells whether the module itself can open the file at a path as a PDF.
func loads(t *testing.T, e *Engine, path string) bool {
	t.Helper()
	m, err := e.machine(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	fn := m.mod.ExportedFunction("FPDF_LoadDocument")
	if fn == nil {
		t.Fatal("the module does not export FPDF_LoadDocument")
	}
	name := m.alloc(int64(len(path) + 1))
	copy(m.view(name, int64(len(path)+1)), path+"\x00")
	out, err := fn.Call(m.ctx, uint64(name), 0)
	if err != nil {
		t.Fatal(err)
	}
	return out[0] != 0
}

// The module opens files of the font directories and no other file of the host.
func TestFiles(t *testing.T) {
	base := t.TempDir()
	fonts := filepath.Join(base, "fonts")
	secret := filepath.Join(base, "secret.ttf")
	if err := os.MkdirAll(filepath.Join(fonts, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	data := latin("", "")
	for _, p := range []string{secret, filepath.Join(fonts, "sub", "a.ttf"), filepath.Join(fonts, "b.txt")} {
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(secret, filepath.Join(fonts, "link.ttf")); err != nil {
		t.Fatal(err)
	}
	e, err := New(context.Background(), Config{CacheDir: cacheDir(), Fonts: []string{fonts, filepath.Join(base, "missing")}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if !loads(t, e, "/usr/share/fonts/0000.ttf") {
		t.Fatal("the font directory's file does not open: this test would prove nothing")
	}
	up := strings.Repeat("../", 12)
	for _, p := range []string{
		secret, up + secret[1:], "/usr/share/fonts/" + up + secret[1:], "/usr/share/fonts/../secret.ttf",
		"/usr/share/fonts/0001.ttf", "/usr/share/fonts/link.ttf", "/usr/share/fonts/b.txt", "secret.ttf", "/0000.ttf",
		filepath.Join(fonts, "sub", "a.ttf"),
	} {
		if loads(t, e, p) {
			t.Errorf("the module opens %s", p)
		}
	}
	if n := len(e.fonts.files); n != 1 {
		t.Errorf("%d files are shown to the module", n)
	}
}

// A font of the directories is used for text whose font is not embedded.
func TestFontsAreUsed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "square.ttf"), squareFont(), 0o644); err != nil {
		t.Fatal(err)
	}
	fonts, err := openFonts([]string{dir}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer fonts.close()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(fonts.list) {
		t.Fatalf("%d fonts listed of %d", len(fonts.list), len(entries))
	}
	f, err := fonts.Open(guestFonts + "/0000.ttf")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() != int64(len(squareFont())) {
		t.Errorf("font file: %v, %v", info, err)
	}
}

// Calling the exports depends on a field of an internal type of go-pdfium.
func TestModule(t *testing.T) {
	for _, wrong := range []any{nil, 1, &struct{ Module int }{}, struct{}{}, &struct{ module any }{}} {
		if _, err := moduleOf(wrong); err == nil {
			t.Errorf("%T has a module", wrong)
		}
	}
	d := open(t, latin("", ""))
	if d.m.mod == nil {
		t.Fatal("no module")
	}
	for i, name := range exportNames() {
		if name == "" || d.m.fn[i] == nil {
			t.Errorf("export %d %q is not bound", i, name)
		}
	}
}

// A trap inside the module is an error of the document, not of the process.
func TestTrap(t *testing.T) {
	d := open(t, latin("", ""))
	d.m.at(fnPageCount, 0xFFFF_FFF0)
	if d.m.err == nil {
		t.Fatal("a wild address does not trap")
	}
	_, err := d.Page(1)
	wantError(t, err, extract.CodeDamaged)
}
