package db_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

// TestStatements: what is asked again and again has the answers of now, whatever
// happened to the statement before.
func TestStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const ask = `select n from things where n >= $1 order by n`
		exec(t, d, `create table things (n bigint primary key)`)
		for n := range 3 {
			exec(t, d, `insert into things (n) values ($1)`, n)
		}
		if _, err := d.ExecContext(t.Context(), `insert into things (n) values ($1)`, 1); err == nil {
			t.Error("a number twice")
		}
		exec(t, d, `insert into things (n) values ($1)`, 3)
		if got := ints(t, d, ask, 1); got != "[1 2 3]" {
			t.Errorf("numbers %s", got)
		}
		exec(t, d, `alter table things add column more text`)
		exec(t, d, `delete from things where n = $1`, 2)
		if got := ints(t, d, ask, 1); got != "[1 3]" {
			t.Errorf("after the table was changed: %s", got)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := d.QueryContext(gone, ask, 0); err == nil { //nolint:rowserrcheck,sqlclosecheck // there are none
			t.Error("asked by nobody")
		}
		if got := ints(t, d, ask, 3); got != "[3]" {
			t.Errorf("after nobody asked: %s", got)
		}
	})
}

// TestStatementTwice: the same text is asked while the answer to it is still read;
// so in a transaction, which has one connection.
func TestStatementTwice(t *testing.T) {
	d := dbtest.SQLite(t)
	const ask = `with recursive k (n) as (select 1 union all select n + 1 from k where n < $1) select n from k`
	err := d.Change(t.Context(), func(tx *sql.Tx) error {
		outer, err := tx.QueryContext(t.Context(), ask, 2)
		if err != nil {
			return err
		}
		defer func() { _ = outer.Close() }()
		seen := 0
		for outer.Next() {
			seen++
			if got := ints(t, tx, ask, 3); got != "[1 2 3]" {
				t.Errorf("the inner: %s", got)
			}
		}
		if seen != 2 {
			t.Errorf("the outer had %d rows", seen)
		}
		return outer.Err()
	})
	if err != nil {
		t.Error(err)
	}
}

// TestManyStatements: more texts than are kept, and one too long to be.
func TestManyStatements(t *testing.T) {
	d := dbtest.SQLite(t)
	long := strings.Repeat(" ", 10_000)
	for range 2 {
		for n := range 400 {
			if got := ints(t, d, fmt.Sprintf(`select %d`, n)); got != fmt.Sprintf("[%d]", n) {
				t.Fatalf("%d: %s", n, got)
			}
		}
		if got := ints(t, d, `select 7`+long); got != "[7]" {
			t.Error(got)
		}
	}
}

func exec(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	if _, err := d.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

// ints are the numbers that a query gives.
func ints(t *testing.T, d interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, query string, args ...any,
) string {
	t.Helper()
	rows, err := d.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(all)
}
