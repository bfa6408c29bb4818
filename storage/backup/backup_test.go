package backup_test

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"nianbao/storage/backup"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
	"nianbao/storage/queue"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var made = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func exec(t *testing.T, d *db.DB, sql string, args ...any) {
	t.Helper()
	if _, err := d.ExecContext(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// fill puts rows into every table that is saved, with what is hard to keep: nulls,
// large numbers, quotes, line ends, every script.
func fill(t *testing.T, d *db.DB) {
	t.Helper()
	for i, expires := range []any{nil, int64(9_007_199_254_740_993)} { // beyond what a float holds
		exec(t, d, `insert into tokens (id, hash, name, role, bodies, created_us, expires_us) values ($1, $2, $3, 'admin', '["a"]', $4, $5)`,
			fmt.Sprint("t", i), "00ff", fmt.Sprintf("张三 \"%d\" <&>\r\n\u2028😀", i), int64(1_772_352_000_000_000), expires)
	}
	exec(t, d, `insert into sessions (hash, token_id, created_us, seen_us) values ('s', 't1', 1, 2)`)
	exec(t, d, `insert into report_shares (report_id, sender) values ('r', '张三')`)
	for i := range 300 {
		exec(t, d, `insert into audit (id, at_us, token_id, name, action, subject, remote, request_id, outcome)
			values ($1, $2, 't1', '张三', 'original', 'r', '::1', '', 'allowed')`, fmt.Sprintf("a%d", i), i)
	}
	exec(t, d, `insert into idempotency_keys (sender, key, fingerprint, subject, created_us) values ('张三', 'k', 'f', 'r', 3)`)
	// Is made anew from the archive, and not saved.
	exec(t, d, `insert into workers (id, host, started_us, seen_us, jobs) values ('w', 'h', 1, 2, 3)`)
}

// contents are the rows of the tables that are saved, as text.
func contents(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, table := range backup.Tables() {
		rows, err := d.QueryContext(t.Context(), `select * from `+table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		all[table] = []string{}
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for i, v := range values {
				fmt.Fprintf(&b, "%s=%#v ", columns[i], *v.(*any))
			}
			all[table] = append(all[table], b.String())
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		slices.Sort(all[table])
	}
	return all
}

func write(t *testing.T, d *db.DB) []byte {
	t.Helper()
	var b bytes.Buffer
	m, err := backup.Write(t.Context(), d, &b, "v1", made)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Tables) != len(backup.Tables()) {
		t.Errorf("%d tables, want %d", len(m.Tables), len(backup.Tables()))
	}
	return b.Bytes()
}

func open(t *testing.T, b []byte) *backup.Reader {
	t.Helper()
	r, err := backup.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRoundTrip: each database's backup goes into each database.
func TestRoundTrip(t *testing.T) {
	databases := map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite}
	server := dbtest.Server(t)
	databases["postgres"] = func(t testing.TB) *db.DB {
		t.Helper()
		d, err := db.OpenPostgres(t.Context(), dbtest.NewDatabase(t, server))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		return d
	}
	for from, openFrom := range databases {
		source := openFrom(t)
		fill(t, source)
		saved := write(t, source)
		want := contents(t, source)
		for to, openTo := range databases {
			t.Run(from+" to "+to, func(t *testing.T) {
				target := openTo(t)
				r := open(t, saved)
				if r.Manifest.Rows() != 305 || r.Manifest.Database != from || !r.Manifest.CreatedAt.Equal(made) {
					t.Errorf("manifest %+v", r.Manifest)
				}
				if err := r.Restore(t.Context(), target, false); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, contents(t, target)); diff != "" {
					t.Errorf("(-saved +restored):\n%s", diff)
				}
				if err := r.Restore(t.Context(), target, false); !errors.Is(err, backup.ErrNotEmpty) {
					t.Errorf("into a database in use: %v", err)
				}
				exec(t, target, `delete from audit`)
				exec(t, target, `update tokens set name = 'x' where id = 't1'`)
				if err := r.Restore(t.Context(), target, true); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, contents(t, target)); diff != "" {
					t.Errorf("replaced (-saved +restored):\n%s", diff)
				}
			})
		}
	}
}

// TestOneMoment: what is written while the backup is made is in all of its tables
// or in none.
func TestOneMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		for range 300 { // more than the zip writer holds back
			exec(t, d, `insert into sessions (hash, token_id, created_us, seen_us) values ($1, 't1', 1, 2)`, rand.Text())
		}
		var b bytes.Buffer
		w := &interrupted{w: &b, then: func() {
			exec(t, d, `insert into idempotency_keys (sender, key, fingerprint, subject, created_us) values ('late', 'k', 'f', 'r', 3)`)
		}}
		if _, err := backup.Write(t.Context(), d, w, "v1", made); err != nil {
			t.Fatal(err)
		}
		if w.then != nil {
			t.Fatal("nothing was written meanwhile")
		}
		for _, table := range open(t, b.Bytes()).Manifest.Tables {
			if table.Name == "idempotency_keys" && table.Rows != 1 {
				t.Errorf("%d keys; the late one does not belong to this moment", table.Rows)
			}
		}
	})
}

