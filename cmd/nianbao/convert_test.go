package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPanicOfOneFile: a panic is that file's failure, and the log has where it was.
func TestPanicOfOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	c := newConverter(nil, slog.New(slog.NewTextHandler(&log, nil)), nil) // no pool: reading panics
	got := c.convert(t.Context(), input{path: path})
	if !got.failed || !strings.Contains(string(got.line), "转换时程序出错") {
		t.Errorf("%+v %s", got.failed, got.line)
	}
	if !strings.Contains(log.String(), "a.txt") || !strings.Contains(log.String(), "convert.go") {
		t.Errorf("log: %s", log.String())
	}
}
