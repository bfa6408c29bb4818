package catalog

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"nianbao/convert/intake"
)

// newTicket is a fence for one job: nobody has had it before.
func newTicket() string { return strings.ToLower(rand.Text()) }

// Admit implements intake.Works. Rows are locked before batches, here and
// everywhere, and in one order, so that transactions do not wait for each other.
func (c *Catalog) Admit(ctx context.Context, batch string, files []intake.Admission) (rows []intake.Row, err error) {
	// Of the same bytes the file that came first is the one not known.
	order := sorted(files, func(a intake.Admission) string { return a.Row.ID })
	err = c.change(ctx, func(tx *sql.Tx) error {
		rows = make([]intake.Row, len(files))
		wanted := make([]bool, len(files)) // a job is
		var todo []reindexing
		for _, i := range order {
			if files[i].Row.ID == "" {
				continue
			}
			var inserted []reindexing
			if rows[i], wanted[i], inserted, err = c.admit(ctx, tx, &files[i]); err != nil {
				return err
			}
			todo = append(todo, inserted...)
		}
		if batch != "" {
			if err := c.addFiles(ctx, tx, batch, files, rows); err != nil {
				return err
			}
		}
		if err := c.enqueue(ctx, tx, files, wanted); err != nil {
			return err
		}
		return c.reindexAll(ctx, tx, todo)
	})
	return rows, err
}

// admit inserts or reads one report. wanted tells whether it needs a job; its
// row says queued then. inserted is left to reindexAll.
func (c *Catalog) admit(ctx context.Context, tx *sql.Tx, a *intake.Admission) (row intake.Row, wanted bool, inserted []reindexing, err error) {
	for n := 1; ; n++ {
		row = a.Row
		row.State = intake.StateQueued
		inserted, err = c.insertRow(ctx, tx, row)
		a.Created = len(inserted) > 0
		if err != nil || a.Created {
			return row, a.Created, inserted, err
		}
		row, err = c.locked(ctx, tx, a.Row.ID)
		if err == nil {
			break
		}
		// Deleted between the two (PostgreSQL): then it is new.
		if n == maxInserts || !errors.Is(err, intake.ErrNotFound) {
			return row, false, nil, err
		}
	}
	open := row.State == intake.StateQueued || row.State == intake.StateRunning
	// One that was cancelled while this upload came in is wanted all the same.
	if a.Redo && (open || a.Seen == "" || a.Seen == row.State || row.State == intake.StateCancelled) {
		row, wanted, err = c.redo(ctx, tx, row, a.File == nil)
	}
	return row, wanted, nil, err
}

// maxInserts is how often a report is inserted that is deleted again and again.
const maxInserts = 10

// locked reads a report's row and keeps it as it is until the transaction ends.
// Errors: ErrNotFound.
func (c *Catalog) locked(ctx context.Context, tx *sql.Tx, id string) (intake.Row, error) {
	row, err := scan(tx.QueryRowContext(ctx, `select `+selected+` from reports r where r.id = $1`+c.db.ForUpdate(), id))
	if errors.Is(err, sql.ErrNoRows) {
		return row, fmt.Errorf("catalog: report %q: %w", id, intake.ErrNotFound)
	}
	if err != nil {
		return row, fmt.Errorf("catalog: report %s: %w", id, err)
	}
	return row, nil
}

// redo makes a locked report queued, where it is not.
func (c *Catalog) redo(ctx context.Context, tx *sql.Tx, row intake.Row, single bool) (_ intake.Row, wanted bool, err error) {
	if row.State == intake.StateQueued || row.State == intake.StateRunning {
		if single {
			wanted, err = prefer(ctx, tx, row.ID)
		}
		return row, wanted && row.State == intake.StateQueued, err
	}
	row.State, row.Problem = intake.StateQueued, nil
	_, err = tx.ExecContext(ctx, `update reports set state = $2, problem = null, attempts = 0, faults = 0 where id = $1`,
		row.ID, string(row.State))
	if err != nil {
		return row, false, fmt.Errorf("catalog: report %s: %w", row.ID, err)
	}
	return row, true, nil
}

