package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// migrate brings the tables up to date.
func (d *DB) migrate(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// Version is the number of the last migration the database has.
func (d *DB) Version(ctx context.Context) (int64, error) {
	p, err := d.provider()
	if err != nil {
		return 0, fmt.Errorf("db: %w", err)
	}
	n, err := p.GetDBVersion(ctx)
	if err != nil {
		return 0, fmt.Errorf("db: %w", err)
	}
	return n, nil
}

func (d *DB) provider() (*goose.Provider, error) {
	files := overlay{common: "migrations/common", own: "migrations/" + string(d.Dialect)}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if d.Dialect == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // asks every second
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, d.Writer, files, options...)
}

// overlay is the migrations for both databases with those for one laid over
// them: a flat directory, which is all that goose reads.
type overlay struct{ common, own string }

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	if f, err := migrations.Open(o.own + "/" + name); err == nil {
		return f, nil
	}
	return migrations.Open(o.common + "/" + name)
}

// ReadDir implements fs.ReadDirFS, in order of names. One number in both
// directories is a mistake.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	all, err := migrations.ReadDir(o.common)
	if err != nil {
		return nil, err
	}
	own, err := migrations.ReadDir(o.own)
	if err != nil {
		return nil, err
	}
	all = append(all, own...)
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for i := 1; i < len(all); i++ {
		if n, _, _ := strings.Cut(all[i].Name(), "_"); strings.HasPrefix(all[i-1].Name(), n+"_") {
			return nil, fmt.Errorf("two migrations have the number %s", n)
		}
	}
	return all, nil
}
