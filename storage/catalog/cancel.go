package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/intake"
)

// cancelChunk is how many files are cancelled, or queued again, in one
// transaction.
const cancelChunk = 200

// CancelBatch implements intake.Batches.
func (c *Catalog) CancelBatch(ctx context.Context, id string, running bool) (did intake.Touched, err error) {
	if !sayable(id) {
		return did, fmt.Errorf("catalog: batch %q: %w", id, intake.ErrNotFound)
	}
	// Told first, so that no file comes in meanwhile.
	res, err := c.db.ExecContext(ctx, `update batches set state = 'cancelled'
		where id = $1 and state in ('receiving', 'running', 'cancelled')`, id)
	if err != nil {
		return did, fmt.Errorf("catalog: batch %s: %w", id, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		_, missing := c.Batch(ctx, id)
		return did, errors.Join(err, missing) // it had ended
	}
	states := `'queued'`
	if running {
		states = `'queued', 'running'`
	}
	for {
		reports, err := texts(c.db.QueryContext(ctx, `select distinct report_id from batch_files
			where batch_id = $1 and state in (`+states+`) order by report_id limit $2`, id, cancelChunk))
		if err != nil || len(reports) == 0 {
			return did, err
		}
		var part intake.Touched
		var holds bool
		err = c.change(ctx, func(tx *sql.Tx) (err error) {
			part, holds, err = c.cancelReports(ctx, tx, id, reports, running)
			return err
		})
		if err != nil || !holds {
			return did, err
		}
		did.Reports, did.Files = append(did.Reports, part.Reports...), append(did.Files, part.Files...)
	}
}

// cancelReports cancels the batch's files of these reports, and those reports that
// nobody else waits for. holds is false, and nothing is cancelled, where the batch
// was queued again meanwhile.
func (c *Catalog) cancelReports(ctx context.Context, tx *sql.Tx, batch string, reports []string, running bool) (did intake.Touched, holds bool, err error) {
	rows := make([]intake.Row, len(reports))
	for i, id := range reports { // all of them before the batch
		if rows[i], err = c.locked(ctx, tx, id); err != nil && !errors.Is(err, intake.ErrNotFound) {
			return did, false, err
		}
	}
	var state intake.State
	if err := tx.QueryRowContext(ctx, `select state from batches where id = $1`+c.db.ForUpdate(), batch).Scan(&state); err != nil {
		return did, false, fmt.Errorf("catalog: batch %s: %w", batch, err)
	}
	if state != intake.BatchCancelled {
		return did, false, nil
	}
	for i, id := range reports {
		if rows[i].State == intake.StateRunning && !running {
			continue // begun after the list was made: its files say so, too, by now
		}
		files, err := openFiles(ctx, tx, movement{id, intake.StateCancelled, nil})
		if err != nil {
			return did, false, err
		}
		files = slices.DeleteFunc(files, func(f openFile) bool { return f.batch != batch })
		if err := moveFiles(ctx, tx, batch, files); err != nil {
			return did, false, err
		}
		for _, f := range files {
			did.Files = append(did.Files, f.seq)
		}
		gone, err := abandon(ctx, tx, id)
		if err != nil {
			return did, false, err
		}
		if gone {
			did.Reports = append(did.Reports, id)
		}
	}
	return did, true, nil
}

// abandon cancels an open report that nobody waits for any more.
func abandon(ctx context.Context, tx *sql.Tx, id string) (gone bool, err error) {
	res, err := tx.ExecContext(ctx, `update reports set state = 'cancelled', ticket = '', worker = '', job_id = 0, attempts = 0, faults = 0
		where id = $1 and state in ('queued', 'running') and job_rank >= 0 and not exists
		(select 1 from batch_files where report_id = $1 and state in ('queued', 'running'))`, id)
	if err != nil {
		return false, fmt.Errorf("catalog: report %s: %w", id, err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// RetryBatch implements intake.Batches.
func (c *Catalog) RetryBatch(ctx context.Context, id string) (did intake.Touched, err error) {
	if _, err := c.Batch(ctx, id); err != nil {
		return did, err
	}
	for after := int64(-1); ; {
		again, err := files(c.db.QueryContext(ctx, `select seq, `+fileColumns+` from batch_files
			where batch_id = $1 and seq > $2 and report_id <> '' and state in ('failed', 'cancelled') order by seq limit $3`, id, after, cancelChunk))
		if err != nil || len(again) == 0 {
			return did, err
		}
		after = again[len(again)-1].Seq
		slices.SortFunc(again, func(a, b intake.BatchFile) int { return strings.Compare(a.ReportID, b.ReportID) })
		var part intake.Touched
		err = c.change(ctx, func(tx *sql.Tx) (err error) {
			part, err = c.retry(ctx, tx, id, again)
			return err
		})
		if err != nil {
			return did, err
		}
		did.Reports, did.Files = append(did.Reports, part.Reports...), append(did.Files, part.Files...)
	}
}

// retry queues the reports of the files, and lets the files follow them.
func (c *Catalog) retry(ctx context.Context, tx *sql.Tx, batch string, again []intake.BatchFile) (did intake.Touched, err error) {
	states, err := c.requeue(ctx, tx, again, &did)
	if err != nil {
		return did, err
	}
	for i, f := range again {
		if states[i] == "" {
			continue
		}
		event, err := nextEvents(ctx, tx, batch, 1)
		if err != nil {
			return did, err
		}
		_, err = tx.ExecContext(ctx, `update batch_files set state = $3, problem = null, event = $4 where batch_id = $1 and seq = $2`,
			batch, f.Seq, string(states[i]), event)
		if err != nil {
			return did, fmt.Errorf("catalog: batch %s: %w", batch, err)
		}
		did.Files = append(did.Files, f.Seq)
	}
	if len(did.Files) == 0 {
		return did, nil
	}
	_, err = tx.ExecContext(ctx, `update batches set state = 'running' where id = $1 and state in ('done', 'cancelled')`, batch)
	if err != nil {
		return did, fmt.Errorf("catalog: batch %s: %w", batch, err)
	}
	return did, finishBatch(ctx, tx, batch)
}

// requeue queues the reports of the files, and returns the state of each then;
// none for a report that is no more.
func (c *Catalog) requeue(ctx context.Context, tx *sql.Tx, again []intake.BatchFile, did *intake.Touched) ([]intake.State, error) {
	var jobs []intake.Job
	states := make([]intake.State, len(again))
	for i, f := range again {
		row, err := c.locked(ctx, tx, f.ReportID)
		if errors.Is(err, intake.ErrNotFound) {
			continue // deleted meanwhile
		}
		if err != nil {
			return nil, err
		}
		if row.State == intake.StateDone { // by another batch
			states[i] = row.State
			continue
		}
		row, wanted, err := c.redo(ctx, tx, row, false)
		if err != nil {
			return nil, err
		}
		states[i] = row.State
		if wanted {
			jobs = append(jobs, intake.Job{Report: f.ReportID, Ticket: newTicket(), Rank: int(f.Seq)})
			did.Reports = append(did.Reports, f.ReportID)
		}
	}
	return states, c.issue(ctx, tx, jobs)
}
