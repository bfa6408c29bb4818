package catalog

import (
	"context"
	"database/sql"
	"fmt"

	"nianbao/convert/intake"
	"nianbao/storage/db"
)

// Catalog is a catalog in a database. It is safe for concurrent use.
type Catalog struct {
	db *db.DB
}

var _ intake.Catalog = (*Catalog)(nil)

// New gives the catalog in d, which the caller closes in the end.
func New(d *db.DB) *Catalog { return &Catalog{db: d} }

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
	return c.db.Change(ctx, f)
}
