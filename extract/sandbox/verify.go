package sandbox

import (
	"fmt"

	"nianbao/extract"
)

const (
	// maxWarnings bounds the loss account of one file: a few for each page.
	maxWarnings = 100_000
	// maxDetailBytes bounds the text of an error.
	maxDetailBytes = 64 << 10
)

// verify checks what a child answered before anybody indexes with it: a file
// that took a child over must not be able to crash the parent.
func verify(e *extract.Extraction, lim extract.Limits) error {
	if e.Format.MediaType() == extract.Format("").MediaType() {
		return fmt.Errorf("unknown format %q", e.Format)
	}
	d := e.Document
	if d == nil {
		return fmt.Errorf("no document")
	}
	if len(e.Warnings) > maxWarnings {
		return fmt.Errorf("%d warnings", len(e.Warnings))
	}
	for i := range d.Blocks {
		if t := d.Blocks[i].Table; t != nil && (*t < 0 || *t >= len(d.Tables)) {
			return fmt.Errorf("block %d names table %d of %d", i, *t, len(d.Tables))
		}
	}
	for i := range d.Tables {
		if err := verifyTable(&d.Tables[i], int64(lim.TableCells)); err != nil {
			return fmt.Errorf("table %d: %w", i, err)
		}
	}
	return nil
}

// verifyTable checks that the grid is within limits and that the cells lie in it.
func verifyTable(t *extract.Table, maxCells int64) error {
	rows, columns := int64(t.Rows), int64(t.Columns)
	if rows < 0 || columns < 0 || rows > maxCells || columns > maxCells || rows*columns > maxCells {
		return fmt.Errorf("grid of %d × %d", rows, columns)
	}
	if t.HeaderRows < 0 || t.HeaderRows > t.Rows {
		return fmt.Errorf("%d header rows of %d", t.HeaderRows, t.Rows)
	}
	if n := len(t.ColumnWidths); n > 0 && n != t.Columns {
		return fmt.Errorf("%d widths of %d columns", n, t.Columns)
	}
	covered := int64(0)
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row < 0 || c.Column < 0 || c.RowSpan < 1 || c.ColumnSpan < 1 ||
			c.Row >= t.Rows || c.Column >= t.Columns ||
			c.RowSpan > t.Rows-c.Row || c.ColumnSpan > t.Columns-c.Column {
			return fmt.Errorf("cell %d lies outside of %d × %d", i, rows, columns)
		}
		covered += int64(c.RowSpan) * int64(c.ColumnSpan)
	}
	if covered > rows*columns {
		return fmt.Errorf("cells overlap")
	}
	return nil
}

// verifyError checks that a child's error is one of the closed set and short
// enough to be shown and stored.
func verifyError(e *extract.Error) error {
	if len(e.Detail)+len(e.Limit) > maxDetailBytes {
		return fmt.Errorf("error detail of %d bytes", len(e.Detail)+len(e.Limit))
	}
	switch e.Code {
	case extract.CodeUnsupported, extract.CodeEncrypted, extract.CodeDamaged, extract.CodeLimit, extract.CodeTimeout:
		return nil
	}
	return fmt.Errorf("unknown error code %q", e.Code)
}
