package catalog

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// TestOneAtATime: a second opener is told so in words for the operator, and has
// its turn when the first is done.
func TestOneAtATime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "catalog.db")
	first, err := OpenSQLite(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	second, err := OpenSQLite(t.Context(), file)
	if err == nil {
		t.Fatal("opened twice", second.Close())
	}
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), filepath.Dir(file)) || !strings.Contains(err.Error(), "--data") {
		t.Errorf("the second is told %v", err)
	}
	if err := first.Ping(t.Context()); err != nil {
		t.Errorf("the first, after that: %v", err)
	}
	if err := errors.Join(first.Close(), first.Close()); err != nil {
		t.Errorf("Close: %v", err)
	}
	if second, err = OpenSQLite(t.Context(), file); err != nil {
		t.Fatalf("after the first was closed: %v", err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

// TestDurable: a commit is synced, in every connection of the pool.
func TestDurable(t *testing.T) {
	c, err := OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "catalog.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	for range sqliteConns {
		conn, err := c.db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		var level int
		if err := conn.QueryRowContext(t.Context(), "pragma synchronous").Scan(&level); err != nil || level < 2 {
			t.Errorf("synchronous is %d, %v; want 2 (FULL)", level, err)
		}
	}
}
