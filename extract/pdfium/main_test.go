package pdfium

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"nianbao/extract"
	"nianbao/extract/page"
)

// cacheDir is kept between runs: compiling takes seconds.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "nianbao-test", "pdfium")
}

// engine is shared by the tests; TestMain closes it.
var engine = sync.OnceValues(func() (*Engine, error) {
	return New(context.Background(), Config{CacheDir: cacheDir(), BlankGlyphs: true})
})

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		for _, get := range []func() (*Engine, error){engine, interruptible, small} {
			if e, err := get(); err != nil || e.Close() != nil {
				code = max(code, 1)
			}
		}
		os.Exit(code)
	}))
}

// engineWith is an engine of the test's own.
func engineWith(t *testing.T, cfg Config) *Engine {
	t.Helper()
	e, err := New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func shared(t testing.TB) *Engine {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func open(t testing.TB, data []byte) *Document {
	t.Helper()
	d, err := shared(t).Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func readPage(t testing.TB, data []byte) *page.Page {
	t.Helper()
	p, err := open(t, data).Page(1)
	if err != nil {
		t.Fatalf("Page: %v", err)
	}
	return p
}

// wantError fails unless err is an *extract.Error of the code.
func wantError(t *testing.T, err error, code extract.Code) *extract.Error {
	t.Helper()
	e := extract.AsError(err)
	if e == nil || e.Code != code || e.Detail == "" {
		t.Fatalf("error %v, want code %s with a detail", err, code)
	}
	return e
}
