package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"nianbao/convert/intake"
)

// CreateBatch implements intake.Batches.
func (c *Catalog) CreateBatch(ctx context.Context, b intake.Batch) (created bool, err error) {
	res, err := c.db.ExecContext(ctx, `insert into batches (id, name, sender, state, created_us, touched_us)
		values ($1, $2, $3, $4, $5, $5) on conflict (id) do nothing`, b.ID, b.Name, b.Sender, string(b.State), b.CreatedAt.UnixMicro())
	if err != nil {
		return false, fmt.Errorf("catalog: batch %s: %w", b.ID, err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// addFiles gives the files their numbers and records them. What the batch has
// already, the same bytes under the same path, has come again after a connection
// broke, and is not added.
func (c *Catalog) addFiles(ctx context.Context, tx *sql.Tx, batch string, files []intake.Admission, rows []intake.Row) error {
	var next, event int64
	err := tx.QueryRowContext(ctx, `update batches set touched_us = $2 where id = $1 and state = 'receiving' returning files, last_event`,
		batch, c.now()).Scan(&next, &event)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("catalog: batch %s is not receiving: %w", batch, intake.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("catalog: batch %s: %w", batch, err)
	}
	for i := range files {
		f, row := files[i].File, rows[i]
		if row.ID != "" {
			f.ReportID, f.State, f.Problem, f.Known = row.ID, row.State, row.Problem, !files[i].Created
			had, again, err := fileAgain(ctx, tx, batch, f)
			if err != nil {
				return err
			}
			if again {
				if had.State != row.State { // queued anew
					event++
					had.State, had.Problem, had.Event = row.State, row.Problem, event
					if err := setFile(ctx, tx, batch, had); err != nil {
						return err
					}
				}
				*f = had
				continue
			}
		}
		event++
		f.Seq, f.Event = next, event
		next++
		if err := insertFile(ctx, tx, batch, f); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `update batches set files = $2, last_event = $3 where id = $1`, batch, next, event); err != nil {
		return fmt.Errorf("catalog: batch %s: %w", batch, err)
	}
	return nil
}

// fileAgain finds a file that the batch has already.
func fileAgain(ctx context.Context, tx *sql.Tx, batch string, f *intake.BatchFile) (had intake.BatchFile, again bool, err error) {
	had, err = scanFile(tx.QueryRowContext(ctx, `select seq, `+fileColumns+` from batch_files
		where report_id = $1 and batch_id = $2 and path = $3 and sha256 = $4 order by seq limit 1`, f.ReportID, batch, f.Path, f.SHA256))
	if errors.Is(err, sql.ErrNoRows) {
		return had, false, nil
	}
	if err != nil {
		return had, false, fmt.Errorf("catalog: batch %s: %w", batch, err)
	}
	return had, true, nil
}

func setFile(ctx context.Context, tx *sql.Tx, batch string, f intake.BatchFile) error {
	problem, err := packProblem(f.Problem)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `update batch_files set state = $3, problem = $4, event = $5 where batch_id = $1 and seq = $2`,
		batch, f.Seq, string(f.State), problem, f.Event)
	if err != nil {
		return fmt.Errorf("catalog: file %d of batch %s: %w", f.Seq, batch, err)
	}
	return nil
}

func insertFile(ctx context.Context, tx *sql.Tx, batch string, f *intake.BatchFile) error {
	problem, err := packProblem(f.Problem)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `insert into batch_files (batch_id, seq, `+fileColumns+`)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, batch, f.Seq,
		f.Path, f.SHA256, f.Size, f.ReportID, f.Known, string(f.State), problem, f.Event)
	if err != nil {
		return fmt.Errorf("catalog: file %d of batch %s: %w", f.Seq, batch, err)
	}
	return nil
}

const (
	fileColumns  = `path, sha256, size_bytes, report_id, known, state, problem, event`
	batchColumns = `id, name, sender, state, created_us, touched_us, last_event, recorded, ended_event = last_event`
)

func scanFile(s scanner) (f intake.BatchFile, err error) {
	var problem *string
	err = s.Scan(&f.Seq, &f.Path, &f.SHA256, &f.Size, &f.ReportID, &f.Known, &f.State, &problem, &f.Event)
	if err != nil {
		return f, err
	}
	f.Problem, err = unpackProblem(problem)
	return f, err
}

func scanBatch(s scanner) (b intake.Batch, err error) {
	var created, touched int64
	err = s.Scan(&b.ID, &b.Name, &b.Sender, &b.State, &created, &touched, &b.LastEvent, &b.Recorded, &b.EndRecorded)
	b.CreatedAt, b.TouchedAt = time.UnixMicro(created).UTC(), time.UnixMicro(touched).UTC()
	return b, err
}

// Batch implements intake.Batches.
func (c *Catalog) Batch(ctx context.Context, id string) (intake.Batch, error) {
	if !sayable(id) {
		return intake.Batch{}, fmt.Errorf("catalog: batch %q: %w", id, intake.ErrNotFound)
	}
	b, err := scanBatch(c.db.QueryRowContext(ctx, `select `+batchColumns+` from batches where id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return b, fmt.Errorf("catalog: batch %q: %w", id, intake.ErrNotFound)
	}
	if err != nil {
		return b, fmt.Errorf("catalog: batch %q: %w", id, err)
	}
	return b, c.count(ctx, &b)
}

// count fills in the counts.
func (c *Catalog) count(ctx context.Context, b *intake.Batch) error {
	rows, err := c.db.QueryContext(ctx, `select state, count(*) from batch_files where batch_id = $1 group by state`, b.ID)
	return each(rows, err, func(s scanner) error {
		var state intake.State
		var n int
		if err := s.Scan(&state, &n); err != nil {
			return err
		}
		b.Counts.Total += n
		switch state {
		case intake.StateQueued:
			b.Counts.Queued = n
		case intake.StateRunning:
			b.Counts.Running = n
		case intake.StateDone:
			b.Counts.Done = n
		case intake.StateFailed:
			b.Counts.Failed = n
		case intake.StateCancelled:
			b.Counts.Cancelled = n
		default:
			return fmt.Errorf("catalog: batch %s has files in state %q", b.ID, state)
		}
		return nil
	})
}

// BatchList implements intake.Batches.
func (c *Catalog) BatchList(ctx context.Context, f intake.BatchFilter) (page intake.BatchPage, err error) {
	limit, err := pageLimit(f.Limit)
	if err != nil {
		return page, err
	}
	var cond conditions
	if f.Sender != nil {
		cond.add(`sender = ?`, *f.Sender)
	}
	if f.Cursor != "" {
		us, id, err := parseCursor(f.Cursor)
		if err != nil {
			return page, err
		}
		cond.add(`(created_us, id) < (?, ?)`, us, id)
	}
	args := append(cond.args, limit+1)
	rows, err := c.db.QueryContext(ctx, `select `+batchColumns+` from batches`+cond.where()+
		` order by created_us desc, id desc limit $`+strconv.Itoa(len(args)), args...)
	page.Items = make([]intake.Batch, 0, limit)
	err = each(rows, err, func(s scanner) error {
		b, err := scanBatch(s)
		page.Items = append(page.Items, b)
		return err
	})
	if err != nil {
		return page, err
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		last := page.Items[limit-1]
		page.Next = cursor(last.CreatedAt.UnixMicro(), last.ID)
	}
	for i := range page.Items {
		if err := c.count(ctx, &page.Items[i]); err != nil {
			return page, err
		}
	}
	return page, nil
}

// BatchFiles implements intake.Batches.
func (c *Catalog) BatchFiles(ctx context.Context, id string, after int64, limit int) ([]intake.BatchFile, error) {
	if !sayable(id) {
		return nil, nil
	}
	return files(c.db.QueryContext(ctx, `select seq, `+fileColumns+` from batch_files
		where batch_id = $1 and seq > $2 order by seq limit $3`, id, after, limit))
}

// BatchEvents implements intake.Batches.
func (c *Catalog) BatchEvents(ctx context.Context, id string, after int64, limit int) ([]intake.BatchFile, error) {
	if !sayable(id) {
		return nil, nil
	}
	return files(c.db.QueryContext(ctx, `select seq, `+fileColumns+` from batch_files
		where batch_id = $1 and event > $2 order by event, seq limit $3`, id, after, limit))
}

func files(rows *sql.Rows, err error) (all []intake.BatchFile, _ error) {
	err = each(rows, err, func(s scanner) error {
		f, err := scanFile(s)
		all = append(all, f)
		return err
	})
	return all, err
}

// CloseBatch implements intake.Batches.
func (c *Catalog) CloseBatch(ctx context.Context, id string) error {
	if !sayable(id) {
		return fmt.Errorf("catalog: batch %q: %w", id, intake.ErrNotFound)
	}
	return c.change(ctx, func(tx *sql.Tx) error {
		if _, err := nextEvents(ctx, tx, id, 1); errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("catalog: batch %q: %w", id, intake.ErrNotFound)
		} else if err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `update batches set state = 'running' where id = $1 and state = 'receiving'`, id)
		if err != nil {
			return fmt.Errorf("catalog: batch %s: %w", id, err)
		}
		return finishBatch(ctx, tx, id)
	})
}

