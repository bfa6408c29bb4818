package dir_test

import (
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"nianbao/storage/archive/archivetest"
	"nianbao/storage/archive/dir"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestArchive(t *testing.T) {
	archivetest.Run(t, func(t *testing.T) archivetest.Subject {
		root := filepath.Join(t.TempDir(), "archive")
		a, err := dir.Open(root)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { assertModes(t, root) })
		return archivetest.Subject{
			Store:   a,
			Staging: filepath.Join(root, "staging"),
			Overwrite: func(key string, content []byte) error {
				return os.WriteFile(filepath.Join(root, filepath.FromSlash(key)), content, 0o600)
			},
		}
	})
}

// assertModes: nobody else on the machine reads the reports.
func assertModes(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestSweep: what a killed process left goes, what is being written stays.
func TestSweep(t *testing.T) {
	root := t.TempDir()
	a, err := dir.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	st, err := a.Stage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Discard() }()
	staging := filepath.Join(root, "staging")
	old := time.Now().Add(-48 * time.Hour)
	for _, name := range []string{"upload-123", "notes.txt"} {
		file := filepath.Join(staging, name)
		if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := dir.Open(root); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(staging, "upload-123")); !os.IsNotExist(err) {
		t.Errorf("the old upload is still there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(staging, "notes.txt")); err != nil {
		t.Errorf("a file that is not ours went: %v", err)
	}
	if _, err := st.Write([]byte("x")); err != nil {
		t.Error(err)
	}
	f, err := st.Open()
	if err != nil {
		t.Fatalf("the upload at work went: %v", err)
	}
	_ = f.Close()
}

// TestStray: a file that is no object is an error of the listing, not skipped.
func TestStray(t *testing.T) {
	root := t.TempDir()
	a, err := dir.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "originals", "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "originals", "ab", "stray.pdf"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for d, err := range a.Digests(t.Context()) {
		if err == nil {
			t.Errorf("digest %q of a stray file", d)
		}
	}
}

// BenchmarkCommit archives new originals of a report's size, with all that makes
// them durable.
func BenchmarkCommit(b *testing.B) {
	a, err := dir.Open(filepath.Join(b.TempDir(), "archive"))
	if err != nil {
		b.Fatal(err)
	}
	content := make([]byte, 120_000)
	b.ReportAllocs()
	b.SetBytes(int64(len(content)))
	for n := uint64(1); b.Loop(); n++ {
		binary.BigEndian.PutUint64(content, n)
		s, err := a.Stage(b.Context())
		if err == nil {
			_, err = s.Write(content)
		}
		if err == nil {
			_, err = s.Commit(b.Context())
		}
		if err == nil {
			err = s.Discard()
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
