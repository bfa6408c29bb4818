package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"sync/atomic"
	"time"

	"nianbao/convert/bodies"
	"nianbao/convert/intake"
	"nianbao/storage/db"
)

// Catalog is a catalog in a database. It is safe for concurrent use.
type Catalog struct {
	db    *db.DB
	queue Enqueuer
	clock func() time.Time
	ways  ways
	list  atomic.Pointer[bodies.List] // as last read: every report that is written asks it
}

var _ intake.Catalog = (*Catalog)(nil)

// Enqueuer puts jobs into the queue within a transaction and returns the queue's
// numbers for them; storage/queue has one.
type Enqueuer interface {
	Enqueue(ctx context.Context, tx *sql.Tx, jobs []intake.Job) ([]int64, error)
}

// New gives the catalog in d, which the caller closes in the end. Jobs go to
// queue, which must use the same database.
func New(d *db.DB, queue Enqueuer) *Catalog {
	return &Catalog{db: d, queue: queue, clock: time.Now, ways: ways{few: fewRows, slow: slowRows}}
}

// WithClock replaces the clock, for tests; call it before anything else.
func (c *Catalog) WithClock(clock func() time.Time) *Catalog {
	c.clock = clock
	return c
}

func (c *Catalog) now() int64 { return c.clock().UnixMicro() }

// Ping implements intake.Lists.
func (c *Catalog) Ping(ctx context.Context) error {
	var n int
	if err := c.db.QueryRowContext(ctx, `select count(*) from reports where id = ''`).Scan(&n); err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	return nil
}

// Clear takes away all reports and batches, for intake.Service.Rebuild. What else
// the database has stays; jobs find their reports gone.
func (c *Catalog) Clear(ctx context.Context) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		// The rest goes with batches and reports.
		for _, table := range []string{"batches", "reports", "search", "sketches", "body_choices", "bodies"} {
			if _, err := tx.ExecContext(ctx, `delete from `+table); err != nil {
				return fmt.Errorf("catalog: clearing %s: %w", table, err)
			}
		}
		if _, err := tx.ExecContext(ctx, `update body_list set version = 0`); err != nil {
			return fmt.Errorf("catalog: clearing bodies: %w", err)
		}
		return nil
	})
}

// change runs f in a transaction.
func (c *Catalog) change(ctx context.Context, f func(*sql.Tx) error) error {
	return c.db.Change(ctx, f)
}