// PutBatch implements intake.Batches. What the caller read of the reports may be
// over: open files are in the state of their reports as they are now, and these
// stay so until the batch is there to follow them.
func (c *Catalog) PutBatch(ctx context.Context, b intake.Batch, files []intake.BatchFile, replace bool) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		rows, err := c.lockOpen(ctx, tx, files)
		if err != nil {
			return err
		}
		if replace {
			if _, err := tx.ExecContext(ctx, `delete from batches where id = $1`, b.ID); err != nil {
				return fmt.Errorf("catalog: batch %s: %w", b.ID, err)
			}
		}
		last, ended := b.LastEvent+int64(len(files)), int64(-1)
		if b.EndRecorded {
			ended = last
		}
		res, err := tx.ExecContext(ctx, `insert into batches (id, name, sender, state, created_us, touched_us, files, last_event, recorded, ended_event)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing`, b.ID, b.Name, b.Sender, string(b.State),
			b.CreatedAt.UnixMicro(), b.TouchedAt.UnixMicro(), len(files), last, b.Recorded, ended)
		if err != nil {
			return fmt.Errorf("catalog: batch %s: %w", b.ID, err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		for i := range files {
			f := files[i]
			f.Event = b.LastEvent + int64(i) + 1
			if row, open := rows[f.ReportID]; open && isOpen(f.State) {
				f.State, f.Problem = row.State, row.Problem
			}
			if err := insertFile(ctx, tx, b.ID, &f); err != nil {
				return err
			}
		}
		return finishBatch(ctx, tx, b.ID)
	})
}

