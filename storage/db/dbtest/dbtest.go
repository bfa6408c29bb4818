// Package dbtest gives tests an empty database on SQLite and on a real
// PostgreSQL server.
//
// Where NIANBAO_TEST_POSTGRES names a running server (a data source name whose
// user may create databases) its databases are made there; otherwise a server is
// started for the test. Where there is no PostgreSQL the test is skipped, or
// fails when NIANBAO_TEST_REQUIRE is set.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nianbao/storage/db"
)

// Each runs test as a subtest on each database.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// EachSource runs test on each database with a function that makes new empty
// ones, so that all of a suite shares one server.
func EachSource(t *testing.T, test func(t *testing.T, open func(t testing.TB) *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite) })
	t.Run("postgres", func(t *testing.T) {
		server := Server(t)
		test(t, func(t testing.TB) *db.DB { return open(t, NewDatabase(t, server)) })
	})
}

// SQLite opens a new database in a temporary directory.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	// A name that a URL would read as something else.
	d, err := db.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "年报 100%25?mode=ro#x.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeDB(t, d) })
	return d
}

// Postgres opens a new database on a server.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	return open(t, NewDatabase(t, Server(t)))
}

// Server is the data source name of a running server, for NewDatabase.
func Server(t testing.TB) string {
	t.Helper()
	if s := os.Getenv(envServer); s != "" {
		return s
	}
	return NewCluster(t).Source("postgres")
}

// NewDatabase creates an empty database, dropped at the end of the test, and
// gives its data source name.
func NewDatabase(t testing.TB, server string) string {
	t.Helper()
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "t" + strings.ToLower(rand.Text())
	ctx := context.WithoutCancel(t.Context()) // it has ended when the test is cleaned up
	if _, err := admin.ExecContext(ctx, "create database "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.ExecContext(ctx, "drop database "+name+" with (force)"); err != nil {
			t.Error(err)
		}
		if err := admin.Close(); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func open(t testing.TB, source string) *db.DB {
	t.Helper()
	d, err := db.OpenPostgres(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeDB(t, d) })
	return d
}

func closeDB(t testing.TB, d *db.DB) {
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}
