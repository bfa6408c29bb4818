package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"nianbao/storage/db"
)

// The kinds of errors of Restore.
var (
	// ErrDamaged: the file is no backup, not whole, or a checksum is wrong.
	ErrDamaged = errors.New("backup: damaged or no backup")
	// ErrNotEmpty: the database has rows in a table that would be restored.
	ErrNotEmpty = errors.New("backup: the database is in use")
	// ErrNewer: the backup has something that this version does not know.
	ErrNewer = errors.New("backup: made by a newer version")
)

// Open reads the manifest of a backup. Errors: ErrDamaged, ErrNewer.
func Open(r io.ReaderAt, size int64) (*Reader, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	f, err := z.Open(manifestName)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	b := &Reader{zip: z}
	err = errors.Join(json.NewDecoder(f).Decode(&b.Manifest), f.Close())
	if err != nil {
		return nil, fmt.Errorf("%w: manifest: %w", ErrDamaged, err)
	}
	if b.Manifest.Format != format || b.Manifest.Algorithm != algorithm {
		return nil, fmt.Errorf("%w: format %d with %s", ErrNewer, b.Manifest.Format, b.Manifest.Algorithm)
	}
	for _, t := range b.Manifest.Tables {
		if !slices.Contains(Tables(), t.Name) {
			return nil, fmt.Errorf("%w: table %q", ErrNewer, t.Name)
		}
	}
	return b, nil
}

// Reader is an open backup.
type Reader struct {
	Manifest Manifest
	zip      *zip.Reader
}

// Restore puts all tables back, or nothing. Without replace the tables must be
// empty; with it they are emptied first. No service may be using the database.
// Errors: ErrDamaged, ErrNotEmpty, ErrNewer.
func (b *Reader) Restore(ctx context.Context, d *db.DB, replace bool) error {
	return d.Change(ctx, func(tx *sql.Tx) error {
		for _, name := range slices.Backward(Tables()) {
			if err := makeRoom(ctx, tx, name, replace); err != nil {
				return err
			}
		}
		for _, name := range Tables() { // in order of reference
			i := slices.IndexFunc(b.Manifest.Tables, func(t Table) bool { return t.Name == name })
			if i < 0 {
				continue // the backup is of an older version
			}
			if err := b.restoreTable(ctx, tx, b.Manifest.Tables[i]); err != nil {
				return fmt.Errorf("backup: table %s: %w", name, err)
			}
		}
		return nil
	})
}

func makeRoom(ctx context.Context, tx *sql.Tx, name string, replace bool) error {
	if replace {
		if _, err := tx.ExecContext(ctx, `delete from `+name); err != nil {
			return fmt.Errorf("backup: emptying %s: %w", name, err)
		}
		return nil
	}
	var n int64
	if err := tx.QueryRowContext(ctx, `select count(*) from `+name).Scan(&n); err != nil {
		return fmt.Errorf("backup: table %s: %w", name, err)
	}
	if n > 0 {
		return fmt.Errorf("%w: table %s has %d rows", ErrNotEmpty, name, n)
	}
	return nil
}

func (b *Reader) restoreTable(ctx context.Context, tx *sql.Tx, t Table) (err error) {
	f, err := b.zip.Open(tablesPrefix + t.Name + tablesSuffix)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	known, err := columnsOf(ctx, tx, t.Name)
	if err != nil {
		return err
	}
	h := sha256.New()
	in := io.TeeReader(f, h)
	lines := json.NewDecoder(in)
	lines.UseNumber()
	n := int64(0)
	for ; ; n++ {
		var row map[string]any
		if err := lines.Decode(&row); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("%w: row %d: %w", ErrDamaged, n+1, err)
		}
		if err := insert(ctx, tx, t.Name, known, row); err != nil {
			return fmt.Errorf("row %d: %w", n+1, err)
		}
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != t.Digest || n != t.Rows {
		return fmt.Errorf("%w: %d rows of %s, the manifest says %d of %s", ErrDamaged, n, got, t.Rows, t.Digest)
	}
	return nil
}

// columnsOf are the table's columns: nothing else of a backup becomes SQL.
func columnsOf(ctx context.Context, tx *sql.Tx, name string) (columns []string, err error) {
	rows, err := tx.QueryContext(ctx, `select * from `+name+` where 1 = 0`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if columns, err = rows.Columns(); err != nil {
		return nil, err
	}
	return columns, rows.Err()
}

func insert(ctx context.Context, tx *sql.Tx, name string, known []string, row map[string]any) error {
	var columns, places []string
	var values []any
	for _, c := range known {
		v, ok := row[c]
		if !ok {
			continue // newer than the backup: has a default
		}
		if number, ok := v.(json.Number); ok {
			n, err := number.Int64()
			if err != nil {
				return fmt.Errorf("%w: column %s: %w", ErrDamaged, c, err)
			}
			v = n
		}
		columns = append(columns, c)
		values = append(values, v)
		places = append(places, "$"+strconv.Itoa(len(values)))
	}
	for c := range row {
		if !slices.Contains(known, c) {
			return fmt.Errorf("%w: column %q", ErrNewer, c)
		}
	}
	_, err := tx.ExecContext(ctx, `insert into `+name+` (`+strings.Join(columns, ", ")+`) values (`+strings.Join(places, ", ")+`)`, values...)
	return err
}