// lockOpen locks the reports of the open files, in order, and returns them; one that
// is no more is cancelled.
func (c *Catalog) lockOpen(ctx context.Context, tx *sql.Tx, files []intake.BatchFile) (map[string]intake.Row, error) {
	rows := map[string]intake.Row{}
	for _, f := range files {
		if f.ReportID != "" && isOpen(f.State) {
			rows[f.ReportID] = intake.Row{}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		row, err := c.locked(ctx, tx, id)
		if errors.Is(err, intake.ErrNotFound) {
			row.State, err = intake.StateCancelled, nil
		}
		if err != nil {
			return nil, err
		}
		rows[id] = row
	}
	return rows, nil
}

func isOpen(s intake.State) bool { return s == intake.StateQueued || s == intake.StateRunning }

// BatchRecorded implements intake.Batches.
func (c *Catalog) BatchRecorded(ctx context.Context, id string) error {
	if _, err := c.db.ExecContext(ctx, `update batches set recorded = true where id = $1`, id); err != nil {
		return fmt.Errorf("catalog: batch %s: %w", id, err)
	}
	return nil
}

// ReceivingBatches implements intake.Batches.
func (c *Catalog) ReceivingBatches(ctx context.Context) (all []intake.Batch, err error) {
	rows, err := c.db.QueryContext(ctx, `select `+batchColumns+` from batches where state = 'receiving' order by id`)
	err = each(rows, err, func(s scanner) error {
		b, err := scanBatch(s)
		all = append(all, b)
		return err
	})
	return all, err
}

// BatchEndRecorded implements intake.Batches.
func (c *Catalog) BatchEndRecorded(ctx context.Context, id string, event int64) error {
	if _, err := c.db.ExecContext(ctx, `update batches set ended_event = $2 where id = $1 and last_event = $2`, id, event); err != nil {
		return fmt.Errorf("catalog: batch %s: %w", id, err)
	}
	return nil
}

// UnrecordedBatches implements intake.Batches.
func (c *Catalog) UnrecordedBatches(ctx context.Context) ([]string, error) {
	return texts(c.db.QueryContext(ctx, `select id from batches b where ended_event <> last_event and state <> 'receiving'
		and (not recorded or state <> 'running' and not exists
			(select 1 from batch_files where batch_id = b.id and state in ('queued', 'running'))) order by id`))
}
