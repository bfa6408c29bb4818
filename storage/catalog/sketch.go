package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"nianbao/convert/intake"
	"nianbao/storage/db"
)

// writeSketch puts a report's keys in the place of those it had; a nil sketch leaves
// them. They go as one parameter, so that the statement is the same however many
// they are.
func (c *Catalog) writeSketch(ctx context.Context, tx *sql.Tx, row intake.Row, place int64) error {
	if row.Sketch == nil {
		return nil
	}
	if err := unsketch(ctx, tx, place); err != nil || len(row.Sketch) == 0 {
		return err
	}
	keys, err := json.Marshal(row.Sketch)
	if err != nil {
		return fmt.Errorf("catalog: sketch of %s: %w", row.ID, err)
	}
	list := `json_each($2)`
	if c.db.Dialect == db.Postgres {
		list = `json_array_elements_text(cast($2 as json))`
	}
	_, err = tx.ExecContext(ctx, `insert into sketches (place, hash) select cast($1 as bigint), cast(value as bigint) from `+list+
		` where true on conflict do nothing`, place, string(keys))
	if err != nil {
		return fmt.Errorf("catalog: sketch of %s: %w", row.ID, err)
	}
	return nil
}

func unsketch(ctx context.Context, tx *sql.Tx, place int64) error {
	if _, err := tx.ExecContext(ctx, `delete from sketches where place = $1`, place); err != nil {
		return fmt.Errorf("catalog: sketches: %w", err)
	}
	return nil
}

// moveSketch follows a report to another place.
func moveSketch(ctx context.Context, tx *sql.Tx, from, to int64) error {
	if _, err := tx.ExecContext(ctx, `update sketches set place = $2 where place = $1`, from, to); err != nil {
		return fmt.Errorf("catalog: sketches: %w", err)
	}
	return nil
}
