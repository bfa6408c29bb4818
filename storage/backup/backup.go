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
	"time"

	"nianbao/storage/db"
)

// format is the version of the format. A reader refuses others.
const format = 1

const (
	manifestName = "manifest.json"
	tablesPrefix = "tables/"
	tablesSuffix = ".ndjson"
)

// Manifest is what a backup says of itself.
type Manifest struct {
	Format    int       `json:"format"`
	CreatedAt time.Time `json:"created_at"` // UTC
	Program   string    `json:"program"`
	Database  string    `json:"database"` // sqlite or postgres
	Algorithm string    `json:"algorithm"`
	Tables    []Table   `json:"tables"`
}

// Table is one table in a backup.
type Table struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"` // of its file, in hex
}

// Rows is the number of rows of all tables.
func (m *Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

const algorithm = "SHA-256"

// Write writes a backup. What fails leaves a file that Restore refuses.
func Write(ctx context.Context, d *db.DB, w io.Writer, program string, now time.Time) (*Manifest, error) {
	m := &Manifest{Format: format, CreatedAt: now.UTC().Truncate(time.Second), Program: program,
		Database: string(d.Dialect), Algorithm: algorithm}
	// On both databases a snapshot of one moment. SQLite takes no writer's lock
	// for it.
	tx, err := d.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // was only read
	z := zip.NewWriter(w)
	for _, name := range Tables() {
		t, err := writeTable(ctx, tx, z, name)
		if err != nil {
			return nil, fmt.Errorf("backup: table %s: %w", name, err)
		}
		m.Tables = append(m.Tables, t)
	}
	f, err := z.Create(manifestName)
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	e := json.NewEncoder(f)
	e.SetIndent("", "  ")
	if err := errors.Join(e.Encode(m), z.Close()); err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	return m, nil
}

func writeTable(ctx context.Context, tx *sql.Tx, z *zip.Writer, name string) (t Table, err error) {
	f, err := z.Create(tablesPrefix + name + tablesSuffix)
	if err != nil {
		return t, err
	}
	h := sha256.New()
	t = Table{Name: name}
	lines := json.NewEncoder(io.MultiWriter(f, h))
	lines.SetEscapeHTML(false)
	rows, err := tx.QueryContext(ctx, `select * from `+name+` order by 1, 2`)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return t, err
	}
	values := make([]any, len(columns))
	places := make([]any, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return t, err
		}
		row := make(map[string]any, len(columns))
		for i, c := range columns {
			if row[c], err = plain(values[i]); err != nil {
				return t, fmt.Errorf("column %s: %w", c, err)
			}
		}
		if err := lines.Encode(row); err != nil {
			return t, err
		}
		t.Rows++
	}
	t.Digest = hex.EncodeToString(h.Sum(nil))
	return t, rows.Err()
}

// plain is a value that JSON keeps exactly; the tables have no others.
func plain(v any) (any, error) {
	switch v.(type) {
	case nil, string, int64, bool:
		return v, nil
	}
	return nil, fmt.Errorf("values of type %T cannot be saved", v)
}
