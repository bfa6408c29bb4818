package catalog

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"nianbao/convert/intake"
)

//go:embed migrations
var migrations embed.FS

// Catalog is a catalog in a database. It is safe for concurrent use.
type Catalog struct {
	db   *sql.DB
	lock io.Closer // keeps other processes out
}

var _ intake.Catalog = (*Catalog)(nil)

// sqlitePragmas: writers wait for each other instead of failing; a transaction
// that writes begins as a writer; FULL, for what was answered outlives a power
// cut.
const sqlitePragmas = "_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(1)&_txlock=immediate&_time_format=sqlite"

// sqliteConns lets lists be read while something is written.
const sqliteConns = 4

// OpenSQLite opens the catalog in the file, creates it with mode 0600 where it
// is missing and brings its tables up to date. Close it in the end. One process
// at a time may have it open: what is converted, and what a killed process left,
// is known within one process only. Errors: ErrInUse.
func OpenSQLite(ctx context.Context, file string) (*Catalog, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	lock, err := acquire(file + ".lock")
	if err != nil {
		return nil, err
	}
	db, err := openSQLite(ctx, file)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return &Catalog{db: db, lock: lock}, nil
}

func openSQLite(ctx context.Context, file string) (*sql.DB, error) {
	// SQLite would create it readable for others; its companions take the mode.
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	dsn := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(file), RawQuery: sqlitePragmas}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	db.SetMaxOpenConns(sqliteConns)
	if err := migrate(ctx, goose.DialectSQLite3, db); err != nil {
		return nil, errors.Join(fmt.Errorf("catalog: %s: %w", file, err), db.Close())
	}
	return db, nil
}

func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB) error {
	common, err := fs.Sub(migrations, "migrations/common")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, db, common)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// Close waits for the queries under way, closes the database and lets other
// processes have it. Whatever is asked later is an error.
func (c *Catalog) Close() error {
	if err := errors.Join(c.db.Close(), c.lock.Close()); err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	return nil
}

// Ping implements intake.Lists.
func (c *Catalog) Ping(ctx context.Context) error {
	var n int
	if err := c.db.QueryRowContext(ctx, `select count(*) from reports where id = ''`).Scan(&n); err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	return nil
}

// change runs f in a transaction.
func (c *Catalog) change(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	return nil
}
