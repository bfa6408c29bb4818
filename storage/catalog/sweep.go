package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"nianbao/convert/intake"
	"nianbao/storage/db"
)

// Beat implements intake.Sweeps.
func (c *Catalog) Beat(ctx context.Context, w intake.Worker) error {
	_, err := c.db.ExecContext(ctx, `insert into workers (id, host, started_us, seen_us, jobs) values ($1, $2, $3, $4, $5)
		on conflict (id) do update set seen_us = excluded.seen_us`,
		w.ID, w.Host, w.Started.UnixMicro(), w.Seen.UnixMicro(), w.Jobs)
	if err != nil {
		return fmt.Errorf("catalog: worker %s: %w", w.ID, err)
	}
	return nil
}

// Leave implements intake.Sweeps.
func (c *Catalog) Leave(ctx context.Context, id string) error {
	if _, err := c.db.ExecContext(ctx, `delete from workers where id = $1`, id); err != nil {
		return fmt.Errorf("catalog: worker %s: %w", id, err)
	}
	return nil
}

// Workers implements intake.Sweeps.
func (c *Catalog) Workers(ctx context.Context, since time.Time) (all []intake.Worker, err error) {
	rows, err := c.db.QueryContext(ctx, `select id, host, started_us, seen_us, jobs from workers where seen_us >= $1
		order by started_us, id`, since.UnixMicro())
	err = each(rows, err, func(s scanner) error {
		var w intake.Worker
		var started, seen int64
		err := s.Scan(&w.ID, &w.Host, &started, &seen, &w.Jobs)
		w.Started, w.Seen = time.UnixMicro(started).UTC(), time.UnixMicro(seen).UTC()
		all = append(all, w)
		return err
	})
	return all, err
}

// jobs reads rows of id, ticket and job_rank.
func jobs(rows *sql.Rows, err error) (all []intake.Job, _ error) {
	err = each(rows, err, func(s scanner) error {
		var j intake.Job
		err := s.Scan(&j.Report, &j.Ticket, &j.Rank)
		all = append(all, j)
		return err
	})
	return all, err
}

// AtWork implements intake.Sweeps.
func (c *Catalog) AtWork(ctx context.Context) (all []intake.Held, err error) {
	rows, err := c.db.QueryContext(ctx, `select id, ticket, job_rank, worker, started_us from reports
		where state = 'running' order by id`)
	err = each(rows, err, func(s scanner) error {
		var h intake.Held
		var began int64
		err := s.Scan(&h.Report, &h.Ticket, &h.Rank, &h.Worker, &began)
		h.Began = time.UnixMicro(began).UTC()
		all = append(all, h)
		return err
	})
	return all, err
}

// Unserved implements intake.Sweeps. It looks into the queue's own table: what
// the queue has lost, it cannot tell.
func (c *Catalog) Unserved(ctx context.Context, until time.Time, limit int) ([]intake.Job, error) {
	return jobs(c.db.QueryContext(ctx, `select r.id, r.ticket, r.job_rank from reports r left join river_job j on j.id = r.job_id
		where r.state = 'queued' and (j.id is null or j.scheduled_at > $1
		or j.state not in ('available', 'scheduled', 'retryable', 'pending')) order by r.id limit $2`,
		queueTime(c.db, until), limit))
}

// queueTime is a time as the queue's table has it.
func queueTime(d *db.DB, t time.Time) any {
	if d.Dialect == db.SQLite {
		return t.UTC().Format("2006-01-02 15:04:05.000")
	}
	return t
}

// respite is how long a report waits whose workers died. The first time it may
// have been a power cut; then others go first, which may not be to blame, and which
// would die with it.
func respite(deaths int) time.Duration {
	if deaths < 2 {
		return 0
	}
	return min(maxRespite, time.Second<<min(deaths, 10))
}

const maxRespite = 30 * time.Second

// Reissue implements intake.Sweeps.
func (c *Catalog) Reissue(ctx context.Context, job intake.Job) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		if _, err := c.hold(ctx, tx, job); err != nil {
			return err
		}
		var deaths int
		err := tx.QueryRowContext(ctx, `update reports set state = $2 where id = $1 returning attempts - faults`,
			job.Report, string(intake.StateQueued)).Scan(&deaths)
		if err != nil {
			return fmt.Errorf("catalog: report %s: %w", job.Report, err)
		}
		again := job
		again.Ticket, again.After = newTicket(), respite(deaths)
		if err := c.issue(ctx, tx, []intake.Job{again}); err != nil {
			return err
		}
		return follow(ctx, tx, movement{job.Report, intake.StateQueued, nil})
	})
}

// Backlog implements intake.Sweeps.
func (c *Catalog) Backlog(ctx context.Context) (depth int, oldest time.Time, err error) {
	var us sql.NullInt64
	err = c.db.QueryRowContext(ctx, `select count(*), min(queued_us) from reports where state = 'queued'`).Scan(&depth, &us)
	if err != nil {
		return 0, oldest, fmt.Errorf("catalog: backlog: %w", err)
	}
	if us.Valid {
		oldest = time.UnixMicro(us.Int64).UTC()
	}
	return depth, oldest, nil
}

// Remember implements intake.Keys.
func (c *Catalog) Remember(ctx context.Context, k intake.Key) (kept intake.Key, err error) {
	kept = k
	err = c.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `delete from idempotency_keys where created_us < $1`, k.At.Add(-keyLife).UnixMicro())
		if err != nil {
			return fmt.Errorf("catalog: keys: %w", err)
		}
		var us int64
		// The update changes nothing; it makes the row come back.
		err = tx.QueryRowContext(ctx, `insert into idempotency_keys (sender, key, fingerprint, subject, created_us)
			values ($1, $2, $3, $4, $5) on conflict (sender, key) do update set key = excluded.key
			returning fingerprint, subject, created_us`,
			k.Sender, k.Key, k.Fingerprint, k.Subject, k.At.UnixMicro()).Scan(&kept.Fingerprint, &kept.Subject, &us)
		kept.At = time.UnixMicro(us).UTC()
		if err != nil {
			return fmt.Errorf("catalog: keys: %w", err)
		}
		return nil
	})
	return kept, err
}

// keyLife is how long idempotency keys are remembered.
const keyLife = 48 * time.Hour
