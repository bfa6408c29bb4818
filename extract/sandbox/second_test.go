//go:build linux && !race

package sandbox

import (
	"bytes"
	"context"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nianbao/extract"
)

// cacheDir keeps the compiled second engine between runs: compiling takes seconds.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "nianbao-test", "pdfium")
}

// wanting is a file that makes the obedient child ask the second engine.
func wanting() []byte {
	const shown = "BT /F 12 Tf 50 700 Td (what the second engine reads) Tj ET"
	return append([]byte("second "), onePage("/Font << /F 5 0 R >>", shown, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>").bytes()...)
}

// The pool prepares the second engine when a file first wants it, in a directory
// that it makes, and has the file read once more by a child that has it.
func TestSecondEngine(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "made", "here")
	p := newPool(t, Config{Workers: 1, CacheDir: cache, Command: []string{"/proc/self/exe", asObedientChild}})
	read := func(content []byte) string {
		t.Helper()
		e, err := p.Extract(context.Background(), file(t, string(content)))
		if err != nil {
			t.Fatal(err)
		}
		return e.Document.Blocks[0].Text
	}
	if got := read([]byte("an ordinary file")); got != "an ordinary file" {
		t.Errorf("got %q", got)
	}
	before := read([]byte("pid"))
	if _, err := os.Stat(cache); err == nil {
		t.Error("the second engine was prepared without need")
	}
	if got := read(wanting()); !strings.Contains(got, "second engine") {
		t.Errorf("got %q", got)
	}
	if read([]byte("pid")) == before {
		t.Error("a child without the second engine is still at work")
	}
	if info, err := os.Stat(cache); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the cache: %v %v", info, err)
	}
	report, _ := p.Report()
	if !report.Has("landlock") {
		t.Skip("this kernel has no Landlock")
	}
	files, err := os.ReadDir(cache)
	if err != nil || len(files) == 0 {
		t.Fatalf("the cache holds %d files, %v", len(files), err)
	}
	for word, want := range map[string]bool{
		"open " + filepath.Join(cache, files[0].Name()): true, "create " + filepath.Join(cache, "planted"): false, "open /etc/passwd": false,
	} {
		if got := read([]byte(word)); (got == "allowed") != want {
			t.Errorf("%s: %s", word, got)
		}
	}
}

// Without a place for the second engine what the child says without it stands.
func TestNoSecondEngine(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, cache := range []string{"", filepath.Join(blocked, "cache")} {
		var log strings.Builder
		p := newPool(t, Config{Workers: 1, CacheDir: cache, Command: []string{"/proc/self/exe", asRealChild}, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		for range 2 {
			if _, err := attempt(t, p, "broken.pdf", bytes.ReplaceAll(reportPDF(flateStream).bytes(), []byte("/Kids"), []byte("/Kidz"))); err == nil || err.Code != extract.CodeDamaged {
				t.Errorf("got %v", err)
			}
		}
		if strings.Count(log.String(), "second PDF engine") != 1 {
			t.Errorf("log: %s", log.String())
		}
	}
}

// Close ends the preparation.
func TestCloseWhilePreparing(t *testing.T) {
	p := newPool(t, Config{Workers: 1, CacheDir: t.TempDir(), Command: []string{"/proc/self/exe", asObedientChild}})
	done := make(chan error, 1)
	go func() { done <- p.prepared(context.Background()) }()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err == nil {
		t.Log("it was ready before")
	}
}

func TestDraw(t *testing.T) {
	p := realPool(t)
	good := file(t, string(reportPDF(flateStream).bytes()))
	data, err := p.Draw(context.Background(), good, 2, 72)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	e, err := p.Extract(context.Background(), good)
	if err != nil {
		t.Fatal(err)
	}
	if w, h := img.Bounds().Dx(), img.Bounds().Dy(); float64(w) < e.Document.Pages[1].Width || float64(h) < e.Document.Pages[1].Height {
		t.Errorf("a picture of %d × %d for a page of %g × %g points at 72 dpi", w, h, e.Document.Pages[1].Width, e.Document.Pages[1].Height)
	}
	data, err = p.DrawWidth(context.Background(), good, 1, 640)
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(data)); err != nil || img.Bounds().Dx() != 640 {
		t.Errorf("a picture of %v for a width of 640: %v", img.Bounds(), err)
	}
	for name, c := range map[string]struct {
		f    *os.File
		page int
		dpi  float64
		code extract.Code
	}{
		"no such page":  {good, 99, 72, extract.CodeDamaged},
		"too large":     {good, 1, 2400, extract.CodeLimit},
		"a Word file":   {file(t, string(reportDocx(t))), 1, 72, extract.CodeUnsupported},
		"no file of us": {file(t, "hello"), 1, 72, extract.CodeUnsupported},
		"a cut file":    {file(t, "%PDF-1.7\n1 0 obj"), 1, 72, extract.CodeDamaged},
	} {
		_, err := p.Draw(context.Background(), c.f, c.page, c.dpi)
		if e := extract.AsError(err); e == nil || e.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}
