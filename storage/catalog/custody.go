package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
)

var _ custody.Catalog = (*Catalog)(nil)

// Holdings implements custody.Catalog.
func (c *Catalog) Holdings(ctx context.Context, after string, limit int) (found []custody.Row, err error) {
	rows, err := c.db.QueryContext(ctx, `select id, sha256, size_bytes, state from reports where sha256 > $1
		order by sha256 limit $2`, after, limit)
	if err != nil {
		return nil, fmt.Errorf("catalog: holdings: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r custody.Row
		if err := rows.Scan(&r.ID, &r.SHA256, &r.Size, &r.State); err != nil {
			return nil, fmt.Errorf("catalog: holdings: %w", err)
		}
		found = append(found, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("catalog: holdings: %w", err)
	}
	return found, nil
}

// Holding implements custody.Catalog.
func (c *Catalog) Holding(ctx context.Context, id string) (custody.Row, error) {
	r := custody.Row{ID: id}
	if !sayable(id) {
		return r, fmt.Errorf("catalog: report %q: %w", id, intake.ErrNotFound)
	}
	err := c.db.QueryRowContext(ctx, `select sha256, size_bytes, state from reports where id = $1`, id).
		Scan(&r.SHA256, &r.Size, &r.State)
	if errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("catalog: report %q: %w", id, intake.ErrNotFound)
	}
	if err != nil {
		return r, fmt.Errorf("catalog: report %q: %w", id, err)
	}
	return r, nil
}
