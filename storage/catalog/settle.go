package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// Settle implements intake.Works: all of the ends in one transaction, whose commit
// costs what it costs for one. Rows are taken in the order of their ids, and all of
// them before batches, as everywhere.
func (c *Catalog) Settle(ctx context.Context, ends []intake.Settlement) (stale []bool, err error) {
	order := sorted(ends, func(e intake.Settlement) string { return e.Job.Report })
	err = c.change(ctx, func(tx *sql.Tx) error {
		stale = make([]bool, len(ends))
		moved := make([]movement, 0, len(ends))
		todo := make([]reindexing, 0, len(ends))
		for _, i := range order {
			job, row := ends[i].Job, ends[i].Row
			was, err := c.hold(ctx, tx, job)
			if errors.Is(err, intake.ErrStale) {
				stale[i] = true
				continue
			}
			if err != nil {
				return err
			}
			again, err := c.replace(ctx, tx, row, was, settleReport)
			if err != nil {
				return err
			}
			todo = append(todo, again...)
			moved = append(moved, movement{row.ID, row.State, row.Problem})
		}
		if err := follow(ctx, tx, moved...); err != nil {
			return err
		}
		return c.reindexAll(ctx, tx, todo)
	})
	return stale, err
}

// hold locks the job's row for the transaction. A report that is settled has no
// job; one that an older version left open has one without a ticket. Errors:
// ErrStale.
func (c *Catalog) hold(ctx context.Context, tx *sql.Tx, job intake.Job) (was indexed, err error) {
	err = tx.QueryRowContext(ctx, `select `+indexedColumns+` from reports where id = $1 and ticket = $2
		and state in ('queued', 'running')`+c.db.ForUpdate(), job.Report, job.Ticket).Scan(was.columns()...)
	return was, stale(err, job)
}

// release ends a report's job: no ticket is valid any more.
const release = `ticket = '', worker = '', job_id = 0, attempts = 0, faults = 0`

// movement is a report that came into a state.
type movement struct {
	report  string
	state   intake.State
	problem *report.Problem
}

// openFile is a file of a batch that follows its report.
type openFile struct {
	batch string
	seq   int64
	movement
}

// follow brings the open files of batches into the state of their reports. The
// batches are taken in the order of their ids.
func follow(ctx context.Context, tx *sql.Tx, moved ...movement) error {
	files := map[string][]openFile{}
	for _, m := range moved {
		open, err := openFiles(ctx, tx, m)
		if err != nil {
			return err
		}
		for _, f := range open {
			files[f.batch] = append(files[f.batch], f)
		}
	}
	for _, batch := range slices.Sorted(maps.Keys(files)) {
		if err := moveFiles(ctx, tx, batch, files[batch]); err != nil {
			return err
		}
		if !slices.ContainsFunc(files[batch], func(f openFile) bool { return !isOpen(f.state) }) {
			continue // and so nothing has ended
		}
		if err := finishBatch(ctx, tx, batch); err != nil {
			return err
		}
	}
	return nil
}

// openFiles are the files that follow the report. Its row is locked, so no other
// transaction has to do with them.
func openFiles(ctx context.Context, tx *sql.Tx, m movement) (open []openFile, err error) {
	rows, err := tx.QueryContext(ctx, `select batch_id, seq from batch_files
		where report_id = $1 and state in ('queued', 'running') order by batch_id, seq`, m.report)
	err = each(rows, err, func(s scanner) error {
		f := openFile{movement: m}
		err := s.Scan(&f.batch, &f.seq)
		open = append(open, f)
		return err
	})
	return open, err
}

// moveFiles brings files of a batch into their states, each with an event of its own.
func moveFiles(ctx context.Context, tx *sql.Tx, batch string, files []openFile) error {
	if len(files) == 0 {
		return nil
	}
	event, err := nextEvents(ctx, tx, batch, len(files))
	if err != nil {
		return err
	}
	for i, f := range files {
		err := setFile(ctx, tx, batch, intake.BatchFile{Seq: f.seq, State: f.state, Problem: f.problem, Event: event + int64(i)})
		if err != nil {
			return err
		}
	}
	return nil
}

// nextEvents counts n changes of the batch, the first of which has the number that is
// returned, and locks it: events become visible in their order. No two files share
// one: a reader goes on behind the last it saw.
func nextEvents(ctx context.Context, tx *sql.Tx, batch string, n int) (first int64, err error) {
	err = tx.QueryRowContext(ctx, `update batches set last_event = last_event + $2 where id = $1 returning last_event`, batch, n).Scan(&first)
	if err != nil {
		return 0, fmt.Errorf("catalog: batch %s: %w", batch, err)
	}
	return first - int64(n) + 1, nil
}

// finishBatch makes a batch done where nothing is open.
func finishBatch(ctx context.Context, tx *sql.Tx, batch string) error {
	_, err := tx.ExecContext(ctx, `update batches set state = 'done' where id = $1 and state = 'running' and not exists
		(select 1 from batch_files where batch_id = $1 and state in ('queued', 'running'))`, batch)
	if err != nil {
		return fmt.Errorf("catalog: batch %s: %w", batch, err)
	}
	return nil
}