// prefer tells that a single upload waits for a report that a batch waits for: it
// is no more cancelled with the batch. preferred is false where that was known.
// Its job, if it has not begun, gives way to one that goes first.
func prefer(ctx context.Context, tx *sql.Tx, id string) (preferred bool, err error) {
	res, err := tx.ExecContext(ctx, `update reports set job_rank = -1 where id = $1 and job_rank >= 0`, id)
	if err != nil {
		return false, fmt.Errorf("catalog: report %s: %w", id, err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// enqueue makes the jobs of reports that were just made queued.
func (c *Catalog) enqueue(ctx context.Context, tx *sql.Tx, files []intake.Admission, wanted []bool) error {
	var jobs []intake.Job
	for i := range files {
		if !wanted[i] {
			continue
		}
		rank := -1
		if f := files[i].File; f != nil {
			rank = int(f.Seq)
		}
		jobs = append(jobs, intake.Job{Report: files[i].Row.ID, Ticket: newTicket(), Rank: rank, Trace: files[i].Trace})
	}
	return c.issue(ctx, tx, jobs)
}

// issue gives the jobs to the queue and their tickets to the reports.
func (c *Catalog) issue(ctx context.Context, tx *sql.Tx, jobs []intake.Job) error {
	if len(jobs) == 0 {
		return nil
	}
	numbers, err := c.queue.Enqueue(ctx, tx, jobs)
	if err != nil {
		return err
	}
	for i, j := range jobs {
		_, err := tx.ExecContext(ctx, `update reports set ticket = $2, job_id = $3, job_rank = $4, worker = '',
			queued_us = $5, started_us = 0 where id = $1`, j.Report, j.Ticket, numbers[i], j.Rank, c.now())
		if err != nil {
			return fmt.Errorf("catalog: report %s: %w", j.Report, err)
		}
	}
	return nil
}

// Start implements intake.Works: all of the jobs in one transaction, in the order of
// their reports' ids.
func (c *Catalog) Start(ctx context.Context, jobs []intake.Job, worker string) (begun []intake.Begun, err error) {
	order := sorted(jobs, func(j intake.Job) string { return j.Report })
	err = c.change(ctx, func(tx *sql.Tx) error {
		begun = make([]intake.Begun, len(jobs))
		moved := make([]movement, 0, len(jobs))
		for _, i := range order {
			begun[i], err = c.begin(ctx, tx, jobs[i], worker)
			if errors.Is(err, intake.ErrStale) {
				begun[i].Stale = true
				continue
			}
			if err != nil {
				return err
			}
			moved = append(moved, movement{jobs[i].Report, intake.StateRunning, nil})
		}
		return follow(ctx, tx, moved...)
	})
	return begun, err
}

// begin makes one report running. Errors: ErrStale.
func (c *Catalog) begin(ctx context.Context, tx *sql.Tx, job intake.Job, worker string) (begun intake.Begun, err error) {
	var attempts, queued int64
	err = tx.QueryRowContext(ctx, `update reports set state = $3, worker = $4, started_us = $5, attempts = attempts + 1
		where id = $1 and ticket = $2 and state in ('queued', 'running') returning attempts, faults, queued_us`,
		job.Report, job.Ticket, string(intake.StateRunning), worker, c.now()).Scan(&attempts, &begun.Faults, &queued)
	if err := stale(err, job); err != nil {
		return begun, err
	}
	begun.Deaths = int(attempts) - 1 - begun.Faults
	begun.Queued = time.UnixMicro(queued).UTC()
	begun.Row, err = scan(tx.QueryRowContext(ctx, `select `+selected+` from reports r where r.id = $1`, job.Report))
	if err != nil {
		return begun, fmt.Errorf("catalog: report %s: %w", job.Report, err)
	}
	return begun, nil
}

// sorted are the indexes of all in the order of their keys; of the same key the first
// comes first.
func sorted[T any](all []T, key func(T) string) []int {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(key(all[a]), key(all[b])) })
	return order
}

// stale turns "no row" into ErrStale.
func stale(err error, job intake.Job) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("catalog: report %s, job %s: %w", job.Report, job.Ticket, intake.ErrStale)
	}
	if err != nil {
		return fmt.Errorf("catalog: report %s: %w", job.Report, err)
	}
	return nil
}

// PutBack implements intake.Works.
func (c *Catalog) PutBack(ctx context.Context, job intake.Job, uncount bool) error {
	back, fault := 0, 1
	if uncount {
		back, fault = 1, 0
	}
	return c.change(ctx, func(tx *sql.Tx) error {
		if _, err := c.hold(ctx, tx, job); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `update reports set state = $2, worker = '', started_us = 0, attempts = attempts - $3, faults = faults + $4
			where id = $1`, job.Report, string(intake.StateQueued), back, fault)
		if err != nil {
			return fmt.Errorf("catalog: report %s: %w", job.Report, err)
		}
		return follow(ctx, tx, movement{job.Report, intake.StateQueued, nil})
	})
}

// Valid implements intake.Works.
func (c *Catalog) Valid(ctx context.Context, asked []intake.Job) (valid []intake.Job, err error) {
	for part := range slices.Chunk(asked, maxList) {
		args := make([]any, len(part))
		marks := make([]string, len(part))
		for i, j := range part {
			args[i], marks[i] = j.Report, fmt.Sprintf("$%d", i+1)
		}
		// By id: tickets have no index.
		open, err := jobs(c.db.QueryContext(ctx, `select id, ticket, job_rank from reports
			where id in (`+strings.Join(marks, ",")+`) and state in ('queued', 'running')`, args...))
		if err != nil {
			return nil, err
		}
		tickets := make(map[string]string, len(open))
		for _, j := range open {
			tickets[j.Report] = j.Ticket
		}
		for _, j := range part {
			if t, found := tickets[j.Report]; found && t == j.Ticket {
				valid = append(valid, j)
			}
		}
	}
	return valid, nil
}

// maxList bounds the parameters of one statement.
const maxList = 500

// texts reads rows of one text column, numbers of one number.
func texts(rows *sql.Rows, err error) ([]string, error)  { return column[string](rows, err) }
func numbers(rows *sql.Rows, err error) ([]int64, error) { return column[int64](rows, err) }

func column[T any](rows *sql.Rows, err error) (all []T, _ error) {
	err = each(rows, err, func(s scanner) error {
		var v T
		err := s.Scan(&v)
		all = append(all, v)
		return err
	})
	return all, err
}

// each calls f for each row of a query.
func each(rows *sql.Rows, err error, f func(scanner) error) error {
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	for err == nil && rows.Next() {
		err = f(rows)
	}
	if err := errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	return nil
}