// interrupted does something else before it writes for the first time.
type interrupted struct {
	w    io.Writer
	then func()
}

func (i *interrupted) Write(p []byte) (int, error) {
	if i.then != nil {
		i.then()
		i.then = nil
	}
	return i.w.Write(p)
}

// rewrite makes another zip of a backup's files.
func rewrite(t *testing.T, saved []byte, change func(name string, content []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(saved), int64(len(saved)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if content = change(f.Name, content); content == nil {
			continue
		}
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRefused: a backup that is damaged or not understood changes nothing.
func TestRefused(t *testing.T) {
	source := dbtest.SQLite(t)
	fill(t, source)
	saved := write(t, source)
	in := func(file string, change func([]byte) []byte) []byte {
		return rewrite(t, saved, func(name string, content []byte) []byte {
			if name == file {
				return change(content)
			}
			return content
		})
	}
	replace := func(old, with string) func([]byte) []byte {
		return func(b []byte) []byte {
			if !bytes.Contains(b, []byte(old)) {
				t.Fatalf("no %q", old)
			}
			return bytes.Replace(b, []byte(old), []byte(with), 1)
		}
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"half":           {saved[:len(saved)/2], backup.ErrDamaged},
		"no zip":         {[]byte("a letter"), backup.ErrDamaged},
		"no manifest":    {in("manifest.json", func([]byte) []byte { return nil }), backup.ErrDamaged},
		"no table":       {in("tables/tokens.ndjson", func([]byte) []byte { return nil }), backup.ErrDamaged},
		"other content":  {in("tables/audit.ndjson", replace("allowed", "refused")), backup.ErrDamaged},
		"row lost":       {in("tables/audit.ndjson", func(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] }), backup.ErrDamaged},
		"no JSON":        {in("tables/audit.ndjson", func(b []byte) []byte { return b[:len(b)-5] }), backup.ErrDamaged},
		"newer format":   {in("manifest.json", replace(`"format": 1`, `"format": 2`)), backup.ErrNewer},
		"newer table":    {in("manifest.json", replace(`"audit"`, `"reports; drop table tokens"`)), backup.ErrNewer},
		"newer column":   {in("tables/audit.ndjson", replace(`"outcome"`, `"outcome) select 1; --"`)), backup.ErrNewer},
		"no whole count": {in("tables/audit.ndjson", replace(`"at_us":0`, `"at_us":0.5`)), backup.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			target := dbtest.SQLite(t)
			before := contents(t, target)
			r, err := backup.Open(bytes.NewReader(c.file), int64(len(c.file)))
			if err == nil {
				err = r.Restore(t.Context(), target, false)
			}
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if diff := cmp.Diff(before, contents(t, target)); diff != "" {
				t.Errorf("it changed something:\n%s", diff)
			}
		})
	}
}

// TestEveryTable: whoever adds a table says whether it is saved.
func TestEveryTable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := queue.Open(t.Context(), d); err != nil { // makes its own
			t.Fatal(err)
		}
		query := `select name from sqlite_master where type = 'table'`
		if d.Dialect == db.Postgres {
			query = `select table_name from information_schema.tables where table_schema = current_schema()`
		}
		rows, err := d.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		n := 0
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			if slices.Contains(backup.Tables(), name) {
				n++
				continue
			}
			if !slices.ContainsFunc(backup.Derived(), func(d string) bool {
				prefix, open := strings.CutSuffix(d, "*")
				return d == name || open && strings.HasPrefix(name, prefix)
			}) {
				t.Errorf("table %s: is it saved (backup.Tables) or made anew (backup.Derived)?", name)
			}
		}
		if err := rows.Err(); err != nil || n != len(backup.Tables()) {
			t.Errorf("%d of %d tables are there, %v", n, len(backup.Tables()), err)
		}
	})
}

func TestManifest(t *testing.T) {
	saved := write(t, dbtest.SQLite(t))
	rewrite(t, saved, func(name string, content []byte) []byte {
		if name == "manifest.json" {
			var m map[string]any
			if err := json.Unmarshal(content, &m); err != nil || m["program"] != "v1" || m["algorithm"] != "SHA-256" {
				t.Errorf("%v, %v", m, err)
			}
		}
		return content
	})
}
