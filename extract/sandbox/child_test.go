package sandbox

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"nianbao/extract"
	"nianbao/extract/reader"
)

// Small files are read from memory, each with its own bytes; large ones, and what is shorter than it is said
// to be, as they are.
func TestFromMemory(t *testing.T) {
	var in io.ReaderAt
	var content []byte
	read := fromMemory(func(_ context.Context, r io.ReaderAt, size int64, _ extract.Options, _ reader.SecondEngine) (*extract.Extraction, error) {
		in, content = r, make([]byte, size)
		_, err := io.ReadFull(io.NewSectionReader(r, 0, size), content)
		return nil, err
	})
	for _, tt := range []struct {
		name    string
		content []byte
		more    int64 // that the file is said to have
		memory  bool
	}{
		{"small", []byte("one"), 0, true},
		{"smaller", []byte("2"), 0, true},
		{"empty", nil, 0, true},
		{"the largest", bytes.Repeat([]byte("x"), wholeBytes), 0, true},
		{"large", bytes.Repeat([]byte("y"), wholeBytes+1), 0, false},
		{"cut", []byte("three"), 1, false},
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, tt.content, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		size := int64(len(tt.content)) + tt.more
		_, err = read(context.Background(), f, size, extract.Options{}, nil)
		if (err == nil) != (tt.more == 0) || tt.more == 0 && !bytes.Equal(content, tt.content) {
			t.Errorf("%s: %d bytes read, %v", tt.name, len(content), err)
		}
		if memory := in != io.ReaderAt(f); memory != tt.memory {
			t.Errorf("%s: from memory: %v", tt.name, memory)
		}
	}
}
