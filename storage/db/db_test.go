package db_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestOneAtATime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "catalog.db")
	first, err := db.Lock(file)
	if err != nil {
		t.Fatal(err)
	}
	second, err := db.Lock(file)
	if err == nil {
		t.Fatal("locked twice", second.Close())
	}
	if !errors.Is(err, db.ErrInUse) || !strings.Contains(err.Error(), filepath.Dir(file)) || !strings.Contains(err.Error(), "--data") {
		t.Errorf("the second is told %v", err)
	}
	if err := errors.Join(first.Close(), first.Close()); err != nil {
		t.Errorf("Close: %v", err)
	}
	if second, err = db.Lock(file); err != nil {
		t.Fatalf("after the first was closed: %v", err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

// TestDurable: a commit is synced, in every connection of the pools.
func TestDurable(t *testing.T) {
	d := dbtest.SQLite(t)
	pools := []*sql.DB{d.Writer}
	for range d.Stats().MaxOpenConnections {
		pools = append(pools, d.DB)
	}
	for _, pool := range pools {
		conn, err := pool.Conn(t.Context())
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

// TestNoDatabase: another file is not taken for a database, and not overwritten.
func TestNoDatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "catalog.db")
	text := []byte("this is a letter and no database; it is long enough to have a header, too, as SQLite wants one")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err := db.OpenSQLite(t.Context(), file); err == nil {
		t.Errorf("opened, %v", d.Close())
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != string(text) {
		t.Errorf("the file is now %q, %v", got, err)
	}
}

// TestPrivate: the files are for the owner only.
func TestPrivate(t *testing.T) {
	dir := t.TempDir()
	d, err := db.OpenSQLite(t.Context(), filepath.Join(dir, "catalog.db"))
	if err != nil {
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
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOpenTogether: services that start at the same time do not migrate twice.
func TestOpenTogether(t *testing.T) {
	source := dbtest.NewDatabase(t, dbtest.Server(t))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			d, err := db.OpenPostgres(t.Context(), source)
			if err != nil {
				t.Error(err)
				return
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// TestChange: what fails leaves nothing behind.
func TestChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Change(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), `create table x (n bigint)`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		stop := errors.New("stop")
		err := d.Change(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), `insert into x (n) values ($1)`, 1)
			return errors.Join(err, stop)
		})
		if !errors.Is(err, stop) {
			t.Errorf("Change = %v", err)
		}
		var n int
		if err := d.QueryRowContext(t.Context(), `select count(*) from x`).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows, %v", n, err)
		}
	})
}

// TestCrossed: two transactions that wait for each other both happen.
func TestCrossed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, s := range []string{`create table x (id text primary key, n bigint)`, `insert into x values ('a', 0), ('b', 0)`} {
			if _, err := d.ExecContext(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		var wg sync.WaitGroup
		for _, ids := range [][2]string{{"a", "b"}, {"b", "a"}} {
			for range 3 {
				wg.Go(func() {
					err := d.Change(t.Context(), func(tx *sql.Tx) error {
						for _, id := range ids {
							if _, err := tx.ExecContext(t.Context(), `update x set n = n + 1 where id = $1`, id); err != nil {
								return err
							}
						}
						return nil
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		var n int
		if err := d.QueryRowContext(t.Context(), `select sum(n) from x`).Scan(&n); err != nil || n != 12 {
			t.Errorf("sum is %d, %v; want 12", n, err)
		}
	})
}

func TestRedact(t *testing.T) {
	for _, source := range []string{
		"postgres://u:geheim@h:5432/n?sslmode=disable",
		"postgres://u@h/n?password=geheim",
		"host=h user=u password=geheim dbname=n",
	} {
		if got := db.Redact(source); strings.Contains(got, "geheim") || !strings.Contains(got, "h") {
			t.Errorf("Redact(%q) = %q", source, got)
		}
	}
	if got := db.Redact("/data/catalog.sqlite"); got != "/data/catalog.sqlite" {
		t.Error(got)
	}
}
