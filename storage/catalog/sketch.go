package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"nianbao/convert/intake"
)

// writeSketch puts a report's keys in the place of those it had; a nil sketch leaves
// them.
func writeSketch(ctx context.Context, tx *sql.Tx, row intake.Row, place int64) error {
	if row.Sketch == nil {
		return nil
	}
	if err := unsketch(ctx, tx, place); err != nil || len(row.Sketch) == 0 {
		return err
	}
	args := make([]any, 0, 1+len(row.Sketch))
	args = append(args, place)
	var values strings.Builder
	for i, key := range row.Sketch {
		if i > 0 {
			values.WriteString(", ")
		}
		args = append(args, key)
		fmt.Fprintf(&values, "($1, $%d)", len(args))
	}
	_, err := tx.ExecContext(ctx, `insert into sketches (place, hash) values `+values.String()+` on conflict do nothing`, args...)
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
