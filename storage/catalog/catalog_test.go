package catalog_test

import (
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"nianbao/convert/intake"
	"nianbao/storage/catalog"
	"nianbao/storage/catalog/catalogtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, file string) *catalog.Catalog {
	t.Helper()
	c, err := catalog.OpenSQLite(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSQLite(t *testing.T) {
	catalogtest.Run(t, func(t *testing.T) intake.Catalog {
		// A name that a URL would read as something else.
		c := open(t, filepath.Join(t.TempDir(), "年报 100%25?mode=ro#x.db"))
		t.Cleanup(func() {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		})
		return c
	})
}

// TestReopen: what was written is there for the next process, and the files are
// for the owner only.
func TestReopen(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "catalog.db")
	c := open(t, file)
	r := intake.Row{Summary: intake.Summary{ID: "abc", State: intake.StateArchived, SHA256: "00"}}
	if _, err := c.Insert(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 2 {
		t.Fatalf("%d files, %v; want the database and its log", len(entries), err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", e.Name(), info.Mode(), err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Ping(t.Context()); err == nil {
		t.Error("Ping after Close")
	}
	c = open(t, file)
	if got, err := c.Get(t.Context(), "abc"); err != nil || got.State != intake.StateArchived {
		t.Errorf("Get = %v, %v", got, err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestNoDatabase: another file is not taken for a catalog, and not overwritten.
func TestNoDatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "catalog.db")
	text := []byte("this is a letter and no database; it is long enough to have a header, too, as SQLite wants one")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := catalog.OpenSQLite(t.Context(), file); err == nil {
		t.Errorf("opened, %v", c.Close())
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != string(text) {
		t.Errorf("the file is now %q, %v", got, err)
	}
}
