package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"modernc.org/sqlite"
)

// Dialect says which database it is, for the few places where SQL differs.
type Dialect string

// The databases.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DB is an open database whose tables are up to date. It is safe for concurrent
// use. Its methods read from the pool; Change and ExecContext write through Writer.
type DB struct {
	*sql.DB
	Dialect Dialect
	// Writer is what writes: on PostgreSQL the pool itself, on SQLite a pool of one
	// connection. SQLite has one writer at a time anyway; here they queue, where on
	// several connections they would sleep and ask again, and each would read anew
	// what another one wrote, since a connection's pages are its own. Whoever has its
	// transaction must not ask it for another.
	Writer *sql.DB
	// Source is the data source name it was opened with. It may hold a password.
	Source string
}

// String names the database without its password.
func (d *DB) String() string { return Redact(d.Source) }

// GoString is String: %#v must not print the password either.
func (d *DB) GoString() string { return d.String() }

// sqlitePragmas: writers wait for each other instead of failing; a transaction
// that writes begins as a writer; FULL, for what was answered outlives a power
// cut.
const sqlitePragmas = "_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(1)&_txlock=immediate&_time_format=sqlite"

// writerPragmas: the writer keeps the upper pages of all indexes (16 MiB), and lets
// the log grow to as much before it is copied: a page that many reports change is
// copied once for all of them.
const writerPragmas = sqlitePragmas + "&_pragma=cache_size(-16384)&_pragma=wal_autocheckpoint(4096)"

const (
	// sqliteConns lets lists be read while something is written.
	sqliteConns = 4
	// postgresConns leaves room for several processes below the hundred
	// connections a server allows by default.
	postgresConns    = 16
	postgresIdleTime = 5 * time.Minute
)

// OpenSQLite opens the database in the file, creates it with mode 0600 where it
// is missing and brings its tables up to date. Close it in the end. A service
// takes Lock first.
func OpenSQLite(ctx context.Context, file string) (*DB, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	// SQLite would create it readable for others; its companions take the mode.
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	pool, err := sqlitePool(file, sqlitePragmas, sqliteConns)
	if err != nil {
		return nil, err
	}
	writer, err := sqlitePool(file, writerPragmas, 1)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	d := &DB{DB: pool, Writer: writer, Dialect: SQLite, Source: file}
	return d, d.prepare(ctx)
}

// sqlitePool has up to conns connections to the file, which stay open for what they
// keep: pages and prepared statements.
func sqlitePool(file, pragmas string, conns int) (*sql.DB, error) {
	dsn := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(file), RawQuery: pragmas}
	connector, err := sqlite.NewConnector(dsn.String())
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	pool := sql.OpenDB(preparing{connector})
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	return pool, nil
}

// OpenPostgres opens the database of the data source name (a URL or key=value
// pairs, as libpq has them) and brings its tables up to date. Processes that do
// so at the same time wait for each other.
func OpenPostgres(ctx context.Context, source string) (*DB, error) {
	if _, err := pgx.ParseConfig(source); err != nil {
		// The parser's error quotes the source, password and all.
		return nil, errors.New("db: 数据库地址有误：应为 postgres://用户:口令@主机:端口/库名")
	}
	pool, err := sql.Open("pgx", source)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	pool.SetConnMaxIdleTime(postgresIdleTime)
	d := &DB{DB: pool, Writer: pool, Dialect: Postgres, Source: source}
	return d, d.prepare(ctx)
}

// prepare migrates; where that fails the database is closed again.
func (d *DB) prepare(ctx context.Context) error {
	if err := d.migrate(ctx); err != nil {
		return errors.Join(fmt.Errorf("db: %s: %w", d, err), d.Close())
	}
	return nil
}

// Redact hides the password in a data source name.
func Redact(source string) string {
	u, err := url.Parse(source)
	if err != nil || u.Scheme == "" {
		c, err := pgx.ParseConfig(source)
		if err != nil || c.Password == "" {
			return source
		}
		return fmt.Sprintf("postgres://%s:xxxxx@%s:%d/%s", c.User, c.Host, c.Port, c.Database)
	}
	if q := u.Query(); q.Has("password") {
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

const (
	// attempts is how often a transaction is tried that met another one.
	attempts = 6
	// pause grows with each of them.
	pause = 5 * time.Millisecond
)

// Change runs f in a transaction and commits where it returns nil. Where the
// database broke it off for the sake of another transaction (deadlock), f runs
// again, so it must do nothing beside the database.
func (d *DB) Change(ctx context.Context, f func(*sql.Tx) error) error {
	for n := 1; ; n++ {
		err := d.once(ctx, f)
		if n == attempts || !crossed(err) {
			return err
		}
		wait := time.NewTimer(time.Duration(n)*pause + rand.N(pause)) //nolint:gosec // spreads retries, no secret
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return err
		}
	}
}

// ExecContext hides the pool's: it writes.
func (d *DB) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return d.Writer.ExecContext(ctx, query, args...)
}

// Close closes all connections.
func (d *DB) Close() error {
	if d.Writer == d.DB {
		return d.DB.Close()
	}
	// The writer last: it leaves the log copied and removed.
	return errors.Join(d.DB.Close(), d.Writer.Close())
}

func (d *DB) once(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := d.Writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("db: %w", err)
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("db: %w", err)
	}
	return nil
}

// crossed tells that a transaction can be tried again: serialization_failure and
// deadlock_detected (PostgreSQL, appendix A).
func crossed(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

// ForUpdate is what a select in a transaction ends with to keep others from
// changing its rows: SQLite has one writer at a time and no such clause.
func (d *DB) ForUpdate() string {
	if d.Dialect == Postgres {
		return " for update"
	}
	return ""
}

// Exclusively runs f while no other process does so under the same name. On
// SQLite other processes are kept out by Lock, or wait for each other's writes.
func (d *DB) Exclusively(ctx context.Context, name string, f func() error) (err error) {
	if d.Dialect == SQLite {
		return f()
	}
	conn, err := d.Conn(ctx)
	if err != nil {
		return fmt.Errorf("db: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, `select pg_advisory_lock(hashtext($1))`, name); err != nil {
		return fmt.Errorf("db: locking %q: %w", name, err)
	}
	err = f()
	_, unlock := conn.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock(hashtext($1))`, name)
	return errors.Join(err, unlock)
}

// Planned is the arguments of a statement that is to be planned for these very
// values. PostgreSQL otherwise plans a statement that comes again and again once
// for any values, which for words and filters of a list is no plan at all.
func (d *DB) Planned(args []any) []any {
	if d.Dialect == Postgres {
		return append([]any{pgx.QueryExecModeCacheDescribe}, args...)
	}
	return args
}
